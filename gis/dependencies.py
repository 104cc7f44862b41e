"""Which of the Python libraries the plugin needs are here, and how to get the others on this system.

Nothing of QGIS is imported: this runs before anything else. QGIS ships NumPy and PyYAML nearly everywhere, Shapely 2 on
Windows and macOS, jsonschema nowhere for certain.
"""

from __future__ import annotations

import importlib
import importlib.util
import platform
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Callable

BUNDLED = Path(__file__).resolve().parent.parent / "_vendor"  # only in the archive made by `make zip-autonome`


@dataclass(frozen=True)
class Dependency:
    """A library needed at run time: how to tell that it is usable, how it is called by pip and by Debian."""

    module: str
    label: str
    pip: str
    apt: str | None  # None: the Debian 12 / Ubuntu 22.04 package is too old
    usable: Callable[[object], bool] = lambda module: True


# Shapely 2 is told by what it can do: its __version__ reads "0+unknown" on Debian testing. Inside QGIS on Linux the
# wheel of Shapely finds the system's GEOS first: that of 2.0 asks nothing that GEOS 3.11 does not have.
DEPENDENCIES = (
    Dependency("numpy", "NumPy", "numpy", "python3-numpy"),
    Dependency("shapely", "Shapely 2", "shapely>=2.0,<2.1", None, lambda module: hasattr(module, "from_wkb")),
    Dependency("yaml", "PyYAML", "pyyaml", "python3-yaml"),
    Dependency(
        "jsonschema",
        "jsonschema",
        "jsonschema>=4",
        "python3-jsonschema",
        lambda module: hasattr(module, "Draft202012Validator"),
    ),
)


def use_bundled(folder: Path = BUNDLED) -> None:
    """Make the bundled libraries importable when the system has none of its own (system ones always win)."""
    if folder.is_dir() and str(folder) not in sys.path and importlib.util.find_spec("jsonschema") is None:
        sys.path.append(str(folder))


def missing() -> tuple[Dependency, ...]:
    """The dependencies that cannot be used in this Python, in the order of DEPENDENCIES."""
    return tuple(dependency for dependency in DEPENDENCIES if not _is_usable(dependency))


def _is_usable(dependency: Dependency) -> bool:
    try:
        module = importlib.import_module(dependency.module)
    except ImportError:
        return False
    return dependency.usable(module)


def message(absent: tuple[Dependency, ...], system: str | None = None) -> str:
    """One French message: what is missing, and the commands that bring it on this system.

    `system`: windows, macos, flatpak, debian or linux; found out when not given.
    """
    return f"{headline(absent)} {_REMEDIES[system or current_system()](absent)} Redémarrez ensuite QGIS."


def headline(absent: tuple[Dependency, ...]) -> str:
    """What is missing, short enough for QGIS's message bar."""
    names = " et ".join(dependency.label for dependency in absent)
    if len(absent) > 2:
        names = ", ".join(dependency.label for dependency in absent[:-1]) + " et " + absent[-1].label
    return f"Pour contrôler un PLU, il manque {names} au Python de QGIS."


def current_system() -> str:
    """One of windows, macos, flatpak, debian, linux."""
    if platform.system() == "Windows":
        return "windows"
    if platform.system() == "Darwin":
        return "macos"
    if Path("/.flatpak-info").exists():
        return "flatpak"
    return "debian" if Path("/etc/debian_version").exists() else "linux"


def _pip_names(absent: tuple[Dependency, ...]) -> str:
    return " ".join(f'"{dependency.pip}"' for dependency in absent)


def _windows(absent: tuple[Dependency, ...]) -> str:
    return (
        "Fermez QGIS, ouvrez « OSGeo4W Shell » depuis le menu Démarrer (groupe QGIS) et saisissez : "
        f"python -m pip install --user {_pip_names(absent)}."
    )


def _macos(absent: tuple[Dependency, ...]) -> str:
    return (
        "Ouvrez le Terminal et saisissez : "
        f"{Path(sys.base_exec_prefix) / 'bin' / 'python3'} -m pip install --user {_pip_names(absent)}."
    )


def _flatpak(absent: tuple[Dependency, ...]) -> str:
    return (
        "Ouvrez un terminal et saisissez : "
        f"flatpak run --command=python3 org.qgis.qgis -m pip install --user {_pip_names(absent)}."
    )


def _debian(absent: tuple[Dependency, ...]) -> str:
    packages = [dependency.apt for dependency in absent if dependency.apt]
    by_pip = tuple(dependency for dependency in absent if not dependency.apt)
    steps = []
    if packages:
        steps.append(f"sudo apt install {' '.join(packages)}")
    if by_pip:
        # --no-deps keeps the distribution's NumPy, against which its other modules are compiled.
        steps.append(f"python3 -m pip install --user --no-deps --break-system-packages {_pip_names(by_pip)}")
    return "Ouvrez un terminal et saisissez : " + " puis : ".join(steps) + "."


def _linux(absent: tuple[Dependency, ...]) -> str:
    return f"Ouvrez un terminal et saisissez : python3 -m pip install --user {_pip_names(absent)}."


_REMEDIES = {"windows": _windows, "macos": _macos, "flatpak": _flatpak, "debian": _debian, "linux": _linux}
