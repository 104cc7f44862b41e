"""Starts the real QGIS on a screen of its own, with a fresh profile, and lets `driver.py` act in it."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
PROFILE = "essai"


@dataclass(frozen=True)
class Session:
    """What QGIS is started with. `archive`: zip to install, None when the plugin is linked in the profile already."""

    folder: Path  # for the profile, the report and the screenshots
    path: str  # driver.py: which path to follow
    archive: Path | None = None
    given: dict = field(default_factory=dict)  # what the path needs (PLU, rules…)
    size: tuple[int, int] = (1400, 900)
    theme: str = "default"


def program() -> str | None:
    """QGIS itself: on Debian 12 the wrapper `qgis` is a script that runs `qgis.bin`."""
    return shutil.which("qgis.bin") or shutil.which("qgis")


def run(session: Session, timeout: int = 180) -> dict:
    """What the driver reports. Raises AssertionError with all that QGIS said when it did not end well."""
    profile = session.folder / "profils" / "profiles" / PROFILE
    shutil.rmtree(profile, ignore_errors=True)
    (profile / "QGIS").mkdir(parents=True)
    enabled = "" if session.archive else "[PythonPlugins]\nscot_compat=true\n"
    settings = f"{enabled}[UI]\nUITheme={session.theme}\n[locale]\nuserLocale=fr\noverrideFlag=true\n"
    (profile / "QGIS" / "QGIS3.ini").write_text(settings, encoding="utf-8")
    if session.archive is None:
        (profile / "python" / "plugins").mkdir(parents=True)
        (profile / "python" / "plugins" / "scot_compat").symlink_to(ROOT)
    report = session.folder / "rapport.json"
    report.unlink(missing_ok=True)
    done = _start(session, report, timeout)
    said = f"QGIS ended with {done.returncode}\n{done.stdout}\n{done.stderr}"
    assert report.exists(), said
    told = json.loads(report.read_text(encoding="utf-8"))
    assert "erreur" not in told and done.returncode == 0, f"{told.get('erreur', '')}\n{said}"
    return told


def _start(session: Session, report: Path, timeout: int) -> subprocess.CompletedProcess:
    width, height = session.size
    runtime = session.folder / "runtime"
    runtime.mkdir(mode=0o700, exist_ok=True)
    asked = {
        "path": session.path,
        "archive": str(session.archive or ""),
        "given": session.given,
        "size": [width, height],
        "shots": str(session.folder),
        "report": str(report),
    }
    environment = {
        **{name: value for name, value in os.environ.items() if name != "QT_QPA_PLATFORM"},
        "SCOT_COMPAT_PILOTE": json.dumps(asked),
        "XDG_RUNTIME_DIR": str(runtime),
        "HOME": str(session.folder),
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONPATH": _shapely(),
    }
    command = ["xvfb-run", "-a", "-s", f"-screen 0 {width}x{height}x24", program(), "--noversioncheck", "--nologo"]
    command += ["--profiles-path", str(session.folder / "profils"), "--profile", PROFILE]
    command += ["--code", str(HERE / "driver.py")]
    started = subprocess.Popen(
        command,
        env=environment,
        cwd=session.folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        start_new_session=True,
    )
    try:
        said = started.communicate(timeout=timeout)
    except subprocess.TimeoutExpired:
        os.killpg(started.pid, signal.SIGKILL)  # the screen and QGIS too, not only what started them
        said = started.communicate()
    return subprocess.CompletedProcess(command, started.returncode, *said)


def _shapely() -> str:
    """Where the Shapely of the tests is: QGIS runs with the system's Python."""
    import shapely

    return str(Path(shapely.__file__).parent.parent)
