"""Input that is damaged in ways seen in the field: the figures stay right, or the reader is told."""

from __future__ import annotations

ENTETE = """
territoires:
  communes: {couche: communes, code: INSEE, nom: NOM}
  classements:
    armature:
      classes:
        pole: {libelle: Pôle, communes: [01004]}
        village: {libelle: Village, defaut: oui}
couches:
  communes: {libelle: Communes, geometrie: surface}
  corridors: {libelle: Corridors, geometrie: surface, precision: 1 m, filtre: {TYPE: [aquatique]}}
tables:
  programme: {libelle: Programme, cle: LIBELLE, jointure: LIBELLE}
"""
DENSITE = """controle:
  densite:
    objets: {zones: {typezone: [AUc]}}
    logements: {table: programme, champ: LOGEMENTS}
    minimum: {selon: armature, pole: 35 logt/ha, village: 10 logt/ha}
    echelle: commune
"""
ZONES = [
    {"LIBELLE": "1AU", "TYPEZONE": "AUc", "box": (0, 0, 100, 100)},
    {"LIBELLE": "N", "TYPEZONE": "N", "box": (200, 0, 300, 100)},
]


def test_insee_codes_read_as_numbers_keep_their_zero(par_unite, verifier):
    """15 dwellings on 1 ha: 35 are asked of the pole 01004, which a GIS wrote 1004."""
    communes = [
        {"INSEE": "1004", "NOM": "Pôle", "box": (-50, -50, 150, 150)},
        {"INSEE": "1005", "NOM": "Village", "box": (150, -50, 350, 150)},
    ]
    exemple = {"zones": ZONES, "communes": communes, "tables": {"programme": [{"LIBELLE": "1AU", "LOGEMENTS": "15"}]}}
    verifier(par_unite(DENSITE, exemple, ENTETE)["01004"], "ecart_marque", mesure=15)


def test_figures_of_one_key_added_up_are_said(par_unite, verifier):
    communes = [{"INSEE": "01004", "NOM": "Pôle", "box": (-50, -50, 350, 150)}]
    rows = [{"LIBELLE": "1AU", "LOGEMENTS": "20"}, {"LIBELLE": "1AU", "LOGEMENTS": "15"}]
    exemple = {"zones": ZONES, "communes": communes, "tables": {"programme": rows}}
    unites = par_unite(DENSITE, exemple, ENTETE)
    verifier(unites["01004"], "sans_ecart", mesure=35, limites=[r"additionnées : 1AU \(2 lignes\)"])


def test_a_value_that_differs_by_its_case_is_said_when_the_filter_leaves_it_out(executer):
    texte = ENTETE + (
        "prescriptions:\n  - id: P1\n    intitule: Essai\n    objectif: 1. Essai\n    nature: norme\n"
        "    controle: {zones_interdites: {objets: {zones: {typezone: [AUc]}}, couches: [corridors]}}\n"
    )
    lues = {
        "corridors": [
            {"TYPE": "aquatique", "box": (250, 0, 260, 100)},
            {"TYPE": "Aquatique", "box": (0, 0, 50, 100)},
        ]
    }
    (answer,) = executer(texte, {"zones": ZONES}, lues=lues).answers
    assert any("TYPE vaut aussi Aquatique" in limite for limite in answer.constats[0].limites)


def test_a_neighbour_s_layer_is_told_even_when_a_zone_was_drawn_far_away(constater, verifier):
    zones = [*ZONES, {"LIBELLE": "X", "TYPEZONE": "N", "box": (90000, 90000, 90010, 90010)}]
    entete = "couches:\n  voisin: {libelle: Voisin, geometrie: surface, precision: 1 m}"
    exemple = {"zones": zones, "couches": {"voisin": [{"box": (40000, 40000, 40100, 40100)}]}}
    regle = "controle: {zones_interdites: {objets: {zones: {typezone: [AUc]}}, couches: [voisin]}}"
    verifier(constater(regle, exemple, entete), "non_evalue", dit=["ne couvre pas le territoire"])
