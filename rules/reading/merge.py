"""`reprend`: the files that a rule file starts from, and its own changes, as one text tree."""

from __future__ import annotations

import hashlib
import os
import re
from dataclasses import dataclass, field
from typing import Any, Dict, List, Optional, Tuple

from ..errors import AVERTISSEMENT, RuleError
from .nodes import ListNode, MapNode, TextNode, position
from .structure import normalise
from .yaml_text import MAX_BYTES, decode
from .yaml_tree import parse

_MAX_FILES = 50
_BY_NAME = ("couches", "tables", "selections")


@dataclass
class Assembly:
    """The whole tree, with each node's own file; `digests` are the SHA-256 of the files read."""

    schema: Dict[str, Any]
    root: Optional[MapNode] = None
    errors: List[RuleError] = field(default_factory=list)
    warnings: List[RuleError] = field(default_factory=list)
    digests: List[str] = field(default_factory=list)

    @property
    def sha256(self) -> str:
        """Of the one file, or of the digests of all when there are several."""
        if len(self.digests) == 1:
            return self.digests[0]
        return hashlib.sha256("".join(self.digests).encode()).hexdigest()

    def take(self, remarks: List[RuleError]) -> None:
        self.warnings += [remark for remark in remarks if remark.severity == AVERTISSEMENT]
        self.errors += [remark for remark in remarks if remark.severity != AVERTISSEMENT]


def assemble(text: str, chemin: str, schema: Dict[str, Any], digest: str) -> Assembly:
    """The tree of `text` over the files that it takes up. Errors of all these files are in the answer."""
    assembly = Assembly(schema, digests=[digest])
    assembly.root = _tree(text, chemin, assembly, chain=(_real(chemin),))
    return assembly


def read_bytes(chemin: str) -> Tuple[Optional[bytes], List[RuleError]]:
    """The content of a file, None when it cannot be read."""
    try:
        if not os.path.isfile(chemin):
            what = "est un dossier" if os.path.isdir(chemin) else "n'existe pas"
            return None, [RuleError(f"le fichier de règles {what}", chemin)]
        if os.path.getsize(chemin) > MAX_BYTES:
            return None, decode(b" " * (MAX_BYTES + 1), chemin)[1]
        with open(chemin, "rb") as file:
            return file.read(), []
    except (OSError, ValueError) as error:  # ValueError: a null character in the path
        reason = error.strerror if isinstance(error, OSError) else str(error)
        return None, [RuleError(f"le fichier de règles ne peut pas être lu : {reason}", chemin)]


def _tree(text: str, chemin: str, assembly: Assembly, chain: Tuple[str, ...]) -> Optional[MapNode]:
    root, errors = parse(text, chemin)
    assembly.take(errors)
    if root is None:
        return None
    root = normalise(root, assembly.schema, assembly.schema)
    _check_ids(root, assembly)
    named = root.get("reprend", [])
    merged: Optional[MapNode] = None
    for item in named if isinstance(named, list) else [named]:
        base = _base(item, chemin, assembly, chain) if isinstance(item, TextNode) else None
        if base is not None:
            merged = base if merged is None else _over(base, merged)
    return root if merged is None else _over(root, merged)


def _base(item: TextNode, chemin: str, assembly: Assembly, chain: Tuple[str, ...]) -> Optional[MapNode]:
    """The tree of one file taken up, None when it cannot be (and why is said where it is named)."""
    problem = _refusal(item, chemin, assembly, chain)
    if problem:
        assembly.errors.append(RuleError(problem, *position(item), path="reprend"))
        return None
    path = _joined(chemin, item)
    data, errors = read_bytes(path)
    if data is None:
        assembly.errors += [
            RuleError(f"« {item} » : {error.message}", *position(item), path="reprend") for error in errors
        ]
        return None
    text, remarks = decode(data, path)
    assembly.take(remarks)
    assembly.digests.append(hashlib.sha256(data).hexdigest())
    tree = _tree(text, path, assembly, (*chain, _real(path))) if text is not None else None
    if tree is None:
        return None
    if tree.get("format") != "1":
        assembly.errors.append(RuleError("« format: 1 » manque dans ce fichier", path, 1, 1, "format"))
    _relocate(tree, os.path.dirname(path), os.path.dirname(chemin))
    return tree


def _refusal(item: TextNode, chemin: str, assembly: Assembly, chain: Tuple[str, ...]) -> str:
    if not item or os.path.isabs(item) or re.match(r"[A-Za-z]:|[\\/]", item):
        return f"« {item} » : un chemin relatif à ce fichier est attendu"
    path = _joined(chemin, item)
    if _real(path) in chain:
        return f"« {item} » est déjà en cours de lecture : les fichiers se reprennent en boucle"
    return "trop de fichiers repris" if len(assembly.digests) >= _MAX_FILES else ""


def _check_ids(root: MapNode, assembly: Assembly) -> None:
    seen: Dict[str, int] = {}
    items = root.get("prescriptions")
    for item in items if isinstance(items, list) else ():
        name = item.get("id") if isinstance(item, MapNode) else None
        if not isinstance(name, TextNode):
            continue
        if str(name) in seen:
            message = f"prescription « {name} » déjà décrite ligne {seen[str(name)]} : un identifiant par prescription"
            assembly.errors.append(RuleError(message, *position(name), path=f"prescriptions[{name}].id"))
        seen.setdefault(str(name), name.line)


def _over(local: MapNode, base: MapNode) -> MapNode:
    """`local` laid over `base`: by name for what is declared, by id and key for prescriptions."""
    merged = MapNode().at(*position(local))
    for key in dict.fromkeys((*base, *local)):
        if key == "exemples" and key not in local:
            continue  # the examples of a base test the base, not what is changed here
        if key not in local or key not in base:
            holder = local if key in local else base
            merged.put(holder.keys_at[key], holder[key])
        else:
            merged.put(local.keys_at[key], _merged_section(key, local[key], base[key]))
    return merged


def _merged_section(key: str, local: Any, base: Any) -> Any:
    if key == "prescriptions" and isinstance(local, ListNode) and isinstance(base, ListNode):
        return _prescriptions(local, base)
    if isinstance(local, MapNode) and isinstance(base, MapNode):
        if key in _BY_NAME or key == "scot":
            return _updated(local, base)
        if key == "territoires":
            both = _updated(local, base)
            if isinstance(local.get("classements"), MapNode) and isinstance(base.get("classements"), MapNode):
                both["classements"] = _updated(local["classements"], base["classements"])
            return both
    return local


def _updated(local: MapNode, base: MapNode, without: Tuple[str, ...] = ()) -> MapNode:
    merged = MapNode().at(*position(local))
    for holder, skipped in ((base, without), (local, ())):
        for key, value in holder.items():
            if key not in skipped:
                merged.put(holder.keys_at[key], value)
    return merged


def _prescriptions(local: ListNode, base: ListNode) -> ListNode:
    """The base's prescriptions in their order, changed key by key, then the new ones."""
    changes = {str(item["id"]): item for item in local if isinstance(item, MapNode) and isinstance(item.get("id"), str)}
    merged = ListNode().at(*position(local))
    done = set()
    for item in base:
        change = changes.get(str(item.get("id"))) if isinstance(item, MapNode) else None
        if change is None:
            merged.append(item)
            continue
        done.add(str(change["id"]))
        replaced = ("controle", "controles") if "controle" in change or "controles" in change else ()
        merged.append(_updated(change, item, replaced))
    merged.extend(item for item in local if not (isinstance(item, MapNode) and str(item.get("id")) in done))
    return merged


def _relocate(tree: MapNode, folder: str, main: str) -> None:
    """Sources relative to the file that names them become relative to the file that takes it up."""
    if os.path.abspath(folder or ".") == os.path.abspath(main or "."):
        return
    for section in ("couches", "tables"):
        items = tree.get(section)
        for item in items.values() if isinstance(items, MapNode) else ():
            source = item.get("source") if isinstance(item, MapNode) else None
            if isinstance(source, TextNode) and not re.match(r"[\\/]|[^|]*[:=]", source):
                try:
                    moved = os.path.relpath(os.path.join(folder or ".", source), main or ".")
                except ValueError:  # another drive on Windows
                    moved = os.path.abspath(os.path.join(folder, source))
                item["source"] = TextNode(moved.replace(os.sep, "/")).at(*position(source))


def _joined(chemin: str, item: str) -> str:
    """The path of a file named in another; written on Windows, it is read anywhere."""
    return os.path.normpath(os.path.join(os.path.dirname(chemin), item.replace("\\", "/")))


def _real(chemin: str) -> str:
    return os.path.normcase(os.path.realpath(chemin)) if chemin else ""
