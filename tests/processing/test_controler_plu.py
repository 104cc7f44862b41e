"""`scotcompat:controler_plu` as a batch user runs it: outputs, exit codes, the dossier, failures in one sentence."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from contextlib import closing

import pytest
from osgeo import ogr

ETATS = (
    "sens_contraire", "ecart_marque", "ecart_faible", "erreur", "non_evalue", "a_apprecier", "sans_ecart", "sans_objet",
)  # fmt: skip


@pytest.fixture(scope="module")
def demonstration(qgis_process, demo):
    """The demonstration controlled once: (outcome, dossier)."""
    dossier = demo.parent / "avis d'été n°1.gpkg"
    return qgis_process(
        "controler_plu",
        PLU=demo / "plu" / "200000098_PLUi_20250918.zip",
        REGLES=demo / "regles.yaml",
        HORIZON="2024-2035",
        DOSSIER=dossier,
    ), dossier


def test_outputs_are_those_of_the_contract(demonstration, rows_of):
    outcome, dossier = demonstration
    etats = Counter(row["etat"] for row in rows_of(dossier, "constats"))
    assert outcome.results == {
        "DOSSIER": str(dossier),
        "ECARTS": f"{dossier}|layername=ecarts",
        "CONSTATS": f"{dossier}|layername=constats",
        "NB_ECARTS": etats["ecart_marque"] + etats["ecart_faible"] + etats["sens_contraire"],
        "NB_A_APPRECIER": etats["a_apprecier"],
        "NB_NON_EVALUES": etats["non_evalue"],
    }
    assert etats["ecart_marque"] and etats["a_apprecier"] and etats["non_evalue"]  # and yet the exit code is 0: jamais


def test_the_log_tells_each_prescription_and_where_the_dossier_is(demonstration, rows_of):
    outcome, dossier = demonstration
    log = json.loads(outcome.stdout)["log"]
    said = "\n".join(log["info"])
    for row in rows_of(dossier, "prescriptions"):
        assert f" : {row['id']} {row['intitule']}" in said
    assert f"Dossier : {dossier}" in said
    assert any(line.startswith("Absente : terres_agricoles") for line in log["warning"])
    assert "Traceback" not in outcome.text


def test_every_prescription_has_a_state_and_every_key_is_there_once(demonstration, rows_of):
    _, dossier = demonstration
    prescriptions = rows_of(dossier, "prescriptions")
    assert len(prescriptions) == 44
    assert {row["etat"] for row in prescriptions} <= set(ETATS)
    assert all(row["cause"] for row in prescriptions if row["etat"] in ("non_evalue", "erreur"))
    constats = [row["cle"] for row in rows_of(dossier, "constats")]
    assert all(constats) and len(set(constats)) == len(constats)
    for table in ("ecarts", "ecarts_lignes", "ecarts_points"):
        keys = [row["cle"] for row in rows_of(dossier, table)]
        assert all(keys) and len(set(keys)) == len(keys)


def test_parameters_are_kept_as_json(demonstration, demo, rows_of):
    _, dossier = demonstration
    (controle,) = rows_of(dossier, "controle")
    kept = json.loads(controle["parametres"])
    assert kept["PLU"] == str(demo / "plu" / "200000098_PLUi_20250918.zip")
    assert kept["REGLES"] == str(demo / "regles.yaml")
    assert (kept["HORIZON"], kept["PLU_COMPLET"], kept["SOURCES"], kept["COUCHES"]) == ("2024-2035", False, "", [])


def test_plain_ogr_reads_the_dossier_and_qgis_finds_its_styles(demonstration, qgis_app):
    from qgis.core import QgsVectorLayer

    _, dossier = demonstration
    dataset = ogr.Open(str(dossier))
    assert dataset.GetLayerByName("zones").GetFeatureCount() == 364
    assert dataset.GetLayerByName("ecarts").GetSpatialRef().GetAuthorityCode(None) == "2154"
    layer = QgsVectorLayer(f"{dossier}|layername=ecarts", "écarts")
    assert layer.isValid() and layer.featureCount() > 0
    assert layer.renderer().type() != "singleSymbol"


def test_the_exit_code_fails_on_demand_after_the_dossier_is_written(qgis_process, commune, tmp_path, rows_of):
    dossier = tmp_path / "avis d'été.gpkg"
    given = {"PLU": commune.zoning, "REGLES": commune.rules, "DOSSIER": dossier}
    outcome = qgis_process("controler_plu", code=1, ECHOUER_SI="ecart_marque", **given)
    assert "Échec demandé par ECHOUER_SI (écart marqué : 2). Le dossier est écrit" in outcome.stderr
    assert "Traceback" not in outcome.text
    assert [row["etat"] for row in rows_of(dossier, "constats")].count("ecart_marque") == 2
    dossier.unlink()
    outcome = qgis_process("controler_plu", code=1, ECHOUER_SI=2, **given)
    assert "non évalué : 1" in outcome.stderr
    assert dossier.exists()


@pytest.mark.parametrize("choice, fails", [
    ("jamais", False), (0, False), ("0", False), (None, False), ("ecart_marque", True), ("1", True),
    ("non_evalue", True), (2, True),
])  # fmt: skip
def test_failing_by_name_or_by_rank(process, commune, tmp_path, choice, fails):
    dossier = tmp_path / "d.gpkg"
    given = {} if choice is None else {"ECHOUER_SI": choice}
    run = process("controler_plu", PLU=commune.archive, REGLES=commune.rules, DOSSIER=dossier, **given)
    assert bool(run.failure) == fails
    assert dossier.exists()


def test_nothing_fails_without_the_state_asked_for(process, commune, tmp_path):
    """Confirming the absent layers turns the non évalué into an answer: `non_evalue` no longer fails the run."""
    run = process(
        "controler_plu", PLU=commune.archive, REGLES=commune.rules, DOSSIER=tmp_path / "d.gpkg", PLU_COMPLET=True,
        ECHOUER_SI="non_evalue",
    )  # fmt: skip
    assert not run.failure
    assert run.results["NB_NON_EVALUES"] == 0


def test_absent_layers_confirmed_by_the_user(process, commune, tmp_path, rows_of):
    def control(complete):
        dossier = tmp_path / "d.gpkg"
        process("controler_plu", PLU=commune.archive, REGLES=commune.rules, DOSSIER=dossier, PLU_COMPLET=complete)
        etats = {row["prescription"]: row["etat"] for row in rows_of(dossier, "constats")}
        limits = {row["couche"]: row["limites"] for row in rows_of(dossier, "sources")}
        return etats, limits, json.loads(rows_of(dossier, "controle")[0]["parametres"])["PLU_COMPLET"]

    etats, limits, kept = control(False)
    assert etats == {"P1": "ecart_marque", "P2": "non_evalue", "P3": "ecart_marque", "P4": "a_apprecier"}
    assert "PRESCRIPTION_SURF" not in limits and not kept
    etats, limits, kept = control(True)
    assert etats["P2"] == "ecart_marque"
    assert limits["PRESCRIPTION_SURF"] == "Couche absente ; l'utilisateur a confirmé que ce PLU n'en comporte pas."
    assert kept


def test_running_again_keeps_the_appraisals(process, commune, tmp_path, rows_of):
    dossier = tmp_path / "avis d'été.gpkg"
    given = {"PLU": commune.archive, "REGLES": commune.rules, "DOSSIER": dossier}
    assert not process("controler_plu", **given).failure
    first = rows_of(dossier, "controle")[0]["id"]
    key = rows_of(dossier, "ecarts")[0]["cle"]
    with closing(sqlite3.connect(dossier)) as connection, connection:
        connection.execute(
            "INSERT INTO appreciations (cle, decision, motif, auteur) VALUES (?, 'nuance', 'bâti, l''été', 'É. N.')",
            (key,),
        )
    assert not process("controler_plu", **given).failure
    (kept,) = rows_of(dossier, "appreciations")
    assert (kept["cle"], kept["decision"], kept["motif"]) == (key, "nuance", "bâti, l'été")
    assert key in [row["cle"] for row in rows_of(dossier, "ecarts")]  # the decision still applies
    assert rows_of(dossier, "controle")[0]["id"] != first


# --- failures: one sentence, exit code 1, no traceback ---------------------------------------------------------------


def test_failures_seen_from_the_command_line(qgis_process, commune, shared_data, tmp_path):
    carte = shared_data / "validator" / "19182_CC_20150517"
    outcome = qgis_process("controler_plu", code=1, PLU=carte, REGLES=commune.rules, DOSSIER=tmp_path / "d.gpkg")
    assert "carte communale" in outcome.stderr
    assert "Traceback" not in outcome.text
    source = "réservoirs absents.gpkg|layername=corridors"
    outcome = qgis_process(
        "controler_plu", code=1, PLU=commune.archive, REGLES=commune.rules, COUCHES=source, DOSSIER=tmp_path / "d.gpkg"
    )
    assert f"COUCHES : « {source} » n'est pas une couche ni une table lisible" in outcome.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("changed, said", [
    ({"PLU": "/rien/de l'été.zip"}, "« /rien/de l'été.zip » n'existe pas"),
    ({"REGLES": "/rien/règles.yaml"}, "le fichier de règles n'existe pas"),
    ({"HORIZON": "bientôt"}, "Horizon « bientôt » : deux années sont attendues, par exemple 2024-2035"),
    ({"HORIZON": "2035-2024"}, "deux années sont attendues"),
    ({"DOSSIER": "avis.shp"}, "doit finir par .gpkg"),
    ({"DOSSIER": "n'existe pas/avis.gpkg"}, "n'existe pas : créez-le"),
    ({"SOURCES": "corridor=x.gpkg"}, "vouliez-vous « corridors » ?"),
    ({"SOURCES": "corridors x.gpkg"}, "ligne 1 : « corridors x.gpkg » n'est pas de la forme couche=source"),
    ({"SOURCES": "corridors=a.gpkg\ncorridors=b.gpkg"}, "ligne 2 : « corridors » a déjà une source"),
    ({"CRS_DEFAUT": "EPSG:0"}, "CRS_DEFAUT"),
    ({"ECHOUER_SI": "toujours"}, "ECHOUER_SI"),
    ({"PLU": ""}, "PLU"),
])  # fmt: skip
def test_a_failure_is_a_sentence_and_writes_nothing(process, commune, tmp_path, changed, said):
    given = {"PLU": commune.archive, "REGLES": commune.rules, "DOSSIER": "avis.gpkg", **changed}
    given["DOSSIER"] = str(tmp_path / given["DOSSIER"])
    run = process("controler_plu", **given)
    assert said in run.failure
    assert "Traceback" not in run.failure
    assert list(tmp_path.iterdir()) == []


def test_a_file_of_someone_else_is_never_replaced(process, commune, tmp_path):
    stranger = tmp_path / "carte de l'été.gpkg"
    stranger.write_bytes((commune.folder / "couches du SCoT" / "réservoirs & corridors.gpkg").read_bytes())
    before = stranger.read_bytes()
    run = process("controler_plu", PLU=commune.archive, REGLES=commune.rules, DOSSIER=stranger)
    assert "existe déjà et n'est pas un dossier de Compatibilité SCoT" in run.failure
    assert stranger.read_bytes() == before


def test_a_place_where_nothing_can_be_written(process, commune):
    """/proc refuses everybody, the superuser included, whatever os.access says."""
    run = process("controler_plu", PLU=commune.archive, REGLES=commune.rules, DOSSIER="/proc/avis d'été.gpkg")
    assert "avis d'été.gpkg" in run.failure and "/proc" in run.failure
    assert "Traceback" not in run.failure and "Erreur interne" not in run.failure


def test_an_unforeseen_crash_is_a_sentence_too(process, commune, tmp_path, monkeypatch):
    from scot_compat.processing_provider import controls

    def crash(*given):
        raise KeyError("l'été")

    monkeypatch.setattr(controls, "control", crash)
    run = process("controler_plu", PLU=commune.archive, REGLES=commune.rules, DOSSIER=tmp_path / "d.gpkg")
    assert 'Erreur interne : KeyError : "l\'été" (test_controler_plu.py, ligne ' in run.failure
    assert "Traceback" not in run.failure
