"""Where things are: communes, classes of communes, and the territorial units that constats are given for."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Dict, List, Mapping, Optional, Sequence, Set, Tuple

import numpy as np
import shapely

from ..rules.model import Classe, Classement, Portee, RefTable
from .communes import Communes
from .context import Context, NotEvaluable, as_insee, as_key, as_number
from .layers import Array, Layer, drawn, objects
from .objets import OVERLAP, Objets, every, measure
from .overlay import Pairs
from .slivers import thin_any
from .wording import area, de, plural

HORS_COMMUNE = "hors_commune"


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
        self._communes = Communes(context)
        self._read: Dict[str, Mapping[str, Optional[str]]] = {}  # classes of the communes, by classement

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
            return bool(self._communes.everywhere) and set(self._communes.everywhere) <= set(self.communes)
        if echelle in ("plu", "commune", "objet"):
            return True
        members = self.members(echelle, unit)
        return members is not None and members <= set(self.communes)

    def members(self, echelle: str, unit: Unit) -> Optional[Set[str]]:
        """The communes of a commune or of a class, outside this PLU too; None when they are not all known."""
        if echelle == "commune":
            return set(unit.communes)
        if unit.code == self._default_class(echelle) and self._communes.layer is None:
            return None  # the communes that no class lists are not known
        known = {*self._communes.everywhere, *self._classes(echelle)}
        if self._is_by_number(echelle) and not known <= set(self._classes(echelle)):
            return None  # one of those whose number is not known may be a member
        return {c for c in known if (self.class_of(echelle, c) or "") == unit.code}

    def nom(self, commune: str) -> str:
        return self._communes.names.get(commune, commune)

    def class_of(self, classement: str, commune: str) -> Optional[str]:
        """The class of a commune, None when the classement has none for it.

        Raises `NotEvaluable` when classes are ranges of a number, and that of the commune is not known.
        """
        classes = self._classes(classement)
        if commune not in classes and self._is_by_number(classement):
            where = _read_in(self._rules.classements[classement])
            raise NotEvaluable(
                f"La classe {de(self.nom(commune))} n'est pas connue : son nombre n'est pas lisible, ou pas "
                f"unique, dans {where} ; complétez la donnée."
            )
        return classes.get(commune, self._default_class(classement))

    def class_label(self, classement: str, nom: str) -> str:
        labels = {classe.nom: classe.libelle for classe in self._rules.classements[classement].classes}
        return labels.get(nom) or nom

    def in_scope(self, portee: Portee) -> Set[str]:
        """The communes of this PLU that a prescription bears on."""
        if portee.communes:
            return set(portee.communes) & set(self.communes)
        assert portee.classement is not None
        return {c for c in self.communes if self.class_of(portee.classement, c) in portee.classes}

    @property
    def everywhere(self) -> Tuple[str, ...]:
        """The communes of the whole SCoT, as far as they are known."""
        return self._communes.everywhere

    @property
    def communes(self) -> Tuple[str, ...]:
        """INSEE codes of the communes that the PLU covers. Raises `NotEvaluable` when they are not known."""
        return self._communes.codes

    def as_objects(self) -> Objets:
        """The communes that the PLU covers, as objects; the ground of a document of one commune is its zoning.

        What lies outside every commune may be in some that the layer lacks: `manquantes` says so.
        """
        codes, grounds = self._grounds
        noms = objects([self.nom(code) for code in codes])
        codes_of = {"insee": objects(codes), "libelle": noms}
        found = every(Layer("commune", grounds, {"NOM": noms}, codes_of, ids=objects(codes)))
        pieces = self.cut(every(self._context.plu.zones))
        outside = pieces.geometrie[pieces.commune == ""]
        if not len(outside):
            return found
        said = (
            f"{area(float(shapely.area(outside).sum()))} du PLU hors de toute commune : d'autres communes peuvent "
            "manquer à la couche des communes ; vérifiez-la."
        )
        return replace(found, manquantes=(said,))

    @property
    def drawing_width(self) -> float:
        """Full width (m) under which ground beyond a limit is a drawing artefact."""
        return self._communes.drawing_width

    @property
    def _grounds(self) -> Tuple[Tuple[str, ...], Array]:
        if not self._communes.is_one:
            return self._communes.grounds
        zones = self._context.plu.zones.geometrie
        ground = self._context.overlays.union(zones[drawn(zones)], progress=self._context.progress)
        return self._context.plu.communes, objects([ground])

    # -- cutting --------------------------------------------------------------------------------

    def cut(self, objets: Objets, geometrie: Optional[Array] = None) -> Pieces:
        """The objects (or these geometries of them) cut at the limits of communes; ground outside is kept apart.

        What lies outside every commune, or beyond the limit of an object's commune, and is no wider than a drawing
        artefact is left out, and said. (`geometrie`: a conflict is as thin as it is, only objects have artefacts.)
        """
        of_objects = geometrie is None
        geometrie = objets.geometrie if geometrie is None else geometrie
        index = np.flatnonzero(drawn(geometrie))
        known = self._by_attribute(objets)
        if known is not None:
            return Pieces(index, known[index], geometrie[index])
        codes, grounds = self._communes.grounds
        pairs = self._context.overlays.pairs(geometrie[index], grounds, progress=self._context.progress)
        # communes may overlap: what lies inside is measured on their union, not summed by commune
        everywhere = self._context.overlays.prepare(grounds, progress=self._context.progress)
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

    def _by_attribute(self, objets: Objets) -> Optional[Array]:
        """The commune of each object when no cut is needed: a one-commune PLU, or zones that carry their INSEE."""
        if self._communes.is_one:
            return np.full(len(objets), self._context.plu.communes[0], dtype=object)
        if self._communes.layer is None and self.communes and all(layer.nom == "ZONE_URBA" for layer in objets.layers):
            return objects([code or "" for code in objets.code("insee")])
        return None

    def _without_overruns(self, pairs: Pairs, whole: Array) -> Tuple[Pairs, Tuple[str, ...]]:
        """The pieces less those by which an object overruns a limit by no more than a drawing artefact."""
        sizes = measure(pairs.geometry)
        width = self._communes.drawing_width
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
        present = np.flatnonzero(drawn(outside))
        width = self._communes.drawing_width
        narrow = thin_any(outside[present], width, self._context.progress)
        if not narrow.any():
            return present, ()
        lost = area(float(shapely.area(outside[present[narrow]]).sum()))
        fragments = plural(int(narrow.sum()), "fragment")
        return present[~narrow], (f"{fragments} de calage hors des communes laissés de côté ({lost}).",)

    # -- classes ----------------------------------------------------------------------------------

    def _is_by_number(self, nom: str) -> bool:
        return any(classe.tranche is not None for classe in self._rules.classements[nom].classes)

    def _classes(self, nom: str) -> Mapping[str, Optional[str]]:
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

    def _read_classes(self, classement: Classement) -> Mapping[str, Optional[str]]:
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
        if self._is_by_number(classement.nom):
            return _by_number(classement.classes, codes, values)
        return {as_insee(code): as_key(value) for code, value in zip(codes, values) if value is not None}


def _read_in(classement: Classement) -> str:
    ref = classement.lu_dans
    assert ref is not None
    place = f"la table « {ref.table} »" if isinstance(ref, RefTable) else f"la couche « {ref.couche} »"
    return f"le champ {ref.champ} de {place}"


def _by_number(classes: Sequence[Classe], codes: Array, values: Array) -> Dict[str, Optional[str]]:
    """Commune -> the class whose range holds its number, None for no range.

    A commune is absent when its number cannot be read, or when its rows have numbers of several classes.
    """
    found: Dict[str, Set[Optional[str]]] = {}
    unread: Set[str] = set()
    for code, value in zip(codes, values):
        number = as_number(value)
        if number is None:
            unread.add(as_insee(code))
            continue
        held = next((one.nom for one in classes if one.tranche is not None and one.tranche.holds(number)), None)
        found.setdefault(as_insee(code), set()).add(held)
    return {code: next(iter(held)) for code, held in found.items() if len(held) == 1 and code not in unread}


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
