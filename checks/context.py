"""What a check may look at: the PLU, the SCoT's layers and tables, the territory; and how it says that it cannot."""

from __future__ import annotations

import datetime
import math
import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Dict, List, Mapping, Optional, Tuple

import numpy as np
import shapely

from ..rules.model import Couche, Periode, RefTable, RuleSet
from .chunks import chunks
from .layers import Array, Layer, dimension
from .objets import measure
from .overlay import Overlays
from .plu import Plu
from .progress import Progress

if TYPE_CHECKING:
    from .expressions import Evaluator
    from .horizon import Horizon

_FIGURE = re.compile(r"[+-]?(?:(?:[0-9]{1,3}(?: [0-9]{3})+|[0-9]+)(?:[.,][0-9]*)?|[.,][0-9]+)(?:[eE][+-]?[0-9]+)?")
#: sums of greater figures could be infinite
_LARGEST = 1e15


class NotEvaluable(Exception):
    """Something needed is missing: the control is `non_evalue`. The message says what, and what to do."""


def not_entered(key: str) -> str:
    """What to say of a figure of the DOO that the rules leave to complete."""
    return f"« {key} » n'est pas encore saisi (« a_completer ») : complétez le fichier de règles."


@dataclass
class Context:
    """Everything a run is given. `layers` and `tables` hold what was found, by role; `absents` says why not.

    `horizon`: first and last year that the PLU plans for, as the run was given them; `planned` is what holds.
    """

    rules: RuleSet
    plu: Plu
    layers: Mapping[str, Layer]
    tables: Mapping[str, Layer]
    date: datetime.date
    absents: Mapping[str, str] = field(default_factory=dict)
    progress: Progress = field(default_factory=Progress)
    overlays: Overlays = field(default_factory=Overlays)
    horizon: Optional[Periode] = None
    expressions: "Optional[Evaluator]" = None  # None without QGIS
    _filtered: Dict[str, Layer] = field(default_factory=dict, init=False)
    _readings: Dict[Tuple[str, str], Dict[str, List[Optional[float]]]] = field(default_factory=dict, init=False)

    @cached_property
    def territory(self) -> "Any":
        from .territory import Territory

        return Territory(self)

    @cached_property
    def planned(self) -> "Horizon":
        """The years that the PLU plans for, and where they come from."""
        from .horizon import horizon_of

        return horizon_of(self)

    @cached_property
    def ground(self) -> shapely.STRtree:
        """Index of the zones: the ground that the PLU covers."""
        return shapely.STRtree(self.plu.zones.geometrie)

    def union_measure(self, geometrie: Array, dim: Optional[int] = None) -> float:
        """m2 of the union of surfaces (2), m of lines (1), number of distinct points (0): of the highest dimension
        found, or of `dim`, what has another dimension being left aside."""
        present = geometrie[~shapely.is_missing(geometrie)]
        parts = shapely.get_parts(shapely.get_parts(present))
        dim = dimension(parts) if dim is None else dim
        parts = parts[shapely.get_dimensions(parts) == dim]
        if len(parts) < 2 or (dim == 2 and len(present) == 1):  # the parts of one valid surface do not overlap
            return float(measure(parts).sum())
        if dim == 2:
            return self.overlays.union_area(parts, progress=self.progress)
        union = self.overlays.union(parts, progress=self.progress)
        return float(shapely.length(union) if dim == 1 else shapely.get_num_geometries(union))

    def meets_ground(self, geometrie: Array) -> Array:
        """For each geometry, whether it meets a zone of the PLU."""
        zones, found = self.plu.zones.geometrie, np.zeros(len(geometrie), dtype=bool)
        row, zone = self.ground.query(geometrie)
        sizes = shapely.get_num_coordinates(zones[zone])
        first = np.diff(row, prepend=-1) > 0  # a geometry is read whole once, then only the zones are
        sizes[first] += shapely.get_num_coordinates(geometrie[row[first]])
        shapely.prepare(geometrie)
        for part in chunks(sizes):
            self.progress.step(0.0)
            left = ~found[row[part]]  # one zone is enough
            i, j = row[part][left], zone[part][left]
            found[i[shapely.intersects(geometrie[i], zones[j])]] = True
        shapely.destroy_prepared(geometrie)
        return found

    def touches_extent(self, geometrie: Array, reach: float = 0.0) -> bool:
        """Whether the extent of these geometries, widened by `reach` (m), touches that of a zone: one stray zone must
        not reach everywhere."""
        bounds = shapely.total_bounds(geometrie) + np.array([-reach, -reach, reach, reach])
        if np.isnan(bounds).any():
            return False
        return len(self.ground.query(shapely.box(*bounds))) > 0

    def couche(self, nom: str) -> Tuple[Couche, Layer]:
        """A declared layer and what was read for it, less what its `filtre` leaves out.

        Raises `NotEvaluable` when it was not found.
        """
        declared = self.rules.couches[nom]
        if nom not in self.layers:
            raise NotEvaluable(self._missing("couche", nom, declared.libelle, declared.fourni_par))
        if nom not in self._filtered:
            layer = self.layers[nom]
            keep_all = layer.filtered or not declared.filtre
            self._filtered[nom] = layer if keep_all else layer.take(rows_where(layer, declared.filtre, nom))
        return declared, self._filtered[nom]

    def table(self, nom: str) -> Layer:
        """A declared table. Raises `NotEvaluable` when it was not found."""
        declared = self.rules.tables[nom]
        if nom not in self.tables:
            raise NotEvaluable(self._missing("table", nom, declared.libelle, declared.fourni_par))
        return self.tables[nom]

    def figures(self, ref: RefTable) -> Dict[str, float]:
        """Key -> sum of the figures of a table; a key of which one figure is unreadable is absent: it is unknown.

        Raises `NotEvaluable` when the table or one of its columns is missing.
        """
        read = self.readings(ref)
        return {key: sum(f for f in found if f is not None) for key, found in read.items() if None not in found}

    def readings(self, ref: RefTable) -> Dict[str, List[Optional[float]]]:
        """Key -> its figures, one per row of the table, None for one that cannot be read. Raises as `figures`."""
        if (ref.table, ref.champ) not in self._readings:
            self._readings[ref.table, ref.champ] = self._read(ref)
        return self._readings[ref.table, ref.champ]

    def _read(self, ref: RefTable) -> Dict[str, List[Optional[float]]]:
        table, declared = self.table(ref.table), self.rules.tables[ref.table]
        keys, values = table.colonne(declared.cle), table.colonne(ref.champ)
        for nom, column in ((declared.cle, keys), (ref.champ, values)):
            if column is None and len(table):
                raise NotEvaluable(
                    f"La table « {ref.table} » n'a pas de champ {nom}{table.lacks(nom)} Corrigez son nom dans le "
                    "fichier de règles ou dans la table."
                )
        read: Dict[str, List[Optional[float]]] = {}
        for key, value in zip(keys if keys is not None else [], values if values is not None else []):
            figure = as_number(value)
            read.setdefault(as_key(key), []).append(figure if figure is None or figure >= 0 else None)
        return read

    def _missing(self, what: str, nom: str, libelle: str, fourni_par: str) -> str:
        reason = self.absents.get(nom, "")
        wording = f"{what} « {nom} »" + (f" ({libelle})" if libelle and libelle != nom else "")
        remedy = (
            "placez-la dans le dossier « complements » à côté du PLU ou indiquez-la au lancement"
            if fourni_par == "plu"
            else "indiquez-la au lancement ou corrigez sa source dans le fichier de règles"
        )
        return f"{wording[0].upper()}{wording[1:]} absente{f' : {reason}' if reason else ''} ; {remedy}."


def rows_where(layer: Layer, ou: Mapping[str, Tuple[str, ...]], nom: str) -> Array:
    """Mask of the rows whose fields have one of the listed values. Raises `NotEvaluable` on an absent field."""
    keep = np.ones(len(layer), dtype=bool)
    for champ, values in ou.items():
        column = layer.colonne(champ)
        if column is None:
            if not len(layer):
                continue
            raise NotEvaluable(
                f"La couche « {nom} » n'a pas de champ {champ}{layer.lacks(champ)} Corrigez le filtre du fichier de "
                "règles ou la couche."
            )
        wanted = {as_key(value) for value in values}
        keep &= np.array([as_key(value) in wanted for value in column], dtype=bool)
    return keep


def as_key(value: Any) -> str:
    """A key of a table or a code as compared text: trimmed, `62119.0` read as `62119`; NaN is no value."""
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = str(value).replace("\u00a0", " ").strip()
    return text[:-2] if text.endswith(".0") and text[:-2].isdigit() else text


def as_insee(value: Any) -> str:
    """An INSEE code as compared text: `1004` read as a number is `01004`, `2a004` is `2A004`."""
    text = as_key(value)
    if len(text) == 5 and text[1] in "ab" and text[0] == "2":
        return text.upper()
    return text.zfill(5) if text.isdigit() and len(text) == 4 else text


def as_number(value: Any) -> Optional[float]:
    """A figure of a table: comma or point, spaces between thousands; None when it is not one number (`10 12`), or one
    that nothing counts (`1e300`)."""
    if value is None or isinstance(value, bool):
        return None
    if isinstance(value, (int, float, np.integer, np.floating)):
        return float(value) if -_LARGEST <= value <= _LARGEST else None
    text = str(value).strip()
    for space in ("\u00a0", "\u202f", "\u2009"):
        text = text.replace(space, " ")
    if not _FIGURE.fullmatch(text):
        return None
    figure = float(text.replace(" ", "").replace(",", "."))
    return figure if abs(figure) <= _LARGEST else None
