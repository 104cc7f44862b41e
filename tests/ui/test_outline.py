"""The outline of the conflicts on the map canvas: its bands, and where the map goes."""

from __future__ import annotations

import pytest
from qgis.core import QgsCoordinateReferenceSystem, QgsGeometry, QgsRectangle, QgsWkbTypes
from qgis.gui import QgsRubberBand
from scot_compat.ui.map.move import Move
from scot_compat.ui.map.outline import MOST, Outline

LAMBERT, WGS84 = QgsCoordinateReferenceSystem("EPSG:2154"), QgsCoordinateReferenceSystem("EPSG:4326")
FAR = QgsRectangle(100000, 6200000, 101000, 6201000)


@pytest.fixture
def canvas(interface):
    canvas = interface.canvas
    canvas.resize(600, 600)
    canvas.setDestinationCrs(LAMBERT)
    canvas.setExtent(FAR)
    return canvas


@pytest.fixture
def outline(canvas):
    made = Outline(canvas)
    yield made
    if made._bands:
        made.remove()


def bands(canvas):
    return [item for item in canvas.scene().items() if isinstance(item, QgsRubberBand)]


def drawn(canvas):
    """Width of the line -> the geometries outlined, in the projection of the map."""
    found = {}
    for band in bands(canvas):
        geometry = band.asGeometry()
        if band.numberOfVertices():
            found.setdefault(band.width(), []).append(geometry)
    return found


def shown(rows, outline, number, place=0, move=Move.ROW):
    row = rows.ecarts[number]
    outline.show_row(rows, row, row[place] if place is not None else None, move)


def test_the_row_is_thin_and_the_current_one_thick(rows, outline, canvas):
    shown(rows, outline, 1)
    found = drawn(canvas)
    (thin,), (thick,) = found[2], found[4]
    assert thin.area() == pytest.approx(20000) and thick.area() == pytest.approx(10000)
    assert thick.boundingBox() == QgsRectangle(700000, 6600000, 700100, 6600100)


def test_pieces_of_one_object_are_all_thick(rows, outline, canvas):
    """A surface and a line under one key are one conflict."""
    shown(rows, outline, 5)
    kinds = {geometry.type() for geometry in drawn(canvas)[4]}
    assert kinds == {QgsWkbTypes.GeometryType.PolygonGeometry, QgsWkbTypes.GeometryType.LineGeometry}


def test_another_row_takes_the_place_of_the_former(rows, outline, canvas):
    shown(rows, outline, 5)
    shown(rows, outline, 2)
    assert {width: [g.area() for g in found] for width, found in drawn(canvas).items()} == {
        2: [pytest.approx(10000)],
        4: [pytest.approx(10000)],
    }


def test_clear_then_remove_leaves_nothing_on_the_canvas(rows, outline, canvas):
    before = set(canvas.scene().items())
    shown(rows, outline, 5)
    outline.clear()
    assert drawn(canvas) == {}
    canvas.setDestinationCrs(WGS84)
    assert drawn(canvas) == {}
    shown(rows, outline, 1)
    outline.remove()
    assert bands(canvas) == [] and set(canvas.scene().items()) == before
    canvas.setDestinationCrs(LAMBERT)  # and nothing comes back
    assert bands(canvas) == []


def test_geometries_in_another_projection_than_the_map(rows, outline, canvas):
    """Lambert-93 (700000, 6600000) is the central meridian, 3° E; the latitude, by the inverse projection, 46.5° N."""
    canvas.setDestinationCrs(WGS84)
    shown(rows, outline, 1, move=Move.CURRENT)
    (thick,) = drawn(canvas)[4]
    centre = thick.boundingBox().center()
    assert centre.x() == pytest.approx(3.0007, abs=1e-3) and centre.y() == pytest.approx(46.5004, abs=1e-3)
    assert canvas.extent().contains(thick.boundingBox())
    assert canvas.extent().width() < 0.02


def test_the_map_changes_projection_and_the_outline_follows(rows, outline, canvas):
    shown(rows, outline, 1)
    canvas.setDestinationCrs(WGS84)
    (thick,) = drawn(canvas)[4]
    assert thick.boundingBox().center().x() == pytest.approx(3.0007, abs=1e-3)


def test_a_row_out_of_sight_is_brought_in_sight(rows, outline, canvas):
    shown(rows, outline, 1)
    assert canvas.extent().contains(QgsRectangle(700000, 6600000, 700300, 6600100))


def test_a_row_in_sight_does_not_move_the_map(rows, outline, canvas):
    canvas.setExtent(QgsRectangle(690000, 6590000, 710000, 6610000))
    before = canvas.extent()
    shown(rows, outline, 1)
    assert canvas.extent() == before


def test_zoom_goes_to_the_current_conflict(rows, outline, canvas):
    canvas.setExtent(QgsRectangle(690000, 6590000, 710000, 6610000))
    shown(rows, outline, 1, 1, move=Move.CURRENT)
    assert canvas.extent().contains(QgsRectangle(700200, 6600000, 700300, 6600100))
    assert canvas.extent().width() < 1000


def test_zoom_on_a_row_without_a_current_one_takes_it_whole(rows, outline, canvas):
    shown(rows, outline, 1, None, move=Move.CURRENT)
    assert canvas.extent().contains(QgsRectangle(700000, 6600000, 700300, 6600100))


def test_a_point_is_not_zoomed_on_for_ever(outline, canvas):
    point = QgsGeometry.fromWkt("Point(700000 6600000)")
    outline.go_to([point], LAMBERT, always=True)
    extent = canvas.extent()  # as wide and high as the canvas wants it around
    assert min(extent.width(), extent.height()) == pytest.approx(150, rel=0.1)
    outline.show([point], [point], LAMBERT)
    assert set(drawn(canvas)) == {2, 4}


def test_nothing_to_draw_moves_nothing(rows, outline, canvas):
    before = canvas.extent()
    outline.show([QgsGeometry()], [QgsGeometry()], LAMBERT)
    outline.go_to([QgsGeometry()], LAMBERT, always=True)
    outline.go_to([], LAMBERT, always=True)
    assert canvas.extent() == before and drawn(canvas) == {}


def test_too_many_conflicts_are_left_to_the_layers(outline, canvas):
    """The outline of the current one stays."""
    many = [QgsGeometry.fromRect(QgsRectangle(10 * n, 0, 10 * n + 5, 5)) for n in range(MOST + 1)]
    outline.show(many[1:], many[:1], LAMBERT)
    assert set(drawn(canvas)) == {2, 4}
    outline.show(many, many[:1], LAMBERT)
    assert set(drawn(canvas)) == {4}
