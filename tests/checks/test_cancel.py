"""Cancel is asked between the pieces of a long work, and cutting it in pieces changes nothing of what comes out."""

from __future__ import annotations

import datetime
from types import SimpleNamespace

import numpy as np
import pytest
import shapely
from scot_compat.checks import couches, progress
from scot_compat.checks.chunks import CHUNK
from scot_compat.checks.communes import Communes
from scot_compat.checks.context import Context
from scot_compat.checks.layers import Layer, objects
from scot_compat.checks.overlay import union_area
from scot_compat.checks.plu import Plu
from scot_compat.checks.progress import Cancelled, Progress
from scot_compat.rules.model import Territoires
from shapely.geometry import LineString, Point, box

#: vertices of each disc
DISC = 10_000


def discs(x):
    """Of 40 m, their centres on the axis."""
    return shapely.buffer(shapely.points(x, np.zeros(len(x))), 40, quad_segs=DISC // 4)


def context(zones, progress, **codes):
    """A run on these zones, without any layer."""
    plu = Plu("essai", Layer("ZONE_URBA", zones, codes=codes), {}, {})
    rules = SimpleNamespace(territoires=Territoires())
    return Context(rules, plu, {}, {}, datetime.date(2025, 1, 1), progress=progress)


@pytest.fixture
def questions(monkeypatch):
    """Function `(call) -> (number of questions, what call(progress) returns)`, the clock being left aside."""
    monkeypatch.setattr(progress, "PERIOD", 0.0)

    def count(call):
        asked = []
        result = call(Progress(cancelled=lambda: asked.append(True)))
        return len(asked), result

    return count


def test_parts_of_a_run_share_the_clock(monkeypatch):
    monkeypatch.setattr(progress, "PERIOD", 10.0)
    asked = []
    whole = Progress(cancelled=lambda: asked.append(True))
    for part in range(100):
        whole.span(part / 100, (part + 1) / 100).span(0.0, 0.5).step(1.0)
    assert len(asked) == 1


def test_objects_on_the_ground_of_the_plu(questions):
    """Forty discs in a row. The frame is around them all and meets none; an object may touch a zone by a point."""
    zones = discs(np.arange(40) * 100.0)
    frame = box(-200, -200, 4_200, 200) - box(-100, -100, 4_100, 100)
    others = [box(40, -1, 60, 1), box(40, -1, 3_960, 1), box(50, -1, 51, 1), Point(40, 0), Point(50, 0), None]
    asked, found = questions(lambda p: context(zones, p).meets_ground(objects([frame, *others])))
    assert found.tolist() == [False, True, True, False, True, False, False]
    assert asked >= 40 * DISC // CHUNK


def test_a_large_group_of_overlapping_surfaces():
    """Twenty discs in a chain, more vertices than are halved at once."""
    chain = discs(np.arange(20) * 50.0)
    assert len(chain) * DISC > CHUNK
    assert union_area(chain) == pytest.approx(shapely.union_all(chain).area, rel=1e-9)


def test_buffers_of_a_layer(executer, questions, monkeypatch):
    """A line of 10 m in each zone of 100 x 100 m, 5 m of buffer with flat caps: 100 m2."""
    regles = """
        couches:
          haies: {libelle: Haies, geometrie: ligne, tampon: 5 m, precision: 0 m}
        prescriptions:
          - id: P1
            intitule: Haies
            objectif: 1. Essai
            nature: norme
            controle: {zones_interdites: {objets: {zones: {typezone: [U]}}, couches: [haies]}}
    """
    places = range(0, 3_000, 100)
    exemple = {
        "zones": [{"LIBELLE": f"U{x}", "TYPEZONE": "U", "INSEE": "62119", "box": (x, 0, x + 100, 100)} for x in places],
        "couches": {"haies": [{"wkt": LineString([(x + 40, 50), (x + 50, 50)]).wkt} for x in places]},
    }
    at_once, _ = questions(lambda p: executer(regles, exemple, progress=p))
    monkeypatch.setattr(couches, "BUFFERED_AT_ONCE", 2)
    one_by_one, result = questions(lambda p: executer(regles, exemple, progress=p))
    (constat,) = result.answers[0].constats
    assert [ecart.surface_m2 for ecart in constat.ecarts] == pytest.approx([100.0] * len(places))
    assert one_by_one - at_once == len(places) - 1


def test_communes_known_by_the_zones_alone():
    """The union of the zones of a commune: cancelled while it is made; nothing when none of them has a geometry."""
    zones = discs(np.arange(30) * 50.0)
    codes = objects(["62119"] * len(zones) + ["62048"])
    found, grounds = Communes(context(objects([*zones, None]), Progress(), insee=codes)).grounds
    assert found == ("62048", "62119")
    assert shapely.area(grounds)[1] == pytest.approx(shapely.union_all(zones).area, rel=1e-9)
    assert not shapely.area(grounds)[0] > 0
    with pytest.raises(Cancelled):
        Communes(context(zones, Progress(cancelled=lambda: True), insee=codes[:-1])).grounds  # noqa: B018
