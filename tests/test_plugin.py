"""The plugin in QGIS: what it adds, and that it takes all of it away."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
from pathlib import Path
from unittest.mock import MagicMock

import pytest
import scot_compat
import shapely
from qgis.core import QgsApplication, QgsCoordinateReferenceSystem, QgsGeometry, QgsProject
from qgis.PyQt.QtCore import QEvent, QObject, Qt
from qgis.PyQt.QtWidgets import QAction, QApplication, QMessageBox, QPushButton
from scot_compat.gis import dependencies
from scot_compat.processing_provider import provider

TITLES = [
    "Compatibilité SCoT",
    "Écart suivant",
    "Écart précédent",
    "Contrôler un PLU…",
    "Vérifier un fichier de règles…",
    "Tester un fichier de règles…",
    "Lire un PLU…",
    "Aide et à propos",
]
DOCK, ALGORITHM = 0, 3


@pytest.fixture
def plugin(interface):
    plugin = scot_compat.classFactory(interface)
    plugin.initGui()
    yield plugin
    if plugin.provider is not None:
        plugin.unload()


def registered():
    return QgsApplication.processingRegistry().providerById("scotcompat")


def test_the_provider_and_its_algorithms_are_there(plugin):
    assert registered().name() == "Compatibilité SCoT"
    names = {algorithm.name() for algorithm in registered().algorithms()}
    assert {"controler_plu", "controler_couches", "verifier_regles", "tester_regles", "lire_plu"} <= names


def test_the_announced_titles_are_those_of_the_algorithms(plugin):
    titles = {algorithm.name(): algorithm.displayName() for algorithm in registered().algorithms()}
    assert titles == {name: fiche.titre for name, fiche in provider.ALGORITHMS.items()}


def test_menu_and_toolbar_entries(plugin, interface):
    assert [action.text() for action in interface.menu] == TITLES
    assert [action.text() for action in interface.toolbar] == ["Compatibilité SCoT"]
    assert interface.toolbar[0] is interface.menu[DOCK]
    assert not interface.toolbar[0].icon().isNull()
    assert not registered().icon().isNull()


def test_no_message_when_nothing_is_missing(plugin, interface):
    assert interface.bar.items() == []


def test_the_icon_is_drawn(plugin, interface):
    """A file that Qt cannot read gives an icon that is not null, and an empty button."""
    for size in (16, 24, 32):
        image = interface.toolbar[0].icon().pixmap(size, size).toImage()
        inked = {image.pixelColor(x, y).rgba() for x in range(image.width()) for y in range(image.height())}
        assert len(inked) > 2


def test_the_dock_is_there_hidden_and_follows_its_action(plugin, interface):
    interface.window.show()
    [dock] = interface.docks
    action = interface.menu[DOCK]
    assert dock.windowTitle() == "Compatibilité SCoT" and dock.objectName()
    assert not dock.isVisible() and not action.isChecked()
    action.trigger()
    assert dock.isVisible() and action.isChecked()
    dock.close()
    assert not dock.isVisible() and not action.isChecked()
    action.trigger()
    action.trigger()
    assert not dock.isVisible()


def test_the_dock_comes_back_where_it_was(interface, qtbot):
    """QGIS keeps the places of docks by their names."""
    interface.window.show()
    first = scot_compat.classFactory(interface)
    first.initGui()
    interface.window.addDockWidget(Qt.DockWidgetArea.LeftDockWidgetArea, first.dock)
    first.dock.show()
    first.unload()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    second = scot_compat.classFactory(interface)
    second.initGui()
    try:
        assert interface.window.dockWidgetArea(second.dock) == Qt.DockWidgetArea.LeftDockWidgetArea
    finally:
        second.unload()


def test_keys_go_from_departure_to_departure(plugin, interface, monkeypatch):
    steps = []
    monkeypatch.setattr(plugin.dock, "step", steps.append)
    assert set(interface.shortcuts) == {"F8", "Shift+F8"}
    interface.shortcuts["F8"].trigger()
    interface.shortcuts["Shift+F8"].trigger()
    assert steps == [True, False]


@pytest.mark.parametrize(
    ("entry", "algorithm"),
    [(0, "controler_plu"), (1, "verifier_regles"), (2, "tester_regles"), (3, "lire_plu")],
)
def test_an_entry_opens_the_dialog_of_its_algorithm(plugin, interface, monkeypatch, entry, algorithm):
    processing = MagicMock()
    monkeypatch.setitem(sys.modules, "processing", processing)
    interface.menu[ALGORITHM + entry].trigger()
    processing.execAlgorithmDialog.assert_called_once_with(f"scotcompat:{algorithm}", {})


def test_the_help_shows_the_readme_the_version_and_the_licence(plugin, interface, qtbot):
    from scot_compat.ui.help import HelpDialog

    interface.menu[-1].trigger()
    [dialog] = interface.window.findChildren(HelpDialog)
    assert "Compatibilité SCoT" in dialog.text.toPlainText()
    assert "GPL" in dialog.about.text()
    dialog.close()


def left(interface):
    """What a plugin may leave behind."""
    project, canvas, manager = QgsProject.instance(), interface.canvas, QgsApplication.taskManager()
    signals = [
        *((project, name) for name in ("readProject", "cleared", "layersAdded", "layersWillBeRemoved", "writeProject")),
        *((canvas, name) for name in ("destinationCrsChanged", "mapToolSet", "extentsChanged", "layersChanged")),
        *((manager, name) for name in ("allTasksFinished", "statusChanged", "taskAdded")),
    ]
    return {
        "menu": list(interface.menu),
        "toolbar": list(interface.toolbar),
        "shortcuts": dict(interface.shortcuts),
        "docks": interface.docks,
        "messages": interface.messages,
        "children": [one for one in interface.window.findChildren(QObject) if "scot" in one.objectName().casefold()],
        "actions": interface.window.findChildren(QAction),
        "on the canvas": set(canvas.scene().items()),
        "tool": canvas.mapTool(),
        "provider": registered(),
        "tasks": manager.countActiveTasks(),
        **{f"heard: {name}": sender.receivers(getattr(sender, name)) for sender, name in signals},
    }


def test_unload_leaves_nothing(interface, qtbot):
    before = left(interface)
    plugin = scot_compat.classFactory(interface)
    plugin.initGui()
    plugin.unload()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert left(interface) == before


def test_unload_of_a_dock_in_use_leaves_nothing(interface, qtbot):
    """Its dialog open, its tool taken, an outline on the map, a message in the bar."""
    before = left(interface)
    plugin = scot_compat.classFactory(interface)
    plugin.initGui()
    interface.window.show()
    interface.menu[DOCK].trigger()
    plugin.dock.new_control()
    interface.canvas.setMapTool(plugin.dock.tool)
    square = QgsGeometry.fromWkt("Polygon((0 0, 1 0, 1 1, 0 0))")
    plugin.dock.outline.show([square], [square], QgsCoordinateReferenceSystem("EPSG:2154"))
    plugin.dock.tool.missed.emit()
    assert interface.messages and set(interface.canvas.scene().items()) != before["on the canvas"]
    plugin.unload()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert left(interface) == before


def test_ten_reloads_give_what_one_load_gives(interface, qtbot, recwarn):
    before = left(interface)
    with qtbot.captureExceptions() as raised:
        for _ in range(10):
            plugin = scot_compat.classFactory(interface)
            plugin.initGui()
            assert [action.text() for action in interface.menu] == TITLES
            assert len(registered().algorithms()) == len(provider.ALGORITHMS)
            assert len(interface.docks) == 1
            plugin.unload()
            QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
            QApplication.processEvents()
            assert left(interface) == before
    assert raised == []
    assert [str(one.message) for one in recwarn.list if "scot_compat" in str(one.filename)] == []


def test_without_interface_only_the_provider_is_loaded():
    plugin = scot_compat.classFactory(None)
    plugin.initProcessing()
    assert registered() is not None
    QgsApplication.processingRegistry().removeProvider(plugin.provider)


@pytest.fixture
def without_libraries(monkeypatch):
    absent = tuple(one for one in dependencies.DEPENDENCIES if one.module in ("shapely", "jsonschema"))
    monkeypatch.setattr(dependencies, "missing", lambda: absent)


def test_without_libraries_it_loads_and_says_so_once(without_libraries, plugin, interface):
    [item] = interface.bar.items()
    assert "il manque Shapely 2 et jsonschema" in item.text()
    assert [action.text() for action in interface.menu] == TITLES
    item.findChild(QPushButton).click()
    [box] = interface.window.findChildren(QMessageBox)
    assert "pip install" in box.text()
    box.close()


def test_without_libraries_an_entry_explains_instead_of_opening(without_libraries, plugin, interface, monkeypatch):
    processing = MagicMock()
    monkeypatch.setitem(sys.modules, "processing", processing)
    interface.menu[ALGORITHM].trigger()
    [box] = interface.window.findChildren(QMessageBox)
    assert "il manque Shapely 2 et jsonschema" in box.text()
    box.close()
    processing.execAlgorithmDialog.assert_not_called()


def test_without_libraries_the_dock_explains_instead_of_opening(without_libraries, plugin, interface):
    assert interface.docks == []
    action = interface.menu[DOCK]
    action.trigger()
    [box] = interface.window.findChildren(QMessageBox)
    assert "il manque Shapely 2 et jsonschema" in box.text() and not action.isChecked()
    box.close()
    for shortcut in interface.shortcuts.values():
        shortcut.trigger()  # nothing to go through, no error


def test_without_libraries_the_algorithms_keep_their_place_and_refuse(without_libraries, plugin):
    assert {algorithm.name() for algorithm in registered().algorithms()} == set(provider.ALGORITHMS)
    for algorithm in registered().algorithms():
        executable, reason = algorithm.canExecute()
        assert not executable
        assert "il manque Shapely 2 et jsonschema" in reason


def test_without_libraries_unload_takes_the_message_away(without_libraries, plugin, interface):
    plugin.unload()
    assert interface.bar.items() == []


def test_qgis_reloads_it_ten_times_with_all_its_algorithms(root, tmp_path):
    """QGIS's own reload, which drops the modules: in a process of its own, since the tests hold these modules."""
    (tmp_path / "scot_compat").symlink_to(root)
    script = textwrap.dedent(
        """
        import sys
        from unittest.mock import MagicMock
        from qgis.core import QgsApplication
        from qgis.gui import QgsMapCanvas, QgsMessageBar
        from qgis.PyQt.QtWidgets import QMainWindow
        application = QgsApplication([], True)
        application.initQgis()
        import qgis.utils as utils
        window = QMainWindow()
        utils.iface = MagicMock()
        utils.iface.mainWindow.return_value = window
        utils.iface.mapCanvas.return_value = canvas = QgsMapCanvas(window)
        utils.iface.messageBar.return_value = QgsMessageBar(window)
        utils.iface.addDockWidget.side_effect = window.addDockWidget
        utils.iface.removeDockWidget.side_effect = window.removeDockWidget
        items = len(canvas.scene().items())
        sys.path.insert(0, sys.argv[1])
        utils.plugin_paths = [sys.argv[1]]
        utils.updateAvailablePlugins()
        assert utils.loadPlugin("scot_compat") and utils.startPlugin("scot_compat")
        for _ in range(10):
            before = {name: module for name, module in sys.modules.items() if name.startswith("scot_compat")}
            assert utils.reloadPlugin("scot_compat")
            stale = [name for name, module in before.items()
                     if not hasattr(module, "__path__") and sys.modules.get(name) is module]
            algorithms = QgsApplication.processingRegistry().providerById("scotcompat").algorithms()
            print(len(algorithms), stale)
        assert utils.unloadPlugin("scot_compat")
        assert len(canvas.scene().items()) == items
        print(QgsApplication.processingRegistry().providerById("scotcompat"))
        """
    )
    environment = {**os.environ, "PYTHONPATH": str(Path(shapely.__file__).parent.parent), "HOME": str(tmp_path)}
    command = [sys.executable, "-c", script, str(tmp_path)]
    done = subprocess.run(command, env=environment, capture_output=True, encoding="utf-8", timeout=120)
    assert done.stdout.splitlines() == [f"{len(provider.ALGORITHMS)} []"] * 10 + ["None"], done.stderr
