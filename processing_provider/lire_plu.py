"""`scotcompat:lire_plu`: a PLU(i) as published becomes one normalised GeoPackage, with the data limits found."""

from __future__ import annotations

from pathlib import Path

from qgis.core import QgsProcessingOutputNumber, QgsProcessingParameterCrs, QgsProcessingParameterFileDestination

from ..checks.plu.codes import INFORMATIONS, PRESCRIPTIONS
from ..checks.wording import plural
from ..gis.cnig import read_plu
from ..gis.normalised import check_target, write_plu
from .base import PluParameter, ScotAlgorithm, given_path, progress_of

HELP = """
<p>Lit un PLU(i) publié, quelle que soit la version du standard CNIG (2013 à 2025) et le format, et l'écrit dans un
GeoPackage : zonage et prescriptions dans la projection légale, géométries réparées, codes normalisés à côté des champs
d'origine, et une table <i>sources</i> qui dit ce qui a été lu, réparé, déduit ou laissé de côté.</p>
<p>Ce qui n'est pas un PLU (carte communale, périmètre de SCoT, modèle vide…) est refusé avec une phrase qui dit ce que
c'est.</p>
<p>Exemple :<br><code>qgis_process run scotcompat:lire_plu --PLU=30014_PLU_20171013.zip --SORTIE=plu.gpkg</code></p>
"""


class LirePlu(ScotAlgorithm):
    NAME = "lire_plu"
    HELP = HELP

    def initAlgorithm(self, configuration=None):
        self.addParameter(PluParameter("PLU", "PLU(i) publié : dossier, .zip, GeoPackage ou fichier ZONE_URBA"))
        self.addParameter(
            QgsProcessingParameterCrs(
                "CRS_DEFAUT", "Projection à supposer pour une couche qui n'en a pas", optional=True
            )
        )
        self.addParameter(
            QgsProcessingParameterFileDestination("SORTIE", "GeoPackage normalisé", "GeoPackage (*.gpkg)")
        )
        self.addOutput(QgsProcessingOutputNumber("NB_ZONES", "Nombre de zones"))
        self.addOutput(QgsProcessingOutputNumber("NB_LIMITES", "Nombre de limites relevées"))

    def work(self, parameters, context, feedback):
        target = Path(self.parameterAsFileOutput(parameters, "SORTIE", context)).absolute()
        check_target(target)
        plu = read_plu(
            given_path(self.parameterAsString(parameters, "PLU", context)),
            progress=progress_of(feedback),
            default_crs=self.default_crs(parameters, context) or None,
        )
        write_plu(target, plu)
        feedback.pushInfo(f"PLU : {plu.nom} ({plural(len(plu.zones), 'zone')}, {plu.crs}, standard {plu.version})")
        read = {source.couche for source in plu.sources}
        absent = [table for table in PRESCRIPTIONS + INFORMATIONS if table not in read]
        if absent:
            feedback.pushInfo(f"Absentes de l'archive : {', '.join(absent)}")
        limites = [(source.couche, limite) for source in plu.sources for limite in source.limites]
        for couche, limite in limites:
            feedback.pushInfo(f"Limite, {couche} : {limite}")
        return {"SORTIE": str(target), "NB_ZONES": len(plu.zones), "NB_LIMITES": len(limites)}
