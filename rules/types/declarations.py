"""What a rule file declares before its prescriptions: SCoT, territories, layers, tables, selections.

The `Struct`s below are the one declaration of these keys: schema, reading and help come from them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Dict, Mapping, Optional, Tuple, Union

from ..model import Classe, Classement, Couche, HorizonLu, RefChamp, RefTable, Scot, Table, Territoires, Tranche
from ..reading.nodes import Path
from ..units import format_number
from ..words import fold
from .lengths import LengthOrField
from .scalars import Bool, Choice, Day, Insee, ListOf, Name, Number, ParamType, Periode, Scalar, Schema
from .selectors import FieldValues
from .seuils import ECHELLES
from .structures import Field, MapOf, Struct

if TYPE_CHECKING:
    from ..reading.reader import Reader

_RESERVED = ("selon", "defaut", "table")


class Siren(Scalar[str]):
    title = "un numéro SIREN"

    def convert(self, text: str) -> Tuple[Optional[str], str]:
        digits = re.sub(r"\s", "", text)
        return (
            (digits, "")
            if re.fullmatch(r"[0-9]{9}", digits)
            else (None, f"« {text} » n'est pas un SIREN (neuf chiffres)")
        )


SCOT = Struct(
    "le SCoT",
    {
        "nom": Field(Name(), "Nom du SCoT, repris dans le dossier.", required=True),
        "siren": Field(Siren(), "SIREN de l'établissement porteur, neuf chiffres."),
        "etat": Field(
            Choice("projet", "arrete", "approuve", "executoire", "en_revision", "annule"), "Où en est le document."
        ),
        "approuve_le": Field(Day(), "Date d'approbation, comme 2024-03-12."),
        "periode": Field(Periode(), "Première et dernière année : [2024, 2044] est 20 ans."),
        "document": Field(
            Struct(
                "le document",
                {
                    "nom": Field(Name(), "Nom du document, comme DOO."),
                    "url": Field(Name(), "Adresse du PDF ; les renvois y ajoutent #page=…"),
                },
            ),
            "Le document que citent les prescriptions.",
        ),
    },
)


class TrancheType(ParamType[Tranche]):
    """`[0, 2000]`: from 0 to less than 2 000; `[10000]`: 10 000 and more."""

    title = "deux nombres (le second n'est pas compris), comme [0, 2000], ou un seul : [10000] et plus"
    _NUMBERS = ListOf(Number())

    def schema(self) -> Schema:
        return {"type": "array", "title": self.title, "items": Number().schema(), "minItems": 1, "maxItems": 2}

    def read(self, value: Any, path: Path, reader: "Reader") -> Optional[Tranche]:
        if not isinstance(value, list) or not 1 <= len(value) <= 2:
            return reader.error(f"{self.title} : attendu ici", path, value)
        bounds = self._NUMBERS.read(value, path, reader)
        if bounds is None:
            return None
        if len(bounds) == 2 and bounds[0] >= bounds[1]:
            return reader.error("les deux nombres d'une tranche sont croissants, comme [0, 2000]", path, value)
        return Tranche(*bounds)


_CLASSE = Struct(
    "une classe",
    {
        "libelle": Field(Name(), "Nom de la classe, tel que le dit le DOO."),
        "communes": Field(ListOf(Insee()), "Codes INSEE des communes de la classe."),
        "defaut": Field(Bool(), "oui : les communes qui ne sont citées nulle part."),
    },
)
_LU_DANS = Struct(
    "une couche ou une table, et son champ",
    {
        "couche": Field(Name(), "Couche déclarée qui porte les classes."),
        "table": Field(Name(), "Table déclarée qui porte les classes."),
        "champ": Field(Name(), "Champ qui donne la classe.", required=True),
    },
    one_of=("couche", "table"),
)
_CLASSEMENT = Struct(
    "un classement de communes",
    {
        "libelle": Field(Name(), "Nom du classement, comme Armature urbaine."),
        "date": Field(Day(), "Date de la liste des communes."),
        "classes": Field(MapOf(_CLASSE, "des classes"), "Les classes, par nom court."),
        "lu_dans": Field(_LU_DANS, "Les classes sont lues dans une couche ou une table."),
        "tranches": Field(
            MapOf(TrancheType(), "des tranches"), "Avec lu_dans, si le champ est un nombre : les classes, par tranches."
        ),
    },
    one_of=("classes", "lu_dans"),
)
TERRITOIRES = Struct(
    "les territoires",
    {
        "communes": Field(
            Struct(
                "la couche des communes",
                {
                    "couche": Field(Name(), "Couche déclarée des communes.", required=True),
                    "code": Field(Name(), "Champ du code INSEE."),
                    "nom": Field(Name(), "Champ du nom."),
                },
            ),
            "Où sont les communes.",
        ),
        "classements": Field(MapOf(_CLASSEMENT, "des classements"), "Comment le DOO groupe les communes."),
    },
)
COUCHES = MapOf(
    Struct(
        "une couche",
        {
            "libelle": Field(Name(), "Nom de la couche, affiché dans le dossier.", required=True),
            "geometrie": Field(Choice("surface", "ligne", "point"), "Nature des objets.", required=True),
            "source": Field(Name(), "Fichier par défaut, relatif à ce fichier de règles."),
            "fourni_par": Field(Choice("scot", "plu"), "plu : la donnée accompagne chaque PLU, pas le SCoT."),
            "tampon": Field(LengthOrField(), "Largeur ajoutée de chaque côté d'une ligne ou d'un point."),
            "precision": Field(
                LengthOrField(scale=True), "Échelle de la carte ou largeur en dessous de laquelle on ignore."
            ),
            "filtre": Field(FieldValues(), "Objets gardés : champs et valeurs."),
            "millesime": Field(Name(), "Année ou date de la donnée."),
            "vide_admis": Field(Bool(), "oui : une couche sans objet est une réponse, pas une donnée manquante."),
        },
    ),
    "des couches",
)
TABLES = MapOf(
    Struct(
        "une table",
        {
            "libelle": Field(Name(), "Nom de la table, affiché dans le dossier.", required=True),
            "source": Field(Name(), "Fichier par défaut, relatif à ce fichier de règles."),
            "fourni_par": Field(Choice("scot", "plu"), "plu : la donnée accompagne chaque PLU, pas le SCoT."),
            "cle": Field(Name(), "Colonne qui identifie la ligne ; INSEE pour une table par commune.", required=True),
            "jointure": Field(Name(), "Champ du PLU qui porte la même valeur ; aucun pour une table par commune."),
            "millesime": Field(Name(), "Année ou date de la donnée."),
        },
    ),
    "des tables",
)


HORIZON = Struct(
    "où lire l'horizon de chaque PLU",
    {
        "table": Field(Name(), "Table déclarée qui a une ligne par document (cle: IDURBA).", required=True),
        "debut": Field(Name(), "Champ de la première année que le PLU planifie.", required=True),
        "fin": Field(Name(), "Champ de la dernière année.", required=True),
    },
)


def read_scot(root: Any, reader: "Reader") -> Optional[Scot]:
    value, path = root.get("scot", {}), ("scot",)
    fields = SCOT.read(value, path, reader)
    if fields is None:
        return None
    document = fields.pop("document", {})
    return Scot(document=document.get("nom", ""), url=document.get("url", ""), **fields)


def read_couches(root: Any, reader: "Reader") -> Dict[str, Couche]:
    """The layers, with the precision as it was written beside its value."""
    read = COUCHES.read(root.get("couches", {}), ("couches",), reader) or {}
    couches = {}
    for nom, fields in read.items():
        precision = root["couches"][nom].get("precision", "")
        fields["precision_lue"] = str(precision) if isinstance(precision, str) else f"champ {precision['champ']}"
        couches[nom] = Couche(nom=nom, **fields)
    return couches


def read_tables(root: Any, reader: "Reader") -> Dict[str, Table]:
    read = TABLES.read(root.get("tables", {}), ("tables",), reader) or {}
    return {nom: Table(nom=nom, **fields) for nom, fields in read.items()}


def read_horizon(root: Any, tables: Mapping[str, Table], reader: "Reader") -> Optional[HorizonLu]:
    """Where the years of each PLU are read; None when the file leaves them to the run, or when it is wrong."""
    if "horizon" not in root:
        return None
    value, path = root["horizon"], ("horizon",)
    fields = HORIZON.read(value, path, reader)
    if fields is None or not reader.table(value["table"], (*path, "table")):
        return None
    table = tables.get(fields["table"])
    if table is not None and fold(table.cle) == "insee":
        message = "la table de l'horizon a une ligne par document d'urbanisme, non par commune : cle: IDURBA attendu"
        return reader.error(message, ("tables", table.nom, "cle"))
    if fold(fields["debut"]) == fold(fields["fin"]):
        return reader.error("debut et fin sont deux champs différents", (*path, "fin"))
    return HorizonLu(**fields)


def read_territoires(root: Any, reader: "Reader") -> Territoires:
    """The territories; the classements are known to `reader` from then on."""
    path: Path = ("territoires",)
    value = root.get("territoires", {})
    declared = value.get("classements") if isinstance(value, dict) else None
    if isinstance(declared, dict):  # known by name even when one of them is wrong, so that only it is reported
        reader.classements = {nom: _class_names(item) for nom, item in declared.items()}
    fields = TERRITOIRES.read(value, path, reader) or {}
    communes = fields.get("communes", {})
    if communes:
        reader.couche(value["communes"]["couche"], (*path, "communes", "couche"))
    classements = {}
    for nom, item in fields.get("classements", {}).items():
        classements[nom] = _classement(nom, item, (*path, "classements", nom), reader)
    reader.territoires = Territoires(classements=classements, **communes)
    return reader.territoires


def _classement(nom: str, fields: Dict[str, Any], path: Path, reader: "Reader") -> Classement:
    if nom in ECHELLES:
        reader.error(f"un classement ne peut pas s'appeler « {nom} », qui est une échelle", path)
    libelle, date = fields.get("libelle", nom), fields.get("date", "")
    where = fields.get("lu_dans")
    if where is not None:
        tranches = fields.get("tranches", {})
        _check_tranches(tranches, (*path, "tranches"), reader)
        classes = tuple(
            Classe(name, f"{name} ({_say(tranche)})", tranche=tranche) for name, tranche in tranches.items()
        )
        return Classement(nom, libelle, date, classes, _lu_dans(where, (*path, "lu_dans"), reader))
    if "tranches" in fields:
        reader.error("les tranches se lisent dans un champ : lu_dans est attendu", (*path, "tranches"))
    classes = tuple(
        Classe(name, item.get("libelle", name), item.get("communes", ()), item.get("defaut", False))
        for name, item in fields.get("classes", {}).items()
    )
    _check_classes(classes, (*path, "classes"), reader)
    return Classement(nom, libelle, date, classes)


def _check_classes(classes: Tuple[Classe, ...], path: Path, reader: "Reader") -> None:
    """A commune has one class, one class at most is the default, each class can be met."""
    if not classes:
        reader.error("un classement a au moins une classe", path)
    seen: Dict[str, str] = {}
    for classe in classes:
        _check_name(classe.nom, path, reader)
        if not classe.communes and not classe.defaut:
            reader.error("classe sans commune : donner communes: […], ou defaut: oui", (*path, classe.nom))
        for code in classe.communes:
            if code in seen:
                message = f"commune {code} citée deux fois (classes « {seen[code]} » et « {classe.nom} »)"
                reader.error(message, (*path, classe.nom, "communes"))
            seen[code] = classe.nom
    if sum(classe.defaut for classe in classes) > 1:
        reader.error("une seule classe peut avoir defaut: oui", path)


def _check_name(nom: str, path: Path, reader: "Reader") -> None:
    if nom in _RESERVED:
        reader.error(f"« {nom} » est un mot du langage : donner un autre nom à la classe", (*path, nom))


def _check_tranches(tranches: Dict[str, Tranche], path: Path, reader: "Reader") -> None:
    """Ranges do not overlap; what lies between two of them would have no class."""
    for nom in tranches:
        _check_name(nom, path, reader)
    ordered = sorted(tranches.items(), key=lambda item: item[1].debut)
    for (before, low), (after, high) in zip(ordered, ordered[1:]):
        if low.fin is None or low.fin > high.debut:
            reader.error(f"les tranches « {before} » et « {after} » se recouvrent", (*path, after))
        elif low.fin < high.debut:
            between = f"de {format_number(low.fin)} à {format_number(high.debut)}"
            reader.warn(f"{between}, une commune n'a pas de classe (entre « {before} » et « {after} »)", (*path, after))


def _say(tranche: Tranche) -> str:
    if tranche.fin is None:
        return f"{format_number(tranche.debut)} et plus"
    return f"de {format_number(tranche.debut)} à moins de {format_number(tranche.fin)}"


def _lu_dans(where: Dict[str, Any], path: Path, reader: "Reader") -> Union[RefChamp, RefTable]:
    if "couche" in where:
        reader.couche(where["couche"], (*path, "couche"))
        return RefChamp(where["couche"], where["champ"])
    reader.table(where["table"], (*path, "table"))
    return RefTable(where["table"], where["champ"])


def _class_names(item: Any) -> Tuple[str, ...]:
    classes = (item.get("classes") or item.get("tranches")) if isinstance(item, dict) else None
    return tuple(classes) if isinstance(classes, dict) else ()
