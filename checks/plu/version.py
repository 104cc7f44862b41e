"""The version of the CNIG standard that the columns tell. Never from a date alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ..layers import Layer
from . import codes as cnig_codes
from .colonnes import code, distinct, recode, texts
from .destinations import parse


def detect(tables: Mapping[str, Layer]) -> str:
    """2013, 2014, 2017, 2024, 2025, or "2013 ou 2014", "2022 ou plus", "2024 ou plus"; "" when nothing tells."""
    zones = tables["ZONE_URBA"]
    objects_ = [layer for table, layer in tables.items() if table.startswith(("PRESCRIPTION_", "INFO_"))]
    if _has([zones], "FORMDOMI"):
        return _since_2022(tables)
    with_document = _has([zones], "IDURBA") and not _has([zones], "INSEE")
    if _has([zones], "DESTDOMI") and not with_document:
        return _before_2017(tables)
    if _has([zones], "IDURBA") or _has(objects_, "STYPEPSC", "STYPEINF"):
        return "2017"
    return _before_2017(tables) if _has([zones], "DATAPPRO") or _has(objects_, "TYPEPSC2", "TYPEINF2") else ""


def _before_2017(tables: Mapping[str, Layer]) -> str:
    if _has(tables.values(), "TYPEPSC2", "TYPEINF2"):  # an extension met on the model of 2013 only
        return "2013"
    types = {value.upper() for value in distinct(texts(tables["ZONE_URBA"], "TYPEZONE"))}
    since_2014 = "AH" in types or _codes(tables, "PRESCRIPTION", "TYPEPSC") & {"28", "29"}
    return "2014" if since_2014 or _has(tables.values(), "IDZONE", "IDPSC", "IDINFO") else "2013 ou 2014"


def _since_2022(tables: Mapping[str, Layer]) -> str:
    """2025 by its new columns or codes; 2024 by its codes, in a DOC_URBA that lacks the columns of 2025."""
    used = _used(tables)
    document = [tables["DOC_URBA"]] if "DOC_URBA" in tables else []
    if _has(document, "NOMRAPP", "URLRAPP") or used & _new("2025"):
        return "2025"
    procedures = {value.rstrip("0123456789") for layer in document for value in distinct(texts(layer, "NOMPROC"))}
    if used & _new("2024") or procedures & {"MEC", "MAJ"}:
        return "2024" if document else "2024 ou plus"
    return "2022 ou plus"


def _new(version: str) -> set[str]:
    return {
        f"{fichier} {c}"
        for fichier in ("typepsc", "typeinf", "destinations", "vocations")
        for c in cnig_codes.nouveaux(fichier, version)
    }


def _used(tables: Mapping[str, Layer]) -> set[str]:
    """Codes met in the tables, as `typepsc 18-15`, `destinations 47`, `vocations 0110`."""
    zones = tables["ZONE_URBA"]
    found = {f"vocations {value}" for value in distinct(texts(zones, "FORMDOMI"))}
    for champ in ("DESTOUI", "DESTCDT", "DESTNON"):
        for value in distinct(texts(zones, champ)):
            found |= {f"destinations {c}" for c in parse(value)[0] or ()}
    for champ, prefix in (("TYPEPSC", "PRESCRIPTION"), ("TYPEINF", "INFO")):
        found |= {f"{champ.lower()} {c}" for c in _codes(tables, prefix, champ)}
    return found


def _codes(tables: Mapping[str, Layer], prefix: str, champ: str) -> set[str]:
    """Codes of these layers, and their couples with the sub-code (`18`, `18-15`)."""
    found: set[str] = set()
    for table, layer in tables.items():
        values, subs = texts(layer, champ), texts(layer, "S" + champ)
        if not table.startswith(prefix) or values is None:
            continue
        codes = recode(values, lambda value: code(value, 2))
        found |= set(distinct(codes))
        if subs is not None:
            found |= {f"{c}-{s}" for c, s in zip(codes, recode(subs, lambda value: code(value, 2))) if c and s}
    return found


def _has(layers: Iterable[Layer], *names: str) -> bool:
    return any(layer.colonne(name) is not None for layer in layers for name in names)
