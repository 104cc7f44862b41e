"""What a filter keeps: every criterion narrows it, the values of one criterion widen it."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Any, Callable, FrozenSet, Optional

import numpy as np

from ...gis.instruction.decisions import Decision
from . import appraised, folding
from .answers import STATES, Answers, State
from .nodes import Holder


@dataclass(frozen=True)
class Criteria:
    """Empty: no such criterion. `seen`: numbers of the constats and keys of the findings that the map shows."""

    text: str = ""
    states: FrozenSet[State] = frozenset()
    communes: FrozenSet[str] = frozenset()
    themes: FrozenSet[str] = frozenset()
    natures: FrozenSet[str] = frozenset()
    decisions: FrozenSet[Decision] = frozenset()
    to_do: bool = False
    objective: str = ""
    seen: Optional[FrozenSet[Any]] = None

    @property
    def none(self) -> bool:
        return replace(self, text=self.text.strip()) == Criteria()

    @property
    def count(self) -> int:
        """How many criteria there are."""
        plain = Criteria()
        return sum(getattr(self, one.name) != getattr(plain, one.name) for one in fields(self))


def kept(answers: Answers, wanted: Criteria) -> Any:
    """Which answers satisfy it: an array of booleans; None for all."""
    if wanted.none:
        return None
    mask = np.ones(len(answers.etat), dtype=bool)
    if wanted.states:
        mask &= np.array([state in wanted.states for state in STATES])[answers.etat]
    if wanted.communes:
        mask &= answers.with_communes(wanted.communes)
    if wanted.decisions:
        mask &= (answers.bits & sum(appraised.bit(one) for one in wanted.decisions)) != 0
    if wanted.to_do:
        mask &= answers.to_do()
    if wanted.objective:
        mask &= _of_holders(answers, lambda one: answers.objective_of(one) == wanted.objective)
    if wanted.themes:
        mask &= _of_holders(answers, lambda one: getattr(one.item, "theme", "") in wanted.themes)
    if wanted.natures:
        mask &= _of_holders(answers, lambda one: getattr(one.item, "nature", "") in wanted.natures)
    if wanted.seen is not None:
        mask &= answers.among(wanted.seen)
    for word in folding.folded(wanted.text).split():
        _narrow(answers, mask, word)
    return mask


def _of_holders(answers: Answers, test: Callable[[Holder], bool]) -> Any:
    return np.array([test(one) for one in answers.holders], dtype=bool)[answers.holder]


def _narrow(answers: Answers, mask: Any, word: str) -> None:
    """A word is sought in the answer, its prescription, its objective and the labels of its objects."""
    above = np.array([word in said for said in answers.said], dtype=bool)[answers.holder]
    left = np.flatnonzero(mask & ~above).tolist()
    texts = answers.texts
    mask[left] = [word in texts[place] for place in left]
