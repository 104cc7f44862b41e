"""The rows of the tree: objective of the DOO > prescription > answer, by slices where a prescription has thousands.

Plain Python, no Qt: a row is made when it is looked at, and what it holds is a span of `answers.order`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Iterator, List, Optional, Tuple, Union

from ...checks.base import Etat
from ...gis.instruction.decisions import FreeFinding
from ...gis.results import ConstatRow, EcartRow, PrescriptionRow

if TYPE_CHECKING:
    from .answers import Answers

#: answers shown in a row under a prescription; beyond, they come by slices of that many, folded
SLICE = 1000


@dataclass(frozen=True)
class Slice:
    """Answers of a prescription from one rank to another, of those that the filter keeps (from 1)."""

    first: int
    last: int


Item = Union[str, PrescriptionRow, Slice, ConstatRow, FreeFinding, None]


class Node:
    """A row. `item`: what it is about (an objective is a text, the root is None).

    `children`: the rows below, kept by the filter or not, of the root and of an objective; `shown`: those it keeps.
    """

    __slots__ = ("answers", "parent", "item", "etat", "row", "children", "_shown")

    def __init__(self, answers: "Answers", parent: "Optional[Node]", item: Item, etat: Etat = Etat.SANS_OBJET) -> None:
        self.answers, self.parent, self.item, self.etat = answers, parent, item, etat
        self.row = 0
        self.children: List[Node] = []
        self._shown: Optional[List[Node]] = None

    @property
    def span(self) -> Tuple[int, int]:
        """From which rank of `answers.order` to which the answers under this row are."""
        return (self.children[0].span[0], self.children[-1].span[1]) if self.children else (0, 0)

    @property
    def count(self) -> int:
        """How many answers the filter keeps under this row."""
        first, last = self.span
        return last - first

    @property
    def shown(self) -> "List[Node]":
        if self._shown is None:
            self._shown = self._below()
            for row, node in enumerate(self._shown):
                node.parent, node.row = self, row
        return self._shown

    def forget(self) -> None:
        """The filter changed."""
        self._shown = None
        for child in self.children:
            child.forget()

    def leaves(self) -> "Iterator[Leaf]":
        """The answers under this row that the filter keeps, itself if it is one."""
        return self.answers.leaves(*self.span)

    @property
    def drawn(self) -> int:
        """How many écarts there are under this row."""
        return self.answers.drawn_between(*self.span)

    @property
    def ecarts(self) -> Tuple[EcartRow, ...]:
        """Those of the answers under this row that the filter keeps."""
        return tuple(ecart for leaf in self.leaves() for ecart in leaf.own)

    @property
    def first_ecart(self) -> Optional[EcartRow]:
        return self.answers.first_ecart(*self.span)

    def _below(self) -> "List[Node]":
        return [child for child in self.children if child.count]


class Holder(Node):
    """What holds answers: a prescription, or the objective of the findings added by hand. `number`: in the arrays."""

    __slots__ = ("number",)

    def __init__(self, answers: "Answers", parent: Node, item: Item, etat: Etat) -> None:
        super().__init__(answers, parent, item, etat)
        self.number = 0

    @property
    def span(self) -> Tuple[int, int]:
        return self.answers.bounds[self.number], self.answers.bounds[self.number + 1]

    def _below(self) -> "List[Node]":
        if self.count <= SLICE:
            return list(self.leaves())
        starts = range(0, self.count, SLICE)
        return [Part(self.answers, self, Slice(start + 1, min(start + SLICE, self.count))) for start in starts]

    def above(self, rank: int) -> Node:
        """The row just above the answer of that rank of `answers.order`: itself, or a slice."""
        return self if self.count <= SLICE else self.shown[(rank - self.span[0]) // SLICE]


class Part(Node):
    """A slice of the answers of a prescription."""

    __slots__ = ()

    @property
    def span(self) -> Tuple[int, int]:
        start = self.parent.span[0]
        return start + self.item.first - 1, start + self.item.last

    def _below(self) -> "List[Node]":
        return list(self.leaves())


class Leaf(Node):
    """An answer: a constat, or a finding added by hand. `place`: its own in the arrays; `holder`: its prescription."""

    __slots__ = ("place", "holder", "cells")

    def __init__(self, answers: "Answers", holder: Holder, item: Item, etat: Etat, place: int) -> None:
        super().__init__(answers, holder, item, etat)
        self.place, self.holder = place, holder
        self.cells: Optional[Tuple[str, ...]] = None  # what its columns say, once it was seen
        self._shown = []

    @property
    def span(self) -> Tuple[int, int]:
        rank = self.answers.rank(self)
        return (0, 0) if rank is None else (rank, rank + 1)

    @property
    def count(self) -> int:
        return 1

    @property
    def calls(self) -> bool:
        """Whether it calls for a look."""
        return self.answers.calls(self.place)

    @property
    def drawn(self) -> int:
        return int(self.answers.drawn[self.place])

    @property
    def own(self) -> Tuple[EcartRow, ...]:
        return self.answers.ecarts_of(self.place)

    @property
    def ecarts(self) -> Tuple[EcartRow, ...]:
        return self.own

    @property
    def first_ecart(self) -> Optional[EcartRow]:
        return next(iter(self.own), None)

    def leaves(self) -> "Iterator[Leaf]":
        yield self
