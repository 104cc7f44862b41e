"""The hand that draws the plots: text, states by their pattern, icons. Vectors, and no clip: SVG takes them all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Dict, Iterable, Sequence, Tuple

from qgis.PyQt.QtCore import QLineF, QPointF, QRectF, Qt
from qgis.PyQt.QtGui import QColor, QFont, QFontInfo, QFontMetricsF, QPainter, QPen, QPolygonF
from qgis.PyQt.QtSvg import QSvgRenderer

from ...checks.base import Etat
from ...gis.palette import LOOKS
from .layout import Box, Metrics, Text, dots, hatch

#: share of its colour in the tint under a hatch
_TINT = 0.22
#: hatches by their name in the palette: spacing and width of the lines, as shares of a line of text
_HATCHES = {"croisee": (0.5, 0.09), "serree": (0.32, 0.09), "espacee": (0.8, 0.11)}
_SOLID = (Etat.ERREUR, Etat.SANS_ECART)


#: ground of the patterns
WHITE = QColor("#FFFFFF")
#: around them: seen on white, and on the ground of a dark theme
_EDGE = QColor("#808080")


@dataclass(frozen=True)
class Inks:
    """The colour of what is no state: that of the theme on the screen, black on paper."""

    text: QColor

    @property
    def muted(self) -> QColor:
        return self._thin(0.75)

    @property
    def shade(self) -> QColor:
        return self._thin(0.18)

    def _thin(self, opacity: float) -> QColor:
        thinned = QColor(self.text)
        thinned.setAlphaF(opacity)
        return thinned


PAPER = Inks(QColor("#1A1A1A"))


def tint(colour: QColor) -> QColor:
    """Under a hatch of that colour."""
    return QColor(*(round(_TINT * one + (1 - _TINT) * 255) for one in colour.getRgb()[:3]))


def pixels(font: QFont) -> QFont:
    """The font in pixels: as large on the screen, in an image of any density and in an SVG."""
    sized = QFont(font)
    sized.setPixelSize(QFontInfo(font).pixelSize())
    return sized


def metrics(font: QFont) -> Metrics:
    """Of a font in pixels."""
    measured = QFontMetricsF(font)
    return Metrics(measured.horizontalAdvance, float(round(measured.height())))


class Hand:
    """Draws with one painter, at the corner of the rectangle that it was given."""

    def __init__(self, painter: QPainter, rect: QRectF, inks: Inks, font: QFont) -> None:
        self.painter, self.inks = painter, inks
        self._font = pixels(font)
        measured = QFontMetricsF(self._font)
        self._ascent, self._line = measured.ascent(), measured.height()
        self._icons: Dict[Etat, QSvgRenderer] = {}
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(rect.topLeft())
        self._exposed = painter.clipBoundingRect() if painter.hasClipping() else None

    def shows(self, box: Box) -> bool:
        """Whether that place is asked for: a long plot that scrolls is painted by strips."""
        return self._exposed is None or self._exposed.intersects(QRectF(*box))

    def texts(self, texts: Iterable[Text]) -> None:
        self.painter.setFont(self._font)
        for one in texts:
            self.painter.setPen(self.inks.muted if one.muted else self.inks.text)
            self.painter.drawText(QPointF(one.x, one.y + self._ascent), one.text)

    def icon(self, etat: Etat, box: Box) -> None:
        if etat not in self._icons:
            self._icons[etat] = QSvgRenderer(str(LOOKS[etat].icon))
        self._icons[etat].render(self.painter, QRectF(*box))

    def state(self, etat: Etat, box: Box) -> None:
        """A box filled as the state is: its colour and its pattern, so that it reads in black and white.

        Always on white: the colours of the palette were chosen on white, and fade on the ground of a dark theme.
        """
        look = LOOKS[etat]
        colour = QColor(look.couleur)
        inner = Box(box.x + 0.5, box.y + 0.5, max(0.0, box.width - 1), max(0.0, box.height - 1))
        if etat in _SOLID:
            self.fill(inner, colour)
        else:
            self.fill(inner, WHITE if look.trame == "contour" else tint(colour))
        if look.trame in _HATCHES:
            self._hatch(inner, colour, *_HATCHES[look.trame], crossed=look.trame == "croisee")
        elif look.trame == "points":
            self._dots(inner, colour)
        self.outline(inner, _EDGE, dashed=look.trame == "tirets")

    def count(self, text: Text, width: float, etat: Etat, icon: "Box | None" = None) -> None:
        """A count and maybe its icon over a state, on a white plate so that they read over a hatch."""
        left = icon.x if icon is not None else text.x
        self.fill(Box(left - 2, text.y, text.x + width - left + 4, self._line), WHITE)
        if icon is not None:
            self.icon(etat, icon)
        self.painter.setFont(self._font)
        self.painter.setPen(PAPER.text)
        self.painter.drawText(QPointF(text.x, text.y + self._ascent), text.text)

    def outline(self, box: Box, colour: QColor, dashed: bool = False, width: float = 1.0) -> None:
        pen = QPen(colour, width)
        if dashed:
            pen.setStyle(Qt.PenStyle.DashLine)
        self.painter.setPen(pen)
        self.painter.setBrush(Qt.BrushStyle.NoBrush)
        self.painter.drawRect(QRectF(*box))

    def fill(self, box: Box, colour: QColor) -> None:
        self.painter.setPen(Qt.PenStyle.NoPen)
        self.painter.setBrush(colour)
        self.painter.drawRect(QRectF(*box))

    def lines(self, lines: Iterable[Tuple[float, float, float, float]], colour: QColor, width: float = 1.0) -> None:
        self.painter.setPen(QPen(colour, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
        for one in lines:
            self.painter.drawLine(QLineF(*one))

    def shape(self, points: Sequence[Tuple[float, float]], colour: QColor) -> None:
        self.painter.setPen(Qt.PenStyle.NoPen)
        self.painter.setBrush(colour)
        polygon = QPolygonF()
        for one in points:  # made of a list, it was seen to crash PyQt 5.15 in the middle of a painting
            polygon.append(QPointF(*one))
        self.painter.drawPolygon(polygon)

    def _hatch(self, box: Box, colour: QColor, spacing: float, width: float, crossed: bool) -> None:
        for rising in (True, False) if crossed else (True,):
            self.lines(hatch(box, spacing * self._line, rising), colour, max(1.0, width * self._line))

    def _dots(self, box: Box, colour: QColor) -> None:
        self.painter.setPen(Qt.PenStyle.NoPen)
        self.painter.setBrush(colour)
        radius = 0.08 * self._line
        for x, y in dots(box, 0.4 * self._line, radius):
            self.painter.drawEllipse(QPointF(x, y), radius, radius)
