"""Second block of a new control: the rule file, checked whole as soon as it is given."""

from __future__ import annotations

from collections import Counter
from html import escape
from typing import List, Optional, Tuple

from qgis.gui import QgsFileWidget
from qgis.PyQt.QtCore import Qt, QTimer, QUrl, pyqtSignal
from qgis.PyQt.QtGui import QDesktopServices
from qgis.PyQt.QtWidgets import QGroupBox, QLabel, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from ...checks.progress import Progress
from ...checks.registry import KINDS
from ...checks.wording import plural
from ...gis.choices import complete_path
from ...gis.failures import sentence
from ...rules.errors import ERREUR, InvalidRules, RuleError
from ...rules.loader import load
from ...rules.model import RuleSet
from ..background import Asked

_FILTER = "Règles (*.yaml *.yml);;Tous les fichiers (*)"
_TYPING = 300

Checked = Tuple[Optional[RuleSet], Tuple[RuleError, ...]]


class RulesBlock(QGroupBox):
    """Emits `changed()` when the file or what is known of it changes. `rules` is None until it is known to be valid."""

    changed = pyqtSignal()

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__("2. Les règles", parent)
        self.rules: Optional[RuleSet] = None
        self.remarks: Tuple[RuleError, ...] = ()
        self._asked = Asked("Vérification des règles", self)
        self._asked.answered.connect(self._known)
        self._asked.failed.connect(self._broken)
        self._typing = QTimer(self, singleShot=True, interval=_TYPING)
        self._typing.timeout.connect(self.check)
        self.file = QgsFileWidget(self)
        self.file.setFilter(_FILTER)
        self.file.setDialogTitle("Fichier de règles du SCoT")
        self.file.fileChanged.connect(lambda path: self._later())
        self.told = QLabel(self)
        self.told.setWordWrap(True)
        self.list = QListWidget(self)
        self.list.setWordWrap(True)
        self.list.setMaximumHeight(120)
        self.list.itemActivated.connect(self._open)
        layout = QVBoxLayout(self)
        for widget in (self.file, self.told, self.list):
            layout.addWidget(widget)
        self._say("", ())

    @property
    def path(self) -> str:
        return complete_path(self.file.filePath())

    @property
    def waiting(self) -> bool:
        return self._asked.waiting or self._typing.isActive()

    def give(self, path: str) -> None:
        """A rule file, as if it had been chosen by hand."""
        self.file.setFilePath(path)
        self.check()

    def check(self) -> None:
        """Read the file, in the background."""
        self._typing.stop()
        self.rules, self.remarks = None, ()
        path = self.path
        if not path:
            self._asked.drop()
            self._say("", ())
            return
        self._asked.ask(lambda progress: _checked(path, progress))
        self._say("<i>Vérification…</i>", ())

    def close_work(self) -> None:
        self._typing.stop()
        self._asked.drop()

    def _later(self) -> None:
        self._typing.start()
        self.changed.emit()

    def _known(self, checked: Checked) -> None:
        self.rules, self.remarks = checked
        errors = [remark for remark in self.remarks if remark.severity == ERREUR]
        if self.rules is None:
            self._say(
                f"<b>{plural(len(errors), 'erreur')} : rien ne peut être contrôlé avec ce fichier.</b> "
                "Double-clic sur une ligne : ouvrir le fichier.",
                self.remarks,
            )
            return
        count = plural(len(self.rules.prescriptions), "prescription")
        by_objective = Counter(prescription.objectif for prescription in self.rules.prescriptions)
        rows = "".join(f"<li>{escape(objective)} : {number}</li>" for objective, number in by_objective.items())
        self._say(f"<b>{escape(self.rules.scot.nom)}</b> : {count}<ul>{rows}</ul>", self.remarks)

    def _broken(self, failure: BaseException) -> None:
        self._say(f"<b>Le fichier n'a pas pu être lu : {escape(sentence(failure))}</b>", ())

    def _say(self, html: str, remarks: Tuple[RuleError, ...]) -> None:
        self.told.setText(html)
        self.told.setVisible(bool(html))
        self.list.clear()
        for remark in remarks:
            self.list.addItem(_item(remark))
        self.list.setVisible(bool(remarks))
        self.changed.emit()

    def _open(self, item: QListWidgetItem) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(item.data(Qt.ItemDataRole.UserRole) or self.path))


def _checked(path: str, progress: Progress) -> Checked:
    try:
        rules = load(path, KINDS)
    except InvalidRules as invalid:
        return None, tuple(invalid.errors)
    return rules, tuple(rules.warnings)


def _item(remark: RuleError) -> QListWidgetItem:
    place: List[str] = [f"ligne {remark.line}"] if remark.line else []
    place += [remark.path] if remark.path else []
    kind = "Erreur" if remark.severity == ERREUR else "Avertissement"
    item = QListWidgetItem(f"{kind}{', ' if place else ''}{', '.join(place)} : {remark.message}")
    item.setData(Qt.ItemDataRole.UserRole, remark.file)
    item.setToolTip(str(remark))
    return item
