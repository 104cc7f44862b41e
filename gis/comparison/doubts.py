"""What makes two controls hard to compare: a difference may then come from elsewhere than from the plan."""

from __future__ import annotations

import json
import re
from datetime import datetime
from typing import Any, Dict, Iterator, Tuple

from ...checks.wording import names
from ..results import ControlRow, Results

_ELSEWHERE = "une différence peut venir de là et non du PLU"
#: tables of the PLU itself: that they differ is what one compares
_OF_THE_PLU = re.compile(r"(ZONE_URBA|(PRESCRIPTION|INFO)_(SURF|LIN|PCT)|DOC_URBA.*)$")


def doubts(before: Results, after: Results) -> Tuple[str, ...]:
    """French sentences, nothing when there is no doubt."""
    return tuple(_doubts(before, after))


def _doubts(before: Results, after: Results) -> Iterator[str]:
    one, other = before.controle, after.controle
    if one.id and one.id == other.id:
        yield "Les deux dossiers sont ceux d'un même contrôle."
    if one.date and other.date and one.date > other.date:
        yield "Le contrôle donné comme le premier est le plus récent des deux."
    if not (_is_dated(one.date) and _is_dated(other.date)):
        yield "Un des deux contrôles n'a pas de date : vérifiez lequel est celui d'avant."
    if plan(one.plu) != plan(other.plu):
        yield f"Les deux PLU n'ont pas le même nom : « {one.plu} » avant, « {other.plu} » après. Est-ce le même ?"
    if one.scot != other.scot:
        yield f"Les deux SCoT n'ont pas le même nom : « {one.scot} » avant, « {other.scot} » après ; {_ELSEWHERE}."
    elif one.scot_etat != other.scot_etat:
        states = f"{one.scot_etat or 'non dit'} avant, {other.scot_etat or 'non dit'} après"
        yield f"L'état du SCoT n'est pas le même ({states})."
    if one.regles_sha256 != other.regles_sha256:
        which = (
            f"« {one.regles} »" if one.regles == other.regles else f"« {one.regles} » avant, « {other.regles} » après"
        )
        yield f"Le fichier de règles n'est pas le même ({which}) ; {_ELSEWHERE}."
    if one.crs != other.crs:
        yield f"Les projections diffèrent ({one.crs} avant, {other.crs} après) : le premier est reprojeté."
    spans = [_parametres(row).get("HORIZON") or "non donné" for row in (one, other)]
    if spans[0] != spans[1]:
        yield f"L'horizon n'est pas le même ({spans[0]} avant, {spans[1]} après) ; {_ELSEWHERE}."
    if one.version != other.version:
        yield (
            f"Les contrôles n'ont pas été faits par la même version de l'extension ({one.version or 'inconnue'} avant, "
            f"{other.version or 'inconnue'} après) ; {_ELSEWHERE}."
        )
    changed = _other_layers(before, after)
    if changed:
        yield f"Des données du SCoT ou du territoire ont changé ({names(changed, 8)}) ; {_ELSEWHERE}."


def plan(name: str) -> str:
    """The name of a PLU without the date that ends an IDURBA, which is that of the version."""
    return re.sub(r"[_ ]?\d{8}(_\w)?$", "", name.strip()).casefold()


def _is_dated(date: str) -> bool:
    try:
        return bool(datetime.fromisoformat(date[:19]))
    except ValueError:
        return False


def _parametres(controle: ControlRow) -> Dict[str, Any]:
    try:
        found = json.loads(controle.parametres)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _other_layers(before: Results, after: Results) -> "list[str]":
    """Layers read by both whose contents differ, the PLU aside."""
    read = {row.couche: row.sha256 for row in before.sources if row.sha256 and not _OF_THE_PLU.match(row.couche)}
    return sorted(
        {row.couche for row in after.sources if row.sha256 and read.get(row.couche, row.sha256) != row.sha256}
    )
