"""How the time of each kind grows from 2 000 zones to 20 000: the exponent, 1 being as many times longer as larger.

Both territories are the same but for their size: as many communes, objects and neighbours per km2, zones of each type
that touch none of the same. Layouts that differ would be measured as a growth; so would a busy machine, hence the
processor's own time.
"""

from __future__ import annotations

import math
import tempfile
import time
from pathlib import Path

import numpy as np
import shapely
import territory
from qgis.core import QgsApplication
from run import Measured, Row, in_turn
from scot_compat.checks import engine
from scot_compat.checks.layers import from_rows
from scot_compat.checks.plu import normalise
from scot_compat.checks.registry import KINDS
from scot_compat.gis.expression import QgisEvaluator
from scot_compat.rules.loader import load

SMALL, LARGE = (50, 40), (160, 125)  # columns and rows of zones
RUNS = 4  # of the small one, the first warming up; the large one is run once
COMMUNE = (5_000.0, 6_250.0)  # m
TYPEZONES = ("U", "AUc", "A", "N")
EXTENSIONS, URBAN = "{zones: {typezone: [AUc]}}", "{zones: {typezone: [U, AUc]}}"
HEADER = """\
format: 1
scot: {nom: SCoT du banc d'essai, etat: executoire, periode: [2024, 2044]}
territoires:
  communes: {couche: communes, code: INSEE, nom: NOM}
couches:
  communes: {libelle: Communes, geometrie: surface}
  reseau: {libelle: Réseau, geometrie: surface, precision: 1 m}
  reservoirs: {libelle: Réservoirs, geometrie: surface, precision: 1 m}
  corridors: {libelle: Corridors, geometrie: ligne, tampon: 50 m, precision: 1 m}
  enveloppe: {libelle: Enveloppe urbaine, geometrie: surface, precision: 10 m}
tables:
  programme: {libelle: Programme, cle: LIBELLE, jointure: LIBELLE}
  habitants: {libelle: Population, cle: INSEE}
prescriptions:
"""
CONTROLS = {
    "densite": f"{{objets: {EXTENSIONS}, logements: {{table: programme, champ: LOGEMENTS}}, minimum: 20 logt/ha}}",
    "surface": f"{{objets: {EXTENSIONS}, maximum: 500 ha}}",
    "production_logements": (
        f"{{objets: {EXTENSIONS}, logements: {{table: programme, champ: LOGEMENTS}}, minimum: 1 000 logt}}"
    ),
    "croissance": (
        "{population_depart: {table: habitants, champ: AVANT}, population_projetee: {table: habitants, champ: APRES}, "
        "annee_depart: 2024, annee_projetee: 2034, maximum: 1 %/an}"
    ),
    "part": (
        f"{{numerateur: {{objets: {EXTENSIONS}, mesure: surface}}, "
        f"denominateur: {{objets: {URBAN}, mesure: surface}}, maximum: 40 %}}"
    ),
    "zones_interdites": f"{{objets: {EXTENSIONS}, couches: [reseau]}}",
    "protection_requise": "{couches: [reservoirs], outils: [{zones: {typezone: [A, N]}}], part_minimale: 80 %}",
    # all the ground in one object, cut and put together again: the logarithm of its vertices shows
    "protection_requise d'un seul réseau": (
        "{couches: [reseau], outils: [{zones: {typezone: [A, N]}}], part_minimale: 80 %}"
    ),
    "continuite_corridor": "{couches: [corridors], largeur_minimale: 25 m}",
    "localisation": f"{{objets: {EXTENSIONS}, hors: [reseau], part_minimale: 95 %}}",
    "destination": f"{{objets: {EXTENSIONS}, hors: [reseau], destinations: [commerce_detail], obligation: admettre}}",
    "continuite_urbaine": f"{{objets: {EXTENSIONS}, couches: [enveloppe], de_proche_en_proche: oui}}",
    "seuil_reglement": (
        f"{{objets: {EXTENSIONS}, valeur: {{table: programme, champ: HAUTEUR, unite: m}}, maximum: 12 m}}"
    ),
    "objet_requis": f"{{pour_chaque: {EXTENSIONS}, delimiter: [{{zones: {{typezone: [A]}}}}], part_minimale: 95 %}}",
    "expression": f"{{objets: {EXTENSIONS}, expression: 'area(@geometry) < 62500'}}",
    "lecture": '{questions: ["Les entrées de ville sont-elles traitées ?"]}',
}


def growth() -> list[Row]:
    """A row per kind: its time on 20 000 zones, and the exponent."""
    application = QgsApplication([], False)
    application.initQgis()
    small, large = Site(*SMALL), Site(*LARGE)
    rows = []
    for genre, control in CONTROLS.items():
        rules = rules_of(genre.split()[0], control)
        (before,) = in_turn([Measured(genre, lambda rules=rules: small.run(rules))], RUNS, time.process_time)
        (after,) = in_turn([Measured(genre, lambda rules=rules: large.run(rules))], 1, time.process_time)
        exponent = math.log(after.shortest / before.shortest) / math.log(large.count / small.count)
        note = f"exposant {exponent:.2f} ; {small.count} zones : {before.shortest:.3f} s"
        rows.append(Row(f"{genre}, {large.count} zones", after.shortest, after.median, after.memory_mb, note))
    application.exitQgis()
    return rows


def rules_of(genre: str, control: str):
    """One prescription of that kind, by commune where the kind knows of them."""
    scale = "" if "echelle" not in KINDS[genre].params() else ", echelle: commune}"
    control = control[:-1] + scale if scale else control
    text = f"{HEADER}  - {{id: P1, intitule: P1, objectif: O, nature: norme, controle: {{{genre}: {control}}}}}\n"
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "regles.yaml"
        path.write_text(text, encoding="utf-8")
        return load(path, KINDS)


class Site:
    """A territory of `columns` x `rows` zones, its communes, network and programme, in memory."""

    def __init__(self, columns: int, rows: int) -> None:
        self.count = columns * rows
        size = (columns * 250.0, rows * 250.0)
        zones = territory.zones(columns, rows)
        share = self.count / (LARGE[0] * LARGE[1])  # the network is as dense in both
        lines = max(round(30 * math.sqrt(share)), 1)
        network = territory.network(round(230_000 * share), lines, size=size)
        rows_of_zones = [
            {
                "LIBELLE": f"Z{i}",
                "TYPEZONE": TYPEZONES[(i % columns + 2 * (i // columns)) % 4],
                "DESTOUI": "31",
                "DESTCDT": "",
                "DESTNON": "",
                "geometrie": zone,
            }
            for i, zone in enumerate(zones)
        ]
        self.plu = normalise({"ZONE_URBA": from_rows("ZONE_URBA", rows_of_zones)}, nom="PLU", crs="EPSG:2154")
        number = np.arange(self.count)
        row, column = number // columns, number % columns
        urban = (row % 2 == 0) & (column % 4 == 0)  # one U in two
        communes = communes_of(*size)
        corridors = objects_of(territory.corridors(round(200 * share), size))
        self.layers = {
            "communes": from_rows("communes", communes),
            "enveloppe": from_rows("enveloppe", objects_of(zones[urban])),
            "reseau": from_rows("reseau", [{"geometrie": network}]),
            "reservoirs": from_rows("reservoirs", objects_of(reservoirs(*size))),
            "corridors": from_rows("corridors", corridors),
        }
        programme = [
            {"LIBELLE": f"Z{i}", "LOGEMENTS": 25 if i % 8 == 1 else 150, "HAUTEUR": 9 + i % 5}
            for i in range(self.count)
        ]
        inhabitants = [{"INSEE": one["INSEE"], "AVANT": 1_000, "APRES": 1_050 + i} for i, one in enumerate(communes)]
        self.tables = {
            "programme": from_rows("programme", programme),
            "habitants": from_rows("habitants", inhabitants),
        }

    def run(self, rules) -> None:
        """Nothing kept from one time to the next."""
        result = engine.run(rules, self.plu, self.layers, self.tables, expressions=QgisEvaluator())
        states = {constat.etat for answer in result.answers for constat in answer.constats}
        assert states - {"non_evalue", "erreur"}, [c.message for a in result.answers for c in a.constats][:1]


def communes_of(width: float, height: float) -> list[dict]:
    """A grid of communes, cut at the limits of the zoning but for its wiggles."""
    corners = [(x, y) for x in np.arange(0.0, width, COMMUNE[0]) for y in np.arange(0.0, height, COMMUNE[1])]
    found = []
    for i, corner in enumerate(corners):
        low = np.array(corner)
        high = np.minimum(low + COMMUNE, (width, height))
        low[low == 0.0] -= 250.0  # the zoning wiggles
        high[high == (width, height)] += 250.0
        ground = shapely.box(*(low + territory.ORIGIN), *(high + territory.ORIGIN))
        found.append({"INSEE": f"99{i:03d}", "NOM": f"99{i:03d}", "geometrie": ground})
    return found


def reservoirs(width: float, height: float):
    """Round grounds of 300 m and 112 vertices, one every 700 m."""
    x, y = np.meshgrid(np.arange(400.0, width, 700.0), np.arange(400.0, height, 700.0))
    centres = shapely.points(x.ravel() + territory.ORIGIN[0], y.ravel() + territory.ORIGIN[1])
    return shapely.buffer(centres, 300.0, quad_segs=28)


def objects_of(geometries) -> list[dict]:
    return [{"geometrie": geometry} for geometry in geometries]


ROWS = (growth,)
