"""The states of `expression`, which QGIS alone evaluates: see kind_states.py."""

from __future__ import annotations

import pytest
from kind_states import complain, played
from scot_compat.gis.expression import QgisEvaluator

pytestmark = pytest.mark.usefixtures("qgis_app")


def test_each_state_of_an_expression():
    assert complain("expression", played("expression", expressions=QgisEvaluator())) == []
