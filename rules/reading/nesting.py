"""Whether a classement is nested in another: each of its classes lies in one class of the other."""

from __future__ import annotations

from typing import Dict, Optional, Set

from ..model import Classement

#: stands for every commune that no class names
_OTHERS = "*"


def is_nested(inner: Classement, outer: Classement) -> bool:
    """False too when classes are read in a layer or a table: it cannot be known before the run."""
    if inner.lu_dans is not None or outer.lu_dans is not None:
        return False
    named = {code for classement in (inner, outer) for classe in classement.classes for code in classe.communes}
    inside: Dict[Optional[str], Set[Optional[str]]] = {}
    for code in (*named, _OTHERS):
        classe = _class_of(code, inner)
        if classe is not None:
            inside.setdefault(classe, set()).add(_class_of(code, outer))
    return all(len(classes) == 1 and None not in classes for classes in inside.values())


def _class_of(code: str, classement: Classement) -> Optional[str]:
    default = None
    for classe in classement.classes:
        if code in classe.communes:
            return classe.nom
        if classe.defaut:
            default = classe.nom
    return default
