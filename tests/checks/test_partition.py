"""Polygons that share whole edges: `is_partition` proves that none overlap, `union_of_partition` unites them.

The slow obvious answer is that of the couples and of `union_all`.
"""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scot_compat.checks.geometry import partition
from scot_compat.checks.geometry.assembling import union_by_steps
from scot_compat.checks.geometry.partition import is_partition, union_of_partition
from scot_compat.checks.layers import objects


def noded(polygon: shapely.Polygon) -> shapely.Polygon:
    """The polygon with a vertex at each unit: two neighbours on the grid then share whole edges."""
    return shapely.segmentize(polygon, 1.0)


def box(x: int, y: int, width: int = 1, height: int = 1) -> shapely.Polygon:
    return noded(shapely.box(x, y, x + width, y + height))


def ring(x: int, y: int, size: int) -> shapely.Polygon:
    """A square of `size` with a hole one unit from its limit."""
    outside = shapely.box(x, y, x + size, y + size)
    return noded(outside.difference(shapely.box(x + 1, y + 1, x + size - 1, y + size - 1)))


@pytest.mark.parametrize(
    ("polygons", "expected"),
    [
        ([box(0, 0)], shapely.box(0, 0, 1, 1)),
        ([box(0, 0), box(1, 0)], shapely.box(0, 0, 2, 1)),
        ([box(0, 0), box(5, 5)], shapely.union(shapely.box(0, 0, 1, 1), shapely.box(5, 5, 6, 6))),
        ([box(0, 0), box(1, 1)], shapely.union(shapely.box(0, 0, 1, 1), shapely.box(1, 1, 2, 2))),  # touch at a corner
        ([ring(0, 0, 4), box(1, 1, 2, 2)], shapely.box(0, 0, 4, 4)),  # an island in its hole
        ([ring(0, 0, 4)], ring(0, 0, 4)),
        ([ring(0, 0, 5), box(2, 2)], shapely.union(ring(0, 0, 5), box(2, 2))),  # an island inside a hole
        # four around a void, each touching the next by an edge
        ([box(0, 0, 2, 1), box(2, 0, 1, 2), box(1, 2, 2, 1), box(0, 1, 1, 2)], ring(0, 0, 3)),
        # a hole that touches the limit at a corner
        ([box(0, 0, 3, 1), box(0, 1), box(2, 1), box(0, 2), box(1, 2)], None),
    ],
)
def test_polygons_that_share_whole_edges_are_united(polygons, expected):
    union = union_of_partition(objects(polygons))
    assert union is not None and union.is_valid
    assert union.equals(shapely.union_all(polygons) if expected is None else expected)


def test_nothing_is_no_partition():
    assert union_of_partition(objects([shapely.Polygon(), shapely.Polygon()])) is None


def test_a_void_as_large_as_an_overlap_makes_no_partition():
    """A triangle of base [0 4] and height 4 (8) less a notch of base [0 4] and height 1 (2), and a triangle of base
    [0 4] and height 1 (2) drawn lower in the notch: 6 + 2 = 8, the area of the whole triangle, but they overlap by the
    triangle (0 0), (1 1), (0,8 1,6): |1 x 1,6 - 1 x 0,8| / 2 = 0,4.
    """
    notched = shapely.Polygon([(4, 2), (0, 4), (1, 2), (0, 0)])
    lower = shapely.Polygon([(0, 3), (0, 0), (1, 1), (0, 4)])
    polygons = objects([notched, lower])
    assert union_of_partition(polygons) is None
    assert not is_partition(polygons)
    assert union_by_steps(polygons).area == pytest.approx(8 - 0.4)


@pytest.mark.parametrize(
    "polygons",
    [
        [box(0, 0), box(0, 0)],  # the same twice
        [box(0, 0, 3, 3), box(1, 1)],  # one inside the other
        [box(0, 0, 2, 2), box(1, 1, 2, 2)],  # crossing
        [box(0, 0, 3, 1), box(0, 0)],  # inside, along three edges
        # a pair of identical ones in a hole twice as large as they: the areas add up, and yet they overlap
        [noded(shapely.box(0, 0, 6, 5).difference(shapely.box(1, 1, 5, 2))), box(2, 1, 2, 1), box(2, 1, 2, 1)],
        # the vertex of one on the edge of the other: not known to be whole edges
        [shapely.box(0, 0, 2, 1), shapely.box(0, 1, 1, 2), shapely.box(0.5, 0.5, 1, 1)],
    ],
)
def test_polygons_that_overlap_are_never_proved_disjoint(polygons):
    assert not is_partition(objects(polygons))
    assert union_of_partition(objects(polygons)) is None


def test_nothing_is_a_partition():
    assert is_partition(objects([]))


def test_far_from_the_origin_as_in_lambert_93():
    moved = [shapely.transform(p, lambda xy: xy + [703_421.37, 6_612_345.61]) for p in (box(0, 0), box(1, 0))]
    assert union_of_partition(objects(moved)).area == pytest.approx(2.0, abs=1e-6)


@st.composite
def polygons_of_the_grid(draw):
    """Squares, rectangles, rings and unions of cells, on whole coordinates: some overlap, some do not."""
    unit = st.integers(0, 6)
    kinds = st.one_of(
        st.builds(box, unit, unit, st.integers(1, 4), st.integers(1, 4)),
        st.builds(ring, unit, unit, st.integers(3, 6)),
        st.sets(st.tuples(unit, unit), min_size=1, max_size=12).map(
            lambda cells: noded(
                shapely.get_parts(shapely.union_all([shapely.box(x, y, x + 1, y + 1) for x, y in cells]))[0]
            )
        ),
    )
    return draw(st.lists(kinds, min_size=1, max_size=5))


@given(polygons_of_the_grid())
@settings(max_examples=600, deadline=None)
def test_a_proof_is_always_right(polygons):
    array = objects(polygons)
    overlap = any(a.intersection(b).area > 0 for a, b in combinations(polygons, 2))
    union = union_of_partition(array)
    assert is_partition(array) == (union is not None)
    if overlap:
        assert union is None
    else:  # on the grid the edges are whole: disjoint polygons are always proved so
        assert union is not None
        assert union.equals(shapely.union_all(array))


@given(st.integers(0, 2**32 - 1), st.integers(2, 40))
@settings(max_examples=40, deadline=None)
def test_the_cells_of_a_tessellation_are_one_surface(seed, count):
    points = np.random.default_rng(seed).uniform(0, 1000, (count, 2)) + [650_000, 6_860_000]
    cells = shapely.get_parts(shapely.voronoi_polygons(shapely.multipoints(points)))
    union = union_of_partition(cells)
    assert union is not None
    assert union.symmetric_difference(shapely.union_all(cells)).area <= 1e-6 * union.area


def test_crossing_bands_prove_nothing_however_many_they_are(monkeypatch):
    monkeypatch.setattr(partition, "_POLYGONIZED_AT_ONCE", 1)
    random = np.random.default_rng(0)
    start = random.uniform(0, 3000, (500, 2)) + [650_000, 6_860_000]
    lines = shapely.linestrings(np.stack([start, start + random.normal(0, 300, (500, 2))], axis=1))
    assert union_of_partition(shapely.buffer(lines, 10, cap_style="flat")) is None


@given(polygons_of_the_grid())
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_outlines_taken_group_by_group_enclose_the_same(monkeypatch, polygons):
    """A hole and what lies in it are of the group of what holds them."""
    at_once = union_of_partition(objects(polygons))
    with monkeypatch.context() as patch:
        patch.setattr(partition, "_POLYGONIZED_AT_ONCE", 1)
        by_groups = union_of_partition(objects(polygons))
    assert (by_groups is None) == (at_once is None)
    assert at_once is None or by_groups.equals(at_once)


def test_every_other_cell_of_a_chessboard_is_a_partition_whose_cells_stay_apart():
    """5 x 5 cells of 1 m2, 13 of them black: they touch at corners only, and the white ones are left free."""
    black = [box(x, y) for x in range(5) for y in range(5) if (x + y) % 2 == 0]
    union = union_of_partition(objects(black))
    assert union.is_valid and union.area == 13.0 and len(union.geoms) == 13


def test_what_covers_more_than_its_extent_is_no_partition():
    assert union_of_partition(objects([box(0, 0)] * 2)) is None
