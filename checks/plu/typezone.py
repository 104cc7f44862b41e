"""TYPEZONE as published -> U, AUc, AUs, A, N; and the family that a LIBELLE announces."""

from __future__ import annotations

import re
from typing import NamedTuple

import numpy as np

from ..layers import Array, objects
from ..wording import names, plural
from . import codes as cnig_codes
from .colonnes import few

#: values of TYPEZONE outside the lists of the standard that can still be read
_VARIANTS = (
    (re.compile(r"\d?U[A-Z0-9]{0,4}"), "U"),
    (re.compile(r"A(?!U)[A-Z0-9]{0,3}"), "A"),
    (re.compile(r"N(?![ABC])[A-Z0-9]{0,3}"), "N"),  # NA, NB, NC are zones of the former POS, not natural ones
)
_AU = re.compile(r"(\d|I{1,3})?AU[A-Z0-9]{0,2}")
_CLOSED = re.compile(r"[23]AU|I{2,3}AU|AU[23](?!\d)|AU[sf](?![A-Za-z])|AU[SF]$")
#: codes of zones only, so that no word is taken for one: a letter of family, then digits and few letters
_LABELS = (
    (re.compile(r"(?:\d|I{1,3})?AU(?![a-z]{4})"), "AU"),
    (re.compile(r"U(?:[A-Z0-9]|[a-z]{1,3}(?![a-z])|$)"), "U"),
    (re.compile(r"\d?A(?:\d|[a-z]{1,3}(?![a-z])|[A-Z]{1,2}(?![A-Za-z])|$)"), "A"),
    (re.compile(r"\d?N(?:\d|[a-z]{1,3}(?![a-z])|[E-Z][A-Z]?(?![A-Za-z])|$)"), "N"),  # not NA to ND of the POS
)


class Typezones(NamedTuple):
    typezone: Array  # U, AUc, AUs, A, N; None unknown
    stecal: Array  # True for Ah and Nh; None where the type is unknown
    limites: tuple[str, ...]


def read(brut: Array, libelle: Array) -> Typezones:
    """Families of (n,) raw TYPEZONE texts; LIBELLE (n,) tells whether an `AU` is open (AUc) or closed (AUs)."""
    known: dict[tuple[str | None, str | None], tuple[str | None, str]] = {}
    readings: list[tuple[str | None, str]] = []
    for pair in zip(brut, libelle):
        if pair not in known:
            known[pair] = family(*pair)
        readings.append(known[pair])
    typezone = objects([reading[0] for reading in readings])
    how = np.array([reading[1] for reading in readings])
    hamlets = {raw for raw, zone in cnig_codes.typezones().items() if zone.stecal}
    stecal = objects([None if zone is None else _bare(raw) in hamlets for zone, raw in zip(typezone, brut)])
    return Typezones(typezone, stecal, _limits(brut, libelle, typezone, how))


def family(brut: str | None, libelle: str | None) -> tuple[str | None, str]:
    """Family of one raw TYPEZONE, and how it was read: "", `deduit`, `variante`, `inconnu`, `vide`."""
    if brut is None:
        return None, "vide"
    bare = _bare(brut)
    listed = cnig_codes.typezones().get(bare)
    if listed is not None:
        return listed.famille, ""
    if _AU.fullmatch(bare):
        closed = _CLOSED.match(_joint(brut)) or (bare == "AU" and _CLOSED.match(_joint(libelle or "")))
        return ("AUs" if closed else "AUc"), "deduit"
    for pattern, zone in _VARIANTS:
        if pattern.fullmatch(bare):
            return zone, "variante"
    return None, "inconnu"


def announced(libelle: str | None) -> str | None:
    """Family that a LIBELLE clearly announces: U, AU, A, N; None when it is not the code of a zone."""
    label = _joint(libelle or "")
    if len(label) > 8:
        return None
    return next((zone for pattern, zone in _LABELS if pattern.match(label)), None)


def _bare(brut: str | None) -> str:
    return _joint(brut or "").upper()


def _joint(words: str) -> str:
    return re.sub(r"[\s_.\-]+", "", words)


def _limits(brut: Array, libelle: Array, typezone: Array, how: Array) -> tuple[str, ...]:
    limits = []
    deduced = how == "deduit"
    if deduced.any():
        closed = int((typezone[deduced] == "AUs").sum())
        opened = int(deduced.sum()) - closed
        limits.append(
            f"{plural(int(deduced.sum()), 'zone')} de TYPEZONE {few(brut[deduced])}, sans distinction "
            f"entre AUc et AUs : d'après le LIBELLE, {opened} lue{_s(opened)} AUc et {closed} "
            f"lue{_s(closed)} AUs. À vérifier."
        )
    for kind, said in (
        ("variante", "d'un TYPEZONE hors liste ({raw}), lu d'après sa première lettre. À vérifier."),
        ("inconnu", "d'un TYPEZONE inconnu ({raw}) : le type de zone est tenu pour inconnu."),
        ("vide", "sans TYPEZONE ({label}) : le type de zone est inconnu."),
    ):
        rows = how == kind
        if rows.any():
            limits.append(
                f"{plural(int(rows.sum()), 'zone')} " + said.format(raw=few(brut[rows]), label=few(libelle[rows]))
            )
    old = np.array([_bare(raw) in ("AH", "NH", "ND") for raw in brut], dtype=bool)
    if old.any():
        values = sorted({_bare(raw).capitalize() for raw in brut[old]})
        hamlets = " ; Ah et Nh sont pourtant constructibles" if set(values) != {"Nd"} else ""
        limits.append(
            f"{plural(int(old.sum()), 'zone')} de TYPEZONE {names(values)} (codes de 2013-2014), "
            f"lue{_s(int(old.sum()))} A ou N{hamlets}."
        )
    limits += _contradictions(brut, libelle, typezone)
    return tuple(limits)


def _contradictions(brut: Array, libelle: Array, typezone: Array) -> list[str]:
    labels = {label: announced(label) for label in set(libelle.tolist())}
    at_fault = [
        f"{label} typée {raw}"
        for raw, label, zone in zip(brut, libelle, typezone)
        if zone is not None and labels[label] is not None and labels[label] != zone.rstrip("cs")
    ]
    if not at_fault:
        return []
    return [
        f"{plural(len(at_fault), 'zone')} dont le TYPEZONE et le LIBELLE se contredisent ({few(at_fault)}) : "
        "le contrôle suit le TYPEZONE, à vérifier."
    ]


def _s(n: int) -> str:
    return "s" if n > 1 else ""
