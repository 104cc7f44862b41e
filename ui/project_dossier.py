"""The dossier that the QGIS project keeps: found again when it is read, wherever both went, and written when it is
saved."""

from __future__ import annotations

from pathlib import Path
from typing import Optional

from qgis.core import QgsProject
from qgis.PyQt.QtCore import QObject, pyqtSignal

from ..gis import map_group
from ..gis.choices import DOSSIER_KEY, SCOPE
from ..gis.results import Results

#: entry of the project: the PLU of its dossier, so that another one is not taken for it
_PLU = "dossier_plu"


class ProjectDossier(QObject):
    """Emits `found(Path)` or `lost(Path)` for the dossier of a project that was just read, `closed()` when it goes."""

    found = pyqtSignal(object)
    lost = pyqtSignal(object)
    closed = pyqtSignal()

    def __init__(self, parent: Optional[QObject] = None) -> None:
        super().__init__(parent)
        self.path: Optional[Path] = None
        project = QgsProject.instance()
        project.readProject.connect(self.look)
        project.writeProject.connect(self._written)
        project.cleared.connect(self._cleared)

    def stop(self) -> None:
        project = QgsProject.instance()
        project.readProject.disconnect(self.look)
        project.writeProject.disconnect(self._written)
        project.cleared.disconnect(self._cleared)

    def look(self, *_) -> None:
        """Look for the dossier of the project that is open."""
        project = QgsProject.instance()
        map_group.resume(project)
        text, known = project.readEntry(SCOPE, DOSSIER_KEY)
        if not known or not text:
            return
        self.path = _where(project, text)
        (self.found if self.path.is_file() else self.lost).emit(self.path)

    def keep(self, results: Results) -> None:
        """It is that of this project from now on."""
        if results.path is not None:
            self.path = results.path
            self._write(QgsProject.instance())
            QgsProject.instance().writeEntry(SCOPE, _PLU, results.controle.plu)

    @property
    def plu(self) -> str:
        """The PLU of the dossier that the project keeps, "" when it does not tell."""
        return QgsProject.instance().readEntry(SCOPE, _PLU)[0]

    def _written(self, *_) -> None:
        """Saved elsewhere, the project has another way to the dossier."""
        project = QgsProject.instance()
        if self.path is None:
            return
        self._write(project)
        group = map_group.find_group(project, self.path)
        if group is not None:
            map_group.mark_group(project, group, self.path)

    def _write(self, project: QgsProject) -> None:
        text = project.writePath(str(self.path))
        if project.readEntry(SCOPE, DOSSIER_KEY)[0] != text:
            project.writeEntry(SCOPE, DOSSIER_KEY, text)

    def _cleared(self) -> None:
        self.path = None
        self.closed.emit()


def _where(project: QgsProject, kept: str) -> Path:
    """The dossier that the project kept. Where that is no longer true, its layers may know where it is."""
    path = Path(project.readPath(kept))
    return next((one for one in (path, *map_group.places(project)) if one.name == path.name and one.is_file()), path)
