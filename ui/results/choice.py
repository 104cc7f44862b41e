"""A button that unfolds a list to tick: which values of one criterion are kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, FrozenSet, Iterable, List, Optional, Sequence

from qgis.gui import QgsFilterLineEdit
from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtGui import QIcon
from qgis.PyQt.QtWidgets import QListWidget, QListWidgetItem, QMenu, QToolButton, QVBoxLayout, QWidget, QWidgetAction

from ...checks.wording import number
from . import folding

#: values beyond which one is looked for by its name
_MANY = 12
_SHOWN = 14


@dataclass(frozen=True)
class Option:
    key: Any
    label: str
    count: int
    icon: Optional[QIcon] = None


class Choice(QToolButton):
    """Emits `changed()`. `chosen` is empty when nothing is ticked: everything is kept."""

    changed = pyqtSignal()

    def __init__(self, name: str, tip: str, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self._name = name
        self._options: Sequence[Option] = ()
        self.setToolTip(tip)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.search = QgsFilterLineEdit()
        self.search.setShowSearchIcon(True)
        self.search.setPlaceholderText("Chercher…")
        self.search.setAccessibleName(f"Chercher dans la liste : {name}")
        self.search.textChanged.connect(self._look_for)
        self.list = _Ticks()
        self.list.setAccessibleName(tip)
        self.list.itemChanged.connect(self._tell)
        menu = QMenu(self)
        box = QWidget(menu)
        column = QVBoxLayout(box)
        column.setContentsMargins(4, 4, 4, 4)
        column.addWidget(self.search)
        column.addWidget(self.list)
        action = QWidgetAction(menu)
        action.setDefaultWidget(box)
        menu.addAction(action)
        menu.addSeparator()
        self.everything = menu.addAction("Tout garder", self.clear)
        menu.aboutToShow.connect(self._ready)
        self.setMenu(menu)
        self._tell()

    @property
    def chosen(self) -> FrozenSet[Any]:
        return frozenset(one.key for one, item in zip(self._options, self.items()) if _ticked(item))

    @property
    def labels(self) -> List[str]:
        """What is ticked, in words."""
        return [one.label for one, item in zip(self._options, self.items()) if _ticked(item)]

    def offer(self, options: Sequence[Option]) -> None:
        """These values, none ticked; nothing is told."""
        self.list.blockSignals(True)
        self.list.clear()
        self._options = options
        for one in options:
            item = QListWidgetItem(f"{one.label} ({number(one.count)})", self.list)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Unchecked)
            if one.icon is not None:
                item.setIcon(one.icon)
        self.list.blockSignals(False)
        self.search.setVisible(len(options) > _MANY)
        rows = min(max(len(options), 1), _SHOWN)
        height = max(self.list.sizeHintForRow(0), self.fontMetrics().height() + 4)
        self.list.setFixedHeight(rows * height + 6)
        self.list.setMinimumWidth(self.list.sizeHintForColumn(0) + 30)
        self.setVisible(len(options) > 1)
        self._say()

    def renew(self, options: Sequence[Option]) -> None:
        """Other values or counts, what was ticked still is; nothing is told."""
        ticked, before = self.chosen, self.signalsBlocked()
        self.blockSignals(True)
        self.offer(options)
        self.choose(ticked)
        self.blockSignals(before)

    def choose(self, keys: Iterable[Any]) -> None:
        """Tick these only."""
        wanted = set(keys)
        self.list.blockSignals(True)
        for one, item in zip(self._options, self.items()):
            item.setCheckState(Qt.CheckState.Checked if one.key in wanted else Qt.CheckState.Unchecked)
        self.list.blockSignals(False)
        self._tell()

    def clear(self) -> None:
        self.choose(())

    def tick(self, key: Any) -> None:
        """As a click on that value does."""
        self.list.toggle(self.list.item([one.key for one in self._options].index(key)))

    def items(self) -> List[QListWidgetItem]:
        return [self.list.item(row) for row in range(self.list.count())]

    def _ready(self) -> None:
        self.search.clear()
        self.list.setCurrentRow(0)
        (self.search if self.search.isVisibleTo(self.menu()) else self.list).setFocus()

    def _look_for(self, text: str) -> None:
        words = folding.folded(text).split()
        for one, item in zip(self._options, self.items()):
            item.setHidden(not all(word in folding.folded(one.label) for word in words))

    def _tell(self, *_: Any) -> None:
        self._say()
        self.changed.emit()

    def _say(self) -> None:
        count = len(self.chosen)
        self.setText(f"{self._name} ({count})" if count else self._name)
        self.setAccessibleName(f"{self.toolTip()} : {', '.join(self.labels) or 'tout est gardé'}")


class _Ticks(QListWidget):
    """A click anywhere on a line ticks it; the menu stays open."""

    _before: Optional[bool] = None  # whether the line pressed was ticked; the button may be pressed elsewhere

    def toggle(self, item: QListWidgetItem) -> None:
        item.setCheckState(Qt.CheckState.Unchecked if _ticked(item) else Qt.CheckState.Checked)

    def mousePressEvent(self, event) -> None:
        item = self.itemAt(event.pos())
        self._before = _ticked(item) if item is not None else None
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event) -> None:
        super().mouseReleaseEvent(event)
        item = self.itemAt(event.pos())
        if item is not None and item is self.currentItem() and _ticked(item) == self._before:
            self.toggle(item)  # else the click was on the box itself


def _ticked(item: QListWidgetItem) -> bool:
    return item.checkState() == Qt.CheckState.Checked
