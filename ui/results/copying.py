"""Rows as a table for a word processor or a spreadsheet: tab-separated text, and HTML which keeps the cells apart."""

from __future__ import annotations

from html import escape
from typing import Iterable, List, Sequence, Tuple

from qgis.PyQt.QtCore import QMimeData

from ...gis.instruction.decisions import FreeFinding
from ...gis.results import ConstatRow, PrescriptionRow
from . import cells
from .nodes import Leaf

HEADER = ("Objectif", "Prescription", "Intitulé", *cells.COLUMNS, "Constat")
#: what begins a formula in a spreadsheet
_FORMULA = ("=", "+", "-", "@")
#: what makes a text of it: the apostrophe that spreadsheets hide; in HTML they and Word would show it, not this space
_QUOTE, _UNSEEN = "'", "\u200b"


def sentence(leaf: Leaf) -> str:
    """What was found, in full."""
    item = leaf.item
    return item.message if isinstance(item, ConstatRow) else item.texte if isinstance(item, FreeFinding) else ""


def table(leaves: Iterable[Leaf]) -> QMimeData:
    """The rows with their header, as text and as HTML."""
    rows = [HEADER, *map(_row, leaves)]
    data = QMimeData()
    data.setText("\n".join("\t".join(_safe(cell, _QUOTE) for cell in row) for row in rows))
    data.setHtml(_html(rows))
    return data


def _row(leaf: Leaf) -> Tuple[str, ...]:
    prescription = leaf.holder.item
    if isinstance(prescription, PrescriptionRow):
        above = prescription.objectif, prescription.id, prescription.intitule
    else:
        above = str(prescription), "", ""
    return (*above, *cells.of_leaf(leaf), sentence(leaf))


def _safe(cell: str, mark: str) -> str:
    """On one line; after `mark` when a spreadsheet would take it for a formula."""
    flat = " ".join(cell.split())
    return mark + flat if flat.startswith(_FORMULA) else flat


def _html(rows: Sequence[Sequence[str]]) -> str:
    lines: List[str] = []
    for number, row in enumerate(rows):
        tag = "td" if number else "th"
        lines.append("<tr>" + "".join(f"<{tag}>{escape(_safe(cell, _UNSEEN))}</{tag}>" for cell in row) + "</tr>")
    return f'<html><head><meta charset="utf-8"></head><body><table border="1">{"".join(lines)}</table></body></html>'
