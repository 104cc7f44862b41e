"""The threshold of one unit: by class, by commune, read in a table, scaled to the share of the PLU."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Callable, List, Mapping, Optional, Sequence, Tuple

from ..rules.model import (
    PASSEE,
    TOTALS,
    UNITS,
    YEARLY,
    ACompleter,
    PartDuPlu,
    Prorata,
    Quantity,
    RefTable,
    SelonChamp,
    SelonClassement,
    SelonCommune,
    Seuil,
    SituationPassee,
)
from .attributes import Keys, identity, keys_of, line_of, where
from .context import Context, NotEvaluable, as_number
from .figures import Figure, figure_of, prorata
from .objets import Objets
from .seuils import CIBLE_TOLERANCE, Limits
from .territory import Unit
from .wording import amount, names, number
from .years import Years


class NotConcerned(Exception):
    """The threshold says `aucun` for this unit: it is `sans_objet`. The message says so."""


@dataclass(frozen=True)
class Thresholds:
    """The thresholds of a control as written; `unite` is the unit that its measures are given in.

    A yearly threshold is asked over the years of the period that are measured (`Years.shared`), so measures are totals;
    but one relative to a yearly past stays yearly: measures are then to be divided by `years.measured` (`par_an`).
    """

    minimum: Optional[Seuil]
    maximum: Optional[Seuil]
    cible: Optional[Seuil]
    tolerance: Optional[Quantity]
    marque: Optional[Quantity]
    unite: str
    passe: Optional[SituationPassee] = None
    years: Years = Years()

    @classmethod
    def of(cls, valeurs: Mapping[str, Any], unites: Sequence[str], years: Optional[Years] = None) -> "Thresholds":
        """Those of a control's parameters; the unit is the first one written, else the first of the kind.

        `years`: those of the step (`checks.years.steps`), for a kind whose figures may be yearly.
        """
        given = [valeurs.get(nom) for nom in ("minimum", "maximum", "cible", "part_minimale")]
        units = [unit for seuil in given for unit in _units_of(seuil)]
        minimum = valeurs.get("minimum") or valeurs.get("part_minimale")
        passe = valeurs.get("situation_passee")
        return cls(
            minimum,
            valeurs.get("maximum"),
            valeurs.get("cible"),
            valeurs.get("tolerance"),
            valeurs.get("ecart_marque_au_dela_de"),
            _measured_in(units[0], unites, passe) if units else unites[0],
            passe,
            years or Years(),
        )

    @property
    def by_commune(self) -> bool:
        """Whether the threshold of an object depends on the commune where it lies."""
        varying = (SelonClassement, SelonCommune, RefTable)
        return any(isinstance(seuil, varying) for seuil in (self.minimum, self.maximum, self.cible))

    @property
    def par_an(self) -> bool:
        """Whether measures are given by year: a total is divided by `years.measured`."""
        return self.unite in YEARLY.values()

    @property
    def yearly(self) -> bool:
        """Whether some threshold is written by year, or measures are given so."""
        given = (self.minimum, self.maximum, self.cible)
        return self.par_an or any(unit in TOTALS for seuil in given for unit in _units_of(seuil))

    def keys(self, context: Context, objets: Objets) -> List[Keys]:
        """What a threshold by attribute or by site follows, object by object; empty when there is no such threshold."""
        return keys_of(context, (self.minimum, self.maximum, self.cible), objets)

    def of_unit(
        self,
        context: Context,
        unit: Unit,
        commune: Optional[str] = None,
        part: Optional[PartDuPlu] = None,
        keys: Optional[Keys] = None,
        *,
        echelle: str = "plu",
        habitants: Optional[Callable[[], float]] = None,
        only: Optional[Callable[[], Optional[Sequence[str]]]] = None,
    ) -> Limits:
        """The limits of `unit`; when it is an object, `commune` decides its class, and `keys` its lines by attribute.

        `echelle`: for the past situation, whose rows are those of the unit; `habitants`: those of the unit, asked for
        by a threshold by 1 000 inhabitants alone; `only`: the communes concerned, whose past counts (all if None).
        Raises `NotEvaluable` when the figure is missing, `NotConcerned` when the unit has none on purpose.
        """
        code = commune if commune is not None else _only(unit.communes)
        resolve = _Resolver(context, unit, code, self, echelle, habitants, only, keys or {})
        minimum = resolve.value(self.cible if self.cible is not None else self.minimum)
        maximum = resolve.value(self.cible if self.cible is not None else self.maximum)
        tolerance = self.tolerance or (CIBLE_TOLERANCE if self.cible is not None else None)
        share = _Share.of(context, part, resolve)
        passe, unknown = resolve.past_to_compare(share) if self.passe is not None else (None, "")
        return Limits(
            share.of_bound(minimum),
            share.of_bound(maximum),
            share.of_amount(resolve.limit(tolerance)),
            share.of_amount(resolve.limit(self.marque)),
            passe,
            unknown,
            " ; ".join(dict.fromkeys(resolve.notes + share.notes)),
        )


class _Resolver:
    def __init__(
        self,
        context: Context,
        unit: Unit,
        commune: Optional[str],
        thresholds: Thresholds,
        echelle: str,
        habitants: Optional[Callable[[], float]],
        only: Optional[Callable[[], Optional[Sequence[str]]]],
        keys: Keys,
    ) -> None:
        self._context, self._unit, self._commune, self._unite = context, unit, commune, thresholds.unite
        self._thresholds, self._echelle, self._habitants, self._keys = thresholds, echelle, habitants, keys
        self._only = only
        self.notes: List[str] = []

    def value(self, seuil: Optional[Seuil]) -> Optional[float]:
        if seuil is None:
            return None
        if isinstance(seuil, SelonChamp):
            return self._by_field(seuil)
        if self._commune == "" and not isinstance(seuil, (Quantity, ACompleter)):
            raise NotEvaluable(f"{self._unit.nom} est hors de toute commune : son seuil n'est pas connu.")
        if isinstance(seuil, ACompleter):
            raise NotEvaluable(
                "Le seuil du DOO n'est pas encore saisi (« a_completer ») : complétez le fichier de règles."
            )
        if isinstance(seuil, RefTable):
            return self._in_table(seuil)
        if isinstance(seuil, SelonCommune):
            return self._listed(seuil, self._commune, f"la commune {self._place()}")
        if isinstance(seuil, SelonClassement):
            classe = self._class(seuil.classement)
            label = self._context.territory.class_label(seuil.classement, classe) if classe else ""
            where = f"la classe « {label} »" if classe else f"{self._place()}, qui n'est dans aucune classe"
            return self._listed(seuil, classe, where)
        return self.figure(seuil)

    def figure(self, quantity: Quantity) -> float:
        """A figure in the unit of the measures: over the years for a yearly one, of the past for a relative one."""
        if quantity.unit == PASSEE:
            return self._of_past(quantity)
        if not _makes(quantity.unit, self._unite):
            return self._by_year(quantity) if _makes(self._unite, quantity.unit) else quantity.to(self._unite)
        years = self._thresholds.years
        self.notes.append(f"{amount(quantity.value, quantity.unit)} {years.explained}")
        total = Quantity(quantity.value * years.shared, TOTALS[quantity.unit]).to(self._unite)
        if quantity.unit != "logt/an/1000hab":
            return total
        assert self._habitants is not None, "habitants"
        return total * self._habitants() / 1000

    def limit(self, quantity: Optional[Quantity]) -> Optional[Quantity]:
        """A tolerance or a marked limit in the unit of the measure; shares and percentage points stay as they are."""
        if quantity is None or quantity.unit in ("%", "points"):
            return quantity
        kept = list(self.notes)
        value = self.figure(quantity)
        self.notes = kept
        return Quantity(value, self._unite)

    def past_to_compare(self, share: "_Share") -> "Tuple[Optional[float], str]":
        """The past situation brought to this PLU, or why it cannot be compared with the measure."""
        try:
            past = self._past()
            if _makes(past.unite, self._unite):  # a yearly past, a measure over the horizon
                return share.of_past(past.value * self._thresholds.years.measured), ""
            return share.of_past(self.figure(Quantity(past.value, past.unite))), ""
        except NotEvaluable as missing:
            return None, f"Situation passée : {missing}"

    def _of_past(self, quantity: Quantity) -> float:
        past = self._past()
        note = f", {past.note}" if past.note else ""
        said = amount(past.value, past.unite)
        self.notes.append(f"{amount(quantity.value, '%')} de la situation passée, {said}{note}")
        return quantity.value / 100 * past.value

    def _past(self) -> Figure:
        """In its own unit, a total over a period being brought to its yearly mean. Raises when a part is missing."""
        passe = self._thresholds.passe
        assert passe is not None  # checked when the rules are read
        only = self._only() if self._only is not None and not isinstance(passe.chiffre, Quantity) else None
        found = figure_of(self._context, passe.chiffre, self._echelle, self._unit, only)
        if found.missing:
            raise NotEvaluable(" ".join(found.missing))
        written = Quantity(found.value, found.unite)
        if passe.periode is None or UNITS[passe.unite][0] == written.dimension:
            return Figure(written.to(passe.unite), passe.unite, (), found.note)
        yearly = written.to(TOTALS[passe.unite]) / (passe.periode[1] - passe.periode[0])
        return Figure(yearly, passe.unite, (), found.note)

    def _by_year(self, quantity: Quantity) -> float:
        """A total where measures are by year."""
        return quantity.to(TOTALS[self._unite]) / self._thresholds.years.measured

    def _by_field(self, seuil: SelonChamp) -> float:
        key = self._keys[identity(seuil)]
        if key == "":
            raise NotEvaluable(f"{where(seuil, key)}, le seuil n'est donc pas connu ; complétez la donnée.")
        if seuil.unite is None or key is None:
            return self._listed(seuil, line_of(seuil, key) if key is not None else None, where(seuil, key))
        figure = as_number(key)
        if figure is None or figure < 0:
            raise NotEvaluable(f"{where(seuil, key)} n'est pas un seuil : un nombre est attendu.")
        return self.figure(Quantity(figure, seuil.unite))

    def _place(self) -> str:
        return self._context.territory.nom(self._commune) if self._commune else self._unit.nom

    def _class(self, classement: str) -> Optional[str]:
        if self._commune is not None:
            return self._context.territory.class_of(classement, self._commune)
        classes = {self._context.territory.class_of(classement, commune) for commune in self._unit.communes}
        return classes.pop() if len(classes) == 1 else None

    def _listed(self, seuil: "SelonClassement | SelonCommune | SelonChamp", key: Optional[str], where: str) -> float:
        if key is not None and key in seuil.valeurs:
            found = seuil.valeurs[key]
        elif seuil.a_un_defaut:
            found = seuil.defaut
        else:
            raise NotEvaluable(f"Le fichier de règles ne donne pas de seuil pour {where}.")
        if found is None:
            raise NotConcerned(f"Le DOO ne fixe pas de seuil pour {where}.")
        return self.figure(found)

    def _in_table(self, seuil: RefTable) -> float:
        figures = self._context.readings(seuil)
        keys: List[str] = [key for key in (self._unit.code, self._commune or "", self._context.plu.idurba) if key]
        for key in keys:
            found = sorted({figure for figure in figures.get(key, ()) if figure is not None})
            if len(found) > 1:
                raise NotEvaluable(
                    f"La table « {seuil.table} » donne plusieurs {seuil.champ} pour {self._place()} "
                    f"({names([number(figure) for figure in found])}) : gardez celui qui vaut."
                )
            if found:
                return self.figure(Quantity(found[0], seuil.unite or self._unite))
        raise NotEvaluable(
            f"La table « {seuil.table} » ne donne pas de {seuil.champ} pour {self._place()} (clé cherchée : "
            f"{names(keys)}) : complétez-la."
        )


def _only(communes: Tuple[str, ...]) -> Optional[str]:
    return communes[0] if len(communes) == 1 else None


def _units_of(seuil: Any) -> List[str]:
    if isinstance(seuil, Quantity):
        return [seuil.unit]
    if isinstance(seuil, RefTable):
        return [seuil.unite] if seuil.unite else []
    if isinstance(seuil, SelonChamp) and seuil.unite is not None:
        return [seuil.unite]
    if isinstance(seuil, (SelonClassement, SelonCommune, SelonChamp)):
        return [value.unit for value in list(seuil.valeurs.values()) + [seuil.defaut] if value is not None]
    return []


def _measured_in(written: str, unites: Sequence[str], passe: Optional[SituationPassee]) -> str:
    """The unit of the measures: that of the threshold, the total of a yearly one, the past's for a relative one."""
    if written == PASSEE and passe is not None:
        return passe.unite
    if written in unites and written not in TOTALS:
        return written
    dimension = UNITS[TOTALS.get(written, written)][0]
    return next(unit for unit in unites if UNITS[unit][0] == dimension)


def _makes(yearly: str, total: str) -> bool:
    """Whether a figure in `yearly` makes one in `total` over some years."""
    return yearly in TOTALS and UNITS[TOTALS[yearly]][0] == UNITS[total][0]


@dataclass(frozen=True)
class _Share:
    """What a threshold of a wider unit becomes for this PLU: a share of it, or the amount given instead."""

    factor: float = 1.0
    amount: Optional[float] = None
    notes: List[str] = field(default_factory=list)

    @classmethod
    def of(cls, context: Context, part: Optional[PartDuPlu], resolve: _Resolver) -> "_Share":
        if part is None:
            return cls()
        if isinstance(part, Prorata):
            factor = prorata(context, part)
            return cls(factor, notes=[f"part du PLU de {amount(100 * factor, '%')} au prorata de {part.champ}"])
        if part.unit == "%":
            return cls(part.value / 100, notes=[f"part du PLU de {amount(part.value, '%')}"])
        return cls(amount=resolve.figure(part), notes=["part du PLU fixée par les règles"])

    def of_bound(self, value: Optional[float]) -> Optional[float]:
        return value if value is None else self.amount if self.amount is not None else value * self.factor

    def of_amount(self, quantity: Optional[Quantity]) -> Optional[Quantity]:
        """A tolerance written for the whole unit as an amount is shared as its threshold is."""
        if quantity is None or quantity.unit in ("%", "points"):
            return quantity
        return Quantity(quantity.value * self.factor, quantity.unit)

    def of_past(self, value: float) -> Optional[float]:
        """None with an amount: what was measured before over the whole unit says nothing of this PLU."""
        return None if self.amount is not None else value * self.factor
