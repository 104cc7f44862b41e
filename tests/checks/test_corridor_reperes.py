"""What is drawn of a corridor that is too narrow, in a band of 1000 x 100 m between x = 0 and x = 1000."""

from __future__ import annotations

import math

import pytest
import shapely
from shapely.geometry import LineString, box

COUCHES = """
couches:
  corridors: {libelle: Corridors, geometrie: ligne, tampon: 50 m, precision: 0 m}
  bati: {libelle: Bâti, geometrie: surface}
"""
WEST, EAST = box(0, -50, 400, 50), box(600, -50, 1000, 50)
HALF = (400, -80, 600, 0)  # 50 m are left, from (x, 0) to (x, 50)


def passage(largeur="60 m", *, autre="", avant=""):
    asked = f"    largeur_minimale: {largeur}\n" if largeur else ""
    return f"{avant}controle:\n  continuite_corridor:\n    couches: [corridors]\n{asked}{autre}"


def territoire(*carres, bati=((0, 800, 10, 810),)):
    zones = [{"LIBELLE": "N", "TYPEZONE": "N", "box": (-200, -500, 1200, 500)}]
    zones += [{"LIBELLE": f"1AU{n}", "TYPEZONE": "AUc", "box": carre} for n, carre in enumerate(carres, 1)]
    corridors = [{"NOM": "A", "wkt": "LINESTRING(0 0, 1000 0)"}]
    return {"zones": zones, "couches": {"corridors": corridors, "bati": [{"box": carre} for carre in bati]}}


def drawn(constat, nature):
    return [repere for repere in constat.reperes if repere.nature == nature]


def said(repere):
    return repere.libelle.replace("\u202f", " ").replace("\u00a0", " ")


def test_half_closed(constater):
    """50 m of 60: across at some x of 400 to 600, from the zone to the side."""
    constat = constater(passage(), territoire(HALF), COUCHES)
    (line,) = drawn(constat, "passage")
    assert (said(line), line.mesure, line.unite) == ("50 m", pytest.approx(50, abs=0.05), "m")
    (x1, y1), (x2, y2) = sorted(line.geometrie.coords, key=lambda xy: xy[1])
    assert (y1, y2) == (pytest.approx(0, abs=0.01), pytest.approx(50, abs=0.01))
    assert x1 == pytest.approx(x2, abs=0.01) and 400 <= x1 <= 600


def test_what_is_free_but_too_narrow(constater):
    """Above the zone, 200 x 50, less what a disc of 60 m enters of it from each side, plus the corners that it leaves.

    The disc that touches the upper side and the corner of the zone is centred at 20 m above the zone and
    u = sqrt(30² - 20²) = 22.36 m before it.
    Beyond the corner it covers the segment cut by a chord of 2 x 20 m: 30² acos(u / 30) - 20 u = 209.54 m2.
    Before it, above its arc, it leaves 30 u - (20 u + 30² asin(u / 30)) / 2 = 68.73 m2.
    At the foot of the zone it leaves a corner of (1 - pi / 4) 30² = 193.14 m2.
    """
    u = math.sqrt(500)
    segment = 900 * math.acos(u / 30) - 20 * u
    above = 30 * u - (20 * u + 900 * math.asin(u / 30)) / 2
    corner = (1 - math.pi / 4) * 900
    expected = 200 * 50 + 2 * (above + corner - segment)
    assert expected == pytest.approx(10104.7, abs=0.1)
    constat = constater(passage(), territoire(HALF), COUCHES)
    (left,) = drawn(constat, "inutilisable")
    assert (said(left), left.unite) == ("libre mais large de moins de 60 m", "m2")
    assert left.mesure == pytest.approx(expected, abs=10)  # circles drawn with 32 segments to the quarter
    assert left.geometrie.area == pytest.approx(left.mesure)
    assert shapely.covers(left.geometrie, box(410, 0.5, 590, 49.5))
    assert not left.geometrie.intersects(box(50, -49, 350, 49))
    assert left.geometrie.intersection(box(*HALF)).area == pytest.approx(0, abs=0.01)


def test_closed(constater):
    """The barrier is 200 m thick; west and east of it, a disc of 60 m leaves the four corners."""
    constat = constater(passage(), territoire((400, -80, 600, 80)), COUCHES)
    (line,) = drawn(constat, "passage")
    assert (said(line), line.mesure) == ("fermé sur 200 m", pytest.approx(200, abs=0.05))
    assert line.geometrie.distance(WEST) < 0.01 and line.geometrie.distance(EAST) < 0.01
    (left,) = drawn(constat, "inutilisable")
    assert left.mesure == pytest.approx(4 * (1 - math.pi / 4) * 900, abs=10)


def test_closed_at_a_corner(constater):
    constat = constater(passage(), territoire((400, -80, 500, 0), (500, 0, 600, 80)), COUCHES)
    (line,) = drawn(constat, "passage")
    assert (line.libelle, line.mesure, line.unite) == ("fermé", None, "")
    assert line.geometrie.distance(shapely.Point(500, 0)) < 0.5


def test_a_chicane(constater):
    """From (450, y) to (480, y), y between -10 and 10: 30 m between the zones, across the way."""
    constat = constater(passage(), territoire((400, -80, 450, 10), (480, -10, 530, 80)), COUCHES)
    (line,) = drawn(constat, "passage")
    assert said(line) == "30 m" and line.geometrie.length == pytest.approx(30, abs=0.01)
    assert box(449.9, -10.1, 480.1, 10.1).covers(line.geometrie)


def test_two_places_as_narrow(constater):
    """50 m left at x = 200 and 50.3 m at x = 800, by two zones; 90 m in between."""
    constat = constater(passage(), territoire((150, -80, 250, 0), (750, -80, 850, -0.3)), COUCHES)
    assert [said(line) for line in drawn(constat, "passage")] == ["50 m", "50,3 m"]


def test_two_places_as_narrow_by_one_zone(constater):
    """A comb: teeth at x = 150 to 250 and 750 to 850 leave 50 m and 50.3 m, its back below the corridor 95 m."""
    zone = {"LIBELLE": "1AU1", "TYPEZONE": "AUc"}
    zone["wkt"] = (
        "POLYGON((100 -80, 900 -80, 900 -45, 850 -45, 850 -0.3, 750 -0.3, 750 -45, 250 -45, 250 0, 150 0, 150 -45, "
        "100 -45, 100 -80))"
    )
    exemple = territoire()
    exemple["zones"].append(zone)
    lines = drawn(constater(passage(), exemple, COUCHES), "passage")
    assert [said(line) for line in lines] == ["50 m", "50,3 m"]
    assert 150 <= lines[0].geometrie.centroid.x <= 250 and 750 <= lines[1].geometrie.centroid.x <= 850


def test_every_place_under_what_is_asked(constater):
    """20 m at x = 200, 45 m at x = 800."""
    constat = constater(passage(), territoire((150, -80, 250, 30), (750, -80, 850, 5)), COUCHES)
    assert [said(line) for line in drawn(constat, "passage")] == ["20 m", "45 m"]


def test_a_place_that_another_zone_covers_is_not_measured_without_it(constater):
    """One zone closes the band; behind it, within it, a smaller one would leave 40 m if it were alone."""
    constat = constater(passage(), territoire((400, -80, 600, 80), (450, -80, 550, 10)), COUCHES)
    assert [said(line) for line in drawn(constat, "passage")] == ["fermé sur 200 m"]


@pytest.mark.parametrize(
    "regle, zones",
    [
        pytest.param(passage(), (), id="free"),
        pytest.param(passage("50 m"), (HALF,), id="wide-enough"),
        pytest.param(passage(autre="    tolerance: 10 m\n"), (HALF,), id="tolerated"),
        pytest.param(passage(""), (HALF,), id="nothing-asked"),
        pytest.param(passage("a_completer"), (HALF,), id="not-known"),
    ],
)
def test_nothing_is_drawn_of_one_that_does_not_fail(constater, regle, zones):
    assert constater(regle, territoire(*zones), COUCHES).reperes == ()


def test_narrow_already(constater):
    """Buildings leave 50 m of 60 and the plan nothing less: the place is drawn, nobody is at fault."""
    regle = passage(autre="    obstacles: [{zones: {typezone: [AUc]}}, {couche: bati}]\n")
    constat = constater(regle, territoire(bati=(HALF,)), COUCHES)
    assert (str(constat.etat), constat.ecarts) == ("a_apprecier", ())
    assert [said(line) for line in drawn(constat, "passage")] == ["50 m"]
    assert len(drawn(constat, "inutilisable")) == 1


def test_one_drawn_narrower_than_asked(constater):
    """100 m are drawn and 120 asked: what is too narrow is what is under 100 m, not all of the corridor."""
    constat = constater(passage("120 m"), territoire(HALF), COUCHES)
    (left,) = drawn(constat, "inutilisable")
    assert not left.geometrie.intersects(box(10, -40, 300, 40))


def test_an_orientation_is_drawn_too(constater):
    constat = constater(passage(avant="nature: orientation\n"), territoire(HALF), COUCHES)
    assert str(constat.etat) == "a_apprecier" and [said(line) for line in drawn(constat, "passage")] == ["50 m"]


def test_without_scipy(constater, monkeypatch):
    from scot_compat.checks.continuity import passage as module

    monkeypatch.setattr(module, "find_spec", lambda nom: None)
    (line,) = drawn(constater(passage(), territoire(HALF), COUCHES), "passage")
    assert said(line) == "50 m"
    assert LineString(line.geometrie).length == pytest.approx(50, abs=0.05)
