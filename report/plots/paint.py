"""The plots painted: on a widget, an image, an SVG, a page. One function each, from their data."""

from __future__ import annotations

from typing import List, Sequence

from qgis.PyQt.QtCore import QRectF
from qgis.PyQt.QtGui import QFont, QPainter

from . import gauge as gauges
from . import synthesis
from .drawing import PAPER, Hand, Inks, metrics, pixels
from .gauge import Gauge
from .layout import Box
from .synthesis import Bar


def paint_synthesis(
    painter: QPainter, rect: QRectF, data: Sequence[Bar], font: QFont, inks: Inks = PAPER, title: str = ""
) -> synthesis.Layout:
    """The bars of every objective; returns where they are."""
    sized = metrics(pixels(font))
    plan = synthesis.layout(data, rect.width(), sized, title)
    painter.save()
    hand = Hand(painter, rect, inks, font)
    for etat, box in plan.swatches:
        hand.state(etat, box)
    for one in filter(lambda segment: hand.shows(segment.box), plan.segments):
        hand.state(one.etat, one.box)
        if one.count is not None:
            hand.count(one.count, sized.advance(one.count.text), one.etat, one.icon)
    for etat, box in filter(lambda icon: hand.shows(icon[1]), plan.icons):
        hand.icon(etat, box)
    hand.texts(plan.texts)
    painter.restore()
    return plan


def paint_gauge(painter: QPainter, rect: QRectF, data: Gauge, font: QFont, inks: Inks = PAPER) -> gauges.Layout:
    """The measure against its thresholds, or the sentence that says why there is none; returns where things are."""
    plan = gauges.layout(data, rect.width(), metrics(pixels(font)))
    painter.save()
    hand = Hand(painter, rect, inks, font)
    if plan.track is not None:
        _draw_track(hand, plan, data)
    hand.texts(plan.texts)
    painter.restore()
    return plan


def _draw_track(hand: Hand, plan: gauges.Layout, data: Gauge) -> None:
    track, inks = plan.track, hand.inks
    if plan.admitted is not None:
        hand.fill(plan.admitted, inks.shade)
    hand.outline(Box(track.x + 0.5, track.y + 0.5, track.width - 1, track.height - 1), inks.muted)
    for part in _parts(plan):
        hand.state(data.etat, part)
    _draw_end(hand, plan)
    if plan.zero is not None:
        hand.lines([(plan.zero, track.y, plan.zero, track.bottom)], inks.muted)
    if plan.cut is not None:
        _draw_cut(hand, plan)
    reach = track.height / 4
    for tick in plan.ticks:
        x = tick.x
        hand.lines([(x, track.y - reach, x, track.bottom + reach)], inks.text, 2)
        tip = track.bottom + reach / 2
        hand.shape([(x, tip - reach / 2), (x + tick.towards * reach * 1.4, tip), (x, tip + reach / 2)], inks.text)


def _draw_end(hand: Hand, plan: gauges.Layout) -> None:
    """Where the measure is: seen at zero too, where the bar has no width, and on years, where there is no bar."""
    track, x = plan.track, plan.end
    if plan.cut is None:
        inner = round(track.height / 4)
        hand.lines([(x, track.y + inner, x, track.bottom - inner)], hand.inks.text, 2)
    if plan.bar is None:
        middle, size = track.y + track.height / 2, track.height / 3
        hand.shape([(x - size, middle), (x, middle - size), (x + size, middle), (x, middle + size)], hand.inks.text)


def _parts(plan: gauges.Layout) -> "List[Box]":
    """The bar, in two when it is cut."""
    bar = plan.bar
    if bar is None or not bar.width:
        return []
    if plan.cut is None:
        return [bar]
    gap = bar.height / 2
    left = Box(bar.x, bar.y, plan.cut - gap - bar.x, bar.height)
    return [left, Box(plan.cut + gap, bar.y, bar.right - plan.cut - gap, bar.height)]


def _draw_cut(hand: Hand, plan: gauges.Layout) -> None:
    """Two slanted strokes in the gap of the bar."""
    track, x = plan.track, plan.cut
    lean, gap = track.height / 5, track.height / 9
    top, bottom = track.y - 2, track.bottom + 2
    strokes = [(x + side * gap + lean, top, x + side * gap - lean, bottom) for side in (-1, 1)]
    hand.lines(strokes, hand.inks.text, 1.5)
