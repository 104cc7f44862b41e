"""What is drawn of a corridor that is too narrow: where it is the narrowest or closed, and what is free for nothing."""

from __future__ import annotations

from typing import Any, List, Optional, Sequence, Tuple

import shapely

from .base import Repere
from .continuity.passage import EPSILON, SLIT, Passage, unused
from .continuity.scene import SLACK
from .wording import NBSP, length, number

PASSAGE, INUTILISABLE = "passage", "inutilisable"


def reperes(places: Sequence[Passage], barrier: Optional[Any], wanted: float) -> Tuple[Repere, ...]:
    """`places`: passages narrower than `wanted`, the real one first; `barrier`: what closes it, if anything does."""
    passage = places[0]
    found = [_closed(barrier)] if barrier is not None and not shapely.is_empty(barrier) else []
    found += [_narrow(line) for line in _pinches(places)]
    left = unused(passage, wanted)
    if not shapely.is_empty(left):
        said = f"libre mais large de moins de {width_of(wanted)}"
        found.append(Repere(INUTILISABLE, said, left, float(shapely.area(left)), "m2"))
    return tuple(found)


def _pinches(places: Sequence[Passage]) -> List[Any]:
    """Those of the real passage, then of the others where no zone that was removed meanwhile stands."""
    free = places[0].scene.back(shapely.buffer(places[0].scene.free, SLACK))
    found = list(places[0].pinches)
    for place in places[1:]:
        found += [line for line in place.pinches if shapely.covers(free, line) and not _known(line, found)]
    return found


def _known(line: Any, found: Sequence[Any]) -> bool:
    """Whether a place is drawn already: two of them are further apart than they are wide."""
    return any(shapely.distance(line, other) <= shapely.length(line) for other in found)


def _narrow(line: Any) -> Repere:
    width = float(shapely.length(line))
    return Repere(PASSAGE, width_of(width), line, width, "m")


def _closed(line: Any) -> Repere:
    thick = thickness(line)
    return Repere(PASSAGE, f"fermé sur {length(thick)}" if thick else "fermé", line, thick, "m" if thick else "")


def thickness(barrier: Any) -> Optional[float]:
    """How far (m) it is through what closes a corridor; None where two zones touch at a corner."""
    thick = float(shapely.length(barrier))
    return thick if thick >= SLIT else None


def width_of(metres: float) -> str:
    if metres < EPSILON:
        return f"0{NBSP}m"
    return f"moins de 1{NBSP}m" if metres < 1 - EPSILON else f"{number(metres, 1)}{NBSP}m"
