"""The code lists of the CNIG that the language names: vocations and destinations (`resources/cnig/`)."""

from __future__ import annotations

import csv
import re
from functools import cache
from pathlib import Path
from typing import Dict, Tuple

_FOLDER = Path(__file__).resolve().parent.parent / "resources" / "cnig"

TYPEZONES = ("U", "AUc", "AUs", "A", "N")
INSEE = re.compile(r"([0-9]{2}|2[AB])[0-9]{3}")


@cache
def vocations() -> Tuple[str, ...]:
    """The vocabulary of `vocation`, common to DESTDOMI and FORMDOMI."""
    with open(_FOLDER / "vocations.csv", encoding="utf-8", newline="") as rows:
        return tuple(dict.fromkeys(row["vocation"] for row in csv.DictReader(rows)))


@cache
def destinations() -> Dict[str, str]:
    """Slug -> French label of the destinations and sub-destinations of DESTOUI, DESTCDT, DESTNON."""
    with open(_FOLDER / "destinations.csv", encoding="utf-8", newline="") as rows:
        return {row["slug"]: row["sous_destination"] or row["destination"] for row in csv.DictReader(rows)}
