"""Work in the background: told once, in the thread of the interface, whatever happens in the other one."""

from __future__ import annotations

import gc
import time
import weakref

import pytest
from qgis.core import QgsApplication, QgsTask
from qgis.PyQt.QtCore import QCoreApplication, QEvent, QThread, QThreadPool
from scot_compat.checks.progress import Cancelled
from scot_compat.gis.task import Work

#: ms before a test gives up: a slow machine is not a failing test
PATIENCE = 20_000


class Heard:
    """What a piece of work told, with the thread in which it was told."""

    def __init__(self, work: Work) -> None:
        self.told, self.ends, self.threads = [], [], []
        work.told.connect(lambda share, text: self._hear(self.told, (share, text)))
        work.done.connect(lambda value: self._hear(self.ends, ("done", value)))
        work.failed.connect(lambda failure: self._hear(self.ends, ("failed", failure)))
        work.cancelled.connect(lambda: self._hear(self.ends, ("cancelled", None)))

    def _hear(self, kept, what):
        kept.append(what)
        self.threads.append(QThread.currentThread())


def until_cancelled(progress):
    """A task that never ends would keep the process of the tests alive."""
    end = time.monotonic() + PATIENCE / 1000
    while time.monotonic() < end:
        progress.step(0.5)


@pytest.fixture
def run(qgis_app, qtbot):
    """Function `(work, cancel=None) -> Heard`: run to its end; `cancel(work, heard)` says when to cancel it."""

    def start(task, cancel=None):
        work = Work("Essai", task)
        heard = Heard(work)
        QgsApplication.taskManager().addTask(work)
        if cancel is not None:
            qtbot.waitUntil(lambda: bool(cancel(heard)), timeout=PATIENCE)
            work.cancel()
        qtbot.waitUntil(lambda: bool(heard.ends), timeout=PATIENCE)
        qtbot.wait(100)  # a second end would come now
        assert set(heard.threads) == {qgis_app.thread()}
        return heard

    return start


def test_the_value_is_told_once_in_the_thread_of_the_interface(run, qgis_app):
    threads = []

    def task(progress):
        threads.append(QThread.currentThread())
        return {"été": 3}

    assert run(task).ends == [("done", {"été": 3})]
    assert threads and qgis_app.thread() not in threads


def test_nothing_is_a_value_too(run):
    assert run(lambda progress: None).ends == [("done", None)]


def test_progress_comes_as_a_share_and_a_text(run):
    def task(progress):
        progress.step(0.25, "Lecture de l'été")
        progress.span(0.5, 1.0).step(0.5, "Écriture")

    assert run(task).told == [(0.25, "Lecture de l'été"), (0.75, "Écriture")]


@pytest.mark.parametrize(
    "failure",
    [
        ValueError("valeur d'été"),
        MemoryError(),
        RecursionError(),
        KeyboardInterrupt(),
        SystemExit(3),
        GeneratorExit(),
        StopIteration(),
        type("Étrange", (BaseException,), {})("?"),
    ],
    ids=lambda failure: type(failure).__name__,
)
def test_no_exception_leaves_the_work(run, failure):
    """One that left `run` would abort QGIS."""

    def task(progress):
        raise failure

    assert run(task).ends == [("failed", failure)]


def test_a_cancel_is_heard_by_what_asks_for_it(run):
    def task(progress):
        progress.step(0.0, "Début")
        until_cancelled(progress)

    heard = run(task, cancel=lambda heard: heard.told)
    assert heard.ends == [("cancelled", None)]


def test_cancelled_in_its_queue_it_waits_for_its_turn_and_does_nothing(qgis_app, qtbot):
    """QGIS 3.22 was seen to crash: it takes down a queued task that is cancelled, which a thread was about to start."""
    manager, called, release = QgsApplication.taskManager(), [], []
    deadline = time.monotonic() + PATIENCE / 1000

    def busy(progress):
        while not release and time.monotonic() < deadline:
            time.sleep(0.005)

    before = [Work("Occupé", busy) for _ in range(QThreadPool.globalInstance().maxThreadCount() + 8)]
    for work in before:
        manager.addTask(work)
    late = Work("En attente", lambda progress: called.append(True))
    heard = Heard(late)
    manager.addTask(late)
    late.cancel()
    qtbot.wait(50)
    assert late.status() == QgsTask.TaskStatus.Queued and heard.ends == []
    release.append(True)
    qtbot.waitUntil(lambda: bool(heard.ends), timeout=PATIENCE)
    assert heard.ends == [("cancelled", None)] and called == []
    qtbot.waitUntil(lambda: manager.countActiveTasks() == 0, timeout=PATIENCE)


def test_cancelled_by_itself(run):
    def task(progress):
        raise Cancelled()

    assert run(task).ends == [("cancelled", None)]


def test_a_failure_after_a_cancel_is_a_failure(run):
    """What went wrong while stopping is not hidden."""

    def task(progress):
        progress.step(0.0, "Début")
        try:
            until_cancelled(progress)
        except Cancelled:
            raise OSError("disque plein") from None

    ((kind, failure),) = run(task, cancel=lambda heard: heard.told).ends
    assert (kind, str(failure)) == ("failed", "disque plein")


def test_work_done_before_it_hears_the_cancel_is_done(run):
    """The dossier is written: to say that nothing was would be false."""

    def task(progress):
        progress.step(0.0, "Début")
        time.sleep(0.5)
        return "écrit"

    assert run(task, cancel=lambda heard: heard.told).ends == [("done", "écrit")]


def test_cancelled_before_it_starts(qgis_app, qtbot):
    begun = []
    work = Work("Essai", begun.append)
    work.hold()  # as when every thread is busy
    heard = Heard(work)
    QgsApplication.taskManager().addTask(work)
    qtbot.wait(50)
    work.cancel()
    qtbot.waitUntil(lambda: bool(heard.ends), timeout=PATIENCE)
    qtbot.wait(100)
    assert heard.ends == [("cancelled", None)] and not begun


def test_many_at_once_each_end_once(qgis_app, qtbot):
    works = [Work("Essai", lambda progress, i=i: i if i % 3 else 1 // 0) for i in range(12)]
    heards = [Heard(work) for work in works]
    for work in works:
        QgsApplication.taskManager().addTask(work)
    qtbot.waitUntil(lambda: all(heard.ends for heard in heards), timeout=PATIENCE)
    assert [heard.ends[0][0] for heard in heards] == ["done" if i % 3 else "failed" for i in range(12)]
    assert all(len(heard.ends) == 1 for heard in heards)


class Heavy:
    """Stands for the geometries of a PLU."""


@pytest.mark.parametrize("fails", [False, True])
def test_what_it_held_is_let_go_when_it_ends(qgis_app, qtbot, fails):
    """QGIS keeps a task for some time; the geometries of a whole PLU must not stay with it."""

    def start():
        heavy = Heavy()

        def task(progress):
            return 1 // 0 if fails else heavy

        return Work("Essai", task), weakref.ref(heavy)

    work, ref = start()
    ends = []
    work.done.connect(lambda value: ends.append("done"))
    work.failed.connect(lambda failure: ends.append("failed"))
    QgsApplication.taskManager().addTask(work)
    qtbot.waitUntil(lambda: bool(ends), timeout=PATIENCE)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.MetaCall)
    gc.collect()
    assert ref() is None


def test_a_quiet_work_lets_quit_without_a_question(qgis_app):
    quiet, asking = (Work("Essai", lambda progress: None, quiet=quiet) for quiet in (True, False))
    assert quiet.flags() & Work.Flag.CancelWithoutPrompt and not asking.flags() & Work.Flag.CancelWithoutPrompt
    assert quiet.canCancel() and asking.canCancel()
