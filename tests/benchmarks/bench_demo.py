"""The rule file of the demonstration, all its prescriptions: on its own territory, then on the same one repeated side
by side up to 20 000 zones, each copy with communes, labels and figures of its own."""

from __future__ import annotations

import re
import tempfile
import time
from pathlib import Path
from typing import Any
from unittest import mock

import numpy as np
import shapely
from qgis.core import QgsApplication
from run import Measured, Row, in_turn
from scot_compat.checks import engine, needs
from scot_compat.checks.base import Etat, Result
from scot_compat.checks.context import Context
from scot_compat.checks.layers import Layer, objects
from scot_compat.checks.plu import normalise
from scot_compat.checks.progress import Progress
from scot_compat.checks.registry import KINDS
from scot_compat.gis.cnig import find, read_tables
from scot_compat.gis.control import Request, control
from scot_compat.gis.expression import QgisEvaluator
from scot_compat.gis.files import archive
from scot_compat.gis.roles import read_roles
from scot_compat.rules.loader import load, loads
from scot_compat.rules.model import RuleSet
from scot_compat.rules.units import read_horizon

DEMO = Path(__file__).resolve().parents[2] / "resources" / "demo"
PLU, RULES = next((DEMO / "plu").glob("*.zip")), DEMO / "regles.yaml"
HORIZON = "2024-2036"
COPIES, COLUMNS, STEP = 55, 11, 20_000.0  # 55 x 364 zones; m, the SCoT is 18 km wide
CODE = re.compile(r"\b00(\d{3})\b")


def demonstration() -> list[Row]:
    """From the archive to the answers, then to the dossier."""
    application = QgsApplication([], False)
    application.initQgis()
    with tempfile.TemporaryDirectory() as folder:
        request = Request(PLU, RULES, Path(folder) / "dossier.gpkg", horizon=HORIZON)

        def without_dossier() -> Result:
            with mock.patch("scot_compat.gis.dossier.write"):
                return control(request).result

        told = answered(without_dossier())
        rows = in_turn(
            [
                Measured("démonstration, sans écrire le dossier", without_dossier, told),
                Measured("démonstration, dossier compris", lambda: control(request)),
            ]
        )
    application.exitQgis()
    return rows


def repeated() -> list[Row]:
    """The checks alone, everything being in memory."""
    application = QgsApplication([], False)
    application.initQgis()
    rules, given = territory()
    spent: dict[str, float] = {}
    found: list[Result] = []
    answer = engine.answer

    def timed(context: Context, prescription: Any) -> Any:
        start = time.perf_counter()
        answered = answer(context, prescription)
        spent[prescription.id] = time.perf_counter() - start
        return answered

    def run() -> None:
        with mock.patch.object(engine, "answer", timed):
            found.append(engine.run(rules, *given, horizon=read_horizon(HORIZON), expressions=QgisEvaluator()))

    (row,) = in_turn([Measured("règles de la démonstration, 20 000 zones", run)], runs=1)
    longest = sorted(spent, key=spent.__getitem__, reverse=True)[:4]
    note = f"{answered(found[0])} ; " + ", ".join(f"{one} {spent[one]:.1f} s" for one in longest)
    application.exitQgis()
    return [Row(row.what, row.shortest, row.median, row.memory_mb, note)]


def answered(result: Result) -> str:
    """How many prescriptions have a real answer."""
    states = [answer.etat for answer in result.answers]
    assert Etat.ERREUR not in states, [c.message for a in result.answers for c in a.constats if c.etat == Etat.ERREUR]
    return f"{len(states)} prescriptions, {len(states) - states.count(Etat.NON_EVALUE)} évaluées"


def territory() -> tuple[RuleSet, tuple[Any, dict[str, Layer], dict[str, Layer]]]:
    """The rules, and the PLU, the layers and the tables of all the copies."""
    rules = load(RULES, KINDS)
    with archive.unpacked(PLU) as folder:
        tables, crs, _ = read_tables(find(folder), progress=Progress())
    complements = PLU.parent / "complements"
    read = read_roles(rules, needs.of_rules(rules), crs, {}, complements, progress=Progress())
    names = {str(name) for table, key in _JOINED for name in read.tables[table].colonne(key)}
    plu = normalise({nom: layers_of(layer, names) for nom, layer in tables.items()}, nom="Copies", crs=crs)
    return loads(rules_of(RULES.read_text("utf-8")), KINDS), (
        plu,
        {nom: layers_of(layer, names) for nom, layer in read.layers.items()},
        {nom: layers_of(layer, names) for nom, layer in read.tables.items()},
    )


#: tables whose rows are of one zone or sector: its label is another one in each copy
_JOINED = (("programme", "OAP"), ("renouvellement", "SECTEUR"))


def layers_of(layer: Layer, names: set[str]) -> Layer:
    """The rows of each copy, moved to its place; of a table, what is the same in all of them stays once."""
    grounds, columns, none = [], {name: [] for name in layer.colonnes}, shapely.is_missing(layer.geometrie).all()
    for copy in range(COPIES):
        place = np.array([copy % COLUMNS, copy // COLUMNS]) * STEP
        moved = shapely.transform(layer.geometrie, lambda xy, place=place: xy + place)
        told = {name: objects([named(v, copy, names) for v in values]) for name, values in layer.colonnes.items()}
        same = [(told[name] == values) for name, values in layer.colonnes.items()]
        kept = ~np.all(same, axis=0) if none and copy else np.ones(len(layer), dtype=bool)
        grounds.append(moved[kept])
        for name, values in told.items():
            columns[name].append(values[kept])
    geometrie = np.concatenate(grounds)
    return Layer(
        layer.nom,
        geometrie,
        {name: np.concatenate(values) for name, values in columns.items()},
        ids=objects([str(i) for i in range(len(geometrie))]),
        source=layer.source,
        champs=layer.champs,
        filtered=layer.filtered,
    )


def named(value: Any, copy: int, names: set[str]) -> Any:
    """A code of commune or a label of zone as this copy has it; anything else as it is."""
    if not isinstance(value, str) or not copy:
        return value
    if CODE.fullmatch(value):
        return CODE.sub(rf"{copy:02}\1", value)
    return f"{value} ({copy})" if value in names else value


def rules_of(text: str) -> str:
    """The rule file without its examples, what it says of a commune being said of each copy of it."""
    lines = []
    for line in text.partition("\nexemples:")[0].splitlines():
        of_one = CODE.match(line.strip())
        if of_one:  # a key: one line each
            lines += [CODE.sub(rf"{copy:02}\1", line) for copy in range(COPIES)]
        else:
            lines.append(CODE.sub(lambda code: ", ".join(f"{copy:02}{code[1]}" for copy in range(COPIES)), line))
    return "\n".join(lines) + "\n"


ROWS = (demonstration, repeated)
