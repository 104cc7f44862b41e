"""From what calls for a look to the next one (F8): the écarts the filter keeps, and the answers with none to draw."""

from __future__ import annotations

from dataclasses import dataclass
from typing import List, Optional

from ...checks.base import Etat
from ...gis.results import EcartRow
from .tree import Node

#: nothing to look at
_QUIET = (Etat.SANS_ECART, Etat.SANS_OBJET)


@dataclass(frozen=True)
class Stop:
    """A constat and one of its écarts; None where the constat has nothing drawn."""

    node: Node
    ecart: Optional[EcartRow]


def stops(root: Node) -> List[Stop]:
    """In the order of the tree; the pieces of one object (surface, line) are one stop."""
    found: List[Stop] = []
    for leaf in root.leaves():
        keys = {}
        for ecart in leaf.ecarts:
            keys.setdefault(ecart.cle, ecart)
        found += [Stop(leaf, ecart) for ecart in keys.values()]
        if not keys and leaf.etat not in _QUIET:
            found.append(Stop(leaf, None))
    return found


def position(found: List[Stop], node: Node, ecart: Optional[EcartRow]) -> Optional[int]:
    """Where a stop is: that of the écart, else the first one under the node; None when there is none."""
    if ecart is not None:
        for place, stop in enumerate(found):
            if stop.ecart is not None and stop.ecart.cle == ecart.cle and stop.node.item.id == ecart.constat:
                return place
    under = set(map(id, node.leaves()))
    return next((place for place, stop in enumerate(found) if id(stop.node) in under), None)


def following(found: List[Stop], at: Optional[int], forward: bool) -> Optional[int]:
    """The next or previous stop, from the last to the first again; None when there are none."""
    if not found:
        return None
    if at is None:
        return 0 if forward else len(found) - 1
    return (at + (1 if forward else -1)) % len(found)
