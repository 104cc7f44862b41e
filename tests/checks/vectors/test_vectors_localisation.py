"""Normative vectors LO1 to LO7: a zone of 10 ha shall lie at 95 % in `sip` or `centralites`."""

from __future__ import annotations

import pytest

COUCHES = """
couches:
  sip: {libelle: Secteurs périphériques, geometrie: surface, precision: 10 m}
  centralites: {libelle: Centralités, geometrie: surface}
  bruit: {libelle: Zones de bruit, geometrie: surface}
"""
ZONE = (0, 0, 1000, 100)


def localise(*lignes, objets="{zones: {typezone: [AUc]}}", couches="couches: [sip, centralites]", part="95 %"):
    return "\n".join(
        [
            "controle:",
            "  localisation:",
            f"    objets: {objets}",
            f"    {couches}",
            *([f"    part_minimale: {part}"] if part else []),
            *(f"    {ligne}" for ligne in lignes),
        ]
    )


def territoire(sip, centralites, zones=(ZONE,), **couches):
    """AUc zones and the two layers, by boxes; None: the layer is absent."""
    layers = {"sip": sip, "centralites": centralites, **couches}
    return {
        "zones": [{"LIBELLE": f"1AU{n}", "TYPEZONE": "AUc", "box": carre} for n, carre in enumerate(zones, 1)],
        "couches": {nom: [{"box": c} for c in carres] for nom, carres in layers.items() if carres is not None},
    }


def moitie(fin):
    """`sip` takes the zone up to x = 500, `centralites` from there to `fin`."""
    return territoire([(0, 0, 500, 100)], [(500, 0, fin, 100)])


def test_lo1_equality(constater, verifier):
    verifier(constater(localise(), moitie(950), COUCHES), "sans_ecart", mesure=95.0, unite="%", ecarts=[])


@pytest.mark.parametrize(
    "fin, etat, surface",
    [
        pytest.param(900, "ecart_faible", 10000, id="LO2-9.0ha"),
        pytest.param(760, "ecart_faible", 24000, id="LO2-7.6ha-equality"),
        pytest.param(750, "ecart_marque", 25000, id="LO2-7.5ha"),
    ],
)
def test_lo2_outside(constater, verifier, fin, etat, surface):
    verifier(
        constater(localise(), moitie(fin), COUCHES),
        etat,
        mesure=fin / 10,
        ecart=95 - fin / 10,
        relatif=(95 - fin / 10) / 95,
        ecarts=[{"forme": (fin, 0, 1000, 100), "surface": surface, "part": surface / 100000, "objet": "ZONE_URBA"}],
    )


def test_lo3_two_layers_that_overlap(constater, verifier):
    exemple = territoire([(0, 0, 600, 100)], [(450, 0, 950, 100)])
    verifier(constater(localise(), exemple, COUCHES), "sans_ecart", mesure=95.0, ecarts=[])


@pytest.mark.parametrize(
    "fin, etat, mesure",
    [
        pytest.param(960, "sans_ecart", 96.0, id="LO4-96"),
        pytest.param(800, "non_evalue", 80.0, id="LO4-80"),
    ],
)
def test_lo4_one_of_the_layers_absent(constater, verifier, fin, etat, mesure):
    exemple = territoire([(0, 0, fin, 100)], None)
    verifier(constater(localise(), exemple, COUCHES), etat, mesure=mesure, dit=["centralit[eé]s"], ecarts=[])


def test_lo5_outside_sliver_narrower_than_the_precision(constater, verifier):
    exemple = territoire([(0, 0, 1000, 92)], [(2000, 0, 2100, 100)])
    verifier(
        constater(localise(), exemple, COUCHES), "sans_ecart", mesure=100.0, ecarts=[], limites=[r"\b8000 m2|\b0,8 ha"]
    )


@pytest.mark.parametrize(
    "dedans, etat",
    [
        pytest.param(True, "sans_ecart", id="LO6-inside"),
        pytest.param(False, "non_evalue", id="LO6-outside"),
    ],
)
def test_lo6_unknown_destinations(constater, verifier, dedans, etat):
    """Ten zones of 1 ha; seven admit retail (31) and lie inside; three say nothing of their destinations."""
    zones = [
        {
            "LIBELLE": f"U{n}",
            "TYPEZONE": "U",
            "box": (n * 100, 0, n * 100 + 100, 100),
            **({"DESTOUI": "31-34", "DESTCDT": "21", "DESTNON": "10"} if n < 7 else {}),
        }
        for n in range(10)
    ]
    fin = 1000 if dedans else 700
    exemple = {
        "zones": zones,
        "couches": {"sip": [{"box": (0, 0, fin, 100)}], "centralites": [{"box": (0, 500, 100, 600)}]},
    }
    regle = localise(objets="{zones: {typezone: [U], admet: [commerce_detail]}}")
    constat = constater(regle, exemple, COUCHES)
    verifier(constat, etat, ecarts=[], dit=[r"\b3\b|U7"])
    if dedans:
        verifier(constat, etat, mesure=100.0)


def test_lo7_without_part_minimale_the_shares_are_listed(constater, verifier):
    constat = constater(localise(part=None), moitie(900), COUCHES)
    verifier(constat, "a_apprecier", mesure=90.0, dit=[r"\b90(,0+)? ?%"])


def test_worst_object_and_total(constater, verifier):
    """1AU1 10 ha inside, 1AU2 1 ha outside: marked by 1AU2, measure 10 of 11 ha."""
    exemple = territoire([ZONE], [(0, 0, 10, 10)], zones=(ZONE, (1000, 0, 1100, 100)))
    verifier(
        constater(localise(), exemple, COUCHES),
        "ecart_marque",
        mesure=1000 / 11,
        dit=["1AU2"],
        ecarts=[
            {"libelle": "1AU2", "forme": (1000, 0, 1100, 100), "surface": 10000, "part": 1.0, "etat": "ecart_marque"}
        ],
    )


def test_layers_around_none_meeting_the_plu(constater, verifier):
    """A location layer is never `sans_objet`: the zone is wholly outside."""
    exemple = territoire(
        [(-900, -900, -800, -800), (1800, 800, 1900, 900)], [(-900, 800, -800, 900), (1800, -900, 1900, -800)]
    )
    verifier(
        constater(localise(), exemple, COUCHES),
        "ecart_marque",
        mesure=0.0,
        ecarts=[{"forme": ZONE, "surface": 100000, "part": 1.0}],
    )


def test_layers_elsewhere(constater, verifier):
    loin = [(90000, 90000, 90100, 90100)]
    verifier(constater(localise(), territoire(loin, loin), COUCHES), "non_evalue", ecarts=[])


def test_no_layer_found(constater, verifier):
    verifier(constater(localise(), territoire(None, None), COUCHES), "non_evalue", mesure=None, ecarts=[])


def test_no_object(constater, verifier):
    exemple = moitie(1000)
    exemple["zones"][0]["TYPEZONE"] = "N"
    verifier(constater(localise(), exemple, COUCHES), "sans_objet", mesure=None, ecarts=[])


HORS = localise(couches="hors: [bruit]")


@pytest.mark.parametrize(
    "bruit, etat, mesure, ecarts",
    [
        pytest.param([(950, -10, 1100, 110)], "sans_ecart", 95.0, [], id="equality"),
        pytest.param(
            [(900, -10, 1100, 110)],
            "ecart_faible",
            90.0,
            [{"forme": (900, 0, 1000, 100), "part": 0.1}],
            id="inside-by-a-tenth",
        ),
        pytest.param([(-500, -500, -400, -400), (1500, 500, 1600, 600)], "sans_ecart", 100.0, [], id="around"),
        pytest.param([(90000, 90000, 90100, 90100)], "non_evalue", None, [], id="elsewhere"),
        pytest.param([], "non_evalue", None, [], id="empty"),
        pytest.param(None, "non_evalue", None, [], id="absent"),
    ],
)
def test_hors(constater, verifier, bruit, etat, mesure, ecarts):
    exemple = territoire(None, None, bruit=bruit)
    verifier(constater(HORS, exemple, COUCHES), etat, mesure=mesure, ecarts=ecarts)


@pytest.mark.parametrize(
    "echelle, attendus",
    [
        pytest.param("objet", {"ecart_faible": 1, "sans_ecart": 1}, id="objet"),
        pytest.param("plu", {"ecart_faible": 1}, id="plu"),
    ],
)
def test_one_constat_for_each_object_or_for_the_plu(repondre, echelle, attendus):
    """1AU1 wholly inside, 1AU2 at 85 % (15 m wide outside, more than the precision of 10 m)."""
    exemple = territoire([(0, 0, 185, 100)], [(0, 0, 10, 10)], zones=((0, 0, 100, 100), (100, 0, 200, 100)))
    constats = repondre(localise(f"echelle: {echelle}"), exemple, COUCHES).constats
    etats = [str(c.etat) for c in constats]
    assert {etat: etats.count(etat) for etat in etats} == attendus
