"""The SCoT's layers as a control uses them: filtered, buffered, with their precision, and what is missing said."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import List, Mapping, Optional, Sequence, Tuple

import numpy as np
import shapely

from ..rules.model import ACompleter, Couche, Longueur, LongueurDue, Quantity, RefCouche
from ..rules.types.lengths import say_length
from ..rules.words import fold
from .chunks import chunks
from .context import Context, NotEvaluable, as_key, as_number, not_entered, rows_where
from .layers import Array, Layer, drawn
from .objets import Objets
from .progress import Progress
from .slivers import MARGIN
from .wording import names, plural

#: dimension of each geometry of the language, and how its objects are called
DIMENSIONS = {"surface": 2, "ligne": 1, "point": 0}
GEOMETRIES = {2: "surfaces", 1: "lignes", 0: "points"}
#: segments per quarter of circle in a buffer, at least
QUAD_SEGS = 16
#: most that is lost on the arcs of a buffer (m)
ARC = 0.05
#: vertices buffered between two questions about cancel
BUFFERED_AT_ONCE = 3_000


@dataclass(frozen=True)
class CoucheLue:
    """Objects of one layer. `geometrie` is what a control compares, `tampon` and `a_moins_de` included; `precision`
    is a full width in m, one per object."""

    nom: str
    libelle: str
    layer: Layer
    geometrie: Array
    precision: Array
    meets: bool  # at least one object meets the ground of the PLU


@dataclass(frozen=True)
class Couches:
    """Several layers taken together. `manquantes` are the causes for those that cannot be known.

    `a_moins_de`: the distance within which they are taken, None when they are taken as they are.
    """

    lues: Tuple[CoucheLue, ...]
    manquantes: Tuple[str, ...] = ()
    limites: Tuple[str, ...] = ()
    a_moins_de: Optional[LongueurDue] = None

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
        return self.named("et")

    def named(self, liaison: str) -> str:
        """`« Centralités » ou « Gares »`."""
        return names([f"« {lue.libelle} »" for lue in self.lues], 8, liaison)

    def proches(self, liaison: str = "ou") -> str:
        """`15 m (à vol d'oiseau) de « Cours d'eau »`, after "à moins de"; "" when no distance is asked."""
        return f"{say_length(self.a_moins_de)} (à vol d'oiseau) de {self.named(liaison)}" if self.a_moins_de else ""

    def as_objets(self) -> Objets:
        """Their objects, as those of a control that bears on layers."""
        layers = tuple(replace(lue.layer, nom=lue.nom) for lue in self.lues)
        counts = [len(layer) for layer in layers]
        return Objets(
            layers,
            np.repeat(np.arange(len(layers)), counts),
            np.concatenate([np.arange(count) for count in counts]).astype(int),
            self.geometrie,
            np.ones(sum(counts), dtype=bool),
            np.ones(sum(counts)),
            self.manquantes,
        )


def read_couches(
    context: Context,
    refs: Sequence[RefCouche],
    *,
    a_moins_de: Optional[LongueurDue] = None,
    reach: float = 0.0,
    vide_admis: bool = False,
    elsewhere_is_nothing: bool = False,
) -> Couches:
    """The layers of `refs`. A layer that is not found, empty, or that lies elsewhere is in `manquantes`.

    `a_moins_de`: what lies within this distance of them is taken with them, in a straight line.
    `reach`: how far (m) from its objects a layer still says something of the PLU.
    `vide_admis`: an empty layer has no object here, and that is known.
    `elsewhere_is_nothing`: for `hors` and `sans_compter`, a layer that lies elsewhere removes nothing.
    Raises `NotEvaluable` when none of them can be known.
    """
    lues: List[CoucheLue] = []
    manquantes: List[str] = []
    limites: List[str] = []
    for ref in refs:
        try:
            lue, said = _read(context, ref, a_moins_de, reach, vide_admis, elsewhere_is_nothing)
        except NotEvaluable as missing:
            manquantes.append(str(missing))
        else:
            lues.append(lue)
            limites += said
    if refs and not lues:
        raise NotEvaluable(" ".join(dict.fromkeys(manquantes)))
    return Couches(tuple(lues), tuple(manquantes), tuple(limites), a_moins_de)


def _read(
    context: Context,
    ref: RefCouche,
    a_moins_de: Optional[LongueurDue],
    reach: float,
    vide_admis: bool,
    elsewhere_is_nothing: bool,
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
    geometrie = _widened(layer, declared, a_moins_de, context.progress) if len(layer) else layer.geometrie
    if len(layer) and not elsewhere_is_nothing and not context.touches_extent(geometrie, reach):
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


def _widened(layer: Layer, declared: Couche, a_moins_de: Optional[LongueurDue], progress: Progress) -> Array:
    """The geometries with their `tampon` (half-width, flat caps), then the round band within `a_moins_de` of them.

    Raises `NotEvaluable` when the width of an object is not known.
    """
    geometrie = layer.geometrie
    for key, value, cap in (("tampon", declared.tampon, "flat"), ("a_moins_de", a_moins_de, "round")):
        if value is not None:
            widths = _widths(replace(layer, nom=declared.nom, geometrie=geometrie), value, key)
            geometrie = buffered(geometrie, widths, cap, progress)
    return geometrie


def _widths(layer: Layer, value: LongueurDue, key: str) -> Array:
    """The lengths (m) that widen the objects, one each. Raises `NotEvaluable` when one of them is not known."""
    if isinstance(value, ACompleter):
        raise NotEvaluable(not_entered(key))
    widths, unread = lengths(layer, value)
    if isinstance(value, Quantity):
        return widths
    if widths is None:
        raise NotEvaluable(
            f"La couche « {layer.nom} » n'a pas de champ {value.champ}{layer.lacks(value.champ)} Corrigez « {key} »."
        )
    nothing = int(((widths == 0) & (shapely.get_dimensions(layer.geometrie) < 2)).sum())
    if unread or nothing:
        word = "largeur" if key == "tampon" else "distance"
        state = "n'est pas renseignée" if unread else "est nulle"
        which = "d'un objet" if (unread or nothing) == 1 else f"de {plural(unread or nothing, 'objet')}"
        raise NotEvaluable(
            f"La {word} {which} de la couche « {layer.nom} » {state} (champ {value.champ}) : complétez-la."
        )
    return widths


def buffered(geometrie: Array, widths: Array, cap: str, progress: Progress) -> Array:
    """The geometries widened by `widths` (m) on each side; `cap`: how lines end. A width of 0 changes nothing."""
    out = geometrie.copy()
    quad_segs = _quad_segs(float(widths.max(initial=0.0)))
    points = shapely.get_dimensions(geometrie) == 0
    for rows, ends in ((np.flatnonzero((widths > 0) & ~points), cap), (np.flatnonzero((widths > 0) & points), "round")):
        for part in chunks(shapely.get_num_coordinates(out[rows]) * quad_segs, BUFFERED_AT_ONCE * QUAD_SEGS):
            progress.step(0.0)
            some = rows[part]
            out[some] = shapely.buffer(out[some], widths[some], quad_segs=quad_segs, cap_style=ends)
    return out


def _quad_segs(radius: float) -> int:
    """Segments per quarter of a circle of that radius (m), so that no more than `ARC` is lost on its arcs."""
    if radius <= MARGIN:
        return 1  # what rounding alone keeps apart
    return max(QUAD_SEGS, math.ceil(math.pi / 4 / math.sqrt(2 * ARC / radius))) if radius else QUAD_SEGS


def _precision(layer: Layer, declared: Couche) -> Tuple[Array, List[str]]:
    if declared.precision is None:
        return np.zeros(len(layer)), [not_precise(declared.nom)]
    widths, unread = lengths(layer, declared.precision)
    if widths is None:
        return np.zeros(len(layer)), [f"Précision de la couche « {declared.nom} » illisible : elle est prise nulle."]
    limites = []
    if unread:
        limites = [f"Couche « {declared.nom} » : précision non renseignée pour {plural(unread, 'objet')}, prise nulle."]
    return widths, limites


def not_precise(nom: str) -> str:
    return f"Précision de la couche « {nom} » non déclarée : tout recouvrement, même très mince, est compté."


def lengths(layer: Layer, value: Longueur) -> Tuple[Optional[Array], int]:
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
