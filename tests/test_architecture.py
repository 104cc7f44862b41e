"""The rules of the house that a reader would not see broken: who imports whom, what is tracked, what is published."""

from __future__ import annotations

import ast
import configparser
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

# Each folder may import the folders before it (5-architecture: one way for the imports).
MAY_IMPORT = {
    "rules": set(),
    "checks": {"rules"},
    "gis": {"rules", "checks"},
    "report": {"rules", "checks", "gis"},
    "processing_provider": {"rules", "checks", "gis", "report"},
    "ui": {"rules", "checks", "gis", "report", "processing_provider"},
}
QGIS = {"qgis", "osgeo", "PyQt5", "PyQt6", "processing"}


def below(*folders):
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


SOURCES = below(*MAY_IMPORT)
TOP = [ROOT / "__init__.py", ROOT / "plugin.py"]


def name(path):
    return path.relative_to(ROOT).as_posix()


def imports(path, text=None):
    """Absolute names of what the file imports, nested imports included (`text` instead of its content, for a test)."""
    package = ["scot_compat", *path.relative_to(ROOT).parts[:-1]]
    for node in ast.walk(ast.parse(text or path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            yield node.module
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] + ([node.module] if node.module else [])
            for alias in node.names:
                yield ".".join([*base, alias.name])


@pytest.mark.parametrize(
    ("place", "text", "module"),
    [
        ("checks/kinds/x.py", "from ...rules.model import Seuil", "scot_compat.rules.model.Seuil"),
        ("checks/x.py", "from . import plu", "scot_compat.checks.plu"),
        ("checks/__init__.py", "from .plu import Plu", "scot_compat.checks.plu.Plu"),
        ("plugin.py", "from .gis import dependencies", "scot_compat.gis.dependencies"),
        ("gis/x.py", "def f():\n    import osgeo.ogr", "osgeo.ogr"),
        ("gis/x.py", "from qgis.core import QgsProject", "qgis.core"),
    ],
)
def test_imports_are_read_as_python_does(place, text, module):
    assert list(imports(ROOT / place, text)) == [module]


@pytest.mark.parametrize("path", SOURCES, ids=name)
def test_a_folder_imports_only_the_folders_before_it(path):
    folder = path.relative_to(ROOT).parts[0]
    inside = {module.split(".")[1] for module in imports(path) if module.startswith("scot_compat.")}
    assert inside <= MAY_IMPORT[folder] | {folder}


@pytest.mark.parametrize("path", below("rules", "checks"), ids=name)
def test_rules_and_checks_know_nothing_of_qgis(path):
    assert not {module.split(".")[0] for module in imports(path)} & QGIS


@pytest.mark.parametrize("path", below("gis"), ids=name)
def test_gis_has_no_widget(path):
    assert not [module for module in imports(path) if module.startswith(("qgis.gui", "qgis.PyQt.QtWidgets"))]


@pytest.mark.parametrize("path", [*SOURCES, *TOP], ids=name)
def test_qt_comes_through_qgis_only(path):
    assert not [module for module in imports(path) if module.startswith(("PyQt5", "PyQt6", "PySide"))]


@pytest.mark.parametrize("path", [*SOURCES, *TOP], ids=name)
def test_the_syntax_is_that_of_python_3_9(path):
    ast.parse(path.read_text(encoding="utf-8"), feature_version=(3, 9))


# Short enumeration names are gone from PyQt6 (QGIS 4).
SHORT_ENUMS = re.compile(
    r"\bQt\.[A-Z]\w+\b(?!\.)|QgsProcessing\.Type\w+|QgsWkbTypes\.\w+Geometry\b|\bQgis\.(Info|Warning|Critical|Success)\b"
)


@pytest.mark.parametrize("path", [*SOURCES, *TOP], ids=name)
def test_enumerations_have_their_long_names(path):
    assert SHORT_ENUMS.findall(path.read_text(encoding="utf-8")) == []


def test_importing_the_package_imports_no_qgis():
    script = (
        "import importlib.util, sys\n"
        "spec = importlib.util.spec_from_file_location('scot_compat', sys.argv[1] + '/__init__.py',"
        " submodule_search_locations=[sys.argv[1]])\n"
        "module = importlib.util.module_from_spec(spec)\n"
        "sys.modules['scot_compat'] = module\n"
        "spec.loader.exec_module(module)\n"
        "print([name for name in sys.modules if name.split('.')[0] in ('qgis', 'osgeo', 'PyQt5', 'PyQt6')])\n"
    )
    done = subprocess.run([sys.executable, "-c", script, str(ROOT)], capture_output=True, encoding="utf-8", timeout=60)
    assert done.stdout.strip() == "[]", done.stderr


def test_nothing_under_tests_is_a_package():
    assert list((ROOT / "tests").rglob("__init__.py")) == []


@pytest.fixture(scope="module")
def tracked():
    """Text files of the repository, committed or about to be: relative name -> text."""
    if not (ROOT / ".git").exists():
        pytest.skip("an exported copy, not a repository")
    command = ["git", "ls-files", "-z", "-co", "--exclude-standard"]
    names = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, encoding="utf-8").stdout.split("\0")
    texts = {}
    for each in names:
        path = ROOT / each
        if path.is_file() and path.stat().st_size < 2_000_000:
            content = path.read_bytes()
            if b"\0" not in content:
                texts[each] = content.decode("utf-8", errors="replace")
    return texts


def test_no_path_of_the_machine_is_written_in_a_file(tracked):
    """Neither where this checkout stands nor anybody's home folder."""
    places = [re.escape(f"{ROOT}/"), re.escape(f"{ROOT.parent}/shared"), "/home/[a-z]+/", "/Users/[a-z]+/"]
    here = re.compile("|".join(places))
    found = {each: here.findall(text) for each, text in tracked.items() if here.search(text)}
    assert found == {}


def test_no_compiled_file_nor_cache_is_tracked(tracked):
    assert [each for each in tracked if "__pycache__" in each or each.endswith((".pyc", ".pyo"))] == []


def test_metadata_has_what_qgis_and_its_site_ask():
    metadata = configparser.ConfigParser(interpolation=None)
    metadata.read(ROOT / "metadata.txt", encoding="utf-8")
    general = metadata["general"]
    for key in ("name", "description", "version", "author", "email", "about", "tracker", "repository"):
        assert general[key]
    assert general["qgisMinimumVersion"] == "3.22"
    assert general["qgisMaximumVersion"] == "4.99"
    assert general["hasProcessingProvider"] == "yes"
    assert "supportsQt6" not in general
    assert (ROOT / general["icon"]).is_file()
    assert f"## {general['version']}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
