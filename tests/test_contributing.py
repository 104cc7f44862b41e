"""The contributor note promises that a new kind costs one file and one test: its own example is put to work."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import shapely

COPIED = (
    "__init__.py",
    "pyproject.toml",
    "rules",
    "checks",
    "gis/__init__.py",
    "gis/dependencies.py",
    "resources/cnig",
    "tests/conftest.py",
    "tests/checks/conftest.py",
)


def test_the_sixth_kind_of_the_note_costs_one_file_and_one_test(root, tmp_path):
    kind, its_test = re.findall(r"```python\n(.*?)```", (root / "docs" / "contribuer.md").read_text("utf-8"), re.DOTALL)
    copy = tmp_path / "scot_compat"
    for name in COPIED:
        source, target = root / name, copy / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, target)
    (copy / "checks" / "kinds" / "taille_maximale.py").write_text(kind, encoding="utf-8")
    (copy / "tests" / "checks" / "test_taille_maximale.py").write_text(its_test, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/checks/test_taille_maximale.py"],
        cwd=copy,
        env={**os.environ, "PYTHONPATH": str(Path(shapely.__file__).parent.parent), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        encoding="utf-8",
        timeout=120,
    )
    assert "3 passed" in done.stdout, done.stdout + done.stderr
