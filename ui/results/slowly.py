"""A hundred thousand rows that nobody looks at any more are freed a few at a time: all at once, the interface stops."""

from __future__ import annotations

from typing import Any, Iterable, List, Optional

from qgis.PyQt.QtCore import QObject, QTimer

#: rows freed at once, and ms between two times
_AT_ONCE, _BREATH = 4000, 20


class Slowly(QObject):
    """Holds what it was given, whoever else lets it go, and frees it little by little."""

    def __init__(self, parent: Optional[QObject] = None) -> None:
        super().__init__(parent)
        self._held: List[List[Any]] = []
        self._timer = QTimer(self, interval=_BREATH)
        self._timer.timeout.connect(self._free)

    def let_go(self, lists: Iterable[List[Any]]) -> None:
        self._held += map(list, lists)
        self._timer.start()

    def _free(self) -> None:
        if not self._held:
            self._timer.stop()
            return
        del self._held[-1][-_AT_ONCE:]
        if not self._held[-1]:
            self._held.pop()
