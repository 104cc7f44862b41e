"""The ends of a corridor: the reservoirs that it touches, or the caps of the line that it was drawn around."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, List, Tuple

import numpy as np
import shapely

from ..layers import Array, objects
from .scene import SLACK, surfaces

#: a cap is perpendicular to its line, within this cosine
_SQUARE = 0.02
#: a cap is cut short when its two halves differ by more than this (m)
_UNEVEN = 0.1


class NoEnds(Exception):
    """The corridor has not two ends that can be told. The message says why, in French, after « Le corridor X »."""


@dataclass(frozen=True)
class Ends:
    """`shapes`: the ends; `contact`: distance (m) that some of them had to be brought nearer by, 0 for none."""

    shapes: Tuple[Any, ...]
    contact: float = 0.0
    hidden: int = 0  # ends of the lines that fall inside the corridor, and join nothing


def touched(surface: Any, ends: Array, tolerance: float) -> Ends:
    """The ends that a corridor touches, those within `tolerance` (m) being brought nearer; one for those that touch
    each other. Raises `NoEnds` when there are not two of them."""
    near = ends[shapely.distance(ends, surface) <= max(tolerance, SLACK)]
    gap = shapely.distance(near, surface)
    contact = float(gap[gap > SLACK].max(initial=0.0))
    near = np.where(gap > SLACK, shapely.buffer(near, gap + 2 * SLACK, join_style="mitre"), near)
    flat = shapely.get_dimensions(near) == 2
    found = list(shapely.get_parts(surfaces(shapely.union_all(near[flat])))) + list(near[~flat])
    if len(found) < 2:
        touches = "ne touche aucune extrémité" if not found else "ne touche qu'une extrémité"
        raise NoEnds(f"{touches} (couche des extrémités) : il n'y a rien à relier.")
    return Ends(tuple(found), contact)


def caps(line: Any, surface: Any) -> Ends:
    """The flat caps of a line buffered into `surface`. Raises `NoEnds` when they cannot be told."""
    width = float(shapely.area(surface)) / float(shapely.length(line))
    if shapely.length(line) < width:
        raise NoEnds(
            f"est plus court ({shapely.length(line):.0f} m) que large : réunissez ses tronçons par « regrouper »."
        )
    tips = _tips(line)
    if len(tips) < 2:
        raise NoEnds("forme une boucle, sans extrémités : déclarez-les par « extremites ».")
    ring, piece = shapely.get_coordinates(shapely.boundary(surface)), _same_ring(surface)
    found = [_cap(end, before, ring[:-1][piece], ring[1:][piece]) for end, before in tips]
    seen = [cap for cap in found if cap is not None]
    if len(seen) < 2:
        raise NoEnds("se referme sur lui-même (lacet plus serré que sa largeur) : déclarez ses « extremites ».")
    shapes = tuple(shapely.linestrings(cap) for cap in seen)
    if _meet(line, shapes):
        raise NoEnds("se replie au point que ses extrémités se rejoignent : déclarez ses « extremites ».")
    return Ends(shapes, hidden=len(tips) - len(seen))


def _tips(line: Any) -> List[Tuple[Array, Array]]:
    """(end, vertex before it) of the lines that nothing continues, all lines being cut where they meet."""
    parts = shapely.get_parts(shapely.line_merge(shapely.union_all(line)))
    coordinates = [shapely.get_coordinates(part) for part in parts]
    ends = [(path[0], path[1]) for path in coordinates] + [(path[-1], path[-2]) for path in coordinates]
    keys = np.round(np.array([end for end, _ in ends]) / SLACK)
    _, inverse, count = np.unique(keys, axis=0, return_inverse=True, return_counts=True)
    return [ends[i] for i in np.flatnonzero(count[inverse.reshape(-1)] == 1)]


def _same_ring(surface: Any) -> Array:
    """Mask of the consecutive vertices of the outline that are on the same ring."""
    _, ring = shapely.get_coordinates(shapely.get_parts(shapely.boundary(surface)), return_index=True)
    return ring[:-1] == ring[1:]


def _cap(end: Array, before: Array, start: Array, stop: Array) -> Any:
    """The piece of outline across the end of a line, None when it is not whole."""
    along = (end - before) / np.linalg.norm(end - before)
    piece = stop - start
    length = np.linalg.norm(piece, axis=1)
    square = np.abs(piece @ along) <= _SQUARE * length
    through = shapely.distance(shapely.linestrings(np.stack([start, stop], axis=1)), shapely.points(end)) <= SLACK
    found = np.flatnonzero(square & through & (length > 0))
    if not len(found):
        return None
    halves = np.linalg.norm(np.stack([start[found[0]] - end, stop[found[0]] - end]), axis=1)
    return np.stack([start[found[0]], stop[found[0]]]) if abs(halves[0] - halves[1]) <= _UNEVEN else None


def _meet(line: Any, shapes: Tuple[Any, ...]) -> bool:
    """Whether two ends are nearer than the corridor is wide, though the line between them is longer."""
    width = max(float(shapely.length(shape)) for shape in shapes)
    ends = objects(list(shapes))
    near = shapely.distance(ends[:, None], ends[None, :])[np.triu_indices(len(ends), 1)]
    return bool((near < min(width, float(shapely.length(line)) / 2)).any())
