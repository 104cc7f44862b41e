"""Comparing from the dock: two dossiers on disk, made by hand; the lists, the rows shown, the appraisals carried."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timezone

import pytest
import shapely
from qgis.gui import QgsRubberBand
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QFileDialog
from scot_compat.checks.base import Answer, Constat, Ecart, Etat, Result
from scot_compat.checks.layers import from_rows, objects
from scot_compat.checks.plu import Plu
from scot_compat.gis import dossier
from scot_compat.gis.dossier_results import DossierResults
from scot_compat.gis.instruction.decisions import Decision, Subject, Verdict
from scot_compat.rules.model import Prescription, RuleSet, Scot, Territoires
from scot_compat.ui.comparison.model import AFTER, APPRAISAL, BEFORE, WHAT
from scot_compat.ui.notices import Topic

PATIENCE = 20_000


def box(west, width=100):
    return shapely.box(700000 + west, 6600000, 700000 + west + width, 6600100)


def write(path, year, objets, sha="aa"):
    """A dossier of one prescription P1 whose objects at fault are (label, shape)."""
    rule = Prescription("P1", "Corridors", "3.1 La trame verte", "norme", ())
    ecarts = tuple(
        Ecart("ZONE_URBA", str(n), Etat.ECART_MARQUE, shape, shape, libelle, "U", role="en_cause")
        for n, (libelle, shape) in enumerate(objets)
    )
    answer = Constat(
        "P1", "", "zones_interdites", "plu", "plu", "PLU", Etat.ECART_MARQUE, "Une phrase.", 1.0, ecarts=ecarts
    )
    zones = from_rows("ZONE_URBA", [{"LIBELLE": libelle, "geometrie": shape} for libelle, shape in objets])
    zones = replace(zones, ids=objects([str(n) for n in range(len(objets))]))
    dossier.write(
        path,
        Result((Answer(rule, (answer,)),)),
        RuleSet("/ailleurs/doo.yaml", sha, Scot("SCoT du Val"), Territoires(), {}, {}, {}, (rule,)),
        Plu("62498_PLU", zones, {}, {}, crs="EPSG:2154"),
        {},
        {},
        parametres={},
        date=datetime(year, 3, 1, tzinfo=timezone.utc),
    )


@pytest.fixture
def before(tmp_path):
    """Lasting, moved by 10 m of 100 and shrunk to 90, gone; of 2024."""
    path = tmp_path / "arrêté.gpkg"
    write(path, 2024, [("Ua", box(0)), ("Ub", box(500)), ("Uc", box(1000))])
    return path


@pytest.fixture
def after(tmp_path):
    path = tmp_path / "approuvé.gpkg"
    write(path, 2025, [("Ua", box(0)), ("Ub", box(510, 90)), ("Ud", box(2000))])
    return path


@pytest.fixture
def decided():
    """Function `(path, *labels)`: retained by Zoé."""

    def decide(path, *labels):
        results = DossierResults(path)
        rows = [row for several in results.ecarts.values() for row in several if row.libelle in labels]
        results.notebook.claim()
        results.notebook.decide([Subject.of_ecart(row) for row in rows], Verdict(Decision.RETENU, "Haie."), "Zoé")
        results.notebook.close()

    return decide


@pytest.fixture
def comparing(dock, qtbot, monkeypatch):
    """Function `(in hand, other) -> ComparisonView` of the dock, once compared, by its buttons."""

    def compare(in_hand, other):
        with qtbot.waitSignal(dock.opened, timeout=PATIENCE):
            dock.open_dossier(in_hand)
        monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(other), ""))
        with qtbot.waitSignal(dock.comparison.asked.answered, timeout=PATIENCE):
            qtbot.mouseClick(dock.header.compare, Qt.MouseButton.LeftButton)
        return dock.comparison.view

    return compare


def lists(view):
    """Title of each group -> texts of its rows."""
    model, out = view.model, {}
    for row in range(model.rowCount()):
        group = model.index(row, 0)
        cells = [
            tuple(model.index(child, column, group).data() for column in (WHAT, BEFORE, AFTER, APPRAISAL))
            for child in range(model.rowCount(group))
        ]
        out[group.data()] = cells
    return out


def take(view, group, row=0):
    model = view.model
    place = next(n for n in range(model.rowCount()) if model.index(n, 0).data().startswith(group))
    index = model.index(row, 0, model.index(place, 0))
    view.tree.setCurrentIndex(index)
    return index


def outlined(canvas):
    """West of what is outlined, in metres from the origin of the drawing."""
    bands = [item for item in canvas.scene().items() if isinstance(item, QgsRubberBand) and item.numberOfVertices()]
    return {round(band.asGeometry().boundingBox().xMinimum() - 700000) for band in bands}


def test_the_lists_have_their_counts_and_their_measures(comparing, before, after):
    view = comparing(after, before)
    assert lists(view) == {
        "Nouveaux (1)": [("P1 · Ud", "—", "1 ha", "")],
        "Disparus (1)": [("P1 · Uc", "1 ha", "—", "")],
        "Modifiés (1)": [("P1 · Ub", "1 ha", "9\u202f000 m²", "")],
        "Maintenus (1)": [("P1 · Ua", "1 ha", "1 ha", "")],
        "Constats modifiés (0)": [],
        "Appréciations à revoir (0)": [],
    }
    assert "Avant : arrêté.gpkg (contrôle du 01/03/2024)" in view.head.text()
    assert "Après : approuvé.gpkg (contrôle du 01/03/2025), le dossier en main" in view.head.text()
    assert not view.doubts.isVisibleTo(view) and not view.carry.isEnabled()


def test_the_older_of_the_two_comes_first_whichever_is_in_hand(comparing, before, after):
    view = comparing(before, after)
    assert "Avant : arrêté.gpkg (contrôle du 01/03/2024), le dossier en main" in view.head.text()
    assert "Le dossier en main est le plus ancien des deux" in view.head.text()
    assert [row[0] for row in lists(view)["Nouveaux (1)"]] == ["P1 · Ud"]


def test_a_row_is_chosen_in_the_dock_and_a_gone_one_is_outlined_as_it_was(comparing, dock, before, after, interface):
    view = comparing(after, before)
    take(view, "Modifiés")
    assert dock.view.ecart.libelle == "Ub" and outlined(interface.canvas) == {510}
    take(view, "Disparus")
    assert outlined(interface.canvas) == {1000}
    assert "Disparu" in view.detail.toPlainText()


def test_enter_goes_to_the_sheet_and_what_is_gone_stays_on_the_map(comparing, dock, before, after, qtbot):
    view = comparing(after, before)
    take(view, "Disparus")
    qtbot.keyClick(view.tree, Qt.Key.Key_Return)
    assert dock.tabs.currentWidget() is view
    take(view, "Maintenus")
    qtbot.keyClick(view.tree, Qt.Key.Key_Return)
    assert dock.tabs.currentWidget() is dock.view and dock.view.ecart.libelle == "Ua"


def test_appraisals_are_carried_by_the_button_that_says_how_many(
    comparing, dock, before, after, decided, qtbot, interface
):
    decided(before, "Ua", "Ub", "Uc")
    view = comparing(after, before)
    assert view.carry.text() == "Reprendre les appréciations (2)"
    assert [(row[0], row[3]) for row in lists(view)["Appréciations à revoir (2)"]] == [
        ("P1 · Ub", "Retenu (à reprendre)"),
        ("P1 · Uc", "Retenu"),
    ]
    qtbot.mouseClick(view.carry, Qt.MouseButton.LeftButton)
    held = list(dock.results.notebook.held.values())
    assert [(row.auteur, row.motif) for row in held] == [("Zoé", "Haie.")] * 2
    assert {row.origine for row in held} == {"reprise de arrêté.gpkg (contrôle du 01/03/2024)"}
    assert view.carry.text() == "Aucune appréciation à reprendre" and not view.carry.isEnabled()
    assert lists(view)["Maintenus (1)"][0][3] == "Retenu (reprise)"
    assert "2 appréciations et 0 constat ajouté à la main ; 2 appréciations à revoir." in interface.messages[0]
    take(view, "Appréciations à revoir")
    assert "n'est plus celui de la décision" in view.detail.toPlainText()


def test_carried_into_the_newer_dossier_also_when_the_older_one_is_in_hand(comparing, before, after, decided, qtbot):
    decided(before, "Ua")
    view = comparing(before, after)
    qtbot.mouseClick(view.carry, Qt.MouseButton.LeftButton)
    assert [row.motif for row in DossierResults(after).notebook.held.values()] == ["Haie."]
    assert not after.with_name(after.name + ".verrou").exists()


def test_a_dossier_that_someone_else_has_is_compared_and_nothing_is_carried(
    comparing, before, after, decided, qtbot, interface
):
    decided(before, "Ua")
    lock = after.with_name(after.name + ".verrou")
    lock.write_text("1234\nqgis\nposte-du-bureau\n\n\n", encoding="utf-8")
    view = comparing(before, after)
    assert lists(view)["Maintenus (1)"]
    qtbot.mouseClick(view.carry, Qt.MouseButton.LeftButton)
    assert "Les appréciations n'ont pas été reprises. Ce dossier est ouvert sur le poste" in interface.messages[0]
    assert not DossierResults(after).notebook.held and view.carry.isEnabled()
    lock.unlink()


def refused(path):
    """As when another machine has it."""
    lock = path.with_name(path.name + ".verrou")
    lock.write_text("1234\nqgis\nposte-du-bureau\n\n\n", encoding="utf-8")
    return lock


def test_what_the_other_person_decided_before_leaving_prevails(comparing, before, after, decided, qtbot):
    """They had the newer dossier when it was opened here; the plan was made without what they decided since."""
    decided(before, "Ua")
    lock = refused(after)
    view = comparing(after, before)
    lock.unlink()
    theirs = DossierResults(after)
    theirs.notebook.claim()
    (own,) = [Subject.of_ecart(row) for several in theirs.ecarts.values() for row in several if row.libelle == "Ua"]
    theirs.notebook.decide([own], Verdict(Decision.NON_RETENU, "Déjà bâti."), "Ali")
    theirs.notebook.close()
    qtbot.mouseClick(view.carry, Qt.MouseButton.LeftButton)
    assert DossierResults(after).notebook.of(own.cle).motif == "Déjà bâti."


def test_a_newer_dossier_that_went_meanwhile_is_told(comparing, before, after, decided, qtbot, interface):
    decided(before, "Ua")
    lock = refused(after)
    view = comparing(after, before)
    lock.unlink()
    after.rename(after.with_name("ailleurs.gpkg"))
    with qtbot.captureExceptions() as raised:
        qtbot.mouseClick(view.carry, Qt.MouseButton.LeftButton)
    assert raised == []
    assert any(
        "n'ont pas été reprises. Le dossier « approuvé.gpkg » ne se lit plus" in one for one in interface.messages
    )


def test_a_decision_taken_meanwhile_counts_when_one_comes_back(comparing, dock, before, after, decided):
    decided(before, "Ua")
    view = comparing(after, before)
    dock.tabs.setCurrentWidget(dock.view)
    own = next(row for several in dock.results.ecarts.values() for row in several if row.libelle == "Ua")
    dock.results.notebook.decide([Subject.of_ecart(own)], Verdict(Decision.NON_RETENU, "Vu."), "Paul")
    dock.tabs.setCurrentWidget(view)
    assert view.carry.text() == "Aucune appréciation à reprendre"
    assert lists(view)["Maintenus (1)"][0][3] == "Non retenu"


def test_doubts_are_said(comparing, before, tmp_path):
    other = tmp_path / "autres règles.gpkg"
    write(other, 2025, [("Ua", box(0))], sha="bb")
    view = comparing(other, before)
    assert "Le fichier de règles n'est pas le même" in view.doubts.text()
    assert view.doubts.isVisibleTo(view) and view.sign.isVisibleTo(view)


def test_the_same_dossier_or_a_foreign_file_is_refused_in_a_sentence(dock, before, tmp_path, qtbot, interface):
    with qtbot.waitSignal(dock.opened, timeout=PATIENCE):
        dock.open_dossier(before)
    foreign = tmp_path / "x.gpkg"
    foreign.write_bytes(b"rien")
    for other, said in ((before, "C'est le dossier que vous avez en main"), (foreign, "n'est pas un dossier de")):
        with qtbot.waitSignal(dock.comparison.asked.failed, timeout=PATIENCE):
            dock.comparison.start(dock.results, other)
        assert said in interface.messages[0]
        assert dock.tabs.count() == 2
        assert dock.notices.said(Topic.COMPARISON), "it stays, with what to do next"
    dock.comparison.start(dock.results, before)
    assert not dock.notices.said(Topic.COMPARISON)


def test_the_tab_goes_with_its_button_with_another_dossier_and_with_the_project(comparing, dock, before, after, qtbot):
    view = comparing(after, before)
    assert dock.tabs.count() == 3 and dock.tabs.currentWidget() is view
    qtbot.mouseClick(view.close_button, Qt.MouseButton.LeftButton)
    assert dock.tabs.count() == 2
    comparing(after, before)
    with qtbot.waitSignal(dock.opened, timeout=PATIENCE):
        dock.open_dossier(before)
    assert dock.tabs.count() == 2


def test_everything_is_reached_by_keyboard_and_named(comparing, before, after, qtbot, decided):
    decided(before, "Ua")
    view = comparing(after, before)
    reached, widget = [], view.tree
    for _ in range(8):
        reached.append(widget)
        widget = widget.nextInFocusChain()
        while widget.focusPolicy() == Qt.FocusPolicy.NoFocus or not widget.isVisible():
            widget = widget.nextInFocusChain()
    assert view.carry in reached and view.close_button in reached and view.detail in reached
    assert view.tree.accessibleName() and view.detail.accessibleName()
    index = take(view, "Disparus")
    spoken = index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.startswith("P1 · Uc")
    assert index.siblingAtColumn(BEFORE).data(Qt.ItemDataRole.AccessibleTextRole) == "Écart marqué, 1 ha"


def test_at_380_pixels_names_and_measures_are_still_there(comparing, dock, before, after, settle):
    view = comparing(after, before)
    view.setParent(None)
    view.resize(380, 700)
    view.show()
    settle()
    assert view.width() == 380
    header, letter = view.tree.header(), view.tree.fontMetrics().horizontalAdvance("m")
    assert header.sectionSize(WHAT) >= 9 * letter
    assert (
        header.sectionSize(BEFORE) == header.sectionSize(AFTER) > view.tree.fontMetrics().horizontalAdvance("12 345 m²")
    )
    view.close()
