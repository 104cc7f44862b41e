"""Any geometry -> one multi-geometry per dimension, as the tables of a GeoPackage want them."""

from __future__ import annotations

from typing import Any

import numpy as np
import shapely

from ...checks.layers import drawn

Array = Any

SURFACE, LIGNE, POINT = 2, 1, 0
#: geometries made in one go: Shapely holds Python's lock meanwhile, and the interface waits for it
_AT_ONCE = 1000
_FAMILIES = {
    SURFACE: ((3,), shapely.multipolygons),
    LIGNE: ((1, 2), shapely.multilinestrings),  # a lone ring is a line
    POINT: ((0,), shapely.multipoints),
}


def by_dimension(geometries: Array) -> dict[int, Array]:
    """`{2: …, 1: …, 0: …}`, each (n,): the MultiPolygon, MultiLineString, MultiPoint of each geometry.

    None where it has no part of that dimension; empty geometries give None everywhere.
    """
    every = np.asarray(geometries, dtype=object)
    chunks = [_split(every[start : start + _AT_ONCE]) for start in range(0, max(len(every), 1), _AT_ONCE)]
    return {dimension: np.concatenate([chunk[dimension] for chunk in chunks]) for dimension in _FAMILIES}


def _split(geometries: Array) -> dict[int, Array]:
    parts, owner = geometries, np.arange(len(geometries))
    while np.any(shapely.get_type_id(parts) > 3):  # collections may hold collections
        parts, index = shapely.get_parts(parts, return_index=True)
        owner = owner[index]
    filled = drawn(parts)
    types = shapely.get_type_id(parts)
    return {
        dimension: _gather(parts, owner, filled & np.isin(types, ids), collect, len(geometries))
        for dimension, (ids, collect) in _FAMILIES.items()
    }


def _gather(parts: Array, owner: Array, chosen: Array, collect: Any, count: int) -> Array:
    out = np.full(count, None, dtype=object)
    if chosen.any():
        owners, index = np.unique(owner[chosen], return_inverse=True)
        out[owners] = collect(parts[chosen], indices=index)
    return out
