"""Years: what a yearly figure is multiplied by, and the milestones of a control. Section 6 of the rule language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, List, Mapping, Optional

from ..rules.model import Periode
from .base import Check
from .context import Context, NotEvaluable
from .wording import plural

_BOUNDS = ("minimum", "maximum", "cible")


class NoHorizon(NotEvaluable):
    """The years that the PLU plans for are not known."""


@dataclass(frozen=True)
class Years:
    """The period of what is asked and the horizon of the PLU, up to the year of a milestone when there is one."""

    periode: Optional[Periode] = None
    horizon: Optional[Periode] = None

    @classmethod
    def of(cls, context: Context, check: Check, until: Optional[int] = None) -> "Years":
        """Those of a control: its own period, else that of the prescription, else that of the SCoT."""
        periode = check.valeurs.get("periode") or check.prescription.periode or context.rules.scot.periode
        horizon = context.horizon
        if until is not None:  # a milestone is cumulative from the start of the period
            start = periode or horizon
            periode = (min(start[0], until), until) if start else None
            horizon = (horizon[0], min(horizon[1], until)) if horizon else None
        return cls(periode, horizon)

    @property
    def measured(self) -> int:
        """The years that the PLU plans for. Raises `NotEvaluable` when its horizon is not known."""
        if self.horizon is None:
            raise NoHorizon(
                "L'horizon du PLU n'est pas connu : indiquez-le au lancement (deux années, par exemple 2024-2035)."
            )
        if self.horizon[1] <= self.horizon[0]:
            raise NoHorizon(f"L'horizon du PLU commence en {self.horizon[0]}, après l'échéance {self.horizon[1]}.")
        return self.horizon[1] - self.horizon[0]

    @property
    def shared(self) -> int:
        """The years of the period that are in the PLU's horizon: what a yearly threshold is multiplied by."""
        years = self.measured
        if self.horizon is None or self.periode is None:
            return years
        shared = min(self.horizon[1], self.periode[1]) - max(self.horizon[0], self.periode[0])
        if shared <= 0:
            raise NotEvaluable(
                f"L'horizon du PLU ({said(self.horizon)}) n'a aucune année commune avec la période de la prescription "
                f"({said(self.periode)}) : vérifiez l'un et l'autre."
            )
        return shared

    @property
    def explained(self) -> str:
        """`sur 12 ans`, `sur les 6 ans communs à la période 2020-2030 et à l'horizon 2024-2040`."""
        shared = self.shared
        if shared == self.measured or self.horizon is None or self.periode is None:
            return f"sur {plural(shared, 'an')}"
        common = "l'année commune" if shared == 1 else f"les {shared} ans communs"
        return f"sur {common} à la période {said(self.periode)} et à l'horizon {said(self.horizon)}"


@dataclass(frozen=True)
class Step:
    """What is asked at one time: by the control itself (`jalon` is ""), or by one of its milestones."""

    jalon: str
    valeurs: Mapping[str, Any]  # parameters of the control, with the thresholds and the objects of the milestone
    years: Years


def steps(context: Context, check: Check) -> List[Step]:
    """The control's own thresholds, then its milestones in order; with milestones alone, only these."""
    jalons = check.valeurs.get("jalons") or ()
    found: List[Step] = []
    if not jalons or any(check.valeurs.get(name) is not None for name in _BOUNDS):
        found.append(Step("", check.valeurs, Years.of(context, check)))
    for jalon in jalons:
        own = {
            **check.valeurs,
            "minimum": jalon.minimum,
            "maximum": jalon.maximum,
            "cible": None,
            "objets": jalon.objets or check.valeurs["objets"],
        }
        found.append(Step(str(jalon.jusqu_a), own, Years.of(context, check, jalon.jusqu_a)))
    return found


def said(years: Periode) -> str:
    return f"{years[0]}-{years[1]}"
