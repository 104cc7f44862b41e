"""The styles: up to date with the palette and the columns, complete, and drawn differently for each state."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ElementTree

import pytest
from qgis.core import (
    Qgis,
    QgsExpression,
    QgsExpressionContext,
    QgsExpressionContextUtils,
    QgsFeature,
    QgsGeometry,
    QgsMapRendererCustomPainterJob,
    QgsMapSettings,
    QgsRectangle,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QSize
from qgis.PyQt.QtGui import QColor, QImage, QPainter
from qgis.PyQt.QtSvg import QSvgRenderer
from scot_compat.checks.base import Etat
from scot_compat.gis.geopackages.dossier_schema import TABLES
from scot_compat.gis.palette import COUCHES_SCOT, ICONS, LOOKS, ZONES
from scot_compat.gis.styles import STYLES, qml

#: design document 6, copied by hand
COLOURS = {
    "sens_contraire": "#882255",
    "ecart_marque": "#D55E00",
    "ecart_faible": "#E69F00",
    "a_apprecier": "#0072B2",
    "non_evalue": "#7F7F7F",
    "erreur": "#000000",
    "sans_ecart": "#009E73",
    "sans_objet": "#BBBBBB",
}
GEOMETRIES = {
    "ecarts": "Polygon((0 0, 100 0, 100 60, 0 60, 0 0))",
    "ecarts_lignes": "LineString(5 5, 95 55)",
    "ecarts_points": "Point(50 30)",
}


def styled(table, *features):
    """A layer of memory with the style of that table; features as (etat, message)."""
    kind = GEOMETRIES[table].partition("(")[0]
    names = ("prescription", "etat", "libelle", "typezone", "role", "objet_id", "message")
    fields = "".join(f"&field={name}:string" for name in names)
    layer = QgsVectorLayer(f"{kind}?crs=EPSG:2154{fields}", table, "memory")
    layer.importNamedStyle(_document(qml(table)))
    for etat, message in features:
        feature = QgsFeature(layer.fields())
        feature["etat"], feature["message"], feature["prescription"] = etat, message, "P31"
        feature.setGeometry(QgsGeometry.fromWkt(GEOMETRIES[table]))
        layer.dataProvider().addFeature(feature)
    return layer


def _document(text):
    from qgis.PyQt.QtXml import QDomDocument

    document = QDomDocument()
    assert document.setContent(text)[0]
    return document


def drawn(layer):
    """Image of the layer alone on white, without its labels."""
    settings = QgsMapSettings()
    settings.setLayers([layer])
    settings.setFlag(QgsMapSettings.Flag.DrawLabeling, False)
    settings.setExtent(QgsRectangle(-10, -10, 110, 70))
    settings.setOutputSize(QSize(240, 160))
    settings.setDestinationCrs(layer.crs())
    image = QImage(240, 160, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    job = QgsMapRendererCustomPainterJob(settings, painter)
    job.renderSynchronously()
    painter.end()
    return image


@pytest.mark.skipif(not 32200 <= Qgis.QGIS_VERSION_INT < 32300, reason="the styles are written with QGIS 3.22")
def test_the_styles_are_those_of_the_generator(tmp_path):
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    subprocess.run([sys.executable, str(STYLES / "generer.py"), str(tmp_path)], check=True, env=environment)
    names = sorted(path.name for path in tmp_path.glob("*.qml"))
    assert names == sorted(path.name for path in STYLES.glob("*.qml"))
    stale = [name for name in names if (tmp_path / name).read_bytes() != (STYLES / name).read_bytes()]
    assert not stale, "run python3 resources/styles/generer.py"


def test_the_palette_is_that_of_the_design():
    assert {str(etat): look.couleur for etat, look in LOOKS.items()} == COLOURS
    assert {LOOKS[etat].trame for etat in (Etat.SENS_CONTRAIRE, Etat.ECART_MARQUE, Etat.ECART_FAIBLE)} == {
        "croisee",
        "serree",
        "espacee",
    }
    assert [zone.typezone for zone in ZONES] == ["U", "AUc", "AUs", "A", "N"]
    assert not {colour.upper() for colour in COUCHES_SCOT} & set(COLOURS.values())


@pytest.mark.parametrize("name", [*COLOURS, "scot_compat"])
def test_icons_are_drawings_of_the_colour_of_the_state(qgis_app, name):
    path = ICONS / f"{name}.svg"
    text = path.read_text(encoding="utf-8")
    assert QSvgRenderer(str(path)).isValid()
    assert "<text" not in text and "clip" not in text  # fonts and clips change from one system to the next
    if name in COLOURS:
        assert COLOURS[name] in text
        assert f"<title>{Etat(name).label}</title>" in text


def test_the_other_icon_is_64_pixels(qgis_app):
    assert QImage(str(ICONS / "icon.png")).size() == QSize(64, 64)


@pytest.mark.parametrize("table", GEOMETRIES)
def test_each_state_has_its_own_category_and_label(qgis_app, table):
    layer = styled(table)  # alive while its renderer is read
    assert [(c.value(), c.label()) for c in layer.renderer().categories()] == [(str(etat), etat.label) for etat in Etat]


@pytest.mark.parametrize("table", GEOMETRIES)
def test_states_differ_in_grey_too(qgis_app, table):
    """The states that have a trame of their own (`erreur` and the mild ones are outlines, they have no écart)."""
    pictures = {}
    for etat in (etat for etat, look in LOOKS.items() if look.trame != "contour"):
        image = drawn(styled(table, (str(etat), ""))).convertToFormat(QImage.Format.Format_Grayscale8)
        marks = [image.pixelColor(x, y).value() < 215 for x in range(0, 240, 2) for y in range(0, 160, 2)]
        assert any(marks), etat
        pictures[etat] = marks
    for one, marks in pictures.items():
        for other, others in pictures.items():
            if one is not other:
                different = sum(a != b for a, b in zip(marks, others))
                assert different > 0.15 * min(sum(marks), sum(others)), (one, other)


def test_the_worst_is_drawn_above(qgis_app):
    both = drawn(styled("ecarts_points", ("sens_contraire", ""), ("sans_ecart", "")))
    alone = drawn(styled("ecarts_points", ("sens_contraire", "")))
    assert both.pixelColor(115, 76).name() == alone.pixelColor(115, 76).name()


@pytest.mark.parametrize("etat", list(Etat))
def test_the_map_tip_says_the_state_and_escapes_the_sentence(qgis_app, etat):
    layer = styled("ecarts", (str(etat), '<img src=x onerror="alert(1)"> & [% 1 + 1 %]'))
    context = QgsExpressionContext(QgsExpressionContextUtils.globalProjectLayerScopes(layer))
    context.setFeature(next(layer.getFeatures()))
    tip = QgsExpression.replaceExpressionText(layer.mapTipTemplate(), context)
    assert f"<b>{etat.label}</b> · P31" in tip
    assert "&lt;img src=x onerror=&quot;alert(1)&quot;&gt; &amp; [% 1 + 1 %]" in tip


def test_labels_never_overlap_and_wear_a_halo(qgis_app):
    for table in GEOMETRIES:
        layer = styled(table)
        settings = layer.labeling().settings()
        assert (settings.fieldName, settings.displayAll) == ("prescription", False)
        assert settings.format().buffer().enabled()


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_column_has_its_french_name(table):
    root = ElementTree.fromstring(qml(table.name))
    aliases = {alias.get("field"): alias.get("name") for alias in root.iter("alias")}
    assert aliases == {"fid": "", **{column.name: column.alias for column in table.columns}}
    assert all(column.alias for column in table.columns)


def test_a_scot_layer_takes_the_colour_it_is_given():
    for name in ("scot_surface", "scot_ligne", "scot_point"):
        assert "1,2,3," in qml(name)
        assert "1,2,3," not in qml(name, "#0A14FF")
        assert re.search("10,20,255,", qml(name, "#0A14FF"))
    assert qml("inconnu") == ""
