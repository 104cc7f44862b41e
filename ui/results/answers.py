"""Everything the tree of answers knows, in arrays: one place per answer, in the order of the tree.

Built away from the interface (no Qt here), so that a hundred thousand answers are filtered in a blink. The findings
added by hand stand at the end of the arrays; `key` puts them where they belong.
"""

from __future__ import annotations

import weakref
from itertools import groupby
from operator import itemgetter
from typing import Any, Dict, FrozenSet, Iterable, Iterator, List, Mapping, Optional, Sequence, Tuple, Union

import numpy as np

from ...checks.base import Etat, worst
from ...gis.geopackages.dossier_schema import CONSTATS_LIBRES
from ...gis.instruction.decisions import Decision, FreeFinding, Subject
from ...gis.results import ConstatRow, EcartRow, Results
from ...gis.row_list import RowList, column, flat
from .. import wording
from . import appraised, folding
from .nodes import Holder, Leaf, Node

#: state of a finding added by hand, beside those of the machine
ADDED = "ajoute"
State = Union[Etat, str]
STATES: Tuple[State, ...] = (*Etat, ADDED)
BY_HAND = "Constats ajoutés à la main"
_CODES = {**{etat.value: code for code, etat in enumerate(Etat)}, ADDED: len(Etat)}
#: states with nothing to look at
_QUIET = (_CODES[Etat.SANS_ECART.value], _CODES[Etat.SANS_OBJET.value])


class Answers:
    """`root` > objectives > prescriptions (`holders`) > answers. `order`: the places that the filter keeps."""

    def __init__(self, results: Results) -> None:
        self.results = results
        self._me: Answers = weakref.proxy(self)  # rows do not keep it: it goes at once, not at some later collection
        self.root = Node(self._me, None, None)
        self.holders: List[Holder] = []
        self._leaves: Dict[int, Leaf] = {}
        of_constat = self._hold(results)
        constats = results.constats
        self._rows = np.argsort(of_constat, kind="stable")  # place -> row in `constats`
        self.count = len(self._rows)
        self.ids = np.asarray(column(constats, "id"), dtype=np.int64)[self._rows]
        self._place_of_id: Dict[int, int] = dict(zip(self.ids.tolist(), range(self.count)))
        self.holder = of_constat[self._rows]
        self.etat = np.array([_CODES[etat] for etat in column(constats, "etat")], dtype=np.uint8)[self._rows]
        self._placed_at = np.argsort(self._rows)  # row in `constats` -> place
        self._read_ecarts(results.ecarts)
        self._read_communes(constats)
        self.bits = np.where(self._calls(), appraised.bit(Decision.EN_ATTENTE), 0).astype(np.uint8)
        self.free: Tuple[FreeFinding, ...] = ()
        self.key = np.arange(self.count, dtype=float)
        self.set_free(results.notebook.free)
        self.refresh(results.notebook.held)
        self.keep(None)

    # -- reading ----------------------------------------------------------------------------------

    def _hold(self, results: Results) -> Any:
        """Objectives where their first prescription is; which holder each constat has."""
        objectives: Dict[str, Node] = {}
        for one in results.prescriptions:
            title = one.sous
            above = objectives.setdefault(title, Node(self._me, self.root, title))
            above.children.append(Holder(self._me, above, one, one.etat))
        for above in objectives.values():
            above.etat = worst([holder.etat for holder in above.children])
        by_hand = Holder(self._me, self.root, BY_HAND, Etat.A_APPRECIER)
        self.root.children = [*objectives.values(), by_hand]
        self.holders = [holder for above in objectives.values() for holder in above.children] + [by_hand]
        for number, holder in enumerate(self.holders):
            holder.number = number
        self._numbers = {holder.item.id: holder.number for holder in self.holders[:-1]}
        self.said = [folding.folded(_said(holder)) for holder in self.holders]
        return np.array([self._numbers[one] for one in column(results.constats, "prescription")], dtype=np.int32)

    def _placed(self, values: List[Any]) -> List[Any]:
        """The values of the constats, in the order of the tree."""
        return list(map(values.__getitem__, self._rows.tolist()))

    def _read_ecarts(self, ecarts: Mapping[int, Tuple[EcartRow, ...]]) -> None:
        rows = flat(ecarts)
        places = [self._place_of_id.get(one, -1) for one in column(rows, "constat")]  # -1: a dossier damaged by hand
        cles, libelles = column(rows, "cle"), column(rows, "libelle")
        at = np.asarray(places, dtype=np.int64)
        known = at >= 0
        self.drawn = np.bincount(at[known], minlength=self.count)
        numbers: Dict[str, int] = {}
        keys = np.array([numbers.setdefault(cle, len(numbers)) for cle in cles], dtype=np.int64)
        objects = np.unique(at[known] * max(len(numbers), 1) + keys[known]) // max(len(numbers), 1)
        stops = np.bincount(objects, minlength=self.count)
        self.stops = np.where(stops > 0, stops, self._calls())
        labels = {
            place: " ".join(dict.fromkeys(label for _, label in group if label))
            for place, group in groupby(zip(places, libelles), itemgetter(0))
        }
        self._insee = (at[known], [insee for insee, there in zip(column(rows, "insee"), known.tolist()) if there])
        self.texts = self._read_texts(labels)

    def _read_texts(self, labels: Dict[int, str]) -> List[str]:
        constats = self.results.constats
        whole = wording.WHOLE.get
        names = ("volet", "jalon", "territoire", "territoire_nom", "message")
        parts = zip(*(self._placed(column(constats, name)) for name in names))
        return folding.all_folded(
            [
                f"{volet} {jalon} {whole(code, nom)} {code} {message} {labels.get(place, '')}"
                for place, (volet, jalon, code, nom, message) in enumerate(parts)
            ]
        )

    def _read_communes(self, constats: Sequence[ConstatRow]) -> None:
        """A constat concerns the commune that it is about, and those of its écarts."""
        scales, codes, names = (
            self._placed(column(constats, one)) for one in ("echelle", "territoire", "territoire_nom")
        )
        about = [place for place, scale in enumerate(scales) if scale == "commune" and codes[place]]
        self.communes = {codes[place]: names[place] or codes[place] for place in about}  # by code
        at, insee = self._insee
        for code in insee:
            if code:
                self.communes.setdefault(code, code)
        numbers = {code: number for number, code in enumerate(self.communes)}
        lying = [place for place, code in zip(at.tolist(), insee) if code]
        concerned = [numbers[codes[place]] for place in about] + [numbers[code] for code in insee if code]
        pairs = np.unique(np.array(about + lying, dtype=np.int64) * len(numbers) + np.array(concerned, dtype=np.int64))
        self._commune_places, self._commune_codes = np.divmod(pairs, max(len(numbers), 1))
        self._commune_numbers = numbers

    def _calls(self) -> Any:
        """Which answers call for a look."""
        return ~np.isin(self.etat, _QUIET)

    # -- what the instructor adds -----------------------------------------------------------------

    def set_free(self, findings: Sequence[FreeFinding]) -> None:
        """The findings added by hand, after the answers of their prescription, or in an objective of their own."""
        for place in [place for place in self._leaves if place >= self.count]:
            del self._leaves[place]
        self.free = tuple(findings)
        numbers = [self._numbers.get(one.prescription, len(self.holders) - 1) for one in self.free]
        n, more = self.count, len(self.free)
        ends = np.searchsorted(self.holder[:n], numbers, side="right")
        self.holder = np.append(self.holder[:n], np.asarray(numbers, dtype=np.int32))
        self.key = np.append(self.key[:n], ends - 0.5 + np.arange(more) / (2.0 * (more + 1)))
        self.etat = np.append(self.etat[:n], np.full(more, _CODES[ADDED], dtype=np.uint8))
        self.stops = np.append(self.stops[:n], np.ones(more, dtype=np.int64))
        self.drawn = np.append(self.drawn[:n], [int(one.wkb is not None) for one in self.free]).astype(np.int64)
        self.ids = np.append(self.ids[:n], np.full(more, -1))
        self.bits = np.append(self.bits[:n], np.full(more, appraised.bit(Decision.EN_ATTENTE), dtype=np.uint8))
        del self.texts[n:]
        self.texts += [folding.folded(f"{one.texte} {one.auteur} {BY_HAND}") for one in self.free]
        self._place_of_free = {one.cle: n + rank for rank, one in enumerate(self.free)}
        self.refresh(one.cle for one in self.free)

    def refresh(self, cles: Iterable[str]) -> List[int]:
        """Look again at what was decided on these keys; the places that it bears on."""
        places = sorted({place for cle in cles for place in self.places_of(cle)})
        for place in places:
            self.bits[place] = self.appraisal(place).bits
        return places

    def places_of(self, cle: str) -> Iterable[int]:
        """Of a constat, of a finding, or of an écart, by its key."""
        if cle in self._place_of_free:
            return (self._place_of_free[cle],)
        return self._placed_at[list(self.results.keyed.places(cle))].tolist()

    def appraisal(self, place: int) -> appraised.Appraised:
        leaf = self.leaf(place)
        item = leaf.item
        whole = Subject.of_free(item) if isinstance(item, FreeFinding) else Subject.of_constat(item)
        parts = [Subject.of_ecart(one) for one in leaf.own] if isinstance(item, ConstatRow) else []
        return appraised.of(self.results.notebook, whole, parts, leaf.calls)

    def calls(self, place: int) -> bool:
        """Whether that answer calls for a look."""
        return int(self.etat[place]) not in _QUIET

    # -- filter -----------------------------------------------------------------------------------

    def keep(self, kept: Optional[Any]) -> None:
        """What the tree shows: an array of booleans, one per place; None for all."""
        every = np.arange(len(self.holder)) if kept is None else np.flatnonzero(kept)
        if self.free:
            every = every[np.argsort(self.key[every], kind="stable")]
        self.order = every
        self.bounds = np.searchsorted(self.holder[every], np.arange(len(self.holders) + 1)).tolist()
        self.walked = np.cumsum(self.stops[every])
        self.root.forget()

    def to_do(self) -> Any:
        """Which answers call for a look and have something that was not decided."""
        return self._calls() & ((self.bits & appraised.bit(Decision.EN_ATTENTE)) != 0)

    def among(self, wanted: FrozenSet[Any]) -> Any:
        """Which answers are those of these numbers of constats and keys of findings."""
        numbers = [one for one in wanted if isinstance(one, int)]
        mask = np.isin(self.ids, numbers)
        mask[self.count :] = [one.cle in wanted for one in self.free]
        return mask

    def objective_of(self, holder: Holder) -> str:
        return str(holder.item if holder.parent is self.root else holder.parent.item)

    def with_communes(self, codes: Iterable[str]) -> Any:
        """Which answers concern one of these communes."""
        mask = np.zeros(len(self.holder), dtype=bool)
        wanted = [self._commune_numbers[code] for code in codes if code in self._commune_numbers]
        mask[self._commune_places[np.isin(self._commune_codes, wanted)]] = True
        return mask

    def by_commune(self) -> Dict[str, int]:
        """How many answers concern each commune."""
        counts = np.bincount(self._commune_codes, minlength=len(self.communes))
        return dict(zip(self.communes, counts.tolist()))

    @property
    def heavy(self) -> List[List[Any]]:
        """The long lists that it holds, and its results."""
        rows = (self.results.constats, flat(self.results.ecarts))
        return [self.texts, *(one.raws for one in rows if isinstance(one, RowList))]

    # -- rows -------------------------------------------------------------------------------------

    def leaf(self, place: int) -> Leaf:
        """The row of an answer, made the first time that it is looked at."""
        found = self._leaves.get(place)
        if found is None:
            item, etat = self._item(place), STATES[self.etat[place]]
            state = etat if isinstance(etat, Etat) else Etat.A_APPRECIER
            found = self._leaves[place] = Leaf(self._me, self.holders[self.holder[place]], item, state, place)
        return found

    def _item(self, place: int) -> Union[ConstatRow, FreeFinding]:
        if place >= self.count:
            return self.free[place - self.count]
        return self.results.constats[int(self._rows[place])]

    def find(self, constat: int) -> Optional[Leaf]:
        """The row of a constat by its number, kept by the filter or not."""
        place = self._place_of_id.get(constat)
        return None if place is None else self.leaf(place)

    def leaf_of(self, ecart: EcartRow) -> Optional[Leaf]:
        """The row of an écart, or of a finding drawn by hand."""
        if ecart.table == CONSTATS_LIBRES.name:
            return next((self.leaf(place) for place in self.places_of(ecart.cle)), None)
        return self.find(ecart.constat)

    def rank(self, leaf: Leaf) -> Optional[int]:
        """Where a row is in `order`; None when the filter does not keep it."""
        first, last = leaf.holder.span
        at = first + int(np.searchsorted(self.key[self.order[first:last]], self.key[leaf.place]))
        return at if at < last and self.order[at] == leaf.place else None

    def leaves(self, first: int, last: int) -> Iterator[Leaf]:
        """The rows from one rank to another."""
        return map(self.leaf, self.order[first:last].tolist())

    def ecarts_of(self, place: int) -> Tuple[EcartRow, ...]:
        if place < self.count:
            return self.results.ecarts.get(int(self.ids[place]), ())
        finding = self.free[place - self.count]
        return (drawn_by_hand(finding),) if finding.wkb is not None else ()

    def drawn_between(self, first: int, last: int) -> int:
        """How many écarts the answers from one rank to another have."""
        return int(self.drawn[self.order[first:last]].sum())

    def first_ecart(self, first: int, last: int) -> Optional[EcartRow]:
        found = np.flatnonzero(self.drawn[self.order[first:last]])
        return self.ecarts_of(int(self.order[first + found[0]]))[0] if len(found) else None

    def tally(self, first: int = 0, last: Optional[int] = None) -> Dict[State, int]:
        """How many answers in each state, from one rank to another."""
        counts = np.bincount(self.etat[self.order[first:last]], minlength=len(STATES))
        return dict(zip(STATES, counts.tolist()))


def drawn_by_hand(finding: FreeFinding) -> EcartRow:
    """A finding that was drawn, as the map takes it."""
    return EcartRow(CONSTATS_LIBRES.name, 0, finding.cle, -1, Etat.A_APPRECIER, finding.texte)


def _said(holder: Holder) -> str:
    prescription = holder.item
    if isinstance(prescription, str):
        return prescription
    return f"{prescription.objectif} {prescription.id} {prescription.intitule} {prescription.theme}"
