"""Normative vectors D1 to D18: dwellings per hectare, floor on a ratio of sums."""

from __future__ import annotations

import pytest

TABLES = """
tables:
  programme: {libelle: Programme de logements des OAP, cle: OAP, jointure: LIBELLE}
"""
A_ET_B = (
    TABLES
    + """
territoires:
  communes: {couche: communes, code: INSEE, nom: NOM}
  classements:
    armature:
      libelle: Armature urbaine
      classes:
        pole: {libelle: Pôle urbain, communes: [62119]}
        bourg: {libelle: Bourg relais, communes: [62051, 62117]}
        village: {libelle: Village, defaut: oui}
couches:
  communes: {libelle: Communes, geometrie: surface}
"""
)


def densite(minimum="35 logt/ha", *lignes, bloc="minimum"):
    """The control of these vectors: every AUc zone, dwellings of the table `programme`."""
    return "\n".join(
        [
            "controle:",
            "  densite:",
            "    objets: {zones: {typezone: [AUc]}}",
            "    logements: {table: programme, champ: LOGEMENTS}",
            f"    {bloc}: {minimum}",
            *(f"    {ligne}" for ligne in lignes),
        ]
    )


def territoire(*auc, **reste):
    """An example of AUc zones `(libelle, box, dwellings)`; dwellings None: no row in the programme."""
    return {
        "zones": [{"LIBELLE": nom, "TYPEZONE": "AUc", "box": carre} for nom, carre, _ in auc],
        "tables": {"programme": [{"OAP": nom, "LOGEMENTS": n} for nom, _, n in auc if n is not None]},
        **reste,
    }


DEUX_HA = (0, 0, 200, 100)
Z = [{"forme": DEUX_HA, "surface": 20000, "part": 1.0, "libelle": "1AU"}]


@pytest.mark.parametrize(
    "logements, tolerance, etat, mesure, ecart, relatif, ecarts",
    [
        pytest.param(70, "", "sans_ecart", 35.0, 0.0, 0.0, [], id="D1"),
        pytest.param(63, "10 %", "sans_ecart", 31.5, 3.5, 0.1, [], id="D2"),
        pytest.param(62, "10 %", "ecart_faible", 31.0, 4.0, 4 / 35, Z, id="D3"),
        pytest.param(56, "", "ecart_faible", 28.0, 7.0, 0.2, Z, id="D4"),
        pytest.param(55, "", "ecart_marque", 27.5, 7.5, 7.5 / 35, Z, id="D5"),
    ],
)
def test_one_zone_of_two_hectares(constater, verifier, logements, tolerance, etat, mesure, ecart, relatif, ecarts):
    regle = densite("35 logt/ha", *([f"tolerance: {tolerance}"] if tolerance else []))
    constat = constater(regle, territoire(("1AU", DEUX_HA, logements)), TABLES)
    verifier(constat, etat, mesure=mesure, unite="logt/ha", ecart=ecart, relatif=relatif, ecarts=ecarts)
    assert constat.seuil_min == 35 and constat.seuil_max is None


def test_d2_says_the_tolerance(constater, verifier):
    constat = constater(densite("35 logt/ha", "tolerance: 10 %"), territoire(("1AU", DEUX_HA, 63)), TABLES)
    verifier(constat, "sans_ecart", dit=["dans la tolérance"])


def test_d1_says_no_tolerance(constater):
    constat = constater(densite("35 logt/ha", "tolerance: 10 %"), territoire(("1AU", DEUX_HA, 70)), TABLES)
    assert "dans la tolérance" not in constat.message + " ".join(constat.limites)


@pytest.mark.parametrize(
    "calcul, mesure",
    [
        pytest.param("rapport_des_totaux", 23.0, id="D6-rapport_des_totaux"),
        pytest.param("moyenne_simple", 35.0, id="D6-moyenne_simple"),
        pytest.param(None, 23.0, id="D6-par_defaut"),
    ],
)
def test_d6_ratio_of_totals_or_simple_mean(constater, verifier, calcul, mesure):
    regle = densite("25 logt/ha", "tolerance: 10 %", *([f"calcul: {calcul}"] if calcul else []))
    zones = territoire(("1AUa", (0, 0, 100, 100), 50), ("1AUb", (100, 0, 1000, 100), 180))
    verifier(constater(regle, zones, TABLES), "sans_ecart", mesure=mesure, ecarts=[])


SANS_LIGNE = territoire(("1AUa", DEUX_HA, 60), ("1AUb", (300, 0, 400, 100), 20), ("1AUc", (500, 0, 600, 100), None))
SANS_CHIFFRE = territoire(
    *[(z["LIBELLE"], z["box"], None) for z in SANS_LIGNE["zones"]],
    tables={
        "programme": [
            {"OAP": "1AUa", "LOGEMENTS": 60},
            {"OAP": "1AUb", "LOGEMENTS": 20},
            {"OAP": "1AUc"},
        ]
    },
)


@pytest.mark.parametrize(
    "exemple",
    [
        pytest.param(SANS_LIGNE, id="D7-no-row"),
        pytest.param(SANS_CHIFFRE, id="D7-null"),
    ],
)
def test_d7_unknown_dwellings_that_could_change_the_state(constater, verifier, exemple):
    constat = constater(densite("25 logt/ha"), exemple, TABLES)
    verifier(constat, "non_evalue", mesure=80 / 3, dit=["1AUc"], ecarts=[])


def test_d8_unknown_dwellings_without_effect(constater, verifier):
    zones = territoire(("1AUa", DEUX_HA, 100), ("1AUb", (300, 0, 400, 100), 30), ("1AUc", (500, 0, 600, 100), None))
    constat = constater(densite("25 logt/ha"), zones, TABLES)
    verifier(constat, "sans_ecart", mesure=32.5, limites=["1 zone sans effectif, sans effet"], ecarts=[])


COMMUNES = [
    {"INSEE": "62119", "NOM": "A", "box": (-1000, -1000, 300, 1000)},
    {"INSEE": "62200", "NOM": "B", "box": (300, -1000, 1400, 1000)},
]
A_CHEVAL = territoire(("1AU", (0, 0, 400, 100), 100), communes=COMMUNES)
SELON = """
  selon: armature
  pole: 35 logt/ha
  bourg: 25 logt/ha
  village: 17 logt/ha""".replace("\n", "\n    ")


def test_d9_zone_cut_by_a_commune_limit(par_unite, verifier):
    unites = par_unite(densite(SELON, "echelle: commune"), A_CHEVAL, A_ET_B)
    assert set(unites) == {"62119", "62200"}
    verifier(
        unites["62119"],
        "ecart_marque",
        mesure=25.0,
        ecart=10.0,
        relatif=10 / 35,
        ecarts=[{"forme": (0, 0, 300, 100), "surface": 30000, "part": 0.75}],
    )
    assert unites["62119"].seuil_min == 35 and unites["62119"].territoire_nom == "A"
    verifier(unites["62200"], "sans_ecart", mesure=25.0, ecarts=[])
    assert unites["62200"].seuil_min == 17


def test_d10_at_the_scale_of_the_object_the_largest_share_decides(constater, verifier):
    constat = constater(densite(SELON, "echelle: objet"), A_CHEVAL, A_ET_B)
    verifier(
        constat,
        "ecart_marque",
        mesure=25.0,
        relatif=10 / 35,
        ecarts=[{"forme": (0, 0, 400, 100), "surface": 40000, "part": 1.0}],
    )
    assert constat.seuil_min == 35


def test_d11_overlapping_zones_ground_once_dwellings_added(constater, verifier):
    zones = territoire(("1AUa", DEUX_HA, 60), ("1AUb", (150, 0, 350, 100), 60))
    constat = constater(densite("35 logt/ha", "tolerance: 10 %"), zones, TABLES)
    verifier(
        constat,
        "sans_ecart",
        mesure=120 / 3.5,
        dit=["dans la tolérance"],
        ecarts=[],
        limites=["recouvr|chevauch|superpos"],
    )


def test_d12_a_recommandation_stores_the_departure_without_a_row(constater, verifier):
    constat = constater("nature: recommandation\n" + densite(), territoire(("1AU", DEUX_HA, 40)), TABLES)
    verifier(constat, "a_apprecier", mesure=20.0, ecart=15.0, relatif=15 / 35, ecarts=[])


def test_d13_spared_commune_leaves_numerator_and_denominator(repondre, verifier):
    zones = territoire(
        ("1AUa", DEUX_HA, 20),
        ("1AUb", (1000, 0, 1200, 100), 60),
        communes=[
            {"INSEE": "62051", "NOM": "Bruyères", "box": (-500, -500, 500, 500)},
            {"INSEE": "62117", "NOM": "Calmont", "box": (500, -500, 1500, 500)},
        ],
    )
    sauf = "sauf:\n  - {communes: [62051], motif: Zone de bruit, reference: DOO p. 46}"
    regle = densite(SELON, "echelle: armature") + "\n" + sauf
    answer = repondre(regle, zones, A_ET_B)
    (bourg,) = [c for c in answer.constats if c.territoire == "bourg"]
    verifier(bourg, "sans_ecart", mesure=30.0, ecarts=[])
    assert all(str(c.etat) == "sans_objet" for c in answer.constats if c is not bourg)
    (exception,) = answer.exceptions
    assert (exception.prescription, exception.libelle, exception.insee) == ("P1", "1AUa", "62051")
    assert (exception.motif, exception.reference) == ("Zone de bruit", "DOO p. 46")


@pytest.mark.parametrize(
    "carre, etat, mesure, relatif, ecarts",
    [
        pytest.param((0, 0, 70, 100), "sans_ecart", 700.0, 0.0, [], id="D14-700"),
        pytest.param(
            (0, 0, 71, 100),
            "ecart_faible",
            710.0,
            10 / 700,
            [{"forme": (0, 0, 71, 100), "surface": 7100}],
            id="D14-710",
        ),
    ],
)
def test_d14_square_metres_per_dwelling(constater, verifier, carre, etat, mesure, relatif, ecarts):
    constat = constater(densite("700 m2/logt", bloc="maximum"), territoire(("1AU", carre, 10)), TABLES)
    verifier(constat, etat, mesure=mesure, unite="m2/logt", relatif=relatif, ecarts=ecarts)
    assert constat.seuil_max == 700 and constat.seuil_min is None


def test_d15_no_object(constater, verifier):
    exemple = {"zones": [{"LIBELLE": "Ua", "TYPEZONE": "U", "box": DEUX_HA}], "tables": {"programme": []}}
    verifier(constater(densite(), exemple, TABLES), "sans_objet", mesure=None, ecarts=[])


def test_d16_table_absent(repondre, verifier):
    exemple = {**territoire(("1AU", DEUX_HA, 70)), "tables": {}}
    answer = repondre(densite(), exemple, TABLES)
    verifier(answer.constats[0], "non_evalue", mesure=None, dit=[r"table\W+programme"], ecarts=[])
    assert len(answer.constats) == 1 and "programme" in answer.cause


def test_d17_vocation_criterion_without_its_field(constater, verifier):
    regle = densite().replace("{typezone: [AUc]}", "{typezone: [AUc], vocation: [habitat, mixte]}")
    constat = constater(regle, territoire(("1AU", DEUX_HA, 70)), TABLES)
    verifier(constat, "non_evalue", mesure=None, dit=["champ", "FORMDOMI", "DESTDOMI"], ecarts=[])


def test_d18_ground_not_counted(constater, verifier):
    entete = TABLES + "couches:\n  equipements: {libelle: Équipements, geometrie: surface}\n"
    exemple = territoire(("1AU", DEUX_HA, 80), couches={"equipements": [{"box": (0, 0, 40, 100)}]})
    constat = constater(densite("35 logt/ha", "sans_compter: [equipements]"), exemple, entete)
    verifier(constat, "sans_ecart", mesure=50.0, ecarts=[])


def test_every_zone_that_misses_the_threshold_by_itself_is_at_fault(constater, verifier):
    """Section 6, faulty objects of a ratio: 50 + 90 dwellings on 1 + 9 ha, only the second misses 25 by itself."""
    zones = territoire(("1AUa", (0, 0, 100, 100), 50), ("1AUb", (100, 0, 1000, 100), 90))
    verifier(
        constater(densite("25 logt/ha"), zones, TABLES),
        "ecart_marque",
        mesure=14.0,
        relatif=0.44,
        ecarts=[{"libelle": "1AUb", "surface": 90000, "part": 1.0, "role": "en_cause"}],
    )


@pytest.mark.parametrize(
    "logements, couche",
    [
        pytest.param(
            "{couche: lots, champ: NB}",
            [
                {"NB": 50, "wkt": "POINT(10 10)"},
                {"NB": 20, "wkt": "POINT(90 90)"},
                {"NB": 500, "wkt": "POINT(900 900)"},
            ],
            id="layer-summed",
        ),
        pytest.param(
            "{comptage: lots}",
            [{"wkt": f"POINT({x} {y})"} for x in range(5, 140, 20) for y in range(5, 100, 10)]
            + [{"wkt": "POINT(900 900)"}],
            id="counted",
        ),
    ],
)
def test_dwellings_of_a_layer(constater, verifier, logements, couche):
    """70 dwellings inside the zone, from a field summed or by counting points; the one outside does not count."""
    entete = "couches:\n  lots: {libelle: Lots, geometrie: point}\n"
    regle = densite().replace("{table: programme, champ: LOGEMENTS}", logements)
    exemple = {"zones": territoire(("1AU", DEUX_HA, 70))["zones"], "couches": {"lots": couche}}
    verifier(constater(regle, exemple, entete), "sans_ecart", mesure=35.0)


def test_dwellings_of_a_field_of_the_zone(constater, verifier):
    regle = densite().replace("{table: programme, champ: LOGEMENTS}", "{champ: NBLOGT}")
    exemple = {"zones": [{"LIBELLE": "1AU", "TYPEZONE": "AUc", "NBLOGT": "62,5", "box": DEUX_HA}]}
    verifier(constater(regle, exemple), "ecart_faible", mesure=31.25)
