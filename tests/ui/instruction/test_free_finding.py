"""A finding added by hand: typed, drawn on the map in its projection, kept in that of the dossier."""

from __future__ import annotations

import pytest
import shapely
from qgis.core import QgsCoordinateReferenceSystem, QgsPointXY, QgsRectangle, QgsWkbTypes
from qgis.PyQt.QtCore import QPoint, Qt
from scot_compat.checks.base import Etat
from scot_compat.gis.instruction.notebook import Notebook
from scot_compat.gis.results import PrescriptionRow
from scot_compat.ui.instruction.free_finding import FreeFindingDialog
from scot_compat.ui.map.draw import DrawTool

Kind = QgsWkbTypes.GeometryType
PRESCRIPTIONS = (
    PrescriptionRow("P12", "Densité", "2.1", Etat.SANS_ECART),
    PrescriptionRow("P60", "Entrées de ville", "1.5", Etat.A_APPRECIER),
)
LAMBERT, WGS84 = "EPSG:2154", "EPSG:4326"


@pytest.fixture
def notebook():
    return Notebook()


@pytest.fixture
def canvas(interface):
    interface.canvas.setDestinationCrs(QgsCoordinateReferenceSystem(LAMBERT))
    interface.canvas.resize(400, 400)
    interface.canvas.setExtent(QgsRectangle(700000, 6600000, 700400, 6600400))
    return interface.canvas


@pytest.fixture
def dialog(qtbot, notebook, canvas):
    made = FreeFindingDialog(notebook, PRESCRIPTIONS, LAMBERT, canvas, prescription="P60")
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(made)
    made.show()
    return made


def draw(dialog, kind, *vertices):
    dialog.draw[kind].click()
    for x, y in vertices:
        dialog.tool.add(QgsPointXY(x, y))
    dialog.tool.end()


def test_what_is_typed_is_kept_with_the_prescription_in_hand(dialog, notebook, qtbot):
    dialog.text.setPlainText("Aucune OAP à l'entrée est.")
    with qtbot.waitSignal(dialog.saved) as told:
        assert dialog.save()
    assert notebook.free == (told.args[0],)
    assert (told.args[0].texte, told.args[0].prescription, told.args[0].wkb) == (
        "Aucune OAP à l'entrée est.",
        "P60",
        None,
    )


def test_nothing_typed_is_refused_and_the_dialog_stays(dialog, notebook):
    assert dialog.save() is False
    assert "vide" in dialog.said.text() and dialog.isVisible() and notebook.free == ()


def test_a_surface_is_drawn_and_its_size_told(dialog, notebook, canvas):
    draw(dialog, Kind.PolygonGeometry, (700000, 6600000), (700100, 6600000), (700100, 6600100), (700000, 6600100))
    assert dialog.place.text() == "Une surface de 1 ha, sur la carte." and canvas.mapTool() is not dialog.tool
    dialog.text.setPlainText("Haie arrachée.")
    dialog.save()
    (kept,) = notebook.free
    assert shapely.from_wkb(kept.wkb).equals(shapely.box(700000, 6600000, 700100, 6600100))


def test_a_line_and_a_point(dialog):
    draw(dialog, Kind.LineGeometry, (700000, 6600000), (700300, 6600400))
    assert dialog.place.text() == "Une ligne de 500 m, sur la carte."
    draw(dialog, Kind.PointGeometry, (700000, 6600000))
    assert dialog.place.text() == "Un point, sur la carte."
    dialog.nowhere.click()
    assert "porte sur l'ensemble" in dialog.place.text()


def test_a_map_in_degrees_is_kept_in_the_projection_of_the_dossier(dialog, notebook, canvas):
    """(3° E, 46,5° N) is the origin of Lambert-93: 700 000, 6 600 000."""
    canvas.setDestinationCrs(QgsCoordinateReferenceSystem(WGS84))
    draw(dialog, Kind.PointGeometry, (3.0, 46.5))
    dialog.text.setPlainText("Ici.")
    dialog.save()
    place = shapely.from_wkb(notebook.free[0].wkb)
    assert (place.x, place.y) == (pytest.approx(700000, abs=0.01), pytest.approx(6600000, abs=0.01))


def test_a_finding_is_amended_with_its_place(qtbot, notebook, canvas):
    first = notebook.add_free("Avant.", "Zoé", "P12", shapely.Point(700010, 6600010).wkb)
    dialog = FreeFindingDialog(notebook, PRESCRIPTIONS, LAMBERT, canvas, finding=first)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    assert (dialog.text.toPlainText(), dialog.prescription.currentData()) == ("Avant.", "P12")
    dialog.text.setPlainText("Après.")
    dialog.save()
    (kept,) = notebook.free
    assert (kept.texte, kept.cle, kept.wkb) == ("Après.", first.cle, first.wkb)


def test_closing_the_dialog_gives_the_map_back(dialog, canvas):
    dialog.draw[Kind.PolygonGeometry].click()
    assert canvas.mapTool() is dialog.tool
    dialog.reject()
    assert canvas.mapTool() is None


# -- the tool -------------------------------------------------------------------------------------


@pytest.fixture
def tool(canvas, qtbot):
    canvas.window().show()
    qtbot.waitExposed(canvas.window())
    return DrawTool(canvas)


def click(qtbot, canvas, x, y, button=Qt.MouseButton.LeftButton):
    qtbot.mouseClick(canvas.viewport(), button, pos=QPoint(x, y))


def test_clicks_draw_and_the_right_one_ends(qtbot, canvas, tool):
    tool.start(Kind.LineGeometry)
    with qtbot.waitSignal(tool.drawn) as told:
        click(qtbot, canvas, 10, 10)
        click(qtbot, canvas, 60, 10)
        click(qtbot, canvas, 60, 10, Qt.MouseButton.RightButton)
    assert told.args[0].length() == pytest.approx(50 * canvas.mapUnitsPerPixel(), rel=1e-6)
    assert canvas.mapTool() is None


def test_too_few_vertices_make_no_shape(qtbot, canvas, tool):
    tool.start(Kind.PolygonGeometry)
    with qtbot.assertNotEmitted(tool.drawn):
        click(qtbot, canvas, 10, 10)
        click(qtbot, canvas, 60, 10)
        click(qtbot, canvas, 60, 10, Qt.MouseButton.RightButton)
    assert canvas.mapTool() is tool


def test_escape_gives_up_and_backspace_takes_the_last_vertex_back(qtbot, canvas, tool):
    tool.start(Kind.LineGeometry)
    for x in (10, 60, 90):
        click(qtbot, canvas, x, 10)
    qtbot.keyClick(canvas, Qt.Key.Key_Backspace)
    with qtbot.waitSignal(tool.drawn) as told:
        qtbot.keyClick(canvas, Qt.Key.Key_Return)
    assert told.args[0].length() == pytest.approx(50 * canvas.mapUnitsPerPixel(), rel=1e-6)
    tool.start(Kind.LineGeometry)
    click(qtbot, canvas, 10, 10)
    with qtbot.waitSignal(tool.abandoned), qtbot.assertNotEmitted(tool.drawn):
        qtbot.keyClick(canvas, Qt.Key.Key_Escape)


def test_another_tool_gives_up_what_was_begun(qtbot, canvas, tool):
    tool.start(Kind.LineGeometry)
    click(qtbot, canvas, 10, 10)
    with qtbot.waitSignal(tool.abandoned):
        canvas.unsetMapTool(tool)


@pytest.mark.parametrize(
    "corners", [[(0, 0), (50, 50), (100, 100)], [(0, 0), (float("inf"), 0), (0, float("inf"))]], ids=["flat", "nowhere"]
)
def test_a_surface_that_bounds_nothing_is_to_draw_again(dialog, notebook, corners):
    draw(dialog, Kind.PolygonGeometry, *[(700000 + x, 6600000 + y) for x, y in corners])
    assert dialog.place.text() == "Ce tracé ne délimite rien : redessinez-le."
    dialog.text.setPlainText("Vu.")
    assert dialog.save() and notebook.free[0].wkb is None


def test_a_surface_that_crosses_itself_is_its_two_halves_without_its_spike(dialog, notebook):
    """A butterfly of two triangles, each 100 m wide and 50 m high: 2 x 100 x 50 / 2 = 5 000 m2; then a spike."""
    corners = [(0, 0), (100, 100), (0, 100), (100, 0), (200, 0), (100, 0)]
    draw(dialog, Kind.PolygonGeometry, *[(700000 + x, 6600000 + y) for x, y in corners])
    assert dialog.place.text() == "Une surface de 5\u202f000 m², sur la carte."
