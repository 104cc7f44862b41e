"""`scotcompat:controler_couches`: the same control from layers, of files or in the memory of the project."""

from __future__ import annotations

import json

import pytest
import shapely

EAST, NORTH = 700000, 6600000
ZONES = (("1AUé", "AUc", (0, 0, 100, 100)), ("N", "N", (100, 0, 300, 100)), ("UA", "U", (0, 100, 300, 200)))


@pytest.fixture
def memory(qgis_new_project):
    """Function `(name, rows of (values, box), fields) -> layer` of the project, in no file."""
    from qgis.core import QgsFeature, QgsGeometry, QgsProject, QgsVectorLayer

    def make(name, fields, rows):
        definition = "&".join(f"field={field}:string(20)" for field in fields)
        layer = QgsVectorLayer(f"Polygon?crs=EPSG:2154&{definition}", name, "memory")
        features = []
        for values, (west, south, east, north) in rows:
            feature = QgsFeature(layer.fields())
            feature.setAttributes(list(values))
            box = shapely.box(EAST + west, NORTH + south, EAST + east, NORTH + north)
            geometry = QgsGeometry()
            geometry.fromWkb(shapely.to_wkb(box, output_dimension=2))
            feature.setGeometry(geometry)
            features.append(feature)
        assert layer.dataProvider().addFeatures(features)[0]
        layer.updateExtents()
        QgsProject.instance().addMapLayer(layer)
        return layer

    return make


@pytest.fixture
def zoning(memory):
    return memory("Zonage de l'été", ("LIBELLE", "TYPEZONE"), [((lib, kind), box) for lib, kind, box in ZONES])


@pytest.fixture
def control(process, commune, tmp_path, rows_of):
    """Function `(**layers) -> (run, constats by prescription, rows of sources)`."""

    def run(**given):
        from qgis.core import QgsProcessingContext, QgsProject

        context = QgsProcessingContext()
        context.setProject(QgsProject.instance())
        dossier = tmp_path / "avis d'été.gpkg"
        done = process("controler_couches", context=context, REGLES=commune.rules, DOSSIER=dossier, **given)
        assert not done.failure, done.failure
        constats = {row["prescription"]: row for row in rows_of(dossier, "constats")}
        return done, constats, {row["couche"]: row for row in rows_of(dossier, "sources")}

    return run


def test_from_the_command_line(qgis_process, commune, tmp_path, rows_of):
    dossier = tmp_path / "avis d'été.gpkg"
    corridors = commune.folder / "couches du SCoT" / "réservoirs & corridors.gpkg"
    outcome = qgis_process(
        "controler_couches",
        ZONE_URBA=commune.zoning,
        REGLES=commune.rules,
        COUCHES=f"{corridors}|layername=corridors",
        DOSSIER=dossier,
    )
    assert outcome.results == {
        "DOSSIER": str(dossier),
        "ECARTS": f"{dossier}|layername=ecarts",
        "CONSTATS": f"{dossier}|layername=constats",
        "NB_ECARTS": 2,
        "NB_A_APPRECIER": 1,
        "NB_NON_EVALUES": 1,
    }
    kept = json.loads(rows_of(dossier, "controle")[0]["parametres"])
    assert kept["ZONE_URBA"] == str(commune.zoning)
    assert kept["COUCHES"] == [f"{corridors}|layername=corridors"]
    assert "Traceback" not in outcome.text


def test_a_layer_in_memory(control, zoning, rows_of, tmp_path):
    _, constats, sources = control(ZONE_URBA=zoning)
    assert constats["P1"]["mesure"] == pytest.approx(5000)
    assert constats["P1"]["territoire_nom"] == "Zonage de l'été"
    assert sources["ZONE_URBA"]["nom"] == "Zonage de l'été"
    # no file, so no folder `complements`: nothing is picked up where the program happens to run
    assert constats["P3"]["etat"] == "non_evalue"
    assert "Absente" in sources["programme"]["limites"]
    assert [row["libelle"] for row in rows_of(tmp_path / "avis d'été.gpkg", "zones")] == ["1AUé", "N", "UA"]


def test_a_filtered_layer_gives_what_its_filter_keeps(control, zoning):
    assert zoning.setSubsetString("\"TYPEZONE\" <> 'AUc'")
    _, constats, sources = control(ZONE_URBA=zoning)
    assert constats["P1"]["etat"] == "sans_objet"
    assert sources["ZONE_URBA"]["objets"] == 2


def test_layers_of_the_project_by_their_name(control, zoning, memory):
    wooded = memory("bois", ("TYPEPSC", "LIBELLE"), [(("01", "EBC de l'Yèvre"), (50, 0, 150, 100))])
    corridors = memory("Corridors", ("NOM",), [(("grand",), (0, 0, 100, 100))])
    _, constats, sources = control(ZONE_URBA=zoning, PRESCRIPTION_SURF=wooded, COUCHES=[corridors.id()])
    assert constats["P1"]["mesure"] == pytest.approx(10000)
    assert constats["P2"]["mesure"] == pytest.approx(50)  # half of the corridor is wooded, 95 % are asked for
    assert sources["corridors"]["nom"] == "Corridors"


def test_absent_layers_confirmed_by_the_user(control, zoning):
    assert control(ZONE_URBA=zoning)[1]["P2"]["etat"] == "non_evalue"
    _, constats, sources = control(ZONE_URBA=zoning, PLU_COMPLET=True)
    assert constats["P2"]["etat"] == "ecart_marque"
    assert "l'utilisateur a confirmé" in sources["PRESCRIPTION_SURF"]["limites"]


def test_a_layer_that_is_no_zoning(process, commune, memory, tmp_path):
    corridors = memory("Corridors d'été", ("NOM",), [(("grand",), (0, 0, 100, 100))])
    run = process("controler_couches", ZONE_URBA=corridors, REGLES=commune.rules, DOSSIER=tmp_path / "d.gpkg")
    assert run.failure and "Traceback" not in run.failure and "Erreur interne" not in run.failure
    assert not (tmp_path / "d.gpkg").exists()
