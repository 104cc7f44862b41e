"""Sections 6 and 7 of the language, hard cases of the spatial kinds: unions, cuts, ends of lines, previous PLU."""

from __future__ import annotations

import pytest

TERRITOIRE = """
territoires:
  communes: {couche: communes, code: INSEE, nom: NOM}
  classements:
    epci: {libelle: EPCI, lu_dans: {couche: communes, champ: EPCI}}
    armature:
      libelle: Armature urbaine
      classes:
        pole: {libelle: Pôle urbain, communes: [62119]}
        village: {libelle: Village, defaut: oui}
couches:
  communes: {libelle: Communes, geometrie: surface}
  corridors: {libelle: Corridors, geometrie: ligne, tampon: 25 m, precision: "1:25000"}
  reservoirs: {libelle: Réservoirs, geometrie: surface}
  haies: {libelle: Haies, geometrie: ligne}
  sip: {libelle: Secteurs périphériques, geometrie: surface}
  plu_anterieur: {libelle: PLU précédent, geometrie: surface}
tables:
  objectifs: {libelle: Objectifs par commune, cle: INSEE}
"""
LIGNE = {"wkt": "LINESTRING(50 -50, 50 150)"}
#: the limit between 62119 (west) and 62051 (east) is x = 500
COMMUNES = [
    {"INSEE": "62119", "NOM": "Arbois", "EPCI": "Ouest", "box": (-5000, -5000, 500, 5000)},
    {"INSEE": "62051", "NOM": "Bruyères", "EPCI": "Est", "box": (500, -5000, 5000, 5000)},
]


def interdit(couches, *lignes):
    head = ["controle:", "  zones_interdites:", "    objets: {zones: {typezone: [AUc]}}", f"    couches: {couches}"]
    return "\n".join([*head, *(f"    {ligne}" for ligne in lignes)])


def localise(*lignes, part="95 %"):
    head = [
        "controle:",
        "  localisation:",
        "    objets: {zones: {typezone: [AUc]}}",
        "    couches: [sip]",
        f"    part_minimale: {part}",
    ]
    return "\n".join([*head, *(f"    {ligne}" for ligne in lignes)])


def protege(couches, *lignes):
    head = [
        "controle:",
        "  protection_requise:",
        f"    couches: {couches}",
        "    outils: {zones: {typezone: [N]}}",
        "    part_minimale: 95 %",
    ]
    return "\n".join([*head, *(f"    {ligne}" for ligne in lignes)])


def territoire(*carres, **couches):
    return {
        "zones": [{"LIBELLE": f"1AU{n}", "TYPEZONE": "AUc", "box": c} for n, c in enumerate(carres, 1)],
        "couches": couches,
    }


# -- the conflict ---------------------------------------------------------------------------------


def test_layers_that_overlap_count_once(constater, verifier):
    """Corridor [25 75] and reservoir [50 100] share 25 m: 75 m of the zone, one row."""
    exemple = territoire((0, 0, 200, 100), corridors=[LIGNE, LIGNE], reservoirs=[{"box": (50, 0, 100, 100)}])
    verifier(
        constater(interdit("[corridors, reservoirs]"), exemple, TERRITOIRE),
        "ecart_marque",
        mesure=7500,
        ecarts=[{"forme": (25, 0, 100, 100), "surface": 7500, "part": 0.375}],
    )


def test_only_the_layers_in_cause_are_named(constater, verifier):
    """1AU1 lies in the corridor [25 75] alone; 1AU2 in the reservoir alone."""
    exemple = territoire(
        (0, 0, 100, 100), (200, 0, 300, 100), corridors=[LIGNE], reservoirs=[{"box": (250, 0, 400, 100)}]
    )
    constat = constater(interdit("[corridors, reservoirs]"), exemple, TERRITOIRE)
    verifier(constat, "ecart_marque", mesure=10000, dit=["recouvrent « Corridors » ou « Réservoirs »"])
    assert {ecart.libelle: ecart.message for ecart in constat.ecarts} == {
        "1AU1": "1AU1 : 50 % de l'objet recouvre « Corridors ».",
        "1AU2": "1AU2 : 50 % de l'objet recouvre « Réservoirs ».",
    }
    alone = territoire((0, 0, 100, 100), corridors=[LIGNE], reservoirs=[{"box": (100, 0, 400, 100)}])
    constat = constater(interdit("[corridors, reservoirs]"), alone, TERRITOIRE)
    verifier(constat, "ecart_marque", mesure=5000, dit=[r"1AU1 recouvre « Corridors » \("])
    assert "Réservoirs" not in constat.message
    nothing = territoire((75, 0, 100, 100), corridors=[LIGNE], reservoirs=[{"box": (100, 0, 400, 100)}])
    nothing["zones"].append({"LIBELLE": "N", "TYPEZONE": "N", "box": (0, 0, 75, 100)})
    constat = constater(interdit("[corridors, reservoirs]"), nothing, TERRITOIRE)
    verifier(constat, "sans_ecart", dit=["Aucun recouvrement de « Corridors » ou « Réservoirs »"])


def test_a_buffered_line_ends_where_it_is_drawn(constater, verifier):
    """Flat caps: the line stops at y = 50, so does its band."""
    exemple = territoire((0, 0, 100, 100), corridors=[{"wkt": "LINESTRING(50 -50, 50 50)"}])
    verifier(
        constater(interdit("[corridors]"), exemple, TERRITOIRE),
        "ecart_marque",
        mesure=2500,
        ecarts=[{"forme": (25, 0, 75, 50), "part": 0.25}],
    )


def test_each_part_is_a_sliver_or_not(constater, verifier):
    """A band 15 m wide is kept, another 10 m wide at the other end of the same zone is dropped."""
    exemple = territoire((60, 0, 260, 100), corridors=[LIGNE, {"wkt": "LINESTRING(275 -50, 275 150)"}])
    verifier(
        constater(interdit("[corridors]"), exemple, TERRITOIRE),
        "ecart_faible",
        mesure=1500,
        ecarts=[{"forme": (60, 0, 75, 100), "part": 0.075}],
        limites=[r"\b1 .*\b1000 m2"],
    )


def test_a_zone_with_a_hole_around_the_reservoir(constater, verifier):
    exemple = territoire((0, 0, 10, 10), reservoirs=[{"box": (40, 40, 60, 60)}])
    exemple["zones"][0] = {
        "LIBELLE": "1AU1",
        "TYPEZONE": "AUc",
        "wkt": "POLYGON((0 0, 100 0, 100 100, 0 100, 0 0), (40 40, 60 40, 60 60, 40 60, 40 40))",
    }
    verifier(constater(interdit("[reservoirs]"), exemple, TERRITOIRE), "sans_ecart", mesure=0, ecarts=[])


# -- previous PLU ---------------------------------------------------------------------------------

NOUVEAU = interdit("[corridors]", "seulement_nouveau: oui")


def test_what_is_left_under_one_square_metre_is_dropped(constater, verifier):
    exemple = territoire(
        (0, 0, 100, 100),
        corridors=[LIGNE],
        plu_anterieur=[{"LIBELLE": "1AU", "TYPEZONE": "AUc", "box": (0, 0, 100, 99.995)}],
    )
    verifier(constater(NOUVEAU, exemple, TERRITOIRE), "sans_objet", ecarts=[])


@pytest.mark.parametrize(
    "libelle, code, etat",
    [
        pytest.param("2AU", "AU", "ecart_marque", id="2AU-was-closed"),
        pytest.param("1AU", "AU", "sans_objet", id="1AU"),
        pytest.param("Ux", "Ux", "sans_objet", id="Ux-is-U"),
        pytest.param("N", "N", "ecart_marque", id="N"),
    ],
)
def test_previous_zoning_is_normalised_as_the_plu_is(constater, verifier, libelle, code, etat):
    exemple = territoire(
        (0, 0, 100, 100),
        corridors=[LIGNE],
        plu_anterieur=[{"LIBELLE": libelle, "TYPEZONE": code, "box": (-10, -10, 110, 110)}],
    )
    verifier(constater(NOUVEAU, exemple, TERRITOIRE), etat)


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param([], id="empty"),
        pytest.param([{"box": (0, 0, 1, 1)}], id="no-TYPEZONE"),
    ],
)
def test_previous_zoning_that_says_nothing(constater, verifier, rows):
    exemple = territoire((0, 0, 100, 100), corridors=[LIGNE], plu_anterieur=rows)
    verifier(constater(NOUVEAU, exemple, TERRITOIRE), "non_evalue", ecarts=[])


# -- units ----------------------------------------------------------------------------------------


def test_a_conflict_wholly_in_one_commune(par_unite, verifier):
    exemple = {**territoire((400, 0, 600, 100), reservoirs=[{"box": (550, 0, 600, 100)}]), "communes": COMMUNES}
    unites = par_unite(interdit("[reservoirs]", "echelle: commune"), exemple, TERRITOIRE)
    verifier(unites["62119"], "sans_ecart", mesure=0, ecarts=[])
    verifier(unites["62051"], "ecart_marque", mesure=5000, ecarts=[{"forme": (550, 0, 600, 100), "part": 0.25}])
    assert unites["62051"].ecarts[0].insee == "62051"


def test_a_share_cut_by_commune_keeps_the_state_of_the_whole_object(par_unite, verifier):
    """Zone of 10 ha inside at 90 % (weak): all of the west, 80 % of the east, where the outside is."""
    exemple = {**territoire((0, 0, 1000, 100), sip=[{"box": (0, 0, 900, 100)}]), "communes": COMMUNES}
    unites = par_unite(localise("echelle: commune"), exemple, TERRITOIRE)
    verifier(unites["62119"], "sans_ecart", mesure=100.0, ecarts=[])
    verifier(
        unites["62051"],
        "ecart_faible",
        mesure=80.0,
        ecarts=[{"forme": (900, 0, 1000, 100), "part": 0.1, "etat": "ecart_faible"}],
    )


@pytest.mark.parametrize("echelle, ouest, est", [("epci", "Ouest", "Est"), ("armature", "pole", "village")])
def test_classes_listed_or_read_in_a_field(par_unite, verifier, echelle, ouest, est):
    exemple = {**territoire((400, 0, 600, 100), reservoirs=[{"box": (550, 0, 600, 100)}]), "communes": COMMUNES}
    unites = par_unite(interdit("[reservoirs]", f"echelle: {echelle}"), exemple, TERRITOIRE)
    assert set(unites) == {ouest, est}
    verifier(unites[ouest], "sans_ecart")
    verifier(unites[est], "ecart_marque", mesure=5000)


def test_a_conflict_outside_every_commune_is_not_lost(par_unite, verifier):
    exemple = {**territoire((400, 0, 600, 100), reservoirs=[{"box": (550, 0, 600, 100)}]), "communes": COMMUNES[:1]}
    unites = par_unite(interdit("[reservoirs]", "echelle: commune"), exemple, TERRITOIRE)
    verifier(unites["62119"], "sans_ecart", mesure=0)
    verifier(unites["hors_commune"], "non_evalue", dit=["1AU1|commune"], ecarts=[])


@pytest.mark.parametrize(
    "portee, etat",
    [
        pytest.param("{communes: [62119]}", "sans_ecart", id="west"),
        pytest.param("{classement: armature, classes: [village]}", "ecart_marque", id="east"),
    ],
)
def test_bearing_on_some_communes_clips_the_zone(constater, verifier, portee, etat):
    exemple = {**territoire((400, 0, 600, 100), reservoirs=[{"box": (550, 0, 600, 100)}]), "communes": COMMUNES}
    regle = interdit("[reservoirs]") + f"\ns_applique_a: {portee}"
    verifier(constater(regle, exemple, TERRITOIRE), etat, mesure=5000 if etat == "ecart_marque" else 0)


def test_one_constat_for_each_protected_object_of_two_layers(par_unite, verifier):
    """The first reservoir and the first hedge have the same identifier in their files."""
    exemple = {
        "zones": [
            {"LIBELLE": "N", "TYPEZONE": "N", "box": (0, 0, 100, 100)},
            {"LIBELLE": "U", "TYPEZONE": "U", "box": (100, 0, 200, 100)},
        ],
        "couches": {"reservoirs": [{"box": (0, 0, 100, 100)}], "haies": [{"wkt": "LINESTRING(110 50, 190 50)"}]},
    }
    unites = par_unite(protege("[reservoirs, haies]", "echelle: objet"), exemple, TERRITOIRE)
    assert sorted((str(c.etat), c.mesure) for c in unites.values()) == [("ecart_marque", 0.0), ("sans_ecart", 100.0)]


def test_a_plui_whose_insee_column_holds_one_commune_for_all(par_unite):
    """INSEE is believed only when it varies plausibly; the communes layer says where the zones are."""
    exemple = {
        **territoire((0, 0, 100, 100), (1000, 0, 1100, 100), reservoirs=[{"box": (1000, 0, 1100, 100)}]),
        "communes": COMMUNES,
    }
    for zone in exemple["zones"]:
        zone.update(INSEE="62119", IDURBA="246200001_PLUI_20240312")
    unites = par_unite(interdit("[reservoirs]", "echelle: commune"), exemple, TERRITOIRE)
    assert {code: str(c.etat) for code, c in unites.items()} == {"62119": "sans_ecart", "62051": "ecart_marque"}


@pytest.mark.parametrize("tete, etat", [("force: vise\n", "ecart_faible"), ("", "ecart_marque")])
def test_force_vise(constater, verifier, tete, etat):
    exemple = territoire((0, 0, 100, 100), reservoirs=[{"box": (0, 0, 100, 100)}])
    verifier(constater(tete + interdit("[reservoirs]"), exemple, TERRITOIRE), etat, ecarts=[{"etat": etat}])


@pytest.mark.parametrize(
    "couche, etat",
    [
        pytest.param((0, 0, 100, 100), "non_evalue", id="it-would-be-at-fault"),
        pytest.param((500, 0, 600, 100), "ecart_marque", id="another-is-marked-anyway"),
        pytest.param((1000, 0, 1100, 100), "sans_ecart", id="none-at-fault"),
    ],
)
def test_a_zone_of_unknown_vocation(constater, verifier, couche, etat):
    """1AU1 has no vocation, 1AU2 is for housing: 1AU1 is at fault or not concerned."""
    exemple = territoire((0, 0, 100, 100), (500, 0, 600, 100), reservoirs=[{"box": couche}])
    exemple["zones"].append({"LIBELLE": "N", "TYPEZONE": "N", "FORMDOMI": "0800", "box": (900, 0, 1200, 100)})
    exemple["zones"][1]["FORMDOMI"] = "0100"
    regle = interdit("[reservoirs]").replace("[AUc]}", "[AUc], vocation: [habitat]}")
    verifier(constater(regle, exemple, TERRITOIRE), etat, dit=["1AU1|sans vocation|certitude"])


# -- shares ---------------------------------------------------------------------------------------


def test_a_fraction_exactly_met(constater, verifier):
    exemple = territoire((0, 0, 900, 100), sip=[{"box": (0, 0, 600, 100)}])
    verifier(constater(localise(part="2/3"), exemple, TERRITOIRE), "sans_ecart", mesure=200 / 3, ecarts=[])


def test_a_share_by_class(par_unite, verifier):
    """80 % inside both: enough for the village (75 %), weak for the pole (95 %)."""
    part = "\n".join(["", "      selon: armature", "      pole: 95 %", "      village: 75 %"])
    exemple = {
        **territoire(
            (0, 0, 100, 100), (1000, 0, 1100, 100), sip=[{"box": (0, 0, 80, 100)}, {"box": (1000, 0, 1080, 100)}]
        ),
        "communes": COMMUNES,
    }
    unites = par_unite(localise("echelle: commune", part=part), exemple, TERRITOIRE)
    verifier(unites["62119"], "ecart_faible", mesure=80.0, relatif=15 / 95)
    verifier(unites["62051"], "sans_ecart", mesure=80.0)


def test_a_share_read_in_a_table_by_commune(par_unite, verifier):
    part = "{table: objectifs, champ: PART, unite: '%'}"
    exemple = {
        **territoire(
            (0, 0, 100, 100), (1000, 0, 1100, 100), sip=[{"box": (0, 0, 80, 100)}, {"box": (1000, 0, 1080, 100)}]
        ),
        "communes": COMMUNES,
        "tables": {"objectifs": [{"INSEE": "62119", "PART": "95"}, {"INSEE": "62051", "PART": "75"}]},
    }
    unites = par_unite(localise("echelle: commune", part=part), exemple, TERRITOIRE)
    verifier(unites["62119"], "ecart_faible", mesure=80.0, relatif=15 / 95)
    verifier(unites["62051"], "sans_ecart", mesure=80.0)


@pytest.mark.parametrize(
    "zone_n, etat",
    [
        pytest.param(100, "non_evalue", id="covered-without-it"),
        pytest.param(50, "ecart_marque", id="marked-without-it"),
    ],
)
def test_one_protected_layer_of_two_missing(constater, verifier, zone_n, etat):
    """The objects of the missing layer may be unprotected: only a mark already there is decided."""
    exemple = {
        "zones": [
            {"LIBELLE": "N", "TYPEZONE": "N", "box": (0, 0, zone_n, 100)},
            {"LIBELLE": "U", "TYPEZONE": "U", "box": (zone_n, 0, 200, 100)},
        ],
        "couches": {"reservoirs": [{"box": (0, 0, 100, 100)}]},
    }
    verifier(constater(protege("[reservoirs, haies]"), exemple, TERRITOIRE), etat, dit=["[Hh]aies"])
