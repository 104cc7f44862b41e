"""`reprend`: other files, then local changes; each error names its own file."""

from __future__ import annotations

import pytest

BASE = """\
format: 1
territoires:
  classements:
    armature: {classes: {pole: {communes: [62119]}, reste: {defaut: oui}}}
couches:
  corridors: {libelle: Corridors, geometrie: ligne, precision: 10 m, source: tvb.gpkg|layername=c}
  absolue: {libelle: A, geometrie: ligne, precision: 10 m, source: /donnees/a.gpkg}
selections:
  extension: {zones: {typezone: [AUc]}}
prescriptions:
  - id: P1
    intitule: Densité
    nature: norme
    controle: {mesure: {objets: extension, minimum: 20 logt/ha}}
  - id: P2
    intitule: Corridors
    nature: norme
    controle: {interdit: {objets: extension, couches: [corridors, absolue]}}
exemples:
  - {nom: de la base, attendu: {P1: sans_ecart}}
"""
LOCAL = """\
format: 1
scot: {nom: Local}
reprend: [communs/base.yaml]
prescriptions:
  - id: P3
    intitule: Nouvelle
    nature: norme
    controle: {questions: {questions: [a]}}
  - id: P1
    nature: recommandation
    controle: {mesure: {objets: extension, minimum: 30 logt/ha}}
"""


@pytest.fixture
def ecrire(tmp_path, kinds):
    from scot_compat.rules.loader import load

    def run(files, main="local.yaml"):
        for name, text in files.items():
            file = tmp_path / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        return load(tmp_path / main, kinds)

    return run


def errors_of(ecrire, files):
    from scot_compat.rules.errors import InvalidRules

    with pytest.raises(InvalidRules) as caught:
        ecrire(files)
    return caught.value.errors


def test_the_base_then_the_local_changes_by_id(ecrire):
    rules = ecrire({"communs/base.yaml": BASE, "local.yaml": LOCAL})
    assert [p.id for p in rules.prescriptions] == ["P1", "P2", "P3"]
    p1 = rules.prescriptions[0]
    assert (p1.intitule, p1.nature) == ("Densité", "recommandation")
    assert p1.controles[0].parametres["minimum"].value == 30
    assert rules.scot.nom == "Local"
    assert "armature" in rules.territoires.classements
    assert rules.exemples == ()


def test_a_source_stays_relative_to_the_file_that_names_it(ecrire):
    rules = ecrire({"communs/base.yaml": BASE, "local.yaml": LOCAL})
    assert rules.couches["corridors"].source == "communs/tvb.gpkg|layername=c"
    assert rules.couches["absolue"].source == "/donnees/a.gpkg"


def test_a_local_layer_replaces_that_of_the_base(ecrire):
    local = LOCAL + "couches: {corridors: {libelle: Autres, geometrie: surface, precision: 5 m}}\n"
    assert ecrire({"communs/base.yaml": BASE, "local.yaml": local}).couches["corridors"].libelle == "Autres"


def test_controls_replace_the_control_of_the_base(ecrire):
    local = LOCAL.replace("    controle: {mesure", "    controles:\n      - {volet: v, mesure")
    assert ecrire({"communs/base.yaml": BASE, "local.yaml": local}).prescriptions[0].controles[0].volet == "v"


def test_the_later_of_two_bases_wins(ecrire):
    other = BASE.replace("20 logt/ha", "25 logt/ha")
    local = LOCAL.replace("[communs/base.yaml]", "[communs/base.yaml, autre.yaml]").split("  - id: P1")[0]
    rules = ecrire({"communs/base.yaml": BASE, "autre.yaml": other, "local.yaml": local})
    assert rules.prescriptions[0].controles[0].parametres["minimum"].value == 25


def test_an_error_names_the_file_where_it_stands(ecrire, tmp_path):
    base, local = BASE.replace("20 logt/ha", "20"), LOCAL.replace("recommandation", "recomandation")
    base = base.replace("P2\n", "P2\n    pilier: x\n")
    found = errors_of(ecrire, {"communs/base.yaml": base, "local.yaml": local})
    assert [(error.file, error.line) for error in found] == [
        (str(tmp_path / "local.yaml"), 10),
        (str(tmp_path / "communs" / "base.yaml"), 16),
    ]


def test_an_accented_key_of_the_base_is_replaced_too(ecrire):
    base = BASE.replace("intitule: Densité", "intitulé: Densité")
    local = LOCAL.replace("nature: recommandation", "nature: recommandation\n    intitule: Autre")
    assert ecrire({"communs/base.yaml": base, "local.yaml": local}).prescriptions[0].intitule == "Autre"


@pytest.mark.parametrize(
    ("reprend", "said"),
    [
        ("[absent.yaml]", "« absent.yaml » : le fichier de règles n'existe pas"),
        ("[communs]", "est un dossier"),
        ("[/etc/hostname]", "chemin relatif"),
        ('["C:/x.yaml"]', "chemin relatif"),
        ("[local.yaml]", "en boucle"),
        ("['communs\\..\\local.yaml']", "en boucle"),
        ("[communs/../local.yaml]", "en boucle"),
    ],
)
def test_what_cannot_be_taken_up_is_said_where_it_is_named(ecrire, tmp_path, reprend, said):
    local = LOCAL.replace("[communs/base.yaml]", reprend)
    found = errors_of(ecrire, {"communs/base.yaml": BASE, "local.yaml": local})
    error = next(error for error in found if said in error.message)
    assert (error.file, error.line) == (str(tmp_path / "local.yaml"), 3)


def test_a_cycle_of_two_files_is_refused(ecrire):
    base = BASE + "reprend: [../local.yaml]\n"
    assert "en boucle" in errors_of(ecrire, {"communs/base.yaml": base, "local.yaml": LOCAL})[0].message


def test_a_base_that_is_not_yaml_is_said_in_its_own_file(ecrire):
    found = errors_of(ecrire, {"communs/base.yaml": "a: [1", "local.yaml": LOCAL})
    assert any(error.file.endswith("base.yaml") and "jamais refermé" in error.message for error in found)


def test_a_base_without_format_is_said(ecrire):
    found = errors_of(ecrire, {"communs/base.yaml": BASE.replace("format: 1\n", ""), "local.yaml": LOCAL})
    assert [error.file.endswith("base.yaml") for error in found] == [True]


def test_a_base_of_a_base(ecrire):
    middle = 'format: 1\nreprend: ["communs/base.yaml"]\nselections: {extension: {zones: {typezone: [AUs]}}}\n'
    local = LOCAL.replace("communs/base.yaml", "milieu.yaml")
    rules = ecrire({"communs/base.yaml": BASE, "milieu.yaml": middle, "local.yaml": local})
    assert rules.prescriptions[0].controles[0].parametres["objets"][0].typezone == ("AUs",)


def test_the_digest_changes_with_any_of_the_files(ecrire):
    first = ecrire({"communs/base.yaml": BASE, "local.yaml": LOCAL}).sha256
    assert ecrire({"communs/base.yaml": BASE + "# a\n", "local.yaml": LOCAL}).sha256 != first


def test_an_empty_reprend_is_nothing(lire):
    text = LOCAL.replace("[communs/base.yaml]", "[]").split("  - id: P1")[0]
    assert len(lire(text).prescriptions) == 1
