"""What stands in a corridor: what the plan makes buildable, and what is built already."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import List, Tuple

import numpy as np
import shapely

from ..rules.model import Selection
from .base import Check
from .context import Context, NotEvaluable
from .layers import Array
from .objets import Objets
from .scope import bear
from .selection import select, surfaces

#: obstacles are clipped this far (m) around the corridors: an edge that follows a side must not be redrawn
_AROUND = 1.0


@dataclass(frozen=True)
class Obstacles:
    """`plan`: what the PLU makes buildable; `built`: (m,) grounds of what is there whatever the PLU says.

    `unbuilt`: causes for layers of what is built that could not be read. `spared`: exceptions left nothing of the plan.
    `told_apart`: whether the rule names a layer of what is built.
    """

    plan: Objets
    built: Array
    told_apart: bool
    unbuilt: Tuple[str, ...] = ()
    limites: Tuple[str, ...] = ()
    spared: bool = False


@dataclass(frozen=True)
class Standing:
    """What stands in one corridor. `rows`: positions in `plan`, `shapes`: their ground near the corridor."""

    rows: Array
    shapes: Array
    built: Array


def read_obstacles(context: Context, check: Check, selection: Selection) -> Obstacles:
    """A selector of a layer (`couche: bati`) says what is built, the others what the plan makes buildable.

    Raises `NotEvaluable` when nothing of the plan can be read.
    """
    of_layers = tuple(selecteur for selecteur in selection if selecteur.source == "couche")
    of_plan = tuple(selecteur for selecteur in selection if selecteur.source != "couche")
    built: List[Array] = [np.empty(0, dtype=object)]
    unbuilt: Tuple[str, ...] = ()
    limites: Tuple[str, ...] = ()
    for selecteur in of_layers:
        try:
            found = surfaces(select(context, (selecteur,)), "emprise")
        except NotEvaluable as missing:
            unbuilt += (str(missing),)
            continue
        built.append(found.geometrie)
        unbuilt += found.manquantes
        limites += found.limites
    chosen = select(context, of_plan, 2) if of_plan else _none(context)
    plan = bear(context, check, chosen)
    if len(plan):
        plan = surfaces(plan, "emprise")
    spared = bool(len(chosen) and not len(plan) and check.exempted)
    return Obstacles(plan, np.concatenate(built), bool(of_layers), unbuilt, limites + plan.limites, spared)


def standing(context: Context, corridors: Array, obstacles: Obstacles) -> List[Standing]:
    """What stands in each corridor."""
    around = shapely.buffer(corridors, _AROUND, join_style="mitre")
    met = context.overlays.pairs(around, obstacles.plan.geometrie, progress=context.progress)
    built = context.overlays.pairs(around, obstacles.built, progress=context.progress)
    out = []
    for i in range(len(corridors)):
        mine, there = met.left == i, built.left == i
        out.append(Standing(met.right[mine], met.geometry[mine], built.geometry[there]))
    return out


def _none(context: Context) -> Objets:
    none = np.empty(0, dtype=int)
    zones = context.plu.zones
    return replace(
        Objets((zones,), none, none, zones.geometrie[none], none.astype(bool), none.astype(float)), manquantes=()
    )
