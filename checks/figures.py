"""A figure of the rules for one unit: as written, or rows of a table summed (a ratio: averaged) over its communes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import List, Tuple

from ..rules.model import Chiffre, Quantity, RefTable
from .base import Check
from .context import Context, NotEvaluable
from .territory import HORS_COMMUNE, Unit
from .wording import names


@dataclass(frozen=True)
class Figure:
    """`value` in `unite`: of the rows that could be read; `missing`: causes for those that could not, else ()."""

    value: float
    unite: str
    missing: Tuple[str, ...] = ()
    note: str = ""  # how it was made, when not a plain sum

    def to(self, unite: str) -> float:
        return Quantity(self.value, self.unite).to(unite)


def figure_of(context: Context, chiffre: Chiffre, echelle: str, unit: Unit) -> Figure:
    """The figure of `unit`: its own row of the table, else those of its communes, elsewhere than in this PLU too.

    Raises `NotEvaluable` when the table or its columns are missing, or when it says nothing of the unit.
    """
    if isinstance(chiffre, Quantity):
        return Figure(chiffre.value, chiffre.unit)
    unite, rows = str(chiffre.unite), context.readings(chiffre)
    known = context.figures(chiffre)
    for key in _own_keys(context, echelle, unit):
        if key in known:
            return Figure(known[key] / (len(rows[key]) if unite == "%" else 1), unite)
    communes, causes = _communes(context, chiffre, echelle, unit)
    found = [known[commune] for commune in communes if commune in known]
    missing = [context.territory.nom(commune) for commune in communes if commune not in known]
    if not found:
        where = names([context.territory.nom(commune) for commune in communes]) if communes else unit.nom
        raise NotEvaluable(f"La table « {chiffre.table} » ne donne pas de {chiffre.champ} pour {where} : complétez-la.")
    if missing:
        causes += (f"La table « {chiffre.table} » n'a pas de {chiffre.champ} pour {names(missing)} : complétez-la.",)
    if unite != "%":
        return Figure(sum(found), unite, causes)
    note = f"moyenne simple de {len(found)} communes" if len(found) > 1 else ""
    return Figure(sum(found) / len(found), unite, causes, note)


def consumed_before(context: Context, check: Check, unit: Unit, unite: str) -> Figure:
    """`deja_consomme`, what was done since the start of the period, in `unite`; it is told apart when not known."""
    chiffre = check.valeurs.get("deja_consomme")
    if chiffre is None or unit.code == HORS_COMMUNE:
        return Figure(0.0, unite)
    try:
        found = figure_of(context, chiffre, check.scale, unit)
    except NotEvaluable as missing:
        return Figure(0.0, unite, (f"Déjà consommé : {missing}",))
    return replace(found, value=found.to(unite), unite=unite)


def _own_keys(context: Context, echelle: str, unit: Unit) -> List[str]:
    """Under which a table may hold the figure of the whole unit."""
    if echelle == "plu":
        return [key for key in (context.plu.idurba,) if key]
    return [unit.code] if unit.code and echelle != "scot" else []


def _communes(context: Context, ref: RefTable, echelle: str, unit: Unit) -> "Tuple[List[str], Tuple[str, ...]]":
    """Those whose rows are summed, and why they are not all known."""
    if echelle == "scot":  # the table's territory is that of the SCoT
        return list({**dict.fromkeys(context.territory.everywhere), **dict.fromkeys(context.readings(ref))}), ()
    if echelle in ("plu", "objet"):
        return (list(context.territory.communes) if echelle == "plu" else []), ()
    members = context.territory.members(echelle, unit)
    if members is None:
        return list(unit.communes), (f"Les communes de « {unit.nom} » ne sont pas toutes connues.",)
    return sorted(members), ()
