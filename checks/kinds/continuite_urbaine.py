"""`continuite_urbaine`: each selected object touches the urban envelope, or comes near enough to it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Dict, List, Optional, Sequence, Tuple

import numpy as np
import shapely

from ...rules.model import ACompleter, Controle, Quantity
from ...rules.params import Param
from ...rules.types import Amount, Bool, Due, Tolerance
from ...rules.types import Objets as ObjetsType
from ..base import Constat, Etat
from ..contact import contact, distances, touching
from ..context import Context, NotEvaluable, not_entered
from ..couches import Couches, not_precise, read_couches
from ..coverage import COULD_BE_NONE, NOTHING_UNKNOWN, Fault, Place, Told, judge_by_unit
from ..layers import Array, exploded
from ..limits import Thresholds
from ..objets import Objets
from ..scope import bear
from ..selection import select
from ..seuils import EPSILON, Verdict, judge
from ..slivers import MARGIN, Cleaned
from ..spatial import SpatialCheck
from ..territory import gathered
from ..wording import amount, length_apart, names, plural


@dataclass(frozen=True)
class Parts:
    """The connected parts of the selected objects. `sure`: those of objects that are selected for certain."""

    geometrie: Array
    sure: Array
    by_object: "Dict[Tuple[str, str], List[int]]"

    @classmethod
    def of(cls, objets: Objets) -> "Parts":
        geometrie, owner = exploded(objets.geometrie)
        found: Dict[Tuple[str, str], List[int]] = {}
        for part, i in enumerate(owner):
            found.setdefault((str(objets.noms[i]), str(objets.ids[i])), []).append(part)
        return cls(geometrie, objets.certain[owner], found)

    def holding(self, objets: Objets, pieces: Array, owner: Array) -> Array:
        """(k,) the part that each piece of these objects, cut or whole, comes from."""
        points = shapely.point_on_surface(pieces)
        found = np.empty(len(pieces), dtype=int)
        for k, i in enumerate(owner):
            own = self.by_object[str(objets.noms[i]), str(objets.ids[i])]
            inside = shapely.dwithin(self.geometrie[own], points[k], MARGIN) if len(own) > 1 else [True]
            found[k] = own[int(np.argmax(inside))]
        return found


class ContinuiteUrbaine(SpatialCheck):
    """Chaque objet choisi du PLU touche l'enveloppe urbaine, ou s'en trouve à moins d'une distance.

    Résultat : sans « contact_minimal », la mesure est la distance (en m, à vol d'oiseau) entre l'objet le plus éloigné
    et les couches, au plus « distance » ; une distance de 0 demande plus de 1 m de contour commun, un point commun ne
    suffit pas, et tout écart est marqué. Avec « contact_minimal », la mesure est la longueur de contour située à
    « distance » au plus des couches. Chaque objet est jugé seul, et chacune de ses parties si elles sont disjointes.
    La géométrie d'un écart est l'objet, ou ses parties qui ne touchent pas.

    Limites : un jour plus étroit que la précision des couches n'est pas un écart, et il est dit. Avec
    « de_proche_en_proche », un objet qui touche par d'autres objets choisis est tenu pour contigu, sans que l'ordre
    des opérations soit examiné. La qualité de l'enveloppe (ce qu'elle compte pour urbanisé) est à apprécier.
    « distance » et « contact_minimal » ont une valeur pour tout le PLU : une prescription par classe
    (« s_applique_a ») s'ils varient.
    """

    genre = "continuite_urbaine"
    unites = ("m",)
    objets = Param(ObjetsType(), "Objets du PLU qui touchent l'enveloppe")
    distance = Param(
        Due(Amount("longueur")),
        "Distance admise entre l'objet et les couches, 0 par défaut : ils se touchent",
        default=None,
    )
    contact_minimal = Param(
        Due(Amount("longueur")), "Longueur de contour de l'objet à cette distance au plus des couches", default=None
    )
    de_proche_en_proche = Param(
        Bool(), "oui : toucher par un autre objet choisi, qui touche lui-même l'enveloppe, suffit", default=False
    )
    tolerance = Param(Tolerance(), "Écart admis", default=None)
    largeur_ignoree = None  # type: ignore[assignment]
    surface_ignoree = None  # type: ignore[assignment]
    part_ignoree = None  # type: ignore[assignment]

    @classmethod
    def sentence(cls, controle: Controle, say: Any) -> str:
        values = controle.parametres
        distance, minimal = values.get("distance"), values.get("contact_minimal")
        far = distance is not None and (isinstance(distance, ACompleter) or distance.value > 0)
        where = say.couches(values["couches"], "de", "ou")
        if minimal is not None:
            near = f"à {say.distance(distance)} au plus {where}" if far else f"au contact {where}"
            told = f"ont {say.seuil(minimum=minimal)} de leur contour {near}"
        elif far:
            told = f"sont à {say.distance(distance)} au plus {where}"
        else:
            told = f"touchent {say.couches(values['couches'], liaison='ou')}, par plus qu'un point"
        chain = ", directement ou par d'autres de ces objets" if values.get("de_proche_en_proche") else ""
        return f"{say.objets(values['objets'])} {told}{chain}"

    def run(self, context: Context) -> Sequence[Constat]:
        chosen = select(context, self.objets)
        objets = bear(context, self, chosen)
        couches = read_couches(context, self.couches, reach=self._distance, vide_admis=self.vide_admis)
        if not len(objets) and not objets.manquantes:
            return self.nothing_selected(context, objets)
        if self._needs_outline and (shapely.get_dimensions(chosen.geometrie) == 0).any():
            raise NotEvaluable("Des points n'ont pas de contour : choisissez des surfaces, ou donnez une « distance ».")
        parts = Parts.of(chosen)  # what is spared, or lies in another commune, still links its neighbours
        measured = _Measured(self, context, parts, couches)
        strict = measured.verdicts(parts.sure)
        best = strict if parts.sure.all() else measured.verdicts(np.ones(len(parts.sure), dtype=bool))
        pieces, owner = exploded(objets.geometrie)
        part = parts.holding(objets, pieces, owner)
        worst, mildest = _by_object(strict, part, owner, len(objets))
        fault = self._fault(objets, couches, measured, (pieces, owner, part), strict, best)
        told = Told(
            floor=self.contact_minimal is not None,
            mesure=lambda ground, at_fault: (None, "m"),
            message=lambda place: self._message(place, couches),
            ecart_message=lambda i, _: f"{objets.libelles[i]} : {self._said(worst[i], couches)}.",
            ground=False,
            mesure_jugee=lambda verdict: (self._measure(verdict), "m"),
        )
        return judge_by_unit(
            context, fault, self.scale, lambda i, share, amount: worst[i] if share else mildest[i], told, self
        )

    def _fault(
        self,
        objets: Objets,
        couches: Couches,
        measured: "_Measured",
        pieces: Tuple[Array, Array, Array],
        strict: Sequence[Verdict],
        best: Sequence[Verdict],
    ) -> Fault:
        """The parts that do not touch; at best, those that no possible object links."""
        geometrie, owner, part = pieces
        grounds = []
        for verdicts in (strict, best):
            bad = np.array([verdicts[p].etat.is_departure for p in part], dtype=bool)
            grounds.append(gathered(owner[bad], geometrie[bad], np.arange(len(objets))))
        none = np.zeros(len(objets))
        missing = couches.manquantes + (objets.manquantes if self.de_proche_en_proche else ())
        doubts: Tuple[str, ...] = ()
        if best is not strict:
            said = "Des objets sans certitude d'être choisis en relient d'autres à l'enveloppe, ou non."
            doubts = (said, *objets.limites) if any(a.etat != b.etat for a, b in zip(strict, best)) else ()
        return Fault(
            objets,
            Cleaned(grounds[0], none.astype(int), none, none),
            COULD_BE_NONE if missing else NOTHING_UNKNOWN,
            couches.manquantes,
            self._limits(couches) + measured.said(objets, part, owner),
            grounds[1] if best is not strict else None,
            doubts,
        )

    # -- what is asked ----------------------------------------------------------------------------

    @property
    def _distance(self) -> float:
        distance = self.distance
        if isinstance(distance, ACompleter):
            raise NotEvaluable(not_entered("distance"))
        return distance.to("m") if distance is not None else 0.0

    @property
    def _needs_outline(self) -> bool:
        return self.contact_minimal is not None or not self._distance

    def _measure(self, verdict: Verdict) -> Optional[float]:
        """The distance or the contact that was judged; None when there is nothing to measure it from."""
        if verdict.ecart is None or verdict.seuil is None:
            return None
        return verdict.seuil - verdict.ecart if self.contact_minimal is not None else verdict.seuil + verdict.ecart

    def _limits(self, couches: Couches) -> Tuple[str, ...]:
        """The limits of the layers, their precision being that of a distance here."""
        undeclared = {not_precise(lue.nom): lue.nom for lue in couches.lues}
        told = []
        for said in couches.limites:
            if said not in undeclared:
                told.append(said)
            elif self.contact_minimal is None:
                told.append(f"Précision de la couche « {undeclared[said]} » non déclarée : le moindre jour est compté.")
        width = float(couches.precision.max(initial=0.0))
        if self.contact_minimal is not None and width > self._distance:
            told.append(
                f"Contact mesuré à {amount(self._distance, 'm')} des couches, dont la précision est de "
                f"{amount(width, 'm')} : une « distance » au moins égale serait plus sûre."
            )
        return tuple(told)

    # -- messages ---------------------------------------------------------------------------------

    def _message(self, place: Place, couches: Couches) -> str:
        if place.etat == Etat.NON_EVALUE:
            return self.unknown_part(place)
        if not place.nb_objets or place.verdict is None:
            return self.nothing(place.unit)
        where = self.where(place.unit)
        examined = plural(place.nb_objets, "objet examiné", "objets examinés")
        figure = f"{place.pire} : {self._said(place.verdict, couches)}"
        if not place.nb_en_cause:
            chain = ", au besoin par d'autres objets choisis" if self.de_proche_en_proche else ""
            tolerated = " (dans la tolérance)" if place.verdict.tolere else ""
            return f"Continuité respectée{chain}{where} ({examined}) ; {figure}{tolerated}{self.source}."
        if place.nb_objets == 1:
            return (
                f"Continuité non respectée{where} ; {place.pire} : {self._said(place.verdict, couches)}, "
                f"le DOO demande {self._asked}{self.source}."
            )
        missed = "n'est pas" if place.nb_en_cause == 1 else "ne sont pas"
        farthest = "" if place.nb_en_cause == 1 else "le plus en cause, "
        return (
            f"{place.blamed('objet')} {missed} en continuité de {couches.libelle}{where} ; "
            f"{farthest}{figure}, le DOO demande {self._asked}{self.source}."
        )

    @property
    def _asked(self) -> str:
        minimal = self.contact_minimal
        if isinstance(minimal, Quantity):
            return f"au moins {amount(minimal.to('m'), 'm')}"
        return f"{amount(self._distance, 'm')} au plus" if self._distance else "un contact de plus de 1 m"

    def _said(self, verdict: Verdict, couches: Couches) -> str:
        """`à 120 m (à vol d'oiseau) de Enveloppe`, `12 m de contour au contact de Enveloppe`."""
        measure = self._measure(verdict)
        if measure is None:
            return f"{couches.libelle} n'a aucun objet"
        if self.contact_minimal is not None:
            near = f"à {amount(self._distance, 'm')} au plus" if self._distance else "au contact"
            return f"{length_apart(measure, verdict.seuil)} de contour {near} de {couches.libelle}"
        if measure <= MARGIN:
            if verdict.etat.is_departure:
                return f"ne touche {couches.libelle} que par un point, ou sur 1 m au plus"
            return f"touche {couches.libelle}"
        return f"à {length_apart(measure, verdict.seuil)} (à vol d'oiseau) de {couches.libelle}"


class _Measured:
    """The parts against the envelope: their verdicts, with or without the help of the others."""

    def __init__(self, check: ContinuiteUrbaine, context: Context, parts: Parts, couches: Couches) -> None:
        self._check, self._context, self._parts = check, context, parts
        self._couches, self._reach = couches, check._distance
        self._envelope = couches.geometrie
        self._width = float(couches.precision.max(initial=0.0))
        minimum = check.contact_minimal
        maximum = Quantity(self._reach, "m") if minimum is None else None
        limits = Thresholds(minimum, maximum, None, check.tolerance, check.ecart_marque_au_dela_de, "m")
        self._limits = limits.of_unit(context, context.territory.units("plu")[0])
        #: parts whose gap is under the precision of the layers
        self._imprecise = np.zeros(len(parts.geometrie), dtype=bool)
        self._direct = self._against(np.arange(len(parts.geometrie)), np.empty(0, dtype=object))

    def verdicts(self, linking: Array) -> List[Verdict]:
        """The verdict of each part; `linking`: mask of those through which another may touch the envelope."""
        found = list(self._direct)
        if not self._check.de_proche_en_proche:
            return found
        joined = -1
        while True:
            held = np.array([not verdict.etat.is_departure for verdict in found], dtype=bool)
            links, left = held & linking, np.flatnonzero(~held)
            if not len(left) or not links.any() or links.sum() == joined:
                return found
            joined = int(links.sum())
            self._context.progress.step(0.0)
            for part, verdict in zip(left, self._against(left, self._parts.geometrie[links])):
                found[part] = verdict

    def said(self, objets: Objets, part: Array, owner: Array) -> Tuple[str, ...]:
        close = np.unique(owner[self._imprecise[part]])
        if not len(close):
            return ()
        held = "tenu pour contigu" if len(close) == 1 else "tenus pour contigus"
        far = f"à plus de {amount(self._reach, 'm')}, d'un écart" if self._reach else "à une distance"
        return (
            f"{plural(len(close), 'objet')} {far} sous la précision de {self._couches.libelle} "
            f"({amount(self._width, 'm')}), {held} ({names(list(objets.libelles[close]))}).",
        )

    def _against(self, rows: Array, links: Array) -> List[Verdict]:
        """The verdicts of these parts against the envelope and the links."""
        parts = self._parts.geometrie[rows]
        if self._check.contact_minimal is not None:
            lengths = contact(self._context, parts, np.concatenate([self._envelope, links]), self._reach)
            return [judge(float(length), self._limits) for length in lengths]
        overlays, progress = self._context.overlays, self._context.progress
        gaps = distances(parts, overlays.prepare(self._envelope, progress=progress), progress)
        if len(links):
            gaps = np.minimum(gaps, distances(parts, overlays.prepare(links, progress=progress), progress))
        if self._reach:
            return [self._judge_gap(row, float(gap)) for row, gap in zip(rows, gaps)]
        touches = touching(self._context, parts, self._envelope)
        close = np.zeros(len(parts), dtype=bool)
        if self._width > MARGIN:
            close = touching(self._context, parts, self._envelope, self._width) & ~touches
        if len(links):
            touches |= touching(self._context, parts, links)
        self._imprecise[rows] = close & ~touches
        return [self._judge_touch(*one) for one in zip(gaps.tolist(), touches, close)]

    def _judge_gap(self, row: int, gap: float) -> Verdict:
        verdict = self._judge(gap)
        within = verdict.etat.is_departure and gap - self._reach <= self._width * (1 + EPSILON)
        self._imprecise[row] = within
        return replace(verdict, etat=Etat.SANS_ECART) if within else verdict

    def _judge_touch(self, gap: float, touches: bool, close: bool) -> Verdict:
        if touches:
            return Verdict(Etat.SANS_ECART, 0.0, None, False, 0.0)
        if close:
            return Verdict(Etat.SANS_ECART, gap, None, False, 0.0)
        verdict = self._judge(max(gap, MARGIN))  # a common point is none
        return replace(verdict, ecart=0.0) if gap <= MARGIN else verdict

    def _judge(self, gap: float) -> Verdict:
        if np.isinf(gap):
            return Verdict(Etat.ECART_MARQUE, None, None, False, self._limits.maximum)
        return judge(gap, self._limits)


def _by_object(
    verdicts: Sequence[Verdict], part: Array, owner: Array, count: int
) -> Tuple[List[Verdict], List[Verdict]]:
    """(the worst verdict of the parts of each object, the worst of those that touch; a compliant one if none does)."""
    of: List[List[Verdict]] = [[] for _ in range(count)]
    for p, i in zip(part, owner):
        of[i].append(verdicts[p])
    worst = [min(own, key=_rank) for own in of]
    fine = [[verdict for verdict in own if not verdict.etat.is_departure] for own in of]
    compliant = [Verdict(Etat.SANS_ECART, 0.0, seuil=verdict.seuil) for verdict in worst]
    return worst, [min(own, key=_rank, default=other) for own, other in zip(fine, compliant)]


def _rank(verdict: Verdict) -> Tuple[int, float]:
    """The worst first."""
    return verdict.etat.rank, -(verdict.ecart or 0.0)
