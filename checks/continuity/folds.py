"""Where a corridor drawn around a line covers itself: a passage may cut across there, that the line does not.

loops = skipped(line, surface)             # the parts of the line that it may leave out, None where there are none
along(passage, loops)                      # a passage that wide follows them for sure
"""

from __future__ import annotations

from typing import Any, List, Optional

import numpy as np
import shapely

from ..layers import Array
from .passage import Passage
from .scene import SLACK

#: cutting across leaves out more of the line than this many times the width: less is the inside of a bend
_LOOP = 4.0
#: points are this many to half the width
_PER_HALF_WIDTH = 2


def skipped(line: Any, surface: Any) -> Optional[Any]:
    """Parts of the line between two places nearer than the corridor is wide, though far from each other along it.

    A line that crosses itself is followed as it is drawn. Branches of a confluence are near each other by nature.
    """
    parts = shapely.get_parts(shapely.line_merge(line))
    sides = shapely.boundary(surface)
    spacing = float(np.median(shapely.distance(_spread(parts, 100.0)[0], sides))) / _PER_HALF_WIDTH
    points, part, at = _spread(parts, max(spacing, 2 * SLACK))
    half = shapely.distance(points, sides)
    tree = shapely.STRtree(points)
    left, right = np.unique(np.sort(tree.query(points, predicate="dwithin", distance=2 * half), axis=0), axis=1)
    wide = half[left] + half[right]
    near = shapely.distance(points[left], points[right]) < wide
    left, right, wide = left[near], right[near], wide[near]
    found: List[Any] = []
    same = part[left] == part[right]
    far = same & (_between(parts, part, at, left, right) > _LOOP * wide)
    for one in np.unique(part[left[far]]):
        mine = far & (part[left] == one)
        found += _pieces(parts[one], at[left[mine]], at[right[mine]])
    for a, b in np.unique(np.stack([part[left[~same]], part[right[~same]]], axis=1), axis=0):
        mine = ~same & (part[left] == a) & (part[right] == b)
        if (_by_their_meetings(parts, a, b, at[left[mine]], at[right[mine]]) > _LOOP * wide[mine]).any():
            found += [parts[a], parts[b]]
    return shapely.union_all(found) if found else None


def along(passage: Passage, loops: Any) -> float:
    """The width (m) of a passage whose middle follows these parts of the line, between what is left standing."""
    scene = passage.scene
    middle = scene.there(loops)
    if not shapely.covers(shapely.buffer(shapely.union_all([scene.free, scene.reservoirs]), SLACK), middle):
        return 0.0
    return 2 * float(shapely.distance(middle, scene.walls))


def _spread(parts: Array, spacing: float) -> Any:
    """((n,) points along the lines, (n,) which line, (n,) how far along it)."""
    count = np.maximum(np.ceil(shapely.length(parts) / spacing).astype(int), 2) + 1
    part = np.repeat(np.arange(len(parts)), count)
    at = np.concatenate([np.linspace(0.0, length, n) for length, n in zip(shapely.length(parts), count)])
    return shapely.line_interpolate_point(parts[part], at), part, at


def _between(parts: Array, part: Array, at: Array, left: Array, right: Array) -> Array:
    """How far from each other along one line; a closed one is followed the shorter way."""
    apart = np.abs(at[left] - at[right])
    around = shapely.length(parts)[part[left]] - apart
    return np.where(shapely.is_closed(parts)[part[left]], np.minimum(apart, around), apart)


def _pieces(line: Any, start: Array, stop: Array) -> List[Any]:
    """The line from each start to each stop, those that overlap being one."""
    low, high = np.minimum(start, stop), np.maximum(start, stop)
    order = np.argsort(low, kind="stable")
    low, high = low[order], np.maximum.accumulate(high[order])
    first = np.append(True, low[1:] > high[:-1])
    last = np.append(first[1:], True)
    return [_substring(line, float(a), float(b)) for a, b in zip(low[first], high[last])]


def _substring(line: Any, start: float, stop: float) -> Any:
    vertices = shapely.get_coordinates(line)
    at = np.append(0.0, np.cumsum(np.linalg.norm(np.diff(vertices, axis=0), axis=1)))
    ends = shapely.get_coordinates(shapely.line_interpolate_point(line, [start, stop]))
    return shapely.linestrings(np.concatenate([ends[:1], vertices[(at > start) & (at < stop)], ends[1:]]))


def _by_their_meetings(parts: Array, a: int, b: int, on_a: Array, on_b: Array) -> Array:
    """How far from each other two places of two lines are by the places where these lines meet, infinite if they do
    not."""
    meetings = shapely.points(shapely.get_coordinates(shapely.intersection(parts[a], parts[b])))
    if not len(meetings):
        return np.full(len(on_a), np.inf)
    by = [shapely.line_locate_point(parts[one], meetings) for one in (a, b)]
    return (np.abs(on_a[:, None] - by[0]) + np.abs(on_b[:, None] - by[1])).min(axis=1)
