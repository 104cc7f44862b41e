"""Normative vectors PA1 to PA8: the share of some objects in others; and the cases around them."""

from __future__ import annotations

import pytest

TABLES = """
tables:
  programme: {libelle: Programme de logements des OAP, cle: OAP, jointure: LIBELLE}
couches:
  enveloppe: {libelle: Enveloppe urbaine, geometrie: surface}
"""
DANS = "{zones: {typezone: [U, AUc], dans: enveloppe}}"
TOUT = "{zones: {typezone: [U, AUc]}}"
CENT = (0, 0, 100, 100)


def part(*lignes, numerateur=DANS, denominateur=TOUT, mesure="logements", tete=""):
    return "\n".join(
        [
            *([tete] if tete else []),
            "controle:",
            "  part:",
            f"    numerateur: {{objets: {numerateur}, mesure: {mesure}}}",
            f"    denominateur: {{objets: {denominateur}, mesure: {mesure}}}",
            *(["    logements: {table: programme, champ: LOGEMENTS}"] if mesure == "logements" else []),
            *(f"    {ligne}" for ligne in lignes),
        ]
    )


def territoire(*zones, enveloppe=(CENT,), **reste):
    """Zones `(libelle, box, dwellings)`; dwellings None: no row in the programme."""
    return {
        "zones": [{"LIBELLE": nom, "TYPEZONE": "AUc", "INSEE": "62119", "box": carre} for nom, carre, _ in zones],
        "tables": {"programme": [{"OAP": nom, "LOGEMENTS": n} for nom, _, n in zones if n is not None]},
        "couches": {"enveloppe": [{"box": carre} for carre in enveloppe]},
        **reste,
    }


def deux_zones(dedans, dehors):
    return territoire(("1AUa", CENT, dedans), ("1AUb", (500, 0, 600, 100), dehors))


# -- normative vectors ----------------------------------------------------------------------------


def test_pa1_equality(constater, verifier):
    constat = constater(part("minimum: 60 %"), deux_zones(60, 40), TABLES)
    verifier(constat, "sans_ecart", mesure=60, unite="%", ecart=0, relatif=0, ecarts=[], dit=["60 logements sur 100"])
    assert (constat.seuil_min, constat.seuil_max) == (60, None)
    assert "tolérance" not in constat.message


@pytest.mark.parametrize(
    "tolerance, etat",
    [
        pytest.param("5 %", "sans_ecart", id="PA2-share-of-the-threshold"),
        pytest.param("3 points", "sans_ecart", id="PA2-three-points"),
        pytest.param("2 points", "ecart_faible", id="PA2-two-points"),
    ],
)
def test_pa2_tolerance(constater, verifier, tolerance, etat):
    constat = constater(part("minimum: 60 %", f"tolerance: {tolerance}"), deux_zones(57, 43), TABLES)
    dit = ["dans la tolérance"] if etat == "sans_ecart" else []
    verifier(constat, etat, mesure=57, ecart=3, relatif=0.05, dit=dit)


def test_pa3_a_denominator_of_zero(constater, verifier):
    verifier(constater(part("minimum: 60 %"), deux_zones(0, 0), TABLES), "sans_objet", mesure=None, ecarts=[])


def test_pa4_dwellings_are_split_by_area(constater, verifier):
    zones = territoire(("1AUa", (0, 0, 400, 100), 80), ("1AUb", (500, 0, 600, 100), 20), enveloppe=[(0, 0, 300, 100)])
    verifier(constater(part("minimum: 60 %"), zones, TABLES), "sans_ecart", mesure=60, ecart=0)


def cinq_zones(inconnue):
    """Known: 30 dwellings of 50 in the enveloppe; one more zone without figure, at `inconnue`."""
    return territoire(
        ("1AUa", (0, 0, 50, 100), 10),
        ("1AUb", (50, 0, 100, 100), 20),
        ("1AUc", (500, 0, 600, 100), 5),
        ("1AUd", (600, 0, 700, 100), 15),
        ("1AUx", inconnue, None),
        enveloppe=[(0, 0, 200, 100)],
    )


def test_pa5_an_unknown_figure_outside_the_enveloppe(constater, verifier):
    constat = constater(part("minimum: 60 %"), cinq_zones((700, 0, 800, 100)), TABLES)
    verifier(constat, "non_evalue", mesure=60, ecart=None, ecarts=[], dit=["1 objet sans effectif.*1AUx", "60 %"])


def test_pa5_an_unknown_figure_inside_the_enveloppe(constater, verifier):
    constat = constater(part("minimum: 60 %"), cinq_zones((100, 0, 200, 100)), TABLES)
    verifier(
        constat, "sans_ecart", mesure=60, ecart=0, ecarts=[], limites=[r"1 objet sans effectif, sans effet.*\(1AUx\)"]
    )


SCOT = (
    TABLES.replace("couches:\n", "couches:\n  communes: {libelle: Communes, geometrie: surface}\n")
    + """
territoires:
  communes: {couche: communes, code: INSEE, nom: NOM}
"""
)
COMMUNES = [
    {"INSEE": "62119", "NOM": "Arleux", "box": (-1000, -1000, 300, 1000)},
    {"INSEE": "62200", "NOM": "Beuvry", "box": (300, -1000, 2000, 1000)},
]
AILLEURS = [*COMMUNES, {"INSEE": "62300", "NOM": "Calonne", "box": (5000, 5000, 6000, 6000)}]


def test_pa6_a_share_of_one_plu_decides_nothing_for_the_scot(constater, verifier):
    exemple = {**deux_zones(70, 30), "communes": AILLEURS}
    constat = constater(part("minimum: 90 %", "echelle: scot"), exemple, SCOT)
    verifier(constat, "a_apprecier", mesure=70, ecarts=[], dit=["l'ensemble du SCoT"])


def test_a_plu_that_covers_the_scot_is_decided(constater, verifier):
    exemple = {**deux_zones(70, 30), "communes": COMMUNES}
    verifier(constater(part("minimum: 90 %", "echelle: scot"), exemple, SCOT), "ecart_marque", mesure=70, ecart=20)


@pytest.mark.parametrize(
    "individuels, etat, relatif",
    [
        pytest.param(92, "sens_contraire", 22 / 70, id="PA7-92"),
        pytest.param(90, "ecart_marque", 20 / 70, id="PA7-equal-to-the-past"),
        pytest.param(85, "ecart_marque", 15 / 70, id="PA7-85"),
        pytest.param(75, "ecart_faible", 5 / 70, id="PA7-75"),
    ],
)
def test_pa7_worse_than_the_past(constater, verifier, individuels, etat, relatif):
    regle = part("maximum: 70 %", "situation_passee: {valeur: 90 %}")
    constat = constater(regle, deux_zones(individuels, 100 - individuels), TABLES)
    dit = ["pire que la situation passée"] if etat == "sens_contraire" else []
    verifier(constat, etat, mesure=individuels, ecart=individuels - 70, relatif=relatif, dit=dit)


def test_a_past_that_is_not_known_leaves_a_departure_open(constater, verifier):
    entete = TABLES.replace("couches:", "  suivi: {libelle: Suivi, cle: INSEE}\ncouches:")
    regle = part("maximum: 70 %", "situation_passee: {table: suivi, champ: PART, unite: '%'}")
    passe = {"suivi": [{"INSEE": "62119", "PART": 90}]}
    for tables, individuels, etat in (
        ({}, 92, "non_evalue"),
        (passe, 92, "sens_contraire"),
        ({}, 70, "sans_ecart"),
    ):
        exemple = deux_zones(individuels, 100 - individuels)
        exemple["tables"].update(tables)
        verifier(constater(regle, exemple, entete), etat, mesure=individuels)


def test_a_threshold_relative_to_the_past(constater, verifier):
    """A quarter less than 80 %: at most 60 %."""
    regle = part("maximum: -25 % de la situation passée", "situation_passee: {valeur: 80 %}")
    constat = constater(regle, deux_zones(60, 40), TABLES)
    verifier(constat, "sans_ecart", mesure=60, ecart=0, dit=["75 % de la situation passée, 80 %"])
    assert constat.seuil_max == 60


def test_pa8_extension_against_the_enveloppe(constater, verifier):
    """Objects of one layer against those of another: 40 ha for 100 ha, 8,1 % over 37 %."""
    regle = part(
        "maximum: 37 %", numerateur="{zones: {typezone: [AUc]}}", denominateur="{couche: enveloppe}", mesure="surface"
    )
    exemple = territoire(
        ("1AUa", (2000, 0, 3000, 300), None), ("1AUb", (4000, 0, 4100, 1000), None), enveloppe=[(0, 0, 1000, 1000)]
    )
    exemple["zones"].append({"LIBELLE": "U", "TYPEZONE": "U", "INSEE": "62119", "box": (0, 0, 1000, 1000)})
    constat = constater(regle, exemple, TABLES)
    verifier(
        constat,
        "ecart_faible",
        mesure=40,
        ecart=3,
        relatif=3 / 37,
        dit=["40 ha sur 100 ha"],
        ecarts=[
            {"libelle": "1AUa", "role": "contribue", "surface": 300000, "forme": (2000, 0, 3000, 300)},
            {"libelle": "1AUb", "role": "contribue", "surface": 100000},
        ],
    )
    assert [e.libelle for e in constat.ecarts] == ["1AUa", "1AUb"], "largest first"


# -- states, bounds and natures -------------------------------------------------------------------


@pytest.mark.parametrize(
    "dedans, etat",
    [
        pytest.param(60, "sans_ecart", id="equality"),
        pytest.param(48, "ecart_faible", id="M-equality"),  # e 12 = 20 % of 60
        pytest.param(47, "ecart_marque", id="beyond-M"),
        pytest.param(0, "ecart_marque", id="none"),
    ],
)
def test_floor(constater, verifier, dedans, etat):
    constat = constater(part("minimum: 60 %"), deux_zones(dedans, 100 - dedans), TABLES)
    verifier(constat, etat, mesure=dedans, ecart=60 - dedans)


@pytest.mark.parametrize(
    "ecrit, dedans, etat",
    [
        pytest.param("maximum: 1/3", 33, "sans_ecart", id="fraction-under"),
        pytest.param("maximum: 2/3", 67, "ecart_faible", id="fraction-over"),
        pytest.param("cible: 50 %", 45, "sans_ecart", id="target-tolerated"),
        pytest.param("cible: 50 %", 44, "ecart_faible", id="target-under"),
        pytest.param("cible: 50 %", 61, "ecart_marque", id="target-over"),
    ],
)
def test_ceilings_and_targets(constater, verifier, ecrit, dedans, etat):
    verifier(constater(part(ecrit), deux_zones(dedans, 100 - dedans), TABLES), etat, mesure=dedans)


def test_objects_at_fault_are_those_that_miss_the_threshold_by_themselves(constater, verifier):
    """Floor 60 %: the zone outside (0 %) is at fault, the one inside (100 %) is not, half of the third is."""
    zones = territoire(
        ("1AUa", CENT, 10),
        ("1AUb", (500, 0, 600, 100), 40),
        ("1AUc", (100, 0, 300, 100), 20),
        enveloppe=[(0, 0, 200, 100)],
    )
    constat = constater(part("minimum: 60 %"), zones, TABLES)
    verifier(
        constat,
        "ecart_marque",
        mesure=100 * 20 / 70,
        ecarts=[
            {"libelle": "1AUb", "surface": 10000, "part": 1, "role": "en_cause"},
            {"libelle": "1AUc", "surface": 20000, "forme": (100, 0, 300, 100)},
        ],
    )
    assert [e.mesure for e in constat.ecarts] == [0, 50]


def test_for_a_ceiling_the_numerator_is_at_fault(constater, verifier):
    constat = constater(part("maximum: 50 %"), deux_zones(60, 40), TABLES)
    verifier(constat, "ecart_faible", mesure=60, ecarts=[{"libelle": "1AUa", "forme": CENT}])


def test_a_share_may_exceed_all(constater, verifier):
    regle = part(
        "maximum: 37 %", numerateur="{zones: {typezone: [AUc]}}", denominateur="{couche: enveloppe}", mesure="surface"
    )
    exemple = territoire(("1AU", (500, 0, 800, 100), None))
    exemple["zones"].append({"LIBELLE": "U", "TYPEZONE": "U", "INSEE": "62119", "box": CENT})
    verifier(constater(regle, exemple, TABLES), "ecart_marque", mesure=300, ecart=263)


def test_no_threshold_is_appraised(constater, verifier):
    verifier(constater(part(), deux_zones(60, 40), TABLES), "a_apprecier", mesure=60, ecart=None, ecarts=[])


def test_a_threshold_to_complete(constater, verifier):
    constat = constater(part("minimum: a_completer"), deux_zones(60, 40), TABLES)
    verifier(constat, "non_evalue", mesure=60, dit=["pas encore saisi"])


def test_a_recommandation_has_no_ecart(constater, verifier):
    constat = constater(part("minimum: 90 %", tete="nature: recommandation"), deux_zones(60, 40), TABLES)
    verifier(constat, "a_apprecier", mesure=60, ecart=30, ecarts=[])


def test_an_orientation_keeps_its_ecarts(constater, verifier):
    constat = constater(part("minimum: 90 %", tete="nature: orientation"), deux_zones(60, 40), TABLES)
    verifier(constat, "a_apprecier", mesure=60, ecarts=[{"libelle": "1AUb", "etat": "a_apprecier"}])


def test_a_spared_object_leaves_both_terms_and_is_listed_once(repondre, verifier):
    sauf = '\nsauf:\n  - {objets: {zones: {libelle: "1AUc"}}, motif: Opération engagée}'
    zones = territoire(("1AUa", (0, 0, 50, 100), 30), ("1AUb", (500, 0, 600, 100), 20), ("1AUc", (50, 0, 100, 100), 50))
    answer = repondre(part("minimum: 60 %") + sauf, zones, TABLES)
    verifier(answer.constats[0], "sans_ecart", mesure=60)
    assert [row.libelle for row in answer.exceptions] == ["1AUc"]


# -- what is not there ----------------------------------------------------------------------------


def test_nothing_in_the_numerator_is_zero(constater, verifier):
    regle = part("minimum: 60 %", numerateur="{zones: {typezone: [U]}}")
    verifier(constater(regle, deux_zones(60, 40), TABLES), "ecart_marque", mesure=0)


def test_nothing_in_the_denominator(constater, verifier):
    regle = part("minimum: 60 %", numerateur="{zones: {typezone: [U]}}", denominateur="{zones: {typezone: [A]}}")
    verifier(constater(regle, deux_zones(60, 40), TABLES), "sans_objet", mesure=None, dit=["Aucun objet concerné"])


@pytest.mark.parametrize(
    "change, dit",
    [
        pytest.param({"tables": {}}, "table « programme »", id="table"),
        pytest.param({"couches": {}}, "couche « enveloppe »", id="layer"),
        pytest.param({"couches": {"enveloppe": []}}, "enveloppe.*vide", id="empty-layer"),
        pytest.param({"tables": {"programme": [{"OAP": "1AUa"}, {"OAP": "1AUb"}]}}, "champ LOGEMENTS", id="field"),
        pytest.param({"tables": {"programme": []}}, "2 objets sans effectif", id="no-figure-at-all"),
    ],
)
def test_what_is_missing_is_named(constater, verifier, change, dit):
    constat = constater(part("minimum: 60 %"), {**deux_zones(60, 40), **change}, TABLES)
    verifier(constat, "non_evalue", mesure=None, dit=[dit], ecarts=[])


def test_a_vocation_that_this_plu_does_not_have(constater, verifier):
    regle = part("minimum: 60 %", numerateur="{zones: {typezone: [AUc], vocation: [habitat]}}")
    verifier(constater(regle, deux_zones(60, 40), TABLES), "non_evalue", mesure=None, dit=["FORMDOMI"])


def vocations(*zones, **reste):
    """Zones `(libelle, hectares, FORMDOMI)` side by side."""
    rows, x = [], 0
    for nom, hectares, forme in zones:
        row = {"LIBELLE": nom, "TYPEZONE": "AUc", "INSEE": "62119", "box": (x, 0, x + 100 * hectares, 100)}
        rows.append({**row, "FORMDOMI": forme} if forme else row)
        x += 100 * hectares
    return {"zones": rows, **reste}


@pytest.mark.parametrize(
    "seuil, etat, mesure",
    [
        pytest.param("minimum: 60 %", "sans_ecart", 60, id="decided-at-the-lowest"),
        pytest.param("minimum: 61 %", "non_evalue", 100 * 6 / 10, id="two-states"),
        pytest.param("maximum: 50 %", "ecart_marque", 80, id="decided-at-the-highest"),
    ],
)
def test_an_unknown_vocation_is_bounded_both_ways(constater, verifier, seuil, etat, mesure):
    """6 ha of habitat, 2 ha of activity, 2 ha unknown, in 10 ha: 60 to 80 %."""
    regle = part(
        seuil, numerateur="{zones: {typezone: [AUc], vocation: [habitat]}}", denominateur=TOUT, mesure="surface"
    )
    exemple = vocations(("a", 6, "01"), ("b", 2, "02"), ("c", 2, None))
    if seuil.startswith("maximum"):
        regle = part(
            "maximum: 45 %",
            numerateur="{zones: {typezone: [AUc], vocation: [habitat]}}",
            denominateur=TOUT,
            mesure="surface",
        )
    constat = constater(regle, exemple)
    verifier(constat, etat, mesure=mesure, dit=[r"\(c\)"])


def test_a_denominator_that_may_be_nothing_is_not_evaluated(constater, verifier):
    regle = part(
        "minimum: 10 %",
        numerateur="{zones: {libelle: c}}",
        denominateur="{zones: {vocation: [habitat]}}",
        mesure="surface",
    )
    constat = constater(regle, vocations(("b", 2, "02"), ("c", 2, None)))
    verifier(constat, "non_evalue", mesure=None, dit=[r"\(c\)"])


def test_a_prescription_layer_that_is_absent(constater, verifier):
    regle = part("minimum: 20 %", numerateur="{prescriptions_plu: {typepsc: [17]}}", mesure="surface")
    constat = constater(regle, deux_zones(1, 1), TABLES)
    verifier(constat, "non_evalue", dit=["PRESCRIPTION_SURF"])
    confirmed = constater(regle, {**deux_zones(1, 1), "plu_complet": True}, TABLES)
    verifier(confirmed, "ecart_marque", mesure=0, ecarts=[])


# -- measures, territories ------------------------------------------------------------------------


def test_dwellings_of_its_own_for_a_term(constater, verifier):
    """Social housing: another column of the same table."""
    regle = """
    controle:
      part:
        numerateur:
          objets: {zones: {typezone: [AUc]}}
          mesure: logements
          logements: {table: programme, champ: SOCIAUX}
        denominateur: {objets: {zones: {typezone: [AUc]}}, mesure: logements}
        logements: {table: programme, champ: LOGEMENTS}
        minimum: 25 %
    """
    exemple = deux_zones(60, 40)
    rows = exemple["tables"]["programme"]
    rows[0]["SOCIAUX"], rows[1]["SOCIAUX"] = 20, 5
    verifier(constater(regle, exemple, TABLES), "sans_ecart", mesure=25)
    del rows[1]["SOCIAUX"]
    verifier(constater(regle, exemple, TABLES), "non_evalue", mesure=100 * 20 / 60, dit=["1AUb"])


@pytest.mark.parametrize("largeur, mesure", [(149, 0), (150, 0), (151, 50)])
def test_a_number_counts_objects_that_are_more_than_half_inside(constater, verifier, largeur, mesure):
    """Two zones of 300 m; the first is inside over `largeur` m."""
    zones = territoire(("1AUa", (0, 0, 300, 100), 1), ("1AUb", (500, 0, 800, 100), 1), enveloppe=[(0, 0, largeur, 100)])
    constat = constater(part("minimum: 50 %", mesure="nombre"), zones, TABLES)
    verifier(constat, "sans_ecart" if mesure else "ecart_marque", mesure=mesure)


def test_counted_dwellings(constater, verifier):
    regle = part("minimum: 60 %").replace("{table: programme, champ: LOGEMENTS}", "{comptage: projets}")
    entete = TABLES + "  projets: {libelle: Projets de logements, geometrie: point}\n"
    exemple = deux_zones(0, 0)
    points = [(10, 10), (20, 10), (30, 10), (510, 10), (520, 10)]
    exemple["couches"]["projets"] = [{"wkt": f"POINT({x} {y})"} for x, y in points]
    verifier(constater(regle, exemple, entete), "sans_ecart", mesure=60)


def test_each_commune_has_its_share(par_unite, verifier):
    """1AU spans both communes, 3 ha and 1 ha, 80 dwellings: 60 and 20; the enveloppe holds 2 ha of it, in Arleux."""
    exemple = {
        **territoire(("1AU", (0, 0, 400, 100), 80), ("2", (500, 0, 600, 100), 20), enveloppe=[(0, 0, 200, 100)]),
        "communes": COMMUNES,
    }
    seuil = "minimum: {selon: commune, 62119: 60 %, 62200: aucun}"
    unites = par_unite(part(seuil, "echelle: commune"), exemple, SCOT)
    assert set(unites) == {"62119", "62200"}
    verifier(unites["62119"], "sans_ecart", mesure=100 * 40 / 60, dit=["Arleux"])
    verifier(unites["62200"], "sans_objet", dit=["ne fixe pas de seuil"])
    unites = par_unite(part("minimum: 60 %", "echelle: commune"), exemple, SCOT)
    verifier(
        unites["62200"],
        "ecart_marque",
        mesure=0,
        ecarts=[{"libelle": "1AU", "forme": (300, 0, 400, 100), "part": 0.25}, {"libelle": "2"}],
    )


def test_a_zone_outside_every_commune_is_not_reassigned(par_unite, verifier):
    exemple = {**territoire(("1AU", CENT, 60), ("2", (5000, 0, 5100, 100), 40)), "communes": COMMUNES}
    exemple["zones"].append({"LIBELLE": "3", "TYPEZONE": "AUc", "box": (500, 0, 600, 100)})
    unites = par_unite(part("minimum: 60 %", "echelle: commune"), exemple, SCOT)
    verifier(unites["hors_commune"], "non_evalue", dit=["hors de toute commune"])
    verifier(unites["62119"], "sans_ecart", mesure=100)


def test_both_zones_that_overlap_count_once_in_an_area(constater, verifier):
    regle = part("minimum: 50 %", mesure="surface")
    zones = territoire(("a", CENT, 1), ("b", (50, 0, 200, 100), 1))
    verifier(constater(regle, zones, TABLES), "sans_ecart", mesure=50, limites=["compté une fois"])


def test_what_a_layer_holds_outside_the_plu_does_not_count(constater, verifier):
    """An enveloppe of 4 ha, 1 ha of which is in the PLU."""
    regle = part(
        "maximum: 100 %", numerateur="{zones: {typezone: [AUc]}}", denominateur="{couche: enveloppe}", mesure="surface"
    )
    exemple = territoire(("1AU", (500, 0, 600, 100), None), enveloppe=[(-300, 0, 100, 100)])
    exemple["zones"].append({"LIBELLE": "U", "TYPEZONE": "U", "INSEE": "62119", "box": CENT})
    verifier(constater(regle, exemple, TABLES), "sans_ecart", mesure=100, limites=["3 ha hors du PLU"])


# -- the rule file --------------------------------------------------------------------------------


def fichier(regle):
    corps = "\n".join("    " + ligne for ligne in regle.split("\n"))
    return f"{TABLES}prescriptions:\n  - id: P1\n    intitule: Essai\n    nature: norme\n{corps}\n"


@pytest.mark.parametrize(
    "change, message",
    [
        pytest.param(
            ("denominateur: {objets: {zones: {typezone: [U, AUc]}}, mesure: logements}",)
            + ("denominateur: {objets: {zones: {typezone: [U, AUc]}}, mesure: surface}",),
            "les deux termes d'une part se mesurent de la même façon",
            id="two-measures",
        ),
        pytest.param(("    logements: {table", "    # {table"), "« logements » manque", id="no-dwellings"),
        pytest.param(("echelle: plu", "echelle: objet"), "échelle « objet » inconnue", id="scale-of-the-object"),
        pytest.param(("echelle: plu", "part_du_plu: 12 %"), "« part_du_plu » inconnu", id="share-of-the-plu"),
        pytest.param(("minimum: 60 %", "minimum: 60 ha"), "ne convient pas ici", id="unit"),
    ],
)
def test_what_a_rule_file_may_not_say(executer, change, message):
    from scot_compat.rules.errors import InvalidRules

    regle = part("minimum: 60 %", "echelle: plu").replace(*change)
    with pytest.raises(InvalidRules) as refused:
        executer(fichier(regle), deux_zones(1, 1))
    assert any(message in error.message for error in refused.value.errors), refused.value.errors


def test_read_aloud(executer):
    regle = part("minimum: 2/3", "tolerance: 3 points")
    (answer,) = executer(fichier(regle), deux_zones(1, 1)).answers
    (said,) = answer.prescription.lecture
    assert said.replace("\u00a0", " ") == (
        "Les zones U et AUc situées dans la couche « Enveloppe urbaine » représentent, en logements (les logements lus "
        "dans la table « Programme de logements des OAP », champ LOGEMENTS), au moins 66,67 % de l'ensemble formé par "
        "les zones U et AUc, à l'échelle du PLU (tolérance : 3 points ; écart marqué au-delà de 20 %, ou de la "
        "tolérance si elle est plus grande, convention de l'outil)."
    )


def test_the_columns_of_both_terms_are_read():
    from scot_compat.checks import needs
    from scot_compat.checks.registry import KINDS
    from scot_compat.rules.loader import loads

    regle = part().replace(
        f"denominateur: {{objets: {TOUT}, mesure: logements}}",
        f"denominateur: {{objets: {TOUT}, mesure: logements, logements: {{table: programme, champ: TOUS}}}}",
    )
    used = needs.of_rules(loads("format: 1\nscot: {nom: Essai}\n" + fichier(regle), KINDS))
    assert used.tables["programme"] == {"OAP", "LOGEMENTS", "TOUS"}
    assert "enveloppe" in used.couches
