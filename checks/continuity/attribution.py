"""Which obstacles narrow a passage: those whose removal widens it, alone or together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Callable, Dict, List, Tuple

import numpy as np
import shapely

from ..layers import Array, objects
from .erosion import Erosion
from .passage import AGREEMENT, EPSILON, Passage, measure
from .scene import Corridor
from .widths import closure, groups

#: obstacles of one narrow place that are removed one by one; beyond, the largest ones
ONE_BY_ONE = 10
#: narrow places that are looked for one after the other
PLACES = 20


@dataclass(frozen=True)
class Blamed:
    """`alone`: obstacle -> width of the passage without it alone; `passages`: obstacle -> width of the passage that it
    narrows. `without`: width of the passage without any of them; `complete`: whether all of it was explained."""

    passages: Dict[int, float]
    alone: Dict[int, float]
    without: float
    complete: bool


def blame(
    corridor: Corridor,
    obstacles: Array,
    fixed: Array,
    passage: Passage,
    wanted: float,
    step: Callable[[], None] = lambda: None,
) -> Blamed:
    """The obstacles that keep `passage`, left by all of them and the `fixed` ones, under `wanted` (m).

    The narrowest place is explained, its obstacles removed, then the next one, until the passage is as wide as wanted.
    """
    left = np.arange(len(obstacles))
    passages: Dict[int, float] = {}
    alone: Dict[int, float] = {}
    for place in range(PLACES):
        if passage.width >= wanted - EPSILON or not len(left):
            break
        near, single = _around(passage, obstacles[left])
        if not len(near):
            break
        near = left[near]
        step()
        widths = _without_each(corridor, obstacles, fixed, left, near, step) if single else {}
        guilty = [row for row, width in widths.items() if width > passage.width + EPSILON] or list(near)
        passages.update({int(row): passage.width for row in guilty})
        if place == 0:
            alone = {row: width for row, width in widths.items() if width > passage.width + EPSILON}
        left = left[~np.isin(left, guilty)]
        passage = measure(corridor, np.concatenate([fixed, obstacles[left]]), passage.methode)
    return Blamed(passages, alone, passage.width, passage.width >= wanted - EPSILON)


def _around(passage: Passage, obstacles: Array) -> Tuple[Array, bool]:
    """(positions of the obstacles of the narrowest place, whether one of them may be enough to explain it).

    An obstacle can only widen the passage alone when it is within reach of both of its sides; else the masses of
    obstacles that reach both sides do it together.
    """
    scene, width = passage.scene, passage.width
    rooms, opened = Erosion(scene).sides(width + AGREEMENT)
    label = groups(closure(opened @ opened.T))
    entries = objects(list(scene.entries))
    sides = [
        shapely.union_all([*rooms[opened[label == side].any(axis=0)], *entries[label == side]])
        for side in np.unique(label)
    ]
    local = shapely.transform(obstacles, lambda xy: xy - np.array(scene.origin))
    reach = (width + AGREEMENT) / 2 + AGREEMENT if width > 0 else AGREEMENT
    near = np.sum([shapely.distance(local, side) <= reach for side in sides], axis=0) >= 2
    if near.any():
        return np.flatnonzero(near), True
    mass = shapely.get_parts(shapely.union_all(shapely.buffer(local, reach)))
    across = mass[np.sum([shapely.intersects(mass, side) for side in sides], axis=0) >= 2]
    return np.flatnonzero(shapely.intersects(shapely.union_all(across), local)), False


def _without_each(
    corridor: Corridor, obstacles: Array, fixed: Array, left: Array, near: Array, step: Callable[[], None]
) -> Dict[int, float]:
    """Obstacle -> width of the passage without it, for the largest of those near."""
    inside = shapely.area(shapely.intersection(obstacles[near], corridor.surface))
    widths: Dict[int, float] = {}
    tried: List[int] = [int(row) for row in near[np.argsort(-inside, kind="stable")][:ONE_BY_ONE]]
    for row in tried:
        step()
        widths[row] = measure(corridor, np.concatenate([fixed, obstacles[left[left != row]]])).width
    return widths
