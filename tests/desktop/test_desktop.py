"""The whole path in a real QGIS: installed from the zip, new control on a real archive, écart on the map and back.

Figures: those of `shared/data/README.md`, as in tests/real/test_saint_saens.py.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
import launch  # noqa: E402
from saint_saens_layers import SOURCES  # noqa: E402


@pytest.fixture(scope="module")
def screen():
    """A real QGIS and a screen to show it on; both are there wherever the tests were prepared by `make`."""
    assert launch.program() and shutil.which("xvfb-run"), "QGIS ou Xvfb manque : lancez les tests par make"


@pytest.fixture(scope="module")
def archive(root):
    """The zip of the last commit; None where there is no repository (the plugin is then linked)."""
    if not (root / ".git").exists():
        return None
    subprocess.run([sys.executable, str(root / ".ci" / "archive.py")], check=True, capture_output=True)
    (made,) = [path for path in (root / "build").glob("scot_compat-*.zip") if "autonome" not in path.name]
    return made


@pytest.fixture(scope="module")
def report(screen, archive, shared_data, root, tmp_path_factory):
    folder = tmp_path_factory.mktemp("bureau de l'été")
    plu = shutil.make_archive(str(folder / "76648_PLU_20241107"), "zip", shared_data / "saint-saens")
    rules = (root / "tests" / "real" / "saint_saens.yaml").read_text(encoding="utf-8")
    for nom, source in SOURCES.items():
        place = shared_data / "saint-saens" / "tvb" / f"{source}.geojson"
        rules = re.sub(rf"^(  {nom}: {{libelle.*)}}$", rf'\1, source: "{place.as_posix()}"}}', rules, flags=re.M)
    (folder / "doo.yaml").write_text(rules, encoding="utf-8")
    given = {"plu": plu, "regles": str(folder / "doo.yaml")}
    return launch.run(launch.Session(folder, "controle", archive, given))


def test_eight_clicks_at_most_from_qgis_started_to_the_first_departure_on_the_map(report):
    assert report["clics_premier_ecart"] <= 8
    assert report["sur_la_carte"] and report["en_main"]


def test_twelve_clicks_at_most_to_the_first_departure_appraised(report):
    assert report["clics_apprecie"] <= 12
    assert report["apprecie"] == [
        {
            "decision": "retenu",
            "motif": "Zone humide au droit du projet, a confirmer.",
            "etat": "ecart_marque",
        }
    ]


def test_what_is_shown_is_what_was_controlled(report):
    """The states of the real data; the programme of dwellings is not given: what needs it says so."""
    assert report["etats"]["CORRIDORS"] == "ecart_marque"
    assert report["etats"]["HUMIDES"] == "ecart_marque"
    assert report["etats"]["DENSITE"] == "non_evalue"
    assert {"Écarts", "Écarts (lignes)", "Zonage"} <= set(report["groupe"])


def test_enter_goes_to_the_departure_and_a_click_on_the_map_comes_back_to_its_row(report):
    assert report["zoome"] and report["designe"]


def test_installed_from_the_zip(report, archive):
    assert archive is None or report["installe"]


def test_qgis_is_left_while_a_control_runs(screen, tmp_path):
    """It asks, as for any task; the control hears it, and QGIS ends well."""
    told = launch.run(launch.Session(tmp_path, "quitter"))
    assert "Compatibilité SCoT" in told["question"]
    assert told["arrete"] and told["quitte"]
