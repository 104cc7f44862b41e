"""What was decided on an answer, in a column: on the constat, else on its écarts, which may be decided differently."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Iterable, List, Optional

from ...gis.instruction.decisions import Appraisal, Decision
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


def of(notebook: Notebook, cle: str, ecarts: Iterable[str], calls: bool) -> Appraised:
    """The decisions on an answer and its écarts, by their keys. `calls`: whether it calls for a look, and waits for a
    decision when there is none."""
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
