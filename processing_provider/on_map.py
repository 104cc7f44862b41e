"""After a control run in QGIS, the dossier on the map: a group named after the PLU, écarts above, zoning below."""

from __future__ import annotations

from qgis.core import QgsApplication, QgsProcessingContext, QgsProcessingLayerPostProcessorInterface

#: tables of the dossier put on the map, from top to bottom
TABLES = (
    ("ecarts_points", "Écarts (points)"),
    ("ecarts_lignes", "Écarts (lignes)"),
    ("ecarts", "Écarts"),
    ("zones", "Zonage"),
)


def show(done, context):
    """Ask Processing to load the layers of a `Control`; nothing in qgis_process, where there is no map."""
    if context.project() is None or QgsApplication.instance().platform() != "desktop":
        return
    dimensions = {ecart_table(geometry) for geometry in _drawn(done.result)}
    for position, (table, title) in enumerate(TABLES):
        if table == "zones" or table in dimensions:
            details = QgsProcessingContext.LayerDetails(title, context.project(), table.upper())
            details.setPostProcessor(InGroup.create(f"Compatibilité SCoT : {done.plu.nom}", position))
            context.addLayerToLoadOnCompletion(f"{done.dossier}|layername={table}", details)


class InGroup(QgsProcessingLayerPostProcessorInterface):
    """Gives a layer the style kept in the dossier, which Processing ignores, and its place in the group."""

    # Processing does not own it: without this it would be gone before its time
    _alive: list = []

    @classmethod
    def create(cls, group, position):
        processor = cls()
        processor._group, processor._position = group, position
        cls._alive = [*cls._alive[-20:], processor]
        return processor

    def postProcessLayer(self, layer, context, feedback):
        layer.loadDefaultStyle()
        layer.setName(TABLES[self._position][1])  # the style brought the name of the table
        root = context.project().layerTreeRoot()
        node = root.findLayer(layer.id())
        if node is None:
            return
        group = root.findGroup(self._group) or root.insertGroup(0, self._group)
        below = [title for _, title in TABLES[self._position + 1 :]]
        places = [place for place, child in enumerate(group.children()) if child.name() in below]
        # the layer leaves the project when its only node goes: the new one comes first
        group.insertChildNode(places[0] if places else -1, node.clone())
        node.parent().removeChildNode(node)


def _drawn(result):
    return (ecart.geometrie for answer in result.answers for constat in answer.constats for ecart in constat.ecarts)


def ecart_table(geometry):
    """The table of the dossier that holds a geometry (the highest dimension of a mixed one)."""
    kind = "" if geometry is None else geometry.geom_type
    if "Point" in kind:
        return "ecarts_points"
    return "ecarts_lignes" if "Line" in kind else "ecarts"
