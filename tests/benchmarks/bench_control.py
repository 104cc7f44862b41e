"""The whole control of five prescriptions on 20 000 zones: reading, checks and dossier, as `controler_plu` does it."""

from __future__ import annotations

import tempfile
from pathlib import Path

import shapely
import territory
from bench_reading import write
from qgis.core import QgsApplication
from run import Measured, Row, in_turn
from scot_compat.checks import engine, needs
from scot_compat.checks.overlay import Overlays
from scot_compat.checks.progress import Progress
from scot_compat.checks.registry import KINDS
from scot_compat.gis.cnig import read_plu
from scot_compat.gis.control import Request, control
from scot_compat.gis.roles import read_roles
from scot_compat.rules.loader import load

RULES = """\
format: 1
scot: {nom: SCoT du banc d'essai, etat: executoire}
territoires:
  communes: {couche: communes, code: INSEE, nom: NOM}
couches:
  communes: {libelle: Communes, geometrie: surface, source: communes.gpkg}
  corridors: {libelle: Corridors, geometrie: surface, precision: "1:25000", source: corridors.gpkg}
tables:
  programme: {libelle: Programme, source: programme.csv, cle: LIBELLE, jointure: LIBELLE}
prescriptions:
  - id: P1
    intitule: Densité des extensions par commune
    objectif: Logement
    nature: objectif
    controle:
      densite:
        objets: {zones: {typezone: [AUc]}}
        logements: {table: programme, champ: LOGEMENTS}
        minimum: 20 logt/ha
        echelle: commune
  - id: P2
    intitule: Pas d'urbanisation dans les corridors
    objectif: Nature
    nature: norme
    controle: {zones_interdites: {objets: {zones: {typezone: [U, AUc]}}, couches: [corridors], echelle: commune}}
  - id: P3
    intitule: Corridors protégés
    objectif: Nature
    nature: norme
    controle:
      protection_requise:
        couches: [corridors]
        outils:
          - zones: {typezone: [A, N]}
        part_minimale: 80 %
  - id: P4
    intitule: Extensions hors des corridors
    objectif: Nature
    nature: norme
    controle:
      localisation:
        objets: {zones: {typezone: [AUc]}}
        hors: [corridors]
        part_minimale: 95 %
        echelle: commune
  - id: P5
    intitule: Paysage
    objectif: Paysage
    nature: orientation
    controle:
      lecture:
        questions: ["Les entrées de ville sont-elles traitées ?"]
"""
KINDS_OF_ZONE = ("U", "AUc", "A", "N")


def whole_control() -> list[Row]:
    """Everything, then its parts: reading, checks, and checks again with the overlays kept."""
    application = QgsApplication([], False)
    application.initQgis()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        make(folder)
        request = Request(plu=folder / "ZONE_URBA.gpkg", regles=folder / "regles.yaml", dossier=folder / "dossier.gpkg")
        rules = load(request.regles, KINDS)
        plu = read_plu(request.plu)
        read = read_roles(rules, needs.of_rules(rules), plu.crs, {}, folder, progress=Progress())
        kept = Overlays()
        engine.run(rules, plu, read.layers, read.tables, overlays=kept)
        rows = in_turn(
            [
                Measured(
                    "contrôle entier, de l'archive au dossier",
                    lambda: control(request),
                    "20 000 zones, 5 prescriptions",
                ),
                Measured("  lecture du PLU et recherche de ses défauts", lambda: read_plu(request.plu)),
                Measured("  contrôles seuls", lambda: engine.run(rules, plu, read.layers, read.tables)),
                Measured(
                    "  contrôles, deuxième passage par la mémoire",
                    lambda: engine.run(rules, plu, read.layers, read.tables, overlays=kept),
                ),
            ],
            runs=1,  # half a minute each
        )
    application.exitQgis()
    return rows


def make(folder: Path) -> None:
    """The PLU, its twenty communes, the corridors, the programme and the rules, in files."""
    zones = territory.zones()
    labels = [f"Z{number}" for number in range(len(zones))]
    typezones = [KINDS_OF_ZONE[number % 4] for number in range(len(zones))]
    write(folder / "ZONE_URBA.gpkg", zones, "ZONE_URBA", {"LIBELLE": labels, "TYPEZONE": typezones})
    west, south, east, north = shapely.total_bounds(zones)
    step = (east - west) / 20
    strips = [shapely.box(west + i * step, south, west + (i + 1) * step, north) for i in range(20)]
    codes = [f"99{i:03d}" for i in range(20)]
    write(folder / "communes.gpkg", strips, "communes", {"INSEE": codes, "NOM": codes})
    write(folder / "corridors.gpkg", [territory.network()], "corridors", {"NOM": ["réseau"]})
    programme = "\n".join(f"{label};{25 if number % 8 == 1 else 150}" for number, label in enumerate(labels))
    (folder / "programme.csv").write_text(f"LIBELLE;LOGEMENTS\n{programme}\n", encoding="utf-8")
    (folder / "regles.yaml").write_text(RULES, encoding="utf-8")


ROWS = (whole_control,)
