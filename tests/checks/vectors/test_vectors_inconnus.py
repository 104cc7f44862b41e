"""Section 5 of the language, hard cases of `densite`: what is unknown goes to its two bounds, never to zero."""

from __future__ import annotations

import pytest

ENTETE = """
couches:
  lots: {libelle: Lots, geometrie: point}
  enveloppe: {libelle: Enveloppe, geometrie: surface}
  friches: {libelle: Friches, geometrie: surface}
tables:
  programme: {libelle: Programme de logements, cle: OAP, jointure: LIBELLE}
"""
UN_HA, VOISIN = (0, 0, 100, 100), (100, 0, 200, 100)


def densite(seuil, *lignes, objets="{zones: {typezone: [AUc]}}", logements="{champ: NBLOGT}"):
    head = ["controle:", "  densite:", f"    objets: {objets}", f"    logements: {logements}", f"    {seuil}"]
    return "\n".join([*head, *(f"    {ligne}" for ligne in lignes)])


def territoire(*zones, **reste):
    """AUc zones `(libelle, box, dwellings)`; dwellings None: NULL."""
    return {
        "zones": [
            {"LIBELLE": nom, "TYPEZONE": "AUc", "box": carre, **({} if nb is None else {"NBLOGT": nb})}
            for nom, carre, nb in zones
        ],
        **reste,
    }


# -- unknown dwellings ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "connus, seuil, etat, mesure",
    [
        # 1 ha unknown beside 3 ha: from connus / 4 without any end
        pytest.param(100, "maximum: 30 logt/ha", "non_evalue", 100 / 3, id="ceiling-met-or-not"),
        pytest.param(130, "maximum: 30 logt/ha", "non_evalue", 130 / 3, id="ceiling-passed-weak-or-marked"),
        pytest.param(160, "maximum: 30 logt/ha", "ecart_marque", None, id="ceiling-marked-anyway"),
        pytest.param(120, "cible: 30 logt/ha", "non_evalue", 40.0, id="target"),
        # fewer m2 per dwelling with more dwellings: 40 000 / 60 = 667 at the worst, within 700
        pytest.param(60, "maximum: 700 m2/logt", "sans_ecart", 40000 / 60, id="ground-per-dwelling"),
    ],
)
def test_one_zone_without_figure(constater, verifier, connus, seuil, etat, mesure):
    zones = territoire(("a", (0, 0, 300, 100), connus), ("x", (300, 0, 400, 100), None))
    verifier(constater(densite(seuil), zones), etat, **({"mesure": mesure} if mesure else {}))


@pytest.mark.parametrize("cellule", ["", "environ 30", "-", "-5"])
def test_a_figure_that_cannot_be_read_is_unknown(constater, verifier, cellule):
    zones = territoire(
        ("a", UN_HA, None),
        ("b", VOISIN, None),
        tables={"programme": [{"OAP": "a", "LOGEMENTS": "40"}, {"OAP": "b", "LOGEMENTS": cellule}]},
    )
    constat = constater(densite("minimum: 25 logt/ha", logements="{table: programme, champ: LOGEMENTS}"), zones, ENTETE)
    verifier(constat, "non_evalue", mesure=40.0, dit=[r"\bb\b"])


def test_the_known_part_counts_its_ground_once(constater, verifier):
    """a and b, 2 ha each, share 0.5 ha: 120 / 3.5 ha; x is unknown."""
    zones = territoire(("a", (0, 0, 200, 100), 60), ("b", (150, 0, 350, 100), 60), ("x", (400, 0, 500, 100), None))
    verifier(constater(densite("minimum: 35 logt/ha"), zones), "non_evalue", mesure=120 / 3.5)


def test_bounds_of_an_unknown_vocation_count_the_ground_once(constater, verifier):
    """Without x 120 / 3.5 = 34.29, with it 200 / 4.5 = 44.4: both above 34; on 4 ha it would be 30."""
    zones = territoire(("a", (0, 0, 200, 100), 60), ("b", (150, 0, 350, 100), 60), ("x", (400, 0, 500, 100), 80))
    for zone in zones["zones"][:2]:
        zone["FORMDOMI"] = "0100"
    regle = densite("minimum: 34 logt/ha", objets="{zones: {typezone: [AUc], vocation: [habitat]}}")
    verifier(constater(regle, zones), "sans_ecart", mesure=120 / 3.5)


def test_known_zero_dwellings_on_a_ceiling_of_ground_per_dwelling(constater, verifier):
    """No dwelling at all on 1 ha is beyond any ceiling in m2 per dwelling; it is known, not missing."""
    verifier(constater(densite("maximum: 700 m2/logt"), territoire(("a", UN_HA, 0))), "ecart_marque")


# -- where dwellings are read ---------------------------------------------------------------------

PROGRAMME = "{table: programme, champ: LOGEMENTS}"


def test_one_figure_for_several_zones_of_the_same_label(constater, verifier):
    """60 dwellings for the two zones labelled 1AU, 1 ha each: 30 per ha, not 60."""
    zones = territoire(
        ("1AU", UN_HA, None), ("1AU", VOISIN, None), tables={"programme": [{"OAP": "1AU", "LOGEMENTS": 60}]}
    )
    verifier(constater(densite("minimum: 25 logt/ha", logements=PROGRAMME), zones, ENTETE), "sans_ecart", mesure=30.0)


def test_several_figures_for_one_label_are_added(constater, verifier):
    zones = territoire(
        ("1AU", UN_HA, None), tables={"programme": [{"OAP": "1AU", "LOGEMENTS": 10}, {"OAP": "1AU", "LOGEMENTS": 20}]}
    )
    verifier(constater(densite("minimum: 25 logt/ha", logements=PROGRAMME), zones, ENTETE), "sans_ecart", mesure=30.0)


@pytest.mark.parametrize("colonne, dit", [("NB", "LOGEMENTS"), ("LOGEMENTS", "OAP")])
def test_a_column_missing_in_the_table(constater, verifier, colonne, dit):
    rows = [{("OAP" if colonne == "NB" else "SECTEUR"): "1AU", colonne: 60}]
    zones = territoire(("1AU", UN_HA, None), tables={"programme": rows})
    constat = constater(densite("minimum: 25 logt/ha", logements=PROGRAMME), zones, ENTETE)
    verifier(constat, "non_evalue", mesure=None, dit=[dit])


def test_a_field_the_plu_lacks(constater, verifier):
    verifier(constater(densite("minimum: 25 logt/ha"), territoire(("1AU", UN_HA, None))), "non_evalue", dit=["NBLOGT"])


LOIN = [{"wkt": "POINT(90000 90000)"}]


@pytest.mark.parametrize(
    "lots",
    [
        pytest.param(None, id="absent"),
        pytest.param([], id="empty"),
        pytest.param(LOIN, id="elsewhere"),
    ],
)
def test_a_layer_of_dwellings_that_says_nothing_is_not_zero_dwellings(constater, verifier, lots):
    zones = territoire(("1AU", UN_HA, None), couches={} if lots is None else {"lots": lots})
    constat = constater(densite("minimum: 25 logt/ha", logements="{comptage: lots}"), zones, ENTETE)
    verifier(constat, "non_evalue", mesure=None, dit=["[Ll]ots"], ecarts=[])


def test_a_dwelling_on_a_common_limit_counts_once(constater, verifier):
    """30 points, 10 of them on the line between the two zones."""
    lots = [{"wkt": f"POINT({x} {y})"} for x in (50, 100, 150) for y in range(5, 100, 10)]
    zones = territoire(("a", UN_HA, None), ("b", VOISIN, None), couches={"lots": lots})
    constat = constater(densite("minimum: 10 logt/ha", logements="{comptage: lots}"), zones, ENTETE)
    verifier(constat, "sans_ecart", mesure=15.0)


# -- several layers, one missing ------------------------------------------------------------------


def test_dans_two_layers_one_missing_without_effect(constater, verifier):
    """a is in the envelope, b may be in the missing `friches`: 50 on 1 ha or 110 on 2 ha, both above 35."""
    zones = territoire(("a", UN_HA, 50), ("b", (500, 0, 600, 100), 60), couches={"enveloppe": [{"box": UN_HA}]})
    regle = densite("minimum: 35 logt/ha", objets="{zones: {typezone: [AUc], dans: [enveloppe, friches]}}")
    verifier(constater(regle, zones, ENTETE), "sans_ecart", mesure=50.0, dit=["[Ff]riches"])


def test_dans_two_layers_one_missing_that_decides(constater, verifier):
    zones = territoire(("a", UN_HA, 50), ("b", (500, 0, 600, 100), 10), couches={"enveloppe": [{"box": UN_HA}]})
    regle = densite("minimum: 35 logt/ha", objets="{zones: {typezone: [AUc], dans: [enveloppe, friches]}}")
    verifier(constater(regle, zones, ENTETE), "non_evalue", dit=["[Ff]riches"], ecarts=[])


# -- prescriptions as objects ---------------------------------------------------------------------

OAP = densite("minimum: 35 logt/ha", objets="{prescriptions_plu: {typepsc: [18]}}")


@pytest.mark.parametrize(
    "reste, etat",
    [
        pytest.param({}, "non_evalue", id="layer-absent"),
        pytest.param({"plu_complet": True}, "sans_objet", id="confirmed-none"),
        pytest.param({"prescriptions_plu": []}, "sans_objet", id="present-without-row"),
        pytest.param(
            {"prescriptions_plu": [{"TYPEPSC": "01", "STYPEPSC": "00", "NBLOGT": 1, "box": UN_HA}]},
            "sans_objet",
            id="no-18",
        ),
    ],
)
def test_no_prescription_to_measure(constater, verifier, reste, etat):
    verifier(constater(OAP, territoire(("1AU", UN_HA, 1), **reste)), etat, mesure=None, ecarts=[])


def test_sub_codes_asked_of_a_plu_that_has_none(constater, verifier):
    rows = [{"TYPEPSC": "18", "NBLOGT": 50, "box": UN_HA}]
    regle = OAP.replace("[18]}", "[18], stypepsc: [01]}")
    verifier(constater(regle, territoire(("1AU", UN_HA, 1), prescriptions_plu=rows)), "non_evalue", dit=["STYPEPSC"])
