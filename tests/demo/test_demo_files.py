"""The demonstration's files: what the generator makes today, an exact partition, the standard's columns and codes."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
import zipfile
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
import shapely

#: versions of GEOS under which the generator makes the committed files, to the centimetre
GEOS_OF_RECORD = ((3, 11), (3, 14))
ARCHIVE = "200000098_PLUi_20250918"
#: columns of the CNIG standard PLU 2025-06 (24 June 2025), in its order, the optional identifier apart
ZONE_COLUMNS = [
    "LIBELLE",
    "LIBELONG",
    "TYPEZONE",
    "FORMDOMI",
    "DESTOUI",
    "DESTCDT",
    "DESTNON",
    "NOMFIC",
    "URLFIC",
    "IDURBA",
    "DATVALID",
    "SYMBOLE",
    "LIB_IDZONE",
]
PSC_COLUMNS = [
    "LIBELLE",
    "TXT",
    "TYPEPSC",
    "STYPEPSC",
    "NATURE",
    "NOMFIC",
    "URLFIC",
    "IDURBA",
    "DATVALID",
    "SYMBOLE",
    "LIB_IDPSC",
]
INFO_COLUMNS = [
    "LIBELLE",
    "TXT",
    "TYPEINF",
    "STYPEINF",
    "NOMFIC",
    "URLFIC",
    "IDURBA",
    "DATVALID",
    "SYMBOLE",
    "LIB_IDINFO",
]
DOC_COLUMNS = [
    "IDURBA",
    "TYPEDOC",
    "ETAT",
    "NOMPROC",
    "DATAPPRO",
    "DATEFIN",
    "SIREN",
    "NOMRAPP",
    "URLRAPP",
    "NOMREG",
    "URLREG",
    "NOMPLAN",
    "URLPLAN",
    "URLPE",
    "SITEWEB",
    "TYPEREF",
    "DATEREF",
]
DESTINATIONS = {str(10 * family + rank) for family, last in enumerate((2, 2, 7, 7, 5), 1) for rank in range(last + 1)}
LAYERS = ("ZONE_URBA", "PRESCRIPTION_SURF", "PRESCRIPTION_LIN", "PRESCRIPTION_PCT", "INFO_SURF")
TABLES = ("DOC_URBA", "DOC_URBA_COM")
SCOT_LAYERS = (
    "communes",
    "corridors",
    "reservoirs",
    "zones_humides",
    "zones_inondables",
    "haies",
    "coupures",
    "centralites",
    "sip",
    "sites_economiques",
    "enveloppe_urbaine",
    "desserte",
    "captages",
)
PLUI = [f"0010{number}" for number in range(1, 10)]


@pytest.fixture(scope="module")
def fresh(root, tmp_path_factory) -> Path:
    """What the generator makes on this machine."""
    folder = tmp_path_factory.mktemp("demo")
    subprocess.run(
        [sys.executable, str(root / "resources" / "demo" / "generer.py"), "--sortie", str(folder)],
        check=True,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
        timeout=600,
    )
    return folder


@pytest.mark.skipif(
    shapely.geos_version[:2] not in GEOS_OF_RECORD, reason="another GEOS draws some buffers with other vertices"
)
class TestCommittedIsFresh:
    def test_same_files(self, demo, fresh):
        made = {path.relative_to(fresh) for path in fresh.rglob("*") if path.is_file()}
        data = {path.relative_to(demo) for path in demo.rglob("*") if path.suffix in (".gpkg", ".csv", ".zip")}
        assert data == made

    def test_same_archive_members(self, demo, fresh):
        names = [zipfile.ZipFile(folder / "plu" / f"{ARCHIVE}.zip").namelist() for folder in (demo, fresh)]
        assert names[0] == names[1]

    def test_same_tables_of_figures(self, demo, fresh):
        for path in fresh.rglob("*.csv"):
            assert (demo / path.relative_to(fresh)).read_text("utf-8") == path.read_text("utf-8"), path.name

    @pytest.mark.parametrize("name", LAYERS)
    def test_same_plu_layer(self, demo, fresh, rows_of, name):
        inside = f"plu/{ARCHIVE}.zip/{ARCHIVE}/Donnees_geographiques/200000098_{name}_20250918.shp"
        same_rows(rows_of(f"/vsizip/{demo}/{inside}"), rows_of(f"/vsizip/{fresh}/{inside}"))

    @pytest.mark.parametrize("name", TABLES)
    def test_same_plu_table(self, demo, fresh, rows_of, name):
        inside = f"plu/{ARCHIVE}.zip/{ARCHIVE}/{name}.dbf"
        same_rows(rows_of(f"/vsizip/{demo}/{inside}"), rows_of(f"/vsizip/{fresh}/{inside}"))

    @pytest.mark.parametrize("name", SCOT_LAYERS)
    def test_same_scot_layer(self, demo, fresh, rows_of, name):
        same_rows(rows_of(str(demo / "scot.gpkg"), name), rows_of(str(fresh / "scot.gpkg"), name))

    def test_same_previous_plan(self, demo, fresh, rows_of):
        inside = "plu/complements/plu_anterieur.gpkg"
        same_rows(rows_of(str(demo / inside)), rows_of(str(fresh / inside)))


def same_rows(committed, made):
    """Same features in the same order, same attributes, geometry within 1 cm."""
    assert len(committed) == len(made)
    for before, after in zip(committed, made):
        one, other = before.pop("geometrie"), after.pop("geometrie")
        assert before == after
        assert (one is None) == (other is None)
        if one is not None:
            assert one.geom_type == other.geom_type
            assert shapely.hausdorff_distance(one, other) < 0.01, before


class TestPartition:
    def test_about_400_simple_valid_zones(self, zones):
        shapes = np.array([zone["geometrie"] for zone in zones])
        assert 350 <= len(zones) <= 450
        assert {shape.geom_type for shape in shapes} == {"Polygon"}
        assert shapely.is_valid(shapes).all()
        assert shapely.area(shapes).min() > 1500.0

    def test_coordinates_on_the_centimetre(self, zones):
        xy = shapely.get_coordinates(np.array([zone["geometrie"] for zone in zones]))
        assert np.abs(xy * 100 - np.round(xy * 100)).max() < 1e-4

    def test_every_edge_is_shared_by_two_zones_or_on_the_outer_limit(self, zones):
        edges = Counter(edge for zone in zones for edge in edges_of(zone["geometrie"]))
        assert set(edges.values()) == {1, 2}
        whole = shapely.union_all([zone["geometrie"] for zone in zones])
        assert whole.geom_type == "Polygon" and len(whole.interiors) == 0
        outer = sum(length(edge) for edge, count in edges.items() if count == 1)
        assert outer == pytest.approx(whole.exterior.length, abs=0.01)

    def test_no_ground_twice(self, zones):
        shapes = np.array([zone["geometrie"] for zone in zones])
        assert shapely.area(shapes).sum() == pytest.approx(shapely.union_all(shapes).area, abs=0.01)

    def test_zones_fill_the_communes_of_the_plui_and_none_straddles(self, zones, scot_layer):
        communes = {row["INSEE"]: row["geometrie"] for row in scot_layer("communes")}
        plui = shapely.union_all([communes[code] for code in PLUI])
        shapes = np.array([zone["geometrie"] for zone in zones])
        assert shapely.area(shapely.symmetric_difference(plui, shapely.union_all(shapes))) < 0.01
        shares = np.array([shapely.area(shapely.intersection(shapes, communes[code])) for code in PLUI])
        assert ((shares > 0.01).sum(axis=0) == 1).all()

    def test_communes_are_whole_and_apart(self, scot_layer):
        shapes = np.array([row["geometrie"] for row in scot_layer("communes")])
        assert len(shapes) == 12 and {shape.geom_type for shape in shapes} == {"Polygon"}
        whole = shapely.union_all(shapes)
        assert whole.geom_type == "Polygon" and len(whole.interiors) == 0
        assert shapely.area(shapes).sum() == pytest.approx(whole.area, abs=0.01)


def edges_of(polygon):
    for ring in (polygon.exterior, *polygon.interiors):
        corners = [tuple(pair) for pair in np.round(np.asarray(ring.coords) * 100).astype(int).tolist()]
        yield from (frozenset(pair) for pair in zip(corners, corners[1:]))


def length(edge):
    (x0, y0), (x1, y1) = edge
    return np.hypot(x1 - x0, y1 - y0) / 100


class TestStandard:
    @pytest.mark.parametrize(
        "name, columns",
        [
            ("ZONE_URBA", ZONE_COLUMNS),
            ("PRESCRIPTION_SURF", PSC_COLUMNS),
            ("PRESCRIPTION_LIN", PSC_COLUMNS),
            ("PRESCRIPTION_PCT", PSC_COLUMNS),
            ("INFO_SURF", INFO_COLUMNS),
            ("DOC_URBA", DOC_COLUMNS),
            ("DOC_URBA_COM", ["IDURBA", "INSEE"]),
        ],
    )
    def test_columns(self, plu_table, name, columns):
        assert [key for key in plu_table(name)[0] if key != "geometrie"] == columns

    def test_root_folder_and_names(self, demo):
        names = zipfile.ZipFile(demo / "plu" / f"{ARCHIVE}.zip").namelist()
        assert all(name.startswith(f"{ARCHIVE}/") for name in names)
        assert f"{ARCHIVE}/DOC_URBA.dbf" in names and f"{ARCHIVE}/fr-200000098-plui20250918.xml" in names

    def test_utf8_and_lambert93_are_declared(self, demo):
        archive = zipfile.ZipFile(demo / "plu" / f"{ARCHIVE}.zip")
        names = archive.namelist()
        assert {archive.read(name) for name in names if name.endswith(".cpg")} == {b"UTF-8"}
        prj = {archive.read(name).decode() for name in names if name.endswith(".prj")}
        assert len(prj) == 1 and prj.pop().startswith('PROJCS["RGF_1993_Lambert_93"')

    def test_identifiers_agree(self, plu_table):
        (document,) = plu_table("DOC_URBA")
        assert document["IDURBA"] == "200000098_PLUI_20250918"
        for name in LAYERS:
            assert {row["IDURBA"] for row in plu_table(name)} == {document["IDURBA"]}
        assert [row["INSEE"] for row in plu_table("DOC_URBA_COM")] == PLUI

    def test_types_of_zones(self, zones):
        assert {zone["TYPEZONE"] for zone in zones} == {"U", "AUc", "AUs", "A", "N"}
        assert all(len(zone["FORMDOMI"]) == 4 for zone in zones)
        assert all(zone["LIBELLE"].isascii() and len(zone["LIBELLE"]) <= 12 for zone in zones)

    def test_each_destination_code_stands_in_one_field(self, zones):
        for zone in zones:
            codes = [code for key in ("DESTOUI", "DESTCDT", "DESTNON") for code in (zone[key] or "").split("-") if code]
            assert set(codes) <= DESTINATIONS and len(codes) == len(set(codes)), zone["LIBELLE"]

    def test_one_zone_of_activity_leaves_its_destinations_empty(self, zones):
        empty = {zone["LIBELLE"] for zone in zones if not (zone["DESTOUI"] or zone["DESTCDT"] or zone["DESTNON"])}
        assert empty == {"UX", "2AUh", "2AUx"}

    def test_kinds_of_prescriptions(self, plu_table):
        def kinds(name):
            return {(row["TYPEPSC"], row["STYPEPSC"]) for row in plu_table(name)}

        assert kinds("PRESCRIPTION_SURF") >= {
            ("01", "01"),
            ("05", "01"),
            ("07", "05"),
            ("16", "03"),
            ("18", "00"),
            ("25", "00"),
        }
        assert kinds("PRESCRIPTION_LIN") == {("07", "04"), ("22", "03"), ("24", "04")}
        assert kinds("PRESCRIPTION_PCT") == {("07", "01"), ("07", "04"), ("16", "01")}

    def test_every_prescription_is_a_simple_geometry_of_its_layer(self, plu_table):
        for name, kind in (("SURF", "Polygon"), ("LIN", "LineString"), ("PCT", "Point")):
            assert {row["geometrie"].geom_type for row in plu_table(f"PRESCRIPTION_{name}")} == {kind}


class TestPlausible:
    def test_accents_survive(self, scot_layer, plu_table):
        names = {row["NOM"] for row in scot_layer("communes")}
        assert {"Écœuvres-la-Forêt", "L'Orme-aux-Dames", "Cours-lès-Moutiers", "Saint-Éloy-sur-Aubrelle"} <= names
        assert "OAP Les Hauts du Sormel" in {row["LIBELLE"] for row in plu_table("PRESCRIPTION_SURF")}
        assert "Bâtiment susceptible de changer de destination" in {
            row["LIBELLE"] for row in plu_table("PRESCRIPTION_PCT")
        }

    def test_nothing_of_it_can_be_real(self, scot_layer):
        assert {row["INSEE"][:2] for row in scot_layer("communes")} == {"00"}  # no such département
        digits = [int(digit) * (2 if place % 2 else 1) for place, digit in enumerate(reversed("200000098"))]
        assert sum(digit - 9 if digit > 9 else digit for digit in digits) % 10 != 0  # a real SIREN passes Luhn

    def test_programme_lacks_one_figure(self, demo, zones):
        with open(demo / "plu" / "complements" / "programme_logements.csv", encoding="utf-8", newline="") as source:
            programme = {row["OAP"]: row for row in csv.DictReader(source, delimiter=";")}
        open_to_housing = {zone["LIBELLE"] for zone in zones if zone["LIBELLE"].startswith("1AUh")}
        assert set(programme) == open_to_housing
        assert [key for key, row in programme.items() if not row["LOGEMENTS"]] == ["1AUh-12"]
        assert all("," in row["SURFACE_HA"] for row in programme.values())

    def test_layers_lie_in_the_scot(self, scot_layer):
        whole = shapely.buffer(shapely.union_all([row["geometrie"] for row in scot_layer("communes")]), 0.02)
        for name in ("corridors", "reservoirs", "zones_humides", "zones_inondables", "haies", "captages"):
            shapes = np.array([row["geometrie"] for row in scot_layer(name)])
            assert shapely.is_valid(shapes).all() and shapely.covers(whole, shapes).all(), name

    def test_light_enough_to_ship(self, root):
        files = [
            path
            for path in (root / "resources" / "demo").rglob("*")
            if path.is_file() and path.suffix not in (".py", ".pyc")
        ]
        assert sum(path.stat().st_size for path in files) < 2_000_000
