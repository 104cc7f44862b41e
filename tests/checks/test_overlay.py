"""The overlay against figures worked out by hand on boxes: what is kept, what is nothing, what is counted once."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from scot_compat.checks.layers import objects
from scot_compat.checks.overlay import (
    Overlays,
    difference,
    intersection,
    measure,
    overlaps,
    pairs,
    prepare,
    union,
    union_area,
)
from scot_compat.checks.progress import Cancelled, Progress

X, Y = 650_000.0, 6_860_000.0


def box(xmin, ymin, xmax, ymax):
    return shapely.box(X + xmin, Y + ymin, X + xmax, Y + ymax)


def line(*points):
    return shapely.linestrings([(X + x, Y + y) for x, y in points])


def point(x, y):
    return shapely.points(X + x, Y + y)


def comb(teeth):
    """A polygon of 4 * teeth + 2 vertices: a band 10 m high below teeth 1 m wide, 1 m apart and 10 m high."""
    top = [(2 * k + dx, dy) for k in range(teeth) for dx, dy in ((0, 10), (0, 20), (1, 20), (1, 10))]
    return shapely.polygons([(X + x, Y + y) for x, y in [(0, 0), *top, (2 * teeth - 1, 0)]])


ZONE = box(0, 0, 100, 100)


@pytest.mark.parametrize(
    "mask, expected",
    [
        pytest.param([box(50, 0, 150, 100)], 5_000, id="half"),
        pytest.param([box(-10, -10, 110, 110)], 10_000, id="covered"),
        pytest.param([box(10, 10, 20, 20)], 100, id="holds the mask"),
        pytest.param([box(0, 0, 100, 100)], 10_000, id="same geometry"),
        pytest.param([box(100, 0, 200, 100)], 0, id="touching edge is nothing"),
        pytest.param([box(100, 100, 200, 200)], 0, id="touching corner is nothing"),
        pytest.param([box(300, 0, 400, 100)], 0, id="apart"),
        pytest.param([box(0, 0, 60, 100), box(40, 0, 100, 100)], 10_000, id="overlapping mask counts once"),
        pytest.param([box(0, 0, 60, 100), box(0, 0, 60, 100)], 6_000, id="duplicate mask counts once"),
        pytest.param([box(0, 0, 50, 100), None, shapely.Polygon(), box(50, 0, 70, 100)], 7_000, id="neighbours, None"),
        pytest.param([line((-10, 50), (110, 50))], 100, id="line: metres"),
        pytest.param([line((0, 50), (50, 50)), line((100, 50), (20, 50))], 100, id="overlapping lines count once"),
        pytest.param([line((0, 50), (50, 50), (0, 50))], 50, id="line that comes back counts once"),
        pytest.param([point(1, 1), point(1, 1), point(2, 2), point(200, 2)], 2, id="points: number, once each"),
        pytest.param([point(1, 1), box(50, 0, 150, 100)], 5_000, id="points and surfaces: surfaces"),
        pytest.param([], 0, id="no mask"),
        pytest.param([None], 0, id="missing mask"),
    ],
)
def test_measure_and_intersection_of_one_zone(mask, expected):
    prepared = prepare(objects(mask))
    assert measure(objects([ZONE]), prepared)[0] == pytest.approx(expected, abs=1e-6)
    found = intersection(objects([ZONE, None, shapely.Polygon()]), prepared)
    assert (found[0] is None) == (expected == 0)
    assert found[1] is None and found[2] is None
    if expected and prepared.dimension:
        size = found[0].area if prepared.dimension == 2 else found[0].length
        assert size == pytest.approx(expected, abs=1e-6)


@pytest.mark.parametrize(
    "thing, mask, inside, outside",
    [
        pytest.param(line((0, 50), (200, 50)), [ZONE], 100, 100, id="line across the limit"),
        pytest.param(line((0, 0), (100, 0)), [ZONE], 100, None, id="line on the limit is inside"),
        pytest.param(
            line((50, 0), (50, 100)),
            [box(0, 0, 50, 100), box(50, 0, 100, 100)],
            100,
            None,
            id="line on the limit of two neighbours counts once",
        ),
        pytest.param(line((0, 50), (200, 50)), [ZONE, line((50, 50), (150, 50))], 150, 50, id="surfaces and lines"),
        pytest.param(line((0, 0), (10, 0)), [line((5, 0), (20, 0))], 5, 5, id="lines share a length"),
        pytest.param(line((0, 0), (10, 0)), [line((5, -5), (5, 5))], 0, 10, id="crossing lines share nothing"),
        pytest.param(point(1, 1), [ZONE], 1, None, id="point inside"),
        pytest.param(point(100, 50), [ZONE, box(100, 0, 200, 100)], 1, None, id="point on a shared limit"),
        pytest.param(point(1, 1), [line((0, 0), (9, 9))], 1, None, id="point on a line"),
        pytest.param(point(1, 1), [point(1, 1)], 1, None, id="point on a point"),
        pytest.param(point(1, 1), [point(2, 1)], 0, 1, id="point beside a point"),
        pytest.param(shapely.multipoints([point(1, 1), point(200, 1)]), [ZONE], 1, 1, id="multipoint"),
        pytest.param(ZONE, [line((0, 50), (100, 50))], 100, 10_000, id="a line takes nothing from a surface"),
        pytest.param(
            shapely.geometrycollections([ZONE, line((200, 0), (300, 0))]),
            [box(50, 0, 400, 100)],
            5_000,
            5_000,
            id="a collection counts by its surfaces",
        ),
    ],
)
def test_lines_and_points(thing, mask, inside, outside):
    prepared, things = prepare(objects(mask)), objects([thing])
    assert measure(things, prepared)[0] == pytest.approx(inside, abs=1e-6)
    rest = difference(things, prepared)[0]
    size = {0: shapely.get_num_coordinates, 1: shapely.length, 2: shapely.area}[int(shapely.get_dimensions(thing))]
    assert rest is None if outside is None else size(rest) == pytest.approx(outside, abs=1e-6)


LATERAL = line((0, 0), (30, 40), (30, 10), (-10, 40))  # 50 + 30 + 50 m; crosses its own first segment at (15.6, 20.8)


@pytest.mark.parametrize(
    "zone, inside, outside",
    [
        pytest.param(box(-20, -10, -2, 50), 10, 120, id="one line enters the zone, the other does not"),
        pytest.param(box(-2, -10, 100, 100), 120, 10, id="one line leaves the zone, the other does not"),
    ],
)
def test_a_stretch_shared_by_two_lines_of_an_object_counts_once(zone, inside, outside):
    """The 50 m of the first line are in the second, which gets a vertex, rounded, where it crosses them: 130 m."""
    things = objects([shapely.multilinestrings([line((0, 0), (30, 40)), LATERAL])])
    zones = objects([zone])
    mask = prepare(zones)
    assert measure(things, mask)[0] == pytest.approx(inside, abs=1e-6)
    assert shapely.length(intersection(things, mask))[0] == pytest.approx(inside, abs=1e-6)
    assert shapely.length(difference(things, mask))[0] == pytest.approx(outside, abs=1e-6)
    assert shapely.length(pairs(things, zones).geometry) == pytest.approx([inside], abs=1e-6)
    assert shapely.length(pairs(zones, things).geometry) == pytest.approx([inside], abs=1e-6)


def test_two_lines_of_an_object_that_nearly_coincide_both_count():
    """A micrometre apart: two lines of 100 m, 50 m of each in the zone."""
    things = objects([shapely.multilinestrings([line((50, 50), (150, 50)), line((50, 50.000001), (150, 50.000001))])])
    mask = prepare(objects([ZONE]))
    assert measure(things, mask)[0] == pytest.approx(100, abs=1e-6)
    assert shapely.length(difference(things, mask))[0] == pytest.approx(100, abs=1e-6)


#: 500 + 290 + 750 + 200 m of limit, whose ends are 50 m from those of the line that follows it
LIMIT = [(0, 0), (140, 480), (340, 690), (1_060, 900), (1_180, 1_060)]
FOLLOWER = line((-30, -40), *LIMIT, (1_210, 1_100))
WEST = shapely.polygons([(X + x, Y + y) for x, y in [*LIMIT, *[(-100 - k % 2, 1_060 - k) for k in range(1, 1_060)]]])
EAST = shapely.polygons([(X + x, Y + y) for x, y in [*LIMIT, *[(2_000 + k % 2, 1_060 - 3 * k) for k in range(1, 353)]]])


@pytest.mark.parametrize(
    "mask",
    [
        pytest.param([WEST, EAST], id="two neighbours"),
        pytest.param([WEST], id="one surface"),
        pytest.param([WEST, EAST, box(5_000, 0, 5_100, 100), box(5_050, 0, 5_150, 100)], id="an overlap elsewhere"),
        pytest.param([WEST, EAST, box(50, 90, 350, 850)], id="an overlap across the limit"),
        pytest.param([WEST, box(400, 650, 500, 750), box(420, 650, 520, 750)], id="an overlap on one side"),
    ],
)
def test_a_line_that_follows_the_slanting_limit_of_large_surfaces_is_inside_and_counts_once(mask):
    """The surfaces are cut, each its own way, at places where no vertex can be exactly on the limit."""
    things, prepared = objects([FOLLOWER]), prepare(objects(mask))
    assert measure(things, prepared)[0] == pytest.approx(1_740, abs=1e-6)
    assert shapely.length(intersection(things, prepared))[0] == pytest.approx(1_740, abs=1e-6)
    assert shapely.length(difference(things, prepared))[0] == pytest.approx(100, abs=1e-6)


def test_a_large_surface_holds_the_lines_that_follow_its_slanting_limit():
    zones, lines = objects([WEST, EAST]), objects([FOLLOWER])
    prepared = prepare(lines)
    assert measure(zones, prepared) == pytest.approx(1_740, abs=1e-6)
    assert shapely.length(intersection(zones, prepared)) == pytest.approx(1_740, abs=1e-6)
    assert shapely.length(pairs(zones, lines).geometry) == pytest.approx(1_740, abs=1e-6)
    assert shapely.length(pairs(lines, zones).geometry) == pytest.approx(1_740, abs=1e-6)


def test_a_line_one_millimetre_outside_of_a_slanting_limit_is_outside():
    """Its first stretch, whose direction is (7, 24) / 25, moved by 1 mm across."""
    beside = shapely.transform(line(*LIMIT[:2]), lambda xy: xy + (0.00096, -0.00028))
    things, prepared = objects([beside]), prepare(objects([WEST]))
    assert measure(things, prepared)[0] == pytest.approx(0, abs=0.01)
    assert shapely.length(difference(things, prepared))[0] == pytest.approx(500, abs=0.01)


def test_a_line_along_the_teeth_of_a_slanting_comb_is_outside_between_them():
    """1 000 teeth of 1 m, 1 m apart, turned by (4, 3) / 5: the line goes through the 2 000 corners of their tips."""
    turned = np.array([[0.8, 0.6], [-0.6, 0.8]])
    slanting = shapely.transform(comb(1_000), lambda xy: (xy - (X, Y)) @ turned + (X, Y))
    tips = shapely.transform(line((0, 20), (1_999, 20)), lambda xy: (xy - (X, Y)) @ turned + (X, Y))
    surfaces, things = objects([slanting]), objects([tips])
    prepared = prepare(surfaces)
    assert measure(things, prepared)[0] == pytest.approx(1_000, abs=0.01)
    assert shapely.length(difference(things, prepared))[0] == pytest.approx(999, abs=0.01)
    assert measure(surfaces, prepare(things))[0] == pytest.approx(1_000, abs=0.01)


def test_an_object_wholly_inside_is_returned_as_it_is():
    zone = shapely.multipolygons([box(0, 0, 10, 10), box(20, 0, 30, 10)])
    assert intersection(objects([zone]), prepare(objects([box(-5, -5, 50, 50)])))[0] is zone
    assert difference(objects([zone]), prepare(objects([box(10, 0, 20, 10)])))[0] is zone


def test_a_mask_of_many_vertices_leaves_no_cut_in_the_result():
    mask = prepare(objects([comb(1_000)]))
    assert len(mask.levels[0].pieces) > 10
    assert shapely.get_num_coordinates(mask.levels[0].pieces.geometry).max() <= 256
    assert mask.measure == pytest.approx(1_999 * 10 + 1_000 * 10, abs=1e-6)
    band, teeth, everything = box(-10, -10, 3_000, 10), box(-10, 10, 3_000, 30), box(-10, -10, 3_000, 30)
    found = intersection(objects([band, teeth, everything]), mask)
    assert [shapely.get_num_geometries(g) for g in found] == [1, 1_000, 1]
    assert shapely.area(found) == pytest.approx([19_990, 10_000, 29_990], abs=1e-6)
    assert found[2].length == pytest.approx(comb(1_000).length, abs=1e-6)
    left = difference(objects([everything, box(0, 0, 1_999, 10)]), mask)
    assert left[0].area == pytest.approx(3_010 * 40 - 29_990, abs=1e-6)
    assert left[1] is None


def test_a_large_object_is_cut_and_put_together_again():
    found = intersection(objects([comb(1_000)]), prepare(objects([box(0, 0, 1_001, 20)])))
    assert shapely.get_num_geometries(found[0]) == 1
    assert found[0].area == pytest.approx(10_010 + 501 * 10, abs=1e-6)
    assert shapely.equals(found[0], comb(501))


def test_a_long_line_is_cut_and_merged_again():
    zigzag = line(*[(k, k % 2) for k in range(3_001)])
    found = intersection(objects([zigzag]), prepare(objects([box(0, -5, 1_500, 5)])))
    assert found[0].geom_type == "LineString"
    assert found[0].length == pytest.approx(1_500 * 2**0.5, abs=1e-6)
    mask = prepare(objects([zigzag, zigzag]))
    assert mask.measure == pytest.approx(3_000 * 2**0.5, abs=1e-6)
    assert measure(objects([box(0, -5, 1_500, 5)]), mask)[0] == pytest.approx(1_500 * 2**0.5, abs=1e-6)


def test_pairs_do_not_dissolve_the_right_side():
    left = objects([ZONE, None, box(100, 0, 200, 100), line((0, 50), (300, 50))])
    right = objects([box(50, 0, 150, 100), box(0, 0, 80, 100), point(10, 10), box(500, 0, 501, 1), comb(1_000)])
    found = pairs(left, right)
    sizes = {(i, j): round(g.area or g.length or 1, 6) for i, j, g in zip(found.left, found.right, found.geometry)}
    assert sizes == {
        (0, 0): 5_000,
        (0, 1): 8_000,
        (0, 2): 1,
        (0, 4): 1_500,  # comb: 10 m band + 50 teeth
        (2, 0): 5_000,
        (2, 4): 1_500,
        (3, 0): 100,
        (3, 1): 80,
    }
    assert found.geometry[list(zip(found.left, found.right)).index((0, 4))].geom_type == "Polygon"


def test_ground_counts_once():
    zones = objects([ZONE, box(50, 0, 150, 100), box(150, 0, 200, 100), box(50, 0, 150, 100), None])
    assert union_area(zones) == pytest.approx(20_000, abs=1e-6)
    i, j, area = overlaps(zones)
    assert list(zip(i, j)) == [(0, 1), (0, 3), (1, 3)]
    assert area == pytest.approx([5_000, 5_000, 10_000], abs=1e-6)
    assert len(overlaps(zones, min_area=6_000)[0]) == 1
    assert shapely.equals(union(zones), box(0, 0, 200, 100))
    assert union(objects([None, shapely.Polygon()])) is None
    assert union_area(objects([])) == 0 and len(overlaps(objects([]))[0]) == 0


def test_many_copies_of_one_polygon_are_dissolved():
    assert union_area(objects([comb(60)] * 50)) == pytest.approx(comb(60).area, abs=1e-6)


def test_cancel_acts_between_calls():
    zones = objects([box(10 * i, 10 * j, 10 * i + 10, 10 * j + 10) for i in range(60) for j in range(60)])
    mask = prepare(objects([comb(1_000)]))
    for operation in (
        lambda p: prepare(zones, progress=p),
        lambda p: intersection(zones, mask, progress=p),
        lambda p: measure(zones, mask, progress=p),
        lambda p: difference(zones, mask, progress=p),
        lambda p: pairs(zones, zones, progress=p),
        lambda p: union(zones, progress=p),
    ):
        with pytest.raises(Cancelled):
            operation(Progress(cancelled=lambda: True))


def test_a_second_run_does_no_geometry(monkeypatch):
    overlays = Overlays()
    zones, corridors = objects([ZONE, box(100, 0, 200, 100)]), objects([box(50, 0, 150, 100)])
    first = overlays.measure(zones, overlays.prepare(corridors))
    for name in ("intersection", "covers", "union_all", "difference", "clip_by_rect", "relate_pattern"):
        monkeypatch.setattr(shapely, name, None)
    again = overlays.measure(objects(list(zones)), overlays.prepare(objects([box(50, 0, 150, 100)])))
    assert again is first and list(first) == [5_000, 5_000]


def test_the_memory_keeps_apart_what_differs():
    overlays = Overlays()
    zones, mask = objects([ZONE, None]), overlays.prepare(objects([box(50, 0, 150, 100)]))
    other = overlays.prepare(objects([box(90, 0, 150, 100)]))
    assert overlays.measure(zones, mask)[0] == 5_000
    assert overlays.measure(zones, other)[0] == 1_000
    assert overlays.measure(objects([None, ZONE]), mask)[1] == 5_000
    assert overlays.difference(zones, mask)[0].area == 5_000
    assert len(overlays.overlaps(objects([ZONE, ZONE]), min_area=20_000)[0]) == 0
    assert len(overlays.overlaps(objects([ZONE, ZONE]))[0]) == 1
    assert overlays.union(zones).area == 10_000 and overlays.union_area(zones) == 10_000
    assert len(overlays.pairs(zones, zones).left) == 1
    with pytest.raises(ValueError):
        overlays.intersection(zones, mask)[0] = None


def test_the_memory_is_bounded():
    overlays = Overlays(max_vertices=20)
    mask = overlays.prepare(objects([box(50, 0, 150, 100)]))
    for shift in range(20):
        overlays.intersection(objects([box(shift, 0, 100, 100)]), mask)
    assert overlays.vertices <= 20
    assert np.isclose(overlays.intersection(objects([ZONE]), mask)[0].area, 5_000)
