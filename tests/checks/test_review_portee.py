"""What a prescription bears on: `s_applique_a`, `sauf`, `lecture`. Each case found wrong once."""

from __future__ import annotations

import pytest

ENTETE = """
territoires:
  communes: {couche: communes, code: INSEE, nom: NOM}
couches:
  communes: {libelle: Communes, geometrie: surface}
"""
COMMUNES = [
    {"INSEE": 62001, "NOM": "Arras", "box": (0, 0, 1000, 1000)},
    {"INSEE": 62002, "NOM": "Lens", "box": (1000, 0, 2000, 1000)},
]
DENSITE = """
controle:
  densite:
    objets: {zones: {typezone: [AUc]}}
    logements: {champ: NB}
    minimum: 35 logt/ha
"""
LECTURE = """
controle:
  lecture: {questions: ["Le règlement le dit-il ?"]}
s_applique_a: {communes: [62009]}
"""


def zone(libelle, carre, nb):
    return {"LIBELLE": libelle, "TYPEZONE": "AUc", "box": carre, "NB": nb}


def test_ground_outside_every_commune_may_be_concerned(constater, verifier):
    """a alone is at 40; with b, of which nobody knows the commune, at 25."""
    exemple = {"zones": [zone("a", (0, 0, 100, 100), 40), zone("b", (-500, 0, -400, 100), 10)], "communes": COMMUNES}
    constat = constater(DENSITE + "s_applique_a: {communes: [62001]}", exemple, ENTETE)
    verifier(constat, "non_evalue", mesure=40, limites=[r"1 objet hors de toute commune \(b\)"])


def test_an_exception_by_a_prescription_spares_the_ground_under_it(repondre, verifier):
    """The emplacement réservé covers b: a alone is measured, b is listed."""
    exemple = {
        "zones": [zone("a", (0, 0, 100, 100), 40), zone("b", (200, 0, 300, 100), 10)],
        "prescriptions_plu": [{"TYPEPSC": "05", "box": (200, 0, 300, 100)}],
    }
    reponse = repondre(DENSITE + "sauf: [{prescriptions_plu: {typepsc: [05]}, motif: Équipement public}]", exemple)
    verifier(reponse.constats[0], "sans_ecart", mesure=40)
    assert [(e.libelle, e.motif) for e in reponse.exceptions] == [("b", "Équipement public")]


def test_an_exception_by_a_prescription_spares_a_part(repondre, verifier):
    """Half of b and half of its dwellings: (40 + 5) / 1.5 ha = 30."""
    exemple = {
        "zones": [zone("a", (0, 0, 100, 100), 40), zone("b", (200, 0, 300, 100), 10)],
        "prescriptions_plu": [{"TYPEPSC": "05", "box": (200, 0, 250, 100)}],
    }
    reponse = repondre(DENSITE + "sauf: [{prescriptions_plu: {typepsc: [05]}, motif: Équipement public}]", exemple)
    verifier(reponse.constats[0], "ecart_faible", mesure=30)


def test_nothing_to_read_for_another_commune(constater, verifier):
    exemple = {"zones": [zone("a", (0, 0, 100, 100), 40)], "communes": COMMUNES}
    verifier(constater(LECTURE, exemple, ENTETE), "sans_objet")


def test_something_to_read_where_the_communes_are_not_known(constater, verifier):
    verifier(constater(LECTURE, {"zones": [zone("a", (0, 0, 100, 100), 40)]}, ENTETE), "a_apprecier")


def test_an_exception_that_cannot_be_read_may_spare_anything(constater, verifier):
    """No PRESCRIPTION_SURF: either zone, 60 and 8 on 1 ha each, is spared or not."""
    exemple = {"zones": [zone("a", (0, 0, 100, 100), 60), zone("b", (200, 0, 300, 100), 8)]}
    sauf = "sauf: [{objets: [{zones: {libelle: [x]}}, {prescriptions_plu: {typepsc: [05]}}], motif: Équipement}]"
    verifier(constater(DENSITE + sauf, exemple), "non_evalue", dit=["PRESCRIPTION_SURF"])


DANS_E = "{zones: {libelle: [a], dans: [e]}}"
DANS_LOIN = "{zones: {libelle: [a], dans: [loin, absente]}}"


@pytest.mark.parametrize("objets", [f"[{DANS_E}, {DANS_LOIN}]", f"[{DANS_LOIN}, {DANS_E}]"])
@pytest.mark.parametrize(
    "maximum, etat",
    [("0,3 ha", "non_evalue"), ("0,7 ha", "sans_ecart")],
)
def test_an_exception_sure_of_a_part_and_possible_for_the_rest(repondre, verifier, objets, maximum, etat):
    """Of the hectare of a, 40 % lie in e and are spared for sure; the layer that is missing may spare the other 60 %.

    What counts lies between 0 and 0,6 ha, whichever selector comes first.
    """
    entete = """
    couches:
      e: {libelle: E, geometrie: surface}
      loin: {libelle: Loin, geometrie: surface}
      absente: {libelle: Absente, geometrie: surface}
    """
    regle = f"""
    sauf: [{{objets: {objets}, motif: M}}]
    controle:
      surface: {{objets: {{zones: {{typezone: [AUc]}}}}, maximum: '{maximum}'}}
    """
    exemple = {
        "zones": [
            {"LIBELLE": "a", "TYPEZONE": "AUc", "box": (0, 0, 100, 100)},
            {"LIBELLE": "n", "TYPEZONE": "N", "box": (500, 0, 600, 100)},
        ],
        "couches": {"e": [{"box": (0, 0, 40, 100)}], "loin": [{"box": (500, 0, 600, 100)}]},
    }
    reponse = repondre(regle, exemple, entete)
    verifier(reponse.constats[0], etat)
    assert [one.libelle for one in reponse.exceptions] == ["a"]
