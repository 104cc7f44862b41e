"""The text tree: `dict`, `list` and `str`, each knowing its file, line and column (from 1)."""

from __future__ import annotations

from typing import Any, Dict, Iterator, List, Optional, Set, Tuple, Union

#: keys and positions from the root of the tree
Path = Tuple[Union[str, int], ...]


class Node:
    """Where a piece of the tree was written."""

    file: str = ""
    line: int = 0
    column: int = 0

    def at(self, file: str, line: int, column: int) -> "Any":
        self.file, self.line, self.column = file, line, column
        return self


class TextNode(str, Node):
    """A scalar, as text. `plain` is False when it stood in quotes or in a block."""

    plain: bool = True
    #: mark before the text: "", a quote, | or >; with how many spaces each line of a block begins
    style: str = ""
    indent: int = 0
    #: whether the text goes over several lines of the file
    several: bool = False


class ListNode(List[Any], Node):
    pass


class MapNode(Dict[str, Any], Node):
    """`keys_at[key]` is the key itself, with its position; `empty`, the keywords written without a value."""

    def __init__(self) -> None:
        super().__init__()
        self.keys_at: Dict[str, TextNode] = {}
        self.empty: Set[str] = set()

    def put(self, key: TextNode, value: Any) -> None:
        self[str(key)] = value
        self.keys_at[str(key)] = key

    def rename(self, old: str, new: str) -> None:
        """The same entry under its normal spelling, in its place."""
        entries = [(new if key == old else key, value) for key, value in self.items()]
        self.clear()
        self.update(entries)
        key = TextNode(new).at(*position(self.keys_at.pop(old)))
        self.keys_at[new] = key


def position(node: Any) -> Tuple[str, int, int]:
    return (node.file, node.line, node.column) if isinstance(node, Node) else ("", 0, 0)


def place(root: Any, path: Path) -> Tuple[str, int, int]:
    """Where `path` was written: its key when it has one, else the nearest node above that exists."""
    best, node = position(root), root
    for step in path:
        if isinstance(node, MapNode) and step in node:
            best = position(node.keys_at.get(str(step))) if str(step) in node.keys_at else best
            node = node[str(step)]
        elif isinstance(node, list) and isinstance(step, int) and step < len(node):
            node = node[step]
            best = position(node) if position(node)[1] else best
        else:
            break
    return best


def within(node: Any, offset: int) -> Any:
    """A node for the character at `offset` of a text; that of the whole text where lines were folded together."""
    if not isinstance(node, TextNode):
        return node
    before = str(node)[:offset]
    row = before.count("\n")
    column = offset - (before.rfind("\n") + 1)
    here = TextNode(str(node)[offset : offset + 1])
    if node.style == "|":
        return here.at(node.file, node.line + 1 + row, node.indent + 1 + column)
    if node.several or row or node.style == ">":
        return node
    escaped = {"": 0, "'": before.count("'"), '"': before.count('"') + before.count("\\")}.get(node.style, 0)
    return here.at(node.file, node.line, node.column + len(node.style) + column + escaped)


def written(root: Any, path: Path) -> str:
    """`prescriptions[P12].controle.densite`: positions in a list become the id or the rank of the item."""
    text, node = "", root
    for step in path:
        if isinstance(step, int):
            node = node[step] if isinstance(node, list) and step < len(node) else None
            name = _name(node)
            text += f"[{name if name is not None else step + 1}]"
        else:
            node = node.get(step) if isinstance(node, dict) else None
            text += f".{str(step)[:60]}" if text else str(step)[:60]
    return text


def empty_keys(node: Any, path: Path = ()) -> Iterator[Path]:
    """The paths of the keys written without a value, which are not in the tree."""
    if isinstance(node, MapNode):
        yield from ((*path, key) for key in node.empty if key not in node)
    children = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for step, child in children:
        yield from empty_keys(child, (*path, step))


def walk(node: Any) -> Iterator[Any]:
    """Every node of a tree."""
    yield node
    children = node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
    for child in children:
        yield from walk(child)


def _name(node: Any) -> Optional[str]:
    if isinstance(node, dict):
        for key in ("id", "volet", "nom"):
            if isinstance(node.get(key), str):
                return str(node[key])[:40]
    return None
