"""The control of a real PLU from end to end, its dossier read back by plain OGR, and plain OGR to check it against.

Nothing of the plugin decides what is expected: expected figures come from QGIS's own algorithms, or from OGR's GEOS.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Callable, Dict, Iterable, List, Mapping

import pytest
from osgeo import gdal, ogr, osr

Row = Dict[str, Any]


@dataclass(frozen=True, eq=False)
class Dossier:
    """A dossier on disk; `control` is what the run returned."""

    path: Path
    control: Any

    @cache  # noqa: B019 (a few dossiers, kept as long as the tests)
    def rows(self, table: str) -> List[Row]:
        """Attributes of each feature in order, with its geometry under `geometrie`."""
        return features(self.path, table)

    def constats(self, prescription: str) -> List[Row]:
        return [row for row in self.rows("constats") if row["prescription"] == prescription]

    def constat(self, prescription: str) -> Row:
        (row,) = self.constats(prescription)
        return row

    def ecarts(self, prescription: str, table: str = "ecarts") -> List[Row]:
        return [row for row in self.rows(table) if row["prescription"] == prescription]

    def limits(self, couche: str) -> str:
        """What the table `sources` says of a layer."""
        (row,) = [row for row in self.rows("sources") if row["couche"] == couche]
        return row["limites"] or ""

    def prescription(self, id: str) -> Row:
        (row,) = [row for row in self.rows("prescriptions") if row["id"] == id]
        return row


@pytest.fixture(scope="session")
def controlled(tmp_path_factory) -> Callable[..., Dossier]:
    """Function `(plu, rules, sources, **request) -> Dossier`: `rules` is a file of this folder, `sources` by name."""
    from scot_compat.gis.control import Request, control

    def run(plu: Path, rules: str, sources: Mapping[str, Any], **given: Any) -> Dossier:
        path = tmp_path_factory.mktemp("dossier d'essai") / "résultat.gpkg"
        told = "\n".join(f"{couche}={source}" for couche, source in sources.items())
        done = control(Request(plu, Path(__file__).parent / rules, path, sources=told, **given))
        return Dossier(path, done)

    return run


def features(path: Any, layer: str = "") -> List[Row]:
    """Attributes and geometry (a clone, None when there is none) of each feature, as OGR reads them."""
    dataset = gdal.OpenEx(str(path), gdal.OF_VECTOR | gdal.OF_READONLY)
    assert dataset is not None, f"OGR does not open {path}"
    source = dataset.GetLayerByName(layer) if layer else dataset.GetLayer(0)
    assert source is not None, f"{path} has no layer {layer}"
    rows = []
    for feature in source:
        shape = feature.GetGeometryRef()
        rows.append({**feature.items(), "fid": feature.GetFID(), "geometrie": shape.Clone() if shape else None})
    return rows


@pytest.fixture(scope="session")
def lambert() -> Callable[..., List[Row]]:
    """Function `(path, **fields) -> rows`: features in Lambert-93, made valid by GEOS, those with these values only."""
    return _lambert


@cache
def _read_lambert(path: Path) -> List[Row]:
    dataset = gdal.OpenEx(str(path), gdal.OF_VECTOR | gdal.OF_READONLY)
    own = dataset.GetLayer(0).GetSpatialRef().Clone()
    own.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    target = osr.SpatialReference()
    target.ImportFromEPSG(2154)
    target.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    moved = None if own.IsProjected() else osr.CoordinateTransformation(own, target)
    rows = features(path)
    for row in rows:
        shape = row["geometrie"]
        if shape is None or shape.IsEmpty():
            row["geometrie"] = None
            continue
        shape.FlattenTo2D()
        if moved is not None:
            shape.Transform(moved)
        row["geometrie"] = shape if shape.IsValid() else shape.MakeValid()
    return rows


def _lambert(path: Path, **fields: Any) -> List[Row]:
    def kept(row: Row) -> bool:
        return all(
            row[name] in (values if isinstance(values, (list, tuple, set)) else [values])
            for name, values in fields.items()
        )

    return [row for row in _read_lambert(path) if row["geometrie"] is not None and kept(row)]


@pytest.fixture(scope="session")
def union() -> Callable[[Iterable[Row]], ogr.Geometry]:
    """Function `(rows) -> geometry`: the union by GEOS of their surfaces, the ground they cover counted once."""
    return _union


def _union(rows: Iterable[Row]) -> ogr.Geometry:
    surfaces = ogr.Geometry(ogr.wkbMultiPolygon)
    for row in rows:
        for part in _polygons(row["geometrie"]):
            surfaces.AddGeometry(part)
    return surfaces.UnionCascaded()


@pytest.fixture(scope="session")
def area() -> Callable[[ogr.Geometry], float]:
    """Function `geometry -> m2`, 0 for lines and points."""
    return lambda shape: sum(part.GetArea() for part in _polygons(shape))


def _polygons(shape: ogr.Geometry) -> Iterable[ogr.Geometry]:
    """`MakeValid` may leave lines beside a polygon: they cover nothing."""
    if shape.GetGeometryName() == "POLYGON":
        yield shape
    for index in range(shape.GetGeometryCount() if shape.GetGeometryName() != "POLYGON" else 0):
        yield from _polygons(shape.GetGeometryRef(index))


@pytest.fixture(scope="session")
def listing(shared_data) -> Callable[[], Dict[str, Any]]:
    """Function `() -> {path: (time of the last change, size)}` of the shared data, folders included."""

    def now() -> Dict[str, Any]:
        found = (shared_data, *shared_data.rglob("*"))
        return {str(one): (one.stat().st_mtime_ns, one.stat().st_size) for one in found}

    return now


@pytest.fixture(scope="session", autouse=True)
def shared_as_found(listing) -> Dict[str, Any]:
    """The shared data before any test of this folder. A folder in which a file comes and goes changes too."""
    return listing()
