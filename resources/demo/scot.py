"""The SCoT's own layers, drawn as a SCoT draws them: at 1:25 000, smoother than the PLUi's zones."""

from __future__ import annotations

import random
from typing import Any, Dict, List, NamedTuple, Sequence

import numpy as np
import shapely
from places import COMMUNES, CORRIDORS, PLUI, PONDS, WOODS
from shapes import blob, course, lighten, metres
from territory import GRID, Territory
from zoning import Zone, Zoning


class LayerOut(NamedTuple):
    """A layer to write: `rows` are dictionaries of attributes with the geometry under `geometrie`."""

    geometry: str  # Polygon | LineString | Point | None
    rows: List[Dict[str, Any]]
    fields: Dict[str, int]  # name -> width of the text, 0 for an integer


def build(ground: Territory, zoning: Zoning) -> Dict[str, LayerOut]:
    """The layers of `scot.gpkg`, by name. Everything lies within the SCoT."""
    scot = shapely.union_all(list(zoning.communes.values()))
    return {
        "communes": _communes(zoning),
        "corridors": _corridors(ground, scot),
        "reservoirs": _reservoirs(ground, scot),
        "zones_humides": _wetlands(ground, zoning, scot),
        "zones_inondables": _floodable(ground, zoning, scot),
        "haies": _hedges(ground),
        "coupures": _breaks(),
        "centralites": _centres(zoning),
        "sip": _shopping(zoning),
        "sites_economiques": _business(zoning),
        "enveloppe_urbaine": _envelope(zoning),
        "desserte": _served(zoning),
        "captages": _wells(),
    }


def _communes(zoning: Zoning) -> LayerOut:
    return LayerOut(
        "Polygon",
        [
            {
                "INSEE": code,
                "NOM": COMMUNES[code].nom,
                "EPCI": COMMUNES[code].epci,
                "NIVEAU": COMMUNES[code].niveau,
                "POP": COMMUNES[code].population,
                "geometrie": geometry,
            }
            for code, geometry in zoning.communes.items()
        ],
        {"INSEE": 5, "NOM": 60, "EPCI": 60, "NIVEAU": 20, "POP": 0},
    )


def _corridors(ground: Territory, scot: shapely.Geometry) -> LayerOut:
    """Half-width in LARGEUR: 20 m along streams, 50 m on land."""
    lines = [(name, "aquatique", 20, lighten(line, 5.0)) for name, line in ground.streams.items()]
    lines += [
        (name, "terrestre", 50, lighten(course(line, 40.0, 900.0, name), 4.0)) for name, line in CORRIDORS.items()
    ]
    rows = [
        {"NOM": name, "TYPE": kind, "LARGEUR": width, "geometrie": part}
        for name, kind, width, line in lines
        for part in parts(shapely.intersection(line, scot), "LineString")
    ]
    return LayerOut("LineString", rows, {"NOM": 80, "TYPE": 12, "LARGEUR": 0})


def _reservoirs(ground: Territory, scot: shapely.Geometry) -> LayerOut:
    """The large woods and the ponds; the one of Bois Brûlé takes in a dry meadow that the PLUi leaves in plain A."""
    named = [(name, "boisé", ground.woods[name]) for name, (*_, reservoir) in WOODS.items() if reservoir]
    meadow = blob((7.54, 7.80), (0.27, 0.17), 25, "pelouse du Bois Brûlé")
    named = [(name, kind, shapely.union(wood, meadow) if name == "Bois Brûlé" else wood) for name, kind, wood in named]
    named += [(name, "humide", ground.ponds[name]) for name in PONDS]
    named.append(
        (
            "Prairies du ru de la Haye",
            "humide",
            shapely.intersection(shapely.buffer(shapely.Point(metres([(11.15, 7.25)])[0]), 620.0), ground.valleys),
        )
    )
    rows = [
        {"NOM": name, "TYPE": kind, "geometrie": part}
        for name, kind, geometry in named
        for part in parts(shapely.intersection(_generalise(geometry, 6.0), scot), "Polygon")
        if shapely.area(part) > 8000.0
    ]
    return LayerOut("Polygon", rows, {"NOM": 80, "TYPE": 12})


def _wetlands(ground: Territory, zoning: Zoning, scot: shapely.Geometry) -> LayerOut:
    """Inventory of the SAGE: what the PLUi saw (its Nzh), and the meadows of the pond that it opens to building."""
    seen = [_generalise(z.geometrie, 8.0) for z in zoning.zones if z.libelle == "Nzh"]
    meadows = _generalise(blob((9.74, 3.70), (0.13, 0.20), 8, "prairies de l'Étang", roughness=0.12), 4.0)
    whole = shapely.intersection(shapely.union_all([*seen, meadows]), scot)
    rows = [{"NOM": f"ZH{number:02d}", "geometrie": part} for number, part in enumerate(parts(whole, "Polygon"), 1)]
    return LayerOut("Polygon", rows, {"NOM": 20})


def _floodable(ground: Territory, zoning: Zoning, scot: shapely.Geometry) -> LayerOut:
    """The atlas of flood areas of the Aubrelle, a little wider than its valley floor."""
    river = shapely.buffer(ground.streams["L'Aubrelle"], 260.0)
    flood = _generalise(shapely.buffer(shapely.intersection(ground.valleys, river), 22.0), 10.0)
    rows = [
        {"NOM": "Atlas des zones inondables de l'Aubrelle", "geometrie": part}
        for part in parts(shapely.intersection(flood, scot), "Polygon")
    ]
    return LayerOut("Polygon", rows, {"NOM": 80})


def _hedges(ground: Territory) -> LayerOut:
    """Hedges of the bocage: edges of parcels beside the corridors on land, 150 m long or more."""
    corridors = [course(line, 40.0, 900.0, name) for name, line in CORRIDORS.items()]
    near = shapely.union_all([shapely.buffer(line, 240.0) for line in corridors])
    fields = ground.parcels[np.isin(ground.insee, PLUI) & (shapely.area(ground.parcels) > 20_000)]
    elsewhere = shapely.union_all([*ground.woods.values(), *ground.copses, *ground.ponds.values(), ground.valleys])
    fields = fields[shapely.intersects(fields, near) & (shapely.distance(fields, elsewhere) > 30.0)]
    fields = sorted(fields, key=lambda f: f.centroid.coords[0])
    random.Random("haies").shuffle(fields)
    edges: List[shapely.Geometry] = []
    taken: shapely.Geometry = shapely.MultiPolygon()
    for field in fields:
        corners = np.asarray(lighten(field, 6.0).exterior.coords)
        for p, q in zip(corners, corners[1:]):
            edge = shapely.LineString([p, q])
            if 150.0 < edge.length < 420.0 and not shapely.intersects(edge, taken) and len(edges) < 46:
                edges.append(edge)
                taken = shapely.union(taken, shapely.buffer(edge, 190.0, quad_segs=2))
                break
    rows = [{"NOM": f"Haie {number}", "geometrie": edge} for number, edge in enumerate(north_first(edges), 1)]
    return LayerOut("LineString", rows, {"NOM": 20})


def _breaks() -> LayerOut:
    outlines = {
        "Entre Saint-Éloy et Neuvirelle": blob((8.72, 7.20), (0.22, 0.42), -10, "coupure 1", roughness=0.08),
        "Entre Le Fay et Bellevue": blob((2.45, 6.12), (0.30, 0.22), 0, "coupure 2", roughness=0.08),
        "Entre Vaux et La Neuville": blob((3.55, 9.50), (0.20, 0.16), 0, "coupure 3", roughness=0.08),
    }
    return LayerOut("Polygon", [{"NOM": name, "geometrie": outline} for name, outline in outlines.items()], {"NOM": 60})


def _centres(zoning: Zoning) -> LayerOut:
    rows = []
    for code, commune in COMMUNES.items():
        cores = [z.geometrie for z in zoning.zones if z.insee == code and z.libelle in ("UA", "UAv")]
        outline = (
            _generalise(shapely.buffer(shapely.union_all(cores), 25.0), 6.0)
            if cores
            else blob(commune.centre, (commune.rayon * 0.34, commune.rayon * 0.24), 15, "centre " + code)
        )
        rows.append({"NOM": f"Centralité de {commune.nom}", "NIVEAU": commune.niveau, "geometrie": _largest(outline)})
    return LayerOut("Polygon", rows, {"NOM": 80, "NIVEAU": 20})


def _served(zoning: Zoning) -> LayerOut:
    """Ten minutes on foot from the bus stops, which stand in the centres."""
    rows = [
        {
            "NOM": f"Arrêt de {COMMUNES[code].nom}",
            "geometrie": _largest(shapely.buffer(shapely.convex_hull(centre["geometrie"]), 600.0, quad_segs=5)),
        }
        for code, centre in zip(COMMUNES, _centres(zoning).rows)
    ]
    return LayerOut("Polygon", rows, {"NOM": 80})


def _shopping(zoning: Zoning) -> LayerOut:
    """The one outlying shopping sector of the DAACL: the gate of the business park, and the park itself."""
    park = [
        z.geometrie
        for z in zoning.zones
        if z.insee == "00101" and z.libelle in ("UXc", "UX") and z.geometrie.centroid.x > metres([(7.0, 0)])[0][0]
    ]
    outline = _largest(_generalise(shapely.buffer(shapely.union_all(park), 18.0), 5.0))
    hayes = blob((11.75, 5.05), (0.16, 0.10), 30, "sip des Hayes", roughness=0.06)
    return LayerOut(
        "Polygon",
        [
            {"NOM": "SIP des Portes de l'Aubrelle", "NIVEAU": "majeur", "geometrie": outline},
            {"NOM": "SIP du Moulin", "NIVEAU": "relais", "geometrie": hayes},
        ],
        {"NOM": 60, "NIVEAU": 12},
    )


def _business(zoning: Zoning) -> LayerOut:
    """Strategic parks. The Vert-Galant stops at the edge that the SCoT drew: 88 % of the extension lies inside."""

    def of(*names: str) -> List[shapely.Geometry]:
        return [z.geometrie for z in zoning.zones if z.libelle in names]

    plaine = [
        z.geometrie
        for z in zoning.zones
        if z.insee == "00101"
        and z.libelle in ("UX", "UXc", "1AUx-01")
        and z.geometrie.centroid.x > metres([(7.0, 0)])[0][0]
    ]
    galant = [z.geometrie for z in zoning.zones if z.insee == "00103" and z.libelle in ("UX", "1AUx-02")]
    extension = of("1AUx-02")[0]
    whole = _generalise(shapely.buffer(shapely.union_all(galant), 20.0), 5.0)
    rows = [
        {
            "NOM": "Parc de la Plaine",
            "NIVEAU": 1,
            "geometrie": _largest(_generalise(shapely.buffer(shapely.union_all(plaine), 20.0), 5.0)),
        },
        {"NOM": "Parc du Vert-Galant", "NIVEAU": 1, "geometrie": _largest(_keep_west(whole, extension, 0.88))},
        {
            "NOM": "Zone artisanale des Marlières",
            "NIVEAU": 2,
            "geometrie": _largest(
                _generalise(
                    shapely.buffer(
                        shapely.union_all(
                            [z.geometrie for z in zoning.zones if z.insee == "00102" and z.libelle == "UX"]
                        ),
                        15.0,
                    ),
                    5.0,
                )
            ),
        },
    ]
    return LayerOut("Polygon", rows, {"NOM": 60, "NIVEAU": 0})


def _keep_west(whole: shapely.Geometry, zone: shapely.Geometry, share: float) -> shapely.Geometry:
    """`whole` cut by a straight limit so that `share` of `zone` stays on its west side."""
    x0, y0, x1, y1 = shapely.union(whole, zone).bounds
    low, high = zone.bounds[0], zone.bounds[2]
    for _ in range(40):
        middle = (low + high) / 2
        kept = shapely.intersection(zone, shapely.box(x0, y0, middle, y1)).area / zone.area
        low, high = (middle, high) if kept < share else (low, middle)
    return shapely.intersection(whole, shapely.box(x0 - 1, y0 - 1, high, y1 + 1))


def _envelope(zoning: Zoning) -> LayerOut:
    """The built-up envelope: town ground closed over its small gaps, hamlets apart."""
    rows = []
    for code in PLUI:
        town = [
            z.geometrie
            for z in zoning.zones
            if z.insee == code and z.libelle in ("UA", "UAv", "UB", "UC", "UD", "UE", "UR")
        ]
        closed = shapely.buffer(shapely.buffer(shapely.union_all(town), 35.0, quad_segs=2), -35.0, quad_segs=1)
        for part in parts(closed, "Polygon"):
            if shapely.area(part) > 30_000:
                rows.append({"INSEE": code, "NOM": COMMUNES[code].nom, "geometrie": shapely.Polygon(part.exterior)})
    return LayerOut("Polygon", rows, {"INSEE": 5, "NOM": 60})


def _wells() -> LayerOut:
    """Protection of water catchments: both lie east of the PLUi, in the other EPCI."""
    return LayerOut(
        "Polygon",
        [
            {
                "NOM": "Captage du Haut-Épinoy",
                "geometrie": blob((12.9, 9.2), (0.20, 0.16), 0, "captage 1", roughness=0.08),
            },
            {
                "NOM": "Captage de l'Ancre",
                "geometrie": blob((10.95, 1.05), (0.18, 0.15), 0, "captage 2", roughness=0.08),
            },
        ],
        {"NOM": 60},
    )


def _generalise(geometry: shapely.Geometry, tolerance: float) -> shapely.Geometry:
    """Rounded and lightened, as digitised on a 1:25 000 map."""
    rounded = shapely.buffer(shapely.buffer(geometry, tolerance * 1.5, quad_segs=3), -tolerance * 1.5, quad_segs=3)
    return lighten(rounded, tolerance / 2)


def parts(geometry: shapely.Geometry, kind: str) -> List[shapely.Geometry]:
    """Simple parts of that kind, on the centimetre grid, from north to south."""
    snapped = shapely.set_precision(geometry, GRID)
    return north_first([part for part in shapely.get_parts(snapped) if part.geom_type == kind and not part.is_empty])


def _largest(geometry: shapely.Geometry) -> shapely.Geometry:
    return max(parts(geometry, "Polygon"), key=shapely.area)


def north_first(geometries: Sequence[shapely.Geometry]) -> List[shapely.Geometry]:
    return sorted(geometries, key=lambda g: (-round(g.centroid.y), round(g.centroid.x)))


def zones_of(zoning: Zoning, *libelles: str) -> List[Zone]:
    return [zone for zone in zoning.zones if zone.libelle in libelles]
