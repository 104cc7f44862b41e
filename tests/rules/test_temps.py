"""Sections 4, 6 and 10: thresholds relative to a past, periods, milestones, retention; what goes together and what does
not."""

from __future__ import annotations

import pytest

AVANT = "quantite:\n  objets: [{nom: au, zones: {typezone: [AUc]}}, {nom: u, zones: {typezone: [U]}}]\n  "


@pytest.fixture(scope="session")
def kinds():
    from scot_compat.rules import types as t
    from scot_compat.rules.params import HasParams, Param

    class Quantite(HasParams):
        """Une quantité dans le temps."""

        genre = "quantite"
        unites = ("ha", "ha/an", "%")
        objets = Param(t.Objets(), "Objets")
        minimum = Param(t.SeuilType(), "Plancher", default=None)
        maximum = Param(t.SeuilType(), "Plafond", default=None)
        echelle = Param(t.Echelle(), "Unité", default="plu")
        tolerance = Param(t.Tolerance(), "Écart admis", default=None)
        ecart_marque_au_dela_de = Param(t.Tolerance(), "Limite", default=None)
        periode = Param(t.Periode(), "Période", default=None)
        part_du_plu = Param(t.PartDuPluType(), "Part", default=None)
        situation_passee = Param(t.SituationPasseeType(), "Passé", default=None)
        jalons = Param(t.JalonsType(), "Jalons", default=())
        deja_consomme = Param(t.ChiffreType(units=("ha",)), "Déjà consommé", default=None)
        retention = Param(t.RetentionType(), "Rétention", default=None)

        @classmethod
        def sentence(cls, controle, say):
            values = controle.parametres
            return f"la surface est {say.seuil(values.get('minimum'), values.get('maximum'))}"

    return {"quantite": Quantite}


@pytest.fixture
def valeurs(controle):
    return lambda text: controle(AVANT + text).parametres


PASSE = "situation_passee: {valeur: '1,1 ha/an'}"


@pytest.mark.parametrize(
    "text, part",
    [
        ("-25 % de la situation passée", 75),
        ("\u221225 % de la situation passee", 75),
        ("+10 % de la situation passée", 110),
        ("75 % de la situation passée", 75),
        ("-12,5 % de la situation passée", 87.5),
    ],
)
def test_a_signed_share_of_the_past_is_a_variation(valeurs, text, part):
    read = valeurs(f"maximum: {text}\n  {PASSE}")
    assert (read["maximum"].value, read["maximum"].unit) == (part, "% de la situation passée")
    assert (read["situation_passee"].chiffre.value, read["situation_passee"].unite) == (1.1, "ha/an")


@pytest.mark.parametrize(
    "text, unite",
    [
        ("{valeur: 20 ha, periode: [2011, 2021]}", "ha/an"),
        ("{valeur: 200000 m2, periode: [2011, 2021]}", "ha/an"),
        ("{valeur: 20 ha}", "ha"),
        ("{valeur: 2 ha/an, periode: [2011, 2021]}", "ha/an"),
        ("{valeur: 90 %, periode: [2011, 2021]}", "%"),
        ("{table: programme, champ: CONSO, unite: ha/an}", "ha/an"),
    ],
)
def test_a_total_over_a_period_is_compared_by_year(valeurs, text, unite):
    assert valeurs(f"situation_passee: {text}")["situation_passee"].unite == unite


def test_milestones(valeurs):
    text = "jalons:\n    - {jusqu_a: 2025, maximum: 30 ha, objets: {zones: {typezone: [AUc]}}}\n    "
    first, second = valeurs(text + "- {jusqu_a: 2035, maximum: 8 ha/an}")["jalons"]
    assert (first.jusqu_a, first.maximum.value, first.minimum, len(first.objets)) == (2025, 30, None, 1)
    assert (second.jusqu_a, second.maximum.unit, second.objets) == (2035, "ha/an", ())


def test_consumed_retention_and_period(valeurs):
    read = valeurs("deja_consomme: {valeur: 6 ha}\n  retention: {au: '1,3', u: 1}\n  periode: [2015, 2035]")
    assert read["deja_consomme"].value == 6 and read["retention"] == {"au": 1.3, "u": 1.0}
    assert read["periode"] == (2015, 2035)
    assert valeurs("deja_consomme: {table: programme, champ: C}")["deja_consomme"].unite == "ha"


def test_a_period_of_the_prescription(regles):
    corps = "periode: [2015, 2035]\ncontrole: {quantite: {objets: extension}}"
    assert regles(corps).prescriptions[0].periode == (2015, 2035)


@pytest.mark.parametrize(
    "text, said",
    [
        ("maximum: -25 % de la situation passée", "« situation_passee » manque"),
        (f"maximum: -125 % de la situation passée\n  {PASSE}", "descend sous zéro"),
        (f"maximum: 3 %\n  {PASSE}", "situation_passee et le seuil n'ont pas la même unité"),
        ("maximum: -3 ha", "est négatif"),
        ("situation_passee: {valeur: 3}", "n'a pas d'unité"),
        ("situation_passee: {valeur: -3 ha}", "est négatif"),
        ("situation_passee: {periode: [2011, 2021]}", "attendu : {valeur"),
        ("situation_passee: {valeur: 3 ha, table: programme}", "attendu : {valeur"),
        ("situation_passee: {valeur: 3 ha, champ: A}", "« champ » inconnu"),
        ("situation_passee: {table: programe, champ: A, unite: ha}", "table « programe » non déclarée"),
        ("situation_passee: {table: programme, champ: A}", "unite manque"),
        ("situation_passee: {valeur: 3 ha, periode: [2021, 2011]}", "deux années croissantes"),
        ("periode: 2011", "deux années"),
        ("deja_consomme: {valeur: 3 %}", "ne convient pas ici"),
        ("deja_consomme: 3 ha", "{valeur: …} ou {table: …, champ: …, unite: …} attendu"),
        ("jalons: []", "vide"),
        ("jalons: [{jusqu_a: 2025}]", "minimum ou maximum manque"),
        ("jalons: [{maximum: 3 ha}]", "« jusqu_a » manque"),
        ("jalons: [{jusqu_a: 2025, maximum: 3 ha}, {jusqu_a: 2025, maximum: 4 ha}]", "les jalons se suivent"),
        ("jalons: [{jusqu_a: 2025, minimum: 3 ha, maximum: 2 ha}]", "le minimum dépasse le maximum"),
        ("jalons: [{jusqu_a: 2025, maximum: -5 % de la situation passée}]", "« situation_passee » manque"),
        ("jalons: [{jusqu_a: 2025, maximum: {selon: armature, defaut: 3 ha}}]", "ne se juge pas à l'échelle"),
        ("retention: {ua: '1,3'}", "aucun sélecteur ne s'appelle « ua »"),
        ("retention: {au: '0,8'}", "agrandirait la surface"),
        ("retention: {au: 3 ha}", "ne convient pas ici"),
        ("retention: 1,3", "un nombre par nom de sélecteur"),
        ("maximum: 3 %\n  part_du_plu: 2 ha", "unité sans rapport avec celle du seuil"),
        ("maximum: 3 ha\n  part_du_plu: 2 points", "unité sans rapport avec celle du seuil"),
    ],
)
def test_what_is_wrong_is_said(refus_controle, text, said):
    messages = refus_controle(AVANT + text)
    assert len(messages) == 1 and said in messages[0], messages


def test_one_amount_for_every_commune_is_questioned(regles):
    text = "controle:\n  quantite: {objets: extension, echelle: commune, deja_consomme: {valeur: 3 ha}}"
    (said,) = [w.message for w in regles(text).warnings if "même valeur" in w.message]
    assert "chaque commune" in said


def test_a_share_of_the_plan_for_each_commune_is_questioned(regles):
    text = "controle:\n  quantite: {objets: extension, echelle: commune, maximum: 3 ha, part_du_plu: 12 %}"
    assert any("part_du_plu ne sert à rien" in w.message for w in regles(text).warnings)


def test_an_horizon_of_an_example_is_two_years(erreurs, debut):
    exemple = "exemples:\n  - {nom: E, horizon: bientôt, attendu: {P1: sans_ecart}}\n"
    text = (
        debut + "prescriptions:\n  - {id: P1, intitule: I, nature: norme, controle: {quantite: {objets: extension}}}\n"
    )
    (error,) = erreurs(text + exemple)
    assert "deux années, comme 2024-2034" in error.message


VALEUR, TABLE = "{valeur: 6 ha}", "{table: programme, champ: CONSO}"
ENSEMBLE, CE_PLU = "dans l'ensemble, compté en plus pour la part du PLU", "dans ce PLU, compté en plus"


@pytest.mark.parametrize(
    "consomme, reste, whose",
    [
        (VALEUR, "", CE_PLU),
        (VALEUR, "echelle: scot", "dans tout le SCoT, compté en plus"),
        (VALEUR, "echelle: commune", "dans chaque commune, compté en plus"),
        (VALEUR, "echelle: armature", "dans chaque classe, compté en plus"),
        (VALEUR, "echelle: scot, part_du_plu: 7 %", ENSEMBLE),
        (VALEUR, "part_du_plu: {prorata: {table: programme, champ: POP}}", ENSEMBLE),
        (VALEUR, "echelle: scot, part_du_plu: 7 ha", CE_PLU),
        (TABLE, "echelle: scot, part_du_plu: 7 %", CE_PLU),
    ],
)
def test_it_is_said_whose_what_is_already_consumed_is(regles, consomme, reste, whose):
    plus = f", {reste}" if reste else ""
    rules = regles(f"controle:\n  quantite: {{objets: extension, maximum: 40 ha, deja_consomme: {consomme}{plus}}}")
    assert f"déjà consommé {whose} : " in rules.prescriptions[0].lecture[0]


@pytest.mark.parametrize(
    "consomme, part, said",
    [
        (
            VALEUR,
            "7 %",
            "lue comme celle de l'ensemble, ramenée à la part du PLU ; si elle est celle de ce PLU, la donner",
        ),
        (VALEUR, "{prorata: {table: programme, champ: POP}}", "lue comme celle de l'ensemble"),
        (VALEUR, "7 ha", "lue comme celle de ce PLU"),
        (VALEUR, "100 %", ""),  # both readings are the same
        ("{valeur: 0 ha}", "7 %", ""),
        (TABLE, "7 %", ""),
    ],
)
def test_two_readings_that_differ_are_told_when_the_file_is_read(regles, consomme, part, said):
    rules = regles(
        "controle:\n  quantite: {objets: extension, maximum: 40 ha, echelle: scot, "
        f"part_du_plu: {part}, deja_consomme: {consomme}}}"
    )
    found = [one for one in rules.warnings if "deja_consomme" in one.message]
    assert [said in one.message and one.line > 0 for one in found] == ([True] if said else [])


def test_everything_is_read_aloud(regles):
    corps = """
        periode: [2015, 2035]
        controle:
          quantite:
            objets: [{nom: au, zones: {typezone: [AUc]}}]
            maximum: -25 % de la situation passée
            situation_passee: {valeur: 20 ha, periode: [2011, 2021]}
            deja_consomme: {table: programme, champ: CONSO}
            retention: {au: '1,3'}
            tolerance: 30 %
            jalons: [{jusqu_a: 2025, maximum: 30 ha, objets: {zones: {typezone: [AUs]}}}]
        """
    (said,) = regles(corps).prescriptions[0].lecture
    said = said.replace("\u00a0", " ")
    for piece in (
        "au plus 75 % de la situation passée",
        "période 2015-2035",
        "situation passée : 20 ha sur 2011-2021",
        "déjà consommé dans ce PLU, compté en plus : la valeur lue dans la table « Programme des OAP », champ CONSO,",
        "« au » divisé par 1,3",
        "Jusqu'à 2025, au plus 30 ha (les zones AUs)",
    ):
        assert piece in said, said
