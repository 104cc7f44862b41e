"""Work done away from the interface: one `QgsTask` for every piece of it, told by signals in the interface's thread."""

from __future__ import annotations

from typing import Any, Callable, List, Optional

from qgis.core import QgsTask
from qgis.PyQt.QtCore import pyqtSignal

from ..checks.progress import Cancelled, Progress


class Work(QgsTask):
    """Runs `work(progress)` in the background, then emits one of `done(value)`, `failed(exception)`, `cancelled()`.

    Whoever starts it keeps it until then: QGIS never runs a task that Python has let go. `quiet`: QGIS may be left
    without asking what becomes of it.
    """

    told = pyqtSignal(float, str)  # (share of the work in [0, 1], text or "" for no change)
    done = pyqtSignal(object)
    failed = pyqtSignal(object)
    cancelled = pyqtSignal()

    def __init__(self, title: str, work: Callable[[Progress], Any], *, quiet: bool = False) -> None:
        asks = QgsTask.Flag.CanCancel
        super().__init__(title, asks | QgsTask.Flag.CancelWithoutPrompt if quiet else asks)
        self._work = work
        self._stopped = False
        self._value: Any = None
        self._failure: Optional[BaseException] = None

    def run(self) -> bool:
        """In the background. An exception that leaves it would abort QGIS."""
        if self._stopped:
            return False
        try:
            self._value = self._work(Progress(self._report, lambda: self._stopped or self.isCanceled()))
        except Cancelled:
            return False
        except BaseException as failure:  # told by `finished`
            self._failure = failure
            return False
        return True

    def cancel(self) -> None:
        """Also by QGIS. In its queue it is only marked, and ends when its turn comes: QGIS takes down a queued task
        that is cancelled while a thread may be about to start it, and crashes."""
        self._stopped = True
        if self.status() != QgsTask.TaskStatus.Queued:
            super().cancel()

    def finished(self, ok: bool) -> None:
        """In the thread of the interface, whatever happened."""
        if ok:
            self.done.emit(self._value)
        elif self._failure is not None:
            self.failed.emit(self._failure)
        else:
            self.cancelled.emit()
        # what they hold goes with them, not with the task; the traceback of a failure holds the whole PLU
        self._work, self._value, self._failure = _nothing, None, None

    def _report(self, fraction: float, text: str) -> None:
        self.setProgress(100 * fraction)
        self.told.emit(fraction, text)


def _nothing(progress: Progress) -> None:
    return None


def let_go(work: Work) -> None:
    """Cancel a work that nobody listens to any more, and keep it until it ends: QGIS would not survive it else."""
    _leaving.append(work)
    work.taskTerminated.connect(lambda: _forget(work))
    work.taskCompleted.connect(lambda: _forget(work))
    work.cancel()


_leaving: List[Work] = []


def _forget(work: Work) -> None:
    if work in _leaving:
        _leaving.remove(work)
