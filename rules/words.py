"""Words compared without accents or case, and the nearest known one."""

from __future__ import annotations

import re
import unicodedata
from difflib import SequenceMatcher
from typing import Iterable, Optional, Sequence

#: words that are said for a keyword and do not look like it
_SYNONYMS = {
    "dans": "couches",
    "polygon": "surface",
    "polygons": "surface",
    "polygone": "surface",
    "polygones": "surface",
    "multipolygon": "surface",
    "multipolygone": "surface",
    "polyligne": "ligne",
    "linestring": "ligne",
}
#: the blocks of Unicode that hold combining marks: what is left of accents once a text is decomposed
_MARKS = re.compile("[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+")


def fold(word: str) -> str:
    """`Densité` -> `densite`; the ligature œ is written oe."""
    return _MARKS.sub("", unicodedata.normalize("NFKD", word.lower().replace("œ", "oe"))).strip()


def nearest(word: str, known: Iterable[str]) -> Optional[str]:
    """The known word most like `word` (which may be its beginning), or its synonym; None when none is near."""
    known = list(known)
    wanted, best, score = fold(word)[:80], None, 0.6
    if _SYNONYMS.get(wanted) in known:
        return _SYNONYMS[wanted]
    for candidate in known:
        like = fold(candidate)
        ratio = SequenceMatcher(None, wanted, like).ratio()
        if len(like) > 3 and (wanted.startswith(like) or (len(wanted) > 3 and like.startswith(wanted))):
            ratio = max(ratio, 0.75)
        if ratio > score:
            best, score = candidate, ratio
    return best


def is_misspelt(key: str, given: Iterable[str], known: Iterable[str]) -> bool:
    """Whether one of the given words, unknown, is most like `key`: it is there, wrongly written."""
    known = list(known)
    return any(nearest(word, known) == key for word in given if word not in known)


def suggestion(word: str, known: Iterable[str]) -> str:
    """`: vouliez-vous « densite » ?`, or the known words, or nothing; ready to be added to a message."""
    known = list(known)
    near = nearest(word, known)
    if near is not None:
        return f" : vouliez-vous « {near} » ?"
    if known and len(known) <= 12:
        return f" (connus : {', '.join(known)})"
    return ""


def enumerate_words(words: Sequence[str], liaison: str = "et") -> str:
    """`a, b et c`."""
    words = list(words)
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {liaison} {words[-1]}"
