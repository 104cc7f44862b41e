"""`si:`: an outside condition stated by hand. Sections 6 and 10 of the language.

The zone is half in the corridor: marked, were the prescription to apply.
"""

from __future__ import annotations

import pytest

COUCHES = "couches:\n  corridors: {libelle: Corridors, geometrie: surface, precision: 1 m}\n"
EXEMPLE = {
    "zones": [{"LIBELLE": "1AU", "TYPEZONE": "AUc", "box": (0, 0, 100, 100)}],
    "couches": {"corridors": [{"box": (50, 0, 150, 100)}]},
}
INTERDIT = "zones_interdites: {objets: {zones: {typezone: [AUc]}}, couches: [corridors]}"


def regle(si, nature="norme", controle=f"controle: {{{INTERDIT}}}"):
    return f"nature: {nature}\nsi: {si}\nreference: {{page: 12, article: P7}}\n{controle}\n"


def test_true_answers_as_usual_and_says_on_what_it_rests(constater, verifier):
    si = "{condition: Le PLH est adopté, etat: vraie, source: délibération du 12 mars 2024, date: 2024-03-13}"
    verifier(
        constater(regle(si), EXEMPLE, COUCHES),
        "ecart_marque",
        mesure=5000,
        ecarts=[{"part": 0.5}],
        limites=[
            r"Vaut si la condition « Le PLH est adopté » est remplie \(tenue pour vraie d'après délibération du "
            r"12 mars 2024, le 13/03/2024\)\."
        ],
    )


def test_true_without_a_source_says_so(constater, verifier):
    constat = constater(regle("{condition: Le PLH est adopté, etat: vraie}"), EXEMPLE, COUCHES)
    verifier(constat, "ecart_marque", limites=["tenue pour vraie sans source indiquée"])


@pytest.mark.parametrize("nature", ["norme", "objectif", "orientation", "recommandation"])
def test_false_is_without_object(constater, verifier, nature):
    si = "{condition: Le PLH est adopté., etat: fausse, source: lettre de l'EPCI, date: 2024-03-13}"
    constat = constater(regle(si, nature), EXEMPLE, COUCHES)
    verifier(constat, "sans_objet", mesure=None, ecarts=[], limites=[])
    assert constat.message == (
        "Sans objet : la condition « Le PLH est adopté » est tenue pour fausse d'après lettre de l'EPCI, le 13/03/2024 "
        "(P7, p. 12)."
    )


@pytest.mark.parametrize("nature", ["norme", "objectif", "orientation", "recommandation"])
def test_nobody_said(repondre, verifier, nature):
    answer = repondre(regle("{condition: Le PLH est adopté}", nature), EXEMPLE, COUCHES)
    (constat,) = answer.constats
    verifier(constat, "non_evalue", mesure=None, ecarts=[], dit=["Le PLH est adopté", "etat: vraie"])
    assert answer.cause == constat.message


def test_what_is_missing_does_not_matter_when_false(constater, verifier):
    si = "{condition: Le PLH est adopté, etat: fausse}"
    verifier(constater(regle(si), {"zones": EXEMPLE["zones"]}, COUCHES), "sans_objet")


def test_what_is_missing_is_still_missing_when_true(constater, verifier):
    si = "{condition: Le PLH est adopté, etat: vraie}"
    constat = constater(regle(si), {"zones": EXEMPLE["zones"]}, COUCHES)
    verifier(constat, "non_evalue", dit=["corridors"], limites=["Le PLH est adopté"])


def test_it_holds_for_every_volet_and_spares_nobody(repondre):
    controles = (
        f"controles:\n  - volet: a\n    {INTERDIT}\n  - volet: b\n    lecture: {{questions: [x]}}\n"
        "sauf:\n  - {zones: {typezone: [AUc]}, motif: Permis}"
    )
    answer = repondre(regle("{condition: c, etat: fausse}", controle=controles), EXEMPLE, COUCHES)
    assert [(c.volet, str(c.etat)) for c in answer.constats] == [("a", "sans_objet"), ("b", "sans_objet")]
    assert answer.exceptions == ()
    answer = repondre(regle("{condition: c, etat: vraie}", controle=controles), EXEMPLE, COUCHES)
    assert [(c.volet, str(c.etat)) for c in answer.constats] == [("a", "sans_objet"), ("b", "a_apprecier")]
    assert len(answer.exceptions) == 1


def test_force_and_nature_still_temper(constater, verifier):
    si = "{condition: c, etat: vraie}\nforce: vise"
    verifier(constater(regle(si), EXEMPLE, COUCHES), "ecart_faible", limites=["condition « c »"])
    si = "{condition: c, etat: vraie}"
    verifier(constater(regle(si, "orientation"), EXEMPLE, COUCHES), "a_apprecier", ecarts=[{"etat": "a_apprecier"}])


@pytest.mark.parametrize(
    "si, said",
    [
        ("{etat: vraie}", "« condition » manque"),
        ("{condition: c, etat: peut-être}", "« peut-être » inconnu"),
        ("{condition: c, etat: oui}", "« oui » inconnu (connus : vraie, fausse)"),
        ("{condition: c, date: 2024-02-31}", "« 2024-02-31 » n'est pas une date du calendrier"),
        ("{condition: c, sources: x}", "vouliez-vous « source »"),
        ("Le PLH est adopté", "{condition: Le PLH est adopté"),
    ],
)
def test_what_is_wrongly_written_is_refused(repondre, si, said):
    from scot_compat.rules.errors import InvalidRules

    with pytest.raises(InvalidRules) as caught:
        repondre(regle(si), EXEMPLE, COUCHES)
    assert said in str(caught.value)
