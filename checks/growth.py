"""Growth of populations between two dates, and its two bounds when some of them are not known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import List, Optional, Sequence, Tuple

import numpy as np


@dataclass(frozen=True)
class Town:
    """A commune (`code`; "" when figures are those of the whole unit), its inhabitants at both dates, None unknown."""

    code: str
    depart: Optional[float]
    projetee: Optional[float]

    @property
    def known(self) -> bool:
        return self.depart is not None and self.projetee is not None


@dataclass(frozen=True)
class Growth:
    """How growth is told: `years` between both dates for a yearly compound rate, None for a total; all in %."""

    years: Optional[int]
    mean: bool  # mean of the rates of the communes rather than growth of their totals

    def rate(self, depart: float, projetee: float) -> float:
        """-100 for a town that empties; infinite, or NaN, for one that was empty."""
        if depart <= 0:
            return np.inf if projetee > 0 else np.nan
        ratio = projetee / depart
        return 100 * (ratio ** (1 / self.years if self.years else 1.0) - 1)

    def ratio(self, rate: float) -> float:
        """What a population is multiplied by."""
        return (1 + rate / 100) ** (self.years or 1)

    def own(self, town: Town) -> Optional[float]:
        """The rate of one town, None when it is not known or has no sense."""
        if town.depart is None or town.projetee is None or town.depart <= 0:
            return None
        return self.rate(town.depart, town.projetee)

    def of(self, towns: Sequence[Town]) -> Optional[float]:
        """The rate of the towns that are known; None when there is none, or nobody to begin with."""
        known = [town for town in towns if town.known]
        if self.mean:
            rates = [rate for rate in map(self.own, known) if rate is not None]
            return float(np.mean(rates)) if rates else None
        depart, projetee = (sum(getattr(town, date) for town in known) for date in ("depart", "projetee"))
        return self.rate(depart, projetee) if depart > 0 else None

    def interval(self, towns: Sequence[Town]) -> Tuple[float, float]:
        """Lowest and highest rate, an unknown population going from nobody to without limit. Some must be known."""
        if all(town.known for town in towns):
            rate = self.of(towns)
            return (np.nan, np.nan) if rate is None else (rate, rate)
        if self.mean:
            counted = [town for town in towns if not town.known or self.own(town) is not None]
            lowest = [-100.0 if (rate := self.own(town)) is None else rate for town in counted]
            return float(np.mean(lowest)), np.inf
        departs, projetees = ([getattr(town, date) for town in towns] for date in ("depart", "projetee"))
        depart, projetee = (sum(figure or 0.0 for figure in figures) for figures in (departs, projetees))
        low = -100.0 if None in departs or depart <= 0 else self.rate(depart, projetee)
        high = np.inf if None in projetees or depart <= 0 else self.rate(depart, projetee)
        return low, high

    def ceiling(self, towns: Sequence[Town], ceilings: Sequence[float]) -> Optional[float]:
        """What the whole may grow by when each town has its own ceiling; None when a weight is not known."""
        if len(towns) == 1:
            return ceilings[0]
        if self.mean:
            counted = [limit for town, limit in zip(towns, ceilings) if not town.known or self.own(town) is not None]
            return float(np.mean(counted)) if counted else None
        departs: List[float] = [town.depart for town in towns if town.depart is not None]
        if len(departs) < len(towns) or sum(departs) <= 0:
            return None
        return self.rate(sum(departs), sum(depart * self.ratio(limit) for depart, limit in zip(departs, ceilings)))
