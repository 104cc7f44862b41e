"""The small bar under the sheet: what was measured against what was asked."""

from __future__ import annotations

from dataclasses import replace
from html import escape
from typing import List, Optional

from qgis.PyQt.QtCore import QRectF, Qt
from qgis.PyQt.QtGui import QPainter
from qgis.PyQt.QtWidgets import QWidget

from ...checks.base import Etat
from ...checks.wording import number
from ...gis.results import ConstatRow
from ...report.plots import gauge as plot
from ...report.plots.drawing import Inks, metrics, pixels
from ...report.plots.paint import paint_gauge
from ...rules.model import UNITS
from .. import wording
from .picture import Picture


def of_constat(constat: ConstatRow) -> plot.Gauge:
    """The figures of a constat, in the words of the sheet."""
    low, high = constat.seuil_min, constat.seuil_max
    return plot.Gauge(
        constat.etat,
        constat.mesure,
        wording.measured(constat),
        low,
        f"au moins {wording.measure(low, constat.unite, constat.mesure)}" if low is not None else "",
        high,
        f"au plus {wording.measure(high, constat.unite, constat.mesure)}" if high is not None else "",
        constat.unite,
        tuple(_notes(constat)),
    )


def _notes(constat: ConstatRow) -> List[str]:
    """What one would read wrong in the bar alone."""
    if constat.mesure is None:
        return []
    notes = []
    departure = wording.departure(constat)
    if departure.endswith(wording.WORST):
        share = departure[: -len(wording.WORST)].strip()
        notes.append(f"La barre est l'ensemble ; l'objet le plus en cause s'écarte du seuil de {share}.")
    if constat.etat is Etat.SANS_ECART and (constat.ecart or 0) > 0:
        notes.append("Hors du seuil, dans la tolérance de la règle.")
    if constat.etat is Etat.NON_EVALUE:
        notes.append("Non évalué : cette mesure ne suffit pas à conclure.")
    if constat.etat is Etat.A_APPRECIER:
        notes.append("À apprécier : cette mesure seule ne conclut pas.")
    return notes


class GaugeView(Picture):
    """The plot of a constat; hidden for what has no figure. The tooltip has the exact figures."""

    subject = "Mesure et seuil"

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # the menu key opens the menu
        self.setAccessibleName(self.subject)
        self._gauge: Optional[plot.Gauge] = None
        self._title = ""
        self.show_constat(None)

    def show_constat(self, constat: Optional[ConstatRow]) -> None:
        figures = constat is not None and (constat.mesure, constat.seuil_min, constat.seuil_max) != (None, None, None)
        self._gauge = of_constat(constat) if figures else None
        self._title = f"{constat.prescription} · {wording.place(constat)} · {constat.etat.label}" if figures else ""
        said = "\n".join(_figures(constat)) if figures else ""
        self.setAccessibleDescription(said)
        self.setToolTip("<br>".join(escape(line) for line in said.split("\n")))
        self.setVisible(figures)
        self.updateGeometry()
        self.update()

    def _paint(self, painter: QPainter, rect: QRectF, inks: Inks, on_paper: bool) -> object:
        drawn = self._drawn(on_paper)
        return paint_gauge(painter, rect, drawn, self.font(), inks) if drawn is not None else None

    def _height(self, width: float, on_paper: bool = False) -> float:
        drawn = self._drawn(on_paper)
        return plot.layout(drawn, width, metrics(pixels(self.font()))).height if drawn is not None else 0.0

    def _drawn(self, on_paper: bool) -> Optional[plot.Gauge]:
        return replace(self._gauge, title=self._title) if self._gauge is not None and on_paper else self._gauge


def _figures(constat: ConstatRow) -> List[str]:
    """Every figure, in words then as it was computed."""
    lines = [f"{constat.etat.label} : {wording.place(constat)}".rstrip(" :")]
    for name, words, value in (
        ("Mesure", wording.measured(constat), constat.mesure),
        ("Seuil minimal", wording.measure(constat.seuil_min, constat.unite, constat.mesure), constat.seuil_min),
        ("Seuil maximal", wording.measure(constat.seuil_max, constat.unite, constat.mesure), constat.seuil_max),
    ):
        if value is not None:
            lines.append(f"{name} : {words}{_exactly(value, constat.unite, words)}")
    departure = wording.departure(constat)
    if departure:
        lines.append(f"Écart : {departure.replace(wording.WORST, wording.WORST_SAID)}")
    return [*lines, *_notes(constat)]


def _exactly(value: float, unit: str, words: str) -> str:
    """The figure as it was computed, where the words round it or change its unit."""
    figure = number(value, 6)
    if words.split(" ")[0] == figure:
        return ""
    return f" ({figure} {UNITS[unit][2] if unit in UNITS else unit}".rstrip() + ")"
