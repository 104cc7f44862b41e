"""Cutting geometries into small disjoint pieces: what makes the overlay fast.

An intersection with a polygon of 230 000 vertices reads them all, whatever the other geometry is; an intersection with
a piece of 256 does not. Polygons are halved along the longer side of their bounding box until small enough: the cuts
follow the axes, so that two neighbours carry exactly the same abscissa (or ordinate) and are put together again without
a gap. Lines are cut at their own vertices, points are taken one by one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Iterator, List, Optional, Tuple

import numpy as np
import shapely

from .layers import Array
from .progress import Progress

#: most vertices of a piece
LIMIT = 256
#: vertices handed to GEOS between two questions about cancel: about 0.05 s of intersections
CHUNK = 150_000


@dataclass(frozen=True)
class Pieces:
    """`geometry`: (n,) polygons, lines or points, none missing; `owner`: (n,) row each comes from, increasing."""

    geometry: Array
    owner: Array

    def __len__(self) -> int:
        return len(self.geometry)

    def take(self, index: Array) -> "Pieces":
        return Pieces(self.geometry[index], self.owner[index])


def cut(pieces: Pieces, *, above: int = LIMIT, progress: Optional[Progress] = None) -> Pieces:
    """The same ground in pieces of at most `LIMIT` vertices; what has `above` vertices or fewer is left as it is.

    The total area is that of the input up to the rounding of the vertices on the cuts.
    """
    sizes = shapely.get_num_coordinates(pieces.geometry)
    large = sizes > above
    if not large.any():
        return pieces
    done, owners = [pieces.geometry[~large]], [pieces.owner[~large]]
    total, gone = float(sizes[large].sum()), 0.0
    for geometry, owner, size in zip(pieces.geometry[large], pieces.owner[large], sizes[large]):
        if shapely.get_dimensions(geometry) == 2:
            small = _halve_until_small(geometry, progress, gone / total, (gone + size) / total)
        else:
            small = _split_line(geometry)
        done.append(small)
        owners.append(np.full(len(small), owner))
        gone += size
        if progress is not None:
            progress.step(gone / total)
    geometry, owner = np.concatenate(done), np.concatenate(owners)
    order = np.argsort(owner, kind="stable")
    return Pieces(geometry[order], owner[order])


def explode(geometries: Array, dimension: Optional[int] = None) -> Pieces:
    """The simple parts of (n,) geometries, with the row of each; only those of `dimension` when it is given."""
    parts, owner = shapely.get_parts(geometries, return_index=True)
    while (shapely.get_type_id(parts) > _LAST_SIMPLE_TYPE).any():
        parts, index = shapely.get_parts(parts, return_index=True)
        owner = owner[index]
    keep = ~shapely.is_empty(parts)
    if dimension is not None:
        keep &= shapely.get_dimensions(parts) == dimension
    return Pieces(parts[keep], owner[keep])


def halves(polygons: Array, bounds: Tuple[float, float, float, float], checked: float) -> Tuple[Array, Array]:
    """(n,) polygons on either side of the middle of `bounds`, which holds them all: two (n,) arrays.

    A part of at most `checked` vertices is valid; a larger one, which will be cut again, may not be.
    """
    xmin, ymin, xmax, ymax = bounds
    if xmax - xmin > ymax - ymin:
        middle = (xmin + xmax) / 2
        boxes = ((xmin, ymin, middle, ymax), (middle, ymin, xmax, ymax))
    else:
        middle = (ymin + ymax) / 2
        boxes = ((xmin, ymin, xmax, middle), (xmin, middle, xmax, ymax))
    try:
        first, second = (shapely.clip_by_rect(polygons, *box) for box in boxes)
    except shapely.errors.GEOSException:
        return _exact_halves(polygons, boxes)
    wrong = _is_wrong(polygons, first, second, checked)
    if wrong.any():
        first[wrong], second[wrong] = _exact_halves(polygons[wrong], boxes)
    return first, second


def chunks(sizes: Array, limit: int = CHUNK) -> Iterator[slice]:
    """Slices of consecutive rows whose sizes add up to about `limit`; at least one row each."""
    if not len(sizes):
        return
    number = np.cumsum(sizes, dtype=np.int64) // limit
    starts = np.flatnonzero(np.diff(number, prepend=-1))
    for start, stop in zip(starts, [*starts[1:], len(sizes)]):
        yield slice(int(start), int(stop))


_LAST_SIMPLE_TYPE = 3  # Point, LineString, LinearRing, Polygon


def _halve_until_small(polygon: Any, progress: Optional[Progress], start: float, end: float) -> Array:
    todo: List[Any] = [polygon]
    small: List[Array] = []
    done, total = 0, shapely.get_num_coordinates(polygon)
    while todo:
        whole = np.array([todo.pop()], dtype=object)
        parts = explode(np.concatenate(halves(whole, whole[0].bounds, LIMIT)), 2).geometry
        sizes = shapely.get_num_coordinates(parts)
        small.append(parts[sizes <= LIMIT])
        todo.extend(parts[sizes > LIMIT])
        done += int(sizes[sizes <= LIMIT].sum())
        if progress is not None:
            progress.step(start + (end - start) * min(done / total, 1.0))
    return np.concatenate(small)


def _is_wrong(polygons: Array, first: Array, second: Array, checked: float) -> Array:
    """Where the halves do not add up to the whole, or hold a part to be checked that is not valid."""
    whole = shapely.area(polygons)
    largest = np.abs(shapely.bounds(polygons)).max(axis=1)
    allowed = 1e-12 * whole + shapely.length(polygons) * np.spacing(largest)
    wrong = np.abs(shapely.area(first) + shapely.area(second) - whole) > allowed
    for half in (first, second):
        parts = explode(half, 2)
        final = shapely.get_num_coordinates(parts.geometry) <= checked
        final[final] = ~shapely.is_valid(parts.geometry[final])
        wrong[parts.owner[final]] = True
    return wrong


def _exact_halves(polygons: Array, boxes: Any) -> Tuple[Array, Array]:
    """By plain intersection: `clip_by_rect` is fast, but may collapse what touches the box or return it invalid."""
    valid = np.where(shapely.is_valid(polygons), polygons, shapely.make_valid(polygons))
    first, second = (shapely.intersection(valid, shapely.box(*box)) for box in boxes)
    return first, second


def _split_line(line: Any) -> Array:
    """Consecutive lines that share their end vertices: exact."""
    points = shapely.get_coordinates(line)
    starts = range(0, len(points) - 1, LIMIT - 1)
    return np.array([shapely.linestrings(points[start:start + LIMIT]) for start in starts], dtype=object)
