"""`scotcompat:lire_plu`: published archives become one GeoPackage with their limits, the rest is refused."""

from __future__ import annotations

import shutil

import pytest
from osgeo import ogr

#: archive -> (zones, TYPEZONE counts, prescriptions), from the README of the data
ARCHIVES = {
    "200011781_PLUi_20180101": (222, {"A": 63, "N": 63, "U": 57, "AUc": 30, "AUs": 9}, {}),
    "241800432_PLUi_20200128": (
        221,
        {"N": 167, "U": 38, "A": 13, "AUc": 2, "AUs": 1},
        {"PRESCRIPTION_SURF": 32, "PRESCRIPTION_LIN": 264, "PRESCRIPTION_PCT": 167},
    ),
    "30014_PLU_20171013": (
        90,
        {"A": 50, "N": 22, "U": 16, "AUc": 2},
        {"PRESCRIPTION_SURF": 77, "PRESCRIPTION_LIN": 15, "PRESCRIPTION_PCT": 93, "INFO_SURF": 18, "INFO_PCT": 6},
    ),
}


def counted(path):
    """Layers of a GeoPackage read by OGR -> number of rows; and the normalised types of zone counted."""
    dataset = ogr.Open(str(path))
    layers = {
        dataset.GetLayer(i).GetName(): dataset.GetLayer(i).GetFeatureCount() for i in range(dataset.GetLayerCount())
    }
    types = {}
    for feature in dataset.GetLayerByName("ZONE_URBA"):
        assert feature.GetGeometryRef().IsValid()
        kind = feature["norm_typezone"]
        types[kind] = types.get(kind, 0) + 1
    return layers, types


@pytest.mark.parametrize("name", ARCHIVES)
def test_the_three_archives(process, shared_data, tmp_path, rows_of, name):
    zones, types, others = ARCHIVES[name]
    target = tmp_path / "PLU normalisé de l'été.gpkg"
    run = process("lire_plu", PLU=shared_data / "validator" / f"{name}.zip", SORTIE=target)
    assert run.results["SORTIE"] == str(target)
    assert run.results["NB_ZONES"] == zones
    layers, found = counted(target)
    assert found == types
    assert layers == {"ZONE_URBA": zones, **others, "sources": layers["sources"]}
    limits = [line for row in rows_of(target, "sources") for line in (row["limites"] or "").splitlines()]
    assert run.results["NB_LIMITES"] == len(limits) > 0
    for limit in limits:
        assert limit in run.said
    assert [path.name for path in tmp_path.iterdir()] == [target.name]


def test_from_the_command_line(qgis_process, shared_data, tmp_path):
    folder = tmp_path / "données de l'été"
    folder.mkdir()
    archive = shutil.copy(shared_data / "validator" / "30014_PLU_20171013.zip", folder / "PLU révisé n°2.zip")
    target = folder / "normalisé à l'été.gpkg"
    outcome = qgis_process("lire_plu", PLU=archive, SORTIE=target)
    assert outcome.results["SORTIE"] == str(target)
    assert outcome.results["NB_ZONES"] == 90
    assert "Traceback" not in outcome.text
    before = target.read_bytes()
    outcome = qgis_process("lire_plu", code=1, PLU=shared_data / "cnig-gabarit", SORTIE=target)
    assert "Traceback" not in outcome.text
    assert target.read_bytes() == before


@pytest.mark.parametrize("what, said", [
    ("validator/19182_CC_20150517", "carte communale"),
    ("validator/200078244_SCOT_20180218", "SCoT"),
    ("validator/gml/INVALID.gml", "INVALID.gml"),
    ("sru-reglement", "sru-reglement"),
])  # fmt: skip
def test_what_is_not_a_plu_is_called_by_its_name(process, shared_data, tmp_path, what, said):
    run = process("lire_plu", PLU=shared_data / what, SORTIE=tmp_path / "x.gpkg")
    assert said in run.failure
    assert "Traceback" not in run.failure and "Erreur interne" not in run.failure
    assert list(tmp_path.iterdir()) == []


def test_nothing_foreign_is_replaced(process, commune, tmp_path, write_layer):
    """Neither the PLU itself nor a dossier with its appraisals; a former output is."""
    rows = [{"LIBELLE": "N", "TYPEZONE": "N", "box": (100, 0, 300, 100)}]
    plu = write_layer(tmp_path / "zonage d'été.gpkg", "ZONE_URBA", rows)
    before = plu.read_bytes()
    run = process("lire_plu", PLU=plu, SORTIE=plu)
    assert "n'est pas un PLU normalisé par cette extension : il n'a pas été remplacé" in run.failure
    assert plu.read_bytes() == before
    dossier = tmp_path / "dossier.gpkg"
    assert not process("controler_plu", PLU=plu, REGLES=commune.rules, DOSSIER=dossier).failure
    assert process("lire_plu", PLU=plu, SORTIE=dossier).failure
    target = tmp_path / "lu.gpkg"
    assert not process("lire_plu", PLU=plu, SORTIE=target).failure
    assert process("lire_plu", PLU=plu, SORTIE=target).results["NB_ZONES"] == 1


@pytest.mark.parametrize("target", ["/proc/lu.gpkg", "lu.shp", "n'existe pas/lu.gpkg"])
def test_a_place_where_nothing_can_be_written(process, commune, tmp_path, target):
    run = process("lire_plu", PLU=commune.archive, SORTIE=tmp_path / target)
    assert "Impossible d'écrire" in run.failure
    assert "Traceback" not in run.failure and "Erreur interne" not in run.failure
