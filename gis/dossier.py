"""The dossier: one GeoPackage per control, built beside its place, then renamed over it."""

from __future__ import annotations

import errno
import os
import uuid
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from ..checks.base import Result
from ..checks.layers import Layer, Source, objects
from ..checks.plu import Plu
from ..checks.progress import Progress
from ..rules.model import RuleSet
from . import styles
from .geopackages import dossier_rows as rows
from .geopackages.dossier_schema import (
    CARRIED,
    CONSTATS,
    CONTROLE,
    EXCEPTIONS,
    PRESCRIPTIONS,
    SOURCES,
    ZONES,
    Table,
    is_dossier,
)
from .geopackages.geopackage import GEOMETRY_COLUMN, GeoPackage, GeoPackageError, is_foreign, read_table, table_names
from .geopackages.scot_copies import copies
from .instruction.lock import Lock

#: how often to start again when someone appraises in the former dossier at the same moment
_ATTEMPTS = 5
_SIDECARS = ("-journal", "-wal", "-shm")


class DossierError(Exception):
    """The dossier could not be written; the message is a French sentence that says what to do."""


def write(
    path: str | Path,
    result: Result,
    rules: RuleSet,
    plu: Plu,
    layers: Mapping[str, Layer],
    tables: Mapping[str, Layer],
    *,
    parametres: Mapping[str, Any],
    date: datetime,
    sources: Iterable[Source] = (),
    progress: Progress | None = None,
) -> None:
    """Write the dossier of a control, with the appraisals of the dossier that it replaces.

    `layers`, `tables`: what was read for the rules, by name; `sources`: further rows of the table `sources` (layers
    sought and not found…); `date`: of the run, UTC. Raises DossierError, Cancelled; the former dossier is
    then as it was.
    """
    target = check_target(Path(path))
    lock = Lock(target)
    refusal = lock.take()
    if refusal and lock.elsewhere:  # any other reason is told by the write itself
        raise DossierError(refusal)
    try:
        for _ in range(_ATTEMPTS):
            if _attempt(target, result, rules, plu, layers, tables, parametres, date, sources, progress):
                return
    except (OSError, GeoPackageError) as error:
        raise DossierError(_failure(target, error)) from error
    finally:
        lock.release()
    raise DossierError(f"Le dossier « {target.name} » est sans cesse modifié : laissez-le en repos, puis recommencez.")


def check_target(path: Path) -> Path:
    """Where to write, once it is sure that nothing foreign is lost there."""
    path = path.resolve() if path.is_symlink() else path.absolute()
    if path.is_dir():
        raise DossierError(f"« {path} » est un dossier du disque : indiquez un nom de fichier, qui finit par .gpkg.")
    if path.suffix.lower() != ".gpkg":
        raise DossierError(f"Le nom du dossier de résultat doit finir par .gpkg : « {path.name} ».")
    if not path.parent.is_dir():
        raise DossierError(f"Le répertoire « {path.parent} » n'existe pas : créez-le ou choisissez-en un autre.")
    if not os.access(path.parent, os.W_OK):
        raise DossierError(f"Le répertoire « {path.parent} » est en lecture seule : choisissez-en un autre.")
    if path.exists():
        if not path.stat().st_mode & 0o222:
            raise DossierError(f"Le dossier « {path.name} » est en lecture seule : il n'a pas été remplacé.")
        _refuse_in_use(path)
        _refuse_stranger(path)
    return path


def _refuse_in_use(path: Path) -> None:
    """Renaming over a GeoPackage that has a journal beside it destroys it."""
    for suffix in ("-wal", "-journal"):
        if path.with_name(path.name + suffix).exists():
            raise DossierError(
                f"Le dossier « {path.name} » est en cours de modification (présence de {path.name}{suffix}). "
                "Enregistrez ou abandonnez les modifications de ses couches et fermez les logiciels qui l'utilisent ; "
                "s'il n'y en a aucun, ouvrez puis fermez ce dossier dans QGIS. Puis recommencez."
            )


def _refuse_stranger(path: Path) -> None:
    try:
        present = set(table_names(path))
    except GeoPackageError as error:
        if not is_foreign(error):
            raise DossierError(_failure(path, error)) from error
        present = set()
    if not is_dossier(present):
        raise DossierError(
            f"Le fichier « {path.name} » existe déjà et n'est pas un dossier de Compatibilité SCoT : "
            "il n'a pas été remplacé. Choisissez un autre nom."
        )


def _attempt(target: Path, *given: Any) -> bool:
    """Build beside, with the appraisals as they are now, then rename; False when they changed meanwhile."""
    temporary = target.with_name(f".scot_compat-{uuid.uuid4().hex}.gpkg")
    try:
        stamp = _stamp(target)
        _build(temporary, target, *given)
        _refuse_in_use(target)
        if _stamp(target) != stamp:
            return False
        os.replace(temporary, target)
        return True
    finally:
        for suffix in ("", *_SIDECARS):
            temporary.with_name(temporary.name + suffix).unlink(missing_ok=True)


def _stamp(path: Path) -> tuple[int, int] | None:
    """What changes when someone writes in the file, None when there is none."""
    try:
        state = path.stat()
    except FileNotFoundError:
        return None
    return state.st_mtime_ns, state.st_size


def _build(
    temporary: Path,
    target: Path,
    result: Result,
    rules: RuleSet,
    plu: Plu,
    layers: Mapping[str, Layer],
    tables: Mapping[str, Layer],
    parametres: Mapping[str, Any],
    date: datetime,
    sources: Iterable[Source],
    progress: Progress | None,
) -> None:
    found = [constat for answer in result.answers for constat in answer.constats]
    gpkg = GeoPackage(temporary, plu.crs, progress)
    try:
        gpkg.add(CONTROLE, [rows.controle(result, rules, plu, parametres, date)])
        gpkg.add(SOURCES, rows.sources(rules, plu, layers, tables, sources))
        gpkg.add(PRESCRIPTIONS, rows.prescriptions(result, rules))
        gpkg.add(CONSTATS, rows.constats(found))
        for table, lines, geometries in rows.ecarts(found, progress):
            gpkg.add(table, lines, geometries)
        for table, lines, geometries in rows.reperes(found):
            gpkg.add(table, lines, geometries)
        gpkg.add(ZONES, *rows.zones(plu, result.insee))
        for table in CARRIED:
            gpkg.add(table, *_carried(target, table))
        gpkg.add(EXCEPTIONS, rows.exceptions(result))
        kept: list[tuple[Table, str]] = []
        for table, lines, geometries, style in copies(rules, plu, layers):
            gpkg.add(table, lines, geometries)
            kept.append((table, style))
        gpkg.add(styles.LAYER_STYLES, styles.rows(kept), fid="id")
        gpkg.close()
    finally:
        gpkg.abandon()


def _carried(target: Path, table: Table) -> tuple[list[tuple[Any, ...]], Any]:
    """What a human wrote in the former dossier: rows, and geometries where the table has some."""
    former = read_table(target, table.name) if target.exists() else []
    known = {*table.names, "fid", GEOMETRY_COLUMN}
    lost = sorted({name for row in former for name, value in row.items() if name not in known and value is not None})
    if lost:
        raise DossierError(
            f"Le dossier « {target.name} » contient des appréciations que cette version ne sait pas reprendre (table "
            f"{table.name}, champs : {', '.join(lost)}). Mettez l'extension à jour, ou écrivez le résultat "
            "sous un autre nom."
        )
    geometries = objects([row.get(GEOMETRY_COLUMN) for row in former]) if table.geometry else None
    return [tuple(row.get(name) for name in table.names) for row in former], geometries


def _failure(target: Path, error: Exception) -> str:
    """A sentence for what the system, GDAL or SQLite said."""
    said = str(error)
    if isinstance(error, OSError) and error.errno == errno.ENOSPC or "is full" in said:
        return (
            f"Le disque est plein : le dossier « {target.name} » n'a pas été écrit. "
            f"Libérez de la place dans {target.parent}."
        )
    if "locked" in said:
        return (
            f"Le dossier « {target.name} » est occupé par un autre logiciel, ou ses couches sont en cours de "
            "modification. Fermez-le, puis recommencez."
        )
    if isinstance(error, PermissionError):
        return (
            f"Le dossier « {target.name} » n'a pas pu être remplacé : fermez les logiciels qui l'utilisent et "
            f"vérifiez que vous avez le droit d'écrire dans {target.parent}."
        )
    return f"Le dossier « {target.name} » n'a pas pu être écrit dans {target.parent} : {said}"
