"""Files of the demonstration, the same from one run to the next: shapefiles, GeoPackages, CSV, one zip."""

from __future__ import annotations

import csv
import zipfile
from pathlib import Path
from typing import Dict, List

import shapely
from osgeo import gdal, ogr, osr
from scot import LayerOut

gdal.UseExceptions()
ogr.UseExceptions()
gdal.SetConfigOption("OGR_CURRENT_DATE", "2025-09-18T00:00:00.000Z")  # GeoPackages keep the date of their writing

_TYPES = {"Polygon": ogr.wkbPolygon, "LineString": ogr.wkbLineString, "Point": ogr.wkbPoint, "None": ogr.wkbNone}


def shapefile(folder: Path, name: str, layer: LayerOut) -> None:
    """`name.shp` (a lone `.dbf` for a table) in UTF-8 with its `.cpg`, and an ESRI `.prj`."""
    dataset = ogr.GetDriverByName("ESRI Shapefile").CreateDataSource(str(folder))
    out = dataset.CreateLayer(
        name,
        srs=_lambert93() if layer.geometry != "None" else None,
        geom_type=_TYPES[layer.geometry],
        options=["ENCODING=UTF-8", "DBF_DATE_LAST_UPDATE=2025-09-18"],
    )
    _fill(out, layer)
    out = dataset = None


def geopackage(path: Path, layers: Dict[str, LayerOut]) -> None:
    path.unlink(missing_ok=True)
    dataset = ogr.GetDriverByName("GPKG").CreateDataSource(str(path))
    for name, layer in layers.items():
        dataset.StartTransaction()
        _fill(dataset.CreateLayer(name, srs=_lambert93(), geom_type=_TYPES[layer.geometry]), layer)
        dataset.CommitTransaction()
    dataset = None


def table(path: Path, rows: List[List[str]], separator: str = ";") -> None:
    with open(path, "w", encoding="utf-8", newline="") as out:
        csv.writer(out, delimiter=separator, lineterminator="\n").writerows(rows)


def archive(path: Path, folder: Path) -> None:
    """Zip `folder` under its own name, with fixed dates."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as out:
        for file in sorted(p for p in folder.rglob("*") if p.is_file()):
            entry = zipfile.ZipInfo(str(file.relative_to(folder.parent)).replace("\\", "/"), (2025, 9, 18, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            out.writestr(entry, file.read_bytes(), compresslevel=9)


def _lambert93() -> osr.SpatialReference:
    srs = osr.SpatialReference()
    srs.ImportFromEPSG(2154)
    return srs


def _fill(out: ogr.Layer, layer: LayerOut) -> None:
    for name, width in layer.fields.items():
        field = ogr.FieldDefn(name, ogr.OFTString if width else ogr.OFTInteger)
        if width:
            field.SetWidth(width)
        out.CreateField(field)
    for row in layer.rows:
        feature = ogr.Feature(out.GetLayerDefn())
        for name in layer.fields:
            if row.get(name) is not None:
                feature.SetField(name, row[name])
        if layer.geometry != "None":
            feature.SetGeometry(ogr.CreateGeometryFromWkb(shapely.to_wkb(row["geometrie"], output_dimension=2)))
        out.CreateFeature(feature)
