"""`continuite_corridor`: a passage of a minimal width is left between the ends of each corridor."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, List, Mapping, Optional, Sequence, Tuple

import numpy as np
import shapely

from ...rules.model import Controle, Quantity, RefTable, Selecteur, Selection, SelonClassement, SelonCommune
from ...rules.params import Param
from ...rules.types import Bool, Name, SeuilType, Tolerance
from ...rules.types import Couches as CouchesType
from ...rules.types import Objets as ObjetsType
from ..base import Check, Constat, Etat
from ..context import Context, NotEvaluable
from ..continuity.ends import Ends, NoEnds, caps, touched
from ..continuity.folds import skipped
from ..continuity.passage import EPSILON, EROSION, GAPS, SLIT, best_method, measure
from ..continuity.scene import Corridor
from ..corridor_judge import CorridorJudge, Widths, name_of
from ..corridor_reperes import width_of
from ..corridors import read_corridors
from ..couches import Couches, read_couches
from ..layers import Array
from ..limits import NotConcerned, Thresholds
from ..objets import Objets
from ..objets import measure as measures
from ..obstacles import Obstacles, Standing, read_obstacles, standing
from ..seuils import Limits
from ..territory import Unit
from ..wording import plural

#: what the PLU makes buildable, when the rule does not say
BUILDABLE: Selection = (Selecteur("zones", typezone=("U", "AUc", "AUs")),)
#: what a corridor has in common with the PLU below this (m2, m) is a drawing artefact
_COMMON = 1.0


class ContinuiteCorridor(Check):
    """Un passage d'une largeur minimale relie encore les extrémités de chaque corridor, obstacles du PLU retirés.

    Résultat : un constat par corridor ; la mesure est la largeur du passage (m), le diamètre du plus grand disque qui
    va d'une extrémité à l'autre sans toucher ni les côtés du corridor ni un obstacle. Deux obstacles en quinconce
    laissent donc ce qui les sépare, et non ce que chacun laisse à côté de lui ; une fente de moins de 1 m entre deux
    contours n'est pas un passage. La précision de la couche sert de tolérance. Sont en cause les objets du PLU qui
    resserrent le passage ; leur géométrie est leur part du corridor. Le dossier dessine aussi, d'un corridor trop
    étroit, ses endroits les plus étroits ou ce qui le ferme, avec la mesure, et ce qui y est libre mais trop étroit
    (`reperes_lignes`, `reperes`).

    Limites : un corridor plus étroit que ce que le DOO demande, comme dessiné ou du fait du bâti (`couche` dans
    « obstacles »), se juge contre ce qu'il laissait déjà. Hors du PLU le corridor est supposé libre : la largeur est
    alors un maximum. Où les lacets d'une ligne sont plus serrés que le corridor n'est large, un passage peut couper au
    court : il n'est évalué que si la réponse n'en dépend pas. Une surface n'a pas d'extrémités connues sans
    « extremites ». Clôtures, routes et usages du sol ne sont pas vus.
    """

    genre = "continuite_corridor"
    unites = ("m",)
    selon_champ = "tous"
    couches = Param(CouchesType(), "Corridors : des lignes avec leur « tampon », ou des surfaces")
    largeur_minimale = Param(SeuilType(units=unites), "Largeur de passage demandée", default=None)
    obstacles = Param(
        ObjetsType(),
        "Ce que le PLU rend constructible (les zones U, AUc et AUs à défaut) ; {couche: …} y ajoute le bâti existant",
        default=None,
    )
    extremites = Param(
        CouchesType(),
        "Couches que chaque corridor relie (réservoirs) ; à défaut, les deux bouts de sa ligne",
        default=None,
    )
    regrouper = Param(
        Name(),
        "Champ des corridors : les objets de même valeur qui se touchent (tronçons d'une rivière) n'en font qu'un",
        default=None,
    )
    tolerance = Param(Tolerance(), "Écart admis sous la largeur ; la précision de la couche à défaut", default=None)
    ecart_marque_au_dela_de = Param(Tolerance(), "Limite au-delà de laquelle un écart est marqué", default=None)
    vide_admis = Param(Bool(), "Une couche vide veut dire qu'il n'y a aucun objet", default=False)

    @classmethod
    def sentence(cls, controle: Controle, say: Any) -> str:
        values = controle.parametres
        ends = say.couches(values["extremites"], "de") if values.get("extremites") else ""
        asked = say.seuil(minimum=values.get("largeur_minimale"))
        wide = f"un passage large d'{asked}" if asked else "un passage, dont la largeur est à apprécier,"
        between = f"les objets {ends} qu'il touche" if ends else "ses extrémités"
        corridor = f"chaque objet {say.couches(values['couches'], 'de')}"
        if values.get("regrouper"):
            corridor += f", ou suite d'objets de même {values['regrouper']},"
        obstacles = say.objets(values.get("obstacles") or BUILDABLE)
        return f"{corridor} garde {wide} entre {between}, sans passer par {obstacles}"

    @classmethod
    def implied(cls, controle: Controle) -> Mapping[str, Sequence[str]]:
        champ = controle.parametres.get("regrouper")
        return {ref.nom: (champ,) for ref in controle.parametres["couches"]} if champ else {}

    @property
    def scale(self) -> str:
        return "objet"

    def run(self, context: Context) -> Sequence[Constat]:
        couches = read_couches(context, self.couches, vide_admis=self.vide_admis)
        corridors, covered, precision = self._corridors(context, couches)
        if not len(corridors) and not couches.manquantes:
            message = f"Aucun objet de {couches.libelle} ne se trouve sur le territoire du PLU."
            return self.everywhere(context, Etat.SANS_OBJET, message, limites=couches.limites)
        obstacles = read_obstacles(context, self, self.obstacles or BUILDABLE)
        if obstacles.spared:
            return self.everywhere(context, Etat.SANS_OBJET, self.nothing(context.territory.units("plu")[0]))
        ends = self._ends(context)
        told = _Told(self, context, obstacles, couches.limites + obstacles.limites)
        constats: List[Constat] = []
        for i, there in enumerate(standing(context, corridors.geometrie, obstacles)):
            context.progress.step(i / len(corridors))
            one = corridors.take(np.array([i]))
            constats.append(told.constat(one, there, float(covered[i]), float(precision[i]), ends))
        return constats + self.unread(context, couches.manquantes)

    def _corridors(self, context: Context, couches: Couches) -> Tuple[Objets, Array, Array]:
        """(the corridors that cross the PLU, the share of each that lies in it, its precision)."""
        objets, precision = read_corridors(context, couches, self.regrouper or "")
        drawn_as = np.where(shapely.get_dimensions(objets.entier) == 1, objets.entier, objets.geometrie)
        ground = context.overlays.prepare(context.plu.zones.geometrie, progress=context.progress)
        whole, inside = measures(drawn_as), context.overlays.measure(drawn_as, ground, progress=context.progress)
        kept = (whole > 0) & (inside >= np.minimum(_COMMON, whole / 2))
        if self.prescription.s_applique_a is not None and kept.any():
            self.bearing = context.territory.in_scope(self.prescription.s_applique_a)
            kept &= np.isin(objets.keys, context.territory.keep(objets, self.bearing).keys)
        return objets.take(kept), (inside / whole)[kept], precision[kept]

    def _ends(self, context: Context) -> Optional[Tuple[Array, float]]:
        """The layer of ends and its precision (m), None when corridors end where their lines do."""
        if self.extremites is None:
            return None
        couches = read_couches(context, self.extremites, elsewhere_is_nothing=True)
        if couches.manquantes:
            raise NotEvaluable(" ".join(couches.manquantes))
        flat = shapely.get_dimensions(couches.geometrie) > 0
        return couches.geometrie[flat], float(couches.precision.max(initial=0.0))

    def limits_of(self, context: Context, corridor: Objets, precision: float) -> Limits:
        """What is asked of one corridor. Raises `NotEvaluable`, `NotConcerned`."""
        thresholds = Thresholds(
            self.largeur_minimale, None, None, self.tolerance, self.ecart_marque_au_dela_de, self.unites[0]
        )
        unit = Unit(str(corridor.ids[0]), str(corridor.libelles[0]))
        commune = None
        if isinstance(self.largeur_minimale, (SelonClassement, SelonCommune, RefTable)):
            commune = str(context.territory.main_commune(corridor)[0])
        keys = thresholds.keys(context, corridor)
        limits = thresholds.of_unit(context, unit, commune, keys=keys[0] if keys else None)
        if limits.minimum is not None and 0 < limits.minimum < SLIT:
            raise NotEvaluable(
                f"Une largeur de moins de {width_of(SLIT)} ne se juge pas : un passage aussi étroit ne se distingue "
                "pas d'un défaut de dessin entre deux zones. Corrigez « largeur_minimale »."
            )
        tolerance = limits.tolerance or (Quantity(precision, "m") if precision else None)
        return replace(limits, tolerance=tolerance, epsilon=EPSILON)


class _Told:
    """Measures, judges and tells the corridors of one control, one by one."""

    def __init__(self, check: ContinuiteCorridor, context: Context, obstacles: Obstacles, limites: Tuple[str, ...]):
        self._check, self._context, self._obstacles, self._limites = check, context, obstacles, limites

    def constat(
        self,
        objet: Objets,
        there: Standing,
        covered: float,
        precision: float,
        ends: Optional[Tuple[Array, float]],
    ) -> Constat:
        unit = Unit(next(iter(objet.by_code)), str(objet.libelles[0]))
        name = name_of(unit)
        try:
            found = _found_ends(objet, ends, precision)
            loops = _loops(objet)
            corridor = Corridor(objet.geometrie[0], found.shapes)
            limits = self._check.limits_of(self._context, objet, precision)
            widths = self._measured(corridor, there, limits.minimum)
        except (NoEnds, NotEvaluable) as cause:
            message = f"Non évalué : {name} {cause}" if isinstance(cause, NoEnds) else f"Non évalué : {cause}"
            return self._check.constat(unit, Etat.NON_EVALUE, message, limites=self._limites)
        except NotConcerned as reason:
            return self._check.constat(unit, Etat.SANS_OBJET, str(reason), limites=self._limites)
        return CorridorJudge(
            self._check, self._context, self._obstacles, unit, corridor, there, widths, limits, loops
        ).constat(covered, self._limites + _about_ends(found) + _about_method(widths))

    def _measured(self, corridor: Corridor, there: Standing, asked: Optional[float]) -> Widths:
        """`asked`: a passage that is as wide past everything is wider past less: it stands for those that are not
        measured."""
        step = self._context.progress.step
        step(0.0)
        after = measure(corridor, np.concatenate([there.built, there.shapes]))
        if asked is not None and after.width >= max(asked, SLIT):
            return Widths(after, after, after, after)
        nothing = not len(there.built) and not len(there.rows)
        drawn = after if nothing else measure(corridor, np.empty(0, dtype=object))
        if drawn.width < EPSILON:
            parts = len(shapely.get_parts(corridor.surface))
            apart = f"est dessiné en {parts} parties séparées" if parts > 1 else "est coupé ou pincé comme dessiné"
            raise NoEnds(f"{apart} : rien ne relie ses extrémités, même sans obstacle ; corrigez la couche.")
        step(0.0)
        before = after if not len(there.rows) else measure(corridor, there.built) if len(there.built) else drawn
        sure = there.shapes[self._obstacles.plan.certain[there.rows]]
        step(0.0)
        if len(sure) == len(there.rows):
            return Widths(drawn, before, after, after)
        best = measure(corridor, np.concatenate([there.built, sure])) if len(sure) else before
        return Widths(drawn, before, best, after)


def _found_ends(objet: Objets, ends: Optional[Tuple[Array, float]], precision: float) -> Ends:
    surface, drawn = objet.geometrie[0], objet.entier[0]
    if shapely.get_dimensions(surface) != 2:
        raise NoEnds("n'a pas de largeur : donnez un « tampon » à sa couche.")
    if ends is not None:
        return touched(surface, ends[0], max(precision, ends[1]))
    if shapely.get_dimensions(drawn) != 1:
        raise NoEnds("est une surface, dont les extrémités ne se devinent pas : déclarez-les par « extremites ».")
    return caps(drawn, surface)


def _loops(objet: Objets) -> Any:
    """The parts of its line that a passage may leave out by cutting across; None for a corridor drawn as a surface."""
    surface, drawn = objet.geometrie[0], objet.entier[0]
    return skipped(drawn, surface) if shapely.get_dimensions(drawn) == 1 else None


def _about_ends(ends: Ends) -> Tuple[str, ...]:
    said: Tuple[str, ...] = ()
    if ends.contact:
        said += (f"Extrémité dessinée à {width_of(ends.contact)} du corridor, dans sa précision : tenue pour touchée.",)
    if ends.hidden:
        hidden = plural(ends.hidden, "bout de ligne")
        said += (f"{hidden} à l'intérieur du corridor : tenu pour un raccord, non pour une extrémité.",)
    return said


def _about_method(widths: Widths) -> Tuple[str, ...]:
    if EROSION not in widths.methodes:
        return ()
    why = " (la bibliothèque SciPy est absente)" if best_method() != GAPS else ""
    return (f"Largeur trouvée par érosion{why}, à 5 cm près.",)
