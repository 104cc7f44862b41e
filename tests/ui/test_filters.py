"""The filters of the list: each alone, combined, told in words, taken away in one click."""

from __future__ import annotations

from dataclasses import replace

import pytest
from qgis.core import QgsRectangle
from qgis.gui import QgsMapCanvas
from qgis.PyQt.QtCore import Qt
from scot_compat.checks.base import Etat
from scot_compat.gis.instruction.decisions import Decision, Subject, Verdict
from scot_compat.ui.results.answers import ADDED
from scot_compat.ui.results.view import ResultsView

PATIENCE = 20_000
EAST, NORTH = 700000, 6600000


@pytest.fixture
def canvas(qtbot):
    made = QgsMapCanvas()
    qtbot.addWidget(made)
    made.resize(400, 400)
    return made


@pytest.fixture
def show(qtbot, canvas):
    """Function `(results) -> view`."""

    def shown(results):
        made = ResultsView(canvas=canvas)
        qtbot.addWidget(made)
        made.resize(700, 900)
        made.show()
        qtbot.waitExposed(made)
        made.show_results(results)
        return made

    return shown


@pytest.fixture
def view(show, rows):
    return show(rows)


def kept(view):
    return [getattr(leaf.item, "id", leaf.item.cle) for leaf in view.model.root.leaves()]


def decide(rows, cle, decision=Decision.RETENU):
    rows.notebook.decide([Subject(cle)], Verdict(decision, "Une raison."), "A. B.")


def with_insee(rows, **codes):
    """The écarts of these keys lie in these communes."""
    every = [one for several in rows.ecarts.values() for one in several]
    changed = [replace(one, insee=codes.get(one.cle, "")) for one in every]
    return type(rows)(rows.controle, rows.prescriptions, rows.constats, changed, rows.sources)


def test_a_commune_is_that_of_the_constat_or_of_one_of_its_ecarts(show, rows):
    """Constat 1 is about Lens; constat 5 is about the whole PLU, with an écart in Lens and another elsewhere."""
    view = show(with_insee(rows, k5="62498", k6="62999"))
    view.filters.communes.choose(["62498"])
    assert kept(view) == [1, 5]
    view.filters.communes.choose(["62999", "62186"])
    assert kept(view) == [2, 5]


def test_communes_are_offered_by_name_with_how_many_answers_concern_them(show, rows):
    view = show(with_insee(rows, k5="62498", k6="62999"))
    listed = view.filters.communes.list
    assert [listed.item(row).text() for row in range(listed.count())] == [
        "62999 (1)",  # no constat tells its name
        "Bully · 62186 (1)",
        "Grenay · 62386 (1)",
        "Lens · 62498 (2)",
        "Mazingarbe · 62563 (1)",
    ]


def test_theme_and_nature(view):
    view.filters.themes.choose(["tvb"])
    assert kept(view) == [5]
    view.filters.themes.choose(["tvb", "densite"])
    assert kept(view) == [1, 2, 3, 4, 5]
    view.filters.themes.clear()
    view.filters.natures.choose(["norme"])
    assert kept(view) == [5, 7]


def test_criteria_narrow_one_another(view):
    view.filters.natures.choose(["objectif", "norme"])
    view.filters.states.choose([Etat.ECART_MARQUE, Etat.SANS_OBJET])
    assert kept(view) == [1, 5, 7]
    view.filters.themes.choose(["densite"])
    assert kept(view) == [1]


def test_what_is_to_do_calls_for_a_look_and_is_not_decided(show, rows):
    decide(rows, "c2")
    decide(rows, "k1")  # one of the two écarts of the first
    view = show(rows)
    view.filters.to_do.setChecked(True)
    assert kept(view) == [1, 4, 5, 6]  # 3 is fine, 7 has no object


def test_by_decision(show, rows):
    decide(rows, "c2", Decision.NUANCE)
    decide(rows, "k1")
    view = show(rows)
    view.filters.decisions.choose([Decision.RETENU])
    assert kept(view) == [1]
    view.filters.decisions.choose([Decision.RETENU, Decision.NUANCE])
    assert kept(view) == [1, 2]
    view.filters.decisions.choose([Decision.EN_ATTENTE])
    assert kept(view) == [1, 4, 5, 6]


def test_a_decision_leaves_its_row_in_place_until_the_next_step(show, rows):
    view = show(rows)
    view.filters.to_do.setChecked(True)
    view.step()
    assert view.node.item.id == 1
    decide(rows, "c1")
    view.refresh_appraisals(["c1"])
    assert kept(view) == [1, 2, 4, 5, 6] and view.node.item.id == 1
    view.step()
    assert kept(view) == [2, 4, 5, 6] and view.node.item.id == 2


def test_the_segment_of_an_objective_keeps_its_own_answers_only(view):
    view.filters.search.setText("rien de tel")
    view.filters.to_do.setChecked(True)
    view.ask("3.1 La trame verte", Etat.ECART_MARQUE)
    assert kept(view) == [5]
    assert view.filters.summary.text() == "objectif : 3.1 La trame verte ; état : Écart marqué"
    view.ask("3.1 La trame verte", None)
    assert kept(view) == [5, 6, 7]


def test_what_is_filtered_is_told_and_taken_away_in_one_click(view, qtbot):
    assert not view.filters.everything.isVisible() and view.kept.text() == ""
    view.filters.search.setText("a")
    view.filters.states.choose(list(Etat)[1:6])
    view.filters.themes.choose(["densite"])
    view.filters.to_do.setChecked(True)
    assert view.filters.summary.text() == "texte « a » ; 5 états ; thème : densite ; à traiter"
    assert view.kept.text() == "3 sur 7"  # Lens, Bully and Mazingarbe
    qtbot.mouseClick(view.filters.everything, Qt.MouseButton.LeftButton)
    assert kept(view) == [1, 2, 3, 4, 5, 6, 7]
    assert not view.filters.everything.isVisible() and view.filters.criteria.none


def test_what_the_map_shows_follows_the_map(view, canvas, qtbot):
    """The écarts of 5 are 5 km north (k5) and 5 km north-east (k6) of those of 1; that of 2 is 5 km east."""
    canvas.setExtent(QgsRectangle(EAST, NORTH, EAST + 1000, NORTH + 1000))
    view.filters.on_map.setChecked(True)
    qtbot.waitUntil(lambda: kept(view) == [1], timeout=PATIENCE)
    assert view.filters.summary.text() == "visible sur la carte"
    canvas.setExtent(QgsRectangle(EAST + 4900, NORTH, EAST + 6000, NORTH + 5050))
    qtbot.waitUntil(lambda: kept(view) == [2, 5], timeout=PATIENCE)
    view.filters.on_map.setChecked(False)
    assert kept(view) == [1, 2, 3, 4, 5, 6, 7]


def test_the_walk_does_not_move_a_map_that_is_followed(view, canvas, qtbot):
    from scot_compat.ui.map.move import Move

    moves = []
    view.shown.connect(lambda row, current, move: moves.append(move))
    canvas.setExtent(QgsRectangle(EAST, NORTH, EAST + 1000, NORTH + 1000))
    view.filters.on_map.setChecked(True)
    qtbot.waitUntil(lambda: kept(view) == [1], timeout=PATIENCE)
    view.step()
    assert moves[-1] is Move.STAY


def test_the_list_to_tick_is_searched_without_accents(show, of):
    from scot_compat.gis.results import ConstatRow, PrescriptionRow

    etat = Etat.ECART_MARQUE
    names = [f"Commune {n}" for n in range(20)] + ["Écœuvres"]
    constats = [
        ConstatRow(n, f"c{n}", "P", etat, "", echelle="commune", territoire=f"620{n:02d}", territoire_nom=name)
        for n, name in enumerate(names)
    ]
    communes = show(of([PrescriptionRow("P", "I", "O", etat)], constats)).filters.communes
    communes.search.setText("ecoeuv")
    shown = [one for one in communes.items() if not one.isHidden()]
    assert [one.text() for one in shown] == ["Écœuvres · 62020 (1)"]


def test_a_click_ticks_and_the_keyboard_too(view, qtbot):
    states = view.filters.states
    states.menu().popup(view.mapToGlobal(view.rect().center()))
    item = states.list.item(1)
    spot = states.list.visualItemRect(item).center()
    qtbot.mouseClick(states.list.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert states.chosen == {Etat.ECART_MARQUE} and kept(view) == [1, 5]
    qtbot.keyClick(states.list, Qt.Key.Key_Down)
    qtbot.keyClick(states.list, Qt.Key.Key_Space)
    assert states.chosen == {Etat.ECART_MARQUE, Etat.ECART_FAIBLE} and kept(view) == [1, 2, 5]
    states.menu().close()


def test_a_button_pressed_elsewhere_and_released_on_the_list_ticks_nothing(view, qtbot):
    """The press opens the menu, under the mouse when there is little room."""
    states = view.filters.states
    states.menu().popup(view.mapToGlobal(view.rect().center()))
    spot = states.list.visualItemRect(states.list.item(0)).center()
    with qtbot.captureExceptions() as raised:
        qtbot.mouseRelease(states.list.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    states.menu().close()
    assert raised == [] and states.chosen == frozenset()


def test_findings_added_by_hand_are_a_state_of_their_own(show, rows):
    rows.notebook.add_free("Une haie\noubliée", "A. B.", "P31")
    view = show(rows)
    view.filters.states.choose([Etat.A_APPRECIER])
    assert kept(view) == [6]
    view.filters.states.choose([ADDED])
    (leaf,) = view.model.root.leaves()
    assert view.model.index_of(leaf).data() == "Une haie oubliée", "a row has one line"


def listed(choice):
    return [item.text() for item in choice.items()]


def test_the_menus_count_what_was_decided_and_added_since(view):
    """Five of the seven call for a look: 1, 2, 4, 5 and 6."""
    assert listed(view.filters.decisions)[:2] == ["En attente (5)", "Retenu (0)"]
    view.filters.decisions.choose([Decision.EN_ATTENTE])
    decide(view.results, "c2")
    view.refresh_appraisals(["c2"])
    assert listed(view.filters.decisions)[:2] == ["En attente (4)", "Retenu (1)"]
    assert view.filters.decisions.chosen == {Decision.EN_ATTENTE} and kept(view) == [1, 2, 4, 5, 6]
    view.filters.decisions.clear()
    view.results.notebook.add_free("Une haie oubliée", "A. B.")
    view.refresh_free()
    assert listed(view.filters.states)[-1] == "Ajouté à la main (1)"


def test_a_finding_withdrawn_under_its_own_filter_leaves_the_filter_in_sight(show, rows):
    finding = rows.notebook.add_free("Une haie oubliée", "A. B.")
    view = show(rows)
    view.filters.states.choose([ADDED])
    rows.notebook.withdraw_free(finding, "A. B.")
    view.refresh_free()
    assert kept(view) == [] and view.filters.summary.text() == "état : Ajouté à la main"


def test_the_tab_key_goes_from_the_search_to_the_filters_then_the_rows(view, qtbot):
    order, widget = [], view.filters.search
    for _ in range(60):
        widget = widget.nextInFocusChain()
        order.append(widget)
    wanted = [
        view.filters.states,
        view.filters.communes,
        view.filters.to_do,
        view.filters.on_map,
        view.tree,
        view.sheet,
    ]
    places = [order.index(one) for one in wanted]
    assert places == sorted(places)


def test_every_widget_has_a_name_for_those_who_do_not_see_it(view):
    filters = view.filters
    for widget in (
        filters.search,
        filters.states,
        filters.communes,
        filters.to_do,
        filters.on_map,
        view.tree,
        view.sheet,
    ):
        assert widget.accessibleName()
    filters.states.choose([Etat.ECART_MARQUE])
    assert "Écart marqué" in filters.states.accessibleName()
