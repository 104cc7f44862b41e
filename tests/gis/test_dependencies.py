"""The message that tells what is missing and how to get it, and the bundled jsonschema."""

from __future__ import annotations

import importlib.machinery
import importlib.util
import sys
import types

import pytest
from scot_compat.gis import dependencies

NUMPY, SHAPELY, YAML, JSONSCHEMA = dependencies.DEPENDENCIES


def test_nothing_is_missing_where_the_tests_run():
    assert dependencies.missing() == ()


@pytest.mark.parametrize("absent", dependencies.DEPENDENCIES, ids=lambda absent: absent.module)
def test_a_library_that_is_not_there_is_missing(monkeypatch, absent):
    monkeypatch.setitem(sys.modules, absent.module, None)  # `import` then raises ImportError
    assert dependencies.missing() == (absent,)


def test_shapely_1_is_told_by_what_it_cannot_do(monkeypatch):
    old = types.ModuleType("shapely")
    old.__version__ = "2.9.9"  # whatever it says
    monkeypatch.setitem(sys.modules, "shapely", old)
    assert dependencies.missing() == (SHAPELY,)


def test_shapely_2_without_a_version_is_accepted(monkeypatch):
    new = types.ModuleType("shapely")
    new.__version__ = "0+unknown"  # Debian testing
    new.from_wkb = new.intersection = lambda *arguments: None
    monkeypatch.setitem(sys.modules, "shapely", new)
    assert dependencies.missing() == ()


@pytest.mark.parametrize(
    ("system", "where", "command"),
    [
        ("windows", "OSGeo4W Shell", 'python -m pip install --user "shapely>=2.0,<2.1" "jsonschema>=4"'),
        ("macos", "Terminal", '/bin/python3 -m pip install --user "shapely>=2.0,<2.1" "jsonschema>=4"'),
        ("flatpak", "flatpak run --command=python3", '-m pip install --user "shapely>=2.0,<2.1" "jsonschema>=4"'),
        (
            "debian",
            "sudo apt install python3-jsonschema puis",
            '--no-deps --break-system-packages "shapely>=2.0,<2.1".',
        ),
        ("linux", "terminal", 'python3 -m pip install --user "shapely>=2.0,<2.1" "jsonschema>=4"'),
    ],
)
def test_one_message_names_what_is_missing_and_the_commands_of_the_system(system, where, command):
    message = dependencies.message((SHAPELY, JSONSCHEMA), system)
    assert "il manque Shapely 2 et jsonschema" in message
    assert where in message
    assert command in message
    assert message.endswith("Redémarrez ensuite QGIS.")


def test_three_names_are_listed_as_in_french():
    assert "il manque Shapely 2, PyYAML et jsonschema" in dependencies.message((SHAPELY, YAML, JSONSCHEMA), "linux")


@pytest.fixture
def bundle(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "path", list(sys.path))
    return tmp_path


def test_the_bundle_is_added_last_when_jsonschema_is_nowhere(bundle, monkeypatch):
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    dependencies.use_bundled(bundle)
    dependencies.use_bundled(bundle)  # as a reload does
    assert sys.path[-1] == str(bundle)
    assert sys.path.count(str(bundle)) == 1


def test_the_bundle_stays_aside_when_the_system_has_jsonschema(bundle, monkeypatch):
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: importlib.machinery.ModuleSpec(name, None))
    dependencies.use_bundled(bundle)
    assert str(bundle) not in sys.path


def test_no_bundle_no_change(bundle):
    before = list(sys.path)
    dependencies.use_bundled(bundle / "absent")
    assert sys.path == before
