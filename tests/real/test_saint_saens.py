"""The PLU of Saint-Saëns against the ecological network of its SCoT, recomputed by the native algorithms of QGIS.

README: figures of `shared/data/README.md`, as written there, hence exact to half of their last digit.
"""

from __future__ import annotations

import json
from collections import defaultdict
from typing import Dict, List

import pytest
from qgis.core import QgsGeometry, QgsVectorLayer
from saint_saens_layers import SOURCES

URBAN = "\"TYPEZONE\" IN ('U', 'AUc', 'AUs')"
#: parts of zones below this (m2, m) are the noise of the overlay itself
NOISE = 0.01


@pytest.fixture(scope="module")
def dossier(shared_data, controlled, tmp_path_factory):
    programme = tmp_path_factory.mktemp("programme") / "programme de logements.csv"
    programme.write_text("ZONE;LOGEMENTS\nAUh1;40\nAUh2;25\nAUz;0\n", encoding="utf-8")
    folder = shared_data / "saint-saens"
    sources = {couche: folder / "tvb" / f"{nom}.geojson" for couche, nom in SOURCES.items()}
    sources["enveloppe"] = tmp_path_factory.mktemp("enveloppe") / "zones U.geojson"
    zones = json.loads((folder / "76648_ZONE_URBA_20241107_1.geojson").read_text(encoding="utf-8"))
    zones["features"] = [zone for zone in zones["features"] if zone["properties"]["TYPEZONE"] == "U"]
    sources["enveloppe"].write_text(json.dumps(zones), encoding="utf-8")
    return controlled(folder, "saint_saens.yaml", {**sources, "programme": programme})


@pytest.fixture(scope="module")
def native(qgis_processing, shared_data):
    native = Native(shared_data / "saint-saens")
    yield native
    native.made.clear()  # layers must not outlive QGIS


class Native:
    """Saint-Saëns in Lambert-93 and valid, and what QGIS itself makes of it. Each thing is made once."""

    def __init__(self, folder):
        self._folder, self.made = folder, {}

    def layer(self, nom: str) -> QgsVectorLayer:
        """A file of the folder, by its name without number for the PLU ("ZONE_URBA"), whole for the network."""
        (path,) = [*self._folder.glob(f"tvb/{nom}.geojson"), *self._folder.glob(f"76648_{nom}_*.geojson")]
        return self._once(
            ("layer", nom),
            lambda: run("reprojectlayer", INPUT=run("fixgeometries", INPUT=str(path)), TARGET_CRS="EPSG:2154"),
        )

    def dissolved(self, nom: str) -> QgsVectorLayer:
        return self._once(("dissolved", nom), lambda: run("dissolve", INPUT=self.layer(nom)))

    def zones(self, expression: str) -> QgsVectorLayer:
        return self._once(
            ("zones", expression),
            lambda: run("extractbyexpression", INPUT=self.layer("ZONE_URBA"), EXPRESSION=expression),
        )

    def hits(self, expression: str, nom: str) -> List[Dict]:
        """Each zone that meets the layer (dissolved): its label, its type, and how much of the layer is in it."""
        first, second = self.zones(expression), self.dissolved(nom)
        if second.geometryType() < 2:  # what is cut comes first: lines and points in zones
            first, second = second, first
        return self._once(("hits", expression, nom), lambda: amounts(run("intersection", INPUT=first, OVERLAY=second)))

    def _once(self, key, make):
        if key not in self.made:
            self.made[key] = make()
        return self.made[key]


def run(algorithm: str, **parameters) -> QgsVectorLayer:
    import processing

    return processing.run(f"native:{algorithm}", {**parameters, "OUTPUT": "TEMPORARY_OUTPUT"})["OUTPUT"]


def amounts(layer: QgsVectorLayer) -> List[Dict]:
    rows = []
    for feature in layer.getFeatures():
        shape = feature.geometry()
        amount = (shape.constGet().nCoordinates(), shape.length(), shape.area())[layer.geometryType()]
        if amount > NOISE:
            rows.append({"libelle": feature["LIBELLE"], "typezone": feature["TYPEZONE"], "amount": amount})
    return rows


def total(rows) -> float:
    return sum(row["amount"] for row in rows)


def by_label(rows, label: str, amount: str) -> Dict[str, List[float]]:
    found = defaultdict(list)
    for row in rows:
        found[row[label]].append(row[amount])
    return {key: sorted(values) for key, values in found.items()}


def test_every_rule_was_measured(dossier):
    assert dossier.control.read.absents == {}
    assert {row["etat"] for row in dossier.rows("constats")}.isdisjoint({"erreur"})


# --- zones_interdites: prescription, layer, U/AU zones hit, amount, unit; by the README

FIGURES = [
    ("CORRIDORS", "corridors", 11, 3416.9, 0.05, "ecarts_lignes"),
    ("COURS-D-EAU", "cours_d_eau", 7, 1305.8, 0.05, "ecarts_lignes"),
    ("HUMIDES", "humides", 8, 48420, 5, "ecarts"),
    ("BOCAGE", "bocage", 15, 273760, 5, "ecarts"),  # 16 in the README, one of them by 0.002 m2
    ("ZONES-HUMIDES", "zones_humides", 10, 26110, 5, "ecarts"),
    ("NATURA", "natura", 11, 22440, 5, "ecarts"),
    ("ZNIEFF", "znieff", 2, 50, 5, "ecarts"),
]


@pytest.mark.parametrize(
    ("prescription", "couche", "zones", "amount", "digit", "table"), FIGURES, ids=[one[0] for one in FIGURES]
)
def test_urban_zones_in_a_protected_layer(dossier, native, prescription, couche, zones, amount, digit, table):
    constat, ecarts = dossier.constat(prescription), dossier.ecarts(prescription, table)
    assert constat["unite"] == ("m" if table == "ecarts_lignes" else "m2")
    assert constat["mesure"] == pytest.approx(amount, abs=digit)  # README
    assert len(ecarts) == zones
    column = "longueur_m" if table == "ecarts_lignes" else "surface_m2"
    hits = native.hits(URBAN, SOURCES[couche])
    assert len(hits) == zones
    assert constat["mesure"] == pytest.approx(total(hits), rel=1e-6)
    measured, expected = by_label(ecarts, "libelle", column), by_label(hits, "libelle", "amount")
    assert measured.keys() == expected.keys()
    for label, values in expected.items():
        assert measured[label] == pytest.approx(values, rel=1e-6, abs=NOISE), label


def test_the_conflict_itself_is_drawn(dossier):
    for table, column, measure in (("ecarts", "surface_m2", "GetArea"), ("ecarts_lignes", "longueur_m", "Length")):
        rows = dossier.rows(table)
        assert rows
        for row in rows:
            assert getattr(row["geometrie"], measure)() == pytest.approx(row[column], rel=1e-9, abs=1e-6)
            assert row["geometrie"].IsValid()


def test_corridors_zone_by_zone(dossier):
    ecarts = dossier.ecarts("CORRIDORS", "ecarts_lignes")
    found = by_label(ecarts, "libelle", "longueur_m")
    assert {label: [round(value, 1) for value in values] for label, values in found.items()} == {
        "Uca": [1459.6],
        "Uy": [325.9, 793.4],
        "Us": [207.6],
        "Uh": [181.3, 189.6],
        "Ud": [21.6, 25.0, 56.3, 120.8],
        "Ucc": [35.7],
    }
    assert {row["typezone"] for row in ecarts} == {"U"} and {row["insee"] for row in ecarts} == {"76648"}
    # a line in a zone has no share: any kept one is marked
    assert {row["etat"] for row in ecarts} == {"ecart_marque"} and {row["part_objet"] for row in ecarts} == {None}


def test_one_commune_is_the_whole_plu(dossier):
    whole, commune = dossier.constat("CORRIDORS"), dossier.constat("CORRIDORS-PAR-COMMUNE")
    assert (commune["territoire"], commune["territoire_nom"]) == ("76648", "Saint-Saëns")
    assert (commune["mesure"], commune["etat"]) == (whole["mesure"], whole["etat"])


def test_short_pieces_of_lines_are_dropped(dossier, native):
    corridors, zones = native.dissolved(SOURCES["corridors"]), native.zones(URBAN)
    pieces = []
    for zone in zones.getFeatures():
        for line in corridors.getFeatures():
            inside = zone.geometry().intersection(line.geometry()).mergeLines()
            pieces += [part.length() for part in inside.asGeometryCollection()]
    constat = dossier.constat("CORRIDORS-A-25000")
    assert constat["mesure"] == pytest.approx(sum(one for one in pieces if one >= 12.5), rel=1e-6)
    short = [one for one in pieces if NOISE < one < 12.5]
    assert (
        short and f"{len(short)} parties ignorées sous ce que fixe la règle ({sum(short):.0f} m)" in constat["limites"]
    )


def test_lines_drawn_twice_count_once(dossier, native):
    by_feature = run("intersection", INPUT=native.layer(SOURCES["cours_d_eau"]), OVERLAY=native.zones(URBAN))
    assert total(amounts(by_feature)) == pytest.approx(2611.6, abs=0.05)  # README
    assert dossier.constat("COURS-D-EAU")["mesure"] == pytest.approx(2611.6 / 2, abs=0.05)


def test_a_band_around_the_corridors(dossier, native):
    """`tampon: 10 m`: ten metres on each side, flat caps."""
    near = run(
        "extractbyextent", INPUT=native.layer(SOURCES["corridors"]), EXTENT=native.zones(URBAN).extent().buffered(20)
    )
    buffered = run("buffer", INPUT=near, DISTANCE=10, SEGMENTS=64, END_CAP_STYLE=1, JOIN_STYLE=0, DISSOLVE=True)
    hits = amounts(run("intersection", INPUT=native.zones(URBAN), OVERLAY=buffered))
    constat = dossier.constat("FUSEAUX")
    assert constat["mesure"] == pytest.approx(total(hits), rel=1e-3)  # arcs of 16 segments against 64
    assert len(dossier.ecarts("FUSEAUX")) == len(hits)


@pytest.mark.parametrize(
    "prescription, couche, distance", [("RECUL-MARES", "mares", 800), ("RECUL-COURS-D-EAU", "cours_d_eau", 15)]
)
def test_set_backs(dossier, native, prescription, couche, distance):
    """`a_moins_de`: round bands, whatever the layer is made of."""
    hits = amounts(run("intersection", INPUT=native.zones(URBAN), OVERLAY=around(native, couche, distance)))
    constat, ecarts = dossier.constat(prescription), dossier.ecarts(prescription)
    assert constat["unite"] == "m2" and len(ecarts) == len(hits) > 0
    assert constat["mesure"] == pytest.approx(total(hits), rel=1e-3)
    assert f"à moins de {distance}\u00a0m (à vol d'oiseau)" in constat["message"]


def test_zones_to_build_near_a_pond(dossier, native):
    """All of one, some of another, nothing of the last."""
    bands = next(around(native, "mares", 1300).getFeatures()).geometry()
    expected = {
        zone["LIBELLE"]: 100 * zone.geometry().intersection(bands).area() / zone.geometry().area()
        for zone in native.zones("\"TYPEZONE\" = 'AUc'").getFeatures()
    }
    found = {row["territoire_nom"]: row["mesure"] for row in dossier.constats("PRES-DES-MARES")}
    assert found == pytest.approx(expected, abs=0.05)
    assert found["AUh2"] == 100 and 0 < found["AUh1"] < 100 and found["AUz"] == 0


def around(native, couche, distance):
    """The round bands around what lies near the zones, dissolved."""
    near = native.layer("ZONE_URBA").extent().buffered(2 * distance)
    rows = run("extractbyextent", INPUT=native.layer(SOURCES[couche]), EXTENT=near)
    return run("buffer", INPUT=rows, DISTANCE=distance, SEGMENTS=128, END_CAP_STYLE=0, JOIN_STYLE=0, DISSOLVE=True)


def test_the_hedgerow_network(dossier, native):
    """One AUc, 1.212 ha; fifteen U, of which one by a sliver: fourteen in practice."""
    constat, (ecart,) = dossier.constat("BOCAGE-AU"), dossier.ecarts("BOCAGE-AU")
    assert constat["mesure"] == pytest.approx(12120, abs=5) and constat["nb_objets"] == 3
    assert (ecart["libelle"], ecart["typezone"]) == ("AUz", "AUc")
    (hit,) = native.hits("\"TYPEZONE\" = 'AUc'", SOURCES["bocage"])
    assert ecart["surface_m2"] == pytest.approx(hit["amount"], rel=1e-6)
    (zone,) = [one for one in native.zones("\"TYPEZONE\" = 'AUc'").getFeatures() if one["LIBELLE"] == "AUz"]
    assert ecart["part_objet"] == pytest.approx(hit["amount"] / zone.geometry().area(), rel=1e-6)
    assert ecart["etat"] == "ecart_faible"  # 11.9 % of the zone, under 20 %
    at_a_metre = dossier.ecarts("BOCAGE-AU-METRE")
    assert sum(row["typezone"] == "U" for row in at_a_metre) == 14
    assert sum(row["typezone"] == "AUc" for row in at_a_metre) == 1
    assert "1 partie ignorée sous la précision" in dossier.constat("BOCAGE-AU-METRE")["limites"]


def test_slivers_go_with_the_precision_of_the_map(dossier):
    """ZNIEFF: 0.005 ha in two zones, nothing else: the map's 12.5 m says that it is a way of drawing."""
    assert dossier.constat("ZNIEFF")["etat"] == "ecart_faible"
    constat = dossier.constat("ZNIEFF-A-25000")
    assert (constat["etat"], constat["mesure"]) == ("sans_ecart", 0)
    assert "3 parties ignorées sous la précision (54 m²)" in constat["limites"]
    assert dossier.ecarts("ZNIEFF-A-25000") == []


def test_a_surface_can_be_neglected(dossier, native):
    """Natura 2000: one of the eleven zones by 10.6 m2."""
    smallest = min(native.hits(URBAN, SOURCES["natura"]), key=lambda row: row["amount"])
    assert smallest["amount"] == pytest.approx(10.6, abs=0.05)  # README
    assert len(dossier.ecarts("NATURA-20-M2")) == 10
    assert dossier.constat("NATURA-20-M2")["mesure"] < dossier.constat("NATURA")["mesure"] - 10


# --- layers that miss the zones, or the commune


def test_layers_that_meet_no_urban_zone(dossier, native):
    for prescription, couche in (("TRAME-CALCICOLE", "trame_calcicole"), ("MARES", "mares")):
        constat = dossier.constat(prescription)
        assert (constat["etat"], constat["mesure"], constat["nb_objets"]) == ("sans_ecart", 0, 26), prescription
        assert native.hits(URBAN, SOURCES[couche]) == []
    (hit,) = native.hits("\"TYPEZONE\" IN ('A', 'N')", SOURCES["mares"])
    constat, (ecart,) = dossier.constat("MARES-A-N"), dossier.ecarts("MARES-A-N", "ecarts_points")
    assert hit["amount"] == constat["mesure"] == ecart["geometrie"].GetGeometryCount() == 18  # README
    assert (constat["unite"], ecart["libelle"]) == ("", "N")


def test_layers_that_meet_no_zone_at_all(dossier, native):
    """None of the calcareous reservoirs is in the commune, and that is known; the siliceous ones lie elsewhere."""
    zones = native.layer("ZONE_URBA").extent()
    for couche, beside in (("calcicoles", True), ("silicicoles", False)):
        assert native.layer(SOURCES[couche]).extent().intersects(zones) is beside
        assert native.hits("true", SOURCES[couche]) == []
    constat = dossier.constat("CALCICOLES")
    assert (constat["etat"], constat["mesure"]) == ("sans_objet", None)
    assert "Aucun objet de « Réservoirs calcicoles » ne se trouve sur le territoire du PLU" in constat["message"]
    constat = dossier.constat("SILICICOLES")
    assert (constat["etat"], constat["mesure"]) == ("non_evalue", None)
    assert "ne couvre pas le territoire de ce PLU" in constat["message"]
    assert dossier.constat("PROTECTION-CALCICOLES")["etat"] == "sans_objet"
    # a layer of location is never `sans_objet`: the siliceous reservoirs might have held the zones
    assert dossier.constat("DANS-LE-CALCICOLE")["etat"] == "non_evalue"


# --- protection_requise, localisation, densite


def test_protected_wet_reservoirs(dossier, native):
    """Share of the reservoirs on the PLU's ground that zones N, or prescriptions 01 and 07, cover."""
    inside = run("clip", INPUT=native.dissolved(SOURCES["humides"]), OVERLAY=native.layer("ZONE_URBA"))
    prescriptions = run(
        "extractbyexpression", INPUT=native.layer("PRESCRIPTION_SURF"), EXPRESSION="\"TYPEPSC\" IN ('01', '07')"
    )
    tools = run("mergevectorlayers", LAYERS=[native.zones("\"TYPEZONE\" = 'N'"), prescriptions], CRS="EPSG:2154")
    bare = run("difference", INPUT=inside, OVERLAY=tools)
    whole, uncovered = (sum(one.geometry().area() for one in layer.getFeatures()) for layer in (inside, bare))
    assert whole == pytest.approx(481620, abs=5)  # README
    constat = dossier.constat("PROTECTION-HUMIDES")
    assert (constat["unite"], constat["seuil_min"], constat["nb_objets"]) == ("%", 95, 1)
    assert constat["mesure"] == pytest.approx(100 * (1 - uncovered / whole), abs=1e-4)
    assert constat["etat"] == "ecart_faible"  # 80 %, less than a fifth under 95
    assert constat["ecart"] == pytest.approx(95 - constat["mesure"]) and "hors du PLU" in constat["limites"]
    (ecart,) = dossier.ecarts("PROTECTION-HUMIDES")
    assert ecart["objet"] == "humides"
    assert ecart["surface_m2"] == pytest.approx(uncovered, rel=1e-6)
    in_n = run("clip", INPUT=inside, OVERLAY=native.zones("\"TYPEZONE\" = 'N'"))
    share = 100 * sum(one.geometry().area() for one in in_n.getFeatures()) / whole
    assert f"zones N {share:.1f} %".replace(".", ",") in constat["message"]


def test_protected_streams_are_measured_in_length(dossier, native):
    inside = run("clip", INPUT=native.dissolved(SOURCES["cours_d_eau"]), OVERLAY=native.layer("ZONE_URBA"))
    held = run("clip", INPUT=inside, OVERLAY=native.zones("\"TYPEZONE\" IN ('A', 'N')"))
    whole, covered = (sum(one.geometry().length() for one in layer.getFeatures()) for layer in (inside, held))
    assert whole == pytest.approx(4716.2, abs=0.05)  # README
    constat = dossier.constat("PROTECTION-COURS-D-EAU")
    assert constat["mesure"] == pytest.approx(100 * covered / whole, abs=1e-4)


def test_urban_zones_outside_the_wetlands(dossier, native):
    zones = {one.id(): one for one in native.zones(URBAN).getFeatures()}
    ground = sum(one.geometry().area() for one in run("dissolve", INPUT=native.zones(URBAN)).getFeatures())
    hits = native.hits(URBAN, SOURCES["zones_humides"])
    constat = dossier.constat("HORS-ZONES-HUMIDES")
    assert constat["nb_objets"] == len(zones) == 26
    assert constat["mesure"] == pytest.approx(100 * (1 - total(hits) / ground), abs=1e-4)
    wetland = next(native.dissolved(SOURCES["zones_humides"]).getFeatures()).geometry()
    too_wet = [
        zone["LIBELLE"]
        for zone in zones.values()
        if zone.geometry().intersection(wetland).area() > 0.05 * zone.geometry().area() * (1 + 1e-9)
    ]
    ecarts = dossier.ecarts("HORS-ZONES-HUMIDES")
    assert sorted(row["libelle"] for row in ecarts) == sorted(too_wet) and len(too_wet) == 4
    worst = max(zone.geometry().intersection(wetland).area() / zone.geometry().area() for zone in zones.values())
    assert max(row["part_objet"] for row in ecarts) == pytest.approx(worst, rel=1e-6)
    assert constat["etat"] == ("ecart_marque" if 100 * worst - 5 > 19 else "ecart_faible")  # a fifth of 95 points


def test_zones_to_build_one_by_one_in_the_hedgerow_network(dossier, native):
    network = next(native.dissolved(SOURCES["bocage"]).getFeatures()).geometry()
    expected = {
        zone["LIBELLE"]: 100 * zone.geometry().intersection(network).area() / zone.geometry().area()
        for zone in native.zones("\"TYPEZONE\" = 'AUc'").getFeatures()
    }
    constats = {row["territoire_nom"]: row for row in dossier.constats("DANS-LE-BOCAGE")}
    assert {nom: row["mesure"] for nom, row in constats.items()} == pytest.approx(expected, abs=1e-4)
    assert {nom: row["etat"] for nom, row in constats.items()} == {
        "AUh1": "ecart_marque",
        "AUh2": "ecart_marque",
        "AUz": "sans_ecart",
    }


def test_zones_to_build_beside_the_urban_ones(dossier, native):
    """How far they are from the U zones, and how much of their outline is common."""
    urban = next(run("dissolve", INPUT=native.zones("\"TYPEZONE\" = 'U'")).getFeatures()).geometry()
    close = urban.buffer(0.001, 8)
    for zone in native.zones("\"TYPEZONE\" = 'AUc'").getFeatures():
        shape = zone.geometry()
        outline = QgsGeometry(shape.constGet().boundary())
        far, common = shape.distance(urban), outline.intersection(close).length()
        rows = [row for row in dossier.rows("constats") if row["territoire_nom"] == zone["LIBELLE"]]
        found = {row["prescription"]: row for row in rows}
        assert found["CONTINUITE"]["mesure"] == pytest.approx(far, abs=0.001)
        assert found["CONTINUITE"]["etat"] == (
            "sans_ecart" if far <= 100 else "ecart_faible" if far <= 120 else "ecart_marque"
        )
        assert found["CONTACT"]["mesure"] == pytest.approx(common, abs=0.05)
        assert (found["CONTACT"]["etat"] == "sans_ecart") is (common >= 200)


def test_density(dossier, native):
    """40, 25 and 0 dwellings on the three AUc."""
    ground = {
        zone["LIBELLE"]: zone.geometry().area() / 1e4 for zone in native.zones("\"TYPEZONE\" = 'AUc'").getFeatures()
    }
    constat = dossier.constat("DENSITE")
    assert (constat["unite"], constat["seuil_min"], constat["nb_objets"]) == ("logt/ha", 20, 3)
    assert constat["mesure"] == pytest.approx(65 / sum(ground.values()), rel=1e-6)
    assert constat["etat"] == "ecart_marque"
    ecarts = {row["libelle"]: row["mesure"] for row in dossier.ecarts("DENSITE")}
    assert ecarts == pytest.approx({"AUh2": 25 / ground["AUh2"], "AUz": 0}, rel=1e-6)
    (wooded,) = native.hits("\"TYPEZONE\" = 'AUc'", SOURCES["bocage"])
    net = {row["territoire_nom"]: row for row in dossier.constats("DENSITE-NETTE")}
    assert net["AUh1"]["mesure"] == pytest.approx(40 / ground["AUh1"], rel=1e-6)
    assert (net["AUz"]["mesure"], net["AUz"]["etat"]) == (0, "ecart_marque")
    assert f"{ground['AUz'] - wooded['amount'] / 1e4:.2f} ha".replace(".", ",") in net["AUz"]["message"]
