"""`si:` in words, the same in the sentence read aloud and in what a control answers."""

from __future__ import annotations

from ..model import Si
from ..types.scalars import say_day


def say_condition(si: Si) -> str:
    """`la condition « Le PLH est adopté »`, on one line."""
    return f"la condition « {_one_line(si.condition).rstrip('.')} »"


def say_state(si: Si) -> str:
    """`tenue pour vraie d'après l'arrêté du 12 mars, le 13/03/2024`; `état à saisir` where nobody wrote it."""
    if not si.etat:
        return "état à saisir"
    source = f"d'après {_one_line(si.source).rstrip('.')}" if si.source else "sans source indiquée"
    return f"tenue pour {si.etat} {source}" + (f", le {say_day(si.date)}" if si.date else "")


def _one_line(text: str) -> str:
    return " ".join(text.split())
