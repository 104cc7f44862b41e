"""Write the .qml styles of the dossier: `python3 resources/styles/generer.py [folder]`. Run it with QGIS 3.22.

The styles are drawn here through the API of QGIS, from the palette and the columns of the dossier, so that nobody edits
XML by hand. Written by the oldest QGIS we support, they are read by all the later ones. Same input, same bytes.
"""

from __future__ import annotations

import base64
import importlib.util
import os
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path
from typing import Union

from qgis.core import (
    QgsApplication,
    QgsAttributeTableConfig,
    QgsCategorizedSymbolRenderer,
    QgsEditorWidgetSetup,
    QgsFeatureRequest,
    QgsFillSymbol,
    QgsLinePatternFillSymbolLayer,
    QgsLineSymbol,
    QgsMapLayer,
    QgsMarkerLineSymbolLayer,
    QgsMarkerSymbol,
    QgsPalLayerSettings,
    QgsPointPatternFillSymbolLayer,
    QgsProperty,
    QgsReadWriteContext,
    QgsRendererCategory,
    QgsSimpleFillSymbolLayer,
    QgsSimpleLineSymbolLayer,
    QgsSingleSymbolRenderer,
    QgsSvgMarkerSymbolLayer,
    QgsSymbol,
    QgsSymbolLayer,
    QgsTextBufferSettings,
    QgsTextFormat,
    QgsVectorLayer,
    QgsVectorLayerSimpleLabeling,
    QgsWkbTypes,
)
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QColor, QFont
from qgis.PyQt.QtXml import QDomDocument

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
if "scot_compat" not in sys.modules:
    spec = importlib.util.spec_from_file_location(
        "scot_compat", ROOT / "__init__.py", submodule_search_locations=[str(ROOT)]
    )
    sys.modules["scot_compat"] = importlib.util.module_from_spec(spec)

from scot_compat.checks.base import Etat  # noqa: E402
from scot_compat.gis.comparison.statuts import Lien, Statut  # noqa: E402
from scot_compat.gis.comparison.tables import ECARTS_COMPARES  # noqa: E402
from scot_compat.gis.comparison.tables import TABLES as COMPARISON_TABLES  # noqa: E402
from scot_compat.gis.geopackages.dossier_schema import (  # noqa: E402
    ECARTS,
    ECARTS_LIGNES,
    ECARTS_POINTS,
    REAL,
    REPERES,
    REPERES_LIGNES,
    TABLES,
    ZONES,
    Table,
)
from scot_compat.gis.instruction.decisions import Decision, Suite  # noqa: E402
from scot_compat.gis.palette import LOOKS, REPERE, STATUTS, ZONE_INCONNUE, Look, StatutLook, ZoneLook  # noqa: E402
from scot_compat.gis.palette import ZONES as ZONE_LOOKS  # noqa: E402
from scot_compat.gis.styles import SCOT_COLOUR  # noqa: E402
from scot_compat.rules.model import PASSEE, UNITS  # noqa: E402

#: hatches by their name in the palette: (angles, spacing in mm, width of the lines in mm)
HATCHES = {"croisee": ((45, 135), 1.8, 0.35), "serree": ((45,), 1.3, 0.4), "espacee": ((45,), 3.0, 0.5)}
#: outlines and lines, mm
OUTLINES = {"croisee": 0.8, "serree": 0.7, "espacee": 0.7, "points": 0.5, "tirets": 0.6, "contour": 0.6}
WIDTHS = {"croisee": 1.2, "serree": 1.7, "espacee": 0.9, "points": 1.2, "tirets": 0.9, "contour": 0.8}
MARKER = 6.0
#: least detailed scales at which labels are drawn
ECARTS_SCALE, ZONES_SCALE = 60000, 15000
#: columns of no use to a reader
HIDDEN = ("fid", "cle", "cle_avant", "cle_apres")

GEOMETRIES = {
    "": "NoGeometry",
    "GEOMETRY": "NoGeometry",
    "MULTIPOLYGON": "MultiPolygon",
    "MULTILINESTRING": "MultiLineString",
    "MULTIPOINT": "MultiPoint",
}
TYPES = {"text": "string", "real": "double", "integer": "int8"}

#: column -> code -> what the user reads in its place
LABELS = {
    "etat": {str(etat): etat.label for etat in Etat},
    "nature": {
        "norme": "Norme",
        "objectif": "Objectif",
        "orientation": "Orientation",
        "recommandation": "Recommandation",
    },
    "pilier": {
        "economie": "Activités économiques, agricoles et commerciales",
        "besoins": "Logement, mobilités, équipements et services",
        "transitions": "Transitions écologique et énergétique, paysages",
        "transversal": "Transversal",
    },
    "role": {"en_cause": "En cause", "contribue": "Contribue"},
    "unite": {unit: label for unit, (_, _, label) in UNITS.items() if unit not in ("", PASSEE)},
    "decision": {one.value: one.label for one in Decision},
    "suite": {one.value: one.label for one in Suite},
    "statut": {one.value: one.label for one in Statut},
    "lien": {one.value: one.label for one in Lien if one.value},
}
LABELS.update(etat_avant=LABELS["etat"], etat_apres=LABELS["etat"], appreciation=LABELS["decision"])
#: (table, column) -> the same, where a name has another meaning
OWN_LABELS = {
    (table.name, "nature"): {"passage": "Passage", "inutilisable": "Libre mais trop étroit"}
    for table in (REPERES, REPERES_LIGNES)
}
#: how QGIS writes NULL in a value map; without it an empty cell reads "(NULL)"
NULL = "{2839923C-8B7D-419E-B84B-CA2FE9B80EC7}"
#: decimals shown; the value stored is whole. Shares of 1 need as many as a percentage with two
DECIMALS, SHARE_DECIMALS = 2, 4
SHARES = ("part_objet", "ecart_relatif")
_ECART_NAME = 'coalesce(nullif("libelle", \'\'), "message")'
#: table -> the name of one of its rows, in lists and forms
DISPLAY = {
    "ecarts": _ECART_NAME,
    "ecarts_lignes": _ECART_NAME,
    "ecarts_points": _ECART_NAME,
    "reperes": '"libelle"',
    "reperes_lignes": '"libelle"',
    "zones": '"libelle"',
    "prescriptions": '"id" || \' \' || "intitule"',
    "constats": '"message"',
    **{
        table.name: 'coalesce(nullif("libelle_apres", \'\'), nullif("libelle_avant", \'\'), "message")'
        for table in ECARTS_COMPARES.values()
    },
}


def main(folder: Path) -> None:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QgsApplication([], False)
    application.initQgis()
    for name, qml in styles().items():
        (folder / f"{name}.qml").write_text(qml, encoding="utf-8", newline="\n")
    application.exitQgis()


def styles() -> dict[str, str]:
    """Every style by its name; a QgsApplication is running."""
    out = {}
    drawn_as = dict(zip(ECARTS_COMPARES.values(), (_fill, _line, _marker)))
    for table in (*TABLES, *COMPARISON_TABLES):
        layer = _layer(table)
        if table in (ECARTS, ECARTS_LIGNES, ECARTS_POINTS):
            draw = {ECARTS: _fill, ECARTS_LIGNES: _line, ECARTS_POINTS: _marker}[table]
            layer.setRenderer(_by_look(draw, "etat", LOOKS))
            layer.setLabeling(QgsVectorLayerSimpleLabeling(_label(layer, "prescription", 8, ECARTS_SCALE, priority=8)))
            layer.setLabelsEnabled(True)
            layer.setMapTipTemplate(_map_tip())
        if table in drawn_as:
            layer.setRenderer(_by_look(drawn_as[table], "statut", STATUTS))
            layer.setLabeling(QgsVectorLayerSimpleLabeling(_label(layer, "prescription", 8, ECARTS_SCALE, priority=8)))
            layer.setLabelsEnabled(True)
            layer.setMapTipTemplate(_map_tip_compared())
        if table in (REPERES, REPERES_LIGNES):
            layer.setRenderer(QgsSingleSymbolRenderer(_unused() if table is REPERES else _gauge()))
        if table is REPERES_LIGNES:
            label = _label(layer, "libelle", 9, ECARTS_SCALE, priority=9)
            label.overrunDistance = 30  # mm: a measure is said even where its line is short
            layer.setLabeling(QgsVectorLayerSimpleLabeling(label))
            layer.setLabelsEnabled(True)
        if table is ZONES:
            layer.setRenderer(_by_typezone())
            layer.setLabeling(QgsVectorLayerSimpleLabeling(_label(layer, "libelle", 7, ZONES_SCALE, priority=2)))
            layer.setLabelsEnabled(True)
        if table.name in DISPLAY:
            layer.setDisplayExpression(DISPLAY[table.name])
        out[table.name] = _qml(layer)
    for name, geometry, symbol in (
        ("scot_surface", "MultiPolygon", _scot_fill()),
        ("scot_ligne", "MultiLineString", _scot_line()),
        ("scot_point", "MultiPoint", _scot_marker()),
    ):
        layer = QgsVectorLayer(f"{geometry}?crs=EPSG:2154", name, "memory")
        layer.setRenderer(QgsSingleSymbolRenderer(symbol))
        out[name] = _qml(layer)
    return out


def _layer(table: Table) -> QgsVectorLayer:
    """An empty layer with the fields of the table, their French names and labels, the columns for machines hidden."""
    fields = "".join(f"&field={column.name}:{TYPES[column.type]}" for column in table.columns)
    layer = QgsVectorLayer(f"{GEOMETRIES[table.geometry]}?crs=EPSG:2154&field=fid:int8{fields}", table.name, "memory")
    for index, column in enumerate(table.columns, 1):
        layer.setFieldAlias(index, column.alias)
        labels = OWN_LABELS.get((table.name, column.name)) or LABELS.get(column.name)
        if labels:
            layer.setEditorWidgetSetup(index, _labelled(labels))
        elif column.type == REAL:
            layer.setEditorWidgetSetup(index, _rounded(SHARE_DECIMALS if column.name in SHARES else DECIMALS))
            form = layer.editFormConfig()
            form.setReadOnly(index, True)  # else a form saved for another column would store the rounded figure
            layer.setEditFormConfig(form)
    config = QgsAttributeTableConfig()
    config.update(layer.fields())
    columns = config.columns()
    for column in columns:
        column.hidden = column.name in HIDDEN
    config.setColumns(columns)
    layer.setAttributeTableConfig(config)
    return layer


def _labelled(labels: dict[str, str]) -> QgsEditorWidgetSetup:
    entries = [{label: code} for code, label in labels.items()]
    return QgsEditorWidgetSetup("ValueMap", {"map": [*entries, {"": NULL}]})


def _rounded(decimals: int) -> QgsEditorWidgetSetup:
    return QgsEditorWidgetSetup("Range", {"Precision": decimals, "AllowNull": True, "Style": "SpinBox"})


# -- écarts ---------------------------------------------------------------------------------------


def _by_look(draw, column, looks) -> QgsCategorizedSymbolRenderer:
    """One symbol per state or statut, the first drawn above; what only contributes to a departure is paler."""
    categories = []
    for code, look in looks.items():
        symbol = draw(look)
        if column == "etat":
            paler = QgsProperty.fromExpression("if(\"role\" = 'contribue', 55, 100)")
            symbol.setDataDefinedProperty(QgsSymbol.Property.PropertyOpacity, paler)
        categories.append(QgsRendererCategory(code.value, symbol, look.label))
    renderer = QgsCategorizedSymbolRenderer(column, categories)
    names = ", ".join(f"'{code.value}'" for code in reversed(list(looks)))
    first_last = QgsFeatureRequest.OrderByClause(f'array_find(array({names}), "{column}")', True)
    renderer.setOrderBy(QgsFeatureRequest.OrderBy([first_last]))
    renderer.setOrderByEnabled(True)
    return renderer


def _fill(look: Union[Look, StatutLook]) -> QgsFillSymbol:
    """A white casing and veil, which keep the hatch apart from the zone below, the hatch, the outline.

    A whole commune at fault has its outline only: a hatch would hide all the conflicts that lie in it.
    """
    colour, width = QColor(look.couleur), OUTLINES[look.trame]
    veil = _outline(QColor(255, 255, 255, 200), width + 0.8, Qt.PenStyle.SolidLine)
    if look.trame not in ("tirets", "contour"):
        veil.setBrushStyle(Qt.BrushStyle.SolidPattern)
        veil.setFillColor(QColor(255, 255, 255, 110))
        clear = QgsProperty.fromExpression("if(\"objet\" = 'commune', '255,255,255,0', '255,255,255,110')")
        veil.setDataDefinedProperty(QgsSymbolLayer.Property.PropertyFillColor, clear)
    layers = [veil]
    angles, spacing, thickness = HATCHES.get(look.trame, ((), 0, 0))
    for angle in angles:
        hatch = QgsLinePatternFillSymbolLayer()
        hatch.setLineAngle(angle)
        hatch.setDistance(spacing)
        hatch.setSubSymbol(_symbol(QgsLineSymbol, [QgsSimpleLineSymbolLayer(colour, thickness)]))
        layers.append(hatch)
    if look.trame == "points":
        layers.append(_dots(colour))
    for pattern in layers[1:]:
        part = QgsProperty.fromExpression("\"objet\" <> 'commune'")
        pattern.setDataDefinedProperty(QgsSymbolLayer.Property.PropertyLayerEnabled, part)
    dashed = look.trame == "tirets"
    layers.append(_outline(colour, width, Qt.PenStyle.DashLine if dashed else Qt.PenStyle.SolidLine))
    return _symbol(QgsFillSymbol, layers)


def _symbol(kind, layers):
    """A symbol of these layers. Given as a list to the constructor, PyQGIS 3.22 frees them twice."""
    symbol = kind()
    symbol.deleteSymbolLayer(0)
    for layer in layers:
        symbol.appendSymbolLayer(layer)
    return symbol


def _outline(colour: QColor, width: float, style: Qt.PenStyle) -> QgsSimpleFillSymbolLayer:
    return QgsSimpleFillSymbolLayer(
        QColor(0, 0, 0, 0), Qt.BrushStyle.NoBrush, colour, style, width, Qt.PenJoinStyle.RoundJoin
    )


def _dots(colour: QColor) -> QgsPointPatternFillSymbolLayer:
    dots = QgsPointPatternFillSymbolLayer()
    dots.setDistanceX(2.4)
    dots.setDistanceY(2.4)
    dots.setDisplacementX(1.2)
    dots.setSubSymbol(
        QgsMarkerSymbol.createSimple({"name": "circle", "size": "1", "color": colour.name(), "outline_style": "no"})
    )
    return dots


def _line(look: Union[Look, StatutLook]) -> QgsLineSymbol:
    """A white casing, the line, thick or thin, dashed or dotted, crossed where it goes the opposite way."""
    colour, width = QColor(look.couleur), WIDTHS[look.trame]
    casing = QgsSimpleLineSymbolLayer(QColor(255, 255, 255, 200), width + 0.9)
    line = QgsSimpleLineSymbolLayer(colour, width)
    for layer in (casing, line):
        layer.setPenCapStyle(Qt.PenCapStyle.RoundCap)
        layer.setPenJoinStyle(Qt.PenJoinStyle.RoundJoin)
    dashes = {"points": [0.1, 2.2], "tirets": [2.6, 2.2]}.get(look.trame)
    if dashes:
        line.setUseCustomDashPattern(True)
        line.setCustomDashVector(dashes)
    layers = [casing, line]
    if look.trame == "croisee":
        crosses = QgsMarkerLineSymbolLayer(True, 5)
        crosses.setSubSymbol(
            QgsMarkerSymbol.createSimple(
                {"name": "cross2", "size": "3", "outline_color": colour.name(), "outline_width": "0.6"}
            )
        )
        layers.append(crosses)
    return _symbol(QgsLineSymbol, layers)


def _marker(look: Union[Look, StatutLook]) -> QgsMarkerSymbol:
    """The icon of the state, inside the style: the dossier needs no other file."""
    content = base64.b64encode(look.icon.read_bytes()).decode("ascii")
    return _symbol(QgsMarkerSymbol, [QgsSvgMarkerSymbolLayer(f"base64:{content}", MARKER)])


def _map_tip() -> str:
    """State, prescription, object and sentence; what comes from data is escaped."""
    return (
        '<div style="max-width: 32em; font-family: sans-serif">'
        f"<b>[% {_named('etat', LOOKS)} %]</b> · [% {_escaped('prescription')} %]"
        f"<br/>[% {_escaped('libelle')} %] [% {_escaped('typezone')} %]"
        f"<br/>[% {_escaped('message')} %]</div>"
    )


def _map_tip_compared() -> str:
    """Statut, prescription, object before and after, what differs."""
    return (
        '<div style="max-width: 32em; font-family: sans-serif">'
        f"<b>[% {_named('statut', STATUTS)} %]</b> · [% {_escaped('prescription')} %]"
        f"<br/>[% {_escaped('libelle_avant')} %] → [% {_escaped('libelle_apres')} %]"
        f"<br/>[% {_escaped('differences')} %]</div>"
    )


def _named(column: str, looks) -> str:
    cases = " ".join(f"WHEN \"{column}\" = '{code.value}' THEN '{_quoted(look.label)}'" for code, look in looks.items())
    return f"CASE {cases} END"


def _quoted(text: str) -> str:
    return text.replace("'", "''")


def _escaped(column: str) -> str:
    expression = f"coalesce(\"{column}\", '')"
    for character, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;")):
        expression = f"replace({expression}, '{character}', '{entity}')"
    return expression


def _label(layer: QgsVectorLayer, field: str, size: float, scale: float, priority: int) -> QgsPalLayerSettings:
    """Dark text in a white halo, never over another label."""
    halo = QgsTextBufferSettings()
    halo.setEnabled(True)
    halo.setSize(0.9)
    halo.setColor(QColor("#FFFFFF"))
    font = QFont("Open Sans")  # comes with QGIS
    font.setBold(priority > 5)
    text = QgsTextFormat()
    text.setFont(font)
    text.setSize(size)
    text.setColor(QColor("#1A1A1A") if priority > 5 else QColor("#555555"))
    text.setBuffer(halo)
    settings = QgsPalLayerSettings()
    settings.fieldName = field
    settings.setFormat(text)
    settings.priority = priority
    settings.scaleVisibility = True
    settings.minimumScale = scale
    settings.placement = {
        QgsWkbTypes.GeometryType.PolygonGeometry: QgsPalLayerSettings.Placement.Horizontal,
        QgsWkbTypes.GeometryType.LineGeometry: QgsPalLayerSettings.Placement.Line,
        QgsWkbTypes.GeometryType.PointGeometry: QgsPalLayerSettings.Placement.AroundPoint,
    }[layer.geometryType()]
    settings.dist = MARKER / 2 + 1 if layer.geometryType() == QgsWkbTypes.GeometryType.PointGeometry else 1.0
    return settings


# -- repères --------------------------------------------------------------------------------------


def _gauge() -> QgsLineSymbol:
    """A line with a bar at each end, as a length is drawn on a plan; dark in a white casing, above any hatch.

    Dashed through what closes a corridor, which is no passage and may be long.
    """
    colour = QColor(REPERE)
    casing, line = QgsSimpleLineSymbolLayer(QColor(255, 255, 255), 2.2), QgsSimpleLineSymbolLayer(colour, 1.0)
    dashed = QgsProperty.fromExpression("if(\"libelle\" LIKE 'fermé%', '2.5;1.5', '1000;0')")
    line.setUseCustomDashPattern(True)
    line.setDataDefinedProperty(QgsSymbolLayer.Property.PropertyCustomDash, dashed)
    for layer in (casing, line):
        layer.setPenCapStyle(Qt.PenCapStyle.FlatCap)
    bars = []
    for placement in (QgsMarkerLineSymbolLayer.Placement.FirstVertex, QgsMarkerLineSymbolLayer.Placement.LastVertex):
        bar = QgsMarkerLineSymbolLayer(True)
        bar.setPlacement(placement)
        bar.setSubSymbol(
            QgsMarkerSymbol.createSimple(
                {"name": "line", "size": "4", "outline_color": colour.name(), "outline_width": "1"}
            )
        )
        bars.append(bar)
    return _symbol(QgsLineSymbol, [casing, line, *bars])


def _unused() -> QgsFillSymbol:
    """Level lines, which no state has, and a thin outline."""
    colour = QColor(REPERE)
    colour.setAlpha(190)
    hatch = QgsLinePatternFillSymbolLayer()
    hatch.setLineAngle(0)
    hatch.setDistance(1.6)
    hatch.setSubSymbol(_symbol(QgsLineSymbol, [QgsSimpleLineSymbolLayer(colour, 0.25)]))
    return _symbol(QgsFillSymbol, [hatch, _outline(colour, 0.25, Qt.PenStyle.DotLine)])


# -- background -----------------------------------------------------------------------------------


def _by_typezone() -> QgsCategorizedSymbolRenderer:
    categories = [QgsRendererCategory(zone.typezone, _zone(zone), zone.label) for zone in ZONE_LOOKS]
    categories.append(QgsRendererCategory("", _zone(ZONE_INCONNUE), ZONE_INCONNUE.label))
    return QgsCategorizedSymbolRenderer("typezone", categories)


def _zone(zone: ZoneLook) -> QgsFillSymbol:
    return _symbol(
        QgsFillSymbol,
        [
            QgsSimpleFillSymbolLayer(
                QColor(zone.fond), Qt.BrushStyle.SolidPattern, QColor(zone.contour), Qt.PenStyle.SolidLine, 0.2
            )
        ],
    )


def _scot_colour(alpha: int = 255) -> QColor:
    return QColor(*(int(part) for part in SCOT_COLOUR.split(",")), alpha)


def _scot_fill() -> QgsFillSymbol:
    """An outline and hardly a tint: a dozen layers one over the other must leave the zoning readable."""
    return _symbol(
        QgsFillSymbol,
        [
            QgsSimpleFillSymbolLayer(
                _scot_colour(18), Qt.BrushStyle.SolidPattern, _scot_colour(), Qt.PenStyle.SolidLine, 0.4
            )
        ],
    )


def _scot_line() -> QgsLineSymbol:
    return _symbol(QgsLineSymbol, [QgsSimpleLineSymbolLayer(_scot_colour(190), 1.0)])


def _scot_marker() -> QgsMarkerSymbol:
    return QgsMarkerSymbol.createSimple(
        {
            "name": "circle",
            "size": "2.4",
            "color": f"{SCOT_COLOUR},255",
            "outline_color": "255,255,255,255",
        }
    )


# -- XML ------------------------------------------------------------------------------------------


def _qml(layer: QgsVectorLayer) -> str:
    """The style of the layer: what is drawn and how columns are named, attributes in alphabetical order.

    Qt writes attributes in the order of a hash that changes at each run.
    """
    wanted = (
        QgsMapLayer.StyleCategory.LayerConfiguration,  # display expression
        QgsMapLayer.StyleCategory.Symbology,
        QgsMapLayer.StyleCategory.Labeling,
        QgsMapLayer.StyleCategory.Fields,
        QgsMapLayer.StyleCategory.Forms,
        QgsMapLayer.StyleCategory.MapTips,
        QgsMapLayer.StyleCategory.AttributeTable,
    )
    categories = QgsMapLayer.StyleCategories()
    for category in wanted:
        categories |= category
    document = QDomDocument()
    problem = layer.exportNamedStyle(document, QgsReadWriteContext(), categories)
    if problem:
        raise RuntimeError(problem)
    root = ElementTree.fromstring(document.toString(-1))
    for element in root.iter():
        for callout in element.findall("callout"):  # off, and holds XML in an attribute, which is not sorted
            element.remove(callout)
        element.attrib = dict(sorted(element.attrib.items()))
    ElementTree.indent(root, " ")
    return "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n" + ElementTree.tostring(root, "unicode") + "\n"


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE)
