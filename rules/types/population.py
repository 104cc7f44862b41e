"""Types of `croissance`: inhabitants at one date, and the values admitted commune by commune."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Optional, Tuple

from ..model import Population, SelonCommune
from ..reading.nodes import Path
from .scalars import SCALAR, Name, ParamType, Schema
from .seuils import COMMUNE, SeuilType
from .temps import ChiffreType

if TYPE_CHECKING:
    from ..reading.reader import Reader


class PopulationType(ParamType[Population]):
    """A number of inhabitants with its source, or a table of them by commune."""

    title = "{valeur: 1 200 hab, source: …} ou {table: …, champ: …}"

    def __init__(self) -> None:
        self.chiffre = ChiffreType(("hab",))

    def schema(self) -> Schema:
        schema = self.chiffre.schema()
        source = {"type": SCALAR, "description": "D'où vient le chiffre ; obligatoire s'il est saisi à la main."}
        return {**schema, "title": self.title, "properties": {**schema["properties"], "source": source}}

    def read(self, value: Any, path: Path, reader: "Reader") -> Optional[Population]:
        if not isinstance(value, dict):
            return reader.error(f"attendu : {self.title}", path, value)
        chiffre = self.chiffre.read({key: item for key, item in value.items() if key != "source"}, path, reader)
        source = Name().read(value["source"], (*path, "source"), reader) if "source" in value else ""
        if "valeur" in value and "source" not in value:
            return reader.error("« source » manque : d'où vient ce chiffre ?", (*path, "source"), value)
        return None if chiffre is None or source is None else Population(chiffre, source)


class ValeursAdmisesType(ParamType[SelonCommune]):
    """What is admitted for some communes in place of the ceiling."""

    title = "une valeur par commune ({selon: commune, 62119: 15 %})"

    def __init__(self, units: Tuple[str, ...]) -> None:
        self.seuil = SeuilType(units)

    def schema(self) -> Schema:
        value = {"type": SCALAR, "title": "un nombre avec son unité"}
        return {
            "type": "object",
            "title": self.title,
            "properties": {"selon": {"enum": [COMMUNE]}},
            "required": ["selon"],
            "additionalProperties": value,
        }

    def read(self, value: Any, path: Path, reader: "Reader") -> Optional[SelonCommune]:
        if not isinstance(value, dict) or str(value.get("selon")) != COMMUNE:
            return reader.error(f"attendu : {self.title}", path, value)
        read = self.seuil.read(value, path, reader)
        if not isinstance(read, SelonCommune):
            return None
        if read.a_un_defaut or None in read.valeurs.values():
            return reader.error("une valeur pour chaque commune citée, sans « defaut » ni « aucun »", path, value)
        return read
