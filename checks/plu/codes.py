"""The code lists of the CNIG standards, read once from `resources/cnig/` (sources and licence: SOURCES.md there)."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

_FOLDER = Path(__file__).resolve().parents[2] / "resources" / "cnig"

#: tables of a PLU archive that carry objects, in the order of the standard
PRESCRIPTIONS = ("PRESCRIPTION_SURF", "PRESCRIPTION_LIN", "PRESCRIPTION_PCT")
INFORMATIONS = ("INFO_SURF", "INFO_LIN", "INFO_PCT")


class Typezone(NamedTuple):
    famille: str  # U, AUc, AUs, A, N
    stecal: bool  # Ah, Nh: buildable hamlets of 2013-2014


class Transfert(NamedTuple):
    """What a code of 2013-2014 became in 2017. `champ` TYPEPSC, TYPEINF, SUP, or "" when it was repealed."""

    champ: str
    code: str
    sous_code: str
    note: str


@cache
def typezones() -> Mapping[str, Typezone]:
    """TYPEZONE in upper case -> its family, over every version of the standard."""
    return {row["code"].upper(): Typezone(row["famille"], row["stecal"] == "oui") for row in _rows("typezone")}


@cache
def vocations(champ: str) -> Mapping[str, str | None]:
    """Code of `champ` (FORMDOMI, DESTDOMI) -> vocation; `non_defini` is None, unknown."""
    return {
        row["code"]: None if row["vocation"] == "non_defini" else row["vocation"]
        for row in _rows("vocations")
        if row["champ"] == champ
    }


@cache
def destinations() -> Mapping[str, str]:
    """Slug -> two-digit code of DESTOUI, DESTCDT, DESTNON."""
    return {row["slug"]: row["code"] for row in _rows("destinations")}


@cache
def couples(champ: str) -> frozenset[tuple[str, str]]:
    """(code, sub-code) of TYPEPSC or TYPEINF over every version; sub-code "" in 2013-2014."""
    return frozenset((row["code"], row["sous_code"]) for row in _rows(champ.lower()))


@cache
def libelles(champ: str) -> Mapping[tuple[str, str], str]:
    """(code, sub-code) of TYPEPSC or TYPEINF -> label of the latest version that has it."""
    return {(row["code"], row["sous_code"]): row["libelle"] for row in _rows(champ.lower())}


@cache
def nouveaux(fichier: str, version: str) -> frozenset[str]:
    """Codes of a list (`typepsc` gives `18-15`) that no version before `version` has: they date a document."""
    found = set()
    for row in _rows(fichier):
        if min(row["versions"].split()) >= version:
            found.add("-".join(filter(None, (row["code"], row.get("sous_code", "")))))
    return frozenset(found)


@cache
def transferts(champ: str) -> Mapping[str, Transfert]:
    """Codes of TYPEPSC or TYPEINF that changed between 2014 and 2017."""
    return {
        row["ancien_code"]: Transfert(row["nouveau_champ"], row["nouveau_code"], row["nouveau_sous_code"], row["note"])
        for row in _rows("transferts_2014")
        if row["champ"] == champ
    }


@cache
def etats() -> Mapping[str, str]:
    """ETAT of DOC_URBA -> its words in lower case (`03` -> `opposable`)."""
    return {row["code"]: row["libelle"].lower() for row in _rows("etats")}


@cache
def projections() -> Mapping[str, str]:
    """`EPSG:2154` -> the territories whose legal projection it is."""
    found: dict[str, list[str]] = {}
    for row in _rows("projections"):
        found.setdefault(f"EPSG:{row['epsg']}", []).append(row["territoire"])
    return {crs: ", ".join(territoires) for crs, territoires in found.items()}


@cache
def attributs() -> Mapping[str, tuple[str, ...]]:
    """TYPEPSC or TYPEPSC-STYPEPSC -> names that the standard advises for LIB_ATTRn (height, footprint…)."""
    found: dict[str, list[str]] = {}
    for row in _rows("lib_attr"):
        found.setdefault(row["typepsc"], []).append(row["lib_attr"])
    return {code: tuple(names) for code, names in found.items()}


def _rows(nom: str) -> tuple[dict[str, str], ...]:
    with open(_FOLDER / f"{nom}.csv", encoding="utf-8", newline="") as lines:
        return tuple(csv.DictReader(lines))
