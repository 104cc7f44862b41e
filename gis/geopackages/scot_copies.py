"""The SCoT layers used, clipped around the PLU, so that a dossier reopens without its sources."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import shapely

from ...checks.layers import Layer
from ...checks.plu import Plu
from ...rules.model import RuleSet
from .dossier_schema import TEXT, Column, Table
from .geopackage import GEOMETRY_COLUMN
from .multi import LIGNE, POINT, SURFACE, by_dimension

#: what is kept around the zones, metres: enough to read a corridor that leaves the PLU
MARGIN = 1000.0
#: dimension -> (geometry of the table, name of its style)
_GEOMETRIES = {
    SURFACE: ("MULTIPOLYGON", "scot_surface"),
    LIGNE: ("MULTILINESTRING", "scot_ligne"),
    POINT: ("MULTIPOINT", "scot_point"),
}
_DECLARED = {"surface": SURFACE, "ligne": LIGNE, "point": POINT}

Copy = tuple[Table, list[tuple[Any, ...]], Any, str]


def table_name(nom: str) -> str:
    """Table of the dossier that keeps the layer `nom` of the rules: `scot_` and its name in plain letters."""
    plain = unicodedata.normalize("NFKD", nom).encode("ascii", "ignore").decode()
    return "scot_" + re.sub(r"[^a-z0-9]+", "_", plain.lower()).strip("_")


def copies(rules: RuleSet, plu: Plu, layers: Mapping[str, Layer]) -> Iterator[Copy]:
    """(table, rows, geometries, style name or "") of each layer; raw columns as text."""
    used: list[str] = []
    for nom, layer in layers.items():
        declared = rules.couches.get(nom)
        clipped = _around(layer, plu.zones.geometrie)
        split = by_dimension(clipped.geometrie)
        dimensions = {d: parts for d, parts in split.items() if not shapely.is_missing(parts).all()}
        if len(dimensions) > 1:  # rare: kept as it is, each object whole
            geometry, style, geometries = "GEOMETRY", "", clipped.geometrie
        else:
            dimension = next(iter(dimensions), _DECLARED.get(declared.geometrie if declared else "", SURFACE))
            geometry, style = _GEOMETRIES[dimension]
            geometries = dimensions.get(dimension, np.full(len(clipped), None, dtype=object))
        names = _column_names(tuple(clipped.colonnes))
        table = Table(
            _unique(table_name(nom), used),
            declared.libelle if declared else nom,
            tuple(Column(names[key], TEXT, key) for key in clipped.colonnes),
            geometry,
        )
        used.append(table.name)
        texts = [[_text(value) for value in values] for values in clipped.colonnes.values()]
        yield table, list(zip(*texts)) if texts else [()] * len(clipped), geometries, style


def _around(layer: Layer, zones: Any) -> Layer:
    """The objects that meet the rectangle around the zones, cut at it."""
    west, south, east, north = shapely.total_bounds(zones)
    if not np.isfinite(west):
        return layer
    box = (west - MARGIN, south - MARGIN, east + MARGIN, north + MARGIN)
    near = np.flatnonzero(shapely.intersects(layer.geometrie, shapely.box(*box)))
    layer = layer.take(near)
    geometries = layer.geometrie.copy()
    bounds = shapely.bounds(geometries)
    out = (bounds[:, 0] < box[0]) | (bounds[:, 1] < box[1]) | (bounds[:, 2] > box[2]) | (bounds[:, 3] > box[3])
    for dimension in (SURFACE, LIGNE):
        cut = np.flatnonzero(out & (shapely.get_dimensions(geometries) == dimension))
        # a surface that only touches the rectangle would leave a line
        geometries[cut] = by_dimension(shapely.clip_by_rect(geometries[cut], *box))[dimension]
    kept = ~shapely.is_missing(geometries)
    layer = layer.take(kept)
    layer.geometrie[:] = geometries[kept]
    return layer


def _column_names(names: Sequence[str]) -> dict[str, str]:
    """Names that SQLite takes together: case does not tell them apart, the key and geometry columns are ours."""
    out: dict[str, str] = {}
    used = ["fid", GEOMETRY_COLUMN]
    for name in names:
        out[name] = _unique(name.strip() or "champ", used)
        used.append(out[name])
    return out


def _unique(name: str, used: Sequence[str]) -> str:
    taken = {other.lower() for other in used}
    candidate, number = name, 2
    while candidate.lower() in taken:
        candidate, number = f"{name}_{number}", number + 1
    return candidate


def _text(value: Any) -> Any:
    if value is None:
        return None
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
