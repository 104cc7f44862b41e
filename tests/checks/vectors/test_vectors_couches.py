"""Sections 5 and 7 of the language: layers missing, empty, elsewhere; buffers, precision, lines and points."""

from __future__ import annotations

import math

import pytest

DEBUT = "couches:\n"
CORRIDORS = '  corridors: {libelle: Corridors, geometrie: ligne, tampon: 25 m, precision: "1:25000"}\n'
RESERVOIRS = "  reservoirs: {libelle: Réservoirs, geometrie: surface, precision: 5 m}\n"
COUCHES = DEBUT + CORRIDORS + RESERVOIRS
LIGNE = {"wkt": "LINESTRING(50 -50, 50 150)"}
LOIN = {"box": (90000, 90000, 90100, 90100)}


def interdit(couches, *lignes):
    head = ["controle:", "  zones_interdites:", "    objets: {zones: {typezone: [AUc]}}", f"    couches: {couches}"]
    return "\n".join([*head, *(f"    {ligne}" for ligne in lignes)])


def localise(*lignes):
    head = [
        "controle:",
        "  localisation:",
        "    objets: {zones: {typezone: [AUc]}}",
        "    couches: [sip, centralites]",
        "    part_minimale: 95 %",
    ]
    return "\n".join([*head, *(f"    {ligne}" for ligne in lignes)])


def territoire(*carres, **couches):
    """AUc zones 1AU1, 1AU2… by box, and the layers that exist."""
    return {
        "zones": [{"LIBELLE": f"1AU{n}", "TYPEZONE": "AUc", "box": c} for n, c in enumerate(carres, 1)],
        "couches": couches,
    }


# -- missing, empty, elsewhere --------------------------------------------------------------------


@pytest.mark.parametrize(
    "carre, etat, mesure",
    [
        pytest.param((0, 0, 100, 100), "ecart_marque", None, id="marked-without-it"),
        pytest.param((-160, 0, 40, 100), "non_evalue", 1500, id="weak-without-it"),
        pytest.param((-300, 0, -200, 100), "non_evalue", None, id="nothing-without-it"),
    ],
)
def test_one_missing_layer_of_two(constater, verifier, carre, etat, mesure):
    """At its highest the missing layer covers the whole object, at its lowest nothing."""
    constat = constater(interdit("[corridors, reservoirs]"), territoire(carre, corridors=[LIGNE]), COUCHES)
    verifier(constat, etat, dit=["[rR][ée]servoirs"], **({"mesure": mesure} if mesure else {}))


def test_missing_layer_not_to_count(constater, verifier):
    regle = "\n".join(
        [
            "controle:",
            "  densite:",
            "    objets: {zones: {typezone: [AUc]}}",
            "    logements: {champ: NBLOGT}",
            "    minimum: 35 logt/ha",
            "    sans_compter: [reservoirs]",
        ]
    )
    exemple = territoire((0, 0, 200, 100))
    exemple["zones"][0]["NBLOGT"] = 500
    verifier(constater(regle, exemple, COUCHES), "non_evalue", dit=["[rR][ée]servoirs"], ecarts=[])


@pytest.mark.parametrize(
    "couche, controle, etat",
    [
        pytest.param("", [], "non_evalue", id="neither"),
        pytest.param("vide_admis: oui, ", [], "sans_objet", id="on-the-layer"),
        pytest.param("", ["vide_admis: oui"], "sans_objet", id="in-the-control"),
    ],
)
def test_empty_layer(constater, verifier, couche, controle, etat):
    entete = DEBUT + RESERVOIRS.replace("{", "{" + couche)
    constat = constater(interdit("[reservoirs]", *controle), territoire((0, 0, 100, 100), reservoirs=[]), entete)
    verifier(constat, etat, ecarts=[], dit=["vide"] if etat == "non_evalue" else [])


SIP = """
couches:
  sip: {libelle: Secteurs périphériques, geometrie: surface}
  centralites: {libelle: Centralités, geometrie: surface}
"""


@pytest.mark.parametrize(
    "lignes, etat",
    [
        pytest.param([], "non_evalue", id="unknown"),
        pytest.param(["vide_admis: oui"], "ecart_faible", id="admitted"),
    ],
)
def test_empty_location_layer_beside_another(constater, verifier, lignes, etat):
    exemple = territoire((0, 0, 100, 100), sip=[{"box": (0, 0, 80, 100)}], centralites=[])
    verifier(constater(localise(*lignes), exemple, SIP), etat, **({"mesure": 80.0} if lignes else {}))


def test_empty_location_layers_admitted_cover_nothing(constater, verifier):
    exemple = territoire((0, 0, 100, 100), sip=[], centralites=[])
    verifier(constater(localise("vide_admis: oui"), exemple, SIP), "ecart_marque", mesure=0.0)


@pytest.mark.parametrize(
    "x, etat",
    [pytest.param(120, "ecart_marque", id="band-meets"), pytest.param(200, "non_evalue", id="band-elsewhere")],
)
def test_the_extent_of_a_layer_is_taken_with_its_buffer(constater, verifier, x, etat):
    """A line 20 m off the zone, its band of 25 m 5 m inside; at 100 m the band does not touch the PLU."""
    entete = DEBUT + CORRIDORS.replace(', precision: "1:25000"', "")
    exemple = territoire((0, 0, 100, 100), corridors=[{"wkt": f"LINESTRING({x} -50, {x} 150)"}])
    constat = constater(interdit("[corridors]", "ecart_marque_au_dela_de: 4 %"), exemple, entete)
    verifier(constat, etat, ecarts=[{"forme": (95, 0, 100, 100)}] if etat == "ecart_marque" else [])


def test_some_objects_of_a_layer(constater, verifier):
    exemple = territoire(
        (0, 0, 100, 100),
        reservoirs=[{"NIVEAU": "1", "box": (0, 0, 30, 100)}, {"NIVEAU": "2", "box": (50, 0, 100, 100)}],
    )
    verifier(
        constater(interdit("[{couche: reservoirs, ou: {NIVEAU: [1]}}]"), exemple, COUCHES),
        "ecart_marque",
        mesure=3000,
        ecarts=[{"forme": (0, 0, 30, 100)}],
    )
    constat = constater(interdit("[{couche: reservoirs, ou: {RANG: [1]}}]"), exemple, COUCHES)
    verifier(constat, "non_evalue", dit=["RANG"])


def test_the_filter_of_a_layer_does_not_apply_to_examples(constater, verifier):
    entete = DEBUT + RESERVOIRS.replace("surface,", "surface, filtre: {TYPE: [humide]},")
    exemple = territoire((0, 0, 100, 100), reservoirs=[{"TYPE": "sec", "box": (0, 0, 30, 100)}])
    verifier(constater(interdit("[reservoirs]"), exemple, entete), "ecart_marque", mesure=3000)


@pytest.mark.parametrize(
    "types, etat, mesure, dit",
    [
        pytest.param(["sec", "humide"], "ecart_marque", 5000, [], id="some"),
        pytest.param(["humide", "humide"], "ecart_marque", 8000, [], id="all"),
        pytest.param(["sec", "boisé"], "non_evalue", None, ["vide", "filtre"], id="none-left-is-empty"),
    ],
)
def test_the_filter_of_a_layer_read_from_its_source(constater, verifier, types, etat, mesure, dit):
    entete = DEBUT + RESERVOIRS.replace("surface,", "surface, filtre: {TYPE: [humide]},")
    boxes = [(0, 0, 30, 100), (50, 0, 100, 100)]
    lues = {"reservoirs": [{"TYPE": code, "box": carre} for code, carre in zip(types, boxes)]}
    constat = constater(interdit("[reservoirs]"), territoire((0, 0, 100, 100)), entete, lues=lues)
    verifier(constat, etat, mesure=mesure, dit=dit)


def test_a_filter_on_a_field_the_layer_lacks(constater, verifier):
    entete = DEBUT + RESERVOIRS.replace("surface,", "surface, filtre: {TYPE: [humide]},")
    lues = {"reservoirs": [{"box": (0, 0, 30, 100)}]}
    constat = constater(interdit("[reservoirs]"), territoire((0, 0, 100, 100)), entete, lues=lues)
    verifier(constat, "non_evalue", dit=["TYPE"])


# -- precision ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "fin, etat", [pytest.param(8, "sans_ecart", id="under"), pytest.param(13, "ecart_faible", id="over")]
)
def test_several_layers_the_largest_precision(constater, verifier, fin, etat):
    """The reservoir alone would keep 8 m (its precision is 5 m); beside corridors at 12.5 m it is a sliver."""
    exemple = territoire(
        (0, 0, 100, 100),
        reservoirs=[{"box": (0, 0, fin, 100)}],
        corridors=[{"wkt": "LINESTRING(-400 -500, -400 500)"}, {"wkt": "LINESTRING(400 -9, 400 9)"}],
    )
    verifier(constater(interdit("[corridors, reservoirs]"), exemple, COUCHES), etat)
    verifier(constater(interdit("[reservoirs]"), exemple, COUCHES), "ecart_faible", mesure=fin * 100)


@pytest.mark.parametrize("largeur, etat", [("15 m", "sans_ecart"), ("14.9 m", "ecart_marque"), ("0 m", "ecart_marque")])
def test_declared_width_prevails(constater, verifier, largeur, etat):
    exemple = territoire((0, 0, 40, 100), corridors=[LIGNE])
    verifier(constater(interdit("[corridors]", f"largeur_ignoree: {largeur}"), exemple, COUCHES), etat)


def test_no_precision_declared_is_said(constater, verifier):
    entete = DEBUT + RESERVOIRS.replace(", precision: 5 m", "")
    exemple = territoire((0, 0, 100, 100), reservoirs=[{"box": (0, 0, 0.5, 100)}])
    verifier(constater(interdit("[reservoirs]"), exemple, entete), "ecart_faible", mesure=50, limites=["précision"])


def test_precision_of_each_object(constater, verifier):
    """Two conflicts 10 m wide: the object drawn at 12.5 m gives a sliver, the one drawn at 5 m does not."""
    entete = DEBUT + RESERVOIRS.replace("precision: 5 m", "precision: {champ: PREC, unite: m}")
    exemple = territoire(
        (0, 0, 100, 100),
        (1000, 0, 1100, 100),
        reservoirs=[{"PREC": "12,5", "box": (90, 0, 200, 100)}, {"PREC": "5", "box": (1090, 0, 1200, 100)}],
    )
    verifier(
        constater(interdit("[reservoirs]"), exemple, entete),
        "ecart_faible",
        mesure=1000,
        limites=["1000 m2"],
        ecarts=[{"libelle": "1AU2", "forme": (1090, 0, 1100, 100), "part": 0.1}],
    )


@pytest.mark.parametrize(
    "carre, part, etat",
    [
        pytest.param((-160, 0, 40, 100), "7.5 %", "sans_ecart", id="equality-dropped"),
        pytest.param((-160, 0, 40, 100), "7.4 %", "ecart_faible", id="above"),
        pytest.param((0, 0, 40, 100), "10 %", "ecart_marque", id="far-above"),
    ],
)
def test_object_with_a_small_share(constater, verifier, carre, part, etat):
    exemple = territoire(carre, corridors=[LIGNE])
    constat = constater(interdit("[corridors]", f"part_ignoree: {part}"), exemple, COUCHES)
    verifier(
        constat, etat, mesure=0 if etat == "sans_ecart" else 1500, limites=["1500 m2"] if etat == "sans_ecart" else []
    )


def test_buffer_read_in_a_field(constater, verifier):
    """25 m then 10,5 m on each side: bands of 50 and 21 m."""
    entete = DEBUT + CORRIDORS.replace("25 m,", "{champ: LARGEUR, unite: m},")
    exemple = territoire(
        (0, 0, 300, 100),
        corridors=[{"LARGEUR": "25", **LIGNE}, {"LARGEUR": "10,5", "wkt": "LINESTRING(200 -50, 200 150)"}],
    )
    verifier(
        constater(interdit("[corridors]"), exemple, entete),
        "ecart_marque",
        mesure=7100,
        ecarts=[{"surface": 7100, "part": 7100 / 30000}],
    )


# -- lines and points without buffer --------------------------------------------------------------

LIGNES = DEBUT + '  haies: {libelle: Haies, geometrie: ligne, precision: "1:25000"}\n'


@pytest.mark.parametrize(
    "haut, lignes, etat, longueur",
    [
        pytest.param(100, [], "ecart_marque", 100, id="kept-is-marked"),
        pytest.param(12.5, [], "ecart_marque", 12.5, id="as-long-as-the-precision"),
        pytest.param(12, [], "sans_ecart", 0, id="shorter-than-the-precision"),
        pytest.param(100, ["ecart_marque_au_dela_de: 100 m"], "ecart_faible", 100, id="M-amount-equality"),
        pytest.param(100, ["ecart_marque_au_dela_de: 99 m"], "ecart_marque", 100, id="above-M-amount"),
        pytest.param(100, ["ecart_marque_au_dela_de: 80 %"], "ecart_marque", 100, id="M-share-does-not-apply"),
    ],
)
def test_lines_are_measured_in_metres(constater, verifier, haut, lignes, etat, longueur):
    exemple = territoire((0, 0, 100, haut), haies=[LIGNE])
    constat = constater(interdit("[haies]", *lignes), exemple, LIGNES)
    ecarts = [{"forme": f"LINESTRING(50 0, 50 {haut})", "longueur": longueur, "libelle": "1AU1"}] if longueur else []
    verifier(constat, etat, mesure=longueur, unite="m", ecarts=ecarts)
    assert all(ecart.surface_m2 is None for ecart in constat.ecarts)


def test_points_are_counted(constater, verifier):
    entete = DEBUT + "  arbres: {libelle: Arbres remarquables, geometrie: point}\n"
    arbres = [{"wkt": f"POINT({x} 50)"} for x in (20, 80, 500)]
    constat = constater(interdit("[arbres]"), territoire((0, 0, 100, 100), arbres=arbres), entete)
    verifier(constat, "ecart_marque", mesure=2, unite="", ecarts=[{"forme": "MULTIPOINT(20 50, 80 50)"}])


def test_points_with_a_buffer_are_areas(constater, verifier):
    entete = DEBUT + "  captages: {libelle: Captages, geometrie: point, tampon: 30 m}\n"
    exemple = territoire((0, 0, 100, 100), captages=[{"wkt": "POINT(50 50)"}])
    constat = constater(interdit("[captages]"), exemple, entete)
    verifier(constat, "ecart_marque", unite="m2")
    assert constat.mesure == pytest.approx(math.pi * 900, rel=0.01)
