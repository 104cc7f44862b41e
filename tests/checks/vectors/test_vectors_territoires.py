"""Section 6 of the language: scales, communes, what lies outside them, whom a prescription bears on, `sauf`."""

from __future__ import annotations

import datetime

import pytest

TERRITOIRE = """
territoires:
  communes: {couche: communes, code: INSEE, nom: NOM}
  classements:
    armature:
      libelle: Armature urbaine
      classes:
        pole: {libelle: Pôle urbain, communes: [62119]}
        village: {libelle: Village, defaut: oui}
couches:
  communes: {libelle: Communes, geometrie: surface}
  bruit: {libelle: Zones de bruit, geometrie: surface}
"""
BRUIT = "couches:\n  bruit: {libelle: Zones de bruit, geometrie: surface}\n"
A, B = (-1000, -1000, 1000, 1000), (1000, -1000, 3000, 1000)
COMMUNES = [{"INSEE": "62119", "NOM": "Arbois", "box": A}, {"INSEE": "62051", "NOM": "Bruyères", "box": B}]


def densite(*lignes, reste=""):
    control = [
        "controle:",
        "  densite:",
        "    objets: {zones: {typezone: [AUc]}}",
        "    logements: {champ: NBLOGT}",
        "    minimum: 25 logt/ha",
    ]
    return "\n".join([*control, *(f"    {ligne}" for ligne in lignes), reste])


def territoire(*zones, communes=None, **champs):
    """AUc zones `(box, dwellings)`, named 1AU1, 1AU2…; `champs` are added to every zone."""
    rows = [
        {"LIBELLE": f"1AU{n}", "TYPEZONE": "AUc", "NBLOGT": nb, "box": carre, **champs}
        for n, (carre, nb) in enumerate(zones, 1)
    ]
    return {"zones": rows, **({"communes": communes} if communes else {})}


EN_A, EN_B = ((0, 0, 200, 100), 80), ((1500, 0, 1700, 100), 20)


# -- scales ---------------------------------------------------------------------------------------


def test_the_whole_plu_by_default(constater, verifier):
    constat = constater(densite(), territoire(EN_A, EN_B, communes=COMMUNES), TERRITOIRE)
    verifier(constat, "sans_ecart", mesure=25.0)
    assert (constat.echelle, constat.territoire) == ("plu", "plu")


def test_one_constat_for_each_commune(par_unite, verifier):
    unites = par_unite(densite("echelle: commune"), territoire(EN_A, EN_B, communes=COMMUNES), TERRITOIRE)
    assert set(unites) == {"62119", "62051"}
    verifier(unites["62119"], "sans_ecart", mesure=40.0)
    verifier(unites["62051"], "ecart_marque", mesure=10.0, dit=["Bruyères"], ecarts=[{"libelle": "1AU2", "part": 1.0}])
    assert {c.echelle for c in unites.values()} == {"commune"}


def test_one_constat_for_each_object(repondre):
    exemple = territoire(EN_A, EN_B, ((300, 0, 400, 100), 25))
    constats = repondre(densite("echelle: objet"), exemple).constats
    assert sorted((str(c.etat), c.mesure) for c in constats) == [
        ("ecart_marque", 10.0),
        ("sans_ecart", 25.0),
        ("sans_ecart", 40.0),
    ]


def test_one_constat_for_each_class(par_unite, verifier):
    autre = {"INSEE": "62200", "NOM": "Calmont", "box": (3000, -1000, 5000, 1000)}
    exemple = territoire(EN_A, EN_B, ((3500, 0, 3600, 100), 70), communes=[*COMMUNES, autre])
    unites = par_unite(densite("echelle: armature"), exemple, TERRITOIRE)
    verifier(unites["pole"], "sans_ecart", mesure=40.0)
    verifier(unites["village"], "sans_ecart", mesure=30.0)  # (20 + 70) / 3 ha
    assert unites["village"].territoire_nom == "Village"


@pytest.mark.parametrize("logements", [100, 20])
def test_a_ratio_of_a_part_of_the_scot_decides_nothing(constater, verifier, logements):
    exemple = territoire(((0, 0, 200, 100), logements))
    verifier(constater(densite("echelle: scot"), exemple), "a_apprecier", mesure=logements / 2)


def test_a_commune_without_object_is_sans_objet(par_unite, verifier):
    """62051 holds no AUc zone: one constat, so that a grid by commune has no hole."""
    exemple = territoire(EN_A, communes=COMMUNES)
    exemple["zones"].append({"LIBELLE": "N", "TYPEZONE": "N", "box": (1000, 0, 1200, 100)})
    unites = par_unite(densite("echelle: commune"), exemple, TERRITOIRE)
    verifier(unites["62119"], "sans_ecart")
    assert "62051" not in unites or str(unites["62051"].etat) == "sans_objet"


@pytest.mark.parametrize(
    "couverts, etat",
    [
        pytest.param(1, "a_apprecier", id="part-of-the-class"),
        pytest.param(2, "ecart_marque", id="whole-class"),
    ],
)
def test_a_class_wider_than_the_plu_decides_nothing(par_unite, verifier, couverts, etat):
    """The class village holds 62051 and 62200; the PLU covers the first, or both; 20 dwellings on 2 ha."""
    autre = {"INSEE": "62200", "NOM": "Calmont", "box": (3000, -1000, 5000, 1000)}
    exemple = territoire(EN_B, communes=[*COMMUNES, autre])
    if couverts == 2:
        exemple["zones"].append({"LIBELLE": "N", "TYPEZONE": "N", "box": (3500, 0, 3600, 100)})
    unites = par_unite(densite("echelle: armature"), exemple, TERRITOIRE)
    verifier(unites["village"], etat, mesure=10.0)


def test_a_plu_that_covers_the_whole_scot_is_decided(constater, verifier):
    exemple = territoire(EN_A, EN_B, communes=COMMUNES)
    verifier(constater(densite("echelle: scot"), exemple, TERRITOIRE), "sans_ecart", mesure=25.0)


# -- the commune of a zone ------------------------------------------------------------------------


def test_ground_outside_every_commune_is_never_reassigned(par_unite, verifier):
    """Zone of 2 ha and 50 dwellings, half of it in 62119: 25 dwellings on 1 ha there."""
    commune = [{"INSEE": "62119", "NOM": "Arbois", "box": (0, -500, 100, 500)}]
    unites = par_unite(densite("echelle: commune"), territoire(((0, 0, 200, 100), 50), communes=commune), TERRITOIRE)
    assert set(unites) == {"62119", "hors_commune"}
    verifier(unites["62119"], "sans_ecart", mesure=25.0)
    verifier(unites["hors_commune"], "non_evalue", ecarts=[])


def test_an_object_outside_every_commune_has_no_class(repondre):
    """At the scale of the object its commune gives the threshold: with none, not even the default class."""
    seuil = "minimum:\n      selon: armature\n      pole: 35 logt/ha\n      village: 17 logt/ha"
    regle = densite("echelle: objet").replace("minimum: 25 logt/ha", seuil)
    exemple = territoire(EN_A, ((9000, 0, 9100, 100), 90), communes=COMMUNES)
    constats = {c.territoire_nom: str(c.etat) for c in repondre(regle, exemple, TERRITOIRE).constats}
    assert constats == {"1AU1": "sans_ecart", "1AU2": "non_evalue"}


@pytest.mark.parametrize(
    "champs",
    [
        pytest.param({"INSEE": "62119"}, id="INSEE"),
        pytest.param({"IDURBA": "62119_PLU_20240312"}, id="IDURBA"),
    ],
)
def test_one_commune_plu_needs_no_communes_layer(par_unite, verifier, champs):
    unites = par_unite(densite("echelle: commune"), territoire(EN_A, EN_B, **champs))
    assert set(unites) == {"62119"}
    verifier(unites["62119"], "sans_ecart", mesure=25.0)


def test_insee_column_of_a_plui(par_unite, verifier):
    exemple = territoire(EN_A, EN_B)
    exemple["zones"][0]["INSEE"], exemple["zones"][1]["INSEE"] = "62119", "62051"
    unites = par_unite(densite("echelle: commune"), exemple)
    verifier(unites["62119"], "sans_ecart", mesure=40.0)
    verifier(unites["62051"], "ecart_marque", mesure=10.0)


@pytest.mark.parametrize("entete", [pytest.param("", id="none-declared"), pytest.param(TERRITOIRE, id="absent")])
def test_commune_scale_without_any_commune(repondre, entete):
    answer = repondre(densite("echelle: commune"), territoire(EN_A, EN_B), entete)
    assert {str(c.etat) for c in answer.constats} == {"non_evalue"} and "commune" in answer.cause
    assert not any(c.ecarts for c in answer.constats)


# -- s_applique_a ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "portee, mesure, etat",
    [
        pytest.param("{communes: [62119]}", 40.0, "sans_ecart", id="communes"),
        pytest.param("{classement: armature, classes: [village]}", 10.0, "ecart_marque", id="classes"),
    ],
)
def test_bearing_on_some_communes(constater, verifier, portee, mesure, etat):
    regle = densite(reste=f"s_applique_a: {portee}")
    verifier(constater(regle, territoire(EN_A, EN_B, communes=COMMUNES), TERRITOIRE), etat, mesure=mesure)


def test_bearing_on_a_commune_cuts_the_zones(constater, verifier):
    """Zone of 4 ha, 160 dwellings, half in 62119; zone of 2 ha and 20 dwellings in it: 100 dwellings on 4 ha."""
    exemple = territoire(((900, 0, 1100, 200), 160), ((0, 0, 200, 100), 20), communes=COMMUNES)
    regle = densite(reste="s_applique_a: {communes: [62119]}")
    verifier(constater(regle, exemple, TERRITOIRE), "sans_ecart", mesure=25.0)


def test_bearing_on_other_communes(constater, verifier):
    regle = densite(reste="s_applique_a: {communes: [62999]}")
    verifier(constater(regle, territoire(EN_A, EN_B, communes=COMMUNES), TERRITOIRE), "sans_objet", ecarts=[])


def test_bearing_on_a_commune_at_commune_scale(par_unite, verifier):
    regle = densite("echelle: commune", reste="s_applique_a: {communes: [62119]}")
    unites = par_unite(regle, territoire(EN_A, EN_B, communes=COMMUNES), TERRITOIRE)
    verifier(unites["62119"], "sans_ecart", mesure=40.0)
    assert "62051" not in unites or str(unites["62051"].etat) == "sans_objet"


# -- sauf -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "sauf, mesure, libelles",
    [
        pytest.param("{communes: [62051], motif: Bruit}", 40.0, ["1AU2"], id="communes"),
        pytest.param('{zones: {libelle: "1AU1"}, motif: Bruit}', 10.0, ["1AU1"], id="selector"),
        pytest.param("{couches: [bruit], motif: Bruit}", 40.0, ["1AU2"], id="layer"),
        pytest.param("{communes: [62051], motif: Bruit, jusqu_au: 2026-06-30}", 40.0, ["1AU2"], id="date-to-come"),
        pytest.param("{communes: [62051], motif: Bruit, jusqu_au: 2026-01-15}", 40.0, ["1AU2"], id="last-day"),
        pytest.param("{communes: [62051], motif: Bruit, jusqu_au: 2026-01-14}", 25.0, [], id="date-past"),
        pytest.param('{communes: [62051], zones: {libelle: "1AU1"}, motif: Bruit}', 25.0, [], id="both-criteria"),
    ],
)
def test_spared_objects(repondre, verifier, sauf, mesure, libelles):
    exemple = territoire(EN_A, EN_B, communes=COMMUNES)
    exemple["couches"] = {"bruit": [{"box": (1400, -100, 1800, 200)}]}
    exemple["date"] = "2026-01-15"
    answer = repondre(densite(reste=f"sauf:\n  - {sauf}"), exemple, TERRITOIRE, date=datetime.date(2026, 1, 15))
    assert len(answer.constats) == 1
    verifier(answer.constats[0], "ecart_marque" if mesure == 10 else "sans_ecart", mesure=mesure)
    assert [e.libelle for e in answer.exceptions] == libelles
    assert all(e.motif == "Bruit" for e in answer.exceptions)


def test_everything_spared(repondre, verifier):
    regle = densite(reste="sauf:\n  - {zones: {typezone: [AUc]}, motif: Opérations engagées}")
    answer = repondre(regle, territoire(EN_A, EN_B))
    verifier(answer.constats[0], "sans_objet", ecarts=[])
    assert len(answer.constats) == 1 and len(answer.exceptions) == 2


@pytest.mark.parametrize(
    "sauf",
    [
        pytest.param("{couches: [bruit], motif: Bruit}", id="layer"),
        pytest.param("{zones: {typezone: [AUc], dans: [bruit]}, motif: Bruit}", id="selector-that-clips"),
    ],
)
def test_sparing_the_ground_of_a_layer(repondre, verifier, sauf):
    """1AU1, 4 ha and 80 dwellings, has 1 ha in the noise; 1AU2 1 ha and 50: (60 + 50) / 4 ha is left."""
    exemple = territoire(((0, 0, 400, 100), 80), ((500, 0, 600, 100), 50))
    exemple["couches"] = {"bruit": [{"box": (300, 0, 400, 100)}]}
    answer = repondre(densite(reste=f"sauf:\n  - {sauf}"), exemple, BRUIT)
    verifier(answer.constats[0], "sans_ecart", mesure=27.5)
    assert [e.libelle for e in answer.exceptions] == ["1AU1"]


def test_an_exception_whose_layer_is_missing(repondre, verifier):
    answer = repondre(densite(reste="sauf:\n  - {couches: [bruit], motif: Bruit}"), territoire(EN_A), BRUIT)
    verifier(answer.constats[0], "non_evalue", dit=["bruit"])


def test_a_spared_zone_has_no_conflict(repondre, verifier):
    regle = "\n".join(
        [
            "controle:",
            "  zones_interdites: {objets: {zones: {typezone: [AUc]}}, couches: [bruit]}",
            "sauf:",
            '  - {zones: {libelle: "1AU1"}, motif: Permis accordé}',
        ]
    )
    exemple = territoire(((0, 0, 100, 100), 1), ((100, 0, 200, 100), 1))
    exemple["couches"] = {"bruit": [{"box": (50, 0, 150, 100)}]}
    answer = repondre(regle, exemple, BRUIT)
    verifier(answer.constats[0], "ecart_marque", mesure=5000, ecarts=[{"libelle": "1AU2", "part": 0.5}])
    assert [e.libelle for e in answer.exceptions] == ["1AU1"]
