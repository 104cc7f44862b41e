"""What a right click on a row offers; what cannot be done is there, greyed, with its reason."""

from __future__ import annotations

from typing import Callable, List, Optional, Sequence

from qgis.core import QgsProject
from qgis.gui import QgsAttributeDialog, QgsAttributeEditorContext
from qgis.PyQt.QtCore import QObject, QPoint, Qt, QUrl, pyqtSignal
from qgis.PyQt.QtGui import QKeySequence
from qgis.PyQt.QtWidgets import QAction, QApplication, QMenu

from ...checks.wording import number, plural
from ...gis import zone_links
from ...gis.geopackages.geopackage import GeoPackageError
from ...gis.instruction.decisions import FreeFinding
from ...gis.results import ConstatRow, PrescriptionRow, Results
from ...gis.zone_links import Zone
from . import copying, links
from .findings import FindingsTree
from .nodes import Leaf, Node

#: rows beyond which a copy is no longer something to paste, and would hold the interface
MOST = 5000


class RowMenu(QObject):
    """Emits `said(sentence)` for what could not be done, or is worth knowing; `amend_asked(finding)`,
    `withdraw_asked(finding)` for one added by hand."""

    said = pyqtSignal(str)
    amend_asked = pyqtSignal(object)
    withdraw_asked = pyqtSignal(object)

    def __init__(self, tree: FindingsTree) -> None:
        super().__init__(tree)
        self._tree = tree
        self.results: Optional[Results] = None
        tree.copy_asked.connect(self.copy_rows)

    def popup(self, node: Node, at: QPoint) -> None:
        """`at`: on the screen."""
        menu = self.menu(node)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(at)

    def menu(self, node: Node) -> QMenu:
        """The menu of a row."""
        menu = QMenu(self._tree)
        menu.setToolTipsVisible(True)
        is_leaf = isinstance(node, Leaf)
        sentence = copying.sentence(node) if is_leaf else ""
        why = "" if sentence else "Choisissez un constat : une prescription n'a pas de phrase à elle."
        _add(menu, "Copier la phrase", why, lambda: QApplication.clipboard().setText(sentence))
        count = self._tree.count_chosen()
        copy = _add(menu, f"Copier en tableau ({plural(count, 'ligne')})", self._why_not_copy(count), self.copy_rows)
        copy.setShortcut(QKeySequence(QKeySequence.StandardKey.Copy))
        menu.addSeparator()
        if isinstance(node.item, FreeFinding):
            finding, why = node.item, self.results.notebook.refusal
            _add(menu, "Modifier ce constat…", why, lambda: self.amend_asked.emit(finding))
            _add(menu, "Retirer ce constat", why, lambda: self.withdraw_asked.emit(finding))
            menu.addSeparator()
        self._add_doo(menu, node)
        self._add_zones(menu, node)
        return menu

    def copy_rows(self) -> None:
        """The rows selected, as a table; Ctrl+C."""
        why = self._why_not_copy(self._tree.count_chosen())
        if why:
            self.said.emit(why)
        else:
            QApplication.clipboard().setMimeData(copying.table(self._tree.chosen()))

    def _why_not_copy(self, count: int) -> str:
        if not count:
            return "Aucun constat n'est sélectionné."
        return (
            f"Plus de {number(MOST)} lignes : filtrez, ou ouvrez la table « constats » du dossier."
            if count > MOST
            else ""
        )

    def _add_doo(self, menu: QMenu, node: Node) -> None:
        item = node.holder.item if isinstance(node, Leaf) else node.item
        url = QUrl(item.url) if isinstance(item, PrescriptionRow) else QUrl()
        page = f", page {item.page}" if isinstance(item, PrescriptionRow) and item.page else ""
        why = ""
        if not isinstance(item, PrescriptionRow):
            why = "Choisissez une prescription ou l'un de ses constats."
        elif not item.url:
            why = "Le fichier de règles ne donne pas l'adresse du DOO (scot : url)."
        elif not links.is_safe(url):
            why = f"Cette adresse n'est ni une page web ni un PDF : {item.url}"
        _add(menu, f"Ouvrir le DOO{page}", why, lambda: self._open(url))

    def _add_zones(self, menu: QMenu, node: Node) -> None:
        path = self.results.path if self.results is not None else None
        if path is None or not isinstance(node, Leaf) or not isinstance(node.item, ConstatRow):
            why: str = "Choisissez un constat." if path is not None else "Ce contrôle n'a pas de dossier sur le disque."
            zones: Sequence[Zone] = ()
        else:
            why = "Aucune zone du PLU n'est en cause dans ce constat."
            try:
                zones = zone_links.of_ecarts(path, node.own)
            except GeoPackageError as error:
                zones, why = (), f"Le dossier « {path.name} » ne se lit plus : {error}."
        _add_each(menu, "Ouvrir le règlement", why, zones, _why_no_reglement, self._open_reglement)
        _add_each(menu, "Ouvrir la fiche de la zone", why, zones, lambda zone: "", self._open_form)

    def _open(self, url: QUrl, *, local: bool = True) -> None:
        if not links.open_url(url, local=local):
            self.said.emit(f"Cette adresse n'a pas pu être ouverte : {url.toDisplayString()}")

    def _open_reglement(self, zone: Zone) -> None:
        self._open(QUrl(zone.urlfic), local=False)

    def _open_form(self, zone: Zone) -> None:
        """The attribute form of QGIS, to be read."""
        found = zone_links.form(QgsProject.instance(), self.results.path, zone.objet_id)
        if found is None:
            self.said.emit(f"La zone « {zone.libelle or zone.objet_id} » n'est plus dans le dossier.")
            return
        layer, feature = found
        dialog = QgsAttributeDialog(layer, feature, False, self._tree.window(), True, QgsAttributeEditorContext())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.scot_layer = layer  # one that is not on the map lives, and holds the file, as long as its form
        dialog.setWindowTitle(f"Zone {zone.libelle or zone.objet_id}")
        dialog.show()


def _why_no_reglement(zone: Zone) -> str:
    if links.is_safe(QUrl(zone.urlfic), local=False):
        return ""
    if zone.urlfic:
        return f"Cette adresse n'est pas celle d'une page web : {zone.urlfic}"
    return (
        f"Le PLU ne donne pas d'adresse, seulement un fichier : {zone.nomfic}"
        if zone.nomfic
        else ("Le PLU ne donne ni adresse (URLFIC) ni fichier (NOMFIC) pour le règlement de cette zone.")
    )


def _add(menu: QMenu, text: str, why: str, done: Callable[[], object]) -> QAction:
    """An entry, greyed when there is a reason for it."""
    action = menu.addAction(text)
    action.triggered.connect(lambda checked=False: done())
    action.setEnabled(not why)
    action.setToolTip(why or text)
    action.setStatusTip(why)
    return action


def _add_each(
    menu: QMenu,
    text: str,
    why: str,
    zones: Sequence[Zone],
    why_not: Callable[[Zone], str],
    done: Callable[[Zone], None],
) -> None:
    """An entry for one zone, a submenu for several."""
    if not zones:
        _add(menu, text, why, lambda: None)
        return
    names: List[str] = [f"{zone.libelle or zone.objet_id}{_file(zone, why_not)}" for zone in zones]
    if len(zones) == 1:
        _add(menu, f"{text} : {names[0]}", why_not(zones[0]), lambda: done(zones[0]))
        return
    inner = menu.addMenu(text)
    inner.setToolTipsVisible(True)
    for zone, name in zip(zones, names):
        _add(inner, name, why_not(zone), lambda zone=zone: done(zone))
    if len(zones) == zone_links.MOST:
        _add(inner, "Les zones suivantes ne sont pas proposées ici", "La fiche et la carte les montrent.", lambda: None)


def _file(zone: Zone, why_not: Callable[[Zone], str]) -> str:
    """The file that holds its règlement, where no address leads to it."""
    return f" ({zone.nomfic})" if zone.nomfic and why_not(zone) else ""
