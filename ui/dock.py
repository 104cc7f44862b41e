"""The dock: a header, the answers of the dossier in hand, the map beside. It reads dossiers, and nothing else.

new control or "Relancer" -> Run (background) -> dossier on disk -> `open_dossier` -> tree, sheet, map
"""

from __future__ import annotations

from pathlib import Path
from typing import Optional, Sequence, Tuple

from qgis.core import Qgis, QgsProject, QgsSettings
from qgis.gui import QgsDockWidget
from qgis.PyQt.QtCore import Qt, QTimer, pyqtSignal
from qgis.PyQt.QtWidgets import QFileDialog, QMenu, QStackedWidget, QToolButton, QVBoxLayout, QWidget

from ..gis import map_group, relaunch
from ..gis.choices import Choices
from ..gis.control import Control
from ..gis.dossier import DossierError
from ..gis.dossier_results import DossierResults
from ..gis.instruction.decisions import FreeFinding
from ..gis.results import EcartRow, Results
from . import demo, drops
from .background import Asked
from .comparison.tab import ComparisonTab
from .header import Header
from .icons import named
from .instruction.free_finding import FreeFindingDialog
from .map.identify import ConflictTool
from .map.layers import DossierLayers
from .map.move import Move
from .map.outline import Outline
from .messages import TITLE, Messages
from .new_control.dialog import NewControlDialog
from .new_control.plu_block import PLU_FILTER, PLU_TITLE
from .notices import Notices, Topic
from .opening import Opening, Order
from .project_dossier import ProjectDossier
from .results import sheet
from .results.answers import Answers
from .results.tabs import ResultsTabs
from .run import Run, summary
from .sentences import Sentences
from .watch import Watch
from .welcome import Welcome

#: setting that says that the dock was shown once
_SEEN = "scot_compat/dock_shown"
#: where the file widgets of QGIS begin
_LAST_FOLDER = "UI/lastFileNameWidgetDir"
_DOSSIERS = "Dossier de contrôle (*.gpkg)"


class ScotDock(QgsDockWidget):
    """Emits `opened()` when a dossier is in hand and on the map, or when there is none any more."""

    opened = pyqtSignal()

    def __init__(self, iface) -> None:
        super().__init__(TITLE, iface.mainWindow())
        self.setObjectName("ScotCompatDock")
        self.setAcceptDrops(True)
        self._iface = iface
        self._canvas = iface.mapCanvas()
        self._messages = Messages(iface.messageBar())
        self._say = self._messages.say
        self._dialog: Optional[NewControlDialog] = None
        self._writing: Optional[FreeFindingDialog] = None
        self.results: Optional[Results] = None
        self._go = False  # once the dossier is on the map, to its first écart
        self.header = Header(self)
        self.welcome = Welcome(self)
        self.tabs = ResultsTabs(self, self._canvas)
        self.view = self.tabs.view
        self.run = Run(self)
        self.layers = DossierLayers(self._canvas, self)
        self.outline = Outline(self._canvas)
        self.tool = ConflictTool(self._canvas, self._conflict_layers)
        self.comparison = ComparisonTab(self.tabs, self.outline, self._say, self)
        self.notices = Notices(self)
        self.sentences = Sentences(self, self.notices, self._messages)
        self.opening = Opening(self.notices, self)
        self.watch = Watch(self)
        self.project = ProjectDossier(self)
        self._checking = Asked("Vérification des données du contrôle", self)
        self._arrange()
        self._connect()
        self._show(None)
        self.project.look()

    def close_all(self) -> None:
        """Before the plugin goes: nothing runs, nothing stays on the map canvas, no signal comes back."""
        self.project.stop()
        self.run.close()
        self.opening.drop()
        self._checking.drop()
        self.view.stop()
        self.comparison.close()
        self.watch.take(None)
        self.layers.stop()
        for dialog in (self._dialog, self._writing):
            if dialog is not None:
                dialog.close()
        if self._canvas.mapTool() is self.tool:
            self._canvas.unsetMapTool(self.tool)
        self.tool.deleteLater()
        self.outline.remove()
        self._messages.clear()

    # -- what the user asks -----------------------------------------------------------------------

    def new_control(
        self, dropped: Optional[drops.Dropped] = None, choices: Optional[Choices] = None
    ) -> NewControlDialog:
        """Open the dialog, or bring it to the front, with what was dropped or with these choices."""
        if self._dialog is None:
            self._dialog = NewControlDialog(self._iface.mainWindow())
            self._dialog.launched.connect(self.run.start)
            self._dialog.destroyed.connect(self._dialog_gone)
        if choices is not None:
            self._dialog.show_choices(choices)
        if dropped is not None:
            self._dialog.give(dropped)
        self._dialog.show()
        self._dialog.raise_()
        return self._dialog

    def choose_archive(self) -> None:
        """The shortest way to a control: the archive first, the dialog then asks for the rest."""
        settings = QgsSettings()
        start = settings.value(_LAST_FOLDER, QgsProject.instance().homePath())
        path, _ = QFileDialog.getOpenFileName(self, PLU_TITLE, start, PLU_FILTER)
        if path:
            settings.setValue(_LAST_FOLDER, str(Path(path).parent))
            self.new_control(drops.Dropped(plu=path))

    def choose_dossier(self) -> None:
        path = self._ask_dossier("Ouvrir le dossier d'un contrôle", QgsProject.instance().homePath())
        if path is not None:
            self.open_dossier(path)

    def find_dossier(self, lost: Path) -> None:
        """Ask where a dossier that is no longer there is now; its layers and the project then follow it."""
        path = self._ask_dossier(f"Où est maintenant « {lost.name} » ?", str(lost.parent))
        if path is None:
            self.sentences.lost(lost)
        else:
            self.open_dossier(path, put=False, go=False, whole=False, instead=lost)

    def _ask_dossier(self, title: str, start: str) -> Optional[Path]:
        path, _ = QFileDialog.getOpenFileName(self, title, start, _DOSSIERS)
        return Path(path) if path else None

    def open_dossier(self, path: Path, put: bool = True, go: bool = True, **more) -> None:
        """Read a dossier in the background, then show it: see `Order`."""
        if not (put and self._is_being_written(path)):
            self.opening.ask(Order(path, put, go, **more))

    def again(self) -> None:
        """The same control, with the data and the rules as they are now, if they are all there."""
        results = self.results
        if results is None or results.path is None or self.run.running:
            return
        choices = Choices.of_parametres(results.controle.parametres, results.path)
        refusal = results.notebook.refusal
        if refusal:
            self.sentences.cannot_replace(refusal, choices)
            return
        self._checking.ask(lambda progress: (choices, relaunch.missing(results, choices)))

    def claim(self) -> None:
        """Try again to have the right to write in the dossier; what others wrote in it meanwhile is shown."""
        if self.results is None:
            return
        if self.watch.claim():
            self.view.refresh()
        self.watch.check()

    def write_finding(self, finding: Optional[FreeFinding] = None) -> None:
        """Ask for a finding seen by the reader, or for other words for that one."""
        results = self.results
        if results is None:
            return
        if self._writing is not None and self._writing.touched:
            self._writing.raise_()
            self._writing.activateWindow()
            self._say("Un constat est en cours d'écriture : enregistrez-le ou annulez-le d'abord.")
            return
        if self._writing is not None:
            self._writing.close()
        self._writing = FreeFindingDialog(
            results.notebook,
            results.prescriptions,
            results.controle.crs,
            self._canvas,
            self._iface.mainWindow(),
            self.view.prescription,
            finding,
        )
        self._writing.finished.connect(self._written)
        self._writing.saved.connect(self.view.refresh_free)
        self._writing.show()

    def put_on_map(self, whole: bool = True) -> None:
        """Put the dossier in hand on the map, `whole` with the layers that were taken away by hand."""
        path = self.results.path if self.results is not None else None
        if path is not None and not self._is_being_written(path):
            self.notices.drop(Topic.MAP)
            self.layers.add(path, self.results.controle.plu, whole)

    def open_demo(self) -> None:
        try:
            choices = demo.prepare()
        except OSError as error:
            self.sentences.demo_failed(error)
            return
        self.run.start(choices)

    def step(self, forward: bool = True) -> None:
        """F8, Shift+F8."""
        self.tabs.setCurrentWidget(self.view)
        self.view.step(forward)

    def show_results(self, results: Optional[Results]) -> None:
        """Put these results in the dock; a fake may do."""
        self._show(results)

    # -- parts ------------------------------------------------------------------------------------

    def _arrange(self) -> None:
        self.pick = QToolButton(self)
        self.pick.setIcon(named("designer"))
        self.pick.setToolTip("Désigner un écart sur la carte : sa ligne est choisie ici")
        self.pick.setCheckable(True)
        self.more = QToolButton(self)
        self.more.setText("⋯")
        self.more.setToolTip("Autres actions")
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self.more)
        menu.addAction("Ouvrir la démonstration", self.open_demo)
        menu.addAction("Remettre le dossier sur la carte", lambda: self.put_on_map())
        self.more.setMenu(menu)
        self.header.buttons.addWidget(self.pick)
        self.header.buttons.addWidget(self.more)
        self.pages = QStackedWidget(self)
        self.pages.addWidget(self.welcome)
        self.pages.addWidget(self.tabs)
        content = QWidget(self)
        layout = QVBoxLayout(content)
        layout.setContentsMargins(6, 6, 6, 6)
        layout.addWidget(self.header)
        layout.addWidget(self.notices)
        layout.addWidget(self.pages, 1)
        self.setWidget(content)

    def _connect(self) -> None:
        for asker in (self.header, self.welcome):
            asker.new_asked.connect(lambda: self.new_control())
            asker.open_asked.connect(self.choose_dossier)
        self.welcome.archive_asked.connect(self.choose_archive)
        self.welcome.demo_asked.connect(self.open_demo)
        self.header.again_asked.connect(self.again)
        self.header.compare_asked.connect(lambda: self.comparison.choose(self.results))
        self.comparison.started.connect(lambda: self.notices.drop(Topic.COMPARISON))
        self.comparison.failed.connect(self.sentences.not_compared)
        self.header.cancel_asked.connect(self.run.cancel)
        self.run.started.connect(self._run_started)
        self.run.told.connect(self.header.tell)
        self.run.done.connect(self._control_done)
        self.run.stopped.connect(self._run_stopped)
        self.run.ended.connect(self._run_ended)
        self._checking.answered.connect(self._checked)
        self._checking.failed.connect(self._changed)
        self.opening.read.connect(self._read)
        self.opening.failed.connect(self.sentences.unread)
        self.watch.refused.connect(self.sentences.refusal)
        self.watch.changed.connect(self._changed)
        self.watch.same.connect(lambda: self.notices.drop(Topic.FILE))
        self.layers.finished.connect(self._on_map)
        self.layers.failed.connect(self.sentences.not_on_map)
        self.view.shown.connect(self._draw_row)
        self.view.finding_asked.connect(self.write_finding)
        self.watch.refused.connect(self.view.form.refresh)
        self.tabs.failed.connect(lambda why: self._say(why, Qgis.MessageLevel.Critical))
        self.tool.picked.connect(self._picked)
        self.view.said.connect(self._say)
        self.tool.missed.connect(self._missed)
        self.pick.clicked.connect(self._take_tool)
        self.tool.activated.connect(lambda: self.pick.setChecked(True))
        self.tool.deactivated.connect(lambda: self.pick.setChecked(False))
        self.project.found.connect(self._found)
        self.project.lost.connect(self.sentences.lost)
        self.project.closed.connect(self._project_closed)

    # -- results ----------------------------------------------------------------------------------

    def _control_done(self, done: Control) -> None:
        kept = self.project.path
        if self.run.in_project or (kept is not None and map_group.same_file(kept, done.dossier)):
            self._say(f"Contrôle terminé. {summary(done)}", Qgis.MessageLevel.Success)
            self.open_dossier(done.dossier, whole=False)
            return
        self.sentences.done_elsewhere(done.dossier)

    def _run_started(self) -> None:
        if self.run.writes(self.layers.path):  # those still to come would hold its file
            self.layers.stop()
        self.notices.drop(Topic.RUN)
        self.header.show_run()
        self.welcome.setEnabled(False)

    def _run_stopped(self, text: str, level: "Qgis.MessageLevel") -> None:
        """Cancelled, failed, or refused before it began."""
        if self.run.running:  # it is another one that was refused
            self._say(text, level)
        else:
            self.sentences.run_stopped(text, level == Qgis.MessageLevel.Critical, self.run.choices)

    def _checked(self, answer: Tuple[Choices, Sequence[str]]) -> None:
        """The same control again, or what it would lack."""
        choices, missing = answer
        if missing:
            self.sentences.cannot_relaunch(missing, choices)
        else:
            self.run.start(choices)

    def _run_ended(self) -> None:
        """What was let go for the run is shown again, also when nothing new was written."""
        self.header.show_rest()
        self.welcome.setEnabled(True)
        if map_group.is_let_go(QgsProject.instance(), self.run.dossier) and not self.opening.waiting:
            self.layers.add(self.run.dossier, self.project.plu, whole=False)

    def _read(self, order: Order, results: DossierResults, answers: Answers) -> None:
        if order.instead is not None:
            expected = self.project.plu
            if expected and results.controle.plu != expected:
                self.sentences.another_one(order, results.controle, expected)
                return
            map_group.move(QgsProject.instance(), order.instead, order.path)
        self._go = order.go
        self._show(results, answers)
        if order.put or order.instead is not None:  # else it is the project's own: written again, it would be to save
            self.project.keep(results)
            self.put_on_map(order.whole)
        else:
            self._on_map()

    def _show(self, results: Optional[Results], answers: Optional[Answers] = None) -> None:
        self._checking.drop()
        self.comparison.close()
        self._leave_writing(results)
        self.notices.drop(Topic.DOSSIER, Topic.FILE, Topic.COMPARISON, Topic.MAP, Topic.ANSWERS)
        self.watch.take(results)
        self.results = results
        self.header.show_dossier(sheet.title(results.controle) if results is not None else "")
        self.pick.setEnabled(results is not None)
        self.tabs.show_results(results, answers)
        self.pages.setCurrentWidget(self.tabs if results is not None else self.welcome)
        if results is not None:
            self.sentences.standing(results)

    def _leave_writing(self, results: Optional[Results]) -> None:
        """What is being written goes on when its control was made again; of another dossier it is told, and closed."""
        writing, former = self._writing, self.results
        if writing is None:
            return
        again = former is not None and results is not None and former.path is not None and former.path == results.path
        if again and former.controle.crs == results.controle.crs:
            writing.go_on_in(results.notebook)
            return
        if writing.touched:
            text = writing.text.toPlainText()
            self._say(
                f"Le constat commencé dans l'autre dossier n'est pas enregistré : « {text} »", Qgis.MessageLevel.Warning
            )
        writing.close()

    def _changed(self, failure: BaseException) -> None:
        """The dossier in hand is no longer the file that was read."""
        results = self.results
        if results is None or results.path is None or self.opening.waiting or self.run.writes(results.path):
            return
        self.sentences.changed(results.path, failure)

    # -- what follows the project -----------------------------------------------------------------

    def _found(self, path: Path) -> None:
        """The dossier of the project that was just read: its layers are there, or were taken away."""
        if self.run.writes(path):
            map_group.release(QgsProject.instance(), path)
        self.open_dossier(path, put=False, go=False)

    def _project_closed(self) -> None:
        self.opening.drop()
        self.layers.stop()
        if self._dialog is not None:
            self._dialog.close()  # what it holds was chosen for the project that goes
        self.notices.clear()
        self._show(None)
        self.opened.emit()

    # -- map --------------------------------------------------------------------------------------

    def _is_being_written(self, path: Path) -> bool:
        writes = self.run.writes(path)
        if writes:
            self._say("Ce dossier est celui du contrôle en cours : attendez sa fin, ou annulez-le.")
        return writes

    def _on_map(self) -> None:
        """Everything is on the map: a dossier that was asked for is shown whole, its first écart in hand."""
        if self._go and self.results is not None and self.results.path is not None:
            self.layers.zoom(self.results.path)
            self.view.step()
        self._go = False
        self.opened.emit()

    def _draw_row(self, ecarts: Sequence[EcartRow], current: Optional[EcartRow], move: Move) -> None:
        if self.results is None or not ecarts:
            self.outline.clear()
            return
        try:
            self.outline.show_row(self.results, ecarts, current, move)
        except DossierError as error:
            self._changed(error)

    def _conflict_layers(self):
        path = self.results.path if self.results is not None else None
        return self.layers.of_conflicts(path) if path is not None else []

    def _picked(self, constat: int, cle: str) -> None:
        self.tabs.setCurrentWidget(self.view)
        self.view.select_ecart(constat, cle)

    def _missed(self) -> None:
        """Nothing under the cursor: no écart there, or none that the map shows."""
        expected = self.results.tables if self.results is not None else ()
        seen = [layer for layer in self._conflict_layers() if not layer.subsetString()]
        if len(seen) < len(expected):
            self._say("Rien à cet endroit, mais des couches d'écarts sont masquées, filtrées ou retirées de la carte.")
        else:
            self._say("Pas d'écart à cet endroit.", Qgis.MessageLevel.Info, 3)

    def _take_tool(self, checked: bool) -> None:
        if checked:
            self._canvas.setMapTool(self.tool)
        else:
            self._canvas.unsetMapTool(self.tool)

    # -- what Qt asks -----------------------------------------------------------------------------

    def _dialog_gone(self) -> None:
        self._dialog = None

    def _written(self, *_) -> None:
        self._writing = None

    def showEvent(self, event) -> None:
        """The very first time, as wide as its columns; QGIS remembers it afterwards."""
        super().showEvent(event)
        settings = QgsSettings()
        if not settings.value(_SEEN, False, bool):
            settings.setValue(_SEEN, True)
            window, width = self._iface.mainWindow(), self.tabs.sizeHint().width()
            QTimer.singleShot(0, lambda: window.resizeDocks([self], [width], Qt.Orientation.Horizontal))

    def dragEnterEvent(self, event) -> None:
        if drops.accepts(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event) -> None:
        dropped = drops.read(event.mimeData())
        event.acceptProposedAction()
        if dropped.dossier:
            self.open_dossier(Path(dropped.dossier))
        else:
            self.new_control(dropped)
