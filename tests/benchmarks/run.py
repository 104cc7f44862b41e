"""`make bench`: runs each function named in ROWS of each `bench_*.py`, in a process of its own, and prints one table.

    python tests/benchmarks/run.py [word]          # only the functions whose name holds the word

A row is what is done, the shortest and the median time of three runs, and the peak memory of its process, made data and
earlier rows of the same function included. A function returns one row or more and builds its own data.
"""

from __future__ import annotations

import importlib
import json
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Optional

HERE = Path(__file__).resolve().parent
RUNS = 3


@dataclass(frozen=True)
class Row:
    """Seconds; `floor`, `plain`: how many times the floor it takes, how many times plain takes it (medians)."""

    what: str
    shortest: float
    median: float
    memory_mb: float
    note: str = ""
    floor: Optional[float] = None
    plain: Optional[float] = None

    def against(self, floor: Row, plain: Row) -> Row:
        return replace(self, floor=self.median / floor.median, plain=plain.median / self.median)


@dataclass(frozen=True)
class Measured:
    """What to time; `scale` multiplies its times (a sample stands for the whole)."""

    what: str
    call: Callable[[], Any]
    note: str = ""
    scale: float = 1.0


def in_turn(measured: list[Measured], runs: int = RUNS, clock: Callable[[], float] = time.perf_counter) -> list[Row]:
    """One row each, all of them run once, then again: what else the machine does weighs on all of them."""
    seconds: list[list[float]] = [[] for _ in measured]
    peak = [0.0] * len(measured)
    for _ in range(runs):
        for number, one in enumerate(measured):
            start = clock()
            one.call()
            seconds[number].append((clock() - start) * one.scale)
            peak[number] = peak[number] or resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return [
        Row(one.what, min(times), statistics.median(times), memory, one.note)
        for one, times, memory in zip(measured, seconds, peak)
    ]


def main(arguments: list[str]) -> int:
    if arguments[:1] == ["--one"]:
        return run_one(*arguments[1:])
    word = arguments[0] if arguments else ""
    failed = False
    print(header(), flush=True)
    for module in sorted(path.stem for path in HERE.glob("bench_*.py")):
        try:
            functions = functions_of(module)
        except ImportError as error:
            print(f"{module} : échec, {error}", flush=True)
            failed = True
            continue
        for function in functions:
            if word in f"{module}.{function}":
                done = subprocess.run(
                    [sys.executable, str(HERE / "run.py"), "--one", module, function],
                    stdout=subprocess.PIPE,
                    text=True,
                    check=False,
                )
                failed |= done.returncode != 0
                rows = [Row(**json.loads(text)) for text in done.stdout.splitlines() if text.startswith("{")]
                print("\n".join(map(line, rows)) if rows else f"{module}.{function} : échec", flush=True)
    return int(failed)


def run_one(module: str, function: str) -> int:
    rows = getattr(load(module), function)()
    for row in rows if isinstance(rows, list) else [rows]:
        print(json.dumps(asdict(row)))
    return 0


def functions_of(module: str) -> list[str]:
    return [function.__name__ for function in load(module).ROWS]


def load(module: str) -> Any:
    """A file of this folder, with the checkout importable as `scot_compat`."""
    for folder in (HERE, HERE.parent):
        if str(folder) not in sys.path:
            sys.path.insert(0, str(folder))
    importlib.import_module("conftest")
    sys.modules.setdefault("run", sys.modules[__name__])
    return importlib.import_module(module)


def header() -> str:
    names = f"{'quoi':<54} {'min s':>8} {'méd. s':>8} {'/plancher':>9} {'x simple':>9} {'pic Mo':>7}  note"
    return f"{names}\n{'-' * 140}"


def line(row: Row) -> str:
    floor = f"{row.floor:.2f}" if row.floor is not None else ""
    plain = f"{row.plain:.0f}" if row.plain is not None else ""
    times = f"{row.shortest:8.3f} {row.median:8.3f} {floor:>9} {plain:>9}"
    return f"{row.what:<54} {times} {row.memory_mb:7.0f}  {row.note}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
