"""A PLU(i) as published -> a `Plu`: find its tables, read them, note their defects, normalise their codes.

plu = read_plu("241800432_PLUi_20200128.zip")
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Dict, Iterator, List, Mapping, Optional, Tuple, Union

from ..checks import defects
from ..checks.layers import Layer, Source
from ..checks.plu import Plu, PluError, normalise
from ..checks.progress import Progress
from .archives import refusal
from .archives.finder import FoundPlu, FoundTable, find
from .files import archive, encoding
from .reader import SourceError, read_located

__all__ = [
    "FoundPlu",
    "PluError",
    "SourceError",
    "find",
    "plu_from_sources",
    "read_plu",
    "read_tables",
    "tables_from_sources",
]

#: share of the work: unpacking, reading, looking for defects
_UNPACKED, _READ, _CHECKED = 0.1, 0.7, 0.95


def read_plu(
    path: Union[str, Path],
    *,
    progress: Optional[Progress] = None,
    complet: bool = False,
    default_crs: Optional[str] = None,
    zones: Optional[str] = None,
    mapping: Optional[Mapping[str, str]] = None,
) -> Plu:
    """The PLU that `path` means: a folder, a .zip, a GeoPackage, one zoning file, or any file of an archive folder.

    `complet`: tables absent from the archive do not exist in this PLU. `default_crs`: for layers without projection.
    `zones`: source of the layer to take as the zoning, whatever its name. `mapping`: see `checks.plu.normalise`.
    Raises PluError or SourceError (a French sentence), Cancelled.
    """
    progress = progress or Progress()
    given, layer = _given(path)
    if layer:
        zones = f"{given}|layername={layer}"
    with _opened(given, progress.span(0.0, _UNPACKED)) as place:
        found = find(place, zones)
        tables, crs, unreadable = read_tables(found, progress=progress.span(_UNPACKED, _READ), default_crs=default_crs)
        _refuse_template(found, tables)
    if place != given:
        found, tables, unreadable = _in_archive(found, tables, unreadable, place, given)
    plu = _normalised(tables, found.nom, crs, complet and not unreadable, mapping, progress.span(_READ, 1.0))
    return replace(plu, sources=plu.sources + unreadable)


def plu_from_sources(
    sources: Mapping[str, object],
    *,
    nom: str,
    progress: Optional[Progress] = None,
    complet: bool = False,
    default_crs: Optional[str] = None,
    mapping: Optional[Mapping[str, str]] = None,
) -> Plu:
    """The PLU made of these layers, by CNIG name: source strings, layers, or `sources.Snapshot`.

    Raises as `read_plu`.
    """
    progress = progress or Progress()
    tables, crs = tables_from_sources(sources, progress=progress.span(0.0, _READ), default_crs=default_crs)
    return _normalised(tables, nom, crs, complet, mapping, progress.span(_READ, 1.0))


def tables_from_sources(
    sources: Mapping[str, object],
    *,
    crs: str = "",
    progress: Optional[Progress] = None,
    default_crs: Optional[str] = None,
) -> Tuple[Dict[str, Layer], str]:
    """(raw tables by CNIG name, legal projection they are in). The zoning, read first, decides the projection.

    Raises SourceError, Cancelled.
    """
    progress = progress or Progress()
    tables: Dict[str, Layer] = {}
    ordered = sorted(sources, key=lambda table: table != "ZONE_URBA")
    for position, table in enumerate(ordered):
        part = progress.span(position / len(ordered), (position + 1) / len(ordered))
        part.step(0.0, f"Lecture de {table}")
        tables[table], code = read_located(
            sources[table], table, crs=crs, assumed_crs=default_crs, cnig=True, progress=part
        )
        crs = crs or code
    return tables, crs


def read_tables(
    found: FoundPlu, *, progress: Optional[Progress] = None, default_crs: Optional[str] = None
) -> Tuple[Dict[str, Layer], str, Tuple[Source, ...]]:
    """(raw tables, their projection, a source for each table that cannot be read).

    Raises SourceError when it is the zoning that cannot.
    """
    progress = progress or Progress()
    codes = [code for code in map(encoding.of_metadata, found.metadonnees) if code]
    tables: Dict[str, Layer] = {}
    unreadable: List[Source] = []
    crs = ""
    for position, (table, one) in enumerate(found.tables.items()):  # ZONE_URBA is first
        part = progress.span(position / len(found.tables), (position + 1) / len(found.tables))
        part.step(0.0, f"Lecture de {table} ({one.path.name})")
        try:
            _refuse_half(one)
            layer, code = read_located(
                one.source,
                table,
                crs=crs,
                assumed_crs=default_crs,
                metadata=codes[0] if codes else None,
                cnig=True,
                progress=part,
            )
        except SourceError as error:
            if table == "ZONE_URBA":
                raise
            unreadable.append(_unread(one, error))
            continue
        crs = crs or code
        tables[table] = replace(layer, source=layer.source.with_limits(*found.limites.get(table, ())))
    return tables, crs, tuple(unreadable)


def _normalised(
    tables: Mapping[str, Layer],
    nom: str,
    crs: str,
    complet: bool,
    mapping: Optional[Mapping[str, str]],
    progress: Progress,
) -> Plu:
    found = defects.find(tables, progress.span(0.0, _CHECKED))
    told = {table: replace(layer, source=layer.source.with_limits(*found[table])) for table, layer in tables.items()}
    progress.step(_CHECKED, "Lecture des codes du PLU")
    return normalise(told, nom=nom, crs=crs, complet=complet, mapping=mapping)


def _given(path: Union[str, Path]) -> Tuple[Path, str]:
    """(path, layer of it) that the user gave. Raises PluError when there is nothing there."""
    text, _, layer = str(path).strip().strip('"').partition("|layername=")
    given = Path(text).expanduser()
    if not given.exists():
        raise PluError(f"« {given} » n'existe pas ou n'est pas accessible : vérifiez le chemin du PLU.")
    return given, layer.split("|")[0]


@contextmanager
def _opened(given: Path, progress: Progress) -> Iterator[Path]:
    """The folder or file to look into: `given`, or where its zip is unpacked. Messages name the zip, not that place."""
    if given.suffix.lower() != ".zip" or given.is_dir():
        yield given
        return
    try:
        progress.step(0.0, f"Ouverture de l'archive {given.name}")
        with archive.unpacked(given, progress) as place:
            try:
                yield place
            except (PluError, SourceError) as error:
                said = str(error).replace(str(place), str(given)).replace(place.name, given.name)
                raise type(error)(said) from error
    except archive.ArchiveError as error:
        raise PluError(str(error)) from error


def _in_archive(
    found: FoundPlu, tables: Mapping[str, Layer], unreadable: Tuple[Source, ...], place: Path, given: Path
) -> Tuple[FoundPlu, Dict[str, Layer], Tuple[Source, ...]]:
    """Say where in the zip each table was, and give a document at its root the name of the zip."""

    def told(source: Source) -> Source:
        return replace(source, chemin=source.chemin.replace(str(place), str(given)))

    named = replace(found, nom=given.stem) if found.racine == place else found
    layers = {table: replace(layer, source=told(layer.source)) for table, layer in tables.items()}
    return named, layers, tuple(told(source) for source in unreadable)


def _refuse_half(one: FoundTable) -> None:
    """A .dbf or .csv in place of a layer: its shapes are missing. Raises SourceError."""
    if one.path.suffix.lower() in (".dbf", ".csv") and not one.table.startswith("DOC_URBA"):
        raise SourceError(
            f"« {one.path.name} » ne contient que les attributs de {one.table} : il manque ses formes "
            "(fichiers .shp et .shx de même nom). Demandez l'archive complète."
        )


def _unread(one: FoundTable, error: SourceError) -> Source:
    said = f"Couche illisible : {error} Ce qui en dépend n'est pas évalué."
    return Source(one.table, nom=one.path.stem, chemin=str(one.path), limites=(said,))


def _refuse_template(found: FoundPlu, tables: Mapping[str, Layer]) -> None:
    if found.tables["ZONE_URBA"].name.gabarit and not len(tables["ZONE_URBA"]):
        raise PluError(refusal.template(found.racine))
