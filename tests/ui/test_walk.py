"""The order of the walk from what calls for a look to the next one."""

from __future__ import annotations

import pytest
from scot_compat.checks.base import Etat
from scot_compat.ui.results import walk
from scot_compat.ui.results.answers import Answers
from scot_compat.ui.results.criteria import Criteria
from scot_compat.ui.results.tree import ResultsTree


@pytest.fixture
def tree(qgis_app, rows):
    model = ResultsTree()
    model.fill(Answers(rows))
    return model


def walked(model):
    return [walk.stop(model.answers, at) for at in range(walk.count(model.answers))]


def told(found):
    return [(stop.node.item.id, stop.ecart.cle if stop.ecart else None) for stop in found]


#: each object once, though it has two pieces; what is favourable or without object is passed over
ALL = [(1, "k1"), (1, "k2"), (2, "k3"), (4, None), (5, "k5"), (5, "k6"), (6, None)]


def test_every_conflict_once_then_what_has_nothing_drawn(tree):
    assert told(walked(tree)) == ALL


def test_what_a_filter_hides_is_not_walked(tree):
    tree.filter(Criteria(states=frozenset({Etat.ECART_FAIBLE, Etat.NON_EVALUE})))
    assert told(walked(tree)) == [(2, "k3"), (4, None)]
    tree.filter(Criteria("nulle part"))
    assert walked(tree) == []


def test_position_of_a_conflict_of_a_row_of_a_prescription(tree, rows):
    leaf = tree.find(5)
    assert walk.position(tree.answers, leaf, rows.ecarts[5][2]) == 5
    assert walk.position(tree.answers, leaf, rows.ecarts[5][1]) == 4  # its line is the same object as its surface
    assert walk.position(tree.answers, leaf, None) == 4
    assert walk.position(tree.answers, leaf.parent, None) == 4
    assert walk.position(tree.answers, leaf.parent.parent, None) == 4
    assert walk.position(tree.answers, tree.find(7), None) is None


def test_one_object_in_two_constats_is_two_stops(qgis_app, rows):
    """The same zone is at fault at two places of the tree: the walk does not jump from one to the other."""
    from dataclasses import replace

    twice = [replace(one, cle="k1") if one.cle == "k3" else one for row in rows.ecarts.values() for one in row]
    model = ResultsTree()
    model.fill(Answers(type(rows)(rows.controle, rows.prescriptions, rows.constats, twice)))
    found = walked(model)
    assert told(found)[:3] == [(1, "k1"), (1, "k2"), (2, "k1")]
    assert walk.position(model.answers, model.find(2), found[2].ecart) == 2


@pytest.mark.parametrize(
    ("at", "forward", "to"), [(None, True, 0), (None, False, 6), (0, True, 1), (6, True, 0), (0, False, 6)]
)
def test_the_walk_goes_round(tree, at, forward, to):
    assert walk.following(walk.count(tree.answers), at, forward) == to


def test_nowhere_to_go():
    assert walk.following(0, None, True) is None
