"""`protection_requise`: each object of the layers is covered by one of the tools of the PLU."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Mapping, Sequence, Tuple

import shapely

from ...rules.model import Controle, Couche
from ...rules.params import Param
from ...rules.types import Objets as ObjetsType
from ..base import Constat, Etat
from ..context import Context
from ..couches import DIMENSIONS, Couches, read_couches
from ..coverage import Fault, Place
from ..covering import CoveredCheck, Covering, reach_of, read_covering
from ..geometry.mask import Mask
from ..layers import Array
from ..objets import Objets
from ..scope import bear, inside_ground
from ..wording import number


class ProtectionRequise(CoveredCheck):
    """Chaque objet des couches est couvert, pour une part minimale, par un des outils de protection du PLU.

    Résultat : la mesure est la part (en %) de l'étendue des objets, dans le PLU, couverte par au moins un outil ; le
    message dit quel outil couvre quelle part. Chaque objet est jugé seul : l'état du territoire est celui du plus
    mauvais. Un écart porte l'objet de la couche et la géométrie de sa partie non couverte ; une haie ou un autre
    objet en ligne se mesure en longueur.

    Limites : ce qui dépasse du PLU n'est pas examiné, et c'est dit. Un outil dessiné en ligne ou en point protège ce
    qui est à moins de la moitié de la précision de la couche (1 m au moins). L'outil constate un zonage ou une
    prescription graphique ; que leur règlement protège vraiment reste à lire.
    """

    genre = "protection_requise"
    outils = Param(ObjetsType(), "Outils du PLU qui protègent (zones, prescriptions), l'un d'eux suffit")

    @classmethod
    def sentence(cls, controle: Controle, say: Any) -> str:
        values = controle.parametres
        share = say.seuil(minimum=values.get("part_minimale"))
        return (
            f"chaque objet {say.couches(values['couches'], 'de')} est couvert"
            f"{f', pour {share},' if share else ''} par {say.objets(values['outils'], liaison='ou')}"
        )

    @classmethod
    def least_dimension(cls, controle: Controle, couches: Mapping[str, Couche]) -> int:
        """A line cannot protect a surface."""
        declared = [couches[ref.nom] for ref in controle.parametres["couches"] if ref.nom in couches]
        return min([2 if one.tampon else DIMENSIONS[one.geometrie] for one in declared], default=0)

    def run(self, context: Context) -> Sequence[Constat]:
        couches = read_couches(context, self.couches, vide_admis=self.vide_admis)
        objets, beyond = inside_ground(context, couches.as_objets())
        objets = bear(context, self, objets)
        if not len(objets) and not objets.manquantes:
            message = f"Aucun objet de {couches.libelle} ne se trouve sur le territoire du PLU."
            return self.everywhere(context, Etat.SANS_OBJET, message, limites=couches.limites)
        fault, tools = self._fault(context, objets, couches, beyond)
        masks = [(nom, context.overlays.prepare(ground, progress=context.progress)) for nom, ground in tools.named]
        masks += [("", context.overlays.prepare(tools.sure, progress=context.progress))] if len(masks) > 1 else []
        return self.judge_covered(
            context, fault, lambda place: self._message(context, place, couches, masks), "protection"
        )

    def _fault(
        self, context: Context, objets: Objets, couches: Couches, beyond: Tuple[str, ...]
    ) -> Tuple[Fault, Covering]:
        """The uncovered parts, at the least and at the most favourable; and what covers the others."""
        dim = int(shapely.get_dimensions(objets.geometrie).min()) if len(objets) else 2
        tools = read_covering(context, self.outils, dim).reaching(reach_of(couches))
        # what the layers that could not be read hold is another cause than what the tools lack
        objets = replace(objets, manquantes=couches.manquantes)
        return self.uncovered_fault(context, objets, couches, tools, couches.limites + beyond), tools

    def _message(self, context: Context, place: Place, couches: Couches, masks: "Sequence[Tuple[str, Mask]]") -> str:
        if place.etat == Etat.NON_EVALUE:
            known = f" Part connue : {number(place.mesure)} %." if place.mesure is not None else ""
            return self.unknown_part(place) + known
        where = self.where(place.unit)
        if place.etat == Etat.SANS_OBJET:
            return self.not_asked(place)
        count, tools = self.counted(place), _shares(context, place.ground, masks)
        return (
            f"Les outils du PLU couvrent {self.share_of(place)} de {couches.libelle}{where} ({count} ; {tools})"
            f"{self.asked(place)}."
        )


def _shares(context: Context, ground: Array, tools: "Sequence[Tuple[str, Mask]]") -> str:
    """`zones A, N 70 %, prescriptions 25 25 %, dont 5 % par plusieurs`, of what these grounds cover, counted once.

    The last of several tools, without a name, is all of them together.
    """
    dim = int(shapely.get_dimensions(ground).max(initial=-1))
    ground = ground[shapely.get_dimensions(ground) == dim]  # a share of surfaces and lines together has no meaning
    total = context.union_measure(ground, dim)
    parts = [context.overlays.intersection(ground, mask, progress=context.progress) for _, mask in tools]
    held = [context.union_measure(part, dim) for part in parts]
    names = [nom for nom, _ in tools if nom]
    pieces = [f"{nom} {number(100 * part / total, 1)} %" if total else nom for nom, part in zip(names, held)]
    shared = sum(held[:-1]) - held[-1] if len(held) > 1 else 0.0
    if shared > 0.0005 * total:
        pieces.append(f"dont {number(100 * shared / total, 1)} % par plusieurs outils")
    return ", ".join(pieces)
