"""The union of a layer, ready to be met by many objects."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Tuple

import shapely

from .assembling import measure_of
from .cutting import Pieces


@dataclass(frozen=True)
class Level:
    """The pieces of one dimension, disjoint but for their limits, and their index."""

    dimension: int
    pieces: Pieces
    tree: shapely.STRtree


@dataclass(frozen=True, eq=False)
class Mask:
    """The union of a layer, ready to be met: one level per dimension present, surfaces first.

    A lower level holds what the upper ones do not cover: the lines outside the surfaces, the points outside both.
    An object is compared with the levels of its dimension or above; when there is none, with the first level.
    """

    levels: Tuple[Level, ...]

    @property
    def dimension(self) -> int:
        """2 surface, 1 line, 0 point, -1 nothing."""
        return self.levels[0].dimension if self.levels else -1

    @property
    def measure(self) -> float:
        """Area of the union (of its surfaces), else length, else number of points."""
        if not self.levels:
            return 0.0
        return float(measure_of(self.levels[0].pieces.geometry, self.dimension).sum())

    def facing(self, dimension: int) -> Tuple[Level, ...]:
        """The levels an object of that dimension is compared with."""
        return tuple(level for level in self.levels if level.dimension >= min(dimension, self.dimension))
