"""A measure against its thresholds: a bar, a tick for each threshold, the admitted side shaded and pointed at.

Figures come as they are written elsewhere; the scale is only where they stand. Nothing is drawn that is not known.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import List, Optional, Sequence, Tuple

from ...checks.base import Etat
from .layout import Box, Metrics, Text, wrapped

#: the scale is cut when the measure is further from the thresholds than they, or zero, are from each other, times this
_CUT = 3.0
#: room left beyond the furthest figure
_MARGIN = 0.12
CUT_NOTE = "L'échelle est coupée : la barre serait plus longue."
NOT_ZERO_NOTE = "L'échelle ne part pas de zéro."


@dataclass(frozen=True)
class Gauge:
    """`measured`, `at_least`, `at_most`: the figures in words (`18,2 logt/ha`, `au moins 35 logt/ha`).

    `title`: of what they are, where nothing else says it.
    """

    etat: Etat
    measure: Optional[float] = None
    measured: str = ""
    minimum: Optional[float] = None
    at_least: str = ""
    maximum: Optional[float] = None
    at_most: str = ""
    unit: str = ""
    notes: Tuple[str, ...] = ()
    title: str = ""

    @property
    def thresholds(self) -> Tuple[float, ...]:
        return tuple(one for one in (self.minimum, self.maximum) if one is not None)

    @property
    def asked(self) -> str:
        """The thresholds in words."""
        return ", ".join(text for text in (self.at_least, self.at_most) if text)

    @property
    def lacks(self) -> str:
        """Why there is nothing to draw, "" when there is."""
        if any(not math.isfinite(one) for one in (*self.thresholds, self.measure or 0.0)):
            return "Un de ces chiffres n'est pas un nombre fini : rien à dessiner."
        if self.measure is None:
            return f"Pas de mesure à comparer au seuil ({self.asked})." if self.thresholds else "Ni mesure ni seuil."
        return "" if self.thresholds else f"Mesure : {self.measured}. Pas de seuil chiffré auquel la comparer."


@dataclass(frozen=True)
class Scale:
    """Values at both ends; `cut`: the end beyond which the measure is, -1 or 1, 0 when it is inside."""

    low: float
    high: float
    from_zero: bool = True
    cut: int = 0


@dataclass(frozen=True)
class Tick:
    """A threshold; `towards`: the admitted side, 1 to the right (a floor), -1 to the left (a ceiling)."""

    x: float
    towards: int


@dataclass(frozen=True)
class Layout:
    width: float
    height: float
    texts: Tuple[Text, ...] = ()
    track: Optional[Box] = None
    admitted: Optional[Box] = None  # None when no value is: a floor above a ceiling
    bar: Optional[Box] = None  # from zero to the measure, maybe of no width
    end: float = 0.0  # where the measure is
    zero: Optional[float] = None  # where zero is, when some figure is below it
    ticks: Tuple[Tick, ...] = ()
    cut: Optional[float] = None  # where the bar is broken


def scale(gauge: Gauge) -> Scale:
    """The values that the track spans. Zero is in it, but for years."""
    measure, thresholds = gauge.measure or 0.0, gauge.thresholds
    figures = (measure, *thresholds)
    if not gauge.unit and all(1900 <= one < 2200 and one == int(one) for one in figures):
        room = max(1.0, (max(figures) - min(figures)) / 4)
        return Scale(min(figures) - room, max(figures) + room, from_zero=False)
    low, high = min(0.0, *thresholds), max(0.0, *thresholds)
    span, cut = high - low, 0
    if span > 0 and measure > high + _CUT * span:
        high, cut = high + span, 1
    elif span > 0 and measure < low - _CUT * span:
        low, cut = low - span, -1
    else:
        low, high = min(low, measure), max(high, measure)
        room = _MARGIN * (high - low)
        if gauge.unit == "%" and low == 0.0 and 50.0 < high <= 100.0:
            high = 100.0
        else:
            low, high = low - room if low < 0 else low, high + room if high > 0 else high
    return Scale(low, high if high > low else low + 1.0, cut=cut)


def layout(gauge: Gauge, width: float, metrics: Metrics) -> Layout:
    """Where everything goes in `width`; the height follows."""
    line, pad = metrics.line, round(metrics.line / 4)
    if gauge.lacks:
        texts, bottom = _paragraphs((gauge.title, gauge.lacks, *gauge.notes), 0, width, metrics)
        return Layout(width, bottom, tuple(texts))
    scaled = scale(gauge)
    texts, top = _paragraphs((gauge.title, f"Mesure : {gauge.measured}"), 0, width, metrics)
    inset = 2 * pad  # room for the arrows at both ends
    track = Box(inset, top + pad, width - 2 * inset, line)

    def x(value: float) -> float:
        share = (min(max(value, scaled.low), scaled.high) - scaled.low) / (scaled.high - scaled.low)
        return track.x + round(share * track.width)

    ticks = []
    if gauge.minimum is not None:
        ticks.append((Tick(x(gauge.minimum), 1), gauge.at_least))
    if gauge.maximum is not None:
        ticks.append((Tick(x(gauge.maximum), -1), gauge.at_most))
    end = x(gauge.measure or 0.0)
    labels, bottom = _labels(ticks, track.bottom + 2 * pad, width, metrics)
    notes = [*gauge.notes]
    if scaled.cut:
        notes.append(CUT_NOTE)
    if not scaled.from_zero:
        notes.append(NOT_ZERO_NOTE)
    below, bottom = _paragraphs(notes, bottom, width, metrics, muted=True)
    first = x(0.0)
    inner = round(line / 4)
    return Layout(
        width,
        bottom + pad,
        (*texts, *labels, *below),
        track,
        _admitted(gauge, track, x),
        Box(min(first, end), track.y + inner, abs(end - first), line - 2 * inner) if scaled.from_zero else None,
        end,
        first if scaled.low < 0 < scaled.high else None,
        tuple(tick for tick, _ in ticks),
        None if not scaled.cut else track.right - 2 * line if scaled.cut > 0 else track.x + 2 * line,
    )


def _admitted(gauge: Gauge, track: Box, x) -> Optional[Box]:
    left = x(gauge.minimum) if gauge.minimum is not None else track.x
    right = x(gauge.maximum) if gauge.maximum is not None else track.right
    return Box(left, track.y, right - left, track.height) if left <= right else None


def _labels(ticks: Sequence[Tuple[Tick, str]], y: float, width: float, metrics: Metrics) -> "Tuple[List[Text], float]":
    """Each under its tick, within the width; on lines of their own when they would meet."""
    texts: List[Text] = []
    free = 0.0  # where the line is free from
    for tick, label in ticks:
        lines, _ = wrapped(label, width, metrics)
        size = max(metrics.advance(one) for one in lines) if lines else 0.0
        x = max(0.0, min(tick.x - size / 2, width - size))
        if texts and x < free:
            y += metrics.line
        for row, one in enumerate(lines):
            texts.append(Text(one, x, y + row * metrics.line))
        y += (len(lines) - 1) * metrics.line if lines else 0.0
        free = x + size + metrics.line
    return texts, y + metrics.line


def _paragraphs(
    said: Sequence[str], y: float, width: float, metrics: Metrics, muted: bool = False
) -> "Tuple[List[Text], float]":
    texts = []
    for one in said:
        for line in wrapped(one, width, metrics)[0]:
            texts.append(Text(line, 0, y, muted))
            y += metrics.line
    return texts, y
