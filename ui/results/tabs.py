"""The two tabs of a control: its synthesis, and its answers one by one."""

from __future__ import annotations

from typing import Optional

from qgis.gui import QgsMapCanvas
from qgis.PyQt.QtCore import QSize, pyqtSignal
from qgis.PyQt.QtWidgets import QTabWidget, QWidget

from ...checks.base import Etat
from ...gis.results import Results
from .answers import Answers
from .synthesis import Synthesis
from .view import ResultsView


class ResultsTabs(QTabWidget):
    """Answers come first: what one opens a dossier for is its next écart. `failed(sentence)`: no file was written."""

    failed = pyqtSignal(str)

    def __init__(self, parent: Optional[QWidget] = None, canvas: Optional[QgsMapCanvas] = None) -> None:
        super().__init__(parent)
        self.setDocumentMode(True)
        self.synthesis = Synthesis(self)
        self.view = ResultsView(self, canvas)
        self.addTab(self.synthesis, "Synthèse")
        self.addTab(self.view, "Constats")
        self.setTabToolTip(0, "Les prescriptions par objectif et par état, ce qui n'a pas été évalué, les limites")
        self.setTabToolTip(1, "Les réponses une à une, et les écarts sur la carte")
        self.setCurrentWidget(self.view)
        self.synthesis.asked.connect(self._ask)
        self.synthesis.failed.connect(self.failed)
        self.view.gauge.failed.connect(self.failed)

    def show_results(self, results: Optional[Results], answers: Optional[Answers] = None) -> None:
        """Show a control, its answers in front. None empties both tabs. `answers`: see `ResultsView.show_results`."""
        self.synthesis.show_results(results)
        self.view.show_results(results, answers)
        self.setCurrentWidget(self.view)

    def sizeHint(self) -> QSize:
        return self.view.sizeHint()

    def _ask(self, objectif: str, etat: Etat) -> None:
        """The answers behind a segment of the synthesis."""
        self.setCurrentWidget(self.view)
        self.view.ask(objectif, etat)
