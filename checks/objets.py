"""The objects that a control bears on: what they are, how much of them, and whether that is certain."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Callable, Dict, List, Mapping, Optional, Tuple

import numpy as np
import shapely

from .layers import Array, Layer, drawn, objects

#: ground (m2) covered twice, by objects or by communes, that is not worth a limit
OVERLAP = 1.0
#: what a clip leaves of an object under this area (m2) is a drawing artefact
CLIP_RESIDUE = 1.0


@dataclass(frozen=True)
class Objets:
    """Selected objects, (n,) arrays. `geometrie` is clipped by the criteria, `entier` is the whole object.

    `certain` is False where a criterion could not be decided (NULL vocation…): the object may be concerned or not.
    `part`: share of the whole object's measure that is in `geometrie`. `manquantes`: causes for objects that may exist
    but could not be read (an absent PRESCRIPTION layer, one layer of several). `vides`: layer and row of those that
    were chosen and cover no ground: figures given for them are somewhere.
    """

    layers: Tuple[Layer, ...]
    couche: Array  # position in `layers`
    rang: Array  # row in that layer
    geometrie: Array
    certain: Array
    part: Array
    manquantes: Tuple[str, ...] = ()
    limites: Tuple[str, ...] = ()
    vides: Tuple[Tuple[Layer, int], ...] = ()

    def __len__(self) -> int:
        return len(self.rang)

    @cached_property
    def entier(self) -> Array:
        return self._gather(lambda layer: layer.geometrie)

    @cached_property
    def ids(self) -> Array:
        return self._gather(lambda layer: layer.ids)

    @cached_property
    def noms(self) -> Array:
        """Layer name of each object."""
        return objects([self.layers[position].nom for position in self.couche])

    @cached_property
    def by_code(self) -> Mapping[str, Array]:
        """Positions of each object taken as a territorial unit, by its id, with its layer when there are several.

        There are two of them for an object that is certain for a part and possible for the rest.
        """
        several = len({layer.nom for layer in self.layers}) > 1
        found: Dict[str, List[int]] = {}
        for i, (nom, key) in enumerate(zip(self.noms, self.ids)):
            found.setdefault(f"{nom}:{key}" if several else str(key), []).append(i)
        return {code: np.array(positions) for code, positions in found.items()}

    def code(self, nom: str) -> Array:
        """A normalised code of each object, None where unknown or where its layer lacks it."""
        return self._gather(lambda layer: layer.codes.get(nom))

    def champ(self, nom: str) -> Optional[Array]:
        """A raw field of each object, None when no layer has it."""
        if not any(layer.colonne(nom) is not None for layer in self.layers):
            return None
        return self._gather(lambda layer: layer.colonne(nom))

    @cached_property
    def libelles(self) -> Array:
        """What a reader calls each object: LIBELLE, else NOM, else its number."""
        found = self.code("libelle")
        for champ in ("LIBELLE", "NOM", "LIBELONG"):
            raw = self.champ(champ)
            if raw is not None:
                found = np.where(found == None, raw, found)  # noqa: E711  (elementwise)
        return objects([str(name) if name is not None else f"objet n° {key}" for name, key in zip(found, self.ids)])

    @cached_property
    def typezone(self) -> Array:
        return self.code("typezone")

    @cached_property
    def keys(self) -> Array:
        """One number per object, the same for the same object of two selections of the same layers."""
        return self.couche.astype(np.int64) * (1 << 40) + self.rang

    def apart(self, echelle: str) -> Tuple["Objets", Tuple[str, ...]]:
        """(the objects, the causes that change nothing for them): one object says nothing of another."""
        if echelle != "objet" or not len(self):
            return self, ()
        return replace(self, manquantes=()), self.manquantes

    def take(self, index: Array) -> "Objets":
        return replace(
            self,
            couche=self.couche[index],
            rang=self.rang[index],
            geometrie=self.geometrie[index],
            certain=self.certain[index],
            part=self.part[index],
        )

    def clipped(self, geometrie: Array) -> "Objets":
        """The same objects cut to `geometrie`; those with nothing left, or a residue of the cut, go."""
        before, after = measure(self.geometrie), measure(geometrie)
        residue = (shapely.get_dimensions(self.geometrie) == 2) & (after < CLIP_RESIDUE) & (after < before)
        keep = drawn(geometrie) & ~residue
        with np.errstate(divide="ignore", invalid="ignore"):
            share = np.where(before > 0, np.minimum(after / before, 1.0), 1.0)
        return replace(self, geometrie=geometrie, part=self.part * share).take(keep)

    def _gather(self, of: Callable[[Layer], Optional[Array]]) -> Array:
        out = np.full(len(self), None, dtype=object)
        for position, layer in enumerate(self.layers):
            values = of(layer)
            mine = self.couche == position
            if values is not None:
                out[mine] = values[self.rang[mine]]
        return out


def every(layer: Layer) -> Objets:
    """All the objects of a layer that have a geometry, whole and certain."""
    rang = np.flatnonzero(drawn(layer.geometrie))
    n = len(rang)
    return Objets((layer,), np.zeros(n, dtype=int), rang, layer.geometrie[rang], np.ones(n, dtype=bool), np.ones(n))


def measure(geometrie: Array) -> Array:
    """Area of surfaces (m2), length of lines (m), number of points."""
    dims = shapely.get_dimensions(geometrie)
    return np.select(
        [dims == 2, dims == 1, dims == 0],
        [shapely.area(geometrie), shapely.length(geometrie), shapely.get_num_geometries(geometrie).astype(float)],
        0.0,
    )
