"""Yearly thresholds, past situation, figures of a territory: expected values by hand."""

from __future__ import annotations

import datetime

import pytest

ENTETE = """\
format: 1
scot: {nom: S, periode: [2020, 2040]}
territoires:
  communes: {couche: communes, code: INSEE, nom: NOM}
  classements:
    armature:
      classes:
        pole: {communes: [62001, 62002]}
        village: {communes: [62003]}
couches:
  communes: {libelle: Communes, geometrie: surface}
tables:
  suivi: {libelle: Suivi, cle: CODE}
prescriptions:
  - {id: P1, intitule: I, nature: norme, controle: {lecture: {questions: [q]}}}
"""


def carre(x):
    return f"POLYGON(({x} 0,{x + 100} 0,{x + 100} 100,{x} 100,{x} 0))"


@pytest.fixture
def contexte():
    """`contexte(horizon, suivi, communes=…)`: a PLU of communes 62001 and 62002."""
    from scot_compat.checks import exemples
    from scot_compat.checks.context import Context
    from scot_compat.checks.registry import KINDS
    from scot_compat.rules.loader import loads

    def build(horizon=None, suivi=None):
        rules = loads(ENTETE, KINDS)
        exemple = {
            "zones": [
                {"LIBELLE": "A", "TYPEZONE": "AUc", "wkt": carre(0)},
                {"LIBELLE": "B", "TYPEZONE": "AUc", "wkt": carre(100)},
            ],
            "communes": [{"INSEE": f"6200{i + 1}", "NOM": "ABC"[i], "wkt": carre(100 * i)} for i in range(3)],
        }
        if suivi is not None:
            exemple["tables"] = {"suivi": [{"CODE": code, "CONSO": value} for code, value in suivi.items()]}
        plu, layers, tables = exemples.build(exemple, rules)
        return Context(rules, plu, layers, tables, datetime.date(2026, 1, 1), horizon=horizon)

    return build


@pytest.mark.parametrize(
    "horizon, periode, measured, shared",
    [
        ((2024, 2035), None, 11, 11),
        ((2024, 2036), (2020, 2040), 12, 12),
        ((2024, 2044), (2020, 2040), 20, 16),
        ((2015, 2025), (2020, 2040), 10, 5),
    ],
)
def test_years_of_the_horizon_and_of_the_period(horizon, periode, measured, shared):
    from scot_compat.checks.years import Years

    years = Years(periode, horizon)
    assert (years.measured, years.shared) == (measured, shared)
    assert ("communs" in years.explained) is (measured != shared)


@pytest.mark.parametrize(
    "horizon, said", [(None, "horizon du PLU n'est pas connu"), ((2041, 2050), "aucune année commune")]
)
def test_years_that_are_not_there(horizon, said):
    from scot_compat.checks.context import NotEvaluable
    from scot_compat.checks.years import Years

    with pytest.raises(NotEvaluable, match=said):
        _ = Years((2020, 2040), horizon).shared


def limites(contexte, valeurs, **options):
    from scot_compat.checks.limits import Thresholds
    from scot_compat.checks.territory import Unit
    from scot_compat.checks.years import Years

    years = Years(options.pop("periode", None), contexte.horizon)
    thresholds = Thresholds.of(valeurs, ("ha", "ha/an", "logt", "logt/an", "logt/an/1000hab", "%"), years)
    return thresholds, thresholds.of_unit(contexte, options.pop("unit", Unit("plu", "P")), **options)


def q(text):
    from scot_compat.rules.units import read_quantity

    return read_quantity(text)[0]


@pytest.mark.parametrize(
    "ecrit, attendu, unite",
    [
        ("3 ha/an", 36, "ha"),
        ("3 ha", 3, "ha"),
        ("10 logt/an", 120, "logt"),
        ("6 logt/an/1000hab", 6 * 12 * 2.5, "logt"),
        ("40 %", 40, "%"),
    ],
)
def test_a_yearly_threshold_over_twelve_years(contexte, ecrit, attendu, unite):
    thresholds, limits = limites(contexte((2024, 2036)), {"maximum": q(ecrit)}, habitants=lambda: 2500.0)
    assert (thresholds.unite, thresholds.par_an) == (unite, False)
    assert limits.maximum == pytest.approx(attendu)


def test_a_tolerance_by_year_is_multiplied_too(contexte):
    valeurs = {"maximum": q("3 ha/an"), "tolerance": q("0,5 ha/an"), "ecart_marque_au_dela_de": q("10 ha")}
    _, limits = limites(contexte((2024, 2036)), valeurs)
    assert (limits.tolerance.value, limits.tolerance.unit) == (pytest.approx(6), "ha")
    assert (limits.marque.value, limits.marque.unit) == (10, "ha")


@pytest.mark.parametrize(
    "chiffre, periode, seuil, unite",
    [
        ("1,1 ha/an", None, 0.825, "ha/an"),
        ("11 ha", (2011, 2021), 0.825, "ha/an"),  # 11 ha over ten years are 1,1 ha by year
        ("11 ha", None, 8.25, "ha"),
        ("90 %", None, 67.5, "%"),
    ],
)
def test_a_quarter_less_than_the_past(contexte, chiffre, periode, seuil, unite):
    from scot_compat.rules.model import SituationPassee

    passe = SituationPassee(q(chiffre), periode)
    thresholds, limits = limites(
        contexte((2024, 2044)), {"maximum": q("75 % de la situation passée"), "situation_passee": passe}
    )
    assert thresholds.unite == unite and limits.maximum == pytest.approx(seuil)
    assert limits.passe == pytest.approx(seuil / 0.75)


def test_a_yearly_past_beside_a_total_threshold_is_brought_to_the_horizon(contexte):
    from scot_compat.rules.model import SituationPassee

    valeurs = {"maximum": q("10 ha"), "situation_passee": SituationPassee(q("1,1 ha/an"))}
    thresholds, limits = limites(contexte((2024, 2044)), valeurs)
    assert (thresholds.unite, limits.passe) == ("ha", pytest.approx(22))
    _, limits = limites(contexte(), valeurs)
    assert limits.passe is None and "horizon du PLU" in limits.passe_inconnu


@pytest.mark.parametrize(
    "mesure, etat",
    [
        (1.3, "sens_contraire"),
        (1.1, "ecart_marque"),
        (1.0, "ecart_marque"),
        (0.95, "ecart_faible"),
        (0.825, "sans_ecart"),
    ],
)
def test_beyond_the_past_is_the_wrong_way(mesure, etat):
    from scot_compat.checks.seuils import Limits, judge

    assert judge(mesure, Limits(maximum=0.825, passe=1.1)).etat == etat
    assert judge(-mesure, Limits(minimum=-0.825, passe=-1.1)).etat == etat


def test_a_past_that_is_not_known_matters_only_to_a_departure():
    from scot_compat.checks.seuils import Limits, judge_interval

    limits = Limits(maximum=10.0, passe_inconnu="?")
    assert [v.etat for v in judge_interval(9, 9, limits)] == ["sans_ecart", "sans_ecart"]
    assert [v.etat for v in judge_interval(11, 11, limits)] == ["ecart_faible", "sens_contraire"]


@pytest.mark.parametrize(
    "suivi, echelle, code, communes, attendu, manque",
    [
        ({"62001": 2, "62002": 3, "62003": 7}, "plu", "plu", (), 5, False),
        ({"62001": 2, "62002": 3, "62003": 7}, "scot", "scot", (), 12, False),
        ({"62001": 2, "62002": 3, "62003": 7}, "commune", "62002", ("62002",), 3, False),
        ({"62001": 2, "62002": 3, "62003": 7}, "armature", "pole", ("62001", "62002"), 5, False),
        ({"pole": 4, "62001": 2, "62002": 3}, "armature", "pole", ("62001", "62002"), 4, False),
        ({"62001": 2}, "plu", "plu", (), 2, True),
        ({"62001": 2, "62002": "?"}, "plu", "plu", (), 2, True),
    ],
)
def test_a_figure_of_a_table_is_summed_over_the_unit(contexte, suivi, echelle, code, communes, attendu, manque):
    from scot_compat.checks.figures import figure_of
    from scot_compat.checks.territory import Unit
    from scot_compat.rules.model import RefTable

    figure = figure_of(contexte(None, suivi), RefTable("suivi", "CONSO", "ha"), echelle, Unit(code, code, communes))
    assert figure.value == attendu and bool(figure.missing) is manque


def test_a_ratio_of_a_table_is_averaged_and_said_so(contexte):
    from scot_compat.checks.figures import figure_of
    from scot_compat.checks.territory import Unit
    from scot_compat.rules.model import RefTable

    figure = figure_of(
        contexte(None, {"62001": 80, "62002": 90}), RefTable("suivi", "CONSO", "%"), "plu", Unit("plu", "P")
    )
    assert figure.value == 85 and figure.note == "moyenne simple de 2 communes"


def test_a_table_that_says_nothing_of_the_unit(contexte):
    from scot_compat.checks.context import NotEvaluable
    from scot_compat.checks.figures import figure_of
    from scot_compat.checks.territory import Unit
    from scot_compat.rules.model import RefTable

    with pytest.raises(NotEvaluable, match="ne donne pas de CONSO pour A et B"):
        figure_of(contexte(None, {"62003": 1}), RefTable("suivi", "CONSO", "ha"), "plu", Unit("plu", "P"))
