"""`objet_requis`: the plan itself delimits something on each thing: an OAP on every AUc, a centre in each commune."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, List, Mapping, Sequence, Tuple

import numpy as np
import shapely

from ...rules.model import ChaqueCommune, Controle, Couche, RefCouche
from ...rules.params import Param
from ...rules.types import Objets as ObjetsType
from ...rules.types import PourChaqueType
from ..base import Constat, Etat
from ..communes import DRAWING_WIDTH
from ..context import Context, NotEvaluable
from ..couches import DIMENSIONS, Couches, not_precise, read_couches
from ..coverage import Fault, Place, Told, judge_by_unit
from ..covering import CoveredCheck, Covering, fault_of, reach_of, reached, read_covering
from ..geometry.cutting import explode
from ..layers import Array, drawn
from ..objets import Objets, measure
from ..scope import bear, inside_ground
from ..selection import select
from ..seuils import Verdict
from ..slivers import Cleaned, clean
from ..spatial import by_dimension, together
from ..wording import length, names, number, plural


class ObjetRequis(CoveredCheck):
    """Le PLU délimite lui-même les objets attendus sur chaque chose désignée : zone, commune, objet d'une couche.

    Résultat : sans `part_minimale`, la mesure est le nombre de choses qui portent au moins un des objets attendus, et
    le seuil leur nombre ; l'écart est toute chose qui n'en porte pas. Avec `part_minimale`, la mesure est la part (en
    %) de l'étendue des choses que les objets attendus couvrent, et l'écart la partie non couverte de chacune. Chaque
    chose est jugée seule : l'état du territoire est celui de la plus mauvaise.

    Limites : un objet qui ne fait que déborder sur une chose, sur moins de 5 m (la tolérance de saisie du CNIG), de la
    précision de la couche ou de `largeur_ignoree`, n'y compte pas, et c'est dit. Une ligne ou un point suffit là où
    une partie suffit, mais ne couvre aucune part d'une surface. L'outil constate un périmètre : ce que dit l'OAP ou
    le règlement reste à lire. Ce qui dépasse du PLU n'est pas examiné.
    """

    genre = "objet_requis"
    couches = None  # type: ignore[assignment]
    vide_admis = None  # type: ignore[assignment]
    pour_chaque = Param(
        PourChaqueType(), "Ce sur quoi un objet est attendu : commune, une couche, ou des objets du PLU"
    )
    delimiter = Param(ObjetsType(), "Objets que le PLU doit délimiter (prescriptions, zones…), l'un d'eux suffit")

    @classmethod
    def sentence(cls, controle: Controle, say: Any) -> str:
        values = controle.parametres
        chaque = values["pour_chaque"]
        where = (
            "chaque commune" if isinstance(chaque, ChaqueCommune) else f"chacun de ces objets ({say.objets(chaque)})"
        )
        share = say.seuil(minimum=values.get("part_minimale"))
        part = f"sur {share} de son étendue" if share else "sur une partie au moins"
        return f"dans {where}, {part}, le PLU délimite {say.objets(values['delimiter'], liaison='ou')}"

    @classmethod
    def least_dimension(cls, controle: Controle, couches: Mapping[str, Couche]) -> int:
        """A share of a surface is covered by surfaces alone; anything may stand on a part of it."""
        values = controle.parametres
        if values.get("part_minimale") is None:
            return 0
        chaque = values["pour_chaque"]
        if isinstance(chaque, ChaqueCommune):
            return 2
        return min([_dimension(selecteur, couches) for selecteur in chaque], default=0)

    def run(self, context: Context) -> Sequence[Constat]:
        things, beyond = self._things(context)
        things = bear(context, self, things)
        if not len(things) and not things.manquantes:
            return self.nothing_selected(context, things)
        unread: Tuple[str, ...] = ()
        if self.scale == "commune" and isinstance(self.pour_chaque, ChaqueCommune):
            # communes that the layer lacks say nothing of the others
            unread, things = things.manquantes, replace(things, manquantes=())
        couches = self._layers(context)
        judged = self._some if self.part_minimale is None else self._share
        return judged(context, things, couches, beyond) + self.unread(context, unread)

    def _things(self, context: Context) -> Tuple[Objets, Tuple[str, ...]]:
        """What an object is expected on, cut to the ground of the PLU; and what lies beyond."""
        if isinstance(self.pour_chaque, ChaqueCommune):
            return context.territory.as_objects(), ()
        things = select(context, self.pour_chaque)
        if any(selecteur.source == "couche" for selecteur in self.pour_chaque):
            return inside_ground(context, things)
        return things, ()

    def _layers(self, context: Context) -> Couches:
        """The SCoT's layers among the things and the expected objects, for their precision."""
        chaque = () if isinstance(self.pour_chaque, ChaqueCommune) else self.pour_chaque
        refs: List[RefCouche] = [one.couche for one in (*chaque, *self.delimiter) if one.couche is not None]
        try:
            return read_couches(context, refs)
        except NotEvaluable:  # said where their objects are asked for
            return Couches(())

    # -- a share of each thing --------------------------------------------------------------------

    def _share(self, context: Context, things: Objets, couches: Couches, beyond: Tuple[str, ...]) -> List[Constat]:
        dim = int(shapely.get_dimensions(things.geometrie).min(initial=2))
        tools = read_covering(context, self.delimiter, dim).reaching(reach_of(couches))
        fault = self.uncovered_fault(context, things, couches, tools, couches.limites + beyond)
        return self.judge_covered(
            context, fault, lambda place: self._share_message(place, fault, tools), "ce qui est attendu"
        )

    def _share_message(self, place: Place, fault: Fault, tools: Covering) -> str:
        if place.etat == Etat.NON_EVALUE:
            return self._unknown(place, f"{number(place.mesure)} %" if place.mesure is not None else "")
        if place.etat == Etat.SANS_OBJET:
            return self.not_asked(place)
        return (
            f"Ce que le PLU délimite ({names(tools.noms)}) couvre {self.share_of(place)} de "
            f"{self.counted(place, *self._noun(fault.objets))}{self.where(place.unit)}{self.asked(place)}."
        )

    # -- something of each thing ------------------------------------------------------------------

    def _some(self, context: Context, things: Objets, couches: Couches, beyond: Tuple[str, ...]) -> List[Constat]:
        tools = read_covering(context, self.delimiter, 0)
        kept = self._lacking(context, things, couches, tools.sure)
        best = self._lacking(context, things, couches, tools.possible).geometrie if tools.has_doubts else None
        not_precise_here = {not_precise(lue.nom) for lue in couches.lues}  # a drawing tolerance stands for it
        limites = tuple(said for said in couches.limites if said not in not_precise_here)
        fault = fault_of(things, kept, best, tools, limites + beyond)
        told = Told(
            floor=True,
            mesure=lambda ground, at_fault: (float(shapely.is_missing(at_fault).sum()), ""),
            message=lambda place: self._some_message(place, fault, tools),
            ecart_message=lambda i, amount: (
                f"{things.libelles[i]} : rien n'y est délimité de ce qui est attendu ({names(tools.noms)})."
            ),
        )
        constats = judge_by_unit(context, fault, self.scale, lambda i, share, amount: _judge_some(share), told, self)
        return [_counted(constat) for constat in constats]

    def _lacking(self, context: Context, things: Objets, couches: Couches, tools: Array) -> Cleaned:
        """The things on which nothing stands; what only brushes against one (an OAP of its neighbour) is nothing."""
        covered = _covered(context, things, tools, reach_of(couches))
        width = self._width(context, couches)
        parts = clean(covered, width, progress=context.progress)
        met = drawn(parts.geometrie) | (measure(covered) > measure(things.geometrie) / 2)
        lacking = things.geometrie.copy()
        lacking[met] = None
        kept = self.without_slivers(context, things, lacking, couches)
        return replace(
            kept,
            under=f"de {length(width)} de large au plus",
            dropped=kept.dropped + np.where(met, 0, parts.dropped),
            dropped_m2=kept.dropped_m2 + np.where(met, 0.0, parts.dropped_m2),
            dropped_m=kept.dropped_m + np.where(met, 0.0, parts.dropped_m),
        )

    def _width(self, context: Context, couches: Couches) -> float:
        if self.largeur_ignoree is not None:
            return self.largeur_ignoree.to("m")
        communes = isinstance(self.pour_chaque, ChaqueCommune)
        drawing = context.territory.drawing_width if communes else DRAWING_WIDTH
        return max(drawing, float(couches.precision.max(initial=0.0)))

    def _some_message(self, place: Place, fault: Fault, tools: Covering) -> str:
        noun = self._noun(fault.objets)
        known = int(place.mesure or 0)
        if place.etat == Etat.NON_EVALUE:
            return self._unknown(place, plural(known, *noun) if place.mesure is not None else "")
        if not place.nb_objets:
            return self.nothing(place.unit)
        expected = f"ce qui est attendu ({names(tools.noms)})"
        if place.nb_objets == 1:
            verb = "délimite" if known else "ne délimite pas"
            return f"Le PLU {verb} pour {place.pire} {expected}{self.source}."
        some = f"{plural(known, *noun)} sur {number(place.nb_objets, 0)}{self.where(place.unit)}"
        told = f"Le PLU délimite {expected} pour {some}"
        if place.nb_en_cause == 1:
            told += f" ; il manque pour {place.pire}"
        elif place.nb_en_cause:
            told += f" ; il manque pour {plural(place.nb_en_cause, *noun)}, dont {place.pire}"
        return told + f"{self.source}."

    # -- words ------------------------------------------------------------------------------------

    def _unknown(self, place: Place, known: str) -> str:
        return self.unknown_part(place) + (f" Part connue : {known}." if known else "")

    def _noun(self, things: Objets) -> Tuple[str, str]:
        if isinstance(self.pour_chaque, ChaqueCommune):
            return "commune", "communes"
        zones = all(layer.nom == "ZONE_URBA" for layer in things.layers)
        return ("zone", "zones") if zones else ("objet", "objets")


def _dimension(selecteur: Any, couches: Mapping[str, Couche]) -> int:
    """Dimension of the objects of a selector, 0 when it is not known beforehand."""
    if selecteur.source == "zones":
        return 2
    declared = couches.get(selecteur.couche.nom) if selecteur.couche is not None else None
    if declared is None:
        return 0
    return 2 if declared.tampon else DIMENSIONS[declared.geometrie]


def _covered(context: Context, things: Objets, tools: Array, reach: float) -> Array:
    """What of each thing the tools stand on: surfaces, lines and points on a surface; their reach on the others."""
    flat = shapely.get_dimensions(things.geometrie) == 2
    found = [np.full(len(things), None, dtype=object)]
    by_kind = [ground for _, ground in by_dimension(explode(tools).geometry)]
    for mine, grounds in ((flat, by_kind), (~flat, [reached(tools, reach)])):
        for ground in grounds if mine.any() and len(tools) else ():
            mask = context.overlays.prepare(ground, progress=context.progress)
            part = np.full(len(things), None, dtype=object)
            part[mine] = context.overlays.intersection(things.geometrie[mine], mask, progress=context.progress)
            found.append(part)
    return together(found)


def _judge_some(share: float) -> Verdict:
    return Verdict(Etat.ECART_MARQUE, 1.0, 1.0) if share else Verdict(Etat.SANS_ECART, 0.0, 0.0)


def _counted(constat: Constat) -> Constat:
    """The same, its threshold being the number of things: each of them needs something."""
    if constat.mesure is None or constat.etat in (Etat.NON_EVALUE, Etat.SANS_OBJET):
        return constat
    lacking = constat.nb_objets - constat.mesure
    return replace(
        constat, seuil_min=float(constat.nb_objets), ecart=lacking, ecart_relatif=lacking / constat.nb_objets
    )
