"""What the dock says in the message bar of QGIS: escaped, timed by level, taken away when the plugin goes."""

from __future__ import annotations

from html import escape
from typing import Optional

from qgis.core import Qgis
from qgis.gui import QgsMessageBar
from qgis.PyQt.QtWidgets import QPushButton

TITLE = "Compatibilité SCoT"
_NAME = "ScotCompatMessage"
#: seconds that a message stays, for ever when its level is not here
_SECONDS = {Qgis.MessageLevel.Info: 6, Qgis.MessageLevel.Success: 15}


class Messages:
    """The messages of the dock among those of the others."""

    def __init__(self, bar: QgsMessageBar) -> None:
        self._bar = bar

    def say(
        self,
        text: str,
        level=Qgis.MessageLevel.Info,
        seconds: Optional[int] = None,
        button: Optional[QPushButton] = None,
    ) -> None:
        """Warnings and failures stay until they are closed; the same one is not said twice at a time."""
        item = self._bar.createMessage(TITLE, escape(text, quote=False))  # the bar reads markup
        if any(other.objectName() == _NAME and other.text() == item.text() for other in self._bar.items()):
            item.deleteLater()
            return
        item.setObjectName(_NAME)
        if button is not None:
            item.layout().addWidget(button)
        self._bar.pushWidget(item, level, _SECONDS.get(level, 0) if seconds is None else seconds)

    def clear(self) -> None:
        """A button left there would call a dock that is no more."""
        for item in self._bar.items():
            if item.objectName() == _NAME:
                self._bar.popWidget(item)
