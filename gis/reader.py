"""Any source QGIS reads -> a `Layer`: columns, flat valid geometries in the legal projection, limits in French."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any, Callable, Dict, List, Optional, Sequence, Tuple, Union

import numpy as np
import shapely
from qgis.core import QgsCoordinateReferenceSystem, QgsCsException, QgsFeatureRequest, QgsVectorLayer
from qgis.PyQt.QtCore import QDate, QDateTime, QTime, QVariant

from ..checks.layers import Array, Layer, Source, drawn, objects
from ..checks.progress import Progress
from .files import crs as projections
from .files import sources, tables
from .files.geometry import prepare
from .files.snapshots import NoProjection
from .files.sources import Snapshot, SourceError

__all__ = ["SourceError", "read_located", "read_source"]

_PLAIN = (str, int, float, bool, type(None))
#: a feature read counts for this share of the work, the rest is for the geometries
_READING = 0.7


def read_source(
    source: Union[str, Path, QgsVectorLayer, Snapshot],
    nom: str,
    *,
    crs: str = "",
    fields: Optional[Sequence[str]] = None,
    encoding: Optional[str] = None,
    assumed_crs: Optional[str] = None,
    progress: Optional[Progress] = None,
) -> Layer:
    """Read a source as the layer or table `nom`.

    `source`: a path (`x.gpkg|layername=a`, .shp, .tab, .gml, .geojson, .csv, .xlsx…), `provider://uri`, a layer, or a
    `sources.Snapshot` taken in the layer's own thread. `crs`: code of the projection to read in, "" for the legal
    one of where the layer lies. `fields`: columns to read, in any case (None: all; one that does not exist
    is absent). `encoding`: forces it. `assumed_crs`: for a layer without projection. Raises SourceError, Cancelled.
    """
    return read_located(
        source, nom, crs=crs, fields=fields, encoding=encoding, assumed_crs=assumed_crs, progress=progress
    )[0]


def read_located(
    source: Union[str, Path, QgsVectorLayer, Snapshot],
    nom: str,
    *,
    crs: str = "",
    fields: Optional[Sequence[str]] = None,
    encoding: Optional[str] = None,
    assumed_crs: Optional[str] = None,
    metadata: Optional[str] = None,
    cnig: bool = False,
    progress: Optional[Progress] = None,
) -> Tuple[Layer, str]:
    """(the layer, code of the projection it is in); see `read_source`.

    `cnig`: a table of the CNIG standard, where DOC_URBA* have no geometry and objects in several parts are a defect.
    `metadata`: the encoding that the document's metadata declare.
    """
    if isinstance(source, QgsVectorLayer):
        source = sources.snapshot(source)
    file = source.fichier if isinstance(source, Snapshot) else str(source)
    if Path(file).suffix.lower() in tables.SUFFIXES:
        return _table(Path(file), nom, fields, encoding), ""
    with sources.opened(source, codec=encoding or "", metadata=metadata) as shot:
        if cnig and nom.startswith("DOC_URBA") and shot.spatial:
            shot = replace(
                shot,
                spatial=False,
                limites=shot.limites + ("Table livrée comme une couche géographique : sa géométrie n'est pas lue.",),
            )
        located = _read(shot, nom, crs, fields, assumed_crs, cnig, progress or Progress())
        del shot  # closes the file before its temporary copy is removed
    return located


def _read(
    shot: Snapshot,
    nom: str,
    crs: str,
    fields: Optional[Sequence[str]],
    assumed_crs: Optional[str],
    cnig: bool,
    progress: Progress,
) -> Tuple[Layer, str]:
    wanted = None if fields is None else {name.upper() for name in fields}
    names = [(i, shot.fields.at(i).name()) for i in range(shot.fields.count())]
    names = [(i, name) for i, name in names if wanted is None or name.upper() in wanted]
    by_name: Dict[str, List[str]] = {}
    for _, name in names:
        by_name.setdefault(name.upper(), []).append(name)
    twins = tuple(
        f"Plusieurs champs du même nom ({', '.join(found)}) : seul {found[0]} est lu."
        for found in by_name.values()
        if len(found) > 1
    )
    own, target, limits = _projection(shot, nom, crs, assumed_crs) if shot.spatial and shot.objets else (None, crs, ())
    limits += twins
    with sources.gdal_messages() as messages:
        ids, rows, wkb, failed = _features(shot, [i for i, _ in names], own, target, progress.span(0.0, _READING))
    if messages and not ids and shot.objets < 0:  # taken for empty, it would say that there is nothing there
        raise SourceError(
            f"« {shot.nom} » ({nom}) ne peut pas être lue : vérifiez sa source et son filtre. "
            f"GDAL répond : {messages[0]}."
        )
    prepared = prepare(wkb, progress.span(_READING, 1.0))
    columns, altered = _columns(names, rows, shot.texte)
    lost = np.array(sorted({*prepared.inutilisables.tolist(), *failed}), dtype=int)
    prepared = replace(prepared, inutilisables=lost, nulles=np.setdiff1d(prepared.nulles, lost))
    if shot.spatial:
        limits += prepared.limits(ids, cnig)
    if messages:
        limits += (f"Pendant la lecture, GDAL signale : {' ; '.join(dict.fromkeys(messages[:3]))}.",)
    if 0 <= shot.objets != len(ids):
        limits += (f"La source annonce {shot.objets} objets, {len(ids)} ont été lus.",)
    if own is not None and target in projections.LEGALES and drawn(prepared.geometrie).any():
        bounds = tuple(shapely.total_bounds(prepared.geometrie))
        if cnig and projections.in_degrees(bounds):
            raise SourceError(
                f"« {shot.nom} » ({nom}) se dit en {projections.describe(own)}, en mètres, mais ses coordonnées sont "
                "des degrés : aucune surface n'y serait juste. Déclarez sa vraie projection (EPSG:4326 sans doute)."
            )
        limits += tuple(filter(None, [projections.misplaced(target, bounds)]))
    source = Source(
        nom,
        nom=shot.nom,
        chemin=shot.chemin,
        sha256=shot.sha256,
        objets=len(ids),
        crs=_said(own) if own else "",
        encodage=shot.encodage,
        repares=len(prepared.reparees),
        ignores=len(prepared.nulles) + len(prepared.vides) + len(lost) if shot.spatial else 0,
        limites=shot.limites + limits + altered,
    )
    every = tuple(shot.fields.at(i).name() for i in range(shot.fields.count()))
    return Layer(nom, prepared.geometrie, columns, ids=objects(ids), source=source, champs=every), target


def _projection(shot: Snapshot, nom: str, asked: str, assumed: Optional[str]) -> Tuple[Any, str, Tuple[str, ...]]:
    """(projection of the source, code to read in, limits)."""
    own, limits = shot.crs, ()
    # GeoPackage names its layers without projection "Undefined ... SRS", which QGIS holds for valid
    if not own.isValid() or own.description().lower().startswith("undefined"):
        looks = projections.guess(shot.etendue)
        if not assumed:
            raise NoProjection(
                f"« {shot.nom} » ({nom}) n'a pas de projection déclarée{f' ; {looks}' if looks else ''}. "
                "Déclarez-la dans QGIS (clic droit, Définir le SCR), fournissez son fichier .prj, ou donnez une "
                "projection par défaut (CRS_DEFAUT)."
            )
        own = QgsCoordinateReferenceSystem(assumed)
        if not own.isValid():
            raise SourceError(f"La projection par défaut « {assumed} » n'existe pas : écrivez par exemple EPSG:2154.")
        limits = (f"Projection non déclarée : {assumed} supposé, par choix de l'utilisateur.",)
    code, deduced = projections.legal(own)
    try:
        target = asked or code or projections.legal_at(own, shot.etendue)
    except projections.CrsError as error:
        raise SourceError(f"« {shot.nom} » : {error}") from error
    if deduced:
        limits += (deduced,)
    if not code and target:
        limits += (f"Reprojetée de {projections.describe(own)} vers {target} pour les mesures.",)
    return own, target, limits


def _said(own: QgsCoordinateReferenceSystem) -> str:
    """What the dossier says of the projection of a source: its own, and the one it is in fact."""
    said, (code, _) = own.authid() or own.description() or "sans nom", projections.legal(own)
    return said if code in ("", said) else f"{said} = {code}"


def _features(
    shot: Snapshot,
    wanted: List[int],
    own: Optional[QgsCoordinateReferenceSystem],
    target: str,
    progress: Progress,
) -> Tuple[List[str], List[List[Any]], List[Optional[bytes]], List[int]]:
    """(ids, values of the wanted columns, WKB in the target projection, positions whose projection failed)."""
    ids: List[str] = []
    rows: List[List[Any]] = []
    wkb: List[Optional[bytes]] = []
    failed: List[int] = []
    if shot.features is None:
        return ids, rows, wkb, failed
    moved = own is not None and projections.legal(own)[0] != target
    transform = projections.transform(own, target) if moved else None
    request = QgsFeatureRequest()
    request.setSubsetOfAttributes(wanted)
    total = max(shot.objets, 1)
    for feature in shot.features.getFeatures(request):
        ids.append(str(feature.id()))
        values = feature.attributes()
        rows.append([values[i] for i in wanted])
        geometry = feature.geometry()
        if not shot.spatial or geometry.isNull():
            wkb.append(None)
        else:
            if shot.courbe:
                geometry.convertToStraightSegment()
            if transform is not None and not geometry.isEmpty():
                try:
                    geometry.transform(transform)
                except QgsCsException:
                    failed.append(len(wkb))
            wkb.append(None if failed and failed[-1] == len(wkb) else geometry.asWkb().data())
        progress.step(len(ids) / total)  # Progress asks the clock first
    return ids, rows, wkb, failed


def _columns(
    names: List[Tuple[int, str]], rows: List[List[Any]], mend: Optional[Callable[[str], str]]
) -> Tuple[Dict[str, Array], Tuple[str, ...]]:
    """The columns as NumPy arrays of plain values, and the limits of their text."""
    columns: Dict[str, Array] = {}
    lost: List[str] = []
    for position, (_, name) in enumerate(names):
        values = [row[position] for row in rows]
        if not set(map(type, values)) <= set(_PLAIN):
            values = [plain(value) for value in values]
        if mend is not None:
            values = [mend(value) if isinstance(value, str) else value for value in values]
        if any("\ufffd" in value for value in {value for value in values if isinstance(value, str)}):
            lost.append(name)
        columns[name] = objects(values)
    limits = (f"Caractères perdus avant publication (« \ufffd ») dans {', '.join(lost)}.",) if lost else ()
    return columns, limits


def plain(value: Any) -> Any:
    """A value of QGIS as Python says it: NULL is None, dates are AAAAMMJJ, instants ISO text."""
    if isinstance(value, _PLAIN):
        return value
    if isinstance(value, QVariant):
        return plain(value.value()) if not value.isNull() else None
    if isinstance(value, QDate):
        return value.toString("yyyyMMdd") if value.isValid() else None
    if isinstance(value, QDateTime):
        return value.toString("yyyy-MM-ddTHH:mm:ss") if value.isValid() else None
    if isinstance(value, QTime):
        return value.toString("HH:mm:ss") if value.isValid() else None
    if isinstance(value, (list, tuple)):
        return ", ".join(str(plain(one)) for one in value)
    return str(value)


def _table(path: Path, nom: str, fields: Optional[Sequence[str]], codec: Optional[str]) -> Layer:
    if not path.is_file():
        raise SourceError(f"Le fichier « {path} » n'existe pas ou n'est pas accessible : vérifiez le chemin.")
    try:
        columns, encodage, limits = tables.read_csv(path, codec or "")
        digest = sources.sha256(path)
    except tables.TableError as error:
        raise SourceError(str(error)) from error
    except OSError as error:
        raise SourceError(f"« {path.name} » ne peut pas être lu : {error.strerror or error}.") from error
    count = len(next(iter(columns.values()))) if columns else 0
    every = tuple(columns)
    if fields is not None:
        wanted = {name.upper() for name in fields}
        columns = {name: values for name, values in columns.items() if name.upper() in wanted}
    source = Source(
        nom, nom=path.stem, chemin=str(path), sha256=digest, objets=count, encodage=encodage, limites=limits
    )
    ids = objects([str(i + 1) for i in range(count)])
    return Layer(nom, np.full(count, None, dtype=object), columns, ids=ids, source=source, champs=every)
