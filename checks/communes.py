"""The communes: those of the layer, those that the PLU covers, and whether the document is of one commune."""

from __future__ import annotations

from functools import cached_property
from typing import Dict, List, Mapping, Optional, Tuple

import numpy as np
import shapely

from ..rules.model import Couche, Quantity
from .context import Context, NotEvaluable, as_insee, as_key
from .layers import Array, Layer, drawn, objects
from .objets import measure
from .slivers import thin_any

#: full width (m) under which ground outside the communes is a drawing artefact: the CNIG standard tolerates 5 m
DRAWING_WIDTH = 5.0

#: share of the zoning in a second commune beyond which a document is not of one commune
SECOND_COMMUNE = 0.05


class Communes:
    """What is known of communes in one run; `layer` is None where there is no communes layer."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._rules = context.rules.territoires

    @cached_property
    def codes(self) -> Tuple[str, ...]:
        """INSEE codes of the communes that the PLU covers."""
        if self.is_one:
            return self._context.plu.communes
        if self.layer is not None:
            return self._covered
        insee = self._context.plu.zones.codes.get("insee")
        if insee is not None:
            return tuple(sorted({str(code) for code in insee if code is not None}))
        raise NotEvaluable(self._why_unknown())

    @cached_property
    def is_one(self) -> bool:
        """Whether the document is of one commune, whose ground is then the whole zoning, whatever its limits say.

        A document that names one commune is not believed when the communes layer shows that it covers several.
        """
        if len(self._context.plu.communes) != 1:
            return False
        if self.layer is None:
            return True
        shares, named = self._shares, self._context.plu.communes[0]
        if named in self.layer[1] and shares[self.layer[1].index(named)] <= SECOND_COMMUNE * shares.sum():
            return False  # the code of another commune
        return int((shares > SECOND_COMMUNE * shares.sum()).sum()) <= 1

    def _why_unknown(self) -> str:
        couche = self._rules.couche
        if couche is None:
            return (
                "Les communes ne sont pas connues : le fichier de règles ne déclare pas de couche de communes "
                "(« territoires: communes: ») et la zone n'en porte pas le code INSEE."
            )
        try:
            self._context.couche(couche)
        except NotEvaluable as missing:
            return f"Les communes ne sont pas connues. {missing}"
        return "Les communes ne sont pas connues."

    @cached_property
    def layer(self) -> "Optional[Tuple[Couche, Tuple[str, ...], Array]]":
        """Codes and grounds of the communes layer, one per commune, None when there is none."""
        nom = self._rules.couche
        if nom is None or nom not in self._context.layers:
            return None
        declared, layer = self._context.couche(nom)
        if not len(layer):
            raise NotEvaluable(
                f"La couche de communes « {nom} » ({declared.libelle}) est vide : choisissez celle qui a les communes "
                "du PLU, ou vérifiez son « filtre »."
            )
        column = layer.colonne(self._rules.code)
        if column is None:
            raise NotEvaluable(
                f"La couche de communes « {nom} » n'a pas de champ {self._rules.code}{layer.lacks(self._rules.code)} "
                "Corrigez « territoires: communes: code »."
            )
        ground = _surfaces(layer, nom)
        rows: Dict[str, List[int]] = {}
        for position, code in enumerate(column):
            if as_insee(code) and ground[position]:
                rows.setdefault(as_insee(code), []).append(position)
        grounds = [
            layer.geometrie[at[0]] if len(at) == 1 else shapely.union_all(layer.geometrie[at]) for at in rows.values()
        ]
        return declared, tuple(rows), objects(grounds)

    @cached_property
    def names(self) -> Mapping[str, str]:
        if self.layer is None:
            return {}
        layer = self._context.couche(self.layer[0].nom)[1]
        codes, noms = layer.colonne(self._rules.code), layer.colonne(self._rules.nom)
        if codes is None or noms is None:
            return {}
        return {as_insee(code): as_key(nom) for code, nom in zip(codes, noms) if as_key(nom)}

    @cached_property
    def _shares(self) -> Array:
        """m2 of zones in each commune of the layer."""
        assert self.layer is not None
        zones = self._context.plu.zones.geometrie
        present = np.flatnonzero(drawn(zones))
        pairs = self._context.overlays.pairs(zones[present], self.layer[2], progress=self._context.progress)
        return np.bincount(pairs.right, weights=measure(pairs.geometry), minlength=len(self.layer[1]))

    @cached_property
    def _covered(self) -> Tuple[str, ...]:
        """Communes holding ground of the PLU wider than a drawing artefact."""
        assert self.layer is not None
        _, codes, grounds = self.layer
        zones = self._context.plu.zones.geometrie
        present = np.flatnonzero(drawn(zones))
        pairs = self._context.overlays.pairs(zones[present], grounds, progress=self._context.progress)
        real = ~thin_any(pairs.geometry, self.drawing_width, self._context.progress)
        found = {codes[position] for position in np.unique(pairs.right[real])}
        return tuple(code for code in codes if code in found)

    @cached_property
    def grounds(self) -> Tuple[Tuple[str, ...], Array]:
        """Codes and grounds of the communes that the PLU covers."""
        communes = self.codes
        if self.layer is not None:
            _, codes, grounds = self.layer
            kept = [position for position, code in enumerate(codes) if code in set(communes)]
            return tuple(codes[position] for position in kept), grounds[kept]
        zones = self._context.plu.zones
        insee = zones.codes["insee"]
        overlays, progress = self._context.overlays, self._context.progress
        grounds = [overlays.union(zones.geometrie[insee == code], progress=progress) for code in communes]
        return communes, objects(grounds)

    @cached_property
    def everywhere(self) -> Tuple[str, ...]:
        """Communes of the whole SCoT, as far as the layer and the classements tell."""
        listed = [c for kind in self._rules.classements.values() for classe in kind.classes for c in classe.communes]
        return tuple(dict.fromkeys(listed + list(self.layer[1] if self.layer else ())))

    @cached_property
    def drawing_width(self) -> float:
        """Full width (m) under which ground beyond a limit is a drawing artefact."""
        precision = self.layer[0].precision if self.layer else None
        return max(DRAWING_WIDTH, precision.to("m") if isinstance(precision, Quantity) else 0.0)


def _surfaces(layer: Layer, nom: str) -> Array:
    """Mask of the rows that may hold ground. Raises `NotEvaluable` on a layer of limits or of town halls."""
    thin = np.isin(shapely.get_dimensions(layer.geometrie), (0, 1)) & drawn(layer.geometrie)
    if thin.any() and not (drawn(layer.geometrie) & ~thin).any():
        raise NotEvaluable(
            f"La couche de communes « {nom} » est faite de lignes ou de points : des surfaces sont attendues. "
            "Choisissez la couche des territoires communaux, non celle de leurs limites ou de leurs mairies."
        )
    return ~thin & ~shapely.is_missing(layer.geometrie)
