"""Dwellings of each object: read in a table, in the PLU, or in a layer. A missing figure is unknown, never zero."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Dict, List, Mapping, Optional, Sequence, Tuple

import numpy as np
import shapely

from ..rules.model import Logements, RefCouche, RefTable
from .context import Context, NotEvaluable, as_key, as_number
from .couches import read_couches
from .layers import Array, Layer, drawn
from .objets import Objets, measure
from .wording import counted, names, plural


@dataclass(frozen=True)
class Dwellings:
    """`count`: dwellings of each object as selected (NaN unknown); `limites`: what the reader must know; `manquantes`:
    dwellings planned where nobody knows, which belong to some of the ground that is judged."""

    count: Array
    limites: Tuple[str, ...] = ()
    manquantes: Tuple[str, ...] = ()

    def on(self, objets: Objets) -> Objets:
        """The objects, told of what is missing."""
        return replace(objets, manquantes=objets.manquantes + self.manquantes) if self.manquantes else objets


def read_dwellings(context: Context, logements: Logements, objets: Objets, *, vide_admis: bool = False) -> Dwellings:
    """Dwellings in each selected object: those of the whole object times the share of it that is selected.

    Raises `NotEvaluable` when the table, the layer or the field is missing.
    """
    if logements.mode == "table":
        whole = _from_table(context, logements, objets)
    elif logements.mode == "champ":
        whole = _from_field(logements, objets)
    else:
        return _inside(context, logements, objets, vide_admis)
    return replace(whole, count=whole.count * objets.part)


def _from_table(context: Context, logements: Logements, objets: Objets) -> Dwellings:
    table = context.rules.tables[logements.nom]
    figures = context.figures(RefTable(logements.nom, logements.champ))
    champ = table.jointure or table.cle
    if objets.champ(champ) is None and len(objets):
        raise NotEvaluable(
            f"La table « {logements.nom} » se joint au PLU par le champ {champ}, que ses objets n'ont pas : corrigez "
            "« jointure » dans le fichier de règles."
        )
    holders = [_Holders.of(layer, champ) for layer in objets.layers]
    count = np.full(len(objets), np.nan)
    shared: Dict[str, int] = {}
    for i, (position, row) in enumerate(zip(objets.couche, objets.rang)):
        key = holders[position].keys[row]
        if key and key in figures:
            share, several = holders[position].share(key, row)
            count[i] = figures[key] * share
            if several > 1:
                shared[key] = several
    rows = context.readings(RefTable(logements.nom, logements.champ))
    several = [f"{key} ({len(rows[key])} lignes)" for key in figures if key and len(rows[key]) > 1]
    summed = (
        (f"Table « {logements.nom} », lignes de même {table.cle} additionnées : {names(several)}.",) if several else ()
    )
    chosen = {as_key(_value(layer, champ, row)): (layer, row) for layer, row in objets.vides}
    lost = _nowhere([(layer, row, figures.get(key)) for key, (layer, row) in chosen.items()])
    others = {key: figure for key, figure in figures.items() if key not in chosen}
    return Dwellings(count, _said(logements.nom, champ, others, holders, shared) + summed, lost)


def _value(layer: Layer, champ: str, row: int) -> Any:
    column = layer.colonne(champ)
    return None if column is None else column[row]


def _name(layer: Layer, row: int) -> str:
    one = np.zeros(1, dtype=int)
    return str(Objets((layer,), one, one + row, layer.geometrie[[row]], one == 0, one + 1.0).libelles[0])


def _nowhere(lost: Sequence[Tuple[Layer, int, Optional[float]]]) -> Tuple[str, ...]:
    """Chosen objects without ground for which dwellings are given: (layer, row, figure or None)."""
    known = [(_name(layer, row), figure) for layer, row, figure in lost if figure]
    if not known:
        return ()
    said = names([f"{name} ({counted(figure, 'logement')})" for name, figure in known])
    return (
        f"Logements prévus sur des objets choisis dont la géométrie est vide : {said} ; complétez la donnée du PLU.",
    )


@dataclass(frozen=True)
class _Holders:
    """Who holds each key in a layer: one figure given for several objects of the same key is theirs together."""

    keys: List[str]  # of each row
    sizes: Array
    number: Mapping[str, int]
    total: Mapping[str, float]

    @classmethod
    def of(cls, layer: Layer, champ: str) -> "_Holders":
        column = layer.colonne(champ)
        keys = [as_key(value) for value in column] if column is not None else [""] * len(layer)
        sizes, present = measure(layer.geometrie), drawn(layer.geometrie)
        number: Dict[str, int] = {}
        total: Dict[str, float] = {}
        for key, size, there in zip(keys, sizes, present):
            if there:
                number[key] = number.get(key, 0) + 1
                total[key] = total.get(key, 0.0) + float(size)
        return cls(keys, sizes, number, total)

    def share(self, key: str, row: int) -> Tuple[float, int]:
        """The share of the key's figure that this row holds, by area, and how many rows share it."""
        several = self.number.get(key, 1)
        if several < 2:
            return 1.0, several
        return (float(self.sizes[row]) / self.total[key] if self.total[key] else 1.0 / several), several


def _said(
    nom: str, champ: str, figures: Mapping[str, float], holders: Sequence[_Holders], shared: Mapping[str, int]
) -> Tuple[str, ...]:
    said = []
    if shared:
        zones = names([f"{key} ({several} zones)" for key, several in shared.items()])
        said.append(f"Effectif réparti à la surface entre les zones de même {champ} : {zones}.")
    unused = sorted(key for key in figures if not key or not any(key in holder.number for holder in holders))
    nowhere = [key for key in unused if key and any(key in holder.keys for holder in holders)]
    if nowhere:
        lost = names([f"{key} ({counted(figures[key], 'logement')})" for key in nowhere])
        said.append(f"Table « {nom} », effectif d'objets sans géométrie, qui n'est pas compté : {lost}.")
    unused = [key for key in unused if key not in nowhere]
    if unused:
        lines = plural(len(unused), "ligne")
        verb = "ne correspond" if len(unused) == 1 else "ne correspondent"
        said.append(f"{lines} de la table « {nom} » {verb} à aucun objet du PLU ({names(unused)}).")
    return tuple(said)


def _from_field(logements: Logements, objets: Objets) -> Dwellings:
    column = objets.champ(logements.champ)
    if column is None and len(objets):
        raise NotEvaluable(
            f"Les objets du PLU n'ont pas de champ {logements.champ} où lire les logements : corrigez « logements » "
            "dans le fichier de règles, ou donnez ces nombres dans une table."
        )
    figures = [as_number(value) for value in (column if column is not None else [])]
    lost = [(layer, row, as_number(_value(layer, logements.champ, row))) for layer, row in objets.vides]
    count = np.array([np.nan if value is None or value < 0 else value for value in figures], dtype=float)
    return Dwellings(count, manquantes=_nowhere(lost))


def _inside(context: Context, logements: Logements, objets: Objets, vide_admis: bool) -> Dwellings:
    """Figures of a layer summed inside each object (surfaces and lines by their share), or its objects counted."""
    couches = read_couches(context, [RefCouche(logements.nom)], vide_admis=vide_admis)
    lue = couches.lues[0]
    pairs = context.overlays.pairs(objets.geometrie, lue.geometrie, progress=context.progress)
    sizes = measure(lue.geometrie)
    with np.errstate(divide="ignore", invalid="ignore"):
        share = np.where(sizes[pairs.right] > 0, measure(pairs.geometry) / sizes[pairs.right], 1.0)
    if logements.mode == "comptage":
        points = shapely.get_dimensions(lue.geometrie)[pairs.right] == 0
        share = np.where(points, share, (share > 0.5).astype(float))
    # what is in two zones that overlap, or a point on their limit, counts half in each: the total stays right
    share = share / np.maximum(np.bincount(pairs.right, weights=share, minlength=len(sizes))[pairs.right], 1.0)
    if logements.mode == "comptage":
        return Dwellings(np.bincount(pairs.left, weights=share, minlength=len(objets)), couches.limites)
    column = lue.layer.colonne(logements.champ)
    if column is None and len(lue.layer):
        raise NotEvaluable(
            f"La couche « {logements.nom} » n'a pas de champ {logements.champ} où lire les logements"
            f"{lue.layer.lacks(logements.champ)} Corrigez « logements » dans le fichier de règles, ou la couche."
        )
    figures: List[float] = []
    for value in column if column is not None else []:
        figure = as_number(value)
        figures.append(np.nan if figure is None or figure < 0 else figure)
    weights = np.array(figures, dtype=float)[pairs.right] * share
    return Dwellings(np.bincount(pairs.left, weights=weights, minlength=len(objets)), couches.limites)
