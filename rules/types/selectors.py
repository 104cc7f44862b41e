"""Types that name data: layers (`Couches`), objects of the PLU (`Objets`), dwellings (`LogementsType`)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Dict, List, Mapping, Optional, Tuple

from ..codes import TYPEZONES, destinations, vocations
from ..model import ADistance, ChaqueCommune, Logements, PourChaque, Quantity, RefCouche, Selecteur, Selection, Terme
from ..reading.nodes import Path
from ..words import fold, suggestion
from .lengths import LengthOrField
from .scalars import SCALAR, Amount, Bool, Choice, Due, ListOf, Name, ParamType, Scalar, Schema

if TYPE_CHECKING:
    from ..reading.reader import Reader

SOURCES = ("zones", "prescriptions_plu", "informations_plu", "couche")


class FieldValues(ParamType[Mapping[str, Tuple[str, ...]]]):
    """`{NIVEAU: [1, 2]}`: fields of a layer and the values accepted."""

    title = "des champs et leurs valeurs, comme {NIVEAU: [1, 2]}"

    def schema(self) -> Schema:
        return {
            "type": "object",
            "title": self.title,
            "additionalProperties": ListOf(Name()).schema(),
            "minProperties": 1,
        }

    def read(self, value: Any, path: Path, reader: "Reader") -> Optional[Mapping[str, Tuple[str, ...]]]:
        if not isinstance(value, dict):
            return reader.error(f"{self.title} : attendu ici", path, value)
        read = {field: ListOf(Name()).read(item, (*path, field), reader) for field, item in value.items()}
        return {field: item for field, item in read.items() if item is not None}


class OneCouche(ParamType[RefCouche]):
    """A declared layer, or some of its objects."""

    title = "le nom d'une couche, ou {couche: nom, ou: {CHAMP: [valeurs]}}"

    def schema(self) -> Schema:
        return {"$ref": "#/$defs/couche_ou_objets"}

    def read(self, value: Any, path: Path, reader: "Reader") -> Optional[RefCouche]:
        if isinstance(value, str):
            return RefCouche(value) if reader.couche(value, path) else None
        if not isinstance(value, dict):
            return reader.error(f"{self.title} : attendu ici", path, value)
        fields = reader.fields(value, path, {"couche": Name(), "ou": FieldValues()}, required=("couche",))
        if fields is None or not reader.couche(value["couche"], (*path, "couche")):
            return None
        return RefCouche(fields["couche"], fields.get("ou", {}))


class Couches(ListOf[RefCouche]):
    """One or several declared layers."""

    def __init__(self) -> None:
        super().__init__(OneCouche())
        self.title = "une liste de couches"

    def schema(self) -> Schema:
        return {"$ref": "#/$defs/couches_citees"}


class ADistanceType(ParamType[ADistance]):
    """A declared layer, or some of its objects, and the distance within which an object is taken."""

    title = "une couche et une distance, comme {couche: gares, distance: 500 m}"

    def schema(self) -> Schema:
        return {
            "type": "object",
            "title": self.title,
            "properties": {
                "couche": {"type": SCALAR},
                "ou": FieldValues().schema(),
                "distance": Due(LengthOrField()).schema(),
            },
            "required": ["couche", "distance"],
            "additionalProperties": False,
        }

    def read(self, value: Any, path: Path, reader: "Reader") -> Optional[ADistance]:
        types: Dict[str, ParamType[Any]] = {"couche": Name(), "ou": FieldValues(), "distance": Due(LengthOrField())}
        fields = reader.fields(value, path, types, required=("couche", "distance"))
        if fields is None or not reader.couche(value["couche"], (*path, "couche")):
            return None
        return ADistance(RefCouche(fields["couche"], fields.get("ou", {})), fields["distance"])


class Code(Scalar[str]):
    """A two-digit code of the CNIG (TYPEPSC, STYPEPSC)."""

    title = "un code à deux chiffres, comme 07"

    def convert(self, text: str) -> Tuple[Optional[str], str]:
        if len(text) == 2 and text.isdecimal() and text.isascii():
            return text, ""
        if len(text) == 1 and text in "0123456789":
            return f"0{text}", ""
        if len(text) == 5 and text[2] == "-":
            return None, f"« {text} » : écrire typepsc: [{text[:2]}] et stypepsc: [{text[3:]}]"
        return None, f"« {text} » n'est pas {self.title}"


class Typezone(Choice):
    def __init__(self) -> None:
        super().__init__(*TYPEZONES)
        self.title = f"une famille de zones ({', '.join(TYPEZONES)})"

    def convert(self, text: str) -> Tuple[Optional[str], str]:
        typed, problem = super().convert(text)
        if not problem:
            return typed, ""
        several = [part.strip() for part in text.split(",") if part.strip()]
        if len(several) > 1:
            problems = [found for found in (self.convert(part)[1] for part in several) if found]
            return None, problems[0] if problems else f"« {text} » : écrire [{', '.join(several)}]"
        remedy = f' ; pour un libellé de zone, écrire libelle: ["{text}"]'
        if fold(text) == "au":
            remedy = ' : écrire AUc (ouverte) ou AUs (fermée) ; pour un libellé : libelle: ["AU*"]'
        return None, f"« {text} » n'est pas une famille de zones ({', '.join(TYPEZONES)}){remedy}"


class Vocation(Choice):
    def __init__(self) -> None:
        super().__init__(*vocations())


class Destination(Choice):
    def __init__(self) -> None:
        super().__init__(*destinations())
        self.title = "une destination ou sous-destination, comme commerce_detail"


def criteria(source: str) -> Dict[str, ParamType[Any]]:
    """The criteria that a selector of that source accepts."""
    if source == "zones":
        own: Dict[str, ParamType[Any]] = {
            "typezone": ListOf(Typezone()),
            "stecal": Bool(),
            "libelle": ListOf(Name()),
            "sauf_libelle": ListOf(Name()),
            "vocation": ListOf(Vocation()),
            "admet": ListOf(Destination()),
            "admet_sans_condition": ListOf(Destination()),
            "interdit": ListOf(Destination()),
        }
    elif source in ("prescriptions_plu", "informations_plu"):
        own = {
            "typepsc": ListOf(Code()),
            "stypepsc": ListOf(Code()),
            "libelle": ListOf(Name()),
            "sauf_libelle": ListOf(Name()),
        }
    else:
        own = {"ou": FieldValues()}
    surface = Amount("surface")
    return {
        **own,
        "surface_min": surface,
        "surface_max": surface,
        "dans": Couches(),
        "hors": Couches(),
        "a_moins_de": ADistanceType(),
        "entierement": Bool(),
        "champs": FieldValues(),
    }


class OneSelecteur(ParamType[Selecteur]):
    """One selector: exactly one of `zones`, `prescriptions_plu`, `informations_plu`, `couche`."""

    title = "un sélecteur, comme {zones: {typezone: [AUc]}}"

    def schema(self) -> Schema:
        return {"$ref": "#/$defs/selecteur"}

    def read(self, value: Any, path: Path, reader: "Reader") -> Optional[Selecteur]:
        if not isinstance(value, dict):
            return reader.error(f"{self.title} : attendu ici", path, value)
        sources = [source for source in SOURCES if source in value]
        keys = {"nom", *SOURCES, *criteria("couche")}
        if not sources and not keys.issuperset(value):
            reader.fields(value, path, dict.fromkeys(keys))  # a misspelt source: its own message is enough
            return None
        if len(sources) != 1:
            found = f"{' et '.join(sources)} ensemble" if sources else "aucun"
            return reader.error(f"un sélecteur a exactement un de {', '.join(SOURCES)} ({found} ici)", path, value)
        source = sources[0]
        types = criteria(source)
        if source == "couche":
            fields = reader.fields(value, path, {"nom": Name(), "couche": Name(), **types})
            known = reader.couche(value["couche"], (*path, "couche")) if isinstance(value["couche"], str) else None
            if fields is None or not known:
                return None
            ref = RefCouche(fields.pop("couche"), fields.pop("ou", {}))
            return self._build(source, fields, path, value, reader, couche=ref)
        outer = reader.fields(value, path, {"nom": Name(), source: None})
        inner = reader.fields(value[source], (*path, source), types)
        if outer is None or inner is None:
            return None
        return self._build(source, {**inner, **outer}, path, value, reader)

    def _build(
        self,
        source: str,
        fields: Dict[str, Any],
        path: Path,
        value: Any,
        reader: "Reader",
        couche: Optional[RefCouche] = None,
    ) -> Optional[Selecteur]:
        for bound in ("surface_min", "surface_max"):
            if isinstance(fields.get(bound), Quantity):
                fields[bound] = fields[bound].to("m2")
        low, high = fields.get("surface_min"), fields.get("surface_max")
        if low is not None and high is not None and low > high:
            return reader.error("surface_min dépasse surface_max : aucun objet ne peut convenir", path, value)
        return Selecteur(source=source, couche=couche, **fields)


class Objets(ParamType[Selection]):
    """A named selection, one selector, or a list of them (a union)."""

    title = "une sélection : un nom déclaré sous selections, un sélecteur, ou une liste"

    def schema(self) -> Schema:
        return {"$ref": "#/$defs/objets"}

    def read(self, value: Any, path: Path, reader: "Reader") -> Optional[Selection]:
        if not isinstance(value, list):
            return self._one(value, path, reader)
        if not value:
            return reader.error("liste vide : donner au moins un sélecteur", path, value)
        read = [self._one(item, (*path, rank), reader) for rank, item in enumerate(value)]
        union: List[Selecteur] = []
        for selection in read:
            union += selection or ()
        return None if any(selection is None for selection in read) else tuple(union)

    def _one(self, value: Any, path: Path, reader: "Reader") -> Optional[Selection]:
        if isinstance(value, str):
            return reader.selection(value, path)
        selecteur = OneSelecteur().read(value, path, reader)
        return None if selecteur is None else (selecteur,)


class PourChaqueType(ParamType[PourChaque]):
    """Each commune, each object of a layer, or each object of a selection."""

    title = "commune, le nom d'une couche ou d'une sélection, un sélecteur, ou une liste de sélecteurs"
    _COMMUNE = "commune"

    def schema(self) -> Schema:
        return {"title": self.title, "anyOf": [{"$ref": "#/$defs/objets"}]}

    def read(self, value: Any, path: Path, reader: "Reader") -> Optional[PourChaque]:
        if not isinstance(value, str):
            return Objets().read(value, path, reader)
        if fold(value) == self._COMMUNE:
            return ChaqueCommune()
        if value in reader.couches and value in reader.selections:
            message = f"« {value} » est à la fois une couche et une sélection : donner un autre nom à l'une"
            return reader.error(message, path, value)
        if value in reader.selections:
            return reader.selection(value, path)
        if value not in reader.couches:
            near = suggestion(value, (self._COMMUNE, *sorted(reader.couches), *reader.selections))
            return reader.error(
                f"« {value} » n'est ni commune, ni une couche ou une sélection déclarée{near}", path, value
            )
        reader.couche(value, path)
        if value == reader.territoires.couche:
            return ChaqueCommune()
        return (Selecteur(source="couche", couche=RefCouche(value)),)


class LogementsType(ParamType[Logements]):
    """Where dwellings are read."""

    title = "{table: …, champ: …}, {couche: …, champ: …}, {comptage: couche} ou {champ: …}"
    _KEYS = ("table", "couche", "comptage", "champ")

    def schema(self) -> Schema:
        properties = {key: {"type": SCALAR} for key in self._KEYS}
        return {"type": "object", "title": self.title, "properties": properties, "additionalProperties": False}

    def read(self, value: Any, path: Path, reader: "Reader") -> Optional[Logements]:
        fields = reader.fields(value, path, {key: Name() for key in self._KEYS})
        if fields is None:
            return None
        given = frozenset(fields)
        mode = {
            frozenset(("table", "champ")): "table",
            frozenset(("couche", "champ")): "couche",
            frozenset(("comptage",)): "comptage",
            frozenset(("champ",)): "champ",
        }.get(given)
        if mode is None:
            return reader.error(f"attendu : {self.title}", path, value)
        named = value.get(mode) if mode != "champ" else ""
        if mode == "table" and not reader.table(named, (*path, mode)):
            return None
        if mode in ("couche", "comptage") and not reader.couche(named, (*path, mode)):
            return None
        return Logements(mode, fields.get(mode, "") if mode != "champ" else "", fields.get("champ", ""))


class TermeType(ParamType[Terme]):
    """One side of a share: `{objets: …, mesure: surface | logements | nombre}`."""

    title = "{objets: …, mesure: surface, logements ou nombre}"

    def __init__(self) -> None:
        self.types: Dict[str, ParamType[Any]] = {
            "objets": Objets(),
            "mesure": Choice("surface", "logements", "nombre"),
            "logements": LogementsType(),
        }
        self.helps = {
            "objets": "Objets du PLU que ce terme compte",
            "mesure": "Ce que l'on en mesure",
            "logements": "Où lire les logements de ce terme, s'ils ne sont pas ceux du contrôle (logements sociaux…)",
        }

    def schema(self) -> Schema:
        return {
            "type": "object",
            "title": self.title,
            "properties": {
                key: {**type_.schema(), "description": self.helps[key]} for key, type_ in self.types.items()
            },
            "required": ["objets", "mesure"],
            "additionalProperties": False,
        }

    def read(self, value: Any, path: Path, reader: "Reader") -> Optional[Terme]:
        fields = reader.fields(value, path, self.types, required=("objets", "mesure"))
        return None if fields is None else Terme(**fields)
