"""The SCoT's layers as a control uses them: filtered, buffered, with their precision, and what is missing said."""

from __future__ import annotations

from dataclasses import dataclass
from typing import List, Mapping, Optional, Sequence, Tuple

import numpy as np
import shapely

from ..rules.model import Couche, Quantity, ReadInField, RefCouche
from ..rules.words import fold
from .chunks import chunks
from .context import Context, NotEvaluable, as_key, as_number, rows_where
from .layers import Array, Layer, drawn
from .progress import Progress
from .wording import names, plural

#: dimension of each geometry of the language, and how its objects are called
DIMENSIONS = {"surface": 2, "ligne": 1, "point": 0}
GEOMETRIES = {2: "surfaces", 1: "lignes", 0: "points"}
#: segments per quarter of circle in a buffer: 0.5 % of the radius at most is lost on arcs
QUAD_SEGS = 16
#: vertices buffered between two questions about cancel
BUFFERED_AT_ONCE = 10_000


@dataclass(frozen=True)
class CoucheLue:
    """Objects of one layer. `geometrie` is buffered by `tampon`; `precision` is a full width in m, one per object."""

    nom: str
    libelle: str
    layer: Layer
    geometrie: Array
    precision: Array
    meets: bool  # at least one object meets the ground of the PLU


@dataclass(frozen=True)
class Couches:
    """Several layers taken together. `manquantes` are the causes for those that cannot be known."""

    lues: Tuple[CoucheLue, ...]
    manquantes: Tuple[str, ...] = ()
    limites: Tuple[str, ...] = ()

    @property
    def geometrie(self) -> Array:
        return np.concatenate([lue.geometrie for lue in self.lues]) if self.lues else np.empty(0, dtype=object)

    @property
    def precision(self) -> Array:
        return np.concatenate([lue.precision for lue in self.lues]) if self.lues else np.empty(0)

    @property
    def meets(self) -> bool:
        return any(lue.meets for lue in self.lues)

    @property
    def libelle(self) -> str:
        return names([lue.libelle for lue in self.lues], limit=8)


def read_couches(
    context: Context, refs: Sequence[RefCouche], *, vide_admis: bool = False, elsewhere_is_nothing: bool = False
) -> Couches:
    """The layers of `refs`. A layer that is not found, empty, or that lies elsewhere is in `manquantes`.

    `vide_admis`: an empty layer has no object here, and that is known.
    `elsewhere_is_nothing`: for `hors` and `sans_compter`, a layer that lies elsewhere removes nothing.
    Raises `NotEvaluable` when none of them can be known.
    """
    lues: List[CoucheLue] = []
    manquantes: List[str] = []
    limites: List[str] = []
    for ref in refs:
        try:
            lue, said = _read(context, ref, vide_admis, elsewhere_is_nothing)
        except NotEvaluable as missing:
            manquantes.append(str(missing))
        else:
            lues.append(lue)
            limites += said
    if refs and not lues:
        raise NotEvaluable(" ".join(manquantes))
    return Couches(tuple(lues), tuple(manquantes), tuple(limites))


def _read(
    context: Context, ref: RefCouche, vide_admis: bool, elsewhere_is_nothing: bool
) -> Tuple[CoucheLue, List[str]]:
    declared, layer = context.couche(ref.nom)
    read = context.layers[ref.nom]
    limites = [] if read.filtered else _without_value(read, declared.filtre, ref.nom)
    limites += _without_value(layer, ref.ou, ref.nom)
    layer = layer.take(rows_where(layer, ref.ou, ref.nom))
    rows, layer = len(layer), layer.take(drawn(layer.geometrie))
    if rows > len(layer):
        lost = plural(rows - len(layer), "objet")
        if not len(layer):
            raise NotEvaluable(
                f"Aucune des géométries de « {ref.nom} » n'est lisible ({lost}) : vérifiez la donnée et sa projection."
            )
        limites.append(
            f"Couche « {ref.nom} » : {lost} sans géométrie lisible, non examiné{'s' * (rows - len(layer) > 1)}."
        )
    libelle = declared.libelle or ref.nom
    if not len(layer) and not (vide_admis or declared.vide_admis):
        filtered = " après filtre" if declared.filtre or ref.ou else ""
        raise NotEvaluable(
            f"Couche vide{filtered} : « {ref.nom} » ({libelle}) n'a aucun objet ; vérifiez la donnée, ou écrivez "
            "« vide_admis: oui » si c'est bien le cas."
        )
    limites += _other_geometries(layer, declared)
    geometrie, unknown = _buffered(layer, declared, context.progress)
    if unknown:
        raise NotEvaluable(unknown)
    if len(layer) and not elsewhere_is_nothing and not context.touches_extent(geometrie):
        raise NotEvaluable(
            f"La couche « {ref.nom} » ({libelle}) ne couvre pas le territoire de ce PLU : son emprise est ailleurs. "
            "Vérifiez que c'est la bonne couche."
        )
    precision, said = _precision(layer, declared)
    meets = bool(context.meets_ground(geometrie).any()) if len(geometrie) else False
    return CoucheLue(ref.nom, libelle, layer, geometrie, precision, meets), limites + said


def _without_value(layer: Layer, ou: Mapping[str, Tuple[str, ...]], nom: str) -> List[str]:
    """Objects whose field is empty: a filter leaves them out without knowing, so they are said."""
    said = []
    for champ in ou:
        column = layer.colonne(champ)
        empty = sum(1 for value in column if not as_key(value)) if column is not None else 0
        if empty:
            verb = "est écarté" if empty == 1 else "sont écartés"
            said.append(f"Couche « {nom} » : {plural(empty, 'objet')} sans {champ} renseigné {verb} par le filtre.")
        said += _near_misses(layer, champ, ou[champ], nom)
    return said


def _near_misses(layer: Layer, champ: str, values: Sequence[str], nom: str) -> List[str]:
    """Values that a filter leaves out although only case, accents or leading zeros tell them from one it keeps."""
    column = layer.colonne(champ)
    wanted = {as_key(value) for value in values}
    alike = {_plain(value) for value in wanted}
    found = {as_key(value) for value in column} if column is not None else set()
    near = sorted(value for value in found - wanted if value and _plain(value) in alike)
    if not near:
        return []
    return [f"Couche « {nom} » : {champ} vaut aussi {names(near)}, que le filtre écarte : écrit autrement ?"]


def _plain(value: str) -> str:
    return fold(value).lstrip("0") or "0"


def _other_geometries(layer: Layer, declared: Couche) -> List[str]:
    """The limit for objects that are not of the declared geometry. Raises `NotEvaluable` when none is."""
    other = shapely.get_dimensions(layer.geometrie) != DIMENSIONS[declared.geometrie]
    if not other.any():
        return []
    found = names([GEOMETRIES[int(dim)] for dim in np.unique(shapely.get_dimensions(layer.geometrie[other]))])
    said = f"La couche « {declared.nom} » est déclarée « geometrie: {declared.geometrie} » mais contient des {found}"
    if other.all():
        raise NotEvaluable(f"{said} : corrigez « geometrie », ou la couche.")
    return [f"{said} ({plural(int(other.sum()), 'objet')})."]


def _buffered(layer: Layer, declared: Couche, progress: Progress) -> Tuple[Array, str]:
    """The geometries with their `tampon` (half-width, flat caps), or why it is not known."""
    if declared.tampon is None or not len(layer):
        return layer.geometrie, ""
    distance, unread = _lengths(layer, declared.tampon)
    if distance is None and isinstance(declared.tampon, ReadInField):
        champ = declared.tampon.champ
        return layer.geometrie, (
            f"La couche « {declared.nom} » n'a pas de champ {champ}{layer.lacks(champ)} Corrigez son « tampon »."
        )
    if distance is None or unread:
        champ = declared.tampon.champ if isinstance(declared.tampon, ReadInField) else ""
        return layer.geometrie, (
            f"La largeur de {plural(unread or len(layer), 'objet')} de la couche « {declared.nom} » n'est pas "
            f"renseignée (champ {champ}) : complétez-la."
        )
    dims = shapely.get_dimensions(layer.geometrie)
    if isinstance(declared.tampon, ReadInField) and ((distance == 0) & (dims < 2)).any():
        nothing = plural(int(((distance == 0) & (dims < 2)).sum()), "objet")
        return layer.geometrie, (
            f"La largeur de {nothing} de la couche « {declared.nom} » est nulle (champ {declared.tampon.champ}) : "
            "complétez-la."
        )
    geometrie = layer.geometrie.copy()
    for rows, cap in ((np.flatnonzero(dims != 0), "flat"), (np.flatnonzero(dims == 0), "round")):
        for part in chunks(shapely.get_num_coordinates(geometrie[rows]), BUFFERED_AT_ONCE):
            progress.step(0.0)
            some = rows[part]
            geometrie[some] = shapely.buffer(geometrie[some], distance[some], quad_segs=QUAD_SEGS, cap_style=cap)
    return geometrie, ""


def _precision(layer: Layer, declared: Couche) -> Tuple[Array, List[str]]:
    if declared.precision is None:
        return np.zeros(len(layer)), [not_precise(declared.nom)]
    widths, unread = _lengths(layer, declared.precision)
    if widths is None:
        return np.zeros(len(layer)), [f"Précision de la couche « {declared.nom} » illisible : elle est prise nulle."]
    limites = []
    if unread:
        limites = [f"Couche « {declared.nom} » : précision non renseignée pour {plural(unread, 'objet')}, prise nulle."]
    return widths, limites


def not_precise(nom: str) -> str:
    return f"Précision de la couche « {nom} » non déclarée : tout recouvrement, même très mince, est compté."


def _lengths(layer: Layer, value: "Quantity | ReadInField") -> Tuple[Optional[Array], int]:
    """Lengths in m, one per object, and how many could not be read (0 there); None when the field is absent."""
    if isinstance(value, Quantity):
        return np.full(len(layer), value.to("m")), 0
    column = layer.colonne(value.champ)
    if column is None:
        return None, len(layer)
    factor = Quantity(1.0, value.unite).to("m")
    read = [as_number(item) for item in column]
    unread = sum(1 for item in read if item is None or item < 0)
    return np.array([item * factor if item is not None and item >= 0 else 0.0 for item in read]), unread
