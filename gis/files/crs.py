"""Projections: the legal one of the territory, and which one a layer is truly in.

Legal projections: décret 2000-1276 modifié, arrêté du 5 mars 2019; CNIG PLU 2025-06 p. 17.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Dict, Optional, Tuple

from osgeo import osr
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCoordinateTransformContext,
    QgsCsException,
    QgsRectangle,
)

#: legal projection -> (name, territories, box in longitude and latitude)
LEGALES: Dict[str, Tuple[str, str, Tuple[float, float, float, float]]] = {
    "EPSG:2154": ("Lambert-93", "France métropolitaine", (-5.8, 41.0, 10.2, 51.5)),
    "EPSG:5490": ("RGAF09 / UTM 20 Nord", "Guadeloupe, Martinique", (-63.7, 14.0, -60.2, 18.6)),
    "EPSG:2972": ("RGFG95 / UTM 22 Nord", "Guyane", (-54.9, 2.0, -51.0, 6.1)),
    "EPSG:2975": ("RGR92 / UTM 40 Sud", "La Réunion", (54.9, -21.7, 56.2, -20.5)),
    "EPSG:4471": ("RGM04 / UTM 38 Sud", "Mayotte", (44.7, -13.3, 45.6, -12.4)),
    "EPSG:4467": ("RGSPM06 / UTM 21 Nord", "Saint-Pierre-et-Miquelon", (-56.9, 46.5, -55.8, 47.4)),
}
_PARAMETERS = (
    osr.SRS_PP_CENTRAL_MERIDIAN,
    osr.SRS_PP_LATITUDE_OF_ORIGIN,
    osr.SRS_PP_FALSE_EASTING,
    osr.SRS_PP_FALSE_NORTHING,
    osr.SRS_PP_SCALE_FACTOR,
)
#: parallels and meridians of a .prj are rounded or worn (49.00000000001): a tenth of a second of arc is nothing else
_DEGREES, _METRES = 3e-5, 0.01


class CrsError(Exception):
    """No legal projection fits; the message is a French sentence."""


def legal(crs: QgsCoordinateReferenceSystem) -> Tuple[str, str]:
    """The legal projection that `crs` is in fact, and a limit when only its parameters tell; ("", "") for another.

    The geodetic systems of the realisations of RGF93 differ by centimetres: they are taken as one.
    """
    authid = crs.authid()
    if authid in LEGALES:
        return authid, ""
    if not crs.isValid() or crs.isGeographic():
        return "", ""
    seen = _signature(crs.toWkt(QgsCoordinateReferenceSystem.WKT_PREFERRED))
    for code, (nom, _, _) in LEGALES.items():
        if authid.startswith("EPSG:") and code != "EPSG:2154":
            continue  # the same UTM zone under another datum is another projection, and EPSG knows which
        if seen is not None and _same(seen, _known(code)):
            if authid.startswith("EPSG:"):
                return code, f"Projection {describe(crs)} prise pour {nom} ({code}), dont elle a les paramètres."
            said = authid or crs.description() or "sans nom"
            return code, f"Projection écrite sans code EPSG ({said}), reconnue par ses paramètres : {nom} ({code})."
    return "", ""


def legal_at(crs: QgsCoordinateReferenceSystem, extent: QgsRectangle) -> str:
    """The legal projection of the territory that `extent`, in `crs`, lies in.

    Raises CrsError when it lies in none.
    """
    code, _ = legal(crs)
    if code:
        return code
    try:
        box = transform(crs, "EPSG:4326").transformBoundingBox(extent)
    except QgsCsException as error:
        raise CrsError(
            f"Les coordonnées ne vont pas avec la projection déclarée, {describe(crs)} : corrigez-la."
        ) from error
    centre = box.center()
    for code, (_, _, (west, south, east, north)) in LEGALES.items():
        if west <= centre.x() <= east and south <= centre.y() <= north:
            return code
    raise CrsError(
        f"Le zonage se trouve hors des territoires français qui ont une projection légale connue ici "
        f"(longitude {centre.x():.2f}, latitude {centre.y():.2f} selon sa projection, {describe(crs)}) : "
        "vérifiez la projection déclarée."
    )


def misplaced(code: str, bounds: Tuple[float, float, float, float]) -> str:
    """A limit when `bounds` (xmin, ymin, xmax, ymax in the projection `code`) lie outside its territory, else ""."""
    nom, territoire, (west, south, east, north) = LEGALES[code]
    try:
        box = transform(QgsCoordinateReferenceSystem("EPSG:4326"), code).transformBoundingBox(
            QgsRectangle(west, south, east, north)
        )
    except QgsCsException:
        return ""
    if box.intersects(QgsRectangle(*bounds)):
        return ""
    return (
        f"Les coordonnées (x {bounds[0]:.0f} à {bounds[2]:.0f}, y {bounds[1]:.0f} à {bounds[3]:.0f}) sortent "
        f"du territoire de la projection {nom} ({territoire}) : la projection déclarée est sans doute fausse."
    )


def in_degrees(bounds: Tuple[float, float, float, float]) -> bool:
    """True when bounds that should be metres can only be degrees: the size of a country at most, near the origin."""
    west, south, east, north = bounds
    inside = -180 <= west <= east <= 180 and -90 <= south <= north <= 90
    return inside and 0 < max(east - west, north - south) < 10


def guess(extent: QgsRectangle) -> str:
    """What coordinates without a projection look like, in French, to help the user answer; "" when nothing fits."""
    if extent.isNull() or extent.isEmpty() and not extent.center().x():
        return ""
    x, y = extent.center().x(), extent.center().y()
    if abs(x) <= 180 and abs(y) <= 90:
        return "ses coordonnées ressemblent à des degrés, EPSG:4326"
    if 0 < x < 1_300_000 and 6_000_000 < y < 7_200_000:
        return "ses coordonnées ressemblent à du Lambert-93, EPSG:2154"
    zone = int(round((y - 200_000) / 1_000_000)) + 41  # CC42 to CC50: false northing 1 200 000, then + 1 000 000 a zone
    if 1_200_000 < x < 2_300_000 and 42 <= zone <= 50:
        return f"ses coordonnées ressemblent à du CC{zone}, EPSG:{3900 + zone}"
    return ""


def transform(source: QgsCoordinateReferenceSystem, target: str) -> QgsCoordinateTransform:
    return QgsCoordinateTransform(source, QgsCoordinateReferenceSystem(target), QgsCoordinateTransformContext())


def describe(crs: QgsCoordinateReferenceSystem) -> str:
    """The code and name of a projection for a message."""
    return (
        " ".join(part for part in (crs.authid(), f"({crs.description()})" if crs.description() else "") if part)
        or "sans nom"
    )


@cache
def _known(code: str) -> Optional[Tuple]:
    return _signature(QgsCoordinateReferenceSystem(code).toWkt(QgsCoordinateReferenceSystem.WKT_PREFERRED))


@lru_cache(maxsize=64)
def _signature(wkt: str) -> Optional[Tuple[str, Tuple[float, ...], Tuple[float, ...]]]:
    """(family, angles, lengths) of a projected system on GRS80; None for anything else."""
    srs = osr.SpatialReference()
    srs.ImportFromWkt(wkt)
    if (
        not srs.IsProjected()
        or abs(srs.GetSemiMajor() - 6378137) > 0.01
        or abs(srs.GetInvFlattening() - 298.257222101) > 1e-7
    ):
        return None
    if abs(srs.GetLinearUnits() - 1) > 1e-9:
        return None
    family = (srs.GetAttrValue("PROJECTION") or "").lower()
    meridian, latitude, easting, northing, scale = (
        srs.GetProjParm(name, 1.0 if "scale" in name else 0.0) for name in _PARAMETERS
    )
    parallels: Tuple[float, ...] = ()
    if family.startswith("lambert_conformal_conic"):
        family = "lambert_conformal_conic"
        parallels = tuple(
            sorted(
                srs.GetProjParm(name, latitude)
                for name in (osr.SRS_PP_STANDARD_PARALLEL_1, osr.SRS_PP_STANDARD_PARALLEL_2)
            )
        )
    return family, (meridian, latitude) + parallels, (easting, northing, 1000 * scale)


def _same(seen: Tuple, known: Optional[Tuple]) -> bool:
    if known is None or seen[0] != known[0] or len(seen[1]) != len(known[1]):
        return False
    return all(abs(a - b) <= _DEGREES for a, b in zip(seen[1], known[1])) and all(
        abs(a - b) <= _METRES for a, b in zip(seen[2], known[2])
    )
