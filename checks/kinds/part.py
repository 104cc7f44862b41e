"""`part`: what some objects are in others (renewal in all dwellings, social housing, closed zones in open ones)."""

from __future__ import annotations

from typing import Any, List, Mapping, Sequence

from ...rules.model import Controle, Couche, Terme
from ...rules.params import Param
from ...rules.types import Bool, Echelle, LogementsType, SeuilType, SituationPasseeType, TermeType, Tolerance
from ..base import Check, Constat
from ..context import Context
from ..dwellings import read_dwellings
from ..limits import Thresholds
from ..portions import portions, whole_portions
from ..scope import bear, of_this_plu
from ..selection import joined, select, surfaces
from ..share_judge import ShareJudge
from ..terms import Term

MESURES = {"surface": "en surface", "logements": "en logements", "nombre": "en nombre d'objets"}


class Part(Check):
    """La part d'objets du PLU dans d'autres (surface, logements ou nombre) respecte un seuil, par territoire.

    Résultat : la mesure est le numérateur divisé par le dénominateur, en % ; elle peut dépasser 100 % quand l'un n'est
    pas compris dans l'autre. Un dénominateur nul est sans objet. Sont en cause les objets dont la part, à eux seuls,
    manque le seuil ; quand aucun objet n'est dans les deux termes, un plafond est dépassé par tous ceux du numérateur,
    et un minimum manqué n'a pas d'objet en cause.

    Limites : les logements d'un objet coupé suivent sa surface ; un nombre compte les objets pris pour plus de la
    moitié, dans le territoire qui en tient la plus grande part. Ce qui n'est pas connu est pris au plus bas et au plus
    haut : si l'état peut changer, la part n'est pas évaluée. La part d'un seul PLU ne dit pas celle d'un SCoT. Ce
    qu'une couche du SCoT tient hors du PLU ne compte pas.
    """

    genre = "part"
    unites = ("%",)
    numerateur = Param(TermeType(), "Ce dont on mesure la part")
    denominateur = Param(TermeType(), "L'ensemble dans lequel la part est mesurée")
    logements = Param(LogementsType(), "Où lire les logements prévus, pour les deux termes", default=None)
    minimum = Param(SeuilType(units=unites), "Part minimale", default=None)
    maximum = Param(SeuilType(units=unites), "Part maximale", default=None)
    cible = Param(
        SeuilType(units=unites), "Part visée, dans les deux sens (tolérance de 10 % par défaut)", default=None
    )
    situation_passee = Param(
        SituationPasseeType(units=unites), "La part mesurée avant : faire pire est un sens contraire", default=None
    )
    echelle = Param(Echelle(objet=False), "Unité pour laquelle la part est mesurée", default="plu")
    tolerance = Param(Tolerance(), "Écart admis (3 points, ou 5 % du seuil)", default=None)
    ecart_marque_au_dela_de = Param(Tolerance(), "Limite au-delà de laquelle un écart est marqué", default=None)
    vide_admis = Param(Bool(), "Une couche vide veut dire qu'il n'y a aucun objet", default=False)

    @classmethod
    def sentence(cls, controle: Controle, say: Any) -> str:
        values = controle.parametres
        above, below = values["numerateur"], values["denominateur"]
        seuil = say.seuil(values.get("minimum"), values.get("maximum"), values.get("cible"))
        share = seuil or "une part, à apprécier,"
        sources = [terme.logements or values.get("logements") for terme in (above, below)]
        read = [say.logements(source) for source in dict.fromkeys(sources) if above.mesure == "logements" and source]
        where = f" ({' ; '.join(read)})" if read else ""
        return (
            f"{say.objets(above.objets)} représentent, {MESURES[above.mesure]}{where}, {share} de l'ensemble formé par "
            f"{say.objets(below.objets)}"
        )

    @classmethod
    def least_dimension(cls, controle: Controle, couches: Mapping[str, Couche]) -> int:
        terme = controle.parametres.get("numerateur")
        return 2 if terme is not None and terme.mesure == "surface" else 0

    def run(self, context: Context) -> Sequence[Constat]:
        terms = [self._term(context, terme) for terme in (self.numerateur, self.denominateur)]
        self.exempted = list(dict.fromkeys(self.exempted))  # spared in both terms, listed once
        both = joined([term.objets for term in terms])
        first = len(terms[0].objets)
        by_object = self.numerateur.mesure == "nombre"
        cut, limites = (whole_portions if by_object else portions)(context, self.scale, both)
        judge = ShareJudge(self, context, terms[0], terms[1], Thresholds.of(self.valeurs, self.unites), limites)
        constats: List[Constat] = []
        for portion in cut:
            context.progress.step(len(constats) / len(cut))
            above = portion.take(portion.index < first)
            below = portion.take(portion.index >= first).shifted(first)
            constats.append(judge.constat(portion.unit, above, below))
        return constats

    def _term(self, context: Context, terme: Terme) -> Term:
        least = self.least_dimension(self.controle, context.rules.couches)
        objets = bear(context, self, of_this_plu(context, select(context, terme.objets, least)))
        if terme.mesure == "surface":
            return Term(surfaces(objets, "surface"), terme.mesure)
        source = terme.logements or self.logements
        if terme.mesure == "nombre" or source is None:
            return Term(objets, terme.mesure)
        dwellings = read_dwellings(context, source, objets, vide_admis=self.vide_admis)
        return Term(dwellings.on(objets), terme.mesure, dwellings.count, source, dwellings.limites)
