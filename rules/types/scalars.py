"""`ParamType`, the base of the types a parameter may have, and the types written on one line."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any, Dict, Generic, Optional, Tuple, TypeVar, Union

from ..codes import INSEE
from ..model import UNITS, ACompleter, Quantity
from ..reading.nodes import Path
from ..units import expected_units, format_number, read_horizon, read_quantity
from ..words import enumerate_words, fold, suggestion

if TYPE_CHECKING:
    from ..reading.reader import Reader

T = TypeVar("T")
Schema = Dict[str, Any]

#: a scalar, however an editor types it
SCALAR = ["string", "number", "boolean"]
A_COMPLETER = "a_completer"
TRUE, FALSE = ("oui", "true"), ("non", "false")


class ParamType(Generic[T]):
    """How a value is written, checked, typed and read aloud."""

    #: what is expected, in French: "un texte", "une surface avec son unité"
    title = ""

    def schema(self) -> Schema:
        """The JSON Schema fragment of the text tree."""
        raise NotImplementedError

    def read(self, value: Any, path: Path, reader: "Reader") -> Optional[T]:
        """The typed value; errors go to `reader`, and None comes back when there is one."""
        raise NotImplementedError

    def say(self, value: T) -> str:
        """The value in French."""
        return str(value)


class Scalar(ParamType[T]):
    """A type written on one line."""

    def schema(self) -> Schema:
        return {"type": SCALAR, "title": self.title}

    def read(self, value: Any, path: Path, reader: "Reader") -> Optional[T]:
        if not isinstance(value, str):
            reader.error(f"{self.title} attendu", path, value)
            return None
        typed, problem = self.convert(str(value).strip())
        if problem:
            reader.error(problem, path, value)
            return None
        return typed

    def convert(self, text: str) -> Tuple[Optional[T], str]:
        """(value, "") or (None, what is wrong)."""
        raise NotImplementedError


class Text(Scalar[str]):
    title = "un texte"

    def convert(self, text: str) -> Tuple[Optional[str], str]:
        return text, ""


class Name(Text):
    """A text that may not be empty."""

    def convert(self, text: str) -> Tuple[Optional[str], str]:
        return (text, "") if text else (None, "texte vide : donner une valeur ou supprimer la clé")


class Number(Scalar[float]):
    title = "un nombre sans unité"

    def convert(self, text: str) -> Tuple[Optional[float], str]:
        quantity, problem = read_quantity(text, ("",))
        return (None, problem) if quantity is None else (quantity.value, "")


class Bool(Scalar[bool]):
    title = "oui ou non"

    def schema(self) -> Schema:
        return {"enum": [*TRUE, *FALSE, True, False], "title": self.title}

    def convert(self, text: str) -> Tuple[Optional[bool], str]:
        if fold(text) in TRUE:
            return True, ""
        if fold(text) in FALSE:
            return False, ""
        return None, f"« {text} » : oui ou non attendu"

    def say(self, value: bool) -> str:
        return "oui" if value else "non"


class Choice(Scalar[str]):
    """One word of a closed list, accents and case set aside."""

    def __init__(self, *choices: str) -> None:
        self.choices = choices
        self.title = enumerate_words(choices, "ou")

    def schema(self) -> Schema:
        return {"enum": list(self.choices), "title": self.title}

    def convert(self, text: str) -> Tuple[Optional[str], str]:
        for choice in self.choices:
            if fold(choice) == fold(text):
                return choice, ""
        return None, f"« {text} » inconnu{suggestion(text, self.choices)}"


class Amount(Scalar[Quantity]):
    """A quantity with its unit, of one of the dimensions of `model.UNITS` (surface, longueur, part…).

    A share (`part`) lies between 0 and 100 % and accepts fractions. Nothing is negative.
    """

    def __init__(self, *dimensions: str) -> None:
        self.dimensions = dimensions
        self.units = tuple(unit for unit, (dimension, _, _) in UNITS.items() if dimension in dimensions)
        self.title = expected_units(self.units)

    def convert(self, text: str) -> Tuple[Optional[Quantity], str]:
        quantity, problem = read_quantity(text, self.units)
        if quantity is None:
            return None, problem
        if quantity.value < 0:
            return None, f"« {text} » est négatif : une valeur positive est attendue"
        if self.dimensions == ("part",) and quantity.value > 100:
            return None, f"« {text} » dépasse 100 %"
        return quantity, ""

    def say(self, value: Quantity) -> str:
        return say_quantity(value)


class Due(ParamType[Union[T, ACompleter]]):
    """A figure that the DOO asks for, which may not be entered yet: `a_completer`."""

    def __init__(self, type: ParamType[T]) -> None:
        self.type = type
        self.title = f"{type.title}, ou {A_COMPLETER}"

    def schema(self) -> Schema:
        return {**self.type.schema(), "title": self.title}

    def read(self, value: Any, path: Path, reader: "Reader") -> Optional[Union[T, ACompleter]]:
        return to_complete(value, path, reader) or self.type.read(value, path, reader)

    def say(self, value: Union[T, ACompleter]) -> str:
        return A_COMPLETER if isinstance(value, ACompleter) else self.type.say(value)


def to_complete(value: Any, path: Path, reader: "Reader") -> Optional[ACompleter]:
    """The figure that is not entered yet, which is said; None for any other value."""
    if not isinstance(value, str) or fold(value) != A_COMPLETER:
        return None
    reader.warn("seuil à compléter : le contrôle sera « non évalué » jusqu'à sa saisie", path, value)
    return ACompleter()


class ListOf(ParamType[Tuple[T, ...]]):
    """A list; one value alone is accepted. `at_least` values are needed."""

    def __init__(self, type: ParamType[T], at_least: int = 1) -> None:
        self.type, self.at_least = type, at_least
        self.title = f"une liste ({type.title})"

    def schema(self) -> Schema:
        item = self.type.schema()
        return {"anyOf": [item, {"type": "array", "items": item, "minItems": self.at_least, "title": self.title}]}

    def read(self, value: Any, path: Path, reader: "Reader") -> Optional[Tuple[T, ...]]:
        if not isinstance(value, list):
            one = self.type.read(value, path, reader)
            return None if one is None else (one,)
        if len(value) < self.at_least:
            reader.error("liste vide : donner au moins une valeur ou supprimer la clé", path, value)
            return None
        items = [self.type.read(item, (*path, rank), reader) for rank, item in enumerate(value)]
        return None if any(item is None for item in items) else tuple(item for item in items if item is not None)

    def say(self, value: Tuple[T, ...]) -> str:
        return enumerate_words([self.type.say(item) for item in value])


class Questions(ListOf[str]):
    """The questions put to the reader of the plan."""

    def __init__(self) -> None:
        super().__init__(Name())
        self.title = "une liste de questions"


class Insee(Scalar[str]):
    title = "un code INSEE de commune"

    def convert(self, text: str) -> Tuple[Optional[str], str]:
        if INSEE.fullmatch(text.upper()):
            return text.upper(), ""
        hint = (
            f" : vouliez-vous « 0{text} » ?"
            if INSEE.fullmatch(f"0{text}")
            else " (cinq caractères, comme 62119, 01004 ou 2A004)"
        )
        return None, f"« {text} » n'est pas un code INSEE{hint}"


class Day(Scalar[str]):
    title = "une date comme 2024-03-12"

    def convert(self, text: str) -> Tuple[Optional[str], str]:
        french = re.fullmatch(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})", text)
        iso = f"{french[3]}-{french[2]:0>2}-{french[1]:0>2}" if french else text
        if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", iso):
            return None, f"« {text} » n'est pas une date : écrire 2024-03-12"
        try:
            return date.fromisoformat(iso).isoformat(), ""
        except ValueError:
            return None, f"« {text} » n'est pas une date du calendrier"

    def say(self, value: str) -> str:
        return say_day(value)


class Year(Scalar[int]):
    title = "une année"

    def convert(self, text: str) -> Tuple[Optional[int], str]:
        if re.fullmatch(r"(19|20|21)[0-9][0-9]", text):
            return int(text), ""
        return None, f"« {text} » n'est pas une année : écrire 2024"


def say_day(iso: str) -> str:
    """`2024-03-12` -> `12/03/2024`."""
    return "/".join(reversed(iso.split("-")))


class Horizon(Scalar[str]):
    """The years that a PLU plans for, as the run is given them."""

    title = "deux années, comme 2024-2034"

    def convert(self, text: str) -> Tuple[Optional[str], str]:
        return (text, "") if read_horizon(text) else (None, f"« {text} » : {self.title}, sont attendues")


class Periode(ListOf[int]):
    """First and last year."""

    def __init__(self) -> None:
        super().__init__(Year(), at_least=2)
        self.title = "deux années, comme [2024, 2044]"

    def read(self, value: Any, path: Path, reader: "Reader") -> Optional[Tuple[int, ...]]:
        years = super().read(value, path, reader)
        if years is not None and (len(years) != 2 or years[0] >= years[1]):
            return reader.error("deux années croissantes sont attendues, comme [2024, 2044]", path, value)
        return years


def say_quantity(quantity: Quantity) -> str:
    """`35 logements par hectare`, `95 %`, `1 logement`."""
    wording = UNITS[quantity.unit][2]
    if abs(quantity.value) < 2:
        for plural in ("logements", "habitants", "points"):
            if wording.startswith(plural):
                wording = plural[:-1] + wording[len(plural) :]
    return f"{format_number(quantity.value)}\u00a0{wording}".rstrip("\u00a0")
