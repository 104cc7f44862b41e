"""What stopped a piece of work, as one French sentence that says what to do, for the algorithms and the dock."""

from __future__ import annotations

import traceback
from pathlib import Path

from ..checks.plu import PluError
from ..checks.progress import Cancelled
from ..rules.errors import InvalidRules
from .dossier import DossierError
from .files.sources import SourceError
from .geopackages.geopackage import GeoPackageError


def sentence(failure: BaseException) -> str:
    """The sentence for a failure of `gis`, `rules` or `checks`; any other is an internal error, told as such."""
    if isinstance(failure, InvalidRules):
        count = len(failure.errors)
        said = f"Le fichier de règles comporte {count} erreur{'s' if count > 1 else ''} : {failure.errors[0]}"
        return said + ("… (la suite est dans le journal). Corrigez-les, puis recommencez." if count > 1 else "")
    if isinstance(failure, (PluError, SourceError, DossierError, GeoPackageError)):
        return str(failure)
    if isinstance(failure, Cancelled):
        return "Traitement annulé : rien n'a été écrit."
    if isinstance(failure, MemoryError):
        return "La mémoire de l'ordinateur ne suffit pas : fermez d'autres logiciels, puis recommencez."
    return _crash(failure)


def _crash(crash: BaseException) -> str:
    frames = traceback.extract_tb(crash.__traceback__)
    where = f" ({Path(frames[-1].filename).name}, ligne {frames[-1].lineno})" if frames else ""
    said = f"{type(crash).__name__} : {' '.join(str(crash).split())}"  # one line in the message bar
    return f"Erreur interne : {said}{where}. Signalez ce message à qui maintient l'extension."
