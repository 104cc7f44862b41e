"""The sheet says all that is to be read of a row, as plain text, and is no markup where a name looks like one."""

from __future__ import annotations

import re
import time
from dataclasses import replace
from html import unescape

import pytest
from qgis.PyQt.QtCore import QUrl
from qgis.PyQt.QtGui import QDesktopServices, QTextDocument
from scot_compat.checks.base import Etat
from scot_compat.gis.comparison.appraisals import dated
from scot_compat.gis.results import ConstatRow, ControlRow, EcartRow, PrescriptionRow, SourceRow
from scot_compat.ui.results import sheet
from scot_compat.ui.results.answers import Answers
from scot_compat.ui.results.tree import ResultsTree

AWKWARD = 'Zone <U> & "N" d\'été</p><img src=x>'


def read(html):
    """What a reader sees, line by line; Qt writes a plain space for every other one."""
    document = QTextDocument()
    document.setHtml(html)
    return document.toPlainText()


@pytest.fixture
def of_row(rows):
    """Function `(number of the constat) -> text of its sheet`."""
    model = ResultsTree()
    model.fill(Answers(rows))
    return lambda number, current=None: read(sheet.of_node(rows, model.find(number), current))


def test_a_departure(of_row):
    said = of_row(1)
    assert "P12 · Densité minimale en extension" in said
    assert "objectif, p. 45 ouvrir le DOO" in said
    assert "Écart marqué · Lens" in said
    assert "La densité prévue à Lens est de 18,2 logements par hectare ; le DOO en demande au moins 35." in said
    assert "Mesure : 18,2 logt/ha · Seuil : au moins 35 logt/ha · Écart : −48 %" in said
    assert "1AUc-1 (AUc) : 3,51 ha" in said
    assert "1AUc-2 (AUc) : 8 000 m² (contribue)" in said
    assert "Limites" in said and "1 zone sans effectif" in said and "2 zones sans OAP" in said
    assert "Les extensions atteignent la densité de leur niveau d'armature." in said
    assert "Sur chaque commune, les zones AUc comptent au moins 35 logements par hectare." in said


def test_the_cause_of_what_is_not_evaluated(of_row, rows):
    assert "Non évalué · Mazingarbe" in of_row(4) and "Programme de logements absent." in of_row(4)
    model = ResultsTree()
    model.fill(Answers(rows))
    of_prescription = read(sheet.of_node(rows, model.find(4).parent, None))
    assert "1 marqué, 1 faible, 1 non évalué, 1 sans écart" in of_prescription
    assert "Mazingarbe : Programme de logements absent." in of_prescription
    assert "Les extensions atteignent la densité" in of_prescription


def test_questions_to_the_reader(of_row):
    said = of_row(6)
    assert "À apprécier" in said and "Questions" in said and "Une ?" in said and "Deux ?" in said


def test_an_objective_lists_its_prescriptions(rows):
    model = ResultsTree()
    model.fill(Answers(rows))
    said = read(sheet.of_node(rows, model.find(5).parent.parent, None))
    assert said.startswith("3.1 La trame verte")
    assert "P31 Corridors & haies : Écart marqué" in said and "P40 Captages : Sans objet" in said


def test_the_worst_object_is_said_in_words(rows, of_row):
    model = ResultsTree()
    one = rows.but(1, mesure=92.0, unite="%", seuil_min=95.0, ecart=19.0, ecart_relatif=0.2)
    model.fill(Answers(one))
    assert "Écart : −20 % pour l'objet le plus en cause" in read(sheet.of_node(one, model.find(1), None))


@pytest.mark.parametrize(("count", "told"), [(61, "et 1 autre\n"), (63, "et 3 autres\n")])
def test_beyond_sixty_objects_the_others_are_counted(of, count, told):
    ecarts = [EcartRow("ecarts", n, f"k{n}", 1, Etat.ECART_MARQUE, f"Z{n}") for n in range(count)]
    rows = of(
        [PrescriptionRow("P", "I", "O", Etat.ECART_MARQUE)], [ConstatRow(1, "c", "P", Etat.ECART_MARQUE, "")], ecarts
    )
    model = ResultsTree()
    model.fill(Answers(rows))
    said = read(sheet.of_node(rows, model.find(1), None))
    assert "Z59" in said and "Z60" not in said and told in f"{said}\n"


def awkward(of):
    etat = Etat.ECART_MARQUE
    texts = dict.fromkeys(
        ("nature", "article", "page", "texte", "a_savoir", "questions", "pieces", "lecture", "cause"), AWKWARD
    )
    prescription = PrescriptionRow(AWKWARD, AWKWARD, AWKWARD, etat, url='https://exemple.fr/?a="><b>&c=1', **texts)
    constat = ConstatRow(
        1, "c", AWKWARD, etat, AWKWARD, volet=AWKWARD, jalon=AWKWARD, territoire="x", territoire_nom=AWKWARD,
        mesure=1.0, unite=AWKWARD, seuil_min=2.0, ecart=1.0, limites=AWKWARD,
    )  # fmt: skip
    rows = of([prescription], [constat], [EcartRow("ecarts", 1, "k", 1, etat, AWKWARD, AWKWARD)])
    rows._controle = ControlRow(AWKWARD, AWKWARD, AWKWARD, AWKWARD, date=AWKWARD)
    rows._sources = (SourceRow(AWKWARD, limites=AWKWARD),)
    return rows


def test_every_name_reads_as_it_is_written(of):
    rows = awkward(of)
    model = ResultsTree()
    model.fill(Answers(rows))
    leaf = model.find(1)
    pages = {
        "constat": sheet.of_node(rows, leaf, leaf.ecarts[0]),
        "prescription": sheet.of_node(rows, leaf.parent, None),
        "objective": sheet.of_node(rows, leaf.parent.parent, None),
    }
    # how often each page says such a name: title, place, sentence, object, limit, texts…
    least = {"constat": 14, "prescription": 9, "objective": 2}
    for name, html in pages.items():
        assert "<U>" not in html and "<img src=x>" not in html, name
        assert read(html).count(AWKWARD) >= least[name], (name, read(html))


def test_the_link_to_the_doo_is_the_one_given(of, qtbot, monkeypatch):
    from scot_compat.ui.results.view import ResultsView

    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toString()))
    rows = awkward(of)
    view = ResultsView()
    qtbot.addWidget(view)
    view.show_results(rows)
    view.select_ecart(1, "k")
    [link] = re.findall(r'href="(https[^"]*)"', view.sheet.toHtml())
    view.sheet.anchorClicked.emit(QUrl(unescape(link)))
    assert opened == [QUrl('https://exemple.fr/?a="><b>&c=1').toString()]
    view.sheet.anchorClicked.emit(QUrl("javascript:alert(1)"))
    assert len(opened) == 1


def test_the_day_is_that_of_the_reader(monkeypatch):
    """A control made at half past midnight on the 13th in Paris is of the 12th in UTC: its reader was on the 13th."""
    monkeypatch.setenv("TZ", "Europe/Paris")
    time.tzset()
    try:
        assert sheet.title(ControlRow("PLU", date="2025-06-12T22:30:00+00:00")).endswith("contrôlé le 13/06/2025")
        assert sheet.title(ControlRow("PLU", date="2025-06-12T10:00:00+00:00")).endswith("contrôlé le 12/06/2025")
        assert dated(ControlRow("PLU", date="2025-06-12T22:30:00+00:00")) == "contrôle du 13/06/2025"
    finally:
        monkeypatch.undo()
        time.tzset()


@pytest.mark.parametrize("date", ["", "hier", "2025-06"])
def test_a_date_that_is_none_is_left_out(date):
    assert "contrôlé" not in sheet.title(ControlRow("PLU", scot="SCoT", date=date))
    assert sheet.title(ControlRow("PLU", scot="SCoT", date=date)) == "PLU / SCoT"


def test_no_line_begins_with_a_mark_of_punctuation(rows):
    model = ResultsTree()
    model.fill(Answers(rows))
    said = unescape(sheet.of_node(rows, model.find(1), None))
    assert "logements par hectare\u00a0; le DOO" in said and " ;" not in said


def test_the_text_of_a_prescription_is_read_as_it_was_written_not_as_its_file_cut_it(rows):
    texte = (
        "Dans les secteurs, 2 500 m2 dans un\nsecteur majeur.\n\n"
        "Sont admis :\n- les équipements ;\n- les ateliers de\n  réparation."
    )
    model = ResultsTree()
    one = type(rows)(rows.controle, [replace(p, texte=texte) for p in rows.prescriptions], rows.constats)
    model.fill(Answers(one))
    lines = read(sheet.of_node(one, model.find(1), None)).splitlines()
    start = lines.index("Texte de la prescription") + 1
    assert lines[start : start + 4] == [
        "Dans les secteurs, 2 500 m2 dans un secteur majeur.",
        "Sont admis :",
        "- les équipements ;",
        "- les ateliers de réparation.",
    ]
