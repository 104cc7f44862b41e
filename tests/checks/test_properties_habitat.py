"""What must hold of shares and numbers of dwellings whatever the plan: moved, cut finer, or told by commune."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

ENTETE = """
tables:
  programme: {libelle: Programme, cle: OAP, jointure: LIBELLE}
couches:
  enveloppe: {libelle: Enveloppe urbaine, geometrie: surface}
  communes: {libelle: Communes, geometrie: surface}
territoires:
  communes: {couche: communes, code: INSEE, nom: NOM}
"""
PART = """
controle:
  part:
    numerateur: {objets: {zones: {typezone: [AUc], dans: enveloppe}}, mesure: MESURE}
    denominateur: {objets: {zones: {typezone: [AUc]}}, mesure: MESURE}
    logements: {table: programme, champ: LOGEMENTS}
    echelle: ECHELLE
"""
#: width of the zones (m), dwellings of each, limit of the enveloppe and of the two communes
plans = st.tuples(
    st.lists(st.tuples(st.integers(20, 400), st.integers(0, 90)), min_size=1, max_size=5),
    st.integers(10, 900),
    st.integers(10, 900),
)
some = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def plan(widths, enveloppe, limite, dx=0, dy=0, cut=False):
    """Zones side by side; `cut`: each in two, of the same label."""
    zones, x = [], dx
    for rank, (width, _) in enumerate(widths):
        middle = x + width // 3
        for box in (
            [(x, dy, middle, dy + 100), (middle, dy, x + width, dy + 100)] if cut else [(x, dy, x + width, dy + 100)]
        ):
            zones.append({"LIBELLE": f"z{rank}", "TYPEZONE": "AUc", "box": box})
        x += width
    return {
        "zones": zones,
        "tables": {"programme": [{"OAP": f"z{rank}", "LOGEMENTS": n} for rank, (_, n) in enumerate(widths)]},
        "couches": {"enveloppe": [{"box": (dx - 10, dy, dx + enveloppe, dy + 100)}]},
        "communes": [
            {"INSEE": "62001", "NOM": "A", "box": (dx - 50, dy - 50, dx + limite, dy + 150)},
            {"INSEE": "62002", "NOM": "B", "box": (dx + limite, dy - 50, dx + 5000, dy + 150)},
        ],
    }


def regle(mesure, echelle="plu"):
    return PART.replace("MESURE", mesure).replace("ECHELLE", echelle)


@pytest.mark.parametrize("mesure", ["surface", "logements"])
@given(given_plan=plans, dx=st.integers(-5000, 5000), dy=st.integers(-5000, 5000))
@some
def test_a_share_does_not_depend_on_where_nor_how_finely_zones_are_drawn(constater, mesure, given_plan, dx, dy):
    first = constater(regle(mesure), plan(*given_plan), ENTETE)
    total = sum(n for _, n in given_plan[0])
    expected = share(given_plan, mesure)
    assert str(first.etat) == ("sans_objet" if mesure == "logements" and not total else "a_apprecier")
    assert first.mesure == (None if expected is None else pytest.approx(expected, rel=1e-6, abs=1e-6))
    for other in (plan(*given_plan, dx=dx, dy=dy), plan(*given_plan, cut=True)):
        again = constater(regle(mesure), other, ENTETE)
        assert again.mesure == (None if first.mesure is None else pytest.approx(first.mesure, rel=1e-6, abs=1e-6))


def share(given_plan, mesure):
    """By hand: the zones are cut at x = enveloppe, each meter of a zone holds its share of its dwellings."""
    widths, enveloppe, _ = given_plan
    inside, total, x = 0.0, 0.0, 0
    for width, n in widths:
        per_metre = 1.0 if mesure == "surface" else n / width
        within = min(max(enveloppe - x, 0), width)
        inside += per_metre * within
        total += per_metre * width
        x += width
    return 100 * inside / total if total else None


@given(given_plan=plans)
@some
def test_the_share_of_the_plan_is_the_mean_of_its_communes_by_their_area(repondre, given_plan):
    """In area each commune weighs what it holds: the zones are 100 m deep."""
    widths, enveloppe, limite = given_plan
    length = sum(width for width, _ in widths)
    weights = {"62001": min(limite, length), "62002": max(length - limite, 0)}
    edges = [sum(width for width, _ in widths[:rank]) for rank in range(len(widths) + 1)]
    # within 5 m of the limit it would be a drawing artefact
    assume(weights["62002"] > 0 and all(abs(edge - limite) > 5 for edge in [*edges, enveloppe]))
    answer = repondre(regle("surface", "commune"), plan(*given_plan), ENTETE)
    constats = {constat.territoire: constat for constat in answer.constats}
    total = sum(constats[code].mesure * weight for code, weight in weights.items()) / length
    assert total == pytest.approx(share(given_plan, "surface"), rel=1e-6, abs=1e-6)


# -- growth ---------------------------------------------------------------------------------------

towns = st.lists(st.tuples(st.integers(1, 5000), st.integers(0, 9000)), min_size=1, max_size=6)
years = st.one_of(st.none(), st.integers(1, 30))


def growing(populations, years, mean):
    from scot_compat.checks.growth import Growth, Town

    return Growth(years, mean), [Town(str(rank), float(p0), float(p1)) for rank, (p0, p1) in enumerate(populations)]


@given(populations=towns, years=years, mean=st.booleans())
@some
def test_a_growth_lies_between_those_of_its_communes_and_does_not_depend_on_their_order(populations, years, mean):
    growth, communes = growing(populations, years, mean)
    rates = [growth.own(town) for town in communes]
    rate = growth.of(communes)
    assert min(rates) - 1e-6 <= rate <= max(rates) + 1e-6
    assert growth.of(communes[::-1]) == pytest.approx(rate, abs=1e-6)


@given(populations=towns, years=years)
@some
def test_totals_do_not_depend_on_how_the_territory_is_divided(populations, years):
    growth, communes = growing(populations, years, False)
    _, whole = growing([(sum(p for p, _ in populations), sum(p for _, p in populations))], years, False)
    assert growth.of(communes) == pytest.approx(growth.of(whole), rel=1e-9, abs=1e-9)


@given(populations=towns, years=years, mean=st.booleans(), s=st.integers(0, 40), hidden=st.integers(0, 5))
@some
def test_what_is_not_known_is_bounded_and_one_ceiling_for_all_is_that_of_the_whole(populations, years, mean, s, hidden):
    from dataclasses import replace

    growth, communes = growing(populations, years, mean)
    assert growth.ceiling(communes, [float(s)] * len(communes)) == pytest.approx(s, rel=1e-9, abs=1e-9)
    rank = hidden % len(communes)
    for date in ("depart", "projetee"):
        partly = [replace(town, **{date: None}) if i == rank else town for i, town in enumerate(communes)]
        low, high = growth.interval(partly)
        assert low - 1e-6 <= growth.of(communes) <= high + 1e-6


# -- dwellings ------------------------------------------------------------------------------------

PRODUCTION = """
controle:
  production_logements:
    objets: {zones: {typezone: [AUc]}}
    logements: {table: programme, champ: LOGEMENTS}
    echelle: ECHELLE
"""


@given(given_plan=plans, dx=st.integers(-5000, 5000), dy=st.integers(-5000, 5000))
@some
def test_dwellings_add_up_over_communes_wherever_and_however_finely_zones_are_drawn(
    constater, repondre, given_plan, dx, dy
):
    total = sum(n for _, n in given_plan[0])
    for drawn in (plan(*given_plan), plan(*given_plan, dx=dx, dy=dy), plan(*given_plan, cut=True)):
        constat = constater(PRODUCTION.replace("ECHELLE", "plu"), drawn, ENTETE)
        assert constat.mesure == pytest.approx(total, rel=1e-9, abs=1e-9)
    widths, _, limite = given_plan
    edges = [sum(width for width, _ in widths[:rank]) for rank in range(len(widths) + 1)]
    assume(all(abs(edge - limite) > 5 for edge in edges))  # else a drawing artefact
    answer = repondre(PRODUCTION.replace("ECHELLE", "commune"), plan(*given_plan), ENTETE)
    assert sum(c.mesure or 0 for c in answer.constats) == pytest.approx(total, rel=1e-6, abs=1e-6)


# -- density --------------------------------------------------------------------------------------

DENSITE = """
controle:
  densite:
    objets: {zones: {typezone: [AUc]}}
    logements: {table: programme, champ: LOGEMENTS}
    minimum: 20 logt/ha
    echelle: ECHELLE
"""


@given(given_plan=plans, dx=st.integers(-5000, 5000), dy=st.integers(-5000, 5000))
@some
def test_a_density_is_that_of_its_communes_weighed_by_their_ground_wherever_zones_are_drawn(
    constater, repondre, given_plan, dx, dy
):
    """The zones are 100 m deep: 100 m of length is a hectare."""
    widths, _, limite = given_plan
    length, total = sum(width for width, _ in widths), sum(n for _, n in widths)
    for drawn in (plan(*given_plan), plan(*given_plan, dx=dx, dy=dy), plan(*given_plan, cut=True)):
        constat = constater(DENSITE.replace("ECHELLE", "plu"), drawn, ENTETE)
        assert constat.mesure == pytest.approx(total / (length / 100), rel=1e-9, abs=1e-9)
    edges = [sum(width for width, _ in widths[:rank]) for rank in range(len(widths) + 1)]
    assume(all(abs(edge - limite) > 5 for edge in edges))  # else a drawing artefact
    answer = repondre(DENSITE.replace("ECHELLE", "commune"), plan(*given_plan), ENTETE)
    hectares = {"62001": min(limite, length) / 100, "62002": max(length - limite, 0) / 100}
    dwellings = sum((c.mesure or 0) * hectares[c.territoire] for c in answer.constats)
    assert dwellings == pytest.approx(total, rel=1e-6, abs=1e-6)
