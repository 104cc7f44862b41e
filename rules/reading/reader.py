"""`Reader`: what the typed conversion needs to know, and where it puts every error."""

from __future__ import annotations

from typing import Any, Dict, List, Mapping, Optional, Sequence, Set, Tuple, TypeVar

from ..errors import AVERTISSEMENT, ERREUR, RuleError
from ..model import Selection, Territoires
from ..types.scalars import ParamType
from ..words import is_misspelt, suggestion
from .nodes import Path, place, position, written

T = TypeVar("T")

#: section of the file -> (what one of its entries is called, agreement of "déclaré")
_WORDS = {
    "couches": ("couche", "déclarée sous couches"),
    "tables": ("table", "déclarée sous tables"),
    "selections": ("sélection", "déclarée sous selections"),
    "classements": ("classement", "déclaré sous territoires.classements"),
}


class Reader:
    """Knows the declared names, collects errors and warnings, and notes which names are used.

    `blocked`: paths that the structure check already reported; nothing more is said at or under them.
    """

    def __init__(self, root: Any, blocked: Sequence[Path] = ()) -> None:
        self.root = root
        self.blocked: Set[Path] = set(blocked)
        self._remarks: Dict[RuleError, None] = {}  # in order, each once
        self.couches: Set[str] = _names(root, "couches")
        self.tables: Set[str] = _names(root, "tables")
        self.selections: Dict[str, Optional[Selection]] = {}
        #: classement -> its classes, () when they are read in a layer or a table
        self.classements: Dict[str, Tuple[str, ...]] = {}
        #: the same, typed, for what depends on their communes
        self.territoires = Territoires()
        #: units of the thresholds of the control being read
        self.units: Tuple[str, ...] = ()
        #: whether that control may compare with a past situation
        self.relative = False
        #: scales at which a threshold of that control may follow a field of the object: "" none, "objet", "tous"
        self.selon_champ = ""
        self.used: Set[Tuple[str, str]] = set()

    # `error` has the type of any optional value, so that a type may `return reader.error(…)`
    def error(self, message: str, path: Path, node: Any = None) -> Optional[T]:
        self._remark(message, path, node, ERREUR)
        return None

    def warn(self, message: str, path: Path, node: Any = None) -> None:
        self._remark(message, path, node, AVERTISSEMENT)

    @property
    def errors(self) -> List[RuleError]:
        return [remark for remark in self._remarks if remark.severity == ERREUR]

    @property
    def warnings(self) -> List[RuleError]:
        return [remark for remark in self._remarks if remark.severity == AVERTISSEMENT]

    def fields(
        self,
        value: Any,
        path: Path,
        types: Mapping[str, Optional[ParamType[Any]]],
        required: Sequence[str] = (),
    ) -> Optional[Dict[str, Any]]:
        """The typed values of a mapping, None when one of them is wrong. A type None is read by the caller."""
        if not isinstance(value, dict):
            return self.error(f"des clés sont attendues ({', '.join(types)})", path, value)
        sound = True
        read: Dict[str, Any] = {}
        for key, item in value.items():
            if key not in types:
                self.error(f"« {key} » inconnu{suggestion(key, types)}", (*path, key))
                sound = False
                continue
            type_ = types[key]
            if type_ is not None:
                read[key] = type_.read(item, (*path, key), self)
                sound = sound and read[key] is not None
        for key in required:
            if key not in value and not is_misspelt(key, value, types):
                self.error(f"« {key} » manque", (*path, key), value)
            sound = sound and key in value
        return read if sound else None

    def couche(self, name: Any, path: Path) -> bool:
        return self._declared("couches", self.couches, name, path)

    def table(self, name: Any, path: Path) -> bool:
        return self._declared("tables", self.tables, name, path)

    def selection(self, name: Any, path: Path) -> Optional[Selection]:
        """The selection of that name; None when it is unknown, or wrong and reported where it stands."""
        self._declared("selections", set(self.selections), name, path)
        return self.selections.get(name)

    def classement(self, name: Any, path: Path) -> Optional[Tuple[str, ...]]:
        """The classes of that classement, () when they are only known at the run, None when it is unknown."""
        self._declared("classements", set(self.classements), name, path)
        return self.classements.get(str(name))

    def _declared(self, section: str, known: Set[str], name: Any, path: Path) -> bool:
        self.used.add((section, str(name)))
        if str(name) in known:
            return True
        thing, declared = _WORDS[section]
        self.error(f"{thing} « {name} » non {declared}{suggestion(str(name), sorted(known))}", path, name)
        return False

    def _remark(self, message: str, path: Path, node: Any, severity: str) -> None:
        if severity == ERREUR and any(path[:length] in self.blocked for length in range(len(path) + 1)):
            return
        file, line, column = position(node)
        if not line:
            file, line, column = place(self.root, path)
        remark = RuleError(message, file, line, column, written(self.root, path), severity)
        self._remarks.setdefault(remark)


def _names(root: Any, section: str) -> Set[str]:
    declared = root.get(section) if isinstance(root, dict) else None
    return set(declared) if isinstance(declared, dict) else set()
