"""The tab of a comparison: the two controls, what makes it doubtful, the lists, the row in hand, what to carry."""

from __future__ import annotations

from html import escape
from typing import Optional

from qgis.PyQt.QtCore import QModelIndex, QSize, Qt, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QStyle,
    QTextBrowser,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from ...gis.comparison import words
from ...gis.comparison.appraisals import Plan, ToReview, dated
from ...gis.comparison.changes import Change
from ...gis.comparison.statuts import Statut
from ..flow import Flow
from ..instruction.history import signed
from .comparing import Compared
from .model import AFTER, APPRAISAL, BEFORE, WHAT, ComparisonModel, Entry

#: lists unfolded at once, when they are not longer than that
_OPEN = (Statut.NOUVEAU, Statut.DISPARU, Statut.MODIFIE)
_UNFOLDED = 200
#: usual contents of the columns: they set their widths, the first one takes the rest
_MEASURE, _SHORT, _LONG = "12 345 m²____", "Non retenu_", "Non retenu (à reprendre)_"
#: least width of the first one, in m
_LEAST = 9


class ComparisonView(QWidget):
    """Emits `shown(change)` for the row in hand, `chosen(change)` on Enter or a double click, `carry_asked()`,
    `closed()`."""

    shown = pyqtSignal(object)
    chosen = pyqtSignal(object)
    carry_asked = pyqtSignal()
    closed = pyqtSignal()

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.model = ComparisonModel(self)
        self.plan: Optional[Plan] = None
        self.head, self.doubts = _label(self), _label(self)
        self.doubts.setObjectName("doutes")
        self.sign = QLabel(self)
        size = self.style().pixelMetric(QStyle.PixelMetric.PM_SmallIconSize)
        self.sign.setPixmap(self.style().standardIcon(QStyle.StandardPixmap.SP_MessageBoxWarning).pixmap(size, size))
        self.sign.setAccessibleName("Attention")
        self.tree = self._new_tree()
        self.detail = QTextBrowser(self)
        self.detail.setAccessibleName("Ce qui diffère")
        self.detail.setMaximumHeight(self.fontMetrics().lineSpacing() * 7)
        self.carry = QPushButton(self)
        self.carry.clicked.connect(lambda checked=False: self.carry_asked.emit())
        self.close_button = QPushButton("Fermer la comparaison", self)
        self.close_button.setToolTip("Revenir au seul dossier en main ; les appréciations reprises restent")
        self.close_button.clicked.connect(lambda checked=False: self.closed.emit())
        self._arrange()

    def show_waiting(self, name: str) -> None:
        """The other dossier is being read."""
        self.head.setText(f"Comparaison avec « {name} » en cours…")
        self._fill(None, None)

    def show_compared(self, compared: Compared, plan: Plan) -> None:
        comparison = compared.comparison
        sides = (("Avant", comparison.before), ("Après", comparison.after))
        told = [
            f"{when} : {side.name} ({dated(side.results.controle)})"
            + (", le dossier en main" if side is compared.in_hand else "")
            for when, side in sides
        ]
        if compared.is_older:
            told.append("Le dossier en main est le plus ancien des deux : ses écarts sont ceux d'avant.")
        self.head.setText("\n".join(told))
        self._fill(compared, plan)

    def refresh(self, compared: Compared, plan: Plan) -> None:
        """The appraisals changed; the row in hand stays."""
        at = self.tree.currentIndex()
        place = (at.parent().row(), at.row()) if at.parent().isValid() else None
        self._fill(compared, plan)
        if place is not None:
            self.tree.setCurrentIndex(self.model.index(place[1], 0, self.model.index(place[0], 0)))

    def sizeHint(self) -> QSize:
        return QSize(400, 500)

    # -- parts ------------------------------------------------------------------------------------

    def _new_tree(self) -> QTreeView:
        tree = _Tree(self)
        tree.resized.connect(self._share_width)
        tree.setModel(self.model)
        tree.setAccessibleName("Écarts par devenir")
        tree.setUniformRowHeights(True)
        tree.setAlternatingRowColors(True)
        tree.setAllColumnsShowFocus(True)
        tree.setExpandsOnDoubleClick(False)
        tree.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        tree.setIndentation(12)
        tree.setTextElideMode(Qt.TextElideMode.ElideMiddle)  # a prescription and an object: both ends tell
        header = tree.header()
        header.setStretchLastSection(False)
        header.setMinimumSectionSize(40)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        tree.selectionModel().currentChanged.connect(self._row_changed)
        tree.activated.connect(self._activated)
        return tree

    def _arrange(self) -> None:
        doubtful = QHBoxLayout()
        doubtful.addWidget(self.sign, 0, Qt.AlignmentFlag.AlignTop)
        doubtful.addWidget(self.doubts, 1)
        buttons = QWidget(self)
        flow = Flow(buttons)
        flow.addWidget(self.carry)
        flow.addWidget(self.close_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 0)
        layout.addWidget(self.head)
        layout.addLayout(doubtful)
        layout.addWidget(self.tree, 1)
        layout.addWidget(self.detail)
        layout.addWidget(buttons)

    def _share_width(self) -> None:
        """What the measures leave is for the names, then for the decisions; names keep enough to be read."""
        metrics, header = self.tree.fontMetrics(), self.tree.header()
        measure = metrics.horizontalAdvance(_MEASURE)
        room = self.tree.viewport().width() - 2 * measure
        short, long = (metrics.horizontalAdvance(text) for text in (_SHORT, _LONG))
        decision = min(max(room // 2, short), long)
        header.resizeSection(BEFORE, measure)
        header.resizeSection(AFTER, measure)
        header.resizeSection(APPRAISAL, decision)
        header.resizeSection(WHAT, max(room - decision, _LEAST * metrics.horizontalAdvance("m")))

    def _fill(self, compared: Optional[Compared], plan: Optional[Plan]) -> None:
        comparison = compared.comparison if compared is not None else None
        self.plan = plan
        doubts = comparison.doubts if comparison is not None else ()
        self.doubts.setText("\n".join(doubts))
        for widget in (self.sign, self.doubts):
            widget.setVisible(bool(doubts))
        self.model.fill(comparison, plan)
        for row, group in enumerate(self.model.groups):
            self.tree.setFirstColumnSpanned(row, QModelIndex(), True)
            opened = row < len(_OPEN) or row == len(self.model.groups) - 1
            self.tree.setExpanded(self.model.index(row, 0), opened and len(group.rows) <= _UNFOLDED)
        self.tree.setEnabled(comparison is not None)
        self.detail.setHtml("")
        self._offer(plan)

    def _offer(self, plan: Optional[Plan]) -> None:
        count = plan.rows if plan is not None else 0
        self.carry.setVisible(plan is not None)
        self.carry.setEnabled(count > 0)
        self.carry.setText(f"Reprendre les appréciations ({count})" if count else "Aucune appréciation à reprendre")
        if plan is not None:
            self.carry.setToolTip(
                f"{words.to_carry(plan)} passent dans le dossier d'après, "
                "avec leur auteur, leur date et leur origine ; celles qu'il a déjà ne changent pas"
            )

    # -- row in hand ------------------------------------------------------------------------------

    def _row_changed(self, index: QModelIndex, before: QModelIndex) -> None:
        entry = self.model.entry(index)
        self.detail.setHtml(self._told(entry) if entry is not None else "")
        change = _change(entry)
        if change is not None:
            self.shown.emit(change)

    def _activated(self, index: QModelIndex) -> None:
        entry = self.model.entry(index)
        if entry is None:
            self.tree.setExpanded(index.siblingAtColumn(0), not self.tree.isExpanded(index.siblingAtColumn(0)))
        elif _change(entry) is not None:
            self.chosen.emit(_change(entry))

    def _told(self, entry: Entry) -> str:
        change = _change(entry)
        row = entry.appraisal if isinstance(entry, ToReview) else self.plan.of(change) if self.plan else None
        parts = [f"<b>{escape(words.named(change))}</b>" if change is not None else ""]
        if change is not None:
            parts.append(escape(f"{change.statut.label}. {words.differences(change)}"))
            parts.append(escape(change.item.ecarts[0].message if change.item.ecarts else change.item.constat.message))
        if row is not None:
            waits = self.plan is not None and row in self.plan.carried
            origin = f" ({row.origine})" if row.origine and not waits else ""
            motif = f" : {row.motif.rstrip('.')}" if row.motif else ""
            parts.append(escape(f"{self.model.decided(row)}{motif}. {signed(row)}{origin}"))
        if isinstance(entry, ToReview):
            parts.append(f"<b>{escape(entry.why)}</b>")
        return "<br/>".join(part for part in parts if part.strip(". "))


class _Tree(QTreeView):
    """Emits `resized()` once its own width is known."""

    resized = pyqtSignal()

    def resizeEvent(self, event) -> None:
        super().resizeEvent(event)
        self.resized.emit()


def _change(entry: Optional[Entry]) -> Optional[Change]:
    return entry.change if isinstance(entry, ToReview) else entry


def _label(parent: QWidget) -> QLabel:
    label = QLabel(parent)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label
