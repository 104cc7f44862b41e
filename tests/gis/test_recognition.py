"""What is told of a PLU as soon as it is given: counted on the files themselves, nothing left out."""

from __future__ import annotations

import json
import shutil
from collections import Counter

import pytest
from osgeo import ogr
from qgis.core import QgsVectorLayer
from scot_compat.checks.progress import Cancelled, Progress
from scot_compat.gis.cnig import PluError
from scot_compat.gis.files.snapshots import NoProjection, SourceError, snapshot
from scot_compat.gis.recognition import recognise

ZONES = "76648_ZONE_URBA_20241107_1.geojson"


def told(found):
    return dict(found.lines)


@pytest.fixture
def saint_saens(shared_data, tmp_path):
    """A copy of the layers of the PLU."""
    place = tmp_path / "PLU d'été"
    place.mkdir()
    for path in (shared_data / "saint-saens").glob("76648_*"):
        shutil.copyfile(path, place / path.name)
    return place


def raw(path):
    """The rows of a GeoJSON, by nothing of the plugin."""
    return [feature["properties"] for feature in json.loads(path.read_text(encoding="utf-8"))["features"]]


def test_a_real_plu_counted_on_its_files(saint_saens):
    found = recognise(saint_saens, Progress())
    types = Counter(row["TYPEZONE"] for row in raw(saint_saens / ZONES))
    assert sum(found.zones.values()) == sum(types.values()) == 71
    assert found.zones["U"] == types["U"] and found.zones["N"] == types["N"] + types["Nh"]
    for table, number in found.tables.items():
        (path,) = saint_saens.glob(f"76648_{table}_*")
        assert number == len(raw(path)), table
    assert len(found.tables) == 6
    assert found.crs == "EPSG:2154"
    lines = told(found)
    assert lines["Zonage"].startswith("71 zones (")
    assert "PRESCRIPTION_SURF 557" in lines["Prescriptions et informations"]
    assert "ZONE_URBA" not in lines["Prescriptions et informations"]
    assert [what for what, _ in found.lines] == [
        "Document",
        "Standard CNIG",
        "Zonage",
        "Prescriptions et informations",
        "Projection",
        "Encodage",
    ]


def test_the_demonstration_in_its_zip(demo):
    (archive,) = (demo / "plu").glob("*.zip")
    found = recognise(archive, Progress())
    path = f"/vsizip/{archive}/{archive.stem}/Donnees_geographiques/200000098_ZONE_URBA_20250918.shp"
    source = ogr.Open(path)
    assert sum(found.zones.values()) == source.GetLayer(0).GetFeatureCount() > 0
    assert found.idurba.casefold() == "200000098_plui_20250918" and found.idurba in told(found)["Document"]
    assert list(found.zones) == [kind for kind in ("U", "AUc", "AUs", "A", "N", "") if kind in found.zones]
    assert found.version and told(found)["Standard CNIG"] == found.version


def test_zones_of_an_unknown_type_are_counted(tmp_path):
    """The total is that of the file, and what is not known is said."""
    path = tmp_path / "ZONE_URBA.geojson"
    kinds = ["U", "U", "AUc", "??", None, "N"]
    write(path, [{"LIBELLE": f"z{i}", "TYPEZONE": kind} for i, kind in enumerate(kinds)])
    found = recognise(path, Progress())
    assert found.zones == {"U": 2, "AUc": 1, "N": 1, "": 2}
    assert told(found)["Zonage"] == "6 zones (2 U, 1 AUc, 1 N, 2 de type inconnu)"


def test_a_zoning_alone(tmp_path):
    path = tmp_path / "ZONE_URBA.geojson"
    write(path, [{"LIBELLE": "UA", "TYPEZONE": "U"}])
    lines = told(recognise(path, Progress()))
    assert lines["Zonage"] == "1 zone (1 U)"
    assert lines["Prescriptions et informations"] == "aucune couche"
    assert lines["Standard CNIG"] and lines["Document"]


def test_a_layer_that_cannot_be_read_is_neither_empty_nor_absent(saint_saens):
    (broken,) = saint_saens.glob("76648_PRESCRIPTION_LIN_*")
    broken.write_text("{", encoding="utf-8")
    found = recognise(saint_saens, Progress())
    assert found.tables["PRESCRIPTION_LIN"] is None
    assert "PRESCRIPTION_LIN illisible" in told(found)["Prescriptions et informations"]
    assert any(table == "PRESCRIPTION_LIN" and "illisible" in limite for table, limite in found.limites)


def test_layers_of_the_project_with_their_filter(saint_saens):
    layer = QgsVectorLayer(str(saint_saens / ZONES), "zonage d'été", "ogr")
    layer.setSubsetString("TYPEZONE = 'N'")
    expected = sum(row["TYPEZONE"] == "N" for row in raw(saint_saens / ZONES))
    found = recognise({"ZONE_URBA": snapshot(layer)}, Progress(), nom="zonage d'été")
    assert 0 < expected < 71 and found.zones == {"N": expected}
    assert list(found.tables) == ["ZONE_URBA"]


def test_limits_of_the_data_come_with_their_table(saint_saens):
    found = recognise(saint_saens, Progress())
    assert all(table in found.tables and limite for table, limite in found.limites)


# -- what is no PLU -------------------------------------------------------------------------------


@pytest.mark.parametrize("name, content", [("notes.txt", b"rien"), ("PLU.zip", b"PK\x03\x04rien"), ("x.gpkg", b"rien")])
def test_what_is_no_plu(tmp_path, name, content):
    (tmp_path / name).write_bytes(content)
    with pytest.raises((PluError, SourceError)) as refusal:
        recognise(tmp_path / name, Progress())
    assert str(refusal.value).strip()


def test_nothing_there(tmp_path):
    with pytest.raises(PluError, match="n'existe pas"):
        recognise(tmp_path / "perdu d'été.zip", Progress())
    with pytest.raises(PluError):
        recognise(tmp_path, Progress())


def test_no_projection_can_be_supposed(tmp_path):
    path = tmp_path / "ZONE_URBA.shp"
    write(path, [{"LIBELLE": "UA", "TYPEZONE": "U"}], driver="ESRI Shapefile")
    path.with_suffix(".prj").unlink(missing_ok=True)
    with pytest.raises(NoProjection, match="n'a pas de projection déclarée"):
        recognise(path, Progress())
    found = recognise(path, Progress(), default_crs="EPSG:2154")
    assert found.crs == "EPSG:2154" and any("EPSG:2154 supposé" in limite for _, limite in found.limites)


def test_a_cancel_is_heard(saint_saens):
    with pytest.raises(Cancelled):
        recognise(saint_saens, Progress(cancelled=lambda: True))


def write(path, rows, driver="GeoJSON"):
    """Squares of 100 m side by side, in Lambert-93 metres for a shapefile, in degrees for GeoJSON."""
    source = ogr.GetDriverByName(driver).CreateDataSource(str(path))
    layer = source.CreateLayer(path.stem, None, ogr.wkbPolygon)
    for name in rows[0]:
        layer.CreateField(ogr.FieldDefn(name, ogr.OFTString))
    step, west, south = (0.001, 2.4, 47.0) if driver == "GeoJSON" else (100, 700000, 6600000)
    for position, row in enumerate(rows):
        feature = ogr.Feature(layer.GetLayerDefn())
        x = west + position * step
        corners = [(x, south), (x + step, south), (x + step, south + step), (x, south + step), (x, south)]
        text = ", ".join(f"{a} {b}" for a, b in corners)
        feature.SetGeometry(ogr.CreateGeometryFromWkt(f"POLYGON (({text}))"))
        for name, value in row.items():
            if value is not None:
                feature.SetField(name, value)
        layer.CreateFeature(feature)
    source = layer = None
