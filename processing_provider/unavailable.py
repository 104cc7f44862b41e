"""An algorithm that stands in for a real one while a Python library is missing, and says how to get it."""

from __future__ import annotations

from qgis.core import QgsProcessingAlgorithm, QgsProcessingException


class Unavailable(QgsProcessingAlgorithm):
    """Keeps its place in the toolbox, in models and in scripts; refuses to run, with the remedy."""

    def __init__(self, name, titre, reason):
        super().__init__()
        self._name, self._titre, self._reason = name, titre, reason

    def name(self):
        return self._name

    def displayName(self):
        return self._titre

    def shortHelpString(self):
        return self._reason

    def createInstance(self):
        return Unavailable(self._name, self._titre, self._reason)

    def initAlgorithm(self, configuration=None):
        """No parameter: nothing can be asked while it cannot run."""

    def canExecute(self):
        return False, self._reason

    def processAlgorithm(self, parameters, context, feedback):
        raise QgsProcessingException(self._reason)
