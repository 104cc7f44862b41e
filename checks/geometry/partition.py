"""Polygons that share whole edges without overlapping, as the zones of a well drawn PLU: proved so, and united.

An edge that two of them share lies inside their union: once these are struck out, what is left is the outline of the
union. GEOS has the same operation (`coverage_union_all`), ten times slower before its version 3.12.
"""

from __future__ import annotations

from typing import Any, Iterator, Optional

import numpy as np
import shapely

from ..chunks import chunks, taken_apart
from ..layers import Array
from ..progress import Progress
from .cutting import explode, span
from .grouping import components, members

#: vertices; `polygonize` keeps Python's lock, and the interface would freeze
_POLYGONIZED_AT_ONCE = 80_000


def is_partition(polygons: Array, progress: Optional[Progress] = None) -> bool:
    """True when no two of the polygons overlap, proved by their shared edges; False says nothing.

    Far faster than to look at each couple of neighbours: the zones of a well drawn PLU pass.
    """
    return not len(polygons) or union_of_partition(polygons, progress) is not None


def union_of_partition(polygons: Array, progress: Optional[Progress] = None) -> Any:
    """The union of valid polygons that share whole edges without overlapping; None for any others.

    When each edge that is left is once on the outline of the union, this holds what an odd number of polygons cover;
    when its area is the sum of theirs, none of it is covered three times and nothing else twice.
    """
    tell = progress.step if progress is not None else _silent
    tell(0.0)
    parts = explode(polygons, 2).geometry
    total = shapely.area(parts).sum()
    if not total or total > (1 + 1e-9) * shapely.box(*shapely.total_bounds(parts)).area:
        return None
    rings, polygon = taken_apart(shapely.get_rings, parts)
    xy, ring = taken_apart(shapely.get_coordinates, rings)
    point = _hash(xy)
    tell(0.2)
    start = np.flatnonzero(ring[1:] == ring[:-1])
    turned = shapely.is_ccw(rings) != (np.diff(polygon, prepend=-1) > 0)  # a shell clockwise, a hole the other way
    start = start[_is_outline(point[start], point[start + 1], turned[ring[start]])]
    if not len(start):
        return None
    tell(0.6)
    chains = _chains(xy, point, start)
    tell(0.7)
    union = _inside(chains, parts, span(progress, 0.7, 0.9))
    tell(0.9)
    proved = _same(union.area, total) and _same(union.length, shapely.length(chains).sum()) and union.is_valid
    return union if proved else None


def _same(one: float, other: float) -> bool:
    return abs(one - other) <= 1e-10 * other


def _silent(fraction: float) -> None:
    pass


def _hash(xy: Array) -> Array:
    """(n,) 64 bits of each point. Two points with the same ones would only make the proof fail."""
    bits = (xy + 0.0).view(np.uint64)  # -0.0 is 0.0
    mixed = bits[:, 0] * np.uint64(0x9E3779B97F4A7C15) ^ _rotated(bits[:, 1] * np.uint64(0xC2B2AE3D27D4EB4F))
    mixed ^= mixed >> np.uint64(29)
    mixed *= np.uint64(0xBF58476D1CE4E5B9)
    return mixed ^ (mixed >> np.uint64(32))


def _rotated(bits: Array) -> Array:
    return (bits << np.uint64(31)) | (bits >> np.uint64(33))


def _is_outline(tail: Array, head: Array, turned: Array) -> Array:
    """(n,) True for the edges of the outline, each once: those not struck out by one that runs the other way.

    None of them when two polygons lie on the same side of an edge: they overlap.
    """
    _, first, index = np.unique(tail + head, return_index=True, return_inverse=True)
    runs = np.bincount(index, weights=np.where((tail < head) != turned, 1, -1))
    kept = np.zeros(len(tail), dtype=bool)
    if np.abs(runs).max() < 2:
        kept[first[runs != 0]] = True
    return kept


def _chains(xy: Array, point: Array, start: Array) -> Array:
    """The edges that start at the rows `start` of the rings, in lines that end where more than two of them meet."""
    ends = np.concatenate([point[start], point[start + 1]])
    _, index, count = np.unique(ends, return_inverse=True, return_counts=True)
    crossroads = count[index][: len(start)] != 2
    opens = crossroads | (np.diff(start, prepend=-2) != 1)
    number = np.repeat(np.cumsum(opens) - 1, 2)
    both = np.stack([start, start + 1], axis=1).ravel()
    kept = np.stack([opens, np.ones(len(start), dtype=bool)], axis=1).ravel()
    return shapely.linestrings(xy[both[kept]], indices=number[kept])


def _inside(chains: Array, parts: Array, progress: Optional[Progress]) -> Any:
    """What the chains, outlines of the parts, enclose, without what the parts leave free."""
    found = []
    for rows in _apart(chains):
        if progress is not None:
            progress.step(0.0)
        found.append(shapely.get_parts(shapely.polygonize(chains[rows])))
    faces = np.concatenate(found)
    inside, _ = shapely.STRtree(parts).query(shapely.point_on_surface(faces), predicate="intersects")
    polygons = faces[np.unique(inside)]  # which touch at points at most
    return polygons[0] if len(polygons) == 1 else shapely.multipolygons(polygons)


def _apart(chains: Array) -> Iterator[Array]:
    """The rows of the chains, in batches none of which touches another or lies in a hole of it."""
    sizes = shapely.get_num_coordinates(chains)
    if sizes.sum() <= _POLYGONIZED_AT_ONCE:
        yield np.arange(len(chains))
        return
    groups = members(components(len(chains), *shapely.STRtree(chains).query(chains)))
    for batch in chunks(np.array([sizes[group].sum() for group in groups]), _POLYGONIZED_AT_ONCE):
        yield np.concatenate(groups[batch])
