"""What the spatial kinds share: their parameters, slivers dropped from a conflict, and the words of their constats."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Dict, List, Mapping, Optional, Sequence, Tuple, Union

import numpy as np
import shapely

from ..rules.model import Controle, Quantity, ReadInField, RefTable, SelonClassement, SelonCommune
from ..rules.params import Param
from ..rules.types import Amount, Bool, Echelle, SeuilType, Tolerance
from ..rules.types import Couches as CouchesType
from .attributes import Keys
from .base import Check, Constat, Etat
from .context import Context, NotEvaluable
from .couches import Couches
from .coverage import Place
from .layers import Array, dimension, drawn
from .limits import NotConcerned, Thresholds
from .objets import Objets, measure
from .seuils import EPSILON, MARKED_SHARE, Limits, Verdict, judge
from .slivers import Cleaned, clean
from .territory import Unit
from .wording import NBSP, apart, names, number, plural

ObjectLimits = Union[Limits, NotEvaluable, None]


class SpatialCheck(Check):
    """Base of the kinds that judge each object by the ground at fault in it."""

    couches = Param(CouchesType(), "Couches du SCoT en cause")
    echelle = Param(Echelle(), "Unité pour laquelle un constat est donné", default="plu")
    ecart_marque_au_dela_de = Param(Tolerance(), "Limite au-delà de laquelle un écart est marqué", default=None)
    largeur_ignoree = Param(
        Amount("longueur"),
        "Largeur sous laquelle un recouvrement est ignoré ; la précision des couches par défaut",
        default=None,
    )
    surface_ignoree = Param(Amount("surface"), "Surface jusqu'à laquelle une partie est ignorée", default=None)
    part_ignoree = Param(Amount("part"), "Part d'un objet jusqu'à laquelle il est ignoré", default=None)
    vide_admis = Param(Bool(), "Une couche vide veut dire qu'il n'y a aucun objet", default=False)

    def without_slivers(self, context: Context, objets: Objets, geometrie: Array, couches: Couches) -> Cleaned:
        """The conflicts less what section 7 of the language ignores: too narrow, too small, too small a share."""
        surface = self.surface_ignoree.to("m2") if self.surface_ignoree else 0.0
        precision, progress = couches.precision, context.progress
        if self.largeur_ignoree is not None:
            cleaned = clean(geometrie, self.largeur_ignoree.to("m"), surface_ignoree=surface, progress=progress)
        elif len(precision) and all(len(np.unique(lue.precision)) <= 1 for lue in couches.lues):
            cleaned = clean(geometrie, float(precision.max()), surface_ignoree=surface, progress=progress)
        else:
            finer = (couches.geometrie, precision) if len(precision) else None
            cleaned = clean(geometrie, 0.0, surface_ignoree=surface, finer=finer, progress=progress)
        cleaned = self._without_small_shares(objets, cleaned)
        if self.largeur_ignoree is not None:
            return replace(cleaned, under="sous ce que fixe la règle")
        if self.surface_ignoree is not None or self.part_ignoree is not None:
            return replace(cleaned, under="sous la précision ou sous ce que fixe la règle")
        return cleaned

    def _without_small_shares(self, objets: Objets, cleaned: Cleaned) -> Cleaned:
        if self.part_ignoree is None or not len(objets):
            return cleaned
        size, kept = measure(objets.geometrie), measure(cleaned.geometrie)
        small = (kept > 0) & (kept <= self.part_ignoree.to("%") / 100 * size * (1 + 1e-9))
        small &= shapely.get_dimensions(cleaned.geometrie) == shapely.get_dimensions(objets.geometrie)
        geometrie = cleaned.geometrie.copy()
        geometrie[small] = None
        surfaces = shapely.get_dimensions(cleaned.geometrie) == 2
        return replace(
            cleaned,
            geometrie=geometrie,
            dropped=cleaned.dropped + small,
            dropped_m2=cleaned.dropped_m2 + np.where(small & surfaces, kept, 0.0),
            dropped_m=cleaned.dropped_m + np.where(small & ~surfaces, kept, 0.0),
        )

    def limits_by_object(
        self, context: Context, objets: Objets, unites: Optional[Sequence[str]] = None
    ) -> "List[ObjectLimits]":
        """The limits of each object: by its main commune, its attribute or its site when they vary.

        None where the DOO asks nothing, the `NotEvaluable` itself where the figure is not known. `unites`: those that
        measures may be in, the kind's own unless given.
        """
        thresholds = Thresholds.of(self.valeurs, unites or self.unites)
        keys, by_commune = thresholds.keys(context, objets), self._vary(thresholds)
        plu = context.territory.units("plu")[0]
        if not keys and not by_commune:
            return [thresholds.of_unit(context, plu)] * len(objets)
        known: "Dict[Any, ObjectLimits]" = {}
        found: "List[ObjectLimits]" = []
        communes = context.territory.main_commune(objets) if by_commune else [None] * len(objets)
        for commune, key in zip(communes, keys or [{}] * len(objets)):
            same = (commune, *key.items())
            if same not in known:
                nom = context.territory.nom(commune) if commune else "Un objet"
                unit = plu if commune is None else Unit(commune, nom, (commune,))
                known[same] = self._limits_of(context, thresholds, unit, commune, key)
            found.append(known[same])
        if found and all(isinstance(limits, NotEvaluable) for limits in found):
            raise found[0]  # type: ignore[misc]
        return _named(found, objets) if keys else found

    def _vary(self, thresholds: Thresholds) -> bool:
        for seuil in (thresholds.minimum, thresholds.maximum, thresholds.cible):
            if isinstance(seuil, (SelonClassement, SelonCommune)):
                return True
            if isinstance(seuil, RefTable) and self.scale not in ("plu", "scot"):
                return True
        return False

    def _limits_of(
        self, context: Context, thresholds: Thresholds, unit: Unit, commune: Optional[str], keys: Keys
    ) -> "ObjectLimits":
        try:
            return thresholds.of_unit(context, unit, commune, keys=keys)
        except NotConcerned:
            return None
        except NotEvaluable as missing:
            return missing

    def judge_conflict(self, share: float, amount: float, linear: bool = False) -> Verdict:
        """The state of an object in conflict: any kept line or point is marked, a surface by its share or amount."""
        if not amount:
            return Verdict(Etat.SANS_ECART, 0.0, None, False, 0.0)
        limit = self.ecart_marque_au_dela_de
        surface, longueur = amount_of(limit, "surface"), amount_of(limit, "longueur")
        if linear or np.isnan(share):
            marked = longueur is None or amount > longueur * (1 + EPSILON)
        elif surface is not None:
            marked = amount > surface * (1 + EPSILON)
        else:
            given = limit is not None and limit.unit in ("%", "points")
            marked = share > (limit.value / 100 if limit is not None and given else MARKED_SHARE) + EPSILON
        return Verdict(Etat.ECART_MARQUE if marked else Etat.ECART_FAIBLE, amount, None, False, 0.0)

    def nothing_selected(self, context: Context, objets: Objets) -> List[Constat]:
        units = context.territory.units("plu" if self.scale == "objet" else self.scale)
        return [self.constat(unit, Etat.SANS_OBJET, self.nothing(unit), limites=objets.limites) for unit in units]

    def where_alone(self, place: Place) -> str:
        """As `where`, after the name of the only object of a unit: nothing when the unit is this object."""
        return "" if self.scale == "objet" else self.where(place.unit)

    def unknown_part(self, place: Place) -> str:
        """The end of the sentence of a `non_evalue`: what is missing."""
        return f"Non évalué{self.where(place.unit)} : {' '.join(dict.fromkeys(place.causes))}".rstrip()


class SharedCheck(SpatialCheck):
    """Base of the kinds that ask for a minimal share: `part_minimale`, in % of each object."""

    unites = ("%",)
    selon_champ = "tous"
    part_minimale = Param(SeuilType(units=("%",)), "Part minimale demandée, en %", default=None)
    tolerance = Param(Tolerance(), "Écart admis sous la part minimale", default=None)

    def share_of(self, place: Place) -> str:
        """`94,5 % de la surface`, not rounded to the share that is asked."""
        seuil = place.verdict.seuil if place.verdict else None
        part = {2: "de la surface", 1: "de la longueur", 0: "des points"}[place.dimension]
        return f"{apart(place.mesure or 0.0, seuil)}{NBSP}% {part}"

    def counted(self, place: Place, singular: str = "objet", several: str = "objets") -> str:
        """The object when it is alone, else how many there are."""
        return place.pire if place.nb_objets == 1 else plural(place.nb_objets, singular, several)

    def not_asked(self, place: Place) -> str:
        """The sentence of a unit without object, or of which the DOO asks nothing."""
        if not place.nb_objets:
            return self.nothing(place.unit)
        return f"Le DOO ne demande rien{self.where(place.unit)} ({self.counted(place)}){self.source}."

    def asked(self, place: Place) -> str:
        """The end of a sentence: what the DOO asks, what falls short, the source."""
        seuil = place.verdict.seuil if place.verdict else None
        if seuil is None:
            return f" ; le DOO ne fixe pas de part{self.source}"
        said = f" ; le DOO en demande au moins {number(seuil)} %"
        if place.nb_en_cause == 1 and place.nb_objets > 1:
            said += f" ; 1 objet en deçà : {place.pire}"
        elif place.nb_en_cause > 1:
            said += f" ; {plural(place.nb_en_cause, 'objet')} en deçà, dont {place.pire}"
        if place.verdict is not None and place.verdict.tolere:
            said += " (dans la tolérance)"
        return said + self.source

    def judge_share(self, limits: "ObjectLimits", share: float) -> Verdict:
        """The state of one object whose share at fault is `share` (0..1); `sans_objet` where nothing is asked."""
        if isinstance(limits, NotEvaluable):
            return Verdict(Etat.NON_EVALUE, cause=str(limits))
        return Verdict(Etat.SANS_OBJET) if limits is None else judge(100 * (1 - share), limits)


def _named(found: "List[ObjectLimits]", objets: Objets) -> "List[ObjectLimits]":
    """The same limits; where the field of an object does not give them, the cause says of which objects."""
    whose: Dict[str, List[str]] = {}
    for limits, libelle in zip(found, objets.libelles):
        if isinstance(limits, NotEvaluable):
            whose.setdefault(str(limits), []).append(str(libelle))
    causes = {cause: NotEvaluable(f"{names(libelles)} : {cause}") for cause, libelles in whose.items()}
    return [causes[str(limits)] if isinstance(limits, NotEvaluable) else limits for limits in found]


def fields_of_distance(controle: Controle) -> Mapping[str, Sequence[str]]:
    """The field that `a_moins_de` reads in each layer of a control, by layer."""
    values = controle.parametres
    near = values.get("a_moins_de")
    refs = (*(values.get("couches") or ()), *(values.get("hors") or ()))
    return {ref.nom: (near.champ,) for ref in refs} if isinstance(near, ReadInField) else {}


def refuse_thinner(objets: Objets, couches: Couches) -> None:
    """A surface has no share in lines or points: they need a `tampon`. Raises `NotEvaluable`."""
    least = int(shapely.get_dimensions(objets.geometrie).max(initial=-1))
    for lue in couches.lues:
        if 0 <= dimension(lue.geometrie) < least:
            raise NotEvaluable(
                f"La couche « {lue.nom} » ({lue.libelle}) est faite de lignes ou de points : une surface n'a pas de "
                "part dedans ni dehors ; donnez-lui un « tampon » dans le fichier de règles."
            )


def together(arrays: Sequence[Array]) -> Array:
    """For each position, the geometries of the arrays as one (a collection when dimensions differ), None for none."""
    out = arrays[0].copy()
    for other in arrays[1:]:
        for i in np.flatnonzero(drawn(other)):
            parts = shapely.get_parts([geometry for geometry in (out[i], other[i]) if geometry is not None])
            out[i] = other[i] if out[i] is None else shapely.geometrycollections(shapely.get_parts(parts))
    out[shapely.is_empty(out)] = None
    return out


def by_dimension(geometrie: Array) -> "List[Tuple[int, Array]]":
    """(dimension, geometries of that dimension), from surfaces to points."""
    dims = shapely.get_dimensions(geometrie)
    return [(dim, geometrie[dims == dim]) for dim in (2, 1, 0) if (dims == dim).any()]


def share_covered(context: Context, ground: Array, fault: Array) -> Tuple[Optional[float], str]:
    """Share (%) of the union of `ground` that is not at fault, the ground counted once; None when there is none.

    Of surfaces and lines together, it is that of the surfaces.
    """
    dim = dimension(ground)
    whole = context.union_measure(ground, dim)
    return (100 * (1 - min(context.union_measure(fault, dim) / whole, 1.0)) if whole else None), "%"


def mixed_limit(objets: Objets) -> Tuple[str, ...]:
    """Surfaces and lines have no common measure: the one given leaves some objects aside, though all are judged."""
    dims = shapely.get_dimensions(objets.geometrie)
    aside = int((dims < dims.max(initial=0)).sum())
    if not aside:
        return ()
    words = {2: "surfaces", 1: "lignes"}[int(dims.max())]
    said = plural(aside, "objet d'une autre nature est jugé", "objets d'une autre nature sont jugés")
    return (f"La mesure porte sur les {words} ; {said} sans y entrer.",)


def amount_of(quantity: Optional[Quantity], dimension: str) -> Optional[float]:
    """The base amount of a quantity of that dimension, None when it is of another one."""
    if quantity is None or quantity.dimension != dimension:
        return None
    return quantity.to({"surface": "m2", "longueur": "m"}[dimension])
