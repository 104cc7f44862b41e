"""Things that the PLU shall cover: what it covers them with, sure or only possible, and what is left uncovered."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Callable, List, Sequence, Tuple

import numpy as np
import shapely

from ..rules.model import Selecteur, Selection
from ..rules.words import enumerate_words
from .base import Constat
from .context import Context, NotEvaluable
from .couches import Couches
from .coverage import COULD_BE_NONE, NOTHING_UNKNOWN, Fault, Place, Told, judge_by_unit
from .layers import Array
from .objets import Objets
from .selection import select
from .slivers import Cleaned
from .spatial import SharedCheck, mixed_limit, share_covered
from .wording import measured, number

#: a line covers the lines and points within half the precision of the layer, at least this (m)
LINE_REACH = 1.0


@dataclass(frozen=True)
class Covering:
    """What the PLU covers with: `named` has one row per selector, its name and its sure objects.

    `possible` holds the sure ones too. `causes`: what could not be read; `doubts`: why some are only possible.
    """

    named: Tuple[Tuple[str, Array], ...]
    possible: Array
    causes: Tuple[str, ...] = ()
    doubts: Tuple[str, ...] = ()

    @property
    def sure(self) -> Array:
        return np.concatenate([geometrie for _, geometrie in self.named])

    @property
    def noms(self) -> List[str]:
        return [nom for nom, _ in self.named]

    @property
    def has_doubts(self) -> bool:
        return len(self.possible) > sum(len(geometrie) for _, geometrie in self.named)

    def reaching(self, reach: float) -> "Covering":
        """The same as the ground they cover: `reach` m around lines and points."""
        named = tuple((nom, reached(geometrie, reach)) for nom, geometrie in self.named)
        return replace(self, named=named, possible=reached(self.possible, reach))


def read_covering(context: Context, selection: Selection, dimension: int) -> Covering:
    """The objects of these selectors, of `dimension` at least. Raises `NotEvaluable` when none of them can be read."""
    named: List[Tuple[str, Array]] = []
    possible: List[Array] = []
    causes: List[str] = []
    doubts: List[str] = []
    for selecteur in selection:
        try:
            found = select(context, (selecteur,), dimension=dimension)
        except NotEvaluable as missing:
            causes.append(str(missing))
            continue
        causes += found.manquantes
        doubts += found.limites
        named.append((_name(selecteur), found.geometrie[found.certain]))
        possible.append(found.geometrie)
    if not named:
        raise NotEvaluable(" ".join(dict.fromkeys(causes)))
    return Covering(tuple(named), np.concatenate(possible), tuple(dict.fromkeys(causes)), tuple(dict.fromkeys(doubts)))


class CoveredCheck(SharedCheck):
    """Base of the kinds that ask for things to be covered by objects of the PLU."""

    def uncovered_fault(
        self, context: Context, objets: Objets, couches: Couches, tools: Covering, limites: Sequence[str]
    ) -> Fault:
        """The uncovered part of each object, at the least and at the most favourable of what is not known."""
        kept = self._uncovered(context, objets, couches, tools.sure)
        best = self._uncovered(context, objets, couches, tools.possible).geometrie if tools.has_doubts else None
        return fault_of(objets, kept, best, tools, (*limites, *mixed_limit(objets)))

    def judge_covered(
        self, context: Context, fault: Fault, message: Callable[[Place], str], without: str
    ) -> List[Constat]:
        """The constats of things of which a share is to be covered; `without`: what the rest of them does without."""
        limits = self.limits_by_object(context, fault.objets)

        def of_object(i: int, amount: float) -> str:
            size = measured(amount, int(shapely.get_dimensions(fault.objets.geometrie[i])))
            share = number(100 * float(fault.share[i]), 1)
            return f"{fault.objets.libelles[i]} : {size} sans {without}, {share} % de l'objet."

        told = Told(
            floor=True,
            mesure=lambda ground, at_fault: share_covered(context, ground, at_fault),
            message=message,
            ecart_message=of_object,
        )
        return judge_by_unit(
            context, fault, self.scale, lambda i, share, amount: self.judge_share(limits[i], share), told, self
        )

    def _uncovered(self, context: Context, objets: Objets, couches: Couches, tools: Array) -> Cleaned:
        if not len(tools):
            return self.without_slivers(context, objets, objets.geometrie, couches)
        mask = context.overlays.prepare(tools, progress=context.progress)
        uncovered = context.overlays.difference(objets.geometrie, mask, progress=context.progress)
        return self.without_slivers(context, objets, uncovered, couches)


def fault_of(objets: Objets, kept: Cleaned, best: "Array | None", tools: Covering, limites: Sequence[str]) -> Fault:
    """What is at fault in things, of which objects that could not be read might cover some."""
    unknown = COULD_BE_NONE if tools.causes else NOTHING_UNKNOWN
    said = tuple(dict.fromkeys((*limites, *tools.doubts)))
    return Fault(objets, kept, unknown, tools.causes, said, best, tools.doubts)


def reached(tools: Array, reach: float) -> Array:
    """Objects as the ground they cover: `reach` m around lines and points, without going past a line's end."""
    dims = shapely.get_dimensions(tools)
    out = tools.copy()
    out[dims == 1] = shapely.buffer(tools[dims == 1], reach, cap_style="flat")
    out[dims == 0] = shapely.buffer(tools[dims == 0], reach)
    return out


def reach_of(couches: Couches) -> float:
    return max(float(couches.precision.max(initial=0.0)) / 2, LINE_REACH)


def _name(selecteur: Selecteur) -> str:
    if selecteur.nom:
        return selecteur.nom
    if selecteur.source == "zones":
        return f"zones {enumerate_words(selecteur.typezone or selecteur.libelle, 'ou')}".rstrip()
    words = (("de type", selecteur.typepsc), ("de sous-type", selecteur.stypepsc))
    codes = " et".join(f" {word} {enumerate_words(values, 'ou')}" for word, values in words if values)
    return {"prescriptions_plu": "prescriptions", "informations_plu": "informations"}.get(
        selecteur.source, selecteur.couche.nom if selecteur.couche else ""
    ) + codes
