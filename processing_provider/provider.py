"""The provider `scotcompat` and the one list of its algorithms."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from qgis.core import QgsProcessingProvider
from qgis.PyQt.QtGui import QIcon

from ..gis import dependencies
from .unavailable import Unavailable

ICON = Path(__file__).resolve().parent.parent / "resources" / "icons" / "scot_compat.svg"


@dataclass(frozen=True)
class Fiche:
    """How an algorithm is announced in the toolbox and in the menu, known without importing it."""

    titre: str
    resume: str


ALGORITHMS = {
    "controler_plu": Fiche("Contrôler un PLU", "Confronte un PLU(i) aux prescriptions du DOO et écrit le dossier."),
    "controler_couches": Fiche("Contrôler des couches", "Le même contrôle, à partir des couches du projet."),
    "verifier_regles": Fiche("Vérifier un fichier de règles", "Toutes les erreurs, et chaque règle lue à voix haute."),
    "lire_plu": Fiche("Lire un PLU", "Un PLU(i) publié devient un GeoPackage normalisé, avec ses limites."),
}


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
    from .controler_couches import ControlerCouches
    from .controler_plu import ControlerPlu
    from .lire_plu import LirePlu
    from .verifier_regles import VerifierRegles

    return [ControlerPlu(), ControlerCouches(), VerifierRegles(), LirePlu()]


def _unavailable(reason):
    return [Unavailable(name, fiche.titre, reason) for name, fiche in ALGORITHMS.items()]
