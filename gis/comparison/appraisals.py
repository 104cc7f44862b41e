"""What becomes of the appraisals of the older dossier: carried to the newer one, or listed; none is lost silently.

Only what lasts or changed takes them. The author and the date stay those of the decision; its origin names the dossier.
An appraisal of the newer dossier, whatever it says, prevails: running twice carries nothing twice. One that was undone
there says nothing, but what was carried and undone is not carried again.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import Dict, List, Mapping, Optional, Tuple

from ...checks.wording import day
from ..instruction.decisions import Appraisal, FreeFinding
from ..instruction.notebook import UNDONE, Notebook
from ..results import ControlRow
from .changes import Change, Comparison, differs
from .side import moved_wkb
from .statuts import Statut

_CARRIED = "reprise de "
#: what an appraisal may be carried to
_STILL_THERE = (Statut.MAINTENU, Statut.MODIFIE)


@dataclass(frozen=True)
class ToReview:
    """An appraisal that its reason may no longer support, or that has nothing left to bear on."""

    appraisal: Appraisal
    why: str
    change: Optional[Change] = None


@dataclass(frozen=True)
class Plan:
    """`carried`, `free`: the rows to append; `review`: in the order of the departures; `now`, `former`: what is held in
    the newer dossier once that is done, and in the older one, by key."""

    carried: Tuple[Appraisal, ...]
    free: Tuple[FreeFinding, ...]
    review: Tuple[ToReview, ...]
    now: Mapping[str, Appraisal]
    former: Mapping[str, Appraisal]

    @property
    def rows(self) -> int:
        return len(self.carried) + len(self.free)

    def of(self, change: Change) -> Optional[Appraisal]:
        """The appraisal of what is there now; of what is gone, the one that it had."""
        if change.after is not None:
            return self.now.get(change.after.cle)
        return self.former.get(change.item.cle)


def plan(comparison: Comparison, before: Notebook, after: Notebook) -> Plan:
    """What could be carried from one notebook to the other, as they are now."""
    former = {cle: row for cle, row in before.held.items() if row.decided or row.motif.strip()}
    now, taken = dict(after.held), []
    was_at, is_at = comparison.places
    places = {place for cle in former for place in was_at.get(cle, ())}
    places |= {place for cle in now for place in is_at.get(cle, ())}
    changes = [comparison.subjects[place] for place in sorted(places)]
    review: List[ToReview] = []
    for cle, offers in _offers(changes, former).items():
        first, *others = sorted(offers, key=lambda change: not change.main)
        if not _prevails(after, cle):
            taken.append(_carried(former[first.before.cle], first, _source(comparison)))  # type: ignore[union-attr]
        review += [ToReview(former[one.before.cle], _UNITED, one) for one in others]  # type: ignore[union-attr]
    now.update((row.cle, row) for row in taken)
    orphans, doubtful = dict(former), set()
    for change in changes:
        left = orphans.pop(change.before.cle, None) if change.before is not None else None
        if left is not None and (change.after is None or change.statut not in _STILL_THERE):
            review.append(ToReview(left, _WHY_LEFT[change.statut], change))
        row = now.get(change.after.cle) if change.after is not None else None
        why = _doubtful(row, change) if row is not None and row.cle not in doubtful else ""
        if row is not None and why:
            doubtful.add(row.cle)  # once, be it of several united
            review.append(ToReview(row, why, change))
    review += [ToReview(row, "Ce sur quoi elle porte n'est plus dans le contrôle d'avant.") for row in orphans.values()]
    free = [_in_place(one, comparison) for one in before.free if not after.has_free(one.cle)]
    return Plan(tuple(taken), tuple(free), tuple(review), now, former)


_UNITED = "L'objet en réunit plusieurs qui avaient chacun la leur : celle-ci n'est pas reprise."
_WHY_LEFT = {
    Statut.DISPARU: "L'écart a disparu : elle n'est pas reprise.",
    Statut.NOUVEAU: "Ce n'était pas un écart, c'en est un : elle n'est pas reprise.",
    Statut.NON_COMPARABLE: "L'écart n'est pas évalué des deux côtés : elle n'est pas reprise.",
}


def _prevails(newer: Notebook, cle: str) -> bool:
    held = newer.of(cle)
    if held is None:
        return False
    silent = held.origine == UNDONE and not held.decided and not held.motif.strip()
    return not silent or any(is_carried(row) for row in newer.history(cle))


def _offers(changes: List[Change], theirs: Mapping[str, Appraisal]) -> Dict[str, List[Change]]:
    """By key of what is there now: the changes that bring an appraisal to it."""
    offers: Dict[str, List[Change]] = defaultdict(list)
    for change in changes:
        if change.statut in _STILL_THERE and change.before and change.after and change.before.cle in theirs:
            offers[change.after.cle].append(change)
    return offers


def _carried(row: Appraisal, change: Change, source: str) -> Appraisal:
    """What it was decided on goes with it; a row that does not say so was decided on what the older control found."""
    assert change.before is not None and change.after is not None
    now = change.before.subjects[0]
    told = {} if row.etat else {"etat": now.etat, "mesure": now.mesure, "unite": now.unite}
    origine = row.origine if row.origine.startswith(_CARRIED) else source
    return replace(row, cle=change.after.cle, origine=origine, **told)


def is_carried(row: Appraisal) -> bool:
    return row.origine.startswith(_CARRIED)


def _doubtful(row: Appraisal, change: Change) -> str:
    """Why the reason of an appraisal should be read again, "" when nothing moved."""
    assert change.after is not None
    if not row.decided:
        return ""
    if row.outdated(change.after.subjects):
        return "L'état ou la mesure n'est plus celui de la décision."
    if is_carried(row) and change.before is not None and differs(change.before, change.after):
        return "Ce qui a été mesuré a changé depuis la décision."
    return ""


def _source(comparison: Comparison) -> str:
    return f"{_CARRIED}{comparison.before.name} ({dated(comparison.before.results.controle)})"


def dated(controle: ControlRow) -> str:
    """`contrôle du 12/06/2025`."""
    when = day(controle.date)
    return f"contrôle du {when}" if when else "contrôle sans date"


#: added to a finding whose drawing has no place in the projection of the newer dossier
_NOWHERE = "(Dessiné dans le dossier d'origine, hors de la projection de celui-ci : redessinez-le.)"


def _in_place(finding: FreeFinding, comparison: Comparison) -> FreeFinding:
    own, wanted = (side.results.controle.crs for side in (comparison.before, comparison.after))
    if finding.wkb is None or own == wanted:
        return finding
    moved = moved_wkb(finding.wkb, own, wanted)
    texte = finding.texte if moved is not None else f"{finding.texte}\n{_NOWHERE}"
    return replace(finding, texte=texte, wkb=moved)
