"""What `metadata.txt` says of the plugin."""

from __future__ import annotations

import configparser
from pathlib import Path

METADATA = Path(__file__).resolve().parent.parent / "metadata.txt"


def version() -> str:
    """Version of the plugin, "" where the file says none."""
    parser = configparser.ConfigParser(interpolation=None)
    parser.read(METADATA, encoding="utf-8")
    return parser.get("general", "version", fallback="")
