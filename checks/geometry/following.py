"""What a surface holds of a line, its limit included, where the line follows this limit.

A vertex computed on a slanting edge (where a surface was cut, where two of them cross, where one was drawn on the
middle of the other's edge) lies beside it by the rounding of its coordinates. That is nothing for an area, and
everything for a line that follows this edge: GEOS finds it outside, or nowhere. Where that may be, the line is parted
at every vertex of the limit that it passes, and each of its segments is held when it is nowhere farther than a
micrometre from the surface.
"""

from __future__ import annotations

from typing import Tuple

import numpy as np
import shapely

from ..layers import Array
from .assembling import only

#: where on a segment its distance is taken, its ends apart: no drawing repeats these fractions
_SAMPLES = (0.5, 0.2137, 0.7391)


def reach(*geometries: Array) -> float:
    """A thousand roundings of the largest coordinate, in its unit: a micrometre in Lambert-93."""
    bounds = [shapely.total_bounds(some) for some in geometries if len(some)]
    return float(1024 * np.spacing(np.nanmax(np.abs(bounds), initial=0.0)))


def inside_and_outside(lines: Array, surfaces: Array) -> Tuple[Array, Array]:
    """(n,) what each surface holds of each line, its limit included, and (n,) what it leaves; None: nothing."""
    near = reach(lines, surfaces)
    inside, outside = only(shapely.intersection(lines, surfaces), 1), only(shapely.difference(lines, surfaces), 1)
    doubtful = _is_doubtful(lines, surfaces, inside, outside, near)
    inside[doubtful], outside[doubtful] = _parted(lines[doubtful], surfaces[doubtful], near)
    return inside, outside


def _is_doubtful(lines: Array, surfaces: Array, inside: Array, outside: Array, near: float) -> Array:
    """(n,) True where a part of the line was lost, or where what is outside touches the limit by more than its ends."""
    lengths = shapely.length(lines)
    kept = np.nan_to_num(shapely.length(inside)) + np.nan_to_num(shapely.length(outside))
    doubtful = np.abs(lengths - kept) > near + 1e-12 * lengths
    ends, row = _segments(outside)
    low, high = np.split(shapely.bounds(surfaces)[row], 2, axis=1)  # most segments are far from the surface
    beside = ((ends.min(axis=1) <= high + near) & (ends.max(axis=1) >= low - near)).all(axis=1)
    ends, row = ends[beside], row[beside]
    vertices, of = shapely.get_coordinates(surfaces, return_index=True)
    touched, _ = _passed(ends, row, vertices, of, near)
    shapely.prepare(surfaces)
    middles = shapely.points(ends.mean(axis=1))
    doubtful[row[touched]] = True
    doubtful[row[shapely.dwithin(surfaces[row], middles, near)]] = True
    return doubtful


def _parted(lines: Array, surfaces: Array, near: float) -> Tuple[Array, Array]:
    """(n,) the segments of each line that are along or inside its surface, and (n,) the others; None: none."""
    ends, row = _segments(lines)
    crossings, at = shapely.get_coordinates(shapely.intersection(lines, shapely.boundary(surfaces)), return_index=True)
    vertices, of = shapely.get_coordinates(surfaces, return_index=True)
    places, place_row = np.concatenate([crossings, vertices]), np.concatenate([at, of])
    segment, place = _passed(ends, row, places, place_row, near)
    ends, row = _split(ends, row, segment, places[place])
    held = np.arange(len(ends))
    for fraction in (*_SAMPLES, 0.0, 1.0):
        points = shapely.points(ends[held, 0] * (1 - fraction) + ends[held, 1] * fraction)
        held = held[shapely.dwithin(surfaces[row[held]], points, near)]
    is_held = np.zeros(len(ends), dtype=bool)
    is_held[held] = True
    return _merged(ends[is_held], row[is_held], len(lines)), _merged(ends[~is_held], row[~is_held], len(lines))


def _segments(lines: Array) -> Tuple[Array, Array]:
    """(k, 2, 2) the ends of the segments of (n,) lines, and (k,) the row of each."""
    parts, row = shapely.get_parts(lines, return_index=True)
    xy, part = shapely.get_coordinates(parts, return_index=True)
    start = np.flatnonzero((part[1:] == part[:-1]) & (xy[1:] != xy[:-1]).any(axis=1))
    return np.stack([xy[start], xy[start + 1]], axis=1), row[part[start]]


def _passed(ends: Array, row: Array, places: Array, place_row: Array, near: float) -> Tuple[Array, Array]:
    """(k,) segments and (k,) places of their row that they pass, elsewhere than at their ends."""
    points, segments = shapely.points(places), shapely.linestrings(ends)
    place, segment = shapely.STRtree(segments).query(points, predicate="dwithin", distance=near)
    same = place_row[place] == row[segment]
    place, segment = place[same], segment[same]
    gaps = np.linalg.norm(ends[segment] - places[place][:, None], axis=2)
    between = (gaps > near).all(axis=1)
    return segment[between], place[between]


def _split(ends: Array, row: Array, segment: Array, places: Array) -> Tuple[Array, Array]:
    """The segments, parted at places on some of them. `segment`: (k,) rows of `ends`; `places`: (k, 2)."""
    number = np.arange(len(ends))
    of = np.concatenate([number, segment, number])
    xy = np.concatenate([ends[:, 0], places, ends[:, 1]])
    order = np.lexsort((np.linalg.norm(xy - ends[of, 0], axis=1), of))
    of, xy = of[order], xy[order]
    start = np.flatnonzero((of[1:] == of[:-1]) & (xy[1:] != xy[:-1]).any(axis=1))
    return np.stack([xy[start], xy[start + 1]], axis=1), row[of[start]]


def _merged(ends: Array, row: Array, count: int) -> Array:
    """(count,) lines made of the segments of each row; None where there is none. `row` is sorted."""
    out = np.full(count, None, dtype=object)
    rows, group = np.unique(row, return_inverse=True)
    if len(rows):
        out[rows] = shapely.line_merge(shapely.multilinestrings(shapely.linestrings(ends), indices=group))
    return only(out, 1)
