"""Where the pieces of two sides meet: what they share, and what one leaves of the other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Callable, Iterator, List, Optional, Sequence, Tuple

import numpy as np
import shapely

from ..chunks import chunks
from ..layers import Array
from ..progress import Progress
from .assembling import only, union_groups
from .cutting import Pieces
from .following import inside_and_outside, reach


@dataclass(frozen=True)
class Fragments:
    """(k,) fragments of two sides of pieces.

    `left`, `right`: rows of the pieces each comes from; `whole_left`, `whole_right`: True where it is that whole piece.
    """

    left: Array
    right: Array
    geometry: Array
    whole_left: Array
    whole_right: Array


def cross(
    left: Pieces, right: Pieces, tree: shapely.STRtree, dimension: int, progress: Optional[Progress] = None
) -> Fragments:
    """Each piece of `left` ∩ each piece of `right`, where something of `dimension` is left. `tree` holds `right`.

    A line meets at once all the pieces of one owner: one that follows where they were cut would be found in several,
    each time with its own roundings. The surface is then known by the first of its pieces.
    """
    met = meetings(left, right, tree, dimension, progress)
    if not _follows(left.geometry, right.geometry, dimension):
        return joined([_couples(left.geometry, right.geometry, i, j, dimension) for i, j in met])
    i, j = _rows(list(met))
    if _are_surfaces(right.geometry):
        line, surface, geometry, whole = _lines_in_surfaces(left, right, i, j, progress)
        return Fragments(line, surface, geometry, whole, np.zeros(len(line), dtype=bool))
    line, surface, geometry, whole = _lines_in_surfaces(right, left, j, i, progress)
    return Fragments(surface, line, geometry, np.zeros(len(line), dtype=bool), whole)


def subtract(
    left: Pieces, right: Pieces, tree: shapely.STRtree, dimension: int, progress: Optional[Progress] = None
) -> Tuple[Array, Array]:
    """The rows of `left`, all of `dimension`, that `right` enters, and what it leaves of each (None: nothing)."""
    a, b = left.geometry, right.geometry
    entered: List[Tuple[Array, Array]] = []
    for i, j in meetings(left, right, tree, dimension, progress):
        if dimension == 2:  # neighbours that only touch are many
            real = shapely.relate_pattern(a[i], b[j], "2********")
            i, j = i[real], j[real]
        entered.append((i, j))
    i, j = _rows(entered)
    covered, rows, removed = _facing(a, b, i, j, i, progress)
    rest = _each(lambda a, b: _outside(a, b, dimension), a[rows], removed, progress)
    return np.concatenate([covered, rows]), np.concatenate([np.full(len(covered), None, dtype=object), rest])


def meetings(
    left: Pieces, right: Pieces, tree: shapely.STRtree, dimension: int, progress: Optional[Progress] = None
) -> Iterator[Tuple[Array, Array]]:
    """Rows (i, j) of the pieces that intersect, touching included, by chunks short enough for cancel to act.

    A line and a surface do where only rounding parts them. The side of the tree is prepared: each of its pieces is met
    several times.
    """
    shapely.prepare(right.geometry)
    near = reach(left.geometry, right.geometry) if _follows(left.geometry, right.geometry, dimension) else None
    sizes, other_sizes = shapely.get_num_coordinates(left.geometry), shapely.get_num_coordinates(right.geometry)
    for batch in chunks(sizes):
        i, j = tree.query(left.geometry[batch])
        i = i + batch.start
        for part in chunks(sizes[i] + other_sizes[j]):
            if progress is not None:
                progress.step(i[part.start] / len(left))
            a, b = left.geometry[i[part]], right.geometry[j[part]]
            met = shapely.intersects(b, a)
            if near is not None:
                met[~met] = shapely.dwithin(b[~met], a[~met], near)
            yield i[part][met], j[part][met]


def joined(found: Sequence[Fragments]) -> Fragments:
    """The fragments of several batches in one."""
    if not found:
        return Fragments(_NO_ROW, _NO_ROW, np.empty(0, dtype=object), _NO_ROW.astype(bool), _NO_ROW.astype(bool))
    return Fragments(
        *(
            np.concatenate([getattr(batch, name) for batch in found])
            for name in ("left", "right", "geometry", "whole_left", "whole_right")
        )
    )


_NO_ROW: Array = np.empty(0, dtype=np.intp)


def _rows(found: Sequence[Tuple[Array, Array]]) -> Tuple[Array, Array]:
    i, j = (np.concatenate([pair[side] for pair in found] or [_NO_ROW]) for side in (0, 1))
    return i, j


def _couples(a: Array, b: Array, i: Array, j: Array, dimension: int) -> Fragments:
    """a[i] ∩ b[j], couple by couple."""
    a, b = a[i], b[j]
    a_bounds, b_bounds = shapely.bounds(a), shapely.bounds(b)
    inside = _within(a_bounds, b_bounds)
    inside[inside] = shapely.covers(b[inside], a[inside])
    around = _within(b_bounds, a_bounds) & ~inside
    shapely.prepare(a[around])
    around[around] = shapely.covers(a[around], b[around])
    geometry = np.where(inside, a, b)
    rest = ~inside & ~around
    geometry[rest] = only(shapely.intersection(a[rest], b[rest]), dimension)
    kept = ~shapely.is_missing(geometry)
    return Fragments(i[kept], j[kept], geometry[kept], inside[kept], around[kept])


def _lines_in_surfaces(
    lines: Pieces, surfaces: Pieces, i: Array, j: Array, progress: Optional[Progress]
) -> Tuple[Array, Array, Array, Array]:
    """Of the couples: (k,) rows of `lines`, rows of the first piece of a surface, what they share, and if it is all."""
    count = surfaces.owner.max(initial=0) + 1
    key = i * count + surfaces.owner[j]
    covered, crossed, union = _facing(lines.geometry, surfaces.geometry, i, j, key, progress)
    met = _each(lambda a, b: inside_and_outside(a, b)[0], lines.geometry[crossed // count], union, progress)
    kept = ~shapely.is_missing(met)
    key = np.concatenate([covered, crossed[kept]])
    geometry = np.concatenate([lines.geometry[covered // count], met[kept]])
    first = np.searchsorted(surfaces.owner, key % count)
    return key // count, first, geometry, np.arange(len(key)) < len(covered)


def _facing(
    a: Array, b: Array, i: Array, j: Array, key: Array, progress: Optional[Progress]
) -> Tuple[Array, Array, Array]:
    """Of the couples (a[i], b[j]), by `key`, which tells i: keys where one `b` covers `a`, the others, their union."""
    covering = _within(shapely.bounds(a)[i], shapely.bounds(b)[j])
    covering[covering] = shapely.covers(b[j[covering]], a[i[covering]])
    covered = np.unique(key[covering])
    partly = ~np.isin(key, covered)
    crossed, group = np.unique(key[partly], return_inverse=True)
    order = np.argsort(group, kind="stable")
    return covered, crossed, union_groups(group[order], b[j[partly]][order], progress)


def _each(operation: Callable[[Array, Array], Array], a: Array, b: Array, progress: Optional[Progress]) -> Array:
    """(n,) the operation on each a and b, by chunks short enough for cancel to act."""
    out = np.full(len(a), None, dtype=object)
    for part in chunks(shapely.get_num_coordinates(a) + shapely.get_num_coordinates(b)):
        if progress is not None:
            progress.step(part.start / len(a))
        out[part] = operation(a[part], b[part])
    return out


def _outside(a: Array, b: Array, dimension: int) -> Array:
    """(n,) a − b, of `dimension`, that of a."""
    if _follows(a, b, dimension):
        return inside_and_outside(a, b)[1]
    return only(shapely.difference(a, b), dimension)


def _follows(a: Array, b: Array, dimension: int) -> bool:
    """Whether they are lines on one side and surfaces on the other: each side is of one dimension."""
    return dimension == 1 and (_are_surfaces(a) or _are_surfaces(b))


def _are_surfaces(geometry: Array) -> bool:
    return len(geometry) > 0 and bool(shapely.get_dimensions(geometry[0]) == 2)


def _within(inner: Array, outer: Array) -> Array:
    """Bounding boxes, row by row: a cheap condition that `covers` needs."""
    return (outer[:, :2] <= inner[:, :2]).all(axis=1) & (inner[:, 2:] <= outer[:, 2:]).all(axis=1)
