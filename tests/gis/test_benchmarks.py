"""The benchmarks measure every kind there is."""

from __future__ import annotations

import importlib.util
import sys

import pytest
from scot_compat.checks.registry import KINDS


@pytest.fixture
def bench_growth(root, monkeypatch):
    """The file of that name; those that it imports have plain names, and go with it."""
    for name in ("run", "territory", "bench_growth"):
        spec = importlib.util.spec_from_file_location(name, root / "tests" / "benchmarks" / f"{name}.py")
        module = importlib.util.module_from_spec(spec)
        monkeypatch.setitem(sys.modules, name, module)
        spec.loader.exec_module(module)
    return module


def test_every_kind_has_a_row_of_growth(bench_growth):
    assert {row.split()[0] for row in bench_growth.CONTROLS} == set(KINDS)


def test_the_rule_of_each_row_is_valid(bench_growth):
    for row, control in bench_growth.CONTROLS.items():
        (prescription,) = bench_growth.rules_of(row.split()[0], control).prescriptions
        assert [controle.genre for controle in prescription.controles] == [row.split()[0]]
