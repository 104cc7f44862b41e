"""What the dock shows before any control: what it is for, and the ways to begin."""

from __future__ import annotations

from typing import Optional

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

_TEXT = (
    "<p><b>Où, de combien et avec quelles preuves un PLU(i) s'écarte-t-il de ce que demande le SCoT ?</b></p>"
    "<p>1. Donnez l'archive du PLU(i), puis le fichier de règles du DOO : déposez-les ici, ou choisissez.<br>"
    "2. Lancez le contrôle : chaque prescription aura sa réponse, chaque écart sa place sur la carte.<br>"
    "3. Passez-les en revue avec F8 et appréciez-les : tout reste dans un seul fichier, le dossier (.gpkg).</p>"
)


class Welcome(QWidget):
    """Emits what is asked: `archive_asked`, `new_asked`, `open_asked`, `demo_asked`."""

    archive_asked = pyqtSignal()
    new_asked = pyqtSignal()
    open_asked = pyqtSignal()
    demo_asked = pyqtSignal()

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        text = QLabel(_TEXT, self)
        text.setWordWrap(True)
        text.setAlignment(Qt.AlignmentFlag.AlignTop)
        layout = QVBoxLayout(self)
        layout.addWidget(text)
        self.buttons = []
        for title, signal in (
            ("Choisir l'archive du PLU(i)…", self.archive_asked),
            ("Choisir un dossier ou des couches…", self.new_asked),
            ("Ouvrir le dossier d'un contrôle…", self.open_asked),
            ("Ouvrir la démonstration", self.demo_asked),
        ):
            button = QPushButton(title, self)
            button.clicked.connect(lambda checked=False, signal=signal: signal.emit())
            layout.addWidget(button)
            self.buttons.append(button)
        layout.addStretch(1)
