"""The JSON Schema (draft 2020-12) of a rule file, from the same declarations that read it."""

from __future__ import annotations

from typing import Any, Dict

from .types.controls import ControleType, Kinds
from .types.declarations import COUCHES, HORIZON, SCOT, TABLES, TERRITOIRES
from .types.exemples import EXEMPLES
from .types.prescriptions import prescription_struct
from .types.scalars import SCALAR, ListOf, Name, Schema
from .types.selectors import SOURCES, FieldValues, Objets, OneCouche, OneSelecteur, criteria
from .types.structures import MapOf

TITLES = {
    "format": "Version du langage : 1.",
    "scot": "Le SCoT et son document.",
    "reprend": "Autres fichiers de règles (chemins relatifs), modifiés ici prescription par prescription.",
    "territoires": "Les communes et leurs classements.",
    "couches": "Les données géographiques dont les règles ont besoin, en plus du PLU.",
    "tables": "Les tableaux de chiffres dont les règles ont besoin.",
    "horizon": "Table où lire les années que chaque PLU planifie ; celles données au lancement l'emportent.",
    "selections": "Des objets du PLU, nommés une fois pour plusieurs règles.",
    "prescriptions": "Ce que demande le DOO.",
    "exemples": "Des cas dont on connaît la réponse, pour éprouver les règles.",
}


def build(kinds: Kinds) -> Dict[str, Any]:
    """The schema for these kinds of control (YAML key -> class with `params()`, `genre`, `unites`)."""
    types: Dict[str, Schema] = {
        "format": {"enum": ["1", 1]},
        "scot": SCOT.schema(),
        "reprend": ListOf(Name(), at_least=0).schema(),
        "territoires": TERRITOIRES.schema(),
        "couches": COUCHES.schema(),
        "tables": TABLES.schema(),
        "horizon": HORIZON.schema(),
        "selections": MapOf(Objets(), "des sélections").schema(),
        "prescriptions": {
            "type": "array",
            "title": "une liste de prescriptions",
            "minItems": 1,
            "items": prescription_struct(kinds).schema(),
        },
        "exemples": EXEMPLES.schema(),
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Règles d'un SCoT, format 1",
        "type": "object",
        "properties": {key: {**schema, "description": TITLES[key]} for key, schema in types.items()},
        "required": ["format", "scot", "prescriptions"],
        "additionalProperties": False,
        "$defs": _definitions(kinds),
    }


def _definitions(kinds: Kinds) -> Dict[str, Schema]:
    """What several places share."""
    couche = {
        "title": OneCouche.title,
        "anyOf": [
            {"type": SCALAR, "title": "le nom d'une couche"},
            {
                "type": "object",
                "title": "certains objets d'une couche",
                "properties": {"couche": {"type": SCALAR}, "ou": FieldValues().schema()},
                "required": ["couche"],
                "additionalProperties": False,
            },
        ],
    }
    one = {"$ref": "#/$defs/objets_nommes_ou_choisis"}
    return {
        "couche_ou_objets": couche,
        "couches_citees": ListOf(OneCouche()).schema(),
        "selecteur": _selecteur(),
        "objets_nommes_ou_choisis": {
            "title": Objets.title,
            "anyOf": [{"type": SCALAR, "title": "le nom d'une sélection"}, OneSelecteur().schema()],
        },
        "objets": {
            "title": Objets.title,
            "anyOf": [one, {"type": "array", "items": one, "minItems": 1, "title": "une liste de sélecteurs"}],
        },
        "controle": ControleType(kinds, with_volet=False).schema(),
        "controle_avec_volet": ControleType(kinds, with_volet=True).schema(),
    }


def _selecteur() -> Schema:
    properties: Dict[str, Schema] = {
        "nom": {"type": SCALAR, "title": "un nom", "description": "Nom de ce sélecteur dans une union."}
    }
    for source in SOURCES[:-1]:
        properties[source] = {
            "type": "object",
            "title": f'des critères sur {source}, comme {{libelle: "1AU*"}}',
            "properties": {key: type_.schema() for key, type_ in criteria(source).items()},
            "additionalProperties": False,
        }
    properties["couche"] = {"type": SCALAR, "title": "le nom d'une couche"}
    properties.update({key: type_.schema() for key, type_ in criteria("couche").items()})
    return {
        "type": "object",
        "title": "un sélecteur",
        "properties": properties,
        "additionalProperties": False,
        "oneOf": [{"required": [source]} for source in SOURCES],
    }
