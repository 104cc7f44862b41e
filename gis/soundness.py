"""Whether a file that has the tables of a dossier still holds together: its columns, the links of its rows.

A column that went, a constat of no prescription or an écart of no constat would be left out without a word.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Collection, List, Sequence

from .geopackages.dossier_schema import LATER_COLUMNS, TABLES, Table
from .geopackages.geopackage import columns_by_table
from .row_list import column
from .values import quoted


class Unsound(Exception):
    """The dossier does not hold together; the message says where, in French, to go between brackets."""


def check_columns(path: Path) -> None:
    """Raises Unsound, GeoPackageError."""
    present = columns_by_table(path)
    for table in TABLES:
        missing = [one for one in _due(table) if one not in present.get(table.name, (one,))]
        if missing:
            raise Unsound(f"il manque {', '.join(missing)} dans la table {table.name}")


def _due(table: Table) -> List[str]:
    """The columns that it had from the first version on."""
    later = LATER_COLUMNS.get(table.name, ())
    return [one.name for one in table.columns if one.name not in later]


def check_links(prescriptions: Sequence[Any], constats: Sequence[Any], ecarts: Sequence[Any]) -> None:
    """Every constat has its prescription, every écart its constat, and none is there twice. Raises Unsound."""
    ids, numbers = column(prescriptions, "id"), column(constats, "id")
    _once("prescription", ids)
    _once("constat", numbers)
    _once("clé de constat", column(constats, "cle"))
    _known("constat", "prescription", column(constats, "prescription"), set(ids))
    _known("écart", "constat", column(ecarts, "constat"), set(numbers))


def _once(what: str, values: Sequence[Any]) -> None:
    if len(set(values)) == len(values):
        return
    seen: set = set()
    twice = next(one for one in values if one in seen or seen.add(one))
    raise Unsound(f"{what} {quoted(twice)} en double")


def _known(what: str, of: str, values: Sequence[Any], known: Collection[Any]) -> None:
    lost = [one for one in values if one not in known]
    if lost:
        count = f"{len(lost)} {what}{'s' if len(lost) > 1 else ''}"
        raise Unsound(f"{count} de {of} absent{'e' if of == 'prescription' else ''} : {quoted(lost[0])}")
