"""What became of each departure from one control to the next."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, Dict, List, Mapping, Optional, Sequence, Set, Tuple

from ...checks.base import Etat
from ...checks.progress import Progress
from ..instruction.decisions import SAME
from ..results import ConstatRow
from .doubts import doubts
from .matching import Link, match
from .side import OBJET, Item, Side
from .statuts import Lien, Statut

#: states in which nothing was measured
_BLIND = (Etat.NON_EVALUE, Etat.ERREUR)
_CLEAR = (Etat.SANS_ECART, Etat.SANS_OBJET)


@dataclass(frozen=True)
class Change:
    """A constat or an object at fault, before and after (at least one of them).

    `cause`: why it is not comparable; `main`: the piece that coincides best with the whole.
    """

    statut: Statut
    before: Optional[Item]
    after: Optional[Item]
    lien: Lien = Lien.MEME
    cause: str = ""
    main: bool = True

    @property
    def item(self) -> Item:
        """As it is now, else as it was."""
        item = self.after or self.before
        assert item is not None
        return item


@dataclass(frozen=True)
class Comparison:
    """`departures`: objects at fault, and constats in departure that list none. `constats`: every constat, whatever its
    state: its statut bears on the departure, `differs` on its state and measure."""

    before: Side = field(repr=False)
    after: Side = field(repr=False)
    departures: Tuple[Change, ...]
    constats: Tuple[Change, ...]
    doubts: Tuple[str, ...]

    @cached_property
    def subjects(self) -> Tuple[Change, ...]:
        """What an appraisal may bear on: each object at fault, each constat."""
        return (*(change for change in self.departures if change.item.ecarts), *self.constats)

    @cached_property
    def places(self) -> Tuple[Dict[str, List[int]], Dict[str, List[int]]]:
        """Where each key is among `subjects`: keys of before, keys of after."""
        found: Tuple[Dict[str, List[int]], Dict[str, List[int]]] = ({}, {})
        for place, change in enumerate(self.subjects):
            for known, item in zip(found, (change.before, change.after)):
                if item is not None:
                    known.setdefault(item.cle, []).append(place)
        return found

    def count(self, statut: Statut) -> int:
        return Counter(change.statut for change in self.departures)[statut]


def compare(before: Side, after: Side, progress: Optional[Progress] = None) -> Comparison:
    """Raises Cancelled."""
    progress = progress or Progress()
    links = match(before.constats, after.constats, _group, lambda item: not _is_object(item), progress.span(0.0, 0.2))
    theirs: Tuple[Dict[int, List[ConstatRow]], Dict[int, List[ConstatRow]]] = (defaultdict(list), defaultdict(list))
    for link in links:
        one, other = before.constats[link.before].constat, after.constats[link.after].constat
        theirs[0][other.id].append(one)
        theirs[1][one.id].append(other)
    looks = _Looks(before, "avant", theirs[0]), _Looks(after, "après", theirs[1])
    constats = [_constat(pair, looks) for pair in _pairs(before.constats, after.constats, links)]
    links = match(before.departures, after.departures, _group_of_object, lambda item: True, progress.span(0.2, 1.0))
    objets = [_object(pair, looks) for pair in _pairs(before.departures, after.departures, links)]
    listed = tuple({item.constat.id for item in side.departures} for side in (before, after))
    bare = [
        change
        for change in constats
        if any(item is not None and item.etat.is_departure for item in (change.before, change.after))
        and not any(
            item is not None and item.constat.id in known for item, known in zip((change.before, change.after), listed)
        )
    ]
    order = _Order(before, after)
    return Comparison(
        before,
        after,
        tuple(sorted([*objets, *bare], key=order)),
        tuple(sorted(constats, key=order)),
        doubts(before.results, after.results),
    )


def differs(before: Item, after: Item) -> bool:
    """Whether the state, the measure, what is in conflict or the threshold is another one."""
    if before.etat is not after.etat:
        return True
    return any(not _close(one, other) for one, other in zip(_figures(before), _figures(after)))


def _figures(item: Item) -> Tuple[Any, ...]:
    if not item.ecarts:
        constat = item.constat
        return constat.mesure, constat.unite, constat.seuil_min, constat.seuil_max
    first = item.ecarts[0]
    return first.mesure, first.seuil, first.unite, first.role, item.surface, item.longueur, item.points


def _close(one: Any, other: Any) -> bool:
    if isinstance(one, float) and isinstance(other, (int, float)):
        return math.isclose(one, other, rel_tol=SAME, abs_tol=SAME)
    return one == other


# -- pairs ----------------------------------------------------------------------------------------


def _is_object(item: Item) -> bool:
    return item.constat.echelle == OBJET


def _control(constat: ConstatRow) -> Tuple[str, ...]:
    return constat.prescription, constat.volet, constat.jalon


def _group(item: Item) -> Tuple[str, ...]:
    return (*_control(item.constat), "" if _is_object(item) else item.constat.territoire)


def _group_of_object(item: Item) -> Tuple[str, ...]:
    return (*_group(item), item.ecarts[0].objet)


def _pairs(before: Sequence[Item], after: Sequence[Item], links: Sequence[Link]) -> List[Change]:
    """What is linked, then what is alone, all of it "lasting" until it is looked at."""
    pieces, wholes = Counter(link.before for link in links), Counter(link.after for link in links)
    out = []
    for link in links:
        lien = Lien.MEME if link.same else Lien.REDESSINE
        if pieces[link.before] > 1:
            lien = Lien.PARTAGE
        elif wholes[link.after] > 1:
            lien = Lien.REUNION
        out.append(Change(Statut.MAINTENU, before[link.before], after[link.after], lien, main=link.main))
    out += [Change(Statut.MAINTENU, item, None) for row, item in enumerate(before) if row not in pieces]
    out += [Change(Statut.MAINTENU, None, item) for row, item in enumerate(after) if row not in wholes]
    return out


def _object(pair: Change, looks: "Tuple[_Looks, _Looks]") -> Change:
    if pair.before is not None and pair.after is not None:
        return replace(pair, statut=Statut.MODIFIE) if differs(pair.before, pair.after) else pair
    cause = looks[0 if pair.before is None else 1].blind_for(pair.item)
    if cause:
        return replace(pair, statut=Statut.NON_COMPARABLE, cause=cause)
    return replace(pair, statut=Statut.NOUVEAU if pair.before is None else Statut.DISPARU)


def _constat(pair: Change, looks: "Tuple[_Looks, _Looks]") -> Change:
    if pair.before is None or pair.after is None:
        return _object(pair, looks)
    before, after = pair.before.etat, pair.after.etat
    if (before in _BLIND) is not (after in _BLIND):
        look, item = (looks[0], pair.before) if before in _BLIND else (looks[1], pair.after)
        return replace(pair, statut=Statut.NON_COMPARABLE, cause=look.unseen(item.constat))
    if before in _CLEAR and after.is_departure:
        return replace(pair, statut=Statut.NOUVEAU)
    if before.is_departure and after in _CLEAR:
        return replace(pair, statut=Statut.DISPARU)
    return _object(pair, looks)


class _Looks:
    """What a control looked at: what it does not show is absent only there.

    `counterparts`: its constats that are those of a constat of the other control, by the number of the latter.
    """

    def __init__(self, side: Side, when: str, counterparts: Mapping[int, List[ConstatRow]]) -> None:
        self._when, self._counterparts = when, counterparts
        self._prescriptions = {one.id for one in side.results.prescriptions}
        self._listing = {item.constat.id for item in side.departures}
        self._there: Set[Tuple[str, ...]] = set()
        #: constats by what they answer for: a territory, or objects that nobody can tell
        self._of: Dict[Tuple[str, ...], List[ConstatRow]] = defaultdict(list)
        self._blind: Dict[Tuple[str, ...], ConstatRow] = {}
        for item in side.constats:
            control = _control(item.constat)
            self._there.add(control)
            if not _is_object(item):
                self._of[(*control, item.constat.territoire)].append(item.constat)
            if item.shape is None and item.etat in _BLIND:
                self._blind.setdefault(control, item.constat)

    def unseen(self, constat: ConstatRow) -> str:
        label = constat.etat.label
        said = constat.message if constat.message.startswith(label) else f"{label} : {constat.message}"
        return f"{self._when.capitalize()}, {said[:1].lower()}{said[1:]}"

    def blind_for(self, item: Item) -> str:
        """Why the absence of this item of the other control says nothing, "" when it was looked for."""
        constat, control = item.constat, _control(item.constat)
        if control not in self._there:
            what = "La prescription" if constat.prescription not in self._prescriptions else "Ce volet ou ce jalon"
            return f"{what} n'est pas dans le contrôle d'{self._when}."
        if _is_object(item):
            here = self._counterparts.get(constat.id, [])
        else:
            here = self._of.get((*control, constat.territoire), [])
        blind = [one for one in here if one.etat in _BLIND]
        if not here and control in self._blind:
            blind = [self._blind[control]]
        if blind:
            return self.unseen(blind[0])
        if not here and not _is_object(item):
            where = constat.territoire_nom or constat.territoire
            return f"Le territoire « {where} » n'est pas dans le contrôle d'{self._when}."
        human = [one for one in here if one.etat is Etat.A_APPRECIER]
        if item.ecarts and human and not any(one.id in self._listing for one in here):
            return f"{self._when.capitalize()}, à apprécier sans liste d'objets : {human[0].message}"
        return ""


class _Order:
    """That of the rule file, then of the territories, of the labels."""

    def __init__(self, *sides: Side) -> None:
        self._rank: Mapping[str, int] = {
            one.id: row for side in sides for row, one in enumerate(side.results.prescriptions)
        }

    def __call__(self, change: Change) -> Tuple[Any, ...]:
        constat = change.item.constat
        other = change.before.cle if change.before is not None else ""
        return (
            self._rank.get(constat.prescription, len(self._rank)),
            constat.prescription,
            constat.volet,
            constat.jalon,
            constat.territoire,
            change.item.libelle,
            change.item.cle,
            other,
        )
