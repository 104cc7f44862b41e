"""`a_completer` wherever the DOO asks for a figure: the file loads, warns and is read aloud, and nothing is judged."""

from __future__ import annotations

import pytest

ENTETE = """
couches:
  cours_eau: {libelle: Cours d'eau, geometrie: ligne, tampon: 5 m, precision: 1 m}
  enveloppe: {libelle: Enveloppe, geometrie: surface, precision: 1 m}
"""
EXEMPLE = {
    "zones": [{"LIBELLE": "1AU", "TYPEZONE": "AUc", "box": (0, 0, 100, 100)}],
    "prescriptions_plu": [{"TYPEPSC": 18, "LIBELLE": "OAP", "box": (0, 0, 50, 100)}],
    "couches": {
        "cours_eau": [{"NOM": "R", "wkt": "LINESTRING(50 -500, 50 500)"}],
        "enveloppe": [{"NOM": "B", "box": (100, 0, 200, 100)}],
    },
}
ZONES = "objets: {zones: {typezone: [AUc]}}"
PRES = "{zones: {typezone: [AUc], a_moins_de: {couche: cours_eau, distance: a_completer}}}"


@pytest.mark.parametrize(
    "controle, said",
    [
        (f"zones_interdites: {{{ZONES}, couches: [cours_eau], a_moins_de: a_completer}}", "a_moins_de"),
        (f"localisation: {{{ZONES}, couches: [enveloppe, cours_eau], a_moins_de: a_completer}}", "a_moins_de"),
        (f"localisation: {{{ZONES}, hors: [cours_eau], a_moins_de: a_completer}}", "a_moins_de"),
        (f"localisation: {{{ZONES}, couches: [enveloppe], part_minimale: a_completer}}", "seuil"),
        (f"continuite_urbaine: {{{ZONES}, couches: [enveloppe], distance: a_completer}}", "distance"),
        (f"continuite_urbaine: {{{ZONES}, couches: [enveloppe], contact_minimal: a_completer}}", "seuil"),
        (
            f"continuite_urbaine: {{{ZONES}, couches: [enveloppe], distance: a_completer, contact_minimal: 5 m}}",
            "distance",
        ),
        (f"zones_interdites: {{objets: {PRES}, couches: [enveloppe]}}", "a_moins_de"),
        (
            "protection_requise: {couches: [cours_eau], outils: {zones: {typezone: [N]}}, part_minimale: a_completer}",
            "seuil",
        ),
        (
            "objet_requis: {pour_chaque: {zones: {typezone: [AUc]}}, part_minimale: a_completer, "
            "delimiter: {prescriptions_plu: {typepsc: [18]}}}",
            "seuil",
        ),
        ("continuite_corridor: {couches: [cours_eau], largeur_minimale: a_completer}", "seuil"),
    ],
)
def test_a_figure_that_is_not_entered_is_said_and_judges_nothing(constater, verifier, controle, said):
    regle = "controle:\n  " + controle
    constat = constater(regle, EXEMPLE, ENTETE)
    verifier(
        constat,
        "non_evalue",
        dit=[f"{said}.*pas encore saisi .*a_completer.* complétez le fichier de règles"],
        ecarts=[],
    )
    assert constat.message.count("a_completer") == 1


@pytest.mark.parametrize(
    "controle, said",
    [
        (
            f"zones_interdites: {{{ZONES}, couches: [cours_eau], a_moins_de: a_completer}}",
            "à moins de la distance du DOO, qui reste à saisir (à vol d'oiseau)",
        ),
        (
            f"continuite_urbaine: {{{ZONES}, couches: [enveloppe], distance: a_completer}}",
            "sont à la distance du DOO, qui reste à saisir (à vol d'oiseau) au plus de la couche",
        ),
        (
            f"continuite_urbaine: {{{ZONES}, couches: [enveloppe], contact_minimal: a_completer}}",
            "ont au moins une valeur du DOO qui reste à saisir de leur contour",
        ),
    ],
)
def test_it_loads_warns_once_and_is_read_aloud(controle, said):
    from scot_compat.checks.registry import KINDS
    from scot_compat.rules.loader import loads

    text = f"format: 1\nscot: {{nom: S}}{ENTETE}prescriptions:\n  - id: P1\n    intitule: I\n    nature: norme\n"
    rules = loads(text + f"    controle:\n      {controle}\n", KINDS)
    (sentence,) = rules.prescriptions[0].lecture
    assert said in sentence
    to_complete = [one for one in rules.warnings if "seuil à compléter" in one.message]
    assert [one.line for one in to_complete] == [11]


def test_a_layer_that_has_nothing_here_asks_for_no_distance(constater, verifier):
    """An empty layer, admitted so: nothing is near it, whatever the distance."""
    regle = (
        f"controle:\n  zones_interdites: {{{ZONES}, couches: [cours_eau], a_moins_de: a_completer, vide_admis: oui}}"
    )
    exemple = {**EXEMPLE, "couches": {"cours_eau": []}}
    verifier(constater(regle, exemple, ENTETE), "sans_objet")


def test_a_layer_without_the_field_of_dwellings_says_what_to_do(constater, verifier):
    regle = f"controle:\n  densite: {{{ZONES}, logements: {{couche: enveloppe, champ: LOGT}}, minimum: 20 logt/ha}}"
    exemple = {**EXEMPLE, "couches": {"enveloppe": [{"LOGTS": 3, "box": (0, 0, 50, 50)}]}}
    verifier(
        constater(regle, exemple, ENTETE),
        "non_evalue",
        dit=["n'a pas de champ LOGT où lire les logements .*vouliez-vous « LOGTS ».* corrigez « logements »"],
    )


def test_objects_without_the_field_of_dwellings_say_what_to_do(constater, verifier):
    regle = f"controle:\n  densite: {{{ZONES}, logements: {{champ: LOGT}}, minimum: 20 logt/ha}}"
    verifier(constater(regle, EXEMPLE, ENTETE), "non_evalue", dit=["corrigez « logements ».*ou donnez ces nombres"])
