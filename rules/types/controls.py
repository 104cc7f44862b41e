"""`controle` and `controles`: one kind each, its parameters read by the types that the kind declares."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Dict, List, Mapping, Optional, Tuple

from ..model import Controle
from ..reading.coherence import check_control
from ..reading.nodes import MapNode, Path
from ..words import suggestion
from .scalars import Name, ParamType, Schema

if TYPE_CHECKING:
    from ..reading.reader import Reader

#: YAML key -> class with `params()`, `genre`, `unites`, `sentence` (`checks.base.Check`)
Kinds = Mapping[str, Any]


class ControleType(ParamType[Controle]):
    """One control: the name of a kind and its parameters, with a `volet` when there are several."""

    title = "un contrôle"

    def __init__(self, kinds: Kinds, with_volet: bool) -> None:
        self.kinds, self.with_volet = kinds, with_volet

    def schema(self) -> Schema:
        volet = {
            **Name().schema(),
            "title": "un nom",
            "description": "Ce que ce contrôle vérifie dans la prescription.",
        }
        schema: Schema = {
            "type": "object",
            "title": self.title,
            "properties": {"volet": volet, **{genre: _kind_schema(kind) for genre, kind in self.kinds.items()}},
            "additionalProperties": False,
            "oneOf": [{"required": [genre]} for genre in self.kinds],
        }
        if self.with_volet:
            schema["required"] = ["volet"]
        return schema

    def read(self, value: Any, path: Path, reader: "Reader") -> Optional[Controle]:
        if not isinstance(value, dict):
            return reader.error(f"un contrôle est attendu ({', '.join(self.kinds)})", path, value)
        volet = Name().read(value["volet"], (*path, "volet"), reader) if "volet" in value else ""
        genres = [key for key in value if key != "volet"]
        known = [genre for genre in genres if genre in self.kinds]
        for genre in genres:
            if genre not in self.kinds:
                reader.error(f"« {genre} » inconnu{suggestion(genre, self.kinds)}", (*path, genre))
        if len(known) != 1 and len(genres) == len(known):
            found = f"{' et '.join(known)} ici : en faire des controles, un volet chacun" if known else "aucun ici"
            return reader.error(
                f"exactement un contrôle est attendu parmi {', '.join(self.kinds)} ({found})", path, value
            )
        if self.with_volet and "volet" not in value:
            reader.error("« volet » manque", (*path, "volet"), value)
        if len(known) != 1 or len(genres) != 1 or volet is None:
            return None
        parametres = self._parametres(known[0], value[known[0]], (*path, known[0]), reader)
        line = value.keys_at[known[0]].line if isinstance(value, MapNode) else 0
        return None if parametres is None else Controle(known[0], parametres, volet, line)

    def _parametres(self, genre: str, value: Any, path: Path, reader: "Reader") -> Optional[Dict[str, Any]]:
        kind = self.kinds[genre]
        params = kind.params()
        selon_champ = getattr(kind, "selon_champ", "")
        reader.units, reader.relative, reader.selon_champ = (
            tuple(kind.unites),
            "situation_passee" in params,
            selon_champ,
        )
        required = [name for name, param in params.items() if param.required]
        read = reader.fields(value, path, {name: param.type for name, param in params.items()}, required)
        reader.units, reader.relative, reader.selon_champ = (), False, ""
        if read is not None:
            check_control(read, params, path, reader, selon_champ)
        return read


class ControlesType(ParamType[Tuple[Controle, ...]]):
    """Several controls of one prescription, each with its own `volet`."""

    title = "une liste de contrôles, chacun avec son volet"

    def __init__(self, kinds: Kinds) -> None:
        self.kinds = kinds

    def schema(self) -> Schema:
        return {"type": "array", "title": self.title, "minItems": 1, "items": {"$ref": "#/$defs/controle_avec_volet"}}

    def read(self, value: Any, path: Path, reader: "Reader") -> Optional[Tuple[Controle, ...]]:
        if not isinstance(value, list) or not value:
            return reader.error(f"{self.title} : attendue ici", path, value)
        type_ = ControleType(self.kinds, with_volet=True)
        controles: List[Controle] = []
        for rank, item in enumerate(value):
            controle = type_.read(item, (*path, rank), reader)
            if controle is not None and controle.volet in [known.volet for known in controles]:
                reader.error(f"volet « {controle.volet} » déjà pris : un nom par contrôle", (*path, rank, "volet"))
            if controle is not None:
                controles.append(controle)
        return tuple(controles) if len(controles) == len(value) else None


def _kind_schema(kind: Any) -> Schema:
    params = kind.params()
    schema: Schema = {
        "type": "object",
        "title": f"un contrôle {kind.genre}",
        "description": (kind.__doc__ or "").strip().split("\n")[0],
        "properties": {name: {**param.type.schema(), "description": param.help} for name, param in params.items()},
        "additionalProperties": False,
    }
    required = [name for name, param in params.items() if param.required]
    return {**schema, "required": required} if required else schema
