"""Which document the tables describe: IDURBA, state, communes (DOC_URBA, DOC_URBA_COM, the layers, the name)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from ..layers import Array, Layer
from ..wording import plural
from . import codes as cnig_codes
from .colonnes import code, date, distinct, few, recode, texts

_IDURBA = r"(\d{9}|\d{5}|2[AB]\d{3})_?(?:([A-Z]+)_)?(\d{8})(?:_([A-Z0-9]{1,3}))?"
_WHOLE = re.compile(_IDURBA)
_INSIDE = re.compile(rf"(?<![0-9A-Z]){_IDURBA}(?![0-9A-Z])")
INSEE = re.compile(r"(\d{2}|2[AB])\d{3}")


class Idurba(NamedTuple):
    """The parts of `<INSEE|SIREN>_<TYPEDOC>_<DATAPPRO>{_<CodeDU>}`, or of the older `<INSEE|SIREN>{_}<DATAPPRO>`."""

    code: str
    typedoc: str
    date: str
    codedu: str

    @property
    def key(self) -> tuple[str, str, str]:
        """What tells two documents apart: PLUI, PLUi and the older form without type are one."""
        return self.code, self.date, self.codedu


@dataclass
class Document:
    idurba: str = ""
    typedoc: str = ""  # PLU, PLUI, POS, CC, SCOT… as DOC_URBA says
    etat: str = ""  # in words
    listees: tuple[str, ...] = ()  # communes that DOC_URBA_COM gives to this document
    limites: dict[str, list[str]] = field(default_factory=dict)  # table -> data limits

    @property
    def parts(self) -> Idurba | None:
        return parse(self.idurba)

    @property
    def siren(self) -> bool:
        return self.parts is not None and len(self.parts.code) == 9

    def limit(self, table: str, message: str) -> None:
        self.limites.setdefault(table, []).append(message)


def describe(tables: Mapping[str, Layer], nom: str) -> Document:
    """The document of these tables: from IDURBA, else INSEE and DATAPPRO, else the name of the archive."""
    document = Document()
    document.idurba = _identify(tables, nom, document)
    if "DOC_URBA" in tables:
        _read_doc_urba(tables["DOC_URBA"], document)
    if "DOC_URBA_COM" in tables:
        _read_doc_urba_com(tables["DOC_URBA_COM"], document)
    for table, layer in tables.items():
        if not table.startswith("DOC_URBA") and len(layer):
            _compare(table, layer, document)
    return document


def parse(idurba: str) -> Idurba | None:
    match = _WHOLE.fullmatch(idurba.upper())
    return Idurba(*(part or "" for part in match.groups())) if match else None


def _identify(tables: Mapping[str, Layer], nom: str, document: Document) -> str:
    zones = tables["ZONE_URBA"]
    written = texts(zones, "IDURBA")
    found = distinct(written)
    if found:
        most = max(found, key=lambda value: int((written == value).sum()))
        if len(found) > 1:
            document.limit(
                "ZONE_URBA",
                f"{len(found)} IDURBA différents dans la couche ({few(found)}) : {most}, le plus fréquent, est retenu.",
            )
        return str(most)
    described = distinct(texts(tables["DOC_URBA"], "IDURBA")) if "DOC_URBA" in tables else []
    named = _INSIDE.search(nom.upper())
    if len(described) == 1:
        parts, archived = parse(str(described[0])), parse(named.group()) if named else None
        if parts is None or archived is None or parts.code == archived.code:
            return str(described[0])
        document.limit(
            "DOC_URBA",
            f"La table décrit {described[0]}, d'un autre territoire que l'archive ({archived.code}) : non retenue.",
        )
    insee, dates = distinct(insee_texts(zones)), _dates(zones)
    own = insee[0] + dates[0] if len(insee) == 1 and len(dates) == 1 and INSEE.fullmatch(insee[0]) else ""
    wanted = [parts.key for parts in (parse(own), parse(named.group()) if named else None) if parts]
    for idurba in described:
        parts = parse(idurba)
        if parts is not None and parts.key in wanted:
            return str(idurba)
    if len(described) > 1:
        document.limit(
            "DOC_URBA",
            f"La table décrit {len(described)} documents et rien dans les couches ne dit lequel "
            "est celui-ci : l'état et les communes du document restent inconnus.",
        )
    return own or (named.group() if named else "")


def _read_doc_urba(layer: Layer, document: Document) -> None:
    rows, described = _rows_of(layer, document)
    if described > 1 and rows.any():
        document.limit("DOC_URBA", f"La table décrit {described} documents : seul {document.idurba} est retenu.")
    elif described and not rows.any():
        document.limit(
            "DOC_URBA", f"La table ne décrit pas le document {document.idurba} des couches : son état reste inconnu."
        )
    if not rows.any():
        return
    types = distinct(_text(layer, "TYPEDOC")[rows])
    document.typedoc = str(types[0]).upper() if types else ""
    if document.typedoc == "PLU" and document.siren:
        document.limit(
            "DOC_URBA",
            f"TYPEDOC vaut PLU pour un document intercommunal (SIREN {document.parts.code if document.parts else ''}).",
        )
    if rows.sum() > 1:
        document.limit(
            "DOC_URBA",
            f"{int(rows.sum())} lignes pour le même document {document.idurba} : "
            "la ligne opposable, sinon la dernière approuvée, est retenue.",
        )
    states = recode(_text(layer, "ETAT")[rows], lambda value: code(value, 2))
    approved = recode(_text(layer, "DATAPPRO")[rows], date)
    ended = recode(_text(layer, "DATEFIN")[rows], date)
    kept = max(range(len(states)), key=lambda i: (states[i] == "03", approved[i]))
    document.etat = cnig_codes.etats().get(states[kept] or "", "")
    if states[kept] and not document.etat:
        document.limit("DOC_URBA", f"ETAT « {states[kept]} » inconnu : l'état du document reste inconnu.")
    elif document.etat and document.etat != "opposable":
        document.limit("DOC_URBA", f"Le document est dit « {document.etat} » (ETAT {states[kept]}), non opposable.")
    if ended[kept] and ended[kept] <= approved[kept]:
        document.limit("DOC_URBA", f"DATEFIN ({ended[kept]}) n'est pas postérieure à DATAPPRO ({approved[kept]}).")


def _read_doc_urba_com(layer: Layer, document: Document) -> None:
    rows, described = _rows_of(layer, document)
    if described > 1 and rows.any():
        document.limit(
            "DOC_URBA_COM",
            f"La table a {plural(len(layer), 'ligne')} pour {described} documents : "
            f"seules les communes de {document.idurba} sont retenues.",
        )
    elif described and not rows.any():
        document.limit(
            "DOC_URBA_COM",
            f"La table ne cite pas le document {document.idurba or 'des couches'} : ses communes ne sont pas retenues.",
        )
    codes = insee_texts(layer)
    kept = [] if codes is None else distinct(codes[rows])
    document.listees = tuple(sorted(c for c in kept if INSEE.fullmatch(c)))
    wrong = [c for c in kept if not INSEE.fullmatch(c)]
    if wrong:
        document.limit("DOC_URBA_COM", f"Codes INSEE illisibles ({few(wrong)}), écartés.")


def _rows_of(layer: Layer, document: Document) -> tuple[Array, int]:
    """Rows of this document (all of them when the table names none), and how many documents the table describes."""
    values = texts(layer, "IDURBA")
    described = distinct(values)
    if values is None or not described:
        return np.ones(len(layer), dtype=bool), 0
    own = {value for value in described if same(value, document.idurba)}
    return np.array([value in own for value in values], dtype=bool), len(described)


def same(one: str, other: str) -> bool:
    parts, others = parse(one), parse(other)
    if parts is None or others is None:
        return one.upper() == other.upper()
    return parts.key == others.key


def _compare(table: str, layer: Layer, document: Document) -> None:
    """A layer that names another document, or another approval date, is a mixed archive: said, not refused."""
    values = texts(layer, "IDURBA")
    if values is not None:
        wrong = {v for v in distinct(values) if not same(v, document.idurba)}
        rows = int(sum(v in wrong for v in values))
        if wrong:
            document.limit(
                table,
                f"{plural(rows, 'objet')} sur {len(layer)} "
                f"{'porte' if rows == 1 else 'portent'} l'IDURBA {few(sorted(wrong))} "
                f"au lieu de {document.idurba}.",
            )
        return
    dates = _dates(layer)
    if document.parts and dates and dates != [document.parts.date]:
        document.limit(table, f"DATAPPRO ({few(dates)}) n'est pas la date du document {document.idurba}.")


def _dates(layer: Layer) -> list[str]:
    values = layer.colonne("DATAPPRO")
    return [] if values is None else [d for d in distinct(recode(values, date)) if d]


def _text(layer: Layer, name: str) -> Array:
    values = texts(layer, name)
    return np.full(len(layer), None, dtype=object) if values is None else values


def insee_texts(layer: Layer) -> Array | None:
    """INSEE as five characters (`1004` read as a number is `01004`); None when the layer has no such field."""
    values = layer.colonne("INSEE")
    return None if values is None else recode(values, lambda value: (code(value, 5) or "").upper() or None)
