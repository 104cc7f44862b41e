"""A dossier on disk as `Results`. By SQLite alone: QGIS may have its layers on the map at the same moment."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Dict, Iterable, List, Mapping, Sequence, Tuple

from qgis.core import QgsGeometry

from .dossier import DossierError
from .geopackages.dossier_schema import CONSTATS, CONTROLE, ECARTS_BY_DIMENSION, PRESCRIPTIONS, SOURCES, TABLES
from .geopackages.geopackage import GeoPackageError, is_foreign, read_columns, read_wkb, table_names
from .instruction.notebook import Notebook
from .results import ConstatRow, ControlRow, EcartRow, PrescriptionRow, Results, SourceRow, row


class DossierResults(Results):
    """All the rows, read at once; geometries when they are asked for."""

    def __init__(self, path: Path) -> None:
        """Raises DossierError (a French sentence) when the file is no dossier, or a damaged one."""
        self.path = path
        try:
            self._read(path)
        except GeoPackageError as error:
            raise DossierError(_unreadable(path, error)) from error
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
        return [_geometry(found.get((ecart.table, ecart.fid))) for ecart in wanted]

    def _check_same(self) -> None:
        """The shapes of another run are not those of the rows in hand."""
        try:
            runs = read_columns(self.path, CONTROLE.name)
        except GeoPackageError as error:
            raise DossierError(_unreadable(self.path, error)) from error
        if not runs or runs[0]["id"] != self._controle.id:
            raise DossierError(f"Le dossier « {self.path.name} » a été refait depuis son ouverture : rouvrez-le.")

    def _read(self, path: Path) -> None:
        check_dossier(path)
        runs = read_columns(path, CONTROLE.name)
        if not runs:
            raise DossierError(f"Le dossier « {path.name} » ne contient aucun contrôle : recommencez-le.")
        self._controle = row(ControlRow, runs[0])
        self._prescriptions = tuple(row(PrescriptionRow, values) for values in read_columns(path, PRESCRIPTIONS.name))
        self._constats = tuple(row(ConstatRow, values) for values in read_columns(path, CONSTATS.name))
        self._sources = tuple(row(SourceRow, values) for values in read_columns(path, SOURCES.name))
        gathered: Dict[int, List[EcartRow]] = {}
        for table in ECARTS_BY_DIMENSION.values():
            for values in read_columns(path, table.name):
                one = row(EcartRow, {**values, "table": table.name})
                gathered.setdefault(one.constat, []).append(one)
        self._ecarts = {constat: tuple(sorted(rows, key=_worst_first)) for constat, rows in gathered.items()}
        self._notebook = Notebook.of_dossier(path)


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
    if not {table.name for table in TABLES} <= present:
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
    return f"Le dossier « {path.name} » est illisible ({error}) : recommencez le contrôle."


def _worst_first(ecart: EcartRow) -> Any:
    """At fault before contributing, the worst state first, then the largest conflict."""
    return ecart.role == "contribue", ecart.etat.rank, -(ecart.surface_m2 or ecart.longueur_m or 0.0)


def _geometry(wkb: "bytes | None") -> QgsGeometry:
    geometry = QgsGeometry()
    if wkb is not None:
        geometry.fromWkb(wkb)
    return geometry
