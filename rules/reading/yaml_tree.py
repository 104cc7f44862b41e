"""YAML read as text: every scalar stays as written, every node keeps its line and column."""

from __future__ import annotations

from typing import Any, List, Optional, Tuple

import yaml

from ..errors import RuleError
from ..words import fold
from .nodes import ListNode, MapNode, TextNode
from .yaml_errors import ANCHOR, COLON, STAR, TAG, french
from .yaml_text import clean

MAX_DEPTH = 40


def parse(text: str, file: str) -> Tuple[Optional[MapNode], List[RuleError]]:
    """The tree of one YAML document, None when there is none to check further, and its errors."""
    text, errors = clean(text, file)
    if errors:
        return None, errors
    builder = _Builder(file, text.split("\n"))
    try:
        for event in yaml.parse(text, Loader=yaml.SafeLoader):
            if not builder.take(event):
                return None, builder.errors
    except yaml.MarkedYAMLError as error:
        return None, [*builder.errors, french(error, builder.lines, file)]
    except (yaml.YAMLError, ValueError) as error:  # ValueError: an escape such as "\UFFFFFFFF"
        return None, [*builder.errors, RuleError(f"YAML illisible ({error})", file)]
    if builder.root is None or (isinstance(builder.root, TextNode) and not builder.root):
        return None, [*builder.errors, RuleError("le fichier est vide", file)]
    if not isinstance(builder.root, MapNode):
        hint = " (une espace suit les deux-points)" if isinstance(builder.root, str) and ":" in builder.root else ""
        message = f"des clés sont attendues à la racine, comme « format: 1 »{hint}"
        return None, [*builder.errors, RuleError(message, file, builder.root.line, builder.root.column)]
    return builder.root, builder.errors


class _Frame:
    """A list or a mapping being filled. `pair`: a mapping without braces inside brackets, `[a : b]`."""

    def __init__(self, node: Any, flow: bool, pair: bool) -> None:
        self.node, self.flow, self.pair = node, flow, pair
        self.key: Optional[TextNode] = None


class _Builder:
    """Takes the events of the parser one by one; no recursion, so depth is bounded by `MAX_DEPTH` alone."""

    def __init__(self, file: str, lines: List[str]) -> None:
        self.file, self.lines = file, lines
        self.root: Any = None
        self.errors: List[RuleError] = []
        self._frames: List[_Frame] = []
        self._documents = 0

    def take(self, event: Any) -> bool:
        """False when reading further makes no sense."""
        if isinstance(event, yaml.DocumentStartEvent):
            self._documents += 1
            if self._documents > 1:
                self._error("un seul document YAML par fichier : supprimer « --- »", event.start_mark)
                return False
        elif isinstance(event, yaml.AliasEvent):
            self._error(STAR, event.start_mark)
            self._add(self._placed(TextNode(f"*{event.anchor}"), event))
        elif isinstance(event, yaml.ScalarEvent):
            self._refuse_marks(event)
            node = self._placed(TextNode(event.value), event)
            node.plain = not event.style
            node.style = event.style or ""
            node.several = event.end_mark.line > event.start_mark.line
            if node.style == "|":
                node.indent = self._indent(event.start_mark.line + 1)
            empty = node.plain and not node and event.start_mark.index == event.end_mark.index
            self._add(node, empty)
        elif isinstance(event, yaml.CollectionStartEvent):
            return self._open(event)
        elif isinstance(event, yaml.CollectionEndEvent):
            self._close()
        return True

    def _indent(self, line: int) -> int:
        """Spaces before the first written line of a block."""
        text = next((text for text in self.lines[line:] if text.strip()), "")
        return len(text) - len(text.lstrip(" "))

    def _open(self, event: Any) -> bool:
        self._refuse_marks(event)
        if len(self._frames) >= MAX_DEPTH:
            self._error(f"plus de {MAX_DEPTH} niveaux imbriqués", event.start_mark)
            return False
        mapping = isinstance(event, yaml.MappingStartEvent)
        node = self._placed(MapNode() if mapping else ListNode(), event)
        mark = event.start_mark
        pair = (
            mapping and event.flow_style and self.lines[mark.line][mark.column : mark.column + 1] not in ("{", "&", "!")
        )
        self._frames.append(_Frame(node, bool(event.flow_style), bool(pair)))
        return True

    def _close(self) -> None:
        frame = self._frames.pop()
        node = frame.node
        if frame.pair:
            where = (node.file, node.line, node.column)
            self.errors.append(RuleError(COLON, *where))
            node = TextNode(" : ".join(str(word) for item in node.items() for word in item)).at(*where)
        self._add(node)

    def _add(self, node: Any, empty: bool = False) -> None:
        if not self._frames:
            self.root = node
            return
        frame = self._frames[-1]
        if isinstance(frame.node, ListNode):
            if empty:
                self._error_at("élément de liste vide : donner une valeur ou supprimer le tiret", node)
            else:
                frame.node.append(node)
        elif frame.key is None:
            frame.key = self._key(node, empty)
        else:
            key, frame.key = frame.key, None
            if empty:
                self._error_at(_no_value(key, frame), key)
                frame.node.empty.add(fold(key))
            elif key in frame.node:
                first = frame.node.keys_at[str(key)].line
                self._error_at(f"clé « {key} » déjà donnée ligne {first} : n'en garder qu'une", key)
            else:
                frame.node.put(key, node)

    def _key(self, node: Any, empty: bool) -> TextNode:
        if not isinstance(node, TextNode):
            self._error_at("une clé est un mot, pas une liste ni des accolades", node)
            return TextNode("?").at(node.file, node.line, node.column)
        if node == "<<" and node.plain:
            self._error_at("la fusion de YAML (<<) n'est pas acceptée : recopier les clés, ou employer reprend", node)
        elif empty:
            self._error_at("deux-points sans clé devant", node)
        return node

    def _refuse_marks(self, event: Any) -> None:
        if event.anchor is not None:
            self._error(ANCHOR, event.start_mark)
        if event.tag is not None:
            self._error(TAG, event.start_mark)

    def _placed(self, node: Any, event: Any) -> Any:
        return node.at(self.file, event.start_mark.line + 1, event.start_mark.column + 1)

    def _error(self, message: str, mark: Any) -> None:
        self.errors.append(RuleError(message, self.file, mark.line + 1, mark.column + 1))

    def _error_at(self, message: str, node: Any) -> None:
        self.errors.append(RuleError(message, node.file, node.line, node.column))


def _no_value(key: TextNode, frame: _Frame) -> str:
    """Why a key without a value is wrong; a number cut by its decimal comma is made whole again in the tree."""
    if not frame.flow:
        return f"la clé « {key} » n'a pas de valeur : la compléter ou supprimer la ligne"
    if ":" in key:
        return f"« {key} » : une espace suit les deux-points"
    remedy = "virgule décimale : une ligne par classe, ou des guillemets"
    before, value = list(frame.node.items())[-1] if frame.node else ("", "")
    if isinstance(value, TextNode) and value[-1:].isdigit() and key[:1].isdigit():
        frame.node[before] = TextNode(f"{value},{key}").at(value.file, value.line, value.column)
        return f"« {before}: {value},{key} » entre accolades se lit « {before}: {value} » ({remedy})"
    return f"« {key} » n'a pas de valeur entre ces accolades ({remedy} ; un texte avec virgule : des guillemets)"
