"""Texts as a free-text filter compares them: without accents, case, nor the apostrophe of word processors."""

from __future__ import annotations

from typing import List

from ...rules.words import fold

#: texts folded at once: long enough to be quick, short enough for the interface to live meanwhile
_AT_ONCE = 500
_BETWEEN = "\x00"


def folded(text: str) -> str:
    return fold(text.replace("’", "'"))


def all_folded(texts: List[str]) -> List[str]:
    """Each of them folded, many at a time."""
    found: List[str] = []
    for start in range(0, len(texts), _AT_ONCE):
        some = texts[start : start + _AT_ONCE]
        together = folded(_BETWEEN.join(some)).split(_BETWEEN)
        found += together if len(together) == len(some) else map(folded, some)
    return found
