"""What was decided on an answer, in a column: on the constat, else on its écarts, which may be decided differently."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Dict, Iterable, List, Optional, Sequence

from ...gis.instruction.decisions import Appraisal, Decision, Subject
from ...gis.instruction.notebook import Notebook

_COUNTED = {
    Decision.RETENU: ("retenu", "retenus"),
    Decision.NUANCE: ("nuancé", "nuancés"),
    Decision.NON_RETENU: ("non retenu", "non retenus"),
    Decision.A_COMPLETER: ("à compléter", "à compléter"),
    Decision.EN_ATTENTE: ("en attente", "en attente"),
}
_ORDER = list(_COUNTED)


@dataclass(frozen=True)
class Appraised:
    """`bits`: which decisions are there (see `bit`); `text`: for the column; `tip`: the same in full."""

    bits: int = 0
    text: str = ""
    tip: str = ""


def bit(decision: Decision) -> int:
    return 1 << _ORDER.index(decision)


def of(notebook: Notebook, whole: Subject, parts: Sequence[Subject], calls: bool) -> Appraised:
    """The decisions on an answer and its écarts, as they stand now. `calls`: whether it calls for a look, and waits for
    a decision when there is none, or one that was taken on something else."""
    found = _of(notebook, whole.cle, [one.cle for one in parts], calls)
    if not _outdated(notebook, whole, parts):
        return found
    bits = found.bits | (bit(Decision.EN_ATTENTE) if calls else 0)
    return Appraised(bits, f"{found.text}, à revoir", f"{found.tip}. Le constat a changé depuis la décision")


def _outdated(notebook: Notebook, whole: Subject, parts: Sequence[Subject]) -> bool:
    """Whether a decision was taken on another state or measure; an object in several pieces has several."""
    by_cle: Dict[str, List[Subject]] = {}
    for one in (whole, *parts):
        by_cle.setdefault(one.cle, []).append(one)
    held = ((notebook.of(cle), now) for cle, now in by_cle.items())
    return any(row is not None and row.outdated(now) for row, now in held)


def _of(notebook: Notebook, cle: str, ecarts: Iterable[str], calls: bool) -> Appraised:
    whole = _said(notebook.of(cle))
    waiting = Decision.EN_ATTENTE if calls else None
    apart = [_said(notebook.of(one)) for one in dict.fromkeys(ecarts)]
    if not any(apart):
        found = whole or waiting
        return Appraised(bit(found), found.label, found.label) if found else Appraised()
    each = [one or whole or waiting or Decision.EN_ATTENTE for one in apart]
    bits = bit(whole) if whole and whole is not Decision.EN_ATTENTE else 0  # what waits are the objects
    for one in each:
        bits |= bit(one)
    tip = _tip(whole, each)
    if whole:
        others = sum(1 for one in each if one is not whole)
        return Appraised(bits, f"{whole.label} ({others} à part)" if others else whole.label, tip)
    if len(set(each)) == 1:
        return Appraised(bits, each[0].label, tip)
    decided = Counter(one for one in each if one is not Decision.EN_ATTENTE)
    if not decided:
        return Appraised(bits, Decision.EN_ATTENTE.label, tip)
    most = max(decided, key=lambda one: (decided[one], -_ORDER.index(one)))
    more = "…" if len(decided) > 1 else ""
    return Appraised(bits, f"{decided[most]}/{len(each)} {_COUNTED[most][decided[most] > 1]}{more}", tip)


def _said(held: Optional[Appraisal]) -> Optional[Decision]:
    """What it says: to leave waiting without a word is to say nothing."""
    return held.decision if held is not None and (held.decided or held.motif) else None


def _tip(whole: Optional[Decision], each: List[Decision]) -> str:
    counts = Counter(each)
    said = ", ".join(f"{counts[one]} {_COUNTED[one][counts[one] > 1]}" for one in _ORDER if counts[one])
    objects = f"Par objet en cause : {said}"
    return f"Constat : {whole.label.lower()}. {objects}" if whole else objects
