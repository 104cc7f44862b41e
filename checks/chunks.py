"""Long work in chunks: cancel is heard between two of them, and the interface has its turn.

Most Shapely functions let other threads run. Those that make or take apart geometries, or read and write them as bytes,
hold Python's lock from beginning to end: on a whole layer, the interface would freeze.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Callable, Iterator, Tuple

import numpy as np
import shapely

if TYPE_CHECKING:  # layers are read by chunks too
    from .layers import Array

#: vertices handed to GEOS at once: about 0.05 s of intersections
CHUNK = 150_000


def chunks(sizes: Array, limit: int = CHUNK) -> Iterator[slice]:
    """Slices of consecutive rows whose sizes add up to about `limit`; at least one row each."""
    if not len(sizes):
        return
    number = np.cumsum(sizes, dtype=np.int64) // limit
    starts = np.flatnonzero(np.diff(number, prepend=-1))
    for start, stop in zip(starts, [*starts[1:], len(sizes)]):
        yield slice(int(start), int(stop))


def each(function: Callable[[Any], Any], geometry: Array) -> Array:
    """(n,) what the function gives of each of (n,) geometries."""
    return np.concatenate([function(geometry[part]) for part in _parts(geometry)])


def to_wkb(geometry: Array) -> Array:
    """(n,) WKB of the geometries, without their altitude; None where there is none."""
    return each(partial(shapely.to_wkb, output_dimension=2), geometry)


def taken_apart(function: Callable[..., Any], geometry: Array) -> Tuple[Array, Array]:
    """What `get_parts`, `get_rings` or `get_coordinates` give of (n,) geometries, and the row of each."""
    found, rows = [], []
    for part in _parts(geometry):
        some, row = function(geometry[part], return_index=True)
        found.append(some)
        rows.append(row + part.start)
    return np.concatenate(found), np.concatenate(rows)


def _parts(geometry: Array) -> Iterator[slice]:
    """One at least: of nothing, the function tells the type."""
    yield from chunks(shapely.get_num_coordinates(geometry)) if len(geometry) else [slice(0, 0)]
