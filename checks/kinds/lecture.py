"""`lecture`: nothing computed, one row of the grid to fill by hand."""

from __future__ import annotations

from typing import Any, Optional, Sequence

from ...rules.model import Controle
from ...rules.params import Param
from ...rules.types import ListOf, Questions, Text
from ...rules.words import enumerate_words
from ..base import Check, Constat, Etat, Exempted
from ..context import Context, NotEvaluable
from ..wording import names

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
    sur aucune commune de ce PLU, ou si `sauf` les écarte toutes.

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
        communes = self._communes(context)
        if communes is not None and not communes:
            return self.everywhere(context, Etat.SANS_OBJET, "Aucune commune de ce PLU n'est concernée.")
        spared = self._spare(context, communes or ())
        if communes and len(self.exempted) == len(communes):
            return self.everywhere(context, Etat.SANS_OBJET, spared)
        where = f" dans {enumerate_words([PIECES.get(piece, piece) for piece in self.pieces])}" if self.pieces else ""
        message = f"À lire par l'instructeur{where} : {' '.join(self.questions)}"
        return self.everywhere(context, Etat.A_APPRECIER, message, limites=(spared,) if spared else ())

    def _communes(self, context: Context) -> Optional[Sequence[str]]:
        """The communes of the PLU that the prescription bears on; None where they are not known: the reader says."""
        portee = self.prescription.s_applique_a
        try:
            known = context.territory.communes
            return (sorted(context.territory.in_scope(portee)) if portee is not None else known) if known else None
        except NotEvaluable:
            return None

    def _spare(self, context: Context, communes: Sequence[str]) -> str:
        """The communes that exceptions spare whole are listed; what is said of them, "" when there is none."""
        for sauf in self.prescription.sparing_communes(context.date):
            done = [row.insee for row in self.exempted]
            self.exempted += [
                Exempted(self.prescription.id, code, context.territory.nom(code), code, sauf.motif, sauf.reference)
                for code in communes
                if code in sauf.communes and code not in done
            ]
        if not self.exempted:
            return ""
        aside, why = names([row.libelle for row in self.exempted]), names([row.motif for row in self.exempted])
        return f"Exception pour {aside} : {why}."
