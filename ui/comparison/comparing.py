"""The dossier in hand compared with another one, and the appraisals that go from one to the other."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Tuple

from ...checks.progress import Progress
from ...gis.comparison import appraisals
from ...gis.comparison.appraisals import Plan
from ...gis.comparison.changes import Comparison, compare
from ...gis.comparison.side import Side, sides
from ...gis.dossier import DossierError
from ...gis.dossier_results import DossierResults
from ...gis.geopackages.geopackage import GeoPackageError
from ...gis.instruction.decisions import Refused
from ...gis.instruction.notebook import Notebook


@dataclass(frozen=True)
class Compared:
    """`in_hand`: which of the two sides is the dossier of the dock."""

    comparison: Comparison
    plan: Plan
    in_hand: Side

    @property
    def is_older(self) -> bool:
        """Whether the dossier in hand is the one of before."""
        return self.in_hand is self.comparison.before


def compared(path: Path, run: str, other: Path, progress: Progress) -> Compared:
    """Compare the dossier in hand with another one, the older of the two controls first. In the background: both are
    read again, since the rows and the notebook in hand belong to the interface. Raises DossierError, Cancelled."""
    if path.exists() and other.exists() and path.samefile(other):
        raise DossierError("C'est le dossier que vous avez en main : choisissez celui de l'autre version du PLU.")
    own, theirs = DossierResults(path), DossierResults(other)
    if own.controle.id != run:
        raise DossierError(f"Le dossier « {path.name} » a été refait depuis son ouverture : rouvrez-le.")
    older = theirs.controle.date > own.controle.date
    before, after = sides(*((own, theirs) if older else (theirs, own)), progress.span(0.1, 0.5))
    comparison = compare(before, after, progress.span(0.5, 1.0))
    plan = appraisals.plan(comparison, before.notebook, after.notebook)
    return Compared(comparison, plan, before if older else after)


def planned(made: Compared, notebook: Notebook) -> Plan:
    """What could be carried now. `notebook`: that of the dossier in hand, which may have changed since."""
    before, after = _notebooks(made, notebook)
    return appraisals.plan(made.comparison, before, after)


def carry(made: Compared, notebook: Notebook) -> Plan:
    """Carry what can be, and what was. Raises Refused, and nothing is kept."""
    _, after = _notebooks(made, notebook)
    try:
        after.claim()  # first: what others decided there meanwhile is read, and prevails
        plan = planned(made, notebook)
        after.carry(plan.carried, plan.free)
    except (GeoPackageError, ValueError) as error:  # its file went after it was compared
        raise Refused(f"Le dossier « {made.comparison.after.name} » ne se lit plus ({error}).") from error
    finally:
        if after is not notebook:
            after.close()
    return plan


def _notebooks(made: Compared, notebook: Notebook) -> Tuple[Notebook, Notebook]:
    comparison = made.comparison
    return (
        notebook if made.is_older else comparison.before.notebook,
        comparison.after.notebook if made.is_older else notebook,
    )
