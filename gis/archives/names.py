"""File and layer names of the CNIG standards, as published: with or without prefix, suffix and capitals.

Source: CNIG PLU 2025-06 p. 47-60 (since 2017 `<INSEE|SIREN>_<LAYER>_<DATAPPRO>{_<CodeDU>}`, before `<LAYER>`), and the
names found in published archives.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Optional, Tuple

#: the tables that a control reads
PLU_TABLES = (
    "ZONE_URBA",
    "PRESCRIPTION_SURF",
    "PRESCRIPTION_LIN",
    "PRESCRIPTION_PCT",
    "INFO_SURF",
    "INFO_LIN",
    "INFO_PCT",
    "DOC_URBA",
    "DOC_URBA_COM",
)
_SYNONYMS = {"DOCUMENT_URBA": "DOC_URBA", "INFORMATION": "INFO", "ZONES_URBA": "ZONE_URBA"}
_TABLE = re.compile(
    r"(?:^|(?<=[^A-Z0-9]))(DOC_URBA_COM|DOC_URBA|DOCUMENT_URBA|ZONES?_URBA|SECTEUR_CC|PERIMETRE_SCOT"
    r"|(?:PRESCRIPTION|INFO|INFORMATION|HABILLAGE)_(?:SURF|LIN|PCT|TXT))(?=$|[^A-Z0-9])"
)
_CODE = re.compile(r"\d{9}|\d{5}|2[AB]\d{3}")
_DATE = re.compile(r"\d{8}")
_PLACEHOLDER = re.compile(r"X{5,}|DATAPPRO|CODEDU")
_CODEDU = re.compile(r"[A-Z0-9]{1,3}")
_FOLDER = re.compile(r"(?<![0-9A-Z])(\d{9}|\d{5}|2[AB]\d{3})_([A-Z]+)_(\d{8})(?![0-9])")


@dataclass(frozen=True)
class Name:
    """`code`: INSEE or SIREN, `date`: AAAAMMJJ, "" when the name has none. `extra`: words unknown to the standard."""

    table: str
    code: str = ""
    date: str = ""
    extra: int = 0
    gabarit: bool = False  # the name still holds the placeholders of the empty template


def parse(stem: str) -> Optional[Name]:
    """What a file name without its extension, or a layer name, says; None when it names no CNIG table."""
    text = stem.upper()
    found = list(_TABLE.finditer(text))
    if len(found) != 1:
        return None
    before = _words(text[: found[0].start()])
    after = _words(text[found[0].end() :])
    if any(not _known(word) for word in after):
        return None  # plu_zone_urba_carreau, PRESCRIPTION_SURF_ancien: another layer
    words = before + after
    codes = [word for word in words if _CODE.fullmatch(word)]
    dates = [word for word in words if _DATE.fullmatch(word)]
    extra = sum(not _known(word) for word in before)
    return Name(
        _canonical(found[0][1]),
        codes[0] if codes else "",
        dates[-1] if dates else "",
        extra,
        any(_PLACEHOLDER.fullmatch(word) for word in words),
    )


def of_folder(name: str) -> Tuple[str, str]:
    """(code, date) of an archive folder `<code>_PLUi_<date>`, empty when the name is free."""
    found = _FOLDER.search(name.upper())
    return (found[1], found[3]) if found else ("", "")


def _words(text: str) -> Tuple[str, ...]:
    return tuple(word for word in re.split(r"[^A-Z0-9]+", text) if word)


def _known(word: str) -> bool:
    return bool(
        _CODE.fullmatch(word) or _DATE.fullmatch(word) or _PLACEHOLDER.fullmatch(word) or _CODEDU.fullmatch(word)
    )


def _canonical(table: str) -> str:
    for other, standard in _SYNONYMS.items():
        if table == other or table.startswith(other + "_"):
            return standard + table[len(other) :]
    return table
