"""The panel under the tree: where the walk is, its arrows, the sheet of the row in hand, its gauge, its appraisal."""

from __future__ import annotations

from typing import Optional

from qgis.PyQt.QtCore import QUrl, pyqtSignal
from qgis.PyQt.QtWidgets import QHBoxLayout, QLabel, QTextBrowser, QToolButton, QVBoxLayout, QWidget

from ..instruction.form import AppraisalForm
from .gauge import GaugeView

#: there is little room: what was found must be read without scrolling
_STYLE = """
p, ul { margin-top: 1px; margin-bottom: 2px; }
h3 { font-size: medium; margin-top: 0px; margin-bottom: 1px; }
h4 { font-size: medium; margin-top: 4px; margin-bottom: 0px; }
"""
#: lines of the sheet that show in the lowest of docks
_LINES = 5


class SheetPanel(QWidget):
    """Emits `stepped(forward)`, `followed(link)`, `add_asked()` for a finding added by hand."""

    stepped = pyqtSignal(bool)
    add_asked = pyqtSignal()
    followed = pyqtSignal(QUrl)

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.place = QLabel(self)
        self.sheet = QTextBrowser(self)
        self.sheet.setAccessibleName("Fiche du constat")
        self.sheet.setOpenLinks(False)
        self.sheet.document().setDefaultStyleSheet(_STYLE)
        self.sheet.setMinimumHeight(self.sheet.fontMetrics().lineSpacing() * _LINES + 12)
        self.sheet.anchorClicked.connect(self.followed)
        self.gauge = GaugeView(self)
        self.form = AppraisalForm(self)
        self.add = QToolButton(self)
        self.add.setText("Ajouter…")
        self.add.setAccessibleName("Ajouter un constat")
        self.add.setToolTip("Ajouter un constat que vous avez relevé, avec ou sans lieu sur la carte")
        self.add.clicked.connect(self.add_asked)
        above = QHBoxLayout()
        above.addWidget(self.place)
        above.addStretch(1)
        above.addWidget(self.add)
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
        column.addWidget(self.sheet, 1)
        column.addWidget(self.gauge)
        column.addWidget(self.form)
