"""The overlay against plain Shapely, `intersection(object, union_all(mask))`, on random geometries of Lambert-93 size.

OVERLAY_EXAMPLES=1000 in the environment asks for more of them.
"""

from __future__ import annotations

import json
import os

import numpy as np
import pytest
import shapely
from hypothesis import HealthCheck, Phase, assume, given, note, settings
from hypothesis import strategies as st
from scot_compat.checks.geometry import cutting, dissolving
from scot_compat.checks.layers import objects
from scot_compat.checks.overlay import difference, intersection, measure, overlaps, pairs, prepare, union, union_area

ORIGIN = np.array([650_000.0, 6_860_000.0])
GRID = 10.0  # whole multiples of it give shared, collinear and touching edges
WIDTH = 1e-5  # narrower than that, metres, is a matter of rounding
#: number, m, m2: what is within a micrometre of a limit is on it, which is some centimetres of a line that leaves it at
#: a slight angle
NOTHING = {0: 1e-3, 1: 5e-2, 2: 1e-3}


@pytest.fixture(autouse=True)
def small_pieces(monkeypatch):
    """Pieces of 8 vertices, so that small random geometries are cut many times; large objects from 16."""
    monkeypatch.setattr(cutting, "LIMIT", 8)
    monkeypatch.setattr(cutting, "LINE_LIMIT", 8)
    monkeypatch.setitem(cutting.cut.__kwdefaults__, "above", 8)  # bound to the limit when the module was read
    monkeypatch.setattr(dissolving, "LIMIT", 8)
    monkeypatch.setattr(dissolving, "_DISSOLVED_AT_ONCE", 40)
    monkeypatch.setattr("scot_compat.checks.overlay.LARGE_OBJECT", 16)


# to the centimetre, as plans are: a line is on a limit from a micrometre, and these never run that near each other
coordinate = st.one_of(st.integers(0, 12).map(lambda k: k * GRID), st.integers(0, 12_000).map(lambda k: k / 100))
corner = st.tuples(coordinate, coordinate)


def placed(points):
    return np.array(points) + ORIGIN


@st.composite
def boxes(draw):
    (x, y), (width, height) = draw(corner), draw(st.tuples(st.integers(1, 6), st.integers(1, 6)))
    (x, y) = placed([(x, y)])[0]
    return shapely.box(x, y, x + width * GRID, y + height * GRID)


@st.composite
def slivers(draw):
    (x, y), thin = draw(corner), draw(st.sampled_from([1e-3, 0.01, 0.5]))
    (x, y) = placed([(x, y)])[0]
    return shapely.box(x, y, x + 60, y + thin) if draw(st.booleans()) else shapely.box(x, y, x + thin, y + 60)


@st.composite
def stars(draw):
    """Polygons of 12 to 80 vertices around a centre, with a hole or not."""
    center, count = np.array(draw(corner)), draw(st.integers(12, 80))
    radius = np.random.default_rng(draw(st.integers(0, 10_000))).uniform(15, 60, count)
    angle = np.linspace(0, 2 * np.pi, count, endpoint=False)
    ring = placed(center + np.stack([np.cos(angle), np.sin(angle)], axis=1) * radius[:, None])
    hole = placed(center + np.stack([np.cos(angle), np.sin(angle)], axis=1) * radius[:, None] * 0.4)
    return shapely.make_valid(shapely.Polygon(ring, [hole] if draw(st.booleans()) else []))


@st.composite
def punched(draw):
    """A box with square holes on the grid, some of which touch by a corner."""
    holes = draw(st.lists(st.tuples(st.integers(1, 9), st.integers(1, 9)), max_size=12))
    shape = shapely.box(*placed([(0, 0)])[0], *placed([(110, 110)])[0])
    for x, y in holes:
        low = placed([(x * GRID, y * GRID)])[0]
        shape = shapely.difference(shape, shapely.box(*low, *(low + GRID)))
    return shape


@st.composite
def lines(draw):
    points = draw(st.lists(corner, min_size=2, max_size=40, unique=True))
    return shapely.LineString(placed(points))


@st.composite
def lines_that_share(draw):
    """Two lines of one object that differ by their beginning only."""
    points = draw(st.lists(corner, min_size=4, max_size=40, unique=True))
    return shapely.MultiLineString([placed(points[1:]), placed([points[0], *points[2:]])])


@st.composite
def neighbours_and_limit(draw):
    """Two surfaces of 5 to 60 vertices on either side of a broken line, its points, and others before and after."""
    rng = np.random.default_rng(draw(st.integers(0, 1_000_000)))

    def northward(count, west, east):
        return list(zip(rng.uniform(west, east, count), np.sort(rng.uniform(0, 120, count))))

    limit = [(60, 0), *northward(draw(st.integers(0, 15)), 40, 80), (60, 120)]
    sides = [northward(draw(st.integers(3, 45)), *span) for span in ((0, 20), (100, 120))]
    zones = [shapely.Polygon(placed([*limit, *side[::-1]])) for side in sides]
    assume(shapely.is_valid(zones).all())
    return zones, placed([(50, -20), *limit, (70, 140)])


@st.composite
def several(draw, members):
    """Several in one multi-geometry, valid."""
    return shapely.union_all(draw(st.lists(members, min_size=2, max_size=3)))


points = corner.map(lambda point: shapely.Point(placed([point])[0]))
simple = st.one_of(boxes(), slivers(), stars(), punched())
surfaces = st.one_of(simple, several(simple))
duplicated = st.lists(surfaces, min_size=1, max_size=5).flatmap(
    lambda found: st.lists(st.sampled_from(found), max_size=2).map(lambda again: [*found, *again])
)
any_line = st.one_of(
    lines(), st.lists(lines(), min_size=2, max_size=3).map(shapely.MultiLineString), lines_that_share()
)

random_cases = settings(
    max_examples=int(os.environ.get("OVERLAY_EXAMPLES", "40")),
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),  # to shrink takes minutes; the WKB is printed
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)


@random_cases
@given(surfaces, duplicated)
def test_surfaces_in_surfaces(thing, mask):
    check_all(thing, mask, 2)


@random_cases
@given(any_line, duplicated)
def test_lines_in_surfaces(thing, mask):
    check_all(thing, mask, 1)


FAR = shapely.box(*placed([(500, 0)])[0], *placed([(510, 10)])[0])
ACROSS = shapely.box(*placed([(45, 30)])[0], *placed([(75, 70)])[0])


@random_cases
@given(neighbours_and_limit())
def test_lines_on_the_limit_of_surfaces(drawn):
    """By construction, the limit is inside and the rest of the line outside: plain Shapely is no better a witness."""
    zones, points = drawn
    line, limit = shapely.LineString(points), shapely.LineString(points[1:-1]).length
    note(f"WKB {shapely.to_wkb(line, hex=True)} {' '.join(shapely.to_wkb(zones, hex=True))}")
    for mask in (zones, zones[:1], zones[1:], [*zones, FAR, FAR], [*zones, ACROSS]):
        things, prepared = objects([line]), prepare(objects(mask))
        assert measure(things, prepared)[0] == pytest.approx(limit, abs=1e-3)
        assert intersection(things, prepared)[0].length == pytest.approx(limit, abs=1e-3)
        assert difference(things, prepared)[0].length == pytest.approx(line.length - limit, abs=1e-3)
    lines, surfaces = objects([line]), objects(zones)
    assert measure(surfaces, prepare(lines)) == pytest.approx(limit, abs=1e-3)
    assert shapely.length(pairs(surfaces, lines).geometry) == pytest.approx(limit, abs=1e-3)
    assert shapely.length(pairs(lines, surfaces).geometry) == pytest.approx(limit, abs=1e-3)


@random_cases
@given(corner, corner, st.floats(0.05, 0.45), st.floats(0.55, 0.95), st.booleans(), st.integers(0, 3))
def test_surfaces_drawn_from_the_middle_of_a_line(start, end, first, second, left, more):
    """Two corners of a quadrilateral are placed on one segment of a line, as when QGIS snaps to it; it may have more
    vertices between them, placed the same way."""
    start, end = placed([start, end])
    along = end - start
    length = np.linalg.norm(along)
    assume(length > 1)
    across = np.array([-along[1], along[0]]) / length * (30 if left else -30)
    on = [start + along * t for t in np.linspace(first, second, 2 + more)]
    zone = objects([shapely.Polygon([*on, on[-1] + across, on[0] + across])])
    line = objects([shapely.LineString([start - across, start, end, end - across])])
    note(f"WKB {shapely.to_wkb(line[0], hex=True)} {shapely.to_wkb(zone[0], hex=True)}")
    inside = pytest.approx(length * (second - first), abs=1e-3)
    assert measure(line, prepare(zone))[0] == inside
    assert measure(zone, prepare(line))[0] == inside
    assert shapely.length(pairs(line, zone).geometry) == inside
    outside = difference(line, prepare(zone))[0].length
    assert outside == pytest.approx(length * (1 - second + first) + 60, abs=1e-3)


@random_cases
@given(surfaces, st.lists(any_line, min_size=1, max_size=4))
def test_surfaces_and_lines(thing, mask):
    check_inside(thing, mask, 1)


@random_cases
@given(st.one_of(surfaces, lines()), st.lists(points, min_size=1, max_size=20))
def test_points_in_surfaces_and_lines(thing, mask):
    check_inside(thing, mask, 0)
    for one in mask:
        check_all(one, [thing], 0)


@random_cases
@given(st.lists(surfaces, min_size=1, max_size=3), duplicated)
def test_pairs_and_overlaps(left, right):
    found = pairs(objects(left), objects(right))
    areas = np.zeros((len(left), len(right)))
    areas[found.left, found.right] = shapely.area(found.geometry)
    plain = shapely.area(shapely.intersection(objects(left)[:, None], objects(right)[None]))
    assert areas == pytest.approx(plain, rel=1e-6, abs=1e-3)
    i, j, shared = overlaps(objects(right))
    areas, plain = (
        np.zeros((len(right), len(right))),
        shapely.area(shapely.intersection(objects(right)[:, None], objects(right)[None])),
    )
    areas[i, j] = shared
    assert areas == pytest.approx(np.triu(plain, 1), rel=1e-6, abs=1e-3)


@random_cases
@given(duplicated)
def test_ground_counts_once(mask):
    whole = shapely.union_all(mask)
    prepared = prepare(objects(mask))
    assert prepared.measure == pytest.approx(whole.area, rel=1e-6, abs=1e-3)
    assert union_area(objects(mask)) == pytest.approx(whole.area, rel=1e-6, abs=1e-3)
    assert union(objects(mask)).area == pytest.approx(whole.area, rel=1e-6, abs=1e-3)
    pieces = prepared.levels[0].pieces.geometry
    # specks of rounding, a hundred nanometres wide, cannot be halved down to 8 vertices and stay as they are
    assert shapely.is_valid(pieces[shapely.area(pieces) > WIDTH**2]).all()


def check_all(thing, mask, dimension):
    check_inside(thing, mask, dimension)
    plain = of_dimension(shapely.difference(thing, shapely.union_all(mask)), dimension)
    check_same(difference(objects([thing]), prepare(objects(mask)))[0], plain, dimension)


def check_inside(thing, mask, dimension):
    note(f"WKB {shapely.to_wkb(thing, hex=True)} {' '.join(shapely.to_wkb(mask, hex=True))}")
    prepared = prepare(objects(mask))
    plain = of_dimension(shapely.intersection(thing, shapely.union_all(mask)), dimension)
    check_same(intersection(objects([thing]), prepared)[0], plain, dimension)
    assert measure(objects([thing]), prepared)[0] == pytest.approx(
        size(plain, dimension), rel=1e-6, abs=NOTHING[dimension]
    )


def check_same(found, plain, dimension):
    assert size(found, dimension) == pytest.approx(size(plain, dimension), rel=1e-6, abs=NOTHING[dimension])
    if found is None or plain is None or size(plain, dimension) < 1e-2:
        return
    assert shapely.is_valid(found)
    assert shapely.get_dimensions(found) == dimension
    if dimension == 1:
        found, plain = visible(found), visible(plain)
    if dimension == 2:
        assert shapely.buffer(shapely.symmetric_difference(found, plain), -WIDTH).is_empty
    else:
        assert shapely.hausdorff_distance(found, plain) < 100 * WIDTH
    # at three widths: what hangs by a thread changes with the width, and so narrow a buffer may lose a part
    widths = (WIDTH / 10, WIDTH, WIDTH * 10)
    expected = {connected_parts(plain, dimension, width) for width in widths}
    if len(expected) == 1:
        assert expected & {connected_parts(found, dimension, width) for width in widths}


def of_dimension(geometry, dimension):
    parts = [part for part in shapely.get_parts(geometry) if shapely.get_dimensions(part) == dimension]
    return shapely.union_all(parts) if parts else None


def size(geometry, dimension):
    if geometry is None:
        return 0.0
    return (shapely.get_num_coordinates, shapely.length, shapely.area)[dimension](geometry)


def connected_parts(geometry, dimension, width):
    """Parts of a surface once opened by `width`, of the rest once joined by a hundred times that."""
    reach = -width if dimension == 2 else 100 * width
    joined = shapely.get_parts(shapely.buffer(geometry, reach, quad_segs=2))
    return int((shapely.length(joined) > 5 * reach).sum())


def visible(lines):
    """Without the lines of no length that plain Shapely leaves. Merged first, as the overlay does."""
    parts = shapely.get_parts(shapely.line_merge(lines))
    return shapely.multilinestrings(parts[shapely.length(parts) > 10 * WIDTH])


REAL_LAYERS = (
    "Corridorsaquatiques_34",
    "Rservoirshumides_27",
    "Tramebocagre_24",
    "Zoneshumides_17",
    "Mares_48",
    "SitesNatura2000_18",
    "COMMUNE_11",
)


@pytest.fixture(scope="module")
def zones(shared_data):
    return read(shared_data / "saint-saens" / "76648_ZONE_URBA_20241107_1.geojson")


@pytest.mark.parametrize("name", REAL_LAYERS)
def test_real_zones_against_a_real_layer(zones, shared_data, name, monkeypatch):
    """Degrees are enough to compare two ways of overlaying; sizes are turned into metres at a degree for 100 km."""
    monkeypatch.undo()
    layer = read(shared_data / "saint-saens" / "tvb" / f"{name}.geojson")
    mask, whole = prepare(layer), shapely.union_all(layer)
    plain = [of_dimension(geometry, mask.dimension) for geometry in shapely.intersection(zones, whole)]
    expected = np.array([size(geometry, mask.dimension) for geometry in plain])
    metres = (1.0, 1e5, 1e10)[mask.dimension]
    found = intersection(zones, mask)
    assert measure(zones, mask) * metres == pytest.approx(expected * metres, rel=1e-6, abs=1e-3)
    assert np.array([size(geometry, mask.dimension) for geometry in found]) * metres == pytest.approx(
        expected * metres, rel=1e-6, abs=1e-3
    )
    both = pairs(zones, layer)
    assert set(both.left) == set(np.flatnonzero(~shapely.is_missing(found)))
    if mask.dimension == 2:
        outside = shapely.area(difference(zones, mask))
        assert np.nan_to_num(outside) * metres == pytest.approx(
            shapely.area(shapely.difference(zones, whole)) * metres, rel=1e-6, abs=1e-3
        )
        assert shapely.is_valid(found[~shapely.is_missing(found)]).all()


def read(path):
    """The valid geometries of a GeoJSON file."""
    features = json.loads(path.read_text(encoding="utf-8"))["features"]
    return shapely.make_valid(shapely.force_2d(objects([shapely.geometry.shape(f["geometry"]) for f in features])))
