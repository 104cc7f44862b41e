"""A failure as one French sentence that says what to do; never a traceback."""

from __future__ import annotations

import pytest
from scot_compat.checks.plu import PluError
from scot_compat.checks.progress import Cancelled
from scot_compat.checks.registry import KINDS
from scot_compat.gis.dossier import DossierError
from scot_compat.gis.failures import sentence
from scot_compat.gis.files.snapshots import NoProjection, SourceError
from scot_compat.gis.geopackages.geopackage import GeoPackageError
from scot_compat.rules.errors import InvalidRules
from scot_compat.rules.loader import loads


@pytest.mark.parametrize("kind", [PluError, SourceError, NoProjection, DossierError, GeoPackageError])
def test_what_was_written_for_the_user_is_told_as_it_is(kind):
    assert sentence(kind("Le fichier « été.shp » n'existe pas : vérifiez le chemin.")) == (
        "Le fichier « été.shp » n'existe pas : vérifiez le chemin."
    )


def invalid(text):
    with pytest.raises(InvalidRules) as refusal:
        loads(text, KINDS)
    return refusal.value


def test_one_error_in_the_rules():
    failure = invalid("format: 1\nscot: {nom: Essai}\nprescriptions: [\n")
    said = sentence(failure)
    assert len(failure.errors) == 1
    assert said.startswith("Le fichier de règles comporte 1 erreur : ") and "ligne" in said
    assert "la suite" not in said


def test_several_errors_in_the_rules_give_the_first_and_their_number():
    failure = invalid("format: 1\nscot: {nom: Essai, etat: rêvé}\nprescriptions: []\ninconnu: 3\n")
    said = sentence(failure)
    assert len(failure.errors) > 1
    assert said.startswith(f"Le fichier de règles comporte {len(failure.errors)} erreurs : ")
    assert str(failure.errors[0]) in said and "journal" in said


def test_a_cancel_says_that_nothing_was_written():
    assert "annulé" in sentence(Cancelled()) and "rien n'a été écrit" in sentence(Cancelled())


def test_no_memory_left_says_what_to_do():
    assert "mémoire" in sentence(MemoryError()) and "recommencez" in sentence(MemoryError())


@pytest.mark.parametrize(
    "crash", [ZeroDivisionError("division"), KeyError("été"), RuntimeError(), KeyboardInterrupt(), SystemExit(1)]
)
def test_anything_else_is_an_internal_error_with_its_place(crash):
    try:
        raise crash
    except BaseException as caught:
        said = sentence(caught)
    assert said.startswith(f"Erreur interne : {type(crash).__name__} : ")
    assert "test_failures.py, ligne " in said and "Signalez" in said
    assert "Traceback" not in said and "\n" not in said


def test_a_crash_that_was_never_raised_has_no_place():
    assert "ligne" not in sentence(ValueError("x"))


def test_one_line_whatever_the_crash_says():
    """The message bar shows one line."""
    assert "\n" not in sentence(ValueError("première ligne\nseconde ligne"))
