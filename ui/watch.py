"""The dossier in hand for as long as it is open: its lock is kept alive, and what others do to the file is seen."""

from __future__ import annotations

from pathlib import Path
from typing import Optional, Tuple

from qgis.PyQt.QtCore import QObject, QTimer, pyqtSignal

from ..gis.geopackages.geopackage import GeoPackageError
from ..gis.instruction.lock import TOUCH
from ..gis.results import Results
from .background import Asked


class Watch(QObject):
    """Emits `refused(why)` when the right to write is lost or had ("" then), `changed(DossierError)` when the file is
    no longer the one that was read, `same()` when it is."""

    refused = pyqtSignal(str)
    changed = pyqtSignal(object)
    same = pyqtSignal()

    def __init__(self, parent: Optional[QObject] = None) -> None:
        super().__init__(parent)
        self._results: Optional[Results] = None
        self._refusal = ""
        self._stamp: Optional[Tuple[int, ...]] = None
        self._asked = Asked("Vérification du dossier", self)
        self._asked.answered.connect(lambda _: self.same.emit())
        self._asked.failed.connect(self.changed)
        self._timer = QTimer(self, interval=1000 * TOUCH)
        self._timer.timeout.connect(self.look)

    def take(self, results: Optional[Results]) -> None:
        """Hold this dossier, and let the former one go."""
        self._asked.drop()
        self._timer.stop()
        if self._results is not None:
            self._results.notebook.close()
        self._results = results
        if results is not None:
            self._stamp = _stamp(results.path)
            self._tell(results.notebook.claim())
            self._timer.start()
        else:
            self._tell("")

    def claim(self) -> bool:
        """Try again to have the right to write. What others wrote meanwhile is read; False when it could not be."""
        if self._results is None:
            return True
        try:
            self._tell(self._results.notebook.claim())
        except (GeoPackageError, ValueError):  # the file is gone, or is another one
            self._tell(self._results.notebook.refusal)
            return False
        return True

    def look(self) -> None:
        """What a timer does now and then."""
        if self._results is None:
            return
        self._results.notebook.touch()
        if self._results.notebook.refusal != self._refusal:
            self._tell(self._results.notebook.refusal)
        stamp = _stamp(self._results.path)
        if stamp != self._stamp:
            self._stamp = stamp
            self.check()

    def check(self) -> None:
        """Whether the file is still the one that was read, answered by `changed` or `same`."""
        if self._results is not None:
            results = self._results
            self._asked.ask(lambda progress: results.check())

    def _tell(self, refusal: str) -> None:
        self._refusal = refusal
        self.refused.emit(refusal)


def _stamp(path: Optional[Path]) -> Optional[Tuple[int, ...]]:
    """What changes when someone writes in the file or replaces it; None without a file."""
    try:
        state = path.stat() if path is not None else None
    except OSError:
        return None
    return (state.st_ino, state.st_mtime_ns, state.st_size) if state is not None else None
