"""`seulement_nouveau`: what the previous PLU already made buildable does not count."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import shapely

from ..rules.model import RefCouche
from .context import Context, NotEvaluable
from .couches import read_couches
from .objets import CLIP_RESIDUE, Objets
from .plu.colonnes import text
from .plu.typezone import family
from .wording import area, plural

#: the layer that `seulement_nouveau` reads: the zoning of the previous PLU
PLU_ANTERIEUR = "plu_anterieur"
#: its fields
FIELDS = ("TYPEZONE", "LIBELLE")


def only_new(context: Context, objets: Objets) -> Objets:
    """The objects clipped to the ground that the previous PLU did not make buildable (U or AUc)."""
    if PLU_ANTERIEUR not in context.rules.couches:
        raise NotEvaluable(
            f"« seulement_nouveau » a besoin du zonage du PLU précédent : déclarez la couche {PLU_ANTERIEUR}."
        )
    before = read_couches(context, [RefCouche(PLU_ANTERIEUR)]).lues[0].layer
    typezone = before.colonne("TYPEZONE")
    if typezone is None:
        raise NotEvaluable(f"La couche « {PLU_ANTERIEUR} » n'a pas de champ TYPEZONE{before.lacks('TYPEZONE')}")
    libelle = before.colonne("LIBELLE")
    labels = libelle if libelle is not None else [None] * len(before)
    families = [family(text(raw), text(label))[0] for raw, label in zip(typezone, labels)]
    unread = sum(1 for found in families if found is None)
    if unread:
        which = "d'une zone" if unread == 1 else f"de {plural(unread, 'zone')}"
        raise NotEvaluable(
            f"Le TYPEZONE {which} de la couche « {PLU_ANTERIEUR} » n'est pas renseigné ou pas reconnu : ce qui était "
            "déjà constructible n'est pas connu ; complétez-le."
        )
    built = before.geometrie[np.array([found in ("U", "AUc") for found in families], dtype=bool)]
    if not len(built) or not len(objets):
        return objets
    mask = context.overlays.prepare(built, progress=context.progress)
    new = objets.clipped(context.overlays.difference(objets.geometrie, mask, progress=context.progress))
    already = float(shapely.area(objets.geometrie).sum() - shapely.area(new.geometrie).sum())
    if already < CLIP_RESIDUE:
        return new
    return replace(new, limites=(*new.limites, f"Déjà constructible au PLU précédent, non compté : {area(already)}."))
