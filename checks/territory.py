"""Where things are: communes, classes of communes, and the territorial units that constats are given for."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Dict, List, Mapping, Optional, Sequence, Set, Tuple

import numpy as np
import shapely

from ..rules.model import Classement, Couche, Portee, Quantity, RefTable
from .context import Context, NotEvaluable, as_key
from .layers import Array, exploded, objects
from .objets import Objets, every, measure
from .overlay import Pairs
from .progress import Progress
from .slivers import thin
from .wording import area, plural

HORS_COMMUNE = "hors_commune"
#: full width (m) under which ground outside the communes is a drawing artefact: the CNIG standard tolerates 5 m
DRAWING_WIDTH = 5.0

#: ground (m2) in several communes at once that is not worth a limit
OVERLAP = 1.0
#: share of the zoning in a second commune beyond which a document is not of one commune
SECOND_COMMUNE = 0.05


@dataclass(frozen=True)
class Unit:
    """A territorial unit: `code` is an INSEE code, a class, "plu", "scot" or an object's id."""

    code: str
    nom: str
    communes: Tuple[str, ...] = ()


@dataclass(frozen=True)
class Pieces:
    """Objects cut by commune. `objet`: position of the object, `commune`: INSEE code, "" outside every commune."""

    objet: Array
    commune: Array
    geometrie: Array
    limites: Tuple[str, ...] = ()


class Territory:
    """Communes and classes of one run. Asked for communes where there are none, raises `NotEvaluable`."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._rules = context.rules.territoires
        self._read: Dict[str, Mapping[str, str]] = {}  # classes of the communes, by classement

    # -- units ----------------------------------------------------------------------------------

    def units(self, echelle: str) -> List[Unit]:
        """The units of a scale that the PLU covers, in order; one for `plu` and `scot`."""
        if echelle in ("plu", "scot", "objet"):
            nom = self._context.rules.scot.nom if echelle == "scot" else self._context.plu.nom
            return [Unit(echelle, nom)]
        if echelle == "commune":
            return [Unit(code, self.nom(code), (code,)) for code in self.communes]
        members: Dict[str, List[str]] = {}
        for commune in self.communes:
            members.setdefault(self.class_of(echelle, commune) or "", []).append(commune)
        classes = {classe.nom: classe.libelle for classe in self._rules.classements[echelle].classes}
        order = [nom for nom in classes if nom in members] + sorted(set(members) - set(classes) - {""})
        units = [Unit(nom, classes.get(nom) or nom, tuple(members[nom])) for nom in order]
        if "" in members:
            units.append(Unit("", "sans classe", tuple(members[""])))
        return units

    def is_whole(self, echelle: str, unit: Unit) -> bool:
        """Whether this PLU covers the whole unit (a class may have communes elsewhere, the SCoT surely has)."""
        if echelle == "scot":
            return bool(self._known_communes) and set(self._known_communes) <= set(self.communes)
        if echelle in ("plu", "commune", "objet"):
            return True
        if unit.code == self._default_class(echelle) and self._layer is None:
            return False  # the communes that no class lists are not known
        known = {*self._known_communes, *self._classes(echelle)}
        return {c for c in known if (self.class_of(echelle, c) or "") == unit.code} <= set(self.communes)

    def nom(self, commune: str) -> str:
        return self._names.get(commune, commune)

    def class_of(self, classement: str, commune: str) -> Optional[str]:
        """The class of a commune, None when the classement has none for it."""
        return self._classes(classement).get(commune, self._default_class(classement))

    def class_label(self, classement: str, nom: str) -> str:
        labels = {classe.nom: classe.libelle for classe in self._rules.classements[classement].classes}
        return labels.get(nom) or nom

    def in_scope(self, portee: Portee) -> Set[str]:
        """The communes of this PLU that a prescription bears on."""
        if portee.communes:
            return set(portee.communes) & set(self.communes)
        assert portee.classement is not None
        return {c for c in self.communes if self.class_of(portee.classement, c) in portee.classes}

    # -- cutting --------------------------------------------------------------------------------

    def cut(self, objets: Objets, geometrie: Optional[Array] = None) -> Pieces:
        """The objects (or these geometries of them) cut at the limits of communes; ground outside is kept apart.

        What lies outside every commune, or beyond the limit of an object's commune, and is no wider than a drawing
        artefact is left out, and said. (`geometrie`: a conflict is as thin as it is, only objects have artefacts.)
        """
        of_objects = geometrie is None
        geometrie = objets.geometrie if geometrie is None else geometrie
        index = np.flatnonzero(~(shapely.is_missing(geometrie) | shapely.is_empty(geometrie)))
        known = self._by_attribute(objets)
        if known is not None:
            return Pieces(index, known[index], geometrie[index])
        codes, grounds = self._grounds
        pairs = self._context.overlays.pairs(geometrie[index], grounds, progress=self._context.progress)
        # communes may overlap: what lies inside is measured on their union, not summed by commune
        everywhere = self._context.overlays.prepare(grounds)
        inside = self._context.overlays.measure(geometrie[index], everywhere, progress=self._context.progress)
        whole = measure(geometrie[index])
        short = np.flatnonzero(whole - inside > np.maximum(1e-9 * whole, 1e-3))
        outside = self._context.overlays.difference(
            geometrie[index[short]], everywhere, progress=self._context.progress
        )
        kept, limites = self._without_artefacts(outside)
        twice = float(measure(pairs.geometry).sum() - inside.sum())
        if of_objects:
            pairs, said = self._without_overruns(pairs, whole)
            limites += said
        if twice > OVERLAP:
            limites += (
                f"Les communes se recouvrent : {area(twice)} des objets comptent dans plusieurs d'entre elles.",
            )
        return Pieces(
            np.concatenate([index[pairs.left], index[short[kept]]]),
            np.concatenate([objects(codes)[pairs.right], np.full(len(kept), "", dtype=object)]),
            np.concatenate([pairs.geometry, outside[kept]]),
            limites,
        )

    def main_commune(self, objets: Objets) -> Array:
        """The commune that holds the largest share of each object, "" for none."""
        pieces = self.cut(objets)
        out = np.full(len(objets), "", dtype=object)
        order = np.argsort(measure(pieces.geometrie), kind="stable")
        out[pieces.objet[order]] = pieces.commune[order]  # the largest is written last
        return out

    def insee(self, objets: Objets) -> Array:
        """The INSEE code of each object, by location where the communes are known, else as written; "" for none."""
        written = objets.code("insee")
        try:
            main = self.main_commune(objets)
        except NotEvaluable:
            main = np.full(len(objets), "", dtype=object)
        return np.where(main != "", main, np.where(written == None, "", written))  # noqa: E711  (elementwise)

    def insee_of_zones(self) -> Array:
        """The INSEE code of each zone of the PLU, "" where it is not known."""
        objets = every(self._context.plu.zones)
        out = np.full(len(self._context.plu.zones), "", dtype=object)
        out[objets.rang] = self.insee(objets)
        return out

    def keep(self, objets: Objets, communes: Set[str]) -> Objets:
        """The objects cut to these communes; "" stands for what lies outside every commune."""
        pieces = self.cut(objets)
        mine = np.array([commune in communes for commune in pieces.commune], dtype=bool)
        ground = gathered(pieces.objet[mine], pieces.geometrie[mine], np.arange(len(objets)))
        elsewhere = np.isin(np.arange(len(objets)), pieces.objet[~mine])
        whole = ~elsewhere & ~shapely.is_missing(ground)  # as drawn, not put together again
        return objets.clipped(np.where(whole, objets.geometrie, ground))

    # -- what is known of communes ----------------------------------------------------------------

    @cached_property
    def communes(self) -> Tuple[str, ...]:
        """INSEE codes of the communes that the PLU covers."""
        if self._is_one_commune:
            return self._context.plu.communes
        if self._layer is not None:
            return self._covered
        insee = self._context.plu.zones.codes.get("insee")
        if insee is not None:
            return tuple(sorted({str(code) for code in insee if code is not None}))
        raise NotEvaluable(self._no_communes())

    @cached_property
    def _is_one_commune(self) -> bool:
        """Whether the document is of one commune, whose ground is then the whole zoning, whatever its limits say.

        A document that names one commune is not believed when the communes layer shows that it covers several.
        """
        if len(self._context.plu.communes) != 1:
            return False
        if self._layer is None:
            return True
        shares = self._shares
        return int((shares > SECOND_COMMUNE * shares.sum()).sum()) <= 1

    def _no_communes(self) -> str:
        couche = self._rules.couche
        if couche is None:
            return (
                "Les communes ne sont pas connues : le fichier de règles ne déclare pas de couche de communes "
                "(« territoires: communes: ») et la zone n'en porte pas le code INSEE."
            )
        try:
            self._context.couche(couche)
        except NotEvaluable as missing:
            return f"Les communes ne sont pas connues. {missing}"
        return "Les communes ne sont pas connues."

    @cached_property
    def _layer(self) -> "Optional[Tuple[Couche, Tuple[str, ...], Array]]":
        """Codes and grounds of the communes layer, one per commune, None when there is none."""
        nom = self._rules.couche
        if nom is None or nom not in self._context.layers:
            return None
        declared, layer = self._context.couche(nom)
        column = layer.colonne(self._rules.code)
        if column is None:
            raise NotEvaluable(
                f"La couche de communes « {nom} » n'a pas de champ {self._rules.code} : corrigez « territoires: »."
            )
        rows: Dict[str, List[int]] = {}
        for position, code in enumerate(column):
            if code is not None and layer.geometrie[position] is not None:
                rows.setdefault(as_key(code), []).append(position)
        grounds = [
            layer.geometrie[at[0]] if len(at) == 1 else shapely.union_all(layer.geometrie[at]) for at in rows.values()
        ]
        return declared, tuple(rows), objects(grounds)

    @cached_property
    def _names(self) -> Mapping[str, str]:
        if self._layer is None:
            return {}
        layer = self._context.couche(self._layer[0].nom)[1]
        codes, noms = layer.colonne(self._rules.code), layer.colonne(self._rules.nom)
        if codes is None or noms is None:
            return {}
        return {as_key(code): str(nom) for code, nom in zip(codes, noms) if nom is not None}

    @cached_property
    def _shares(self) -> Array:
        """m2 of zones in each commune of the layer."""
        assert self._layer is not None
        zones = self._context.plu.zones.geometrie
        present = np.flatnonzero(~shapely.is_missing(zones))
        pairs = self._context.overlays.pairs(zones[present], self._layer[2], progress=self._context.progress)
        return np.bincount(pairs.right, weights=measure(pairs.geometry), minlength=len(self._layer[1]))

    @cached_property
    def _covered(self) -> Tuple[str, ...]:
        """Communes holding ground of the PLU wider than a drawing artefact."""
        assert self._layer is not None
        declared, codes, grounds = self._layer
        zones = self._context.plu.zones.geometrie
        present = np.flatnonzero(~shapely.is_missing(zones))
        pairs = self._context.overlays.pairs(zones[present], grounds, progress=self._context.progress)
        real = ~thin_any(pairs.geometry, self._width(declared), self._context.progress)
        found = {codes[position] for position in np.unique(pairs.right[real])}
        return tuple(code for code in codes if code in found)

    @cached_property
    def _grounds(self) -> Tuple[Tuple[str, ...], Array]:
        """Codes and grounds of the communes that the PLU covers."""
        communes = self.communes
        if self._layer is not None:
            _, codes, grounds = self._layer
            kept = [position for position, code in enumerate(codes) if code in set(communes)]
            return tuple(codes[position] for position in kept), grounds[kept]
        zones = self._context.plu.zones
        insee = zones.codes["insee"]
        grounds = [shapely.union_all(zones.geometrie[insee == code]) for code in communes]
        return communes, objects(grounds)

    @cached_property
    def _known_communes(self) -> Tuple[str, ...]:
        """Communes of the whole SCoT, as far as the layer and the classements tell."""
        listed = [c for kind in self._rules.classements.values() for classe in kind.classes for c in classe.communes]
        return tuple(dict.fromkeys(listed + list(self._layer[1] if self._layer else ())))

    def _by_attribute(self, objets: Objets) -> Optional[Array]:
        """The commune of each object when no cut is needed: a one-commune PLU, or zones that carry their INSEE."""
        if self._is_one_commune:
            return np.full(len(objets), self._context.plu.communes[0], dtype=object)
        if self._layer is None and self.communes and all(layer.nom == "ZONE_URBA" for layer in objets.layers):
            return objects([code or "" for code in objets.code("insee")])
        return None

    def _width(self, declared: Couche) -> float:
        precision = declared.precision.to("m") if isinstance(declared.precision, Quantity) else 0.0
        return max(DRAWING_WIDTH, precision)

    def _without_overruns(self, pairs: Pairs, whole: Array) -> Tuple[Pairs, Tuple[str, ...]]:
        """The pieces less those by which an object overruns a limit by no more than a drawing artefact."""
        sizes = measure(pairs.geometry)
        width = self._width(self._layer[0]) if self._layer else DRAWING_WIDTH
        cut = np.flatnonzero(sizes < whole[pairs.left] * (1 - 1e-9))
        narrow = np.zeros(len(sizes), dtype=bool)
        narrow[cut] = thin_any(pairs.geometry[cut], width)
        anchored = np.zeros(len(whole), dtype=bool)
        anchored[pairs.left[~narrow]] = True
        narrow &= anchored[pairs.left]
        if not narrow.any():
            return pairs, ()
        said = (
            f"{plural(int(narrow.sum()), 'fragment')} de calage au-delà des limites communales laissés de côté "
            f"({area(float(sizes[narrow].sum()))}).",
        )
        return Pairs(pairs.left[~narrow], pairs.right[~narrow], pairs.geometry[~narrow]), said

    def _without_artefacts(self, outside: Array) -> Tuple[Array, Tuple[str, ...]]:
        present = np.flatnonzero(~(shapely.is_missing(outside) | shapely.is_empty(outside)))
        width = self._width(self._layer[0]) if self._layer else DRAWING_WIDTH
        narrow = thin_any(outside[present], width, self._context.progress)
        if not narrow.any():
            return present, ()
        lost = area(float(shapely.area(outside[present[narrow]]).sum()))
        fragments = plural(int(narrow.sum()), "fragment")
        return present[~narrow], (f"{fragments} de calage hors des communes laissés de côté ({lost}).",)

    # -- classes ----------------------------------------------------------------------------------

    def _classes(self, nom: str) -> Mapping[str, str]:
        if nom not in self._read:
            classement = self._rules.classements[nom]
            if classement.lu_dans is None:
                listed = {commune: classe.nom for classe in classement.classes for commune in classe.communes}
                self._read[nom] = listed
            else:
                self._read[nom] = self._read_classes(classement)
        return self._read[nom]

    def _default_class(self, nom: str) -> Optional[str]:
        return next((classe.nom for classe in self._rules.classements[nom].classes if classe.defaut), None)

    def _read_classes(self, classement: Classement) -> Mapping[str, str]:
        ref = classement.lu_dans
        assert ref is not None
        if isinstance(ref, RefTable):
            layer, key = self._context.table(ref.table), self._context.rules.tables[ref.table].cle
        else:
            layer, key = self._context.couche(ref.couche)[1], self._rules.code
        codes, values = layer.colonne(key), layer.colonne(ref.champ)
        if codes is None or values is None:
            missing = key if codes is None else ref.champ
            raise NotEvaluable(f"Le classement « {classement.nom} » se lit dans le champ {missing}, qui est absent.")
        return {as_key(code): as_key(value) for code, value in zip(codes, values) if value is not None}


def thin_any(geometrie: Array, width: float, progress: Optional[Progress] = None) -> Array:
    """Mask of the geometries nowhere wider than `width` (surfaces) or no longer than it (lines); never of points."""
    parts, owner = exploded(geometrie)
    dims = shapely.get_dimensions(parts)
    wide = dims == 0
    wide[dims == 1] = shapely.length(parts[dims == 1]) > width
    flat = np.flatnonzero(dims == 2)
    wide[flat] = ~thin(parts[flat], width, progress)
    out = np.ones(len(geometrie), dtype=bool)
    out[owner[wide]] = False
    return out


def gathered(owner: Array, geometrie: Array, index: Array) -> Array:
    """One geometry per object of `index`: the union of its pieces, None when it has none."""
    out = np.full(len(index), None, dtype=object)
    position = {int(obj): place for place, obj in enumerate(index)}
    groups: Dict[int, List[int]] = {}
    for i, obj in enumerate(owner):
        if int(obj) in position:
            groups.setdefault(position[int(obj)], []).append(i)
    for place, members in groups.items():
        out[place] = geometrie[members[0]] if len(members) == 1 else shapely.union_all(geometrie[members])
    return out


def unit_positions(units: Sequence[Unit], communes: Array) -> Array:
    """Position of the unit of each commune code, -1 for none."""
    where = {commune: position for position, unit in enumerate(units) for commune in unit.communes}
    return np.array([where.get(commune, -1) for commune in communes], dtype=int)
