"""Years: what a yearly figure is multiplied by, and the milestones of a control. Section 6 of the rule language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, List, Mapping, Optional

from ..rules.model import Periode
from .base import Check
from .context import Context, NotEvaluable
from .horizon import Horizon
from .wording import plural

_BOUNDS = ("minimum", "maximum", "cible")


class NoHorizon(NotEvaluable):
    """The years that the PLU plans for are not known."""


@dataclass(frozen=True)
class Years:
    """The period of what is asked and the horizon of the PLU, up to the year of a milestone when there is one.

    `missing`: why there is no horizon; `read`: where it was read, when nobody gave it. `consumed`: the measure holds
    what was done since the start of the period (`deja_consomme`), so the years before the horizon count too.
    """

    periode: Optional[Periode] = None
    horizon: Optional[Periode] = None
    missing: str = Horizon.missing
    read: str = ""
    consumed: bool = False

    @classmethod
    def of(cls, context: Context, check: Check, until: Optional[int] = None) -> "Years":
        """Those of a control: its own period, else that of the prescription, else that of the SCoT."""
        periode = check.valeurs.get("periode") or check.prescription.periode or context.rules.scot.periode
        planned = context.planned
        horizon = planned.years
        if until is not None:  # a milestone is cumulative from the start of the period
            start = periode or horizon
            periode = (min(start[0], until), until) if start else None
            horizon = (horizon[0], min(horizon[1], until)) if horizon else None
        read = f"Horizon du PLU : {planned.said}." if planned.table else ""
        return cls(periode, horizon, planned.missing, read, check.valeurs.get("deja_consomme") is not None)

    @property
    def planned(self) -> int:
        """The years that the PLU plans for. Raises `NotEvaluable` when its horizon is not known."""
        first, last = self._known
        return last - first

    @property
    def measured(self) -> int:
        """The years that the measure is of: those planned for, and those before when what was done then counts."""
        return self._known[1] - self._start

    @property
    def shared(self) -> int:
        """The years of the period that the measure is of: what a yearly threshold is multiplied by."""
        first, last = self._known
        if self.periode is None:
            return self.measured
        end = min(last, self.periode[1])
        if end <= max(first, self.periode[0]):
            raise NotEvaluable(
                f"L'horizon du PLU ({said((first, last))}) n'a aucune année commune avec la période de la prescription "
                f"({said(self.periode)}) : vérifiez l'un et l'autre."
            )
        return end - max(self._start, self.periode[0])

    @property
    def before(self) -> int:
        """The years of the measure that are before the horizon."""
        return self.measured - self.planned

    @property
    def explained(self) -> str:
        """`sur 12 ans`, `sur les 6 ans communs à la période 2020-2030 et à l'horizon 2024-2040`."""
        shared, horizon = self.shared, self._known
        if self.periode is not None and self.before:
            return f"sur {plural(shared, 'an')}, {self.span()}"
        if shared == self.measured or self.periode is None:
            return f"sur {plural(shared, 'an')}"
        common = "l'année commune" if shared == 1 else f"les {shared} ans communs"
        return f"sur {common} à la période {said(self.periode)} et à l'horizon {said(horizon)}"

    def span(self, whole: bool = False) -> str:
        """`de 2024, début de la période, à 2044, fin de l'horizon`: the years of `shared`, of `measured` if `whole`."""
        assert self.periode is not None
        last, end = self._known[1], self.periode[1]
        stop = f"{last}, fin de l'horizon" if whole or last <= end else f"{end}, fin de la période"
        return f"de {self.periode[0]}, début de la période, à {stop}"

    @property
    def _known(self) -> Periode:
        if self.horizon is None:
            raise NoHorizon(self.missing)
        if self.horizon[1] <= self.horizon[0]:
            start, end = self.horizon
            raise NoHorizon(f"L'horizon du PLU commence en {start} : il n'a aucune année avant l'échéance de {end}.")
        return self.horizon

    @property
    def _start(self) -> int:
        first = self._known[0]
        return min(first, self.periode[0]) if self.consumed and self.periode is not None else first


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
