"""Numbers and units of section 1: French writing, ambiguity refused, nothing guessed."""

from __future__ import annotations

import pytest


@pytest.fixture
def read():
    from scot_compat.rules.units import read_quantity

    return read_quantity


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("35 logt/ha", 35, "logt/ha"),
        ("35logt/ha", 35, "logt/ha"),
        ("35 logements/ha", 35, "logt/ha"),
        ("35 logts / ha", 35, "logt/ha"),
        ("12,5 m", 12.5, "m"),
        ("12.5 m", 12.5, "m"),
        ("1 200 m2", 1200, "m2"),
        ("1\u00a0200 m²", 1200, "m2"),
        ("1\u202f200,5 m2", 1200.5, "m2"),
        ("1\u2009200 000 m2", 1_200_000, "m2"),
        ("1200 m2", 1200, "m2"),
        ("2,500 ha", 2.5, "ha"),
        ("0.500 ha", 0.5, "ha"),
        ("1.5 ha", 1.5, "ha"),
        ("1.0005 ha", 1.0005, "ha"),
        ("3 km2", 3, "km2"),
        ("3 km", 3, "km"),
        ("6 logt/an/1000hab", 6, "logt/an/1000hab"),
        ("700 m2/logt", 700, "m2/logt"),
        ("95 %", 95, "%"),
        ("95%", 95, "%"),
        ("1 %/an", 1, "%/an"),
        ("2 points", 2, "points"),
        ("3 ha/an", 3, "ha/an"),
        ("120 hab", 120, "hab"),
        ("50 logt", 50, "logt"),
        ("50 logt/an", 50, "logt/an"),
        ("-25 %", -25, "%"),
    ],
)
def test_a_quantity_is_read(read, text, value, unit):
    quantity, problem = read(text)
    assert problem == ""
    assert (quantity.value, quantity.unit) == (pytest.approx(value), unit)


def test_a_fraction_is_a_share(read):
    assert read("2/3", ("%",))[0].value == pytest.approx(200 / 3)
    assert read("2/3", ("ha",))[0] is None
    assert "zéro" in read("2/0", ("%",))[1]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("1.000 ha", "« 1.000 ha » est ambigu : écrire 1000 ha ou 1 ha"),
        ("12.500 ha", "écrire 12500 ha ou 12,5 ha"),
        ("1.000", "écrire 1000 ou 1"),
        ("35", "n'a pas d'unité"),
        ("35 logt/hec", "vouliez-vous « logt/ha »"),
        ("35 parsecs", "inconnue"),
        ("nan ha", "n'est pas un nombre"),
        ("inf ha", "n'est pas un nombre"),
        ("1e999 ha", "exposant"),
        ("1e3 ha", "exposant"),
        ("9" * 400 + " ha", "exposant"),
        ("99999999999999 ha", "démesuré"),
        ("beaucoup", "n'est pas un nombre"),
        ("", "n'est pas un nombre"),
        ("1,2,3 ha", "lisible"),
        ("12 34 ha", "lisible"),
        ("35 ha 12", "inconnue"),
        ("٣ ha", "n'est pas un nombre"),
    ],
)
def test_what_is_not_a_quantity_is_refused(read, text, said):
    quantity, problem = read(text, ("ha", "logt/ha"))
    assert quantity is None
    assert said in problem


def test_a_unit_of_another_dimension_is_refused_and_of_the_same_accepted(read):
    assert "ne convient pas" in read("35 ha", ("logt/ha",))[1]
    assert read("12 000 m2", ("ha",))[0].to("ha") == pytest.approx(1.2)


@pytest.mark.parametrize(
    ("value", "said"), [(12.5, "12,5"), (1200, "1\u202f200"), (35, "35"), (200 / 3, "66,67"), (0, "0"), (-0.001, "0")]
)
def test_numbers_are_written_in_french(value, said):
    from scot_compat.rules.units import format_number

    assert format_number(value) == said
