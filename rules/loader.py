"""A rule file -> a `RuleSet`, or every error at once. Read this first.

Text -> tree with positions (`yaml_tree`) -> one tree with the files taken up (`merge`) -> structure against the
JSON Schema (`structure`) -> typed values (`declarations`, `prescriptions`) -> coherence -> sentences.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date
from os import PathLike
from typing import Any, List, Optional, Tuple, Union

from . import schema
from .aloud.read_aloud import read_aloud
from .aloud.sentences import Say
from .errors import InvalidRules, RuleError
from .model import Prescription, RuleSet
from .reading import structure
from .reading.coherence import check_horizon, check_precision, check_unused, check_widths
from .reading.merge import assemble, read_bytes
from .reading.nodes import MapNode, empty_keys
from .reading.reader import Reader
from .reading.yaml_text import MAX_BYTES, decode
from .types.controls import Kinds
from .types.declarations import read_couches, read_horizon, read_scot, read_tables, read_territoires
from .types.exemples import read_exemples
from .types.prescriptions import read_prescriptions
from .types.selectors import Objets

FORMAT = "1"


def load(path: "Union[str, PathLike[str]]", kinds: Kinds, *, today: Optional[date] = None) -> RuleSet:
    """The rules of a file. Raises `InvalidRules`, which holds all the errors, when they cannot be used.

    `kinds`: YAML key -> class with `params()`, `genre`, `unites` and `sentence`. `today` dates expired exceptions.
    """
    chemin = str(path)
    data, remarks = read_bytes(chemin)
    text = None
    if data is not None:
        text, remarks = decode(data, chemin)
    if data is None or text is None:
        raise InvalidRules(tuple(remarks))
    return _load(text, kinds, chemin, hashlib.sha256(data).hexdigest(), remarks, today or date.today())


def loads(text: str, kinds: Kinds, chemin: str = "", *, today: Optional[date] = None) -> RuleSet:
    """The same from a text; `chemin` names it in messages and is where relative paths start."""
    data = text.encode("utf-8", errors="surrogatepass")
    if len(data) > MAX_BYTES:
        raise InvalidRules(tuple(decode(data, chemin)[1]))
    return _load(text, kinds, chemin, hashlib.sha256(data).hexdigest(), [], today or date.today())


def _load(text: str, kinds: Kinds, chemin: str, digest: str, remarks: List[RuleError], today: date) -> RuleSet:
    language = schema.build(kinds)
    assembly = assemble(text, chemin, language, digest)
    root = assembly.root
    if root is None:
        raise InvalidRules(tuple(assembly.errors))
    misshapen, blocked = structure.check(root, language, [*empty_keys(root)])
    reader = Reader(root, blocked)
    rules = _read(root, kinds, reader, today)
    errors = [*assembly.errors, *misshapen, *reader.errors]
    if errors or rules is None:
        raise InvalidRules(_in_order(errors))
    warnings = (*remarks, *assembly.warnings, *_in_order(reader.warnings))
    return replace(rules, chemin=chemin, sha256=assembly.sha256, warnings=warnings)


def _read(root: MapNode, kinds: Kinds, reader: Reader, today: date) -> Optional[RuleSet]:
    """The typed rules; None, or rules with holes, when `reader` has errors."""
    _check_format(root, reader)
    scot = read_scot(root, reader)
    couches, tables = read_couches(root, reader), read_tables(root, reader)
    horizon = read_horizon(root, tables, reader)
    territoires = read_territoires(root, reader)
    _read_selections(root, reader)
    prescriptions = read_prescriptions(root, kinds, reader, today)
    exemples = read_exemples(root, reader)
    check_precision((c for p in prescriptions for c in p.controles), couches, kinds, reader)
    check_widths((c for p in prescriptions for c in p.controles), couches, reader)
    check_unused(reader)
    if horizon is not None:
        check_horizon((c for p in prescriptions for c in p.controles), reader)
    if scot is None or reader.errors or reader.blocked:
        return None
    say = Say(couches, tables, territoires.classements, horizon)
    spoken = tuple(_spoken(prescription, kinds, say) for prescription in prescriptions)
    selections = {name: selection for name, selection in reader.selections.items() if selection is not None}
    return RuleSet("", "", scot, territoires, couches, tables, selections, spoken, horizon, exemples)


def _check_format(root: MapNode, reader: Reader) -> None:
    given = root.get("format", FORMAT)
    if given != FORMAT:
        said = f"format {given} : " if isinstance(given, str) else ""
        reader.error(f"{said}cette version lit le format {FORMAT}", ("format",))


def _read_selections(root: MapNode, reader: Reader) -> None:
    """Named selections; they do not name one another, so each is read while none is known yet."""
    declared: Any = root.get("selections")
    if not isinstance(declared, dict):
        return
    read = {name: Objets().read(value, ("selections", name), reader) for name, value in declared.items()}
    reader.selections = read


def _spoken(prescription: Prescription, kinds: Kinds, say: Say) -> Prescription:
    sentences = tuple(
        read_aloud(prescription, controle, kinds[controle.genre], say) for controle in prescription.controles
    )
    return replace(prescription, lecture=sentences)


def _in_order(remarks: List[RuleError]) -> Tuple[RuleError, ...]:
    """Without repetition, file by file in the order of the lines."""
    files = list(dict.fromkeys(remark.file for remark in remarks))
    unique = dict.fromkeys(remarks)
    return tuple(sorted(unique, key=lambda remark: (files.index(remark.file), remark.line, remark.column)))
