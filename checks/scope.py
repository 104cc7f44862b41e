"""What a prescription bears on: `s_applique_a` narrows it, `sauf` spares objects and always says why."""

from __future__ import annotations

from dataclasses import replace
from typing import List, Tuple

import numpy as np

from ..rules.model import Prescription, Sauf
from .base import Check, Exempted
from .context import Context
from .couches import read_couches
from .layers import Array
from .objets import Objets
from .selection import select


def bear(context: Context, check: Check, objets: Objets) -> Objets:
    """What is left of the selected objects for this check; those spared are added to `check.exempted`.

    At the scale of the object they are taken or left whole, by their main commune; else clipped.
    """
    whole = check.scale == "objet"
    objets = _within(context, check.prescription, objets, whole)
    objets, exempted = _spare(context, check.prescription, objets, whole)
    check.exempted += exempted
    return objets


def _within(context: Context, prescription: Prescription, objets: Objets, whole: bool) -> Objets:
    """The objects in the communes of `s_applique_a`, clipped; taken whole by their main commune if `whole`."""
    if prescription.s_applique_a is None or not len(objets):
        return objets
    communes = context.territory.in_scope(prescription.s_applique_a)
    if whole:
        return objets.take(np.isin(context.territory.main_commune(objets).astype(str), list(communes)))
    return context.territory.keep(objets, communes, inside=True)[0]


def _spare(
    context: Context, prescription: Prescription, objets: Objets, whole: bool
) -> Tuple[Objets, Tuple[Exempted, ...]]:
    """The objects without what `sauf` spares, and one row per spared object. An expired exception spares nothing."""
    spared: List[Exempted] = []
    for sauf in prescription.sauf:
        if not len(objets) or (sauf.jusqu_au and sauf.jusqu_au < context.date.isoformat()):
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
        chosen = select(context, sauf.selection)
        keys = {(name, key): sure for name, key, sure in zip(chosen.noms, chosen.ids, chosen.certain)}
        aimed = [keys.get((name, key)) for name, key in zip(objets.noms, objets.ids)]
        # whether the exception holds for these is not known: they may be concerned or not
        objets = replace(objets, certain=objets.certain & np.array([sure is not False for sure in aimed], dtype=bool))
        spared = _clipped_as(objets.take(np.array([bool(sure) for sure in aimed], dtype=bool)), chosen)
    if not len(spared):
        return objets, spared
    if sauf.communes:
        if whole:
            spared = spared.take(np.isin(context.territory.main_commune(spared).astype(str), sauf.communes))
        else:
            spared = context.territory.keep(spared, set(sauf.communes), inside=True)[0]
    if sauf.couches and len(spared):
        mask = context.overlays.prepare(read_couches(context, sauf.couches, elsewhere_is_nothing=True).geometrie)
        spared = spared.clipped(context.overlays.intersection(spared.geometrie, mask, progress=context.progress))
    touched = np.isin(_rows(objets), _rows(spared))
    geometrie = objets.geometrie.copy()
    ground = dict(zip(_rows(spared), spared.geometrie))
    for position in np.flatnonzero(touched):
        geometrie[position] = geometrie[position].difference(ground[_rows(objets)[position]])
    return objets.clipped(geometrie), spared


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


def _rows(objets: Objets) -> Array:
    """One number per object, the same for the same object of two selections of the same layers."""
    return objets.couche.astype(np.int64) * (1 << 40) + objets.rang
