"""Types of quantities in time: a past situation, milestones, what is already consumed, retention."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Dict, List, Mapping, Optional, Tuple

from ..model import Chiffre, Jalon, SituationPassee
from ..reading.nodes import Path
from ..units import read_quantity
from .scalars import SCALAR, ParamType, Periode, Scalar, Schema, Year
from .selectors import Objets
from .seuils import SeuilType, read_in_table
from .structures import Field, Struct

if TYPE_CHECKING:
    from ..reading.reader import Reader

_FIGURE: Dict[str, Schema] = {
    "valeur": {"type": SCALAR, "description": "Le chiffre et son unité."},
    "table": {"type": SCALAR, "description": "Table déclarée ; ses lignes sont additionnées sur le territoire."},
    "champ": {"type": SCALAR, "description": "Champ de la table."},
    "unite": {"type": SCALAR, "description": "Unité des chiffres de la table."},
}


class ChiffreType(ParamType[Chiffre]):
    """A figure: `{valeur: 6 ha}`, or `{table, champ, unite}`. `units`: those accepted, else the kind's `unites`."""

    title = "{valeur: …} ou {table: …, champ: …, unite: …}"

    def __init__(self, units: Tuple[str, ...] = ()) -> None:
        self.units = units

    def schema(self) -> Schema:
        return {"type": "object", "title": self.title, "properties": _FIGURE, "additionalProperties": False}

    def read(self, value: Any, path: Path, reader: "Reader") -> Optional[Chiffre]:
        units = self.units or reader.units
        if not isinstance(value, dict) or ("valeur" in value) == ("table" in value):
            return reader.error(f"attendu : {self.title}", path, value)
        if "table" in value:
            return read_in_table(value, path, reader, units)
        if reader.fields(value, path, {"valeur": None}) is None:
            return None
        text, place = value["valeur"], (*path, "valeur")
        if not isinstance(text, str):
            return reader.error("un nombre avec son unité est attendu", place, text)
        quantity, problem = read_quantity(text, units)
        if quantity is None:
            return reader.error(problem, place, text)
        if quantity.value < 0:
            return reader.error(f"« {text} » est négatif : une valeur positive est attendue", place, text)
        return quantity


class SituationPasseeType(ParamType[SituationPassee]):
    """A figure and, when it is a total, the years over which it was measured."""

    title = "{valeur: …} ou {table: …, champ: …, unite: …}, avec periode: [2011, 2021] pour un total"

    def __init__(self, units: Tuple[str, ...] = ()) -> None:
        self.figure = ChiffreType(units)

    def schema(self) -> Schema:
        periode = {**Periode().schema(), "description": "Années d'un total : il est ramené à sa moyenne annuelle."}
        properties = {**_FIGURE, "periode": periode}
        return {"type": "object", "title": self.title, "properties": properties, "additionalProperties": False}

    def read(self, value: Any, path: Path, reader: "Reader") -> Optional[SituationPassee]:
        if not isinstance(value, dict):
            return reader.error(f"attendu : {self.title}", path, value)
        periode = Periode().read(value["periode"], (*path, "periode"), reader) if "periode" in value else None
        figure = {key: item for key, item in value.items() if key != "periode"}
        chiffre = self.figure.read(figure, path, reader)
        if chiffre is None or ("periode" in value and periode is None):
            return None
        return SituationPassee(chiffre, (periode[0], periode[1]) if periode else None)


class JalonsType(ParamType[Tuple[Jalon, ...]]):
    """Milestones in the order of their years; each has a threshold of its own."""

    title = "une liste de jalons, comme {jusqu_a: 2031, maximum: 30 ha}"

    def __init__(self, units: Tuple[str, ...] = ()) -> None:
        seuil = SeuilType(units)
        self.one = Struct(
            "un jalon",
            {
                "jusqu_a": Field(Year(), "Dernière année ; le seuil compte depuis le début de la période.", True),
                "minimum": Field(seuil, "Au moins, en tout, jusqu'à cette année."),
                "maximum": Field(seuil, "Au plus, en tout, jusqu'à cette année."),
                "objets": Field(Objets(), "Objets comptés ; ceux du contrôle sans cette clé."),
            },
        )

    def schema(self) -> Schema:
        return {"type": "array", "title": self.title, "items": self.one.schema(), "minItems": 1}

    def read(self, value: Any, path: Path, reader: "Reader") -> Optional[Tuple[Jalon, ...]]:
        if not isinstance(value, list) or not value:
            return reader.error(f"{self.title} : attendue ici", path, value)
        read: List[Jalon] = []
        for rank, item in enumerate(value):
            fields = self.one.read(item, (*path, rank), reader)
            if fields is None:
                continue
            if "minimum" not in fields and "maximum" not in fields:
                reader.error("minimum ou maximum manque : que demande ce jalon ?", (*path, rank), item)
            elif read and fields["jusqu_a"] <= read[-1].jusqu_a:
                reader.error("les jalons se suivent, une année chacun", (*path, rank, "jusqu_a"), item["jusqu_a"])
            else:
                read.append(Jalon(**fields))
        return tuple(read) if len(read) == len(value) else None


class Diviseur(Scalar[float]):
    title = "un nombre de 1 ou plus, comme 1,3"

    def convert(self, text: str) -> Tuple[Optional[float], str]:
        quantity, problem = read_quantity(text, ("",))
        if quantity is None or quantity.unit:
            return None, problem or f"« {text} » : {self.title} est attendu"
        if quantity.value < 1:
            return None, f"« {text} » agrandirait la surface, qui est divisée par la rétention : {self.title}"
        return quantity.value, ""


class RetentionType(ParamType[Mapping[str, float]]):
    """Name of a selector of the control -> what its area is divided by."""

    title = "un nombre par nom de sélecteur, comme {extension: 1,3}"

    def schema(self) -> Schema:
        return {"type": "object", "title": self.title, "additionalProperties": Diviseur().schema(), "minProperties": 1}

    def read(self, value: Any, path: Path, reader: "Reader") -> Optional[Mapping[str, float]]:
        if not isinstance(value, dict) or not value:
            return reader.error(f"{self.title} : attendu ici", path, value)
        read = {name: Diviseur().read(item, (*path, name), reader) for name, item in value.items()}
        known = {name: item for name, item in read.items() if item is not None}
        return known if len(known) == len(read) else None
