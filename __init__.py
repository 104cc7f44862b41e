"""QGIS plugin "Compatibilité SCoT": where, by how much and with what evidence does a PLU(i) depart from the SCoT's DOO?

Importing the package imports nothing of QGIS: rules/ and checks/ run without it, and so do their tests.
"""

from __future__ import annotations

from .gis.dependencies import use_bundled

use_bundled()


def classFactory(iface):
    """Entry point called by QGIS; `iface` is None in qgis_process."""
    from .plugin import ScotCompatPlugin

    return ScotCompatPlugin(iface)
