"""`seulement_nouveau`: what the previous PLU already made buildable does not count."""

from __future__ import annotations

import numpy as np

from ..rules.model import RefCouche
from .context import Context, NotEvaluable
from .couches import read_couches
from .objets import Objets
from .plu.colonnes import text
from .plu.typezone import family
from .wording import plural

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
        raise NotEvaluable(f"La couche « {PLU_ANTERIEUR} » n'a pas de champ TYPEZONE.")
    libelle = before.colonne("LIBELLE")
    labels = libelle if libelle is not None else [None] * len(before)
    families = [family(text(raw), text(label))[0] for raw, label in zip(typezone, labels)]
    unread = sum(1 for found in families if found is None)
    if unread:
        raise NotEvaluable(
            f"Le TYPEZONE de {plural(unread, 'zone')} de la couche « {PLU_ANTERIEUR} » n'est pas renseigné ou pas "
            "reconnu : ce qui était déjà constructible n'est pas connu ; complétez-le."
        )
    built = before.geometrie[np.array([found in ("U", "AUc") for found in families], dtype=bool)]
    if not len(built) or not len(objets):
        return objets
    mask = context.overlays.prepare(built, progress=context.progress)
    return objets.clipped(context.overlays.difference(objets.geometrie, mask, progress=context.progress))
