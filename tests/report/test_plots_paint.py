"""The plots painted: told apart without colour, in SVG and PNG, at every density."""

from __future__ import annotations

import itertools
import xml.etree.ElementTree as ElementTree

import pytest
from qgis.PyQt.QtCore import QRectF
from qgis.PyQt.QtGui import QFont, QImage, QPainter
from scot_compat.checks.base import Etat
from scot_compat.report.plots import export, gauge, synthesis
from scot_compat.report.plots.drawing import PAPER, WHITE, Hand
from scot_compat.report.plots.layout import Box
from scot_compat.report.plots.paint import paint_gauge, paint_synthesis

BARS = [
    synthesis.Bar("2.1 Un habitat économe & <sobre>", {etat: rank + 1 for rank, etat in enumerate(Etat)}),
    synthesis.Bar("3.1 Trame", {Etat.SANS_ECART: 90, Etat.ERREUR: 1}),
]
LENS = gauge.Gauge(Etat.ECART_MARQUE, 18.2, "18,2 logt/ha", 35.0, "au moins 35 logt/ha", unit="logt/ha")


@pytest.fixture
def font(qgis_app):
    return QFont("DejaVu Sans", 9)


@pytest.fixture
def bars(font):
    return lambda painter, rect: paint_synthesis(painter, rect, BARS, font)


def grey(etat, font):
    """Shades of a box filled as a state is."""
    image = QImage(60, 24, QImage.Format.Format_RGB32)
    image.fill(WHITE)
    painter = QPainter(image)
    Hand(painter, QRectF(0, 0, 60, 24), PAPER, font).state(etat, Box(0, 0, 60, 24))
    painter.end()
    shades = image.convertToFormat(QImage.Format.Format_Grayscale8)
    return [shades.pixelColor(x, y).red() for y in range(24) for x in range(60)]


def test_every_two_states_are_told_apart_in_shades_of_grey(font):
    seen = {etat: grey(etat, font) for etat in Etat}
    for one, other in itertools.combinations(Etat, 2):
        apart = sum(abs(a - b) for a, b in zip(seen[one], seen[other])) / len(seen[one])
        assert apart > 12, (one, other, apart)


def texts(svg):
    return ["".join(node.itertext()) for node in ElementTree.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")]


def test_an_svg_has_every_figure_as_text_in_the_size_of_the_plot(bars, font):
    svg = export.svg(400, 300, bars, "Synthèse")
    root = ElementTree.fromstring(svg)
    assert root.get("viewBox") == "0 0 424 324"  # 12 px of margin on each side
    assert "Synthèse" in [node.text for node in root.iter("{http://www.w3.org/2000/svg}title")]
    written = " ".join(texts(svg)).split()
    # 1 to 8 and their total 36; 90, 1 and their total 91
    for figure in ("1", "2", "3", "4", "5", "6", "7", "8", "36", "90", "91"):
        assert figure in written
    assert written.count("1") == 2
    assert "2.1 Un habitat économe & <sobre>" in texts(svg)


def test_hatches_are_lines_that_an_svg_keeps(font):
    def hatched(painter, rect):
        Hand(painter, rect, PAPER, font).state(Etat.ECART_MARQUE, Box(0, 0, 60, 24))

    def plain(painter, rect):
        Hand(painter, rect, PAPER, font).state(Etat.SANS_ECART, Box(0, 0, 60, 24))

    count = [svg.count(b"<polyline") + svg.count(b"<path") for svg in (
        export.svg(60, 24, plain, ""), export.svg(60, 24, hatched, "")
    )]  # fmt: skip
    assert count[1] > count[0] + 5


def test_a_png_has_twice_the_pixels(bars, tmp_path):
    export.save(tmp_path / "synthèse.png", 400, 300, bars, "")
    image = QImage(str(tmp_path / "synthèse.png"))
    assert (image.width(), image.height()) == (848, 648)
    assert round(image.dotsPerMeterX() * 0.0254) == 192
    assert image.pixelColor(0, 0).name() == "#ffffff"


def test_a_file_that_cannot_be_written_says_so(bars, tmp_path):
    for name in ("x.svg", "x.png"):
        with pytest.raises(OSError):
            export.save(tmp_path / "absent" / name, 400, 300, bars, "")


@pytest.mark.parametrize("density", [1, 1.25, 2, 3])
def test_painted_at_any_density_the_places_are_the_same(font, density):
    image = QImage(round(400 * density), round(300 * density), QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(density)
    painter = QPainter(image)
    found = paint_gauge(painter, QRectF(0, 0, 400, 300), LENS, font)
    bars_found = paint_synthesis(painter, QRectF(0, 0, 400, 300), BARS, font)
    painter.end()
    plain = QImage(400, 300, QImage.Format.Format_ARGB32_Premultiplied)
    painter = QPainter(plain)
    assert paint_gauge(painter, QRectF(0, 0, 400, 300), LENS, font) == found
    assert paint_synthesis(painter, QRectF(0, 0, 400, 300), BARS, font) == bars_found
    painter.end()


@pytest.mark.parametrize("etat", Etat)
def test_a_gauge_is_painted_in_every_state_and_case(font, etat):
    cases = [
        LENS,
        gauge.Gauge(etat, None, "", 35.0, "au moins 35"),
        gauge.Gauge(etat, 0.0, "0", maximum=0.0, at_most="au plus 0"),
        gauge.Gauge(etat, -3.0, "−3", -1.0, "au moins −1", 2.0, "au plus 2"),
        gauge.Gauge(etat, 1e9, "1", maximum=1.0, at_most="au plus 1"),
        gauge.Gauge(etat, 2031.0, "2031", maximum=2030.0, at_most="au plus 2030"),
    ]
    for one in cases:
        svg = export.svg(300, 120, lambda painter, rect, one=one: paint_gauge(painter, rect, one, font), "")
        assert " ".join(texts(svg))
