"""A layer of QGIS as it is at one moment, taken in its own thread and readable in another."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Callable, Optional, Tuple

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsFields,
    QgsRectangle,
    QgsVectorLayer,
    QgsVectorLayerFeatureSource,
    QgsWkbTypes,
)


class SourceError(Exception):
    """A source cannot be read; the message is a French sentence that says what and what to do."""


class NoProjection(SourceError):
    """A layer has no projection, and none was given to suppose."""


@dataclass(frozen=True)
class Snapshot:
    """What is needed to read a layer, later or in another thread. `features` gives `getFeatures(request)`."""

    features: Any
    fields: QgsFields
    crs: QgsCoordinateReferenceSystem
    etendue: QgsRectangle
    objets: int  # -1 when the provider does not know
    spatial: bool
    courbe: bool  # may hold arcs
    nom: str
    chemin: str = ""
    sha256: str = ""
    encodage: str = ""
    limites: Tuple[str, ...] = ()
    texte: Optional[Callable[[str], str]] = None  # mends what GDAL decoded by a false declaration
    fichier: str = ""  # source string of the file that the layer shows as it is, "" when it is more than a file


def snapshot(layer: QgsVectorLayer) -> Snapshot:
    """A layer of QGIS as it is now, readable in the background. Call it in the layer's own thread.

    Raises SourceError when the layer is not valid.
    """
    if not layer.isValid():
        raise SourceError(f"La couche « {layer.name()} » n'est pas lisible par QGIS : vérifiez sa source.")
    kind = layer.wkbType()
    # isSpatial() says no to a layer of collections
    mixed = QgsWkbTypes.flatType(kind) == QgsWkbTypes.Type.GeometryCollection
    spatial = layer.isSpatial() or mixed
    return Snapshot(
        QgsVectorLayerFeatureSource(layer),
        layer.fields(),
        layer.crs() if layer.isSpatial() else layer.dataProvider().crs(),
        layer.extent() if spatial else QgsRectangle(),
        layer.featureCount(),
        spatial,
        QgsWkbTypes.isCurvedType(kind) or mixed or kind == QgsWkbTypes.Type.Unknown,
        layer.name(),
        chemin(layer),
        encodage=layer.dataProvider().encoding(),
        fichier=_file_of(layer),
    )


def chemin(layer: QgsVectorLayer) -> str:
    """The source of a layer as the dossier writes it, without passwords; it can be opened again."""
    kind = layer.providerType()
    return layer.publicSource() if kind == "ogr" else f"{kind}://{layer.publicSource()}"


def _file_of(layer: QgsVectorLayer) -> str:
    """The file of a layer that adds nothing to it: no filter, no edit, no join, no virtual field."""
    path, *options = layer.source().split("|")
    plain = all(option.lower().startswith("layername=") for option in options)
    if not options and Path(path).suffix.lower() in (".gpkg", ".sqlite"):
        return ""  # QGIS shows the first of several layers
    own = layer.fields().names() == layer.dataProvider().fields().names()
    if layer.providerType() != "ogr" or layer.isModified() or layer.subsetString() or not plain or not own:
        return ""
    return layer.source() if Path(path).is_file() else ""
