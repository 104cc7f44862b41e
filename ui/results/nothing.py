"""What an empty list says: that the filter keeps nothing, and how to see everything again."""

from __future__ import annotations

from qgis.PyQt.QtCore import QEvent, Qt
from qgis.PyQt.QtWidgets import QAbstractItemView, QLabel, QPushButton, QVBoxLayout, QWidget


class NothingKept(QWidget):
    """Over a list, when it is shown."""

    def __init__(self, over: QAbstractItemView) -> None:
        super().__init__(over.viewport())
        text = QLabel("Aucun constat ne répond à ces filtres.", self)
        text.setWordWrap(True)
        text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.everything = QPushButton("Tout afficher", self)
        layout = QVBoxLayout(self)
        layout.addStretch(1)
        layout.addWidget(text)
        layout.addWidget(self.everything, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(1)
        over.viewport().installEventFilter(self)
        self.hide()

    def eventFilter(self, watched, event) -> bool:
        if event.type() == QEvent.Type.Resize:
            self.resize(event.size())
            lines = 3 * self.fontMetrics().lineSpacing()  # a short list has room for the words; the filters, a button
            self.everything.setVisible(event.size().height() >= lines + self.everything.sizeHint().height())
        return False
