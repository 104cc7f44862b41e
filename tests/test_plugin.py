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
from qgis.core import QgsApplication
from qgis.gui import QgsMessageBar
from qgis.PyQt.QtWidgets import QAction, QMainWindow, QMessageBox, QPushButton
from scot_compat.gis import dependencies
from scot_compat.processing_provider import provider

TITLES = ["Contrôler un PLU…", "Vérifier un fichier de règles…", "Lire un PLU…", "Aide et à propos"]


class Interface:
    """The few calls of QgisInterface the plugin makes, on real widgets: what was added and not taken away shows."""

    def __init__(self):
        self.window = QMainWindow()
        self.bar = QgsMessageBar(self.window)
        self.menu = []
        self.toolbar = []

    def mainWindow(self):
        return self.window

    def messageBar(self):
        return self.bar

    def addPluginToMenu(self, name, action):
        assert name == "Compatibilité SCoT"
        self.menu.append(action)

    def removePluginMenu(self, name, action):
        assert name == "Compatibilité SCoT"
        self.menu.remove(action)

    def addToolBarIcon(self, action):
        self.toolbar.append(action)

    def removeToolBarIcon(self, action):
        self.toolbar.remove(action)


@pytest.fixture
def interface(qgis_app, qtbot):
    interface = Interface()
    qtbot.addWidget(interface.window)
    return interface


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
    assert {"controler_plu", "controler_couches", "verifier_regles", "lire_plu"} <= names


def test_the_announced_titles_are_those_of_the_algorithms(plugin):
    titles = {algorithm.name(): algorithm.displayName() for algorithm in registered().algorithms()}
    assert titles == {name: fiche.titre for name, fiche in provider.ALGORITHMS.items()}


def test_menu_and_toolbar_entries(plugin, interface):
    assert [action.text() for action in interface.menu] == TITLES
    assert [action.text() for action in interface.toolbar] == ["Contrôler un PLU…"]
    assert not interface.toolbar[0].icon().isNull()
    assert not registered().icon().isNull()


def test_no_message_when_nothing_is_missing(plugin, interface):
    assert interface.bar.items() == []


@pytest.mark.parametrize(("entry", "algorithm"), [(0, "controler_plu"), (1, "verifier_regles"), (2, "lire_plu")])
def test_an_entry_opens_the_dialog_of_its_algorithm(plugin, interface, monkeypatch, entry, algorithm):
    processing = MagicMock()
    monkeypatch.setitem(sys.modules, "processing", processing)
    interface.menu[entry].trigger()
    processing.execAlgorithmDialog.assert_called_once_with(f"scotcompat:{algorithm}", {})


def test_the_help_shows_the_readme_the_version_and_the_licence(plugin, interface, qtbot):
    from scot_compat.ui.help import HelpDialog

    interface.menu[-1].trigger()
    [dialog] = interface.window.findChildren(HelpDialog)
    assert "Compatibilité SCoT" in dialog.text.toPlainText()
    assert "GPL" in dialog.about.text()
    dialog.close()


def test_unload_leaves_nothing(plugin, interface, qgis_app):
    plugin.unload()
    qgis_app.sendPostedEvents(None, 52)  # QEvent.DeferredDelete
    assert registered() is None
    assert interface.menu == []
    assert interface.toolbar == []
    assert interface.bar.items() == []
    assert [action for action in interface.window.findChildren(QAction) if "scot_compat" in action.objectName()] == []


def test_ten_reloads_give_what_one_load_gives(interface):
    for _ in range(10):
        plugin = scot_compat.classFactory(interface)
        plugin.initGui()
        assert [action.text() for action in interface.menu] == TITLES
        assert len(registered().algorithms()) == len(provider.ALGORITHMS)
        plugin.unload()
        assert registered() is None


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
    interface.menu[0].trigger()
    [box] = interface.window.findChildren(QMessageBox)
    assert "il manque Shapely 2 et jsonschema" in box.text()
    box.close()
    processing.execAlgorithmDialog.assert_not_called()


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
        from qgis.PyQt.QtWidgets import QMainWindow
        application = QgsApplication([], True)
        application.initQgis()
        import qgis.utils as utils
        window = QMainWindow()
        utils.iface = MagicMock()
        utils.iface.mainWindow.return_value = window
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
        print(QgsApplication.processingRegistry().providerById("scotcompat"))
        """
    )
    environment = {**os.environ, "PYTHONPATH": str(Path(shapely.__file__).parent.parent), "HOME": str(tmp_path)}
    command = [sys.executable, "-c", script, str(tmp_path)]
    done = subprocess.run(command, env=environment, capture_output=True, encoding="utf-8", timeout=120)
    assert done.stdout.splitlines() == [f"{len(provider.ALGORITHMS)} []"] * 10 + ["None"], done.stderr
