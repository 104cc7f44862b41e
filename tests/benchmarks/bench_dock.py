"""The dock with a hundred thousand answers, and how long the interface stays silent while a large control runs."""

from __future__ import annotations

import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import Callable

import large
from bench_control import make
from interface import Interface
from large import CONSTATS_COUNT
from qgis.core import QgsApplication, QgsProject
from qgis.PyQt.QtCore import QEventLoop, Qt, QTimer
from qgis.PyQt.QtWidgets import QApplication
from run import Measured, Row, in_turn
from scot_compat.checks.base import Etat
from scot_compat.gis.control import Request, control
from scot_compat.gis.task import Work
from scot_compat.ui.dock import ScotDock
from scot_compat.ui.results.nodes import Node
from scot_compat.ui.results.view import ResultsView

BEAT = 10  # ms
#: how long the interface is listened to after each gesture, and how long at most for a dossier, ms
_CALM, _PATIENCE = 600, 60_000


def large_dossier() -> list[Row]:
    """The real dock on a dossier of 100 000 constats and 50 000 écarts: from the question to the first écart outlined
    on the map, then every gesture, with the longest silence of the interface meanwhile."""
    application = QgsApplication([], True)
    application.initQgis()
    iface = Interface()
    iface.window.resize(1400, 900)
    iface.window.show()
    rows = []
    with tempfile.TemporaryDirectory() as name:
        path = large.write(Path(name) / "dossier.gpkg")
        dock = ScotDock(iface)
        iface.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, dock)
        _listen(_CALM)
        rows += _opened(dock, path, "ouvert")
        view = dock.view
        rows += [_gesture(f"dossier de 100 000 : {what}", call) for what, call in _gestures(dock, view)]
        rows += _opened(dock, path, "ouvert à la place d'un autre")
        dock.close_all()
        QgsProject.instance().clear()
    application.exitQgis()
    return rows


def _opened(dock: ScotDock, path: Path, what: str) -> list[Row]:
    heart, loop, start = Heart(), QEventLoop(), time.perf_counter()
    shown: list[float] = []
    filled = dock.view.model.modelReset.connect(lambda: shown.append(time.perf_counter() - start))
    dock.opened.connect(loop.quit)
    QTimer.singleShot(_PATIENCE, loop.quit)
    dock.open_dossier(path)
    loop.exec()
    on_map = time.perf_counter() - start
    _listen(_CALM)
    dock.view.model.modelReset.disconnect(filled)
    dock.opened.disconnect(loop.quit)
    return [
        _row(f"dossier de 100 000 : {what}, lu et montré", shown[-1]),
        _row(f"dossier de 100 000 : {what}, couches sur la carte", on_map),
        replace(_row(f"interface : plus long silence, dossier {what}", heart.longest), note=heart.note),
    ]


def _gestures(dock: ScotDock, view: ResultsView) -> list[tuple[str, Callable[[], object]]]:
    def typed(text: str) -> Callable[[], object]:
        def type_() -> None:
            view.search.setText(text)
            view.filters._changed()  # without waiting for the next letter

        return type_

    crowded = next(holder for holder in view.model.answers.holders if holder.count >= CONSTATS_COUNT // 5)
    filters = view.filters
    return [
        ("filtre par un mot que tout contient", typed("ecœuvre")),
        ("filtre par trois mots", typed("densité ecœuvre demande")),
        ("filtre par un mot rare", typed("1auh-42")),
        ("filtre par texte enlevé", typed("")),
        ("filtre par état", lambda: view.states.choose([Etat.ECART_MARQUE])),
        ("filtre par deux communes de plus", lambda: filters.communes.choose(["62003", "62009"])),
        ("écart suivant, filtré", view.step),
        ("filtre à traiter de plus", lambda: filters.to_do.setChecked(True)),
        ("tout afficher", filters.everything.click),
        ("filtre sur la carte, demandé", lambda: filters.on_map.setChecked(True)),
        ("tout afficher encore", filters.everything.click),
        ("prescription de 20 000 constats choisie", lambda: _choose(view, crowded)),
        ("cette prescription dépliée", lambda: view.tree.expand(view.model.index_of(crowded))),
        ("sa tranche de 1 000 dépliée", lambda: view.tree.expand(view.model.index_of(crowded.shown[5]))),
        ("objectif choisi", lambda: _choose(view, crowded.parent)),
        ("constat choisi, écart entouré", lambda: _choose(view, view.model.find(60_000))),
        ("écart suivant", view.step),
        ("écart précédent", lambda: view.step(False)),
        ("écart désigné sur la carte", lambda: view.select_ecart(80_000, "e40000")),
        ("onglet de synthèse", lambda: dock.tabs.setCurrentIndex(0)),
        ("onglet des constats", lambda: dock.tabs.setCurrentIndex(1)),
    ]


def _choose(view: ResultsView, node: Node) -> None:
    view.tree.setCurrentIndex(view.model.index_of(node))


def _gesture(what: str, call: Callable[[], object]) -> Row:
    """Its time, what it draws at once included; in the note, the longest silence until the map is drawn."""
    heart, start = Heart(), time.perf_counter()
    call()
    QApplication.sendPostedEvents()
    took = time.perf_counter() - start
    _listen(_CALM)
    return replace(_row(what, took), note=heart.note)


def silence() -> list[Row]:
    """The longest silence of the interface (a beat every 10 ms) while a control of 20 000 zones runs."""
    application = QgsApplication([], True)
    application.initQgis()
    rows = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        make(folder)
        request = Request(plu=folder / "ZONE_URBA.gpkg", regles=folder / "regles.yaml", dossier=folder / "dossier.gpkg")
        heart = Heart()
        _wait(Work("contrôle", lambda progress: control(request, progress)))
        row = _row("interface : plus long silence, contrôle de 20 000 zones", heart.longest)
        rows.append(replace(row, note=heart.note))
    application.exitQgis()
    return rows


class Heart:
    """Beats in the thread of the interface; `longest` is the longest silence between two beats, s; `busiest`: the most
    that this thread computed between two beats, which does not depend on what else the machine does."""

    def __init__(self) -> None:
        self.longest, self._last = 0.0, time.perf_counter()
        self.busiest, self._spent = 0.0, time.thread_time()
        self._timer = QTimer(interval=BEAT)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self.beat)
        self._timer.start()

    def beat(self) -> None:
        now = time.perf_counter()
        spent = time.thread_time()
        self.longest, self._last = max(self.longest, now - self._last - BEAT / 1000), now
        self.busiest, self._spent = max(self.busiest, spent - self._spent), spent

    @property
    def note(self) -> str:
        return f"silence {1000 * self.longest:.0f} ms, dont {1000 * self.busiest:.0f} de calcul"


def _wait(work: Work):
    """What the work gives; the interface lives meanwhile."""
    loop, out = QEventLoop(), []
    work.done.connect(out.append)
    for end in (work.taskCompleted, work.taskTerminated):
        end.connect(loop.quit)
    QgsApplication.taskManager().addTask(work)
    loop.exec()
    return out[0]


def _listen(for_ms: int) -> None:
    loop = QEventLoop()
    QTimer.singleShot(for_ms, loop.quit)
    loop.exec()


def _row(what: str, seconds: float) -> Row:
    [row] = in_turn([Measured(what, lambda: None)], runs=1)
    return Row(what, seconds, seconds, row.memory_mb)


ROWS = (large_dossier, silence)
