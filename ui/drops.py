"""What a file dropped on the plugin is: a PLU, a rule file, or the dossier of a control."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from qgis.PyQt.QtCore import QMimeData

from ..gis.archives.finder import FORMATS
from ..gis.dossier import DossierError
from ..gis.dossier_results import check_dossier

RULES = (".yaml", ".yml")
PLU = (".zip", *FORMATS)


@dataclass(frozen=True)
class Dropped:
    """Paths, "" for what was not dropped."""

    plu: str = ""
    regles: str = ""
    dossier: str = ""

    def __bool__(self) -> bool:
        return bool(self.plu or self.regles or self.dossier)


def accepts(mime: QMimeData) -> bool:
    """Whether there may be something to take, told by the names alone: nothing is opened while the mouse moves."""
    paths = [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]
    return any(path.suffix.lower() in (*RULES, *PLU) or path.is_dir() for path in paths)


def read(mime: QMimeData) -> Dropped:
    """The last file of each sort; layers of the project and other things are none."""
    plu = regles = dossier = ""
    for url in mime.urls():
        path = Path(url.toLocalFile())
        if not url.isLocalFile():
            continue
        if path.suffix.lower() in RULES:
            regles = str(path)
        elif path.suffix.lower() == ".gpkg" and _is_dossier(path):
            dossier = str(path)
        elif path.is_dir() or path.suffix.lower() in PLU:
            plu = str(path)
    return Dropped(plu, regles, dossier)


def _is_dossier(path: Path) -> bool:
    try:
        check_dossier(path)
    except DossierError:
        return False
    return True
