"""The bars of the synthesis as a widget: to point at, to click, to walk through by the keyboard."""

from __future__ import annotations

from html import escape
from typing import Dict, Optional, Sequence, Tuple

from qgis.PyQt.QtCore import QEvent, QPoint, QRectF, Qt, pyqtSignal
from qgis.PyQt.QtGui import QPainter, QPen
from qgis.PyQt.QtWidgets import QToolTip, QWidget

from ...report.plots import synthesis as plot
from ...report.plots.drawing import Inks, metrics, pixels
from ...report.plots.paint import paint_synthesis
from .picture import Picture

#: widths of which the layout is kept
_KEPT = 8
_WAYS = {
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
}


class SynthesisPlot(Picture):
    """The bars. Arrows go from segment to segment, Enter asks for the answers behind the current one, as a click."""

    asked = pyqtSignal(str, object)
    current_changed = pyqtSignal(str, object)  # its figures in words, where it is; "" and None when there is none
    subject = "Synthèse par objectif"

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self._bars: Tuple[plot.Bar, ...] = ()
        self._laid: Dict[Tuple[float, str], plot.Layout] = {}  # Qt asks for the same heights over and over
        self._at: Optional[int] = None
        self.show_bars(())

    @property
    def current(self) -> "Optional[plot.Segment]":
        return self.laid.segments[self._at] if self._at is not None else None

    @property
    def laid(self) -> plot.Layout:
        """Where things are, at the width of the widget."""
        return self._layout(self.width())

    def show_bars(self, bars: Sequence[plot.Bar], title: str = "") -> None:
        """`title`: whose they are, written on an image."""
        self._bars, self._title = tuple(bars), title
        self._laid.clear()
        self.setAccessibleDescription(plot.spoken(self._bars))
        self._go(None)
        self.updateGeometry()

    def segment_at(self, point: QPoint) -> "Optional[plot.Segment]":
        return next((one for one in self.laid.segments if one.box.holds(point.x(), point.y())), None)

    # -- picture ----------------------------------------------------------------------------------

    def _paint(self, painter: QPainter, rect: QRectF, inks: Inks, on_paper: bool) -> object:
        return paint_synthesis(painter, rect, self._bars, self.font(), inks, self._title if on_paper else "")

    def _height(self, width: float, on_paper: bool = False) -> float:
        return self._layout(width, self._title if on_paper else "").height

    def _layout(self, width: float, title: str = "") -> plot.Layout:
        if (width, title) not in self._laid:
            if len(self._laid) >= _KEPT:
                self._laid.clear()
            self._laid[width, title] = plot.layout(self._bars, width, metrics(pixels(self.font())), title)
        return self._laid[width, title]

    # -- current segment --------------------------------------------------------------------------

    def _go(self, at: Optional[int]) -> None:
        self._at = at
        segment = self.current
        said = plot.said(self._bars[segment.bar], segment.etat) if segment is not None else ""
        # A screen reader says the name of what has the focus when it changes.
        self.setAccessibleName(said or "Prescriptions par objectif et par état")
        self.current_changed.emit(said, QRectF(*segment.box) if segment is not None else None)
        self.update()

    def _ask(self, segment: "plot.Segment") -> None:
        self.asked.emit(self._bars[segment.bar].title, segment.etat)

    def _toward(self, bars: int, segments: int) -> int:
        """The number of the segment beside the current one, or above or below it; itself at an edge."""
        every = self.laid.segments
        if self._at is None:
            return 0
        if segments:
            return min(max(self._at + segments, 0), len(every) - 1)
        here = every[self._at]
        beside = [n for n, one in enumerate(every) if one.bar == here.bar + bars]
        middle = here.box.x + here.box.width / 2
        return min(beside, key=lambda n: abs(every[n].box.x + every[n].box.width / 2 - middle), default=self._at)

    # -- what Qt asks -----------------------------------------------------------------------------

    def keyPressEvent(self, event) -> None:
        if self._bars and event.key() in _WAYS:
            self._go(self._toward(*_WAYS[event.key()]))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self.current is not None:
            self._ask(self.current)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event) -> None:
        super().focusInEvent(event)
        by_key = event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        if by_key and self._at is None and self.laid.segments:
            self._go(0)

    def mouseMoveEvent(self, event) -> None:
        over = self.segment_at(event.pos()) is not None
        self.setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)

    def mouseReleaseEvent(self, event) -> None:
        segment = self.segment_at(event.pos())
        if event.button() == Qt.MouseButton.LeftButton and segment is not None:
            self._go(self.laid.segments.index(segment))
            self._ask(segment)

    def event(self, event) -> bool:
        if event.type() == QEvent.Type.ToolTip:
            text = self._tip(event.pos())
            QToolTip.showText(event.globalPos(), f"<p>{escape(text)}</p>" if text else "", self)
            return True
        return super().event(event)

    def paintEvent(self, event) -> None:
        super().paintEvent(event)
        if self.current is not None and self.hasFocus():
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(self.palette().highlight().color(), 3))
            painter.drawRect(QRectF(*self.current.box).adjusted(-0.5, -0.5, 0.5, 0.5))
            painter.end()

    def changeEvent(self, event) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._laid.clear()
            self.updateGeometry()

    def _tip(self, point: QPoint) -> str:
        """The exact figures of a segment, the whole of a title."""
        segment = self.segment_at(point)
        if segment is not None:
            return plot.said(self._bars[segment.bar], segment.etat)
        return next((self._bars[bar].title for bar, box in self.laid.titles if box.holds(point.x(), point.y())), "")
