"""The widths between the ends, from a question: which ends are joined at this width?"""

from __future__ import annotations

from typing import Any, Callable, Optional, TypeVar

import numpy as np

from ..layers import Array

T = TypeVar("T", int, float)
#: (k, k) which ends are joined at a value, the more so the smaller the value is
Joined = Callable[[T], Array]


def largest_joining(joined: "Joined[T]", low: T, high: T, between: Callable[[T, T], Optional[T]], none: T) -> Array:
    """(k, k) for each two ends the largest value in [low, high[ at which they are joined, `none` if not at `low`.

    Halves the interval for all pairs at once. `between`: a value in the middle, None when both are close enough.
    """
    at_low, at_high = joined(low), joined(high)
    found = np.full(at_low.shape, none)

    def halve(low: Any, at_low: Array, high: Any, at_high: Array) -> None:
        if (at_low == at_high).all():
            return
        middle = between(low, high)
        if middle is None:
            found[at_low & ~at_high] = low
            return
        at_middle = joined(middle)
        halve(low, at_low, middle, at_middle)
        halve(middle, at_middle, high, at_high)

    halve(low, at_low, high, at_high)
    found[at_high] = high
    return found


def closure(joined: Array) -> Array:
    """(k, k) what is joined step by step."""
    for _ in range(len(joined)):
        joined = joined @ joined
    return joined


def groups(joined: Array) -> Array:
    """(k,) the first end that each end is joined to: itself when it is alone."""
    return (joined | np.eye(len(joined), dtype=bool)).argmax(axis=1)
