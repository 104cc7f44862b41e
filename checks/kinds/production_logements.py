"""`production_logements`: dwellings planned, in all, by year, or by year for 1 000 inhabitants."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, List, Sequence, Tuple

import numpy as np

from ...rules.model import Controle, Quantity
from ...rules.params import Param
from ...rules.types import (
    Bool,
    ChiffreType,
    Echelle,
    JalonsType,
    LogementsType,
    PartDuPluType,
    Periode,
    PopulationType,
    SeuilType,
    SituationPasseeType,
    Tolerance,
)
from ...rules.types import Objets as ObjetsType
from ..amount_judge import AmountJudge, Held, by_step
from ..base import Check, Constat
from ..context import Context, NotEvaluable
from ..dwellings import Dwellings, read_dwellings
from ..figures import Figure, concerned, consumed_before, figure_of
from ..limits import Thresholds
from ..objets import Objets
from ..populations import refuse_several
from ..portions import Portion, portions
from ..scope import bear, of_this_plu
from ..selection import select
from ..territory import Unit
from ..wording import amount, names, plural
from ..years import Step


class ProductionLogements(Check):
    """Les logements que le PLU prévoit restent sous un plafond, ou atteignent un plancher, par territoire.

    Résultat : la mesure est le nombre de logements prévus ; un seuil par an, ou par an pour 1 000 habitants, est
    multiplié par les années que sa période partage avec l'horizon du PLU, et par la population. Relative à une
    situation passée annuelle, la mesure est par an. `deja_consomme` s'y ajoute : un seuil par an compte alors depuis
    le début de la période. Au-delà d'un plafond, chaque objet compté a sa ligne d'écart, du plus grand au plus petit,
    avec le rôle « contribue » ; en deçà d'un plancher, il n'y a rien à dessiner. Pour un territoire plus large que le
    PLU et sans `part_du_plu`, seul un plafond que le PLU dépasse à lui seul, ou un plancher qu'il atteint à lui seul,
    donne un état ; sinon c'est à apprécier.

    Limites : un effectif absent est inconnu, pas nul. Les logements d'un objet coupé par une limite suivent sa
    surface. Ce qui se construit ailleurs (renouvellement, vacance) ne compte que si le tableau le donne.
    """

    genre = "production_logements"
    unites = ("logt", "logt/an", "logt/an/1000hab")
    objets = Param(ObjetsType(), "Objets du PLU dont on compte les logements")
    logements = Param(LogementsType(), "Où lire les logements prévus")
    population = Param(PopulationType(), "Habitants du territoire, pour un seuil par 1 000 habitants", default=None)
    deja_consomme = Param(
        ChiffreType(units=("logt",)), "Logements déjà produits depuis le début de la période, ajoutés", default=None
    )
    minimum = Param(SeuilType(units=unites), "Production minimale", default=None)
    maximum = Param(SeuilType(units=unites), "Production maximale", default=None)
    cible = Param(SeuilType(units=unites), "Production visée, dans les deux sens (10 % admis par défaut)", default=None)
    jalons = Param(JalonsType(units=unites), "Seuils intermédiaires, cumulés depuis le début de la période", default=())
    periode = Param(Periode(), "Première et dernière année du seuil ; celles de la prescription sinon", default=None)
    situation_passee = Param(
        SituationPasseeType(units=unites[:2]), "Ce qui a été produit avant, pour un seuil relatif", default=None
    )
    echelle = Param(Echelle(objet=False), "Unité pour laquelle la production est mesurée", default="plu")
    tolerance = Param(Tolerance(), "Écart admis", default=None)
    ecart_marque_au_dela_de = Param(Tolerance(), "Limite au-delà de laquelle un écart est marqué", default=None)
    part_du_plu = Param(PartDuPluType(), "Ce qui revient à ce PLU quand l'échelle est plus large", default=None)
    vide_admis = Param(Bool(), "Une couche vide veut dire qu'il n'y a aucun objet", default=False)

    @classmethod
    def sentence(cls, controle: Controle, say: Any) -> str:
        values = controle.parametres
        seuil = say.seuil(values.get("minimum"), values.get("maximum"), values.get("cible"))
        if not seuil:
            seuil = "un nombre de logements " + ("borné par des jalons" if values.get("jalons") else "à apprécier")
        population = values.get("population")
        per = f" ; population : {say.chiffre(population.chiffre)}" if population else ""
        source = f" ({population.source})" if population and population.source else ""
        return f"{say.objets(values['objets'])} prévoient {seuil} ({say.logements(values['logements'])}{per}{source})"

    def run(self, context: Context) -> Sequence[Constat]:
        return by_step(context, self, lambda step: self._at(context, step))

    def _at(self, context: Context, step: Step) -> List[Constat]:
        """The constats of one step: the control's own threshold, or a milestone."""
        thresholds = Thresholds.of(step.valeurs, self.unites, step.years)
        objets = bear(context, self, of_this_plu(context, select(context, step.valeurs["objets"])))
        if self.prescription.s_applique_a is not None:
            self.bearing = context.territory.in_scope(self.prescription.s_applique_a)
        dwellings = read_dwellings(context, self.logements, objets, vide_admis=self.vide_admis)
        objets = dwellings.on(objets)
        cut, limites = portions(context, self.scale, objets)
        source = self.population.source if self.population else ""
        judge = AmountJudge(
            self,
            context,
            objets,
            thresholds,
            objets.limites + dwellings.limites + limites + ((f"Population : {source.rstrip('.')}.",) if source else ()),
            self.part_du_plu,
            step.jalon,
            noun="Production",
            known="Production connue",
            lasting=self.deja_consomme is not None,
        )
        planned = _Planned(context, self, objets, dwellings, thresholds)
        constats: List[Constat] = []
        for portion in cut:
            context.progress.step(len(constats) / len(cut))
            constats.append(judge.constat(planned.held(portion)))
        return constats


@dataclass(frozen=True)
class _Planned:
    """Counts what a unit plans, in the unit of the thresholds."""

    context: Context
    check: ProductionLogements
    objets: Objets
    dwellings: Dwellings
    thresholds: Thresholds

    def held(self, portion: Portion) -> Held:
        count = self.dwellings.count[portion.index] * portion.held
        known, certain = ~np.isnan(count), self.objets.certain[portion.index]
        built = consumed_before(self.context, self.check, portion.unit, "logt")
        low = float(count[known & certain].sum()) + built.value
        high = float(count[known].sum()) + built.value
        causes = self.objets.manquantes + built.missing + self._without_figure(portion, ~known)
        scaled = self._scale()
        return Held(
            portion.unit,
            portion.index,
            portion.geometrie,
            count * scaled,
            low * scaled,
            np.inf if causes else high * scaled,
            low * scaled,
            amount(low, "logt"),
            "logt",
            self._detail(low, built),
            None,
            causes,
            (built.note,) if built.note else (),
            lambda: self._inhabitants(portion.unit),
        )

    def _without_figure(self, portion: Portion, unknown: Any) -> Tuple[str, ...]:
        labels = list(self.objets.libelles[portion.index[unknown]])
        return (f"{plural(len(set(labels)), 'objet')} sans effectif ({names(labels)}).",) if labels else ()

    def _scale(self) -> float:
        """What dwellings are multiplied by: 1, or the years that they are shared over."""
        try:
            return 1.0 / self.thresholds.years.measured if self.thresholds.par_an else 1.0
        except NotEvaluable:  # said by the judge
            return 1.0

    def _detail(self, dwellings: float, built: Figure) -> str:
        said = f" dont {amount(built.value, 'logt')} déjà produit{'s' * (built.value >= 2)}" if built.value else ""
        try:
            years = self.thresholds.years.planned
        except NotEvaluable:
            return said
        if self.thresholds.par_an:
            return said
        # what was built before was not built over the years of the plan
        coming = " à venir" if built.value else ""
        return f"{said}, {amount((dwellings - built.value) / years, 'logt/an')}{coming}"

    # -- inhabitants ------------------------------------------------------------------------------

    def _inhabitants(self, unit: Unit) -> float:
        """Those of the communes of the unit that are concerned. Raises `NotEvaluable` when some are not known."""
        population = self.check.population
        if population is None:
            raise NotEvaluable("La population n'est pas donnée : un seuil par 1 000 habitants la demande.")
        refuse_several(self.context, population.chiffre)
        only = concerned(self.context, self.check, unit)
        if only is not None and isinstance(population.chiffre, Quantity):
            raise NotEvaluable("Une population de tout le PLU ne se coupe pas : il faut une table par commune.")
        if only == ():
            return 0.0
        figure = figure_of(self.context, population.chiffre, self.check.scale, unit, only)
        if figure.missing:
            raise NotEvaluable(" ".join(figure.missing))
        if not figure.value:
            raise NotEvaluable(
                "La population est nulle : un seuil par 1 000 habitants n'y demande rien ; vérifiez le chiffre."
            )
        return figure.to("hab")
