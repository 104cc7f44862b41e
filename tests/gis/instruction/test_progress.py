"""How far the instructor is: a constat of an écart counts once, by its own decision or by those of all its objects."""

from __future__ import annotations

from scot_compat.checks.base import Etat
from scot_compat.gis.instruction.decisions import Decision, Subject, Verdict
from scot_compat.gis.instruction.notebook import Notebook
from scot_compat.gis.instruction.progress import DEPARTURES, OTHERS, Progress
from scot_compat.gis.results import ConstatRow, EcartRow, Results


class Made(Results):
    """Answers without anything around them."""

    controle = prescriptions = sources = constats = ecarts = notebook = None

    def __init__(self, constats, ecarts):
        self.constats, self.ecarts, self.notebook = constats, ecarts, Notebook()

    def geometries(self, ecarts):
        return []


def answers():
    """Four constats of an écart (two with two objects, one with one in two pieces, one without), two of none."""
    states = [Etat.ECART_MARQUE, Etat.ECART_FAIBLE, Etat.SENS_CONTRAIRE, Etat.ECART_FAIBLE, Etat.SANS_ECART]
    states.append(Etat.A_APPRECIER)
    ecarts = {
        1: ("a", "b"),
        2: ("c", "d"),
        3: ("e", "e"),
    }
    return Made(
        constats=[ConstatRow(n, f"c{n}", "P", etat, "") for n, etat in enumerate(states, 1)],
        ecarts={
            n: tuple(EcartRow("ecarts", place, key, n, Etat.ECART_FAIBLE) for place, key in enumerate(keys))
            for n, keys in ecarts.items()
        },
    )


def decide(results, decision, *keys):
    results.notebook.decide([Subject(key) for key in keys], Verdict(decision, "Motif."), "Zoé")


def test_before_any_decision_all_is_to_do():
    found = Progress.of(answers(), DEPARTURES)
    assert (found.total, found.appraised, found.left, found.partly) == (4, 0, 4, 0)


def test_constats_are_counted_by_their_decision():
    results = answers()
    decide(results, Decision.RETENU, "c1", "c2")
    decide(results, Decision.NON_RETENU, "c4")
    decide(results, Decision.RETENU, "c5", "c6")  # no écart there
    found = Progress.of(results, DEPARTURES)
    assert found.decisions == {Decision.RETENU: 2, Decision.NON_RETENU: 1}
    assert (found.appraised, found.left) == (3, 1)
    assert Progress.of(results, OTHERS) == Progress(1, {Decision.RETENU: 1}, 0, 0)  # what is to be appraised by reading


def test_a_decision_put_back_to_waiting_is_to_do_again():
    results = answers()
    decide(results, Decision.RETENU, "c1")
    decide(results, Decision.EN_ATTENTE, "c1")
    assert Progress.of(results, DEPARTURES).left == 4


def test_a_constat_whose_every_object_is_decided_is_appraised():
    results = answers()
    decide(results, Decision.RETENU, "a", "b", "c", "e")
    found = Progress.of(results, DEPARTURES)
    assert (found.by_objects, found.partly, found.decisions) == (2, 1, {})  # 1 and 3; 2 has one of its two
    assert (found.appraised, found.left) == (2, 2)


def test_the_decision_on_the_constat_is_the_one_that_counts():
    results = answers()
    decide(results, Decision.NUANCE, "c1")
    decide(results, Decision.RETENU, "a", "b")
    found = Progress.of(results, DEPARTURES)
    assert found.decisions == {Decision.NUANCE: 1} and found.by_objects == 0


def test_an_object_put_apart_as_waiting_with_a_word_is_still_to_do():
    results = answers()
    decide(results, Decision.RETENU, "c1")
    results.notebook.decide([Subject("a")], Verdict(Decision.EN_ATTENTE, "Voir l'OAP."), "Zoé")
    found = Progress.of(results, DEPARTURES)
    assert (found.appraised, found.partly) == (0, 1)
    results.notebook.undo("Zoé")  # waits without a word: the decision on the constat holds again
    assert Progress.of(results, DEPARTURES).appraised == 1


def test_a_decision_taken_on_another_measure_is_to_do_again():
    """As the filter « À traiter » says it: 17 logt/ha when it was decided, none now; a whole or one of its objects."""
    results = answers()
    decide(results, Decision.RETENU, "c1", "c4", "c", "d")
    for cle in ("c4", "d"):
        old = Subject(cle, "ecart_faible", 17.0, "logt/ha")
        results.notebook.decide([old], Verdict(Decision.RETENU, "Vu."), "Zoé")
    found = Progress.of(results, DEPARTURES)
    assert (found.appraised, found.left, found.again, found.partly) == (1, 3, 2, 0)


def test_an_object_in_two_pieces_is_to_do_again_only_when_both_have_changed():
    results = answers()
    results.notebook.decide([Subject("e", "ecart_faible")], Verdict(Decision.RETENU, "Vu."), "Zoé")
    assert Progress.of(results, DEPARTURES).again == 0
