"""What the kind `expression` asks of QGIS, which alone evaluates: a list of objects in, a value for each out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Mapping, Protocol, Sequence

from ..rules.model import Expression
from .layers import Array
from .progress import Progress


@dataclass(frozen=True)
class Rows:
    """The objects, one per row: their fields and their normalised codes (`@typezone`) by name, their geometries."""

    champs: Mapping[str, Array]
    variables: Mapping[str, Array]
    geometrie: Array


@dataclass(frozen=True)
class Value:
    """What an expression gives for one object: a plain Python value, None for NULL; or why it fails, in French."""

    valeur: Any = None
    erreur: str = ""


class Evaluator(Protocol):
    def evaluate(self, expression: Expression, rows: Rows, progress: Progress) -> Sequence[Value]:
        """One value per row. Raises `context.NotEvaluable` when QGIS cannot read the expression, `Cancelled`."""
