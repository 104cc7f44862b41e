"""One JSON Schema, built from the code: valid, useful to editors, shipped up to date."""

from __future__ import annotations

import json

import pytest
import yaml
from jsonschema import Draft202012Validator


@pytest.fixture(scope="module")
def schema(kinds):
    from scot_compat.rules.schema import build

    return build(kinds)


@pytest.fixture
def typed(debut):
    """A file as an editor parses it: numbers and booleans are typed."""

    def read(corps):
        text = debut + "prescriptions:\n  - id: P1\n    intitule: E\n    nature: norme\n    " + corps
        return yaml.safe_load(text)

    return read


def test_it_is_a_schema(schema):
    Draft202012Validator.check_schema(schema)


@pytest.mark.parametrize(
    "corps",
    [
        "controle: {mesure: {objets: extension, minimum: 35 logt/ha, vide_admis: true}}",
        "controle: {interdit: {objets: {prescriptions_plu: {typepsc: [07, 25]}}, couches: [corridors]}}",
        "reference: {page: 45}\n    controle: {questions: {questions: [V]}}\n    sauf: [{motif: a, communes: 62051}]",
    ],
)
def test_an_editor_that_types_values_agrees(schema, typed, corps):
    assert list(Draft202012Validator(schema).iter_errors(typed(corps))) == []


@pytest.mark.parametrize("corps", ["controle: {mesur: {}}", "controle: {mesure: {}}", "controle: {}", "texte: a"])
def test_an_editor_sees_the_same_faults(schema, typed, corps):
    assert list(Draft202012Validator(schema).iter_errors(typed(corps)))


def test_every_key_has_its_help(schema):
    kinds = schema["$defs"]["controle"]["properties"]
    assert kinds["mesure"]["description"] == "Les objets atteignent un seuil."
    assert kinds["mesure"]["properties"]["tolerance"]["description"] == "Écart admis"
    assert kinds["mesure"]["required"] == ["objets"]
    bare = [key for key, value in schema["properties"].items() if not value.get("description")]
    assert bare == []


def test_the_shipped_schema_is_up_to_date(root):
    from scot_compat.checks.registry import KINDS
    from scot_compat.rules.schema import build

    shipped = json.loads((root / "resources" / "schema" / "regles-1.schema.json").read_text(encoding="utf-8"))
    assert shipped == build(KINDS), "make schema"
