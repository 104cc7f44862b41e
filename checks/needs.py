"""What the controls of a rule file use: layers, tables and their fields, tables of the PLU, years; no more is read.

A user is asked for nothing that no rule needs.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Dict, List, Mapping, Set, Tuple

from ..rules.model import (
    ADistance,
    ChaqueCommune,
    Controle,
    Logements,
    Population,
    Prescription,
    Prorata,
    ReadInField,
    RefChamp,
    RefCouche,
    RefTable,
    RuleSet,
    Selecteur,
    SelonChamp,
    SelonClassement,
    SelonCommune,
    SituationPassee,
    Territoires,
)
from ..rules.values import is_yearly, walk
from .plu.codes import INFORMATIONS, PRESCRIPTIONS
from .registry import KINDS
from .selection import GEOMETRIES

#: fields that name an object to a reader, read when they are there
LABELS = ("LIBELLE", "NOM", "LIBELONG")
#: source of a selector -> beginning of the names of its tables
_PLU_TABLES = {"prescriptions_plu": "PRESCRIPTION", "informations_plu": "INFO"}


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
    found = [territoires.classements, *(_bearing(prescription) for prescription in rules.measured)]
    for value in walk(found):
        if isinstance(value, RefCouche):
            couches.setdefault(value.nom, set()).update(value.ou)
        elif isinstance(value, ADistance) and isinstance(value.distance, ReadInField):
            couches.setdefault(value.couche.nom, set()).add(value.distance.champ)
        elif isinstance(value, RefChamp):
            couches.setdefault(value.couche, set()).update((value.champ, territoires.code))
        elif isinstance(value, SelonChamp) and value.couche is not None:
            couches.setdefault(value.couche.nom, set()).add(value.champ)
        elif isinstance(value, (RefTable, Prorata)):
            tables.setdefault(value.table, set()).add(value.champ)
        elif isinstance(value, Logements) and value.mode != "champ":
            target = tables if value.mode == "table" else couches
            target.setdefault(value.nom, set()).update([value.champ] if value.champ else [])
        elif isinstance(value, Selecteur) and value.couche is not None:
            couches.setdefault(value.couche.nom, set()).update(value.champs)
    for prescription in rules.measured:
        for controle in prescription.controles:
            for nom, champs in KINDS[controle.genre].implied(controle).items():
                couches.setdefault(nom, set()).update(champs)
            for nom, own in _of_objects(controle).items():
                couches.setdefault(nom, set()).update(own)
    if rules.horizon is not None and horizon(rules):
        tables.setdefault(rules.horizon.table, set()).update((rules.horizon.debut, rules.horizon.fin))
    return Needs(
        {nom: champs | _declared(rules, nom) for nom, champs in couches.items() if nom in rules.couches},
        {nom: champs | {rules.tables[nom].cle} for nom, champs in tables.items() if nom in rules.tables},
    )


def _of_objects(controle: Controle) -> Mapping[str, Set[str]]:
    """Layers whose objects the control bears on -> the fields that it reads on its objects themselves."""
    values = list(walk(controle.parametres))
    champs = {value.champ for value in values if isinstance(value, ReadInField)}
    champs |= {value.champ for value in values if isinstance(value, SelonChamp) and value.couche is None}
    champs |= {value.champ for value in values if isinstance(value, Logements) and value.mode == "champ"}
    noms = {value.couche.nom for value in values if isinstance(value, Selecteur) and value.couche is not None}
    noms |= {ref.nom for ref in controle.parametres.get("couches") or ()}
    return dict.fromkeys(noms, champs) if champs else {}


def users(rules: RuleSet) -> Mapping[str, Tuple[str, ...]]:
    """Name of the layer or table -> ids of the prescriptions that it would leave `non_evalue`, in their order.

    What tells the communes and their classes is used by those that are answered by territory or bear on some of it.
    """
    found: Dict[str, List[str]] = {}
    for prescription in rules.measured:
        territoires = rules.territoires if _is_territorial(prescription) else Territoires()
        own = of_rules(replace(rules, prescriptions=(prescription,), territoires=territoires))
        for nom in (*own.couches, *own.tables):
            found.setdefault(nom, []).append(prescription.id)
    return {nom: tuple(ids) for nom, ids in found.items()}


def _is_territorial(prescription: Prescription) -> bool:
    if prescription.s_applique_a is not None or any(spared.communes for spared in prescription.sauf):
        return True
    values = [value for controle in prescription.controles for value in controle.parametres.values()]
    if any(isinstance(controle.parametres.get("deja_consomme"), RefTable) for controle in prescription.controles):
        return True
    scales = {controle.parametres.get("echelle") for controle in prescription.controles} - {None, "plu", "objet"}
    return bool(scales) or any(_is_by_commune(value) for value in walk(values))


def _is_by_commune(value: Any) -> bool:
    """Whether a value is found by the communes of the PLU, or summed over them."""
    if isinstance(value, (SituationPassee, Population)):
        return isinstance(value.chiffre, RefTable)
    return isinstance(value, (ChaqueCommune, SelonClassement, SelonCommune, Prorata))


def of_plu(rules: RuleSet) -> Tuple[str, ...]:
    """Tables of the PLU besides its zoning that some control looks into (PRESCRIPTION_SURF…), in CNIG order."""
    found: Set[str] = set()
    for prescription in rules.measured:
        found |= _tables_in(prescription.sauf, 0)
        for controle in prescription.controles:
            found |= _tables_in(controle.parametres, KINDS[controle.genre].least_dimension(controle, rules.couches))
    return tuple(table for table in PRESCRIPTIONS + INFORMATIONS if table in found)


def _tables_in(value: Any, least: int) -> Set[str]:
    """The tables that the selectors inside a value name, of a dimension of at least `least`."""
    sources = {inner.source for inner in walk(value) if isinstance(inner, Selecteur)}
    suffixes = [suffix for dimension, suffix in GEOMETRIES.items() if dimension >= least]
    return {f"{_PLU_TABLES[source]}_{suffix}" for source in sources & set(_PLU_TABLES) for suffix in suffixes}


def horizon(rules: RuleSet) -> bool:
    """Whether some figure is by year: it is multiplied by the years that the PLU has before it."""
    return any(is_yearly(controle.parametres) for p in rules.measured for controle in p.controles)


def horizon_table(rules: RuleSet) -> str:
    """The label of the table where these years are read when they are not given; "" when there is none."""
    return rules.tables[rules.horizon.table].libelle if rules.horizon is not None and horizon(rules) else ""


def _bearing(prescription: Any) -> Any:
    return [[controle.parametres for controle in prescription.controles], prescription.sauf]


def _declared(rules: RuleSet, nom: str) -> Set[str]:
    """Fields that the declaration of a layer itself uses, and those that name its objects."""
    declared = rules.couches[nom]
    lengths = [value.champ for value in (declared.tampon, declared.precision) if isinstance(value, ReadInField)]
    return {*declared.filtre, *lengths, *LABELS}
