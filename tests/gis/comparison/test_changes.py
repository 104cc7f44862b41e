"""What became of each departure, on cases whose common ground is worked out by hand (boxes of 100 m x 100 m)."""

from __future__ import annotations

import pytest
import shapely
from scot_compat.checks.base import Etat
from scot_compat.gis.comparison.changes import compare
from scot_compat.gis.comparison.statuts import Lien


@pytest.fixture
def compared(made, told):
    """Function `(objects before, objects after) -> lists`, all of them in one constat of P1."""

    def run(before, after, **columns):
        return told(compare(made().add("P1", *before, **columns).side, made().add("P1", *after, **columns).side))

    return run


def test_the_same_object_lasts_and_one_that_was_renamed_too(compared, drawn):
    box, _ = drawn
    assert compared([("AU1", box(0, 0)), ("AU2", box(500, 0))], [("AU1", box(0, 0)), ("1AUx", box(500, 0))]) == {
        "maintenu": [("AU1", "AU1"), ("AU2", "1AUx")]
    }


def test_one_more_is_new_one_less_is_gone(compared, drawn):
    box, _ = drawn
    assert compared([("AU1", box(0, 0)), ("AU2", box(500, 0))], [("AU1", box(0, 0)), ("AU3", box(900, 0))]) == {
        "maintenu": [("AU1", "AU1")],
        "disparu": [("AU2", None)],
        "nouveau": [(None, "AU3")],
    }


@pytest.mark.parametrize(
    ("moved", "expected"),
    [
        (49, {"modifie": [("AU1", "AU1")]}),  # 51 m of 100 in common: 0.51
        (50, {"modifie": [("AU1", "AU1")]}),  # half of it, exactly
        (51, {"disparu": [("AU1", None)], "nouveau": [(None, "AU1")]}),  # 0.49
    ],
)
def test_a_zone_that_moved_by_less_than_half_is_the_same(compared, drawn, moved, expected):
    """Its size in conflict does not change, so that one column of the écart tells that it did."""
    box, _ = drawn
    before = [("AU1", box(0, 0), {"mesure": 10.0, "unite": "logt/ha"})]
    after = [("AU1", box(moved, 0), {"mesure": 12.0, "unite": "logt/ha"})]
    assert compared(before, after) == expected


def test_a_zone_that_moved_with_the_same_measure_lasts(compared, drawn):
    box, _ = drawn
    assert compared([("AU1", box(0, 0))], [("AU1", box(20, 0))]) == {"maintenu": [("AU1", "AU1")]}


def test_a_zone_slightly_redrawn_is_changed_not_new_and_gone(compared, drawn):
    box, _ = drawn
    assert compared([("AU1", box(0, 0))], [("AU1", box(0, 0, 101, 100))]) == {"modifie": [("AU1", "AU1")]}


def test_a_zone_split_becomes_its_pieces(made, told, drawn):
    """70 m and 30 m of the 100: each piece lies wholly in what was there; the larger coincides best."""
    box, _ = drawn
    comparison = compare(
        made().add("P1", ("AU1", box(0, 0))).side,
        made().add("P1", ("AU1a", box(0, 0, 70)), ("AU1b", box(70, 0, 30))).side,
    )
    assert told(comparison) == {"modifie": [("AU1", "AU1a"), ("AU1", "AU1b")]}
    assert {change.lien for change in comparison.departures} == {Lien.PARTAGE}
    assert {change.after.libelle: change.main for change in comparison.departures} == {"AU1a": True, "AU1b": False}


def test_zones_merged_become_the_whole(made, told, drawn):
    box, _ = drawn
    comparison = compare(
        made().add("P1", ("AU1a", box(0, 0, 70)), ("AU1b", box(70, 0, 30))).side,
        made().add("P1", ("AU1", box(0, 0))).side,
    )
    assert told(comparison) == {"modifie": [("AU1a", "AU1"), ("AU1b", "AU1")]}
    assert {change.lien for change in comparison.departures} == {Lien.REUNION}


def test_ground_given_to_a_neighbour_makes_no_piece(compared, drawn):
    """A keeps 20 m of its 100, B goes from 100 to 180 and takes 80 m of A: both are paired with themselves, on 20/100
    and on 100/180 of the ground of both, although B lies over 0.8 of A (80/200 of the ground of both)."""
    box, _ = drawn
    assert compared([("A", box(0, 0)), ("B", box(100, 0))], [("A", box(0, 0, 20)), ("B", box(20, 0, 180))]) == {
        "modifie": [("A", "A"), ("B", "B")]
    }


def test_a_zone_over_one_that_did_not_change_is_new(compared, drawn):
    box, _ = drawn
    assert compared([("A", box(0, 0))], [("A", box(0, 0)), ("sur A", box(10, 10, 20, 20))]) == {
        "maintenu": [("A", "A")],
        "nouveau": [(None, "sur A")],
    }


def test_lines_and_points_are_the_same_a_few_metres_aside(compared, drawn):
    """10 m wide, lines 3 m apart share about 7 m of 10; 6 m apart, 4 m of 10. Discs of 5 m, 2 m apart, share 0.75."""
    _, line = drawn
    point = shapely.Point(700000, 6600000)
    near, far = shapely.Point(700002, 6600000), shapely.Point(700009, 6600000)
    assert compared([("a", line(0, 0))], [("a", line(0, 3))]) == {"maintenu": [("a", "a")]}
    assert compared([("a", line(0, 0))], [("a", line(0, 3, 90))]) == {"modifie": [("a", "a")]}  # 100 m, then 90
    assert compared([("a", line(0, 0))], [("a", line(0, 6))]) == {"disparu": [("a", None)], "nouveau": [(None, "a")]}
    assert compared([("p", point)], [("p", near)]) == {"maintenu": [("p", "p")]}
    assert compared([("p", point)], [("p", far)]) == {"disparu": [("p", None)], "nouveau": [(None, "p")]}


def test_a_conflict_that_moved_is_known_by_the_whole_zone(made, told, drawn):
    """The corridor crosses the zone elsewhere: the conflicts share nothing, the zone is the same but for 10 m."""
    box, line = drawn
    before = made().zone("7", "AU", box(0, 0)).add("P1", ("AU", line(0, 10), {"objet_id": "7"}))
    after = made().zone("9", "AU", box(0, 0, 110)).add("P1", ("AU", line(0, 90, 110), {"objet_id": "9"}))
    assert told(compare(before.side, after.side)) == {"modifie": [("AU", "AU")]}


def test_only_one_prescription_one_volet_one_layer_and_one_commune_are_compared(made, told, drawn):
    box, _ = drawn
    before = made().add("P1", ("A", box(0, 0)), territoire="76001").add("P1", territoire="76002", etat=Etat.SANS_ECART)
    after = made().add("P1", territoire="76001", etat=Etat.SANS_ECART).add("P1", ("A", box(1, 0)), territoire="76002")
    assert told(compare(before.side, after.side)) == {"disparu": [("A", None)], "nouveau": [(None, "A")]}
    other = made().add("P1", ("A", box(1, 0), {"objet": "PRESCRIPTION_SURF"}), territoire="76001")
    assert told(compare(before.side, other.add("P1", territoire="76002", etat=Etat.SANS_ECART).side)) == {
        "disparu": [("A", None)],
        "nouveau": [(None, "A")],
    }


def test_a_state_a_measure_or_a_threshold_that_differs_is_a_change(compared, drawn):
    box, _ = drawn
    same = ("A", box(0, 0), {"mesure": 18.2, "seuil": 35.0, "unite": "logt/ha"})
    for changed in ({"mesure": 20.0}, {"seuil": 30.0}, {"etat": Etat.ECART_FAIBLE}, {"role": "contribue"}):
        other = (same[0], same[1], {**same[2], **changed})
        assert compared([same], [other]) == {"modifie": [("A", "A")]}, changed
    written_twice = (same[0], same[1], {**same[2], "mesure": 18.2 * (1 + 5e-7)})  # under one millionth
    assert compared([same], [written_twice]) == {"maintenu": [("A", "A")]}


# --- what one of the two did not look at


@pytest.mark.parametrize("etat", [Etat.NON_EVALUE, Etat.ERREUR])
def test_what_was_not_evaluated_is_neither_gone_nor_new(made, told, drawn, etat):
    box, _ = drawn
    seen = made().add("P1", ("A", box(0, 0)))
    blind = made().add("P1", etat=etat, message="Couche corridors absente.")
    for before, after, pair in ((seen, blind, ("A", None)), (blind, seen, (None, "A"))):
        comparison = compare(before.side, after.side)
        assert told(comparison) == {"non_comparable": [pair]}
        assert "Couche corridors absente." in comparison.departures[0].cause


def test_a_prescription_that_the_rules_no_longer_have_makes_nothing_disappear(made, told, drawn):
    box, _ = drawn
    before = made().add("P1", ("A", box(0, 0))).add("P2", ("A", box(0, 0)))
    comparison = compare(before.side, made().add("P1", ("A", box(0, 0))).side)
    assert told(comparison) == {"maintenu": [("A", "A")], "non_comparable": [("A", None)]}
    assert comparison.departures[1].cause == "La prescription n'est pas dans le contrôle d'après."


def test_a_commune_that_the_other_control_does_not_have_makes_nothing_disappear(made, told, drawn):
    box, _ = drawn
    before = made().add("P1", ("A", box(0, 0)), territoire="76001", territoire_nom="Lens").add("P1", territoire="76002")
    comparison = compare(before.side, made().add("P1", territoire="76002").side)
    assert told(comparison)["non_comparable"] == [("A", None)]
    assert "« Lens »" in next(one.cause for one in comparison.departures if one.cause)


def test_a_constat_left_to_the_reader_without_objects_makes_none_disappear(made, told, drawn):
    """As when the prescription has become a recommendation."""
    box, _ = drawn
    comparison = compare(made().add("P1", ("A", box(0, 0))).side, made().add("P1", etat=Etat.A_APPRECIER).side)
    assert told(comparison) == {"non_comparable": [("A", None)]}


def test_within_the_threshold_now_it_is_gone(made, told, drawn):
    box, _ = drawn
    comparison = compare(made().add("P1", ("A", box(0, 0))).side, made().add("P1", etat=Etat.SANS_ECART).side)
    assert told(comparison) == {"disparu": [("A", None)]}


# --- constats


def density(etat, mesure, minimum=35.0):
    return {"etat": etat, "mesure": mesure, "unite": "logt/ha", "seuil_min": minimum}


@pytest.mark.parametrize(("before", "after", "statut"), [
    (density(Etat.ECART_MARQUE, 18.2), density(Etat.ECART_MARQUE, 18.2), "maintenu"),
    (density(Etat.ECART_MARQUE, 18.2), density(Etat.ECART_MARQUE, 20.0), "modifie"),
    (density(Etat.ECART_MARQUE, 18.2), density(Etat.ECART_FAIBLE, 34.0), "modifie"),
    (density(Etat.ECART_MARQUE, 18.2), density(Etat.ECART_MARQUE, 18.2, 30.0), "modifie"),
    (density(Etat.ECART_MARQUE, 18.2), density(Etat.SANS_ECART, 36.0), "disparu"),
    (density(Etat.SANS_ECART, 36.0), density(Etat.ECART_FAIBLE, 34.0), "nouveau"),
    (density(Etat.ECART_MARQUE, 18.2), density(Etat.NON_EVALUE, None), "non_comparable"),
    (density(Etat.NON_EVALUE, None), density(Etat.ECART_MARQUE, 18.2), "non_comparable"),
    (density(Etat.ECART_MARQUE, 18.2), density(Etat.A_APPRECIER, 18.2), "modifie"),
])  # fmt: skip
def test_a_constat_in_departure_without_objects_is_a_departure(made, told, before, after, statut):
    comparison = compare(made().add("P1", **before).side, made().add("P1", **after).side)
    assert list(told(comparison)) == [statut]
    assert [change.statut.value for change in comparison.constats] == [statut]


def test_a_constat_whose_objects_are_listed_is_counted_by_them(made, told, drawn):
    box, _ = drawn
    before = made().add("P1", ("A", box(0, 0)), mesure=10000.0)
    comparison = compare(before.side, made().add("P1", ("A", box(0, 0)), ("B", box(500, 0)), mesure=20000.0).side)
    assert told(comparison) == {"maintenu": [("A", "A")], "nouveau": [(None, "B")]}
    assert [change.statut.value for change in comparison.constats] == ["modifie"]


def test_compliant_constats_are_no_departures(made, told):
    comparison = compare(
        made().add("P1", **density(Etat.SANS_ECART, 36.0)).side, made().add("P1", **density(Etat.SANS_ECART, 40.0)).side
    )
    assert told(comparison) == {}
    assert [change.statut.value for change in comparison.constats] == ["modifie"]


def test_constats_by_object_follow_the_object_when_its_number_went_to_another(made, told, drawn):
    """AU1 (number 1) is deleted: AU2, which was number 2, is number 1 now."""
    box, _ = drawn
    before = made().zone("1", "AU1", box(0, 0)).zone("2", "AU2", box(500, 0))
    for number, name, value in (("1", "AU1", 10.0), ("2", "AU2", 12.0)):
        before.add("P1", territoire=number, territoire_nom=name, echelle="objet", **density(Etat.ECART_MARQUE, value))
    after = made().zone("1", "AU2", box(500, 0))
    after.add("P1", territoire="1", territoire_nom="AU2", echelle="objet", **density(Etat.ECART_MARQUE, 12.0))
    comparison = compare(before.side, after.side)
    assert told(comparison) == {"maintenu": [("AU2", "AU2")], "disparu": [("AU1", None)]}


def by_object(made, *zones):
    """One constat by zone: (number, label, ground, what is measured), and its écart when it is in departure."""
    out = made()
    for number, name, ground, columns in zones:
        out.zone(number, name, ground)
        objets = [(name, ground, {"objet_id": number})] if columns["etat"].is_departure else []
        out.add("P1", *objets, territoire=number, territoire_nom=name, echelle="objet", **columns)
    return out


def test_a_zone_deleted_is_gone_although_another_one_is_not_evaluated(made, told, drawn):
    box, _ = drawn
    kept = ("2", "AU2", box(500, 0), density(Etat.NON_EVALUE, None))
    before = by_object(made, ("1", "AU1", box(0, 0), density(Etat.ECART_MARQUE, 10.0)), kept)
    after = by_object(made, ("1", *kept[1:]))
    assert told(compare(before.side, after.side)) == {"disparu": [("AU1", None)]}


def test_a_zone_that_is_no_longer_evaluated_is_not_gone(made, told, drawn):
    box, _ = drawn
    before = by_object(made, ("1", "AU1", box(0, 0), density(Etat.ECART_MARQUE, 10.0)))
    after = by_object(made, ("7", "AU1", box(0, 0), density(Etat.NON_EVALUE, None)))
    for one, other, pair in ((before, after, ("AU1", None)), (after, before, (None, "AU1"))):
        assert told(compare(one.side, other.side)) == {"non_comparable": [pair]}


def test_objects_that_could_not_be_read_may_be_those_that_are_missing(made, told, drawn):
    """What could not be read has a constat of its own, for the whole PLU."""
    box, _ = drawn
    before = by_object(made, ("1", "AU1", box(0, 0), density(Etat.ECART_MARQUE, 10.0)))
    after = made().add("P1", etat=Etat.NON_EVALUE, message="Une couche manque.")
    comparison = compare(before.side, after.side)
    assert told(comparison) == {"non_comparable": [("AU1", None)]}
    assert "Une couche manque." in comparison.departures[0].cause
