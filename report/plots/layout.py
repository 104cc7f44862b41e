"""What layouts are made of: boxes, texts that hold in a width, lines of a hatch. Pixels, y downwards; nothing of Qt."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Callable, List, NamedTuple, Sequence, Tuple

ELLIPSIS = "…"
#: where a line may end: not at the narrow spaces inside a figure, which `str.split` takes too
_BREAKS = re.compile(r"[ \t\r\n]+")


class Box(NamedTuple):
    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def bottom(self) -> float:
        return self.y + self.height

    def holds(self, x: float, y: float) -> bool:
        return self.x <= x < self.right and self.y <= y < self.bottom


@dataclass(frozen=True)
class Metrics:
    """A font: the width of a text, the height of a line."""

    advance: Callable[[str], float]
    line: float


@dataclass(frozen=True)
class Text:
    """One line of text; x and y are those of its upper left corner."""

    text: str
    x: float
    y: float
    muted: bool = False


def wrapped(text: str, width: float, metrics: Metrics, most: int = 99) -> Tuple[Tuple[str, ...], bool]:
    """The text in lines that hold in `width`, and whether some of it was left out beyond `most` lines.

    A word too long for a line is cut where the line ends.
    """
    lines: List[str] = []
    line = ""
    words = _BREAKS.split(text.strip()) if text.strip() else []
    while words:
        longer = f"{line} {words[0]}" if line else words[0]
        if metrics.advance(longer) <= width:
            line = longer
            words.pop(0)
        elif line:
            lines.append(line)
            line = ""
        else:
            kept = _head(words[0], width, metrics)
            lines.append(kept)
            words[0] = words[0][len(kept) :]
            if not words[0]:
                words.pop(0)
    if line:
        lines.append(line)
    if len(lines) <= most:
        return tuple(lines), False
    rest = " ".join(lines[most - 1 :])
    return (*lines[: most - 1], elided(rest, width, metrics)), True


def elided(text: str, width: float, metrics: Metrics) -> str:
    if metrics.advance(text) <= width:
        return text
    return _head(text, width - metrics.advance(ELLIPSIS), metrics).rstrip() + ELLIPSIS


def _head(text: str, width: float, metrics: Metrics) -> str:
    """The longest beginning that holds, one character at least."""
    low, high = 1, max(1, len(text))
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if metrics.advance(text[:middle]) <= width else (low, middle - 1)
    return text[:low]


Line = Tuple[float, float, float, float]


def hatch(box: Box, spacing: float, rising: bool = True) -> Sequence[Line]:
    """Lines at 45° that fill a box, `spacing` apart along x, cut at its edges: no clip, that an SVG of Qt ignores."""
    lines = []
    for step in range(1, math.ceil((box.width + box.height) / spacing)):
        reach = step * spacing  # from the upper left corner, along the top then down the right side
        x1, y1 = (reach, 0.0) if reach <= box.width else (box.width, reach - box.width)
        x2, y2 = (0.0, reach) if reach <= box.height else (reach - box.height, box.height)
        if not rising:
            x1, x2 = box.width - x1, box.width - x2
        lines.append((box.x + x1, box.y + y1, box.x + x2, box.y + y2))
    return lines


def dots(box: Box, spacing: float, radius: float) -> Sequence[Tuple[float, float]]:
    """Centres of the dots that hold whole in a box, every other row shifted by half a step."""
    found = []
    y, row = box.y + spacing / 2, 0
    while y + radius <= box.bottom:
        x = box.x + spacing * (0.5 if row % 2 == 0 else 1.0)
        while x + radius <= box.right:
            found.append((x, y))
            x += spacing
        y, row = y + spacing / 2, row + 1
    return found
