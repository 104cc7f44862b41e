"""What the user chose for a control, as text: kept in the QGIS project, read back from a dossier, made a `Request`.

A source is written as the dossier writes it (`chemin`): a path, `x.gpkg|layername=a`, `postgres://…`. When a layer of
the project has this very source, it is this layer that is read, with its filter and its edits.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any, Callable, Dict, Mapping, Optional, Union

from qgis.core import QgsProject, QgsSettings, QgsVectorLayer
from qgis.PyQt.QtCore import QDir, QStandardPaths

from .archives.finder import archive_root
from .archives.names import PLU_TABLES
from .control import Request
from .files.snapshots import Snapshot, SourceError, chemin, snapshot

#: where the project keeps them
SCOPE, KEY, DOSSIER_KEY = "scot_compat", "choix", "dossier"
#: folder of the project when it remembered them: "Enregistrer sous" moves the project without what it uses
_HOME = "projet"
_PACKED = (".zip", ".gz", ".tar", ".tgz")
RULES_SETTING = "scot_compat/regles"
SUFFIX = " - compatibilité SCoT.gpkg"


@dataclass(frozen=True)
class Choices:
    """`plu`: an archive, or `tables`: CNIG table -> source. `roles`: layer or table of the rules -> source."""

    plu: str = ""
    tables: Mapping[str, str] = field(default_factory=dict)
    regles: str = ""
    roles: Mapping[str, str] = field(default_factory=dict)
    horizon: str = ""
    complet: bool = False
    crs_defaut: str = ""
    dossier: str = ""

    @classmethod
    def of_parametres(cls, parametres: str, dossier: Path) -> "Choices":
        """Those that made a dossier (JSON of its table `controle`), to run it again."""
        told = _mapping(parametres)
        roles = _texts(told.get("ROLES"))
        if not roles:  # a dossier of before
            lines = [line.partition("=") for line in str(told.get("SOURCES") or "").splitlines()]
            roles = {nom.strip(): source.strip() for nom, equal, source in lines if equal}
        return cls(
            plu=str(told.get("PLU") or ""),
            tables={table: str(told[table]) for table in PLU_TABLES if told.get(table)},
            regles=str(told.get("REGLES") or ""),
            roles=roles,
            horizon=str(told.get("HORIZON") or ""),
            complet=told.get("PLU_COMPLET") is True,
            crs_defaut=str(told.get("CRS_DEFAUT") or ""),
            dossier=str(dossier),
        )

    @classmethod
    def of_project(cls, project: QgsProject) -> "Choices":
        """Those that the project remembers; where it remembers nothing, the rule file last used in this profile."""
        text, found = project.readEntry(SCOPE, KEY)
        if not found:
            return cls(regles=str(QgsSettings().value(RULES_SETTING, "") or ""))
        told = _mapping(text)
        known = {one.name: told[one.name] for one in fields(cls) if isinstance(told.get(one.name), _kind(one.name))}
        known.update({name: _texts(known[name]) for name in ("tables", "roles") if name in known})
        return cls(**known)._moved(_reader(project, str(told.get(_HOME) or "")))

    def keep(self, project: QgsProject) -> None:
        """Remember them in the project, with paths that follow it when it moves, and the rule file in the profile."""
        QgsSettings().setValue(RULES_SETTING, self.regles)
        told = {**asdict(self._moved(_writer(project))), _HOME: project.homePath()}
        project.writeEntry(SCOPE, KEY, json.dumps(told, ensure_ascii=False))

    def request(self, project: QgsProject) -> Request:
        """What `control` takes; layers of the project are seen as they are now. Raises SourceError."""
        plu: Union[Path, Mapping[str, Union[str, Snapshot]]] = Path(self.plu)
        if not self.plu:
            plu = {table: seen(source, project) for table, source in self.tables.items()}
        zoning = plu.get("ZONE_URBA", "") if isinstance(plu, dict) else ""
        return Request(
            plu=plu,
            regles=Path(self.regles),
            dossier=Path(self.dossier),
            roles={nom: seen(source, project) for nom, source in self.roles.items()},
            horizon=self.horizon,
            complet=self.complet,
            crs_defaut=self.crs_defaut,
            nom=zoning.nom if isinstance(zoning, Snapshot) else Path(zoning.split("|")[0]).stem,
        )

    def _moved(self, moved: Callable[[str], str]) -> "Choices":
        def path(text: str) -> str:
            place, bar, options = text.partition("|")
            return f"{moved(place)}{bar}{options}" if place and "://" not in place else text

        def paths(sources: Mapping[str, str]) -> Dict[str, str]:
            return {name: path(source) for name, source in sources.items()}

        return Choices(
            path(self.plu),
            paths(self.tables),
            path(self.regles),
            paths(self.roles),
            self.horizon,
            self.complet,
            self.crs_defaut,
            path(self.dossier),
        )


def seen(source: str, project: QgsProject) -> Union[str, Snapshot]:
    """The project's layer of that source as it is now, else the source itself. Call it in the interface's thread.

    Raises SourceError for a temporary layer that is no longer there: opened again it would be empty.
    """
    for layer in project.mapLayers().values():
        if isinstance(layer, QgsVectorLayer) and layer.isValid() and chemin(layer) == source:
            return snapshot(layer)
    if source.startswith("memory:"):
        raise SourceError(
            "Une couche temporaire qui a servi à ce contrôle n'est plus dans le projet : choisissez-en une autre dans "
            "« Nouveau contrôle… »."
        )
    return source


def complete_path(text: str) -> str:
    """A path as typed or pasted, quotes included, from the root; "" for nothing."""
    text = text.strip().strip('"')
    return str(Path(text).expanduser().absolute()) if text else ""


def usual_dossier(plu: str, project: QgsProject) -> Path:
    """Where a dossier goes when nothing is said: beside the PLU, else beside the project, else in the documents."""
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    places = [Path(project.homePath() or documents), Path(documents), Path.home()]
    stem = "PLU"
    if plu:
        path = Path(plu)
        root = path if path.is_dir() or path.suffix.lower() == ".zip" else archive_root(path) or path
        stem, places = root.stem if root.is_file() else root.name, [root.parent, *places]
    writable = (place for place in places if place.is_dir() and os.access(place, os.W_OK))
    return next(writable, places[0]) / f"{stem}{SUFFIX}"


def _writer(project: QgsProject) -> Callable[[str], str]:
    """A path -> how the project keeps it, from its own folder."""

    def write(place: str) -> str:
        folder, name = os.path.split(place)
        if not place.lower().endswith(_PACKED):
            return project.writePath(place)
        return f"{project.writePath(folder).rstrip('/')}/{name}"  # QGIS would take it for a /vsizip/ address

    return write


def _reader(project: QgsProject, home: str) -> Callable[[str], str]:
    """A path kept in the project -> where it is now. `home`: the folder of the project when it was kept.

    Beside the project as it is now, when there is something; else where it was then, when it is still there.
    """

    def read(place: str) -> str:
        here, there = project.readPath(place), QDir.cleanPath(QDir(home).absoluteFilePath(place))
        return there if home and not os.path.exists(here) and os.path.exists(there) else here

    return read


def _mapping(text: str) -> Dict[str, Any]:
    """A JSON object, empty when the text is anything else (an entry written by hand, an older dossier)."""
    try:
        told = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return told if isinstance(told, dict) else {}


def _texts(told: Any) -> Dict[str, str]:
    """What names a text in a JSON object; the rest of it, written by hand, means nothing."""
    return {name: value for name, value in told.items() if isinstance(value, str)} if isinstance(told, dict) else {}


def _kind(name: str) -> Optional[type]:
    return {"tables": dict, "roles": dict, "complet": bool}.get(name, str)
