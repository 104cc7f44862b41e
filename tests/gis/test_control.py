"""The whole control as the interface calls it: layers chosen by hand, what its log says, a cancel at any moment."""

from __future__ import annotations

import json
import time

import pytest
from qgis.core import QgsApplication, QgsVectorLayer
from scot_compat.checks.base import Etat
from scot_compat.checks.progress import Cancelled, Progress
from scot_compat.gis.choices import Choices
from scot_compat.gis.control import Request, complements, control
from scot_compat.gis.dossier_results import DossierResults
from scot_compat.gis.files.snapshots import snapshot
from scot_compat.gis.files.sources import SourceError
from scot_compat.gis.task import Work

RULES = """\
format: 1
scot: {nom: SCoT d'essai, etat: executoire}
couches:
  humides: {libelle: Zones humides, geometrie: surface, source: perdue.gpkg}
  haies: {libelle: Trame bocagère, geometrie: surface}
prescriptions:
  - id: P1
    intitule: Zones humides d'été
    objectif: 1. Essai
    nature: norme
    controle: {zones_interdites: {objets: {zones: {typezone: [U, AUc, A, N]}}, couches: [humides]}}
  - id: P2
    intitule: Haies
    objectif: 1. Essai
    nature: norme
    controle: {zones_interdites: {objets: {zones: {typezone: [U, AUc]}}, couches: [haies]}}
"""


@pytest.fixture
def asked(shared_data, tmp_path):
    """Function `(**given) -> Request` for the PLU of Saint-Saëns."""
    place = tmp_path / "règles d'été"
    place.mkdir()
    (place / "règles.yaml").write_text(RULES, encoding="utf-8")

    def make(**given):
        return Request(shared_data / "saint-saens", place / "règles.yaml", place / "Dossier d'été.gpkg", **given)

    return make


@pytest.fixture
def humid(shared_data):
    return shared_data / "saint-saens" / "tvb" / "Zoneshumides_17.geojson"


@pytest.fixture
def znieff(shared_data):
    return shared_data / "saint-saens" / "tvb" / "ZNIEFFType1_16.geojson"


def sources(done):
    return {source.couche: source for source in DossierResults(done.dossier).sources}


# -- layers chosen by hand ------------------------------------------------------------------------


def test_a_role_prevails_over_the_rules_the_text_and_the_layers(asked, humid, znieff):
    layer = QgsVectorLayer(str(znieff), "humides", "ogr")
    request = asked(couches=[snapshot(layer)], sources=f"humides={znieff}", roles={"humides": str(humid)})
    assert sources(control(request))["humides"].nom == humid.stem
    assert sources(control(asked(sources=f"humides={znieff}")))["humides"].nom == znieff.stem


def test_a_role_may_be_a_layer_with_its_filter(asked, znieff):
    layer = QgsVectorLayer(str(znieff), "Zones d'été", "ogr")
    assert layer.featureCount() == 123 and layer.setSubsetString("FID < 7")
    read = sources(control(asked(roles={"humides": snapshot(layer)})))["humides"]
    assert (read.nom, read.objets) == ("Zones d'été", 7)


def test_a_role_that_cannot_be_read_is_missing_and_said(asked, tmp_path, humid):
    """The source of the rules is not read in its place."""
    done = control(asked(sources=f"humides={humid}", roles={"humides": str(tmp_path / "perdu d'été.shp")}))
    assert "perdu d'été.shp" in done.read.absents["humides"]
    answer = DossierResults(done.dossier).prescriptions[0]
    assert answer.etat is Etat.NON_EVALUE and "perdu d'été.shp" in answer.cause
    assert "Absente" in sources(done)["humides"].limites


def test_a_role_of_other_rules_is_left_aside(asked, humid):
    """Remembered by the project, it would stop whoever runs the dossier again."""
    done = control(asked(roles={"humides": str(humid), "étangs": "/x.shp"}))
    again = Choices.of_parametres(DossierResults(done.dossier).controle.parametres, done.dossier)
    assert again.roles == {"humides": str(humid)}


def test_the_other_requests_keep_their_parameters(asked, humid):
    request = asked(roles={"humides": str(humid)}, horizon="2024-2035", complet=True)
    done = control(request)
    again = Choices.of_parametres(DossierResults(done.dossier).controle.parametres, done.dossier)
    assert (again.horizon, again.complet) == ("2024-2035", True)


@pytest.mark.parametrize("horizon, etat, seuil", [("", Etat.NON_EVALUE, None), ("2024-2035", Etat.ECART_MARQUE, 0.11)])
def test_the_horizon_multiplies_what_is_by_year(asked, horizon, etat, seuil):
    """0,01 ha by year over eleven years, for all the built zones of a town."""
    request = asked(horizon=horizon)
    with request.regles.open("a", encoding="utf-8") as rules:
        rules.write(
            "  - id: P3\n    intitule: Enveloppe\n    nature: norme\n"
            "    controle: {surface: {objets: {zones: {typezone: [U]}}, maximum: '0,01 ha/an'}}\n"
        )
    (constat,) = control(request).result.answers[2].constats
    assert constat.etat is etat and constat.seuil_max == (seuil and pytest.approx(seuil))


@pytest.mark.parametrize(
    "horizon, seuil, retenu",
    [("", 0.1, "2024-2034, lu dans la table"), ("2024-2035", 0.11, "2024-2035, indiqué au lancement")],
)
def test_the_horizon_is_read_in_the_table_unless_it_is_given(asked, horizon, seuil, retenu):
    """0,01 ha by year over the ten years of the table, or the eleven given; a run again asks the same."""
    request = asked(horizon=horizon)
    plu = control(request).plu
    (request.regles.parent / "documents.csv").write_text(
        f"IDURBA,DEBUT,FIN\n{plu.idurba},2024,2034\n", encoding="utf-8"
    )
    text = request.regles.read_text(encoding="utf-8").replace(
        "prescriptions:\n",
        "tables:\n  documents: {libelle: Documents, cle: IDURBA, source: documents.csv}\n"
        "horizon: {table: documents, debut: DEBUT, fin: FIN}\nprescriptions:\n",
    )
    text += (
        "  - id: P3\n    intitule: Enveloppe\n    nature: norme\n"
        "    controle: {surface: {objets: {zones: {typezone: [U]}}, maximum: '0,01 ha/an'}}\n"
    )
    request.regles.write_text(text, encoding="utf-8")
    done = control(request)
    (constat,) = done.result.answers[2].constats
    assert constat.seuil_max == pytest.approx(seuil)
    parametres = DossierResults(done.dossier).controle.parametres
    assert json.loads(parametres)["HORIZON_RETENU"].startswith(retenu)
    assert Choices.of_parametres(parametres, done.dossier).horizon == horizon
    assert any(line.startswith(f"Horizon du PLU : {retenu}") for line, _ in done.report)


@pytest.mark.parametrize("horizon", ["2035", "2035-2024", "2024-2024", "été", "2024-2035-2040"])
def test_an_horizon_that_is_none(asked, horizon):
    with pytest.raises(SourceError, match="Horizon"):
        control(asked(horizon=horizon))


# -- what the log says ----------------------------------------------------------------------------


def test_the_report_tells_the_plu_each_answer_and_what_is_missing(asked, humid):
    done = control(asked(roles={"humides": str(humid)}))
    lines = dict(done.report)
    said = list(lines)
    assert said[0].startswith("PLU : ") and "71 zones" in said[0] and "EPSG:2154" in said[0]
    assert said[-1] == f"Dossier : {done.dossier}"
    (missing,) = [line for line in said if line.startswith("Absente : ")]
    assert "haies" in missing and lines[missing] is True
    first, second = DossierResults(done.dossier).prescriptions
    assert first.etat.is_departure and second.etat is Etat.NON_EVALUE
    place = said.index(f"{first.etat.label} : P1 Zones humides d'été")
    assert said[place + 1] == "Non évalué : P2 Haies"  # nothing to explain in between
    assert said[place + 2].strip() == second.cause
    warned = [line for line, warning in done.report if warning]
    assert warned == [missing, *map(str, done.rules.warnings)]
    limits = [limite for source in done.plu.sources for limite in source.limites]
    assert sum(line.startswith("  Limite, ") for line in said) == len(limits) > 0


# -- where what comes with the PLU is -------------------------------------------------------------


def test_complements_beside_an_archive_or_in_its_folder(demo, tmp_path):
    (archive,) = (demo / "plu").glob("*.zip")
    assert complements(archive) == demo / "plu" / "complements"
    folder = tmp_path / "76648_PLU_20241107"
    (folder / "Donnees_geographiques").mkdir(parents=True)
    zoning = folder / "Donnees_geographiques" / "76648_ZONE_URBA_20241107.shp"
    zoning.touch()
    assert complements(folder) == folder / "complements"  # where one would be sought
    (tmp_path / "complements").mkdir()
    assert complements(folder) == complements(zoning) == tmp_path / "complements"
    (folder / "complements").mkdir()
    assert complements(folder) == complements(zoning) == folder / "complements"
    assert complements({"ZONE_URBA": f"{zoning}|layername=a"}) == folder / "complements"


@pytest.mark.parametrize(
    "plu",
    [
        {"ZONE_URBA": 'postgres://service=\'x\' table="a"."b" ' + "x" * 5000},
        {"ZONE_URBA": "memory://Polygon?uid={1}"},
        {"ZONE_URBA": "/perdu d'été/zonage.shp"},
    ],
)
def test_no_complements_for_what_is_no_file(plu):
    assert complements(plu) is None


def test_no_complements_for_a_layer_that_is_no_file():
    assert complements({"ZONE_URBA": snapshot(QgsVectorLayer("Polygon?crs=EPSG:2154", "dessin", "memory"))}) is None


# -- cancel ---------------------------------------------------------------------------------------


def steps(request):
    """Every text of a whole run, in its order."""
    texts = []
    control(request, Progress(lambda share, text: texts.append(text) if text else None))
    request.dossier.unlink()
    return texts


def test_a_cancel_at_each_step_leaves_nothing(asked, humid):
    request = asked(roles={"humides": str(humid)})
    texts = steps(request)
    assert len(texts) >= 8 and "Écriture du dossier" in texts
    for number in range(1, len(texts), 2):  # after the last text, the end may come before the question
        told = []

        def report(share, text, told=told):
            told.extend([text] if text else [])

        with pytest.raises(Cancelled):
            control(request, Progress(report, lambda told=told, number=number: len(told) >= number))
        assert [path.name for path in request.dossier.parent.iterdir()] == ["règles.yaml"], told[-1]


@pytest.mark.parametrize("at", [0.0, 0.3, 0.45, 0.7])
def test_a_cancel_in_the_background_is_heard_soon(qgis_app, qtbot, asked, humid, at):
    """Half a second is asked for; a slow machine has two."""
    request = asked(roles={"humides": str(humid)})
    work = Work("Essai", lambda progress: control(request, progress))
    shares, ends = [], []
    work.told.connect(lambda share, text: shares.append(share))
    work.done.connect(lambda value: ends.append("done"))
    work.failed.connect(ends.append)
    work.cancelled.connect(lambda: ends.append("cancelled"))
    QgsApplication.taskManager().addTask(work)
    qtbot.waitUntil(lambda: bool(ends) or any(share >= at for share in shares), timeout=60_000)
    if not ends:
        asked_at = time.monotonic()
        work.cancel()
        qtbot.waitUntil(lambda: bool(ends), timeout=60_000)
        assert time.monotonic() - asked_at < 2.0
    assert ends in (["cancelled"], ["done"])
    assert request.dossier.exists() == (ends == ["done"])
