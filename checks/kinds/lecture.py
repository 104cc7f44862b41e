"""`lecture`: nothing computed, one row of the grid to fill by hand."""

from __future__ import annotations

from typing import Any, Sequence

from ...rules.model import Controle
from ...rules.params import Param
from ...rules.types import ListOf, Questions, Text
from ...rules.words import enumerate_words
from ..base import Check, Constat, Etat
from ..context import Context, NotEvaluable

#: how the usual pieces are called in a sentence; another one is said as it is written
PIECES = {
    "rapport": "le rapport de présentation",
    "padd": "le PADD",
    "reglement": "le règlement",
    "zonage": "le plan de zonage",
    "oap": "les OAP",
    "poa": "le POA",
    "annexes": "les annexes",
}


class Lecture(Check):
    """Une personne lit les pièces du PLU et répond aux questions ; rien n'est calculé.

    Résultat : toujours « à apprécier », sans mesure ni objet en cause ; « sans objet » si la prescription ne porte
    sur aucune commune de ce PLU.

    Limites : l'outil n'ouvre aucune pièce. Avant de choisir ce contrôle, voyez si une partie de la prescription se
    mesure : elle devient un volet à côté de celui-ci.
    """

    genre = "lecture"
    questions = Param(Questions(), "Questions auxquelles le lecteur répond")
    pieces = Param(ListOf(Text()), "Pièces du PLU à lire (rapport, padd, oap, reglement, annexes)", default=())

    @classmethod
    def sentence(cls, controle: Controle, say: Any) -> str:
        pieces = [PIECES.get(piece, piece) for piece in controle.parametres.get("pieces") or ()]
        where = f", dans {say.liste(pieces)}," if pieces else ""
        return f"une personne répond{where} à : {say.questions(controle.parametres['questions'])}"

    def run(self, context: Context) -> Sequence[Constat]:
        if not self._in_scope(context):
            return self.everywhere(context, Etat.SANS_OBJET, "Aucune commune de ce PLU n'est concernée.")
        where = f" dans {enumerate_words([PIECES.get(piece, piece) for piece in self.pieces])}" if self.pieces else ""
        message = f"À lire par l'instructeur{where} : {' '.join(self.questions)}"
        return self.everywhere(context, Etat.A_APPRECIER, message)

    def _in_scope(self, context: Context) -> bool:
        """Whether the prescription bears on a commune of the PLU; where communes are not known, the reader says."""
        portee = self.prescription.s_applique_a
        try:
            return portee is None or not context.territory.communes or bool(context.territory.in_scope(portee))
        except NotEvaluable:
            return True
