"""`docs/couverture.md`: every prescription of the studied corpus has a kind of control, or a reason to be read."""

from __future__ import annotations

import re
from collections import Counter

import pytest

#: what the corpus itself says no machine can verify
MANUAL = {4, 7, 22, 24, 28, 34, 39, 44, 72, 78, 95, 102, 103, 105, 107, 116}


@pytest.fixture(scope="module")
def page(root):
    return (root / "docs" / "couverture.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def rows(page):
    """Number of the prescription -> its kinds."""
    found = re.findall(r"^\| P(\d{3}) \| [^|]+ \| ([^|]+) \| [^|]+ \|$", page, re.MULTILINE)
    assert len(found) == len(dict(found))
    return {int(number): re.findall(r"`(\w+)`", kinds) for number, kinds in found}


def test_each_prescription_has_its_row(rows):
    assert sorted(rows) == list(range(1, 117))


def test_each_kind_named_exists(rows):
    from scot_compat.checks.registry import KINDS

    assert {kind for kinds in rows.values() for kind in kinds} <= set(KINDS)


def test_only_what_must_be_judged_is_left_to_reading(rows):
    read = {number for number, kinds in rows.items() if set(kinds) <= {"lecture"}}
    assert read == MANUAL
    assert len(rows) - len(read) >= 100


def test_the_counts_of_the_page_are_those_of_its_rows(page, rows):
    counts = Counter(kind for kinds in rows.values() for kind in kinds)
    said = {kind: int(count) for kind, count in re.findall(r"^\| `(\w+)` \| (\d+) \|$", page, re.MULTILINE)}
    assert said == counts


def test_each_word_of_the_language_named_in_a_form_exists(page):
    from scot_compat.checks.registry import KINDS
    from scot_compat.rules.codes import destinations
    from scot_compat.rules.types.prescriptions import prescription_struct
    from scot_compat.rules.types.selectors import SOURCES, criteria

    known = {"a_completer", "precision", "selon", *KINDS, *destinations(), *prescription_struct(KINDS).fields}
    known |= {name for kind in KINDS.values() for name in kind.params()}
    known |= {key for source in SOURCES for key in criteria(source)}
    forms = re.findall(r"^\| P\d{3} \|.*\| (.*) \|$", page, re.MULTILINE)
    assert {word for form in forms for word in re.findall(r"`(\w+)", form)} <= known
