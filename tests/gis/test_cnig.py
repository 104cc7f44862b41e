"""Every PLU of the shared data is read with its defects, everything else is refused in one French sentence."""

from __future__ import annotations

import shutil
import zipfile
from collections import Counter
from functools import lru_cache
from pathlib import Path
from threading import Thread

import pytest
import shapely
from osgeo import gdal, ogr
from qgis.core import QgsVectorLayer
from scot_compat.checks import overlay
from scot_compat.checks.plu import PluError
from scot_compat.checks.progress import Cancelled, Progress
from scot_compat.gis.cnig import find, plu_from_sources, read_plu
from scot_compat.gis.reader import SourceError

CHER_1, CHER_2, GARD = "200011781_PLUi_20180101", "241800432_PLUi_20200128", "30014_PLU_20171013"
TABLES = {"SURF": "PRESCRIPTION_SURF", "LIN": "PRESCRIPTION_LIN", "PCT": "PRESCRIPTION_PCT"}


#: from 3.13 on, GDAL knows the Lambert-93 of these .prj, and reads the self-touching ring as a valid polygon
SETTLED_BY_GDAL = (
    ("reconnue par ses paramètres", "1 géométrie invalide réparée") if int(gdal.VersionInfo()) >= 3130000 else ()
)


@pytest.fixture(scope="module")
def read(shared_data):
    """A set of the shared data by its path, read once for all the tests that only look at it."""
    return lru_cache(maxsize=None)(lambda path: read_plu(shared_data / path))


def limits(plu, table):
    return " ".join(limit for source in plu.sources if source.couche == table for limit in source.limites)


def counts(plu):
    """Number of objects of each table that was read."""
    return {source.couche: source.objets for source in plu.sources}


# --- the real sets, figures of the data README

SETS = [
    # path, typezones as written, overlap (ha), other counts
    (
        f"validator/{CHER_1}",
        {"A": 63, "N": 63, "U": 57, "AUc": 30, "AUs": 9},
        10.56,
        {"DOC_URBA": 1, "DOC_URBA_COM": 12},
    ),
    (
        f"validator/{CHER_2}",
        {"N": 167, "U": 38, "A": 13, "AUc": 2, "AUs": 1},
        28.93,
        {"PRESCRIPTION_SURF": 32, "PRESCRIPTION_LIN": 264, "PRESCRIPTION_PCT": 167, "DOC_URBA": 1, "DOC_URBA_COM": 1},
    ),
    (
        f"validator/{GARD}",
        {"A": 50, "N": 22, "U": 16, "AUc": 2},
        0.84,
        {
            "PRESCRIPTION_SURF": 77,
            "PRESCRIPTION_LIN": 15,
            "PRESCRIPTION_PCT": 93,
            "INFO_SURF": 18,
            "INFO_PCT": 6,
            "DOC_URBA": 2,
            "DOC_URBA_COM": 1,
        },
    ),
    (
        "simplu3d-44118_PLU_20150219",
        {"Nh": 95, "A": 14, "N": 7, "U": 5, "AUc": 2, "AUs": 1},
        0.0,
        {
            "PRESCRIPTION_SURF": 172,
            "PRESCRIPTION_LIN": 466,
            "PRESCRIPTION_PCT": 57,
            "INFO_SURF": 5,
            "DOC_URBA": 404,
            "DOC_URBA_COM": 410,
        },
    ),
    (
        "validator/gml",
        {"N": 28, "U": 21, "AUc": 6, "A": 5, "Nh": 3, "AUs": 2, "Ah": 1},
        0.0,
        {
            "PRESCRIPTION_SURF": 30,
            "PRESCRIPTION_LIN": 91,
            "PRESCRIPTION_PCT": 201,
            "INFO_SURF": 26,
            "INFO_PCT": 3,
            "INFO_LIN": 0,
            "DOC_URBA": 1,
            "DOC_URBA_COM": 1,
        },
    ),
    (
        "validator/tab_latin1/ZONE_URBA_41003.TAB",
        {"U": 14, "A": 9, "N": 8, "AUc": 2, "Nh": 2, "AUs": 1},
        0.074,
        {"PRESCRIPTION_PCT": 59},
    ),
    (
        "saint-saens",
        {"N": 24, "U": 23, "A": 21, "AUc": 3},
        0.15,
        {"PRESCRIPTION_SURF": 557, "PRESCRIPTION_LIN": 194, "PRESCRIPTION_PCT": 2, "INFO_SURF": 2, "INFO_LIN": 9},
    ),
    ("ccvc-plui/ZONAGE_1.geojson", None, 15.5, {}),
]


@pytest.mark.parametrize(("path", "typezones", "hectares", "others"), SETS, ids=[one[0] for one in SETS])
def test_sets(read, path, typezones, hectares, others):
    plu = read(path)
    zones = plu.zones
    assert plu.crs == "EPSG:2154"
    if typezones is None:
        assert zones.colonne("TYPEZONE") is None and len(zones) == 727
    else:
        assert Counter(zones.colonne("TYPEZONE")) == typezones
    assert counts(plu) == {"ZONE_URBA": len(zones), **others}
    present = zones.geometrie[~shapely.is_missing(zones.geometrie)]
    assert shapely.is_valid(present).all() and not shapely.has_z(present).any()
    assert (shapely.area(present).sum() - overlay.union_area(present)) / 1e4 == pytest.approx(hectares, abs=0.03)


@pytest.mark.parametrize("name", [CHER_1, CHER_2, GARD])
def test_a_zip_says_the_same_as_its_folder(read, name):
    folder, archive = read(f"validator/{name}"), read(f"validator/{name}.zip")
    assert archive.nom == folder.nom == name and archive.idurba == folder.idurba
    for one, other in zip(archive.sources, folder.sources):
        assert (one.couche, one.objets, one.sha256, one.encodage, one.limites) == (
            other.couche,
            other.objets,
            other.sha256,
            other.encodage,
            other.limites,
        )
        assert f"{name}.zip" in one.chemin and Path(one.chemin.split(".zip")[0] + ".zip").is_file()


@pytest.mark.parametrize(
    ("path", "table", "expected"),
    [
        (
            "ccvc-plui/ZONAGE_1.geojson",
            "ZONE_URBA",
            [
                "Reprojetée de EPSG:4326",
                "5 géométries invalides réparées",
                "10 géométries vides",
                "4 objets en plusieurs morceaux",
                "371 couples de zones se recouvrent sur plus de 1 m² (15,52 ha en tout",
                "14,75 ha",
                "17 surfaces de moins de 10 m²",
                "156 objets avec un retour à la ligne",
                "TYPEZONE",
                "PRESCRIPTION_SURFACIQUE_4.geojson",
            ],
        ),
        (
            f"validator/{CHER_1}",
            "ZONE_URBA",
            [
                "reconnue par ses paramètres",
                "1 objet en plusieurs morceaux",
                "32 couples de zones",
                "10,56 ha",
                "2,66 ha",
                "1 surface de moins de 10 m², dont 1 de moins de 1 m²",
                "INSEE vaut 18007 sur les 222 objets",
            ],
        ),
        (
            f"validator/{CHER_2}",
            "ZONE_URBA",
            [
                "1 géométrie invalide réparée",
                "3 objets en plusieurs morceaux",
                "25 couples de zones",
                "28,93 ha",
                "22,11 ha",
                "1 géométrie répétée",
                "3 surfaces de moins de 10 m²",
                "UA typée N",
            ],
        ),
        (f"validator/{CHER_2}", "PRESCRIPTION_SURF", ["1 géométrie répétée"]),
        (f"validator/{CHER_2}", "DOC_URBA_COM", ["18275"]),
        (
            f"validator/{GARD}",
            "ZONE_URBA",
            [
                "90 géométries en trois dimensions",
                "1 objet en plusieurs morceaux",
                "5 couples de zones",
                "ce_fichier_nest_pas_prevu.csv",
            ],
        ),
        (f"validator/{GARD}", "INFO_SURF", ["30014_PLU_20141013", "1 géométrie répétée"]),
        (f"validator/{GARD}", "DOC_URBA", ["2 lignes", "DATEFIN"]),
        ("simplu3d-44118_PLU_20150219", "ZONE_URBA", ["reconnue par ses paramètres", "Nh"]),
        ("simplu3d-44118_PLU_20150219", "PRESCRIPTION_LIN", ["65 géométries répétées"]),
        ("simplu3d-44118_PLU_20150219", "DOC_URBA", ["couche géographique", "404 documents"]),
        ("validator/gml", "ZONE_URBA", ["INVALID.gml", "Ah et Nh"]),
        ("validator/gml", "PRESCRIPTION_SURF", ["1 géométrie invalide réparée", "TYPEPSC2"]),
        ("validator/gml", "INFO_LIN", ["ne contient aucun objet"]),
        (
            "validator/tab_latin1",
            "ZONE_URBA",
            ["1 géométrie invalide", "3 objets en plusieurs morceaux", "28 couples de zones"],
        ),
        (
            "validator/tab_latin1",
            "PRESCRIPTION_PCT",
            ["Aucun objet de cette couche ne se trouve dans l'emprise", "41269"],
        ),
        (
            "saint-saens",
            "ZONE_URBA",
            ["3 couples de zones", "1\u202f441 m²", "6 surfaces de moins de 10 m², dont 5", "URLFIC"],
        ),
        ("saint-saens", "PRESCRIPTION_SURF", ["16 surfaces de moins de 10 m²"]),
        ("cnig-symbolisation/data.gpkg", "PRESCRIPTION_SURF", ["100 objets sans géométrie"]),
        ("cnig-symbolisation/data.gpkg", "INFO_PCT", ["3 objets sans géométrie"]),
        ("cnig-symbolisation/data.gpkg", "ZONE_URBA", ["plu_zone_urba_carreau"]),
    ],
)
def test_defects_are_written(read, path, table, expected):
    text = limits(read(path), table)
    assert [words for words in expected if words not in text and words not in SETTLED_BY_GDAL] == []


def test_clean_zonings_are_said_clean(read):
    for path in ("simplu3d-44118_PLU_20150219", "validator/gml"):
        text = limits(read(path), "ZONE_URBA")
        assert "recouvre" not in text and "réparée" not in text and "répétée" not in text


@pytest.mark.parametrize(
    ("path", "table", "column", "word", "encoding"),
    [
        (
            "simplu3d-44118_PLU_20150219",
            "LIN",
            "LIBELLE",
            "Patrimoine protégé au titre",
            "windows-1252 (déclaré par l'octet LDID",
        ),
        (f"validator/{CHER_2}", "LIN", "LIBELLE", "Haie a préserver", "UTF-8 (déclaré par le fichier .cpg)"),
        (
            f"validator/{GARD}",
            None,
            "LIBELONG",
            "La zone agricole, dite A, est à protéger",
            "windows-1252 (déclaré par le fichier .cpg)",
        ),
        ("validator/gml", "SURF", "LIBELLE", "Emplacement réservé", "UTF-8"),
        ("validator/tab_latin1", "PCT", "LIBELLE", "Bâtiment agricole", "windows-1252 (déclaré par la table MapInfo)"),
    ],
)
def test_accents(read, path, table, column, word, encoding):
    plu = read(path)
    layer = plu.prescriptions[table] if table else plu.zones
    values = [value for value in layer.colonne(column) if value]
    assert any(value.startswith(word) for value in values)
    assert not any("Ã" in value or "\ufffd" in value for value in values)
    assert layer.source.encodage.startswith(encoding)


def test_typepsc_keeps_its_zero(read):
    for path in (f"validator/{CHER_2}", "validator/gml"):
        assert "07" in set(read(path).prescriptions["SURF"].colonne("TYPEPSC"))


# --- what a path means


@pytest.mark.parametrize(
    "given",
    [
        f"validator/{GARD}/30014_DOC_URBA_COM_20171013.DBF",
        f"validator/{GARD}/fr-000030014-plu20171013.xml",
        f"validator/{GARD}/Donnees_geographiques",
        f"validator/{GARD}/Donnees_geographiques/30014_INFO_PCT_20171013.dbf",
        f"validator/{GARD}/Donnees_geographiques/30014_ZONE_URBA_20171013.shp",
        f"validator/{GARD}/Pieces_ecrites/4_Annexes/ce_fichier_nest_pas_prevu.csv",
    ],
)
def test_any_file_of_an_archive_means_the_archive(shared_data, given):
    plu = read_plu(shared_data / given)
    assert plu.idurba == GARD and len(plu.zones) == 90 and set(plu.informations) == {"SURF", "PCT"}


@pytest.fixture
def gard(tmp_path, shared_data):
    """A writable copy of the archive of the Gard, in a folder with an accent, a space and an apostrophe."""
    folder = tmp_path / "PLU de l'été" / GARD
    shutil.copytree(shared_data / "validator" / GARD, folder)
    for one in (folder, *folder.rglob("*")):
        one.chmod(0o755 if one.is_dir() else 0o644)
    return folder


def test_paths_with_accents_spaces_and_apostrophes(gard):
    plu = read_plu(str(gard))
    assert len(plu.zones) == 90 and "PLU de l'été" in plu.sources[0].chemin


def test_zip_with_its_tables_at_the_root(gard, tmp_path):
    path = tmp_path / "mon plu zippé.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for one in (gard / "Donnees_geographiques").iterdir():
            archive.write(one, one.name)
    plu = read_plu(path)
    assert plu.nom == "mon plu zippé" and len(plu.zones) == 90


def test_a_bad_zip_is_refused_in_french(tmp_path):
    path = tmp_path / "plu.zip"
    path.write_bytes(b"PK\x03\x04rien")
    with pytest.raises(PluError, match="corrompue"):
        read_plu(path)


def test_lower_case_everywhere(gard):
    data = gard / "Donnees_geographiques"
    for one in list(data.iterdir()):
        one.rename(one.with_name(one.name.lower()))
    source = gdal.OpenEx(str(data / "30014_zone_urba_20171013.shp"), gdal.OF_VECTOR | gdal.OF_UPDATE)
    layer = source.GetLayer(0)
    for i in range(layer.GetLayerDefn().GetFieldCount()):
        old = layer.GetLayerDefn().GetFieldDefn(i)
        layer.AlterFieldDefn(i, ogr.FieldDefn(old.GetName().lower(), old.GetType()), ogr.ALTER_NAME_FLAG)
    source = layer = None
    plu = read_plu(gard)
    assert "typezone" in plu.zones.colonnes and Counter(plu.zones.codes["typezone"])["A"] == 50
    assert set(plu.prescriptions) == {"SURF", "LIN", "PCT"}


def to_geopackage(shape, path, name):
    source = gdal.OpenEx(str(shape), gdal.OF_VECTOR, open_options=["ENCODING=CP1252"])  # QGIS stops GDAL from decoding
    gdal.VectorTranslate(
        str(path),
        source,
        format="GPKG",
        layerName=name,
        geometryType="PROMOTE_TO_MULTI",
        accessMode="update" if path.exists() else None,
    )


def test_two_documents_in_one_folder(gard, shared_data):
    data = gard / "Donnees_geographiques"
    for one in list(data.glob("30014_ZONE_URBA_20171013.*")):
        shutil.copyfile(one, data / one.name.replace("30014", "30015"))
    with pytest.raises(PluError, match="2 documents.*30014_ZONE_URBA_20171013.shp.*30015_ZONE_URBA_20171013.shp"):
        read_plu(gard)
    plu = read_plu(data / "30015_ZONE_URBA_20171013.shp")
    assert plu.sources[0].nom == "30015_ZONE_URBA_20171013" and not plu.prescriptions
    assert "d'un autre document" in limits(plu, "ZONE_URBA")
    with pytest.raises(PluError, match="5 documents"):
        read_plu(shared_data / "validator")


def test_same_layer_in_two_formats(gard):
    data = gard / "Donnees_geographiques"
    shape = data / "30014_ZONE_URBA_20171013.shp"
    to_geopackage(shape, shape.with_suffix(".gpkg"), shape.stem)
    plu = read_plu(gard)
    assert plu.sources[0].chemin.split("|")[0].endswith(".gpkg")
    assert "2 exemplaires" in limits(plu, "ZONE_URBA")
    assert read_plu(shape).sources[0].chemin.endswith(".shp")


def test_geopackage_of_all_tables(gard, tmp_path):
    path = tmp_path / "PLU d'Arpaillargues.gpkg"
    for name, table in (("ZONE_URBA", "zone_urba"), ("PRESCRIPTION_SURF", "PRESCRIPTION_SURF")):
        to_geopackage(gard / "Donnees_geographiques" / f"30014_{name}_20171013.shp", path, table)
    plu = read_plu(path)
    assert plu.nom == "PLU d'Arpaillargues" and counts(plu) == {"ZONE_URBA": 90, "PRESCRIPTION_SURF": 77}
    assert counts(read_plu(f"{path}|layername=zone_urba")) == counts(plu)


def test_zoning_under_another_name(gard, tmp_path):
    for one in (gard / "Donnees_geographiques").glob("30014_ZONE_URBA_20171013.*"):
        shutil.copyfile(one, tmp_path / f"mon zonage{one.suffix}")
    assert len(read_plu(tmp_path / "mon zonage.shp").zones) == 90
    with pytest.raises(PluError, match="mon zonage.shp a les champs d'un zonage"):
        empty = tmp_path / "seul"
        empty.mkdir()
        for one in tmp_path.glob("mon zonage.*"):
            one.rename(empty / one.name)
        read_plu(empty)
    assert len(read_plu(empty, zones="mon zonage.shp").zones) == 90


def test_layers_of_the_project(shared_data):
    folder = shared_data / "saint-saens"
    layers = {
        "ZONE_URBA": QgsVectorLayer(str(folder / "76648_ZONE_URBA_20241107_1.geojson"), "zonage", "ogr"),
        "PRESCRIPTION_SURF": QgsVectorLayer(str(folder / "76648_PRESCRIPTION_SURF_20241107_3.geojson"), "psc", "ogr"),
    }
    plu = plu_from_sources(layers, nom="PLU de Saint-Saëns")
    assert plu.crs == "EPSG:2154" and counts(plu) == {"ZONE_URBA": 71, "PRESCRIPTION_SURF": 557}


# --- broken archives


def test_unreadable_second_layer_is_said_and_never_taken_for_absent(gard):
    path = gard / "Donnees_geographiques" / "30014_INFO_PCT_20171013.shp"
    path.write_bytes(path.read_bytes()[:150])
    plu = read_plu(gard, complet=True)
    assert "PCT" not in plu.informations and not plu.complet
    assert "Couche illisible" in limits(plu, "INFO_PCT") and "tronqué" in limits(plu, "INFO_PCT")


def test_broken_zoning_is_refused(gard):
    path = gard / "Donnees_geographiques" / "30014_ZONE_URBA_20171013.shp"
    path.write_bytes(path.read_bytes()[:9000])
    with pytest.raises(SourceError, match="tronqué"):
        read_plu(gard)


def test_zoning_without_its_shapes(gard):
    for suffix in (".shp", ".shx"):
        (gard / "Donnees_geographiques" / f"30014_ZONE_URBA_20171013{suffix}").unlink()
    with pytest.raises(SourceError, match="que les attributs de ZONE_URBA"):
        read_plu(gard)


def test_zoning_without_its_attributes(gard):
    (gard / "Donnees_geographiques" / "30014_ZONE_URBA_20171013.dbf").unlink()
    with pytest.raises(PluError, match="LIBELLE"):
        read_plu(gard)


def test_zoning_without_projection(gard):
    (gard / "Donnees_geographiques" / "30014_ZONE_URBA_20171013.prj").unlink()
    with pytest.raises(SourceError, match="n'a pas de projection déclarée.*Lambert-93"):
        read_plu(gard)
    plu = read_plu(gard, default_crs="EPSG:2154")
    assert "supposé, par choix de l'utilisateur" in limits(plu, "ZONE_URBA") and plu.crs == "EPSG:2154"


def test_zoning_in_degrees_that_says_metres(tmp_path, shared_data):
    path = tmp_path / "ZONE_URBA.geojson"
    text = (shared_data / "saint-saens/76648_ZONE_URBA_20241107_1.geojson").read_text("utf-8")
    path.write_text(text.replace("urn:ogc:def:crs:OGC:1.3:CRS84", "urn:ogc:def:crs:EPSG::2154"), "utf-8")
    with pytest.raises(SourceError, match="ses coordonnées sont des degrés"):
        read_plu(path)


def test_tables_in_sub_folders(gard):
    data = gard / "Donnees_geographiques"
    for table in ("ZONE_URBA", "PRESCRIPTION_SURF"):
        (data / table).mkdir()
        for one in data.glob(f"30014_{table}_*"):
            one.rename(data / table / one.name)
    for given in (gard, data / "ZONE_URBA" / "30014_ZONE_URBA_20171013.shp", gard / "30014_DOC_URBA_20171013.DBF"):
        plu = read_plu(given)
        assert len(plu.zones) == 90 and set(plu.prescriptions) == {"SURF", "LIN", "PCT"} and plu.etat == "opposable"


def test_incomplete_archive(gard):
    for one in (gard / "Donnees_geographiques").glob("30014_ZONE_URBA_20171013.*"):
        one.unlink()
    with pytest.raises(PluError, match="pas la couche de zonage ZONE_URBA"):
        read_plu(gard)


def test_nothing_is_left_in_the_folder(gard):
    before = sorted((str(one), one.stat().st_mtime_ns) for one in gard.rglob("*") if one.is_file())
    read_plu(gard)
    assert sorted((str(one), one.stat().st_mtime_ns) for one in gard.rglob("*") if one.is_file()) == before


# --- what is not a PLU

TEMPLATE = "cnig-gabarit/231220_Gabarit_PLU_CC_CNIG_v2024-01/231220_Gabarit_PLU_CNIG_v2024-01"
REFUSED = [
    ("cnig-gabarit", "gabarit vide"),
    (f"{TEMPLATE}/XXXXX_PLU_DATAPPRO", "gabarit vide"),
    (f"{TEMPLATE}/XXXXXXXXX_PLUi_DATAPPRO", "gabarit vide"),
    ("validator/19182_CC_20150517", "carte communale"),
    ("validator/19182_CC_20150517/Donnees_geographiques/19182_SECTEUR_CC_20150517.TAB", "carte communale"),
    ("validator/200078244_SCOT_20180218", "SCoT"),
    ("validator/200078244_SCOT_20180218/Donnees_geographiques/200078244_PERIMETRE_SCOT_20180218.shp", "SCoT"),
    ("sru-reglement", "règlement écrit structuré"),
    ("sru-reglement/PLU_niv1_simplifie.json", "règlement écrit structuré"),
    ("sru-reglement/PLU_niv2_simplifie.json", "règlement écrit structuré"),
    ("sru-reglement/15079_reglement_20190128.xml", "règlement écrit structuré"),
    ("validator/gml/INVALID.gml", "GML qui ne décrit aucun objet"),
    ("README.md", "fichier texte"),
    ("ccvc-plui/COMMUNE_7.geojson", "sans zonage"),
    ("ccvc-plui/PRESCRIPTION_SURFACIQUE_4.geojson", "sans zonage"),
    ("ccvc-plui", "ZONAGE_1.geojson a les champs d'un zonage"),
    ("saint-saens/tvb", "Si l'une d'elles est le zonage"),
    ("saint-saens/tvb/Zoneshumides_17.geojson", "sans zonage"),
    ("saint-saens/tvb/Tramebocagre_24.geojson", "sans zonage"),
]


@pytest.mark.parametrize(("path", "words"), REFUSED, ids=[one[0] for one in REFUSED])
def test_refused(shared_data, path, words):
    with pytest.raises((PluError, SourceError)) as refusal:
        read_plu(shared_data / path)
    text = str(refusal.value)
    assert words in text and ("onnez" in text) and "Traceback" not in text


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("photo.png", b"\x89PNG\r\n", "une image"),
        ("note.txt", b"bonjour", "fichier texte"),
        ("plan.pdf", b"%PDF", "PDF"),
        ("zones.shp", b"", "vide"),
        ("plu.7z", b"7z", "décompressez-la"),
        ("sans_extension", b"abc", "n'est pas un fichier de PLU"),
        ("couche.shp", b"pas une couche", "pas lisible"),
    ],
)
def test_other_files(tmp_path, name, content, words):
    (tmp_path / name).write_bytes(content)
    with pytest.raises((PluError, SourceError), match=words):
        read_plu(tmp_path / name)


def test_folders_without_anything(tmp_path):
    with pytest.raises(PluError, match="est vide"):
        read_plu(tmp_path)
    (tmp_path / "a.txt").write_text("a")
    with pytest.raises(PluError, match="aucune couche géographique"):
        read_plu(tmp_path)
    with pytest.raises(PluError, match="n'existe pas"):
        read_plu(tmp_path / "ailleurs")


# --- the edges


def test_find_alone(shared_data):
    found = find(shared_data / "validator" / CHER_1)
    assert list(found.tables) == ["ZONE_URBA", "DOC_URBA", "DOC_URBA_COM"]
    assert found.nom == CHER_1 and [path.name for path in found.metadonnees] == ["fr-200011781-PLUi20180101.xml"]


def test_in_the_background(shared_data):
    found = []
    thread = Thread(target=lambda: found.append(read_plu(shared_data / f"validator/{GARD}.zip")))
    thread.start()
    thread.join(60)
    assert len(found[0].zones) == 90


def test_progress_and_cancel(shared_data):
    seen = []
    read_plu(shared_data / "validator" / GARD, progress=Progress(lambda fraction, text: seen.append((fraction, text))))
    reading = [fraction for fraction, _ in seen if fraction < 0.7]
    assert reading == sorted(reading) and all(0 <= fraction <= 1 for fraction, _ in seen)
    assert any("ZONE_URBA" in text for _, text in seen)
    with pytest.raises(Cancelled):
        read_plu(shared_data / "validator" / GARD, progress=Progress(cancelled=lambda: True))


@pytest.mark.parametrize(
    ("members", "words"),
    [
        ({}, "ne contient ni couche ni table"),
        ({"a.pdf": b"%PDF"}, "ni couche ni table.*a.pdf"),
        ({"plu.zip": b"PK"}, "que d'autres archives"),
        ({"d/a.csv": b"a;b\n1;2\n"}, "« plu.zip » ne contient aucune couche"),
        ({"d/41003_SECTEUR_CC_20200101.shp": b"a"}, "carte communale"),
        ({"ZONE_URBA.shp": b"abc"}, "ZONE_URBA.shp » n'est pas un fichier de formes"),
    ],
)
def test_zips_that_are_no_plu(tmp_path, members, words):
    path = tmp_path / "plu.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    with pytest.raises((PluError, SourceError), match=words) as refusal:
        read_plu(path)
    assert "scot_plu_" not in str(refusal.value)
