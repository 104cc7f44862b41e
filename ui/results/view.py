"""The answers: filters, tree, sheet of the row in hand. Tells what the map should show, never touches it."""

from __future__ import annotations

from typing import Iterable, Optional, Tuple

from qgis.gui import QgsMapCanvas
from qgis.PyQt.QtCore import QEvent, QSize, Qt, QUrl, pyqtSignal
from qgis.PyQt.QtWidgets import QSplitter, QVBoxLayout, QWidget

from ...checks.base import Etat
from ...checks.wording import number
from ...gis.instruction.decisions import FreeFinding, Refused
from ...gis.instruction.notebook import Notebook
from ...gis.results import ConstatRow, EcartRow, PrescriptionRow, Results
from ..instruction import targets
from ..instruction.form import author
from ..map.move import Move
from ..map.outline import MOST
from ..map.sight import Sight
from . import links, sheet, walk
from .answers import Answers
from .filters import FilterBar
from .findings import FindingsTree
from .menu import RowMenu
from .nodes import Leaf, Node
from .nothing import NothingKept
from .sheet_panel import SheetPanel
from .slowly import Slowly
from .tree import ResultsTree

#: no écart was asked for: the first of the row, which the map brings in sight
_NOTHING = (None, Move.ROW)


class ResultsView(QWidget):
    """Emits `shown(écarts of the row, the current one or None, Move)`: when the row changes, and on Enter.

    Of a row with more écarts than the map outlines, those of the answer in hand; else the pieces of the current one.
    `said(sentence)`: what could not be done.
    `finding_asked(finding or None)`: to write a finding by hand, or to amend that one.
    """

    shown = pyqtSignal(object, object, object)
    said = pyqtSignal(str)
    finding_asked = pyqtSignal(object)

    def __init__(self, parent: Optional[QWidget] = None, canvas: Optional[QgsMapCanvas] = None) -> None:
        super().__init__(parent)
        self.results: Optional[Results] = None
        self.model = ResultsTree(self)
        self.ecart: Optional[EcartRow] = None
        self._wanted: Tuple[Optional[EcartRow], Move] = _NOTHING
        self._outdated = False  # decisions were taken since they were filtered on
        self.filters = FilterBar(self)
        self.filters.changed.connect(self._apply_filter)
        self.tree = FindingsTree(self.model, self)
        self.tree.selectionModel().currentChanged.connect(self._row_changed)
        self.tree.selectionModel().selectionChanged.connect(lambda *_: self._show_form())
        self.tree.activated.connect(lambda index: self._zoom())
        self.nothing = NothingKept(self.tree)
        self.nothing.everything.clicked.connect(self.filters.everything.click)
        self.panel = SheetPanel(self)
        self.panel.stepped.connect(self.step)
        self.panel.followed.connect(self._follow)
        self.search, self.states, self.kept = self.filters.search, self.filters.states, self.filters.kept
        self.panel.add_asked.connect(lambda: self.finding_asked.emit(None))
        self.sheet, self.place, self.gauge = self.panel.sheet, self.panel.place, self.panel.gauge
        self.form = self.panel.form
        self.form.changed.connect(self.refresh_appraisals)
        self.menu = RowMenu(self.tree)
        self._slowly = Slowly(self)
        self.menu.said.connect(self.said)
        self.menu.amend_asked.connect(self.finding_asked)
        self.menu.withdraw_asked.connect(self._withdraw)
        self.tree.menu_asked.connect(self.menu.popup)
        self.sight = Sight(canvas, self) if canvas is not None else None
        self.filters.on_map.setVisible(canvas is not None)
        if self.sight is not None:
            self.filters.sight_asked.connect(lambda asked: self.sight.follow(self.results if asked else None))
            self.sight.changed.connect(self.filters.see)
            self.sight.failed.connect(self.said)
        self._arrange()

    @property
    def node(self) -> Node:
        """The row in hand; the root when there is none."""
        return self.model.node(self.tree.currentIndex())

    def show_results(self, results: Optional[Results], answers: Optional[Answers] = None) -> None:
        """Show a control, unfiltered, no row in hand yet. None empties the view.

        `answers`: what was built of it in the background; it is built now when it is not given.
        """
        if results is not None and answers is None:
            answers = Answers(results)
        if self.model.answers is not None:
            self._slowly.let_go(self.model.answers.heavy)
        self.results, self.ecart, self._outdated = results, None, False
        self.menu.results = results
        self.filters.offer(answers)
        self.model.fill(answers)
        self._after_filter()
        self._show(self.model.root)

    def refresh(self) -> None:
        """Others may have decided, or added findings, since the dossier was read."""
        if self.results is not None:
            self.refresh_appraisals(self.results.notebook.held)
            self.refresh_free()
            self._show(self.node, Move.STAY)

    @property
    def prescription(self) -> str:
        """The identifier of the prescription in hand, "" without one."""
        node = self.node.holder if isinstance(self.node, Leaf) else self.node
        return node.item.id if isinstance(node.item, PrescriptionRow) else ""

    def step(self, forward: bool = True) -> None:
        """The next or previous écart the filter keeps (F8, Shift+F8)."""
        answers = self.model.answers
        if answers is None:
            return
        to = walk.following(walk.count(answers), self._at(), forward)
        if to is None:
            return
        stop = walk.stop(answers, to)
        if self._outdated:  # what was decided since goes now, not under the eyes of the user
            self._apply_filter()
            if answers.rank(stop.node) is None:
                to = walk.beside(answers, stop.node, forward)
                if to is None:
                    return
                stop = walk.stop(answers, to)
        self._select(stop.node, stop.ecart)

    def select_ecart(self, constat: int, cle: str) -> bool:
        """Take in hand the row of an écart seen on the map, dropping a filter that hides it. False when unknown."""
        node = self.model.find(constat)
        if node is None:
            return False
        if not self.model.is_shown(node):
            self.filters.clear()
            self._apply_filter()
        ecart = next((one for one in node.own if one.cle == cle), None)
        self._select(node, ecart, Move.STAY)
        return True

    def ask(self, objective: str = "", etat: Optional[Etat] = None) -> None:
        """Keep only the answers of that objective of the DOO, in that state; the first of them in hand."""
        self.filters.ask(objective, etat)
        first = next(self.model.root.leaves(), None)
        if first is not None:
            self._select(first, None)
        self.tree.setFocus()

    def refresh_appraisals(self, cles: Iterable[str]) -> None:
        """Something was decided on these keys. The rows stay where they are until the next filter or step."""
        self.model.refresh(cles)
        if self.model.answers is not None:
            self.filters.recount(self.model.answers)
        criteria = self.filters.criteria
        self._outdated = bool(criteria.to_do or criteria.decisions)
        self._show_form()

    def refresh_free(self) -> None:
        """Findings were added by hand, amended or withdrawn."""
        if self.model.answers is None or self.results is None:
            return
        node, ecart = self.node, self.ecart
        self.model.set_free(self.results.notebook.free, self.filters.criteria)
        self.filters.recount(self.model.answers)
        self._after_filter()
        if isinstance(node, Leaf):
            node = next((self.model.answers.leaf(one) for one in self.model.answers.places_of(node.item.cle)), None)
        self._take_again(node, ecart)

    def stop(self) -> None:
        """Nothing is asked any more in the background."""
        if self.sight is not None:
            self.sight.follow(None)

    # -- parts ------------------------------------------------------------------------------------

    def _arrange(self) -> None:
        splitter = QSplitter(Qt.Orientation.Vertical, self)
        splitter.addWidget(self.tree)
        splitter.addWidget(self.panel)
        splitter.setChildrenCollapsible(False)
        splitter.setStretchFactor(0, 2)
        splitter.setStretchFactor(1, 3)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.filters)
        layout.addWidget(splitter, 1)

    def sizeHint(self) -> QSize:
        """Wide enough for the columns: the dock takes it the first time."""
        return QSize(self.tree.fontMetrics().horizontalAdvance("m") * 54, 600)

    # -- filter -----------------------------------------------------------------------------------

    def _apply_filter(self) -> None:
        node, ecart = self.node, self.ecart
        self._outdated = False
        self.model.filter(self.filters.criteria)
        self._after_filter()
        self._take_again(node, ecart)

    def _take_again(self, node: Optional[Node], ecart: Optional[EcartRow]) -> None:
        """The row that was in hand before the tree changed, when it is still there."""
        if node is self.model.root:
            return
        if node is not None and self.model.is_shown(node):
            self._select(node, ecart, Move.STAY)
        else:
            self.ecart = None
            self._show(self.model.root)

    def _after_filter(self) -> None:
        self.tree.unfold()
        self.filters.tell(self.model.kept, self.model.total)
        self.nothing.setVisible(self.model.total > 0 and self.model.kept == 0)
        self._say_place()

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
        self.ecart = wanted or node.first_ecart
        self._show(node, move)

    def _show(self, node: Node, move: Move = Move.ROW) -> None:
        self._say_place()
        self._show_form()
        if self.results is None or node is self.model.root:
            self.sheet.setHtml(sheet.NOTHING if self.results is not None else "")
            self.gauge.show_constat(None)
            self.shown.emit((), None, Move.STAY)
            return
        self.sheet.setHtml(sheet.of_node(self.results, node, self.ecart))
        self.gauge.show_constat(node.item if isinstance(node.item, ConstatRow) else None)
        if move is Move.ROW and self.filters.on_map.isChecked():
            move = Move.STAY  # it is the map that says which rows are there
        self.shown.emit(self._outlined(node), self.ecart, move)

    def _show_form(self) -> None:
        """What may be decided on: the row in hand and its object, or the rows chosen."""
        node, count = self.node, self.tree.count_chosen()
        if self.results is None or node is self.model.root or not count:
            self.form.show_targets(self.results.notebook if self.results is not None else Notebook(), ())
            return
        if count > targets.MOST:
            self.form.show_targets(self.results.notebook, (), targets.TOO_MANY)
            return
        chosen = self.tree.chosen()
        if not self.tree.only_answers():
            found = targets.of_node(node, chosen)
        elif len(chosen) == 1:
            found = targets.of_one(chosen[0], self.ecart if chosen[0] is node else chosen[0].first_ecart)
        else:
            found = targets.of_several(chosen)
        self.form.show_targets(self.results.notebook, found)

    def _withdraw(self, finding: FreeFinding) -> None:
        try:
            self.results.notebook.withdraw_free(finding, author())
        except Refused as refused:
            self.said.emit(str(refused))
            return
        self.refresh_free()

    def _outlined(self, node: Node) -> Tuple[EcartRow, ...]:
        if node.drawn <= MOST or self.ecart is None:
            return node.ecarts
        leaf = self.model.answers.leaf_of(self.ecart)
        return leaf.own if leaf.drawn <= MOST else tuple(one for one in leaf.own if one.cle == self.ecart.cle)

    def _say_place(self) -> None:
        at = self._at()
        count = walk.count(self.model.answers) if self.model.answers is not None else 0
        place = f"{number(at + 1)} / {number(count)}" if at is not None else ""
        self.place.setText(place or (f"{number(count)} à regarder" if count else ""))

    def _at(self) -> Optional[int]:
        """Where the walk stands, None before its first step."""
        if self.model.answers is None or self.node is self.model.root:
            return None
        return walk.position(self.model.answers, self.node, self.ecart)

    def _zoom(self) -> None:
        if self.node is not self.model.root:
            self.shown.emit(self._outlined(self.node), self.ecart, Move.CURRENT)

    def _follow(self, url: QUrl) -> None:
        """A link of the sheet: an écart of the row, or the DOO."""
        if url.scheme() == sheet.ECART:
            node = self.node
            self.ecart = node.ecarts[int(url.path())]
            self._show(node, Move.CURRENT)
        else:
            links.open_url(url)

    # -- what Qt asks -----------------------------------------------------------------------------

    def event(self, event) -> bool:
        """Undo and redo bear on decisions here: QGIS has the same keys for the layer being edited."""
        if event.type() == QEvent.Type.ShortcutOverride and self.form.turns(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event) -> None:
        if not self.form.take_key(event):
            super().keyPressEvent(event)
