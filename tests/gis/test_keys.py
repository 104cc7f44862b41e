"""Keys that survive a new version of the PLU: same object, same key; other object, other key."""

from __future__ import annotations

import functools
import hashlib
import struct

import numpy as np
import pytest
import shapely
from scot_compat.checks import chunks as chunking
from scot_compat.checks.layers import objects
from scot_compat.checks.progress import Cancelled, Progress
from scot_compat.gis.geopackages.keys import constat_keys, ecart_keys, shapes

ROW = ("P31", "urbanisation", "2030", "62119", "ZONE_URBA")
#: Lambert-93 ground, coordinates in the middle of the 0.1 m cells
HOLED = shapely.Polygon(
    [(700000, 6600000), (700100, 6600000), (700100, 6600080), (700000, 6600100)],
    [[(700010, 6600010), (700020, 6600010), (700020, 6600020)]],
)
OTHER = shapely.box(700200, 6600000, 700210, 6600010)


def key(geometry, row=ROW, objet_id="1"):
    return ecart_keys([row], objects([geometry]), [objet_id])[0]


def rebuilt(polygon, start=0, reverse=False):
    """The same ground, its rings begun elsewhere, or turned round."""
    rings = []
    for ring in (polygon.exterior, *polygon.interiors):
        points = list(ring.coords)[:-1]
        points = points[start:] + points[:start]
        rings.append(points[::-1] if reverse else points)
    return shapely.Polygon(rings[0], rings[1:])


@pytest.mark.parametrize("start, reverse", [(1, False), (2, False), (0, True), (3, True)])
def test_neither_the_first_vertex_nor_the_direction_matters(start, reverse):
    assert key(rebuilt(HOLED, start, reverse)) == key(HOLED)


def test_neither_the_order_of_parts_nor_of_rows_matters():
    assert key(shapely.MultiPolygon([HOLED, OTHER])) == key(shapely.MultiPolygon([OTHER, HOLED]))
    assert key(shapely.MultiPolygon([HOLED])) == key(HOLED)
    nested = shapely.GeometryCollection([shapely.MultiPolygon([OTHER]), HOLED])
    assert key(nested) == key(shapely.MultiPolygon([HOLED, OTHER]))
    forward = ecart_keys([ROW, ROW], objects([HOLED, OTHER]), ["1", "2"])
    assert ecart_keys([ROW, ROW], objects([OTHER, HOLED]), ["2", "1"]) == forward[::-1]


def test_noise_below_the_rounding_does_not_matter():
    rng = np.random.default_rng(7)
    for _ in range(20):
        moved = shapely.transform(rebuilt(HOLED, 1), lambda xy: xy + rng.uniform(-0.04, 0.04, 2))
        assert key(moved) == key(HOLED)
    with_tiny_step = shapely.Polygon([(700000, 6600000), (700000.02, 6600000.01), *list(OTHER.exterior.coords)[:2]])
    without = shapely.Polygon([(700000, 6600000), *list(OTHER.exterior.coords)[:2]])
    assert key(with_tiny_step) == key(without)


def test_another_object_has_another_key():
    moved = shapely.transform(HOLED, lambda xy: xy + [0.2, 0])
    filled = shapely.Polygon(HOLED.exterior)
    keys = [key(HOLED), key(OTHER), key(moved), key(filled), key(HOLED.exterior.coords and OTHER.exterior), key(None)]
    keys += [key(HOLED, ROW[:i] + ("x",) + ROW[i + 1 :]) for i in range(5)]
    assert len(set(keys)) == len(keys) - 1  # a ring is the outline of its polygon
    assert key(HOLED, ("P3", "1urbanisation", *ROW[2:])) != key(HOLED)


def test_the_recipe_is_the_one_published():
    """SHA-256 of the fields and of the sorted segments, computed here by hand."""
    line = shapely.LineString([(3.04, 0), (0, 0), (0, 1)])
    segments = struct.pack("<8q", 0, 0, 0, 10, 0, 0, 30, 0)
    expected = hashlib.sha256("\x1f".join((*ROW, "")).encode() + segments).hexdigest()
    assert key(line) == expected
    assert constat_keys([ROW[:4]]) == [hashlib.sha256("\x1f".join(ROW[:4]).encode()).hexdigest()]


def test_points_and_nothing():
    point = shapely.Point(700000, 6600000)
    alone = struct.pack("<4q", 7000000, 66000000, 7000000, 66000000)
    assert shapes(objects([point, None, shapely.Polygon(), point])) == [alone, b"", b"", alone]
    assert key(shapely.MultiPoint([(0, 0), (1, 1)])) == key(shapely.MultiPoint([(1, 1), (0, 0)]))
    assert key(None, objet_id="1") != key(None, objet_id="2")
    assert ecart_keys([], objects([]), []) == []


def test_the_same_object_twice_is_numbered_by_its_identifier():
    twin = rebuilt(HOLED, 2)
    first, second, third = ecart_keys([ROW] * 3, objects([HOLED, twin, HOLED]), ["b", "a", "c"])
    assert second == key(HOLED)
    assert (first, third) == (f"{second}-2", f"{second}-3")
    assert constat_keys([ROW[:4], ROW[:4]]) == [constat_keys([ROW[:4]])[0], constat_keys([ROW[:4]])[0] + "-2"]


def test_keys_do_not_depend_on_how_many_are_made_at_once(monkeypatch):
    """By chunks of a few vertices, of all of them, and one by one: the same, the first of each known by heart."""
    objets = [shapely.transform(HOLED, lambda xy, i=i: xy + [i % 40, 0]) for i in range(60)]
    objets += [None, shapely.Polygon(), shapely.Point(0, 0), objets[0], shapely.MultiPolygon([OTHER, HOLED])]
    rows, ids = [ROW] * len(objets), [f"{i:02d}" for i in range(len(objets))]
    alone = [key(objet, objet_id=name) for objet, name in zip(objets, ids)]
    for limit in (1, 7, 50, 10**9):
        chunks = functools.partial(chunking.chunks, limit=limit)
        monkeypatch.setattr("scot_compat.gis.geopackages.keys.chunks", chunks)
        found = ecart_keys(rows, objects(objets), ids)
        assert [one.partition("-")[0] for one in found] == alone
        assert len(set(found)) == len(found)
        assert found[40] == f"{alone[0]}-2" and found[63] == f"{alone[0]}-3"
    assert alone[0] == "b95a99441ecfb4c4475d0651b3d2893a7ef772f14e671527b740adc5b74e32f0"


def test_a_cancel_is_heard_while_keys_are_made(monkeypatch):
    monkeypatch.setattr("scot_compat.checks.progress.PERIOD", 0.0)
    asked = []
    many = [shapely.Point(i, 0).buffer(1, quad_segs=250) for i in range(400)]
    rows, ids = [ROW] * len(many), [str(i) for i in range(len(many))]
    ecart_keys(rows, objects(many), ids, Progress(cancelled=lambda: bool(asked.append(1))))
    assert len(asked) > len(many)  # between the chunks of shapes, then for each key
    with pytest.raises(Cancelled):
        ecart_keys(rows, objects(many), ids, Progress(cancelled=lambda: True))
    asked.clear()
    shapes(objects(many), Progress(cancelled=lambda: bool(asked.append(1))))
    assert 2 <= len(asked) <= 10  # 400 000 vertices
