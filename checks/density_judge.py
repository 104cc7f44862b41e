"""A density judged unit by unit: nothing there, not known, wider than the PLU, or decided; its écarts and its words."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import List, Optional, Sequence, Tuple

import numpy as np
import shapely

from ..rules.model import PartDuPlu, Quantity
from .attributes import Keys
from .base import Check, Constat, Ecart, Etat
from .context import Context, NotEvaluable
from .layers import Array
from .limits import NotConcerned, Thresholds
from .objets import OVERLAP, Objets
from .ratio import Part
from .seuils import Limits, Verdict, finite, judge, judge_interval, unfavourable
from .territory import HORS_COMMUNE, Unit
from .wording import amount, area, counted, doubted, names, number, plural, uncertain, within


@dataclass
class DensityJudge:
    """What does not change from unit to unit. `part`: `part_du_plu`; `limites`: of the whole selection."""

    check: Check
    context: Context
    objets: Objets
    thresholds: Thresholds
    limites: Tuple[str, ...]
    part: Optional[PartDuPlu]

    def constat(self, unit: Unit, part: Part, commune: Optional[str]) -> Constat:
        """The answer for one unit: nothing there, not known, wider than the PLU, or decided."""
        n = len(part.index)
        if unit.code == HORS_COMMUNE:
            return self.check.outside(unit, list(self.objets.libelles[part.index]), limites=self.limites)
        if not n and not self.objets.manquantes:
            return self.check.constat(
                unit,
                Etat.SANS_OBJET,
                self.check.nothing(unit),
                limites=self.objets.limites,
            )
        own, scale = self._own_threshold, self.check.scale
        # what is given for this PLU holds in the SCoT, whether the PLU is the whole of it or not
        whole = (scale != "scot" or own is None) and self.context.territory.is_whole(scale, unit)
        own = None if whole else own
        try:
            limits = self.thresholds.of_unit(self.context, unit, commune, own, self._keys_of(part))
        except NotConcerned as aside:
            return self.check.constat(unit, Etat.SANS_OBJET, str(aside), nb_objets=n, limites=self.limites)
        except NotEvaluable as missing:
            return self._undecided(unit, part, Limits(), (str(missing),))
        if not whole and own is None and limits.given:
            return self._wider(unit, part, limits)
        return self._decided(unit, part, limits)

    def _keys_of(self, part: Part) -> Optional[Keys]:
        """What a threshold by attribute follows; there is one only where each unit is one object."""
        return self._keys[int(part.index[0])] if self._keys and len(part.index) else None

    @cached_property
    def _keys(self) -> List[Keys]:
        return self.thresholds.keys(self.context, self.objets)

    @property
    def _own_threshold(self) -> Optional[Quantity]:
        """The density asked of this PLU. A share of it means nothing for a ratio: 12 % of a PLU owes no 12 % of it."""
        part = self.part
        return part if isinstance(part, Quantity) and part.unit != "%" else None

    def _decided(self, unit: Unit, part: Part, limits: Limits) -> Constat:
        low, high = part.interval()
        if np.isnan(low):
            none = ("La surface comptée est nulle.",) if part.certain.any() else ()
            return self._undecided(unit, part, limits, self.objets.manquantes + none + self._unknown(part))
        best, worst = judge_interval(low, high, limits)
        if self.objets.manquantes or best.etat != worst.etat:
            causes = self.objets.manquantes + self._unknown(part)
            return self._undecided(unit, part, limits, causes)
        mesure, worst = unfavourable(low, high, limits) if limits.given else (self._known(part), worst)
        unknown = self._unknown(part, ", sans effet sur le résultat" if limits.given else "")
        limites = self.limites + self._common_limits(part) + unknown
        ecarts = self._ecarts(unit, part, limits, worst) if worst.etat.is_departure else ()
        return self.check.constat(
            unit,
            worst.etat,
            self._message(unit, part, mesure, limits, worst),
            mesure=mesure,
            unite=self.thresholds.unite,
            seuil_min=limits.minimum,
            seuil_max=limits.maximum,
            ecart=finite(worst.ecart),
            ecart_relatif=finite(worst.relatif),
            nb_objets=len(part.index),
            limites=tuple(dict.fromkeys(limites + self._tolerated(worst))),
            ecarts=ecarts,
        )

    def _undecided(self, unit: Unit, part: Part, limits: Limits, causes: Sequence[str]) -> Constat:
        """`non_evalue`, with what is missing; the measure is that of the known part."""
        mesure = self._known(part)
        message = f"Non évalué{self.check.where(unit)} : {' '.join(causes)}"
        if mesure is not None:
            what = "Partie connue" if not part.known.all() or self.objets.manquantes else "Densité mesurée"
            whole = f" des {area(part.area(np.ones(len(part.index), dtype=bool)))}" if not part.known.all() else ""
            message += f" {what} : {amount(mesure, self.thresholds.unite)} sur {area(part.area(part.known))}{whole}."
        return self.check.constat(
            unit,
            Etat.NON_EVALUE,
            message,
            mesure=mesure,
            unite=self.thresholds.unite,
            seuil_min=limits.minimum,
            seuil_max=limits.maximum,
            nb_objets=len(part.index),
            limites=tuple(dict.fromkeys(self.limites + self._common_limits(part))),
        )

    def _known(self, part: Part) -> Optional[float]:
        return finite(part.ratio(part.known)) if part.known.any() else None

    def _wider(self, unit: Unit, part: Part, limits: Limits) -> Constat:
        """A ratio of a part of the unit decides nothing for the whole."""
        low, high = part.interval()
        mesure = self._known(part)
        if mesure is None:
            causes = self.objets.manquantes + self._unknown(part) or ("Aucun logement prévu.",)
            return self._undecided(unit, part, limits, causes)
        certain = low == high and not self.objets.manquantes
        verdict = judge(mesure, limits) if certain else Verdict(Etat.A_APPRECIER)
        limites = self.limites + self.objets.manquantes + self._common_limits(part) + self._unknown(part)
        if self.part is not None:
            limites += ("Une part en % ne dit pas la densité qui revient à ce PLU : « part_du_plu » la donne.",)
        return self.check.constat(
            unit,
            Etat.A_APPRECIER,
            self.check.of_a_part(unit, amount(mesure, self.thresholds.unite)),
            mesure=mesure,
            unite=self.thresholds.unite,
            seuil_min=limits.minimum,
            seuil_max=limits.maximum,
            ecart=verdict.ecart,
            ecart_relatif=verdict.relatif,
            nb_objets=len(part.index),
            limites=tuple(dict.fromkeys(limites)),
        )

    def _ecarts(self, unit: Unit, part: Part, limits: Limits, verdict: Verdict) -> Tuple[Ecart, ...]:
        """Each object that misses by itself the bound that decided, largest departure first, in the state of all."""
        violated = replace(
            limits,
            minimum=limits.minimum if verdict.seuil == limits.minimum else None,
            maximum=limits.maximum if verdict.seuil == limits.maximum else None,
        )
        own, found = part.own, []
        for place in np.flatnonzero(part.known & (part.ground > 0)):
            alone = judge(float(own[place]), violated)
            if alone.etat.is_departure:
                found.append((alone.ecart or 0.0, int(place), alone))
        found.sort(key=lambda item: -item[0])
        return tuple(self._ecart(unit, part, place, float(own[place]), alone, verdict) for _, place, alone in found)

    def _ecart(
        self,
        unit: Unit,
        part: Part,
        place: int,
        own: float,
        alone: Verdict,
        verdict: Verdict,
    ) -> Ecart:
        self.context.progress.step(1.0)
        i = int(part.index[place])
        surface, whole = float(shapely.area(part.geometrie[place])), float(shapely.area(self.objets.geometrie[i]))
        label, seuil = str(self.objets.libelles[i]), alone.seuil or 0.0
        said = amount(own, self.thresholds.unite, seuil) if np.isfinite(own) else "aucun logement prévu"
        return Ecart(
            objet=str(self.objets.noms[i]),
            objet_id=str(self.objets.ids[i]),
            etat=verdict.etat,
            geometrie=part.geometrie[place],
            geometrie_objet=self.objets.entier[i],
            libelle=label,
            typezone=str(self.objets.typezone[i] or ""),
            insee=unit.code if unit.communes == (unit.code,) else str(self._insee[i]),
            surface_m2=surface,
            part_objet=min(surface / whole, 1.0) if whole else None,
            mesure=finite(own),
            seuil=alone.seuil,
            unite=self.thresholds.unite,
            message=doubted(
                f"{label} : {said} pour {'au plus ' if own > seuil else ''}{number(seuil)} demandés.",
                part.certain[place],
            ),
        )

    @cached_property
    def _insee(self) -> Array:
        return self.context.territory.insee(self.objets)

    def _unknown(self, part: Part, effect: str = "") -> Tuple[str, ...]:
        libelles = self.objets.libelles[part.index]
        missing, possible = np.isnan(part.count), ~part.certain
        said: List[str] = []
        if missing.any():
            said.append(
                f"{plural(int(missing.sum()), 'zone')} sans effectif{effect} ({names(list(libelles[missing]))})."
            )
        return (*said, *uncertain(libelles[possible], effect))

    def _common_limits(self, part: Part) -> Tuple[str, ...]:
        said: List[str] = []
        overlap = part.overlap(np.ones(len(part.index), dtype=bool))
        if overlap >= OVERLAP:
            said.append(
                f"Recouvrement entre objets compté une fois ({area(overlap)}) ; les logements sont additionnés."
            )
        groundless = part.ground <= 0
        if groundless.any():
            effect = "hors de la moyenne" if part.mean else "seuls ses logements comptent"
            which = names(list(self.objets.libelles[part.index[groundless]]))
            said.append(f"{plural(int(groundless.sum()), 'objet')} sans surface comptée, {effect} ({which}).")
        return tuple(said)

    def _tolerated(self, verdict: Verdict) -> Tuple[str, ...]:
        return ("Hors du seuil, dans la tolérance.",) if verdict.tolere else ()

    def _message(self, unit: Unit, part: Part, mesure: Optional[float], limits: Limits, verdict: Verdict) -> str:
        known, everyone = np.where(np.isnan(part.count), 0.0, part.count), np.ones(len(part.index), dtype=bool)
        unknown = bool(np.isnan(part.count).any())
        dwellings = counted(float(known.sum()), "logement") + " connus" * unknown
        figures = f"{dwellings} sur {area(part.area(everyone))}"
        if mesure is not None:
            low, high = part.interval() if limits.given else (mesure, mesure)
            mean = " en moyenne simple" if part.mean and len(part.index) > 1 else ""
            measured = f"Densité {within(low, high, self.thresholds.unite, limits.minimum, limits.maximum)}{mean}"
        else:
            measured = "Densité inconnue" if unknown else "Aucun logement prévu"
        told = f"{measured}{self.check.where(unit)} ({plural(len(part.index), 'objet')}, {figures})"
        if not limits.given:
            return f"{told} ; le DOO ne fixe pas de seuil{self.check.source}."
        bounds = [f"au moins {number(limits.minimum)}"] if limits.minimum is not None else []
        bounds += [f"au plus {number(limits.maximum)}"] if limits.maximum is not None else []
        asked = " et ".join(bounds) if limits.minimum != limits.maximum else f"{number(limits.minimum or 0.0)}"
        asked += f" ({limits.calcul})" if limits.calcul else ""
        tolerated = ", dans la tolérance" if verdict.tolere else ""
        return f"{told} ; le DOO demande {asked}{tolerated}{self.check.source}."
