"""The tables of the PLUi archive, in the columns of the CNIG standard 2025-06."""

from __future__ import annotations

from typing import Any, Dict, List, Tuple

import numpy as np
import prescriptions
import shapely
from places import COMMUNES, DATE, IDURBA, PLUI, SIREN
from prescriptions import REGLEMENT, renewal_zone
from scot import LayerOut, parts, zones_of
from sites import ALREADY_LATER, ALREADY_OPEN, DENSITES, OPEN_GROUND, PROJECTED, RENEWAL, SALES_AREA, SITES, kind
from territory import Territory
from zoning import Zoning

#: name -> width, in the order of the standard (optional identifier last)
ZONE_FIELDS = {
    "LIBELLE": 12,
    "LIBELONG": 254,
    "TYPEZONE": 3,
    "FORMDOMI": 4,
    "DESTOUI": 120,
    "DESTCDT": 120,
    "DESTNON": 120,
    "NOMFIC": 80,
    "URLFIC": 254,
    "IDURBA": 30,
    "DATVALID": 8,
    "SYMBOLE": 20,
    "LIB_IDZONE": 40,
}
DOC_FIELDS = {
    "IDURBA": 30,
    "TYPEDOC": 4,
    "ETAT": 2,
    "NOMPROC": 10,
    "DATAPPRO": 8,
    "DATEFIN": 8,
    "SIREN": 9,
    "NOMRAPP": 80,
    "URLRAPP": 254,
    "NOMREG": 80,
    "URLREG": 254,
    "NOMPLAN": 80,
    "URLPLAN": 254,
    "URLPE": 254,
    "SITEWEB": 254,
    "TYPEREF": 2,
    "DATEREF": 8,
}


def build(ground: Territory, zoning: Zoning, scot: Dict[str, LayerOut]) -> Dict[str, LayerOut]:
    """The tables of the archive, by their CNIG name."""
    return {
        "DOC_URBA": LayerOut("None", [_document()], DOC_FIELDS),
        "DOC_URBA_COM": LayerOut(
            "None", [{"IDURBA": IDURBA, "INSEE": code} for code in PLUI], {"IDURBA": 30, "INSEE": 5}
        ),
        "ZONE_URBA": LayerOut("Polygon", _zones(zoning), ZONE_FIELDS),
        "PRESCRIPTION_SURF": prescriptions.surfaces(ground, zoning),
        "PRESCRIPTION_LIN": prescriptions.lines(ground, zoning, scot["haies"]),
        "PRESCRIPTION_PCT": prescriptions.points(zoning),
        "INFO_SURF": prescriptions.informations(ground, zoning),
    }


def previous_plan(zoning: Zoning) -> LayerOut:
    """What the plans before the PLUi made buildable: its complement `plu_anterieur`."""
    rows: List[Dict[str, Any]] = []
    for code in PLUI:
        families: Dict[Tuple[str, str], List[shapely.Geometry]] = {}
        for zone in (z for z in zoning.zones if z.insee == code):
            families.setdefault(_before(zone.libelle), []).append(zone.geometrie)
        for (libelle, typezone), pieces in sorted(families.items()):
            rows += [
                {"LIBELLE": libelle, "TYPEZONE": typezone, "INSEE": code, "geometrie": part}
                for part in parts(shapely.coverage_union_all(np.array(pieces, dtype=object)), "Polygon")
            ]
    return LayerOut("Polygon", rows, {"LIBELLE": 12, "TYPEZONE": 3, "INSEE": 5})


def programme(zoning: Zoning) -> List[List[str]]:
    """Dwellings of each OAP; the figure of Le Verger (1AUh-12) is missing, on purpose."""
    names = {site.libelle: site.nom for site in SITES}
    table = [["OAP", "NOM", "INSEE", "SURFACE_HA", "LOGEMENTS", "ECHEANCE"]]
    for libelle, density in DENSITES.items():
        (zone,) = zones_of(zoning, libelle)
        hectares = zone.geometrie.area / 1e4
        dwellings = "" if density is None else str(round(hectares * density))
        table.append(
            [
                libelle,
                names[libelle],
                zone.insee,
                _comma(hectares),
                dwellings,
                "2027-2031" if libelle in ALREADY_OPEN else "2031-2036",
            ]
        )
    return table


def renewal_programme(zoning: Zoning) -> List[List[str]]:
    """Dwellings of each OAP of renewal, by the LIBELLE of its prescription."""
    table = [["SECTEUR", "INSEE", "SURFACE_HA", "LOGEMENTS"]]
    for name, (insee, _, density) in RENEWAL.items():
        hectares = renewal_zone(zoning, name).geometrie.area / 1e4
        table.append([name, insee, _comma(hectares), str(round(hectares * density))])
    return table


def projection() -> List[List[str]]:
    """Inhabitants that the PLUi plans for in 2036; the figure of L'Orme-aux-Dames is missing, on purpose."""
    rows = [["INSEE", "NOM", "POP_2036"]]
    rows += [[code, COMMUNES[code].nom, "" if count is None else str(count)] for code, count in PROJECTED.items()]
    return rows


def written_rules() -> List[List[str]]:
    """Numbers of the written règlement, one line by LIBELLE: what someone typed in after reading it."""
    rows = [["ZONE", "PLEINE_TERRE", "SURFACE_VENTE"]]
    rows += [[name, str(share), str(SALES_AREA.get(name, ""))] for name, share in OPEN_GROUND.items()]
    return rows


def _document() -> Dict[str, Any]:
    return {
        "IDURBA": IDURBA,
        "TYPEDOC": "PLUI",
        "ETAT": "03",
        "NOMPROC": "E",
        "DATAPPRO": DATE,
        "SIREN": SIREN,
        "NOMRAPP": f"{SIREN}_rapport_{DATE}.pdf",
        "NOMREG": REGLEMENT,
        "TYPEREF": "01",
        "DATEREF": "20250101",
    }


def _zones(zoning: Zoning) -> List[Dict[str, Any]]:
    rows = []
    park = max((z for z in zoning.zones if z.libelle == "UX"), key=lambda z: z.geometrie.area)
    for number, zone in enumerate(zoning.zones, 1):
        known = kind(zone.libelle)
        # the park of La Plaine keeps its destinations empty, as happens in real archives: unknown, not forbidden
        said = (known.destoui, known.destcdt, known.destnon) if zone is not park else ("", "", "")
        rows.append(
            {
                "LIBELLE": zone.libelle,
                "LIBELONG": known.libelong,
                "TYPEZONE": known.typezone,
                "FORMDOMI": known.formdomi,
                "DESTOUI": said[0] or None,
                "DESTCDT": said[1] or None,
                "DESTNON": said[2] or None,
                "NOMFIC": REGLEMENT,
                "IDURBA": IDURBA,
                "DATVALID": DATE,
                "LIB_IDZONE": f"Z{number:04d}",
                "geometrie": zone.geometrie,
            }
        )
    return rows


def _before(libelle: str) -> Tuple[str, str]:
    """LIBELLE and TYPEZONE of the ground under the previous plans."""
    if libelle in ALREADY_OPEN:
        return "1AU", "AUc"
    if libelle in ALREADY_LATER:
        return "2AU", "AUs"
    known = kind(libelle)
    if known.typezone == "U":
        return "U", "U"
    return ("N", "N") if known.typezone == "N" else ("A", "A")


def _comma(value: float) -> str:
    return f"{value:.2f}".replace(".", ",")
