"""One bar per objective of the DOO, split by state: how many of its prescriptions are in each. Counts, and no score."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Iterable, List, Mapping, Sequence, Tuple

from ...checks.base import Etat
from ...checks.wording import number, plural
from ...gis.results import PrescriptionRow
from .layout import Box, Metrics, Text, wrapped

#: what is counted, written on the plot
CAPTION = (
    "Nombre de prescriptions par objectif du DOO, selon leur état (le plus défavorable de leurs constats). "
    "Au bout de chaque barre, leur total."
)
EMPTY = "Aucune prescription dans ce contrôle."
#: width from which titles stand beside their bars, in line heights
_WIDE = 36
#: share of the width that they take then
_TITLES = 0.42
#: lines of a title; the tooltip has the whole of it
_TITLE_LINES = 2
#: least width of a segment: one that is there is seen
_LEAST = 4.0


@dataclass(frozen=True)
class Bar:
    """An objective and how many of its prescriptions are in each state."""

    title: str
    counts: Mapping[Etat, int]

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @property
    def states(self) -> Tuple[Etat, ...]:
        """Those that it has, the worst first."""
        return tuple(etat for etat in Etat if self.counts.get(etat))


@dataclass(frozen=True)
class Segment:
    """The prescriptions of one objective in one state. `marked`: with its icon; `count`: None when written beside."""

    bar: int
    etat: Etat
    number: int
    box: Box
    icon: "Box | None" = None
    count: "Text | None" = None


@dataclass(frozen=True)
class Layout:
    width: float
    height: float
    texts: Tuple[Text, ...] = ()
    segments: Tuple[Segment, ...] = ()
    swatches: Tuple[Tuple[Etat, Box], ...] = ()  # of the legend
    icons: Tuple[Tuple[Etat, Box], ...] = ()  # of the legend, and of the counts written beside
    titles: Tuple[Tuple[int, Box], ...] = ()  # where each title is, by number of its bar


def bars(prescriptions: Iterable[PrescriptionRow]) -> Tuple[Bar, ...]:
    """In the order of the rule file; an objective is where its first prescription is."""
    found: "dict[str, Counter[Etat]]" = {}
    for one in prescriptions:
        found.setdefault(one.sous, Counter())[one.etat] += 1
    return tuple(Bar(title, counts) for title, counts in found.items())


def said(bar: Bar, etat: Etat) -> str:
    """The exact figures of a segment: `2.1 Un habitat économe : écart marqué, 3 prescriptions sur 8`."""
    label = etat.label[:1].lower() + etat.label[1:]
    return f"{bar.title} : {label}, {plural(bar.counts[etat], 'prescription')} sur {number(bar.total, 0)}"


def spoken(data: Sequence[Bar]) -> str:
    """The whole plot in words, a sentence per objective."""
    lines = []
    for bar in data:
        parts = (f"{etat.label[:1].lower()}{etat.label[1:]} {number(bar.counts[etat], 0)}" for etat in bar.states)
        lines.append(f"{bar.title}, {plural(bar.total, 'prescription')} : {', '.join(parts)}.")
    return "\n".join((CAPTION, *lines)) if lines else EMPTY


def layout(data: Sequence[Bar], width: float, metrics: Metrics, title: str = "") -> Layout:
    """Where everything goes in `width`; the height follows. `title`: whose figures they are, away from the dock."""
    if not data:
        lines, _ = wrapped(EMPTY, width, metrics)
        texts = tuple(Text(line, 0, row * metrics.line) for row, line in enumerate(lines))
        return Layout(width, len(lines) * metrics.line, texts)
    plan = _Plan(data, width, metrics)
    plan.heading(title)
    plan.caption()
    plan.legend()
    for place, bar in enumerate(data):
        plan.bar(place, bar)
    return plan.done()


class _Plan:
    """A layout being made, from the top to the bottom."""

    def __init__(self, data: Sequence[Bar], width: float, metrics: Metrics) -> None:
        self._data, self._width, self._metrics = data, width, metrics
        self._line = metrics.line
        self._pad = round(metrics.line / 4)
        self._y = 0.0
        self._texts: List[Text] = []
        self._segments: List[Segment] = []
        self._swatches: List[Tuple[Etat, Box]] = []
        self._icons: List[Tuple[Etat, Box]] = []
        self._titles: List[Tuple[int, Box]] = []
        beside = width >= _WIDE * self._line
        self._left = round(width * _TITLES) if beside else 0
        totals = max(metrics.advance(number(bar.total, 0)) for bar in data)
        self._unit = _unit(data, width - self._left - totals - 2 * self._pad)

    def done(self) -> Layout:
        return Layout(
            self._width,
            self._y,
            tuple(self._texts),
            tuple(self._segments),
            tuple(self._swatches),
            tuple(self._icons),
            tuple(self._titles),
        )

    def heading(self, title: str) -> None:
        self._paragraph(title, muted=False)

    def caption(self) -> None:
        self._paragraph(CAPTION, muted=True)
        self._y += 2 * self._pad

    def legend(self) -> None:
        """The states that the plot shows, by pattern, icon and word."""
        line, pad = self._line, self._pad
        swatch = round(1.6 * line)
        before = swatch + pad + line + pad  # what stands before the word
        x, bottom = 0.0, self._y
        for etat in Etat:
            if not any(bar.counts.get(etat) for bar in self._data):
                continue
            size = before + self._metrics.advance(etat.label)
            if x and x + size > self._width:
                x, self._y = 0.0, bottom + pad
            self._swatches.append((etat, Box(x, self._y, swatch, line)))
            self._icons.append((etat, Box(x + swatch + pad, self._y, line, line)))
            words, _ = wrapped(etat.label, self._width - before, self._metrics)
            for row, text in enumerate(words):
                self._texts.append(Text(text, x + before, self._y + row * line))
            bottom = self._y + len(words) * line
            x += size + 3 * pad
        self._y = bottom + 3 * pad

    def bar(self, place: int, bar: Bar) -> None:
        line, pad = self._line, self._pad
        room = self._left - 2 * pad if self._left else self._width
        lines, _ = wrapped(bar.title, room, self._metrics, _TITLE_LINES)
        self._titles.append((place, Box(0, self._y, room, len(lines) * line)))
        top = self._y + pad if self._left else self._y  # beside its bar, level with what is written in it
        for row, text in enumerate(lines):
            self._texts.append(Text(text, 0, top + row * line))
        below = top + len(lines) * line
        if not self._left:
            self._y = below + round(pad / 2)
        self._y = max(below, self._bar(place, bar)) + 2 * pad

    def _paragraph(self, text: str, muted: bool) -> None:
        lines, _ = wrapped(text, self._width, self._metrics)
        for line in lines:
            self._texts.append(Text(line, 0, self._y, muted))
            self._y += self._line

    def _bar(self, place: int, bar: Bar) -> float:
        """The segments, the total, the counts that do not hold inside; returns the bottom of it all."""
        line, pad = self._line, self._pad
        height = line + 2 * pad
        top = self._y + pad
        x, outside = float(self._left), []
        for etat in bar.states:
            box = Box(x, self._y, _size(bar.counts[etat], self._unit), height)
            segment = self._segment(place, etat, bar.counts[etat], box, top)
            self._segments.append(segment)
            if segment.count is None:
                outside.append(segment)
            x = box.right
        self._texts.append(Text(number(bar.total, 0), x + pad, top, muted=True))
        return self._beside(outside, self._y + height)

    def _segment(self, place: int, etat: Etat, count: int, box: Box, top: float) -> Segment:
        """Icon and count inside, else the count alone, else neither."""
        line, pad = self._line, self._pad
        text = number(count, 0)
        size = self._metrics.advance(text)
        whole = line + pad + size
        if whole + 2 * pad <= box.width:
            x = box.x + (box.width - whole) / 2
            return Segment(place, etat, count, box, Box(x, top, line, line), Text(text, x + line + pad, top))
        if size + 2 * pad <= box.width:
            return Segment(place, etat, count, box, None, Text(text, box.x + (box.width - size) / 2, top))
        return Segment(place, etat, count, box)

    def _beside(self, outside: Sequence[Segment], bottom: float) -> float:
        """Counts too wide for their segment, under the bar, each with the icon of its state."""
        line, pad = self._line, self._pad
        x, y = float(self._left), bottom + round(pad / 2)
        for segment in outside:
            text = number(segment.number, 0)
            size = line + round(pad / 2) + self._metrics.advance(text)
            if x > self._left and x + size > self._width:
                x, y = float(self._left), y + line
            self._icons.append((segment.etat, Box(x, y, line, line)))
            self._texts.append(Text(text, x + line + round(pad / 2), y))
            x += size + 2 * pad
        return y + line if outside else bottom


def _size(count: int, unit: float) -> float:
    return max(_LEAST, count * unit)


def _unit(data: Sequence[Bar], room: float) -> float:
    """Width of one prescription, the same for all the bars so that they compare."""
    unit = room / max(bar.total for bar in data)
    if all(sum(_size(count, unit) for count in bar.counts.values() if count) <= room for bar in data):
        return unit
    return max(0.0, min((room - _LEAST * len(bar.states)) / bar.total for bar in data))
