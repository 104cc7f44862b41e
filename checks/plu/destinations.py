"""Destinations that a zone allows, allows under conditions or forbids: DESTOUI, DESTCDT, DESTNON (standard 2022 on)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Optional

from ..layers import Array, objects
from . import codes as cnig_codes
from .colonnes import text

Codes = Optional[frozenset[str]]
_SEPARATORS = re.compile(r"[-–,;/|+\s]+")

#: what a selector can ask (`rules.model.Selecteur`)
SENS = ("admet", "admet_sans_condition", "interdit")


def admits(destoui: Array, destcdt: Array, destnon: Array, slug: str, sens: str = "admet") -> Array:
    """Whether each zone admits the destination `slug` of destinations.csv: True, False, or None when it is unknown.

    Columns are (n,) object arrays of frozensets of codes or None. `sens`: `admet` (in DESTOUI or DESTCDT),
    `admet_sans_condition` (in DESTOUI alone), `interdit` (in DESTNON). A whole destination (10, 20… 50) counts for
    each of its sub-destinations that is named nowhere else (convention of this project). Asked for a whole
    destination, `admet` is true as soon as one sub-destination is, `interdit` only when all are. A code in none of the
    fields, or at once in DESTNON and in another one, is unknown. Raises ValueError on an unknown slug or `sens`.
    """
    if sens not in SENS:
        raise ValueError(f"« {sens} » inconnu : {', '.join(SENS)} attendu")
    codes = cnig_codes.destinations()
    if slug not in codes:
        raise ValueError(f"destination « {slug} » inconnue")
    asked = _members(codes[slug])
    known: dict[tuple[Codes, Codes, Codes], bool | None] = {}
    answers: list[bool | None] = []
    for fields in zip(destoui, destcdt, destnon):
        if fields not in known:
            known[fields] = _joined([_answer(fields, code, sens) for code in asked], sens)
        answers.append(known[fields])
    return objects(answers)


def parse(value: Any) -> tuple[Codes, tuple[str, ...]]:
    """Codes of one field (`31-32-50`), and what in it is not a code. None when no code is left."""
    words = text(value)
    if words is None:
        return None, ()
    known = set(cnig_codes.destinations().values())
    parts = [re.sub(r"\.0+$", "", part) for part in _SEPARATORS.split(words) if part]
    codes = frozenset(part for part in parts if part in known)
    return codes or None, tuple(part for part in parts if part not in known)


def _members(code: str) -> tuple[str, ...]:
    """The sub-destinations of a whole destination; the code itself otherwise (99 is its own)."""
    if not code.endswith("0"):
        return (code,)
    return tuple(c for c in cnig_codes.destinations().values() if c[0] == code[0] and c != code)


def _answer(fields: Sequence[Codes], code: str, sens: str) -> bool | None:
    oui, cdt, non = _where(fields, code) or _where(fields, code[0] + "0") or (False, False, False)
    if non == (oui or cdt):  # nowhere, or forbidden here and allowed there
        return None
    if sens == "interdit":
        return non
    if sens == "admet":
        return oui or cdt
    return None if oui and cdt else oui


def _where(fields: Sequence[Codes], code: str) -> tuple[bool, bool, bool] | None:
    oui, cdt, non = (codes is not None and code in codes for codes in fields)
    return (oui, cdt, non) if oui or cdt or non else None


def _joined(answers: Sequence[bool | None], sens: str) -> bool | None:
    """Three-valued OR; AND for `interdit`."""
    decisive = sens != "interdit"
    if decisive in answers:
        return decisive
    return None if None in answers else not decisive
