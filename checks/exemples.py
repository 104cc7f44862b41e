"""`exemples:` of a rule file: rows with WKT -> a PLU, layers and tables, normalised as a real PLU is (section 10)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Dict, List, Mapping, Optional, Sequence, Tuple

import shapely

from ..rules.model import Periode, RuleSet
from ..rules.units import read_horizon
from .layers import Layer, from_rows, objects
from .plu import Plu, normalise

CRS = "EPSG:2154"
SUFFIXES = ("SURF", "LIN", "PCT")


def build(exemple: Mapping[str, Any], rules: RuleSet) -> Tuple[Plu, Dict[str, Layer], Dict[str, Layer]]:
    """The PLU, the layers and the tables of one example; what it does not give is absent, `[]` is present and empty.

    Raises `plu.PluError` when its zones cannot make a PLU, ValueError on a WKT that cannot be read.
    """
    tables = {"ZONE_URBA": _layer("ZONE_URBA", exemple.get("zones") or [])}
    for key, prefix in (("prescriptions_plu", "PRESCRIPTION"), ("informations_plu", "INFO")):
        if key in exemple:
            tables.update(_by_geometry(prefix, exemple[key] or []))
    complet = str(exemple.get("plu_complet", "non")).lower() in ("oui", "true")
    plu = normalise(tables, nom=str(exemple.get("nom", "exemple")), crs=CRS, complet=complet)
    layers = {nom: _layer(nom, rows or []) for nom, rows in (exemple.get("couches") or {}).items()}
    if "communes" in exemple and rules.territoires.couche is not None:
        nom, code, label = rules.territoires.couche, rules.territoires.code, rules.territoires.nom
        rows = [{code: row.get("INSEE"), label: row.get("NOM", row.get("INSEE")), **row} for row in exemple["communes"]]
        layers[nom] = _layer(nom, rows)
    figures = {nom: _layer(nom, rows or []) for nom, rows in (exemple.get("tables") or {}).items()}
    return plu, layers, figures


def horizon(exemple: Mapping[str, Any]) -> Optional[Periode]:
    """The horizon of the PLU of an example, None when it gives none."""
    return read_horizon(str(exemple.get("horizon") or ""))


def _layer(nom: str, rows: Sequence[Mapping[str, Any]]) -> Layer:
    layer = from_rows(nom, rows, geometry_key="wkt")
    geometrie = objects([None if text is None else shapely.from_wkt(str(text)) for text in layer.geometrie])
    return replace(layer, geometrie=geometrie, filtered=True)


def _by_geometry(prefix: str, rows: Sequence[Mapping[str, Any]]) -> Dict[str, Layer]:
    """The geometry says SURF, LIN or PCT; the three layers are given together."""
    sorted_rows: Dict[str, List[Mapping[str, Any]]] = {suffix: [] for suffix in SUFFIXES}
    for row in rows:
        dimension = int(shapely.get_dimensions(shapely.from_wkt(str(row["wkt"]))))
        sorted_rows[SUFFIXES[2 - dimension]].append(row)
    return {f"{prefix}_{suffix}": _layer(f"{prefix}_{suffix}", found) for suffix, found in sorted_rows.items()}
