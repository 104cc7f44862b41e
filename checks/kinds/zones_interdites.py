"""`zones_interdites`: the selected objects do not cover protected layers, nor come near them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, List, Mapping, Sequence, Tuple

import numpy as np
import shapely

from ...rules.model import Controle
from ...rules.params import Param
from ...rules.types import Bool, Due, LengthOrField
from ...rules.types import Objets as ObjetsType
from ...rules.types.lengths import say_length
from ..base import Constat, Etat
from ..context import Context
from ..couches import Couches, read_couches
from ..coverage import COULD_BE_WHOLE, NOTHING_UNKNOWN, Fault, Place, Told, judge_by_unit, surface_or_length
from ..geometry.cutting import explode
from ..layers import Array, dimension
from ..objets import Objets, measure
from ..previous_plu import FIELDS, PLU_ANTERIEUR, only_new
from ..scope import bear
from ..selection import select
from ..spatial import SpatialCheck, by_dimension, fields_of_distance, together
from ..wording import measured, names, number, plural

#: a conflict that shares less than this with a layer (m2, m) lies in another one, unless it is as small
_BRUSHED = 1.0


class ZonesInterdites(SpatialCheck):
    """Les objets choisis du PLU ne recouvrent pas les couches protégées, ou n'en approchent pas.

    Résultat : la mesure est la surface recouverte, une seule fois si des zones se superposent (une longueur ou un
    nombre pour une couche de lignes ou de points sans « tampon »). Chaque objet est jugé seul : un écart est marqué
    quand la part recouverte de l'objet dépasse 20 %, ou la limite donnée ; tout recouvrement d'une ligne ou d'un
    point est marqué, sauf si la limite est une quantité. La géométrie d'un écart est celle du recouvrement même.

    Limites : ce qui est plus étroit que la précision des couches est laissé de côté et compté. Une zone qui mord sur
    la couche est un écart même si son règlement ou une OAP y empêche de construire : c'est à l'instructeur de le
    dire. Une distance (« a_moins_de ») est à vol d'oiseau, autour de la couche, qui y est comprise.
    """

    genre = "zones_interdites"
    objets = Param(ObjetsType(), "Objets du PLU qui ne doivent pas recouvrir les couches")
    a_moins_de = Param(
        Due(LengthOrField()),
        "Distance des couches, à vol d'oiseau, que les objets respectent aussi (recul)",
        default=None,
    )
    seulement_nouveau = Param(
        Bool(),
        f"Ne compter que ce que le PLU précédent (couche {PLU_ANTERIEUR}) ne rendait pas déjà constructible",
        default=False,
    )

    @classmethod
    def sentence(cls, controle: Controle, say: Any) -> str:
        values = controle.parametres
        new = " (hors terrains déjà constructibles au PLU précédent)" if values.get("seulement_nouveau") else ""
        near = values.get("a_moins_de")
        away = f" et n'en approchent pas à moins de {say.distance(near)}" if near else ""
        return f"{say.objets(values['objets'])}{new} ne recouvrent pas {say.couches(values['couches'])}{away}"

    @classmethod
    def implied(cls, controle: Controle) -> Mapping[str, Sequence[str]]:
        new = controle.parametres.get("seulement_nouveau")
        return {**fields_of_distance(controle), **({PLU_ANTERIEUR: FIELDS} if new else {})}

    def run(self, context: Context) -> Sequence[Constat]:
        objets = bear(context, self, select(context, self.objets))
        if self.seulement_nouveau:
            objets = only_new(context, objets)
        couches = read_couches(context, self.couches, a_moins_de=self.a_moins_de, vide_admis=self.vide_admis)
        if not len(objets) and not objets.manquantes:
            return self.nothing_selected(context, objets)
        if not couches.meets and not couches.manquantes:
            near = f" ni à moins de {say_length(self.a_moins_de)} (à vol d'oiseau)" if self.a_moins_de else ""
            message = f"Aucun objet de {couches.named('ou')} ne se trouve sur le territoire du PLU{near}."
            return self.everywhere(context, Etat.SANS_OBJET, message, limites=couches.limites)
        fault = self._fault(context, objets, couches)
        linear = [_has_lower_parts(shape, whole) for shape, whole in zip(fault.kept.geometrie, objets.geometrie)]
        lying = _lying(context, fault.kept.geometrie, couches)
        told = Told(
            floor=False,
            mesure=lambda ground, at_fault: _measured(context, at_fault, _expected_dimension(fault, couches)),
            message=lambda place: self._message(context, place, couches),
            ecart_message=lambda i, amount: self._of_object(fault, i, _named(couches, lying[i])),
        )
        return judge_by_unit(
            context,
            fault,
            self.scale,
            lambda i, share, amount: self.judge_conflict(share, amount, linear[i]),
            told,
            self,
        )

    def _fault(self, context: Context, objets: Objets, couches: Couches) -> Fault:
        found: List[Array] = [np.full(len(objets), None, dtype=object)]
        for _, geometrie in by_dimension(explode(couches.geometrie).geometry):
            mask = context.overlays.prepare(geometrie, progress=context.progress)
            found.append(context.overlays.intersection(objets.geometrie, mask, progress=context.progress))
        kept = self.without_slivers(context, objets, together(found), couches)
        unknown = COULD_BE_WHOLE if couches.manquantes else NOTHING_UNKNOWN
        return Fault(objets, kept, unknown, couches.manquantes, couches.limites)

    def _message(self, context: Context, place: Place, couches: Couches) -> str:
        if place.etat == Etat.NON_EVALUE:
            return self.unknown_part(place)
        where = self.where(place.unit)
        if not place.nb_objets:
            return self.nothing(place.unit)
        examined = plural(place.nb_objets, "objet examiné", "objets examinés")
        if not place.nb_en_cause:
            found = (
                f"objet à moins de {couches.proches()}" if self.a_moins_de else f"recouvrement de {couches.named('ou')}"
            )
            return f"Aucun {found}{where} : {examined}{self.source}."
        couches = _named(couches, _lying(context, place.at_fault, couches).any(axis=0))
        sizes = [(context.union_measure(place.at_fault, dim), dim) for dim in (2, 1, 0)]
        size = names([measured(value, dim) for value, dim in sizes if value])
        excluded = f"({size}), ce que le DOO écarte{self.source}"
        if place.nb_objets == 1:
            return f"{place.pire} {self._does(couches)}{self.where_alone(place)} {excluded}."
        return (
            f"{place.blamed('objet')} {self._does(couches, place.nb_en_cause > 1)}{where} "
            f"{excluded} ; le plus en cause est {place.pire}."
        )

    def _of_object(self, fault: Fault, i: int, couches: Couches) -> str:
        conflict, share = fault.kept.geometrie[i], float(fault.share[i])
        label, does = fault.objets.libelles[i], self._does(couches)
        if np.isnan(share):
            dim = int(shapely.get_dimensions(conflict))
            size = float(surface_or_length(np.array([conflict], dtype=object), np.array([dim]))[0])
            return f"{label} {does} ({measured(size, dim)})."
        return f"{label} : {number(100 * share, 1)} % de l'objet {does}."

    def _does(self, couches: Couches, several: bool = False) -> str:
        if self.a_moins_de:
            return f"{'sont' if several else 'est'} à moins de {couches.proches()}"
        return f"recouvre{'nt' if several else ''} {couches.named('ou')}"


def _has_lower_parts(conflict: Any, whole: Any) -> bool:
    """Whether the conflict has a part of a lower dimension than the object (a line or a point in a zone)."""
    if conflict is None:
        return False
    return bool((shapely.get_dimensions(shapely.get_parts(conflict)) < shapely.get_dimensions(whole)).any())


def _lying(context: Context, conflicts: Array, couches: Couches) -> Array:
    """(n, layers) in which of the layers each conflict lies."""
    present = ~shapely.is_missing(conflicts)
    lying = np.zeros((len(conflicts), len(couches.lues)), dtype=bool)
    if len(couches.lues) == 1:
        return ~lying
    least = np.minimum(_BRUSHED, measure(conflicts[present]) / 2)
    for column, lue in enumerate(couches.lues):
        mask = context.overlays.prepare(lue.geometrie, progress=context.progress)
        lying[present, column] = context.overlays.measure(conflicts[present], mask, progress=context.progress) >= least
    return lying


def _named(couches: Couches, lying: Array) -> Couches:
    """The layers that a sentence names: those in which something lies, all of them when that cannot be told."""
    named = tuple(lue for lue, there in zip(couches.lues, lying) if there)
    return replace(couches, lues=named) if named else couches


def _measured(context: Context, at_fault: Array, expected: int) -> Tuple[float, str]:
    """The conflicts of the highest dimension found, and their unit; that of `expected` when there are none."""
    dim = dimension(at_fault)
    dim = expected if dim < 0 else dim
    return context.union_measure(at_fault, dim), {2: "m2", 1: "m", 0: ""}[dim]


def _expected_dimension(fault: Fault, couches: Couches) -> int:
    """The dimension that a conflict would have."""
    layers, objets = shapely.get_dimensions(couches.geometrie), shapely.get_dimensions(fault.objets.geometrie)
    return int(min(layers.max(initial=0), objets.max(initial=2)))
