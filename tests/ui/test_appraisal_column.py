"""The column of decisions, the rows selected, the findings added by hand."""

from __future__ import annotations

import pytest
from qgis.core import QgsGeometry
from qgis.PyQt.QtCore import QItemSelectionModel, Qt
from scot_compat.gis.instruction.decisions import Decision, Subject, Verdict
from scot_compat.ui.results.cells import APPRAISAL, STATE
from scot_compat.ui.results.view import ResultsView


@pytest.fixture
def view(qtbot, rows):
    made = ResultsView()
    qtbot.addWidget(made)
    made.resize(900, 900)
    made.show()
    qtbot.waitExposed(made)
    made.heard = []
    made.shown.connect(lambda row, current, move: made.heard.append((row, current)))
    made.show_results(rows)
    return made


def decide(view, decision, *cles):
    view.results.notebook.decide([Subject(cle) for cle in cles], Verdict(decision, "Une raison."), "A. B.")
    view.refresh_appraisals(cles)


def said(view, constat, role=Qt.ItemDataRole.DisplayRole):
    return view.model.index_of(view.model.find(constat), APPRAISAL).data(role)


def select(view, *nodes):
    for node in nodes:
        flags = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
        view.tree.selectionModel().select(view.model.index_of(node), flags)


def chosen(view):
    return [leaf.item.id for leaf in view.tree.chosen()]


def test_what_calls_for_a_look_waits_and_the_rest_says_nothing(view):
    assert [said(view, number) for number in (1, 4, 6)] == ["En attente"] * 3
    assert [said(view, number) for number in (3, 7)] == ["", ""]


def test_a_decision_on_the_constat(view):
    decide(view, Decision.NON_RETENU, "c1")
    assert said(view, 1) == "Non retenu"
    decide(view, Decision.RETENU, "c3")  # a favourable answer may be appraised too
    assert said(view, 3) == "Retenu"


def test_decisions_on_the_objects_are_counted(view):
    decide(view, Decision.RETENU, "k1")
    assert said(view, 1) == "1/2 retenu"
    decide(view, Decision.RETENU, "k2")
    assert said(view, 1) == "Retenu"
    decide(view, Decision.NUANCE, "k2")
    assert said(view, 1) == "1/2 retenu…"
    assert "1 retenu, 1 nuancé" in said(view, 1, Qt.ItemDataRole.ToolTipRole)


def test_a_decision_on_the_constat_holds_for_its_objects_but_those_decided_apart(view):
    decide(view, Decision.RETENU, "c1")
    decide(view, Decision.NON_RETENU, "k2")
    assert said(view, 1) == "Retenu (1 à part)"
    decide(view, Decision.RETENU, "k2")
    assert said(view, 1) == "Retenu"


def test_the_pieces_of_one_object_are_decided_once(view):
    """k5 has a surface and a line: with k6 the fifth constat has two objects."""
    decide(view, Decision.A_COMPLETER, "k5")
    assert said(view, 5) == "1/2 à compléter"


def test_what_is_undone_waits_again(view):
    decide(view, Decision.RETENU, "c1")
    view.refresh_appraisals(view.results.notebook.undo("A. B."))
    assert said(view, 1) == "En attente"


def test_only_the_rows_concerned_are_told_to_change(view):
    told = []
    view.model.dataChanged.connect(lambda first, last, roles=None: told.append(view.model.node(first).item.id))
    decide(view, Decision.RETENU, "c2", "k5")
    assert told == [2, 5]


def test_rows_selected_and_those_under_a_row(view):
    leaf = view.model.find(1)
    select(view, view.model.find(5), leaf)
    assert chosen(view) == [1, 5]  # in the order of the tree
    view.tree.clearSelection()
    select(view, leaf.holder, view.model.find(2))
    assert chosen(view) == [1, 2, 3, 4]


def test_only_what_the_filter_keeps_is_chosen(view, qtbot):
    view.search.setText("lens")
    qtbot.waitUntil(lambda: view.kept.text() == "1 sur 7", timeout=20_000)
    select(view, view.model.root.shown[0])
    assert chosen(view) == [1]


def test_shift_and_the_arrows_select_several(view, qtbot):
    view.tree.setCurrentIndex(view.model.index_of(view.model.find(1)))
    qtbot.keyClick(view.tree, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert chosen(view) == [1, 2]


def test_a_finding_is_under_its_prescription_or_in_an_objective_of_its_own(view):
    notebook = view.results.notebook
    notebook.add_free("Une haie oubliée", "A. B.", "P12")
    notebook.add_free("Rien sur l'eau", "A. B.")
    view.refresh_free()
    titles = [view.model.index_of(node).data() for node in view.model.root.shown]
    assert titles == [
        "2.1 Un habitat économe en foncier · 1 marqué, 1 faible, 1 non évalué, 1 sans écart, 1 ajouté à la main",
        "3.1 La trame verte · 1 marqué, 1 à apprécier, 1 sans objet",
        "Constats ajoutés à la main · 1 ajouté à la main",
    ]
    last = view.model.root.shown[0].shown[0].shown[-1]
    index = view.model.index_of(last)
    assert index.data() == "Une haie oubliée"
    assert index.siblingAtColumn(STATE).data() == "Ajouté à la main"
    assert index.siblingAtColumn(APPRAISAL).data() == "En attente"
    assert view.model.total == 9


def test_a_finding_tells_who_wrote_it_and_is_outlined_when_it_is_drawn(view):
    place = QgsGeometry.fromWkt("Point(700100 6600100)")
    finding = view.results.notebook.add_free("Une haie oubliée", "A. B.", "P12", bytes(place.asWkb()))
    view.refresh_free()
    node = view.model.root.shown[0].shown[0].shown[-1]
    view.tree.setCurrentIndex(view.model.index_of(node))
    text = view.sheet.toPlainText()
    assert "Une haie oubliée" in text and "A. B." in text and "P12" in text
    row, current = view.heard[-1]
    assert [one.cle for one in row] == [finding.cle] == [current.cle]
    [shape] = view.results.shapes(row)
    assert shape.equals(place)


def test_the_walk_goes_through_the_findings_at_their_place(view):
    """Seven stops without them; the finding comes after the four answers of its prescription, whose stops are four."""
    view.results.notebook.add_free("Une haie oubliée", "A. B.", "P12")
    view.refresh_free()
    assert view.place.text() == "8 à regarder"
    for _ in range(5):
        view.step()
    assert view.node.item.texte == "Une haie oubliée" and view.place.text() == "5 / 8"


def test_the_row_in_hand_stays_when_findings_change(view):
    finding = view.results.notebook.add_free("Une haie oubliée", "A. B.", "P12")
    view.refresh_free()
    view.tree.setCurrentIndex(view.model.index_of(view.model.find(5)))
    view.results.notebook.withdraw_free(finding, "A. B.")
    view.refresh_free()
    assert view.node.item.id == 5 and view.model.total == 7


def test_a_finding_is_decided_on_as_an_answer_is(view):
    finding = view.results.notebook.add_free("Une haie oubliée", "A. B.")
    view.refresh_free()
    decide(view, Decision.RETENU, finding.cle)
    node = view.model.root.shown[-1].shown[0]
    assert view.model.index_of(node, APPRAISAL).data() == "Retenu"


def test_a_withdrawn_finding_in_hand_gives_way_to_the_whole(view):
    finding = view.results.notebook.add_free("Une haie oubliée", "A. B.")
    view.refresh_free()
    view.tree.setCurrentIndex(view.model.index_of(view.model.root.shown[-1].shown[0]))
    view.results.notebook.withdraw_free(finding, "A. B.")
    view.refresh_free()
    assert view.node is view.model.root and view.heard[-1] == ((), None)
