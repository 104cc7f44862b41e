"""Writing a GeoPackage by OGR, all of it in one transaction, and reading a table back.

Errors of OGR are asked for after each call: switching its exceptions on would change every other plugin of the process.
"""

from __future__ import annotations

import math
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import shapely
from osgeo import gdal, ogr, osr

from ...checks.chunks import to_wkb
from ...checks.progress import Progress
from .dossier_schema import INTEGER, REAL, TEXT, Table

BOOLEAN, DATETIME = "boolean", "datetime"  # of `layer_styles` only
_FIELD_TYPES = {
    TEXT: ogr.OFTString,
    REAL: ogr.OFTReal,
    INTEGER: ogr.OFTInteger64,
    BOOLEAN: ogr.OFTInteger,
    DATETIME: ogr.OFTDateTime,
}
_GEOMETRY_TYPES = {
    "": ogr.wkbNone,
    "GEOMETRY": ogr.wkbUnknown,
    "MULTIPOLYGON": ogr.wkbMultiPolygon,
    "MULTILINESTRING": ogr.wkbMultiLineString,
    "MULTIPOINT": ogr.wkbMultiPoint,
}
GEOMETRY_COLUMN = "geom"
#: values that SQLite takes in one query
_MOST_BOUND = 900
#: seconds to wait for another program that writes: some readings are made while the interface waits
_PATIENCE = 1.0


class GeoPackageError(Exception):
    """OGR or SQLite refused; the message is theirs."""


def is_foreign(error: GeoPackageError) -> bool:
    """Whether what SQLite says means that the file never was a GeoPackage; else it is one that cannot be read now."""
    return any(said in str(error) for said in ("not a database", "no such table"))


def in_french(said: str) -> str:
    """What SQLite says of a file that cannot be read, to go into a sentence; as it is when it is rarer."""
    if said.startswith(_NO_TABLE):
        return f"il y manque la table {said[len(_NO_TABLE) :]}"
    return next((french for english, french in _SAID.items() if english in said), said)


_NO_TABLE = "no such table: "
_SAID = {"malformed": "fichier tronqué ou abîmé", "not a database": "le fichier n'est plus un GeoPackage"}


class GeoPackage:
    """A new file, in use until `close`. Nothing is in it before `close` returns."""

    def __init__(self, path: Path, crs: str, progress: Progress | None = None) -> None:
        """Raises GeoPackageError, also when `crs` ("EPSG:2154") is unknown to PROJ. `progress` may cancel a write."""
        self._progress = progress or Progress()
        with _errors():
            self._srs = osr.SpatialReference()
            _expect(self._srs.SetFromUserInput(crs) == ogr.OGRERR_NONE)
            self._dataset = gdal.GetDriverByName("GPKG").Create(str(path), 0, 0, 0, gdal.GDT_Unknown)
            _expect(self._dataset is not None)
            _expect(self._dataset.StartTransaction() == ogr.OGRERR_NONE)

    def add(self, table: Table, rows: Iterable[Sequence[Any]], geometries: Any | None = None, fid: str = "fid") -> None:
        """One table: rows in the order of its columns, `geometries` a (n,) array, None where there is none."""
        with _errors():
            layer = self._create(table, fid)
            setters = [_SETTERS[column.type] for column in table.columns]
            wkbs = None if geometries is None else to_wkb(geometries)
            definition = layer.GetLayerDefn()
            for position, row in enumerate(rows):
                feature = ogr.Feature(definition)
                for index, (setter, value) in enumerate(zip(setters, row)):
                    if value is not None:
                        setter(feature, index, value)
                if wkbs is not None and wkbs[position] is not None:
                    feature.SetGeometryDirectly(ogr.CreateGeometryFromWkb(wkbs[position]))
                _expect(layer.CreateFeature(feature) == ogr.OGRERR_NONE)
                self._progress.step(0.0)

    def _create(self, table: Table, fid: str) -> Any:
        srs = self._srs if table.geometry else None
        options = [f"FID={fid}", f"IDENTIFIER={table.name}", f"DESCRIPTION={table.libelle}"]
        if table.geometry:
            options += [f"GEOMETRY_NAME={GEOMETRY_COLUMN}", "SPATIAL_INDEX=YES"]
        layer = self._dataset.CreateLayer(table.name, srs, _GEOMETRY_TYPES[table.geometry], options)
        _expect(layer is not None)
        for column in table.columns:
            field = ogr.FieldDefn(column.name, _FIELD_TYPES[column.type])
            if column.type == BOOLEAN:
                field.SetSubType(ogr.OFSTBoolean)
            _expect(layer.CreateField(field) == ogr.OGRERR_NONE)
        return layer

    def close(self) -> None:
        """Spatial indexes, extents, commit. Raises GeoPackageError when anything of it failed (disk full)."""
        with _errors():
            self._dataset.FlushCache()
            _expect(gdal.GetLastErrorType() < gdal.CE_Failure)
            _expect(self._dataset.CommitTransaction() == ogr.OGRERR_NONE)
            self._dataset = None
            _expect(gdal.GetLastErrorType() < gdal.CE_Failure)

    def abandon(self) -> None:
        """Let go of the file, whatever state it is in."""
        if self._dataset is not None:
            with _errors(), _ignored():
                self._dataset.RollbackTransaction()
            self._dataset = None


def read_table(path: Path, name: str) -> list[dict[str, Any]]:
    """The rows of a table as dictionaries, the geometry under `geom` as a Shapely geometry or None.

    By SQLite and not by GDAL: GDAL opens and closes the file itself,
    which drops the locks that this process holds on it.
    Raises GeoPackageError: not a GeoPackage, no such table, locked.
    """
    rows = read_raw(path, name)
    for row in rows:
        if GEOMETRY_COLUMN in row:
            row[GEOMETRY_COLUMN] = _geometry(row[GEOMETRY_COLUMN])
    return rows


def read_columns(path: Path, name: str) -> list[dict[str, Any]]:
    """The rows of a table without their geometry, in the order of their number. Raises GeoPackageError."""
    names = [row["name"] for row in _select(path, "SELECT name FROM pragma_table_info(?)", [name])]
    columns = ", ".join(_quoted(column) for column in names if column != GEOMETRY_COLUMN)
    return read_raw(path, name, columns or "NULL")


def columns_by_table(path: Path) -> dict[str, set[str]]:
    """The names of the columns of every table. Raises GeoPackageError."""
    query = "SELECT m.name, c.name FROM sqlite_master m JOIN pragma_table_info(m.name) c WHERE m.type = 'table'"
    found: dict[str, set[str]] = {}
    for table, name in _fetch(path, query)[1]:
        found.setdefault(table, set()).add(name)
    return found


def read_values(path: Path, name: str, defaults: Mapping[str, Any], only: Collection[str]) -> list[tuple[Any, ...]]:
    """The rows of a table, in the order of their number: a value for each of `defaults`, which stands for NULL and for
    what is no column of it; only those named in `only` are looked for. Raises GeoPackageError."""
    present = {row["name"] for row in _select(path, "SELECT name FROM pragma_table_info(?)", [name])}
    columns = ", ".join(f"ifnull({_quoted(one)}, ?)" if one in present and one in only else "?" for one in defaults)
    query = f"SELECT {columns} FROM {_quoted(name)} ORDER BY rowid"  # nosec B608
    return _fetch(path, query, list(defaults.values()))[1]


def read_wkb(path: Path, name: str, fids: Sequence[int]) -> dict[int, bytes]:
    """fid -> WKB of the rows of these numbers that have a geometry. Raises GeoPackageError."""
    found: dict[int, bytes] = {}
    for start in range(0, len(fids), _MOST_BOUND):
        some = list(fids[start : start + _MOST_BOUND])
        marks = ", ".join("?" * len(some))
        query = f"SELECT fid, {GEOMETRY_COLUMN} AS blob FROM {_quoted(name)} WHERE fid IN ({marks})"  # nosec B608
        for row in _select(path, query, some):
            if row["blob"] is not None:
                found[row["fid"]] = gpkg_wkb(row["blob"])
    return found


def read_matching(path: Path, name: str, columns: Sequence[str], values: Sequence[Any]) -> list[dict[str, Any]]:
    """These columns of the rows whose first one is among these few values. Raises GeoPackageError."""
    listed, marks = ", ".join(map(_quoted, columns)), ", ".join("?" * len(values))
    return _select(path, f"SELECT {listed} FROM {_quoted(name)} WHERE {_quoted(columns[0])} IN ({marks})", values)  # nosec B608


Bounds = Sequence[float]  # xmin, ymin, xmax, ymax


def read_near(
    path: Path, name: str, column: str, bounds: Bounds, inner: Bounds | None
) -> tuple[list[Any], list[tuple[Any, bytes]]]:
    """By the spatial index, where there is one: the values of `column` of the rows whose envelope is within `inner`,
    then (value, WKB) of the others whose envelope meets `bounds`. Raises GeoPackageError."""
    index = f"rtree_{name}_{GEOMETRY_COLUMN}"
    value, rows = _quoted(column), _quoted(name)
    if not _select(path, "SELECT 1 FROM sqlite_master WHERE name = ?", [index]):
        query = f"SELECT {value}, {GEOMETRY_COLUMN} FROM {rows} WHERE {GEOMETRY_COLUMN} IS NOT NULL"  # nosec B608
        return [], _with_wkb(_fetch(path, query)[1])
    inside, within = [], []
    if inner is not None:
        query = f"SELECT id FROM {_quoted(index)} WHERE minx >= ? AND miny >= ? AND maxx <= ? AND maxy <= ?"  # nosec B608
        within = list(inner)
        inside = [one for (one,) in _fetch(path, f"SELECT {value} FROM {rows} WHERE fid IN ({query})", within)[1]]  # nosec B608
    near = f"SELECT id FROM {_quoted(index)} WHERE maxx >= ? AND maxy >= ? AND minx <= ? AND miny <= ?"  # nosec B608
    if inner is not None:
        near += " AND NOT (minx >= ? AND miny >= ? AND maxx <= ? AND maxy <= ?)"
    query = f"SELECT {value}, {GEOMETRY_COLUMN} FROM {rows} WHERE fid IN ({near})"  # nosec B608
    return inside, _with_wkb(_fetch(path, query, [*bounds, *within])[1])


def _with_wkb(rows: list[tuple[Any, ...]]) -> list[tuple[Any, bytes]]:
    return [(value, gpkg_wkb(blob)) for value, blob in rows if blob is not None]


def filled(path: Path, names: Sequence[str]) -> set[str]:
    """Which of these tables have a row. Raises GeoPackageError."""
    each = (f"SELECT ? AS name WHERE EXISTS (SELECT 1 FROM {_quoted(name)})" for name in names)  # nosec B608
    return {row["name"] for row in _select(path, " UNION ALL ".join(each), names)} if names else set()


def read_raw(path: Path, name: str, columns: str = "*") -> list[dict[str, Any]]:
    """The rows of a table, the geometry under `geom` as the bytes that the file holds. Raises GeoPackageError."""
    # A table's name cannot be bound as a value; its quotes are doubled.
    return _select(path, f"SELECT {columns} FROM {_quoted(name)} ORDER BY rowid")  # nosec B608


def _select(path: Path, query: str, values: Sequence[Any] = ()) -> list[dict[str, Any]]:
    names, rows = _fetch(path, query, values)
    return [dict(zip(names, row)) for row in rows]


def _fetch(path: Path, query: str, values: Sequence[Any] = ()) -> tuple[list[str], list[tuple[Any, ...]]]:
    if not path.is_file():  # SQLite would create it, empty
        raise GeoPackageError("le fichier n'existe pas ou n'est pas accessible")
    try:
        with closing(sqlite3.connect(str(path), timeout=_PATIENCE)) as connection:
            connection.execute("PRAGMA query_only = ON")
            cursor = connection.execute(query, values)
            return [column[0] for column in cursor.description], cursor.fetchall()
    except sqlite3.Error as error:
        raise GeoPackageError(str(error)) from error


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def table_names(path: Path) -> tuple[str, ...]:
    """Every table that the GeoPackage declares. Raises GeoPackageError when the file is none."""
    return tuple(row["table_name"] for row in read_table(path, "gpkg_contents"))


#: bytes of the envelope in a GeoPackage geometry, by its indicator (OGC 12-128r15, 2.1.3)
_ENVELOPE = (0, 32, 48, 48, 64)


def gpkg_wkb(blob: bytes) -> bytes:
    """The WKB inside a GeoPackage geometry. Raises GeoPackageError."""
    sound = isinstance(blob, bytes) and len(blob) > 8 and blob[:2] == b"GP"
    indicator = (blob[3] >> 1) & 7 if sound else len(_ENVELOPE)
    if indicator >= len(_ENVELOPE):
        raise GeoPackageError("une géométrie est illisible")
    return blob[8 + _ENVELOPE[indicator] :]


def shapes_of(wkbs: Sequence[bytes]) -> Any:
    """Their Shapely geometries, as an array. Raises GeoPackageError."""
    try:
        return shapely.from_wkb(list(wkbs))
    except (NotImplementedError, shapely.errors.GEOSException) as error:
        raise GeoPackageError("une géométrie est illisible") from error


def _geometry(blob: bytes | None) -> Any:
    if blob is None:
        return None
    wkb = gpkg_wkb(blob)
    try:
        return shapely.from_wkb(wkb)
    except (NotImplementedError, shapely.errors.GEOSException):  # a curve drawn by hand in QGIS
        curve = ogr.CreateGeometryFromWkb(bytes(wkb))
        if curve is None:
            raise GeoPackageError("une géométrie est illisible") from None
        return shapely.from_wkb(bytes(curve.GetLinearGeometry().ExportToWkb()))


def _set_text(feature: Any, index: int, value: Any) -> None:
    text = value if type(value) is str else str(value)
    if "\x00" in text or not text.isascii():
        # a NUL ends a C string, a lone surrogate (bytes read in the wrong encoding) is not UTF-8
        text = text.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")
    feature.SetField(index, text)


def _set_real(feature: Any, index: int, value: Any) -> None:
    number = float(value)
    if math.isfinite(number):
        feature.SetField(index, number)


def _set_integer(feature: Any, index: int, value: Any) -> None:
    feature.SetFieldInteger64(index, int(value))


_SETTERS = {TEXT: _set_text, REAL: _set_real, INTEGER: _set_integer, BOOLEAN: _set_integer, DATETIME: _set_text}


def _expect(done: bool) -> None:
    if not done:
        raise GeoPackageError(gdal.GetLastErrorMsg() or "erreur inconnue de GDAL")


@contextmanager
def _errors() -> Iterator[None]:
    """Errors of OGR stay silent here and come out as GeoPackageError, its exceptions on or off."""
    gdal.ErrorReset()
    gdal.PushErrorHandler("CPLQuietErrorHandler")
    try:
        yield
    except RuntimeError as error:
        raise GeoPackageError(str(error)) from error
    finally:
        gdal.PopErrorHandler()


@contextmanager
def _ignored() -> Iterator[None]:
    try:
        yield
    except GeoPackageError:
        return
