"""`continuite_corridor` beyond the vectors: ends, what is unknown, what spares, what is told."""

from __future__ import annotations

import pytest

COUCHES = """
territoires:
  communes: {couche: communes, code: INSEE, nom: NOM}
couches:
  communes: {libelle: Communes, geometrie: surface}
  corridors: {libelle: Corridors, geometrie: ligne, tampon: 25 m, precision: 0 m}
  minces: {libelle: Lignes, geometrie: ligne, precision: 0 m}
  surfaces: {libelle: Surfaces, geometrie: surface, precision: 10 m}
  bati: {libelle: Bâti, geometrie: surface}
  reservoirs: {libelle: Réservoirs, geometrie: surface, precision: 0 m}
"""
COMMUNES = [
    {"INSEE": "62119", "NOM": "Ouest", "box": (-200, -2000, 500, 2000)},
    {"INSEE": "62200", "NOM": "Est", "box": (500, -2000, 2200, 2000)},
]
LINE = "LINESTRING(0 0, 1000 0)"
HALF, MOST = (400, -25, 600, 0), (400, -25, 600, 15)  # leave 25 and 10 of 50


def passage(*lignes, couche="corridors", largeur="40 m", avant="", apres=""):
    asked = [f"    largeur_minimale: {largeur}"] if largeur else []
    body = [
        "controle:",
        "  continuite_corridor:",
        f"    couches: [{couche}]",
        *asked,
        *(f"    {one}" for one in lignes),
    ]
    return "\n".join([*avant.splitlines(), *body, *apres.splitlines()])


def territoire(*zones, corridors=(LINE,), plu=(-200, -1000, 2000, 1000), couche="corridors", **couches):
    """An N zone over `plu`; zones as boxes (AUc) or dictionaries."""
    rows = [{"LIBELLE": "N", "TYPEZONE": "N", "box": plu}]
    for n, zone in enumerate(zones, 1):
        row = {"box": zone} if isinstance(zone, tuple) else zone
        rows.append({"LIBELLE": f"1AU{n}", "TYPEZONE": "AUc", **row})
    lines = [{"NOM": "ABC"[n], "wkt": wkt} for n, wkt in enumerate(corridors)]
    return {"zones": rows, "communes": COMMUNES, "couches": {couche: lines, **couches}}


@pytest.mark.parametrize(
    "zone, lignes, etat, mesure",
    [
        pytest.param((400, -25, 600, -15), (), "sans_ecart", 40, id="equality"),
        pytest.param((400, -25, 600, -14.96), (), "sans_ecart", 39.96, id="within-5-cm"),
        pytest.param((400, -25, 600, -10), ("tolerance: 5 m",), "sans_ecart", 35, id="tolerated"),
        pytest.param((400, -25, 600, -10), (), "ecart_faible", 35, id="weak"),
        pytest.param((400, -25, 600, -7), (), "ecart_faible", 32, id="weak-equality"),
        pytest.param((400, -25, 600, -6), (), "ecart_marque", 31, id="marked"),
        pytest.param((400, -25, 600, -6), ("ecart_marque_au_dela_de: 10 m",), "ecart_faible", 31, id="declared-marked"),
    ],
)
def test_states(constater, verifier, zone, lignes, etat, mesure):
    verifier(constater(passage(*lignes), territoire(zone), COUCHES), etat, mesure=mesure, unite="m")


def test_zones_10_cm_apart_close_the_corridor(constater, verifier):
    exemple = territoire((400, -25, 600, 0), (400, 0.1, 600, 25))
    constat = constater(passage(), exemple, COUCHES)
    verifier(constat, "ecart_marque", mesure=0, dit=["plus aucun passage", "fermé sur 200 m", "1AU1 et 1AU2"])
    assert "0,1" not in constat.message and "moins de 1" not in constat.message
    assert [ecart.mesure for ecart in constat.ecarts] == [0, 0]


def test_zones_that_touch_at_a_corner_have_no_thickness(constater, verifier):
    constat = constater(passage(), territoire((400, -25, 500, 0), (500, 0, 600, 25)), COUCHES)
    verifier(constat, "ecart_marque", mesure=0, dit=[r"fermé en x 500, y 0\b"])


def test_less_than_1_m_is_not_a_width_that_is_measured(constater, verifier):
    constat = constater(passage(largeur="0,5 m"), territoire(MOST), COUCHES)
    verifier(constat, "non_evalue", ecarts=[], dit=["moins de 1 m", "largeur_minimale"])


def test_each_corridor_has_its_constat(par_unite, verifier):
    exemple = territoire(MOST, corridors=(LINE, "LINESTRING(0 300, 1000 300)"))
    unites = par_unite(passage(), exemple, COUCHES)
    assert [constat.territoire_nom for constat in unites.values()] == ["A", "B"]
    a, b = unites.values()
    verifier(a, "ecart_marque", mesure=10, ecarts=[{"libelle": "1AU1"}])
    verifier(b, "sans_ecart", mesure=50, ecarts=[])


def test_what_u_zones_leave_is_told_apart(constater, verifier):
    """U leaves 35 m, U and AUc 10 m."""
    exemple = territoire({"LIBELLE": "UA", "TYPEZONE": "U", "box": (400, -25, 600, -10)}, (450, -10, 550, 15))
    verifier(
        constater(passage(), exemple, COUCHES),
        "ecart_marque",
        mesure=10,
        dit=["50 m sans le PLU, 35 m avec les seules zones U"],
        ecarts=[{"libelle": "1AU2"}, {"libelle": "UA"}],
    )


def test_every_place_that_is_too_narrow_is_told(constater, verifier):
    """10 m in one place, 35 m in another: both are at fault, each with its own state. 45 m is enough."""
    exemple = territoire(MOST, (800, -25, 900, -10), (100, -25, 200, -20))
    verifier(
        constater(passage(), exemple, COUCHES),
        "ecart_marque",
        mesure=10,
        ecarts=[{"libelle": "1AU1", "etat": "ecart_marque"}, {"libelle": "1AU2", "etat": "ecart_faible"}],
    )


def test_the_part_of_the_zone_in_the_corridor(constater, verifier):
    exemple = territoire((200, -125, 400, 15))
    constat = constater(passage(), exemple, COUCHES)
    verifier(constat, "ecart_marque", ecarts=[{"forme": (200, -25, 400, 15), "surface": 8000, "part": 40 / 140}])
    assert constat.ecarts[0].insee == "62119"
    assert constat.ecarts[0].geometrie_objet.area == 28000


# -- ends ---------------------------------------------------------------------------------------------


def reservoirs(*boxes):
    return [{"box": one} for one in boxes]


EXTREMITES = "extremites: [reservoirs]"
WEST, EAST = (-200, -100, 0, 100), (1000, -100, 1200, 100)


def test_reservoirs_as_ends(constater, verifier):
    exemple = territoire(HALF, reservoirs=reservoirs(WEST, EAST))
    verifier(constater(passage(EXTREMITES), exemple, COUCHES), "ecart_marque", mesure=25)


def test_a_surface_between_reservoirs(constater, verifier):
    exemple = territoire(HALF, corridors=("POLYGON((0 -25, 1000 -25, 1000 25, 0 25, 0 -25))",), couche="surfaces")
    exemple["couches"]["reservoirs"] = reservoirs(WEST, EAST)
    constat = constater(passage(EXTREMITES, couche="surfaces"), exemple, COUCHES)
    verifier(constat, "ecart_marque", mesure=25)


def test_a_reservoir_within_the_precision(constater, verifier):
    exemple = territoire(corridors=("POLYGON((0 -25, 1000 -25, 1000 25, 0 25, 0 -25))",), couche="surfaces")
    exemple["couches"]["reservoirs"] = reservoirs((-200, -100, -8, 100), EAST)
    constat = constater(passage(EXTREMITES, couche="surfaces"), exemple, COUCHES)
    verifier(constat, "sans_ecart", mesure=50, limites=["à 8 m du corridor"])


@pytest.mark.parametrize(
    "boxes, dit",
    [
        pytest.param((), "vide", id="empty"),
        pytest.param(None, "reservoirs", id="absent"),
        pytest.param((WEST,), "qu'une extrémité", id="one"),
        pytest.param(((-200, -100, -8, 100), EAST), "qu'une extrémité", id="out-of-precision"),
        pytest.param(((-200, 500, 0, 600), (1000, 500, 1200, 600)), "aucune extrémité", id="none"),
    ],
)
def test_ends_that_are_missing(constater, verifier, boxes, dit):
    exemple = territoire(MOST)
    if boxes is not None:
        exemple["couches"]["reservoirs"] = reservoirs(*boxes)
    verifier(constater(passage(EXTREMITES), exemple, COUCHES), "non_evalue", mesure=None, ecarts=[], dit=[dit])


@pytest.mark.parametrize(
    "couche, wkt, dit",
    [
        pytest.param("surfaces", "POLYGON((0 -25, 1000 -25, 1000 25, 0 25, 0 -25))", "extremites", id="surface"),
        pytest.param("minces", LINE, "tampon", id="no-width"),
        pytest.param("corridors", "LINESTRING(0 0, 500 0, 500 30, 0 30)", "lui-même|se replie", id="hairpin"),
        pytest.param("corridors", "LINESTRING(0 0, 500 0, 500 500, 0 0)", "boucle", id="ring"),
        pytest.param("corridors", "MULTILINESTRING((0 0, 400 0), (500 0, 900 0))", "2 parties séparées", id="parts"),
    ],
)
def test_corridors_that_cannot_be_measured_are_said(constater, verifier, couche, wkt, dit):
    exemple = territoire(MOST, corridors=(wkt,), couche=couche)
    verifier(constater(passage(couche=couche), exemple, COUCHES), "non_evalue", mesure=None, ecarts=[], dit=[dit])


def test_one_that_cannot_be_measured_does_not_hide_the_others(par_unite, verifier):
    exemple = territoire(MOST, corridors=(LINE, "LINESTRING(0 300, 500 300, 500 330, 0 330)"))
    a, b = par_unite(passage(), exemple, COUCHES).values()
    verifier(a, "ecart_marque", mesure=10)
    verifier(b, "non_evalue", mesure=None)


def test_a_confluence_one_arm_of_which_is_cut(constater, verifier):
    exemple = territoire((475, 200, 525, 300), corridors=("MULTILINESTRING((0 0, 1000 0), (500 500, 500 0))",))
    verifier(
        constater(passage(), exemple, COUCHES),
        "ecart_marque",
        mesure=0,
        dit=["3 extrémités, en 2 groupes", "50 m, 50 m, 0 m|50 m, 0 m, 50 m|0 m, 50 m, 50 m"],
        ecarts=[{"libelle": "1AU1"}],
    )


#: crosses itself at (300, 0), 1200 m further along; `LOOP` is closed at x = 600
EIGHT = "LINESTRING(0 0, 600 0, 600 300, 300 300, 300 -300)"
ACROSS, BESIDE, BEFORE = (560, 100, 640, 150), (560, 100, 580, 150), (100, -25, 200, 15)
BUILT = "obstacles: [{zones: {typezone: [AUc]}}, {couche: bati}]"
FAR = (0, 800, 10, 810)


@pytest.mark.parametrize(
    "zones, bati, etat, mesure",
    [
        pytest.param((), FAR, "sans_ecart", 50, id="free"),
        pytest.param((BESIDE,), FAR, "sans_ecart", 50, id="40-m-along-the-line"),
        pytest.param((ACROSS,), FAR, "non_evalue", 50, id="closed-but-for-a-short-cut"),
        pytest.param(((560, 100, 581, 150),), FAR, "non_evalue", 50, id="38-m-along-the-line"),
        pytest.param((BEFORE,), FAR, "ecart_marque", 10, id="narrow-even-so"),
        pytest.param((BEFORE, ACROSS), FAR, "ecart_marque", 10, id="narrow-even-so-and-closed"),
        pytest.param((BEFORE,), ACROSS, "non_evalue", 10, id="closed-by-buildings-before-the-plan"),
        pytest.param((), ACROSS, "non_evalue", 50, id="closed-by-buildings-alone"),
        pytest.param((), BEFORE, "a_apprecier", 10, id="narrow-already"),
        pytest.param(((100, -25, 110, 0),), BEFORE, "a_apprecier", 10, id="narrow-already-and-a-zone-elsewhere"),
    ],
)
def test_a_corridor_that_crosses_itself(constater, verifier, zones, bati, etat, mesure):
    """40 m are asked. What is measured goes straight on at the crossing."""
    exemple = territoire(*zones, corridors=(EIGHT,), bati=[{"box": bati}])
    constat = constater(passage(BUILT), exemple, COUCHES)
    verifier(constat, etat, mesure=mesure, dit=["lacets", "tampon"] if etat == "non_evalue" else [])
    if etat != "non_evalue":
        assert any("couper au court" in limite for limite in constat.limites)


def test_a_corridor_that_crosses_itself_between_reservoirs(constater, verifier):
    west, south = (-200, -100, 0, 100), (200, -500, 400, -300)
    exemple = territoire(ACROSS, corridors=(EIGHT,), reservoirs=reservoirs(west, south))
    verifier(constater(passage(EXTREMITES), exemple, COUCHES), "non_evalue", mesure=50, dit=["lacets"])


NOM = "regrouper: NOM"


def river(*reaches, nom="Varenne"):
    return [{"NOM": nom, "ID": str(n), "wkt": wkt} for n, wkt in enumerate(reaches)]


def reaches(exemple, *rows):
    exemple["couches"]["corridors"] = [row for group in rows for row in group]
    return exemple


def test_reaches_of_a_river_are_one_corridor(par_unite, verifier):
    """Three reaches end to end, one of them 10 m long, and a stream of its own."""
    varenne = river("LINESTRING(600 0, 1000 0)", "LINESTRING(0 0, 590 0)", "LINESTRING(590 0, 600 0)")
    exemple = reaches(territoire(MOST), varenne, river("LINESTRING(0 300, 1000 300)", nom="Hareng"))
    a, b = par_unite(passage(NOM), exemple, COUCHES).values()
    assert (a.territoire_nom, b.territoire_nom) == ("Varenne", "Hareng")
    verifier(a, "ecart_marque", mesure=10, ecarts=[{"forme": MOST}])
    verifier(b, "sans_ecart", mesure=50)


def test_the_same_name_elsewhere_is_another_corridor(par_unite):
    exemple = reaches(territoire(MOST), river(LINE, "LINESTRING(0 300, 1000 300)"))
    assert len(par_unite(passage(NOM), exemple, COUCHES)) == 2


def test_reaches_without_a_name_stay_alone(par_unite):
    exemple = reaches(territoire(MOST), river("LINESTRING(0 0, 400 0)", "LINESTRING(400 0, 1000 0)", nom=""))
    assert len(par_unite(passage(NOM), exemple, COUCHES)) == 2


@pytest.mark.parametrize("lignes", [(NOM,), ()])
def test_a_bend_between_two_reaches_is_no_narrow_place(constater, verifier, lignes):
    """Flat caps would leave a notch on the outside of the bend: 50 m are left all along."""
    bend = ("LINESTRING(0 0, 500 0)", "LINESTRING(500 0, 800 400)", "LINESTRING(500 0, 500 -500)")
    if lignes:
        exemple = reaches(territoire(), river(*bend))
    else:
        exemple = territoire(corridors=("MULTILINESTRING((0 0, 500 0), (500 0, 800 400), (500 0, 500 -500))",))
    constat = constater(passage(*lignes), exemple, COUCHES)
    verifier(constat, "sans_ecart", ecarts=[])
    assert constat.mesure == pytest.approx(50, abs=0.3)


def test_a_reach_shorter_than_it_is_wide(constater, verifier):
    constat = constater(passage(), territoire(corridors=("LINESTRING(0 0, 20 0)",)), COUCHES)
    verifier(constat, "non_evalue", mesure=None, dit=["plus court", "regrouper"])


def test_a_field_to_join_by_that_is_absent(constater, verifier):
    verifier(constater(passage("regrouper: RIVIERE"), territoire(MOST), COUCHES), "non_evalue", dit=["RIVIERE", "NOM"])


def test_the_field_to_join_by_is_asked_for():
    from scot_compat.checks import needs
    from scot_compat.checks.registry import KINDS
    from scot_compat.rules.loader import loads

    head = (
        "format: 1\nscot: {nom: S}\n" + COUCHES + "prescriptions:\n  - id: P1\n    intitule: I\n    nature: norme\n    "
    )
    rules = loads(head + passage("regrouper: CODE_HYDRO").replace("\n", "\n    "), KINDS)
    assert "CODE_HYDRO" in needs.of_rules(rules).couches["corridors"]
    assert "de même CODE_HYDRO" in rules.prescriptions[0].lecture[0]


def test_u_zones_at_fault_without_a_layer_of_buildings(constater, verifier):
    exemple = territoire({"TYPEZONE": "U", "box": MOST})
    said = "Toutes les zones en cause sont des zones U.*déjà construit"
    verifier(constater(passage(), exemple, COUCHES), "ecart_marque", mesure=10, limites=[said])
    exemple["couches"]["bati"] = [{"box": (0, 500, 10, 510)}]
    regle = passage("obstacles: [{zones: {typezone: [U]}}, {couche: bati}]")
    constat = constater(regle, exemple, COUCHES)
    verifier(constat, "ecart_marque", mesure=10)
    assert not any("déjà construit" in limite for limite in constat.limites)


# -- what is not known --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "corridors, etat, dit",
    [
        pytest.param(None, "non_evalue", ["corridors"], id="absent"),
        pytest.param((), "non_evalue", ["vide"], id="empty"),
        pytest.param(
            ("LINESTRING(-900 -5000, -900 5000)", "LINESTRING(5000 -5000, 5000 0)"), "sans_objet", [], id="around"
        ),
        pytest.param(("LINESTRING(90000 90000, 90000 91000)",), "non_evalue", ["corridors"], id="elsewhere"),
    ],
)
def test_no_corridor(constater, verifier, corridors, etat, dit):
    exemple = territoire(MOST, corridors=corridors or ())
    if corridors is None:
        del exemple["couches"]["corridors"]
    verifier(constater(passage(), exemple, COUCHES), etat, mesure=None, ecarts=[], dit=dit)


def test_an_empty_layer_that_is_admitted(constater, verifier):
    verifier(constater(passage("vide_admis: oui"), territoire(MOST, corridors=()), COUCHES), "sans_objet", ecarts=[])


@pytest.mark.parametrize(
    "fin, zones, etat, dit",
    [
        pytest.param(1050, (), "sans_ecart", ["95 %", "maximum"], id="95"),
        pytest.param(1250, (), "non_evalue", ["80 %", "50 m, au plus"], id="80-wide"),
        pytest.param(1250, (MOST,), "ecart_marque", ["80 %", "maximum"], id="80-narrow"),
    ],
)
def test_a_corridor_that_leaves_the_plan(constater, verifier, fin, zones, etat, dit):
    """The PLU stops at x = 1000, the corridor at `fin`; it is free beyond."""
    exemple = territoire(
        *zones, corridors=(f"LINESTRING({1000 - 1.0 * 1000} 0, {fin} 0)",), plu=(-200, -100, 1000, 100)
    )
    verifier(constater(passage(), exemple, COUCHES), etat, dit=dit)


ACTIVITES = """obstacles: {zones: {vocation: [activite]}}"""


@pytest.mark.parametrize(
    "sure, possible, etat",
    [
        pytest.param(MOST, (700, -25, 800, 0), "ecart_marque", id="same-state"),
        pytest.param((400, -25, 600, -10), (700, -25, 800, 0), "non_evalue", id="worse"),
        pytest.param((400, 30, 600, 60), (700, -25, 800, -20), "sans_ecart", id="harmless"),
    ],
)
def test_a_vocation_that_is_not_known(constater, verifier, sure, possible, etat):
    exemple = territoire({"FORMDOMI": "0200", "box": sure}, {"FORMDOMI": None, "box": possible, "LIBELLE": "1AUx"})
    exemple["zones"][0]["FORMDOMI"] = "0800"
    constat = constater(passage(ACTIVITES), exemple, COUCHES)
    verifier(constat, etat, dit=["1AUx"] if etat != "ecart_marque" else [])


PSC = "obstacles: [{zones: {typezone: [AUc]}}, {prescriptions_plu: {typepsc: [05]}}]"


@pytest.mark.parametrize("zone, etat", [(MOST, "ecart_marque"), ((400, -25, 600, -10), "non_evalue")])
def test_a_layer_of_the_plan_that_is_absent(constater, verifier, zone, etat):
    verifier(constater(passage(PSC), territoire(zone), COUCHES), etat, dit=["PRESCRIPTION_SURF"])


def test_a_layer_of_the_plan_that_the_user_knows_not_to_exist(constater, verifier):
    exemple = {**territoire((400, -25, 600, -10)), "plu_complet": True}
    verifier(constater(passage(PSC), exemple, COUCHES), "ecart_faible", mesure=35)


def test_a_threshold_to_complete(constater, verifier):
    verifier(constater(passage(largeur="a_completer"), territoire(MOST), COUCHES), "non_evalue", dit=["a_completer"])


def test_no_threshold(constater, verifier):
    constat = constater(passage(largeur=""), territoire(MOST), COUCHES)
    verifier(constat, "a_apprecier", mesure=10, ecarts=[], dit=["10 m"])


def test_a_threshold_by_commune(constater, verifier):
    regle = passage("largeur_minimale:", "  selon: commune", "  62119: 10 m", "  62200: 40 m", largeur="")
    verifier(
        constater(regle, territoire(MOST, corridors=("LINESTRING(0 0, 900 0)",)), COUCHES), "sans_ecart", mesure=10
    )
    verifier(constater(regle, territoire(MOST, corridors=("LINESTRING(300 0, 1200 0)",)), COUCHES), "ecart_marque")


# -- what spares, what tempers ------------------------------------------------------------------------


def sauf(lignes):
    return passage(apres="\n".join(["sauf:", f"  - motif: Projet déjà engagé\n    {lignes}"]))


def test_a_zone_that_is_spared_is_no_obstacle(repondre, verifier):
    answer = repondre(sauf('objets: {zones: {libelle: ["1AU1"]}}'), territoire(MOST, (700, -25, 800, -10)), COUCHES)
    (constat,) = answer.constats
    verifier(constat, "ecart_faible", mesure=35, ecarts=[{"libelle": "1AU2"}])
    assert [one.libelle for one in answer.exceptions] == ["1AU1"]


def test_everything_is_spared(repondre, verifier):
    answer = repondre(sauf('objets: {zones: {libelle: ["1AU1"]}}'), territoire(MOST), COUCHES)
    verifier(answer.constats[0], "sans_objet", dit=["exception", "Projet déjà engagé"])


def test_an_expired_exception(constater, verifier):
    regle = sauf('objets: {zones: {libelle: ["1AU1"]}}\n    jusqu_au: 2020-01-01')
    verifier(constater(regle, territoire(MOST), COUCHES), "ecart_marque", mesure=10)


def test_a_corridor_outside_the_communes_concerned(repondre, verifier):
    """B lies in Est only; the prescription bears on Ouest, where A goes by: zones of Est do not count."""
    exemple = territoire((600, -25, 700, 15), corridors=(LINE, "LINESTRING(600 300, 1000 300)"))
    answer = repondre(passage(avant="s_applique_a: {communes: [62119]}"), exemple, COUCHES)
    (constat,) = answer.constats
    assert constat.territoire_nom == "A"
    verifier(constat, "sans_ecart", mesure=50)


@pytest.mark.parametrize(
    "avant, etat, ecarts",
    [
        ("nature: orientation", "a_apprecier", 1),
        ("nature: recommandation", "a_apprecier", 0),
        ("nature: norme\nforce: vise", "ecart_faible", 1),
    ],
)
def test_nature_and_force(constater, avant, etat, ecarts):
    constat = constater(passage(avant=avant), territoire(MOST), COUCHES)
    assert (str(constat.etat), len(constat.ecarts), constat.mesure) == (etat, ecarts, pytest.approx(10))


# -- the rest -----------------------------------------------------------------------------------------


def test_without_scipy_the_method_is_said(constater, verifier, monkeypatch):
    from scot_compat.checks.continuity import passage as module

    monkeypatch.setattr(module, "find_spec", lambda nom: None)
    constat = constater(passage(), territoire(MOST), COUCHES)
    assert constat.mesure == pytest.approx(10, abs=0.05)
    verifier(constat, "ecart_marque", limites=["érosion.*SciPy"], dit=[r"passage de 10 m"])


def test_cancel_is_heard(constater):
    from scot_compat.checks.progress import Cancelled, Progress

    with pytest.raises(Cancelled):
        constater(passage(), territoire(MOST), COUCHES, progress=Progress(cancelled=lambda: True))


def test_zones_that_close_the_corridor_twice_are_blamed_together(constater, verifier):
    exemple = territoire((400, -25, 600, 25), (350, -25, 650, 25))
    verifier(
        constater(passage(), exemple, COUCHES),
        "ecart_marque",
        mesure=0,
        dit=["1AU1 et 1AU2, ensemble"],
        ecarts=[{"libelle": "1AU1"}, {"libelle": "1AU2"}],
    )


def test_read_aloud():
    from scot_compat.checks.registry import KINDS
    from scot_compat.rules.loader import loads

    head = (
        "format: 1\nscot: {nom: S}\n" + COUCHES + "prescriptions:\n  - id: P1\n    intitule: I\n    nature: norme\n    "
    )
    rules = loads(head + passage(EXTREMITES).replace("\n", "\n    "), KINDS)
    said = rules.prescriptions[0].lecture[0].replace("\u00a0", " ")
    assert said.startswith("Chaque objet de la couche « Corridors » (25 m de chaque côté")
    assert "garde un passage large d'au moins 40 m entre les objets de la couche « Réservoirs »" in said
    assert "sans passer par les zones U, AUc et AUs" in said


def test_every_layer_is_asked_for():
    from scot_compat.checks import needs
    from scot_compat.checks.registry import KINDS
    from scot_compat.rules.loader import loads

    head = (
        "format: 1\nscot: {nom: S}\n" + COUCHES + "prescriptions:\n  - id: P1\n    intitule: I\n    nature: norme\n    "
    )
    regle = passage(EXTREMITES, "obstacles: [{zones: {typezone: [U]}}, {couche: bati}]")
    rules = loads(head + regle.replace("\n", "\n    "), KINDS)
    assert {"corridors", "bati", "reservoirs"} <= set(needs.of_rules(rules).couches)
