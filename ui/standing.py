"""What a dossier says when it holds nothing to go through: no écart at all, or nothing that concerns this PLU."""

from __future__ import annotations

from ..checks.base import Etat
from ..gis.results import Results
from . import wording

_DEPARTURES = (Etat.SENS_CONTRAIRE, Etat.ECART_MARQUE, Etat.ECART_FAIBLE)
_MEASURED = (Etat.SANS_ECART, Etat.SANS_OBJET)


def without_object(results: Results) -> str:
    """The sentence when no prescription concerns this PLU, "" else."""
    etats = {one.etat for one in results.prescriptions}
    if etats - {Etat.SANS_OBJET}:
        return ""
    return (
        "Aucune prescription de ces règles n'a d'objet dans ce PLU. "
        "Vérifiez que le PLU et le fichier de règles sont bien ceux que vous vouliez."
    )


def without_departure(results: Results) -> str:
    """The sentence when nothing departs from the rules, "" else. What was not measured is never passed over."""
    etats = [one.etat for one in results.prescriptions]  # that of its worst answer
    if any(etat in _DEPARTURES for etat in etats):
        return ""
    rest = wording.by_label(etat for etat in etats if etat not in _MEASURED)
    if not rest:
        return "Aucun écart relevé : toutes les prescriptions qui concernent ce PLU ont pu être évaluées."
    return f"Aucun écart relevé, mais tout n'a pas pu être mesuré. Prescriptions à regarder : {rest}."
