"""GeoPackages that the algorithms write besides dossiers: built beside, then renamed; nothing foreign is replaced."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import Callable, Collection, Optional

from ..checks.progress import Progress
from .dossier import DossierError
from .geopackages.geopackage import GeoPackage, GeoPackageError, table_names


def check_target(path: Path, tables: Collection[str], what: str) -> None:
    """Make sure that only an output of this kind is replaced: one that has these tables. `what`: its French name.

    Raises DossierError.
    """
    if path.suffix.lower() != ".gpkg" or not path.parent.is_dir() or not os.access(path.parent, os.W_OK):
        raise DossierError(f"Impossible d'écrire « {path} » : indiquez un nom en .gpkg dans un répertoire accessible.")
    if any(path.with_name(path.name + suffix).exists() for suffix in ("-wal", "-journal")):
        raise DossierError(f"« {path} » est en cours de modification : fermez les logiciels qui l'utilisent.")
    if path.exists() and not _has(path, tables):
        raise DossierError(
            f"« {path} » existe déjà et n'est pas {what} par cette extension : il n'a pas été remplacé. "
            "Choisissez un autre nom."
        )


def write(path: Path, crs: str, fill: Callable[[GeoPackage], None], progress: Optional[Progress] = None) -> None:
    """Write what `fill` adds. Raises DossierError, Cancelled; what was there is then as it was."""
    try:
        with tempfile.TemporaryDirectory(dir=path.parent, prefix=".scot_compat_") as folder:
            built = Path(folder) / path.name
            gpkg = GeoPackage(built, crs, progress)
            try:
                fill(gpkg)
                gpkg.close()
            finally:
                gpkg.abandon()
            os.replace(built, path)
    except (OSError, GeoPackageError) as error:
        raise DossierError(f"Impossible d'écrire « {path} » : {error}.") from error


def _has(path: Path, tables: Collection[str]) -> bool:
    try:
        return set(tables) <= set(table_names(path))
    except GeoPackageError:
        return False
