"""The dialog "Nouveau contrôle": what it recognises, what it asks, what it remembers, what keeps it from launching."""

from __future__ import annotations

import csv
import shutil
import zipfile
from collections import Counter
from pathlib import Path

import pytest
import yaml
from qgis.core import QgsCoordinateReferenceSystem, QgsFeature, QgsGeometry, QgsProject, QgsSettings, QgsVectorLayer
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from qgis.PyQt.QtGui import QDesktopServices, QDragEnterEvent, QDropEvent, QTextDocument
from qgis.PyQt.QtWidgets import QApplication, QFileDialog
from scot_compat.checks import needs
from scot_compat.gis.choices import Choices
from scot_compat.ui import drops
from scot_compat.ui.new_control.dialog import NewControlDialog

PATIENCE = 20_000
#: objects of each table of the demonstration: (size of the .shx in bytes - 100) / 8, see `unzip -l`
DEMO = {"ZONE_URBA": 364, "PRESCRIPTION_SURF": 131, "PRESCRIPTION_LIN": 103, "PRESCRIPTION_PCT": 62, "INFO_SURF": 81}


@pytest.fixture
def opened(interface, qtbot, settle):
    """Function that opens the dialog; as often as wanted, one after the other."""
    dialogs = []

    def open_one():
        if dialogs:
            dialogs.pop().close()
            settle()
        dialogs.append(NewControlDialog(interface.mainWindow()))
        dialogs[0].show()
        return dialogs[0]

    yield open_one
    if dialogs and not sip.isdeleted(dialogs[0]):
        dialogs[0].close()
    settle()


@pytest.fixture
def dialog(opened):
    return opened()


def read(label):
    document = QTextDocument()
    document.setHtml(label.text())
    return document.toPlainText()


def lines(label):
    return [line for line in read(label).splitlines() if line.strip()]


@pytest.fixture
def give(qtbot):
    """Function `(dialog, plu="", regles="")`: gives, then waits until all is known."""

    def wait_for(dialog, plu="", regles=""):
        dialog.give(drops.Dropped(str(plu or ""), str(regles or "")))
        quiet(dialog)

    def quiet(dialog):
        blocks = (dialog.plu, dialog.rules, dialog.layers)
        qtbot.waitUntil(lambda: not any(block.waiting for block in blocks), timeout=PATIENCE)

    wait_for.quiet = quiet
    return wait_for


class TestPlu:
    def test_the_archive_of_the_demonstration(self, dialog, give, demo):
        (plu,) = (demo / "plu").glob("*.zip")
        give(dialog, plu)
        said = read(dialog.plu.told)
        assert "200000098_PLUI_20250918 (opposable)" in said  # as its DOC_URBA writes it
        assert "2025" in lines(dialog.plu.told)[3]
        assert "364 zones" in said
        assert all(f"{table} {count}" in said for table, count in DEMO.items() if table != "ZONE_URBA")
        assert "EPSG:2154" in said
        assert "UTF-8" in said
        assert dialog.plu.problem == ""

    def test_its_folder_says_the_same(self, dialog, give, demo, tmp_path):
        (plu,) = (demo / "plu").glob("*.zip")
        give(dialog, plu)
        said = read(dialog.plu.told)
        with zipfile.ZipFile(plu) as archive:
            archive.extractall(tmp_path / "décompressée")
        give(dialog, tmp_path / "décompressée")
        assert read(dialog.plu.told) == said

    def test_layers_of_the_project_with_the_names_of_the_standard(self, dialog, give, demo, tmp_path, add_layer):
        (plu,) = (demo / "plu").glob("*.zip")
        with zipfile.ZipFile(plu) as archive:
            archive.extractall(tmp_path)
        for shape in tmp_path.rglob("*_URBA_*.shp"):
            add_layer(shape, shape.stem)
        for shape in tmp_path.rglob("*_PRESCRIPTION_SURF_*.shp"):
            add_layer(shape, shape.stem)
        dialog.plu.by_layers.setChecked(True)
        give.quiet(dialog)
        assert set(dialog.plu.tables) == {"ZONE_URBA", "PRESCRIPTION_SURF"}
        assert "364 zones" in read(dialog.plu.told) and "PRESCRIPTION_SURF 131" in read(dialog.plu.told)
        assert dialog.choices.plu == "" and set(dialog.choices.tables) == {"ZONE_URBA", "PRESCRIPTION_SURF"}

    def test_layers_chosen_by_hand(self, dialog, give, commune, add_layer):
        layer = add_layer(commune.zoning, "N'importe quel nom")
        dialog.plu.by_layers.setChecked(True)
        give.quiet(dialog)
        assert dialog.plu.recognised is None and "Donnez le PLU(i)." in dialog.missing.text()
        dialog.plu.layers["ZONE_URBA"].setLayer(layer)
        give.quiet(dialog)
        assert "2 zones" in read(dialog.plu.told) and "1 AUc" in read(dialog.plu.told)

    def test_limits_of_the_data_are_listed(self, dialog, give, commune):
        commune.zoning.write_text(commune.zoning.read_text("utf-8").replace('"AUc"', '"Z9"'), encoding="utf-8")
        give(dialog, commune.archive)
        assert dialog.plu.limits.isVisible() and "ZONE_URBA : " in dialog.plu.limits.toPlainText()
        count = sum(line.startswith("•") for line in dialog.plu.limits.toPlainText().splitlines())
        assert f"Limites des données ({count})" in dialog.plu.limits.toPlainText()

    @pytest.mark.parametrize("kind", ["text", "empty", "absent", "picture"])
    def test_a_thing_that_is_no_plu_gives_its_sentence(self, dialog, give, tmp_path, commune, kind):
        given = tmp_path / "chose d'été <b>"
        if kind == "text":
            given = given.with_suffix(".zip")
            given.write_text("bonjour")
        elif kind == "empty":
            given.mkdir()
        elif kind == "picture":
            given = given.with_suffix(".geojson")
            given.write_bytes(b"\x89PNG")
        give(dialog, given, commune.rules)
        assert dialog.plu.recognised is None
        assert "été" in read(dialog.plu.told) or "zip" in read(dialog.plu.told)
        assert "Erreur interne" not in read(dialog.plu.told)
        assert not dialog.launch.isEnabled() and dialog.missing.isVisible() and dialog.missing.text()

    def test_a_good_one_after_a_bad_one(self, dialog, give, commune, tmp_path):
        give(dialog, tmp_path / "absent.zip", commune.rules)
        assert not dialog.launch.isEnabled()
        give(dialog, commune.archive)
        assert dialog.launch.isEnabled() and dialog.plu.problem == ""

    def test_the_last_thing_given_counts(self, dialog, give, commune, demo):
        """The answer about a large archive does not come after that of the small one that took its place."""
        (plu,) = (demo / "plu").glob("*.zip")
        dialog.give(drops.Dropped(plu=str(plu)))
        give(dialog, commune.archive)
        assert "2 zones" in read(dialog.plu.told)

    def test_a_path_typed_is_read_when_typing_stops(self, dialog, give, commune, qtbot):
        dialog.plu.file.setFilePath(f'"{commune.archive}"')  # as Windows copies a path
        qtbot.waitUntil(lambda: dialog.plu.recognised is not None, timeout=PATIENCE)
        assert dialog.choices.plu == str(commune.archive)

    def test_a_layer_without_projection_asks_which_to_suppose(self, dialog, give, commune):
        layer = unprojected()
        dialog.plu.by_layers.setChecked(True)
        dialog.plu.layers["ZONE_URBA"].setLayer(layer)
        give.quiet(dialog)
        assert dialog.plu.recognised is None and "projection" in read(dialog.plu.told)
        assert dialog.plu.crs.isVisible() and not dialog.launch.isEnabled()
        dialog.plu.crs.setCrs(QgsCoordinateReferenceSystem("EPSG:2154"))
        give.quiet(dialog)
        assert "1 zone" in read(dialog.plu.told) and "EPSG:2154" in read(dialog.plu.told)
        assert dialog.choices.crs_defaut == "EPSG:2154"

    def test_no_projection_is_supposed_where_none_is_asked(self, dialog, give, commune):
        give(dialog, commune.archive)
        assert not dialog.plu.crs.isVisible() and dialog.choices.crs_defaut == ""

    def test_a_layer_taken_off_the_project_is_no_longer_given(self, dialog, give, commune, add_layer):
        layer = add_layer(commune.zoning, "18001_ZONE_URBA_20250101")
        dialog.plu.by_layers.setChecked(True)
        give.quiet(dialog)
        assert dialog.plu.recognised is not None
        QgsProject.instance().removeMapLayer(layer)
        give.quiet(dialog)
        assert dialog.plu.recognised is None and not dialog.launch.isEnabled()


def unprojected():
    layer = QgsVectorLayer("Polygon?field=LIBELLE:string&field=TYPEZONE:string", "zones", "memory")
    layer.setCrs(QgsCoordinateReferenceSystem())
    feature = QgsFeature(layer.fields())
    feature.setAttributes(["UA", "U"])
    feature.setGeometry(
        QgsGeometry.fromWkt("Polygon((700000 6600000, 700100 6600000, 700100 6600100, 700000 6600000))")
    )
    layer.dataProvider().addFeatures([feature])
    layer.updateExtents()
    QgsProject.instance().addMapLayer(layer)
    return layer


BROKEN = """\
format: 1
scot:
  nom: SCoT
prescriptions:
  - id: P1
    intitule: Un
    objectif: O
    nature: normme
    controle:
      lecture:
        questions: ["Une ?"]
  - id: P2
    intitule: Deux
    objectif: O
    nature: norme
    controle:
      densitee:
        objets: {zones: {typezone: [U]}}
"""


class TestRules:
    def test_prescriptions_counted_by_objective(self, dialog, give, demo):
        give(dialog, regles=demo / "regles.yaml")
        told = yaml.safe_load((demo / "regles.yaml").read_text("utf-8"))
        wanted = Counter(one["objectif"] for one in told["prescriptions"])
        assert sum(wanted.values()) == 44
        said = lines(dialog.rules.told)
        assert said[0] == "SCoT du Pays d'Aubrelle (fictif) : 44 prescriptions"
        assert said[1:] == [f"{objective} : {count}" for objective, count in wanted.items()]

    def test_a_name_with_angle_brackets_reads_as_written(self, dialog, give, commune):
        give(dialog, regles=commune.rules)
        assert lines(dialog.rules.told)[1:] == ["1.1 Trame verte : 2", "1.3 Paysages <d'entrée> : 1"]

    def test_all_errors_with_their_lines(self, dialog, give, tmp_path):
        path = tmp_path / "règles d'été.yaml"
        path.write_text(BROKEN, encoding="utf-8")
        give(dialog, regles=path)
        said = [dialog.rules.list.item(row).text() for row in range(dialog.rules.list.count())]
        assert len(said) == 2
        assert said[0].startswith("Erreur, ligne 8") and "normme" in said[0]
        assert said[1].startswith("Erreur, ligne 17") and "densitee" in said[1]
        assert "2 erreurs" in read(dialog.rules.told)
        assert dialog.rules.rules is None and not dialog.launch.isEnabled()

    def test_activating_an_error_opens_the_file(self, dialog, give, tmp_path, monkeypatch, qtbot):
        path = tmp_path / "règles d'été.yaml"
        path.write_text(BROKEN, encoding="utf-8")
        give(dialog, regles=path)
        asked = []
        monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: asked.append(url.toLocalFile()))
        dialog.rules.list.setCurrentRow(1)
        qtbot.keyClick(dialog.rules.list, Qt.Key.Key_Return)
        assert asked == [str(path)]

    def test_warnings_do_not_prevent_anything(self, dialog, give, demo):
        """P24 has a threshold to be completed, P25 is at the scale of the SCoT."""
        give(dialog, regles=demo / "regles.yaml")
        said = [dialog.rules.list.item(row).text() for row in range(dialog.rules.list.count())]
        assert len(said) == 2 and all(line.startswith("Avertissement, ligne ") for line in said)
        assert dialog.rules.rules is not None

    @pytest.mark.parametrize("content", [None, b"\x00\xff\xfe", b"", b"- a\n- b\n"])
    def test_a_file_that_is_no_rule_file(self, dialog, give, tmp_path, content):
        path = tmp_path / "autre.yaml"
        if content is not None:
            path.write_bytes(content)
        give(dialog, regles=path)
        assert dialog.rules.rules is None and dialog.rules.list.count() >= 1
        assert "Erreur interne" not in read(dialog.rules.told)


class TestRoles:
    def test_each_one_found_or_missing_and_what_that_costs(self, dialog, give, demo):
        (plu,) = (demo / "plu").glob("*.zip")
        give(dialog, plu, demo / "regles.yaml")
        rows = dialog.layers.rows
        assert {nom for nom, row in rows.items() if not row.role.found} == {"terres_agricoles"}
        assert "1 couche ou table manque" in read(dialog.layers.told) and "P14" in read(dialog.layers.told)
        assert "P14" in rows["terres_agricoles"].said.text() and "à choisir" in rows["terres_agricoles"].said.text()
        assert rows["communes"].said.text() == "indiquée par les règles"
        assert "scot.gpkg" in rows["communes"].combo.currentText()
        assert rows["programme"].role.source.endswith("complements/programme_logements.csv")
        assert dialog.launch.isEnabled()  # what misses is told, and stays not evaluated

    def test_only_what_the_rules_need(self, dialog, give, demo):
        """Every layer of scot.gpkg that a prescription names, no more: the demonstration declares none in vain."""
        give(dialog, regles=demo / "regles.yaml")
        told = yaml.safe_load((demo / "regles.yaml").read_text("utf-8"))
        assert list(dialog.layers.rows) == [*told["couches"], *told["tables"]]

    def test_what_comes_with_the_plu_is_sought_beside_it(self, dialog, give, demo):
        give(dialog, regles=demo / "regles.yaml")
        assert not dialog.layers.rows["programme"].role.found
        (plu,) = (demo / "plu").glob("*.zip")
        give(dialog, plu)
        assert dialog.layers.rows["programme"].role.found

    def test_a_layer_of_the_project_with_its_name_is_taken(self, dialog, give, commune, add_layer):
        layer = add_layer(commune.corridors, "Corridors Ecologiques")  # its wording, accents and case aside
        give(dialog, commune.archive, commune.rules)
        row = dialog.layers.rows["corridors"]
        assert row.role.source == layer.source() and row.said.text() == "trouvée dans le projet"
        assert "1 couche ou table trouvée" in read(dialog.layers.told)

    def test_what_was_found_in_the_project_is_what_is_read(self, dialog, give, commune, add_layer, qtbot):
        """The dialog says that the layer is found: the control must not leave it aside."""
        layer = add_layer(commune.corridors, "corridors")
        give(dialog, commune.archive, commune.rules)
        with qtbot.waitSignal(dialog.launched, timeout=PATIENCE) as launched:
            dialog.launch.click()
        assert launched.args[0].roles == {"corridors": layer.source()}

    def test_a_match_is_not_remembered_as_a_choice(self, opened, give, commune, add_layer):
        """Next time another layer may bear that name: only what was chosen by hand is kept."""
        dialog = opened()
        layer = add_layer(commune.corridors, "corridors")
        give(dialog, commune.archive, commune.rules)
        dialog.launch.click()
        QgsProject.instance().removeMapLayer(layer)
        again = opened()
        give.quiet(again)
        assert not again.layers.rows["corridors"].role.found and again.layers.chosen == {}

    def test_chosen_by_hand_then_given_back(self, dialog, give, commune, add_layer):
        layer = add_layer(commune.corridors, "Autre nom")
        give(dialog, commune.archive, commune.rules)
        row = dialog.layers.rows["corridors"]
        assert not row.role.found and "P1 et P2 : non évalué sans elle" in row.said.text()
        take(row, row.combo.findText("Autre nom"))
        give.quiet(dialog)
        row = dialog.layers.rows["corridors"]
        assert row.said.text() == "choisie" and dialog.choices.roles == {"corridors": layer.source()}
        take(row, row.combo.findText("(revenir à la source des règles)"))
        give.quiet(dialog)
        assert not dialog.layers.rows["corridors"].role.found and dialog.choices.roles == {}

    def test_a_file_chosen_by_hand(self, dialog, give, commune, monkeypatch):
        from qgis.PyQt.QtWidgets import QFileDialog

        give(dialog, commune.archive, commune.rules)
        row = dialog.layers.rows["corridors"]
        monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: ("", ""))
        row.combo.setCurrentIndex(row.combo.count() - 1)
        take(row, row.combo.count() - 1)
        assert row.combo.currentIndex() == 0 and dialog.layers.chosen == {}
        monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(commune.corridors), ""))
        take(row, row.combo.count() - 1)
        give.quiet(dialog)
        assert dialog.choices.roles == {"corridors": str(commune.corridors)}

    def test_the_layer_of_a_file_that_holds_several_is_asked(self, dialog, give, commune, demo, monkeypatch):
        from qgis.PyQt.QtWidgets import QFileDialog, QInputDialog

        asked = []

        def get_item(parent, title, label, items, *others):
            asked.extend(items)
            return "reservoirs", True

        give(dialog, commune.archive, commune.rules)
        monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(demo / "scot.gpkg"), ""))
        monkeypatch.setattr(QInputDialog, "getItem", get_item)
        row = dialog.layers.rows["corridors"]
        take(row, row.combo.count() - 1)
        give.quiet(dialog)
        assert {"corridors", "reservoirs", "captages"} <= set(asked)
        assert dialog.choices.roles == {"corridors": f"{demo / 'scot.gpkg'}|layername=reservoirs"}

    def test_rules_that_need_no_layer_say_so(self, dialog, give, tmp_path):
        path = tmp_path / "lecture.yaml"
        text = BROKEN[: BROKEN.index("  - id: P2")].replace("normme", "norme")
        path.write_text(text, encoding="utf-8")
        give(dialog, regles=path)
        assert read(dialog.layers.told) == "Ces règles n'ont besoin d'aucune couche."
        assert dialog.layers.rows == {}


class TestQuestions:
    def test_absent_tables_are_asked_about_only_when_a_rule_looks_into_them(self, dialog, give, commune):
        give(dialog, commune.archive)
        assert not dialog.questions.isVisible()
        give(dialog, regles=commune.rules)  # P2 looks into the surfaces of PRESCRIPTION
        assert dialog.complet.isVisible() and "PRESCRIPTION_SURF" in dialog.complet.text()
        assert not dialog.horizon.isVisible()
        assert dialog.choices.complet is False
        dialog.complet.setChecked(True)
        assert dialog.choices.complet is True

    def test_a_plu_that_has_them_is_asked_nothing(self, dialog, give, commune):
        write = commune.archive / "18001_PRESCRIPTION_SURF_20250101.geojson"
        write.write_text(commune.zoning.read_text("utf-8").replace("TYPEZONE", "TYPEPSC"), encoding="utf-8")
        give(dialog, commune.archive, commune.rules)
        assert "PRESCRIPTION_SURF 2" in read(dialog.plu.told)
        assert not dialog.questions.isVisible()

    def test_an_answer_to_a_question_that_is_no_longer_asked_is_not_given(self, dialog, give, commune, tmp_path):
        give(dialog, commune.archive, commune.rules)
        dialog.complet.setChecked(True)
        text = BROKEN[: BROKEN.index("  - id: P2")].replace("normme", "norme")
        (tmp_path / "lecture.yaml").write_text(text, encoding="utf-8")
        give(dialog, regles=tmp_path / "lecture.yaml")
        assert not dialog.questions.isVisible() and dialog.choices.complet is False

    def test_horizon_only_when_a_figure_is_by_year(self, dialog, give, commune, monkeypatch):
        """No kind of this version takes a figure by year: the need itself is feigned."""
        dialog.horizon.setText("2024-2035")
        give(dialog, commune.archive, commune.rules)
        assert not dialog.horizon.isVisible() and dialog.choices.horizon == ""
        monkeypatch.setattr(needs, "horizon", lambda rules: True)
        give(dialog, regles=commune.rules)
        assert dialog.horizon.isVisible() and dialog.choices.horizon == "2024-2035"
        dialog.horizon.setText("bientôt")
        assert not dialog.launch.isEnabled() and "2024-2035" in dialog.missing.text()
        dialog.horizon.setText("")  # not known: what needs it stays not evaluated
        assert dialog.launch.isEnabled()
        assert dialog.horizon.placeholderText() == "2024-2035" and "non évalué" in dialog.horizon.toolTip()

    def test_a_horizon_left_empty_is_read_in_the_table_that_the_rules_name(self, dialog, give, commune, tmp_path):
        rules = tmp_path / "horizon.yaml"
        rules.write_text(
            "format: 1\nscot: {nom: S}\ntables:\n  documents: {libelle: Suivi des PLU, cle: IDURBA}\n"
            "horizon: {table: documents, debut: DEBUT, fin: FIN}\nprescriptions:\n  - id: P1\n    intitule: I\n"
            "    nature: norme\n    controle: {surface: {objets: {zones: {typezone: [AUc]}}, maximum: 1 ha/an}}\n",
            encoding="utf-8",
        )
        give(dialog, commune.archive, rules)
        assert dialog.horizon.isVisible() and dialog.launch.isEnabled()
        assert "lu dans la table « Suivi des PLU »" in dialog.horizon.placeholderText()


class TestAnotherPlu:
    """What was answered for one PLU says nothing of another."""

    @pytest.fixture
    def other(self, commune):
        return Path(shutil.copytree(commune.archive, commune.folder / "18002_PLU_20250101"))

    def test_layers_verified_absent_are_to_be_verified_again(self, dialog, give, commune, other):
        give(dialog, commune.archive, commune.rules)
        dialog.complet.setChecked(True)
        dialog.horizon.setText("2024-2035")
        give(dialog, other)
        assert dialog.complet.isVisible() and not dialog.complet.isChecked() and dialog.choices.complet is False
        assert dialog.horizon.text() == ""

    def test_the_same_plu_remembered_by_the_project_keeps_its_answers(self, dialog, give, commune, qtbot):
        give(dialog, commune.archive, commune.rules)
        dialog.complet.setChecked(True)
        dialog._launch()
        again = NewControlDialog()
        qtbot.addWidget(again)
        give.quiet(again)
        assert again.choices.complet is True

    def test_a_table_that_comes_with_the_plu_is_forgotten(self, dialog, give, commune, other, tmp_path):
        """The dwellings of one PLU would be read as those of another; the layer of the SCoT stays chosen."""
        text = commune.rules.read_text(encoding="utf-8")
        text = text.replace("prescriptions:", "tables:\n" + PROGRAMME + "prescriptions:", 1) + DENSITY
        commune.rules.write_text(text, encoding="utf-8")
        (tmp_path / "programme.csv").write_text("LIBELLE;LOGEMENTS\n1AU;12\n", encoding="utf-8")
        give(dialog, commune.archive, commune.rules)
        dialog.layers.choose("programme", str(tmp_path / "programme.csv"))
        dialog.layers.choose("corridors", str(commune.corridors))
        give.quiet(dialog)
        assert set(dialog.layers.chosen) == {"programme", "corridors"}
        give(dialog, other)
        assert set(dialog.layers.chosen) == {"corridors"}
        assert not dialog.layers.rows["programme"].role.found


PROGRAMME = "  programme: {libelle: Programme, fourni_par: plu, cle: LIBELLE, jointure: LIBELLE}\n"
DENSITY = """
  - id: P9
    intitule: Densité
    objectif: Foncier
    nature: norme
    controle:
      densite:
        objets: {zones: {typezone: [AUc]}}
        logements: {table: programme, champ: LOGEMENTS}
        minimum: 20 logt/ha
"""


def test_a_search_of_layers_that_fails_is_said_and_nothing_is_launched(dialog, give, commune, monkeypatch):
    def refused(*_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("scot_compat.ui.new_control.layers_block.propose", refused)
    give(dialog, commune.archive, commune.rules)
    assert "Permission denied" in read(dialog.layers.told)
    assert not dialog.launch.isEnabled() and "recherche des couches" in dialog.missing.text()


def test_what_is_typed_is_not_launched_before_it_is_read(dialog, give, commune):
    give(dialog, commune.archive, commune.rules)
    assert dialog.launch.isEnabled()
    dialog.plu.file.setFilePath(str(commune.zoning))
    assert not dialog.launch.isEnabled()


def test_proposals_wait_while_a_file_is_being_chosen(dialog, give, commune, monkeypatch):
    """The rows are made anew by each search: not under the file dialog that one of them opened."""
    give(dialog, commune.archive, commune.rules)
    row = dialog.layers.rows["corridors"]

    def meanwhile(*_):
        dialog.layers._known(list(dialog.layers.roles))
        assert dialog.layers.rows["corridors"] is row
        return "", ""

    monkeypatch.setattr(QFileDialog, "getOpenFileName", meanwhile)
    take(row, row.combo.count() - 1)
    assert dialog.layers.rows["corridors"] is not row


def take(row, position):
    """Choose an entry of the list of a row, as a click does; the row hears of it a moment later."""
    row.combo.activated.emit(position)
    QApplication.processEvents()


def mime(*paths):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def drop(widget, *paths):
    """Drop files as a file manager does; whether they were taken."""
    data, actions = mime(*paths), Qt.DropAction.CopyAction
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(5, 5), actions, data, buttons, keys)
    enter.ignore()
    widget.dragEnterEvent(enter)
    if enter.isAccepted():
        widget.dropEvent(QDropEvent(QPointF(5, 5), actions, data, buttons, keys))
    return enter.isAccepted()


class TestDrops:
    def test_what_a_file_is(self, commune, demo, dossier, tmp_path):
        (plu,) = (demo / "plu").glob("*.zip")
        assert drops.read(mime(plu)) == drops.Dropped(plu=str(plu))
        assert drops.read(mime(commune.rules)) == drops.Dropped(regles=str(commune.rules))
        assert drops.read(mime(plu, commune.rules)) == drops.Dropped(str(plu), str(commune.rules))
        assert drops.read(mime(commune.archive)) == drops.Dropped(plu=str(commune.archive))
        assert drops.read(mime(dossier)) == drops.Dropped(dossier=str(dossier))
        assert drops.read(mime(demo / "scot.gpkg")) == drops.Dropped(plu=str(demo / "scot.gpkg"))
        (tmp_path / "notice.pdf").write_bytes(b"%PDF")
        assert not drops.read(mime(tmp_path / "notice.pdf"))
        assert not drops.read(QMimeData())
        far = QMimeData()
        far.setUrls([QUrl("https://exemple.fr/plu.zip")])
        assert not drops.read(far)

    def test_on_the_dialog(self, dialog, give, commune):
        assert drop(dialog, commune.archive)
        give.quiet(dialog)
        assert dialog.plu.recognised is not None
        assert drop(dialog, commune.rules)
        give.quiet(dialog)
        assert dialog.rules.rules is not None and dialog.launch.isEnabled()

    def test_a_dossier_is_no_thing_for_the_dialog(self, dialog, dossier):
        drop(dialog, dossier)
        assert not dialog.plu.given and not dialog.rules.path

    def test_on_the_dock_both_open_the_dialog(self, dock, give, commune):
        assert drop(dock, commune.archive, commune.rules)
        dialog = dock.new_control()
        give.quiet(dialog)
        assert dialog.choices.plu == str(commune.archive) and dialog.choices.regles == str(commune.rules)
        assert drop(dock, commune.rules)
        assert dock.new_control() is dialog

    def test_on_the_dock_a_dossier_is_opened(self, dock, dossier, qtbot):
        with qtbot.waitSignal(dock.opened, timeout=PATIENCE):
            assert drop(dock, dossier)
        assert dock.results.path == dossier and dock._dialog is None

    def test_on_the_dock_something_else_is_refused(self, dock, tmp_path):
        (tmp_path / "notice.pdf").write_bytes(b"%PDF")
        assert not drop(dock, tmp_path / "notice.pdf")


class TestLaunch:
    def test_what_is_missing_is_said_until_all_is_there(self, dialog, give, commune):
        assert not dialog.launch.isEnabled() and dialog.missing.text() == "Donnez le PLU(i)."
        dialog.give(drops.Dropped(plu=str(commune.archive)))
        assert not dialog.launch.isEnabled() and dialog.missing.text() == "Lecture du PLU en cours…"
        give.quiet(dialog)
        assert not dialog.launch.isEnabled() and dialog.missing.text() == "Donnez un fichier de règles valide."
        dialog.give(drops.Dropped(regles=str(commune.rules)))
        assert not dialog.launch.isEnabled() and "en cours…" in dialog.missing.text()
        give.quiet(dialog)
        assert dialog.launch.isEnabled() and not dialog.missing.isVisible()
        dialog.dossier.setFilePath("")
        assert not dialog.launch.isEnabled() and dialog.missing.text() == "Dites où écrire le dossier du contrôle."

    def test_the_dossier_goes_beside_the_plu_unless_another_place_is_given(self, dialog, give, commune, demo):
        give(dialog, commune.archive)
        assert dialog.dossier.filePath() == str(commune.folder / f"{commune.archive.name} - compatibilité SCoT.gpkg")
        (plu,) = (demo / "plu").glob("*.zip")
        give(dialog, plu)
        assert dialog.dossier.filePath() == str(plu.parent / f"{plu.stem} - compatibilité SCoT.gpkg")
        dialog.dossier.setFilePath(str(demo / "le mien.gpkg"))
        give(dialog, commune.archive)
        assert dialog.dossier.filePath() == str(demo / "le mien.gpkg")

    def test_a_dossier_that_will_be_replaced_is_announced(self, dialog, dossier, tmp_path):
        dialog.dossier.setFilePath(str(dossier))
        assert dialog.replaced.isVisible()
        dialog.dossier.setFilePath(str(tmp_path / "nouveau.gpkg"))
        assert not dialog.replaced.isVisible()

    def test_launched_with_all_that_was_chosen(self, dialog, give, commune, add_layer, qtbot):
        add_layer(commune.corridors, "corridors")
        give(dialog, commune.archive, commune.rules)
        dialog.layers.choose("corridors", str(commune.corridors))
        give.quiet(dialog)
        dialog.complet.setChecked(True)
        with qtbot.waitSignal(dialog.launched, timeout=PATIENCE) as launched:
            dialog.launch.click()
        assert launched.args[0] == Choices(
            plu=str(commune.archive),
            regles=str(commune.rules),
            roles={"corridors": str(commune.corridors)},
            complet=True,
            dossier=str(commune.folder / f"{commune.archive.name} - compatibilité SCoT.gpkg"),
        )
        assert not dialog.isVisible()


class TestMemory:
    def launch(self, dialog, give, commune):
        give(dialog, commune.archive, commune.rules)
        dialog.layers.choose("corridors", str(commune.corridors))
        give.quiet(dialog)
        dialog.complet.setChecked(True)
        dialog.launch.click()

    def test_choices_are_taken_up_again(self, opened, give, commune):
        self.launch(opened(), give, commune)
        again = opened()
        give.quiet(again)
        assert again.choices == Choices.of_project(QgsProject.instance())
        assert again.choices.plu == str(commune.archive) and again.choices.roles == {
            "corridors": str(commune.corridors)
        }
        assert again.complet.isChecked() and again.launch.isEnabled()

    def test_they_follow_the_project_in_its_file(self, opened, give, commune, tmp_path):
        project = QgsProject.instance()
        assert project.write(str(commune.folder / "projet.qgs"))
        self.launch(opened(), give, commune)
        assert project.write()
        project.clear()
        assert Choices.of_project(project) == Choices(regles=str(commune.rules))
        moved = commune.folder.rename(tmp_path / "ailleurs")
        assert project.read(str(moved / "projet.qgs"))
        again = opened()
        give.quiet(again)
        assert again.choices.plu == str(moved / commune.archive.name)
        assert again.choices.roles == {"corridors": str(moved / "autres" / "trame.geojson")}
        assert again.launch.isEnabled()

    def test_a_new_project_knows_the_rules_last_used(self, opened, give, commune):
        self.launch(opened(), give, commune)
        QgsProject.instance().clear()
        again = opened()
        give.quiet(again)
        assert again.choices.regles == str(commune.rules) and again.choices.plu == ""
        assert QgsSettings().value("scot_compat/regles") == str(commune.rules)

    def test_layers_of_the_project_are_found_again(self, opened, give, commune, add_layer):
        add_layer(commune.zoning, "zones")
        dialog = opened()
        dialog.plu.by_layers.setChecked(True)
        dialog.plu.layers["ZONE_URBA"].setLayer(QgsProject.instance().mapLayersByName("zones")[0])
        give(dialog, regles=commune.rules)
        dialog.dossier.setFilePath(str(commune.folder / "contrôle.gpkg"))
        assert dialog.launch.isEnabled()
        dialog.launch.click()
        again = opened()
        give.quiet(again)
        assert again.plu.by_layers.isChecked() and again.plu.layers["ZONE_URBA"].currentLayer().name() == "zones"
        assert again.plu.recognised is not None

    def test_the_projection_supposed_is_supposed_again(self, opened, give, commune):
        unprojected()
        dialog = opened()
        dialog.plu.by_layers.setChecked(True)
        dialog.plu.layers["ZONE_URBA"].setLayer(QgsProject.instance().mapLayersByName("zones")[0])
        give.quiet(dialog)
        dialog.plu.crs.setCrs(QgsCoordinateReferenceSystem("EPSG:2154"))
        give(dialog, regles=commune.rules)
        dialog.dossier.setFilePath(str(commune.folder / "contrôle.gpkg"))
        dialog.launch.click()
        again = opened()
        give.quiet(again)
        assert again.plu.problem == "" and again.choices.crs_defaut == "EPSG:2154"
        assert again.plu.crs.isVisible()  # what is supposed is seen

    def test_another_plu_does_not_take_the_dossier_of_the_former(self, opened, give, commune, demo):
        """Its place was the usual one, beside the former PLU: that of the new one is beside the new one."""
        self.launch(opened(), give, commune)
        again = opened()
        give.quiet(again)
        (plu,) = (demo / "plu").glob("*.zip")
        give(again, plu)
        assert again.dossier.filePath() == str(plu.parent / f"{plu.stem} - compatibilité SCoT.gpkg")

    def test_escape_leaves_nothing_running(self, opened, give, demo, qtbot, settle):
        from qgis.core import QgsApplication

        (plu,) = (demo / "plu").glob("*.zip")
        dialog = opened()
        dialog.give(drops.Dropped(str(plu), str(demo / "regles.yaml")))
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)
        assert not any(block.waiting for block in (dialog.plu, dialog.rules, dialog.layers))
        settle()
        manager = QgsApplication.taskManager()
        qtbot.waitUntil(lambda: manager.countActiveTasks() == 0, timeout=PATIENCE)


def test_figures_of_the_demonstration_are_those_of_its_files(demo):
    """The programme has one line per zone of dwellings; a guard on what the tests above suppose."""
    with open(demo / "plu" / "complements" / "programme_logements.csv", encoding="utf-8", newline="") as source:
        assert {"OAP", "INSEE", "LOGEMENTS"} <= set(next(csv.DictReader(source, delimiter=";")))
    with zipfile.ZipFile(next((demo / "plu").glob("*.zip"))) as archive:
        sizes = {one.filename: one.file_size for one in archive.infolist() if one.filename.endswith(".shx")}
    for table, count in DEMO.items():
        (size,) = (size for name, size in sizes.items() if f"_{table}_" in name)
        assert (size - 100) // 8 == count
