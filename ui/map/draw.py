"""Draws a point, a line or a surface on the map: left click for each vertex, right click or Enter to end, Escape to
give up, Backspace to take the last one back."""

from __future__ import annotations

from typing import List, Optional

from qgis.core import QgsGeometry, QgsPointXY, QgsWkbTypes
from qgis.gui import QgsMapCanvas, QgsMapMouseEvent, QgsMapTool, QgsRubberBand
from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtGui import QColor, QCursor

from ...gis.palette import OUTLINE

Kind = QgsWkbTypes.GeometryType
#: vertices without which there is no shape
_LEAST = {Kind.PointGeometry: 1, Kind.LineGeometry: 2, Kind.PolygonGeometry: 3}


class DrawTool(QgsMapTool):
    """Emits `drawn(QgsGeometry)` in the projection of the canvas, or `abandoned()`."""

    drawn = pyqtSignal(object)
    abandoned = pyqtSignal()

    def __init__(self, canvas: QgsMapCanvas) -> None:
        super().__init__(canvas)
        self._kind = Kind.PolygonGeometry
        self._vertices: List[QgsPointXY] = []
        self._band: Optional[QgsRubberBand] = None
        self.setCursor(QCursor(Qt.CursorShape.CrossCursor))

    @property
    def kind(self) -> "QgsWkbTypes.GeometryType":
        """What is drawn: a surface without width is none once it is valid."""
        return self._kind

    def start(self, kind: "QgsWkbTypes.GeometryType") -> None:
        """Take the canvas, to draw a shape of this kind."""
        self._kind, self._vertices = kind, []
        self.canvas().setMapTool(self)

    def canvasReleaseEvent(self, event: QgsMapMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.add(self.toMapCoordinates(event.pos()))
        elif event.button() == Qt.MouseButton.RightButton:
            self.end()

    def canvasMoveEvent(self, event: QgsMapMouseEvent) -> None:
        if self._vertices:
            self._draw(self.toMapCoordinates(event.pos()))

    def keyPressEvent(self, event) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.end()
        elif event.key() == Qt.Key.Key_Escape:
            self._leave()
            self.abandoned.emit()
        elif event.key() in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete) and self._vertices:
            self._vertices.pop()
            self._draw()
            event.ignore()  # QGIS would delete what is selected in the layer

    def add(self, vertex: QgsPointXY) -> None:
        """One more vertex, in map coordinates; a point is drawn at the first."""
        if not self._vertices or vertex != self._vertices[-1]:
            self._vertices.append(vertex)
        self._draw()
        if self._kind == Kind.PointGeometry:
            self.end()

    def end(self) -> None:
        """Nothing happens while there are too few vertices for a shape."""
        if len(self._vertices) < _LEAST[self._kind]:
            return
        shape = self._shape()
        self._leave()
        self.drawn.emit(shape)

    def deactivate(self) -> None:
        """Another tool was taken: what was begun is given up."""
        began = bool(self._vertices)
        self._clear()
        super().deactivate()
        if began:
            self.abandoned.emit()

    def _leave(self) -> None:
        self._clear()
        self.canvas().unsetMapTool(self)

    def _clear(self) -> None:
        self._vertices = []
        if self._band is not None:
            self.canvas().scene().removeItem(self._band)
            self._band = None

    def _draw(self, at: Optional[QgsPointXY] = None) -> None:
        if self._band is None:
            self._band = QgsRubberBand(self.canvas(), self._kind)
            self._band.setStrokeColor(QColor(OUTLINE))
            self._band.setWidth(2)
            fill = QColor(OUTLINE)
            fill.setAlpha(40)
            self._band.setFillColor(fill)
        self._band.reset(self._kind)
        for vertex in [*self._vertices, *([at] if at is not None else [])]:
            self._band.addPoint(vertex)

    def _shape(self) -> QgsGeometry:
        if self._kind == Kind.PointGeometry:
            return QgsGeometry.fromPointXY(self._vertices[0])
        if self._kind == Kind.LineGeometry:
            return QgsGeometry.fromPolylineXY(self._vertices)
        made = QgsGeometry.fromPolygonXY([self._vertices]).makeValid()
        if made.type() == Kind.PolygonGeometry:
            return made
        # a spike is not a part of the surface
        return QgsGeometry.unaryUnion([one for one in made.asGeometryCollection() if one.type() == self._kind])
