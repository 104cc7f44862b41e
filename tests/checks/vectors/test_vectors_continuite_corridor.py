"""Normative vectors CC0 to CC10: a corridor of 1000 x 50 m between x = 0 and x = 1000, 25 m of passage asked."""

from __future__ import annotations

import pytest

PRECISION = "    precision: 12,5 m\n"
COUCHES = """
couches:
  corridors:
    libelle: Corridors
    geometrie: ligne
    tampon: 25 m
{precision}  bati: {{libelle: Bâti, geometrie: surface, fourni_par: plu}}
  reservoirs: {{libelle: Réservoirs, geometrie: surface}}
"""
EXACT = COUCHES.format(precision=PRECISION.replace("12,5 m", "0 m"))
PRECIS = COUCHES.format(precision=PRECISION)
CORRIDOR = "LINESTRING(0 0, 1000 0)"


def passage(*lignes, largeur="25 m"):
    asked = [f"    largeur_minimale: {largeur}"] if largeur else []
    return "\n".join(
        [
            "controle:",
            "  continuite_corridor:",
            "    couches: [corridors]",
            *asked,
            *(f"    {ligne}" for ligne in lignes),
        ]
    )


BATI = ("obstacles:", "  - zones: {typezone: [U, AUc, AUs]}", "  - couche: bati")


def territoire(*carres, bati=None, corridor=CORRIDOR, typezone="AUc", **reste):
    """An N zone all around, one zone to urbanise per box."""
    zones = [{"LIBELLE": "N", "TYPEZONE": "N", "box": (-200, -500, 1200, 500)}]
    zones += [{"LIBELLE": f"1AU{n}", "TYPEZONE": typezone, "box": carre} for n, carre in enumerate(carres, 1)]
    couches = {"corridors": [{"NOM": "A", "wkt": corridor}]}
    if bati is not None:
        couches["bati"] = [{"box": carre} for carre in bati]
    return {"zones": zones, "couches": {**couches, **reste.pop("couches", {})}, **reste}


def test_cc0_nothing_in_the_way(constater, verifier):
    constat = constater(passage(), territoire(), EXACT)
    verifier(constat, "sans_ecart", mesure=50, unite="m", ecarts=[], limites=[], dit=["corridor « A »", "50 m", "25 m"])
    assert constat.seuil_min == 25


def test_cc1_equality(constater, verifier):
    verifier(constater(passage(), territoire((400, -25, 600, 0)), EXACT), "sans_ecart", mesure=25, ecarts=[])


def test_cc2_weak_at_the_marked_limit(constater, verifier):
    constat = constater(passage(), territoire((400, -25, 600, 5)), EXACT)
    verifier(
        constat,
        "ecart_faible",
        mesure=20,
        ecart=5,
        relatif=0.2,
        dit=["passage de 20 m", "demande 25 m", "50 m sans le PLU", r"x \d+, y 15\b", "1AU1"],
        ecarts=[{"forme": (400, -25, 600, 5), "surface": 6000, "part": 1.0, "libelle": "1AU1", "objet": "ZONE_URBA"}],
    )
    (ecart,) = constat.ecarts
    assert ecart.mesure == pytest.approx(20) and ecart.seuil == 25 and ecart.unite == "m"
    assert "50" in ecart.message  # without it


def test_cc3_closed(constater, verifier):
    verifier(
        constater(passage(), territoire((400, -25, 600, 25)), EXACT),
        "ecart_marque",
        mesure=0,
        dit=["plus aucun passage", "fermé sur 200 m", "1AU1"],
        ecarts=[{"forme": (400, -25, 600, 25), "surface": 10000}],
    )


def test_cc4_an_island_leaves_the_wider_of_its_sides(constater, verifier):
    verifier(
        constater(passage(), territoire((400, -10, 600, 10)), EXACT),
        "ecart_marque",
        mesure=15,
        relatif=0.4,
        ecarts=[{"forme": (400, -10, 600, 10), "surface": 4000}],
    )


def test_cc5_a_chicane_that_touches_at_one_point(constater, verifier):
    verifier(
        constater(passage(), territoire((400, -25, 500, 0), (500, 0, 600, 25)), EXACT),
        "ecart_marque",
        mesure=0,
        ecarts=[{"forme": (400, -25, 500, 0), "libelle": "1AU1"}, {"forme": (500, 0, 600, 25), "libelle": "1AU2"}],
    )


def test_cc6_within_the_precision(constater, verifier):
    constat = constater(passage(), territoire((400, -25, 600, 5)), PRECIS)
    verifier(constat, "sans_ecart", mesure=20, ecarts=[], limites=["sous la précision"], dit=["tolérance"])


def test_cc7_narrow_already_because_of_buildings(constater, verifier):
    exemple = territoire(bati=[(450, -25, 500, 10)])
    constat = constater(passage(*BATI), exemple, EXACT)
    verifier(constat, "a_apprecier", mesure=15, ecarts=[], dit=["déjà étroit sans le PLU", "bâti"])


def test_cc7_a_zone_over_the_buildings_adds_nothing(constater, verifier):
    exemple = territoire((450, -25, 500, 10), bati=[(450, -25, 500, 10)])
    verifier(constater(passage(*BATI), exemple, EXACT), "a_apprecier", mesure=15, ecarts=[])


def test_cc8_zones_over_buildings(constater, verifier):
    exemple = territoire((400, -25, 600, 15), bati=[(450, -25, 500, -15)])
    constat = constater(passage(*BATI), exemple, EXACT)
    verifier(
        constat,
        "ecart_marque",
        mesure=10,
        relatif=0.6,
        dit=["40 m sans le PLU"],
        ecarts=[{"forme": (400, -25, 600, 15), "libelle": "1AU1"}],
    )
    assert constat.seuil_min == 25


MINCE = EXACT.replace("tampon: 25 m", "tampon: 10 m")


def test_cc9_drawn_narrower_than_asked(constater, verifier):
    constat = constater(passage(), territoire(), MINCE)
    verifier(constat, "sans_ecart", mesure=20, ecarts=[], limites=["dessiné plus étroit"])
    assert constat.seuil_min == pytest.approx(20)


def test_cc9_drawn_narrower_and_narrowed(constater, verifier):
    """10 m of 20 are left: half of what it was."""
    constat = constater(passage(), territoire((400, -25, 600, 0)), MINCE)
    verifier(constat, "ecart_marque", mesure=10, relatif=0.5, ecarts=[{"forme": (400, -10, 600, 0)}])


@pytest.mark.parametrize("tampon, warned", [("10 m", True), ("12 m", True), ("12,5 m", False), ("25 m", False)])
def test_cc9_is_said_when_the_rules_are_read(tampon, warned):
    from scot_compat.checks.registry import KINDS
    from scot_compat.rules.loader import loads

    rules = loads(
        "format: 1\nscot: {nom: S}\n"
        + EXACT.replace("tampon: 25 m", f"tampon: {tampon}")
        + "prescriptions:\n  - id: P1\n    intitule: I\n    nature: norme\n    "
        + passage().replace("\n", "\n    "),
        KINDS,
    )
    assert any("largeur_minimale" in str(one) for one in rules.warnings) is warned


@pytest.mark.parametrize(
    "zone, etat, mesure, ecarts",
    [
        pytest.param((400, 30, 600, 60), "non_evalue", 50, [], id="CC10-50"),
        pytest.param((400, -25, 600, 15), "ecart_marque", 10, [{"forme": (400, -25, 600, 15)}], id="CC10-10"),
    ],
)
def test_cc10_buildings_asked_for_and_absent(constater, verifier, zone, etat, mesure, ecarts):
    constat = constater(passage(*BATI), territoire(zone), EXACT)
    verifier(constat, etat, mesure=mesure, ecarts=ecarts, dit=["bati"])
