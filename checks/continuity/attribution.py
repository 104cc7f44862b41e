"""Which obstacles narrow a passage: those whose removal widens it, alone or together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Callable, Dict, List, Tuple

import numpy as np
import shapely

from ..layers import Array, objects
from .erosion import Erosion
from .passage import AGREEMENT, EPSILON, SLIT, Passage, measure_scene
from .scene import Corridor, Scene, build
from .widths import closure, groups

#: obstacles of one narrow place that are removed one by one; beyond, the largest ones
ONE_BY_ONE = 10
#: narrow places that are looked for one after the other
PLACES = 20


@dataclass(frozen=True)
class Blamed:
    """`alone`: obstacle -> width of the passage without it alone; `passages`: obstacle -> width of the passage that it
    narrows; `places`: the passages that were too narrow one after the other, the real one first; `complete`: whether
    all of it was explained."""

    passages: Dict[int, float]
    alone: Dict[int, float]
    places: Tuple[Passage, ...]
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
    places: List[Passage] = [passage]
    wide = passage.width >= wanted - EPSILON
    while not wide and len(left) and len(places) <= PLACES:
        passage = places[-1]
        near, single = _around(passage, obstacles[left])
        if not len(near):
            break
        near = left[near]
        step()
        gains = _gains(corridor, obstacles, fixed, left, near, passage.width, step) if single else {}
        guilty = list(gains or near)
        passages.update({int(row): passage.width for row in guilty})
        if len(places) == 1:
            alone = gains
        left = left[~np.isin(left, guilty)]
        scene = build(corridor, np.concatenate([fixed, obstacles[left]]))
        wide = bool(Erosion(scene).joined(max(wanted, SLIT)).all())
        if not wide:
            places.append(measure_scene(scene, passage.methode))
            wide = places[-1].width >= wanted - EPSILON
    narrow = [places[0], *(place for place in places[1:] if place.width < wanted - EPSILON)]
    if not passages and not wide:  # never a narrow passage without an obstacle to show
        passages = dict.fromkeys(range(len(obstacles)), passage.width)
    return Blamed(passages, alone, tuple(narrow), wide)


def _around(passage: Passage, obstacles: Array) -> Tuple[Array, bool]:
    """(positions of the obstacles of the narrowest place, whether one of them may be enough to explain it).

    The rooms where a slightly wider disc may be are places, and an obstacle within reach of two of them stands between
    them. On the way with the fewest obstacles from an end to one that it is not joined to, those that stand in between
    are to blame. Only one that stands between both ends can widen the passage alone. Where no obstacle does, masses of
    obstacles that touch each other do.
    """
    scene, width = passage.scene, max(passage.width + AGREEMENT, SLIT)
    rooms = _rooms(scene, width)
    local = scene.there(obstacles)
    reach = width / 2 + AGREEMENT if passage.width > 0 else width / 2 + AGREEMENT / 2
    standing, direct = _between(rooms, local, reach)
    if len(standing):
        return standing, direct
    masses = shapely.get_parts(shapely.union_all(shapely.buffer(local, reach)))
    crossed = masses[_between(rooms, masses, 0.0)[0]]
    return np.flatnonzero(shapely.intersects(shapely.union_all(crossed), local)), False


@dataclass(frozen=True)
class _Rooms:
    """`shapes`: rooms, and the entry of each end; `place`: the place of each, those that an end joins being one;
    `ends`: the places of ends, 0 being that of the first one."""

    shapes: Array
    place: Array
    ends: Array


def _rooms(scene: Scene, width: float) -> _Rooms:
    rooms, opened = Erosion(scene).sides(width)
    group = groups(closure(opened @ opened.T))
    place = np.where(opened.any(axis=0), group[opened.argmax(axis=0)], len(group) + np.arange(len(rooms)))
    return _Rooms(
        np.concatenate([rooms, objects(list(scene.entries))]),
        np.concatenate([place, group]).astype(int),
        np.unique(group),
    )


def _between(rooms: _Rooms, obstacles: Array, reach: float) -> Tuple[Array, bool]:
    """(obstacles that stand between the places on the shortest way from the first end to another, if it is direct)."""
    obstacle, room = shapely.STRtree(rooms.shapes).query(obstacles, predicate="dwithin", distance=reach)
    near = np.zeros((int(rooms.place.max()) + 1, len(obstacles)), dtype=bool)
    near[rooms.place[room], obstacle] = True
    others = rooms.ends[rooms.ends > 0]
    steps = np.full(len(near), -1)
    steps[0] = 0
    while True:  # each turn reaches the places one obstacle further
        reached = np.flatnonzero(steps == steps.max())
        beyond = near[:, near[reached].any(axis=0)].any(axis=1) & (steps < 0)
        if not beyond.any():
            return np.empty(0, dtype=int), False
        steps[beyond] = steps.max() + 1
        if (steps[others] > 0).any():
            break
    goal = others[steps[others] > 0]
    blamed = np.zeros(len(obstacles), dtype=bool)
    for step in range(int(steps.max()), 0, -1):
        before = np.flatnonzero(steps == step - 1)
        between = near[goal].any(axis=0) & near[before].any(axis=0)
        blamed |= between
        goal = before[near[before][:, between].any(axis=1)]
    return np.flatnonzero(blamed), bool(steps.max() == 1)


def _gains(
    corridor: Corridor,
    obstacles: Array,
    fixed: Array,
    left: Array,
    near: Array,
    width: float,
    step: Callable[[], None],
) -> Dict[int, float]:
    """Obstacle -> width of the passage without it where it is more than `width`, for the largest of those near."""
    inside = shapely.area(shapely.intersection(obstacles[near], corridor.surface))
    gains: Dict[int, float] = {}
    tried: List[int] = [int(row) for row in near[np.argsort(-inside, kind="stable")][:ONE_BY_ONE]]
    for row in tried:
        step()
        scene = build(corridor, np.concatenate([fixed, obstacles[left[left != row]]]))
        if Erosion(scene).joined(max(width, SLIT - 2 * EPSILON) + EPSILON).all():  # never under the real width
            without = measure_scene(scene).width
            if without > width + EPSILON:
                gains[row] = without
    return gains
