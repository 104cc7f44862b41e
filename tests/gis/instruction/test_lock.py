"""Two people on one dossier: the second is told, reads, and cannot overwrite. Another process stands for the second."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from scot_compat.gis.dossier import DossierError
from scot_compat.gis.geopackages.geopackage import GeoPackageError
from scot_compat.gis.instruction.decisions import Decision, Refused, Subject, Verdict
from scot_compat.gis.instruction.lock import Lock
from scot_compat.gis.instruction.notebook import Notebook

KEPT = Verdict(Decision.RETENU, "Vu.")


@pytest.fixture
def dossier(control, path):
    control.write(path)
    return path


def leave(other):
    other.communicate("leave\n", timeout=30)


def test_the_second_is_told_reads_and_cannot_write(dossier, other):
    mine = Notebook.of_dossier(dossier)
    mine.claim()
    assert "ouvert dans un autre QGIS de ce poste" in mine.refusal and "il se lit" in mine.refusal
    assert mine.of("theirs").motif == "Le premier était là."
    with pytest.raises(Refused, match="autre QGIS"):
        mine.decide([Subject("k")], KEPT, "Ali")
    with pytest.raises(Refused, match="autre QGIS"):
        mine.add_free("x", "Ali")
    mine.close()
    assert Path(f"{dossier}.verrou").exists(), "it is not ours to take away"


def test_the_second_cannot_make_the_control_again_over_it(dossier, other, control):
    before = dossier.read_bytes()
    with pytest.raises(DossierError, match="autre QGIS"):
        control.write(dossier)
    assert dossier.read_bytes() == before


def test_once_the_first_has_left_the_second_reads_what_they_wrote_and_may_write(dossier, other):
    mine = Notebook.of_dossier(dossier)
    mine.claim()
    assert mine.claim() == mine.refusal != ""
    other.stdin.write("decide\n")
    other.stdin.flush()
    assert json.loads(other.stdout.readline()) == {"decided": "later"}
    leave(other)
    assert mine.claim() == ""
    assert mine.of("later").motif == "Entre-temps."
    mine.decide([Subject("k")], KEPT, "Ali")
    mine.close()


def test_a_machine_that_stopped_leaves_nothing_in_the_way(dossier, other):
    other.kill()
    other.wait()
    assert Path(f"{dossier}.verrou").exists()
    mine = Notebook.of_dossier(dossier)
    mine.claim()
    assert mine.refusal == ""
    mine.close()


def test_the_lock_goes_with_its_last_holder(dossier):
    beside = Path(f"{dossier}.verrou")
    first, second = Lock(dossier), Lock(dossier)
    assert first.take() == second.take() == "" and beside.exists()
    first.release()
    first.release()
    assert second.held and beside.exists()
    second.release()
    assert not beside.exists()


def test_the_lock_of_another_machine_is_theirs_until_it_is_silent(dossier):
    beside = Path(f"{dossier}.verrou")
    beside.write_text("4242\nqgis\nPOSTE-DDT-12\n", encoding="utf-8")
    mine = Lock(dossier)
    said = mine.take()
    assert "sur le poste POSTE-DDT-12" in said and not mine.held
    an_hour_ago = beside.stat().st_mtime - 3600
    os.utime(beside, (an_hour_ago, an_hour_ago))
    assert mine.take() == "" and mine.held
    mine.release()


def test_a_machine_that_slept_finds_that_its_lock_was_taken(dossier):
    mine = Notebook.of_dossier(dossier)
    mine.claim()
    beside = Path(f"{dossier}.verrou")
    beside.unlink()
    beside.write_text("4242\nqgis\nPOSTE-DDT-12\n", encoding="utf-8")
    with pytest.raises(Refused, match="POSTE-DDT-12"):
        mine.decide([Subject("k")], KEPT, "Ali")
    mine.close()
    assert "POSTE-DDT-12" in beside.read_text(encoding="utf-8"), "theirs stays"


def test_what_someone_else_decided_meanwhile_is_not_undone_by_a_key(dossier):
    """My machine slept; they took the lock, decided on the same row and left."""
    mine = Notebook.of_dossier(dossier)
    mine.claim()
    mine.decide([Subject("k")], KEPT, "Ali")
    beside = Path(f"{dossier}.verrou")
    beside.unlink()
    beside.write_text("4242\nqgis\nPOSTE-DDT-12\n", encoding="utf-8")
    mine.touch()
    assert "POSTE-DDT-12" in mine.refusal
    beside.unlink()
    theirs = Notebook.of_dossier(dossier)
    theirs.claim()
    theirs.decide([Subject("k")], Verdict(Decision.NON_RETENU, "Leur avis."), "Zoé")
    theirs.close()
    assert mine.claim() == "" and mine.of("k").motif == "Leur avis."
    assert not mine.can_undo and mine.undo("Ali") == () and mine.of("k").motif == "Leur avis."
    mine.close()


def test_a_file_that_went_meanwhile_is_not_ours_to_write_in(dossier):
    beside = Path(f"{dossier}.verrou")
    beside.write_text("4242\nqgis\nPOSTE-DDT-12\n", encoding="utf-8")
    mine = Notebook.of_dossier(dossier)
    mine.claim()
    beside.unlink()
    dossier.rename(dossier.with_name("ailleurs.gpkg"))
    with pytest.raises(GeoPackageError):
        mine.claim()
    assert "POSTE-DDT-12" in mine.refusal and not beside.exists()


def test_a_touch_says_that_it_is_in_use(dossier):
    mine = Lock(dossier)
    mine.take()
    os.utime(mine.path, (0, 0))
    mine.touch()
    assert mine.path.stat().st_mtime > 1e9
    mine.release()
