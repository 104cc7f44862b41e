"""The answers: a search, the tree, the sheet of the row in hand. Tells what the map should show, never touches it."""

from __future__ import annotations

from typing import List, Optional, Set, Tuple

from qgis.gui import QgsFilterLineEdit
from qgis.PyQt.QtCore import QModelIndex, QSize, Qt, QTimer, QUrl, pyqtSignal
from qgis.PyQt.QtGui import QDesktopServices
from qgis.PyQt.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QMenu,
    QSplitter,
    QTextBrowser,
    QToolButton,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from ...checks.base import Etat
from ...gis.results import ConstatRow, EcartRow, Results
from .. import icons
from ..map.move import Move
from . import sheet, walk
from .gauge import GaugeView
from .tree import STATE, TITLE, Node, ResultsTree

#: rows under which everything is unfolded
_UNFOLDED = 400
#: usual contents of the columns: they set their widths, the title takes the rest
_USUAL = ("", "Sans écart relevé_____", "38,07 logt/ha_", "≥ 38 logt/ha_", "−100 % (pire)_")
#: no écart was asked for: the first of the row, which the map brings in sight
_NOTHING = (None, Move.ROW)
#: how long one waits for the next letter, ms
_TYPING = 120


class ResultsView(QWidget):
    """Emits `shown(écarts of the row, the current one or None, Move)`: when the row changes, and on Enter."""

    shown = pyqtSignal(object, object, object)

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.results: Optional[Results] = None
        self.model = ResultsTree(self)
        self.ecart: Optional[EcartRow] = None
        self._wanted: Tuple[Optional[EcartRow], Move] = _NOTHING
        self._stops: List[walk.Stop] = []
        self._typing = QTimer(self, singleShot=True, interval=_TYPING)
        self._typing.timeout.connect(self._apply_filter)
        self.search = QgsFilterLineEdit(self)
        self.search.setShowSearchIcon(True)
        self.search.setPlaceholderText("Rechercher : prescription, commune, zone…")
        self.search.textChanged.connect(self._typing.start)
        self.states = StateFilter(self)
        self.states.changed.connect(self._apply_filter)
        self.kept = QLabel(self)
        self.tree = self._new_tree()
        self.place = QLabel(self)
        self.sheet = QTextBrowser(self)
        self.sheet.setOpenLinks(False)
        self.sheet.anchorClicked.connect(self._follow)
        self.gauge = GaugeView(self)
        self._arrange()

    @property
    def node(self) -> Node:
        """The row in hand; the root when there is none."""
        return self.model.node(self.tree.currentIndex())

    def show_results(self, results: Optional[Results]) -> None:
        """Show a control, unfiltered, no row in hand yet. None empties the view."""
        self.results, self.ecart = results, None
        self._clear_filter()
        self.model.fill(results)
        self._after_filter()
        self._show(self.model.root)

    def step(self, forward: bool = True) -> None:
        """The next or previous écart the filter keeps (F8, Shift+F8)."""
        to = walk.following(self._stops, self._at(), forward)
        if to is not None:
            self._select(self._stops[to].node, self._stops[to].ecart)

    def keep(self, objectif: str, etat: Etat) -> None:
        """Only the answers under this objective in this state, the first of them in hand."""
        self._clear_filter()
        self.search.blockSignals(True)
        self.search.setText(objectif)
        self.search.blockSignals(False)
        self.states.choose((etat,))
        first = next(self.model.root.leaves(), None)
        if first is not None:
            self._select(first, None)
        self.tree.setFocus()

    def select_ecart(self, constat: int, cle: str) -> bool:
        """Take in hand the row of an écart seen on the map, dropping a filter that hides it. False when unknown."""
        node = self.model.find(constat)
        if node is None:
            return False
        if not self.model.is_shown(node):
            self.search.clear()
            self.states.clear()
            self._apply_filter()
        ecart = next((one for one in node.ecarts if one.cle == cle), None)
        self._select(node, ecart, Move.STAY)
        return True

    # -- parts ------------------------------------------------------------------------------------

    def _new_tree(self) -> QTreeView:
        tree = _Tree(self)
        tree.resized.connect(self._share_width)
        tree.setModel(self.model)
        tree.setUniformRowHeights(True)
        tree.setAlternatingRowColors(True)
        tree.setAllColumnsShowFocus(True)
        tree.setExpandsOnDoubleClick(False)
        tree.setIndentation(12)
        header = tree.header()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setStretchLastSection(False)
        header.setMinimumSectionSize(40)
        tree.selectionModel().currentChanged.connect(self._row_changed)
        tree.activated.connect(lambda index: self._zoom())
        return tree

    def _arrange(self) -> None:
        above = QHBoxLayout()
        above.addWidget(self.search, 1)
        above.addWidget(self.states)
        above.addWidget(self.kept)
        below = QWidget(self)
        walking = QHBoxLayout()
        walking.addWidget(self.place)
        walking.addStretch(1)
        for text, tip, forward in (("◄", "Écart précédent (Maj+F8)", False), ("►", "Écart suivant (F8)", True)):
            button = QToolButton(below)
            button.setText(text)
            button.setToolTip(tip)
            button.setAccessibleName(tip)
            button.clicked.connect(lambda checked=False, forward=forward: self.step(forward))
            walking.addWidget(button)
        column = QVBoxLayout(below)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(walking)
        column.addWidget(self.sheet)
        column.addWidget(self.gauge)
        splitter = QSplitter(Qt.Orientation.Vertical, self)
        splitter.addWidget(self.tree)
        splitter.addWidget(below)
        splitter.setStretchFactor(0, 3)
        splitter.setStretchFactor(1, 2)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(above)
        layout.addWidget(splitter, 1)

    def sizeHint(self) -> QSize:
        """Wide enough for the columns: the dock takes it the first time."""
        return QSize(self.tree.fontMetrics().horizontalAdvance("m") * 46, 600)

    def _share_width(self) -> None:
        """The title takes what the figures leave."""
        header = self.tree.header()
        metrics = self.tree.fontMetrics()
        widths = [metrics.horizontalAdvance(text) for text in _USUAL]
        room = self.tree.viewport().width() - sum(widths[STATE:])
        for column, width in enumerate(widths):
            header.resizeSection(column, max(room, metrics.horizontalAdvance("m") * 9) if column == TITLE else width)

    # -- filter -----------------------------------------------------------------------------------

    def _clear_filter(self) -> None:
        """Without telling: the rows are filtered once, by what comes next."""
        for widget in (self.search, self.states):
            widget.blockSignals(True)
        self.search.clear()
        self.states.clear()
        for widget in (self.search, self.states):
            widget.blockSignals(False)

    def _apply_filter(self) -> None:
        self._typing.stop()
        node, ecart = self.node, self.ecart
        self.model.filter(self.search.text(), self.states.chosen)
        self._after_filter()
        if node is not self.model.root and self.model.is_shown(node):
            self._select(node, ecart, Move.STAY)
        elif node is not self.model.root:
            self.ecart = None
            self._show(self.model.root)

    def _after_filter(self) -> None:
        if self.model.kept <= _UNFOLDED:
            self.tree.expandAll()
        else:
            self.tree.expandToDepth(0)
        self._span()
        self._stops = walk.stops(self.model.root)
        filtered = self.model.kept != self.model.total
        self.kept.setText(f"{self.model.kept} sur {self.model.total}" if filtered else "")
        self._say_place()

    def _span(self) -> None:
        """Objectives and prescriptions have the whole line for their title."""
        for objective in self.model.root.shown:
            self.tree.setFirstColumnSpanned(objective.row, QModelIndex(), True)
            above = self.model.index_of(objective)
            for prescription in objective.shown:
                self.tree.setFirstColumnSpanned(prescription.row, above, True)

    # -- row in hand ------------------------------------------------------------------------------

    def _select(self, node: Node, ecart: Optional[EcartRow], move: Move = Move.ROW) -> None:
        index = self.model.index_of(node)
        self._wanted = (ecart, move)
        if self.tree.currentIndex() == index:
            self._row_changed(index)
        else:
            self.tree.setCurrentIndex(index)
        self.tree.scrollTo(index)

    def _row_changed(self, index, before=None) -> None:
        """The écart that was asked for is in hand, else the first of the row."""
        node = self.model.node(index)
        (wanted, move), self._wanted = self._wanted, _NOTHING
        self.ecart = wanted or next(iter(node.ecarts), None)
        self._show(node, move)

    def _show(self, node: Node, move: Move = Move.ROW) -> None:
        self._say_place()
        if self.results is None or node is self.model.root:
            self.sheet.setHtml(sheet.NOTHING if self.results is not None else "")
            self.gauge.show_constat(None)
            self.shown.emit((), None, Move.STAY)
            return
        self.sheet.setHtml(sheet.of_node(self.results, node, self.ecart))
        self.gauge.show_constat(node.item if isinstance(node.item, ConstatRow) else None)
        self.shown.emit(node.ecarts, self.ecart, move)

    def _say_place(self) -> None:
        at = self._at()
        count = len(self._stops)
        self.place.setText(f"{at + 1} / {count}" if at is not None else f"{count} à regarder" if count else "")

    def _at(self) -> Optional[int]:
        """Where the walk stands, None before its first step."""
        return walk.position(self._stops, self.node, self.ecart) if self.node is not self.model.root else None

    def _zoom(self) -> None:
        if self.node is not self.model.root:
            self.shown.emit(self.node.ecarts, self.ecart, Move.CURRENT)

    def _follow(self, url: QUrl) -> None:
        """A link of the sheet: an écart of the row, or the DOO."""
        if url.scheme() == sheet.ECART:
            node = self.node
            self.ecart = node.ecarts[int(url.path())]
            self._show(node, Move.CURRENT)
        elif url.scheme() in ("http", "https") or (url.scheme() == "file" and url.path().lower().endswith(".pdf")):
            QDesktopServices.openUrl(url)


class _Tree(QTreeView):
    """Emits `resized()` once its own width is known: that of the window comes before."""

    resized = pyqtSignal()

    def resizeEvent(self, event) -> None:
        super().resizeEvent(event)
        self.resized.emit()


class StateFilter(QToolButton):
    """Which states are kept: a menu of them, by icon and word. `chosen` is empty when all are."""

    changed = pyqtSignal()

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.setText("État")
        self.setToolTip("Ne garder que certains états")
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        menu = QMenu(self)
        self.everything = menu.addAction("Tous les états")
        self.everything.triggered.connect(self._all)
        menu.addSeparator()
        self.actions_by_state = {}
        for etat in Etat:
            action = menu.addAction(icons.of_state(etat), etat.label)
            action.setCheckable(True)
            action.toggled.connect(self._tell)
            self.actions_by_state[etat] = action
        self.setMenu(menu)

    @property
    def chosen(self) -> Set[Etat]:
        return {etat for etat, action in self.actions_by_state.items() if action.isChecked()}

    def choose(self, etats: Tuple[Etat, ...]) -> None:
        """Keep these states only."""
        for etat, action in self.actions_by_state.items():
            action.blockSignals(True)
            action.setChecked(etat in etats)
            action.blockSignals(False)
        self._tell()

    def clear(self) -> None:
        self.choose(())

    def _all(self) -> None:
        self.clear()

    def _tell(self, *_) -> None:
        count = len(self.chosen)
        self.setText(f"État ({count})" if count else "État")
        self.changed.emit()
