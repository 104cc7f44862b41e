"""Files that come in several parts: which parts are missing, broken or misleading, and the copy that mends them."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path
from typing import Callable, List, Optional, Tuple

from osgeo import gdal

from . import encoding

#: writes the mended copy below a folder and gives its path
Mend = Callable[[Path], Path]
_SHAPE_PARTS = (".shp", ".shx", ".dbf", ".prj", ".cpg", ".cst")
_TAB_PARTS = (".tab", ".dat", ".map", ".id", ".ind")


class Broken(Exception):
    """The file cannot be trusted; the message is a French sentence."""


def mending(path: Path) -> Tuple[Optional[Mend], Tuple[str, ...]]:
    """(how to make a readable copy, or None when the file is fine as it is; French limits).

    Raises Broken, OSError.
    """
    suffix = path.suffix.lower()
    if path.stat().st_size == 0:
        raise Broken(f"Le fichier « {path.name} » est vide (0 octet) : demandez-le à nouveau à qui l'a produit.")
    if suffix == ".shp":
        return _shapefile(path)
    if suffix == ".tab":
        return _mapinfo(path)
    if suffix == ".gml":
        # a .gfs left by QGIS types the columns: codes would lose their zeros
        return (_copy([path, *_existing(path, (".xsd",))], path) if part(path, ".gfs") else None), _announced(path)
    if suffix in (".geojson", ".json"):
        return _json(path)
    return None, ()


def check_access(path: Path) -> None:
    """Raises OSError when the file, or its table of attributes, cannot be opened."""
    for one in (path, attributes_of(path)):
        if one is not None:
            with open(one, "rb"):
                pass


def attributes_of(path: Path) -> Optional[Path]:
    """The dBASE table that holds the attributes of a .shp, .dbf or .tab; None when there is none."""
    suffix = path.suffix.lower()
    if suffix == ".dbf":
        return path
    if suffix == ".tab":
        return part(path, ".dat") or part(path, ".dbf")
    return part(path, ".dbf")


def part(path: Path, suffix: str) -> Optional[Path]:
    """The file beside `path` with the same stem and this suffix, whatever the case of both."""
    exact = path.with_suffix(suffix)
    if exact.is_file():
        return exact
    wanted = exact.name.lower()
    found = sorted(name for name in os.listdir(path.parent) if name.lower() == wanted)
    return path.parent / found[0] if found else None


def is_empty_gml(path: Path) -> bool:
    """True for a well-formed collection of no feature, which GDAL refuses to open."""
    if path.stat().st_size > 1 << 20:
        return False
    text = path.read_bytes().decode("utf-8", "replace")
    return bool(re.search(r"<(\w+:)?FeatureCollection\b", text)) and not re.search(
        r"<(\w+:)?(member|featureMembers?)\b", text
    )


def _shapefile(path: Path) -> Tuple[Optional[Mend], Tuple[str, ...]]:
    with open(path, "rb") as stream:
        header = stream.read(100)
    size = path.stat().st_size
    announced = 2 * int.from_bytes(header[24:28], "big")
    if len(header) < 100 or int.from_bytes(header[:4], "big") != 9994:
        raise Broken(f"« {path.name} » n'est pas un fichier de formes : demandez-le à nouveau à qui l'a produit.")
    if announced > size:
        raise Broken(
            f"« {path.name} » est tronqué : il annonce {announced} octets et en compte {size}. "
            "Demandez-le à nouveau : une partie de ses objets manque."
        )
    limits: List[str] = []
    index, table = part(path, ".shx"), part(path, ".dbf")
    if table is None:
        limits.append(f"Le fichier .dbf de « {path.name} » manque : aucun attribut n'a pu être lu.")
    rebuild = index is None or index.stat().st_size < 100
    if rebuild:
        limits.append(f"Le fichier .shx de « {path.name} » manque ou est vide : il a été reconstitué pour la lecture.")
    elif table is not None:
        with open(table, "rb") as stream:
            rows, start, width = encoding.dbf_shape(stream.read(32))
        if table.stat().st_size < start + rows * width:
            raise Broken(
                f"La table « {table.name} » est tronquée : elle annonce {rows} lignes et ne les contient pas toutes. "
                "Demandez à nouveau ce fichier : des objets seraient perdus."
            )
        shapes = (index.stat().st_size - 100) // 8
        if rows < shapes:
            raise Broken(
                f"« {path.name} » compte {shapes} objets et son .dbf {rows} lignes : des objets seraient perdus. "
                "Demandez à nouveau tous les fichiers de même nom."
            )
        if rows > shapes:
            limits.append(
                f"Le .shp compte {shapes} objets et le .dbf {rows} lignes : les attributs peuvent être décalés."
            )
    parts = _existing(path, _SHAPE_PARTS)
    if rebuild:
        copy = _copy([one for one in parts if one.suffix.lower() != ".shx"], path)

        def mend(folder: Path) -> Path:
            ready = copy(folder)
            gdal.SetThreadLocalConfigOption("SHAPE_RESTORE_SHX", "YES")
            try:
                gdal.OpenEx(str(ready), gdal.OF_VECTOR)
            finally:
                gdal.SetThreadLocalConfigOption("SHAPE_RESTORE_SHX", None)
            return ready

        return mend, tuple(limits)
    return (None if _seen_by_gdal(path, parts) else _copy(parts, path)), tuple(limits)


def _mapinfo(path: Path) -> Tuple[Optional[Mend], Tuple[str, ...]]:
    head = path.read_bytes()[:4000].decode("latin-1")
    if "!table" not in head.lower():
        raise Broken(f"« {path.name} » n'est pas une table MapInfo : demandez-la à nouveau à qui l'a produite.")
    needed = (".dat", ".map", ".id") if re.search(r"Type\s+NATIVE", head, re.I) else ()
    missing = [suffix for suffix in needed if part(path, suffix) is None]
    if missing:
        raise Broken(
            f"La table MapInfo « {path.name} » est incomplète : il manque le fichier "
            f"{' et le fichier '.join(missing)}. Demandez tous les fichiers de même nom."
        )
    parts = _existing(path, _TAB_PARTS)
    return (None if _seen_by_gdal(path, parts) else _copy(parts, path)), ()


def _json(path: Path) -> Tuple[Optional[Mend], Tuple[str, ...]]:
    content = path.read_bytes()
    found = encoding.of_text(content)
    if found.codec in (encoding.UTF8, "utf-8-sig"):
        return None, ()

    def mend(folder: Path) -> Path:
        ready = folder / path.name
        ready.write_bytes(content.decode(found.codec, "replace").encode("utf-8"))
        return ready

    return mend, (
        f"Le fichier GeoJSON n'est pas en UTF-8 comme sa norme l'exige : lu en {encoding.word(found.codec)}.",
    )


def _announced(path: Path) -> Tuple[str, ...]:
    """A limit when a GML says that it returns more features than it holds."""
    content = path.read_bytes()
    said = re.search(rb'number(?:Returned|OfFeatures)="(\d+)"', content[:4000])
    held = len(re.findall(rb"<(?:\w+:)?(?:member|featureMember)\b", content))
    if said and held and int(said[1]) > held:
        return (f"Le fichier GML annonce {int(said[1])} objets et en contient {held}.",)
    return ()


def _existing(path: Path, suffixes: Tuple[str, ...]) -> List[Path]:
    return [found for found in (part(path, suffix) for suffix in suffixes) if found]


def _seen_by_gdal(path: Path, parts: List[Path]) -> bool:
    """GDAL looks for the parts with the same stem and a suffix in lower or upper case, nothing else."""
    return all(one.stem == path.stem and one.suffix in (one.suffix.lower(), one.suffix.upper()) for one in parts)


def _copy(parts: List[Path], path: Path) -> Mend:
    def mend(folder: Path) -> Path:
        for one in parts:
            shutil.copyfile(one, folder / (path.stem + one.suffix.lower()))
        return folder / (path.stem + path.suffix.lower())

    return mend
