"""Input that is damaged in ways seen in the field: the figures stay right, or the reader is told."""

from __future__ import annotations

import pytest

ENTETE = """
territoires:
  communes: {couche: communes, code: INSEE, nom: NOM}
  classements:
    armature:
      classes:
        pole: {libelle: Pôle, communes: [01004]}
        village: {libelle: Village, defaut: oui}
couches:
  communes: {libelle: Communes, geometrie: surface}
  corridors: {libelle: Corridors, geometrie: surface, precision: 1 m, filtre: {TYPE: [aquatique]}}
tables:
  programme: {libelle: Programme, cle: LIBELLE, jointure: LIBELLE}
"""
DENSITE = """controle:
  densite:
    objets: {zones: {typezone: [AUc]}}
    logements: {table: programme, champ: LOGEMENTS}
    minimum: {selon: armature, pole: 35 logt/ha, village: 10 logt/ha}
    echelle: commune
"""
ZONES = [
    {"LIBELLE": "1AU", "TYPEZONE": "AUc", "box": (0, 0, 100, 100)},
    {"LIBELLE": "N", "TYPEZONE": "N", "box": (200, 0, 300, 100)},
]


def test_insee_codes_read_as_numbers_keep_their_zero(par_unite, verifier):
    """15 dwellings on 1 ha: 35 are asked of the pole 01004, which a GIS wrote 1004."""
    communes = [
        {"INSEE": "1004", "NOM": "Pôle", "box": (-50, -50, 150, 150)},
        {"INSEE": "1005", "NOM": "Village", "box": (150, -50, 350, 150)},
    ]
    exemple = {"zones": ZONES, "communes": communes, "tables": {"programme": [{"LIBELLE": "1AU", "LOGEMENTS": "15"}]}}
    verifier(par_unite(DENSITE, exemple, ENTETE)["01004"], "ecart_marque", mesure=15)


def test_figures_of_one_key_added_up_are_said(par_unite, verifier):
    communes = [{"INSEE": "01004", "NOM": "Pôle", "box": (-50, -50, 350, 150)}]
    rows = [{"LIBELLE": "1AU", "LOGEMENTS": "20"}, {"LIBELLE": "1AU", "LOGEMENTS": "15"}]
    exemple = {"zones": ZONES, "communes": communes, "tables": {"programme": rows}}
    unites = par_unite(DENSITE, exemple, ENTETE)
    verifier(unites["01004"], "sans_ecart", mesure=35, limites=[r"additionnées : 1AU \(2 lignes\)"])


def test_a_value_that_differs_by_its_case_is_said_when_the_filter_leaves_it_out(executer):
    texte = ENTETE + (
        "prescriptions:\n  - id: P1\n    intitule: Essai\n    objectif: 1. Essai\n    nature: norme\n"
        "    controle: {zones_interdites: {objets: {zones: {typezone: [AUc]}}, couches: [corridors]}}\n"
    )
    lues = {
        "corridors": [
            {"TYPE": "aquatique", "box": (250, 0, 260, 100)},
            {"TYPE": "Aquatique", "box": (0, 0, 50, 100)},
        ]
    }
    (answer,) = executer(texte, {"zones": ZONES}, lues=lues).answers
    assert any("TYPE vaut aussi Aquatique" in limite for limite in answer.constats[0].limites)


def test_a_neighbour_s_layer_is_told_even_when_a_zone_was_drawn_far_away(constater, verifier):
    zones = [*ZONES, {"LIBELLE": "X", "TYPEZONE": "N", "box": (90000, 90000, 90010, 90010)}]
    entete = "couches:\n  voisin: {libelle: Voisin, geometrie: surface, precision: 1 m}"
    exemple = {"zones": zones, "couches": {"voisin": [{"box": (40000, 40000, 40100, 40100)}]}}
    regle = "controle: {zones_interdites: {objets: {zones: {typezone: [AUc]}}, couches: [voisin]}}"
    verifier(constater(regle, exemple, entete), "non_evalue", dit=["ne couvre pas le territoire"])


@pytest.mark.parametrize(
    "written, figure",
    [
        ("1 234,5", 1234.5),
        ("1\u202f234", 1234.0),
        ("12 345 678", 12345678.0),
        ("1234.5", 1234.5),
        ("1e3", 1000.0),
        (",5", 0.5),
        ("-3", -3.0),
        ("10 12", None),
        ("1 2", None),
        ("12 5", None),
        ("1_000", None),
        ("1.234,5", None),
        ("n.c.", None),
        ("NaN", None),
        ("inf", None),
        ("1e999", None),
        ("", None),
        (float("nan"), None),
        (True, None),
    ],
)
def test_a_figure_is_one_number_or_none(written, figure):
    """Two figures in one cell are not a larger one."""
    from scot_compat.checks.context import as_number

    assert as_number(written) == figure


def test_two_figures_in_one_cell_are_not_added_end_to_end(par_unite, verifier):
    """`10 12` read as 1 012 dwellings would make any density compliant."""
    communes = [{"INSEE": "01004", "NOM": "Pôle", "box": (-50, -50, 350, 150)}]
    rows = [{"LIBELLE": "1AU", "LOGEMENTS": "10 12"}]
    exemple = {"zones": ZONES, "communes": communes, "tables": {"programme": rows}}
    verifier(par_unite(DENSITE, exemple, ENTETE)["01004"], "non_evalue", dit=["1AU"])


def test_nan_is_no_value():
    from scot_compat.checks.context import as_key

    assert as_key(float("nan")) == ""


EXEMPLE = """
format: 1
scot: {nom: Essai, etat: executoire}
prescriptions:
  - id: P1
    intitule: Essai
    objectif: 1. Essai
    nature: norme
    controle: {surface: {objets: {zones: {typezone: [AUc]}}, maximum: 1 ha}}
exemples:
  - nom: Un dessin
    zones: [{LIBELLE: 1AU, TYPEZONE: AUc, wkt: "%s"}]
    attendu: {P1: sans_ecart}
"""


def played(wkt):
    from scot_compat.checks import exemples
    from scot_compat.checks.registry import KINDS
    from scot_compat.rules.loader import loads

    (outcome,) = exemples.play(loads(EXEMPLE % wkt, KINDS))
    return outcome


@pytest.mark.parametrize(
    "wkt",
    [
        pytest.param("POLYGON((0 0, 100 100, 100 0, 0 100, 0 0))", id="bow-tie"),
        pytest.param("POLYGON((0 0, 0 0, 0 0, 0 0))", id="collapsed"),
        pytest.param("POLYGON((0 0, inf 0, 1 1, 0 1, 0 0))", id="infinite"),
    ],
)
def test_a_drawing_that_is_not_valid_is_said_and_not_played(wkt):
    outcome = played(wkt)
    assert outcome.trouve is None
    assert "ZONE_URBA n'est pas valide" in outcome.message


def test_altitude_is_dropped():
    assert played("POLYGON Z((0 0 5, 100 0 6, 100 100 7, 0 100 8, 0 0 5))").passed


@pytest.mark.parametrize("wkt", ["LINESTRING(-50 10, 350 10)", "POINT(50 50)"])
def test_limits_of_communes_are_not_taken_for_communes(repondre, verifier, wkt):
    """Dwellings would be counted on the slivers that lines cut, and a share of nothing be compliant."""
    communes = [{"INSEE": "01004", "NOM": "Pôle", "wkt": wkt}, {"INSEE": "01005", "NOM": "Village", "wkt": wkt}]
    exemple = {"zones": ZONES, "communes": communes, "tables": {"programme": [{"LIBELLE": "1AU", "LOGEMENTS": "40"}]}}
    constats = repondre(DENSITE, exemple, ENTETE).constats
    assert constats
    for constat in constats:
        verifier(constat, "non_evalue", dit=["« communes » est faite de lignes ou de points"])


def test_a_commune_drawn_as_a_line_beside_others_holds_no_ground(par_unite, verifier):
    communes = [
        {"INSEE": "01004", "NOM": "Pôle", "box": (-50, -50, 350, 150)},
        {"INSEE": "01005", "NOM": "Village", "wkt": "LINESTRING(-50 10, 350 10)"},
    ]
    exemple = {"zones": ZONES, "communes": communes, "tables": {"programme": [{"LIBELLE": "1AU", "LOGEMENTS": "35"}]}}
    unites = par_unite(DENSITE, exemple, ENTETE)
    assert list(unites) == ["01004"]
    verifier(unites["01004"], "sans_ecart", mesure=35)


def test_no_inhabitant_asks_for_no_dwelling_and_is_questioned(constater, verifier):
    """A floor of 0 would be met by anything."""
    regle = (
        "controle: {production_logements: {objets: {zones: {typezone: [AUc]}}, "
        "logements: {table: programme, champ: LOGEMENTS}, minimum: 5 logt/an/1000hab, "
        "population: {valeur: 0 hab, source: INSEE}}}"
    )
    tables = {"programme": [{"LIBELLE": "1AU", "LOGEMENTS": "35"}]}
    exemple = {"zones": ZONES, "tables": tables, "horizon": "2024-2034"}
    verifier(constater(regle, exemple, ENTETE), "non_evalue", dit=["population est nulle"])


def test_a_line_among_the_surfaces_of_an_envelope_hides_no_contact(constater, verifier):
    """The line lies in the zone, whose 400 m of outline are within 50 m of the surface all around."""
    entete = "couches:\n  enveloppe: {libelle: Enveloppe, geometrie: surface, precision: 1 m}"
    regle = (
        "controle: {continuite_urbaine: {objets: {zones: {typezone: [AUc]}}, couches: [enveloppe], "
        "distance: 50 m, contact_minimal: 20 m}}"
    )
    rows = [{"box": (-10, -10, 110, 110)}, {"wkt": "LINESTRING(10 10, 90 90)"}]
    constat = constater(regle, {"zones": ZONES[:1], "couches": {"enveloppe": rows}}, entete)
    verifier(constat, "sans_ecart", dit=["400 m de contour", "contient des lignes"])


def test_the_same_population_twice_is_not_two_populations(par_unite, verifier):
    entete = ENTETE + "  population: {libelle: Population, cle: INSEE}\n"
    regle = (
        "controle: {production_logements: {objets: {zones: {typezone: [AUc]}}, echelle: commune, "
        "logements: {table: programme, champ: LOGEMENTS}, maximum: 5 logt/an/1000hab, "
        "population: {table: population, champ: P20}}}"
    )
    communes = [{"INSEE": "01004", "NOM": "Pôle", "box": (-50, -50, 350, 150)}]
    tables = {
        "programme": [{"LIBELLE": "1AU", "LOGEMENTS": "35"}],
        "population": [{"INSEE": "01004", "P20": "500"}] * 2,
    }
    exemple = {"zones": ZONES, "communes": communes, "tables": tables, "horizon": "2024-2034"}
    verifier(par_unite(regle, exemple, entete)["01004"], "non_evalue", dit=["plusieurs P20 pour Pôle"])


def test_an_empty_layer_of_communes_is_said_to_be_empty(constater, verifier):
    exemple = {"zones": ZONES, "communes": [], "tables": {"programme": [{"LIBELLE": "1AU", "LOGEMENTS": "15"}]}}
    verifier(constater(DENSITE, exemple, ENTETE), "non_evalue", message="communes.* est vide")


@pytest.mark.parametrize("nom", ["   ", float("nan"), None])
def test_a_commune_without_a_name_is_called_by_its_code(par_unite, verifier, nom):
    communes = [{"INSEE": "01004", "NOM": nom, "box": (-50, -50, 350, 150)}]
    exemple = {"zones": ZONES, "communes": communes, "tables": {"programme": [{"LIBELLE": "1AU", "LOGEMENTS": "40"}]}}
    verifier(par_unite(DENSITE, exemple, ENTETE)["01004"], "sans_ecart", mesure=40, message="01004")


@pytest.mark.parametrize("nombre", [1e308, "1e308", 10**400, "1e400"])
@pytest.mark.parametrize(
    "controle",
    [
        "production_logements: {objets: {zones: {typezone: [AUc]}}, logements: {champ: NB}, minimum: 10 logt}",
        "production_logements: {objets: {zones: {typezone: [AUc]}}, logements: {champ: NB}, maximum: 10 logt}",
        "densite: {objets: {zones: {typezone: [AUc]}}, logements: {champ: NB}, minimum: 10 logt/ha}",
    ],
)
def test_a_figure_whose_sums_would_be_infinite_is_not_known(constater, verifier, controle, nombre):
    """Two zones of 1 ha: neither the dwellings of one nor those of both are a number of dwellings."""
    zones = [
        {"LIBELLE": f"{i}AU", "TYPEZONE": "AUc", "box": (200 * i, 0, 200 * i + 100, 100), "NB": nombre} for i in (1, 2)
    ]
    verifier(constater(f"controle:\n  {controle}", {"zones": zones}), "non_evalue", dit=["sans effectif"])
