"""The threshold of one unit: by class, by commune, read in a table, scaled to the share of the PLU."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, List, Mapping, Optional, Sequence, Tuple

from ..rules.model import (
    ACompleter,
    PartDuPlu,
    Prorata,
    Quantity,
    RefTable,
    SelonClassement,
    SelonCommune,
    Seuil,
)
from .context import Context, NotEvaluable
from .seuils import CIBLE_TOLERANCE, Limits
from .territory import Unit
from .wording import names, number


class NotConcerned(Exception):
    """The threshold says `aucun` for this unit: it is `sans_objet`. The message says so."""


@dataclass(frozen=True)
class Thresholds:
    """The thresholds of a control as written; `unite` is the unit that its measures are given in."""

    minimum: Optional[Seuil]
    maximum: Optional[Seuil]
    cible: Optional[Seuil]
    tolerance: Optional[Quantity]
    marque: Optional[Quantity]
    unite: str

    @classmethod
    def of(cls, valeurs: Mapping[str, Any], unites: Sequence[str]) -> "Thresholds":
        """Those of a control's parameters; the unit is the first one written, else the first of the kind."""
        given = [valeurs.get(nom) for nom in ("minimum", "maximum", "cible", "part_minimale")]
        units = [unit for seuil in given for unit in _units_of(seuil)]
        minimum = valeurs.get("minimum") or valeurs.get("part_minimale")
        return cls(
            minimum,
            valeurs.get("maximum"),
            valeurs.get("cible"),
            valeurs.get("tolerance"),
            valeurs.get("ecart_marque_au_dela_de"),
            units[0] if units else unites[0],
        )

    def of_unit(
        self, context: Context, unit: Unit, commune: Optional[str] = None, part: Optional[PartDuPlu] = None
    ) -> Limits:
        """The limits of `unit`, `commune` deciding its class when the unit is an object.

        Raises `NotEvaluable` when the figure is missing, `NotConcerned` when the unit has none on purpose.
        """
        resolve = _Resolver(context, unit, commune if commune is not None else _only(unit.communes), self.unite)
        minimum = resolve.value(self.cible if self.cible is not None else self.minimum)
        maximum = resolve.value(self.cible if self.cible is not None else self.maximum)
        tolerance = self.tolerance or (CIBLE_TOLERANCE if self.cible is not None else None)
        return Limits(
            _share(context, minimum, part, self.unite),
            _share(context, maximum, part, self.unite),
            _in(tolerance, self.unite),
            _in(self.marque, self.unite),
        )


class _Resolver:
    def __init__(self, context: Context, unit: Unit, commune: Optional[str], unite: str) -> None:
        self._context, self._unit, self._commune, self._unite = context, unit, commune, unite

    def value(self, seuil: Optional[Seuil]) -> Optional[float]:
        if seuil is None:
            return None
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
        return seuil.to(self._unite)

    def _place(self) -> str:
        return self._context.territory.nom(self._commune) if self._commune else self._unit.nom

    def _class(self, classement: str) -> Optional[str]:
        if self._commune is not None:
            return self._context.territory.class_of(classement, self._commune)
        classes = {self._context.territory.class_of(classement, commune) for commune in self._unit.communes}
        return classes.pop() if len(classes) == 1 else None

    def _listed(self, seuil: "SelonClassement | SelonCommune", key: Optional[str], where: str) -> float:
        if key is not None and key in seuil.valeurs:
            found = seuil.valeurs[key]
        elif seuil.a_un_defaut:
            found = seuil.defaut
        else:
            raise NotEvaluable(f"Le fichier de règles ne donne pas de seuil pour {where}.")
        if found is None:
            raise NotConcerned(f"Le DOO ne fixe pas de seuil pour {where}.")
        return found.to(self._unite)

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
                return Quantity(found[0], seuil.unite or self._unite).to(self._unite)
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
    if isinstance(seuil, (SelonClassement, SelonCommune)):
        return [value.unit for value in list(seuil.valeurs.values()) + [seuil.defaut] if value is not None]
    return []


def _in(quantity: Optional[Quantity], unite: str) -> Optional[Quantity]:
    """A tolerance or a marked limit in the unit of the measure; shares and percentage points stay as they are."""
    if quantity is None or quantity.unit in ("%", "points"):
        return quantity
    return Quantity(quantity.to(unite), unite)


def _share(context: Context, value: Optional[float], part: Optional[PartDuPlu], unite: str) -> Optional[float]:
    """The threshold of a wider unit brought to this PLU: a share of it, or the amount given instead."""
    if value is None or part is None:
        return value
    if isinstance(part, Prorata):
        ref = RefTable(part.table, part.champ)
        figures, communes = context.figures(ref), context.territory.communes
        unread = [key for key in {**dict.fromkeys(communes), **context.readings(ref)} if key not in figures]
        if unread:
            missing = names([context.territory.nom(key) for key in unread])
            raise NotEvaluable(
                f"Part du PLU : la table « {part.table} » n'a pas de {part.champ} pour {missing} : complétez-la."
            )
        total = sum(figures.values())
        if not total:
            raise NotEvaluable(f"Part du PLU : {part.champ} est nul dans toute la table « {part.table} ».")
        return value * sum(figures[code] for code in communes) / total
    return value * part.value / 100 if part.unit == "%" else part.to(unite)
