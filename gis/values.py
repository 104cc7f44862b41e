"""Whether what SQLite gave is of the type that its column announces: SQLite keeps anything in any column."""

from __future__ import annotations

import math
from dataclasses import fields
from typing import Any, Sequence

#: characters of a value that a sentence quotes
_QUOTED = 40
#: by declared type, as `fields` gives it where annotations are put off
_KINDS = {
    "str": {str},
    "int": {int},
    "Optional[int]": {int, type(None)},
    "Optional[float]": {int, float, type(None)},
}
#: SQLite has no NaN
_INFINITE = frozenset((math.inf, -math.inf))


def check_values(kind: Any, name: str, values: Sequence[Any]) -> None:
    """The values of a field of the dataclass `kind` are of its type, and finite. Raises ValueError."""
    (declared,) = (one.type for one in fields(kind) if one.name == name)
    kinds = _KINDS.get(declared)
    if kinds is None:
        return
    if not set(map(type, values)) <= kinds:
        raise ValueError(f"{name} : {quoted(next(one for one in values if type(one) not in kinds))}")
    if float in kinds and not _INFINITE.isdisjoint(values):
        raise ValueError(f"{name} : nombre infini")


def quoted(value: Any) -> str:
    if isinstance(value, bytes):
        return "données binaires"
    said = " ".join(str(value).split())
    return f"« {said[:_QUOTED]}{'…' if len(said) > _QUOTED else ''} »"
