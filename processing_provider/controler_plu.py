"""`scotcompat:controler_plu`: a PLU(i) as published, a rule file, a dossier."""

from __future__ import annotations

from .base import PluParameter, given_path
from .controls import ControlAlgorithm

HELP = """
<p>Confronte un PLU(i) publié aux prescriptions d'un DOO, écrites dans un fichier de règles, et écrit un
<b>dossier</b> :
un GeoPackage qui contient les constats, les écarts dessinés, le zonage examiné et tout ce qui n'a pas pu être évalué,
avec la cause. L'outil relève des écarts à examiner ; l'appréciation revient à l'instructeur.</p>
<p><b>PLU</b> : le dossier de l'archive, son .zip, un GeoPackage, ou un fichier ZONE_URBA (shp, gpkg, TAB, GML,
GeoJSON).
N'importe quel fichier d'une archive désigne l'archive.<br>
<b>Couches</b> : remplacent celles du fichier de règles. Une couche est reconnue au nom qu'elle porte (ou à son
<i>layername</i>).<br>
<b>Sources</b> : une ligne par couche ou table, <code>couche=fichier</code> ; elles l'emportent sur tout le reste.<br>
<b>Les couches absentes n'existent pas</b> : à cocher après vérification ; sinon, une couche que l'archive ne
contient pas
rend « non évalué » ce qui en dépend.<br>
<b>Horizon</b> : les années que le PLU planifie, par exemple 2024-2035 (11 ans). Un seuil annuel en a besoin ; sans
elles, il prend celles du tableau que nomme le fichier de règles (<code>horizon</code>), sinon il reste
« non évalué ».<br>
<b>ECHOUER_SI</b> : pour les traitements par lot ; le code de sortie vaut 1, le dossier est écrit quand même.</p>
<p>Exemple :<br><code>qgis_process run scotcompat:controler_plu --PLU=200099999_PLUi_20250612.zip --REGLES=doo.yaml
--SOURCES="corridors=tvb.gpkg|layername=corridors" --DOSSIER=avis.gpkg</code></p>
"""


class ControlerPlu(ControlAlgorithm):
    NAME = "controler_plu"
    HELP = HELP

    def initAlgorithm(self, configuration=None):
        self.addParameter(PluParameter("PLU", "PLU(i) publié : dossier, .zip, GeoPackage ou fichier ZONE_URBA"))
        self.add_rules()
        self.add_sources()
        self.add_options()
        self.add_exit()
        self.add_crs()
        self.add_outputs()

    def plu(self, parameters, context):
        return given_path(self.parameterAsString(parameters, "PLU", context))
