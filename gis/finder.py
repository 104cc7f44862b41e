"""Which files hold the tables of one PLU: in a folder, beside a file, in a GeoPackage."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Dict, Iterable, Iterator, List, Mapping, Optional, Sequence, Tuple

from ..checks.plu import PluError
from ..checks.wording import names as enumerate_names
from ..checks.wording import plural
from . import names, refusal, sidecars
from .names import PLU_TABLES, Name
from .sources import SourceError, layer_names, split

#: formats of a table, the preferred first: one that carries its encoding and its projection before one that may lose them
FORMATS = (".gpkg", ".shp", ".tab", ".fgb", ".gml", ".geojson", ".json", ".mif", ".dbf", ".csv")
LAYERS = tuple(suffix for suffix in FORMATS if suffix not in (".dbf", ".csv"))
_DEPTH, _ENTRIES = 6, 100_000
_ARCHIVE_FOLDERS = ("donnees", "données", "pieces", "pièces")
_GEODATA_FOLDERS = ("donnees_geographiques", "données_géographiques", "donnees_geo")


@dataclass(frozen=True)
class FoundTable:
    """A table of the standard, as a source string for QGIS."""

    table: str
    path: Path
    couche: str = ""  # its name in a file of several layers
    name: Name = Name("")

    @property
    def source(self) -> str:
        return f"{self.path}|layername={self.couche}" if self.couche else str(self.path)

    @property
    def said(self) -> str:
        return f"{self.path.name} ({self.couche})" if self.couche else self.path.name


@dataclass(frozen=True)
class FoundPlu:
    """One document: its tables by CNIG name, its metadata files, what was left aside (French limits)."""

    nom: str
    racine: Path
    tables: Mapping[str, FoundTable]
    metadonnees: Tuple[Path, ...] = ()
    limites: Mapping[str, Tuple[str, ...]] = field(default_factory=dict)  # table -> limits known before reading


@dataclass(frozen=True)
class Scan:
    """The files under a folder, sorted: tables by archive root, and all the others."""

    tables: Mapping[Path, Sequence[FoundTable]]
    files: Sequence[Path]
    metadonnees: Sequence[Path]


def find(path: Path, zones: Optional[str] = None) -> FoundPlu:
    """The PLU that a folder, or any file of an archive folder, means.

    `zones`: source string of the layer to take as the zoning, whatever its name. Raises PluError, SourceError.
    """
    path = path.absolute()
    if path.is_dir():
        return _in_folder(path, None, zones)
    root, said, suffix = archive_root(path), names.parse(path.stem), path.suffix.lower()
    if zones is not None:
        return _in_folder(root or path.parent, path, zones, alone=True)
    inside = list(_tables_of(path)) if suffix == ".gpkg" else []
    if any(one.table == "ZONE_URBA" for one in inside) and (len(inside) > 1 or root is None):
        return _document({path.parent: inside}, path.parent, path, None, Scan({}, (), ()))
    if suffix in LAYERS and (said is None or said.table not in PLU_TABLES) and refusal.is_zoning(path):
        return _in_folder(path.parent, path, str(path), alone=True)
    if root is None:
        raise PluError(refusal.of_file(path))
    return _in_folder(root, path, None, alone=True)


def archive_root(path: Path) -> Optional[Path]:
    """The nearest folder above a file that holds a ZONE_URBA, itself or in its Donnees_geographiques."""
    for folder in list(path.absolute().parents)[:5]:
        for place in (folder, *_geodata(folder)):
            if any(
                (said := names.parse(Path(name).stem))
                and said.table == "ZONE_URBA"
                and Path(name).suffix.lower() in FORMATS
                for name in _listing(place)
            ):
                return folder.parent if folder.name.lower() in _GEODATA_FOLDERS else folder
    return None


def scan(folder: Path, alone: bool = False) -> Scan:
    """Every file under `folder`; `alone`: only the archive of which it is the root, not its other sub-folders."""
    tables: Dict[Path, List[FoundTable]] = {}
    files: List[Path] = []
    metadata: List[Path] = []
    for path in _walk(folder, alone):
        files.append(path)
        if path.suffix.lower() == ".xml":
            metadata.append(path)
        if path.suffix.lower() not in FORMATS:
            continue
        root = path.parent.parent if path.parent.name.lower() in _GEODATA_FOLDERS else path.parent
        if not alone or root == folder:
            tables.setdefault(root, []).extend(_tables_of(path))
    return Scan({root: found for root, found in tables.items() if found}, files, metadata)


def _in_folder(folder: Path, given: Optional[Path], zones: Optional[str], alone: bool = False) -> FoundPlu:
    seen = scan(folder, alone)
    roots = [root for root, found in seen.tables.items() if any(one.table == "ZONE_URBA" for one in found)]
    if zones is not None:
        return _document(seen.tables, folder, given, zones, seen)
    if not roots:
        raise PluError(refusal.of_folder(folder, seen.files, [one for found in seen.tables.values() for one in found]))
    if len(roots) > 1:
        if all(one.name.gabarit for root in roots for one in seen.tables[root]):
            raise PluError(refusal.template(folder))
        raise PluError(_several(folder, [_label(root, folder) for root in roots]))
    return _document(seen.tables, roots[0], given, None, seen)


def _document(
    tables: Mapping[Path, Sequence[FoundTable]], root: Path, given: Optional[Path], zones: Optional[str], seen: Scan
) -> FoundPlu:
    """The one document of an archive root: the tables of its zoning, each once."""
    own = [one for one in tables.get(root, ()) if one.table in PLU_TABLES]
    folder_code, folder_date = names.of_folder(root.name)
    if zones is not None:
        path, couche = split(zones)
        path = root / path  # an absolute path stays itself
        zoning = [FoundTable("ZONE_URBA", path, couche, names.parse(couche or path.stem) or Name("ZONE_URBA"))]
    else:
        zoning = [one for one in own if one.table == "ZONE_URBA"]
        keys = {(one.name.code or folder_code, one.name.date or folder_date) for one in zoning}
        asked = [one for one in own if given is not None and given.stem == one.path.stem]
        if len(keys) > 1 and asked:
            same = [one for one in zoning if (one.name.code, one.name.date) == (asked[0].name.code, asked[0].name.date)]
            zoning, keys = (same, {()}) if same else (zoning, keys)
        if len(keys) > 1:
            raise PluError(_several(root, [one.said for one in zoning]))
    code = zoning[0].name.code or folder_code
    limits: Dict[str, List[str]] = {}
    chosen: Dict[str, FoundTable] = {}
    for table in PLU_TABLES:
        candidates = zoning if table == "ZONE_URBA" else [one for one in own if one.table == table]
        others = [one for one in candidates if one.name.code and code and one.name.code != code]
        if table != "ZONE_URBA" and others:
            limits.setdefault("ZONE_URBA", []).append(
                f"{enumerate_names([one.said for one in others], 5)} : code {others[0].name.code} au lieu de {code}, d'un autre document, non lu."
            )
            candidates = [one for one in candidates if one not in others]
        if candidates:
            chosen[table], said = _preferred(candidates, zoning[0], given)
            limits.setdefault(table, []).extend(said)
    limits.setdefault("ZONE_URBA", []).extend(_left(seen, root, own, zoning[0]))
    if zoning[0].path.suffix.lower() == ".gpkg":
        limits["ZONE_URBA"].extend(_left_layers(zoning[0].path, chosen.values()))
    nom = (
        root.name
        if zones is None and (chosen["ZONE_URBA"].path.suffix.lower() != ".gpkg" or folder_code)
        else Path(zoning[0].path).stem
    )
    return FoundPlu(nom, root, chosen, tuple(seen.metadonnees), {table: tuple(said) for table, said in limits.items()})


def _left(seen: Scan, root: Path, tables: Sequence[FoundTable], zoning: FoundTable) -> Iterator[str]:
    """What the archive holds beside its tables, and is not read."""
    dressing = sorted(
        {
            said.table
            for path in seen.files
            if (said := names.parse(path.stem)) and said.table.startswith("HABILLAGE") and path.suffix.lower() in LAYERS
        }
    )
    if dressing:
        yield f"{', '.join(dressing)} : habillage de la carte, sans effet sur les contrôles, non lu."
    own = (root, *_geodata(root))
    strangers = [
        path.name
        for path in seen.files
        if path.suffix.lower() in FORMATS
        and path != zoning.path
        and path not in [one.path for one in tables]
        and (path.parent in own or path.relative_to(root).parts[0].lower().startswith(_ARCHIVE_FOLDERS))
        and names.parse(path.stem) is None
        and not _belongs(path)
        and "titres_pieces" not in path.name.lower()
    ]
    if strangers:
        yield (
            f"{plural(len(strangers), 'fichier')} au nom hors standard CNIG, non lu{'s' if len(strangers) > 1 else ''} : "
            f"{enumerate_names(strangers, 8)}."
        )


def _left_layers(path: Path, read: Iterable[FoundTable]) -> Iterator[str]:
    """The layers of a GeoPackage that are no table of the standard."""
    couches = {one.couche for one in read if one.path == path}
    others = [name for name in layer_names(path) if name not in couches and name != "layer_styles"]
    if others:
        yield (
            f"{plural(len(others), 'couche')} de {path.name} au nom hors standard CNIG, non lue{'s' if len(others) > 1 else ''} : "
            f"{enumerate_names(others, 8)}."
        )


def _preferred(
    candidates: Sequence[FoundTable], zoning: FoundTable, given: Optional[Path]
) -> Tuple[FoundTable, List[str]]:
    """The one to read among files of the same table: the one asked for, of the document's date, of the surest format."""

    def rank(one: FoundTable) -> Tuple:
        return (
            given is None
            or given.with_suffix("") != one.path.with_suffix("")
            or given.suffix.lower() not in (one.path.suffix.lower(), ".gpkg"),
            one.name.date not in ("", zoning.name.date),
            one.name.extra,
            FORMATS.index(one.path.suffix.lower()),
            str(one.path),
        )

    ordered = sorted(candidates, key=rank)
    kept, limits = ordered[0], []
    if len(ordered) > 1:
        limits.append(
            f"{kept.table} existe en {len(ordered)} exemplaires : {kept.said} est lu, "
            f"{enumerate_names([one.said for one in ordered[1:]], 5)} laissé de côté (préférence : le fichier donné, "
            "la date du document, puis gpkg, shp, tab, gml, geojson)."
        )
    if kept.name.date and zoning.name.date and kept.name.date != zoning.name.date:
        limits.append(f"La date du nom de fichier ({kept.name.date}) n'est pas celle du zonage ({zoning.name.date}).")
    return kept, limits


def _tables_of(path: Path) -> Iterator[FoundTable]:
    """The tables of the standard in one file, by its own name or by those of its layers."""
    suffix, said = path.suffix.lower(), names.parse(path.stem)
    if suffix == ".gpkg":
        try:
            layers = [name for name in layer_names(path) if name != "layer_styles"]
        except SourceError:
            layers = []
        parsed = [(name, names.parse(name)) for name in layers]
        if said is not None and (len(layers) < 2 or not any(one for _, one in parsed)):
            yield FoundTable(said.table, path, layers[0] if layers else "", said)
            return
        for name, one in parsed:
            if one is not None:
                yield FoundTable(one.table, path, name, one)
    elif said is not None and not _belongs(path):
        yield FoundTable(said.table, path, "", said)


def _belongs(path: Path) -> bool:
    """A .dbf that holds the attributes of a .shp or .tab beside it."""
    return path.suffix.lower() == ".dbf" and (
        sidecars.part(path, ".shp") is not None or sidecars.part(path, ".tab") is not None
    )


def _walk(folder: Path, alone: bool) -> Iterator[Path]:
    """Files under a folder, in a stable order, not too deep, hidden ones aside."""
    count, base = 0, len(folder.parts)
    for place, folders, files in os.walk(folder, onerror=_unreadable_folder):
        folders[:] = sorted(name for name in folders if not name.startswith((".", "__MACOSX")))
        if len(Path(place).parts) - base >= _DEPTH:
            folders[:] = []
        elif alone and Path(place) == folder:
            folders[:] = [name for name in folders if name.lower().startswith(_ARCHIVE_FOLDERS)]
        for name in sorted(files):
            if not name.startswith("."):
                count += 1
                if count > _ENTRIES:
                    raise PluError(
                        f"Le dossier « {folder.name} » contient plus de {_ENTRIES} fichiers : donnez celui d'un seul PLU."
                    )
                yield Path(place) / name


def _unreadable_folder(error: OSError) -> None:
    raise PluError(
        f"Le dossier « {error.filename} » ne peut pas être lu ({error.strerror}) : vérifiez vos droits d'accès."
    ) from error


def _geodata(folder: Path) -> List[Path]:
    return [folder / name for name in _listing(folder) if name.lower() in _GEODATA_FOLDERS]


def _listing(folder: Path) -> List[str]:
    try:
        return sorted(os.listdir(folder)) if folder.is_dir() else []
    except OSError:
        return []


def _label(root: Path, folder: Path) -> str:
    return str(root.relative_to(folder)) if root != folder else root.name


def _several(folder: Path, labels: Sequence[str]) -> str:
    shown = " ; ".join(labels[:10]) + (" ; …" if len(labels) > 10 else "")
    return (
        f"« {folder.name} » contient {len(labels)} documents ({shown}) : un contrôle porte sur un seul PLU. "
        "Donnez le dossier, l'archive ou le fichier ZONE_URBA de celui que vous voulez."
    )
