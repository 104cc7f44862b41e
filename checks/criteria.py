"""Criteria of a selector, applied to whole columns: yes, no, or unknown. Section 3 of the rule language."""

from __future__ import annotations

import fnmatch
import re
from dataclasses import dataclass, field
from typing import Any, Dict, List, Sequence

import numpy as np
import shapely

from ..rules.model import Selecteur
from .context import NotEvaluable, as_key
from .layers import Array, Layer
from .plu.destinations import admits
from .wording import names, plural

#: what an object lacks when a criterion cannot be decided
UNKNOWN = {
    "typezone": "TYPEZONE connu",
    "stecal": "TYPEZONE connu",
    "vocation": "vocation connue dans FORMDOMI ni DESTDOMI",
    "destoui": "réponse dans DESTOUI, DESTCDT ni DESTNON",
    "libelle": "LIBELLE renseigné",
    "typepsc": "TYPEPSC renseigné",
    "stypepsc": "STYPEPSC renseigné",
}


#: what to do when the PLU lacks the field of a criterion
REMEDY = " Choisissez les objets par leur libellé (« libelle »), ou complétez le champ dans la donnée."
COMPLETE = " Complétez le champ dans la donnée."


@dataclass
class Draft:
    """Rows of one layer while criteria are applied: `known` is 1 yes, 0 no, -1 unknown."""

    layer: Layer
    known: Array
    limites: List[str] = field(default_factory=list)

    def require(self, answer: Array) -> None:
        """AND with another criterion's answers."""
        self.known = np.where((self.known == 0) | (answer == 0), 0, np.minimum(self.known, answer))


def apply_criteria(draft: Draft, selecteur: Selecteur) -> None:
    """Narrow `draft.known` by every criterion. Raises `NotEvaluable` on a field that this PLU lacks."""
    if selecteur.stecal is not None:
        draft.require(_among(draft, "stecal", (selecteur.stecal,)))
    for code, wanted in (
        ("typezone", selecteur.typezone),
        ("vocation", selecteur.vocation),
        ("typepsc", selecteur.typepsc),
        ("stypepsc", selecteur.stypepsc),
    ):
        if wanted:
            draft.require(_among(draft, code, wanted))
    if selecteur.libelle:
        draft.require(_like(draft, selecteur.libelle))
    if selecteur.sauf_libelle:
        draft.require(np.where((other := _like(draft, selecteur.sauf_libelle)) == -1, -1, 1 - other))
    for mode in ("admet", "admet_sans_condition", "interdit"):
        slugs = getattr(selecteur, mode)
        if slugs:
            draft.require(_destinations(draft, mode, slugs))
    for champ, values in selecteur.champs.items():
        draft.require(_raw_among(draft, champ, values))
    if selecteur.surface_min is not None or selecteur.surface_max is not None:
        surface = shapely.area(draft.layer.geometrie)
        low, high = selecteur.surface_min or 0.0, selecteur.surface_max
        draft.require(((surface >= low) & (surface <= (np.inf if high is None else high))).astype(int))


def _column(draft: Draft, code: str) -> Array:
    if code not in draft.layer.codes:
        if not len(draft.layer):
            return np.empty(0, dtype=object)
        missing = draft.layer.manques.get(code, f"champ {code.upper()} absent")
        where = "Le zonage de ce PLU" if draft.layer.nom == "ZONE_URBA" else f"La couche {draft.layer.nom} de ce PLU"
        remedy = REMEDY if "libelle" not in missing.lower() else "" if "libelle" in missing else COMPLETE
        raise NotEvaluable(f"{where} n'a pas ce que demande la sélection : {missing.rstrip('.')}.{remedy}")
    return draft.layer.codes[code]


def _among(draft: Draft, code: str, wanted: Sequence[Any]) -> Array:
    values = _column(draft, code)
    answer: Dict[Any, int] = dict.fromkeys(wanted, 1)
    known = np.array([-1 if value is None else answer.get(value, 0) for value in values], dtype=int)
    _say_unknown(draft, known, code)
    return known


def _like(draft: Draft, patterns: Sequence[str]) -> Array:
    """Shell patterns on the label; upper and lower case differ, as they do on a zoning plan (Ua, UA)."""
    regex = re.compile("|".join(fnmatch.translate(pattern) for pattern in patterns))
    cache: Dict[Any, int] = {None: -1}
    values = _column(draft, "libelle")
    for value in values:
        if value not in cache:
            cache[value] = int(regex.match(str(value)) is not None)
    known = np.array([cache[value] for value in values], dtype=int)
    _say_unknown(draft, known, "libelle")
    if len(known) and not known.any():
        present = names(sorted({str(value) for value in values if value is not None}), limit=12)
        draft.limites.append(f"Aucun libellé de la forme {' ou '.join(patterns)} (libellés présents : {present}).")
    return known


def _destinations(draft: Draft, mode: str, slugs: Sequence[str]) -> Array:
    columns = [_column(draft, code) for code in ("destoui", "destcdt", "destnon")]
    answers = [admits(columns[0], columns[1], columns[2], slug, mode) for slug in slugs]
    # any of the destinations is enough: yes wins, then unknown
    known = np.array([1 if True in said else -1 if None in said else 0 for said in zip(*answers)], dtype=int)
    _say_unknown(draft, known, "destoui")
    return known


def _raw_among(draft: Draft, champ: str, values: Sequence[str]) -> Array:
    column = draft.layer.colonne(champ)
    if column is None:
        if not len(draft.layer):
            return np.empty(0, dtype=int)
        raise NotEvaluable(f"La couche « {draft.layer.nom} » n'a pas de champ {champ}{draft.layer.lacks(champ)}")
    wanted = {as_key(value) for value in values}
    known = np.array([int(as_key(value) in wanted) if as_key(value) else -1 for value in column], dtype=int)
    _say_unknown(draft, known, champ)
    return known


def _say_unknown(draft: Draft, known: Array, code: str) -> None:
    unknown = (known == -1) & (draft.known != 0)
    if unknown.any():
        labels = draft.layer.codes.get("libelle", np.full(len(unknown), None, dtype=object))
        which = [label or f"objet n° {key}" for label, key in zip(labels[unknown], draft.layer.ids[unknown])]
        what, e = ("zone", "e") if draft.layer.nom == "ZONE_URBA" else ("objet", "")
        may = f"peut être concerné{e}" if unknown.sum() == 1 else f"peuvent être concerné{e}s"
        draft.limites.append(
            f"{plural(int(unknown.sum()), what)} sans {UNKNOWN.get(code, f'{code} renseigné')} "
            f"({names(which)}) : {may} ou non."
        )
