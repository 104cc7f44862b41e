"""Hard cases of `densite` and of its thresholds, each found wrong once. Expected values by hand."""

from __future__ import annotations

import pytest

COMMUNES = """
territoires:
  communes: {couche: communes, code: INSEE, nom: NOM}
  classements:
    armature:
      classes:
        pole: {libelle: Pôle, communes: [62001, 62002]}
        village: {libelle: Village, communes: [62003]}
couches:
  communes: {libelle: Communes, geometrie: surface}
  exclus: {libelle: Équipements, geometrie: surface}
  bati: {libelle: Bâti, geometrie: surface, precision: 1 m}
  axes: {libelle: Axes, geometrie: ligne, precision: 1 m}
tables:
  t: {libelle: Table, cle: CLE, jointure: LIBELLE}
  insee: {libelle: Table par commune, cle: INSEE}
"""
ARRAS, TOUQUET = (
    {"INSEE": 62001, "NOM": "Arras", "box": (0, 0, 1000, 1000)},
    {"INSEE": 62002, "NOM": "Le Touquet", "box": (1000, 0, 2000, 1000)},
)
UN_HA, VOISIN = (0, 0, 100, 100), (200, 0, 300, 100)


def densite(*lignes, objets="{zones: {typezone: [AUc]}}", logements="{champ: NB}", seuil="minimum: 35 logt/ha"):
    head = ["controle:", "  densite:", f"    objets: {objets}", f"    logements: {logements}", f"    {seuil}"]
    return "\n".join([*head, *(f"    {ligne}" for ligne in lignes)])


def zone(libelle, carre, nb=None, **champs):
    return {"LIBELLE": libelle, "TYPEZONE": "AUc", "box": carre, **({} if nb is None else {"NB": nb}), **champs}


# -- what is measured -------------------------------------------------------------------------------


def test_no_counted_ground_is_no_density(constater, verifier):
    """All the ground is excluded: 20 dwellings on 0 ha are not 'above 35'."""
    exemple = {"zones": [zone("a", UN_HA, 20)], "couches": {"exclus": [{"box": (0, 0, 900, 900)}]}}
    verifier(
        constater(densite("sans_compter: [exclus]"), exemple, COMMUNES),
        "non_evalue",
        mesure=None,
        dit=["surface comptée est nulle"],
    )


def test_a_simple_mean_leaves_out_an_object_without_counted_ground(constater, verifier):
    exemple = {"zones": [zone("a", UN_HA, 20), zone("b", VOISIN, 10)], "couches": {"exclus": [{"box": UN_HA}]}}
    constat = constater(densite("sans_compter: [exclus]", "calcul: moyenne_simple"), exemple, COMMUNES)
    verifier(constat, "ecart_marque", mesure=10, limites=[r"sans surface comptée.*\(a\)"])


def test_one_object_over_two_communes_of_a_class_counts_once(par_unite, verifier):
    """a is 2 ha with 20 dwellings over both communes of the class; b 1 ha with 40: mean (10 + 40) / 2, not 20."""
    exemple = {
        "zones": [zone("a", (900, 0, 1100, 100), 20), zone("b", (0, 0, 100, 100), 40)],
        "communes": [ARRAS, TOUQUET],
    }
    constat = par_unite(densite("echelle: armature", "calcul: moyenne_simple"), exemple, COMMUNES)["pole"]
    verifier(
        constat,
        "ecart_marque",
        mesure=25,
        ecarts=[{"libelle": "a", "surface": 20000, "part": 1.0, "forme": (900, 0, 1100, 100)}],
    )
    assert constat.nb_objets == 2


def test_dwellings_of_a_layer_count_once_in_zones_that_overlap(constater, verifier):
    exemple = {
        "zones": [zone("a", UN_HA), zone("b", UN_HA)],
        "couches": {"bati": [{"NB": 20, "box": (10, 10, 20, 20)}]},
    }
    verifier(constater(densite(logements="{couche: bati, champ: NB}"), exemple, COMMUNES), "ecart_marque", mesure=20)


def test_buildings_are_counted_once_in_zones_that_overlap(constater, verifier):
    exemple = {"zones": [zone("a", UN_HA), zone("b", UN_HA)], "couches": {"bati": [{"box": (10, 10, 20, 20)}]}}
    verifier(constater(densite(logements="{comptage: bati}"), exemple, COMMUNES), "ecart_marque", mesure=1)


def test_a_zone_without_label_does_not_take_the_row_without_key(constater, verifier):
    exemple = {
        "zones": [{"TYPEZONE": "AUc", "box": UN_HA}, zone("b", VOISIN)],
        "tables": {"t": [{"CLE": "b", "N": 40}, {"N": 50}]},
    }
    constat = constater(densite(logements="{table: t, champ: N}"), exemple, COMMUNES)
    verifier(constat, "non_evalue", mesure=40, dit=["1 zone sans effectif", "1 ligne de la table"])


# -- what is unknown --------------------------------------------------------------------------------


def test_only_a_possible_object(constater, verifier):
    """If the NULL vocation is not habitat, nothing is concerned: sans_objet; else a departure."""
    exemple = {"zones": [zone("a", UN_HA, 20), {**zone("b", VOISIN, 20, FORMDOMI="0100"), "TYPEZONE": "U"}]}
    constat = constater(densite(objets="{zones: {typezone: [AUc], vocation: [habitat]}}"), exemple)
    verifier(constat, "non_evalue", mesure=None, dit=[r"\(a\)"], ecarts=[])


def test_an_object_certain_for_a_selector_and_possible_for_another_counts_once(constater, verifier):
    exemple = {"zones": [zone("a", UN_HA, 20), {**zone("b", VOISIN, 20, FORMDOMI="0100"), "TYPEZONE": "U"}]}
    constat = constater(densite(objets="[{zones: {typezone: [AUc]}}, {zones: {vocation: [habitat]}}]"), exemple)
    verifier(constat, "ecart_marque", mesure=20)
    assert constat.nb_objets == 2


def test_a_range_shows_the_end_that_decided(constater, verifier):
    """55 without b, 57 with it: both weakly above 50. The worse end is shown, and its departure is 57 - 50."""
    exemple = {"zones": [zone("a", UN_HA, 55, FORMDOMI="0100"), zone("b", VOISIN, 59)]}
    regle = densite(
        "maximum: 50 logt/ha", objets="{zones: {typezone: [AUc], vocation: [habitat]}}", seuil="minimum: 10 logt/ha"
    )
    constat = constater(regle, exemple)
    verifier(constat, "ecart_faible", mesure=57, ecart=7, relatif=0.14, ecarts=[{"libelle": "a"}])


def test_an_object_at_fault_misses_the_bound_that_decided(constater, verifier):
    """(200 + 5) / 2 = 102.5 is above 50; b, below 10, is not what makes it so."""
    regle = densite("maximum: 50 logt/ha", seuil="minimum: 10 logt/ha")
    constat = constater(regle, {"zones": [zone("a", UN_HA, 200), zone("b", VOISIN, 5)]})
    verifier(constat, "ecart_marque", mesure=102.5, ecarts=[{"libelle": "a"}])


@pytest.mark.parametrize("echelle", ["plu", "objet"])
def test_no_object_found_in_a_layer_that_is_not_there(constater, verifier, echelle):
    regle = densite(
        f"echelle: {echelle}", objets='[{prescriptions_plu: {typepsc: [18]}}, {zones: {libelle: ["nulle part"]}}]'
    )
    verifier(constater(regle, {"zones": [zone("a", UN_HA, 40)]}), "non_evalue", dit=["PRESCRIPTION_SURF"])


def test_lines_and_points_are_not_needed_by_a_density(constater, verifier):
    """The archive has PRESCRIPTION_SURF alone: lines and points would not be measured anyway."""
    from scot_compat.checks import engine, exemples
    from scot_compat.checks.registry import KINDS
    from scot_compat.rules.loader import loads

    texte = (
        "format: 1\nscot: {nom: x, etat: executoire}\nprescriptions:\n  - id: P1\n    intitule: x\n"
        "    objectif: x\n    nature: norme\n    controle:\n      densite:\n"
        "        objets: {prescriptions_plu: {typepsc: [18]}}\n        logements: {champ: NB}\n"
        "        minimum: 35 logt/ha\n"
    )
    rules = loads(texte, KINDS)
    carre = "POLYGON((0 0,100 0,100 100,0 100,0 0))"
    exemple = {
        "zones": [{"LIBELLE": "a", "TYPEZONE": "U", "wkt": carre}],
        "prescriptions_plu": [{"TYPEPSC": "18", "NB": "40", "wkt": carre}],
    }
    plu, layers, tables = exemples.build(exemple, rules)
    plu.prescriptions.pop("LIN"), plu.prescriptions.pop("PCT")
    (constat,) = engine.run(rules, plu, layers, tables).answers[0].constats
    verifier(constat, "sans_ecart", mesure=40)


def test_objects_that_are_not_surfaces(constater, verifier):
    exemple = {"zones": [zone("a", UN_HA, 40)], "couches": {"axes": [{"NB": 5, "wkt": "LINESTRING(0 0, 10 10)"}]}}
    verifier(constater(densite(objets="{couche: axes}"), exemple, COMMUNES), "non_evalue", dit=["surfaces"])


SANS_GEOMETRIE = {"LIBELLE": "e", "TYPEZONE": "AUc", "NB": 10}


def test_a_zone_without_geometry_is_unknown_ground(constater, verifier):
    """40 dwellings on 1 ha, and 10 on nobody knows what: above or below 35 per hectare."""
    constat = constater(densite(), {"zones": [zone("a", UN_HA, 40), SANS_GEOMETRIE]})
    verifier(constat, "non_evalue", mesure=40, dit=["sans géométrie", "(e)", "complétez"])


def test_a_zone_of_empty_geometry_has_no_ground(constater, verifier):
    exemple = {"zones": [zone("a", UN_HA, 40), {**SANS_GEOMETRIE, "wkt": "POLYGON EMPTY"}]}
    verifier(constater(densite(), exemple), "sans_ecart", mesure=40, limites=[r"géométrie vide.*\(e\)"])


def test_by_object_a_zone_without_geometry_leaves_the_others_as_they_are(repondre, verifier):
    exemple = {"zones": [zone("a", UN_HA, 40), SANS_GEOMETRIE]}
    a, unread = repondre(densite("echelle: objet"), exemple).constats
    verifier(a, "sans_ecart", mesure=40)
    verifier(unread, "non_evalue", dit=["sans géométrie", "(e)"])


# -- thresholds -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "classes",
    [
        pytest.param("lu_dans: {table: insee, champ: C}", id="read-in-a-table"),
        pytest.param("classes: {pole: {communes: [62120]}, village: {defaut: oui}}", id="class-by-default"),
    ],
)
def test_a_class_with_communes_elsewhere_is_not_decided_by_this_plu(constater, verifier, classes):
    entete = (
        "tables:\n  insee: {libelle: T, cle: INSEE}\nterritoires:\n  classements:\n    armature: {" + classes + "}\n"
    )
    exemple = {
        "zones": [zone("a", UN_HA, 40, INSEE="62001")],
        "tables": {"insee": [{"INSEE": "62001", "C": "pole"}, {"INSEE": "62009", "C": "pole"}]},
    }
    verifier(constater(densite("echelle: armature"), exemple, entete), "a_apprecier", mesure=40)


@pytest.mark.parametrize("echelle, etat, seuil", [("plu", "ecart_marque", 35), ("scot", "a_apprecier", 35)])
def test_a_share_of_the_plu_is_no_share_of_a_density(constater, verifier, echelle, etat, seuil):
    """20 logt/ha against 35: half of the SCoT does not owe half of its density."""
    constat = constater(densite("part_du_plu: 50 %", f"echelle: {echelle}"), {"zones": [zone("a", UN_HA, 20)]})
    verifier(constat, etat, mesure=20)
    assert constat.seuil_min == seuil


def test_the_density_asked_of_this_plu(constater, verifier):
    regle = densite("part_du_plu: 18 logt/ha", "echelle: scot")
    constat = constater(regle, {"zones": [zone("a", UN_HA, 20)]})
    verifier(constat, "sans_ecart", mesure=20)
    assert constat.seuil_min == 18


@pytest.mark.parametrize("seuils, etat", [((35, 35), "sans_ecart"), ((35, 30), "non_evalue")])
def test_a_threshold_given_twice_is_not_added(constater, verifier, seuils, etat):
    exemple = {
        "zones": [zone("a", UN_HA, 40, INSEE="62001")],
        "tables": {"insee": [{"INSEE": "62001", "S": seuil} for seuil in seuils]},
    }
    regle = densite("echelle: commune", seuil="minimum: {table: insee, champ: S, unite: logt/ha}")
    verifier(
        constater(regle, exemple, COMMUNES.replace("  communes: {couche: communes, code: INSEE, nom: NOM}\n", "")),
        etat,
        mesure=40,
    )


# -- words ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("nb, dit", [("34.999", "Densité de 34,999 logements"), ("1", "Densité de 1 logement par")])
def test_a_measure_does_not_read_as_the_threshold_it_misses(constater, nb, dit):
    assert dit in constater(densite(), {"zones": [zone("a", UN_HA, nb)]}).message


def test_many_possible_objects_are_bounded_at_once(constater):
    """2 000 zones without vocation: as fast as one."""
    import time

    zones = [zone(f"z{i}", (100 * i, 0, 100 * i + 100, 100), i % 70) for i in range(2000)]
    zones[0]["FORMDOMI"] = "0100"
    start = time.monotonic()
    constater(densite(objets="{zones: {typezone: [AUc], vocation: [habitat]}}"), {"zones": zones})
    assert time.monotonic() - start < 5
