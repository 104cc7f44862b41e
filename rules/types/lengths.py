"""Lengths: written once for a whole layer, or read object by object in one of its fields."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Optional

from ..model import ACompleter, Longueur, LongueurDue, Quantity, ReadInField
from ..reading.nodes import Path
from .scalars import SCALAR, Amount, Choice, Name, ParamType, Schema, say_quantity

if TYPE_CHECKING:
    from ..reading.reader import Reader

#: on paper, half a millimetre is the width of a pencil line: 1:25 000 gives 12.5 m
_PAPER_WIDTH_M = 0.0005


class LengthOrField(ParamType[Longueur]):
    """A length, or `{champ: LARGEUR, unite: m}`; with `scale`, `1:25000` too."""

    def __init__(self, scale: bool = False) -> None:
        self.scale = scale
        self.title = (
            "une échelle (1:25000), " if scale else ""
        ) + "une longueur avec son unité ou {champ: …, unite: m}"

    def schema(self) -> Schema:
        field = {
            "type": "object",
            "title": "un champ de la couche",
            "properties": {"champ": {"type": SCALAR}, "unite": {"enum": ["m", "km"]}},
            "required": ["champ"],
            "additionalProperties": False,
        }
        return {"title": self.title, "anyOf": [{"type": SCALAR, "title": self.title}, field]}

    def read(self, value: Any, path: Path, reader: "Reader") -> Optional[Longueur]:
        if not isinstance(value, str):
            types = {"champ": Name(), "unite": Choice("m", "km")}
            fields = reader.fields(value, path, types, required=("champ",))
            return ReadInField(**fields) if fields else None
        scale = re.fullmatch(r"1\s*[:/]\s*([0-9][0-9\s\u00a0\u202f\u2009.]*)", value)
        if self.scale and scale:
            denominator = int(re.sub(r"[^0-9]", "", scale[1])[:12])
            if not 100 <= denominator <= 10_000_000:
                return reader.error(f"« {value} » : échelle invraisemblable, comme 1:25000 est attendu", path, value)
            return Quantity(denominator * _PAPER_WIDTH_M, "m")
        return Amount("longueur").read(value, path, reader)

    def say(self, value: Longueur) -> str:
        return say_length(value)


def say_length(value: LongueurDue) -> str:
    """`15 m`, `la distance du champ RECUL`, `la distance du DOO, qui reste à saisir`."""
    if isinstance(value, ACompleter):
        return "la distance du DOO, qui reste à saisir"
    return f"la distance du champ {value.champ}" if isinstance(value, ReadInField) else say_quantity(value)
