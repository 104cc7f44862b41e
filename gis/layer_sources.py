"""The file behind a layer of a dossier: let go while a control replaces it, taken back, or found elsewhere.

Only the source of the layer changes: its id, its style, its place, the themes and layouts that show it stay.
"""

from __future__ import annotations

from pathlib import Path

from qgis.core import QgsDataProvider, QgsProject, QgsVectorLayer, QgsWkbTypes

#: on a layer whose file is let go: its source, with a path that follows the project
_SOURCE = "scot_compat/source"


def place(project: QgsProject, layer: QgsVectorLayer) -> Path:
    """The file of the layer, also while it is let go."""
    return Path(_source(project, layer).partition("|")[0])


def is_away(layer: QgsVectorLayer) -> bool:
    return bool(layer.customProperty(_SOURCE, ""))


def let_go(project: QgsProject, layer: QgsVectorLayer) -> None:
    """Close the file (Windows replaces none that is open): the layer shows nothing until `take_back`."""
    if is_away(layer) or not layer.isValid():
        return
    if layer.isEditable():
        layer.rollBack()
    file, bar, options = layer.source().partition("|")
    layer.setCustomProperty(_SOURCE, f"{project.writePath(file)}{bar}{options}")
    crs = layer.crs().authid()
    empty = QgsWkbTypes.displayString(layer.wkbType()) + (f"?crs={crs}" if crs else "")
    fields = layer.fields().toList()
    _point(layer, empty, "memory")
    layer.dataProvider().addAttributes(fields)  # else a project saved now would lose their names and widgets
    layer.updateFields()


def send_to(project: QgsProject, layer: QgsVectorLayer, path: Path) -> None:
    """The file is elsewhere: `take_back` will open it there."""
    _, bar, options = _source(project, layer).partition("|")
    layer.setCustomProperty(_SOURCE, f"{project.writePath(str(path))}{bar}{options}")


def take_back(project: QgsProject, layer: QgsVectorLayer, path: Path) -> bool:
    """Show the table again, from this file, with the filter that it had. False when QGIS cannot open it there."""
    _, bar, options = _source(project, layer).partition("|")
    layer.removeCustomProperty(_SOURCE)
    _point(layer, f"{path}{bar}{options}", "ogr")
    layer.triggerRepaint()
    return layer.isValid()


def _source(project: QgsProject, layer: QgsVectorLayer) -> str:
    kept = str(layer.customProperty(_SOURCE, ""))
    if not kept:
        return layer.source()
    file, bar, options = kept.partition("|")
    return f"{project.readPath(file)}{bar}{options}"


def _point(layer: QgsVectorLayer, source: str, provider: str) -> None:
    layer.setDataSource(source, layer.name(), provider, QgsDataProvider.ProviderOptions(), False)
