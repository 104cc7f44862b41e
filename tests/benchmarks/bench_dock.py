"""The dock with ten thousand answers, and how long the interface stays silent while a large control runs behind it."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

from bench_control import make
from qgis.core import QgsApplication, QgsGeometry, QgsProject
from qgis.gui import QgsMapCanvas
from qgis.PyQt.QtCore import QEventLoop, Qt, QTimer
from run import Measured, Row, in_turn
from scot_compat.checks.base import Etat
from scot_compat.gis.control import Request, control
from scot_compat.gis.dossier_results import DossierResults
from scot_compat.gis.instruction.notebook import Notebook
from scot_compat.gis.results import ConstatRow, ControlRow, EcartRow, PrescriptionRow, Results
from scot_compat.gis.task import Work
from scot_compat.ui.map.layers import DossierLayers
from scot_compat.ui.results.view import ResultsView

OBJECTIVES, PRESCRIPTIONS, CONSTATS, ECARTS = 50, 500, 10_000, 5_000
PER, ETATS = CONSTATS // PRESCRIPTIONS, list(Etat)
BEAT = 10  # ms


class Many(Results):
    """Answers by the thousand, on twenty territories each."""

    controle = ControlRow("PLUi du banc d'essai", scot="SCoT du banc d'essai")
    sources = ()
    notebook = Notebook()
    prescriptions = tuple(
        PrescriptionRow(f"P{n}", f"Densité des extensions, secteur n° {n}", f"{n % OBJECTIVES}. Objectif", ETATS[n % 8])
        for n in range(PRESCRIPTIONS)
    )
    constats = tuple(
        ConstatRow(n, f"c{n}", f"P{n // PER}", ETATS[n % 8], f"Écœuvres n° {n} : une phrase.", mesure=n / 7)
        for n in range(CONSTATS)
    )
    ecarts = {
        n: (EcartRow("ecarts", n, f"e{n}", n, ETATS[n % 8], f"1AUh-{n}"),)
        for n in range(0, CONSTATS, CONSTATS // ECARTS)
    }

    def geometries(self, ecarts):
        return [QgsGeometry() for _ in ecarts]


def tree() -> list[Row]:
    """Opening, filters, a step: what is drawn on screen included."""
    application = QgsApplication([], True)
    application.initQgis()
    results, view = Many(), ResultsView()
    view.resize(500, 900)
    view.show()

    def opened() -> None:
        view.show_results(results)
        view.grab()

    def filtered(text: str) -> None:
        view.search.setText(text)
        view._apply_filter()
        view.grab()

    def by_state() -> None:
        view.states.choose((Etat.ECART_MARQUE,))
        view.grab()
        view.states.clear()

    opened()
    rows = in_turn(
        [
            Measured("panneau : ouverture de l'arbre", opened, f"{CONSTATS} constats, {ECARTS} écarts"),
            Measured("panneau : filtre par un mot que tout contient", lambda: filtered("ecoeuvres")),
            Measured("panneau : filtre par un mot rare", lambda: filtered("1auh-42")),
            Measured("panneau : filtre enlevé", lambda: filtered("")),
            Measured("panneau : filtre par état, posé puis enlevé", by_state),
            Measured("panneau : écart suivant", view.step),
        ]
    )
    view.deleteLater()
    application.exitQgis()
    return rows


def silence() -> list[Row]:
    """The longest silence of the interface (a beat every 10 ms) while a control of 20 000 zones runs, then while its
    dossier is opened, its answers shown and its layers put on the map."""
    application = QgsApplication([], True)
    application.initQgis()
    view, canvas = ResultsView(), QgsMapCanvas()
    view.resize(500, 900)
    view.show()
    rows = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        make(folder)
        request = Request(plu=folder / "ZONE_URBA.gpkg", regles=folder / "regles.yaml", dossier=folder / "dossier.gpkg")
        heart = Heart()
        _wait(Work("contrôle", lambda progress: control(request, progress)))
        rows.append(_row("interface : plus long silence, contrôle de 20 000 zones", heart))
        heart = Heart()
        read = _wait(Work("dossier", lambda progress: DossierResults(request.dossier)))
        rows.append(_row("interface : plus long silence, lecture du dossier", heart))
        heart = Heart()
        view.show_results(read)
        heart.beat()
        rows.append(_row("interface : réponses montrées, d'un seul tenant", heart))
        heart, layers = Heart(), DossierLayers(canvas)
        loop = QEventLoop()
        layers.finished.connect(loop.quit)
        layers.add(request.dossier, "PLU")
        loop.exec()
        rows.append(_row("interface : plus long silence, mise sur la carte", heart))
        QgsProject.instance().clear()
    canvas.deleteLater()
    application.exitQgis()
    return rows


class Heart:
    """Beats in the thread of the interface; `longest` is the longest silence between two beats, s."""

    def __init__(self) -> None:
        self.longest, self._last = 0.0, time.perf_counter()
        self._timer = QTimer(interval=BEAT)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self.beat)
        self._timer.start()

    def beat(self) -> None:
        now = time.perf_counter()
        self.longest, self._last = max(self.longest, now - self._last - BEAT / 1000), now


def _wait(work: Work):
    """What the work gives; the interface lives meanwhile."""
    loop, out = QEventLoop(), []
    work.done.connect(out.append)
    for end in (work.taskCompleted, work.taskTerminated):
        end.connect(loop.quit)
    QgsApplication.taskManager().addTask(work)
    loop.exec()
    return out[0]


def _row(what: str, heart: Heart) -> Row:
    [row] = in_turn([Measured(what, lambda: None)], runs=1)
    return Row(what, heart.longest, heart.longest, row.memory_mb)


ROWS = (tree, silence)
