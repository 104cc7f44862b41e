"""What is not a PLU: one French sentence that says what it is and what to give instead."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, Sequence

from osgeo import ogr

from ...checks.plu import PluError
from ..files import sources
from . import names

_GIVE = "Donnez le dossier ou l'archive .zip d'un PLU(i) au format CNIG, ou sa couche ZONE_URBA."
_ALONE = ", et aucun zonage ZONE_URBA ne se trouve dans son dossier"
_KINDS = {
    "une image": ".png .jpg .jpeg .tif .tiff .bmp .gif .svg .webp .jp2 .ecw",
    "un document PDF": ".pdf",
    "un fichier texte": ".txt .md .log .rst .html .htm",
    "un document de bureautique": ".doc .docx .odt .rtf .ppt .pptx .odp",
    "un tableau": ".xls .xlsx .ods .csv .tsv",
    "un projet QGIS": ".qgs .qgz",
    "une archive d'un format que le plugin n'ouvre pas (décompressez-la d'abord)": ".7z .rar .tar .gz .tgz .bz2 .xz",
    "un fichier de règles": ".yaml .yml",
    "un programme": ".exe .py .sh .bat",
}
_TRIED = 40
_VECTOR = (".shp", ".gpkg", ".tab", ".mif", ".gml", ".geojson", ".fgb", ".kml", ".json", ".sqlite")
_SRU = re.compile(r"reglementDU|ReglementDU|reglementPLU|idReglement|idContenu|\"idZone\"|idRegle|Standard CNIG SRU")


def of_file(path: Path) -> str:
    """What this file is, when it is neither a zoning nor a part of an archive."""
    suffix = path.suffix.lower()
    said = names.parse(path.stem)
    if said is not None and said.table == "SECTEUR_CC":
        return _COMMUNAL_MAP
    if said is not None and said.table == "PERIMETRE_SCOT":
        return _SCOT
    if suffix in (".xml", ".xsd", ".json") and _is_sru([path]):
        return _sru(path.name)
    if path.stat().st_size == 0:
        return f"« {path.name} » est un fichier vide (0 octet). {_GIVE}"
    for what, suffixes in _KINDS.items():
        if suffix in suffixes.split():
            return f"« {path.name} » est {what}{_ALONE}. {_GIVE}"
    if suffix in _VECTOR:
        return _vector(path)
    if suffix == ".dbf":
        return f"« {path.name} » est une table sans géométrie{_ALONE}. {_GIVE}"
    return f"« {path.name} » n'est pas un fichier de PLU{_ALONE}. {_GIVE}"


def of_folder(folder: Path, files: Sequence[Path], tables: Sequence[Any]) -> str:
    """What this folder is, when it holds no zoning."""
    found = {one.table for one in tables}
    if not files:
        return f"Le dossier « {folder.name} » est vide. {_GIVE}"
    if "SECTEUR_CC" in found:
        return _COMMUNAL_MAP
    if "PERIMETRE_SCOT" in found:
        return _SCOT
    if found & set(names.PLU_TABLES):
        return (
            f"« {folder.name} » contient {', '.join(sorted(found))} mais pas la couche de zonage ZONE_URBA : "
            "l'archive est incomplète. "
            "Ajoutez ZONE_URBA, ou donnez le fichier du zonage s'il porte un autre nom."
        )
    if _is_sru(files):
        return _sru(folder.name)
    zips = [path.name for path in files if path.suffix.lower() == ".zip"]
    if zips:
        return (
            f"« {folder.name} » ne contient pas de zonage mais {', '.join(zips[:5])} : donnez l'archive .zip elle-même."
        )
    vectors = [path for path in files if path.suffix.lower() in _VECTOR and path.suffix.lower() != ".json"]
    likely = [path.name for path in vectors[:_TRIED] if _looks_like_a_zoning(path)]
    if likely:
        return (
            f"Aucune couche ne s'appelle ZONE_URBA dans « {folder.name} », mais {' et '.join(likely)} a les champs "
            "d'un zonage : si c'est bien lui, donnez ce fichier directement."
        )
    layers = [path.name for path in vectors]
    if layers:
        return (
            f"Aucune couche ne s'appelle ZONE_URBA dans « {folder.name} » "
            f"({', '.join(layers[:8])}{'…' if len(layers) > 8 else ''}). Si l'une d'elles est le zonage, donnez son "
            "fichier directement ; sinon donnez le dossier ou l'archive d'un PLU(i)."
        )
    return f"« {folder.name} » ne contient aucune couche géographique : ce n'est pas une archive de PLU. {_GIVE}"


def _looks_like_a_zoning(path: Path) -> bool:
    try:
        return is_zoning(path)
    except (PluError, sources.SourceError):
        return False


def template(folder: Path) -> str:
    return (
        f"« {folder.name} » est le gabarit vide du CNIG (noms XXXXX et DATAPPRO, aucune zone) : "
        f"il n'y a rien à contrôler. {_GIVE}"
    )


def is_zoning(path: Path) -> bool:
    """True for one layer of surfaces with the columns of a zoning.

    These are TYPEZONE, or LIBELLE with another field of ZONE_URBA or in a file called zonage.

    Raises PluError when the file should be a layer and GDAL cannot read it.
    """
    suffix = path.suffix.lower()
    if path.stat().st_size == 0 or suffix == ".json" and _is_sru([path]):
        return False
    said = names.parse(path.stem)
    if said is not None and said.table not in names.PLU_TABLES:
        return False
    with sources.gdal_messages() as messages:
        dataset = sources.open_dataset(path)
        if dataset is None:
            if suffix == ".gpkg" or suffix in _VECTOR:
                raise PluError(_unreadable(path, messages))
            return False
        layers = [dataset.GetLayerByIndex(i) for i in range(dataset.GetLayerCount())]
        return len(layers) == 1 and _zoning_columns(layers[0], "zonage" in path.stem.lower())


def _zoning_columns(layer: ogr.Layer, called_so: bool) -> bool:
    columns = _columns(layer)
    if layer.GetGeomType() != ogr.wkbUnknown and ogr.GT_Flatten(layer.GetGeomType()) not in (
        ogr.wkbPolygon,
        ogr.wkbMultiPolygon,
        ogr.wkbCurvePolygon,
        ogr.wkbMultiSurface,
        ogr.wkbGeometryCollection,
    ):
        return False
    if "TYPEZONE" in columns:
        return True
    known = called_so or bool(columns & {"LIBELONG", "DESTDOMI", "FORMDOMI", "NOMFIC"})
    return "LIBELLE" in columns and known and not columns & {"TYPEPSC", "TYPEINF", "TYPESECT"}


def _columns(layer: ogr.Layer) -> set:
    definition = layer.GetLayerDefn()
    return {definition.GetFieldDefn(i).GetName().upper() for i in range(definition.GetFieldCount())}


def _vector(path: Path) -> str:
    with sources.gdal_messages() as messages:
        dataset = sources.open_dataset(path)
        if dataset is None:
            return _unreadable(path, messages)
        layers = [dataset.GetLayerByIndex(i) for i in range(dataset.GetLayerCount())]
        columns = sorted(_columns(layers[0])) if layers else []
        if len(layers) > 1:
            what = (
                f"contient les couches {', '.join(layer.GetName() for layer in layers[:8])}, "
                f"dont aucune ne s'appelle ZONE_URBA (si l'une d'elles est le zonage, "
                f"écrivez « {path.name}|layername=son_nom »)"
            )
        else:
            what = f"est une couche géographique sans zonage (champs : {', '.join(columns[:12]) or 'aucun'})"
    return f"« {path.name} » {what}. {_GIVE}"


def _unreadable(path: Path, messages: Sequence[str]) -> str:
    if path.suffix.lower() == ".gml" and b"<" in path.read_bytes()[:1000]:
        said = f" ({messages[0]})" if messages else ""
        return f"« {path.name} » est un fichier GML qui ne décrit aucun objet que l'on sache lire{said}. {_GIVE}"
    return f"{sources.unreadable(path, list(messages))} {_GIVE}"


def _is_sru(files: Sequence[Path]) -> bool:
    texts = [path for path in files if path.suffix.lower() in (".json", ".xml", ".xsd")]
    return any(_SRU.search(_head(path)) for path in texts[:50])


def _head(path: Path) -> str:
    with open(path, "rb") as stream:
        raw = stream.read(200_000)
    return raw.decode("utf-16" if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8", "ignore")


def _sru(name: str) -> str:
    return (
        f"« {name} » est un règlement écrit structuré (standard CNIG SRU) : il n'a pas de zones dessinées. "
        "Donnez le dossier ou l'archive du PLU qu'il accompagne."
    )


_COMMUNAL_MAP = (
    "C'est une carte communale (secteurs SECTEUR_CC) : elle n'a ni zones U, AU, A ou N ni règlement propre, "
    "et ne se contrôle pas comme un PLU. Donnez un PLU ou un PLUi."
)
_SCOT = (
    "C'est l'archive d'un SCoT (périmètre PERIMETRE_SCOT) : elle n'a pas de zonage. "
    "Donnez ici le PLU ou le PLUi à contrôler ; "
    "le SCoT est décrit par le fichier de règles."
)
