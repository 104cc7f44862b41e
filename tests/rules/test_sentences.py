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
        ("{zones: {dans: zacom}}", "Les zones situées dans la couche « Zones commerciales »"),
        (
            "{zones: {typezone: N, hors: [zacom, corridors]}}",
            "Les zones N hors des couches « Zones commerciales » ou « Corridors écologiques »",
        ),
        ("{zones: {stecal: oui}}", "Les zones en STECAL"),
        ("{zones: {champs: {DIR: [NO]}}}", "Les zones dont le champ DIR vaut « NO »"),
        ("{prescriptions_plu: {typepsc: [01, 07]}}", "Les prescriptions du PLU de type 01 ou 07"),
        ("{informations_plu: {}}", "Les informations du PLU"),
        (
            "{couche: zacom, ou: {NIVEAU: [1, 2]}}",
            "Les objets de la couche « Zones commerciales » (NIVEAU : 1 ou 2)",
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
        ("minimum: 35 logt/ha", "atteignent au moins 35 logements par hectare, à l'échelle du PLU."),
        ("minimum: 1 logt/ha", "atteignent au moins 1 logement par hectare, à l'échelle du PLU."),
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
            "rien (Village), dans chaque commune.",
        ),
        (
            "echelle: objet, minimum: {selon: commune, 62051: 3 logt/ha, defaut: 2 logt/ha}",
            "au moins, selon la commune, 3 logements par hectare (62051) et 2 (ailleurs), pour chaque objet.",
        ),
        ("echelle: armature, minimum: 3 logt/ha", "dans chaque classe de « Armature urbaine »."),
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
        "Les zones AUc et AUs ne recouvrent pas la couche « Corridors écologiques » (surface ignorée : 500 m²)."
    )
    (two,) = lecture("controle: {interdit: {objets: extension, couches: [corridors, {couche: zacom, ou: {N: 1}}]}}")
    assert "les couches « Corridors écologiques » et « Zones commerciales » (N : 1)." in two


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
        "recouvrent pas la couche « Corridors écologiques ». Sauf dans la commune 62051 jusqu'au 31/12/2030 : "
        "Bruit (DOO p. 46) ; les zones dont le libellé est de la forme « UH » : Hameau. "
        "Objectif visé : un écart marqué est dit faible. "
        "Orientation : un écart est à apprécier."
    )


def test_bearing_on_communes_and_recommendation(lecture):
    (sentence,) = lecture("""
        nature: recommandation
        controle: {questions: {questions: ["Est-ce vu ?"]}}
        s_applique_a: {communes: [62051]}
    """)
    assert sentence == ("Dans la commune 62051, répondre à « Est-ce vu ? ». Recommandation : mesurée, sans écart.")


def test_one_sentence_per_control(lecture):
    corps = "controles: [{volet: a, questions: {questions: [x]}}, {volet: b, questions: {questions: [y]}}]"
    assert lecture(corps) == ["Répondre à « x ».", "Répondre à « y »."]
