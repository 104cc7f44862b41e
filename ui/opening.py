"""Dossiers read in the background, one at a time; a reading that lasts is told, and may be given up."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Optional, Tuple

from qgis.PyQt.QtCore import QObject, QTimer, pyqtSignal

from ..gis.dossier_results import DossierResults
from ..gis.failures import sentence
from .background import Asked
from .notices import Notices, Topic
from .results.answers import Answers

#: ms that a reading may last before it is told
_LATE = 300


@dataclass(frozen=True)
class Order:
    """What to do with a dossier once it is read."""

    path: Path
    put: bool = True  #: on the map, and in what the project keeps
    go: bool = True  #: to its first écart there
    whole: bool = True  #: with the layers that were taken away by hand
    instead: Optional[Path] = None  #: where the project had it, when it was sought elsewhere


class Opening(QObject):
    """Emits `read(Order, DossierResults, Answers)`, or `failed(Order, sentence)`, for the last order."""

    read = pyqtSignal(object, object, object)
    failed = pyqtSignal(object, str)

    def __init__(self, notices: Notices, parent: Optional[QObject] = None) -> None:
        super().__init__(parent)
        self._notices = notices
        self._order = Order(Path())
        self._asked = Asked("Lecture du dossier", self)
        self._asked.answered.connect(self._answered)
        self._asked.failed.connect(self._refused)
        self._late = QTimer(self, singleShot=True, interval=_LATE)
        self._late.timeout.connect(self._tell)

    @property
    def waiting(self) -> bool:
        return self._asked.waiting

    def ask(self, order: Order) -> None:
        self.drop()
        self._order = order
        self._notices.drop(Topic.DOSSIER)
        self._late.start()
        self._asked.ask(lambda progress: _opened(order.path))

    def drop(self) -> None:
        self._asked.drop()
        self._rest()

    def _tell(self) -> None:
        self._notices.tell(Topic.READING, f"Lecture de « {self._order.path.name} »…", [("Annuler", self._cancel)])

    def _cancel(self) -> None:
        order = self._order
        self.drop()
        said = f"Lecture annulée : « {order.path.name} » n'est pas ouvert."
        self._notices.tell(Topic.DOSSIER, said, [("Ouvrir", lambda: self.ask(order))])

    def _rest(self) -> None:
        self._late.stop()
        self._notices.drop(Topic.READING)

    def _answered(self, opened: Tuple[DossierResults, Answers]) -> None:
        self._rest()
        self.read.emit(self._order, *opened)

    def _refused(self, failure: BaseException) -> None:
        self._rest()
        self.failed.emit(self._order, sentence(failure))


def _opened(path: Path) -> Tuple[DossierResults, Answers]:
    """A dossier and the tree of its answers, both made in the background: it takes seconds for a hundred thousand."""
    results = DossierResults(path)
    return results, Answers(results)
