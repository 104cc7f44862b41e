"""Section 7 of the rule language: what is narrower than the map's precision is not a conflict."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Optional, Tuple

import numpy as np
import shapely

from .chunks import chunks
from .layers import Array, exploded
from .progress import Progress
from .seuils import EPSILON
from .wording import area, length, plural

#: a part exactly as wide as the precision is dropped: its erosion by w/2 + 1 mm is empty
MARGIN = 0.001
#: vertices eroded between two questions about cancel
ERODED_AT_ONCE = 10_000


@dataclass(frozen=True)
class Cleaned:
    """`geometrie`: what is kept of each object's conflict, None when nothing. Dropped: parts, m2 and m, by object."""

    geometrie: Array
    dropped: Array  # number of parts
    dropped_m2: Array
    dropped_m: Array
    under: str = "sous la précision"  # why the parts were dropped

    def limit(self, index: Array, what: str) -> Tuple[str, ...]:
        """The French limit for the dropped parts of the objects of `index`, nothing when none was dropped."""
        count = int(self.dropped[index].sum())
        if not count:
            return ()
        surface, longueur = float(self.dropped_m2[index].sum()), float(self.dropped_m[index].sum())
        sizes = [area(surface) if surface >= 0.5 else "moins de 1 m²"] if surface or not longueur else []
        sizes += [length(longueur)] if longueur else []
        return (f"{plural(count, what + ' ignorée', what + 's ignorées')} {self.under} ({' et '.join(sizes)}).",)


def clean(
    geometrie: Array,
    width: "Array | float",
    *,
    surface_ignoree: float = 0.0,
    finer: Optional[Tuple[Array, Array]] = None,
    progress: Optional[Progress] = None,
) -> Cleaned:
    """Drop from each conflict its connected parts narrower than `width` (full width, m) or up to `surface_ignoree` m2.

    A kept part keeps its tails. Lines shorter than `width` are dropped, points are kept.
    `finer`: (layer geometries, their precisions) when the precision varies from object to object: a part then takes
    the largest precision of the objects it meets.
    """
    n = len(geometrie)
    parts, owner = exploded(geometrie)
    widths = np.broadcast_to(np.asarray(width, dtype=float), (n,))[owner] if n else np.empty(0)
    if finer is not None and len(parts):
        widths = _width_met(parts, *finer)
    dims = shapely.get_dimensions(parts)
    surfaces, lengths = shapely.area(parts), np.where(dims == 1, shapely.length(parts), 0.0)
    keep = np.ones(len(parts), dtype=bool)
    keep[dims == 1] = lengths[dims == 1] >= widths[dims == 1]
    flat = np.flatnonzero(dims == 2)
    keep[flat] = (surfaces[flat] > surface_ignoree * (1 + EPSILON)) & ~thin(parts[flat], widths[flat], progress)
    return Cleaned(
        _regroup(parts[keep], owner[keep], n),
        np.bincount(owner[~keep], minlength=n),
        np.bincount(owner[~keep], weights=surfaces[~keep], minlength=n),
        np.bincount(owner[~keep], weights=lengths[~keep], minlength=n),
    )


def thin(polygons: Array, width: "Array | float", progress: Optional[Progress] = None) -> Array:
    """Mask of the polygons in which no disc wider than `width` (m) fits."""
    reach = np.broadcast_to(np.asarray(width, dtype=float), (len(polygons),)) / 2 + MARGIN
    # within r of the outline of a polygon with h holes there is at most perimeter x r + pi h r2 of ground (Sz.-Nagy)
    holes = shapely.get_num_interior_rings(polygons)
    most = shapely.length(polygons) * reach + np.pi * holes * reach**2
    left = np.flatnonzero(shapely.area(polygons) <= most)
    out = np.zeros(len(polygons), dtype=bool)
    for part in chunks(shapely.get_num_coordinates(polygons[left]), ERODED_AT_ONCE):
        if progress is not None:
            progress.step(part.start / len(left))
        some = left[part]
        # an erosion is exact where the result is empty or not: only its arcs are approximate
        out[some] = shapely.is_empty(shapely.buffer(polygons[some], -reach[some]))
    return out


def thin_any(geometrie: Array, width: float, progress: Optional[Progress] = None) -> Array:
    """Mask of the geometries nowhere wider than `width` (surfaces) or no longer than it (lines); never of points."""
    parts, owner = exploded(geometrie)
    dims = shapely.get_dimensions(parts)
    wide = dims == 0
    wide[dims == 1] = shapely.length(parts[dims == 1]) > width
    flat = np.flatnonzero(dims == 2)
    wide[flat] = ~thin(parts[flat], width, progress)
    out = np.ones(len(geometrie), dtype=bool)
    out[owner[wide]] = False
    return out


def _width_met(parts: Array, geometrie: Array, precision: Array) -> Array:
    part, met = shapely.STRtree(geometrie).query(parts, predicate="intersects")
    widths = np.zeros(len(parts))
    np.maximum.at(widths, part, precision[met])
    return widths


def _regroup(parts: Array, owner: Array, n: int) -> Array:
    out = np.full(n, None, dtype=object)
    if not len(parts):
        return out
    counts = np.bincount(owner, minlength=n)
    single = counts[owner] == 1
    out[owner[single]] = parts[single]
    for index in np.flatnonzero(counts > 1):
        out[index] = _collect(parts[owner == index])
    return out


def _collect(parts: Array) -> shapely.Geometry:
    dims = shapely.get_dimensions(parts)
    if (dims == 2).all():
        return shapely.multipolygons(parts)
    if (dims == 1).all():
        return shapely.multilinestrings(parts)
    return shapely.multipoints(parts) if (dims == 0).all() else shapely.geometrycollections(parts)
