"""Figures in French words. Spaces: U+202F between thousands and before %, plain before other units."""

from __future__ import annotations

import pytest
from scot_compat.checks.base import Etat
from scot_compat.gis.results import ConstatRow, EcartRow
from scot_compat.ui import wording

THIN = "\u202f"


def constat(**given):
    return ConstatRow(1, "c", "P", given.pop("etat", Etat.ECART_MARQUE), "", **given)


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [
        (None, "ha", ""),
        (18.2, "logt/ha", "18,2 logt/ha"),
        (600.0, "m2/logt", "600 m²/logt"),
        (12100.0, "m2", "1,21 ha"),
        (10000.0, "m2", "1 ha"),
        (9999.0, "m2", f"9{THIN}999 m²"),
        (3.456, "m2", "3,46 m²"),
        (0.0, "m2", "0 m²"),
        (1.5, "ha", "1,5 ha"),
        (3400.0, "m", f"3{THIN}400 m"),
        (34000.0, "m", "34 km"),
        (7.25, "m", "7,2 m"),
        (88.0, "%", f"88{THIN}%"),
        (66.666, "%", f"66,67{THIN}%"),
        (1234.5, "logt", f"1{THIN}234,5 logt"),
        (2.0, "logt/an", "2 logt/an"),
        (4.5, "logt/an/1000hab", "4,5 logt/an/1000 hab"),
        (3.0, "inconnue", "3 inconnue"),
        (3.0, "", "3"),
    ],
)
def test_measure(value, unit, said):
    assert wording.measure(value, unit) == said


@pytest.mark.parametrize(
    ("given", "bound", "threshold"),
    [
        ({"seuil_min": 35.0, "unite": "logt/ha"}, "≥ 35 logt/ha", "au moins 35 logt/ha"),
        ({"seuil_max": 20000.0, "unite": "m2"}, "≤ 2 ha", "au plus 2 ha"),
        ({"seuil_max": 0.0, "unite": "m2"}, "≤ 0 m²", "au plus 0 m²"),
        ({"seuil_min": 95.0, "seuil_max": 105.0, "unite": "%"}, f"95 à 105{THIN}%", f"de 95 à 105{THIN}%"),
        ({}, "", ""),
    ],
)
def test_bounds(given, bound, threshold):
    assert wording.bound(constat(**given)) == bound
    assert wording.threshold(constat(**given)) == threshold


def test_both_bounds_of_a_range_are_in_the_same_unit():
    """5 000 m² to 2 ha: said with a unit each, or the same one, never a bare 5 000 before « ha »."""
    row = constat(seuil_min=5000.0, seuil_max=20000.0, unite="m2")
    assert wording.bound(row) == f"5{THIN}000 m² à 2 ha"
    assert wording.threshold(row) == f"de 5{THIN}000 m² à 2 ha"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        # 35 asked, 18,2 found: 16,8 missing, 48 % of 35
        ({"mesure": 18.2, "seuil_min": 35.0, "ecart": 16.8, "ecart_relatif": 0.48}, "−48 %"),
        # 20 allowed, 22,4 found: 2,4 too much, 12 %
        ({"mesure": 22.4, "seuil_max": 20.0, "ecart": 2.4, "ecart_relatif": 0.12}, "+12 %"),
        # range 95 to 105: 90,25 is 4,75 short, 5 % of 95; 110,25 is 5,25 beyond, 5 % of 105
        ({"mesure": 90.25, "seuil_min": 95.0, "seuil_max": 105.0, "ecart": 4.75, "ecart_relatif": 0.05}, "−5 %"),
        ({"mesure": 110.25, "seuil_min": 95.0, "seuil_max": 105.0, "ecart": 5.25, "ecart_relatif": 0.05}, "+5 %"),
        # tolerated: the state says so, the departure is still told
        ({"mesure": 24.0, "seuil_min": 25.0, "ecart": 1.0, "ecart_relatif": 0.04, "etat": Etat.SANS_ECART}, "−4 %"),
        # within the threshold, or exactly on it
        ({"mesure": 27.4, "seuil_min": 25.0, "ecart": -2.4, "ecart_relatif": -0.096}, ""),
        ({"mesure": 25.0, "seuil_min": 25.0, "ecart": 0.0, "ecart_relatif": 0.0}, ""),
        ({"mesure": 25.0}, ""),
        # nothing allowed: no share of zero, the departure is in its unit
        ({"mesure": 12000.0, "seuil_max": 0.0, "ecart": 12000.0, "unite": "m2"}, "1,2 ha"),
        # objects judged one by one: 92 % protected in all, the worst one 76 % for 95: 19 missing, 20 %
        ({"mesure": 92.0, "seuil_min": 95.0, "ecart": 19.0, "ecart_relatif": 0.2}, "−20 % (pire)"),
        ({"mesure": 97.0, "seuil_min": 95.0, "ecart": 19.0, "ecart_relatif": 0.2}, "−20 % (pire)"),
        # one third of the threshold, to a tenth
        ({"mesure": 20.0, "seuil_min": 30.0, "ecart": 10.0, "ecart_relatif": 1 / 3}, "−33,3 %"),
    ],
)
def test_departure(given, said):
    assert wording.departure(constat(**given)) == said


def test_the_worst_object_of_a_range_is_on_the_side_of_its_own_bound():
    """100 in all, for 95 to 105; the worst object has 76: 19 short of 95, 20 % of it."""
    row = constat(mesure=100.0, seuil_min=95.0, seuil_max=105.0, ecart=19.0, ecart_relatif=0.2)
    assert wording.departure(row) == "−20 % (pire)"
    over = constat(mesure=None, seuil_min=95.0, seuil_max=105.0, ecart=21.0, ecart_relatif=0.2)  # 126 for 105
    assert wording.departure(over) == "+20 % (pire)"


def test_counts_the_worst_first():
    etats = [Etat.SANS_ECART, Etat.NON_EVALUE, Etat.ECART_FAIBLE, Etat.ECART_MARQUE, Etat.ECART_FAIBLE]
    assert wording.counts(etats) == "1 marqué, 2 faibles, 1 non évalué, 1 sans écart"
    assert wording.counts([]) == ""
    assert wording.counts([Etat.SENS_CONTRAIRE, Etat.NON_EVALUE, Etat.NON_EVALUE, Etat.ERREUR]) == (
        "1 sens contraire, 1 erreur, 2 non évalués"
    )


def test_place():
    assert wording.place(constat(territoire="62498", territoire_nom="Lens")) == "Lens"
    assert wording.place(constat(territoire="plu", territoire_nom="PLU")) == "PLU entier"
    assert wording.place(constat(territoire="scot", territoire_nom="SCoT du Val d'Exemple")) == "SCoT entier"
    assert wording.place(constat(territoire="62498")) == "62498"
    assert wording.place(constat(territoire="1", territoire_nom="Lens", volet="protection", jalon="2031")) == (
        "Lens · protection · 2031"
    )
    # what all the rows of a rule share comes last
    assert wording.place(constat(territoire="plu", territoire_nom="PLU", volet="hauteur")) == "hauteur · PLU entier"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (
            {"libelle": "1AUh-3", "typezone": "AUc", "surface_m2": 12100.0, "part_objet": 0.34},
            "1AUh-3 (AUc) : 1,21 ha, 34 % de l'objet",
        ),
        ({"libelle": "N", "typezone": "N", "surface_m2": 850.0}, "N : 850 m²"),
        ({"libelle": "Haie 17", "longueur_m": 120.0}, "Haie 17 : 120 m"),
        ({"libelle": "UB", "typezone": "U"}, "UB (U)"),
        ({}, "objet sans libellé"),
    ],
)
def test_conflict(given, said):
    assert wording.conflict(EcartRow("ecarts", 1, "k", 1, Etat.ECART_MARQUE, **given)) == said


def test_scot_state():
    assert wording.scot_state("executoire") == "exécutoire"
    assert wording.scot_state("autre") == "autre"


@pytest.mark.parametrize(
    ("mesure", "unite", "bornes", "said"),
    [
        (34.999, "logt/ha", {"seuil_min": 35.0}, "34,999 logt/ha"),
        (10001.0, "m2", {"seuil_max": 10000.0}, "1,0001 ha"),
        (35.0, "logt/ha", {"seuil_min": 35.0}, "35 logt/ha"),
        (94.9999, "%", {"seuil_min": 95.0}, f"94,9999{THIN}%"),
    ],
)
def test_a_measure_does_not_read_as_a_threshold_that_it_misses(mesure, unite, bornes, said):
    assert wording.measured(constat(mesure=mesure, unite=unite, **bornes)) == said


def test_a_departure_that_rounds_to_nothing_is_not_nothing():
    missed = constat(mesure=34.999, unite="logt/ha", seuil_min=35.0, ecart=0.001, ecart_relatif=0.001 / 35)
    assert wording.departure(missed) == "moins de 0,1 %"


def test_a_text_that_would_hold_the_interface_is_cut_and_says_so():
    """A million characters without a space take Qt minutes to lay out."""
    page = "é" * 20_000
    assert wording.cut(page) == page
    assert wording.cut(page * 50) == f"{page}… (coupé ici : 1{THIN}000{THIN}000 caractères, à lire dans le dossier)"
