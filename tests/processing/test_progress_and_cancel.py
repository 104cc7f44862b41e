"""Progress is told by step and never goes back; a cancel is obeyed at once and leaves nothing behind."""

from __future__ import annotations

import re
import shutil
import tempfile
import threading
import time

import pytest

RULES = """\
format: 1
scot:
  nom: Grand SCoT
couches:
  corridors:
    libelle: Corridors
    geometrie: surface
    precision: 1 m
    source: corridors.gpkg
prescriptions:
  - id: P1
    intitule: Corridors
    objectif: "1.1"
    nature: norme
    controle:
      zones_interdites:
        objets: {zones: {typezone: [U, AUc]}}
        couches: [corridors]
  - id: P2
    intitule: Protection
    objectif: "1.1"
    nature: norme
    controle:
      protection_requise:
        couches: [corridors]
        outils: [{zones: {typezone: [N]}}]
        part_minimale: 95 %
"""
SIDE = 142  # 20 164 zones of one hectare


@pytest.fixture(scope="module")
def territory(tmp_path_factory, write_layer):
    """20 000 zones in a zip, forty bands across them: (archive, rules)."""
    place = tmp_path_factory.mktemp("grand territoire d'été")
    zones = [
        {"LIBELLE": f"Z{x}-{y}", "TYPEZONE": ("U", "AUc", "A", "N")[(x + y) % 4],
         "box": (100 * x, 100 * y, 100 * x + 100, 100 * y + 100)}
        for x in range(SIDE) for y in range(SIDE)
    ]  # fmt: skip
    folder = place / "archive" / "18001_PLU_20250101"
    write_layer(folder / "18001_ZONE_URBA_20250101.gpkg", "ZONE_URBA", zones)
    archive = shutil.make_archive(str(place / "PLU d'été"), "zip", folder.parent, folder.name)
    bands = [{"NOM": f"Bande {n}", "box": (0, 350 * n + 20, 100 * SIDE, 350 * n + 90)} for n in range(40)]
    write_layer(place / "corridors.gpkg", "corridors", bands)
    (place / "règles.yaml").write_text(RULES, encoding="utf-8")
    return archive, place / "règles.yaml"


@pytest.fixture
def listening(qgis_app):
    """Function `(at="", delay) -> feedback` that keeps what it is told and cancels `delay` s after the step `at`."""
    from qgis.core import QgsProcessingFeedback

    class Listening(QgsProcessingFeedback):
        def __init__(self, at, delay):
            super().__init__(False)
            self.at, self.delay, self.cancelled = at, delay, None
            self.steps, self.progress_told = [], []

        def setProgressText(self, text):
            self.steps.append(text)
            if self.at and text.startswith(self.at) and self.cancelled is None:
                self.cancelled = 0.0
                threading.Timer(self.delay, self._cancel).start()

        def setProgress(self, progress):
            self.progress_told.append(progress)

        def _cancel(self):
            self.cancelled = time.monotonic()
            self.cancel()

    return lambda at="", delay=0.0: Listening(at, delay)


def test_progress_is_told_by_step_and_never_goes_back(process, listening, demo, tmp_path):
    feedback = listening()
    run = process(
        "controler_plu",
        feedback,
        PLU=demo / "plu" / "200000098_PLUi_20250918.zip",
        REGLES=demo / "regles.yaml",
        DOSSIER=tmp_path / "d.gpkg",
    )
    assert not run.failure
    told = feedback.progress_told
    assert told == sorted(told) and told[0] >= 0 and told[-1] <= 100
    assert any(20 < value < 40 for value in told) and any(60 < value < 85 for value in told)
    steps = feedback.steps
    read = [step for step in steps if step.startswith("Lecture de ")]
    assert len(read) > 20 and read[0].startswith("Lecture de ZONE_URBA")
    rules = (demo / "regles.yaml").read_text("utf-8")
    asked = re.findall(r"^  - id: (\w+)$", rules, re.MULTILINE)
    checked = [step.split(" : ")[0] for step in steps if step.split(" : ")[0] in asked]
    assert checked == asked and len(asked) == 44
    assert steps[-1] == "Écriture du dossier"
    assert steps.index(read[-1]) < steps.index("P10 : Linéaires commerciaux des centres")


@pytest.mark.parametrize("at, delay", [("Lecture de ZONE_URBA", 0.3), ("P1", 0.1), ("P2", 0.05)])
def test_a_cancel_is_obeyed_at_once_and_leaves_nothing(process, listening, territory, tmp_path, monkeypatch, at, delay):
    place, temporary = tmp_path / "résultats", tmp_path / "temporaire"
    place.mkdir()
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    plu, rules = territory
    feedback = listening(at, delay)
    run = process("controler_plu", feedback, PLU=plu, REGLES=rules, DOSSIER=place / "d.gpkg")
    ended = time.monotonic()
    assert feedback.cancelled, f"{at} was never said: {feedback.steps}"
    assert "Traitement annulé : rien n'a été écrit." in run.failure
    assert ended - feedback.cancelled < 2  # half a second on a machine of one's own
    assert list(place.iterdir()) == list(temporary.iterdir()) == []


def test_cancelled_before_it_begins(process, listening, commune, tmp_path):
    feedback = listening()
    feedback.cancel()
    for algorithm, given in (
        ("controler_plu", {"REGLES": commune.rules, "DOSSIER": tmp_path / "d.gpkg"}),
        ("lire_plu", {"SORTIE": tmp_path / "l.gpkg"}),
    ):
        run = process(algorithm, feedback, PLU=commune.archive, **given)
        assert "Traitement annulé" in run.failure
    assert list(tmp_path.iterdir()) == []


def test_one_feedback_for_two_controls(process, commune, tmp_path, listening):
    """As in a model: the second starts again from zero."""
    feedback = listening()
    for number in range(2):
        feedback.progress_told.clear()
        process(
            "controler_plu", feedback, PLU=commune.archive, REGLES=commune.rules, DOSSIER=tmp_path / f"{number}.gpkg"
        )
        assert feedback.progress_told[0] < 10 and feedback.progress_told == sorted(feedback.progress_told)
