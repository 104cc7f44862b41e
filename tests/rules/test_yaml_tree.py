"""Section 1 of the language: YAML read as text, each trap with its own message, line and column."""

from __future__ import annotations

import pytest


@pytest.fixture
def parse():
    from scot_compat.rules.reading.yaml_tree import parse

    return lambda text: parse(text, "f.yaml")


@pytest.mark.parametrize(
    "written",
    ["NO", "no", "62119", "01004", "2A004", "1.10", "0x1F", "1e3", "2024-03-12", "~", "null", "yes", "12:30:00"],
)
def test_a_scalar_stays_as_written(parse, written):
    root, errors = parse(f"a: {written}\nb: [{written}]\n")
    assert errors == []
    assert root == {"a": written, "b": [written]}


def test_codes_keep_their_leading_zero(parse):
    assert parse("typepsc: [25, 01]")[0]["typepsc"] == ["25", "01"]


def test_every_node_knows_its_line_and_column(parse):
    root, _ = parse("a: 1\nb:\n  - x\n  - {c: deux}\n")
    assert (root.keys_at["b"].line, root.keys_at["b"].column) == (2, 1)
    assert (root["b"][1]["c"].line, root["b"][1]["c"].column) == (4, 9)
    assert root["b"][1]["c"].file == "f.yaml"


def test_carriage_returns_do_not_shift_lines(parse):
    root, _ = parse("a: 1\r\nb: 2\r\nc: 3\r\n")
    assert root["c"].line == 3


@pytest.mark.parametrize(
    ("text", "line", "column", "said"),
    [
        ("a: {pole: 2,5 ha, bourg: 3 ha}", 1, 13, "virgule décimale : une ligne par classe, ou des guillemets"),
        ("a: {pole: 2, bourg}", 1, 14, "virgule décimale"),
        ("a: {pole:35 ha}", 1, 5, "une espace suit les deux-points"),
        ("a: {b: Objectif : 35}", 1, 17, "guillemets"),
        ("a: [Objectif : 35]", 1, 5, "deux-points"),
        ("a: Objectif : 35", 1, 13, "deux-points"),
        ("a: [Une OAP existe-t-elle ?]", 1, 27, "point d'interrogation"),
        ("a: {b: Oui ?}", 1, 12, "point d'interrogation"),
        ("a: ? b", 1, 4, "guillemets"),
        ("libelle: [*AU]", 1, 11, '"*AU"'),
        ("libelle: *AU", 1, 10, '"*AU"'),
        ("libelle: [*1AU*]", 1, 15, '"*AU"'),
        ("libelle: *", 1, 11, '"*AU"'),
        ("a: &x b", 1, 4, "ancres"),
        ("a: !!str b", 1, 4, "étiquettes"),
        ("a: !x b", 1, 4, "étiquettes"),
        ("a: {c: 1}\nb:\n  <<: {d: 2}", 3, 3, "fusion"),
        ("a: 1\nb: 2\na: 3", 3, 1, "déjà donnée ligne 1"),
        ("a: {x: 1, x: 2}", 1, 11, "déjà donnée"),
        ("a:\n\tb: 1", 2, 1, "tabulation"),
        ("a: 'x\ty'", 1, 6, "tabulation"),
        ("a:\nb: 1", 1, 1, "n'a pas de valeur"),
        ("a:\n  -\n  - b", 2, 4, "élément de liste vide"),
        ("? [a]\n: b", 1, 3, "une clé est un mot"),
        ("{a: b}: c", 1, 1, "une clé est un mot"),
        ("a: - b", 1, 4, "tiret"),
        ("a:\n  b: 1\n   c: 2", 3, 5, "alignement"),
        ("a: 'l'eau'", 1, 7, "apostrophe"),
        ('a: "x" y', 1, 8, "guillemet"),
        ("a: [1, 2", 1, 4, "crochet [ ] jamais refermé"),
        ("a: {b: 1", 1, 4, "accolade { } jamais refermée"),
        ('a: "abc', 1, 4, "jamais refermé"),
        ("a: [a,,b]", 1, 7, "virgule en trop"),
        ("a: [a]]", 1, 7, "de trop"),
        ("a: @x", 1, 4, "« @ »"),
        ("a: %x", 1, 4, "« % »"),
        ('a: "\\d"', 1, 6, "barre oblique inverse"),
        ("a: |x\n b", 1, 5, "plusieurs lignes"),
        ("a: 1\npole", 2, 5, "deux-points"),
        ("a: 1\n---\nb: 2", 2, 1, "un seul document"),
        ("a: 1\n...\nb: 2", 3, 1, "un seul document"),
        ("%YAML 9.1\n---\na: b", 1, 1, "un seul document"),
        ("a:b", 1, 1, "une espace suit les deux-points"),
        ("- a\n- b", 1, 1, "à la racine"),
        ("a: b\x07c", 1, 5, "caractère illisible"),
    ],
)
def test_each_trap_has_its_message_and_its_place(parse, text, line, column, said):
    errors = parse(text)[1]
    assert len(errors) == 1, errors
    assert said in errors[0].message
    assert (errors[0].line, errors[0].column) == (line, column)


@pytest.mark.parametrize("text", ["", "   \n\n", "# un commentaire\n", "---\n"])
def test_an_empty_file_is_said_empty(parse, text):
    assert [error.message for error in parse(text)[1]] == ["le fichier est vide"]


def test_several_traps_are_reported_together(parse):
    errors = parse("a: &x {pole: 2,5 ha}\na: *AU\nb: !t c\n")[1]
    assert [error.line for error in errors] == [1, 1, 2, 2, 3]


def test_every_tab_is_reported(parse):
    assert [error.line for error in parse("a:\n\tb: 1\n\tc: 2\n")[1]] == [2, 3]


def test_forty_levels_are_enough_and_one_more_is_refused(parse):
    assert parse("a: " + "[" * 39 + "x" + "]" * 39)[1] == []
    assert "40 niveaux" in parse("a: " + "[" * 40 + "x" + "]" * 40)[1][0].message


def test_endless_nesting_is_refused_at_once(parse):
    assert "40 niveaux" in parse("a: " + "[" * 200_000)[1][0].message


def test_the_decimal_trap_quotes_what_yaml_understood(parse):
    message = parse("a: {pole: 2,5 ha, bourg: 3 ha}")[1][0].message
    assert "pole: 2,5 ha" in message
    assert "se lit « pole: 2 »" in message


def test_french_quotes_questions_and_colons_in_plain_text_are_fine(parse):
    root, errors = parse("a: Une OAP existe-t-elle ? oui\nb: « x »\nc: http://exemple.fr\nd: '12:30'\n")
    assert errors == []
    assert root["a"] == "Une OAP existe-t-elle ? oui"


def test_the_number_cut_by_its_comma_is_not_blamed_twice(refus_controle):
    (message,) = refus_controle("mesure: {objets: extension, minimum: 12,5 logt/ha, maximum: 20 logt/ha}")
    assert "se lit « minimum: 12 »" in message
