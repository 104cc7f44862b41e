"""What was decided on one row, the last first."""

from __future__ import annotations

from html import escape
from typing import Sequence

from qgis.PyQt.QtCore import QDateTime, Qt
from qgis.PyQt.QtWidgets import QTextBrowser

from ...gis.instruction.decisions import Appraisal, Suite
from ...gis.instruction.notebook import TYPED
from ..wording import cut

#: lines that show at once
_LINES = 5


class HistoryView(QTextBrowser):
    """Hidden when there is nothing to tell."""

    def __init__(self, parent=None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Historique des décisions")
        self.setMaximumHeight(self.fontMetrics().lineSpacing() * _LINES + 12)
        self.setVisible(False)

    def show_rows(self, rows: Sequence[Appraisal]) -> None:
        """`rows`: oldest first."""
        self.setVisible(bool(rows))
        self.setHtml("".join(_line(row) for row in reversed(rows)))


def signed(row: Appraisal) -> str:
    """`Zoé N'Diaye, le 12/06/2026 à 14:05`."""
    when = QDateTime.fromString(row.date, Qt.DateFormat.ISODate).toLocalTime()  # it is kept in UTC
    dated = f"le {when.toString('dd/MM/yyyy')} à {when.toString('HH:mm')}" if when.isValid() else ""
    return ", ".join(part for part in (row.auteur, dated) if part)


def _line(row: Appraisal) -> str:
    suite = f", suite : {row.suite.label.lower()}" if row.suite is not Suite.AUCUNE else ""
    origine = f" ({escape(row.origine)})" if row.origine and row.origine != TYPED else ""
    reason = f"<br/>{escape(cut(row.motif))}" if row.motif else ""
    return f"<p><b>{row.decision.label}</b>{suite} · {escape(signed(row))}{origine}{reason}</p>"
