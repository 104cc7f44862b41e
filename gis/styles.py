"""The styles of `resources/styles/`, stored in the dossier so that any QGIS draws it at once.

The .qml files are generated: change `resources/styles/generer.py`, not them.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from .geopackages.dossier_schema import TABLES, TEXT, Column, Table
from .geopackages.geopackage import BOOLEAN, DATETIME, GEOMETRY_COLUMN
from .palette import COUCHES_SCOT

STYLES = Path(__file__).resolve().parent.parent / "resources" / "styles"
#: colour written in the styles of SCoT layers, replaced by each layer's own
SCOT_COLOUR = "1,2,3"

#: the table in which QGIS keeps styles, as QGIS itself creates it
LAYER_STYLES = Table(
    "layer_styles",
    "Styles des couches",
    tuple(
        Column(name, {"useAsDefault": BOOLEAN, "update_time": DATETIME}.get(name, TEXT), name)
        for name in (
            "f_table_catalog",
            "f_table_schema",
            "f_table_name",
            "f_geometry_column",
            "styleName",
            "styleQML",
            "styleSLD",
            "useAsDefault",
            "description",
            "owner",
            "ui",
            "update_time",
        )
    ),
)


def qml(name: str, colour: str = "") -> str:
    """The style of that name, "" when there is none; `colour` (#RRGGBB) is that of a SCoT layer."""
    path = STYLES / f"{name}.qml"
    if not path.is_file():
        return ""
    text = path.read_text(encoding="utf-8")
    if colour:
        text = text.replace(SCOT_COLOUR, ",".join(str(int(colour[i : i + 2], 16)) for i in (1, 3, 5)))
    return text


def rows(copied: Iterable[tuple[Table, str]], tables: Iterable[Table] = TABLES) -> list[tuple[Any, ...]]:
    """Rows of `layer_styles`: every table that has a style, then the copied SCoT layers (table, style name or "")."""
    styled = [(table, qml(table.name)) for table in tables]
    for number, (table, style) in enumerate(copied):
        styled.append((table, qml(style, COUCHES_SCOT[number % len(COUCHES_SCOT)]) if style else ""))
    today = datetime.now(timezone.utc).strftime("%Y/%m/%d %H:%M:%S+00")
    return [
        (
            "",
            "",
            table.name,
            GEOMETRY_COLUMN if table.geometry else "",
            table.name,
            text,
            "",
            1,
            table.libelle,
            "",
            None,
            today,
        )
        for table, text in styled
        if text
    ]
