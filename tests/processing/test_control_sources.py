"""Where a control finds the PLU, the SCoT's layers and the PLU's own tables, and what prevails over what."""

from __future__ import annotations

import json
import os
import shutil

import pytest

#: beyond the AUc zone: replaces the declared corridors, which cover half of it
ELSEWHERE = [{"NOM": "Corridor d'à côté", "box": (100, 0, 300, 100)}]
#: covers the whole AUc zone
EVERYWHERE = [{"NOM": "Grand corridor", "box": (0, 0, 100, 100)}]


@pytest.fixture
def control(process, commune, tmp_path, rows_of):
    """Function `(**changed) -> (run, measure by prescription, rows of sources)`."""

    def run(**changed):
        dossier = tmp_path / "résultat de l'été.gpkg"
        given = {"PLU": commune.archive, "REGLES": commune.rules, "DOSSIER": dossier, **changed}
        done = process("controler_plu", **given)
        assert not done.failure, done.failure
        measures = {row["prescription"]: row["mesure"] for row in rows_of(dossier, "constats")}
        return done, measures, {row["couche"]: row for row in rows_of(dossier, "sources")}

    return run


# --- the PLU ---------------------------------------------------------------------------------------------------------


def test_every_way_of_giving_the_same_plu(control, commune, tmp_path, write_layer):
    zipped = shutil.make_archive(str(commune.folder / "PLU de l'été"), "zip", commune.folder, commune.archive.name)
    gpkg = commune.folder / "zonage d'été.gpkg"
    rows = [
        {"LIBELLE": "1AUé", "TYPEZONE": "AUc", "box": (0, 0, 100, 100)},
        {"LIBELLE": "N", "TYPEZONE": "N", "box": (100, 0, 300, 100)},
    ]
    write_layer(gpkg, "ZONE_URBA", rows)
    ways = [
        commune.archive,
        zipped,
        gpkg,
        commune.zoning,
        commune.zoning.with_suffix(".dbf"),
        commune.archive / "notice.xml",
        commune.archive / "Donnees_geographiques",
        f'"{commune.archive}"',  # as pasted from a file explorer
    ]
    for plu in ways:
        _, measures, sources = control(PLU=str(plu))
        # 5 000 m² of the AUc zone in the corridor; 15 dwellings on 1 ha, from `complements` beside the archive
        assert (measures["P1"], measures["P3"]) == (pytest.approx(5000), pytest.approx(15)), plu
        assert sources["programme"]["chemin"].endswith("complements/programme d'habitat.csv")


def test_complements_inside_the_archive_come_first(control, commune, tmp_path):
    archive = tmp_path / "18001_PLU_20250101"
    shutil.copytree(commune.archive, archive)
    for place, dwellings in ((archive / "complements", 30), (tmp_path / "complements", 10)):
        place.mkdir()
        (place / "programme d'habitat.csv").write_text(f"LIBELLE;LOGEMENTS\n1AUé;{dwellings}\n", encoding="utf-8")
    assert control(PLU=archive)[1]["P3"] == pytest.approx(30)
    zoning = archive / "Donnees_geographiques" / "18001_ZONE_URBA_20250101.shp"
    assert control(PLU=zoning)[1]["P3"] == pytest.approx(30)


def test_a_missing_complement_is_said(control, commune, tmp_path, rows_of):
    archive = tmp_path / "18001_PLU_20250101"
    shutil.copytree(commune.archive, archive)
    run, measures, sources = control(PLU=archive)
    assert measures["P3"] is None
    assert sources["programme"]["limites"].startswith("Absente : « programme d'habitat.csv » introuvable dans ")
    assert "Absente : programme (« programme d'habitat.csv » introuvable" in run.said


def test_a_layer_without_projection(control, commune, tmp_path, process, write_layer):
    for one in commune.zoning.parent.iterdir():
        if one.suffix != ".prj":
            shutil.copy(one, tmp_path / f"ZONE_URBA{one.suffix}")
    plu = tmp_path / "ZONE_URBA.shp"
    refused = process("controler_plu", PLU=plu, REGLES=commune.rules, DOSSIER=tmp_path / "d.gpkg")
    assert "CRS_DEFAUT" in refused.failure
    _, measures, sources = control(PLU=plu, CRS_DEFAUT="EPSG:2154")
    assert measures["P1"] == pytest.approx(5000)
    assert "EPSG:2154 supposé" in sources["ZONE_URBA"]["limites"]


# --- the SCoT's layers -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name, layer", [("autre fichier d'été.gpkg", "corridors"), ("Corridors.geojson", "")])
def test_a_layer_given_at_the_run_replaces_the_declared_source(control, tmp_path, write_layer, name, layer):
    """Recognised by `layername=`, else by its own name, whatever the case."""
    path = write_layer(tmp_path / "été" / name, layer or "corridors", ELSEWHERE)
    given = f"{path}|layername={layer}" if layer else str(path)
    _, measures, sources = control(COUCHES=[given])
    assert measures["P1"] == 0
    assert sources["corridors"]["chemin"].startswith(str(path))


def test_sources_prevail_over_layers_which_prevail_over_the_rules(control, tmp_path, write_layer):
    elsewhere = write_layer(tmp_path / "a" / "x.gpkg", "corridors", ELSEWHERE)
    everywhere = write_layer(tmp_path / "b" / "été.gpkg", "grands corridors", EVERYWHERE)
    table = tmp_path / "autre programme.csv"
    table.write_text("LIBELLE;LOGEMENTS\n1AUé;42\n", encoding="utf-8")
    couches = [f"{elsewhere}|layername=corridors"]
    lines = ["# sources de l'été", "", f'corridors = "{everywhere}|layername=grands corridors"', f"programme={table}"]
    assert control()[1]["P1"] == pytest.approx(5000)
    assert control(COUCHES=couches)[1]["P1"] == 0
    _, measures, sources = control(COUCHES=couches, SOURCES="\n".join(lines))
    assert (measures["P1"], measures["P3"]) == (pytest.approx(10000), pytest.approx(42))
    assert sources["corridors"]["nom"] == "grands corridors"


def test_a_table_given_as_a_layer(control, tmp_path):
    table = tmp_path / "programme.csv"
    table.write_text("LIBELLE;LOGEMENTS\n1AUé;21\n", encoding="utf-8")
    assert control(COUCHES=[str(table)])[1]["P3"] == pytest.approx(21)


def test_relative_sources_are_kept_complete(control, tmp_path, monkeypatch, write_layer, rows_of):
    write_layer(tmp_path / "x.gpkg", "corridors", ELSEWHERE)
    monkeypatch.chdir(tmp_path)
    _, measures, _ = control(SOURCES="corridors=x.gpkg")
    assert measures["P1"] == 0
    kept = json.loads(rows_of(tmp_path / "résultat de l'été.gpkg", "controle")[0]["parametres"])
    assert kept["SOURCES"] == f"corridors={os.path.join(tmp_path, 'x.gpkg')}"


def test_a_layer_that_the_rules_do_not_know(process, commune, tmp_path, write_layer):
    path = write_layer(tmp_path / "zones humides.gpkg", "zones_humides", EVERYWHERE)
    run = process(
        "controler_plu", PLU=commune.archive, REGLES=commune.rules, DOSSIER=tmp_path / "d.gpkg", COUCHES=[str(path)]
    )
    assert "Couches données sans nom correspondant dans le fichier de règles : zones humides" in run.failure
    assert "Noms attendus : corridors, programme" in run.failure
    assert not (tmp_path / "d.gpkg").exists()


def test_two_layers_of_one_name(process, commune, tmp_path, write_layer):
    paths = [write_layer(tmp_path / folder / "corridors.gpkg", "corridors", EVERYWHERE) for folder in "ab"]
    run = process(
        "controler_plu", PLU=commune.archive, REGLES=commune.rules, DOSSIER=tmp_path / "d.gpkg", COUCHES=paths
    )
    assert "Deux couches données portent le nom « corridors »" in run.failure


def test_an_unreadable_source_leaves_the_rest_evaluated(control, tmp_path):
    run, measures, sources = control(SOURCES=f"corridors={tmp_path / 'perdu.gpkg'}")
    assert measures["P1"] is None and measures["P3"] == pytest.approx(15)
    assert "perdu.gpkg » n'existe pas" in sources["corridors"]["limites"]
    assert run.results["NB_NON_EVALUES"] == 2


# --- in one line, by text --------------------------------------------------------------------------------------------


@pytest.fixture
def rules(commune):
    from scot_compat.checks.registry import KINDS
    from scot_compat.rules.loader import load

    return load(commune.rules, KINDS)


@pytest.mark.parametrize("source", [
    "postgres://dbname='sig' host=localhost table=\"public\".\"corridors\" (geom)",
    "postgres:dbname='sig' table=\"public\".\"programme\"",
    "WFS://srsname='EPSG:2154' typename='a=b' url='http://127.0.0.1/?x=1'",
])  # fmt: skip
def test_an_address_of_database_stays_as_written(rules, source):
    from scot_compat.gis.roles import parse_sources

    assert parse_sources(f"corridors={source}", rules) == {"corridors": source}
