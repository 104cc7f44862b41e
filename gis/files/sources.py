"""Opening what the user points at: a file of any format, or a layer of QGIS, seen as one `Snapshot`."""

from __future__ import annotations

import hashlib
import re
import shutil
import tempfile
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any, Callable, Iterator, List, Optional, Tuple, Union

from osgeo import gdal
from qgis.core import QgsCoordinateReferenceSystem, QgsFields, QgsRectangle, QgsVectorLayer

from . import encoding, sidecars
from .snapshots import Snapshot, SourceError, snapshot

__all__ = ["Snapshot", "SourceError", "gdal_messages", "layer_names", "opened", "snapshot", "split"]

#: GML and spreadsheets: GDAL would turn "07" into 7 and take a header for a row
_CONFIG = {
    ".gml": {"GML_FIELDTYPES": "ALWAYS_STRING"},
    ".xlsx": {"OGR_XLSX_HEADERS": "FORCE"},
    ".ods": {"OGR_ODS_HEADERS": "FORCE"},
}
_PROVIDED = re.compile(r"(?P<provider>[A-Za-z]{2,}):(?://)?(?P<uri>.*)", re.S)  # one letter is a Windows drive


@contextmanager
def opened(
    source: Union[str, Path, QgsVectorLayer, Snapshot], *, codec: str = "", metadata: Optional[str] = None
) -> Iterator[Snapshot]:
    """The snapshot of a source; files prepared for reading are removed when the context ends.

    `source`: a path (`x.gpkg|layername=a`), `provider://uri`, a layer or a snapshot of one (that of a plain file is
    read as the file). `codec` forces the encoding, `metadata` is the one that the document's metadata declare. Raises
    SourceError.
    """
    if isinstance(source, QgsVectorLayer):
        source = snapshot(source)
    if not isinstance(source, Snapshot):
        provider = _PROVIDED.match(str(source))
        with _provided(provider) if provider else _file(str(source), codec, metadata) as found:
            yield found
            del found  # or its file would still be open when its temporary copy is removed
    elif source.fichier:
        with _file(source.fichier, codec, metadata) as found:  # read as a file: true encoding, codes kept as text
            yield replace(found, nom=source.nom, crs=source.crs if source.crs.isValid() else found.crs)
            del found
    else:
        yield source


def is_provided(source: str) -> bool:
    """Whether a source is read by a provider of QGIS (`postgres://…`), and is no file."""
    return _PROVIDED.match(source) is not None


def split(source: str) -> Tuple[Path, str]:
    """(path, layer name) of an OGR source string."""
    path = source.partition("|")[0]
    return Path(path), _option(source, "layername")


def _option(source: str, name: str) -> str:
    """The value of `|name=…` in a source string of OGR, "" when it is not there. A filter comes last, bars included."""
    before, mark, filtre = source.partition("|subset=")
    if name == "subset":
        return filtre
    options = [option.partition("=") for option in before.split("|")[1:]]
    return next((value for key, _, value in options if key.lower() == name), "")


def layer_names(path: Path) -> List[str]:
    """The layers of a file, in its order. Raises SourceError when GDAL opens nothing there."""
    with gdal_messages() as messages:
        dataset = open_dataset(path)
        if dataset is None:
            raise SourceError(unreadable(path, messages))
        return [dataset.GetLayerByIndex(i).GetName() for i in range(dataset.GetLayerCount())]


def open_dataset(path: Path) -> Optional[gdal.Dataset]:
    """The dataset, None when GDAL reads nothing there, whether it was told to raise or not."""
    try:
        options = ["WRITE_GFS=NO"] if path.suffix.lower() == ".gml" else []
        return gdal.OpenEx(str(path), gdal.OF_VECTOR | gdal.OF_READONLY, open_options=options)
    except RuntimeError:
        return None


def unreadable(path: Path, messages: List[str]) -> str:
    said = f" GDAL répond : {messages[0]}." if messages else ""
    return (
        f"« {path.name} » n'est pas lisible : aucune couche ni table n'y est reconnue.{said} "
        "Ouvrez-le dans QGIS pour vérifier, ou demandez-le à nouveau à qui l'a produit."
    )


@contextmanager
def gdal_messages() -> Iterator[List[str]]:
    """What GDAL complains of in this thread, gathered instead of lost."""
    messages: List[str] = []

    def keep(level: int, number: int, message: str) -> None:
        if level >= gdal.CE_Warning and len(messages) < 100:
            messages.append(message.strip().rstrip("."))

    gdal.PushErrorHandler(keep)
    try:
        yield messages
    finally:
        gdal.PopErrorHandler()


@contextmanager
def _file(source: str, codec: str, metadata: Optional[str]) -> Iterator[Snapshot]:
    path, name = split(source)
    if path.is_dir():
        raise SourceError(f"« {path} » est un dossier : donnez le fichier d'une couche ou d'une table.")
    if not path.is_file():
        raise SourceError(f"Le fichier « {path} » n'existe pas ou n'est pas accessible : vérifiez le chemin.")
    with ExitStack() as stack:
        ready, limits = _ready(path, stack)
        digest = sha256(path)
        uri, found = str(ready), None
        suffix = ready.suffix.lower()
        if suffix in (".shp", ".dbf", ".tab"):
            found = _encoding(ready, codec, metadata)
        if suffix in (".shp", ".dbf") and found is not None:
            uri += f"|option:ENCODING={encoding.gdal_name(found.codec)}"
        elif suffix == ".gml":
            uri += "|option:WRITE_GFS=NO"
        for key, value in _CONFIG.get(suffix, {}).items():
            stack.callback(gdal.SetThreadLocalConfigOption, key, gdal.GetThreadLocalConfigOption(key))
            gdal.SetThreadLocalConfigOption(key, value)
        uri += (
            f"|layername={name or _only_layer(ready, path)}"
            if suffix in (".gpkg", ".xlsx", ".ods", ".sqlite", ".gdb")
            else (f"|layername={name}" if name else "")
        )
        kind, filtre = _option(source, "geometrytype"), _option(source, "subset")
        uri += f"|geometrytype={kind}" if kind else ""
        with gdal_messages() as messages:
            layer = QgsVectorLayer(uri, name or path.stem, "ogr", QgsVectorLayer.LayerOptions(False))
        if not layer.isValid():
            if suffix == ".gml" and sidecars.is_empty_gml(ready):
                yield _nothing(path)
                return
            if name:
                raise SourceError(
                    f"« {path.name} » n'a pas de couche « {name} ». "
                    f"Il contient : {', '.join(layer_names(ready)) or 'rien'}."
                )
            raise SourceError(unreadable(path, messages))
        if filtre:
            _filter(layer, filtre, path.name)
        shot = snapshot(layer)
        yield replace(
            shot,
            nom=name or path.stem,
            chemin=source,
            sha256=digest,
            limites=limits + (found.limites if found else ()),
            encodage=found.mot if found else "UTF-8",
            texte=_mender(ready, found),
        )
        del shot, layer  # closes the file before its temporary copy is removed


def _filter(layer: QgsVectorLayer, filtre: str, name: str) -> None:
    """Raises SourceError when the layer does not take the filter: read whole, or empty, it would answer otherwise."""
    with gdal_messages():
        taken = layer.setSubsetString(filtre) and layer.featureCount() >= 0  # a GeoPackage takes any, then fails
    if not taken:
        raise SourceError(
            f"Le filtre « {filtre} » ne peut pas être appliqué à « {name} » : corrigez-le, ou choisissez une autre "
            "couche."
        )


@contextmanager
def _provided(match: Any) -> Iterator[Snapshot]:
    layer = QgsVectorLayer(match["uri"], match["provider"], match["provider"], QgsVectorLayer.LayerOptions(False))
    if not layer.isValid():
        raise SourceError(
            f"La source {match['provider']} n'est pas joignable ou n'est pas lisible "
            f"({_why(layer)}) : ouvrez-la dans QGIS pour vérifier."
        )
    yield snapshot(layer)


def _why(layer: QgsVectorLayer) -> str:
    """What QGIS says of a layer that it cannot open; `summary` of an empty error crashes the process."""
    return "sans explication" if layer.error().isEmpty() else layer.error().summary()


def _ready(path: Path, stack: ExitStack) -> Tuple[Path, Tuple[str, ...]]:
    """The file to give to GDAL: itself, or a mended copy in a temporary folder. Raises SourceError."""
    try:
        sidecars.check_access(path)
        needed, limits = sidecars.mending(path)
        if needed is None:
            return path, limits
        folder = Path(tempfile.mkdtemp(prefix="scot_source_"))
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        return needed(folder), limits
    except sidecars.Broken as error:
        raise SourceError(str(error)) from error
    except OSError as error:
        raise SourceError(f"« {path.name} » ne peut pas être lu : {error.strerror or error}.") from error


def _encoding(path: Path, codec: str, metadata: Optional[str]) -> Optional[encoding.Encoding]:
    if codec:
        return encoding.Encoding(codec, f"{encoding.word(codec)} (choisi)")
    table = sidecars.attributes_of(path)
    if table is None:
        return None
    try:
        return encoding.of_dbf(table, metadata, encoding.of_tab(path) if path.suffix.lower() == ".tab" else None)
    except ValueError as error:
        raise SourceError(
            f"La table « {table.name} » est tronquée : demandez à nouveau ce fichier, aucune valeur n'en serait sûre."
        ) from error


def _mender(path: Path, found: Optional[encoding.Encoding]) -> Optional[Callable[[str], str]]:
    """For a MapInfo table whose declared charset is false: GDAL has no option to override it."""
    if path.suffix.lower() != ".tab" or found is None:
        return None
    declared = encoding.of_tab(path)
    if declared is None or declared == found.codec:
        return None
    return lambda text: text.encode(declared, "replace").decode(found.codec, "replace")


def _only_layer(path: Path, asked: Path) -> str:
    names = [name for name in layer_names(path) if name != "layer_styles"]
    if path.suffix.lower() in (".xlsx", ".ods"):
        names = _filled_sheets(path) or names
    if len(names) > 1:
        raise SourceError(
            f"« {asked.name} » contient plusieurs couches ({', '.join(names[:20])}) : "
            f"dites laquelle, par exemple « {asked.name}|layername={names[0]} »."
        )
    if not names:
        raise SourceError(f"« {asked.name} » ne contient aucune couche.")
    return names[0]


def _filled_sheets(path: Path) -> List[str]:
    """The sheets that hold something: a new workbook often comes with empty ones."""
    dataset = gdal.OpenEx(str(path), gdal.OF_VECTOR)
    layers = [dataset.GetLayerByIndex(i) for i in range(dataset.GetLayerCount())] if dataset is not None else []
    return [layer.GetName() for layer in layers if layer.GetFeatureCount()]


def _nothing(path: Path) -> Snapshot:
    return Snapshot(
        None,
        QgsFields(),
        QgsCoordinateReferenceSystem(),
        QgsRectangle(),
        0,
        True,
        False,
        path.stem,
        str(path),
        sha256(path),
        "UTF-8",
        ("Le fichier GML ne contient aucun objet.",),
    )


def sha256(path: Path) -> str:
    """Digest of a file, kept for the next table of the same GeoPackage."""
    state = path.stat()
    return _digest(str(path), state.st_mtime_ns, state.st_size)


@lru_cache(maxsize=16)
def _digest(path: str, _modified: int, _size: int) -> str:
    digest = hashlib.sha256()
    with open(path, "rb") as stream:
        for chunk in iter(lambda: stream.read(1 << 20), b""):
            digest.update(chunk)
    return digest.hexdigest()
