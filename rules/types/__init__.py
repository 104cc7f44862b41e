"""The types that a kind gives to its parameters: the one door to `scalars`, `selectors`, `seuils`, `temps`."""

from __future__ import annotations

from .expressions import ExpressionType
from .lengths import LengthOrField
from .population import PopulationType, ValeursAdmisesType
from .scalars import (
    Amount,
    Bool,
    Choice,
    Day,
    Due,
    Insee,
    ListOf,
    Name,
    ParamType,
    Periode,
    Questions,
    Scalar,
    Text,
    Year,
)
from .selectors import (
    Couches,
    Destination,
    FieldValues,
    LogementsType,
    Objets,
    OneCouche,
    PourChaqueType,
    TermeType,
)
from .seuils import Echelle, PartDuPluType, SeuilType, Tolerance, ValeurType
from .temps import ChiffreType, JalonsType, RetentionType, SituationPasseeType

__all__ = [
    "Amount",
    "Bool",
    "ChiffreType",
    "Choice",
    "Couches",
    "Day",
    "Destination",
    "Due",
    "Echelle",
    "ExpressionType",
    "FieldValues",
    "Insee",
    "JalonsType",
    "LengthOrField",
    "ListOf",
    "LogementsType",
    "Name",
    "Objets",
    "OneCouche",
    "ParamType",
    "PartDuPluType",
    "Periode",
    "PopulationType",
    "PourChaqueType",
    "Questions",
    "RetentionType",
    "Scalar",
    "SeuilType",
    "SituationPasseeType",
    "TermeType",
    "Text",
    "Tolerance",
    "ValeurType",
    "ValeursAdmisesType",
    "Year",
]
