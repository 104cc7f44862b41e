"""Where each layer and table of the rules is: given at the run, in `complements/` (the PLU's), or beside the rules."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Dict, Iterable, List, Mapping, Optional, Tuple, Union

from ..checks.layers import Layer, Source
from ..checks.needs import Needs
from ..checks.progress import Progress
from ..rules.model import Couche, RuleSet, Table
from ..rules.words import suggestion
from .files.sources import Snapshot, is_provided
from .reader import SourceError, read_source

COMPLEMENTS = "complements"
#: formats sought in `complements/` for a layer or table that has no source of its own
_SUFFIXES = (".gpkg", ".shp", ".geojson", ".csv", ".xlsx", ".ods")


@dataclass(frozen=True)
class Read:
    """What was found for the rules, by name; `absents` says why the others were not."""

    layers: Mapping[str, Layer]
    tables: Mapping[str, Layer]
    absents: Mapping[str, str] = field(default_factory=dict)

    def missing_sources(self) -> Tuple[Source, ...]:
        """One row of the table `sources` for each layer or table that was sought in vain."""
        return tuple(Source(nom, limites=(f"Absente : {reason}",)) for nom, reason in self.absents.items())


def parse_sources(text: str, rules: RuleSet) -> Dict[str, str]:
    """`couche=source`, one per line, `#` for a remark; paths come out complete.

    Raises SourceError on a line or a name that is not understood.
    """
    known = [*rules.couches, *rules.tables]
    found: Dict[str, str] = {}
    for number, line in enumerate(text.splitlines(), 1):
        line = line.strip()
        if not line or line.startswith("#"):
            continue
        nom, equal, source = (part.strip() for part in line.partition("="))
        if not equal or not source:
            raise SourceError(f"Sources, ligne {number} : « {line} » n'est pas de la forme couche=source.")
        if nom not in known:
            hint = suggestion(nom, known)
            raise SourceError(
                f"Sources, ligne {number} : le fichier de règles ne déclare ni couche ni table « {nom} »"
                f"{hint}{'' if hint.endswith('?') else '.'}"
            )
        if nom in found:
            raise SourceError(f"Sources, ligne {number} : « {nom} » a déjà une source. N'en gardez qu'une.")
        found[nom] = _complete(source[1:-1] if source[0] == source[-1] == '"' and len(source) > 1 else source)
    return found


def _complete(source: str) -> str:
    """A path from where the run was started; `provider:…` as it is."""
    path, bar, layer = source.partition("|")
    return source if is_provided(path) else f"{Path(path).expanduser().absolute()}{bar}{layer}"


def match_offered(offered: Iterable[Snapshot], rules: RuleSet) -> Dict[str, Snapshot]:
    """Layers given at the run, by the name they have in the rules: by `layername=`, else by the layer's own name."""
    names = {nom.casefold(): nom for nom in (*rules.couches, *rules.tables)}
    found: Dict[str, Snapshot] = {}
    unknown: List[str] = []
    for shot in offered:
        layername = dict(part.partition("=")[::2] for part in shot.chemin.split("|")[1:]).get("layername", "")
        nom = names.get(layername.casefold()) or names.get(shot.nom.casefold())
        if nom is None:
            unknown.append(shot.nom or layername)
        elif nom in found:
            raise SourceError(f"Deux couches données portent le nom « {nom} » : n'en gardez qu'une.")
        else:
            found[nom] = shot
    if unknown:
        raise SourceError(
            f"Couches données sans nom correspondant dans le fichier de règles : {', '.join(unknown)}. Noms attendus : "
            f"{', '.join([*rules.couches, *rules.tables])}. Renommez la couche, ou indiquez « couche=source » dans les "
            "sources."
        )
    return found


def read_roles(
    rules: RuleSet,
    needs: Needs,
    crs: str,
    given: Mapping[str, Union[str, Snapshot]],
    complements: Optional[Path],
    *,
    assumed_crs: str = "",
    progress: Progress,
) -> Read:
    """Read, in the projection `crs`, every layer and table that the rules need; what cannot be read is in `absents`.

    `given`: sources chosen for this run, by name. `complements`: folder of what comes with the PLU, None when the PLU
    is no file. Raises Cancelled.
    """
    layers: Dict[str, Layer] = {}
    tables: Dict[str, Layer] = {}
    absents: Dict[str, str] = {}
    work: List[Tuple[str, Union[Couche, Table], Dict[str, Layer], Any]] = [
        *((nom, rules.couches[nom], layers, fields) for nom, fields in needs.couches.items()),
        *((nom, rules.tables[nom], tables, fields) for nom, fields in needs.tables.items()),
    ]
    for position, (nom, declared, kept, fields) in enumerate(work):
        part = progress.span(position / len(work), (position + 1) / len(work))
        part.step(0.0, f"Lecture de {declared.libelle or nom}")
        fields = set(fields) | ({declared.jointure} if isinstance(declared, Table) and declared.jointure else set())
        try:
            source = given.get(nom) or source_of(declared, Path(rules.chemin).parent, complements)
            kept[nom] = read_source(
                source,
                nom,
                crs=crs if isinstance(declared, Couche) else "",
                fields=sorted(fields),
                assumed_crs=assumed_crs or None,
                progress=part,
            )
        except SourceError as missing:
            absents[nom] = str(missing)
    return Read(layers, tables, absents)


def source_of(declared: Union[Couche, Table], rules_folder: Path, complements: Optional[Path]) -> str:
    """The source of a layer or table that the user did not choose. Raises SourceError when there is none."""
    base = complements if declared.fourni_par == "plu" else rules_folder
    if base is None:
        raise SourceError("le PLU est donné par des couches qui ne sont pas des fichiers")
    if declared.source is None:
        beside = [base / f"{declared.nom}{suffix}" for suffix in _SUFFIXES]
        found = [path for path in beside if path.exists()] if declared.fourni_par == "plu" else []
        if not found:
            raise SourceError("aucune source n'est indiquée")
        return str(found[0])
    path, bar, layer = declared.source.partition("|")
    if is_provided(path):
        return declared.source
    place = base / path  # an absolute path stays itself
    if not place.exists():
        raise SourceError(f"« {path} » introuvable dans {base}")
    return f"{place}{bar}{layer}"
