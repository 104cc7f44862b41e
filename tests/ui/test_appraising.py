"""From the row in hand to the decision in its column: one row, one object, several rows, a whole prescription."""

from __future__ import annotations

import pytest
from qgis.PyQt.QtCore import QItemSelectionModel, Qt
from scot_compat.gis.dossier_results import DossierResults
from scot_compat.gis.instruction.decisions import Appraisal, Decision, Subject, Suite, Verdict
from scot_compat.ui.results.cells import APPRAISAL
from scot_compat.ui.results.view import ResultsView


@pytest.fixture
def view(qgis_app, qtbot, rows):
    made = ResultsView()
    qtbot.addWidget(made)
    made.show_results(rows)
    made.show()
    return made


def take(view, *numbers):
    """Choose constats by their number, the last one in hand."""
    selection = view.tree.selectionModel()
    selection.clearSelection()
    for number in numbers:
        index = view.model.index_of(view.model.find(number))
        selection.setCurrentIndex(
            index, QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
        )


def decide(view, motif="Vu.", decision=Decision.RETENU, suite=Suite.AUCUNE):
    view.form.decision.setCurrentIndex(view.form.decision.findData(decision))
    view.form.suite.setCurrentIndex(view.form.suite.findData(suite))
    view.form.reason.setPlainText(motif)
    assert view.form.record()


def said(view, number):
    """The text of the column of appraisals of a constat."""
    return view.model.index_of(view.model.find(number), APPRAISAL).data()


def names(view):
    return [view.form.target.itemText(place) for place in range(view.form.target.count())]


def test_the_row_in_hand_or_its_object_may_be_decided(view, rows):
    take(view, 1)
    assert names(view) == ["tout le constat : Lens", "l'objet 1AUc-1 seul"]
    decide(view, "Densité trop faible.")
    assert rows.notebook.of("c1").mesure == 18.2 and said(view, 1) == "Retenu"


def test_the_object_follows_the_walk_inside_a_row(view):
    take(view, 1)
    view.step()
    assert names(view)[1] == "l'objet 1AUc-2 seul"


def test_rows_chosen_together_take_one_decision(view, rows):
    take(view, 1, 2, 4)
    assert names(view) == ["les 3 lignes choisies"]
    decide(view, decision=Decision.A_COMPLETER)
    assert [said(view, number) for number in (1, 2, 3, 4)] == ["À compléter", "À compléter", "", "À compléter"]
    view.form.undo.click()
    assert [rows.notebook.decided(cle) for cle in ("c1", "c2", "c4")] == [False] * 3


def test_a_prescription_stands_for_its_rows_that_call_for_a_look(view, rows):
    """P12: Lens, Bully and Mazingarbe; Grenay has no departure."""
    view.tree.setCurrentIndex(view.model.index_of(view.model.find(1).parent))
    assert names(view) == ["les 3 lignes à regarder de P12"]
    decide(view)
    assert not rows.notebook.decided("c3") and rows.notebook.decided("c4")


def test_two_prescriptions_chosen_together_are_not_called_by_the_name_of_one(view, rows):
    """The decision bears on the rows of both."""
    holders = list(dict.fromkeys(view.model.find(number).holder for number in (1, 6)))
    selection = view.tree.selectionModel()
    for holder in holders:
        selection.setCurrentIndex(
            view.model.index_of(holder),
            QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows,
        )
    (name,) = names(view)
    assert len(holders) == 2 and name.endswith("à regarder de la sélection")


def test_without_a_row_nothing_is_decided(view):
    view.tree.selectionModel().clear()
    assert not view.form.keep.isEnabled()


def test_a_decision_does_not_move_the_row_from_under_the_hand(view):
    view.filters.to_do.setChecked(True)
    take(view, 2)
    decide(view)
    assert view.node is view.model.find(2)


def test_the_keys_of_the_tree_undo_a_decision(view, rows, qtbot):
    take(view, 1)
    decide(view)
    qtbot.keyClick(view.tree, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert not rows.notebook.decided("c1")


def test_a_finding_added_by_hand_is_a_row_to_decide_on_amend_or_withdraw(view, rows, qtbot):
    finding = rows.notebook.add_free("Aucune OAP à l'entrée est.", "Zoé", "P36")
    view.refresh_free()
    node = view.model.answers.leaf_of(next(iter(view.model.find(6).parent.shown[-1].ecarts), None) or _none(finding))
    view.tree.setCurrentIndex(view.model.index_of(node))
    assert names(view) == ["ce constat ajouté à la main"]
    decide(view)
    assert rows.notebook.decided(finding.cle)
    actions = {action.text(): action for action in view.menu.menu(node).actions()}
    with qtbot.waitSignal(view.finding_asked) as asked:
        actions["Modifier ce constat…"].trigger()
    assert asked.args == [finding]
    actions["Retirer ce constat"].trigger()
    assert rows.notebook.free == () and view.model.total == len(rows.constats)


def _none(finding):
    from scot_compat.ui.results.answers import drawn_by_hand

    return drawn_by_hand(finding)


def test_a_new_finding_is_asked_for_the_prescription_in_hand(view, qtbot):
    take(view, 6)
    assert view.prescription == "P36"
    with qtbot.waitSignal(view.finding_asked) as asked:
        view.panel.add.click()
    assert asked.args == [None]
    view.tree.selectionModel().clear()


def test_the_dock_writes_a_finding_and_closes_the_dialog_with_its_dossier(interface, qtbot, rows):
    from scot_compat.ui.dock import ScotDock

    dock = ScotDock(interface)
    qtbot.addWidget(dock)
    dock.show_results(rows)
    dock.view.panel.add.click()
    first = dock._writing
    dock.view.panel.add.click()
    assert dock._writing is not None and not first.isVisible()
    dock._writing.text.setPlainText("Aucune OAP à l'entrée est.")
    begun = dock._writing
    dock.view.panel.add.click()
    assert dock._writing is begun and begun.isVisible(), "what is being written is not thrown away"
    assert any("en cours d'écriture" in said for said in interface.messages)
    assert dock._writing.save()
    assert [one.texte for one in rows.notebook.free] == ["Aucune OAP à l'entrée est."] and dock._writing is None
    assert dock.view.model.total == len(rows.constats) + 1
    dock.view.panel.add.click()
    dock._writing.text.setPlainText("Commencé.")
    dock.show_results(None)
    assert dock._writing is None and any("« Commencé. »" in said for said in interface.messages)
    dock.close_all()


def test_a_finding_being_written_goes_on_in_the_control_made_again(interface, qtbot, dossier):
    from scot_compat.ui.dock import ScotDock

    dock = ScotDock(interface)
    qtbot.addWidget(dock)
    dock.show_results(DossierResults(dossier))
    dock.write_finding()
    dock._writing.text.setPlainText("Aucune OAP à l'entrée est.")
    again = DossierResults(dossier)
    dock.show_results(again)
    assert dock._writing.save()
    assert [one.texte for one in again.notebook.free] == ["Aucune OAP à l'entrée est."]
    dock.close_all()
    again.notebook.close()


def test_a_decision_on_what_has_changed_since_is_to_be_seen_again(view, rows):
    """As after « Relancer »: the density of Lens was 17 when it was decided, it is 18.2."""
    decided = Subject("c1", "ecart_marque", 17.0, "logt/ha")
    rows.notebook.decide([decided], Verdict(Decision.RETENU, "Trop faible."), "Zoé")
    view.refresh_appraisals(["c1"])
    assert said(view, 1) == "Retenu, à revoir"
    view.filters.to_do.setChecked(True)
    assert view.model.is_shown(view.model.find(1))
    take(view, 1)
    assert view.form.said.text().endswith("Le constat a changé depuis : à revoir.")
    view.form.record()
    assert said(view, 1) == "Retenu"


def test_an_object_in_two_pieces_is_to_be_seen_again_only_when_both_have_changed(rows, view):
    """What was decided on one piece is not outdated by the size of the other."""
    pieces = [ecart for ecarts in rows.ecarts.values() for ecart in ecarts]
    cle = next(one.cle for one in pieces if sum(other.cle == one.cle for other in pieces) > 1)
    first = next(one for one in pieces if one.cle == cle)
    rows.notebook.decide([Subject.of_ecart(first)], Verdict(Decision.RETENU, "Vu."), "Zoé")
    view.refresh_appraisals([cle])
    assert "à revoir" not in said(view, first.constat)


def test_the_form_shows_what_was_carried_on_the_row_in_hand(view, rows):
    take(view, 1)
    carried = Appraisal(rows.constats[0].cle, Decision.NON_RETENU, "Déjà bâti.", origine="reprise de arrêté.gpkg")
    rows.notebook.carry([carried], ())
    view.refresh_appraisals([carried.cle])
    assert view.form.reason.toPlainText() == "Déjà bâti." and said(view, 1) == "Non retenu"
