"""What the algorithms share: names, French help, progress by the clock, and failures as one sentence."""

from __future__ import annotations

from contextlib import contextmanager

from qgis.core import QgsProcessingAlgorithm, QgsProcessingException, QgsProcessingParameterFile
from qgis.PyQt.QtGui import QIcon

from ..checks.plu import PluError
from ..checks.progress import Cancelled, Progress
from ..gis.dossier import DossierError
from ..gis.geopackage import GeoPackageError
from ..gis.sources import SourceError
from ..rules.errors import InvalidRules
from .fiches import ALGORITHMS, ICON


class ScotAlgorithm(QgsProcessingAlgorithm):
    """Base of the algorithms. A subclass gives `NAME`, `HELP` (HTML, in French) and does its work in `run`."""

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

    def processAlgorithm(self, parameters, context, feedback):
        with french_failures(feedback):
            return self.run(parameters, context, feedback)

    def run(self, parameters, context, feedback):
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


@contextmanager
def french_failures(feedback):
    """Known failures end in a QgsProcessingException that says what to do; a cancel too."""
    try:
        yield
    except InvalidRules as invalid:
        for error in invalid.errors:
            feedback.reportError(str(error))
        count = len(invalid.errors)
        plural = "s" if count > 1 else ""
        raise QgsProcessingException(
            f"Le fichier de règles comporte {count} erreur{plural} : {invalid.errors[0]}"
            + ("… (la suite est dans le journal). Corrigez-les, puis recommencez." if count > 1 else "")
        ) from invalid
    except (PluError, SourceError, DossierError, GeoPackageError) as failure:
        raise QgsProcessingException(str(failure)) from failure
    except Cancelled as cancelled:
        raise QgsProcessingException("Traitement annulé : rien n'a été écrit.") from cancelled


def progress_of(feedback):
    """The `Progress` that speaks to a Processing feedback."""

    def report(fraction, text):
        feedback.setProgress(100 * fraction)
        if text:
            feedback.setProgressText(text)

    return Progress(report, feedback.isCanceled)
