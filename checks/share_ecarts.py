"""The objects at fault for a share: those that miss the threshold by themselves."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Dict, List, Mapping, Optional, Tuple

import numpy as np
import shapely

from .base import Ecart
from .context import Context
from .layers import Array
from .objets import measure
from .seuils import EPSILON, Verdict, finite
from .terms import Held, Term
from .territory import Unit
from .wording import amount, doubted


@dataclass
class ShareEcarts:
    context: Context
    above: Term
    below: Term

    def of_unit(
        self, unit: Unit, above: Held, below: Held, mesure: Optional[float], verdict: Verdict
    ) -> Tuple[Ecart, ...]:
        """Each object that misses by itself the bound that decided, largest departure first, in the state of all.

        Where no object is in both terms, none has a share of its own: a ceiling is passed by all of the numerator,
        and a floor has nothing to draw.
        """
        seuil = verdict.seuil or 0.0
        floor = mesure is not None and mesure < seuil
        held = below if floor else above
        if not self.linked:
            order = np.flatnonzero(held.sizes > 0) if not floor else np.arange(0)
            order = order[np.argsort(-held.sizes[order], kind="stable")]
            return tuple(replace(self._ecart(unit, held, place, verdict, None), role="contribue") for place in order)
        own, found = _own_shares(above, below), []
        for place, key in enumerate(held.keys):
            beyond = (seuil - own[key] if floor else own[key] - seuil) if key in own else 0.0
            if beyond > EPSILON * max(1.0, seuil) and held.sizes[place] > 0:
                found.append((-beyond, -held.sizes[place], place))
        return tuple(self._ecart(unit, held, place, verdict, own[held.keys[place]]) for _, _, place in sorted(found))

    @cached_property
    def linked(self) -> bool:
        """Whether some object is in both terms, so that an object has a share of its own."""
        return bool(set(self.above.keys) & set(self.below.keys))

    def _ecart(self, unit: Unit, held: Held, place: int, verdict: Verdict, share: Optional[float]) -> Ecart:
        self.context.progress.step(1.0)
        objets, i = held.term.objets, int(held.portion.index[place])
        ground = held.portion.geometrie[place]
        extent, whole = (float(size) for size in measure(np.array([ground, objets.geometrie[i]], dtype=object)))
        label, counts = str(objets.libelles[i]), held.term.said(float(held.sizes[place]))
        if share is None or not np.isfinite(share):
            message = f"{label} : compte pour {counts}."
        else:
            over = "sur" if held.term is self.below else "pour"
            message = f"{label} : part de {amount(share, '%', verdict.seuil)} {over} {counts}."
        dim = int(shapely.get_dimensions(ground))
        return Ecart(
            objet=str(objets.noms[i]),
            objet_id=str(objets.ids[i]),
            etat=verdict.etat,
            geometrie=ground,
            geometrie_objet=objets.entier[i],
            libelle=label,
            typezone=str(objets.typezone[i] or ""),
            insee=unit.code if unit.communes == (unit.code,) else str(self._insee(held.term)[i]),
            surface_m2=extent if dim == 2 else None,
            longueur_m=extent if dim == 1 else None,
            part_objet=min(extent / whole, 1.0) if whole else None,
            mesure=finite(share),
            seuil=verdict.seuil,
            unite="%",
            message=doubted(message, objets.certain[i]),
        )

    def _insee(self, term: Term) -> Array:
        return self._insee_above if term is self.above else self._insee_below

    @cached_property
    def _insee_above(self) -> Array:
        return self.context.territory.insee(self.above.objets)

    @cached_property
    def _insee_below(self) -> Array:
        return self.context.territory.insee(self.below.objets)


def _own_shares(above: Held, below: Held) -> Mapping[Any, float]:
    """Object -> its share by itself, in %; infinite when it counts above only. Those without figure are left out."""
    totals: List[Dict[Any, float]] = []
    for held in (above, below):
        total: Dict[Any, float] = {}
        for key, size in zip(held.keys, held.sizes):
            total[key] = total.get(key, 0.0) + float(size)
        totals.append(total)
    own: Dict[Any, float] = {}
    for key in {**totals[0], **totals[1]}:
        up, down = totals[0].get(key, 0.0), totals[1].get(key, 0.0)
        if up > 0 or down > 0:
            own[key] = 100 * up / down if down > 0 else np.inf
    return own
