"""`ExpressionType`: a QGIS expression, kept as text once its functions are known to be harmless."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Optional

from ..expressions import read
from ..model import Expression
from ..reading.nodes import Path, position, within
from .scalars import SCALAR, ParamType, Schema

if TYPE_CHECKING:
    from ..reading.reader import Reader


class ExpressionType(ParamType[Expression]):
    title = "une expression QGIS"

    def schema(self) -> Schema:
        return {"type": SCALAR, "title": self.title}

    def read(self, value: Any, path: Path, reader: "Reader") -> Optional[Expression]:
        if not isinstance(value, str):
            return reader.error(f"{self.title} attendue", path, value)
        if not value.strip():
            return reader.error("texte vide : donner une expression ou supprimer la clé", path, value)
        reading = read(str(value))
        for message, offset in reading.problems:
            reader.error(message, path, within(value, offset))
        if reading.problems:
            return None
        file, line, column = position(value)
        known = (tuple(reading.champs), tuple(reading.variables), tuple(reading.nombres))
        return Expression(str(value).strip(), line, *known, fichier=file, colonne=column)

    def say(self, value: Expression) -> str:
        return value.courte
