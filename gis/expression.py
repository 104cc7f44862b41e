"""QGIS expressions, for the kind `expression`: read, found harmless, evaluated object by object.

Nothing is given to an expression but the object: no layer, no project, no scope of the user's. And its functions are
asked again of QGIS's own reading of the text, should `rules.expressions` have read it otherwise.
"""

from __future__ import annotations

from typing import Any, Dict, List, Set

import numpy as np
import shapely
from qgis.core import (
    QgsExpression,
    QgsExpressionContext,
    QgsExpressionContextScope,
    QgsExpressionFunction,
    QgsFeature,
    QgsFeatureRequest,
    QgsField,
    QgsFields,
    QgsGeometry,
)

from ..checks.context import NotEvaluable
from ..checks.expressions import Rows, Value
from ..checks.progress import Progress
from ..rules.errors import RuleError
from ..rules.expressions import FUNCTIONS, VARIABLES
from ..rules.model import Expression, RuleSet
from .reader import plain
from .results import geometry_of

#: how QGIS names the reading of a variable among the functions of an expression
_OF_A_VARIABLE = "var"
_ParserError = QgsExpression.ParserError.ParserErrorType
_PROBLEMS = {
    _ParserError.FunctionUnknown: "fonction inconnue de cette version de QGIS",
    _ParserError.FunctionWrongArgs: "nombre d'arguments incorrect",
    _ParserError.FunctionInvalidParams: "arguments incorrects",
    _ParserError.FunctionNamedArgsError: "arguments nommés non admis",
}


class QgisEvaluator:
    """`checks.expressions.Evaluator`, in any thread."""

    def evaluate(self, expression: Expression, rows: Rows, progress: Progress) -> List[Value]:
        """One value per row. Raises NotEvaluable, Cancelled."""
        parsed = parse(expression)
        fields = QgsFields()
        for name in rows.champs:
            fields.append(QgsField(name))
        scope = QgsExpressionContextScope()
        for name in (*rows.variables, "geometry"):  # there before `prepare`, which settles what does not change
            scope.setVariable(name, None)
        context = QgsExpressionContext()
        context.appendScope(scope)  # which the context then owns; given to its constructor, both would free it
        context.setFields(fields)
        parsed.prepare(context)
        found: List[Value] = []
        for position, wkb in enumerate(shapely.to_wkb(rows.geometrie)):
            progress.step(position / len(rows.geometrie))
            geometry = geometry_of(wkb)
            feature = QgsFeature(fields)
            feature.setAttributes([_value(column[position]) for column in rows.champs.values()])
            feature.setGeometry(geometry)
            for name, column in rows.variables.items():
                scope.setVariable(name, _value(column[position]))
            scope.setVariable("geometry", geometry)
            context.setFeature(feature)
            value = parsed.evaluate(context)
            found.append(Value(erreur=_one_line(parsed.evalErrorString())) if parsed.hasEvalError() else _told(value))
        return found


def parse(expression: Expression) -> QgsExpression:
    """The expression as QGIS reads it. Raises NotEvaluable when it cannot, or must not, be evaluated."""
    parsed = QgsExpression(expression.texte)
    if parsed.hasParserError():
        raise NotEvaluable(f"L'expression de la ligne {expression.ligne} n'est pas valide : {_problem(parsed)}.")
    functions = set(parsed.referencedFunctions())
    refused = (functions - FUNCTIONS - {_OF_A_VARIABLE}) | _added(functions)
    refused |= {f"@{name}" for name in set(parsed.referencedVariables()) - set(VARIABLES)}
    columns = set(parsed.referencedColumns()) - {QgsFeatureRequest.ALL_ATTRIBUTES}
    refused |= {f'"{name}"' for name in columns - set(expression.champs)}
    if refused:
        raise NotEvaluable(
            f"L'expression de la ligne {expression.ligne} emploie ce qu'une règle ne peut pas employer : "
            f"{', '.join(sorted(refused))}."
        )
    return parsed


def problems(rules: RuleSet) -> List[RuleError]:
    """The expressions that this QGIS cannot read, which `rules` alone could not tell."""
    found: List[RuleError] = []
    for prescription in rules.prescriptions:
        for controle in prescription.controles:
            for name, value in controle.parametres.items():
                if isinstance(value, Expression):
                    try:
                        parse(value)
                    except NotEvaluable as problem:
                        path = f"prescriptions[{prescription.id}].{controle.genre}.{name}"
                        found.append(RuleError(str(problem), value.fichier, value.ligne, value.colonne, path))
    return found


def _added(functions: Set[str]) -> Set[str]:
    """Those that do not come from QGIS itself: an extension may add one under a name that a later QGIS will have."""
    known: Dict[str, Any] = {function.name(): function for function in QgsExpression.Functions()}
    return {name for name in functions if type(known.get(name)) is not QgsExpressionFunction}


def _problem(parsed: QgsExpression) -> str:
    errors = parsed.parserErrors()
    if not errors:
        return _one_line(parsed.parserErrorString())
    first = errors[0]
    what = _PROBLEMS.get(first.errorType, "syntaxe incorrecte")
    where = f"ligne {first.firstLine}, colonne {first.firstColumn} de l'expression"
    return f"{what}, {where} (QGIS dit : {_one_line(first.errorMsg)})"


def _told(value: Any) -> Value:
    """A plain value; what has none (a list, a geometry) as a text, which is neither true nor false."""
    if isinstance(value, (QgsGeometry, list, dict)):
        return Value(type(value).__name__)
    return Value(plain(value))


def _value(value: Any) -> Any:
    """As Qt takes it: NumPy's own numbers are no Python ones, and the texts of an example, which know their line, are
    empty to it."""
    if isinstance(value, str):
        return str(value)
    return value.item() if isinstance(value, np.generic) else value


def _one_line(text: str) -> str:
    return " ".join(text.split()).rstrip(".")
