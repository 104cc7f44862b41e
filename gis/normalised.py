"""A `Plu` -> one GeoPackage: fields as published, codes normalised beside them (`norm_…`), and the limits found."""

from __future__ import annotations

from pathlib import Path
from typing import Any, List, Tuple

from ..checks.layers import Layer, Source
from ..checks.plu import Plu
from . import outputs
from .geopackages.dossier_schema import SOURCES, TEXT, Column, Table
from .geopackages.geopackage import GeoPackage
from .geopackages.multi import LIGNE, POINT, SURFACE, by_dimension

_GEOMETRIES = {SURFACE: "MULTIPOLYGON", LIGNE: "MULTILINESTRING", POINT: "MULTIPOINT"}
_SUFFIXES = {"SURF": SURFACE, "LIN": LIGNE, "PCT": POINT}


def write_plu(path: Path, plu: Plu) -> None:
    """Write every layer of the PLU and the table `sources`. Raises DossierError."""
    check_target(path)
    outputs.write(path, plu.crs, lambda gpkg: _fill(gpkg, plu))


def check_target(path: Path) -> None:
    """Make sure that nothing foreign is lost: a dossier, or the PLU itself. Raises DossierError."""
    outputs.check_target(path, ("ZONE_URBA", SOURCES.name), "un PLU normalisé")


def _fill(gpkg: GeoPackage, plu: Plu) -> None:
    _add(gpkg, "ZONE_URBA", plu.zones, SURFACE)
    for prefix, layers in (("PRESCRIPTION", plu.prescriptions), ("INFO", plu.informations)):
        for suffix, layer in layers.items():
            _add(gpkg, f"{prefix}_{suffix}", layer, _SUFFIXES[suffix])
    gpkg.add(SOURCES, [_source(source) for source in plu.sources])


def _source(source: Source) -> Tuple[Any, ...]:
    values = {**vars(source), "limites": "\n".join(source.limites)}
    return tuple(values[name] for name in SOURCES.names)


def _add(gpkg: GeoPackage, name: str, layer: Layer, dimension: int) -> None:
    raw = _distinct(layer.colonnes)
    columns = [Column("objet_id", TEXT, "Identifiant")]
    columns += [Column(key, TEXT, key) for key in raw]
    columns += [Column(f"norm_{key}", TEXT, f"{key} normalisé") for key in layer.codes]
    values: List[Any] = [layer.ids, *raw.values(), *layer.codes.values()]
    rows: List[Tuple[Any, ...]] = [tuple(_text(value) for value in row) for row in zip(*values)]
    gpkg.add(Table(name, name, tuple(columns), _GEOMETRIES[dimension]), rows, by_dimension(layer.geometrie)[dimension])


def _distinct(colonnes: Any) -> "dict[str, Any]":
    """Columns whose name can stand beside the technical ones of a GeoPackage."""
    taken = {"fid", "geom", "objet_id"}
    kept = {}
    for name, values in colonnes.items():
        safe = name if name.lower() not in taken else f"{name}_"
        taken.add(safe.lower())
        kept[safe] = values
    return kept


def _text(value: Any) -> Any:
    """A value as text; a set of codes as the standard writes it (`31-32`)."""
    if value is None:
        return None
    if isinstance(value, frozenset):
        return "-".join(sorted(value))
    if isinstance(value, bool):
        return "oui" if value else "non"
    return str(value)
