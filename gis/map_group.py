"""The dossier on the map: one group per PLU, écarts and repères above, SCoT layers below them, zoning at the bottom.

Layers and group carry a mark, so that they are found again in a project that was saved, renamed or reordered.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Dict, Generator, Iterable, List, Optional, Set

from qgis.core import QgsLayerTreeGroup, QgsLayerTreeLayer, QgsMapLayer, QgsProject, QgsVectorLayer

from . import layer_sources
from .files.snapshots import chemin
from .files.sources import split
from .geopackages.dossier_schema import SOURCES
from .geopackages.geopackage import filled, read_columns, table_names

#: tables of the dossier put on the map, from top to bottom; the SCoT layers come before the last one
TABLES = (
    ("ecarts_points", "Écarts (points)"),
    ("ecarts_lignes", "Écarts (lignes)"),
    ("reperes_lignes", "Repères (lignes)"),  # through the barrier that they measure: above its hatch
    ("ecarts", "Écarts"),
    ("reperes", "Repères"),
    ("zones", "Zonage"),
)
ECARTS = tuple(table for table, _ in TABLES if table.startswith("ecarts"))
#: what the control found: above the layers of the SCoT
FOUND = tuple(table for table, _ in TABLES if table != "zones")
SCOT_TITLE, SCOT_PREFIX = "Couches du SCoT", "scot_"
#: marks: on a layer the table that it shows, on a group the dossier (a path that follows the project)
TABLE_MARK, GROUP_MARK = "scot_compat/table", "scot_compat/dossier"
#: on a group: the tables that were put there once; one that is no longer there was taken away by hand
_PUT_MARK = "scot_compat/couches"


@dataclass(frozen=True)
class Shown:
    """One layer to put on the map."""

    table: str
    titre: str
    scot: bool = False


def group_title(plu: str) -> str:
    return f"Compatibilité SCoT : {plu}"


def wanted(project: QgsProject, path: Path) -> List[Shown]:
    """The layers of a dossier worth showing, from top to bottom: those that hold something, and the zoning unless it
    is in the project already. Raises GeoPackageError."""
    features = [row for row in read_columns(path, "gpkg_contents") if row["data_type"] == "features"]
    kept = filled(path, [row["table_name"] for row in features])
    names = {
        row["table_name"]: row["description"] or row["table_name"] for row in features if row["table_name"] in kept
    }
    drawn = [Shown(table, title) for table, title in TABLES if table in names]
    found = [one for one in drawn if one.table in FOUND]
    scot = [Shown(table, title, True) for table, title in names.items() if table.startswith(SCOT_PREFIX)]
    zoning = [one for one in drawn if one.table not in FOUND and not _zoning_is_there(project, path)]
    return found + scot + zoning


def steps(project: QgsProject, path: Path, plu: str, whole: bool = True) -> Generator[None, None, List[str]]:
    """Put the dossier on the map by small steps, so that the interface lives between two. Raises GeoPackageError.

    Returns the titles of the layers that QGIS could not open. A layer that is there already is read again and stays
    where it is; one that was taken away by hand comes back when the dossier is asked `whole`. Call it in the
    interface's thread.
    """
    _group(project, path, plu)
    for layer in layers(project, path).values():
        _read_again(project, layer, path)
        yield
    tables = table_names(path)
    for table, layer in layers(project, path).items():
        if table not in tables:
            project.removeMapLayer(layer.id())
    present = layers(project, path)
    _put_there(_group(project, path, plu), present)
    shown, closed = wanted(project, path), []
    yield
    for position, one in enumerate(shown):
        group = _group(project, path, plu)  # the user may have taken it away since the last step
        if one.table in present or (not whole and one.table in _put(group)):
            continue
        layer = open_layer(path, one)
        yield
        if layer is None:
            closed.append(one.titre)
            continue
        finish(layer, one)
        yield
        group = _group(project, path, plu)
        project.addMapLayer(layer, False)
        _place(group, layer, shown, position)
        _put_there(group, [one.table])
        yield
    return closed


def _put(group: QgsLayerTreeGroup) -> Set[str]:
    return {table for table in str(group.customProperty(_PUT_MARK, "")).split(",") if table}


def _put_there(group: QgsLayerTreeGroup, tables: Iterable[str]) -> None:
    group.setCustomProperty(_PUT_MARK, ",".join(sorted(_put(group).union(tables))))


def _read_again(project: QgsProject, layer: QgsVectorLayer, path: Path) -> None:
    """What the file holds now."""
    if layer.isValid() and not layer_sources.is_away(layer):
        layer.dataProvider().reloadData()
        layer.triggerRepaint()
    else:
        layer_sources.take_back(project, layer, path)


def open_layer(path: Path, one: Shown) -> Optional[QgsVectorLayer]:
    """The layer as QGIS opens it, without its style; None when QGIS cannot."""
    layer = QgsVectorLayer(f"{path}|layername={one.table}", one.titre, "ogr")
    return layer if layer.isValid() else None


def finish(layer: QgsVectorLayer, one: Shown) -> None:
    """Its style, its name (the style brings that of the table), its mark."""
    layer.loadDefaultStyle()
    layer.setName(one.titre)
    layer.setCustomProperty(TABLE_MARK, one.table)


def layers(project: QgsProject, path: Path) -> Dict[str, QgsVectorLayer]:
    """The layers of that dossier in the project, by table, whatever the user called them."""
    return {
        str(layer.customProperty(TABLE_MARK)): layer
        for layer in _ours(project)
        if same_file(layer_sources.place(project, layer), path)
    }


def release(project: QgsProject, path: Path) -> bool:
    """Close the file of a dossier, so that it may be replaced (Windows refuses while it is open): its layers stay,
    and show nothing until `steps` or `resume`. False, and nothing is done, while one of them has changes to save."""
    there = layers(project, path)
    if any(layer.isEditable() and layer.isModified() for layer in there.values()):
        return False
    for layer in there.values():
        layer_sources.let_go(project, layer)
    return True


def is_let_go(project: QgsProject, path: Path) -> bool:
    """Whether layers of that dossier wait for its file."""
    return any(layer_sources.is_away(layer) for layer in layers(project, path).values())


def resume(project: QgsProject) -> List[Path]:
    """The dossiers whose layers were let go in a project that was saved during a control: they are read again."""
    paths = {}
    for layer in _ours(project):
        if layer_sources.is_away(layer):
            path = layer_sources.place(project, layer)
            layer_sources.take_back(project, layer, path)
            paths[path] = True
    return list(paths)


def move(project: QgsProject, old: Path, new: Path) -> None:
    """A dossier that is no longer at `old` was found at `new`: `steps` then finds its group and its layers again."""
    group = find_group(project, old)
    lost = [layer for layer in _ours(project) if not layer_sources.place(project, layer).is_file()]
    mine = [layer for layer in lost if layer_sources.place(project, layer) == old]
    same_name = [layer for layer in lost if layer_sources.place(project, layer).name == old.name]
    for layer in mine or same_name:
        layer_sources.send_to(project, layer, new)
    group = group or find_group(project, new)
    if group is not None:
        mark_group(project, group, new)


def places(project: QgsProject) -> List[Path]:
    """The dossiers that layers of the project show."""
    return list(dict.fromkeys(layer_sources.place(project, layer) for layer in _ours(project)))


def _ours(project: QgsProject) -> List[QgsVectorLayer]:
    every = project.mapLayers().values()
    return [layer for layer in every if isinstance(layer, QgsVectorLayer) and layer.customProperty(TABLE_MARK, "")]


def find_group(project: QgsProject, path: Path) -> Optional[QgsLayerTreeGroup]:
    """The group of that dossier, None when there is none.

    The mark of a project that was first saved later, or saved elsewhere, is no longer true: QGIS keeps the sources of
    layers right, so that a marked group is also the one that holds a layer of the dossier.
    """
    marks = {group: str(group.customProperty(GROUP_MARK, "")) for group in project.layerTreeRoot().findGroups(True)}
    marked = [group for group, mark in marks.items() if mark]
    own = {layer.id() for layer in layers(project, path).values()}
    named = (group for group in marked if same_file(Path(project.readPath(marks[group])), path))
    holding = (group for group in marked if own & set(group.findLayerIds()))
    return next(chain(named, holding), None)


def mark_group(project: QgsProject, group: QgsLayerTreeGroup, path: Path) -> None:
    group.setCustomProperty(GROUP_MARK, project.writePath(str(path)))


def same_file(one: Path, other: Path) -> bool:
    try:
        return one == other or one.samefile(other)
    except OSError:
        return False


def insert(group: QgsLayerTreeGroup, layer: QgsMapLayer, below: List[str]) -> QgsLayerTreeLayer:
    """Put a layer in a group, above the nodes named in `below`."""
    return group.insertLayer(_above(group, below), layer)


def _above(group: QgsLayerTreeGroup, below: List[str]) -> int:
    """The place above the first of these nodes, the last place where there is none of them."""
    return next((place for place, child in enumerate(group.children()) if child.name() in below), -1)


def _group(project: QgsProject, path: Path, plu: str) -> QgsLayerTreeGroup:
    """The group of that dossier, as the user called it, or a new one."""
    group = find_group(project, path) or project.layerTreeRoot().insertGroup(0, group_title(plu))
    mark_group(project, group, path)
    return group


def _place(group: QgsLayerTreeGroup, layer: QgsVectorLayer, shown: List[Shown], position: int) -> None:
    one, below = shown[position], [other.titre for other in shown[position + 1 :]]
    if not one.scot:
        node = insert(group, layer, [SCOT_TITLE, *below] if one.table in FOUND else below)
        node.setExpanded(one.table == "ecarts")  # one legend of the states is enough
        return
    inner = group.findGroup(SCOT_TITLE)
    if inner is None:
        inner = group.insertGroup(_above(group, below), SCOT_TITLE)
        inner.setExpanded(False)
    node = inner.insertLayer(-1, layer)
    node.setExpanded(False)


def _zoning_is_there(project: QgsProject, path: Path) -> bool:
    """Whether a layer of the project shows the very file or table that was read as the zoning."""
    read = [row["chemin"] for row in read_columns(path, SOURCES.name) if row["couche"] == "ZONE_URBA"]
    there = [layer for layer in project.mapLayers().values() if isinstance(layer, QgsVectorLayer) and layer.isValid()]
    return bool(read and read[0]) and any(_same_source(chemin(layer), read[0]) for layer in there)


def _same_source(one: str, other: str) -> bool:
    """The same text, or the same layer of the same file, whole."""
    if one == other:
        return True
    (path, layer), (another, its_layer) = split(one), split(other)
    whole = "|subset=" not in one and "|subset=" not in other
    return whole and layer.casefold() == its_layer.casefold() and same_file(path, another)
