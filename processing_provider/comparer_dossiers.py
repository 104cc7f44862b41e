"""`scotcompat:comparer_dossiers`: what became of each departure between two controls of one PLU(i)."""

from __future__ import annotations

from pathlib import Path

from qgis.core import (
    QgsApplication,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingLayerPostProcessorInterface,
    QgsProcessingOutputNumber,
    QgsProcessingOutputVectorLayer,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterFile,
    QgsProcessingParameterFileDestination,
)

from ..gis.comparison import appraisals, tables, words
from ..gis.comparison.changes import compare
from ..gis.comparison.side import sides
from ..gis.comparison.statuts import Statut
from ..gis.dossier_results import DossierResults
from ..gis.instruction.decisions import Refused
from .base import ScotAlgorithm, given_path, progress_of

HELP = """
<p>Compare deux dossiers du même PLU(i), par exemple avant et après l'avis ou l'enquête : chaque écart est
<b>nouveau</b>, <b>disparu</b>, <b>modifié</b> (état, mesure ou seuil, avant et après) ou <b>maintenu</b>. Ce que l'un
des deux contrôles n'a pas évalué est <b>non comparable</b> : ni nouveau ni disparu.</p>
<p>Un objet est reconnu par sa clé (prescription, territoire, tracé), quel que soit son nom ; sinon, au sein d'une même
prescription et d'un même territoire, par le sol commun : au moins la moitié du plus petit des deux. Une zone déplacée,
redessinée, partagée ou réunie à une autre garde ainsi son histoire. Lignes et points comptent pour larges de 10 m.</p>
<p>Les appréciations du premier dossier sont reprises dans le second sur les écarts maintenus ou modifiés, sauf si le
second en a déjà une. L'auteur et la date restent ceux de la décision ; l'origine nomme le dossier. Celles dont l'objet
a changé ou disparu sont listées, à revoir. Ce qui rend la comparaison incertaine (autres règles, autre SCoT…) est
dit.</p>
<p>La sortie est un GeoPackage : <i>ecarts_compares</i> (surfaces, lignes, points), <i>constats_compares</i>,
<i>appreciations_a_revoir</i>, <i>comparaison</i>.</p>
<p>Exemple :<br>
<code>qgis_process run scotcompat:comparer_dossiers --AVANT=arrete.gpkg --APRES=vote.gpkg --SORTIE=suivi.gpkg</code></p>
"""
_COUNTS = {
    Statut.NOUVEAU: "NB_NOUVEAUX",
    Statut.DISPARU: "NB_DISPARUS",
    Statut.MODIFIE: "NB_MODIFIES",
    Statut.MAINTENU: "NB_MAINTENUS",
    Statut.NON_COMPARABLE: "NB_NON_COMPARABLES",
}


class ComparerDossiers(ScotAlgorithm):
    NAME = "comparer_dossiers"
    HELP = HELP

    def initAlgorithm(self, configuration=None):
        for name, said in (("AVANT", "Dossier d'avant"), ("APRES", "Dossier d'après")):
            self.addParameter(QgsProcessingParameterFile(name, said, fileFilter="Dossier de contrôle (*.gpkg)"))
        self.addParameter(
            QgsProcessingParameterBoolean(
                "REPRENDRE", "Reprendre les appréciations dans le dossier d'après", defaultValue=True
            )
        )
        self.addParameter(QgsProcessingParameterFileDestination("SORTIE", "Comparaison", "GeoPackage (*.gpkg)"))
        self.addOutput(QgsProcessingOutputVectorLayer("ECARTS", "Écarts comparés"))
        for statut, name in _COUNTS.items():
            self.addOutput(QgsProcessingOutputNumber(name, f"Écarts, {statut.several.lower()}"))
        self.addOutput(QgsProcessingOutputNumber("NB_REPRISES", "Appréciations reprises"))
        self.addOutput(QgsProcessingOutputNumber("NB_A_REVOIR", "Appréciations à revoir"))

    def work(self, parameters, context, feedback):
        paths = [given_path(self.parameterAsString(parameters, name, context)) for name in ("AVANT", "APRES")]
        target = Path(self.parameterAsFileOutput(parameters, "SORTIE", context)).absolute()
        if paths[0].exists() and paths[1].exists() and paths[0].samefile(paths[1]):
            raise QgsProcessingException("AVANT et APRES sont le même dossier : choisissez deux contrôles différents.")
        tables.check_target(target)
        progress = progress_of(feedback)
        progress.step(0.0, "Lecture des deux dossiers")
        before, after = (DossierResults(path) for path in paths)
        read = sides(before, after, progress.span(0.1, 0.4))
        progress.step(0.4, "Comparaison")
        comparison = compare(*read, progress.span(0.4, 0.8))
        plan = appraisals.plan(comparison, before.notebook, after.notebook)
        progress.step(0.8, "Écriture")
        tables.write(target, comparison, plan, progress.span(0.8, 1.0))
        carried = 0
        if self.parameterAsBoolean(parameters, "REPRENDRE", context):
            carried = _carry(plan, after, feedback)
        _tell(words.html(comparison, plan), words.lines(comparison, plan), feedback)
        _show(target, comparison, context)
        return {
            "SORTIE": str(target),
            "ECARTS": f"{target}|layername=ecarts_compares",
            **{name: comparison.count(statut) for statut, name in _COUNTS.items()},
            "NB_REPRISES": carried,
            "NB_A_REVOIR": len(plan.review),
        }


def _carry(plan, after, feedback):
    """How many appraisals were carried; the comparison is made anyway."""
    if not plan.rows:
        return 0
    try:
        after.notebook.claim()
        after.notebook.carry(plan.carried, plan.free)
    except Refused as refused:
        feedback.pushWarning(f"Les appréciations n'ont pas été reprises. {refused}")
        return 0
    finally:
        after.notebook.close()
    feedback.pushInfo(f"Repris dans le dossier d'après : {words.to_carry(plan)}.")
    return len(plan.carried)


def _tell(page, lines, feedback):
    text = "\n".join(line for title, rows in lines if rows for line in (title, *(f"  {row}" for row in rows)))
    if hasattr(feedback, "pushFormattedMessage"):  # QGIS 3.36 on
        feedback.pushFormattedMessage(page, text)
        return
    for line in text.splitlines():
        feedback.pushInfo(line)


def _show(target, comparison, context):
    """The layers that hold something, on the map; nothing in qgis_process, where there is none."""
    if context.project() is None or QgsApplication.instance().platform() != "desktop":
        return
    filled = {ecart.table for change in comparison.departures for ecart in change.item.ecarts}
    for own, table in tables.ECARTS_COMPARES.items():
        if own in filled:
            details = QgsProcessingContext.LayerDetails(table.libelle, context.project(), table.name.upper())
            details.setPostProcessor(_Styled.create(table.libelle))
            context.addLayerToLoadOnCompletion(f"{target}|layername={table.name}", details)


class _Styled(QgsProcessingLayerPostProcessorInterface):
    """Gives a layer the style kept in its file, which Processing ignores."""

    _alive: list = []  # Processing does not own it

    @classmethod
    def create(cls, title):
        processor = cls()
        processor._title = title
        cls._alive = [*cls._alive[-20:], processor]
        return processor

    def postProcessLayer(self, layer, context, feedback):
        layer.loadDefaultStyle()
        layer.setName(self._title)
