"""`docs/regles.md`, the reference of the language: up to date with the code, and complete."""

from __future__ import annotations

import re
import textwrap

import pytest
import yaml
from jsonschema import Draft202012Validator


@pytest.fixture(scope="module")
def page(root):
    return (root / "docs" / "regles.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def modeles(root):
    from scot_compat.rules.reference import read

    return read(root / "rules" / "modeles")


def registered():
    from scot_compat.checks.registry import KINDS

    return KINDS


def test_the_page_is_up_to_date(root, page):
    from scot_compat.rules.reference import page as written

    assert written(page, registered(), root / "rules") == page, "make docs"


@pytest.mark.parametrize("genre", sorted(registered()))
def test_each_kind_has_a_template(modeles, genre):
    from scot_compat.rules.loader import loads

    used = set()
    if genre in modeles:
        used = {c.genre for p in loads(modeles[genre], registered()).prescriptions for c in p.controles}
    assert genre in used, f"le contrôle « {genre} » n'a pas de modèle : écrire rules/modeles/{genre}.yaml"


@pytest.mark.parametrize("genre", sorted(registered()))
def test_each_kind_says_its_result_and_its_limits(genre):
    from scot_compat.rules.reference import prose

    requirement, others = prose(registered()[genre])
    assert requirement.endswith(".")
    said = {paragraph.split(" :")[0] for paragraph in others}
    missing = {"Résultat", "Limites"} - said
    assert not missing, (
        f"docstring du contrôle « {genre} » : un paragraphe par mot, « {' : … », « '.join(missing)} : … »"
    )


def test_every_criterion_of_a_selector_is_explained(page):
    from scot_compat.rules.types.selectors import SOURCES, criteria

    named = set(re.findall(r"`(\w+)`", "".join(re.findall(r"^\| `.*?\|", page, re.MULTILINE))))
    assert {key for source in SOURCES for key in criteria(source)} <= named


def test_every_section_of_a_file_is_explained(page):
    from scot_compat.rules.schema import TITLES

    assert [key for key in TITLES if f"| `{key}` |" not in page] == []


def test_links_inside_the_page_lead_somewhere(page):
    headings = re.findall(r"^#+ (.+)$", page, re.MULTILINE)
    anchors = {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}
    assert set(re.findall(r"\]\(#([^)]+)\)", page)) <= anchors


def test_what_is_written_by_hand_shows_yaml_that_is_right(page):
    """Each block, a section of a file or keys of a prescription, is what the schema says."""
    from scot_compat.rules.reference import MARK
    from scot_compat.rules.schema import build

    schema = build(registered())
    keys = {**schema["properties"]["prescriptions"]["items"]["properties"], **schema["properties"]}
    blocks = re.findall(r"```yaml\n(.*?)```", page.split(MARK)[0], re.DOTALL)
    assert len(blocks) >= 5
    for block in blocks:
        for key, value in yaml.load(textwrap.dedent(block), Loader=yaml.BaseLoader).items():
            errors = Draft202012Validator({**keys[key], "$defs": schema["$defs"]}).iter_errors(value)
            assert [error.message for error in errors] == [], block
