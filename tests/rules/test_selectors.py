"""Section 3: selectors, unions, layers and dwellings, typed."""

from __future__ import annotations

import pytest


@pytest.fixture
def objets(controle):
    return lambda text: controle(f"mesure: {{objets: {text}}}").parametres["objets"]


def test_a_named_selection_one_selector_and_a_union(objets):
    (named,) = objets("extension")
    assert (named.source, named.typezone) == ("zones", ("AUc", "AUs"))
    (one,) = objets("{zones: {}}")
    assert one.typezone == ()
    union = objets("[extension, {nom: haies, prescriptions_plu: {typepsc: [07], stypepsc: [01, 02]}}]")
    assert [s.source for s in union] == ["zones", "prescriptions_plu"]
    assert (union[1].nom, union[1].typepsc, union[1].stypepsc) == ("haies", ("07",), ("01", "02"))


def test_a_code_of_one_digit_is_that_of_two(objets):
    (s,) = objets("{prescriptions_plu: {typepsc: [7, 07], stypepsc: 0}}")
    assert (s.typepsc, s.stypepsc) == (("07", "07"), ("00",))


def test_every_criterion_of_zones(objets):
    (s,) = objets(
        '{zones: {typezone: U, stecal: non, libelle: ["1AU*", "UX[ab]"], sauf_libelle: UXz, '
        "vocation: [habitat, mixte], admet: [commerce_detail], admet_sans_condition: logement, "
        "interdit: [industrie], surface_min: 5 000 m2, a_moins_de: {couche: zacom, ou: {NIVEAU: 1}, distance: 500 m}, "
        "surface_max: 2 ha, dans: corridors, hors: [{couche: zacom, ou: {NIVEAU: [1, 02]}}], entierement: oui, "
        "champs: {DIR: [NO], N: 1}}}"
    )
    assert (s.typezone, s.stecal, s.libelle, s.sauf_libelle) == (("U",), False, ("1AU*", "UX[ab]"), ("UXz",))
    assert (s.vocation, s.admet, s.admet_sans_condition) == (("habitat", "mixte"), ("commerce_detail",), ("logement",))
    assert (s.interdit, s.surface_min, s.surface_max, s.entierement) == (("industrie",), 5000.0, 20000.0, True)
    assert [ref.nom for ref in s.dans] == ["corridors"]
    assert s.hors[0].ou == {"NIVEAU": ("1", "02")}
    assert (s.a_moins_de.couche.nom, s.a_moins_de.couche.ou) == ("zacom", {"NIVEAU": ("1",)})
    assert s.a_moins_de.distance.to("m") == 500
    assert s.champs == {"DIR": ("NO",), "N": ("1",)}


def test_a_distance_read_in_a_field(objets):
    (s,) = objets("{zones: {a_moins_de: {couche: zacom, distance: {champ: RAYON, unite: km}}}}")
    assert (s.a_moins_de.distance.champ, s.a_moins_de.distance.unite) == ("RAYON", "km")


def test_objects_of_a_layer(objets):
    (s,) = objets("{couche: zacom, ou: {NIVEAU: 1}, surface_min: 1 ha}")
    assert (s.source, s.couche.nom, s.couche.ou, s.surface_min) == ("couche", "zacom", {"NIVEAU": ("1",)}, 10000.0)


def test_informations_of_the_plan(objets):
    assert objets("{informations_plu: {typepsc: [04]}}")[0].source == "informations_plu"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("extensions", "sélection « extensions » non déclarée sous selections : vouliez-vous « extension » ?"),
        ("[]", "vide"),
        ("{zones: {typezone: [1AU]}}", 'libelle: ["1AU"]'),
        (
            "{zones: {typezone: [U, AU]}}",
            ' : écrire AUc (ouverte) ou AUs (fermée) ; pour un libellé : libelle: ["AU*"]',
        ),
        ('{zones: {typezone: "U, AUc"}}', "« U, AUc » : écrire [U, AUc]"),
        ('{zones: {typezone: "U, AU"}}', "« AU » n'est pas une famille de zones (U, AUc, AUs, A, N) : écrire AUc "),
        ("{zones: {typezone: []}}", "vide"),
        ("{zones: {vocation: [logement]}}", "« logement » inconnu"),
        ("{zones: {admet: [commerce_de_detail]}}", "vouliez-vous « commerce_detail »"),
        ("{zones: {typepsc: [07]}}", "« typepsc » inconnu"),
        ("{prescriptions_plu: {typepsc: [16-03]}}", "typepsc: [16] et stypepsc: [03]"),
        ("{prescriptions_plu: {typepsc: [abc]}}", "deux chiffres"),
        ("{prescriptions_plu: {typezone: [U]}}", "« typezone » inconnu"),
        ("{zones: {}, prescriptions_plu: {}}", "exactement un de zones, prescriptions_plu"),
        ("{nom: x}", "exactement un de zones"),
        ("{zone: {}}", "vouliez-vous « zones »"),
        ("{zones: {surface_min: 5000}}", "n'a pas d'unité"),
        ("{zones: {surface_min: 5 m}}", "ne convient pas"),
        ("{zones: {surface_min: 2 ha, surface_max: 1 ha}}", "surface_min dépasse surface_max"),
        ("{zones: {dans: corridor}}", "couche « corridor » non déclarée sous couches : vouliez-vous « corridors » ?"),
        ("{zones: {dans: {couche: zacon}}}", "vouliez-vous « zacom »"),
        ("{zones: {dans: {ou: {A: [1]}}}}", "« couche » manque"),
        ("{zones: {a_moins_de: {couche: zacon, distance: 3 m}}}", "vouliez-vous « zacom »"),
        ("{zones: {a_moins_de: {couche: zacom}}}", "« distance » manque"),
        ("{zones: {a_moins_de: {couche: zacom, distance: 3}}}", "n'a pas d'unité"),
        ("{zones: {a_moins_de: 300 m}}", "une couche et une distance, comme {couche: gares, distance: 500 m} attendu"),
        ("{zones: {champs: {}}}", "vide"),
        ("{couche: zacon}", "vouliez-vous « zacom »"),
        ("{couche: zacom, hor: [zacom]}", "vouliez-vous « hors »"),
        ("{zones: [U]}", "attendu, une liste trouvé"),
        ("{zones: {stecal: parfois}}", "oui ou non"),
    ],
)
def test_each_fault_of_a_selector_is_said_once(refus_controle, text, said):
    messages = refus_controle(f"mesure: {{objets: {text}}}")
    assert len(messages) == 1, messages
    assert said in messages[0]


@pytest.mark.parametrize(
    ("text", "mode", "nom", "champ"),
    [
        ("{table: programme, champ: LOGEMENTS}", "table", "programme", "LOGEMENTS"),
        ("{couche: zacom, champ: NB}", "couche", "zacom", "NB"),
        ("{comptage: zacom}", "comptage", "zacom", ""),
        ("{champ: LIB_VAL1}", "champ", "", "LIB_VAL1"),
    ],
)
def test_dwellings(controle, text, mode, nom, champ):
    logements = controle(f"mesure: {{objets: extension, logements: {text}}}").parametres["logements"]
    assert (logements.mode, logements.nom, logements.champ) == (mode, nom, champ)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "{table: programmes, champ: L}",
            "table « programmes » non déclarée sous tables : vouliez-vous « programme » ?",
        ),
        ("{table: programme}", "attendu : {table"),
        ("{comptage: zacom, champ: L}", "attendu : {table"),
        ("{comptage: x}", "couche « x » non déclarée"),
        ("programme", "attendu, « programme » trouvé"),
    ],
)
def test_each_fault_of_dwellings_is_said(refus_controle, text, said):
    (message,) = refus_controle(f"mesure: {{objets: extension, logements: {text}}}")
    assert said in message


def test_exceptions_and_bearing(regles):
    (p,) = regles("""
        controle: {mesure: {objets: extension}}
        s_applique_a: {classement: armature, classes: [pole, bourg]}
        sauf:
          - {communes: [62051, 2A004], motif: Bruit, reference: DOO p. 46, jusqu_au: 31/12/2030}
          - {zones: {libelle: "1AUh*"}, motif: Hameau}
          - {objets: [extension, {couche: zacom}], couches: zacom, motif: Commerce}
    """).prescriptions
    assert (p.s_applique_a.classement, p.s_applique_a.classes) == ("armature", ("pole", "bourg"))
    assert (p.sauf[0].communes, p.sauf[0].jusqu_au) == (("62051", "2A004"), "2030-12-31")
    assert p.sauf[1].selection[0].libelle == ("1AUh*",)
    assert [s.source for s in p.sauf[2].selection] == ["zones", "couche"]
    assert p.sauf[2].couches[0].nom == "zacom"
