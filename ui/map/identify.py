"""The tool that finds the row of a conflict under the cursor; a second click there goes to the next one below."""

from __future__ import annotations

from typing import Callable, List, Optional, Sequence, Tuple

from qgis.core import QgsVectorLayer
from qgis.gui import QgsMapCanvas, QgsMapMouseEvent, QgsMapToolIdentify
from qgis.PyQt.QtCore import QPoint, Qt, pyqtSignal
from qgis.PyQt.QtGui import QCursor

#: pixels within which two clicks are at the same place
_SAME = 4


class ConflictTool(QgsMapToolIdentify):
    """Emits `picked(number of the constat, cle of the écart)`, or `missed()` where there is no conflict."""

    picked = pyqtSignal(int, str)
    missed = pyqtSignal()

    def __init__(self, canvas: QgsMapCanvas, layers: Callable[[], Sequence[QgsVectorLayer]]) -> None:
        super().__init__(canvas)
        self._layers = layers
        self._found: List[Tuple[int, str]] = []
        self._at: Optional[QPoint] = None
        self._turn = 0
        self.setCursor(QCursor(Qt.CursorShape.WhatsThisCursor))

    def canvasPressEvent(self, event: QgsMapMouseEvent) -> None:
        """Nothing: a click is told when it ends."""

    def canvasMoveEvent(self, event: QgsMapMouseEvent) -> None:
        """Nothing: QGIS would begin to draw a selection."""

    def canvasReleaseEvent(self, event: QgsMapMouseEvent) -> None:
        self.pick(event.pos())

    def pick(self, at: QPoint) -> None:
        """The conflict at a place of the canvas (pixels)."""
        found = self._under(at)
        if not found:
            self._found, self._at = [], None
            self.missed.emit()
            return
        again = self._at is not None and (at - self._at).manhattanLength() <= _SAME and found == self._found
        self._turn = (self._turn + 1) % len(found) if again else 0
        self._found, self._at = found, at
        self.picked.emit(*found[self._turn])

    def _under(self, at: QPoint) -> List[Tuple[int, str]]:
        layers = [layer for layer in self._layers() if layer.isValid()]
        if not layers:
            return []
        results = self.identify(at.x(), at.y(), layers, QgsMapToolIdentify.IdentifyMode.TopDownAll)
        found = [(result.mFeature["constat"], result.mFeature["cle"]) for result in results]
        # one drawn by hand in these layers has neither
        return list(dict.fromkeys((constat, cle) for constat, cle in found if isinstance(constat, int) and cle))
