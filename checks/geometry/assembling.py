"""Fragments put together again: those of one object become one geometry, joined where they touch."""

from __future__ import annotations

from typing import Any, List, Optional

import numpy as np
import shapely

from ..chunks import CHUNK, chunks
from ..layers import Array
from ..progress import Progress
from .cutting import explode, span
from .partition import union_of_partition


def assemble(key: Array, geometry: Array, count: int, dimension: int, progress: Optional[Progress] = None) -> Array:
    """(count,) geometries: fragments of the same `key` in one, joined where they touch; None where there is none."""
    out = np.full(count, None, dtype=object)
    order = np.argsort(key, kind="stable")
    key, geometry = key[order], geometry[order]
    first = np.flatnonzero(np.diff(key, prepend=-1))
    size = np.diff(np.append(first, len(key)))
    out[key[first]] = geometry[first]
    shared = size > 1
    if shared.any():
        several = np.repeat(shared, size)
        group = np.repeat(np.arange(shared.sum()), size[shared])
        out[key[first[shared]]] = only(union_groups(group, geometry[several], progress), dimension)
    return once(_merged(out), dimension)


def union_groups(group: Array, geometry: Array, progress: Optional[Progress] = None) -> Array:
    """The union of each group. `group`: (k,) sorted, without hole from 0; returns (number of groups,) geometries."""
    sizes = np.bincount(group, weights=shapely.get_num_coordinates(geometry))
    first = np.searchsorted(group, np.arange(len(sizes) + 1))
    unions: List[Array] = []
    for part in chunks(sizes):
        if progress is not None:
            progress.step(part.start / len(sizes))
        members = slice(first[part.start], first[part.stop])
        if part.stop - part.start == 1:
            own = span(progress, part.start / len(sizes), part.stop / len(sizes))
            unions.append(np.array([union_by_steps(geometry[members], own)], dtype=object))
        else:
            collections = shapely.geometrycollections(geometry[members], indices=group[members] - part.start)
            unions.append(shapely.union_all(collections[:, None], axis=1))
    return np.concatenate(unions) if unions else np.empty(0, dtype=object)


def union_by_steps(geometry: Array, progress: Optional[Progress] = None) -> Any:
    """The union of neighbours first, then of these unions, so that no call lasts long before the last ones.

    Surfaces that share whole edges, as the fragments of one object and these unions often do, need no more steps.
    """
    count = len(geometry)
    while True:
        at_once = _union_of_surfaces(geometry, progress)
        if at_once is not None:
            return at_once
        geometry = geometry[_neighbours_first(geometry)]
        sizes = shapely.get_num_coordinates(geometry)
        parts = list(chunks(sizes, CHUNK // 3))
        if len(parts) == len(geometry) > 1:  # each is large by itself: two by two
            parts = [slice(start, start + 2) for start in range(0, len(geometry), 2)]
        unions = []
        for part in parts:
            members, done = geometry[part], 1.0 - (len(geometry) - part.start) / count
            if progress is not None:
                progress.step(done)
            unions.append(_union(members, span(progress, done, done + len(members) / count)))
        if len(unions) == 1:
            return unions[0]
        geometry = np.array(unions, dtype=object)


def only(geometry: Array, dimension: int) -> Array:
    """(n,) the parts of `dimension` of each, None where there is none: a touching edge or point is nothing.

    Nor is dust: a vertex computed on an edge lies beside it by the rounding of the coordinates, a nanometre in
    Lambert-93, and a neighbour that shares this edge then seems to overlap it.
    """
    out = geometry.copy()
    mixed = shapely.get_type_id(geometry) == shapely.GeometryType.GEOMETRYCOLLECTION
    out[shapely.is_empty(geometry) | (~mixed & (shapely.get_dimensions(geometry) != dimension))] = None
    parts = explode(out, dimension)
    solid = ~_is_dust(parts.geometry, dimension)
    changed = mixed.copy()
    changed[parts.owner[~solid]] = True
    out[changed] = None
    again = solid & changed[parts.owner]
    if again.any():
        _group(out, parts.owner[again], parts.geometry[again], dimension)
    return out


def once(geometry: Array, dimension: int) -> Array:
    """(n,) the same objects, but for a line or a multipoint that holds the same place twice: dissolved."""
    out = geometry.copy()
    if dimension == 2:
        return out
    rows = np.flatnonzero(~(shapely.is_missing(geometry) | shapely.is_simple(geometry)))
    if len(rows):
        dissolved = _merged(shapely.union_all(geometry[rows][:, None], axis=1))
        less = measure_of(dissolved, dimension) < measure_of(geometry[rows], dimension) * (1 - 1e-12)
        out[rows[less]] = dissolved[less]
    return out


def measure_of(geometry: Array, dimension: int) -> Array:
    """(n,) area, length or number of points."""
    if dimension == 2:
        return shapely.area(geometry)
    if dimension == 1:
        return shapely.length(geometry)
    return shapely.get_num_coordinates(geometry).astype(float)


_SURFACES = (shapely.GeometryType.POLYGON, shapely.GeometryType.MULTIPOLYGON)
_MULTI = {0: shapely.multipoints, 1: shapely.multilinestrings, 2: shapely.multipolygons}

#: widths and lengths under that many roundings of the largest coordinate are dust
_DUST = 4.0


def _union(geometry: Array, progress: Optional[Progress]) -> Any:
    if len(geometry) == 1 and shapely.get_type_id(geometry[0]) in _SURFACES:
        return geometry[0]  # anything else may hold the same place twice
    union = _union_of_surfaces(geometry, progress)
    return shapely.union_all(geometry) if union is None else union


def _union_of_surfaces(geometry: Array, progress: Optional[Progress]) -> Any:
    surfaces = len(geometry) > 1 and (shapely.get_dimensions(geometry) == 2).all()
    return union_of_partition(geometry, progress) if surfaces else None


def _is_dust(parts: Array, dimension: int) -> Array:
    if dimension == 0:
        return np.zeros(len(parts), dtype=bool)
    noise = _DUST * np.spacing(np.abs(shapely.bounds(parts)).max(axis=1, initial=0.0))
    if dimension == 1:
        return shapely.length(parts) <= noise
    return shapely.area(parts) <= shapely.length(parts) * noise


def _group(out: Array, owner: Array, parts: Array, dimension: int) -> None:
    """Writes in `out`, at each owner, its part, or a multi-geometry of its parts. `owner` is sorted."""
    out[owner] = parts
    several = np.bincount(owner)[owner] > 1
    if several.any():
        rows, group = np.unique(owner[several], return_inverse=True)
        out[rows] = _MULTI[dimension](parts[several], indices=group)


def _merged(geometry: Array) -> Array:
    out = geometry.copy()
    lines = shapely.get_type_id(geometry) == shapely.GeometryType.MULTILINESTRING
    out[lines] = shapely.line_merge(geometry[lines])
    return out


def _neighbours_first(geometry: Array) -> Array:
    """An order in which geometries that follow each other are near each other: columns of the extent, then up."""
    bounds = shapely.bounds(geometry)
    x, y = bounds[:, 0] + bounds[:, 2], bounds[:, 1] + bounds[:, 3]
    columns = max(int(np.sqrt(len(geometry) / 16)), 1)
    width = (x.max() - x.min()) / columns or 1.0
    return np.lexsort((y, ((x - x.min()) / width).astype(int)))
