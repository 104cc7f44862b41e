"""Which constats have an écart in sight: asked again, in the background, a moment after each move of the map."""

from __future__ import annotations

from typing import Any, FrozenSet, Optional

from qgis.core import QgsCoordinateReferenceSystem, QgsCoordinateTransform, QgsCsException, QgsGeometry, QgsProject
from qgis.gui import QgsMapCanvas
from qgis.PyQt.QtCore import QObject, QTimer, pyqtSignal

from ...gis.failures import sentence
from ...gis.results import Results, geometry_of
from ..background import Asked

#: how long the map stays still before one looks, ms
_STILL = 250
#: points on each side of the extent, which a change of projection bends
_POINTS = 20


class Sight(QObject):
    """Emits `changed(numbers of the constats and keys of the findings in sight)`, or `failed(why)`."""

    changed = pyqtSignal(object)
    failed = pyqtSignal(str)

    def __init__(self, canvas: QgsMapCanvas, parent: Optional[QObject] = None) -> None:
        super().__init__(parent)
        self._canvas = canvas
        self._results: Optional[Results] = None
        self._asked = Asked("Écarts visibles sur la carte", self)
        self._asked.answered.connect(self.changed)
        self._asked.failed.connect(lambda failure: self.failed.emit(sentence(failure)))
        self._still = QTimer(self, singleShot=True, interval=_STILL)
        self._still.timeout.connect(self._look)

    def follow(self, results: Optional[Results]) -> None:
        """Look at the map for these; no more for None."""
        if self._results is None and results is not None:
            self._canvas.extentsChanged.connect(self._still.start)
        elif self._results is not None and results is None:
            self._canvas.extentsChanged.disconnect(self._still.start)
        self._results = results
        if results is None:
            self._still.stop()
            self._asked.drop()
        else:
            self._look()

    def _look(self) -> None:
        results = self._results
        if results is None:
            return
        try:
            area = self._area(QgsCoordinateReferenceSystem(results.controle.crs))
        except QgsCsException:
            self.failed.emit("L'emprise de la carte ne se traduit pas dans la projection du dossier : rapprochez-vous.")
            return
        self._asked.ask(lambda progress: _in_sight(results, area))

    def _area(self, crs: QgsCoordinateReferenceSystem) -> QgsGeometry:
        area = QgsGeometry.fromRect(self._canvas.extent())
        here = self._canvas.mapSettings().destinationCrs()
        if crs.isValid() and here.isValid() and crs != here:
            area = area.densifyByCount(_POINTS)
            area.transform(QgsCoordinateTransform(here, crs, QgsProject.instance()))
        return area


def _in_sight(results: Results, area: QgsGeometry) -> FrozenSet[Any]:
    drawn = [one for one in results.notebook.free if one.wkb is not None]
    return frozenset(results.meeting(area)) | {one.cle for one in drawn if geometry_of(one.wkb).intersects(area)}
