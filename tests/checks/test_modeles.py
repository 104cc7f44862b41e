"""The templates and the worked examples shipped with the rules: valid, their `exemples:` as announced."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator

RULES = Path(__file__).resolve().parents[2] / "rules"
MODELES = sorted((RULES / "modeles").glob("*.yaml"))
FILES = MODELES + sorted((RULES / "exemples").glob("*.yaml"))
DEPARTURES = {"sens_contraire", "ecart_marque", "ecart_faible"}
#: kinds that measure nothing
NO_DEPARTURE = {"lecture"}


@pytest.fixture(scope="module")
def read():
    """`read(path) -> RuleSet`."""
    from scot_compat.checks.registry import KINDS
    from scot_compat.rules.loader import load

    return lambda path: load(path, KINDS, today=datetime.date(2026, 1, 1))


def name(path):
    return path.stem


@pytest.mark.parametrize("path", MODELES, ids=name)
def test_a_template_is_valid_without_a_remark(read, path):
    assert [str(warning) for warning in read(path).warnings] == []


@pytest.mark.parametrize("path", FILES, ids=name)
def test_its_examples_give_the_states_that_they_announce(read, path):
    from scot_compat.checks.exemples import play

    rules = read(path)
    assert rules.exemples
    for outcome in play(rules, date=datetime.date(2026, 1, 1)):
        if outcome.prescription in of_qgis(rules) and outcome.attendu != "sans_objet":
            assert str(outcome.trouve) == "non_evalue", outcome
        else:
            assert outcome.passed, outcome


def of_qgis(rules):
    """Prescriptions that QGIS alone answers, as tests/gis/test_expression.py has it do."""
    return {p.id for p in rules.prescriptions if any(c.genre == "expression" for c in p.controles)}


@pytest.mark.parametrize("path", MODELES, ids=name)
def test_a_template_shows_a_compliant_plan_and_a_departure(read, path):
    rules = read(path)
    for prescription in rules.prescriptions:
        if {controle.genre for controle in prescription.controles} & NO_DEPARTURE:
            continue
        shown = {exemple["attendu"].get(prescription.id) for exemple in rules.exemples}
        assert "sans_ecart" in shown and shown & DEPARTURES, shown


@pytest.mark.parametrize("path", FILES, ids=name)
def test_an_editor_agrees(root, path):
    from scot_compat.checks.registry import KINDS
    from scot_compat.rules.schema import build

    errors = Draft202012Validator(build(KINDS)).iter_errors(yaml.load(path.read_text("utf-8"), Loader=EditorLoader))
    assert [error.message for error in errors] == []


@pytest.mark.parametrize("path", FILES, ids=name)
def test_it_begins_with_a_comment_and_is_written_in_block_style(path):
    """One line per key wherever an encoder will type a decimal comma; rows of `exemples` may stand on one line."""
    text = path.read_text("utf-8")
    assert text.startswith("# ")
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    flow = [
        node.start_mark.line + 1
        for key, value in root.value
        if key.value != "exemples"
        for node in nodes(value)
        if isinstance(node, yaml.MappingNode) and node.flow_style
    ]
    assert flow == []


def nodes(node):
    yield node
    for child in node.value if isinstance(node.value, list) else ():
        for inner in child if isinstance(child, tuple) else (child,):
            yield from nodes(inner)


class EditorLoader(yaml.SafeLoader):
    """YAML 1.2 as editors read it: no dates, `yes` and `no` are words."""

    yaml_implicit_resolvers = {
        first: [(tag, regexp) for tag, regexp in resolvers if not tag.endswith(("timestamp", "bool"))]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }
