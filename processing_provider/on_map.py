"""After a control run in QGIS, the dossier on the map: its écarts and the zoning, in the group of the dock."""

from __future__ import annotations

from qgis.core import QgsApplication, QgsProcessingContext, QgsProcessingLayerPostProcessorInterface

from ..gis import map_group
from ..gis.map_group import TABLES, Shown


def show(done, context):
    """Ask Processing to load the layers of a `Control`; nothing in qgis_process, where there is no map."""
    if context.project() is None or QgsApplication.instance().platform() != "desktop":
        return
    filled = {"zones", *_filled(done.result)}
    for position, (table, title) in enumerate(TABLES):
        if table in filled:
            details = QgsProcessingContext.LayerDetails(title, context.project(), table.upper())
            details.setPostProcessor(InGroup.create(done.plu.nom, done.dossier, position))
            context.addLayerToLoadOnCompletion(f"{done.dossier}|layername={table}", details)


class InGroup(QgsProcessingLayerPostProcessorInterface):
    """Gives a layer the style kept in the dossier, which Processing ignores, and its place in the group."""

    # Processing does not own it: without this it would be gone before its time
    _alive: list = []

    @classmethod
    def create(cls, plu, dossier, position):
        processor = cls()
        processor._title, processor._dossier, processor._position = map_group.group_title(plu), dossier, position
        cls._alive = [*cls._alive[-20:], processor]
        return processor

    def postProcessLayer(self, layer, context, feedback):
        table, title = TABLES[self._position]
        map_group.finish(layer, Shown(table, title))
        project = context.project()
        root = project.layerTreeRoot()
        node = root.findLayer(layer.id())
        if node is None:
            return
        group = map_group.find_group(project, self._dossier) or root.insertGroup(0, self._title)
        map_group.mark_group(project, group, self._dossier)
        # the layer leaves the project when its only node goes: the new one comes first
        map_group.insert(group, layer, [title for _, title in TABLES[self._position + 1 :]])
        node.parent().removeChildNode(node)


def _filled(result):
    """The tables of écarts and repères that hold something."""
    for constat in (constat for answer in result.answers for constat in answer.constats):
        yield from (table_of("ecarts", ecart.geometrie) for ecart in constat.ecarts)
        yield from (table_of("reperes", repere.geometrie) for repere in constat.reperes)


def table_of(surfaces, geometry):
    """The table of the dossier that holds a geometry (the highest dimension of a mixed one)."""
    kind = "" if geometry is None else geometry.geom_type
    if "Point" in kind:
        return f"{surfaces}_points"
    return f"{surfaces}_lignes" if "Line" in kind else surfaces
