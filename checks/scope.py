"""What a prescription bears on: `s_applique_a` narrows it, `sauf` spares objects and always says why."""

from __future__ import annotations

from dataclasses import replace
from typing import List, Tuple

import numpy as np
import shapely

from ..rules.model import Prescription, Sauf
from .base import Check, Exempted
from .context import Context
from .couches import read_couches
from .layers import Array
from .objets import Objets, measure
from .selection import joined, select, union
from .wording import measured, names, plural


def bear(context: Context, check: Check, objets: Objets) -> Objets:
    """What is left of the selected objects for this check; those spared are added to `check.exempted`.

    At the scale of the object they are taken or left whole, by their main commune; else clipped.
    """
    whole = check.scale == "objet"
    if check.prescription.s_applique_a is not None and len(objets):
        check.bearing = context.territory.in_scope(check.prescription.s_applique_a)
    objets = _within(context, check.prescription, objets, whole)
    objets, exempted = _spare(context, check.prescription, objets, whole)
    check.exempted += exempted
    return objets


def narrowed(context: Context, check: Check, objets: Objets) -> Objets:
    """As `bear`, of ground that the check does not examine but compares with: nothing is listed as spared."""
    whole = check.scale == "objet"
    return _spare(context, check.prescription, _within(context, check.prescription, objets, whole), whole)[0]


def of_this_plu(context: Context, objets: Objets) -> Objets:
    """The objects, those of the SCoT's layers cut to the ground of the PLU: what lies elsewhere is not its own."""
    given = np.isin(objets.noms.astype(str), list(context.rules.couches))
    if not given.any():
        return objets
    inside, said = inside_ground(context, objets.take(given))
    kept = joined([objets.take(~given), inside])
    return replace(kept, limites=kept.limites + said)


def inside_ground(context: Context, objets: Objets) -> Tuple[Objets, Tuple[str, ...]]:
    """The objects cut to the ground of the PLU, and the limit that says what lies beyond."""
    objets = objets.take(context.meets_ground(objets.geometrie))
    if not len(objets):
        return objets, ()
    ground = context.overlays.prepare(context.plu.zones.geometrie, progress=context.progress)
    inside = context.overlays.intersection(objets.geometrie, ground, progress=context.progress)
    beyond = float((measure(objets.geometrie) - measure(inside)).sum())
    dim = int(shapely.get_dimensions(objets.geometrie).max())
    floor = {2: 1.0, 1: 0.1, 0: 0.5}[dim]
    said: Tuple[str, ...] = (f"{measured(beyond, dim)} hors du PLU, non examinés.",) if beyond > floor else ()
    lost = int(shapely.is_missing(context.plu.zones.geometrie).sum())
    if said and lost:
        said += (f"{plural(lost, 'zone')} du PLU sans géométrie : ce qui est dit hors du PLU peut s'y trouver.",)
    return objets.clipped(inside), said


def _within(context: Context, prescription: Prescription, objets: Objets, whole: bool) -> Objets:
    """The objects in the communes of `s_applique_a`, clipped; taken whole by their main commune if `whole`."""
    if prescription.s_applique_a is None or not len(objets):
        return objets
    communes = context.territory.in_scope(prescription.s_applique_a)
    if whole:
        main = context.territory.main_commune(objets)
        inside, nowhere = objets.take(np.isin(main.astype(str), list(communes))), objets.take(main == "")
    else:
        inside, nowhere = context.territory.keep(objets, communes), context.territory.keep(objets, {""})
    if not len(nowhere):
        return inside
    # what lies outside every commune is concerned or not: nobody knows
    said = f"{plural(len(nowhere), 'objet')} hors de toute commune ({names(list(nowhere.libelles))}) : "
    said += "peut être concerné ou non." if len(nowhere) == 1 else "peuvent être concernés ou non."
    doubtful = replace(nowhere, certain=np.zeros(len(nowhere), dtype=bool), limites=(said,))
    return joined([inside, doubtful])


def _spare(
    context: Context, prescription: Prescription, objets: Objets, whole: bool
) -> Tuple[Objets, Tuple[Exempted, ...]]:
    """The objects without what `sauf` spares, and one row per spared object. An expired exception spares nothing."""
    spared: List[Exempted] = []
    for sauf in prescription.sauf:
        if not len(objets) or not sauf.holds(context.date):
            continue
        left, listed = _without(context, sauf, objets, whole)
        spared += [
            Exempted(prescription.id, str(key), str(libelle), str(insee), sauf.motif, sauf.reference)
            for key, libelle, insee in zip(listed.ids, listed.libelles, context.territory.insee(listed))
        ]
        objets = left
    return objets, tuple(spared)


def _without(context: Context, sauf: Sauf, objets: Objets, whole: bool) -> Tuple[Objets, Objets]:
    """The objects less what this exception spares (all its criteria together), and what it spares."""
    spared = objets
    if sauf.selection:
        least = int(shapely.get_dimensions(objets.geometrie).min())
        objets, spared = _aimed(context, objets, select(context, sauf.selection, least))
    if not len(spared):
        return objets, spared
    if sauf.communes:
        if whole:
            spared = spared.take(np.isin(context.territory.main_commune(spared).astype(str), sauf.communes))
        else:
            spared = context.territory.keep(spared, set(sauf.communes))
    if sauf.couches and len(spared):
        mask = context.overlays.prepare(read_couches(context, sauf.couches, elsewhere_is_nothing=True).geometrie)
        spared = spared.clipped(context.overlays.intersection(spared.geometrie, mask, progress=context.progress))
    rows, aside = objets.keys, spared.keys
    order = np.argsort(aside)
    touched = np.flatnonzero(np.isin(rows, aside))
    ground = spared.geometrie[order[np.searchsorted(aside, rows[touched], sorter=order)]]
    geometrie = objets.geometrie.copy()
    geometrie[touched] = shapely.difference(geometrie[touched], ground)
    return objets.clipped(geometrie), spared


def _aimed(context: Context, objets: Objets, chosen: Objets) -> Tuple[Objets, Objets]:
    """The objects, less certain where the exception may hold, and those it spares: the same objects as the chosen
    ones, or the ground of the objects under chosen ones of another layer (an emplacement réservé over a zone)."""
    own = np.isin(chosen.noms.astype(str), list(objets.noms.astype(str)))
    sure = chosen.take(own & chosen.certain)  # of one object a part may be sure, and another one only possible
    doubtful = _among(objets, chosen.take(own & ~chosen.certain))
    found = [_clipped_as(objets.take(_among(objets, sure)), sure)]
    over = chosen.take(~own)
    for certain in (True, False):
        ground = over.geometrie[over.certain == certain]
        if len(ground):
            under = context.overlays.intersection(
                objets.geometrie, context.overlays.prepare(ground, progress=context.progress), progress=context.progress
            )
            if certain:
                found.append(objets.clipped(under))
            else:
                doubtful |= ~shapely.is_missing(under)
    doubtful |= bool(chosen.manquantes)  # what could not be read may spare any of them
    if doubtful.any():
        said = objets.limites + chosen.limites + chosen.manquantes
        objets = replace(objets, certain=objets.certain & ~doubtful, limites=said)
    return objets, union(found)


def _among(objets: Objets, chosen: Objets) -> Array:
    """(n,) whether each object is one of the chosen ones."""
    pairs = set(zip(chosen.noms, chosen.ids))
    return np.array([pair in pairs for pair in zip(objets.noms, objets.ids)], dtype=bool)


def _clipped_as(objets: Objets, chosen: Objets) -> Objets:
    """The objects cut to what a selection takes of them (its `dans` and `hors` clip)."""
    cut = {
        key: shape for key, shape, part in zip(zip(chosen.noms, chosen.ids), chosen.geometrie, chosen.part) if part < 1
    }
    geometrie = objets.geometrie.copy()
    for position, key in enumerate(zip(objets.noms, objets.ids)):
        if key in cut:
            geometrie[position] = geometrie[position].intersection(cut[key])
    return objets.clipped(geometrie)
