"""What is wrong in a rule file, and where: all of it at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Tuple

ERREUR = "erreur"
AVERTISSEMENT = "avertissement"
_LONGEST = 600


@dataclass(frozen=True)
class RuleError:
    """One remark on a rule file. `line` and `column` count from 1, 0 when it bears on the whole file."""

    message: str
    file: str = ""
    line: int = 0
    column: int = 0
    path: str = ""  # path of the key: `prescriptions[P12].controle.densite.minimum`
    severity: str = ERREUR

    def __post_init__(self) -> None:
        if len(self.message) > _LONGEST:  # it quotes what was written, which may be a whole file
            object.__setattr__(self, "message", f"{self.message[: _LONGEST // 2]} … {self.message[-_LONGEST // 2 :]}")

    def __str__(self) -> str:
        place = [self.file] if self.file else []
        if self.line:
            place.append(f"ligne {self.line}, colonne {self.column}")
        if self.path:
            place.append(f"clé {self.path}")
        return " : ".join([", ".join(place), self.message]) if place else self.message


class InvalidRules(Exception):
    """The rule file cannot be used. `errors` holds every error found, in the order of the files."""

    def __init__(self, errors: Tuple[RuleError, ...]) -> None:
        super().__init__("\n".join(str(error) for error in errors))
        self.errors = errors
