"""The dossier is written whole or not at all, over nothing that a human would miss."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import replace

import pytest
import shapely
from osgeo import ogr
from qgis.core import QgsVectorLayer
from scot_compat.checks.progress import Cancelled, Progress
from scot_compat.gis import dossier
from scot_compat.gis.dossier import DossierError
from scot_compat.gis.geopackages import dossier_rows
from scot_compat.gis.geopackages.geopackage import GeoPackage, GeoPackageError, read_table


def layer(path, name):
    found = QgsVectorLayer(f"{path}|layername={name}", name, "ogr")
    assert found.isValid()
    return found


def execute(path, *statements):
    """Write as the dock does: one short transaction of SQLite."""
    with closing(sqlite3.connect(str(path))) as connection, connection:
        for statement in statements:
            connection.execute(*statement)


def test_a_cancel_during_the_write_leaves_the_former_dossier(control, path, monkeypatch):
    control.write(path)
    before = path.read_bytes()
    monkeypatch.setattr("scot_compat.checks.progress.PERIOD", 0.0)
    with pytest.raises(Cancelled):
        control.write(path, progress=Progress(cancelled=lambda: True))
    assert path.read_bytes() == before
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_a_dossier_made_read_only_is_not_replaced(control, path):
    control.write(path)
    path.chmod(0o444)
    with pytest.raises(DossierError, match="lecture seule"):
        control.write(path)


def test_appraisals_are_carried(control, path):
    control.write(path)
    execute(
        path,
        (
            "INSERT INTO appreciations (cle, decision, motif, suite, auteur, date, origine) "
            "VALUES (?, ?, ?, ?, ?, ?, ?)",
            ("k", "retenu", "L'étang…", "reserve", "Zoé", "2026-03-02T08:00:00+00:00", ""),
        ),
        ("INSERT INTO appreciations (cle, decision) VALUES ('k', 'nuance')",),
    )
    free = layer(path, "constats_libres")
    place = shapely.Point(700010, 6600010)
    source = ogr.Open(str(path), 1)
    found = source.GetLayerByName("constats_libres")
    feature = ogr.Feature(found.GetLayerDefn())
    feature.SetField("texte", "Vu à la main")
    feature.SetGeometry(ogr.CreateGeometryFromWkb(place.wkb))
    found.CreateFeature(feature)
    source = found = feature = None

    control.answers = control.answers[1:]
    control.write(path)
    control.write(path)
    assert len(read_table(path, "constats")) == 1
    first, second = read_table(path, "appreciations")
    given = ("k", "retenu", "L'étang…", "reserve", "Zoé", "2026-03-02T08:00:00+00:00", "")
    assert tuple(first.values())[1:] == (*given, None, None, None)
    assert (second["decision"], second["motif"]) == ("nuance", None)
    (seen,) = read_table(path, "constats_libres")
    assert (seen["texte"], seen["geom"]) == ("Vu à la main", place)
    del free


def test_appraisals_of_a_later_version_are_not_lost(control, path):
    control.write(path)
    execute(path, ("ALTER TABLE appreciations ADD avis TEXT",), ("INSERT INTO appreciations (avis) VALUES ('x')",))
    before = path.read_bytes()
    with pytest.raises(DossierError, match="ne sait pas reprendre.*avis"):
        control.write(path)
    assert path.read_bytes() == before


def test_an_appraisal_made_during_the_write_is_carried(control, path, monkeypatch):
    control.write(path)
    close, decided = GeoPackage.close, []

    def decide_then_close(self):
        if not decided:
            decided.append(execute(path, ("INSERT INTO appreciations (cle) VALUES ('entre-temps')",)))
        close(self)

    monkeypatch.setattr(GeoPackage, "close", decide_then_close)
    control.write(path)
    assert [row["cle"] for row in read_table(path, "appreciations")] == ["entre-temps"]


@pytest.mark.parametrize("step", ["add", "close"])
def test_a_failure_leaves_the_former_dossier_and_nothing_else(control, path, monkeypatch, step):
    control.write(path)
    before = path.read_bytes()
    work, calls = getattr(GeoPackage, step), []

    def fail(self, *given, **named):
        work(self, *given, **named)
        calls.append(given)
        if step == "close" or len(calls) == 5:
            raise GeoPackageError("database or disk is full")

    monkeypatch.setattr(GeoPackage, step, fail)
    with pytest.raises(DossierError, match="Le disque est plein"):
        control.write(path)
    assert path.read_bytes() == before
    assert os.listdir(path.parent) == [path.name]


def test_any_other_crash_cleans_up(control, path, monkeypatch):
    def crash(*_):
        raise ZeroDivisionError

    monkeypatch.setattr(dossier.rows, "exceptions", crash)
    with pytest.raises(ZeroDivisionError):
        control.write(path)
    assert os.listdir(path.parent) == []


@pytest.mark.skipif(sys.platform == "win32", reason="no limit on the size of files there")
@pytest.mark.parametrize("size", [1_000, 50_000, 120_000, 200_000])
def test_a_real_full_disk(control, path, size):
    """In another process, files may not grow beyond `size`: what GDAL meets on a full disk."""
    import resource

    control.write(path)
    assert path.stat().st_size > size
    before = path.read_bytes()
    pid = os.fork()
    if pid == 0:
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
        try:
            control.write(path)
            os._exit(1)
        except DossierError:
            os._exit(0)
        finally:
            os._exit(2)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0
    assert path.read_bytes() == before
    assert os.listdir(path.parent) == [path.name]


# -- refused --------------------------------------------------------------------------------------


@pytest.mark.parametrize("suffix", ["-wal", "-journal"])
def test_a_dossier_in_use_is_not_replaced(control, path, suffix):
    control.write(path)
    before = path.read_bytes()
    path.with_name(path.name + suffix).write_bytes(b"")
    with pytest.raises(DossierError, match="en cours de modification"):
        control.write(path)
    assert path.read_bytes() == before


def test_a_dossier_being_edited_in_qgis_is_not_replaced(control, path):
    control.write(path)
    edited = layer(path, "appreciations")
    assert edited.startEditing()
    edited.changeAttributeValue(1, 1, "x")
    with pytest.raises(DossierError, match="en cours de modification"):
        control.write(path)
    edited.rollBack()


def test_a_locked_dossier_is_not_replaced(control, path, monkeypatch):
    control.write(path)
    holder = (
        "import sqlite3, sys; c=sqlite3.connect(sys.argv[1]); c.execute('BEGIN EXCLUSIVE'); print(flush=True); input()"
    )
    process = subprocess.Popen([sys.executable, "-c", holder, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    process.stdout.readline()
    try:
        with pytest.raises(DossierError, match="occupé par un autre logiciel"):
            control.write(path)
    finally:
        process.communicate(b"\n")


def test_a_stranger_is_not_replaced(control, tmp_path):
    text, other = tmp_path / "notes.gpkg", tmp_path / "autre.gpkg"
    text.write_text("mes notes")
    GeoPackage(other, "EPSG:2154").close()
    for path in (text, other):
        before = path.read_bytes()
        with pytest.raises(DossierError, match="n'est pas un dossier de Compatibilité SCoT"):
            control.write(path)
        assert path.read_bytes() == before


@pytest.mark.parametrize(
    "name, words",
    [
        ("absent/x.gpkg", "n'existe pas"),
        ("sous", "dossier du disque"),
        ("x.shp", "finir par .gpkg"),
        ("x", ".gpkg"),
    ],
)
def test_impossible_targets(control, tmp_path, name, words):
    (tmp_path / "sous").mkdir()
    with pytest.raises(DossierError, match=words):
        control.write(tmp_path / name)
    assert os.listdir(tmp_path) == ["sous"]


def test_a_folder_where_one_may_not_write(control, tmp_path, monkeypatch):
    folder = tmp_path / "lecture seule"
    folder.mkdir()
    monkeypatch.setattr(os, "access", lambda *_: False)  # root may write everywhere
    with pytest.raises(DossierError, match="lecture seule"):
        control.write(folder / "x.gpkg")


@pytest.mark.skipif(not os.path.isdir("/sys/kernel"), reason="a folder where even root may not write")
def test_a_folder_that_refuses_without_saying_so(control):
    with pytest.raises(DossierError, match="n'a pas pu être écrit"):
        control.write("/sys/kernel/x.gpkg")


def test_an_unknown_projection(control, path):
    control.plu = replace(control.plu, crs="EPSG:999999")
    with pytest.raises(DossierError, match="n'a pas pu être écrit"):
        control.write(path)
    assert os.listdir(path.parent) == []


def test_errors_of_ogr_do_not_depend_on_the_exceptions_of_another_plugin(control, path):
    was = ogr.GetUseExceptions()
    control.plu = replace(control.plu, crs="EPSG:999999")
    try:
        for switch in (ogr.UseExceptions, ogr.DontUseExceptions):
            switch()
            with pytest.raises(DossierError):
                control.write(path)
    finally:
        (ogr.UseExceptions if was else ogr.DontUseExceptions)()


def test_the_progress_reaches_the_keys_of_the_ecarts(control, path, monkeypatch):
    """They take long where there are many: a cancel is asked for there too."""
    given = []
    made = dossier_rows.ecart_keys
    monkeypatch.setattr(dossier_rows, "ecart_keys", lambda *args: given.append(args[3]) or made(*args))
    progress = Progress()
    control.write(path, progress=progress)
    assert given == [progress]
