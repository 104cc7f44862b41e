"""Which zones are blamed for a narrow passage, and what each one would give back."""

from __future__ import annotations

import numpy as np
import pytest
from scot_compat.checks.continuity.attribution import blame
from scot_compat.checks.continuity.passage import EROSION, GAPS, measure
from scot_compat.checks.continuity.scene import Corridor
from scot_compat.checks.layers import objects
from shapely.geometry import LineString, box

BAND = Corridor(box(0, 0, 1000, 100), (LineString([(0, 0), (0, 100)]), LineString([(1000, 0), (1000, 100)])))
NONE = objects([])


def blamed(*zones, wanted=100.0, fixed=NONE, methode=GAPS):
    obstacles = objects(list(zones))
    passage = measure(BAND, np.concatenate([fixed, obstacles]), methode)
    return blame(BAND, obstacles, fixed, passage, wanted)


@pytest.mark.parametrize("methode", [GAPS, EROSION])
def test_one_zone(methode):
    found = blamed(box(400, -20, 600, 50), methode=methode)
    assert found.passages == {0: pytest.approx(50, abs=0.05)}
    assert found.alone == {0: pytest.approx(100, abs=0.05)}
    assert found.complete


def test_a_zone_that_is_not_in_the_way_is_not_blamed():
    """A thin zone along the side at the narrow place, and one elsewhere that leaves more than is asked."""
    found = blamed(box(400, -20, 600, 70), box(700, 95, 800, 120), box(100, -10, 200, 20), wanted=50)
    assert set(found.passages) == {0}


def test_two_zones_that_face_each_other_are_both_blamed():
    """20 m between them; without either one, 60 m beside the other."""
    found = blamed(box(400, -20, 600, 40), box(450, 60, 550, 120))
    assert found.alone == {0: pytest.approx(60, abs=0.05), 1: pytest.approx(60, abs=0.05)}


def test_two_zones_that_close_twice_are_blamed_together():
    """Both close the whole band at the same place: removing one changes nothing."""
    found = blamed(box(400, -20, 600, 120), box(450, -20, 650, 120))
    assert set(found.passages) == {0, 1}
    assert found.alone == {}
    assert found.complete


def test_a_mass_of_zones_is_blamed_as_a_whole():
    """Three rows that close the band: no zone reaches both sides."""
    found = blamed(*(box(400 + 50 * i, -20, 450 + 50 * i, 120) for i in range(3)), box(800, 90, 850, 120))
    assert set(found.passages) == {0, 1, 2, 3}  # the last one narrows it to 90 afterwards
    assert found.passages[0] == 0 and found.passages[3] == pytest.approx(90, abs=0.05)


def test_the_next_narrow_place_is_explained_too():
    """30 m at x = 200, 40 m at x = 700: both are under the 50 m asked."""
    found = blamed(box(200, -20, 300, 70), box(700, -20, 800, 60), wanted=50)
    assert found.passages == {0: pytest.approx(30, abs=0.05), 1: pytest.approx(40, abs=0.05)}
    assert found.alone == {0: pytest.approx(40, abs=0.05)}
    assert found.complete


def test_what_is_fixed_is_not_blamed():
    """Buildings leave 40 m, the zone 10 m."""
    found = blamed(box(400, -20, 600, 90), fixed=objects([box(450, -20, 500, 60)]), wanted=40)
    assert found.alone == {0: pytest.approx(40, abs=0.05)}
    assert found.complete


def test_every_zone_with_a_gain_is_among_those_tried():
    """Removing zones one by one, near or not: those that widen the passage are those that are blamed alone."""
    draw = np.random.default_rng(4)
    for _ in range(6):
        x, y, w, h = (draw.uniform(low, high, 14) for low, high in ((50, 850), (-40, 110), (20, 90), (20, 60)))
        obstacles = objects([box(a, b, a + c, b + d) for a, b, c, d in zip(x, y, w, h)])
        passage = measure(BAND, obstacles)
        found = blame(BAND, obstacles, NONE, passage, passage.width + 0.2)
        gains = {}
        for row in range(len(obstacles)):
            width = measure(BAND, np.delete(obstacles, row)).width
            if width > passage.width + 0.3:
                gains[row] = pytest.approx(width, abs=0.05)
        assert {row: width for row, width in found.alone.items() if width > passage.width + 0.3} == gains


def test_two_barriers_with_a_room_in_between_are_both_blamed():
    """Neither touches both sides: the room between them is nobody's end. A pocket closed elsewhere is no reason."""
    found = blamed(box(300, -20, 350, 120), box(600, -20, 650, 120), box(900, -10, 905, 20), wanted=50)
    assert found.passages == {0: 0, 1: 0}
    assert found.alone == {} and found.complete


def test_a_barrier_of_two_masses_with_a_room_in_between():
    """Each barrier is made of two zones side by side, none of which goes from one side of the band to the other."""
    west = (box(300, -20, 350, 60), box(300, 60, 350, 120))
    found = blamed(*west, box(600, -20, 650, 50), box(600, 50, 650, 120), wanted=50)
    assert set(found.passages) == {0, 1, 2, 3} and found.complete


def test_two_zones_with_a_slit_in_between_are_blamed_as_if_they_touched():
    """10 cm between them at y = 50: without either one, 50 m and 5 cm beside the other."""
    found = blamed(box(400, -20, 600, 49.95), box(400, 50.05, 600, 120), box(800, -20, 820, 5))
    assert found.passages == {0: 0, 1: 0, 2: pytest.approx(95, abs=0.05)}
    assert found.alone == {0: pytest.approx(50.05, abs=0.02), 1: pytest.approx(50.05, abs=0.02)}


def test_a_mass_with_slits_is_blamed_as_a_whole():
    """Four columns side by side, 80 cm apart, that close the band: the rooms between them are no places."""
    found = blamed(*(box(400 + 50 * i, -20, 449.2 + 50 * i, 120) for i in range(4)))
    assert set(found.passages) == {0, 1, 2, 3} and found.complete
