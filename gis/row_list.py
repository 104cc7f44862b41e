"""Rows of a table by the hundred thousand: kept as SQLite gave them, made into objects when they are looked at.

A tuple of plain values costs the garbage collector nothing; a hundred thousand objects would stop the interface for a
fifth of a second each time it counts them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import MISSING, fields
from pathlib import Path
from typing import Any, Dict, List, Tuple

import numpy as np

from ..checks.base import Etat
from .geopackages.geopackage import read_values
from .values import check_values

_STATES = {etat.value: etat for etat in Etat}
_NOTHING: Mapping[str, Any] = {}
Raw = Tuple[Any, ...]


class RowList(Sequence):
    """Rows of `kind` in the order of their table. `raws`: its fields, in their order."""

    def __init__(self, kind: Any, raws: List[Raw]) -> None:
        """Raises ValueError on a state that this version does not know, a value of another type, or when a field
        without default is NULL."""
        self._kind, self.raws = kind, raws
        self._names = tuple(one.name for one in fields(kind))
        for one in fields(kind):
            if one.default is MISSING and None in self.column(one.name):
                raise ValueError(f"rien dans {one.name}")
            check_values(kind, one.name, self.column(one.name))
        self._etat = self._names.index("etat") if "etat" in self._names else None
        if self._etat is not None:
            unknown = set(self.column("etat")) - set(_STATES)
            if unknown:
                raise ValueError(f"état « {min(unknown, key=str)} »")

    @classmethod
    def read(cls, kind: Any, path: Path, table: str, fixed: Mapping[str, Any] = _NOTHING) -> RowList:
        """`fixed`: fields that are no column. NULL takes the default of its field, columns it does not know are left.

        Raises GeoPackageError, ValueError.
        """
        defaults = {
            one.name: fixed.get(one.name, None if one.default is MISSING else one.default) for one in fields(kind)
        }
        return cls(kind, read_values(path, table, defaults, only=set(defaults) - set(fixed)))

    def column(self, name: str) -> List[Any]:
        """A field of every row, a state as it is written."""
        at = self._names.index(name)
        return [raw[at] for raw in self.raws]

    def of_raw(self, raw: Raw) -> Any:
        values = dict(zip(self._names, raw))
        if self._etat is not None:
            values["etat"] = _STATES[raw[self._etat]]
        made = self._kind.__new__(self._kind)
        made.__dict__.update(values)  # as its constructor would, in a third of the time: it is frozen field by field
        return made

    def __len__(self) -> int:
        return len(self.raws)

    def __getitem__(self, place: Any) -> Any:
        if isinstance(place, slice):
            return tuple(map(self.of_raw, self.raws[place]))
        return self.of_raw(self.raws[place])

    def __iter__(self) -> Iterator[Any]:
        return map(self.of_raw, self.raws)


class Grouped(Mapping):
    """Rows by the number in one of their fields: number -> tuple of rows, made when it is asked for."""

    def __init__(self, rows: RowList, name: str) -> None:
        """The rows of one number follow each other."""
        self.rows = rows
        numbers = np.asarray(rows.column(name), dtype=np.int64)
        starts = np.flatnonzero(np.diff(numbers, prepend=np.nan) != 0)
        stops = np.append(starts[1:], len(numbers))
        self._places: Dict[int, Tuple[int, int]] = dict(
            zip(numbers[starts].tolist(), zip(starts.tolist(), stops.tolist()))
        )

    def __getitem__(self, number: int) -> Tuple[Any, ...]:
        return self.rows[slice(*self._places[number])]

    def __iter__(self) -> Iterator[int]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)


def column(rows: Sequence[Any], name: str) -> List[Any]:
    """A field of every row, without making objects where it can be helped; a state as it is written."""
    if isinstance(rows, RowList):
        return rows.column(name)
    return [getattr(one, name) for one in rows]


def flat(groups: Mapping[int, Tuple[Any, ...]]) -> Sequence[Any]:
    """The rows of all the numbers, one group after another."""
    return groups.rows if isinstance(groups, Grouped) else [one for several in groups.values() for one in several]


class Keyed:
    """Which constats a key bears on: its own, or that of one of their écarts."""

    def __init__(self, constats: Sequence[Any], ecarts: Mapping[int, Tuple[Any, ...]]) -> None:
        count = len(constats)
        place_of = dict(zip(column(constats, "id"), range(count)))
        self._place: Dict[str, int] = dict(zip(column(constats, "cle"), range(count)))
        self._several: Dict[str, Tuple[int, ...]] = {}  # keys of more than one
        rows = flat(ecarts)
        for cle, number in zip(column(rows, "cle"), column(rows, "constat")):
            place = place_of.get(number)
            if place is None:  # a dossier damaged by hand
                continue
            first = self._place.setdefault(cle, place)
            if first != place and place not in self._several.get(cle, ()):
                self._several[cle] = (*self._several.get(cle, (first,)), place)

    def places(self, cle: str) -> Tuple[int, ...]:
        """Their ranks in the list of constats."""
        place = self._place.get(cle)
        return () if place is None else self._several.get(cle, (place,))
