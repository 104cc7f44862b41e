"""Before a control: where each layer and table of the rules would be found, and what a missing one costs."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Iterable, List, Mapping, Optional, Tuple, Union

from ..checks import needs
from ..rules.model import Couche, RuleSet, Table
from ..rules.words import fold
from .files.sources import is_provided, layer_names, split
from .reader import SourceError
from .roles import source_of

#: how a source was found
CHOSEN, DECLARED, MATCHED, MISSING = "choisie", "indiquée par les règles", "trouvée dans le projet", "à choisir"


@dataclass(frozen=True)
class Offered:
    """A layer of the project: its name and its source, as the dossier writes it. `table`: it has no geometry."""

    nom: str
    source: str
    table: bool = False


@dataclass(frozen=True)
class Role:
    """One layer or table of the rules. `prescriptions`: ids that stay `non_evalue` without it.

    `source`: where it would be read, "" when nowhere; `origine`: one of the words above; `cause`: why it is missing.
    """

    nom: str
    libelle: str
    geometrie: str  # surface | ligne | point, "" for a table
    prescriptions: Tuple[str, ...]
    source: str = ""
    origine: str = MISSING
    cause: str = ""

    @property
    def found(self) -> bool:
        return bool(self.source)


def propose(
    rules: RuleSet, complements: Optional[Path], chosen: Mapping[str, str], offered: Iterable[Offered]
) -> List[Role]:
    """Every role the rules need, in their order: chosen by the user, else found by its `source`, else by its name."""
    layers, used = list(offered), needs.users(rules)
    needed = needs.of_rules(rules)
    return [
        _role(rules, declared, used.get(nom, ()), complements, chosen.get(nom, ""), layers)
        for declared_ones, names in ((rules.couches, needed.couches), (rules.tables, needed.tables))
        for nom, declared in declared_ones.items()
        if nom in names
    ]


def _role(
    rules: RuleSet,
    declared: Union[Couche, Table],
    prescriptions: Tuple[str, ...],
    complements: Optional[Path],
    chosen: str,
    offered: List[Offered],
) -> Role:
    geometrie = declared.geometrie if isinstance(declared, Couche) else ""
    source, origine, cause = chosen, CHOSEN, ""
    try:
        if not chosen:
            source, origine = source_of(declared, Path(rules.chemin).parent, complements), DECLARED
        if source not in {one.source for one in offered}:
            _check(source)
    except (SourceError, OSError) as missing:  # what was chosen and is gone is told, never replaced by another layer
        source, origine = "" if chosen else _matched(declared, not geometrie, offered), MATCHED
        cause = str(missing)
    if not source:
        origine = MISSING
    return Role(declared.nom, declared.libelle or declared.nom, geometrie, prescriptions, source, origine, cause)


def _check(source: str) -> None:
    """Raises SourceError when a file is not there or lacks the layer that its source names, in any case.

    What is no file is seen at the run, but for a temporary layer: out of the project, it is nowhere.
    """
    if source.startswith("memory:"):
        raise SourceError("une couche temporaire, qui n'est plus dans le projet")
    if is_provided(source):
        return
    path, layer = split(source)
    if not path.exists():
        raise SourceError(f"« {path} » n'existe pas ou n'est pas accessible")
    if layer and path.is_file() and layer.casefold() not in map(str.casefold, layer_names(path)):
        raise SourceError(f"« {path.name} » n'a pas de couche « {layer} »")


def _matched(declared: Union[Couche, Table], table: bool, offered: List[Offered]) -> str:
    """The layer of the project that has the name of the role, or its wording; the first of several."""
    wanted = {fold(declared.nom), fold(declared.libelle)} - {""}
    return next((one.source for one in offered if fold(one.nom) in wanted and one.table == table), "")
