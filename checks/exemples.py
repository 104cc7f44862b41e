"""`exemples:` of a rule file, played: rows with WKT -> a PLU, layers and tables, normalised as a real PLU is; a run;
the state of each prescription beside the one that is announced (section 10)."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, replace
from typing import Any, Dict, List, Mapping, Optional, Sequence, Tuple

import shapely

from ..rules.model import Periode, RuleSet
from ..rules.reading.nodes import MapNode, position
from ..rules.types import Day
from ..rules.units import read_horizon
from . import engine
from .base import Etat
from .expressions import Evaluator
from .layers import Layer, from_rows, objects
from .plu import Plu, PluError, normalise
from .progress import Progress

CRS = "EPSG:2154"
SUFFIXES = ("SURF", "LIN", "PCT")


@dataclass(frozen=True)
class Outcome:
    """One prescription in one example. `trouve` is None when the example could not be played, `message` says why."""

    exemple: str
    prescription: str
    attendu: str
    trouve: Optional[Etat]
    message: str
    fichier: str = ""
    ligne: int = 0  # of the announced state

    @property
    def passed(self) -> bool:
        return self.trouve is not None and self.trouve.value == self.attendu


def play(
    rules: RuleSet,
    *,
    expressions: Optional[Evaluator] = None,
    progress: Optional[Progress] = None,
    date: Optional[datetime.date] = None,
) -> List[Outcome]:
    """What each example gives, in the order of the file. `date`: of the run, for those that give none.

    Raises `Cancelled`; an example that cannot be played is an outcome.
    """
    progress = progress or Progress()
    found: List[Outcome] = []
    for rank, exemple in enumerate(rules.exemples):
        part = progress.span(rank / len(rules.exemples), (rank + 1) / len(rules.exemples))
        part.step(0.0, str(exemple["nom"]))
        found += _outcomes(exemple, rules, expressions, part, date)
    return found


def _outcomes(
    exemple: Mapping[str, Any],
    rules: RuleSet,
    expressions: Optional[Evaluator],
    progress: Progress,
    date: Optional[datetime.date],
) -> List[Outcome]:
    attendu = exemple["attendu"]
    asked = replace(rules, prescriptions=tuple(one for one in rules.prescriptions if one.id in attendu))
    states: Dict[str, Tuple[Optional[Etat], str]] = {}
    try:
        plu, layers, tables = build(exemple, asked)
    except (PluError, ValueError) as error:
        states = dict.fromkeys(attendu, (None, f"L'exemple ne peut pas être joué : {error}"))
    else:
        result = engine.run(
            asked,
            plu,
            layers,
            tables,
            progress=progress,
            date=_date(exemple) or date,
            horizon=horizon(exemple),
            expressions=expressions,
        )
        for answer in result.answers:
            said = next(constat.message for constat in answer.constats if constat.etat == answer.etat)
            states[answer.prescription.id] = (answer.etat, said)
    found: List[Outcome] = []
    for key, etat in attendu.items():
        fichier, ligne, _ = position(attendu.keys_at.get(key)) if isinstance(attendu, MapNode) else ("", 0, 0)
        found.append(Outcome(str(exemple["nom"]), str(key), str(etat), *states[key], fichier, ligne))
    return found


def _date(exemple: Mapping[str, Any]) -> Optional[datetime.date]:
    iso = Day().convert(str(exemple.get("date") or ""))[0]
    return datetime.date.fromisoformat(iso) if iso else None


def build(exemple: Mapping[str, Any], rules: RuleSet) -> Tuple[Plu, Dict[str, Layer], Dict[str, Layer]]:
    """The PLU, the layers and the tables of one example; what it does not give is absent, `[]` is present and empty.

    Raises `plu.PluError` when its zones cannot make a PLU, ValueError on a WKT that cannot be read.
    """
    tables = {"ZONE_URBA": _layer("ZONE_URBA", _rows(exemple.get("zones")))}
    for key, prefix in (("prescriptions_plu", "PRESCRIPTION"), ("informations_plu", "INFO")):
        if key in exemple:
            tables.update(_by_geometry(prefix, _rows(exemple[key])))
    complet = str(exemple.get("plu_complet", "non")).lower() in ("oui", "true")
    plu = normalise(tables, nom=str(exemple.get("nom", "exemple")), crs=CRS, complet=complet)
    layers = {nom: _layer(nom, _rows(rows)) for nom, rows in (exemple.get("couches") or {}).items()}
    if "communes" in exemple and rules.territoires.couche is not None:
        nom, code, label = rules.territoires.couche, rules.territoires.code, rules.territoires.nom
        given = _rows(exemple["communes"])
        rows = [{code: row.get("INSEE"), label: row.get("NOM", row.get("INSEE")), **row} for row in given]
        layers[nom] = _layer(nom, rows)
    figures = {nom: _layer(nom, _rows(rows)) for nom, rows in (exemple.get("tables") or {}).items()}
    return plu, layers, figures


def horizon(exemple: Mapping[str, Any]) -> Optional[Periode]:
    """The horizon of the PLU of an example, None when it gives none."""
    return read_horizon(str(exemple.get("horizon") or ""))


def _rows(given: Any) -> Sequence[Mapping[str, Any]]:
    """The rows of a list; one alone may be written without it."""
    return [given] if isinstance(given, Mapping) else given or []


def _layer(nom: str, rows: Sequence[Mapping[str, Any]]) -> Layer:
    layer = from_rows(nom, rows, geometry_key="wkt")
    return replace(layer, geometrie=objects([_geometry(nom, text) for text in layer.geometrie]), filtered=True)


def _geometry(nom: str, wkt: Any) -> Any:
    """The geometry of a row, flat, None where it gives none. Raises ValueError: what is not sound is not repaired."""
    if wkt is None:
        return None
    short = str(wkt) if len(str(wkt)) <= 60 else f"{str(wkt)[:60]}…"
    try:
        geometry = shapely.force_2d(shapely.from_wkt(str(wkt)))
    except shapely.errors.ShapelyError as error:
        raise ValueError(f"une géométrie de {nom} est illisible, « {short} » ({error}).") from error
    if not shapely.is_valid(geometry):
        raise ValueError(
            f"une géométrie de {nom} n'est pas valide, « {short} » : son contour se recoupe, elle n'a pas assez de "
            "points distincts ou une coordonnée n'est pas un nombre ; corrigez-la."
        )
    return geometry


def _by_geometry(prefix: str, rows: Sequence[Mapping[str, Any]]) -> Dict[str, Layer]:
    """The geometry says SURF, LIN or PCT; the three layers are given together."""
    sorted_rows: Dict[str, List[Mapping[str, Any]]] = {suffix: [] for suffix in SUFFIXES}
    for row in rows:
        dimension = int(shapely.get_dimensions(_geometry(prefix, row.get("wkt"))))
        if dimension < 0:
            raise ValueError(f"une ligne de {prefix} n'a pas de géométrie (wkt) : surface, ligne ou point ?")
        sorted_rows[SUFFIXES[2 - dimension]].append(row)
    return {f"{prefix}_{suffix}": _layer(f"{prefix}_{suffix}", found) for suffix, found in sorted_rows.items()}
