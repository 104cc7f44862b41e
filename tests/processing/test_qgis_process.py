"""The provider as qgis_process finds it, with and without the libraries it needs."""

from __future__ import annotations

import subprocess

import pytest


@pytest.fixture(scope="module")
def listed(qgis_process, root):
    """What `qgis_process list` says of our provider: algorithm name -> title."""
    command = [str(root / ".ci" / "qgis_process.sh"), "list"]
    done = subprocess.run(command, env=qgis_process.environment, capture_output=True, encoding="utf-8", timeout=120)
    lines = [line.strip().split("\t") for line in done.stdout.splitlines() if line.strip().startswith("scotcompat:")]
    return {identifier.split(":")[1]: title for identifier, title in lines}


def test_the_algorithms_of_the_contract_are_listed(listed):
    assert {
        "controler_plu": "Contrôler un PLU",
        "controler_couches": "Contrôler des couches",
        "verifier_regles": "Vérifier un fichier de règles",
        "tester_regles": "Tester un fichier de règles",
        "lire_plu": "Lire un PLU",
        "comparer_dossiers": "Comparer deux dossiers",
    }.items() <= listed.items()


def test_without_shapely_the_algorithm_says_how_to_get_it(qgis_process, root, tmp_path):
    (tmp_path / "shapely.py").write_text("raise ModuleNotFoundError(name='shapely')", encoding="utf-8")
    command = [str(root / ".ci" / "qgis_process.sh"), "run", "scotcompat:lire_plu", "--PLU=x"]
    done = subprocess.run(
        command,
        env={**qgis_process.environment, "PYTHONPATH": str(tmp_path)},
        capture_output=True,
        encoding="utf-8",
        timeout=120,
    )
    assert done.returncode == 1
    assert "il manque Shapely 2" in done.stderr
    assert "pip install" in done.stderr
    assert "Traceback" not in done.stderr
