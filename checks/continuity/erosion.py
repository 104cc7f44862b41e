"""The erosion method: free space less what lies within d/2 of a wall, and d found by halving. Needs Shapely only.

Independent of `gaps`, which it re-checks. Arcs being polygons, it over-estimates a gap between two corners by 0.02 m at
60 m.
"""

from __future__ import annotations

from functools import cached_property
from typing import Any, Optional, Tuple

import numpy as np
import shapely

from ..layers import Array
from .scene import Scene, surfaces
from .widths import closure, groups, largest_joining

#: segments per quarter of circle
QUAD_SEGS = 32
#: the width is found within this (m)
TOLERANCE = 0.02
#: a component whose edge is this close to a door reaches it (m): the overlay rounds its vertices
_REACHES = 0.001
#: what is left along walls by the arcs' being polygons: smaller (m2) or thinner (m, half) than this
_DRAWN, _THIN = 1.0, 0.05


class Erosion:
    """What is open in a scene to a disc of a given diameter."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene

    def rooms(self, width: float) -> Array:
        """The connected parts of where the centre of the disc may be."""
        free = self._scene.free
        if width > 0:
            free = shapely.difference(free, shapely.buffer(self._scene.walls, width / 2, quad_segs=QUAD_SEGS))
        parts = shapely.get_parts(free)
        return parts[shapely.get_type_id(parts) == shapely.GeometryType.POLYGON]

    def sides(self, width: float) -> Tuple[Array, Array]:
        """((n,) rooms, (k, n) whether an end opens on a room)."""
        rooms = self.rooms(width)
        opened = np.zeros((len(self._scene.doors), len(rooms)), dtype=bool)
        for i, door in enumerate(self._scene.doors):
            opened[i] = ~shapely.is_empty(door) & (shapely.distance(rooms, door) <= _REACHES)
        return rooms, opened

    def joined(self, width: float) -> Array:
        """(k, k) whether a disc of this diameter goes from one end to the other, through others if need be."""
        opened = self.sides(width)[1]
        return closure(opened @ opened.T)

    def widths(self) -> Array:
        """(k, k) width of the passage between two ends, 0 where there is none."""
        return largest_joining(self.joined, 0.0, self._too_wide, _middle, 0.0)

    def pinches(self, width: float) -> Tuple[Any, ...]:
        """Where the passage is the narrowest: a segment of that length, none where nothing passes."""
        if width <= 2 * TOLERANCE:
            return ()
        jump = self._jump(width + 2 * TOLERANCE)
        passing, entered = self.sides(width - 2 * TOLERANCE)
        rooms = shapely.union_all(self.rooms(width + 2 * TOLERANCE))
        neck = shapely.difference(shapely.union_all(passing[entered.any(axis=0)]), rooms)
        middle = shapely.shortest_line(neck, shapely.line_interpolate_point(jump, 0.5, normalized=True))
        return (across(shapely.get_point(middle, 0), self._scene.walls),)

    def barrier(self, width: float) -> Optional[Any]:
        """Where a disc of this diameter does not pass, the shortest way through what closes the corridor; else None."""
        return None if self.joined(width).all() else self._jump(width, grown=True)

    def unused(self, width: float) -> Any:
        """The free space where a disc of this diameter never comes, side pockets included."""
        used = shapely.union_all(shapely.buffer(self.rooms(width), width / 2, quad_segs=QUAD_SEGS))
        parts = shapely.get_parts(surfaces(shapely.difference(self._scene.free, used)))
        drawn = (shapely.area(parts) > _DRAWN) & ~shapely.is_empty(shapely.buffer(parts, -_THIN))
        return shapely.multipolygons(parts[drawn])

    def _jump(self, width: float, grown: bool = False) -> Any:
        """The shortest line from what the first end opens on to what an end that it is not joined to opens on.

        `grown`: from where the disc may be, not its centre only.
        """
        rooms, opened = self.sides(width)
        mine = groups(closure(opened @ opened.T)) == 0
        entries = np.array(self._scene.entries, dtype=object)
        if grown:
            rooms = shapely.buffer(rooms, width / 2, quad_segs=QUAD_SEGS)
        here, there = ([*rooms[opened[some].any(axis=0)], *entries[some]] for some in (mine, ~mine))
        return shapely.shortest_line(shapely.union_all(here), shapely.union_all(there))

    @cached_property
    def _too_wide(self) -> float:
        """A width at which no two ends are joined any more."""
        width = 8.0
        while _pairs(self.joined(width)).any():
            width *= 2
        return width


def across(point: Any, walls: Any) -> Any:
    """The diameter of the largest disc around a point, from the wall that it touches."""
    touched = shapely.get_coordinates(shapely.shortest_line(walls, point))
    return shapely.linestrings([touched[0], 2 * touched[1] - touched[0]])


def _pairs(joined: Array) -> Array:
    return joined[np.triu_indices(len(joined), 1)]


def _middle(low: float, high: float) -> Optional[float]:
    return (low + high) / 2 if high - low > TOLERANCE else None
