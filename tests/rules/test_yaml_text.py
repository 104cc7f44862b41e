"""From bytes to text: encodings recognised and said, what is not text refused in one sentence."""

from __future__ import annotations

import pytest

TEXTE = "format: 1\nscot: {nom: Été}\nprescriptions:\n  - id: P1\n    intitule: Été\n    nature: norme\n"
TEXTE += "    controle: {questions: {questions: [x]}}\n"


@pytest.fixture
def charger(tmp_path, kinds):
    from scot_compat.rules.loader import load

    def run(data, name="règles d'été.yaml"):
        file = tmp_path / name
        file.write_bytes(data)
        return load(file, kinds)

    return run


def refused(charger, data):
    from scot_compat.rules.errors import InvalidRules

    with pytest.raises(InvalidRules) as caught:
        charger(data)
    return caught.value.errors


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (TEXTE.encode("utf-8"), None),
        (b"\xef\xbb\xbf" + TEXTE.encode("utf-8"), "BOM"),
        (TEXTE.encode("cp1252"), "Windows-1252"),
        (b"\xff\xfe" + TEXTE.encode("utf-16-le"), "UTF-16"),
    ],
)
def test_the_encoding_is_recognised_and_said(charger, data, said):
    rules = charger(data)
    assert rules.scot.nom == "Été"
    assert [warning.severity for warning in rules.warnings] == (["avertissement"] if said else [])
    assert not said or said in rules.warnings[0].message


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "vide"),
        (b"SQLite format 3\x00\x10\x00", "n'est pas du texte"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "n'est pas du texte"),
        (b"nom: \x81\x8d", "encodage inconnu"),
        (b"\xef\xbb\xbfa: \xff", "UTF-8"),
        (b"%PDF-1.7\n1 0 obj", "document"),
        (b"a: " + b"x" * 5_000_001, "5 Mo"),
    ],
)
def test_what_is_not_a_rule_file_is_refused(charger, data, said):
    errors = refused(charger, data)
    assert said in errors[0].message
    assert errors[0].file.endswith("règles d'été.yaml")


def test_a_truncated_file_is_refused_wherever_it_stops(charger):
    whole = TEXTE.encode("utf-8")
    for end in range(len(whole) - 1):
        try:
            charger(whole[:end])
        except Exception as error:
            assert type(error).__name__ == "InvalidRules", whole[:end]


def test_a_missing_file_and_a_folder_are_said(tmp_path, kinds):
    from scot_compat.rules.errors import InvalidRules
    from scot_compat.rules.loader import load

    for path, said in ((tmp_path / "rien.yaml", "n'existe pas"), (tmp_path, "est un dossier")):
        with pytest.raises(InvalidRules) as caught:
            load(path, kinds)
        assert str(caught.value) == f"{path} : le fichier de règles {said}"


def test_the_digest_is_that_of_the_file(charger):
    import hashlib

    assert charger(TEXTE.encode("cp1252")).sha256 == hashlib.sha256(TEXTE.encode("cp1252")).hexdigest()


def test_a_text_over_5_mb_is_refused(erreurs):
    assert "5 Mo" in erreurs("a: " + "é" * 2_600_000)[0].message
