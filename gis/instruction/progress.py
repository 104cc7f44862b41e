"""How far the instructor is: which constats that call for a look have a decision, and which one."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Collection, Dict, Iterator, List, Mapping, Optional, Sequence

from ...checks.base import Etat
from ..results import ConstatRow, Results
from .decisions import Appraisal, Decision, Subject
from .notebook import Notebook

#: what calls for a look: departures, then the rest of it
DEPARTURES = tuple(etat for etat in Etat if etat.is_departure)
OTHERS = (Etat.ERREUR, Etat.NON_EVALUE, Etat.A_APPRECIER)


@dataclass(frozen=True)
class Progress:
    """Counts of constats in some states. One is appraised when nothing of it waits: neither it nor one of its objects.

    `by_objects`: undecided themselves, but each of their objects is. Among what is left, `partly`: some of their
    objects wait, not all; `again`: a decision was taken on another state or measure.
    """

    total: int
    decisions: Mapping[Decision, int]
    by_objects: int
    partly: int
    again: int = 0

    @property
    def appraised(self) -> int:
        return sum(self.decisions.values()) + self.by_objects

    @property
    def left(self) -> int:
        return self.total - self.appraised

    @classmethod
    def of(cls, results: Results, etats: Collection[Etat]) -> Progress:
        notebook, decisions = results.notebook, Counter()
        total = sum(results.etats[etat] for etat in etats)
        by_objects = partly = again = 0
        for constat in _touched(results):
            if constat.etat not in etats:
                continue
            whole = _said(notebook, constat.cle)
            parts = _parts(results, constat)
            if any(_outdated(notebook, cle, now) for cle, now in parts.items()) or _outdated(
                notebook, constat.cle, [Subject.of_constat(constat)]
            ):
                again += 1
                continue
            held = [_said(notebook, key) or whole for key in parts or (constat.cle,)]
            decided = sum(one is not None and one.decided for one in held)
            if decided < len(held):
                partly += decided > 0
            elif whole is not None and whole.decided:
                decisions[whole.decision] += 1
            else:
                by_objects += 1
        return cls(total, decisions, by_objects, partly, again)


def _touched(results: Results) -> Iterator[ConstatRow]:
    """The constats on which something was decided, on them or on one of their objects: the others all wait."""
    places = {place for cle in results.notebook.held for place in results.keyed.places(cle)}
    return (results.constats[place] for place in sorted(places))


def _parts(results: Results, constat: ConstatRow) -> Mapping[str, List[Subject]]:
    """Its objects by key, each in one piece or several."""
    found: Dict[str, List[Subject]] = {}
    for ecart in results.ecarts.get(constat.id, ()):
        found.setdefault(ecart.cle, []).append(Subject.of_ecart(ecart))
    return found


def _outdated(notebook: Notebook, cle: str, now: Sequence[Subject]) -> bool:
    held = notebook.of(cle)
    return held is not None and held.outdated(now)


def _said(notebook: Notebook, cle: str) -> Optional[Appraisal]:
    """What holds of that key. To leave waiting without a word, as an undo does, is to say nothing."""
    held = notebook.of(cle)
    return held if held is not None and (held.decided or held.motif) else None
