"""Documents that the plugin opens for the user: on the web, or a PDF on the disk; nothing else is ever run."""

from __future__ import annotations

from qgis.PyQt.QtCore import QUrl
from qgis.PyQt.QtGui import QDesktopServices


def is_safe(url: QUrl, *, local: bool = True) -> bool:
    """An address of the web, or, where `local`, a PDF file."""
    if url.scheme() in ("http", "https"):
        return bool(url.host())
    return local and url.scheme() == "file" and url.path().lower().endswith(".pdf")


def open_url(url: QUrl, *, local: bool = True) -> bool:
    return is_safe(url, local=local) and QDesktopServices.openUrl(url)
