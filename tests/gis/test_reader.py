"""Any source becomes columns and flat valid geometries, and says what was wrong with it."""

from __future__ import annotations

import os
import shutil
import struct

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from osgeo import gdal, ogr, osr
from qgis.core import QgsCoordinateReferenceSystem, QgsFeature, QgsGeometry, QgsVectorLayer
from qgis.PyQt.QtCore import QDate, QDateTime, QTime, QVariant
from scot_compat.checks.progress import Cancelled, Progress
from scot_compat.gis.files import sources
from scot_compat.gis.files.geometry import prepare
from scot_compat.gis.reader import SourceError, plain, read_source

SQUARE = "POLYGON ((700000 6600000, 700100 6600000, 700100 6600100, 700000 6600100, 700000 6600000))"
BOWTIE = "POLYGON ((700000 6600000, 700100 6600100, 700100 6600000, 700000 6600100, 700000 6600000))"
# a square with a spike: repaired, it is a polygon and a line
SPIKE = (
    "POLYGON ((700000 6600000, 700100 6600000, 700100 6600100, 700100 6600200, 700100 6600100, 700000 6600100, "
    "700000 6600000))"
)


def write(path, rows, driver="GPKG", epsg=2154, name="couche", options=(), kind=ogr.wkbUnknown, fields=("LIBELLE",)):
    """A layer of text columns from (wkt or None, values…)."""
    srs = osr.SpatialReference()
    if epsg:
        srs.ImportFromEPSG(epsg)
        srs.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    dataset = ogr.GetDriverByName(driver).CreateDataSource(str(path))
    layer = dataset.CreateLayer(name, srs if epsg else None, kind, list(options))
    for field in fields:
        layer.CreateField(ogr.FieldDefn(field, ogr.OFTString))
    for wkt, *values in rows:
        feature = ogr.Feature(layer.GetLayerDefn())
        if wkt is not None:
            feature.SetGeometry(ogr.CreateGeometryFromWkt(wkt))
        for field, value in zip(fields, values):
            if value is not None:
                feature[field] = value
        layer.CreateFeature(feature)
    dataset = None
    return str(path)


def said(layer):
    return " ".join(layer.source.limites)


# --- formats


@pytest.mark.parametrize(
    ("suffix", "driver"),
    [
        (".gpkg", "GPKG"),
        (".shp", "ESRI Shapefile"),
        (".tab", "MapInfo File"),
        (".gml", "GML"),
        (".geojson", "GeoJSON"),
        (".fgb", "FlatGeobuf"),
        (".mif", "MapInfo File"),
    ],
)
def test_formats(tmp_path, suffix, driver):
    folder = tmp_path / "données de l'été"
    folder.mkdir()
    options = ["ENCODING=UTF-8"] if driver == "ESRI Shapefile" else []
    epsg = None if driver == "GeoJSON" else 2154
    wkt = "POLYGON ((0.3 46.4, 0.4 46.4, 0.4 46.5, 0.3 46.5, 0.3 46.4))" if driver == "GeoJSON" else SQUARE
    source = write(
        folder / f"zonage d'août{suffix}",
        [(wkt, "Uà"), (wkt, "01004")],
        driver,
        epsg,
        options=options,
        kind=ogr.wkbPolygon,
    )
    before = sorted(os.listdir(folder))
    layer = read_source(source, "zonage", crs="EPSG:2154")
    assert list(layer.colonne("libelle")) == ["Uà", "01004"]
    assert layer.nom == layer.source.couche == "zonage"
    assert layer.source.objets == 2 and len(layer.source.sha256) == 64
    assert len(set(layer.ids)) == 2
    if driver != "GeoJSON":
        assert shapely.area(layer.geometrie) == pytest.approx([1e4, 1e4], abs=1)
    assert sorted(os.listdir(folder)) == before  # no .gfs, .qix nor -wal is left


def test_gml_codes_stay_text_even_beside_a_gfs(tmp_path):
    source = write(tmp_path / "a.gml", [(SQUARE, "07")], "GML", kind=ogr.wkbPolygon, options=[])
    os.remove(tmp_path / "a.xsd")
    gdal.OpenEx(source, gdal.OF_VECTOR, open_options=["WRITE_GFS=YES"])
    assert (tmp_path / "a.gfs").is_file()  # types LIBELLE as an integer
    assert list(read_source(source, "a").colonne("LIBELLE")) == ["07"]


def test_geopackage_of_several_layers_asks_which(tmp_path):
    path = tmp_path / "scot.gpkg"
    write(path, [(SQUARE, "a")], name="corridors")
    dataset = gdal.OpenEx(str(path), gdal.OF_VECTOR | gdal.OF_UPDATE)
    dataset.CreateLayer("réservoirs", dataset.GetLayer(0).GetSpatialRef(), ogr.wkbPolygon)
    dataset = None
    assert len(read_source(f"{path}|layername=corridors", "x")) == 1
    assert len(read_source(f"{path}|layername=réservoirs", "x")) == 0
    with pytest.raises(SourceError, match="corridors, réservoirs"):
        read_source(path, "x")
    with pytest.raises(SourceError, match="n'a pas de couche « rien »"):
        read_source(f"{path}|layername=rien", "x")


@pytest.mark.parametrize(
    "filtre, expected",
    [
        ("LIBELLE = 'a|b'", ["a|b"]),
        ("LIBELLE = 'c'\n OR LIBELLE = 'l''été'", ["c", "l'été"]),
        ("LIBELLE LIKE '%|layername=rien'", []),
        ("1 = 0", []),
        ("", ["a|b", "c", "l'été"]),
    ],
)
def test_the_filter_of_a_source_is_applied(tmp_path, filtre, expected):
    """As QGIS writes it, last, bars and line breaks included: the whole layer would be another answer."""
    path = write(tmp_path / "couches d'été.gpkg", [(SQUARE, "a|b"), (SQUARE, "c"), (SQUARE, "l'été")], name="zones")
    source = f"{path}|layername=zones" + (f"|subset={filtre}" if filtre else "")
    read = read_source(source, "x")
    assert list(read.colonne("LIBELLE")) == expected
    assert read.source.chemin == source
    shown = QgsVectorLayer(source, "x", "ogr")
    assert list(read_source(shown, "x").colonne("LIBELLE")) == expected  # the same as the layer shows


@pytest.mark.parametrize(
    "suffix, driver", [(".gpkg", "GPKG"), (".shp", "ESRI Shapefile"), (".geojson", "GeoJSON"), (".fgb", "FlatGeobuf")]
)
@pytest.mark.parametrize("filtre", ["ANNEE > 2020", "LIBELLE ="])
def test_a_filter_that_the_layer_does_not_take_is_refused(tmp_path, suffix, driver, filtre):
    path = write(tmp_path / f"a{suffix}", [(SQUARE, "a")], driver=driver, kind=ogr.wkbPolygon)
    with pytest.raises(SourceError, match=f"filtre « {filtre} ».*a{suffix}"):
        read_source(f"{path}|subset={filtre}", "x")


def test_a_layer_of_the_project_whose_filter_fails_is_refused(tmp_path):
    path = write(tmp_path / "a.gpkg", [(SQUARE, "a")])
    shown = QgsVectorLayer(f"{path}|layername=couche|subset=ANNEE > 2020", "zones", "ogr")
    with pytest.raises(SourceError, match="« zones ».*filtre"):  # valid for QGIS, which shows nothing
        read_source(shown, "x")


def test_the_geometries_that_a_source_asks_for(tmp_path):
    """QGIS opens a file of mixed geometries as one layer by type."""
    rows = [(SQUARE, "surface"), ("POINT (700000 6600000)", "point")]
    path = write(tmp_path / "mixte.geojson", rows, driver="GeoJSON", epsg=4326)
    for kind, expected in (("Polygon", ["surface"]), ("Point", ["point"])):
        shown = QgsVectorLayer(f"{path}|geometrytype={kind}", "x", "ogr")
        assert [feature["LIBELLE"] for feature in shown.getFeatures()] == expected
        with sources.opened(f"{path}|geometrytype={kind}") as shot:
            assert [feature["LIBELLE"] for feature in shot.features.getFeatures()] == expected


def test_layer_of_the_project_and_its_snapshot():
    layer = QgsVectorLayer("Polygon?crs=EPSG:2154&field=LIBELLE:string&field=n:integer", "mes zones", "memory")
    feature = QgsFeature(layer.fields())
    feature.setGeometry(QgsGeometry.fromWkt(SQUARE))
    feature.setAttributes(["UA", None])
    layer.dataProvider().addFeatures([feature])
    for source in (layer, sources.snapshot(layer)):
        read = read_source(source, "ZONE_URBA")
        assert list(read.colonne("LIBELLE")) == ["UA"] and list(read.colonne("n")) == [None]
        assert read.source.nom == "mes zones"


def test_layer_of_a_plain_file_is_read_as_the_file(shape):
    """QGIS trusts a false .cpg, and types the codes of a GML."""
    shape.with_suffix(".cpg").write_text("1252")
    layer = QgsVectorLayer(str(shape), "mes lignes", "ogr")
    assert any("Ã" in str(feature["LIBELLE"]) for feature in layer.getFeatures())
    read = read_source(layer, "x")
    assert "Haie a préserver" in set(read.colonne("LIBELLE"))
    assert read.source.nom == "mes lignes" and len(read.source.sha256) == 64
    layer.setSubsetString("LIBELLE LIKE 'Haie%'")
    assert 0 < len(read_source(layer, "x")) < 264  # a filter is respected


def test_table_of_the_project_keeps_its_codes(tmp_path):
    (tmp_path / "a.csv").write_text("INSEE;n\n01004;1\n")
    layer = QgsVectorLayer(str(tmp_path / "a.csv"), "programme", "ogr")
    assert list(read_source(layer, "programme").colonne("INSEE")) == ["01004"]


def test_layer_without_projection_that_the_user_gave_one(tmp_path):
    layer = QgsVectorLayer(write(tmp_path / "a.shp", [(SQUARE, "a")], "ESRI Shapefile", None), "x", "ogr")
    layer.setCrs(QgsCoordinateReferenceSystem("EPSG:2154"))
    assert read_source(layer, "x").source.crs == "EPSG:2154"


@pytest.mark.parametrize(("content", "word"), [(b"", "vide"), (b"n'importe quoi", "pas lisible")])
def test_unreadable_file(tmp_path, content, word):
    path = tmp_path / "a.gpkg"
    path.write_bytes(content)
    with pytest.raises(SourceError, match=word):
        read_source(path, "x")


@pytest.mark.parametrize("provider", ["arcgisfeatureserver", "postgres", "hana", "https"])
def test_what_a_provider_reads_is_never_taken_for_a_file(provider):
    source = f"{provider}://url='nowhere.invalid' table='a'"
    assert sources.is_provided(source) and not sources.is_provided("C:\\Données\\zones.shp")
    with pytest.raises(SourceError, match=f"La source {provider} n'est pas joignable"):
        read_source(source, "x")


def test_missing_file(tmp_path):
    with pytest.raises(SourceError, match="n'existe pas"):
        read_source(tmp_path / "rien.shp", "x")


# --- columns


def test_only_the_asked_columns_whatever_their_case(tmp_path):
    source = write(tmp_path / "a.gpkg", [(SQUARE, "UA", "x")], fields=("libelle", "AUTRE"))
    layer = read_source(source, "x", fields=["LIBELLE", "ABSENT"])
    assert list(layer.colonnes) == ["libelle"]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (QVariant(), None),
        (QVariant("a"), "a"),
        (None, None),
        (1.5, 1.5),
        ("", ""),
        (QDate(2024, 11, 7), "20241107"),
        (QDate(), None),
        (QTime(8, 5, 3), "08:05:03"),
        (QDateTime(QDate(2024, 11, 7), QTime(8, 5)), "2024-11-07T08:05:00"),
        ([1, "a"], "1, a"),
    ],
)
def test_plain_values(value, expected):
    assert plain(value) == expected


def test_dates_of_real_mapinfo_table(shared_data):
    layer = read_source(shared_data / "validator/tab_latin1/ZONE_URBA_41003.TAB", "ZONE_URBA")
    assert set(layer.colonne("DATAPPRO")) == {"20130903"}
    assert set(layer.colonne("DATVALID")) == {None}


# --- geometries


def test_repair_keeps_polygons_and_names_the_objects(tmp_path):
    rows = [(SQUARE, "a"), (BOWTIE, "b"), (SPIKE, "c"), (None, "d"), ("POLYGON EMPTY", "e")]
    source = write(tmp_path / "a.gpkg", rows)
    layer = read_source(source, "x")
    areas = shapely.area(layer.geometrie)
    assert list(areas[:3]) == [10000, 5000, 10000]
    assert list(shapely.is_missing(layer.geometrie)) == [False, False, False, True, False]
    assert shapely.is_empty(layer.geometrie[4])
    assert shapely.is_valid(layer.geometrie[:3]).all()
    assert (shapely.get_dimensions(layer.geometrie[:3]) == 2).all()
    assert layer.source.repares == 2 and layer.source.ignores == 2 and layer.source.objets == 5
    assert "2 géométries invalides réparées avant le contrôle (objets 2 et 3)." in layer.source.limites
    assert "(objet 4)" in said(layer) and "(objet 5)" in said(layer)


def test_a_polygon_without_surface_is_listed_not_lost(tmp_path):
    flat = "POLYGON ((700000 6600000, 700100 6600000, 700000 6600000, 700000 6600000))"
    layer = read_source(write(tmp_path / "a.gpkg", [(flat, "a"), (SQUARE, "b")]), "x")
    assert len(layer) == 2 and shapely.is_empty(layer.geometrie[0])
    assert layer.source.ignores == 1 and layer.source.repares == 0
    assert "1 géométrie vide ou aplatie : surface nulle (objet 1)." in said(layer)


def test_coordinates_that_are_no_numbers():
    wkb = [shapely.to_wkb(shapely.LineString([(0, 0), (np.inf, 1)])), shapely.to_wkb(shapely.Point(1, 2)), b"rien"]
    found = prepare(wkb)
    assert list(shapely.is_missing(found.geometrie)) == [True, False, True]
    assert found.limits(["a", "b", "c"]) == ("2 géométries inutilisables : coordonnées fausses (objets a et c).",)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), min_size=3, max_size=9))
def test_any_ring_becomes_a_valid_surface_or_is_listed(points):
    wkb = shapely.to_wkb(shapely.Polygon(points))
    found = prepare([wkb])
    shape = found.geometrie[0]
    assert shape.is_valid and shapely.get_dimensions(shape) == 2
    assert list(found.vides) == ([0] if shape.area == 0 else [])


def test_altitude_is_dropped(tmp_path):
    layer = read_source(
        write(
            tmp_path / "a.gpkg",
            [(SQUARE.replace("POLYGON", "POLYGON Z").replace(",", " 5,").replace("))", " 5))"), "a")],
        ),
        "x",
    )
    assert not shapely.has_z(layer.geometrie).any()
    assert shapely.area(layer.geometrie[0]) == 10000
    assert "trois dimensions" in said(layer)


def test_curves_become_lines(tmp_path):
    circle = "CURVEPOLYGON (CIRCULARSTRING (700000 6600000, 700100 6600000, 700000 6600000))"
    layer = read_source(write(tmp_path / "a.gpkg", [(circle, "a")], kind=ogr.wkbCurvePolygon), "x")
    assert shapely.area(layer.geometrie[0]) == pytest.approx(np.pi * 50**2, rel=1e-3)


def test_collections_keep_their_surfaces(tmp_path):
    mixed = f"GEOMETRYCOLLECTION ({SQUARE}, POINT (700500 6600500))"
    layer = read_source(write(tmp_path / "a.gpkg", [(mixed, "a")]), "x")
    assert shapely.area(layer.geometrie[0]) == 10000 and shapely.get_dimensions(layer.geometrie[0]) == 2


# --- projections


def test_geographic_layer_is_measured_in_the_legal_projection(tmp_path):
    degrees = "POLYGON ((3 46.5, 3.01 46.5, 3.01 46.51, 3 46.51, 3 46.5))"
    layer = read_source(write(tmp_path / "a.gpkg", [(degrees, "a")], epsg=4326), "x")
    # a hundredth of a degree at 46.505 N: 1 111.8 m by 767.3 m on the ellipsoid
    assert shapely.area(layer.geometrie[0]) == pytest.approx(1111.8 * 767.3, rel=3e-3)
    assert layer.source.crs == "EPSG:4326"
    assert "Reprojetée de EPSG:4326" in said(layer)


def test_conical_zone_is_reprojected(tmp_path):
    # the origin of CC48 is 3 E, 48 N; in Lambert-93 its abscissa is 700 000
    source = write(tmp_path / "a.gpkg", [("POINT (1700000 7200000)", "a")], epsg=3948)
    point = read_source(source, "x").geometrie[0]
    assert point.x == pytest.approx(700000, abs=0.01) and 6_760_000 < point.y < 6_770_000


def test_layer_without_projection(tmp_path):
    source = write(tmp_path / "a.shp", [(SQUARE, "a")], "ESRI Shapefile", None)
    with pytest.raises(SourceError, match="n'a pas de projection déclarée.*Lambert-93"):
        read_source(source, "x")
    layer = read_source(source, "x", assumed_crs="EPSG:2154")
    assert "EPSG:2154 supposé, par choix de l'utilisateur" in said(layer)
    with pytest.raises(SourceError, match="n'existe pas"):
        read_source(source, "x", assumed_crs="EPSG:1")


def test_degrees_declared_as_metres_are_said(tmp_path):
    layer = read_source(write(tmp_path / "a.gpkg", [("POINT (0.4 46.4)", "a")]), "x")
    assert "la projection déclarée est sans doute fausse" in said(layer)


# --- shapefiles in pieces


@pytest.fixture
def shape(tmp_path, shared_data):
    """A copy of a real layer in UTF-8, 264 lines, with accents."""
    origin = shared_data / "validator/241800432_PLUi_20200128/Donnees_geographiques"
    for one in origin.glob("241800432_PRESCRIPTION_LIN_20200128.*"):
        shutil.copyfile(one, tmp_path / f"lignes{one.suffix}")
    return tmp_path / "lignes.shp"


def test_accents(shape):
    layer = read_source(shape, "x")
    assert "Haie a préserver" in set(layer.colonne("LIBELLE"))
    assert layer.source.encodage == "UTF-8 (déclaré par le fichier .cpg)"


@pytest.mark.parametrize("cpg", [None, "1252", "ISO 88591"])
def test_false_or_missing_cpg_never_gives_mojibake(shape, cpg):
    shape.with_suffix(".cpg").unlink()
    if cpg:
        shape.with_suffix(".cpg").write_text(cpg)
    layer = read_source(shape, "x")
    assert "Haie a préserver" in set(layer.colonne("LIBELLE"))
    assert ("contradictoire" if cpg else "non déclaré") in said(layer)


def test_forced_encoding(shape):
    assert "Haie a prÃ©server" in set(read_source(shape, "x", encoding="cp1252").colonne("LIBELLE"))


def test_missing_index_is_rebuilt_aside(shape):
    shape.with_suffix(".shx").unlink()
    layer = read_source(shape, "x")
    assert len(layer) == 264 and not shapely.is_missing(layer.geometrie).any()
    assert "reconstitué" in said(layer)
    assert not shape.with_suffix(".shx").exists()


def test_missing_attributes(shape):
    shape.with_suffix(".dbf").unlink()
    layer = read_source(shape, "x")
    assert len(layer) == 264
    assert "aucun attribut" in said(layer)


def test_truncated_shapes_are_refused(shape):
    content = shape.read_bytes()
    shape.write_bytes(content[: len(content) // 2])
    said = f"tronqué : il annonce {len(content)} octets et en compte {len(content) // 2}"
    with pytest.raises(SourceError, match=said):
        read_source(shape, "x")


def test_truncated_attributes_are_refused(shape):
    table = shape.with_suffix(".dbf")
    table.write_bytes(table.read_bytes()[:5000])
    with pytest.raises(SourceError, match="tronquée"):
        read_source(shape, "x")


def test_fewer_rows_than_shapes(shape):
    table = shape.with_suffix(".dbf")
    content = bytearray(table.read_bytes())
    content[4:8] = struct.pack("<I", 260)
    table.write_bytes(content)
    with pytest.raises(SourceError, match="264 objets et son .dbf 260 lignes"):
        read_source(shape, "x")


def test_capital_suffixes(shape):
    for one in list(shape.parent.iterdir()):
        one.rename(one.with_name(one.stem.upper() + (one.suffix.upper() if one.suffix != ".shp" else one.suffix)))
    layer = read_source(shape.parent / "LIGNES.shp", "x")
    assert "Haie a préserver" in set(layer.colonne("LIBELLE"))


def test_parts_of_another_case_are_brought_together(shape):
    shape.with_suffix(".dbf").rename(shape.parent / "Lignes.Dbf")
    assert "Haie a préserver" in set(read_source(shape, "x").colonne("LIBELLE"))


def test_mapinfo_without_its_map(tmp_path, shared_data):
    for one in (shared_data / "validator/tab_latin1").glob("ZONE_URBA_41003.*"):
        if one.suffix != ".MAP":
            shutil.copyfile(one, tmp_path / one.name)
    with pytest.raises(SourceError, match="il manque le fichier .map"):
        read_source(tmp_path / "ZONE_URBA_41003.TAB", "x")


def test_mapinfo_table_that_lies_about_its_charset(tmp_path):
    options = ["ENCODING=CP1252"]
    source = write(tmp_path / "a.tab", [(SQUARE, "prÃ©")], "MapInfo File", kind=ogr.wkbPolygon, options=options)
    text = (tmp_path / "a.tab").read_text("latin-1")
    assert "WindowsLatin1" in text  # the bytes are UTF-8, the table says otherwise
    layer = read_source(source, "x")
    assert list(layer.colonne("LIBELLE")) == ["pré"]
    assert "contradictoire" in said(layer)


def test_geojson_that_is_not_utf8(tmp_path):
    path = tmp_path / "a.geojson"
    path.write_bytes(
        '{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"LIBELLE":"forêt"},'
        '"geometry":{"type":"Point","coordinates":[0.3,46.4]}}]}'.encode("cp1252")
    )
    layer = read_source(path, "x")
    assert list(layer.colonne("LIBELLE")) == ["forêt"]
    assert "n'est pas en UTF-8" in said(layer)


# --- tables


@pytest.mark.parametrize(
    ("separator", "codec"), [(";", "utf-8"), (",", "utf-8"), ("\t", "utf-8"), (";", "cp1252"), (";", "utf-8-sig")]
)
def test_text_table(tmp_path, separator, codec):
    path = tmp_path / "chiffres d'été.csv"
    figure = "12.5" if separator == "," else "12,5"
    rows = [
        ["INSEE", "Nom", "logements", "texte"],
        ["01004", "Ambérieu", figure, "a;b,c"],
        ["2A004", "Ajaccio", "", 'dit "oui"'],
    ]
    quoted = [separator.join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows]
    path.write_bytes("\r\n".join(quoted).encode(codec))
    table = read_source(path, "programme")
    assert list(table.colonne("insee")) == ["01004", "2A004"]
    assert list(table.colonne("NOM")) == ["Ambérieu", "Ajaccio"]
    assert list(table.colonne("logements")) == [figure, None]
    assert list(table.colonne("texte")) == ["a;b,c", 'dit "oui"']
    assert shapely.is_missing(table.geometrie).all() and table.source.objets == 2


def test_text_table_faults(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("")
    with pytest.raises(SourceError, match="est vide"):
        read_source(path, "x")
    path.write_text("a;a\n1;2\n")
    with pytest.raises(SourceError, match="deux colonnes nommées « a »"):
        read_source(path, "x")
    path.write_text("a,b\n1,12,5\n4,3\n")
    with pytest.raises(SourceError, match="1 ligne plus longue que son en-tête .*ligne 2.*virgule décimale"):
        read_source(path, "x")
    path.write_text("a;b\n1;12,5\n4\n")
    assert list(read_source(path, "x").colonne("b")) == ["12,5", None]


@pytest.mark.parametrize(("suffix", "driver"), [(".xlsx", "XLSX"), (".ods", "ODS")])
def test_spreadsheet(tmp_path, suffix, driver):
    """All cells are text: without care, GDAL takes the header for a row."""
    source = write(tmp_path / f"a{suffix}", [(None, "01004", "Ambérieu")], driver, None, fields=("INSEE", "Nom"))
    table = read_source(source, "x")
    assert list(table.colonne("INSEE")) == ["01004"] and list(table.colonne("Nom")) == ["Ambérieu"]


# --- progress


def test_cancel(tmp_path):
    source = write(tmp_path / "a.gpkg", [(SQUARE, "a")])
    with pytest.raises(Cancelled):
        read_source(source, "x", progress=Progress(cancelled=lambda: True))
