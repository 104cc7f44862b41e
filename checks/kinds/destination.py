"""`destination`: in the layers, out of them or everywhere, the zones admit or forbid given destinations."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, List, NamedTuple, Sequence, Tuple

import numpy as np
import shapely

from ...rules.codes import destinations as labels
from ...rules.model import Controle
from ...rules.params import Param
from ...rules.types import Choice, ListOf
from ...rules.types import Couches as CouchesType
from ...rules.types import Destination as DestinationType
from ...rules.types import Objets as ObjetsType
from ...rules.words import enumerate_words
from ..base import Constat, Etat
from ..context import Context, NotEvaluable
from ..couches import Couches, read_couches
from ..coverage import COULD_BE_NONE, COULD_BE_WHOLE, NOTHING_UNKNOWN, Fault, Place, Told, judge_by_unit
from ..layers import Array
from ..objets import Objets
from ..plu import codes as cnig_codes
from ..plu.destinations import admits
from ..scope import bear
from ..selection import select
from ..seuils import Verdict
from ..spatial import SpatialCheck, refuse_thinner, share_covered
from ..wording import NBSP, names, number, plural

FIELDS = ("destoui", "destcdt", "destnon")


class Obligation(NamedTuple):
    """How an obligation is said, and what is asked of each zone (`plu.destinations.admits`)."""

    respected: str  # the zones …
    missed: str
    missed_by_one: str
    sens: str
    wanted: bool  # the answer of a zone that respects it

    @property
    def liaison(self) -> str:
        return "ni" if self.respected.startswith("n'") else "et"


OBLIGATIONS = {
    "admettre": Obligation(
        "admettent sans condition",
        "n'admettent pas sans condition",
        "n'admet pas sans condition",
        "admet_sans_condition",
        True,
    ),
    "admettre_ou_conditionner": Obligation(
        "admettent, au besoin sous condition,",
        "n'admettent pas, même sous condition,",
        "n'admet pas, même sous condition,",
        "admet",
        True,
    ),
    "interdire": Obligation("interdisent", "n'interdisent pas", "n'interdit pas", "interdit", True),
    "ne_pas_interdire": Obligation("n'interdisent pas", "interdisent", "interdit", "interdit", False),
}


class Answers(NamedTuple):
    """By destination asked, what each zone answers: True it respects the obligation, False, None unknown."""

    by_slug: "dict[str, Array]"

    def missed(self, i: int) -> List[str]:
        return [slug for slug, answers in self.by_slug.items() if answers[i] is False]

    def unknown(self, i: int) -> List[str]:
        return [slug for slug, answers in self.by_slug.items() if answers[i] is None]


class Destination(SpatialCheck):
    """Dans les couches, hors d'elles ou partout, les zones du PLU admettent ou interdisent des destinations.

    Résultat : la mesure est la part (en %) de la surface des zones choisies qui ne respecte pas l'obligation. Chaque
    zone est jugée seule : un écart est marqué quand plus de 20 % de sa surface est en défaut, ou plus que la limite
    donnée. La géométrie d'un écart est la partie de la zone où l'obligation vaut.

    Limites : seuls sont lus DESTOUI, DESTCDT et DESTNON (standard de 2022 et suivants) ; une destination qu'aucun des
    trois ne cite est inconnue, ni admise ni interdite. Chacune des destinations listées est demandée. Une destination
    entière (habitation, commerce_et_services…) est admise dès qu'une de ses sous-destinations l'est, interdite quand
    toutes le sont : pour exiger chacune, listez-les. Les seuils et les conditions du règlement sont à lire.
    """

    genre = "destination"
    objets = Param(ObjetsType(), "Zones du PLU dont on lit les destinations")
    destinations = Param(ListOf(DestinationType()), "Destinations ou sous-destinations demandées, chacune")
    obligation = Param(
        Choice(*OBLIGATIONS),
        "admettre (DESTOUI), admettre_ou_conditionner (DESTOUI ou DESTCDT), interdire (DESTNON) ou ne_pas_interdire",
    )
    couches = Param(CouchesType(), "Couches dans lesquelles l'obligation vaut ; partout sans elles", default=None)
    hors = Param(CouchesType(), "Couches hors desquelles l'obligation vaut, à la place de « couches »", default=())

    @classmethod
    def sentence(cls, controle: Controle, say: Any) -> str:
        values = controle.parametres
        obligation, slugs = OBLIGATIONS[values["obligation"]], values["destinations"]
        where = ""
        if values.get("couches"):
            where = f", dans {say.couches(values['couches'], liaison='ou')}"
        elif values.get("hors"):
            where = f", hors {say.couches(values['hors'], 'de')}"
        whole = [slug for slug in slugs if cnig_codes.destinations()[slug].endswith("0")]
        note = " (une destination entière est admise dès qu'une de ses sous-destinations l'est, interdite quand toutes"
        told = f"{say.objets(values['objets'])} {obligation.respected} {_quoted(slugs, obligation.liaison)}{where}"
        return f"{told}{note} le sont)" if whole else told

    def run(self, context: Context) -> Sequence[Constat]:
        objets = bear(context, self, select(context, self.objets))
        couches = read_couches(context, self.hors or self.couches or (), vide_admis=self.vide_admis)
        refuse_thinner(objets, couches)
        if not len(objets) and not objets.manquantes:
            return self.nothing_selected(context, objets)
        answers = self._answers(objets)
        inside = self._inside(context, objets, couches)
        fault = self._fault(context, objets, couches, answers, inside)
        told = Told(
            floor=False,
            mesure=lambda ground, at_fault: _share_at_fault(context, ground, at_fault),
            message=lambda place: self._message(place, couches, not shapely.is_missing(inside).all()),
            ecart_message=lambda i, amount: self._of_object(objets, i, float(fault.share[i]), answers, couches),
            ecart_mesure=lambda i, amount: (100 * amount / float(fault.size[i]), "%"),
        )
        return judge_by_unit(
            context,
            fault,
            self.scale,
            lambda i, share, amount: self._judge(fault.objets, i, share, amount, answers),
            told,
            self,
        )

    def _answers(self, objets: Objets) -> Answers:
        for layer in objets.layers:
            if len(objets) and "destoui" not in layer.codes:
                missing = layer.manques.get("destoui")
                if missing is None:
                    raise NotEvaluable("Les destinations se lisent sur les zones du PLU : choisissez des zones.")
                raise NotEvaluable(
                    f"Le zonage de ce PLU ne dit pas les destinations : {missing}. Complétez ces champs, "
                    "ou lisez le règlement."
                )
        destoui, destcdt, destnon = (objets.code(field) for field in FIELDS)
        sens, wanted = self._obligation.sens, self._obligation.wanted
        found = {}
        for slug in self.destinations:
            said = admits(destoui, destcdt, destnon, slug, sens)
            found[slug] = said if wanted else np.array([None if a is None else not a for a in said], dtype=object)
        return Answers(found)

    def _inside(self, context: Context, objets: Objets, couches: Couches) -> Array:
        """The ground of each zone where the obligation holds, None for none."""
        if not (self.couches or self.hors):
            return objets.geometrie
        mask = context.overlays.prepare(couches.geometrie, progress=context.progress)
        operation = context.overlays.difference if self.hors else context.overlays.intersection
        return operation(objets.geometrie, mask, progress=context.progress)

    def _fault(self, context: Context, objets: Objets, couches: Couches, answers: Answers, inside: Array) -> Fault:
        """The ground where a zone misses the obligation, or may do so; a zone that respects it has none."""
        doubtful = np.array(
            [bool(answers.unknown(i)) and not answers.missed(i) for i in range(len(objets))], dtype=bool
        )
        concerned = doubtful | np.array([bool(answers.missed(i)) for i in range(len(objets))], dtype=bool)
        inside = inside.copy()
        inside[~concerned] = None
        kept = self.without_slivers(context, objets, inside, couches)
        unknown = NOTHING_UNKNOWN
        if couches.manquantes:
            unknown = COULD_BE_NONE if self.hors else COULD_BE_WHOLE
        doubtful &= ~shapely.is_missing(kept.geometrie) | (unknown == COULD_BE_WHOLE)
        doubts = _say_doubts(
            objets, doubtful, sorted({slug for i in np.flatnonzero(doubtful) for slug in answers.unknown(i)})
        )
        return Fault(
            replace(objets, certain=objets.certain & ~doubtful),
            kept,
            unknown,
            couches.manquantes,
            couches.limites + doubts,
            doubts=doubts,
        )

    def _judge(self, objets: Objets, i: int, share: float, amount: float, answers: Answers) -> Verdict:
        missed, unknown = answers.missed(i), answers.unknown(i)
        if not missed and not unknown:
            return self.judge_conflict(0.0, 0.0)
        verdict = self.judge_conflict(share, amount)
        if missed or not verdict.etat.is_departure or self.scale != "objet":
            return verdict
        (cause,) = _say_doubts(objets, np.arange(len(objets)) == i, unknown)
        return replace(verdict, cause=cause)

    @property
    def _obligation(self) -> Obligation:
        return OBLIGATIONS[self.obligation]

    def _message(self, place: Place, couches: Couches, met: bool) -> str:
        if place.etat == Etat.NON_EVALUE:
            return self.unknown_part(place)
        if not place.nb_objets:
            return self.nothing(place.unit)
        examined = plural(place.nb_objets, "zone examinée", "zones examinées")
        where, here = self.where(place.unit), self._place(couches)
        if not met:
            return f"Aucune zone ne se trouve{here}{where} : {examined}{self.source}."
        asked = _quoted(self.destinations, self._obligation.liaison)
        if not place.nb_en_cause:
            rule = f"les zones {self._obligation.respected} {asked}{here}"
            return f"Règle respectée{where} : {rule} ({examined}){self.source}."
        one = place.nb_en_cause == 1
        verb = self._obligation.missed_by_one if one else self._obligation.missed
        share = f"{number(place.mesure or 0.0)}{NBSP}% de"
        if len(self.destinations) > 1:  # one of them is enough to miss it
            both = f"à la fois {asked}"
            asked = both if self._obligation.wanted else _quoted(self.destinations, "ou")
        if place.nb_objets == 1:
            return (
                f"{place.pire} {verb} {asked}{here}{self.where_alone(place)} ({share} sa surface), "
                f"contrairement à ce que demande le DOO{self.source}."
            )
        return (
            f"{place.blamed('zone', 'es')}{where} {verb} {asked}{here} "
            f"({share} leur surface en tout), contrairement à ce que demande le "
            f"DOO{self.source} ; la plus en cause est {place.pire}."
        )

    def _of_object(self, objets: Objets, i: int, share: float, answers: Answers, couches: Couches) -> str:
        missed = answers.missed(i)
        said = f"{self._obligation.missed_by_one} {_quoted(missed, 'ni')}"
        if not missed:
            said = f"ne dit rien d'assez clair de {_quoted(answers.unknown(i), 'ni')}"
        if not (self.couches or self.hors):
            return f"{objets.libelles[i]} {said}."
        return f"{objets.libelles[i]} {said} : {number(100 * share, 1)}{NBSP}% de la zone est{self._place(couches)}."

    def _place(self, couches: Couches) -> str:
        if self.hors:
            return f" hors de {couches.libelle}"
        return f" dans {couches.libelle}" if self.couches else ""


def _quoted(slugs: Sequence[str], liaison: str) -> str:
    return enumerate_words([f"« {labels()[slug]} »" for slug in slugs], liaison)


def _share_at_fault(context: Context, ground: Array, at_fault: Array) -> "Tuple[Any, str]":
    respected, unite = share_covered(context, ground, at_fault)
    return (None if respected is None else 100 - respected), unite


def _say_doubts(objets: Objets, doubtful: Array, slugs: Sequence[str]) -> Tuple[str, ...]:
    if not doubtful.any():
        return ()
    zones = names(list(objets.libelles[doubtful]))
    count = int(doubtful.sum())
    verb = "ne dit pas" if count == 1 else "ne disent pas"
    return (
        f"{plural(count, 'zone')} ({zones}) {verb} assez clairement ce qu'il en est de {_quoted(slugs, 'et')} dans "
        "DESTOUI, DESTCDT et DESTNON : complétez ces champs, ou lisez le règlement.",
    )
