"""Structure: one message per fault, at its line, with the nearest known word; keywords accept accents."""

from __future__ import annotations

import pytest


def only(erreurs, text):
    errors = erreurs(text)
    assert len(errors) == 1, [str(error) for error in errors]
    return errors[0]


PRESCRIPTION = """
prescriptions:
  - id: P1
    intitule: Essai
    nature: norme
    controle: {questions: {questions: [Vu ?]}}
""".replace("[Vu ?]", '["Vu ?"]')


def test_an_unknown_key_gets_its_line_its_path_and_the_nearest_word(erreurs, debut):
    text = (
        debut
        + """prescriptions:
  - id: P12
    intitule: Essai
    nature: norme
    controle:
      mesuré_minimal: {objets: extension}
"""
    )
    error = only(erreurs, text)
    assert error.message == "« mesuré_minimal » inconnu : vouliez-vous « mesure » ?"
    assert (error.file, error.line, error.column) == ("regles.yaml", text.count("\n"), 7)
    assert error.path == "prescriptions[P12].controle.mesuré_minimal"
    assert str(error).startswith(f"regles.yaml, ligne {error.line}, colonne 7, clé prescriptions[P12]")


def test_accented_and_capital_keywords_are_normalised(regles):
    rules = regles(
        """
        Nature: Norme
        Contrôle:
          mesure:
            Objets: {Zones: {Typezone: [auc]}}
            Échelle: commune
            Minimum: {Selon: armature, pole: 3 logt/ha, Défaut: Aucun}
        à_savoir: Texte
    """.replace("Nature", "nature")
    )
    (prescription,) = rules.prescriptions
    assert prescription.nature == "norme"
    assert prescription.a_savoir == "Texte"
    values = prescription.controles[0].parametres
    assert values["objets"][0].typezone == ("AUc",)
    assert values["echelle"] == "commune"
    assert values["minimum"].valeurs["pole"].value == 3
    assert values["minimum"].a_un_defaut and values["minimum"].defaut is None


def test_names_chosen_by_the_author_are_kept_as_written(lire):
    text = """
format: 1
scot: {nom: S}
couches: {Libellé: {libelle: L, geometrie: surface, filtre: {Libellé: [É], SOURCE: [x]}}}
"""
    rules = lire(text + PRESCRIPTION)
    assert rules.couches["Libellé"].filtre == {"Libellé": ("É",), "SOURCE": ("x",)}


def test_the_same_keyword_twice_with_and_without_accent_is_refused(erreurs):
    text = "format: 1\nscot: {nom: S, état: projet, etat: projet}" + PRESCRIPTION
    assert "inconnu" in only(erreurs, text).message


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("scot: {nom: S}" + PRESCRIPTION, "« format » manque"),
        ("format: 2\nscot: {nom: S}" + PRESCRIPTION, "cette version lit le format 1"),
        ("format: 1" + PRESCRIPTION, "« scot » manque"),
        ("format: 1\nscot: {nom: S}\n", "« prescriptions » manque"),
        ("format: 1\nscot: {nom: S}\nprescriptions: []", "vide"),
        ("format: 1\nscot: S" + PRESCRIPTION, "le SCoT attendu, « S » trouvé"),
        ("format: 1\nscot: {nom: [S]}" + PRESCRIPTION, "un texte attendu, une liste trouvé"),
        ('format: 1\nscot: {nom: ""}' + PRESCRIPTION, "texte vide"),
        ("format: 1\nscot: {nom: S}\ncouche: {}" + PRESCRIPTION, "vouliez-vous « couches »"),
        ("format: 1\nscot: {nom: S, siren: 12}" + PRESCRIPTION, "SIREN"),
        ("format: 1\nscot: {nom: S, etat: exécutoir}" + PRESCRIPTION, "vouliez-vous « executoire »"),
        ("format: 1\nscot: {nom: S, approuve_le: 2024-02-30}" + PRESCRIPTION, "calendrier"),
        ("format: 1\nscot: {nom: S, approuve_le: hier}" + PRESCRIPTION, "2024-03-12"),
        ("format: 1\nscot: {nom: S, periode: [2044, 2024]}" + PRESCRIPTION, "deux années croissantes"),
        ("format: 1\nscot: {nom: S, periode: [24, 2044]}" + PRESCRIPTION, "n'est pas une année"),
        ("format: 1\nscot: {nom: S, periode: 2024}" + PRESCRIPTION, "deux années"),
        ("format: 1\nscot: {nom: S}\ncouches: {a: {libelle: A}}" + PRESCRIPTION, "« geometrie » manque"),
        ("format: 1\nscot: {nom: S}\ncouches: {a: {libelle: A, geometrie: lignes}}" + PRESCRIPTION, "« ligne »"),
        (
            "format: 1\nscot: {nom: S}\ncouches: {a: {libelle: A, geometrie: ligne, tampon: 25}}" + PRESCRIPTION,
            "n'a pas d'unité",
        ),
        (
            "format: 1\nscot: {nom: S}\ncouches: {a: {libelle: A, geometrie: ligne, tampon: -2 m}}" + PRESCRIPTION,
            "négatif",
        ),
        (
            'format: 1\nscot: {nom: S}\ncouches: {a: {libelle: A, geometrie: ligne, precision: "1:2"}}' + PRESCRIPTION,
            "invraisemblable",
        ),
        (
            "format: 1\nscot: {nom: S}\ncouches: {a: {libelle: A, geometrie: ligne, precision: {chanp: X}}}"
            + PRESCRIPTION,
            "vouliez-vous « champ »",
        ),
        (
            "format: 1\nscot: {nom: S}\ncouches: {a: {libelle: A, geometrie: ligne, vide_admis: peut-être}}"
            + PRESCRIPTION,
            "oui ou non",
        ),
        ("format: 1\nscot: {nom: S}\ntables: {t: {libelle: T}}" + PRESCRIPTION, "« cle » manque"),
        (
            "format: 1\nscot: {nom: S}\ntables: {t: {libelle: T, cle: INSEE, fourni_par: epci}}" + PRESCRIPTION,
            "(connus : scot, plu)",
        ),
    ],
)
def test_each_fault_of_structure_is_said(erreurs, text, said):
    assert said in " / ".join(error.message for error in erreurs(text))


@pytest.mark.parametrize(
    ("corps", "said"),
    [
        ("controle: {questions: {questions: []}}", "vide"),
        ("controle: {questions: {}}", "« questions » manque dans un contrôle questions"),
        ("controle: {questions: non}", "un contrôle questions attendu, « non » trouvé"),
        ("controle: {}", "exactement un contrôle est attendu"),
        ("controle: {volet: a}", "exactement un contrôle est attendu"),
        ("texte: rien", "exactement un de controle, controles"),
        ("controls: {}", "vouliez-vous « controles »"),
        (
            "controle: {questions: {questions: [a]}, interdit: {objets: extension, couches: corridors}}",
            "en faire des controles",
        ),
        (
            "controle: {questions: {questions: [a]}}\ncontroles: [{volet: a, questions: {questions: [b]}}]",
            "exactement un de controle, controles est attendu (controle et controles ici)",
        ),
        ("controles: [{questions: {questions: [b]}}]", "« volet » manque"),
        (
            "controles: [{volet: a, questions: {questions: [b]}}, {volet: a, questions: {questions: [c]}}]",
            "volet « a » déjà pris",
        ),
        ("controle: {questions: {questions: [a]}}\npilier: economi", "vouliez-vous « economie »"),
        ("controle: {questions: {questions: [a]}}\nforce: tend", "inconnu"),
        ("controle: {questions: {questions: [a]}}\nnature: imperative", "(connus : norme, objectif, orientation"),
        ("controle: {questions: {questions: [a]}}\nsauf: [{communes: [62051]}]", "« motif » manque"),
        ("controle: {questions: {questions: [a]}}\nsauf: [{motif: x}]", "exception sans objet"),
        (
            "controle: {questions: {questions: [a]}}\nsauf: [{motif: x, zones: {}, objets: extension}]",
            "un seul sélecteur",
        ),
        ("controle: {questions: {questions: [a]}}\ns_applique_a: {classement: armature}", "« classes » manque"),
        (
            "controle: {questions: {questions: [a]}}\ns_applique_a: {classement: armature, classes: [pol]}",
            "vouliez-vous « pole »",
        ),
        ("controle: {questions: {questions: [a]}}\ns_applique_a: {communes: [6205]}", "vouliez-vous « 06205 »"),
        ("controle: {questions: {questions: [a]}}\ns_applique_a: {classes: [pole]}", "exactement un de communes"),
    ],
)
def test_each_fault_of_a_prescription_is_said(refus, corps, said):
    messages = refus(corps)
    assert said in " / ".join(messages)


def test_an_id_with_a_space_or_given_twice_is_refused(erreurs):
    assert "identifiant" in only(erreurs, "format: 1\nscot: {nom: S}" + PRESCRIPTION.replace("P1", "P 1")).message
    twice = PRESCRIPTION + PRESCRIPTION.split("prescriptions:\n")[1]
    error = only(erreurs, "format: 1\nscot: {nom: S}" + twice)
    assert "P1 » déjà décrite ligne 4" in error.message
    assert error.line == 8


def test_all_the_errors_of_a_file_come_at_once_in_the_order_of_its_lines(erreurs, debut):
    text = (
        debut
        + """prescriptions:
  - id: P1
    intitule: Essai
    nature: norm
    controle:
      mesure:
        objets: extensio
        minimum: 35
        tolerance: 30 %
        echele: commune
  - id: P1
    intitule: Essai
    nature: norme
    controle:
      interdit: {objets: {zones: {typezone: [1AU]}}, couches: [corridor]}
exemples:
  - {nom: a, attendu: {P9: ecart_marque}}
"""
    )
    errors = erreurs(text)
    assert [error.message.split(" :")[0].split(" (")[0] for error in errors] == [
        "« norm » inconnu",
        "sélection « extensio » non déclarée sous selections",
        "« 35 » n'a pas d'unité. Attendu",
        "« echele » inconnu",
        "prescription « P1 » déjà décrite ligne 26",
        "« 1AU » n'est pas une famille de zones",
        "couche « corridor » non déclarée sous couches",
        "« P9 »",
    ]
    assert [error.line for error in errors] == sorted(error.line for error in errors)
    assert all(error.column and error.path and error.severity == "erreur" for error in errors)


def test_the_states_of_examples_are_those_of_the_product():
    from scot_compat.checks.base import Etat
    from scot_compat.rules.types.exemples import ETATS

    assert set(ETATS) == {etat.value for etat in Etat}


@pytest.mark.parametrize(
    ("exemple", "said"),
    [
        ("{nom: a, attendu: {P9: sans_ecart}}", "« P9 » : prescription inconnue (connus : P1)"),
        ("{nom: a, attendu: {P1: sansecart}}", "vouliez-vous « sans_ecart »"),
        ("{attendu: {P1: sans_ecart}}", "« nom » manque dans un exemple"),
        ("{nom: a}", "« attendu » manque"),
        ("{nom: a, attendu: {P1: sans_ecart}, couches: {corridor: []}}", "vouliez-vous « corridors »"),
        ("{nom: a, attendu: {P1: sans_ecart}, tables: {programmes: []}}", "vouliez-vous « programme »"),
        ("{nom: a, attendu: {P1: sans_ecart}, zone: []}", "vouliez-vous « zones »"),
        ("{nom: a, attendu: {P1: sans_ecart}, zones: [1AU]}", "une ligne, comme"),
        ("{nom: a, attendu: {P1: sans_ecart}, date: demain}", "n'est pas une date"),
        ("{nom: a, attendu: {P1: sans_ecart}, zones: [{wkt: POINT(0 0,1 1)}]}", "des guillemets"),
    ],
)
def test_each_fault_of_an_example_is_said_once(erreurs, debut, exemple, said):
    assert said in only(erreurs, f"{debut}{PRESCRIPTION}exemples: [{exemple}]\n").message


def test_communes_of_an_example_need_their_layer(erreurs):
    text = "format: 1\nscot: {nom: S}" + PRESCRIPTION
    error = only(erreurs, text + "exemples: [{nom: a, attendu: {P1: sans_ecart}, communes: []}]\n")
    assert "territoires.communes" in error.message


def test_an_example_may_hold_empty_layers_and_tables(lire, debut):
    exemple = "{nom: a, attendu: {P1: Sans_écart}, couches: {zacom: []}, tables: {programme: []}, plu_complet: oui}"
    (read,) = lire(f"{debut}{PRESCRIPTION}exemples: [{exemple}]\n").exemples
    assert read["couches"] == {"zacom": []}
    assert read["attendu"] == {"P1": "sans_ecart"}


def test_a_message_stays_short_whatever_it_quotes(erreurs):
    text = "format: 1\nscot: {nom: S, etat: " + "x" * 100_000 + "}" + PRESCRIPTION
    assert len(only(erreurs, text).message) < 700


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("polygone", "surface"),
        ("polygon", "surface"),
        ("Polygones", "surface"),
        ("points", "point"),
        ("lignes", "ligne"),
    ],
)
def test_the_words_of_gis_for_a_geometry_are_put_right(erreurs, debut, written, meant):
    text = debut.replace("Zones commerciales, geometrie: surface", f"Zones commerciales, geometrie: {written}")
    assert only(erreurs, text + PRESCRIPTION).message == f"« {written} » inconnu : vouliez-vous « {meant} » ?"


def test_dans_is_put_right_as_couches(refus_controle):
    assert refus_controle("situation: {objets: extension, dans: zacom}") == [
        "« dans » inconnu : vouliez-vous « couches » ?"
    ]


def test_a_control_that_is_not_indented_is_said_to_go_under_controle(refus):
    assert refus("controle:\nmesure:\n  objets: extension") == [
        "la clé « controle » n'a pas de valeur : la compléter ou supprimer la ligne",
        "« mesure » se place sous « controle » : décaler ces lignes de deux espaces",
    ]


def test_parameters_that_are_not_indented_are_said_to_go_under_their_control(refus):
    assert refus("Contrôle:\n  mesure:\n  objets: extension")[1] == (
        "« objets » se place sous « mesure » : décaler ces lignes de deux espaces"
    )


@pytest.mark.parametrize("key", ["controle", "nature"])
def test_a_key_left_empty_is_not_said_to_be_missing(refus, key):
    corps = {"controle": "controle:", "nature": "nature:\ncontrole: {questions: {questions: [x]}}"}[key]
    assert refus(corps) == [f"la clé « {key} » n'a pas de valeur : la compléter ou supprimer la ligne"]


def test_a_section_left_empty_is_not_said_to_be_missing(erreurs):
    empty = "la clé « scot » n'a pas de valeur : la compléter ou supprimer la ligne"
    assert only(erreurs, "format: 1\nSCoT:" + PRESCRIPTION).message == empty.replace("scot", "SCoT")


def test_a_section_that_is_not_there_is_missing_in_the_file(erreurs):
    assert only(erreurs, "format: 1\nscot: {nom: S}\n").message == "« prescriptions » manque dans le fichier"
