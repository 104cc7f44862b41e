"""Section 4 and 6: thresholds, tolerance, scale, share of the PLU; what goes together and what does not."""

from __future__ import annotations

import pytest


@pytest.fixture
def valeurs(controle):
    return lambda text: controle(f"mesure:\n  objets: extension\n  {text}").parametres


def test_one_number_with_its_unit(valeurs):
    minimum = valeurs("minimum: 35 logt/ha")["minimum"]
    assert (minimum.value, minimum.unit) == (35, "logt/ha")
    assert valeurs("maximum: 700 m²/logt")["maximum"].unit == "m2/logt"


def test_one_line_per_class(valeurs):
    lines = ("echelle: commune", "minimum:", "  selon: armature", "  pole: 35 logt/ha", "  bourg: 2,5 logt/ha")
    text = "\n  ".join((*lines, "  village: aucun"))
    minimum = valeurs(text)["minimum"]
    assert minimum.classement == "armature"
    assert {nom: v and v.value for nom, v in minimum.valeurs.items()} == {"pole": 35, "bourg": 2.5, "village": None}
    assert not minimum.a_un_defaut


def test_one_line_per_commune(valeurs):
    minimum = valeurs(
        "echelle: commune\n  minimum: {selon: commune, 01004: 3 logt/ha, 2A004: aucun, defaut: 1 logt/ha}"
    )
    assert set(minimum["minimum"].valeurs) == {"01004", "2A004"}
    assert minimum["minimum"].defaut.value == 1


def test_a_figure_of_a_table(valeurs):
    ref = valeurs("minimum: {table: programme, champ: DENS, unite: logt/ha}")["minimum"]
    assert (ref.table, ref.champ, ref.unite) == ("programme", "DENS", "logt/ha")


def test_a_threshold_to_complete_is_a_warning(regles):
    rules = regles("controle: {mesure: {objets: extension, minimum: à_compléter}}")
    assert type(rules.prescriptions[0].controles[0].parametres["minimum"]).__name__ == "ACompleter"
    assert any("à compléter" in warning.message for warning in rules.warnings)


def test_a_class_without_a_line_is_a_warning(regles):
    corps = "controle: {mesure: {objets: extension, echelle: commune, minimum: {selon: armature, pole: 3 logt/ha}}}"
    assert any("sans valeur pour bourg, village" in w.message for w in regles(corps).warnings)


def test_a_classement_read_in_a_layer_takes_any_class(valeurs):
    minimum = valeurs("echelle: epci\n  minimum: {selon: epci, CC du Val: 3 logt/ha}")["minimum"]
    assert list(minimum.valeurs) == ["CC du Val"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("minimum: 35", "n'a pas d'unité. Attendu : un nombre suivi de son unité (logt/ha, m2/logt)"),
        ("minimum: 35 ha", "ne convient pas ici"),
        ("minimum: 1.000 logt/ha", "ambigu"),
        ("minimum: -35 logt/ha", "négatif"),
        ("minimum: nan logt/ha", "n'est pas un nombre"),
        ("minimum: 1e999 logt/ha", "exposant"),
        ("minimum: [35 logt/ha]", "attendu, une liste trouvé"),
        ("minimum: {pole: 35 logt/ha}", "« selon » manque"),
        (
            "minimum: {selon: armatur, pole: 35 logt/ha}",
            "non déclaré sous territoires.classements : vouliez-vous « armature »",
        ),
        ("minimum: {selon: armature, pole: 35 logt/ha}", "ne se juge pas à l'échelle « plu »"),
        ("echelle: secteurs\n  minimum: {selon: epci, a: 35 logt/ha}", "ne se juge pas à l'échelle « secteurs »"),
        ("echelle: armature\n  minimum: {selon: secteurs, nord: 35 logt/ha}", "objet, commune ou secteurs"),
        ("minimum: {selon: commune, 62051: 35 logt/ha}", "echelle: objet ou commune"),
        ("echelle: commune\n  minimum: {selon: armature, bourgs: 35 logt/ha}", "vouliez-vous « bourg »"),
        ("echelle: commune\n  minimum: {selon: armature, pole: 35}", "n'a pas d'unité"),
        ("echelle: commune\n  minimum: {selon: armature}", "une ligne par classe"),
        ("echelle: commune\n  minimum: {selon: commune, 6205: 3 logt/ha}", "vouliez-vous « 06205 »"),
        ("minimum: {table: programme, champ: D}", "unite manque"),
        ("minimum: {table: programme, champ: D, unite: ha}", "inadaptée"),
        ("minimum: {table: programm, champ: D, unite: logt/ha}", "vouliez-vous « programme »"),
        ("minimum: {table: programme}", "« champ » manque"),
        ("minimum: 3 logt/ha\n  cible: 4 logt/ha", "cible est à la fois un minimum et un maximum"),
        ("maximum: 3 logt/ha\n  cible: 4 logt/ha", "cible est à la fois"),
        ("minimum: 5 logt/ha\n  maximum: 4 logt/ha", "le minimum dépasse le maximum"),
        ("minimum: 5 logt/ha\n  maximum: 700 m2/logt", "même unité"),
        ("minimum: 5 logt/ha\n  tolerance: 30 %\n  ecart_marque_au_dela_de: 20 %", "plus petite que la tolérance"),
        (
            "minimum: 10 logt/ha\n  tolerance: 3 logt/ha\n  ecart_marque_au_dela_de: 20 %",
            "plus petite que la tolérance",
        ),
        ("cible: 10 logt/ha\n  ecart_marque_au_dela_de: 5 %", "plus petite que la tolérance"),
        ("minimum: 10 logt/ha\n  tolerance: 2 points", "sans rapport"),
        ("minimum: 10 logt/ha\n  tolerance: 2", "n'a pas d'unité"),
        ("minimum: 10 logt/ha\n  tolerance: -2 %", "négatif"),
        ("echelle: departement", "échelle « departement » inconnue"),
        ("echelle: armatur", "vouliez-vous « armature »"),
        ("part_du_plu: 120 %", "100 %"),
        ("part_du_plu: {prorata: {table: pop, champ: P}}", "table « pop » non déclarée"),
        ("part_du_plu: {proratas: {}}", "vouliez-vous « prorata »"),
        ("calcul: moyenne", "vouliez-vous « moyenne_simple »"),
        ("vide_admis: bof", "oui ou non"),
    ],
)
def test_each_fault_is_said_once(refus_controle, text, said):
    messages = refus_controle(f"mesure:\n  objets: extension\n  {text}")
    assert len(messages) == 1, messages
    assert said in messages[0]


@pytest.mark.parametrize(
    "text",
    [
        "echelle: objet\n  minimum: {selon: armature, pole: 3 logt/ha, defaut: 1 logt/ha}",
        "echelle: armature\n  minimum: {selon: armature, pole: 3 logt/ha, defaut: 1 logt/ha}",
        "echelle: secteurs\n  minimum: {selon: armature, pole: 3 logt/ha, defaut: 1 logt/ha}",  # nested: nord is pole
        "minimum: 10 logt/ha\n  tolerance: 10 %\n  ecart_marque_au_dela_de: 10 %",
        "minimum: 10 logt/ha\n  tolerance: 10 %\n  ecart_marque_au_dela_de: 1 logt/ha",
        "cible: 10 logt/ha\n  tolerance: 5 %\n  ecart_marque_au_dela_de: 5 %",
        "minimum: 4 logt/ha\n  maximum: 4 logt/ha",
        "minimum: 0 logt/ha",
    ],
)
def test_what_is_coherent_is_accepted(valeurs, text):
    assert valeurs(text)


def test_nested_classements():
    from scot_compat.rules.model import Classe, Classement
    from scot_compat.rules.reading.nesting import is_nested

    fine = Classement(
        "f", "f", classes=(Classe("a", "", ("1",)), Classe("b", "", ("2",)), Classe("c", "", defaut=True))
    )
    wide = Classement("w", "w", classes=(Classe("x", "", ("1", "2")), Classe("y", "", defaut=True)))
    assert is_nested(fine, wide)
    assert not is_nested(wide, fine)


def test_part_of_the_plu(valeurs):
    assert valeurs("part_du_plu: 12 %")["part_du_plu"].value == 12
    assert valeurs("part_du_plu: 2/3")["part_du_plu"].value == pytest.approx(66.667, abs=0.001)
    assert valeurs("part_du_plu: 5 logt/ha")["part_du_plu"].unit == "logt/ha"
    prorata = valeurs("part_du_plu: {prorata: {table: programme, champ: POP}}")["part_du_plu"]
    assert (prorata.table, prorata.champ) == ("programme", "POP")


@pytest.mark.parametrize(
    ("text", "value"),
    [("95 %", 95), ("2/3", pytest.approx(66.667, abs=0.001)), ("{selon: armature, pole: 95 %}", None)],
)
def test_a_minimal_share(controle, refus_controle, text, value):
    source = f"situation: {{objets: extension, couches: zacom, part_minimale: {text}}}"
    if value is None:
        assert controle(source).parametres["part_minimale"].valeurs["pole"].value == 95
    else:
        assert controle(source).parametres["part_minimale"].value == value


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("part_minimale: 950 %, couches: zacom", "ne dépasse pas 100 %"),
        ("part_minimale: 95, couches: zacom", "n'a pas d'unité"),
        ("part_minimale: 95 %", "couches (où se situer) ou hors"),
        ("couches: zacom, hors: corridors", "l'un des deux"),
        ("couches: zacom, part_minimale: 95 %, ecart_marque_au_dela_de: 3 m2", "sans rapport"),
    ],
)
def test_faults_of_a_share(refus_controle, text, said):
    (message,) = refus_controle(f"situation: {{objets: extension, {text}}}")
    assert said in message


def test_points_of_a_share(controle):
    source = "situation: {objets: extension, couches: zacom, part_minimale: 95 %, tolerance: 2 points}"
    assert controle(source).parametres["tolerance"].unit == "points"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("largeur_ignoree: 3 ha", "ne convient pas"),
        ("part_ignoree: 120 %", "dépasse 100 %"),
        ("surface_ignoree: -1 m2", "négatif"),
        ("couches: []", "vide"),
    ],
)
def test_faults_of_ignored_amounts(refus_controle, text, said):
    couches = "" if "couches" in text else "couches: corridors, "
    (message,) = refus_controle(f"interdit: {{objets: extension, {couches}{text}}}")
    assert said in message


def test_a_marked_amount_of_ground(controle):
    source = "interdit: {objets: extension, couches: corridors, ecart_marque_au_dela_de: 1 ha, part_ignoree: 1/3}"
    values = controle(source).parametres
    assert values["ecart_marque_au_dela_de"].to("m2") == 10000
    assert values["part_ignoree"].value == pytest.approx(33.333, abs=0.001)


def test_a_kind_that_does_not_judge_each_object_has_no_threshold_by_field(refus):
    (said,) = refus("controle: {mesure: {objets: extension, minimum: {selon: {champ: F}, a: 3 logt/ha}}}")
    assert "selon un champ n'est pas possible ici" in said
