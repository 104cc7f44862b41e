"""French wording of numbers, areas and lists: the one place where a figure becomes text."""

from __future__ import annotations

from typing import Optional, Sequence

from ..rules.model import UNITS
from ..rules.units import format_number
from ..rules.words import enumerate_words

NBSP = "\u202f"  # narrow no-break space, French thousands separator


def number(value: float, decimals: int = 2) -> str:
    """`1234.5` -> `1 234,5`. Decimals that are zeros are dropped."""
    return format_number(value, decimals)


def amount(value: float, unit: str) -> str:
    """A measure with its unit, as a reader expects it: `31 logements par hectare`, `95 %`, `1 500 m²`."""
    wording = UNITS[unit][2]
    return f"{number(value)}{NBSP if unit == '%' else ' '}{wording}".strip()


def area(m2: float) -> str:
    """Square metres below one hectare, hectares above."""
    return f"{number(m2 / 1e4)} ha" if m2 >= 1e4 else f"{number(m2, 0 if m2 >= 10 else 2)} m²"


def length(m: float) -> str:
    return f"{number(m / 1e3)} km" if m >= 1e4 else f"{number(m, 0 if m >= 10 else 1)} m"


def measured(value: float, dimension: int) -> str:
    """An area (2), a length (1) or a number of points (0)."""
    if dimension == 2:
        return area(value)
    return length(value) if dimension == 1 else plural(int(round(value)), "point")


def plural(n: int, singular: str, several: Optional[str] = None) -> str:
    """`1 zone`, `3 zones`, `2 objets conservés` (give `several` when adding s is not enough)."""
    word = singular if abs(n) < 2 else (several or singular + "s")
    return f"{number(n, 0)} {word}"


def names(values: Sequence[str], limit: int = 5) -> str:
    """`UA, UB et UC`; beyond `limit`, `UA, UB, … (12 en tout)`."""
    distinct = list(dict.fromkeys(str(value) for value in values if value))
    if not distinct:
        return "sans libellé"
    if len(distinct) > limit:
        return f"{', '.join(distinct[:limit])}… ({len(distinct)} en tout)"
    return enumerate_words(distinct)
