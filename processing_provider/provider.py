"""The provider `scotcompat` and the one list of its algorithms."""

from __future__ import annotations

from qgis.core import QgsProcessingProvider
from qgis.PyQt.QtGui import QIcon

from ..gis import dependencies
from .fiches import ALGORITHMS, ICON
from .unavailable import Unavailable


class ScotCompatProvider(QgsProcessingProvider):
    """Loads even without Shapely, PyYAML or jsonschema: the algorithms are then there, and say what is missing."""

    def id(self):
        return "scotcompat"

    def name(self):
        return "Compatibilité SCoT"

    def icon(self):
        return QIcon(str(ICON))

    def svgIconPath(self):
        return str(ICON)

    def loadAlgorithms(self):
        absent = dependencies.missing()
        for algorithm in _unavailable(dependencies.message(absent)) if absent else _available():
            self.addAlgorithm(algorithm)


def _available():
    # Imported here: these need Shapely and the others. A plain `import`, since QGIS forgets on reload only those.
    from .comparer_dossiers import ComparerDossiers
    from .controler_couches import ControlerCouches
    from .controler_plu import ControlerPlu
    from .lire_plu import LirePlu
    from .tester_regles import TesterRegles
    from .verifier_regles import VerifierRegles

    return [ControlerPlu(), ControlerCouches(), VerifierRegles(), TesterRegles(), ComparerDossiers(), LirePlu()]


def _unavailable(reason):
    return [Unavailable(name, fiche.titre, reason) for name, fiche in ALGORITHMS.items()]
