"""Two versions of the PLU of Saint-Saëns: one zone moved, one split, one renamed, one deleted, one added.

Zones are named by their rank in the file; deleting one gives its number to the next, and so on to the last one. What
each touched zone had is listed here from the first control, the pieces are cut again and measured by OGR.
"""

from __future__ import annotations

import json
import shutil
from collections import Counter

import pytest
from osgeo import ogr, osr
from saint_saens_layers import SOURCES

ZONES = "76648_ZONE_URBA_20241107_1.geojson"
DELETED, MOVED, SPLIT, RENAMED, UNTOUCHED = 16, 23, 24, 29, 6
#: degrees, about 30 m to the east; the longitude at which Uy is cut in two
SHIFT, CUT = 0.0004, 1.2746
#: a square of 100 m in the hedgerow network, far from everything else (Lambert-93)
ADDED = (573215, 6951712, 573315, 6951812)
#: what the first control says of the zone to delete (`Uh`) and of the renamed one
OF_DELETED = {
    "FUSEAUX", "HUMIDES", "BOCAGE", "BOCAGE-AU-METRE", "NATURA", "NATURA-20-M2", "RECUL-COURS-D-EAU", "CORRIDORS",
    "CORRIDORS-A-25000", "CORRIDORS-PAR-COMMUNE", "COURS-D-EAU",
}  # fmt: skip
OF_RENAMED = {"BOCAGE", "BOCAGE-AU-METRE", "ZNIEFF"}
OF_SPLIT = {
    "FUSEAUX", "HUMIDES", "ZONES-HUMIDES", "NATURA", "NATURA-20-M2", "RECUL-COURS-D-EAU", "CORRIDORS",
    "CORRIDORS-A-25000", "CORRIDORS-PAR-COMMUNE", "COURS-D-EAU",
}  # fmt: skip
#: prescription -> its layer, and how much wider it is made
CONFLICTS = {
    "FUSEAUX": ("corridors", 10),
    "HUMIDES": ("humides", 0),
    "ZONES-HUMIDES": ("zones_humides", 0),
    "NATURA": ("natura", 0),
    "RECUL-COURS-D-EAU": ("cours_d_eau", 15),
    "CORRIDORS": ("corridors", 0),
    "COURS-D-EAU": ("cours_d_eau", 0),
}


def shape(feature):
    return ogr.CreateGeometryFromJson(json.dumps(feature["geometry"]))


def with_shape(feature, geometry, libelle):
    return {
        **feature,
        "properties": {**feature["properties"], "LIBELLE": libelle},
        "geometry": json.loads(geometry.ExportToJson()),
    }


def moved(geometry):
    """To the east, vertex by vertex."""

    def shift(place):
        return [place[0] + SHIFT, *place[1:]] if isinstance(place[0], float) else [shift(one) for one in place]

    return {**geometry, "coordinates": shift(geometry["coordinates"])}


def halves(zone):
    """West and east of the cut."""
    return [zone.Intersection(rectangle(*box)) for box in ((0, 45, CUT, 55), (CUT, 45, 5, 55))]


def rectangle(west, south, east, north):
    corners = ((west, south), (east, south), (east, north), (west, north), (west, south))
    return ogr.CreateGeometryFromWkt(f"POLYGON(({','.join(f'{x} {y}' for x, y in corners)}))")


def projection(source, target):
    systems = [osr.SpatialReference(), osr.SpatialReference()]
    for system, code in zip(systems, (source, target)):
        system.ImportFromEPSG(code)
        system.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    return osr.CoordinateTransformation(*systems)


def square():
    made = rectangle(*ADDED)
    made.Transform(projection(2154, 4326))
    return made


def second_version(features):
    out = []
    for rank, feature in enumerate(features):
        zone = shape(feature)
        if rank == MOVED:
            out.append({**feature, "geometry": moved(feature["geometry"])})
        elif rank == SPLIT:
            out += [with_shape(feature, half, name) for half, name in zip(halves(zone), ("Uy ouest", "Uy est"))]
        elif rank == RENAMED:
            out.append(with_shape(feature, zone, "Uh renommée"))
        elif rank != DELETED:
            out.append(feature)
    added = with_shape(features[DELETED], square(), "U nouvelle")
    return [*out, added]


@pytest.fixture(scope="module")
def versions(shared_data, controlled, tmp_path_factory):
    """The two dossiers, and the comparison of both."""
    folder, made = shared_data / "saint-saens", tmp_path_factory.mktemp("versions")
    sources = {couche: folder / "tvb" / f"{nom}.geojson" for couche, nom in SOURCES.items()}
    sources["programme"] = made / "programme.csv"
    sources["programme"].write_text("ZONE;LOGEMENTS\nAUh1;40\nAUh2;25\nAUz;0\n", encoding="utf-8")
    zones = json.loads((folder / ZONES).read_text(encoding="utf-8"))
    sources["enveloppe"] = made / "zones U.geojson"
    urban = [zone for zone in zones["features"] if zone["properties"]["TYPEZONE"] == "U"]
    sources["enveloppe"].write_text(json.dumps({**zones, "features": urban}), encoding="utf-8")
    later = made / "deuxième version"
    later.mkdir()
    for path in folder.glob("76648_*.geojson"):
        shutil.copyfile(path, later / path.name)
    features = second_version(zones["features"])
    (later / ZONES).write_text(json.dumps({**zones, "features": features}), encoding="utf-8")
    return [controlled(plu, "saint_saens.yaml", sources) for plu in (folder, later)]


@pytest.fixture(scope="module")
def compared(versions):
    """Function `() -> (comparison, plan)` of the two dossiers as they are now."""
    from scot_compat.gis.comparison import appraisals
    from scot_compat.gis.comparison.changes import compare
    from scot_compat.gis.comparison.side import sides
    from scot_compat.gis.dossier_results import DossierResults

    def now():
        before, after = (DossierResults(version.path) for version in versions)
        comparison = compare(*sides(before, after))
        return comparison, appraisals.plan(comparison, before.notebook, after.notebook)

    return now


@pytest.fixture(scope="module")
def lists(compared):
    """Statut -> [(prescription, label before, label after, change)]."""
    found = {}
    for change in compared()[0].departures:
        labels = [item.libelle if item is not None else None for item in (change.before, change.after)]
        row = (change.item.constat.prescription, *labels, change)
        found.setdefault(change.statut.value, []).append(row)
    return found


def pairs(lists, statut):
    return sorted((row[:3] for row in lists.get(statut, ())), key=str)


@pytest.fixture(scope="module")
def zones(shared_data):
    """Function `(rank, cut=False) -> [geometry]` in Lambert-93: the zone, or its halves."""
    features = json.loads((shared_data / "saint-saens" / ZONES).read_text(encoding="utf-8"))["features"]

    def placed(geometry):
        geometry.Transform(projection(4326, 2154))
        return geometry

    return lambda rank, cut=False: [
        placed(one) for one in (halves(shape(features[rank])) if cut else [shape(features[rank])])
    ]


def test_the_deleted_zone_takes_its_departures_with_it(lists):
    assert pairs(lists, "disparu") == sorted((prescription, "Uh", None) for prescription in OF_DELETED)


def test_the_added_zone_brings_its_own_and_a_piece_passes_a_threshold(lists, zones, lambert, union, area, shared_data):
    """A square of 1 ha in the hedgerows; and the east of Uy alone is wet over more than 5 %, which Uy was not."""
    assert pairs(lists, "nouveau") == [
        ("BOCAGE", None, "U nouvelle"),
        ("BOCAGE-AU-METRE", None, "U nouvelle"),
        ("HORS-ZONES-HUMIDES", None, "Uy est"),
    ]
    added = [row[3].after.surface for row in lists["nouveau"] if row[2] == "U nouvelle"]
    assert added == pytest.approx([10000, 10000], abs=0.1)
    wet = union(lambert(shared_data / "saint-saens" / "tvb" / "Zoneshumides_17.geojson"))
    shares = [area(zone.Intersection(wet)) / area(zone) for zone in [*zones(SPLIT), *zones(SPLIT, cut=True)]]
    assert [share > 0.05 for share in shares] == [False, False, True]  # whole, west, east


def test_the_moved_the_split_and_the_redrawn_ground_are_changed_and_nothing_else(lists):
    expected = [("BOCAGE", "Uz", "Uz"), ("BOCAGE-AU-METRE", "Uz", "Uz")]
    expected += [(prescription, "Uy", half) for prescription in OF_SPLIT for half in ("Uy est", "Uy ouest")]
    expected += [("PROTECTION-HUMIDES", "objet n° 0", "objet n° 0")]  # the ground of the deleted zone is in no zone
    assert pairs(lists, "modifie") == sorted(expected)
    liens = {(row[1], row[3].lien.value) for row in lists["modifie"]}
    assert liens == {("Uz", "redessine"), ("Uy", "partage"), ("objet n° 0", "")}


def test_all_the_others_last_the_renamed_one_under_its_new_name(lists, versions):
    listed = Counter()
    for table in ("ecarts", "ecarts_lignes", "ecarts_points"):
        listed.update(row["prescription"] for row in versions[0].rows(table))
    touched = len(OF_DELETED) + len(OF_SPLIT) + len(["BOCAGE", "BOCAGE-AU-METRE"]) + len(["PROTECTION-HUMIDES"])
    objets = [row for row in lists["maintenu"] if row[3].item.ecarts]
    assert len(objets) == sum(listed.values()) - touched
    renamed = [row for row in objets if row[1] != row[2]]
    assert {row[0] for row in renamed} == OF_RENAMED
    assert {row[1:3] for row in renamed} == {("Uh", "Uh renommée")}
    assert "non_comparable" not in lists


@pytest.mark.parametrize("prescription", CONFLICTS)
def test_the_measure_of_each_piece_is_that_of_ogr(lists, zones, lambert, union, shared_data, prescription):
    couche, width = CONFLICTS[prescription]
    rows = lambert(shared_data / "saint-saens" / "tvb" / f"{SOURCES[couche]}.geojson")
    lines = prescription in ("CORRIDORS", "COURS-D-EAU")
    layer = lines_of(rows) if lines or width else union(rows)
    layer = layer.Buffer(width, 30) if width else layer
    found = {row[2]: row[3] for row in lists["modifie"] if row[:2] == (prescription, "Uy")}
    for half, name in zip(zones(SPLIT, cut=True), ("Uy ouest", "Uy est")):
        conflict = half.Intersection(layer)
        expected = conflict.Union(conflict).Length() if lines else conflict.GetArea()  # drawn twice, it counts once
        measured = found[name].after.longueur if lines else found[name].after.surface
        assert expected > 1 and measured == pytest.approx(expected, rel=2e-3)
    (before,) = {change.before for change in found.values()}
    whole = before.longueur if lines else before.surface
    parts = [change.after.longueur or change.after.surface for change in found.values()]
    assert sum(parts) == pytest.approx(whole, rel=1e-4)


def lines_of(rows):
    made = ogr.Geometry(ogr.wkbMultiLineString)
    for row in rows:
        whole = row["geometrie"]
        for part in [whole.GetGeometryRef(place) for place in range(whole.GetGeometryCount())] or [whole]:
            made.AddGeometry(part)
    return made


def test_what_is_left_unprotected_lost_the_ground_of_the_deleted_zone_only(versions, zones, area):
    """Before minus the deleted zone is after."""
    before, after = (union_of(version.ecarts("PROTECTION-HUMIDES")) for version in versions)
    (deleted,) = zones(DELETED)
    assert area(before) - area(before.Intersection(deleted)) == pytest.approx(area(after), rel=1e-6)
    assert area(before.Intersection(deleted)) > 1


def union_of(rows):
    made = rows[0]["geometrie"].Clone()
    for row in rows[1:]:
        made = made.Union(row["geometrie"])
    return made


def test_constats_by_zone_follow_their_zone_whose_number_changed(compared):
    """AUh2, AUh1 and AUz have other numbers since a zone before them is gone and one is cut in two."""
    comparison, _ = compared()
    by_zone = [one for one in comparison.constats if one.item.constat.echelle == "objet"]
    assert len(by_zone) == 5 * 3  # five prescriptions, three zones
    assert {(one.statut.value, one.before.libelle == one.after.libelle) for one in by_zone} == {("maintenu", True)}


def test_appraisals_go_exactly_where_they_should(versions, compared):
    """Decided on: the renamed zone, one untouched, the moved one, the split one, the deleted one; constats that changed
    (hedgerows, streams: the deleted zone is no longer there) and one that did not (densities)."""
    from scot_compat.gis.instruction.decisions import Decision, Verdict

    comparison, plan = compared()
    assert plan.rows == 0
    before, after = comparison.before, comparison.after
    wanted = {
        ("ZNIEFF", "Uh"): RENAMED, ("BOCAGE", "Uca"): UNTOUCHED, ("BOCAGE", "Uz"): MOVED, ("NATURA", "Uy"): SPLIT,
        ("HUMIDES", "Uh"): DELETED,
    }  # fmt: skip
    chosen = [
        item
        for item in before.departures
        for (prescription, libelle), rank in wanted.items()
        if (item.constat.prescription, item.libelle, item.ecarts[0].objet_id) == (prescription, libelle, str(rank))
    ]
    chosen += [item for item in before.constats if item.constat.prescription in ("BOCAGE", "COURS-D-EAU", "DENSITE")]
    assert len(chosen) == len(wanted) + 3
    assert before.notebook.claim() == "" and after.notebook.claim() == ""
    try:
        for item in chosen:
            motif = f"{item.constat.prescription} {item.libelle if item.ecarts else 'constat'}"
            before.notebook.decide(item.subjects[:1], Verdict(Decision.RETENU, motif), "Zoé")
        _, plan = compared()
        after.notebook.carry(plan.carried, plan.free)
    finally:
        before.notebook.close()
        after.notebook.close()
    comparison, again = compared()
    assert again.rows == 0
    names = {item.cle: item.libelle for item in (*comparison.after.constats, *comparison.after.departures)}
    whole = "PLU entier"
    assert sorted((row.motif, names[row.cle]) for row in plan.carried) == [
        ("BOCAGE Uca", "Uca"), ("BOCAGE Uz", "Uz"), ("BOCAGE constat", whole), ("COURS-D-EAU constat", whole),
        ("DENSITE constat", whole), ("NATURA Uy", "Uy est"), ("NATURA Uy", "Uy ouest"), ("ZNIEFF Uh", "Uh renommée"),
    ]  # fmt: skip
    for told in (plan, again):  # the streams lost the deleted zone: that constat changed too
        assert sorted({(one.appraisal.motif, one.change.statut.value) for one in told.review}) == [
            ("BOCAGE Uz", "modifie"), ("BOCAGE constat", "modifie"), ("COURS-D-EAU constat", "modifie"),
            ("HUMIDES Uh", "disparu"), ("NATURA Uy", "modifie"),
        ]  # fmt: skip
