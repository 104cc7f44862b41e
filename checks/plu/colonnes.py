"""Raw attribute values -> clean text and codes, whatever type the source gave them."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from typing import Any, Callable

import numpy as np

from ..layers import Array, Layer, objects

_NUMBER = re.compile(r"(\d+)(?:[.,]0+)?(?:[^0-9A-Za-z].*)?", re.DOTALL)
#: what exports write where there is nothing
_NOTHING = {"", "NULL", "<NULL>", "(NULL)", "NONE", "NAN"}


def text(value: Any) -> str | None:
    """One value as text: trimmed, any run of blanks (no-break, line breaks) as one space; None when nothing is left.

    `7.0` is `7`: a code read as a number keeps its digits, its leading zeros are for `code` to give back.
    """
    if value is None:
        return None
    if isinstance(value, (datetime.date, datetime.datetime)):
        return value.strftime("%Y%m%d")
    if isinstance(value, (list, tuple)):
        value = "-".join(str(item) for item in value)
    if isinstance(value, (float, np.floating)):
        value = int(value) if float(value).is_integer() else value
    words = " ".join(str(value).split())
    return None if words.upper() in _NOTHING else words


def code(value: Any, width: int) -> str | None:
    """The leading digits of a value, with zeros up to `width` (`7`, `7.0` -> `07`); other text as it is."""
    words = text(value)
    match = _NUMBER.fullmatch(words) if words else None
    return match.group(1).zfill(width) if match else words


def date(value: Any) -> str:
    """`AAAAMMJJ` of a text or date value; "" when there is none or it is the `00000000` of an unknown date."""
    digits = re.sub(r"\D", "", text(value) or "")[:8]
    return digits if len(digits) == 8 and digits != "00000000" else ""


def recode(values: Array, convert: Callable[[Any], Any]) -> Array:
    """`convert` over a column, called once for each distinct value."""
    try:
        known: dict[Any, Any] = {value: convert(value) for value in set(values.tolist())}
    except TypeError:  # a list among the values is not hashable
        return objects([convert(value) for value in values])
    return objects([known[value] for value in values.tolist()])


def texts(layer: Layer, *names: str) -> Array | None:
    """The first of these columns that the layer has, as text; None when it has none of them."""
    for name in names:
        values = layer.colonne(name)
        if values is not None:
            return recode(values, text)
    return None


def few(values: Iterable[Any]) -> str:
    """The first three values in words, for a data limit: `UA, UB, UC…`."""
    found = [str(value) for value in distinct(values)]
    return ", ".join(found[:3]) + ("…" if len(found) > 3 else "") if found else "sans libellé"


def filled(values: Array | None) -> bool:
    """Whether a column exists and holds something."""
    return values is not None and any(value is not None for value in values)


def distinct(values: Iterable[Any] | None) -> list[Any]:
    """Values that are not None, each once, in order of appearance."""
    return [] if values is None else list(dict.fromkeys(value for value in values if value is not None))
