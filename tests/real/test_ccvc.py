"""A PLUi without TYPEZONE, given by its zoning file alone: rules on `libelle` work, the others say what they lack.

Its own prescriptions (wooded areas, wetlands, programmes) stand for the SCoT's map. Expected figures: OGR's GEOS, zone
by zone, in Lambert-93; figures of the zoning: `shared/data/README.md`.
"""

from __future__ import annotations

from fnmatch import fnmatchcase

import pytest

EMPTY = ["62", "249", "267", "273", "277", "288", "289", "352", "354", "355"]
EXTENSION, URBAN, WITHOUT_BUSINESS = ("1AU*", "2AU*"), ("U[chp]",), ("U*",)
#: full width (m) under which ground outside the communes is a drawing artefact
DRAWING = 5.0


@pytest.fixture(scope="module")
def folder(shared_data):
    return shared_data / "ccvc-plui"


@pytest.fixture(scope="module")
def dossier(folder, controlled):
    prescriptions = folder / "PRESCRIPTION_SURFACIQUE_4.geojson"
    return controlled(
        folder / "ZONAGE_1.geojson",
        "ccvc.yaml",
        {
            "communes": folder / "COMMUNE_7.geojson",
            "humides": prescriptions,
            "boisements": prescriptions,
            "programmes": prescriptions,
        },
    )


@pytest.fixture(scope="module")
def zones(folder, lambert):
    """Function `(patterns, except for) -> rows` of the zoning whose label matches one of the patterns."""
    every = lambert(folder / "ZONAGE_1.geojson")

    def matching(patterns, excluded=()):
        return [
            row
            for row in every
            if any(fnmatchcase(row["LIBELLE"], one) for one in patterns)
            and not any(fnmatchcase(row["LIBELLE"], one) for one in excluded)
        ]

    return matching


@pytest.fixture(scope="module")
def map_of(folder, lambert, union):
    """Function `kind -> ground` of the prescriptions of that kind (EBC, ZH, OAP)."""
    path = folder / "PRESCRIPTION_SURFACIQUE_4.geojson"
    found = {}
    return lambda kind: found.setdefault(kind, union(lambert(path, TXT=kind)))


@pytest.fixture(scope="module")
def communes(folder, lambert):
    return {row["NOM_COM"]: row["geometrie"] for row in lambert(folder / "COMMUNE_7.geojson")}


@pytest.fixture(scope="module")
def parts(union, area):
    """Function `(zones, ground, outside) -> (union of what they have in it, or outside it; share of each zone)`."""

    def cut(rows, ground, outside=False):
        pieces = [
            row["geometrie"].Difference(ground) if outside else row["geometrie"].Intersection(ground) for row in rows
        ]
        shares = [area(piece) / area(row["geometrie"]) for piece, row in zip(pieces, rows)]
        return union([{"geometrie": piece} for piece in pieces]), shares

    return cut


# --- the zoning as read


def test_the_whole_zoning_is_in_the_dossier(dossier):
    rows = dossier.rows("zones")
    assert len(rows) == 727
    assert len({row["libelle"] for row in rows}) == 25
    assert {row["typezone"] for row in rows} == {None} == {row["typezone_brut"] for row in rows}
    assert [row["objet_id"] for row in rows if row["geometrie"] is None or row["geometrie"].IsEmpty()] == EMPTY


def test_the_defects_are_listed(dossier):
    said = dossier.limits("ZONE_URBA")
    assert "10 géométries vides" in said and f"objets {', '.join(EMPTY[:-1])} et {EMPTY[-1]}" in said
    for words in (
        "5 géométries invalides réparées",
        "371 couples de zones se recouvrent sur plus de 1 m² (15,52 ha",
        "17 surfaces de moins de 10 m²",
        "4 objets en plusieurs morceaux",
        "Champ TYPEZONE absent",
        "Reprojetée de EPSG:4326",
    ):
        assert words in said
    (row,) = [row for row in dossier.rows("sources") if row["couche"] == "ZONE_URBA"]
    assert (row["objets"], row["repares"], row["ignores"]) == (727, 5, 10)


# --- rules on labels


def test_wooded_areas_in_the_urban_zones(dossier, zones, map_of, parts, area):
    conflict, shares = parts(zones(URBAN), map_of("EBC"))
    constat, ecarts = dossier.constat("BOIS-URBAIN"), dossier.ecarts("BOIS-URBAIN")
    assert constat["nb_objets"] == len(shares) == 120
    assert constat["mesure"] == pytest.approx(conflict.GetArea(), abs=0.5)
    kept = [share for row, share in zip(zones(URBAN), shares) if share * area(row["geometrie"]) > 0.01]
    assert len(ecarts) == pytest.approx(len(kept), abs=1)  # the thinnest ones are within the noise of the overlay
    assert max(row["part_objet"] for row in ecarts) == pytest.approx(max(shares), rel=1e-4)
    assert constat["etat"] == ("ecart_marque" if max(shares) > 0.2 else "ecart_faible")
    assert all(fnmatchcase(row["libelle"], URBAN[0]) for row in ecarts)


def test_no_wetland_in_the_extensions(dossier, zones, map_of, parts):
    conflict, shares = parts(zones(EXTENSION), map_of("ZH"))
    assert conflict.GetArea() < 0.01 and len(shares) == 36  # 37 with the one that has no outline
    constat = dossier.constat("HUMIDES")
    assert (constat["etat"], constat["nb_objets"]) == ("sans_ecart", 36)
    assert constat["mesure"] == pytest.approx(0, abs=0.01)


def test_programmes_of_the_extensions(dossier, zones, map_of, parts, union):
    bare, shares = parts(zones(EXTENSION), map_of("OAP"), outside=True)
    whole = union(zones(EXTENSION)).GetArea()
    constat, ecarts = dossier.constat("PROGRAMMES"), dossier.ecarts("PROGRAMMES")
    assert constat["mesure"] == pytest.approx(100 * (1 - bare.GetArea() / whole), abs=1e-3)
    assert (constat["unite"], constat["seuil_min"]) == ("%", 95)
    missing = sorted(share for share in shares if share > 0.05)
    assert sorted(row["part_objet"] for row in ecarts) == pytest.approx(missing, abs=1e-4)
    assert constat["etat"] == "ecart_marque" and max(missing) > 0.24


def test_quarters_outside_the_woods(dossier, zones, map_of, parts, union, area):
    """`sauf_libelle` takes the business zones away; Uci and UCi cover the same 14.75 ha, counted once."""
    rows = zones(WITHOUT_BUSINESS, ("Ue*",))
    wooded, shares = parts(rows, map_of("EBC"))
    ground = union(rows).GetArea()
    twice = sum(area(row["geometrie"]) for row in rows) - ground
    assert twice == pytest.approx(147500, rel=1e-2)
    constat = dossier.constat("HORS-BOIS")
    assert constat["nb_objets"] == len(rows) == 122
    assert constat["mesure"] == pytest.approx(100 * (1 - wooded.GetArea() / ground), abs=1e-4)
    assert f"Recouvrement entre objets compté une fois ({twice / 1e4:.2f} ha)".replace(".", ",") in constat["limites"]
    assert constat["etat"] == "sans_ecart" and max(shares) < 0.1


def test_a_label_that_no_zone_has(dossier):
    assert dossier.constat("AUCUNE-3AU")["etat"] == "sans_objet"


# --- by commune


def test_programmes_by_commune(dossier, zones, map_of, communes, parts, union, area):
    bare, _ = parts(zones(EXTENSION), map_of("OAP"), outside=True)
    ground = union(zones(EXTENSION))
    constats = {row["territoire"]: row for row in dossier.constats("PROGRAMMES-PAR-COMMUNE")}
    assert set(constats) == set(communes) and len(constats) == 16
    for nom, commune in communes.items():
        here = area(ground.Intersection(commune))
        constat = constats[nom]
        if here < 0.01:
            assert (constat["etat"], constat["mesure"]) == ("sans_objet", None), nom
        else:
            expected = 100 * (1 - area(bare.Intersection(commune)) / here)
            assert constat["mesure"] == pytest.approx(expected, abs=1e-3), nom
    assert {nom for nom, row in constats.items() if row["etat"] == "ecart_marque"} == {"Fleuré", "Iteuil"}
    assert {row["insee"] for row in dossier.ecarts("PROGRAMMES-PAR-COMMUNE")} == {"Fleuré", "Iteuil"}


def test_woods_in_protected_zones_by_commune(dossier, zones, map_of, communes, parts, union, area):
    """A zone that crosses a limit is cut there; what lies outside every commune is never reassigned."""
    rows = zones(("Np", "Nab", "Ap"))
    conflict, _ = parts(rows, map_of("EBC"))
    constats = {row["territoire"]: row for row in dossier.constats("BOIS-NATUREL")}
    for nom, commune in communes.items():
        expected = area(conflict.Intersection(commune))
        assert (constats[nom]["mesure"] or 0) == pytest.approx(expected, abs=0.5), nom
    assert {row["etat"] for nom, row in constats.items() if nom != "hors_commune"} <= {
        "a_apprecier",
        "sans_objet",
        "sans_ecart",
    }  # a recommandation
    assert dossier.ecarts("BOIS-NATUREL") == []
    everywhere = union([{"geometrie": commune} for commune in communes.values()])
    outside = [row["geometrie"].Difference(everywhere) for row in rows]
    beyond = [shape for shape in outside if not shape.Buffer(-DRAWING / 2 - 0.001).IsEmpty()]
    assert constats["hors_commune"]["etat"] == "non_evalue" and beyond
    assert f"{len(beyond)} objets hors de toute commune" in constats["hors_commune"]["message"]


# --- rules on the field that is not there


@pytest.mark.parametrize("prescription", ["TYPEZONE-INTERDITES", "TYPEZONE-LOCALISATION", "TYPEZONE-OUTIL"])
def test_a_rule_on_typezone_says_what_is_missing(dossier, prescription):
    constat = dossier.constat(prescription)
    assert (constat["etat"], constat["mesure"]) == ("non_evalue", None)
    assert "champ TYPEZONE" in constat["message"]  # the cause
    assert "choisir les zones par leur libellé (« libelle »)" in constat["message"]  # the remedy
    row = dossier.prescription(prescription)
    assert (row["etat"], row["nb_ecarts"], row["nb_non_evalues"]) == ("non_evalue", 0, 1)
    assert "champ TYPEZONE" in row["cause"]
    assert dossier.ecarts(prescription) == []
