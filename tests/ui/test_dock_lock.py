"""One person writes at a time: the dock says who has the dossier, shows everything, and writes once they have left."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

import pytest
from scot_compat.gis.instruction.decisions import Decision, Refused, Subject, Verdict
from scot_compat.ui.notices import Topic

PATIENCE = 20_000
KEPT = Verdict(Decision.RETENU, "Vu.")


def leave(other):
    other.communicate("leave\n", timeout=30)


def test_the_dock_says_who_has_it_and_shows_everything(dock, dossier, other, open_one):
    open_one(dossier)
    assert "ouvert dans un autre QGIS de ce poste" in dock.notices.said(Topic.LOCK)
    assert len(dock.results.prescriptions) == 44 and dock.view.ecart is not None
    assert dock.results.notebook.of("theirs").motif == "Le premier était là."
    with pytest.raises(Refused, match="autre QGIS"):
        dock.results.notebook.decide([Subject("k")], KEPT, "Ali")


def test_try_again_while_they_are_there_then_once_they_have_left(dock, dossier, other, open_one):
    open_one(dossier)
    dock.notices.buttons(Topic.LOCK)["Réessayer"].click()
    assert "autre QGIS" in dock.notices.said(Topic.LOCK)
    other.stdin.write("decide\n")
    other.stdin.flush()
    assert json.loads(other.stdout.readline()) == {"decided": "later"}
    leave(other)
    node = dock.view.node
    dock.notices.buttons(Topic.LOCK)["Réessayer"].click()
    assert dock.notices.said(Topic.LOCK) == ""
    assert dock.results.notebook.of("later").motif == "Entre-temps."
    assert dock.view.node is node  # the row in hand stays
    dock.results.notebook.decide([Subject("k")], KEPT, "Ali")


def test_they_made_the_control_again_before_leaving(dock, dossier, other, open_one, qtbot):
    """The rows in hand are not those of the file any more: nothing is decided on them."""
    open_one(dossier)
    leave(other)
    copy = Path(shutil.copyfile(dossier, dossier.with_suffix(".neuf")))
    with closing(sqlite3.connect(copy)) as connection, connection:
        connection.execute("UPDATE controle SET id = 'un autre'")
    os.replace(copy, dossier)
    dock.notices.buttons(Topic.LOCK)["Réessayer"].click()
    qtbot.waitUntil(lambda: "a été refait" in dock.notices.said(Topic.FILE), timeout=PATIENCE)
    assert dock.notices.said(Topic.LOCK) == ""
    with pytest.raises(Refused, match="refait"):
        dock.results.notebook.decide([Subject("k")], KEPT, "Ali")
    with qtbot.waitSignal(dock.opened, timeout=PATIENCE):
        dock.notices.buttons(Topic.FILE)["Rouvrir"].click()
    dock.results.notebook.decide([Subject("k")], KEPT, "Ali")


def test_no_control_is_made_over_a_dossier_that_another_has(dock, dossier, other, open_one, qtbot):
    open_one(dossier)
    content = dossier.read_bytes()
    dock.header.again.click()
    assert "ne peut pas être relancé sur place" in dock.notices.said(Topic.RUN) and not dock.run.running
    assert dossier.read_bytes() == content
    dock.notices.buttons(Topic.RUN)["Nouveau contrôle…"].click()
    assert dock._dialog.choices.dossier != str(dossier)


def test_a_lock_that_is_lost_while_the_dossier_is_open(dock, dossier, open_one):
    open_one(dossier)
    assert dock.notices.said(Topic.LOCK) == ""
    beside = Path(f"{dossier}.verrou")
    beside.unlink()
    beside.write_text("4242\nqgis\nPOSTE-DDT-12\n", encoding="utf-8")
    dock.watch.look()
    assert "sur le poste POSTE-DDT-12" in dock.notices.said(Topic.LOCK)
    beside.unlink()
    dock.notices.buttons(Topic.LOCK)["Réessayer"].click()
    assert dock.notices.said(Topic.LOCK) == ""
    dock.results.notebook.decide([Subject("k")], KEPT, "Ali")


def test_the_lock_is_kept_alive_and_given_back(dock, dossier, open_one):
    open_one(dossier)
    beside = Path(f"{dossier}.verrou")
    os.utime(beside, (0, 0))
    dock.watch.look()
    assert beside.stat().st_mtime > 1e9
    dock.show_results(None)
    assert not beside.exists()


def test_a_read_only_file_is_shown_whole_and_says_so(dock, dossier, open_one):
    dossier.chmod(0o444)
    open_one(dossier)
    said = dock.notices.said(Topic.LOCK)
    assert "est en lecture seule" in said and dossier.name in said
    assert said == dock.results.notebook.refusal  # what the form says
    assert len(dock.results.prescriptions) == 44 and dock.view.ecart is not None
    assert not Path(f"{dossier}.verrou").exists(), "who cannot write keeps nobody from writing"
    dossier.chmod(0o644)
    dock.notices.buttons(Topic.LOCK)["Réessayer"].click()
    assert dock.notices.said(Topic.LOCK) == ""
    dock.results.notebook.decide([Subject("k")], KEPT, "Ali")


@pytest.fixture
def read_only_folder(dossier):
    """The dossier in a folder where this user may not write; root may everywhere, and is someone else meanwhile."""
    place = Path(tempfile.mkdtemp(prefix="lecture seule "))
    path = Path(shutil.copyfile(dossier, place / "dossier d'été.gpkg"))
    path.chmod(0o644)
    place.chmod(0o555)
    root = os.geteuid() == 0
    if root:
        os.seteuid(65534)
    yield path
    if root:
        os.seteuid(0)
    place.chmod(0o755)
    shutil.rmtree(place)


def test_a_read_only_folder_is_shown_whole_and_says_so(dock, read_only_folder, open_one):
    open_one(read_only_folder)
    said = dock.notices.said(Topic.LOCK)
    assert "est en lecture seule" in said and "Copiez-le" in said
    assert len(dock.results.prescriptions) == 44 and dock.view.ecart is not None
    with pytest.raises(Refused, match="lecture seule"):
        dock.results.notebook.decide([Subject("k")], KEPT, "Ali")
    assert not dock.notices.said(Topic.MAP)
