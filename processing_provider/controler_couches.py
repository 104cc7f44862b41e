"""`scotcompat:controler_couches`: the same control from layers of the project."""

from __future__ import annotations

from qgis.core import QgsProcessing, QgsProcessingParameterVectorLayer

from ..gis.files.sources import snapshot
from .controls import ControlAlgorithm

HELP = """
<p>Le même contrôle que « Contrôler un PLU », quand le PLU(i) est déjà chargé dans le projet : couches PostGIS, WFS,
mémoire ou fichiers. Les couches sont celles du standard CNIG ; seul le zonage est obligatoire.</p>
<p>Une couche de prescriptions ou d'informations laissée vide est tenue pour inconnue : ce qui en dépend est « non
évalué », sauf si vous cochez que ce PLU n'en comporte pas.</p>
<p>Exemple :<br><code>qgis_process run scotcompat:controler_couches --ZONE_URBA=zonage.gpkg --REGLES=doo.yaml
--DOSSIER=avis.gpkg</code></p>
"""
#: parameter (the CNIG name of the table) -> its wording and the geometry that it takes
TABLES = {
    "ZONE_URBA": ("Zonage (ZONE_URBA)", QgsProcessing.SourceType.TypeVectorPolygon),
    "PRESCRIPTION_SURF": ("Prescriptions surfaciques", QgsProcessing.SourceType.TypeVectorPolygon),
    "PRESCRIPTION_LIN": ("Prescriptions linéaires", QgsProcessing.SourceType.TypeVectorLine),
    "PRESCRIPTION_PCT": ("Prescriptions ponctuelles", QgsProcessing.SourceType.TypeVectorPoint),
    "INFO_SURF": ("Informations surfaciques", QgsProcessing.SourceType.TypeVectorPolygon),
    "INFO_LIN": ("Informations linéaires", QgsProcessing.SourceType.TypeVectorLine),
    "INFO_PCT": ("Informations ponctuelles", QgsProcessing.SourceType.TypeVectorPoint),
}


class ControlerCouches(ControlAlgorithm):
    NAME = "controler_couches"
    HELP = HELP

    def initAlgorithm(self, configuration=None):
        for table, (wording, kind) in TABLES.items():
            self.addParameter(QgsProcessingParameterVectorLayer(table, wording, [kind], optional=table != "ZONE_URBA"))
        self.add_rules()
        self.add_options()
        self.add_outputs()

    def open_layers(self, parameters, context):
        super().open_layers(parameters, context)
        layers = {table: self.parameterAsVectorLayer(parameters, table, context) for table in TABLES}
        self._tables = {table: snapshot(layer) for table, layer in layers.items() if layer is not None}

    def plu(self, parameters, context):
        return self._tables

    def plu_name(self, parameters, context):
        return self._tables["ZONE_URBA"].nom
