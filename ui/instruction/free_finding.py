"""A finding seen by the reader and not by the machine: its words, its prescription, its place on the map."""

from __future__ import annotations

from typing import Optional, Sequence, Tuple

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCsException,
    QgsGeometry,
    QgsProject,
    QgsWkbTypes,
)
from qgis.gui import QgsMapCanvas
from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
)

from ...checks.wording import area, length
from ...gis.instruction.decisions import FreeFinding, Refused
from ...gis.instruction.notebook import Notebook
from ...gis.results import PrescriptionRow, geometry_of
from ..map.draw import DrawTool
from .form import author

_KINDS = (
    ("Point", QgsWkbTypes.GeometryType.PointGeometry),
    ("Ligne", QgsWkbTypes.GeometryType.LineGeometry),
    ("Surface", QgsWkbTypes.GeometryType.PolygonGeometry),
)
#: lines of the text that show at once
_LINES = 4
_DRAWING = "Cliquez sur la carte ; clic droit pour finir, Échap pour abandonner."


class FreeFindingDialog(QDialog):
    """Not modal: the map is drawn on while it is open. Emits `saved(FreeFinding)` once it is in the dossier."""

    saved = pyqtSignal(object)

    def __init__(
        self,
        notebook: Notebook,
        prescriptions: Sequence[PrescriptionRow],
        crs: str,
        canvas: QgsMapCanvas,
        parent=None,
        prescription: str = "",
        finding: Optional[FreeFinding] = None,
    ) -> None:
        """`crs`: of the dossier; `prescription`: the one in hand; `finding`: the one to amend, a new one otherwise."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Modifier un constat" if finding else "Ajouter un constat")
        self._notebook, self._crs, self._canvas, self._finding = notebook, crs, canvas, finding
        self._wkb: Optional[bytes] = finding.wkb if finding else None
        self.text = QPlainTextEdit(self)
        self.text.setPlaceholderText("Ce que vous avez relevé, en une phrase ou deux.")
        self.text.setTabChangesFocus(True)
        self.prescription = QComboBox(self)
        self.prescription.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.prescription.setMinimumContentsLength(24)
        self.prescription.addItem("Aucune en particulier", "")
        for one in prescriptions:
            self.prescription.addItem(f"{one.id} {one.intitule}", one.id)
        wanted = finding.prescription if finding else prescription
        self.prescription.setCurrentIndex(max(self.prescription.findData(wanted), 0))
        self.place = QLabel(self)
        self.place.setWordWrap(True)
        self.said = QLabel(self)
        self.said.setWordWrap(True)
        self.tool = DrawTool(canvas)
        self.draw = {}
        self._arrange()
        self._connect()
        if finding is not None:
            self.text.setPlainText(finding.texte)
        self._tell_place()
        self._untouched = self._said

    @property
    def touched(self) -> bool:
        """Whether something would be lost if it were closed."""
        return self._said != self._untouched

    def go_on_in(self, notebook: Notebook) -> None:
        """The control was made again in the same dossier."""
        self._notebook = notebook

    def save(self) -> bool:
        """Keep it in the dossier. False, and the dialog says why, when it could not be."""
        texte, prescription, wkb = self._said
        try:
            if self._finding is not None:
                kept = self._notebook.amend_free(self._finding, texte, author(), prescription, wkb)
            else:
                kept = self._notebook.add_free(texte, author(), prescription, wkb)
        except Refused as refused:
            self.said.setText(str(refused))
            return False
        self.saved.emit(kept)
        self.accept()
        return True

    @property
    def _said(self) -> Tuple[str, str, Optional[bytes]]:
        return self.text.toPlainText(), self.prescription.currentData(), self._wkb

    def _arrange(self) -> None:
        self.text.setMinimumHeight(self.text.fontMetrics().lineSpacing() * _LINES + 12)
        form = QFormLayout()
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        form.addRow("&Constat", self.text)
        form.addRow("P&rescription", self.prescription)
        drawing = QHBoxLayout()
        for name, kind in _KINDS:
            button = self.draw[kind] = self._button(name, f"Dessiner sur la carte : {name.lower()}")
            button.clicked.connect(lambda checked=False, kind=kind: self._begin(kind))
            drawing.addWidget(button)
        self.nowhere = self._button("Sans lieu", "Le constat ne porte sur aucun lieu en particulier")
        self.nowhere.clicked.connect(lambda: self._place(None))
        drawing.addWidget(self.nowhere)
        drawing.addStretch(1)
        form.addRow("Lieu", drawing)
        self.buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel, self
        )
        self.buttons.button(QDialogButtonBox.StandardButton.Save).setText("Enregistrer")
        self.buttons.button(QDialogButtonBox.StandardButton.Cancel).setText("Annuler")
        column = QVBoxLayout(self)
        column.addLayout(form)
        for widget in (self.place, self.said, self.buttons):
            column.addWidget(widget)

    def _button(self, name: str, tip: str) -> QPushButton:
        button = QPushButton(name, self)
        button.setToolTip(tip)
        button.setAutoDefault(False)
        return button

    def _connect(self) -> None:
        self.buttons.accepted.connect(self.save)
        self.buttons.rejected.connect(self.reject)
        self.tool.drawn.connect(self._drawn)
        self.tool.abandoned.connect(self._tell_place)
        self.finished.connect(self._leave_map)

    def _begin(self, kind) -> None:
        self.tool.start(kind)
        self.place.setText(_DRAWING)
        self._canvas.setFocus()

    def _drawn(self, shape: QgsGeometry) -> None:
        """In the projection of the dossier."""
        if not _is_somewhere(shape) or shape.type() != self.tool.kind:
            self.place.setText("Ce tracé ne délimite rien : redessinez-le.")
            return
        target = QgsCoordinateReferenceSystem(self._crs)
        moved = QgsGeometry(shape)
        try:
            moved.transform(
                QgsCoordinateTransform(self._canvas.mapSettings().destinationCrs(), target, QgsProject.instance())
            )
        except QgsCsException:
            moved = QgsGeometry()
        if not _is_somewhere(moved):
            self.place.setText("Ce lieu est hors du territoire de la projection du dossier : redessinez-le.")
            return
        self._place(bytes(moved.asWkb()))
        self.raise_()
        self.activateWindow()

    def _place(self, wkb: Optional[bytes]) -> None:
        self._wkb = wkb
        self._tell_place()

    def _tell_place(self) -> None:
        if self._wkb is None:
            self.place.setText("Aucun lieu : le constat porte sur l'ensemble.")
            return
        shape = geometry_of(self._wkb)
        size = {
            QgsWkbTypes.GeometryType.PointGeometry: "Un point",
            QgsWkbTypes.GeometryType.LineGeometry: f"Une ligne de {length(shape.length())}",
            QgsWkbTypes.GeometryType.PolygonGeometry: f"Une surface de {area(shape.area())}",
        }
        self.place.setText(f"{size.get(shape.type(), 'Un lieu')}, sur la carte.")

    def _leave_map(self) -> None:
        if self._canvas.mapTool() is self.tool:
            self._canvas.unsetMapTool(self.tool)
        self.tool.deleteLater()


def _is_somewhere(shape: QgsGeometry) -> bool:
    return not shape.isEmpty() and shape.boundingBox().isFinite()
