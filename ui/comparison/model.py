"""The changes by what became of them, and the appraisals to read again: two levels, cells made when they are seen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, FrozenSet, List, Optional, Sequence, Union

from qgis.PyQt.QtCore import QAbstractItemModel, QModelIndex, Qt
from qgis.PyQt.QtGui import QFont, QIcon

from ...gis.comparison import words
from ...gis.comparison.appraisals import Plan, ToReview, is_carried
from ...gis.comparison.changes import Change, Comparison, differs
from ...gis.comparison.side import Item
from ...gis.comparison.statuts import Statut
from ...gis.instruction.decisions import Appraisal
from .. import icons, wording

COLUMNS = ("Écart", "Avant", "Après", "Appréciation")
WHAT, BEFORE, AFTER, APPRAISAL = range(len(COLUMNS))
Entry = Union[Change, ToReview]


@dataclass(frozen=True)
class Group:
    title: str
    icon: Optional[QIcon]
    rows: Sequence[Entry]


class ComparisonModel(QAbstractItemModel):
    """Groups, then their rows."""

    def __init__(self, parent: Any = None) -> None:
        super().__init__(parent)
        self.groups: List[Group] = []
        self._plan: Optional[Plan] = None
        self._waiting: FrozenSet[Appraisal] = frozenset()
        self._bold = QFont()
        self._bold.setBold(True)

    def fill(self, comparison: Optional[Comparison], plan: Optional[Plan]) -> None:
        """Nothing empties it."""
        self.beginResetModel()
        self._plan, self._waiting = plan, frozenset(plan.carried if plan is not None else ())
        self.groups = _groups(comparison, plan) if comparison is not None and plan is not None else []
        self.endResetModel()

    def entry(self, index: QModelIndex) -> Optional[Entry]:
        """The row there, None for a group."""
        if not index.isValid() or not index.internalId():
            return None
        return self.groups[index.internalId() - 1].rows[index.row()]

    # -- what Qt asks -----------------------------------------------------------------------------

    def index(self, row: int, column: int, parent: QModelIndex = QModelIndex()) -> QModelIndex:  # noqa: B008
        if not self.hasIndex(row, column, parent):
            return QModelIndex()
        return self.createIndex(row, column, parent.row() + 1 if parent.isValid() else 0)

    def parent(self, index: QModelIndex) -> QModelIndex:
        above = index.internalId() if index.isValid() else 0
        return self.createIndex(above - 1, 0, 0) if above else QModelIndex()

    def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008
        if not parent.isValid():
            return len(self.groups)
        return len(self.groups[parent.row()].rows) if not parent.internalId() and parent.column() == 0 else 0

    def columnCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008
        return len(COLUMNS)

    def headerData(self, section: int, orientation: Any, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return COLUMNS[section]
        return None

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        entry = self.entry(index)
        if entry is None:
            return self._of_group(index, role)
        if role == Qt.ItemDataRole.DisplayRole:
            return self.text(entry, index.column())
        if role == Qt.ItemDataRole.DecorationRole and index.column() in (BEFORE, AFTER):
            item = _side(entry, index.column())
            return icons.of_state(item.etat) if item is not None else None
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return self.spoken(entry, index.column())
        return None

    def _of_group(self, index: QModelIndex, role: int) -> Any:
        group = self.groups[index.row()]
        if index.column() == WHAT and role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{group.title} ({len(group.rows)})"
        if index.column() == WHAT and role == Qt.ItemDataRole.DecorationRole:
            return group.icon
        return self._bold if role == Qt.ItemDataRole.FontRole else None

    # -- cells ------------------------------------------------------------------------------------

    def text(self, entry: Entry, column: int) -> str:
        change = entry.change if isinstance(entry, ToReview) else entry
        if column == WHAT:
            return words.named(change) if change is not None else "Écart d'un contrôle antérieur"
        if column == APPRAISAL:
            row = entry.appraisal if isinstance(entry, ToReview) else self._appraisal(change)
            return self.decided(row) if row is not None else ""
        item, other = _side(entry, column), _side(entry, AFTER if column == BEFORE else BEFORE)
        if item is None:
            return "" if change is None else "—"
        value, unit = item.measure
        against = other.measure[0] if other is not None and other.measure[1] == unit else None
        return wording.measure(value, unit, against) or item.etat.label

    def spoken(self, entry: Entry, column: int) -> str:
        """The whole of what a cell shortens."""
        if column in (BEFORE, AFTER):
            item = _side(entry, column)
            return f"{item.etat.label}, {self.text(entry, column)}" if item is not None else ""
        if isinstance(entry, ToReview):
            return words.reviewed(entry)
        return ". ".join(part for part in (self.text(entry, column), words.differences(entry)) if part)

    def decided(self, row: Appraisal) -> str:
        """`Retenu`, and whether it comes from the other dossier, or may."""
        waits = row in self._waiting
        return row.decision.label + (" (à reprendre)" if waits else " (reprise)" if is_carried(row) else "")

    def _appraisal(self, change: Optional[Change]) -> Any:
        return self._plan.of(change) if self._plan is not None and change is not None else None


def _side(entry: Entry, column: int) -> Optional[Item]:
    change = entry.change if isinstance(entry, ToReview) else entry
    return None if change is None else change.before if column == BEFORE else change.after


def _groups(comparison: Comparison, plan: Plan) -> List[Group]:
    """The four lists of departures, then what is told apart."""
    by_statut = {statut: [one for one in comparison.departures if one.statut is statut] for statut in Statut}
    listed = {id(change) for change in comparison.departures}
    constats = [
        one
        for one in comparison.constats
        if id(one) not in listed and one.before is not None and one.after is not None and differs(one.before, one.after)
    ]
    groups = [Group(statut.several, icons.named(statut.value), by_statut[statut]) for statut in Statut]
    if not by_statut[Statut.NON_COMPARABLE]:
        groups.pop()
    groups.append(Group("Constats modifiés", icons.named(Statut.MODIFIE.value), constats))
    return [*groups, Group("Appréciations à revoir", icons.named("a_apprecier"), plan.review)]
