"""A prescription with thousands of answers, a row with hundreds of écarts: by slices, and all of them within reach."""

from __future__ import annotations

import gc
import weakref
from dataclasses import replace

import pytest
from qgis.PyQt.QtCore import QModelIndex
from scot_compat.checks.base import Etat
from scot_compat.gis.results import ConstatRow, EcartRow, PrescriptionRow
from scot_compat.ui.map.move import Move
from scot_compat.ui.map.outline import MOST
from scot_compat.ui.results import cells
from scot_compat.ui.results.answers import Answers
from scot_compat.ui.results.cells import DEPARTURE, MEASURE, THRESHOLD
from scot_compat.ui.results.criteria import Criteria
from scot_compat.ui.results.tree import ResultsTree
from scot_compat.ui.results.view import ResultsView

MARKED, FINE = Etat.ECART_MARQUE, Etat.SANS_ECART


@pytest.fixture
def many(of):
    """2 500 answers under one prescription, one in ten an écart with one object, and one answer under another."""
    prescriptions = [PrescriptionRow("P1", "I", "O", MARKED), PrescriptionRow("P2", "I", "O", FINE)]
    constats = [ConstatRow(n, f"c{n}", "P1", FINE if n % 10 else MARKED, f"unique{n}.") for n in range(2500)]
    ecarts = [EcartRow("ecarts", n, f"k{n}", n, MARKED) for n in range(0, 2500, 10)]
    return of(prescriptions, [*constats, ConstatRow(9999, "c9999", "P2", FINE, "Seul.")], ecarts)


@pytest.fixture
def view(qtbot, many):
    made = ResultsView()
    qtbot.addWidget(made)
    made.resize(900, 900)
    made.show()
    qtbot.waitExposed(made)
    made.heard = []
    made.shown.connect(lambda row, current, move: made.heard.append((row, current, move)))
    made.show_results(many)
    return made


def below(model, index):
    return [model.index(row, 0, index).data() for row in range(model.rowCount(index))]


def test_answers_come_by_slices_and_every_one_is_there(qgis_app, many, qtmodeltester):
    model = ResultsTree()
    model.fill(Answers(many))
    objective = model.index(0, 0)
    first, second = model.index(0, 0, objective), model.index(1, 0, objective)
    # a thousand holds one écart in ten: 100 marked, 900 fine; the last 500 hold 50 and 450
    assert below(model, first) == [
        "Constats 1 à 1\u202f000 · 100 marqués, 900 sans écart",
        "Constats 1\u202f001 à 2\u202f000 · 100 marqués, 900 sans écart",
        "Constats 2\u202f001 à 2\u202f500 · 50 marqués, 450 sans écart",
    ]
    assert [model.rowCount(model.index(row, 0, first)) for row in range(3)] == [1000, 1000, 500]
    assert model.rowCount(second) == 1
    seen = [leaf.item.id for part in model.node(first).shown for leaf in part.shown]
    assert seen == list(range(2500))
    leaf = model.index_of(model.find(1234))
    assert leaf.row() == 234 and leaf.parent().row() == 1 and leaf.parent().parent() == first


def test_a_filter_that_keeps_less_than_a_slice_has_none(qgis_app, many):
    model = ResultsTree()
    model.fill(Answers(many))
    model.filter(Criteria(states=frozenset({MARKED})))
    first = model.index(0, 0, model.index(0, 0))
    assert model.rowCount(first) == 250
    assert model.index_of(model.find(1230)).parent() == first
    assert model.index_of(model.find(1234)) == QModelIndex()


def test_the_walk_unfolds_the_slice_where_it_goes(view):
    assert view.place.text() == "250 à regarder"
    view.step(False)  # backward from nowhere: the last
    assert view.node.item.id == 2490 and view.place.text() == "250 / 250"
    index = view.tree.currentIndex()
    assert view.tree.visualRect(index).height() > 0 and view.tree.isExpanded(index.parent())


def test_a_slice_chosen_shows_its_own(view):
    part = view.model.find(0).holder.shown[2]
    view.tree.setCurrentIndex(view.model.index_of(part))
    row, current, _ = view.heard[-1]
    assert [one.cle for one in row] == [f"k{n}" for n in range(2000, 2500, 10)] and current.cle == "k2000"
    assert "500 · 50 marqués, 450 sans écart" in view.sheet.toPlainText()
    assert "et 440 autres, dans la liste" in view.sheet.toPlainText()  # sixty of the five hundred are told
    assert len(view.tree.chosen()) == view.tree.count_chosen() == 500


def test_more_ecarts_than_the_map_outlines_give_those_of_the_answer_in_hand(qtbot, of):
    """A prescription of two answers: one object, then as many as the outline takes."""
    constats = [ConstatRow(n, f"c{n}", "P", MARKED, "") for n in (1, 2)]
    ecarts = [EcartRow("ecarts", n, f"k{n}", 2 if n else 1, MARKED) for n in range(MOST + 1)]
    view = ResultsView()
    qtbot.addWidget(view)
    heard = []
    view.shown.connect(lambda row, current, move: heard.append((row, current, move)))
    view.show_results(of([PrescriptionRow("P", "I", "O", MARKED)], constats, ecarts))
    view.tree.setCurrentIndex(view.model.index_of(view.model.find(1).holder))
    row, current, move = heard[-1]
    assert ([one.cle for one in row], current.cle, move) == (["k0"], "k0", Move.ROW)
    view.tree.setCurrentIndex(view.model.index_of(view.model.find(2)))
    row, current, _ = heard[-1]
    assert len(row) == MOST and current.cle == "k1"


def test_columns_give_way_in_a_narrow_panel(view, qtbot):
    header = view.tree.header()
    view.resize(2000, 900)
    assert not any(header.isSectionHidden(column) for column in range(6))
    view.resize(300, 900)
    qtbot.waitUntil(lambda: header.isSectionHidden(MEASURE), timeout=20_000)
    assert [column for column in range(6) if header.isSectionHidden(column)] == [MEASURE, THRESHOLD, DEPARTURE]
    view.resize(2000, 900)
    qtbot.waitUntil(lambda: not header.isSectionHidden(MEASURE), timeout=20_000)


def test_what_is_replaced_goes_without_waiting_for_a_collection(view, rows):
    """A collection would free all of it at once, whenever it comes."""
    gone = weakref.ref(view.model.answers)
    gc.disable()
    try:
        view.show_results(rows)
        assert gone() is None
    finally:
        gc.enable()


def test_titles_of_a_megabyte_are_shown_by_their_beginning(rows):
    endless = "Habiter " * 130_000
    long = [replace(one, objectif=endless, intitule=endless) for one in rows.prescriptions]
    answers = Answers(type(rows)(rows.controle, long, rows.constats))
    objective = answers.root.children[0]
    assert len(cells.title(objective)) <= 1000 and cells.title(objective).startswith("Habiter Habiter")
    assert len(cells.title(objective.children[0])) <= 1000
