"""Which layers and tables the controls of a rule file use, and which of their fields: nothing else is read."""

from __future__ import annotations

from dataclasses import dataclass, fields, is_dataclass
from typing import Any, Dict, Iterator, Mapping, Set

from ..rules.model import (
    Logements,
    Prorata,
    ReadInField,
    RefChamp,
    RefCouche,
    RefTable,
    RuleSet,
    Selecteur,
    SelonClassement,
)
from .registry import KINDS

#: fields that name an object to a reader, read when they are there
LABELS = ("LIBELLE", "NOM", "LIBELONG")


@dataclass(frozen=True)
class Needs:
    """Name of the layer or table in the rules -> the fields used."""

    couches: Mapping[str, Set[str]]
    tables: Mapping[str, Set[str]]


def of_rules(rules: RuleSet) -> Needs:
    """What the controls of `rules` use, its communes and its classements included."""
    couches: Dict[str, Set[str]] = {}
    tables: Dict[str, Set[str]] = {}
    territoires = rules.territoires
    if territoires.couche is not None:
        couches[territoires.couche] = {territoires.code, territoires.nom}
    found = [territoires.classements, *(_bearing(prescription) for prescription in rules.prescriptions)]
    for value in _walk(found):
        if isinstance(value, RefCouche):
            couches.setdefault(value.nom, set()).update(value.ou)
        elif isinstance(value, RefChamp):
            couches.setdefault(value.couche, set()).update((value.champ, territoires.code))
        elif isinstance(value, (RefTable, Prorata)):
            tables.setdefault(value.table, set()).add(value.champ)
        elif isinstance(value, Logements) and value.mode != "champ":
            target = tables if value.mode == "table" else couches
            target.setdefault(value.nom, set()).update([value.champ] if value.champ else [])
        elif isinstance(value, Selecteur) and value.couche is not None:
            couches.setdefault(value.couche.nom, set()).update(value.champs)
    for prescription in rules.prescriptions:
        for controle in prescription.controles:
            for nom, champs in KINDS[controle.genre].implied(controle).items():
                couches.setdefault(nom, set()).update(champs)
    return Needs(
        {nom: champs | _declared(rules, nom) for nom, champs in couches.items() if nom in rules.couches},
        {nom: champs | {rules.tables[nom].cle} for nom, champs in tables.items() if nom in rules.tables},
    )


def _bearing(prescription: Any) -> Any:
    return [[controle.parametres for controle in prescription.controles], prescription.sauf]


def _declared(rules: RuleSet, nom: str) -> Set[str]:
    """Fields that the declaration of a layer itself uses, and those that name its objects."""
    declared = rules.couches[nom]
    lengths = [value.champ for value in (declared.tampon, declared.precision) if isinstance(value, ReadInField)]
    return {*declared.filtre, *lengths, *LABELS}


def _walk(value: Any) -> Iterator[Any]:
    """Every typed value inside, itself included."""
    yield value
    if isinstance(value, SelonClassement):
        return  # figures by class: the classement itself is walked once, under `territoires`
    if is_dataclass(value):
        for field in fields(value):
            yield from _walk(getattr(value, field.name))
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from _walk(item)
    elif isinstance(value, (list, tuple)):
        for item in value:
            yield from _walk(item)
