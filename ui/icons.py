"""Icons of the plugin and of the states, read once: SVG files, so that no state is told by its colour alone."""

from __future__ import annotations

from functools import cache

from qgis.core import QgsApplication
from qgis.PyQt.QtGui import QIcon

from ..checks.base import Etat
from ..gis.palette import ICONS, LOOKS


@cache
def of_state(etat: Etat) -> QIcon:
    return QIcon(str(LOOKS[etat].icon))


@cache
def named(name: str) -> QIcon:
    """An icon of `resources/icons` by its name without extension."""
    return QIcon(str(ICONS / f"{name}.svg"))


def of_qgis(name: str) -> QIcon:
    """An icon of QGIS's own theme, that follows it from light to dark."""
    return QgsApplication.getThemeIcon(f"/{name}.svg")
