"""The states of `expression`, which QGIS alone evaluates: see kind_states.py."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from kind_states import complain, played
from scot_compat.gis.expression import QgisEvaluator

pytestmark = pytest.mark.usefixtures("qgis_app")


def test_each_state_of_an_expression():
    assert complain("expression", played("expression", expressions=QgisEvaluator())) == []
