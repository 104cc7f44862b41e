"""Pictures of the plugin in a real QGIS, on the demonstration: two sizes, light and dark (make captures)."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
import launch  # noqa: E402

SIZES = ((1400, 900), (1920, 1080))
THEMES = {"clair": "default", "sombre": "Night Mapping"}


def main() -> None:
    place = HERE.parent.parent / "build" / "captures"
    shutil.rmtree(place, ignore_errors=True)
    for size in SIZES:
        for name, theme in THEMES.items():
            folder = place / f"{size[0]}x{size[1]}_{name}"
            folder.mkdir(parents=True)
            launch.run(launch.Session(folder, "demonstration", size=size, theme=theme))
            shutil.rmtree(folder / "profils")
            print(f"{folder} : {len(list(folder.glob('*.png')))} images", flush=True)


if __name__ == "__main__":
    main()
