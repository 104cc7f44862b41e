"""What the PLUi draws over its zones: prescriptions and informations, in the columns of the CNIG standard 2025-06."""

from __future__ import annotations

import random
from typing import Any, Dict, List

import numpy as np
import shapely
from places import COMMUNES, DATE, IDURBA, PLUI, SIREN
from scot import LayerOut, parts, zones_of
from shapes import lighten
from sites import RENEWAL, SITES, kind
from territory import Territory
from zoning import Zone, Zoning

PSC_FIELDS = {
    "LIBELLE": 254,
    "TXT": 10,
    "TYPEPSC": 2,
    "STYPEPSC": 2,
    "NATURE": 50,
    "NOMFIC": 80,
    "URLFIC": 254,
    "IDURBA": 30,
    "DATVALID": 8,
    "SYMBOLE": 20,
    "LIB_IDPSC": 40,
}
INFO_FIELDS = {
    "LIBELLE": 254,
    "TXT": 10,
    "TYPEINF": 2,
    "STYPEINF": 2,
    "NOMFIC": 80,
    "URLFIC": 254,
    "IDURBA": 30,
    "DATVALID": 8,
    "SYMBOLE": 20,
    "LIB_IDINFO": 40,
}
REGLEMENT = f"{SIREN}_reglement_{DATE}.pdf"
#: the hedge that the PLUi protects on 88 % of its length only
SHORTENED_HEDGE = 17


def surfaces(ground: Territory, zoning: Zoning) -> LayerOut:
    """Woods to keep (one in ten goes without), OAP, STECAL, continuities, wetlands, reserved sites."""
    names = {site.libelle: site.nom for site in SITES}
    rows: List[Dict[str, Any]] = []
    for number, zone in enumerate(zones_of(zoning, "Nf"), 1):
        if number % 4 == 0:
            rows.append(_psc("Boisement à préserver pour des motifs d'ordre écologique", "07-05", zone.geometrie))
        elif number % 7:
            rows.append(_psc("Espace boisé classé à protéger ou conserver", "01-01", zone.geometrie, "EBC"))
    for zone in zoning.zones:
        if zone.libelle.startswith("1AUh"):
            rows.append(_psc(f"OAP {names[zone.libelle]}", "18-00", zone.geometrie, "OAP"))
        elif zone.libelle.startswith("1AUx"):
            rows.append(_psc(f"OAP {names[zone.libelle]}", "18-07", zone.geometrie, "OAP"))
        elif zone.libelle in ("Ae", "At", "Nt"):
            rows.append(
                _psc(f"Secteur de taille et de capacité d'accueil limitées {zone.libelle}", "16-03", zone.geometrie)
            )
    for name in RENEWAL:
        rows.append(_psc(name, "18-03", renewal_zone(zoning, name).geometrie, "OAP"))
    (clos,) = zones_of(zoning, "1AUh-01")
    rows.append(_psc("Secteur de mixité sociale : 20 % de logements locatifs sociaux", "17-00", clos.geometrie))
    rows += [
        _psc("Élément de continuité écologique", "25-00", zone.geometrie, "TVB", "Continuite_ecologique")
        for zone in zones_of(zoning, "Ace")
    ]
    rows += [
        _psc("Zone humide à préserver", "07-04", zone.geometrie, "ZH", "Zone_humide")
        for zone in zones_of(zoning, "Nzh")
    ]
    rows += _reserved(ground, zoning)
    return _numbered("Polygon", rows, "S")


def lines(ground: Territory, zoning: Zoning, hedges: LayerOut) -> LayerOut:
    """Hedges of the SCoT, all protected whole but one; shop fronts of the towns; lanes to keep."""
    rows = []
    for number, hedge in enumerate(hedges.rows, 1):
        line = hedge["geometrie"]
        if number == SHORTENED_HEDGE:
            line = shapely.LineString([line.coords[0], line.interpolate(0.88, normalized=True).coords[0]])
        rows.append(_psc("Haie à préserver", "07-04", shapely.set_precision(line, 0.01), "", "Haie"))
    for code in PLUI:
        if COMMUNES[code].niveau == "village":
            continue
        core = shapely.union_all([z.geometrie for z in zones_of(zoning, "UA") if z.insee == code])
        for line in parts(shapely.intersection(ground.main_roads, core), "LineString"):
            for side in (8.0, -8.0):
                front = lighten(shapely.offset_curve(line, side), 0.5)
                rows += [
                    _psc("Linéaire commercial protégé", "22-03", part, "", "Rez_de_chaussee_commercial")
                    for part in parts(front, "LineString")
                    if part.length > 40.0
                ]
    open_country = shapely.union_all([z.geometrie for z in zoning.zones if kind(z.libelle).typezone in ("A", "N")])
    for lane in ground.lanes[::2]:
        rows += [
            _psc("Chemin à conserver", "24-04", part)
            for part in parts(lighten(shapely.intersection(lane, open_country), 2.0), "LineString")
            if part.length > 100.0
        ]
    return _numbered("LineString", rows, "L")


def points(zoning: Zoning) -> LayerOut:
    """Farm buildings that may change use, remarkable trees, small heritage: beside hamlets and lanes."""
    draw = random.Random("prescriptions ponctuelles")
    rows = []
    fields = shapely.union_all([z.geometrie for z in zones_of(zoning, "A", "Ap", "Ace")])
    for zone in zones_of(zoning, "UH"):
        centre = zone.geometrie.centroid
        spot = shapely.Point(round(centre.x + draw.uniform(-190, 190), 2), round(centre.y + draw.uniform(-190, 190), 2))
        choice = draw.random()
        if not shapely.contains(fields, spot):
            rows.append(_psc("Calvaire", "07-01", shapely.set_precision(centre, 0.01), "", "Petit_patrimoine"))
        elif choice < 0.6:
            rows.append(_psc("Bâtiment susceptible de changer de destination", "16-01", spot))
        elif choice < 0.8:
            rows.append(_psc("Arbre remarquable", "07-04", spot, "", "Arbre"))
        else:
            rows.append(_psc("Mare à préserver", "07-04", spot, "", "Mare"))
    return _numbered("Point", rows, "P")


def informations(ground: Territory, zoning: Zoning) -> LayerOut:
    """Pre-emption right over what can be built, and the noise of the main road."""
    found = []
    for code in PLUI:
        built = [z.geometrie for z in zoning.zones if z.insee == code and kind(z.libelle).typezone in ("U", "AUc")]
        found += [
            ("Droit de préemption urbain", "04", part)
            for part in parts(shapely.coverage_union_all(np.array(built, dtype=object)), "Polygon")
        ]
    whole = shapely.union_all([zoning.communes[code] for code in PLUI])
    noise = lighten(shapely.intersection(shapely.buffer(ground.roads["RD 900"], 100.0, quad_segs=2), whole), 1.0)
    found += [("Secteur affecté par le bruit de la RD 900", "14", part) for part in parts(noise, "Polygon")]
    rows = [
        {
            "LIBELLE": libelle,
            "TYPEINF": code,
            "STYPEINF": "00",
            "IDURBA": IDURBA,
            "DATVALID": DATE,
            "LIB_IDINFO": f"I{number:04d}",
            "geometrie": part,
        }
        for number, (libelle, code, part) in enumerate(found, 1)
    ]
    return LayerOut("Polygon", rows, INFO_FIELDS)


def renewal_zone(zoning: Zoning, name: str) -> Zone:
    """The zone that the renewal OAP covers: the westernmost of its kind in the commune."""
    insee, libelle, _ = RENEWAL[name]
    return min(
        (z for z in zoning.zones if z.insee == insee and z.libelle == libelle), key=lambda z: z.geometrie.centroid.x
    )


def _reserved(ground: Territory, zoning: Zoning) -> List[Dict[str, Any]]:
    """Emplacements réservés: strips of ground along roads near the areas to build, and one footpath by the river."""
    rows = []
    road = shapely.union_all(list(ground.roads.values()))
    for number, zone in enumerate((z for z in zoning.zones if z.libelle.startswith("1AU")), 1):
        strip = shapely.intersection(shapely.buffer(road, 9.0, quad_segs=2), shapely.buffer(zone.geometrie, 60.0))
        for part in sorted(parts(lighten(strip, 1.0), "Polygon"), key=shapely.area)[-1:]:
            if shapely.area(part) > 400.0:
                rows.append(
                    _psc(
                        "Aménagement du carrefour et de la desserte de la zone à urbaniser",
                        "05-01",
                        part,
                        f"ER{number:02d}",
                    )
                )
    (park,) = (z for z in zones_of(zoning, "Nl") if z.insee == "00101")
    walk = shapely.intersection(
        shapely.buffer(ground.streams["L'Aubrelle"], 12.0), shapely.buffer(park.geometrie, 250.0)
    )
    rows.append(
        _psc("Promenade des berges de l'Aubrelle", "05-04", max(parts(walk, "Polygon"), key=shapely.area), "ER90")
    )
    return rows


def _psc(libelle: str, code: str, geometry: shapely.Geometry, txt: str = "", nature: str = "") -> Dict[str, Any]:
    """A prescription of code `TYPEPSC-STYPEPSC`; the columns left out are NULL."""
    return {
        "LIBELLE": libelle,
        "TXT": txt or None,
        "TYPEPSC": code[:2],
        "STYPEPSC": code[3:],
        "NATURE": nature or None,
        "NOMFIC": REGLEMENT,
        "IDURBA": IDURBA,
        "DATVALID": DATE,
        "geometrie": geometry,
    }


def _numbered(geometry: str, rows: List[Dict[str, Any]], letter: str) -> LayerOut:
    """The layer, each prescription with its optional identifier."""
    numbered = [{**row, "LIB_IDPSC": f"P{letter}{number:04d}"} for number, row in enumerate(rows, 1)]
    return LayerOut(geometry, numbered, PSC_FIELDS)
