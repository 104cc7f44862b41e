"""How the time of each kind grows from 2 000 zones to 20 000: the exponent, 1 being as many times longer as larger."""

from __future__ import annotations

import math
import tempfile
from pathlib import Path

import numpy as np
import shapely
import territory
from run import Measured, Row, in_turn
from scot_compat.checks import engine
from scot_compat.checks.layers import from_rows
from scot_compat.checks.plu import normalise
from scot_compat.checks.registry import KINDS
from scot_compat.rules.loader import load

SMALL, LARGE = (50, 40), (160, 125)  # columns and rows of zones
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
  corridors: {libelle: Corridors, geometrie: ligne, tampon: 50 m, precision: 1 m}
tables:
  programme: {libelle: Programme, cle: LIBELLE, jointure: LIBELLE}
prescriptions:
"""
CONTROLS = {
    "densite": f"{{objets: {EXTENSIONS}, logements: {{table: programme, champ: LOGEMENTS}}, minimum: 20 logt/ha}}",
    "surface": f"{{objets: {EXTENSIONS}, maximum: 500 ha}}",
    "part": (
        f"{{numerateur: {{objets: {EXTENSIONS}, mesure: surface}}, "
        f"denominateur: {{objets: {URBAN}, mesure: surface}}, maximum: 40 %}}"
    ),
    "zones_interdites": f"{{objets: {EXTENSIONS}, couches: [reseau]}}",
    "protection_requise": "{couches: [reseau], outils: [{zones: {typezone: [A, N]}}], part_minimale: 80 %}",
    "continuite_corridor": "{couches: [corridors], largeur_minimale: 25 m}",
    "localisation": f"{{objets: {EXTENSIONS}, hors: [reseau], part_minimale: 95 %}}",
    "destination": (f"{{objets: {EXTENSIONS}, hors: [reseau], destinations: [commerce_detail], obligation: admettre}}"),
    "seuil_reglement": (
        f"{{objets: {EXTENSIONS}, valeur: {{table: programme, champ: HAUTEUR, unite: m}}, maximum: 12 m}}"
    ),
    "objet_requis": f"{{pour_chaque: {EXTENSIONS}, delimiter: [{{zones: {{typezone: [A]}}}}], part_minimale: 95 %}}",
    "lecture": '{questions: ["Les entrées de ville sont-elles traitées ?"]}',
}


def growth() -> list[Row]:
    """A row per kind: its time on 20 000 zones, and the exponent."""
    small, large = Site(*SMALL), Site(*LARGE)
    rows = []
    for genre, control in CONTROLS.items():
        rules = rules_of(genre, control)
        before, after = in_turn(
            [Measured(genre, lambda site=site, rules=rules: site.run(rules)) for site in (small, large)]
        )
        exponent = math.log(after.shortest / before.shortest) / math.log(large.count / small.count)
        note = f"{large.count} zones ; {small.count} : {before.shortest:.3f} s ; exposant {exponent:.2f}"
        rows.append(Row(f"{genre} par commune", after.shortest, after.median, after.memory_mb, note))
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
                "TYPEZONE": TYPEZONES[i % 4],
                "DESTOUI": "31",
                "DESTCDT": "",
                "DESTNON": "",
                "geometrie": zone,
            }
            for i, zone in enumerate(zones)
        ]
        self.plu = normalise({"ZONE_URBA": from_rows("ZONE_URBA", rows_of_zones)}, nom="PLU", crs="EPSG:2154")
        corridors = objects_of(territory.corridors(round(500 * share), size))
        self.layers = {
            "communes": from_rows("communes", strips(zones, round(20 * share) or 1)),
            "reseau": from_rows("reseau", [{"geometrie": network}]),
            "corridors": from_rows("corridors", corridors),
        }
        programme = [
            {"LIBELLE": f"Z{i}", "LOGEMENTS": 25 if i % 8 == 1 else 150, "HAUTEUR": 9 + i % 5}
            for i in range(self.count)
        ]
        self.tables = {"programme": from_rows("programme", programme)}

    def run(self, rules) -> None:
        """Nothing kept from one time to the next."""
        result = engine.run(rules, self.plu, self.layers, self.tables)
        states = {constat.etat for answer in result.answers for constat in answer.constats}
        assert states - {"non_evalue", "erreur"}, [c.message for a in result.answers for c in a.constats][:1]


def strips(zones, number: int) -> list[dict]:
    west, south, east, north = shapely.total_bounds(zones)
    limits = np.linspace(west, east, number + 1)
    return [
        {"INSEE": f"99{i:03d}", "NOM": f"99{i:03d}", "geometrie": shapely.box(limits[i], south, limits[i + 1], north)}
        for i in range(number)
    ]


def objects_of(geometries) -> list[dict]:
    return [{"geometrie": geometry} for geometry in geometries]


ROWS = (growth,)
