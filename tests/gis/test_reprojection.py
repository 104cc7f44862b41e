"""What a PLU drawn in another legal projection changes to the quantities: less than a thousandth."""

from __future__ import annotations

import textwrap

import pytest
import shapely
from qgis.core import QgsCoordinateReferenceSystem, QgsCoordinateTransform, QgsProject
from scot_compat.checks import engine, exemples
from scot_compat.checks.registry import KINDS
from scot_compat.rules.loader import loads

RULES = """\
format: 1
scot: {nom: SCoT d'essai, etat: executoire, periode: [2024, 2044]}
territoires:
  communes: {couche: communes, code: INSEE, nom: NOM}
couches:
  communes: {libelle: Communes, geometrie: surface}
  enveloppe: {libelle: Enveloppe urbaine, geometrie: surface, precision: 1 m}
tables:
  programme: {libelle: Programme, cle: LIBELLE, jointure: LIBELLE}
prescriptions:
"""
EXTENSIONS = "{zones: {typezone: [AUc]}}"
DWELLINGS = "{table: programme, champ: LOGEMENTS}"
#: kind -> its control, and the measures worked out by hand of communes A (west of x = 800) and B
CONTROLS = {
    "surface": (f"{{objets: {EXTENSIONS}, maximum: 10 ha, echelle: commune}}", {"75101": 24.0, "75102": 20.0}),
    "densite": (
        f"{{objets: {EXTENSIONS}, logements: {DWELLINGS}, minimum: 20 logt/ha, echelle: commune}}",
        {"75101": 480 / 24, "75102": 460 / 20},
    ),
    "part": (
        "{numerateur: {objets: {zones: {typezone: [AUc], dans: [enveloppe]}}, mesure: surface}, "
        f"denominateur: {{objets: {EXTENSIONS}, mesure: surface}}, minimum: 60 %, echelle: commune}}",
        {"75101": 100 * 12 / 24, "75102": 0.0},
    ),
    "production_logements": (
        f"{{objets: {EXTENSIONS}, logements: {DWELLINGS}, minimum: 100 logt, echelle: commune}}",
        {"75101": 480.0, "75102": 460.0},
    ),
}
#: xmin, ymin, xmax, ymax of the zones, and their dwellings: 24 ha, of which half in commune A, then 12 and 8 ha
ZONES = {"1AUa": ((500, 0, 1_100, 400), 400), "1AUb": ((0, 0, 300, 400), 280), "1AUc": ((1_200, 0, 1_400, 400), 260)}


@pytest.fixture(scope="module")
def to_conical(qgis_app):
    """From Lambert-93 to the conical zone 49, which is legal there too."""
    frames = [QgsCoordinateReferenceSystem(f"EPSG:{code}") for code in (2154, 3949)]
    transform = QgsCoordinateTransform(*frames, QgsProject.instance().transformContext())

    def moved(geometry):
        dense = shapely.segmentize(geometry, 50.0)  # a straight line of one is not quite straight in the other
        points = [transform.transform(x, y) for x, y in shapely.get_coordinates(dense)]
        return shapely.set_coordinates(dense, [(point.x(), point.y()) for point in points])

    return moved


@pytest.mark.parametrize("genre", CONTROLS)
def test_another_legal_projection_changes_less_than_a_thousandth(genre, to_conical):
    control, expected = CONTROLS[genre]
    drawn, moved = measures(genre, control, lambda geometry: geometry), measures(genre, control, to_conical)
    assert drawn == pytest.approx(expected, rel=1e-6, abs=1e-6)
    assert moved == pytest.approx(expected, rel=1e-3, abs=1e-6)
    if genre in ("surface", "densite"):  # a share and dwellings depend on areas that change alike
        assert any(moved[code] != pytest.approx(value, rel=1e-7, abs=0) for code, value in drawn.items() if value)


def measures(genre, control, move):
    prescription = {"id": "P1", "intitule": "Essai", "objectif": "O", "nature": "norme"}
    body = ", ".join(f"{key}: {value}" for key, value in prescription.items())
    rules = loads(textwrap.dedent(RULES) + f"  - {{{body}, controle: {{{genre}: {control}}}}}\n", KINDS)
    exemple = {
        "zones": [{"LIBELLE": nom, "TYPEZONE": "AUc", "wkt": wkt(box, move)} for nom, (box, _) in ZONES.items()],
        "communes": [
            {"INSEE": "75101", "NOM": "A", "wkt": wkt((-500, -500, 800, 900), move)},
            {"INSEE": "75102", "NOM": "B", "wkt": wkt((800, -500, 2_000, 900), move)},
        ],
        "couches": {"enveloppe": [{"wkt": wkt((-100, -100, 300, 500), move)}]},
        "tables": {"programme": [{"LIBELLE": nom, "LOGEMENTS": count} for nom, (_, count) in ZONES.items()]},
    }
    plu, layers, tables = exemples.build(exemple, rules)
    (answer,) = engine.run(rules, plu, layers, tables).answers
    return {constat.territoire: constat.mesure for constat in answer.constats}


def wkt(box, move):
    xmin, ymin, xmax, ymax = box
    place = shapely.box(651_000 + xmin, 6_862_000 + ymin, 651_000 + xmax, 6_862_000 + ymax)  # Paris
    return shapely.to_wkt(move(place), rounding_precision=9)
