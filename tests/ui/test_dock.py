"""The dock as a whole: dossiers opened, kept by the project, put on the map; the demonstration; keys and messages."""

from __future__ import annotations

import shutil
import stat
from pathlib import Path

import pytest
from qgis.core import QgsProject, QgsRectangle, QgsWkbTypes
from qgis.gui import QgsRubberBand
from qgis.PyQt.QtCore import QPoint, Qt
from qgis.PyQt.QtWidgets import QFileDialog
from scot_compat.gis import map_group
from scot_compat.ui import demo as demo_module

PATIENCE = 20_000


def outlined(canvas):
    items = [item for item in canvas.scene().items() if isinstance(item, QgsRubberBand)]
    return [item for item in items if item.numberOfVertices()]


def tables(project, path):
    return set(map_group.layers(project, path))


class TestWelcome:
    def test_before_any_dossier(self, dock):
        assert dock.pages.currentWidget() is dock.welcome
        assert not dock.header.row.isVisible() and not dock.header.again.isEnabled()
        assert not dock.pick.isEnabled() and not dock.header.cancel.isVisible()
        assert [one.text() for one in dock.welcome.buttons] == [
            "Choisir l'archive du PLU(i)…",
            "Choisir un dossier ou des couches…",
            "Ouvrir le dossier d'un contrôle…",
            "Ouvrir la démonstration",
        ]

    def test_the_archive_first(self, dock, commune, monkeypatch, qtbot):
        monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: ("", ""))
        qtbot.mouseClick(dock.welcome.buttons[0], Qt.MouseButton.LeftButton)
        assert dock._dialog is None
        monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(commune.zoning), ""))
        qtbot.mouseClick(dock.welcome.buttons[0], Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: dock._dialog.plu.recognised is not None, timeout=PATIENCE)

    def test_the_dialog_is_one_and_may_be_opened_again(self, dock, qtbot, settle):
        qtbot.mouseClick(dock.welcome.buttons[1], Qt.MouseButton.LeftButton)
        first = dock._dialog
        assert first.isVisible() and dock.new_control() is first
        first.close()
        settle()
        assert dock._dialog is None
        assert dock.new_control().isVisible()


class TestOpen:
    def test_a_dossier(self, dock, dossier, project, monkeypatch, qtbot, interface):
        monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(dossier), ""))
        with qtbot.waitSignal(dock.opened, timeout=PATIENCE):
            qtbot.mouseClick(dock.welcome.buttons[2], Qt.MouseButton.LeftButton)
        assert dock.pages.currentWidget() is dock.tabs and dock.header.row.isVisible()
        assert len(dock.results.prescriptions) == 44
        assert {"ecarts", "ecarts_lignes", "zones"} <= tables(project, dossier)
        assert dock.view.place.text().startswith("1 / ") and outlined(interface.canvas)
        [geometry] = dock.results.geometries([dock.view.ecart])
        assert interface.canvas.extent().intersects(geometry.boundingBox())

    @pytest.mark.parametrize("kind", ["text", "geopackage", "absent", "damaged"])
    def test_a_file_that_is_none(self, dock, dossier, demo, tmp_path, kind, qtbot, interface, open_one, project):
        path = tmp_path / "autre.gpkg"
        if kind == "text":
            path.write_text("bonjour")
        elif kind == "geopackage":
            shutil.copyfile(demo / "scot.gpkg", path)
        elif kind == "damaged":
            path.write_bytes(dossier.read_bytes()[:20000])
        open_one(dossier)
        before = dock.results
        dock.open_dossier(path)
        qtbot.waitUntil(lambda: bool(interface.messages), timeout=PATIENCE)
        assert "autre.gpkg" in interface.messages[0] and "Erreur interne" not in interface.messages[0]
        assert dock.results is before  # the one in hand stays
        assert project.readEntry("scot_compat", "dossier")[0].endswith(dossier.name)

    def test_a_layer_that_qgis_cannot_open_is_said(self, dock, dossier, open_one, project, monkeypatch, interface):
        real = map_group.open_layer
        monkeypatch.setattr(
            map_group, "open_layer", lambda path, one: None if one.table == "zones" else real(path, one)
        )
        open_one(dossier)
        assert "zones" not in tables(project, dossier) and "ecarts" in tables(project, dossier)
        assert "1 couche n'a pas pu être ouverte" in interface.messages[0]

    def test_the_last_one_asked_is_the_one_in_hand(self, dock, dossier, tmp_path, open_one):
        other = Path(shutil.copyfile(dossier, tmp_path / "autre.gpkg"))
        dock.open_dossier(dossier)
        open_one(other)
        assert dock.results.path == other

    def test_opened_again_its_layers_are_not_doubled(self, dock, dossier, open_one, project):
        open_one(dossier)
        count = len(project.mapLayers())
        open_one(dossier)
        assert len(project.mapLayers()) == count
        assert len([one for one in project.layerTreeRoot().findGroups() if "SCoT" in one.name()]) == 1

    def test_its_geometries_are_gone_meanwhile(self, dock, dossier, open_one, interface):
        open_one(dossier, put=False, go=False)
        dossier.unlink()
        dock.step()
        assert "dossier d'été.gpkg" in interface.messages[0]


class TestProject:
    def test_saved_and_read_again_it_gives_its_dossier_back(self, dock, dossier, open_one, project, tmp_path, qtbot):
        open_one(dossier)
        assert project.write(str(tmp_path / "projet.qgs"))
        layers = sorted(layer.name() for layer in project.mapLayers().values())
        project.clear()
        assert dock.results is None and dock.pages.currentWidget() is dock.welcome
        assert project.read(str(tmp_path / "projet.qgs"))
        qtbot.waitUntil(lambda: dock.results is not None, timeout=PATIENCE)
        assert dock.results.path == dossier
        assert sorted(layer.name() for layer in project.mapLayers().values()) == layers
        assert not project.isDirty()  # to read it again changes nothing in it

    def test_layers_that_the_user_took_away_do_not_come_back(self, dock, dossier, open_one, project, tmp_path, qtbot):
        open_one(dossier)
        project.removeMapLayer(map_group.layers(project, dossier)["ecarts_lignes"])
        assert project.write(str(tmp_path / "projet.qgs"))
        project.clear()
        assert project.read(str(tmp_path / "projet.qgs"))
        qtbot.waitUntil(lambda: dock.results is not None, timeout=PATIENCE)
        assert "ecarts_lignes" not in tables(project, dossier) and "ecarts" in tables(project, dossier)
        with qtbot.waitSignal(dock.opened, timeout=PATIENCE):  # unless they are asked for
            next(one for one in dock.more.menu().actions() if "sur la carte" in one.text()).trigger()
        assert "ecarts_lignes" in tables(project, dossier)

    def test_saved_elsewhere_it_still_gives_it_back(self, dock, dossier, open_one, project, tmp_path, qtbot):
        """ "Enregistrer sous…": the project moves, the dossier does not."""
        assert project.write(str(tmp_path / "projet.qgs"))
        open_one(dossier)
        (tmp_path / "plus loin" / "encore").mkdir(parents=True)
        assert project.write(str(tmp_path / "plus loin" / "encore" / "projet.qgs"))
        project.clear()
        assert project.read(str(tmp_path / "plus loin" / "encore" / "projet.qgs"))
        qtbot.waitUntil(lambda: dock.results is not None, timeout=PATIENCE)
        assert dock.results.path.samefile(dossier)

    def test_a_dossier_that_is_no_longer_there_is_said(self, dock, dossier, open_one, project, tmp_path, interface):
        open_one(dossier)
        assert project.write(str(tmp_path / "projet.qgs"))
        project.clear()
        dossier.unlink()
        project.read(str(tmp_path / "projet.qgs"))
        assert "n'est plus là" in interface.messages[0] and dossier.name in interface.messages[0]
        assert dock.results is None

    def test_closed_it_leaves_no_outline(self, dock, dossier, open_one, project, interface):
        open_one(dossier)
        assert outlined(interface.canvas)
        project.clear()
        assert outlined(interface.canvas) == [] and not dock.pick.isEnabled()

    def test_closed_while_layers_come(self, dock, dossier, project, qtbot):
        with qtbot.waitSignal(project.layersAdded, timeout=PATIENCE):
            dock.open_dossier(dossier)
        assert dock._canvas.isFrozen()  # others are to come
        project.clear()
        qtbot.wait(300)
        assert project.mapLayers() == {} and not dock._canvas.isFrozen()

    def test_the_dock_of_a_project_already_open(self, interface, dossier, dock, open_one, project, qtbot):
        """The plugin is loaded after the project: it finds the dossier all the same."""
        open_one(dossier)
        from scot_compat.ui.dock import ScotDock

        other = ScotDock(interface)
        try:
            qtbot.waitUntil(lambda: other.results is not None, timeout=PATIENCE)
            assert other.results.path == dossier
        finally:
            other.close_all()
            other.deleteLater()

    def test_a_zoning_already_in_the_project_is_not_added(self, dock, commune, add_layer, qtbot, project):
        from scot_compat.gis.choices import Choices

        add_layer(commune.zoning, "Mon zonage")
        asked = Choices(
            plu=str(commune.archive),
            regles=str(commune.rules),
            roles={"corridors": str(commune.corridors)},
            dossier=str(commune.folder / "dossier.gpkg"),
        )
        with qtbot.waitSignal(dock.opened, timeout=PATIENCE):
            dock.run.start(asked)
        assert "zones" not in tables(project, Path(asked.dossier))
        assert "ecarts" in tables(project, Path(asked.dossier))


class TestMap:
    def test_pick_on_the_map_chooses_the_row(self, dock, dossier, open_one, project, interface, qtbot):
        open_one(dossier)
        canvas, layer = interface.canvas, map_group.layers(project, dossier)["ecarts"]
        qtbot.waitUntil(lambda: layer in canvas.layers(), timeout=PATIENCE)
        qtbot.mouseClick(dock.pick, Qt.MouseButton.LeftButton)
        assert canvas.mapTool() is dock.tool and dock.pick.isChecked()
        ecarts = [one for row in dock.results.ecarts.values() for one in row if one.table == "ecarts"]
        wanted = ecarts[-1]
        [geometry] = dock.results.geometries([wanted])
        canvas.setExtent(geometry.boundingBox().buffered(500))
        place = canvas.getCoordinateTransform().transform(geometry.pointOnSurface().asPoint())
        dock.view.search.setText("rien de tel")  # the filter that hides it gives way
        qtbot.waitUntil(lambda: dock.view.model.kept == 0, timeout=PATIENCE)
        found = []
        before = canvas.extent()
        for _ in range(12):
            dock.tool.pick(QPoint(round(place.x()), round(place.y())))
            found.append((dock.view.node.item.id, dock.view.ecart.cle))
        assert (wanted.constat, wanted.cle) in found
        assert canvas.extent() == before  # what lies under the cursor stays there
        qtbot.mouseClick(dock.pick, Qt.MouseButton.LeftButton)
        assert canvas.mapTool() is not dock.tool and not dock.pick.isChecked()

    def test_another_tool_lets_the_button_go(self, dock, dossier, open_one, interface, qtbot):
        from qgis.gui import QgsMapToolPan

        open_one(dossier)
        qtbot.mouseClick(dock.pick, Qt.MouseButton.LeftButton)
        pan = QgsMapToolPan(interface.canvas)
        interface.canvas.setMapTool(pan)
        assert not dock.pick.isChecked()

    def test_where_there_is_none_it_is_said(self, dock, dossier, open_one, interface):
        open_one(dossier)
        interface.canvas.setExtent(QgsRectangle(0, 0, 10, 10))
        dock.tool.pick(QPoint(50, 50))
        assert interface.messages[0] == "Pas d'écart à cet endroit."

    def test_enter_brings_the_map_to_the_conflict(self, dock, dossier, open_one, interface, qtbot):
        open_one(dossier)
        dock.step()
        [geometry] = dock.results.geometries([dock.view.ecart])
        qtbot.keyClick(dock.view.tree, Qt.Key.Key_Return)
        assert interface.canvas.extent().contains(geometry.boundingBox())
        thick = [band for band in outlined(interface.canvas) if band.width() == 4]
        assert thick and thick[0].asGeometry().type() in (
            QgsWkbTypes.GeometryType.PolygonGeometry,
            QgsWkbTypes.GeometryType.LineGeometry,
        )

    def test_a_fake_fills_the_dock(self, dock, rows, interface):
        """Results that are nowhere on disk: shown, walked, outlined; nothing to put on the map, nothing to pick."""
        dock.show_results(rows)
        assert dock.header.dossier.text().startswith("PLUi de l'Exemple (opposable) / SCoT du Val d'Exemple")
        dock.step()
        assert dock.view.ecart.cle == "k1" and len(outlined(interface.canvas)) == 2
        dock.again()
        assert not dock.run.running and dock._conflict_layers() == []

    def test_a_filter_that_hides_the_row_clears_the_outline(self, dock, rows, interface, qtbot):
        dock.show_results(rows)
        dock.step()
        dock.view.search.setText("bully")
        qtbot.waitUntil(lambda: outlined(interface.canvas) == [], timeout=PATIENCE)

    def test_the_title_reads_as_it_is_written(self, dock, rows):
        dock.show_results(rows.but(plu="PLU <b>A</b> & B"))
        assert dock.header.dossier.text().startswith("PLU <b>A</b> & B")
        assert dock.header.dossier.textFormat() == Qt.TextFormat.PlainText


class TestDemonstration:
    @pytest.fixture
    def shipped(self, demo):
        """An installation where nothing may be written; root writes all the same, hence the look at the modes."""
        for path in [*demo.rglob("*"), demo]:
            path.chmod(0o555 if path.is_dir() else 0o444)
        yield demo
        for path in [demo, *demo.rglob("*")]:
            path.chmod(0o755 if path.is_dir() else 0o644)

    def test_from_a_read_only_installation(self, dock, shipped, tmp_path, monkeypatch, qtbot):
        home = tmp_path / "profil"
        before = {path: path.stat().st_mtime_ns for path in shipped.rglob("*")}
        prepare = demo_module.prepare
        monkeypatch.setattr(demo_module, "prepare", lambda: prepare(shipped, home))
        with qtbot.waitSignal(dock.opened, timeout=PATIENCE):
            qtbot.mouseClick(dock.welcome.buttons[3], Qt.MouseButton.LeftButton)
        assert len(dock.results.prescriptions) == 44
        assert dock.results.path.is_relative_to(home)
        for path in home.rglob("*"):
            assert path.stat().st_mode & stat.S_IWUSR, path
        assert {path: path.stat().st_mtime_ns for path in shipped.rglob("*")} == before
        with qtbot.waitSignal(dock.opened, timeout=PATIENCE):  # and once more, over the same copy
            dock.open_demo()
        assert len(dock.results.prescriptions) == 44

    def test_what_was_changed_in_the_copy_is_made_good(self, shipped, tmp_path):
        choices = demo_module.prepare(shipped, tmp_path / "profil")
        Path(choices.regles).write_text("abîmé", encoding="utf-8")
        assert demo_module.prepare(shipped, tmp_path / "profil") == choices
        assert Path(choices.regles).read_bytes() == (shipped / "regles.yaml").read_bytes()

    def test_a_profile_that_cannot_be_written(self, shipped, tmp_path, monkeypatch):
        """Somewhere else then."""
        (tmp_path / "fichier").write_text("")
        monkeypatch.setattr(demo_module.tempfile, "gettempdir", lambda: str(tmp_path / "temporaire"))
        choices = demo_module.prepare(shipped, tmp_path / "fichier")
        assert Path(choices.plu).is_relative_to(tmp_path / "temporaire") and Path(choices.plu).is_file()

    def test_nowhere_to_write(self, dock, interface, tmp_path, monkeypatch):
        def refused():
            raise PermissionError(13, "Permission refusée", "/profil")

        monkeypatch.setattr(demo_module, "prepare", refused)
        dock.open_demo()
        assert "La démonstration n'a pas pu être copiée" in interface.messages[0] and not dock.run.running

    def test_only_data_is_copied(self, root, tmp_path):
        place = Path(demo_module.prepare(root / "resources" / "demo", tmp_path).regles).parent
        assert {path.suffix for path in place.rglob("*") if path.is_file()} == {
            ".yaml",
            ".gpkg",
            ".csv",
            ".zip",
            ".md",
            ".xml",
        }


class TestGone:
    def test_nothing_of_the_dock_is_left(self, interface, dossier, qtbot, settle):
        """On the canvas, in the bar, among the signals of the project."""
        from scot_compat.ui.dock import ScotDock

        project, canvas = QgsProject.instance(), interface.canvas
        signals = (project.readProject, project.cleared, project.layersAdded, canvas.destinationCrsChanged)

        def heard():
            return [one.receivers(signal) for one, signal in zip((project, project, project, canvas), signals)]

        before, items = heard(), set(canvas.scene().items())
        dock = ScotDock(interface)
        interface.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, dock)
        with qtbot.waitSignal(dock.opened, timeout=PATIENCE):
            dock.open_dossier(dossier)
        dock.pick.click()
        dock.new_control()
        dock.open_dossier(dossier.with_name("absent.gpkg"))
        qtbot.waitUntil(lambda: bool(interface.messages), timeout=PATIENCE)
        dock.close_all()
        interface.removeDockWidget(dock)
        dock.deleteLater()
        settle()
        assert heard() == before
        assert set(canvas.scene().items()) == items and not canvas.isFrozen()
        assert interface.bar.items() == [] and interface.docks == []
        assert canvas.mapTool() is None

    def test_messages_of_others_stay(self, interface, settle):
        from scot_compat.ui.dock import ScotDock

        dock = ScotDock(interface)
        interface.bar.pushMessage("Une autre extension", "bonjour")
        dock.tool.missed.emit()
        assert len(interface.bar.items()) == 2
        dock.close_all()
        dock.deleteLater()
        settle()
        assert interface.messages == ["bonjour"]


def test_the_dock_holds_in_380_pixels(dock, rows):
    """In characters, since fonts differ from machine to machine: 380 pixels in one whose m takes 17 (12 points)."""
    dock.show_results(rows)
    assert dock.minimumSizeHint().width() <= 380 / 17 * dock.fontMetrics().horizontalAdvance("m")
