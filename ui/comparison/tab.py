"""The comparison in the dock: the other dossier chosen, the tab while there is one, rows shown where they are."""

from __future__ import annotations

from pathlib import Path
from typing import Callable, Optional

from qgis.core import Qgis
from qgis.PyQt.QtCore import QObject, pyqtSignal
from qgis.PyQt.QtWidgets import QFileDialog

from ...checks.wording import plural
from ...gis.comparison import words
from ...gis.comparison.changes import Change
from ...gis.dossier import DossierError
from ...gis.failures import sentence
from ...gis.instruction.decisions import Refused
from ...gis.results import Results
from ..background import Asked
from ..map.move import Move
from ..map.outline import Outline
from ..results.tabs import ResultsTabs
from . import comparing
from .comparing import Compared
from .view import ComparisonView

TITLE = "Comparaison"


class ComparisonTab(QObject):
    """A third tab of the results, there from `start` to `close`. `say(text, level)`: the message bar.

    Emits `started()`, and `failed(why)` when there is nothing to show.
    """

    started = pyqtSignal()
    failed = pyqtSignal(str)

    def __init__(self, tabs: ResultsTabs, outline: Outline, say: Callable[..., None], parent: QObject) -> None:
        super().__init__(parent)
        self._tabs, self._outline, self._say = tabs, outline, say
        self._results: Optional[Results] = None
        self._compared: Optional[Compared] = None
        self.view = ComparisonView(tabs)
        self.view.hide()
        self.asked = Asked("Comparaison de deux dossiers", self)
        self.asked.answered.connect(self._show)
        self.asked.failed.connect(self._fail)
        self.view.shown.connect(self._show_change)
        self.view.chosen.connect(self._choose_change)
        self.view.carry_asked.connect(self._carry)
        self.view.closed.connect(self.close)
        tabs.currentChanged.connect(lambda _: self._plan_again())

    def choose(self, results: Optional[Results]) -> None:
        """Ask for the other dossier; nothing without one in hand."""
        if results is None or results.path is None:
            return
        path, _ = QFileDialog.getOpenFileName(
            self._tabs,
            "Comparer avec le dossier d'une autre version du PLU",
            str(results.path.parent),
            "Dossier de contrôle (*.gpkg)",
        )
        if path:
            self.start(results, Path(path))

    def start(self, results: Results, other: Path) -> None:
        """Compare in the background; a comparison in progress is dropped."""
        self._results, self._compared = results, None
        self.started.emit()
        self.view.show_waiting(other.name)
        self._tabs.addTab(self.view, TITLE)
        self._tabs.setTabToolTip(self._tabs.indexOf(self.view), "Ce qui change entre deux versions du PLU")
        self._tabs.setCurrentWidget(self.view)
        path, run = results.path, results.controle.id
        self.asked.ask(lambda progress: comparing.compared(path, run, other, progress))

    def close(self) -> None:
        """The tab goes; what is asked no longer matters."""
        self.asked.drop()
        self._results = self._compared = None
        place = self._tabs.indexOf(self.view)
        if place >= 0:
            self._tabs.removeTab(place)
            self._outline.clear()

    def _show(self, compared: Compared) -> None:
        self._compared = compared
        self.view.show_compared(compared, compared.plan)
        self.view.tree.setFocus()

    def _fail(self, failure: BaseException) -> None:
        self.close()
        self.failed.emit(sentence(failure))

    # -- rows -------------------------------------------------------------------------------------

    def _show_change(self, change: Change) -> None:
        """Its row in the dock when it has one there, its outline on the map: of what is gone, as it was."""
        compared = self._compared
        if compared is None:
            return
        own = change.before if compared.is_older else change.after
        if own is not None:
            self._tabs.view.select_ecart(own.constat.id, own.ecarts[0].cle if own.ecarts else "")
        side = compared.comparison.after if change.after is not None else compared.comparison.before
        ecarts = change.item.ecarts
        if not ecarts:
            if own is None:
                self._outline.clear()
            return
        try:
            self._outline.show_row(side.results, ecarts, ecarts[0], Move.ROW)
        except DossierError as error:
            self._say(str(error), Qgis.MessageLevel.Critical)

    def _choose_change(self, change: Change) -> None:
        """Its sheet, where one appraises; what the dossier in hand does not have stays on the map."""
        self._show_change(change)
        compared = self._compared
        if compared is not None and (change.before if compared.is_older else change.after) is not None:
            self._tabs.setCurrentWidget(self._tabs.view)

    # -- appraisals -------------------------------------------------------------------------------

    def _carry(self) -> None:
        if self._compared is None or self._results is None:
            return
        try:
            done = comparing.carry(self._compared, self._results.notebook)
        except Refused as refused:
            self._say(f"Les appréciations n'ont pas été reprises. {refused}", Qgis.MessageLevel.Warning)
            return
        self._say(
            f"Repris dans « {self._compared.comparison.after.name} » : {words.to_carry(done)} ; "
            f"{plural(len(done.review), 'appréciation')} à revoir.",
            Qgis.MessageLevel.Success,
        )
        if not self._compared.is_older:
            self._tabs.view.refresh()
        self._plan_again()

    def _plan_again(self) -> None:
        """Decisions taken since in the dossier in hand count."""
        if self._compared is None or self._results is None or self._tabs.currentWidget() is not self.view:
            return
        plan = comparing.planned(self._compared, self._results.notebook)
        if plan != self.view.plan:
            self.view.refresh(self._compared, plan)
