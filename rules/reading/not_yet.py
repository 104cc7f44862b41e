"""What the language says and this version does not do yet: one table, to be shortened step by step."""

from __future__ import annotations

from typing import Any, Dict, Iterator, List, Tuple

from ..errors import RuleError
from ..types.controls import Kinds
from .nodes import MapNode, Path, written

#: place in the file -> keys. A key that a kind declares as a parameter is supported, whatever this table says.
NOT_YET: Dict[str, Tuple[str, ...]] = {
    "genre": (),
    "parametre": (),
}


def take_out(root: MapNode, kinds: Kinds) -> Tuple[List[RuleError], List[Path]]:
    """An error for each of these keys, which are removed; and the paths about which nothing else is worth saying."""
    errors: List[RuleError] = []
    blocked: List[Path] = []
    for holder, key, path in list(_found(root, kinds)):
        whole = key in NOT_YET["genre"]
        blocked.append(path if whole else (*path, key))
        node = holder.keys_at.pop(key)
        del holder[key]
        message = f"« {key} » : pas encore pris en charge par cette version"
        errors.append(RuleError(message, node.file, node.line, node.column, written(root, (*path, key))))
    return errors, blocked


def _found(root: MapNode, kinds: Kinds) -> Iterator[Tuple[MapNode, str, Path]]:
    prescriptions = root.get("prescriptions")
    for rank, prescription in enumerate(prescriptions if isinstance(prescriptions, list) else ()):
        path: Path = ("prescriptions", rank)
        if isinstance(prescription, MapNode):
            for controle, place in _controls(prescription, path):
                yield from _in_control(controle, place, kinds)


def _controls(prescription: MapNode, path: Path) -> Iterator[Tuple[MapNode, Path]]:
    if isinstance(prescription.get("controle"), MapNode):
        yield prescription["controle"], (*path, "controle")
    several = prescription.get("controles")
    for rank, controle in enumerate(several if isinstance(several, list) else ()):
        if isinstance(controle, MapNode):
            yield controle, (*path, "controles", rank)


def _in_control(controle: MapNode, path: Path, kinds: Kinds) -> Iterator[Tuple[MapNode, str, Path]]:
    yield from _keys(controle, tuple(genre for genre in NOT_YET["genre"] if genre not in kinds), path)
    for genre, values in controle.items():
        if genre not in kinds or not isinstance(values, MapNode):
            continue
        known = kinds[genre].params()
        place = (*path, genre)
        yield from _keys(values, tuple(key for key in NOT_YET["parametre"] if key not in known), place)


def _keys(node: Any, keys: Tuple[str, ...], path: Path) -> Iterator[Tuple[MapNode, str, Path]]:
    if isinstance(node, MapNode):
        for key in keys:
            if key in node:
                yield node, key, path
