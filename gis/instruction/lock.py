"""One person writes in a dossier at a time: a small file beside it, `<dossier>.gpkg.verrou`, kept while it is open.

Qt's lock file knows of processes that died and of other machines; it is touched now and then, so that on a network
share the one left by a machine that stopped is taken over after `STALE` seconds.
"""

from __future__ import annotations

import os
import uuid
from datetime import datetime
from pathlib import Path
from typing import Dict

from qgis.PyQt.QtCore import QLockFile, QSysInfo

#: seconds without a touch after which the lock of another machine is that of a machine that stopped
STALE = 120
#: seconds between two touches
TOUCH = 30
_SUFFIX = ".verrou"


class Lock:
    """Held from `take` to `release`. Several holders in this process share one."""

    def __init__(self, path: Path) -> None:
        self.path = _beside(path)
        self._held = False
        self.elsewhere = False  # whether it was refused because someone else has it

    @property
    def held(self) -> bool:
        """Whether this process still has it: a machine that slept may have lost it to another."""
        if not self._held or self.path not in _LOCKS:
            return False
        known, pid, host, _ = _LOCKS[self.path].file.getLockInfo()
        return bool(known) and pid == os.getpid() and host == QSysInfo.machineHostName()

    def take(self) -> str:
        """Take it; "" when it is ours, else why not, as a French sentence."""
        if self.held:
            return ""
        if self._held:
            self._lose()
        shared = _LOCKS.get(self.path)
        if shared is None:
            lock = QLockFile(str(self.path))
            lock.setStaleLockTime(STALE * 1000)
            if not lock.tryLock(0):
                self.elsewhere = lock.error() == QLockFile.LockError.LockFailedError
                return self._why(lock)
            shared = _LOCKS[self.path] = _Shared(lock)
        shared.holders += 1
        self._held = True
        return ""

    def touch(self) -> None:
        """Say that it is still in use."""
        if self.held:
            try:
                os.utime(self.path)
            except OSError:  # its folder is away for a moment; `held` tells before anything is written
                return

    def release(self) -> None:
        if not self._held:
            return
        if not self.held:
            self._lose()
            return
        self._held = False
        shared = _LOCKS.get(self.path)
        if shared is not None:
            shared.holders -= 1
            if not shared.holders:
                del _LOCKS[self.path]
                shared.file.unlock()

    def _lose(self) -> None:
        """It is another machine's now. Qt takes the file away with its lock, whoever wrote it: theirs steps aside."""
        self._held = False
        shared = _LOCKS.pop(self.path, None)
        if shared is None:
            return
        aside = self.path.with_name(f"{self.path.name}-{uuid.uuid4().hex}")
        try:
            os.rename(self.path, aside)
        except FileNotFoundError:
            shared.file.unlock()
            return
        shared.file.unlock()
        os.rename(aside, self.path)

    def _why(self, lock: QLockFile) -> str:
        if lock.error() == QLockFile.LockError.PermissionError:
            return (
                f"« {self.path.parent} » est en lecture seule : le dossier se lit, mais rien ne peut y être ajouté. "
                "Copiez-le dans un répertoire à vous pour l'instruire."
            )
        known, pid, host, _ = lock.getLockInfo()
        if not (known and self.elsewhere):
            return (
                f"« {self.path.parent} » n'accepte pas d'écriture : le dossier se lit, mais rien ne peut y être ajouté."
            )
        here = host == QSysInfo.machineHostName()
        who = "dans un autre QGIS de ce poste" if here else f"sur le poste {host}"
        since = _since(self.path)
        return (
            f"Ce dossier est ouvert {who}{since} : il se lit, mais rien ne peut y être ajouté avant qu'il y soit fermé."
        )


class _Shared:
    def __init__(self, file: QLockFile) -> None:
        self.file, self.holders = file, 0


#: those of this process, by path
_LOCKS: Dict[Path, _Shared] = {}


def _beside(path: Path) -> Path:
    path = path.resolve()
    return path.with_name(path.name + _SUFFIX)


def _since(path: Path) -> str:
    try:
        touched = path.stat().st_mtime
    except OSError:
        return ""
    return f" (vu actif à {datetime.fromtimestamp(touched):%H:%M})"
