"""Types of thresholds: `minimum`, `maximum`, `cible`, their tolerance, and what goes with a scale."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Callable, Dict, Mapping, Optional, Tuple, Union

from ..codes import INSEE
from ..model import (
    PASSEE,
    UNITS,
    PartDuPlu,
    Prorata,
    Quantity,
    ReadInField,
    RefCouche,
    RefTable,
    SelonChamp,
    SelonClassement,
    SelonCommune,
    Seuil,
)
from ..reading.nodes import Path
from ..units import canonical_unit, read_quantity
from ..words import fold, suggestion
from .scalars import SCALAR, Insee, Name, ParamType, Scalar, Schema, say_quantity, to_complete

if TYPE_CHECKING:
    from ..reading.reader import Reader

ECHELLES = ("objet", "commune", "plu", "scot")
AUCUN, DEFAUT, COMMUNE = "aucun", "defaut", "commune"


class SeuilType(ParamType[Seuil]):
    """A threshold: one quantity, one per class or per commune, read in a table, or to complete.

    `units`: those accepted; when empty, the `unites` of the kind being read. A kind that has `situation_passee` also
    takes thresholds relative to it: `-25 % de la situation passée`.
    """

    title = "un nombre avec son unité, a_completer, une valeur par classe (selon: …) ou {table, champ, unite}"
    _FIELD = {"couche": Name(), "champ": Name(), "unite": Name()}

    def __init__(self, units: Tuple[str, ...] = ()) -> None:
        self.units = units

    def schema(self) -> Schema:
        text = {"type": SCALAR, "title": "un nombre avec son unité, ou a_completer"}
        field = {
            "type": "object",
            "title": "un champ de l'objet, ou d'une couche de sites",
            "properties": {key: {"type": SCALAR} for key in self._FIELD},
            "required": ["champ"],
            "additionalProperties": False,
        }
        by_class = {
            "type": "object",
            "title": "une valeur par classe",
            "properties": {
                "selon": {
                    "anyOf": [{"type": SCALAR}, field],
                    "description": (
                        "Le classement dont les lignes qui suivent sont les classes, ou commune ; {champ: …} ou "
                        "{couche: …, champ: …} : une ligne par valeur du champ de l'objet, ou du site qui le contient."
                    ),
                },
                "defaut": {"type": SCALAR, "description": "La valeur des classes qui n'ont pas de ligne."},
            },
            "required": ["selon"],
            "additionalProperties": text,
        }
        table = {
            "type": "object",
            "title": "une valeur lue dans une table",
            "properties": {key: {"type": SCALAR} for key in ("table", "champ", "unite")},
            "required": ["table", "champ"],
            "additionalProperties": False,
        }
        return {"title": self.title, "anyOf": [text, by_class, table]}

    def read(self, value: Any, path: Path, reader: "Reader") -> Optional[Seuil]:
        figures = self.units or reader.units
        units = (*figures, PASSEE) if reader.relative else figures
        if isinstance(value, str):
            return to_complete(value, path, reader) or self._quantity(value, path, reader, units)
        if isinstance(value, dict) and "selon" in value:
            return self._selon(value, path, reader, units)
        if isinstance(value, dict) and "table" in value:
            return read_in_table(value, path, reader, figures)
        if isinstance(value, dict):
            return reader.error("« selon » ou « table » manque", (*path, "selon"), value)
        return reader.error(f"{self.title} : attendu ici", path, value)

    def say(self, value: Seuil) -> str:
        return say_quantity(value) if isinstance(value, Quantity) else "valeur variable"

    def _quantity(self, value: str, path: Path, reader: "Reader", units: Tuple[str, ...]) -> Optional[Quantity]:
        quantity, problem = read_quantity(value, units)
        if quantity is None:
            return reader.error(problem, path, value)
        if quantity.unit == PASSEE:
            return _of_the_past(value, quantity, path, reader)
        if quantity.value < 0 and quantity.unit != "%/an":
            return reader.error(f"« {value} » est négatif : un seuil est positif ou nul", path, value)
        return quantity

    def _selon(self, value: Mapping[str, Any], path: Path, reader: "Reader", units: Tuple[str, ...]) -> Optional[Seuil]:
        if isinstance(value["selon"], dict):
            return self._selon_champ(value, path, reader, units)
        by = str(value["selon"])
        known: Optional[Tuple[str, ...]] = None
        if by != COMMUNE:
            classement = reader.classement(value["selon"], (*path, "selon"))
            if classement is None:
                return None
            known = classement
        lines = self._lines(value, path, reader, units, lambda key: self._unknown_line(key, by, known))
        if lines is None:
            return None
        valeurs, otherwise = lines
        if not valeurs and DEFAUT not in value:
            return reader.error("aucune valeur : une ligne par classe est attendue sous selon", path, value)
        missing = [nom for nom in known or () if nom not in valeurs]
        if missing and DEFAUT not in value:
            reader.warn(
                f"sans valeur pour {', '.join(missing)} : écrire « aucun » (classe non concernée) ou « defaut »",
                path,
                value,
            )
        if by == COMMUNE:
            return SelonCommune(valeurs, otherwise, DEFAUT in value)
        return SelonClassement(by, valeurs, otherwise, DEFAUT in value)

    def _selon_champ(
        self, value: Mapping[str, Any], path: Path, reader: "Reader", units: Tuple[str, ...]
    ) -> Optional[Seuil]:
        """By attribute, or by site: the lines are values of the field, which is only known at the run."""
        place = (*path, "selon")
        if not reader.selon_champ:
            message = "un seuil selon un champ n'est pas possible ici : ce contrôle ne juge pas objet par objet"
            return reader.error(message, place, value["selon"])
        fields = reader.fields(value["selon"], place, self._FIELD, required=("champ",))
        lines = self._lines(value, path, reader, units, lambda key: "")
        if fields is None or lines is None:
            return None
        if "couche" in fields and not reader.couche(value["selon"]["couche"], (*place, "couche")):
            return None
        couche = RefCouche(fields["couche"]) if "couche" in fields else None
        valeurs, otherwise = lines
        unit = canonical_unit(fields["unite"]) if "unite" in fields else None
        if "unite" in fields and (unit is None or UNITS[unit][0] not in {UNITS[known][0] for known in units or UNITS}):
            message = f"unité « {fields['unite']} » inadaptée. Attendu : {', '.join(units or UNITS)}"
            return reader.error(message, (*place, "unite"), value["selon"]["unite"])
        if unit is not None and valeurs:
            message = "avec « unite », le champ donne le seuil lui-même : aucune ligne n'est attendue, sinon defaut"
            return reader.error(message, place, value)
        if unit is None and not valeurs:
            message = "aucune valeur : une ligne par valeur du champ est attendue, ou « unite » s'il donne le seuil"
            return reader.error(message, place, value)
        return SelonChamp(fields["champ"], valeurs, couche, unit, otherwise, DEFAUT in value)

    def _lines(
        self,
        value: Mapping[str, Any],
        path: Path,
        reader: "Reader",
        units: Tuple[str, ...],
        unknown: Callable[[str], str],
    ) -> "Optional[Tuple[Dict[str, Optional[Quantity]], Optional[Quantity]]]":
        """(values by line, the default), None when one is wrong; `unknown` says what is wrong with a line's name."""
        valeurs: Dict[str, Optional[Quantity]] = {}
        sound = True
        for key, item in value.items():
            if key in ("selon", DEFAUT):
                continue
            problem = unknown(key)
            line = False if problem else self._line(item, (*path, key), reader, units)
            if problem:
                reader.error(problem, (*path, key))
            if isinstance(line, bool):
                sound = False
            else:
                valeurs[key] = line
        defaut = self._line(value[DEFAUT], (*path, DEFAUT), reader, units) if DEFAUT in value else None
        if not sound or defaut is False:
            return None
        return valeurs, defaut if isinstance(defaut, Quantity) else None

    def _unknown_line(self, key: str, by: str, known: Optional[Tuple[str, ...]]) -> str:
        if by == COMMUNE:
            return "" if INSEE.fullmatch(key) else Insee().convert(key)[1]
        if known and key not in known:
            return f"classe « {key} » inconnue dans le classement « {by} »{suggestion(key, known)}"
        return ""

    def _line(self, item: Any, path: Path, reader: "Reader", units: Tuple[str, ...]) -> Union[Quantity, None, bool]:
        """The value of one class, None for `aucun`, False when it is wrong."""
        if not isinstance(item, str):
            reader.error("un nombre avec son unité, ou aucun, est attendu", path, item)
            return False
        return None if fold(item) == AUCUN else (self._quantity(item, path, reader, units) or False)


def _of_the_past(text: str, quantity: Quantity, path: Path, reader: "Reader") -> Optional[Quantity]:
    """A variation when it has a sign (`-25 %` leaves 75 % of the past), else the share itself."""
    share = 100 + quantity.value if text.strip()[0] in "+-\u2212" else quantity.value
    if share < 0:
        return reader.error(f"« {text} » descend sous zéro", path, text)
    return Quantity(share, PASSEE)


def read_in_table(value: Any, path: Path, reader: "Reader", units: Tuple[str, ...]) -> Optional[RefTable]:
    """`{table, champ, unite}`: a figure of a declared table; `unite` may be left out where only one is possible."""
    fields = reader.fields(
        value, path, {"table": Name(), "champ": Name(), "unite": Name()}, required=("table", "champ")
    )
    if fields is None or not reader.table(value["table"], (*path, "table")):
        return None
    unit = canonical_unit(fields["unite"]) if "unite" in fields else (units[0] if len(units) == 1 else "")
    if unit == "" and "unite" not in fields:
        return reader.error(f"unite manque : l'une de {', '.join(units or UNITS)}", path, value)
    if unit is None or (units and UNITS[unit][0] not in {UNITS[known][0] for known in units}):
        message = f"unité « {fields['unite']} » inadaptée. Attendu : {', '.join(units or UNITS)}"
        return reader.error(message, (*path, "unite"), value["unite"])
    return RefTable(fields["table"], fields["champ"], unit)


class ValeurType(ParamType[Union[RefTable, ReadInField]]):
    """A number of the written règlement, object by object: in a table, or in a field of the objects."""

    title = "{table: …, champ: …, unite: …}, ou {champ: …, unite: …} (champ, ou attribut LIB_ATTR, des objets)"

    def schema(self) -> Schema:
        return {
            "type": "object",
            "title": self.title,
            "properties": {key: {"type": SCALAR} for key in ("table", "champ", "unite")},
            "required": ["champ"],
            "additionalProperties": False,
        }

    def read(self, value: Any, path: Path, reader: "Reader") -> Optional[Union[RefTable, ReadInField]]:
        names = {"table": Name(), "champ": Name(), "unite": Name()}
        fields = reader.fields(value, path, names, required=("champ",))
        if fields is None or ("table" in fields and not reader.table(value["table"], (*path, "table"))):
            return None
        unit = canonical_unit(fields.get("unite", ""))
        if unit is None or UNITS[unit][0] not in {UNITS[known][0] for known in reader.units or UNITS}:
            expected = ", ".join(known for known in reader.units or UNITS if known)
            message = f"unité « {fields['unite']} » inadaptée. Attendu : {expected}, ou rien pour un nombre sans unité"
            return reader.error(message, (*path, "unite"), value["unite"])
        if "table" in fields:
            return RefTable(fields["table"], fields["champ"], unit)
        return ReadInField(fields["champ"], unit)


class Tolerance(Scalar[Quantity]):
    """A share of the threshold (`10 %`), percentage points, or an amount in the threshold's own unit."""

    title = "un pourcentage, des points, ou une quantité dans l'unité du seuil"

    def read(self, value: Any, path: Path, reader: "Reader") -> Optional[Quantity]:
        if not isinstance(value, str):
            return reader.error(f"{self.title} attendu", path, value)
        spatial = ("m2", "m") if set(reader.units) <= {"%"} else ()  # coverage kinds also take an amount of ground
        units = tuple(dict.fromkeys(("%", "points", *reader.units, *spatial)))
        quantity, problem = read_quantity(value, units)
        if quantity is None:
            return reader.error(problem, path, value)
        if quantity.value < 0:
            return reader.error(f"« {value} » est négatif : une valeur positive est attendue", path, value)
        return quantity

    def say(self, value: Quantity) -> str:
        return say_quantity(value)


class Echelle(Scalar[str]):
    """The unit of judgement: objet (unless what is measured is of no single object), commune, plu, scot, or a
    classement."""

    def __init__(self, objet: bool = True) -> None:
        self.known = ECHELLES if objet else ECHELLES[1:]
        self.title = f"{', '.join(self.known)} ou le nom d'un classement"

    def read(self, value: Any, path: Path, reader: "Reader") -> Optional[str]:
        if not isinstance(value, str):
            return reader.error(f"{self.title} attendu", path, value)
        word = fold(value)
        if word in self.known:
            return word
        if value in reader.classements:
            return str(value)
        known = (*self.known, *reader.classements)
        return reader.error(f"échelle « {value} » inconnue{suggestion(value, known)}", path, value)


class PartDuPluType(ParamType[PartDuPlu]):
    """What one PLU takes of a figure of the SCoT: a share, an amount, or a prorata."""

    title = "une part (12 %), une quantité dans l'unité du seuil, ou {prorata: {table: …, champ: …}}"

    def schema(self) -> Schema:
        ref = {
            "type": "object",
            "properties": {key: {"type": SCALAR} for key in ("table", "champ")},
            "required": ["table", "champ"],
            "additionalProperties": False,
        }
        prorata = {
            "type": "object",
            "title": "un prorata",
            "properties": {"prorata": ref},
            "required": ["prorata"],
            "additionalProperties": False,
        }
        return {"title": self.title, "anyOf": [{"type": SCALAR, "title": "une part ou une quantité"}, prorata]}

    def read(self, value: Any, path: Path, reader: "Reader") -> Optional[PartDuPlu]:
        if isinstance(value, str):
            quantity = Tolerance().read(value, path, reader)
            if quantity is not None and quantity.unit == "%" and quantity.value > 100:
                return reader.error(f"« {value} » dépasse 100 % : un PLU ne prend pas plus que tout", path, value)
            return quantity
        outer = reader.fields(value, path, {"prorata": None}, required=("prorata",))
        if outer is None:
            return None
        names = {"table": Name(), "champ": Name()}
        fields = reader.fields(value["prorata"], (*path, "prorata"), names, required=("table", "champ"))
        if fields is None or not reader.table(value["prorata"]["table"], (*path, "prorata", "table")):
            return None
        return Prorata(fields["table"], fields["champ"])
