"""Normative vectors ZI1 to ZI13: a corridor 50 m wide (x from 25 to 75), drawn at 1:25000, against AUc zones."""

from __future__ import annotations

import re

import pytest

CORRIDOR = "LINESTRING(50 -50, 50 150)"
COUCHES = """
couches:
  corridors: {libelle: Corridors, geometrie: ligne, tampon: 25 m, precision: "1:25000"}
  plu_anterieur: {libelle: PLU précédent, geometrie: surface}
"""
COMMUNES = """
territoires:
  communes: {couche: communes, code: INSEE, nom: NOM}
couches:
  communes: {libelle: Communes, geometrie: surface}
  corridors: {libelle: Corridors, geometrie: ligne, tampon: 25 m, precision: "1:25000"}
"""


def interdit(*lignes):
    """AUc zones shall not cover the corridors."""
    return "\n".join(
        [
            "controle:",
            "  zones_interdites:",
            "    objets: {zones: {typezone: [AUc]}}",
            "    couches: [corridors]",
            *(f"    {ligne}" for ligne in lignes),
        ]
    )


def territoire(*carres, corridors=(CORRIDOR,), **couches):
    return {
        "zones": [{"LIBELLE": f"1AU{n}", "TYPEZONE": "AUc", "box": carre} for n, carre in enumerate(carres, 1)],
        "couches": {"corridors": [{"wkt": wkt} for wkt in corridors], **couches},
    }


@pytest.mark.parametrize(
    "carre, etat, mesure, forme, part",
    [
        pytest.param((0, 0, 100, 100), "ecart_marque", 5000, (25, 0, 75, 100), 0.5, id="ZI1"),
        pytest.param((0, 0, 40, 100), "ecart_marque", 1500, (25, 0, 40, 100), 0.375, id="ZI3"),
        pytest.param((-160, 0, 40, 100), "ecart_faible", 1500, (25, 0, 40, 100), 0.075, id="ZI4"),
        pytest.param((-35, 0, 40, 100), "ecart_faible", 1500, (25, 0, 40, 100), 0.2, id="ZI5-equality"),
    ],
)
def test_conflict_kept(constater, verifier, carre, etat, mesure, forme, part):
    constat = constater(interdit(), territoire(carre), COUCHES)
    verifier(
        constat,
        etat,
        mesure=mesure,
        unite="m2",
        dit=["1AU1"],
        ecarts=[{"forme": forme, "surface": mesure, "part": part, "libelle": "1AU1", "objet": "ZONE_URBA"}],
    )


@pytest.mark.parametrize(
    "carre, dropped",
    [
        pytest.param((0, 0, 35, 100), 1000, id="ZI2"),
        pytest.param((0, 0, 37.5, 100), 1250, id="ZI2b-exactly-the-precision"),
    ],
)
def test_conflict_narrower_than_the_precision(constater, verifier, carre, dropped):
    constat = constater(interdit(), territoire(carre), COUCHES)
    verifier(constat, "sans_ecart", mesure=0, ecarts=[], limites=[rf"\b1\b.*\b{dropped} m2"])


def test_zi6_a_kept_part_keeps_its_tail(constater, verifier):
    """Block 50 x 50 and tail 200 x 5 in the corridor, 2.5 ha of the zone outside: 3 500 / 28 500 = 12.3 %."""
    zone = "POLYGON((-475 0, 75 0, 75 50, 30 50, 30 250, 25 250, 25 50, -475 50, -475 0))"
    part = "POLYGON((25 0, 75 0, 75 50, 30 50, 30 250, 25 250, 25 0))"
    exemple = territoire(corridors=["LINESTRING(50 -50, 50 400)"])
    exemple["zones"] = [{"LIBELLE": "1AU1", "TYPEZONE": "AUc", "wkt": zone}]
    verifier(
        constater(interdit(), exemple, COUCHES),
        "ecart_faible",
        mesure=3500,
        ecarts=[{"forme": part, "surface": 3500, "part": 3500 / 28500}],
    )


def test_zi7_a_common_side_is_no_conflict(constater, verifier):
    constat = constater(interdit(), territoire((-50, 0, 25, 100)), COUCHES)
    verifier(constat, "sans_ecart", mesure=0, ecarts=[], limites=[])


def test_zi8_part_not_above_the_ignored_area(constater, verifier):
    constat = constater(interdit("surface_ignoree: 1500 m2"), territoire((-160, 0, 40, 100)), COUCHES)
    verifier(constat, "sans_ecart", mesure=0, ecarts=[], limites=["1500 m2"])


def test_zi8_part_above_the_ignored_area(constater, verifier):
    constat = constater(interdit("surface_ignoree: 1499 m2"), territoire((-160, 0, 40, 100)), COUCHES)
    verifier(constat, "ecart_faible", mesure=1500)


def test_zi9_overlapping_zones_with_the_same_conflict(constater, verifier):
    constat = constater(interdit(), territoire((-160, 0, 40, 100), (0, 0, 40, 100)), COUCHES)
    verifier(
        constat,
        "ecart_marque",
        mesure=1500,
        ecarts=[
            {"libelle": "1AU1", "forme": (25, 0, 40, 100), "surface": 1500, "part": 0.075, "etat": "ecart_faible"},
            {"libelle": "1AU2", "forme": (25, 0, 40, 100), "surface": 1500, "part": 0.375, "etat": "ecart_marque"},
        ],
    )


def test_overlapping_zones_are_said(constater, verifier):
    """Common rules of measurement: the ground counts once and the overlap is a data limit, in every kind."""
    constat = constater(interdit(), territoire((-160, 0, 40, 100), (0, 0, 40, 100)), COUCHES)
    verifier(constat, "ecart_marque", limites=["recouvr|chevauch|superpos"])


NOUVEAU = interdit("seulement_nouveau: oui")


def test_zi10_zone_already_open(constater, verifier):
    avant = [{"LIBELLE": "1AU", "TYPEZONE": "AUc", "box": (-10, -10, 110, 110)}]
    constat = constater(NOUVEAU, territoire((0, 0, 100, 100), plu_anterieur=avant), COUCHES)
    verifier(constat, "sans_objet", ecarts=[])
    assert constat.mesure in (0, None)


def test_zi10_previous_plu_absent(constater, verifier):
    constat = constater(NOUVEAU, territoire((0, 0, 100, 100)), COUCHES)
    verifier(constat, "non_evalue", mesure=None, dit=["plu_anterieur|PLU précédent"], ecarts=[])


@pytest.mark.parametrize("typezone", ["U", "AUc"])
def test_zi10_the_zone_is_clipped_by_what_was_not_open(constater, verifier, typezone):
    """[50 0 100 100] is new, [50 0 75 100] of it in the corridor: the half of what is new, not a quarter."""
    avant = [
        {"LIBELLE": "X", "TYPEZONE": typezone, "box": (0, 0, 50, 100)},
        {"LIBELLE": "A", "TYPEZONE": "A", "box": (50, 0, 100, 100)},
    ]
    constat = constater(NOUVEAU, territoire((0, 0, 100, 100), plu_anterieur=avant), COUCHES)
    verifier(constat, "ecart_marque", mesure=2500, ecarts=[{"forme": (50, 0, 75, 100), "surface": 2500, "part": 0.5}])


def test_zi10_aus_was_not_open(constater, verifier):
    avant = [{"LIBELLE": "2AU", "TYPEZONE": "AUs", "box": (0, 0, 100, 100)}]
    constat = constater(NOUVEAU, territoire((0, 0, 100, 100), plu_anterieur=avant), COUCHES)
    verifier(constat, "ecart_marque", mesure=5000)


AUTOUR = ("LINESTRING(-500 -500, -500 500)", "LINESTRING(500 -500, 500 500)")
AILLEURS = ("LINESTRING(90000 90000, 90000 91000)",)


@pytest.mark.parametrize(
    "corridors, etat, dit",
    [
        pytest.param(None, "non_evalue", ["corridors"], id="ZI11-absent"),
        pytest.param((), "non_evalue", ["corridors", "vide"], id="ZI11-empty"),
        pytest.param(AUTOUR, "sans_objet", [], id="ZI11-around"),
        pytest.param(AILLEURS, "non_evalue", ["corridors"], id="ZI11-elsewhere"),
    ],
)
def test_zi11_no_layer_is_not_no_conflict(constater, verifier, corridors, etat, dit):
    exemple = territoire((0, 0, 100, 100), corridors=corridors or ())
    if corridors is None:
        del exemple["couches"]["corridors"]
    constat = constater(interdit(), exemple, COUCHES)
    verifier(constat, etat, ecarts=[], dit=dit)
    assert constat.mesure in (None, 0) if etat == "sans_objet" else constat.mesure is None


def test_zi12_slivers_and_state_on_the_whole_object_then_the_cut(par_unite, verifier):
    exemple = territoire((0, 0, 100, 100))
    exemple["communes"] = [
        {"INSEE": "62119", "NOM": "A", "box": (-500, -500, 500, 30)},
        {"INSEE": "62200", "NOM": "B", "box": (-500, 30, 500, 500)},
    ]
    unites = par_unite(interdit("echelle: commune"), exemple, COMMUNES)
    assert set(unites) == {"62119", "62200"}
    verifier(
        unites["62119"],
        "ecart_marque",
        mesure=1500,
        ecarts=[{"forme": (25, 0, 75, 30), "surface": 1500, "part": 0.15, "etat": "ecart_marque"}],
    )
    verifier(
        unites["62200"],
        "ecart_marque",
        mesure=3500,
        ecarts=[{"forme": (25, 30, 75, 100), "surface": 3500, "part": 0.35, "etat": "ecart_marque"}],
    )


def test_a_zone_drawn_4_m_over_the_limit_is_not_a_departure_of_the_neighbour(par_unite, verifier):
    """5 m is what the standard tolerates: the strip is said, and A, which has a zone of its own, is not accused."""
    exemple = territoire((0, 0, 100, 100), (-300, -300, -200, -200))
    exemple["communes"] = [
        {"INSEE": "62119", "NOM": "A", "box": (-500, -500, 500, 4)},
        {"INSEE": "62200", "NOM": "B", "box": (-500, 4, 500, 500)},
    ]
    unites = par_unite(interdit("echelle: commune"), exemple, COMMUNES)
    verifier(unites["62119"], "sans_ecart", mesure=0, ecarts=[], limites=["1 fragment de calage.*400 m"])
    verifier(unites["62200"], "ecart_marque", mesure=4800, ecarts=[{"forme": (25, 4, 75, 100), "part": 0.48}])


def test_zi12_a_thin_piece_of_a_wide_conflict_is_kept(par_unite, verifier):
    """The commune limit leaves 8 m of a conflict 100 m deep: under the precision, but it is no sliver."""
    exemple = territoire((0, 0, 100, 100))
    exemple["communes"] = [
        {"INSEE": "62119", "NOM": "A", "box": (-500, -500, 500, 8)},
        {"INSEE": "62200", "NOM": "B", "box": (-500, 8, 500, 500)},
    ]
    unites = par_unite(interdit("echelle: commune"), exemple, COMMUNES)
    verifier(unites["62119"], "ecart_marque", mesure=400, ecarts=[{"forme": (25, 0, 75, 8), "part": 0.04}])
    verifier(unites["62200"], "ecart_marque", mesure=4600)


def test_zi13_an_orientation_keeps_its_row(constater, verifier):
    constat = constater("nature: orientation\n" + interdit(), territoire((0, 0, 100, 100)), COUCHES)
    verifier(constat, "a_apprecier", mesure=5000, ecarts=[{"forme": (25, 0, 75, 100), "surface": 5000, "part": 0.5}])


def test_a_recommandation_writes_no_row(constater, verifier):
    constat = constater("nature: recommandation\n" + interdit(), territoire((0, 0, 100, 100)), COUCHES)
    verifier(constat, "a_apprecier", mesure=5000, ecarts=[])


def test_no_object(constater, verifier):
    exemple = territoire((0, 0, 100, 100))
    exemple["zones"][0]["TYPEZONE"] = "N"
    verifier(constater(interdit(), exemple, COUCHES), "sans_objet", ecarts=[])


def test_the_worst_object_is_named_and_the_measure_is_the_total(constater, verifier):
    """1AU1 loses 7.5 % (1 500 m2), 1AU2 all of its 1 000 m2, inside the corridor."""
    exemple = territoire((-160, 0, 40, 100), (45, 100, 65, 150), corridors=["LINESTRING(50 -50, 50 400)"])
    constat = constater(interdit(), exemple, COUCHES)
    verifier(
        constat,
        "ecart_marque",
        mesure=2500,
        dit=["1AU2"],
        ecarts=[
            {"libelle": "1AU1", "part": 0.075, "etat": "ecart_faible"},
            {"libelle": "1AU2", "part": 1.0, "etat": "ecart_marque", "surface": 1000},
        ],
    )


@pytest.mark.parametrize(
    "carre, marque, etat",
    [
        pytest.param((0, 0, 100, 100), "60 %", "ecart_faible", id="share-above"),
        pytest.param((-160, 0, 40, 100), "5 %", "ecart_marque", id="share-below"),
        pytest.param((0, 0, 100, 100), "0,5 ha", "ecart_faible", id="amount-equality"),
        pytest.param((-160, 0, 40, 100), "1499 m2", "ecart_marque", id="amount-below"),
    ],
)
def test_declared_marked_limit(constater, verifier, carre, marque, etat):
    regle = interdit(f"ecart_marque_au_dela_de: {marque}")
    verifier(constater(regle, territoire(carre), COUCHES), etat)


@pytest.mark.parametrize(
    "distance, dit",
    [("", r"z recouvre « Bois » \("), ("a_moins_de: 5 m", r"z est à moins de 5 m .* de « Bois » \(")],
)
def test_what_meets_one_of_two_layers_is_not_said_to_meet_both(constater, distance, dit):
    entete = """
    couches:
      bois: {libelle: Bois, geometrie: surface, precision: 1 m}
      lac: {libelle: Lac, geometrie: surface, precision: 1 m}
    """
    exemple = {
        "zones": [
            {"LIBELLE": "z", "TYPEZONE": "U", "box": (0, 0, 100, 100)},
            {"LIBELLE": "n", "TYPEZONE": "N", "box": (0, 500, 100, 600)},
        ],
        "couches": {"bois": [{"box": (0, 0, 50, 100)}], "lac": [{"box": (95, 500, 99, 600)}]},
    }
    regle = f"""
    controle:
      zones_interdites:
        objets: {{zones: {{typezone: [U]}}}}
        couches: [bois, lac]
        {distance}
    """
    assert re.search(dit, constater(regle, exemple, entete).message.replace("\u00a0", " "))
