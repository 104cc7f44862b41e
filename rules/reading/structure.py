"""The structure of a text tree against the JSON Schema: keywords normalised, errors said in French."""

from __future__ import annotations

from typing import Any, Dict, Iterable, Iterator, List, Tuple

from jsonschema import Draft202012Validator

from ..errors import RuleError
from ..words import fold, is_misspelt, suggestion
from .nodes import ListNode, MapNode, Path, TextNode, place, position, written

_JSON_TYPES = {"object": dict, "array": list, "string": str}


def normalise(node: Any, schema: Any, root: Dict[str, Any]) -> Any:
    """The tree with keywords and choices in their plain spelling (`Densité` -> `densite`); names stay as written."""
    branches = [branch for branch in _branches(schema, root) if _fits(node, branch)]
    if isinstance(node, MapNode):
        given = {fold(key) for key in node}
        branches = [branch for branch in branches if given.issuperset(branch.get("required", ()))] or branches
        _rename(node, {key for branch in branches for key in branch.get("properties", {})})
        for key in list(node):
            for branch in branches:
                child = branch.get("properties", {}).get(key, branch.get("additionalProperties"))
                if isinstance(child, dict):
                    node[key] = normalise(node[key], child, root)
    elif isinstance(node, ListNode):
        for branch in branches:
            if "items" in branch:
                node[:] = [normalise(item, branch["items"], root) for item in node]
    elif isinstance(node, TextNode):
        choices = [choice for branch in branches for choice in branch.get("enum", ()) if isinstance(choice, str)]
        if choices and str(node) not in choices:
            plain = next((choice for choice in choices if fold(choice) == fold(node)), None)
            return TextNode(plain).at(*position(node)) if plain else node
    return node


def check(root: MapNode, schema: Dict[str, Any], silent: List[Path]) -> Tuple[List[RuleError], List[Path]]:
    """The errors of structure but those under `silent`, and the paths they are about, not worth reading further."""
    errors: Dict[RuleError, Path] = {}
    for found in Draft202012Validator(schema).iter_errors(root):
        for message, path in _explain(found, schema):
            if any(path[: len(above)] == above for above in silent):
                continue
            where = place(root, path)
            error = RuleError(message, *where, path=written(root, path))
            errors.setdefault(error, path)
    return list(errors), [*silent, *errors.values()]


def _explain(error: Any, root: Dict[str, Any]) -> Iterator[Tuple[str, Path]]:
    """(French message, path) for one error of `jsonschema`; several for several keys."""
    path: Path = tuple(error.absolute_path)
    schema, instance = error.schema, error.instance
    title = schema.get("title", "") if path else "le fichier"
    if error.validator == "anyOf":
        yield from _explain_branch(error, root)
    elif error.validator in ("oneOf", "enum"):
        return  # exactly one of several keys, a word of a closed list: said by the reader, which knows more
    elif error.validator == "additionalProperties":
        known = schema.get("properties", {})
        for key in instance:
            if key not in known:
                above = _parent_left_empty(key, instance, known, root)
                hint = f" se place sous « {above} » : décaler ces lignes de deux espaces"
                yield f"« {key} »{hint}" if above else f"« {key} » inconnu{suggestion(key, known)}", (*path, key)
    elif error.validator == "required":
        for key in error.validator_value:
            if key not in instance and not is_misspelt(key, instance, schema.get("properties", ())):
                yield f"« {key} » manque" + (f" dans {title}" if title else ""), (*path, key)
    elif error.validator in ("minItems", "minProperties"):
        yield "vide : donner au moins une valeur ou supprimer la clé", path
    else:
        yield f"{_expected(schema)} attendu, {_found(instance)} trouvé", path


def _explain_branch(error: Any, root: Dict[str, Any]) -> Iterator[Tuple[str, Path]]:
    """The errors of the branch that the author meant: the one of the right nature with the most keys in common."""
    instance = error.instance
    options = []
    for rank, branch in enumerate(error.validator_value):
        fitting = [schema for schema in _branches(branch, root) if _fits(instance, schema)]
        if fitting:
            common = max(_common(instance, schema) for schema in fitting)
            options.append((-common, rank))
    if not options:
        titles = [schema.get("title", "") for branch in error.validator_value for schema in _branches(branch, root)]
        expected = error.schema.get("title") or " ou ".join(dict.fromkeys(title for title in titles if title))
        yield f"{expected or 'autre chose'} attendu, {_found(instance)} trouvé", tuple(error.absolute_path)
        return
    meant = min(options)[1]
    for inner in error.context:
        if inner.schema_path[0] == meant:
            yield from _explain(inner, root)


def _parent_left_empty(key: str, instance: Any, known: Dict[str, Any], root: Dict[str, Any]) -> str:
    """The key beside `key`, left without a value, that it should stand under; "" when there is none."""
    for empty in sorted(getattr(instance, "empty", ())):
        if any(fold(key) in branch.get("properties", {}) for branch in _branches(known.get(empty), root)):
            return str(empty)
    return ""


def _branches(schema: Any, root: Dict[str, Any]) -> Iterable[Dict[str, Any]]:
    """The plain schemas behind `$ref` and `anyOf`."""
    if not isinstance(schema, dict):
        return []
    if "$ref" in schema:
        return _branches(root["$defs"][schema["$ref"].split("/")[-1]], root)
    if "anyOf" in schema:
        return [plain for branch in schema["anyOf"] for plain in _branches(branch, root)]
    return [schema]


def _fits(node: Any, schema: Dict[str, Any]) -> bool:
    if "enum" in schema:
        return isinstance(node, str)
    types = schema.get("type", ())
    return any(isinstance(node, _JSON_TYPES.get(name, ())) for name in ([types] if isinstance(types, str) else types))


def _common(instance: Any, schema: Dict[str, Any]) -> int:
    return len(set(instance) & set(schema.get("properties", {}))) if isinstance(instance, dict) else 0


def _rename(node: MapNode, keywords: Any) -> None:
    for key in list(node):
        if key not in keywords and fold(key) in keywords and fold(key) not in node:
            node.rename(key, fold(key))


def _expected(schema: Dict[str, Any]) -> str:
    if schema.get("title"):
        return str(schema["title"])
    types = schema.get("type", "")
    return {"object": "un ensemble de clés", "array": "une liste"}.get(
        types if isinstance(types, str) else "", "un texte"
    )


def _found(instance: Any) -> str:
    if isinstance(instance, dict):
        return "un ensemble de clés"
    return "une liste" if isinstance(instance, list) else f"« {str(instance)[:40]} »"
