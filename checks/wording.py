"""French wording of numbers, areas and lists: the one place where a figure becomes text."""

from __future__ import annotations

import math
import unicodedata
from datetime import datetime
from typing import Optional, Sequence, Tuple

from ..rules.model import UNITS
from ..rules.units import format_number
from ..rules.words import enumerate_words

NBSP = "\u202f"  # narrow no-break space, French thousands separator


def day(moment: str) -> str:
    """`12/06/2025`, where the reader is, of a moment that is kept in UTC; "" of what is no date."""
    try:
        when = datetime.fromisoformat(moment.replace("Z", "+00:00"))
    except ValueError:
        return ""
    return f"{when if when.tzinfo is None else when.astimezone():%d/%m/%Y}"


def number(value: float, decimals: int = 2) -> str:
    """`1234.5` -> `1 234,5`. Decimals that are zeros are dropped."""
    return format_number(value, decimals)


def amount(value: float, unit: str, *others: Optional[float]) -> str:
    """A measure with its unit, as a reader expects it: `31 logements par hectare`, `95 %`, `1 500 m²`.

    `others`: figures it is compared with: it does not read as one that it differs from (34,999 for 35).
    """
    wording = UNITS[unit][2]
    if abs(value) < 2 and wording.startswith(("logements", "habitants", "points")):
        wording = wording.replace("s", "", 1)
    return f"{apart(value, *others)}{NBSP if unit == '%' else ' '}{wording}".strip()


def within(low: float, high: float, unit: str, *others: Optional[float]) -> str:
    """What is known of a measure (a feminine noun) that lies in [low, high]: `de 12 %`, `d'au moins 30 %`, `comprise
    entre 0 % et 40 %`. `others`: as for `amount`."""
    ends = list(dict.fromkeys(amount(end, unit, *others) for end in (low, high) if math.isfinite(end)))
    if math.isfinite(low) and math.isfinite(high) and len(ends) == 1:
        return f"de {ends[0]}"
    if len(ends) == 2:
        return f"comprise entre {ends[0]} et {ends[1]}"
    return f"d'au moins {ends[0]}" if math.isfinite(low) else f"d'au plus {ends[0]}"


def apart(value: float, *others: Optional[float]) -> str:
    """The number, with as many decimals as it takes (6 at most) not to read as another one that it is compared with."""
    for decimals in range(2, 7):
        text = number(value, decimals)
        if all(other is None or number(other, decimals) != text for other in others if other != value):
            break
    else:
        text = number(value)  # nothing but rounding between them
    return text


def counted(value: float, singular: str) -> str:
    """`1,5 logement`, `30 logements`."""
    return f"{number(value)} {singular}{'' if abs(value) < 2 else 's'}"


def area(m2: float) -> str:
    """Square metres below one hectare, hectares above."""
    return f"{number(m2 / 1e4)} ha" if m2 >= 1e4 else f"{number(m2, 0 if m2 >= 10 else 2)} m²"


def length(m: float) -> str:
    return f"{number(m / 1e3)} km" if m >= 1e4 else f"{number(m, 0 if m >= 10 else 1)} m"


def length_apart(m: float, *others: Optional[float]) -> str:
    """A length as it can be read on a map, `1 131 m`, unless it then reads as one that it is compared with."""
    same = any(other is not None and other != m and length(other) == length(m) for other in others)
    return amount(m, "m", *others) if same else length(m)


def measured(value: float, dimension: int) -> str:
    """An area (2), a length (1) or a number of points (0)."""
    if dimension == 2:
        return area(value)
    return length(value) if dimension == 1 else plural(int(round(value)), "point")


def plural(n: int, singular: str, several: Optional[str] = None) -> str:
    """`1 zone`, `3 zones`, `2 objets conservés` (give `several` when adding s is not enough)."""
    word = singular if abs(n) < 2 else (several or singular + "s")
    return f"{number(n, 0)} {word}"


def uncertain(libelles: Sequence[str], effect: str = "", limit: int = 5) -> Tuple[str, ...]:
    """What to say of objects that may be concerned or not, and of their effect on the answer; nothing of none."""
    if not len(libelles):
        return ()
    count = plural(len(libelles), "objet sans certitude d'être concerné", "objets sans certitude d'être concernés")
    return (f"{count}{effect} ({names(list(libelles), limit)}).",)


def doubted(message: str, certain: bool) -> str:
    """What is said of one object, and that it may not be concerned when that is not certain."""
    return message if certain else f"{message.rstrip('.')} ; sans certitude d'être concerné."


def de(nom: str) -> str:
    """`d'Écœuvres`, `du Fay`, `des Loges`, `de Lens`: a place after "de". An H is taken as aspirated."""
    for article, joined in (("Le ", "du "), ("Les ", "des ")):
        if nom.startswith(article):
            return joined + nom[len(article) :]
    plain = unicodedata.normalize("NFD", nom[:1].replace("Œ", "O").replace("Æ", "A"))[:1]
    return f"d'{nom}" if plain.upper() in tuple("AEIOUY") else f"de {nom}"


def names(values: Sequence[str], limit: int = 5, liaison: str = "et") -> str:
    """`UA, UB et UC`; beyond `limit`, `UA, UB, … (12 en tout)`."""
    distinct = list(dict.fromkeys(str(value) for value in values if value))
    if not distinct:
        return "sans libellé"
    if len(distinct) > limit:
        return f"{', '.join(distinct[:limit])}… ({len(distinct)} en tout)"
    return enumerate_words(distinct, liaison)
