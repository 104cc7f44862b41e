"""`croissance`, in the form of the normative vectors (which have none for it): expected values by hand."""

from __future__ import annotations

import pytest

ENTETE = """
territoires:
  communes: {couche: communes, code: INSEE, nom: NOM}
  classements:
    armature:
      libelle: Armature
      classes:
        rural: {libelle: Communes rurales, communes: [62001, 62002]}
        pole: {libelle: Pôle, communes: [62003]}
couches:
  communes: {libelle: Communes, geometrie: surface}
tables:
  recensement: {libelle: Recensement, cle: INSEE}
  projet: {libelle: Projet du PLU, cle: INSEE, fourni_par: plu}
"""
NOMS = {"62001": "Arleux", "62002": "Beuvry", "62003": "Calonne"}
SIMPLE, TOTAUX = "calcul: moyenne_simple", "calcul: rapport_des_totaux"


def croissance(*lignes, tete=""):
    return "\n".join(
        [
            *([tete] if tete else []),
            "controle:",
            "  croissance:",
            "    population_depart: {table: recensement, champ: P20}",
            "    population_projetee: {table: projet, champ: P30}",
            *(f"    {ligne}" for ligne in lignes),
        ]
    )


def plan(*populations, hors=(), **reste):
    """One zone and both populations for each of the communes, in their order; `hors`: communes outside the PLU."""
    codes = list(NOMS)[: len(populations)]
    carres = {code: (1000 * n, 0, 1000 * n + 1000, 1000) for n, code in enumerate([*codes, *hors])}
    lignes = dict(zip(codes, populations))
    return {
        "zones": [{"LIBELLE": f"U{code}", "TYPEZONE": "U", "box": carres[code]} for code in codes],
        "communes": [{"INSEE": code, "NOM": NOMS[code], "box": carre} for code, carre in carres.items()],
        "tables": {
            "recensement": [{"INSEE": code, "P20": p[0]} for code, p in lignes.items() if p[0] is not None],
            "projet": [{"INSEE": code, "P30": p[1]} for code, p in lignes.items() if p[1] is not None],
        },
        **reste,
    }


# -- one territory --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "projetee, etat, mesure, ecart",
    [
        pytest.param(1100, "sans_ecart", 10, 0, id="equality"),
        pytest.param(1120, "ecart_faible", 12, 2, id="M-equality"),  # e 2 = 20 % of 10
        pytest.param(1121, "ecart_marque", 12.1, 2.1, id="beyond-M"),
        pytest.param(900, "sans_ecart", -10, -20, id="decline"),
    ],
)
def test_growth_in_all(constater, verifier, projetee, etat, mesure, ecart):
    constat = constater(croissance("maximum: 10 %"), plan((1000, projetee)), ENTETE)
    verifier(constat, etat, mesure=mesure, unite="%", ecart=ecart, relatif=ecart / 10)
    assert (constat.seuil_min, constat.seuil_max, constat.nb_objets) == (None, 10, 1)


@pytest.mark.parametrize(
    "seuil, tolerance, etat",
    [
        pytest.param("maximum: 10 %", "1 points", "sans_ecart", id="points-equality"),
        pytest.param("maximum: 10 %", "10 %", "sans_ecart", id="share-equality"),
        pytest.param("maximum: 10 %", "5 %", "ecart_faible", id="share"),
        pytest.param("minimum: 12 %", "1 points", "sans_ecart", id="floor-tolerated"),
        pytest.param("minimum: 12 %", "0,5 points", "ecart_faible", id="floor"),
        pytest.param("cible: 12 %", "10 %", "sans_ecart", id="target"),
    ],
)
def test_tolerance(constater, verifier, seuil, tolerance, etat):
    """11 % of growth."""
    constat = constater(croissance(seuil, f"tolerance: {tolerance}"), plan((1000, 1110)), ENTETE)
    verifier(constat, etat, mesure=11, dit=["dans la tolérance"] if etat == "sans_ecart" else [])


@pytest.mark.parametrize(
    "projetee, etat, mesure",
    [
        pytest.param(10201, "sans_ecart", 1, id="equality"),  # 1,01 x 1,01
        pytest.param(10404, "ecart_marque", 2, id="twice"),  # 1,02 x 1,02
    ],
)
def test_a_yearly_rate_is_compound(constater, verifier, projetee, etat, mesure):
    regle = croissance("maximum: 1 %/an", "annee_depart: 2020", "annee_projetee: 2022")
    constat = constater(regle, plan((10000, projetee)), ENTETE)
    verifier(constat, etat, mesure=mesure, unite="%/an", dit=["en 2 ans", r"de 10000 à 10\d{3} habitants"])


def test_the_years_are_those_of_the_horizon_without_dates(constater, verifier):
    regle = croissance("maximum: 1 %/an")
    constat = constater(regle, plan((10000, 10201)), ENTETE, horizon=(2024, 2026))
    verifier(constat, "sans_ecart", mesure=1)
    verifier(constater(regle, plan((10000, 10201)), ENTETE), "non_evalue", mesure=None, dit=["horizon du PLU"])


def test_dates_prevail_over_the_horizon(constater, verifier):
    regle = croissance("maximum: 1 %/an", "annee_depart: 2020", "annee_projetee: 2022")
    verifier(constater(regle, plan((10000, 10201)), ENTETE, horizon=(2024, 2044)), "sans_ecart", mesure=1)


def test_a_decline_may_be_asked_by_year(constater, verifier):
    regle = croissance("minimum: -1 %/an", "annee_depart: 2020", "annee_projetee: 2022")
    verifier(constater(regle, plan((10000, 9801)), ENTETE), "sans_ecart", mesure=-1, ecart=0)


def test_figures_by_hand_carry_their_source(constater, verifier):
    regle = """
    controle:
      croissance:
        population_depart: {valeur: 1 000 hab, source: "INSEE, recensement de 2020"}
        population_projetee: {valeur: 1 300 hab, source: PADD p. 12}
        maximum: 10 %
    """
    exemple = {"zones": [{"LIBELLE": "U", "TYPEZONE": "U", "box": (0, 0, 100, 100)}]}
    verifier(
        constater(regle, exemple),
        "ecart_marque",
        mesure=30,
        ecarts=[],
        limites=["départ : INSEE, recensement de 2020", "projetée : PADD p. 12"],
    )


def test_no_threshold_is_appraised(constater, verifier):
    verifier(constater(croissance(), plan((1000, 1100)), ENTETE), "a_apprecier", mesure=10, ecart=None)


# -- several communes -----------------------------------------------------------------------------

DEUX = ((1000, 1200), (9000, 9450))  # 20 % and 5 %


@pytest.mark.parametrize(
    "calcul, mesure, etat",
    [
        pytest.param(TOTAUX, 6.5, "sans_ecart", id="totals"),  # 10 650 / 10 000
        pytest.param(SIMPLE, 12.5, "ecart_marque", id="mean"),  # e 2,5, r 25 %
    ],
)
def test_totals_or_mean_over_a_class(constater, verifier, calcul, mesure, etat):
    constat = constater(croissance("maximum: 10 %", calcul, "echelle: armature"), plan(*DEUX), ENTETE)
    arleux = [{"objet": "commune", "libelle": "Arleux", "forme": (0, 0, 1000, 1000), "part": 1}]
    verifier(constat, etat, mesure=mesure, ecart=mesure - 10, ecarts=arleux if etat == "ecart_marque" else [])
    assert constat.territoire == "rural" and constat.nb_objets == 2


@pytest.mark.parametrize(
    "calcul, plafond, etat",
    [
        pytest.param(SIMPLE, 12.5, "sans_ecart", id="mean-equality"),  # (15 + 10) / 2
        pytest.param(TOTAUX, 10.5, "sans_ecart", id="totals"),  # 1 000 x 1,15 + 9 000 x 1,10 = 11 050
    ],
)
def test_an_admitted_value_replaces_the_ceiling_of_a_commune_in_the_mean(constater, verifier, calcul, plafond, etat):
    admis = "valeurs_admises: {selon: commune, 62001: 15 %}"
    constat = constater(croissance("maximum: 10 %", calcul, admis, "echelle: armature"), plan(*DEUX), ENTETE)
    verifier(constat, etat, dit=["admis pour Arleux 15 %", "10 % ailleurs"])
    assert constat.seuil_max == pytest.approx(plafond)


def test_admitted_yearly_values_are_compound_in_the_totals(constater):
    """Over 2 years, 100 at 2 %/an and 100 at 1 %/an: 104,04 + 102,01 = 206,05, that is 1,50123 %/an."""
    regle = croissance(
        "maximum: 1 %/an",
        "annee_depart: 2020",
        "annee_projetee: 2022",
        "valeurs_admises: {selon: commune, 62001: 2 %/an}",
        "echelle: armature",
    )
    constat = constater(regle, plan((100, 100), (100, 100)), ENTETE)
    assert constat.seuil_max == pytest.approx(100 * ((206.05 / 200) ** 0.5 - 1))


def test_each_commune_has_its_own_ceiling(par_unite, verifier):
    admis = "valeurs_admises: {selon: commune, 62001: 15 %}"
    unites = par_unite(croissance("maximum: 10 %", admis, "echelle: commune"), plan(*DEUX), ENTETE)
    verifier(unites["62001"], "ecart_marque", mesure=20, ecart=5, relatif=5 / 15, ecarts=[{"libelle": "Arleux"}])
    verifier(unites["62002"], "sans_ecart", mesure=5)
    assert (unites["62001"].seuil_max, unites["62002"].seuil_max) == (15, 10)


def test_only_communes_beyond_their_own_ceiling_are_at_fault(constater):
    """30 % for 15 admitted, 12 % for 10: mean 21 for 12,5, both at fault, the larger departure first."""
    regle = croissance("maximum: 10 %", SIMPLE, "valeurs_admises: {selon: commune, 62001: 15 %}", "echelle: armature")
    constat = constater(regle, plan((1000, 1300), (1000, 1120)), ENTETE)
    assert [(e.libelle, e.mesure, e.seuil) for e in constat.ecarts] == [
        ("Arleux", pytest.approx(30), 15),
        ("Beuvry", pytest.approx(12), 10),
    ]


def test_a_class_that_this_plu_covers_in_part_is_appraised(constater, verifier):
    constat = constater(croissance("maximum: 10 %", "echelle: armature"), plan((1000, 1200), hors=["62002"]), ENTETE)
    verifier(constat, "a_apprecier", mesure=20, ecarts=[], dit=["l'ensemble de « Communes rurales »"])


def test_the_scale_of_the_scot_is_appraised(constater, verifier):
    constat = constater(croissance("maximum: 10 %", "echelle: scot"), plan(*DEUX, hors=["62003"]), ENTETE)
    verifier(constat, "a_apprecier", mesure=6.5, dit=["l'ensemble du SCoT"])


def test_the_class_decides_the_threshold(par_unite, verifier):
    seuil = "maximum: {selon: armature, rural: 10 %, pole: aucun}"
    unites = par_unite(croissance(seuil, "echelle: commune"), plan(*DEUX, (5000, 9000)), ENTETE)
    verifier(unites["62003"], "sans_objet", dit=["ne fixe pas de seuil"])
    verifier(unites["62002"], "sans_ecart", mesure=5)


def test_spared_communes_leave_the_mean_and_are_listed(repondre, verifier):
    sauf = "\nsauf:\n  - {communes: [62001], motif: Commune touristique, reference: DOO p. 9}"
    answer = repondre(croissance("maximum: 10 %", SIMPLE) + sauf, plan(*DEUX), ENTETE)
    verifier(answer.constats[0], "sans_ecart", mesure=5)
    assert [(row.insee, row.motif, row.reference) for row in answer.exceptions] == [
        ("62001", "Commune touristique", "DOO p. 9")
    ]


def test_an_exception_that_spares_everyone(constater, verifier):
    sauf = "\nsauf:\n  - {communes: [62001, 62002], motif: Communes touristiques}"
    constat = constater(croissance("maximum: 10 %") + sauf, plan(*DEUX), ENTETE)
    verifier(constat, "sans_objet", mesure=None, dit=["Exception pour Arleux et Beuvry"])


def test_an_exception_that_has_expired(constater, verifier):
    sauf = "\nsauf:\n  - {communes: [62002], motif: Passé, jusqu_au: 2020-01-01}"
    verifier(constater(croissance("maximum: 10 %") + sauf, plan(*DEUX), ENTETE), "sans_ecart", mesure=6.5)


@pytest.mark.parametrize(
    "autre",
    ["zones: {typezone: [U]}", "couches: [communes]", "objets: {zones: {libelle: [U62002]}}"],
)
def test_an_exception_of_ground_in_a_commune_does_not_spare_its_inhabitants(constater, verifier, autre):
    sauf = f"\nsauf:\n  - {{communes: [62002], {autre}, motif: Bruit}}"
    constat = constater(croissance("maximum: 10 %") + sauf, plan(*DEUX), ENTETE)
    verifier(
        constat, "non_evalue", mesure=None, dit=["ne retire pas d'habitants : citez des communes, sans autre crit"]
    )


def test_an_expired_exception_of_ground_is_void(constater, verifier):
    sauf = "\nsauf:\n  - {communes: [62002], zones: {typezone: [U]}, motif: Passé, jusqu_au: 2020-01-01}"
    verifier(constater(croissance("maximum: 10 %") + sauf, plan(*DEUX), ENTETE), "sans_ecart", mesure=6.5)


def test_the_prescription_bears_on_some_communes(par_unite, verifier):
    portee = "s_applique_a: {communes: [62002]}"
    unites = par_unite(croissance("maximum: 10 %", "echelle: commune", tete=portee), plan(*DEUX), ENTETE)
    verifier(unites["62001"], "sans_objet", dit=["ne porte pas sur la commune d"])
    verifier(unites["62002"], "sans_ecart", mesure=5)


# -- what is not known ----------------------------------------------------------------------------


def test_an_unknown_population_that_could_change_the_state(constater, verifier):
    constat = constater(croissance("maximum: 10 %"), plan((1000, 1200), (9000, None)), ENTETE)
    verifier(constat, "non_evalue", mesure=20, dit=["projetée inconnue pour Beuvry.*projet", "Partie connue : 20 %"])


def test_an_unknown_population_without_effect(constater, verifier):
    """Even if nobody lives in Beuvry, 30 000 for 10 000 is 200 %."""
    constat = constater(croissance("maximum: 10 %"), plan((1000, 30000), (9000, None)), ENTETE)
    verifier(
        constat,
        "ecart_marque",
        mesure=200,
        dit=["Croissance d'au moins 200 %", r"1 commune connue\)"],
        limites=["projetée inconnue pour Beuvry"],
    )


def test_an_unknown_population_in_a_mean(constater, verifier):
    """At the lowest Beuvry empties: (130 - 100) / 2 = 15 % at least."""
    constat = constater(croissance("maximum: 10 %", SIMPLE), plan((1000, 2300), (None, 9000)), ENTETE)
    verifier(constat, "ecart_marque", mesure=15, limites=["départ inconnue pour Beuvry"])


@pytest.mark.parametrize(
    "change, dit",
    [
        pytest.param({"tables": {}}, "table « recensement »", id="table"),
        pytest.param(
            {"tables": {"recensement": [{"INSEE": "62001", "P20": 1000}], "projet": [{"INSEE": "62001"}]}},
            "champ P30",
            id="field",
        ),
        pytest.param(
            {
                "tables": {
                    "recensement": [{"INSEE": "62001", "P20": 1000}, {"INSEE": "62001", "P20": 1100}],
                    "projet": [{"INSEE": "62001", "P30": 1200}],
                }
            },
            "plusieurs P20 pour Arleux",
            id="two-rows",
        ),
        pytest.param({"communes": []}, "ommunes", id="communes"),
    ],
)
def test_what_is_missing_is_named(constater, verifier, change, dit):
    constat = constater(croissance("maximum: 10 %"), {**plan((1000, 1100)), **change}, ENTETE)
    verifier(constat, "non_evalue", mesure=None, dit=[dit])


def test_nobody_at_the_start(constater, verifier):
    verifier(constater(croissance("maximum: 10 %"), plan((0, 10)), ENTETE), "non_evalue", mesure=None, dit=["nulle"])
    constat = constater(croissance("maximum: 10 %", SIMPLE), plan((0, 10), (1000, 1100)), ENTETE)
    verifier(constat, "sans_ecart", mesure=10, limites=["hors de la moyenne : Arleux"])


def test_a_threshold_to_complete(constater, verifier):
    verifier(constater(croissance("maximum: a_completer"), plan((1000, 1100)), ENTETE), "non_evalue", mesure=10)


def test_a_recommandation_has_no_ecart(constater, verifier):
    constat = constater(croissance("maximum: 10 %", tete="nature: recommandation"), plan((1000, 1300)), ENTETE)
    verifier(constat, "a_apprecier", mesure=30, ecart=20, ecarts=[])


def test_an_orientation_keeps_its_ecarts(constater, verifier):
    constat = constater(croissance("maximum: 10 %", tete="nature: orientation"), plan((1000, 1300)), ENTETE)
    verifier(constat, "a_apprecier", mesure=30, ecarts=[{"libelle": "Arleux", "etat": "a_apprecier"}])


# -- the rule file --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "change, message",
    [
        (("{table: recensement, champ: P20}", "{valeur: 1 000 hab}"), "« source » manque"),
        (("{table: recensement, champ: P20}", "{valeur: 1 000, source: INSEE}"), "n'a pas d'unité"),
        (("maximum: 10 %", "annee_depart: 2020"), "vont ensemble"),
        (("maximum: 10 %", "annee_depart: 2020\n    annee_projetee: 2020"), "n'est pas après"),
        (("maximum: 10 %", "valeurs_admises: {selon: commune, 62001: 15 %}"), "« maximum » manque"),
        (
            ("maximum: 10 %", "maximum: 10 %\n    valeurs_admises: {selon: commune, 62001: 1 %/an}"),
            "a l'unité du maximum",
        ),
        (
            ("maximum: 10 %", "maximum: 10 %\n    valeurs_admises: {selon: commune, 62001: aucun}"),
            "sans « defaut » ni « aucun »",
        ),
        (
            ("{table: recensement, champ: P20}", "{valeur: 1 000 hab, source: x}\n    echelle: commune"),
            "une valeur saisie à la main est celle du PLU",
        ),
        (("maximum: 10 %", "maximum: 10 ha"), "ne convient pas ici"),
    ],
)
def test_what_a_rule_file_may_not_say(executer, change, message):
    from scot_compat.rules.errors import InvalidRules

    with pytest.raises(InvalidRules) as refused:
        executer(fichier(croissance("maximum: 10 %").replace(*change)), plan((1000, 1100)))
    assert any(message in error.message for error in refused.value.errors), refused.value.errors


def fichier(regle):
    corps = "\n".join("    " + ligne for ligne in regle.split("\n"))
    return f"{ENTETE}prescriptions:\n  - id: P1\n    intitule: Essai\n    nature: norme\n{corps}\n"


def test_read_aloud(executer):
    regle = croissance(
        "maximum: 1 %/an",
        "annee_depart: 2020",
        "annee_projetee: 2030",
        SIMPLE,
        "echelle: armature",
        "valeurs_admises: {selon: commune, 62001: '1,5 %/an'}",
    )
    (answer,) = executer(fichier(regle), plan((1000, 1100))).answers
    assert answer.prescription.lecture[0].replace("\u00a0", " ") == (
        "La population croît, en moyenne simple des communes, d'au plus 1 % par an, 1,5 % par an (62001) étant admis "
        "(population de départ : la valeur lue dans la table « Recensement », champ P20, en habitants en 2020 ; "
        "population projetée : la valeur lue dans la table « Projet du PLU », champ P30, en habitants en 2030), dans "
        "chaque classe de « Armature » (écart marqué au-delà de 20 %, convention de l'outil)."
    )


@pytest.mark.parametrize("dates, asked", [("", True), ("\n    annee_depart: 2020\n    annee_projetee: 2030", False)])
def test_the_horizon_is_asked_for_only_without_dates(dates, asked):
    from scot_compat.checks import needs
    from scot_compat.checks.registry import KINDS
    from scot_compat.rules.loader import loads

    rules = loads("format: 1\nscot: {nom: Essai}\n" + fichier(croissance("maximum: 1 %/an") + dates), KINDS)
    assert needs.horizon(rules) is asked
    assert set(needs.of_rules(rules).tables) == {"recensement", "projet"}
    assert needs.users(rules)["communes"] == ("P1",), "figures are read commune by commune"
