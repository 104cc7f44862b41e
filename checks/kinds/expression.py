"""`expression`: a QGIS expression is true for every selected object."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Dict, List, Mapping, Optional, Sequence, Tuple

import numpy as np

from ...rules.expressions import CODES
from ...rules.model import Controle
from ...rules.model import Expression as ExpressionValue
from ...rules.params import Param
from ...rules.types import Echelle, ExpressionType
from ...rules.types import Objets as ObjetsType
from ..base import Check, Constat, Etat
from ..context import Context, NotEvaluable, as_number
from ..coverage import Fault, Place, Told, judge_by_unit
from ..expressions import Evaluator, Rows
from ..layers import Array, objects
from ..objets import Objets
from ..scope import bear
from ..selection import select
from ..seuils import Verdict
from ..slivers import Cleaned
from ..wording import names, plural


@dataclass(frozen=True)
class Answers:
    """For each object, whether the expression is true (None: not known), and why it is not known."""

    vrai: List[Optional[bool]]
    causes: List[str]


class Expression(Check):
    """Une expression QGIS est vraie pour chacun des objets choisis du PLU.

    Résultat : un objet pour lequel l'expression est fausse est un écart marqué, dont la géométrie est l'objet entier ;
    la mesure est le nombre de ces objets. L'expression lit les champs de l'objet (entre guillemets dès qu'ils ont un
    accent ou une espace), sa géométrie (`@geometry`, `area(@geometry)`, en mètres dans la projection légale) et ses
    codes normalisés (`@typezone`, `@vocation`, `@insee`, `@libelle`, `@typepsc`…). `message`, une expression aussi,
    écrit la phrase de chaque écart.

    Limites : une expression qui ne donne rien (NULL) ou qui échoue pour un objet ne dit pas qu'il respecte la règle :
    il est inconnu. Seules des fonctions sans effet ni accès extérieur sont admises : ni fichier, ni réseau, ni projet,
    ni autre couche, ni date du jour, ni fonction ajoutée par une extension. Sans QGIS, la réponse est « non évalué ».
    """

    genre = "expression"
    objets = Param(ObjetsType(), "Objets du PLU pour chacun desquels l'expression est vraie")
    expression = Param(ExpressionType(), "Ce qui est vrai d'un objet quand la prescription est respectée")
    message = Param(
        ExpressionType(), "Expression qui écrit la phrase d'un écart, à partir de l'objet en cause", default=None
    )
    echelle = Param(Echelle(), "Unité pour laquelle un constat est donné", default="plu")

    @classmethod
    def sentence(cls, controle: Controle, say: Any) -> str:
        values = controle.parametres
        return f"l'expression QGIS « {values['expression'].courte} » est vraie pour {say.objets(values['objets'])}"

    @classmethod
    def implied(cls, controle: Controle) -> Mapping[str, Sequence[str]]:
        """The fields that the expressions read in the layers of the rules (those of the PLU are all read)."""
        values = controle.parametres
        asked = [values[name] for name in ("expression", "message") if values.get(name) is not None]
        champs = tuple(champ for expression in asked for champ in expression.champs)
        couches = [one.couche.nom for one in values["objets"] if one.couche is not None]
        return dict.fromkeys(couches, champs)

    def run(self, context: Context) -> Sequence[Constat]:
        objets = bear(context, self, select(context, self.objets))
        if not len(objets) and not objets.manquantes:
            units = context.territory.units("plu" if self.scale == "objet" else self.scale)
            return [self.constat(one, Etat.SANS_OBJET, self.nothing(one), limites=objets.limites) for one in units]
        if context.expressions is None:
            raise NotEvaluable(
                "Une expression n'est évaluée que par QGIS ; lancez le contrôle dans QGIS ou avec qgis_process."
            )
        answers = self._answers(context, context.expressions, objets)
        verdicts = self._verdicts(context, objets, answers)
        false = np.array([vrai is False for vrai in answers.vrai], dtype=bool)
        sentences = self._sentences(context, context.expressions, objets, false)
        nothing = np.zeros(len(objets))
        whole = objets.geometrie.copy()
        whole[~false] = None
        told = Told(
            floor=False,
            mesure=lambda ground, at_fault: (float(sum(shape is not None for shape in at_fault)), ""),
            message=self._message,
            ecart_message=lambda i, amount: sentences[i],
            ground=False,
        )
        fault = Fault(objets, Cleaned(whole, nothing.astype(int), nothing, nothing))
        constats = judge_by_unit(context, fault, self.scale, lambda i, share, amount: verdicts[i], told, self)
        return [replace(one, mesure=None) if one.etat == Etat.NON_EVALUE else one for one in constats]

    def _answers(self, context: Context, evaluator: Evaluator, objets: Objets) -> Answers:
        answers = Answers([None] * len(objets), [""] * len(objets))
        rows = _Rows(objets, self.expression)
        for i, cause in rows.lacking.items():
            answers.causes[i] = cause
        known = np.array([i for i in range(len(objets)) if i not in rows.lacking], dtype=int)
        values = evaluator.evaluate(self.expression, rows.take(known), context.progress) if len(known) else ()
        for i, value in zip(known, values):
            if value.erreur:
                answers.causes[i] = f"l'évaluation échoue ({value.erreur})"
            elif value.valeur is None or value.valeur != value.valeur:  # not a number
                answers.causes[i] = "l'expression ne donne rien (NULL)"
            elif isinstance(value.valeur, (bool, int, float)):
                answers.vrai[i] = bool(value.valeur)
            else:
                answers.causes[i] = "l'expression ne donne ni vrai ni faux"
        return answers

    def _verdicts(self, context: Context, objets: Objets, answers: Answers) -> List[Verdict]:
        """One per object. What is not known leaves the state to a departure elsewhere, else nothing is decided."""
        states = {True: Verdict(Etat.SANS_ECART, 0.0), False: Verdict(Etat.ECART_MARQUE, 1.0)}
        causes = self._grouped_causes(context, objets, answers)
        return [
            Verdict(Etat.NON_EVALUE, cause=cause) if vrai is None else states[vrai]
            for vrai, cause in zip(answers.vrai, causes)
        ]

    def _grouped_causes(self, context: Context, objets: Objets, answers: Answers) -> List[str]:
        """For each unknown object, one sentence for all those of its territory with the same cause."""
        unknown = [i for i, vrai in enumerate(answers.vrai) if vrai is None]
        places: Sequence[Any] = [""] * len(objets)
        if self.scale == "objet":
            places = range(len(objets))
        elif self.scale not in ("plu", "scot") and unknown:
            places = context.territory.main_commune(objets)
        groups: Dict[Tuple[Any, str], List[int]] = {}
        for i in unknown:
            groups.setdefault((places[i], answers.causes[i]), []).append(i)
        said = [""] * len(objets)
        for (_, cause), members in groups.items():
            who = f"{plural(len(members), 'objet')} sans réponse ({names(list(objets.libelles[members]))}) : {cause}."
            for i in members:
                said[i] = who
        return said

    def _sentences(self, context: Context, evaluator: Evaluator, objets: Objets, false: Array) -> Dict[int, str]:
        """The sentence of each object at fault: that of `message`, or the tool's where it gives none."""
        index = np.flatnonzero(false)
        said = {int(i): f"{objets.libelles[i]} : l'expression « {self._short} » est fausse." for i in index}
        if self.message is None or not len(index):
            return said
        rows = _Rows(objets, self.message)
        index = np.array([i for i in index if i not in rows.lacking], dtype=int)
        for i, value in zip(index, evaluator.evaluate(self.message, rows.take(index), context.progress)):
            text = "" if value.erreur or value.valeur is None else " ".join(str(value.valeur).split())
            said[int(i)] = text or said[int(i)]
        return said

    @property
    def _short(self) -> str:
        text = self.expression.courte
        return text if len(text) <= 120 else f"{text[:119]}…"

    def _message(self, place: Place) -> str:
        where = self.where(place.unit)
        if place.etat == Etat.NON_EVALUE:
            return f"Non évalué{where} : {' '.join(place.causes)}".rstrip()
        if not place.nb_objets:
            return self.nothing(place.unit)
        examined = plural(place.nb_objets, "objet examiné", "objets examinés")
        if not place.nb_en_cause:
            return f"L'expression « {self._short} » n'est fausse pour aucun objet{where} : {examined}{self.source}."
        which = f" : {place.pire}" if place.nb_en_cause == 1 else f", dont {place.pire}"
        return (
            f"L'expression « {self._short} » est fausse pour {plural(place.nb_en_cause, 'objet')} sur "
            f"{plural(place.nb_objets, 'examiné')}{where}{which}{self.source}."
        )


class _Rows:
    """What an expression reads of the objects. `lacking`: position -> cause, where a field or a code does not exist."""

    def __init__(self, objets: Objets, expression: ExpressionValue) -> None:
        self._objets = objets
        self.lacking: Dict[int, str] = {}
        self._champs = {champ: self._champ(champ, champ in expression.nombres) for champ in expression.champs}
        self._variables = {nom: self._code(nom) for nom in expression.variables if nom in CODES}

    def take(self, index: Array) -> Rows:
        return Rows(
            {nom: values[index] for nom, values in self._champs.items()},
            {nom: values[index] for nom, values in self._variables.items()},
            self._objets.geometrie[index],
        )

    def _champ(self, champ: str, is_number: bool) -> Array:
        for position, layer in enumerate(self._objets.layers):
            if layer.colonne(champ) is None:
                self._lack(position, f"la couche {layer.nom} n'a pas de champ {champ}{layer.lacks(champ)}".rstrip("."))
        values = self._objets.champ(champ)
        if values is None:
            return np.full(len(self._objets), None, dtype=object)
        if is_number:
            values = objects([self._number(i, champ, value) for i, value in enumerate(values)])
        return values

    def _number(self, i: int, champ: str, value: Any) -> Any:
        """A text that is compared with a number: as a number, which may have a comma; or nobody knows."""
        if not isinstance(value, str):
            return value
        if not value.strip():
            return None
        number = as_number(value)
        if number is None:
            self.lacking.setdefault(i, f"le champ {champ} vaut « {value} », qui n'est pas un nombre")
        return number

    def _code(self, nom: str) -> Array:
        for position, layer in enumerate(self._objets.layers):
            if nom not in layer.codes:
                missing = layer.manques.get(nom, "")
                self._lack(
                    position, f"@{nom} n'est pas connu de la couche {layer.nom}{f' ({missing})' if missing else ''}"
                )
        return self._objets.code(nom)

    def _lack(self, position: int, cause: str) -> None:
        for i in np.flatnonzero(self._objets.couche == position):
            self.lacking.setdefault(int(i), cause)
