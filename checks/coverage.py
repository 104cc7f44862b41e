"""The judgement shared by the spatial kinds: object by object, then told by territorial unit. Sections 5 to 7.

A kind gives, for each selected object, the ground at fault (conflict, or part not covered) once slivers are dropped.
What cannot be known (a missing layer, an unknown vocation) is taken at its lowest and at its highest: same state, that
state; else `non_evalue`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Callable, List, Optional, Sequence, Tuple

import numpy as np
import shapely

from .base import Check, Constat, Ecart, Etat, worst
from .context import Context
from .layers import Array, dimension
from .objets import OVERLAP, Objets, measure
from .seuils import Verdict
from .slivers import Cleaned
from .territory import HORS_COMMUNE, Unit, gathered, unit_positions
from .wording import area, doubted, number, plural, uncertain

#: what the unknown could do to the fault that was measured
NOTHING_UNKNOWN, COULD_BE_WHOLE, COULD_BE_NONE = "", "whole", "none"


@dataclass(frozen=True)
class Fault:
    """What is at fault, object by object. `kept.geometrie` has one geometry per object, None for none.

    `unknown`: what missing layers could change, and `causes` say which; `doubts`: why a tool is only possible.
    """

    objets: Objets
    kept: Cleaned
    unknown: str = NOTHING_UNKNOWN
    causes: Tuple[str, ...] = ()
    limites: Tuple[str, ...] = ()
    best: Optional[Array] = None  # what stays at fault when every possible object or tool counts in its favour
    doubts: Tuple[str, ...] = ()

    @cached_property
    def size(self) -> Array:
        """Measure of the objects as selected: m2, m or number."""
        return measure(self.objets.geometrie)

    @cached_property
    def share(self) -> Array:
        """Share of each object at fault, 0..1; a line or a point at fault in a surface has no share (NaN)."""
        return self._share(self.kept.geometrie)

    @cached_property
    def best_share(self) -> Array:
        return self._share(self.best)

    def _share(self, kept: Array) -> Array:
        missing = shapely.is_missing(kept)
        dims = shapely.get_dimensions(kept)
        fault = np.where(missing, 0.0, surface_or_length(kept, shapely.get_dimensions(self.objets.geometrie)))
        with np.errstate(divide="ignore", invalid="ignore"):
            share = np.clip(np.where(self.size > 0, fault / self.size, 0.0), 0.0, 1.0)
        return np.where(~missing & (dims < shapely.get_dimensions(self.objets.geometrie)), np.nan, share)


#: (position of the object, share at fault, amount at fault) -> verdict of that object alone
Judge = Callable[[int, float, float], Verdict]


@dataclass(frozen=True)
class Told:
    """How a kind words and measures its constats."""

    floor: bool  # the threshold is a minimum (share covered), else a maximum (conflict)
    #: (grounds of the objects, grounds at fault) in a unit -> measure and its unit
    mesure: Callable[[Array, Array], Tuple[Optional[float], str]]
    message: Callable[["Place"], str]
    ecart_message: Callable[[int, float], str]  # (object, amount at fault in the unit)
    ground: bool = True  # the measure is of ground, which counts once where objects overlap
    #: (object, amount at fault in the unit) -> measure of its écart and unit, when it is not that amount or that share
    ecart_mesure: Optional[Callable[[int, float], Tuple[float, str]]] = None
    #: verdict -> measure and unit, when each object is judged by a measure of its own: a constat has that of its worst
    mesure_jugee: Optional[Callable[[Verdict], Tuple[Optional[float], str]]] = None


@dataclass(frozen=True)
class Place:
    """What is known of one unit when its message is written."""

    unit: Unit
    etat: Etat
    mesure: Optional[float]
    nb_objets: int
    nb_en_cause: int
    pire: str  # label of the object that decides
    verdict: Optional[Verdict]
    causes: Tuple[str, ...]
    ground: Array  # grounds of the objects that count
    at_fault: Array  # grounds at fault
    dimension: int  # of what is measured: 2 surfaces, 1 lines, 0 points

    def blamed(self, noun: str, ending: str = "s") -> str:
        """`2 objets sur 7 examinés`; `ending`: "es" for a feminine noun."""
        return f"{plural(self.nb_en_cause, noun)} sur {number(self.nb_objets, 0)} examiné{ending}"


def judge_by_unit(
    context: Context, fault: Fault, echelle: str, judge: Judge, told: Told, check: Check
) -> List[Constat]:
    """One constat per unit of `echelle`: its state is the worst of its objects, its écarts are cut at its limits."""
    objets, unread = fault.objets.apart(echelle)
    fault = replace(fault, objets=objets)
    shares = _by_unit(context, fault, echelle)
    judged = _Judged(context, fault, judge, told, check, shares.limites)
    constats: List[Constat] = []
    for share in shares.units:
        context.progress.step(len(constats) / len(shares.units))
        constats.append(judged.constat(share))
    return constats + check.unread(context, unread)


def surface_or_length(geometrie: Array, dims: Array) -> Array:
    """m2 where `dims` is 2, m where it is 1, number of points where it is 0; 0 for a missing geometry."""
    values = np.select(
        [dims == 2, dims == 1],
        [shapely.area(geometrie), shapely.length(geometrie)],
        shapely.get_num_geometries(geometrie).astype(float),
    )
    return np.where(shapely.is_missing(geometrie), 0.0, values)


@dataclass(frozen=True)
class _Share:
    """What one unit has: positions of its objects, their ground there, their fault there (None: none)."""

    unit: Unit
    index: Array
    ground: Array
    at_fault: Array


@dataclass(frozen=True)
class _Shares:
    units: Sequence[_Share]  # units without objects included
    limites: Tuple[str, ...] = ()


def _by_unit(context: Context, fault: Fault, echelle: str) -> _Shares:
    objets, kept = fault.objets, fault.kept.geometrie
    everyone = np.arange(len(objets))
    if echelle == "objet" and len(objets):
        return _Shares(
            [
                _Share(Unit(code, str(objets.libelles[at[0]])), at, objets.geometrie[at], kept[at])
                for code, at in objets.by_code.items()
            ]
        )
    units = context.territory.units("plu" if echelle == "objet" else echelle)
    if echelle in ("plu", "scot", "objet"):
        return _Shares([_Share(units[0], everyone, objets.geometrie, kept)])
    pieces = context.territory.cut(objets)
    where = unit_positions(units, pieces.commune)
    cut = context.territory.cut(objets, kept)
    fault_where = unit_positions(units, cut.commune)
    out = []
    for position, unit in enumerate(units + [Unit(HORS_COMMUNE, "hors commune")]):
        context.progress.step(position / (len(units) + 1))
        position = -1 if unit.code == HORS_COMMUNE else position
        mine, at_fault = where == position, fault_where == position
        index = np.unique(pieces.objet[mine])
        if unit.code == HORS_COMMUNE and not len(index):
            continue
        # an object may have several pieces in a unit of several communes
        ground = gathered(pieces.objet[mine], pieces.geometrie[mine], index)
        out.append(_Share(unit, index, ground, gathered(cut.objet[at_fault], cut.geometrie[at_fault], index)))
    return _Shares(out, pieces.limites)


class _Judged:
    """The objects of one control, judged one by one; tells the constat of a unit."""

    def __init__(
        self, context: Context, fault: Fault, judge: Judge, told: Told, check: Check, limites: Tuple[str, ...]
    ) -> None:
        self._context, self._fault, self._judge, self._told, self._check = context, fault, judge, told, check
        self._limites = fault.limites + fault.objets.limites + limites
        whole = fault.kept.geometrie
        amounts = surface_or_length(whole, shapely.get_dimensions(whole))
        self._verdicts = [judge(i, share, amount) for i, (share, amount) in enumerate(zip(fault.share, amounts))]

    def constat(self, share: _Share) -> Constat:
        fault, objets, unit, index = self._fault, self._fault.objets, share.unit, share.index
        if unit.code == HORS_COMMUNE:
            return self._check.outside(unit, list(objets.libelles[index]), limites=self._limites)
        computed = self._computed(share)
        certain = objets.certain[index]
        low, high = self._bounds(share, computed)
        favourable = worst([etat for etat, sure in zip(low, certain) if sure])
        unfavourable = worst(high + ([Etat.ECART_MARQUE] if objets.manquantes else []))
        decided = favourable == unfavourable
        etat = favourable if decided else Etat.NON_EVALUE
        counted = np.ones(len(index), dtype=bool) if decided else certain
        en_cause = [place for place in np.flatnonzero(counted) if _is_at_fault(computed[place].etat)]
        decisive = _decisive(computed, np.flatnonzero(counted))
        verdict = computed[decisive] if decisive is not None else None
        mesure, unite = self._told.mesure(share.ground[counted], share.at_fault[counted])
        if self._told.mesure_jugee is not None and verdict is not None:
            mesure, unite = self._told.mesure_jugee(verdict)
        causes = fault.causes + objets.manquantes + tuple(dict.fromkeys(v.cause for v in computed if v.cause))
        if not decided and not causes:
            causes = fault.doubts + objets.limites or self._uncertain(index[~certain], "")
        limites = self._limites
        if self._told.ground:
            limites += overlap_limit(self._context, share.ground[counted])
        limites += fault.kept.limit(index, "partie")
        if decided and etat != Etat.NON_EVALUE:
            limites += causes + self._uncertain(index[~certain], ", sans effet sur le résultat")
        place = Place(
            unit,
            etat,
            mesure if counted.any() else None,
            int(counted.sum()),
            len(en_cause),
            str(objets.libelles[index[decisive]]) if decisive is not None else "",
            verdict,
            causes,
            share.ground[counted],
            share.at_fault[counted],
            max(dimension(share.ground), 0),
        )
        seuil = verdict.seuil if verdict is not None else None
        judged = verdict if etat != Etat.NON_EVALUE else None
        own = self._told.floor or self._told.mesure_jugee is not None
        return self._check.constat(
            unit,
            etat,
            self._told.message(place),
            mesure=place.mesure,
            unite=unite,
            seuil_min=seuil if self._told.floor else None,
            seuil_max=None if self._told.floor else seuil,
            nb_objets=place.nb_objets,
            limites=tuple(dict.fromkeys(limites)),
            ecarts=self._ecarts(share, en_cause, computed) if etat.is_departure or etat == Etat.A_APPRECIER else (),
            # a share falls short by that of the worst object, a conflict exceeds by what is measured in the unit
            ecart=None if judged is None else judged.ecart if own else place.mesure,
            ecart_relatif=judged.relatif if judged else None,
        )

    def _computed(self, share: _Share) -> List[Verdict]:
        """The verdict of each object; one whose fault lies in another unit is not at fault in this one."""
        return [
            self._judge(int(i), 0.0, 0.0) if at_fault is None else self._verdicts[i]
            for i, at_fault in zip(share.index, share.at_fault)
        ]

    def _bounds(self, share: _Share, computed: List[Verdict]) -> Tuple[List[Etat], List[Etat]]:
        """States at the most and the least favourable of what is missing, object by object."""
        fault, low, high = self._fault, [v.etat for v in computed], [v.etat for v in computed]
        for place, i in enumerate(share.index):
            if fault.unknown == COULD_BE_WHOLE:
                high[place] = self._judge(int(i), 1.0, float(fault.size[i])).etat
            elif fault.unknown == COULD_BE_NONE:
                low[place] = self._judge(int(i), 0.0, 0.0).etat
            elif fault.best is not None and share.at_fault[place] is not None:
                low[place] = self._judge(int(i), fault.best_share[i], 0.0).etat
        return low, high

    def _uncertain(self, index: Array, effect: str) -> Tuple[str, ...]:
        return uncertain(self._fault.objets.libelles[index], effect)

    def _ecarts(self, share: _Share, en_cause: Sequence[int], computed: List[Verdict]) -> Tuple[Ecart, ...]:
        """One for each object; the part of it that is only possible gives none beside the part that is certain."""
        objets, found, seen = self._fault.objets, [], set()
        for place in sorted(en_cause, key=lambda place: not objets.certain[share.index[place]]):
            i, at_fault = int(share.index[place]), share.at_fault[place]
            if at_fault is not None and objets.keys[i] not in seen:
                seen.add(objets.keys[i])
                found.append(self._ecart(share.unit, i, at_fault, computed[place]))
        return tuple(found)

    def _ecart(self, unit: Unit, i: int, at_fault: shapely.Geometry, verdict: Verdict) -> Ecart:
        self._context.progress.step(1.0)
        objets, size = self._fault.objets, float(self._fault.size[i])
        dim = int(shapely.get_dimensions(at_fault))
        amount = float(surface_or_length(np.array([at_fault], dtype=object), np.array([dim]))[0])
        whole_dim = int(shapely.get_dimensions(objets.geometrie[i]))
        mesure: Optional[float] = amount
        unite = {2: "m2", 1: "m", 0: ""}[dim]
        if self._told.mesure_jugee is not None:
            mesure, unite = self._told.mesure_jugee(verdict)
        elif self._told.ecart_mesure is not None:
            mesure, unite = self._told.ecart_mesure(i, amount)
        elif self._told.floor:
            mesure, unite = 100 * (1 - float(self._fault.share[i])), "%"
        return Ecart(
            objet=str(objets.noms[i]),
            objet_id=str(objets.ids[i]),
            etat=verdict.etat,
            geometrie=at_fault,
            geometrie_objet=objets.entier[i],
            libelle=str(objets.libelles[i]),
            typezone=str(objets.typezone[i] or ""),
            insee=unit.code if unit.communes == (unit.code,) else str(self._insee[i]),
            surface_m2=float(shapely.area(at_fault)) if dim == 2 else None,
            longueur_m=float(shapely.length(at_fault)) if dim == 1 else None,
            part_objet=min(amount / size, 1.0) if dim == whole_dim and size else None,
            mesure=mesure,
            seuil=verdict.seuil,
            unite=unite,
            message=doubted(self._told.ecart_message(i, amount), objets.certain[i]),
        )

    @cached_property
    def _insee(self) -> Array:
        return self._context.territory.insee(self._fault.objets)


def _is_at_fault(etat: Etat) -> bool:
    """Whether an object has something to show: a departure, or a share nobody judged."""
    return etat.is_departure or etat == Etat.A_APPRECIER


def overlap_limit(context: Context, ground: Array) -> Tuple[str, ...]:
    """Objects that cover the same ground: it counts once in the measure."""
    surfaces = ground[shapely.get_dimensions(ground) == 2]
    if len(surfaces) < 2:
        return ()
    overlap = float(shapely.area(surfaces).sum()) - context.union_measure(surfaces)
    return (f"Recouvrement entre objets compté une fois ({area(overlap)}).",) if overlap >= OVERLAP else ()


def _decisive(computed: List[Verdict], places: Array) -> Optional[int]:
    """The place of the object that decides the state: the worst state, then the largest departure."""
    if not len(places):
        return None
    return int(min(places, key=lambda place: (computed[place].etat.rank, -(computed[place].ecart or 0.0))))
