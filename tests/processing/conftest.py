"""Running the algorithms as a batch user does: `qgis_process`, a profile of its own, no interface."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import shapely
from osgeo import gdal, ogr, osr

#: accents, spaces, an apostrophe and a degree sign, in every path
AWKWARD = Path("données de l'été") / "PLU révisé n°2"


@dataclass(frozen=True)
class Outcome:
    """What a call of qgis_process left: its exit code and what it printed (stdout is empty on failure in QGIS 3.22)."""

    code: int
    stdout: str
    stderr: str

    @property
    def results(self) -> dict:
        """The algorithm's outputs, as a batch user reads them."""
        return json.loads(self.stdout)["results"]

    @property
    def text(self) -> str:
        """Everything that was said."""
        return self.stdout + self.stderr


@pytest.fixture(scope="session")
def qgis_process(root, tmp_path_factory):
    """Function `(algorithm, code=0, **parameters) -> Outcome`; checks the exit code (None: any).

    A parameter may be a path, a number, a boolean, a text, or a list of them (repeated, as qgis_process wants it).
    The profile and the home folder are made for the session: nothing of the user's is read or written.
    """
    home = tmp_path_factory.mktemp("qgis_process")
    program = root / ".ci" / "qgis_process.sh"
    environment = {
        **os.environ,
        "HOME": str(home),
        "SCOT_COMPAT_PROFIL": str(home / "profil"),
        "PYTHONPATH": str(Path(shapely.__file__).parent.parent),
        "PYTHONWARNINGS": "ignore",
    }

    def run(algorithm: str, code: int | None = 0, **parameters) -> Outcome:
        command = ["--json", "run", f"scotcompat:{algorithm}", *arguments(parameters)]
        done = subprocess.run(
            [str(program), *command], env=environment, capture_output=True, encoding="utf-8", timeout=300
        )
        outcome = Outcome(done.returncode, done.stdout, done.stderr)
        assert code is None or outcome.code == code, outcome.text
        return outcome

    run.environment = environment
    return run


def arguments(parameters: dict) -> list[str]:
    """`{"PLU": "a", "COUCHES": ["b", "c"]}` -> `--PLU=a --COUCHES=b --COUCHES=c`."""
    return [
        f"--{name}={value}"
        for name, values in parameters.items()
        for value in (values if isinstance(values, (list, tuple)) else [values])
    ]


@pytest.fixture(scope="session")
def demo(root, tmp_path_factory) -> Path:
    """A copy of the demonstration, where every path is awkward."""
    place = tmp_path_factory.mktemp("démo") / AWKWARD
    shutil.copytree(root / "resources" / "demo", place, ignore=shutil.ignore_patterns("__pycache__", "*.py"))
    return place


@pytest.fixture(scope="session")
def rows_of():
    """Function `(dossier, table) -> rows` as dictionaries, by SQLite alone."""
    return _rows_of


def _rows_of(path, table: str) -> list[dict]:
    path = Path(path)
    with closing(sqlite3.connect(path.as_uri() + "?mode=ro", uri=True)) as connection:
        connection.row_factory = sqlite3.Row
        return [dict(row) for row in connection.execute(f'SELECT * FROM "{table}" ORDER BY rowid')]


# --- a PLU of three zones, small enough for expected answers to be found by hand -------------------------------------

EAST, NORTH = 700000, 6600000
#: an AUc zone of 1 ha, an N zone of 2 ha to the east of it, a U zone of 3 ha north of both
ZONES = [
    {"LIBELLE": "1AUé", "TYPEZONE": "AUc", "box": (0, 0, 100, 100)},
    {"LIBELLE": "N", "TYPEZONE": "N", "box": (100, 0, 300, 100)},
    {"LIBELLE": "UA", "TYPEZONE": "U", "box": (0, 100, 300, 200)},
]
#: covers half of the AUc zone
CORRIDORS = [{"NOM": "Corridor de l'Yèvre", "box": (50, 0, 150, 100)}]
ARCHIVE = "18001_PLU_20250101"
RULES = """\
format: 1
scot:
  nom: SCoT du Pays d'Été
couches:
  corridors:
    libelle: Corridors
    geometrie: surface
    source: couches du SCoT/réservoirs & corridors.gpkg|layername=corridors
tables:
  programme:
    libelle: Programme de logements
    fourni_par: plu
    source: programme d'habitat.csv
    cle: LIBELLE
    jointure: LIBELLE
prescriptions:
  - id: P1
    intitule: Corridors
    objectif: 1.1 Trame verte
    nature: norme
    controle:
      zones_interdites:
        objets: {zones: {typezone: [AUc]}}
        couches: [corridors]
  - id: P2
    intitule: Espaces boisés
    objectif: 1.1 Trame verte
    nature: norme
    controle:
      protection_requise:
        couches: [corridors]
        outils: [{prescriptions_plu: {typepsc: [01]}}]
        part_minimale: 95 %
  - id: P3
    intitule: Densité
    objectif: 1.2 Foncier
    nature: norme
    controle:
      densite:
        objets: {zones: {typezone: [AUc]}}
        logements: {table: programme, champ: LOGEMENTS}
        minimum: 20 logt/ha
  - id: P4
    intitule: Entrées de ville
    objectif: 1.3 Paysages
    nature: orientation
    controle:
      lecture:
        questions:
          - Une OAP traite-t-elle l'entrée est ?
"""


@dataclass(frozen=True)
class Commune:
    """Where the files of the small PLU are. `archive`: a folder; `complements` lies beside it."""

    folder: Path

    @property
    def archive(self) -> Path:
        return self.folder / ARCHIVE

    @property
    def rules(self) -> Path:
        return self.folder / "règles d'été.yaml"

    @property
    def zoning(self) -> Path:
        return self.archive / "Donnees_geographiques" / "18001_ZONE_URBA_20250101.shp"


@pytest.fixture(scope="session")
def write_layer():
    """Function `(path, layer name, rows, crs="EPSG:2154")`: `box` is in metres from the corner of the territory."""
    return _write_layer


def _write_layer(path, name: str, rows: list[dict], crs: str = "EPSG:2154") -> Path:
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    driver = gdal.GetDriverByName({".gpkg": "GPKG", ".shp": "ESRI Shapefile", ".geojson": "GeoJSON"}[path.suffix])
    exists = path.suffix == ".gpkg" and path.exists()
    dataset = gdal.OpenEx(str(path), gdal.OF_UPDATE) if exists else driver.Create(str(path), 0, 0, 0, gdal.GDT_Unknown)
    srs = osr.SpatialReference() if crs else None
    if crs:
        srs.SetFromUserInput(crs)
    layer = dataset.CreateLayer(name, srs, ogr.wkbPolygon, ["ENCODING=UTF-8"] if path.suffix == ".shp" else [])
    for field_name in (key for key in rows[0] if key != "box"):
        layer.CreateField(ogr.FieldDefn(field_name, ogr.OFTString))
    if path.suffix == ".gpkg":
        dataset.StartTransaction()
    for row in rows:
        feature = ogr.Feature(layer.GetLayerDefn())
        west, south, east, north = row["box"]
        box = shapely.box(EAST + west, NORTH + south, EAST + east, NORTH + north)
        feature.SetGeometryDirectly(ogr.CreateGeometryFromWkb(shapely.to_wkb(box, output_dimension=2)))
        for key, value in row.items():
            if key != "box":
                feature.SetField(key, value)
        layer.CreateFeature(feature)
    if path.suffix == ".gpkg":
        dataset.CommitTransaction()
    return path


@pytest.fixture(scope="session")
def commune(tmp_path_factory) -> Commune:
    """The small PLU, its rules, its SCoT layer and its housing programme (15 dwellings on 1 ha)."""
    made = Commune(tmp_path_factory.mktemp("commune") / AWKWARD)
    _write_layer(made.zoning, made.zoning.stem, ZONES)
    (made.archive / "notice.xml").write_text("<metadata/>", encoding="utf-8")
    _write_layer(made.folder / "couches du SCoT" / "réservoirs & corridors.gpkg", "corridors", CORRIDORS)
    (made.folder / "complements").mkdir()
    (made.folder / "complements" / "programme d'habitat.csv").write_text(
        "LIBELLE;LOGEMENTS\n1AUé;15\n", encoding="utf-8"
    )
    made.rules.write_text(RULES, encoding="utf-8")
    return made


# --- inside this process, as the toolbox and the models do -----------------------------------------------------------


@dataclass
class Run:
    """A run inside this process: outputs, what was said, and the failure when there was one."""

    results: dict = field(default_factory=dict)
    failure: str = ""
    said: str = ""


@pytest.fixture(scope="module")
def provider(qgis_processing):
    """The provider, registered for the module: the tests of the plugin register their own."""
    from qgis.core import QgsApplication
    from scot_compat.processing_provider.provider import ScotCompatProvider

    made = ScotCompatProvider()
    assert QgsApplication.processingRegistry().addProvider(made)
    yield made
    QgsApplication.processingRegistry().removeProvider(made)


@pytest.fixture
def process(provider):
    """Function `(algorithm, feedback=None, context=None, **parameters) -> Run`, by `processing.run`."""
    import processing
    from qgis.core import QgsProcessingException, QgsProcessingFeedback

    def run(algorithm: str, feedback=None, context=None, **parameters) -> Run:
        feedback = feedback or QgsProcessingFeedback(False)
        given = {
            name: [str(one) for one in value]
            if name == "COUCHES" and isinstance(value[0], Path)
            else str(value)
            if isinstance(value, Path)
            else value
            for name, value in parameters.items()
        }
        try:
            results = processing.run(f"scotcompat:{algorithm}", given, feedback=feedback, context=context)
        except QgsProcessingException as failure:
            return Run({}, f"{failure}\n{feedback.textLog()}", feedback.textLog())
        return Run(results, "", feedback.textLog())

    return run
