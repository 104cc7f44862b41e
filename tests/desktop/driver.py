"""Acts in the running QGIS as a user does, by clicks that are counted, and reports what it saw. Run by `--code`.

The path to follow and what it needs come in SCOT_COMPAT_PILOTE (see launch.py); the report is a JSON file.
"""

import json
import os
import sys
import time
import traceback

from qgis.core import Qgis, QgsProject
from qgis.PyQt.QtCore import QObject, QPoint, Qt, QTimer
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QApplication, QDialogButtonBox, QFileDialog, QListView, QMessageBox, QToolButton
from qgis.utils import iface, loadPlugin, plugins, startPlugin, updateAvailablePlugins

ASKED = json.loads(os.environ["SCOT_COMPAT_PILOTE"])
#: ms between two beats of the heart of the interface
BEAT = 10


class Driver(QObject):
    """Follows a path, a generator that yields what to wait for: milliseconds, or a function that says it is there."""

    def __init__(self):
        super().__init__(iface.mainWindow())
        self.report = {"clics": 0, "qgis": Qgis.QGIS_VERSION}
        self._path = None
        self._limit = 0.0
        self._beat, self._phase, self._gaps = time.monotonic(), "", {}
        self._heart = QTimer(self, interval=BEAT)
        self._heart.setTimerType(Qt.TimerType.PreciseTimer)
        self._heart.timeout.connect(self._pulse)

    def follow(self, path):
        self._path = path
        self._heart.start()
        self._next()

    def phase(self, name):
        """From now on the longest silence of the interface is that of this phase."""
        self._phase, self._beat = name, time.monotonic()

    def shot(self, name, widget=None):
        (widget or iface.mainWindow()).grab().save(os.path.join(ASKED["shots"], f"{name}.png"))
        self._beat = time.monotonic()  # the time of the picture is the driver's own

    def click(self, widget, where=None, double=False):
        """A click of the left button, counted (a double click counts for two)."""
        self.report["clics"] += 2 if double else 1
        spot = where or widget.rect().center()
        act = QTest.mouseDClick if double else QTest.mouseClick
        act(widget, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, spot)

    def choose_file(self, path):
        """To be called before the click that opens the file dialog, which holds the thread: picks the file in it."""
        QTimer.singleShot(700, lambda: self._pick(path))

    def end(self, error=""):
        if error:
            self.report["erreur"] = error
        self.report["silences_ms"] = {name: round(1000 * gap) for name, gap in self._gaps.items() if name}
        self.write()
        QTimer.singleShot(0, leave_qgis)

    def write(self):
        with open(ASKED["report"], "w", encoding="utf-8") as stream:
            json.dump(self.report, stream, ensure_ascii=False, indent=1)

    def _pulse(self):
        now = time.monotonic()
        gap = now - self._beat - BEAT / 1000
        self._gaps[self._phase] = max(self._gaps.get(self._phase, 0.0), gap)
        self._beat = now

    def _pick(self, path):
        dialog = QApplication.activeModalWidget()
        try:
            assert isinstance(dialog, QFileDialog), f"no file dialog: {dialog}"
            dialog.setDirectory(os.path.dirname(path))
            QTest.qWait(600)
            files = dialog.findChild(QListView, "listView")
            model, wanted = files.model(), os.path.basename(path)
            rows = [model.index(row, 0, files.rootIndex()) for row in range(model.rowCount(files.rootIndex()))]
            index = next(index for index in rows if index.data() == wanted)
            files.scrollTo(index)
            self.click(files.viewport(), files.visualRect(index).center())
            QTest.qWait(100)
            self.click(dialog.findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.Open))
        except Exception:
            self.end(traceback.format_exc())

    def _next(self):
        try:
            waited = next(self._path)
        except StopIteration:
            self.end()
        except Exception:
            self.end(traceback.format_exc())
        else:
            self._limit = time.monotonic() + 60
            self._wait(waited)

    def _wait(self, waited):
        if isinstance(waited, int):
            QTimer.singleShot(waited, self._next)
        elif waited():
            QTimer.singleShot(50, self._next)
        elif time.monotonic() > self._limit:
            self.shot("attente")
            self.end(f"waited in vain for {waited.__code__.co_names}, line {waited.__code__.co_firstlineno}")
        else:
            QTimer.singleShot(50, lambda: self._wait(waited))


def leave_qgis():
    """As a user does, nothing to save: what QGIS takes down must go without a crash."""
    if not plugins["scot_compat"].dock.run.running:
        QgsProject.instance().clear()  # else it asks about layers kept in a temporary folder
    QgsProject.instance().setDirty(False)
    iface.actionExit().trigger()


def install(driver):
    """From the zip, by QGIS's own installer."""
    import pyplugin_installer

    pyplugin_installer.instance().installFromZipFile(ASKED["archive"])
    updateAvailablePlugins()
    if "scot_compat" not in plugins:
        assert loadPlugin("scot_compat") and startPlugin("scot_compat")
    driver.report["installe"] = "scot_compat" in plugins


def prepare(driver):
    window = iface.mainWindow()
    window.resize(*ASKED["size"])
    if ASKED["archive"]:
        install(driver)
    return plugins["scot_compat"]


def toolbar_button(plugin):
    return iface.pluginToolBar().widgetForAction(plugin.actions["dock"])


def first_control(driver):
    """From QGIS started to the first écart seen on the map, on a real archive."""
    plugin = prepare(driver)
    yield 500
    driver.phase("ouverture du panneau")
    driver.click(toolbar_button(plugin))
    dock = plugin.dock
    yield dock.isVisible
    yield 500
    driver.shot("1_accueil")
    driver.phase("")
    driver.choose_file(ASKED["given"]["plu"])
    driver.click(dock.welcome.buttons[0])
    yield lambda: dock._dialog is not None
    dialog = dock._dialog
    driver.phase("reconnaissance du PLU")
    yield lambda: dialog.plu.recognised is not None
    yield 300
    driver.shot("2_plu", dialog)
    driver.phase("")
    driver.choose_file(ASKED["given"]["regles"])
    driver.click(next(one for one in dialog.rules.file.findChildren(QToolButton) if one.text() in ("…", "...")))
    driver.phase("vérification des règles")
    yield lambda: dialog.launch.isEnabled() and dialog.layers.roles and not dialog.layers.waiting
    yield 300
    driver.shot("3_pret", dialog)
    yield from control(driver, dock, lambda: driver.click(dialog.launch))
    driver.report["clics_premier_ecart"] = driver.report["clics"]
    yield from appraise(driver, dock)
    yield from look(driver, dock)


def control(driver, dock, launch):
    """Launch, wait for the dossier on the map, and say what is there."""
    seen = []
    dock.opened.connect(lambda: seen.append(True))
    driver.phase("contrôle")
    launch()
    yield 150
    driver.shot("4_en_cours")
    yield lambda: bool(seen) and not dock.run.running
    driver.phase("dossier ouvert")
    yield 3000
    driver.report["etats"] = {one.id: str(one.etat) for one in dock.results.prescriptions}
    driver.report["en_main"] = dock.view.ecart.libelle if dock.view.ecart is not None else ""
    driver.report["sur_la_carte"] = on_screen(dock)
    driver.report["groupe"] = [layer.name() for layer in QgsProject.instance().layerTreeRoot().layerOrder()]
    driver.shot("5_premier_ecart")


def appraise(driver, dock):
    """The écart in hand: a decision taken in its list, a reason typed, kept."""
    from scot_compat.gis.geopackages.geopackage import read_columns

    driver.phase("appréciation")
    form = dock.view.form
    driver.click(form.decision)
    yield 300
    entries = form.decision.view()
    spot = entries.visualRect(entries.model().index(1, 0)).center()
    QTest.mouseMove(entries.viewport(), spot)  # the entry under the mouse is the one that is taken
    yield 200
    driver.click(entries.viewport(), spot)
    yield 200
    driver.click(form.reason.viewport())
    QTest.keyClicks(form.reason, "Zone humide au droit du projet, a confirmer.")
    driver.click(form.keep)
    yield 300
    driver.report["clics_apprecie"] = driver.report["clics"]
    driver.report["apprecie"] = [
        {name: row[name] for name in ("decision", "motif", "etat")}
        for row in read_columns(dock.results.path, "appreciations")
    ]
    driver.shot("5b_apprecie")


def on_screen(dock):
    """Whether the écart in hand is within the extent of the map."""
    [geometry] = dock.results.geometries([dock.view.ecart])
    return iface.mapCanvas().extent().contains(geometry.boundingBox())


def look(driver, dock):
    """From écart to écart by F8, Enter to zoom, and back from the map to the row."""
    driver.phase("parcours")
    dock.step()
    yield 300
    QTest.keyClick(dock.view.tree, Qt.Key.Key_Return)
    yield 2500
    driver.report["zoome"] = on_screen(dock)
    driver.shot("6_zoom")
    wanted = dock.view.ecart
    dock.view.step(False)
    dock.pick.click()
    [geometry] = dock.results.geometries([wanted])
    spot = iface.mapCanvas().getCoordinateTransform().transform(geometry.pointOnSurface().asPoint())
    found = []
    for _ in range(12):  # conflicts of several prescriptions lie there: a click takes the next one
        click_map(spot)
        yield 150
        found.append(dock.view.ecart.cle)
        if found[-1] == wanted.cle:
            break
    driver.report["designe"] = wanted.cle in found
    driver.shot("7_designe")


def click_map(spot):
    viewport = iface.mapCanvas().viewport()
    at = QPoint(round(spot.x()), round(spot.y()))
    QTest.mouseClick(viewport, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)


def demonstration(driver):
    """The demonstration in the dock, for the pictures."""
    plugin = prepare(driver)
    plugin.actions["dock"].trigger()
    yield 800
    driver.shot("1_accueil")
    dock = plugin.dock
    yield from control(driver, dock, dock.open_demo)
    dialog = dock.new_control()
    yield 800
    driver.shot("2_nouveau_controle", dialog)
    dialog.close()
    yield from appraise(driver, dock)
    yield from look(driver, dock)
    dock.view.search.setText("densite ecœuvres")
    yield 600
    driver.shot("8_filtre")
    dock.tabs.setCurrentWidget(dock.tabs.synthesis)
    yield 600
    driver.shot("9_synthese")


def leave(driver):
    """QGIS is left while a control runs: it asks whether to cancel it, is told yes, and can be left."""
    import scot_compat.ui.run as run

    plugin = prepare(driver)
    heard = []

    def endless(request, progress, overlays):
        try:
            while True:
                progress.step(0.5)
                time.sleep(0.02)
        finally:
            heard.append(True)
            driver.report["arrete"] = True
            driver.write()

    run.control = endless
    plugin.actions["dock"].trigger()
    yield 500
    plugin.dock.open_demo()
    yield 1000
    assert plugin.dock.run.running and not heard
    QTimer.singleShot(800, accept)
    leave_qgis()
    yield lambda: not plugin.dock.run.running
    driver.report["quitte"] = True
    driver.write()
    leave_qgis()
    yield 30_000  # never: QGIS is gone
    raise AssertionError("QGIS is still there")


def accept():
    """Yes to the question of QGIS about the tasks that run."""
    box = QApplication.activeModalWidget()
    driver.report["question"] = box.text() if isinstance(box, QMessageBox) else str(box)
    driver.write()
    box.button(QMessageBox.StandardButton.Yes).click()


def main():
    sys.excepthook = lambda *raised: driver.end("".join(traceback.format_exception(*raised)))
    paths = {"controle": first_control, "demonstration": demonstration, "quitter": leave}
    driver.follow(paths[ASKED["path"]](driver))


driver = Driver()
QTimer.singleShot(150_000, lambda: driver.end("too long"))
iface.initializationCompleted.connect(lambda: QTimer.singleShot(1500, main))
