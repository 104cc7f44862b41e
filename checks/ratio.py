"""A ratio over some objects, and its two bounds.

Unknown dwellings go from none to without limit, possible objects are in or out.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Callable, List, Optional, Tuple

import numpy as np

from .layers import Array

HECTARE = 1e4


@dataclass(frozen=True)
class Part:
    """The part of a selection in one territorial unit: (n,) arrays.

    `index`: positions in the selection; `geometrie`: the ground of each object there; `ground`: m2 that count;
    `count`: dwellings, NaN unknown; `certain`: False where the object may not be concerned; `overlap`: mask of objects
    -> m2 that several of them cover, to count once. `unite` is logt/ha or m2/logt; `mean`: mean of the ratios of the
    objects rather than ratio of the totals.
    """

    index: Array
    geometrie: Array
    ground: Array
    count: Array
    certain: Array
    overlap: Callable[[Array], float]
    unite: str
    mean: bool

    @property
    def known(self) -> Array:
        """Mask of the objects that are concerned for certain and whose dwellings are known."""
        return self.certain & ~np.isnan(self.count)

    @property
    def own(self) -> Array:
        """The ratio of each object by itself, its unknown dwellings taken as none."""
        return self._ratios(self.ground, np.where(np.isnan(self.count), 0.0, self.count))

    def ratio(self, chosen: Array, count: Optional[Array] = None) -> float:
        """The measure over the chosen objects; `count` stands for the dwellings where some are unknown."""
        dwellings = (self.count if count is None else count)[chosen]
        ground = self.ground[chosen]
        if self.mean:
            ratios = self._ratios(ground, dwellings)[ground > 0]
            return float(np.mean(ratios)) if len(ratios) else np.nan
        return float(self._ratios(np.array([self.area(chosen)]), np.array([float(dwellings.sum())]))[0])

    def area(self, chosen: Array) -> float:
        """m2 that the chosen objects count for, the ground of several counted once."""
        return float(self.ground[chosen].sum()) - self.overlap(chosen)

    def interval(self) -> Tuple[float, float]:
        """Lowest and highest measure; NaN, NaN when what is certain has no ground to measure."""
        if np.isnan(self.ratio(self.certain, np.zeros(len(self.count)))):
            return np.nan, np.nan
        ends: List[float] = []
        for filler in (0.0, np.inf):
            ends += self._extremes(np.where(np.isnan(self.count), filler, self.count))
        return min(ends), max(ends)

    def _extremes(self, count: Array) -> List[float]:
        """The extreme measures with some of the possible objects: those added by their own ratio, up to some point."""
        measures = [self.ratio(self.certain, count)]
        possible = np.flatnonzero(~self.certain & ((self.ground > 0) | (not self.mean)))
        if not len(possible):
            return measures
        own = self._ratios(self.ground, count)
        own = np.where(self.ground > 0, own, 0.0 if self.unite == "m2/logt" else np.inf)  # dwellings without ground
        order = possible[np.argsort(own[possible], kind="stable")]
        for sequence, furthest in ((order, np.argmin), (order[::-1], np.argmax)):
            chosen = self.certain.copy()
            chosen[sequence[: int(furthest(self._added(sequence, count))) + 1]] = True
            measures.append(self.ratio(chosen, count))
        return measures

    def _added(self, sequence: Array, count: Array) -> Array:
        """The measures with the first objects of `sequence`, one more each time, ground covered twice counted twice."""
        ground, dwellings = self.ground[sequence], count[sequence]
        if self.mean:
            counted = self.certain & (self.ground > 0)
            ratios = self._ratios(self.ground, count)
            number = counted.sum() + np.arange(1, len(sequence) + 1)
            return (ratios[counted].sum() + np.cumsum(ratios[sequence])) / number
        return self._ratios(
            self.ground[self.certain].sum() + np.cumsum(ground), count[self.certain].sum() + np.cumsum(dwellings)
        )

    def _ratios(self, ground: Array, count: Array) -> Array:
        """NaN where no ground counts: its dwellings have no density."""
        with np.errstate(divide="ignore", invalid="ignore"):
            ratios = ground / count if self.unite == "m2/logt" else count / (ground / HECTARE)
        return np.where(ground > 0, ratios, np.nan)
