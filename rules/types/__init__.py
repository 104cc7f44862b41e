"""The types that a kind of control gives to its parameters: the one door to `scalars`, `selectors`, `seuils`."""

from __future__ import annotations

from .scalars import Amount, Bool, Choice, Day, Insee, ListOf, Name, ParamType, Questions, Scalar, Text, Year
from .selectors import Couches, Destination, FieldValues, LogementsType, Objets, OneCouche, PourChaqueType
from .seuils import Echelle, PartDuPluType, SeuilType, Tolerance, ValeurType

__all__ = [
    "Amount",
    "Bool",
    "Choice",
    "Couches",
    "Day",
    "Destination",
    "Echelle",
    "FieldValues",
    "Insee",
    "ListOf",
    "LogementsType",
    "Name",
    "Objets",
    "OneCouche",
    "ParamType",
    "PartDuPluType",
    "PourChaqueType",
    "Questions",
    "Scalar",
    "SeuilType",
    "Text",
    "Tolerance",
    "ValeurType",
    "Year",
]
