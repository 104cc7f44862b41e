"""The tool that finds the row of a conflict: a click on the map, and what lies below it by another one."""

from __future__ import annotations

import pytest
from qgis.core import QgsCoordinateReferenceSystem, QgsFeature, QgsGeometry, QgsPointXY, QgsProject, QgsVectorLayer
from qgis.gui import QgsMapMouseEvent
from qgis.PyQt.QtCore import QEvent, QPoint, Qt
from scot_compat.gis import map_group
from scot_compat.ui.map.identify import ConflictTool
from scot_compat.ui.map.layers import DossierLayers


def layer_of(conflicts, kind="Polygon"):
    """A layer of écarts: (number of the constat, key, WKT or rectangle)."""
    layer = QgsVectorLayer(f"{kind}?crs=EPSG:2154&field=constat:integer&field=cle:string", "Écarts", "memory")
    features = []
    for constat, cle, box in conflicts:
        feature = QgsFeature(layer.fields())
        feature.setAttributes([constat, cle])
        west, south, east, north = box
        ring = f"{west} {south}, {east} {south}, {east} {north}, {west} {north}, {west} {south}"
        wkt = f"Polygon(({ring}))" if kind == "Polygon" else f"LineString({west} {south}, {east} {north})"
        feature.setGeometry(QgsGeometry.fromWkt(wkt))
        features.append(feature)
    assert layer.dataProvider().addFeatures(features)[0]
    layer.updateExtents()
    QgsProject.instance().addMapLayer(layer)
    return layer


@pytest.fixture
def canvas(interface, qtbot):
    canvas = interface.canvas
    canvas.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:2154"))
    interface.window.show()
    qtbot.waitExposed(interface.window)
    return canvas


@pytest.fixture
def surfaces(canvas):
    """Two conflicts that overlap from 100 to 200, one apart."""
    layer = layer_of([(1, "a", (0, 0, 200, 200)), (2, "b", (100, 0, 300, 200)), (3, "c", (600, 0, 800, 200))])
    show(canvas, layer)
    return layer


def show(canvas, *layers):
    canvas.setLayers(list(layers))
    canvas.setExtent(layers[0].extent().buffered(300))


class Listener:
    def __init__(self, canvas, layers):
        self.tool = ConflictTool(canvas, lambda: layers)
        self.canvas, self.picked, self.missed = canvas, [], 0
        self.tool.picked.connect(lambda *found: self.picked.append(found))
        self.tool.missed.connect(self._miss)

    def _miss(self):
        self.missed += 1

    def at(self, x, y):
        place = self.canvas.getCoordinateTransform().transform(QgsPointXY(x, y))
        return QPoint(round(place.x()), round(place.y()))

    def pick(self, x, y):
        self.tool.pick(self.at(x, y))


def test_a_click_finds_the_row(canvas, surfaces):
    heard = Listener(canvas, [surfaces])
    heard.pick(50, 100)
    heard.pick(250, 100)
    heard.pick(700, 100)
    assert heard.picked == [(1, "a"), (2, "b"), (3, "c")] and heard.missed == 0


def test_a_second_click_there_goes_to_the_conflict_below_and_round_again(canvas, surfaces):
    heard = Listener(canvas, [surfaces])
    for _ in range(4):
        heard.pick(150, 100)
    assert sorted(heard.picked[:2]) == [(1, "a"), (2, "b")]
    assert heard.picked[2:] == heard.picked[:2]


def test_a_click_elsewhere_begins_again(canvas, surfaces):
    heard = Listener(canvas, [surfaces])
    heard.pick(150, 100)
    heard.pick(700, 100)
    heard.pick(150, 100)
    assert heard.picked[0] == heard.picked[2] and heard.picked[1] == (3, "c")


def test_where_there_is_no_conflict(canvas, surfaces):
    heard = Listener(canvas, [surfaces])
    heard.pick(450, 100)
    heard.pick(-250, -250)
    assert heard.picked == [] and heard.missed == 2


def test_without_any_layer(canvas):
    heard = Listener(canvas, [])
    heard.pick(0, 0)
    assert heard.missed == 1


def test_the_pieces_of_one_conflict_are_one(canvas, surfaces):
    """A line and a surface of one key lie there: a second click stays on it."""
    lines = layer_of([(1, "a", (0, 50, 90, 50))], "LineString")
    show(canvas, lines, surfaces)
    heard = Listener(canvas, [lines, surfaces])
    heard.pick(50, 50)
    heard.pick(50, 50)
    assert heard.picked == [(1, "a"), (1, "a")]


def test_the_layer_above_comes_first(canvas, surfaces):
    lines = layer_of([(9, "z", (0, 50, 90, 50))], "LineString")
    show(canvas, lines, surfaces)
    heard = Listener(canvas, [lines, surfaces])
    heard.pick(50, 50)
    heard.pick(50, 50)
    assert heard.picked == [(9, "z"), (1, "a")]


def test_a_map_in_another_projection(canvas, surfaces):
    canvas.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:3857"))
    from qgis.core import QgsCoordinateTransform

    forth = QgsCoordinateTransform(surfaces.crs(), canvas.mapSettings().destinationCrs(), QgsProject.instance())
    canvas.setExtent(forth.transformBoundingBox(surfaces.extent().buffered(300)))
    heard = Listener(canvas, [surfaces])
    place = forth.transform(QgsPointXY(50, 100))
    heard.pick(place.x(), place.y())
    assert heard.picked == [(1, "a")]


def test_it_is_told_when_the_button_is_let_go(canvas, surfaces):
    heard = Listener(canvas, [surfaces])
    spot, left, none = heard.at(50, 100), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    press = QgsMapMouseEvent(canvas, QEvent.Type.MouseButtonPress, spot, left, left, none)
    heard.tool.canvasPressEvent(press)
    heard.tool.canvasMoveEvent(press)
    assert heard.picked == []
    heard.tool.canvasReleaseEvent(QgsMapMouseEvent(canvas, QEvent.Type.MouseButtonRelease, spot, left, left, none))
    assert heard.picked == [(1, "a")]


def test_only_layers_that_the_map_shows_are_picked(canvas, dossier, qtbot):
    """Unticked in the layer tree, a layer of écarts is out of reach."""
    project, layers = QgsProject.instance(), DossierLayers(canvas)
    with qtbot.waitSignal(layers.finished, timeout=20_000):
        layers.add(dossier, "PLUi")
    there = map_group.layers(project, dossier)
    qtbot.waitUntil(lambda: set(there.values()) <= set(canvas.layers()), timeout=20_000)
    assert there["ecarts"] in layers.of_conflicts(dossier)
    assert not {there["zones"]} & set(layers.of_conflicts(dossier))
    project.layerTreeRoot().findLayer(there["ecarts"]).setItemVisibilityChecked(False)
    qtbot.waitUntil(lambda: there["ecarts"] not in canvas.layers(), timeout=20_000)
    assert there["ecarts"] not in layers.of_conflicts(dossier)
    heard = Listener(canvas, layers.of_conflicts(dossier))
    layers.zoom(dossier)
    for feature in there["ecarts"].getFeatures():
        spot = feature.geometry().pointOnSurface().asPoint()
        heard.pick(spot.x(), spot.y())
    assert not {found for found in heard.picked if found[1] in keys_only_in(there)}


def keys_only_in(there):
    """Keys of conflicts that are surfaces only."""
    others = [layer for table, layer in there.items() if table in map_group.ECARTS and table != "ecarts"]
    drawn_elsewhere = {feature["cle"] for layer in others for feature in layer.getFeatures()}
    return {feature["cle"] for feature in there["ecarts"].getFeatures()} - drawn_elsewhere
