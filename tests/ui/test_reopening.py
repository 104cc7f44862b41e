"""The dock follows the QGIS project and its dossier: saved, moved, lost, found, replaced, controlled again."""

from __future__ import annotations

import os
import shutil
import sqlite3
import threading
import time
from contextlib import closing
from pathlib import Path

import pytest
from qgis.core import QgsProject
from qgis.PyQt.QtWidgets import QFileDialog
from scot_compat.gis import map_group
from scot_compat.gis.choices import Choices
from scot_compat.gis.control import control
from scot_compat.gis.instruction.decisions import Decision, Refused, Subject, Suite, Verdict
from scot_compat.ui import run as run_module
from scot_compat.ui.notices import Topic

PATIENCE = 20_000
KEPT = Verdict(Decision.RETENU, "La densité est deux fois moindre.", Suite.RESERVE)


@pytest.fixture
def reopen(dock, project, qtbot):
    """Function `(project file)`: closes the project, opens this one, waits for its dossier."""

    def reading(file):
        project.clear()
        assert project.read(str(file))
        qtbot.waitUntil(lambda: dock.results is not None, timeout=PATIENCE)

    return reading


@pytest.fixture
def answer(monkeypatch):
    """Function `(path)`: what the user chooses in the next dialogs that ask for a file; None closes them."""
    return lambda path: monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path or ""), ""))


@pytest.fixture
def again(dock, qtbot):
    """Function: "Relancer", to its end."""

    def relaunched():
        with qtbot.waitSignal(dock.run.ended, timeout=PATIENCE):
            dock.header.again.click()
        qtbot.waitUntil(lambda: not dock.opening.waiting and not dock._canvas.isFrozen(), timeout=PATIENCE)

    return relaunched


@pytest.fixture
def small(commune):
    """A dossier of the small PLU, with all that it was made from."""
    asked = Choices(
        plu=str(commune.archive),
        regles=str(commune.rules),
        roles={"corridors": str(commune.corridors)},
        dossier=str(commune.folder / "dossier d'été.gpkg"),
    )
    return control(asked.request(QgsProject.instance())).dossier


def shown(project, path):
    """Tables on the map whose layers have something to show."""
    return {table for table, layer in map_group.layers(project, path).items() if layer.featureCount() > 0}


def rename_plu(path, plu):
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE controle SET plu = ?", [plu])
    return path


def replace_by_another_control(path):
    """Another process made the control again: another file, another run."""
    other = Path(shutil.copyfile(path, path.with_suffix(".neuf")))
    with closing(sqlite3.connect(other)) as connection, connection:
        connection.execute("UPDATE controle SET id = 'un autre'")
    os.replace(other, path)


class TestProjectAndDossierMove:
    def test_both_moved_together(self, dock, dossier, open_one, project, reopen, tmp_path):
        place = tmp_path / "affaire"
        place.mkdir()
        shutil.move(str(dossier), str(place / dossier.name))
        assert project.write(str(place / "projet.qgz"))
        open_one(place / dossier.name)
        tables = shown(project, place / dossier.name)
        assert project.write(str(place / "projet.qgz"))
        project.clear()
        moved = tmp_path / "archives, l'hiver"
        shutil.move(str(place), str(moved))
        reopen(moved / "projet.qgz")
        assert dock.results.path == moved / dossier.name
        assert shown(project, dock.results.path) == tables and not dock.notices.said(Topic.DOSSIER)

    def test_saved_elsewhere_with_its_layers_taken_away(self, dock, dossier, open_one, project, reopen, tmp_path):
        """Nothing on the map tells where the dossier is: the project itself must."""
        (tmp_path / "un").mkdir()
        (tmp_path / "deux" / "trois").mkdir(parents=True)
        assert project.write(str(tmp_path / "un" / "projet.qgz"))
        open_one(dossier)
        project.removeMapLayers(list(project.mapLayers()))
        assert project.write(str(tmp_path / "un" / "projet.qgz"))
        assert project.write(str(tmp_path / "deux" / "trois" / "copie.qgz"))
        reopen(tmp_path / "deux" / "trois" / "copie.qgz")
        assert dock.results.path == dossier
        reopen(tmp_path / "un" / "projet.qgz")
        assert dock.results.path == dossier

    def test_two_projects_one_after_the_other(self, dock, dossier, open_one, project, reopen, tmp_path):
        other = rename_plu(Path(shutil.copyfile(dossier, tmp_path / "autre.gpkg")), "Autre PLU")
        open_one(dossier)
        assert project.write(str(tmp_path / "un.qgz"))
        project.clear()
        open_one(other)
        assert project.write(str(tmp_path / "deux.qgz"))
        for file, path, plu in (("un.qgz", dossier, ""), ("deux.qgz", other, "Autre PLU"), ("un.qgz", dossier, "")):
            reopen(tmp_path / file)
            assert dock.results.path == path and plu in dock.header.dossier.text()
            assert shown(project, path) and map_group.places(project) == [path]
            assert dock.results.notebook.refusal == ""

    def test_another_project_while_the_first_dossier_is_still_read(
        self, dock, dossier, open_one, project, tmp_path, qtbot
    ):
        other = Path(shutil.copyfile(dossier, tmp_path / "autre.gpkg"))
        open_one(other)
        assert project.write(str(tmp_path / "deux.qgz"))
        project.clear()
        dock.open_dossier(dossier)
        assert project.read(str(tmp_path / "deux.qgz"))
        qtbot.waitUntil(lambda: dock.results is not None, timeout=PATIENCE)
        qtbot.wait(200)
        assert dock.results.path == other and map_group.places(project) == [other]

    def test_a_project_without_a_dossier(self, dock, dossier, open_one, project, tmp_path):
        assert project.write(str(tmp_path / "vide.qgz"))
        open_one(dossier)
        assert project.read(str(tmp_path / "vide.qgz"))
        assert dock.results is None and dock.pages.currentWidget() is dock.welcome
        assert project.write(str(tmp_path / "vide.qgz"))
        assert not project.readEntry("scot_compat", "dossier")[1]


class TestLostAndFound:
    @pytest.fixture
    def lost(self, dock, dossier, open_one, project, tmp_path):
        """A project opened without its dossier, which is elsewhere: (where it was, where it is, project file)."""
        open_one(dossier)
        file = tmp_path / "projet.qgz"
        assert project.write(str(file))
        project.clear()
        elsewhere = tmp_path / "ailleurs"
        elsewhere.mkdir()
        new = elsewhere / "renommé, l'été.gpkg"
        shutil.move(str(dossier), str(new))
        assert project.read(str(file))
        return dossier, new, file

    def test_it_is_said_with_a_way_to_find_it(self, dock, lost, project):
        old, _, _ = lost
        assert f"n'est plus là : {old}" in dock.notices.said(Topic.DOSSIER)
        assert set(dock.notices.buttons(Topic.DOSSIER)) == {"Le retrouver…", "Réessayer"}
        assert dock.notices.isVisible() and dock.pages.currentWidget() is dock.welcome

    def test_found_its_layers_and_the_project_follow_it(self, dock, lost, project, answer, qtbot, reopen):
        old, new, file = lost
        ids = {layer.id() for layer in map_group.layers(project, old).values()}
        answer(new)
        with qtbot.waitSignal(dock.opened, timeout=PATIENCE):
            dock.notices.buttons(Topic.DOSSIER)["Le retrouver…"].click()
        assert dock.results.path == new and dock.notices.said(Topic.DOSSIER) == ""
        layers = map_group.layers(project, new)
        assert {layer.id() for layer in layers.values()} == ids == set(project.mapLayers())
        assert all(layer.isValid() for layer in layers.values())
        assert map_group.find_group(project, new) is not None
        assert project.isDirty()
        assert project.write(str(file))
        reopen(file)
        assert dock.results.path == new and not project.isDirty()

    def test_not_found_this_time(self, dock, lost, answer):
        answer(None)
        dock.notices.buttons(Topic.DOSSIER)["Le retrouver…"].click()
        assert "n'est plus là" in dock.notices.said(Topic.DOSSIER) and dock.results is None

    def test_put_back_in_its_place(self, dock, lost, qtbot, project):
        old, new, _ = lost
        shutil.move(str(new), str(old))
        with qtbot.waitSignal(dock.opened, timeout=PATIENCE):
            dock.notices.buttons(Topic.DOSSIER)["Réessayer"].click()
        assert dock.results.path == old and not dock.notices.said(Topic.DOSSIER)

    def test_the_dossier_of_another_plu_is_not_taken_for_it(self, dock, lost, answer, qtbot, project):
        old, new, _ = lost
        rename_plu(new, "PLU de Trébec")
        answer(new)
        dock.notices.buttons(Topic.DOSSIER)["Le retrouver…"].click()
        qtbot.waitUntil(lambda: "PLU de Trébec" in dock.notices.said(Topic.DOSSIER), timeout=PATIENCE)
        assert "ce projet attend celui de « 200000098_PLUI_20250918 »" in dock.notices.said(Topic.DOSSIER)
        assert dock.results is None and map_group.places(project) == [old]
        with qtbot.waitSignal(dock.opened, timeout=PATIENCE):  # it may be what is wanted: in its own group then
            dock.notices.buttons(Topic.DOSSIER)["Ouvrir quand même"].click()
        assert dock.results.path == new and set(map_group.places(project)) == {old, new}

    def test_what_is_no_dossier(self, dock, lost, answer, qtbot, tmp_path):
        (tmp_path / "note.gpkg").write_text("bonjour")
        answer(tmp_path / "note.gpkg")
        dock.notices.buttons(Topic.DOSSIER)["Le retrouver…"].click()
        qtbot.waitUntil(lambda: "note.gpkg" in dock.notices.said(Topic.DOSSIER), timeout=PATIENCE)
        assert "n'est pas un dossier" in dock.notices.said(Topic.DOSSIER) and dock.results is None

    def test_another_project_forgets_it(self, dock, lost, project):
        project.clear()
        assert dock.notices.said(Topic.DOSSIER) == "" and not dock.notices.isVisible()


class TestTakenAwayByHand:
    def put_back(self, dock, qtbot):
        with qtbot.waitSignal(dock.opened, timeout=PATIENCE):
            next(one for one in dock.more.menu().actions() if "sur la carte" in one.text()).trigger()

    def test_the_whole_group(self, dock, dossier, open_one, project, qtbot, reopen, tmp_path):
        open_one(dossier)
        tables = shown(project, dossier)
        root = project.layerTreeRoot()
        root.removeChildNode(map_group.find_group(project, dossier))
        qtbot.waitUntil(lambda: not map_group.layers(project, dossier), timeout=PATIENCE)
        dock.step()  # the rows are walked all the same, and outlined
        assert dock.view.ecart is not None
        assert project.write(str(tmp_path / "projet.qgz"))
        reopen(tmp_path / "projet.qgz")
        assert not map_group.layers(project, dossier)
        self.put_back(dock, qtbot)
        assert shown(project, dossier) == tables

    def test_one_layer_stays_away_from_a_control_made_again(self, dock, small, open_one, project, qtbot, again):
        open_one(small)
        tables = shown(project, small)
        assert {"ecarts", "zones"} <= tables
        project.removeMapLayer(map_group.layers(project, small)["zones"])
        again()
        assert shown(project, small) == tables - {"zones"}
        self.put_back(dock, qtbot)
        assert shown(project, small) == tables


class TestOpenThen:
    def test_the_dossier_is_deleted(self, dock, dossier, open_one, qtbot, answer, tmp_path, project):
        open_one(dossier)
        messages = len(dock.results.constats)
        away = tmp_path / "retrouvé.gpkg"
        shutil.move(str(dossier), str(away))
        dock.watch.look()
        qtbot.waitUntil(lambda: "n'est plus à sa place" in dock.notices.said(Topic.FILE), timeout=PATIENCE)
        dock.step()
        assert len(dock.results.constats) == messages and dock.view.node is not dock.view.model.root
        with pytest.raises(Refused, match="n'est plus là"):
            dock.results.notebook.decide([Subject("k")], KEPT, "Ali")
        answer(away)
        with qtbot.waitSignal(dock.opened, timeout=PATIENCE):
            dock.notices.buttons(Topic.FILE)["Le retrouver…"].click()
        assert dock.results.path == away and not dock.notices.said(Topic.FILE)
        assert all(layer.isValid() for layer in map_group.layers(project, away).values())
        dock.results.notebook.decide([Subject("k")], KEPT, "Ali")

    def test_it_comes_back_by_itself(self, dock, dossier, open_one, qtbot, tmp_path):
        open_one(dossier)
        shutil.move(str(dossier), str(tmp_path / "x"))
        dock.watch.look()
        qtbot.waitUntil(lambda: dock.notices.said(Topic.FILE) != "", timeout=PATIENCE)
        shutil.move(str(tmp_path / "x"), str(dossier))
        dock.watch.look()
        qtbot.waitUntil(lambda: dock.notices.said(Topic.FILE) == "", timeout=PATIENCE)

    def test_deleted_it_is_not_made_again_without_its_appraisals(self, dock, small, open_one, qtbot):
        open_one(small)
        dock.results.notebook.decide([Subject("k")], KEPT, "Ali")
        small.unlink()
        dock.header.again.click()
        qtbot.waitUntil(lambda: "n'est plus à sa place" in dock.notices.said(Topic.FILE), timeout=PATIENCE)
        assert not dock.run.running and not small.exists()

    def test_it_is_replaced_by_another_control(self, dock, dossier, open_one, qtbot, project):
        open_one(dossier)
        tables = shown(project, dossier)
        replace_by_another_control(dossier)
        dock.watch.look()
        qtbot.waitUntil(lambda: "a été refait" in dock.notices.said(Topic.FILE), timeout=PATIENCE)
        with pytest.raises(Refused, match="refait"):
            dock.results.notebook.decide([Subject("k")], KEPT, "Ali")
        with qtbot.waitSignal(dock.opened, timeout=PATIENCE):
            dock.notices.buttons(Topic.FILE)["Rouvrir"].click()
        assert dock.results.controle.id == "un autre" and not dock.notices.said(Topic.FILE)
        assert shown(project, dossier) == tables
        dock.results.notebook.decide([Subject("k")], KEPT, "Ali")

    def test_a_row_asked_for_tells_it_at_once(self, dock, dossier, open_one, qtbot):
        open_one(dossier)
        replace_by_another_control(dossier)
        dock.step()
        assert "a été refait" in dock.notices.said(Topic.FILE)

    def test_what_the_dock_writes_itself_is_no_replacement(self, dock, dossier, open_one, qtbot):
        open_one(dossier)
        dock.results.notebook.decide([Subject("k")], KEPT, "Ali")
        with qtbot.waitSignal(dock.watch.same, timeout=PATIENCE):
            dock.watch.look()
        assert dock.notices.said(Topic.FILE) == ""


class TestWords:
    @pytest.mark.parametrize(
        "change",
        ["UPDATE constats SET etat = 'presque' WHERE rowid = 1", "UPDATE prescriptions SET etat = 'presque'"],
    )
    def test_a_state_of_a_newer_version(self, dock, dossier, qtbot, change):
        with closing(sqlite3.connect(dossier)) as connection, connection:
            connection.execute(change)
        dock.open_dossier(dossier)
        qtbot.waitUntil(lambda: "presque" in dock.notices.said(Topic.DOSSIER), timeout=PATIENCE)
        assert "mettez l'extension à jour" in dock.notices.said(Topic.DOSSIER) and dock.results is None

    def test_a_decision_of_a_newer_version(self, dock, dossier, qtbot):
        with closing(sqlite3.connect(dossier)) as connection, connection:
            connection.execute("INSERT INTO appreciations (cle, decision) VALUES ('k', 'transmis')")
        dock.open_dossier(dossier)
        qtbot.waitUntil(lambda: "transmis" in dock.notices.said(Topic.DOSSIER), timeout=PATIENCE)
        assert "mettez l'extension à jour" in dock.notices.said(Topic.DOSSIER)

    def test_a_column_more_changes_nothing(self, dock, dossier, open_one):
        with closing(sqlite3.connect(dossier)) as connection, connection:
            connection.execute("ALTER TABLE constats ADD COLUMN avis TEXT")
        open_one(dossier)
        assert len(dock.results.prescriptions) == 44


class TestRelaunch:
    def test_decisions_and_findings_are_carried(self, dock, small, open_one, again, commune):
        open_one(small)
        cle = next(one.cle for one in dock.results.constats if one.etat == "ecart_marque")
        dock.results.notebook.decide([Subject(cle)], KEPT, "Ali")
        dock.results.notebook.add_free("Le cimetière manque au plan.", "Zoé", "P1")
        before = dock.results.controle.id
        again()
        assert dock.results.controle.id != before
        held = dock.results.notebook.of(cle)
        assert (held.decision, held.motif, held.suite, held.auteur) == (KEPT.decision, KEPT.motif, KEPT.suite, "Ali")
        assert [one.texte for one in dock.results.notebook.free] == ["Le cimetière manque au plan."]
        assert cle in {one.cle for one in dock.results.constats}

    def test_layers_keep_their_identity(self, dock, small, open_one, again, project):
        open_one(small)
        layer = map_group.layers(project, small)["ecarts"]
        layer.setOpacity(0.4)
        layer.setName("Mes écarts")
        ids = set(project.mapLayers())
        again()
        assert set(project.mapLayers()) == ids
        assert layer.opacity() == 0.4 and layer.name() == "Mes écarts" and layer.featureCount() > 0

    @pytest.mark.parametrize(
        ("gone", "named"),
        [("rules", "règles d'été.yaml"), ("corridors", "trame.geojson"), ("archive", "18001_PLU_20250101")],
    )
    def test_what_is_gone_is_named_and_nothing_is_touched(self, dock, small, open_one, commune, qtbot, gone, named):
        open_one(small)
        dock.results.notebook.decide([Subject("k")], KEPT, "Ali")
        content, place = small.read_bytes(), getattr(commune, gone)
        shutil.move(str(place), str(place.with_name("parti")))
        dock.header.again.click()
        qtbot.waitUntil(lambda: dock.notices.said(Topic.RUN) != "", timeout=PATIENCE)
        said = dock.notices.said(Topic.RUN)
        assert f"« {named}" in said and "restent tels quels" in said
        assert not dock.run.running and small.read_bytes() == content
        assert dock.results.notebook.of("k").motif == KEPT.motif
        dock.notices.buttons(Topic.RUN)["Nouveau contrôle…"].click()
        dialog = dock._dialog
        qtbot.waitUntil(lambda: not dialog.plu.waiting and not dialog.rules.waiting, timeout=PATIENCE)
        assert dialog.choices.plu == str(commune.archive) and dialog.choices.regles == str(commune.rules)
        assert dialog.choices.dossier == str(small) and dialog.choices.roles == {"corridors": str(commune.corridors)}

    def test_back_again_it_runs(self, dock, small, open_one, commune, qtbot):
        open_one(small)
        shutil.move(str(commune.rules), str(commune.folder / "parti"))
        dock.header.again.click()
        qtbot.waitUntil(lambda: dock.notices.said(Topic.RUN) != "", timeout=PATIENCE)
        shutil.move(str(commune.folder / "parti"), str(commune.rules))
        with qtbot.waitSignal(dock.run.done, timeout=PATIENCE):
            dock.notices.buttons(Topic.RUN)["Réessayer"].click()
        assert dock.notices.said(Topic.RUN) == ""

    def test_an_archive_that_is_a_zip(self, dock, demo, of_demo, open_one, qtbot):
        dossier = control(of_demo(demo).request(QgsProject.instance())).dossier
        open_one(dossier)
        (archive,) = (demo / "plu").glob("*.zip")
        archive.unlink()
        dock.header.again.click()
        qtbot.waitUntil(lambda: dock.notices.said(Topic.RUN) != "", timeout=PATIENCE)
        # the archive alone, not the seven files that were read in it
        assert f"il manque : « {archive.name} »." in dock.notices.said(Topic.RUN)


class TestClosedDuringARun:
    def test_the_project_was_saved_meanwhile(self, dock, small, open_one, project, tmp_path, qtbot, monkeypatch):
        """QGIS stops in the middle of a control: the next one finds the dossier and its layers whole."""

        def slow(request, progress, overlays):
            while True:
                time.sleep(0.02)
                progress.step(0.1)  # raises when cancelled

        open_one(small)
        tables, ids = shown(project, small), set(project.mapLayers())
        monkeypatch.setattr(run_module, "control", slow)
        dock.header.again.click()
        qtbot.waitUntil(lambda: dock.run.running, timeout=PATIENCE)
        assert shown(project, small) == set()
        assert project.write(str(tmp_path / "projet.qgz"))
        dock.run.close()  # as an unload does: nothing comes back
        project.cleared.connect(dock.run._project_closed)
        assert project.read(str(tmp_path / "projet.qgz"))
        qtbot.waitUntil(lambda: dock.results is not None, timeout=PATIENCE)
        assert shown(project, small) == tables and set(project.mapLayers()) == ids

    def test_the_same_project_is_opened_again_meanwhile(
        self, dock, small, open_one, project, tmp_path, qtbot, monkeypatch
    ):
        """Its layers let the file go once more, and show the new control at its end."""
        go, real = threading.Event(), run_module.control

        def held(request, progress, overlays):
            go.wait(20)
            return real(request, progress, overlays)

        open_one(small)
        tables, before = shown(project, small), dock.results.controle.id
        assert project.write(str(tmp_path / "projet.qgz"))
        monkeypatch.setattr(run_module, "control", held)
        dock.header.again.click()
        qtbot.waitUntil(lambda: dock.run.running, timeout=PATIENCE)
        assert project.read(str(tmp_path / "projet.qgz"))
        qtbot.waitUntil(lambda: dock.results is not None, timeout=PATIENCE)
        assert shown(project, small) == set()
        go.set()
        qtbot.waitUntil(lambda: dock.results.controle.id != before, timeout=PATIENCE)
        qtbot.waitUntil(lambda: shown(project, small) == tables, timeout=PATIENCE)
