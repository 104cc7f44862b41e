"""Text tables (.csv, .tsv, .txt) read as text: "01004" stays "01004", "12,5" stays "12,5"."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Dict, List, Tuple

from ...checks.layers import Array, objects
from ...checks.wording import plural
from . import encoding

SUFFIXES = frozenset((".csv", ".tsv", ".txt"))
_SEPARATORS = ";\t,|"


class TableError(Exception):
    """The table cannot be read; the message is a French sentence."""


def read_csv(path: Path, codec: str = "") -> Tuple[Dict[str, Array], str, Tuple[str, ...]]:
    """(columns of text by name, None where nothing is written; the encoding in words; French limits).

    `codec`: an encoding to force. Raises TableError, OSError.
    """
    content = path.read_bytes()
    found = encoding.Encoding(codec, f"{encoding.word(codec)} (choisi)") if codec else encoding.of_text(content)
    try:
        text = content.decode(found.codec)
    except (UnicodeDecodeError, LookupError) as error:
        raise TableError(
            f"La table « {path.name} » n'est pas écrite en {encoding.word(found.codec)} : enregistrez-la en UTF-8."
        ) from error
    if "\x00" in text:
        raise TableError(f"« {path.name} » n'est pas une table de texte.")
    rows = [
        row
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator(text))
        if any(cell.strip() for cell in row)
    ]
    if not rows:
        raise TableError(f"La table « {path.name} » est vide : sa première ligne doit nommer les colonnes.")
    header = [cell.strip() for cell in rows[0]]
    folded = [name.casefold() for name in header]
    twice = sorted({name for name in header if name and folded.count(name.casefold()) > 1})
    if twice:
        raise TableError(f"La table « {path.name} » a deux colonnes nommées « {twice[0]} » : renommez l'une d'elles.")
    wide = [line for line, row in enumerate(rows[1:], 2) if any(cell.strip() for cell in row[len(header) :])]
    if wide:
        raise TableError(
            f"La table « {path.name} » a {plural(len(wide), 'ligne plus longue', 'lignes plus longues')} que son "
            f"en-tête (la première : ligne {wide[0]}) : une virgule décimale ou un libellé y décale les valeurs. "
            "Enregistrez-la en CSV à points-virgules."
        )
    columns: Dict[str, Array] = {}
    for position, name in enumerate(header):
        if name:
            columns[name] = objects([_cell(row, position) for row in rows[1:]])
    return columns, found.mot, tuple(found.limites)


def separator(text: str) -> str:
    """The separator of the header line: the one that cuts it most, the French semicolon first."""
    header = next((line for line in text.splitlines() if line.strip()), "")
    outside = "".join(header.split('"')[::2])  # what stands between quotes separates nothing
    return max(_SEPARATORS, key=outside.count)


def _cell(row: List[str], position: int):
    text = row[position].strip() if position < len(row) else ""
    return text or None
