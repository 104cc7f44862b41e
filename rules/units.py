"""Numbers and quantities as the DOO writes them: `12,5 m`, `1 200 m2`, `35 logt/ha`, `95 %`, `2/3`."""

from __future__ import annotations

import math
import re
from typing import Optional, Tuple

from .model import PASSEE, UNITS, Periode, Quantity
from .words import fold, nearest

#: other spellings of a unit, after removal of accents, case and spaces
_ALIASES = {
    "m²": "m2",
    "km²": "km2",
    "hectare": "ha",
    "hectares": "ha",
    "metre": "m",
    "metres": "m",
    "logements": "logt",
    "logement": "logt",
    "logts": "logt",
    "lgt": "logt",
    "lgts": "logt",
    "logements/ha": "logt/ha",
    "logts/ha": "logt/ha",
    "lgt/ha": "logt/ha",
    "logt/hectare": "logt/ha",
    "m²/logt": "m2/logt",
    "m2/logement": "m2/logt",
    "m²/logement": "m2/logt",
    "habitants": "hab",
    "habitant": "hab",
    "point": "points",
    "%delasituationpassee": PASSEE,
    "%dupasse": PASSEE,
}
SPACES = " \u00a0\u2009\u202f"
_NUMBER = re.compile(
    r"(?P<sign>[+\-\u2212]?)"
    r"(?P<whole>[0-9]{1,3}(?:[ \u00a0\u2009\u202f][0-9]{3})+|[0-9]+)"
    r"(?:(?P<mark>[.,])(?P<decimals>[0-9]+))?"
)
_FRACTION = re.compile(r"([0-9]{1,6})\s*/\s*([0-9]{1,6})")
_LARGEST = 1e12
_HORIZON = re.compile(r"\s*(\d{4})\s*[-\u2013]\s*(\d{4})\s*")


def read_quantity(text: str, units: Tuple[str, ...] = ()) -> Tuple[Optional[Quantity], str]:
    """The quantity written in `text` and "", or None and a French sentence that says what is wrong.

    `units`: those that are accepted, all when empty. A unit of the same dimension is accepted too
    (`12 000 m2` where `ha` is). A fraction is a share, so it needs `%` among the units.
    """
    expected = expected_units(units)
    fraction = _FRACTION.fullmatch(text.strip())
    if fraction and "%" in (units or ("%",)):
        high, low = int(fraction[1]), int(fraction[2])
        return (Quantity(100.0 * high / low, "%"), "") if low else (None, f"« {text} » divise par zéro")
    value, rest, problem = _leading_number(text)
    if value is None:
        return None, problem + (f". Attendu : {expected}" if "ambigu" not in problem else "")
    unit = canonical_unit(rest)
    if not rest and "" not in (units or ("",)):
        return None, f"« {text} » n'a pas d'unité. Attendu : {expected}"
    if unit is None:
        near = nearest(rest, units or tuple(UNITS))
        return None, f"unité « {rest} » inconnue" + (
            f" : vouliez-vous « {near} » ?" if near else f". Attendu : {expected}"
        )
    if units and UNITS[unit][0] not in {UNITS[known][0] for known in units}:
        return None, f"l'unité « {unit} » ne convient pas ici. Attendu : {expected}"
    return Quantity(value, unit), ""


def read_horizon(text: str) -> Optional[Periode]:
    """`2024-2035` -> (2024, 2035), which is 11 years; None for anything else."""
    match = _HORIZON.fullmatch(text)
    years = (int(match[1]), int(match[2])) if match else None
    return years if years is not None and years[0] < years[1] else None


def canonical_unit(text: str) -> Optional[str]:
    """`logements/ha` -> `logt/ha`, None for an unknown unit."""
    unit = re.sub(r"\s+", "", text)
    for known in UNITS:
        if known.lower() == fold(unit) or known == unit:
            return known
    return _ALIASES.get(unit.lower()) or _ALIASES.get(fold(unit))


def expected_units(units: Tuple[str, ...]) -> str:
    """`un nombre suivi de logt/ha ou m2/logt`."""
    named = [unit for unit in units if unit] or [unit for unit in UNITS if unit not in ("", PASSEE)]
    return f"un nombre suivi de son unité ({', '.join(named)})"


def format_number(value: float, decimals: int = 2) -> str:
    """French writing, no useless zero: 12,5 ; 1 200 ; 66,67."""
    text = f"{abs(value):,.{decimals}f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    text = text.replace(",", "\u202f").replace(".", ",")
    return f"-{text}" if value < 0 and text.strip("0,\u202f") else text


def _leading_number(text: str) -> Tuple[Optional[float], str, str]:
    """(number, what follows it, problem)."""
    text = text.strip().strip(SPACES)
    match = _NUMBER.match(text)
    if match is None:
        return None, "", f"« {_short(text)} » n'est pas un nombre"
    rest = text[match.end() :].strip(SPACES)
    if rest[:1].isdigit() or rest[:1] in (",", "."):
        return (
            None,
            "",
            f"« {_short(text)} » n'est pas un nombre lisible (une espace entre milliers, une virgule décimale)",
        )
    if re.match(r"[eE][+\-]?[0-9]", rest) or len(match["whole"]) > 20:
        return None, "", f"« {_short(text)} » n'est pas accepté : ni exposant, ni nombre démesuré"
    decimals = match["decimals"] or ""
    whole = re.sub(r"[^0-9]", "", match["whole"])
    if match["mark"] == "." and len(decimals) == 3 and whole.strip("0"):
        small = f"{whole},{decimals}".rstrip("0").rstrip(",")
        pair = " ou ".join(f"{match['sign']}{number} {rest}".strip() for number in (whole + decimals, small))
        return None, "", f"« {_short(text)} » est ambigu : écrire {pair}"
    value = float(f"{whole}.{decimals or 0}")
    if not math.isfinite(value) or value > _LARGEST:
        return None, "", f"« {_short(text)} » est démesuré"
    return (-value if match["sign"] not in ("", "+") else value), rest, ""


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:37] + "…"
