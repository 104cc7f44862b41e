"""What the dock shows, whatever it comes from: the rows of a dossier by their contract names, behind one small door.

The dock knows `Results` only; the real one reads a dossier (`gis/dossier_results.py`), a test gives its own.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import Counter
from dataclasses import MISSING, dataclass, fields
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Iterable, Mapping, Optional, Sequence, Set, Tuple

from qgis.core import QgsGeometry

from ..checks.base import Etat
from .geopackages.dossier_schema import CONSTATS_LIBRES
from .row_list import Keyed, column
from .values import check_values

if TYPE_CHECKING:
    from .instruction.notebook import Notebook

#: characters of a title beyond which it is no title, and would hold whoever draws it
_LONGEST = 500
_STATES = tuple(etat.value for etat in Etat)


@dataclass(frozen=True)
class ControlRow:
    """The run: what was controlled, against what, when, and with which parameters."""

    plu: str = ""
    plu_etat: str = ""
    scot: str = ""
    scot_etat: str = ""
    regles: str = ""
    date: str = ""  # UTC, ISO
    crs: str = ""
    parametres: str = "{}"  # JSON
    id: str = ""
    version: str = ""
    regles_sha256: str = ""


@dataclass(frozen=True)
class PrescriptionRow:
    id: str
    intitule: str
    objectif: str
    etat: Etat
    nature: str = ""
    force: str = ""
    theme: str = ""
    article: str = ""
    page: str = ""
    url: str = ""
    texte: str = ""
    a_savoir: str = ""
    questions: str = ""
    pieces: str = ""
    lecture: str = ""
    cause: str = ""

    @property
    def sous(self) -> str:
        """The objective under which it is shown."""
        return (self.objectif or "Sans objectif")[:_LONGEST]


@dataclass(frozen=True)
class ConstatRow:
    id: int
    cle: str
    prescription: str
    etat: Etat
    message: str
    volet: str = ""
    jalon: str = ""
    echelle: str = ""
    territoire: str = ""
    territoire_nom: str = ""
    mesure: Optional[float] = None
    unite: str = ""
    seuil_min: Optional[float] = None
    seuil_max: Optional[float] = None
    ecart: Optional[float] = None
    ecart_relatif: Optional[float] = None
    nb_objets: int = 0
    limites: str = ""


@dataclass(frozen=True)
class EcartRow:
    """One object at fault. `table` and `fid` say where its geometry is; several rows may share one `cle`."""

    table: str
    fid: int
    cle: str
    constat: int
    etat: Etat
    libelle: str = ""
    typezone: str = ""
    insee: str = ""
    surface_m2: Optional[float] = None
    longueur_m: Optional[float] = None
    part_objet: Optional[float] = None
    role: str = ""
    message: str = ""
    objet: str = ""
    objet_id: str = ""
    mesure: Optional[float] = None
    seuil: Optional[float] = None
    unite: str = ""


@dataclass(frozen=True)
class SourceRow:
    couche: str
    nom: str = ""
    chemin: str = ""
    objets: Optional[int] = None
    crs: str = ""
    encodage: str = ""
    limites: str = ""
    sha256: str = ""


class Results(ABC):
    """A control to look at. Rows are in the order of the rule file."""

    #: the dossier on disk, None for results that are nowhere
    path: Optional[Path] = None

    @property
    @abstractmethod
    def controle(self) -> ControlRow:
        """The run itself."""

    @property
    @abstractmethod
    def prescriptions(self) -> Sequence[PrescriptionRow]:
        """Every prescription of the rule file."""

    @property
    @abstractmethod
    def constats(self) -> Sequence[ConstatRow]:
        """Every answer, favourable ones too."""

    @property
    @abstractmethod
    def ecarts(self) -> Mapping[int, Tuple[EcartRow, ...]]:
        """The objects at fault, by number of their constat."""

    @property
    @abstractmethod
    def sources(self) -> Sequence[SourceRow]:
        """What was read, with its limits."""

    @property
    @abstractmethod
    def notebook(self) -> Notebook:
        """What the instructor makes of them."""

    @cached_property
    def keyed(self) -> Keyed:
        """Which constats a key of appraisal bears on."""
        return Keyed(self.constats, self.ecarts)

    @cached_property
    def etats(self) -> Mapping[Etat, int]:
        """How many constats are in each state."""
        counts = Counter(column(self.constats, "etat"))
        return {etat: counts[etat] for etat in Etat}

    @property
    def tables(self) -> Set[str]:
        """Those that hold an écart."""
        return {one.table for several in self.ecarts.values() for one in several}

    def check(self) -> None:
        """Raises DossierError (a French sentence) when the dossier is no longer as it was read."""
        return None

    @abstractmethod
    def geometries(self, ecarts: Iterable[EcartRow]) -> Sequence[QgsGeometry]:
        """The conflict of each écart, in the projection of the run; a null geometry where there is none to draw."""

    def shapes(self, ecarts: Sequence[EcartRow]) -> Sequence[QgsGeometry]:
        """The same, of findings drawn by hand too."""
        drawn = {one.cle: one.wkb for one in self.notebook.free}
        by_hand = [one.table == CONSTATS_LIBRES.name for one in ecarts]
        read = iter(self.geometries([one for one, hand in zip(ecarts, by_hand) if not hand]))
        return [geometry_of(drawn.get(one.cle)) if hand else next(read) for one, hand in zip(ecarts, by_hand)]

    def meeting(self, area: QgsGeometry) -> Set[int]:
        """Numbers of the constats with an écart that meets this area, given in the projection of the run.

        May be called in the background.
        """
        every = [one for several in self.ecarts.values() for one in several]
        return {one.constat for one, shape in zip(every, self.geometries(every)) if shape.intersects(area)}


def geometry_of(wkb: Optional[bytes]) -> QgsGeometry:
    """A null geometry for None."""
    geometry = QgsGeometry()
    if wkb is not None:
        geometry.fromWkb(wkb)
    return geometry


def row(kind: Any, values: Mapping[str, Any]) -> Any:
    """A row of `kind` from the columns of its table: NULL takes the default, columns it does not know are left.

    Raises ValueError on a state that this version does not know, a value of another type, or when a column without
    default is NULL.
    """
    known = {one.name: one.default for one in fields(kind)}
    given = {name: value for name, value in values.items() if name in known and value is not None}
    empty = [name for name, default in known.items() if default is MISSING and name not in given]
    if empty:
        raise ValueError(f"rien dans {', '.join(empty)}")
    for name, value in given.items():
        check_values(kind, name, (value,))
    if "etat" in given:
        if given["etat"] not in _STATES:
            raise ValueError(f"état « {given['etat']} »")
        given["etat"] = Etat(given["etat"])
    return kind(**given)
