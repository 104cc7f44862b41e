"""`densite`: dwellings over area, by territorial unit; or area by dwelling, when the threshold says so."""

from __future__ import annotations

from typing import Any, List, Mapping, Optional, Sequence, Tuple

import numpy as np
import shapely

from ...rules.model import Controle, Couche
from ...rules.params import Param
from ...rules.types import Bool, Choice, Echelle, LogementsType, PartDuPluType, SeuilType, Tolerance
from ...rules.types import Couches as CouchesType
from ...rules.types import Objets as ObjetsType
from ..base import Check, Constat
from ..context import Context, NotEvaluable
from ..couches import read_couches
from ..density_judge import DensityJudge
from ..dwellings import read_dwellings
from ..layers import Array
from ..limits import Thresholds
from ..objets import Objets
from ..portions import portions
from ..ratio import Part
from ..scope import bear, of_this_plu
from ..selection import select, surfaces
from ..territory import Unit


class Densite(Check):
    """Les objets choisis du PLU atteignent une densité de logements, mesurée par territoire.

    Résultat : la mesure est le nombre de logements divisé par la surface (logt/ha), ou la surface par logement
    (m2/logt) quand le seuil est écrit ainsi ; un constat par territoire. Sont en cause les objets qui, à eux seuls,
    n'atteignent pas le seuil ; leur géométrie est la partie de l'objet située dans le territoire.

    Limites : un effectif absent est inconnu, pas nul. Des zones qui se recouvrent ne comptent leur terrain qu'une
    fois, et leurs logements s'additionnent. La surface est celle du dessin : voirie et espaces verts compris, sauf ce
    que « sans_compter » retire. Une ligne ou un point n'a pas de densité : il est laissé de côté, et c'est dit.
    """

    genre = "densite"
    unites = ("logt/ha", "m2/logt")
    selon_champ = "objet"
    objets = Param(ObjetsType(), "Objets du PLU dont on mesure la densité")
    logements = Param(LogementsType(), "Où lire les logements prévus")
    assiette = Param(
        Choice("brute", "nette"), "Surface comptée : brute, ou nette des couches de « sans_compter »", default="brute"
    )
    sans_compter = Param(CouchesType(), "Couches dont le terrain ne compte pas dans la surface", default=())
    calcul = Param(
        Choice("rapport_des_totaux", "moyenne_simple"),
        "Rapport des totaux (la densité moyenne d'un DOO), ou moyenne des densités de chaque objet",
        default="rapport_des_totaux",
    )
    minimum = Param(SeuilType(units=unites), "Densité minimale", default=None)
    maximum = Param(SeuilType(units=unites), "Densité maximale", default=None)
    cible = Param(
        SeuilType(units=unites), "Densité visée, dans les deux sens (tolérance de 10 % par défaut)", default=None
    )
    echelle = Param(Echelle(), "Unité pour laquelle la densité est mesurée", default="plu")
    tolerance = Param(Tolerance(), "Écart admis", default=None)
    ecart_marque_au_dela_de = Param(Tolerance(), "Limite au-delà de laquelle un écart est marqué", default=None)
    part_du_plu = Param(PartDuPluType(), "Densité qui revient à ce PLU quand l'échelle est plus large", default=None)
    vide_admis = Param(Bool(), "Une couche vide veut dire qu'il n'y a aucun objet", default=False)

    @classmethod
    def sentence(cls, controle: Controle, say: Any) -> str:
        values = controle.parametres
        seuil = say.seuil(values.get("minimum"), values.get("maximum"), values.get("cible"))
        verb = f"atteignent {seuil}" if seuil else "ont une densité, à apprécier"
        without = f", sans compter {say.couches(values['sans_compter'])}" if values.get("sans_compter") else ""
        mean = ", en moyenne simple des objets" if values.get("calcul") == "moyenne_simple" else ""
        return f"{say.objets(values['objets'])} {verb}{mean} ({say.logements(values['logements'])}{without})"

    @classmethod
    def least_dimension(cls, controle: Controle, couches: Mapping[str, Couche]) -> int:
        return 2  # dwellings by hectare

    def run(self, context: Context) -> Sequence[Constat]:
        self._thresholds = Thresholds.of(self.valeurs, self.unites)
        least = self.least_dimension(self.controle, context.rules.couches)
        chosen = of_this_plu(context, select(context, self.objets, least))
        objets = surfaces(bear(context, self, chosen), "densité")
        dwellings = read_dwellings(context, self.logements, objets, vide_admis=self.vide_admis)
        self._limites = objets.limites + dwellings.limites
        if self.assiette == "nette" and not self.sans_compter:
            self._limites += ("Assiette nette demandée sans couche à décompter (« sans_compter ») : surface brute.",)
        objets, unread = objets.apart(self.scale)
        parts = self._parts(context, objets, dwellings.count)
        judge = DensityJudge(self, context, objets, self._thresholds, self._limites, self.part_du_plu)
        constats: List[Constat] = []
        for unit, part, commune in parts:
            context.progress.step(len(constats) / len(parts))
            constats.append(judge.constat(unit, part, commune))
        return constats + self.unread(context, unread)

    # -- what is measured -------------------------------------------------------------------------

    def _net(self, context: Context, geometrie: Array) -> Array:
        """The ground that counts: less `sans_compter`, whose dwellings still count."""
        if not self.sans_compter:
            return geometrie
        couches = read_couches(context, self.sans_compter, vide_admis=self.vide_admis, elsewhere_is_nothing=True)
        if couches.manquantes:
            raise NotEvaluable(" ".join(couches.manquantes))
        mask = context.overlays.prepare(couches.geometrie, progress=context.progress)
        return context.overlays.difference(geometrie, mask, progress=context.progress)

    def _parts(self, context: Context, objets: Objets, count: Array) -> "List[Tuple[Unit, Part, Optional[str]]]":
        """(unit, its part of the selection, the commune that decides for an object)."""
        if self.scale == "objet" and len(objets):
            return self._parts_by_object(context, objets, count)
        cut, limites = portions(context, self.scale, objets)
        self._limites += limites
        out: "List[Tuple[Unit, Part, Optional[str]]]" = []
        for portion in cut:
            index, ground = portion.index, portion.geometrie
            part = self._part(context, objets, index, ground, self._net(context, ground), count[index] * portion.held)
            out.append((portion.unit, part, None))
        return out

    def _parts_by_object(
        self, context: Context, objets: Objets, count: Array
    ) -> "List[Tuple[Unit, Part, Optional[str]]]":
        mains = context.territory.main_commune(objets) if self._thresholds.by_commune else [None] * len(objets)
        net = self._net(context, objets.geometrie)
        out: "List[Tuple[Unit, Part, Optional[str]]]" = []
        for code, at in objets.by_code.items():
            part = self._part(context, objets, at, objets.geometrie[at], net[at], count[at])
            out.append((Unit(code, str(objets.libelles[at[0]])), part, mains[at[0]]))
        return out

    def _part(
        self, context: Context, objets: Objets, index: Array, geometrie: Array, counted: Array, count: Array
    ) -> Part:
        ground = np.where(shapely.is_missing(counted), 0.0, shapely.area(counted))

        def overlap(chosen: Array) -> float:
            several = counted[chosen & ~shapely.is_missing(counted)]
            return max(
                float(shapely.area(several).sum()) - context.overlays.union_area(several, progress=context.progress),
                0.0,
            )

        whole = overlap(np.ones(len(index), dtype=bool)) if len(index) > 1 else 0.0
        return Part(
            index,
            geometrie,
            ground,
            count,
            objets.certain[index],
            overlap if whole else lambda chosen: 0.0,
            self._thresholds.unite,
            self.calcul == "moyenne_simple",
        )
