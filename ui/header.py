"""The top of the dock: the dossier in hand, what can be done, and the control that runs."""

from __future__ import annotations

from typing import Optional

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from .flow import Flow


class Header(QWidget):
    """Buttons tell what is asked; `show_dossier`, `show_run` and `show_rest` say what there is."""

    new_asked = pyqtSignal()
    open_asked = pyqtSignal()
    again_asked = pyqtSignal()
    compare_asked = pyqtSignal()
    cancel_asked = pyqtSignal()

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.dossier = QLabel(self)
        self.dossier.setWordWrap(True)
        self.dossier.setTextFormat(Qt.TextFormat.PlainText)
        self.dossier.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.new = _button("Nouveau contrôle…", "Choisir un PLU et des règles, et lancer le contrôle", self.new_asked)
        self.open = _button("Ouvrir…", "Ouvrir le dossier d'un contrôle déjà fait", self.open_asked)
        self.again = _button("Relancer", "Refaire ce contrôle, mêmes données et mêmes règles", self.again_asked)
        self.compare = _button(
            "Comparer…",
            "Choisir le dossier d'une autre version du PLU : ce qui change d'un contrôle à l'autre",
            self.compare_asked,
        )
        self.cancel = _button("Annuler", "Arrêter le contrôle : rien n'est écrit", self.cancel_asked)
        self.bar = QProgressBar(self)
        self.bar.setRange(0, 100)
        self.step = QLabel(self)
        self.step.setTextFormat(Qt.TextFormat.PlainText)
        self.step.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.row = QWidget(self)
        self.buttons = Flow(self.row)
        for button in (self.new, self.open, self.again, self.compare):
            self.buttons.addWidget(button)
        running = QHBoxLayout()
        running.addWidget(self.bar, 1)
        running.addWidget(self.cancel)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.dossier)
        layout.addWidget(self.row)
        layout.addLayout(running)
        layout.addWidget(self.step)
        self.show_dossier("")
        self.show_rest()

    def show_dossier(self, title: str) -> None:
        """The dossier in hand, "" for none: the welcome page then offers how to begin."""
        self.dossier.setText(title)
        for widget in (self.dossier, self.row):
            widget.setVisible(bool(title))
        self.again.setEnabled(bool(title) and not self.cancel.isVisibleTo(self))

    def show_run(self) -> None:
        """A control begins."""
        self.bar.setValue(0)
        self.step.setText("Préparation du contrôle…")
        self._running(True)

    def show_rest(self) -> None:
        """No control runs."""
        self._running(False)

    def tell(self, share: float, text: str) -> None:
        self.bar.setValue(int(100 * share))
        if text:
            self.step.setText(text)
            self.step.setToolTip(text)

    def _running(self, running: bool) -> None:
        for widget in (self.bar, self.cancel, self.step):
            widget.setVisible(running)
        self.new.setEnabled(not running)
        self.again.setEnabled(not running and bool(self.dossier.text()))


def _button(text: str, tip: str, signal) -> QPushButton:
    button = QPushButton(text)
    button.setToolTip(tip)
    button.clicked.connect(lambda checked=False: signal.emit())
    return button
