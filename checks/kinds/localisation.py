"""`localisation`: the selected objects lie in the layers, near them, or away from them."""

from __future__ import annotations

from typing import Any, Mapping, Sequence

from ...rules.model import Controle
from ...rules.params import Param
from ...rules.types import Couches as CouchesType
from ...rules.types import Due, LengthOrField
from ...rules.types import Objets as ObjetsType
from ..base import Constat, Etat
from ..context import Context
from ..couches import Couches, read_couches
from ..coverage import COULD_BE_NONE, COULD_BE_WHOLE, NOTHING_UNKNOWN, Fault, Place, Told, judge_by_unit
from ..objets import Objets
from ..scope import bear
from ..selection import select
from ..spatial import SharedCheck, fields_of_distance, mixed_limit, refuse_thinner, share_covered
from ..wording import number


class Localisation(SharedCheck):
    """Les objets choisis du PLU se situent dans les couches, près d'elles ou hors d'elles, pour une part minimale.

    Résultat : la mesure est la part (en %) de l'étendue des objets qui est du bon côté. Chaque objet est jugé seul :
    l'état du territoire est celui du plus mauvais. La géométrie d'un écart est la partie de l'objet située du mauvais
    côté. Sans part minimale, la part est donnée et l'état est « à apprécier ».

    Limites : plusieurs couches comptent ensemble, leurs recouvrements une seule fois. Une surface n'a pas de part
    dans une ligne ou un point : donnez un « tampon » à la couche, ou une distance (« a_moins_de »), qui est à vol
    d'oiseau. Une couche présente dont aucun objet n'est sur ce PLU donne 0 % (100 % avec « hors »), pas « sans
    objet ».
    """

    genre = "localisation"
    objets = Param(ObjetsType(), "Objets du PLU à situer")
    couches = Param(CouchesType(), "Couches dans lesquelles les objets se situent", default=())
    hors = Param(CouchesType(), "Couches hors desquelles les objets se situent, à la place de « couches »", default=())
    a_moins_de = Param(
        Due(LengthOrField()),
        "Distance des couches, à vol d'oiseau : les objets se situent en deçà, ou au-delà avec « hors »",
        default=None,
    )

    @classmethod
    def sentence(cls, controle: Controle, say: Any) -> str:
        values = controle.parametres
        refs = values.get("hors") or values.get("couches") or ()
        away, near = bool(values.get("hors")), values.get("a_moins_de")
        share = say.seuil(minimum=values.get("part_minimale"))
        place = f"hors {say.couches(refs, 'de')}" if away else f"dans {say.couches(refs, liaison='ou')}"
        if near:
            side = "plus" if away else "moins"
            place = f"à {side} de {say.distance(near)} {say.couches(refs, 'de', 'et' if away else 'ou')}"
        told = f"{say.objets(values['objets'])} se situent {place}"
        return f"{told}, pour {share} de leur étendue" if share else told

    @classmethod
    def implied(cls, controle: Controle) -> Mapping[str, Sequence[str]]:
        return fields_of_distance(controle)

    def run(self, context: Context) -> Sequence[Constat]:
        objets = bear(context, self, select(context, self.objets))
        couches = read_couches(
            context, self.hors or self.couches, a_moins_de=self.a_moins_de, vide_admis=self.vide_admis
        )
        refuse_thinner(objets, couches)
        if not len(objets) and not objets.manquantes:
            return self.nothing_selected(context, objets)
        limits = self.limits_by_object(context, objets)
        fault = self._fault(context, objets, couches)
        told = Told(
            floor=True,
            mesure=lambda ground, at_fault: share_covered(context, ground, at_fault),
            message=lambda place: self._message(place, couches),
            ecart_message=lambda i, amount: self._of_object(objets, i, float(fault.share[i]), couches),
        )
        return judge_by_unit(
            context, fault, self.scale, lambda i, share, amount: self.judge_share(limits[i], share), told, self
        )

    def _fault(self, context: Context, objets: Objets, couches: Couches) -> Fault:
        """What lies outside the layers (inside them for `hors`)."""
        mask = context.overlays.prepare(couches.geometrie, progress=context.progress)
        operation = context.overlays.intersection if self.hors else context.overlays.difference
        outside = operation(objets.geometrie, mask, progress=context.progress)
        kept = self.without_slivers(context, objets, outside, couches)
        unknown = NOTHING_UNKNOWN
        if couches.manquantes:
            unknown = COULD_BE_WHOLE if self.hors else COULD_BE_NONE
        return Fault(objets, kept, unknown, couches.manquantes, couches.limites + mixed_limit(objets))

    def _message(self, place: Place, couches: Couches) -> str:
        if place.etat == Etat.NON_EVALUE:
            return self.unknown_part(place)
        where = self.where(place.unit)
        if place.etat == Etat.SANS_OBJET:
            return self.not_asked(place)
        what = f"{self.share_of(place)} de {self.counted(place)}{where}"
        return f"{what} se situe {self._place(couches, bool(self.hors))}{self.asked(place)}."

    def _of_object(self, objets: Objets, i: int, share: float, couches: Couches) -> str:
        return (
            f"{objets.libelles[i]} : {number(100 * share, 1)} % de l'objet est {self._place(couches, not self.hors)}."
        )

    def _place(self, couches: Couches, away: bool) -> str:
        """`hors de « Centralités »`, `à moins de 500 m (à vol d'oiseau) de « Gares »`."""
        if self.a_moins_de:
            return f"à plus de {couches.proches('et')}" if away else f"à moins de {couches.proches()}"
        return f"hors de {couches.libelle}" if away else f"dans {couches.named('ou')}"
