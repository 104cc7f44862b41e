"""The one fast overlay: intersection, difference and measures of many objects with a whole layer, exact.

    mask = prepare(corridors)                      # union of the corridors, in small disjoint pieces
    conflicts = intersection(zones, mask)          # (n,) geometries, None where there is none
    areas = measure(zones, mask)                   # the same, only measured: faster

Arrays are (n,) object arrays of valid 2D Shapely geometries, None for a missing one. What is kept of a result is what
has the smaller dimension of the two sides: two polygons give polygons, their touching edge is nothing. Each operation
gives what plain `shapely.intersection(object, union_all(layer))` gives, to 1e-6 of the area; extra vertices may stay on
straight edges.

`Overlays` gives the same operations and remembers their results.
"""

from __future__ import annotations

import hashlib
import weakref
from collections import OrderedDict
from dataclasses import dataclass
from typing import Any, Callable, Dict, Iterator, List, Optional, Sequence, Tuple

import numpy as np
import shapely

from .chunks import to_wkb
from .geometry.assembling import assemble, measure_of, once, only, union_by_steps
from .geometry.crossing import Fragments, cross, joined, subtract
from .geometry.cutting import Pieces, cut, explode, span
from .geometry.dissolving import disjoint_pieces, overlapping, shared_area
from .geometry.mask import Level, Mask
from .geometry.partition import is_partition
from .layers import Array, drawn
from .layers import objects as object_array
from .progress import Progress

#: an object with more vertices than this is cut too
LARGE_OBJECT = 1024

#: progress when the objects are cut, when they have met the mask
_CUT, _MET = 0.1, 0.8


@dataclass(frozen=True)
class Pairs:
    """(k,) rows of the left and right sides that meet, sorted, and what they share."""

    left: Array
    right: Array
    geometry: Array


def prepare(geometries: Array, *, progress: Optional[Progress] = None) -> Mask:
    """The union of the geometries, cut into pieces. Costs most where they overlap; keep it for several overlays."""
    levels: List[Level] = []
    for dimension in sorted(set(shapely.get_dimensions(explode(geometries).geometry)), reverse=True):
        pieces = disjoint_pieces(geometries, dimension, progress)
        if levels:
            pieces = explode(difference(pieces.geometry, Mask(tuple(levels)), progress=progress), dimension)
        if len(pieces):
            levels.append(Level(dimension, pieces, shapely.STRtree(pieces.geometry)))
    return Mask(tuple(levels))


def intersection(objects: Array, mask: Mask, *, progress: Optional[Progress] = None) -> Array:
    """(n,) object ∩ union of the mask, None where nothing is left."""
    out = np.full(len(objects), None, dtype=object)
    for dimension, rows, pieces in _by_dimension(objects, mask, progress):
        kept = min(dimension, mask.dimension)
        found = _met(pieces, mask.facing(dimension), kept, span(progress, _CUT, _MET))
        owner = pieces.owner[found.left]
        whole = _whole(owner, found.left, found.whole_left, np.bincount(pieces.owner))
        cut_up = ~whole[owner]
        out[rows] = assemble(owner[cut_up], found.geometry[cut_up], len(rows), kept, span(progress, _MET, 1.0))
        out[rows[whole]] = once(objects[rows[whole]], kept)
    return out


def measure(objects: Array, mask: Mask, *, progress: Optional[Progress] = None) -> Array:
    """(n,) area (m2), length (m) or number of points of `intersection`, by its dimension; 0 where there is none."""
    out = np.zeros(len(objects))
    for dimension, rows, pieces in _by_dimension(objects, mask, progress):
        kept = min(dimension, mask.dimension)
        found = _met(pieces, mask.facing(dimension), kept, span(progress, _CUT, _MET))
        owner = pieces.owner[found.left]
        if kept == 2:
            out[rows] = np.bincount(owner, weights=shapely.area(found.geometry), minlength=len(rows))
        else:  # a line that follows the limit of two pieces is found twice
            out[rows] = measure_of(assemble(owner, found.geometry, len(rows), kept, span(progress, _MET, 1.0)), kept)
    return np.nan_to_num(out)


def difference(objects: Array, mask: Mask, *, progress: Optional[Progress] = None) -> Array:
    """(n,) object − union of the mask, of the dimension of the object; None where nothing is left."""
    out = _highest(objects).copy()
    out[shapely.is_empty(out)] = None
    for dimension, rows, pieces in _by_dimension(objects, mask, progress):
        levels = [level for level in mask.levels if level.dimension >= dimension]
        touched = np.zeros(len(pieces), dtype=bool)
        rest = pieces.geometry.copy()
        for level in levels:
            present = np.flatnonzero(~shapely.is_missing(rest))
            met, left = subtract(
                Pieces(rest[present], present), level.pieces, level.tree, dimension, span(progress, _CUT, _MET)
            )
            touched[present[met]] = True
            rest[present[met]] = left
        changed = np.unique(pieces.owner[touched])
        kept = np.isin(pieces.owner, changed) & ~shapely.is_missing(rest)
        joined = assemble(pieces.owner[kept], rest[kept], len(rows), dimension, span(progress, _MET, 1.0))
        out[rows[changed]] = joined[changed]
    for dimension in (0, 1):
        rows = np.flatnonzero(shapely.get_dimensions(out) == dimension)
        out[rows] = once(out[rows], dimension)
    return out


def pairs(left: Array, right: Array, *, progress: Optional[Progress] = None) -> Pairs:
    """Every left_i ∩ right_j of which something is left, of the smaller dimension of the two. Nothing is dissolved."""
    found: List[Pairs] = []
    for right_dimension in (2, 1, 0):
        right_rows = np.flatnonzero(shapely.get_dimensions(right) == right_dimension)
        right_parts = explode(once(right[right_rows], right_dimension), right_dimension)
        right_pieces = cut(right_parts, progress=span(progress, 0.0, _CUT))
        level = Level(right_dimension, right_pieces, shapely.STRtree(right_pieces.geometry))
        for dimension, rows, pieces in _by_dimension(left, Mask((level,)), progress):
            met = _pairs(pieces, level, left[rows], right[right_rows], min(dimension, right_dimension), progress)
            found.append(Pairs(rows[met.left], right_rows[met.right], met.geometry))
    if not found:
        return Pairs(np.empty(0, dtype=np.intp), np.empty(0, dtype=np.intp), np.empty(0, dtype=object))
    i, j, geometry = (np.concatenate([getattr(part, name) for part in found]) for name in ("left", "right", "geometry"))
    order = np.lexsort((j, i))
    return Pairs(i[order], j[order], geometry[order])


def union_area(geometries: Array, *, progress: Optional[Progress] = None) -> float:
    """Area of the union of the polygons: ground covered twice counts once."""
    return float(shapely.area(disjoint_pieces(geometries, 2, progress).geometry).sum())


def overlaps(
    geometries: Array, *, min_area: float = 0.0, progress: Optional[Progress] = None
) -> Tuple[Array, Array, Array]:
    """Pairs of polygons that overlap by more than `min_area` (m2): rows i < j and the area shared."""
    polygons = explode(geometries, 2)
    if is_partition(polygons.geometry, span(progress, 0.0, _CUT)):
        return np.empty(0, dtype=np.intp), np.empty(0, dtype=np.intp), np.empty(0)
    pieces = cut(polygons, progress=span(progress, 0.0, _CUT))
    a, b = overlapping(pieces, span(progress, _CUT, _MET))
    shared = shared_area(pieces, a, b, span(progress, _MET, 1.0))
    couples, group = np.unique(np.stack([pieces.owner[a], pieces.owner[b]], axis=1), axis=0, return_inverse=True)
    areas = np.bincount(group.reshape(-1), weights=shared, minlength=len(couples))
    kept = areas > min_area
    return couples[kept, 0], couples[kept, 1], areas[kept]


def union(geometries: Array, *, progress: Optional[Progress] = None) -> Any:
    """One geometry, the union of all; None when there is nothing."""
    present = geometries[drawn(geometries)]
    return union_by_steps(present, progress) if len(present) else None


def _by_dimension(objects: Array, mask: Mask, progress: Optional[Progress]) -> Iterator[Tuple[int, Array, Pieces]]:
    """The objects near the mask by dimension: their rows, and their pieces, whose owner is a position in these rows."""
    objects = _highest(objects)
    dimensions = shapely.get_dimensions(objects)
    for dimension in (2, 1, 0):
        rows = np.flatnonzero(dimensions == dimension)
        near = np.zeros(len(rows), dtype=bool)
        for level in mask.facing(dimension):
            near[level.tree.query(objects[rows])[0]] = True
        rows = rows[near]
        if len(rows):
            # a line is dissolved before it is cut: each piece is met by itself and takes vertices rounded its own way,
            # after which two pieces that overlapped are two lines side by side, counted twice
            parts = explode(once(objects[rows], dimension), dimension)
            yield dimension, rows, cut(parts, above=LARGE_OBJECT, progress=span(progress, 0.0, _CUT))


def _highest(objects: Array) -> Array:
    """Collections of several dimensions reduced to the highest one."""
    mixed = shapely.get_type_id(objects) == shapely.GeometryType.GEOMETRYCOLLECTION
    if not mixed.any():
        return objects
    objects = objects.copy()
    for dimension in (0, 1, 2):
        rows = np.flatnonzero(mixed & (shapely.get_dimensions(objects) == dimension))
        objects[rows] = only(objects[rows], dimension)
    return objects


def _met(pieces: Pieces, levels: Sequence[Level], kept: int, progress: Optional[Progress]) -> Fragments:
    """Fragments shared with the levels; `right` then tells nothing, the rows being those of several levels."""
    found = []
    for level in levels:
        geometry = level.pieces.geometry  # a mask is one thing, whoever owned its pieces
        union = Pieces(geometry, np.zeros(len(geometry), dtype=np.intp))
        found.append(cross(pieces, union, level.tree, kept, progress))
    return joined(found)


def _whole(key: Array, piece: Array, flag: Array, expected: Array) -> Array:
    """(number of keys,) True where all the `expected` pieces of the object of that key were found whole."""
    seen = np.unique(np.stack([key[flag], piece[flag]], axis=1), axis=0)[:, 0]
    return (expected > 0) & (np.bincount(seen, minlength=len(expected)) == expected)


def _pairs(pieces: Pieces, level: Level, left: Array, right: Array, kept: int, progress: Optional[Progress]) -> Pairs:
    found = cross(pieces, level.pieces, level.tree, kept, span(progress, _CUT, _MET))
    i, j = pieces.owner[found.left], level.pieces.owner[found.right]
    couples, key = np.unique(i * len(right) + j, return_inverse=True)
    rows, right_rows = couples // len(right), couples % len(right)
    whole_left = _whole(key, found.left, found.whole_left, np.bincount(pieces.owner)[rows])
    whole_right = _whole(key, found.right, found.whole_right, np.bincount(level.pieces.owner)[right_rows])
    cut_up = ~(whole_left | whole_right)[key]
    geometry = assemble(key[cut_up], found.geometry[cut_up], len(couples), kept, span(progress, _MET, 1.0))
    geometry[whole_right] = right[right_rows[whole_right]]
    geometry[whole_left] = left[rows[whole_left]]
    return Pairs(rows, right_rows, once(geometry, kept))


class Overlays:
    """The operations above, remembered by content: a second run with another threshold does no geometry.

    A result is kept under the digest of its inputs, whatever objects hold them; the least recently used ones go when
    the vertices kept pass `max_vertices` (16 bytes each at least). Results are read-only, and an array given must not
    be changed afterwards: its digest is computed once. For one thread at a time.
    """

    def __init__(self, max_vertices: int = 10_000_000) -> None:
        self._max_vertices = max_vertices
        self._kept: "OrderedDict[str, Tuple[Any, int]]" = OrderedDict()
        self.vertices = 0  # kept now
        self._digests: Dict[int, Tuple[Any, str]] = {}

    def prepare(self, geometries: Array, *, progress: Optional[Progress] = None) -> Mask:
        return self._recall(prepare, (geometries,), progress)

    def intersection(self, objects: Array, mask: Mask, *, progress: Optional[Progress] = None) -> Array:
        return self._recall(intersection, (objects, mask), progress)

    def measure(self, objects: Array, mask: Mask, *, progress: Optional[Progress] = None) -> Array:
        return self._recall(measure, (objects, mask), progress)

    def difference(self, objects: Array, mask: Mask, *, progress: Optional[Progress] = None) -> Array:
        return self._recall(difference, (objects, mask), progress)

    def pairs(self, left: Array, right: Array, *, progress: Optional[Progress] = None) -> Pairs:
        return self._recall(pairs, (left, right), progress)

    def union_area(self, geometries: Array, *, progress: Optional[Progress] = None) -> float:
        return self._recall(union_area, (geometries,), progress)

    def overlaps(
        self, geometries: Array, *, min_area: float = 0.0, progress: Optional[Progress] = None
    ) -> Tuple[Array, Array, Array]:
        return self._recall(overlaps, (geometries,), progress, min_area=min_area)

    def union(self, geometries: Array, *, progress: Optional[Progress] = None) -> Any:
        return self._recall(union, (geometries,), progress)

    def _recall(
        self, operation: Callable[..., Any], sides: Tuple[Any, ...], progress: Optional[Progress], **parameters: Any
    ) -> Any:
        key = "|".join([operation.__name__, repr(sorted(parameters.items())), *(self._digest(side) for side in sides)])
        if key in self._kept:
            self._kept.move_to_end(key)
        else:
            result = operation(*sides, **parameters, progress=progress)
            self._keep(key, result)
        if progress is not None:
            progress.step(1.0)
        return self._kept[key][0] if key in self._kept else result

    def _keep(self, key: str, result: Any) -> None:
        arrays = _arrays(result)
        for array in arrays:
            array.flags.writeable = False
        size = sum(int(shapely.get_num_coordinates(array).sum()) for array in arrays if array.dtype == object)
        self._kept[key] = (result, size)
        self.vertices += size
        while self.vertices > self._max_vertices and self._kept:
            self.vertices -= self._kept.popitem(last=False)[1][1]

    def _digest(self, side: Any) -> str:
        """Of the geometries of an array or a mask; remembered as long as that very object lives."""
        known = self._digests.get(id(side))
        if known is not None and known[0]() is side:
            return known[1]
        content = hashlib.blake2b(digest_size=20)
        for array in _arrays(side):
            content.update(b"".join(b"-" if wkb is None else wkb for wkb in to_wkb(array)))
            content.update(b"|")
        number = id(side)
        self._digests[number] = (weakref.ref(side, lambda _: self._digests.pop(number, None)), content.hexdigest())
        return self._digests[number][1]


def _arrays(value: Any) -> List[Array]:
    """The arrays a result or an input is made of; the union of a layer, a bare geometry, counts as one."""
    if isinstance(value, Mask):
        return [level.pieces.geometry for level in value.levels]
    if isinstance(value, Pairs):
        return [value.left, value.right, value.geometry]
    if isinstance(value, tuple):
        return list(value)
    if isinstance(value, np.ndarray):
        return [value]
    return [object_array([value])] if isinstance(value, shapely.Geometry) else []
