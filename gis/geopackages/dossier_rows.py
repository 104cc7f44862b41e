"""What a control gave -> rows of the dossier's tables, in the order of their columns."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from qgis.core import Qgis

from ...checks.base import Answer, Constat, Ecart, Etat, Result
from ...checks.layers import Layer, Source, objects
from ...checks.plu import Plu
from ...checks.progress import Progress
from ...rules.model import Prescription, RuleSet, Scot
from ..metadata import version
from .dossier_schema import (
    CONSTATS,
    CONTROLE,
    ECARTS,
    ECARTS_BY_DIMENSION,
    EXCEPTIONS,
    PRESCRIPTIONS,
    REPERES_BY_DIMENSION,
    SOURCES,
    ZONES,
    Table,
)
from .keys import constat_keys, ecart_keys
from .multi import LIGNE, POINT, SURFACE, by_dimension

Row = tuple[Any, ...]


def controle(result: Result, rules: RuleSet, plu: Plu, parametres: Mapping[str, Any], date: datetime) -> Row:
    """The one row of `controle`; a date without time zone is UTC."""
    utc = date.astimezone(timezone.utc) if date.tzinfo else date.replace(tzinfo=timezone.utc)
    return _row(
        CONTROLE,
        {
            "id": str(uuid.uuid4()),
            "date": utc.isoformat(timespec="seconds"),
            "parametres": json.dumps(parametres, ensure_ascii=False, default=str),
            "version": version(),
            "qgis": Qgis.QGIS_VERSION,
            "geos": shapely.geos_version_string,
            "shapely": shapely.__version__,
            "regles": Path(rules.chemin).name,
            "regles_sha256": rules.sha256,
            "scot": rules.scot.nom,
            "scot_etat": rules.scot.etat,
            "plu": plu.idurba or plu.nom,
            "plu_etat": plu.etat,
            "crs": plu.crs,
            "duree_s": result.duree_s,
        },
    )


def _row(table: Table, values: Mapping[str, Any]) -> Row:
    return tuple(values[name] for name in table.names)


def sources(
    rules: RuleSet, plu: Plu, layers: Mapping[str, Layer], tables: Mapping[str, Layer], others: Iterable[Source]
) -> list[Row]:
    """Tables of the PLU, then what was read for the rules, then `others`."""
    read = list(plu.sources)
    for nom, layer in (*layers.items(), *tables.items()):
        declared = rules.couches.get(nom) or rules.tables.get(nom)
        source = layer.source
        read.append(
            replace(
                source,
                couche=source.couche or nom,
                millesime=source.millesime or getattr(declared, "millesime", ""),
                precision=source.precision or getattr(declared, "precision_lue", ""),
            )
        )
    return [
        _row(SOURCES, {**vars(source), "limites": "\n".join(source.limites)})
        for source in dict.fromkeys((*read, *others))
    ]


def prescriptions(result: Result, rules: RuleSet) -> list[Row]:
    """Every prescription of the file. `nb_ecarts` counts the objects listed (rows of `ecarts*`, one per key)."""
    answers = {answer.prescription.id: answer for answer in result.answers}
    return [_prescription(p, answers.get(p.id), rules.scot) for p in rules.prescriptions]


def _prescription(prescription: Prescription, answer: Answer | None, scot: Scot) -> Row:
    constats = answer.constats if answer else ()
    return _row(
        PRESCRIPTIONS,
        {
            **vars(prescription),
            "url": _link(scot.url, prescription.page),
            "base_legale": ", ".join(prescription.base_legale),
            "questions": _gathered(prescription, "questions"),
            "pieces": _gathered(prescription, "pieces"),
            "lecture": "\n".join(prescription.lecture),
            "etat": answer.etat if answer else Etat.NON_EVALUE,
            "nb_constats": len(constats),
            "nb_ecarts": sum(len(constat.ecarts) for constat in constats),
            "nb_non_evalues": sum(constat.etat is Etat.NON_EVALUE for constat in constats),
            "cause": answer.cause if answer else "Cette prescription n'a pas été contrôlée.",
        },
    )


def _link(url: str, page: str) -> str:
    """The DOO opened at its page: the first number of `45`, `p. 45-46`…"""
    digits = "".join(c if c.isdigit() else " " for c in page).split()
    return f"{url.split('#')[0]}#page={digits[0]}" if url and digits else url


def _gathered(prescription: Prescription, nom: str) -> str:
    """`questions` or `pieces` of the reading controls, one per line."""
    values: list[str] = []
    for control in prescription.controles:
        given = control.parametres.get(nom, ()) if control.genre == "lecture" else ()
        values += [given] if isinstance(given, str) else [str(value) for value in given or ()]
    return "\n".join(dict.fromkeys(values))


def constats(found: Sequence[Constat]) -> list[Row]:
    """Numbered from 1 in the order of the rule file."""
    keys = constat_keys([(c.prescription, c.volet, c.jalon, c.territoire) for c in found])
    return [
        _row(CONSTATS, {**vars(constat), "id": number, "cle": cle, "limites": "\n".join(constat.limites)})
        for number, (cle, constat) in enumerate(zip(keys, found), 1)
    ]


def ecarts(found: Sequence[Constat], progress: Progress | None = None) -> Iterator[tuple[Table, list[Row], Any]]:
    """The three tables of écarts: a mixed geometry is split by dimension under one key, none at all is in `ecarts`.

    Raises Cancelled.
    """
    listed = [(number, c, e) for number, c in enumerate(found, 1) for e in c.ecarts]
    keys = ecart_keys(
        [(c.prescription, c.volet, c.jalon, c.territoire, e.objet) for _, c, e in listed],
        objects([e.geometrie_objet for _, _, e in listed]),
        [str(e.objet_id) for _, _, e in listed],
        progress,
    )
    split = by_dimension(objects([e.geometrie for _, _, e in listed]))
    drawn = {dimension: ~shapely.is_missing(geometries) for dimension, geometries in split.items()}
    nowhere = ~(drawn[SURFACE] | drawn[LIGNE] | drawn[POINT])
    for dimension, table in ECARTS_BY_DIMENSION.items():
        kept = np.flatnonzero(drawn[dimension] | nowhere if table is ECARTS else drawn[dimension])
        geometries = split[dimension][kept]
        areas, lengths = shapely.area(geometries), shapely.length(geometries)
        rows = [
            _ecart(dimension, keys[i], *listed[i], area, length)
            for i, area, length in zip(kept.tolist(), areas.tolist(), lengths.tolist())
        ]
        yield table, rows, geometries


def _ecart(dimension: int, cle: str, number: int, constat: Constat, e: Ecart, area: float, length: float) -> Row:
    """The area goes to the surface row, the length to the line row, so that no sum counts twice."""
    surface = e.surface_m2 if e.surface_m2 is not None else area
    return _row(
        ECARTS_BY_DIMENSION[dimension],
        {
            **vars(e),
            "cle": cle,
            "constat": number,
            "prescription": constat.prescription,
            "surface_m2": surface if dimension == SURFACE else None,
            "longueur_m": e.longueur_m if e.longueur_m is not None else length,
        },
    )


def reperes(found: Sequence[Constat]) -> Iterator[tuple[Table, list[Row], Any]]:
    """The two tables of drawings, by dimension."""
    listed = [(number, constat, one) for number, constat in enumerate(found, 1) for one in constat.reperes]
    split = by_dimension(objects([one.geometrie for _, _, one in listed]))
    for dimension, table in REPERES_BY_DIMENSION.items():
        kept = np.flatnonzero(~shapely.is_missing(split[dimension]))
        rows = [
            _row(table, {**vars(one), "constat": number, "prescription": constat.prescription})
            for number, constat, one in (listed[i] for i in kept.tolist())
        ]
        yield table, rows, split[dimension][kept]


def zones(plu: Plu, insee: Any = None) -> tuple[list[Row], Any]:
    """Every zone as evaluated; `insee`: the commune of each, when it is known by location."""
    codes = dict(plu.zones.codes)
    if insee is not None:
        codes["insee"] = insee
    nothing = np.full(len(plu.zones), None, dtype=object)
    columns = [plu.zones.ids, *(codes.get(name, nothing) for name in ZONES.names[1:])]
    return list(zip(*columns)), by_dimension(plu.zones.geometrie)[SURFACE]


def exceptions(result: Result) -> list[Row]:
    return [_row(EXCEPTIONS, vars(spared)) for answer in result.answers for spared in answer.exceptions]
