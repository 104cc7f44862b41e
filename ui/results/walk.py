"""From what calls for a look to the next one (F8): the écarts the filter keeps, and the answers with none to draw."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Dict, Optional

import numpy as np

from ...gis.results import EcartRow
from .answers import Answers
from .nodes import Leaf, Node


@dataclass(frozen=True)
class Stop:
    """An answer and one of its écarts; None where it has nothing drawn."""

    node: Leaf
    ecart: Optional[EcartRow]


def count(answers: Answers) -> int:
    """How many stops the filter keeps; the pieces of one object (surface, line) are one."""
    return int(answers.walked[-1]) if len(answers.walked) else 0


def stop(answers: Answers, at: int) -> Stop:
    """In the order of the tree."""
    rank = int(np.searchsorted(answers.walked, at, side="right"))
    leaf = answers.leaf(int(answers.order[rank]))
    pieces = list(_apart(leaf).values())
    return Stop(leaf, pieces[at - _before(answers, rank)] if pieces else None)


def position(answers: Answers, node: Node, ecart: Optional[EcartRow]) -> Optional[int]:
    """Where a stop is: that of the écart, else the first one under the node; None when there is none."""
    leaf = answers.leaf_of(ecart) if ecart is not None else node if isinstance(node, Leaf) else None
    if leaf is None:
        first, last = node.span
        start = _before(answers, first)
        return start if last > first and answers.walked[last - 1] > start else None
    rank = answers.rank(leaf)
    if rank is None or not answers.stops[leaf.place]:
        return None
    within = list(_apart(leaf)).index(ecart.cle) if ecart is not None and ecart.cle in _apart(leaf) else 0
    return _before(answers, rank) + within


def beside(answers: Answers, leaf: Leaf, forward: bool) -> Optional[int]:
    """The first stop after the place of an answer that the filter no longer keeps, or the last one before."""
    total = count(answers)
    rank = int(np.searchsorted(answers.key[answers.order], answers.key[leaf.place]))
    start = _before(answers, rank)
    return (start if forward else start - 1) % total if total else None


def following(total: int, at: Optional[int], forward: bool) -> Optional[int]:
    """The next or previous stop, from the last to the first again; None when there are none."""
    if not total:
        return None
    if at is None:
        return 0 if forward else total - 1
    return (at + (1 if forward else -1)) % total


def _before(answers: Answers, rank: int) -> int:
    """How many stops there are before that rank."""
    return int(answers.walked[rank - 1]) if rank else 0


def _apart(leaf: Leaf) -> Dict[str, EcartRow]:
    pieces: Dict[str, EcartRow] = {}
    for ecart in leaf.own:
        pieces.setdefault(ecart.cle, ecart)
    return pieces
