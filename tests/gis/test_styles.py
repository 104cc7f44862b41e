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
    QgsApplication,
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
from scot_compat.gis.comparison.statuts import Statut
from scot_compat.gis.comparison.tables import TABLES as COMPARISON_TABLES
from scot_compat.gis.geopackages.dossier_schema import TABLES
from scot_compat.gis.palette import COUCHES_SCOT, ICONS, LOOKS, STATUTS, ZONES
from scot_compat.gis.styles import STYLES, qml
from scot_compat.rules.model import PASSEE, UNITS
from scot_compat.rules.types.prescriptions import NATURES, PILIERS

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
    """A layer of memory with the style of that table; features as (etat, message[, objet]), or as WKT."""
    kind = (GEOMETRIES.get(table) or features[0]).partition("(")[0]
    names = ("prescription", "etat", "libelle", "typezone", "role", "objet", "objet_id", "message")
    fields = "".join(f"&field={name}:string" for name in names)
    layer = QgsVectorLayer(f"{kind}?crs=EPSG:2154{fields}", table, "memory")
    layer.importNamedStyle(_document(qml(table)))
    for one in features:
        feature = QgsFeature(layer.fields())
        if table in GEOMETRIES:
            feature["etat"], feature["message"], feature["objet"] = (*one, "ZONE_URBA")[:3]
        feature["prescription"] = "P31"
        feature.setGeometry(QgsGeometry.fromWkt(GEOMETRIES.get(table) or one))
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


@pytest.mark.parametrize("statut", list(Statut))
def test_what_became_of_a_departure_has_an_icon_and_a_colour_that_no_state_has(qgis_app, statut):
    path, look = ICONS / f"{statut.value}.svg", STATUTS[statut]
    text = path.read_text(encoding="utf-8")
    assert QSvgRenderer(str(path)).isValid() and "<text" not in text and "clip" not in text
    assert look.couleur in text and f"<title>{statut.label}</title>" in text
    assert look.couleur not in COLOURS.values()


def test_what_became_of_departures_reads_in_grey_too(qgis_app):
    trames = [look.trame for look in STATUTS.values()]
    assert len(set(trames)) == len(trames) == 5


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


@pytest.mark.parametrize("etat", ["sens_contraire", "ecart_marque", "ecart_faible", "a_apprecier"])
def test_a_whole_commune_at_fault_is_outlined_and_hides_nothing(qgis_app, etat):
    """Its middle is white as the ground; that of a zone has the pattern of its state."""

    def middle(objet):
        image = drawn(styled("ecarts", (etat, "", objet)))
        return {image.pixelColor(x, y).name() for x in range(60, 180, 3) for y in range(50, 110, 3)}

    assert middle("commune") == {"#ffffff"}
    assert middle("ZONE_URBA") != {"#ffffff"}


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


def test_drawings_are_seen_on_each_zone_and_under_each_hatch_and_say_their_measure(qgis_app):
    """A dark line in a white casing, with its measure; level lines, thin, which no state has."""
    lines = styled("reperes_lignes", "LineString(5 30, 95 30)")
    settings = lines.labeling().settings()
    assert lines.labelsEnabled() and settings.fieldName == "libelle" and settings.format().buffer().enabled()
    image = drawn(lines)
    column = [image.pixelColor(120, y).lightness() for y in range(160)]
    assert min(column) < 90 and sum(value < 128 for value in column) >= 3
    feature = next(lines.getFeatures())
    assert lines.dataProvider().changeAttributeValues(
        {feature.id(): {lines.fields().indexOf("libelle"): "fermé sur 90 m"}}
    )
    image = drawn(lines)
    dark = [any(image.pixelColor(x, y).lightness() < 90 for y in range(70, 90)) for x in range(40, 200)]
    assert 0.3 < sum(dark) / len(dark) < 0.9  # dashed: what closes a corridor is no passage
    surface = drawn(styled("reperes", "Polygon((0 0, 100 0, 100 60, 0 60, 0 0))"))
    dark = [[surface.pixelColor(x, y).lightness() < 200 for x in range(40, 200)] for y in range(40, 120)]
    rows = [sum(row) / len(row) for row in dark]
    assert max(rows) > 0.95 and min(rows) < 0.05  # lines from side to side, nothing in between


def test_labels_never_overlap_and_wear_a_halo(qgis_app):
    for table in GEOMETRIES:
        layer = styled(table)
        settings = layer.labeling().settings()
        assert (settings.fieldName, settings.displayAll) == ("prescription", False)
        assert settings.format().buffer().enabled()


@pytest.mark.parametrize("table", (*TABLES, *COMPARISON_TABLES), ids=lambda table: table.name)
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


# -- in the attribute tables of a dossier ---------------------------------------------------------


def opened(path, name):
    """A table of a dossier as QGIS opens it, with the style kept inside."""
    layer = QgsVectorLayer(f"{path}|layername={name}", name, "ogr")
    assert layer.isValid()
    return layer


def shown(layer, name, value):
    """What the attribute table writes in a cell."""
    index = layer.fields().indexOf(name)
    setup = layer.editorWidgetSetup(index)
    formatter = QgsApplication.fieldFormatterRegistry().fieldFormatter(setup.type())
    return formatter.representValue(layer, index, setup.config(), None, value)


@pytest.mark.parametrize("table", ["prescriptions", "constats", "ecarts", "ecarts_lignes", "ecarts_points"])
def test_states_are_read_in_french(qgis_app, control, path, table):
    control.write(path)
    layer = opened(path, table)
    assert layer.editorWidgetSetup(layer.fields().indexOf("etat")).type() == "ValueMap"
    assert [shown(layer, "etat", str(etat)) for etat in Etat] == [etat.label for etat in Etat]


#: a threshold may be a share of the past, a measure is in a unit of its own
MEASURED = [unit for unit in UNITS if unit and unit != PASSEE]
#: column -> every code it may hold; `decision` and `suite` from design document 4
CODES = {
    ("prescriptions", "nature"): NATURES,
    ("prescriptions", "pilier"): PILIERS,
    ("constats", "unite"): MEASURED,
    ("ecarts", "unite"): MEASURED,
    ("ecarts", "role"): ("en_cause", "contribue"),
    ("appreciations", "decision"): ("en_attente", "retenu", "nuance", "non_retenu", "a_completer"),
    ("appreciations", "suite"): ("reserve", "recommandation", "question", "aucune"),
}


@pytest.mark.parametrize("table, column", CODES)
def test_every_code_has_its_label(qgis_app, control, path, table, column):
    control.write(path)
    layer = opened(path, table)
    entries = layer.editorWidgetSetup(layer.fields().indexOf(column)).config()["map"]
    labels = {code: label for entry in entries for label, code in entry.items() if label}
    assert set(labels) == set(CODES[table, column])
    assert len(set(labels.values())) == len(labels)
    assert not any("_" in label or "m2" in label for label in labels.values())
    assert shown(layer, column, None) == ""


@pytest.mark.parametrize("column, code, label", [
    ("unite", "m2", "m²"),
    ("unite", "m2/logt", "m² par logement"),
    ("unite", "%", "%"),
    ("role", "en_cause", "En cause"),
])  # fmt: skip
def test_codes_are_read_in_french(qgis_app, control, path, column, code, label):
    control.write(path)
    assert shown(opened(path, "ecarts"), column, code) == label


def test_reals_are_rounded_on_screen_and_nowhere_else(qgis_app, control, path):
    """A share keeps two decimals of a percentage; a form never stores what it rounded."""
    control.write(path)
    layer = opened(path, "ecarts")
    for column, value, digits in (("surface_m2", 1.23456, "23"), ("part_objet", 0.12345678, "1235")):
        assert re.fullmatch(rf"\d[.,]{digits}", shown(layer, column, value))
        assert layer.editFormConfig().readOnly(layer.fields().indexOf(column))
    assert not opened(path, "appreciations").editFormConfig().readOnly(2)


@pytest.mark.parametrize("table, names", [
    ("ecarts", ["1AU", "N", "Rien à dessiner."]),
    ("zones", ["1AU", "N"]),
    ("prescriptions", ["P31 Prescription P31", "P60 Prescription P60"]),
    ("constats", ["Une phrase.", "Couche absente.", "Une phrase."]),
])  # fmt: skip
def test_each_row_is_called_by_its_name(qgis_app, control, path, table, names):
    control.write(path)
    layer = opened(path, table)
    expression = QgsExpression(layer.displayExpression())
    context = QgsExpressionContext(QgsExpressionContextUtils.globalProjectLayerScopes(layer))
    found = []
    for feature in layer.getFeatures():
        context.setFeature(feature)
        found.append(expression.evaluate(context))
    assert found == names
