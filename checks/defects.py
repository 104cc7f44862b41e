"""Defects of geometry that a control must know of: overlaps, repeated outlines, slivers, objects that lie elsewhere."""

from __future__ import annotations

from typing import Mapping, Optional, Tuple

import numpy as np
import shapely

from . import overlay
from .chunks import to_wkb
from .layers import Array, Layer, drawn
from .progress import Progress
from .wording import area, plural

#: below these, in m2: two zones that overlap are neighbours drawn twice; a polygon is a sliver
OVERLAP_M2, SLIVER_M2 = 1.0, 10.0
_NAMED = 3


def find(tables: Mapping[str, Layer], progress: Optional[Progress] = None) -> Mapping[str, Tuple[str, ...]]:
    """The defects of each PLU table (by CNIG name), as French data limits."""
    progress = progress or Progress()
    zones = tables.get("ZONE_URBA")
    found = {}
    for position, (table, layer) in enumerate(tables.items()):
        part = progress.span(position / len(tables), (position + 1) / len(tables))
        limits = overlapping(layer, part) if table == "ZONE_URBA" else ()
        limits += repeated(layer) + tiny(layer)
        if zones is not None and table != "ZONE_URBA":
            limits += elsewhere(layer, zones)
        found[table] = limits
    return found


def overlapping(zones: Layer, progress: Optional[Progress] = None) -> Tuple[str, ...]:
    """Zones that overlap, against the rule of a full partition. The amount is their areas minus that of their union."""
    progress = progress or Progress()
    first, second, shared = overlay.overlaps(zones.geometrie, progress=progress.span(0.0, 0.6))
    pairs = np.flatnonzero(shared > OVERLAP_M2)
    if not len(pairs):
        return ()
    # only these zones can cover each other: their union gives the amount for the whole layer
    concerned = zones.geometrie[np.unique(np.concatenate([first, second]))]
    amount = float(shapely.area(concerned).sum()) - overlay.union_area(concerned, progress=progress.span(0.6, 1.0))
    largest = pairs[np.argsort(-shared[pairs], kind="stable")][:_NAMED]
    named = " ; ".join(f"{_name(zones, first[i])} et {_name(zones, second[i])} : {area(shared[i])}" for i in largest)
    head = "dont" if len(pairs) > _NAMED else "soit"
    couples = plural(len(pairs), "couple de zones se recouvre", "couples de zones se recouvrent")
    return (f"{couples} sur plus de 1 m² ({area(amount)} en tout, {head} {named}) : le sol n'est compté qu'une fois.",)


def repeated(layer: Layer) -> Tuple[str, ...]:
    """Objects whose outline is exactly that of an earlier one."""
    rows = np.flatnonzero(drawn(layer.geometrie))
    wkb = to_wkb(shapely.normalize(layer.geometrie[rows]))
    seen: dict = {}
    again = [(row, seen[key]) for row, key in zip(rows, wkb) if seen.setdefault(key, row) != row]
    if not again:
        return ()
    row, before = again[0]
    return (
        f"{plural(len(again), 'géométrie répétée', 'géométries répétées')} à l'identique "
        f"(par exemple l'objet {layer.ids[row]}, comme l'objet {layer.ids[before]}).",
    )


def tiny(layer: Layer) -> Tuple[str, ...]:
    """Polygons too small to be meant."""
    rows = np.flatnonzero(drawn(layer.geometrie) & (shapely.get_dimensions(layer.geometrie) == 2))
    areas = shapely.area(layer.geometrie[rows])
    small = rows[areas < SLIVER_M2]
    if not len(small):
        return ()
    under_one = int((areas < 1).sum())
    detail = f", dont {under_one} de moins de 1 m²" if under_one else ""
    return (
        f"{plural(len(small), 'surface')} de moins de 10 m²{detail} "
        f"({', '.join(_name(layer, row) for row in small[:_NAMED])}{'…' if len(small) > _NAMED else ''}).",
    )


def elsewhere(layer: Layer, zones: Layer) -> Tuple[str, ...]:
    """Objects outside the extent of the zoning: another commune's layer, or a wrong projection."""
    present = drawn(layer.geometrie)
    if not present.any() or not drawn(zones.geometrie).any():
        return ()
    extent = shapely.box(*shapely.total_bounds(zones.geometrie))
    outside = int((present & ~shapely.intersects(extent, layer.geometrie)).sum())
    if not outside:
        return ()
    if outside == present.sum():
        return (
            "Aucun objet de cette couche ne se trouve dans l'emprise du zonage : "
            "elle est sans doute d'un autre document.",
        )
    return (f"{plural(outside, 'objet')} sur {int(present.sum())} hors de l'emprise du zonage.",)


def _name(layer: Layer, row: int) -> str:
    libelle: Optional[Array] = layer.colonne("LIBELLE")
    text = str(libelle[row]).strip() if libelle is not None and libelle[row] else ""
    return f"{text} (objet {layer.ids[row]})" if text else f"objet {layer.ids[row]}"
