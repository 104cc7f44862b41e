"""Numbers of the written règlement, object by object: in a table joined to the PLU, or in a field of the objects.

The CNIG standard gives such numbers no field of their own: prescriptions 38, 39 and 42 may carry them in pairs
(LIB_ATTR1 names the attribute, HAUTEUR_METRES_MAX for instance, and LIB_VAL1 holds its value).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Dict, List, Optional, Sequence, Tuple, Union

import numpy as np

from ..rules.model import ReadInField, RefTable
from ..rules.units import read_quantity
from ..rules.words import fold
from .context import Context, NotEvaluable, as_key, as_number
from .layers import Array, Layer
from .objets import Objets
from .wording import names, plural


@dataclass(frozen=True)
class Figures:
    """The number of each object, in the unit it is written in: it lies in [low, high], NaN where there is none.

    `unread`: what is written where it is not a number ("R+2"), "" elsewhere: there is a value, and it is not known.
    """

    low: Array
    high: Array
    unread: Array
    limites: Tuple[str, ...] = ()

    @property
    def known(self) -> Array:
        return ~np.isnan(self.low)


def read_figures(context: Context, valeur: Union[RefTable, ReadInField], objets: Objets) -> Figures:
    """Raises `NotEvaluable` when the table, one of its columns, or the field of the objects is missing."""
    if isinstance(valeur, ReadInField):
        texts = [[value] for value in _in_field(valeur.champ, objets)]
        return _figures(texts, valeur.unite, ())
    table = context.rules.tables[valeur.table]
    champ = table.jointure or table.cle
    keys = objets.champ(champ)
    if keys is None and len(objets):
        raise NotEvaluable(
            f"La table « {valeur.table} » se joint au PLU par le champ {champ}, que ses objets n'ont pas : corrigez "
            "« jointure » dans le fichier de règles."
        )
    rows = _rows(context, valeur)
    found = [rows.get(as_key(key), []) for key in (keys if keys is not None else [])]
    return _figures(found, valeur.unite or "", _unused(valeur.table, champ, rows, objets))


def _rows(context: Context, valeur: RefTable) -> Dict[str, List[Any]]:
    """Key -> what the table writes for it, one item per row."""
    context.readings(valeur)  # says what is missing
    layer, cle = context.table(valeur.table), context.rules.tables[valeur.table].cle
    keys, values = layer.colonne(cle), layer.colonne(valeur.champ)
    rows: Dict[str, List[Any]] = {}
    for key, value in zip(keys if keys is not None else [], values if values is not None else []):
        rows.setdefault(as_key(key), []).append(value)
    return rows


def _unused(nom: str, champ: str, rows: Dict[str, List[Any]], objets: Objets) -> Tuple[str, ...]:
    """Rows that stand for no object of the layers of the selection, whether it takes them or not: misspelt keys."""
    held = {as_key(value) for layer in objets.layers for value in _column(layer, champ)}
    unused = sorted(key for key in rows if key not in held)
    if not unused:
        return ()
    verb = "ne correspond" if len(unused) == 1 else "ne correspondent"
    return (f"{plural(len(unused), 'ligne')} de la table « {nom} » {verb} à aucun objet du PLU ({names(unused)}).",)


def _column(layer: Layer, champ: str) -> Sequence[Any]:
    column = layer.colonne(champ)
    return column if column is not None else []


def _in_field(champ: str, objets: Objets) -> Array:
    """What the objects write in that field, or in the LIB_VALn whose LIB_ATTRn has that name."""
    columns = [_attribute(layer, champ) for layer in objets.layers]
    if len(objets) and all(column is None for column in columns):
        raise NotEvaluable(
            f"Les objets choisis n'ont ni champ ni attribut (LIB_ATTR) {champ} : corrigez « valeur », ou donnez ces "
            "nombres dans une table."
        )
    out = np.full(len(objets), None, dtype=object)
    for position, column in enumerate(columns):
        if column is not None:
            mine = objets.couche == position
            out[mine] = column[objets.rang[mine]]
    return out


def _attribute(layer: Layer, champ: str) -> Optional[Array]:
    own = layer.colonne(champ)
    if own is not None:
        return own
    out, found = np.full(len(layer), None, dtype=object), False
    for key in layer.colonnes:
        if not key.upper().startswith("LIB_ATTR"):
            continue
        named = np.array([fold(as_key(name)) == fold(champ) for name in layer.colonnes[key]], dtype=bool)
        values = layer.colonne("LIB_VAL" + key[len("LIB_ATTR") :])
        if values is not None and named.any():
            out[named], found = values[named], True
    return out if found else None


def _figures(texts: Sequence[Sequence[Any]], unite: str, limites: Tuple[str, ...]) -> Figures:
    """`texts`: what is written for each object, several items when a table has several rows for it."""
    low, high = np.full(len(texts), np.nan), np.full(len(texts), np.nan)
    unread = np.full(len(texts), "", dtype=object)
    for i, values in enumerate(texts):
        present = [value for value in values if as_key(value)]
        numbers = [_number(value, unite) for value in present]
        wrong = [as_key(value) for value, figure in zip(present, numbers) if figure is None]
        if wrong:
            unread[i] = names(wrong)
        elif present:
            inside = [figure for figure in numbers if figure is not None]
            low[i], high[i] = min(inside), max(inside)
    return Figures(low, high, unread, limites)


def _number(value: Any, unite: str) -> Optional[float]:
    """`12`, `12,5 m`, `20%`: a figure in `unite`, which the text may repeat; None when it is not a positive number."""
    figure = as_number(value)
    if figure is None:
        quantity = read_quantity(str(value), (unite,))[0]
        figure = quantity.to(unite) if quantity is not None else None
    return figure if figure is not None and figure >= 0 else None
