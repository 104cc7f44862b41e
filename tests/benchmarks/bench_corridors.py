"""500 corridors of 3 to 10 km among 20 000 zones, some buildable and in clumps: the whole control, in one process, then
in two that have half of the corridors and all the zones each."""

from __future__ import annotations

import os

os.environ.setdefault("OMP_NUM_THREADS", "1")  # many small triangulations: threads only wait for each other
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import json
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import run
import shapely
import territory
from run import Row
from scot_compat.checks import engine, exemples
from scot_compat.checks.registry import KINDS
from scot_compat.rules.loader import loads

CORRIDORS, VERTICES, TOWNS = 500, 300, 160
READY = "ready\n"
RULES = """\
format: 1
scot: {nom: SCoT du banc d'essai}
couches:
  corridors: {libelle: Corridors, geometrie: ligne, tampon: {champ: LARGEUR, unite: m}, precision: 10 m}
prescriptions:
  - id: P1
    intitule: Un passage de 50 m
    nature: norme
    controle: {continuite_corridor: {couches: [corridors], largeur_minimale: 50 m}}
"""


def control() -> list[Row]:
    return [measured("500 corridors, 20 000 zones", corridors())]


def control_in_two() -> list[Row]:
    """From the order to begin, once both have their data, to the last answer."""
    command = [sys.executable, run.__file__, "--one", "bench_corridors"]
    halves = [
        subprocess.Popen([*command, name], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for name in ("first_half", "second_half")
    ]
    for half in halves:
        assert half.stdout is not None and half.stdout.readline() == READY
    start = time.perf_counter()
    for half in halves:
        assert half.stdin is not None
        print(file=half.stdin, flush=True)
    rows = [run.Row(**json.loads(half.communicate()[0])) for half in halves]
    seconds, peak = time.perf_counter() - start, max(row.memory_mb for row in rows)
    note = " + ".join(row.note for row in rows)
    return [run.Row("500 corridors, 20 000 zones, 2 processus", seconds, seconds, peak, note)]


def first_half() -> Row:
    return half(0)


def second_half() -> Row:
    return half(1)


def half(which: int) -> Row:
    return measured("half", corridors()[which::2], lambda: (print(READY, end="", flush=True), sys.stdin.readline()))


def measured(what: str, rows: list[dict[str, Any]], wait: Callable[[], Any] = lambda: None) -> Row:
    rules = loads(RULES, KINDS)
    given = exemples.build({"zones": zones(), "couches": {"corridors": rows}}, rules)
    states: Counter[str] = Counter()

    def call() -> None:
        (answer,) = engine.run(rules, *given).answers
        states.update(str(constat.etat) for constat in answer.constats)

    wait()
    (row,) = run.in_turn([run.Measured(what, call)], runs=1)
    return replace(row, note=", ".join(f"{count} {state}" for state, count in sorted(states.items())))


def zones() -> list[dict[str, Any]]:
    """A partition of 20 000 zones of 29 vertices; those near the middle of a town are U, the next ones AUc."""
    random = np.random.default_rng(5)
    shapes = territory.zones(edge=7)
    towns = shapely.points(
        random.uniform(0, 40_000, TOWNS) + territory.ORIGIN[0], random.uniform(0, 31_250, TOWNS) + territory.ORIGIN[1]
    )
    tree = shapely.STRtree(towns)
    (index, _), far = tree.query_nearest(shapely.centroid(shapes), all_matches=False, return_distance=True)
    far = far[np.argsort(index)] + random.exponential(250.0, len(shapes))
    kinds = np.select([far < 550, far < 700], ["U", "AUc"], "N")
    return [{"LIBELLE": f"{k}{n}", "TYPEZONE": k, "wkt": s.wkt} for n, (k, s) in enumerate(zip(kinds, shapes))]


def corridors() -> list[dict[str, Any]]:
    """Meandering lines of 300 vertices, 200 to 500 m wide."""
    random = np.random.default_rng(6)
    rows = []
    for number in range(CORRIDORS):
        length, turn = random.uniform(3_000, 10_000), random.uniform(0, 2 * np.pi)
        along = np.linspace(0, length, VERTICES)
        across = sum(
            random.uniform(10, 60) * np.sin(along / random.uniform(200, 900) + random.uniform(0, 6)) for _ in "123"
        )
        start = random.uniform(8_000, (32_000, 23_000)) + territory.ORIGIN
        x = start[0] + along * np.cos(turn) - across * np.sin(turn)
        y = start[1] + along * np.sin(turn) + across * np.cos(turn)
        line = shapely.linestrings(np.stack([x, y], axis=1))
        rows.append({"NOM": f"C{number}", "LARGEUR": str(round(random.uniform(100, 250), 1)), "wkt": line.wkt})
    return rows


ROWS = [control, control_in_two]
