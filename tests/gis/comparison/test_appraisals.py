"""Appraisals of the older dossier go to what lasts or changed; the others, and those to read again, are listed."""

from __future__ import annotations

import pytest
import shapely
from scot_compat.checks.base import Etat
from scot_compat.gis.comparison.appraisals import plan
from scot_compat.gis.comparison.changes import compare
from scot_compat.gis.instruction.decisions import Appraisal, Decision, FreeFinding, Suite, Verdict

RETENU = Verdict(Decision.RETENU, "Zone humide avérée.", Suite.RESERVE)


@pytest.fixture
def two(made, drawn):
    """Two controls of one prescription: AU1 as it was, AU2 smaller, AU3 gone, AU4 new; 100 x 100 m each."""
    box, _ = drawn
    before = made().add("P1", ("AU1", box(0, 0)), ("AU2", box(500, 0)), ("AU3", box(900, 0)))
    after = made(date="2025-06-12T10:00:00+00:00").add(
        "P1", ("AU1", box(0, 0)), ("AU2", box(500, 0, 90)), ("AU4", box(1500, 0))
    )
    return before, after


def decide(side, *labels, verdict=RETENU, author="Zoé N'Diaye"):
    chosen = [item for item in side.departures if item.libelle in labels]
    assert len(chosen) == len(labels)
    side.notebook.decide([item.subjects[0] for item in chosen], verdict, author)


def run(before, after):
    before, after = before.side, after.side
    return before, after, lambda: plan(compare(before, after), before.notebook, after.notebook)


def named(side, row):
    return next(item.libelle for item in (*side.departures, *side.constats) if item.cle == row.cle)


def test_they_go_to_what_lasts_or_changed_with_their_author_date_and_figures(two):
    before, after, planned = run(*two)
    decide(before, "AU1", "AU2", "AU3")
    rows = {named(after, row): row for row in planned().carried}
    assert set(rows) == {"AU1", "AU2"}
    held = before.notebook.of(before.departures[1].cle)
    carried = rows["AU2"]
    assert (carried.decision, carried.motif, carried.suite) == (Decision.RETENU, "Zone humide avérée.", Suite.RESERVE)
    assert (carried.auteur, carried.date) == ("Zoé N'Diaye", held.date)
    assert carried.origine == "reprise de 76648_PLU_20240101 (contrôle du 01/03/2024)"
    assert (carried.etat, carried.mesure, carried.unite) == ("ecart_marque", 10000.0, "m2")  # what it was decided on


def test_those_of_what_changed_and_of_what_is_gone_are_to_be_read_again(two):
    before, after, planned = run(*two)
    decide(before, "AU1", "AU2", "AU3")
    told = [(one.change.item.libelle, one.why) for one in planned().review]
    assert told == [
        ("AU2", "L'état ou la mesure n'est plus celui de la décision."),  # 10 000 m2, then 9 000
        ("AU3", "L'écart a disparu : elle n'est pas reprise."),
    ]


def test_twice_carries_nothing_twice(two):
    before, after, planned = run(*two)
    decide(before, "AU1", "AU2")
    first = planned()
    after.notebook.carry(first.carried, first.free)
    second = planned()
    assert second.carried == () and second.free == ()
    assert second.review == first.review  # still to be read again
    assert len(after.notebook.history(first.carried[0].cle)) == 1


def test_one_decided_again_in_the_newer_dossier_prevails_and_is_no_longer_stale(two):
    before, after, planned = run(*two)
    decide(before, "AU1", "AU2")
    decide(after, "AU2", verdict=Verdict(Decision.NON_RETENU, "Réduite de 10 m."), author="Paul")
    done = planned()
    assert [named(after, row) for row in done.carried] == ["AU1"]
    assert done.review == ()
    changed = next(one for one in compare(before, after).departures if one.item.libelle == "AU2")
    assert done.of(changed).motif == "Réduite de 10 m."


def test_one_undone_in_the_newer_dossier_is_no_appraisal_and_is_not_in_the_way(two):
    before, after, planned = run(*two)
    decide(before, "AU1")
    decide(after, "AU1", verdict=Verdict(Decision.NON_RETENU, "Par erreur."), author="Paul")
    after.notebook.undo("Paul")
    (row,) = planned().carried
    assert row.motif == "Zone humide avérée." and planned().of(planned_change(before, after, "AU1")) == row


def test_what_was_carried_then_undone_is_not_carried_again(two):
    before, after, planned = run(*two)
    decide(before, "AU1")
    after.notebook.carry(planned().carried, ())
    after.notebook.undo("Paul")
    assert planned().carried == ()


def planned_change(before, after, libelle):
    return next(one for one in compare(before, after).departures if one.item.libelle == libelle)


def test_a_row_without_what_it_was_decided_on_takes_that_of_the_older_control(two):
    """Rows written before these columns existed."""
    before, after, planned = run(*two)
    bare = [
        Appraisal(item.cle, Decision.RETENU, "Vu.", auteur="A", date="2024-03-05") for item in before.departures[:2]
    ]
    before.notebook.carry(bare, ())
    assert [(row.etat, row.mesure) for row in planned().carried] == [("ecart_marque", 10000.0)] * 2
    assert [one.change.item.libelle for one in planned().review] == ["AU2"]


def test_what_was_measured_may_change_without_the_conflict(made, drawn):
    """The zone has the same 1 ha, for 30 dwellings instead of 20."""
    box, _ = drawn
    sides = [made().add("P1", ("AU1", box(0, 0), {"mesure": n, "unite": "logt/ha"})) for n in (20.0, 30.0)]
    before, after, planned = run(*sides)
    decide(before, "AU1")
    assert [one.why for one in planned().review] == ["Ce qui a été mesuré a changé depuis la décision."]
    after.notebook.carry(planned().carried, ())
    assert [one.why for one in planned().review] == ["Ce qui a été mesuré a changé depuis la décision."]


def test_the_pieces_of_a_split_zone_all_take_it_and_are_to_be_read_again(made, drawn):
    box, _ = drawn
    before, after, planned = run(
        made().add("P1", ("AU1", box(0, 0))), made().add("P1", ("AU1a", box(0, 0, 70)), ("AU1b", box(70, 0, 30)))
    )
    decide(before, "AU1")
    assert sorted(named(after, row) for row in planned().carried) == ["AU1a", "AU1b"]
    assert sorted(one.change.item.libelle for one in planned().review) == ["AU1a", "AU1b"]


def test_of_merged_zones_the_main_one_gives_its_own_and_the_other_is_listed(made, drawn):
    box, _ = drawn
    before, after, planned = run(
        made().add("P1", ("AU1a", box(0, 0, 70)), ("AU1b", box(70, 0, 30))), made().add("P1", ("AU1", box(0, 0)))
    )
    decide(before, "AU1a", verdict=Verdict(Decision.RETENU, "La grande."))
    decide(before, "AU1b", verdict=Verdict(Decision.NON_RETENU, "La petite."))
    assert [row.motif for row in planned().carried] == ["La grande."]
    assert [one.appraisal.motif for one in planned().review] == ["La petite.", "La grande."]


def test_undone_decisions_are_not_carried_and_waiting_ones_with_a_reason_are(two):
    before, after, planned = run(*two)
    decide(before, "AU1")
    before.notebook.undo("Zoé N'Diaye")
    decide(before, "AU2", verdict=Verdict(Decision.EN_ATTENTE, "Demander l'étude."))
    assert [row.motif for row in planned().carried] == ["Demander l'étude."]


def test_constats_have_theirs_too(made):
    before, after, planned = run(
        *(
            made().add("P1", mesure=18.2, unite="logt/ha").add("P2", etat=etat)
            for etat in (Etat.ECART_MARQUE, Etat.SANS_ECART)
        )
    )
    before.notebook.decide([item.subjects[0] for item in before.constats], RETENU, "A")
    assert [row.cle for row in planned().carried] == [after.constats[0].cle]
    assert [one.why for one in planned().review] == ["L'écart a disparu : elle n'est pas reprise."]


def test_what_is_not_evaluated_any_more_keeps_its_appraisal_listed(made, drawn):
    box, _ = drawn
    before, after, planned = run(made().add("P1", ("AU1", box(0, 0))), made().add("P1", etat=Etat.NON_EVALUE))
    decide(before, "AU1")
    assert planned().carried == ()
    assert [one.why for one in planned().review] == [
        "L'écart n'est pas évalué des deux côtés : elle n'est pas reprise."
    ]


def test_one_that_bears_on_nothing_any_more_is_listed(two):
    before, after, planned = run(*two)
    before.notebook.carry([Appraisal("ancienne clé", Decision.RETENU, "Vu.")], ())
    assert [(one.appraisal.motif, one.change) for one in planned().review] == [("Vu.", None)]


def test_free_findings_go_as_they_are_once(two):
    before, after, planned = run(*two)
    kept = before.notebook.add_free("Une haie manque.", "Zoé")
    before.notebook.withdraw_free(before.notebook.add_free("Erreur.", "Zoé"), "Zoé")
    assert planned().free == (kept,)
    after.notebook.carry((), planned().free)
    assert after.notebook.free == (kept,) and planned().free == ()
    after.notebook.withdraw_free(kept, "Paul")
    assert planned().free == ()  # withdrawn here, it does not come back


def test_carried_a_second_time_it_still_names_the_first_dossier(two, made, drawn):
    before, after, planned = run(*two)
    decide(before, "AU1")
    after.notebook.carry(planned().carried, ())
    box, _ = drawn
    _, _, again = run(two[1], made().add("P1", ("AU1", box(0, 0))))
    assert [row.origine for row in again().carried] == ["reprise de 76648_PLU_20240101 (contrôle du 01/03/2024)"]


def test_one_undo_takes_the_carried_ones_back(two):
    before, after, planned = run(*two)
    decide(before, "AU1", "AU2")
    after.notebook.carry(planned().carried, ())
    after.notebook.undo("Paul")
    assert not any(after.notebook.decided(item.cle) for item in after.departures)


def test_a_finding_keeps_its_ground_in_another_projection(made):
    """The centre of Lambert-93 (3° E, 46.5° N) is at 700 000 m, 6 600 000 m."""
    before, after = made(crs="EPSG:4326").add("P1"), made(crs="EPSG:2154").add("P1")
    before.notebook.carry((), [FreeFinding("k", "Ici.", wkb=shapely.to_wkb(shapely.Point(3, 46.5)))])
    _, _, planned = run(before, after)
    point = shapely.from_wkb(planned().free[0].wkb)
    assert (point.x, point.y) == pytest.approx((700000, 6600000), abs=0.01)


def test_a_finding_drawn_where_the_newer_projection_has_no_place_says_that_it_was(made):
    before, after = made(crs="EPSG:4326").add("P1"), made(crs="EPSG:2154").add("P1")
    before.notebook.carry((), [FreeFinding("k", "Ici.", wkb=shapely.to_wkb(shapely.Point(3, 500)))])  # no such latitude
    _, _, planned = run(before, after)
    (carried,) = planned().free
    assert carried.wkb is None
    assert carried.texte.startswith("Ici.\n(Dessiné dans le dossier d'origine") and "redessinez-le" in carried.texte
