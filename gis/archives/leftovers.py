"""What an archive holds beside its tables and is not read: said, never dropped in silence."""

from __future__ import annotations

from pathlib import Path
from typing import Container, Iterator, Sequence

from ...checks.wording import names as enumerate_names
from ...checks.wording import plural
from ..files import formats as files
from ..files.sources import layer_names
from . import names


def of_folder(paths: Sequence[Path], root: Path, read: Container[Path]) -> Iterator[str]:
    """French limits for the files of the archive `root` that are no table of the standard."""
    dressing = set()
    strangers = []
    for path in paths:
        said, suffix = names.parse(path.stem), path.suffix.lower()
        if suffix not in files.FORMATS or path in read or not _of_archive(path, root) or files.belongs(path):
            continue
        if said is None and "titres_pieces" not in path.name.lower():
            strangers.append(path.name)
        elif said is not None and said.table.startswith("HABILLAGE"):
            dressing.add(said.table)
    if dressing:
        yield f"{', '.join(sorted(dressing))} : habillage de la carte, sans effet sur les contrôles, non lu."
    if strangers:
        yield f"{plural(len(strangers), 'fichier')} {_unread(strangers, 'lu')}"


def of_geopackage(path: Path, read: Container[str]) -> Iterator[str]:
    """French limit for the layers of a GeoPackage that are no table of the standard. Raises SourceError."""
    others = [name for name in layer_names(path) if name not in read and name != "layer_styles"]
    if others:
        yield f"{plural(len(others), 'couche')} de {path.name} {_unread(others, 'lue')}"


def _unread(what: Sequence[str], word: str) -> str:
    return f"au nom hors standard CNIG, non {word}{'s' if len(what) > 1 else ''} : {enumerate_names(what, 8)}."


def _of_archive(path: Path, root: Path) -> bool:
    try:
        inner = path.relative_to(root).parts
    except ValueError:
        return False
    return len(inner) == 1 or files.is_part(inner[0])
