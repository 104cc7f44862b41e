"""Two dossiers of 20 000 écarts compared (50 prescriptions, 400 zones), half of the zones redrawn."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from datetime import datetime, timezone
from pathlib import Path

import shapely
from qgis.core import QgsApplication
from run import Measured, Row, in_turn
from scot_compat.checks.base import Answer, Constat, Ecart, Etat, Result
from scot_compat.checks.layers import from_rows, objects
from scot_compat.checks.plu import Plu
from scot_compat.gis import dossier
from scot_compat.gis.comparison import appraisals, tables
from scot_compat.gis.comparison.changes import compare
from scot_compat.gis.comparison.side import sides
from scot_compat.gis.comparison.statuts import Statut
from scot_compat.gis.dossier_results import DossierResults
from scot_compat.gis.instruction.decisions import Appraisal, Decision
from scot_compat.rules.model import Prescription, RuleSet, Scot, Territoires
from scot_compat.ui.comparison.comparing import Compared
from scot_compat.ui.comparison.view import ComparisonView

ZONES, PRESCRIPTIONS, SIDE = 400, 50, 200
#: metres by which every second zone moves
MOVED = 20


def zone(number: int, moved: float) -> shapely.Polygon:
    """A disc of 160 vertices, each on its own square of 200 m."""
    x, y = 700000 + number % 20 * SIDE, 6600000 + number // 20 * SIDE
    return shapely.Point(x + moved * (number % 2), y).buffer(80, quad_segs=40)


def write(path: Path, year: int, moved: float) -> None:
    grounds = [zone(number, moved) for number in range(ZONES)]
    layer = from_rows("ZONE_URBA", [{"LIBELLE": f"U{n}", "geometrie": ground} for n, ground in enumerate(grounds)])
    layer = replace(layer, ids=objects([str(number) for number in range(ZONES)]))
    rules = [Prescription(f"P{n}", f"Prescription {n}", "1. Objectif", "norme", ()) for n in range(PRESCRIPTIONS)]
    ecarts = tuple(
        Ecart("ZONE_URBA", str(n), Etat.ECART_MARQUE, ground.buffer(-10), ground, f"U{n}", "U")
        for n, ground in enumerate(grounds)
    )
    answers = [
        Answer(
            rule,
            (
                Constat(
                    rule.id,
                    "",
                    "zones_interdites",
                    "plu",
                    "plu",
                    "PLU",
                    Etat.ECART_MARQUE,
                    "Une phrase.",
                    ecarts=ecarts,
                ),
            ),
        )
        for rule in rules
    ]
    dossier.write(
        path,
        Result(tuple(answers)),
        RuleSet("doo.yaml", "aa", Scot("SCoT"), Territoires(), {}, {}, {}, tuple(rules)),
        Plu("PLU", layer, {}, {}),
        {},
        {},
        parametres={},
        date=datetime(year, 1, 1, tzinfo=timezone.utc),
    )


def comparison() -> list[Row]:
    application = QgsApplication([], True)
    application.initQgis()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        paths = [folder / "avant.gpkg", folder / "apres.gpkg"]
        for path, year, moved in zip(paths, (2024, 2025), (0, MOVED)):
            write(path, year, moved)
        read = [DossierResults(path) for path in paths]
        both = sides(*read)
        made = compare(*both)
        half = ZONES * PRESCRIPTIONS // 2
        assert made.count(Statut.MAINTENU) == 2 * half  # the redrawn half has the same area
        read[0].notebook.claim()
        read[0].notebook.carry(
            [Appraisal(item.cle, Decision.RETENU, "Vu.", date="2024-02-01") for item in both[0].departures[::10]], ()
        )
        read[0].notebook.close()
        plan = appraisals.plan(made, read[0].notebook, read[1].notebook)
        assert len(plan.carried) == 2 * half // 10
        what = f"2 x {2 * half} écarts, la moitié redessinés"
        compared, view = Compared(made, plan, both[1]), ComparisonView()
        view.resize(500, 900)
        view.show()

        def shown() -> None:
            view.show_compared(compared, plan)
            view.grab()

        rows = in_turn(
            [
                Measured("comparaison : lecture des deux dossiers", lambda: [DossierResults(path) for path in paths]),
                Measured("comparaison : tracés des deux côtés", lambda: sides(*read)),
                Measured("comparaison : écarts appariés", lambda: compare(*both), what),
                Measured(
                    "comparaison : appréciations à reprendre",
                    lambda: appraisals.plan(made, read[0].notebook, read[1].notebook),
                    f"{len(plan.carried)} appréciations",
                ),
                Measured("comparaison : listes montrées dans le panneau", shown),
                Measured("comparaison : GeoPackage écrit", lambda: tables.write(folder / "suivi.gpkg", made, plan)),
            ]
        )
    view.deleteLater()
    application.exitQgis()
    return rows


ROWS = (comparison,)
