"""A plot on the screen: in the colours of the theme, and on white when it is saved or copied."""

from __future__ import annotations

from pathlib import Path
from typing import Optional

from qgis.core import QgsProject
from qgis.PyQt.QtCore import QRectF, QSize, pyqtSignal
from qgis.PyQt.QtGui import QGuiApplication, QPainter
from qgis.PyQt.QtWidgets import QFileDialog, QLabel, QMenu, QSizePolicy, QWidget

from ...report.plots import export
from ...report.plots.drawing import PAPER, Inks

_FILTERS = {"Image vectorielle SVG (*.svg)": ".svg", "Image PNG (*.png)": ".png"}


class Picture(QLabel):
    """Base of the plots: `_paint` and `_height` are theirs. Emits `failed(sentence)` when a file cannot be written.

    A label, without text: the themes of QGIS give their colour to labels, and leave that of other widgets unreadable.
    `on_paper`: the plot leaves the dock, and says whose figures it shows.
    """

    failed = pyqtSignal(str)
    #: what it is, also the name of the file that is proposed
    subject = "Graphique"

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.menu = QMenu(self)
        self.menu.addAction("Enregistrer l'image…", self.save)
        self.menu.addAction("Copier l'image", self.copy)

    def save(self) -> None:
        """Ask for a file, and write the plot in it as it is laid out now."""
        start = str(Path(QgsProject.instance().homePath()) / f"{self.subject}.svg")
        chosen, kind = QFileDialog.getSaveFileName(self, "Enregistrer l'image", start, ";;".join(_FILTERS))
        if not chosen:
            return
        path = Path(chosen)
        if path.suffix.lower() not in _FILTERS.values():
            path = path.with_name(path.name + _FILTERS.get(kind, ".png"))
        width = self._drawn_width()
        try:
            export.save(path, width, self._height(width, on_paper=True), self._paint_on_paper, self.subject)
        except OSError as error:
            self.failed.emit(f"L'image n'a pas pu être enregistrée : {error}.")

    def copy(self) -> None:
        width = self._drawn_width()
        QGuiApplication.clipboard().setImage(
            export.image(width, self._height(width, on_paper=True), self._paint_on_paper)
        )

    def _paint(self, painter: QPainter, rect: QRectF, inks: Inks, on_paper: bool) -> object:
        raise NotImplementedError

    def _height(self, width: float, on_paper: bool = False) -> float:
        raise NotImplementedError

    def _paint_on_paper(self, painter: QPainter, rect: QRectF) -> object:
        return self._paint(painter, rect, PAPER, True)

    def _drawn_width(self) -> int:
        """Never narrower than what reads well on a page."""
        return max(self.width(), 30 * self.fontMetrics().height())

    # -- what Qt asks -----------------------------------------------------------------------------

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return round(self._height(width)) + 1

    def sizeHint(self) -> QSize:
        width = 20 * self.fontMetrics().height()
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        least = 10 * self.fontMetrics().height()
        return QSize(least, self.heightForWidth(max(self.width(), least)))

    def resizeEvent(self, event) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def paintEvent(self, event) -> None:
        painter = QPainter(self)
        painter.setClipRect(event.rect())
        self._paint(painter, QRectF(self.rect()), Inks(self.palette().color(self.foregroundRole())), False)
        painter.end()

    def contextMenuEvent(self, event) -> None:
        self.menu.popup(event.globalPos())
