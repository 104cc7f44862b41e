"""A zip is opened safely: nothing outside, nothing endless, a French sentence for the rest."""

from __future__ import annotations

import zipfile

import pytest
from scot_compat.checks.progress import Cancelled, Progress
from scot_compat.gis.files import archive
from scot_compat.gis.files.archive import ArchiveError, unpacked


def make(path, members, compression=zipfile.ZIP_DEFLATED):
    with zipfile.ZipFile(path, "w", compression) as target:
        for name, content in members.items():
            target.writestr(name, content)
    return path


def test_tables_come_out_and_written_pieces_stay_in(tmp_path):
    path = make(
        tmp_path / "plu.zip",
        {"d/ZONE_URBA.shp": "a", "d/Pieces_ecrites/r.pdf": "b", "d/m.xml": "c", "__MACOSX/d/._ZONE_URBA.shp": "x"},
    )
    with unpacked(path) as folder:
        found = sorted(str(one.relative_to(folder)) for one in folder.rglob("*") if one.is_file())
    assert found == ["d/ZONE_URBA.shp", "d/m.xml"]
    assert not folder.exists()


@pytest.mark.parametrize("name", ["../evil.shp", "a/../../evil.shp", "/etc/evil.shp", "C:/evil.shp", "..\\evil.shp"])
def test_nothing_is_written_outside(tmp_path, name):
    path = tmp_path / "plu.zip"
    with zipfile.ZipFile(path, "w") as target:
        info = zipfile.ZipInfo("x")
        info.filename = name
        target.writestr(info, "a")
    with pytest.raises(ArchiveError, match="hors de son dossier"), unpacked(path):
        pass
    assert sorted(one.name for one in tmp_path.iterdir()) == ["plu.zip"]


def test_bomb_is_stopped_by_the_bytes_that_come_out(tmp_path, monkeypatch):
    monkeypatch.setattr(archive, "BOMB_BYTES", 1 << 20)
    path = make(tmp_path / "plu.zip", {"ZONE_URBA.shp": bytes(8 << 20)})
    with pytest.raises(ArchiveError, match="dilate"), unpacked(path):
        pass


def test_total_size_is_bounded(tmp_path, monkeypatch):
    monkeypatch.setattr(archive, "MAX_BYTES", 1000)
    path = make(tmp_path / "plu.zip", {"a.shp": bytes(600), "b.shp": bytes(600)})
    with pytest.raises(ArchiveError, match="Go admis"), unpacked(path):
        pass


def test_number_of_members_is_bounded(tmp_path, monkeypatch):
    monkeypatch.setattr(archive, "MAX_MEMBERS", 2)
    path = make(tmp_path / "plu.zip", {f"{i}.shp": "a" for i in range(3)})
    with pytest.raises(ArchiveError, match="3 fichiers"), unpacked(path):
        pass


def test_encrypted(tmp_path):
    path = make(tmp_path / "plu.zip", {"a.shp": "abc"}, zipfile.ZIP_STORED)
    content = bytearray(path.read_bytes())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):  # the bit that says so, in both headers
        content[content.index(mark) + offset] |= 1
    path.write_bytes(content)
    with pytest.raises(ArchiveError, match="mot de passe"), unpacked(path):
        pass


@pytest.mark.parametrize("damage", ["truncated", "not a zip", "wrong byte"])
def test_corrupt(tmp_path, damage):
    path = make(tmp_path / "plu.zip", {"a.shp": "abc" * 1000}, zipfile.ZIP_STORED)
    content = path.read_bytes()
    wrong = content.replace(b"abc", b"abd", 1)
    path.write_bytes({"truncated": content[:500], "not a zip": b"bonjour", "wrong byte": wrong}[damage])
    with pytest.raises(ArchiveError, match="corrompue"), unpacked(path):
        pass


def test_names_in_utf8_without_the_flag(tmp_path):
    path = make(tmp_path / "plu.zip", {"Donn_es/ZONE_URBA.shp": "a"}, zipfile.ZIP_STORED)
    path.write_bytes(path.read_bytes().replace(b"Donn_es/ZONE", "Donnés/ZONE".encode()))  # same length in bytes
    with unpacked(path) as folder:
        assert (folder / "Donnés" / "ZONE_URBA.shp").is_file()


def test_names_in_cp437(tmp_path):
    path = make(tmp_path / "plu.zip", {"Donn_es/ZONE_URBA.shp": "a"}, zipfile.ZIP_STORED)
    path.write_bytes(path.read_bytes().replace(b"Donn_es", "Donnés".encode("cp437")[:5] + b"es"))
    with unpacked(path) as folder:
        assert (folder / "Données" / "ZONE_URBA.shp").is_file()


def test_cancel(tmp_path):
    path = make(tmp_path / "plu.zip", {"a.shp": "a"})
    with pytest.raises(Cancelled), unpacked(path, Progress(cancelled=lambda: True)):
        pass
