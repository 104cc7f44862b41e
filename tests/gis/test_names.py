"""Names of files and layers as the standards print them, and as people publish them."""

from __future__ import annotations

import pytest
from scot_compat.gis.archives.names import of_folder, parse


@pytest.mark.parametrize(
    ("stem", "table", "code", "date"),
    [
        ("ZONE_URBA", "ZONE_URBA", "", ""),
        ("zone_urba", "ZONE_URBA", "", ""),
        ("30014_ZONE_URBA_20171013", "ZONE_URBA", "30014", "20171013"),
        ("243500139_zone_urba_20251218", "ZONE_URBA", "243500139", "20251218"),
        ("200011781_INFO_LIN_20200101_A", "INFO_LIN", "200011781", "20200101"),
        ("2A004_DOC_URBA_COM_20200101", "DOC_URBA_COM", "2A004", "20200101"),
        ("ZONE_URBA_41003", "ZONE_URBA", "41003", ""),
        ("76648_ZONE_URBA_20241107_1", "ZONE_URBA", "76648", "20241107"),
        ("DOC_URBA_018", "DOC_URBA", "", ""),
        ("DOCUMENT_URBA", "DOC_URBA", "", ""),
        ("plu_zone_urba", "ZONE_URBA", "", ""),
        ("plu_information_surf", "INFO_SURF", "", ""),
        ("wfs_du:zone_urba", "ZONE_URBA", "", ""),
        ("19182_SECTEUR_CC_20150517", "SECTEUR_CC", "19182", "20150517"),
        ("200078244_PERIMETRE_SCOT_20180218", "PERIMETRE_SCOT", "200078244", "20180218"),
    ],
)
def test_tables(stem, table, code, date):
    found = parse(stem)
    assert (found.table, found.code, found.date) == (table, code, date)


@pytest.mark.parametrize(
    "stem",
    [
        "ZONAGE_1",
        "PRESCRIPTION_SURFACIQUE_4",
        "INFO_PCT-invalid",
        "plu_zone_urba_carreau",
        "zone_urba - copie",
        "30014_reglement_20171013",
        "PREZONE_URBA",
        "ZONE_URBAINE",
    ],
)
def test_other_names(stem):
    assert parse(stem) is None


def test_empty_template():
    assert parse("XXXXX_ZONE_URBA_DATAPPRO").gabarit
    assert not parse("ZONE_URBA").gabarit


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("241800432_PLUi_20200128", ("241800432", "20200128")),
        ("30014_PLU_20171013_A", ("30014", "20171013")),
        ("simplu3d-44118_PLU_20150219", ("44118", "20150219")),
        ("mon PLU", ("", "")),
        ("gml", ("", "")),
    ],
)
def test_folders(name, expected):
    assert of_folder(name) == expected
