"""What a reader is told when nothing is found or something is missing: where, what, and what to do."""

from __future__ import annotations

from dataclasses import replace

import pytest

COUCHES = """
couches:
  mares: {libelle: Mares, geometrie: surface, precision: 1 m}
  cours_eau: {libelle: Cours d'eau, geometrie: ligne, tampon: {champ: LARG, unite: m}}
  communes: {libelle: Communes, geometrie: surface}
territoires:
  communes: {couche: communes, code: INSEE, nom: NOM}
"""
ZONES = [
    {"LIBELLE": "AUz", "TYPEZONE": "AUc", "box": (0, 0, 100, 100)},
    {"LIBELLE": "AUh1", "TYPEZONE": "AUc", "box": (100, 0, 200, 100)},
]
A_B = [
    {"INSEE": "62119", "NOM": "Avion", "box": (0, 0, 100, 100)},
    {"INSEE": "62048", "NOM": "Le Bois", "box": (100, 0, 200, 100)},
]
INTERDIT = "controle: {zones_interdites: {objets: {zones: {%s}}, couches: [%s]}}"
MARE = [{"box": (10, 10, 20, 20)}]


def test_a_pattern_that_no_label_has_is_said(constater, verifier):
    exemple = {"zones": ZONES, "couches": {"mares": MARE}}
    constat = constater(INTERDIT % ('libelle: "1AU*"', "mares"), exemple, COUCHES)
    verifier(constat, "sans_objet", limites=[r"Aucun libellé de la forme 1AU\*.*AUh1 et AUz"])


def test_a_geometry_that_is_not_the_declared_one_is_not_measured(constater, verifier):
    exemple = {"zones": ZONES, "couches": {"mares": [{"wkt": "POINT(10 10)"}]}}
    constat = constater(INTERDIT % ("typezone: [AUc]", "mares"), exemple, COUCHES)
    verifier(constat, "non_evalue", dit=["déclarée « geometrie: surface » mais contient des points"])


def test_a_few_objects_of_another_geometry_are_said(constater, verifier):
    exemple = {"zones": ZONES, "couches": {"mares": [*MARE, {"wkt": "POINT(500 500)"}]}}
    constat = constater(INTERDIT % ("typezone: [AUc]", "mares"), exemple, COUCHES)
    verifier(constat, "ecart_faible", limites=[r"contient des points \(1 objet\)"])


def test_a_field_of_the_buffer_that_is_not_there(constater, verifier):
    exemple = {"zones": ZONES, "couches": {"cours_eau": [{"LARGEUR": "5", "wkt": "LINESTRING(0 50, 200 50)"}]}}
    constat = constater(INTERDIT % ("typezone: [AUc]", "cours_eau"), exemple, COUCHES)
    verifier(
        constat, "non_evalue", dit=[r"n'a pas de champ LARG \(champs présents : LARGEUR\) : vouliez-vous « LARGEUR »"]
    )


def test_the_fields_of_the_source_are_told_even_those_that_were_not_read():
    from scot_compat.checks.layers import from_rows

    layer = replace(from_rows("haies", [{"NOM": "x"}]), champs=("NOM", "NIVEAU"))
    assert layer.lacks("NIVEA") == " (champs présents : NOM, NIVEAU) : vouliez-vous « NIVEAU » ?"


def test_no_vocation_in_the_plu_comes_with_a_remedy(constater, verifier):
    exemple = {"zones": ZONES, "couches": {"mares": MARE}}
    constat = constater(INTERDIT % ("vocation: [habitat]", "mares"), exemple, COUCHES)
    verifier(constat, "non_evalue", dit=["Le zonage de ce PLU n'a pas .*FORMDOMI ou DESTDOMI", "« libelle »"])


def test_an_exception_is_not_an_absence(par_unite, verifier):
    regle = (
        "controle: {zones_interdites: {objets: {zones: {typezone: [AUc]}}, couches: [mares], echelle: commune}}\n"
        "sauf:\n  - {communes: [62048], motif: Zone de bruit}"
    )
    unites = par_unite(regle, {"zones": ZONES, "communes": A_B, "couches": {"mares": MARE}}, COUCHES)
    verifier(
        unites["62048"], "sans_objet", dit=[r"1 objet écarté par exception sur la commune du Bois \(AUh1\) : Zone de"]
    )


@pytest.mark.parametrize("objets", ["typezone: [AUc]", 'libelle: "AUz"'])
def test_a_commune_that_the_prescription_does_not_bear_on(par_unite, verifier, objets):
    regle = (
        f"controle: {{zones_interdites: {{objets: {{zones: {{{objets}}}}}, couches: [mares], echelle: commune}}}}\n"
        "s_applique_a: {communes: [62119]}"
    )
    unites = par_unite(regle, {"zones": ZONES, "communes": A_B, "couches": {"mares": MARE}}, COUCHES)
    verifier(unites["62048"], "sans_objet", dit=["La prescription ne porte pas sur la commune du Bois"])


def test_the_row_of_a_share_is_in_percent_like_its_threshold(constater):
    regle = "controle: {localisation: {objets: {zones: {libelle: AUz}}, couches: [mares], part_minimale: 95 %}}"
    (ecart,) = constater(regle, {"zones": ZONES, "couches": {"mares": [{"box": (0, 0, 100, 80)}]}}, COUCHES).ecarts
    assert (ecart.mesure, ecart.seuil, ecart.unite) == (pytest.approx(80), 95, "%")
    assert ecart.surface_m2 == pytest.approx(2000)
