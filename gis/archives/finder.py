"""Which files hold the tables of one PLU: in a folder, beside a file, in a GeoPackage."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Dict, Iterator, List, Mapping, Optional, Sequence, Tuple

from ...checks.plu import PluError
from ...checks.wording import names as enumerate_names
from ..files import formats as files
from ..files.formats import FORMATS, LAYERS
from ..files.sources import SourceError, layer_names, split
from . import leftovers, names, refusal
from .names import PLU_TABLES, Name


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
    """What is under a folder: the tables of each archive root, and every file."""

    tables: Mapping[Path, Sequence[FoundTable]]
    paths: Sequence[Path]


def find(path: Path, zones: Optional[str] = None) -> FoundPlu:
    """The PLU that a folder, or any file of an archive folder, means.

    `zones`: source string of the layer to take as the zoning, whatever its name. Raises PluError, SourceError.
    """
    path = path.absolute()
    if path.is_dir():
        root = archive_root(path / "-") if files.is_part(path.name) else None
        return _in_folder(root or path, None, zones, alone=root is not None)
    root, said, suffix = archive_root(path), names.parse(path.stem), path.suffix.lower()
    if zones is not None:
        return _in_folder(root or path.parent, path, zones, alone=True)
    inside = list(_tables_of(path)) if suffix == ".gpkg" else []
    if any(one.table == "ZONE_URBA" for one in inside) and (len(inside) > 1 or root is None):
        return _document(inside, path.parent, path, None, Scan({}, ()))
    if suffix in LAYERS and (said is None or said.table not in PLU_TABLES) and refusal.is_zoning(path):
        return _in_folder(path.parent, path, str(path), alone=True)
    if root is None:
        raise PluError(refusal.of_file(path))
    return _in_folder(root, path, None, alone=True)


def archive_root(path: Path) -> Optional[Path]:
    """The folder of the archive that a file is a part of: it, or its Donnees_geographiques, holds a ZONE_URBA."""
    for folder in list(path.parents)[:5]:
        inner = path.relative_to(folder).parts
        if len(inner) > 1 and not files.is_part(inner[0]):
            continue
        zoning = next((one for one in files.near(folder) if _is_zone_urba(one)), None)
        if zoning is not None:
            return files.root_of(zoning)
    return None


def scan(folder: Path, alone: bool = False) -> Scan:
    """Every file under `folder`; `alone`: only the archive of which it is the root, not its other sub-folders."""
    tables: Dict[Path, List[FoundTable]] = {}
    paths = list(files.walk(folder, alone))
    for path in paths:
        root = files.root_of(path)
        if path.suffix.lower() in FORMATS and (not alone or root == folder):
            tables.setdefault(root, []).extend(_tables_of(path))
    return Scan({root: found for root, found in tables.items() if found}, paths)


def _in_folder(folder: Path, given: Optional[Path], zones: Optional[str], alone: bool = False) -> FoundPlu:
    seen = scan(folder, alone)
    if zones is not None:
        return _document(seen.tables.get(folder, ()), folder, given, zones, seen)
    roots = [root for root, found in seen.tables.items() if any(one.table == "ZONE_URBA" for one in found)]
    if not roots:
        found = [one for tables in seen.tables.values() for one in tables]
        raise PluError(refusal.of_folder(folder, seen.paths, found))
    if len(roots) > 1:
        if all(one.name.gabarit for root in roots for one in seen.tables[root]):
            raise PluError(refusal.template(folder))
        raise PluError(_several(folder, [_label(root, folder) for root in roots]))
    return _document(seen.tables[roots[0]], roots[0], given, None, seen)


def _document(
    tables: Sequence[FoundTable], root: Path, given: Optional[Path], zones: Optional[str], seen: Scan
) -> FoundPlu:
    """The one document of an archive root: the tables of its zoning, each once."""
    own = [one for one in tables if one.table in PLU_TABLES]
    zoning = _chosen_zoning(root, zones) if zones is not None else _zoning(own, root, given)
    first = zoning[0]
    code = first.name.code or names.of_folder(root.name)[0]
    limits: Dict[str, List[str]] = {table: [] for table in PLU_TABLES}
    chosen: Dict[str, FoundTable] = {}
    for table in PLU_TABLES:
        candidates = zoning if table == "ZONE_URBA" else [one for one in own if one.table == table]
        others = [one for one in candidates if one.name.code and code and one.name.code != code]
        if table != "ZONE_URBA" and others:
            limits["ZONE_URBA"].append(
                f"{enumerate_names([one.said for one in others], 5)} : code {others[0].name.code} au lieu de {code}, "
                "d'un autre document, non lu."
            )
            candidates = [one for one in candidates if one not in others]
        if candidates:
            chosen[table], said = _preferred(candidates, first, given)
            limits[table].extend(said)
    read = {one.path for one in (*own, *chosen.values())}
    limits["ZONE_URBA"].extend(leftovers.of_folder(seen.paths, root, read))
    file = chosen["ZONE_URBA"].path
    if file.suffix.lower() == ".gpkg":
        limits["ZONE_URBA"].extend(leftovers.of_geopackage(file, {one.couche for one in chosen.values()}))
    of_file = zones is not None or (file.suffix.lower() == ".gpkg" and not names.of_folder(root.name)[0])
    places = (root, *files.geodata(root))
    metadata = tuple(path for path in seen.paths if path.suffix.lower() == ".xml" and path.parent in places)
    return FoundPlu(
        file.stem if of_file else root.name,
        root,
        chosen,
        metadata,
        {table: tuple(said) for table, said in limits.items()},
    )


def _chosen_zoning(root: Path, zones: str) -> List[FoundTable]:
    path, couche = split(zones)
    path = root / path  # an absolute path stays itself
    return [FoundTable("ZONE_URBA", path, couche, names.parse(couche or path.stem) or Name("ZONE_URBA"))]


def _zoning(own: Sequence[FoundTable], root: Path, given: Optional[Path]) -> List[FoundTable]:
    """The files of the one zoning, in as many formats as there are. Raises PluError for several documents."""
    code, date = names.of_folder(root.name)

    def key(one: FoundTable) -> Tuple[str, str]:
        return one.name.code or code, one.name.date or date

    zoning = [one for one in own if one.table == "ZONE_URBA"]
    if len({key(one) for one in zoning}) > 1:
        asked = {key(one) for one in own if given is not None and given.stem == one.path.stem}
        same = [one for one in zoning if key(one) in asked]
        if len({key(one) for one in same}) != 1:
            raise PluError(_several(root, [one.said for one in zoning]))
        return same
    return zoning


def _preferred(
    candidates: Sequence[FoundTable], zoning: FoundTable, given: Optional[Path]
) -> Tuple[FoundTable, List[str]]:
    """The one to read among files of the same table, and French limits."""

    def rank(one: FoundTable) -> Tuple:
        return (
            not _means(given, one.path),
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
            f"{enumerate_names([one.said for one in ordered[1:]], 5)} laissé de côté (ordre de préférence : le fichier "
            "donné, la date du document, puis gpkg, shp, tab, gml, geojson)."
        )
    if kept.name.date and zoning.name.date and kept.name.date != zoning.name.date:
        limits.append(f"La date du nom de fichier ({kept.name.date}) n'est pas celle du zonage ({zoning.name.date}).")
    return kept, limits


def _means(given: Optional[Path], path: Path) -> bool:
    """True when the user pointed at this file, or at a part of it."""
    if given is None or given.with_suffix("") != path.with_suffix(""):
        return False
    return given.suffix.lower() == path.suffix.lower() or given.suffix.lower() not in FORMATS or files.belongs(given)


def _tables_of(path: Path) -> Iterator[FoundTable]:
    """The tables of the standard in one file, by its own name or by those of its layers."""
    said = names.parse(path.stem)
    if path.suffix.lower() != ".gpkg":
        if said is not None and not files.belongs(path):
            yield FoundTable(said.table, path, "", said)
        return
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


def _is_zone_urba(path: Path) -> bool:
    said = names.parse(path.stem)
    return said is not None and said.table == "ZONE_URBA" and path.suffix.lower() in FORMATS


def _label(root: Path, folder: Path) -> str:
    return str(root.relative_to(folder)) if root != folder else root.name


def _several(folder: Path, labels: Sequence[str]) -> str:
    shown = " ; ".join(labels[:10]) + (" ; …" if len(labels) > 10 else "")
    return (
        f"« {folder.name} » contient {len(labels)} documents ({shown}) : un contrôle porte sur un seul PLU. "
        "Donnez le dossier, l'archive ou le fichier ZONE_URBA de celui que vous voulez."
    )
