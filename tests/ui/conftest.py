"""A control made of rows, the demonstration controlled once, and what every test of the dock leaves clean."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from qgis.core import QgsApplication, QgsGeometry, QgsProject, QgsRectangle, QgsSettings, QgsVectorLayer
from qgis.PyQt.QtCore import QEvent, QSettings, Qt
from qgis.PyQt.QtWidgets import QApplication
from scot_compat.checks.base import Etat
from scot_compat.gis.instruction.notebook import Notebook
from scot_compat.gis.results import ConstatRow, ControlRow, EcartRow, PrescriptionRow, Results, SourceRow

#: ms within which what is awaited comes, on a slow machine too
PATIENCE = 20_000
EAST, NORTH = 700000, 6600000
HOUSING, GREEN = "2.1 Un habitat économe en foncier", "3.1 La trame verte"


class Rows(Results):
    """A control that is nowhere: the rows that a test gives."""

    def __init__(self, controle, prescriptions, constats, ecarts=(), sources=(), shapes=None):
        self._controle, self._prescriptions, self._constats = controle, tuple(prescriptions), tuple(constats)
        self._sources, self._shapes, self._notebook = tuple(sources), shapes or {}, Notebook()
        self._ecarts = {one.constat: tuple(e for e in ecarts if e.constat == one.constat) for one in ecarts}

    @property
    def controle(self):
        return self._controle

    @property
    def prescriptions(self):
        return self._prescriptions

    @property
    def constats(self):
        return self._constats

    @property
    def ecarts(self):
        return self._ecarts

    @property
    def sources(self):
        return self._sources

    @property
    def notebook(self):
        return self._notebook

    def geometries(self, ecarts):
        return [self._shapes.get((one.table, one.fid), QgsGeometry()) for one in ecarts]

    def but(self, number=None, **changed):
        """The same with other columns in one constat, or in the control when no number is given."""
        if number is None:
            controle, constats = replace(self._controle, **changed), self._constats
        else:
            controle = self._controle
            constats = [replace(one, **changed) if one.id == number else one for one in self._constats]
        every = [one for row in self._ecarts.values() for one in row]
        return Rows(controle, self._prescriptions, constats, every, self._sources, self._shapes)


def square(west, south, side=100):
    return QgsGeometry.fromRect(QgsRectangle(EAST + west, NORTH + south, EAST + west + side, NORTH + south + side))


def line(west, south, length=100):
    return QgsGeometry.fromWkt(f"LineString({EAST + west} {NORTH + south}, {EAST + west + length} {NORTH + south})")


def sample():
    """Two objectives, four prescriptions, seven constats, six rows of écarts of which two are one object."""
    prescriptions = [
        PrescriptionRow(
            "P12",
            "Densité minimale en extension",
            HOUSING,
            Etat.ECART_MARQUE,
            "objectif",
            theme="densite",
            page="45",
            url="https://exemple.fr/doo.pdf#page=45",
            texte="Les extensions atteignent la densité de leur niveau d'armature.",
            lecture="Sur chaque commune, les zones AUc comptent au moins 35 logements par hectare.",
            cause="Programme de logements absent.",
        ),
        PrescriptionRow("P31", "Corridors & haies", GREEN, Etat.ECART_MARQUE, "norme", theme="tvb", texte="Préserver."),
        PrescriptionRow("P36", "Énergie", GREEN, Etat.A_APPRECIER, "orientation", questions="Une ?\nDeux ?"),
        PrescriptionRow("P40", "Captages", GREEN, Etat.SANS_OBJET, "norme"),
    ]
    density = {"unite": "logt/ha", "echelle": "commune"}
    constats = [
        ConstatRow(
            1,
            "c1",
            "P12",
            Etat.ECART_MARQUE,
            "La densité prévue à Lens est de 18,2 logements par hectare ; le DOO en demande au moins 35.",
            territoire="62498",
            territoire_nom="Lens",
            mesure=18.2,
            seuil_min=35.0,
            ecart=16.8,
            ecart_relatif=0.48,
            limites="1 zone sans effectif\n2 zones sans OAP",
            **density,
        ),
        ConstatRow(
            2,
            "c2",
            "P12",
            Etat.ECART_FAIBLE,
            "La densité prévue à Bully est de 23.",
            territoire="62186",
            territoire_nom="Bully",
            mesure=23.0,
            seuil_min=25.0,
            ecart=2.0,
            ecart_relatif=0.08,
            **density,
        ),
        ConstatRow(
            3,
            "c3",
            "P12",
            Etat.SANS_ECART,
            "La densité prévue à Grenay est de 27,4.",
            territoire="62386",
            territoire_nom="Grenay",
            mesure=27.4,
            seuil_min=25.0,
            ecart=-2.4,
            **density,
        ),
        ConstatRow(
            4,
            "c4",
            "P12",
            Etat.NON_EVALUE,
            "Programme de logements absent.",
            territoire="62563",
            territoire_nom="Mazingarbe",
            **density,
        ),
        ConstatRow(
            5,
            "c5",
            "P31",
            Etat.ECART_MARQUE,
            "Deux objets touchent un corridor.",
            echelle="plu",
            territoire="plu",
            territoire_nom="PLU",
            mesure=12000.0,
            unite="m2",
            seuil_max=0.0,
            ecart=12000.0,
        ),
        ConstatRow(6, "c6", "P36", Etat.A_APPRECIER, "Rien à calculer.", territoire="plu", territoire_nom="PLU"),
        ConstatRow(7, "c7", "P40", Etat.SANS_OBJET, "Aucun captage.", territoire="plu", territoire_nom="PLU"),
    ]
    ecarts = [
        EcartRow("ecarts", 1, "k1", 1, Etat.ECART_MARQUE, "1AUc-1", "AUc", surface_m2=35100.0),
        EcartRow("ecarts", 2, "k2", 1, Etat.ECART_MARQUE, "1AUc-2", "AUc", surface_m2=8000.0, role="contribue"),
        EcartRow("ecarts", 3, "k3", 2, Etat.ECART_FAIBLE, "1AU-b", "AUc", surface_m2=20000.0),
        EcartRow("ecarts", 4, "k5", 5, Etat.ECART_MARQUE, "Forêt d'Écœuvres", surface_m2=12000.0, part_objet=0.345),
        EcartRow("ecarts_lignes", 1, "k5", 5, Etat.ECART_MARQUE, "Forêt d'Écœuvres", longueur_m=340.0),
        EcartRow("ecarts", 5, "k6", 5, Etat.ECART_MARQUE, "UB", "U"),
    ]
    shapes = {
        ("ecarts", 1): square(0, 0),
        ("ecarts", 2): square(200, 0),
        ("ecarts", 3): square(5000, 0),
        ("ecarts", 4): square(0, 5000),
        ("ecarts_lignes", 1): line(200, 5000),
        ("ecarts", 5): square(5000, 5000),
    }
    sources = [
        SourceRow("ZONE_URBA", "zones.shp", limites="2 géométries réparées.\n1 zone sans type."),
        SourceRow("corridors", limites="Numérisés au 1:25000."),
    ]
    controle = ControlRow(
        "PLUi de l'Exemple",
        "opposable",
        "SCoT du Val d'Exemple",
        "executoire",
        date="2025-06-12T10:00:00+00:00",
        crs="EPSG:2154",
    )
    return Rows(controle, prescriptions, constats, ecarts, sources, shapes)


@pytest.fixture
def rows():
    return sample()


@pytest.fixture
def of():
    """Function `(prescriptions, constats, ecarts=()) -> Results`."""
    return lambda prescriptions, constats, ecarts=(): Rows(ControlRow("PLU"), prescriptions, constats, ecarts)


@pytest.fixture(autouse=True, scope="session")
def profile(qgis_app, tmp_path_factory):
    """Settings of this process alone: the tests may be run twice at a time."""
    kind, scope = QSettings.Format.IniFormat, QSettings.Scope.UserScope
    before = Path(QSettings().fileName()).parent.parent
    QSettings.setPath(kind, scope, str(tmp_path_factory.mktemp("profil")))
    yield
    QSettings.setPath(kind, scope, str(before))


@pytest.fixture(autouse=True)
def clean(profile):
    """Each test begins in an empty project, in a profile that remembers nothing, and leaves no task behind."""
    _forget()
    yield
    for task in QgsApplication.taskManager().activeTasks():
        task.cancel()
        task.waitForFinished(5000)
    _forget()


def _forget():
    QgsProject.instance().clear()
    settings = QgsSettings()
    for key in ("scot_compat", "UI/lastFileNameWidgetDir"):
        settings.remove(key)


@pytest.fixture
def settle():
    """Function that lets deferred deletions and queued calls happen."""

    def wait():
        for _ in range(3):
            QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
            QApplication.processEvents()

    return wait


@pytest.fixture
def dock(interface, qtbot, settle):
    """The dock, shown, without the plugin around it."""
    from scot_compat.ui.dock import ScotDock

    made = ScotDock(interface)
    interface.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, made)
    interface.window.show()
    yield made
    made.close_all()
    interface.removeDockWidget(made)
    made.deleteLater()
    settle()


def copied(root, place):
    """The data of the demonstration, without what generates it."""
    return Path(
        shutil.copytree(root / "resources" / "demo", place, ignore=shutil.ignore_patterns("__pycache__", "*.py"))
    )


@pytest.fixture
def of_demo():
    """Function `(folder of the demonstration) -> Choices`."""
    return _of_demo


def _of_demo(place):
    """What one chooses to control the demonstration."""
    from scot_compat.gis.choices import Choices

    (plu,) = (place / "plu").glob("*.zip")
    return Choices(
        plu=str(plu),
        regles=str(place / "regles.yaml"),
        dossier=str(place / "contrôle d'été.gpkg"),
        horizon="2024-2036",
    )


@pytest.fixture
def demo(root, tmp_path):
    """A copy of the demonstration for this test."""
    return copied(root, tmp_path / "démo d'été")


@pytest.fixture(scope="session")
def controlled(root, tmp_path_factory, qgis_app):
    """The demonstration controlled once for all, without the interface: never written to, see `dossier`."""
    from scot_compat.gis.control import control

    place = copied(root, tmp_path_factory.mktemp("contrôlé") / "démo")
    return control(_of_demo(place).request(QgsProject.instance())).dossier


@pytest.fixture
def dossier(controlled, tmp_path):
    """A dossier of the demonstration that the test may change."""
    return Path(shutil.copyfile(controlled, tmp_path / "dossier d'été.gpkg"))


#: a PLU small enough to count by eye: one zone to be urbanised (1 ha), one natural (2 ha)
ZONES = [("1AUé", "AUc", (0, 0, 100, 100)), ("N", "N", (100, 0, 300, 100))]
ARCHIVE = "18001_PLU_20250101"
#: half of the AUc zone
CORRIDOR = [("Corridor de l'Yèvre", "", (50, 0, 150, 100))]
RULES = """\
format: 1
scot:
  nom: SCoT du Pays d'Été
couches:
  corridors:
    libelle: Corridors écologiques
    geometrie: surface
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
  - id: P4
    intitule: Entrées de ville
    objectif: 1.3 Paysages <d'entrée>
    nature: orientation
    controle:
      lecture:
        questions:
          - Une OAP traite-t-elle l'entrée est ?
"""


def write_layer(path, rows):
    """A GeoJSON file in Lambert-93: rows of (LIBELLE, TYPEZONE, box in metres from the corner of the territory)."""

    def ring(west, south, east, north):
        corners = [(west, south), (east, south), (east, north), (west, north), (west, south)]
        return [[EAST + x, NORTH + y] for x, y in corners]

    features = [
        {
            "type": "Feature",
            "properties": {"LIBELLE": libelle, "TYPEZONE": typezone},
            "geometry": {"type": "Polygon", "coordinates": [ring(*box)]},
        }
        for libelle, typezone, box in rows
    ]
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::2154"}}
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({"type": "FeatureCollection", "crs": crs, "features": features}), encoding="utf-8")
    return path


class Commune:
    """The small PLU in a folder whose name is awkward, its rules, and the SCoT layer that they need, elsewhere."""

    def __init__(self, folder):
        self.folder = folder / "données de l'été"
        self.archive = self.folder / ARCHIVE
        self.zoning = write_layer(self.archive / "18001_ZONE_URBA_20250101.geojson", ZONES)
        self.corridors = write_layer(self.folder / "autres" / "trame.geojson", CORRIDOR)
        self.rules = self.folder / "règles d'été.yaml"
        self.rules.write_text(RULES, encoding="utf-8")


@pytest.fixture
def commune(tmp_path):
    return Commune(tmp_path)


@pytest.fixture
def add_layer():
    """Function `(path, name) -> layer`, in the project."""

    def add(path, name):
        layer = QgsVectorLayer(str(path), name, "ogr")
        assert layer.isValid()
        QgsProject.instance().addMapLayer(layer)
        return layer

    return add


@pytest.fixture
def project():
    return QgsProject.instance()


@pytest.fixture
def open_one(dock, qtbot):
    """Function `(path)`: opens a dossier and waits until it is on the map."""

    def opening(path, **given):
        with qtbot.waitSignal(dock.opened, timeout=PATIENCE):
            dock.open_dossier(path, **given)

    return opening
