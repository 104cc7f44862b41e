"""The PLUi's zones: each parcel takes the zone of what stands there, then parcels of one kind become one zone."""

from __future__ import annotations

from typing import Dict, List, NamedTuple

import numpy as np
import shapely
from places import COMMUNES, CORRIDORS, PLUI
from shapely import Polygon
from shapes import Noise, blob, course, lighten, metres
from sites import SITES
from territory import GRID, PLOT_DEPTH, Territory

#: m2 under which a detached piece of a kind joins its neighbour
SMALLEST = {
    "A": 25_000,
    "Ap": 60_000,
    "Ace": 15_000,
    "N": 6_000,
    "Nf": 8_000,
    "Nzh": 6_000,
    "Nj": 4_000,
    "UA": 9_000,
    "UAv": 5_000,
    "UB": 6_000,
    "UC": 9_000,
    "UD": 6_000,
    "UH": 5_000,
}
#: communes whose council asked for the corridors of the SCoT to be seen in the zoning
CAREFUL = ("00102", "00104", "00106", "00107", "00109")
OTHER_EPCI = "hors PLUi"


class Zone(NamedTuple):
    insee: str
    libelle: str
    geometrie: Polygon


class Zoning(NamedTuple):
    zones: List[Zone]  # the PLUi's, in reading order
    communes: Dict[str, shapely.Geometry]  # the whole SCoT's


def build(ground: Territory) -> Zoning:
    """Zones that partition the PLUi and communes that partition the SCoT, with shared vertices."""
    labels = _labels(ground)
    links = adjacency(ground.parcels)
    keys = np.char.add(np.char.add(ground.insee.astype(str), "|"), labels.astype(str))
    pieces = _absorb_crumbs(ground, keys, links)
    faces = _lighten(ground.parcels, pieces)
    zones, whole = [], {}
    for key, polygon in faces:
        insee, libelle = key.split("|")
        whole.setdefault(insee, []).append(polygon)
        if libelle != OTHER_EPCI:
            zones.append(Zone(insee, libelle, polygon))
    zones.sort(key=lambda z: (z.insee, z.libelle, -round(z.geometrie.centroid.y), round(z.geometrie.centroid.x)))
    return Zoning(zones, {code: shapely.union_all(whole[code]) for code in sorted(whole)})


def _labels(ground: Territory) -> np.ndarray:
    """Zone of each parcel: the first answer below prevails over the next."""
    xy, points = ground.points, shapely.points(ground.points)
    labels = np.full(len(xy), "A", dtype="U12")
    settled = ~np.isin(ground.insee, PLUI)
    labels[settled] = OTHER_EPCI

    def settle(where: np.ndarray, libelle: str) -> None:
        labels[where & ~settled] = libelle
        settled[where] = True

    def inside(geometry: shapely.Geometry) -> np.ndarray:
        return shapely.contains_xy(geometry, xy)

    road = shapely.distance(points, shapely.union_all(list(ground.roads.values())))
    lane = np.minimum(road, shapely.distance(points, shapely.union_all(ground.lanes)))
    main = shapely.distance(points, ground.main_roads)
    floor, wood = inside(ground.valleys), inside(shapely.union_all([*ground.woods.values(), *ground.copses]))
    marsh = inside(shapely.union_all(list(ground.ponds.values())))
    wet = marsh | (floor & (Noise("zones humides", 1500.0)(xy) > 0.55))
    for site in SITES:
        if not site.libelle.startswith("N"):
            continue
        settle(
            inside(blob(site.centre, site.axes, site.angle, site.nom, roughness=0.12))
            & (ground.insee == site.insee)
            & ~marsh,
            site.libelle,
        )
    settle(wet, "Nzh")
    town_floor = floor & _near_a_town(xy, 0.9)
    settle(town_floor, "Nj")
    settle(floor, "N")
    settle(wood, "Nf")
    for site in SITES:
        settle(
            inside(blob(site.centre, site.axes, site.angle, site.nom, roughness=0.08)) & (ground.insee == site.insee),
            site.libelle,
        )
    for code in PLUI:
        _settle_town(code, xy, road, main, ground.insee == code, settle)
    for name, (centre, radius) in ground.hamlets.items():
        settle(inside(blob(centre, (radius * 1.15, radius * 0.9), 0, name)) & (lane < PLOT_DEPTH * 1.5), "UH")
    corridors = shapely.union_all([course(line, 40.0, 900.0, name) for name, line in CORRIDORS.items()])
    settle(np.isin(ground.insee, CAREFUL) & (shapely.distance(points, corridors) < 130.0), "Ace")
    settle(Noise("paysage", 3300.0)(xy) > 0.80, "Ap")
    return labels


def _settle_town(code: str, xy: np.ndarray, road: np.ndarray, main: np.ndarray, here: np.ndarray, settle) -> None:
    """An old core, faubourgs along the roads, then pavilions in lobes; a village has a core and a fringe."""
    commune = COMMUNES[code]
    centre, radius = metres([commune.centre])[0], commune.rayon * 1000.0
    near = np.hypot(*(xy - centre).T) / radius
    core = shapely.contains_xy(
        blob(commune.centre, (commune.rayon * 0.30, commune.rayon * 0.21), 15, "centre " + code), xy
    )
    lobes, fringe = Noise("lobes " + code, radius * 1.15)(xy), Noise("frange " + code, radius * 0.8)(xy)
    if commune.niveau == "village":
        settle(here & (core | (near < 0.42) & (road < 38.0) | (near < 0.5) & (road < PLOT_DEPTH)), "UAv")
        settle(here & (near < 0.85) & (road > PLOT_DEPTH) & (fringe < -0.35), "Nj")
        settle(here & ((near < 0.62 + 0.22 * lobes) | (near < 1.15) & (road < PLOT_DEPTH) & (fringe > -0.3)), "UD")
        return
    settle(here & (core | (near < 0.40) & (road < 40.0)), "UA")
    settle(here & (road < PLOT_DEPTH) & ((near < 0.95) | (main < PLOT_DEPTH) & (near < 1.22)), "UB")
    settle(here & (near < 0.80) & (near > 0.45) & (fringe > 1.05), "Nj")
    settle(here & (near < 0.70 + 0.24 * lobes), "UC")
    settle(here & (near < 0.86 + 0.30 * lobes) & (fringe > -0.25), "UD")


def _near_a_town(xy: np.ndarray, share: float) -> np.ndarray:
    near = np.zeros(len(xy), dtype=bool)
    for commune in COMMUNES.values():
        near |= np.hypot(*(xy - metres([commune.centre])[0]).T) < share * commune.rayon * 1000.0
    return near


def adjacency(parcels: np.ndarray) -> np.ndarray:
    """Pairs of parcels that share an outline: rows (a, b, length in m), both ways."""
    tree = shapely.STRtree(parcels)
    a, b = tree.query(parcels, predicate="touches")
    shared = shapely.length(shapely.intersection(shapely.boundary(parcels[a]), shapely.boundary(parcels[b])))
    long = shared > 0.05
    return np.column_stack([a[long], b[long], shared[long]])


def _absorb_crumbs(ground: Territory, keys: np.ndarray, links: np.ndarray) -> np.ndarray:
    """Number of the zone of each parcel, once pieces that are too small have joined a neighbour of the commune."""
    keys, area = keys.astype("U40"), shapely.area(ground.parcels)
    a, b, shared = links[:, 0].astype(int), links[:, 1].astype(int), links[:, 2]
    for _ in range(12):
        piece = _components(len(keys), a, b, keys)
        size = np.bincount(piece, weights=area)
        crumbs = []
        for number in np.argsort(size, kind="stable"):
            libelle = keys[np.argmax(piece == number)].split("|")[1] if size[number] < 60_000 else ""
            if libelle and size[number] < SMALLEST.get(libelle, 1_500):
                crumbs.append(number)
        if not crumbs:
            return np.char.add(np.char.add(keys, "|"), piece.astype(str))
        done = set()
        for number in crumbs:
            rim = (piece[a] == number) & (piece[b] != number) & (ground.insee[a] == ground.insee[b])
            if not rim.any() or done.intersection(piece[b[rim]]):
                continue
            totals: Dict[str, float] = {}
            for other, length in zip(b[rim], shared[rim]):
                totals[keys[other]] = totals.get(keys[other], 0.0) + length
            keys[piece == number] = max(sorted(totals), key=lambda k: totals[k])
            done.add(number)
        if not done:
            return np.char.add(np.char.add(keys, "|"), piece.astype(str))
    return np.char.add(np.char.add(keys, "|"), _components(len(keys), a, b, keys).astype(str))


def _components(count: int, a: np.ndarray, b: np.ndarray, keys: np.ndarray) -> np.ndarray:
    """Connected pieces of equal key, numbered from 0 (the smallest parcel number spreads until nothing moves)."""
    same = keys[a] == keys[b]
    a, b, mark = a[same], b[same], np.arange(count)
    while True:
        before = mark.copy()
        np.minimum.at(mark, a, mark[b])
        mark = mark[mark]
        if (mark == before).all():
            return np.unique(mark, return_inverse=True)[1]


def _lighten(parcels: np.ndarray, pieces: np.ndarray) -> List:
    """Dissolve the parcels of each piece, drop the vertices that carry no shape from the shared outlines, and
    polygonise again: neighbours still share every vertex."""
    names = np.unique(pieces)
    whole = np.array([shapely.coverage_union_all(parcels[pieces == name]) for name in names], dtype=object)
    lines = shapely.line_merge(shapely.union_all(shapely.boundary(whole), grid_size=GRID))
    arcs = lighten(shapely.get_parts(lines), 0.6)
    faces = shapely.get_parts(shapely.polygonize([shapely.union_all(arcs, grid_size=GRID)]))
    tree = shapely.STRtree(whole)
    face, piece = tree.query(shapely.point_on_surface(faces), predicate="within")
    return [("|".join(names[p].split("|")[:2]), faces[f]) for f, p in sorted(zip(face, piece))]
