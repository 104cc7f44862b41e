"""PRESCRIPTION_* and INFO_* -> typepsc and stypepsc, in the codes in force since 2017."""

from __future__ import annotations

from collections import Counter

import numpy as np

from ..layers import Array, Layer, objects
from ..wording import plural
from . import codes as cnig_codes
from .colonnes import code, few, filled, recode, texts
from .zones import Codes, blank_limits

_AVANT_2017 = "absent avant le standard 2017"


def read(layer: Layer, champ: str, ancien: bool) -> Codes:
    """Codes of a layer of prescriptions (`champ` TYPEPSC) or informations (TYPEINF).

    Without sub-codes (2013-2014), a code that changed in 2017 is given its new value; `typepsc_brut` keeps the
    old one. `ancien`: the document is of 2013-2014, which only changes the words for what is missing.
    """
    codes: dict[str, Array] = {}
    manques: dict[str, str] = {}
    limites = blank_limits(layer, ("LIBELLE",))
    libelle = texts(layer, "LIBELLE")
    if libelle is None:
        manques["libelle"] = "champ LIBELLE"
    else:
        codes["libelle"] = libelle
    brut, sous, glued = _raw(layer, champ)
    if brut is None:
        manques["typepsc"], manques["stypepsc"] = f"champ {champ}", f"champ S{champ}"
        return Codes(codes, manques, tuple(limites))
    codes["typepsc_brut"] = brut
    typepsc, stypepsc = brut, sous
    own_subcodes = sous is not None and not glued
    if champ == "TYPEPSC" and not own_subcodes:
        typepsc, stypepsc, moved = _transferred(brut, sous)
        limites += moved
    if champ == "TYPEINF" and not own_subcodes:
        limites += _left_informations(brut)
    codes["typepsc"] = typepsc
    if stypepsc is None:
        manques["stypepsc"] = f"champ S{champ} ({_AVANT_2017})" if ancien else f"champ S{champ}"
    else:
        codes["stypepsc"] = stypepsc
    if glued and filled(sous):
        limites.append(
            f"Sous-codes lus dans {champ}2, une liste propre au producteur et non celle du standard 2017 : "
            f"une règle qui demande un S{champ} est à vérifier."
        )
    limites += _unknown(typepsc, stypepsc, champ)
    return Codes(codes, manques, tuple(limites))


def _raw(layer: Layer, champ: str) -> tuple[Array | None, Array | None, bool]:
    """Codes, sub-codes, and whether these are glued to the code (`07003` of a TYPEPSC2)."""
    values, subs, both = texts(layer, champ), texts(layer, "S" + champ), texts(layer, champ + "2")
    brut = None if values is None else recode(values, lambda value: code(value, 2))
    if filled(subs) or both is None:
        sous = None if subs is None or not filled(subs) else recode(subs, lambda value: code(value, 2))
        return brut, sous, False
    pairs = recode(both, _unglued)
    if brut is None:
        brut = np.full(len(layer), None, dtype=object)
    brut = objects([own if own is not None else pair[0] for own, pair in zip(brut, pairs)])
    return brut, objects([pair[1] for pair in pairs]), True


def _unglued(value: str | None) -> tuple[str | None, str | None]:
    """`07003` (also read as the number 7003) -> (`07`, `03`)."""
    digits = code(value, 5)
    if digits is None or not digits.isdigit() or len(digits) != 5:
        return None, None
    return (digits[:2] if digits[:2] != "00" else None), str(int(digits[2:])).zfill(2)


def _transferred(brut: Array, sous: Array | None) -> tuple[Array, Array | None, list[str]]:
    """Old codes -> the codes of 2017. A sub-code glued to an old code means nothing in the new one."""
    moves = cnig_codes.transferts("TYPEPSC")
    here = np.array([c in moves and bool(moves[c].code) for c in brut], dtype=bool)
    if not here.any():
        return brut, sous, []
    typepsc, stypepsc = brut.copy(), None if sous is None else sous.copy()
    typepsc[here] = recode(brut[here], lambda c: moves[c].code)
    if stypepsc is not None:
        stypepsc[here] = recode(brut[here], lambda c: moves[c].sous_code or None)
    counts = Counter(brut[here].tolist())
    said = [f"{c} lu {_pair(moves[c])} ({counts[c]})" for c in sorted(counts)]
    return (
        typepsc,
        stypepsc,
        [
            f"{plural(int(here.sum()), 'objet')} d'un ancien code TYPEPSC, comparé au standard 2017 "
            f"par sa table de passage : {', '.join(said)}."
        ],
    )


def _left_informations(brut: Array) -> list[str]:
    """Informations of 2013-2014 that are prescriptions now: a rule on prescriptions does not see them."""
    moves = cnig_codes.transferts("TYPEINF")
    counts = Counter(c for c in brut.tolist() if c in moves and moves[c].champ == "TYPEPSC")
    return [
        f"{plural(counts[c], 'information')} de TYPEINF {c} ({moves[c].note}) : depuis 2017 une prescription "
        f"{_pair(moves[c])}, qu'une règle sur les prescriptions ne voit pas ici."
        for c in sorted(counts)
    ]


def _pair(move: cnig_codes.Transfert) -> str:
    return f"{move.code}-{move.sous_code}" if move.sous_code else move.code


def _unknown(typepsc: Array, stypepsc: Array | None, champ: str) -> list[str]:
    listed = cnig_codes.couples(champ)
    known = {c for c, _ in listed}
    limits = []
    absent = int(sum(c is None for c in typepsc))
    if absent:
        limits.append(f"{plural(absent, 'objet')} sans {champ}.")
    wrong = np.array([c is not None and c not in known for c in typepsc], dtype=bool)
    if wrong.any():
        limits.append(
            f"{plural(int(wrong.sum()), 'objet')} de {champ} inconnu du CNIG "
            f"({few(sorted(set(typepsc[wrong])))}). À vérifier."
        )
    if stypepsc is not None:
        pairs = [f"{c}-{s}" for c, s in zip(typepsc, stypepsc) if c in known and s is not None and (c, s) not in listed]
        if pairs:
            limits.append(
                f"{plural(len(pairs), 'objet')} de S{champ} inconnu du CNIG ({few(sorted(set(pairs)))}). À vérifier."
            )
    return limits
