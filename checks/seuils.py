"""From a measure and a threshold to a state: section 4 of the rule language, and nothing else.

With `s` the threshold, `m` the measure: `e = s - m` (floor) or `m - s` (ceiling); `T` is the tolerance, `M` the marked
limit.
A limit exactly met goes to the favourable side, within `EPSILON * max(1, |s|)`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Optional, Tuple

from ..rules.model import Quantity
from .base import Etat

EPSILON = 1e-9
#: share of the threshold beyond which a departure is marked, when the rule says nothing (convention of the tool)
MARKED_SHARE = 0.20
#: tolerance of a `cible`, which is both a floor and a ceiling
CIBLE_TOLERANCE = Quantity(10, "%")


@dataclass(frozen=True)
class Verdict:
    etat: Etat
    ecart: Optional[float] = None  # e, in the unit of the measure; <= 0 within the threshold
    relatif: Optional[float] = None  # e / |s|, None when s is 0
    tolere: bool = False  # beyond the threshold, within the tolerance
    seuil: Optional[float] = None  # the bound that decided
    cause: str = ""  # why the threshold is not known


@dataclass(frozen=True)
class Limits:
    """The threshold of one unit, in the unit of the measure; both bounds make a range."""

    minimum: Optional[float] = None
    maximum: Optional[float] = None
    tolerance: Optional[Quantity] = None
    marque: Optional[Quantity] = None
    passe: Optional[float] = None  # the past situation: beyond it on the wrong side, a departure is `sens_contraire`
    passe_inconnu: str = ""  # why it is not known although it is given
    calcul: str = ""  # where the bounds come from, when not as written: `3 ha par an sur 12 ans`
    epsilon: Optional[float] = None  # within which a limit is met, of the unit; relative to the threshold if not given

    @property
    def given(self) -> bool:
        return self.minimum is not None or self.maximum is not None


def judge(mesure: float, limits: Limits) -> Verdict:
    """The state of `mesure`: for a range, of the violated bound only (the larger departure when inside)."""
    if not limits.given:
        return Verdict(Etat.A_APPRECIER)
    verdicts = []
    if limits.minimum is not None:
        contrary = limits.passe is not None and _beyond(limits.passe - mesure, limits.passe)
        verdicts.append(_judge_bound(limits.minimum - mesure, limits.minimum, limits, contrary))
    if limits.maximum is not None:
        contrary = limits.passe is not None and _beyond(mesure - limits.passe, limits.passe)
        verdicts.append(_judge_bound(mesure - limits.maximum, limits.maximum, limits, contrary))
    return max(verdicts, key=lambda verdict: (-verdict.etat.rank, verdict.ecart))


def judge_interval(low: float, high: float, limits: Limits) -> "Tuple[Verdict, Verdict]":
    """(favourable, unfavourable) verdicts when the measure is only known to lie in [low, high]."""
    if not limits.given:
        return Verdict(Etat.A_APPRECIER), Verdict(Etat.A_APPRECIER)
    inside = low
    if limits.minimum is not None:
        inside = max(inside, limits.minimum)
    if limits.maximum is not None:
        inside = min(inside, limits.maximum)
    inside = min(max(inside, low), high)
    ends = sorted(
        (judge(low, limits), judge(high, limits)), key=lambda verdict: (verdict.etat.rank, -(verdict.ecart or 0))
    )
    worst = ends[0]
    if limits.passe_inconnu and worst.etat.is_departure:
        worst = replace(worst, etat=Etat.SENS_CONTRAIRE)
    return judge(inside, limits), worst


def unfavourable(low: float, high: float, limits: Limits) -> "Tuple[Optional[float], Verdict]":
    """The end shown once the state is decided, and its verdict: the worse one, or the other when it has no end."""
    ends = [(end, judge(end, limits)) for end in (low, high)]
    ends.sort(key=lambda end: (not math.isfinite(end[0]), end[1].etat.rank, -(end[1].ecart or 0.0)))
    return finite(ends[0][0]), ends[0][1]


def finite(value: Optional[float]) -> Optional[float]:
    """A figure that can be written; ground without any dwelling has no finite m2 per dwelling."""
    return value if value is not None and math.isfinite(value) else None


def as_amount(quantity: Quantity, s: float) -> float:
    """A tolerance or a marked limit as an amount: a share of `s`, percentage points, or the amount itself."""
    if quantity.unit == "%":
        return quantity.value / 100 * abs(s)
    return quantity.value


def _beyond(e: float, s: float) -> bool:
    return e > EPSILON * max(1.0, abs(s))


def _judge_bound(e: float, s: float, limits: Limits, contrary: bool) -> Verdict:
    epsilon = EPSILON * max(1.0, abs(s)) if limits.epsilon is None else limits.epsilon
    relatif = e / abs(s) if s else None
    tolerance = as_amount(limits.tolerance, s) if limits.tolerance else 0.0
    marque = as_amount(limits.marque, s) if limits.marque is not None else max(MARKED_SHARE * abs(s), tolerance)
    if e <= epsilon:
        return Verdict(Etat.SANS_ECART, e, relatif, False, s)
    if e <= tolerance + epsilon:
        return Verdict(Etat.SANS_ECART, e, relatif, True, s)
    etat = Etat.ECART_FAIBLE if e <= marque + epsilon else Etat.ECART_MARQUE
    etat = Etat.SENS_CONTRAIRE if contrary else etat
    return Verdict(etat, e, relatif, False, s)
