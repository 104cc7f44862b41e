"""The whole of the shared data, by one rule file: a PLU ends in a dossier, the rest in its sentence.

The documents are controlled in a writable copy: GDAL can write beside them there, and a test sees whether it did.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest
from osgeo import gdal, ogr, osr
from qgis.core import QgsVectorLayer
from scot_compat.checks.plu import PluError
from scot_compat.gis.geopackages.dossier_schema import TABLES
from scot_compat.gis.reader import SourceError

CHER_1, CHER_2, GARD = (
    f"validator/{name}" for name in ("200011781_PLUi_20180101", "241800432_PLUi_20200128", "30014_PLU_20171013")
)
TEMPLATE = "cnig-gabarit/231220_Gabarit_PLU_CC_CNIG_v2024-01/231220_Gabarit_PLU_CNIG_v2024-01"
COMMUNAL_MAP, SCOT = "validator/19182_CC_20150517", "validator/200078244_SCOT_20180218"
ALL = ("U", "AUc", "AUs", "A", "N")

#: PLU -> zones of each type after normalisation, by the README (Ux is U, Ah and Nh are A and N); None: no TYPEZONE
PLANS = {
    CHER_1: (57, 30, 9, 63, 63),
    f"{CHER_1}.zip": (57, 30, 9, 63, 63),
    CHER_2: (38, 2, 1, 13, 167),
    f"{CHER_2}.zip": (38, 2, 1, 13, 167),
    GARD: (16, 2, 0, 50, 22),
    f"{GARD}.zip": (16, 2, 0, 50, 22),
    "simplu3d-44118_PLU_20150219": (5, 2, 1, 14, 7 + 95),
    "validator/gml": (21, 6, 2, 5 + 1, 28 + 3),
    "validator/gml/INFO_PCT-invalid.gml": (21, 6, 2, 5 + 1, 28 + 3),
    "validator/tab_latin1": (14, 2, 1, 9, 8 + 2),
    "validator/tab_latin1/ZONE_URBA_41003.TAB": (14, 2, 1, 9, 8 + 2),
    "saint-saens": (23, 3, 0, 21, 24),
    "cnig-symbolisation/data.gpkg": (1, 1, 1, 1, 1),
    "ccvc-plui/ZONAGE_1.geojson": None,
}
ZONES = {path: 727 if types is None else sum(types) for path, types in PLANS.items()}

#: what is not a PLU -> words of the sentence that says what it is, or what it lacks
OTHERS = {
    ".": "10 documents",
    "validator": "5 documents",
    "README.md": "un fichier texte",
    "cnig-gabarit": "gabarit vide du CNIG",
    f"{TEMPLATE}/XXXXX_PLU_DATAPPRO": "gabarit vide du CNIG",
    f"{TEMPLATE}/XXXXXXXXX_PLUi_DATAPPRO": "gabarit vide du CNIG",
    COMMUNAL_MAP: "C'est une carte communale",
    f"{COMMUNAL_MAP}/Donnees_geographiques/19182_SECTEUR_CC_20150517.TAB": "C'est une carte communale",
    SCOT: "C'est l'archive d'un SCoT",
    f"{SCOT}/Donnees_geographiques/200078244_PERIMETRE_SCOT_20180218.shp": "C'est l'archive d'un SCoT",
    "sru-reglement": "règlement écrit structuré",
    **{
        f"sru-reglement/{name}": "règlement écrit structuré"
        for name in (
            "15079_reglement_20190128.xml",
            "210825_XSD_Standard_SRU_niveau2_a_corriger.xsd",
            "260303_60668_PLU_20201207_Règlement de Verderel-lès-Sauqueuse.json",
            "260303_SCHEMA_N1_JSON.json",
            "PLU_niv1_simplifie.json",
            "PLU_niv2_simplifie.json",
            "SCHEMA_N2_JSON_brouillon.json",
            "XSD_Standard_SRU.XSD",
        )
    },
    "validator/gml/INVALID.gml": "un fichier GML qui ne décrit aucun objet",
    "ccvc-plui": "ZONAGE_1.geojson a les champs d'un zonage",
    "ccvc-plui/COMMUNE_7.geojson": "une couche géographique sans zonage",
    "ccvc-plui/PRESCRIPTION_LINEAIRE_2.geojson": "une couche géographique sans zonage",
    "ccvc-plui/PRESCRIPTION_PONCTUELLE_3.geojson": "une couche géographique sans zonage",
    "ccvc-plui/PRESCRIPTION_SURFACIQUE_4.geojson": "une couche géographique sans zonage",
    "saint-saens/tvb": "Aucune couche ne s'appelle ZONE_URBA",
    **{
        f"saint-saens/tvb/{name}.geojson": "une couche géographique sans zonage"
        for name in (
            "COMMUNE_11",
            "Corridorsaquatiques_34",
            "Mares_48",
            "PETRduPaysdeBray_84",
            "Rservoirsaquatiques_35",
            "Rservoirscalcicoles_30",
            "Rservoirshumides_27",
            "Rservoirssilicicoles_32",
            "SitesNatura2000_18",
            "Tramebocagre_24",
            "Tramecalcicole_31",
            "ZNIEFFType1_16",
            "Zoneshumides_17",
        )
    },
}
#: folders that gather documents, each of which is given by itself
GATHERING = (".", "validator", "cnig-gabarit", "ccvc-plui", "sru-reglement")


@pytest.fixture(scope="module")
def documents(shared_data, tmp_path_factory) -> Path:
    """A writable copy of the shared data."""
    target = tmp_path_factory.mktemp("données d'essai") / "data"
    for path in (shared_data, *sorted(shared_data.rglob("*"))):
        copy = target / path.relative_to(shared_data)
        copy.mkdir() if path.is_dir() else shutil.copyfile(path, copy)
    return target


@pytest.fixture(scope="module")
def copy_as_made(documents):
    return listing_of(documents)


@pytest.fixture(scope="module")
def everywhere(tmp_path_factory) -> Path:
    """A layer of one square that holds metropolitan France, and the schematic objects of cnig-symbolisation."""
    path = tmp_path_factory.mktemp("couches") / "partout.gpkg"
    lambert93 = osr.SpatialReference()
    lambert93.ImportFromEPSG(2154)
    dataset = ogr.GetDriverByName("GPKG").CreateDataSource(str(path))
    layer = dataset.CreateLayer("partout", lambert93, ogr.wkbPolygon)
    feature = ogr.Feature(layer.GetLayerDefn())
    feature.SetGeometry(
        ogr.CreateGeometryFromWkt(
            "POLYGON((-1000000 5000000,2000000 5000000,2000000 8000000,-1000000 8000000,-1000000 5000000))"
        )
    )
    layer.CreateFeature(feature)
    return path


@pytest.fixture(scope="module")
def control(documents, copy_as_made, controlled, everywhere):
    """Function `path -> Dossier`, each document controlled once. Raises the refusal of what is not a PLU."""
    communes = documents / "saint-saens" / "tvb" / "COMMUNE_11.geojson"
    done = {}

    def of(path):
        if path not in done:
            try:
                done[path] = controlled(documents / path, "tout.yaml", {"partout": everywhere, "communes": communes})
            except (PluError, SourceError) as refusal:
                done[path] = refusal
        if isinstance(done[path], Exception):
            raise done[path]
        return done[path]

    return of


def listing_of(folder):
    """Everything there, with the time of its last change: a folder changes when a file comes or goes."""
    return {
        str(one.relative_to(folder)): (one.stat().st_mtime_ns, one.stat().st_size)
        for one in (folder, *folder.rglob("*"))
    }


# --- nothing forgotten


def test_every_file_is_in_a_document(shared_data):
    given = {shared_data / path for path in (*PLANS, *OTHERS) if path not in GATHERING}
    assert [path for path in given if not path.exists()] == []
    files = [path for path in shared_data.rglob("*") if path.is_file()]
    assert len(files) > 250
    assert [str(path) for path in files if path not in given and not given & set(path.parents)] == []


# --- a PLU ends in a dossier


@pytest.mark.parametrize("path", PLANS)
def test_a_plu_ends_in_a_dossier(control, path):
    dossier = control(path)
    with closing(sqlite3.connect(f"{dossier.path.as_uri()}?mode=ro", uri=True)) as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    zones = dossier.rows("zones")
    assert len(zones) == ZONES[path]
    types = Counter(row["typezone"] for row in zones)
    assert types == ({None: 727} if PLANS[path] is None else Counter(dict(zip(ALL, PLANS[path])))), path
    (run,) = dossier.rows("controle")
    assert run["crs"] == "EPSG:2154" and run["regles"] == "tout.yaml" and run["plu"]
    assert len({row["objet_id"] for row in zones}) == len(zones)


@pytest.mark.parametrize("path", PLANS)
def test_every_rule_has_its_answer(control, path):
    """No internal error; what is missing is said; the measure of what is there is that of the dossier's own zones."""
    dossier = control(path)
    states = {row["id"]: row["etat"] for row in dossier.rows("prescriptions")}
    assert len(states) == 12 and "erreur" not in states.values()
    assert {row["etat"] for row in dossier.rows("constats")}.isdisjoint({"erreur"})
    assert all(row["message"].strip() for row in dossier.rows("constats"))
    assert states["ABSENTE"] == "non_evalue"
    assert "aucune source n'est indiquée" in dossier.constat("ABSENTE")["message"]
    assert states["LECTURE"] == "a_apprecier"
    assert states["LIBELLES"] == "sans_ecart"
    assert dossier.constat("LIBELLES")["mesure"] == pytest.approx(100)
    assert dossier.constat("HORS")["mesure"] == pytest.approx(0, abs=1e-6)
    assert states["HORS"] == "a_apprecier"  # an orientation
    for prescription in ("DENSITE", "VOCATION", "DESTINATIONS"):
        constat = dossier.constat(prescription)
        if PLANS[path] is None:
            assert constat["etat"] == "non_evalue" and "TYPEZONE" in constat["message"]
    if PLANS[path] is not None:
        assert dossier.constat("DENSITE")["etat"] == ("non_evalue" if PLANS[path][1] else "sans_objet")


@pytest.mark.parametrize("path", [path for path, types in PLANS.items() if types])
def test_what_covers_everything_meets_every_zone(control, path):
    """The union of the urban zones, by OGR from the dossier's own zones."""
    dossier = control(path)
    zones = [row for row in dossier.rows("zones") if row["typezone"] in ("U", "AUc", "AUs")]
    wide = [row for row in zones if not row["geometrie"].Buffer(-0.001).IsEmpty()]
    constat, ecarts = dossier.constat("INTERDITES"), dossier.ecarts("INTERDITES")
    assert constat["etat"] == "ecart_marque" and constat["nb_objets"] == len(zones)
    assert {row["objet_id"] for row in ecarts} == {row["objet_id"] for row in wide}
    assert constat["mesure"] == pytest.approx(union_area(wide), rel=1e-6)
    every = dossier.rows("zones")
    natural = [row for row in every if row["typezone"] in ("A", "N")]
    assert dossier.constat("PROTECTION")["mesure"] == pytest.approx(
        100 * union_area(natural) / union_area(every), abs=1e-4
    )


def test_a_missing_layer_does_not_hide_what_is_found(control):
    """Prescriptions found at fault, informations absent from the archive: marked, whatever these would have said."""
    constat = control(CHER_2).constat("PRESCRIPTIONS")
    assert constat["etat"] == "ecart_marque" and constat["nb_objets"] == 9  # typepsc 05: 8 surfaces; 01: 1 line
    assert "INFO_SURF" in constat["limites"]
    constat = control(GARD).constat("PRESCRIPTIONS")
    assert constat["etat"] == "ecart_marque" and "INFO_LIN" in constat["limites"]
    # nothing at all to look at: nothing is said of it
    constat = control(CHER_1).constat("PRESCRIPTIONS")
    assert constat["etat"] == "non_evalue" and "PRESCRIPTION_SURF" in constat["message"]


def union_area(rows) -> float:
    surfaces = ogr.Geometry(ogr.wkbMultiPolygon)
    for row in rows:
        for index in range(row["geometrie"].GetGeometryCount()):
            surfaces.AddGeometry(row["geometrie"].GetGeometryRef(index))
    return surfaces.UnionCascaded().GetArea()


# --- the rest in its sentence


@pytest.mark.parametrize("path", OTHERS, ids=str)
def test_the_rest_ends_in_its_sentence(control, path, tmp_path):
    with pytest.raises((PluError, SourceError)) as refusal:
        control(path)
    text = str(refusal.value)
    assert OTHERS[path] in text
    assert text.endswith(".") and "\n" not in text and "Traceback" not in text
    assert "onnez " in text  # what to give instead


# --- nothing written beside


def test_nothing_is_written_beside_the_documents(control, documents, copy_as_made):
    """GDAL likes to: .gfs beside a GML, -wal and -shm beside a GeoPackage, .cpg, .qix, .aux.xml…"""
    for path in (*PLANS, *OTHERS):
        try:
            control(path)
        except (PluError, SourceError):
            continue
    now = listing_of(documents)
    assert sorted(set(now) ^ set(copy_as_made)) == []
    assert sorted(path for path in now if now[path] != copy_as_made[path]) == []


def test_the_shared_data_is_as_it_was(control, listing, shared_as_found):
    assert listing() == shared_as_found


# --- a zip says the same as its folder


@pytest.mark.parametrize("path", [CHER_1, CHER_2, GARD])
def test_a_zip_gives_the_same_dossier(control, path):
    folder, archive = control(path), control(f"{path}.zip")
    for table in ("prescriptions", "constats", "ecarts", "ecarts_lignes", "ecarts_points", "zones"):
        one, other = folder.rows(table), archive.rows(table)
        assert one or table in ("ecarts_lignes", "ecarts_points")
        assert [without_shape(row) for row in one] == [without_shape(row) for row in other]
        assert [wkb(row) for row in one] == [wkb(row) for row in other]
    assert folder.rows("controle")[0]["plu"] == archive.rows("controle")[0]["plu"]
    said = [
        {name: row[name] for name in ("couche", "sha256", "objets", "crs", "encodage", "repares", "limites")}
        for row in folder.rows("sources")
    ]
    assert said == [{name: row[name] for name in said[0]} for row in archive.rows("sources")]
    assert all(
        f"{path.rpartition('/')[2]}.zip" in row["chemin"]
        for row in archive.rows("sources")
        if row["couche"] in ("ZONE_URBA", "DOC_URBA", "PRESCRIPTION_SURF")
    )


def without_shape(row):
    return {name: value for name, value in row.items() if name != "geometrie"}


def wkb(row):
    return bytes(row["geometrie"].ExportToWkb()) if row["geometrie"] is not None else None


# --- the dossier opened by others


@pytest.mark.parametrize("path", [CHER_2, "saint-saens"])
def test_the_dossier_opened_by_plain_ogr(control, path):
    dossier = control(path)
    dataset = gdal.OpenEx(str(dossier.path), gdal.OF_VECTOR | gdal.OF_READONLY)
    layers = {dataset.GetLayerByIndex(i).GetName(): dataset.GetLayerByIndex(i) for i in range(dataset.GetLayerCount())}
    for table in TABLES:
        definition = layers[table.name].GetLayerDefn()
        fields = [definition.GetFieldDefn(i).GetName() for i in range(definition.GetFieldCount())]
        assert fields == list(table.names)
        drawn = ogr.GeometryTypeToName(definition.GetGeomType()).replace(" ", "").upper()
        assert drawn == {"": "NONE", "GEOMETRY": "UNKNOWN(ANY)"}.get(table.geometry, table.geometry)
        if table.geometry:
            assert layers[table.name].GetSpatialRef().GetAuthorityCode(None) == "2154"
    # what a control found points to what it controlled
    numbers = {row["id"] for row in dossier.rows("constats")}
    assert {row["constat"] for row in dossier.rows("ecarts")} <= numbers
    zones = {row["objet_id"]: row["geometrie"] for row in dossier.rows("zones")}
    for row in dossier.ecarts("INTERDITES"):
        assert row["objet"] == "ZONE_URBA"
        assert row["geometrie"].Difference(zones[row["objet_id"]].Buffer(0.001)).IsEmpty()
    assert "scot_partout" in layers  # the layer that was used, kept around the PLU
    west, east, south, north = layers["scot_partout"].GetExtent()
    assert (east - west) * (north - south) < 1e10 < 9e12


@pytest.mark.parametrize("path", [CHER_2, "saint-saens"])
@pytest.mark.parametrize(
    ("name", "renderer"),
    [
        ("zones", "categorizedSymbol"),
        ("ecarts", "categorizedSymbol"),
        ("ecarts_lignes", "categorizedSymbol"),
        ("ecarts_points", "categorizedSymbol"),
        ("scot_partout", "singleSymbol"),
    ],
)
def test_the_dossier_opened_by_qgis_with_its_styles(control, path, name, renderer):
    dossier = control(path)
    layer, again = (QgsVectorLayer(f"{dossier.path}|layername={name}", name, "ogr") for _ in range(2))
    assert layer.isValid() and layer.isSpatial() and layer.crs().authid() == "EPSG:2154"
    assert layer.featureCount() == len(dossier.rows(name))
    assert layer.renderer().type() == renderer
    assert layer.renderer().dump() == again.renderer().dump()  # QGIS's own style has a colour drawn by lot
    if name == "zones":
        types = {category.value() for category in layer.renderer().categories()}
        assert {row["typezone"] for row in dossier.rows("zones")} <= types
    elif renderer == "categorizedSymbol":
        assert {"ecart_marque", "ecart_faible"} <= {one.value() for one in layer.renderer().categories()}


def test_the_tables_opened_by_qgis_speak_french(control):
    layer = QgsVectorLayer(f"{control('saint-saens').path}|layername=constats", "constats", "ogr")
    assert layer.isValid() and not layer.isSpatial()
    shown = {field.name(): layer.attributeDisplayName(index) for index, field in enumerate(layer.fields())}
    assert (shown["etat"], shown["message"], shown["echelle"]) == ("État", "Constat", "Échelle")
    assert {feature["etat"] for feature in layer.getFeatures()} == {
        row["etat"] for row in control("saint-saens").rows("constats")
    }
