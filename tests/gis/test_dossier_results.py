"""A dossier read back for the dock: every row, or a French sentence that says what is wrong, never a part of it."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing

import pytest
import shapely
from osgeo import ogr
from qgis.core import QgsGeometry, QgsRectangle, QgsVectorLayer
from scot_compat.checks.base import Ecart, Etat
from scot_compat.gis.comparison.side import moved_wkb, sides
from scot_compat.gis.dossier import DossierError
from scot_compat.gis.dossier_results import DossierResults, check_dossier
from scot_compat.gis.geopackages.geopackage import GeoPackageError, filled, read_columns, read_wkb
from scot_compat.gis.instruction.decisions import Decision, Subject, Verdict
from scot_compat.gis.results import ConstatRow, EcartRow, row

PLACE = shapely.box(700000, 6600000, 700100, 6600100)


def execute(path, *statements):
    with closing(sqlite3.connect(str(path))) as connection, connection:
        for statement in statements:
            connection.execute(statement)


def put_state(path, table, etat):
    """By OGR: SQLite alone has not the functions of the spatial indexes."""
    source = ogr.Open(str(path), 1)
    layer = source.GetLayerByName(table)
    feature = layer.GetNextFeature()
    feature.SetField("etat", etat)
    layer.SetFeature(feature)


def refused(path):
    with pytest.raises(DossierError) as refusal:
        DossierResults(path)
    said = str(refusal.value)
    assert path.name in said and said.endswith(".")
    return said


# -- what is read ---------------------------------------------------------------------------------


def test_the_run_its_prescriptions_and_its_sources(control, path):
    control.write(path)
    results = DossierResults(path)
    assert results.path == path
    run = results.controle
    assert (run.plu, run.plu_etat) == ("200000000_PLUi_20250612", "opposable")
    assert (run.scot, run.scot_etat, run.regles) == ("SCoT du Val d'Exemple", "executoire", "règles d'été.yaml")
    assert (run.date, run.crs) == ("2026-03-01T12:30:05+00:00", "EPSG:2154")
    p31, p60 = results.prescriptions
    assert (p31.id, p31.etat, p31.page, p31.force, p31.theme) == ("P31", Etat.ECART_MARQUE, "p. 78-79", "vise", "tvb")
    assert (p31.cause, p31.lecture) == ("Couche absente.", "Une phrase.\nDeux phrases.")
    assert (p60.id, p60.etat, p60.cause) == ("P60", Etat.A_APPRECIER, "")
    (source,) = results.sources
    assert (source.couche, source.objets, source.crs) == ("ZONE_URBA", 2, "EPSG:2154")
    assert source.limites == "Une limite.\nUne autre."


def test_every_answer_in_the_order_of_the_rules_figures_unknown_left_unknown(control, path):
    control.add("P05", Etat.SANS_ECART, mesure=0.0, seuil_min=0.0)
    control.write(path)
    departure, missing, to_read, fine = DossierResults(path).constats
    assert [one.id for one in (departure, missing, to_read, fine)] == [1, 2, 3, 4]
    assert (departure.mesure, departure.unite, departure.seuil_max, departure.seuil_min) == (50.0, "%", 20.0, None)
    assert (departure.ecart, departure.ecart_relatif, departure.nb_objets) == (30.0, 1.5, 2)
    assert (missing.etat, missing.mesure, missing.message) == (Etat.NON_EVALUE, None, "Couche absente.")
    assert (fine.mesure, fine.seuil_min) == (0.0, 0.0)  # nought is a figure, not an absence
    assert len({one.cle for one in (departure, missing, to_read, fine)}) == 4


def test_objects_at_fault_by_constat_the_worst_first(control, path):
    """A mixed conflict has a row in each table of its dimensions, under one key."""
    control.write(path)
    ecarts = DossierResults(path).ecarts
    assert list(ecarts) == [1]
    marked, nowhere, mixed, line = ecarts[1]
    assert (marked.libelle, marked.etat, marked.surface_m2) == ("1AU", Etat.ECART_MARQUE, 5000.0)
    assert (nowhere.etat, nowhere.message, nowhere.libelle) == (Etat.ECART_MARQUE, "Rien à dessiner.", "")
    assert [(one.table, one.etat) for one in (mixed, line)] == [
        ("ecarts", Etat.ECART_FAIBLE),
        ("ecarts_lignes", Etat.ECART_FAIBLE),
    ]
    assert (mixed.cle, mixed.longueur_m) == (line.cle, None)
    assert (line.longueur_m, line.surface_m2) == (50.0, None)  # 30 m by 40 m


def test_contributors_come_after_those_at_fault_and_the_largest_before(control, path):
    ecarts = [
        Ecart("Z", "1", Etat.ECART_MARQUE, PLACE, libelle="contribue", role="contribue"),
        Ecart("Z", "2", Etat.ECART_FAIBLE, PLACE, libelle="petit", surface_m2=10.0, role="en_cause"),
        Ecart("Z", "3", Etat.ECART_FAIBLE, PLACE, libelle="grand", surface_m2=900.0, role="en_cause"),
        Ecart("Z", "4", Etat.SENS_CONTRAIRE, PLACE, libelle="pire", surface_m2=1.0, role="en_cause"),
    ]
    control.add("P70", Etat.SENS_CONTRAIRE, *ecarts)
    control.write(path)
    assert [one.libelle for one in DossierResults(path).ecarts[4]] == ["pire", "grand", "petit", "contribue"]


def test_geometries_in_the_order_asked_null_where_there_is_none(control, path):
    control.write(path)
    results = DossierResults(path)
    marked, nowhere, mixed, line = results.ecarts[1]
    length, nothing, area = results.geometries([line, nowhere, marked])
    assert nothing.isNull()
    assert length.length() == 50.0
    assert area.area() == 5000.0 and area.boundingBox().xMinimum() == 700050.0
    assert list(results.geometries([])) == []


def test_more_geometries_than_sqlite_binds_at_once(control, path):
    places = [shapely.box(i, 0, i + 1, i + 1) for i in range(2000)]
    control.add("P70", Etat.ECART_FAIBLE, *(Ecart("Z", str(i), Etat.ECART_FAIBLE, p, p) for i, p in enumerate(places)))
    control.write(path)
    results = DossierResults(path)
    ecarts = results.ecarts[4]
    assert len(ecarts) == 2000
    assert [round(g.area()) for g in results.geometries(ecarts)] == list(range(2000, 0, -1))


def test_an_empty_control(control, path):
    control.answers = []
    control.write(path)
    results = DossierResults(path)
    assert (len(results.prescriptions), len(results.constats), dict(results.ecarts)) == (0, 0, {})


def test_odd_path_and_a_layer_of_it_on_the_map(control, tmp_path):
    path = tmp_path / "Écarts de l'été #1 100 %.gpkg"
    control.write(path)
    shown = QgsVectorLayer(f"{path}|layername=ecarts", "ecarts", "ogr")
    assert shown.isValid()
    assert len(DossierResults(path).constats) == 3
    del shown


def test_a_column_of_another_version_is_left_aside(control, path):
    control.write(path)
    execute(path, "ALTER TABLE constats ADD inconnue TEXT", "UPDATE constats SET inconnue = 'x'")
    assert DossierResults(path).constats[0].mesure == 50.0


# -- what is refused ------------------------------------------------------------------------------


def test_no_such_file_and_none_is_made(tmp_path):
    path = tmp_path / "perdu.gpkg"
    assert "n'existe pas" in refused(path)
    assert not path.exists()
    assert "n'existe pas" in refused(tmp_path)


@pytest.mark.parametrize("content", [b"", b"du texte" * 500, b"SQLite format 3\x00" + b"\x07" * 3000])
def test_a_file_that_is_no_geopackage(tmp_path, content):
    path = tmp_path / "notes d'été.gpkg"
    path.write_bytes(content)
    assert "n'est pas un dossier de Compatibilité SCoT" in refused(path)
    assert path.read_bytes() == content


def test_a_geopackage_that_is_no_dossier(root):
    assert "n'est pas un dossier de Compatibilité SCoT" in refused(root / "resources" / "demo" / "scot.gpkg")


def test_a_dossier_without_its_run(control, path):
    control.write(path)
    execute(path, "DELETE FROM controle")
    assert "ne contient aucun contrôle" in refused(path)


@pytest.mark.parametrize("share", [0.02, 0.3, 0.6, 0.95, 0.999])
def test_a_truncated_dossier_is_refused_or_read_whole(control, path, share):
    """Cut anywhere, it never gives a part of its rows."""
    places = [shapely.box(i, 0, i + 1, 1) for i in range(300)]
    control.add("P70", Etat.ECART_FAIBLE, *(Ecart("Z", str(i), Etat.ECART_FAIBLE, p, p) for i, p in enumerate(places)))
    control.write(path)
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * share)])
    try:
        results = DossierResults(path)
    except DossierError as refusal:
        assert path.name in str(refusal)
    else:
        assert (len(results.constats), len(results.ecarts[4])) == (4, 300)


def test_what_sqlite_says_of_a_damaged_file_is_told_in_french(control, path):
    control.write(path)
    with open(path, "r+b") as file:
        file.truncate(4096)
    assert "fichier tronqué ou abîmé" in refused(path)
    path.unlink()
    control.write(path)
    execute(path, "DROP TABLE sources")
    assert "il y manque la table sources" in refused(path)


@pytest.mark.parametrize("table", ["prescriptions", "constats", "ecarts"])
def test_an_unknown_state_is_told_with_its_value(control, path, table):
    control.write(path)
    put_state(path, table, "écart énorme")
    said = refused(path)
    assert "« écart énorme »" in said and "mettez l'extension à jour" in said


@pytest.mark.parametrize("table, column", [("constats", "etat"), ("constats", "message"), ("prescriptions", "etat")])
def test_an_empty_column_that_must_not_be(control, path, table, column):
    control.write(path)
    execute(path, f"UPDATE {table} SET {column} = NULL")
    said = refused(path)
    assert column in said and "missing" not in said


@pytest.mark.parametrize(
    "table, column",
    [("constats", "mesure"), ("prescriptions", "cause"), ("appreciations", "motif"), ("controle", "id")],
)
def test_a_column_that_went_is_told_and_not_read_as_empty(control, path, table, column):
    """A decision would be written without its reason, a departure shown without its figure."""
    control.write(path)
    execute(path, f"ALTER TABLE {table} RENAME COLUMN {column} TO autre")
    assert f"il manque {column} dans la table {table}" in refused(path)


@pytest.mark.parametrize(
    "statement, said",
    [
        ("UPDATE constats SET mesure = 'beaucoup'", "mesure : « beaucoup »"),
        ("UPDATE constats SET mesure = 9e999", "mesure : nombre infini"),
        ("UPDATE constats SET message = x'ff00'", "message : données binaires"),
        ("UPDATE controle SET date = x'ff'", "date : données binaires"),
        ("INSERT INTO appreciations (cle, decision) VALUES ('k', 'peut-être')", "décision : « peut-être »"),
        ("INSERT INTO appreciations (cle, suite) VALUES ('k', 'bof')", "suite : « bof »"),
        ("INSERT INTO appreciations (cle, mesure) VALUES ('k', 'x')", "mesure : « x »"),
    ],
)
def test_a_value_of_another_kind_is_told_with_its_column(control, path, statement, said):
    control.write(path)
    execute(path, statement)
    assert said in refused(path)


@pytest.mark.parametrize(
    "statement, said",
    [
        ("UPDATE constats SET prescription = 'P99' WHERE id = 1", "1 constat de prescription absente : « P99 »"),
        ("DELETE FROM prescriptions WHERE id = 'P31'", "2 constats de prescription absente : « P31 »"),
        ("DELETE FROM constats WHERE id = 1", "écarts de constat absent : « 1 »"),
        ("UPDATE prescriptions SET id = 'P31'", "prescription « P31 » en double"),
        ("UPDATE constats SET cle = 'c'", "clé de constat « c » en double"),
    ],
)
def test_rows_that_hang_in_the_air_or_stand_twice_are_told(control, path, statement, said):
    """Left out without a word, or judged with those of another."""
    control.write(path)
    execute(path, statement)
    assert said in refused(path)


def test_a_dossier_in_use_is_not_said_to_be_something_else(control, path, monkeypatch):
    control.write(path)
    connect = sqlite3.connect  # without the usual patience
    monkeypatch.setattr(sqlite3, "connect", lambda place, **_: connect(place, timeout=0.05))
    with closing(sqlite3.connect(str(path))) as connection:
        connection.execute("BEGIN EXCLUSIVE")
        said = refused(path)
        connection.rollback()
    assert "occupé par un autre logiciel" in said and "n'est pas un dossier" not in said
    check_dossier(path)


def test_geometries_of_a_dossier_that_left(control, path):
    """Nothing is made in its place: an empty file there would be taken for someone else's."""
    control.write(path)
    results = DossierResults(path)
    path.unlink()
    with pytest.raises(DossierError, match=path.name):
        results.geometries(results.ecarts[1])
    assert not path.exists()


def test_a_geometry_that_is_none(control, path):
    control.write(path)
    results = DossierResults(path)
    with closing(sqlite3.connect(str(path))) as connection, connection:
        connection.execute("DROP TRIGGER IF EXISTS rtree_ecarts_geom_update1")
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f'DROP TRIGGER "{name}"')
        connection.execute("UPDATE ecarts SET geom = X'0102' WHERE geom IS NOT NULL")
    with pytest.raises(DossierError, match="géométrie"):
        results.geometries(results.ecarts[1])


# -- one row, one table ---------------------------------------------------------------------------


def test_a_row_takes_what_it_knows():
    given = {"id": 3, "cle": "k", "prescription": "P1", "etat": "sans_ecart", "message": "m", "mesure": None, "geom": 1}
    assert row(ConstatRow, given) == ConstatRow(3, "k", "P1", Etat.SANS_ECART, "m")
    with pytest.raises(ValueError, match="constat"):
        row(EcartRow, {"table": "ecarts", "fid": 1, "cle": "k", "etat": "sans_ecart", "constat": None})


def test_columns_of_a_table_without_its_geometry(control, path):
    control.write(path)
    rows = read_columns(path, "zones")
    assert [one["libelle"] for one in rows] == ["1AU", "N"]
    assert [one["fid"] for one in rows] == [1, 2] and "geom" not in rows[0]
    assert filled(path, ["zones", "appreciations"]) == {"zones"} and filled(path, []) == set()
    assert len(read_wkb(path, "zones", [2, 1, 77])) == 2
    assert shapely.from_wkb(read_wkb(path, "zones", [1])[1]).bounds == PLACE.bounds


@pytest.mark.parametrize("read", [lambda p: read_columns(p, 'a"b'), lambda p: filled(p, ["é; DROP TABLE zones"])])
def test_no_such_table(control, path, read):
    control.write(path)
    with pytest.raises(GeoPackageError, match="no such table"):
        read(path)
    assert len(read_columns(path, "zones")) == 2


def test_shapes_of_another_run_are_not_given(controlled, path):
    """Made anew meanwhile, the file has other shapes under the same numbers."""
    shutil.copyfile(controlled, path)
    results = DossierResults(path)
    (ecart, *_) = next(iter(results.ecarts.values()))
    with closing(sqlite3.connect(str(path))) as connection, connection:
        connection.execute("UPDATE controle SET id = 'un autre'")
    with pytest.raises(DossierError, match="refait depuis son ouverture"):
        results.geometries([ecart])


def test_a_dossier_of_a_former_version_is_opened_appraised_and_remade(control, path):
    """It had no drawings that help to read a constat, nor the state on which a decision was taken."""
    control.write(path)
    with closing(sqlite3.connect(str(path))) as connection, connection:
        for name in ("reperes", "reperes_lignes"):
            connection.execute(f"DELETE FROM gpkg_contents WHERE table_name = '{name}'")
        for name in ("etat", "mesure", "unite"):
            connection.execute(f"ALTER TABLE appreciations DROP COLUMN {name}")
    results = DossierResults(path)
    assert results.notebook.claim() == "" and len(results.constats) == 3
    results.notebook.decide([Subject("k")], Verdict(Decision.RETENU, "Vu."), "Zoé")
    results.notebook.close()
    control.write(path)
    assert DossierResults(path).notebook.of("k").motif == "Vu."


# -- two of them compared -------------------------------------------------------------------------


@pytest.fixture(params=["x'4750000100000000ff'", "x'ff'", "1e308"])
def junk(control, path, request):
    """A dossier whose écarts have a shape cut short: a header, then one byte; one byte; a number."""
    control.write(path)
    with closing(sqlite3.connect(str(path))) as connection, connection:
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f'DROP TRIGGER "{name}"')
        connection.execute(f"UPDATE ecarts SET geom = {request.param}")
    return DossierResults(path)


def test_a_shape_cut_short_is_told_by_a_comparison_and_by_the_map(junk):
    with pytest.raises(DossierError, match="géométrie est illisible"):
        sides(junk, junk)
    with pytest.raises(DossierError, match="géométrie est illisible"):
        junk.meeting(QgsGeometry.fromRect(QgsRectangle(700060, 6600010, 700090, 6600050)))


@pytest.mark.parametrize("crs", ["", "EPSG:999999", "autre"])
def test_a_dossier_of_an_unknown_projection_is_compared_with_none(control, path, crs):
    control.write(path)
    execute(path, f"UPDATE controle SET crs = '{crs}'")
    results = DossierResults(path)
    with pytest.raises(DossierError, match="projection du dossier « dossier.gpkg » est inconnue"):
        sides(results, results)


def test_what_has_no_place_in_the_other_projection_is_moved_nowhere():
    """QGIS gives infinite coordinates, which no GeoPackage takes: 700 000 degrees east."""
    assert moved_wkb(shapely.to_wkb(PLACE), "EPSG:4326", "EPSG:2154") is None
