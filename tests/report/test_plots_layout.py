"""Texts in lines, hatches and dots in a box: with letters of 10 px in lines of 20 px, all is counted by hand."""

from __future__ import annotations

import pytest
from scot_compat.report.plots.layout import Box, Metrics, dots, elided, hatch, wrapped

LETTERS = Metrics(lambda text: 10.0 * len(text), 20.0)


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("", 100, ()),
        ("trame", 50, ("trame",)),
        ("trame verte", 110, ("trame verte",)),  # 11 letters
        ("trame verte", 109, ("trame", "verte")),
        ("un foncier économe", 100, ("un foncier", "économe")),
        ("anticonstitutionnellement", 100, ("anticonsti", "tutionnell", "ement")),  # 10 + 10 + 5
        ("la anticonstitution", 100, ("la", "anticonsti", "tution")),
        ("au plus 12\u202f500\u00a0m²", 90, ("au plus", "12\u202f500\u00a0m²")),  # a figure and its unit are not parted
        ("ab", 5, ("a", "b")),  # narrower than a letter: one by line, and none is lost
    ],
)
def test_a_text_is_cut_between_words_then_inside_one_that_is_too_long(text, width, lines):
    assert wrapped(text, width, LETTERS) == (lines, False)


def test_beyond_the_lines_that_are_given_the_last_one_says_that_it_goes_on():
    # 80 px: 8 letters; the last line keeps 7 of them and the ellipsis
    assert wrapped("trame verte et bleue du pays", 80, LETTERS, 2) == (("trame", "verte e…"), True)
    assert wrapped("trame verte", 80, LETTERS, 2) == (("trame", "verte"), False)


def test_a_text_too_long_ends_with_an_ellipsis_within_the_width():
    assert elided("corridor", 80, LETTERS) == "corridor"
    assert elided("corridor", 79, LETTERS) == "corrid…"  # 6 letters and the ellipsis: 70 px


def test_hatch_lines_end_on_the_edges_of_their_box():
    # a box of 20 x 10: reach 10 joins the corners of a square, reach 20 goes down from the upper right corner
    assert hatch(Box(0, 0, 20, 10), 10) == [(10, 0, 0, 10), (20, 0, 10, 10)]
    assert hatch(Box(100, 50, 20, 10), 10) == [(110, 50, 100, 60), (120, 50, 110, 60)]
    assert hatch(Box(0, 0, 20, 10), 10, rising=False) == [(10, 0, 20, 10), (0, 0, 10, 10)]
    assert hatch(Box(0, 0, 0, 0), 10) == []


def test_dots_hold_whole_in_their_box_every_other_row_shifted():
    # rows at 5 and 10 (and 15, where 15 + 2 > 16); columns at 5, 15 then at 10 (and 20, where 20 + 2 > 20)
    assert dots(Box(0, 0, 20, 16), 10, 2) == [(5, 5), (15, 5), (10, 10)]


def test_a_box_holds_its_upper_left_edges_only():
    box = Box(10, 10, 5, 5)
    assert box.holds(10, 10) and box.holds(14.9, 14.9) and not box.holds(15, 12) and not box.holds(12, 15)
