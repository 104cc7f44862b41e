"""One bar per objective: what is counted, where it goes, and that no count is ever lost."""

from __future__ import annotations

from collections import Counter

import pytest
from scot_compat.checks.base import Etat
from scot_compat.gis.results import PrescriptionRow
from scot_compat.report.plots.layout import Box, Metrics
from scot_compat.report.plots.synthesis import CAPTION, EMPTY, Bar, bars, layout, said, spoken

#: letters of 7 px in lines of 16 px: the margin is 16 / 4 = 4 px
LETTERS = Metrics(lambda text: 7.0 * len(text), 16.0)
HOUSING = Bar("2.1 Habitat", {Etat.ECART_MARQUE: 2, Etat.SANS_ECART: 3})
GREEN = Bar("3.1 Trame verte", {Etat.A_APPRECIER: 1})


def test_prescriptions_are_counted_by_objective_in_the_order_of_the_file():
    rows = [
        PrescriptionRow("P1", "", "3.1 Trame", Etat.SANS_ECART),
        PrescriptionRow("P2", "", "2.1 Habitat", Etat.ECART_FAIBLE),
        PrescriptionRow("P3", "", "3.1 Trame", Etat.SENS_CONTRAIRE),
        PrescriptionRow("P4", "", "3.1 Trame", Etat.SANS_ECART),
        PrescriptionRow("P5", "", "", Etat.NON_EVALUE),
    ]
    found = bars(rows)
    assert [(bar.title, bar.total) for bar in found] == [("3.1 Trame", 3), ("2.1 Habitat", 1), ("Sans objectif", 1)]
    assert found[0].counts == {Etat.SANS_ECART: 2, Etat.SENS_CONTRAIRE: 1}
    assert found[0].states == (Etat.SENS_CONTRAIRE, Etat.SANS_ECART)  # the worst first


def test_segments_are_as_long_as_their_counts_on_one_scale_for_all_bars():
    plan = layout([HOUSING, GREEN], 400, LETTERS)
    # room for bars: 400 - 7 (the total, one digit) - 2 x 4 = 385; the longest has 5 prescriptions: 77 px each
    places = [(one.bar, one.etat, one.number, one.box.x, one.box.width) for one in plan.segments]
    assert places == [
        (0, Etat.ECART_MARQUE, 2, 0, 154),
        (0, Etat.SANS_ECART, 3, 154, 231),
        (1, Etat.A_APPRECIER, 1, 0, 77),
    ]
    assert {one.box.height for one in plan.segments} == {24}  # a line and a margin on each side


def test_icon_and_count_are_in_the_middle_of_their_segment_and_the_total_after_the_bar():
    plan = layout([HOUSING], 400, LETTERS)
    first = plan.segments[0]
    # icon 16 + margin 4 + one digit 7 = 27 px in 154: it begins at 63.5
    assert first.icon == Box(63.5, first.box.y + 4, 16, 16)
    assert (first.count.text, first.count.x, first.count.y) == ("2", 83.5, first.box.y + 4)
    total = plan.texts[-1]
    assert (total.text, total.x, total.y) == ("5", 389, first.box.y + 4)


def test_a_count_without_room_for_its_icon_is_written_alone_then_under_the_bar():
    # room: 300 - 14 - 8 = 278 for 20: 13.9 px each. 13.9 is less than 7 + 8; 27.8 is less than 27 + 8 with an icon
    plan = layout([Bar("O", {Etat.ECART_MARQUE: 1, Etat.ECART_FAIBLE: 2, Etat.SANS_ECART: 17})], 300, LETTERS)
    alone, short, long = plan.segments
    assert alone.count is None and alone.icon is None
    assert short.count.text == "2" and short.icon is None
    assert long.count.text == "17" and long.icon is not None
    beside = plan.texts[-1]
    assert (beside.text, beside.x) == ("1", 18)  # after its icon of 16 and half a margin
    assert beside.y == alone.box.bottom + 2
    assert plan.icons[-1] == (Etat.ECART_MARQUE, Box(0, beside.y, 16, 16))
    assert plan.height == beside.y + 16 + 8


def test_one_prescription_among_a_hundred_is_seen_and_the_bar_still_holds():
    # room 400 - 21 - 8 = 371: 3.71 px each, less than the least 4 px; with 4 px kept for each: (371 - 8) / 100 = 3.63
    plan = layout([Bar("O", {Etat.ECART_MARQUE: 1, Etat.SANS_ECART: 99})], 400, LETTERS)
    assert [one.box.width for one in plan.segments] == [4, pytest.approx(359.37)]
    assert plan.segments[-1].box.right <= 371


@pytest.mark.parametrize("width", [150, 240, 380, 700, 1600])
@pytest.mark.parametrize("most", [1, 9, 400])
def test_no_count_is_ever_lost_nor_drawn_outside(width, most):
    data = [
        Bar(f"{n}. Objectif", {etat: 1 + (n * 7 + rank * 5) % most for rank, etat in enumerate(Etat) if (n + rank) % 3})
        for n in range(12)
    ]
    plan = layout(data, width, LETTERS)
    inside = Counter((one.bar, one.count.text) for one in plan.segments if one.count is not None)
    assert sum(inside.values()) + sum(one.count is None for one in plan.segments) == sum(len(b.states) for b in data)
    written = Counter(text.text for text in plan.texts)
    beside = Counter(str(one.number) for one in plan.segments if one.count is None)
    totals = Counter(str(bar.total) for bar in data)
    assert all(written[text] >= count for text, count in (beside + totals).items())
    assert {(one.bar, one.etat): one.number for one in plan.segments} == {
        (n, etat): bar.counts[etat] for n, bar in enumerate(data) for etat in bar.states
    }
    assert all(text.x + LETTERS.advance(text.text) <= width for text in plan.texts)
    assert all(text.y + 16 <= plan.height for text in plan.texts)
    boxes = [one.box for one in plan.segments] + [box for _, box in (*plan.icons, *plan.swatches)]
    assert all(box.x >= 0 and box.right <= width and box.bottom <= plan.height for box in boxes)


def test_segments_of_different_bars_and_counts_beside_them_do_not_meet():
    data = [Bar(f"{n}. Objectif", dict.fromkeys(Etat, 1 + n * 9)) for n in range(6)]
    plan = layout(data, 300, LETTERS)
    below = [one.box.y for one in plan.segments if one.bar == 1][0]
    above = [box.bottom for _, box in plan.icons if box.y < below]
    assert max(above) <= below


def test_what_is_counted_is_written_on_the_plot():
    words = " ".join(text.text for text in layout([HOUSING], 400, LETTERS).texts)
    assert CAPTION in words and "Nombre de prescriptions" in CAPTION


def test_the_legend_has_the_states_that_are_shown_by_pattern_icon_and_word():
    plan = layout([HOUSING, GREEN], 400, LETTERS)
    shown = [Etat.ECART_MARQUE, Etat.A_APPRECIER, Etat.SANS_ECART]
    assert [etat for etat, _ in plan.swatches] == shown and [etat for etat, _ in plan.icons] == shown
    assert [text.text for text in plan.texts if text.text in {etat.label for etat in Etat}] == [
        "Écart marqué",
        "À apprécier",
        "Sans écart relevé",
    ]


def test_titles_are_above_in_a_narrow_plot_and_beside_in_a_wide_one():
    narrow, wide = layout([HOUSING], 575, LETTERS), layout([HOUSING], 576, LETTERS)  # 36 lines of 16 px
    title = dict(narrow.titles)[0]
    assert title.bottom <= narrow.segments[0].box.y and narrow.segments[0].box.x == 0
    assert wide.segments[0].box.x == 242  # 42 % of 576 = 241.9
    assert dict(wide.titles)[0].y == wide.segments[0].box.y


def test_a_long_title_takes_two_lines_and_is_kept_whole_for_the_tooltip():
    title = "2.1 " + "Un habitat économe en foncier " * 8
    plan = layout([Bar(title, {Etat.SANS_ECART: 1})], 300, LETTERS)
    assert plan.titles == ((0, Box(0, plan.titles[0][1].y, 300, 32)),)
    assert any(text.text.endswith("…") for text in plan.texts)


def test_without_any_prescription_a_sentence_says_so():
    plan = layout([], 1000, LETTERS)
    assert [text.text for text in plan.texts] == [EMPTY] and plan.segments == () and plan.height == 16
    assert spoken([]) == EMPTY


def test_the_figures_in_words():
    assert said(HOUSING, Etat.ECART_MARQUE) == "2.1 Habitat : écart marqué, 2 prescriptions sur 5"
    assert said(GREEN, Etat.A_APPRECIER) == "3.1 Trame verte : à apprécier, 1 prescription sur 1"
    assert spoken([HOUSING, GREEN]).splitlines()[1:] == [
        "2.1 Habitat, 5 prescriptions : écart marqué 2, sans écart relevé 3.",
        "3.1 Trame verte, 1 prescription : à apprécier 1.",
    ]
