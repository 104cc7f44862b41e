"""The dossier, against design document 4 and against what a GIS does with it."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest
import shapely
from osgeo import gdal, ogr
from qgis.core import QgsVectorLayer
from scot_compat.checks.base import Ecart, Etat, Repere
from scot_compat.checks.layers import Source, from_rows
from scot_compat.gis.geopackages.geopackage import read_table
from scot_compat.rules.model import Couche

#: design document 4, copied by hand: `:r` real, `:i` integer, else text
ECART = (
    "cle constat:i prescription etat objet objet_id libelle typezone insee surface_m2:r part_objet:r role "
    "mesure:r seuil:r unite message"
)
REPERE = "constat:i prescription nature libelle mesure:r unite"
CONTRACT = {
    "controle": "id date parametres version qgis geos shapely regles regles_sha256 scot scot_etat plu plu_etat crs "
    "duree_s:r",
    "sources": "couche nom chemin sha256 millesime precision objets:i crs encodage repares:i ignores:i limites",
    "prescriptions": "id intitule objectif pilier theme nature force article page url base_legale texte a_savoir "
    "questions pieces lecture etat nb_constats:i nb_ecarts:i nb_non_evalues:i cause",
    "constats": "id:i cle prescription volet jalon controle echelle territoire territoire_nom mesure:r unite "
    "seuil_min:r seuil_max:r ecart:r ecart_relatif:r etat message nb_objets:i limites",
    "ecarts": ECART,
    "ecarts_lignes": ECART.replace("surface_m2:r", "surface_m2:r longueur_m:r"),
    "ecarts_points": ECART,
    "reperes": REPERE,
    "reperes_lignes": REPERE,
    "zones": "objet_id libelle libelong typezone typezone_brut insee nomfic urlfic",
    "constats_libres": "cle prescription texte auteur date",
    "exceptions": "prescription objet_id libelle insee motif reference",
    "appreciations": "cle decision motif suite auteur date origine etat mesure:r unite",
}
GEOMETRY = {
    "ecarts": ogr.wkbMultiPolygon,
    "zones": ogr.wkbMultiPolygon,
    "ecarts_lignes": ogr.wkbMultiLineString,
    "ecarts_points": ogr.wkbMultiPoint,
    "reperes": ogr.wkbMultiPolygon,
    "reperes_lignes": ogr.wkbMultiLineString,
    "constats_libres": ogr.wkbUnknown,
}
TYPES = {"": ogr.OFTString, "r": ogr.OFTReal, "i": ogr.OFTInteger64}


def layer(path, name):
    found = QgsVectorLayer(f"{path}|layername={name}", name, "ogr")
    assert found.isValid()
    return found


# -- the contract ---------------------------------------------------------------------------------


@pytest.mark.parametrize("empty", [False, True])
def test_every_table_has_the_columns_of_the_contract(control, path, empty):
    if empty:
        control.answers, control.plu = [], replace(control.plu, zones=control.plu.zones.take([]), sources=())
    control.write(path)
    source = gdal.OpenEx(str(path), gdal.OF_VECTOR)
    for table, columns in CONTRACT.items():
        found = source.GetLayerByName(table)
        definition = found.GetLayerDefn()
        fields = [definition.GetFieldDefn(i) for i in range(definition.GetFieldCount())]
        expected = [(name, TYPES[kind]) for name, _, kind in (column.partition(":") for column in columns.split())]
        assert [(field.GetName(), field.GetType()) for field in fields] == expected, table
        assert found.GetGeomType() == GEOMETRY.get(table, ogr.wkbNone), table
        if table in GEOMETRY:
            assert found.GetSpatialRef().GetAuthorityCode(None) == "2154"
    if empty:
        assert all(source.GetLayerByName(table).GetFeatureCount() == (table == "controle") for table in CONTRACT)


def test_controle_tells_how_to_run_again(control, path):
    control.write(path)
    (row,) = read_table(path, "controle")
    assert row["date"] == "2026-03-01T12:30:05+00:00"
    assert json.loads(row["parametres"]) == {"plu": "/données/PLU d'été", "horizon": "2024-2035"}
    assert (row["regles"], row["regles_sha256"]) == ("règles d'été.yaml", "ab" * 32)
    assert (row["scot"], row["scot_etat"]) == ("SCoT du Val d'Exemple", "executoire")
    assert (row["plu"], row["plu_etat"], row["crs"], row["duree_s"]) == (
        "200000000_PLUi_20250612",
        "opposable",
        "EPSG:2154",
        1.5,
    )
    assert row["qgis"] and row["geos"] and row["shapely"]
    assert len(row["id"]) == 36


def test_sources_lists_the_plu_the_layers_the_tables_and_what_is_missing(control, path):
    control.layers = {"corridors": from_rows("corridors", [{"geometrie": LINE}])}
    control.tables = {"programme": from_rows("programme", [{"OAP": "1", "LOGEMENTS": 12}])}
    corridors = Couche("corridors", "Corridors", "ligne", precision_lue="1:25000", millesime="2023")
    control.couches = {"corridors": corridors}
    control.sources = (Source("reservoirs", limites=("introuvable",)),)
    control.write(path)
    rows = {row["couche"]: row for row in read_table(path, "sources")}
    assert list(rows) == ["ZONE_URBA", "corridors", "programme", "reservoirs"]
    assert rows["ZONE_URBA"]["limites"] == "Une limite.\nUne autre."
    assert (rows["ZONE_URBA"]["objets"], rows["ZONE_URBA"]["repares"], rows["ZONE_URBA"]["encodage"]) == (2, 1, "UTF-8")
    assert (rows["corridors"]["precision"], rows["corridors"]["millesime"]) == ("1:25000", "2023")
    assert rows["reservoirs"]["limites"] == "introuvable"


def test_prescriptions_carry_their_text_their_counts_and_their_questions(control, path):
    control.add("P70", Etat.SANS_ECART)
    control.write(path)
    p31, p60, p70 = read_table(path, "prescriptions")
    assert p31["url"] == "https://exemple.fr/doo.pdf#page=78"
    assert (p31["page"], p31["base_legale"]) == ("p. 78-79", "L141-7, L141-10")
    assert p31["lecture"] == "Une phrase.\nDeux phrases."
    assert (p31["etat"], p31["nb_constats"], p31["nb_ecarts"], p31["nb_non_evalues"]) == ("ecart_marque", 2, 3, 1)
    assert (p31["cause"], p31["force"], p31["pilier"]) == ("Couche absente.", "vise", "transitions")
    assert p60["questions"] == "Une OAP traite-t-elle l'entrée ?\nEt l'autre ?"
    assert (p60["pieces"], p60["etat"], p60["url"]) == ("oap\nrapport", "a_apprecier", "https://exemple.fr/doo.pdf")
    assert (p70["etat"], p70["cause"], p70["questions"]) == ("sans_ecart", "", "")


def test_constats_are_numbered_and_ecarts_refer_to_them(control, path):
    control.write(path)
    first, second, third = read_table(path, "constats")
    assert [row["id"] for row in (first, second, third)] == [1, 2, 3]
    assert (first["mesure"], first["unite"], first["seuil_min"], first["seuil_max"]) == (50.0, "%", None, 20.0)
    assert (first["ecart"], first["ecart_relatif"], first["nb_objets"]) == (30.0, 1.5, 2)
    assert first["limites"] == "Une limite.\nUne autre."
    assert {row["constat"] for row in read_table(path, "ecarts")} == {1}


def test_ecarts_go_to_the_table_of_their_dimension(control, path):
    place = shapely.Point(700010, 6600010)
    control.add("P80", Etat.A_APPRECIER, Ecart("PRESCRIPTION_PCT", "1", Etat.A_APPRECIER, place))
    control.add("P81", Etat.A_APPRECIER, Ecart("ZONE_URBA", "2", Etat.A_APPRECIER, shapely.Polygon(), libelle="vide"))
    control.write(path)
    surface, mixed, nothing, void = read_table(path, "ecarts")
    assert (surface["libelle"], surface["surface_m2"], surface["part_objet"]) == ("1AU", 5000.0, 0.5)
    assert surface["geom"].geom_type == "MultiPolygon" and surface["geom"].area == 5000.0
    assert (nothing["objet"], nothing["geom"], nothing["message"]) == ("reservoirs", None, "Rien à dessiner.")
    assert (void["libelle"], void["geom"]) == ("vide", None)
    (line,) = read_table(path, "ecarts_lignes")
    assert (line["cle"], line["longueur_m"], line["surface_m2"]) == (mixed["cle"], 50.0, None)
    assert mixed["surface_m2"] == 5000.0
    (point,) = read_table(path, "ecarts_points")
    assert (point["prescription"], point["geom"].geom_type) == ("P80", "MultiPoint")


def test_zones_and_exceptions(control, path):
    control.write(path)
    first, second = read_table(path, "zones")
    assert (first["libelle"], first["typezone"], first["insee"], first["geom"].area) == ("1AU", "AUc", "18001", 10000.0)
    assert (second["typezone_brut"], second["insee"], second["nomfic"]) == ("Nh", None, None)
    (spared,) = read_table(path, "exceptions")
    assert (spared["objet_id"], spared["motif"], spared["reference"]) == ("9", "Zone de bruit", "DOO p. 46")


# -- the SCoT layers kept -------------------------------------------------------------------------

LINE = shapely.LineString([(690000, 6600050), (710000, 6600050)])


def test_scot_layers_are_kept_around_the_plu(control, path):
    far = shapely.box(900000, 6600000, 900100, 6600100)
    pond = shapely.box(700000, 6600000, 800000, 6600100)
    control.layers = {
        "Réservoirs d'eau": from_rows(
            "r",
            [
                {"geometrie": pond, "NOM": "l'étang", "fid": 7, "nom": 2.0, "GEOM": None},
                {"geometrie": far, "NOM": "loin"},
                {"geometrie": None, "NOM": "nulle part"},
            ],
        ),
        "corridors": from_rows("corridors", [{"geometrie": LINE, "TYPE": "terrestre"}]),
        "ailleurs": from_rows("ailleurs", [{"geometrie": far}]),
        "arbres": from_rows("arbres", [{"geometrie": shapely.Point(700000, 6600000)}]),
    }
    control.write(path)
    (kept,) = read_table(path, "scot_reservoirs_d_eau")
    assert kept["geom"].bounds == (700000, 6600000, 701200, 6600100)  # 1 km beyond the zones
    assert kept == {"fid": 1, "geom": kept["geom"], "NOM": "l'étang", "fid_2": "7", "nom_2": "2", "GEOM_2": None}
    (corridor,) = read_table(path, "scot_corridors")
    assert corridor["geom"].length == 2200.0
    assert read_table(path, "scot_ailleurs") == []
    assert layer(path, "scot_arbres").featureCount() == 1


# -- read by others -------------------------------------------------------------------------------


def test_qgis_reads_it_with_indexes_and_extents(control, path):
    control.write(path)
    zones = layer(path, "zones")
    assert zones.extent().toRectF().getRect() == (700000.0, 6600000.0, 200.0, 100.0)
    ecarts = layer(path, "ecarts")
    assert ecarts.featureCount() == 3
    assert sum(feature.hasGeometry() for feature in ecarts.getFeatures()) == 2
    with closing(sqlite3.connect(str(path))) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        indexed = {row[0] for row in connection.execute("SELECT table_name FROM gpkg_extensions")}
        extents = connection.execute("SELECT min_x, max_y FROM gpkg_contents WHERE table_name = 'zones'").fetchone()
        assert set(GEOMETRY) <= indexed
        assert extents == (700000.0, 6600100.0)


def test_drawings_that_help_to_read_a_constat(control, path):
    """By dimension, with the number of their constat; nothing that is counted as a departure."""
    across = Repere("passage", "50 m", shapely.LineString([(700010, 6600000), (700010, 6600050)]), 50.0, "m")
    unused = Repere("inutilisable", "libre", shapely.box(700000, 6600000, 700020, 6600010), 200.0, "m2")
    control.add("P92", Etat.ECART_FAIBLE, reperes=(across, unused))
    control.write(path)
    number = read_table(path, "constats")[-1]["id"]
    (line,), (surface,) = read_table(path, "reperes_lignes"), read_table(path, "reperes")
    for row, kind, geometry in ((line, across, "MultiLineString"), (surface, unused, "MultiPolygon")):
        assert (row["constat"], row["prescription"], row["nature"]) == (number, "P92", kind.nature)
        assert (row["libelle"], row["mesure"], row["unite"]) == (kind.libelle, kind.mesure, kind.unite)
        assert row["geom"].geom_type == geometry and row["geom"].equals(kind.geometrie)
    assert read_table(path, "prescriptions")[-1]["nb_ecarts"] == 0


def test_layers_are_styled_at_once(control, path):
    control.layers = {"corridors": from_rows("corridors", [{"geometrie": LINE}])}
    control.write(path)
    by = {"ecarts": "etat", "ecarts_lignes": "etat", "ecarts_points": "etat", "zones": "typezone"}
    for table, attribute in by.items():
        styled = layer(path, table)
        assert styled.renderer().type() == "categorizedSymbol", table
        assert styled.renderer().classAttribute() == attribute
    assert layer(path, "ecarts").labelsEnabled()
    assert layer(path, "constats").attributeAlias(2) == "Clé"
    assert layer(path, "scot_corridors").renderer().symbol().color().name() == "#1b7837"


STRANGE = '<img src=x onerror="alert(1)"> \'; DROP TABLE ecarts; -- « é » 🏘️ \x00\udce9 ' + "x" * 10_000


def test_strange_text_comes_back_as_text(control, path):
    control.add("P90", Etat.ECART_FAIBLE, Ecart("ZONE_URBA", "1", Etat.ECART_FAIBLE, message=STRANGE), message=STRANGE)
    control.write(path)
    expected = STRANGE.replace("\x00", "").replace("\udce9", "?")
    assert read_table(path, "ecarts")[-1]["message"] == expected
    assert [f["message"] for f in layer(path, "ecarts").getFeatures()][-1] == expected
    assert read_table(path, "constats")[-1]["message"] == expected


def test_not_a_number_is_null(control, path):
    control.add("P91", Etat.A_APPRECIER, mesure=float("nan"), ecart=float("inf"))
    control.write(path)
    assert read_table(path, "constats")[-1]["mesure"] is None
    assert read_table(path, "constats")[-1]["ecart"] is None


def test_odd_paths(control, tmp_path):
    folder = tmp_path / "Résultats de l'été (œuvre) 100 %"
    folder.mkdir()
    for name in ("Écarts d'Été.gpkg", "a#b?c=1.GPKG", "🏘️.gpkg"):
        control.write(str(folder / name))
        assert len(read_table(folder / name, "constats")) == 3
    assert len(list(folder.iterdir())) == 3
