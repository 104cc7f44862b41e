"""QGIS expressions as QGIS evaluates them: values, errors, what is refused a second time, a whole control."""

from __future__ import annotations

import shutil

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from qgis.core import QgsExpression, QgsExpressionContextUtils, QgsFeatureRequest, QgsProject
from qgis.utils import qgsfunction
from scot_compat.checks import engine, exemples
from scot_compat.checks.base import Etat
from scot_compat.checks.context import NotEvaluable
from scot_compat.checks.expressions import Rows, Value
from scot_compat.checks.progress import Cancelled, Progress
from scot_compat.checks.registry import KINDS
from scot_compat.gis.control import Request, control
from scot_compat.gis.dossier_results import DossierResults
from scot_compat.gis.expression import QgisEvaluator, parse
from scot_compat.rules.expressions import FUNCTIONS, read
from scot_compat.rules.loader import load
from scot_compat.rules.model import Expression

pytestmark = pytest.mark.usefixtures("qgis_app")

#: what rules/ refuses too, asked here of QGIS's own reading, as if rules/ had let it pass
ATTACKS = [
    "env('HOME')",
    "eval('1')",
    "eval_template('a')",
    "layer_property('a', 'path')",
    "raster_value('a', 1, @geometry)",
    "aggregate('a', 'count', 1)",
    "count(1)",
    "overlay_intersects('a')",
    "get_feature('a', 'b', 1)",
    "file_exists('/etc/passwd')",
    "order_parts($geometry, 'env(1)', True)",
    "attribute('H')",
    "exif('a', 'b')",
    "generate_series(1, 2)",
    "now()",
    "$now",
    "rand(1, 2)",
    "var('project_path')",
    "@project_path",
    "@Geometry",
    "with_variable('a', 1, @geometry)",
    "if(true, 1, env('HOME'))",
    "case when true then env('HOME') end",
    "array_foreach(array(1), env('HOME'))",
    "array_filter(array(1), try(eval('1')))",
    "coalesce(NULL, (env('HOME')))",
    "1 in (1, env('HOME'))",
    "1 /* */ + env('HOME')",
    "EnV ('HOME')",
    "$currentfeature",
    "$id",
    'represent_value("H")',
    "item_variables('a')",
    "uuid()",
    '"secret" = 1',
    "var('a' || 'b')",
    "'it''s' || env('HOME')",
    "'\\'' || env('HOME')",
    "sqlite_fetch_and_increment('a', 'b', 'c', 'd', map())",
]


def written(text):
    """As the loader makes it, whatever it refuses."""
    found = read(text)
    return Expression(text, 12, tuple(found.champs), tuple(found.variables), tuple(found.nombres))


def column(*values):
    out = np.empty(len(values), dtype=object)
    out[:] = values
    return out


def evaluated(text, geometrie=None, **champs):
    count = len(next(iter(champs.values()))) if champs else 1
    shapes = column(*(geometrie or [shapely.box(0, 0, 100, 50)] * count))
    found = written(text)
    codes = {nom: column(*champs[nom]) for nom in found.variables if nom in champs}
    fields = {nom: column(*champs[nom]) for nom in found.champs}
    return list(QgisEvaluator().evaluate(found, Rows(fields, codes, shapes), Progress()))


@pytest.mark.parametrize(
    "text, expected",
    [
        ("area(@geometry)", 5000.0),
        ("$area", 5000.0),
        ("$perimeter", 300.0),
        ("AREA(@geometry) >= 5000", 1),
        ("x_max(bounds($geometry)) = 100", 1),
        ("array_max(array_foreach(array(1, 2), @element * 2))", 4),
        ("'l''été' || ' à ' || 'Écœuvres'", "l'été à Écœuvres"),
        ("NULL", None),
        ("1 / 0", None),
        ("to_date('2024-01-31')", "20240131"),
    ],
)
def test_values(text, expected):
    assert evaluated(text) == [Value(expected)]


def test_fields_and_codes_row_by_row():
    found = evaluated(
        "\"Hauteur d'été\" <= 9 and @typezone = 'U'", **{"Hauteur d'été": [9, 12.5, None], "typezone": ["U"] * 3}
    )
    assert found == [Value(1), Value(0), Value(None)]
    assert evaluated("@stecal", stecal=[True, False, None]) == [Value(True), Value(False), Value(None)]
    assert evaluated("H", H=[np.float64(1.5), np.int64(3)]) == [Value(1.5), Value(3)]


def test_areas_are_planar_whatever_the_project_says():
    """An ellipsoid and hectares chosen in the project change no figure."""
    project = QgsProject.instance()
    project.setEllipsoid("EPSG:7019")
    try:
        far = [shapely.box(700000, 6600000, 700100, 6600050)]
        assert evaluated("$area = 5000 and area($geometry) = 5000 and $perimeter = 300", far) == [Value(1)]
    finally:
        project.clear()


def test_lines_and_points():
    shapes = [shapely.LineString([(0, 0), (3, 4)]), shapely.Point(1, 2)]
    assert evaluated("$length", shapes[:1], H=[1]) == [Value(5.0)]
    assert evaluated("$x + $y", shapes[1:], H=[1]) == [Value(3.0)]


@pytest.mark.parametrize("text", ["to_real(H) > 1", "area(H) > 1", "regexp_match(H, '[')"])
def test_an_error_is_that_of_one_object(text):
    first, second = evaluated(text, H=["R+2", None])
    assert first.valeur is None and first.erreur and "\n" not in first.erreur
    assert second.valeur is None


def test_a_list_or_a_geometry_is_neither_true_nor_false():
    for text in ("array(1)", "@geometry", "$geometry"):
        (value,) = evaluated(text)
        assert isinstance(value.valeur, str) and not value.erreur


@pytest.mark.parametrize("text", ATTACKS)
def test_what_reaches_out_is_refused_by_the_reading_of_qgis(text):
    with pytest.raises(NotEvaluable) as caught:
        parse(Expression(text, 12))
    assert "de la ligne 12 emploie ce qu'une règle ne peut pas employer : " in str(caught.value), text


@pytest.mark.parametrize("text", ATTACKS)
def test_and_by_the_rules_before(text):
    assert read(text).problems or text == '"secret" = 1'


WORDS = """
env eval ( ) ( ) ( ) ' '' " "" \\ -- /* 1 .5 e E5 @ @geometry $area $ var 'HOME' "a" a if or not in is null , := [ ]
|| = < <> + - * / area é ſ K # ; ` \\' NULL true array array_foreach like and now $now (1) (1,2) //
"""
PIECES = st.sampled_from([*WORDS.split(), " ", "\n", "\u00a0"])


@given(st.lists(PIECES, min_size=1, max_size=9).map("".join))
def test_both_readings_agree(text):
    """What the rules let pass and QGIS understands uses nothing but what the rules saw."""
    found, parsed = read(text), QgsExpression(text)
    if found.problems or parsed.hasParserError():
        return
    assert set(parsed.referencedFunctions()) <= FUNCTIONS | {"var"}
    assert set(parsed.referencedVariables()) == set(found.variables)
    columns = set(parsed.referencedColumns())
    if QgsFeatureRequest.ALL_ATTRIBUTES not in columns:
        assert columns == set(found.champs)


def test_a_function_added_by_another_extension_is_refused_even_under_an_admitted_name():
    called = []

    @qgsfunction(args="auto", group="GeometryGroup")
    def concave_hull(value, feature, parent):
        called.append(value)
        return 1

    @qgsfunction(args=0, group="Math")
    def hors_liste(values, feature, parent):
        called.append(values)
        return 1

    try:
        for text, named in (("concave_hull(1) = 1", "concave_hull"), ("hors_liste() = 1", "hors_liste")):
            if type(function_named(named)).__name__ == "QgsExpressionFunction":
                continue  # this QGIS has its own, which nobody replaces
            with pytest.raises(NotEvaluable, match=named):
                evaluated(text)
        assert called == []
    finally:
        for name in ("concave_hull", "hors_liste"):
            QgsExpression.unregisterFunction(name)


def function_named(name):
    return next(function for function in QgsExpression.Functions() if function.name() == name)


def test_no_name_of_the_list_is_an_alias_or_reaches_out():
    """Those that this QGIS has are its own, and of groups that hold no file, no layer and no project."""
    known = {function.name(): function for function in QgsExpression.Functions()}
    here = FUNCTIONS & set(known)
    assert len(here) > 150
    groups = {group for name in here for group in known[name].groups()}
    assert groups <= {
        "Math", "GeometryGroup", "Conversions", "Conditionals", "Arrays", "Date and Time", "String", "Fuzzy Matching",
    }  # fmt: skip


def test_variables_of_the_user_and_of_the_project_are_not_there():
    QgsExpressionContextUtils.setGlobalVariable("typezone", "secret")
    try:
        assert evaluated("@typezone", typezone=[None]) == [Value(None)]
        assert evaluated("@index") == [Value(None)]
    finally:
        QgsExpressionContextUtils.removeGlobalVariable("typezone")


@pytest.mark.parametrize(
    "text, said",
    [
        ("1 + ", "syntaxe incorrecte, ligne 1, colonne "),
        ("1 +\n = 2", "syntaxe incorrecte, ligne 2, colonne "),
        ("if(1)", "nombre d'arguments incorrect, ligne 1, colonne 1 de l'expression"),
        ("pas_encore_la(1)", "fonction inconnue de cette version de QGIS, ligne 1, colonne 1 de l'expression"),
        ("concat(a:=1)", "arguments "),
    ],
)
def test_what_qgis_cannot_read_is_said_with_the_line_of_the_rule(text, said):
    with pytest.raises(NotEvaluable) as caught:
        parse(written(text))
    assert str(caught.value).startswith("L'expression de la ligne 12 n'est pas valide : ")
    assert said in str(caught.value) and str(caught.value).endswith(").")


def test_a_cancel_is_heard_between_two_objects():
    shapes = column(*[shapely.box(0, 0, 1, 1)] * 50_000)
    with pytest.raises(Cancelled):
        QgisEvaluator().evaluate(written("area(@geometry) > 0"), Rows({}, {}, shapes), Progress(cancelled=lambda: True))


# -- a whole control ------------------------------------------------------------------------------


def test_the_template_gives_the_states_that_its_examples_announce(root):
    """Compactness: 4 pi x 10 000 / 400² = 0,79; 4 pi x 10 000 / 1 040² = 0,12."""
    rules = load(root / "rules" / "modeles" / "expression.yaml", KINDS)
    outcomes = exemples.play(rules, expressions=QgisEvaluator())
    assert [str(outcome.trouve) for outcome in outcomes] == ["sans_ecart", "ecart_marque", "sans_objet"]
    assert all(outcome.passed for outcome in outcomes)
    plu, layers, tables = exemples.build(rules.exemples[1], rules)
    (answer,) = engine.run(rules, plu, layers, tables, expressions=QgisEvaluator()).answers
    (ecart,) = answer.constats[0].ecarts
    assert ecart.message == "1AU : périmètre de 1040 m pour 10000 m²"


RULES = """\
format: 1
scot: {nom: SCoT d'essai}
couches:
  humides: {libelle: Zones humides, geometrie: surface}
prescriptions:
  - id: P1
    intitule: Zones d'été
    objectif: 1. Essai
    nature: norme
    controle:
      expression:
        objets: {zones: {typezone: [U, AUc]}}
        expression: area(@geometry) < 1000000000 and "LIBELLE" <> ''
  - id: P2
    intitule: Zones humides
    objectif: 1. Essai
    nature: norme
    controle:
      expression:
        objets: {couche: humides}
        expression: |
          area(@geometry) <
            0
        message: "'Trop grande : ' || round(area(@geometry))"
  - id: P3
    intitule: Mal écrite
    objectif: 1. Essai
    nature: norme
    controle:
      expression:
        objets: {zones: {typezone: [U]}}
        expression: area(@geometry) <
"""


def test_a_whole_control(shared_data, tmp_path):
    rules = tmp_path / "règles d'été.yaml"
    rules.write_text(RULES, encoding="utf-8")
    humid = shared_data / "saint-saens" / "tvb" / "Zoneshumides_17.geojson"
    done = control(
        Request(shared_data / "saint-saens", rules, tmp_path / "Dossier.gpkg", roles={"humides": str(humid)})
    )
    first, second, third = DossierResults(done.dossier).prescriptions
    assert first.etat is Etat.SANS_ECART
    assert second.etat is Etat.ECART_MARQUE
    assert third.etat is Etat.NON_EVALUE
    assert "L'expression de la ligne 32 n'est pas valide : syntaxe incorrecte" in third.cause
    ecart = done.result.answers[1].constats[0].ecarts[0]
    assert ecart.message.startswith("Trop grande : ") and ecart.geometrie.equals(ecart.geometrie_objet)


def test_a_template_is_a_file_like_another(root, tmp_path):
    """Its comments say that QGIS is needed; a copy is valid."""
    copy = shutil.copy(root / "rules" / "modeles" / "expression.yaml", tmp_path / "été.yaml")
    assert load(copy, KINDS).warnings == ()
