"""The files of a PLU archive: formats of a table, folders of the standard, a walk that cannot get lost."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Iterator, List

from ...checks.plu import PluError
from . import sidecars

#: formats of a table, the preferred first: those that carry their encoding and projection before those that may not
FORMATS = (".gpkg", ".shp", ".tab", ".fgb", ".gml", ".geojson", ".json", ".mif", ".dbf", ".csv")
#: those of a layer, with shapes
LAYERS = tuple(suffix for suffix in FORMATS if suffix not in (".dbf", ".csv"))
GEODATA = ("donnees_geographiques", "données_géographiques", "donnees_geo")
#: how the sub-folders of an archive begin
PARTS = ("donnees", "données", "pieces", "pièces")
_DEPTH, _ENTRIES = 6, 100_000


def walk(folder: Path, alone: bool) -> Iterator[Path]:
    """Files under a folder, in a stable order, hidden ones aside; `alone`: without the sub-folders of no archive.

    Raises PluError when there are too many, or one cannot be listed.
    """
    count, base = 0, len(folder.parts)
    for place, folders, files in os.walk(folder, onerror=_unreadable):
        folders[:] = sorted(name for name in folders if not name.startswith((".", "__MACOSX")))
        if len(Path(place).parts) - base >= _DEPTH:
            folders[:] = []
        elif alone and Path(place) == folder:
            folders[:] = [name for name in folders if is_part(name)]
        for name in sorted(files):
            if not name.startswith("."):
                count += 1
                if count > _ENTRIES:
                    raise PluError(
                        f"Le dossier « {folder.name} » contient plus de {_ENTRIES} fichiers : "
                        "donnez celui d'un seul PLU."
                    )
                yield Path(place) / name


def root_of(path: Path) -> Path:
    """The archive folder that a table belongs to: the one above Donnees_geographiques, else its own."""
    for folder in path.parents:
        if folder.name.lower() in GEODATA:
            return folder.parent
    return path.parent


def near(folder: Path) -> Iterator[Path]:
    """The files of an archive folder that may be its tables: its own and those of Donnees_geographiques."""
    for name in listing(folder):
        yield folder / name
    for place in geodata(folder):
        yield from walk(place, alone=False)


def is_part(name: str) -> bool:
    return name.lower().startswith(PARTS)


def geodata(folder: Path) -> List[Path]:
    return [folder / name for name in listing(folder) if name.lower() in GEODATA]


def listing(folder: Path) -> List[str]:
    """The names in a folder, none when it cannot be listed."""
    try:
        return sorted(os.listdir(folder)) if folder.is_dir() else []
    except OSError:
        return []


def belongs(path: Path) -> bool:
    """True for a .dbf that holds the attributes of a .shp or .tab beside it."""
    return path.suffix.lower() == ".dbf" and any(sidecars.part(path, suffix) for suffix in (".shp", ".tab"))


def _unreadable(error: OSError) -> None:
    raise PluError(
        f"Le dossier « {error.filename} » ne peut pas être lu ({error.strerror}) : vérifiez vos droits d'accès."
    ) from error
