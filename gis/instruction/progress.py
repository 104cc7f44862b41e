"""How far the instructor is: which constats of an écart have a decision, and which one."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Mapping

from ..results import Results
from .decisions import Decision


@dataclass(frozen=True)
class Progress:
    """Counts of constats in a state of écart. `by_objects`: undecided themselves, but each of their objects is."""

    total: int
    decisions: Mapping[Decision, int]
    by_objects: int
    partly: int  # some of their objects are decided, not all

    @property
    def appraised(self) -> int:
        return sum(self.decisions.values()) + self.by_objects

    @property
    def left(self) -> int:
        return self.total - self.appraised

    @classmethod
    def of(cls, results: Results) -> Progress:
        notebook, decisions = results.notebook, Counter()
        total = by_objects = partly = 0
        for constat in results.constats:
            if not constat.etat.is_departure:
                continue
            total += 1
            held = notebook.of(constat.cle)
            if held is not None and held.decided:
                decisions[held.decision] += 1
                continue
            keys = {ecart.cle for ecart in results.ecarts.get(constat.id, ())}
            decided = sum(notebook.decided(key) for key in keys)
            by_objects += bool(keys) and decided == len(keys)
            partly += 0 < decided < len(keys)
        return cls(total, decisions, by_objects, partly)
