"""From the bytes of a file to its text: size, encoding, tabs, unreadable characters."""

from __future__ import annotations

import codecs
import re
from typing import List, Optional, Tuple

from ..errors import AVERTISSEMENT, RuleError

MAX_BYTES = 5_000_000
_MAX_REPEATED = 20
#: what YAML does not accept, the tab set aside (the class of `yaml.reader.Reader.NON_PRINTABLE`)
_UNPRINTABLE = re.compile("[^\t\n\x20-\x7e\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
_OTHER_BREAKS = re.compile("[\x85\u2028\u2029]")


def decode(data: bytes, file: str) -> Tuple[Optional[str], List[RuleError]]:
    """The text, None when there is none to read, and the remarks (errors and warnings)."""
    if len(data) > MAX_BYTES:
        return None, [RuleError("le fichier dépasse 5 Mo : ce n'est sans doute pas un fichier de règles", file)]
    for mark, encoding, name in (
        (codecs.BOM_UTF8, "utf-8", "UTF-8 avec BOM"),
        (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16 (« Unicode » du Bloc-notes)"),
        (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16"),
    ):
        if data.startswith(mark):
            try:
                return data[len(mark) :].decode(encoding), [_encoding_warning(name, file)]
            except UnicodeDecodeError:
                return None, [RuleError(f"le fichier annonce {name} mais n'est pas lisible ainsi", file)]
    if b"\x00" in data:
        return None, [RuleError("ce fichier n'est pas du texte : choisir un fichier de règles .yaml", file)]
    try:
        return data.decode("utf-8"), []
    except UnicodeDecodeError:
        pass
    try:
        return data.decode("cp1252"), [_encoding_warning("Windows-1252 (« ANSI » du Bloc-notes)", file)]
    except UnicodeDecodeError:
        message = "encodage inconnu, ni UTF-8 ni Windows-1252 : réenregistrer le fichier en UTF-8"
        return None, [RuleError(message, file)]


def clean(text: str, file: str) -> Tuple[str, List[RuleError]]:
    """The text with plain line ends, and an error for each line with a tab or an unreadable character."""
    text = text[1:] if text.startswith("\ufeff") else text
    text = _OTHER_BREAKS.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n"))
    errors = []
    for number, line in enumerate(text.split("\n"), 1):
        if "\t" in line:
            message = "tabulation : la remplacer par des espaces (YAML ne l'accepte pas)"
            errors.append(RuleError(message, file, number, line.index("\t") + 1))
        bad = _UNPRINTABLE.search(line)
        if bad:
            message = f"caractère illisible (code {ord(bad[0]):04X}) : le supprimer"
            errors.append(RuleError(message, file, number, bad.start() + 1))
    if len(errors) > _MAX_REPEATED:
        more = RuleError(f"… et {len(errors) - _MAX_REPEATED} autres lignes avec le même défaut", file)
        errors = [*errors[:_MAX_REPEATED], more]
    return text, errors


def _encoding_warning(name: str, file: str) -> RuleError:
    return RuleError(f"fichier lu en {name} ; l'enregistrer en UTF-8", file, severity=AVERTISSEMENT)
