"""A share judged unit by unit: nothing to share, not known, wider than the PLU, or decided; and how it is told."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Optional, Sequence, Set, Tuple

import numpy as np

from .base import Check, Constat, Etat
from .context import Context, NotEvaluable
from .figures import concerned
from .limits import NotConcerned, Thresholds
from .objets import OVERLAP
from .portions import Portion
from .seuils import Limits, Verdict, finite, judge, judge_interval, unfavourable
from .share import interval
from .share_ecarts import ShareEcarts
from .terms import Held, Term
from .territory import HORS_COMMUNE, Unit
from .wording import amount, area, names, number, plural, uncertain, within


@dataclass
class ShareJudge:
    """What does not change from unit to unit: the two terms, the thresholds, the limits of the cut."""

    check: Check
    context: Context
    above: Term
    below: Term
    thresholds: Thresholds
    limites: Tuple[str, ...]

    def constat(self, unit: Unit, above: Portion, below: Portion) -> Constat:
        """The answer for one unit, given what it holds of each term."""
        if unit.code == HORS_COMMUNE:
            libelles = [*self.above.objets.libelles[above.index], *self.below.objets.libelles[below.index]]
            return self.check.outside(unit, list(dict.fromkeys(libelles)), limites=self.common)
        one = self.above.same_figures(self.below)
        sides = ("", "") if one else ("numerateur", "denominateur")
        return _Share(
            self,
            unit,
            Held(self.context, self.above, above, sides[0]),
            Held(self.context, self.below, below, sides[1]),
        ).constat()

    @cached_property
    def manquantes(self) -> Tuple[str, ...]:
        return tuple(dict.fromkeys(self.above.objets.manquantes + self.below.objets.manquantes))

    @cached_property
    def common(self) -> Tuple[str, ...]:
        terms = (self.above, self.below)
        return tuple(said for term in terms for said in (*term.objets.limites, *term.limites)) + self.limites

    @cached_property
    def ecarts(self) -> ShareEcarts:
        return ShareEcarts(self.context, self.above, self.below)


@dataclass
class _Share:
    """The share in one unit."""

    judge: ShareJudge
    unit: Unit
    above: Held
    below: Held

    def constat(self) -> Constat:
        check = self.judge.check
        if self.below.amount.is_nil:
            said = self._nothing() if self.below.keys else check.nothing(self.unit)
            return self._told(Etat.SANS_OBJET, said, Limits())
        try:
            limits = self.judge.thresholds.of_unit(
                self.judge.context,
                self.unit,
                echelle=check.scale,
                only=lambda: concerned(self.judge.context, check, self.unit),
            )
        except NotConcerned as aside:
            return self._told(Etat.SANS_OBJET, str(aside), Limits())
        except NotEvaluable as missing:
            return self._undecided(Limits(), (str(missing),))
        low, high = self._interval
        if np.isnan(low):
            return self._undecided(limits, self._causes)
        if limits.given and not self.judge.context.territory.is_whole(check.scale, self.unit):
            return self._wider(limits)
        best, worst = judge_interval(low, high, limits)
        if best.etat != worst.etat:
            return self._undecided(limits, self._causes + _once(limits.passe_inconnu))
        return self._decided(limits)

    def _decided(self, limits: Limits) -> Constat:
        mesure, verdict = self._known, Verdict(Etat.A_APPRECIER)
        if limits.given:
            mesure, verdict = unfavourable(*self._interval, limits)
        ecarts = self.judge.ecarts
        effect = ", sans effet sur le résultat" if limits.given else ""
        tolerated = ("Hors du seuil, dans la tolérance.",) if verdict.tolere else ()
        return self._told(
            verdict.etat,
            self._message(mesure, limits, verdict),
            limits,
            self.judge.manquantes + self._unknown(effect) + tolerated,
            mesure=mesure,
            ecart=finite(verdict.ecart),
            ecart_relatif=finite(verdict.relatif),
            ecarts=ecarts.of_unit(self.unit, self.above, self.below, mesure, verdict)
            if verdict.etat.is_departure
            else (),
        )

    def _undecided(self, limits: Limits, causes: Sequence[str]) -> Constat:
        """`non_evalue`, with what is missing; the measure is that of the known part."""
        message = f"Non évalué{self.judge.check.where(self.unit)} : {' '.join(causes)}"
        if self._known is not None:
            low, high = self._interval
            what = "Part mesurée" if low == high else "Partie connue"
            message += f" {what} : {amount(self._known, '%')} ({self._figures})."
        return self._told(Etat.NON_EVALUE, message, limits, mesure=self._known)

    def _wider(self, limits: Limits) -> Constat:
        """A share in a part of the unit decides nothing for the whole."""
        if self._known is None:
            return self._undecided(limits, self._causes)
        low, high = self._interval
        verdict = judge(self._known, limits) if low == high else Verdict(Etat.A_APPRECIER)
        return self._told(
            Etat.A_APPRECIER,
            self.judge.check.of_a_part(self.unit, f"{amount(self._known, '%')} ({self._figures})"),
            limits,
            self.judge.manquantes + self._unknown(),
            mesure=self._known,
            ecart=verdict.ecart,
            ecart_relatif=verdict.relatif,
        )

    def _told(self, etat: Etat, message: str, limits: Limits, limites: Tuple[str, ...] = (), **values: Any) -> Constat:
        return self.judge.check.constat(
            self.unit,
            etat,
            message,
            unite="%",
            seuil_min=limits.minimum,
            seuil_max=limits.maximum,
            nb_objets=len({*self.above.keys, *self.below.keys}),
            limites=tuple(dict.fromkeys(self.judge.common + self._overlaps + limites)),
            **values,
        )

    # -- what is measured -------------------------------------------------------------------------

    @cached_property
    def _interval(self) -> Tuple[float, float]:
        """In %; NaN, NaN when the denominator may be zero."""
        low, high = interval(self.above.amount, self.below.amount)
        return 100 * low, 100 * high

    @cached_property
    def _without_figure(self) -> Set[Any]:
        return self.above.without_figure | self.below.without_figure

    @cached_property
    def _known_amounts(self) -> Tuple[float, float]:
        """Both terms over the objects surely concerned whose figure is known in both."""
        return self.above.known(self._without_figure), self.below.known(self._without_figure)

    @property
    def _known(self) -> Optional[float]:
        above, below = self._known_amounts
        return 100 * above / below if below > 0 else None

    # -- words ------------------------------------------------------------------------------------

    @property
    def _figures(self) -> str:
        """`57 logements sur 100`, of what is known."""
        above, below = self._known_amounts
        term = self.judge.below
        total = term.said(below) if term.mesure == "surface" else number(below)
        return f"{term.said(above)} sur {total}{' connus' if self._without_figure else ''}"

    def _message(self, mesure: Optional[float], limits: Limits, verdict: Verdict) -> str:
        low, high = self._interval
        measured = "Part inconnue"
        if mesure is not None:
            ends = (low, high) if limits.given else (mesure, mesure)
            measured = f"Part {within(*ends, '%', limits.minimum, limits.maximum)}"
        told = f"{measured}{self.judge.check.where(self.unit)} ({self._figures})"
        if not limits.given:
            return f"{told} ; le DOO ne fixe pas de seuil{self.judge.check.source}."
        if verdict.etat == Etat.SENS_CONTRAIRE and limits.passe is not None:
            told += f" ; c'est pire que la situation passée ({amount(limits.passe, '%', mesure)})"
        bounds = [f"au moins {amount(limits.minimum, '%')}"] if limits.minimum is not None else []
        bounds += [f"au plus {amount(limits.maximum, '%')}"] if limits.maximum is not None else []
        asked = " et ".join(bounds) if limits.minimum != limits.maximum else amount(limits.minimum or 0.0, "%")
        asked += f" ({limits.calcul})" if limits.calcul else ""
        tolerated = ", dans la tolérance" if verdict.tolere else ""
        return f"{told} ; le DOO demande {asked}{tolerated}{self.judge.check.source}."

    def _nothing(self) -> str:
        above = self.above.amount.certain
        also = f", pour {self.judge.above.said(above)} au numérateur" if above > 0 else ""
        return (
            f"Part sans objet{self.judge.check.where(self.unit)} : l'ensemble de référence est nul{also}"
            f"{self.judge.check.source}."
        )

    @property
    def _causes(self) -> Tuple[str, ...]:
        return self.judge.manquantes + self._unknown()

    def _unknown(self, effect: str = "") -> Tuple[str, ...]:
        labels, said = {**self.above.labels, **self.below.labels}, []
        missing = [label for key, label in labels.items() if key in self._without_figure]
        if missing:
            said.append(f"{plural(len(missing), 'objet')} sans effectif{effect} ({names(missing)}).")
        either = self.above.possible | self.below.possible
        possible = [label for key, label in labels.items() if key in either]
        return (*said, *uncertain(possible, effect))

    @property
    def _overlaps(self) -> Tuple[str, ...]:
        """Ground that several objects of one term cover counts once."""
        if self.judge.below.mesure != "surface":
            return ()
        lost = [float(held.sizes.sum()) - held.amount.most for held in (self.above, self.below)]
        return (f"Recouvrement entre objets compté une fois ({area(max(lost))}).",) if max(lost) >= OVERLAP else ()


def _once(cause: str) -> Tuple[str, ...]:
    return (cause,) if cause else ()
