"""The promise of conftest.py: a test on real data runs, unless there are no data at all."""

from __future__ import annotations

import shutil
import subprocess
import sys

import pytest

TESTS = """
import pytest

def test_reads(shared_data):
    assert (shared_data / "plu.txt").read_text() == "PLU"

def test_gives_up(shared_data):
    pytest.skip("a file that is not there")

def test_of_something_else():
    pytest.skip("allowed")
"""


@pytest.fixture
def project(root, tmp_path):
    """A checkout under another name, with three tests and nothing beside it."""
    project = tmp_path / "un clone"
    for name in ("pyproject.toml", "__init__.py", "gis/__init__.py", "gis/dependencies.py", "tests/conftest.py"):
        (project / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(root / name, project / name)
    (project / "tests" / "test_some.py").write_text(TESTS, encoding="utf-8")
    return project


def outcome(project):
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests"]
    done = subprocess.run(command, cwd=project, capture_output=True, encoding="utf-8", timeout=60)
    return done.stdout.strip().splitlines()[-1]


def test_without_data_the_tests_on_them_are_skipped(project):
    assert outcome(project).startswith("3 skipped")


def test_with_data_a_test_on_them_that_skips_fails(project):
    data = project.parent / "shared" / "data"
    data.mkdir(parents=True)
    (data / "plu.txt").write_text("PLU", encoding="utf-8")
    assert outcome(project).startswith("1 failed, 1 passed, 1 skipped")
