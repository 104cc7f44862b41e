"""The conflicts of the row in hand, outlined over the map without touching its layers; the current one stands out."""

from __future__ import annotations

from typing import Dict, List, Optional, Sequence, Tuple

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCsException,
    QgsGeometry,
    QgsProject,
    QgsRectangle,
    QgsWkbTypes,
)
from qgis.gui import QgsMapCanvas, QgsRubberBand
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QColor

from ...gis.palette import OUTLINE, OUTLINE_EDGE
from ...gis.results import EcartRow, Results
from .move import Move

#: beyond that many conflicts the layers show them, the outline only the current one
MOST = 300
#: what is left around conflicts when the map goes to them, and the least width shown, in units of the map
_MARGIN, _LEAST = 1.3, 150.0


class Outline:
    """Owns its rubber bands; `clear` and `remove` take them off the canvas."""

    def __init__(self, canvas: QgsMapCanvas) -> None:
        self._canvas = canvas
        self._bands: Dict[Tuple["QgsWkbTypes.GeometryType", bool], QgsRubberBand] = {}
        self._shown: Tuple[List[QgsGeometry], List[QgsGeometry], QgsCoordinateReferenceSystem] = (
            [],
            [],
            QgsCoordinateReferenceSystem(),
        )
        canvas.destinationCrsChanged.connect(self._draw)

    def show(
        self, row: Sequence[QgsGeometry], current: Sequence[QgsGeometry], crs: QgsCoordinateReferenceSystem
    ) -> None:
        """Outline the conflicts of a row, thin, and the pieces of the current one, thick. `crs`: of the geometries."""
        self._shown = (list(row) if len(row) <= MOST else [], list(current), crs)
        self._draw()

    def show_row(
        self,
        results: Results,
        ecarts: Sequence[EcartRow],
        current: Optional[EcartRow],
        move: Move,
    ) -> None:
        """Outline the écarts of a row; the map follows as far as `move` says.

        Raises DossierError when their geometries can no longer be read.
        """
        own = [ecart for ecart in ecarts if current is not None and ecart.cle == current.cle]
        wanted = [*own, *(ecarts if len(ecarts) <= MOST else ())]
        read = list(results.shapes(wanted))  # at once: each reading opens the dossier
        mine, row = read[: len(own)], read[len(own) :]
        crs = QgsCoordinateReferenceSystem(results.controle.crs)
        self.show(row, mine, crs)
        if move is not Move.STAY:
            zoom = move is Move.CURRENT
            self.go_to(mine if (zoom and mine) or not row else row, crs, always=zoom)

    def clear(self) -> None:
        self._shown = ([], [], self._shown[2])
        self._draw()

    def go_to(self, geometries: Sequence[QgsGeometry], crs: QgsCoordinateReferenceSystem, *, always: bool) -> None:
        """Bring the map to these conflicts; unless `always`, only when they are not all in sight already."""
        extent = self._extent(geometries, crs)
        if extent.isNull() or (not always and self._canvas.extent().contains(extent)):
            return
        extent.scale(_MARGIN)
        least = max(_LEAST * self._unit() - max(extent.width(), extent.height()), 0.0)
        self._canvas.setExtent(extent.buffered(least / 2))
        self._canvas.refresh()

    def remove(self) -> None:
        """Nothing is left on the canvas."""
        self._canvas.destinationCrsChanged.disconnect(self._draw)
        for band in self._bands.values():
            self._canvas.scene().removeItem(band)
        self._bands = {}

    def _draw(self) -> None:
        row, current, crs = self._shown
        self._reset()
        for geometries, is_current in ((row, False), (current, True)):
            by_kind: Dict["QgsWkbTypes.GeometryType", List[QgsGeometry]] = {}
            for geometry in geometries:
                if not geometry.isNull():
                    by_kind.setdefault(QgsWkbTypes.geometryType(geometry.wkbType()), []).append(geometry)
            for kind, several in by_kind.items():
                self._add(kind, several, crs, is_current)

    def _reset(self) -> None:
        for (kind, _), band in self._bands.items():
            band.reset(kind)

    def _add(
        self,
        kind: "QgsWkbTypes.GeometryType",
        geometries: List[QgsGeometry],
        crs: QgsCoordinateReferenceSystem,
        current: bool,
    ) -> None:
        """All at once: a band redraws itself at each geometry that it is given."""
        band = self._bands.get((kind, current))
        if band is None:
            band = self._bands[(kind, current)] = _band(self._canvas, kind, current)
        band.addGeometry(QgsGeometry.collectGeometry(geometries), crs)

    def _extent(self, geometries: Sequence[QgsGeometry], crs: QgsCoordinateReferenceSystem) -> QgsRectangle:
        extent = QgsRectangle()
        extent.setMinimal()
        for geometry in geometries:
            if not geometry.isNull():
                extent.combineExtentWith(geometry.boundingBox())
        if extent.xMinimum() > extent.xMaximum():
            return QgsRectangle()
        destination = self._canvas.mapSettings().destinationCrs()
        try:
            return QgsCoordinateTransform(crs, destination, QgsProject.instance()).transformBoundingBox(extent)
        except QgsCsException:
            return QgsRectangle()

    def _unit(self) -> float:
        """Units of the map in a metre, roughly."""
        return 1e-5 if self._canvas.mapSettings().destinationCrs().isGeographic() else 1.0


def _band(canvas: QgsMapCanvas, kind: "QgsWkbTypes.GeometryType", current: bool) -> QgsRubberBand:
    band = QgsRubberBand(canvas, kind)
    band.setStrokeColor(QColor(OUTLINE))
    band.setSecondaryStrokeColor(QColor(OUTLINE_EDGE))
    band.setFillColor(QColor(0, 0, 0, 0))
    band.setBrushStyle(Qt.BrushStyle.NoBrush)
    band.setWidth(4 if current else 2)
    band.setIcon(QgsRubberBand.IconType.ICON_CIRCLE)
    band.setIconSize(18 if current else 12)
    band.setZValue(band.zValue() + (1 if current else 0))
    return band
