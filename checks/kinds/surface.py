"""`surface`: hectares of the selected objects, or their share of the territory: land ceilings, farmland to keep."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Dict, List, Mapping, Optional, Sequence, Tuple

import numpy as np
import shapely

from ...rules.model import Controle, Couche, Selection
from ...rules.params import Param
from ...rules.types import (
    Bool,
    ChiffreType,
    Echelle,
    JalonsType,
    PartDuPluType,
    Periode,
    RetentionType,
    SeuilType,
    SituationPasseeType,
    Tolerance,
)
from ...rules.types import Couches as CouchesType
from ...rules.types import Objets as ObjetsType
from ..amount_judge import AmountJudge, Held, by_step
from ..base import Check, Constat
from ..context import Context, NotEvaluable
from ..couches import read_couches
from ..coverage import overlap_limit
from ..figures import Figure, consumed_before
from ..layers import Array
from ..limits import Thresholds
from ..objets import Objets, every, measure
from ..portions import Portion, portions
from ..previous_plu import FIELDS, PLU_ANTERIEUR, only_new
from ..ratio import HECTARE
from ..scope import bear, narrowed, of_this_plu
from ..selection import joined, select, surfaces
from ..territory import Unit
from ..wording import amount, names, plural
from ..years import Step


class Surface(Check):
    """La surface des objets choisis du PLU reste sous un plafond, ou atteint un plancher, par territoire.

    Résultat : la mesure est en hectares, ou en part (%) de la surface zonée du territoire quand le seuil est une part,
    ou en hectares par an quand il est relatif à une situation passée annuelle. Le terrain de plusieurs objets compte
    une fois. `deja_consomme` s'y ajoute (un seuil par an compte alors depuis le début de la période), `retention` la
    divise. Au-delà d'un plafond, chaque objet compté a sa ligne d'écart, du plus grand au plus petit, avec le rôle
    « contribue » ; en deçà d'un plancher, il n'y a rien à dessiner. Pour un territoire plus large que le PLU et sans
    `part_du_plu`, seul un plafond que le PLU dépasse à lui seul, ou un plancher qu'il atteint à lui seul, donne un
    état ; sinon c'est à apprécier.

    Limites : la surface est celle de la géométrie dessinée, voirie et espaces verts compris, bâtie ou non : ce qui
    est déjà construit ne se retire que par une couche (`hors`, `sans_compter`). L'horizon du PLU est donné au
    lancement ou par un tableau (`horizon`) ; il n'est pas lu dans le PLU. Là où un terrain relève de deux rétentions,
    la plus petite s'applique.
    """

    genre = "surface"
    selon_champ = "objet"
    unites = ("ha", "ha/an", "%")
    objets = Param(ObjetsType(), "Objets du PLU dont la surface est comptée")
    sans_compter = Param(CouchesType(), "Couches dont le terrain ne compte pas", default=())
    seulement_nouveau = Param(
        Bool(),
        f"Ne compter que ce que le PLU précédent (couche {PLU_ANTERIEUR}) ne rendait pas déjà constructible",
        default=False,
    )
    retention = Param(
        RetentionType(),
        "Par nom de sélecteur, ce par quoi sa surface est divisée",
        default=None,
    )
    deja_consomme = Param(
        ChiffreType(units=("ha",)), "Surface déjà consommée depuis le début de la période, ajoutée", default=None
    )
    minimum = Param(SeuilType(units=unites), "Surface minimale", default=None)
    maximum = Param(SeuilType(units=unites), "Surface maximale", default=None)
    cible = Param(SeuilType(units=unites), "Surface visée, dans les deux sens (10 % admis par défaut)", default=None)
    jalons = Param(JalonsType(units=unites), "Seuils intermédiaires, cumulés depuis le début de la période", default=())
    periode = Param(Periode(), "Première et dernière année du seuil ; celles de la prescription sinon", default=None)
    situation_passee = Param(
        SituationPasseeType(units=unites), "Ce qui a été mesuré avant, pour un seuil relatif", default=None
    )
    echelle = Param(Echelle(), "Unité pour laquelle la surface est mesurée", default="plu")
    tolerance = Param(Tolerance(), "Écart admis", default=None)
    ecart_marque_au_dela_de = Param(Tolerance(), "Limite au-delà de laquelle un écart est marqué", default=None)
    part_du_plu = Param(PartDuPluType(), "Ce qui revient à ce PLU quand l'échelle est plus large", default=None)
    vide_admis = Param(Bool(), "Une couche vide veut dire qu'il n'y a aucun objet", default=False)

    @classmethod
    def sentence(cls, controle: Controle, say: Any) -> str:
        values = controle.parametres
        seuil = say.seuil(values.get("minimum"), values.get("maximum"), values.get("cible"))
        if seuil:
            verb = f"occupent {seuil}"
        else:
            verb = "ont une surface " + ("bornée par des jalons" if values.get("jalons") else "à apprécier")
        new = " (hors terrains déjà constructibles au PLU précédent)" if values.get("seulement_nouveau") else ""
        without = f", sans compter {say.couches(values['sans_compter'])}" if values.get("sans_compter") else ""
        return f"{say.objets(values['objets'])}{new} {verb}{without}"

    @classmethod
    def implied(cls, controle: Controle) -> Mapping[str, Sequence[str]]:
        return {PLU_ANTERIEUR: FIELDS} if controle.parametres.get("seulement_nouveau") else {}

    @classmethod
    def least_dimension(cls, controle: Controle, couches: Mapping[str, Couche]) -> int:
        return 2

    def run(self, context: Context) -> Sequence[Constat]:
        return by_step(context, self, lambda step: self._at(context, step))

    def _at(self, context: Context, step: Step) -> List[Constat]:
        """The constats of one step: the control's own threshold, or a milestone."""
        thresholds = Thresholds.of(step.valeurs, self.unites, step.years)
        chosen = self._chosen(context, step.valeurs["objets"])
        self.exempted = list(dict.fromkeys(self.exempted))  # spared in two selectors, listed once
        objets, unread = chosen.objets.apart(self.scale)
        chosen = replace(chosen, objets=objets)
        if self.prescription.s_applique_a is not None and not len(objets) and not objets.manquantes:
            self.bearing = context.territory.in_scope(self.prescription.s_applique_a)
        places, limites = self._places(context, objets, thresholds)
        judge = AmountJudge(
            self,
            context,
            objets,
            thresholds,
            objets.limites + limites,
            self.part_du_plu,
            step.jalon,
            additive=thresholds.unite != "%",
            lasting=self.deja_consomme is not None,
        )
        measured = _Measured(context, self, chosen, thresholds)
        constats: List[Constat] = []
        for portion, commune in places:
            context.progress.step(len(constats) / len(places))
            constats.append(judge.constat(measured.held(portion, commune)))
        return constats + self.unread(context, unread, jalon=step.jalon)

    # -- what is counted --------------------------------------------------------------------------

    def _chosen(self, context: Context, selection: Selection) -> "_Chosen":
        """The objects, those of each retention apart, the smallest first."""
        groups: Dict[float, Tuple[Any, ...]] = {}
        for selecteur in selection:
            divisor = (self.retention or {}).get(selecteur.nom, 1.0)
            groups[divisor] = (*groups.get(divisor, ()), selecteur)
        found: List[Objets] = []
        divisors: List[Array] = []
        missing: List[str] = []
        for divisor in sorted(groups):
            try:
                objets = self._counted(context, select(context, groups[divisor], 2))
            except NotEvaluable as cause:
                missing.append(str(cause))
            else:
                found.append(objets)
                divisors.append(np.full(len(objets), divisor))
        if not found:
            raise NotEvaluable(" ".join(dict.fromkeys(missing)))
        objets = joined(found) if len(found) > 1 else found[0]
        return _Chosen(replace(objets, manquantes=objets.manquantes + tuple(missing)), np.concatenate(divisors))

    def _counted(self, context: Context, selected: Objets) -> Objets:
        objets = surfaces(bear(context, self, of_this_plu(context, selected)), "surface")
        if self.seulement_nouveau:
            objets = only_new(context, objets)
        if not self.sans_compter:
            return objets
        couches = read_couches(context, self.sans_compter, vide_admis=self.vide_admis, elsewhere_is_nothing=True)
        if couches.manquantes:
            raise NotEvaluable(" ".join(couches.manquantes))
        mask = context.overlays.prepare(couches.geometrie, progress=context.progress)
        return objets.clipped(context.overlays.difference(objets.geometrie, mask, progress=context.progress))

    def _places(
        self, context: Context, objets: Objets, thresholds: Thresholds
    ) -> "Tuple[List[Tuple[Portion, Optional[str]]], Tuple[str, ...]]":
        """(what each unit holds, the commune that decides for an object); and what the reader must know."""
        if self.scale != "objet" or not len(objets):
            cut, limites = portions(context, self.scale, objets)
            return [(portion, None) for portion in cut], limites
        mains = context.territory.main_commune(objets) if thresholds.by_commune else [None] * len(objets)
        places: "List[Tuple[Portion, Optional[str]]]" = []
        for code, at in objets.by_code.items():
            unit = Unit(code, str(objets.libelles[at[0]]))
            places.append((Portion(unit, at, objets.geometrie[at], np.ones(len(at))), mains[at[0]]))
        return places, ()


@dataclass(frozen=True)
class _Chosen:
    """The objects counted, and what the ground of each is divided by."""

    objets: Objets
    divisor: Array


@dataclass(frozen=True)
class _Measured:
    """Measures what a unit holds, in the unit of the thresholds."""

    context: Context
    check: Surface
    chosen: _Chosen
    thresholds: Thresholds

    def held(self, portion: Portion, commune: Optional[str]) -> Held:
        objets, index, geometrie = self.chosen.objets, portion.index, portion.geometrie
        certain, divisor = objets.certain[index], self.chosen.divisor[index]
        consumed = consumed_before(self.context, self.check, portion.unit, "ha")
        low = self._hectares(geometrie, divisor, certain) + consumed.value
        high = self._hectares(geometrie, divisor, certain | ~certain) + consumed.value
        more = objets.manquantes + consumed.missing
        less = self._undrawn if high else ()
        scaled = self._scale(portion.unit)
        return Held(
            portion.unit,
            index,
            geometrie,
            measure(geometrie) / HECTARE / divisor * scaled,
            0.0 if less else low * scaled,
            np.inf if more else high and high * self._scale(portion.unit, sure=True),
            low * scaled,
            amount(low, "ha"),
            "ha",
            self._detail(consumed, geometrie[certain]),
            commune,
            more + less,
            overlap_limit(self.context, geometrie) + ((consumed.note,) if consumed.note else ()),
        )

    def _hectares(self, geometrie: Array, divisor: Array, counted: Array) -> float:
        """Hectares of the ground, once, divided by its retention: the smallest where it has two."""
        total = before = 0.0
        for by in np.unique(divisor):
            ground = self.context.union_measure(geometrie[counted & (divisor <= by)], 2) / HECTARE
            total += (ground - before) / by
            before = ground
        return total

    def _scale(self, unit: Unit, sure: bool = False) -> float:
        """What hectares are multiplied by: 1, the years that they are shared over, the ground of the unit (`sure`:
        what is concerned for certain, where a share is the highest)."""
        if self.thresholds.unite == "%":
            territory = self._sure_territory if sure else self._territory
            ground = territory.get(unit.code, territory.get("", 0.0))
            return 100.0 / ground if ground else np.inf if sure and self._territory.get("") else 0.0
        try:
            return 1.0 / self.thresholds.years.measured if self.thresholds.par_an else 1.0
        except NotEvaluable:  # said by the judge
            return 1.0

    @cached_property
    def _territory(self) -> Dict[str, float]:
        """Hectares of the zoning in each unit, less what is not concerned; "" stands for the whole of it."""
        return self._hectares_by_unit(self._zones)

    @cached_property
    def _sure_territory(self) -> Dict[str, float]:
        zones = self._zones
        return self._territory if zones.certain.all() else self._hectares_by_unit(zones.take(zones.certain))

    @cached_property
    def _undrawn(self) -> Tuple[str, ...]:
        """Why a share of the zoning may be smaller than measured: the ground of some zones is not known."""
        zones = self.context.plu.zones
        lost = shapely.is_missing(zones.geometrie)
        if self.thresholds.unite != "%" or not lost.any():
            return ()
        count = plural(int(lost.sum()), "zone")
        said = f"{count} sans géométrie utilisable ({names(list(zones.codes.get('libelle', zones.ids)[lost]))})"
        return (f"{said} : la surface zonée n'est pas connue en entier ; complétez la donnée du PLU.",)

    @cached_property
    def _zones(self) -> Objets:
        return narrowed(self.context, self.check, every(self.context.plu.zones))

    def _hectares_by_unit(self, zones: Objets) -> Dict[str, float]:
        found = {"": self.context.union_measure(zones.geometrie, 2) / HECTARE}
        if self.check.scale not in ("plu", "scot", "objet"):
            for portion in portions(self.context, self.check.scale, zones)[0]:
                found[portion.unit.code] = self.context.union_measure(portion.geometrie, 2) / HECTARE
        return found

    def _detail(self, consumed: Figure, geometrie: Array) -> str:
        said = (
            f" dont {amount(consumed.value, 'ha')} déjà consommé{'s' * (consumed.value >= 2)}" if consumed.value else ""
        )
        if self.check.retention:
            drawn = amount(self.context.union_measure(geometrie, 2) / HECTARE, "ha")
            said += f", après rétention, pour {drawn} dessinés"
        return said
