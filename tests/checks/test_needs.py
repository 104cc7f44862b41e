"""What a control asks for before it runs: whom a missing layer leaves without an answer, which tables, which years."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

import pytest
from scot_compat.checks import needs
from scot_compat.checks.registry import KINDS
from scot_compat.rules.loader import loads
from scot_compat.rules.model import (
    Controle,
    Jalon,
    Quantity,
    RefTable,
    SelonClassement,
    SelonCommune,
    SituationPassee,
)

DEBUT = """\
format: 1
scot: {nom: SCoT d'essai, etat: executoire}
territoires:
  communes: {couche: communes, code: INSEE, nom: NOM}
  classements:
    armature:
      libelle: Armature
      classes:
        pole: {libelle: Pôle, communes: [62001]}
        village: {libelle: Village, defaut: oui}
    epci: {libelle: Intercommunalités, lu_dans: {couche: groupements, champ: EPCI}}
couches:
  communes: {libelle: Communes, geometrie: surface}
  groupements: {libelle: Groupements, geometrie: surface}
  corridors: {libelle: Corridors, geometrie: ligne, tampon: {champ: LARGEUR, unite: m}, filtre: {TYPE: [terrestre]}}
  haies: {libelle: Haies, geometrie: ligne}
  arbres: {libelle: Arbres, geometrie: point}
  reservoirs: {libelle: Réservoirs, geometrie: surface}
  jamais: {libelle: Jamais employée, geometrie: surface}
tables:
  programme: {libelle: Programme, cle: OAP, jointure: LIBELLE}
  chiffres: {libelle: Chiffres, cle: INSEE}
prescriptions:
"""

INTERDITES = "zones_interdites: {objets: {zones: {typezone: [AUc]}}, couches: [reservoirs]}"
PAR_COMMUNE = "zones_interdites: {objets: {zones: {typezone: [AUc]}}, couches: [reservoirs], echelle: commune}"
DENSITE = (
    "densite: {objets: {zones: {typezone: [AUc]}}, logements: {table: programme, champ: LOGEMENTS}, "
    "minimum: 20 logt/ha}"
)
SELON = DENSITE.replace("20 logt/ha", "{selon: armature, pole: 30 logt/ha, village: 15 logt/ha}, echelle: commune")
LU = DENSITE.replace("20 logt/ha", "{table: chiffres, champ: DENSITE, unite: logt/ha}, echelle: commune")
LECTURE = "lecture: {questions: [Est-ce écrit]}"


def rules(*controles, portee=()):
    """One prescription per control, P1, P2…; `portee`: the YAML added to each, by number."""
    added = dict(portee)
    items = [
        f"  - id: P{number}\n    intitule: Essai\n    objectif: 1. Essai\n    nature: norme\n"
        f"    controle: {{{controle}}}\n" + (f"    {added[number]}\n" if number in added else "")
        for number, controle in enumerate(controles, 1)
    ]
    return loads(DEBUT + "".join(items), KINDS)


def protection(couches, outils="{prescriptions_plu: {typepsc: [07]}}"):
    return f"protection_requise: {{couches: {couches}, outils: [{outils}], part_minimale: 95 %}}"


# -- whom a missing layer concerns ----------------------------------------------------------------


def test_a_layer_concerns_those_that_name_it_in_their_order():
    found = needs.users(rules(INTERDITES, protection("[corridors, reservoirs]"), DENSITE, INTERDITES))
    assert found == {"reservoirs": ("P1", "P2", "P4"), "corridors": ("P2",), "programme": ("P3",)}


@pytest.mark.parametrize(
    "controle",
    [
        INTERDITES.replace("couches", "a_moins_de: {champ: RECUL}, couches"),
        "localisation: {objets: {zones: {}}, hors: [reservoirs], a_moins_de: {champ: RECUL}}",
        DENSITE.replace("[AUc]}}", "[AUc], a_moins_de: {couche: reservoirs, distance: {champ: RECUL}}}}"),
    ],
    ids=["set-back", "away", "selector"],
)
def test_a_distance_read_in_a_field_has_it_read(controle):
    assert "RECUL" in needs.of_rules(rules(controle)).couches["reservoirs"]


def test_a_layer_used_nowhere_concerns_nobody():
    assert "jamais" not in needs.users(rules(INTERDITES))
    assert needs.users(rules(LECTURE)) == {}


def test_a_figure_read_in_a_table_concerns_it():
    assert needs.users(rules(LU))["chiffres"] == ("P1",)


def test_layers_inside_a_selection_and_an_exception_concern_it_too():
    inside = "zones_interdites: {objets: {zones: {typezone: [AUc], hors: [haies]}}, couches: [reservoirs]}"
    sauf = "sauf: [{objets: [{couche: arbres}], motif: Arbres}]"
    assert needs.users(rules(inside, portee={1: sauf}.items())) == {
        "reservoirs": ("P1",),
        "haies": ("P1",),
        "arbres": ("P1",),
    }


@pytest.mark.parametrize(
    "controle, portee",
    [
        (PAR_COMMUNE, None),
        (SELON, None),
        (INTERDITES, "s_applique_a: {communes: [62001]}"),
        (INTERDITES, "sauf: [{communes: [62001], motif: Bruit}]"),
        (LECTURE, "s_applique_a: {communes: [62001]}"),
        (DENSITE.replace("20 logt/ha", "20 logt/ha, echelle: armature"), None),
        (DENSITE.replace("20 logt/ha", "{selon: commune, 62001: 20 logt/ha}, echelle: objet"), None),
    ],
    ids=["by commune", "by class", "bears", "spares", "reading", "scale of classes", "figure by commune"],
)
def test_the_communes_concern_what_is_answered_or_borne_by_territory(controle, portee):
    given = rules(controle, LECTURE, portee={1: portee}.items() if portee else ())
    assert needs.users(given)["communes"] == ("P1",)


@pytest.mark.parametrize(
    "controle",
    [INTERDITES, INTERDITES.replace("}}, c", "}}, echelle: plu, c"), LECTURE, DENSITE, protection("[haies]")],
)
def test_the_communes_do_not_concern_an_answer_for_the_whole_plu(controle):
    assert "communes" not in needs.users(rules(controle))


def test_every_layer_that_is_read_for_a_prescription_is_told_of():
    """What `of_rules` has read and nobody is said to use would go missing in silence."""
    given = rules(PAR_COMMUNE, SELON, LU, protection("[corridors]"), LECTURE)
    read = needs.of_rules(given)
    assert {*read.couches, *read.tables} == set(needs.users(given))


# -- tables of the PLU ----------------------------------------------------------------------------


def test_no_table_of_the_plu_for_rules_on_zones():
    assert needs.of_plu(rules(INTERDITES, DENSITE, LECTURE)) == ()


@pytest.mark.parametrize(
    "couches, expected",
    [
        ("[reservoirs]", ("SURF",)),  # a line protects no surface
        ("[haies]", ("SURF", "LIN")),
        ("[arbres]", ("SURF", "LIN", "PCT")),
        ("[corridors]", ("SURF",)),  # widened: a surface
        ("[reservoirs, haies]", ("SURF", "LIN")),
    ],
)
def test_tools_of_the_dimension_of_what_they_protect(couches, expected):
    assert needs.of_plu(rules(protection(couches))) == tuple(f"PRESCRIPTION_{suffix}" for suffix in expected)


def test_a_density_looks_into_surfaces_only():
    renewal = DENSITE.replace("{zones: {typezone: [AUc]}}", "{prescriptions_plu: {typepsc: [18]}}")
    assert needs.of_plu(rules(renewal)) == ("PRESCRIPTION_SURF",)


def test_informations_come_after_prescriptions_each_table_once():
    both = protection("[haies]", "{prescriptions_plu: {typepsc: [07]}}, {informations_plu: {typepsc: [03]}}")
    assert needs.of_plu(rules(both, both)) == ("PRESCRIPTION_SURF", "PRESCRIPTION_LIN", "INFO_SURF", "INFO_LIN")


def test_an_exception_may_be_of_any_dimension():
    sauf = "sauf: [{prescriptions_plu: {typepsc: [05]}, motif: Équipement}]"
    expected = ("PRESCRIPTION_SURF", "PRESCRIPTION_LIN", "PRESCRIPTION_PCT")
    assert needs.of_plu(rules(INTERDITES, portee={1: sauf}.items())) == expected


def test_forbidden_objects_of_any_dimension():
    given = rules(INTERDITES.replace("{zones: {typezone: [AUc]}}", "{prescriptions_plu: {typepsc: [05]}}"))
    assert needs.of_plu(given) == ("PRESCRIPTION_SURF", "PRESCRIPTION_LIN", "PRESCRIPTION_PCT")


# -- years ----------------------------------------------------------------------------------------


def with_parameter(value):
    """The parameter is put there by hand: no matter which kind takes it."""
    given = rules(INTERDITES)
    (prescription,) = given.prescriptions
    (controle,) = prescription.controles
    parametres = MappingProxyType({**controle.parametres, "maximum": value})
    changed = Controle(controle.genre, parametres, controle.volet, controle.ligne)
    return replace(given, prescriptions=(replace(prescription, controles=(changed,)),))


YEARLY, ONCE = Quantity(12.0, "logt/an"), Quantity(12.0, "logt")


@pytest.mark.parametrize(
    "value, expected",
    [
        (YEARLY, True),
        (Quantity(1.0, "ha/an"), True),
        (Quantity(6.0, "logt/an/1000hab"), True),
        (ONCE, False),
        (SelonClassement("armature", {"pole": ONCE, "village": YEARLY}), True),
        (SelonClassement("armature", {"pole": None}, defaut=YEARLY, a_un_defaut=True), True),
        (SelonClassement("armature", {"pole": ONCE, "village": None}), False),
        (SelonCommune({"62001": YEARLY}), True),
        (RefTable("chiffres", "RYTHME", "logt/an"), True),
        (RefTable("chiffres", "TOTAL", "logt"), False),
        (RefTable("chiffres", "TOTAL"), False),
        (SituationPassee(Quantity(1.1, "ha/an")), True),
        (SituationPassee(Quantity(11.0, "ha"), (2010, 2020)), True),  # a total over a period is a yearly mean
        (SituationPassee(Quantity(11.0, "ha")), False),
        (SituationPassee(RefTable("chiffres", "TOTAL", "ha"), (2010, 2020)), True),
        ((Jalon(2030, maximum=Quantity(3.0, "ha/an")),), True),
        ((Jalon(2030, maximum=Quantity(3.0, "ha")),), False),
    ],
    ids=str,
)
def test_the_horizon_is_asked_for_when_a_figure_is_by_year(value, expected):
    assert needs.horizon(with_parameter(value)) is expected


def test_no_horizon_for_densities_and_areas():
    assert not needs.horizon(rules(INTERDITES, DENSITE, SELON, LU, LECTURE))


SURFACE = "surface: {objets: {zones: {typezone: [AUc]}}, maximum: 3 ha/an"


@pytest.mark.parametrize(
    "ajout, champ",
    [
        ("deja_consomme: {table: chiffres, champ: CONSO}", "CONSO"),
        ("situation_passee: {table: chiffres, champ: RYTHME, unite: ha/an}", "RYTHME"),
        ("part_du_plu: {prorata: {table: chiffres, champ: POP}}", "POP"),
        ("jalons: [{jusqu_a: 2030, maximum: {table: chiffres, champ: PHASE, unite: ha}}]", "PHASE"),
    ],
)
def test_figures_in_time_read_their_table_by_commune(ajout, champ):
    given = rules(f"{SURFACE}, {ajout}}}")
    assert needs.of_rules(given).tables == {"chiffres": {"INSEE", champ}}
    assert needs.users(given)["chiffres"] == ("P1",) and needs.horizon(given)
    assert ("communes" in needs.users(given)) is ("jalons" not in ajout)


def test_what_the_objects_of_a_milestone_look_into():
    jalon = "jalons: [{jusqu_a: 2030, maximum: 3 ha, objets: {prescriptions_plu: {typepsc: [05]}}}]"
    given = rules(f"{SURFACE}, seulement_nouveau: oui, {jalon}}}")
    assert needs.of_plu(given) == ("PRESCRIPTION_SURF",)


# -- what a kind has no use for -------------------------------------------------------------------


def test_every_kind_looks_at_all_dimensions_unless_it_says_otherwise():
    narrow = {"surface", "densite", "protection_requise"}
    for genre, kind in KINDS.items():
        if genre not in narrow:
            assert kind.least_dimension(Controle(genre, {}), {}) == 0, genre


def test_a_layer_missing_from_the_rules_narrows_nothing():
    controle = rules(protection("[reservoirs]")).prescriptions[0].controles[0]
    assert KINDS["protection_requise"].least_dimension(controle, {}) == 0


@pytest.mark.parametrize("etat, asked", [("", False), (", etat: fausse", False), (", etat: vraie", True)])
def test_a_condition_that_suspends_asks_for_no_data(etat, asked):
    read = rules(LU, portee=[(1, f"si: {{condition: Le PLH est adopté{etat}}}")])
    found = needs.of_rules(read)
    assert ("chiffres" in found.tables, "programme" in found.tables) == (asked, asked)
    assert ("P1" in needs.users(read).get("communes", ())) is asked
