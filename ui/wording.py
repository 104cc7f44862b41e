"""French words of the dock: counts by state, measures, thresholds, departures, places."""

from __future__ import annotations

from collections import Counter
from typing import Iterable, Optional

from ..checks.base import Etat
from ..checks.wording import amount, apart, area, length, number
from ..gis.results import ConstatRow, EcartRow
from ..rules.model import UNITS

#: as counted in a line: one, several
_COUNTED = {
    Etat.SENS_CONTRAIRE: ("sens contraire", "sens contraires"),
    Etat.ECART_MARQUE: ("marqué", "marqués"),
    Etat.ECART_FAIBLE: ("faible", "faibles"),
    Etat.ERREUR: ("erreur", "erreurs"),
    Etat.NON_EVALUE: ("non évalué", "non évalués"),
    Etat.A_APPRECIER: ("à apprécier", "à apprécier"),
    Etat.SANS_ECART: ("sans écart", "sans écart"),
    Etat.SANS_OBJET: ("sans objet", "sans objet"),
}
#: units short enough for a column
_SHORT = {
    "logt/ha": "logt/ha",
    "m2/logt": "m²/logt",
    "logt": "logt",
    "logt/an": "logt/an",
    "logt/an/1000hab": "logt/an/1000 hab",
    "hab": "hab.",
    "%/an": "%/an",
    "ha/an": "ha/an",
}
_SCOT_STATES = {
    "projet": "projet",
    "arrete": "arrêté",
    "approuve": "approuvé",
    "executoire": "exécutoire",
    "en_revision": "en révision",
    "annule": "annulé",
}
#: what follows a departure that is that of one object, in a column and in a sentence
WORST, WORST_SAID = "(pire)", "pour l'objet le plus en cause"
WHOLE = {"plu": "PLU entier", "scot": "SCoT entier"}
#: characters of a text that are shown, ten pages
_LONGEST = 20_000
#: reminder that the plugin measures and does not judge
NATURE = (
    "Ces résultats relèvent des écarts à examiner au regard de chaque prescription. Ils ne disent pas si le document "
    "est compatible : la compatibilité s'apprécie globalement, et c'est l'affaire de l'instructeur."
)


def cut(text: str) -> str:
    """The text, or the beginning of one that would hold the interface for minutes, and how long it is."""
    if len(text) <= _LONGEST:
        return text
    return f"{text[:_LONGEST]}… (coupé ici : {number(len(text))} caractères, à lire dans le dossier)"


def scot_state(etat: str) -> str:
    return _SCOT_STATES.get(etat, etat)


def counts(etats: Iterable[Etat]) -> str:
    """`1 marqué, 2 faibles, 1 non évalué`, the worst first."""
    found = Counter(etats)
    return ", ".join(f"{found[etat]} {_COUNTED[etat][found[etat] > 1]}" for etat in Etat if found[etat])


def by_label(etats: Iterable[Etat]) -> str:
    """`écart marqué 3, non évalué 2`, the worst first: for prescriptions, where `counts` is for constats."""
    found = Counter(etats)
    return ", ".join(f"{etat.label[:1].lower()}{etat.label[1:]} {found[etat]}" for etat in Etat if found[etat])


def measure(value: Optional[float], unit: str, *others: Optional[float]) -> str:
    """A measure for a column: `18,2 logt/ha`, `1,21 ha`, `3,4 km`; "" where there is none.

    `others`: figures it is compared with; it does not read as one that it differs from (34,999 for 35).
    """
    if value is None:
        return ""
    if unit in ("m2", "m"):
        plain = area if unit == "m2" else length
        near = [one for one in others if one is not None and one != value and plain(one) == plain(value)]
        if not near:
            return plain(value)
        large, factor, name = ("ha", 1e4, "m²") if unit == "m2" else ("km", 1e3, "m")
        if plain(value).endswith(large):
            return f"{apart(value / factor, *(one / factor for one in near))} {large}"
        return f"{apart(value, *near)} {name}"
    if unit in _SHORT:
        return f"{apart(value, *others)} {_SHORT[unit]}"
    return amount(value, unit, *others) if unit in UNITS else f"{apart(value, *others)} {unit}".strip()


def measured(constat: ConstatRow) -> str:
    """The measure of a constat, told apart from its thresholds."""
    return measure(constat.mesure, constat.unite, constat.seuil_min, constat.seuil_max)


def threshold(constat: ConstatRow) -> str:
    """The threshold in words: `au moins 35 logt/ha`, `au plus 2 ha`, or both bounds."""
    low, high = constat.seuil_min, constat.seuil_max
    if low is not None and high is not None:
        return f"de {_low(constat)} à {measure(high, constat.unite)}"
    if low is not None:
        return f"au moins {measure(low, constat.unite)}"
    return f"au plus {measure(high, constat.unite)}" if high is not None else ""


def bound(constat: ConstatRow) -> str:
    """The threshold for a column: `≥ 35 logt/ha`, `≤ 2 ha`, `95 à 105 %`."""
    low, high = constat.seuil_min, constat.seuil_max
    if low is not None and high is not None:
        return f"{_low(constat)} à {measure(high, constat.unite)}"
    if low is not None:
        return f"≥ {measure(low, constat.unite)}"
    return f"≤ {measure(high, constat.unite)}" if high is not None else ""


def departure(constat: ConstatRow) -> str:
    """How far beyond the threshold: `−48 %` under a floor, `+12 %` over a ceiling, else in the unit; "" within it.

    Where objects are judged one by one it is that of the worst of them, and says so: the measure is that of all.
    """
    ecart, mesure, low, high = constat.ecart, constat.mesure, constat.seuil_min, constat.seuil_max
    if ecart is None or ecart <= 0:
        return ""
    if constat.ecart_relatif is None or (low is None and high is None):
        return measure(ecart, constat.unite)
    below = _is_below(constat)
    own = mesure is not None and abs((low - mesure if below else mesure - high) - ecart) <= 1e-6 * max(1.0, abs(ecart))
    rounded = number(100 * constat.ecart_relatif, 1)
    share = "moins de 0,1 %" if rounded == "0" else f"{'−' if below else '+'}{rounded} %"
    return share if own else f"{share} {WORST}"


def _low(constat: ConstatRow) -> str:
    """The lower end of a range: without its unit, unless its size decides of it (`5 000 m² à 2 ha`)."""
    sized = constat.unite in ("m2", "m")
    return measure(constat.seuil_min, constat.unite) if sized else number(constat.seuil_min or 0.0)


def _is_below(constat: ConstatRow) -> bool:
    """Whether it is the floor that is missed: for a range, the bound of which the departure is that share."""
    low, high = constat.seuil_min, constat.seuil_max
    if low is None or high is None or not constat.ecart or not constat.ecart_relatif:
        return low is not None
    bound = constat.ecart / constat.ecart_relatif
    return abs(bound - abs(low)) < abs(bound - abs(high))


def place(constat: ConstatRow) -> str:
    """The territory of a constat, with its volet and its milestone: `Lens · protection`, `hauteur · PLU entier`.

    What tells it from its neighbours comes first: a narrow column cuts the end.
    """
    whole, precise = WHOLE.get(constat.territoire, ""), [constat.volet, constat.jalon]
    parts = [*precise, whole] if whole else [constat.territoire_nom or constat.territoire, *precise]
    return " · ".join(part for part in parts if part)


def conflict(ecart: EcartRow) -> str:
    """One object at fault in a line: `1AUh-3 (AUc) : 1,21 ha, 34 % de l'objet`."""
    head = ecart.libelle or "objet sans libellé"
    if ecart.typezone and ecart.typezone != ecart.libelle:
        head += f" ({ecart.typezone})"
    size = area(ecart.surface_m2) if ecart.surface_m2 else length(ecart.longueur_m) if ecart.longueur_m else ""
    share = f"{number(100 * ecart.part_objet, 1)} % de l'objet" if ecart.part_objet is not None else ""
    detail = ", ".join(part for part in (size, share) if part)
    return f"{head} : {detail}" if detail else head
