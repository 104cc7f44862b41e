"""Each kind gives each of its states, as its file of examples shows it: see kind_states.py."""

from __future__ import annotations

import pytest
from kind_states import CANNOT, CASES, STATES, complain, played

#: answered with QGIS, in tests/gis/test_states.py
OF_QGIS = {"expression"}


def kinds():
    from scot_compat.checks.registry import KINDS

    return sorted(set(KINDS))


def test_every_kind_has_its_file():
    assert sorted(path.stem for path in STATES.glob("*.yaml")) == kinds()


def test_what_a_kind_cannot_have_is_a_case_of_a_kind():
    assert {kind for kind, _ in CANNOT} <= set(kinds()) and {case for _, case in CANNOT} <= set(CASES)


@pytest.mark.parametrize("kind", [path.stem for path in sorted(STATES.glob("*.yaml")) if path.stem not in OF_QGIS])
def test_each_state(kind):
    assert complain(kind, played(kind)) == []
