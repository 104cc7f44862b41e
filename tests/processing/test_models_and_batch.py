"""The algorithms as QGIS uses them: in a model, in a batch, in a background task, announced in the toolbox."""

from __future__ import annotations

import html
import re

import pytest

NAMES = ("controler_plu", "controler_couches", "verifier_regles", "tester_regles", "lire_plu", "comparer_dossiers")


def test_a_model_feeds_the_departures_to_another_algorithm(provider, commune, tmp_path, qgis_new_project):
    from qgis.core import (
        QgsProcessingContext,
        QgsProcessingFeedback,
        QgsProcessingModelAlgorithm,
        QgsProcessingModelChildAlgorithm,
        QgsProcessingModelChildParameterSource,
        QgsProcessingModelOutput,
        QgsProcessingModelParameter,
        QgsProcessingParameterFile,
        QgsProject,
    )

    source = QgsProcessingModelChildParameterSource
    model = QgsProcessingModelAlgorithm("Contrôle d'été", "essais")
    model.addModelParameter(
        QgsProcessingParameterFile("PLU", "PLU", QgsProcessingParameterFile.Behavior.Folder),
        QgsProcessingModelParameter("PLU"),
    )
    check = child(QgsProcessingModelChildAlgorithm, "scotcompat:verifier_regles", "verifier", {
        "REGLES": source.fromStaticValue(str(commune.rules)),
    })  # fmt: skip
    control = child(QgsProcessingModelChildAlgorithm, "scotcompat:controler_plu", "controler", {
        "PLU": source.fromModelParameter("PLU"),
        "REGLES": source.fromStaticValue(str(commune.rules)),
        "ECHOUER_SI": source.fromStaticValue("jamais"),
    })  # fmt: skip
    output(control, QgsProcessingModelOutput("avis"), "DOSSIER")
    centroids = child(QgsProcessingModelChildAlgorithm, "native:centroids", "centres", {
        "INPUT": source.fromChildOutput("controler", "ECARTS"),
    })  # fmt: skip
    output(centroids, QgsProcessingModelOutput("centres"), "OUTPUT")
    for one in (check, control, centroids):
        model.addChildAlgorithm(one)

    context, feedback = QgsProcessingContext(), QgsProcessingFeedback(False)
    context.setProject(QgsProject.instance())
    dossier = tmp_path / "avis d'été.gpkg"
    results, ok = model.run(
        {"PLU": str(commune.archive), "controler:avis": str(dossier), "centres:centres": "TEMPORARY_OUTPUT"},
        context,
        feedback,
    )
    assert ok, feedback.textLog()
    assert results["controler:avis"] == str(dossier) and dossier.exists()
    layer = context.getMapLayer(results["centres:centres"])
    assert {feature["prescription"] for feature in layer.getFeatures()} == {"P1", "P3"}


def child(kind, algorithm, name, parameters):
    made = kind(algorithm)
    made.setChildId(name)
    for parameter, source in parameters.items():
        made.addParameterSources(parameter, [source])
    return made


def output(made, model_output, name):
    model_output.setChildId(made.childId())
    model_output.setChildOutputName(name)
    made.setModelOutputs({model_output.name(): model_output})


def test_a_batch_is_not_troubled_by_a_failure(process, commune, tmp_path, shared_data):
    """What the batch window does: one run after the other, each with its own outputs."""
    plus = [commune.archive, shared_data / "validator" / "19182_CC_20150517", commune.zoning]
    runs = [
        process("controler_plu", PLU=plu, REGLES=commune.rules, DOSSIER=tmp_path / f"dossier n°{number} d'été.gpkg")
        for number, plu in enumerate(plus)
    ]
    assert [bool(run.failure) for run in runs] == [False, True, False]
    assert len(list(tmp_path.iterdir())) == 2
    assert runs[0].results["NB_ECARTS"] == runs[2].results["NB_ECARTS"] == 2


def test_temporary_outputs(process, commune):
    run = process("controler_plu", PLU=commune.archive, REGLES=commune.rules, DOSSIER="TEMPORARY_OUTPUT")
    assert run.results["DOSSIER"].endswith(".gpkg")
    run = process("lire_plu", PLU=commune.archive, SORTIE="TEMPORARY_OUTPUT")
    assert run.results["NB_ZONES"] == 3
    run = process("verifier_regles", REGLES=commune.rules, RAPPORT="TEMPORARY_OUTPUT")
    assert run.results["RAPPORT"].endswith(".html")


def test_in_a_background_task(provider, commune, tmp_path, qtbot, qgis_new_project):
    """As the toolbox runs it: prepared here, worked elsewhere; the layers of the project stay usable."""
    from qgis.core import (
        QgsApplication,
        QgsProcessingAlgRunnerTask,
        QgsProcessingContext,
        QgsProcessingFeedback,
        QgsProject,
        QgsVectorLayer,
    )

    zoning = QgsVectorLayer(str(commune.zoning), "Zonage d'été", "ogr")
    QgsProject.instance().addMapLayer(zoning)
    algorithm = QgsApplication.processingRegistry().createAlgorithmById("scotcompat:controler_couches")
    context, feedback, done = QgsProcessingContext(), QgsProcessingFeedback(False), []
    context.setProject(QgsProject.instance())
    dossier = tmp_path / "d.gpkg"
    given = {"ZONE_URBA": zoning, "REGLES": str(commune.rules), "DOSSIER": str(dossier)}
    task = QgsProcessingAlgRunnerTask(algorithm, given, context, feedback)
    task.executed.connect(lambda ok, results: done.append((ok, results)))
    QgsApplication.taskManager().addTask(task)
    qtbot.waitUntil(lambda: bool(done), timeout=30000)
    ((ok, results),) = done
    assert ok, feedback.textLog()
    assert results["NB_ECARTS"] == 2 and dossier.exists()
    assert zoning.isValid() and zoning.featureCount() == 3


@pytest.mark.parametrize("name", NAMES)
def test_help_is_in_french_with_an_example(provider, name):
    algorithm = provider.algorithm(name)
    shown = html.unescape(re.sub(r"<[^>]+>", " ", algorithm.shortHelpString()))
    assert f"Exemple : qgis_process run scotcompat:{name} " in " ".join(shown.split())
    assert len(shown) > 300 and "é" in shown
    mentioned = set(re.findall(r"--(\w+)=", shown))
    declared = {definition.name() for definition in algorithm.parameterDefinitions()}
    assert mentioned and mentioned <= declared
    for definition in algorithm.parameterDefinitions():
        assert definition.description() not in ("", definition.name())
    assert algorithm.displayName() and algorithm.shortDescription().endswith(".")
    assert not algorithm.icon().isNull()


def test_names_are_those_of_the_contract(provider):
    controls = ["DOSSIER", "ECARTS", "CONSTATS", "NB_ECARTS", "NB_A_APPRECIER", "NB_NON_EVALUES"]
    expected = {
        "controler_plu": (
            ["PLU", "REGLES", "COUCHES", "SOURCES", "HORIZON", "ECHOUER_SI", "PLU_COMPLET", "CRS_DEFAUT", "DOSSIER"],
            controls,
        ),
        "controler_couches": (
            ["ZONE_URBA", "PRESCRIPTION_SURF", "PRESCRIPTION_LIN", "PRESCRIPTION_PCT", "INFO_SURF", "INFO_LIN",
             "INFO_PCT", "REGLES", "COUCHES", "HORIZON", "PLU_COMPLET", "DOSSIER"],
            controls,
        ),
        "verifier_regles": (["REGLES", "ECHOUER", "RAPPORT"], ["NB_ERREURS", "RAPPORT"]),
        "tester_regles": (["REGLES", "ECHOUER"], ["NB_ECHECS"]),
        "comparer_dossiers": (
            ["AVANT", "APRES", "REPRENDRE", "SORTIE"],
            ["SORTIE", "ECARTS", "NB_NOUVEAUX", "NB_DISPARUS", "NB_MODIFIES", "NB_MAINTENUS", "NB_NON_COMPARABLES",
             "NB_REPRISES", "NB_A_REVOIR"],
        ),
        "lire_plu": (["PLU", "CRS_DEFAUT", "SORTIE"], ["SORTIE", "NB_ZONES", "NB_LIMITES"]),
    }  # fmt: skip
    for name, (parameters, outputs) in expected.items():
        algorithm = provider.algorithm(name)
        assert sorted(one.name() for one in algorithm.parameterDefinitions()) == sorted(parameters)
        assert sorted(one.name() for one in algorithm.outputDefinitions()) == sorted(outputs)


@pytest.mark.parametrize("name", NAMES)
def test_methods_of_qgis_are_not_hidden(provider, name):
    """`processing.run` calls `run` from Python: a method of ours by that name would be called instead."""
    from qgis.core import QgsProcessingAlgorithm

    kinds = type(provider.algorithm(name)).__mro__
    ours = {method for kind in kinds[: kinds.index(QgsProcessingAlgorithm)] for method in vars(kind)}
    assert not ours & {"run", "prepare", "runPrepared", "postProcess", "create"}
