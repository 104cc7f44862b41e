"""Two tabs: answers in front when a dossier opens, the synthesis one click away, and from a segment to its answers."""

from __future__ import annotations

import pytest
from qgis.PyQt.QtCore import Qt
from scot_compat.checks.base import Etat
from scot_compat.gis.instruction.decisions import Decision, Subject, Verdict
from scot_compat.ui.results.tabs import ResultsTabs

HOUSING, GREEN = "2.1 Un habitat économe en foncier", "3.1 La trame verte"


@pytest.fixture
def tabs(qtbot, rows):
    made = ResultsTabs()
    qtbot.addWidget(made)
    made.resize(500, 900)
    made.show()
    qtbot.waitExposed(made)
    made.show_results(rows)
    return made


def kept(view):
    return [leaf.item.id for leaf in view.model.root.leaves()]


def test_a_dossier_opens_on_its_answers(tabs, rows):
    assert [tabs.tabText(place) for place in range(2)] == ["Synthèse", "Constats"]
    assert tabs.currentWidget() is tabs.view
    tabs.setCurrentWidget(tabs.synthesis)
    tabs.show_results(rows)
    assert tabs.currentWidget() is tabs.view


@pytest.mark.parametrize(
    ("objectif", "etat", "numbers"),
    [
        (HOUSING, Etat.ECART_MARQUE, [1]),
        (GREEN, Etat.ECART_MARQUE, [5]),
        (GREEN, Etat.A_APPRECIER, [6]),
        (GREEN, Etat.SANS_OBJET, [7]),
    ],
)
def test_a_segment_leads_to_the_answers_of_its_objective_in_its_state(tabs, qtbot, objectif, etat, numbers):
    tabs.view.search.setText("lens")
    tabs.setCurrentWidget(tabs.synthesis)
    tabs.synthesis.asked.emit(objectif, etat)
    assert tabs.currentWidget() is tabs.view
    assert kept(tabs.view) == numbers and tabs.view.node.item.id == numbers[0]


def test_the_first_of_them_is_in_hand_and_arrows_go_on_from_it(tabs, qtbot):
    tabs.synthesis.asked.emit(HOUSING, Etat.SANS_ECART)
    assert tabs.view.node.item.id == 3 and tabs.view.tree.hasFocus()


def test_decisions_taken_meanwhile_are_counted_when_one_comes_back(tabs, rows):
    tabs.setCurrentWidget(tabs.synthesis)
    assert "0 apprécié, 3 à traiter" in tabs.synthesis.progress.text()
    tabs.setCurrentWidget(tabs.view)
    rows.notebook.decide([Subject("c1")], Verdict(Decision.RETENU, "Vu."), "Zoé")
    tabs.setCurrentWidget(tabs.synthesis)
    assert "1 apprécié" in tabs.synthesis.progress.text() and "2 à traiter" in tabs.synthesis.progress.text()


def test_none_empties_both(tabs):
    tabs.show_results(None)
    assert tabs.synthesis.progress.text() == "" and tabs.view.model.total == 0
    assert tabs.synthesis.plot.laid.segments == ()


def test_the_gauge_is_that_of_the_row_in_hand(tabs):
    view = tabs.view
    assert view.gauge.isHidden()
    view.tree.setCurrentIndex(view.model.index_of(view.model.find(1)))
    assert not view.gauge.isHidden() and "18,2 logt/ha" in view.gauge.accessibleDescription()
    view.tree.setCurrentIndex(view.model.index_of(view.model.find(1).parent))
    assert view.gauge.isHidden()
    view.tree.setCurrentIndex(view.model.index_of(view.model.find(6)))  # nothing to compute there
    assert view.gauge.isHidden()


def test_from_the_synthesis_f8_and_a_conflict_seen_on_the_map_come_back_to_the_answers(dock, rows, qtbot):
    dock.show_results(rows)
    for go in (dock.step, lambda: dock.tool.picked.emit(5, "k5")):
        dock.tabs.setCurrentWidget(dock.tabs.synthesis)
        go()
        assert dock.tabs.currentWidget() is dock.view
    assert dock.view.ecart.cle == "k5"


def test_an_image_that_is_not_written_is_told_in_the_message_bar(dock, rows, interface):
    dock.show_results(rows)
    dock.tabs.synthesis.plot.failed.emit("L'image n'a pas pu être enregistrée : disque plein.")
    dock.view.gauge.failed.emit("L'image n'a pas pu être enregistrée : lecture seule.")
    assert len(interface.messages) >= 1 and "enregistrée" in interface.messages[0]


def test_the_tab_of_the_synthesis_is_one_click_away(tabs, qtbot):
    bar = tabs.tabBar()
    qtbot.mouseClick(bar, Qt.MouseButton.LeftButton, pos=bar.tabRect(0).center())
    assert tabs.currentWidget() is tabs.synthesis and tabs.synthesis.plot.isVisible()
