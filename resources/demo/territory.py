"""The ground before any plan: streams, roads, woods, ponds, communes, and a cadastre of parcels.

Parcels are cut between streams, roads, plot backs and wood edges, small in the towns and wide in the fields; then the
whole linework is noded on a 1 cm grid and polygonised, so that neighbours share the very same vertices: zones and
communes are unions of parcels, hence an exact partition of the ground.
"""

from __future__ import annotations

import math
import random
from dataclasses import dataclass
from typing import Dict, List, Sequence, Tuple

import numpy as np
import shapely
from places import COMMUNES, HAMLETS, ORIGIN, OUTLINE, PLUI, PONDS, ROADS, STREAMS, WOODS
from shapely import LineString, Polygon
from shapely.ops import split
from shapes import Noise, blob, course, lighten, metres
from sites import SITES

GRID = 0.01  # m: every coordinate of the demonstration is a multiple of it
PLOT_DEPTH = 52.0  # m, from the road axis to the back of the plots


@dataclass(frozen=True)
class Territory:
    streams: Dict[str, LineString]
    roads: Dict[str, LineString]
    main_roads: shapely.Geometry
    valleys: shapely.Geometry
    lanes: List[LineString]
    woods: Dict[str, Polygon]
    copses: List[Polygon]
    hamlets: Dict[str, Tuple[Tuple[float, float], float]]
    ponds: Dict[str, Polygon]
    parcels: np.ndarray  # (n,) polygons, an exact partition
    insee: np.ndarray  # (n,) code of the commune of each parcel
    points: np.ndarray  # (n, 2) a point inside each parcel


def build() -> Territory:
    """The whole ground, always the same."""
    streams = {
        name: course(line, amplitude, wavelength, name) for name, (line, amplitude, wavelength, _) in STREAMS.items()
    }
    roads = {
        name: course([COMMUNES[p].centre if isinstance(p, str) else p for p in line], 22.0, 1100.0, name)
        for name, (_, line) in ROADS.items()
    }
    valleys = _valleys(streams)
    woods = {
        name: blob(centre, axes, angle, name, roughness=0.30, count=90)
        for name, (centre, axes, angle, _) in WOODS.items()
    }
    ponds = {
        name: blob(centre, axes, angle, name, roughness=0.16, count=40) for name, (centre, axes, angle) in PONDS.items()
    }
    lanes, hamlets = _lanes(roads)
    copses = _copses([*woods.values(), *roads.values(), *lanes, valleys])
    parcels = _parcels(
        [*streams.values(), *roads.values(), *lanes], hamlets, valleys, [*woods.values(), *copses, *ponds.values()]
    )
    points = shapely.get_coordinates(shapely.point_on_surface(parcels))
    keep = shapely.contains_xy(_outline(), points)
    parcels, points = parcels[keep], points[keep]
    insee = _communes(parcels, points)
    main = shapely.union_all([road for name, road in roads.items() if ROADS[name][0]])
    return Territory(streams, roads, main, valleys, lanes, woods, copses, hamlets, ponds, parcels, insee, points)


def _outline() -> Polygon:
    return Polygon(course([*OUTLINE, OUTLINE[0]], 130.0, 1900.0, "territoire", step=60.0).coords)


def _valleys(streams: Dict[str, LineString]) -> shapely.Geometry:
    """Valley floors: wide downstream and in the fields, pinched where a town bridges the stream."""
    towns = [(shapely.Point(metres([c.centre])[0]), c.rayon * 1000) for c in COMMUNES.values()]
    floors: List[shapely.Geometry] = []
    for name, line in streams.items():
        width = STREAMS[name][3]
        noise = Noise("vallée " + name, 900.0)
        at = np.arange(0.0, line.length, 60.0)
        xy = shapely.get_coordinates(shapely.line_interpolate_point(line, at))
        half = width * (1.15 + 0.45 * noise(xy))
        for centre, radius in towns:
            near = shapely.distance(shapely.points(xy), centre) / radius
            half = np.where(near < 0.55, np.minimum(half, 17.0), np.where(near < 0.95, half * 0.6, half))
        half = np.maximum(half, 14.0)
        spans = [
            shapely.buffer(LineString([p, q]), max(a, 10.0), quad_segs=3)
            for p, q, a in zip(xy, xy[1:], (half[:-1] + half[1:]) / 2)
        ]
        floors.append(shapely.union_all(spans))
    smooth = shapely.buffer(shapely.buffer(shapely.union_all(floors), 14.0, quad_segs=3), -14.0, quad_segs=3)
    return lighten(smooth, 4.0)


def _lanes(roads: Dict[str, LineString]) -> Tuple[List[LineString], Dict[str, Tuple[Tuple[float, float], float]]]:
    """Farm lanes between neighbouring places that no road joins, with a hamlet half-way along the longer ones."""
    places = [c.centre for c in COMMUNES.values()] + [centre for centre, _ in HAMLETS.values()]
    joined = shapely.union_all(list(roads.values()))
    web = shapely.delaunay_triangles(shapely.MultiPoint(places), only_edges=True)
    edges = sorted(sorted(edge.coords) for edge in shapely.get_parts(web))
    lanes, hamlets = [], dict(HAMLETS)
    for start, end in edges:
        length = math.dist(start, end)
        line = course([start, end], 30.0, 900.0, f"chemin {start} {end}")
        middle = line.interpolate(0.5, normalized=True)
        if not 1.0 < length < 3.6 or shapely.distance(middle, joined) < 330:
            continue
        if shapely.length(shapely.intersection(line, shapely.buffer(joined, 60.0))) > 600:
            continue
        lanes.append(line)
        xy = tuple((np.asarray(middle.coords[0]) - ORIGIN) / 1000.0)
        if (
            length > 1.25
            and all(math.dist(xy, centre) > 0.72 for centre, _ in hamlets.values())
            and all(math.dist(xy, c.centre) > c.rayon * 1.7 for c in COMMUNES.values())
        ):
            hamlets[f"Écart n° {len(lanes)}"] = (xy, 0.07)
    return lanes, hamlets


def _copses(others: Sequence[shapely.Geometry]) -> List[Polygon]:
    """Small woods scattered in the fields, clear of everything else."""
    draw = random.Random("bosquets")
    taken = shapely.union_all(
        [shapely.buffer(geometry, 110.0, quad_segs=2) for geometry in others]
        + [shapely.buffer(shapely.Point(metres([c.centre])[0]), c.rayon * 1900) for c in COMMUNES.values()]
    )
    copses: List[Polygon] = []
    for number in range(1500):
        centre = (draw.uniform(0.2, 13.6), draw.uniform(0.3, 11.3))
        long = draw.uniform(0.07, 0.15)
        copse = blob(
            centre, (long, long * draw.uniform(0.45, 0.8)), draw.uniform(0, 180), f"bosquet {number}", count=28
        )
        if len(copses) < 95 and not shapely.intersects(copse, taken):
            copses.append(copse)
            taken = shapely.union(taken, shapely.buffer(copse, 300.0, quad_segs=2))
    return copses


def _parcels(
    axes: Sequence[LineString],
    hamlets: Dict[str, Tuple[Tuple[float, float], float]],
    valleys: shapely.Geometry,
    outlines: Sequence[Polygon],
) -> np.ndarray:
    x0, y0, x1, y1 = _outline().buffer(300).bounds
    frame = shapely.box(x0, y0, x1, y1)
    built = shapely.union_all(
        [shapely.buffer(shapely.Point(metres([c.centre])[0]), c.rayon * 1500) for c in COMMUNES.values()]
        + [shapely.buffer(shapely.Point(metres([p])[0]), r * 1600) for p, r in hamlets.values()]
    )
    every_road = shapely.union_all(list(axes))
    backs = shapely.intersection(lighten(shapely.buffer(every_road, PLOT_DEPTH, quad_segs=2), 3.0).boundary, built)
    base = [
        frame.boundary,
        _outline().boundary,
        backs,
        valleys.boundary,
        *(shapely.boundary(outline) for outline in outlines),
        *(lighten(line, 1.5) for line in axes),
    ]
    inside = shapely.intersection(np.array(base, dtype=object), frame)
    blocks = shapely.get_parts(shapely.polygonize([shapely.union_all(inside, grid_size=GRID)]))
    cut: List[Polygon] = []
    for block in blocks:
        cut += _subdivide(block, hamlets)
    lines = shapely.union_all(shapely.boundary(np.array(cut, dtype=object)), grid_size=GRID)
    parcels = shapely.normalize(shapely.get_parts(shapely.polygonize([lines])))
    # in an order of our own: that of GEOS changes from one version to the next
    return parcels[np.lexsort(np.round(shapely.get_coordinates(shapely.centroid(parcels)), 2).T)]


def _subdivide(polygon: Polygon, hamlets: Dict) -> List[Polygon]:
    """Halve the polygon across its long side until its parts have the size of parcels here.

    The draw depends on the place alone, so that the order in which GEOS gives the parts does not matter.
    """
    x, y = polygon.centroid.coords[0]
    draw = random.Random(f"cadastre {x:.0f} {y:.0f}")
    if polygon.area < _parcel_size((x, y), hamlets) * draw.uniform(0.75, 1.5) or polygon.area < 700:
        return [polygon]
    centre, long, short = _frame(polygon)
    lean = math.radians(draw.uniform(-4.0, 4.0))
    middle = centre + long * draw.uniform(-0.1, 0.1)
    across = np.array(
        [short[0] * math.cos(lean) - short[1] * math.sin(lean), short[0] * math.sin(lean) + short[1] * math.cos(lean)]
    )
    parts = split(polygon, LineString([middle - across, middle + across])).geoms
    if len(parts) < 2:
        return [polygon]
    return [piece for part in parts for piece in _subdivide(part, hamlets)]


def _frame(polygon: Polygon) -> Tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Centre, long side and short side of the smallest rectangle around the polygon (GEOS versions disagree on it)."""
    hull = shapely.get_coordinates(shapely.convex_hull(polygon))
    sides = np.diff(hull, axis=0)
    sides = sides / np.hypot(*sides.T)[:, None]
    along, across = _product(hull, sides), _product(hull, np.column_stack([-sides[:, 1], sides[:, 0]]))
    lengths, widths = np.ptp(along, axis=0), np.ptp(across, axis=0)
    best = int(np.round(lengths * widths, 3).argmin())
    side, normal = sides[best], np.array([-sides[best, 1], sides[best, 0]])
    centre = (
        side * (along[:, best].min() + along[:, best].max()) + normal * (across[:, best].min() + across[:, best].max())
    ) / 2
    u, v = side * lengths[best], normal * widths[best]
    return (centre, u, v) if lengths[best] > widths[best] else (centre, v, u)


def _product(points: np.ndarray, directions: np.ndarray) -> np.ndarray:
    """(n, m) scalar products. Written out: `@` is rounded by each processor in its own way, and a millionth of a
    millimetre may turn a block the other way; this one rounds once less, as most of them do."""
    x, y = points[:, :1] * directions[:, 0], points[:, 1:].astype(np.longdouble) * directions[:, 1]
    return (x + y).astype(float)


_TOWNS = [(metres([c.centre])[0], c.rayon * 1000, code in PLUI) for code, c in COMMUNES.items()]


def _parcel_size(point: Tuple[float, float], hamlets: Dict) -> float:
    """Target area (m2): house plots in a town, then gardens and closes, then open fields."""
    for centre, radius, detailed in _TOWNS:
        near = math.dist(point, centre) / radius
        if detailed and near < 1.5:
            return 1600.0 if near < 0.35 else 2600.0 if near < 1.15 else 9000.0
    for centre, radius in hamlets.values():
        near = math.dist(point, _metre(centre)) / (radius * 1000)
        if near < 2.2:
            return 2200.0 if near < 1.3 else 8000.0
    for site in SITES:
        if math.dist(point, _metre(site.centre)) < max(site.axes) * 1350:
            return 3000.0
    return 42_000.0


def _metre(point: Tuple[float, float]) -> Tuple[float, float]:
    return ORIGIN[0] + point[0] * 1000.0, ORIGIN[1] + point[1] * 1000.0


def _communes(parcels: np.ndarray, points: np.ndarray) -> np.ndarray:
    """Nearest centre in a warped plane, so that limits wander along parcels; each commune in one piece."""
    warped = points + 520.0 * np.column_stack([Noise("limite x", 2600.0)(points), Noise("limite y", 2600.0)(points)])
    codes = np.array(list(COMMUNES))
    centres = metres([c.centre for c in COMMUNES.values()])
    power = np.array([c.poids for c in COMMUNES.values()]) * 1e6
    distance = ((warped[:, None, :] - centres[None]) ** 2).sum(axis=2) - power
    insee = codes[distance.argmin(axis=1)]
    return reattach(parcels, insee, codes)


def reattach(parcels: np.ndarray, labels: np.ndarray, codes: Sequence[str]) -> np.ndarray:
    """Give the detached pieces of a label to the neighbour that shares the longest outline with them."""
    labels = labels.copy()
    for code in codes:
        pieces = shapely.get_parts(shapely.coverage_union_all(parcels[labels == code]))
        main = pieces[shapely.area(pieces).argmax()]
        lost = (labels == code) & ~shapely.contains(main, shapely.point_on_surface(parcels))
        while lost.any():
            moved = False
            for row in np.flatnonzero(lost):
                touching = shapely.length(shapely.intersection(shapely.boundary(parcels), parcels[row]))
                touching[row] = 0.0
                touching[labels == code] = 0.0
                if touching.max() > 0.0:
                    labels[row], lost[row], moved = labels[touching.argmax()], False, True
            if not moved:
                break
    return labels
