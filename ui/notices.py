"""What the dock has to say for as long as it holds, each with what to do next. The message bar alone goes away."""

from __future__ import annotations

from enum import Enum
from typing import Callable, Dict, Optional, Sequence, Tuple

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from .icons import of_qgis

Action = Tuple[str, Callable[[], None]]
_SIDE = 16


class Topic(Enum):
    """One sentence at a time for each of them, in this order."""

    READING = "lecture"
    RUN = "contrôle"
    DOSSIER = "dossier"
    FILE = "fichier"
    COMPARISON = "comparaison"
    MAP = "carte"
    LOCK = "verrou"
    ANSWERS = "réponses"


class Notices(QWidget):
    """Rows above the answers, none at rest."""

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self._rows: Dict[Topic, _Row] = {}
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self.hide()

    def tell(
        self, topic: Topic, text: str, actions: Sequence[Action] = (), warning: bool = False, tip: str = ""
    ) -> None:
        """Say it in the place of what was said on that topic. An action takes its row away first."""
        self.drop(topic)
        row = _Row(text, [(title, self._acting(topic, act)) for title, act in actions], warning, self)
        row.text.setToolTip(tip)
        row.busy.setVisible(topic is Topic.READING)
        row.close_button.setVisible(topic is not Topic.READING)
        row.close_button.clicked.connect(lambda: self.drop(topic))
        above = sum(other in self._rows for other in list(Topic)[: list(Topic).index(topic)])
        self._layout.insertWidget(above, row)
        self._rows[topic] = row
        self.show()

    def drop(self, *topics: Topic) -> None:
        for topic in topics:
            row = self._rows.pop(topic, None)
            if row is not None:
                self._layout.removeWidget(row)
                row.hide()
                row.deleteLater()
        self.setVisible(bool(self._rows))

    def clear(self) -> None:
        self.drop(*Topic)

    def said(self, topic: Topic) -> str:
        return self._rows[topic].said if topic in self._rows else ""

    def buttons(self, topic: Topic) -> Dict[str, QPushButton]:
        return self._rows[topic].buttons if topic in self._rows else {}

    def _acting(self, topic: Topic, act: Callable[[], None]) -> Callable[[], None]:
        def acting() -> None:
            self.drop(topic)
            act()

        return acting


class _Row(QFrame):
    def __init__(self, text: str, actions: Sequence[Action], warning: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        icon = QLabel(self)
        icon.setPixmap(of_qgis("mIconWarning" if warning else "mIconInfo").pixmap(_SIDE, _SIDE))
        self.said = text
        self.text = QLabel(_bound(text), self)
        self.text.setTextFormat(Qt.TextFormat.PlainText)
        self.text.setWordWrap(True)
        self.text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        policy = self.text.sizePolicy()  # its height follows its width: no line is kept for nothing
        policy.setHorizontalPolicy(QSizePolicy.Policy.Ignored)
        self.text.setSizePolicy(policy)
        self.busy = QProgressBar(self)
        self.busy.setRange(0, 0)
        self.busy.setTextVisible(False)
        self.busy.setMaximumHeight(6)
        self.close_button = QToolButton(self)
        self.close_button.setIcon(of_qgis("mIconClose"))
        self.close_button.setAutoRaise(True)
        self.close_button.setToolTip("Fermer ce message")
        self.close_button.setAccessibleName("Fermer ce message")
        self.buttons: Dict[str, QPushButton] = {}
        below = QHBoxLayout()
        below.addStretch(1)
        for title, act in actions:
            button = QPushButton(title, self)
            button.clicked.connect(lambda checked=False, act=act: act())
            below.addWidget(button)
            self.buttons[title] = button
        above = QHBoxLayout()
        above.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
        above.addWidget(self.text, 1)
        above.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(6, 3, 6, 3)
        layout.setSpacing(3)
        layout.addLayout(above)
        layout.addWidget(self.busy)
        if actions:
            layout.addLayout(below)


def _bound(text: str) -> str:
    """No line begins with a colon or ends with an opening guillemet."""
    for mark in (":", ";", "?", "!", "»"):
        text = text.replace(f" {mark}", f"\u00a0{mark}")
    return text.replace("« ", "«\u00a0")
