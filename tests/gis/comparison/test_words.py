"""What differs in one departure, in French, with figures that read as different when they are."""

from __future__ import annotations

import pytest
from scot_compat.checks.base import Etat
from scot_compat.gis.comparison import appraisals, words
from scot_compat.gis.comparison.changes import compare
from scot_compat.gis.instruction.decisions import Decision, Verdict

NARROW = "\u202f"


@pytest.fixture
def said(made):
    """Function `(object before, object after) -> what differs`."""

    def say(before, after):
        (change,) = compare(made().add("P1", before).side, made().add("P1", after).side).departures
        return words.differences(change)

    return say


def test_a_zone_redrawn_and_renamed(said, drawn):
    box, _ = drawn
    assert said(("AU1", box(0, 0)), ("AU2", box(0, 0, 90))) == (
        f"Objet redessiné ; renommé : AU1 → AU2 ; surface en cause : 10{NARROW}000 m² → 9{NARROW}000 m²"
    )


def test_figures_close_to_one_another_do_not_read_alike(said, drawn):
    box, _ = drawn
    before = ("A", box(0, 0), {"mesure": 34.999, "unite": "logt/ha"})
    after = ("A", box(0, 0), {"mesure": 35.0, "unite": "logt/ha"})
    assert said(before, after) == "mesure : 34,999 logements par hectare → 35 logements par hectare"


def test_what_is_measured_and_in_conflict_is_told_once(said, drawn):
    box, _ = drawn
    before = ("A", box(0, 0), {"mesure": 10000.0, "unite": "m2"})
    after = ("A", box(0, 0, 90), {"mesure": 9000.0, "unite": "m2"})
    assert said(before, after).count("→") == 1


def test_state_threshold_and_role(said, drawn):
    box, _ = drawn
    before = ("A", box(0, 0), {"seuil": 35.0, "unite": "logt/ha"})
    after = ("A", box(0, 0), {"seuil": 30.0, "unite": "logt/ha", "etat": Etat.ECART_FAIBLE, "role": "contribue"})
    text = said(before, after)
    assert "état : Écart marqué → Écart faible" in text
    assert "seuil : 35 logements par hectare → 30 logements par hectare" in text


def test_a_threshold_that_there_was_not(said, drawn):
    box, _ = drawn
    text = said(("A", box(0, 0)), ("A", box(0, 0), {"seuil": 30.0, "unite": "logt/ha"}))
    assert "seuil : aucun → 30 logements par hectare" in text


def test_nothing_differs_in_what_lasts(said, drawn):
    box, _ = drawn
    assert said(("A", box(0, 0)), ("A", box(0, 0))) == ""


def test_the_summary_tells_counts_doubts_and_what_to_read_again(made, drawn):
    box, _ = drawn
    before = made(regles_sha256="a").add("P1", ("<A>", box(0, 0)), ("B", box(500, 0)))
    after = made(regles_sha256="b", date="2025-06-12T10:00:00+00:00").add("P1", ("<A>", box(0, 0)))
    one, other = before.side, after.side
    gone = next(item for item in one.departures if item.libelle == "B")
    one.notebook.decide([gone.subjects[0]], Verdict(Decision.RETENU, "Vu."), "Zoé")
    comparison = compare(one, other)
    page = words.html(comparison, appraisals.plan(comparison, one.notebook, other.notebook))
    assert "<li>Disparus : 1</li>" in page and "<li>Maintenus : 1</li>" in page and "<li>Nouveaux : 0</li>" in page
    assert "contrôle du 01/03/2024" in page and "contrôle du 12/06/2025" in page
    assert "Le fichier de règles n&#x27;est pas le même" in page
    assert "P1 · B : retenu (Vu). L&#x27;écart a disparu : elle n&#x27;est pas reprise." in page
    assert "<A>" not in page
