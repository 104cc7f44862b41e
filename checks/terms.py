"""One side of a share: objects, what is measured of them, and what a territorial unit holds of it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Dict, List, Optional, Sequence, Set, Tuple

import numpy as np
import shapely

from ..rules.model import Logements
from .context import Context
from .layers import Array
from .objets import Objets
from .portions import Portion
from .share import Amount
from .wording import area, counted, plural

#: an object counts in a number when more than this share of it is selected
HALF = 0.5


@dataclass(frozen=True)
class Term:
    """`count`: dwellings of each object as selected, NaN unknown, None when it is not what is measured."""

    objets: Objets
    mesure: str  # surface | logements | nombre
    count: Optional[Array] = None
    source: Optional[Logements] = None
    limites: Tuple[str, ...] = ()

    @cached_property
    def keys(self) -> Sequence[Any]:
        """What tells that an object of another term is the same one."""
        return list(zip(self.objets.noms, self.objets.ids))

    def same_figures(self, other: "Term") -> bool:
        """Whether an object that is in both has one figure, followed by its share, known or unknown in both."""
        return self.source == other.source and self.source is not None and self.source.mode in ("table", "champ")

    def said(self, size: float) -> str:
        """`4 ha`, `57 logements`, `3 objets`."""
        if self.mesure == "surface":
            return area(size)
        return counted(size, "logement") if self.mesure == "logements" else plural(int(round(size)), "objet")


@dataclass(frozen=True)
class Held:
    """What one unit holds of a term. `side`: "" when its unknown figures are also those of the other term."""

    context: Context
    term: Term
    portion: Portion
    side: str

    @cached_property
    def keys(self) -> List[Any]:
        return [self.term.keys[i] for i in self.portion.index]

    @cached_property
    def labels(self) -> Dict[Any, str]:
        return {key: str(self.term.objets.libelles[i]) for key, i in zip(self.keys, self.portion.index)}

    @property
    def possible(self) -> Set[Any]:
        """The objects that may be concerned or not."""
        return {key for key, sure in zip(self.keys, self._certain) if not sure}

    @property
    def without_figure(self) -> Set[Any]:
        return {key for _, key in self.amount.unknown}

    @cached_property
    def amount(self) -> Amount:
        return self._amount(self.portion, self._certain)

    def known(self, aside: Set[Any]) -> float:
        """The amount of what is surely concerned and known, less the objects of `aside`."""
        kept = np.array([key not in aside for key in self.keys], dtype=bool)
        return self._amount(self.portion.take(kept), self._certain[kept]).certain

    @cached_property
    def sizes(self) -> Array:
        """What each object counts for here, NaN unknown."""
        if self.term.mesure == "surface":
            return shapely.area(self.portion.geometrie)
        if self.term.count is not None:
            return self.term.count[self.portion.index] * self.portion.held
        numbers = _numbers(self.term, self.portion)
        first = {key: place for place, key in reversed(list(enumerate(self.keys)))}
        return np.array([numbers[key][1] if first[key] == place else 0.0 for place, key in enumerate(self.keys)])

    @property
    def _certain(self) -> Array:
        return self.term.objets.certain[self.portion.index]

    def _amount(self, portion: Portion, certain: Array) -> Amount:
        unread = bool(self.term.objets.manquantes)
        if self.term.mesure == "surface":
            union = self.context.union_measure
            return Amount(union(portion.geometrie[certain], 2), union(portion.geometrie, 2), {}, unread)
        if self.term.count is None:
            numbers = _numbers(self.term, portion).values()
            return Amount(sum(sure for sure, _ in numbers), sum(most for _, most in numbers), {}, unread)
        count = self.term.count[portion.index] * portion.held
        known, share = ~np.isnan(count), self.term.objets.part[portion.index] * portion.held
        unknown: Dict[Any, Tuple[float, float]] = {}
        for place in np.flatnonzero(~known):
            key = (self.side, self.term.keys[portion.index[place]])
            sure, most = unknown.get(key, (0.0, 0.0))
            unknown[key] = (sure + float(share[place]) * bool(certain[place]), most + float(share[place]))
        return Amount(float(count[known & certain].sum()), float(count[known].sum()), unknown, unread)


def _numbers(term: Term, portion: Portion) -> Dict[Any, Tuple[float, float]]:
    """Object -> 1 when more than half of it is selected, else 0: for certain, and at the most."""
    shares: Dict[Any, Tuple[float, float]] = {}
    for i in portion.index:
        sure, most = shares.get(term.keys[i], (0.0, 0.0))
        part = float(term.objets.part[i])
        shares[term.keys[i]] = (sure + part * bool(term.objets.certain[i]), most + part)
    return {key: (float(sure > HALF), float(most > HALF)) for key, (sure, most) in shares.items()}
