"""Where the pieces of two sides meet: what they share, and what one leaves of the other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Callable, Iterator, List, Optional, Sequence, Tuple

import numpy as np
import shapely

from ..layers import Array
from ..progress import Progress
from .assembling import only, union_groups
from .cutting import Pieces, chunks


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
    """Each piece of `left` ∩ each piece of `right`, where something of `dimension` is left. `tree` holds `right`."""
    found: List[Fragments] = []
    left_bounds, right_bounds = shapely.bounds(left.geometry), shapely.bounds(right.geometry)
    for i, j in meetings(left, right, tree, progress):
        a, b = left.geometry[i], right.geometry[j]
        inside = _within(left_bounds[i], right_bounds[j])
        inside[inside] = shapely.covers(b[inside], a[inside])
        around = _within(right_bounds[j], left_bounds[i]) & ~inside
        shapely.prepare(a[around])
        around[around] = shapely.covers(a[around], b[around])
        geometry = np.where(inside, a, b)
        rest = ~inside & ~around
        geometry[rest] = only(shapely.intersection(a[rest], b[rest]), dimension)
        kept = ~shapely.is_missing(geometry)
        found.append(Fragments(i[kept], j[kept], geometry[kept], inside[kept], around[kept]))
    return joined(found)


def cross_at_once(
    left: Pieces, right: Pieces, tree: shapely.STRtree, dimension: int, progress: Optional[Progress] = None
) -> Fragments:
    """Each piece of `left`, of `dimension`, ∩ the union of the pieces of `right` it meets; `right` then tells nothing.

    For lines: one that follows the limit of two surfaces would be found in both, each time with its own roundings.
    """
    i, j = _rows(list(meetings(left, right, tree, progress)))
    covered, rows, union = _facing(left.geometry, right.geometry, i, j, progress)
    met = _each(shapely.intersection, left.geometry[rows], union, dimension, progress)
    kept = ~shapely.is_missing(met)
    found = np.concatenate([covered, rows[kept]])
    return Fragments(
        left=found,
        right=np.full(len(found), -1),
        geometry=np.concatenate([left.geometry[covered], met[kept]]),
        whole_left=np.arange(len(found)) < len(covered),
        whole_right=np.zeros(len(found), dtype=bool),
    )


def subtract(
    left: Pieces, right: Pieces, tree: shapely.STRtree, dimension: int, progress: Optional[Progress] = None
) -> Tuple[Array, Array]:
    """The rows of `left`, all of `dimension`, that `right` enters, and what it leaves of each (None: nothing)."""
    a, b = left.geometry, right.geometry
    entered: List[Tuple[Array, Array]] = []
    for i, j in meetings(left, right, tree, progress):
        if dimension == 2:  # neighbours that only touch are many
            real = shapely.relate_pattern(a[i], b[j], "2********")
            i, j = i[real], j[real]
        entered.append((i, j))
    covered, rows, removed = _facing(a, b, *_rows(entered), progress)
    rest = _each(shapely.difference, a[rows], removed, dimension, progress)
    return np.concatenate([covered, rows]), np.concatenate([np.full(len(covered), None, dtype=object), rest])


def meetings(
    left: Pieces, right: Pieces, tree: shapely.STRtree, progress: Optional[Progress] = None
) -> Iterator[Tuple[Array, Array]]:
    """Rows (i, j) of the pieces that intersect, touching included, by chunks short enough for cancel to act.

    The side of the tree is prepared: each of its pieces is met several times.
    """
    shapely.prepare(right.geometry)
    sizes, other_sizes = shapely.get_num_coordinates(left.geometry), shapely.get_num_coordinates(right.geometry)
    for batch in chunks(sizes):
        i, j = tree.query(left.geometry[batch])
        i = i + batch.start
        for part in chunks(sizes[i] + other_sizes[j]):
            if progress is not None:
                progress.step(i[part.start] / len(left))
            met = shapely.intersects(right.geometry[j[part]], left.geometry[i[part]])
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


def _facing(a: Array, b: Array, i: Array, j: Array, progress: Optional[Progress]) -> Tuple[Array, Array, Array]:
    """Of the couples (a[i], b[j]): rows of `a` that one `b` covers, the other rows, and the union of `b` each faces."""
    covering = _within(shapely.bounds(a)[i], shapely.bounds(b)[j])
    covering[covering] = shapely.covers(b[j[covering]], a[i[covering]])
    covered = np.unique(i[covering])
    partly = ~np.isin(i, covered)
    rows, group = np.unique(i[partly], return_inverse=True)
    order = np.argsort(group, kind="stable")
    return covered, rows, union_groups(group[order], b[j[partly]][order], progress)


def _each(operation: Callable[..., Any], a: Array, b: Array, dimension: int, progress: Optional[Progress]) -> Array:
    """(n,) what is left of `dimension` of the operation on each a and b, by chunks short enough for cancel to act."""
    out = np.full(len(a), None, dtype=object)
    for part in chunks(shapely.get_num_coordinates(a) + shapely.get_num_coordinates(b)):
        if progress is not None:
            progress.step(part.start / len(a))
        out[part] = only(operation(a[part], b[part]), dimension)
    return out


def _within(inner: Array, outer: Array) -> Array:
    """Bounding boxes, row by row: a cheap condition that `covers` needs."""
    return (outer[:, :2] <= inner[:, :2]).all(axis=1) & (inner[:, 2:] <= outer[:, 2:]).all(axis=1)
