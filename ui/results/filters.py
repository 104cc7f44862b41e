"""What is kept in the list: a search, a button per criterion, what is filtered in words, everything in one click."""

from __future__ import annotations

from html import escape
from typing import Any, Dict, FrozenSet, List, Optional, Tuple

import numpy as np
from qgis.gui import QgsFilterLineEdit
from qgis.PyQt.QtCore import Qt, QTimer, pyqtSignal
from qgis.PyQt.QtGui import QPainter
from qgis.PyQt.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from ...checks.base import Etat
from ...checks.wording import number
from ...gis.instruction.decisions import Decision
from .. import icons
from ..flow import Flow
from . import appraised, cells
from .answers import STATES, Answers
from .choice import Choice, Option
from .criteria import Criteria

#: how long one waits for the next letter, ms
_TYPING = 120
#: values told one by one
_TOLD = 3


class FilterBar(QWidget):
    """Emits `changed()`: other answers are to be kept; `sight_asked(bool)`: the map is to be followed, or no more."""

    changed = pyqtSignal()
    sight_asked = pyqtSignal(bool)

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self._objective = ""
        self._seen: Optional[FrozenSet[Any]] = None
        self._typing = QTimer(self, singleShot=True, interval=_TYPING)
        self._typing.timeout.connect(self.changed)
        self.search = QgsFilterLineEdit(self)
        self.search.setShowSearchIcon(True)
        self.search.setPlaceholderText("Rechercher : prescription, commune, zone…")
        self.search.setToolTip("Les constats qui contiennent tous ces mots, sans égard aux accents")
        self.search.setAccessibleName("Rechercher dans les constats")
        self.search.textChanged.connect(self._typing.start)
        self.states = Choice("État", "Ne garder que certains états", self)
        self.communes = Choice("Commune", "Ne garder que certaines communes", self)
        self.themes = Choice("Thème", "Ne garder que certains thèmes", self)
        self.natures = Choice("Nature", "Ne garder que certaines natures de prescription", self)
        self.decisions = Choice("Appréciation", "Ne garder que certaines appréciations", self)
        self.to_do = _check("À traiter", "Ne garder que ce qui appelle un regard et n'est pas encore apprécié", self)
        self.on_map = _check("Sur la carte", "Ne garder que les constats dont un écart est visible sur la carte", self)
        self.kept = QLabel(self)
        self.summary = _OneLine(self)
        self.everything = QToolButton(self)
        self.everything.setText("Tout afficher")
        self.everything.setToolTip("Enlever tous les filtres")
        self.everything.clicked.connect(self._everything)
        self._arrange()
        for choice in self._choices():
            choice.changed.connect(self._changed)
        self.to_do.toggled.connect(self._changed)
        self.on_map.toggled.connect(self._follow_map)
        self.tell(0, 0)

    @property
    def criteria(self) -> Criteria:
        return Criteria(
            text=self.search.text(),
            states=self.states.chosen,
            communes=self.communes.chosen,
            themes=self.themes.chosen,
            natures=self.natures.chosen,
            decisions=self.decisions.chosen,
            to_do=self.to_do.isChecked(),
            objective=self._objective,
            seen=self._seen,
        )

    def offer(self, answers: Optional[Answers]) -> None:
        """What these answers may be filtered by; nothing is filtered, nothing is told."""
        self._quietly_clear()
        self.states.offer(_states(answers) if answers is not None else [])
        self.communes.offer(_communes(answers) if answers is not None else [])
        self.themes.offer(_of_prescriptions(answers, "theme") if answers is not None else [])
        self.natures.offer(_of_prescriptions(answers, "nature") if answers is not None else [])
        self.decisions.offer(_decisions(answers) if answers is not None else [])

    def recount(self, answers: Answers) -> None:
        """Decisions were taken, or findings added: the menus tell how many there are now."""
        self.states.renew(_states(answers, self.states.chosen))
        self.decisions.renew(_decisions(answers))

    def clear(self) -> None:
        """No filter; nothing is told."""
        self._quietly_clear()

    def ask(self, objective: str, etat: Optional[Etat]) -> None:
        """Only that objective ("": all) and that state (None: all)."""
        self._quietly_clear()
        self._objective = objective
        self._quietly(self.states, lambda: self.states.choose([etat] if etat is not None else []))
        self._changed()

    def see(self, seen: Optional[FrozenSet[Any]]) -> None:
        """What the map shows, while it is followed."""
        if self.on_map.isChecked() and seen != self._seen:
            self._seen = seen
            self._changed()

    def tell(self, kept: int, total: int) -> None:
        """How many are kept, and why."""
        said = self._said()
        filtered = bool(said)
        self.kept.setText(f"{number(kept)} sur {number(total)}" if filtered else "")
        self.summary.setText(" ; ".join(said))
        self._line.setVisible(filtered)

    def _said(self) -> List[str]:
        text = self.search.text().strip()
        parts = [f"objectif : {self._objective}"] if self._objective else []
        parts += [f"texte « {text} »"] if text else []
        for name, several, choice in (
            ("état", "états", self.states),
            ("commune", "communes", self.communes),
            ("thème", "thèmes", self.themes),
            ("nature", "natures", self.natures),
            ("appréciation", "appréciations", self.decisions),
        ):
            labels = choice.labels
            if len(labels) > _TOLD:
                parts.append(f"{len(labels)} {several}")
            elif labels:
                parts.append(f"{name} : {', '.join(labels)}")
        parts += ["à traiter"] if self.to_do.isChecked() else []
        return parts + (["visible sur la carte"] if self.on_map.isChecked() else [])

    # -- parts ------------------------------------------------------------------------------------

    def _choices(self) -> Tuple[Choice, ...]:
        return self.states, self.communes, self.themes, self.natures, self.decisions

    def _arrange(self) -> None:
        flow = Flow()
        for widget in (*self._choices(), self.to_do, self.on_map):
            flow.addWidget(widget)
        self._line = QWidget(self)
        told = QHBoxLayout(self._line)
        told.setContentsMargins(0, 0, 0, 0)
        told.setSpacing(10)
        told.addWidget(self.kept)
        told.addWidget(self.summary, 1)
        told.addWidget(self.everything)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        column.addWidget(self.search)
        column.addLayout(flow)
        column.addWidget(self._line)

    def _quietly_clear(self) -> None:
        self._typing.stop()
        self._objective, self._seen = "", None
        self._quietly(self.search, self.search.clear)
        for choice in self._choices():
            self._quietly(choice, choice.clear)
        self._quietly(self.to_do, lambda: self.to_do.setChecked(False))
        if self.on_map.isChecked():
            self._quietly(self.on_map, lambda: self.on_map.setChecked(False))
            self.sight_asked.emit(False)

    @staticmethod
    def _quietly(widget: QWidget, change: Any) -> None:
        widget.blockSignals(True)
        change()
        widget.blockSignals(False)

    def _everything(self) -> None:
        self._quietly_clear()
        self._changed()
        self.search.setFocus()  # the button goes

    def _changed(self, *_: Any) -> None:
        self._typing.stop()
        self.changed.emit()

    def _follow_map(self, followed: bool) -> None:
        if not followed:
            self._seen = None
            self._changed()
        self.sight_asked.emit(followed)


class _OneLine(QLabel):
    """A text cut at the width of its line, whole in its tooltip."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def setText(self, text: str) -> None:
        super().setText(text)
        self.setToolTip(f"<p>{escape(text)}</p>" if text else "")

    def paintEvent(self, event) -> None:
        rect = self.contentsRect()
        cut = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, rect.width())
        self.style().drawItemText(
            QPainter(self), rect, Qt.AlignmentFlag.AlignVCenter, self.palette(), True, cut, self.foregroundRole()
        )


def _check(text: str, tip: str, parent: QWidget) -> QCheckBox:
    """A box to tick: a button pressed does not show in every theme."""
    box = QCheckBox(text, parent)
    box.setToolTip(tip)
    box.setAccessibleName(f"{text} : {tip}")
    return box


def _states(answers: Answers, ticked: FrozenSet[Any] = frozenset()) -> List[Option]:
    """Every state, also those that no answer has: one learns them there."""
    tally = dict(zip(STATES, np.bincount(answers.etat, minlength=len(STATES)).tolist()))
    offered = [state for state in STATES if isinstance(state, Etat) or tally[state] or state in ticked]
    return [
        Option(
            state,
            cells.label(state),
            tally[state],
            icons.of_state(state if isinstance(state, Etat) else Etat.A_APPRECIER),
        )
        for state in offered
    ]


def _communes(answers: Answers) -> List[Option]:
    counts, names = answers.by_commune(), answers.communes
    return [
        Option(code, names[code] if names[code] == code else f"{names[code]} · {code}", counts[code])
        for code in sorted(names, key=lambda code: (names[code], code))
    ]


def _of_prescriptions(answers: Answers, name: str) -> List[Option]:
    found: Dict[str, int] = {}
    counts = np.bincount(answers.holder, minlength=len(answers.holders)).tolist()
    for holder, count in zip(answers.holders, counts):
        value = getattr(holder.item, name, "")
        if value:
            found[value] = found.get(value, 0) + count
    return [Option(value, value, count) for value, count in sorted(found.items())]


def _decisions(answers: Answers) -> List[Option]:
    return [Option(one, one.label, int(np.count_nonzero(answers.bits & appraised.bit(one)))) for one in Decision]
