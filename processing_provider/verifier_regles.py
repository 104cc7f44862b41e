"""`scotcompat:verifier_regles`: all the errors of a rule file, and each rule as the sentence that it means."""

from __future__ import annotations

from pathlib import Path

from qgis.core import (
    QgsProcessingException,
    QgsProcessingOutputNumber,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterFile,
    QgsProcessingParameterFileDestination,
)

from ..checks.registry import KINDS
from ..gis.expression import problems
from ..report.rules_page import rules_page
from ..rules.errors import InvalidRules
from ..rules.loader import load
from .base import ScotAlgorithm

HELP = """
<p>Vérifie un fichier de règles : toutes ses erreurs d'un coup, avec la ligne, la colonne et le mot le plus
proche ; puis,
quand il est valide, chaque prescription relue à voix haute, pour voir d'un regard si le fichier dit bien ce
que dit le
DOO. Le rapport est une page HTML.</p>
<p><b>Sortir en échec</b> : le code de sortie de <code>qgis_process</code> vaut 1 s'il y a des erreurs.</p>
<p>Exemple :<br><code>qgis_process run scotcompat:verifier_regles --REGLES=doo.yaml
--RAPPORT=verification.html</code></p>
"""


class VerifierRegles(ScotAlgorithm):
    NAME = "verifier_regles"
    HELP = HELP

    def initAlgorithm(self, configuration=None):
        self.addParameter(
            QgsProcessingParameterFile("REGLES", "Fichier de règles (YAML)", fileFilter="Règles (*.yaml *.yml)")
        )
        self.addParameter(
            QgsProcessingParameterBoolean("ECHOUER", "Sortir en échec s'il y a des erreurs", defaultValue=True)
        )
        self.addParameter(
            QgsProcessingParameterFileDestination("RAPPORT", "Rapport", "Page HTML (*.html)", optional=True)
        )
        self.addOutput(QgsProcessingOutputNumber("NB_ERREURS", "Nombre d'erreurs"))

    def work(self, parameters, context, feedback):
        path = Path(self.parameterAsFile(parameters, "REGLES", context))
        rules, errors, warnings = None, (), ()
        try:
            rules = load(path, KINDS)
            warnings, errors = rules.warnings, tuple(problems(rules))
            rules = None if errors else rules
        except InvalidRules as invalid:
            errors = tuple(error for error in invalid.errors if error.severity == "erreur")
            warnings = tuple(error for error in invalid.errors if error.severity != "erreur")
        for error in errors:
            feedback.reportError(str(error))
        for warning in warnings:
            feedback.pushWarning(str(warning))
        for prescription in rules.prescriptions if rules is not None else ():
            for sentence in prescription.lecture:
                feedback.pushInfo(f"{prescription.id} : {sentence}")
        report = self.parameterAsFileOutput(parameters, "RAPPORT", context)
        if report:
            write_report(Path(report), path, rules_page(path.name, rules, errors, warnings))
        if errors and self.parameterAsBoolean(parameters, "ECHOUER", context):
            said = "1 erreur" if len(errors) == 1 else f"{len(errors)} erreurs"
            raise QgsProcessingException(f"Le fichier de règles comporte {said}, dont voici la première : {errors[0]}")
        return {"NB_ERREURS": len(errors), "RAPPORT": report or None}


def write_report(report, rules, page):
    """Write the page; a sentence when that cannot be done."""
    if report.exists() and rules.exists() and report.samefile(rules):
        raise QgsProcessingException("Le rapport remplacerait le fichier de règles : donnez-lui un autre nom.")
    try:
        report.write_text(page, encoding="utf-8")
    except OSError as error:
        raise QgsProcessingException(
            f"Le rapport « {report} » ne peut pas être écrit ({error.strerror or error}) : choisissez un autre "
            "répertoire, ou fermez le logiciel qui l'utilise."
        ) from error
