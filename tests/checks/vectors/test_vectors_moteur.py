"""What the engine promises whatever the kind: the human reading, several answers, a crash contained, cancel."""

from __future__ import annotations

import pytest

TEXTE = """
couches:
  reservoirs: {libelle: Réservoirs, geometrie: surface, precision: 5 m}
prescriptions:
  - id: P1
    intitule: Densité
    objectif: 1. Foncier
    nature: norme
    controle:
      densite:
        objets: {zones: {typezone: [AUc]}}
        logements: {champ: NBLOGT}
        minimum: 35 logt/ha
  - id: P2
    intitule: Réservoirs
    objectif: 2. Nature
    nature: norme
    controles:
      - volet: urbanisation
        zones_interdites: {objets: {zones: {typezone: [AUc]}}, couches: [reservoirs]}
      - volet: protection
        protection_requise:
          couches: [reservoirs]
          outils:
            - zones: {typezone: [N]}
          part_minimale: 95 %
  - id: P3
    intitule: Entrées de ville
    objectif: 3. Paysage
    nature: orientation
    controle:
      lecture: {questions: ["Une OAP traite-t-elle chaque entrée ?"], pieces: [oap]}
"""
EXEMPLE = {
    "zones": [
        {"LIBELLE": "1AU", "TYPEZONE": "AUc", "NBLOGT": 70, "box": (0, 0, 200, 100)},
        {"LIBELLE": "N", "TYPEZONE": "N", "box": (200, 0, 300, 100)},
    ],
    "couches": {"reservoirs": [{"box": (190, 0, 300, 100)}]},
}
QUESTIONS = """
controle:
  lecture: {questions: ["Une OAP existe-t-elle ?", "Le rapport la justifie-t-il ?"], pieces: [oap, rapport]}
"""


@pytest.mark.parametrize("nature", ["norme", "objectif", "orientation", "recommandation"])
def test_lecture_is_always_to_be_read(constater, verifier, nature):
    constat = constater(f"nature: {nature}" + QUESTIONS, EXEMPLE)
    verifier(
        constat,
        "a_apprecier",
        mesure=None,
        ecarts=[],
        dit=["Une OAP existe-t-elle \\?", "Le rapport la justifie-t-il \\?"],
    )
    assert constat.controle == "lecture"


def test_answers_follow_the_file_and_the_state_is_the_worst(executer):
    """P2: 1 000 m2 of 20 000 in the reservoir is weak; 91 % of it protected is weak; P1 meets 35 exactly."""
    answers = executer(TEXTE, EXEMPLE).answers
    assert [(a.prescription.id, str(a.etat)) for a in answers] == [
        ("P1", "sans_ecart"),
        ("P2", "ecart_faible"),
        ("P3", "a_apprecier"),
    ]
    assert [(c.volet, c.controle, str(c.etat)) for c in answers[1].constats] == [
        ("urbanisation", "zones_interdites", "ecart_faible"),
        ("protection", "protection_requise", "ecart_faible"),
    ]
    assert {c.prescription for a in answers for c in a.constats} == {"P1", "P2", "P3"}


def test_two_volets_of_different_states(executer):
    """Without the N zone the reservoir is not protected at all where it lies in the PLU: marked prevails."""
    exemple = {"zones": EXEMPLE["zones"][:1], "couches": EXEMPLE["couches"]}
    answer = executer(TEXTE, exemple).answers[1]
    assert [str(c.etat) for c in answer.constats] == ["ecart_faible", "ecart_marque"]
    assert str(answer.etat) == "ecart_marque"


def test_every_message_is_one_french_sentence(executer):
    for answer in executer(TEXTE, EXEMPLE).answers:
        for constat in answer.constats:
            assert constat.message.strip() and "\n" not in constat.message and not constat.message[0].islower()


def test_a_crash_in_one_kind_leaves_the_others(executer, monkeypatch):
    from scot_compat.checks.registry import KINDS

    def crash(self, context):
        raise RuntimeError("division impossible")

    monkeypatch.setattr(KINDS["densite"], "run", crash)
    answers = executer(TEXTE, EXEMPLE).answers
    assert [str(a.etat) for a in answers] == ["erreur", "ecart_faible", "a_apprecier"]
    (constat,) = answers[0].constats
    assert "division impossible" in constat.message and constat.controle == "densite"
    assert constat.mesure is None and not constat.ecarts and answers[0].cause


def test_a_crash_of_one_volet_leaves_the_other(executer, monkeypatch):
    from scot_compat.checks.registry import KINDS

    def crash(self, context):
        raise KeyError("colonne")

    monkeypatch.setattr(KINDS["protection_requise"], "run", crash)
    answer = executer(TEXTE, EXEMPLE).answers[1]
    assert [str(c.etat) for c in answer.constats] == ["ecart_faible", "erreur"]
    assert str(answer.etat) == "ecart_faible"  # a measured departure prevails over an error in the order of states


def test_cancel_stops_the_run(executer):
    from scot_compat.checks.progress import Cancelled, Progress

    with pytest.raises(Cancelled):
        executer(TEXTE, EXEMPLE, progress=Progress(cancelled=lambda: True))


def test_cancel_while_a_kind_runs_is_no_error_of_the_kind(executer, monkeypatch):
    from scot_compat.checks.progress import Cancelled
    from scot_compat.checks.registry import KINDS

    def cancelled(self, context):
        raise Cancelled()

    monkeypatch.setattr(KINDS["zones_interdites"], "run", cancelled)
    with pytest.raises(Cancelled):
        executer(TEXTE, EXEMPLE)


def test_progress_goes_from_prescription_to_prescription(executer):
    from scot_compat.checks.progress import Progress

    said = []
    executer(TEXTE, EXEMPLE, progress=Progress(report=lambda fraction, text: said.append((fraction, text))))
    fractions = [fraction for fraction, _ in said]
    assert fractions == sorted(fractions) and all(0 <= fraction <= 1 for fraction in fractions)
    assert all(any(ident in text for _, text in said) for ident in ("P1", "P2", "P3"))


def test_the_same_run_twice_says_the_same(executer):
    first, second = executer(TEXTE, EXEMPLE).answers, executer(TEXTE, EXEMPLE).answers
    assert [[(c.etat, c.mesure, c.message, c.limites) for c in a.constats] for a in first] == [
        [(c.etat, c.mesure, c.message, c.limites) for c in a.constats] for a in second
    ]


def test_the_cause_of_a_prescription_does_not_repeat_that_of_every_commune(executer):
    """Six communes, a yearly threshold and no horizon: six answers not evaluated, three of them said in full."""
    texte = """
    territoires:
      communes: {couche: communes, code: INSEE, nom: NOM}
    couches:
      communes: {libelle: Communes, geometrie: surface}
    prescriptions:
      - id: P1
        intitule: Rythme
        objectif: 1. Foncier
        nature: norme
        controle:
          surface: {objets: {zones: {typezone: [AUc]}}, maximum: 1 ha/an, echelle: commune}
    """
    boxes = [(1000 * n, 0, 1000 * n + 1000, 1000) for n in range(6)]
    exemple = {
        "zones": [{"LIBELLE": f"1AU{n}", "TYPEZONE": "AUc", "box": box} for n, box in enumerate(boxes)],
        "couches": {"communes": [{"INSEE": f"6200{n}", "NOM": f"C{n}", "box": box} for n, box in enumerate(boxes)]},
    }
    (answer,) = executer(texte, exemple).answers
    assert len(answer.constats) == 6 and all(constat.message in answer.cause for constat in answer.constats[:3])
    assert answer.cause.endswith("3 autres constats ne sont pas évalués : chacun dit sa cause.")
    assert "C4" not in answer.cause
