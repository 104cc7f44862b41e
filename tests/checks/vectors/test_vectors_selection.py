"""Section 3 of the language: which objects a selector takes, clips, joins, or cannot tell.

The probe is a layer that covers everything: each selected zone is at fault and gives one row.
"""

from __future__ import annotations

import pytest

COUCHES = """
couches:
  tout: {libelle: Partout, geometrie: surface}
  enveloppe: {libelle: Enveloppe urbaine, geometrie: surface}
"""
TOUT = {"tout": [{"box": (-10000, -10000, 10000, 10000)}]}
#: (LIBELLE, TYPEZONE, width of the zone in m, 100 m deep)
ZONES = [
    ("1AUa", "AUc", 100),
    ("1AUb", "AUc", 50),
    ("2AU", "AU", 100),
    ("AU", "AU", 100),
    ("UXa", "Ux", 100),
    ("UXb", "U", 100),
    ("UXc", "U", 200),
    ("A", "A", 100),
    ("Ah", "Ah", 100),
    ("N", "N", 100),
    ("Nh", "Nh", 100),
]


def interdit(objets):
    return f"controle:\n  zones_interdites:\n    objets: {objets}\n    couches: [tout]"


def densite(objets, *lignes):
    head = [
        "controle:",
        "  densite:",
        f"    objets: {objets}",
        "    logements: {champ: NBLOGT}",
        "    minimum: 35 logt/ha",
    ]
    return "\n".join([*head, *(f"    {ligne}" for ligne in lignes)])


def rangee(zones, **champs):
    """Zones in a row, 1 km apart; a name in `champs` is a column by LIBELLE, NULL where it has no entry."""
    return [
        {
            "LIBELLE": nom,
            "TYPEZONE": code,
            "box": (1000 * n - 5000, 0, 1000 * n - 5000 + width, 100),
            **{champ: values[nom] for champ, values in champs.items() if nom in values},
        }
        for n, (nom, code, width) in enumerate(zones)
    ]


@pytest.fixture
def prises(constater):
    """`prises(selector, rows) -> the LIBELLE of the zones that the selector takes`."""

    def take(objets, rows):
        constat = constater(interdit(objets), {"zones": rows, "couches": TOUT}, COUCHES)
        return sorted(ecart.libelle for ecart in constat.ecarts)

    return take


@pytest.mark.parametrize(
    "criteres, attendus",
    [
        pytest.param("typezone: [U]", ["UXa", "UXb", "UXc"], id="U"),
        pytest.param("typezone: [AUc]", ["1AUa", "1AUb", "AU"], id="AUc-and-AU-without-2"),
        pytest.param("typezone: [AUs]", ["2AU"], id="AU-named-2AU-is-AUs"),
        pytest.param("typezone: [A, N]", ["A", "Ah", "N", "Nh"], id="A-or-N"),
        pytest.param("stecal: oui", ["Ah", "Nh"], id="stecal"),
        pytest.param('libelle: "1AU*"', ["1AUa", "1AUb"], id="star"),
        pytest.param('libelle: ["UX[ab]", "N"]', ["N", "UXa", "UXb"], id="class-or-name"),
        pytest.param('libelle: "?AU"', ["2AU"], id="question-mark"),
        pytest.param('typezone: [U], sauf_libelle: ["UXc"]', ["UXa", "UXb"], id="sauf_libelle"),
        pytest.param('typezone: [AUc], libelle: "*a"', ["1AUa"], id="criteria-are-joined-by-AND"),
        pytest.param("typezone: [AUc], surface_min: 1 ha", ["1AUa", "AU"], id="surface_min-equality-in"),
        pytest.param("surface_max: 5000 m2", ["1AUb"], id="surface_max-equality-in"),
        pytest.param("champs: {LIBELONG: [jardin, cave]}", ["N", "UXc"], id="champs"),
    ],
)
def test_zones_taken(prises, criteres, attendus):
    rows = rangee(ZONES, LIBELONG={**{nom: "autre" for nom, _, _ in ZONES}, "UXc": "jardin", "N": "cave"})
    assert prises(f"{{zones: {{{criteres}}}}}", rows) == attendus


def test_buildable_hamlets_left_aside_are_counted(constater, verifier):
    """A rule on U or AU that meets Ah or Nh zones says how many it does not take."""
    constat = constater(interdit("{zones: {typezone: [U]}}"), {"zones": rangee(ZONES), "couches": TOUT}, COUCHES)
    verifier(constat, "ecart_marque", limites=[r"\b2\b.*(Ah|hameau)"])


VOCATIONS = [("a", "U", 100), ("b", "U", 100), ("c", "U", 100), ("d", "U", 100)]


@pytest.mark.parametrize(
    "champs",
    [
        pytest.param({"FORMDOMI": {"a": "0100", "b": "0101", "c": "0300", "d": "0202"}}, id="FORMDOMI-2022"),
        pytest.param({"DESTDOMI": {"a": "01", "b": "01", "c": "03", "d": "02"}}, id="DESTDOMI-2014"),
        pytest.param(
            {"LIB_ATTR1": dict.fromkeys("abcd", "DESTDOMI"), "LIB_VAL1": {"a": "01", "b": "01", "c": "03", "d": "02"}},
            id="LIB_ATTR-2017",
        ),
    ],
)
def test_vocation_in_every_version(prises, champs):
    rows = rangee(VOCATIONS, **champs)
    assert prises("{zones: {vocation: [habitat]}}", rows) == ["a", "b"]
    assert prises("{zones: {vocation: [habitat, mixte]}}", rows) == ["a", "b", "c"]


DESTINATIONS = {
    "DESTOUI": {"oui": "31", "tout": "30", "cdt": "21", "sauf": "30", "non": "21"},
    "DESTCDT": {"oui": "11", "tout": "11", "cdt": "31-34", "sauf": "11", "non": "11"},
    "DESTNON": {"oui": "33", "tout": "50", "cdt": "50", "sauf": "31", "non": "31-33"},
}


@pytest.mark.parametrize(
    "critere, attendus",
    [
        pytest.param("admet", ["cdt", "oui", "tout"], id="admet"),
        pytest.param("admet_sans_condition", ["oui", "tout"], id="admet_sans_condition"),
        pytest.param("interdit", ["non", "sauf"], id="interdit"),
    ],
)
def test_destinations(prises, critere, attendus):
    """Code 30 is the whole destination; a sub-code in another field prevails (`sauf`: 30 admitted, 31 forbidden)."""
    rows = rangee([(nom, "U", 100) for nom in DESTINATIONS["DESTOUI"]], **DESTINATIONS)
    assert prises(f"{{zones: {{{critere}: [commerce_detail]}}}}", rows) == attendus


@pytest.mark.parametrize(
    "critere, champ",
    [
        pytest.param("champs: {COULEUR: [rouge]}", "COULEUR", id="champs"),
        pytest.param("vocation: [habitat]", "FORMDOMI", id="vocation"),
        pytest.param("admet: [commerce_detail]", "DESTOUI", id="admet"),
    ],
)
def test_criterion_on_a_field_this_plu_lacks(constater, verifier, critere, champ):
    exemple = {"zones": rangee(ZONES), "couches": TOUT}
    verifier(constater(interdit(f"{{zones: {{{critere}}}}}"), exemple, COUCHES), "non_evalue", dit=[champ], ecarts=[])


def test_no_typezone_at_all(constater, verifier):
    """A PLUi whose zoning has no TYPEZONE: patterns work, a rule on TYPEZONE names the field."""
    rows = [{key: value for key, value in row.items() if key != "TYPEZONE"} for row in rangee(ZONES)]
    exemple = {"zones": rows, "couches": TOUT}
    verifier(constater(interdit("{zones: {typezone: [U]}}"), exemple, COUCHES), "non_evalue", dit=["TYPEZONE"])
    verifier(constater(interdit('{zones: {libelle: "UX*"}}'), exemple, COUCHES), "ecart_marque", mesure=40000)


@pytest.mark.parametrize("inconnue", [pytest.param(None, id="NULL"), pytest.param("0000", id="non_defini")])
@pytest.mark.parametrize(
    "logements, etat, mesure",
    [
        pytest.param(60, "sans_ecart", 35.0, id="same-state-both-ways"),  # 80/2 = 40 without it, 140/4 = 35 with it
        pytest.param(20, "non_evalue", 40.0, id="it-decides"),  # 80/2 = 40 without it, 100/4 = 25 with it
    ],
)
def test_unknown_vocation_is_counted_both_ways(constater, verifier, inconnue, logements, etat, mesure):
    rows = rangee(
        [("1AUa", "AUc", 200), ("1AUx", "AUc", 200)],
        NBLOGT={"1AUa": 80, "1AUx": logements},
        FORMDOMI={"1AUa": "0100", **({"1AUx": inconnue} if inconnue else {})},
    )
    regle = densite("{zones: {typezone: [AUc], vocation: [habitat]}}")
    verifier(
        constater(regle, {"zones": rows}),
        etat,
        mesure=mesure,
        ecarts=[],
        dit=["1AUx|vocation"] if etat == "sans_ecart" else ["1AUx"],
    )


# -- dans, hors, entierement ----------------------------------------------------------------------

#: 1AU1 4 ha 80 dwellings, 1 ha of it in the envelope; 1AU2 1 ha 50 dwellings, inside
CLIP = {
    "zones": [
        {"LIBELLE": "1AU1", "TYPEZONE": "AUc", "NBLOGT": 80, "box": (0, 0, 400, 100)},
        {"LIBELLE": "1AU2", "TYPEZONE": "AUc", "NBLOGT": 50, "box": (500, 0, 600, 100)},
    ],
    "couches": {"enveloppe": [{"box": (300, -50, 700, 150)}]},
}


@pytest.mark.parametrize(
    "critere, mesure",
    [
        pytest.param("dans: [enveloppe]", 35.0, id="dans"),  # (20 + 50) / 2 ha
        pytest.param("hors: [enveloppe]", 20.0, id="hors"),  # 60 / 3 ha
        pytest.param("dans: [enveloppe], entierement: oui", 50.0, id="dans-entierement"),
        pytest.param("hors: [enveloppe], entierement: oui", 20.0, id="hors-entierement"),  # more than half outside
    ],
)
def test_clipped_ground_and_its_dwellings(constater, verifier, critere, mesure):
    constat = constater(densite(f"{{zones: {{typezone: [AUc], {critere}}}}}"), CLIP, COUCHES)
    verifier(constat, "sans_ecart" if mesure >= 35 else "ecart_marque", mesure=mesure)


def test_the_row_of_a_clipped_object_is_its_clipped_ground(constater, verifier):
    constat = constater(densite("{zones: {typezone: [AUc], hors: [enveloppe]}}"), CLIP, COUCHES)
    verifier(constat, "ecart_marque", ecarts=[{"forme": (0, 0, 300, 100), "surface": 30000, "libelle": "1AU1"}])


@pytest.mark.parametrize(
    "couche, etat",
    [
        pytest.param(None, "non_evalue", id="absent"),
        pytest.param([], "non_evalue", id="empty"),
        pytest.param([{"box": (0, 5000, 10, 5010)}, {"box": (700, -5000, 710, -4990)}], "sans_objet", id="around"),
    ],
)
def test_dans_a_layer_that_is_not_here(constater, verifier, couche, etat):
    exemple = {"zones": CLIP["zones"], "couches": {} if couche is None else {"enveloppe": couche}}
    constat = constater(densite("{zones: {typezone: [AUc], dans: [enveloppe]}}"), exemple, COUCHES)
    verifier(constat, etat, ecarts=[])


def test_hors_a_layer_with_no_object_here_removes_nothing(constater, verifier):
    loin = [{"box": (0, 5000, 10, 5010)}, {"box": (700, -5000, 710, -4990)}]
    exemple = {"zones": CLIP["zones"], "couches": {"enveloppe": loin}}
    constat = constater(densite("{zones: {typezone: [AUc], hors: [enveloppe]}}"), exemple, COUCHES)
    verifier(constat, "ecart_marque", mesure=26.0)  # 130 / 5 ha


# -- unions ---------------------------------------------------------------------------------------

UNION = """
      - {nom: zones, zones: {typezone: [AUc]}}
      - {nom: oap, prescriptions_plu: {typepsc: [18]}}"""


def test_union_ground_once_dwellings_added(constater, verifier):
    """2 ha of AUc and an OAP of 2 ha share 0.5 ha; 60 + 60 dwellings."""
    exemple = {
        "zones": [
            {"LIBELLE": "1AU", "TYPEZONE": "AUc", "NBLOGT": 60, "box": (0, 0, 200, 100)},
            {"LIBELLE": "U", "TYPEZONE": "U", "NBLOGT": 900, "box": (200, 0, 400, 100)},
        ],
        "prescriptions_plu": [
            {"LIBELLE": "OAP", "TYPEPSC": "18", "STYPEPSC": "00", "NBLOGT": 60, "box": (150, 0, 350, 100)},
            {"LIBELLE": "EBC", "TYPEPSC": "01", "STYPEPSC": "00", "NBLOGT": 7, "box": (0, 0, 50, 50)},
        ],
    }
    constat = constater(densite(UNION), exemple)
    verifier(constat, "ecart_faible", mesure=120 / 3.5)
    assert constat.nb_objets == 2


def test_an_object_taken_by_two_selectors_counts_once(constater, verifier):
    exemple = {"zones": [{"LIBELLE": "1AU", "TYPEZONE": "AUc", "NBLOGT": 70, "box": (0, 0, 200, 100)}]}
    union = '\n      - {nom: a, zones: {typezone: [AUc]}}\n      - {nom: b, zones: {libelle: "1AU*"}}'
    constat = constater(densite(union), exemple)
    verifier(constat, "sans_ecart", mesure=35.0)
    assert constat.nb_objets == 1


def test_stypepsc_and_informations(constater, verifier):
    objets = "\n      - prescriptions_plu: {typepsc: [18], stypepsc: [01]}\n      - informations_plu: {typepsc: [02]}"
    exemple = {
        "zones": [{"LIBELLE": "U", "TYPEZONE": "U", "box": (0, 0, 1000, 100)}],
        "prescriptions_plu": [
            {"LIBELLE": "oui", "TYPEPSC": "18", "STYPEPSC": "01", "box": (0, 0, 100, 100)},
            {"LIBELLE": "non", "TYPEPSC": "18", "STYPEPSC": "02", "box": (200, 0, 300, 100)},
        ],
        "informations_plu": [
            {"LIBELLE": "zac", "TYPEINF": "02", "STYPEINF": "00", "box": (400, 0, 500, 100)},
            {"LIBELLE": "dpu", "TYPEINF": "04", "STYPEINF": "00", "box": (600, 0, 700, 100)},
        ],
        "couches": TOUT,
    }
    constat = constater(interdit(objets), exemple, COUCHES)
    verifier(
        constat,
        "ecart_marque",
        mesure=20000,
        ecarts=[{"libelle": "oui", "surface": 10000}, {"libelle": "zac", "surface": 10000}],
    )


@pytest.mark.parametrize(
    "controle, mesure",
    [
        pytest.param("surface: {objets: {couche: sites}, maximum: 2 ha}", 1.0, id="surface"),
        pytest.param(
            "densite: {objets: {couche: sites}, logements: {champ: NB}, minimum: 2 logt/ha}", 2.5, id="densite"
        ),
        pytest.param(
            "production_logements: {objets: {couche: sites}, logements: {champ: NB}, minimum: 2 logt}",
            2.5,
            id="production_logements",
        ),
    ],
)
def test_what_a_layer_holds_outside_the_plu_does_not_count(constater, verifier, controle, mesure):
    """A site of 4 ha and 10 dwellings, 1 ha of which is in the PLU; another wholly outside."""
    entete = "couches:\n  sites: {libelle: Sites, geometrie: surface}\n"
    exemple = {
        "zones": [{"LIBELLE": "U", "TYPEZONE": "U", "INSEE": "62001", "box": (0, 0, 100, 100)}],
        "couches": {"sites": [{"NB": 10, "box": (0, 0, 400, 100)}, {"NB": 5, "box": (1000, 0, 1100, 100)}]},
    }
    constat = constater(f"controle: {{{controle}}}", exemple, entete)
    verifier(constat, "sans_ecart", mesure=mesure, limites=["3 ha hors du PLU"])
    assert constat.nb_objets == 1
