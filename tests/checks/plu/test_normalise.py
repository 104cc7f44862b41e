"""What is refused, in which words; size."""

from __future__ import annotations

import time

import numpy as np
import pytest
import shapely
from scot_compat.checks.layers import from_rows, objects
from scot_compat.checks.plu import PluError, normalise


@pytest.mark.parametrize(
    "tables, message",
    [
        ({"ZONE_URBA": "LIBELLE|TYPEZONE|IDURBA"}, "est vide"),
        ({"ZONE_URBA": "LIBELLE|TYPESECT\nZC|01"}, "carte communale"),
        ({"SECTEUR_CC": "LIBELLE|TYPESECT\nZC|01"}, "carte communale"),
        ({"PERIMETRE_SCOT": "IDURBA\n200078244_SCOT_20180218"}, "SCoT"),
        ({"ZONE_URBA": "IDURBA\n200078244_SCOT_20180218"}, "SCoT"),
        ({"ZONE_URBA": "LIBELLE|TYPEZONE|IDURBA\nZ|U|200078244_SCOT_20180218"}, "SCoT"),
        ({"ZONE_URBA": "LIBELLE|TYPEZONE|IDURBA\nZ|U|19182_CC_20150517"}, "carte communale"),
        ({"ZONE_URBA": "NOM|CODE\nUA|1"}, "ni champ LIBELLE ni champ TYPEZONE"),
        ({"ZONE_URBA": "LIBELLE|TYPEZONE\n-|-"}, "LIBELLE et TYPEZONE sont vides"),
        ({"PRESCRIPTION_SURF": "LIBELLE|TYPEPSC\nx|01"}, "Aucune couche ZONE_URBA"),
        ({}, "Aucune couche ZONE_URBA"),
    ],
)
def test_what_is_not_a_plu_is_refused_in_its_words(table, tables, message):
    with pytest.raises(PluError, match=message):
        normalise({name: table(name, text) for name, text in tables.items()}, nom="x", crs="EPSG:2154")


@pytest.mark.parametrize(
    "geometry, message",
    [
        (shapely.Point(0, 0), "points"),
        (None, "aucune géométrie"),
        (shapely.LineString([(0, 0), (1, 1)]), "lignes"),
        (shapely.Polygon(), "aucune géométrie"),
    ],
)
def test_zoning_without_surfaces_is_refused(read, geometry, message):
    with pytest.raises(PluError, match=message):
        read(from_rows("ZONE_URBA", [{"LIBELLE": "UA", "TYPEZONE": "U", "geometrie": geometry}]))


def test_twenty_thousand_zones_are_read_in_well_under_a_second(read):
    n = 20_000
    kinds = np.arange(n) % 5
    columns = {
        "LIBELLE": objects([f"1AU{i}" if k == 1 else "UA" for i, k in enumerate(kinds)]),
        "TYPEZONE": objects([("U", "AU", "AUs", "A", "N")[k] for k in kinds]),
        "FORMDOMI": objects([("0101", "0202", None, "0700", "0800")[k] for k in kinds]),
        "DESTOUI": objects([("20-31", "10-99", None, "11", "40")[k] for k in kinds]),
        "DESTCDT": objects([None] * n),
        "DESTNON": objects(["50"] * n),
        "IDURBA": objects(["30014_PLU_20231013"] * n),
    }
    square = shapely.box(0, 0, 10, 10)
    zones = from_rows("ZONE_URBA", [{"geometrie": square}] * n)
    zones = type(zones)("ZONE_URBA", zones.geometrie, columns, ids=zones.ids)
    start = time.perf_counter()
    plu = read(zones)
    assert time.perf_counter() - start < 1.0
    assert len(plu.zones) == n and plu.zones.codes["vocation"][1] == "commerce"
