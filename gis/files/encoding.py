"""Which characters a file is written in: what it declares, judged by what it holds.

A declaration is believed unless the bytes refute it: text that is valid UTF-8 with accents is UTF-8 (other encodings
give it by chance almost never), text that is not valid UTF-8 cannot be. Codes: CNIG PLU 2025-06 p. 47-60
(`gmd:MD_CharacterSetCode`), ESRI (.cpg), dBASE language driver (LDID, byte 29 of the .dbf).
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Iterator, Optional, Sequence, Tuple

import numpy as np

UTF8, CP1252 = "utf-8", "cp1252"
#: LDID -> codec; 0 declares nothing
_LDID = {0x01: "cp437", 0x02: "cp850", 0x03: CP1252, 0x04: "mac_roman", 0x57: CP1252, 0x58: CP1252, 0x59: CP1252}
_WORDS = {UTF8: "UTF-8", CP1252: "windows-1252", "iso8859-15": "ISO 8859-15", "mac_roman": "Mac Roman"}
#: distinct accented values looked at per column: more cannot change the verdict
_SAMPLE = 2000


@dataclass(frozen=True)
class Encoding:
    """`codec`: Python's name; `mot`: what the dossier says of it; `limites`: French, when deduced or contradicted."""

    codec: str
    mot: str
    limites: Tuple[str, ...] = ()


def of_dbf(path: Path, metadata: Optional[str] = None, table: Optional[str] = None) -> Encoding:
    """The encoding of a .dbf (or of a MapInfo .DAT, same layout).

    `metadata`, `table`: codecs declared by the document's metadata and by the .TAB. Raises OSError, ValueError (not a
    dBASE table).
    """
    declared = [
        ("la table MapInfo", table),
        ("le fichier .cpg", of_cpg(path)),
        ("les métadonnées", metadata),
        ("l'octet LDID du .dbf", _ldid(path)),
    ]
    return decide(list(accented_values(path)), declared)


def of_text(content: bytes) -> Encoding:
    """The encoding of a text table, which declares nothing but a byte-order mark."""
    if content.startswith(codecs.BOM_UTF8):
        return Encoding("utf-8-sig", "UTF-8 (marque en tête de fichier)")
    for mark in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        if content.startswith(mark):
            return Encoding("utf-16", "UTF-16 (marque en tête de fichier)")
    return decide([] if content.isascii() else [content], [], cut=False)


def decide(values: Sequence[bytes], declared: Sequence[Tuple[str, Optional[str]]], cut: bool = True) -> Encoding:
    """The encoding of these accented values; `declared`: (who says it, codec or None), the most trusted first.

    `cut`: the width of a column may have cut the last character of a value.
    """
    said = [(who, codec) for who, codec in declared if codec]
    if not values:
        return Encoding(said[0][1] if said else UTF8, "ASCII (aucun accent)")
    true_utf8 = all(_is_utf8(value, cut) for value in values)
    fits = [(who, codec) for who, codec in said if (codec == UTF8) == true_utf8]
    codec = fits[0][1] if fits else UTF8 if true_utf8 else CP1252
    wrong = [f"{who} ({word(other)})" for who, other in said if (other == UTF8) != true_utf8]
    limites = []
    if wrong:
        limites.append(
            f"Encodage contradictoire : {' et '.join(wrong)} ne correspond pas au contenu, lu en {word(codec)}."
        )
    elif not fits:
        limites.append(f"Encodage non déclaré, déduit du contenu : {word(codec)}.")
    how = f"déclaré par {fits[0][0]}" if fits else "déduit du contenu"
    return Encoding(codec, f"{word(codec)} ({how})", tuple(limites))


def of_metadata(path: Path) -> Optional[str]:
    """The codec named by `gmd:MD_CharacterSetCode` in a metadata file, None when it names none."""
    try:
        text = path.read_bytes().decode("utf-8", "replace")
    except OSError:
        return None
    found = re.findall(r'MD_CharacterSetCode\b[^>]*?codeListValue="([^"]*)"', text)
    codes = [codec for codec in map(codec_of, found) if codec]
    return codes[-1] if codes else None  # the last one is the data's, the first may be the metadata's own


def of_cpg(path: Path) -> Optional[str]:
    """The codec named by the .cpg beside a file, None when there is none or nobody knows it."""
    for suffix in (".cpg", ".CPG", ".cst"):
        sidecar = path.with_suffix(suffix)
        if sidecar.is_file():
            return codec_of(sidecar.read_bytes()[:64].decode("ascii", "ignore"))
    return None


def of_tab(path: Path) -> Optional[str]:
    """The codec of the charset written in a MapInfo .TAB, None for `Neutral` or none."""
    found = re.search(rb"!charset\s+(\w+)", path.read_bytes()[:4000], re.I)
    return codec_of(found[1].decode("ascii")) if found else None


def codec_of(name: str) -> Optional[str]:
    """Python's codec for the spellings met: "UTF-8", "utf8", "1252", "ANSI 1252", "ISO 88591", "8859part1"…"""
    key = re.sub(r"[^a-z0-9]", "", name.lower())
    if key in ("utf8", "65001"):
        return UTF8
    part = re.fullmatch(r"(?:iso)?8859(?:part)?(\d{1,2})", key)
    if part:  # windows-1252 holds all of ISO 8859-1, and files said to be the one often are the other
        return CP1252 if part[1] == "1" else f"iso8859-{part[1]}"
    page = re.fullmatch(r"(?:ansi|cp|windows|win|oem|ibm|windowslatin|latin)?(\d{1,5})", key)
    if page:
        if page[1] in ("1", "1252"):
            return CP1252
        key = "cp" + page[1]
    known = {"system": None, "neutral": None, "ansi": CP1252, "macroman": "mac_roman", "macintosh": "mac_roman"}
    if key in known:
        return known[key]
    try:
        return codecs.lookup(key).name if key else None
    except LookupError:
        return None


def word(codec: str) -> str:
    """The name of a codec as people write it."""
    return _WORDS.get(codec, codec)


def gdal_name(codec: str) -> str:
    """The name of a codec for GDAL's open option ENCODING."""
    return {UTF8: "UTF-8", "mac_roman": "MACINTOSH"}.get(codec, codec.upper().replace("ISO8859", "ISO-8859"))


def accented_values(path: Path) -> Iterator[bytes]:
    """The distinct character values of a .dbf that hold a byte above 127, at most a sample of each column.

    Raises ValueError when the file is no dBASE table or is shorter than its header says.
    """
    content = np.fromfile(str(path), dtype=np.uint8)
    if len(content) < 33:
        raise ValueError("table dBASE tronquée")
    rows, header, width = dbf_shape(bytes(content[:32]))
    table = content[header : header + rows * width]
    if width < 1 or header > len(content) or len(table) < (rows - 1) * width:
        raise ValueError("table dBASE tronquée")
    table = table[: len(table) // width * width].reshape(-1, width)
    offset = 1  # the deletion mark
    for start in range(32, header - 1, 32):
        descriptor = bytes(content[start : start + 32])
        if len(descriptor) < 32 or descriptor[0] == 0x0D:
            break
        length = descriptor[16]
        if descriptor[11:12] == b"C":
            block = table[:, offset : offset + length]
            for value in np.unique(block[(block > 127).any(axis=1)][: 50 * _SAMPLE], axis=0)[:_SAMPLE]:
                yield value.tobytes().rstrip(b" \x00")
        offset += length


def dbf_shape(header: bytes) -> Tuple[int, int, int]:
    """(rows, bytes of the header, bytes of a row) told by the first 32 bytes of a .dbf."""
    return (
        int.from_bytes(header[4:8], "little"),
        int.from_bytes(header[8:10], "little"),
        int.from_bytes(header[10:12], "little"),
    )


def _ldid(path: Path) -> Optional[str]:
    with open(path, "rb") as stream:
        header = stream.read(32)
    return _LDID.get(header[29]) if len(header) == 32 else None


def _is_utf8(value: bytes, cut: bool) -> bool:
    try:
        codecs.getincrementaldecoder(UTF8)().decode(value, final=not cut)
    except UnicodeDecodeError:
        return False
    return True
