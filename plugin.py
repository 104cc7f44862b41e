"""The plugin as QGIS sees it: a Processing provider, the dock, and the menu and toolbar entries that open them."""

from __future__ import annotations

from qgis.core import Qgis, QgsApplication, QgsMessageLog
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QIcon
from qgis.PyQt.QtWidgets import QAction, QMessageBox, QPushButton

from .gis import dependencies
from .processing_provider.fiches import ALGORITHMS, ICON
from .processing_provider.provider import ScotCompatProvider

NAME = "Compatibilité SCoT"
IN_MENU = ("controler_plu", "verifier_regles", "tester_regles", "lire_plu")
DOCK = "dock"
#: keyboard steps from écart to écart: action -> (wording, shortcut, forward)
STEPS = {"suivant": ("Écart suivant", "F8", True), "precedent": ("Écart précédent", "Shift+F8", False)}


class ScotCompatPlugin:
    """Created by classFactory; `iface` is None in qgis_process, which calls initProcessing only."""

    def __init__(self, iface):
        self.iface = iface
        self.provider = None
        self.actions = {}
        self.dock = None
        self.warning = None

    def initProcessing(self):
        """Register the algorithms."""
        self.provider = ScotCompatProvider()
        QgsApplication.processingRegistry().addProvider(self.provider)

    def initGui(self):
        """Everything `unload` takes away, in the opposite order."""
        self.initProcessing()
        self.actions = self._create_actions()
        for action in self.actions.values():
            self.iface.addPluginToMenu(NAME, action)
        for name, (_, shortcut, _) in STEPS.items():
            self.iface.registerMainWindowAction(self.actions[name], shortcut)
        self.iface.addToolBarIcon(self.actions[DOCK])
        self.warning = self._warn_of_missing_dependencies()
        if self.warning is None:
            self.dock = self._add_dock()

    def unload(self):
        """Leave nothing behind: the plugin may be loaded again at once."""
        if self.dock is not None:
            self._remove_dock()
        if self.warning in self.iface.messageBar().items():  # the user may have closed it
            self.iface.messageBar().popWidget(self.warning)
        self.iface.removeToolBarIcon(self.actions[DOCK])
        for name in STEPS:
            self.iface.unregisterMainWindowAction(self.actions[name])
        for action in self.actions.values():
            self.iface.removePluginMenu(NAME, action)
            action.deleteLater()
        self.actions = {}
        QgsApplication.processingRegistry().removeProvider(self.provider)
        self.provider = None
        self.warning = None

    def _create_actions(self):
        window = self.iface.mainWindow()
        actions = {DOCK: QAction(QIcon(str(ICON)), NAME, window)}
        actions[DOCK].setCheckable(True)
        actions[DOCK].setStatusTip("Contrôler un PLU(i) et parcourir ses écarts sur la carte.")
        actions[DOCK].triggered.connect(self._open_dock)
        for name, (wording, _, forward) in STEPS.items():
            actions[name] = QAction(wording, window)
            actions[name].triggered.connect(lambda checked=False, forward=forward: self._step(forward))
        for name in IN_MENU:
            action = QAction(QIcon(str(ICON)), f"{ALGORITHMS[name].titre}…", window)
            action.setStatusTip(ALGORITHMS[name].resume)
            action.triggered.connect(lambda checked=False, name=name: self._open(name))
            actions[name] = action
        actions["aide"] = QAction("Aide et à propos", window)
        actions["aide"].triggered.connect(self._open_help)
        for name, action in actions.items():
            action.setObjectName(f"scot_compat_{name}")
        return actions

    def _warn_of_missing_dependencies(self):
        """One message in the bar and in the log; returns the bar's item, or None when nothing is missing."""
        absent = dependencies.missing()
        if not absent:
            return None
        remedy = dependencies.message(absent)
        QgsMessageLog.logMessage(remedy, NAME, Qgis.MessageLevel.Warning)
        item = self.iface.messageBar().createMessage(NAME, dependencies.headline(absent))
        button = QPushButton("Que faire ?")
        button.clicked.connect(lambda: self._explain(remedy))
        item.layout().addWidget(button)
        return self.iface.messageBar().pushWidget(item, Qgis.MessageLevel.Warning, 0)

    def _explain(self, remedy):
        """The commands to type, to be copied."""
        window, ok = self.iface.mainWindow(), QMessageBox.StandardButton.Ok
        box = QMessageBox(QMessageBox.Icon.Warning, NAME, remedy, ok, window)
        box.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setModal(False)
        box.show()

    def _add_dock(self):
        """The dock where it was when QGIS was last closed, hidden the first time."""
        from .ui.dock import ScotDock  # needs Shapely and the others

        dock, window = ScotDock(self.iface), self.iface.mainWindow()
        if not window.restoreDockWidget(dock):
            self.iface.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, dock)
            dock.hide()
        dock.setToggleVisibilityAction(self.actions[DOCK])
        return dock

    def _remove_dock(self):
        self.dock.close_all()
        self.iface.removeDockWidget(self.dock)
        self.dock.deleteLater()
        self.dock = None

    def _open_dock(self, checked):
        """With every library there, the dock itself follows its action."""
        if self.dock is None:
            self.actions[DOCK].setChecked(False)
            self._explain(dependencies.message(dependencies.missing()))

    def _step(self, forward):
        if self.dock is not None:
            self.dock.step(forward)

    def _open(self, name):
        algorithm = QgsApplication.processingRegistry().algorithmById(f"{self.provider.id()}:{name}")
        executable, reason = algorithm.canExecute()
        if not executable:
            self._explain(reason)
            return
        import processing  # QGIS's own plugin: it is not there yet when this one is loaded first

        processing.execAlgorithmDialog(algorithm.id(), {})

    def _open_help(self):
        from .ui.help import HelpDialog

        dialog = HelpDialog(self.iface.mainWindow())
        dialog.show()
