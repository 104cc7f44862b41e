"""The control behind the interface: to its end, cancelled, failing; left by its project, its layers or the plugin."""

from __future__ import annotations

import shutil
import sqlite3
import threading
import time
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from demo_states import STATES
from qgis.core import Qgis, QgsApplication, QgsProject, QgsVectorLayer
from qgis.PyQt.QtCore import QObject
from qgis.PyQt.QtWidgets import QPushButton
from scot_compat.gis import map_group
from scot_compat.ui import run as run_module

PATIENCE = 20_000


class Gate:
    """Holds the control when it reaches a step, until the test opens; what a slow control would leave time for."""

    def __init__(self, monkeypatch, share=0.3):
        self.reached, self.opened = threading.Event(), threading.Event()
        self._control, self._share = run_module.control, share
        monkeypatch.setattr(run_module, "control", self)

    def __call__(self, request, progress, overlays):
        return self._control(request, Held(progress, self), overlays)

    def hold(self, progress):
        self.reached.set()
        while not self.opened.wait(0.02):
            progress.step(0.0)  # raises when cancelled


class Held:
    """A progress that stops at its gate once."""

    def __init__(self, inner, gate):
        self.inner, self.gate = inner, gate

    def step(self, fraction, text=""):
        self.inner.step(fraction, text)
        if not self.gate.reached.is_set():
            self.gate.hold(self.inner)

    def span(self, start, end):
        span = self.inner.span(start, end)
        return Held(span, self.gate) if start >= self.gate._share - 0.1 else span


@pytest.fixture
def gate(monkeypatch):
    made = Gate(monkeypatch)
    yield made
    made.opened.set()


@pytest.fixture
def choices(demo, of_demo):
    return of_demo(demo)


@pytest.fixture
def logged(qgis_app):
    """What goes to the log of QGIS under the name of the plugin: (text, level)."""
    found = []

    def keep(text, tag, level):
        if tag == "Compatibilité SCoT":
            found.append((text, level))

    log = QgsApplication.messageLog()
    log.messageReceived[str, str, Qgis.MessageLevel].connect(keep)
    yield found
    log.messageReceived[str, str, Qgis.MessageLevel].disconnect(keep)


@pytest.fixture
def start(dock, gate, qtbot):
    """Function `(choices)`: starts a control and comes back when it is held in its middle."""

    def begin(choices):
        assert dock.run.start(choices)
        qtbot.waitUntil(gate.reached.is_set, timeout=PATIENCE)

    return begin


def ended(dock, qtbot):
    qtbot.waitUntil(lambda: not dock.run.running, timeout=PATIENCE)


def layer_names():
    return [layer.name() for layer in QgsProject.instance().mapLayers().values()]


def on_map():
    """Names of the layers that show something."""
    return [layer.name() for layer in QgsProject.instance().mapLayers().values() if layer.featureCount() > 0]


def states_in(path):
    with closing(sqlite3.connect(path)) as connection:
        return dict(connection.execute("SELECT id, etat FROM prescriptions"))


def beside(path):
    """Files of the folder of a dossier that bear its name or are half-written."""
    return sorted(one.name for one in path.parent.iterdir() if one.suffix not in (".yaml", ".csv", ".md"))


class TestWhole:
    def test_the_demonstration_from_choices_to_the_map(self, dock, choices, interface, qtbot, logged):
        shares = []
        dock.run.told.connect(lambda share, text: shares.append((share, text)))
        with qtbot.waitSignal(dock.opened, timeout=PATIENCE):
            assert dock.run.start(choices)
            assert dock.header.bar.isVisible() and dock.header.cancel.isVisible()
            assert not dock.header.new.isEnabled()
        assert {one.id: str(one.etat) for one in dock.results.prescriptions} == STATES
        assert states_in(choices.dossier) == STATES
        # progress never goes back, and names the prescriptions
        assert [share for share, _ in shares] == sorted(share for share, _ in shares)
        assert any("P31" in text for _, text in shares)
        # the header, the message, the log
        assert "SCoT du Pays d'Aubrelle" in dock.header.dossier.text() and not dock.header.cancel.isVisible()
        assert dock.header.again.isEnabled() and dock.header.new.isEnabled()
        [message] = interface.messages
        assert "Contrôle terminé." in message
        assert "sens contraire à l'objectif 1, écart marqué 7, écart faible 11, non évalué 3, à apprécier 8" in message
        assert any("P14" in text for text, _ in logged) and any(choices.dossier in text for text, _ in logged)
        assert any(level == Qgis.MessageLevel.Warning and "terres_agricoles" in text for text, level in logged)
        # the map
        [group] = [one for one in QgsProject.instance().layerTreeRoot().findGroups() if "SCoT" in one.name()]
        assert group.name().startswith("Compatibilité SCoT : ")
        assert {"Écarts", "Écarts (lignes)", "Zonage"} <= set(layer_names())
        assert all(layer.isValid() for layer in QgsProject.instance().mapLayers().values())
        # the first conflict in hand
        assert dock.view.ecart is not None and dock.view.place.text().startswith("1 / ")

    def test_a_layer_matched_in_the_project_is_read(self, dock, commune, add_layer, qtbot):
        """From the dialog to the answer: half of the zone of 1 ha lies in the corridor."""
        add_layer(commune.corridors, "corridors")
        from scot_compat.ui import drops

        dialog = dock.new_control(drops.Dropped(str(commune.archive), str(commune.rules)))
        qtbot.waitUntil(dialog.launch.isEnabled, timeout=PATIENCE)
        with qtbot.waitSignal(dock.opened, timeout=PATIENCE):
            dialog.launch.click()
        answers = {one.id: one.etat for one in dock.results.prescriptions}
        assert answers["P1"] == "ecart_marque"
        [ecart] = [one for row in dock.results.ecarts.values() for one in row if one.libelle == "1AUé"]
        assert ecart.surface_m2 == pytest.approx(5000)

    def test_layers_of_the_project_as_the_plu(self, dock, commune, add_layer, qtbot):
        from scot_compat.gis.choices import Choices
        from scot_compat.gis.files.snapshots import chemin

        layer = add_layer(commune.zoning, "zones")
        layer.setSubsetString("\"TYPEZONE\" = 'AUc'")
        asked = Choices(
            tables={"ZONE_URBA": chemin(layer)},
            regles=str(commune.rules),
            roles={"corridors": str(commune.corridors)},
            dossier=str(commune.folder / "dossier.gpkg"),
        )
        with qtbot.waitSignal(dock.opened, timeout=PATIENCE):
            dock.run.start(asked)
        with closing(sqlite3.connect(asked.dossier)) as connection:
            assert connection.execute("SELECT COUNT(*) FROM zones").fetchone() == (1,)  # its filter holds

    def test_run_again_from_the_dossier_alone(self, dock, choices, qtbot, demo):
        with qtbot.waitSignal(dock.opened, timeout=PATIENCE):
            dock.run.start(choices)
        text = (demo / "regles.yaml").read_text("utf-8").replace("27 logt/ha", "40 logt/ha")
        (demo / "regles.yaml").write_text(text, encoding="utf-8")
        with qtbot.waitSignal(dock.opened, timeout=PATIENCE):
            dock.header.again.click()
        got = {one.id: str(one.etat) for one in dock.results.prescriptions}
        assert got.pop("P22") != "sans_ecart"  # some 25 measured, 40 asked now
        assert got == {key: state for key, state in STATES.items() if key != "P22"}
        assert len(layer_names()) == len(set(layer_names()))  # its layers were replaced, not added


class TestCancel:
    def test_nothing_is_left(self, dock, choices, start, qtbot, interface, demo, logged):
        before = beside(demo / "x")
        start(choices)
        dock.header.cancel.click()
        ended(dock, qtbot)
        assert beside(demo / "x") == before
        assert "Contrôle annulé : rien n'a été écrit." in interface.messages[0]
        assert layer_names() == [] and dock.results is None
        assert not dock.header.cancel.isVisible() and dock.header.new.isEnabled() and dock.welcome.isEnabled()
        assert any("annulé" in text for text, _ in logged)

    def test_the_former_layers_come_back(self, dock, choices, dossier, start, qtbot):
        shutil.copyfile(dossier, choices.dossier)
        with qtbot.waitSignal(dock.opened, timeout=PATIENCE):
            dock.open_dossier(Path(choices.dossier))
        before, content = sorted(on_map()), Path(choices.dossier).read_bytes()
        start(choices)
        assert on_map() == []  # Windows would not replace a file in use
        with qtbot.waitSignal(dock.opened, timeout=PATIENCE):
            dock.run.cancel()
        assert sorted(on_map()) == before
        assert Path(choices.dossier).read_bytes() == content
        assert dock.results is not None

    def test_cancelling_twice_or_nothing(self, dock, choices, start, qtbot):
        dock.run.cancel()
        start(choices)
        dock.run.cancel()
        dock.run.cancel()
        ended(dock, qtbot)
        dock.run.cancel()


class TestLeft:
    def test_the_project_is_closed_meanwhile(self, dock, choices, start, gate, qtbot, interface):
        """Nothing goes into the new project; the dossier is written, and a message offers to open it."""
        start(choices)
        QgsProject.instance().clear()
        gate.opened.set()
        ended(dock, qtbot)
        qtbot.wait(300)
        assert layer_names() == [] and dock.results is None
        assert QgsProject.instance().layerTreeRoot().children() == []
        assert states_in(choices.dossier) == STATES
        [item] = interface.bar.items()
        assert "Le projet a été fermé pendant le contrôle" in item.text() and choices.dossier in item.text()
        with qtbot.waitSignal(dock.opened, timeout=PATIENCE):
            [button] = [one for one in item.findChildren(QPushButton) if one.text() == "Ouvrir"]
            button.click()
        assert dock.results is not None and "Écarts" in layer_names()

    def test_another_project_is_opened_meanwhile(self, dock, choices, start, gate, qtbot, tmp_path, interface):
        project = QgsProject.instance()
        assert project.write(str(tmp_path / "autre.qgs"))
        start(choices)
        assert project.read(str(tmp_path / "autre.qgs"))
        gate.opened.set()
        ended(dock, qtbot)
        assert layer_names() == [] and len(interface.bar.items()) == 1
        assert not project.readEntry("scot_compat", "dossier")[1]

    def test_the_layer_used_as_plu_is_removed_meanwhile(self, dock, start, gate, commune, add_layer, qtbot):
        from scot_compat.gis.choices import Choices
        from scot_compat.gis.files.snapshots import chemin

        layer = add_layer(commune.zoning, "zones")
        asked = Choices(
            tables={"ZONE_URBA": chemin(layer)},
            regles=str(commune.rules),
            roles={"corridors": str(commune.corridors)},
            dossier=str(commune.folder / "dossier.gpkg"),
        )
        gate._share = 0.0  # before anything is read
        start(asked)
        QgsProject.instance().removeMapLayer(layer)
        with qtbot.waitSignal(dock.opened, timeout=PATIENCE):
            gate.opened.set()
        assert {one.id: str(one.etat) for one in dock.results.prescriptions}["P1"] == "ecart_marque"

    def test_the_dialog_of_a_second_control(self, dock, choices, start, interface, qtbot, demo):
        start(choices)
        other = replace(choices, dossier=str(demo / "autre.gpkg"))
        assert dock.run.start(other) is False
        assert "Un contrôle est déjà en cours" in interface.messages[0]
        assert dock.run.running and not (demo / "autre.gpkg").exists()

    def test_the_demonstration_asked_again_while_it_runs(self, dock, gate, qtbot, interface, monkeypatch, tmp_path):
        """Its files are being read: they are not written again."""
        from scot_compat.ui import demo

        monkeypatch.setattr(demo, "prepare", _prepared_in(demo.prepare, tmp_path))
        dock.open_demo()
        qtbot.waitUntil(gate.reached.is_set, timeout=PATIENCE)
        times = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*") if path.is_file()}
        assert times
        dock.open_demo()
        assert "Un contrôle est déjà en cours" in interface.messages[0]
        assert {path: path.stat().st_mtime_ns for path in times} == times


def _prepared_in(prepare, home):
    return lambda: prepare(home=home)


class TestUnload:
    def test_while_it_runs(self, interface, choices, gate, qtbot, settle):
        """Safe, and quick: the work sees that it is cancelled within a step."""
        import scot_compat

        plugin = scot_compat.classFactory(interface)
        plugin.initGui()
        said = []
        plugin.dock.run.start(choices)
        plugin.dock.run.done.connect(lambda done: said.append(done))
        plugin.dock.run.stopped.connect(lambda *told: said.append(told))
        qtbot.waitUntil(gate.reached.is_set, timeout=PATIENCE)
        began = time.monotonic()
        plugin.unload()
        assert time.monotonic() - began < 5
        settle()
        qtbot.waitUntil(lambda: QgsApplication.taskManager().countActiveTasks() == 0, timeout=PATIENCE)
        assert said == [] and interface.bar.items() == []
        assert not Path(choices.dossier).exists()

    def test_while_a_dossier_is_read_and_the_dialog_reads_a_plu(self, interface, choices, dossier, qtbot, settle):
        import scot_compat
        from scot_compat.ui import drops

        plugin = scot_compat.classFactory(interface)
        plugin.initGui()
        plugin.dock.open_dossier(dossier)
        plugin.dock.new_control(drops.Dropped(choices.plu, choices.regles))
        plugin.unload()
        settle()
        qtbot.waitUntil(lambda: QgsApplication.taskManager().countActiveTasks() == 0, timeout=PATIENCE)
        settle()
        assert interface.docks == [] and layer_names() == []
        assert [one for one in interface.window.findChildren(QObject) if "ScotCompat" in one.objectName()] == []

    def test_work_that_does_not_listen_is_outlived(self, interface, choices, monkeypatch, qtbot, settle):
        """A library call may last: unload does not wait for ever, and the work ends without harm."""
        import scot_compat

        go = threading.Event()

        def deaf(request, progress, overlays):
            go.wait(20)
            raise RuntimeError("too late")

        monkeypatch.setattr(run_module, "control", deaf)
        monkeypatch.setattr(run_module, "_PATIENCE", 200)
        plugin = scot_compat.classFactory(interface)
        plugin.initGui()
        plugin.dock.run.start(choices)
        qtbot.wait(200)
        plugin.unload()
        del plugin
        settle()
        import gc

        gc.collect()
        go.set()
        qtbot.waitUntil(lambda: QgsApplication.taskManager().countActiveTasks() == 0, timeout=PATIENCE)
        settle()
        assert interface.bar.items() == []


class TestFailures:
    def test_rules_that_are_not_valid(self, dock, choices, demo, interface, qtbot, logged):
        path = demo / "regles.yaml"
        path.write_text(path.read_text("utf-8").replace("nature: norme", "nature: normme"), encoding="utf-8")
        dock.run.start(choices)
        ended(dock, qtbot)
        [message] = interface.messages
        assert "Le fichier de règles comporte" in message and "erreurs" in message and "journal" in message
        assert sum("normme" in text for text, _ in logged) > 2  # each of them
        assert dock.results is None and not Path(choices.dossier).exists()

    @pytest.mark.parametrize(
        ("changed", "said"),
        [
            ({"plu": "/nulle part/18001_PLU_20250101.zip"}, "18001_PLU_20250101.zip"),
            ({"regles": "/nulle part/regles.yaml"}, "regles.yaml"),
            ({"dossier": "/nulle part/dossier.gpkg"}, "/nulle part"),
            ({"horizon": "un jour"}, "2024-2035"),
        ],
    )
    def test_what_is_not_there(self, dock, choices, interface, qtbot, changed, said):
        dock.run.start(replace(choices, **changed))
        ended(dock, qtbot)
        [message] = interface.messages
        assert said in message and "Erreur interne" not in message and "Traceback" not in message
        assert dock.header.new.isEnabled()

    def test_a_file_that_is_no_dossier_is_not_replaced(self, dock, choices, demo, interface, qtbot):
        before = (demo / "scot.gpkg").read_bytes()
        dock.run.start(replace(choices, dossier=str(demo / "scot.gpkg")))
        ended(dock, qtbot)
        assert "scot.gpkg" in interface.messages[0] and (demo / "scot.gpkg").read_bytes() == before

    def test_a_crash_is_told_as_such(self, dock, choices, interface, qtbot, monkeypatch, logged):
        def broken(request, progress, overlays):
            raise KeyError("<zones> & co")

        monkeypatch.setattr(run_module, "control", broken)
        dock.run.start(choices)
        ended(dock, qtbot)
        assert "Erreur interne : KeyError" in interface.messages[0]
        assert "Signalez ce message" in interface.messages[0]
        assert "&lt;zones&gt; &amp; co" in interface.messages[0]  # the bar reads markup
        assert any("<zones> & co" in text for text, _ in logged)  # the log does not

    def test_a_layer_of_the_dossier_being_edited(self, dock, choices, dossier, interface, qtbot):
        shutil.copyfile(dossier, choices.dossier)
        with qtbot.waitSignal(dock.opened, timeout=PATIENCE):
            dock.open_dossier(Path(choices.dossier))
        layer = map_group.layers(QgsProject.instance(), Path(choices.dossier))["ecarts"]
        assert layer.startEditing()
        feature = next(layer.getFeatures())
        assert layer.deleteFeature(feature.id())
        assert dock.run.start(choices) is False
        assert "en cours de modification" in interface.messages[0]
        layer.rollBack()

    def test_a_temporary_layer_that_is_gone(self, dock, choices, interface):
        gone = QgsVectorLayer("Polygon?crs=EPSG:2154", "zones", "memory")
        from scot_compat.gis.files.snapshots import chemin

        assert dock.run.start(replace(choices, plu="", tables={"ZONE_URBA": chemin(gone)})) is False
        assert "couche temporaire" in interface.messages[0]
        assert not dock.run.running


def test_the_dossier_being_written_is_not_put_on_the_map(dock, choices, dossier, start, gate, qtbot, interface):
    """Its file is about to be replaced: with its layers open it would be refused, or damaged."""
    shutil.copyfile(dossier, choices.dossier)
    path = Path(choices.dossier)
    with qtbot.waitSignal(dock.opened, timeout=PATIENCE):
        dock.open_dossier(path)
    start(choices)
    next(one for one in dock.more.menu().actions() if "sur la carte" in one.text()).trigger()
    dock.open_dossier(path)
    qtbot.wait(500)
    assert on_map() == []
    gate.opened.set()
    ended(dock, qtbot)
    qtbot.waitUntil(lambda: "Écarts" in on_map(), timeout=PATIENCE)
    assert "Contrôle terminé." in interface.messages[0] and states_in(path) == STATES


def test_layers_still_coming_when_the_control_starts_come_no_more(dock, choices, dossier, start, gate, qtbot):
    shutil.copyfile(dossier, choices.dossier)
    with qtbot.waitSignal(QgsProject.instance().layersAdded, timeout=PATIENCE):
        dock.open_dossier(Path(choices.dossier))
    assert dock._canvas.isFrozen()  # others are to come
    start(choices)
    qtbot.wait(300)
    assert on_map() == [] and not dock._canvas.isFrozen()
    gate.opened.set()
    ended(dock, qtbot)
    qtbot.waitUntil(lambda: {"Écarts", "Zonage"} <= set(on_map()), timeout=PATIENCE)
