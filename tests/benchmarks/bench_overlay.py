"""The overlay of 20 000 zones and a corridor network of 230 000 vertices, against two yardsticks.

- plain: `shapely.intersection(zone, network)` and nothing else, on a sample of the zones, extrapolated to all of them;
- floor: one vectorised `shapely.intersection` over the pairs of a zone and a piece whose boundaries cross, the pieces
  being already cut and the pairs already found.

They are run in turn with what they measure, so that a busy machine slows all of them.
"""

from __future__ import annotations

import numpy as np
import shapely
import territory
from run import Measured, Row, in_turn
from scot_compat.checks.layers import objects
from scot_compat.checks.overlay import (
    Overlays,
    difference,
    intersection,
    measure,
    overlaps,
    pairs,
    prepare,
    union,
    union_area,
)

SAMPLE = 50  # one zone out of SAMPLE is overlaid by the plain way


def overlay() -> list[Row]:
    """Zones and network: the rows of the target (3 times the floor, 100 times faster than plain)."""
    zones, network = territory.zones(), objects([territory.network()])
    mask = prepare(network)
    zone, piece = crossing_pairs(zones, mask.levels[0].pieces.geometry)
    overlays = Overlays()
    overlays.intersection(zones, overlays.prepare(network))
    start = len(zones) // 2 % SAMPLE
    floor, plain, *rows = in_turn(
        [
            Measured(
                "plancher GEOS : une intersection par couple zone-pièce",
                lambda: shapely.intersection(zone, piece),
                f"{len(zone)} couples, déjà trouvés",
            ),
            Measured(
                "intersection simple, extrapolée",
                lambda: shapely.intersection(zones[start::SAMPLE], network[0]),
                f"1 zone sur {SAMPLE}",
                scale=SAMPLE,
            ),
            Measured(
                "superposition complète : découpage + intersection",
                lambda: intersection(zones, prepare(network)),
                f"{len(zones)} zones, {vertices(zones)} sommets ; réseau de {vertices(network)} sommets",
            ),
            Measured("  découpage du réseau seul", lambda: prepare(network), f"{len(mask.levels[0].pieces)} pièces"),
            Measured("  intersection seule", lambda: intersection(zones, mask)),
            Measured("mesure seule", lambda: measure(zones, mask)),
            Measured("différence seule", lambda: difference(zones, mask)),
            Measured("couples zone x objet du réseau", lambda: pairs(zones, network)),
            Measured(
                "deuxième passage, par la mémoire",
                lambda: overlays.intersection(np.array(zones), overlays.prepare(np.array(network))),
                "mêmes géométries, autres tableaux",
            ),
        ]
    )
    return [row.against(floor, plain) for row in (floor, plain, *rows)]


def lines() -> list[Row]:
    """Lines that go through the zones, and lines that follow their limits, with the zones and as what they are in."""
    zones = territory.zones()
    through = objects(list(shapely.get_parts(shapely.boundary(territory.network()))))
    along = objects(list(shapely.get_parts(shapely.line_merge(shapely.boundary(shapely.union_all(zones[::7]))))))
    measured = []
    for name, some in (("lignes au travers des zones", through), ("lignes sur leurs limites", along)):
        network, note = prepare(some), f"{len(zones)} zones, {vertices(some)} sommets de lignes"
        measured += [
            Measured(f"{name} : dans chaque zone", lambda network=network: measure(zones, network), note),
            Measured("  dans les zones", lambda some=some: measure(some, prepare(zones))),
            Measured("  hors d'une zone sur deux", lambda some=some: difference(some, prepare(zones[::2]))),
        ]
    return in_turn(measured)


def partition() -> list[Row]:
    """The zones among themselves: ground counted once, overlaps reported, zones as a mask."""
    zones = territory.zones()
    return in_turn(
        [
            Measured("surface de l'union des zones (partition)", lambda: union_area(zones), f"{len(zones)} zones"),
            Measured("recouvrements entre zones", lambda: overlaps(zones)),
            Measured("zones préparées comme masque", lambda: prepare(zones)),
            Measured("union des zones", lambda: union(zones)),
        ]
    )


def crossing_pairs(zones, pieces):
    """The pairs whose boundaries cross: (k,) zones and (k,) pieces."""
    i, j = shapely.STRtree(shapely.boundary(pieces)).query(shapely.boundary(zones), predicate="intersects")
    return zones[i], pieces[j]


def vertices(geometries) -> int:
    return int(shapely.get_num_coordinates(geometries).sum())


ROWS = (overlay, lines, partition)
