"""One corridor whose widths are known: its state, its sentence, and the objects of the plan that narrow it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Optional, Tuple

import numpy as np
import shapely

from .base import Check, Constat, Ecart, Etat, Repere
from .context import Context
from .continuity.attribution import Blamed, blame
from .continuity.folds import along
from .continuity.passage import EPSILON, Passage, barrier, measure
from .continuity.scene import Corridor
from .corridor_reperes import reperes, thickness, width_of
from .obstacles import Obstacles, Standing
from .seuils import Limits, Verdict, as_amount, judge
from .territory import Unit
from .wording import NBSP, area, length, names, number, plural, uncertain

#: under this share of its length inside the PLU, a corridor that is wide enough there proves nothing
COVERED_SHARE = 0.9
#: of a line with bends so tight that the corridor around it covers itself
_FOLDS = "Lacets plus serrés que le corridor n'est large, qui s'y confondent"
_FOLDED = (
    "ses lacets, plus serrés qu'il n'est large, se confondent, et un passage peut y couper au court sans suivre sa "
    "ligne. Réduisez son « tampon », ou dessinez-le en surface et déclarez ses « extremites »."
)


@dataclass(frozen=True)
class Widths:
    """The passages of one corridor: as drawn; past what is built; and past what the plan adds, certain or possible.

    Where the last one is as wide as asked, it stands for the others, which are wider.
    """

    drawn: Passage
    before: Passage
    best: Passage
    after: Passage

    @property
    def methodes(self) -> Tuple[str, ...]:
        return tuple(one.methode for one in (self.drawn, self.before, self.best, self.after))


@dataclass(frozen=True)
class CorridorJudge:
    """One corridor whose widths are known."""

    check: Check
    context: Context
    obstacles: Obstacles
    unit: Unit
    corridor: Corridor
    there: Standing
    widths: Widths
    limits: Limits
    #: parts of its line that a passage may leave out by cutting across a fold
    loops: Any = None

    @cached_property
    def asked(self) -> Optional[float]:
        return self.limits.minimum

    @cached_property
    def floor(self) -> Optional[float]:
        """What is asked, or what was left before the plan when that is less."""
        return None if self.asked is None else min(self.asked, self.widths.before.width)

    @cached_property
    def tolerance(self) -> float:
        return as_amount(self.limits.tolerance, self.floor or 0.0) if self.limits.tolerance else 0.0

    @property
    def _narrow_already(self) -> bool:
        """Whether what is built leaves less than what is asked and drawn, whatever the plan says."""
        if self.asked is None:
            return False
        reachable = min(self.asked, self.widths.drawn.width)
        return self.widths.before.width < reachable - max(self.tolerance, EPSILON)

    def _verdict(self, width: float) -> Verdict:
        verdict = judge(width, replace(self.limits, minimum=self.floor))
        if verdict.etat == Etat.SANS_ECART and self._narrow_already:
            return replace(verdict, etat=Etat.A_APPRECIER)
        return verdict

    def constat(self, covered: float, limites: Tuple[str, ...]) -> Constat:
        plan, widths = self.obstacles.plan, self.widths
        causes = plan.manquantes + self.obstacles.unbuilt
        favourable = self._verdict(widths.best.width)
        unfavourable = self._verdict(0.0 if causes else widths.after.width)
        etat = favourable.etat if favourable.etat == unfavourable.etat else Etat.NON_EVALUE
        doubts = uncertain(plan.libelles[self.there.rows[~plan.certain[self.there.rows]]])
        beyond = covered < COVERED_SHARE
        if beyond and etat == Etat.SANS_ECART:
            etat = Etat.NON_EVALUE
        share = f"{number(100 * covered, 0 if covered < 0.995 else 1)}{NBSP}%"
        if covered < 0.999:
            limites += (
                f"{share} du corridor dans le PLU ; il est supposé libre ailleurs : la largeur est un maximum.",
            )
        folded = self._owed_to_a_fold(etat)
        etat = Etat.NON_EVALUE if folded else etat
        decided = etat != Etat.NON_EVALUE
        passage = widths.after if decided else widths.best
        verdict = self._verdict(passage.width)
        blamed = self._blamed(passage) if etat.is_departure else None
        closing = barrier(passage) if passage.width < EPSILON else None
        if decided:
            limites += causes + doubts + self._about_floor(verdict)
            if self.loops is not None:
                limites += (f"{_FOLDS} : le passage peut y couper au court, et la largeur est un maximum.",)
            limites += self._about_blame(blamed) if blamed is not None else ()
            message = self._message(passage, closing, etat, blamed)
        else:
            why = causes + (doubts if favourable.etat != unfavourable.etat else ())
            if folded:
                why += (_FOLDED,)
            if beyond and not why:
                why = (f"{share} seulement du corridor est dans le PLU.",)
            known = f"Le passage connu est de {width_of(passage.width)}, au plus{self.check.source}."
            message = f"Non évalué : {name_of(self.unit)} : {' '.join(why)} {known}"
        return self.check.constat(
            self.unit,
            etat,
            message[0].upper() + message[1:],
            mesure=passage.width,
            unite="m",
            seuil_min=self.floor,
            ecart=verdict.ecart if decided else None,
            ecart_relatif=verdict.relatif if decided else None,
            nb_objets=len(self.there.rows),
            limites=tuple(dict.fromkeys(limites)),
            ecarts=self._ecarts(blamed) if blamed is not None else (),
            reperes=self._reperes(passage, closing, blamed) if decided else (),
        )

    def _owed_to_a_fold(self, etat: Etat) -> bool:
        """Whether the answer may be another one for a passage that follows the line where the corridor covers itself.

        The widths that are measured are then at most. That of a passage whose middle follows the line is one at least.
        """
        if self.loops is None or self.floor is None or etat == Etat.NON_EVALUE:
            return False
        if etat.is_departure:
            least = min(self.floor, along(self.widths.before, self.loops))
            return not self.widths.after.width < least - max(self.tolerance, EPSILON)
        if not len(self.there.rows) and (etat == Etat.A_APPRECIER or not len(self.there.built)):
            return False
        return along(self.widths.after, self.loops) < self.floor - max(self.tolerance, 2 * EPSILON)

    # -- words ------------------------------------------------------------------------------------

    def _message(self, passage: Passage, closing: Any, etat: Etat, blamed: Optional[Blamed]) -> str:
        name, width, before = name_of(self.unit), passage.width, self.widths.before.width
        asked = f" ; le DOO en demande {width_of(self.asked)}" if self.asked is not None else " ; à apprécier"
        left = f"{name} : il reste un passage de {width_of(width)} entre ses extrémités"
        if width < EPSILON:
            left = f"{name} : plus aucun passage ne relie ses extrémités"
        said = left + (self._groups(passage) if etat.is_departure else "") + asked
        if etat == Etat.A_APPRECIER and self._narrow_already:
            return (
                f"{said} ; il était déjà étroit sans le PLU, du fait du bâti ({width_of(before)}){self.check.source}."
            )
        if blamed is None:
            drawn = " (comme dessiné)" if not len(self.there.rows) and not len(self.there.built) else ""
            return f"{said}{drawn}{self._tolerated(width)}{self.check.source}."
        said += f" ; {width_of(before)} sans le PLU{self._urban_alone()}{self._place(passage, closing)}"
        culprits = [str(self._plan_name(row)) for row in sorted(blamed.passages)]
        together = ", ensemble" if not blamed.alone and len(set(culprits)) > 1 else ""
        return f"{said} ; en cause : {names(culprits)}{together}{self.check.source}."

    def _place(self, passage: Passage, closing: Any) -> str:
        """Where the passage is the narrowest, or what closes it."""
        line = passage.pinch if passage.pinch is not None else closing
        if line is None or shapely.is_empty(line):
            return ""
        middle = shapely.line_interpolate_point(line, 0.5, normalized=True)
        middle = shapely.get_point(shapely.shortest_line(self.corridor.surface, middle), 0)  # where it bends
        where = f"x {number(shapely.get_x(middle), 0)}, y {number(shapely.get_y(middle), 0)}"
        if passage.pinch is not None:
            return f" ; le plus étroit est en {where}"
        thick = thickness(line)
        over = f" sur {length(thick)} à vol d'oiseau" if thick else ""
        return f" ; fermé{over} en {where}"

    def _groups(self, passage: Passage) -> str:
        """Of a corridor with several ends, those that are cut off."""
        if len(passage.widths) < 3 or self.floor is None:
            return ""
        count = len(np.unique(passage.groups(self.floor)))
        each = ", ".join(width_of(width) for width in passage.of_ends())
        return (
            f" ({plural(len(passage.widths), 'extrémité')}, en {plural(count, 'groupe')} à cette largeur ; "
            f"de chacune à la plus accessible : {each})"
        )

    def _urban_alone(self) -> str:
        """What the U zones alone leave, when the plan has both them and zones to urbanise here."""
        typezone = self.obstacles.plan.typezone[self.there.rows]
        urban = typezone == "U"
        if not urban.any() or urban.all():
            return ""
        left = measure(self.corridor, np.concatenate([self.there.built, self.there.shapes[urban]]))
        return f", {width_of(left.width)} avec les seules zones U"

    def _tolerated(self, width: float) -> str:
        return " (dans la tolérance)" if self.floor is not None and width < self.floor - EPSILON else ""

    def _about_floor(self, verdict: Verdict) -> Tuple[str, ...]:
        said: Tuple[str, ...] = ()
        drawn, before = self.widths.drawn.width, self.widths.before.width
        if self.asked is not None and drawn < self.asked - EPSILON:
            own = "que ce que le DOO demande : il est jugé par rapport à cette largeur"
            said += (f"Corridor dessiné plus étroit ({width_of(drawn)}) {own}.",)
        elif self.floor is not None and self.asked is not None and before < self.asked - EPSILON:
            said += (f"Le bâti ne laissait déjà que {width_of(before)} : le PLU est jugé par rapport à cette largeur.",)
        if verdict.tolere and verdict.ecart is not None and self.check.valeurs.get("tolerance") is None:
            said += (f"Rétrécissement de {width_of(verdict.ecart)} sous la précision de la couche.",)
        return said

    def _about_blame(self, blamed: Blamed) -> Tuple[str, ...]:
        said: Tuple[str, ...] = ()
        if not blamed.complete:
            said += ("D'autres objets que ceux en cause peuvent resserrer ce corridor.",)
        urban = self.obstacles.plan.typezone[self.there.rows[list(blamed.passages)]] == "U"
        if urban.any() and not self.obstacles.told_apart:
            whole = "Toutes les zones en cause sont des zones U. " if urban.all() else ""
            said += (f"{whole}Aucun bâti dans « obstacles » : ce qui est déjà construit compte avec le PLU.",)
        return said

    # -- what is drawn ----------------------------------------------------------------------------

    def _reperes(self, passage: Passage, closing: Any, blamed: Optional[Blamed]) -> Tuple[Repere, ...]:
        """Of a corridor that is too narrow, whether the plan is at fault or it was so already."""
        if blamed is None and not self._narrow_already:
            return ()
        wanted = self.floor if blamed is not None else self.asked
        # nothing of a corridor is as wide as it is drawn, but its middle
        wanted = min(wanted or 0.0, self.widths.drawn.width - 2 * EPSILON)
        return reperes(blamed.places if blamed is not None else (passage,), closing, wanted)

    # -- what is at fault -------------------------------------------------------------------------

    def _blamed(self, passage: Passage) -> Blamed:
        wanted = (self.floor or 0.0) - self.tolerance
        step = self.context.progress.step
        return blame(self.corridor, self.there.shapes, self.there.built, passage, wanted, lambda: step(0.0))

    def _plan_name(self, row: int) -> str:
        return str(self.obstacles.plan.libelles[self.there.rows[row]])

    def _ecarts(self, blamed: Blamed) -> Tuple[Ecart, ...]:
        found = []
        for row, width in sorted(blamed.passages.items()):
            verdict = self._verdict(width)
            conflict = shapely.intersection(self.there.shapes[row], self.corridor.surface)
            if verdict.etat.is_departure and shapely.area(conflict) > 0:
                found.append(self._ecart(row, verdict, width, conflict, blamed.alone.get(row)))
        return tuple(found)

    def _ecart(self, row: int, verdict: Verdict, width: float, conflict: Any, alone: Optional[float]) -> Ecart:
        plan, i = self.obstacles.plan, int(self.there.rows[row])
        surface = float(shapely.area(conflict))
        without = f" ({width_of(alone)} sans elle)" if alone is not None else ""
        left = f"passage de {width_of(width)}{without}"
        said = f"{self._plan_name(row)} : {area(surface)} dans {name_of(self.unit)}, {left}."
        return Ecart(
            objet=str(plan.noms[i]),
            objet_id=str(plan.ids[i]),
            etat=verdict.etat,
            geometrie=conflict,
            geometrie_objet=plan.entier[i],
            libelle=self._plan_name(row),
            typezone=str(plan.typezone[i] or ""),
            insee=str(self.context.territory.insee(plan.take(np.array([i])))[0]),
            surface_m2=surface,
            part_objet=min(surface / float(shapely.area(plan.geometrie[i])), 1.0),
            mesure=width,
            seuil=self.floor,
            unite="m",
            message=said,
        )


def name_of(unit: Unit) -> str:
    """`le corridor « A »`, `le corridor n° 3` where it has no name."""
    unnamed = unit.nom.startswith("objet n°")
    return f"le corridor {unit.nom.replace('objet n°', 'n°') if unnamed else f'« {unit.nom} »'}"
