"""The few calls of QgisInterface that the plugin makes, on real widgets: what was added and not taken away shows."""

from __future__ import annotations

from qgis.core import QgsProject
from qgis.gui import QgsLayerTreeMapCanvasBridge, QgsMapCanvas, QgsMessageBar
from qgis.PyQt.QtGui import QKeySequence
from qgis.PyQt.QtWidgets import QDockWidget, QMainWindow

MENU = "Compatibilité SCoT"


class Interface:
    """A main window with a map canvas that follows the layer tree of the project, a message bar, menus and docks."""

    def __init__(self):
        self.window = QMainWindow()
        self.window.resize(1200, 800)
        self.bar = QgsMessageBar(self.window)
        self.canvas = QgsMapCanvas(self.window)
        self.window.setCentralWidget(self.canvas)
        self.bridge = QgsLayerTreeMapCanvasBridge(QgsProject.instance().layerTreeRoot(), self.canvas, self.window)
        self.menu, self.toolbar, self.shortcuts = [], [], {}

    @property
    def docks(self):
        return self.window.findChildren(QDockWidget)

    @property
    def messages(self):
        """Texts of the message bar, the last one first."""
        return [item.text() for item in self.bar.items()]

    def mainWindow(self):
        return self.window

    def messageBar(self):
        return self.bar

    def mapCanvas(self):
        return self.canvas

    def addPluginToMenu(self, name, action):
        assert name == MENU
        self.menu.append(action)

    def removePluginMenu(self, name, action):
        assert name == MENU
        self.menu.remove(action)

    def addToolBarIcon(self, action):
        self.toolbar.append(action)

    def removeToolBarIcon(self, action):
        self.toolbar.remove(action)

    def registerMainWindowAction(self, action, shortcut):
        action.setShortcut(QKeySequence(shortcut))
        self.window.addAction(action)
        self.shortcuts[shortcut] = action
        return True

    def unregisterMainWindowAction(self, action):
        self.window.removeAction(action)
        self.shortcuts = {keys: other for keys, other in self.shortcuts.items() if other is not action}
        return True

    def addDockWidget(self, area, dock):
        self.window.addDockWidget(area, dock)
        dock.show()

    def removeDockWidget(self, dock):
        self.window.removeDockWidget(dock)
