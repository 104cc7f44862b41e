"""`scotcompat:comparer_dossiers`: two controls of the small PLU; the AUc zone loses 10 m on its east side.

Before, the corridor (50 to 150 m) covers 50 x 100 m of it and 15 dwellings on 1 ha make 15 logt/ha; after, 40 x 100 m
and 15 / 0.9 = 16.67 logt/ha. The other zones have no departure.
"""

from __future__ import annotations

import shutil

import pytest


@pytest.fixture(scope="module")
def two(provider, commune, write_layer, tmp_path_factory):
    """Function `() -> (before, after)`: fresh copies of the two dossiers."""
    import processing

    made = tmp_path_factory.mktemp("dossiers")
    shutil.copytree(commune.folder / "complements", made / "complements")
    smaller = [
        {"LIBELLE": "1AUé", "TYPEZONE": "AUc", "box": (0, 0, 90, 100)},
        {"LIBELLE": "N", "TYPEZONE": "N", "box": (90, 0, 300, 100)},
        {"LIBELLE": "UA", "TYPEZONE": "U", "box": (0, 100, 300, 200)},
    ]
    later = write_layer(made / "zonage d'après.gpkg", "ZONE_URBA", smaller)
    for name, plu in (("avant l'été", commune.archive), ("après l'été", later)):
        given = {"PLU": str(plu), "REGLES": str(commune.rules), "DOSSIER": str(made / f"{name}.gpkg")}
        processing.run("scotcompat:controler_plu", given)

    def copies():
        place = tmp_path_factory.mktemp("copies de l'été")
        return [shutil.copy(made / f"{name}.gpkg", place) for name in ("avant l'été", "après l'été")]

    return copies


@pytest.fixture
def decided():
    """Function `(dossier, *prescriptions)`: their écarts are retained by Zoé, as the dock would write it."""
    from pathlib import Path

    from scot_compat.gis.dossier_results import DossierResults
    from scot_compat.gis.instruction.decisions import Decision, Subject, Verdict

    def decide(dossier, *prescriptions):
        results = DossierResults(Path(dossier))
        chosen = {constat.id for constat in results.constats if constat.prescription in prescriptions}
        rows = [ecart for constat in chosen for ecart in results.ecarts[constat]]
        results.notebook.claim()
        results.notebook.decide(
            [Subject.of_ecart(row) for row in rows], Verdict(Decision.RETENU, "Corridor d'intérêt."), "Zoé"
        )
        results.notebook.close()

    return decide


def test_each_departure_has_its_line_before_and_after(process, two, tmp_path, rows_of):
    before, after = two()
    target = tmp_path / "suivi de l'été.gpkg"
    run = process("comparer_dossiers", AVANT=before, APRES=after, SORTIE=target)
    assert not run.failure
    counts = [run.results[f"NB_{name}"] for name in ("NOUVEAUX", "DISPARUS", "MODIFIES", "MAINTENUS")]
    assert counts == [0, 0, 2, 0] and run.results["NB_A_REVOIR"] == run.results["NB_REPRISES"] == 0
    rows = {row["prescription"]: row for row in rows_of(target, "ecarts_compares")}
    assert {(row["statut"], row["libelle_avant"], row["libelle_apres"]) for row in rows.values()} == {
        ("modifie", "1AUé", "1AUé")
    }
    corridor, density = rows["P1"], rows["P3"]
    assert (corridor["surface_avant_m2"], corridor["surface_apres_m2"]) == pytest.approx((5000, 4000))
    assert (density["mesure_avant"], density["mesure_apres"]) == pytest.approx((15, 15 / 0.9))
    assert density["unite"] == "logt/ha" and density["lien"] == "redessine"
    assert "mesure : 15 logements par hectare → 16,67 logements par hectare" in density["differences"]
    assert run.results["ECARTS"] == f"{target}|layername=ecarts_compares"


def test_the_layers_are_drawn_and_styled_as_they_are_now(process, two, tmp_path):
    from qgis.core import QgsVectorLayer

    before, after = two()
    target = tmp_path / "suivi.gpkg"
    process("comparer_dossiers", AVANT=before, APRES=after, SORTIE=target)
    layer = QgsVectorLayer(f"{target}|layername=ecarts_compares", "x", "ogr")
    (corridor,) = layer.getFeatures("\"prescription\" = 'P1'")
    assert corridor.geometry().area() == pytest.approx(4000)
    layer.loadDefaultStyle()
    assert [one.label() for one in layer.renderer().categories()] == [
        "Nouveau", "Disparu", "Modifié", "Maintenu", "Non comparable",
    ]  # fmt: skip


def test_appraisals_are_carried_once_and_those_to_read_again_listed(process, two, tmp_path, rows_of, decided):
    before, after = two()
    decided(before, "P1", "P3")
    for carried in (2, 0):
        run = process("comparer_dossiers", AVANT=before, APRES=after, SORTIE=tmp_path / "s.gpkg")
        assert (run.results["NB_REPRISES"], run.results["NB_A_REVOIR"]) == (carried, 2)
    rows = rows_of(after, "appreciations")
    assert [(row["auteur"], row["motif"]) for row in rows] == [("Zoé", "Corridor d'intérêt.")] * 2
    assert all(row["origine"].startswith("reprise de avant l'été.gpkg (contrôle du ") for row in rows)
    assert {row["pourquoi"] for row in rows_of(tmp_path / "s.gpkg", "appreciations_a_revoir")} == {
        "L'état ou la mesure n'est plus celui de la décision."
    }
    told = {row["prescription"]: row for row in rows_of(tmp_path / "s.gpkg", "ecarts_compares")}
    assert told["P1"]["appreciation"] == "retenu" and told["P1"]["a_revoir"]


def test_without_carrying_the_newer_dossier_is_left_as_it_is(process, two, tmp_path, rows_of, decided):
    before, after = two()
    decided(before, "P1")
    run = process("comparer_dossiers", AVANT=before, APRES=after, REPRENDRE=False, SORTIE=tmp_path / "s.gpkg")
    assert run.results["NB_REPRISES"] == 0 and rows_of(after, "appreciations") == []
    assert "À reprendre : 1 appréciation" in run.said


def test_a_dossier_open_elsewhere_is_compared_and_nothing_is_carried(process, two, tmp_path, rows_of, decided):
    """The lock of another machine, just touched."""
    before, after = two()
    decided(before, "P1")
    with open(f"{after}.verrou", "w", encoding="utf-8") as lock:
        lock.write("1234\nqgis\nposte-du-bureau\n\n\n")
    run = process("comparer_dossiers", AVANT=before, APRES=after, SORTIE=tmp_path / "s.gpkg")
    assert (run.results["NB_MODIFIES"], run.results["NB_REPRISES"]) == (2, 0)
    assert "Les appréciations n'ont pas été reprises. Ce dossier est ouvert sur le poste poste-du-bureau" in run.said
    assert rows_of(after, "appreciations") == []


def test_what_is_refused_says_why(process, two, tmp_path, commune):
    before, after = two()
    free = tmp_path / "s.gpkg"
    for given, said in (
        ({"AVANT": before, "APRES": before, "SORTIE": free}, "sont le même dossier"),
        ({"AVANT": before, "APRES": tmp_path / "x.gpkg", "SORTIE": free}, "n'existe pas"),
        (
            {"AVANT": next(commune.folder.rglob("*.gpkg")), "APRES": after, "SORTIE": free},
            "n'est pas un dossier de Compatibilité SCoT",
        ),
        ({"AVANT": before, "APRES": after, "SORTIE": after}, "n'est pas une comparaison écrite par cette extension"),
    ):
        run = process("comparer_dossiers", **given)
        assert said in run.failure and "Traceback" not in run.failure, run.failure
    assert not free.exists()


def test_from_the_command_line(qgis_process, two, tmp_path, rows_of, decided):
    before, after = two()
    decided(before, "P1")
    target = tmp_path / "suivi de l'été.gpkg"
    for _ in range(2):  # the second replaces the comparison of the first
        outcome = qgis_process("comparer_dossiers", AVANT=before, APRES=after, SORTIE=target)
    assert outcome.results["NB_MODIFIES"] == 2 and outcome.results["NB_REPRISES"] == 0
    assert len(rows_of(after, "appreciations")) == 1
    assert len(rows_of(target, "comparaison")) == 1 and "Traceback" not in outcome.text


def test_cancelled_nothing_is_written_nor_carried(process, two, tmp_path, rows_of, decided):
    from qgis.core import QgsProcessingFeedback

    before, after = two()
    decided(before, "P1")
    feedback = QgsProcessingFeedback(False)
    feedback.cancel()
    run = process("comparer_dossiers", feedback, AVANT=before, APRES=after, SORTIE=tmp_path / "s.gpkg")
    assert "Traitement annulé : rien n'a été écrit." in run.failure
    assert list(tmp_path.iterdir()) == [] and rows_of(after, "appreciations") == []
