"""Running the algorithms as a batch user does: `qgis_process`, a profile of its own, no interface."""

from __future__ import annotations

import json
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest
import shapely


@dataclass(frozen=True)
class Outcome:
    """What a call of qgis_process left: its exit code and what it printed (stdout is empty on failure in QGIS 3.22)."""

    code: int
    stdout: str
    stderr: str

    @property
    def results(self) -> dict:
        """The algorithm's outputs, as a batch user reads them."""
        return json.loads(self.stdout)["results"]

    @property
    def text(self) -> str:
        """Everything that was said."""
        return self.stdout + self.stderr


@pytest.fixture(scope="session")
def qgis_process(root, tmp_path_factory):
    """Function `(algorithm, code=0, **parameters) -> Outcome`; checks the exit code (None: any).

    A parameter may be a path, a number, a boolean, a text, or a list of them (repeated, as qgis_process wants it).
    The profile and the home folder are made for the session: nothing of the user's is read or written.
    """
    home = tmp_path_factory.mktemp("qgis_process")
    program = root / ".ci" / "qgis_process.sh"
    environment = {
        **os.environ,
        "HOME": str(home),
        "SCOT_COMPAT_PROFIL": str(home / "profil"),
        "PYTHONPATH": str(Path(shapely.__file__).parent.parent),
        "PYTHONWARNINGS": "ignore",
    }

    def run(algorithm: str, code: int | None = 0, **parameters) -> Outcome:
        command = ["--json", "run", f"scotcompat:{algorithm}", *arguments(parameters)]
        done = subprocess.run(
            [str(program), *command], env=environment, capture_output=True, encoding="utf-8", timeout=300
        )
        outcome = Outcome(done.returncode, done.stdout, done.stderr)
        assert code is None or outcome.code == code, outcome.text
        return outcome

    run.environment = environment
    return run


def arguments(parameters: dict) -> list[str]:
    """`{"PLU": "a", "COUCHES": ["b", "c"]}` -> `--PLU=a --COUCHES=b --COUCHES=c`."""
    return [
        f"--{name}={value}"
        for name, values in parameters.items()
        for value in (values if isinstance(values, (list, tuple)) else [values])
    ]
