"""Populations of the communes of a unit at both dates, as the parameters of `croissance` give them."""

from __future__ import annotations

from typing import List, Mapping, Optional, Sequence, Tuple

from ..rules.model import Chiffre, Quantity, RefTable, Sauf
from .base import Check, Exempted
from .context import Context, NotEvaluable
from .growth import Town
from .territory import Unit
from .wording import names

#: parameter -> what it is called
DATES = {"population_depart": "Population de départ", "population_projetee": "Population projetée"}


class Populations:
    def __init__(self, context: Context, check: Check) -> None:
        self._context, self._check = context, check

    def of_unit(self, unit: Unit) -> Tuple[Town, ...]:
        """The communes of the unit that are concerned, or the unit as one where a figure is that of the whole."""
        codes = self.communes(unit)
        kept = self._concerned(codes)
        whole = [self._of_whole(name, unit) for name in DATES]
        if whole == [None, None]:
            figures = [self._by_commune(name, kept) for name in DATES]
            return tuple(Town(code, figures[0].get(code), figures[1].get(code)) for code in kept)
        if len(kept) != len(codes):
            if not kept:
                return ()
            raise NotEvaluable("Une population de tout le PLU ne se coupe pas : il faut une table par commune.")
        totals = [figure if figure is not None else self._total(name, codes) for name, figure in zip(DATES, whole)]
        return (Town(codes[0] if len(codes) == 1 else "", totals[0], totals[1]),)

    def communes(self, unit: Unit) -> Tuple[str, ...]:
        """The communes of the unit; none when they are not known and no figure nor exception asks for them."""
        if unit.communes:
            return unit.communes
        try:
            return tuple(self._context.territory.communes)
        except NotEvaluable:
            bounded = self._check.bearing is not None or self._sparing
            if bounded or any(self._of_whole(name, unit) is None for name in DATES):
                raise
            return ()

    def _concerned(self, codes: Sequence[str]) -> Tuple[str, ...]:
        """Those that the prescription bears on, less those that `sauf` spares whole, which are listed."""
        kept = [code for code in codes if self._check.bearing is None or code in self._check.bearing]
        for sauf in self._sparing:
            for code in [code for code in kept if code in sauf.communes]:
                nom = self._context.territory.nom(code)
                self._check.exempted.append(
                    Exempted(self._check.prescription.id, code, nom, code, sauf.motif, sauf.reference)
                )
                kept.remove(code)
        return tuple(kept)

    @property
    def _sparing(self) -> Tuple[Sauf, ...]:
        return self._check.prescription.sparing_communes(self._context.date)

    def _of_whole(self, name: str, unit: Unit) -> Optional[float]:
        """The figure given for the whole PLU: by hand, or under its own key in the table."""
        chiffre = self._check.valeurs[name].chiffre
        if isinstance(chiffre, Quantity):
            return chiffre.to("hab")
        key = self._context.plu.idurba if self._check.scale == "plu" else ""
        return self._by_commune(name, [key]).get(key) if key else None

    def _by_commune(self, name: str, keys: Sequence[str]) -> Mapping[str, float]:
        """Key -> its figure, those that cannot be read being absent. Raises when the table says two things."""
        chiffre = self._check.valeurs[name].chiffre
        assert isinstance(chiffre, RefTable)
        readings, found = self._context.readings(chiffre), {}
        for key in keys:
            figures = set(readings.get(key, ()))
            if len(figures) > 1:
                raise NotEvaluable(
                    f"La table « {chiffre.table} » donne plusieurs {chiffre.champ} pour "
                    f"{self._context.territory.nom(key)} : gardez celui qui vaut."
                )
            figure = next(iter(figures), None)
            if figure is not None:
                found[key] = figure
        return found

    def _total(self, name: str, codes: Sequence[str]) -> Optional[float]:
        figures = self._by_commune(name, codes)
        return sum(figures.values()) if len(figures) == len(codes) else None

    def missing(self, towns: Sequence[Town]) -> Tuple[str, ...]:
        said: List[str] = []
        for (name, label), date in zip(DATES.items(), ("depart", "projetee")):
            lacking = [town.code for town in towns if getattr(town, date) is None]
            if lacking:
                chiffre = self._check.valeurs[name].chiffre
                where = (
                    names([self._context.territory.nom(code) for code in lacking if code]) if any(lacking) else "le PLU"
                )
                table = f" (table « {chiffre.table} », champ {chiffre.champ})" if isinstance(chiffre, RefTable) else ""
                said.append(f"{label} inconnue pour {where}{table}.")
        return tuple(said)


def refuse_several(context: Context, chiffre: Chiffre) -> None:
    """Raises `NotEvaluable` when a table gives a commune two populations, the same twice too: they do not add."""
    if not isinstance(chiffre, RefTable):
        return
    several = [key for key, figures in context.readings(chiffre).items() if len(figures) > 1]
    if several:
        raise NotEvaluable(
            f"La table « {chiffre.table} » donne plusieurs {chiffre.champ} pour "
            f"{names([context.territory.nom(key) for key in several])} : gardez ceux qui valent."
        )
