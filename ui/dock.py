"""The dock: a header, the answers of the dossier in hand, the map beside. It reads dossiers, and nothing else.

new control or "Relancer" -> Run (background) -> dossier on disk -> `open_dossier` -> tree, sheet, map
"""

from __future__ import annotations

from pathlib import Path
from typing import Optional, Sequence, Tuple

from qgis.core import Qgis, QgsProject, QgsSettings
from qgis.gui import QgsDockWidget
from qgis.PyQt.QtCore import Qt, QTimer, pyqtSignal
from qgis.PyQt.QtWidgets import QFileDialog, QMenu, QPushButton, QStackedWidget, QToolButton, QVBoxLayout, QWidget

from ..gis import map_group
from ..gis.choices import DOSSIER_KEY, SCOPE, Choices
from ..gis.control import Control
from ..gis.dossier import DossierError
from ..gis.dossier_results import DossierResults
from ..gis.failures import sentence
from ..gis.files.sources import split
from ..gis.instruction.lock import TOUCH
from ..gis.results import EcartRow, Results
from . import demo, drops
from .background import Asked
from .header import Header
from .icons import named
from .map.identify import ConflictTool
from .map.layers import DossierLayers
from .map.move import Move
from .map.outline import Outline
from .messages import TITLE, Messages
from .new_control.dialog import NewControlDialog
from .new_control.plu_block import PLU_FILTER, PLU_TITLE
from .results import sheet
from .results.answers import Answers
from .results.tabs import ResultsTabs
from .run import Run, summary
from .welcome import Welcome

#: setting that says that the dock was shown once
_SEEN = "scot_compat/dock_shown"
#: where the file widgets of QGIS begin
_LAST_FOLDER = "UI/lastFileNameWidgetDir"


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
        self.results: Optional[Results] = None
        self._put = self._go = False  # what to do with the dossier being read: put it on the map, go to it
        self.header = Header(self)
        self.welcome = Welcome(self)
        self.tabs = ResultsTabs(self, self._canvas)
        self.view = self.tabs.view
        self.run = Run(self)
        self.layers = DossierLayers(self._canvas, self)
        self.outline = Outline(self._canvas)
        self.tool = ConflictTool(self._canvas, self._conflict_layers)
        self._reading = Asked("Lecture du dossier", self)
        self._in_use = QTimer(self, interval=1000 * TOUCH)
        self._in_use.timeout.connect(self._touch)
        self._in_use.start()
        self._arrange()
        self._connect()
        self._show(None)
        self._reopen()

    def close_all(self) -> None:
        """Before the plugin goes: nothing runs, nothing stays on the map canvas, no signal comes back."""
        project = QgsProject.instance()
        project.readProject.disconnect(self._reopen)
        project.cleared.disconnect(self._project_closed)
        self.run.close()
        self._reading.drop()
        self._in_use.stop()
        if self.results is not None:
            self.results.notebook.close()
        self.layers.stop()
        if self._dialog is not None:
            self._dialog.close()
        if self._canvas.mapTool() is self.tool:
            self._canvas.unsetMapTool(self.tool)
        self.tool.deleteLater()
        self.outline.remove()
        self._messages.clear()

    # -- what the user asks -----------------------------------------------------------------------

    def new_control(self, dropped: Optional[drops.Dropped] = None) -> NewControlDialog:
        """Open the dialog, or bring it to the front, with what was dropped."""
        if self._dialog is None:
            self._dialog = NewControlDialog(self._iface.mainWindow())
            self._dialog.launched.connect(self.run.start)
            self._dialog.destroyed.connect(self._dialog_gone)
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
        path, _ = QFileDialog.getOpenFileName(
            self, "Ouvrir le dossier d'un contrôle", QgsProject.instance().homePath(), "Dossier de contrôle (*.gpkg)"
        )
        if path:
            self.open_dossier(Path(path))

    def open_dossier(self, path: Path, put: bool = True, go: bool = True) -> None:
        """Read a dossier in the background, then show it; `put` it on the map, and `go` to its first écart there."""
        if put and self._is_being_written(path):
            return
        self._put, self._go = put, go
        self._reading.ask(lambda progress: _opened(path))

    def again(self) -> None:
        """The same control, with the data and the rules as they are now."""
        if self.results is not None and self.results.path is not None:
            self.run.start(Choices.of_parametres(self.results.controle.parametres, self.results.path))

    def open_demo(self) -> None:
        try:
            choices = demo.prepare()
        except OSError as error:
            self._say(f"La démonstration n'a pas pu être copiée : {error}.", Qgis.MessageLevel.Critical)
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
        menu.addAction("Remettre le dossier sur la carte", self._put_on_map)
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
        layout.addWidget(self.pages, 1)
        self.setWidget(content)

    def _connect(self) -> None:
        for asker in (self.header, self.welcome):
            asker.new_asked.connect(lambda: self.new_control())
            asker.open_asked.connect(self.choose_dossier)
        self.welcome.archive_asked.connect(self.choose_archive)
        self.welcome.demo_asked.connect(self.open_demo)
        self.header.again_asked.connect(self.again)
        self.header.cancel_asked.connect(self.run.cancel)
        self.run.started.connect(self._run_started)
        self.run.told.connect(self.header.tell)
        self.run.done.connect(self._control_done)
        self.run.stopped.connect(self._say)
        self.run.ended.connect(self._run_ended)
        self._reading.answered.connect(self._read)
        self._reading.failed.connect(lambda failure: self._say(sentence(failure), Qgis.MessageLevel.Critical))
        self.layers.finished.connect(self._on_map)
        self.layers.failed.connect(lambda why: self._say(why, Qgis.MessageLevel.Critical))
        self.view.shown.connect(self._draw_row)
        self.tabs.failed.connect(lambda why: self._say(why, Qgis.MessageLevel.Critical))
        self.tool.picked.connect(self._picked)
        self.view.said.connect(self._say)
        self.tool.missed.connect(self._missed)
        self.pick.clicked.connect(self._take_tool)
        self.tool.activated.connect(lambda: self.pick.setChecked(True))
        self.tool.deactivated.connect(lambda: self.pick.setChecked(False))
        project = QgsProject.instance()
        project.readProject.connect(self._reopen)
        project.cleared.connect(self._project_closed)

    # -- results ----------------------------------------------------------------------------------

    def _control_done(self, done: Control) -> None:
        if self.run.in_project:
            self._say(f"Contrôle terminé. {summary(done)}", Qgis.MessageLevel.Success)
            self.open_dossier(done.dossier)
            return
        text = f"Le projet a été fermé pendant le contrôle ; le dossier est écrit : {done.dossier}"
        button = QPushButton("Ouvrir")
        button.clicked.connect(lambda: self.open_dossier(done.dossier))
        self._say(text, Qgis.MessageLevel.Success, 0, button)

    def _run_started(self) -> None:
        if self.run.writes(self.layers.path):  # those still to come would hold its file
            self.layers.stop()
        self.header.show_run()
        self.welcome.setEnabled(False)

    def _run_ended(self) -> None:
        """What was taken off the map for the run comes back, also when nothing new was written."""
        self.header.show_rest()
        self.welcome.setEnabled(True)
        group = map_group.find_group(QgsProject.instance(), self.run.dossier)
        emptied = group is not None and not group.findLayers()
        if not emptied or not self.run.dossier.is_file() or self._reading.waiting:
            return
        if self.results is None or self.results.path == self.run.dossier:
            self.open_dossier(self.run.dossier, go=False)
        else:
            self.layers.add(self.run.dossier, "")  # another one is in hand, and stays

    def _read(self, opened: Tuple[DossierResults, Answers]) -> None:
        results, answers = opened
        self._show(results, answers)
        if self._put:  # else it is the project's own: to write it again would ask for the project to be saved
            project = QgsProject.instance()
            project.writeEntry(SCOPE, DOSSIER_KEY, project.writePath(str(results.path)))
            self._put_on_map()
        else:
            self._on_map()

    def _show(self, results: Optional[Results], answers: Optional[Answers] = None) -> None:
        if self.results is not None:
            self.results.notebook.close()
        self.results = results
        if results is not None:
            results.notebook.claim()
        self.header.show_dossier(sheet.title(results.controle) if results is not None else "")
        self.pick.setEnabled(results is not None)
        self.tabs.show_results(results, answers)
        self.pages.setCurrentWidget(self.tabs if results is not None else self.welcome)

    def _touch(self) -> None:
        if self.results is not None:
            self.results.notebook.touch()

    def _put_on_map(self) -> None:
        path = self.results.path if self.results is not None else None
        if path is not None and not self._is_being_written(path):
            self.layers.add(path, self.results.controle.plu)

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

    def _reopen(self, *_) -> None:
        """The dossier of the project that was just read."""
        text, found = QgsProject.instance().readEntry(SCOPE, DOSSIER_KEY)
        if not found or not text:
            return
        path = _where(QgsProject.instance(), text)
        if path.is_file():
            self.open_dossier(path, put=False, go=False)  # its layers are in the project, or were taken away
        else:
            self._say(f"Le dossier du contrôle n'est plus là : {path}", Qgis.MessageLevel.Warning)

    def _project_closed(self) -> None:
        self._reading.drop()
        self.layers.stop()
        if self._dialog is not None:
            self._dialog.close()  # what it holds was chosen for the project that goes
        self._show(None)
        self.opened.emit()

    # -- map --------------------------------------------------------------------------------------

    def _draw_row(self, ecarts: Sequence[EcartRow], current: Optional[EcartRow], move: Move) -> None:
        if self.results is None or not ecarts:
            self.outline.clear()
            return
        try:
            self.outline.show_row(self.results, ecarts, current, move)
        except DossierError as error:
            self._say(str(error), Qgis.MessageLevel.Critical)

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


def _opened(path: Path) -> Tuple[DossierResults, Answers]:
    """A dossier and the tree of its answers, both made in the background: it takes seconds for a hundred thousand."""
    results = DossierResults(path)
    return results, Answers(results)


def _where(project: QgsProject, kept: str) -> Path:
    """The dossier that the project kept. Saved elsewhere, what it kept is no longer true; where its layers are, is."""
    path = Path(project.readPath(kept))
    marked = [layer for layer in project.mapLayers().values() if layer.customProperty(map_group.TABLE_MARK)]
    places = [split(layer.source())[0] for layer in marked]
    return next((one for one in (path, *places) if one.name == path.name and one.is_file()), path)
