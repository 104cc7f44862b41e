"""Every state of the dock says what it is and what to do next, in the dock itself, for as long as it holds."""

from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path

import pytest
from qgis.core import QgsProject
from qgis.PyQt.QtWidgets import QFileDialog, QLabel
from scot_compat.checks.base import Etat
from scot_compat.gis.choices import Choices
from scot_compat.gis.results import ConstatRow, PrescriptionRow
from scot_compat.ui import opening as opening_module
from scot_compat.ui import run as run_module
from scot_compat.ui.notices import Topic

PATIENCE = 20_000


@pytest.fixture
def choices(commune):
    return Choices(
        plu=str(commune.archive),
        regles=str(commune.rules),
        roles={"corridors": str(commune.corridors)},
        dossier=str(commune.folder / "dossier.gpkg"),
    )


@pytest.fixture
def held(monkeypatch):
    """Controls wait in their middle until the event is set."""
    go, real = threading.Event(), run_module.control

    def waiting(request, progress, overlays):
        while not go.wait(0.02):
            progress.step(0.25, "Lecture du PLU")  # raises when cancelled
        return real(request, progress, overlays)

    monkeypatch.setattr(run_module, "control", waiting)
    yield go
    go.set()


def answers(of, *etats):
    """A control with one prescription and one answer for each of these states."""
    prescriptions = [PrescriptionRow(f"P{n}", "x", "1.1 Trame", etat) for n, etat in enumerate(etats)]
    constats = [ConstatRow(n, f"c{n}", f"P{n}", etat, "x") for n, etat in enumerate(etats)]
    return of(prescriptions, constats)


def test_nothing_opened_says_in_three_lines_what_to_do(dock):
    assert dock.pages.currentWidget() is dock.welcome
    [text] = [one.text() for one in dock.welcome.findChildren(QLabel)]
    assert [number in text for number in ("1. ", "2. ", "3. ", "4. ")] == [True, True, True, False]
    assert "archive" in text and "règles" in text and "F8" in text
    assert not dock.notices.isVisible()


def test_a_dossier_that_is_long_to_read(dock, dossier, monkeypatch, qtbot):
    go, real = threading.Event(), opening_module._opened

    def slow(path):
        go.wait(20)
        return real(path)

    monkeypatch.setattr(opening_module, "_opened", slow)
    dock.open_dossier(dossier)
    qtbot.waitUntil(lambda: dock.notices.said(Topic.READING) != "", timeout=PATIENCE)
    assert dock.notices.said(Topic.READING) == "Lecture de « dossier d'été.gpkg »…"
    dock.notices.buttons(Topic.READING)["Annuler"].click()
    assert dock.notices.said(Topic.READING) == ""
    assert dock.notices.said(Topic.DOSSIER) == "Lecture annulée : « dossier d'été.gpkg » n'est pas ouvert."
    go.set()
    qtbot.wait(300)
    assert dock.results is None
    with qtbot.waitSignal(dock.opened, timeout=PATIENCE):
        dock.notices.buttons(Topic.DOSSIER)["Ouvrir"].click()
    assert dock.results.path == dossier and not dock.notices.isVisible()


def test_a_dossier_that_is_soon_read_says_nothing_of_it(dock, dossier, qtbot, monkeypatch):
    monkeypatch.setattr(opening_module, "_LATE", 60_000)
    told = []
    monkeypatch.setattr(dock.opening, "_tell", lambda: told.append(1))
    with qtbot.waitSignal(dock.opened, timeout=PATIENCE):
        dock.open_dossier(dossier)
    assert dock.notices.said(Topic.READING) == ""


def test_a_file_that_is_no_dossier(dock, tmp_path, qtbot, monkeypatch, dossier):
    (tmp_path / "note.gpkg").write_text("bonjour")
    dock.open_dossier(tmp_path / "note.gpkg")
    qtbot.waitUntil(lambda: dock.notices.said(Topic.DOSSIER) != "", timeout=PATIENCE)
    assert "n'est pas un dossier" in dock.notices.said(Topic.DOSSIER)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(dossier), ""))
    with qtbot.waitSignal(dock.opened, timeout=PATIENCE):
        dock.notices.buttons(Topic.DOSSIER)["Ouvrir un autre…"].click()
    assert dock.results.path == dossier and dock.notices.said(Topic.DOSSIER) == ""


def test_a_control_that_runs_then_cancelled_then_begun_again(dock, choices, held, qtbot):
    dock.run.start(choices)
    assert dock.header.bar.isVisible() and dock.header.cancel.isVisible()
    qtbot.waitUntil(lambda: dock.header.step.text() == "Lecture du PLU", timeout=PATIENCE)
    dock.header.cancel.click()
    qtbot.waitUntil(lambda: not dock.run.running, timeout=PATIENCE)
    assert dock.notices.said(Topic.RUN) == "Contrôle annulé : rien n'a été écrit."
    assert set(dock.notices.buttons(Topic.RUN)) == {"Recommencer", "Nouveau contrôle…"}
    assert not Path(choices.dossier).exists()
    held.set()
    with qtbot.waitSignal(dock.opened, timeout=PATIENCE):
        dock.notices.buttons(Topic.RUN)["Recommencer"].click()
    assert dock.results is not None and dock.notices.said(Topic.RUN) == ""


def test_a_control_that_fails_then_tried_again(dock, choices, commune, qtbot):
    rules = commune.rules.read_text(encoding="utf-8")
    commune.rules.write_text(rules.replace("nature: norme", "nature: normme"), encoding="utf-8")
    dock.run.start(choices)
    qtbot.waitUntil(lambda: not dock.run.running, timeout=PATIENCE)
    assert "Le fichier de règles comporte" in dock.notices.said(Topic.RUN)
    dock.notices.buttons(Topic.RUN)["Nouveau contrôle…"].click()
    assert dock._dialog.choices.regles == choices.regles and dock._dialog.choices.dossier == choices.dossier
    dock._dialog.close()
    dock.run.start(choices)
    qtbot.waitUntil(lambda: not dock.run.running, timeout=PATIENCE)
    commune.rules.write_text(rules, encoding="utf-8")
    with qtbot.waitSignal(dock.opened, timeout=PATIENCE):
        dock.notices.buttons(Topic.RUN)["Réessayer"].click()
    assert dock.notices.said(Topic.RUN) == ""


def test_a_control_refused_before_it_begins(dock, choices):
    dock.run.start(replace(choices, plu="", tables={"ZONE_URBA": "memory://zones?uid={0}"}))
    assert "couche temporaire" in dock.notices.said(Topic.RUN)
    assert "Nouveau contrôle…" in dock.notices.buttons(Topic.RUN)


def test_a_second_control_does_not_hide_the_first(dock, choices, held, interface):
    dock.run.start(choices)
    dock.run.start(choices)
    assert "déjà en cours" in interface.messages[0]
    assert dock.notices.said(Topic.RUN) == "" and dock.header.bar.isVisible()


def test_no_departure_at_all_is_said_with_what_remains_to_see(dock, of):
    dock.show_results(answers(of, Etat.SANS_ECART, Etat.NON_EVALUE, Etat.NON_EVALUE, Etat.A_APPRECIER))
    said = dock.notices.said(Topic.ANSWERS)
    assert said == (
        "Aucun écart relevé, mais tout n'a pas pu être mesuré. Prescriptions à regarder : non évalué 2, à apprécier 1."
    )
    dock.notices.buttons(Topic.ANSWERS)["Voir la synthèse"].click()
    assert dock.tabs.currentWidget() is dock.tabs.synthesis


def test_no_departure_and_nothing_else_to_see(dock, of):
    dock.show_results(answers(of, Etat.SANS_ECART, Etat.SANS_OBJET))
    assert dock.notices.said(Topic.ANSWERS).startswith("Aucun écart relevé : toutes les prescriptions")


@pytest.mark.parametrize("etat", [Etat.SENS_CONTRAIRE, Etat.ECART_MARQUE, Etat.ECART_FAIBLE])
def test_one_departure_and_nothing_is_said(dock, of, etat):
    dock.show_results(answers(of, Etat.SANS_ECART, etat))
    assert dock.notices.said(Topic.ANSWERS) == ""


def test_nothing_of_the_rules_concerns_this_plu(dock, of):
    dock.show_results(answers(of, Etat.SANS_OBJET, Etat.SANS_OBJET))
    assert "Aucune prescription de ces règles n'a d'objet dans ce PLU." in dock.notices.said(Topic.ANSWERS)
    dock.notices.buttons(Topic.ANSWERS)["Nouveau contrôle…"].click()
    assert dock._dialog.isVisible()


def test_a_filter_that_keeps_nothing(dock, rows, qtbot):
    dock.show_results(rows)
    assert not dock.view.nothing.isVisible()
    dock.view.search.setText("rien de tel")
    qtbot.waitUntil(dock.view.nothing.isVisible, timeout=PATIENCE)
    [text] = [one.text() for one in dock.view.nothing.findChildren(QLabel)]
    assert text == "Aucun constat ne répond à ces filtres."
    dock.view.nothing.everything.click()
    qtbot.waitUntil(lambda: not dock.view.nothing.isVisible(), timeout=PATIENCE)
    assert dock.view.model.kept == dock.view.model.total == 7


def test_a_layer_that_cannot_be_shown_may_be_asked_again(dock, dossier, qtbot, monkeypatch):
    from scot_compat.gis import map_group

    real = map_group.open_layer
    monkeypatch.setattr(map_group, "open_layer", lambda path, one: None if one.table == "zones" else real(path, one))
    with qtbot.waitSignal(dock.opened, timeout=PATIENCE):
        dock.open_dossier(dossier)
    assert "1 couche n'a pas pu être ouverte" in dock.notices.said(Topic.MAP)
    monkeypatch.setattr(map_group, "open_layer", real)
    with qtbot.waitSignal(dock.opened, timeout=PATIENCE):
        dock.notices.buttons(Topic.MAP)["Remettre sur la carte"].click()
    assert "zones" in map_group.layers(QgsProject.instance(), dossier) and not dock.notices.said(Topic.MAP)


def test_a_message_may_be_closed_and_several_are_in_order(dock):
    dock.notices.tell(Topic.LOCK, "un")
    dock.notices.tell(Topic.RUN, "deux")
    dock.notices.tell(Topic.LOCK, "trois")
    rows = [dock.notices._layout.itemAt(n).widget() for n in range(dock.notices._layout.count())]
    assert [row.text.text() for row in rows] == ["deux", "trois"]
    rows[0].close_button.click()
    assert dock.notices.said(Topic.RUN) == "" and dock.notices.isVisible()
    dock.notices.drop(Topic.LOCK)
    assert not dock.notices.isVisible()
