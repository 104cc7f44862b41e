"""Reading 20 000 zones of a GeoPackage into columns and valid geometries, in the legal projection."""

from __future__ import annotations

import tempfile
from pathlib import Path

import shapely
import territory
from osgeo import ogr, osr
from qgis.core import QgsApplication
from run import Measured, Row, in_turn
from scot_compat.gis.reader import read_source

FIELDS = {
    "LIBELLE": "Ub",
    "LIBELONG": "Zone urbaine mixte à dominante d'habitat",
    "TYPEZONE": "U",
    "NOMFIC": "",
    "URLFIC": "",
    "IDURBA": "123456789_PLUi_20250101",
    "DATVALID": "20250101",
}


def geopackage() -> list[Row]:
    """The table ZONE_URBA as published, all its columns, then the two that a control asks for."""
    application = QgsApplication([], False)
    application.initQgis()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "zones.gpkg"
        zones = territory.zones()
        write(path, zones, "ZONE_URBA", {name: [value] * len(zones) for name, value in FIELDS.items()})
        source = f"{path}|layername=ZONE_URBA"
        count = len(read_source(source, "ZONE_URBA", crs="EPSG:2154"))
        rows = in_turn(
            [
                Measured(
                    "lecture d'un GeoPackage, tous les champs",
                    lambda: read_source(source, "ZONE_URBA", crs="EPSG:2154"),
                    f"{count} zones, {len(FIELDS)} champs",
                ),
                Measured(
                    "lecture d'un GeoPackage, deux champs",
                    lambda: read_source(source, "ZONE_URBA", crs="EPSG:2154", fields=("LIBELLE", "TYPEZONE")),
                ),
            ]
        )
    application.exitQgis()
    return rows


def write(path: Path, geometries, name: str, columns: dict) -> None:
    """By OGR alone, so that what is measured did not write its own input."""
    reference = osr.SpatialReference()
    reference.ImportFromEPSG(2154)
    source = ogr.GetDriverByName("GPKG").CreateDataSource(str(path))
    layer = source.CreateLayer(name, reference, ogr.wkbMultiPolygon)
    for column in columns:
        layer.CreateField(ogr.FieldDefn(column, ogr.OFTString))
    source.StartTransaction()
    for wkb, values in zip(shapely.to_wkb(geometries, output_dimension=2), zip(*columns.values())):
        feature = ogr.Feature(layer.GetLayerDefn())
        for column, value in zip(columns, values):
            feature.SetField(column, value)
        feature.SetGeometryDirectly(ogr.ForceToMultiPolygon(ogr.CreateGeometryFromWkb(wkb)))
        layer.CreateFeature(feature)
    source.CommitTransaction()


ROWS = (geopackage,)
