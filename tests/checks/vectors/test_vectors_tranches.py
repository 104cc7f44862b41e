"""Classes of communes by ranges of a number: `lu_dans` a field, `tranches: {petite: [0, 2000]}`.

| # | population of A, B, C | classes |
|---|---|---|
| TR1 | 1 999 / 2 000 / 9 999,5 with [0, 2000], [2000, 10000], [10000] | petite / moyenne / moyenne |
| TR2 | 10 000 | grande ("et plus") |
| TR3 | no number / a text / two different numbers of two classes | not known: non_evalue, even with a `defaut` |
| TR4 | two rows of one class | that class |
| TR5 | a number in no range | no class: its threshold is not given (`defaut` for it) |
"""

from __future__ import annotations

import pytest

ENTETE = """
territoires:
  communes: {couche: communes, code: INSEE, nom: NOM}
  classements:
    taille:
      libelle: Taille des communes
      lu_dans: {couche: communes, champ: POP}
      tranches:
        petite: [0, 2 000]
        moyenne: [2000, 10000]
        grande: [10000]
couches:
  communes: {libelle: Communes, geometrie: surface}
"""
PAR_TABLE = (
    ENTETE.replace("{couche: communes, champ: POP}", "{table: population, champ: POP}")
    + "tables:\n  population: {libelle: Population, cle: INSEE}\n"
)
SEUILS = "{selon: taille, petite: 10 logt/ha, moyenne: 20 logt/ha, grande: 40 logt/ha}"


def densite(echelle="commune", seuils=SEUILS):
    return (
        "controle:\n  densite: {objets: {zones: {typezone: [AUc]}}, logements: {champ: NB}, "
        f"echelle: {echelle}, minimum: {seuils}}}"
    )


def plui(*populations):
    """Communes A, B, C of 1 ha, each one AUc zone of 20 dwellings; a population None is NULL."""
    boxes = [(n * 100, 0, n * 100 + 100, 100) for n in range(len(populations))]
    communes = [
        {"INSEE": f"6200{n + 1}", "NOM": "ABC"[n], "POP": pop, "box": boxes[n]} for n, pop in enumerate(populations)
    ]
    for commune in communes:
        if commune["POP"] is None:
            del commune["POP"]
    zones = [{"LIBELLE": f"1AU{n + 1}", "TYPEZONE": "AUc", "NB": 20, "box": carre} for n, carre in enumerate(boxes)]
    return {"zones": zones, "communes": communes}


def test_tr1_the_second_number_is_not_included(par_unite, verifier):
    unites = par_unite(densite(), plui("1999", "2 000", "9999,5"), ENTETE)
    assert [unites[f"6200{n}"].seuil_min for n in (1, 2, 3)] == [10, 20, 20]
    verifier(unites["62001"], "sans_ecart", mesure=20.0)


def test_tr1_units_in_the_order_of_the_file(repondre):
    constats = repondre(densite("taille"), plui(12000, 300, 5000), ENTETE).constats
    assert [c.territoire for c in constats] == ["petite", "moyenne", "grande"]
    assert [c.territoire_nom.replace("\u202f", " ") for c in constats] == [
        "petite (de 0 à moins de 2 000)",
        "moyenne (de 2 000 à moins de 10 000)",
        "grande (10 000 et plus)",
    ]
    assert [str(c.etat) for c in constats] == ["sans_ecart", "sans_ecart", "ecart_marque"]


def test_tr2_and_more(par_unite, verifier):
    unites = par_unite(densite(), plui("10000", "1e3", "10000.0"), ENTETE)
    verifier(unites["62001"], "ecart_marque", relatif=0.5)
    verifier(unites["62003"], "ecart_marque", relatif=0.5)


@pytest.mark.parametrize("population", [None, "environ 500", ""], ids=["null", "text", "blank"])
def test_tr3_a_number_that_is_not_known(par_unite, verifier, population):
    seuils = SEUILS.replace("petite: 10 logt/ha", "defaut: 10 logt/ha")
    unites = par_unite(densite(seuils=seuils), plui(5000, population, 500), ENTETE)
    verifier(unites["62001"], "sans_ecart")
    verifier(unites["62002"], "non_evalue", dit=["La classe de B n'est pas connue", "POP de la couche « communes »"])
    verifier(unites["62003"], "sans_ecart")


@pytest.mark.parametrize(
    "rangs, etat",
    [
        pytest.param([500, 900], "sans_ecart", id="TR4-one-class"),
        pytest.param([500, 2500], "non_evalue", id="TR3-two-classes"),
        pytest.param([500, "?"], "non_evalue", id="TR3-one-unreadable"),
        pytest.param([], "non_evalue", id="TR3-no-row"),
    ],
)
def test_read_in_a_table(par_unite, verifier, rangs, etat):
    exemple = plui(None, None)
    exemple["tables"] = {
        "population": [{"INSEE": "62001", "POP": 3000}] + [{"INSEE": "62002", "POP": pop} for pop in rangs]
    }
    unites = par_unite(densite(), exemple, PAR_TABLE)
    verifier(unites["62001"], "sans_ecart", mesure=20.0)
    verifier(unites["62002"], etat)


def test_the_table_is_missing(constater, verifier):
    verifier(constater(densite("taille"), plui(1), PAR_TABLE), "non_evalue", dit=["population"])


@pytest.mark.parametrize(
    "seuils, etat",
    [("{selon: taille, petite: 10 logt/ha}", "non_evalue"), (SEUILS[:-1] + ", defaut: 5 logt/ha}", "sans_ecart")],
)
def test_tr5_a_number_in_no_range(par_unite, verifier, seuils, etat):
    entete = ENTETE.replace("        grande: [10000]\n", "").replace("grande: 40 logt/ha", "")
    unites = par_unite(densite(seuils=seuils.replace(", grande: 40 logt/ha", "")), plui(1, 12000), entete)
    verifier(unites["62002"], etat)


def test_a_class_with_communes_elsewhere_is_not_whole(repondre):
    """C is in the SCoT, not in the PLU: small, the small ones are not all here; unknown, it may be of any class."""
    ailleurs = {"INSEE": "62003", "NOM": "C", "box": (5000, 0, 5100, 100)}
    for pop, etats in ((800, ["a_apprecier", "sans_ecart"]), (None, ["a_apprecier", "a_apprecier"])):
        exemple = plui(500, 5000)
        exemple["communes"].append({**ailleurs, **({"POP": pop} if pop else {})})
        assert [str(c.etat) for c in repondre(densite("taille"), exemple, ENTETE).constats] == etats


def test_a_prescription_that_bears_on_a_range(repondre, verifier):
    portee = "\ns_applique_a: {classement: taille, classes: [petite]}"
    (constat,) = repondre(densite("plu", "10 logt/ha") + portee, plui(500, 5000), ENTETE).constats
    verifier(constat, "sans_ecart", mesure=20.0)
    assert constat.nb_objets == 1
    (constat,) = repondre(densite("plu", "10 logt/ha") + portee, plui(500, None), ENTETE).constats
    verifier(constat, "non_evalue", dit=["La classe de B"])


# -- as written -----------------------------------------------------------------------------------


@pytest.fixture
def lire():
    from scot_compat.checks.registry import KINDS
    from scot_compat.rules.loader import loads

    def run(controle, entete):
        head = "format: 1\nscot: {nom: S, etat: executoire}\n"
        body = "prescriptions:\n  - id: P1\n    intitule: i\n    objectif: o\n    nature: norme\n    "
        return loads(head + entete + body + controle.replace("\n", "\n    "), KINDS)

    return run


def test_read_aloud(lire):
    (sentence,) = lire(densite(), ENTETE).prescriptions[0].lecture
    said = sentence.replace("\u00a0", " ").replace("\u202f", " ")
    assert "selon « Taille des communes », 10 logements par hectare (petite (de 0 à moins de 2 000))" in said


@pytest.mark.parametrize(
    "tranches, dit",
    [
        ("[0, 2000]\n        b: [1500, 3000]", "« petite » et « b » se recouvrent"),
        ("[0]\n        b: [1500, 3000]", "« petite » et « b » se recouvrent"),
        ("[2000, 0]", "croissants"),
        ("[0, 1, 2]", "deux nombres"),
        ("[0, 2000 hab]", "nombre"),
        ("2000", "deux nombres"),
        ("[0, 2000]\n        defaut: [2000]", "mot du langage"),
    ],
)
def test_errors_of_the_file(lire, tranches, dit):
    from scot_compat.rules.errors import InvalidRules

    debut = ENTETE.index("[0, 2 000]")
    fin = ENTETE.index("couches:")
    with pytest.raises(InvalidRules) as refus:
        lire(densite("plu", "10 logt/ha"), ENTETE[:debut] + tranches + "\n" + ENTETE[fin:])
    assert dit in str(refus.value)


def test_ranges_are_read_somewhere(lire):
    from scot_compat.rules.errors import InvalidRules

    for sans in ("", "      classes: {a: {defaut: oui}}\n"):
        with pytest.raises(InvalidRules) as refus:
            lire(densite(), ENTETE.replace("      lu_dans: {couche: communes, champ: POP}\n", sans))
        assert "lu_dans" in str(refus.value)


def test_an_unknown_range_is_an_error(lire):
    from scot_compat.rules.errors import InvalidRules

    with pytest.raises(InvalidRules) as refus:
        lire(densite(seuils="{selon: taille, petites: 10 logt/ha}"), ENTETE)
    assert "vouliez-vous « petite »" in str(refus.value)


def test_a_gap_between_ranges_is_a_warning(lire):
    rules = lire(densite(), ENTETE.replace("[2000, 10000]", "[3000, 10000]"))
    assert any("une commune n'a pas de classe" in warning.message for warning in rules.warnings)


def test_what_it_needs(lire):
    from scot_compat.checks import needs

    assert "POP" in needs.of_rules(lire(densite(), ENTETE)).couches["communes"]
    assert needs.of_rules(lire(densite(), PAR_TABLE)).tables == {"population": {"POP", "INSEE"}}
