"""The years that a PLU plans for: given at the run, else read in the table that the rules name (`horizon:`)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Dict, Optional

from ..rules.model import HorizonLu, Periode
from ..rules.types import Year
from .context import Context, NotEvaluable, as_key
from .plu.document import same
from .wording import plural

_GIVE = "indiquez-le au lancement (deux années, par exemple 2024-2035)"


@dataclass(frozen=True)
class Horizon:
    """First and last year, None when they are not known: `missing` says why, and the remedy. `origin`: from where."""

    years: Optional[Periode] = None
    origin: str = ""
    missing: str = f"L'horizon du PLU n'est pas connu : {_GIVE}."
    table: str = ""  # where it was read, "" when it was given

    @property
    def said(self) -> str:
        """`2024-2036, indiqué au lancement`, or why it is not known."""
        return f"{self.years[0]}-{self.years[1]}, {self.origin}" if self.years is not None else self.missing


def horizon_of(context: Context) -> Horizon:
    """What the run was given prevails; a table that says something else is then told."""
    declared = context.rules.horizon
    read = _read(context, declared) if declared is not None else Horizon()
    if context.horizon is None:
        return read
    other = ""
    if read.years is not None and read.years != context.horizon:
        other = f", à la place de {read.years[0]}-{read.years[1]} {read.origin}"
    return Horizon(context.horizon, f"indiqué au lancement{other}")


def _read(context: Context, declared: HorizonLu) -> Horizon:
    try:
        years = _years(context, declared)
    except NotEvaluable as missing:
        return Horizon(missing=f"L'horizon du PLU n'est pas connu. {missing} Sinon, {_GIVE}.")
    origin = f"lu dans la table « {declared.table} » (IDURBA {context.plu.idurba})"
    return Horizon(years, origin, table=declared.table)


def _years(context: Context, declared: HorizonLu) -> Periode:
    """Raises `NotEvaluable`: nothing is taken from another row, nothing is supposed."""
    nom, idurba = declared.table, context.plu.idurba
    table, cle = context.table(nom), context.rules.tables[nom].cle
    columns: Dict[str, Any] = {champ: table.colonne(champ) for champ in (cle, declared.debut, declared.fin)}
    for champ, column in columns.items():
        if column is None and len(table):
            raise NotEvaluable(
                f"La table « {nom} » n'a pas de champ {champ}{table.lacks(champ)} Corrigez son nom sous « horizon » ou "
                "« tables » du fichier de règles, ou dans la table."
            )
    if not idurba:
        raise NotEvaluable(
            f"L'IDURBA de ce PLU n'est pas connu (ni ses couches ni le nom de l'archive ne le donnent) : sa ligne de "
            f"la table « {nom} » ne peut pas être trouvée."
        )
    keys = columns[cle]
    rows = [row for row, key in enumerate(keys if keys is not None else ()) if same(as_key(key), idurba)]
    if len(rows) != 1:
        found = f"a {plural(len(rows), 'ligne')} pour" if rows else "n'a pas de ligne pour"
        remedy = "gardez celle qui vaut" if rows else "complétez-la"
        raise NotEvaluable(f"La table « {nom} » {found} l'IDURBA {idurba} : {remedy}.")
    first, last = (_year(columns[champ][rows[0]], champ, nom, idurba) for champ in (declared.debut, declared.fin))
    if last <= first:
        raise NotEvaluable(
            f"La table « {nom} » donne {last} ({declared.fin}), qui n'est pas après {first} ({declared.debut}), pour "
            f"l'IDURBA {idurba} : corrigez-la."
        )
    return first, last


def _year(value: Any, champ: str, table: str, idurba: str) -> int:
    written = as_key(value)
    year = Year().convert(written)[0]
    if year is not None:
        return year
    found = f"donne « {written} »" if written else "ne donne rien"
    raise NotEvaluable(
        f"La table « {table} » {found} comme {champ} pour l'IDURBA {idurba} : une année est attendue (2024)."
    )
