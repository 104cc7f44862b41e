"""The tree of the answers: what each row says, and what the filters keep."""

from __future__ import annotations

from html import unescape

import pytest
from qgis.PyQt.QtCore import QModelIndex, Qt
from scot_compat.checks.base import Etat
from scot_compat.gis.results import ConstatRow, EcartRow, PrescriptionRow
from scot_compat.ui.results.answers import Answers
from scot_compat.ui.results.cells import COLUMNS
from scot_compat.ui.results.criteria import Criteria
from scot_compat.ui.results.tree import ResultsTree


@pytest.fixture
def tree(qgis_app, qtmodeltester, rows):
    model = ResultsTree()
    model.fill(Answers(rows))
    qtmodeltester.check(model)
    return model


def texts(model, above=None):
    """The rows as nested pairs: (cells, rows below)."""
    above = above or QModelIndex()
    found = []
    for row in range(model.rowCount(above)):
        cells = [model.index(row, column, above).data() for column in range(model.columnCount())]
        found.append((cells, texts(model, model.index(row, 0, above))))
    return found


def constats(model):
    return [leaf.item.id for leaf in model.root.leaves()]


def test_objective_then_prescription_then_territory(tree):
    said = texts(tree)
    assert [(cells[0], [below[0] for below, _ in inner]) for cells, inner in said] == [
        (
            "2.1 Un habitat économe en foncier · 1 marqué, 1 faible, 1 non évalué, 1 sans écart",
            ["Écart marqué · P12 Densité minimale en extension"],
        ),
        (
            "3.1 La trame verte · 1 marqué, 1 à apprécier, 1 sans objet",
            ["Écart marqué · P31 Corridors & haies", "À apprécier · P36 Énergie", "Sans objet · P40 Captages"],
        ),
    ]
    assert [cells for cells, _ in said[0][1][0][1]] == [
        ["Lens", "Écart marqué", "18,2 logt/ha", "≥ 35 logt/ha", "−48 %", "En attente"],
        ["Bully", "Écart faible", "23 logt/ha", "≥ 25 logt/ha", "−8 %", "En attente"],
        ["Grenay", "Sans écart relevé", "27,4 logt/ha", "≥ 25 logt/ha", "", ""],
        ["Mazingarbe", "Non évalué", "", "", "", "En attente"],
    ]
    assert said[1][1][0][1][0][0] == ["PLU entier", "Écart marqué", "1,2 ha", "≤ 0 m²", "1,2 ha", "En attente"]


def test_headers(tree):
    assert [tree.headerData(column, Qt.Orientation.Horizontal) for column in range(6)] == list(COLUMNS)


def test_every_state_has_its_own_icon_and_its_word(of):
    pictures, words = set(), set()
    for etat in Etat:
        model = ResultsTree()
        model.fill(Answers(of([PrescriptionRow("P", "I", "O", etat)], [ConstatRow(1, "c", "P", etat, "Une phrase.")])))
        above = model.index(0, 0, model.index(0, 0))
        icon = model.index(0, 1, above).data(Qt.ItemDataRole.DecorationRole)
        assert above.data(Qt.ItemDataRole.DecorationRole).cacheKey() == icon.cacheKey()
        image = icon.pixmap(16, 16).toImage()
        pictures.add(bytes(image.constBits().asarray(image.sizeInBytes())))
        words.add(model.index(0, 1, above).data())
    assert len(pictures) == len(words) == 8


def test_an_objective_is_where_its_first_prescription_is_and_none_is_lost(of):
    """The order is that of the rule file; a prescription without objective has its own place."""
    etat = Etat.SANS_ECART
    model = ResultsTree()
    prescriptions = [PrescriptionRow(id, id, above, etat) for id, above in (("A", "X"), ("B", ""), ("C", "X"))]
    model.fill(
        Answers(of(prescriptions, [ConstatRow(n, str(n), one.id, etat, "") for n, one in enumerate(prescriptions)]))
    )
    assert [(cells[0], len(inner)) for cells, inner in texts(model)] == [
        ("X · 2 sans écart", 2),
        ("Sans objectif · 1 sans écart", 1),
    ]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("", [1, 2, 3, 4, 5, 6, 7]),
        ("lens", [1]),
        ("LENS", [1]),
        ("densite", [1, 2, 3, 4]),  # title of the prescription, without accent
        ("energie", [6]),
        ("Énergie", [6]),
        ("trame verte", [5, 6, 7]),  # its objective
        ("P31", [5]),
        ("tvb", [5]),  # its theme
        ("ecœuvres", [5]),  # label of one of its objects
        ("ecoeuvres", [5]),
        ("foret d'ecoeuvres", [5]),
        ("forêt d’Écœuvres", [5]),  # the apostrophe of a word processor
        ("densite bully", [2]),  # every word
        ("densite corridor", []),
        ("62386", [3]),  # INSEE code
        ("  lens   18,2 ", [1]),  # its sentence
    ],
)
def test_filter_by_text_accents_and_case_aside(tree, text, kept):
    tree.filter(Criteria(text))
    assert constats(tree) == kept
    assert (tree.kept, tree.total) == (len(kept), 7)


@pytest.mark.parametrize(
    ("text", "etats", "kept"),
    [
        ("", {Etat.ECART_MARQUE}, [1, 5]),
        ("", {Etat.ECART_MARQUE, Etat.NON_EVALUE}, [1, 4, 5]),
        ("densite", {Etat.ECART_MARQUE, Etat.NON_EVALUE}, [1, 4]),
        ("trame", {Etat.ECART_FAIBLE}, []),
    ],
)
def test_filter_by_state_and_both(tree, text, etats, kept):
    tree.filter(Criteria(text, frozenset(etats)))
    assert constats(tree) == kept


def test_counts_and_rows_are_those_that_the_filter_keeps(tree):
    tree.filter(Criteria(states=frozenset({Etat.ECART_FAIBLE})))
    [(cells, [(prescription, leaves)])] = texts(tree)
    assert cells[0] == "2.1 Un habitat économe en foncier · 1 faible"
    assert prescription[0].startswith("Écart marqué · P12")  # the prescription keeps its own state
    assert [row[0][0] for row in leaves] == ["Bully"]


def test_a_model_filtered_then_emptied_stays_sound(tree, qtmodeltester):
    tree.filter(Criteria("densite"))
    qtmodeltester.check(tree)
    tree.fill(None)
    qtmodeltester.check(tree)
    assert tree.rowCount() == tree.total == 0


def test_find_sees_what_the_filter_hides(tree):
    tree.filter(Criteria("bully"))
    assert tree.find(5).item.cle == "c5" and not tree.is_shown(tree.find(5))
    assert tree.is_shown(tree.find(2)) and tree.find(99) is None


def test_tooltip_is_the_sentence_shown_as_it_is_written(of):
    """A name with < or & is not taken for a markup."""
    said = "La zone <b>1AU</b> & « N » touche le corridor."
    model = ResultsTree()
    prescription = PrescriptionRow("P", "Un <i>titre</i>", "O", Etat.ECART_MARQUE)
    model.fill(Answers(of([prescription], [ConstatRow(1, "c", "P", Etat.ECART_MARQUE, said)])))
    above = model.index(0, 0, model.index(0, 0))
    tip = model.index(0, 0, above).data(Qt.ItemDataRole.ToolTipRole)
    assert "<b>" not in tip and said in unescape(tip)
    assert "<i>" not in above.data(Qt.ItemDataRole.ToolTipRole)


def test_ecarts_of_a_row_are_those_of_all_its_constats(tree):
    objective = tree.root.children[0]
    assert [one.cle for one in objective.ecarts] == ["k1", "k2", "k3"]
    assert [one.cle for one in objective.children[0].ecarts] == ["k1", "k2", "k3"]
    assert [one.cle for one in tree.find(1).ecarts] == ["k1", "k2"]


def test_figures_are_aligned_to_the_right(tree):
    above = tree.index(0, 0, tree.index(0, 0))
    for column, right in ((0, False), (2, True), (4, True)):
        alignment = tree.index(0, column, above).data(Qt.ItemDataRole.TextAlignmentRole)
        assert bool(alignment and int(alignment) & 2) is right


def test_ecarts_of_an_unknown_constat_do_no_harm(of):
    """A dossier damaged by hand: an écart without its constat is left aside."""
    lost = EcartRow("ecarts", 1, "k", 99, Etat.ECART_MARQUE)
    model = ResultsTree()
    model.fill(Answers(of([PrescriptionRow("P", "I", "O", Etat.SANS_ECART)], [], [lost])))
    assert model.rowCount() == 0 and model.total == 0
