"""A layer in memory: raw columns, codes normalised from them, one geometry array, and where it was read."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any, Dict, List, Mapping, Optional, Sequence, Tuple

import numpy as np
import shapely

from ..rules.words import nearest
from .chunks import taken_apart

Array = Any  # numpy.ndarray; NumPy's own generics differ between the versions in use


@dataclass(frozen=True)
class Source:
    """One row of the dossier's table `sources`: what was read, from where, with which limits."""

    couche: str  # its name in the rules, or the PLU table (ZONE_URBA…)
    nom: str = ""  # name of the file or layer
    chemin: str = ""
    sha256: str = ""
    millesime: str = ""
    precision: str = ""
    objets: int = 0
    crs: str = ""
    encodage: str = ""
    repares: int = 0
    ignores: int = 0
    limites: Tuple[str, ...] = ()

    def with_limits(self, *limites: str) -> "Source":
        return replace(self, limites=self.limites + limites)


@dataclass(frozen=True)
class Layer:
    """Rows of one layer or table, in the legal projection.

    `geometrie`: (n,) object array of Shapely geometries (2D, valid); None where it is not known, empty where the
    source says that there is nothing.
    `colonnes`: raw columns by their name in the source, (n,) object arrays; None is NULL.
    `codes`: normalised columns by lower-case name (see `checks.plu`), (n,) object arrays; None is unknown.
    `manques`: code -> French words for the field that this source lacks ("champ FORMDOMI ou DESTDOMI").
    `ids`: (n,) array of str, unique in the layer: LIB_IDZONE when filled and unique, else the feature id.
    """

    nom: str
    geometrie: Array
    colonnes: Mapping[str, Array] = field(default_factory=dict)
    codes: Mapping[str, Array] = field(default_factory=dict)
    manques: Mapping[str, str] = field(default_factory=dict)
    ids: Array = field(default_factory=lambda: np.empty(0, dtype=object))
    source: Source = field(default_factory=lambda: Source(""))
    champs: Tuple[str, ...] = ()  # every field of the source, those that were not read included
    filtered: bool = False  # the rows are already those that the `filtre` of the rules keeps

    def __len__(self) -> int:
        return len(self.geometrie)

    def colonne(self, nom: str) -> Optional[Array]:
        """The raw column of that name, whatever its case; None when the source lacks it."""
        for key, values in self.colonnes.items():
            if key.upper() == nom.upper():
                return values
        return None

    def lacks(self, champ: str) -> str:
        """` (champs présents : A, B)` and the nearest one, for the sentence that says that `champ` is missing."""
        present = list(self.champs or self.colonnes)
        near = nearest(champ, present)
        said = f" (champs présents : {', '.join(present[:20])}{'…' if len(present) > 20 else ''})" if present else ""
        return said + (f" : vouliez-vous « {near} » ?" if near else ".")

    def take(self, index: Array) -> "Layer":
        """The rows of `index` (positions or a boolean mask)."""
        return replace(
            self,
            geometrie=self.geometrie[index],
            colonnes={name: values[index] for name, values in self.colonnes.items()},
            codes={name: values[index] for name, values in self.codes.items()},
            ids=self.ids[index],
        )


def objects(values: Sequence[Any]) -> Array:
    """A one-dimensional object array, whatever the values are (NumPy would nest sequences)."""
    out = np.empty(len(values), dtype=object)
    for position, value in enumerate(values):
        out[position] = value
    return out


def from_rows(nom: str, rows: Sequence[Mapping[str, Any]], geometry_key: str = "geometrie") -> Layer:
    """A layer from dictionaries; a key missing on one row is NULL, on all rows an absent field."""
    names: List[str] = []
    for row in rows:
        names += [key for key in row if key != geometry_key and key not in names]
    colonnes: Dict[str, Array] = {name: objects([row.get(name) for row in rows]) for name in names}
    geometrie = objects([row.get(geometry_key) for row in rows])
    return Layer(
        nom,
        geometrie,
        colonnes,
        ids=objects([str(i + 1) for i in range(len(rows))]),
        source=Source(nom, nom=nom, objets=len(rows)),
    )


def exploded(geometrie: Array) -> Tuple[Array, Array]:
    """(parts of the geometries, row of each). Shapely before 2.2 refuses the read-only arrays that `Overlays` keeps."""
    return taken_apart(shapely.get_parts, geometrie if geometrie.flags.writeable else geometrie.copy())


def drawn(geometrie: Array) -> Array:
    """Mask of what covers some ground: neither NULL (where it lies is not known) nor empty (it lies nowhere)."""
    return ~(shapely.is_missing(geometrie) | shapely.is_empty(geometrie))


#: highest dimension of a geometry array: 2 surface, 1 line, 0 point, -1 nothing
def dimension(geometrie: Array) -> int:
    dims = shapely.get_dimensions(geometrie[~shapely.is_missing(geometrie)]) if len(geometrie) else np.empty(0)
    return int(dims.max()) if len(dims) else -1
