"""Whether a control can be made again: its dossier is as it was read, and all that it had read is still there.

A layer that is missing would not stop a control, it would only answer less: nobody wants that in the place of what
they had.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import List

from .choices import Choices
from .results import Results


def missing(results: Results, choices: Choices) -> List[str]:
    """The files and folders that this control needs and that are no more. Raises DossierError when the dossier itself
    is not as it was read. To be called in the background: a network drive may take its time."""
    results.check()
    read = [one.chemin for one in results.sources if one.chemin and one.objets is not None]
    needed = [choices.plu, choices.regles, *choices.tables.values(), *choices.roles.values(), *read]
    files = {_file(source): True for source in needed if source and not _is_elsewhere(source)}
    return [file for file in files if not os.path.exists(file)]


def _is_elsewhere(source: str) -> bool:
    """In a database, on a server, in the memory of QGIS."""
    return "://" in source or source.startswith(("memory:", "/vsi"))


def _file(source: str) -> str:
    """The file of a source; the archive of a file that is in one."""
    place = Path(source.partition("|")[0])
    packed = [above for above in place.parents if above.suffix.lower() == ".zip"]
    archive = next((above for above in packed if not above.is_dir()), None)
    return str(archive or place)
