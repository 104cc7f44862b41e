"""What a right click offers: the sentence, the rows as a table, the DOO, the règlement, the form of the zone."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest
from qgis.gui import QgsAttributeDialog
from qgis.PyQt.QtCore import QItemSelectionModel, Qt
from qgis.PyQt.QtGui import QContextMenuEvent, QDesktopServices
from qgis.PyQt.QtWidgets import QApplication, QMenu
from scot_compat.gis.dossier_results import DossierResults
from scot_compat.ui.results.view import ResultsView


@pytest.fixture
def show(qtbot):
    """Function `(results) -> view`."""

    def shown(results):
        made = ResultsView()
        qtbot.addWidget(made)
        made.resize(900, 900)
        made.show()
        qtbot.waitExposed(made)
        made.messages = []
        made.said.connect(made.messages.append)
        made.show_results(results)
        QApplication.clipboard().clear()
        return made

    return shown


@pytest.fixture
def opened(monkeypatch):
    """Addresses given to the desktop."""
    found = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: found.append(url.toString()) or True)
    return found


def select(view, *nodes):
    view.tree.clearSelection()
    for node in nodes:
        flags = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
        view.tree.selectionModel().select(view.model.index_of(node), flags)


def entry(view, node, beginning):
    """The entry of a row's menu whose text begins so, the menu kept alive with it."""
    menu = view.menu.menu(node)
    view.kept_menu = menu
    return next(action for action in menu.actions() if action.text().startswith(beginning))


def pasted():
    return QApplication.clipboard().mimeData()


def test_the_sentence_of_a_row(show, rows):
    view = show(rows)
    entry(view, view.model.find(2), "Copier la phrase").trigger()
    assert pasted().text() == "La densité prévue à Bully est de 23."


def test_a_prescription_has_no_sentence_and_says_why(show, rows):
    view = show(rows)
    action = entry(view, view.model.find(2).holder, "Copier la phrase")
    assert not action.isEnabled() and "constat" in action.toolTip()


def test_rows_selected_are_copied_as_a_table(show, rows):
    view = show(rows)
    select(view, view.model.find(1), view.model.find(5))
    entry(view, view.model.find(1), "Copier en tableau (2 lignes)").trigger()
    header, first, second = pasted().text().split("\n")
    assert header.split("\t") == [
        *("Objectif", "Prescription", "Intitulé", "Territoire", "État", "Mesure", "Seuil", "Écart"),
        *("Appréciation", "Constat"),
    ]
    assert first.split("\t") == [
        *("2.1 Un habitat économe en foncier", "P12", "Densité minimale en extension", "Lens", "Écart marqué"),
        *("18,2 logt/ha", "≥ 35 logt/ha", "−48 %", "En attente"),
        "La densité prévue à Lens est de 18,2 logements par hectare ; le DOO en demande au moins 35.",
    ]
    assert second.split("\t")[2] == "Corridors & haies"
    assert "<td>Corridors &amp; haies</td>" in pasted().html() and "<th>Objectif</th>" in pasted().html()


@pytest.mark.parametrize("begin", ["=", "+", "-", "@"])
def test_a_cell_never_begins_a_formula(show, rows, begin):
    view = show(rows.but(1, message=f"{begin}HYPERLINK(1)\tsuite\nfin"))
    select(view, view.model.find(1))
    view.menu.copy_rows()
    _, line = pasted().text().split("\n")
    assert line.split("\t")[-1] == f"'{begin}HYPERLINK(1) suite fin"
    assert f">{begin}" not in pasted().html()


def test_ctrl_c_copies_the_rows(show, rows, qtbot):
    view = show(rows)
    view.tree.setCurrentIndex(view.model.index_of(view.model.find(2)))
    qtbot.keyClick(view.tree, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert "Bully" in pasted().text() and "\t" in pasted().text()
    view.tree.clearSelection()
    qtbot.keyClick(view.tree, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert view.messages == ["Aucun constat n'est sélectionné."]


def test_too_many_rows_are_not_copied_and_it_is_said(show, rows, monkeypatch):
    from scot_compat.ui.results import menu

    monkeypatch.setattr(menu, "MOST", 3)
    view = show(rows)
    select(view, view.model.find(1).holder)
    action = entry(view, view.model.find(1), "Copier en tableau (4 lignes)")
    assert not action.isEnabled() and "filtrez" in action.toolTip()


def test_the_doo_at_its_page(show, rows, opened):
    view = show(rows)
    entry(view, view.model.find(1), "Ouvrir le DOO, page 45").trigger()
    entry(view, view.model.find(1).holder, "Ouvrir le DOO, page 45").trigger()
    assert opened == ["https://exemple.fr/doo.pdf#page=45"] * 2
    missing = entry(view, view.model.find(5), "Ouvrir le DOO")
    assert not missing.isEnabled() and "adresse du DOO" in missing.toolTip()
    above = entry(view, view.model.root.shown[0], "Ouvrir le DOO")
    assert not above.isEnabled() and "prescription" in above.toolTip()


@pytest.mark.parametrize(
    ("url", "allowed"),
    [
        ("http://exemple.fr/doo.pdf", True),
        ("file:///doo/DOO.PDF#page=3", True),
        ("file:///bin/sh", False),
        ("javascript:alert(1)", False),
        ("https:", False),
        ("\\\\serveur\\doo.pdf", False),
    ],
)
def test_only_web_pages_and_pdf_files_are_opened(show, rows, opened, url, allowed):
    prescriptions = [replace(one, url=url) for one in rows.prescriptions]
    every = [one for several in rows.ecarts.values() for one in several]
    view = show(type(rows)(rows.controle, prescriptions, rows.constats, every))
    action = entry(view, view.model.find(1), "Ouvrir le DOO")
    assert action.isEnabled() is allowed
    action.trigger()
    assert len(opened) == allowed


def test_without_a_dossier_the_zones_are_not_known(show, rows):
    view = show(rows)
    for text in ("Ouvrir le règlement", "Ouvrir la fiche de la zone"):
        action = entry(view, view.model.find(1), text)
        assert not action.isEnabled() and "dossier" in action.toolTip()


@pytest.fixture
def results(dossier):
    return DossierResults(dossier)


def of_zones(view, several):
    """A constat of the demonstration with one zone at fault, or with several."""
    for constat in view.results.constats:
        leaf = view.model.find(constat.id)
        zones = {one.objet_id for one in leaf.own if one.objet == "ZONE_URBA"}
        if zones and len(zones) == len({one.objet_id for one in leaf.own}) and (len(zones) > 1) is several:
            return leaf, zones
    raise AssertionError("the demonstration has none")


def put(path, **values):
    with closing(sqlite3.connect(str(path))) as connection, connection:
        for name in ("ST_IsEmpty", "ST_MinX", "ST_MinY", "ST_MaxX", "ST_MaxY"):
            connection.create_function(name, 1, lambda blob: 0)
        connection.execute("DROP TABLE IF EXISTS rtree_zones_geom")
        for trigger in [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")]:
            connection.execute(f'DROP TRIGGER "{trigger}"')
        for name, value in values.items():
            connection.execute(f"UPDATE zones SET {name} = ?", [value])


def test_the_reglement_of_the_only_zone(show, results, dossier, opened):
    put(dossier, urlfic="https://exemple.fr/reglement.pdf", nomfic="reglement.pdf")
    view = show(results)
    leaf, _ = of_zones(view, several=False)
    action = entry(view, leaf, "Ouvrir le règlement : ")
    action.trigger()
    assert opened == ["https://exemple.fr/reglement.pdf"]


def test_several_zones_are_a_submenu(show, results, dossier, opened):
    put(dossier, urlfic="https://exemple.fr/reglement.pdf")
    view = show(results)
    leaf, zones = of_zones(view, several=True)
    inner = entry(view, leaf, "Ouvrir le règlement").menu()
    assert len(inner.actions()) == len(zones)
    inner.actions()[1].trigger()
    assert opened == ["https://exemple.fr/reglement.pdf"]


@pytest.mark.parametrize(
    ("urlfic", "nomfic", "said"),
    [("", "REG_2020.pdf", "REG_2020.pdf"), ("", "", "URLFIC"), ("file:///etc/passwd", "", "page web")],
)
def test_a_reglement_without_a_web_address_is_greyed_with_its_reason(
    show, results, dossier, opened, urlfic, nomfic, said
):
    put(dossier, urlfic=urlfic, nomfic=nomfic)
    view = show(results)
    leaf, _ = of_zones(view, several=False)
    action = entry(view, leaf, "Ouvrir le règlement : ")
    assert not action.isEnabled() and said in action.toolTip()
    assert not nomfic or nomfic in action.text()
    action.trigger()
    assert opened == []


def test_the_form_of_the_zone_at_fault(show, results, qtbot):
    view = show(results)
    leaf, (objet_id,) = of_zones(view, several=False)
    entry(view, leaf, "Ouvrir la fiche de la zone : ").trigger()
    [dialog] = [one for one in QApplication.topLevelWidgets() if isinstance(one, QgsAttributeDialog)]
    assert dialog.isVisible() and dialog.feature()["objet_id"] == objet_id
    with qtbot.waitSignal(dialog.destroyed):  # it holds the file of the dossier, which a control could not replace
        dialog.close()


def test_a_zone_that_left_the_dossier_is_said(show, results, dossier):
    view = show(results)
    leaf, _ = of_zones(view, several=False)
    action = entry(view, leaf, "Ouvrir la fiche de la zone : ")
    dossier.unlink()
    action.trigger()
    assert len(view.messages) == 1 and "n'est plus dans le dossier" in view.messages[0]
    assert not entry(view, leaf, "Ouvrir le règlement").isEnabled()


def test_the_key_of_menus_opens_the_menu_of_the_row_in_hand(show, rows, monkeypatch):
    view = show(rows)
    asked = []
    view.tree.menu_asked.connect(lambda node, at: asked.append(node.item.id))
    monkeypatch.setattr(QMenu, "popup", lambda menu, at: None)
    view.tree.setCurrentIndex(view.model.index_of(view.model.find(2)))
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, view.rect().topLeft())
    QApplication.sendEvent(view.tree.viewport(), event)
    assert asked == [2]
