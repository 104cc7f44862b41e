"""The committed demonstration, read by GDAL and Shapely alone: nothing of the plugin decides what is expected of it."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any, Callable, Dict, List

import pytest
import shapely
from osgeo import ogr

ogr.UseExceptions()

Rows = List[Dict[str, Any]]
ARCHIVE = "200000098_PLUi_20250918"


@pytest.fixture(scope="session")
def rows_of() -> Callable[..., Rows]:
    return _rows_of


def _rows_of(path: str, layer: str = "") -> Rows:
    """Attributes of each feature in order, with its geometry under `geometrie` (None in a table)."""
    dataset = ogr.Open(path)
    source = dataset.GetLayerByName(layer) if layer else dataset.GetLayer(0)
    rows = []
    for feature in source:
        shape = feature.GetGeometryRef()
        rows.append(
            {**feature.items(), "geometrie": None if shape is None else shapely.from_wkb(bytes(shape.ExportToWkb()))}
        )
    return rows


@pytest.fixture(scope="session")
def demo(root, tmp_path_factory) -> Path:
    """A copy of the demonstration: a GeoPackage opened in place may be touched by its reader."""
    place = tmp_path_factory.mktemp("démonstration d'essai") / "demo"
    shutil.copytree(root / "resources" / "demo", place, ignore=shutil.ignore_patterns("__pycache__"))
    return place


@pytest.fixture(scope="session")
def plu_table(demo) -> Callable[[str], Rows]:
    """Rows of a CNIG table of the archive, by its name."""

    def read(name: str) -> Rows:
        inside = (
            f"{ARCHIVE}/{name}.dbf"
            if name.startswith("DOC_")
            else (f"{ARCHIVE}/Donnees_geographiques/200000098_{name}_20250918.shp")
        )
        return _rows_of(f"/vsizip/{demo / 'plu' / ARCHIVE}.zip/{inside}")

    return read


@pytest.fixture(scope="session")
def zones(plu_table) -> Rows:
    return plu_table("ZONE_URBA")


@pytest.fixture(scope="session")
def scot_layer(demo) -> Callable[[str], Rows]:
    """Rows of a layer of `scot.gpkg`, by its name."""
    return lambda name: _rows_of(str(demo / "scot.gpkg"), name)
