"""The commune of each object by its INSEE field, where it can be believed, and the communes of the document."""

from __future__ import annotations

from typing import NamedTuple

import shapely

from ..layers import Array, Layer
from ..wording import number, plural
from .colonnes import distinct, few, recode
from .document import INSEE, Document, insee_texts

#: A document of several communes (SIREN) that lists only one: believed up to this area. The mean commune has 15 km².
_AREA_OF_ONE = 100.0
#: Arles, the largest commune of metropolitan France, has 759 km²: no single code can cover more (overseas not tested).
_AREA_OF_ANY = 800.0
_METROPOLE = ("EPSG:2154",)


class Insee(NamedTuple):
    codes: Array | None  # (n,) INSEE codes, None unknown; None as a whole when the field cannot be used
    manque: str
    limites: tuple[str, ...]


def listed(document: Document, area_km2: float) -> tuple[str, ...]:
    """The communes that DOC_URBA_COM gives, unless one is listed for a ground that is clearly of several."""
    if len(document.listees) == 1 and document.siren and area_km2 > _AREA_OF_ONE:
        document.limit(
            "DOC_URBA_COM",
            f"Une seule commune ({document.listees[0]}) pour un document intercommunal de "
            f"{number(area_km2, 0)} km² : liste incomplète, non retenue.",
        )
        return ()
    return document.listees


def of_document(document: Document, known: tuple[str, ...], zones: Insee) -> tuple[str, ...]:
    """DOC_URBA_COM, else the INSEE that IDURBA holds, else the INSEE field of the zones."""
    if known or document.listees:  # listed but not believed: unknown
        return known
    if document.parts is not None and INSEE.fullmatch(document.parts.code):
        return (document.parts.code,)
    return tuple(sorted(distinct(zones.codes)))


def read(layer: Layer, document: Document, known: tuple[str, ...], area_km2: float, crs: str) -> Insee:
    """INSEE of each object of a layer. `known`: communes of the document, () unknown; `area_km2`: of its zones.

    One code for all objects is not believed when the document has several communes, or too much ground for one.
    """
    values = insee_texts(layer)
    found = distinct(values)
    if values is None or not found:
        return Insee(None, "champ INSEE" if values is None else "champ INSEE (présent mais vide)", ())
    if len(found) == 1 and len(layer) > 1:
        too_large = area_km2 > _AREA_OF_ONE if document.siren else crs in _METROPOLE and area_km2 > _AREA_OF_ANY
        if len(known) > 1 or too_large:
            where = f"{len(known)} communes" if len(known) > 1 else f"{number(area_km2, 0)} km²"
            return Insee(
                None,
                "champ INSEE fiable",
                (
                    f"INSEE vaut {found[0]} sur les {plural(len(layer), 'objet')}, mais le document couvre {where} : "
                    "champ non retenu, la commune de chaque objet se cherche par sa position.",
                ),
            )
    limits: list[str] = []
    wrong = {value for value in found if not INSEE.fullmatch(value)}
    if wrong:
        limits.append(f"Codes INSEE illisibles ({few(sorted(wrong))}), tenus pour inconnus.")
    elsewhere = {value for value in found if value not in wrong and known and value not in known}
    if elsewhere:
        rows = int(sum(value in elsewhere for value in values))
        limits.append(
            f"{plural(rows, 'objet')} sur {len(layer)} d'INSEE {few(sorted(elsewhere))}, "
            f"hors des communes du document ({few(known)})."
        )
    absent = int(sum(value is None for value in values))
    if absent:
        limits.append(f"{plural(absent, 'objet')} sans code INSEE.")
    return Insee(recode(values, lambda value: None if value in wrong else value), "", tuple(limits))


def area_km2(zones: Layer) -> float:
    """Sum of the areas of the zones, overlaps included: an order of magnitude."""
    return float(shapely.area(zones.geometrie).sum(where=~shapely.is_missing(zones.geometrie))) / 1e6
