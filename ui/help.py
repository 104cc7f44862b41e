"""Help and about: the README of the plugin, offline, with its version and licence."""

from __future__ import annotations

from configparser import ConfigParser
from pathlib import Path

from qgis.PyQt.QtCore import Qt, QUrl
from qgis.PyQt.QtWidgets import QDialog, QDialogButtonBox, QLabel, QTextBrowser, QVBoxLayout

ROOT = Path(__file__).resolve().parent.parent


class HelpDialog(QDialog):
    """Not modal: the reader follows it beside QGIS. Destroyed when closed."""

    def __init__(self, parent=None):
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Compatibilité SCoT : aide et à propos")
        self.resize(800, 600)
        self.about = QLabel(_about())
        self.about.setWordWrap(True)
        self.text = _browser(ROOT / "README.md")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.button(QDialogButtonBox.StandardButton.Close).setText("Fermer")
        buttons.rejected.connect(self.close)
        layout = QVBoxLayout(self)
        for widget in (self.about, self.text, buttons):
            layout.addWidget(widget)


def _browser(path: Path) -> QTextBrowser:
    browser = QTextBrowser()
    browser.setOpenExternalLinks(True)
    browser.setSearchPaths([str(path.parent)])
    browser.document().setBaseUrl(QUrl.fromLocalFile(str(path)))
    browser.setMarkdown(path.read_text(encoding="utf-8"))
    return browser


def _about() -> str:
    metadata = ConfigParser(interpolation=None)
    metadata.read(ROOT / "metadata.txt", encoding="utf-8")
    version = metadata["general"]["version"]
    return f"<b>Compatibilité SCoT {version}</b>. Logiciel libre, licence GPL version 2 ou ultérieure (voir LICENSE)."
