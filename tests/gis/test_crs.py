"""The projection of a layer: legal, legal in fact, another, none."""

from __future__ import annotations

import pytest
from qgis.core import QgsCoordinateReferenceSystem, QgsRectangle, QgsVectorLayer
from scot_compat.gis.files import crs

LAMBERT_WORN = (
    'PROJCS["Lambert_Conformal_Conic",GEOGCS["GCS_Unknown",DATUM["D_GRS_80",SPHEROID["GRS_80",6378137,298.257222101]],'
    'PRIMEM["Greenwich",0],UNIT["Degree",0.017453292519943295]],PROJECTION["Lambert_Conformal_Conic"],'
    'PARAMETER["standard_parallel_1",44],PARAMETER["standard_parallel_2",49.00000000001],'
    'PARAMETER["latitude_of_origin",46.5],PARAMETER["central_meridian",{meridian}],PARAMETER["false_easting",700000],'
    'PARAMETER["false_northing",6600000],UNIT["Meter",1.0]]'
)


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("EPSG:2154", "EPSG:2154"),
        ("EPSG:9794", "EPSG:2154"),
        ("EPSG:5698", "EPSG:2154"),
        ("IGNF:LAMB93", "EPSG:2154"),
        ("EPSG:5490", "EPSG:5490"),
        ("EPSG:2972", "EPSG:2972"),
        ("EPSG:2975", "EPSG:2975"),
        ("EPSG:4471", "EPSG:4471"),
        ("EPSG:4467", "EPSG:4467"),
        ("IGNF:RGR92UTM40S", "EPSG:2975"),
        ("EPSG:3948", ""),
        ("EPSG:4326", ""),
        ("EPSG:27572", ""),
        ("EPSG:32620", ""),
        ("EPSG:4559", ""),
        ("EPSG:3857", ""),
    ],
)
def test_legal(code, expected):
    found, limit = crs.legal(QgsCoordinateReferenceSystem(code))
    assert found == expected
    assert bool(limit) == (expected not in ("", code))


def test_unnamed_lambert_is_recognised_by_its_parameters():
    found, limit = crs.legal(QgsCoordinateReferenceSystem.fromWkt(LAMBERT_WORN.format(meridian="3")))
    assert found == "EPSG:2154"
    assert "paramètres" in limit
    assert crs.legal(QgsCoordinateReferenceSystem.fromWkt(LAMBERT_WORN.format(meridian="4"))) == ("", "")


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("simplu3d-44118_PLU_20150219/ZONE_URBA.shp", "EPSG:2154"),
        ("validator/200011781_PLUi_20180101/Donnees_geographiques/ZONE_URBA.shp", "EPSG:2154"),
        ("ccvc-plui/ZONAGE_1.geojson", ""),
    ],
)
def test_real_layers(shared_data, path, expected):
    layer = QgsVectorLayer(str(shared_data / path), "x", "ogr")
    assert crs.legal(layer.crs())[0] == expected
    assert crs.legal_at(layer.crs(), layer.extent()) == "EPSG:2154"


@pytest.mark.parametrize(
    ("longitude", "latitude", "expected"),
    [
        (0.4, 46.4, "EPSG:2154"),
        (9.1, 42.2, "EPSG:2154"),
        (-61.5, 16.2, "EPSG:5490"),
        (-61.0, 14.6, "EPSG:5490"),
        (-52.3, 4.9, "EPSG:2972"),
        (55.5, -21.1, "EPSG:2975"),
        (45.2, -12.8, "EPSG:4471"),
        (-56.2, 46.8, "EPSG:4467"),
    ],
)
def test_legal_projection_of_the_territory(longitude, latitude, expected):
    box = QgsRectangle(longitude - 0.01, latitude - 0.01, longitude + 0.01, latitude + 0.01)
    assert crs.legal_at(QgsCoordinateReferenceSystem("EPSG:4326"), box) == expected


def test_elsewhere_in_the_world_is_refused():
    with pytest.raises(crs.CrsError, match="hors des territoires français"):
        crs.legal_at(QgsCoordinateReferenceSystem("EPSG:4326"), QgsRectangle(20, 0, 21, 1))


def test_misplaced():
    assert crs.misplaced("EPSG:2154", (500000, 6500000, 510000, 6510000)) == ""
    assert "sortent du territoire" in crs.misplaced("EPSG:2154", (0.3, 46.3, 0.5, 46.6))


@pytest.mark.parametrize(
    ("bounds", "word"),
    [
        ((0.3, 46.3, 0.5, 46.6), "degrés"),
        ((500000, 6500000, 510000, 6510000), "Lambert-93"),
        ((1650000, 7180000, 1660000, 7190000), "CC48"),
        ((1650000, 8180000, 1660000, 8190000), "CC49"),
        ((5e6, 5e7, 6e6, 6e7), ""),
    ],
)
def test_guess(bounds, word):
    said = crs.guess(QgsRectangle(*bounds))
    assert word in said if word else said == ""
