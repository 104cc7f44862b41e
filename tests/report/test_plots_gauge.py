"""A measure against its thresholds: each place on the scale computed by hand, and a sentence where nothing is known."""

from __future__ import annotations

import math

import pytest
from scot_compat.checks.base import Etat
from scot_compat.report.plots.gauge import CUT_NOTE, NOT_ZERO_NOTE, Gauge, Scale, Tick, layout, scale
from scot_compat.report.plots.layout import Box, Metrics

#: letters of 6 px in lines of 16 px: margins of 4, a track from 8 to 332 (324 px) in 340
LETTERS = Metrics(lambda text: 6.0 * len(text), 16.0)


def floor(measure, bound, unit="logt/ha", **others):
    return Gauge(Etat.ECART_MARQUE, measure, "M", bound, f"au moins {bound}", unit=unit, **others)


def ceiling(measure, bound, unit="m2"):
    return Gauge(Etat.ECART_MARQUE, measure, "M", maximum=bound, at_most=f"au plus {bound}", unit=unit)


def span(measure, low, high, unit="%"):
    return Gauge(Etat.SANS_ECART, measure, "M", low, f"au moins {low}", high, f"au plus {high}", unit)


@pytest.mark.parametrize(
    ("gauge", "expected"),
    [
        (floor(14, 25), Scale(0, 28)),  # 25 and 12 % of it
        (floor(50, 25), Scale(0, 56)),
        (ceiling(5000, 0), Scale(0, 5600)),  # nothing to be cut against
        (ceiling(0, 0), Scale(0, 1)),
        (floor(18, 95, "%"), Scale(0, 100)),  # shares go to 100 %
        (floor(2, 10, "%"), Scale(0, 11.2)),  # small ones do not
        (span(98, 95, 105), Scale(0, 117.6)),
        (floor(-3, -1, "%/an"), Scale(-3.36, 0)),  # both below zero
        (span(-3, -1, 2, "%/an"), Scale(-3.6, 2.6)),  # from -3 to 2: 12 % of 5 on each side
        (ceiling(80, 20), Scale(0, 89.6)),  # 3 times 20 beyond it: still whole
        (ceiling(81, 20), Scale(0, 40, cut=1)),
        (floor(-50, -10, "%/an"), Scale(-20, 0, cut=-1)),
        (ceiling(2031, 2030, ""), Scale(2029, 2032, from_zero=False)),  # years
        (ceiling(2031, 2030, "logt"), Scale(0, 2031 * 1.12)),  # dwellings
        (ceiling(2031.5, 2030, ""), Scale(0, 2031.5 * 1.12)),
    ],
)
def test_the_scale(gauge, expected):
    found = scale(gauge)
    assert (found.from_zero, found.cut) == (expected.from_zero, expected.cut)
    assert (found.low, found.high) == pytest.approx((expected.low, expected.high))


def test_a_floor_that_is_missed():
    plan = layout(floor(14, 25), 340, LETTERS)
    # 14 / 28 of 324 = 162, from 8: 170; 25 / 28 of 324 = 289.3: 297
    assert plan.track == Box(8, 20, 324, 16)
    assert plan.bar == Box(8, 24, 162, 8) and plan.end == 170
    assert plan.ticks == (Tick(297, 1),)
    assert plan.admitted == Box(297, 20, 35, 16)  # what is asked: from the floor on
    heading, label = plan.texts
    assert (heading.text, heading.y) == ("Mesure : M", 0)
    # 11 letters: 66 px, half of them on each side of the tick, within the width
    assert (label.text, label.x, label.y) == ("au moins 25", 264, 44)
    assert plan.zero is None and plan.cut is None


def test_a_ceiling_points_to_the_left_and_what_is_below_it_is_admitted():
    plan = layout(ceiling(20, 10), 340, LETTERS)  # scale to 22.4: 10 -> 8 + 145 = 153
    assert plan.ticks == (Tick(153, -1),) and plan.admitted == Box(8, 20, 145, 16)


def test_a_ceiling_of_zero_leaves_nothing_admitted_and_a_measure_of_zero_is_still_placed():
    plan = layout(ceiling(0, 0), 340, LETTERS)
    assert plan.admitted.width == 0 and plan.bar.width == 0 and plan.end == 8 and plan.ticks == (Tick(8, -1),)


def test_a_range_has_two_ticks_and_what_is_between_them_is_admitted():
    plan = layout(span(50, 20, 80), 340, LETTERS)  # scale 0 to 100
    assert plan.ticks == (Tick(73, 1), Tick(267, -1))  # 8 + 64.8, 8 + 259.2
    assert plan.admitted == Box(73, 20, 194, 16)
    assert [text.y for text in plan.texts[1:]] == [44, 44]


def test_labels_that_would_meet_are_on_lines_of_their_own():
    plan = layout(span(98, 95, 105), 340, LETTERS)
    assert [text.y for text in plan.texts[1:]] == [44, 60]


def test_below_zero_the_bar_goes_to_the_left_of_zero():
    plan = layout(span(-3, -1, 2, "%/an"), 340, LETTERS)
    # from -3.6 to 2.6, 6.2 in all: zero at 8 + 188.1 = 196, -3 at 8 + 31.4 = 39
    assert plan.zero == 196 and plan.bar == Box(39, 24, 157, 8) and plan.end == 39


def test_far_beyond_the_threshold_the_bar_is_broken_and_says_so():
    plan = layout(ceiling(2000, 20), 340, LETTERS)
    assert plan.end == 332 and plan.cut == 300 and plan.ticks == (Tick(170, -1),)
    assert plan.texts[-1].text == CUT_NOTE and plan.texts[-1].muted


def test_years_have_a_mark_and_no_bar_and_the_scale_says_where_it_begins():
    plan = layout(ceiling(2031, 2030, ""), 340, LETTERS)  # 2029 to 2032: 2031 at two thirds, 8 + 216
    assert plan.bar is None and plan.end == 224 and plan.ticks == (Tick(116, -1),)
    assert plan.texts[-1].text == NOT_ZERO_NOTE


def test_notes_are_under_all_the_rest():
    plan = layout(floor(14, 25, notes=("Une note.",)), 340, LETTERS)
    assert plan.texts[-1].text == "Une note." and plan.texts[-1].y == 60 and plan.height == 80


@pytest.mark.parametrize(
    ("gauge", "sentence"),
    [
        (floor(None, 25), "Pas de mesure à comparer au seuil (au moins 25)."),
        (span(None, 20, 80), "Pas de mesure à comparer au seuil (au moins 20, au plus 80)."),
        (Gauge(Etat.NON_EVALUE, 12, "12 ha"), "Mesure : 12 ha. Pas de seuil chiffré auquel la comparer."),
        (Gauge(Etat.NON_EVALUE), "Ni mesure ni seuil."),
        (floor(math.inf, 25), "Un de ces chiffres n'est pas un nombre fini : rien à dessiner."),
        (floor(1, math.nan), "Un de ces chiffres n'est pas un nombre fini : rien à dessiner."),
    ],
)
def test_what_is_not_known_is_not_drawn_and_a_sentence_says_why(gauge, sentence):
    plan = layout(gauge, 1000, LETTERS)
    assert [text.text for text in plan.texts] == [sentence]
    assert plan.track is None and plan.bar is None and plan.ticks == ()


@pytest.mark.parametrize("width", [60, 150, 340, 900])
@pytest.mark.parametrize(
    "gauge", [floor(14, 25), ceiling(1e9, 1), span(-3, -1, 2), span(5, 9, 1), ceiling(2031, 2030, "")]
)
def test_nothing_leaves_the_rectangle(gauge, width):
    plan = layout(gauge, width, LETTERS)
    assert all(text.x >= 0 and text.x + LETTERS.advance(text.text) <= width for text in plan.texts)
    assert all(text.y + 16 <= plan.height for text in plan.texts)
    assert all(8 <= tick.x <= width - 8 for tick in plan.ticks) and 8 <= plan.end <= width - 8


def test_a_floor_above_its_ceiling_admits_nothing():
    assert layout(span(5, 9, 1), 340, LETTERS).admitted is None
