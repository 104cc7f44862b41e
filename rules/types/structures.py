"""Types of several lines: `Struct` (fixed keys) and `MapOf` (names chosen by the author)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Dict, Mapping, Optional, Tuple

from ..reading.nodes import Path
from .scalars import ParamType, Schema

if TYPE_CHECKING:
    from ..reading.reader import Reader


@dataclass(frozen=True)
class Field:
    """One key of a `Struct`: its type and its help, shown by editors."""

    type: ParamType[Any]
    help: str
    required: bool = False


class Struct(ParamType[Dict[str, Any]]):
    """A mapping with known keys. `one_of`: exactly one of these must be there."""

    def __init__(self, title: str, fields: Mapping[str, Field], one_of: Tuple[str, ...] = ()) -> None:
        self.title, self.fields, self.one_of = title, fields, one_of

    def schema(self) -> Schema:
        schema: Schema = {
            "type": "object",
            "title": self.title,
            "properties": {
                name: {**field.type.schema(), "description": field.help} for name, field in self.fields.items()
            },
            "additionalProperties": False,
        }
        required = [name for name, field in self.fields.items() if field.required]
        if required:
            schema["required"] = required
        if self.one_of:
            schema["oneOf"] = [{"required": [name]} for name in self.one_of]
        return schema

    def read(self, value: Any, path: Path, reader: "Reader") -> Optional[Dict[str, Any]]:
        types = {name: field.type for name, field in self.fields.items()}
        required = [name for name, field in self.fields.items() if field.required]
        fields = reader.fields(value, path, types, required)
        if self.one_of and isinstance(value, dict):
            given = [name for name in self.one_of if name in value]
            misspelt = any(key not in types for key in value)
            empty = any(name in getattr(value, "empty", ()) for name in self.one_of)
            if len(given) > 1 or not (given or misspelt or empty):
                found = f" ({' et '.join(given)} ici)" if given else ""
                return reader.error(f"exactement un de {', '.join(self.one_of)} est attendu{found}", path, value)
            if len(given) != 1:
                return None
        return fields


class MapOf(ParamType[Dict[str, Any]]):
    """Names chosen by the author, each with a value of one type. Wrong entries are left out of what is read."""

    def __init__(self, type: ParamType[Any], title: str) -> None:
        self.type, self.title = type, title

    def schema(self) -> Schema:
        return {"type": "object", "title": self.title, "additionalProperties": self.type.schema()}

    def read(self, value: Any, path: Path, reader: "Reader") -> Optional[Dict[str, Any]]:
        if not isinstance(value, dict):
            return reader.error(f"{self.title} : attendu ici", path, value)
        read = {key: self.type.read(item, (*path, key), reader) for key, item in value.items()}
        return {key: item for key, item in read.items() if item is not None}
