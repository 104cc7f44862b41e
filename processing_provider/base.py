"""What the algorithms share: names, French help, progress by the clock, and failures as one sentence."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path

from qgis.core import QgsProcessingAlgorithm, QgsProcessingException, QgsProcessingParameterFile
from qgis.PyQt.QtGui import QIcon

from ..checks.progress import Progress
from ..gis.failures import sentence
from ..rules.errors import InvalidRules
from .fiches import ALGORITHMS, ICON


class ScotAlgorithm(QgsProcessingAlgorithm):
    """Base of the algorithms. A subclass gives `NAME`, `HELP` (HTML, in French) and does its work in `work`: `run`
    and `prepare` are methods of QGIS, which `processing.run` calls."""

    NAME = ""
    HELP = ""

    def name(self):
        return self.NAME

    def displayName(self):
        return ALGORITHMS[self.NAME].titre

    def shortDescription(self):
        return ALGORITHMS[self.NAME].resume

    def shortHelpString(self):
        return self.HELP

    def icon(self):
        return QIcon(str(ICON))

    def createInstance(self):
        return type(self)()

    def prepareAlgorithm(self, parameters, context, feedback):
        with french_failures(feedback):
            self.open_layers(parameters, context)
        return True

    def processAlgorithm(self, parameters, context, feedback):
        with french_failures(feedback):
            return self.work(parameters, context, feedback)

    def default_crs(self, parameters, context):
        """Code of CRS_DEFAUT, "" when it is not given."""
        crs, given = self.parameterAsCrs(parameters, "CRS_DEFAUT", context), parameters.get("CRS_DEFAUT")
        if isinstance(given, str) and given.strip() and not crs.isValid():
            raise QgsProcessingException(
                f"CRS_DEFAUT : « {given} » n'est pas une projection connue. Écrivez par exemple EPSG:2154."
            )
        return crs.authid() if crs.isValid() else ""

    def open_layers(self, parameters, context):
        """What must be done in the thread of the layers, before the work leaves it."""

    def work(self, parameters, context, feedback):
        """The work; may raise the exceptions of `gis`, `rules` and `checks`."""
        raise NotImplementedError


class PluParameter(QgsProcessingParameterFile):
    """A file or a folder: any file inside an archive folder means that folder."""

    def __init__(self, name, description):
        super().__init__(name, description, behavior=QgsProcessingParameterFile.Behavior.File)

    def clone(self):
        return PluParameter(self.name(), self.description())

    def checkValueIsAcceptable(self, value, context=None):
        """Folders are welcome too, which the parent class refuses."""
        return bool(value)


def given_path(text):
    """A path as pasted from a file explorer, quotes included; complete, so that the dossier tells where it was."""
    return Path(text.strip().strip('"')).expanduser().absolute()


@contextmanager
def french_failures(feedback):
    """Every failure ends in a QgsProcessingException that says what to do; a cancel too."""
    try:
        yield
    except QgsProcessingException:
        raise
    except Exception as failure:
        for error in failure.errors if isinstance(failure, InvalidRules) else ():
            feedback.reportError(str(error))
        raise QgsProcessingException(sentence(failure)) from failure


def progress_of(feedback):
    """The `Progress` that speaks to a Processing feedback. The bar never goes back."""

    highest = 0.0

    def report(fraction, text):
        nonlocal highest
        highest = max(highest, 100 * fraction)
        feedback.setProgress(highest)
        if text:
            feedback.setProgressText(text)

    return Progress(report, feedback.isCanceled)
