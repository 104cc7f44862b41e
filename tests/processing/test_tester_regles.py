"""`scotcompat:tester_regles`: the examples of a rule file, played; what fails is said with its line."""

from __future__ import annotations

import shutil

import pytest


@pytest.fixture
def failing(root, tmp_path):
    """The template of expressions, one of whose examples announces the wrong state (line 41)."""
    path = tmp_path / "données de l'été" / "règles n°2.yaml"
    path.parent.mkdir()
    text = (root / "rules" / "modeles" / "expression.yaml").read_text(encoding="utf-8")
    path.write_text(text.replace("P1: ecart_marque", "P1: sans_ecart"), encoding="utf-8")
    return path


def line_of(path, words):
    """Number of the line that holds the words, the last time."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return max(number for number, line in enumerate(lines, 1) if words in line)


def test_the_demonstration_passes(qgis_process, demo):
    outcome = qgis_process("tester_regles", REGLES=demo / "regles.yaml")
    assert outcome.results == {"NB_ECHECS": 0}
    assert (
        "Réussi : P31, « une zone 1AU à cheval sur un corridor de 100 m de large » : ecart_marque (ligne "
        in outcome.text
    )
    assert "0 échec" in outcome.text and "Sans exemple : P10, P11," in outcome.text


def test_a_failure_is_said_and_exits(qgis_process, failing):
    outcome = qgis_process("tester_regles", code=1, REGLES=failing)
    line = line_of(failing, "bande de 20 m") + 4
    assert "P1: sans_ecart" in failing.read_text(encoding="utf-8").splitlines()[line - 1]
    assert (
        "Échec : P1, « une bande de 20 m sur 500 m ne l'est pas (0,12) » : sans_ecart attendu, ecart_marque trouvé "
        f"({failing}, ligne {line})." in outcome.stderr
    )
    assert "1 état attendu n'est pas trouvé" in outcome.stderr
    assert "est fausse pour 1 objet" in outcome.stderr
    assert "Traceback" not in outcome.text


def test_a_failure_without_failing(process, failing):
    run = process("tester_regles", REGLES=failing, ECHOUER=False)
    assert run.results == {"NB_ECHECS": 1}
    assert "3 exemples, 3 états attendus : 2 trouvés, 1 échec." in run.said


def test_without_examples(process, commune):
    run = process("tester_regles", REGLES=commune.rules)
    assert run.results == {"NB_ECHECS": 0} and "n'a pas d'exemples : rien n'est éprouvé" in run.said


def test_a_file_that_is_not_valid(process, tmp_path, root):
    path = tmp_path / "fausses.yaml"
    shutil.copy(root / "rules" / "modeles" / "expression.yaml", path)
    path.write_text(path.read_text(encoding="utf-8").replace("pi()", "env('HOME')"), encoding="utf-8")
    run = process("tester_regles", REGLES=path)
    assert "fonction « env » inconnue, ou non admise dans une règle" in run.failure
    assert "Traceback" not in run.failure and "Erreur interne" not in run.failure


def test_every_file_that_is_shipped_passes(process, root):
    """The demonstration, the templates, the hard cases: all have examples, and QGIS finds what they announce."""
    shipped = [root / "resources" / "demo" / "regles.yaml", *sorted((root / "rules").glob("*/*.yaml"))]
    assert len(shipped) > 10
    for path in shipped:
        run = process("tester_regles", REGLES=path)
        assert run.results == {"NB_ECHECS": 0}, (path.name, run.failure)
        assert "rien n'est éprouvé" not in run.said, path.name


def test_a_cancel(process, demo):
    from qgis.core import QgsProcessingFeedback

    feedback = QgsProcessingFeedback(False)
    feedback.cancel()
    run = process("tester_regles", feedback=feedback, REGLES=demo / "regles.yaml")
    assert "annulé" in run.failure
