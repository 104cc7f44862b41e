"""A figure of the rules for one unit: as written, or rows of a table summed (a ratio: averaged) over its communes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import List, Optional, Sequence, Tuple

from ..rules.model import Chiffre, PartDuPlu, Prorata, Quantity, RefTable
from .base import Check
from .context import Context, NotEvaluable
from .territory import HORS_COMMUNE, Unit
from .wording import amount, names


@dataclass(frozen=True)
class Figure:
    """`value` in `unite`: of the rows that could be read; `missing`: causes for those that could not, else ()."""

    value: float
    unite: str
    missing: Tuple[str, ...] = ()
    note: str = ""  # how it was made, when not a plain sum

    def to(self, unite: str) -> float:
        return Quantity(self.value, self.unite).to(unite)


def figure_of(
    context: Context, chiffre: Chiffre, echelle: str, unit: Unit, only: Optional[Sequence[str]] = None
) -> Figure:
    """The figure of `unit`: its own row of the table, else those of its communes, elsewhere than in this PLU too.

    `only`: the communes whose rows count, when it is not all those of the unit (`concerned`).
    Raises `NotEvaluable` when the table or its columns are missing, or when it says nothing of the unit.
    """
    if isinstance(chiffre, Quantity):
        return Figure(chiffre.value, chiffre.unit)
    unite, rows = str(chiffre.unite), context.readings(chiffre)
    known = context.figures(chiffre)
    for key in _own_keys(context, echelle, unit) if only is None else ():
        if key in known:
            return Figure(known[key] / (len(rows[key]) if unite == "%" else 1), unite)
    communes, causes = (list(only), ()) if only is not None else _communes(context, chiffre, echelle, unit)
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


def concerned(context: Context, check: Check, unit: Unit, *, own: bool = False) -> Optional[Tuple[str, ...]]:
    """The communes of the unit that the prescription bears on and does not spare; None when it is all of them.

    `own`: those of this PLU are enough. Raises `NotEvaluable` otherwise when the unit goes beyond the PLU: which of
    its other communes are concerned is not known.
    """
    bearing = check.bearing
    aside = {code for sauf in check.prescription.sparing_communes(context.date) for code in sauf.communes}
    if bearing is None and not aside:
        return None
    communes = unit.communes or context.territory.communes
    kept = tuple(code for code in communes if (bearing is None or code in bearing) and code not in aside)
    if len(kept) == len(communes):
        return None
    if not own and not context.territory.is_whole(check.scale, unit):
        raise NotEvaluable(f"Les communes concernées de « {unit.nom} » ne sont pas toutes connues.")
    return kept


def consumed_before(context: Context, check: Check, unit: Unit, unite: str) -> Figure:
    """`deja_consomme`, what was done since the start of the period, in `unite`; it is told apart when not known.

    Of the same ground as what is planned: without the communes that are not concerned, and of this PLU alone where
    the threshold is brought to its share. A value written for the whole, as the threshold is, is brought to it too;
    beside an amount given for this PLU, it is that of this PLU.
    """
    chiffre = check.valeurs.get("deja_consomme")
    if chiffre is None or unit.code == HORS_COMMUNE:
        return Figure(0.0, unite)
    try:
        found = _consumed(context, check, chiffre, unit)
        if isinstance(chiffre, Quantity) and _is_shared(context, check, unit):
            found = _shared(context, check.valeurs.get("part_du_plu"), found)
    except NotEvaluable as missing:
        return Figure(0.0, unite, (f"Déjà consommé : {missing}",))
    return replace(found, value=found.to(unite), unite=unite)


def _is_shared(context: Context, check: Check, unit: Unit) -> bool:
    """Whether the threshold of the unit is brought to the share of this PLU, as `AmountJudge` does."""
    return check.scale in ("plu", "scot") or not context.territory.is_whole(check.scale, unit)


def _shared(context: Context, part: Optional[PartDuPlu], whole: Figure) -> Figure:
    if part is None or (isinstance(part, Quantity) and part.unit != "%"):
        return whole
    factor = prorata(context, part) if isinstance(part, Prorata) else part.value / 100
    said = f"{amount(100 * factor, '%')} de {amount(whole.value, whole.unite)}"
    note = f"Déjà fait : {said}, part du PLU dans l'ensemble ; ce qu'a fait ce PLU lui-même se donne dans une table."
    return Figure(whole.value * factor, whole.unite, whole.missing, note)


def _consumed(context: Context, check: Check, chiffre: Chiffre, unit: Unit) -> Figure:
    scale = check.scale
    if isinstance(chiffre, Quantity) or scale == "objet":
        return figure_of(context, chiffre, scale, unit)
    own = check.valeurs.get("part_du_plu") is not None and not (
        scale != "scot" and context.territory.is_whole(scale, unit)
    )
    only = concerned(context, check, unit, own=own)
    if only == ():
        return Figure(0.0, str(chiffre.unite))
    if own and scale == "scot":
        return figure_of(context, chiffre, "plu", unit, only)
    return figure_of(context, chiffre, scale, unit, unit.communes if own and only is None else only)


def prorata(context: Context, part: Prorata) -> float:
    """Share (0..1) of the figures of a table that the communes of this PLU hold. Raises when one is not known."""
    ref = RefTable(part.table, part.champ)
    figures, communes = context.figures(ref), context.territory.communes
    unread = [key for key in {**dict.fromkeys(communes), **context.readings(ref)} if key not in figures]
    if unread:
        missing = names([context.territory.nom(key) for key in unread])
        raise NotEvaluable(
            f"Part du PLU : la table « {part.table} » n'a pas de {part.champ} pour {missing} : complétez-la."
        )
    total = sum(figures.values())
    if not total:
        raise NotEvaluable(f"Part du PLU : {part.champ} est nul dans toute la table « {part.table} ».")
    return sum(figures[code] for code in communes) / total


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
