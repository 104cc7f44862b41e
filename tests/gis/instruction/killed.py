"""Processes killed in the middle of their decisions: what each had confirmed, and what its dossier then holds.

    python killed.py <dossier> <folder> <rounds> <decisions> <seed>      # prints one JSON object a round

One QGIS, which forks for each round: the child is a real process, with the dossier's layers open as on the map. It says
a key once `decide` has returned, as the dock does; SIGKILL comes anywhere after the first ones. Not a test.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import sqlite3
import sys
import time
from contextlib import closing
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
import conftest  # noqa: F401  (the checkout as `scot_compat`)
from qgis.core import QgsApplication, QgsVectorLayer
from scot_compat.gis.instruction.decisions import Decision, Subject, Verdict
from scot_compat.gis.instruction.notebook import Notebook

KEPT = Verdict(Decision.RETENU, "Zone humide avérée.")


def main(source: str, folder: str, rounds: str, decisions: str, seed: str) -> None:
    application = QgsApplication([], False)
    application.initQgis()
    chance = random.Random(int(seed))
    for number in range(int(rounds)):
        path = Path(folder) / f"{number}.gpkg"
        shutil.copyfile(source, path)
        confirmed = killed(path, int(decisions), chance)
        with closing(sqlite3.connect(str(path))) as connection:  # rolls back what was half done
            (sound,) = connection.execute("PRAGMA integrity_check").fetchone()
        notebook = Notebook.of_dossier(path)  # its lock is that of a dead process
        notebook.claim()
        print(
            json.dumps(
                {
                    "confirmed": confirmed,
                    "kept": [cle for cle, held in notebook.held.items() if held.motif == KEPT.motif],
                    "sound": sound,
                    "refusal": notebook.refusal,
                }
            ),
            flush=True,
        )
        notebook.close()


def killed(path: Path, decisions: int, chance: random.Random) -> list[str]:
    """The keys that a process confirmed before it was killed."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        decide(path, decisions, writing)
        os._exit(0)
    os.close(writing)
    said = b""
    last = chance.randrange(decisions - 1)
    with os.fdopen(reading, "rb", buffering=0) as pipe:
        while said.count(b"\n") <= last:
            said += pipe.read(4096) or b"\n"
        time.sleep(chance.random() * 0.003)  # anywhere in the next decisions
        os.kill(child, signal.SIGKILL)
        while more := pipe.read(65536):
            said += more
    os.waitpid(child, 0)
    return said.decode().split()


def decide(path: Path, decisions: int, writing: int) -> None:
    shown = [QgsVectorLayer(f"{path}|layername={name}", name, "ogr") for name in ("ecarts", "appreciations", "zones")]
    assert all(layer.isValid() for layer in shown)
    notebook = Notebook.of_dossier(path)
    notebook.claim()
    for number in range(decisions):
        cle = f"cle-{number}"
        notebook.decide([Subject(cle, "ecart_marque", number / 7, "ha")], KEPT, "Zoé")
        os.write(writing, f"{cle}\n".encode())


if __name__ == "__main__":
    main(*sys.argv[1:])
