"""Parameters, outputs and summary that `controler_plu` and `controler_couches` share."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from qgis.core import (
    QgsProcessing,
    QgsProcessingException,
    QgsProcessingOutputNumber,
    QgsProcessingOutputVectorLayer,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterCrs,
    QgsProcessingParameterEnum,
    QgsProcessingParameterFile,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterMultipleLayers,
    QgsProcessingParameterString,
    QgsProcessingUtils,
    QgsVectorLayer,
)

from ..checks.base import Etat
from ..gis.control import Request, control
from ..gis.files.sources import snapshot
from .base import ScotAlgorithm, progress_of
from .on_map import show

#: choices of ECHOUER_SI, in the order of the enumeration, and the states that make the run fail
JAMAIS, ECART_MARQUE, NON_EVALUE = "jamais", "ecart_marque", "non_evalue"
FAILING = {
    JAMAIS: (),
    ECART_MARQUE: (Etat.ECART_MARQUE, Etat.SENS_CONTRAIRE, Etat.ERREUR),
    NON_EVALUE: (Etat.NON_EVALUE, Etat.ERREUR),
}


class ControlAlgorithm(ScotAlgorithm):
    """A control that writes a dossier. A subclass declares where the PLU comes from and gives it in `plu`."""

    def add_rules(self):
        self.addParameter(
            QgsProcessingParameterFile("REGLES", "Fichier de règles (YAML)", fileFilter="Règles (*.yaml *.yml)")
        )
        self.addParameter(
            QgsProcessingParameterMultipleLayers(
                "COUCHES",
                "Couches et tables du SCoT, à la place de celles du fichier de règles",
                QgsProcessing.SourceType.TypeVector,
                optional=True,
            )
        )

    def add_options(self):
        self.addParameter(
            QgsProcessingParameterString("HORIZON", "Horizon du PLU, par exemple 2024-2035", optional=True)
        )
        self.addParameter(
            QgsProcessingParameterBoolean(
                "PLU_COMPLET", "Les couches absentes n'existent pas dans ce PLU (je l'ai vérifié)", defaultValue=False
            )
        )

    def add_sources(self):
        self.addParameter(
            QgsProcessingParameterString(
                "SOURCES", "Sources choisies, une par ligne : couche=fichier", multiLine=True, optional=True
            )
        )

    def add_exit(self):
        self.addParameter(
            ChoiceParameter("ECHOUER_SI", "Sortir en échec (après l'écriture du dossier) s'il y a", tuple(FAILING))
        )

    def add_crs(self):
        self.addParameter(
            QgsProcessingParameterCrs(
                "CRS_DEFAUT", "Projection à supposer pour une couche qui n'en a pas", optional=True
            )
        )

    def add_outputs(self):
        self.addParameter(
            QgsProcessingParameterFileDestination("DOSSIER", "Dossier de résultat", "GeoPackage (*.gpkg)")
        )
        self.addOutput(QgsProcessingOutputVectorLayer("ECARTS", "Écarts"))
        self.addOutput(QgsProcessingOutputVectorLayer("CONSTATS", "Constats", QgsProcessing.SourceType.TypeVector))
        self.addOutput(QgsProcessingOutputNumber("NB_ECARTS", "Constats en écart"))
        self.addOutput(QgsProcessingOutputNumber("NB_A_APPRECIER", "Constats à apprécier"))
        self.addOutput(QgsProcessingOutputNumber("NB_NON_EVALUES", "Constats non évalués"))

    def checkParameterValues(self, parameters, context):
        """QGIS would only say that the value of COUCHES is not right."""
        for source in _texts(parameters.get("COUCHES")):
            if not isinstance(QgsProcessingUtils.mapLayerFromString(source, context), QgsVectorLayer):
                return False, (
                    f"COUCHES : « {source} » n'est pas une couche ni une table lisible. Vérifiez le chemin et, après "
                    "« |layername= », le nom de la couche."
                )
        return super().checkParameterValues(parameters, context)

    def open_layers(self, parameters, context):
        """Layers are seen in their own thread, before the work leaves it."""
        self._couches = [snapshot(layer) for layer in self.parameterAsLayerList(parameters, "COUCHES", context)]

    def work(self, parameters, context, feedback):
        request = Request(
            plu=self.plu(parameters, context),
            regles=Path(self.parameterAsFile(parameters, "REGLES", context)).absolute(),
            dossier=Path(self.parameterAsFileOutput(parameters, "DOSSIER", context)).absolute(),
            couches=tuple(self._couches),
            sources=self.parameterAsString(parameters, "SOURCES", context) if self.has("SOURCES") else "",
            horizon=self.parameterAsString(parameters, "HORIZON", context),
            complet=self.parameterAsBoolean(parameters, "PLU_COMPLET", context),
            crs_defaut=self.default_crs(parameters, context) if self.has("CRS_DEFAUT") else "",
            nom=self.plu_name(parameters, context),
        )
        done = control(request, progress_of(feedback))
        summary(done, feedback)
        show(done, context)
        constats = Counter(constat.etat for answer in done.result.answers for constat in answer.constats)
        self._refuse(parameters, context, constats, done.dossier)
        return {
            "DOSSIER": str(done.dossier),
            "ECARTS": f"{done.dossier}|layername=ecarts",
            "CONSTATS": f"{done.dossier}|layername=constats",
            "NB_ECARTS": sum(count for etat, count in constats.items() if etat.is_departure),
            "NB_A_APPRECIER": constats[Etat.A_APPRECIER],
            "NB_NON_EVALUES": constats[Etat.NON_EVALUE],
        }

    def has(self, name):
        return self.parameterDefinition(name) is not None

    def plu_name(self, parameters, context):
        return ""

    def plu(self, parameters, context):
        """The archive's path, or snapshots by CNIG name."""
        raise NotImplementedError

    def _refuse(self, parameters, context, constats, dossier):
        if not self.has("ECHOUER_SI"):
            return
        choice = self.parameterDefinition("ECHOUER_SI").chosen(
            self.parameterAsString(parameters, "ECHOUER_SI", context)
        )
        found = [(etat, constats[etat]) for etat in FAILING[choice] if constats[etat]]
        if found:
            said = ", ".join(f"{etat.label.lower()} : {count}" for etat, count in found)
            raise QgsProcessingException(f"Échec demandé par ECHOUER_SI ({said}). Le dossier est écrit : {dossier}")


class ChoiceParameter(QgsProcessingParameterEnum):
    """A choice given by its name or by its rank; the first one is the default."""

    def __init__(self, name, description, choices):
        super().__init__(name, description, list(choices), defaultValue=choices[0], usesStaticStrings=True)

    def clone(self):
        return ChoiceParameter(self.name(), self.description(), self.options())

    def checkValueIsAcceptable(self, value, context=None):
        """Ranks are welcome too, which the parent class refuses although the help of qgis_process announces them."""
        return super().checkValueIsAcceptable(value, context) or self.chosen(str(value)) in self.options()

    def chosen(self, said):
        """The name of the choice that `said` means, by its name or by its rank."""
        ranks = {str(rank): name for rank, name in enumerate(self.options())}
        return ranks.get(said, said) or self.options()[0]


def _texts(value):
    """The sources given as text among the values of a parameter of several layers."""
    values = value if isinstance(value, (list, tuple)) else [value]
    return [one for one in values if isinstance(one, str) and one]


def summary(done, feedback):
    """The report of the control, in the log."""
    for line, warning in done.report:
        (feedback.pushWarning if warning else feedback.pushInfo)(line)
