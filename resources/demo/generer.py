"""Makes the demonstration territory: `python resources/demo/generer.py [--sortie FOLDER]`.

A fictitious SCoT of 12 communes, the Pays d'Aubrelle, and the PLUi of 9 of them: the archive as published on the
Géoportail de l'urbanisme (CNIG 2025-06), the SCoT's layers and figures, and what goes with the PLUi (`complements/`).
The rule file `regles.yaml` is written by hand beside. Always the same result; the outputs are committed, and
`tests/demo` compares them with a fresh generation. Needs Shapely 2, NumPy and GDAL's Python module.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
from pathlib import Path
from typing import Dict, List

import plu
import scot
import territory
import write
import zoning
from places import ARCHIVE, COMMUNES, DATE, SIREN

#: minimum density that the SCoT writes for each commune in its renewal sectors (table of p. 47 of the fictitious DOO)
RENEWAL_FLOOR = {"pole": "45", "bourg": "27,5", "village": "17,5"}
#: hectares of natural, farm and forest land consumed from 2011 to 2021 (tableau p. 102 of the fictitious DOO)
CONSUMED = {
    "00101": "45",
    "00102": "14,5",
    "00103": "11,8",
    "00104": "5,2",
    "00105": "9,6",
    "00106": "3,9",
    "00107": "4,6",
    "00108": "4,8",
    "00109": "4,4",
    "00201": "13,5",
    "00202": "3,1",
    "00203": "4",
}


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--sortie", type=Path, default=Path(__file__).resolve().parent, help="dossier de sortie")
    generate(options.parse_args().sortie)


def generate(folder: Path) -> None:
    """Write every generated file of the demonstration in `folder`."""
    ground = territory.build()
    zones = zoning.build(ground)
    layers = scot.build(ground, zones)
    tables = plu.build(ground, zones, layers)

    complements = folder / "plu" / "complements"
    complements.mkdir(parents=True, exist_ok=True)
    write.geopackage(folder / "scot.gpkg", layers)
    write.table(folder / "chiffres_communes.csv", _figures())
    write.table(complements / "programme_logements.csv", plu.programme(zones))
    write.table(complements / "renouvellement.csv", plu.renewal_programme(zones))
    write.table(complements / "projection.csv", plu.projection())
    write.table(complements / "reglement.csv", plu.written_rules())
    write.geopackage(complements / "plu_anterieur.gpkg", {"plu_anterieur": plu.previous_plan(zones)})
    _write_archive(folder / "plu" / f"{ARCHIVE}.zip", tables)


def _write_archive(path: Path, tables: Dict[str, scot.LayerOut]) -> None:
    with tempfile.TemporaryDirectory() as scratch:
        root = Path(scratch) / ARCHIVE
        data = root / "Donnees_geographiques"
        data.mkdir(parents=True)
        for name, layer in tables.items():
            place = root if layer.geometry == "None" else data
            write.shapefile(place, f"{SIREN}_{name}_{DATE}" if place is data else name, layer)
        shutil.copyfile(Path(__file__).with_name("metadonnees.xml"), root / f"fr-{SIREN}-plui{DATE}.xml")
        write.archive(path, root)


def _figures() -> List[List[str]]:
    """Figures of the SCoT by commune, as a spreadsheet exports them in France: semicolons, decimal commas."""
    rows = [["INSEE", "NOM", "EPCI", "NIVEAU", "POP_2022", "DENSITE_RENOUVELLEMENT", "CONSO_2011_2021"]]
    rows += [
        [code, c.nom, c.epci, c.niveau, str(c.population), RENEWAL_FLOOR[c.niveau], CONSUMED[code]]
        for code, c in COMMUNES.items()
    ]
    return rows


if __name__ == "__main__":
    main()
