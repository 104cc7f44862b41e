"""The judgement shared by the spatial kinds: object by object, then told by territorial unit. Sections 5 to 7.

A kind gives, for each selected object, the ground at fault (conflict, or part not covered) once slivers are dropped.
What cannot be known (a missing layer, an unknown vocation) is taken at its lowest and at its highest: same state, that
state; else `non_evalue`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Callable, Dict, List, Optional, Tuple

import numpy as np
import shapely

from .base import Check, Constat, Ecart, Etat, worst
from .context import Context
from .layers import Array
from .objets import Objets, measure
from .seuils import Verdict
from .slivers import Cleaned
from .territory import HORS_COMMUNE, Unit, unit_positions
from .wording import area, plural

#: an overlap between objects below this (m2) is not worth a limit
OVERLAP = 1.0
#: what the unknown could do to the fault that was measured
NOTHING_UNKNOWN, COULD_BE_WHOLE, COULD_BE_NONE = "", "whole", "none"


@dataclass(frozen=True)
class Fault:
    """What is at fault, object by object. `kept.geometrie` has one geometry per object, None for none.

    `unknown`: what missing layers could change; `causes` say which; `others`: causes for objects that may exist unread.
    """

    objets: Objets
    kept: Cleaned
    unknown: str = NOTHING_UNKNOWN
    causes: Tuple[str, ...] = ()
    limites: Tuple[str, ...] = ()
    best: Optional[Array] = None  # what stays at fault when every possible object or tool counts in its favour

    @property
    def size(self) -> Array:
        """Measure of the objects as selected: m2, m or number."""
        return measure(self.objets.geometrie)

    @property
    def share(self) -> Array:
        """Share of each object at fault, 0..1; a line or a point at fault in a surface has no share (NaN)."""
        return self._share(self.kept.geometrie)

    @property
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

    unite: str
    floor: bool  # the threshold is a minimum (share covered), else a maximum (conflict)
    mesure: Callable[[Array, Array], Optional[float]]  # (grounds of the objects, grounds at fault) in a unit -> measure
    message: Callable[["Place"], str]
    ecart_message: Callable[[int, float], str]  # (object, amount at fault in the unit)


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


def judge_by_unit(
    context: Context, fault: Fault, echelle: str, judge: Judge, told: Told, check: Check
) -> List[Constat]:
    """One constat per unit of `echelle`: its state is the worst of its objects, its écarts are cut at its limits."""
    objets = fault.objets
    whole = fault.kept.geometrie
    amounts = surface_or_length(whole, shapely.get_dimensions(whole))
    computed = [judge(i, share, amount) for i, (share, amount) in enumerate(zip(fault.share, amounts))]
    low, high = _bounds(fault, judge)
    constats: List[Constat] = []
    for unit, index, ground, at_fault in _by_unit(context, fault, echelle):
        if unit.code == HORS_COMMUNE:
            constats.append(check.outside(unit, list(objets.libelles[index]), limites=fault.limites))
            continue
        # an object whose fault lies in another unit is not at fault in this one
        here = {
            int(i): computed[i] if at_fault[place] is not None else judge(int(i), 0.0, 0.0)
            for place, i in enumerate(index)
        }
        constats.append(_constat(context, fault, unit, index, ground, at_fault, here, low, high, told, check))
    return constats


def surface_or_length(geometrie: Array, dims: Array) -> Array:
    """m2 where `dims` is 2, m where it is 1, number of points where it is 0; 0 for a missing geometry."""
    values = np.select(
        [dims == 2, dims == 1],
        [shapely.area(geometrie), shapely.length(geometrie)],
        shapely.get_num_geometries(geometrie).astype(float),
    )
    return np.where(shapely.is_missing(geometrie), 0.0, values)


def _bounds(fault: Fault, judge: Judge) -> Tuple[Dict[int, Etat], Dict[int, Etat]]:
    """States that what is missing would give, by object: at the most and the least favourable; empty for no change."""
    low: Dict[int, Etat] = {}
    high: Dict[int, Etat] = {}
    for i, size in enumerate(fault.size):
        if fault.unknown == COULD_BE_WHOLE:
            high[i] = judge(i, 1.0, float(size)).etat
        elif fault.unknown == COULD_BE_NONE:
            low[i] = judge(i, 0.0, 0.0).etat
    if fault.best is not None and fault.unknown != COULD_BE_NONE:
        low = {i: judge(i, share, 0.0).etat for i, share in enumerate(fault.best_share)}
    return low, high


def _by_unit(context: Context, fault: Fault, echelle: str) -> "List[Tuple[Unit, Array, Array, Array]]":
    """(unit, positions of its objects, their ground there, their fault there); units without objects included."""
    objets, kept = fault.objets, fault.kept.geometrie
    everyone = np.arange(len(objets))
    if echelle == "objet":
        libelles = objets.libelles
        return [
            (Unit(code, str(libelles[i])), everyone[i : i + 1], objets.geometrie[i : i + 1], kept[i : i + 1])
            for i, code in enumerate(objets.unit_codes)
        ]
    units = context.territory.units(echelle)
    if echelle in ("plu", "scot"):
        return [(units[0], everyone, objets.geometrie, kept)]
    pieces = context.territory.cut(objets)
    where = unit_positions(units, pieces.commune)
    cut = context.territory.cut(objets, kept)
    fault_where = unit_positions(units, cut.commune)
    out = []
    for position, unit in enumerate(units + [Unit(HORS_COMMUNE, "hors commune")]):
        position = -1 if unit.code == HORS_COMMUNE else position
        mine, at_fault = where == position, fault_where == position
        index, at = np.unique(pieces.objet[mine], return_index=True)
        if unit.code == HORS_COMMUNE and not len(index):
            continue
        # an object may have several pieces in a unit of several communes
        out.append(
            (
                unit,
                index,
                _joined(pieces.objet[mine], pieces.geometrie[mine], index),
                _joined(cut.objet[at_fault], cut.geometrie[at_fault], index),
            )
        )
    return out


def _joined(owner: Array, geometrie: Array, index: Array) -> Array:
    """One geometry per object of `index`: the union of its pieces, None when it has none."""
    out = np.full(len(index), None, dtype=object)
    position = {int(obj): place for place, obj in enumerate(index)}
    groups: Dict[int, List[int]] = {}
    for i, obj in enumerate(owner):
        if int(obj) in position:
            groups.setdefault(position[int(obj)], []).append(i)
    for place, members in groups.items():
        out[place] = geometrie[members[0]] if len(members) == 1 else shapely.union_all(geometrie[members])
    return out


def _constat(
    context: Context,
    fault: Fault,
    unit: Unit,
    index: Array,
    ground: Array,
    at_fault: Array,
    computed: Dict[int, Verdict],
    low: Dict[int, Etat],
    high: Dict[int, Etat],
    told: Told,
    check: Check,
) -> Constat:
    objets = fault.objets
    certain = objets.certain[index]
    possible = [Etat.ECART_MARQUE] if objets.manquantes else []
    favourable = worst([low.get(i, computed[i].etat) for i in index[certain]])
    unfavourable = worst([high.get(i, computed[i].etat) for i in index] + possible)
    decided = favourable == unfavourable
    counted = np.ones(len(index), dtype=bool) if decided else certain
    causes = tuple(fault.causes) + objets.manquantes
    etat = favourable if decided else Etat.NON_EVALUE
    en_cause = [i for i in np.flatnonzero(counted) if computed[index[i]].etat not in (Etat.SANS_ECART, Etat.SANS_OBJET)]
    decisive = _decisive(computed, index[counted])
    pire = str(objets.libelles[decisive]) if decisive is not None else ""
    mesure = told.mesure(ground[counted], at_fault[counted]) if counted.any() else None
    verdict = computed[decisive] if decisive is not None else None
    limites = (
        fault.limites + objets.limites + _overlap_limit(context, ground[counted]) + fault.kept.limit(index, "partie")
    )
    if decided and (causes or not certain.all()):
        limites += tuple(causes) + (
            (f"{plural(int((~certain).sum()), 'objet')} sans certitude d'être concerné, sans effet sur le résultat.",)
            if not certain.all()
            else ()
        )
    place = Place(
        unit,
        etat,
        mesure,
        int(counted.sum()),
        len(en_cause),
        pire,
        verdict,
        causes or (objets.limites if not decided else ()),
    )
    seuil = verdict.seuil if verdict is not None else None
    insee = context.territory.insee_in(unit, objets)
    departs = etat.is_departure or (decided and etat == Etat.A_APPRECIER)
    ecarts = (
        tuple(
            _ecart(fault, index[i], at_fault[i], computed[index[i]], told, str(insee[index[i]]))
            for i in en_cause
            if at_fault[i] is not None
        )
        if departs
        else ()
    )
    return check.constat(
        unit,
        etat,
        told.message(place),
        mesure=mesure,
        unite=told.unite,
        seuil_min=seuil if told.floor else None,
        seuil_max=None if told.floor else seuil,
        nb_objets=place.nb_objets,
        limites=tuple(dict.fromkeys(limites)),
        ecarts=ecarts,
        ecart=verdict.ecart if verdict is not None and etat != Etat.NON_EVALUE else None,
        ecart_relatif=verdict.relatif if verdict is not None and etat != Etat.NON_EVALUE else None,
    )


def _overlap_limit(context: Context, ground: Array) -> Tuple[str, ...]:
    """Objects that cover the same ground: it counts once in the measure."""
    surfaces = ground[shapely.get_dimensions(ground) == 2]
    overlap = float(shapely.area(surfaces).sum()) - context.union_measure(surfaces)
    return (f"Recouvrement entre objets compté une fois ({area(overlap)}).",) if overlap >= OVERLAP else ()


def _decisive(computed: Dict[int, Verdict], index: Array) -> Optional[int]:
    """The object that decides the state: the worst state, then the largest departure."""
    if not len(index):
        return None
    return int(min(index, key=lambda i: (computed[i].etat.rank, -(computed[i].ecart or 0.0))))


def _ecart(fault: Fault, i: int, at_fault: shapely.Geometry, verdict: Verdict, told: Told, insee: str) -> Ecart:
    objets = fault.objets
    single = objets.take(np.array([i]))
    dim = int(shapely.get_dimensions(at_fault))
    whole_dim = int(shapely.get_dimensions(objets.geometrie[i]))
    amount = float(surface_or_length(np.array([at_fault], dtype=object), np.array([dim]))[0])
    size = float(fault.size[i])
    return Ecart(
        objet=str(single.noms[0]),
        objet_id=str(single.ids[0]),
        etat=verdict.etat,
        geometrie=at_fault,
        geometrie_objet=single.entier[0],
        libelle=str(single.libelles[0]),
        typezone=str(single.code("typezone")[0] or ""),
        insee=insee,
        surface_m2=float(shapely.area(at_fault)) if dim == 2 else None,
        longueur_m=float(shapely.length(at_fault)) if dim == 1 else None,
        part_objet=min(amount / size, 1.0) if dim == whole_dim and size else None,
        mesure=amount,
        seuil=verdict.seuil,
        unite={2: "m2", 1: "m", 0: ""}[dim],
        message=told.ecart_message(i, amount),
    )
