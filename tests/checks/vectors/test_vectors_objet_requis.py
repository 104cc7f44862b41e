"""Normative vectors OR1 to OR7: an OAP (prescription 18) is expected on every AUc zone; and others of the same form.

OR8  `pour_chaque: gares`, tampon 500 m, a sector meeting the disc / 700 m away: 1 of 1 / 0 of 1, the disc is the écart.
OR9  something, an OAP that brushes against the zone over 3 m (drawing, CNIG 5 m): nothing, dropped and said.
OR10 a station (point) without tampon: inside a sector / outside it.
OR11 a street of 1 000 m (line), 950 m / 700 m of it in a sector, 95 %: sans_ecart / ecart_marque.
OR12 things or expected objects only possible (NULL vocation): the same state both ways, or non_evalue.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

COMMUNES = """
territoires:
  communes: {couche: communes, code: INSEE, nom: NOM}
  classements:
    armature:
      libelle: Armature
      classes:
        pole: {libelle: Pôle, communes: [62001]}
        village: {libelle: Village, defaut: oui}
couches:
  communes: {libelle: Communes, geometrie: surface}
"""
GARES = """
couches:
  gares: {libelle: Gares, geometrie: point, tampon: 500 m, precision: 10 m}
  arrets: {libelle: Arrêts, geometrie: point}
  rues: {libelle: Rues, geometrie: ligne}
"""
TROIS = [
    {"INSEE": f"6200{n + 1}", "NOM": nom, "box": (n * 1000, 0, n * 1000 + 1000, 1000)} for n, nom in enumerate("ABC")
]


def requis(*lignes, chaque="{zones: {typezone: [AUc]}}", attendu="{prescriptions_plu: {typepsc: [18]}}", part="95 %"):
    return "\n".join(
        [
            "controle:",
            "  objet_requis:",
            f"    pour_chaque: {chaque}",
            f"    delimiter: {attendu}",
            *([f"    part_minimale: {part}"] if part else []),
            *(f"    {ligne}" for ligne in lignes),
        ]
    )


def une_partie(*lignes, **options):
    return requis(*lignes, part=None, **options)


def auc(*couvertes):
    """1AU1, 1AU2…: AUc zones of 1 ha, 200 m apart, each covered from the left by an OAP over `couvertes` %."""
    zones = [
        {"LIBELLE": f"1AU{n + 1}", "TYPEZONE": "AUc", "box": (200 * n, 0, 200 * n + 100, 100)}
        for n in range(len(couvertes))
    ]
    oap = [(200 * n, 0, 200 * n + part, 100) for n, part in enumerate(couvertes) if part]
    return {"zones": zones, "prescriptions_plu": oaps(*oap)}


def oaps(*carres, typepsc="18", stypepsc="00"):
    return [{"TYPEPSC": typepsc, "STYPEPSC": stypepsc, "LIBELLE": "OAP", "box": carre} for carre in carres]


def plui(*oap, communes=TROIS, **reste):
    """A PLUi of three communes of 1 km2, one U zone each."""
    zones = [{"LIBELLE": f"U{row['NOM']}", "TYPEZONE": "U", "box": row["box"]} for row in TROIS]
    return {"zones": zones, "communes": communes, "prescriptions_plu": oaps(*oap), **reste}


# -- the vectors ----------------------------------------------------------------------------------


def test_or1_one_constat_for_each_zone(par_unite, verifier):
    unites = par_unite(requis("echelle: objet"), auc(100, 96, 80, 0))
    assert len(unites) == 4
    verifier(unites["1"], "sans_ecart", mesure=100.0, ecarts=[])
    verifier(unites["2"], "sans_ecart", mesure=96.0, ecarts=[])
    verifier(
        unites["3"],
        "ecart_faible",
        mesure=80.0,
        relatif=15 / 95,
        ecarts=[{"forme": (480, 0, 500, 100), "surface": 2000, "part": 0.2, "objet": "ZONE_URBA", "libelle": "1AU3"}],
    )
    verifier(unites["4"], "ecart_marque", mesure=0.0, ecarts=[{"forme": (600, 0, 700, 100), "surface": 10000}])


def test_or1_together(constater, verifier):
    """(1 + 0,96 + 0,8 + 0) ha of 4: 69 %, the worst of the four."""
    constat = constater(requis(), auc(100, 96, 80, 0))
    verifier(constat, "ecart_marque", mesure=69.0, unite="%", dit=["1AU4", "95 %", r"2 objets en deçà"])
    assert [str(e.etat) for e in constat.ecarts] == ["ecart_faible", "ecart_marque"]


def test_or2_two_perimeters_of_a_half_each(constater, verifier):
    exemple = {**auc(0), "prescriptions_plu": oaps((0, 0, 50, 100), (50, 0, 100, 100))}
    verifier(constater(requis(), exemple), "sans_ecart", mesure=100.0, ecarts=[])


@pytest.mark.parametrize("regle", [requis(), une_partie()], ids=["share", "something"])
def test_or3_no_prescription_layer(constater, verifier, regle):
    exemple = {"zones": auc(0)["zones"]}
    verifier(constater(regle, exemple), "non_evalue", dit=["PRESCRIPTION_SURF", "n'en comporte pas"], ecarts=[])
    attendu = {"ecarts": [{"forme": (0, 0, 100, 100), "objet": "ZONE_URBA"}]}
    verifier(constater(regle, {**exemple, "plu_complet": True}), "ecart_marque", **attendu)
    autre = {**exemple, "prescriptions_plu": oaps((0, 0, 100, 100), typepsc="05")}
    verifier(constater(regle, autre), "ecart_marque", **attendu)


@pytest.mark.parametrize("regle", [requis(), une_partie()], ids=["share", "something"])
def test_or4_no_zone(constater, verifier, regle):
    exemple = {"zones": [{"LIBELLE": "U", "TYPEZONE": "U", "box": (0, 0, 100, 100)}]}
    verifier(constater(regle, exemple), "sans_objet", ecarts=[])


@pytest.mark.parametrize("regle", [requis, une_partie], ids=["share", "something"])
def test_or5_subcode_asked_of_a_file_of_2014(constater, verifier, regle):
    exemple = {
        "zones": [{"LIBELLE": "1AU", "TYPEZONE": "AUc", "DESTDOMI": "01", "INSEE": "62001", "box": (0, 0, 100, 100)}],
        "prescriptions_plu": [{"TYPEPSC": "18", "LIBELLE": "OAP", "INSEE": "62001", "box": (0, 0, 100, 100)}],
    }
    attendu = "{prescriptions_plu: {typepsc: [18], stypepsc: [05]}}"
    constat = constater(regle(attendu=attendu), exemple)
    verifier(constat, "non_evalue", dit=[r"STYPEPSC \(absent avant le standard 2017\)"], ecarts=[])


def test_the_sub_type_that_is_asked_is_said(constater, verifier):
    """A prescription of the type alone is not what is expected: the sentence does not let one believe so."""
    exemple = {
        "zones": [{"LIBELLE": "1AU", "TYPEZONE": "AUc", "FORMDOMI": "01", "INSEE": "62001", "box": (0, 0, 100, 100)}],
        "prescriptions_plu": [{"TYPEPSC": "18", "STYPEPSC": "00", "LIBELLE": "OAP", "box": (0, 0, 100, 100)}],
    }
    constat = constater(une_partie(attendu="{prescriptions_plu: {typepsc: [18], stypepsc: [05]}}"), exemple)
    verifier(constat, "ecart_marque", dit=["prescriptions de type 18 et de sous-type 05"])


def test_or6_one_of_three_communes_has_none(constater, verifier):
    constat = constater(une_partie(chaque="commune"), plui((100, 100, 200, 200), (2100, 100, 2200, 200)), COMMUNES)
    verifier(
        constat,
        "ecart_marque",
        mesure=2.0,
        unite="",
        ecart=1.0,
        relatif=1 / 3,
        dit=["2 communes sur 3", "il manque pour B"],
        ecarts=[{"forme": (1000, 0, 2000, 1000), "objet": "commune", "libelle": "B", "part": 1.0}],
    )
    assert constat.seuil_min == 3
    assert (constat.ecarts[0].insee, constat.ecarts[0].objet_id) == ("62002", "62002")


@pytest.mark.parametrize("echelle", ["commune", "objet"])
def test_or6_one_constat_for_each_commune(par_unite, verifier, echelle):
    exemple = plui((100, 100, 200, 200), (2100, 100, 2200, 200))
    unites = par_unite(une_partie(f"echelle: {echelle}", chaque="commune"), exemple, COMMUNES)
    etats = {code: str(constat.etat) for code, constat in unites.items()}
    assert etats == {"62001": "sans_ecart", "62002": "ecart_marque", "62003": "sans_ecart"}
    verifier(unites["62002"], "ecart_marque", mesure=0.0, ecarts=[{"forme": (1000, 0, 2000, 1000)}])
    verifier(unites["62001"], "sans_ecart", mesure=1.0, dit=["^Le PLU délimite pour A ce qui est attendu"], ecarts=[])


def test_or6_by_class_of_communes(par_unite, verifier):
    exemple = plui((1100, 100, 1200, 200))
    unites = par_unite(une_partie("echelle: armature", chaque="commune"), exemple, COMMUNES)
    verifier(unites["pole"], "ecart_marque", mesure=0.0)
    verifier(unites["village"], "ecart_marque", mesure=1.0, dit=["1 commune sur 2", "manque pour C"])


@pytest.mark.parametrize("regle", [requis(), une_partie()], ids=["share", "something"])
def test_or7_a_recommendation_is_measured_without_ecart(constater, verifier, regle):
    verifier(constater("nature: recommandation\n" + regle, auc(100, 0)), "a_apprecier", ecarts=[])


@pytest.mark.parametrize("regle", [requis(), une_partie()], ids=["share", "something"])
def test_an_orientation_keeps_the_ecarts(constater, verifier, regle):
    constat = constater("nature: orientation\n" + regle, auc(100, 0))
    verifier(constat, "a_apprecier", ecarts=[{"libelle": "1AU2", "etat": "a_apprecier"}])


# -- something of each thing ----------------------------------------------------------------------


def test_a_tenth_is_something(constater, verifier):
    verifier(
        constater(une_partie(), auc(10)), "sans_ecart", mesure=1.0, dit=["pour 1AU1 ce qui est attendu"], ecarts=[]
    )
    constat = constater(une_partie(), auc(10, 0, 0))
    verifier(constat, "ecart_marque", mesure=1.0, dit=["pour 1 zone sur 3", "il manque pour 2 zones, dont 1AU"])


@pytest.mark.parametrize(
    "carre, etat",
    [
        pytest.param((97, 0, 203, 100), "ecart_marque", id="3-m-over-the-zone-is-drawing"),
        pytest.param((94, 0, 203, 100), "sans_ecart", id="6-m-over-the-zone"),
        pytest.param((100, 0, 203, 100), "ecart_marque", id="touching"),
    ],
)
def test_or9_what_brushes_against_a_zone_is_not_on_it(constater, verifier, carre, etat):
    """The zone ends at x = 100; the OAP of its neighbour starts 3 m, 6 m and 0 m before."""
    exemple = {**auc(0), "prescriptions_plu": oaps(carre)}
    said = [r"1 partie ignorée de 5(,0)? m de large au plus.*300 m2"] if carre[0] == 97 else []
    verifier(constater(une_partie(), exemple), etat, limites=said)


def test_or9_a_narrow_zone_covered_whole_has_something(constater, verifier):
    """A zone 4 m wide is thinner than the drawing tolerance: covered by more than half, it has its OAP."""
    exemple = {
        "zones": [{"LIBELLE": "1AU", "TYPEZONE": "AUc", "box": (0, 0, 4, 100)}],
        "prescriptions_plu": oaps((0, 0, 4, 100)),
    }
    verifier(constater(une_partie(), exemple), "sans_ecart", mesure=1.0)


def test_or9_the_rule_may_ask_for_more_than_a_strip(constater, verifier):
    verifier(constater(une_partie("largeur_ignoree: 20 m"), auc(10)), "ecart_marque", mesure=0.0)


@pytest.mark.parametrize(
    "forme, etat",
    [
        pytest.param("LINESTRING (20 50, 80 50)", "sans_ecart", id="line"),
        pytest.param("POINT (50 50)", "sans_ecart", id="point"),
        pytest.param("POINT (150 50)", "ecart_marque", id="point-outside"),
    ],
)
def test_lines_and_points_stand_on_a_zone(constater, verifier, forme, etat):
    exemple = {**auc(0), "prescriptions_plu": [{"TYPEPSC": "18", "STYPEPSC": "00", "wkt": forme}]}
    verifier(constater(une_partie(), exemple), etat)
    verifier(constater(requis(), exemple), "ecart_marque", mesure=0.0)  # they cover no share of it


def test_either_of_two_expected_objects(constater, verifier):
    attendu = "[{prescriptions_plu: {typepsc: [18]}}, {prescriptions_plu: {typepsc: [29]}}]"
    exemple = auc(10, 0, 0)
    exemple["prescriptions_plu"] += oaps((200, 0, 300, 100), typepsc="29")
    constat = constater(une_partie(attendu=attendu), exemple)
    verifier(constat, "ecart_marque", mesure=2.0, ecarts=[{"libelle": "1AU3"}])


def test_a_zone_may_be_what_is_expected(constater, verifier):
    """A centre (zone UC…) in each commune: only A has one."""
    exemple = plui()
    exemple["zones"].append({"LIBELLE": "UC1", "TYPEZONE": "U", "box": (100, 100, 300, 300)})
    regle = une_partie(chaque="commune", attendu='{zones: {libelle: "UC[0-9]*"}}')
    verifier(
        constater(regle, exemple, COMMUNES), "ecart_marque", mesure=1.0, ecarts=[{"libelle": "C"}, {"libelle": "B"}]
    )


def test_a_document_of_one_commune_is_its_whole_zoning(constater, verifier):
    exemple = {
        "zones": [
            {"LIBELLE": "U", "TYPEZONE": "U", "INSEE": "62001", "IDURBA": "62001_PLU_20240101", "box": (0, 0, 9, 9)}
        ]
    }
    exemple["prescriptions_plu"] = []
    constat = constater(une_partie(chaque="commune"), exemple)
    verifier(constat, "ecart_marque", mesure=0.0, ecarts=[{"forme": (0, 0, 9, 9), "objet": "commune"}])


def test_communes_that_are_not_known(constater, verifier):
    exemple = plui((0, 0, 9, 9))
    del exemple["communes"]
    verifier(constater(une_partie(chaque="commune"), exemple, COMMUNES), "non_evalue", mesure=None, dit=["communes"])


def test_communes_of_another_territory(constater, verifier):
    """None of them is met: nothing can be said, and certainly not that nothing is asked."""
    ailleurs = [{**row, "box": (50000, 50000, 51000, 51000)} for row in TROIS]
    exemple = plui((100, 100, 200, 200), communes=ailleurs)
    verifier(constater(une_partie(chaque="commune"), exemple, COMMUNES), "non_evalue", dit=["hors de toute commune"])


def test_a_commune_that_the_layer_lacks(repondre, constater, verifier):
    """C is not in the layer: A and B have what is expected, C nobody knows."""
    exemple = plui((100, 100, 200, 200), (1100, 100, 1200, 200), communes=TROIS[:2])
    verifier(
        constater(une_partie(chaque="commune"), exemple, COMMUNES), "non_evalue", mesure=2.0, dit=["100 ha du PLU"]
    )
    constats = repondre(une_partie("echelle: commune", chaque="commune"), exemple, COMMUNES).constats
    etats = {constat.territoire: str(constat.etat) for constat in constats}
    assert etats == {"62001": "sans_ecart", "62002": "sans_ecart", "plu": "non_evalue"}


# -- things of a layer ----------------------------------------------------------------------------


def gare(secteur=None, ou=(500, 500), couche="gares", **reste):
    """A station at `ou` in a PLU of 2 km x 1 km; a density sector (29) on `secteur`."""
    return {
        "zones": [{"LIBELLE": "U", "TYPEZONE": "U", "box": (0, 0, 2000, 1000)}],
        "prescriptions_plu": oaps(secteur, typepsc="29", stypepsc="01") if secteur else [],
        "couches": {couche: [{"NOM": "Gare", "wkt": f"POINT ({ou[0]} {ou[1]})"}]},
        **reste,
    }


DENSITE = "{prescriptions_plu: {typepsc: [29]}}"


@pytest.mark.parametrize(
    "secteur, etat",
    [
        pytest.param((900, 450, 1100, 550), "sans_ecart", id="OR8-meets-the-disc"),
        pytest.param((1200, 450, 1400, 550), "ecart_marque", id="OR8-700-m-away"),
        pytest.param(None, "ecart_marque", id="OR8-none"),
    ],
)
def test_or8_a_sector_near_each_station(constater, verifier, secteur, etat):
    constat = constater(une_partie(chaque="gares", attendu=DENSITE), gare(secteur), GARES)
    verifier(constat, etat, mesure=1.0 if etat == "sans_ecart" else 0.0)
    if constat.ecarts:
        (ecart,) = constat.ecarts
        assert (ecart.objet, ecart.libelle) == ("gares", "Gare")
        assert ecart.surface_m2 == pytest.approx(785398, rel=0.005)  # pi x 500^2, cut nowhere


@pytest.mark.parametrize(
    "ou, etat",
    [
        pytest.param((2200, 500), "ecart_marque", id="outside-but-its-disc-reaches-the-plu"),
        pytest.param((2900, 500), "sans_objet", id="beyond"),
        pytest.param((90000, 90000), "non_evalue", id="elsewhere"),
    ],
)
def test_or8_stations_outside_the_plu(constater, verifier, ou, etat):
    exemple = gare(ou=ou)
    if etat == "sans_objet":  # the layer goes around the PLU
        exemple["couches"]["gares"].append({"wkt": "POINT (-900 500)"})
    verifier(constater(une_partie(chaque="gares", attendu=DENSITE), exemple, GARES), etat)


@pytest.mark.parametrize("lignes", [[], ["part_minimale: 100 %"]], ids=["something", "share"])
@pytest.mark.parametrize(
    "secteur, etat", [((400, 400, 600, 600), "sans_ecart"), ((600, 400, 800, 600), "ecart_marque")]
)
def test_or10_a_point_is_in_a_sector_or_not(constater, verifier, secteur, etat, lignes):
    regle = requis(*lignes, chaque="{couche: arrets}", attendu=DENSITE, part=None)
    verifier(constater(regle, gare(secteur, couche="arrets"), GARES), etat)


@pytest.mark.parametrize("longueur, etat", [(950, "sans_ecart"), (760, "ecart_faible"), (700, "ecart_marque")])
def test_or11_a_street_is_measured_in_length(constater, verifier, longueur, etat):
    exemple = {
        "zones": [{"LIBELLE": "U", "TYPEZONE": "U", "box": (0, 0, 1000, 100)}],
        "prescriptions_plu": oaps((0, 0, longueur, 100), typepsc="29"),
        "couches": {"rues": [{"wkt": "LINESTRING (0 50, 1000 50)"}]},
    }
    constat = constater(requis(chaque="rues", attendu=DENSITE), exemple, GARES)
    ecarts = [] if etat == "sans_ecart" else [{"longueur": 1000 - longueur, "objet": "rues"}]
    verifier(constat, etat, mesure=longueur / 10, ecarts=ecarts)


def test_a_layer_that_is_missing_or_empty(constater, verifier):
    regle = une_partie(chaque="gares", attendu=DENSITE)
    verifier(constater(regle, gare(couches={}), GARES), "non_evalue", mesure=None, dit=["gares"])
    verifier(constater(regle, gare(couches={"gares": []}), GARES), "non_evalue", mesure=None, dit=["couche vide"])
    admis = GARES.replace("precision: 10 m}", "precision: 10 m, vide_admis: oui}")
    verifier(constater(regle, gare(couches={"gares": []}), admis), "sans_objet")


# -- thresholds of the share ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "couverte, etat",
    [(95, "sans_ecart"), (94, "ecart_faible"), (76, "ecart_faible"), (75, "ecart_marque")],
)
def test_the_share_is_judged_as_every_floor(constater, verifier, couverte, etat):
    """95 %: equality; 19 points below is 20 %, equality of the marked limit; 20 points is marked."""
    verifier(constater(requis(), auc(couverte)), etat, mesure=float(couverte))


def test_tolerance(constater, verifier):
    verifier(constater(requis("tolerance: 2 points"), auc(93)), "sans_ecart", dit=["dans la tolérance"])


def test_share_by_class_of_communes(par_unite, verifier):
    """Half of each commune has an OAP: 50 % is asked of the pole, nothing of a village."""
    exemple = plui((0, 0, 3000, 500))
    exemple["zones"] = [{**zone, "TYPEZONE": "AUc"} for zone in exemple["zones"]]
    part = "{selon: armature, pole: 50 %, village: aucun}"
    unites = par_unite(requis("echelle: commune", part=part), exemple, COMMUNES)
    verifier(unites["62001"], "sans_ecart", mesure=50.0)
    verifier(unites["62002"], "sans_objet")


def test_slivers_of_drawing_are_dropped_when_the_rule_says_so(constater, verifier):
    verifier(
        constater(requis("largeur_ignoree: 12 m"), auc(90)), "sans_ecart", mesure=100.0, limites=["1 partie ignorée"]
    )


# -- what is not known ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "couvertes, etat",
    [
        pytest.param((100, 100), "sans_ecart", id="OR12-both-covered"),
        pytest.param((100, 0), "non_evalue", id="OR12-the-unknown-one-is-not"),
        pytest.param((0, 0), "ecart_marque", id="OR12-the-known-one-is-not"),
    ],
)
@pytest.mark.parametrize("regle", [requis, une_partie], ids=["share", "something"])
def test_or12_a_zone_that_may_be_concerned(constater, verifier, couvertes, etat, regle):
    exemple = auc(*couvertes)
    exemple["zones"][0]["FORMDOMI"] = "0100"
    chaque = "{zones: {typezone: [AUc], vocation: [habitat]}}"
    constat = constater(regle(chaque=chaque), exemple)
    verifier(constat, etat, **({} if etat != "non_evalue" else {"dit": ["1AU2"], "ecarts": []}))


def test_one_kind_of_expected_object_could_not_be_read(constater, verifier):
    """The zone covered by its OAP needs nothing more; the other could be covered by what was not read."""
    attendu = "[{zones: {libelle: 1AUa}}, {prescriptions_plu: {typepsc: [18]}}]"
    exemple = {"zones": auc(0)["zones"] + [{"LIBELLE": "1AUa", "TYPEZONE": "N", "box": (0, 0, 100, 100)}]}
    verifier(constater(requis(attendu=attendu), exemple), "sans_ecart", mesure=100.0, dit=["PRESCRIPTION_SURF"])
    exemple["zones"][-1]["box"] = (0, 0, 50, 100)
    verifier(constater(requis(attendu=attendu), exemple), "non_evalue", mesure=50.0, dit=["PRESCRIPTION_SURF"])


def test_exceptions_are_listed(repondre, verifier):
    regle = (
        une_partie(chaque="commune")
        + "\nsauf:\n  - {communes: [62002], motif: Commune sans centre, reference: DOO p. 9}"
    )
    answer = repondre(regle, plui((100, 100, 200, 200), (2100, 100, 2200, 200)), COMMUNES)
    verifier(answer.constats[0], "sans_ecart", mesure=2.0, dit=["2 communes sur 2"])
    assert [(row.objet_id, row.libelle, row.motif) for row in answer.exceptions] == [
        ("62002", "B", "Commune sans centre")
    ]


def test_bearing_on_a_class(constater, verifier):
    regle = une_partie(chaque="commune") + "\ns_applique_a: {classement: armature, classes: [pole]}"
    verifier(constater(regle, plui((100, 100, 200, 200)), COMMUNES), "sans_ecart", mesure=1.0)


# -- properties -----------------------------------------------------------------------------------


@given(decalage=st.integers(-5000, 5000), couvertes=st.lists(st.integers(0, 100), min_size=1, max_size=4))
def test_moving_everything_changes_nothing(constater_deplace, decalage, couvertes):
    avant, apres = constater_deplace(0, couvertes), constater_deplace(decalage, couvertes)
    assert str(avant.etat) == str(apres.etat)
    assert avant.mesure == pytest.approx(apres.mesure)
    assert [e.surface_m2 for e in avant.ecarts] == pytest.approx([e.surface_m2 for e in apres.ecarts])


@pytest.fixture(scope="session")
def constater_deplace():
    from scot_compat.checks import engine, exemples
    from scot_compat.checks.registry import KINDS
    from scot_compat.rules.loader import loads

    head = "format: 1\nscot: {nom: S, etat: executoire}\nprescriptions:\n"
    body = "  - id: P1\n    intitule: i\n    objectif: o\n    nature: norme\n    "
    rules = loads(head + body + requis().replace("\n", "\n    "), KINDS)

    def run(decalage, couvertes):
        from shapely.geometry import box

        exemple = auc(*couvertes)
        for rows in exemple.values():
            for row in rows:
                x0, y0, x1, y1 = row.pop("box")
                row["wkt"] = box(x0 + decalage, y0, x1 + decalage, y1).wkt
        plu, layers, tables = exemples.build(exemple, rules)
        (answer,) = engine.run(rules, plu, layers, tables).answers
        (constat,) = answer.constats
        return constat

    return run


# -- as written -----------------------------------------------------------------------------------


@pytest.fixture
def lire():
    """`lire(control, entete="")`: the rules of a file of one prescription."""
    from scot_compat.checks.registry import KINDS
    from scot_compat.rules.loader import loads

    def run(controle, entete=""):
        head = "format: 1\nscot: {nom: S, etat: executoire}\n"
        body = "prescriptions:\n  - id: P1\n    intitule: i\n    objectif: o\n    nature: norme\n    "
        return loads(head + entete + body + controle.replace("\n", "\n    "), KINDS)

    return run


@pytest.mark.parametrize(
    "regle, entete, dit",
    [
        (
            requis(),
            "",
            "Dans chacun de ces objets (les zones AUc), sur au moins 95 % de son étendue, le PLU délimite les ",
        ),
        (
            une_partie(chaque="commune", attendu="[{zones: {libelle: UC}}, {prescriptions_plu: {typepsc: [18]}}]"),
            COMMUNES,
            "Dans chaque commune, sur une partie au moins, le PLU délimite les zones dont le libellé est de la "
            "forme « UC » ou les prescriptions du PLU de type 18",
        ),
        (une_partie(chaque="gares"), GARES, "Dans chacun de ces objets (les objets de la couche « Gares »"),
    ],
)
def test_read_aloud(lire, regle, entete, dit):
    (sentence,) = lire(regle, entete).prescriptions[0].lecture
    assert sentence.replace("\u00a0", " ").replace("\u202f", " ").startswith(dit)


@pytest.mark.parametrize(
    "chaque, dit",
    [
        ("gare", "vouliez-vous « gares »"),
        ("communne", "vouliez-vous « commune »"),
        ("[gares]", "gares"),
    ],
)
def test_what_stands_for_nothing_is_refused(lire, chaque, dit):
    from scot_compat.rules.errors import InvalidRules

    with pytest.raises(InvalidRules) as refus:
        lire(une_partie(chaque=chaque), GARES)
    assert dit in str(refus.value)


@pytest.mark.parametrize("ligne", ["tolerance: 5 %", "ecart_marque_au_dela_de: 50 %", "part_ignoree: 5 %"])
def test_there_is_no_share_where_something_is_enough(lire, ligne):
    from scot_compat.rules.errors import InvalidRules

    with pytest.raises(InvalidRules) as refus:
        lire(une_partie(ligne))
    assert "pas de part à comparer" in str(refus.value)
    lire(requis(ligne))


def test_the_layer_of_communes_is_each_commune(lire):
    from scot_compat.rules.model import ChaqueCommune

    rules = lire(une_partie(chaque="communes"), COMMUNES)
    assert rules.prescriptions[0].controles[0].parametres["pour_chaque"] == ChaqueCommune()


def test_what_it_needs(lire):
    from scot_compat.checks import needs

    gares, communes = lire(requis(chaque="gares"), GARES), lire(une_partie(chaque="commune"), COMMUNES)
    assert set(needs.users(gares)) == {"gares"}
    assert needs.of_plu(gares) == ("PRESCRIPTION_SURF",)
    assert needs.users(communes)["communes"] == ("P1",)
    assert needs.of_plu(communes) == ("PRESCRIPTION_SURF", "PRESCRIPTION_LIN", "PRESCRIPTION_PCT")
