"""How parts of objects touch a ground: how far they are from it, and how much of their outline lies within reach."""

from __future__ import annotations

from typing import Optional

import numpy as np
import shapely

from .chunks import chunks
from .context import Context
from .couches import buffered
from .geometry.mask import Mask
from .layers import Array
from .progress import Progress
from .slivers import MARGIN

#: vertices whose distances are asked for between two questions about cancel
MEASURED_AT_ONCE = 10_000
#: ends of contacts beyond which a millimetre more at each is no longer worth telling from a gap
_ENDS = 10
#: outline (m) beyond which two things touch: a common point is none
POINT = 1.0


def distances(parts: Array, ground: Mask, progress: Optional[Progress] = None) -> Array:
    """(n,) straight-line distance (m) of each part to the ground, infinite when there is none."""
    found = np.full(len(parts), np.inf)
    for level in ground.levels:
        for rows in chunks(shapely.get_num_coordinates(parts), MEASURED_AT_ONCE):
            if progress is not None:
                progress.step(rows.start / len(parts))
            (row, _), metres = level.tree.query_nearest(parts[rows], return_distance=True, all_matches=False)
            np.minimum.at(found, row + rows.start, metres)
    return found


def contact(context: Context, parts: Array, ground: Array, reach: float) -> Array:
    """(n,) length (m) of the outline of each part within `reach` (m) of the ground.

    Of a part all around some ground, it is the outline of this ground. What rounding keeps a millimetre apart touches.
    """
    if reach:
        return _outline_within(context, parts, ground, reach)
    exact, loose = _outline_within(context, parts, ground, 0.0), _outline_within(context, parts, ground, MARGIN)
    return np.where(loose - exact <= _ENDS * MARGIN, exact, loose)  # the millimetre also lengthens each end


def touching(context: Context, parts: Array, ground: Array, width: float = 0.0) -> Array:
    """Mask of the parts that touch the ground by more than a point, `width` (m) being how precisely it is drawn.

    Within this width, a mere corner has as much outline on each side of it: that does not count.
    """
    return contact(context, parts, ground, width) > POINT * (1 + 1e-6) + 2 * width


def outlines(parts: Array) -> Array:
    """The limits of surfaces, lines as they are."""
    return np.where(shapely.get_dimensions(parts) == 2, shapely.boundary(parts), parts)


def _outline_within(context: Context, parts: Array, ground: Array, reach: float) -> Array:
    pieces = _near(context, parts, ground, reach)
    if not len(pieces):
        return np.zeros(len(parts))
    band = buffered(pieces, np.full(len(pieces), reach), "round", context.progress)
    mask = context.overlays.prepare(band, progress=context.progress)
    found = np.array(context.overlays.measure(outlines(parts), mask, progress=context.progress))
    surfaces = pieces[shapely.get_dimensions(pieces) == 2]  # a line has no outline, and hides that of the others
    around = np.unique(shapely.STRtree(surfaces).query(parts, predicate="contains")[0])
    if len(around):
        found[around] = np.maximum(found[around], _limit_inside(context, parts[around], surfaces))
    return found


def _limit_inside(context: Context, parts: Array, surfaces: Array) -> Array:
    """(n,) length (m) of the outline of the surfaces, taken together, that lies in each part."""
    met = np.unique(shapely.STRtree(surfaces).query(parts, predicate="intersects")[1])
    limit = shapely.boundary(context.overlays.union(surfaces[met], progress=context.progress))
    held = context.overlays.pairs(parts, np.array([limit], dtype=object), progress=context.progress)
    return np.bincount(held.left, weights=shapely.length(held.geometry), minlength=len(parts))


def _near(context: Context, parts: Array, ground: Array, reach: float) -> Array:
    """The pieces of the ground within reach of a part."""
    levels = context.overlays.prepare(ground, progress=context.progress).levels
    found = [np.empty(0, dtype=object)]
    for level in levels:
        rows = np.unique(level.tree.query(parts, predicate="dwithin", distance=max(reach, MARGIN))[1])
        found.append(level.pieces.geometry[rows])
    return np.concatenate(found)
