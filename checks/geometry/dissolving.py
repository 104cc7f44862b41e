"""Pieces that overlap made disjoint: ground covered twice counts once.

Of a partition, the union is taken at once. Elsewhere what does not overlap is left as it is.
"""

from __future__ import annotations

from typing import Any, List, Optional, Tuple

import numpy as np
import shapely

from ..chunks import chunks
from ..layers import Array
from ..progress import Progress
from .assembling import union_by_steps
from .cutting import LIMIT, Pieces, cut, explode, halves, span
from .grouping import components, members
from .partition import union_of_partition


def disjoint_pieces(geometries: Array, dimension: int, progress: Optional[Progress] = None) -> Pieces:
    """Pieces of at most `LIMIT` vertices, disjoint but for their limits, with the union of the parts of `dimension`.

    Points are made unique. `owner` is the row of the geometry a piece comes from, and -1 where several were dissolved.
    """
    if dimension == 0:
        points = shapely.points(np.unique(shapely.get_coordinates(explode(geometries, 0).geometry), axis=0))
        return Pieces(points, np.full(len(points), -1))
    parts = explode(geometries, dimension)
    if dimension == 1:
        # noded in one go: two lines that follow each other but for a rounding are told as one by that alone
        return _of_union(shapely.line_merge(shapely.union_all(parts.geometry)), 1)
    several = (parts.owner != parts.owner[:1]).any()
    union = union_of_partition(parts.geometry, span(progress, 0.0, 0.1)) if several else None
    if union is not None:
        # cut apart, two neighbours would meet but for a rounding, and a line on their limit slip between them
        return _of_union(union, 2, span(progress, 0.1, 1.0))
    pieces = cut(parts, progress=span(progress, 0.1, 0.3))
    if not several:
        return pieces
    a, b = overlapping(pieces, progress=span(progress, 0.3, 0.7))
    if not len(a):
        return pieces
    rows, place = np.unique(np.concatenate([a, b]), return_inverse=True)
    label = components(len(rows), place[: len(a)], place[len(a) :])
    after, number = span(progress, 0.7, 1.0), len(np.unique(label))
    dissolved: List[Array] = []
    for position, group in enumerate(members(label)):
        own = span(after, position / number, (position + 1) / number)
        dissolved += _dissolve(pieces.geometry[rows[group]], own)
    alone = np.ones(len(pieces), dtype=bool)
    alone[rows] = False
    geometry = np.concatenate([pieces.geometry[alone], *dissolved])
    owner = np.concatenate([pieces.owner[alone], np.full(len(geometry) - int(alone.sum()), -1)])
    return Pieces(geometry, owner)


def overlapping(pieces: Pieces, progress: Optional[Progress] = None) -> Tuple[Array, Array]:
    """Rows (a, b) of the polygons of different owners that overlap, each couple once.

    What rounding alone makes overlap, less than a billionth of the smaller piece, does not count.
    """
    tree = shapely.STRtree(pieces.geometry)
    sizes = shapely.get_num_coordinates(pieces.geometry)
    found: List[Tuple[Array, Array]] = []
    for batch in chunks(sizes):
        a, b = tree.query(pieces.geometry[batch])
        a = a + batch.start
        candidate = (a < b) & (pieces.owner[a] != pieces.owner[b])
        a, b = a[candidate], b[candidate]
        for part in chunks(sizes[a] + sizes[b]):
            if progress is not None:
                progress.step(a[part.start] / len(pieces))
            met = shapely.relate_pattern(pieces.geometry[a[part]], pieces.geometry[b[part]], "2********")
            found.append((a[part][met], b[part][met]))
    a, b = (np.concatenate([pair[side] for pair in found] or [np.empty(0, dtype=np.intp)]) for side in (0, 1))
    shared = shared_area(pieces, a, b, progress)
    areas = shapely.area(pieces.geometry)
    real = shared > 1e-9 * np.minimum(areas[a], areas[b])
    return a[real], b[real]


def shared_area(pieces: Pieces, a: Array, b: Array, progress: Optional[Progress] = None) -> Array:
    """(k,) area of pieces a ∩ pieces b."""
    sizes = shapely.get_num_coordinates(pieces.geometry)
    area = np.zeros(len(a))
    for part in chunks(sizes[a] + sizes[b]):
        if progress is not None:
            progress.step(part.start / len(a))
        area[part] = shapely.area(shapely.intersection(pieces.geometry[a[part]], pieces.geometry[b[part]]))
    return area


#: vertices dissolved in one call; beyond, the group is halved
_DISSOLVED_AT_ONCE = 8 * LIMIT


def _of_union(union: Any, dimension: int, progress: Optional[Progress] = None) -> Pieces:
    pieces = cut(explode(np.array([union], dtype=object), dimension), progress=progress)
    return Pieces(pieces.geometry, np.full(len(pieces), -1))


def _dissolve(polygons: Array, progress: Optional[Progress]) -> List[Array]:
    """Pieces of the union of a connected group: small groups at once, large ones by halves of their extent."""
    todo: List[Array] = [polygons]
    done: List[Array] = []
    while todo:
        if progress is not None:
            progress.step(0.0)
        polygons = todo.pop()
        size = int(shapely.get_num_coordinates(polygons).sum())
        sides = []
        if size > _DISSOLVED_AT_ONCE:
            sides = [explode(side, 2).geometry for side in _halved(polygons, progress).T]
        if sides and max(int(shapely.get_num_coordinates(side).sum()) for side in sides) < 0.8 * size:
            todo += [side for side in sides if len(side)]
        else:
            done.append(cut(explode(np.array([union_by_steps(polygons, progress)], dtype=object), 2)).geometry)
    return done


def _halved(polygons: Array, progress: Optional[Progress]) -> Array:
    """(n, 2) what lies of each on either side of the middle of their extent."""
    extent = np.tile(shapely.total_bounds(polygons), (len(polygons), 1))
    sides = []
    for part in chunks(shapely.get_num_coordinates(polygons)):
        if progress is not None:
            progress.step(0.0)
        sides.append(halves(polygons[part], extent[part], np.inf))
    return np.concatenate(sides)
