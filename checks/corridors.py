"""Corridors as a control follows them: the pieces of one corridor put together, and drawn with their width."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, List, Tuple

import numpy as np
import shapely

from .context import Context, NotEvaluable, as_key
from .couches import QUAD_SEGS, CoucheLue, Couches, lengths
from .layers import Array, Layer, objects
from .objets import Objets

#: pieces nearer than this touch (m)
_TOUCH = 0.01


def read_corridors(context: Context, couches: Couches, champ: str) -> Tuple[Objets, Array]:
    """(the corridors, their precision). `champ`: objects that touch and have the same value of it are one corridor.

    Raises `NotEvaluable` when a layer has no such field.
    """
    lues = tuple(_joined(context, lue, champ) if champ else _drawn(context, lue) for lue in couches.lues)
    joined = replace(couches, lues=lues, manquantes=())
    return joined.as_objets(), joined.precision


def _drawn(context: Context, lue: CoucheLue) -> CoucheLue:
    """The same objects, those in several lines drawn without notches where the lines meet."""
    several = np.flatnonzero((shapely.get_dimensions(lue.layer.geometrie) == 1) & (_parts(lue.layer.geometrie) > 1))
    if not len(several):
        return lue
    width, geometrie = _half_widths(context, lue), lue.geometrie.copy()
    for row in several:
        lines = shapely.get_parts(lue.layer.geometrie[row])
        geometrie[row] = _band(lines, np.full(len(lines), width[row]), geometrie[row])
    return replace(lue, geometrie=geometrie)


def _joined(context: Context, lue: CoucheLue, champ: str) -> CoucheLue:
    layer = lue.layer
    column = layer.colonne(champ)
    if column is None:
        raise NotEvaluable(
            f"La couche « {lue.nom} » n'a pas de champ {champ}{layer.lacks(champ)} Corrigez « regrouper » ou la couche."
        )
    width = _half_widths(context, lue)
    shapes: List[Any] = []
    surfaces: List[Any] = []
    first: List[int] = []
    precision: List[float] = []
    for rows in _groups(layer, [as_key(value) for value in column]):
        context.progress.step(0.0)
        parts, owner = shapely.get_parts(layer.geometrie[rows], return_index=True)
        shapes.append(_collected(parts))
        surfaces.append(_band(parts, width[rows][owner], shapely.union_all(lue.geometrie[rows])))
        first.append(int(rows[0]))
        precision.append(float(lue.precision[rows].max()))
    named = replace(layer.take(np.array(first, dtype=int)), geometrie=objects(shapes))
    if layer.colonne("NOM") is None:
        named = replace(named, colonnes={**named.colonnes, "NOM": column[first]})
    return replace(lue, layer=named, geometrie=objects(surfaces), precision=np.array(precision))


def _groups(layer: Layer, keys: List[str]) -> List[Array]:
    """Rows that touch and have the same key; those without key stay alone."""
    out: List[Array] = []
    for key in dict.fromkeys(keys):
        rows = np.flatnonzero(np.array([one == key for one in keys]))
        if not key:
            out += [rows[i : i + 1] for i in range(len(rows))]
            continue
        tree = shapely.STRtree(layer.geometrie[rows])
        left, right = tree.query(layer.geometrie[rows], predicate="dwithin", distance=_TOUCH)
        label = np.arange(len(rows))
        while (label[left] != label[right]).any():
            np.minimum.at(label, left, label[right])
        out += [rows[label == group] for group in np.unique(label)]
    return sorted(out, key=lambda rows: int(rows[0]))


def _band(lines: Array, width: Array, drawn: Any) -> Any:
    """The ground within `width` of lines: flat at their ends, round where they meet. Surfaces stay as `drawn`."""
    if not (shapely.get_dimensions(lines) == 1).all() or not (width > 0).all():
        return drawn
    pieces, widths = [], []
    for one in np.unique(width):
        merged = shapely.get_parts(shapely.line_merge(shapely.union_all(lines[width == one])))
        pieces.append(merged)
        widths.append(np.full(len(merged), one))
    piece, half = np.concatenate(pieces), np.concatenate(widths)
    ends = np.concatenate([shapely.get_coordinates(shapely.get_point(piece, at)) for at in (0, -1)])
    _, node, count = np.unique(np.round(ends / _TOUCH), axis=0, return_inverse=True, return_counts=True)
    node = node.reshape(-1)
    radius = np.full(len(count), np.inf)
    np.minimum.at(radius, node, np.concatenate([half, half]))
    met = np.flatnonzero(count[node] > 1)
    discs = shapely.buffer(shapely.points(ends[met]), radius[node[met]], quad_segs=QUAD_SEGS)
    return shapely.union_all([*shapely.buffer(piece, half, quad_segs=QUAD_SEGS, cap_style="flat"), *discs])


def _half_widths(context: Context, lue: CoucheLue) -> Array:
    tampon = context.rules.couches[lue.nom].tampon
    found = lengths(lue.layer, tampon)[0] if tampon is not None else None
    return found if found is not None else np.zeros(len(lue.layer))


def _parts(geometrie: Array) -> Array:
    return shapely.get_num_geometries(geometrie)


def _collected(parts: Array) -> Any:
    flat = (shapely.get_dimensions(parts) == 2).all()
    return shapely.union_all(parts) if flat else shapely.multilinestrings(parts[shapely.get_dimensions(parts) == 1])
