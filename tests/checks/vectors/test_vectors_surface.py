"""Normative vectors EF1 to EF15: hectares under a ceiling, over a floor, in time and on a wider territory."""

from __future__ import annotations

import pytest

ENVELOPPE = """
couches:
  enveloppe: {libelle: Enveloppe urbaine, geometrie: surface, precision: 10 m}
"""
#: two communes that meet at x = 600; C is in the SCoT and not in the PLU
SECTEUR = """
territoires:
  communes: {couche: communes, code: INSEE, nom: NOM}
  classements:
    armature:
      classes:
        pole: {libelle: Pôle, communes: [62001]}
        village: {libelle: Village, communes: [62002, 62003]}
couches:
  communes: {libelle: Communes, geometrie: surface}
tables:
  population: {libelle: Population, cle: INSEE}
"""
COMMUNES = [
    {"INSEE": "62001", "NOM": "A", "box": (-5000, -5000, 600, 5000)},
    {"INSEE": "62002", "NOM": "B", "box": (600, -5000, 9000, 5000)},
    {"INSEE": "62003", "NOM": "C", "box": (9000, -5000, 20000, 5000)},
]


def surface(*lignes, objets="{zones: {typezone: [AUc, AUs]}}", nature="norme"):
    return "\n".join(
        [f"nature: {nature}", "controle:", "  surface:", f"    objets: {objets}", *(f"    {ligne}" for ligne in lignes)]
    )


def zones(*surfaces, typezone="AUc", x=0):
    """Zones side by side of so many hectares, 100 m high."""
    out = []
    for rank, hectares in enumerate(surfaces):
        out.append({"LIBELLE": f"Z{rank + 1}", "TYPEZONE": typezone, "box": (x, 0, x + 100 * hectares, 100)})
        x += 100 * hectares
    return out


def plu(*surfaces, **reste):
    return {"zones": zones(*surfaces), **reste}


def test_ef1_ground_in_the_envelope_does_not_count_and_equality_is_met(constater, verifier):
    exemple = {
        "zones": [
            {"LIBELLE": "1AU", "TYPEZONE": "AUc", "box": (0, 0, 600, 100)},
            {"LIBELLE": "2AU", "TYPEZONE": "AUs", "box": (0, 200, 200, 300)},
        ],
        "couches": {"enveloppe": [{"box": (-100, -100, 100, 100)}]},
    }
    for regle in (
        surface("maximum: 7 ha", objets="{zones: {typezone: [AUc, AUs], hors: [enveloppe]}}"),
        surface("maximum: 7 ha", "sans_compter: [enveloppe]"),
    ):
        constat = constater(regle, exemple, ENVELOPPE)
        verifier(constat, "sans_ecart", mesure=7.0, unite="ha", ecart=0.0, relatif=0.0, ecarts=[])
        assert (constat.seuil_min, constat.seuil_max, constat.nb_objets) == (None, 7, 2)


@pytest.mark.parametrize(
    "hectares, lignes, etat, ecart, dit",
    [
        pytest.param(7.7, ["tolerance: 10 %"], "sans_ecart", 0.7, ["dans la tolérance"], id="EF2"),
        pytest.param(8.4, [], "ecart_faible", 1.4, [], id="EF3-equality"),
        pytest.param(8.41, [], "ecart_marque", 1.41, [], id="EF3-beyond"),
        pytest.param(7.7, ["tolerance: 0,7 ha"], "sans_ecart", 0.7, ["dans la tolérance"], id="amount-tolerated"),
        pytest.param(8.41, ["ecart_marque_au_dela_de: 2 ha"], "ecart_faible", 1.41, [], id="amount-marked"),
    ],
)
def test_ef2_ef3_ceiling(constater, verifier, hectares, lignes, etat, ecart, dit):
    constat = constater(surface("maximum: 7 ha", *lignes), plu(hectares - 2, 2))
    verifier(constat, etat, mesure=hectares, ecart=ecart, relatif=ecart / 7, dit=dit)


def test_ef3_every_counted_piece_contributes_the_largest_first(constater, verifier):
    constat = constater(surface("maximum: 7 ha"), plu(2, 6.41))
    assert [(e.libelle, e.role, str(e.etat)) for e in constat.ecarts] == [
        ("Z2", "contribue", "ecart_marque"),
        ("Z1", "contribue", "ecart_marque"),
    ]
    verifier(
        constat,
        "ecart_marque",
        ecarts=[
            {"forme": (0, 0, 200, 100), "surface": 20000, "part": 1.0},
            {"forme": (200, 0, 841, 100), "surface": 64100, "part": 1.0},
        ],
    )


@pytest.mark.parametrize("seuil, etat, ecarts", [("5,5 ha", "sans_ecart", 0), ("5 ha", "ecart_faible", 2)])
def test_ef4_ground_counts_once(constater, verifier, seuil, etat, ecarts):
    exemple = {
        "zones": zones(5),
        "prescriptions_plu": [{"LIBELLE": "ER1", "TYPEPSC": "05", "STYPEPSC": "01", "box": (350, 0, 550, 100)}],
    }
    objets = "[{zones: {typezone: [AUc]}}, {prescriptions_plu: {typepsc: [05]}}]"
    constat = constater(surface(f"maximum: {seuil}", objets=objets), exemple)
    verifier(constat, etat, mesure=5.5, limites=["Recouvrement entre objets compté une fois"])
    assert len(constat.ecarts) == ecarts


POPULATION = {"population": [{"INSEE": f"6200{i + 1}", "POP": n} for i, n in enumerate((300, 400, 9300))]}


@pytest.mark.parametrize(
    "part, hectares, etat, seuil, ecart, dit",
    [
        pytest.param(
            "{prorata: {table: population, champ: POP}}", 2.5, "sans_ecart", 2.52, -0.02, ["12 ans"], id="EF5"
        ),
        pytest.param("7 %", 2.5, "sans_ecart", 2.52, -0.02, ["part du PLU de 7 %"], id="EF5-share"),
        pytest.param("2,4 ha", 2.5, "ecart_faible", 2.4, 0.1, [], id="amount"),
        pytest.param("0,2 ha/an", 2.5, "ecart_faible", 2.4, 0.1, [], id="yearly-amount"),
        pytest.param("", 2.5, "a_apprecier", 36, -33.5, ["6,94 % à lui seul"], id="EF6"),
        pytest.param("", 40, "ecart_faible", 36, 4, ["dépasse ce plafond à lui seul"], id="EF7"),
    ],
)
def test_ef5_ef6_ef7_a_figure_of_the_whole_sector(constater, verifier, part, hectares, etat, seuil, ecart, dit):
    lignes = ["maximum: 3 ha/an", "echelle: scot", *([f"part_du_plu: {part}"] if part else [])]
    exemple = plu(2, hectares - 2, communes=COMMUNES, tables=POPULATION, horizon="2024-2036")
    exemple["zones"].append({"LIBELLE": "A", "TYPEZONE": "A", "box": (0, 200, 900, 300)})
    constat = constater(surface(*lignes), exemple, SECTEUR)
    verifier(constat, etat, mesure=hectares, unite="ha", ecart=ecart, dit=dit)
    assert constat.seuil_max == pytest.approx(seuil)
    assert len(constat.ecarts) == (2 if etat == "ecart_faible" else 0)


@pytest.mark.parametrize(
    "part, etat",
    [("{prorata: {table: population, champ: POP}}", "ecart_faible"), ("3 %", "ecart_faible"), ("", "sans_ecart")],
)
def test_a_declared_share_holds_with_a_layer_of_the_communes_of_the_plan_alone(constater, verifier, part, etat):
    """Such a layer makes the plan look like the whole SCoT: 36 ha would be its own."""
    lignes = ["maximum: 3 ha/an", "echelle: scot", *([f"part_du_plu: {part}"] if part else [])]
    exemple = plu(1, 0.2, communes=COMMUNES[:1], tables=POPULATION, horizon="2024-2036")
    classements = SECTEUR[SECTEUR.index("  classements:") : SECTEUR.index("couches:")]
    verifier(constater(surface(*lignes), exemple, SECTEUR.replace(classements, "")), etat, mesure=1.2)


def test_a_share_of_the_sector_at_the_scale_of_the_plan(constater, verifier):
    exemple = plu(2.5, horizon="2024-2036")
    verifier(constater(surface("maximum: 3 ha/an", "part_du_plu: 7 %"), exemple), "sans_ecart", ecart=-0.02)


@pytest.mark.parametrize(
    "lignes, etat",
    [
        (["minimum: 10 ha"], "sans_ecart"),  # reached by this plan alone
        (["minimum: 11 ha"], "a_apprecier"),
        (["minimum: 5 ha", "maximum: 20 ha"], "a_apprecier"),  # others may pass the ceiling
        (["minimum: 5 ha", "maximum: 9 ha"], "ecart_faible"),
        (["maximum: 50 %"], "a_apprecier"),  # the share of a part says nothing of the whole
        (["maximum: 9,5 ha", "tolerance: 10 %"], "a_apprecier"),  # within the tolerance, others only add
    ],
)
def test_a_wider_scale_without_a_share(constater, lignes, etat):
    exemple = plu(10, communes=COMMUNES)
    assert constater(surface("echelle: scot", *lignes), exemple, SECTEUR).etat == etat


def test_a_plan_that_covers_the_whole_class_is_decided(par_unite, verifier):
    exemple = plu(10, communes=COMMUNES)
    constats = par_unite(surface("echelle: armature", "maximum: 5 ha"), exemple, SECTEUR)
    verifier(constats["pole"], "ecart_faible", mesure=6.0)  # commune A is the whole class
    verifier(constats["village"], "a_apprecier", mesure=4.0)  # C is elsewhere


def test_ef8_retention_divides_each_selector(constater, verifier):
    exemple = {"zones": zones(4) + zones(3, typezone="U", x=1000)}
    objets = "[{nom: au, zones: {typezone: [AUc]}}, {nom: u, zones: {typezone: [U]}}]"
    regle = surface("retention:", "  au: 1,3", "  u: 1,5", "maximum: 5 ha", objets=objets)
    constat = constater(regle, exemple)
    mesure = 4 / 1.3 + 3 / 1.5
    verifier(constat, "ecart_faible", mesure=mesure, relatif=(mesure - 5) / 5, dit=["7 ha dessinés"])
    assert [round(e.mesure, 3) for e in constat.ecarts] == [3.077, 2.0]


def test_ground_of_two_retentions_takes_the_smallest(constater, verifier):
    """AUc [0 300], ER [200 400]: 3/1,3 + 1/1,5, the common hectare being divided by 1,3."""
    exemple = {
        "zones": zones(3),
        "prescriptions_plu": [{"LIBELLE": "ER", "TYPEPSC": "05", "STYPEPSC": "01", "box": (200, 0, 400, 100)}],
    }
    objets = "[{nom: er, prescriptions_plu: {typepsc: [05]}}, {nom: au, zones: {typezone: [AUc]}}]"
    regle = surface("retention:", "  au: 1,3", "  er: 1,5", objets=objets)
    verifier(constater(regle, exemple), "a_apprecier", mesure=3 / 1.3 + 1 / 1.5)


def test_ef9_a_zone_cut_by_a_limit(par_unite, verifier):
    constats = par_unite(surface("maximum: 5 ha", "echelle: commune"), plu(10, communes=COMMUNES), SECTEUR)
    assert set(constats) == {"62001", "62002"}
    forme = {"forme": (0, 0, 600, 100), "surface": 60000, "part": 0.6, "libelle": "Z1"}
    verifier(constats["62001"], "ecart_faible", mesure=6.0, relatif=0.2, ecarts=[forme])
    verifier(constats["62002"], "sans_ecart", mesure=4.0, ecarts=[])


@pytest.mark.parametrize(
    "hectares, etat, relatif",
    [
        pytest.param(26, "sens_contraire", 0.475 / 0.825, id="EF10"),
        pytest.param(22, "ecart_marque", 0.275 / 0.825, id="EF11-equal-to-the-past"),
        pytest.param(20, "ecart_marque", 0.175 / 0.825, id="EF11-marked"),
        pytest.param(19, "ecart_faible", 0.125 / 0.825, id="EF11-weak"),
        pytest.param(16.5, "sans_ecart", 0.0, id="EF11-met"),
    ],
)
def test_ef10_ef11_a_quarter_less_than_the_past(constater, verifier, hectares, etat, relatif):
    lignes = ["maximum: -25 % de la situation passée", "situation_passee:", "  valeur: 1,1 ha/an"]
    constat = constater(surface(*lignes), plu(hectares, horizon="2024-2044"))
    verifier(constat, etat, mesure=hectares / 20, unite="ha/an", relatif=relatif)
    assert constat.seuil_max == pytest.approx(0.825)
    assert [str(e.etat) for e in constat.ecarts] == ([etat] if etat != "sans_ecart" else [])
    assert ("à l'inverse de l'objectif" in constat.message) is (etat == "sens_contraire")


@pytest.mark.parametrize(
    "nature, force, etat, ecarts",
    [
        ("orientation", "", "a_apprecier", 1),
        ("recommandation", "", "a_apprecier", 0),
        ("norme", "force: vise\n", "sens_contraire", 1),
    ],
)
def test_the_wrong_way_tempered(constater, nature, force, etat, ecarts):
    lignes = ["maximum: -25 % de la situation passée", "situation_passee:", "  valeur: 1,1 ha/an"]
    constat = constater(force + surface(*lignes, nature=nature), plu(26, horizon="2024-2044"))
    assert (str(constat.etat), len(constat.ecarts)) == (etat, ecarts)
    assert constat.ecart_relatif == pytest.approx(0.475 / 0.825)


@pytest.mark.parametrize("lignes, etat", [([], "ecart_marque"), (["ecart_marque_au_dela_de: 1 ha"], "ecart_faible")])
def test_ef12_no_extension_at_all(constater, verifier, lignes, etat):
    constat = constater(surface("maximum: 0 ha", *lignes), plu(0.3))
    verifier(constat, etat, mesure=0.3, ecart=0.3, relatif=None)
    assert len(constat.ecarts) == 1


@pytest.mark.parametrize(
    "couches, etat, mesure",
    [
        pytest.param({}, "non_evalue", None, id="absent"),
        pytest.param({"enveloppe": []}, "non_evalue", None, id="empty"),
        pytest.param({"enveloppe": [{"box": (50000, 0, 50100, 100)}]}, "ecart_faible", 8.0, id="elsewhere"),
    ],
)
@pytest.mark.parametrize("where", ["hors", "sans_compter"])
def test_ef13_the_envelope_is_missing(constater, verifier, couches, etat, mesure, where):
    objets = "{zones: {typezone: [AUc], hors: [enveloppe]}}" if where == "hors" else "{zones: {typezone: [AUc]}}"
    lignes = ["maximum: 7 ha", *(["sans_compter: [enveloppe]"] if where == "sans_compter" else [])]
    constat = constater(surface(*lignes, objets=objets), plu(8, couches=couches), ENVELOPPE)
    verifier(constat, etat, mesure=mesure, dit=["enveloppe"] if etat == "non_evalue" else [])


JALONS = [
    "deja_consomme:",
    "  valeur: 6 ha",
    "jalons:",
    "  - jusqu_a: 2025",
    "    maximum: 30 ha",
    "    objets: {zones: {typezone: [AUc]}}",
    "  - jusqu_a: 2035",
    "    maximum: 80 ha",
]
DEUX_PHASES = {"zones": zones(20, 16) + zones(30, typezone="AUs", x=10000)}


def test_ef14_milestones_are_cumulative(repondre, verifier):
    first, second = repondre(surface(*JALONS), DEUX_PHASES).constats
    assert (first.jalon, second.jalon) == ("2025", "2035")
    verifier(first, "ecart_marque", mesure=42.0, relatif=0.4, dit=["jusqu'à 2025", "6 ha déjà consommés"])
    assert [e.surface_m2 for e in first.ecarts] == pytest.approx([200000, 160000])
    verifier(second, "sans_ecart", mesure=72.0, ecarts=[])


def test_the_control_s_own_threshold_comes_first(repondre):
    constats = repondre(surface("maximum: 100 ha", *JALONS), DEUX_PHASES).constats
    assert [(c.jalon, str(c.etat)) for c in constats] == [
        ("", "sans_ecart"),
        ("2025", "ecart_marque"),
        ("2035", "sans_ecart"),
    ]


def test_a_yearly_milestone_counts_the_years_from_the_start_of_the_period(repondre):
    """From 2020, horizon 2024-2040: four years to 2028, 12 ha; the 16 ha planned are over."""
    lignes = ["periode: [2020, 2040]", "jalons:", "  - jusqu_a: 2028", "    maximum: 3 ha/an"]
    (constat,) = repondre(surface(*lignes), plu(16, horizon="2024-2040")).constats
    assert constat.seuil_max == pytest.approx(12) and str(constat.etat) == "ecart_marque"


def test_ef15_no_horizon(constater, verifier):
    constat = constater(surface("maximum: 3 ha/an"), plu(2.5))
    verifier(constat, "non_evalue", mesure=None, dit=["horizon du PLU", "2,5 ha"], ecarts=[])


def test_no_horizon_for_what_is_relative_to_a_yearly_past(constater, verifier):
    lignes = ["maximum: -25 % de la situation passée", "situation_passee:", "  valeur: 1,1 ha/an"]
    verifier(constater(surface(*lignes), plu(26)), "non_evalue", mesure=None, dit=["horizon du PLU", "26 ha"])


@pytest.mark.parametrize(
    "prescription, controle, scot, annees",
    [("", "", "", 20), ("", "", "2030", 6), ("2035", "", "2030", 11), ("2035", "2028", "2030", 4)],
)
def test_the_period_of_the_control_prevails(executer, prescription, controle, scot, annees):
    """Horizon 2024-2044; periods all begin in 2020."""
    periode = {key: f"periode: [2020, {year}]" if year else "" for key, year in (("p", prescription), ("c", controle))}
    texte = f"""
prescriptions:
  - id: P1
    intitule: I
    nature: norme
    {periode["p"]}
    controle:
      surface:
        objets: {{zones: {{typezone: [AUc]}}}}
        maximum: 1 ha/an
        {periode["c"]}
"""
    debut = f"  periode: [2020, {scot}]" if scot else ""
    answer = executer(f"{debut}\n{texte}", {**plu(4), "horizon": "2024-2044"}).answers[0]
    assert answer.constats[0].seuil_max == pytest.approx(annees)


# -- beyond the vectors -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "hectares, etat", [(7, "sans_ecart"), (6.3, "sans_ecart"), (5.6, "ecart_faible"), (5, "ecart_marque")]
)
def test_a_floor_has_no_object_at_fault(constater, verifier, hectares, etat):
    regle = surface("minimum: 7 ha", "tolerance: 10 %", objets="{zones: {typezone: [A]}}")
    constat = constater(regle, {"zones": zones(hectares, typezone="A")})
    verifier(constat, etat, mesure=hectares, ecarts=[])
    assert (constat.seuil_min, constat.seuil_max) == (7, None)


def test_a_target_both_ways(constater):
    assert str(constater(surface("cible: 7 ha"), plu(7.7)).etat) == "sans_ecart"
    assert str(constater(surface("cible: 7 ha"), plu(6.2)).etat) == "ecart_faible"
    over = constater(surface("cible: 7 ha"), plu(8))
    assert str(over.etat) == "ecart_faible" and len(over.ecarts) == 1


@pytest.mark.parametrize("seuil, etat", [("40 %", "sans_ecart"), ("30 %", "ecart_marque")])
def test_a_share_of_the_zoning(constater, verifier, seuil, etat):
    exemple = {"zones": zones(4) + zones(6, typezone="A", x=400)}
    verifier(constater(surface(f"maximum: {seuil}"), exemple), etat, mesure=40.0, unite="%", dit=["4 ha"])


def test_a_share_of_each_commune(par_unite, verifier):
    exemple = {
        "zones": zones(10) + [{"LIBELLE": "A", "TYPEZONE": "A", "box": (0, 100, 1400, 200)}],
        "communes": COMMUNES,
    }
    constats = par_unite(surface("maximum: 50 %", "echelle: commune"), exemple, SECTEUR)
    verifier(constats["62001"], "sans_ecart", mesure=50.0)
    verifier(constats["62002"], "sans_ecart", mesure=100 * 4 / 12)


def test_no_object(constater, verifier):
    verifier(constater(surface("maximum: 7 ha"), {"zones": zones(1, typezone="A")}), "sans_objet", mesure=None)


def test_no_object_misses_a_floor(constater, verifier):
    regle = surface("minimum: 7 ha", objets="{zones: {typezone: [N]}}")
    verifier(constater(regle, plu(1)), "ecart_marque", mesure=0.0, ecart=7.0, ecarts=[])


def test_no_object_but_land_already_consumed(constater, verifier):
    regle = surface("maximum: 7 ha", "deja_consomme:", "  valeur: 9 ha")
    verifier(constater(regle, {"zones": zones(1, typezone="A")}), "ecart_marque", mesure=9.0, ecarts=[])


def test_a_floor_where_the_prescription_does_not_bear_or_every_object_is_spared(par_unite, constater):
    floor = surface("minimum: 7 ha", "echelle: commune", objets="{zones: {typezone: [N]}}")
    exemple = {"zones": zones(10), "communes": COMMUNES}
    constats = par_unite("s_applique_a: {communes: [62001]}\n" + floor, exemple, SECTEUR)
    assert {code: str(c.etat) for code, c in constats.items()} == {"62001": "ecart_marque", "62002": "sans_objet"}
    sauf = "sauf: [{communes: [62001], motif: Aérodrome}]\n"
    constats = par_unite(sauf + floor, exemple, SECTEUR)
    assert {code: str(c.etat) for code, c in constats.items()} == {"62001": "sans_objet", "62002": "ecart_marque"}
    spared = constater("sauf: [{zones: {libelle: Z1}, motif: Aérodrome}]\n" + surface("minimum: 7 ha"), plu(3))
    assert str(spared.etat) == "sans_objet" and "Aérodrome" in spared.message


def test_an_object_spared_in_two_selectors_is_listed_once(constater):
    objets = "[{nom: au, zones: {typezone: [AUc]}}, {nom: z, zones: {libelle: Z1}}]"
    regle = surface("retention:", "  au: 1,3", "maximum: 7 ha", objets=objets)
    constat = constater("sauf: [{zones: {libelle: Z1}, motif: Aérodrome}]\n" + regle, plu(3))
    assert str(constat.etat) == "sans_objet" and constat.message.startswith("1 objet écarté par exception (Z1)")


def test_what_an_exception_spares_is_not_counted(repondre, verifier):
    answer = repondre(
        "sauf: [{zones: {libelle: Z1}, motif: Aérodrome}]\n" + surface("maximum: 7 ha", *JALONS[2:]), plu(5, 6)
    )
    verifier(answer.constats[0], "sans_ecart", mesure=6.0)
    assert [e.libelle for e in answer.exceptions] == ["Z1"]


@pytest.mark.parametrize(
    "sures, douteuses, etat, mesure",
    [(5, 1, "sans_ecart", 6.0), (5, 3, "non_evalue", 5.0), (9, 1, "ecart_marque", 10.0)],
)
def test_a_vocation_that_is_not_known(constater, verifier, sures, douteuses, etat, mesure):
    """Both bounds: 5 to 6 and 9 to 10 give one state each, 5 to 8 give two."""
    exemple = plu(sures, douteuses)
    for zone, code in zip(exemple["zones"], ("0100", "")):
        zone.update({"FORMDOMI": code} if code else {})
    objets = "{zones: {typezone: [AUc], vocation: [habitat]}}"
    constat = constater(surface("maximum: 7 ha", objets=objets), exemple)
    verifier(constat, etat, mesure=mesure, dit=["Z2"])


@pytest.mark.parametrize(
    "seuil, etat",
    [
        ("maximum: 7 ha", "non_evalue"),
        ("maximum: 2 ha", "ecart_marque"),
        ("minimum: 3 ha", "sans_ecart"),
        ("minimum: 5 ha", "non_evalue"),
    ],
)
def test_a_missing_table_of_the_plan(constater, verifier, seuil, etat):
    """4 ha of zones, and reserved sites that may exist: from 4 ha to no limit."""
    objets = "[{zones: {typezone: [AUc]}}, {prescriptions_plu: {typepsc: [05]}}]"
    constat = constater(surface(seuil, objets=objets), plu(4))
    verifier(constat, etat, mesure=4.0, dit=["PRESCRIPTION_SURF"])


SUIVI = """
territoires:
  communes: {couche: communes, code: INSEE, nom: NOM}
couches:
  communes: {libelle: Communes, geometrie: surface}
tables:
  suivi: {libelle: Suivi, cle: INSEE}
"""
CONSO = ["deja_consomme:", "  table: suivi", "  champ: CONSO", "echelle: commune"]


def test_consumed_by_commune(par_unite, verifier):
    suivi = {"suivi": [{"INSEE": "62001", "CONSO": "1,5"}, {"INSEE": "62002", "CONSO": 0}]}
    exemple = plu(10, communes=COMMUNES, tables=suivi)
    constats = par_unite(surface("maximum: 7 ha", *CONSO), exemple, SUIVI)
    verifier(constats["62001"], "ecart_faible", mesure=7.5)
    verifier(constats["62002"], "sans_ecart", mesure=4.0)


def test_consumed_that_is_not_known_in_one_commune(par_unite, verifier):
    exemple = plu(10, communes=COMMUNES, tables={"suivi": [{"INSEE": "62002", "CONSO": 1}]})
    constats = par_unite(surface("maximum: 7 ha", *CONSO), exemple, SUIVI)
    verifier(constats["62001"], "non_evalue", mesure=6.0, dit=["déjà consommé", "A"])
    verifier(constats["62002"], "sans_ecart", mesure=5.0)


def test_consumed_that_is_not_known_changes_nothing_beyond_a_marked_limit(par_unite, verifier):
    exemple = plu(10, communes=COMMUNES, tables={"suivi": []})
    constats = par_unite(surface("maximum: 3 ha", *CONSO), exemple, SUIVI)
    verifier(constats["62001"], "ecart_marque", mesure=6.0, limites=["déjà consommé"])


def test_a_past_by_commune_that_lacks_one(par_unite, verifier):
    lignes = ["maximum: -50 % de la situation passée", "echelle: commune", "situation_passee:", "  table: suivi"]
    regle = surface(*lignes, "  champ: CONSO", "  unite: ha/an")
    exemple = plu(10, communes=COMMUNES, tables={"suivi": [{"INSEE": "62001", "CONSO": 1}]}, horizon="2024-2034")
    constats = par_unite(regle, exemple, SUIVI)
    verifier(constats["62001"], "ecart_faible", mesure=0.6, unite="ha/an")
    verifier(constats["62002"], "non_evalue", dit=["CONSO", "B"])


@pytest.mark.parametrize(
    "hectares, etat, relatif",
    [(10, "sans_ecart", 0.0), (12, "ecart_faible", 0.2), (20, "ecart_marque", 1.0), (21, "sens_contraire", 1.1)],
)
def test_the_share_of_half_the_past_of_the_whole_scot(constater, verifier, hectares, etat, relatif):
    """20 ha by year over three communes, half of it, a tenth for this plan: 1 ha by year against 2 before."""
    suivi = {"suivi": [{"INSEE": f"6200{i + 1}", "CONSO": n} for i, n in enumerate((50, 50, 100))]}
    lignes = ["maximum: -50 % de la situation passée", "echelle: scot", "part_du_plu: 10 %", "situation_passee:"]
    regle = surface(*lignes, "  table: suivi", "  champ: CONSO", "  unite: ha", "  periode: [2010, 2020]")
    exemple = plu(hectares, communes=COMMUNES, tables=suivi, horizon="2024-2034")
    constat = constater(regle, exemple, SUIVI)
    verifier(constat, etat, mesure=hectares / 10, unite="ha/an", relatif=relatif)
    assert constat.seuil_max == pytest.approx(1)


def test_an_amount_for_this_plan_is_not_compared_with_the_past_of_all(constater, verifier):
    suivi = {"suivi": [{"INSEE": f"6200{i + 1}", "CONSO": 1} for i in range(3)]}
    lignes = ["maximum: -50 % de la situation passée", "echelle: scot", "part_du_plu: 1 ha/an", "situation_passee:"]
    regle = surface(*lignes, "  table: suivi", "  champ: CONSO", "  unite: ha/an")
    exemple = plu(40, communes=COMMUNES, tables=suivi, horizon="2024-2034")
    verifier(constater(regle, exemple, SUIVI), "ecart_marque", mesure=4.0, limites=["ne se compare pas"])


def test_the_scale_of_the_object(repondre, verifier):
    first, second = repondre(surface("maximum: 5 ha", "echelle: objet"), plu(5, 5.5)).constats
    verifier(first, "sans_ecart", mesure=5.0)
    verifier(second, "ecart_faible", mesure=5.5, ecarts=[{"surface": 55000}])


def test_only_what_is_new(constater, verifier):
    avant = "couches:\n  plu_anterieur: {libelle: PLU précédent, geometrie: surface}\n"
    exemple = plu(9, couches={"plu_anterieur": [{"TYPEZONE": "AUc", "LIBELLE": "1AU", "box": (0, 0, 300, 100)}]})
    verifier(constater(surface("maximum: 7 ha", "seulement_nouveau: oui"), exemple, avant), "sans_ecart", mesure=6.0)
    verifier(constater(surface("maximum: 7 ha", "seulement_nouveau: oui"), plu(9), avant), "non_evalue", mesure=None)


def test_nested_ceilings_count_the_same_hectare(repondre):
    """One hectare counts in the ceiling of all, in that of housing and in that of its site."""
    regle = """
controles:
  - volet: toutes vocations
    surface: {objets: {zones: {typezone: [AUc]}}, maximum: 9 ha}
  - volet: habitat
    surface: {objets: {zones: {typezone: [AUc], libelle: "Z1"}}, maximum: 5 ha}
  - volet: site
    surface: {objets: {zones: {typezone: [AUc], surface_min: 4 ha}}, maximum: 6 ha}
"""
    constats = repondre(regle, plu(6, 3)).constats
    assert [(c.volet, c.mesure, str(c.etat)) for c in constats] == [
        ("toutes vocations", pytest.approx(9), "sans_ecart"),
        ("habitat", pytest.approx(6), "ecart_faible"),
        ("site", pytest.approx(6), "sans_ecart"),
    ]


@pytest.mark.parametrize(
    "nature, etat, ecarts", [("orientation", "a_apprecier", 1), ("recommandation", "a_apprecier", 0)]
)
def test_natures(constater, nature, etat, ecarts):
    constat = constater(surface("maximum: 7 ha", nature=nature), plu(9))
    assert (str(constat.etat), len(constat.ecarts)) == (etat, ecarts)
    assert constat.ecart == pytest.approx(2)


@pytest.mark.parametrize("seuil, dit", [("", "ne fixe pas de seuil"), ("maximum: a_completer", "pas encore saisi")])
def test_no_threshold_yet(constater, verifier, seuil, dit):
    verifier(constater(surface(seuil), plu(9)), "non_evalue" if seuil else "a_apprecier", mesure=9.0, dit=[dit])


def test_by_class_and_none_for_one(par_unite, verifier):
    lignes = ["echelle: commune", "maximum:", "  selon: armature", "  pole: 5 ha", "  village: aucun"]
    constats = par_unite(surface(*lignes), plu(10, communes=COMMUNES), SECTEUR)
    verifier(constats["62001"], "ecart_faible", mesure=6.0)
    verifier(constats["62002"], "sans_objet")


def test_what_lies_outside_every_commune(par_unite, verifier):
    exemple = {"zones": zones(10, x=-5500), "communes": COMMUNES}
    exemple["zones"].append({"LIBELLE": "B", "TYPEZONE": "A", "box": (700, 0, 900, 100)})
    constats = par_unite(surface("echelle: commune", "maximum: 5 ha"), exemple, SECTEUR)
    verifier(constats["62001"], "sans_ecart", mesure=5.0)
    verifier(constats["hors_commune"], "non_evalue")


def test_a_line_has_no_area(constater, verifier):
    exemple = plu(
        4, prescriptions_plu=[{"LIBELLE": "V", "TYPEPSC": "05", "STYPEPSC": "01", "wkt": "LINESTRING(0 0,9 9)"}]
    )
    objets = "[{zones: {typezone: [AUc]}}, {prescriptions_plu: {typepsc: [05]}}]"
    verifier(constater(surface("maximum: 7 ha", objets=objets), exemple), "sans_ecart", mesure=4.0)


def test_read_aloud(executer):
    from scot_compat.checks.registry import KINDS
    from scot_compat.rules.loader import loads

    texte = """\
format: 1
scot: {nom: S}
prescriptions:
  - id: P1
    intitule: I
    nature: norme
    controle:
      surface:
        objets: {zones: {typezone: [AUc, AUs]}}
        maximum: 3 ha/an
        tolerance: 10 %
"""
    (said,) = loads(texte, KINDS).prescriptions[0].lecture
    assert said.replace("\u00a0", " ").startswith(
        "Les zones AUc et AUs occupent au plus 3 ha par an, à l'échelle du PLU ("
    )
