"""The control that runs behind the interface: one at a time, told in the dock, in the message bar and in the log."""

from __future__ import annotations

from pathlib import Path
from typing import Optional

from qgis.core import Qgis, QgsApplication, QgsMessageLog, QgsProject
from qgis.PyQt.QtCore import QObject, pyqtSignal

from ..checks.base import Etat
from ..checks.overlay import Overlays
from ..checks.progress import Progress
from ..gis import map_group
from ..gis.choices import Choices
from ..gis.control import Control, Request, control
from ..gis.failures import sentence
from ..gis.files.sources import SourceError
from ..gis.task import Work, let_go
from ..rules.errors import InvalidRules
from . import wording

LOG = "Compatibilité SCoT"
#: how long an unload waits for the work to see that it is cancelled, ms
_PATIENCE = 3000


class Run(QObject):
    """Emits `started()`, `told(share, text)`, then `done(Control)` or `stopped(sentence, level)`, and `ended()` last.

    The project may be closed meanwhile: `in_project` then says that the result is not for the one now open.
    """

    started = pyqtSignal()
    told = pyqtSignal(float, str)
    done = pyqtSignal(object)
    stopped = pyqtSignal(str, object)
    ended = pyqtSignal()

    def __init__(self, parent: Optional[QObject] = None) -> None:
        super().__init__(parent)
        self._work: Optional[Work] = None
        self._overlays = Overlays()
        self._plu = ""
        self.in_project = True
        self.dossier = Path()
        self.choices = Choices()  # those of the last control that was asked for
        QgsProject.instance().cleared.connect(self._project_closed)

    @property
    def running(self) -> bool:
        return self._work is not None

    def writes(self, path: Path) -> bool:
        """Whether it is about to replace that dossier, whose layers must not be open then."""
        return self.running and map_group.same_file(path, self.dossier)

    def start(self, choices: Choices) -> bool:
        """Begin; False, and `stopped` tells why, when it cannot."""
        if self.running:
            self._refuse("Un contrôle est déjà en cours : attendez sa fin ou annulez-le.")
            return False
        self.choices = choices
        project = QgsProject.instance()
        try:
            request = choices.request(project)
        except SourceError as refused:
            self._refuse(str(refused))
            return False
        if not map_group.release(project, request.dossier):
            self._refuse("Une couche du dossier est en cours de modification : enregistrez ou annulez ses changements.")
            return False
        self.dossier, self.in_project = request.dossier, True
        self._begin(request, choices.plu or repr(sorted(choices.tables.items())))
        return True

    def cancel(self) -> None:
        if self._work is not None:
            self._work.cancel()

    def close(self) -> None:
        """Stop, and let go of everything: nothing is told afterwards."""
        QgsProject.instance().cleared.disconnect(self._project_closed)
        if self._work is not None:
            work, self._work = self._work, None
            for signal in (work.told, work.done, work.failed, work.cancelled):
                signal.disconnect()
            let_go(work)
            work.waitForFinished(_PATIENCE)

    def _begin(self, request: Request, plu: str) -> None:
        if plu != self._plu:  # what was cut for another PLU is of no use, and heavy
            self._overlays, self._plu = Overlays(), plu
        overlays = self._overlays

        def work(progress: Progress) -> Control:
            return control(request, progress, overlays)

        self._work = Work(f"Compatibilité SCoT : {request.nom or 'contrôle'}", work)
        self._work.told.connect(self._tell)
        self._work.done.connect(self._succeed)
        self._work.failed.connect(self._fail)
        self._work.cancelled.connect(self._cancelled)
        self.started.emit()
        _log(f"Contrôle de « {request.nom} » avec « {request.regles} ».")
        QgsApplication.taskManager().addTask(self._work)

    def _tell(self, share: float, text: str) -> None:
        if text:
            _log(text)
        self.told.emit(share, text)

    def _succeed(self, done: Control) -> None:
        self._work = None
        for line, warning in done.report:
            _log(line, Qgis.MessageLevel.Warning if warning else Qgis.MessageLevel.Info)
        self.done.emit(done)
        self.ended.emit()

    def _fail(self, failure: BaseException) -> None:
        for error in failure.errors if isinstance(failure, InvalidRules) else ():
            _log(str(error), Qgis.MessageLevel.Critical)
        self._work = None
        self._refuse(sentence(failure))
        self.ended.emit()

    def _cancelled(self) -> None:
        self._work = None
        _log("Contrôle annulé.")
        self.stopped.emit("Contrôle annulé : rien n'a été écrit.", Qgis.MessageLevel.Info)
        self.ended.emit()

    def _refuse(self, why: str) -> None:
        _log(why, Qgis.MessageLevel.Critical)
        self.stopped.emit(why, Qgis.MessageLevel.Critical)

    def _project_closed(self) -> None:
        self.in_project = False


def summary(done: Control) -> str:
    """What the message bar says: the prescriptions by state, those without anything to look at aside."""
    etats = [answer.etat for answer in done.result.answers]
    if all(etat is Etat.SANS_OBJET for etat in etats):
        return "Aucune prescription n'a d'objet dans ce PLU."
    said = wording.by_label(etat for etat in etats if etat not in (Etat.SANS_ECART, Etat.SANS_OBJET))
    return f"Prescriptions : {said}." if said else "Aucun écart relevé."


def _log(text: str, level: "Qgis.MessageLevel" = Qgis.MessageLevel.Info) -> None:
    QgsMessageLog.logMessage(text, LOG, level, level == Qgis.MessageLevel.Critical)
