"""Vectors AM1 to AM12: `a_moins_de`, a straight-line distance, in the two kinds that take it and in a selector.

| # | inputs | measure | state | écart |
|---|---|---|---|---|
| AM1 | stream x = 0, 15 m; zone [10 0 110 100] | 500 m², part 0,05 | ecart_faible | box [10 0 15 100] |
| AM2 | zone [15 0 115 100], touches the band | 0 | sans_ecart | none |
| AM3 | zone [0 0 75 100] / [0 0 74 100] | 1 500 m², 0,20 / 0,2027 | faible (equality) / marque | [0 0 15 100] |
| AM4 | as AM1, tampon 5 m | band 20 m: 1 000 m² | ecart_faible | [10 0 20 100] |
| AM5 | distance by field: 10 m and 30 m on two streams | 3 000 m² | by part | within 30 m of the second |
| AM6 | point (0, 0), 100 m, zone [0 0 200 200] | quarter of a disc, 7 854 m² | ecart_faible (19,6 %) | its ground |
| AM7 | line that ends 0 m before the zone, 20 m | half a disc, 628 m²: the band is round | ecart_faible | its ground |
| AM8 | surface [0 0 100 100], 15 m, zone [110 0 210 100] | 500 m²; zone [90 0 190 100]: 2 500, layer included | | |
| AM9 | stream 20 m from the PLU, 15 m / 25 m | NULL / 500 m² | non_evalue ("elsewhere") / ecart_faible | none / 5 m |
| AM10 | field absent, empty, 0 on a line | NULL | non_evalue | none |
| AM11 | localisation: zone 10 ha, 950 / 760 / 750 m | 95 / 76 / 75 % | sans / faible (equality) / marque | beyond |
| AM12 | selector: 3 ha of 4 within 300 m, 80 logt | 60 / 3 = 20 logt/ha; `entierement` 80 / 4 | | |
"""

from __future__ import annotations

import math

import pytest
import shapely

COUCHES = """
couches:
  cours_d_eau: {libelle: Cours d'eau, geometrie: ligne}
  rus: {libelle: Rus, geometrie: ligne, tampon: 5 m}
  mares: {libelle: Mares, geometrie: point}
  forets: {libelle: Forêts, geometrie: surface}
  gares: {libelle: Gares, geometrie: surface}
"""
COURS_D_EAU = {"wkt": "LINESTRING(0 -500, 0 500)"}
ZONE = (0, 0, 1000, 100)


def interdit(couche="cours_d_eau", distance="15 m", *lignes):
    head = [
        "controle:",
        "  zones_interdites:",
        "    objets: {zones: {typezone: [AUc]}}",
        f"    couches: [{couche}]",
        f"    a_moins_de: {distance}",
    ]
    return "\n".join([*head, *(f"    {ligne}" for ligne in lignes)])


def territoire(*carres, **couches):
    return {
        "zones": [{"LIBELLE": f"1AU{n}", "TYPEZONE": "AUc", "box": c} for n, c in enumerate(carres, 1)],
        "couches": couches,
    }


# -- zones_interdites -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "carre, etat, mesure, forme, part",
    [
        pytest.param((10, 0, 110, 100), "ecart_faible", 500, (10, 0, 15, 100), 0.05, id="AM1"),
        pytest.param((0, 0, 75, 100), "ecart_faible", 1500, (0, 0, 15, 100), 0.2, id="AM3-equality"),
        pytest.param((0, 0, 74, 100), "ecart_marque", 1500, (0, 0, 15, 100), 15 / 74, id="AM3"),
    ],
)
def test_am1_am3_a_set_back_from_a_stream(constater, verifier, carre, etat, mesure, forme, part):
    constat = constater(interdit(), territoire(carre, cours_d_eau=[COURS_D_EAU]), COUCHES)
    verifier(
        constat,
        etat,
        mesure=mesure,
        unite="m2",
        dit=["1AU1", r"est à moins de 15 m \(à vol d'oiseau\) de « Cours d'eau »"],
        ecarts=[{"forme": forme, "surface": mesure, "part": part}],
    )


def test_am2_a_zone_that_touches_the_band(constater, verifier):
    constat = constater(interdit(), territoire((15, 0, 115, 100), cours_d_eau=[COURS_D_EAU]), COUCHES)
    verifier(constat, "sans_ecart", mesure=0, ecarts=[], dit=["aucun objet à moins de 15 m"])


def test_am4_from_the_layer_with_its_buffer(constater, verifier):
    constat = constater(interdit("rus"), territoire((10, 0, 110, 100), rus=[COURS_D_EAU]), COUCHES)
    verifier(constat, "ecart_faible", mesure=1000, ecarts=[{"forme": (10, 0, 20, 100), "part": 0.1}])


def test_am5_a_distance_read_object_by_object(constater, verifier):
    """10 m of x = 0 do not reach the zone; 30 m of x = 120 take [90 0 120 100] of it."""
    rows = [{**COURS_D_EAU, "RECUL": "10"}, {"wkt": "LINESTRING(120 -500, 120 500)", "RECUL": "30"}]
    constat = constater(
        interdit(distance="{champ: RECUL, unite: m}"), territoire((20, 0, 120, 100), cours_d_eau=rows), COUCHES
    )
    verifier(
        constat,
        "ecart_marque",
        mesure=3000,
        dit=["à moins de la distance du champ RECUL"],
        ecarts=[{"forme": (90, 0, 120, 100), "part": 0.3}],
    )


def test_am6_around_a_point(constater):
    constat = constater(
        interdit("mares", "100 m"), territoire((0, 0, 200, 200), mares=[{"wkt": "POINT(0 0)"}]), COUCHES
    )
    assert str(constat.etat) == "ecart_faible"
    assert constat.mesure == pytest.approx(math.pi * 1e4 / 4, rel=1e-3)
    assert constat.mesure < math.pi * 1e4 / 4


def test_am6_the_arc_of_a_wide_band_is_drawn_to_5_cm(constater):
    """At 2 km, sixteen segments by quarter would lose 2.4 m: the zone 1 m inside the limit would be missed."""
    angle = math.pi / 4 * (2 * 16 + 1) / 32  # the middle of a segment
    x, y = 1999.5 * math.cos(angle), 1999.5 * math.sin(angle)
    zone = shapely.Point(x, y).buffer(0.4)
    exemple = {
        "zones": [{"LIBELLE": "1AU1", "TYPEZONE": "AUc", "wkt": zone.wkt}],
        "couches": {"mares": [{"wkt": "POINT(0 0)"}]},
    }
    constat = constater(interdit("mares", "2 km"), exemple, COUCHES)
    assert constat.ecarts[0].part_objet == pytest.approx(1.0)


def test_am7_the_band_is_round_at_the_end_of_a_line(constater):
    lignes = [{"wkt": "LINESTRING(0 -100, 0 0)"}]
    constat = constater(interdit(distance="20 m"), territoire((-50, 0, 50, 100), cours_d_eau=lignes), COUCHES)
    assert constat.mesure == pytest.approx(math.pi * 400 / 2, rel=5e-3)
    assert str(constat.etat) == "ecart_faible"


@pytest.mark.parametrize("carre, mesure", [((110, 0, 210, 100), 500), ((90, 0, 190, 100), 2500)])
def test_am8_around_a_surface_which_is_included(constater, verifier, carre, mesure):
    constat = constater(interdit("forets"), territoire(carre, forets=[{"box": (0, 0, 100, 100)}]), COUCHES)
    x = carre[0]
    verifier(constat, constat.etat.value, mesure=mesure, ecarts=[{"forme": (x, 0, 115, 100), "part": mesure / 1e4}])


@pytest.mark.parametrize(
    "distance, etat, mesure",
    [pytest.param("15 m", "non_evalue", None, id="out-of-reach"), pytest.param("25 m", "ecart_faible", 500, id="near")],
)
def test_am9_the_extent_takes_the_distance(constater, verifier, distance, etat, mesure):
    exemple = territoire((20, 0, 120, 100), cours_d_eau=[{"wkt": "LINESTRING(0 0, 0 100)"}])
    verifier(constater(interdit(distance=distance), exemple, COUCHES), etat, mesure=mesure)


def test_am9_layers_around_out_of_reach_of_the_plu(constater, verifier):
    around = [{"wkt": "LINESTRING(-500 -500, -500 500)"}, {"wkt": "LINESTRING(500 -500, 500 500)"}]
    constat = constater(interdit(), territoire((0, 0, 100, 100), cours_d_eau=around), COUCHES)
    verifier(constat, "sans_objet", mesure=None, ecarts=[], dit=[r"ni à moins de 15 m \(à vol d'oiseau\)"])


@pytest.mark.parametrize(
    "rows, dit",
    [
        pytest.param([COURS_D_EAU], "champ RECUL.*« a_moins_de »", id="field-absent"),
        pytest.param([{**COURS_D_EAU, "RECUL": "10"}, COURS_D_EAU], "d'un objet.*n'est pas renseignée", id="NULL"),
        pytest.param([{**COURS_D_EAU, "RECUL": "-5"}], "d'un objet.*n'est pas renseignée", id="negative"),
        pytest.param([{**COURS_D_EAU, "RECUL": "0"}], "distance d'un objet.*est nulle", id="zero-on-a-line"),
    ],
)
def test_am10_a_distance_that_is_not_known(constater, verifier, rows, dit):
    exemple = territoire((10, 0, 110, 100), cours_d_eau=rows)
    constat = constater(interdit(distance="{champ: RECUL}"), exemple, COUCHES)
    verifier(constat, "non_evalue", mesure=None, dit=[dit], ecarts=[])


def test_am10_no_set_back_of_its_own_around_a_surface(constater, verifier):
    """0 m around a forest is the forest itself."""
    rows = [{"box": (0, 0, 100, 100), "RECUL": "0"}]
    constat = constater(interdit("forets", "{champ: RECUL}"), territoire((90, 0, 190, 100), forets=rows), COUCHES)
    verifier(constat, "ecart_faible", mesure=1000)


def test_one_layer_of_two_without_its_distance(constater, verifier):
    """What the ponds forbid is not known: a zone already marked stays so, another is not evaluated."""
    for carre, etat in (((0, 0, 50, 100), "ecart_marque"), ((10, 0, 510, 100), "non_evalue")):
        exemple = territoire(carre, cours_d_eau=[{**COURS_D_EAU, "RECUL": "15"}], mares=[{"wkt": "POINT(900 0)"}])
        regle = interdit("cours_d_eau, mares", "{champ: RECUL}")
        verifier(constater(regle, exemple, COUCHES), etat, dit=["« mares » n'a pas de champ RECUL"])


# -- localisation ---------------------------------------------------------------------------------


def localise(distance, place="couches: [gares]"):
    return "\n".join(
        [
            "controle:",
            "  localisation:",
            "    objets: {zones: {typezone: [AUc]}}",
            f"    {place}",
            f"    a_moins_de: {distance}",
            "    part_minimale: 95 %",
        ]
    )


GARE = {"box": (-10, -2000, 0, 2000)}


@pytest.mark.parametrize(
    "distance, etat, mesure, ecarts",
    [
        pytest.param("950 m", "sans_ecart", 95.0, [], id="AM11-equality"),
        pytest.param("0,76 km", "ecart_faible", 76.0, [{"forme": (760, 0, 1000, 100), "part": 0.24}], id="AM11-weak"),
        pytest.param("750 m", "ecart_marque", 75.0, [{"forme": (750, 0, 1000, 100), "part": 0.25}], id="AM11-marked"),
    ],
)
def test_am11_within_a_distance(constater, verifier, distance, etat, mesure, ecarts):
    constat = constater(localise(distance), territoire(ZONE, gares=[GARE]), COUCHES)
    said = [r"se situe à moins de .*m \(à vol d'oiseau\) de « Gares »"]
    verifier(constat, etat, mesure=mesure, dit=said, ecarts=ecarts)
    if ecarts:
        assert "à plus de" in constat.ecarts[0].message


def test_am11_beyond_a_distance(constater, verifier):
    constat = constater(localise("100 m", "hors: [gares]"), territoire(ZONE, gares=[GARE]), COUCHES)
    verifier(
        constat, "ecart_faible", mesure=90.0, dit=["se situe à plus de 100 m"], ecarts=[{"forme": (0, 0, 100, 100)}]
    )


def test_lines_and_points_have_an_inside_once_a_distance_is_given(constater, verifier):
    constat = constater(
        localise("950 m", "couches: [cours_d_eau]"), territoire(ZONE, cours_d_eau=[COURS_D_EAU]), COUCHES
    )
    verifier(constat, "sans_ecart", mesure=95.0)


@pytest.mark.parametrize(
    "nature, etat, lignes", [("orientation", "a_apprecier", 1), ("recommandation", "a_apprecier", 0)]
)
def test_nature(constater, verifier, nature, etat, lignes):
    constat = constater(f"nature: {nature}\n" + localise("750 m"), territoire(ZONE, gares=[GARE]), COUCHES)
    verifier(constat, etat, mesure=75.0)
    assert len(constat.ecarts) == lignes


# -- selector -------------------------------------------------------------------------------------


def densite(critere):
    return "\n".join(
        [
            "controle:",
            "  densite:",
            f"    objets: {{zones: {{typezone: [AUc], {critere}}}}}",
            "    logements: {champ: NBLOGT}",
            "    minimum: 20 logt/ha",
        ]
    )


def logements(**couches):
    zone = {"LIBELLE": "1AU1", "TYPEZONE": "AUc", "NBLOGT": 80, "box": (0, 0, 400, 100)}
    return {"zones": [zone], "couches": couches}


@pytest.mark.parametrize(
    "critere, nombre",
    [
        pytest.param("a_moins_de: {couche: gares, distance: 300 m}", "3 ha", id="AM12-clipped"),
        pytest.param("a_moins_de: {couche: gares, distance: 300 m}, entierement: oui", "4 ha", id="AM12-whole"),
        pytest.param("a_moins_de: {couche: gares, ou: {TYPE: [TER]}, distance: 300 m}", "3 ha", id="some-objects"),
        pytest.param("a_moins_de: {couche: gares, distance: {champ: RAYON}}", "3 ha", id="by-field"),
    ],
)
def test_am12_objects_within_a_distance(constater, verifier, critere, nombre):
    gares = [{**GARE, "TYPE": "TER", "RAYON": "300"}, {"box": (300, 90, 310, 100), "TYPE": "car", "RAYON": "0"}]
    exemple = logements(gares=gares if "ou:" in critere else gares[:1])
    verifier(constater(densite(critere), exemple, COUCHES), "sans_ecart", mesure=20.0, dit=[nombre])


def test_am12_half_at_most_is_not_the_whole_object(constater, verifier):
    critere = "a_moins_de: {couche: gares, distance: 200 m}, entierement: oui"
    verifier(constater(densite(critere), logements(gares=[GARE]), COUCHES), "sans_objet", mesure=None)


@pytest.mark.parametrize(
    "gares",
    [
        pytest.param(None, id="absent"),
        pytest.param([], id="empty"),
        pytest.param([{"box": (90000, 0, 90010, 10)}], id="elsewhere"),
    ],
)
def test_am12_a_layer_that_is_not_here(constater, verifier, gares):
    exemple = logements() if gares is None else logements(gares=gares)
    critere = "a_moins_de: {couche: gares, distance: 300 m}"
    verifier(constater(densite(critere), exemple, COUCHES), "non_evalue", mesure=None, dit=["[Gg]ares"])


def test_an_exception_within_a_distance(repondre):
    regle = interdit("forets", "15 m") + (
        "\nsauf: [{zones: {a_moins_de: {couche: gares, distance: 50 m}}, motif: Desserte de la gare}]"
    )
    exemple = territoire((0, 0, 100, 100), forets=[{"box": (0, 0, 100, 100)}], gares=[{"box": (-60, 0, -10, 100)}])
    reponse = repondre(regle, exemple, COUCHES)
    (constat,) = reponse.constats
    assert [row.motif for row in reponse.exceptions] == ["Desserte de la gare"]
    assert constat.mesure == pytest.approx(6000)  # [0 0 40 100] is spared
