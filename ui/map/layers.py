"""Puts a dossier on the map by small steps, so that the interface never waits for all of its layers."""

from __future__ import annotations

from pathlib import Path
from typing import Generator, List, Optional

from qgis.core import QgsCoordinateTransform, QgsCsException, QgsProject, QgsVectorLayer
from qgis.gui import QgsMapCanvas
from qgis.PyQt.QtCore import QObject, QTimer, pyqtSignal

from ...checks.wording import plural
from ...gis import map_group
from ...gis.geopackages.geopackage import GeoPackageError, in_french

#: ms between two steps: at 0 two of them could follow without the interface having its turn
_BREATH = 10


class DossierLayers(QObject):
    """The layers of one dossier in the project. Emits `finished()` at the end, `failed(why)` for what is missing."""

    finished = pyqtSignal()
    failed = pyqtSignal(str)

    def __init__(self, canvas: QgsMapCanvas, parent: Optional[QObject] = None) -> None:
        super().__init__(parent)
        self._canvas = canvas
        self._steps: Optional[Generator[None, None, List[str]]] = None
        self.path = Path()
        self._timer = QTimer(self, interval=_BREATH)
        self._timer.timeout.connect(self._step)

    def add(self, path: Path, plu: str, whole: bool = True) -> None:
        """Begin; what another call was adding is left as it is. `whole`: also the layers taken away by hand."""
        self.stop()
        self.path = path
        self._steps = map_group.steps(QgsProject.instance(), path, plu, whole)
        self._canvas.freeze(True)  # drawn once, when all are there
        self._timer.start()

    def stop(self) -> None:
        if self._steps is not None:
            self._timer.stop()
            self._steps = None
            self._canvas.freeze(False)

    def of_conflicts(self, path: Path) -> List[QgsVectorLayer]:
        """The layers of écarts that the map shows now."""
        there = map_group.layers(QgsProject.instance(), path)
        visible = {layer.id() for layer in self._canvas.layers()}
        return [there[table] for table in map_group.ECARTS if table in there and there[table].id() in visible]

    def zoom(self, path: Path) -> None:
        """The whole PLU in sight; its écarts where the zoning of the dossier is not on the map."""
        there = map_group.layers(QgsProject.instance(), path)
        layer = next((there[table] for table in ("zones", *reversed(map_group.ECARTS)) if table in there), None)
        if layer is None:
            return
        destination = self._canvas.mapSettings().destinationCrs()
        transform = QgsCoordinateTransform(layer.crs(), destination, QgsProject.instance())
        try:
            extent = transform.transformBoundingBox(layer.extent())
        except QgsCsException:
            return
        extent.scale(1.05)
        self._canvas.setExtent(extent)
        self._canvas.refresh()

    def _step(self) -> None:
        try:
            next(self._steps)
        except StopIteration as end:
            self.stop()
            self._canvas.refresh()
            if end.value:
                count = plural(len(end.value), "couche n'a pas pu être ouverte", "couches n'ont pas pu être ouvertes")
                self.failed.emit(f"{count} dans le dossier « {self.path.name} » : la carte ne montre pas tout.")
            self.finished.emit()
        except RuntimeError:  # the group or a layer was taken away between two steps
            self.stop()
            self.failed.emit("La mise sur la carte est interrompue : « Remettre le dossier sur la carte » la reprend.")
        except GeoPackageError as error:
            self.stop()
            self.failed.emit(
                f"Le dossier « {self.path.name} » n'a pas pu être mis sur la carte : {in_french(str(error))}."
            )
