"""The overlay of 20 000 zones and a corridor network of 230 000 vertices, against two yardsticks.

- plain: `shapely.intersection(zone, network)`, without anything else, on a sample of the zones, extrapolated to all of them;
- floor: one vectorised `shapely.intersection` over the pairs of a zone and a piece whose boundaries cross, pieces already cut.
"""

from __future__ import annotations

import numpy as np
import shapely
import territory
from run import Row, timed
from scot_compat.checks.layers import objects
from scot_compat.checks.overlay import Overlays, difference, intersection, measure, overlaps, pairs, prepare, union_area

SAMPLE = 50  # one zone out of SAMPLE is overlaid by the plain way


def overlay() -> list[Row]:
    """Zones and network: the rows of the target (3 times the floor, 100 times faster than plain)."""
    zones, network = territory.zones(), objects([territory.network()])
    mask = prepare(network)
    zone, piece = crossing_pairs(zones, mask.levels[0].pieces.geometry)
    floor = timed("plancher GEOS : intersection des couples déjà trouvés, pièces déjà coupées",
                  lambda: shapely.intersection(zone, piece), f"{len(zone)} couples")
    start = len(zones) // 2 % SAMPLE
    sample = timed(f"intersection simple, 1 zone sur {SAMPLE}, extrapolée",
                   lambda: shapely.intersection(zones[start::SAMPLE], network[0]), "échantillon", scale=SAMPLE)
    vertices = shapely.get_num_coordinates
    rows = [
        timed("superposition complète : découpage + intersection", lambda: intersection(zones, prepare(network)),
              f"{len(zones)} zones, {vertices(zones).sum()} sommets ; réseau de {vertices(network).sum()} sommets"),
        timed("découpage du réseau seul", lambda: prepare(network), f"{len(mask.levels[0].pieces)} pièces"),
        timed("intersection seule", lambda: intersection(zones, mask)),
        timed("mesure seule", lambda: measure(zones, mask)),
        timed("différence seule", lambda: difference(zones, mask)),
        timed("couples zone x objet du réseau", lambda: pairs(zones, network)),
        remembered(zones, network),
    ]
    return [row.against(floor, sample) for row in (floor, sample, *rows)]


def partition() -> list[Row]:
    """The zones among themselves: ground counted once, overlaps reported, zones as a mask."""
    zones = territory.zones()
    return [
        timed("surface de l'union des zones (partition)", lambda: union_area(zones), f"{len(zones)} zones"),
        timed("recouvrements entre zones", lambda: overlaps(zones)),
        timed("zones préparées comme masque", lambda: prepare(zones)),
    ]


def crossing_pairs(zones, pieces):
    """The pairs whose boundaries cross: (k,) zones and (k,) pieces."""
    i, j = shapely.STRtree(shapely.boundary(pieces)).query(shapely.boundary(zones), predicate="intersects")
    return zones[i], pieces[j]


def remembered(zones, network) -> Row:
    overlays = Overlays()
    overlays.intersection(zones, overlays.prepare(network))
    return timed("deuxième passage, par la mémoire des superpositions",
                 lambda: overlays.intersection(np.array(zones), overlays.prepare(np.array(network))),
                 "mêmes géométries, autres tableaux")


ROWS = (overlay, partition)
