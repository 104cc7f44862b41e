"""What the columns say of each row."""

from __future__ import annotations

from typing import Tuple

from ...checks.base import Etat
from ...checks.wording import number
from ...gis.instruction.decisions import FreeFinding
from ...gis.results import ConstatRow, PrescriptionRow
from .. import wording
from .answers import ADDED, State
from .nodes import Leaf, Node, Slice

COLUMNS = ("Territoire", "État", "Mesure", "Seuil", "Écart", "Appréciation")
TITLE, STATE, MEASURE, THRESHOLD, DEPARTURE, APPRAISAL = range(len(COLUMNS))
ADDED_LABEL = "Ajouté à la main"


#: characters that the widest of rows may show
_LONGEST = 1000


def label(state: State) -> str:
    return state.label if isinstance(state, Etat) else ADDED_LABEL


def title(node: Node) -> str:
    """The first column; a row shows the beginning of what is too long for it."""
    return _title(node)[:_LONGEST]


def _title(node: Node) -> str:
    item = node.item
    if isinstance(item, ConstatRow):
        return wording.place(item)
    if isinstance(item, FreeFinding):
        return " ".join(item.texte.split())  # on the one line that a row has
    if isinstance(item, PrescriptionRow):
        return f"{item.etat.label} · {item.id} {item.intitule}"
    if isinstance(item, Slice):
        return f"Constats {number(item.first)} à {number(item.last)} · {counts(node)}"
    return f"{item} · {counts(node)}"


def counts(node: Node) -> str:
    """How many answers in each state, of those that the filter keeps."""
    tally = node.answers.tally(*node.span)
    added = tally.pop(ADDED)
    said = [wording.counts(tally), f"{added} {'ajoutés' if added > 1 else 'ajouté'} à la main" if added else ""]
    return ", ".join(part for part in said if part)


def of_leaf(leaf: Leaf) -> Tuple[str, ...]:
    """Every column of an answer; an écart of the appraisal is told by `Answers.appraisal`."""
    appraisal = leaf.answers.appraisal(leaf.place).text
    item = leaf.item
    if not isinstance(item, ConstatRow):
        return title(leaf), ADDED_LABEL, "", "", "", appraisal
    figures = wording.measured(item), wording.bound(item), wording.departure(item)
    return (title(leaf), item.etat.label, *figures, appraisal)
