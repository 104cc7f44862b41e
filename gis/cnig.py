"""A PLU(i) as published -> a `Plu`: find its tables, read them, note their defects, normalise their codes.

plu = read_plu("241800432_PLUi_20200128.zip")
"""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Dict, List, Mapping, Optional, Tuple, Union

from ..checks import defects
from ..checks.layers import Layer, Source
from ..checks.plu import Plu, PluError, normalise
from ..checks.progress import Progress
from . import archive, encoding, refusal
from .finder import FoundPlu, FoundTable, find
from .reader import SourceError, read_located

__all__ = ["PluError", "SourceError", "find", "read_plu", "read_tables", "tables_from_sources"]

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
    with ExitStack() as stack:
        place = given
        if given.suffix.lower() == ".zip" and given.is_file():
            place = _unpacked(given, progress.span(0.0, _UNPACKED), stack)
        if layer:
            zones = f"{given}|layername={layer}"
        found = _named(find(place, zones), given, place)
        tables, crs, unreadable = read_tables(found, progress=progress.span(_UNPACKED, _READ), default_crs=default_crs)
        if place != given:
            tables = {table: _in_archive(one, place, given) for table, one in tables.items()}
    _refuse_template(found, tables)
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


def _unpacked(given: Path, progress: Progress, stack: ExitStack) -> Path:
    try:
        progress.step(0.0, f"Ouverture de l'archive {given.name}")
        return stack.enter_context(archive.unpacked(given, progress))
    except archive.ArchiveError as error:
        raise PluError(str(error)) from error


def _named(found: FoundPlu, given: Path, place: Path) -> FoundPlu:
    """Tables at the root of a zip: the document has the name of the archive, not of the temporary folder."""
    return replace(found, nom=given.stem) if place != given and found.racine == place else found


def _in_archive(layer: Layer, place: Path, given: Path) -> Layer:
    """Say where in the zip the layer was, not where it was unpacked for a moment."""
    return replace(layer, source=replace(layer.source, chemin=layer.source.chemin.replace(str(place), str(given))))


def _refuse_half(one: FoundTable) -> None:
    """A .dbf or .csv in place of a layer: its shapes are missing. Raises SourceError."""
    if one.path.suffix.lower() in (".dbf", ".csv") and not one.table.startswith("DOC_URBA"):
        raise SourceError(
            f"« {one.path.name} » ne contient que les attributs de {one.table} : il manque ses formes "
            "(fichiers .shp et .shx de même nom). Demandez l'archive complète."
        )


def _unread(one: FoundTable, error: SourceError) -> Source:
    return Source(
        one.table, nom=one.path.stem, chemin=str(one.path), limites=(f"Couche illisible, tenue pour absente : {error}",)
    )


def _refuse_template(found: FoundPlu, tables: Mapping[str, Layer]) -> None:
    if found.tables["ZONE_URBA"].name.gabarit and not len(tables["ZONE_URBA"]):
        raise PluError(refusal.template(found.racine))
