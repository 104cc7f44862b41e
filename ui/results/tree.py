"""The Qt model of the answers: objective of the DOO > prescription > territory, filtered in place, without proxy."""

from __future__ import annotations

from html import escape
from typing import Any, Iterable, Optional, Sequence

from qgis.PyQt.QtCore import QAbstractItemModel, QModelIndex, Qt
from qgis.PyQt.QtGui import QFont

from ...gis.instruction.decisions import FreeFinding
from ...gis.results import ConstatRow, PrescriptionRow
from .. import icons
from . import cells
from .answers import Answers
from .cells import APPRAISAL, COLUMNS, DEPARTURE, MEASURE, STATE, TITLE
from .criteria import Criteria, kept
from .nodes import Holder, Leaf, Node

_FIGURES = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
#: as Qt wants it in a model: a number, which the flags of Qt 6 no longer are
_RIGHT = _FIGURES.value if hasattr(_FIGURES, "value") else int(_FIGURES)


class ResultsTree(QAbstractItemModel):
    """`root` is not shown; its children are the objectives."""

    def __init__(self, parent: Any = None) -> None:
        super().__init__(parent)
        self.answers: Optional[Answers] = None
        self.root: Node = Node(None, None, None)
        self._bold = QFont()
        self._bold.setBold(True)

    @property
    def total(self) -> int:
        return len(self.answers.holder) if self.answers is not None else 0

    @property
    def kept(self) -> int:
        return len(self.answers.order) if self.answers is not None else 0

    def fill(self, answers: Optional[Answers]) -> None:
        """Show these answers, without filter; none empties the tree."""
        self.beginResetModel()
        self.answers = answers
        self.root = answers.root if answers is not None else Node(None, None, None)
        if answers is not None:
            answers.keep(None)
        self.endResetModel()

    def filter(self, wanted: Criteria) -> None:
        self.beginResetModel()
        if self.answers is not None:
            self.answers.keep(kept(self.answers, wanted))
        self.endResetModel()

    def set_free(self, findings: Sequence[FreeFinding], wanted: Criteria) -> None:
        """Other findings added by hand, under the same filter."""
        self.beginResetModel()
        if self.answers is not None:
            self.answers.set_free(findings)
            self.answers.keep(kept(self.answers, wanted))
        self.endResetModel()

    def refresh(self, cles: Iterable[str]) -> None:
        """Say again what was decided on these keys; what the filter keeps does not change."""
        for place in self.answers.refresh(cles) if self.answers is not None else ():
            leaf = self.answers.leaf(place)
            leaf.cells = None
            if self.is_shown(leaf):
                index = self.index_of(leaf, APPRAISAL)
                self.dataChanged.emit(index, index)

    def node(self, index: QModelIndex) -> Node:
        return index.internalPointer() if index.isValid() else self.root

    def index_of(self, node: Node, column: int = 0) -> QModelIndex:
        """Where a row is; nowhere when the filter does not keep it."""
        if node is self.root or not self.is_shown(node):
            return QModelIndex()
        if isinstance(node, Leaf):
            above = node.holder.above(self.answers.rank(node))
            above.shown  # noqa: B018 (numbers the rows)
        return self.createIndex(node.row, column, node)

    def is_shown(self, node: Node) -> bool:
        """Whether the filter keeps that row."""
        if node is self.root:
            return True
        if isinstance(node, Leaf):
            return self.answers.rank(node) is not None
        return bool(node.count)

    def find(self, constat: int) -> Optional[Leaf]:
        """The row of a constat by its number, kept by the filter or not."""
        return self.answers.find(constat) if self.answers is not None else None

    # -- what Qt asks -----------------------------------------------------------------------------

    def index(self, row: int, column: int, parent: QModelIndex = QModelIndex()) -> QModelIndex:  # noqa: B008
        shown = self.node(parent).shown
        if not (0 <= row < len(shown) and 0 <= column < len(COLUMNS)):
            return QModelIndex()
        return self.createIndex(row, column, shown[row])

    def parent(self, index: QModelIndex) -> QModelIndex:
        above = self.node(index).parent if index.isValid() else None
        return QModelIndex() if above is None or above is self.root else self.createIndex(above.row, 0, above)

    def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008
        return len(self.node(parent).shown) if parent.column() <= 0 else 0

    def hasChildren(self, parent: QModelIndex = QModelIndex()) -> bool:  # noqa: B008
        node = self.node(parent)
        return not isinstance(node, Leaf) and bool(node.count)

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
            return self._text(node, column)
        if role == Qt.ItemDataRole.DecorationRole and column == self._icon_column(node):
            return icons.of_state(node.etat)
        if role == Qt.ItemDataRole.FontRole and isinstance(node.item, str):
            return self._bold
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"<p>{escape(self._tip(node, column))}</p>"  # as markup it is cut into lines, and < stays <
        if role == Qt.ItemDataRole.AccessibleTextRole and column == TITLE and isinstance(node, Leaf):
            return ", ".join(cell for cell in self._cells(node) if cell)
        if role == Qt.ItemDataRole.TextAlignmentRole and column in (MEASURE, DEPARTURE):
            return _RIGHT
        return None

    def _text(self, node: Node, column: int) -> str:
        if isinstance(node, Leaf):
            return self._cells(node)[column]
        return cells.title(node) if column == TITLE else ""

    def _cells(self, leaf: Leaf) -> Any:
        if leaf.cells is None:
            leaf.cells = cells.of_leaf(leaf)
        return leaf.cells

    def _tip(self, node: Node, column: int) -> str:
        if isinstance(node, Leaf) and column == APPRAISAL:
            return node.answers.appraisal(node.place).tip or "Rien à apprécier"
        if isinstance(node.item, ConstatRow):
            return node.item.message
        if isinstance(node.item, FreeFinding):
            return node.item.texte
        return cells.title(node)

    def _icon_column(self, node: Node) -> int:
        """A prescription takes the whole line, its state first; an objective has counts and no icon."""
        if isinstance(node, Leaf):
            return STATE
        return TITLE if isinstance(node, Holder) and isinstance(node.item, PrescriptionRow) else -1
