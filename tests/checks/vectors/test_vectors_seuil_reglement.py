"""Vectors of `seuil_reglement`, in the style of the normative ones: a number of the written règlement by zone.

Zones UA, UB… of 1 ha, side by side; `s` threshold, T 0, M 20 % unless said.

| # | inputs | measure | state | écart |
|---|---|---|---|---|
| SR1 | heights UA 9, UB 9, s 9 m (ceiling) | 9 m | sans_ecart (equality) | none |
| SR2 | UA 10,8 / 10,81 m | r 20 % / 20,1 % | ecart_faible (equality) / ecart_marque | UA whole |
| SR3 | pleine terre UA 30, UB 20, s 25 % (floor) | 20 %; e 5, r 20 % | ecart_faible | UB |
| SR4 | UB without a row / an empty cell, UA 30 | bounds | non_evalue, UB named, 30 % known | none |
| SR5 | SR4, `sans_valeur: sans_ecart` / `ecart_marque` | 30 / NULL | sans_ecart / ecart_marque, UB listed | none / UB |
| SR6 | UB without a value, UA 10 % | 10 %, r 60 % | ecart_marque (whatever UB is), limit | UA |
| SR7 | UB without a value, UA 21 % (weak alone) | | non_evalue (UB could be marked) | none |
| SR8 | UB "R+2" with s 9 m, `sans_valeur: sans_ecart` | | non_evalue: a value that is not a number is unknown | none |
| SR9 | two rows for UA, 8 and 9 m, s 9 / s 8,5 | 9 | sans_ecart / non_evalue (8 to 9) | none |
| SR10 | prescriptions 39-02, LIB_ATTR1 HAUTEUR_METRES_MAX and LIB_VAL1 "12 m"; s 12 m | 12 | sans_ecart | none |
| SR11 | sales area, s 400 m2 in a layer; UA 600, half of it inside | 600 | ecart_marque | the half inside |
| SR12 | pole 1 000, village 300 m2; UA (pole) 900, UB (village) 400 | 400 | ecart_marque (33 %) | UB |
"""

from __future__ import annotations

import pytest

TERRITOIRE = """
territoires:
  communes: {couche: communes, code: INSEE, nom: NOM}
  classements:
    armature:
      libelle: Armature
      classes:
        pole: {libelle: Pôle, communes: [62001]}
        village: {libelle: Village, communes: [62002]}
"""
ENTETE = (
    TERRITOIRE
    + """
couches:
  communes: {libelle: Communes, geometrie: surface}
  zacom: {libelle: Zones commerciales, geometrie: surface, precision: 10 m}
  centres: {libelle: Centres, geometrie: surface, precision: 10 m}
tables:
  reglement: {libelle: Règlement écrit, cle: ZONE, jointure: LIBELLE}
"""
)
COMMUNES = [
    {"INSEE": f"6200{n + 1}", "NOM": nom, "box": (n * 100, 0, n * 100 + 100, 100)} for n, nom in enumerate("AB")
]
ABSENT = object()


def regle(*lignes, valeur="{table: reglement, champ: V, unite: m}", objets="{zones: {typezone: [U]}}"):
    return "\n".join(
        [
            "controle:",
            "  seuil_reglement:",
            f"    objets: {objets}",
            f"    valeur: {valeur}",
            *(f"    {ligne}" for ligne in lignes),
        ]
    )


def terre(*lignes):
    return regle("minimum: 25 %", *lignes, valeur="{table: reglement, champ: V, unite: '%'}")


def plu(**valeurs):
    """U zones of 1 ha side by side, and the table of their values; ABSENT has no row, a list has several."""
    rows = []
    for libelle, valeur in valeurs.items():
        if valeur is not ABSENT:
            rows += [{"ZONE": libelle, "V": one} for one in (valeur if isinstance(valeur, list) else [valeur])]
    zones = [
        {"LIBELLE": libelle, "TYPEZONE": "U", "box": (n * 100, 0, n * 100 + 100, 100)}
        for n, libelle in enumerate(valeurs)
    ]
    return {"zones": zones, "tables": {"reglement": [{k: v for k, v in row.items() if v is not None} for row in rows]}}


# -- a ceiling, a floor ---------------------------------------------------------------------------


def test_sr1_equality(constater, verifier):
    constat = constater(regle("maximum: 9 m"), plu(UA="9", UB="9"), ENTETE)
    verifier(
        constat, "sans_ecart", mesure=9.0, unite="m", ecart=0.0, dit=["2 objets examinés", "au plus 9 m"], ecarts=[]
    )
    assert (constat.seuil_min, constat.seuil_max, constat.nb_objets) == (None, 9, 2)


@pytest.mark.parametrize("hauteur, etat", [("10,8", "ecart_faible"), ("10,81", "ecart_marque"), ("9.0", "sans_ecart")])
def test_sr2_marked_limit(constater, verifier, hauteur, etat):
    ecarts = [{"libelle": "UA", "surface": 10000, "part": 1.0, "forme": (0, 0, 100, 100), "objet": "ZONE_URBA"}]
    constat = constater(regle("maximum: 9 m"), plu(UA=hauteur, UB="6"), ENTETE)
    verifier(constat, etat, mesure=float(hauteur.replace(",", ".")), ecarts=ecarts if etat != "sans_ecart" else [])


def test_sr3_a_floor(constater, verifier):
    constat = constater(terre(), plu(UA="30", UB="20"), ENTETE)
    verifier(constat, "ecart_faible", mesure=20.0, unite="%", ecart=5.0, relatif=0.2, ecarts=[{"libelle": "UB"}])
    (ecart,) = constat.ecarts
    assert (ecart.mesure, ecart.seuil, ecart.unite) == (20.0, 25.0, "%")
    assert "20\u202f% pour au moins 25\u202f%" in ecart.message


@pytest.mark.parametrize(
    "tolerance, etat", [("2 points", "ecart_faible"), ("5 points", "sans_ecart"), ("20 %", "sans_ecart")]
)
def test_tolerance(constater, verifier, tolerance, etat):
    dit = ["dans la tolérance"] if etat == "sans_ecart" else []
    verifier(constater(terre(f"tolerance: {tolerance}"), plu(UA="20"), ENTETE), etat, dit=dit)


def test_a_range_gives_the_violated_bound(constater, verifier):
    constat = constater(regle("minimum: 6 m", "maximum: 9 m"), plu(UA="7", UB="5"), ENTETE)
    verifier(constat, "ecart_faible", mesure=5.0, ecart=1.0, relatif=1 / 6, ecarts=[{"libelle": "UB"}])


@pytest.mark.parametrize("hauteur, etat", [("9,9", "sans_ecart"), ("8,1", "sans_ecart"), ("8", "ecart_faible")])
def test_a_target_has_ten_percent_of_tolerance(constater, verifier, hauteur, etat):
    verifier(constater(regle("cible: 9 m"), plu(UA=hauteur), ENTETE), etat)


def test_a_coefficient_has_no_unit(constater, verifier):
    valeur = "{table: reglement, champ: V}"
    verifier(constater(regle("minimum: 0,3", valeur=valeur), plu(UA="0,3"), ENTETE), "sans_ecart", mesure=0.3, unite="")
    verifier(constater(regle("minimum: 0,3", valeur=valeur), plu(UA="0,2"), ENTETE), "ecart_marque", relatif=1 / 3)


@pytest.mark.parametrize(
    "valeur, etat",
    [("0,4", "sans_ecart"), ("5 000 m2", "sans_ecart"), ("0,6", "ecart_faible"), ("0,61", "ecart_marque")],
)
def test_the_threshold_is_brought_to_the_unit_of_the_figures(constater, verifier, valeur, etat):
    """Figures in hectares, 5 000 m2 asked at most: 0,6 ha is 20 % beyond, equality of the marked limit."""
    regle_ha = regle("maximum: 5 000 m2", valeur="{table: reglement, champ: V, unite: ha}")
    constat = constater(regle_ha, plu(UA=valeur), ENTETE)
    verifier(constat, etat, unite="ha")
    assert constat.seuil_max == pytest.approx(0.5)


def test_without_threshold_the_values_are_shown(constater, verifier):
    constat = constater(regle(), plu(UA="9", UB="12"), ENTETE)
    verifier(constat, "a_apprecier", dit=["UA 9 m et UB 12 m"], ecarts=[])


def test_no_object(constater, verifier):
    verifier(constater(regle("maximum: 9 m", objets="{zones: {typezone: [A]}}"), plu(UA="9"), ENTETE), "sans_objet")


# -- what is not known ----------------------------------------------------------------------------


@pytest.mark.parametrize("vide", [ABSENT, None, " "], ids=["no-row", "null", "blank"])
def test_sr4_a_zone_without_value(constater, verifier, vide):
    constat = constater(terre(), plu(UA="30", UB=vide), ENTETE)
    verifier(
        constat, "non_evalue", mesure=30.0, dit=["1 objet sans valeur de V", r"\(UB\)", "complétez la table"], ecarts=[]
    )


@pytest.mark.parametrize(
    "sans_valeur, etat, mesure, ecarts",
    [("sans_ecart", "sans_ecart", 30.0, []), ("ecart_marque", "ecart_marque", None, [{"libelle": "UB", "part": 1.0}])],
)
def test_sr5_the_rule_says_what_no_value_is(constater, verifier, sans_valeur, etat, mesure, ecarts):
    constat = constater(terre(f"sans_valeur: {sans_valeur}"), plu(UA="30", UB=ABSENT), ENTETE)
    verifier(constat, etat, mesure=mesure, limites=[r"1 objet sans valeur de V : .*\(UB\)"], ecarts=ecarts)


def test_sr6_decided_whatever_the_unknown_is(constater, verifier):
    constat = constater(terre(), plu(UA="10", UB=ABSENT), ENTETE)
    verifier(constat, "ecart_marque", mesure=10.0, relatif=0.6, limites=["sans effet.*UB"], ecarts=[{"libelle": "UA"}])


def test_sr7_a_weak_one_beside_an_unknown_one(constater, verifier):
    verifier(constater(terre(), plu(UA="21", UB=ABSENT), ENTETE), "non_evalue", mesure=21.0, dit=["UB"], ecarts=[])


def test_sr8_a_text_that_is_not_a_number_is_unknown(constater, verifier):
    constat = constater(regle("maximum: 9 m", "sans_valeur: sans_ecart"), plu(UA="9", UB="R+2"), ENTETE)
    verifier(constat, "non_evalue", dit=["UB : .* vaut « R\\+2 », qui n'est pas un nombre"], ecarts=[])


@pytest.mark.parametrize("seuil, etat", [("9 m", "sans_ecart"), ("8,5 m", "non_evalue"), ("6 m", "ecart_marque")])
def test_sr9_several_rows_for_a_zone(constater, verifier, seuil, etat):
    """8 and 9 m: both within 9 m; one of the two within 8,5 m; both far beyond 6 m (33 % and 50 %)."""
    constat = constater(regle(f"maximum: {seuil}"), plu(UA=["8", "9"]), ENTETE)
    verifier(constat, etat, **({"mesure": 9.0} if etat != "non_evalue" else {"dit": ["plusieurs valeurs, de 8 à 9 m"]}))


def test_the_table_is_missing_or_has_not_the_column(constater, verifier):
    sans = {"zones": plu(UA="9")["zones"]}
    verifier(constater(regle("maximum: 9 m"), sans, ENTETE), "non_evalue", mesure=None, dit=["table « reglement »"])
    autre = {**sans, "tables": {"reglement": [{"ZONE": "UA", "HAUTEUR": "9"}]}}
    verifier(constater(regle("maximum: 9 m"), autre, ENTETE), "non_evalue", dit=["n'a pas de champ V"])


def test_the_threshold_is_not_entered_yet(constater, verifier):
    verifier(
        constater(regle("maximum: a_completer"), plu(UA="9"), ENTETE), "non_evalue", dit=["a_completer"], ecarts=[]
    )


def test_rows_that_stand_for_no_zone_are_said(constater, verifier):
    exemple = plu(UA="9")
    exemple["tables"]["reglement"].append({"ZONE": "Ua", "V": "12"})
    verifier(constater(regle("maximum: 9 m"), exemple, ENTETE), "sans_ecart", limites=["1 ligne .*Ua"])


def test_a_zone_that_may_be_concerned(constater, verifier):
    objets = "{zones: {typezone: [U], vocation: [activite]}}"
    for ub, etat in (("9", "sans_ecart"), ("12", "non_evalue")):
        exemple = plu(UA="9", UB=ub)
        exemple["zones"][0]["FORMDOMI"] = "0200"
        verifier(constater(regle("maximum: 9 m", objets=objets), exemple, ENTETE), etat, ecarts=[])


def test_the_row_of_a_zone_that_may_be_concerned_says_so(constater, verifier):
    """UA is of activities and 12 m high for 9 m; UB, as high, may be of activities."""
    exemple = plu(UA="12", UB="12")
    exemple["zones"][0]["FORMDOMI"] = "0200"
    objets = "{zones: {typezone: [U], vocation: [activite]}}"
    constat = constater(regle("maximum: 9 m", objets=objets), exemple, ENTETE)
    verifier(constat, "ecart_marque", mesure=12.0, ecarts=[{"libelle": "UA"}, {"libelle": "UB"}])
    said = {ecart.libelle: ecart.message for ecart in constat.ecarts}
    assert said == {
        "UA": "UA : 12 m pour au plus 9 m demandés.",
        "UB": "UB : 12 m pour au plus 9 m demandés ; sans certitude d'être concerné.",
    }


# -- read on the objects --------------------------------------------------------------------------


def hauteur(*paires):
    """Prescriptions 39-02 of 1 ha side by side, each with its LIB_ATTR and LIB_VAL."""
    rows = []
    for n, attributs in enumerate(paires):
        row = {"TYPEPSC": "39", "STYPEPSC": "02", "LIBELLE": f"H{n + 1}", "box": (n * 100, 0, n * 100 + 100, 100)}
        rows.append({**row, **attributs})
    return {**plu(UA="1"), "prescriptions_plu": rows}


GRAPHIQUE = "{prescriptions_plu: {typepsc: [39]}}"


def test_sr10_attributes_of_prescriptions(constater, verifier):
    controle = regle("maximum: 12 m", valeur="{champ: HAUTEUR_METRES_MAX, unite: m}", objets=GRAPHIQUE)
    paires = (
        {"LIB_ATTR1": "HAUTEUR_METRES_MAX", "LIB_VAL1": "12 m"},
        {"LIB_ATTR1": "TYPE_SOMMET_CONSTRUC", "LIB_VAL1": "A", "LIB_ATTR2": "Hauteur_metres_max", "LIB_VAL2": "11,5"},
    )
    verifier(constater(controle, hauteur(*paires), ENTETE), "sans_ecart", mesure=12.0, ecarts=[])
    trop = (*paires, {"LIB_ATTR1": "HAUTEUR_METRES_MAX", "LIB_VAL1": "15"})
    constat = constater(controle, hauteur(*trop), ENTETE)
    verifier(constat, "ecart_marque", mesure=15.0, ecarts=[{"libelle": "H3", "objet": "PRESCRIPTION_SURF"}])
    sans = (*paires, {"LIB_ATTR1": "HAUTEUR_RPLUS_ETAGES", "LIB_VAL1": "R+1"})
    verifier(constater(controle, hauteur(*sans), ENTETE), "non_evalue", dit=["H3"])


def test_sr10_a_field_by_its_name(constater, verifier):
    controle = regle(
        "maximum: 50 %", valeur="{champ: LIB_VAL1, unite: '%'}", objets="{prescriptions_plu: {typepsc: [38]}}"
    )
    exemple = hauteur({"TYPEPSC": "38", "LIB_VAL1": "50%"})
    verifier(constater(controle, exemple, ENTETE), "sans_ecart", mesure=50.0)


def test_no_such_field(constater, verifier):
    controle = regle("maximum: 12 m", valeur="{champ: HAUTEUR_METRES_MAX, unite: m}", objets=GRAPHIQUE)
    verifier(
        constater(controle, hauteur({"LIB_ATTR1": "AUTRE", "LIB_VAL1": "9"}), ENTETE), "non_evalue", dit=["LIB_ATTR"]
    )


def test_no_prescription_layer(constater, verifier):
    controle = regle("maximum: 12 m", valeur="{champ: HAUTEUR_METRES_MAX, unite: m}", objets=GRAPHIQUE)
    exemple = plu(UA="1")
    verifier(constater(controle, exemple, ENTETE), "non_evalue", dit=["PRESCRIPTION_SURF"])
    verifier(constater(controle, {**exemple, "plu_complet": True}, ENTETE), "sans_objet")


# -- in layers, by unit ---------------------------------------------------------------------------

VENTE = "{table: reglement, champ: V, unite: m2}"


def commerce(*lignes, couches="[zacom]"):
    return regle("maximum: 400 m2", f"couches: {couches}", *lignes, valeur=VENTE)


def test_sr11_only_inside_the_layers(constater, verifier):
    exemple = {**plu(UA="600", UB="900"), "couches": {"zacom": [{"box": (50, 0, 100, 100)}]}}
    constat = constater(commerce(), exemple, ENTETE)
    attendu = [{"libelle": "UA", "forme": (50, 0, 100, 100), "surface": 5000, "part": 1.0}]
    verifier(constat, "ecart_marque", mesure=600.0, ecarts=attendu)
    assert constat.nb_objets == 1


def test_sr11_a_zone_that_brushes_against_a_layer_is_not_inside(constater, verifier):
    """UB has 8 m of its 100 m in the layer, whose precision is 10 m."""
    exemple = {**plu(UA="300", UB="900"), "couches": {"zacom": [{"box": (0, 0, 108, 100)}]}}
    verifier(constater(commerce(), exemple, ENTETE), "sans_ecart", mesure=300.0, limites=["partie ignorée"])


@pytest.mark.parametrize("ub, etat", [("300", "sans_ecart"), ("900", "non_evalue")])
def test_sr11_one_layer_of_two_is_missing(constater, verifier, ub, etat):
    exemple = {**plu(UA="300", UB=ub), "couches": {"zacom": [{"box": (0, 0, 100, 100)}]}}
    verifier(constater(commerce(couches="[zacom, centres]"), exemple, ENTETE), etat, dit=["centres"], ecarts=[])


def test_sr11_layer_missing_or_elsewhere(constater, verifier):
    verifier(constater(commerce(), {**plu(UA="1"), "couches": {}}, ENTETE), "non_evalue", dit=["zacom"])
    ailleurs = {**plu(UA="1"), "couches": {"zacom": [{"box": (-300, 0, -200, 100)}, {"box": (300, 0, 400, 100)}]}}
    verifier(constater(commerce(), ailleurs, ENTETE), "sans_objet")


@pytest.mark.parametrize("echelle", ["commune", "armature"])
def test_sr12_by_class(par_unite, verifier, echelle):
    seuil = "maximum: {selon: armature, pole: 1 000 m2, village: 300 m2}"
    exemple = {**plu(UA="900", UB="400"), "communes": COMMUNES}
    unites = par_unite(regle(seuil, f"echelle: {echelle}", valeur=VENTE), exemple, ENTETE)
    pole, village = ("62001", "62002") if echelle == "commune" else ("pole", "village")
    verifier(unites[pole], "sans_ecart", mesure=900.0, ecarts=[])
    verifier(unites[village], "ecart_marque", mesure=400.0, relatif=1 / 3, ecarts=[{"libelle": "UB"}])
    assert unites[village].ecarts[0].insee == "62002"


def test_a_class_of_which_nothing_is_asked(par_unite, verifier):
    seuil = "maximum: {selon: armature, pole: 1 000 m2, village: aucun}"
    exemple = {**plu(UA="900", UB=ABSENT), "communes": COMMUNES}
    unites = par_unite(regle(seuil, "echelle: commune", valeur=VENTE), exemple, ENTETE)
    verifier(unites["62001"], "sans_ecart")
    verifier(unites["62002"], "sans_objet", ecarts=[])


def test_one_constat_for_each_zone(par_unite, verifier):
    unites = par_unite(regle("maximum: 9 m", "echelle: objet"), plu(UA="9", UB="12", UC=ABSENT), ENTETE)
    assert {code: str(c.etat) for code, c in unites.items()} == {
        "1": "sans_ecart",
        "2": "ecart_marque",
        "3": "non_evalue",
    }


def test_a_zone_astride_two_communes_has_the_same_state_in_both(par_unite, verifier):
    exemple = {
        **plu(UA="12"),
        "communes": [{**COMMUNES[0], "box": (0, 0, 40, 100)}, {**COMMUNES[1], "box": (40, 0, 99, 100)}],
    }
    exemple["zones"][0]["box"] = (0, 0, 99, 100)
    unites = par_unite(regle("maximum: 9 m", "echelle: commune"), exemple, ENTETE)
    verifier(unites["62001"], "ecart_marque", mesure=12.0, ecarts=[{"forme": (0, 0, 40, 100), "part": 40 / 99}])
    verifier(unites["62002"], "ecart_marque", mesure=12.0, ecarts=[{"forme": (40, 0, 99, 100), "part": 59 / 99}])


# -- nature, exceptions ---------------------------------------------------------------------------


@pytest.mark.parametrize("nature, ecarts", [("recommandation", []), ("orientation", [{"etat": "a_apprecier"}])])
def test_nature(constater, verifier, nature, ecarts):
    verifier(
        constater(f"nature: {nature}\n" + regle("maximum: 9 m"), plu(UA="12"), ENTETE), "a_apprecier", ecarts=ecarts
    )


def test_exceptions_are_listed(repondre, verifier):
    spared = "\nsauf:\n  - {objets: {zones: {libelle: UB}}, motif: Zone d'équipements}"
    answer = repondre(regle("maximum: 9 m") + spared, plu(UA="9", UB="20"), ENTETE)
    verifier(answer.constats[0], "sans_ecart", mesure=9.0)
    assert [row.libelle for row in answer.exceptions] == ["UB"]


def test_force_vise(constater, verifier):
    verifier(constater("force: vise\n" + regle("maximum: 9 m"), plu(UA="20"), ENTETE), "ecart_faible")


# -- as written -----------------------------------------------------------------------------------


@pytest.fixture
def lire():
    from scot_compat.checks.registry import KINDS
    from scot_compat.rules.loader import loads

    def run(controle):
        head = "format: 1\nscot: {nom: S, etat: executoire}\n"
        body = "prescriptions:\n  - id: P1\n    intitule: i\n    objectif: o\n    nature: norme\n    "
        return loads(head + ENTETE + body + controle.replace("\n", "\n    "), KINDS)

    return run


def test_read_aloud(lire):
    (sentence,) = lire(terre("couches: [zacom]", "sans_valeur: ecart_marque")).prescriptions[0].lecture
    assert sentence.replace("\u00a0", " ").startswith(
        "Pour les zones U, dans la couche « Zones commerciales » (précision 10 m), la valeur V lue dans la table "
        "« Règlement écrit » est au moins 25 % ; sans valeur, un objet est en écart marqué"
    )


@pytest.mark.parametrize(
    "controle, dit",
    [
        (regle("maximum: 9 %"), "la valeur comparée est en m"),
        (regle("maximum: 9 m", valeur="{table: reglement, champ: V}"), "sans unité"),
        (regle("maximum: 9 m", valeur="{table: reglement, champ: V, unite: litres}"), "unité « litres » inadaptée"),
        (regle("maximum: 9 m", valeur="{table: inconnue, champ: V, unite: m}"), "table « inconnue » non déclarée"),
        (regle("maximum: 9 m", valeur="{table: reglement, unite: m}"), "champ"),
        (regle("maximum: 9 m", "sans_valeur: zero"), "zero"),
        (regle("maximum: {table: reglement, champ: S, unite: '%'}"), "la valeur comparée est en m"),
    ],
)
def test_errors_of_the_file(lire, controle, dit):
    from scot_compat.rules.errors import InvalidRules

    with pytest.raises(InvalidRules) as refus:
        lire(controle)
    assert dit in str(refus.value)


def test_what_it_needs(lire):
    from scot_compat.checks import needs

    assert needs.of_rules(lire(terre("couches: [zacom]"))).tables == {"reglement": {"V", "ZONE"}}
    assert needs.users(lire(terre("couches: [zacom]"))) == {"reglement": ("P1",), "zacom": ("P1",)}
    porte = lire(regle("maximum: 9 m", valeur="{champ: HAUT, unite: m}", objets="{couche: centres}"))
    assert "HAUT" in needs.of_rules(porte).couches["centres"]
