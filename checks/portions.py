"""What each territorial unit holds of a selection: objects cut at its limits, and the share of each that is there."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import List, Tuple

import numpy as np

from .context import Context
from .layers import Array
from .objets import Objets, measure
from .territory import HORS_COMMUNE, Unit, gathered, unit_positions


@dataclass(frozen=True)
class Portion:
    """The part of a selection in one unit, (n,) arrays. `index`: positions in the selection; `held`: the share (0..1)
    of each selected object that lies there, which its figures follow."""

    unit: Unit
    index: Array
    geometrie: Array
    held: Array

    def take(self, mask: Array) -> "Portion":
        return replace(self, index=self.index[mask], geometrie=self.geometrie[mask], held=self.held[mask])

    def shifted(self, first: int) -> "Portion":
        """The same portion of a selection that begins at `first` in this one."""
        return replace(self, index=self.index - first)


def portions(context: Context, echelle: str, objets: Objets) -> Tuple[List[Portion], Tuple[str, ...]]:
    """(one portion per unit of the scale, in order, those without object included; what the reader must know).

    What lies outside every commune comes last, in a unit of its own. At the scale of the object: one for the PLU.
    """
    units = context.territory.units("plu" if echelle == "objet" else echelle)
    if echelle in ("plu", "scot", "objet") or not len(objets):
        everyone = np.arange(len(objets))
        return [Portion(unit, everyone, objets.geometrie, np.ones(len(objets))) for unit in units], ()
    pieces = context.territory.cut(objets)
    where, sizes = unit_positions(units, pieces.commune), measure(pieces.geometrie)
    whole = measure(objets.geometrie)
    out: List[Portion] = []
    for position, unit in enumerate(units + [Unit(HORS_COMMUNE, "hors commune")]):
        context.progress.step(position / (len(units) + 1))
        mine = where == (-1 if unit.code == HORS_COMMUNE else position)
        if unit.code == HORS_COMMUNE and not mine.any():
            continue
        # an object may have several pieces in a unit of several communes
        index, owner = np.unique(pieces.objet[mine], return_inverse=True)
        ground = gathered(pieces.objet[mine], pieces.geometrie[mine], index)
        held = np.bincount(owner, weights=sizes[mine], minlength=len(index)) / whole[index]
        out.append(Portion(unit, index, ground, held))
    return out, pieces.limites


def whole_portions(context: Context, echelle: str, objets: Objets) -> Tuple[List[Portion], Tuple[str, ...]]:
    """As `portions`, each object in the one unit that holds most of it as a whole: what is counted by objects."""
    units = context.territory.units("plu" if echelle == "objet" else echelle)
    where = np.zeros(len(objets), dtype=int)
    if echelle not in ("plu", "scot", "objet") and len(objets):
        where = unit_positions(units, context.territory.main_commune(replace(objets, geometrie=objets.entier)))
    out = []
    for position, unit in enumerate(units + [Unit(HORS_COMMUNE, "hors commune")]):
        index = np.flatnonzero(where == (-1 if unit.code == HORS_COMMUNE else position))
        if len(index) or unit.code != HORS_COMMUNE:
            out.append(Portion(unit, index, objets.geometrie[index], np.ones(len(index))))
    return out, ()
