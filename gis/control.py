"""The whole control: rule file and PLU in, dossier out. Processing and the dock call this, and only this."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from datetime import date, datetime, timezone
from pathlib import Path
from typing import Any, Dict, List, Mapping, Optional, Sequence, Tuple, Union

from ..checks import engine, needs
from ..checks.base import Result
from ..checks.overlay import Overlays
from ..checks.plu import Plu
from ..checks.progress import Progress
from ..checks.registry import KINDS
from ..checks.wording import plural
from ..rules.loader import load
from ..rules.model import RuleSet
from ..rules.units import read_horizon
from . import dossier
from .archives.finder import archive_root
from .cnig import plu_from_sources, read_plu
from .expression import QgisEvaluator
from .files.sources import Snapshot, SourceError
from .roles import COMPLEMENTS, Read, match_offered, parse_sources, read_roles

#: share of the work: PLU read, layers read, controls done, dossier written
_PLU, _LAYERS, _CHECKED = 0.25, 0.4, 0.9


@dataclass(frozen=True)
class Request:
    """What a user asks for. `plu`: an archive, or layers by CNIG name. `couches`: layers offered to the rules.

    `sources`: text, one `couche=source` per line, prevails over `couches`; `roles`: the same already understood.
    `horizon`: "2024-2035". `complet`: layers absent from the archive do not exist in this PLU. `crs_defaut`: for layers
    without projection.
    """

    plu: Union[Path, Mapping[str, Union[str, Snapshot]]]
    regles: Path
    dossier: Path
    couches: Sequence[Snapshot] = ()
    sources: str = ""
    roles: Mapping[str, Union[str, Snapshot]] = field(default_factory=dict)
    horizon: str = ""
    complet: bool = False
    crs_defaut: str = ""
    nom: str = ""

    @property
    def parametres(self) -> Dict[str, Any]:
        """What is kept in the dossier, enough to run again."""
        layers = isinstance(self.plu, Mapping)
        return {
            "PLU": None if layers else str(self.plu),
            **({table: _said(source) for table, source in self.plu.items()} if layers else {}),  # type: ignore[union-attr]
            "REGLES": str(self.regles),
            "COUCHES": [_said(shot) for shot in self.couches],
            "SOURCES": self.sources,
            "HORIZON": self.horizon,
            "PLU_COMPLET": self.complet,
            "CRS_DEFAUT": self.crs_defaut,
        }


@dataclass(frozen=True)
class Control:
    """What came out: the rules, the PLU and the layers as read, the result. The dossier is written."""

    rules: RuleSet
    plu: Plu
    read: Read
    result: Result
    dossier: Path = field(default_factory=Path)

    @property
    def report(self) -> List[Tuple[str, bool]]:
        """What a reader of the log wants: (line, whether it is a warning). The PLU, its limits, each prescription."""
        lines = [(f"PLU : {self.plu.nom} ({plural(len(self.plu.zones), 'zone')}, {self.plu.crs})", False)]
        for source in self.plu.sources:
            lines += [(f"  Limite, {source.couche} : {limite}", False) for limite in source.limites]
        lines += [(f"Absente : {nom} ({reason})", True) for nom, reason in self.read.absents.items()]
        lines += [(str(warning), True) for warning in self.rules.warnings]
        if self.result.horizon:
            lines.append((f"Horizon du PLU : {self.result.horizon}", False))
        for answer in self.result.answers:
            lines.append((f"{answer.etat.label} : {answer.prescription.id} {answer.prescription.intitule}", False))
            lines += [(f"    {answer.cause}", False)] if answer.cause else []
        return [*lines, (f"Dossier : {self.dossier}", False)]


def control(request: Request, progress: Optional[Progress] = None, overlays: Optional[Overlays] = None) -> Control:
    """Read, check and write. Raises InvalidRules, PluError, SourceError, DossierError (French), Cancelled."""
    progress = progress or Progress()
    if request.horizon and not is_horizon(request.horizon):
        raise SourceError(f"Horizon « {request.horizon} » : deux années sont attendues, par exemple 2024-2035.")
    rules = load(request.regles, KINDS)
    given: Dict[str, Union[str, Snapshot]] = dict(match_offered(request.couches, rules))
    given.update(parse_sources(request.sources, rules))
    given.update({nom: source for nom, source in request.roles.items() if nom in rules.couches or nom in rules.tables})
    dossier.check_target(request.dossier)
    plu = _read_plu(request, progress.span(0.0, _PLU))
    read = read_roles(
        rules,
        needs.of_rules(rules),
        plu.crs,
        given,
        complements(request.plu),
        assumed_crs=request.crs_defaut,
        progress=progress.span(_PLU, _LAYERS),
    )
    now = datetime.now(timezone.utc)
    result = engine.run(
        rules,
        plu,
        read.layers,
        read.tables,
        progress=progress.span(_LAYERS, _CHECKED),
        date=date.today(),
        absents=read.absents,
        overlays=overlays,
        horizon=read_horizon(request.horizon),
        expressions=QgisEvaluator(),
    )
    progress.step(_CHECKED, "Écriture du dossier")
    # layers chosen by hand are kept too: the dossier is enough to run again
    told = {nom: _said(one) for nom, one in given.items()}
    dossier.write(
        request.dossier,
        result,
        rules,
        plu,
        read.layers,
        read.tables,
        parametres={**request.parametres, "HORIZON_RETENU": result.horizon, "SOURCES": _lines(told), "ROLES": told},
        date=now,
        sources=read.missing_sources(),
        progress=progress.span(_CHECKED, 1.0),
    )
    return Control(rules, plu, read, result, request.dossier)


def _read_plu(request: Request, progress: Progress) -> Plu:
    crs = request.crs_defaut or None
    if isinstance(request.plu, Mapping):
        return plu_from_sources(
            request.plu, nom=request.nom, progress=progress, complet=request.complet, default_crs=crs
        )
    return read_plu(request.plu, progress=progress, complet=request.complet, default_crs=crs)


def _lines(told: Mapping[str, str]) -> str:
    """As the parameter SOURCES takes them; a filter may hold line breaks."""
    return "\n".join(f"{nom}={' '.join(source.splitlines())}" for nom, source in told.items())


def _said(source: Union[str, Snapshot]) -> str:
    return source if isinstance(source, str) else source.chemin or source.nom


def complements(plu: Union[Path, Mapping[str, Union[str, Snapshot]]]) -> Optional[Path]:
    """The folder `complements` in the archive folder or beside the PLU; None for layers that are no files."""
    text = _said(plu["ZONE_URBA"]) if isinstance(plu, Mapping) else str(plu)
    path = Path(text.split("|")[0])
    if not os.path.exists(path):  # an address of database may be too long for pathlib
        return None
    root = archive_root(path)
    places = [*([path] if path.is_dir() else []), path.parent, *([root, root.parent] if root is not None else [])]
    found = [place / COMPLEMENTS for place in places if (place / COMPLEMENTS).is_dir()]
    return (found or [places[0] / COMPLEMENTS])[0]


def is_horizon(text: str) -> bool:
    return read_horizon(text) is not None
