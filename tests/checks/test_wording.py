"""How a measure of which two bounds are known is told."""

from __future__ import annotations

import math

import pytest
from scot_compat.checks.wording import NBSP, within


@pytest.mark.parametrize(
    "low, high, said",
    [
        (12, 12, "de 12 ha"),
        (12, 12.000001, "de 12 ha"),  # nothing that a reader can see
        (0, 9, "comprise entre 0 ha et 9 ha"),
        (12, math.inf, "d'au moins 12 ha"),
        (-math.inf, 12, "d'au plus 12 ha"),
    ],
)
def test_a_measure_is_told_by_what_is_known_of_it(low, high, said):
    assert within(low, high, "ha") == said


def test_a_bound_does_not_read_as_the_threshold_that_it_misses():
    assert within(59.9999, 80, "%", 60) == f"comprise entre 59,9999{NBSP}% et 80{NBSP}%"
