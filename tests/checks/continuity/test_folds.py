"""Where a corridor covers itself, and what a passage that follows its line has there."""

from __future__ import annotations

import pytest
import shapely
from scot_compat.checks.continuity.folds import along, skipped
from scot_compat.checks.continuity.passage import measure
from scot_compat.checks.continuity.scene import Corridor
from scot_compat.checks.layers import objects
from shapely.geometry import LineString, MultiLineString, box


def band(line, half=25):
    return shapely.buffer(line, half, quad_segs=16, cap_style="flat")


@pytest.mark.parametrize(
    "line",
    [
        pytest.param(LineString([(0, 0), (1000, 0)]), id="straight"),
        pytest.param(LineString([(0, 0), (500, 0), (800, 400), (1200, 400)]), id="bends"),
        pytest.param(LineString([(0, 0), (500, 0), (0, 500)]), id="45-degrees"),
        pytest.param(MultiLineString([[(0, 0), (1000, 0)], [(500, 500), (500, 0)]]), id="confluence"),
        pytest.param(MultiLineString([[(0, 0), (500, 0), (1000, 0)], [(0, 350), (500, 0)]]), id="35-degrees"),
        pytest.param(LineString([(0, 0), (500, 0), (500, 101), (0, 101)]), id="side by side"),
        pytest.param(LineString([(x, 60 * (x // 60 % 2)) for x in range(0, 3000, 60)]), id="many-bends"),
    ],
)
def test_a_line_that_is_followed_all_along(line):
    assert skipped(line, band(line)) is None


HAIRPIN = LineString([(0, 0), (500, 0), (500, 300), (520, 300), (520, 0), (1000, 0)])
ARMS = LineString([(500, 0), (500, 300), (520, 300), (520, 0)])
#: crosses itself at (300, 0): the loop is 300 + 300 + 300 + 300 m long
EIGHT = LineString([(0, 0), (600, 0), (600, 300), (300, 300), (300, -300)])
LOOP = LineString([(300, 0), (600, 0), (600, 300), (300, 300), (300, 0)])


@pytest.mark.parametrize("line, loop", [(HAIRPIN, ARMS), (EIGHT, LOOP)])
@pytest.mark.parametrize("turned", [False, True])
def test_a_loop_that_may_be_left_out(line, loop, turned):
    """The loop, and at most the width of the corridor on each side of it."""
    found = skipped(line.reverse() if turned else line, band(line))
    assert shapely.covers(shapely.buffer(found, 0.01), loop)
    assert loop.length <= found.length <= loop.length + 2 * 50


def test_reaches_that_run_side_by_side_and_do_not_meet():
    """A hairpin drawn in three reaches that a tributary cuts at its tip."""
    u = [[(0, 0), (500, 0)], [(500, 0), (500, 40)], [(500, 40), (0, 40)]]
    line = MultiLineString([*u, [(500, 0), (1000, 0)], [(500, 40), (1000, 400)]])
    found = skipped(line, band(line))
    assert shapely.covers(shapely.buffer(found, 0.01), MultiLineString([u[0], u[2]]))


def test_a_stream_that_meets_another_one_twice_is_no_fold():
    """An island 200 m wide: its two arms are near each other where they meet only."""
    line = MultiLineString([
        [(0, 0), (300, 0)], [(300, 0), (500, 200), (700, 0)], [(300, 0), (500, -200), (700, 0)], [(700, 0), (1000, 0)],
    ])  # fmt: skip
    assert skipped(line, band(line)) is None


EIGHT_ENDS = (LineString([(0, -25), (0, 25)]), LineString([(275, -300), (325, -300)]))


@pytest.mark.parametrize(
    "zone, width, left",
    [
        pytest.param(box(0, 500, 10, 510), 50, 50, id="away"),
        pytest.param(box(100, -25, 200, 15), 10, 50, id="before-the-loop"),
        pytest.param(box(560, 100, 580, 150), 50, 40, id="beside-the-line"),  # 600 - 580 on one side of it
        pytest.param(box(560, 100, 640, 150), 50, 0, id="across-the-loop"),
        pytest.param(box(-100, -400, 900, 900), 0, 0, id="everywhere"),
    ],
)
def test_the_width_along_the_loop(zone, width, left):
    passage = measure(Corridor(band(EIGHT), EIGHT_ENDS), objects([zone]))
    assert passage.width == pytest.approx(width, abs=0.1)
    assert along(passage, skipped(EIGHT, band(EIGHT))) == pytest.approx(left, abs=0.1)
