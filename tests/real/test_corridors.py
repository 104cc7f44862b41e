"""The rivers of Saint-Saëns as corridors 50 m wide: where the town closes them, OGR finds them closed too."""

from __future__ import annotations

import pytest

URBAN = ("U", "AUc", "AUs")
HALF_WIDTH = 25


@pytest.fixture(scope="module")
def dossier(shared_data, controlled):
    folder = shared_data / "saint-saens"
    return controlled(folder, "corridors.yaml", {"rivieres": folder / "tvb" / "Corridorsaquatiques_34.geojson"})


@pytest.fixture(scope="module")
def varenne(shared_data, lambert):
    """The reaches of the Varenne."""
    return lambert(shared_data / "saint-saens" / "tvb" / "Corridorsaquatiques_34.geojson", NOM="la varenne")


@pytest.fixture(scope="module")
def town(shared_data, lambert, union):
    (zones,) = (shared_data / "saint-saens").glob("76648_ZONE_URBA_*.geojson")
    return union(lambert(zones, TYPEZONE=URBAN))


def test_a_river_is_one_constat(dossier):
    named = [row["territoire_nom"] for row in dossier.constats("PASSAGE")]
    assert named.count("la varenne") == 1


def test_the_town_closes_the_varenne(dossier):
    (row,) = [row for row in dossier.constats("PASSAGE") if row["territoire_nom"] == "la varenne"]
    assert (row["etat"], row["mesure"], row["unite"]) == ("ecart_marque", 0, "m")
    assert "plus aucun passage" in row["message"] and "50" in row["message"]


def test_ogr_finds_the_varenne_closed_too(varenne, town):
    """Of the band less the town, the part upstream of it and the part downstream are two."""
    band = None
    for row in varenne:
        around = row["geometrie"].Buffer(HALF_WIDTH)
        band = around if band is None else band.Union(around)
    free = band.Difference(town)
    large = [free.GetGeometryRef(i) for i in range(free.GetGeometryCount()) if free.GetGeometryRef(i).Area() > 50_000]
    assert len(large) >= 2
    bounds = sorted(part.GetEnvelope() for part in large)  # west to east: the river flows north-west
    assert bounds[0][2] > 6_954_000 > bounds[-1][2]


def test_what_is_at_fault_lies_in_the_band_and_in_the_town(dossier, varenne, town, area):
    rows = [row for row in dossier.ecarts("PASSAGE") if "varenne" in (row["message"] or "")]
    assert {"Uca", "Uy"} <= {row["libelle"] for row in rows}
    near = None
    for row in varenne:
        around = row["geometrie"].Buffer(HALF_WIDTH + 0.1)
        near = around if near is None else near.Union(around)
    for row in rows:
        shape = row["geometrie"]
        assert area(shape) == pytest.approx(row["surface_m2"], rel=1e-6)
        assert area(shape.Difference(town)) < 1.0
        assert area(shape.Difference(near)) < 1.0
