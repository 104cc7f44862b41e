"""The tab of the whole control: bars to click or walk through, what could not be evaluated, limits, progress, image."""

from __future__ import annotations

from html import escape

import pytest
from qgis.PyQt.QtCore import QPoint, Qt
from qgis.PyQt.QtGui import QGuiApplication, QHelpEvent, QImage, QTextDocument
from qgis.PyQt.QtWidgets import QApplication, QFileDialog, QToolTip
from scot_compat.checks.base import Etat
from scot_compat.gis.instruction.decisions import Decision, Subject, Verdict
from scot_compat.gis.results import ConstatRow, ControlRow, PrescriptionRow, SourceRow
from scot_compat.ui.results.synthesis import Synthesis

HOUSING, GREEN = "2.1 Un habitat économe en foncier", "3.1 La trame verte"
AWKWARD = 'Zone <U> & "N" d\'été</p><img src=x>'
#: what the sample has: one prescription under the first objective, three under the second
SEGMENTS = [
    (HOUSING, Etat.ECART_MARQUE),
    (GREEN, Etat.ECART_MARQUE),
    (GREEN, Etat.A_APPRECIER),
    (GREEN, Etat.SANS_OBJET),
]


@pytest.fixture
def tab(qtbot, rows):
    made = Synthesis()
    qtbot.addWidget(made)
    made.resize(380, 700)
    made.show()
    qtbot.waitExposed(made)
    made.show_results(rows)
    made.activateWindow()
    made.export.setFocus()
    QApplication.processEvents()
    made.heard = []
    made.asked.connect(lambda title, etat: made.heard.append((title, etat)))
    return made


def read(label):
    document = QTextDocument()
    document.setHtml(label.text())
    return document.toPlainText()


def middle(plot, number):
    box = plot.laid.segments[number].box
    return QPoint(round(box.x + box.width / 2), round(box.y + box.height / 2))


def press(tab, qtbot, *keys):
    for key in keys:
        qtbot.keyClick(tab.plot, key)


def test_the_nature_of_the_results_is_always_said(tab):
    assert "Ils ne disent pas si le document est compatible" in read(tab.nature) and tab.nature.isVisible()
    assert not tab.area.isAncestorOf(tab.nature)  # it does not scroll away
    tab.show_results(None)
    assert tab.nature.isVisible()


def test_a_click_on_a_segment_asks_for_its_answers(tab, qtbot):
    for number in range(4):
        qtbot.mouseClick(tab.plot, Qt.MouseButton.LeftButton, pos=middle(tab.plot, number))
    assert tab.heard == SEGMENTS


def test_a_click_beside_the_segments_asks_nothing(tab, qtbot):
    qtbot.mouseClick(tab.plot, Qt.MouseButton.LeftButton, pos=QPoint(2, 2))
    qtbot.mouseClick(tab.plot, Qt.MouseButton.RightButton, pos=middle(tab.plot, 0))
    assert tab.heard == []


def test_arrows_go_from_segment_to_segment_and_enter_asks(tab, qtbot):
    tab.plot.setFocus(Qt.FocusReason.TabFocusReason)
    press(tab, qtbot, Qt.Key.Key_Return)  # the first one is current when one comes by the keyboard
    press(tab, qtbot, Qt.Key.Key_Right, Qt.Key.Key_Return)
    press(tab, qtbot, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Space)  # stays at the last
    press(tab, qtbot, Qt.Key.Key_Up, Qt.Key.Key_Enter)
    press(tab, qtbot, Qt.Key.Key_Left, Qt.Key.Key_Up, Qt.Key.Key_Return)  # stays at the first
    assert tab.heard == [SEGMENTS[0], SEGMENTS[1], SEGMENTS[3], SEGMENTS[0], SEGMENTS[0]]


def test_down_goes_to_the_segment_below(tab, qtbot):
    # the only prescription of the first objective stands above the first of the second
    tab.plot.setFocus(Qt.FocusReason.TabFocusReason)
    press(tab, qtbot, Qt.Key.Key_Down, Qt.Key.Key_Return)
    assert tab.heard == [SEGMENTS[1]]


def test_the_current_segment_is_said_and_read_aloud(tab, qtbot):
    said = f"{GREEN} : écart marqué, 1 prescription sur 3"
    assert tab.plot.accessibleName() == "Prescriptions par objectif et par état"
    tab.plot.setFocus(Qt.FocusReason.TabFocusReason)
    press(tab, qtbot, Qt.Key.Key_Down)
    assert tab.plot.accessibleName() == said and read(tab.current).startswith(said)
    tab.show_results(None)
    assert tab.plot.accessibleName() == "Prescriptions par objectif et par état"


def test_the_whole_plot_is_described_in_words(tab):
    said = tab.plot.accessibleDescription()
    assert f"{HOUSING}, 1 prescription : écart marqué 1." in said
    assert f"{GREEN}, 3 prescriptions : écart marqué 1, à apprécier 1, sans objet 1." in said


def tip(tab, point, monkeypatch):
    told = []
    monkeypatch.setattr(QToolTip, "showText", lambda at, text, widget: told.append(text))
    QApplication.sendEvent(tab.plot, QHelpEvent(QHelpEvent.Type.ToolTip, point, tab.plot.mapToGlobal(point)))
    return told[0]


def test_the_tooltip_has_the_exact_figures(tab, monkeypatch):
    expected = f"<p>{GREEN} : à apprécier, 1 prescription sur 3</p>"
    assert tip(tab, middle(tab.plot, 2), monkeypatch) == expected


def test_the_tooltip_of_a_title_has_the_whole_of_it(tab, of, monkeypatch):
    title = "1.1 " + "Un objectif <long> & long " * 10
    tab.show_results(of([PrescriptionRow("P", "I", title, Etat.SANS_ECART)], []))
    _, box = tab.plot.laid.titles[0]
    point = QPoint(round(box.x + 5), round(box.y + 5))
    assert tip(tab, point, monkeypatch) == f"<p>{escape(title)}</p>"
    assert tip(tab, QPoint(1, 1), monkeypatch) == ""


def test_what_could_not_be_evaluated_and_why(tab):
    said = read(tab.unevaluated)
    assert "Ce qui n'a pas pu être évalué" in said
    assert "P12 Densité minimale en extension : Programme de logements absent." in said


def test_the_limits_of_the_data(tab):
    said = read(tab.limits)
    assert "ZONE_URBA : 2 géométries réparées." in said and "ZONE_URBA : 1 zone sans type." in said
    assert "corridors : Numérisés au 1:25000." in said


def test_where_there_are_none_it_is_said(tab, of):
    tab.show_results(of([PrescriptionRow("P", "I", "O", Etat.SANS_ECART)], []))
    assert "Toutes les prescriptions ont pu être évaluées." in read(tab.unevaluated)
    assert "Aucune limite relevée" in read(tab.limits)
    assert "Aucun constat d'écart" in read(tab.progress)


def test_how_many_departures_are_appraised_and_what_is_left(tab, rows):
    assert "3 constats d'écart : 0 apprécié, 3 à traiter." in read(tab.progress)
    rows.notebook.decide([Subject("c1")], Verdict(Decision.RETENU, "Vu."), "Zoé")
    rows.notebook.decide([Subject("k3")], Verdict(Decision.NUANCE, "Vu."), "Zoé")  # the one object of the second
    rows.notebook.decide([Subject("k6")], Verdict(Decision.NUANCE, "Vu."), "Zoé")  # one of the two of the third
    tab.refresh()
    expected = "3 constats d'écart : 2 appréciés (retenu 1, objet par objet 1), 1 à traiter, dont 1 en partie apprécié."
    assert expected in read(tab.progress)
    # the fourth, not evaluated, and the sixth, to be read
    assert "2 constats à apprécier ou non évalués : 0 apprécié, 2 à traiter." in read(tab.progress)
    rows.notebook.decide([Subject("c1", "ecart_marque", 17.0, "logt/ha")], Verdict(Decision.RETENU, "Vu."), "Zoé")
    tab.refresh()
    expected = (
        "1 apprécié (objet par objet 1), 2 à traiter, dont 1 en partie apprécié et 1 à revoir (le constat a changé"
    )
    assert expected in read(tab.progress)


def test_every_name_reads_as_it_is_written(tab, of):
    rows = of(
        [PrescriptionRow(AWKWARD, AWKWARD, AWKWARD, Etat.NON_EVALUE, cause=AWKWARD)],
        [ConstatRow(1, "c", AWKWARD, Etat.NON_EVALUE, AWKWARD)],
    )
    rows._controle, rows._sources = ControlRow(AWKWARD), (SourceRow(AWKWARD, limites=AWKWARD),)
    tab.show_results(rows)
    tab.plot._go(0)
    assert read(tab.unevaluated).count(AWKWARD) == 3 and read(tab.limits).count(AWKWARD) == 2
    assert AWKWARD in read(tab.current) and tab.plot.accessibleName().startswith(AWKWARD)


def test_the_plot_has_the_height_of_all_its_bars_at_any_width(tab, of):
    title = "Un objectif assez long pour tenir sur deux lignes"
    many = [PrescriptionRow(f"P{n}", "I", f"{n}. {title}", Etat.SANS_ECART) for n in range(40)]
    tab.show_results(of(many, []))
    for width in (300, 380, 700):
        tab.resize(width, 500)
        QApplication.processEvents()
        assert tab.plot.height() >= tab.plot.laid.height
        assert tab.plot.width() <= width


@pytest.mark.parametrize(
    ("name", "kind", "written"),
    [
        ("image.svg", "", "image.svg"),
        ("image.PNG", "", "image.PNG"),
        ("version 1.2", "Image PNG (*.png)", "version 1.2.png"),
        ("version 1.2", "Image vectorielle SVG (*.svg)", "version 1.2.svg"),
    ],
)
def test_the_image_is_saved(tab, tmp_path, monkeypatch, name, kind, written):
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / name), kind))
    save, _ = tab.export.menu().actions()
    assert save.text() == "Enregistrer l'image…"
    save.trigger()
    [path] = tmp_path.iterdir()
    assert path.name == written
    if path.suffix == ".svg":
        said = path.read_text(encoding="utf-8")
        assert GREEN in said and "<title>Synthèse par objectif</title>" in said
        assert "SCoT du Val d'Exemple" in " ".join(said.split())  # whose figures these are
    else:
        assert QImage(str(path)).width() > 2 * 380


def test_giving_up_writes_nothing_and_a_failure_is_told(tab, tmp_path, monkeypatch, qtbot):
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: ("", ""))
    tab.plot.save()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "absent" / "x.svg"), ""))
    with qtbot.waitSignal(tab.failed) as told:
        tab.plot.save()
    assert told.args[0].startswith("L'image n'a pas pu être enregistrée")


def test_the_image_is_copied_on_white(tab):
    tab.plot.copy()
    image = QGuiApplication.clipboard().image()
    assert image.pixelColor(0, 0).name() == "#ffffff" and image.width() >= 2 * 380
