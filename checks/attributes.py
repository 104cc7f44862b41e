"""Thresholds that follow an attribute of each object, or the site that holds most of it: which line is whose."""

from __future__ import annotations

from typing import Dict, List, Mapping, Optional, Sequence, Tuple

import numpy as np
import shapely

from ..rules.model import SelonChamp, Seuil
from ..rules.words import fold
from .context import Context, NotEvaluable, as_key
from .couches import read_couches
from .layers import Array, dimension
from .objets import Objets, measure

#: (layer, field) of a threshold -> what the field says for one object: "" nothing, None where it is in no site
Keys = Mapping[Tuple[str, str], Optional[str]]


def identity(seuil: SelonChamp) -> Tuple[str, str]:
    return (seuil.couche.nom if seuil.couche is not None else "", seuil.champ)


def keys_of(context: Context, seuils: Sequence[Optional[Seuil]], objets: Objets) -> List[Keys]:
    """What the thresholds follow, object by object; empty when none of them follows an attribute or a site.

    Raises `NotEvaluable` when the field or the layer of the sites is missing.
    """
    found = {
        identity(seuil): _in_site(context, seuil, objets) if seuil.couche is not None else _own(seuil, objets)
        for seuil in seuils
        if isinstance(seuil, SelonChamp)
    }
    if not found:
        return []
    return [{which: keys[i] for which, keys in found.items()} for i in range(len(objets))]


def line_of(seuil: SelonChamp, key: str) -> Optional[str]:
    """The line of the threshold for what a field says, None when it has none.

    Raises `NotEvaluable` when only case or accents tell them apart: it is not for a default to decide.
    """
    if key in seuil.valeurs:
        return key
    near = next((line for line in seuil.valeurs if fold(line) == fold(key)), None)
    if near is not None:
        raise NotEvaluable(
            f"{where(seuil, key)} s'écrit autrement que « {near} », qui a un seuil : corrigez le fichier de règles ou "
            "la donnée."
        )
    return None


def where(seuil: SelonChamp, key: Optional[str]) -> str:
    """`NIVEAU « 2 » (couche « sites »)`, `ce qui est hors de la couche « sites »`."""
    place = f" (couche « {seuil.couche.nom} »)" if seuil.couche is not None else ""
    if key is None and seuil.couche is not None:
        return f"ce qui est hors de la couche « {seuil.couche.nom} »"
    return f"{seuil.champ} « {key} »{place}" if key else f"{seuil.champ} non renseigné{place}"


def _own(seuil: SelonChamp, objets: Objets) -> List[Optional[str]]:
    column = objets.champ(seuil.champ)
    if column is None and len(objets):
        lacks = objets.layers[0].lacks(seuil.champ)
        raise NotEvaluable(f"Le seuil suit le champ {seuil.champ}, que les objets choisis n'ont pas{lacks}")
    return [as_key(value) for value in (column if column is not None else [])]


def _in_site(context: Context, seuil: SelonChamp, objets: Objets) -> List[Optional[str]]:
    """What the field says of the sites that hold the largest share of each object; None when most of it is in none."""
    assert seuil.couche is not None
    lue = read_couches(context, [seuil.couche]).lues[0]
    column = lue.layer.colonne(seuil.champ)
    if column is None and len(lue.layer):
        lacks = lue.layer.lacks(seuil.champ)
        raise NotEvaluable(f"Le seuil suit le champ {seuil.champ}, que la couche « {lue.nom} » n'a pas{lacks}")
    if 0 <= dimension(lue.geometrie) < dimension(objets.geometrie):
        raise NotEvaluable(
            f"La couche « {lue.nom} » ({lue.libelle}) est faite de lignes ou de points : ils ne disent pas où se "
            "trouve une surface ; donnez-leur un « tampon » dans le fichier de règles."
        )
    if not len(lue.geometrie):
        return [None] * len(objets)
    held = _held(context, objets, lue.geometrie, [as_key(value) for value in (column if column is not None else [])])
    whole = measure(objets.geometrie)
    inside = context.overlays.measure(
        objets.geometrie, context.overlays.prepare(lue.geometrie, progress=context.progress), progress=context.progress
    )
    out: List[Optional[str]] = []
    for shares, outside in zip(held, np.maximum(whole - inside, 0.0)):
        key = max(sorted(shares), key=lambda one: shares[one], default=None)
        out.append(key if key is not None and shares[key] >= outside else None)
    return out


def _held(context: Context, objets: Objets, sites: Array, keys: Sequence[str]) -> List[Dict[str, float]]:
    """How much of each object lies in the sites of each key."""
    out: List[Dict[str, float]] = [{} for _ in range(len(objets))]
    pairs = context.overlays.pairs(objets.geometrie, sites, progress=context.progress)
    same = shapely.get_dimensions(pairs.geometry) == shapely.get_dimensions(objets.geometrie[pairs.left])
    for i, site, size in zip(pairs.left[same], pairs.right[same], measure(pairs.geometry[same])):
        out[i][keys[site]] = out[i].get(keys[site], 0.0) + float(size)
    return out
