"""What DESTOUI, DESTCDT and DESTNON say of one destination."""

from __future__ import annotations

import pytest
from scot_compat.checks.layers import objects
from scot_compat.checks.plu.destinations import admits, parse


def codes(text):
    return frozenset(text.split("-")) if text else None


def ask(oui, cdt, non, slug, sens):
    return admits(objects([codes(oui)]), objects([codes(cdt)]), objects([codes(non)]), slug, sens)[0]


# commerce_detail is 31, commerce_et_services 30, logement 21, autre_usage 99
@pytest.mark.parametrize(
    "oui, cdt, non, slug, admet, sans_condition, interdit",
    [
        ("31", "", "", "commerce_detail", True, True, False),
        ("", "31", "", "commerce_detail", True, False, False),
        ("", "", "31", "commerce_detail", False, False, True),
        ("30", "", "", "commerce_detail", True, True, False),
        ("", "", "30", "commerce_detail", False, False, True),
        ("30", "31", "", "commerce_detail", True, False, False),  # the sub-code prevails on the whole destination
        ("30", "", "31", "commerce_detail", False, False, True),
        ("31", "", "30", "commerce_detail", True, True, False),
        ("21", "", "", "commerce_detail", None, None, None),  # in none of the fields: unknown, not forbidden
        ("", "", "", "commerce_detail", None, None, None),
        ("31", "", "31", "commerce_detail", None, None, None),  # the fields contradict each other
        ("31", "31", "", "commerce_detail", True, None, False),
        ("99", "", "", "autre_usage", True, True, False),
        ("10-20-30-40-50", "", "", "autre_usage", None, None, None),  # 99 is no part of a whole destination
        ("31", "", "30", "commerce_et_services", True, True, False),  # one sub-destination is enough to admit
        ("", "", "30", "commerce_et_services", False, False, True),
        ("", "", "31", "commerce_et_services", None, None, None),  # the others are not said
        ("", "32", "30", "commerce_et_services", True, False, False),
        ("", "", "51-52-53-54-55", "autres_activites", False, False, True),
    ],
)
def test_admits(oui, cdt, non, slug, admet, sans_condition, interdit):
    assert ask(oui, cdt, non, slug, "admet") is admet
    assert ask(oui, cdt, non, slug, "admet_sans_condition") is sans_condition
    assert ask(oui, cdt, non, slug, "interdit") is interdit


def test_admits_goes_by_column():
    none = objects([None] * 3)
    oui, non = objects([codes("31"), None, codes("20")]), objects([None, codes("30"), None])
    answers = admits(oui, none, non, "commerce_detail")
    assert answers.tolist() == [True, False, None]


def test_unknown_words_are_errors():
    with pytest.raises(ValueError, match="« bazar »"):
        ask("31", "", "", "bazar", "admet")
    with pytest.raises(ValueError, match="« tolere »"):
        ask("31", "", "", "logement", "tolere")


@pytest.mark.parametrize(
    "value, expected, unread",
    [
        ("21-31", {"21", "31"}, ()),
        (31, {"31"}, ()),
        (31.0, {"31"}, ()),
        ("", None, ()),
        (None, None, ()),
        ("77", None, ("77",)),
        (["21", "31"], {"21", "31"}, ()),
    ],
)
def test_parse(value, expected, unread):
    assert parse(value) == (expected, unread)
