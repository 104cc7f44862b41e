"""A plot in a file: SVG for a document that one edits, PNG for the rest, at twice the density of a screen."""

from __future__ import annotations

from pathlib import Path
from typing import Callable

from qgis.PyQt.QtCore import QBuffer, QIODevice, QRectF, QSize
from qgis.PyQt.QtGui import QColor, QImage, QPainter
from qgis.PyQt.QtSvg import QSvgGenerator

#: dots per inch of a plain screen, in which plots are laid out
_SCREEN = 96
_DENSITY = 2
#: white around the plot, pixels
MARGIN = 12

Paint = Callable[[QPainter, QRectF], object]


def save(path: Path, width: float, height: float, paint: Paint, title: str) -> None:
    """Write the plot in the format of the extension of `path`, .svg or .png. Raises OSError."""
    if path.suffix.lower() == ".svg":
        path.write_bytes(svg(width, height, paint, title))
    else:
        path.write_bytes(_png(image(width, height, paint)))


def svg(width: float, height: float, paint: Paint, title: str) -> bytes:
    size = _size(width, height)
    buffer = _buffer()
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setSize(size)
    generator.setViewBox(QRectF(0, 0, size.width(), size.height()))
    generator.setResolution(_SCREEN)
    generator.setTitle(title)
    _paint(generator, size, width, height, paint)
    return bytes(buffer.data())


def image(width: float, height: float, paint: Paint) -> QImage:
    size = _size(width, height)
    made = QImage(size * _DENSITY, QImage.Format.Format_ARGB32_Premultiplied)
    made.setDevicePixelRatio(_DENSITY)
    made.setDotsPerMeterX(round(_SCREEN * _DENSITY / 0.0254))
    made.setDotsPerMeterY(round(_SCREEN * _DENSITY / 0.0254))
    _paint(made, size, width, height, paint)
    return made


def _png(made: QImage) -> bytes:
    buffer = _buffer()
    made.save(buffer, "PNG")
    return bytes(buffer.data())


def _buffer() -> QBuffer:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    return buffer


def _size(width: float, height: float) -> QSize:
    return QSize(round(width) + 2 * MARGIN, round(height) + 2 * MARGIN)


def _paint(device, size: QSize, width: float, height: float, paint: Paint) -> None:
    painter = QPainter(device)
    painter.fillRect(QRectF(0, 0, size.width(), size.height()), QColor("#FFFFFF"))
    paint(painter, QRectF(MARGIN, MARGIN, width, height))
    painter.end()
