"""Two PLUi of the Cher whose zones overlap: the ground counts once, and what overlaps is said.

Expected areas: unions by OGR's GEOS of the zones as published; overlaps of the README, to 0.01 ha.
"""

from __future__ import annotations

import pytest
from osgeo import ogr, osr

#: name -> (zoning, overlap in ha, pairs over 1 m2, largest in ha)
PLANS = {
    "200011781_PLUi_20180101": ("ZONE_URBA.shp", 10.56, 32, 2.66),
    "241800432_PLUi_20200128": ("241800432_ZONE_URBA_20200128.shp", 28.93, 25, 22.11),
}
URBAN_DWELLINGS, NATURAL_DWELLINGS = 5000, 800
EVERY = ("U", "AUc", "AUs", "A", "N")


class Plan:
    """A PLUi: its zones by OGR, its dossier by the plugin."""

    def __init__(self, rows, union, dossier, west):
        self._rows, self._union, self.dossier, self.west = rows, union, dossier, west

    def zones(self, *types):
        return [row for row in self._rows if row["TYPEZONE"] in types]

    def summed(self, *types) -> float:
        return sum(self._union([row]).GetArea() for row in self.zones(*types))

    def ground(self, *types) -> ogr.Geometry:
        return self._union(self.zones(*types))

    def area(self, *types) -> float:
        return self.ground(*types).GetArea()


@pytest.fixture(scope="module", params=PLANS)
def plan(request, shared_data, lambert, union, controlled, tmp_path_factory):
    folder = shared_data / "validator" / request.param
    rows = lambert(folder / "Donnees_geographiques" / PLANS[request.param][0])
    place = tmp_path_factory.mktemp("territoire")
    west, east, south, north = union(rows).GetEnvelope()
    boxes = {
        "partout": (west - 100, south - 100, east + 100, north + 100),
        "ouest": (west - 100, south - 100, (west + east) / 2, north + 100),
    }
    for nom, box in boxes.items():
        write_box(place / f"{nom}.gpkg", *box)
    (place / "programme.csv").write_text(
        f"TYPE;LOGEMENTS\nU;{URBAN_DWELLINGS}\nN;{NATURAL_DWELLINGS}\n", encoding="utf-8"
    )
    sources = {nom: place / f"{nom}.gpkg" for nom in boxes}
    dossier = controlled(folder, "cher.yaml", {**sources, "programme": place / "programme.csv"})
    return Plan(rows, union, dossier, rectangle(*boxes["ouest"]))


@pytest.fixture
def figures(plan, request):
    return PLANS[request.node.callspec.params["plan"]]


def rectangle(west, south, east, north) -> ogr.Geometry:
    return ogr.CreateGeometryFromWkt(
        f"POLYGON(({west} {south},{east} {south},{east} {north},{west} {north},{west} {south}))"
    )


def write_box(path, *box):
    lambert93 = osr.SpatialReference()
    lambert93.ImportFromEPSG(2154)
    dataset = ogr.GetDriverByName("GPKG").CreateDataSource(str(path))
    layer = dataset.CreateLayer(path.stem, lambert93, ogr.wkbPolygon)
    feature = ogr.Feature(layer.GetLayerDefn())
    feature.SetGeometry(rectangle(*box))
    layer.CreateFeature(feature)


def test_overlaps_as_the_readme_has_them(plan, figures):
    """What OGR finds in the files, before anything is asked of the plugin."""
    assert (plan.summed(*EVERY) - plan.area(*EVERY)) / 1e4 == pytest.approx(figures[1], abs=0.005)


def test_the_overlap_is_in_the_dossier(plan, figures):
    _, hectares, pairs, largest = figures
    said = plan.dossier.limits("ZONE_URBA")
    assert f"{pairs} couples de zones se recouvrent sur plus de 1 m²" in said
    assert f"({french(hectares, 2)} ha en tout" in said
    assert f" : {french(largest, 2)} ha" in said and "le sol n'est compté qu'une fois" in said


@pytest.mark.parametrize(("prescription", "types"), [("TOUT", EVERY), ("URBAIN", ("U",)), ("UNION", ("N", "U"))])
def test_covered_ground_counts_once(plan, prescription, types):
    constat, ecarts = plan.dossier.constat(prescription), plan.dossier.ecarts(prescription)
    once, twice = plan.area(*types), plan.summed(*types)
    assert constat["mesure"] == pytest.approx(once, abs=0.5)
    if twice - once > 1:
        assert f"Recouvrement entre objets compté une fois ({french_area(twice - once)})" in plain(constat["limites"])
    # both zones of an overlap are at fault, each for the whole of itself; a zone under 2 mm wide is no ground
    wide = [row for row in plan.zones(*types) if not row["geometrie"].Buffer(-0.001).IsEmpty()]
    assert (len(ecarts), constat["nb_objets"]) == (len(wide), len(plan.zones(*types)))
    dropped = constat["nb_objets"] - len(wide)
    assert (f"{dropped} partie ignorée sous la précision" in constat["limites"]) is (dropped > 0)
    assert sum(row["surface_m2"] for row in ecarts) == pytest.approx(twice, abs=0.5)


def test_the_difference_would_show(plan, figures):
    """Counted twice, the whole PLU would be larger by its overlap."""
    measured = plan.dossier.constat("TOUT")["mesure"]
    assert (plan.summed(*EVERY) - measured) / 1e4 == pytest.approx(figures[1], abs=0.005)


def test_conflict_with_half_of_the_ground(plan):
    expected = plan.ground("N").Intersection(plan.west).GetArea()
    assert plan.dossier.constat("NATUREL")["mesure"] == pytest.approx(expected, abs=0.5)
    share = plan.dossier.constat("LOCALISATION")
    assert share["mesure"] == pytest.approx(100 * expected / plan.area("N"), abs=1e-5)


def test_density_divides_by_the_ground(plan):
    """All the dwellings of overlapping zones, on ground counted once."""
    urban, natural = plan.dossier.constat("DENSITE-URBAIN"), plan.dossier.constat("DENSITE-NATUREL")
    assert urban["mesure"] == pytest.approx(URBAN_DWELLINGS / (plan.area("U") / 1e4), rel=1e-7)
    assert (natural["unite"], natural["seuil_max"]) == ("m2/logt", 1)
    assert natural["mesure"] == pytest.approx(plan.area("N") / NATURAL_DWELLINGS, rel=1e-7)


def test_protected_share_counts_the_ground_once(plan):
    constat = plan.dossier.constat("PROTECTION")
    assert constat["mesure"] == pytest.approx(100 * plan.area("A", "N") / plan.area(*EVERY), abs=1e-5)
    natural = 100 * plan.area("N") / plan.area(*EVERY)
    assert f"zones N {french(natural, 1)} %" in plain(constat["message"])


def test_communes_that_nobody_knows(plan):
    """One INSEE code for twelve communes, or one commune for 272 km2: not believed, and no layer says better."""
    constat = plan.dossier.constat("PAR-COMMUNE")
    assert (constat["etat"], constat["mesure"]) == ("non_evalue", None)
    assert "communes ne sont pas connues" in constat["message"] and "couche de communes" in constat["message"]


def french_area(m2: float) -> str:
    return f"{french(m2 / 1e4, 2)} ha" if m2 >= 1e4 else f"{french(m2, 0)} m²"


def french(value: float, digits: int) -> str:
    """`4.20` is written 4,2 and `68.0` is written 68."""
    return f"{round(value, digits):.{digits}f}".rstrip("0").rstrip(".").replace(".", ",") if digits else f"{value:.0f}"


def plain(text: str) -> str:
    return text.replace("\u202f", "").replace("\u00a0", " ")
