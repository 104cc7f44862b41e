"""Hard cases of the spatial kinds, each found wrong once. Expected values by hand."""

from __future__ import annotations

import pytest

ENTETE = """
territoires:
  communes: {couche: communes, code: INSEE, nom: NOM}
couches:
  communes: {libelle: Communes, geometrie: surface}
  bois: {libelle: Bois, geometrie: surface, precision: 1 m}
  haies: {libelle: Haies, geometrie: ligne, precision: 1 m}
  bandes: {libelle: Bandes, geometrie: ligne, precision: 1 m, tampon: {champ: LARGEUR, unite: m}}
  plu_anterieur: {libelle: PLU précédent, geometrie: surface}
"""
COMMUNES = [
    {"INSEE": 62001, "NOM": "Arras", "box": (0, 0, 1000, 1000)},
    {"INSEE": 62002, "NOM": "Le Touquet", "box": (1000, 0, 2000, 1000)},
]
GAUCHE, DROITE = (0, 0, 1000, 1000), (1000, 0, 2000, 1000)


def regle(genre, *lignes, objets="{zones: {typezone: [AUc]}}"):
    return "\n".join(["controle:", f"  {genre}:", f"    objets: {objets}", *(f"    {ligne}" for ligne in lignes)])


def protection(*lignes):
    return "\n".join(["controle:", "  protection_requise:", *(f"    {ligne}" for ligne in lignes)])


def zones(*boites, typezone="AUc"):
    return [{"LIBELLE": f"z{n}", "TYPEZONE": typezone, "box": boite} for n, boite in enumerate(boites, 1)]


# -- units of measure -------------------------------------------------------------------------------


def test_each_commune_is_measured_in_its_own_unit(par_unite, verifier):
    """1 ha of wood in one commune, 300 m of hedge in the other: never 300 m2."""
    exemple = {
        "zones": zones(GAUCHE, DROITE),
        "communes": COMMUNES,
        "couches": {"bois": [{"box": (100, 100, 200, 200)}], "haies": [{"wkt": "LINESTRING(1100 100, 1400 100)"}]},
    }
    constats = par_unite(regle("zones_interdites", "couches: [bois, haies]", "echelle: commune"), exemple, ENTETE)
    verifier(constats["62001"], "ecart_faible", mesure=10000, unite="m2")
    verifier(constats["62002"], "ecart_marque", mesure=300, unite="m", dit=["300 m"])


def test_surfaces_and_lines_in_one_commune_are_both_said(constater, verifier):
    exemple = {
        "zones": zones(GAUCHE),
        "couches": {"bois": [{"box": (100, 100, 200, 200)}], "haies": [{"wkt": "LINESTRING(300 100, 600 100)"}]},
    }
    constat = constater(regle("zones_interdites", "couches: [bois, haies]"), exemple, ENTETE)
    verifier(constat, "ecart_marque", mesure=10000, unite="m2", dit=["1 ha et 300 m"])


def test_a_length_is_not_compared_with_a_share_of_an_area(constater, verifier):
    """100 m of hedge in a zone of 1 ha are not 1 % of it."""
    exemple = {"zones": zones((0, 0, 100, 100)), "couches": {"haies": [{"wkt": "LINESTRING(0 50, 100 50)"}]}}
    constat = constater(regle("zones_interdites", "couches: [haies]", "part_ignoree: 5 %"), exemple, ENTETE)
    verifier(constat, "ecart_marque", mesure=100, unite="m")


def test_surfaces_and_lines_to_protect_have_no_common_share(constater, verifier):
    """25 ha of wood protected, 300 m of hedge not: the wood is covered at 100 %, and the hedge is judged."""
    exemple = {
        "zones": [*zones(GAUCHE, typezone="N"), *zones(DROITE)],
        "prescriptions_plu": [],
        "couches": {"bois": [{"box": (0, 0, 500, 500)}], "haies": [{"wkt": "LINESTRING(1100 100, 1400 100)"}]},
    }
    texte = protection("couches: [bois, haies]", "outils: [{zones: {typezone: [N]}}]", "part_minimale: 95 %")
    constat = constater(texte, exemple, ENTETE)
    verifier(
        constat,
        "ecart_marque",
        mesure=100,
        unite="%",
        limites=["porte sur les surfaces ; 1 objet"],
        ecarts=[{"longueur": 300, "part": 1.0}],
    )


@pytest.mark.parametrize("mot", ["couches", "hors"])
def test_a_surface_has_no_share_in_lines(constater, verifier, mot):
    """Nor a NaN: the layer needs a `tampon`."""
    exemple = {"zones": zones(GAUCHE), "couches": {"haies": [{"wkt": "LINESTRING(0 100, 400 100)"}]}}
    constat = constater(regle("localisation", f"{mot}: [haies]", "part_minimale: 95 %"), exemple, ENTETE)
    verifier(constat, "non_evalue", mesure=None, dit=["tampon"])


def test_percentage_points_of_a_conflict(constater, verifier):
    """10 % of the zone, marked beyond 5 points."""
    exemple = {"zones": zones((0, 0, 100, 100)), "couches": {"bois": [{"box": (0, 0, 100, 10)}]}}
    texte = regle("zones_interdites", "couches: [bois]", "ecart_marque_au_dela_de: 5 points")
    constat = constater(texte, exemple, ENTETE)
    verifier(constat, "ecart_marque", mesure=1000)


# -- what is unknown --------------------------------------------------------------------------------


SELON = "part_minimale: {selon: commune, 62001: 95 %}"


def test_a_commune_without_threshold_says_why(par_unite, verifier):
    exemple = {"zones": zones(GAUCHE, DROITE), "communes": COMMUNES, "couches": {"bois": [{"box": (0, 0, 2000, 1000)}]}}
    constats = par_unite(regle("localisation", "couches: [bois]", SELON, "echelle: commune"), exemple, ENTETE)
    verifier(constats["62001"], "sans_ecart", mesure=100)
    verifier(constats["62002"], "non_evalue", dit=["ne donne pas de seuil.*Touquet"])


def test_an_object_without_threshold_is_no_departure(par_unite, verifier):
    """z2 is mostly in Le Touquet, which has no threshold: in Arras, z1 alone is at fault."""
    exemple = {
        "zones": zones((0, 0, 900, 1000), (900, 0, 2000, 1000)),
        "communes": COMMUNES,
        "couches": {"bois": [{"box": (500, 0, 2000, 500)}]},
    }
    constats = par_unite(regle("localisation", "couches: [bois]", SELON, "echelle: commune"), exemple, ENTETE)
    verifier(
        constats["62001"],
        "ecart_marque",
        ecarts=[{"libelle": "z1", "etat": "ecart_marque"}],
        limites=["ne donne pas de seuil.*Touquet"],
    )


def test_nothing_asked_of_a_commune(par_unite, verifier):
    exemple = {"zones": zones(GAUCHE, DROITE), "communes": COMMUNES, "couches": {"bois": [{"box": (0, 0, 2000, 1000)}]}}
    seuil = "part_minimale: {selon: commune, 62001: 95 %, 62002: aucun}"
    constats = par_unite(regle("localisation", "couches: [bois]", seuil, "echelle: commune"), exemple, ENTETE)
    verifier(constats["62002"], "sans_objet", dit=["ne demande rien sur la commune du Touquet"])


def test_a_tool_that_is_only_possible_is_named(constater, verifier):
    exemple = {
        "zones": [*zones((0, 0, 500, 1000), typezone="N"), {"LIBELLE": "x", "box": (500, 0, 1000, 1000)}],
        "couches": {"bois": [{"box": (0, 0, 1000, 500)}]},
    }
    texte = protection("couches: [bois]", "outils: [{zones: {typezone: [N]}}]", "part_minimale: 95 %")
    constat = constater(texte, exemple, ENTETE)
    verifier(constat, "non_evalue", mesure=50)
    assert "TYPEZONE" in constat.message and "x" in constat.message


def test_a_possible_tool_in_another_commune_changes_nothing_here(par_unite, verifier):
    """The wood is whole in N on the left; on the right nothing protects 9/10 of it, whatever x is."""
    exemple = {
        "zones": [*zones(GAUCHE, (1100, 0, 2000, 1000)), {"LIBELLE": "x", "box": (1000, 0, 1100, 1000)}],
        "communes": COMMUNES,
        "couches": {"bois": [{"box": (0, 0, 2000, 1000)}]},
    }
    exemple["zones"][0]["TYPEZONE"] = "N"
    texte = protection(
        "couches: [bois]", "outils: [{zones: {typezone: [N]}}]", "part_minimale: 95 %", "echelle: commune"
    )
    constats = par_unite(texte, exemple, ENTETE)
    verifier(constats["62001"], "sans_ecart", mesure=100)
    verifier(constats["62002"], "ecart_marque", mesure=0)


@pytest.mark.parametrize("genre", ["zones_interdites", "localisation"])
def test_no_object_found_in_a_layer_that_is_not_there_by_object(constater, verifier, genre):
    exemple = {"zones": zones(GAUCHE), "couches": {"bois": [{"box": (0, 0, 500, 500)}]}}
    objets = "[{prescriptions_plu: {typepsc: [05]}}, {zones: {typezone: [A]}}]"
    texte = regle(
        genre,
        "couches: [bois]",
        "echelle: objet",
        *(["part_minimale: 95 %"] * (genre == "localisation")),
        objets=objets,
    )
    verifier(constater(texte, exemple, ENTETE), "non_evalue", dit=["PRESCRIPTION_SURF"])


# -- layers -----------------------------------------------------------------------------------------


def test_a_band_without_width_is_not_nothing(constater, verifier):
    exemple = {
        "zones": zones((0, 0, 100, 100)),
        "couches": {
            "bandes": [
                {"wkt": "LINESTRING(0 50, 100 50)", "LARGEUR": 0},
                {"wkt": "LINESTRING(0 150, 100 150)", "LARGEUR": 5},
            ]
        },
    }
    constat = constater(regle("zones_interdites", "couches: [bandes]"), exemple, ENTETE)
    verifier(constat, "non_evalue", dit=["largeur d'un objet", "LARGEUR"])


def test_what_a_filter_leaves_out_without_knowing_is_said(constater, verifier):
    entete = "couches:\n  bois: {libelle: Bois, geometrie: surface, precision: 1 m, filtre: {TYPE: [humide]}}\n"
    lues = {
        "bois": [
            {"TYPE": "humide", "box": (500, 0, 600, 100)},
            {"TYPE": None, "box": (0, 0, 50, 50)},
            {"TYPE": "sec", "box": (0, 0, 100, 100)},
            {"TYPE": "humide", "box": (90, 90, 600, 99)},
        ]
    }
    constat = constater(
        regle("zones_interdites", "couches: [bois]"), {"zones": zones((0, 0, 100, 100))}, entete, lues=lues
    )
    verifier(constat, "ecart_faible", mesure=90, limites=["1 objet sans TYPE renseigné est écarté"])


def test_the_filter_of_the_communes_layer(par_unite, verifier):
    entete = ENTETE.replace(
        "communes: {libelle: Communes, geometrie: surface}",
        "communes: {libelle: Communes, geometrie: surface, filtre: {SCOT: [oui]}}",
    )
    lues = {"communes": [{**COMMUNES[0], "SCOT": "oui"}, {**COMMUNES[1], "SCOT": "non"}]}
    exemple = {"zones": zones(GAUCHE, DROITE), "couches": {"bois": [{"box": (0, 0, 2000, 1000)}]}}
    constats = par_unite(
        regle("localisation", "couches: [bois]", "part_minimale: 95 %", "echelle: commune"), exemple, entete, lues=lues
    )
    assert sorted(constats) == ["62001", "hors_commune"]


@pytest.mark.parametrize(
    "anterieur, dit",
    [
        pytest.param([], "Couche vide", id="empty"),
        pytest.param([{"TYPEZONE": "U", "box": (9000, 0, 9100, 100)}], "emprise est ailleurs", id="elsewhere"),
        pytest.param([{"LIBELLE": "x", "TYPEZONE": "?", "box": (0, 0, 100, 100)}], "TYPEZONE d'une zone", id="unread"),
    ],
)
def test_the_previous_plu_is_not_known(constater, verifier, anterieur, dit):
    exemple = {
        "zones": zones((0, 0, 100, 100)),
        "couches": {"bois": [{"box": (0, 0, 50, 50)}], "plu_anterieur": anterieur},
    }
    constat = constater(regle("zones_interdites", "couches: [bois]", "seulement_nouveau: oui"), exemple, ENTETE)
    verifier(constat, "non_evalue", dit=[dit])


def test_fragments_outside_the_communes_are_said(par_unite, verifier):
    """A zone drawn 2 m beyond the commune: 2 000 m2 left aside, said by every kind."""
    exemple = {
        "zones": zones((-2, 0, 1000, 1000), DROITE),
        "communes": COMMUNES,
        "couches": {"bois": [{"box": (-2, 0, 2000, 1000)}]},
    }
    constats = par_unite(
        regle("localisation", "couches: [bois]", "part_minimale: 95 %", "echelle: commune"), exemple, ENTETE
    )
    verifier(constats["62001"], "sans_ecart", limites=["1 fragment de calage.*2000 m2"])


def test_an_ignored_area_exactly_met_within_rounding(constater, verifier):
    exemple = {"zones": zones((0, 0, 100, 100)), "couches": {"bois": [{"box": (0, 0, 30, 50 + 1e-9)}]}}
    constat = constater(regle("zones_interdites", "couches: [bois]", "surface_ignoree: 1500 m2"), exemple, ENTETE)
    verifier(constat, "sans_ecart", mesure=0)


# -- time -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("genre", ["zones_interdites", "localisation"])
@pytest.mark.parametrize("echelle", ["plu", "objet"])
def test_thousands_of_departures(repondre, genre, echelle):
    """3 000 zones at fault, 3 000 écarts. How the time grows is in tests/benchmarks/bench_growth.py."""
    exemple = {
        "zones": zones(*((100 * i, 0, 100 * i + 100, 100) for i in range(3000))),
        "communes": [
            {"INSEE": 62001, "NOM": "Arras", "box": (0, 0, 150000, 1000)},
            {"INSEE": 62002, "NOM": "Lens", "box": (150000, 0, 300000, 1000)},
        ],
        "couches": {"bois": [{"box": (0, 0, 300000, 50)}]},
    }
    seuil = ["part_minimale: 95 %"] if genre == "localisation" else []
    constats = repondre(regle(genre, "couches: [bois]", f"echelle: {echelle}", *seuil), exemple, ENTETE).constats
    assert sum(len(constat.ecarts) for constat in constats) == 3000


def test_the_departure_of_a_commune_is_what_is_measured_there(par_unite, verifier):
    """25 of 50 ha in each commune: the departure is measure less threshold (0), not the whole object's."""
    exemple = {
        "zones": zones((0, 0, 2000, 1000)),
        "communes": COMMUNES,
        "couches": {"bois": [{"box": (500, 0, 1500, 500)}]},
    }
    constats = par_unite(regle("zones_interdites", "couches: [bois]", "echelle: commune"), exemple, ENTETE)
    for code in ("62001", "62002"):
        verifier(constats[code], "ecart_marque", mesure=250000, ecart=250000)


# -- zones whose ground is not known ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("forme", "bois", "etat"),
    [
        ({}, (500, 500, 600, 600), "non_evalue"),  # far from the zone that is drawn: the other one may be there
        ({}, (0, 0, 100, 100), "ecart_marque"),  # the worst state, whatever the other one is
        ({"wkt": "POLYGON EMPTY"}, (500, 500, 600, 600), "sans_ecart"),  # an empty zone covers nothing
    ],
)
def test_a_zone_without_geometry_may_be_in_the_wood(constater, verifier, forme, bois, etat):
    controle = "controle: {zones_interdites: {objets: {zones: {typezone: [AUc]}}, couches: [bois]}}"
    exemple = {
        "zones": [
            {"LIBELLE": "dessinée", "TYPEZONE": "AUc", "box": (0, 0, 100, 100)},
            {"LIBELLE": "N", "TYPEZONE": "N", "box": (100, 0, 1000, 1000)},
            {"LIBELLE": "sans dessin", "TYPEZONE": "AUc", **forme},
        ],
        "couches": {"bois": [{"box": bois}]},
    }
    verifier(constater(controle, exemple, ENTETE), etat, **({"dit": ["sans dessin"]} if etat == "non_evalue" else {}))
