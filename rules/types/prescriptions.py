"""`prescriptions`: who says what, to whom, with which exceptions; their controls are read by `controls`."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any, Dict, List, Optional, Tuple

from ..model import Controle, Portee, Prescription, Sauf, Si
from ..reading.nodes import ListNode, MapNode, Path
from ..words import suggestion
from .controls import ControlesType, ControleType, Kinds
from .scalars import Choice, Day, Insee, ListOf, Name, ParamType, Periode, Scalar, Schema, Text
from .selectors import SOURCES, Couches, Objets, criteria
from .structures import Field, Struct

if TYPE_CHECKING:
    from ..reading.reader import Reader

NATURES = ("norme", "objectif", "orientation", "recommandation")
PILIERS = ("economie", "besoins", "transitions", "transversal")


class Identifier(Scalar[str]):
    title = "un identifiant, comme P12"

    def convert(self, text: str) -> Tuple[Optional[str], str]:
        if re.fullmatch(r"[\w.\-/]{1,60}", text):
            return text, ""
        return None, f"« {text} » n'est pas {self.title} (lettres, chiffres, points et tirets, sans espace)"


class ControleRef(ControleType):
    """The same, named once in the schema."""

    def schema(self) -> Schema:
        return {"$ref": "#/$defs/controle"}


def selector_fields() -> Dict[str, Field]:
    """The sources of a selector, as keys beside others (in `sauf`)."""
    return {
        source: Field(
            Struct(f"des critères ({source})", {key: Field(type_, "") for key, type_ in criteria(source).items()}),
            help_,
        )
        for source, help_ in (
            ("zones", "Zones du PLU épargnées."),
            ("prescriptions_plu", "Prescriptions du PLU épargnées."),
            ("informations_plu", "Informations du PLU épargnées."),
        )
    }


class SaufType(ParamType[Sauf]):
    """One exception: what is spared, always with its reason."""

    title = "une exception"

    def schema(self) -> Schema:
        return self.struct().schema()

    def read(self, value: Any, path: Path, reader: "Reader") -> Optional[Sauf]:
        fields = self.struct().read(value, path, reader)
        if fields is None:
            return None
        given = [source for source in SOURCES if source in fields]
        if len(given) + ("objets" in fields) > 1:
            return reader.error("une exception a un seul sélecteur : en faire une liste sous objets", path, value)
        if given:
            selector = MapNode().at(value.file, value.line, value.column)
            selector.put(value.keys_at[given[0]], value[given[0]])
            fields["objets"] = Objets().read(selector, path, reader)
            del fields[given[0]]
        if set(fields) <= {"motif", "reference"}:
            message = "exception sans objet : dire ce qui est épargné (communes, zones, objets, couches ou jusqu_au)"
            return reader.error(message, path, value)
        return Sauf(selection=fields.pop("objets", None) or (), **fields)

    def struct(self) -> Struct:
        return Struct(
            self.title,
            {
                "motif": Field(Name(), "Pourquoi ; toujours donné, repris dans le dossier.", required=True),
                "reference": Field(Name(), "Où le DOO le dit."),
                "communes": Field(ListOf(Insee()), "Communes épargnées."),
                **selector_fields(),
                "objets": Field(Objets(), "Objets épargnés."),
                "couches": Field(Couches(), "Ce qui se trouve dans ces couches est épargné."),
                "jusqu_au": Field(Day(), "Dernier jour de l'exception."),
            },
        )


class PorteeType(ParamType[Portee]):
    """The communes, or the classes, that a prescription bears on."""

    title = "{classement: …, classes: […]} ou {communes: […]}"

    def schema(self) -> Schema:
        return self.struct().schema()

    def read(self, value: Any, path: Path, reader: "Reader") -> Optional[Portee]:
        fields = self.struct().read(value, path, reader)
        if fields is None:
            return None
        if "classement" not in fields:
            if "classes" in fields:
                return reader.error("« classement » manque : de quel classement sont ces classes ?", path, value)
            return Portee(**fields)
        known = reader.classement(value["classement"], (*path, "classement"))
        if known is None or "classes" not in fields:
            return None if known is None else reader.error("« classes » manque : lesquelles ?", path, value)
        for name in fields["classes"]:
            if known and name not in known:
                reader.error(f"classe « {name} » inconnue{suggestion(name, known)}", (*path, "classes"))
        return Portee(**fields)

    def struct(self) -> Struct:
        return Struct(
            self.title,
            {
                "communes": Field(ListOf(Insee()), "Codes INSEE."),
                "classement": Field(Name(), "Classement déclaré."),
                "classes": Field(ListOf(Name()), "Classes de ce classement."),
            },
            one_of=("communes", "classement"),
        )


class SiType(ParamType[Si]):
    """A condition outside the plan (an adopted PLH, a granted permit), whose state a person writes."""

    title = "une condition, comme {condition: Le PLH est adopté, etat: vraie, source: …, date: …}"

    def schema(self) -> Schema:
        return self.struct().schema()

    def read(self, value: Any, path: Path, reader: "Reader") -> Optional[Si]:
        fields = self.struct().read(value, path, reader)
        return None if fields is None else Si(**fields)

    def struct(self) -> Struct:
        return Struct(
            self.title,
            {
                "condition": Field(Name(), "La condition, reprise dans le dossier.", required=True),
                "etat": Field(
                    Choice("vraie", "fausse"),
                    "vraie : le contrôle est fait ; fausse : sans objet ; sans cette clé : non évalué.",
                ),
                "source": Field(Name(), "Ce qui établit cet état."),
                "date": Field(Day(), "Date à laquelle cet état a été constaté."),
            },
        )


def prescription_struct(kinds: Kinds) -> Struct:
    return Struct(
        "une prescription",
        {
            "id": Field(Identifier(), "Identifiant, unique dans le fichier.", required=True),
            "intitule": Field(Name(), "Ce que demande la prescription, en quelques mots.", required=True),
            "objectif": Field(Text(), "Objectif du DOO qui la porte : il groupe la synthèse."),
            "pilier": Field(Choice(*PILIERS), "Pilier du DOO."),
            "theme": Field(Text(), "Thème, à votre choix."),
            "nature": Field(
                Choice(*NATURES), "Portée juridique : une recommandation ne donne jamais d'écart.", required=True
            ),
            "force": Field(Choice("vise"), "vise : « tendre vers », « rechercher » ; un écart marqué devient faible."),
            "reference": Field(
                Struct("un renvoi", {"page": Field(Text(), "Page du PDF."), "article": Field(Text(), "Article.")}),
                "Où la lire dans le document.",
            ),
            "base_legale": Field(ListOf(Text()), "Articles du code de l'urbanisme."),
            "texte": Field(Text(), "Le texte du DOO, mot à mot."),
            "controle": Field(ControleRef(kinds, with_volet=False), "Le contrôle qui y répond."),
            "controles": Field(ControlesType(kinds), "Plusieurs contrôles : l'état est le pire d'entre eux."),
            "s_applique_a": Field(PorteeType(), "Communes ou classes concernées ; toutes sans cette clé."),
            "periode": Field(
                Periode(),
                "Première et dernière année de ce que demande la prescription ; celles du SCoT sans cette clé.",
            ),
            "sauf": Field(ListOf(SaufType()), "Exceptions, chacune avec son motif."),
            "si": Field(SiType(), "Condition extérieure au PLU, dont l'état est saisi à la main."),
            "a_savoir": Field(Text(), "Ce que le lecteur du résultat doit savoir."),
        },
        one_of=("controle", "controles"),
    )


def read_prescriptions(root: Any, kinds: Kinds, reader: "Reader", today: date) -> Tuple[Prescription, ...]:
    """Every prescription that could be read; the others have left an error in `reader`."""
    value, struct = root.get("prescriptions", ListNode()), prescription_struct(kinds)
    read: List[Prescription] = []
    for rank, item in enumerate(value if isinstance(value, list) else ()):
        path: Path = ("prescriptions", rank)
        fields = struct.read(item, path, reader)
        if fields is not None:
            _warn_expired(fields.get("sauf", ()), (*path, "sauf"), reader, today)
            read.append(_prescription(fields, item))
    return tuple(read)


def _prescription(fields: Dict[str, Any], item: MapNode) -> Prescription:
    reference = fields.pop("reference", {})
    one: Optional[Controle] = fields.pop("controle", None)
    fields.setdefault("objectif", "")
    return Prescription(
        controles=(one,) if one is not None else fields.pop("controles"),
        page=reference.get("page", ""),
        article=reference.get("article", ""),
        ligne=item.line,
        **fields,
    )


def _warn_expired(exceptions: Tuple[Sauf, ...], path: Path, reader: "Reader", today: date) -> None:
    for rank, sauf in enumerate(exceptions):
        if sauf.jusqu_au and sauf.jusqu_au < today.isoformat():
            reader.warn(f"exception échue le {sauf.jusqu_au} : elle n'épargne plus rien", (*path, rank, "jusqu_au"))
