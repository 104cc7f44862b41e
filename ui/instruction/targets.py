"""What a decision may bear on, from the rows in hand: a constat, one of its objects, or all the rows chosen."""

from __future__ import annotations

from typing import Optional, Sequence, Tuple

from ...checks.wording import number
from ...gis.instruction.decisions import FreeFinding, Subject
from ...gis.results import EcartRow, PrescriptionRow
from .. import wording
from ..results.nodes import Leaf, Node
from .form import Target

#: rows beyond which one decision for all would be no appraisal any more, and would hold the interface
MOST = 5000
TOO_MANY = f"Plus de {number(MOST)} lignes : filtrez pour décider."


def of_one(leaf: Leaf, ecart: Optional[EcartRow]) -> Tuple[Target, ...]:
    """A row, then its object in hand."""
    if isinstance(leaf.item, FreeFinding):
        return (Target("ce constat ajouté à la main", (Subject.of_free(leaf.item),)),)
    whole = Target(f"tout le constat : {wording.place(leaf.item)}", (Subject.of_constat(leaf.item),))
    if ecart is None:
        return (whole,)
    return (whole, Target(f"l'objet {ecart.libelle or 'sans libellé'} seul", (Subject.of_ecart(ecart),)))


def of_several(leaves: Sequence[Leaf]) -> Tuple[Target, ...]:
    """The rows chosen one by one."""
    return (Target(f"les {number(len(leaves))} lignes choisies", _subjects(leaves)),)


def of_node(node: Node, leaves: Sequence[Leaf]) -> Tuple[Target, ...]:
    """Prescriptions or objectives, `node` in hand: those of their rows, kept by the filter, that call for a look."""
    called = [leaf for leaf in leaves if leaf.calls]
    if not called:
        return ()
    alone = isinstance(node.item, PrescriptionRow) and all(leaf.holder is node for leaf in leaves)
    name = node.item.id if alone else "la sélection"
    count = "la ligne" if len(called) == 1 else f"les {number(len(called))} lignes"
    return (Target(f"{count} à regarder de {name}", _subjects(called)),)


def _subjects(leaves: Sequence[Leaf]) -> Tuple[Subject, ...]:
    return tuple(of_one(leaf, None)[0].subjects[0] for leaf in leaves)
