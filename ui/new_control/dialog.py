""" "Nouveau contrôle": the PLU, the rules, the layers, and where the dossier goes. Not modal: the map stays at hand."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import List, Optional, Tuple

from qgis.core import QgsProject
from qgis.gui import QgsFileWidget
from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QGroupBox,
    QLabel,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ...checks import needs
from ...checks.wording import names
from ...gis.choices import Choices, complete_path, usual_dossier
from ...gis.control import is_horizon
from .. import drops
from .layers_block import LayersBlock
from .plu_block import PluBlock
from .rules_block import RulesBlock


class NewControlDialog(QDialog):
    """Emits `launched(Choices)`; what was chosen is remembered in the project."""

    launched = pyqtSignal(object)

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        """What this project was controlled with before is chosen; `show_choices` chooses otherwise."""
        super().__init__(parent)
        self.setObjectName("ScotCompatNewControl")
        self.setWindowTitle("Nouveau contrôle · Compatibilité SCoT")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAcceptDrops(True)
        self.resize(860, 720)
        self.plu = PluBlock(self)
        self.rules = RulesBlock(self)
        self.layers = LayersBlock(self)
        self.horizon = QLineEdit(self)
        self.complet = QCheckBox(self)
        self.dossier = QgsFileWidget(self)
        self.dossier.setStorageMode(QgsFileWidget.StorageMode.SaveFile)
        self.dossier.setFilter("Dossier de contrôle (*.gpkg)")
        self.dossier.setDialogTitle("Où écrire le dossier du contrôle")
        self.dossier.setConfirmOverwrite(False)  # a dossier is replaced with its appraisals, anything else is refused
        self.replaced = QLabel("Ce dossier existe : il sera remplacé, ses appréciations seront reprises.", self)
        self.missing = QLabel(self)
        self.missing.setWordWrap(True)
        self.buttons = QDialogButtonBox(self)
        self.launch = self.buttons.addButton("Lancer le contrôle", QDialogButtonBox.ButtonRole.AcceptRole)
        self.buttons.addButton("Fermer", QDialogButtonBox.ButtonRole.RejectRole)
        self._usual = ""
        self._identity: Tuple[str, ...] = ()  # of the PLU that the answers below are about
        self._vouched: Tuple[str, ...] = ()  # tables said to be verified absent
        self._arrange()
        self._connect()
        self.show_choices(Choices.of_project(QgsProject.instance()))

    def give(self, dropped: drops.Dropped) -> None:
        """A PLU and rules dropped on the dialog or on the dock."""
        if dropped.plu:
            self.plu.give(dropped.plu)
        if dropped.regles:
            self.rules.give(dropped.regles)

    @property
    def choices(self) -> Choices:
        """What the dialog says now; questions that no rule asks are not answered."""
        chosen = self.plu.choices(Choices(regles=self.rules.path, roles=dict(self.layers.chosen)))
        return replace(
            chosen,
            horizon=self.horizon.text().strip() if self._asks_horizon else "",
            complet=self.complet.isChecked() and bool(self._absent),
            dossier=self._dossier,
        )

    # -- inside -----------------------------------------------------------------------------------

    def _arrange(self) -> None:
        self.questions = QGroupBox("Questions que posent ces règles", self)
        asked = QFormLayout(self.questions)
        self._horizon_label = QLabel("Horizon du PLU", self)
        asked.addRow(self._horizon_label, self.horizon)
        asked.addRow(self.complet)
        where = QGroupBox("Le dossier du contrôle", self)
        form = QVBoxLayout(where)
        form.addWidget(self.dossier)
        form.addWidget(self.replaced)
        blocks = QWidget(self)
        column = QVBoxLayout(blocks)
        for block in (self.plu, self.rules, self.layers, self.questions, where):
            column.addWidget(block)
        column.addStretch(1)
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setWidget(blocks)
        layout = QVBoxLayout(self)
        for widget in (area, self.missing, self.buttons):
            layout.addWidget(widget)

    def _connect(self) -> None:
        self.plu.changed.connect(self._plu_changed)
        self.rules.changed.connect(self._seek)
        self.layers.changed.connect(self._refresh)
        self.horizon.textChanged.connect(self._refresh)
        self.complet.toggled.connect(self._vouch)
        self.dossier.fileChanged.connect(self._refresh)
        self.buttons.accepted.connect(self._launch)
        self.buttons.rejected.connect(self.close)

    def show_choices(self, choices: Choices) -> None:
        """Fill everything, as another control was asked for."""
        self._identity = _identity(choices)
        self.layers.remember(choices.roles, self._identity)
        self.horizon.setText(choices.horizon)
        self.complet.setChecked(choices.complet)
        self.dossier.setFilePath(choices.dossier)
        if choices.dossier == self._usual_of(choices.plu):  # it was not chosen: another PLU has another one
            self._usual = choices.dossier
        self.plu.show_choices(choices)
        self.rules.give(choices.regles)
        self._refresh()

    def _usual_of(self, plu: str) -> str:
        return str(usual_dossier(plu, QgsProject.instance()))

    def _plu_changed(self) -> None:
        self._forget_another_plu()
        usual = self._usual_of(self.plu.choices(Choices()).plu) if self.plu.given else ""
        if usual and self.dossier.filePath() in ("", self._usual):
            self.dossier.setFilePath(usual)
            self._usual = usual
        self._seek()

    def _forget_another_plu(self) -> None:
        """What was answered for one PLU says nothing of another: its absent layers, its horizon."""
        identity = _identity(self.plu.choices(Choices()))
        if self._identity and identity and identity != self._identity:
            self.complet.setChecked(False)
            self.horizon.clear()
        self._identity = identity or self._identity

    def _seek(self) -> None:
        """Look for the layers again: what comes with the PLU is beside it."""
        self.layers.seek(self.rules.rules, self.plu.choices(Choices()), self._identity)
        self._refresh()

    def _vouch(self, checked: bool) -> None:
        self._vouched = tuple(self._absent) if checked else ()
        self._refresh()

    @property
    def _dossier(self) -> str:
        return complete_path(self.dossier.filePath())

    @property
    def _asks_horizon(self) -> bool:
        return self.rules.rules is not None and needs.horizon(self.rules.rules)

    @property
    def _absent(self) -> List[str]:
        """Tables that the rules look into and that this PLU does not have."""
        rules, plu = self.rules.rules, self.plu.recognised
        if rules is None or plu is None:
            return []
        return [table for table in needs.of_plu(rules) if table not in plu.tables]

    def _refresh(self) -> None:
        absent, horizon = self._absent, self._asks_horizon
        if absent and self.complet.isChecked() and self._vouched != tuple(absent):
            if self._vouched:  # other tables than those that were verified
                self.complet.setChecked(False)
            self._vouched = tuple(absent)
        self.questions.setVisible(bool(absent) or horizon)
        self._horizon_label.setVisible(horizon)
        self.horizon.setVisible(horizon)
        self._say_horizon()
        self.complet.setVisible(bool(absent))
        self.complet.setText(f"Ce PLU ne comporte pas {names(absent, 6)} : je l'ai vérifié.")
        self.complet.setToolTip("Sinon, ce qui dépend de ces couches absentes reste « non évalué ».")
        self.replaced.setVisible(os.path.isfile(self._dossier))
        missing = self._missing()
        self.missing.setText(missing)
        self.missing.setVisible(bool(missing))
        self.launch.setEnabled(not missing)

    def _say_horizon(self) -> None:
        """What happens when the horizon is left empty."""
        table = needs.horizon_table(self.rules.rules) if self.rules.rules is not None else ""
        hint = f"Si vous laissez vide : lu dans la table « {table} », à la ligne de ce PLU." if table else ""
        self.horizon.setPlaceholderText(hint or "2024-2035")
        self.horizon.setToolTip(hint or "Sinon, ce qui est demandé par an reste « non évalué ».")

    def _missing(self) -> str:
        """What keeps the control from being launched, "" when nothing does."""
        if self.plu.given and self.plu.waiting:
            return "Lecture du PLU en cours…"
        if self.rules.path and self.rules.waiting:
            return "Vérification des règles en cours…"
        if self.plu.recognised is None:
            if self.plu.problem:
                return "Le PLU(i) donné ne peut pas être contrôlé : la raison est dite plus haut."
            return "Donnez le PLU(i)."
        if self.rules.rules is None:
            return "Donnez un fichier de règles valide."
        if self.layers.waiting:
            return "Recherche des couches en cours…"
        if self.layers.problem:
            return "La recherche des couches a échoué : la raison est dite plus haut."
        if self._asks_horizon and self.horizon.text().strip() and not is_horizon(self.horizon.text()):
            return "Horizon : deux années sont attendues, par exemple 2024-2035."
        return "" if self._dossier else "Dites où écrire le dossier du contrôle."

    def _launch(self) -> None:
        """What was chosen by hand is remembered; what was found in the project is read too, this time."""
        choices = self.choices
        choices.keep(QgsProject.instance())
        self.launched.emit(replace(choices, roles={**self.layers.matched, **choices.roles}))
        self.close()

    def _drop_work(self) -> None:
        """What is being read for the dialog is of no more use."""
        for block in (self.plu, self.rules, self.layers):
            block.close_work()

    # -- what Qt asks -----------------------------------------------------------------------------

    def dragEnterEvent(self, event) -> None:
        if drops.accepts(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event) -> None:
        self.give(drops.read(event.mimeData()))
        event.acceptProposedAction()

    def closeEvent(self, event) -> None:
        self._drop_work()
        super().closeEvent(event)

    def done(self, result: int) -> None:
        """Escape comes here without a closeEvent."""
        self._drop_work()
        super().done(result)


def _identity(choices: Choices) -> Tuple[str, ...]:
    """Tells one PLU from another, () for none."""
    return (
        (choices.plu,)
        if choices.plu
        else tuple(f"{table}={source}" for table, source in sorted(choices.tables.items()))
    )
