"""Each rule read aloud in correct French."""

from __future__ import annotations

import pytest


def plain(sentence):
    return sentence.replace("\u00a0", " ").replace("\u202f", " ")


@pytest.fixture
def lecture(regles):
    """The sentences of a prescription."""
    return lambda corps: [plain(sentence) for sentence in regles(corps).prescriptions[0].lecture]


@pytest.fixture
def objets(lecture):
    """How a selection is said."""

    def say(text):
        (sentence,) = lecture(f"controle: {{mesure: {{objets: {text}, minimum: 3 logt/ha, echelle: plu}}}}")
        return sentence.split(" atteignent")[0]

    return say


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{zones: {}}", "Les zones"),
        ("{zones: {typezone: [AUc]}}", "Les zones AUc"),
        ("{zones: {typezone: [U, AUc, AUs]}}", "Les zones U, AUc et AUs"),
        ("{zones: {typezone: AUc, vocation: [habitat, mixte]}}", "Les zones AUc d'habitat ou mixtes"),
        ('{zones: {libelle: ["1AU*", UX]}}', "Les zones dont le libellé est de la forme « 1AU* » ou « UX »"),
        (
            "{zones: {typezone: U, admet: [commerce_detail]}}",
            "Les zones U qui admettent « artisanat et commerce de détail »",
        ),
        ("{zones: {surface_min: 5 000 m2, surface_max: 2 ha}}", "Les zones d'au moins 5 000 m² et d'au plus 2 ha"),
        ("{zones: {dans: zacom}}", "Les zones situées dans la couche « Zones commerciales » (précision 10 m)"),
        (
            "{zones: {typezone: N, hors: [zacom, corridors]}}",
            "Les zones N hors des couches « Zones commerciales » (précision 10 m) ou « Corridors écologiques » "
            "(25 m de chaque côté, précision 1:25000)",
        ),
        (
            "{zones: {typezone: AUc, a_moins_de: {couche: zacom, distance: 500 m}}}",
            "Les zones AUc à moins de 500 m (à vol d'oiseau) de la couche « Zones commerciales » (précision 10 m)",
        ),
        (
            "{zones: {a_moins_de: {couche: zacom, distance: {champ: RAYON}}}}",
            "Les zones à moins de la distance du champ RAYON (à vol d'oiseau) de la couche « Zones commerciales » "
            "(précision 10 m)",
        ),
        ("{zones: {stecal: oui}}", "Les zones en STECAL"),
        ("{zones: {champs: {DIR: [NO]}}}", "Les zones dont le champ DIR vaut « NO »"),
        ("{prescriptions_plu: {typepsc: [01, 07]}}", "Les prescriptions du PLU de type 01 ou 07"),
        ("{informations_plu: {}}", "Les informations du PLU"),
        (
            "{couche: zacom, ou: {NIVEAU: [1, 2]}}",
            "Les objets de la couche « Zones commerciales » (NIVEAU : 1 ou 2 ; précision 10 m)",
        ),
        (
            "[extension, {prescriptions_plu: {typepsc: 05}}]",
            "Les zones AUc et AUs et les prescriptions du PLU de type 05",
        ),
    ],
)
def test_selections(objets, text, said):
    assert objets(text) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("minimum: 35 logt/ha", "atteignent au moins 35 logements par hectare, à l'échelle du PLU"),
        ("minimum: 1 logt/ha", "atteignent au moins 1 logement par hectare, à l'échelle du PLU"),
        ('minimum: "12,5 logt/ha", maximum: 20 logt/ha', "au moins 12,5 logements par hectare et au plus 20 logements"),
        ("cible: 700 m2/logt", "autour de 700 m² par logement"),
        ("minimum: a_completer", "au moins une valeur du DOO qui reste à saisir"),
        (
            "minimum: {table: programme, champ: D, unite: logt/ha}",
            "au moins la valeur lue dans la table « Programme des OAP », champ D",
        ),
        (
            "echelle: commune, minimum: {selon: armature, pole: 35 logt/ha, bourg: 25 logt/ha, village: aucun}",
            "au moins, selon « Armature urbaine », 35 logements par hectare (Pôle urbain), 25 (Bourg relais) et "
            "rien (Village), dans chaque commune",
        ),
        (
            "echelle: objet, minimum: {selon: commune, 62051: 3 logt/ha, defaut: 2 logt/ha}",
            "au moins, selon la commune, 3 logements par hectare (62051) et 2 (ailleurs), pour chaque objet",
        ),
        ("echelle: armature, minimum: 3 logt/ha", "dans chaque classe de « Armature urbaine »"),
        (
            "echelle: scot, minimum: 3 logt/ha, part_du_plu: 12 %, tolerance: 10 %, ecart_marque_au_dela_de: 30 %",
            "à l'échelle du SCoT (tolérance : 10 % ; écart marqué au-delà de : 30 % ; part du PLU : 12 %).",
        ),
    ],
)
def test_thresholds_and_what_goes_with_them(lecture, text, said):
    (sentence,) = lecture(f"controle: {{mesure: {{objets: extension, {text}}}}}")
    assert said in sentence


def test_layers(lecture):
    (one,) = lecture("controle: {interdit: {objets: extension, couches: corridors, surface_ignoree: 500 m2}}")
    assert one == (
        "Les zones AUc et AUs ne recouvrent pas la couche « Corridors écologiques » (25 m de chaque côté, précision "
        "1:25000) (surface ignorée : 500 m² ; écart marqué au-delà de 20 %, convention de l'outil)."
    )
    (two,) = lecture("controle: {interdit: {objets: extension, couches: [corridors, {couche: zacom, ou: {N: 1}}]}}")
    assert "« Zones commerciales » (N : 1 ; précision 10 m)" in two


def test_bearing_exceptions_force_and_nature(lecture):
    (sentence,) = lecture("""
        nature: orientation
        force: vise
        controle: {interdit: {objets: extension, couches: corridors}}
        s_applique_a: {classement: armature, classes: [pole, bourg]}
        sauf:
          - {communes: [62051], motif: Bruit., reference: DOO p. 46, jusqu_au: 2030-12-31}
          - {zones: {libelle: UH}, motif: Hameau}
    """)
    assert sentence == (
        "Dans les classes « Pôle urbain » et « Bourg relais » de « Armature urbaine », les zones AUc et AUs ne "
        "recouvrent pas la couche « Corridors écologiques » (25 m de chaque côté, précision 1:25000). "
        "Sauf dans la commune 62051 jusqu'au 31/12/2030 : "
        "Bruit (DOO p. 46) ; les zones dont le libellé est de la forme « UH » : Hameau. "
        "Objectif visé : un écart marqué est dit faible. "
        "Orientation : un écart est à apprécier."
    )


@pytest.mark.parametrize(
    ("si", "said"),
    [
        ("{condition: Le PLH est adopté}", "Si la condition « Le PLH est adopté » est remplie (état à saisir), "),
        (
            "{condition: Le PLH est adopté., etat: Vraie, source: arrêté, date: 13/03/2024}",
            "Si la condition « Le PLH est adopté » est remplie (tenue pour vraie d'après arrêté, le 13/03/2024), ",
        ),
        (
            "{condition: Le PLH est adopté, etat: fausse}",
            "Si la condition « Le PLH est adopté » est remplie (tenue pour fausse sans source indiquée), ",
        ),
    ],
)
def test_a_condition_comes_first(lecture, si, said):
    (sentence,) = lecture(f"controle: {{questions: {{questions: [x]}}}}\nsi: {si}")
    assert sentence == f"{said}répondre à « x »."
    (sentence,) = lecture(f"controle: {{questions: {{questions: [x]}}}}\nsi: {si}\ns_applique_a: {{communes: [62051]}}")
    assert sentence == f"{said}dans la commune 62051, répondre à « x »."


def test_bearing_on_communes_and_recommendation(lecture):
    (sentence,) = lecture("""
        nature: recommandation
        controle: {questions: {questions: ["Est-ce vu ?"]}}
        s_applique_a: {communes: [62051]}
    """)
    assert sentence == ("Dans la commune 62051, répondre à « Est-ce vu ? ». Recommandation : jamais d'écart.")


def test_one_sentence_per_control(lecture):
    corps = "controles: [{volet: a, questions: {questions: [x]}}, {volet: b, questions: {questions: [y]}}]"
    assert lecture(corps) == ["A : répondre à « x ».", "B : répondre à « y »."]


def test_a_recommendation_that_is_measured_says_so(lecture):
    (sentence,) = lecture("nature: recommandation\ncontrole: {mesure: {objets: extension, minimum: 3 logt/ha}}")
    assert sentence.endswith("à l'échelle du PLU. Recommandation : mesurée, sans écart.")


CONVENTION = "convention de l'outil"


@pytest.mark.parametrize(
    ("corps", "said"),
    [
        ("controle: {mesure: {objets: extension, minimum: 3 logt/ha}}", "(écart marqué au-delà de 20 %, "),
        (
            "nature: objectif\ncontrole: {mesure: {objets: extension, cible: 3 logt/ha}}",
            "(écart marqué au-delà de 20 %, ",
        ),
        ("controle: {situation: {objets: extension, couches: zacom, part_minimale: 95 %}}", " au-delà de 20 %, "),
        ("controle: {interdit: {objets: extension, couches: zacom}}", "(écart marqué au-delà de 20 %, "),
        ("controle: {mesure: {objets: extension, minimum: 3 logt/ha, tolerance: 30 %}}", " au-delà de 30 %, "),
        (
            "controle: {mesure: {objets: extension, minimum: 3 logt/ha, tolerance: 1 logt/ha}}",
            "écart marqué au-delà de 20 %, ou de la tolérance si elle est plus grande, ",
        ),
    ],
)
def test_the_limit_that_the_rule_does_not_give_is_said_to_be_the_tool_s(lecture, corps, said):
    (sentence,) = lecture(corps)
    assert f"{said}{CONVENTION})." in sentence


@pytest.mark.parametrize(
    "corps",
    [
        "controle: {mesure: {objets: extension, minimum: 3 logt/ha, ecart_marque_au_dela_de: 30 %}}",
        "controle: {interdit: {objets: extension, couches: zacom, ecart_marque_au_dela_de: 1 ha}}",
        "controle: {mesure: {objets: extension}}",
        "controle: {questions: {questions: [x]}}",
        "nature: orientation\ncontrole: {mesure: {objets: extension, minimum: 3 logt/ha}}",
        "nature: recommandation\ncontrole: {interdit: {objets: extension, couches: zacom}}",
    ],
)
def test_no_convention_where_a_limit_is_given_or_no_departure_is_marked(lecture, corps):
    (sentence,) = lecture(corps)
    assert CONVENTION not in sentence


def test_the_convention_said_is_the_one_applied():
    from scot_compat.checks.seuils import MARKED_SHARE
    from scot_compat.rules.aloud.read_aloud import MARKED

    assert (MARKED.value / 100, MARKED.unit) == (MARKED_SHARE, "%")


@pytest.mark.parametrize(
    ("declared", "said"),
    [
        ("geometrie: point, tampon: 15 m", "la couche « Arbres » (15 m autour) "),
        (
            "geometrie: ligne, tampon: {champ: LARGEUR}, precision: {champ: PREC}",
            "la couche « Arbres » (largeur du champ LARGEUR de chaque côté, précision du champ PREC) ",
        ),
        ("geometrie: surface", "la couche « Arbres » (écart marqué"),
    ],
)
def test_what_a_layer_declares_of_its_extent_is_said(lire, debut, declared, said):
    text = (
        debut.replace("tables:", f"  arbres: {{libelle: Arbres, {declared}}}\ntables:", 1)
        + "prescriptions: [{id: P1, intitule: E, nature: norme, "
        + "controle: {interdit: {objets: extension, couches: arbres}}}]\n"
    )
    assert said in plain(lire(text).prescriptions[0].lecture[0])
