"""The panel under the tree: where the walk is, its arrows, the sheet of the row in hand, its gauge."""

from __future__ import annotations

from typing import Optional

from qgis.PyQt.QtCore import QUrl, pyqtSignal
from qgis.PyQt.QtWidgets import QHBoxLayout, QLabel, QTextBrowser, QToolButton, QVBoxLayout, QWidget

from .gauge import GaugeView


class SheetPanel(QWidget):
    """Emits `stepped(forward)`, `followed(link)`."""

    stepped = pyqtSignal(bool)
    followed = pyqtSignal(QUrl)

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.place = QLabel(self)
        self.sheet = QTextBrowser(self)
        self.sheet.setAccessibleName("Fiche du constat")
        self.sheet.setOpenLinks(False)
        self.sheet.anchorClicked.connect(self.followed)
        self.gauge = GaugeView(self)
        above = QHBoxLayout()
        above.addWidget(self.place)
        above.addStretch(1)
        for text, tip, forward in (("◄", "Écart précédent (Maj+F8)", False), ("►", "Écart suivant (F8)", True)):
            button = QToolButton(self)
            button.setText(text)
            button.setToolTip(tip)
            button.setAccessibleName(tip)
            button.clicked.connect(lambda checked=False, forward=forward: self.stepped.emit(forward))
            above.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(above)
        column.addWidget(self.sheet)
        column.addWidget(self.gauge)
