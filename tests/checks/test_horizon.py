"""The horizon of a PLU read in a table by IDURBA: who prevails, what cannot be read, what is said. By hand."""

from __future__ import annotations

import pytest

IDURBA = "200099999_PLUI_20240312"
ENTETE = """\
tables:
  documents: {libelle: Documents, cle: IDURBA}
horizon: {table: documents, debut: DEBUT, fin: FIN}
"""
UN_HECTARE_PAR_AN = """\
periode: [2024, 2044]
controle:
  surface:
    objets: {zones: {typezone: [AUc]}}
    maximum: 1 ha/an
"""
ROW = {"IDURBA": IDURBA, "DEBUT": 2024, "FIN": 2034}
OTHER = {"IDURBA": "200088888_PLUI_20200101", "DEBUT": 2020, "FIN": 2044}


def plu(documents=None, idurba=IDURBA, hectares=10, **options):
    """One AUc zone of so many hectares."""
    zone = {"LIBELLE": "1AU", "TYPEZONE": "AUc", "box": (0, 0, 100 * hectares, 100)}
    exemple = {"zones": [{**zone, "IDURBA": idurba} if idurba else zone], **options}
    return exemple if documents is None else {**exemple, "tables": {"documents": documents}}


def test_the_years_are_those_of_the_row_of_this_plu(constater, verifier):
    # 2024-2034 is 10 years: 10 ha asked, 10 ha drawn, exactly met; the other document's 24 years would allow 20
    constat = constater(UN_HECTARE_PAR_AN, plu([OTHER, ROW]), ENTETE)
    verifier(constat, "sans_ecart", mesure=10.0, dit=["1 ha par an sur 10 ans"])
    assert constat.seuil_max == pytest.approx(10.0)
    assert f"Horizon du PLU : 2024-2034, lu dans la table « documents » (IDURBA {IDURBA})." in constat.limites


def test_a_plui_is_the_same_document_however_its_type_is_written(constater, verifier):
    row = {**ROW, "IDURBA": "200099999_PLUi_20240312"}
    verifier(constater(UN_HECTARE_PAR_AN, plu([row]), ENTETE), "sans_ecart", dit=["sur 10 ans"])


def test_what_the_run_is_given_prevails(constater, verifier):
    # 2024-2029 is 5 years: 5 ha asked, 10 ha drawn
    constat = constater(UN_HECTARE_PAR_AN, plu([ROW], horizon="2024-2029"), ENTETE)
    verifier(constat, "ecart_marque", mesure=10.0, ecart=5.0, limites=[])


@pytest.mark.parametrize(
    "exemple, said",
    [
        (plu(), "Table « documents » .* absente"),
        (plu([]), f"n'a pas de ligne pour l'IDURBA {IDURBA} : complétez-la"),
        (plu([OTHER]), f"n'a pas de ligne pour l'IDURBA {IDURBA} : complétez-la"),
        (plu([ROW, ROW]), f"a 2 lignes pour l'IDURBA {IDURBA} : gardez celle qui vaut"),
        (plu([{**ROW, "FIN": "203x"}]), "donne « 203x » comme FIN .* une année est attendue"),
        (plu([{**ROW, "DEBUT": "2024-2034"}]), "donne « 2024-2034 » comme DEBUT .* une année est attendue"),
        (plu([OTHER, {"IDURBA": IDURBA, "DEBUT": 2024}]), "ne donne rien comme FIN"),
        (plu([{**ROW, "FIN": 2024}]), r"donne 2024 \(FIN\), qui n'est pas après 2024 \(DEBUT\)"),
        (plu([{"IDURBA": IDURBA, "DEBUT": 2024, "TERME": 2034}]), "n'a pas de champ FIN .*Corrigez"),
        (plu([ROW], idurba=""), "L'IDURBA de ce PLU n'est pas connu .*table « documents »"),
    ],
    ids=lambda value: "" if isinstance(value, dict) else value[:30],
)
def test_a_horizon_that_cannot_be_read_is_never_supposed(constater, verifier, exemple, said):
    constat = constater(UN_HECTARE_PAR_AN, exemple, ENTETE)
    verifier(
        constat, "non_evalue", mesure=None, dit=["horizon du PLU n'est pas connu", said, "indiquez-le au lancement"]
    )


def test_a_growth_by_year_reads_it_too(constater, verifier):
    # from 1 000 to 1 100 in 10 years: 1,1 ** (1 / 10) - 1 = 0,958 % by year
    regle = """
    controle:
      croissance:
        population_depart: {valeur: 1000 hab, source: PADD}
        population_projetee: {valeur: 1100 hab, source: PADD}
        maximum: 1 %/an
    """
    verifier(
        constater(regle, plu([ROW]), ENTETE),
        "sans_ecart",
        mesure=0.9576582776886905,
        limites=["Horizon du PLU : 2024-2034"],
    )


def test_years_of_its_own_ask_for_no_horizon(constater, verifier):
    regle = """
    controle:
      croissance:
        population_depart: {valeur: 1000 hab, source: PADD}
        population_projetee: {valeur: 1100 hab, source: PADD}
        annee_depart: 2020
        annee_projetee: 2030
        maximum: 1 %/an
    """
    constat = constater(regle, plu(), ENTETE)
    verifier(constat, "sans_ecart", mesure=0.9576582776886905)
    assert not any("Horizon" in limite for limite in constat.limites)


PRESCRIPTION = """\
prescriptions:
  - id: P1
    intitule: I
    nature: norme
    controle: {{surface: {{objets: {{zones: {{typezone: [AUc]}}}}, maximum: {maximum}}}}}
"""
DEBUT = """\
format: 1
scot: {nom: S, periode: [2024, 2044]}
tables:
  documents: {libelle: Les documents, cle: IDURBA}
horizon: {table: documents, debut: DEBUT, fin: FIN}
"""


@pytest.fixture
def regles():
    from scot_compat.checks.registry import KINDS
    from scot_compat.rules.loader import loads

    return lambda maximum: loads(DEBUT + PRESCRIPTION.format(maximum=maximum), KINDS)


def test_the_table_is_read_when_a_figure_is_by_year(regles):
    from scot_compat.checks import needs

    found = needs.of_rules(regles("1 ha/an"))
    assert found.tables == {"documents": {"IDURBA", "DEBUT", "FIN"}}
    assert needs.users(regles("1 ha/an")) == {"documents": ("P1",)}
    assert needs.horizon_table(regles("1 ha/an")) == "Les documents"


def test_the_table_is_of_no_use_when_no_figure_is_by_year(regles):
    from scot_compat.checks import needs

    rules = regles("10 ha")
    assert needs.of_rules(rules).tables == {} and needs.horizon_table(rules) == ""
    assert [str(one.message) for one in rules.warnings] == ["horizon inutile : aucun contrôle n'a de chiffre par an"]


def test_a_threshold_by_year_in_a_field_of_the_objects_asks_for_the_horizon():
    from scot_compat.checks import needs
    from scot_compat.checks.registry import KINDS
    from scot_compat.rules.loader import loads

    seuil = "{selon: {champ: RYTHME, unite: ha/an}}, echelle: objet"
    assert needs.horizon(loads(DEBUT + PRESCRIPTION.format(maximum=seuil), KINDS))


def test_the_rule_read_aloud_says_where_the_horizon_is(regles):
    said = regles("1 ha/an").prescriptions[0].lecture[0]
    assert (
        "horizon du PLU indiqué au lancement, sinon lu dans la table « Les documents » (champs DEBUT et FIN, à la "
        "ligne de son IDURBA)" in said
    )
    assert "horizon" not in regles("10 ha").prescriptions[0].lecture[0]


@pytest.mark.parametrize(
    "horizon, said",
    [
        (None, f"2024-2034, lu dans la table « documents » (IDURBA {IDURBA})"),
        ("2024-2034", "2024-2034, indiqué au lancement"),
        (
            "2025-2034",
            "2025-2034, indiqué au lancement, à la place de 2024-2034 "
            f"lu dans la table « documents » (IDURBA {IDURBA})",
        ),
    ],
)
def test_the_result_says_which_horizon_and_from_where(executer, horizon, said):
    texte = ENTETE + PRESCRIPTION.format(maximum="1 ha/an")
    options = {"horizon": horizon} if horizon else {}
    assert executer(texte, plu([ROW], **options)).horizon == said


def test_the_result_says_no_horizon_when_no_figure_is_by_year(executer):
    assert executer(ENTETE + PRESCRIPTION.format(maximum="9 ha"), plu([ROW])).horizon == ""


def test_a_milestone_at_the_first_year_of_the_horizon_is_not_said_to_be_before_it(constater, verifier):
    regle = """\
    periode: [2024, 2044]
    controle:
      surface:
        objets: {zones: {typezone: [AUc]}}
        jalons: [{jusqu_a: 2034, maximum: 1 ha/an}]
    """
    constat = constater(regle, plu(horizon="2034-2044"))
    verifier(constat, "non_evalue", dit=["commence en 2034 : il n'a aucune année avant l'échéance de 2034"])
