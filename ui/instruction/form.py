"""The form under the sheet: what the instructor makes of the rows in hand, kept in the dossier as soon as it is said.

What is typed and not kept stays with its rows: one comes back to it after having looked at others.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Callable, Dict, Optional, Sequence, Tuple

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QEvent, Qt, pyqtSignal
from qgis.PyQt.QtGui import QKeySequence, QPalette
from qgis.PyQt.QtWidgets import (
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ...checks.wording import number, plural
from ...gis.instruction.decisions import Appraisal, Decision, Refused, Subject, Suite, Verdict
from ...gis.instruction.notebook import Notebook
from ..icons import of_qgis
from . import history

#: lines of the reason that show at once
_LINES = 2
#: opacity of the hint in the empty reason, of 255: that of QGIS is hardly seen
_FADED = 150
_KEEP = "Enregistrer dans le dossier (Ctrl+Entrée)"


@dataclass(frozen=True)
class Target:
    """What a decision may bear on: its name for the reader, and the rows of the dossier."""

    nom: str
    subjects: Tuple[Subject, ...]

    @property
    def cles(self) -> Tuple[str, ...]:
        return tuple(one.cle for one in self.subjects)


def author() -> str:
    """Who decides: the name of the user's account, as QGIS knows it."""
    return QgsApplication.userFullName().strip() or QgsApplication.userLoginName().strip() or "auteur inconnu"


class AppraisalForm(QWidget):
    """Emits `changed(keys)` once decisions are in the dossier.

    Where nothing may be written it is read: the dock says why, and how to try again.
    """

    changed = pyqtSignal(object)

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self._notebook = Notebook()
        self._targets: Sequence[Target] = ()
        self._drafts: Dict[Tuple[str, ...], Verdict] = {}
        self._named: Dict[Tuple[str, ...], str] = {}  # what was decided on, for the reader
        self._filled: Optional[Target] = None  # whose form it is, and what the dossier said of it then
        self._held = Verdict(Decision.EN_ATTENTE)
        self.target = _combo("Porte sur", "Sur quoi porte la décision : toute la ligne, ou un seul objet")
        self.decision = _combo("Décision", "Ce que vous retenez de ce constat")
        self.suite = _combo("Suite", "Ce qui sera demandé à l'auteur du document")
        for combo in (self.target, self.decision, self.suite):
            combo.installEventFilter(self)
        for one in Decision:
            self.decision.addItem(one.label, one)
        for one in Suite:
            self.suite.addItem(one.label, one)
        self.reason = QPlainTextEdit(self)
        self.reason.setAccessibleName("Motif")
        self.reason.setPlaceholderText("Motif : pourquoi ? Il sera relu sans vous.")
        self.reason.setTabChangesFocus(True)
        palette = self.reason.palette()
        faded = palette.color(QPalette.ColorRole.Text)
        faded.setAlpha(_FADED)
        palette.setColor(QPalette.ColorRole.PlaceholderText, faded)
        self.reason.setPalette(palette)
        self.keep = QPushButton("Enregistrer", self)
        self.undo = self._tool("mActionUndo", "Annuler la dernière décision (Ctrl+Z)")
        self.redo = self._tool("mActionRedo", "Rétablir la décision annulée (Ctrl+Maj+Z)")
        self.past = self._tool("mIconHistory", "Historique des décisions")
        self.past.setCheckable(True)
        self.said = QLabel(self)
        self.said.setWordWrap(True)
        self.history = history.HistoryView(self)
        self._arrange()
        self._connect()
        self.show_targets(Notebook(), ())

    # -- what is in hand --------------------------------------------------------------------------

    def show_targets(self, notebook: Notebook, targets: Sequence[Target], why: str = "") -> None:
        """What may be decided on, the likeliest first; nothing when there is no row in hand, and `why` if it is not
        plain."""
        same = notebook is self._notebook and [one.cles for one in targets] == [one.cles for one in self._targets]
        wanted = self.target.currentIndex() if same else 0
        if not same:
            self._keep_draft()
        if notebook is not self._notebook:
            self._named = {}
            if notebook.path is None or notebook.path != self._notebook.path:  # else it is its control made again
                self._drafts = {}
        self._notebook, self._targets = notebook, targets
        self.target.blockSignals(True)
        self.target.clear()
        self.target.addItems([one.nom for one in targets])
        self.target.setCurrentIndex(wanted if targets else -1)
        self.target.blockSignals(False)
        if not same:
            self._fill()
        elif self._held != _held(notebook, self.chosen):
            self._follow()
        if why:
            self._say(why)
        self.refresh()

    @property
    def chosen(self) -> Optional[Target]:
        index = self.target.currentIndex()
        return self._targets[index] if 0 <= index < len(self._targets) else None

    @property
    def verdict(self) -> Verdict:
        """What the form says now."""
        return Verdict(self.decision.currentData(), self.reason.toPlainText(), self.suite.currentData())

    # -- what is kept -----------------------------------------------------------------------------

    def record(self) -> bool:
        """Keep what the form says. False, and the form says why, when it could not be."""
        target = self.chosen
        if target is None:
            return False
        try:
            self._notebook.decide(target.subjects, self.verdict, author())
        except Refused as refused:
            self._say(str(refused), refused=True)
            if not self.reason.toPlainText().strip():
                self.reason.setFocus()
            return False
        self._drafts.pop(target.cles, None)
        self._named[target.cles] = target.nom
        self._fill()
        self._say(f"Enregistré pour {target.nom}.")
        self.changed.emit(target.cles)
        return True

    def go_back(self) -> None:
        """Undo the last click (Ctrl+Z)."""
        self._turn(self._notebook.undo, "Rien à annuler.", "Décision annulée")

    def go_forth(self) -> None:
        self._turn(self._notebook.redo, "Rien à rétablir.", "Décision rétablie")

    def _turn(self, act, nothing: str, done: str) -> None:
        try:
            cles = act(author())
        except Refused as refused:
            self._say(str(refused), refused=True)
            return
        if not cles:
            self._say(nothing)
            return
        self._keep_draft()  # the click undone may be that of other rows
        for cle_set in [known for known in self._drafts if set(known) & set(cles)]:
            del self._drafts[cle_set]
        self._fill()
        nom = self._named.get(tuple(cles))
        self._say(f"{done} pour {nom}." if nom else f"{done} ({plural(len(cles), 'ligne')}).")
        self.changed.emit(cles)

    # -- parts ------------------------------------------------------------------------------------

    def _tool(self, icon: str, tip: str) -> QToolButton:
        button = QToolButton(self)
        button.setIcon(of_qgis(icon))
        button.setToolTip(tip)
        button.setAccessibleName(tip)
        button.setAutoRaise(True)
        return button

    def _arrange(self) -> None:
        self.reason.setFixedHeight(self.reason.fontMetrics().lineSpacing() * _LINES + 12)
        grid = QGridLayout()
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(3, 1)
        for row, column, text, widget in (
            (0, 0, "&Porte sur", self.target),
            (1, 0, "&Décision", self.decision),
            (1, 2, "S&uite", self.suite),
            (2, 0, "&Motif", self.reason),
        ):
            label = QLabel(text, self)
            label.setBuddy(widget)
            grid.addWidget(label, row, column, Qt.AlignmentFlag.AlignTop if row == 2 else Qt.AlignmentFlag.AlignVCenter)
            grid.addWidget(widget, row, column + 1, 1, 1 if row == 1 else 3)
        below = QHBoxLayout()
        for button in (self.past, self.undo, self.redo):
            below.addWidget(button)
        below.addWidget(self.said, 1)
        below.addWidget(self.keep)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(grid)
        column.addLayout(below)
        column.addWidget(self.history)
        for first, second in zip(self._in_order(), self._in_order()[1:]):
            QWidget.setTabOrder(first, second)

    def _in_order(self) -> Sequence[QWidget]:
        return (self.target, self.decision, self.suite, self.reason, self.keep, self.past, self.undo, self.redo)

    def _connect(self) -> None:
        self.target.currentIndexChanged.connect(self._target_changed)
        self.keep.clicked.connect(self.record)
        self.undo.clicked.connect(self.go_back)
        self.redo.clicked.connect(self.go_forth)
        self.past.toggled.connect(self.refresh)

    # -- state ------------------------------------------------------------------------------------

    def _target_changed(self) -> None:
        self._keep_draft()
        self._fill()
        self.refresh()

    def _keep_draft(self) -> None:
        """What was typed for the rows that are left, and not kept."""
        if self._filled is None:
            return
        self._drafts.pop(self._filled.cles, None)
        if self.verdict != self._held:
            self._drafts[self._filled.cles] = self.verdict

    def _fill(self) -> None:
        """The form as the dossier has it, or as it was left."""
        target = self._filled = self.chosen
        self._held = _held(self._notebook, target)
        draft = self._drafts.get(target.cles) if target is not None else None
        shown = draft or self._held
        self.decision.setCurrentIndex(self.decision.findData(shown.decision))
        self.suite.setCurrentIndex(self.suite.findData(shown.suite))
        self.reason.setPlainText(shown.motif)
        self._say("Non enregistré : ce que vous aviez commencé." if draft else self._standing(target))

    def _follow(self) -> None:
        """Decided otherwise than here meanwhile: what was begun stays, under what holds now."""
        if self.verdict == self._held:
            self._fill()
        else:
            self._held = _held(self._notebook, self.chosen)
            self._say(self._standing(self.chosen))

    def _standing(self, target: Optional[Target]) -> str:
        """Since when, and by whom, what is shown holds."""
        if target is None:
            return ""
        rows = [self._notebook.of(cle) for cle in target.cles]
        decided = [row for row in rows if row is not None and row.decided]
        if not decided:
            return ""
        if len(target.cles) > 1:
            have = "a" if len(decided) == 1 else "ont"
            return f"{plural(len(decided), 'ligne')} sur {number(len(rows), 0)} {have} déjà une décision."
        return told(decided[0], target.subjects[0])

    def refresh(self, *_) -> None:
        """What may be done now, the right to write being had or lost."""
        target, refusal = self.chosen, self._notebook.refusal
        may = target is not None and not refusal
        for widget in (self.decision, self.suite, self.keep):
            widget.setEnabled(may)
        self.reason.setEnabled(target is not None)
        self.reason.setReadOnly(not may)
        self.keep.setToolTip(refusal or _KEEP)
        self.target.setEnabled(len(self._targets) > 1)
        self.undo.setEnabled(self._notebook.can_undo and not refusal)
        self.redo.setEnabled(self._notebook.can_redo and not refusal)
        rows = self._notebook.history(target.cles[0]) if target is not None and len(target.cles) == 1 else ()
        self.past.setEnabled(bool(rows))
        self.history.show_rows(rows if self.past.isChecked() else ())

    def _say(self, text: str, refused: bool = False) -> None:
        font = self.said.font()
        font.setBold(refused)
        self.said.setFont(font)
        self.said.setText(text)
        self.refresh()

    # -- what Qt asks -----------------------------------------------------------------------------

    def event(self, event) -> bool:
        """Undo and redo are ours here: QGIS has the same keys for the layer being edited."""
        if event.type() == QEvent.Type.ShortcutOverride and self.turns(event):
            event.accept()
            return True
        return super().event(event)

    def eventFilter(self, watched, event) -> bool:
        """A list takes any key for the first letter of an entry."""
        return event.type() == QEvent.Type.KeyPress and self.take_key(event)

    def keyPressEvent(self, event) -> None:
        if not self.take_key(event):
            super().keyPressEvent(event)

    def take_key(self, event) -> bool:
        """Do what a key asks of the form: keep, undo, redo. False when it asks nothing."""
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if control and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.record()
            return True
        turn = self._turning(event)
        if turn is not None:
            turn()
        return turn is not None

    def turns(self, event) -> bool:
        """Whether a key asks to undo or to redo."""
        return self._turning(event) is not None

    def _turning(self, event) -> Optional[Callable[[], None]]:
        if event.matches(QKeySequence.StandardKey.Undo):
            return self.go_back
        return self.go_forth if event.matches(QKeySequence.StandardKey.Redo) else None


def told(row: Appraisal, now: Subject) -> str:
    """`Retenu, réserve. Zoé N., le 12/06/2026 à 14:05. Le constat a changé depuis : à revoir.`"""
    said = f"{row.decision.label}{', ' + row.suite.label.lower() if row.suite is not Suite.AUCUNE else ''}."
    said += f" {history.signed(row)}."
    return said + (" Le constat a changé depuis : à revoir." if row.stale(now) else "")


def _held(notebook: Notebook, target: Optional[Target]) -> Verdict:
    """The decision that all its rows have, "en attente" when they have none or several."""
    found = set()
    for cle in target.cles if target is not None else ():
        row = notebook.of(cle)
        found.add(Verdict(row.decision, row.motif, row.suite) if row is not None else Verdict(Decision.EN_ATTENTE))
    return found.pop() if len(found) == 1 else Verdict(Decision.EN_ATTENTE)


def _combo(name: str, tip: str) -> QComboBox:
    combo = QComboBox()
    combo.setAccessibleName(name)
    combo.setToolTip(tip)
    combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    combo.setMinimumContentsLength(5)
    return combo
