"""What the two methods owe each other and to geometry: same widths, and none that a move or a cut would change."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from scot_compat.checks.continuity import passage
from scot_compat.checks.continuity.passage import EROSION, GAPS, is_open, measure
from scot_compat.checks.continuity.scene import Corridor
from scot_compat.checks.layers import objects
from shapely import affinity
from shapely.geometry import LineString, Point, Polygon, box

METHODS = [GAPS, EROSION]
BAND = Corridor(box(0, 0, 600, 100), (LineString([(0, 0), (0, 100)]), LineString([(600, 0), (600, 100)])))
#: both methods within this (m): the arcs of one, the halving of the other
SAME = 0.1

place = st.integers(-20, 620)
side = st.integers(1, 90)


@st.composite
def zones(draw):
    """Boxes, turned ones and triangles, in and around the band; to the metre, so that some touch."""
    x, y, width, height = draw(place), draw(st.integers(-60, 120)), draw(side), draw(side)
    shape = draw(st.sampled_from(["box", "turned", "triangle"]))
    if shape == "triangle":
        return Polygon([(x, y), (x + width, y), (x + width // 2, y + height)])
    turn = draw(st.integers(1, 89)) if shape == "turned" else 0
    return affinity.rotate(box(x, y, x + width, y + height), turn)


several = st.lists(zones(), max_size=12).map(objects)


@given(several)
@settings(max_examples=60)
def test_both_methods_agree(obstacles):
    assert measure(BAND, obstacles, GAPS).width == pytest.approx(measure(BAND, obstacles, EROSION).width, abs=SAME)


@given(several, zones())
@settings(max_examples=30)
def test_one_more_zone_never_widens(obstacles, more):
    before = measure(BAND, obstacles, GAPS).width
    assert measure(BAND, objects([*obstacles, more]), GAPS).width <= before + 0.05


@given(several, st.integers(0, 359), st.integers(-3, 3), st.booleans())
@settings(max_examples=30)
def test_moving_turning_reversing_and_reordering_change_nothing(obstacles, turn, far, reversing):
    def moved(shape):
        shape = affinity.translate(affinity.rotate(shape, turn, origin=(0, 0)), 652000.25 + 1e5 * far, 6861000.75)
        return shapely.reverse(shape) if reversing else shape

    corridor = Corridor(moved(BAND.surface), tuple(moved(end) for end in reversed(BAND.ends)))
    found = measure(corridor, objects([moved(shape) for shape in reversed(list(obstacles))]), GAPS)
    assert found.width == pytest.approx(measure(BAND, obstacles, GAPS).width, abs=0.05)


@given(several)
@settings(max_examples=20)
def test_a_zone_cut_in_two_is_the_same_obstacle(obstacles):
    halves = [
        part for shape in obstacles for part in (shape & box(-100, -100, 300, 300), shape & box(300, -100, 800, 300))
    ]
    cut = objects([part for part in halves if part.area > 0])
    assert measure(BAND, cut, GAPS).width == pytest.approx(measure(BAND, obstacles, GAPS).width, abs=0.05)


@pytest.mark.parametrize("methode", METHODS)
def test_noisy_sides(methode):
    """Sides within 5 m of 0 and 100, one vertex every 2 m over 2 km; two vertices at 15 and 85 face each other: 70."""
    noise = np.random.default_rng(8)
    x = np.arange(0.0, 2001.0, 2.0)
    low, high = noise.uniform(0, 5, len(x)), noise.uniform(95, 100, len(x))
    low[len(x) // 2], high[len(x) // 2] = 15, 85
    band = Polygon([*zip(x, low), *zip(x[::-1], high[::-1])])
    ends = (LineString([(0, low[0]), (0, high[0])]), LineString([(2000, low[-1]), (2000, high[-1])]))
    found = measure(Corridor(band, ends), objects([]), methode)
    assert found.width == pytest.approx(70, abs=0.1)
    assert shapely.distance(found.pinch, Point(1000, 50)) < 1


@pytest.mark.parametrize("methode", METHODS)
def test_the_pinch_is_where_the_zones_face_each_other(methode):
    """Blocks [400 -10 500 30] and [450 50 600 110]: 20 m between y = 30 and 50, anywhere from x = 450 to 500."""
    found = measure(BAND, objects([box(400, -10, 500, 30), box(450, 50, 600, 110)]), methode)
    assert shapely.length(found.pinch) == pytest.approx(20, abs=0.1)
    assert box(449.5, 29.5, 500.5, 50.5).covers(found.pinch)


@pytest.mark.parametrize("methode", METHODS)
@pytest.mark.parametrize("gap", [1, 2, 3, 4, 6, 10])
def test_small_gaps_between_facing_blocks(methode, gap):
    found = measure(BAND, objects([box(200, -10, 400, 40), box(200, 40 + gap, 400, 110)]), methode)
    assert found.width == pytest.approx(gap, abs=0.05)


@pytest.mark.parametrize("methode", METHODS)
@pytest.mark.parametrize("slit, left", [(0.1, 0), (0.9, 0), (2, 2)])
def test_a_slit_under_1_m_is_no_passage(methode, slit, left):
    """Two blocks that face each other, and one against the upper side of the band."""
    facing = [box(200, -10, 400, 50), box(200, 50 + slit, 400, 110)]
    beside = [box(200, -10, 400, 100 - slit)]
    for blocks in (facing, beside):
        found = measure(BAND, objects(blocks), methode)
        assert found.width == pytest.approx(left, abs=0.05)
        assert (found.pinch is None) is (left == 0)


@pytest.mark.parametrize("methode", METHODS)
@pytest.mark.parametrize("top", [30, 60, 97.5])
def test_slits_move_nothing_else(methode, top):
    """A block cut by a slit of 10 cm: above it the band keeps 100 - top."""
    found = measure(BAND, objects([box(200, -10, 299.95, top), box(300.05, -10, 400, top)]), methode)
    assert found.width == pytest.approx(100 - top, abs=0.05)


@pytest.mark.parametrize("methode", METHODS)
def test_a_slit_on_one_of_two_ways(methode):
    """An island with 30 m above it and a slit of 50 cm below it."""
    assert measure(BAND, objects([box(200, 0.5, 400, 70)]), methode).width == pytest.approx(30, abs=0.05)


def test_what_closes_the_corridor_is_as_thick_as_it_is():
    """Blocks from x = 200 to 400 with a slit of 10 cm between them."""
    found = measure(BAND, objects([box(200, -10, 400, 50), box(200, 50.1, 400, 110)]))
    line = passage.barrier(found)
    assert shapely.length(line) == pytest.approx(200, abs=0.01)
    assert shapely.covers(box(199.9, 0, 400.1, 100), line)


T = Corridor(
    Polygon([(500, -400), (400, -400), (400, 0), (0, 0), (0, 100), (400, 100), (400, 500), (500, 500)]),
    (LineString([(0, 0), (0, 100)]), LineString([(400, 500), (500, 500)]), LineString([(400, -400), (500, -400)])),
)


@pytest.mark.parametrize("methode", METHODS)
def test_each_end_and_the_groups_of_a_corridor_with_three_ends(methode):
    """North arm at 30, south arm at 60: north-west 30, south-west 60, north-south 30."""
    found = measure(T, objects([box(390, 200, 470, 300), box(390, -300, 440, -200)]), methode)
    west, north, south = 0, 1, 2
    assert found.widths[west, north] == pytest.approx(30, abs=0.1)
    assert found.widths[west, south] == pytest.approx(60, abs=0.1)
    assert found.widths[north, south] == pytest.approx(30, abs=0.1)
    assert list(np.round(found.of_ends())) == [60, 30, 60]
    assert list(found.groups(50)) == [west, north, west]
    assert list(found.groups(30)) == [west, west, west]
    assert list(found.groups(61)) == [west, north, south]


@pytest.mark.parametrize("methode", METHODS)
def test_a_passage_through_a_third_reservoir(methode):
    """The reservoir in the middle cuts the band in two: animals go through it."""
    corridor = Corridor(box(0, 0, 600, 100), (*BAND.ends, box(250, -50, 350, 150)))
    assert measure(corridor, objects([]), methode).width == pytest.approx(100, abs=0.1)


@pytest.mark.parametrize("width, open_", [(39, True), (41, False)])
def test_yes_or_no(width, open_):
    assert is_open(BAND, objects([box(200, -10, 400, 60)]), width) is open_


def test_neighbouring_reservoirs_2_m_apart_join_nothing():
    """A U whose arms are 40 m apart, two reservoirs facing each other in between: only the U joins them."""
    u = box(0, 0, 240, 400) - box(100, 100, 140, 400)
    corridor = Corridor(u, (box(100, 300, 140, 310), box(100, 312, 140, 330)))
    obstacles = objects([box(-10, 305.9, 110, 306.1), box(130, 305.9, 250, 306.1)])
    for methode in METHODS:
        assert measure(corridor, obstacles, methode).width == pytest.approx(3.9, abs=0.1)  # the door above the wall


@pytest.mark.parametrize("there, methode", [(True, GAPS), (False, EROSION)])
def test_without_scipy_the_erosion_stands_in(monkeypatch, there, methode):
    monkeypatch.setattr(passage, "find_spec", lambda nom: object() if there else None)
    found = measure(BAND, objects([box(200, -10, 400, 60)]))
    assert found.methode == methode
    assert found.width == pytest.approx(40, abs=0.05)


def test_the_erosion_answers_when_the_gaps_are_not_confirmed(monkeypatch):
    monkeypatch.setattr(passage, "_agree", lambda widths, erosion: False)
    assert measure(BAND, objects([box(200, -10, 400, 60)])).methode == EROSION
