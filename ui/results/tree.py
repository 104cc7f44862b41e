"""The answers as a tree: objective of the DOO > prescription > territory, filtered in place.

One model, no proxy: what a filter keeps is a list of each node, so that ten thousand rows filter while one types.
"""

from __future__ import annotations

from html import escape
from typing import Any, Collection, Iterator, List, Optional, Tuple, Union

from qgis.PyQt.QtCore import QAbstractItemModel, QModelIndex, Qt
from qgis.PyQt.QtGui import QFont

from ...checks.base import Etat, worst
from ...gis.results import ConstatRow, EcartRow, PrescriptionRow, Results
from ...rules.words import fold
from .. import icons, wording

COLUMNS = ("Territoire", "État", "Mesure", "Seuil", "Écart")
_FIGURES = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
#: as Qt wants it in a model: a number, which the flags of Qt 6 no longer are
_RIGHT = _FIGURES.value if hasattr(_FIGURES, "value") else int(_FIGURES)
TITLE, STATE, MEASURE, THRESHOLD, DEPARTURE = range(len(COLUMNS))


class Node:
    """A row. `item`: the objective (text), the prescription or the constat; `shown`: the children a filter keeps."""

    __slots__ = ("parent", "item", "etat", "own", "children", "shown", "row", "text", "cells")

    def __init__(self, parent: "Optional[Node]", item: Union[str, PrescriptionRow, ConstatRow, None]) -> None:
        self.parent, self.item = parent, item
        self.etat = Etat.SANS_OBJET
        self.own: Tuple[EcartRow, ...] = ()  # écarts of a constat
        self.children: List[Node] = []
        self.shown: List[Node] = []
        self.row = 0
        self.text = ""  # what a free-text filter looks into, folded
        self.cells: Tuple[str, ...] = ("",) * len(COLUMNS)

    @property
    def ecarts(self) -> Tuple[EcartRow, ...]:
        """Those of the constats under this node that the filter keeps."""
        return tuple(ecart for leaf in self.leaves() for ecart in leaf.own)

    def leaves(self) -> "Iterator[Node]":
        """The constats under this node that the filter keeps, itself if it is one."""
        if isinstance(self.item, ConstatRow):
            yield self
        for child in self.shown:
            yield from child.leaves()


class ResultsTree(QAbstractItemModel):
    """The model of the tree. `root` is not shown; its children are the objectives."""

    def __init__(self, parent: Any = None) -> None:
        super().__init__(parent)
        self.root = Node(None, None)
        self.total = self.kept = 0
        self._bold = QFont()
        self._bold.setBold(True)

    def fill(self, results: Optional[Results]) -> None:
        """Show these results, without filter; none empties the tree."""
        self.beginResetModel()
        self.root = _build(results) if results is not None else Node(None, None)
        self.total = sum(1 for _ in _every(self.root))
        self._keep("", ())
        self.endResetModel()

    def filter(self, text: str, etats: Collection[Etat]) -> None:
        """Keep the constats that hold every word of `text`, accents and case aside, in one of these states (none: all).

        The words are sought in the constat, its prescription, its objective and the labels of its objects.
        """
        self.beginResetModel()
        self._keep(text, etats)
        self.endResetModel()

    def node(self, index: QModelIndex) -> Node:
        return index.internalPointer() if index.isValid() else self.root

    def index_of(self, node: Node, column: int = 0) -> QModelIndex:
        return QModelIndex() if node is self.root else self.createIndex(node.row, column, node)

    def is_shown(self, node: Node) -> bool:
        """Whether the filter keeps that node."""
        while node.parent is not None:
            if node not in node.parent.shown:
                return False
            node = node.parent
        return node is self.root

    def find(self, constat: int) -> Optional[Node]:
        """The row of a constat by its number, kept by the filter or not."""
        return next((leaf for leaf in _every(self.root) if leaf.item.id == constat), None)

    # -- what Qt asks -----------------------------------------------------------------------------

    def index(self, row: int, column: int, parent: QModelIndex = QModelIndex()) -> QModelIndex:  # noqa: B008
        shown = self.node(parent).shown
        if not (0 <= row < len(shown) and 0 <= column < len(COLUMNS)):
            return QModelIndex()
        return self.createIndex(row, column, shown[row])

    def parent(self, index: QModelIndex) -> QModelIndex:
        above = self.node(index).parent if index.isValid() else None
        return QModelIndex() if above is None else self.index_of(above)

    def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008
        return len(self.node(parent).shown) if parent.column() <= 0 else 0

    def columnCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008
        return len(COLUMNS)

    def headerData(self, section: int, orientation: Any, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return COLUMNS[section]
        return None

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        node, column = index.internalPointer(), index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            if isinstance(node.item, str):
                return f"{node.item} · {wording.counts(leaf.etat for leaf in node.leaves())}" if column == TITLE else ""
            return node.cells[column]
        if role == Qt.ItemDataRole.DecorationRole and column == self._icon_column(node):
            return icons.of_state(node.etat)
        if role == Qt.ItemDataRole.FontRole and isinstance(node.item, str):
            return self._bold
        if role == Qt.ItemDataRole.ToolTipRole:
            said = node.item.message if isinstance(node.item, ConstatRow) else node.cells[TITLE]
            return f"<p>{escape(said)}</p>"  # as markup it is cut into lines, and a name with < stays one
        if role == Qt.ItemDataRole.TextAlignmentRole and column in (MEASURE, DEPARTURE):
            return _RIGHT
        return None

    def _icon_column(self, node: Node) -> int:
        """A prescription takes the whole line, its state first; an objective has counts and no icon."""
        if isinstance(node.item, ConstatRow):
            return STATE
        return TITLE if isinstance(node.item, PrescriptionRow) else -1

    def _keep(self, text: str, etats: Collection[Etat]) -> None:
        words = _sought(text).split()
        self.kept = 0
        for objective in self.root.children:
            for prescription in objective.children:
                prescription.shown = [
                    leaf
                    for leaf in prescription.children
                    if (not etats or leaf.etat in etats) and all(word in leaf.text for word in words)
                ]
                _number(prescription.shown)
                self.kept += len(prescription.shown)
            objective.shown = [node for node in objective.children if node.shown]
            _number(objective.shown)
        self.root.shown = [node for node in self.root.children if node.shown]
        _number(self.root.shown)


def _build(results: Results) -> Node:
    """The whole tree, in the order of the rule file; an objective is where its first prescription is."""
    root = Node(None, None)
    objectives: "dict[str, Node]" = {}
    by_id: "dict[str, Node]" = {}
    for prescription in results.prescriptions:
        title = prescription.sous
        above = objectives.get(title)
        if above is None:
            above = objectives[title] = _added(root, title)
            above.cells = (title, *[""] * (len(COLUMNS) - 1))
        node = by_id[prescription.id] = _added(above, prescription)
        node.etat = prescription.etat
    for constat in results.constats:
        _leaf(by_id[constat.prescription], constat, results.ecarts.get(constat.id, ()))
    for node in by_id.values():
        _finish(node)
    for above in objectives.values():
        above.etat = worst([node.etat for node in above.children])
    return root


def _leaf(above: Node, constat: ConstatRow, ecarts: Tuple[EcartRow, ...]) -> None:
    leaf = _added(above, constat)
    leaf.etat, leaf.own = constat.etat, ecarts
    leaf.cells = (
        wording.place(constat),
        constat.etat.label,
        wording.measured(constat),
        wording.bound(constat),
        wording.departure(constat),
    )
    prescription = above.item
    said = (
        prescription.objectif,
        prescription.id,
        prescription.intitule,
        prescription.theme,
        leaf.cells[TITLE],
        constat.territoire,
        constat.message,
        *(ecart.libelle for ecart in ecarts),
    )
    leaf.text = _sought(" ".join(said))


def _sought(text: str) -> str:
    """As a filter compares it: without accents, case, nor the apostrophe of word processors."""
    return fold(text.replace("’", "'"))


def _finish(node: Node) -> None:
    prescription = node.item
    node.cells = (f"{prescription.etat.label} · {prescription.id} {prescription.intitule}", *[""] * (len(COLUMNS) - 1))


def _added(parent: Node, item: Union[str, PrescriptionRow, ConstatRow]) -> Node:
    node = Node(parent, item)
    parent.children.append(node)
    return node


def _number(nodes: List[Node]) -> None:
    for row, node in enumerate(nodes):
        node.row = row


def _every(root: Node) -> Iterator[Node]:
    """Every constat, kept by the filter or not."""
    for objective in root.children:
        for prescription in objective.children:
            yield from prescription.children
