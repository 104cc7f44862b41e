"""The ends of a corridor: caps of a line, reservoirs that it touches; refused where they cannot be told."""

from __future__ import annotations

import pytest
import shapely
from scot_compat.checks.continuity.ends import NoEnds, caps, touched
from scot_compat.checks.layers import objects
from shapely.geometry import LineString, MultiLineString, box


def band(line, half=25):
    return shapely.buffer(line, half, quad_segs=16, cap_style="flat")


def test_a_line_has_its_two_caps():
    line = LineString([(0, 0), (500, 0), (800, 400)])
    found = caps(line, band(line)).shapes
    assert sorted(round(shape.length, 6) for shape in found) == [50, 50]
    assert any(shapely.hausdorff_distance(shape, LineString([(0, -25), (0, 25)])) < 1e-6 for shape in found)
    assert any(shape.centroid.distance(shapely.Point(800, 400)) < 1e-6 for shape in found)


def test_a_line_in_several_pieces_end_to_end_has_two_ends():
    line = MultiLineString([[(500, 0), (1000, 0)], [(0, 0), (500, 0)]])
    assert len(caps(line, band(line)).shapes) == 2


def test_a_confluence_has_three_ends():
    line = MultiLineString([[(0, 0), (1000, 0)], [(500, 500), (500, 0)]])
    found = caps(line, band(line))
    assert len(found.shapes) == 3 and not found.hidden


def test_a_tributary_that_stops_a_little_short_is_joined_and_said():
    line = MultiLineString([[(0, 0), (1000, 0)], [(500, 500), (500, 3)]])
    found = caps(line, band(line))
    assert len(found.shapes) == 3 and found.hidden == 1


@pytest.mark.parametrize(
    "line, why",
    [
        pytest.param(LineString([(0, 0), (500, 0), (500, 500), (0, 0)]), "boucle", id="ring"),
        pytest.param(LineString([(0, 0), (500, 0), (500, 30), (0, 30)]), "se referme|se replie", id="hairpin"),
        pytest.param(LineString([(0, 0), (500, 0), (500, 400), (60, 400), (60, 20)]), "se referme", id="end-on-itself"),
    ],
)
def test_ends_that_cannot_be_told(line, why):
    with pytest.raises(NoEnds, match=why):
        caps(line, band(line))


def test_ends_side_by_side_but_apart_are_two_ends():
    line = LineString([(0, 0), (500, 0), (500, 101), (0, 101)])
    assert len(caps(line, band(line)).shapes) == 2


C = box(0, 0, 1000, 100)


def test_reservoirs_that_are_touched():
    found = touched(C, objects([box(-200, 0, 0, 100), box(1000, 0, 1200, 100), box(5000, 0, 5100, 100)]), 0)
    assert len(found.shapes) == 2 and found.contact == 0


def test_reservoirs_that_touch_each_other_are_one():
    found = touched(C, objects([box(-200, 0, 0, 50), box(-200, 50, 0, 100), box(1000, 0, 1200, 100)]), 0)
    assert len(found.shapes) == 2


def test_a_reservoir_a_few_metres_away():
    away = objects([box(-200, 0, -8, 100), box(1000, 0, 1200, 100)])
    with pytest.raises(NoEnds, match="qu'une extrémité"):
        touched(C, away, 0)
    found = touched(C, away, 12.5)
    assert len(found.shapes) == 2 and found.contact == 8
    assert all(shape.intersects(C) for shape in found.shapes)


def test_no_reservoir():
    with pytest.raises(NoEnds, match="aucune extrémité"):
        touched(C, objects([box(5000, 0, 5100, 100)]), 10)
