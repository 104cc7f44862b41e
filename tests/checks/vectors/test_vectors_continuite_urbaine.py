"""Vectors CU1 to CU14: AUc zones shall touch the envelope [0 0 100 100] (precision 0 unless said).

| # | inputs | measure | state | écart |
|---|---|---|---|---|
| CU1 | zone [100 0 200 100], a common side of 100 m | 0 m | sans_ecart | none |
| CU2 | common side of 1,5 / 0,9 m | 0 / 0 m | sans_ecart / ecart_marque (a point is none) | none / the zone |
| CU3 | zone [100 100 200 200], a common point | 0 m | ecart_marque | the zone |
| CU4 | zone [150 0 250 100] | 50 m | ecart_marque; with `ecart_marque_au_dela_de: 60 m` faible | the zone |
| CU5 | `distance: 50 m`, gap 50 / 60 / 61 m | 50 / 60 / 61 m | sans (equality) / faible (equality) / marque | zone |
| CU6 | `tolerance: 10 m`, distance 0, gap 10 / 11 m | 10 / 11 m | sans_ecart, "dans la tolérance" / marque | |
| CU7 | precision 12,5 m, gap 5 / 13 m | 5 / 13 m | sans_ecart + limit / ecart_marque | none / zone |
| CU8 | `contact_minimal: 50 m`: common side 50 / 45 / 40 / 39 m | that length | sans / faible / faible / marque | |
| CU9 | `contact_minimal: 42 m`, `distance: 10 m`, gap 6 m along 34 m | 34 + 2 x 4 = 42 m | sans_ecart | none |
| CU10 | zones in a row, the first touches; `de_proche_en_proche` | 0 m | sans_ecart; without it marque | 2 zones |
| CU11 | a zone inside / all around / over the envelope | 0 m | sans_ecart | none |
| CU12 | envelope absent, empty, elsewhere / around | NULL / distance | non_evalue / ecart_marque | |
| CU13 | one of two layers absent: touches the other / not | 0 / 50 m | sans_ecart / non_evalue | |
| CU14 | the link is a zone of unknown vocation | | non_evalue: counted both ways | |
"""

from __future__ import annotations

import textwrap

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scot_compat.checks import engine, exemples
from scot_compat.checks.registry import KINDS
from scot_compat.rules.loader import loads
from shapely.geometry import box

COUCHES = """
couches:
  enveloppe: {libelle: Enveloppe urbaine, geometrie: surface}
  taches: {libelle: Taches urbaines, geometrie: surface, precision: "1:25000"}
  villages: {libelle: Villages, geometrie: surface}
  bati: {libelle: Bâti, geometrie: point}
"""
ENVELOPPE = [{"box": (0, 0, 100, 100)}]
LOIN = (9000, 0, 9100, 100)


def continuite(*lignes, couches="[enveloppe]", objets="{zones: {typezone: [AUc]}}"):
    head = ["controle:", "  continuite_urbaine:", f"    objets: {objets}", f"    couches: {couches}"]
    return "\n".join([*head, *(f"    {ligne}" for ligne in lignes)])


def territoire(*carres, enveloppe=ENVELOPPE, **couches):
    """AUc zones beside a U zone on the envelope; None: the layer is absent."""
    layers = {"enveloppe": enveloppe, **couches}
    zones = [{"LIBELLE": f"1AU{n}", "TYPEZONE": "AUc", "box": carre} for n, carre in enumerate(carres, 1)]
    return {
        "zones": [{"LIBELLE": "UA", "TYPEZONE": "U", "box": (0, 0, 100, 100)}, *zones],
        "couches": {nom: rows for nom, rows in layers.items() if rows is not None},
    }


# -- the distance ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "carre, etat",
    [
        pytest.param((100, 0, 200, 100), "sans_ecart", id="CU1"),
        pytest.param((100, 98.5, 200, 200), "sans_ecart", id="CU2-more-than-1-m"),
        pytest.param((100, 99.1, 200, 200), "ecart_marque", id="CU2-less-than-1-m"),
        pytest.param((100, 100, 200, 200), "ecart_marque", id="CU3-a-common-point"),
    ],
)
def test_cu1_cu3_contact(constater, verifier, carre, etat):
    ecarts = [] if etat == "sans_ecart" else [{"forme": carre, "part": 1.0, "libelle": "1AU1", "objet": "ZONE_URBA"}]
    dit = (
        ["touche « Enveloppe urbaine »"]
        if etat == "sans_ecart"
        else ["ne touche « Enveloppe urbaine » que par un point"]
    )
    verifier(
        constater(continuite(), territoire(carre), COUCHES), etat, mesure=0, unite="m", ecart=0, dit=dit, ecarts=ecarts
    )


@pytest.mark.parametrize("marque, etat", [((), "ecart_marque"), (("ecart_marque_au_dela_de: 60 m",), "ecart_faible")])
def test_cu4_any_departure_from_0_is_marked(constater, verifier, marque, etat):
    constat = constater(continuite(*marque), territoire((150, 0, 250, 100)), COUCHES)
    verifier(
        constat,
        etat,
        mesure=50,
        ecart=50,
        relatif=None,
        dit=["1AU1", r"à 50 m \(à vol d'oiseau\) de « Enveloppe urbaine »", "un contact de plus de 1 m"],
        ecarts=[{"forme": (150, 0, 250, 100), "surface": 10000}],
    )
    assert constat.seuil_max == 0 and constat.seuil_min is None
    assert (constat.ecarts[0].mesure, constat.ecarts[0].unite) == (pytest.approx(50), "m")


@pytest.mark.parametrize(
    "jour, etat", [(50, "sans_ecart"), (60, "ecart_faible"), (61, "ecart_marque")], ids=["equality", "weak", "marked"]
)
def test_cu5_a_distance(constater, verifier, jour, etat):
    carre = (100 + jour, 0, 300, 100)
    constat = constater(continuite("distance: 50 m"), territoire(carre), COUCHES)
    ecarts = [] if etat == "sans_ecart" else [{"forme": carre}]
    verifier(constat, etat, mesure=jour, ecart=jour - 50, relatif=(jour - 50) / 50, ecarts=ecarts)
    assert constat.seuil_max == 50


def test_a_distance_is_straight(constater, verifier):
    """30 m east and 40 m north: 50 m."""
    verifier(
        constater(continuite("distance: 50 m"), territoire((130, 140, 200, 200)), COUCHES), "sans_ecart", mesure=50
    )


@pytest.mark.parametrize("jour, etat", [(10, "sans_ecart"), (11, "ecart_marque")])
def test_cu6_tolerance(constater, verifier, jour, etat):
    constat = constater(continuite("tolerance: 10 m"), territoire((100 + jour, 0, 300, 100)), COUCHES)
    verifier(constat, etat, mesure=jour, dit=["dans la tolérance"] if etat == "sans_ecart" else [])


@pytest.mark.parametrize(
    "carre, etat, mesure",
    [
        pytest.param((105, 0, 200, 100), "sans_ecart", 5, id="CU7-under"),
        pytest.param((113, 0, 200, 100), "ecart_marque", 13, id="CU7-over"),
        pytest.param((100, 100, 200, 200), "ecart_marque", 0, id="CU7-a-corner-is-no-side"),
        pytest.param((100, 0, 200, 100), "sans_ecart", 0, id="CU7-contact"),
    ],
)
def test_cu7_a_gap_under_the_precision(constater, verifier, carre, etat, mesure):
    exemple = territoire(carre, enveloppe=None, taches=ENVELOPPE)
    limites = [r"1 objet à une distance sous la précision .*12,5 m.*1AU1"] if mesure == 5 else []
    verifier(constater(continuite(couches="[taches]"), exemple, COUCHES), etat, mesure=mesure, limites=limites)


def test_cu7_beyond_a_distance_too(constater, verifier):
    exemple = territoire((160, 0, 200, 100), enveloppe=None, taches=ENVELOPPE)
    verifier(constater(continuite("distance: 50 m", couches="[taches]"), exemple, COUCHES), "sans_ecart", mesure=60)


# -- the contact ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "cote, etat",
    [(50, "sans_ecart"), (45, "ecart_faible"), (40, "ecart_faible"), (39, "ecart_marque")],
    ids=["equality", "weak", "weak-equality", "marked"],
)
def test_cu8_a_length_of_outline(constater, verifier, cote, etat):
    carre = (100, 100 - cote, 200, 200)
    constat = constater(continuite("contact_minimal: 50 m"), territoire(carre), COUCHES)
    verifier(
        constat,
        etat,
        mesure=cote,
        ecart=50 - cote,
        relatif=(50 - cote) / 50,
        unite="m",
        dit=[f"{cote} m de contour au contact de « Enveloppe urbaine »"],
        ecarts=[] if cote == 50 else [{"forme": carre, "part": 1.0}],
    )
    assert (constat.seuil_min, constat.seuil_max) == (50, None)


def test_cu9_within_a_distance(constater, verifier):
    """6 m apart along 34 m: the two sides of the zone leave at right angles, and are 10 m away after 4 m."""
    exemple = territoire((106, 33, 200, 67))
    regle = continuite("contact_minimal: 42 m", "distance: 10 m")
    verifier(
        constater(regle, exemple, COUCHES), "sans_ecart", mesure=42, dit=["à 10 m au plus de « Enveloppe urbaine »"]
    )


def test_a_gap_of_rounding_is_none(constater, verifier):
    """Two files rounded to the millimetre: 0,5 mm apart along 100 m."""
    exemple = territoire((100.0005, 0, 200, 100))
    verifier(constater(continuite(), exemple, COUCHES), "sans_ecart", mesure=0)
    constat = constater(continuite("contact_minimal: 100 m"), exemple, COUCHES)
    assert constat.mesure == pytest.approx(100, abs=0.01) and str(constat.etat) == "sans_ecart"


def test_a_contact_finer_than_the_map(constater, verifier):
    exemple = territoire((100, 0, 200, 100), enveloppe=None, taches=ENVELOPPE)
    constat = constater(continuite("contact_minimal: 50 m", couches="[taches]"), exemple, COUCHES)
    verifier(constat, "sans_ecart", limites=["précision est de 12,5 m.*distance"])


# -- shapes ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "carre",
    [
        pytest.param((20, 20, 80, 80), id="CU11-inside"),
        pytest.param((-50, -50, 150, 150), id="CU11-around"),
        pytest.param((50, 0, 150, 100), id="CU11-over"),
    ],
)
@pytest.mark.parametrize("lignes", [(), ("contact_minimal: 50 m",)])
def test_cu11_what_overlaps_touches(constater, verifier, carre, lignes):
    verifier(constater(continuite(*lignes), territoire(carre), COUCHES), "sans_ecart", ecarts=[])


def test_a_zone_of_two_parts_of_which_one_touches(constater, verifier):
    """The part that does not is the departure."""
    exemple = territoire((100, 0, 200, 100))
    exemple["zones"][1] = {
        "LIBELLE": "1AU1",
        "TYPEZONE": "AUc",
        "wkt": "MULTIPOLYGON(((100 0,200 0,200 100,100 100,100 0)),((500 0,600 0,600 100,500 100,500 0)))",
    }
    verifier(
        constater(continuite(), exemple, COUCHES),
        "ecart_marque",
        mesure=400,
        ecarts=[{"forme": (500, 0, 600, 100), "part": 0.5}],
    )


def test_the_envelope_may_be_of_several_layers(constater, verifier):
    exemple = territoire((100, 0, 200, 100), (300, 0, 400, 100), villages=[{"box": (250, 0, 300, 100)}])
    verifier(constater(continuite(couches="[enveloppe, villages]"), exemple, COUCHES), "sans_ecart", mesure=0)


def test_buildings_as_points_at_a_distance(constater, verifier):
    exemple = territoire((150, 0, 250, 100), enveloppe=None, bati=[{"wkt": "POINT(50 50)"}, {"wkt": "POINT(90 50)"}])
    verifier(constater(continuite("distance: 60 m", couches="[bati]"), exemple, COUCHES), "sans_ecart", mesure=60)


def test_the_worst_zone_is_named(constater, verifier):
    exemple = territoire((100, 0, 200, 100), (300, 0, 400, 100), (600, 0, 700, 100))
    verifier(
        constater(continuite(), exemple, COUCHES),
        "ecart_marque",
        mesure=500,
        dit=[r"2 objets sur 3 examinés ne sont pas en continuité", "le plus en cause, 1AU3"],
        ecarts=[{"libelle": "1AU2"}, {"libelle": "1AU3"}],
    )


# -- through one another --------------------------------------------------------------------------

RANGEE = ((100, 0, 200, 100), (200, 0, 300, 100), (300, 0, 400, 100))


@pytest.mark.parametrize("lignes", [(), ("distance: 20 m",), ("contact_minimal: 80 m",)], ids=["0", "20", "contact"])
def test_cu10_through_one_another(constater, verifier, lignes):
    proche = (*lignes, "de_proche_en_proche: oui")
    verifier(constater(continuite(*proche), territoire(*RANGEE), COUCHES), "sans_ecart", ecarts=[])
    constat = constater(continuite(*lignes), territoire(*RANGEE), COUCHES)
    verifier(constat, "ecart_marque", ecarts=[{"libelle": "1AU2"}, {"libelle": "1AU3"}])


def test_cu10_a_chain_that_nothing_ties_is_not_in_continuity(constater, verifier):
    constat = constater(continuite("de_proche_en_proche: oui"), territoire(*RANGEE[1:]), COUCHES)
    verifier(constat, "ecart_marque", mesure=200, ecarts=[{"libelle": "1AU1"}, {"libelle": "1AU2"}])


def test_cu10_only_selected_objects_link(constater, verifier):
    exemple = territoire(*RANGEE)
    exemple["zones"][1]["TYPEZONE"] = "N"
    verifier(
        constater(continuite("de_proche_en_proche: oui"), exemple, COUCHES),
        "ecart_marque",
        ecarts=[{"libelle": "1AU2"}, {"libelle": "1AU3"}],
    )


def test_cu10_a_spared_zone_still_links(repondre):
    regle = continuite("de_proche_en_proche: oui") + '\nsauf: [{zones: {libelle: "1AU1"}, motif: Déjà bâtie}]'
    reponse = repondre(regle, territoire(*RANGEE), COUCHES)
    assert str(reponse.etat) == "sans_ecart" and [row.libelle for row in reponse.exceptions] == ["1AU1"]


@pytest.mark.parametrize(
    "formdomi, etat",
    [
        pytest.param({"1AU1": "0100", "1AU2": "0100", "1AU3": "0100"}, "sans_ecart", id="known"),
        pytest.param({"1AU2": "0100", "1AU3": "0100"}, "non_evalue", id="CU14-link-unknown"),
        pytest.param({"1AU1": "0100", "1AU2": "0100"}, "sans_ecart", id="unknown-at-the-end"),
    ],
)
def test_cu14_a_link_that_may_not_be_one(constater, verifier, formdomi, etat):
    exemple = territoire(*RANGEE)
    for zone in exemple["zones"]:
        if zone["LIBELLE"] in formdomi:
            zone["FORMDOMI"] = formdomi[zone["LIBELLE"]]
    regle = continuite("de_proche_en_proche: oui", objets="{zones: {typezone: [AUc], vocation: [habitat]}}")
    verifier(constater(regle, exemple, COUCHES), etat, ecarts=[])


# -- layers ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "enveloppe",
    [
        pytest.param(None, id="absent"),
        pytest.param([], id="empty"),
        pytest.param([{"box": (90000, 0, 90010, 10)}], id="elsewhere"),
    ],
)
def test_cu12_a_layer_that_is_not_known(constater, verifier, enveloppe):
    exemple = territoire((100, 0, 200, 100), enveloppe=enveloppe)
    verifier(constater(continuite(), exemple, COUCHES), "non_evalue", mesure=None, dit=["[Ee]nveloppe"], ecarts=[])


def test_cu12_around(constater, verifier):
    autour = [{"box": (-300, -300, -200, -200)}, {"box": (500, 500, 600, 600)}]
    constat = constater(continuite("distance: 100 m"), territoire((100, 0, 200, 100), enveloppe=autour), COUCHES)
    verifier(constat, "ecart_marque", mesure=(300**2 + 200**2) ** 0.5)


def test_cu12_empty_and_meant_so(constater, verifier):
    exemple = territoire((100, 0, 200, 100), enveloppe=[])
    for lignes, mesure in (((), None), (("contact_minimal: 10 m",), 0)):
        constat = constater(continuite("vide_admis: oui", *lignes), exemple, COUCHES)
        verifier(constat, "ecart_marque", mesure=mesure, ecarts=[{"libelle": "1AU1"}])


def test_cu12_the_extent_takes_the_distance(constater, verifier):
    """The envelope is 40 m from the PLU, in the next commune."""
    exemple = territoire((100, 0, 200, 100), enveloppe=[{"box": (240, 0, 300, 100)}])
    verifier(constater(continuite("distance: 50 m"), exemple, COUCHES), "sans_ecart", mesure=40)
    verifier(constater(continuite("distance: 30 m"), exemple, COUCHES), "non_evalue", mesure=None)


@pytest.mark.parametrize(
    "carre, etat, mesure", [((100, 0, 200, 100), "sans_ecart", 0), ((150, 0, 250, 100), "non_evalue", 50)]
)
def test_cu13_one_layer_of_two_missing(constater, verifier, carre, etat, mesure):
    constat = constater(continuite(couches="[enveloppe, villages]"), territoire(carre), COUCHES)
    verifier(constat, etat, mesure=mesure, dit=["[Vv]illages"], ecarts=[])


def test_points_have_no_outline(constater, verifier):
    exemple = territoire((100, 0, 200, 100), bati=[{"wkt": "POINT(100 50)"}])
    verifier(constater(continuite(objets="{couche: bati}"), exemple, COUCHES), "non_evalue", dit=["contour"])
    verifier(constater(continuite("distance: 5 m", objets="{couche: bati}"), exemple, COUCHES), "sans_ecart", mesure=0)


# -- common to all kinds --------------------------------------------------------------------------


def test_no_object(constater, verifier):
    verifier(constater(continuite(), territoire(), COUCHES), "sans_objet", mesure=None, ecarts=[])


@pytest.mark.parametrize(
    "tete, etat, lignes",
    [
        ("nature: orientation\n", "a_apprecier", 1),
        ("nature: recommandation\n", "a_apprecier", 0),
        ("force: vise\n", "ecart_faible", 1),
    ],
)
def test_nature_and_force(constater, verifier, tete, etat, lignes):
    constat = constater(tete + continuite(), territoire((150, 0, 250, 100)), COUCHES)
    verifier(constat, etat, mesure=50)
    assert len(constat.ecarts) == lignes


ENTETE = """
territoires:
  communes: {couche: communes, code: INSEE, nom: NOM}
""" + COUCHES.replace("couches:\n", "couches:\n  communes: {libelle: Communes, geometrie: surface}\n", 1)
COMMUNES = [
    {"INSEE": "62119", "NOM": "A", "box": (-500, -500, 250, 500)},
    {"INSEE": "62200", "NOM": "B", "box": (250, -500, 900, 500)},
]


def test_by_commune(par_unite, verifier):
    """1AU1 touches, over the limit; 1AU2 does not, in B."""
    exemple = {**territoire((100, 0, 300, 100), (500, 0, 600, 100)), "communes": COMMUNES}
    unites = par_unite(continuite("echelle: commune"), exemple, ENTETE)
    verifier(unites["62119"], "sans_ecart", mesure=0, ecarts=[])
    verifier(unites["62200"], "ecart_marque", mesure=400, ecarts=[{"libelle": "1AU2"}])


def test_a_zone_touches_by_its_part_in_another_commune(constater, verifier):
    """The prescription bears on B, where what is left of the zone is 150 m from the envelope."""
    exemple = {**territoire((100, 0, 300, 100)), "communes": COMMUNES}
    regle = continuite() + "\ns_applique_a: {communes: [62200]}"
    verifier(constater(regle, exemple, ENTETE), "sans_ecart", mesure=0, ecarts=[])


def test_one_by_one(par_unite):
    unites = par_unite(continuite("echelle: objet"), territoire((100, 0, 200, 100), (300, 0, 400, 100)), COUCHES)
    assert [(str(c.etat), c.mesure) for c in unites.values()] == [("sans_ecart", 0.0), ("ecart_marque", 200.0)]


@pytest.mark.parametrize(
    "lignes, dit",
    [
        ((), "touchent la couche « Enveloppe urbaine », par plus qu'un point."),
        (("distance: 50 m",), "sont à 50 m (à vol d'oiseau) au plus de la couche « Enveloppe urbaine » (écart marqué"),
        (("contact_minimal: 30 m",), "ont au moins 30 m de leur contour au contact de la couche"),
        (("de_proche_en_proche: oui",), "par plus qu'un point, directement ou par d'autres de ces objets."),
    ],
)
def test_read_aloud(lignes, dit):
    rules = loads(REGLES + textwrap.indent(continuite(*lignes), "    "), KINDS)
    (sentence,) = rules.prescriptions[0].lecture
    assert dit in sentence.replace("\u00a0", " "), sentence


REGLES = "format: 1\nscot: {nom: S}" + COUCHES + "prescriptions:\n  - id: P\n    intitule: I\n    nature: norme\n"


@given(st.integers(1, 300), st.integers(-5000, 5000), st.integers(1, 99))
@settings(max_examples=25, deadline=None)
def test_moving_everything_or_cutting_a_zone_across_changes_nothing(jour, dx, coupe):
    """Each half of a zone cut across is as near the envelope as the whole."""
    rules = loads(REGLES + textwrap.indent(continuite("distance: 100 m"), "    "), KINDS)

    def answer(*carres):
        rows = [
            {"LIBELLE": "Z", "TYPEZONE": "AUc", "wkt": box(x0 + dx, y0, x1 + dx, y1).wkt} for x0, y0, x1, y1 in carres
        ]
        rows.append({"LIBELLE": "U", "TYPEZONE": "U", "wkt": box(dx, 0, 100 + dx, 100).wkt})
        exemple = {"zones": rows, "couches": {"enveloppe": [{"wkt": box(dx, 0, 100 + dx, 100).wkt}]}}
        (found,) = engine.run(rules, *exemples.build(exemple, rules)).answers
        return found.constats[0].mesure, str(found.etat)

    x = 100 + jour
    etat = "sans_ecart" if jour <= 100 else "ecart_faible" if jour <= 120 else "ecart_marque"
    assert answer((x, 0, x + 100, 100)) == (pytest.approx(jour), etat)
    assert answer((x, 0, x + 100, coupe), (x, coupe, x + 100, 100)) == (pytest.approx(jour), etat)
