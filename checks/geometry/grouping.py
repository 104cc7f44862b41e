"""What hangs together: the connected groups of things of which couples are joined."""

from __future__ import annotations

from typing import List

import numpy as np

from ..layers import Array


def components(count: int, a: Array, b: Array) -> Array:
    """(count,) label of the connected group of each of 0..count-1, joined by the edges (a, b)."""
    label = np.arange(count)
    while True:
        low = np.minimum(label[a], label[b])
        joined = label.copy()
        np.minimum.at(joined, label[a], low)
        np.minimum.at(joined, label[b], low)
        joined = joined[joined]
        if (joined == label).all():
            return label
        label = joined


def members(label: Array) -> List[Array]:
    """The rows of each label."""
    order = np.argsort(label, kind="stable")
    return np.split(order, np.flatnonzero(np.diff(label[order])) + 1)
