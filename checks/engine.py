"""The main flow, on one page: rules + PLU + layers -> constats and écarts. Read this first.

    for each prescription, for each of its controls:
        its condition (`si`) is false or not known -> nothing is measured
        the kind selects its objects, measures, judges           (checks/kinds/<kind>.py)
        something needed is missing -> `non_evalue`, with the cause and the remedy
        the kind crashes            -> `erreur`, and the others go on
        then the nature and the force of the prescription temper the states

Nothing here reads a file or knows QGIS: layers come from `gis/`, the result goes to the dossier.
"""

from __future__ import annotations

import datetime
import time
import traceback
from dataclasses import replace
from pathlib import Path
from typing import Any, List, Mapping, Optional, Sequence, Tuple

from ..rules.aloud.condition import say_condition, say_state
from ..rules.model import Controle, Periode, Prescription, RuleSet
from . import needs
from .base import Answer, Check, Constat, Etat, Exempted, Result
from .context import Context, NotEvaluable
from .expressions import Evaluator
from .layers import Layer
from .overlay import Overlays
from .plu import Plu
from .progress import Cancelled, Progress
from .registry import KINDS
from .territory import Unit


def run(
    rules: RuleSet,
    plu: Plu,
    layers: Mapping[str, Layer],
    tables: Mapping[str, Layer],
    *,
    progress: Optional[Progress] = None,
    date: Optional[datetime.date] = None,
    absents: Optional[Mapping[str, str]] = None,
    overlays: Optional[Overlays] = None,
    horizon: Optional[Periode] = None,
    expressions: Optional[Evaluator] = None,
) -> Result:
    """Evaluate every prescription of `rules` on `plu`.

    `layers`, `tables`: what was read, by the name it has in the rules; `absents`: why the others were not.
    `date`: of the run, which expires exceptions. `overlays`: kept from a former run, spares its geometry.
    `horizon`: the years that the PLU plans for; without it they are read in the table that the rules name, else
    yearly figures are `non_evalue`.
    `expressions`: what QGIS lends to the kind of that name.
    Raises `Cancelled` when the user cancels; nothing else.
    """
    start = time.monotonic()
    progress = progress or Progress()
    context = Context(
        rules,
        plu,
        layers,
        tables,
        date or datetime.date.today(),
        absents or {},
        progress,
        overlays or Overlays(),
        horizon,
        expressions,
    )
    answers: List[Answer] = []
    count = max(len(rules.prescriptions), 1)
    for position, prescription in enumerate(rules.prescriptions):
        context.progress = progress.span(position / count, (position + 1) / count)
        context.progress.step(0.0, f"{prescription.id} : {prescription.intitule}")
        answers.append(answer(context, prescription))
    progress.step(1.0, "Contrôle terminé.")
    planned = context.planned.said if needs.horizon(rules) else ""
    return Result(tuple(answers), time.monotonic() - start, planned, _communes_of_zones(context))


def _communes_of_zones(context: Context) -> Any:
    """The commune of each zone, for the reader's convenience: what is answered must not be lost for it."""
    try:
        return context.territory.insee_of_zones()
    except Cancelled:
        raise
    except Exception:
        return None


def answer(context: Context, prescription: Prescription) -> Answer:
    """The constats of one prescription, tempered by its nature and its force."""
    constats: List[Constat] = []
    exempted: List[Exempted] = []
    for controle in prescription.controles:
        found, spared = evaluate(context, prescription, controle)
        constats += [temper(constat, prescription) for constat in found]
        exempted += spared
    return Answer(prescription, tuple(constats), tuple(dict.fromkeys(exempted)))


def evaluate(
    context: Context, prescription: Prescription, controle: Controle
) -> Tuple[Sequence[Constat], Sequence[Exempted]]:
    """Run one control; what it lacks or the way it crashed becomes a constat."""
    check: Check = KINDS[controle.genre](prescription, controle)
    plu = Unit("plu", context.plu.nom)
    if prescription.suspended:
        return [check.constat(plu, *_suspended(check))], ()
    try:
        found = list(check.run(context))
        if not found:
            found = [check.constat(plu, Etat.SANS_OBJET, check.nothing(plu))]
    except NotEvaluable as missing:
        found = [check.constat(plu, Etat.NON_EVALUE, f"Non évalué : {missing}")]
    except Cancelled:
        raise
    except Exception as crash:  # a crashing kind must not stop the others
        found = [check.constat(plu, Etat.ERREUR, _say_crash(controle, crash))]
    return [_on_condition(constat, prescription) for constat in found], check.exempted


def _suspended(check: Check) -> Tuple[Etat, str]:
    """State and message of a control whose condition is false or not known."""
    si = check.prescription.si
    assert si is not None
    if si.etat:
        return Etat.SANS_OBJET, f"Sans objet : {say_condition(si)} est {say_state(si)}{check.source}."
    remedy = "écrivez « etat: vraie » ou « etat: fausse » sous « si » dans le fichier de règles"
    return Etat.NON_EVALUE, f"Non évalué : l'état de {say_condition(si)} n'est pas connu ; {remedy}."


def _on_condition(constat: Constat, prescription: Prescription) -> Constat:
    """The constat, with the condition that makes it hold."""
    si = prescription.si
    if si is None:
        return constat
    held = f"Vaut si {say_condition(si)} est remplie ({say_state(si)})."
    return replace(constat, limites=(*constat.limites, held))


def temper(constat: Constat, prescription: Prescription) -> Constat:
    """Section 4: an orientation or a recommendation is appraised, `force: vise` lowers marked to weak."""
    if constat.etat in (Etat.SANS_OBJET, Etat.NON_EVALUE, Etat.ERREUR):
        return constat
    if prescription.nature == "recommandation":
        return replace(constat, etat=Etat.A_APPRECIER, ecarts=())
    if prescription.nature == "orientation" and constat.etat.is_departure:
        return _with_state(constat, Etat.A_APPRECIER, (Etat.ECART_MARQUE, Etat.ECART_FAIBLE, Etat.SENS_CONTRAIRE))
    if prescription.force == "vise" and constat.etat != Etat.SENS_CONTRAIRE:
        etat = Etat.ECART_FAIBLE if constat.etat == Etat.ECART_MARQUE else constat.etat
        return replace(_with_state(constat, Etat.ECART_FAIBLE, (Etat.ECART_MARQUE,)), etat=etat)
    return constat


def _with_state(constat: Constat, etat: Etat, replaced: Sequence[Etat]) -> Constat:
    ecarts = tuple(replace(ecart, etat=etat) if ecart.etat in replaced else ecart for ecart in constat.ecarts)
    return replace(constat, etat=etat, ecarts=ecarts)


def _say_crash(controle: Controle, crash: Exception) -> str:
    last = traceback.extract_tb(crash.__traceback__)[-1]
    return (
        f"Erreur interne dans le contrôle « {controle.genre} » : {type(crash).__name__} : {crash} "
        f"({Path(last.filename).name}, ligne {last.lineno}). Les autres contrôles ont été faits ; signalez ce message."
    )
