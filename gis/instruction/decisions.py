"""The words of an appraisal, and the rows that keep them (tables `appreciations` and `constats_libres`)."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import Enum
from typing import Iterable, Optional

from ..results import ConstatRow, EcartRow


class Decision(Enum):
    """What the instructor makes of a departure. None of them says whether the plan is compatible."""

    EN_ATTENTE = "en_attente"
    RETENU = "retenu"
    NUANCE = "nuance"
    NON_RETENU = "non_retenu"
    A_COMPLETER = "a_completer"

    @property
    def label(self) -> str:
        return _DECISIONS[self]


class Suite(Enum):
    """What is asked of the authority that draws up the plan."""

    AUCUNE = "aucune"
    RESERVE = "reserve"
    RECOMMANDATION = "recommandation"
    QUESTION = "question"

    @property
    def label(self) -> str:
        return _SUITES[self]


_DECISIONS = {
    Decision.EN_ATTENTE: "En attente",
    Decision.RETENU: "Retenu",
    Decision.NUANCE: "Nuancé",
    Decision.NON_RETENU: "Non retenu",
    Decision.A_COMPLETER: "À compléter",
}
_SUITES = {
    Suite.AUCUNE: "Aucune",
    Suite.RESERVE: "Réserve",
    Suite.RECOMMANDATION: "Recommandation",
    Suite.QUESTION: "Question",
}
#: measures closer than this, relatively, are one measure written twice
SAME = 1e-6


class Refused(Exception):
    """The appraisal was not kept; the message is a French sentence that says why and what to do."""


@dataclass(frozen=True)
class Verdict:
    """A decision, its reason and what follows. The reason is due for any decision but "en attente"."""

    decision: Decision
    motif: str = ""
    suite: Suite = Suite.AUCUNE

    def check(self) -> None:
        """Raises Refused without a reason."""
        if self.decision is not Decision.EN_ATTENTE and not self.motif.strip():
            raise Refused("Le motif manque : écrivez en une phrase pourquoi, l'appréciation sera relue sans vous.")


@dataclass(frozen=True)
class Subject:
    """What is decided on: a constat or an écart by its key, as it stands now."""

    cle: str
    etat: str = ""
    mesure: Optional[float] = None
    unite: str = ""

    @classmethod
    def of_constat(cls, constat: ConstatRow) -> Subject:
        return cls(constat.cle, constat.etat.value, constat.mesure, constat.unite)

    @classmethod
    def of_free(cls, finding: FreeFinding) -> Subject:
        """A finding added by hand has no state nor measure."""
        return cls(finding.cle)

    @classmethod
    def of_ecart(cls, ecart: EcartRow) -> Subject:
        size = (ecart.surface_m2, "m2") if ecart.surface_m2 is not None else (ecart.longueur_m, "m")
        return cls(ecart.cle, ecart.etat.value, size[0], size[1] if size[0] is not None else "")


@dataclass(frozen=True)
class Appraisal:
    """A row of `appreciations`. `etat`, `mesure`, `unite`: those of the subject on the day of the decision."""

    cle: str
    decision: Decision
    motif: str = ""
    suite: Suite = Suite.AUCUNE
    auteur: str = ""
    date: str = ""  # UTC, ISO
    origine: str = ""
    etat: str = ""
    mesure: Optional[float] = None
    unite: str = ""

    @property
    def decided(self) -> bool:
        return self.decision is not Decision.EN_ATTENTE

    def stale(self, now: Subject) -> bool:
        """Whether what it was decided on has changed since, so that its reason may no longer hold."""
        if not self.decided or not self.etat:
            return False
        if (self.etat, self.unite) != (now.etat, now.unite) or (self.mesure is None) != (now.mesure is None):
            return True
        return self.mesure is not None and not math.isclose(self.mesure, now.mesure, rel_tol=SAME, abs_tol=SAME)

    def outdated(self, now: Iterable[Subject]) -> bool:
        """The same of an object in one piece or several: it was decided on one of them, nobody kept which."""
        return all(self.stale(one) for one in now)


@dataclass(frozen=True)
class FreeFinding:
    """A row of `constats_libres`: seen by the reader, not by the machine. An empty text withdraws it."""

    cle: str
    texte: str
    prescription: str = ""
    auteur: str = ""
    date: str = ""  # UTC, ISO
    wkb: Optional[bytes] = None  # in the projection of the dossier
