"""Third block of a new control: each layer and table of the rules, found or to choose, and what a missing one costs."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import Dict, List, Mapping, Optional, Tuple

from qgis.core import QgsProject, QgsVectorLayer
from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QComboBox, QFileDialog, QGridLayout, QGroupBox, QInputDialog, QLabel, QWidget

from ...checks.base import Etat
from ...checks.wording import names, plural
from ...gis import map_group
from ...gis.choices import Choices
from ...gis.control import complements
from ...gis.failures import sentence
from ...gis.files.snapshots import SourceError, chemin
from ...gis.files.sources import layer_names
from ...gis.proposals import CHOSEN, MATCHED, Offered, Role, propose
from ...rules.model import RuleSet
from .. import icons
from ..background import Asked

_FILTER = "Couches et tables (*.gpkg *.shp *.tab *.geojson *.json *.gml *.fgb *.csv *.xlsx *.ods);;Tout (*)"
_KINDS = {"surface": "surfaces", "ligne": "lignes", "point": "points", "": "table"}
#: files that hold several layers
_SEVERAL = (".gpkg", ".sqlite", ".xlsx", ".ods", ".gdb")
_NONE, _BACK, _BROWSE = "(aucune)", "(revenir à la source des règles)", "Parcourir…"


class LayersBlock(QGroupBox):
    """Emits `changed()` when the proposals change. `chosen`: what the user chose by hand, by name in the rules."""

    changed = pyqtSignal()

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__("3. Les couches et tables du SCoT", parent)
        self.chosen: Dict[str, str] = {}
        self.problem = ""
        self._chosen_for: Dict[str, Tuple[str, ...]] = {}  # the PLU in hand when it was chosen
        self._plu: Tuple[str, ...] = ()
        self._browsing: Optional[List[Role]] = None  # proposals that came while a file dialog was open
        self._is_browsing = False
        self.roles: List[Role] = []
        self.rows: Dict[str, RoleRow] = {}
        self._rules: Optional[RuleSet] = None
        self._choices = Choices()
        self._asked = Asked("Recherche des couches", self)
        self._asked.answered.connect(self._known)
        self._asked.failed.connect(self._failed)
        self.told = QLabel(self)
        self.told.setWordWrap(True)
        self.grid = QGridLayout()
        layout = QGridLayout(self)
        layout.addWidget(self.told, 0, 0)
        layout.addLayout(self.grid, 1, 0)
        self._known([])

    @property
    def waiting(self) -> bool:
        return self._asked.waiting

    @property
    def matched(self) -> Dict[str, str]:
        """Name in the rules -> source of the layer of the project that bears it."""
        return {role.nom: role.source for role in self.roles if role.origine == MATCHED and role.found}

    def remember(self, chosen: Mapping[str, str], plu: Tuple[str, ...]) -> None:
        """What was chosen for that PLU before."""
        self.chosen, self._plu = dict(chosen), plu
        self._chosen_for = dict.fromkeys(chosen, plu)

    def seek(self, rules: Optional[RuleSet], choices: Choices, plu: Tuple[str, ...]) -> None:
        """Look again for what these rules need. `choices` tells the PLU, beside which its complements are; `plu` tells
        it from another: what was chosen for another one and comes with a PLU is forgotten."""
        self._rules, self._choices, self._plu, self.problem = rules, choices, plu, ""
        if rules is None:
            self._asked.drop()
            self._known([])
            return
        for nom in [nom for nom, given in self._chosen_for.items() if given != plu and _comes_with_plu(rules, nom)]:
            self.chosen.pop(nom, None)
            self._chosen_for.pop(nom)
        chosen, offered = dict(self.chosen), project_layers()
        self._asked.ask(lambda progress: propose(rules, _complements(choices), chosen, offered))

    def close_work(self) -> None:
        self._asked.drop()

    def browse(self, role: Role) -> str:
        """A file chosen by hand for that role. The rows stay as they are while the dialog of QGIS is open."""
        self._is_browsing = True
        try:
            return ask_source(self, role)
        finally:
            self._is_browsing = False
            late, self._browsing = self._browsing, None
            if late is not None:
                self._known(late)

    def _failed(self, failure: BaseException) -> None:
        self.problem = sentence(failure)
        self._known([])

    def _known(self, roles: List[Role]) -> None:
        if self._is_browsing:
            self._browsing = roles
            return
        self.roles = roles
        for row in self.rows.values():
            row.remove()
        self.rows = {role.nom: RoleRow(self, place, role) for place, role in enumerate(roles)}
        missing = [role for role in roles if not role.found]
        touched = list(dict.fromkeys(one for role in missing for one in role.prescriptions))
        if self.problem:
            text = f"<b>{escape(self.problem)}</b>"
        elif not roles:
            text = "" if self._rules is None else "Ces règles n'ont besoin d'aucune couche."
        elif not missing:
            text = f"{plural(len(roles), 'couche ou table trouvée', 'couches et tables, toutes trouvées')}."
        else:
            count = plural(len(missing), "couche ou table manque", "couches ou tables manquent")
            left = f" ; non évalué en tout ou partie : {escape(names(touched, 12))}." if touched else "."
            text = f"<b>{count}</b>{left}"
        self.told.setText(text)
        self.changed.emit()

    def choose(self, nom: str, source: str) -> None:
        """Take this source for that role; "" gives the choice back to the plugin."""
        if source:
            self.chosen[nom], self._chosen_for[nom] = source, self._plu
        else:
            self.chosen.pop(nom, None)
            self._chosen_for.pop(nom, None)
        self.seek(self._rules, self._choices, self._plu)
        self.changed.emit()


class RoleRow:
    """One line: state, name, where it is read, what that means."""

    def __init__(self, block: LayersBlock, place: int, role: Role) -> None:
        self._block, self.role = block, role
        state = QLabel(block)
        state.setPixmap(icons.of_state(Etat.SANS_ECART if role.found else Etat.NON_EVALUE).pixmap(16, 16))
        state.setToolTip("Trouvée" if role.found else "Manque")
        name = QLabel(f"{role.libelle} ({_KINDS[role.geometrie]})", block)
        name.setWordWrap(True)
        name.setTextFormat(Qt.TextFormat.PlainText)
        name.setToolTip(f"« {role.nom} » dans le fichier de règles")
        self.combo = QComboBox(block)
        self.combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.combo.setMinimumContentsLength(18)
        self._fill()
        # queued: the combo may be gone when the file dialog is closed, and must not be speaking then
        self.combo.activated.connect(self._activated, Qt.ConnectionType.QueuedConnection)
        self.said = QLabel(self._meaning(), block)
        self.said.setWordWrap(True)
        self.said.setTextFormat(Qt.TextFormat.PlainText)
        self._widgets = [state, name, self.combo, self.said]
        for column, widget in enumerate(self._widgets):
            block.grid.addWidget(widget, place, column)
        block.grid.setColumnStretch(1, 3)
        block.grid.setColumnStretch(2, 3)
        block.grid.setColumnStretch(3, 4)

    def remove(self) -> None:
        for widget in self._widgets:
            self._block.grid.removeWidget(widget)
            widget.setParent(None)
            widget.deleteLater()

    def _fill(self) -> None:
        role = self.role
        self.combo.addItem(_short(role.source) if role.found else _NONE, role.source)
        self.combo.setToolTip(role.source)
        if role.origine == CHOSEN:
            self.combo.addItem(_BACK, "")
        for one in project_layers():
            if one.table == (not role.geometrie) and one.source != role.source:
                self.combo.addItem(one.nom, one.source)
        self.combo.addItem(_BROWSE)

    def _activated(self, position: int) -> None:
        if self.combo.itemText(position) == _BROWSE:
            source = self._block.browse(self.role)
            if not source:
                if self._block.rows.get(self.role.nom) is self:
                    self.combo.setCurrentIndex(0)
                return
        elif position:
            source = self.combo.itemData(position)
        else:
            return
        self._block.choose(self.role.nom, source)

    def _meaning(self) -> str:
        role = self.role
        if role.found:
            return role.origine
        lost = f" ; {names(role.prescriptions, 8)} : non évalué sans elle" if role.prescriptions else ""
        return f"à choisir{f' ({role.cause})' if role.cause else ''}{lost}"


def ask_source(parent: QWidget, role: Role) -> str:
    """A file chosen by hand, with the layer taken in it when it holds several; "" when the user gives up."""
    path, _ = QFileDialog.getOpenFileName(parent, f"{role.libelle} ({_KINDS[role.geometrie]})", "", _FILTER)
    if not path or Path(path).suffix.lower() not in _SEVERAL:
        return path
    try:
        found = [name for name in layer_names(Path(path)) if name != "layer_styles"]
    except SourceError:
        return path  # the run says why it cannot be read
    if len(found) < 2:
        return path
    name, chosen = QInputDialog.getItem(parent, role.libelle, "Couche ou feuille à lire :", found, 0, False)
    return f"{path}|layername={name}" if chosen else ""


def _comes_with_plu(rules: RuleSet, nom: str) -> bool:
    declared = rules.couches.get(nom) or rules.tables.get(nom)
    return declared is not None and declared.fourni_par == "plu"


def _complements(choices: Choices) -> Optional[Path]:
    """The folder of what comes with the PLU, None while there is no PLU. It lists folders: not for the interface."""
    if choices.plu:
        return complements(Path(choices.plu))
    return complements(choices.tables) if "ZONE_URBA" in choices.tables else None


def project_layers() -> List[Offered]:
    """The vector layers of the project, those of a dossier aside."""
    layers = [layer for layer in QgsProject.instance().mapLayers().values() if isinstance(layer, QgsVectorLayer)]
    return [
        Offered(layer.name(), chemin(layer), not layer.isSpatial())
        for layer in layers
        if layer.isValid() and not layer.customProperty(map_group.TABLE_MARK)
    ]


def _short(source: str) -> str:
    path, _, layer = source.partition("|layername=")
    name = Path(path).name if "://" not in path else path
    return f"{name} : {layer}" if layer else name
