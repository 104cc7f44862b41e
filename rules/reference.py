"""The generated part of `docs/regles.md`: every key and every kind, from the declarations that read them."""

from __future__ import annotations

import inspect
import re
from pathlib import Path
from typing import Any, Dict, List, Mapping, Sequence, Tuple

from .codes import destinations, vocations
from .expressions import FUNCTIONS, VARIABLES
from .loader import loads
from .params import Param
from .types.controls import Kinds
from .types.declarations import COUCHES, HORIZON, SCOT, TABLES, TERRITOIRES
from .types.exemples import EXEMPLES
from .types.prescriptions import SaufType, SiType, prescription_struct
from .types.scalars import ListOf, ParamType
from .types.selectors import Couches, LogementsType, Objets
from .types.seuils import Echelle, PartDuPluType, SeuilType, Tolerance
from .types.structures import MapOf, Struct
from .types.temps import ChiffreType, JalonsType, RetentionType, SituationPasseeType

#: in the page, all that stands above is written by hand
MARK = "<!-- Ce qui suit est écrit par « make docs » d'après le code : ne pas le modifier à la main. -->"
#: type of a parameter -> the chapter that explains it
_CHAPTERS: Sequence[Tuple[type, str]] = (
    (Objets, "choisir-des-objets"),
    (Couches, "les-couches"),
    (LogementsType, "les-tables"),
    (SeuilType, "les-seuils"),
    (Tolerance, "tolérance-et-écart-marqué"),
    (Echelle, "léchelle"),
    (PartDuPluType, "léchelle"),
    (ChiffreType, "les-années"),
    (SituationPasseeType, "les-années"),
    (JalonsType, "les-années"),
    (RetentionType, "les-années"),
)


def page(text: str, kinds: Kinds, folder: Path) -> str:
    """The whole page: `text` down to the mark, then what the code and the templates of `folder` say today."""
    return text.split(MARK)[0] + build(kinds, read(folder / "modeles"), read(folder / "exemples"))


def read(folder: Path) -> Dict[str, str]:
    """Name -> text of the rule files of a folder, by name."""
    return {path.stem: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.yaml"))}


def build(kinds: Kinds, modeles: Mapping[str, str], cas: Mapping[str, str]) -> str:
    """`modeles`: templates; the one that has the name of a kind is its example. `cas`: worked hard cases."""
    parts = [MARK, "", "## Les modèles", "", "Dans `rules/modeles/` :", "", *_files(modeles)]
    parts += ["", "Dans `rules/exemples/`, des cas difficiles, avec des chiffres d'illustration :", "", *_files(cas)]
    parts += ["", "## Les contrôles", "", *_catalogue(kinds)]
    for genre, kind in kinds.items():
        parts += ["", *_kind(genre, kind, kinds, modeles.get(genre))]
    parts += ["", "## Toutes les clés", "", *_keys(kinds)]
    return "\n".join(parts).rstrip() + "\n"


def prose(kind: Any) -> Tuple[str, List[str]]:
    """The requirement of a kind, and the paragraphs of its docstring that follow (`Résultat : …`, `Limites : …`)."""
    first, *others = inspect.cleandoc(kind.__doc__ or "").split("\n\n")
    return first.replace("\n", " "), [re.sub(r"\s*\n\s*", " ", other) for other in others]


def _files(texts: Mapping[str, str]) -> List[str]:
    """One row per file: its name and what its first comment says."""
    rows = []
    for name, text in texts.items():
        first = re.match(r"(?:# .*\n)+?(?=#\n|# Un modèle|# Inspiré|[^#])", text)
        said = " ".join(line[2:] for line in first[0].splitlines()) if first else ""
        said = said.removeprefix("Cas difficile : ")
        said = said[:1].upper() + said[1:]
        rows.append(f"| `{name}` | {_cell(said)} |")
    return ["| fichier | ce qu'il montre |", "|---|---|", *rows]


def _catalogue(kinds: Kinds) -> List[str]:
    rows = [f"| [`{genre}`](#{genre}) | {prose(kind)[0]} |" for genre, kind in kinds.items()]
    return ["| contrôle | ce qu'il demande |", "|---|---|", *rows]


def _kind(genre: str, kind: Any, kinds: Kinds, modele: "str | None") -> List[str]:
    requirement, others = prose(kind)
    parts = [f"### {genre}", "", f"**{requirement}**", ""]
    parts += ["| paramètre | à défaut | ce qu'on y écrit | ce qu'il dit |", "|---|---|---|---|"]
    own = vars(kind)
    params = sorted(kind.params().items(), key=lambda item: (not item[1].required, item[0] not in own))
    parts += [
        f"| `{name}` | {_default(param)} | {_written(param.type, tuple(kind.unites))} | {_cell(param.help)} |"
        for name, param in params
    ]
    for paragraph in others:
        parts += ["", re.sub(r"^(\w+) :", r"**\1.**", paragraph)]
    if modele is not None:
        said = " ".join(sentence for one in loads(modele, kinds).prescriptions for sentence in one.lecture)
        parts += ["", f"**Exemple** (fichier entier, commenté : `rules/modeles/{genre}.yaml`).", ""]
        parts += ["```yaml", _prescriptions(modele), "```", "", f"Lu à voix haute : « {said} »"]
    return parts


def _prescriptions(modele: str) -> str:
    """The `prescriptions:` of a template, without what stands around them."""
    found = re.search(r"^prescriptions:.*?(?=^\S|\Z)", modele, re.MULTILINE | re.DOTALL)
    return found[0].rstrip() if found else ""


def _default(param: "Param[Any]") -> str:
    if param.required:
        return "**obligatoire**"
    if param.default is None or param.default == ():
        return "rien"
    return f"`{param.type.say(param.default)}`"


def _written(type_: "ParamType[Any]", units: Tuple[str, ...]) -> str:
    """What one writes, with the units of a threshold, and a link to the chapter that says more."""
    said = _cell(type_.title)
    units = getattr(type_, "units", ()) or units
    if isinstance(type_, SeuilType) and units:
        said += f" ; unités : {', '.join(f'`{unit}`' for unit in units if unit)}"
    chapter = next((anchor for kind, anchor in _CHAPTERS if isinstance(type_, kind)), "")
    return f"[{said}](#{chapter})" if chapter else said


def _cell(text: str) -> str:
    return text.replace("|", r"\|").replace("\n", " ")


def _keys(kinds: Kinds) -> List[str]:
    parts: List[str] = []
    for title, struct in (
        ("scot", SCOT),
        ("territoires", TERRITOIRES),
        ("couches, chacune sous son nom", COUCHES),
        ("tables, chacune sous son nom", TABLES),
        ("horizon", HORIZON),
        ("prescriptions, une liste", prescription_struct(kinds)),
        ("sauf, une liste dans une prescription", SaufType().struct()),
        ("si, dans une prescription", SiType().struct()),
        ("exemples, une liste", EXEMPLES),
    ):
        parts += [f"**{title}**", "", "| clé | ce qu'on y écrit | ce qu'elle dit |", "|---|---|---|"]
        parts += [*_rows(_inner(struct), ""), ""]
    names = ", ".join(f"`{slug}`" for slug in destinations())
    parts += [f"**Vocations** : {', '.join(f'`{one}`' for one in vocations())}.", "", f"**Destinations** : {names}."]
    functions = ", ".join(f"`{name}`" for name in sorted(FUNCTIONS))
    variables = ", ".join(f"`@{name}` ({held})" for name, held in VARIABLES.items())
    parts += ["", f"**Fonctions des expressions** : {functions}.", "", f"**Variables des expressions** : {variables}."]
    return parts


def _rows(struct: Struct, above: str) -> List[str]:
    """One row per key, the keys of what it holds below it (`document.url`)."""
    rows: List[str] = []
    for name, field in struct.fields.items():
        must = " **obligatoire**" if field.required else ""
        rows.append(f"| `{above}{name}`{must} | {_cell(field.type.title)} | {_cell(field.help)} |")
        inner = _inner(field.type)
        if isinstance(inner, Struct) and any(below.help for below in inner.fields.values()):
            rows += _rows(inner, f"{above}{name}.<nom>." if isinstance(field.type, MapOf) else f"{above}{name}.")
    return rows


def _inner(type_: Any) -> Any:
    while isinstance(type_, (MapOf, ListOf)):
        type_ = type_.type
    return type_
