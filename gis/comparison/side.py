"""One of the two dossiers as the comparison sees it: its constats, and its objects at fault with their shapes."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, Dict, List, Mapping, Optional, Sequence, Tuple

import shapely
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCoordinateTransformContext,
    QgsCsException,
)

from ...checks.layers import objects
from ...checks.progress import Progress
from ..dossier import DossierError
from ..dossier_results import DossierResults
from ..geopackages.dossier_schema import ECARTS_BY_DIMENSION, ECARTS_LIGNES, ECARTS_POINTS, ZONES
from ..geopackages.geopackage import GeoPackageError, read_columns, read_wkb, shapes_of
from ..instruction.decisions import Subject
from ..instruction.notebook import Notebook
from ..results import ConstatRow, EcartRow, Results, geometry_of

#: scale at which the territory of a constat is an object; its number may be that of another one in the other version
OBJET = "objet"
#: the layer of the PLU's zones, whose whole shapes a dossier keeps
_ZONING = "ZONE_URBA"
_AT_ONCE = 2000
#: territories that go by another name in each version
_WHOLE = {"plu": "PLU entier", "scot": "SCoT entier"}
#: rows of one object: its surfaces first, then its lines, its points
_ORDER = {table.name: position for position, table in enumerate(ECARTS_BY_DIMENSION.values())}


@dataclass(frozen=True)
class Item:
    """A constat, or an object at fault in it (`ecarts`: its rows, one per dimension of the conflict).

    `shape`: what it is recognised by in the other dossier: the whole zone, else the conflict itself; None without any.
    """

    constat: ConstatRow
    ecarts: Tuple[EcartRow, ...] = ()
    shape: Any = field(default=None, compare=False, repr=False)
    points: int = 0  # in conflict

    @property
    def cle(self) -> str:
        return self.ecarts[0].cle if self.ecarts else self.constat.cle

    @property
    def etat(self) -> Any:
        return self.ecarts[0].etat if self.ecarts else self.constat.etat

    @property
    def libelle(self) -> str:
        if self.ecarts:
            return self.ecarts[0].libelle
        return _WHOLE.get(self.constat.territoire) or self.constat.territoire_nom or self.constat.territoire

    @property
    def surface(self) -> Optional[float]:
        return _first(ecart.surface_m2 for ecart in self.ecarts)

    @property
    def longueur(self) -> Optional[float]:
        return _first(ecart.longueur_m for ecart in self.ecarts if ecart.table == ECARTS_LIGNES.name)

    @property
    def measure(self) -> Tuple[Optional[float], str]:
        """What was measured: on the object, else how much of it is in conflict."""
        if not self.ecarts:
            return self.constat.mesure, self.constat.unite
        if self.ecarts[0].mesure is not None:
            return self.ecarts[0].mesure, self.ecarts[0].unite
        if self.surface is not None:
            return self.surface, "m2"
        return self.longueur, "m" if self.longueur is not None else ""

    @property
    def subjects(self) -> Tuple[Subject, ...]:
        """What an appraisal of it was decided on: an object has one for each dimension of its conflict."""
        if not self.ecarts:
            return (Subject.of_constat(self.constat),)
        return tuple(Subject.of_ecart(ecart) for ecart in self.ecarts)


def _first(values: Any) -> Any:
    return next((value for value in values if value is not None), None)


@dataclass(frozen=True)
class Zone:
    libelle: str
    shape: Any


@dataclass(frozen=True)
class Side:
    """A control. `constats` and `departures` (objects at fault) are in the order of the rule file."""

    results: Results
    constats: Tuple[Item, ...]
    departures: Tuple[Item, ...]
    #: shape of each conflict by (table, fid), in the projection of the comparison
    drawn: Mapping[Tuple[str, int], Any] = field(repr=False)

    @property
    def notebook(self) -> Notebook:
        return self.results.notebook

    @property
    def name(self) -> str:
        return self.results.path.name if self.results.path is not None else self.results.controle.plu

    @classmethod
    def of_dossier(cls, results: DossierResults, crs: str = "", progress: Optional[Progress] = None) -> Side:
        """`crs`: the projection in which to compare, that of the dossier when it is not given. Raises DossierError,
        Cancelled."""
        progress, own = progress or Progress(), results.controle.crs
        try:
            drawn = {
                (table.name, fid): shape
                for table in ECARTS_BY_DIMENSION.values()
                for fid, shape in _shapes(results.path, table.name, _fids(results, table.name), progress).items()
            }
            zones = read_columns(results.path, ZONES.name)
            grounds = _shapes(results.path, ZONES.name, [row["fid"] for row in zones], progress)
        except GeoPackageError as error:
            raise DossierError(f"Le dossier « {results.path.name} » ne se lit pas jusqu'au bout ({error}).") from error
        if crs and crs != own:
            drawn, grounds = _moved(drawn, own, crs), _moved(grounds, own, crs)
        known = {row["objet_id"]: Zone(row["libelle"] or "", grounds.get(row["fid"])) for row in zones}
        return cls.of_rows(results, drawn, known)

    @classmethod
    def of_rows(cls, results: Results, drawn: Mapping[Tuple[str, int], Any], zones: Mapping[str, Zone]) -> Side:
        """From rows in memory. `drawn`: the shape of each écart by (table, fid); `zones`: by their identifier."""
        constats, departures = [], []
        for constat in results.constats:
            gathered: Dict[str, List[EcartRow]] = {}
            for ecart in results.ecarts.get(constat.id, ()):
                gathered.setdefault(ecart.cle, []).append(ecart)
            found = []
            for rows in gathered.values():
                rows.sort(key=lambda ecart: _ORDER[ecart.table])
                found.append(Item(constat, tuple(rows), _shape(rows, drawn, zones), _points(rows, drawn)))
            departures += found
            constats.append(Item(constat, (), _ground(constat, found, zones) if constat.echelle == OBJET else None))
        return cls(results, tuple(constats), tuple(departures), drawn)


def _fids(results: Results, table: str) -> List[int]:
    return [ecart.fid for several in results.ecarts.values() for ecart in several if ecart.table == table]


def _shapes(path: Path, table: str, fids: Sequence[int], progress: Progress) -> Dict[int, Any]:
    found: Dict[int, Any] = {}
    for start in range(0, len(fids), _AT_ONCE):
        progress.step(0.0)
        read = read_wkb(path, table, fids[start : start + _AT_ONCE])
        found.update(zip(read, shapes_of(list(read.values()))))
    return found


def _shape(rows: Sequence[EcartRow], drawn: Mapping[Tuple[str, int], Any], zones: Mapping[str, Zone]) -> Any:
    zone = zones.get(rows[0].objet_id) if rows[0].objet == _ZONING else None
    if zone is not None and zone.shape is not None:
        return zone.shape
    return _first(drawn.get((row.table, row.fid)) for row in rows)


def _points(rows: Sequence[EcartRow], drawn: Mapping[Tuple[str, int], Any]) -> int:
    own = [drawn.get((row.table, row.fid)) for row in rows if row.table == ECARTS_POINTS.name]
    return int(shapely.get_num_geometries(objects(own)).sum())


def _ground(constat: ConstatRow, departures: Sequence[Item], zones: Mapping[str, Zone]) -> Any:
    """The object that is the territory of a constat: the zone of that number and name, else its only écart."""
    zone = zones.get(constat.territoire)
    if zone is not None and zone.libelle == constat.territoire_nom:
        return zone.shape
    return departures[0].shape if len(departures) == 1 else None


def _moved(shapes: Mapping[Any, Any], own: str, wanted: str) -> Dict[Any, Any]:
    """In the other projection, by QGIS. What cannot be moved is left out: its key alone tells what it is."""
    found = ((key, moved_wkb(shapely.to_wkb(shape), own, wanted)) for key, shape in shapes.items())
    return {key: shapely.from_wkb(wkb) for key, wkb in found if wkb is not None}


def moved_wkb(wkb: bytes, own: str, wanted: str) -> Optional[bytes]:
    """A geometry in the projection `wanted`, None when it has no place there."""
    geometry = geometry_of(wkb)
    try:
        geometry.transform(_transform(own, wanted))
    except QgsCsException:
        return None
    # QGIS moves what is out of reach to infinity without a word
    return bytes(geometry.asWkb()) if geometry.boundingBox().isFinite() and not geometry.isNull() else None


@lru_cache(maxsize=2)
def _transform(own: str, wanted: str) -> QgsCoordinateTransform:
    systems = (QgsCoordinateReferenceSystem(own), QgsCoordinateReferenceSystem(wanted))
    return QgsCoordinateTransform(*systems, QgsCoordinateTransformContext())


def sides(before: DossierResults, after: DossierResults, progress: Optional[Progress] = None) -> Tuple[Side, Side]:
    """The two dossiers, in the projection of the newer one. Raises DossierError, Cancelled."""
    progress = progress or Progress()
    for one in (before, after):
        if not QgsCoordinateReferenceSystem(one.controle.crs).isValid():
            raise DossierError(
                f"La projection du dossier « {one.path.name} » est inconnue (« {one.controle.crs} ») : il ne peut pas "
                "être comparé. Recommencez son contrôle."
            )
    return Side.of_dossier(before, after.controle.crs, progress), Side.of_dossier(after, "", progress)
