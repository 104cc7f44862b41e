"""`scotcompat:tester_regles`: the examples of a rule file, played, and whether they give what it announces."""

from __future__ import annotations

from pathlib import Path

from qgis.core import (
    QgsProcessingException,
    QgsProcessingOutputNumber,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterFile,
)

from ..checks.exemples import play
from ..checks.registry import KINDS
from ..checks.wording import names, plural
from ..gis.expression import QgisEvaluator
from ..rules.loader import load
from .base import ScotAlgorithm, progress_of

HELP = """
<p>Joue les <code>exemples</code> d'un fichier de règles : de petits PLU dont on connaît la réponse, écrits à côté des
règles. Pour chaque exemple et chaque prescription, le journal dit l'état attendu, l'état trouvé et, s'ils diffèrent,
la ligne du fichier et pourquoi. C'est le moyen de voir qu'une règle dit bien ce que dit le DOO avant de contrôler un
vrai PLU, et qu'elle le dit toujours après une retouche.</p>
<p>Les prescriptions sans exemple sont citées. Les expressions sont évaluées par QGIS.</p>
<p><b>Sortir en échec</b> : le code de sortie de <code>qgis_process</code> vaut 1 si un exemple ne donne pas ce qui est
attendu.</p>
<p>Exemple :<br><code>qgis_process run scotcompat:tester_regles --REGLES=doo.yaml</code></p>
"""


class TesterRegles(ScotAlgorithm):
    NAME = "tester_regles"
    HELP = HELP

    def initAlgorithm(self, configuration=None):
        self.addParameter(
            QgsProcessingParameterFile("REGLES", "Fichier de règles (YAML)", fileFilter="Règles (*.yaml *.yml)")
        )
        self.addParameter(
            QgsProcessingParameterBoolean("ECHOUER", "Sortir en échec si un exemple échoue", defaultValue=True)
        )
        self.addOutput(QgsProcessingOutputNumber("NB_ECHECS", "Nombre d'échecs"))

    def work(self, parameters, context, feedback):
        rules = load(Path(self.parameterAsFile(parameters, "REGLES", context)), KINDS)
        outcomes = play(rules, expressions=QgisEvaluator(), progress=progress_of(feedback))
        failures = [outcome for outcome in outcomes if not outcome.passed]
        for outcome in outcomes:
            (feedback.pushInfo if outcome.passed else feedback.reportError)(_told(outcome))
        tested = {outcome.prescription for outcome in outcomes}
        aside = [one.id for one in rules.prescriptions if one.id not in tested]
        if not rules.exemples:
            feedback.pushWarning("Ce fichier n'a pas d'exemples : rien n'est éprouvé.")
        elif aside:
            feedback.pushInfo(f"Sans exemple : {names(aside, limit=len(aside))}.")
        kept = len(outcomes) - len(failures)
        feedback.pushInfo(
            f"{plural(len(rules.exemples), 'exemple')}, {plural(len(outcomes), 'état attendu', 'états attendus')} : "
            f"{plural(kept, 'trouvé', 'trouvés')}, {plural(len(failures), 'échec')}."
        )
        if failures and self.parameterAsBoolean(parameters, "ECHOUER", context):
            count = plural(len(failures), "état attendu n'est pas trouvé", "états attendus ne sont pas trouvés")
            raise QgsProcessingException(f"{count} ; voici le premier. {_told(failures[0])}")
        return {"NB_ECHECS": len(failures)}


def _told(outcome):
    """One line of the log: where, expected, found, and why when they differ."""
    where = f"{outcome.prescription}, « {outcome.exemple} »"
    if outcome.passed:
        return f"Réussi : {where} : {outcome.attendu} (ligne {outcome.ligne})."
    found = f"{outcome.trouve} trouvé" if outcome.trouve is not None else "rien trouvé"
    place = f"{outcome.fichier}, ligne {outcome.ligne}"
    return f"Échec : {where} : {outcome.attendu} attendu, {found} ({place}). {outcome.message}"
