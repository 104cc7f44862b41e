"""Stable keys: the same departure of the same object has the same `cle` in the next control.

A key is the SHA-256 (hexadecimal) of a few fields and of the shape of the whole object rounded to 0.1 m. The shape is
reduced to its sorted segments, not to a text of GEOS: neither the first vertex of a ring, nor its direction, nor the
order of parts, nor the version of GEOS changes it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

import numpy as np
import shapely

from ...checks.chunks import chunks
from ...checks.progress import Progress

Array = Any

#: rounding of the shape, metres
STEP = 0.1
_SEPARATOR = "\x1f"  # never in the fields: they are one-line names and codes


def constat_keys(fields: Sequence[tuple[str, str, str, str]]) -> list[str]:
    """Keys of constats from (prescription, volet, jalon, territoire), unique: a repeated one gets `-2`, `-3`…"""
    digests = [hashlib.sha256(_SEPARATOR.join(row).encode("utf-8", "replace")).hexdigest() for row in fields]
    return _numbered(digests, [""] * len(digests))


def ecart_keys(
    fields: Sequence[tuple[str, str, str, str, str]],
    objets: Array,
    ids: Sequence[str],
    progress: Progress | None = None,
) -> list[str]:
    """Keys of écarts, unique.

    `fields`: (prescription, volet, jalon, territoire, layer); `objets`: (n,) whole objects, None without geometry;
    `ids`: their identifier in the layer, which stands in for the shape where there is none, and orders the
    objects of one shape (`-2`, `-3`… after the key), whatever the order of the rows. Raises Cancelled.
    """
    progress = progress or Progress()
    keys = []
    for row, shape, objet_id in zip(fields, shapes(objets, progress), ids):
        progress.step(0.0)
        digest = hashlib.sha256(_SEPARATOR.join((*row, "")).encode("utf-8", "replace"))
        digest.update(shape if shape else objet_id.encode("utf-8", "replace"))
        keys.append(digest.hexdigest())
    return _numbered(keys, ids)


def shapes(geometries: Array, progress: Progress | None = None) -> list[bytes]:
    """For each geometry its sorted rounded segments as little-endian int64 (x1 y1 x2 y2), b"" for nothing.

    A geometry object met several times is rounded once. Raises Cancelled.
    """
    progress = progress or Progress()
    position: dict[int, int] = {}
    unique = []
    for geometry in geometries:
        if id(geometry) not in position:
            position[id(geometry)] = len(unique)
            unique.append(geometry)
    every = np.array(unique, dtype=object)
    data: list[bytes] = []
    for part in chunks(shapely.get_num_coordinates(every) + 1):  # all at once would hear a cancel late
        progress.step(0.0)
        data += _shapes(every[part])
    return [data[position[id(geometry)]] for geometry in geometries]


def _shapes(geometries: Array) -> list[bytes]:
    owner, segments = _segments(geometries)
    bounds = np.searchsorted(owner, np.arange(len(geometries) + 1))
    return [segments[start:end].tobytes() for start, end in zip(bounds[:-1], bounds[1:])]


def _segments(geometries: Array) -> tuple[Array, Array]:
    """(owner, (k, 4) '<i8'): every segment from its lesser end, sorted by owner then coordinates."""
    lines, owner = _lines(geometries)
    coordinates, line = shapely.get_coordinates(lines, return_index=True)
    cells = np.round(coordinates / STEP).astype("<i8")
    follows = line[1:] == line[:-1]
    starts, ends = cells[:-1][follows], cells[1:][follows]
    owners = owner[line[1:][follows]]
    moves = np.any(starts != ends, axis=1)  # a segment shorter than the rounding says nothing
    starts, ends, owners = starts[moves], ends[moves], owners[moves]
    swap = (starts[:, 0] > ends[:, 0]) | ((starts[:, 0] == ends[:, 0]) & (starts[:, 1] > ends[:, 1]))
    segments = np.hstack([np.where(swap[:, None], ends, starts), np.where(swap[:, None], starts, ends)])

    alone = np.bincount(line, minlength=len(lines)) == 1  # points, kept as segments without length
    single = alone[line]
    segments = np.vstack([segments, np.hstack([cells[single], cells[single]])])
    owners = np.concatenate([owners, owner[line[single]]])
    order = np.lexsort((segments[:, 3], segments[:, 2], segments[:, 1], segments[:, 0], owners))
    return owners[order], np.ascontiguousarray(segments[order])


def _lines(geometries: Array) -> tuple[Array, Array]:
    """(simple lines, rings and points of the geometries, position of their owner)."""
    parts, owner = geometries, np.arange(len(geometries))
    while np.any(shapely.get_type_id(parts) > 3):  # collections may hold collections
        parts, index = shapely.get_parts(parts, return_index=True)
        owner = owner[index]
    polygons = shapely.get_type_id(parts) == 3
    rings, index = shapely.get_rings(parts[polygons], return_index=True)
    others = ~polygons & ~shapely.is_missing(parts)
    return np.concatenate([rings, parts[others]]), np.concatenate([owner[polygons][index], owner[others]])


def _numbered(keys: Sequence[str], ids: Sequence[str]) -> list[str]:
    """The keys made unique, numbered in the order of the ids."""
    out, seen = list(keys), {}
    for row in sorted(range(len(keys)), key=lambda row: ids[row]):
        count = seen[keys[row]] = seen.get(keys[row], 0) + 1
        if count > 1:
            out[row] = f"{keys[row]}-{count}"
    return out
