"""Which encoding a file is read in: declared, contradicted, deduced."""

from __future__ import annotations

import shutil

import pytest
from scot_compat.gis.files import encoding
from scot_compat.gis.files.encoding import CP1252, UTF8

ACCENT_UTF8 = "Haie à préserver".encode()
ACCENT_1252 = "Haie à préserver".encode("cp1252")


@pytest.mark.parametrize(
    ("spelling", "codec"),
    [
        ("UTF-8", UTF8),
        ("utf8", UTF8),
        ("65001", UTF8),
        ("1252", CP1252),
        ("ANSI 1252", CP1252),
        ("windows-1252", CP1252),
        ("WindowsLatin1", CP1252),
        ("ISO 88591", CP1252),
        ("ISO-8859-1", CP1252),
        ("8859part1", CP1252),
        ("latin1", CP1252),
        ("ISO-8859-15", "iso8859-15"),
        ("8859part15", "iso8859-15"),
        ("850", "cp850"),
        ("MacRoman", "mac_roman"),
        ("", None),
        ("System", None),
        ("Neutral", None),
        ("n'importe quoi", None),
    ],
)
def test_spellings(spelling, codec):
    assert encoding.codec_of(spelling) == codec


@pytest.mark.parametrize(
    ("values", "declared", "codec", "limit"),
    [
        # nothing to decide: no accent
        ([], [], UTF8, ""),
        ([], [("x", CP1252)], CP1252, ""),
        # declared and true
        ([ACCENT_UTF8], [("le fichier .cpg", UTF8)], UTF8, ""),
        ([ACCENT_1252], [("le fichier .cpg", CP1252)], CP1252, ""),
        ([ACCENT_1252], [("le fichier .cpg", "cp850")], "cp850", ""),
        # declared and false: the content decides
        ([ACCENT_UTF8], [("le fichier .cpg", CP1252)], UTF8, "contradictoire"),
        ([ACCENT_1252], [("le fichier .cpg", UTF8)], CP1252, "contradictoire"),
        # two declarations, one true
        ([ACCENT_UTF8], [("le fichier .cpg", CP1252), ("les métadonnées", UTF8)], UTF8, "contradictoire"),
        # nobody says anything
        ([ACCENT_UTF8], [], UTF8, "déduit"),
        ([ACCENT_1252], [("x", None)], CP1252, "déduit"),
        # UTF-8 cut in the middle of a character by the width of the column
        ([ACCENT_UTF8, "abc é".encode()[:-1]], [], UTF8, "déduit"),
    ],
)
def test_decision(values, declared, codec, limit):
    found = encoding.decide(values, declared)
    assert found.codec == codec
    assert (limit in " ".join(found.limites)) if limit else not found.limites


@pytest.mark.parametrize(
    ("path", "mot"),
    [
        ("simplu3d-44118_PLU_20150219/PRESCRIPTION_LIN.dbf", "windows-1252 (déclaré par l'octet LDID du .dbf)"),
        ("simplu3d-44118_PLU_20150219/ZONE_URBA.dbf", "ASCII (aucun accent)"),
        ("validator/200011781_PLUi_20180101/Donnees_geographiques/ZONE_URBA.dbf", "ASCII (aucun accent)"),
        (
            "validator/30014_PLU_20171013/Donnees_geographiques/30014_ZONE_URBA_20171013.dbf",
            "windows-1252 (déclaré par le fichier .cpg)",
        ),
        (
            "validator/241800432_PLUi_20200128/Donnees_geographiques/241800432_PRESCRIPTION_LIN_20200128.dbf",
            "UTF-8 (déclaré par le fichier .cpg)",
        ),
    ],
)
def test_real_tables(shared_data, path, mot):
    assert encoding.of_dbf(shared_data / path).mot == mot


def test_utf8_without_any_declaration(shared_data, tmp_path):
    name = "241800432_PRESCRIPTION_LIN_20200128.dbf"
    shutil.copyfile(shared_data / "validator/241800432_PLUi_20200128/Donnees_geographiques" / name, tmp_path / name)
    found = encoding.of_dbf(tmp_path / name)
    assert found.codec == UTF8
    assert found.mot == "UTF-8 (déduit du contenu)"
    assert "non déclaré" in found.limites[0]


@pytest.mark.parametrize(
    ("path", "codec"),
    [
        ("30014_PLU_20171013/fr-000030014-plu20171013.xml", CP1252),
        ("241800432_PLUi_20200128/fr-241800432-plui20200128.xml", UTF8),
        ("200011781_PLUi_20180101/fr-200011781-PLUi20180101.xml", UTF8),
    ],
)
def test_metadata(shared_data, path, codec):
    assert encoding.of_metadata(shared_data / "validator" / path) == codec


def test_odd_cpg(shared_data):
    folder = shared_data / "validator/200078244_SCOT_20180218/Donnees_geographiques"
    assert encoding.of_cpg(folder / "200078244_PERIMETRE_SCOT_20180218.shp") == CP1252


def test_truncated_table(tmp_path, shared_data):
    content = (shared_data / "simplu3d-44118_PLU_20150219/ZONE_URBA.dbf").read_bytes()
    (tmp_path / "a.dbf").write_bytes(content[: len(content) // 2])
    with pytest.raises(ValueError, match="tronquée"):
        encoding.of_dbf(tmp_path / "a.dbf")


@pytest.mark.parametrize(
    ("content", "codec"),
    [
        (b"\xef\xbb\xbfnom;logements\n", "utf-8-sig"),
        ("a;é\n".encode("utf-16"), "utf-16"),
        ("a;é".encode(), UTF8),
        ("a;é".encode("cp1252"), CP1252),
        (b"a;b", UTF8),
    ],
)
def test_text_tables(content, codec):
    assert encoding.of_text(content).codec == codec
