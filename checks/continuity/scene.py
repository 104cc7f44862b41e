"""The corridor as the disc sees it: free space, walls, and the doors by which it enters and leaves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Sequence, Tuple

import numpy as np
import shapely

from ..layers import Array, objects

#: an end is matched with the outline of the corridor within this (m)
SLACK = 0.01
#: what is left of a line of the outline once space has been cut is found again within this (m)
_REDRAWN = 0.001


@dataclass(frozen=True)
class Corridor:
    """A corridor and its ends: a surface is a reservoir, a line is a section. In metres."""

    surface: Any
    ends: Tuple[Any, ...]


@dataclass(frozen=True)
class Scene:
    """In coordinates around `origin`, where rounding is a nanometre's.

    `free`: the corridor less its ends and the obstacles; `walls`: its outline less the doors; `doors`: by end, what the
    outline of `free` has in common with it (may be empty); `entries`: the same before the obstacles are taken out.
    """

    origin: Tuple[float, float]
    free: Any
    walls: Any
    doors: Tuple[Any, ...]
    entries: Tuple[Any, ...]
    reservoirs: Any

    def back(self, geometry: Any) -> Any:
        """A geometry of the scene where it lies in the world."""
        return shapely.transform(geometry, lambda xy: xy + self.origin)

    def there(self, geometry: Any) -> Any:
        """A geometry of the world in the coordinates of the scene."""
        return shapely.transform(geometry, lambda xy: xy - self.origin)


def build(corridor: Corridor, obstacles: Array) -> Scene:
    """`obstacles`: (m,) valid surfaces, those that lie away from the corridor being of no effect."""
    xmin, ymin, xmax, ymax = shapely.bounds(corridor.surface)
    origin = (float(np.round((xmin + xmax) / 2)), float(np.round((ymin + ymax) / 2)))
    surface, ends, near = (_moved(some, origin) for some in ([corridor.surface], corridor.ends, obstacles))
    reservoirs = shapely.union_all(ends[shapely.get_dimensions(ends) == 2])
    proper = surfaces(shapely.difference(surface[0], reservoirs))
    free = surfaces(shapely.difference(proper, shapely.union_all(near))) if len(near) else proper
    outline, drawn = shapely.boundary(free), shapely.boundary(proper)
    entries = [lines(shapely.intersection(drawn, _reach(end))) for end in ends]
    reach = [shapely.buffer(entry, _REDRAWN, cap_style="flat") for entry in entries]
    doors = [lines(shapely.intersection(outline, some)) for some in reach]
    walls = lines(shapely.difference(outline, shapely.union_all(reach)))
    return Scene(origin, free, walls, tuple(doors), tuple(entries), reservoirs)


def surfaces(geometry: Any) -> Any:
    """The polygons of a geometry: a common point or a common line is not a passage."""
    parts = shapely.get_parts(shapely.get_parts(np.atleast_1d(geometry)))
    return shapely.multipolygons(parts[shapely.get_type_id(parts) == shapely.GeometryType.POLYGON])


def lines(geometry: Any) -> Any:
    """The lines of a geometry, in as few pieces as possible."""
    parts = shapely.get_parts(shapely.get_parts(np.atleast_1d(geometry)))
    kept = parts[
        np.isin(shapely.get_type_id(parts), (shapely.GeometryType.LINESTRING, shapely.GeometryType.LINEARRING))
    ]
    merged = shapely.line_merge(shapely.multilinestrings(kept))
    return shapely.multilinestrings(shapely.get_parts(merged))


def _moved(geometries: Sequence[Any], origin: Tuple[float, float]) -> Array:
    return shapely.transform(objects(list(geometries)), lambda xy: xy - np.array(origin))


def _reach(end: Any) -> Any:
    if shapely.get_dimensions(end) == 2:
        return shapely.buffer(end, SLACK, join_style="mitre")
    return shapely.buffer(end, SLACK, cap_style="flat")
