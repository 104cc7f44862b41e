"""`production_logements`, in the form of the normative vectors (which have none for it): expected values by hand."""

from __future__ import annotations

import pytest

TABLES = """
tables:
  programme: {libelle: Programme de logements des OAP, cle: OAP, jointure: LIBELLE}
  population: {libelle: Population, cle: INSEE}
"""
#: two communes that meet at x = 300; Calonne is in the SCoT and not in the PLU
SCOT = (
    TABLES
    + """
territoires:
  communes: {couche: communes, code: INSEE, nom: NOM}
  classements:
    armature:
      libelle: Armature
      classes:
        pole: {libelle: Pôle, communes: [62001]}
        village: {libelle: Villages, communes: [62002, 62003]}
couches:
  communes: {libelle: Communes, geometrie: surface}
"""
)
COMMUNES = [
    {"INSEE": "62001", "NOM": "Arleux", "box": (-5000, -5000, 300, 5000)},
    {"INSEE": "62002", "NOM": "Beuvry", "box": (300, -5000, 9000, 5000)},
]
AILLEURS = [*COMMUNES, {"INSEE": "62003", "NOM": "Calonne", "box": (9000, -5000, 20000, 5000)}]


def production(*lignes, objets="{zones: {typezone: [AUc]}}", tete=""):
    return "\n".join(
        [
            *([tete] if tete else []),
            "controle:",
            "  production_logements:",
            f"    objets: {objets}",
            "    logements: {table: programme, champ: LOGEMENTS}",
            *(f"    {ligne}" for ligne in lignes),
        ]
    )


def plan(*logements, **reste):
    """Zones of 1 ha, 100 m apart, of so many dwellings; None: no row in the programme."""
    noms = [f"Z{rank + 1}" for rank in range(len(logements))]
    tables = {"programme": [{"OAP": nom, "LOGEMENTS": n} for nom, n in zip(noms, logements) if n is not None]}
    return {
        "zones": [
            {"LIBELLE": nom, "TYPEZONE": "AUc", "box": (200 * rank, 0, 200 * rank + 100, 100)}
            for rank, nom in enumerate(noms)
        ],
        **reste,
        "tables": {**tables, **reste.get("tables", {})},
    }


# -- a sum ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "seuil, etat, ecart, relatif",
    [
        pytest.param("minimum: 90 logt", "sans_ecart", 0, 0, id="floor-equality"),
        pytest.param("minimum: 100 logt", "ecart_faible", 10, 0.1, id="floor-weak"),
        pytest.param("minimum: 113 logt", "ecart_marque", 23, 23 / 113, id="floor-marked"),
        pytest.param("maximum: 90 logt", "sans_ecart", 0, 0, id="ceiling-equality"),
        pytest.param("maximum: 75 logt", "ecart_faible", 15, 0.2, id="ceiling-M-equality"),
        pytest.param("maximum: 74 logt", "ecart_marque", 16, 16 / 74, id="ceiling-marked"),
        pytest.param("cible: 100 logt", "sans_ecart", 10, 0.1, id="target-tolerated"),
        pytest.param("cible: 101 logt", "ecart_faible", 11, 11 / 101, id="target-weak"),
    ],
)
def test_a_sum(constater, verifier, seuil, etat, ecart, relatif):
    constat = constater(production(seuil), plan(60, 30), TABLES)
    verifier(constat, etat, mesure=90, unite="logt", ecart=ecart, relatif=relatif)
    assert constat.nb_objets == 2


def test_a_ceiling_counts_every_piece_the_largest_first(constater, verifier):
    constat = constater(production("maximum: 75 logt"), plan(30, 60, 0), TABLES)
    verifier(
        constat,
        "ecart_faible",
        ecarts=[
            {"libelle": "Z2", "role": "contribue", "surface": 10000, "part": 1},
            {"libelle": "Z1", "role": "contribue", "surface": 10000, "part": 1},
        ],
    )
    assert [(e.libelle, e.mesure) for e in constat.ecarts] == [("Z2", 60), ("Z1", 30)]


def test_a_floor_has_nothing_to_draw(constater, verifier):
    verifier(constater(production("minimum: 200 logt"), plan(60, 30), TABLES), "ecart_marque", mesure=90, ecarts=[])


def test_a_range_gives_the_bound_that_is_passed(constater, verifier):
    constat = constater(production("minimum: 100 logt", "maximum: 120 logt"), plan(60, 30), TABLES)
    verifier(constat, "ecart_faible", ecart=10, dit=["au moins 100 et au plus 120 logements"])


def test_a_tolerance_in_dwellings(constater, verifier):
    constat = constater(production("minimum: 100 logt", "tolerance: 10 logt"), plan(60, 30), TABLES)
    verifier(constat, "sans_ecart", mesure=90, dit=["dans la tolérance"])


# -- by year, by inhabitants ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "lignes, horizon, seuil",
    [
        pytest.param(["minimum: 7 logt/an"], (2024, 2036), 84, id="horizon"),
        pytest.param(["minimum: 7 logt/an", "periode: [2020, 2030]"], (2024, 2036), 42, id="shared-years"),
    ],
)
def test_a_yearly_threshold_is_multiplied_by_the_years(constater, verifier, lignes, horizon, seuil):
    constat = constater(production(*lignes), plan(60, 30), TABLES, horizon=horizon)
    verifier(constat, "sans_ecart", mesure=90, unite="logt", ecart=seuil - 90, dit=["7,5 logements par an", "7 logem"])
    assert constat.seuil_min == seuil


def test_without_an_horizon_what_is_yearly_is_not_evaluated(constater, verifier):
    constat = constater(production("minimum: 7 logt/an"), plan(60, 30), TABLES)
    verifier(constat, "non_evalue", mesure=None, dit=["horizon du PLU", "Production connue : 90 logements"])


DEUX = {"population": [{"INSEE": "62001", "HAB": 2000}, {"INSEE": "62002", "HAB": 500}]}
PAR_HAB = ["maximum: 6 logt/an/1000hab", "population: {table: population, champ: HAB}"]


def test_a_threshold_by_inhabitants_is_multiplied_by_them(constater, verifier):
    """6 x 12 years x 2,5 thousand inhabitants = 180."""
    exemple = plan(120, 0, 60, tables=DEUX, communes=COMMUNES)
    constat = constater(production(*PAR_HAB), exemple, SCOT, horizon=(2024, 2036))
    verifier(constat, "sans_ecart", mesure=180, ecart=0, dit=["6 logements par an pour 1000 habitants"])


def test_inhabitants_by_hand_carry_their_source(constater, verifier):
    lignes = ["maximum: 6 logt/an/1000hab", "population: {valeur: 2 500 hab, source: INSEE 2021}"]
    constat = constater(production(*lignes), plan(181), TABLES, horizon=(2024, 2036))
    verifier(constat, "ecart_faible", mesure=181, ecart=1, limites=["Population : INSEE 2021"])


def test_each_commune_has_its_inhabitants(par_unite):
    """The zones of Beuvry plan 60: 6 x 12 x 0,5 = 36; Arleux 120: 6 x 12 x 2 = 144."""
    exemple = plan(100, 20, 60, tables=DEUX, communes=COMMUNES)
    unites = par_unite(production(*PAR_HAB, "echelle: commune"), exemple, SCOT, horizon=(2024, 2036))
    assert {code: (c.mesure, c.seuil_max) for code, c in unites.items()} == {
        "62001": (120, pytest.approx(144)),
        "62002": (60, pytest.approx(36)),
    }


@pytest.mark.parametrize(
    "rows, dit",
    [
        ([], "population"),
        ([{"INSEE": "62001", "HAB": 2000}], "HAB pour Beuvry"),
        ([*DEUX["population"], {"INSEE": "62002", "HAB": 480}], "plusieurs HAB pour Beuvry"),
    ],
)
def test_inhabitants_that_are_not_known(constater, verifier, rows, dit):
    exemple = plan(60, 0, 30, tables={"population": rows}, communes=COMMUNES)
    constat = constater(production(*PAR_HAB), exemple, SCOT, horizon=(2024, 2036))
    verifier(constat, "non_evalue", mesure=90, dit=[dit])


def test_only_the_inhabitants_of_the_communes_concerned_count(constater):
    """Villages alone: 6 x 12 x 0,5 = 36, for the 30 dwellings of Beuvry."""
    portee = "s_applique_a: {communes: [62002]}"
    exemple = plan(60, 0, 30, tables=DEUX, communes=COMMUNES)
    constat = constater(production(*PAR_HAB, tete=portee), exemple, SCOT, horizon=(2024, 2036))
    assert (constat.mesure, constat.seuil_max) == (30, pytest.approx(36))


# -- unknown --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "seuil, etat, mesure",
    [
        pytest.param("minimum: 60 logt", "sans_ecart", 60, id="floor-reached-anyway"),
        pytest.param("minimum: 70 logt", "non_evalue", 60, id="floor-that-may-be-reached"),
        pytest.param("maximum: 100 logt", "non_evalue", 60, id="ceiling-that-may-be-passed"),
        pytest.param("maximum: 50 logt", "non_evalue", 60, id="weak-or-marked"),
        pytest.param("maximum: 49 logt", "ecart_marque", 60, id="ceiling-passed-anyway"),
    ],
)
def test_an_unknown_figure_is_bounded_both_ways(constater, verifier, seuil, etat, mesure):
    constat = constater(production(seuil), plan(60, None), TABLES)
    verifier(constat, etat, mesure=mesure, dit=[r"1 objet sans effectif \(Z2\)"])
    assert [e.libelle for e in constat.ecarts] == (["Z1"] if etat == "ecart_marque" else [])


@pytest.mark.parametrize(
    "change, dit",
    [
        pytest.param({"tables": {}}, "table « programme »", id="table"),
        pytest.param({"tables": {"programme": [{"OAP": "Z1"}]}}, "champ LOGEMENTS", id="field"),
    ],
)
def test_what_is_missing_is_named(constater, verifier, change, dit):
    constat = constater(production("minimum: 90 logt"), {**plan(60, 30), **change}, TABLES)
    verifier(constat, "non_evalue", mesure=None, dit=[dit])


def test_a_threshold_to_complete(constater, verifier):
    constat = constater(production("minimum: a_completer"), plan(60, 30), TABLES)
    verifier(constat, "non_evalue", mesure=90, dit=["pas encore saisi"])


def test_no_threshold_is_appraised(constater, verifier):
    verifier(constater(production(), plan(60, 30), TABLES), "a_apprecier", mesure=90, ecart=None, ecarts=[])


@pytest.mark.parametrize("seuil, etat", [("maximum: 90 logt", "sans_objet"), ("minimum: 90 logt", "ecart_marque")])
def test_no_zone_at_all(constater, verifier, seuil, etat):
    """Nothing passes a ceiling; a floor is missed."""
    verifier(constater(production(seuil, objets="{zones: {typezone: [AUs]}}"), plan(60), TABLES), etat)


# -- territories ----------------------------------------------------------------------------------


def test_a_zone_across_communes_is_split_by_area(par_unite, verifier):
    """4 ha, 80 dwellings, 3 ha in Arleux."""
    exemple = {
        "zones": [{"LIBELLE": "Z1", "TYPEZONE": "AUc", "box": (0, 0, 400, 100)}],
        "tables": {"programme": [{"OAP": "Z1", "LOGEMENTS": 80}]},
        "communes": COMMUNES,
    }
    seuil = "maximum: {selon: armature, pole: 50 logt, village: 20 logt}"
    unites = par_unite(production(seuil, "echelle: commune"), exemple, SCOT)
    verifier(
        unites["62001"],
        "ecart_faible",
        mesure=60,
        ecart=10,
        ecarts=[{"libelle": "Z1", "forme": (0, 0, 300, 100), "part": 0.75}],
    )
    verifier(unites["62002"], "sans_ecart", mesure=20)


@pytest.mark.parametrize(
    "lignes, etat, seuil",
    [
        pytest.param(["minimum: 900 logt"], "a_apprecier", 900, id="without-share"),
        pytest.param(["minimum: 90 logt"], "sans_ecart", 90, id="floor-reached-alone"),
        pytest.param(["maximum: 80 logt"], "ecart_faible", 80, id="ceiling-passed-alone"),
        pytest.param(["minimum: 900 logt", "part_du_plu: 10 %"], "sans_ecart", 90, id="share"),
        pytest.param(["minimum: 900 logt", "part_du_plu: 100 logt"], "ecart_faible", 100, id="amount"),
    ],
)
def test_the_scale_of_the_scot(constater, verifier, lignes, etat, seuil):
    constat = constater(production(*lignes, "echelle: scot"), plan(60, 30, communes=AILLEURS), SCOT)
    verifier(constat, etat, mesure=90)
    assert (constat.seuil_min or constat.seuil_max) == pytest.approx(seuil)


def test_prorata_of_the_population(constater, verifier):
    """2 500 inhabitants of 10 000, a quarter of 360."""
    rows = [*DEUX["population"], {"INSEE": "62003", "HAB": 7500}]
    lignes = ["minimum: 360 logt", "part_du_plu: {prorata: {table: population, champ: HAB}}", "echelle: scot"]
    constat = constater(production(*lignes), plan(60, 0, 30, communes=AILLEURS, tables={"population": rows}), SCOT)
    verifier(constat, "sans_ecart", mesure=90, ecart=0)


# -- time -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "fin, etat, mesure",
    [
        pytest.param(2036, "sans_ecart", 7.5, id="12-years"),
        pytest.param(2034, "ecart_faible", 9, id="10-years"),  # e 1, r 12,5 %
        pytest.param(2032, "sens_contraire", 11.25, id="8-years"),
    ],
)
def test_relative_to_a_yearly_past(constater, verifier, fin, etat, mesure):
    """10 a year before, a fifth less: 8 a year."""
    lignes = ["maximum: -20 % de la situation passée", "situation_passee: {valeur: 10 logt/an}"]
    constat = constater(production(*lignes), plan(60, 30), TABLES, horizon=(2024, fin))
    verifier(constat, etat, mesure=mesure, unite="logt/an", ecart=mesure - 8)


def test_milestones_and_what_is_already_built(repondre):
    """10 built; 40 asked by 2030 from the first zone, 100 by 2036."""
    lignes = [
        "deja_consomme: {valeur: 10 logt}",
        "jalons:",
        '  - {jusqu_a: 2030, minimum: 80 logt, objets: {zones: {libelle: "Z1"}}}',
        "  - {jusqu_a: 2036, minimum: 100 logt}",
    ]
    constats = repondre(production(*lignes), plan(60, 30), TABLES, horizon=(2024, 2036)).constats
    assert [(c.jalon, c.mesure, str(c.etat)) for c in constats] == [
        ("2030", 70, "ecart_faible"),
        ("2036", 100, "sans_ecart"),
    ]
    assert "10 logements déjà produits" in constats[1].message


# -- natures, exceptions, rule file ---------------------------------------------------------------


def test_natures(constater, verifier):
    for nature, ecarts in (("recommandation", 0), ("orientation", 2)):
        constat = constater(production("maximum: 50 logt", tete=f"nature: {nature}"), plan(60, 30), TABLES)
        verifier(constat, "a_apprecier", mesure=90, ecart=40)
        assert len(constat.ecarts) == ecarts


def test_a_spared_zone_is_not_counted_and_is_listed(repondre, verifier):
    sauf = '\nsauf:\n  - {objets: {zones: {libelle: "Z2"}}, motif: Opération engagée}'
    answer = repondre(production("maximum: 60 logt") + sauf, plan(60, 30), TABLES)
    verifier(answer.constats[0], "sans_ecart", mesure=60)
    assert [row.libelle for row in answer.exceptions] == ["Z2"]


@pytest.mark.parametrize(
    "ligne, message",
    [
        ("maximum: 6 logt/an/1000hab", "« population » manque"),
        (
            "maximum: 6 logt/an/1000hab\n    population: {valeur: 10 hab, source: x}\n    echelle: commune",
            "une seule valeur pour plusieurs territoires",
        ),
        ("maximum: 6 logt\n    echelle: objet", "échelle « objet » inconnue"),
        ("maximum: 6 ha", "ne convient pas ici"),
    ],
)
def test_what_a_rule_file_may_not_say(executer, ligne, message):
    from scot_compat.rules.errors import InvalidRules

    with pytest.raises(InvalidRules) as refused:
        executer(fichier(production(ligne)), plan(60))
    assert any(message in error.message for error in refused.value.errors), refused.value.errors


def fichier(regle):
    corps = "\n".join("    " + ligne for ligne in regle.split("\n"))
    return f"{SCOT}prescriptions:\n  - id: P1\n    intitule: Essai\n    nature: norme\n{corps}\n"


def test_read_aloud(executer):
    (answer,) = executer(fichier(production(*PAR_HAB, "echelle: commune")), plan(60)).answers
    assert answer.prescription.lecture[0].replace("\u00a0", " ") == (
        "Les zones AUc prévoient au plus 6 logements par an pour 1 000 habitants (les logements lus dans la table "
        "« Programme de logements des OAP », champ LOGEMENTS ; population : la valeur lue dans la table "
        "« Population », champ HAB, en habitants), dans chaque commune (écart marqué au-delà de 20 %, convention de "
        "l'outil)."
    )


def test_what_the_control_needs():
    from scot_compat.checks import needs
    from scot_compat.checks.registry import KINDS
    from scot_compat.rules.loader import loads

    rules = loads("format: 1\nscot: {nom: Essai}\n" + fichier(production(*PAR_HAB)), KINDS)
    assert set(needs.of_rules(rules).tables) == {"programme", "population"}
    assert needs.horizon(rules) and needs.users(rules)["communes"] == ("P1",)


def drawn_nowhere(known, elsewhere):
    """`elsewhere` dwellings in Z2, which the PLU has but does not draw."""
    exemple = plan(known, elsewhere)
    exemple["zones"][1] = {"LIBELLE": "Z2", "TYPEZONE": "AUc", "wkt": "POLYGON EMPTY"}
    return exemple


@pytest.mark.parametrize(
    ("seuil", "etat"),
    [
        ("minimum: 100 logt", "non_evalue"),  # 60 drawn; with the 50 of Z2, 110
        ("minimum: 60 logt", "sans_ecart"),  # whatever the others are
        ("maximum: 40 logt", "ecart_marque"),  # 60 is half as much again
        ("maximum: 80 logt", "non_evalue"),
    ],
)
def test_dwellings_of_a_zone_drawn_nowhere_are_somewhere(constater, verifier, seuil, etat):
    constat = constater(production(seuil), drawn_nowhere(60, 50), TABLES)
    said = constat.message + " ".join(constat.limites)
    assert str(constat.etat) == etat and constat.mesure == 60 and said.count("Z2 (50 logements)") == 1, said
    assert not any("ne correspond" in one for one in constat.limites)


def test_a_zone_drawn_nowhere_without_dwellings_changes_nothing(constater, verifier):
    verifier(constater(production("minimum: 100 logt"), drawn_nowhere(60, 0), TABLES), "ecart_marque", mesure=60)
