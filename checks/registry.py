"""The catalogue of kinds: every class of `kinds/` whose `genre` is its file's name. A sixth kind is one more file."""

from __future__ import annotations

from pathlib import Path
from typing import Dict, Mapping, Type

from .base import Check


def _load() -> Dict[str, Type[Check]]:
    kinds: Dict[str, Type[Check]] = {}
    for file in sorted((Path(__file__).parent / "kinds").glob("[!_]*.py")):
        # `importlib.import_module` leaves this empty after QGIS reloads the plugin, `__import__` does not
        module = __import__(f"{__package__}.kinds.{file.stem}", fromlist=["*"])
        found = [
            value
            for value in vars(module).values()
            if isinstance(value, type) and issubclass(value, Check) and value.genre == file.stem
        ]
        if len(found) != 1:
            raise RuntimeError(f"checks/kinds/{file.name} : une classe dont genre = « {file.stem} » attendue")
        kinds[file.stem] = found[0]
    return kinds


KINDS: Mapping[str, Type[Check]] = _load()
