"""Defects of geometry, measured by hand on squares of 100 m."""

from __future__ import annotations

import pytest
import shapely
from scot_compat.checks import defects
from scot_compat.checks.layers import from_rows


def layer(*geometries, nom="ZONE_URBA"):
    return from_rows(nom, [{"geometrie": one, "LIBELLE": f"Z{i}"} for i, one in enumerate(geometries)])


def square(x, y=0, side=100):
    return shapely.box(x, y, x + side, y + side)


def test_overlaps():
    # 10 m x 100 m between the first two; the third touches by an edge; the fourth is missing
    (found,) = defects.overlapping(layer(square(0), square(90), square(190), None))
    assert found == (
        "1 couple de zones se recouvre sur plus de 1 m² (1\u202f000 m² en tout, soit Z0 (objet 1) et Z1 (objet 2) : "
        "1\u202f000 m²) : le sol n'est compté qu'une fois."
    )


def test_ground_covered_three_times_counts_twice_too_many():
    # three equal squares: 3 ha of zones for 1 ha of ground, 3 pairs
    (found,) = defects.overlapping(layer(*[square(0)] * 3))
    assert found.startswith("3 couples de zones se recouvrent sur plus de 1 m² (2 ha en tout")


def test_partition_has_no_overlap():
    assert defects.overlapping(layer(*[square(100 * i, 100 * j) for i in range(5) for j in range(5)])) == ()


def test_shared_outline_drawn_twice_is_not_an_overlap():
    assert defects.overlapping(layer(square(0), square(99.995))) == ()  # 0.5 m2


@pytest.mark.parametrize(
    ("geometries", "count"),
    [
        ((square(0), square(200)), 0),
        ((square(0), square(0), square(0)), 2),
        ((None, None), 0),
        # the same outline from another corner, the other way round
        ((square(0), shapely.Polygon([(0, 0), (0, 100), (100, 100), (100, 0)])), 1),
    ],
)
def test_repeated(geometries, count):
    found = defects.repeated(layer(*geometries))
    assert [one.split(" ")[0] for one in found] == ([str(count)] if count else [])


def test_slivers():
    (found,) = defects.tiny(layer(square(0), square(200, side=3), square(300, side=0.5), shapely.Point(0, 0)))
    assert found == "2 surfaces de moins de 10 m², dont 1 de moins de 1 m² (Z1 (objet 2), Z2 (objet 3))."


def test_elsewhere():
    zones = layer(square(0))
    assert defects.elsewhere(layer(shapely.Point(50, 50)), zones) == ()
    assert "1 objet sur 2" in defects.elsewhere(layer(shapely.Point(50, 50), shapely.Point(500, 0)), zones)[0]
    assert "d'un autre document" in defects.elsewhere(layer(shapely.Point(500, 0), None), zones)[0]
    assert defects.elsewhere(layer(None), zones) == ()


def test_by_table():
    found = defects.find({"ZONE_URBA": layer(square(0), square(0)), "INFO_SURF": layer(square(0), square(0))})
    assert len(found["ZONE_URBA"]) == 2  # overlap and repetition
    assert len(found["INFO_SURF"]) == 1  # informations may overlap
