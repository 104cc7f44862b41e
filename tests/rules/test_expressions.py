"""QGIS expressions read as text: what they use, what is refused and where, whatever the disguise."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

#: each reaches out of the object, or hides what does: (expression, what the refusal names, its position)
ATTACKS = [
    ("read_file('/etc/passwd')", "read_file", 0),
    ("env('HOME')", "env", 0),
    ("ENV ('HOME')", "env", 0),
    ("env\n\t('HOME')", "env", 0),
    ("raster_value('mnt', 1, @geometry)", "raster_value", 0),
    ("layer_property('zones', 'path')", "layer_property", 0),
    ("load_layer('/vsicurl/http://x', 'ogr')", "load_layer", 0),
    ("execute('x')", "execute", 0),
    ("eval('env(''HOME'')')", "eval", 0),
    ("eval_template('[% env(1) %]')", "eval_template", 0),
    ("aggregate('zones', 'count', 1)", "aggregate", 0),
    ("aggregate(layer:='zones', aggregate:='count', expression:=1)", "aggregate", 0),
    ("count(1)", "count", 0),
    ("overlay_intersects('zones')", "overlay_intersects", 0),
    ("get_feature('zones', 'ID', 1)", "get_feature", 0),
    ("sqlite_fetch_and_increment('x.db', 'a', 'b', 'c')", "sqlite_fetch_and_increment", 0),
    ("file_exists('/etc/passwd')", "file_exists", 0),
    ("exif('x.jpg', 'Exif.Image.Make')", "exif", 0),
    ("order_parts($geometry, 'env(''HOME'')', True)", "order_parts", 0),
    ("attribute('H')", "attribute", 0),
    ('represent_value("H")', "represent_value", 0),
    ("item_variables('carte')", "item_variables", 0),
    ("generate_series(1, 1000000000)", "generate_series", 0),
    ("now() > to_date('2024-01-01')", "now", 0),
    ("rand(1, 2) = 1", "rand", 0),
    ("$now > 1", "$now", 0),
    ("$currentfeature", "$currentfeature", 0),
    ("var('project_path')", "var", 0),
    ("with_variable('a', env('HOME'), @a)", "with_variable", 0),
    ("ma_fonction_python(1)", "ma_fonction_python", 0),
    ("if(1, 2, env('HOME'))", "env", 9),
    ("case when true then env('HOME') end", "env", 20),
    ("array_foreach(array(1), env('HOME'))", "env", 24),
    ("array_filter(array(1), try(eval('1')))", "eval", 27),
    ("coalesce(NULL, (env('HOME')))", "env", 16),
    ("array(env('HOME'))[0]", "env", 6),
    ("1 in (1, env('HOME'))", "env", 9),
    ("not env('HOME')", "env", 4),
    ("'texte' || env('HOME')", "env", 11),
    ("'it''s' || env('HOME')", "env", 11),
    (r"'\'' || env('HOME')", "env", 8),
    (r"'\\' || env('HOME')", "env", 8),
    ('"champ" = env(1)', "env", 10),
    ('"a""b" = env(1)', "env", 9),
    ("\"env\"('HOME')", "env", 0),
    ('"env" (1)', "env", 0),
    ("1env('HOME')", "env", 1),
    ("1e5env('HOME')", "env", 3),
    ("ｅｎｖ('HOME')", "ｅｎｖ", 0),  # full-width letters
    ("env\u200b('HOME')", "env\u200b", 0),
    ("env\u00a0('HOME')", "env\u00a0", 0),
    ("ſqrt(4)", "ſqrt", 0),  # a long s, which some comparisons take for an s
    ("@project_path", "@project_path", 0),
    ("@Geometry", "@Geometry", 0),
    ("@user_full_name = 'x'", "@user_full_name", 0),
    ("@layer", "@layer", 0),
    ("@geometry('x')", "@geometry", 0),
    ("1 -- env('HOME')\n + env('HOME')", "commentaire", 2),
    ("1 /* rien */ + env('HOME')", "commentaire", 2),
    ("1 /* */ env('HOME') /* */", "commentaire", 2),
    ("'pas fermé || env(1)", "apostrophe", 0),
    ('"pas fermé || env(1)', "guillemet", 0),
    ("'a\\\n' || env('HOME')", "apostrophe", 0),
    ("1; env('HOME')", "« ; »", 1),
    ("1 \x00 + env('HOME')", "inattendu", 2),
    ("`env('HOME')`", "« ` »", 0),
    ("[% env(1) %]", "env", 3),
]


@pytest.fixture
def reading():
    from scot_compat.rules.expressions import read

    return read


@pytest.mark.parametrize("text, named, place", ATTACKS)
def test_what_reaches_out_is_refused_where_it_stands(reading, text, named, place):
    problems = reading(text).problems
    assert problems, text
    assert any(named in message and at == place for message, at in problems), problems


@pytest.mark.parametrize(
    "text, champs, variables",
    [
        ("HAUTEUR <= 9", ["HAUTEUR"], []),
        ('"HAUTEUR" <= 9 AND "Emprise au sol" < 0.3', ["HAUTEUR", "Emprise au sol"], []),
        ('"l""été" = \'env(1)\'', ['l"été'], []),
        ("'env(''HOME'')' <> LIBELLE", ["LIBELLE"], []),
        (r"'\' env(1)' LIKE LIBELLE", ["LIBELLE"], []),
        ("area(@geometry) > 500 and $area>500", [], ["geometry"]),
        ("AREA ( @geometry ) > 500", [], ["geometry"]),
        ("x IN (1, 2) or NOT(y) and z is not null", ["x", "y", "z"], []),
        ("case when a then b else c end", ["a", "b", "c"], []),
        ("array_max(array_foreach(array(a, b), @element * 2)) > 3", ["a", "b"], ["element"]),
        ("@typezone = 'AUc' and @vocation in ('habitat', 'mixte')", [], ["typezone", "vocation"]),
        ("$x_at(0) > 3e5 and .5 < 1. and 10 // 3 = 3 and a || b ~ 'c'", ["a", "b"], []),
        ("TRUE", [], []),
        ('"E5" > E5X + E + 5 + 2E5', ["E5", "E5X", "E"], []),
        ("if", ["if"], []),  # a field may have the name of a function
        ("make_circle(centroid($geometry), 3, segments:=36) is not null", [], []),
    ],
)
def test_what_a_harmless_expression_reads(reading, text, champs, variables):
    found = reading(text)
    assert (found.problems, found.champs, found.variables) == ([], champs, variables)


@pytest.mark.parametrize(
    "text, nombres",
    [
        ("HAUTEUR <= 9", ["HAUTEUR"]),
        ('9.5 >= "HAUTEUR" and "B" = -3', ["HAUTEUR", "B"]),
        ('"A" = \'9\' and "B" <= "C" and to_real("D") < 3', []),
        ("a > ", []),
        ("> 3", []),
    ],
)
def test_fields_compared_with_numbers(reading, text, nombres):
    assert reading(text).nombres == nombres


@pytest.mark.parametrize(
    "text, message, place",
    [
        ("(1 + 2", "« ( » jamais refermé", 0),
        ("1 + 2)", "« ) » de trop", 5),
        ("array(1, 2]", "« ] » de trop", 10),
        ("aera(@geometry)", "fonction « aera » inconnue, ou non admise dans une règle : vouliez-vous « area » ?", 0),
        ("toint(3)", "fonction « toint » inconnue, ou non admise dans une règle : vouliez-vous « to_int » ?", 0),
        ("@geometrie", "variable « @geometrie » non admise : vouliez-vous « @geometry » ?", 0),
        ("E5 > 3", "« E5 » se lit comme un nombre : écrire le nom du champ entre guillemets", 0),
        ("1 < e-3", "« e-3 » se lit comme un nombre : écrire le nom du champ entre guillemets", 4),
        ('"area"(@geometry)', "« area » est une fonction : l'écrire sans guillemets", 0),
    ],
)
def test_what_is_said(reading, text, message, place):
    assert (message, place) in reading(text).problems


@given(st.text(alphabet="aenv'\"\\()[]@$-/*|<=>1. \n:éſ,", max_size=40))
def test_any_text_is_read_to_an_end(text):
    """And what is left once texts and quoted fields are taken away holds no call of env that was not refused."""
    import re

    from scot_compat.rules.expressions import read

    found = read(text)
    bare = re.sub(r"""'(?:''|\\[^\r\n]|[^'\\])*'|"(?:""|[^"])*\"""", " ", text)
    if re.search(r"(?<![a-zéſ@$0-9])env\s*\(", bare):
        assert found.problems


# -- in a rule file -------------------------------------------------------------------------------


@pytest.fixture
def regle():
    """`regle(lines of the control) -> text` of a file whose line 9 holds `expression:`."""
    return (
        "format: 1\nscot: {nom: S}\nprescriptions:\n  - id: P1\n    intitule: E\n    nature: norme\n    controle:\n"
        "      expression:\n        %s\n        objets: {zones: {typezone: [AUc]}}\n"
    )


@pytest.fixture
def lire_vrai():
    def read(text):
        from scot_compat.checks.registry import KINDS
        from scot_compat.rules.loader import loads

        return loads(text, KINDS, "regles.yaml")

    return read


@pytest.mark.parametrize(
    "written, line, column",
    [
        ("expression: 1 = env('HOME')", 9, 25),
        ("expression: \"1 = env('HOME')\"", 9, 26),
        ('expression: "\\"A\\" = env(1)"', 9, 30),
        ("expression: '\"A\" = ''a'' || env(1)'", 9, 37),
        ("expression: |\n          1 =\n            env('HOME')", 11, 13),
        ("expression: |\n\n          env('HOME')", 11, 11),
        ("expression: >\n          1 =\n          env('HOME')", 9, 21),
        ("expression: 1 =\n          env('HOME')", 9, 21),
        ("expression: \"1 = e\\u006ev('HOME')\"", 9, 26),
    ],
)
def test_the_refusal_gives_the_line_and_the_column(lire_vrai, regle, written, line, column):
    from scot_compat.rules.errors import InvalidRules

    with pytest.raises(InvalidRules) as caught:
        lire_vrai(regle % written)
    (error,) = caught.value.errors
    assert "« env » inconnue, ou non admise" in error.message
    assert (error.file, error.line, error.column) == ("regles.yaml", line, column)
    assert error.path == "prescriptions[P1].controle.expression.expression"


def test_the_message_is_an_expression_too(lire_vrai, regle):
    from scot_compat.rules.errors import InvalidRules

    with pytest.raises(InvalidRules) as caught:
        lire_vrai(regle % "expression: HAUTEUR < 9\n        message: LIBELLE || eval('1')")
    (error,) = caught.value.errors
    assert "« eval »" in error.message and (error.line, error.column) == (10, 29)


@pytest.mark.parametrize("written", ["message: HAUTEUR", "expression: [a]", 'expression: " "', "expression:"])
def test_an_expression_is_a_text(lire_vrai, regle, written):
    from scot_compat.rules.errors import InvalidRules

    with pytest.raises(InvalidRules):
        lire_vrai(regle % written)


def test_the_text_is_kept_and_read_aloud(lire_vrai, regle):
    rules = lire_vrai(regle % 'expression: |\n          "HAUTEUR" <= 9\n          or area(@geometry) > 500')
    (prescription,) = rules.prescriptions
    expression = prescription.controles[0].parametres["expression"]
    assert expression.texte == '"HAUTEUR" <= 9\nor area(@geometry) > 500'
    assert (expression.ligne, expression.champs, expression.variables) == (9, ("HAUTEUR",), ("geometry",))
    assert prescription.lecture == (
        'L\'expression QGIS « "HAUTEUR" <= 9 or area(@geometry) > 500 » est vraie pour les zones AUc.',
    )
