"""The tab of the whole control: the bars of every objective, what could not be evaluated, the limits of the data."""

from __future__ import annotations

from html import escape
from typing import Iterable, List, Optional

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QToolButton, QVBoxLayout, QWidget

from ...checks.wording import number, plural
from ...gis.instruction.decisions import Decision
from ...gis.instruction.progress import DEPARTURES, OTHERS, Progress
from ...gis.results import Results
from ...report.plots.synthesis import bars
from .. import wording
from . import sheet
from .bars import SynthesisPlot

_HINT = "Cliquez sur une partie de barre pour voir les constats de cet objectif dans cet état."


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
        if results is not None:
            self.plot.show_bars(bars(results.prescriptions), sheet.title(results.controle))
        else:
            self.plot.show_bars(())
        self.unevaluated.setText(_unevaluated(results) if results is not None else "")
        self.limits.setText(_limits(results) if results is not None else "")
        self.progress.clear()
        if self.isVisible():
            self.refresh()

    def refresh(self) -> None:
        """Decisions were taken."""
        self.progress.setText(_progress(self._results) if self._results is not None else "")

    def showEvent(self, event) -> None:
        """They may have been while the other tab was in front."""
        super().showEvent(event)
        self.refresh()

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


def _label(text: str = "") -> QLabel:
    label = QLabel(text)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.RichText)
    label.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    return label


def _progress(results: Results) -> str:
    found, others = Progress.of(results, DEPARTURES), Progress.of(results, OTHERS)
    rows = [f"{plural(found.total, 'constat')} d'écart : {_done(found)}." if found.total else "Aucun constat d'écart."]
    if others.total:
        what = plural(others.total, "constat à apprécier ou non évalué", "constats à apprécier ou non évalués")
        rows.append(f"{what} : {_done(others)}.")
    return _section("Instruction", "<p>" + "<br>".join(escape(row) for row in rows) + "</p>")


def _done(found: Progress) -> str:
    """`2 appréciés (retenu 1, nuancé 1), 3 à traiter`."""
    parts = [
        f"{one.label[:1].lower()}{one.label[1:]} {number(found.decisions[one], 0)}"
        for one in Decision
        if found.decisions.get(one)
    ]
    if found.by_objects:
        parts.append(f"objet par objet {number(found.by_objects, 0)}")
    detail = f" ({', '.join(parts)})" if parts else ""
    among = [f"{number(found.partly, 0)} en partie apprécié{'s' if found.partly > 1 else ''}"] if found.partly else []
    among += [f"{number(found.again, 0)} à revoir (le constat a changé depuis)"] if found.again else []
    left = f"{number(found.left, 0)} à traiter{', dont ' + ' et '.join(among) if among else ''}"
    return f"{plural(found.appraised, 'apprécié')}{detail}, {left}"


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
