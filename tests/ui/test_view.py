"""The answers in the dock: choosing, filtering, walking, zooming; what the map is told to show."""

from __future__ import annotations

import pytest
from qgis.PyQt.QtCore import QPoint, Qt, QUrl
from scot_compat.checks.base import Etat
from scot_compat.gis.results import ConstatRow, EcartRow, PrescriptionRow
from scot_compat.ui.map.move import Move
from scot_compat.ui.results.view import ResultsView

ALL = [(1, "k1"), (1, "k2"), (2, "k3"), (4, None), (5, "k5"), (5, "k6"), (6, None)]


class Heard(list):
    """What the view told, as (keys of the row, key of the current one); `moves`: how far the map was to follow."""

    def __init__(self, signal):
        self.moves = []
        signal.connect(self._hear)

    @property
    def zooms(self):
        return [told for told, move in zip(self, self.moves) if move is Move.CURRENT]

    def _hear(self, row, current, move):
        self.append(([one.cle for one in row], current and current.cle))
        self.moves.append(move)


@pytest.fixture
def view(qtbot, rows):
    made = ResultsView()
    qtbot.addWidget(made)
    made.resize(900, 900)
    made.show()
    qtbot.waitExposed(made)
    made.heard = Heard(made.shown)
    made.show_results(rows)
    return made


def choose(view, number):
    view.tree.setCurrentIndex(view.model.index_of(view.model.find(number)))


def in_hand(view):
    node = view.node
    return (getattr(node.item, "id", None), view.ecart.cle if view.ecart else None)


def walked(view, forward, times):
    found = []
    for _ in range(times):
        view.step(forward)
        found.append(in_hand(view))
    return found


def typed(view, qtbot, text, kept):
    view.search.setText(text)
    qtbot.waitUntil(lambda: view.kept.text() == kept, timeout=20_000)


def test_nothing_is_in_hand_at_first(view):
    assert in_hand(view) == (None, None)
    assert view.heard == [([], None)]
    assert "F8" in view.sheet.toPlainText()
    assert view.place.text() == "7 à regarder" and view.kept.text() == ""


def test_everything_is_unfolded(view):
    assert view.tree.visualRect(view.model.index_of(view.model.find(7))).height() > 0


def test_choosing_a_row_shows_all_its_conflicts_and_its_sheet(view):
    choose(view, 1)
    assert view.heard[-1] == (["k1", "k2"], "k1") and view.heard.moves[-1] is Move.ROW
    assert "18,2 logements par hectare" in view.sheet.toPlainText()
    assert view.place.text() == "1 / 7"
    choose(view, 4)
    assert view.heard[-1] == ([], None)
    assert "Programme de logements absent." in view.sheet.toPlainText()
    assert view.place.text() == "4 / 7"


def test_choosing_a_prescription_or_an_objective_shows_all_that_is_under_it(view):
    leaf = view.model.find(1)
    view.tree.setCurrentIndex(view.model.index_of(leaf.parent))
    assert view.heard[-1] == (["k1", "k2", "k3"], "k1")
    view.tree.setCurrentIndex(view.model.index_of(leaf.parent.parent))
    assert view.heard[-1] == (["k1", "k2", "k3"], "k1")


def test_arrow_keys_go_from_row_to_row(view, qtbot):
    choose(view, 1)
    qtbot.keyClick(view.tree, Qt.Key.Key_Down)
    assert in_hand(view) == (2, "k3")
    qtbot.keyClick(view.tree, Qt.Key.Key_Up)
    assert in_hand(view) == (1, "k1")


def test_forward_and_round_again(view):
    assert walked(view, True, 8) == [*ALL, ALL[0]]
    assert view.place.text() == "1 / 7"


def test_backward_and_round_again(view):
    assert walked(view, False, 8) == [*ALL[::-1], ALL[-1]]


def test_each_step_outlines_its_own_conflict_among_those_of_the_row(view):
    walked(view, True, 2)
    assert view.heard[-1] == (["k1", "k2"], "k2")
    assert view.heard.zooms == []


def test_the_walk_starts_again_from_the_row_in_hand(view):
    choose(view, 5)
    assert walked(view, True, 1) == [(5, "k6")]
    choose(view, 7)  # nothing to look at there
    assert walked(view, True, 1) == [(1, "k1")]


def test_the_arrows_of_the_sheet_walk_too(view, qtbot):
    from qgis.PyQt.QtWidgets import QToolButton

    buttons = {one.text(): one for one in view.findChildren(QToolButton)}
    qtbot.mouseClick(buttons["►"], Qt.MouseButton.LeftButton)
    qtbot.mouseClick(buttons["►"], Qt.MouseButton.LeftButton)
    assert in_hand(view) == (1, "k2")
    qtbot.mouseClick(buttons["◄"], Qt.MouseButton.LeftButton)
    assert in_hand(view) == (1, "k1")


def test_the_walk_stays_within_the_filter(view, qtbot):
    view.states.choose((Etat.ECART_MARQUE,))
    assert view.place.text() == "4 à regarder"
    assert walked(view, True, 5) == [(1, "k1"), (1, "k2"), (5, "k5"), (5, "k6"), (1, "k1")]


def test_enter_zooms_on_the_current_conflict(view, qtbot):
    walked(view, True, 2)
    qtbot.keyClick(view.tree, Qt.Key.Key_Return)
    assert view.heard.zooms == [(["k1", "k2"], "k2")]


def test_double_click_zooms(view, qtbot):
    choose(view, 5)
    spot = view.tree.visualRect(view.model.index_of(view.model.find(5))).center()
    qtbot.mouseClick(view.tree.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert view.heard.zooms == []
    qtbot.mouseDClick(view.tree.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert view.heard.zooms == [(["k5", "k5", "k6"], "k5")]
    assert view.tree.isExpanded(view.model.index_of(view.model.find(5).parent))


def test_enter_on_nothing_zooms_on_nothing(view, qtbot):
    view.show_results(None)
    qtbot.keyClick(view.tree, Qt.Key.Key_Return)
    qtbot.mouseDClick(view.tree.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    assert view.heard.zooms == []


def test_text_typed_filters_and_says_how_many_are_left(view, qtbot):
    typed(view, qtbot, "densite", "4 sur 7")
    assert [leaf.item.id for leaf in view.model.root.leaves()] == [1, 2, 3, 4]
    typed(view, qtbot, "", "")


def test_states_by_the_menu_and_with_the_text(view, qtbot):
    view.states.tick(Etat.ECART_FAIBLE)
    assert view.kept.text() == "1 sur 7" and view.states.text() == "État (1)"
    view.states.tick(Etat.ECART_MARQUE)
    assert view.kept.text() == "3 sur 7" and view.states.text() == "État (2)"
    typed(view, qtbot, "densite", "2 sur 7")
    view.states.everything.trigger()
    assert view.kept.text() == "4 sur 7" and view.states.text() == "État"


def test_every_state_is_offered_by_its_word_its_icon_and_how_many_answers_it_has(view):
    items = [view.states.list.item(row) for row in range(view.states.list.count())]
    # of the seven answers: two marked, one weak, one not evaluated, one to read, one fine, one without object
    counts = {"Écart marqué": 2, "Sens contraire à l'objectif": 0, "Erreur interne": 0}
    assert [item.text() for item in items] == [f"{etat.label} ({counts.get(etat.label, 1)})" for etat in Etat]
    assert not any(item.icon().isNull() for item in items)


def test_a_filter_that_keeps_the_row_in_hand_keeps_its_current_conflict(view, qtbot):
    walked(view, True, 2)
    typed(view, qtbot, "lens", "1 sur 7")
    assert in_hand(view) == (1, "k2") and view.place.text() == "2 / 2"
    assert view.heard[-1] == (["k1", "k2"], "k2") and view.heard.moves[-1] is Move.STAY


def test_under_a_filter_an_objective_shows_the_conflicts_that_are_kept(view, qtbot):
    """k1 and k2 are those of Lens; k3 is of the other commune, which the filter hides."""
    typed(view, qtbot, "lens", "1 sur 7")
    view.tree.setCurrentIndex(view.model.index(0, 0))
    assert view.heard[-1] == (["k1", "k2"], "k1")


def test_a_filter_that_hides_the_row_in_hand_clears_the_outline(view, qtbot):
    choose(view, 1)
    typed(view, qtbot, "bully", "1 sur 7")
    assert in_hand(view) == (None, None)
    assert view.heard[-1] == ([], None)
    assert "F8" in view.sheet.toPlainText()
    assert view.place.text() == "1 à regarder"


def test_a_filter_that_keeps_nothing(view, qtbot):
    choose(view, 1)
    typed(view, qtbot, "introuvable", "0 sur 7")
    assert view.place.text() == "" and view.heard[-1] == ([], None)
    assert walked(view, True, 1) == [(None, None)]


def test_a_conflict_seen_on_the_map_is_taken_in_hand(view):
    assert view.select_ecart(5, "k6")
    assert in_hand(view) == (5, "k6") and view.place.text() == "6 / 7"


def test_a_conflict_that_the_filter_hides_drops_the_filter(view, qtbot):
    view.states.choose((Etat.ECART_MARQUE,))
    typed(view, qtbot, "lens", "1 sur 7")
    assert view.select_ecart(2, "k3")
    assert in_hand(view) == (2, "k3")
    assert view.search.text() == "" and not view.states.chosen and view.kept.text() == ""
    qtbot.wait(300)  # the letters that were taken away are not typed
    assert in_hand(view) == (2, "k3")


def test_a_conflict_that_the_filter_keeps_leaves_the_filter(view, qtbot):
    typed(view, qtbot, "lens", "1 sur 7")
    assert view.select_ecart(1, "k2")
    assert view.search.text() == "lens" and in_hand(view) == (1, "k2")
    assert view.heard.moves[-1] is Move.STAY  # it is under the eyes of the user


def test_a_conflict_of_another_dossier_is_unknown(view):
    assert not view.select_ecart(99, "k1")
    assert in_hand(view) == (None, None)


def test_an_object_of_the_sheet_becomes_the_current_one(view):
    choose(view, 1)
    view.sheet.anchorClicked.emit(QUrl("ecart:1"))
    assert in_hand(view) == (1, "k2")
    assert view.heard[-1] == view.heard.zooms[-1] == (["k1", "k2"], "k2")
    assert view.place.text() == "2 / 7"


def test_other_results_start_afresh(view, qtbot, rows):
    typed(view, qtbot, "lens", "1 sur 7")
    view.states.choose((Etat.ECART_MARQUE,))
    choose(view, 1)
    view.show_results(rows)
    assert view.search.text() == "" and not view.states.chosen and view.states.text() == "État"
    assert view.kept.text() == "" and in_hand(view) == (None, None)
    assert view.heard[-1] == ([], None)


def test_no_results_empty_everything_and_the_outline(view):
    choose(view, 1)
    view.show_results(None)
    assert view.heard[-1] == ([], None)
    assert view.model.rowCount() == 0 and view.sheet.toPlainText() == ""
    assert view.place.text() == "" and view.kept.text() == ""
    assert walked(view, True, 1) == [(None, None)]


def test_thousands_of_rows_are_not_all_unfolded(view, of, qtbot):
    """Unfolding costs: beyond a few hundred rows only the objectives are open, and a filter opens what it keeps."""
    etat = Etat.ECART_FAIBLE
    prescriptions = [PrescriptionRow(f"P{n}", "I", f"O{n % 5}", etat) for n in range(50)]
    constats = [ConstatRow(n, f"c{n}", f"P{n % 50}", etat, f"unique{n}") for n in range(2000)]
    view.show_results(of(prescriptions, constats, [EcartRow("ecarts", n, f"k{n}", n, etat) for n in range(2000)]))
    leaf = view.model.find(1999)
    assert not view.tree.isExpanded(view.model.index_of(leaf.parent))
    assert view.select_ecart(1999, "k1999")
    assert view.tree.visualRect(view.model.index_of(leaf)).height() > 0  # taken in hand, it is seen
    view.search.setText("unique1999")
    qtbot.waitUntil(lambda: view.kept.text() == "1 sur 2\u202f000" or view.kept.text() == "1 sur 2000", timeout=20_000)
    assert view.tree.isExpanded(view.model.index_of(view.model.find(1999).parent))
