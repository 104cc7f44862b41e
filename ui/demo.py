"""The demonstration territory, copied where the user may write: an installation may be read-only."""

from __future__ import annotations

import filecmp
import shutil
import tempfile
from pathlib import Path

from qgis.core import QgsApplication

from ..gis.choices import Choices

SHIPPED = Path(__file__).resolve().parent.parent / "resources" / "demo"
#: the years that the fictitious PLUi plans for: the rules with a yearly figure need them
HORIZON = "2024-2036"
_DATA = (".yaml", ".gpkg", ".csv", ".zip", ".md", ".xml")


def prepare(shipped: Path = SHIPPED, home: "Path | None" = None) -> Choices:
    """A fresh copy, and the choices that control it. `home`: where to copy, the QGIS profile when not given."""
    place = _copied(shipped, home or Path(QgsApplication.qgisSettingsDirPath()) / "scot_compat")
    (shipped_plu,) = (shipped / "plu").glob("*.zip")
    return Choices(
        plu=str(place / "plu" / shipped_plu.name),
        regles=str(place / "regles.yaml"),
        dossier=str(place / "Démonstration - compatibilité SCoT.gpkg"),
        horizon=HORIZON,
    )


def _copied(shipped: Path, home: Path) -> Path:
    """The files alone: with the modes of a read-only installation the copy could not be written either."""
    try:
        place = home / "demonstration"
        _copy(shipped, place)
    except OSError:
        place = Path(tempfile.gettempdir()) / "scot_compat_demonstration"
        _copy(shipped, place)
    return place


def _copy(shipped: Path, place: Path) -> None:
    for source in sorted(shipped.rglob("*")):
        if source.suffix.lower() in _DATA and source.is_file():
            target = place / source.relative_to(shipped)
            target.parent.mkdir(parents=True, exist_ok=True)
            if not (target.is_file() and filecmp.cmp(source, target, shallow=False)):  # it may be in use
                shutil.copyfile(source, target)
