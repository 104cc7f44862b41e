"""Cutting geometries into small disjoint pieces: what makes the overlay fast.

An intersection with a polygon of 230 000 vertices reads them all, whatever the other geometry is; an intersection with
a piece of 256 does not. Polygons are halved along the longer side of their bounding box until small enough: the cuts
follow the axes, so that two neighbours carry exactly the same abscissa (or ordinate) and are put together again without
a gap. Lines are cut at their own vertices, points are taken one by one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, List, Optional

import numpy as np
import shapely

from ..chunks import chunks, taken_apart
from ..layers import Array, exploded, objects
from ..progress import Progress

#: most vertices of a piece
LIMIT = 256
#: of a piece of line: it is as long as it has vertices, and near as many surfaces
LINE_LIMIT = 64


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
    """The same ground in pieces of at most `LIMIT` vertices, `LINE_LIMIT` of lines; what has at most `above` is left.

    The total area is that of the input up to the rounding of the vertices on the cuts.
    """
    large = shapely.get_num_coordinates(pieces.geometry) > above
    if not large.any():
        return pieces
    polygons = large & (shapely.get_dimensions(pieces.geometry) == 2)
    done = [pieces.take(~large), _split_lines(pieces.take(large & ~polygons))]
    todo = pieces.take(polygons)
    total = max(int(shapely.get_num_coordinates(todo.geometry).sum()), 1)
    while len(todo):
        left = int(shapely.get_num_coordinates(todo.geometry).sum())
        parts = _joined(
            [
                _halved(todo.take(part), progress, 1.0 - left / total)
                for part in chunks(shapely.get_num_coordinates(todo.geometry))
            ]
        )
        small = (shapely.get_num_coordinates(parts.geometry) <= LIMIT) | _is_tiny(parts.geometry)
        done.append(parts.take(small))
        todo = parts.take(~small)
    result = _joined(done)
    return result.take(np.argsort(result.owner, kind="stable"))


def explode(geometries: Array, dimension: Optional[int] = None) -> Pieces:
    """The simple parts of (n,) geometries, with the row of each; only those of `dimension` when it is given."""
    parts, owner = exploded(geometries)
    while (shapely.get_type_id(parts) > _LAST_SIMPLE_TYPE).any():
        parts, index = taken_apart(shapely.get_parts, parts)
        owner = owner[index]
    keep = ~shapely.is_empty(parts)
    if dimension is not None:
        keep &= shapely.get_dimensions(parts) == dimension
    return Pieces(parts[keep], owner[keep])


def halves(polygons: Array, bounds: Array, checked: float) -> Array:
    """(n, 2) what lies on either side of the middle of `bounds`, (n, 4), each of which holds its polygon.

    A part of at most `checked` vertices is valid; a larger one, which will be cut again, may not be.
    """
    boxes = _half_boxes(bounds)
    sides = np.empty((len(polygons), 2), dtype=object)
    for row, polygon in enumerate(polygons):
        sides[row] = [_clip(polygon, box) for box in boxes[row]]
    for row in np.flatnonzero(_is_wrong(polygons, sides, checked)):
        sides[row] = _exact_halves(polygons[row], boxes[row])
    return sides


def span(progress: Optional[Progress], start: float, end: float) -> Optional[Progress]:
    """The part start..end of a progress, when there is one."""
    return None if progress is None else progress.span(start, end)


_LAST_SIMPLE_TYPE = 3  # Point, LineString, LinearRing, Polygon


def _halved(pieces: Pieces, progress: Optional[Progress], fraction: float) -> Pieces:
    if progress is not None:
        progress.step(fraction)
    parts = explode(halves(pieces.geometry, shapely.bounds(pieces.geometry), LIMIT).ravel(), 2)
    return Pieces(parts.geometry, pieces.owner[parts.owner // 2])


def _is_tiny(polygons: Array) -> Array:
    """Too small for its rounded coordinates to be halved: would be cut for ever."""
    bounds = shapely.bounds(polygons)
    side = (bounds[:, 2:] - bounds[:, :2]).max(axis=1, initial=0.0)
    return side <= 64 * np.spacing(np.abs(bounds).max(axis=1, initial=0.0))


def _half_boxes(bounds: Array) -> Array:
    """(n, 2, 4): the two halves of each box, across its longer side."""
    xmin, ymin, xmax, ymax = bounds.T
    wide = xmax - xmin > ymax - ymin
    x, y = np.where(wide, (xmin + xmax) / 2, xmax), np.where(wide, ymax, (ymin + ymax) / 2)
    first = np.stack([xmin, ymin, x, y], axis=1)
    second = np.stack([np.where(wide, x, xmin), np.where(wide, ymin, y), xmax, ymax], axis=1)
    return np.stack([first, second], axis=1)


def _clip(polygon: Any, box: Array) -> Any:
    try:
        return shapely.clip_by_rect(polygon, *box)
    except shapely.errors.GEOSException:
        return shapely.Polygon()  # the areas will not add up


def _is_wrong(polygons: Array, sides: Array, checked: float) -> Array:
    """(n,) where the halves do not add up to the whole, or hold a part to be checked that is not valid."""
    whole = shapely.area(polygons)
    largest = np.abs(shapely.bounds(polygons)).max(axis=1, initial=0.0)
    allowed = 1e-12 * whole + shapely.length(polygons) * np.spacing(largest)
    wrong = np.abs(shapely.area(sides).sum(axis=1) - whole) > allowed
    parts = explode(sides.ravel(), 2)
    final = shapely.get_num_coordinates(parts.geometry) <= checked
    final[final] = ~shapely.is_valid(parts.geometry[final])
    wrong[parts.owner[final] // 2] = True
    return wrong


def _exact_halves(polygon: Any, boxes: Array) -> List[Any]:
    """By plain intersection: `clip_by_rect` is fast, but may collapse what touches the box or return it invalid."""
    valid = polygon if shapely.is_valid(polygon) else shapely.make_valid(polygon)
    return [shapely.intersection(valid, shapely.box(*box)) for box in boxes]


def _split_lines(lines: Pieces) -> Pieces:
    """Consecutive lines that share their end vertices: exact."""
    pieces: List[Any] = []
    owners: List[int] = []
    for line, owner in zip(lines.geometry, lines.owner):
        points = shapely.get_coordinates(line)
        for start in range(0, len(points) - 1, LINE_LIMIT - 1):
            pieces.append(shapely.linestrings(points[start : start + LINE_LIMIT]))
            owners.append(owner)
    return Pieces(objects(pieces), np.array(owners, dtype=np.intp))


def _joined(pieces: List[Pieces]) -> Pieces:
    return Pieces(np.concatenate([part.geometry for part in pieces]), np.concatenate([part.owner for part in pieces]))
