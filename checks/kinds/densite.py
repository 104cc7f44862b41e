"""`densite`: dwellings over area, by territorial unit; or area by dwelling, when the threshold says so."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, List, Optional, Sequence, Tuple

import numpy as np
import shapely

from ...rules.model import Controle, Quantity
from ...rules.params import Param
from ...rules.types import Bool, Choice, Echelle, LogementsType, PartDuPluType, SeuilType, Tolerance
from ...rules.types import Couches as CouchesType
from ...rules.types import Objets as ObjetsType
from ..base import Check, Constat, Ecart, Etat
from ..context import Context, NotEvaluable
from ..couches import read_couches
from ..dwellings import read_dwellings
from ..layers import Array
from ..limits import NotConcerned, Thresholds
from ..objets import Objets, measure
from ..ratio import Part
from ..scope import bear
from ..selection import select
from ..seuils import Limits, Verdict, judge, judge_interval
from ..territory import HORS_COMMUNE, Unit, gathered, unit_positions
from ..wording import amount, area, counted, names, number, plural

#: an overlap between selected zones below this (m2) is not worth a limit
OVERLAP = 1.0


class Densite(Check):
    """Les objets choisis du PLU atteignent une densité de logements, mesurée par territoire."""

    genre = "densite"
    unites = ("logt/ha", "m2/logt")
    objets = Param(ObjetsType(), "Objets du PLU dont on mesure la densité")
    logements = Param(LogementsType(), "Où lire les logements prévus")
    assiette = Param(
        Choice("brute", "nette"), "Surface comptée : brute, ou nette des couches de « sans_compter »", default="brute"
    )
    sans_compter = Param(CouchesType(), "Couches dont le terrain ne compte pas dans la surface", default=())
    calcul = Param(
        Choice("rapport_des_totaux", "moyenne_simple"),
        "Rapport des totaux (la densité moyenne d'un DOO), ou moyenne des densités de chaque objet",
        default="rapport_des_totaux",
    )
    minimum = Param(SeuilType(units=unites), "Densité minimale", default=None)
    maximum = Param(SeuilType(units=unites), "Densité maximale", default=None)
    cible = Param(
        SeuilType(units=unites), "Densité visée, dans les deux sens (tolérance de 10 % par défaut)", default=None
    )
    echelle = Param(Echelle(), "Unité pour laquelle la densité est mesurée", default="plu")
    tolerance = Param(Tolerance(), "Écart admis", default=None)
    ecart_marque_au_dela_de = Param(Tolerance(), "Limite au-delà de laquelle un écart est marqué", default=None)
    part_du_plu = Param(PartDuPluType(), "Densité qui revient à ce PLU quand l'échelle est plus large", default=None)
    vide_admis = Param(Bool(), "Une couche vide veut dire qu'il n'y a aucun objet", default=False)

    @classmethod
    def sentence(cls, controle: Controle, say: Any) -> str:
        values = controle.parametres
        seuil = say.seuil(values.get("minimum"), values.get("maximum"), values.get("cible"))
        verb = f"atteignent {seuil}" if seuil else "ont une densité, à apprécier"
        without = f", sans compter {say.couches(values['sans_compter'])}" if values.get("sans_compter") else ""
        mean = ", en moyenne simple des objets" if values.get("calcul") == "moyenne_simple" else ""
        return f"{say.objets(values['objets'])} {verb}{mean} ({say.logements(values['logements'])}{without})"

    def run(self, context: Context) -> Sequence[Constat]:
        self._thresholds = Thresholds.of(self.valeurs, self.unites)
        self._codes: Optional[Array] = None
        objets = _surfaces(bear(context, self, select(context, self.objets, dimension=2)))
        dwellings = read_dwellings(context, self.logements, objets, vide_admis=self.vide_admis)
        self._limites = objets.limites + dwellings.limites
        if self.assiette == "nette" and not self.sans_compter:
            self._limites += ("Assiette nette demandée sans couche à décompter (« sans_compter ») : surface brute.",)
        parts = self._parts(context, objets, dwellings.count)
        constats: List[Constat] = []
        for unit, part, commune in parts:
            context.progress.step(len(constats) / len(parts))
            constats.append(self._constat(context, objets, unit, part, commune))
        return constats

    # -- what is measured -------------------------------------------------------------------------

    def _net(self, context: Context, geometrie: Array) -> Array:
        """The ground that counts: less `sans_compter`, whose dwellings still count."""
        if not self.sans_compter:
            return geometrie
        couches = read_couches(context, self.sans_compter, vide_admis=self.vide_admis, elsewhere_is_nothing=True)
        if couches.manquantes:
            raise NotEvaluable(" ".join(couches.manquantes))
        mask = context.overlays.prepare(couches.geometrie, progress=context.progress)
        return context.overlays.difference(geometrie, mask, progress=context.progress)

    def _parts(self, context: Context, objets: Objets, count: Array) -> "List[Tuple[Unit, Part, Optional[str]]]":
        """(unit, its part of the selection, the commune that decides for an object)."""
        everyone = np.arange(len(objets))
        if self.scale in ("plu", "scot") or not len(objets):
            units = context.territory.units("plu" if self.scale == "objet" else self.scale)
            net = self._net(context, objets.geometrie)
            return [(unit, self._part(context, objets, everyone, objets.geometrie, net, count), None) for unit in units]
        if self.scale == "objet":
            return self._parts_by_object(context, objets, count)
        units = context.territory.units(self.scale)
        gross = context.territory.cut(objets)
        self._limites += gross.limites
        where, share = unit_positions(units, gross.commune), measure(gross.geometrie)
        out: "List[Tuple[Unit, Part, Optional[str]]]" = []
        for position, unit in enumerate(units + [Unit(HORS_COMMUNE, "hors commune")]):
            context.progress.step(position / (len(units) + 1))
            mine = where == (-1 if unit.code == HORS_COMMUNE else position)
            if unit.code == HORS_COMMUNE and not mine.any():
                continue
            # an object may have several pieces in a unit of several communes
            index, owner = np.unique(gross.objet[mine], return_inverse=True)
            ground = gathered(gross.objet[mine], gross.geometrie[mine], index)
            held = np.bincount(owner, weights=share[mine], minlength=len(index)) / measure(objets.geometrie[index])
            part = self._part(context, objets, index, ground, self._net(context, ground), count[index] * held)
            out.append((unit, part, None))
        return out

    def _parts_by_object(
        self, context: Context, objets: Objets, count: Array
    ) -> "List[Tuple[Unit, Part, Optional[str]]]":
        mains = context.territory.main_commune(objets) if self._needs_commune() else [None] * len(objets)
        net = self._net(context, objets.geometrie)
        out: "List[Tuple[Unit, Part, Optional[str]]]" = []
        for code, at in objets.by_code.items():
            part = self._part(context, objets, at, objets.geometrie[at], net[at], count[at])
            out.append((Unit(code, str(objets.libelles[at[0]])), part, mains[at[0]]))
        return out

    def _part(
        self, context: Context, objets: Objets, index: Array, geometrie: Array, counted: Array, count: Array
    ) -> Part:
        ground = np.where(shapely.is_missing(counted), 0.0, shapely.area(counted))

        def overlap(chosen: Array) -> float:
            several = counted[chosen & ~shapely.is_missing(counted)]
            return max(
                float(shapely.area(several).sum()) - context.overlays.union_area(several, progress=context.progress),
                0.0,
            )

        whole = overlap(np.ones(len(index), dtype=bool)) if len(index) > 1 else 0.0
        return Part(
            index,
            geometrie,
            ground,
            count,
            objets.certain[index],
            overlap if whole else lambda chosen: 0.0,
            self._thresholds.unite,
            self.calcul == "moyenne_simple",
        )

    def _needs_commune(self) -> bool:
        seuils = (self.minimum, self.maximum, self.cible)
        return any(hasattr(seuil, "valeurs") or hasattr(seuil, "table") for seuil in seuils)

    # -- what is judged ---------------------------------------------------------------------------

    def _constat(self, context: Context, objets: Objets, unit: Unit, part: Part, commune: Optional[str]) -> Constat:
        n = len(part.index)
        if unit.code == HORS_COMMUNE:
            return self.outside(unit, list(objets.libelles[part.index]), limites=self._limites)
        if not n and not objets.manquantes:
            return self.constat(
                unit,
                Etat.SANS_OBJET,
                f"Aucun objet concerné{self.where(unit)}.",
                limites=objets.limites,
            )
        whole = context.territory.is_whole(self.scale, unit)
        own = None if whole else self._own_threshold()
        try:
            limits = self._thresholds.of_unit(context, unit, commune, own)
        except NotConcerned as aside:
            return self.constat(unit, Etat.SANS_OBJET, str(aside), nb_objets=n, limites=self._limites)
        except NotEvaluable as missing:
            return self._undecided(objets, unit, part, Limits(), (str(missing),))
        if not whole and own is None and limits.given:
            return self._wider(objets, unit, part, limits)
        return self._decided(context, objets, unit, part, limits)

    def _own_threshold(self) -> Optional[Quantity]:
        """The density asked of this PLU. A share of it means nothing for a ratio: 12 % of a PLU owes no 12 % of it."""
        part = self.part_du_plu
        return part if isinstance(part, Quantity) and part.unit != "%" else None

    def _decided(self, context: Context, objets: Objets, unit: Unit, part: Part, limits: Limits) -> Constat:
        low, high = part.interval()
        if np.isnan(low):
            none = ("La surface comptée est nulle.",) if part.certain.any() else ()
            return self._undecided(objets, unit, part, limits, objets.manquantes + none + self._unknown(objets, part))
        best, worst = judge_interval(low, high, limits)
        if objets.manquantes or best.etat != worst.etat:
            causes = objets.manquantes + self._unknown(objets, part)
            return self._undecided(objets, unit, part, limits, causes)
        mesure, worst = _unfavourable(low, high, limits) if limits.given else (self._known(part), worst)
        unknown = self._unknown(objets, part, ", sans effet sur le résultat" if limits.given else "")
        limites = self._limites + self._common_limits(objets, part) + unknown
        ecarts = self._ecarts(context, unit, objets, part, limits, worst) if worst.etat.is_departure else ()
        return self.constat(
            unit,
            worst.etat,
            self._message(unit, part, mesure, limits, worst),
            mesure=mesure,
            unite=self._thresholds.unite,
            seuil_min=limits.minimum,
            seuil_max=limits.maximum,
            ecart=_finite(worst.ecart),
            ecart_relatif=_finite(worst.relatif),
            nb_objets=len(part.index),
            limites=tuple(dict.fromkeys(limites + self._tolerated(worst))),
            ecarts=ecarts,
        )

    def _undecided(self, objets: Objets, unit: Unit, part: Part, limits: Limits, causes: Sequence[str]) -> Constat:
        """`non_evalue`, with what is missing; the measure is that of the known part."""
        mesure = self._known(part)
        message = f"Non évalué{self.where(unit)} : {' '.join(causes)}"
        if mesure is not None:
            message += (
                f" Partie connue : {amount(mesure, self._thresholds.unite)} "
                f"sur {area(part.area(part.known))} des {area(part.area(np.ones(len(part.index), dtype=bool)))}."
            )
        return self.constat(
            unit,
            Etat.NON_EVALUE,
            message,
            mesure=mesure,
            unite=self._thresholds.unite,
            seuil_min=limits.minimum,
            seuil_max=limits.maximum,
            nb_objets=len(part.index),
            limites=tuple(dict.fromkeys(self._limites + self._common_limits(objets, part))),
        )

    def _known(self, part: Part) -> Optional[float]:
        return _finite(part.ratio(part.known)) if part.known.any() else None

    def _wider(self, objets: Objets, unit: Unit, part: Part, limits: Limits) -> Constat:
        """A ratio of a part of the unit decides nothing for the whole."""
        low, high = part.interval()
        mesure = self._known(part)
        if mesure is None:
            causes = objets.manquantes + self._unknown(objets, part) or ("Aucun logement prévu.",)
            return self._undecided(objets, unit, part, limits, causes)
        certain = low == high and not objets.manquantes
        verdict = judge(mesure, limits) if certain else Verdict(Etat.A_APPRECIER)
        limites = self._limites + objets.manquantes + self._common_limits(objets, part) + self._unknown(objets, part)
        if self.part_du_plu is not None:
            limites += ("Une part en % ne dit pas la densité qui revient à ce PLU : « part_du_plu » la donne.",)
        scale = "du SCoT" if self.scale == "scot" else f"de « {unit.nom} »"
        measured = f"{amount(mesure, self._thresholds.unite)} dans ce PLU"
        return self.constat(
            unit,
            Etat.A_APPRECIER,
            f"{measured} ; le seuil du DOO porte sur l'ensemble {scale}, dont ce PLU n'est qu'une partie{self.source}.",
            mesure=mesure,
            unite=self._thresholds.unite,
            seuil_min=limits.minimum,
            seuil_max=limits.maximum,
            ecart=verdict.ecart,
            ecart_relatif=verdict.relatif,
            nb_objets=len(part.index),
            limites=tuple(dict.fromkeys(limites)),
        )

    # -- words ------------------------------------------------------------------------------------

    def _ecarts(
        self, context: Context, unit: Unit, objets: Objets, part: Part, limits: Limits, verdict: Verdict
    ) -> Tuple[Ecart, ...]:
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
        return tuple(
            self._ecart(context, unit, objets, part, place, float(own[place]), alone, verdict)
            for _, place, alone in found
        )

    def _ecart(
        self,
        context: Context,
        unit: Unit,
        objets: Objets,
        part: Part,
        place: int,
        own: float,
        alone: Verdict,
        verdict: Verdict,
    ) -> Ecart:
        context.progress.step(1.0)
        i = int(part.index[place])
        surface, whole = float(shapely.area(part.geometrie[place])), float(shapely.area(objets.geometrie[i]))
        label, seuil = str(objets.libelles[i]), alone.seuil or 0.0
        said = amount(own, self._thresholds.unite, seuil) if np.isfinite(own) else "aucun logement prévu"
        return Ecart(
            objet=str(objets.noms[i]),
            objet_id=str(objets.ids[i]),
            etat=verdict.etat,
            geometrie=part.geometrie[place],
            geometrie_objet=objets.entier[i],
            libelle=label,
            typezone=str(objets.typezone[i] or ""),
            insee=unit.code if unit.communes == (unit.code,) else str(self._insee(context, objets)[i]),
            surface_m2=surface,
            part_objet=min(surface / whole, 1.0) if whole else None,
            mesure=_finite(own),
            seuil=alone.seuil,
            unite=self._thresholds.unite,
            message=f"{label} : {said} pour {'au plus ' if own > seuil else ''}{number(seuil)} demandés.",
        )

    def _insee(self, context: Context, objets: Objets) -> Array:
        if self._codes is None:
            self._codes = context.territory.insee(objets)
        return self._codes

    def _unknown(self, objets: Objets, part: Part, effect: str = "") -> Tuple[str, ...]:
        libelles = objets.libelles[part.index]
        missing, possible = np.isnan(part.count), ~part.certain
        said: List[str] = []
        if missing.any():
            said.append(
                f"{plural(int(missing.sum()), 'zone')} sans effectif{effect} ({names(list(libelles[missing]))})."
            )
        if possible.any():
            count = plural(int(possible.sum()), "objet")
            said.append(f"{count} sans certitude d'être concerné{effect} ({names(list(libelles[possible]))}).")
        return tuple(said)

    def _common_limits(self, objets: Objets, part: Part) -> Tuple[str, ...]:
        said: List[str] = []
        overlap = part.overlap(np.ones(len(part.index), dtype=bool))
        if overlap >= OVERLAP:
            said.append(
                f"Recouvrement entre objets compté une fois ({area(overlap)}) ; les logements sont additionnés."
            )
        groundless = part.ground <= 0
        if groundless.any():
            effect = "hors de la moyenne" if part.mean else "seuls ses logements comptent"
            which = names(list(objets.libelles[part.index[groundless]]))
            said.append(f"{plural(int(groundless.sum()), 'objet')} sans surface comptée, {effect} ({which}).")
        return tuple(said)

    def _tolerated(self, verdict: Verdict) -> Tuple[str, ...]:
        return ("Au-delà du seuil, dans la tolérance.",) if verdict.tolere else ()

    def _message(self, unit: Unit, part: Part, mesure: Optional[float], limits: Limits, verdict: Verdict) -> str:
        known, everyone = np.where(np.isnan(part.count), 0.0, part.count), np.ones(len(part.index), dtype=bool)
        figures = f"{counted(float(known.sum()), 'logement')} sur {area(part.area(everyone))}"
        if mesure is not None:
            measured = f"Densité de {amount(mesure, self._thresholds.unite, limits.minimum, limits.maximum)}"
        else:
            measured = "Densité inconnue" if np.isnan(part.count).any() else "Aucun logement prévu"
        told = f"{measured}{self.where(unit)} ({plural(len(part.index), 'objet')}, {figures})"
        if not limits.given:
            return f"{told} ; le DOO ne fixe pas de seuil{self.source}."
        bounds = [f"au moins {number(limits.minimum)}"] if limits.minimum is not None else []
        bounds += [f"au plus {number(limits.maximum)}"] if limits.maximum is not None else []
        asked = " et ".join(bounds) if limits.minimum != limits.maximum else f"{number(limits.minimum or 0.0)}"
        tolerated = ", dans la tolérance" if verdict.tolere else ""
        return f"{told} ; le DOO demande {asked}{tolerated}{self.source}."


def _surfaces(objets: Objets) -> Objets:
    """The surfaces alone: a line or a point has no density, and what is left aside is said."""
    flat = shapely.get_dimensions(objets.geometrie) == 2
    if flat.all():
        return objets
    if not flat.any():
        raise NotEvaluable(
            f"Les objets choisis ({names(list(objets.libelles))}) ne sont pas des surfaces : leur densité ne se mesure "
            "pas. Choisissez des zones ou d'autres surfaces."
        )
    aside = plural(int((~flat).sum()), "objet qui n'est pas une surface", "objets qui ne sont pas des surfaces")
    said = f"{aside} laissé{'s' if (~flat).sum() > 1 else ''} de côté ({names(list(objets.libelles[~flat]))})."
    return replace(objets, limites=objets.limites + (said,)).take(flat)


def _unfavourable(low: float, high: float, limits: Limits) -> "Tuple[Optional[float], Verdict]":
    """The end shown once the state is decided, and its verdict: the worse one, or the other when it has no end."""
    ends = [(end, judge(end, limits)) for end in (low, high)]
    ends.sort(key=lambda end: (not np.isfinite(end[0]), end[1].etat.rank, -(end[1].ecart or 0.0)))
    return _finite(ends[0][0]), ends[0][1]


def _finite(value: Optional[float]) -> Optional[float]:
    """A figure that can be written; ground without any dwelling has no finite m2 per dwelling."""
    return value if value is not None and np.isfinite(value) else None
