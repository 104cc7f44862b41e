"""The form of an appraisal: kept when it says so, a reason asked for, nothing typed lost, undo by the keyboard."""

from __future__ import annotations

import pytest
from qgis.PyQt.QtCore import Qt
from scot_compat.gis.instruction.decisions import Decision, Refused, Subject, Suite, Verdict
from scot_compat.gis.instruction.notebook import Notebook
from scot_compat.ui.instruction.form import AppraisalForm, Target, author

LENS = Target("Lens", (Subject("c1", "ecart_marque", 18.2, "logt/ha"),))
ZONE = Target("1AU-a", (Subject("e1", "ecart_marque", 1.2, "ha"),))
BULLY = Target("Bully", (Subject("c2", "ecart_faible", 23.0, "logt/ha"),))
BOTH = Target("2 lignes", (*LENS.subjects, *BULLY.subjects))


@pytest.fixture
def notebook():
    return Notebook()


@pytest.fixture
def form(qgis_app, qtbot, notebook):
    made = AppraisalForm()
    qtbot.addWidget(made)
    made.show_targets(notebook, (LENS, ZONE))
    made.show()
    return made


def choose(form, decision, motif="", suite=Suite.AUCUNE):
    form.decision.setCurrentIndex(form.decision.findData(decision))
    form.suite.setCurrentIndex(form.suite.findData(suite))
    form.reason.setPlainText(motif)


def test_a_decision_is_kept_with_its_author_and_told(form, notebook, qtbot):
    choose(form, Decision.RETENU, "Zone humide avérée.", Suite.RESERVE)
    with qtbot.waitSignal(form.changed) as told:
        qtbot.mouseClick(form.keep, Qt.MouseButton.LeftButton)
    assert told.args == [("c1",)]
    held = notebook.of("c1")
    assert (held.decision, held.motif, held.suite) == (Decision.RETENU, "Zone humide avérée.", Suite.RESERVE)
    assert held.auteur == author() != "" and (held.etat, held.mesure) == ("ecart_marque", 18.2)
    assert form.said.text() == "Enregistré pour Lens."


def test_without_a_reason_it_is_not_kept_and_the_form_says_so(form, notebook, qtbot):
    choose(form, Decision.NON_RETENU)
    with qtbot.assertNotEmitted(form.changed):
        assert form.record() is False
    assert notebook.of("c1") is None
    assert "motif manque" in form.said.text() and form.decision.currentData() is Decision.NON_RETENU


def test_one_object_of_the_row_may_be_decided_alone(form, notebook):
    form.target.setCurrentIndex(1)
    choose(form, Decision.NON_RETENU, "Déjà bâtie.")
    assert form.record()
    assert notebook.of("c1") is None and notebook.of("e1").motif == "Déjà bâtie."


def test_several_rows_take_the_same_decision_at_once(form, notebook):
    form.show_targets(notebook, (BOTH,))
    choose(form, Decision.A_COMPLETER, "Demander le programme.")
    assert form.record()
    assert {notebook.of(cle).motif for cle in ("c1", "c2")} == {"Demander le programme."}


def test_rows_decided_differently_are_told_and_not_mixed(form, notebook):
    notebook.decide(LENS.subjects, Verdict(Decision.RETENU, "A."), "Zoé")
    form.show_targets(notebook, (BOTH,))
    assert form.decision.currentData() is Decision.EN_ATTENTE and form.reason.toPlainText() == ""
    assert form.said.text() == "1 ligne sur 2 a déjà une décision."


def test_what_is_typed_and_not_kept_is_found_again(form, notebook):
    choose(form, Decision.NUANCE, "À moitié écrit")
    form.show_targets(notebook, (BULLY,))
    assert form.reason.toPlainText() == ""
    form.show_targets(notebook, (LENS, ZONE))
    assert form.verdict == Verdict(Decision.NUANCE, "À moitié écrit", Suite.AUCUNE)
    assert "Non enregistré" in form.said.text() and notebook.of("c1") is None


def test_what_is_typed_for_the_row_is_found_again_after_a_look_at_its_object(form, notebook):
    choose(form, Decision.NUANCE, "À moitié écrit")
    form.target.setCurrentIndex(1)
    assert form.reason.toPlainText() == ""
    form.target.setCurrentIndex(0)
    assert form.verdict == Verdict(Decision.NUANCE, "À moitié écrit", Suite.AUCUNE)


def test_undoing_the_decision_of_another_row_names_it_and_leaves_what_is_being_typed(form, notebook):
    choose(form, Decision.RETENU, "Avérée.")
    form.record()
    form.show_targets(notebook, (BULLY,))
    choose(form, Decision.NUANCE, "À moitié écrit")
    form.go_back()
    assert not notebook.decided("c1") and form.said.text() == "Décision annulée pour Lens."
    assert form.verdict == Verdict(Decision.NUANCE, "À moitié écrit", Suite.AUCUNE)


def test_what_is_typed_then_put_back_as_it_was_is_no_draft(form, notebook):
    choose(form, Decision.NUANCE, "À moitié écrit")
    form.show_targets(notebook, (BULLY,))
    form.show_targets(notebook, (LENS, ZONE))
    choose(form, Decision.EN_ATTENTE)
    form.show_targets(notebook, (BULLY,))
    form.show_targets(notebook, (LENS, ZONE))
    assert form.said.text() == ""


def test_a_decision_taken_otherwise_meanwhile_is_shown_and_not_saved_over_unseen(form, notebook):
    """Carried from another dossier, or read again after someone else: the form said "en attente"."""
    notebook.decide(LENS.subjects, Verdict(Decision.RETENU, "Avérée."), "Ali")
    form.show_targets(notebook, (LENS, ZONE))
    assert form.verdict == Verdict(Decision.RETENU, "Avérée.", Suite.AUCUNE)
    choose(form, Decision.RETENU, "Avérée, et plus")
    notebook.decide(LENS.subjects, Verdict(Decision.NON_RETENU, "Non."), "Zoé")
    form.show_targets(notebook, (LENS, ZONE))
    assert form.reason.toPlainText() == "Avérée, et plus"
    assert form.said.text().startswith("Non retenu. Zoé, le ")


def test_a_draft_outlives_the_control_made_again(form, dossier):
    form.show_targets(Notebook.of_dossier(dossier), (LENS,))
    choose(form, Decision.NUANCE, "À moitié écrit")
    again = Notebook.of_dossier(dossier)
    form.show_targets(again, ())
    form.show_targets(again, (LENS,))
    assert form.reason.toPlainText() == "À moitié écrit" and "Non enregistré" in form.said.text()


def test_a_draft_is_not_carried_to_another_dossier(form):
    choose(form, Decision.NUANCE, "À moitié écrit")
    form.show_targets(Notebook(), (LENS,))
    assert form.reason.toPlainText() == ""


def test_showing_the_same_row_again_leaves_what_is_being_typed(form, notebook):
    choose(form, Decision.NUANCE, "En cours")
    form.show_targets(notebook, (LENS, ZONE))
    assert form.reason.toPlainText() == "En cours"


def test_the_form_shows_what_holds_by_whom_and_since_when(form, notebook):
    notebook.decide(LENS.subjects, Verdict(Decision.RETENU, "Avérée.", Suite.RESERVE), "Zoé N'Diaye")
    form.show_targets(notebook, ())
    form.show_targets(notebook, (LENS,))
    assert form.verdict == Verdict(Decision.RETENU, "Avérée.", Suite.RESERVE)
    assert form.said.text().startswith("Retenu, réserve. Zoé N'Diaye, le ")
    assert "à revoir" not in form.said.text()


def test_a_decision_on_what_has_changed_is_to_be_seen_again(form, notebook):
    notebook.decide(LENS.subjects, Verdict(Decision.RETENU, "Avérée."), "Zoé")
    now = Target("Lens", (Subject("c1", "ecart_faible", 34.0, "logt/ha"),))
    form.show_targets(notebook, ())
    form.show_targets(notebook, (now,))
    assert form.said.text().endswith("Le constat a changé depuis : à revoir.")


def test_the_keyboard_keeps_undoes_and_redoes(form, notebook, qtbot):
    choose(form, Decision.NUANCE, "Vu.")
    qtbot.keyClick(form.reason, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert notebook.decided("c1")
    qtbot.keyClick(form.decision, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert not notebook.decided("c1") and form.decision.currentData() is Decision.EN_ATTENTE
    assert form.said.text() == "Décision annulée pour Lens."
    with qtbot.waitSignal(form.changed):
        qtbot.mouseClick(form.redo, Qt.MouseButton.LeftButton)
    assert notebook.of("c1").motif == "Vu." == form.reason.toPlainText()
    assert not form.redo.isEnabled() and form.undo.isEnabled()


def test_the_history_of_a_row_is_shown_on_demand_the_last_first(form, notebook):
    assert not form.past.isEnabled()
    notebook.decide(LENS.subjects, Verdict(Decision.RETENU, "Première <b>."), "Zoé")
    notebook.decide(LENS.subjects, Verdict(Decision.NUANCE, "Seconde."), "Ali")
    notebook.undo("Ali")
    form.show_targets(notebook, ())
    form.show_targets(notebook, (LENS,))
    assert not form.history.isVisibleTo(form)
    form.past.setChecked(True)
    said = form.history.toPlainText()
    assert form.history.isVisibleTo(form)
    assert said.index("annulation") < said.index("Seconde.") < said.rindex("Première <b>.")


def test_where_nothing_may_be_written_all_is_read(form, notebook):
    notebook.decide(LENS.subjects, Verdict(Decision.RETENU, "Avérée."), "Zoé")
    notebook._refusal = "Ce dossier est ouvert sur le poste DDT-12."
    form.show_targets(notebook, ())
    form.show_targets(notebook, (LENS,))
    assert form.reason.isReadOnly() and not form.keep.isEnabled()
    assert form.keep.toolTip() == "Ce dossier est ouvert sur le poste DDT-12."
    assert form.reason.toPlainText() == "Avérée." and form.past.isEnabled() and not form.undo.isEnabled()


def test_a_decision_refused_by_the_dossier_stays_in_the_form(form, notebook, monkeypatch):
    def refuse(*_, **__):
        raise Refused("Le disque est plein : rien n'a été enregistré.")

    monkeypatch.setattr(notebook, "_append", refuse)
    choose(form, Decision.RETENU, "Long motif.")
    assert form.record() is False
    assert form.said.text() == "Le disque est plein : rien n'a été enregistré." and form.said.font().bold()
    assert form.reason.toPlainText() == "Long motif."


def test_without_a_row_there_is_nothing_to_decide(form, notebook):
    form.show_targets(notebook, ())
    assert not form.keep.isEnabled() and form.record() is False


def test_the_tab_key_goes_through_the_form_in_reading_order(form, qtbot):
    form.activateWindow()
    form.target.setFocus()
    order = []
    for _ in range(5):
        order.append(form.focusWidget())
        qtbot.keyClick(form.focusWidget(), Qt.Key.Key_Tab)
    assert order == [form.target, form.decision, form.suite, form.reason, form.keep]


def test_every_control_has_a_name_for_screen_readers(form):
    for widget in (form.target, form.decision, form.suite, form.reason, form.past, form.undo, form.redo, form.history):
        assert widget.accessibleName()
