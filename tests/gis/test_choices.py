"""What the user chose: kept in the project wherever it goes, read back from a dossier, and run again alike."""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from qgis.core import QgsFeature, QgsGeometry, QgsProject, QgsSettings, QgsVectorLayer
from scot_compat.gis.choices import KEY, RULES_SETTING, SCOPE, Choices, seen, usual_dossier
from scot_compat.gis.control import control
from scot_compat.gis.dossier_results import DossierResults
from scot_compat.gis.files.snapshots import Snapshot, SourceError, chemin


@pytest.fixture
def project(qgis_new_project):
    QgsSettings().remove(RULES_SETTING)
    yield QgsProject.instance()
    QgsSettings().remove(RULES_SETTING)


@pytest.fixture
def scot(demo):
    return demo / "scot.gpkg"


def everything(demo):
    return Choices(
        plu=str(demo / "plu" / "PLU d'été.zip"),
        regles=str(demo / "regles.yaml"),
        roles={
            "corridors": f"{demo / 'scot.gpkg'}|layername=corridors",
            "haies": f"{demo / 'scot.gpkg'}|layername=haies|subset=LARGEUR = '5|6'\nOR NOM = 'l''été'",
            "base": 'postgres://service=\'scot\' table="public"."réservoirs"',
        },
        horizon="2024-2035",
        complet=True,
        crs_defaut="EPSG:2154",
        dossier=str(demo / "Écarts d'été.gpkg"),
    )


def saved(project, file):
    assert project.write(str(file))
    project.clear()
    assert project.read(str(file))


# -- kept in the project --------------------------------------------------------------------------


def test_a_project_that_remembers_nothing(project):
    assert Choices.of_project(project) == Choices()
    QgsSettings().setValue(RULES_SETTING, "/règles d'été.yaml")
    assert Choices.of_project(project) == Choices(regles="/règles d'été.yaml")


def test_kept_in_a_project_that_was_never_saved(project, demo):
    everything(demo).keep(project)
    assert Choices.of_project(project) == everything(demo)
    assert QgsSettings().value(RULES_SETTING) == str(demo / "regles.yaml")


def test_saved_and_read_again(project, demo):
    assert project.write(str(demo / "projet d'été.qgz"))
    everything(demo).keep(project)
    saved(project, demo / "projet d'été.qgz")
    assert Choices.of_project(project) == everything(demo)


def test_layers_in_place_of_an_archive(project, demo):
    tables = {"ZONE_URBA": f"{demo / 'a b.shp'}", "INFO_SURF": "memory://Polygon?uid={1}"}
    choices = Choices(tables=tables, dossier=str(demo / "d.gpkg"))
    assert project.write(str(demo / "projet.qgz"))
    choices.keep(project)
    saved(project, demo / "projet.qgz")
    assert Choices.of_project(project) == choices


def test_paths_follow_a_project_moved_with_its_data(project, demo, tmp_path):
    assert project.write(str(demo / "projet.qgz"))
    everything(demo).keep(project)
    assert project.write(str(demo / "projet.qgz"))
    project.clear()
    moved = tmp_path / "ailleurs, l'hiver"
    shutil.move(str(demo), str(moved))
    assert project.read(str(moved / "projet.qgz"))
    assert Choices.of_project(project) == everything(moved)


def test_data_beside_the_folder_of_the_project(project, demo, tmp_path):
    (demo / "projets").mkdir()
    assert project.write(str(demo / "projets" / "projet.qgz"))
    everything(demo).keep(project)
    assert project.write(str(demo / "projets" / "projet.qgz"))
    project.clear()
    moved = tmp_path / "ailleurs"
    shutil.move(str(demo), str(moved))
    assert project.read(str(moved / "projets" / "projet.qgz"))
    assert Choices.of_project(project).regles == str(moved / "regles.yaml")


def test_a_project_saved_elsewhere_without_its_data(project, demo, tmp_path):
    """« Enregistrer sous » : the data stay where they are."""
    assert project.write(str(demo / "projet.qgz"))
    everything(demo).keep(project)
    (tmp_path / "copie").mkdir()
    saved(project, tmp_path / "copie" / "projet.qgz")
    found = Choices.of_project(project)
    assert found.regles == str(demo / "regles.yaml")
    assert found.roles == everything(demo).roles
    again = tmp_path / "copie" / "regles.yaml"
    again.write_text("autre", encoding="utf-8")
    assert Choices.of_project(project).regles == str(again)  # beside the project, when there is something


@pytest.mark.parametrize(
    "text",
    ["", "{", "null", "[]", "3", '"texte"', "[" * 5000, '{"plu": 3, "roles": [1], "complet": "oui", "tables": null}'],
    ids=range(8),
)
def test_an_entry_written_by_hand_is_no_reason_to_fail(project, text):
    project.writeEntry(SCOPE, KEY, text)
    assert Choices.of_project(project) == Choices()


def test_what_can_be_understood_of_a_damaged_entry_is_kept(project):
    told = {"plu": "/a.zip", "horizon": 2024, "roles": {"a": "/a.shp", "b": None, "c": {"d": 1}}, "inconnu": 1}
    project.writeEntry(SCOPE, KEY, json.dumps(told))
    assert Choices.of_project(project) == Choices(plu="/a.zip", roles={"a": "/a.shp"})


# -- a layer of the project as it is now ----------------------------------------------------------


def features(shot):
    return sum(1 for _ in shot.features.getFeatures())


def test_a_layer_of_the_project_is_read_with_its_filter(project, scot):
    layer = QgsVectorLayer(f"{scot}|layername=corridors", "filtrée", "ogr")
    whole = layer.featureCount()
    assert layer.setSubsetString("LARGEUR = 20")
    assert 0 < layer.featureCount() < whole
    project.addMapLayer(layer)
    shot = seen(chemin(layer), project)
    assert isinstance(shot, Snapshot) and features(shot) == layer.featureCount()
    assert "subset=LARGEUR = 20" in shot.chemin


def test_with_its_changes_not_saved(project, scot):
    layer = QgsVectorLayer(f"{scot}|layername=reservoirs", "r", "ogr")
    project.addMapLayer(layer)
    count = layer.featureCount()
    assert layer.startEditing()
    feature = QgsFeature(layer.fields())
    feature.setGeometry(QgsGeometry.fromWkt("MultiPolygon (((0 0, 1 0, 1 1, 0 0)))"))
    assert layer.addFeature(feature)
    assert features(seen(chemin(layer), project)) == count + 1
    layer.rollBack()


def test_a_source_that_no_layer_has_stays_a_source(project, scot):
    project.addMapLayer(QgsVectorLayer(f"{scot}|layername=reservoirs", "r", "ogr"))
    for source in (f"{scot}|layername=corridors", "postgres://service='x'", ""):
        assert seen(source, project) == source


def test_a_layer_that_qgis_cannot_read_is_not_taken(project, tmp_path):
    source = str(tmp_path / "perdu.shp")
    project.addMapLayer(QgsVectorLayer(source, "perdu", "ogr"))
    assert seen(source, project) == source


def test_a_temporary_layer_there_then_gone(project):
    layer = QgsVectorLayer("Polygon?crs=EPSG:2154", "dessin d'été", "memory")
    project.addMapLayer(layer)
    source = chemin(layer)
    assert isinstance(seen(source, project), Snapshot)
    project.removeMapLayer(layer.id())
    with pytest.raises(SourceError, match="temporaire"):
        seen(source, project)


def test_a_temporary_layer_of_a_project_read_again_is_empty_and_refused(project, tmp_path):
    """Read as it is, it would say that there is nothing: no conflict anywhere."""
    layer = QgsVectorLayer("Polygon?crs=EPSG:2154", "dessin", "memory")
    feature = QgsFeature(layer.fields())
    feature.setGeometry(QgsGeometry.fromWkt("Polygon ((0 0, 1 0, 1 1, 0 0))"))
    layer.dataProvider().addFeatures([feature])
    project.addMapLayer(layer)
    Choices(regles="/r.yaml", roles={"a": chemin(layer)}).keep(project)
    saved(project, tmp_path / "projet.qgz")
    choices = replace(Choices.of_project(project), plu="/a.zip", dossier="/d.gpkg")
    with pytest.raises(SourceError, match="temporaire"):
        choices.request(project)


def test_layers_of_the_project_follow_it_with_the_choices(project, demo, tmp_path):
    layer = QgsVectorLayer(f"{demo / 'scot.gpkg'}|layername=corridors", "c", "ogr")
    layer.setSubsetString("LARGEUR = 20\nOR 1 = 2")
    project.addMapLayer(layer)
    assert project.write(str(demo / "projet.qgz"))
    Choices(regles="r.yaml", roles={"corridors": chemin(layer)}).keep(project)
    assert project.write(str(demo / "projet.qgz"))
    project.clear()
    moved = tmp_path / "ailleurs"
    shutil.move(str(demo), str(moved))
    assert project.read(str(moved / "projet.qgz"))
    request = Choices.of_project(project).request(project)
    assert isinstance(request.roles["corridors"], Snapshot)
    assert str(moved) in request.roles["corridors"].chemin


# -- the request ----------------------------------------------------------------------------------


def test_a_request_for_an_archive(project, demo):
    request = everything(demo).request(project)
    assert request.plu == demo / "plu" / "PLU d'été.zip"
    assert (request.regles, request.dossier) == (demo / "regles.yaml", demo / "Écarts d'été.gpkg")
    assert request.roles == everything(demo).roles
    assert (request.horizon, request.complet, request.crs_defaut) == ("2024-2035", True, "EPSG:2154")


def test_a_request_for_layers_is_named_after_its_zoning(project, scot):
    layer = QgsVectorLayer(f"{scot}|layername=communes", "Mon zonage d'été", "ogr")
    project.addMapLayer(layer)
    tables = {"ZONE_URBA": chemin(layer), "INFO_SURF": "/infos d'été.shp"}
    request = Choices(tables=tables, regles="/r.yaml", dossier="/d.gpkg").request(project)
    assert isinstance(request.plu["ZONE_URBA"], Snapshot) and request.plu["INFO_SURF"] == "/infos d'été.shp"
    assert request.nom == "Mon zonage d'été"
    project.clear()
    request = Choices(tables={"ZONE_URBA": "/x/zonage.gpkg|layername=a"}, regles="/r.yaml").request(project)
    assert request.nom == "zonage"


# -- read back from a dossier, and run again ------------------------------------------------------


def answers(path):
    return [(one.cle, one.etat, one.mesure, one.nb_objets, one.message) for one in DossierResults(path).constats]


def parametres(path):
    return DossierResults(path).controle.parametres


@pytest.mark.parametrize("text", ["", "{", "[]", "null", "{}", '{"ROLES": 3, "SOURCES": 5, "PLU": null}'])
def test_parameters_that_mean_nothing(text):
    assert Choices.of_parametres(text, Path("/d.gpkg")) == Choices(dossier="/d.gpkg")


def test_parameters_of_an_older_dossier():
    told = {
        "PLU": None,
        "ZONE_URBA": "/z.shp",
        "REGLES": "/r.yaml",
        "SOURCES": "a = /a.shp\nb=postgres://table='x' sql=c = 1\nrien",
        "HORIZON": "2024-2035",
        "PLU_COMPLET": True,
        "CRS_DEFAUT": "EPSG:2154",
    }
    found = Choices.of_parametres(json.dumps(told), Path("/d.gpkg"))
    assert found == Choices(
        tables={"ZONE_URBA": "/z.shp"},
        regles="/r.yaml",
        roles={"a": "/a.shp", "b": "postgres://table='x' sql=c = 1"},
        horizon="2024-2035",
        complet=True,
        crs_defaut="EPSG:2154",
        dossier="/d.gpkg",
    )


def test_run_again_from_the_dossier_alone(project, controlled, tmp_path):
    again = tmp_path / "encore.gpkg"
    choices = Choices.of_parametres(parametres(controlled), again)
    control(choices.request(project))
    assert answers(again) == answers(controlled) and len(answers(again)) > 20
    assert Choices.of_parametres(parametres(again), again) == choices


@pytest.mark.parametrize("left", [False, True], ids=["layer in the project", "layer gone"])
def test_run_again_with_the_filter_of_a_layer(project, demo, tmp_path, left):
    """The filter, on several lines, is a part of what was controlled."""
    layer = QgsVectorLayer(f"{demo / 'scot.gpkg'}|layername=zones_humides", "humides", "ogr")
    whole = layer.featureCount()
    assert layer.setSubsetString("fid IN (1, 2)\nOR fid = 0")
    assert layer.featureCount() == 2 < whole
    project.addMapLayer(layer)
    (archive,) = (demo / "plu").glob("*.zip")
    first, again = tmp_path / "un.gpkg", tmp_path / "deux.gpkg"
    choices = Choices(
        plu=str(archive), regles=str(demo / "regles.yaml"), roles={"zones_humides": chemin(layer)}, dossier=str(first)
    )
    control(choices.request(project))
    assert read_objects(first) == 2
    assert Choices.of_parametres(parametres(first), first) == choices
    if left:
        project.clear()
    control(Choices.of_parametres(parametres(first), again).request(project))
    assert read_objects(again) == 2
    assert answers(again) == answers(first)


def read_objects(path, couche="zones_humides"):
    return next(source.objets for source in DossierResults(path).sources if source.couche == couche)


def test_run_again_from_layers_of_the_project(project, shared_data, tmp_path):
    folder = shared_data / "saint-saens"
    rules = tmp_path / "règles.yaml"
    rules.write_text(
        "format: 1\nscot: {nom: Essai, etat: executoire}\ncouches:\n"
        "  humides: {libelle: Zones humides, geometrie: surface}\nprescriptions:\n"
        "  - id: P1\n    intitule: Essai\n    objectif: 1. Essai\n    nature: norme\n    controle: "
        "{zones_interdites: {objets: {zones: {typezone: [U, AUc]}}, couches: [humides]}}\n",
        encoding="utf-8",
    )
    zoning = QgsVectorLayer(str(folder / "76648_ZONE_URBA_20241107_1.geojson"), "Zonage d'été", "ogr")
    humid = QgsVectorLayer(str(folder / "tvb" / "Zoneshumides_17.geojson"), "humides", "ogr")
    project.addMapLayers([zoning, humid])
    choices = Choices(
        tables={"ZONE_URBA": chemin(zoning)},
        regles=str(rules),
        roles={"humides": chemin(humid)},
        dossier=str(tmp_path / "un.gpkg"),
    )
    control(choices.request(project))
    ((_, etat, mesure, objets, _),) = answers(tmp_path / "un.gpkg")
    assert objets and etat.is_departure and mesure
    project.clear()  # the files are enough
    told = Choices.of_parametres(parametres(tmp_path / "un.gpkg"), tmp_path / "deux.gpkg")
    assert told.tables == choices.tables and told.roles == choices.roles
    control(told.request(project))
    assert answers(tmp_path / "deux.gpkg") == answers(tmp_path / "un.gpkg")


def test_the_dossier_may_be_run_again_by_the_toolbox(project, demo, tmp_path):
    """`SOURCES` stays one source per line."""
    (archive,) = (demo / "plu").glob("*.zip")
    source = f"{demo / 'scot.gpkg'}|layername=zones_humides|subset=fid = 1\nOR fid = 2"
    choices = Choices(
        plu=str(archive),
        regles=str(demo / "regles.yaml"),
        roles={"zones_humides": source},
        dossier=str(tmp_path / "d.gpkg"),
    )
    control(choices.request(project))
    with closing(sqlite3.connect(str(tmp_path / "d.gpkg"))) as connection:
        ((text,),) = connection.execute("SELECT parametres FROM controle")
    assert json.loads(text)["SOURCES"] == "zones_humides=" + source.replace("\n", " ")
    request = replace(choices.request(project), roles={}, sources=json.loads(text)["SOURCES"])
    control(request)
    assert read_objects(tmp_path / "d.gpkg") == 2


# -- where a dossier goes -------------------------------------------------------------------------


def test_beside_the_plu(project, demo):
    (archive,) = (demo / "plu").glob("*.zip")
    assert usual_dossier(str(archive), project) == demo / "plu" / f"{archive.stem} - compatibilité SCoT.gpkg"


def test_beside_the_archive_whatever_file_of_it_was_given(project, tmp_path):
    inside = tmp_path / "76648_PLU_20241107" / "Donnees_geographiques"
    inside.mkdir(parents=True)
    for name in ("76648_ZONE_URBA_20241107.shp", "76648_INFO_SURF_20241107.shp"):
        (inside / name).touch()
    expected = tmp_path / "76648_PLU_20241107 - compatibilité SCoT.gpkg"
    assert usual_dossier(str(tmp_path / "76648_PLU_20241107"), project) == expected
    assert usual_dossier(str(inside / "76648_ZONE_URBA_20241107.shp"), project) == expected
    assert usual_dossier(str(inside / "76648_INFO_SURF_20241107.shp"), project) == expected


def test_beside_the_project_for_layers(project, tmp_path):
    assert project.write(str(tmp_path / "projet.qgz"))
    assert usual_dossier("", project) == tmp_path / "PLU - compatibilité SCoT.gpkg"


def test_not_where_nothing_can_be_written(project, tmp_path, monkeypatch):
    place = tmp_path / "lecture seule"
    place.mkdir()
    (place / "a.zip").touch()
    assert project.write(str(tmp_path / "projet.qgz"))
    monkeypatch.setattr("os.access", lambda path, mode: Path(path) != place)
    assert usual_dossier(str(place / "a.zip"), project) == tmp_path / "a - compatibilité SCoT.gpkg"
