"""Geometries as they come -> geometries that can be measured: flat, valid, of one dimension each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Iterator, List, Optional, Sequence, Tuple

import numpy as np
import shapely

from ...checks.chunks import chunks, taken_apart
from ...checks.layers import Array, objects
from ...checks.progress import Progress
from ...checks.wording import plural

_CHUNK = 500
_LISTED = 100
_FURTHEST = 1e8  # m: twice the circumference of the Earth
_EMPTY = {2: shapely.Polygon(), 1: shapely.LineString(), 0: shapely.Point()}
_COLLECTION = 7  # GEOS type of a GeometryCollection


@dataclass(frozen=True)
class Prepared:
    """`geometrie`: (n,) flat valid geometries, None where unknown. The rest: positions of the rows concerned."""

    geometrie: Array
    reparees: Array
    nulles: Array
    vides: Array
    inutilisables: Array
    multiples: Array
    en_relief: int

    def limits(self, ids: Sequence[str], cnig: bool = False) -> Tuple[str, ...]:
        """What was found, in French sentences that name the objects; `cnig`: objects in several parts are a defect."""
        found: List[str] = []

        def say(rows: Array, one: str, several: str, end: str) -> None:
            if len(rows):
                found.append(f"{plural(len(rows), one, several)} {end} ({listed(ids, rows)}).")

        say(self.reparees, "géométrie invalide réparée", "géométries invalides réparées", "avant le contrôle")
        say(self.nulles, "objet sans géométrie", "objets sans géométrie", ": non mesurable")
        say(self.vides, "géométrie vide ou aplatie", "géométries vides ou aplaties", ": surface nulle")
        say(
            self.inutilisables,
            "géométrie inutilisable",
            "géométries inutilisables",
            ": coordonnées fausses",
        )
        if cnig and len(self.multiples):
            found.append(
                f"{plural(len(self.multiples), 'objet')} en plusieurs morceaux ({listed(ids, self.multiples, 10)})."
            )
        if self.en_relief:
            found.append(
                f"{plural(self.en_relief, 'géométrie')} en trois dimensions : "
                "l'altitude est ignorée, les mesures sont à plat."
            )
        return tuple(found)


def prepare(wkb: Sequence[Optional[bytes]], progress: Optional[Progress] = None) -> Prepared:
    """Read WKB (None where there is no geometry), drop the altitude, repair.

    `make_valid` may leave lines or points beside a polygon: only parts of the object's own dimension are kept.
    """
    progress = progress or Progress()
    raw = objects(list(wkb))
    null = np.array([value is None for value in raw], dtype=bool)
    vertices = np.fromiter((0 if value is None else len(value) // 16 for value in raw), dtype=np.int64, count=len(raw))
    geometrie = objects([])
    for part in chunks(vertices):  # holds Python's lock
        progress.step(0.0)
        geometrie = np.concatenate([geometrie, shapely.from_wkb(raw[part], on_invalid="ignore")])
    relief = int(shapely.has_z(geometrie).sum())
    geometrie = shapely.force_2d(geometrie)
    broken = (~null & shapely.is_missing(geometrie)) | _without_place(geometrie)
    geometrie[broken] = None
    multiples = shapely.get_num_geometries(geometrie) > 1
    dimensions = shapely.get_dimensions(geometrie)
    reparees = np.concatenate(
        [
            start + np.flatnonzero(~shapely.is_missing(part) & ~shapely.is_valid(part))
            for start, part in _parts(geometrie, progress)
        ]
    )
    for start in range(0, len(reparees), _CHUNK):
        rows = reparees[start : start + _CHUNK]
        geometrie[rows] = shapely.make_valid(geometrie[rows])
        progress.step(start / len(reparees))
    mixed = (shapely.get_type_id(geometrie) == _COLLECTION) | (shapely.get_dimensions(geometrie) != dimensions)
    for row in np.flatnonzero(mixed):
        geometrie[row] = of_dimension(geometrie[row], int(dimensions[row]))
    vides, lost = shapely.is_empty(geometrie), ~null & shapely.is_missing(geometrie)
    return Prepared(
        geometrie,
        reparees[~vides[reparees]],
        np.flatnonzero(null),
        np.flatnonzero(vides),
        np.flatnonzero(lost),
        np.flatnonzero(multiples),
        relief,
    )


def _parts(geometrie: Array, progress: Progress) -> Iterator[Tuple[int, Array]]:
    """The array by parts small enough to cancel between two of them; at least one."""
    for start in range(0, max(len(geometrie), 1), 10 * _CHUNK):
        progress.step(0.0)
        yield start, geometrie[start : start + 10 * _CHUNK]


def of_dimension(geometry: Any, dimension: int) -> Any:
    """The parts of a collection that have this dimension, as one geometry; an empty one when there is none."""
    parts = shapely.get_parts(shapely.get_parts(geometry))
    parts = parts[(shapely.get_dimensions(parts) == dimension) & ~shapely.is_empty(parts)]
    return shapely.union_all(parts) if len(parts) else _EMPTY[dimension]


def listed(ids: Sequence[str], rows: Sequence[int], limit: int = _LISTED) -> str:
    """`objet 12`, `objets 3, 12 et 40`, `objets 3, 12, … (250 en tout)`."""
    names = [str(ids[row]) for row in rows[:limit]]
    if len(rows) == 1:
        return f"objet {names[0]}"
    if len(rows) > limit:
        return f"objets {', '.join(names)}, … ({len(rows)} en tout)"
    return f"objets {', '.join(names[:-1])} et {names[-1]}"


def _without_place(geometrie: Array) -> Array:
    """True where a coordinate is infinite, not a number, or further than any place on Earth (m or degrees)."""
    coordinates, rows = taken_apart(shapely.get_coordinates, geometrie)
    out = np.zeros(len(geometrie), dtype=bool)
    out[rows[~(np.abs(coordinates) < _FURTHEST).all(axis=1)]] = True
    return out
