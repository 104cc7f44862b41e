"""The examples of a rule file, played: what is announced, what is found, where and why."""

from __future__ import annotations

import datetime

import pytest

RULES = """\
format: 1
scot: {nom: S}
couches:
  corridors: {libelle: Corridors, geometrie: surface, precision: 1 m}
prescriptions:
  - id: P1
    intitule: Corridors
    nature: norme
    controle: {zones_interdites: {objets: {zones: {typezone: [AUc]}}, couches: [corridors]}}
    sauf:
      - {zones: {libelle: 1AU}, motif: Permis, jusqu_au: 2030-06-30}
  - id: P2
    intitule: Entrées de ville
    nature: orientation
    controle: {lecture: {questions: [x]}}
exemples:
"""
ZONE = '{LIBELLE: %s, TYPEZONE: AUc, wkt: "POLYGON((0 0,100 0,100 100,0 100,0 0))"}'
CONFLICT = (
    f'    zones: [{ZONE % "2AUc"}]\n    couches: {{corridors: [{{wkt: "POLYGON((0 0,100 0,100 50,0 50,0 0))"}}]}}\n'
)


@pytest.fixture
def jouer():
    """`jouer(yaml of the examples, **options) -> list of Outcome`."""

    def run(text, **options):
        from scot_compat.checks.exemples import play
        from scot_compat.checks.registry import KINDS
        from scot_compat.rules.loader import loads

        return play(loads(RULES + text, KINDS, "regles.yaml"), **options)

    return run


def test_each_announced_state_beside_the_one_found(jouer):
    first, second = jouer(f"  - nom: À cheval\n{CONFLICT}    attendu:\n      P1: sans_ecart\n      P2: a_apprecier\n")
    assert (first.exemple, first.prescription, first.attendu, str(first.trouve)) == (
        "À cheval",
        "P1",
        "sans_ecart",
        "ecart_marque",
    )
    assert not first.passed and "recouvre" in first.message
    assert (first.fichier, first.ligne, second.ligne) == ("regles.yaml", 21, 22)
    assert second.passed and second.attendu == "a_apprecier"


def test_one_row_may_be_written_without_a_list(jouer):
    row = '{wkt: "POLYGON((0 0,100 0,100 50,0 50,0 0))"}'
    text = f"    zones: {ZONE % '2AUc'}\n    couches: {{corridors: {row}}}\n    attendu: {{P1: ecart_marque}}\n"
    (outcome,) = jouer("  - nom: Une seule ligne\n" + text)
    assert outcome.passed, outcome.message


def test_what_is_not_announced_is_not_looked_at(jouer):
    (outcome,) = jouer(f"  - nom: a\n{CONFLICT}    attendu: {{P1: ecart_marque}}\n")
    assert outcome.passed and outcome.prescription == "P1"


def test_a_missing_layer_is_said(jouer):
    (outcome,) = jouer(f"  - nom: a\n    zones: [{ZONE % '2AUc'}]\n    attendu: {{P1: sans_ecart}}\n")
    assert str(outcome.trouve) == "non_evalue" and "corridors" in outcome.message


@pytest.mark.parametrize(
    "date, etat", [("2030-06-30", "sans_objet"), ("01/07/2030", "ecart_marque"), ("", "ecart_marque")]
)
def test_the_date_of_the_run_is_that_of_the_example_first(jouer, date, etat):
    """The exception of 1AU holds to 30 June 2030 included."""
    text = f"  - nom: a\n{CONFLICT}    attendu: {{P1: {etat}}}\n".replace("2AUc", "1AU")
    text += f"    date: {date}\n" if date else ""
    (outcome,) = jouer(text, date=datetime.date(2031, 1, 1))
    assert outcome.passed, outcome


@pytest.mark.parametrize(
    "corps, said",
    [
        ("zones: []", "ZONE_URBA est vide"),
        ('zones: [{LIBELLE: A, TYPEZONE: A, wkt: "POLYGON((0 0, 1 0"}]', "une géométrie de ZONE_URBA est illisible"),
        (
            f"zones: [{ZONE % 'A'}]\n    prescriptions_plu: [{{TYPEPSC: 01}}]",
            "une ligne de PRESCRIPTION n'a pas de géom",
        ),
        (f'zones: [{ZONE % "A"}]\n    informations_plu: [{{TYPEINF: 01, wkt: "x"}}]', "une géométrie de INFO est illi"),
        (
            f'zones: [{ZONE % "A"}]\n    couches: {{corridors: [{{wkt: "POINT"}}]}}',
            "une géométrie de corridors est illi",
        ),
    ],
)
def test_an_example_that_cannot_be_played_fails_and_says_why(jouer, corps, said):
    first, second = jouer(f"  - nom: a\n    {corps}\n    attendu: {{P1: sans_ecart, P2: a_apprecier}}\n")
    for outcome in (first, second):
        assert outcome.trouve is None and not outcome.passed
        assert said in outcome.message and "\n" not in outcome.message


def test_without_examples(jouer):
    assert jouer("  []\n") == []


def test_a_cancel_is_heard(jouer):
    from scot_compat.checks.progress import Cancelled, Progress

    with pytest.raises(Cancelled):
        jouer(f"  - nom: a\n{CONFLICT}    attendu: {{P1: sans_ecart}}\n", progress=Progress(cancelled=lambda: True))
