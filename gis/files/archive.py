"""A zip as downloaded, unpacked safely: only the parts that matter, never outside, never more than announced here."""

from __future__ import annotations

import re
import shutil
import tempfile
import zipfile
import zlib
from contextlib import contextmanager, suppress
from pathlib import Path, PurePosixPath
from typing import Iterator, List, Optional, Tuple

from ...checks.progress import Progress

MAX_MEMBERS = 50_000
MAX_BYTES = 4 * 1024**3
#: beyond this size and this ratio, a member is a bomb and no table
BOMB_BYTES, BOMB_RATIO = 50 * 1024**2, 200
_CHUNK = 1 << 20
#: what a PLU is read from: tables, their sidecars, the metadata; written pieces stay in the archive
NEEDED = frozenset(
    (
        ".shp",
        ".shx",
        ".dbf",
        ".prj",
        ".qpj",
        ".cpg",
        ".cst",
        ".tab",
        ".dat",
        ".map",
        ".id",
        ".ind",
        ".mif",
        ".mid",
        ".gml",
        ".xsd",
        ".geojson",
        ".json",
        ".gpkg",
        ".fgb",
        ".csv",
        ".xml",
    )
)


class ArchiveError(Exception):
    """The archive cannot be unpacked; the message is a French sentence."""


@contextmanager
def unpacked(path: Path, progress: Optional[Progress] = None) -> Iterator[Path]:
    """A temporary folder with the useful members of the zip `path`; written pieces stay in the archive.

    Raises ArchiveError, Cancelled. The folder is gone when the context ends.
    """
    folder = Path(tempfile.mkdtemp(prefix="scot_plu_"))
    try:
        _unpack(path, folder, progress or Progress())
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)  # a handle may linger on Windows: the system empties its own folder


def _unpack(path: Path, folder: Path, progress: Progress) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            members = _members(path, archive)
            written = 0
            for position, (info, name) in enumerate(members):
                progress.step(position / len(members))
                written = _extract(path, archive, info, folder / name, written, progress)
    except (zipfile.BadZipFile, zlib.error, EOFError) as error:
        raise ArchiveError(
            f"L'archive « {path.name} » est corrompue ou incomplète ({error}) : téléchargez-la à nouveau."
        ) from error
    except NotImplementedError as error:
        raise ArchiveError(
            f"L'archive « {path.name} » emploie une compression que Python ne sait pas lire : "
            "décompressez-la vous-même et donnez le dossier obtenu."
        ) from error
    except RuntimeError as error:  # the word zipfile has for a password
        raise ArchiveError(
            f"L'archive « {path.name} » est protégée par un mot de passe : "
            "décompressez-la vous-même et donnez le dossier obtenu."
        ) from error
    except OSError as error:
        raise ArchiveError(
            f"L'archive « {path.name} » ne peut pas être décompressée : {error.strerror or error}."
        ) from error


def _members(path: Path, archive: zipfile.ZipFile) -> List[Tuple[zipfile.ZipInfo, str]]:
    """The members to unpack with their safe relative name."""
    infos = [info for info in archive.infolist() if not info.is_dir()]
    if len(infos) > MAX_MEMBERS:
        raise ArchiveError(
            f"L'archive « {path.name} » compte {len(infos)} fichiers, plus que les {MAX_MEMBERS} admis : "
            "décompressez-la vous-même et donnez le dossier du PLU."
        )
    safe = [(info, _safe_name(path, info)) for info in infos]
    needed = [
        (info, name)
        for info, name in safe
        if PurePosixPath(name).suffix.lower() in NEEDED and not name.startswith("__MACOSX/")
    ]
    if not needed:
        raise ArchiveError(_nothing(path, [name for _, name in safe]))
    total = sum(info.file_size for info, _ in needed)
    if total > MAX_BYTES:
        raise ArchiveError(
            f"L'archive « {path.name} » occuperait {total / 1024**3:.1f} Go une fois ouverte, plus que les "
            f"{MAX_BYTES // 1024**3} Go admis : décompressez-la vous-même et donnez le dossier du PLU.".replace(
                ".", ",", 1
            )
        )
    return needed


def _nothing(path: Path, names: List[str]) -> str:
    inner = [name for name in names if name.lower().endswith(".zip")]
    if inner:
        return (
            f"L'archive « {path.name} » ne contient que d'autres archives ({', '.join(inner[:5])}) : "
            "décompressez-la et donnez celle du PLU."
        )
    held = f" ({', '.join(names[:5])}{'…' if len(names) > 5 else ''})" if names else ""
    return (
        f"L'archive « {path.name} » ne contient ni couche ni table{held} : ce n'est pas celle d'un PLU. "
        "Donnez le dossier ou l'archive .zip d'un PLU(i) au format CNIG."
    )


def _safe_name(path: Path, info: zipfile.ZipInfo) -> str:
    """The member's name below the folder. Raises ArchiveError for one that would leave it."""
    name = info.filename
    if not info.flag_bits & 0x800:  # zipfile read it as cp437, but many tools write UTF-8 without saying so
        with suppress(UnicodeEncodeError, UnicodeDecodeError):
            name = name.encode("cp437").decode("utf-8")
    name = name.replace("\\", "/")
    if name.startswith("/") or re.match(r"[A-Za-z]:", name) or ".." in name.split("/"):
        raise ArchiveError(
            f"L'archive « {path.name} » contient un fichier qui s'écrirait hors de son dossier (« {name} ») : "
            "elle n'est pas ouverte. Demandez une archive saine à qui vous l'a remise."
        )
    return "/".join(
        re.sub(r'[<>:"|?*\x00-\x1f]', "_", part).rstrip(" .") or "_"
        for part in name.split("/")
        if part not in ("", ".")
    )


def _extract(
    path: Path, archive: zipfile.ZipFile, info: zipfile.ZipInfo, target: Path, written: int, progress: Progress
) -> int:
    """Write one member; what counts is the bytes that come out, not what the archive says."""
    target.parent.mkdir(parents=True, exist_ok=True)
    size = 0
    with archive.open(info) as source, open(target, "wb") as out:
        while True:
            chunk = source.read(_CHUNK)
            if not chunk:
                return written + size
            size += len(chunk)
            bomb = size > BOMB_BYTES and size > BOMB_RATIO * max(info.compress_size, 1)
            if bomb or written + size > MAX_BYTES:
                raise ArchiveError(
                    f"L'archive « {path.name} » se dilate sans mesure (« {target.name} ») : elle n'est pas ouverte. "
                    "Décompressez-la vous-même et donnez le dossier du PLU."
                )
            out.write(chunk)
            progress.step(0.0)
