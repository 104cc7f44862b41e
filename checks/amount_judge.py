"""An additive quantity judged unit by unit: what this PLU holds adds to what others hold, a ratio does not.

A ceiling counts every piece; a floor lacks something that is nowhere, so it has no object at fault.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Callable, List, Optional, Tuple

import numpy as np
import shapely

from ..rules.model import PartDuPlu
from .attributes import Keys
from .base import Check, Constat, Ecart, Etat, Exempted
from .context import Context, NotEvaluable
from .figures import concerned
from .layers import Array
from .limits import NotConcerned, Thresholds
from .objets import Objets, measure
from .seuils import Limits, Verdict, finite, judge, judge_interval, unfavourable
from .territory import HORS_COMMUNE, Unit
from .wording import NBSP, amount, apart, doubted, names, plural, uncertain, within
from .years import NoHorizon, Step, steps


@dataclass(frozen=True)
class Held:
    """What one unit holds: (n,) arrays of its pieces, and the whole between two bounds, `high` infinite when unknown.

    `index`: positions in the selection; `sizes`: what each piece counts for, in `unite`, NaN unknown; `known`: what
    is certain; `plain`: the same as a reader expects it, in `unite`, whatever the threshold; `detail`: what it is made
    of, after the figure; `causes`: why the bounds differ.
    """

    unit: Unit
    index: Array
    geometrie: Array
    sizes: Array
    low: float
    high: float
    known: float
    plain: str
    unite: str
    detail: str = ""
    commune: Optional[str] = None
    causes: Tuple[str, ...] = ()
    limites: Tuple[str, ...] = ()
    habitants: Optional[Callable[[], float]] = None  # raises `NotEvaluable` when they are not known


@dataclass
class AmountJudge:
    """What does not change from unit to unit.

    `part`: `part_du_plu`; `jalon`: year of a milestone or ""; `limites`: of the whole selection; `additive`: False for
    a share, of which a part of the unit decides nothing; `noun` and `known`: what is measured, in French; `lasting`:
    something counts even where no object is (`deja_consomme`).
    """

    check: Check
    context: Context
    objets: Objets
    thresholds: Thresholds
    limites: Tuple[str, ...]
    part: Optional[PartDuPlu]
    jalon: str = ""
    additive: bool = True
    noun: str = "Surface"
    known: str = "Surface connue"
    lasting: bool = False

    def constat(self, held: Held) -> Constat:
        """The answer for one unit: nothing there, not known, wider than the PLU, or decided."""
        unit = held.unit
        if unit.code == HORS_COMMUNE:
            labels = list(self.objets.libelles[held.index])
            return self.check.outside(unit, labels, limites=self.limites, jalon=self.jalon)
        nothing = "" if len(held.index) else self._nothing(held)
        if nothing:
            return self._said(held, Etat.SANS_OBJET, nothing)
        scale = self.check.scale
        # a layer of this PLU's communes alone makes it look like the whole SCoT: a share that is declared holds, and
        # what is the whole is not even asked
        declared = self.part is not None and scale in ("plu", "scot")
        whole = not declared and self.context.territory.is_whole(scale, unit)
        own = None if whole else self.part
        try:
            if self.thresholds.par_an:
                _ = self.thresholds.years.measured  # what the measure was divided by
            limits = self.thresholds.of_unit(
                self.context,
                unit,
                held.commune,
                own,
                self._keys_of(held),
                echelle=scale,
                habitants=held.habitants,
                only=lambda: concerned(self.context, self.check, unit),
            )
        except NotConcerned as none:
            return self._said(held, Etat.SANS_OBJET, str(none))
        except NoHorizon as missing:
            return self._undecided(held, Limits(), (str(missing),), None)
        except NotEvaluable as missing:
            return self._undecided(held, Limits(), (str(missing),), held.known)
        if not whole and own is None and limits.given:
            return self._wider(held, limits)
        return self._decided(held, limits)

    def _keys_of(self, held: Held) -> Optional[Keys]:
        """What a threshold by attribute follows, where the unit is one object."""
        return self._keys[int(held.index[0])] if self._keys and len(held.index) else None

    @cached_property
    def _keys(self) -> List[Keys]:
        return self.thresholds.keys(self.context, self.objets)

    def _nothing(self, held: Held) -> str:
        """Why nothing is asked of a unit without object; "" when none is already something: a floor is missed, what
        was consumed before counts."""
        unit = held.unit
        aside = self.check.out_of_scope(unit) or self._exempt(unit)
        if aside or held.causes:
            return aside
        floor = self.thresholds.minimum is not None or self.thresholds.cible is not None
        counts = self.lasting or (floor and self.check.scale != "objet")
        return self.check.all_spared(unit) if counts else self.check.nothing(unit)

    def _exempt(self, unit: Unit) -> str:
        """Why every commune of the unit is exempt, whatever it draws."""
        whole = self.check.prescription.sparing_communes(self.context.date)
        if not unit.communes or not set(unit.communes) <= {code for sauf in whole for code in sauf.communes}:
            return ""
        motifs = names([sauf.motif for sauf in whole if set(unit.communes) & set(sauf.communes)])
        return f"Exception{self.check.where(unit)} : {motifs}."

    def _decided(self, held: Held, limits: Limits) -> Constat:
        best, worst = judge_interval(held.low, held.high, limits)
        if best.etat != worst.etat:
            causes = held.causes + self._uncertain(held, "")
            return self._undecided(held, limits, causes + _said_once(limits.passe_inconnu), held.known)
        if not limits.given:
            return self._told(held, limits, Verdict(Etat.A_APPRECIER), held.known)
        mesure, verdict = unfavourable(held.low, held.high, limits)
        return self._told(held, limits, verdict, mesure)

    def _wider(self, held: Held, limits: Limits) -> Constat:
        """Others in the unit only add: a ceiling exceeded here is exceeded, a floor reached here is reached."""
        low, high = (self._of_a_part(end, limits) for end in (held.low, held.high))
        if low.etat != high.etat or (limits.passe_inconnu and low.etat.is_departure):
            causes = held.causes + self._uncertain(held, "") + _said_once(limits.passe_inconnu)
            return self._undecided(held, limits, causes, held.known)
        return self._told(held, limits, low, held.low if low.etat.is_departure else held.known, wider=True)

    def _of_a_part(self, mesure: float, limits: Limits) -> Verdict:
        alone = judge(mesure, limits)
        if self.additive and limits.maximum is not None:
            over = judge(mesure, replace(limits, minimum=None))
            if over.etat.is_departure:
                return over
        reached = limits.maximum is None and alone.etat == Etat.SANS_ECART
        return alone if self.additive and reached else replace(alone, etat=Etat.A_APPRECIER)

    def _told(
        self, held: Held, limits: Limits, verdict: Verdict, mesure: Optional[float], wider: bool = False
    ) -> Constat:
        over = verdict.etat.is_departure and verdict.seuil is not None and (mesure or 0.0) > verdict.seuil
        effect = ", sans effet sur le résultat" if limits.given else ""
        doubts = held.causes + self._uncertain(held, effect)
        tolerated = ("Hors du seuil, dans la tolérance.",) if verdict.tolere else ()
        return self._said(
            held,
            verdict.etat,
            self._message(held, limits, verdict, mesure, wider),
            mesure=mesure,
            unite=self.thresholds.unite,
            seuil_min=limits.minimum,
            seuil_max=limits.maximum,
            ecart=finite(verdict.ecart),
            ecart_relatif=finite(verdict.relatif),
            limites=doubts + tolerated + self._not_compared(limits, verdict) + self._in_time,
            ecarts=self._ecarts(held, verdict) if over else (),
        )

    @property
    def _in_time(self) -> Tuple[str, ...]:
        """Which years are counted where figures are by year, and what tells the horizon when nobody gave it."""
        years = self.thresholds.years
        if not self.thresholds.yearly or years.horizon is None:
            return ()
        said = _said_once(years.read)
        if self.lasting and years.periode is None:
            return (
                *said,
                "Aucune période n'est donnée : ce qui est déjà fait l'est pour les années de l'horizon seul.",
            )
        if not self.lasting or not years.before:
            return said
        span = years.span(self.thresholds.par_an)
        return (*said, f"Ce qui est déjà fait l'est depuis le début de la période : les années comptées vont {span}.")

    def _not_compared(self, limits: Limits, verdict: Verdict) -> Tuple[str, ...]:
        """A departure whose amount is given for this PLU: the past of the whole unit says nothing of its own."""
        if self.thresholds.passe is None or limits.passe is not None or not verdict.etat.is_departure:
            return ()
        return ("La situation passée de l'ensemble ne se compare pas à la quantité donnée pour ce PLU.",)

    def _undecided(self, held: Held, limits: Limits, causes: Tuple[str, ...], mesure: Optional[float]) -> Constat:
        """`non_evalue`, with what is missing; the measure is that of the known part."""
        said = " ".join(dict.fromkeys(causes))
        return self._said(
            held,
            Etat.NON_EVALUE,
            f"Non évalué{self._until}{self.check.where(held.unit)} : {said} {self.known} : {held.plain}{held.detail}.",
            mesure=finite(mesure),
            unite=self.thresholds.unite if mesure is not None else "",
            seuil_min=limits.minimum,
            seuil_max=limits.maximum,
        )

    def _said(self, held: Held, etat: Etat, message: str, limites: Tuple[str, ...] = (), **values: object) -> Constat:
        limites = tuple(dict.fromkeys(self.limites + held.limites + limites))
        return self.check.constat(
            held.unit,
            etat,
            message,
            nb_objets=self._number(held),
            limites=limites,
            jalon=self.jalon,
            **values,
        )

    def _number(self, held: Held) -> int:
        return len(np.unique(self.objets.keys[held.index]))

    def _uncertain(self, held: Held, effect: str) -> Tuple[str, ...]:
        return uncertain(self.objets.libelles[held.index[~self.objets.certain[held.index]]], effect)

    # -- écarts -----------------------------------------------------------------------------------

    def _ecarts(self, held: Held, verdict: Verdict) -> Tuple[Ecart, ...]:
        """All the counted pieces, largest first: none of them is at fault by itself."""
        order = sorted(
            np.flatnonzero(held.sizes > 0).tolist(), key=lambda place: (-held.sizes[place], int(held.index[place]))
        )
        return tuple(self._ecart(held, place, verdict) for place in order)

    def _ecart(self, held: Held, place: int, verdict: Verdict) -> Ecart:
        self.context.progress.step(1.0)
        i, objets = int(held.index[place]), self.objets
        extent, selected = (float(measure(shape)[0]) for shape in (held.geometrie[[place]], objets.geometrie[[i]]))
        dim = int(shapely.get_dimensions(held.geometrie[place]))
        label, unite = str(objets.libelles[i]), self.thresholds.unite
        return Ecart(
            objet=str(objets.noms[i]),
            objet_id=str(objets.ids[i]),
            etat=verdict.etat,
            geometrie=held.geometrie[place],
            geometrie_objet=objets.entier[i],
            libelle=label,
            typezone=str(objets.typezone[i] or ""),
            insee=held.unit.code if held.unit.communes == (held.unit.code,) else str(self._insee[i]),
            surface_m2=extent if dim == 2 else None,
            longueur_m=extent if dim == 1 else None,
            part_objet=min(extent / selected, 1.0) if selected else None,
            role="contribue",
            mesure=float(held.sizes[place]),
            seuil=verdict.seuil,
            unite=unite,
            message=doubted(
                f"{label} : compte pour {amount(float(held.sizes[place]), unite)} dans le total.", objets.certain[i]
            ),
        )

    @cached_property
    def _insee(self) -> Array:
        return self.context.territory.insee(self.objets)

    # -- words ------------------------------------------------------------------------------------

    @property
    def _until(self) -> str:
        return f" jusqu'à {self.jalon}" if self.jalon else ""

    def _message(self, held: Held, limits: Limits, verdict: Verdict, mesure: Optional[float], wider: bool) -> str:
        unite, check = self.thresholds.unite, self.check
        where = check.where(held.unit)
        if wider:  # what was done before may be others' too
            where = "" if self.lasting else " dans ce PLU"
        least = "" if held.low == held.high else "au moins "
        soit = f", soit {least}{held.plain}{held.detail}" if unite != held.unite else held.detail
        noun, ground = ("Part", " du zonage") if unite == "%" else (self.noun, "")
        said = within(held.low, held.high, unite, limits.minimum, limits.maximum)
        told = f"{noun} {said}{ground}{soit}{self._until}{where} ({plural(self._number(held), 'objet')})"
        if not limits.given:
            return f"{told} ; le DOO ne fixe pas de seuil{check.source}."
        told += f" ; le DOO demande {self._asked(limits, mesure)}"
        if wider:
            whole = "du SCoT" if check.scale == "scot" else f"de « {held.unit.nom} »"
            told += f" pour l'ensemble {whole}, dont ce PLU n'est qu'une partie"
            if verdict.etat.is_departure:
                told += f" : il dépasse ce plafond {self._alone}"
            elif verdict.etat == Etat.SANS_ECART:
                told += f" : il atteint ce plancher {self._alone}"
            elif self.additive and mesure is not None and (limits.maximum or limits.minimum):
                bound = limits.maximum if limits.maximum else limits.minimum or 1.0
                told += f" ({apart(100 * mesure / bound, 100.0)}{NBSP}% {self._alone})"
        if verdict.etat == Etat.SENS_CONTRAIRE and limits.passe is not None:
            side = "au-delà" if (mesure or 0.0) > limits.passe else "en deçà"
            past = amount(limits.passe, unite, mesure)
            told += f" ; {side} de la situation passée ({past}), à l'inverse de l'objectif"
        return told + (", dans la tolérance" if verdict.tolere and not wider else "") + f"{check.source}."

    @property
    def _alone(self) -> str:
        """What was done before may be others' too."""
        return "avec ce qui est déjà fait" if self.lasting else "à lui seul"

    def _asked(self, limits: Limits, mesure: Optional[float]) -> str:
        """`au moins 5 et au plus 20 ha`, `au plus 2,52 ha (3 ha par an sur 12 ans ; part du PLU de 7 %)`."""
        figures = {bound: apart(bound, mesure) for bound in (limits.minimum, limits.maximum) if bound is not None}
        if limits.minimum is not None and limits.minimum == limits.maximum:
            said = figures[limits.minimum]
        else:
            bounds = [f"au moins {figures[limits.minimum]}"] if limits.minimum is not None else []
            bounds += [f"au plus {figures[limits.maximum]}"] if limits.maximum is not None else []
            said = " et ".join(bounds)
        last = limits.maximum if limits.maximum is not None else limits.minimum or 0.0
        unit = amount(last, self.thresholds.unite)[len(apart(last)) :]
        return f"{said}{unit}" + (f" ({limits.calcul})" if limits.calcul else "")


def by_step(context: Context, check: Check, at: Callable[[Step], List[Constat]]) -> List[Constat]:
    """The constats of each step: the control's own threshold, then its milestones; one that lacks something says so."""
    constats: List[Constat] = []
    spared: List[Exempted] = []
    for step in steps(context, check):
        check.exempted = []  # those of this step: an object is spared once
        try:
            constats += at(step)
        except NotEvaluable as missing:
            unit = context.territory.units("plu")[0]
            constats.append(check.constat(unit, Etat.NON_EVALUE, f"Non évalué : {missing}", jalon=step.jalon))
        spared += check.exempted
    check.exempted = spared
    return constats


def _said_once(cause: str) -> Tuple[str, ...]:
    return (cause,) if cause else ()
