"""`objets:` -> the objects that a control bears on, clipped, each known or only possible. Section 3 of the language."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, List, Sequence, Tuple

import numpy as np
import shapely

from ..rules.model import Selecteur, Selection
from .context import Context, NotEvaluable
from .couches import Couches, read_couches
from .criteria import Draft, apply_criteria
from .layers import Array, Layer, drawn, objects
from .objets import Objets, measure
from .wording import names, plural

#: PLU layers by the dimension of their geometries
GEOMETRIES = {2: "SURF", 1: "LIN", 0: "PCT"}


def select(context: Context, selection: Selection, dimension: int = 0) -> Objets:
    """The union of the selectors; an object taken by several counts once, over the union of its clips.

    `dimension`: PLU layers of a lower dimension are left aside (a line cannot protect a surface).
    Raises `NotEvaluable` when a criterion bears on a field, a layer or a code list that this PLU does not have.
    """
    found: List[Objets] = []
    missing: List[NotEvaluable] = []
    for selecteur in selection:
        try:
            found.append(_select_one(context, selecteur, dimension))
        except NotEvaluable as cause:
            missing.append(cause)
    if not found:
        raise NotEvaluable(" ".join(dict.fromkeys(str(cause) for cause in missing)))
    objets = union(found) if len(found) > 1 else found[0]
    return replace(objets, manquantes=objets.manquantes + tuple(str(cause) for cause in missing)) if missing else objets


def _select_one(context: Context, selecteur: Selecteur, dimension: int) -> Objets:
    drafts, manquantes = _drafts(context, selecteur, dimension)
    for draft in drafts:
        apply_criteria(draft, selecteur)
    limites: List[str] = [limite for draft in drafts for limite in draft.limites]
    limites += _about_hamlets(context, selecteur)
    taken = [np.flatnonzero(draft.known != 0) for draft in drafts]
    layers = tuple(draft.layer for draft in drafts)
    couche = np.concatenate([np.full(len(rows), i) for i, rows in enumerate(taken)] or [np.empty(0, int)]).astype(int)
    rang = np.concatenate(taken or [np.empty(0, int)]).astype(int)
    certain = np.concatenate([draft.known[rows] == 1 for draft, rows in zip(drafts, taken)] or [np.empty(0, bool)])
    geometrie = np.concatenate([draft.layer.geometrie[rows] for draft, rows in zip(drafts, taken)] or [objects([])])
    objets = Objets(
        layers, couche, rang, geometrie, certain.astype(bool), np.ones(len(rang)), manquantes, tuple(limites)
    )
    return _clip(context, _drawn(objets), selecteur)


def _drawn(objets: Objets) -> Objets:
    """The objects that cover some ground. An empty geometry covers none; where one that is missing lies is unknown."""
    there = drawn(objets.geometrie)
    if there.all():
        return objets
    if not there.any():
        which = names(list(objets.libelles))
        raise NotEvaluable(
            f"Aucun des objets choisis n'a de géométrie utilisable ({which}) : complétez la donnée du PLU."
        )
    unknown = shapely.is_missing(objets.geometrie)
    manquantes, limites = objets.manquantes, objets.limites
    if unknown.any():
        count = plural(int(unknown.sum()), "objet choisi est", "objets choisis sont")
        said = f"{count} sans géométrie utilisable ({names(list(objets.libelles[unknown]))})"
        manquantes += (f"{said} : complétez la donnée du PLU.",)
    if not (there | unknown).all():
        empty = ~(there | unknown)
        count = plural(int(empty.sum()), "objet de géométrie vide", "objets de géométrie vide")
        limites += (f"{count} : aucun terrain à examiner ({names(list(objets.libelles[empty]))}).",)
        vides = tuple((objets.layers[objets.couche[i]], int(objets.rang[i])) for i in np.flatnonzero(empty))
        objets = replace(objets, vides=vides)
    return replace(objets, manquantes=manquantes, limites=limites).take(there)


def _drafts(context: Context, selecteur: Selecteur, dimension: int) -> Tuple[List[Draft], Tuple[str, ...]]:
    """The layers a selector bears on, and the causes for those that may exist but were not read."""
    if selecteur.source == "zones":
        return [_draft(context.plu.zones)], ()
    if selecteur.source == "couche":
        assert selecteur.couche is not None
        lues = read_couches(context, [selecteur.couche])
        return [_draft(replace(lue.layer, nom=lue.nom, geometrie=lue.geometrie)) for lue in lues.lues], ()
    tables = context.plu.prescriptions if selecteur.source == "prescriptions_plu" else context.plu.informations
    suffixes = tuple(suffix for dim, suffix in GEOMETRIES.items() if dim >= dimension)
    return _of_plu(context, tables, selecteur, suffixes)


def _of_plu(
    context: Context, tables: Any, selecteur: Selecteur, suffixes: Sequence[str]
) -> Tuple[List[Draft], Tuple[str, ...]]:
    prefix = "PRESCRIPTION" if selecteur.source == "prescriptions_plu" else "INFO"
    absent = [f"{prefix}_{suffix}" for suffix in suffixes if suffix not in tables]
    drafts = [_draft(tables[suffix]) for suffix in suffixes if suffix in tables]
    if not absent or context.plu.complet:
        return drafts, ()
    them = "ajoutez-la" if len(absent) == 1 else "ajoutez-les"
    cause = (
        f"{'Couche absente' if len(absent) == 1 else 'Couches absentes'} de l'archive du PLU : {', '.join(absent)} ; "
        f"{them}, ou confirmez que ce PLU n'en comporte pas (« Les couches absentes n'existent pas »)."
    )
    if not drafts:
        raise NotEvaluable(cause)
    return drafts, (cause,)


def _draft(layer: Layer) -> Draft:
    return Draft(layer, np.ones(len(layer), dtype=int))


def _about_hamlets(context: Context, selecteur: Selecteur) -> List[str]:
    """Ah and Nh zones are buildable: say how many a rule on U or AU leaves aside."""
    built = {"U", "AUc", "AUs"} & set(selecteur.typezone)
    if selecteur.source != "zones" or not built or {"A", "N"} & set(selecteur.typezone) or selecteur.stecal is not None:
        return []
    stecal = context.plu.zones.codes.get("stecal")
    count = int(sum(1 for value in stecal if value)) if stecal is not None else 0
    if not count:
        return []
    return [f"{plural(count, 'zone')} Ah ou Nh (hameaux constructibles) hors sélection ; « stecal: oui » les ajoute."]


def _clip(context: Context, objets: Objets, selecteur: Selecteur) -> Objets:
    """The objects cut to `dans`, `hors` and `a_moins_de`, which takes what lies within the distance as `dans` does."""
    near = selecteur.a_moins_de
    for refs, inside, distance in (
        (selecteur.dans, True, None),
        (selecteur.hors, False, None),
        ((near.couche,) if near else (), True, near.distance if near else None),
    ):
        if refs and len(objets):
            couches = read_couches(context, refs, a_moins_de=distance, elsewhere_is_nothing=not inside)
            objets = _clip_by(context, objets, couches, inside, selecteur.entierement)
    return objets


def _clip_by(context: Context, objets: Objets, couches: Couches, inside: bool, entierement: bool) -> Objets:
    mask = context.overlays.prepare(couches.geometrie, progress=context.progress)
    kept = context.overlays.intersection if inside else context.overlays.difference
    cut = kept(objets.geometrie, mask, progress=context.progress)
    clipped = objets.clipped(cut)
    taken = measure(cut) > measure(objets.geometrie) / 2
    if entierement:
        clipped = objets.take(taken)
    if not couches.manquantes:
        return clipped
    # a layer that is missing may hold what the others do not: inside it for `dans`, removed by it for `hors`
    doubtful = replace(clipped, certain=np.zeros(len(clipped), dtype=bool))
    if inside and entierement:
        doubtful = replace(objets, certain=objets.certain & taken)
    elif inside:
        rest = objets.clipped(context.overlays.difference(objets.geometrie, mask, progress=context.progress))
        doubtful = joined([clipped, replace(rest, certain=np.zeros(len(rest), dtype=bool))])
    return replace(doubtful, limites=doubtful.limites + couches.manquantes)


def joined(found: Sequence[Objets]) -> Objets:
    """All the objects one after the other; layers of the same name are the same layer."""
    layers: List[Layer] = []
    couche: List[Array] = []
    for objets in found:
        positions = []
        for layer in objets.layers:
            same = [i for i, known in enumerate(layers) if known.nom == layer.nom and len(known) == len(layer)]
            if not same:
                layers.append(layer)
            positions.append(same[0] if same else len(layers) - 1)
        couche.append(np.array(positions, dtype=int)[objets.couche] if len(objets) else np.empty(0, dtype=int))
    return Objets(
        tuple(layers),
        np.concatenate(couche),
        np.concatenate([objets.rang for objets in found]),
        np.concatenate([objets.geometrie for objets in found]),
        np.concatenate([objets.certain for objets in found]),
        np.concatenate([objets.part for objets in found]),
        tuple(dict.fromkeys(cause for objets in found for cause in objets.manquantes)),
        tuple(dict.fromkeys(limite for objets in found for limite in objets.limites)),
        tuple({(layer.nom, row): (layer, row) for objets in found for layer, row in objets.vides}.values()),
    )


def surfaces(objets: Objets, what: str) -> Objets:
    """The surfaces alone: a line or a point has no area, whatever is measured by it (`what`); the rest is said."""
    flat = shapely.get_dimensions(objets.geometrie) == 2
    if flat.all():
        return objets
    if not flat.any():
        raise NotEvaluable(
            f"Les objets choisis ({names(list(objets.libelles))}) ne sont pas des surfaces : leur {what} ne se mesure "
            "pas. Choisissez des zones ou d'autres surfaces."
        )
    aside = plural(int((~flat).sum()), "objet qui n'est pas une surface", "objets qui ne sont pas des surfaces")
    said = f"{aside} laissé{'s' if (~flat).sum() > 1 else ''} de côté ({names(list(objets.libelles[~flat]))})."
    return replace(objets, limites=objets.limites + (said,)).take(flat)


def union(found: Sequence[Objets]) -> Objets:
    """The objects of several selections: one taken twice counts once, over the union of its clips.

    One that is certain for a selection and only possible for another is possible for what this one adds.
    """
    every = joined(found)
    keys = np.stack([every.couche, every.rang, every.certain.astype(int)])
    _, first, inverse = np.unique(keys, axis=1, return_index=True, return_inverse=True)
    inverse = inverse.reshape(-1)
    order = np.sort(first)
    out = every.take(order)
    clipped = np.zeros(len(first), dtype=bool)
    clipped[inverse[every.part < 1]] = True
    geometrie, part = out.geometrie.copy(), out.part.copy()
    for group in np.flatnonzero(clipped & (np.bincount(inverse, minlength=len(first)) > 1)):
        members = np.flatnonzero(inverse == group)
        place = int(np.searchsorted(order, first[group]))
        geometrie[place] = shapely.union_all(every.geometrie[members])
        whole = measure(out.entier[place : place + 1])[0]
        part[place] = measure(geometrie[place : place + 1])[0] / whole if whole else 1.0
    return _without_what_is_sure(replace(out, geometrie=geometrie, part=part))


def _without_what_is_sure(objets: Objets) -> Objets:
    sure = {key: place for place, key in enumerate(objets.keys) if objets.certain[place]}
    again = np.array([key in sure for key in objets.keys], dtype=bool) & ~objets.certain
    if not again.any():
        return objets
    geometrie = objets.geometrie.copy()
    ground = objets.geometrie[[sure[key] for key in objets.keys[again]]]
    geometrie[again] = shapely.difference(geometrie[again], ground)
    return objets.clipped(geometrie)
