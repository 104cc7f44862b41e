"""What every test finds: the checkout importable as `scot_compat`, and the real data kept beside the repository.

Nothing of QGIS here: tests/rules and tests/checks run without it.
"""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import settings

ROOT = Path(__file__).resolve().parent.parent
OTHER_PERSON = Path(__file__).resolve().parent / "gis" / "instruction" / "other_person.py"
SHARED_DATA = ROOT.parent / "shared" / "data"


def _register_checkout() -> None:
    """Import the repository root as the package `scot_compat`, whatever the folder is called."""
    spec = importlib.util.spec_from_file_location(
        "scot_compat", ROOT / "__init__.py", submodule_search_locations=[str(ROOT)]
    )
    package = importlib.util.module_from_spec(spec)
    sys.modules["scot_compat"] = package
    spec.loader.exec_module(package)


if "scot_compat" not in sys.modules:
    _register_checkout()


# A slow or busy machine is not a failing test.
settings.register_profile("scot_compat", settings.default, deadline=None)
settings.load_profile("scot_compat")


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository root, which is the plugin package."""
    return ROOT


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Folder of real PLU(i), never copied here; the only reason to skip is that the whole folder does not exist."""
    if not SHARED_DATA.is_dir():
        pytest.skip(f"no real data: {SHARED_DATA} does not exist")
    return SHARED_DATA


@pytest.fixture
def interface(request):
    """The QGIS that the plugin is given: real widgets, see interface.py. The window is destroyed afterwards."""
    request.getfixturevalue("qgis_app")
    made = _module("interface").Interface()
    request.getfixturevalue("qtbot").addWidget(made.window)
    return made


@pytest.fixture
def other(dossier):
    """Another QGIS, which has the dossier open until it is told to leave."""
    started = subprocess.Popen(
        [sys.executable, str(OTHER_PERSON), str(dossier)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert json.loads(started.stdout.readline()) == {"refusal": ""}
    yield started
    started.kill()
    started.communicate()


def _module(name: str):
    """A module of this folder, which is no package; loaded here, since most of them need QGIS."""
    spec = importlib.util.spec_from_file_location(f"scot_compat_tests_{name}", Path(__file__).with_name(f"{name}.py"))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """A test on real data that skips although the data are there has checked nothing: it fails."""
    report = yield
    reads_real_data = "shared_data" in getattr(item, "fixturenames", ())
    if report.skipped and reads_real_data and SHARED_DATA.is_dir() and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} skipped although {SHARED_DATA} exists: {report.longrepr}"
    return report
