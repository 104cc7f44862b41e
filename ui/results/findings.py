"""The tree of the answers as a widget: columns, unfolding, what is selected."""

from __future__ import annotations

from typing import List, Optional, Set

from qgis.PyQt.QtCore import QModelIndex, QPoint, pyqtSignal
from qgis.PyQt.QtGui import QContextMenuEvent, QKeySequence
from qgis.PyQt.QtWidgets import QAbstractItemView, QHeaderView, QTreeView, QWidget

from .cells import APPRAISAL, DEPARTURE, MEASURE, STATE, THRESHOLD, TITLE
from .nodes import Holder, Leaf, Node, Part
from .tree import ResultsTree

#: answers under which everything is unfolded
_UNFOLDED = 400
#: usual contents of the columns: they set their widths, the title takes the rest
_USUAL = ("", "Sans écart relevé_____", "38,07 logt/ha_", "≥ 38 logt/ha_", "−100 % (pire)_", "À compléter__")
#: columns that give way where there is no room for all, the first one first: the sheet says them too
_DROPPED = (THRESHOLD, MEASURE, DEPARTURE)
#: lines of the tree seen at least
_LINES = 7


class FindingsTree(QTreeView):
    """Emits `copy_asked()` on Ctrl+C, `menu_asked(node, place on the screen)` on a right click or the key of menus."""

    copy_asked = pyqtSignal()
    menu_asked = pyqtSignal(object, QPoint)

    def __init__(self, model: ResultsTree, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self._model = model
        self.setModel(model)
        self.setAccessibleName("Constats par objectif et par prescription")
        self.setUniformRowHeights(True)
        self.setAlternatingRowColors(True)
        self.setAllColumnsShowFocus(True)
        self.setExpandsOnDoubleClick(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setIndentation(12)
        self.setMinimumHeight(_LINES * self.fontMetrics().height())
        header = self.header()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setStretchLastSection(False)
        header.setMinimumSectionSize(40)
        self.expanded.connect(self._unfolded)

    def unfold(self) -> None:
        """After the rows changed: all of them when they are few, else the prescriptions."""
        self._span(self._model.root)
        if self._model.kept <= _UNFOLDED:
            self.expandAll()
        else:
            self.expandToDepth(0)

    def chosen(self) -> List[Leaf]:
        """The answers selected, and those that the filter keeps under the rows selected, in the order of the tree."""
        nodes = [self._model.node(index) for index in self.selectionModel().selectedRows(TITLE)]
        found = {leaf.place: leaf for node in nodes for leaf in node.leaves()}
        answers = self._model.answers
        return sorted(found.values(), key=lambda leaf: answers.key[leaf.place])

    def count_chosen(self) -> int:
        """How many they are, without making their rows."""
        ranks: Set[int] = set()
        for index in self.selectionModel().selectedRows(TITLE):
            ranks.update(range(*self._model.node(index).span))
        return len(ranks)

    def only_answers(self) -> bool:
        """Whether every row selected is an answer, and no prescription nor objective."""
        rows = self.selectionModel().selectedRows(TITLE)
        return all(isinstance(self._model.node(index), Leaf) for index in rows)

    def _span(self, above: Node) -> None:
        """What is no answer has the whole line for its title."""
        index = self._model.index_of(above)
        for node in above.shown:
            self.setFirstColumnSpanned(node.row, index, True)
            if not isinstance(node, Holder):
                self._span(node)

    def _unfolded(self, index: QModelIndex) -> None:
        """Slices are made, and spanned, when their prescription is unfolded."""
        node = self._model.node(index)
        if isinstance(node, Holder) and node.shown and isinstance(node.shown[0], Part):
            for part in node.shown:
                self.setFirstColumnSpanned(part.row, index, True)

    def resizeEvent(self, event) -> None:
        """The title takes what the figures leave; the width of the window is known only now."""
        super().resizeEvent(event)
        metrics, header = self.fontMetrics(), self.header()
        widths = [metrics.horizontalAdvance(text) for text in _USUAL]
        least, room = metrics.horizontalAdvance("m") * 9, self.viewport().width()
        hidden = set()
        for column in _DROPPED:
            if least + sum(width for other, width in enumerate(widths) if other not in hidden) > room:
                hidden.add(column)
        if hidden == set(_DROPPED):  # as much of the word of the state as there is room for; its icon always
            narrow = room - least - widths[APPRAISAL]
            widths[STATE] = min(widths[STATE], max(narrow, metrics.horizontalAdvance("m") * 6))
        widths[TITLE] = max(room - sum(width for other, width in enumerate(widths) if other not in hidden), least)
        for column, width in enumerate(widths):
            header.setSectionHidden(column, column in hidden)
            header.resizeSection(column, width)

    def contextMenuEvent(self, event) -> None:
        """By the keyboard it opens on the row in hand."""
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if by_key else self.indexAt(event.pos())
        if not index.isValid():
            return
        spot = self.visualRect(index).center() if by_key else event.pos()
        self.menu_asked.emit(self._model.node(index), self.viewport().mapToGlobal(spot))

    def keyPressEvent(self, event) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_asked.emit()
            event.accept()
        else:
            super().keyPressEvent(event)
