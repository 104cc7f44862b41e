"""Section 4 of the language, seen through `densite`: bounds, tolerance, marked limit, nature, force, classes."""

from __future__ import annotations

import pytest

DEUX_HA = (0, 0, 200, 100)
TERRITOIRE = """
territoires:
  communes: {couche: communes, code: INSEE, nom: NOM}
  classements:
    armature:
      libelle: Armature urbaine
      classes:
        pole: {libelle: Pôle urbain, communes: [62119]}
        bourg: {libelle: Bourg relais, communes: [62051]}
        village: {libelle: Village, defaut: oui}
couches:
  communes: {libelle: Communes, geometrie: surface}
tables:
  objectifs: {libelle: Objectifs par commune, cle: INSEE}
"""


def densite(*lignes, tete=""):
    control = ["controle:", "  densite:", "    objets: {zones: {typezone: [AUc]}}", "    logements: {champ: NBLOGT}"]
    return "\n".join([*([tete] if tete else []), *control, *(f"    {ligne}" for ligne in lignes)])


def une_zone(logements):
    return {"zones": [{"LIBELLE": "1AU", "TYPEZONE": "AUc", "NBLOGT": logements, "box": DEUX_HA}]}


def trois_communes(*logements):
    """One AUc zone of 1 ha in each of the communes 62119 (pole), 62051 (bourg) and 62200 (village)."""
    codes = ["62119", "62051", "62200"]
    return {
        "zones": [
            {"LIBELLE": f"1AU{n}", "TYPEZONE": "AUc", "NBLOGT": nb, "box": (1000 * n, 0, 1000 * n + 100, 100)}
            for n, nb in enumerate(logements)
        ],
        "communes": [
            {"INSEE": code, "NOM": code, "box": (1000 * n - 500, -500, 1000 * n + 500, 500)}
            for n, code in enumerate(codes)
        ],
    }


@pytest.mark.parametrize(
    "lignes, logements, etat, ecart, relatif",
    [
        # tolerance: a share of s, percentage points of it, or an amount
        pytest.param(
            ["minimum: 35 logt/ha", "tolerance: 2 logt/ha"], 66, "sans_ecart", 2, 2 / 35, id="T-amount-equality"
        ),
        pytest.param(["minimum: 35 logt/ha", "tolerance: 2 logt/ha"], 65, "ecart_faible", 2.5, 2.5 / 35, id="T-amount"),
        # M: the larger of 20 % of s and T, counted from s
        pytest.param(["minimum: 35 logt/ha", "tolerance: 30 %"], 49, "sans_ecart", 10.5, 0.3, id="T-above-20-equality"),
        pytest.param(["minimum: 35 logt/ha", "tolerance: 30 %"], 48, "ecart_marque", 11, 11 / 35, id="no-weak-above-T"),
        pytest.param(["minimum: 35 logt/ha", "tolerance: 10 %"], 56, "ecart_faible", 7, 0.2, id="M-from-s-not-from-T"),
        pytest.param(
            ["minimum: 35 logt/ha", "ecart_marque_au_dela_de: 10 %"], 63, "ecart_faible", 3.5, 0.1, id="M-share"
        ),
        pytest.param(
            ["minimum: 35 logt/ha", "ecart_marque_au_dela_de: 10 %"], 62, "ecart_marque", 4, 4 / 35, id="above-M"
        ),
        pytest.param(
            ["minimum: 35 logt/ha", "ecart_marque_au_dela_de: 10 logt/ha"],
            50,
            "ecart_faible",
            10,
            10 / 35,
            id="M-amount-equality",
        ),
        pytest.param(
            ["minimum: 35 logt/ha", "ecart_marque_au_dela_de: 10 logt/ha"],
            49,
            "ecart_marque",
            10.5,
            0.3,
            id="above-M-amount",
        ),
        # ceiling
        pytest.param(["maximum: 35 logt/ha"], 70, "sans_ecart", 0, 0, id="ceiling-equality"),
        pytest.param(["maximum: 35 logt/ha"], 84, "ecart_faible", 7, 0.2, id="ceiling-M-equality"),
        pytest.param(["maximum: 35 logt/ha"], 85, "ecart_marque", 7.5, 7.5 / 35, id="ceiling-above-M"),
        # s = 0: no share of nothing
        pytest.param(["maximum: 0 logt/ha"], 0, "sans_ecart", 0, None, id="zero-met"),
        pytest.param(["maximum: 0 logt/ha"], 1, "ecart_marque", 0.5, None, id="zero-passed"),
        pytest.param(
            ["maximum: 0 logt/ha", "ecart_marque_au_dela_de: 1 logt/ha"],
            1,
            "ecart_faible",
            0.5,
            None,
            id="zero-passed-M-amount",
        ),
        pytest.param(["maximum: 0 logt/ha", "tolerance: 1 logt/ha"], 2, "sans_ecart", 1, None, id="zero-T-equality"),
        # a range gives the violated bound only
        pytest.param(["minimum: 20 logt/ha", "maximum: 30 logt/ha"], 36, "ecart_faible", 2, 0.1, id="range-below"),
        pytest.param(["minimum: 20 logt/ha", "maximum: 30 logt/ha"], 66, "ecart_faible", 3, 0.1, id="range-above"),
        pytest.param(["minimum: 20 logt/ha", "maximum: 30 logt/ha"], 73, "ecart_marque", 6.5, 6.5 / 30, id="range-M"),
        # cible: both bounds, 10 % of tolerance by default
        pytest.param(["cible: 25 logt/ha"], 45, "sans_ecart", 2.5, 0.1, id="target-below-equality"),
        pytest.param(["cible: 25 logt/ha"], 55, "sans_ecart", 2.5, 0.1, id="target-above-equality"),
        pytest.param(["cible: 25 logt/ha"], 44, "ecart_faible", 3, 0.12, id="target-below"),
        pytest.param(["cible: 25 logt/ha"], 60, "ecart_faible", 5, 0.2, id="target-above-M-equality"),
        pytest.param(["cible: 25 logt/ha"], 62, "ecart_marque", 6, 0.24, id="target-above-M"),
        pytest.param(["cible: 25 logt/ha", "tolerance: 0 %"], 52, "ecart_faible", 1, 0.04, id="target-declared-T"),
    ],
)
def test_state_of_a_measure(constater, verifier, lignes, logements, etat, ecart, relatif):
    constat = constater(densite(*lignes), une_zone(logements))
    verifier(constat, etat, mesure=logements / 2, ecart=ecart, relatif=relatif)
    assert bool(constat.ecarts) == etat.startswith("ecart")


@pytest.mark.parametrize("logements", [40, 50, 60])
def test_inside_a_range(constater, verifier, logements):
    constat = constater(densite("minimum: 20 logt/ha", "maximum: 30 logt/ha"), une_zone(logements))
    verifier(constat, "sans_ecart", mesure=logements / 2, ecarts=[])


def test_never_on_rounded_values(constater, verifier):
    """34.9995 is printed 35,00 but misses 35."""
    verifier(constater(densite("minimum: 35 logt/ha"), une_zone("69,999")), "ecart_faible", mesure=34.9995)


def test_a_marked_limit_below_the_tolerance_is_a_load_error(constater):
    from scot_compat.rules.errors import InvalidRules

    regle = densite("minimum: 35 logt/ha", "tolerance: 10 %", "ecart_marque_au_dela_de: 5 %")
    with pytest.raises(InvalidRules, match="tol[eé]rance|ecart_marque_au_dela_de"):
        constater(regle, une_zone(70))


def test_no_threshold(constater, verifier):
    verifier(constater(densite(), une_zone(70)), "a_apprecier", mesure=35.0, ecarts=[], dit=["35"])


def test_threshold_to_complete(constater, verifier):
    verifier(constater(densite("minimum: a_completer"), une_zone(70)), "non_evalue", ecarts=[], dit=["compl[eé]t"])


@pytest.mark.parametrize(
    "tete, logements, etat, rows",
    [
        pytest.param("nature: norme", 55, "ecart_marque", 1, id="norme"),
        pytest.param("nature: objectif", 55, "ecart_marque", 1, id="objectif"),
        pytest.param("nature: objectif", 60, "ecart_faible", 1, id="objectif-weak"),
        pytest.param("nature: orientation", 55, "a_apprecier", 1, id="orientation"),
        pytest.param("nature: orientation", 60, "a_apprecier", 1, id="orientation-weak"),
        pytest.param("nature: orientation", 70, "sans_ecart", 0, id="orientation-met"),
        pytest.param("nature: recommandation", 55, "a_apprecier", 0, id="recommandation"),
        pytest.param("nature: recommandation", 70, "a_apprecier", 0, id="recommandation-met"),
        pytest.param("nature: norme\nforce: vise", 55, "ecart_faible", 1, id="vise-marked-to-weak"),
        pytest.param("nature: norme\nforce: vise", 60, "ecart_faible", 1, id="vise-weak"),
        pytest.param("nature: norme\nforce: vise", 70, "sans_ecart", 0, id="vise-met"),
    ],
)
def test_nature_and_force(constater, verifier, tete, logements, etat, rows):
    constat = constater(densite("minimum: 35 logt/ha", tete=tete), une_zone(logements))
    verifier(constat, etat, mesure=logements / 2)
    assert len(constat.ecarts) == rows


def test_force_vise_lowers_the_rows_too(constater, verifier):
    constat = constater(densite("minimum: 35 logt/ha", tete="force: vise"), une_zone(55))
    verifier(constat, "ecart_faible", ecarts=[{"etat": "ecart_faible"}])


@pytest.mark.parametrize("nature", ["orientation", "recommandation"])
def test_nature_keeps_sans_objet_and_non_evalue(constater, verifier, nature):
    regle = densite("minimum: 35 logt/ha", tete=f"nature: {nature}")
    exemple = {"zones": [{"LIBELLE": "U", "TYPEZONE": "U", "NBLOGT": 1, "box": DEUX_HA}]}
    verifier(constater(regle, exemple), "sans_objet")
    unknown = {"zones": [*exemple["zones"], {"LIBELLE": "1AU", "TYPEZONE": "AUc", "box": (300, 0, 400, 100)}]}
    verifier(constater(regle, unknown), "non_evalue", dit=["1AU"])


def test_by_class_with_aucun_and_defaut(par_unite, verifier):
    regle = densite(
        "minimum:",
        "  selon: armature",
        "  pole: aucun",
        "  bourg: 25 logt/ha",
        "  defaut: 17 logt/ha",
        "echelle: commune",
    )
    unites = par_unite(regle, trois_communes(1, 24, 20), TERRITOIRE)
    assert set(unites) == {"62119", "62051", "62200"}
    verifier(unites["62119"], "sans_objet", ecarts=[])
    verifier(unites["62051"], "ecart_faible", mesure=24.0, relatif=0.04)
    verifier(unites["62200"], "sans_ecart", mesure=20.0)
    assert unites["62200"].seuil_min == 17


def test_by_commune(par_unite, verifier):
    regle = densite(
        "minimum:",
        "  selon: commune",
        "  62119: 35 logt/ha",
        "  62051: aucun",
        "  defaut: 17 logt/ha",
        "echelle: commune",
    )
    unites = par_unite(regle, trois_communes(28, 1, 16), TERRITOIRE)
    verifier(unites["62119"], "ecart_faible", mesure=28.0, relatif=0.2)
    verifier(unites["62051"], "sans_objet")
    verifier(unites["62200"], "ecart_faible", mesure=16.0, relatif=1 / 17)


def test_read_in_a_table_by_commune(par_unite, verifier):
    """No row for 62200: its threshold is unknown, not zero."""
    regle = densite("minimum: {table: objectifs, champ: DENSITE, unite: logt/ha}", "echelle: commune")
    exemple = trois_communes(28, 20, 50)
    exemple["tables"] = {"objectifs": [{"INSEE": "62119", "DENSITE": "35"}, {"INSEE": "62051", "DENSITE": "17,5"}]}
    unites = par_unite(regle, exemple, TERRITOIRE)
    verifier(unites["62119"], "ecart_faible", mesure=28.0, relatif=0.2)
    verifier(unites["62051"], "sans_ecart", mesure=20.0)
    assert unites["62051"].seuil_min == 17.5
    verifier(unites["62200"], "non_evalue", dit=["objectifs"], ecarts=[])


def test_read_in_an_absent_table(repondre):
    regle = densite("minimum: {table: objectifs, champ: DENSITE, unite: logt/ha}", "echelle: commune")
    answer = repondre(regle, trois_communes(28, 20, 50), TERRITOIRE)
    assert {str(c.etat) for c in answer.constats} == {"non_evalue"} and "objectifs" in answer.cause


@pytest.mark.parametrize("echelle", ["plu", "scot"])
def test_by_class_needs_a_scale_inside_the_class(constater, echelle):
    from scot_compat.rules.errors import InvalidRules

    regle = densite(
        "minimum:", "  selon: armature", "  pole: 35 logt/ha", "  defaut: 17 logt/ha", f"echelle: {echelle}"
    )
    with pytest.raises(InvalidRules, match="[eé]chelle|selon"):
        constater(regle, trois_communes(1, 1, 1), TERRITOIRE)
