"""The appraisals of one dossier as the dock works on them: what holds now, the history, undo and redo.

Nothing is ever changed or removed: to undo is to append what held before.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass, replace
from datetime import datetime, timezone
from pathlib import Path
from typing import Dict, List, Mapping, Optional, Sequence, Tuple

from ..geopackages.geopackage import GeoPackageError
from .decisions import Appraisal, Decision, FreeFinding, Refused, Subject, Verdict
from .lock import Lock
from .store import Store, remade

#: where a row comes from (`origine`)
TYPED, UNDONE, REDONE = "saisie", "annulation", "rétablissement"
#: why nothing may be written before `claim`
ONLY_READ = "Le dossier n'est ouvert qu'en lecture."


@dataclass(frozen=True)
class _Gesture:
    """What one click changed: rows before (None: nothing was decided) and after, of the same kind."""

    before: Tuple[Optional[Appraisal], ...]
    after: Tuple[Appraisal, ...]


class Notebook:
    """In memory alone without a store. `refusal` says why nothing may be written, "" when all is well."""

    def __init__(self, store: Optional[Store] = None, lock: Optional[Lock] = None, refusal: str = "") -> None:
        self._store, self._lock, self._refusal = store, lock, refusal
        self._rows: Dict[str, List[Appraisal]] = {}
        self._free: Dict[str, FreeFinding] = {}
        self._done: List[_Gesture] = []
        self._undone: List[_Gesture] = []
        if store is not None:
            self._read(store)

    @classmethod
    def of_dossier(cls, path: Path) -> Notebook:
        """The notebook of a dossier, to be read; `claim` makes it ours to write in. Raises GeoPackageError,
        ValueError (a word that this version does not know)."""
        return cls(Store(path), Lock(path), ONLY_READ)

    def claim(self) -> str:
        """Ask for the right to write, until `close`; what is returned is `refusal`. Asked again once the other person
        has closed the dossier, what they wrote is read first. Raises GeoPackageError, ValueError when it cannot be:
        it is still refused then."""
        if self._lock is None or self._store is None or not self._refusal:
            return self._refusal
        former, self._refusal = self._refusal, self._lock.take()
        if not self._refusal and not self._store.writable:
            self._lock.release()
            self._refusal = (
                f"Le fichier « {self._store.path.name} » est en lecture seule : le dossier se lit, mais rien ne peut y "
                "être ajouté. Rendez-le modifiable, ou copiez-le dans un répertoire à vous pour l'instruire."
            )
        if former != ONLY_READ and not self._refusal:
            try:
                store = Store(self._store.path)
            except (GeoPackageError, ValueError):
                self._lock.release()
                self._refusal = former
                raise
            if store.run != self._store.run:  # what is seen is not what is there: nothing may be decided on it
                self._lock.release()
                self._refusal = remade(store.path)
            else:
                self._store = store
                self._read(store)
                self._done.clear()  # what others decided since is not ours to undo
                self._undone.clear()
        return self._refusal

    def close(self) -> None:
        """Let others write."""
        if self._lock is not None:
            self._lock.release()
            self._refusal = ONLY_READ

    def touch(self) -> None:
        """To be called every `lock.TOUCH` seconds; `refusal` then tells of a lock that another machine has taken."""
        if self._lock is None or self._refusal:
            return
        if self._lock.held:
            self._lock.touch()
        else:
            self._refusal = self._lock.take()

    @property
    def refusal(self) -> str:
        return self._refusal

    @property
    def path(self) -> Optional[Path]:
        """The dossier that it is kept in, None in memory."""
        return self._store.path if self._store is not None else None

    # -- what holds -------------------------------------------------------------------------------

    def of(self, cle: str) -> Optional[Appraisal]:
        """The last row of that key, None when there never was one."""
        rows = self._rows.get(cle)
        return rows[-1] if rows else None

    def decided(self, cle: str) -> bool:
        held = self.of(cle)
        return held is not None and held.decided

    def history(self, cle: str) -> Tuple[Appraisal, ...]:
        """Oldest first."""
        return tuple(self._rows.get(cle, ()))

    @property
    def held(self) -> Mapping[str, Appraisal]:
        """The last row of every key."""
        return {cle: rows[-1] for cle, rows in self._rows.items()}

    @property
    def free(self) -> Tuple[FreeFinding, ...]:
        """The findings added by hand that are not withdrawn, in the order of their first writing."""
        return tuple(one for one in self._free.values() if one.texte)

    def has_free(self, cle: str) -> bool:
        """Whether that finding was ever written here, withdrawn or not."""
        return cle in self._free

    # -- what is written --------------------------------------------------------------------------

    def decide(self, subjects: Sequence[Subject], verdict: Verdict, auteur: str, origine: str = TYPED) -> None:
        """The same decision on each of them, on the disk when this returns. Raises Refused, and nothing is kept."""
        verdict.check()
        now = _now()
        rows = tuple(
            Appraisal(
                one.cle,
                verdict.decision,
                verdict.motif.strip(),
                verdict.suite,
                auteur,
                now,
                origine,
                one.etat,
                one.mesure,
                one.unite,
            )
            for one in {one.cle: one for one in subjects}.values()
        )
        before = tuple(self.of(row.cle) for row in rows)
        self._append(rows)
        self._done.append(_Gesture(before, rows))
        self._undone.clear()

    def carry(self, appraisals: Sequence[Appraisal], free: Sequence[FreeFinding]) -> None:
        """Rows of another dossier, as they are: all of them or none, on the disk when this returns. Raises Refused."""
        self._check()
        if self._store is not None:
            self._store.add(appraisals, free)
        before = tuple(self.of(row.cle) for row in appraisals)
        self._keep(appraisals)
        self._free.update((finding.cle, finding) for finding in free)
        if appraisals:
            self._done.append(_Gesture(before, tuple(appraisals)))
            self._undone.clear()

    def undo(self, auteur: str) -> Tuple[str, ...]:
        """What the last click changed is as it was; the keys it bears on. Raises Refused."""
        return self._go_back(self._done, self._undone, auteur, UNDONE)

    def redo(self, auteur: str) -> Tuple[str, ...]:
        return self._go_back(self._undone, self._done, auteur, REDONE)

    @property
    def can_undo(self) -> bool:
        return bool(self._done)

    @property
    def can_redo(self) -> bool:
        return bool(self._undone)

    def add_free(self, texte: str, auteur: str, prescription: str = "", wkb: Optional[bytes] = None) -> FreeFinding:
        """A finding seen by the reader. Raises Refused."""
        return self._write_free(FreeFinding(uuid.uuid4().hex, texte.strip(), prescription, auteur, _now(), wkb))

    def amend_free(
        self, finding: FreeFinding, texte: str, auteur: str, prescription: str, wkb: Optional[bytes]
    ) -> FreeFinding:
        """Other words, another place for it. Raises Refused."""
        return self._write_free(
            replace(finding, texte=texte.strip(), auteur=auteur, date=_now(), prescription=prescription, wkb=wkb)
        )

    def withdraw_free(self, finding: FreeFinding, auteur: str) -> None:
        """It is shown no more; its rows stay in the dossier. Raises Refused."""
        self._write(replace(finding, texte="", auteur=auteur, date=_now()))

    def _write_free(self, finding: FreeFinding) -> FreeFinding:
        if not finding.texte:
            raise Refused("Le constat est vide : écrivez ce que vous avez relevé.")
        self._write(finding)
        return finding

    def _write(self, finding: FreeFinding) -> None:
        self._check()
        if self._store is not None:
            self._store.add_free(finding)
        self._free[finding.cle] = finding

    def _go_back(self, source: List[_Gesture], target: List[_Gesture], auteur: str, origine: str) -> Tuple[str, ...]:
        if not source:
            return ()
        gesture = source[-1]
        now = _now()
        rows = tuple(
            replace(before or Appraisal(after.cle, Decision.EN_ATTENTE), auteur=auteur, date=now, origine=origine)
            for before, after in zip(gesture.before, gesture.after)
        )
        self._append(rows)
        source.pop()
        target.append(_Gesture(gesture.after, rows))
        return tuple(row.cle for row in rows)

    def _append(self, rows: Sequence[Appraisal]) -> None:
        self._check()
        if self._store is not None:
            self._store.add_appraisals(rows)
        self._keep(rows)

    def _keep(self, rows: Sequence[Appraisal]) -> None:
        for row in rows:
            self._rows.setdefault(row.cle, []).append(row)

    def _check(self) -> None:
        if self._refusal:
            raise Refused(self._refusal)
        if self._lock is not None and not self._lock.held:
            self._refusal = self._lock.take()
            raise Refused(
                self._refusal
                or "Ce poste s'était mis en veille et le dossier a pu changer : rouvrez-le, puis recommencez."
            )

    def _read(self, store: Store) -> None:
        self._rows, self._free = {}, {}
        for row in store.appraisals:
            self._rows.setdefault(row.cle, []).append(row)
        for finding in store.free:
            self._free[finding.cle] = finding


def _now() -> str:
    return datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
