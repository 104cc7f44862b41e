"""One question at a time asked in the background: a new one makes the answer to the former useless."""

from __future__ import annotations

from typing import Any, Callable, Optional

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QObject, pyqtSignal

from ..checks.progress import Progress
from ..gis.task import Work, let_go


class Asked(QObject):
    """Emits `answered(value)` or `failed(exception)` for the last question asked, nothing for those it replaced."""

    answered = pyqtSignal(object)
    failed = pyqtSignal(object)

    def __init__(self, title: str, parent: Optional[QObject] = None) -> None:
        super().__init__(parent)
        self._title = title
        self._work: Optional[Work] = None

    @property
    def waiting(self) -> bool:
        return self._work is not None

    def ask(self, work: Callable[[Progress], Any]) -> None:
        self.drop()
        self._work = Work(self._title, work, quiet=True)
        self._work.done.connect(self._answer)
        self._work.failed.connect(self._fail)
        QgsApplication.taskManager().addTask(self._work)

    def drop(self) -> None:
        """The question no longer matters."""
        if self._work is not None:
            work, self._work = self._work, None
            work.done.disconnect()
            work.failed.disconnect()
            let_go(work)

    def _answer(self, value: Any) -> None:
        self._work = None
        self.answered.emit(value)

    def _fail(self, failure: BaseException) -> None:
        self._work = None
        self.failed.emit(failure)
