"""Where the pieces of two sides meet: what they share, and what one leaves of the other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Iterator, List, Optional, Sequence, Tuple

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
    i, j = (np.concatenate([pair[side] for pair in entered] or [_NO_ROW]) for side in (0, 1))
    covering = _within(shapely.bounds(a)[i], shapely.bounds(b)[j])
    covering[covering] = shapely.covers(b[j[covering]], a[i[covering]])
    covered = np.unique(i[covering])
    partly = ~np.isin(i, covered)
    rows, group = np.unique(i[partly], return_inverse=True)
    order = np.argsort(group, kind="stable")
    removed = union_groups(group[order], b[j[partly]][order], progress)
    rest = np.full(len(rows), None, dtype=object)
    for part in chunks(shapely.get_num_coordinates(a[rows]) + shapely.get_num_coordinates(removed)):
        if progress is not None:
            progress.step(part.start / len(rows))
        rest[part] = only(shapely.difference(a[rows[part]], removed[part]), dimension)
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


def _within(inner: Array, outer: Array) -> Array:
    """Bounding boxes, row by row: a cheap condition that `covers` needs."""
    return (outer[:, :2] <= inner[:, :2]).all(axis=1) & (inner[:, 2:] <= outer[:, 2:]).all(axis=1)
