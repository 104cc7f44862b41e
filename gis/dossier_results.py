"""A dossier on disk as `Results`. By SQLite alone: QGIS may have its layers on the map at the same moment."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path
from typing import Any, Dict, Iterable, List, Mapping, Sequence, Set, Tuple

import shapely
from qgis.core import QgsGeometry

from ..checks.base import Etat
from .dossier import DossierError
from .geopackages.dossier_schema import CONSTATS, CONTROLE, ECARTS_BY_DIMENSION, PRESCRIPTIONS, SOURCES, is_dossier
from .geopackages.geopackage import (
    GeoPackageError,
    in_french,
    is_foreign,
    read_columns,
    read_near,
    read_wkb,
    shapes_of,
    table_names,
)
from .instruction.notebook import Notebook
from .instruction.store import remade
from .results import ConstatRow, ControlRow, EcartRow, PrescriptionRow, Results, SourceRow, geometry_of, row
from .row_list import Grouped, Raw, RowList
from .soundness import Unsound, check_columns, check_links

_NAMES = [one.name for one in fields(EcartRow)]
_CONSTAT, _ROLE, _ETAT = map(_NAMES.index, ("constat", "role", "etat"))
_SURFACE, _LENGTH = map(_NAMES.index, ("surface_m2", "longueur_m"))
#: shapes compared at once: GEOS holds the interface meanwhile
_AT_ONCE = 500
_RANKS = {etat.value: etat.rank for etat in Etat}


class DossierGone(DossierError):
    """The file is no longer where it was read."""


class DossierRemade(DossierError):
    """The file holds another control than the one that was read."""


class DossierResults(Results):
    """All the rows, read at once and made into objects when they are looked at; geometries when they are asked for."""

    def __init__(self, path: Path) -> None:
        """Raises DossierError (a French sentence) when the file is no dossier, or a damaged one."""
        self.path = path
        try:
            self._read(path)
        except GeoPackageError as error:
            raise DossierError(_unreadable(path, error)) from error
        except Unsound as error:
            raise DossierError(
                f"Le dossier « {path.name} » est abîmé ({error}) : reprenez-en une copie intacte, ou recommencez le "
                "contrôle."
            ) from error
        except ValueError as error:
            raise DossierError(
                f"Le dossier « {path.name} » contient une valeur que cette version ne connaît pas ({error}) : "
                "mettez l'extension à jour, ou recommencez le contrôle."
            ) from error

    @property
    def controle(self) -> ControlRow:
        return self._controle

    @property
    def prescriptions(self) -> Sequence[PrescriptionRow]:
        return self._prescriptions

    @property
    def constats(self) -> Sequence[ConstatRow]:
        return self._constats

    @property
    def ecarts(self) -> Mapping[int, Tuple[EcartRow, ...]]:
        return self._ecarts

    @property
    def notebook(self) -> Notebook:
        return self._notebook

    @property
    def sources(self) -> Sequence[SourceRow]:
        return self._sources

    def geometries(self, ecarts: Iterable[EcartRow]) -> Sequence[QgsGeometry]:
        wanted = list(ecarts)
        found: Dict[Tuple[str, int], bytes] = {}
        self._check_same()
        for table in {ecart.table for ecart in wanted}:
            fids = [ecart.fid for ecart in wanted if ecart.table == table]
            try:
                found.update({(table, fid): wkb for fid, wkb in read_wkb(self.path, table, fids).items()})
            except GeoPackageError as error:
                raise DossierError(_unreadable(self.path, error)) from error
        return [geometry_of(found.get((ecart.table, ecart.fid))) for ecart in wanted]

    @property
    def tables(self) -> Set[str]:
        return set(self._ecarts.rows.column("table"))

    def meeting(self, area: QgsGeometry) -> Set[int]:
        box = area.boundingBox()
        bounds = (box.xMinimum(), box.yMinimum(), box.xMaximum(), box.yMaximum())
        shape = shapely.from_wkb(bytes(area.asWkb()))
        shapely.prepare(shape)
        inner = bounds if shape.equals(shapely.box(*bounds)) else None
        self._check_same()
        found: Set[int] = set()
        for table in self.tables:
            try:
                inside, near = read_near(self.path, table, "constat", bounds, inner)
                found.update(inside)
                for start in range(0, len(near), _AT_ONCE):
                    some = near[start : start + _AT_ONCE]
                    met = shapely.intersects(shape, shapes_of([wkb for _, wkb in some]))
                    found.update(constat for (constat, _), meets in zip(some, met.tolist()) if meets)
            except GeoPackageError as error:
                raise DossierError(_unreadable(self.path, error)) from error
        return found

    def check(self) -> None:
        self._check_same()

    def _check_same(self) -> None:
        """The shapes of another run are not those of the rows in hand."""
        if not self.path.is_file():
            raise DossierGone(
                f"Le dossier « {self.path.name} » n'est plus à sa place ({self.path.parent}) : ses réponses se lisent "
                "encore ici, mais rien ne peut y être ajouté."
            )
        try:
            runs = read_columns(self.path, CONTROLE.name)
        except GeoPackageError as error:
            raise DossierError(_unreadable(self.path, error)) from error
        if not runs or runs[0]["id"] != self._controle.id:
            raise DossierRemade(remade(self.path))

    def _read(self, path: Path) -> None:
        check_dossier(path)
        check_columns(path)
        runs = read_columns(path, CONTROLE.name)
        if not runs:
            raise DossierError(f"Le dossier « {path.name} » ne contient aucun contrôle : recommencez-le.")
        self._controle = row(ControlRow, runs[0])
        self._prescriptions = tuple(row(PrescriptionRow, values) for values in read_columns(path, PRESCRIPTIONS.name))
        self._constats = RowList.read(ConstatRow, path, CONSTATS.name)
        self._sources = tuple(row(SourceRow, values) for values in read_columns(path, SOURCES.name))
        raws = [raw for table in ECARTS_BY_DIMENSION.values() for raw in _ecarts_of(path, table.name)]
        self._ecarts = Grouped(RowList(EcartRow, sorted(raws, key=_worst_first)), "constat")
        check_links(self._prescriptions, self._constats, self._ecarts.rows)
        self._notebook = Notebook.of_dossier(path)
        self.keyed, self.etats  # noqa: B018 (now, and not under the eyes of the user)


def check_dossier(path: Path) -> None:
    """Raises DossierError when there is no dossier at `path`, or none that can be read now."""
    if not path.is_file():
        raise DossierError(f"Le dossier « {path} » n'existe pas ou n'est pas accessible : vérifiez le chemin.")
    try:
        present = set(table_names(path))
    except GeoPackageError as error:
        if not is_foreign(error):
            raise DossierError(_unreadable(path, error)) from error
        present = set()
    if not is_dossier(present):
        raise DossierError(
            f"« {path.name} » n'est pas un dossier de Compatibilité SCoT : choisissez le fichier .gpkg écrit par un "
            "contrôle."
        )


def _unreadable(path: Path, error: GeoPackageError) -> str:
    if "locked" in str(error):
        return (
            f"Le dossier « {path.name} » est occupé par un autre logiciel, ou ses couches sont en cours de "
            "modification. Fermez-le, puis recommencez."
        )
    return f"Le dossier « {path.name} » est illisible ({in_french(str(error))}) : recommencez le contrôle."


def _ecarts_of(path: Path, table: str) -> List[Raw]:
    return RowList.read(EcartRow, path, table, {"table": table}).raws


def _worst_first(raw: Raw) -> Any:
    """By constat: at fault before contributing, the worst state first, then the largest conflict."""
    size = raw[_SURFACE] or raw[_LENGTH] or 0.0
    return raw[_CONSTAT], raw[_ROLE] == "contribue", _RANKS[raw[_ETAT]], -size
