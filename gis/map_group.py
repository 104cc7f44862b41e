"""The dossier on the map: one group per PLU, écarts and repères above, SCoT layers below them, zoning at the bottom.

Layers and group carry a mark, so that they are found again in a project that was saved, renamed or reordered.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Dict, Generator, List, Optional

from qgis.core import QgsLayerTreeGroup, QgsLayerTreeLayer, QgsMapLayer, QgsProject, QgsVectorLayer

from .files.snapshots import chemin
from .files.sources import split
from .geopackages.dossier_schema import SOURCES
from .geopackages.geopackage import filled, read_columns

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


def steps(project: QgsProject, path: Path, plu: str) -> Generator[None, None, List[str]]:
    """Put the dossier on the map by small steps, so that the interface lives between two. Raises GeoPackageError.

    Returns the titles of the layers that QGIS could not open. A layer that is there already is read again and stays
    where it is. Call it in the interface's thread.
    """
    _group(project, path, plu)
    present = layers(project, path)
    yield
    shown, closed = wanted(project, path), []
    yield
    for position, one in enumerate(shown):
        layer = present.get(one.table)
        if layer is not None:
            layer.dataProvider().reloadData()
            layer.triggerRepaint()
            yield
            continue
        layer = open_layer(path, one)
        yield
        if layer is None:
            closed.append(one.titre)
            continue
        finish(layer, one)
        yield
        group = _group(project, path, plu)  # the user may have taken it away since the last step
        project.addMapLayer(layer, False)
        _place(group, layer, shown, position)
        yield
    return closed


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
    found = {}
    for layer in project.mapLayers().values():
        table = layer.customProperty(TABLE_MARK, "")
        if table and isinstance(layer, QgsVectorLayer) and same_file(split(layer.source())[0], path):
            found[str(table)] = layer
    return found


def release(project: QgsProject, path: Path) -> bool:
    """Take the layers of a dossier off the map, so that its file may be replaced (Windows refuses while it is open).

    The group stays, empty, in its place. False, and nothing is done, while one of them has changes to save.
    """
    there = layers(project, path)
    if any(layer.isEditable() and layer.isModified() for layer in there.values()):
        return False
    group = find_group(project, path)
    if group is not None:
        mark_group(project, group, path)  # without layers it is found again by its mark alone
    project.removeMapLayers([layer.id() for layer in there.values()])
    return True


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
