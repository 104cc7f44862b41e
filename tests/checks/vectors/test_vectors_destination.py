"""Vectors DE1 to DE12: what zones admit or forbid in the layers, out of them or everywhere.

Zone UA of 1 ha [0 0 100 100]; `centralites` from x = 0 to its width; `commerce_detail` is code 31.

| # | inputs | measure | state | écart |
|---|---|---|---|---|
| DE1 | 31 in DESTOUI / DESTCDT / DESTNON, each of the four obligations | 0 or 100 % | as the test lists | UA |
| DE2 | 31 in none of the three fields | NULL | non_evalue, UA named | none |
| DE3 | interdire in 20 / 21 / 5 % of UA, which admits | that share | faible (equality) / marque / faible | inside |
| DE4 | as DE3, `hors` | the other share | marque | the part outside |
| DE5 | overlap 8 m wide, precision 10 m | 0 | sans_ecart + limit | none |
| DE6 | UA at fault 1 ha of UA 1 ha + UB 3 ha that respects | 25 % | ecart_marque (UA, 100 %) | UA alone |
| DE7 | UX unknown: outside / inside / beside a marked UA | 0 / 0 / 100 % | sans_ecart / non_evalue / ecart_marque | |
| DE8 | layer absent, empty, elsewhere / around | NULL / 0 (hors: 100 %) | non_evalue / sans_ecart (marque) | |
| DE9 | one layer of two absent | bounds | non_evalue when it could change the state | |
| DE10 | several destinations: each is asked | | ecart names those that miss | |
| DE11 | a whole destination: one sub-destination admitted is enough; forbidden when all are | | | |
| DE12 | no DESTOUI, DESTCDT, DESTNON (before 2022) | NULL | non_evalue, fields named | none |
"""

from __future__ import annotations

import pytest

COUCHES = """
couches:
  centralites: {libelle: Centralités, geometrie: surface, precision: 1 m}
  reservoirs: {libelle: Réservoirs, geometrie: surface, precision: 10 m}
  axes: {libelle: Axes, geometrie: ligne}
territoires:
  classements:
    armature: {classes: {pole: {communes: [62119]}, village: {defaut: oui}}}
"""
UA = (0, 0, 100, 100)
OUI, CDT, NON = {"DESTOUI": "31"}, {"DESTCDT": "31"}, {"DESTNON": "31"}
RIEN = {"DESTOUI": "21"}
AUTOUR = [{"box": (-900, -900, -800, -800)}, {"box": (1800, 800, 1900, 900)}]


def destination(obligation, *lignes, destinations="[commerce_detail]"):
    head = [
        "controle:",
        "  destination:",
        "    objets: {zones: {typezone: [U]}}",
        f"    destinations: {destinations}",
        f"    obligation: {obligation}",
    ]
    return "\n".join([*head, *(f"    {ligne}" for ligne in lignes)])


DANS, HORS = "couches: [centralites]", "hors: [centralites]"


def territoire(*zones, **couches):
    """Zones `(libelle, box, fields)`, with the three fields of the standard of 2022."""
    vides = {"DESTOUI": "", "DESTCDT": "", "DESTNON": ""}
    rows = [{"LIBELLE": nom, "TYPEZONE": "U", "box": carre, **vides, **champs} for nom, carre, champs in zones]
    return {"zones": rows, "couches": couches}


def centre(largeur):
    return [{"box": (0, -10, largeur, 110)}]


# -- the obligation -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "obligation, respectent",
    [
        ("admettre", {"oui"}),
        ("admettre_ou_conditionner", {"oui", "cdt"}),
        ("interdire", {"non"}),
        ("ne_pas_interdire", {"oui", "cdt"}),
    ],
)
@pytest.mark.parametrize("nom, champs", [("oui", OUI), ("cdt", CDT), ("non", NON)])
def test_de1_each_obligation(constater, verifier, obligation, respectent, nom, champs):
    constat = constater(destination(obligation), territoire(("UA", UA, champs)), COUCHES)
    if nom in respectent:
        verifier(constat, "sans_ecart", mesure=0, unite="%", ecarts=[], dit=["1 zone examinée"])
    else:
        verifier(
            constat,
            "ecart_marque",
            mesure=100,
            unite="%",
            dit=["UA", "artisanat et commerce de détail", "contrairement à ce que demande le DOO"],
            ecarts=[{"forme": UA, "part": 1.0, "surface": 10000, "objet": "ZONE_URBA"}],
        )
        assert (constat.ecarts[0].mesure, constat.ecarts[0].unite) == (pytest.approx(100), "%")


@pytest.mark.parametrize("obligation", ["admettre", "admettre_ou_conditionner", "interdire", "ne_pas_interdire"])
@pytest.mark.parametrize(
    "champs", [pytest.param(RIEN, id="in-none"), pytest.param({**OUI, **NON}, id="in-two-that-contradict")]
)
def test_de2_what_is_not_said_is_unknown(constater, verifier, obligation, champs):
    constat = constater(destination(obligation), territoire(("UA", UA, champs)), COUCHES)
    verifier(constat, "non_evalue", dit=["UA", "DESTOUI, DESTCDT et DESTNON"], ecarts=[])


# -- where it holds -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "largeur, etat",
    [(20, "ecart_faible"), (21, "ecart_marque"), (5, "ecart_faible")],
    ids=["DE3-equality", "DE3-marked", "DE3-weak"],
)
def test_de3_inside_the_layers(constater, verifier, largeur, etat):
    exemple = territoire(("UA", UA, OUI), centralites=centre(largeur))
    verifier(
        constater(destination("interdire", DANS), exemple, COUCHES),
        etat,
        mesure=largeur,
        dit=["dans « Centralités »"],
        ecarts=[{"forme": (0, 0, largeur, 100), "part": largeur / 100, "surface": largeur * 100}],
    )


def test_de4_outside_the_layers(constater, verifier):
    exemple = territoire(("UA", UA, OUI), centralites=centre(60))
    verifier(
        constater(destination("interdire", HORS), exemple, COUCHES),
        "ecart_marque",
        mesure=40,
        dit=["hors de « Centralités »"],
        ecarts=[{"forme": (60, 0, 100, 100), "part": 0.4}],
    )


def test_de5_under_the_precision_of_the_layer(constater, verifier):
    exemple = territoire(("UA", UA, OUI), reservoirs=centre(8))
    constat = constater(destination("interdire", "couches: [reservoirs]"), exemple, COUCHES)
    verifier(constat, "sans_ecart", mesure=0, ecarts=[], limites=[r"\b1 .*\b800 m2"])


def test_de6_the_worst_zone_and_the_share_of_all(constater, verifier):
    exemple = territoire(("UA", UA, NON), ("UB", (100, 0, 400, 100), OUI))
    verifier(
        constater(destination("ne_pas_interdire"), exemple, COUCHES),
        "ecart_marque",
        mesure=25,
        dit=["UA", r"1 zone sur 2 examinées interdit"],
        ecarts=[{"libelle": "UA", "part": 1.0}],
    )


def test_overlapping_zones_count_their_ground_once(constater, verifier):
    exemple = territoire(("UA", UA, NON), ("UB", (50, 0, 150, 100), NON), ("UC", (150, 0, 200, 100), OUI))
    constat = constater(destination("ne_pas_interdire"), exemple, COUCHES)
    verifier(constat, "ecart_marque", mesure=75, limites=["Recouvrement entre objets"])


@pytest.mark.parametrize(
    "zones, etat, mesure",
    [
        pytest.param([("UX", (200, 0, 300, 100), RIEN)], "sans_ecart", 0, id="DE7-outside"),
        pytest.param([("UX", UA, RIEN), ("UB", (100, 0, 200, 100), NON)], "non_evalue", 0, id="DE7-inside"),
        pytest.param([("UX", UA, RIEN), ("UA", (0, 100, 100, 110), OUI)], "ecart_marque", 100, id="DE7-marked-anyway"),
    ],
)
def test_de7_a_zone_that_does_not_say(constater, verifier, zones, etat, mesure):
    exemple = territoire(*zones, centralites=centre(100) + AUTOUR)
    constat = constater(destination("interdire", DANS), exemple, COUCHES)
    verifier(constat, etat, mesure=mesure, dit=["UX"] if etat != "sans_ecart" else [])
    assert [e.libelle for e in constat.ecarts if "assez clair" not in e.message] == (
        ["UA"] if etat == "ecart_marque" else []
    )


def test_de7_one_by_one(par_unite, verifier):
    """An unknown zone says nothing of another, and is told of alone."""
    exemple = territoire(("UX", UA, RIEN), ("UY", (200, 0, 300, 100), RIEN), ("UB", (100, 0, 200, 100), NON))
    unites = list(par_unite(destination("interdire", "echelle: objet"), exemple, COUCHES).values())
    assert [str(c.etat) for c in unites] == ["non_evalue", "non_evalue", "sans_ecart"]
    assert "UX" in unites[0].message and "UY" not in unites[0].message


# -- layers ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param(None, id="absent"),
        pytest.param([], id="empty"),
        pytest.param([{"box": (90000, 0, 90010, 10)}], id="elsewhere"),
    ],
)
@pytest.mark.parametrize("place", [DANS, HORS])
def test_de8_a_layer_that_is_not_known(constater, verifier, rows, place):
    exemple = territoire(("UA", UA, OUI), **({} if rows is None else {"centralites": rows}))
    constat = constater(destination("interdire", place), exemple, COUCHES)
    verifier(constat, "non_evalue", mesure=None, dit=["[Cc]entralit[eé]s"], ecarts=[])


@pytest.mark.parametrize(
    "place, etat, mesure, dit",
    [(DANS, "sans_ecart", 0, ["aucune zone ne se trouve dans"]), (HORS, "ecart_marque", 100, ["hors de"])],
)
def test_de8_a_layer_around(constater, verifier, place, etat, mesure, dit):
    exemple = territoire(("UA", UA, OUI), centralites=AUTOUR)
    verifier(constater(destination("interdire", place), exemple, COUCHES), etat, mesure=mesure, dit=dit)


@pytest.mark.parametrize(
    "champs, largeur, etat",
    [
        pytest.param(OUI, 10, "non_evalue", id="weak-without-it"),
        pytest.param(OUI, 50, "ecart_marque", id="marked-without-it"),
        pytest.param(NON, 50, "sans_ecart", id="respected-wherever"),
        pytest.param(RIEN, 10, "non_evalue", id="unknown"),
    ],
)
def test_de9_one_layer_of_two_missing(constater, verifier, champs, largeur, etat):
    exemple = territoire(("UA", UA, champs), centralites=centre(largeur))
    constat = constater(destination("interdire", "couches: [centralites, reservoirs]"), exemple, COUCHES)
    verifier(constat, etat, dit=["[Rr][eé]servoirs"])


def test_de9_one_layer_of_two_missing_outside(constater, verifier):
    """The missing layer may hold all that is outside the other."""
    exemple = territoire(("UA", UA, OUI), centralites=centre(60))
    constat = constater(destination("interdire", "hors: [centralites, reservoirs]"), exemple, COUCHES)
    verifier(constat, "non_evalue", dit=["[Rr][eé]servoirs"], ecarts=[])


def test_lines_have_no_inside(constater, verifier):
    exemple = territoire(("UA", UA, OUI), axes=[{"wkt": "LINESTRING(0 50, 100 50)"}])
    constat = constater(destination("interdire", "couches: [axes]"), exemple, COUCHES)
    verifier(constat, "non_evalue", dit=["tampon"])


# -- destinations ---------------------------------------------------------------------------------


def test_de10_each_destination_is_asked(constater):
    exemple = territoire(("UA", UA, {"DESTOUI": "21", "DESTNON": "31"}))
    constat = constater(destination("admettre", destinations="[logement, commerce_detail]"), exemple, COUCHES)
    assert str(constat.etat) == "ecart_marque"
    assert "commerce de détail" in constat.ecarts[0].message and "logement" not in constat.ecarts[0].message


@pytest.mark.parametrize(
    "obligation, champs, etat",
    [
        ("admettre", {"DESTOUI": "31", "DESTNON": "33"}, "sans_ecart"),
        ("interdire", {"DESTOUI": "31", "DESTNON": "33"}, "ecart_marque"),
        ("interdire", {"DESTNON": "30"}, "sans_ecart"),
        ("ne_pas_interdire", {"DESTNON": "30"}, "ecart_marque"),
        ("interdire", {"DESTNON": "33"}, "non_evalue"),
    ],
)
def test_de11_a_whole_destination(constater, verifier, obligation, champs, etat):
    regle = destination(obligation, destinations="[commerce_et_services]")
    verifier(constater(regle, territoire(("UA", UA, champs)), COUCHES), etat)


@pytest.mark.parametrize("champs", [{}, {"DESTOUI": "", "DESTCDT": "", "DESTNON": ""}], ids=["absent", "empty"])
def test_de12_before_the_standard_of_2022(constater, verifier, champs):
    exemple = {"zones": [{"LIBELLE": "UA", "TYPEZONE": "U", "box": UA, **champs}]}
    constat = constater(destination("admettre"), exemple, COUCHES)
    verifier(constat, "non_evalue", mesure=None, dit=["DESTOUI, DESTCDT et DESTNON"], ecarts=[])


def test_what_is_not_a_zone_has_no_destination(constater, verifier):
    regle = destination("admettre").replace("{zones: {typezone: [U]}}", "{prescriptions_plu: {typepsc: [18]}}")
    exemple = {
        **territoire(("UA", UA, OUI)),
        "prescriptions_plu": [{"LIBELLE": "OAP", "TYPEPSC": "18", "STYPEPSC": "00", "box": UA}],
    }
    verifier(constater(regle, exemple, COUCHES), "non_evalue", dit=["choisissez des zones"])


# -- common to all kinds --------------------------------------------------------------------------


def test_no_zone(constater, verifier):
    regle = destination("admettre").replace("[U]", "[AUc]")
    verifier(constater(regle, territoire(("UA", UA, OUI)), COUCHES), "sans_objet", mesure=None, ecarts=[])


@pytest.mark.parametrize(
    "tete, etat, lignes",
    [
        ("nature: orientation\n", "a_apprecier", 1),
        ("nature: recommandation\n", "a_apprecier", 0),
        ("force: vise\n", "ecart_faible", 1),
    ],
)
def test_nature_and_force(constater, verifier, tete, etat, lignes):
    constat = constater(tete + destination("admettre"), territoire(("UA", UA, NON)), COUCHES)
    verifier(constat, etat, mesure=100)
    assert len(constat.ecarts) == lignes


def test_an_exception(repondre):
    regle = destination("admettre") + '\nsauf: [{zones: {libelle: "UA"}, motif: Bruit}]'
    reponse = repondre(regle, territoire(("UA", UA, NON), ("UB", (100, 0, 200, 100), OUI)), COUCHES)
    assert str(reponse.etat) == "sans_ecart" and [row.libelle for row in reponse.exceptions] == ["UA"]


@pytest.mark.parametrize("marque, etat", [("60 %", "ecart_faible"), ("1 ha", "ecart_faible"), ("40 %", "ecart_marque")])
def test_a_declared_marked_limit(constater, verifier, marque, etat):
    regle = destination("interdire", DANS, f"ecart_marque_au_dela_de: {marque}")
    verifier(constater(regle, territoire(("UA", UA, OUI), centralites=centre(50)), COUCHES), etat, mesure=50)


def test_by_commune_the_state_is_that_of_the_whole_zone(par_unite, verifier):
    """15 % of UA in the layer, all of it west of x = 50."""
    entete = COUCHES.replace("territoires:", "territoires:\n  communes: {couche: communes, code: INSEE, nom: NOM}")
    entete = entete.replace("couches:\n", "couches:\n  communes: {libelle: Communes, geometrie: surface}\n", 1)
    exemple = {
        **territoire(("UA", UA, OUI), centralites=centre(15)),
        "communes": [
            {"INSEE": "62119", "NOM": "A", "box": (-500, -500, 50, 500)},
            {"INSEE": "62200", "NOM": "B", "box": (50, -500, 500, 500)},
        ],
    }
    unites = par_unite(destination("interdire", DANS, "echelle: commune"), exemple, entete)
    verifier(unites["62119"], "ecart_faible", mesure=30, ecarts=[{"forme": (0, 0, 15, 100), "part": 0.15}])
    verifier(unites["62200"], "sans_ecart", mesure=0, ecarts=[])


@pytest.mark.parametrize("lignes", [(DANS, HORS)])
def test_inside_and_outside_at_once_is_refused(constater, lignes):
    from scot_compat.rules.errors import InvalidRules

    with pytest.raises(InvalidRules, match="l'un des deux"):
        constater(destination("admettre", *lignes), territoire(("UA", UA, OUI)), COUCHES)


def test_read_aloud():
    import textwrap

    from scot_compat.checks.registry import KINDS
    from scot_compat.rules.loader import loads

    regle = textwrap.indent(destination("ne_pas_interdire", DANS, destinations="[logement, habitation]"), "    ")
    text = "format: 1\nscot: {nom: S}" + COUCHES + "prescriptions:\n  - id: P\n    intitule: I\n    nature: norme\n"
    (sentence,) = loads(text + regle, KINDS).prescriptions[0].lecture
    assert sentence.startswith(
        "Les zones U n'interdisent pas « logement » ni « Habitation », dans la couche « Centralités » "
        "(précision 1 m) (une destination entière est admise"
    )
