"""The analytic vectors of the design (`analytic.yaml`): widths found by hand, by each of the two methods."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import shapely
import yaml
from scot_compat.checks.continuity.passage import EROSION, GAPS, measure
from scot_compat.checks.continuity.scene import Corridor
from scot_compat.checks.layers import objects

TABLE = yaml.safe_load((Path(__file__).parent / "analytic.yaml").read_text(encoding="utf-8"))
CASES = [pytest.param(case, id=case["case"]) for case in TABLE["cases"]]
METHODS = [GAPS, EROSION]


def read(text):
    """The shapes of a cell of the table."""
    text = TABLE["named"].get(text, text)
    return objects([shape(one.strip()) for one in text.split(";") if one.strip()])


def shape(text):
    if not text.startswith("disc"):
        return shapely.from_wkt(text)
    x, y, radius = map(float, text.split()[1:])
    turn = np.arange(256) * 2 * np.pi / 256
    return shapely.polygons(np.stack([x + radius * np.cos(turn), y + radius * np.sin(turn)], axis=1))


def passage(case, methode):
    corridor = Corridor(read(case["corridor"])[0], tuple(read(case["ends"])))
    return measure(corridor, read(case.get("obstacles", "")), methode)


@pytest.mark.parametrize("methode", METHODS)
@pytest.mark.parametrize("case", CASES)
def test_width(case, methode):
    found = passage(case, methode)
    assert found.width == pytest.approx(case["width"], abs=case.get("within", 0.1))
    assert found.methode == methode


@pytest.mark.parametrize("methode", METHODS)
@pytest.mark.parametrize("case", CASES)
def test_the_pinch_is_a_segment_of_that_length_in_the_corridor(case, methode):
    found = passage(case, methode)
    if not case["width"]:
        assert found.pinch is None
        return
    assert shapely.length(found.pinch) == pytest.approx(case["width"], abs=case.get("within", 0.1))
    ground = shapely.union_all([*read(case["corridor"]), *read(case["ends"])])
    assert shapely.covers(shapely.buffer(ground, 0.1), found.pinch)
