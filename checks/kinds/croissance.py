"""`croissance`: how much the plan lets its population grow, in all or by year."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import Any, Dict, List, Mapping, Optional, Sequence, Tuple

from ...rules.model import Controle, Population
from ...rules.params import Param
from ...rules.types import Choice, Echelle, PopulationType, SeuilType, Tolerance, ValeursAdmisesType, Year
from ..base import Check, Constat, Ecart, Etat
from ..context import Context, NotEvaluable
from ..growth import Growth, Town
from ..limits import NotConcerned, Thresholds
from ..populations import DATES, Populations
from ..seuils import EPSILON, Limits, Verdict, finite, judge, judge_interval, unfavourable
from ..territory import Unit
from ..wording import amount, names, number, plural, within
from ..years import Years


class Croissance(Check):
    """La population que prévoit le PLU croît dans les limites d'un seuil, en tout ou par an, par territoire.

    Résultat : la mesure est la croissance entre les deux populations, en % ou en taux annuel composé (%/an) selon
    l'unité du seuil. Sur plusieurs communes, c'est celle de leurs totaux, ou la moyenne simple de leurs taux. Sont en
    cause les communes qui, à elles seules, manquent leur seuil ; leur géométrie est celle de la commune.

    Limites : les populations sont données par des tables ou saisies à la main avec leur source ; l'outil ne lit pas
    le PADD. Une population absente est inconnue, pas nulle. La croissance d'une partie d'un territoire ne dit pas
    celle du tout : elle est à apprécier. Une valeur admise pour une commune remplace son plafond dans la moyenne.
    """

    genre = "croissance"
    unites = ("%", "%/an")
    population_depart = Param(PopulationType(), "Habitants au départ")
    population_projetee = Param(PopulationType(), "Habitants que le PLU prévoit")
    annee_depart = Param(Year(), "Année de la population de départ ; l'horizon du PLU sinon", default=None)
    annee_projetee = Param(Year(), "Année de la population projetée ; l'horizon du PLU sinon", default=None)
    calcul = Param(
        Choice("rapport_des_totaux", "moyenne_simple"),
        "Croissance des totaux, ou moyenne des croissances de chaque commune",
        default="rapport_des_totaux",
    )
    minimum = Param(SeuilType(units=unites), "Croissance minimale", default=None)
    maximum = Param(SeuilType(units=unites), "Croissance maximale", default=None)
    cible = Param(
        SeuilType(units=unites), "Croissance visée, dans les deux sens (tolérance de 10 % par défaut)", default=None
    )
    valeurs_admises = Param(
        ValeursAdmisesType(units=unites), "Ce qui est admis pour des communes à la place du plafond", default=None
    )
    echelle = Param(Echelle(objet=False), "Unité pour laquelle la croissance est mesurée", default="plu")
    tolerance = Param(Tolerance(), "Écart admis", default=None)
    ecart_marque_au_dela_de = Param(Tolerance(), "Limite au-delà de laquelle un écart est marqué", default=None)

    @classmethod
    def sentence(cls, controle: Controle, say: Any) -> str:
        values = controle.parametres
        seuil = say.seuil(values.get("minimum"), values.get("maximum"), values.get("cible"))
        mean = ", en moyenne simple des communes," if values.get("calcul") == "moyenne_simple" else ""
        admitted = values.get("valeurs_admises")
        lines = [f"{say.quantity(value)} ({code})" for code, value in admitted.valeurs.items()] if admitted else []
        other = f", {say.liste(lines)} étant admis" if lines else ""
        dates = [
            f"{label.lower()} : {_said(values[name], values.get(year), say)}"
            for (name, label), year in zip(DATES.items(), ("annee_depart", "annee_projetee"))
        ]
        seuil = f"d'{seuil}" if seuil.startswith("au ") else seuil
        return f"la population croît{mean} {seuil or '; à apprécier'}{other} ({' ; '.join(dates)})"

    def run(self, context: Context) -> Sequence[Constat]:
        if any((sauf.selection or sauf.couches) and sauf.holds(context.date) for sauf in self.prescription.sauf):
            raise NotEvaluable(
                "Une exception (« sauf ») par objets ou par couches ne retire pas d'habitants : citez des communes, "
                "sans autre critère."
            )
        self._context = context
        self._populations = Populations(context, self)
        self._thresholds = Thresholds.of(self.valeurs, self.unites)
        if self.prescription.s_applique_a is not None:
            self.bearing = context.territory.in_scope(self.prescription.s_applique_a)
        constats: List[Constat] = []
        for unit in context.territory.units(self.scale):
            context.progress.step(0.0)
            constats.append(self._constat(unit))
        return constats

    def _constat(self, unit: Unit) -> Constat:
        try:
            towns = self._populations.of_unit(unit)
            if not towns:
                return self._told(unit, (), Etat.SANS_OBJET, self._nothing(unit))
            growth = Growth(self._years, self.calcul == "moyenne_simple")
        except NotEvaluable as missing:
            return self._told(unit, (), Etat.NON_EVALUE, f"Non évalué{self.where(unit)} : {missing}")
        try:
            limits = self._limits(unit, towns, growth)
        except NotConcerned as none:
            return self._told(unit, towns, Etat.SANS_OBJET, str(none))
        except NotEvaluable as missing:
            return self._undecided(unit, towns, growth, Limits(), (str(missing),))
        if growth.of(towns) is None:
            causes = self._populations.missing(towns) or (
                "La population de départ est nulle : une croissance n'a pas de sens.",
            )
            return self._undecided(unit, towns, growth, limits, causes)
        if limits.given and not self._context.territory.is_whole(self.scale, unit):
            return self._wider(unit, towns, growth, limits)
        best, worst = judge_interval(*growth.interval(towns), limits)
        if best.etat != worst.etat:
            return self._undecided(unit, towns, growth, limits, self._populations.missing(towns))
        return self._decided(unit, towns, growth, limits)

    def _decided(self, unit: Unit, towns: Sequence[Town], growth: Growth, limits: Limits) -> Constat:
        mesure, verdict = growth.of(towns), Verdict(Etat.A_APPRECIER)
        if limits.given:
            mesure, verdict = unfavourable(*growth.interval(towns), limits)
        tolerated = ("Hors du seuil, dans la tolérance.",) if verdict.tolere else ()
        return self._told(
            unit,
            towns,
            verdict.etat,
            self._message(unit, towns, growth, mesure, limits, verdict),
            limits,
            self._populations.missing(towns) + tolerated,
            mesure=mesure,
            ecart=finite(verdict.ecart),
            ecart_relatif=finite(verdict.relatif),
            ecarts=self._ecarts(unit, towns, growth, mesure, verdict) if verdict.etat.is_departure else (),
        )

    def _undecided(
        self, unit: Unit, towns: Sequence[Town], growth: Growth, limits: Limits, causes: Sequence[str]
    ) -> Constat:
        """`non_evalue`, with what is missing; the measure is that of the known part."""
        mesure = growth.of(towns)
        message = f"Non évalué{self.where(unit)} : {' '.join(causes)}"
        if mesure is not None:
            what = "Croissance mesurée" if all(town.known for town in towns) else "Partie connue"
            message += f" {what} : {amount(mesure, self._unite)} ({self._figures(towns)})."
        return self._told(unit, towns, Etat.NON_EVALUE, message, limits, mesure=mesure)

    def _wider(self, unit: Unit, towns: Sequence[Town], growth: Growth, limits: Limits) -> Constat:
        """The growth of a part of the unit decides nothing for the whole."""
        mesure = growth.of(towns) or 0.0
        verdict = judge(mesure, limits) if all(town.known for town in towns) else Verdict(Etat.A_APPRECIER)
        return self._told(
            unit,
            towns,
            Etat.A_APPRECIER,
            self.of_a_part(unit, f"Croissance de {amount(mesure, self._unite)} ({self._figures(towns)})"),
            limits,
            self._populations.missing(towns),
            mesure=mesure,
            ecart=verdict.ecart,
            ecart_relatif=verdict.relatif,
        )

    def _told(
        self,
        unit: Unit,
        towns: Sequence[Town],
        etat: Etat,
        message: str,
        limits: Optional[Limits] = None,
        limites: Tuple[str, ...] = (),
        **values: Any,
    ) -> Constat:
        limits = limits or Limits()
        return self.constat(
            unit,
            etat,
            message,
            unite=self._unite,
            seuil_min=limits.minimum,
            seuil_max=limits.maximum,
            nb_objets=len(towns),
            limites=tuple(dict.fromkeys(self._sources + self._empty(towns) + limites)),
            **values,
        )

    # -- populations ------------------------------------------------------------------------------

    @property
    def _unite(self) -> str:
        return self._thresholds.unite

    @cached_property
    def _years(self) -> Optional[int]:
        """Between both dates, for a yearly rate. Raises `NotEvaluable` when they are not known."""
        if self._unite != "%/an":
            return None
        if self.annee_depart is not None and self.annee_projetee is not None:
            return int(self.annee_projetee - self.annee_depart)
        return Years.of(self._context, self).measured

    @property
    def _sources(self) -> Tuple[str, ...]:
        given = [(label, self.valeurs[name].source) for name, label in DATES.items()]
        read = "" if self._unite != "%/an" or self.annee_depart is not None else Years.of(self._context, self).read
        said = tuple(f"{label} : {source.rstrip('.')}." for label, source in given if source)
        return (*said, read) if read else said

    # -- thresholds -------------------------------------------------------------------------------

    def _limits(self, unit: Unit, towns: Sequence[Town], growth: Growth) -> Limits:
        """Those of the unit, its ceiling being that of a whole where some communes are admitted more."""
        limits = self._thresholds.of_unit(self._context, unit, echelle=self.scale)
        admitted = {town.code: self._admitted[town.code] for town in towns if town.code in self._admitted}
        as_one = towns[0].code == ""
        hidden = as_one and any(code in self._admitted for code in self._populations.communes(unit))
        if limits.maximum is None or not (admitted or hidden):
            return limits
        ceilings = [admitted.get(town.code, limits.maximum) for town in towns]
        ceiling = None if hidden else growth.ceiling(towns, ceilings)
        if ceiling is None:
            raise NotEvaluable(
                "Le plafond moyen n'est pas connu : les valeurs admises par commune demandent la population de départ "
                "de chacune."
            )
        lines = [
            f"{self._context.territory.nom(code)} {amount(limit, self._unite)}" for code, limit in admitted.items()
        ]
        said = f"admis pour {names(lines, len(lines))}" + (
            f", {amount(limits.maximum, self._unite)} ailleurs" if len(admitted) < len(towns) else ""
        )
        return replace(limits, maximum=ceiling, calcul=said)

    @cached_property
    def _admitted(self) -> Dict[str, float]:
        given = self.valeurs_admises.valeurs if self.valeurs_admises else {}
        return {code: value.to(self._unite) for code, value in given.items() if value is not None}

    # -- écarts and words -------------------------------------------------------------------------

    def _ecarts(
        self, unit: Unit, towns: Sequence[Town], growth: Growth, mesure: Optional[float], verdict: Verdict
    ) -> Tuple[Ecart, ...]:
        """The communes that miss the threshold by themselves, largest departure first."""
        seuil = verdict.seuil or 0.0
        floor = mesure is not None and mesure < seuil
        plain = seuil if floor else self._thresholds.of_unit(self._context, unit, echelle=self.scale).maximum or 0.0
        found: List[Tuple[float, Town, float, float]] = []
        for town in towns:
            own, limit = growth.own(town), plain if floor else self._admitted.get(town.code, plain)
            if own is not None and (limit - own if floor else own - limit) > EPSILON * max(1.0, abs(limit)):
                found.append((abs(own - limit), town, own, limit))
        found.sort(key=lambda item: (-item[0], item[1].code))
        grounds = self._grounds if any(town.code for _, town, _, _ in found) else {}
        return tuple(
            self._ecart(town.code, grounds[town.code], own, limit, verdict, "au moins" if floor else "au plus")
            for _, town, own, limit in found
            if town.code in grounds
        )

    @cached_property
    def _grounds(self) -> Mapping[str, Any]:
        communes = self._context.territory.as_objects()
        return {str(code): ground for code, ground in zip(communes.ids, communes.geometrie)}

    def _ecart(self, code: str, ground: Any, own: float, limit: float, verdict: Verdict, asked: str) -> Ecart:
        nom = self._context.territory.nom(code)
        return Ecart(
            objet="commune",
            objet_id=code,
            etat=verdict.etat,
            geometrie=ground,
            geometrie_objet=ground,
            libelle=nom,
            insee=code,
            surface_m2=float(ground.area),
            part_objet=1.0,
            mesure=own,
            seuil=limit,
            unite=self._unite,
            message=f"{nom} : {amount(own, self._unite, limit)} pour {asked} {amount(limit, self._unite)}.",
        )

    def _message(
        self,
        unit: Unit,
        towns: Sequence[Town],
        growth: Growth,
        mesure: Optional[float],
        limits: Limits,
        verdict: Verdict,
    ) -> str:
        measured = "Croissance inconnue"
        if mesure is not None:
            low, high = growth.interval(towns) if limits.given else (mesure, mesure)
            measured = f"Croissance {within(low, high, self._unite, limits.minimum, limits.maximum)}"
        told = f"{measured}{self.where(unit)} ({self._figures(towns)})"
        if not limits.given:
            return f"{told} ; le DOO ne fixe pas de seuil{self.source}."
        bounds = [f"au moins {amount(limits.minimum, self._unite)}"] if limits.minimum is not None else []
        bounds += [f"au plus {amount(limits.maximum, self._unite)}"] if limits.maximum is not None else []
        asked = " et ".join(bounds) if limits.minimum != limits.maximum else amount(limits.minimum or 0.0, self._unite)
        asked += f" ({limits.calcul})" if limits.calcul else ""
        return f"{told} ; le DOO demande {asked}{', dans la tolérance' if verdict.tolere else ''}{self.source}."

    def _figures(self, towns: Sequence[Town]) -> str:
        """`de 1 000 à 1 100 habitants en 10 ans, moyenne simple de 3 communes`, of what is known."""
        known = [town for town in towns if town.known]
        first, last = (number(sum(getattr(town, date) for town in known), 0) for date in ("depart", "projetee"))
        said = f"de {first} à {last} habitants"
        if self._years:
            said += f" en {plural(self._years, 'an')}"
        if len(towns) > 1:
            mean = "moyenne simple de " if self.calcul == "moyenne_simple" else ""
            words = ("commune", "communes")
            if len(known) < len(towns):
                words = ("commune connue", "communes connues")
            said += f", {mean}{plural(len(known), *words)}"
        return said

    def _empty(self, towns: Sequence[Town]) -> Tuple[str, ...]:
        """Communes of which nobody can say how much they grow."""
        if self.calcul != "moyenne_simple" or len(towns) < 2:
            return ()
        empty = [self._context.territory.nom(town.code) for town in towns if town.known and not town.depart]
        return (f"Sans habitant au départ, hors de la moyenne : {names(empty)}.",) if empty else ()

    def _nothing(self, unit: Unit) -> str:
        """Why no commune of the unit is concerned."""
        spared = [row for row in self.exempted if not unit.communes or row.insee in unit.communes]
        if not spared:
            return self.out_of_scope(unit) or f"La prescription ne porte sur aucune commune{self.where(unit)}."
        aside = names([row.libelle for row in spared])
        return f"Exception pour {aside} : {names([row.motif for row in spared])}."


def _said(population: Population, year: Optional[int], say: Any) -> str:
    """`1 200 habitants en 2020 (INSEE)`."""
    when = f" en {year}" if year else ""
    source = f" ({population.source.rstrip('.')})" if population.source else ""
    return f"{say.chiffre(population.chiffre)}{when}{source}"
