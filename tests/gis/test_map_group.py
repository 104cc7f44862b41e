"""The dossier on the map: one group, in order, styled, found again in a project that was saved, renamed or moved."""

from __future__ import annotations

import os
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
import shapely
from qgis.core import (
    QgsFeature,
    QgsFillSymbol,
    QgsGeometry,
    QgsLayerTreeModel,
    QgsMapThemeCollection,
    QgsProject,
    QgsVectorLayer,
)
from scot_compat.checks.base import Ecart, Etat, Repere
from scot_compat.checks.layers import from_rows
from scot_compat.gis import map_group
from scot_compat.gis.files.snapshots import chemin
from scot_compat.gis.geopackages.geopackage import GeoPackageError
from scot_compat.rules.model import Couche

TITLE = "Compatibilité SCoT : PLUi de l'Été"
PLACE = shapely.box(700000, 6600000, 700100, 6600100)
#: of the dossier below, from top to bottom; those of the SCoT in their own group
ORDER = [
    "ecarts_points",
    "ecarts_lignes",
    "reperes_lignes",
    "ecarts",
    "reperes",
    ["scot_corridors", "scot_reservoirs"],
    "zones",
]


@pytest.fixture
def project(qgis_new_project):
    return QgsProject.instance()


@pytest.fixture
def dossier(control, tmp_path):
    """One with écarts of each dimension and two SCoT layers, in a folder of awkward name."""
    control.layers = {
        "corridors": from_rows(
            "corridors", [{"geometrie": shapely.LineString([(700000, 6600050), (700200, 6600050)])}]
        ),
        "reservoirs": from_rows("reservoirs", [{"geometrie": PLACE}]),
        "ailleurs": from_rows("ailleurs", [{"geometrie": shapely.box(0, 0, 1, 1)}]),  # nothing of it near the PLU
    }
    control.couches = {
        "corridors": Couche("corridors", "Corridors écologiques", "ligne"),
        "reservoirs": Couche("reservoirs", "Réservoirs d'eau", "surface"),
        "ailleurs": Couche("ailleurs", "Ailleurs", "surface"),
    }
    control.add("P80", Etat.A_APPRECIER, Ecart("PSC", "1", Etat.A_APPRECIER, shapely.Point(700010, 6600010)))
    drawn = (Repere("passage", "50 m", shapely.LineString([(700000, 6600000), (700000, 6600050)]), 50.0, "m"),)
    control.add("P81", Etat.A_APPRECIER, reperes=(*drawn, Repere("inutilisable", "libre", PLACE, 1e4, "m2")))
    folder = tmp_path / "données de l'été"
    folder.mkdir()
    control.write(folder / "Écarts d'été.gpkg")
    return folder / "Écarts d'été.gpkg"


def put(project, path, plu="PLUi de l'Été"):
    for _ in map_group.steps(project, path, plu):
        pass
    return list(map_group.layers(project, path).values())


def tree(group):
    """The tables of a group from top to bottom, those of its sub-groups as lists."""
    return [
        tree(child)
        if hasattr(child, "children") and not hasattr(child, "layer")
        else child.layer().customProperty(map_group.TABLE_MARK)
        for child in group.children()
    ]


def groups(project):
    return [group.name() for group in project.layerTreeRoot().findGroups(False)]


# -- put there ------------------------------------------------------------------------------------


def test_one_group_above_all_its_layers_in_order(project, dossier):
    project.addMapLayer(QgsVectorLayer("Point", "fond", "memory"))
    added = put(project, dossier)
    assert len(added) == 8 and all(layer.isValid() for layer in added)
    assert [child.name() for child in project.layerTreeRoot().children()] == [TITLE, "fond"]
    group = map_group.find_group(project, dossier)
    assert tree(group) == ORDER
    assert [child.name() for child in group.children()] == [
        "Écarts (points)",
        "Écarts (lignes)",
        "Repères (lignes)",
        "Écarts",
        "Repères",
        "Couches du SCoT",
        "Zonage",
    ]
    inner = group.findGroup("Couches du SCoT")
    assert [child.name() for child in inner.children()] == ["Corridors écologiques", "Réservoirs d'eau"]


def test_they_come_one_by_one(project, dossier):
    """The interface lives between two, and while one is opened, drawn and placed."""
    numbers = [len(map_group.layers(project, dossier)) for _ in map_group.steps(project, dossier, "PLU")]
    assert max(b - a for a, b in zip(numbers, numbers[1:])) == 1
    assert numbers[-1] == 8 and [numbers.count(number) for number in range(1, 8)] == [3] * 7


def test_each_with_its_style_and_its_rows(project, dossier):
    put(project, dossier)
    shown = map_group.layers(project, dossier)
    for table in ("ecarts", "ecarts_lignes", "ecarts_points"):
        assert shown[table].renderer().type() == "categorizedSymbol"
        assert shown[table].renderer().classAttribute() == "etat"
    assert shown["zones"].renderer().classAttribute() == "typezone"
    assert shown["reperes_lignes"].labelsEnabled() and shown["reperes"].renderer().type() == "singleSymbol"
    assert shown["ecarts"].featureCount() == 3
    assert shown["zones"].featureCount() == 2


def test_what_holds_nothing_is_not_shown(project, control, path):
    control.answers = control.answers[1:]
    control.write(path)
    put(project, path)
    assert set(map_group.layers(project, path)) == {"zones"}


def test_put_twice_adds_nothing_and_moves_nothing(project, dossier):
    first = put(project, dossier)
    group = map_group.find_group(project, dossier)
    moved = group.findLayer(map_group.layers(project, dossier)["zones"])
    project.layerTreeRoot().insertChildNode(0, moved.clone())
    group.removeChildNode(moved)
    assert [layer.id() for layer in put(project, dossier)] == [layer.id() for layer in first]
    assert len(project.mapLayers()) == 8 and groups(project) == [TITLE]
    assert project.layerTreeRoot().children()[0].name() == "Zonage"


def test_a_layer_taken_away_comes_back_in_its_place(project, dossier):
    put(project, dossier)
    project.removeMapLayer(map_group.layers(project, dossier)["ecarts_lignes"].id())
    project.removeMapLayer(map_group.layers(project, dossier)["scot_reservoirs"].id())
    put(project, dossier)
    assert tree(map_group.find_group(project, dossier)) == ORDER


def test_two_dossiers_two_groups(project, dossier):
    other = dossier.with_name("autre.gpkg")
    shutil.copyfile(dossier, other)
    put(project, dossier)
    put(project, other, "Autre PLU")
    assert groups(project) == ["Compatibilité SCoT : Autre PLU", TITLE]
    mine, its = map_group.layers(project, dossier), map_group.layers(project, other)
    assert set(mine) == set(its) and not {x.id() for x in mine.values()} & {x.id() for x in its.values()}
    assert map_group.release(project, other)
    assert not held(other) and held(dossier)
    assert all(layer.isValid() and layer.featureCount() for layer in map_group.layers(project, dossier).values())


def test_what_the_user_opened_of_the_same_file_is_not_ours(project, dossier):
    own = QgsVectorLayer(f"{dossier}|layername=constats_libres", "à moi", "ogr")
    project.addMapLayer(own)
    put(project, dossier)
    assert own not in map_group.layers(project, dossier).values()
    assert map_group.release(project, dossier)
    assert own.source().startswith(str(dossier)) and own.providerType() == "ogr"


def test_no_dossier_there(project, tmp_path):
    with pytest.raises(GeoPackageError):
        put(project, tmp_path / "perdu.gpkg")
    assert not project.mapLayers() and not (tmp_path / "perdu.gpkg").exists()


# -- the zoning of the PLU ------------------------------------------------------------------------


@pytest.fixture
def zoned(control, tmp_path):
    """(dossier, the zoning it was made from): a real file this time."""
    first = tmp_path / "zonage d'été.gpkg"
    control.write(first)
    zoning = QgsVectorLayer(f"{first}|layername=zones", "Zonage du PLU", "ogr")
    (read,) = control.plu.sources
    control.plu = replace(control.plu, sources=(replace(read, chemin=chemin(zoning)),))
    control.write(tmp_path / "dossier d'été.gpkg")
    return tmp_path / "dossier d'été.gpkg", zoning


def test_the_zoning_is_not_added_when_it_is_in_the_project(project, zoned):
    path, zoning = zoned
    project.addMapLayer(zoning)
    put(project, path)
    assert "zones" not in map_group.layers(project, path) and "ecarts" in map_group.layers(project, path)


def test_the_zoning_is_added_when_the_project_has_another_one_or_a_part_of_it(project, zoned, tmp_path):
    path, zoning = zoned
    copy = tmp_path / "copie.gpkg"
    shutil.copyfile(tmp_path / "zonage d'été.gpkg", copy)
    project.addMapLayer(QgsVectorLayer(f"{copy}|layername=zones", "Zonage du PLU", "ogr"))
    project.addMapLayer(QgsVectorLayer(f"{zoning.source().split('|')[0]}|layername=ecarts", "autre table", "ogr"))
    zoning.setSubsetString("libelle = 'N'")
    project.addMapLayer(zoning)
    put(project, path)
    assert "zones" in map_group.layers(project, path)


def test_the_same_zoning_by_another_path(project, zoned, tmp_path):
    """A drive of the network has several names."""
    path, _ = zoned
    (tmp_path / "lien").symlink_to(tmp_path)
    source = tmp_path / "lien" / "zonage d'été.gpkg"
    project.addMapLayer(QgsVectorLayer(f"{source}|layername=zones", "Zonage", "ogr"))
    put(project, path)
    assert "zones" not in map_group.layers(project, path)


# -- a project that lives -------------------------------------------------------------------------


def saved(project, file):
    assert project.write(str(file))
    project.clear()
    assert project.read(str(file))


def test_saved_and_read_again(project, dossier, tmp_path):
    put(project, dossier)
    saved(project, tmp_path / "projet d'été.qgz")
    group = map_group.find_group(project, dossier)
    assert group.name() == TITLE and tree(group) == ORDER
    shown = map_group.layers(project, dossier)
    assert all(layer.isValid() for layer in shown.values())
    assert shown["ecarts"].renderer().classAttribute() == "etat"
    assert shown["zones"].renderer().classAttribute() == "typezone"
    put(project, dossier)
    assert len(project.mapLayers()) == 8 and groups(project) == [TITLE]


def test_found_again_whatever_the_names(project, dossier, tmp_path):
    put(project, dossier)
    map_group.find_group(project, dossier).setName("Mon groupe")
    for number, layer in enumerate(map_group.layers(project, dossier).values()):
        layer.setName(f"couche {number}")
    saved(project, tmp_path / "projet.qgz")
    assert map_group.find_group(project, dossier).name() == "Mon groupe"
    assert set(map_group.layers(project, dossier)) == {*ORDER[:5], *ORDER[5], "zones"}


@pytest.mark.parametrize("saved_before", [True, False], ids=["saved before", "saved after"])
def test_moved_with_its_dossier(project, dossier, tmp_path, saved_before):
    file = dossier.parent / "projet.qgz"
    if saved_before:
        assert project.write(str(file))
    put(project, dossier)
    assert project.write(str(file))
    project.clear()
    moved = tmp_path / "ailleurs, l'hiver"
    shutil.move(str(dossier.parent), str(moved))
    assert project.read(str(moved / file.name))
    path = moved / dossier.name
    assert all(layer.isValid() for layer in map_group.layers(project, path).values())
    assert map_group.find_group(project, path).name() == TITLE
    put(project, path)
    assert len(project.mapLayers()) == 8 and groups(project) == [TITLE]


def test_saved_elsewhere_without_its_dossier_then_controlled_again(project, dossier, tmp_path):
    assert project.write(str(dossier.parent / "projet.qgz"))
    put(project, dossier)
    (tmp_path / "copie").mkdir()
    saved(project, tmp_path / "copie" / "projet.qgz")
    assert len(map_group.layers(project, dossier)) == 8
    assert map_group.release(project, dossier)
    put(project, dossier)
    assert groups(project) == [TITLE] and tree(map_group.find_group(project, dossier)) == ORDER


def test_a_dossier_that_left_is_still_known_by_its_layers(project, dossier, tmp_path):
    put(project, dossier)
    assert project.write(str(tmp_path / "projet.qgz"))
    project.clear()
    dossier.unlink()
    project.read(str(tmp_path / "projet.qgz"))
    assert len(map_group.layers(project, dossier)) == 8
    assert map_group.find_group(project, dossier) is not None
    assert map_group.release(project, dossier) and len(map_group.layers(project, dossier)) == 8


# -- let go for a new control ----------------------------------------------------------------------


def held(path):
    """Whether this process has the file open."""
    folder = Path("/proc/self/fd")
    return any(os.path.realpath(one) == str(path) for one in folder.iterdir())


def as_shown(layer):
    """What the user sees of a layer, and what QGIS knows it by."""
    (first,) = [category for category in layer.renderer().categories() if category.value() == "ecart_marque"]
    return (
        layer.id(),
        layer.name(),
        layer.source(),
        layer.subsetString(),
        first.symbol().color().name(),
        layer.opacity(),
        layer.mapTipTemplate(),
        layer.attributeAlias(layer.fields().lookupField("libelle")),
        layer.crs().authid(),
    )


def made_mine(project, dossier):
    """The user's own style, filter, order and theme on the layer of écarts."""
    layer = map_group.layers(project, dossier)["ecarts"]
    renderer = layer.renderer().clone()
    renderer.updateCategorySymbol(
        renderer.categoryIndexForValue("ecart_marque"), QgsFillSymbol.createSimple({"color": "#123456"})
    )
    layer.setRenderer(renderer)
    layer.setOpacity(0.5)
    layer.setSubsetString("etat = 'ecart_marque'")
    layer.setMapTipTemplate("<b>mien</b>")
    layer.setFieldAlias(layer.fields().lookupField("libelle"), "Nom")
    root = project.layerTreeRoot()
    root.insertChildNode(0, root.findLayer(layer).clone())
    map_group.find_group(project, dossier).removeChildNode(map_group.find_group(project, dossier).findLayer(layer))
    model = QgsLayerTreeModel(root)
    project.mapThemeCollection().insert("Mes écarts", QgsMapThemeCollection.createThemeFromCurrentState(root, model))
    return layer


def test_what_the_user_made_of_a_layer_outlives_a_control(project, dossier):
    put(project, dossier)
    layer = made_mine(project, dossier)
    before, everything = as_shown(layer), set(project.mapLayers())
    theme = set(project.mapThemeCollection().mapThemeVisibleLayerIds("Mes écarts"))
    assert layer.id() in theme and before[4] == "#123456"
    assert map_group.release(project, dossier) and not held(dossier)
    shutil.copyfile(dossier, dossier.with_suffix(".neuf"))
    os.replace(dossier.with_suffix(".neuf"), dossier)
    put(project, dossier)
    assert as_shown(layer) == before and set(project.mapLayers()) == everything
    assert project.layerTreeRoot().children()[0].layerId() == layer.id()
    assert set(project.mapThemeCollection().mapThemeVisibleLayerIds("Mes écarts")) == theme
    assert layer.featureCount() > 0


def test_a_project_saved_during_a_control_is_read_whole(project, dossier, tmp_path):
    put(project, dossier)
    layer = made_mine(project, dossier)
    before = as_shown(layer)
    assert map_group.release(project, dossier)
    saved(project, dossier.parent / "projet.qgz")
    assert map_group.resume(project) == [dossier]
    assert as_shown(project.mapLayer(before[0])) == before
    assert all(one.isValid() and one.featureCount() for one in map_group.layers(project, dossier).values())
    assert map_group.resume(project) == []


def test_a_project_saved_during_a_control_then_moved_with_its_dossier(project, dossier, tmp_path):
    assert project.write(str(dossier.parent / "projet.qgz"))
    put(project, dossier)
    assert map_group.release(project, dossier)
    assert project.write(str(dossier.parent / "projet.qgz"))
    project.clear()
    moved = tmp_path / "ailleurs"
    shutil.move(str(dossier.parent), str(moved))
    project.read(str(moved / "projet.qgz"))
    assert map_group.resume(project) == [moved / dossier.name]
    assert all(one.isValid() for one in map_group.layers(project, moved / dossier.name).values())


def test_a_table_that_the_new_control_has_no_more_goes_one_that_is_empty_stays(project, control, dossier):
    put(project, dossier)
    assert map_group.release(project, dossier)
    control.layers, control.couches = {}, {}
    control.answers = [answer for answer in control.answers if answer.prescription.id not in ("P80", "P81")]
    control.write(dossier)
    put(project, dossier)
    shown = map_group.layers(project, dossier)
    assert not any(table.startswith("scot_") for table in shown)
    assert shown["ecarts_points"].isValid() and shown["ecarts_points"].featureCount() == 0
    assert all(layer.isValid() for layer in shown.values())


def test_after_a_control_what_was_taken_away_by_hand_stays_away_what_is_new_comes(project, control, path):
    control.write(path)
    put(project, path)
    there = set(map_group.layers(project, path))
    assert "ecarts" in there and "ecarts_points" not in there
    project.removeMapLayer(map_group.layers(project, path)["ecarts"].id())
    assert map_group.release(project, path)
    control.add("P80", Etat.A_APPRECIER, Ecart("PSC", "1", Etat.A_APPRECIER, shapely.Point(700010, 6600010)))
    control.write(path)
    list(map_group.steps(project, path, "PLUi de l'Été", whole=False))
    assert set(map_group.layers(project, path)) == {*there - {"ecarts"}, "ecarts_points"}
    put(project, path)
    assert set(map_group.layers(project, path)) == {*there, "ecarts_points"}


def test_a_dossier_that_is_gone_when_the_control_ends_leaves_its_layers_as_they_were(project, dossier):
    put(project, dossier)
    layer = made_mine(project, dossier)
    source = layer.source()
    assert map_group.release(project, dossier)
    content = dossier.read_bytes()
    dossier.unlink()
    with pytest.raises(GeoPackageError):
        put(project, dossier)
    assert layer.source() == source and not layer.isValid()
    dossier.write_bytes(content)
    put(project, dossier)
    assert layer.isValid() and as_shown(layer)[4] == "#123456"


# -- found elsewhere --------------------------------------------------------------------------------


@pytest.mark.parametrize("reopened", [False, True], ids=["while open", "in a project read without it"])
def test_a_dossier_found_elsewhere_is_shown_by_the_same_layers(project, dossier, tmp_path, reopened):
    put(project, dossier)
    layer = made_mine(project, dossier)
    before, new = as_shown(layer), tmp_path / "retrouvé, l'hiver.gpkg"
    if reopened:
        assert project.write(str(tmp_path / "projet.qgz"))
        project.clear()
    shutil.move(str(dossier), str(new))
    if reopened:
        assert project.read(str(tmp_path / "projet.qgz"))
        layer = project.mapLayer(before[0])
        assert not layer.isValid()
    map_group.move(project, dossier, new)
    list(map_group.steps(project, new, "PLUi de l'Été", whole=False))
    after = as_shown(layer)
    assert after[2] == before[2].replace(str(dossier), str(new)) and (*after[:2], *after[3:]) == (
        *before[:2],
        *before[3:],
    )
    assert len(map_group.layers(project, new)) == 8 and map_group.layers(project, dossier) == {}
    put(project, new)
    assert len(project.mapLayers()) == 8 and groups(project) == [TITLE]


def test_released_the_group_stays_in_its_place(project, dossier):
    put(project, dossier)
    project.addMapLayer(QgsVectorLayer("Point", "au-dessus", "memory"))
    before = [child.name() for child in project.layerTreeRoot().children()]
    assert held(dossier)
    assert map_group.release(project, dossier)
    assert not held(dossier)  # Windows replaces no file that is open
    assert all(layer.featureCount() == 0 for layer in map_group.layers(project, dossier).values())
    assert [child.name() for child in project.layerTreeRoot().children()] == before
    put(project, dossier, "PLU révisé")
    assert tree(map_group.find_group(project, dossier)) == ORDER
    assert groups(project) == ["Compatibilité SCoT : PLUi de l'Été"]  # as it was: the user may have named it


@pytest.mark.parametrize("table", ["ecarts", "zones", "scot_reservoirs"])
def test_nothing_is_taken_away_while_changes_are_to_be_saved(project, dossier, table):
    put(project, dossier)
    layer = map_group.layers(project, dossier)[table]
    assert layer.startEditing()
    feature = QgsFeature(layer.fields())
    feature.setGeometry(QgsGeometry.fromWkt("MultiPolygon (((0 0, 1 0, 1 1, 0 0)))"))
    assert layer.addFeature(feature)
    assert not map_group.release(project, dossier)
    assert tree(map_group.find_group(project, dossier)) == ORDER
    assert layer.isEditable() and layer.isModified()
    layer.rollBack()
    assert map_group.release(project, dossier)


def test_a_pencil_without_a_change_stops_nothing(project, dossier):
    put(project, dossier)
    assert map_group.layers(project, dossier)["ecarts"].startEditing()
    assert map_group.release(project, dossier)


def test_nothing_to_release(project, dossier):
    assert map_group.release(project, dossier)
    assert map_group.find_group(project, dossier) is None


def test_the_real_demonstration(project, controlled):
    put(project, controlled)
    shown = map_group.layers(project, controlled)
    assert {"ecarts", "zones", "scot_corridors"} <= set(shown)
    assert all(layer.featureCount() > 0 for layer in shown.values())
    assert shown["scot_corridors"].name() == "Corridors écologiques (carte 4 du DOO)"
