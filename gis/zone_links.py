"""The zones of a dossier that an answer is about: their règlement, and the layer that has their form."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Iterable, List, Optional, Tuple

from qgis.core import QgsFeature, QgsFeatureRequest, QgsProject, QgsVectorLayer

from .geopackages.dossier_schema import ZONES
from .geopackages.geopackage import read_matching
from .map_group import Shown, layers, open_layer
from .results import EcartRow

#: layer of the objects at fault that are zones
ZONING = "ZONE_URBA"
#: zones proposed at most
MOST = 30
_TEXTS = ("objet_id", "libelle", "nomfic", "urlfic")


@dataclass(frozen=True)
class Zone:
    objet_id: str
    libelle: str = ""
    nomfic: str = ""
    urlfic: str = ""


def of_ecarts(path: Path, ecarts: Iterable[EcartRow]) -> List[Zone]:
    """The zones at fault, in the order of the écarts, each once, `MOST` at most. Raises GeoPackageError."""
    wanted: List[str] = []
    for ecart in ecarts:
        if ecart.objet == ZONING and ecart.objet_id and ecart.objet_id not in wanted:
            wanted.append(ecart.objet_id)
        if len(wanted) == MOST:
            break
    rows = read_matching(path, ZONES.name, _TEXTS, wanted)
    found = {row["objet_id"]: Zone(*(str(row[name] or "") for name in _TEXTS)) for row in rows}
    return [found[one] for one in wanted if one in found]


def form(project: QgsProject, path: Path, objet_id: str) -> Optional[Tuple[QgsVectorLayer, QgsFeature]]:
    """The zone as a feature of the dossier, in its layer on the map when it is there; None when there is none."""
    layer = layers(project, path).get(ZONES.name) or open_layer(path, Shown(ZONES.name, ZONES.libelle))
    if layer is None or not layer.isValid():
        return None
    request = QgsFeatureRequest().setFilterExpression("\"objet_id\" = '{}'".format(objet_id.replace("'", "''")))
    feature = next(layer.getFeatures(request), None)
    return (layer, feature) if feature is not None else None
