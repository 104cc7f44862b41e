"""The rows that a human adds to a dossier, written by SQLite: appended in one transaction, on the disk on return.

Not by OGR or QGIS: they wait 20 s when another program writes, and the window with them.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
import struct
from contextlib import closing
from dataclasses import asdict
from enum import Enum
from pathlib import Path
from typing import Any, List, Mapping, Optional, Sequence, Tuple

import shapely

from ..geopackages.dossier_schema import APPRECIATIONS, CONSTATS_LIBRES, CONTROLE, LATER_COLUMNS, Table
from ..geopackages.geopackage import GEOMETRY_COLUMN, gpkg_wkb, in_french, read_columns, read_raw
from ..values import check_values, quoted
from .decisions import Appraisal, Decision, FreeFinding, Refused, Suite

#: seconds to wait for another program that writes; the interface waits too
_PATIENCE = 1.0
#: GeoPackage geometry: magic, version 0, little endian without envelope, projection
_HEADER = struct.Struct("<2sBBi")
#: functions that the triggers of a spatial index call, which GDAL has and SQLite has not
_BOUNDS = {"ST_MinX": 0, "ST_MinY": 1, "ST_MaxX": 2, "ST_MaxY": 3}


class Store:
    """The tables of appraisals of one dossier, as they were when it was opened."""

    def __init__(self, path: Path) -> None:
        """Raises GeoPackageError."""
        self.path = path
        runs = read_columns(path, CONTROLE.name)
        self.run = runs[0].get("id") if runs else None
        rows = read_columns(path, APPRECIATIONS.name)
        free = read_raw(path, CONSTATS_LIBRES.name)
        self.appraisals = tuple(_appraisal(row) for row in rows)
        self.free = tuple(_free(row) for row in free)
        self._known = {APPRECIATIONS.name: len(rows), CONSTATS_LIBRES.name: len(free)}

    @property
    def writable(self) -> bool:
        """Whether the file itself may be written; that of a dossier that is gone is told when one writes."""
        try:
            marked = bool(self.path.stat().st_mode & 0o222)
        except OSError:
            return True
        return marked and os.access(self.path, os.W_OK)

    def add_appraisals(self, appraisals: Sequence[Appraisal]) -> None:
        """All of them or none. Raises Refused."""
        self.add(appraisals, ())

    def add_free(self, finding: FreeFinding) -> None:
        """Raises Refused."""
        self.add((), (finding,))

    def add(self, appraisals: Sequence[Appraisal], free: Sequence[FreeFinding]) -> None:
        """All of both or none. Raises Refused."""
        added = {APPRECIATIONS: appraisals, CONSTATS_LIBRES: free}
        self._add({table: [_plain(asdict(one)) for one in several] for table, several in added.items() if several})

    def _add(self, added: Mapping[Table, List[dict]]) -> None:
        try:
            with closing(self._connection()) as connection:
                connection.execute("BEGIN IMMEDIATE")
                self._check_same(connection)
                for table, rows in added.items():
                    _append(connection, table, rows)
                connection.execute("COMMIT")
        except (sqlite3.Error, OSError) as error:
            raise Refused(_why(self.path, error)) from error
        for table, rows in added.items():
            self._known[table.name] += len(rows)

    def _connection(self) -> sqlite3.Connection:
        if not self.path.is_file():  # SQLite would create it, empty
            raise FileNotFoundError(self.path)
        connection = sqlite3.connect(str(self.path), timeout=_PATIENCE, isolation_level=None)
        connection.execute("PRAGMA synchronous = EXTRA")  # on the disk, the end of the journal too
        connection.create_function("ST_IsEmpty", 1, lambda blob: _bounds(blob) is None)
        for name, position in _BOUNDS.items():
            connection.create_function(name, 1, lambda blob, at=position: (_bounds(blob) or (None,) * 4)[at])
        return connection

    def _check_same(self, connection: sqlite3.Connection) -> None:
        """Nobody wrote since it was read: what is decided was decided on what is seen."""
        run = connection.execute("SELECT id FROM controle ORDER BY rowid LIMIT 1").fetchone()
        if run is None or run[0] != self.run:
            raise Refused(remade(self.path))
        for name, known in self._known.items():
            (count,) = connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()  # nosec B608
            if count != known:
                raise Refused(
                    f"Quelqu'un a ajouté une appréciation au dossier « {self.path.name} » depuis son ouverture : "
                    "rouvrez-le pour la lire, puis recommencez."
                )


def remade(path: Path) -> str:
    return f"Le dossier « {path.name} » a été refait depuis son ouverture : rouvrez-le."


def _appraisal(row: dict) -> Appraisal:
    """Raises ValueError on a decision that this version does not know, or a value of another type."""
    known = _known(Appraisal, row)
    known["decision"] = _word(Decision, "décision", row.get("decision") or Decision.EN_ATTENTE.value)
    known["suite"] = _word(Suite, "suite", row.get("suite") or Suite.AUCUNE.value)
    return Appraisal(**{"cle": "", **known})


def _free(row: dict) -> FreeFinding:
    """Raises ValueError on a value of another type."""
    blob = row.get(GEOMETRY_COLUMN)
    known = {"texte": "", **_known(FreeFinding, row), "wkb": gpkg_wkb(blob) if blob is not None else None}
    return FreeFinding(**{**known, "cle": known.get("cle") or _key(known)})


def _key(finding: dict) -> str:
    """For a row typed in the table of the layer, without a key: the same whenever it is read, and wherever."""
    said = [str(finding.get(name, "")) for name in ("texte", "prescription", "auteur", "date")]
    return hashlib.sha256("\n".join(said).encode() + (finding["wkb"] or b"")).hexdigest()[:32]


def _known(kind: Any, row: dict) -> dict:
    known = {name: row[name] for name in kind.__dataclass_fields__ if row.get(name) is not None}
    for name, value in known.items():
        check_values(kind, name, (value,))
    return known


def _word(words: Any, what: str, value: Any) -> Any:
    try:
        return words(value)
    except ValueError:
        raise ValueError(f"{what} : {quoted(value)}") from None


def _plain(row: dict) -> dict:
    return {name: _written(value) for name, value in row.items()}


def _written(value: Any) -> Any:
    """A lone surrogate (a name read in the wrong encoding) is not UTF-8: SQLite refuses it."""
    if isinstance(value, Enum):
        return value.value
    return value.encode("utf-8", "replace").decode("utf-8") if isinstance(value, str) else value


def _append(connection: sqlite3.Connection, table: Table, rows: List[dict]) -> None:
    present = {row[0] for row in connection.execute("SELECT name FROM pragma_table_info(?)", [table.name])}
    lost = [name for name in table.names if name not in present and name not in LATER_COLUMNS.get(table.name, ())]
    if lost:
        raise sqlite3.DatabaseError(f"il manque {', '.join(lost)} dans sa table {table.name}")
    if table.geometry:
        rows = [_with_geometry(connection, table.name, row) for row in rows]
    for row in rows:
        _insert(connection, table.name, {name: row[name] for name in row if name in present})


def _insert(connection: sqlite3.Connection, table: str, row: dict) -> None:
    names = ", ".join(f'"{name}"' for name in row)
    marks = ", ".join("?" * len(row))
    connection.execute(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', list(row.values()))  # nosec B608


def _with_geometry(connection: sqlite3.Connection, table: str, row: dict) -> dict:
    """Its WKB as a GeoPackage keeps it, and the extent of the table widened to it."""
    wkb = row.pop("wkb")
    if wkb is None:
        return row
    declared = connection.execute("SELECT srs_id FROM gpkg_geometry_columns WHERE table_name = ?", [table]).fetchone()
    if declared is None:
        raise sqlite3.DatabaseError(f"sa table {table} n'est plus déclarée, le lieu ne peut pas y être écrit")
    blob = _HEADER.pack(b"GP", 0, 1, declared[0]) + wkb
    bounds = _bounds(blob)
    if bounds is not None:
        connection.execute(
            "UPDATE gpkg_contents SET min_x = min(min_x, ?), min_y = min(min_y, ?), max_x = max(max_x, ?), "
            "max_y = max(max_y, ?) WHERE table_name = ? AND min_x IS NOT NULL",
            [*bounds, table],
        )
    return {**row, GEOMETRY_COLUMN: blob}


def _bounds(blob: Optional[bytes]) -> Optional[Tuple[float, ...]]:
    if blob is None:
        return None
    geometry: Any = shapely.from_wkb(gpkg_wkb(blob))
    return None if shapely.is_empty(geometry) else tuple(float(value) for value in shapely.bounds(geometry))


def _why(path: Path, error: Exception) -> str:
    said = str(error)
    if isinstance(error, FileNotFoundError):
        return (
            f"Le dossier « {path} » n'est plus là : rien n'a été enregistré. Remettez-le à sa place, puis recommencez."
        )
    if "locked" in said:
        return (
            f"Le dossier « {path.name} » est occupé par un autre logiciel : rien n'a été enregistré. "
            "Attendez un instant, puis recommencez."
        )
    if "readonly" in said or "read-only" in said or "unable to open" in said or isinstance(error, PermissionError):
        return f"Le dossier « {path.name} » est en lecture seule : rien n'a été enregistré. Copiez-le ailleurs."
    if "full" in said:
        return f"Le disque est plein : rien n'a été enregistré. Libérez de la place dans {path.parent}."
    return f"Rien n'a été enregistré dans « {path.name} » : {in_french(said)}."
