"""Typed values inside one another: what a control holds, and whether it counts by year."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import Any, Iterator, List, Mapping

from .model import Quantity, RefTable, SelonChamp, SelonClassement, SituationPassee


def walk(value: Any) -> Iterator[Any]:
    """Every typed value inside, itself included."""
    yield value
    if isinstance(value, SelonClassement):
        return  # figures by class: the classement itself is walked once, under `territoires`
    if is_dataclass(value):
        for field in fields(value):
            yield from walk(getattr(value, field.name))
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from walk(item)
    elif isinstance(value, (list, tuple)):
        for item in value:
            yield from walk(item)


def is_yearly(parametres: Mapping[str, Any]) -> bool:
    """Whether some figure of a control is by year: it is multiplied by the years that the PLU has before it."""
    if "annee_depart" in parametres:  # a growth that has its own years
        return False
    return any("/an" in unit for value in walk(parametres) for unit in _units(value))


def _units(value: Any) -> List[str]:
    """The units that a value carries itself, those of its classes included (`walk` does not enter them)."""
    if isinstance(value, SelonClassement):
        return [one.unit for one in (*value.valeurs.values(), value.defaut) if isinstance(one, Quantity)]
    if isinstance(value, (SituationPassee, RefTable, SelonChamp)):
        return [value.unite or ""]
    return [value.unit] if isinstance(value, Quantity) else []
