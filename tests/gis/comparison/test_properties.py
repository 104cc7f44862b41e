"""What holds of any two controls: boxes of 10 to 40 m anywhere in a square of 200 m, in two prescriptions."""

from __future__ import annotations

import random

import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from scot_compat.gis.comparison.changes import compare
from scot_compat.gis.comparison.statuts import Statut

BOXES = st.lists(
    st.tuples(
        st.sampled_from(["P1", "P2"]),
        st.integers(0, 16),
        st.integers(0, 16),
        st.integers(1, 4),
        st.integers(1, 4),
        st.sampled_from([10.0, 20.0]),
    ),
    max_size=12,
)


def _control(made, rows, seed=0):
    out = made()
    for prescription in ("P1", "P2"):
        objets = [
            (
                f"{x}-{y}-{w}-{h}-{measure:.0f}-{i}",
                shapely.box(x * 10, y * 10, (x + w) * 10, (y + h) * 10),
                {
                    "mesure": measure,
                    "unite": "logt/ha",
                    "cle": f"{prescription} {x} {y} {w} {h} n{i}",
                    "surface_m2": 1.0,
                },
            )
            for i, (of, x, y, w, h, measure) in enumerate(sorted(rows))
            if of == prescription
        ]
        random.Random(seed).shuffle(objets)
        out.add(prescription, *objets)
    return out.side


def lists(comparison, forth=True):
    """Each change as (statut, key before, key after, link), whichever way it was compared."""
    opposite = {Statut.NOUVEAU: Statut.DISPARU, Statut.DISPARU: Statut.NOUVEAU}
    out = []
    for one in comparison.departures:
        keys = tuple(item.cle if item is not None else "" for item in (one.before, one.after))
        statut = one.statut if forth else opposite.get(one.statut, one.statut)
        out.append((statut.value, *(keys if forth else keys[::-1]), one.main))
    return sorted(out)


SETTLED = settings(max_examples=60, deadline=None)


@SETTLED
@given(rows=BOXES)
def test_a_dossier_compared_with_itself_only_lasts(made, rows):
    comparison = compare(_control(made, rows), _control(made, rows))
    assert {one.statut for one in comparison.departures} <= {Statut.MAINTENU}
    bare = {"P1", "P2"} - {row[0] for row in rows}  # a constat in departure that lists no object counts by itself
    assert len(comparison.departures) == len(rows) + len(bare)


@SETTLED
@given(before=BOXES, after=BOXES)
def test_the_other_way_round_new_and_gone_are_exchanged(made, before, after):
    one, other = _control(made, before), _control(made, after)
    assert lists(compare(one, other)) == lists(compare(other, one), forth=False)


@SETTLED
@given(before=BOXES, after=BOXES, seed=st.integers(1, 5))
def test_the_order_of_rows_changes_nothing(made, before, after, seed):
    plain = compare(_control(made, before), _control(made, after))
    assert lists(compare(_control(made, before, seed), _control(made, after, seed + 1))) == lists(plain)


@SETTLED
@given(before=BOXES, after=BOXES)
def test_every_object_of_both_is_told_once_or_as_pieces(made, before, after):
    """What is new or gone has no counterpart; each object is somewhere."""
    one, other = _control(made, before), _control(made, after)
    comparison = compare(one, other)
    told = ([c.before for c in comparison.departures if c.before], [c.after for c in comparison.departures if c.after])
    for side, items in zip((one, other), told):
        listed = [item.cle for item in items if item.ecarts]
        assert set(listed) == {item.cle for item in side.departures}
        alone = [c for c in comparison.departures if c.statut in (Statut.NOUVEAU, Statut.DISPARU) and c.item.ecarts]
        assert all((c.before is None) is not (c.after is None) for c in alone)
