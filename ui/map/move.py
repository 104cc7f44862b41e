"""How far the map follows the row in hand."""

from __future__ import annotations

from enum import Enum


class Move(Enum):
    STAY = "stay"  # the user is looking at the map, or typing
    ROW = "row"  # the conflicts of the row come in sight when they are not all there
    CURRENT = "current"  # the map goes to the current conflict
