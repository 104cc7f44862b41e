"""The tab of the whole control: the bars of every objective, what could not be evaluated, the limits of the data."""

from __future__ import annotations

from html import escape
from typing import Iterable, List, Optional, Sequence, Tuple

from qgis.PyQt.QtCore import QEvent, QPoint, QRectF, Qt, pyqtSignal
from qgis.PyQt.QtGui import QFont, QPainter, QPen
from qgis.PyQt.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QToolButton, QToolTip, QVBoxLayout, QWidget

from ...checks.wording import number, plural
from ...gis.instruction.decisions import Decision
from ...gis.instruction.progress import Progress
from ...gis.results import Results
from ...report.plots import synthesis as plot
from ...report.plots.drawing import Inks, metrics, pixels
from ...report.plots.paint import paint_synthesis
from .. import wording
from .picture import Picture

_HINT = "Cliquez sur une partie de barre pour voir les constats de cet objectif dans cet état."
_WAYS = {
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
}


class Synthesis(QWidget):
    """Emits `asked(objective, Etat)` when the answers behind a segment are asked for, `failed(sentence)`."""

    asked = pyqtSignal(str, object)
    failed = pyqtSignal(str)

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.nature = _label(f"<i>{escape(wording.NATURE)}</i>")
        self.plot = SynthesisPlot(self)
        self.plot.asked.connect(self.asked)
        self.plot.failed.connect(self.failed)
        self.plot.current_changed.connect(self._say_current)
        self.export = QToolButton(self)
        self.export.setText("Image")
        self.export.setToolTip("Enregistrer ou copier le graphique")
        self.export.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.export.setMenu(self.plot.menu)
        self.current = _label(_HINT)
        self.progress = _label()
        self.unevaluated = _label()
        self.limits = _label()
        self._results: Optional[Results] = None
        self._arrange()

    def show_results(self, results: Optional[Results]) -> None:
        """Show a control; None empties the tab."""
        self._results = results
        self.plot.show_bars(plot.bars(results.prescriptions) if results is not None else ())
        self.unevaluated.setText(_unevaluated(results) if results is not None else "")
        self.limits.setText(_limits(results) if results is not None else "")
        self.refresh()

    def refresh(self) -> None:
        """Decisions were taken meanwhile."""
        self.progress.setText(_progress(self._results) if self._results is not None else "")

    def _arrange(self) -> None:
        content = QWidget(self)
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 4, 0)
        column.addWidget(self.plot)
        for label in (self.progress, self.unevaluated, self.limits):
            column.addWidget(label)
        column.addStretch(1)
        self.area = QScrollArea(self)
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setWidget(content)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(4, 4, 0, 0)
        layout.addWidget(self.nature)
        above = QHBoxLayout()
        above.addWidget(self.current, 1)
        above.addWidget(self.export, 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(above)
        layout.addWidget(self.area, 1)

    def _say_current(self, said: str, box: object) -> None:
        self.current.setText(escape(f"{said}. Entrée : voir ces constats.") if said else _HINT)
        if box is not None:
            middle = self.plot.mapTo(self.area.widget(), box.center().toPoint())
            self.area.ensureVisible(middle.x(), middle.y(), 0, round(box.height()) * 2)


class SynthesisPlot(Picture):
    """The bars. Arrows go from segment to segment, Enter asks for the answers behind the current one, as a click."""

    asked = pyqtSignal(str, object)
    current_changed = pyqtSignal(str, object)  # its figures in words, where it is; "" and None when there is none
    file_name = "synthèse par objectif"

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self._bars: Tuple[plot.Bar, ...] = ()
        self._laid: Optional[plot.Layout] = None
        self._at: Optional[int] = None
        self.show_bars(())

    @property
    def current(self) -> "Optional[plot.Segment]":
        return self.laid.segments[self._at] if self._at is not None else None

    @property
    def laid(self) -> plot.Layout:
        """Where things are, at the width of the widget."""
        if self._laid is None or self._laid.width != self.width():
            self._laid = self._layout(self.width())
        return self._laid

    def show_bars(self, bars: Sequence[plot.Bar]) -> None:
        self._bars, self._laid = tuple(bars), None
        self.setAccessibleDescription(plot.spoken(self._bars))
        self._go(None)
        self.updateGeometry()

    def segment_at(self, point: QPoint) -> "Optional[plot.Segment]":
        return next((one for one in self.laid.segments if one.box.holds(point.x(), point.y())), None)

    # -- picture ----------------------------------------------------------------------------------

    def _paint(self, painter: QPainter, rect: QRectF, font: QFont, inks: Inks) -> object:
        return paint_synthesis(painter, rect, self._bars, font, inks)

    def _height(self, width: float) -> float:
        return self._layout(width).height

    def _layout(self, width: float) -> plot.Layout:
        return plot.layout(self._bars, width, metrics(pixels(self.font())))

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
            self._laid = None
            self.updateGeometry()

    def _tip(self, point: QPoint) -> str:
        """The exact figures of a segment, the whole of a title."""
        segment = self.segment_at(point)
        if segment is not None:
            return plot.said(self._bars[segment.bar], segment.etat)
        return next((self._bars[bar].title for bar, box in self.laid.titles if box.holds(point.x(), point.y())), "")


def _label(text: str = "") -> QLabel:
    label = QLabel(text)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.RichText)
    label.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    return label


def _progress(results: Results) -> str:
    found = Progress.of(results)
    if not found.total:
        return _section("Instruction", "<p>Aucun constat d'écart à apprécier.</p>")
    by_decision = [
        f"{one.label[:1].lower()}{one.label[1:]} {number(found.decisions[one], 0)}"
        for one in Decision
        if found.decisions.get(one)
    ]
    if found.by_objects:
        by_decision.append(f"objet par objet {number(found.by_objects, 0)}")
    detail = f" ({', '.join(by_decision)})" if by_decision else ""
    partly = f", dont {number(found.partly, 0)} dont une partie des objets est appréciée" if found.partly else ""
    said = (
        f"{plural(found.total, 'constat')} d'écart : {plural(found.appraised, 'apprécié')}{detail}, "
        f"{number(found.left, 0)} à traiter{partly}."
    )
    return _section("Instruction", f"<p>{escape(said)}</p>")


def _unevaluated(results: Results) -> str:
    causes = [one for one in results.prescriptions if one.cause]
    rows = (f"<b>{escape(one.id)}</b> {escape(one.intitule)} : {escape(one.cause)}" for one in causes)
    said = _list(rows) if causes else "<p>Toutes les prescriptions ont pu être évaluées.</p>"
    return _section("Ce qui n'a pas pu être évalué", said)


def _limits(results: Results) -> str:
    limits = [(source, line) for source in results.sources for line in source.limites.splitlines() if line]
    rows: List[str] = [f"<b>{escape(source.couche)}</b> : {escape(line)}" for source, line in limits]
    return _section("Limites des données", _list(rows) if rows else "<p>Aucune limite relevée à la lecture.</p>")


def _section(heading: str, said: str) -> str:
    return f"<h4>{heading}</h4>{said}"


def _list(rows: Iterable[str]) -> str:
    return "<ul>" + "".join(f"<li>{row}</li>" for row in rows) + "</ul>"
