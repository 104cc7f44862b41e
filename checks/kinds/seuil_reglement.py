"""`seuil_reglement`: a number of the written règlement respects a threshold: sales area, pleine terre, height…"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, List, Optional, Sequence, Tuple

import numpy as np

from ...rules.model import Controle, RefTable
from ...rules.params import Param
from ...rules.types import Choice, SeuilType, Tolerance, ValeurType
from ...rules.types import Couches as CouchesType
from ...rules.types import Objets as ObjetsType
from ..base import Constat, Ecart, Etat, worst
from ..context import Context, NotEvaluable
from ..couches import read_couches
from ..layers import Array, dimension
from ..objets import Objets, measure
from ..portions import Portion, portions
from ..reglement import Figures, read_figures
from ..scope import bear
from ..selection import joined, select
from ..seuils import Limits, Verdict, judge_interval, unfavourable
from ..spatial import ObjectLimits, SpatialCheck
from ..territory import HORS_COMMUNE, Unit
from ..wording import amount, doubted, names, number, plural, uncertain

#: objects named in a list of those without a value
LISTED = 30


#: states of an object whose figure is not known, at the most and at the least favourable
UNKNOWN = (Etat.SANS_ECART, Etat.ECART_MARQUE)


@dataclass(frozen=True)
class _Judged:
    """One object: its states at the most and the least favourable of what is not known, and the figure shown."""

    low: Etat
    high: Etat
    limits: Limits = Limits()
    verdict: Verdict = Verdict(Etat.SANS_OBJET)
    mesure: Optional[float] = None
    cause: str = ""
    without: bool = False  # the règlement gives it no value


class SeuilReglement(SpatialCheck):
    """Un nombre du règlement écrit respecte un seuil : surface de vente, pleine terre, hauteur, emprise au sol.

    Résultat : chaque objet choisi est jugé par son nombre, lu dans une table jointe au PLU ou dans un champ de
    l'objet (`champ` peut être le nom d'un attribut LIB_ATTR : sa valeur LIB_VAL est lue). L'état du territoire est
    celui du plus mauvais objet ; la mesure et le seuil montrés sont les siens. Un écart porte l'objet entier, ou sa
    partie dans les `couches`.

    Limites : le nombre vaut ce que vaut la table, que quelqu'un a saisie d'après le règlement. Un texte qui n'est
    pas un nombre (« R+2 ») est inconnu, jamais nul ; un objet sans valeur est jugé comme le dit `sans_valeur`, et
    nommé. Plusieurs lignes pour un même objet : toutes doivent respecter le seuil, sinon il n'est pas évalué.
    """

    genre = "seuil_reglement"
    unites = ("%", "m2", "m", "")
    selon_champ = "tous"
    objets = Param(ObjetsType(), "Objets du PLU (zones, prescriptions) que le règlement chiffre")
    valeur = Param(ValeurType(), "Où lire le nombre de chaque objet")
    couches = Param(CouchesType(), "Couches dans lesquelles le seuil vaut ; partout sans elles", default=())
    minimum = Param(SeuilType(units=unites), "Valeur minimale", default=None)
    maximum = Param(SeuilType(units=unites), "Valeur maximale", default=None)
    cible = Param(
        SeuilType(units=unites), "Valeur visée, dans les deux sens (tolérance de 10 % par défaut)", default=None
    )
    tolerance = Param(Tolerance(), "Écart admis", default=None)
    sans_valeur = Param(
        Choice("non_evalue", "sans_ecart", "ecart_marque"),
        "État d'un objet dont le règlement ne donne pas de valeur",
        default="non_evalue",
    )

    @classmethod
    def sentence(cls, controle: Controle, say: Any) -> str:
        values = controle.parametres
        where = f", dans {say.couches(values['couches'], liaison='ou')}" if values.get("couches") else ""
        seuil = say.seuil(values.get("minimum"), values.get("maximum"), values.get("cible"))
        asked = f"est {seuil}" if seuil else "est à apprécier"
        none = {"sans_ecart": "sans écart", "ecart_marque": "en écart marqué"}.get(values.get("sans_valeur", ""))
        without = f" ; sans valeur, un objet est {none}" if none else ""
        return f"pour {say.objets(values['objets'])}{where}, {say.valeur(values['valeur'])} {asked}{without}"

    def run(self, context: Context) -> Sequence[Constat]:
        objets = self._inside(context, bear(context, self, select(context, self.objets)))
        if not len(objets) and not objets.manquantes:
            return self.nothing_selected(context, objets)
        self._unite = self.valeur.unite or ""
        figures = read_figures(context, self.valeur, objets)
        limits = self.limits_by_object(context, objets, (self._unite,))
        judged = [self._judge(objets, figures, limits[i], i) for i in range(len(objets))]
        self._context, self._objets = context, objets
        objets, unread = objets.apart(self.scale)
        cut, said = self._portions(context, objets)
        objets = replace(objets, limites=objets.limites + figures.limites + said)
        constats: List[Constat] = []
        for portion in cut:
            context.progress.step(len(constats) / len(cut))
            constats.append(self._constat(context, objets, judged, portion))
        return constats + self.unread(context, unread)

    def _inside(self, context: Context, objets: Objets) -> Objets:
        """The objects cut to the layers, less what the precision of these ignores; the rest is not concerned."""
        if not self.couches or not len(objets):
            return objets
        couches = read_couches(context, self.couches, vide_admis=self.vide_admis)
        mask = context.overlays.prepare(couches.geometrie, progress=context.progress)
        inside = context.overlays.intersection(objets.geometrie, mask, progress=context.progress)
        kept = self.without_slivers(context, objets, inside, couches)
        limites = objets.limites + couches.limites + kept.limit(np.arange(len(objets)), "partie")
        found = objets.clipped(kept.geometrie)
        if couches.manquantes:  # a layer that is missing may hold what the others do not
            rest = objets.clipped(context.overlays.difference(objets.geometrie, mask, progress=context.progress))
            found = joined([found, replace(rest, certain=np.zeros(len(rest), dtype=bool))])
        return replace(found, limites=limites + couches.manquantes)

    def _portions(self, context: Context, objets: Objets) -> "Tuple[List[Portion], Tuple[str, ...]]":
        if self.scale != "objet" or not len(objets):
            return portions(context, self.scale, objets)
        return [
            Portion(Unit(code, str(objets.libelles[at[0]])), at, objets.geometrie[at], np.ones(len(at)))
            for code, at in objets.by_code.items()
        ], ()

    # -- one object -------------------------------------------------------------------------------

    def _judge(self, objets: Objets, figures: Figures, limits: ObjectLimits, i: int) -> _Judged:
        if limits is None:
            return _Judged(Etat.SANS_OBJET, Etat.SANS_OBJET)
        if isinstance(limits, NotEvaluable):
            return _Judged(*UNKNOWN, cause=str(limits))
        if not limits.given:
            mesure = float(figures.high[i]) if figures.known[i] else None
            return _Judged(Etat.A_APPRECIER, Etat.A_APPRECIER, limits, Verdict(Etat.A_APPRECIER), mesure)
        label = str(objets.libelles[i])
        if figures.unread[i]:
            said = f"{label} : {self.valeur.champ} vaut « {figures.unread[i]} », qui n'est pas un nombre."
            return _Judged(*UNKNOWN, limits, cause=said)
        if not figures.known[i]:
            etats = UNKNOWN if self.sans_valeur == "non_evalue" else (Etat(self.sans_valeur),) * 2
            return _Judged(*etats, limits, Verdict(etats[1]), without=True)
        low, high = float(figures.low[i]), float(figures.high[i])
        best, worse = judge_interval(low, high, limits)
        mesure, verdict = unfavourable(low, high, limits)
        several = f"{label} a plusieurs valeurs, de {number(low)} à {amount(high, self._unite)}."
        return _Judged(best.etat, worse.etat, limits, verdict, mesure, several if best.etat != worse.etat else "")

    # -- one unit ---------------------------------------------------------------------------------

    def _constat(self, context: Context, objets: Objets, judged: Sequence[_Judged], portion: Portion) -> Constat:
        unit, index = portion.unit, portion.index
        if unit.code == HORS_COMMUNE:
            return self.outside(unit, list(objets.libelles[index]), limites=objets.limites)
        certain = objets.certain[index]
        favourable = worst([judged[i].low for i in index[certain]])
        decided = favourable == worst([judged[i].high for i in index] + [Etat.ECART_MARQUE] * bool(objets.manquantes))
        etat = favourable if decided else Etat.NON_EVALUE
        shown = _decisive(judged, index if decided else index[certain])
        one = judged[shown] if shown is not None else _Judged(Etat.SANS_OBJET, Etat.SANS_OBJET)
        at_fault = [place for place, i in enumerate(index) if judged[i].low.is_departure] if etat.is_departure else []
        unknown = self._unknown(objets, judged, index, ", sans effet sur le résultat" if decided else "")
        told = _Told(unit, index, etat, one, str(objets.libelles[shown]) if shown is not None else "", len(at_fault))
        figure = decided and one.mesure is not None
        return self.constat(
            unit,
            etat,
            self._message(told, unknown, [(str(objets.libelles[i]), judged[i].mesure) for i in index]),
            mesure=one.mesure,
            unite=self._unite,
            seuil_min=one.limits.minimum,
            seuil_max=one.limits.maximum,
            ecart=one.verdict.ecart if figure else None,
            ecart_relatif=one.verdict.relatif if figure else None,
            nb_objets=len(index),
            limites=tuple(
                dict.fromkeys(objets.limites + (unknown if decided else ()) + self._held(objets, judged, index))
            ),
            ecarts=tuple(self._ecart(context, objets, judged, portion, place) for place in at_fault),
        )

    def _unknown(self, objets: Objets, judged: Sequence[_Judged], index: Array, effect: str) -> Tuple[str, ...]:
        """What is not known in the unit; `effect`: what that changes, once the state is decided."""
        said = list(objets.manquantes)
        without = [str(objets.libelles[i]) for i in index if judged[i].without and self.sans_valeur == "non_evalue"]
        if without:
            count = plural(len(without), "objet")
            said.append(
                f"{count} sans valeur de {self.valeur.champ}{effect} ({names(without, LISTED)}) : {self._remedy}."
            )
        said += [judged[i].cause for i in index if judged[i].cause]
        said += uncertain(objets.libelles[index[~objets.certain[index]]], effect, LISTED)
        return tuple(dict.fromkeys(said))

    def _held(self, objets: Objets, judged: Sequence[_Judged], index: Array) -> Tuple[str, ...]:
        """The objects without a value that the rule takes for compliant, or for departures."""
        held = [str(objets.libelles[i]) for i in index if judged[i].without and self.sans_valeur != "non_evalue"]
        if not held:
            return ()
        count = plural(len(held), "objet")
        taken = "comme la règle le demande, " + ("sans écart" if self.sans_valeur == "sans_ecart" else "écart marqué")
        return (f"{count} sans valeur de {self.valeur.champ} : {taken} ({names(held, LISTED)}).",)

    @property
    def _remedy(self) -> str:
        if isinstance(self.valeur, RefTable):
            return f"complétez la table « {self.valeur.table} »"
        return "complétez la donnée du PLU, ou donnez ces nombres dans une table"

    def _message(self, told: "_Told", unknown: Sequence[str], values: "Sequence[Tuple[str, Optional[float]]]") -> str:
        where, one, count = self.where(told.unit), told.one, plural(len(told.index), "objet")
        figure = f"{told.label}, {self._said(one)}"
        if told.etat == Etat.NON_EVALUE:
            known = f" Parmi les objets connus, le plus défavorable est {figure}." if one.mesure is not None else ""
            return f"Non évalué{where} : {' '.join(unknown)}{known}"
        if not len(told.index):
            return self.nothing(told.unit)
        if told.etat == Etat.SANS_OBJET:
            return f"Le DOO ne demande rien{where} ({count}){self.source}."
        if told.etat == Etat.A_APPRECIER:
            read = [f"{label} {amount(value, self._unite)}" for label, value in values if value is not None]
            listed = names(read, LISTED) if read else "aucune"
            asked = f"le DOO ne fixe pas de seuil{self.source}"
            return f"Valeurs de {self.valeur.champ}{where} ({count}) : {listed} ; {asked}."
        examined = plural(len(told.index), "objet examiné", "objets examinés")
        if not told.at_fault:
            nearest = f", le plus proche est {figure}{self._asked(one)}" if one.mesure is not None else ""
            tolerated = " (dans la tolérance)" if one.verdict.tolere else ""
            return (
                f"{self.valeur.champ}{where} : {examined}, aucun n'est hors du seuil{nearest}{tolerated}{self.source}."
            )
        beyond = f"{told.at_fault} hors du seuil" if told.at_fault > 1 else "1 hors du seuil"
        farthest = f", le plus éloigné est {figure}" if told.at_fault > 1 else f" : {figure}"
        return f"{self.valeur.champ}{where} : {examined}, {beyond}{farthest}{self._asked(one)}{self.source}."

    def _said(self, one: _Judged) -> str:
        if one.mesure is None:
            return "sans valeur"
        return amount(one.mesure, self._unite, one.limits.minimum, one.limits.maximum)

    def _asked(self, one: _Judged) -> str:
        """` pour au plus 9 m demandés`."""
        low, high = one.limits.minimum, one.limits.maximum
        if low == high and low is not None:
            return f" pour {amount(low, self._unite)} demandés"
        bounds = [f"au moins {amount(low, self._unite)}"] if low is not None else []
        bounds += [f"au plus {amount(high, self._unite)}"] if high is not None else []
        return f" pour {' et '.join(bounds)} demandés"

    def _ecart(
        self, context: Context, objets: Objets, judged: Sequence[_Judged], portion: Portion, place: int
    ) -> Ecart:
        context.progress.step(1.0)
        i, ground = int(portion.index[place]), portion.geometrie[place : place + 1]
        one, dim = judged[i], dimension(ground)
        size, whole = float(measure(ground)[0]), float(measure(objets.geometrie[i : i + 1])[0])
        unit = portion.unit
        return Ecart(
            objet=str(objets.noms[i]),
            objet_id=str(objets.ids[i]),
            etat=one.low,
            geometrie=ground[0],
            geometrie_objet=objets.entier[i],
            libelle=str(objets.libelles[i]),
            typezone=str(objets.typezone[i] or ""),
            insee=unit.code if unit.communes == (unit.code,) else str(self._insee[i]),
            surface_m2=size if dim == 2 else None,
            longueur_m=size if dim == 1 else None,
            part_objet=min(size / whole, 1.0) if whole else None,
            mesure=one.mesure,
            seuil=one.verdict.seuil,
            unite=self._unite,
            message=doubted(f"{objets.libelles[i]} : {self._said(one)}{self._asked(one)}.", objets.certain[i]),
        )

    @cached_property
    def _insee(self) -> Array:
        return self._context.territory.insee(self._objets)


@dataclass(frozen=True)
class _Told:
    """What the message of a unit needs: its state, the object that decides and its name."""

    unit: Unit
    index: Array
    etat: Etat
    one: _Judged
    label: str
    at_fault: int


def _decisive(judged: Sequence[_Judged], index: Array) -> Optional[int]:
    """The object that decides: the worst state, one with a figure first, then the one farthest beyond its threshold."""
    sure = [int(i) for i in index if judged[i].low == judged[i].high]
    return min(sure, key=lambda i: _rank(judged[i]), default=None)


def _rank(one: _Judged) -> "Tuple[int, bool, float]":
    return one.low.rank, one.mesure is None, -(one.verdict.ecart or 0.0)
