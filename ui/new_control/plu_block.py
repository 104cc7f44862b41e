"""First block of a new control: the PLU, recognised as soon as it is given."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import Dict, List, Optional, Tuple, Union

from qgis.core import QgsCoordinateReferenceSystem, QgsMapLayerProxyModel, QgsProject, QgsVectorLayer
from qgis.gui import QgsFileWidget, QgsMapLayerComboBox, QgsProjectionSelectionWidget
from qgis.PyQt.QtCore import QTimer, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QFileDialog,
    QFormLayout,
    QGroupBox,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from ...gis.archives import names
from ...gis.choices import Choices, complete_path, seen
from ...gis.failures import sentence
from ...gis.files.snapshots import NoProjection, Snapshot, SourceError, chemin
from ...gis.recognition import Recognised, recognise
from ..background import Asked

PLU_FILTER = "PLU(i) (*.zip *.gpkg *.shp *.tab *.gml *.geojson *.json *.fgb);;Tous les fichiers (*)"
PLU_TITLE = "Archive .zip, GeoPackage ou fichier du PLU(i)"
_POLYGONS, _LINES, _POINTS = (
    QgsMapLayerProxyModel.Filter.PolygonLayer,
    QgsMapLayerProxyModel.Filter.LineLayer,
    QgsMapLayerProxyModel.Filter.PointLayer,
)
#: tables taken from the project -> their wording and the layers offered
TABLES = {
    "ZONE_URBA": ("Zonage", _POLYGONS),
    "PRESCRIPTION_SURF": ("Prescriptions surfaciques", _POLYGONS),
    "PRESCRIPTION_LIN": ("Prescriptions linéaires", _LINES),
    "PRESCRIPTION_PCT": ("Prescriptions ponctuelles", _POINTS),
    "INFO_SURF": ("Informations surfaciques", _POLYGONS),
    "INFO_LIN": ("Informations linéaires", _LINES),
    "INFO_PCT": ("Informations ponctuelles", _POINTS),
}
#: ms without typing before the path is tried
_TYPING = 300


class PluBlock(QGroupBox):
    """Emits `changed()` when what is given or what is known of it changes. `recognised` is None until it is known."""

    changed = pyqtSignal()

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__("1. Le PLU(i)", parent)
        self.recognised: Optional[Recognised] = None
        self.problem = ""
        self._asked = Asked("Lecture du PLU", self)
        self._asked.answered.connect(self._known)
        self._asked.failed.connect(self._refused)
        self._typing = QTimer(self, singleShot=True, interval=_TYPING)
        self._typing.timeout.connect(self.recognise)
        self.by_file = QRadioButton("Archive, dossier ou fichier", self)
        self.by_layers = QRadioButton("Couches du projet", self)
        self.by_file.setChecked(True)
        self.by_file.toggled.connect(self._way_changed)
        self.file = QgsFileWidget(self)
        self.file.setFilter(PLU_FILTER)
        self.file.setDialogTitle(PLU_TITLE)
        self.file.fileChanged.connect(lambda path: self._later())
        self.folder = QPushButton("Dossier…", self)
        self.folder.setToolTip("Choisir le dossier d'une archive décompressée")
        self.folder.clicked.connect(self._choose_folder)
        self.layers = {table: self._combo(kind) for table, (_, kind) in TABLES.items()}
        self.crs = QgsProjectionSelectionWidget(self)
        self.crs.crsChanged.connect(lambda crs: self._later())
        self.told = QLabel(self)
        self.told.setWordWrap(True)
        self.lost = QLabel(self)
        self.lost.setWordWrap(True)
        self.lost.setVisible(False)
        self.limits = QPlainTextEdit(self)
        self.limits.setReadOnly(True)
        self.limits.setMaximumHeight(90)
        self._arrange()
        self._way_changed()

    @property
    def tables(self) -> Dict[str, str]:
        """CNIG table -> source of the layer of the project that stands for it."""
        chosen = {table: combo.currentLayer() for table, combo in self.layers.items()}
        return {table: chemin(layer) for table, layer in chosen.items() if layer is not None}

    @property
    def given(self) -> bool:
        return bool(self.file.filePath().strip()) if self.by_file.isChecked() else "ZONE_URBA" in self.tables

    @property
    def waiting(self) -> bool:
        return self._asked.waiting or self._typing.isActive()

    def show_choices(self, choices: Choices) -> None:
        """Take up what was chosen before; layers that the project lost are left empty, and said."""
        if choices.crs_defaut:
            self.crs.setCrs(QgsCoordinateReferenceSystem(choices.crs_defaut))
            self._supposed.setVisible(True)
        sources = {chemin(layer): layer for layer in _vector_layers()}
        lost = [table for table, source in choices.tables.items() if source not in sources]
        self.lost.setText(f"Couches qui ne sont plus dans le projet : {', '.join(lost)}. Choisissez-les à nouveau.")
        self.lost.setVisible(bool(lost))
        for table, combo in self.layers.items():
            combo.setLayer(sources.get(choices.tables.get(table, "")))
        self.by_layers.setChecked(bool(choices.tables) and not choices.plu)
        self.by_file.setChecked(not self.by_layers.isChecked())
        self.give(choices.plu)

    def give(self, path: str) -> None:
        """An archive, a folder or a file, as if it had been chosen by hand."""
        if path:
            self.by_file.setChecked(True)
        self.file.setFilePath(path)
        self.recognise()

    def choices(self, choices: Choices) -> Choices:
        """`choices` with what this block says."""
        by_file = self.by_file.isChecked()
        return Choices(
            plu=self.path if by_file else "",
            tables={} if by_file else self.tables,
            regles=choices.regles,
            roles=choices.roles,
            horizon=choices.horizon,
            complet=choices.complet,
            crs_defaut=self.crs.crs().authid() if self.crs.isVisibleTo(self) and self.crs.crs().isValid() else "",
            dossier=choices.dossier,
        )

    @property
    def path(self) -> str:
        return complete_path(self.file.filePath())

    def recognise(self) -> None:
        """Read what is given, in the background."""
        self._typing.stop()
        self.recognised, self.problem = None, ""
        if not self.given:
            self._asked.drop()
            self._say("", ())
            return
        choices = self.choices(Choices())
        try:
            given = self._sources(choices)
        except SourceError as refused:
            self._refused(refused)
            return
        zoning = self.layers["ZONE_URBA"].currentLayer()
        nom = zoning.name() if zoning is not None else ""
        self._asked.ask(lambda progress: recognise(given, progress, default_crs=choices.crs_defaut, nom=nom))
        self._say("<i>Lecture…</i>", ())

    def _sources(self, choices: Choices) -> "Path | Dict[str, Union[str, Snapshot]]":
        if choices.plu:
            return Path(choices.plu)
        return {table: seen(source, QgsProject.instance()) for table, source in choices.tables.items()}

    def close_work(self) -> None:
        self._typing.stop()
        self._asked.drop()

    # -- inside -----------------------------------------------------------------------------------

    def _combo(self, kind) -> QgsMapLayerComboBox:
        combo = QgsMapLayerComboBox(self)
        combo.setFilters(kind)
        combo.setAllowEmptyLayer(True)
        combo.setLayer(None)
        combo.layerChanged.connect(lambda layer: self._later())
        return combo

    def _arrange(self) -> None:
        ways = QHBoxLayout()
        ways.addWidget(self.by_file)
        ways.addWidget(self.by_layers)
        ways.addStretch(1)
        self._files = QWidget(self)
        files = QHBoxLayout(self._files)
        files.setContentsMargins(0, 0, 0, 0)
        files.addWidget(self.file, 1)
        files.addWidget(self.folder)
        self._layers = QWidget(self)
        form = QFormLayout(self._layers)
        form.setContentsMargins(0, 0, 0, 0)
        for table, (wording, _) in TABLES.items():
            form.addRow(f"{wording} ({table})", self.layers[table])
        self._supposed = QWidget(self)
        supposed = QFormLayout(self._supposed)
        supposed.setContentsMargins(0, 0, 0, 0)
        supposed.addRow("Projection à supposer", self.crs)
        self._supposed.setVisible(False)
        layout = QVBoxLayout(self)
        layout.addLayout(ways)
        for widget in (self._files, self._layers, self.lost, self._supposed, self.told, self.limits):
            layout.addWidget(widget)

    def _way_changed(self) -> None:
        by_file = self.by_file.isChecked()
        self._files.setVisible(by_file)
        self._layers.setVisible(not by_file)
        if not by_file and not self.tables:
            self._match()
        self._later()

    def _later(self) -> None:
        """Read it once the user stops typing; until then what was known is of something else."""
        self._typing.start()
        self.changed.emit()

    def _match(self) -> None:
        """The layers of the project that bear the names of the standard."""
        for layer in _vector_layers():
            said = names.parse(layer.name())
            combo = self.layers.get(said.table) if said is not None else None
            if combo is not None and combo.currentLayer() is None:
                combo.setLayer(layer)

    def _choose_folder(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, "Dossier de l'archive du PLU(i)", self.file.filePath())
        if folder:
            self.give(folder)

    def _known(self, recognised: Recognised) -> None:
        self.recognised = recognised
        rows = "".join(
            f"<tr><td>{escape(what)} : </td><td><b>{escape(value)}</b></td></tr>" for what, value in recognised.lines
        )
        self._say(f"<table>{rows}</table>", [f"{table} : {limite}" for table, limite in recognised.limites])

    def _refused(self, failure: BaseException) -> None:
        self.problem = sentence(failure)
        if isinstance(failure, NoProjection):
            self._supposed.setVisible(True)
        self._say(f"<b>{escape(self.problem)}</b>", ())

    def _say(self, html: str, limits: "List[str] | Tuple[str, ...]") -> None:
        self.told.setText(html)
        self.told.setVisible(bool(html))
        head = f"Limites des données ({len(limits)}) :\n" if limits else ""
        self.limits.setPlainText(head + "\n".join(f"• {line}" for line in limits))
        self.limits.setVisible(bool(limits))
        self.changed.emit()


def _vector_layers() -> List[QgsVectorLayer]:
    layers = QgsProject.instance().mapLayers().values()
    return [layer for layer in layers if isinstance(layer, QgsVectorLayer) and layer.isValid()]
