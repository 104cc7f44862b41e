"""How a kind of control declares its parameters: `name = Param(type, help, default=…)`.

From these fields come the JSON Schema, the typed values of a control, the reference documentation
and the pieces of the sentence read aloud. The types themselves are in `types.py`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Dict, Generic, Mapping, TypeVar, overload

if TYPE_CHECKING:
    from .types import ParamType

T = TypeVar("T")


class _Required:
    def __repr__(self) -> str:
        return "obligatoire"


REQUIRED: Any = _Required()


class Param(Generic[T]):
    """A typed field of a kind. On an instance it reads the control's value, on the class itself."""

    name = ""

    def __init__(self, type: "ParamType[T]", help: str, *, default: Any = REQUIRED) -> None:
        self.type, self.help, self.default = type, help, default

    @property
    def required(self) -> bool:
        return self.default is REQUIRED

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    @overload
    def __get__(self, instance: None, owner: type) -> "Param[T]": ...

    @overload
    def __get__(self, instance: "HasParams", owner: type) -> T: ...

    def __get__(self, instance: Any, owner: type) -> Any:
        if instance is None:
            return self
        return instance.valeurs.get(self.name, self.default)


class HasParams:
    """Base of a kind: gathers its `Param` fields, its own and inherited, in order of declaration."""

    valeurs: Mapping[str, Any]

    @classmethod
    def params(cls) -> Dict[str, Param[Any]]:
        found: Dict[str, Param[Any]] = {}
        for base in reversed(cls.__mro__):
            for name, value in vars(base).items():
                if isinstance(value, Param):
                    found.pop(name, None)
                    found[name] = value
                elif name in found:
                    del found[name]  # a subclass removes an inherited parameter by `name = None`
        return found
