"""Properties of `surface`: totals add up, whatever the cut, the split or the place."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

ENTETE = """
territoires:
  communes: {couche: communes, code: INSEE, nom: NOM}
couches:
  communes: {libelle: Communes, geometrie: surface}
  hors: {libelle: Hors, geometrie: surface, precision: 1 m}
"""
CALME = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
box = st.tuples(st.integers(0, 18), st.integers(0, 18), st.integers(1, 6), st.integers(1, 6)).map(
    lambda b: tuple(50 * v for v in (b[0], b[1], b[0] + b[2], b[1] + b[3]))
)
boxes = st.lists(box, min_size=1, max_size=6)
LIMITE = st.integers(3, 20).map(lambda v: 50 * v + 25)


def regle(echelle="plu", *lignes):
    objets = "[{nom: au, zones: {typezone: [AUc]}}, {nom: u, zones: {typezone: [U]}}]"
    return "\n".join(
        [
            "controle:",
            "  surface:",
            f"    objets: {objets}",
            f"    echelle: {echelle}",
            *(f"    {one}" for one in lignes),
        ]
    )


RETENTION = ("retention:", "  au: 1,3", "  u: 1,5")
DECOMPTE = ("sans_compter: [hors]",)


def territoire(carres, limite=500, dx=0):
    zones = [
        {"LIBELLE": f"Z{i}", "TYPEZONE": "U" if i % 2 else "AUc", "box": moved(carre, dx)}
        for i, carre in enumerate(carres)
    ]
    communes = [
        {"INSEE": "62001", "NOM": "A", "box": moved((-100, -100, limite, 2000), dx)},
        {"INSEE": "62002", "NOM": "B", "box": moved((limite, -100, 2000, 2000), dx)},
    ]
    return {"zones": zones, "communes": communes, "couches": {"hors": [{"box": moved((200, 200, 450, 700), dx)}]}}


def moved(carre, dx):
    return (carre[0] + dx, carre[1] + dx, carre[2] + dx, carre[3] + dx)


def total(repondre, exemple, *lignes, echelle="plu"):
    constats = repondre(regle(echelle, *lignes), exemple, ENTETE).constats
    return sum(constat.mesure or 0.0 for constat in constats)


@pytest.mark.parametrize("lignes", [(), RETENTION, DECOMPTE], ids=["plain", "retention", "sans_compter"])
@CALME
@given(carres=boxes, limite=LIMITE)
def test_communes_add_up_to_the_plan(repondre, lignes, carres, limite):
    exemple = territoire(carres, limite)
    assert total(repondre, exemple, *lignes, echelle="commune") == pytest.approx(total(repondre, exemple, *lignes))


@pytest.mark.parametrize("lignes", [(), RETENTION, DECOMPTE], ids=["plain", "retention", "sans_compter"])
@CALME
@given(carres=boxes, dx=st.integers(-9, 9).map(lambda v: 1000 * v))
def test_moving_everything_changes_nothing(repondre, lignes, carres, dx):
    assert total(repondre, territoire(carres, dx=dx), *lignes) == pytest.approx(
        total(repondre, territoire(carres), *lignes)
    )


@pytest.mark.parametrize("lignes", [(), RETENTION, DECOMPTE], ids=["plain", "retention", "sans_compter"])
@CALME
@given(carres=boxes, share=st.floats(0.1, 0.9))
def test_a_zone_split_in_two_counts_the_same(repondre, lignes, carres, share):
    xmin, ymin, xmax, ymax = carres[0]
    middle = xmin + share * (xmax - xmin)
    whole, split = territoire(carres), territoire(carres)
    first = split["zones"][0]
    first["box"] = (xmin, ymin, middle, ymax)
    split["zones"].append({**first, "LIBELLE": "Zbis", "box": (middle, ymin, xmax, ymax)})
    assert total(repondre, split, *lignes) == pytest.approx(total(repondre, whole, *lignes))


@CALME
@given(carres=boxes, extra=box)
def test_one_more_zone_never_counts_for_less(repondre, carres, extra):
    assert (
        total(repondre, territoire([*carres, extra]), *RETENTION)
        >= total(repondre, territoire(carres), *RETENTION) - 1e-9
    )


@CALME
@given(carres=boxes)
def test_the_measure_is_the_ground_covered_once(repondre, carres):
    """By an independent way: squares of 50 m counted in a grid."""
    cells = {(x, y) for b in carres for x in range(b[0], b[2], 50) for y in range(b[1], b[3], 50)}
    assert total(repondre, territoire(carres)) == pytest.approx(0.25 * len(cells))
