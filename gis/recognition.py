"""What a PLU is, told before any control: its name, its standard, what it holds, and the limits of its data."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import List, Mapping, Optional, Tuple, Union

from ..checks.plu import Plu
from ..checks.progress import Progress
from ..checks.wording import plural
from .cnig import plu_from_sources, read_plu
from .files.snapshots import Snapshot

_DIMENSIONED = ("PRESCRIPTION_", "INFO_")


@dataclass(frozen=True)
class Recognised:
    """`tables`: CNIG name of each table found -> its number of objects, None when it cannot be read.

    `zones`: by type, "" when it is not known.
    """

    nom: str
    idurba: str
    etat: str
    version: str
    crs: str
    zones: Mapping[str, int]
    tables: Mapping[str, Optional[int]]
    encodages: Tuple[str, ...]
    limites: Tuple[Tuple[str, str], ...]  # (table, limit)

    @property
    def lines(self) -> List[Tuple[str, str]]:
        """(what, value) for a reader."""
        total = sum(self.zones.values())
        kinds = ", ".join(f"{count} {kind or 'de type inconnu'}" for kind, count in self.zones.items())
        others = [
            f"{table} {'illisible' if count is None else count}"
            for table, count in self.tables.items()
            if table.startswith(_DIMENSIONED)
        ]
        document = f"{self.idurba or self.nom}{f' ({self.etat})' if self.etat else ''}"
        return [
            ("Document", document),
            ("Standard CNIG", self.version or "version non reconnue"),
            ("Zonage", f"{plural(total, 'zone')} ({kinds})"),
            ("Prescriptions et informations", ", ".join(others) or "aucune couche"),
            ("Projection", self.crs),
            ("Encodage", ", ".join(self.encodages) or "sans objet"),
        ]


def recognise(
    given: Union[Path, Mapping[str, Union[str, Snapshot]]], progress: Progress, *, default_crs: str = "", nom: str = ""
) -> Recognised:
    """Read the PLU and tell what it is. `given`: an archive, or sources by CNIG table. Raises PluError, SourceError,
    Cancelled."""
    if isinstance(given, Mapping):
        return _told(plu_from_sources(given, nom=nom, progress=progress, default_crs=default_crs or None))
    return _told(read_plu(given, progress=progress, default_crs=default_crs or None))


def _told(plu: Plu) -> Recognised:
    typezone: Optional[object] = plu.zones.codes.get("typezone")
    types = [value or "" for value in typezone] if typezone is not None else [""] * len(plu.zones)  # type: ignore[attr-defined]
    found = Counter(types)
    read = {source.couche for source in plu.sources if not source.couche.startswith(_DIMENSIONED)}
    read.update(f"PRESCRIPTION_{suffix}" for suffix in plu.prescriptions)
    read.update(f"INFO_{suffix}" for suffix in plu.informations)
    order = [kind for kind in ("U", "AUc", "AUs", "A", "N", "") if found[kind]]
    return Recognised(
        plu.nom,
        plu.idurba,
        plu.etat,
        plu.version,
        plu.crs,
        {kind: found[kind] for kind in order},
        {source.couche: source.objets if source.couche in read else None for source in plu.sources},
        tuple(dict.fromkeys(source.encodage for source in plu.sources if source.encodage)),
        tuple((source.couche, limite) for source in plu.sources for limite in source.limites),
    )
