"""The share of one amount in another, and its two bounds when part of either is not known."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Iterable, List, Mapping, Tuple

import numpy as np

#: shares of an object's unknown figure that are counted: for certain, and at the most
Counted = Tuple[float, float]


@dataclass(frozen=True)
class Amount:
    """One term in one unit. `certain`: known, of objects surely concerned; `most`: with those that may be.

    `unknown`: object -> the shares of its unknown figure that count; the same object in both terms has one figure.
    `unread`: objects that could not be read may be added, without limit.
    """

    certain: float
    most: float
    unknown: Mapping[Any, Counted] = field(default_factory=dict)
    unread: bool = False

    @property
    def is_nil(self) -> bool:
        """Whether it is zero whatever is not known."""
        return self.most <= 0 and not self.unknown and not self.unread


def interval(numerator: Amount, denominator: Amount) -> Tuple[float, float]:
    """Lowest and highest share (1 is 100 %). NaN, NaN when the denominator may be zero.

    A figure that goes from none to without limit leads from the share of what is known to that of its own object: no
    mixture of several goes beyond the extremes of these.
    """
    if denominator.certain <= 0:
        return np.nan, np.nan
    lows = [numerator.certain / denominator.most]
    highs = [numerator.most / denominator.certain]
    for key in _together(numerator.unknown, denominator.unknown):
        above, below = numerator.unknown.get(key, (0.0, 0.0)), denominator.unknown.get(key, (0.0, 0.0))
        lows += _ratio(above[0], below[1])
        highs += _ratio(above[1], below[0])
    lows += [0.0] if denominator.unread else []
    highs += [np.inf] if numerator.unread else []
    return min(lows), max(highs)


def _together(*known: Iterable[Any]) -> List[Any]:
    return list(dict.fromkeys(key for keys in known for key in keys))


def _ratio(above: float, below: float) -> List[float]:
    """Where a figure without limit leads; nowhere when it counts on neither side."""
    if below > 0:
        return [above / below]
    return [np.inf] if above > 0 else []
