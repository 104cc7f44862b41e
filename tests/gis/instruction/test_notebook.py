"""Decisions of the instructor: asked in full, appended at once, undone by appending, read back as they were."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest
import shapely
from qgis.core import QgsVectorLayer
from scot_compat.checks.base import Etat
from scot_compat.gis.geopackages.geopackage import read_table
from scot_compat.gis.instruction.decisions import Appraisal, Decision, FreeFinding, Refused, Subject, Suite, Verdict
from scot_compat.gis.instruction.notebook import Notebook

KEPT = Verdict(Decision.RETENU, "Zone humide avérée sur l'OAP n° 3.", Suite.RESERVE)
LESS = Verdict(Decision.NUANCE, "Déjà bâti en partie.")
DENSITY = Subject("k1", "ecart_marque", 18.2, "logt/ha")


@pytest.fixture
def dossier(control, path):
    """A dossier of one control, nothing decided yet."""
    control.write(path)
    return path


@pytest.fixture
def notebook(dossier):
    opened = Notebook.of_dossier(dossier)
    opened.claim()
    yield opened
    opened.close()


def rows(path):
    return read_table(path, "appreciations")


def test_a_decision_is_in_the_file_when_decide_returns(notebook, dossier):
    notebook.decide([DENSITY], KEPT, "Zoé N'Diaye")
    (row,) = rows(dossier)
    assert (row["cle"], row["decision"], row["motif"], row["suite"], row["auteur"]) == (
        "k1",
        "retenu",
        "Zone humide avérée sur l'OAP n° 3.",
        "reserve",
        "Zoé N'Diaye",
    )
    assert (row["etat"], row["mesure"], row["unite"], row["origine"]) == ("ecart_marque", 18.2, "logt/ha", "saisie")
    assert row["date"].startswith("20") and row["date"].endswith("Z")


@pytest.mark.parametrize("decision", [one for one in Decision if one is not Decision.EN_ATTENTE])
def test_every_decision_but_waiting_needs_a_reason(notebook, dossier, decision):
    with pytest.raises(Refused, match="motif"):
        notebook.decide([DENSITY], Verdict(decision, "  \n"), "Zoé")
    assert rows(dossier) == [] and notebook.of("k1") is None and not notebook.can_undo


def test_waiting_needs_none(notebook):
    notebook.decide([DENSITY], Verdict(Decision.EN_ATTENTE), "Zoé")
    assert not notebook.decided("k1") and notebook.of("k1").decision is Decision.EN_ATTENTE


def test_several_rows_at_once_are_one_click_to_undo(notebook, dossier):
    notebook.decide([DENSITY], LESS, "Zoé")
    notebook.decide([DENSITY, Subject("k2"), Subject("k2"), Subject("k3")], KEPT, "Zoé")
    assert [row["cle"] for row in rows(dossier)] == ["k1", "k1", "k2", "k3"]
    assert set(notebook.undo("Ali")) == {"k1", "k2", "k3"}
    assert notebook.of("k1").decision is Decision.NUANCE and notebook.of("k1").motif == LESS.motif
    assert not notebook.decided("k2") and not notebook.decided("k3")
    last = rows(dossier)[-3:]
    assert {(row["decision"], row["origine"], row["auteur"]) for row in last} == {
        ("nuance", "annulation", "Ali"),
        ("en_attente", "annulation", "Ali"),
    }


def test_undo_and_redo_append_and_go_both_ways(notebook, dossier):
    notebook.decide([DENSITY], LESS, "Zoé")
    notebook.decide([DENSITY], KEPT, "Zoé")
    notebook.undo("Zoé")
    notebook.undo("Zoé")
    assert not notebook.decided("k1") and not notebook.can_undo
    notebook.redo("Zoé")
    assert notebook.of("k1").motif == LESS.motif
    notebook.redo("Zoé")
    assert (notebook.of("k1").motif, notebook.of("k1").suite) == (KEPT.motif, Suite.RESERVE)
    assert not notebook.can_redo and notebook.can_undo
    assert [row["origine"] for row in rows(dossier)] == ["saisie"] * 2 + ["annulation"] * 2 + ["rétablissement"] * 2
    assert notebook.undo("Zoé") == ("k1",) and notebook.of("k1").motif == LESS.motif


def test_a_new_decision_leaves_nothing_to_redo(notebook):
    notebook.decide([DENSITY], LESS, "Zoé")
    notebook.undo("Zoé")
    notebook.decide([DENSITY], KEPT, "Zoé")
    assert not notebook.can_redo and notebook.redo("Zoé") == ()


def test_history_is_whole_and_read_back(notebook, dossier):
    notebook.decide([DENSITY], LESS, "Zoé")
    notebook.decide([DENSITY], KEPT, "Ali")
    again = Notebook.of_dossier(dossier)
    assert [(one.decision, one.auteur) for one in again.history("k1")] == [
        (Decision.NUANCE, "Zoé"),
        (Decision.RETENU, "Ali"),
    ]
    assert again.of("k1") == notebook.of("k1")
    assert not again.can_undo, "what was decided another day is not undone by a key"


def test_a_dossier_only_read_refuses(dossier):
    with pytest.raises(Refused, match="lecture"):
        Notebook.of_dossier(dossier).decide([DENSITY], KEPT, "Zoé")


@pytest.mark.parametrize(
    ("now", "stale"),
    [
        (Subject("k1", "ecart_marque", 18.2, "logt/ha"), False),
        (Subject("k1", "ecart_marque", 18.2 + 1e-9, "logt/ha"), False),
        (Subject("k1", "ecart_marque", 18.3, "logt/ha"), True),
        (Subject("k1", "ecart_faible", 18.2, "logt/ha"), True),
        (Subject("k1", "ecart_marque", None, "logt/ha"), True),
        (Subject("k1", "ecart_marque", 18.2, "m2/logt"), True),
    ],
)
def test_a_reason_is_stale_when_what_it_was_given_for_has_changed(notebook, now, stale):
    notebook.decide([DENSITY], KEPT, "Zoé")
    assert notebook.of("k1").stale(now) is stale


def test_a_decision_of_a_former_version_without_its_measure_is_not_said_stale():
    assert not Appraisal("k1", Decision.RETENU, "Vu.").stale(DENSITY)


# -- findings added by hand -----------------------------------------------------------------------


def test_a_finding_is_added_amended_and_withdrawn_by_appending(notebook, dossier):
    first = notebook.add_free("  Une OAP manque à l'entrée est.  ", "Zoé", "P60")
    second = notebook.amend_free(first, "Deux OAP manquent.", "Ali", "P61", None)
    assert (first.texte, first.prescription) == ("Une OAP manque à l'entrée est.", "P60")
    assert (second.cle, second.prescription) == (first.cle, "P61")
    assert notebook.free == (second,)
    notebook.withdraw_free(second, "Zoé")
    assert notebook.free == () and Notebook.of_dossier(dossier).free == ()
    assert [row["texte"] for row in read_table(dossier, "constats_libres")] == [
        "Une OAP manque à l'entrée est.",
        "Deux OAP manquent.",
        "",
    ]


def test_an_empty_finding_is_refused(notebook, dossier):
    with pytest.raises(Refused, match="vide"):
        notebook.add_free(" ", "Zoé")
    assert read_table(dossier, "constats_libres") == []


@pytest.mark.parametrize(
    "drawn", [shapely.Point(700010, 6600010), shapely.box(700000, 6600000, 700050, 6600050), shapely.Point()]
)
def test_a_drawn_finding_is_a_feature_of_the_geopackage(notebook, dossier, drawn):
    notebook.add_free("Haie arrachée", "Zoé", wkb=drawn.wkb)
    (row,) = read_table(dossier, "constats_libres")
    assert row["geom"].equals(drawn) or (row["geom"].is_empty and drawn.is_empty)
    layer = QgsVectorLayer(f"{dossier}|layername=constats_libres", "libres", "ogr")
    assert layer.featureCount() == 1
    if not drawn.is_empty:
        window = layer.extent()
        assert window.xMinimum() == drawn.bounds[0] and window.yMaximum() == drawn.bounds[3]
        layer.selectByRect(window.buffered(1))
        assert layer.selectedFeatureCount() == 1, "found by the spatial index"
    (read,) = Notebook.of_dossier(dossier).free
    assert shapely.from_wkb(read.wkb).equals(drawn) or drawn.is_empty


def test_the_extent_follows_what_is_drawn_after_another_control(notebook, dossier, control):
    notebook.add_free("Ici", "Zoé", wkb=shapely.Point(700010, 6600010).wkb)
    notebook.close()
    control.write(dossier)
    again = Notebook.of_dossier(dossier)
    again.claim()
    again.add_free("Là", "Zoé", wkb=shapely.Point(700500, 6600900).wkb)
    again.close()
    layer = QgsVectorLayer(f"{dossier}|layername=constats_libres", "libres", "ogr")
    assert (layer.extent().xMinimum(), layer.extent().xMaximum()) == (700010, 700500)
    assert layer.extent().yMaximum() == 6600900


# -- what may be in the way -----------------------------------------------------------------------


def test_another_program_that_writes_is_waited_for_then_told(notebook, dossier):
    with closing(sqlite3.connect(str(dossier), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(Refused, match="occupé par un autre logiciel"):
            notebook.decide([DENSITY], KEPT, "Zoé")
    assert rows(dossier) == [] and notebook.of("k1") is None
    notebook.decide([DENSITY], KEPT, "Zoé")
    assert len(rows(dossier)) == 1


def test_a_row_that_someone_else_added_is_read_first(notebook, dossier):
    with closing(sqlite3.connect(str(dossier))) as other, other:
        other.execute("INSERT INTO appreciations (cle, decision) VALUES ('k1', 'retenu')")
    with pytest.raises(Refused, match="rouvrez-le"):
        notebook.decide([DENSITY], LESS, "Zoé")
    assert len(rows(dossier)) == 1


def test_a_dossier_made_anew_meanwhile_is_not_written_in(notebook, dossier, control):
    control.write(dossier)  # this process holds the dossier: it may
    with pytest.raises(Refused, match="refait"):
        notebook.decide([DENSITY], LESS, "Zoé")


def test_a_dossier_moved_away_is_told(notebook, dossier):
    dossier.rename(dossier.with_name("ailleurs.gpkg"))
    with pytest.raises(Refused, match="n'est plus là"):
        notebook.decide([DENSITY], KEPT, "Zoé")
    assert not dossier.exists(), "SQLite must not make an empty one"


def test_a_decision_of_a_table_without_the_later_columns_is_kept(dossier):
    with closing(sqlite3.connect(str(dossier))) as other, other:
        for name in ("etat", "mesure", "unite"):
            other.execute(f"ALTER TABLE appreciations DROP COLUMN {name}")
    notebook = Notebook.of_dossier(dossier)
    notebook.claim()
    notebook.decide([DENSITY], KEPT, "Zoé")
    notebook.close()
    assert rows(dossier)[0]["motif"] == KEPT.motif
    assert not Notebook.of_dossier(dossier).of("k1").stale(Subject("k1", Etat.SANS_ECART.value))


def test_rows_of_another_dossier_are_carried_as_they_are_and_undone_at_once(notebook, dossier):
    theirs = [
        Appraisal(cle, Decision.RETENU, "Vu.", Suite.RESERVE, "Zoé", "2024-03-05T08:00:00Z", "reprise de v1.gpkg")
        for cle in ("k1", "k2")
    ]
    finding = FreeFinding("f1", "Une haie manque.", auteur="Zoé", wkb=shapely.to_wkb(shapely.Point(700050, 6600050)))
    notebook.carry(theirs, [finding])
    again = Notebook.of_dossier(dossier)
    assert [again.of(row.cle) for row in theirs] == theirs and again.free == (finding,)
    assert again.has_free("f1") and not again.has_free("f2")
    assert notebook.undo("Paul") == ("k1", "k2")
    assert not notebook.decided("k1") and notebook.free == (finding,)


def test_carried_all_or_nothing(notebook, dossier):
    """The findings are refused: the appraisals, first in the transaction, are not kept either."""
    with closing(sqlite3.connect(dossier)) as connection:
        connection.execute("CREATE TRIGGER n BEFORE INSERT ON constats_libres BEGIN SELECT RAISE(ABORT, 'non'); END")
        connection.commit()
    with pytest.raises(Refused):
        notebook.carry(
            [Appraisal("k1", Decision.RETENU, "Vu.")],
            [FreeFinding("f1", "Ici.", wkb=shapely.to_wkb(shapely.Point(0, 0)))],
        )
    assert rows(dossier) == [] and notebook.of("k1") is None and not notebook.can_undo


def test_nothing_is_carried_into_a_dossier_opened_to_be_read(dossier):
    with pytest.raises(Refused, match="lecture"):
        Notebook.of_dossier(dossier).carry([Appraisal("k1", Decision.RETENU, "Vu.")], ())
    assert rows(dossier) == []


def execute(path, *statements):
    """By SQLite, with the functions that the triggers of a spatial index call."""
    with closing(sqlite3.connect(str(path))) as connection, connection:
        for name in ("ST_IsEmpty", "ST_MinX", "ST_MinY", "ST_MaxX", "ST_MaxY"):
            connection.create_function(name, 1, lambda blob: True)
        for statement in statements:
            connection.execute(statement)


def test_findings_typed_in_the_table_without_a_key_are_all_read_and_keep_their_history(dossier):
    """QGIS leaves `cle` NULL when a row is added in its attribute table: the last one would have hidden the others."""
    execute(dossier, "INSERT INTO constats_libres (texte) VALUES ('Haie coupée'), ('Mare comblée')")
    notebook = Notebook.of_dossier(dossier)
    assert [one.texte for one in notebook.free] == ["Haie coupée", "Mare comblée"]
    notebook.claim()
    notebook.amend_free(notebook.free[0], "Haie arrachée", "Zoé", "", None)
    notebook.withdraw_free(notebook.free[1], "Zoé")
    notebook.close()
    assert [one.texte for one in Notebook.of_dossier(dossier).free] == ["Haie arrachée"]


def test_a_place_that_cannot_be_written_is_told(notebook, dossier):
    execute(dossier, "DELETE FROM gpkg_geometry_columns WHERE table_name = 'constats_libres'")
    with pytest.raises(Refused, match="Rien n'a été enregistré.*constats_libres n'est plus déclarée"):
        notebook.add_free("Vu", "Zoé", "", shapely.to_wkb(shapely.box(0, 0, 1, 1)))
    assert notebook.free == ()


def test_what_is_not_utf_8_in_a_name_or_a_reason_does_not_lose_the_decision(notebook, dossier):
    """A session name read in the wrong encoding."""
    notebook.decide([DENSITY], Verdict(Decision.RETENU, "Vu\ud800."), "Zo\udce9")
    assert [(row["motif"], row["auteur"]) for row in rows(dossier)] == [("Vu?.", "Zo?")]


def test_a_table_that_lost_a_column_meanwhile_takes_no_decision_without_it(notebook, dossier):
    execute(dossier, "ALTER TABLE appreciations RENAME COLUMN motif TO autre")
    with pytest.raises(Refused, match="Rien n'a été enregistré.*il manque motif dans sa table appreciations"):
        notebook.decide([DENSITY], KEPT, "Zoé")
    assert notebook.of("k1") is None and rows(dossier) == []


@pytest.mark.parametrize("content, said", [(b"x" * 5000, "n'est plus un GeoPackage"), (None, "tronqué ou abîmé")])
def test_a_file_damaged_meanwhile_is_told_in_french(notebook, dossier, content, said):
    dossier.write_bytes(content or dossier.read_bytes()[:4096])
    with pytest.raises(Refused, match=f"Rien n'a été enregistré.*{said}"):
        notebook.decide([DENSITY], KEPT, "Zoé")
