"""The sheet of the row in hand: what was found, against what, on which objects, with which limits.

HTML without colours of its own, so that it reads in the dark theme too.
"""

from __future__ import annotations

import re
from html import escape
from itertools import islice
from typing import Iterable, List, Optional, Tuple

from ...checks.base import Etat
from ...checks.wording import day, plural
from ...gis.instruction.decisions import FreeFinding
from ...gis.palette import LOOKS
from ...gis.results import ConstatRow, ControlRow, EcartRow, PrescriptionRow, Results
from .. import wording
from . import cells
from .nodes import Holder, Leaf, Node, Part

#: spaces that French punctuation holds to its word
_GLUED = re.compile(r" (?=[;:?!»])|(?<=«) ")
#: objects listed; the map shows them all
_LISTED = 60
#: how the entries of a list begin
_ENTRIES = ("-", "–", "—", "•", "*")
#: scheme of the links that make an écart the current one
ECART = "ecart"
#: what the sheet says when no row is in hand
NOTHING = "<p>Choisissez une ligne, ou appuyez sur F8 pour aller au premier écart.</p>"


def of_node(results: Results, node: Node, current: Optional[EcartRow]) -> str:
    """The sheet of a constat, of a prescription or of an objective."""
    if isinstance(node.item, ConstatRow):
        return _constat(_prescription_of(results, node.item), node, current)
    if isinstance(node.item, FreeFinding):
        return _free(node)
    if isinstance(node.item, PrescriptionRow):
        return _prescription(node)
    return _several(node) if isinstance(node, (Holder, Part)) else _objective(node)


def title(controle: ControlRow) -> str:
    """`PLUi de l'Exemple (opposable) / SCoT du Val d'Exemple (exécutoire), contrôlé le 12/06/2025`."""
    plu = f"{controle.plu} ({controle.plu_etat})" if controle.plu_etat else controle.plu
    scot = f"{controle.scot} ({wording.scot_state(controle.scot_etat)})" if controle.scot_etat else controle.scot
    when = day(controle.date)
    return f"{plu} / {scot}" + (f", contrôlé le {when}" if when else "")


def _constat(prescription: PrescriptionRow, node: Node, current: Optional[EcartRow]) -> str:
    constat: ConstatRow = node.item  # type: ignore[assignment]
    parts = [_heading(prescription), _state(constat.etat, wording.place(constat)), f"<p>{_text(constat.message)}</p>"]
    figures = [
        (name, value)
        for name, value in (
            ("Mesure", wording.measured(constat)),
            ("Seuil", wording.threshold(constat)),
            ("Écart", wording.departure(constat).replace(wording.WORST, wording.WORST_SAID)),
        )
        if value
    ]
    if figures:
        parts.append("<p>" + " · ".join(f"{name} : <b>{_text(value)}</b>" for name, value in figures) + "</p>")
    parts += _objects(node.ecarts, current)
    parts += _lines("Limites", constat.limites)
    return "".join(parts + _texts(prescription))


def _prescription(node: Node) -> str:
    prescription: PrescriptionRow = node.item  # type: ignore[assignment]
    parts = [_heading(prescription), _state(prescription.etat, cells.counts(node))]
    return "".join([*parts, _answers(node), *_texts(prescription)])


def _several(node: Node) -> str:
    """A slice of the answers of a prescription, or the findings added by hand."""
    return f"<h3>{_text(cells.title(node))}</h3>{_answers(node)}"


def _answers(node: Node) -> str:
    rows = [f"{_icon(leaf.etat)} {_text(_line(leaf))}" for leaf in islice(node.leaves(), _LISTED)]
    if node.count > _LISTED:
        rows.append(f"et {plural(node.count - _LISTED, 'autre')}, dans la liste")
    return _list(rows)


def _line(leaf: Leaf) -> str:
    said = cells.title(leaf)
    return f"{said} : {leaf.item.message}" if isinstance(leaf.item, ConstatRow) else said


def _free(node: Node) -> str:
    """A finding added by hand: who wrote it, and when."""
    finding: FreeFinding = node.item  # type: ignore[assignment]
    above = node.holder.item
    when = day(finding.date)
    by = f", par {finding.auteur}" if finding.auteur else ""
    signed = f"Ajouté à la main{by}{f', le {when}' if when else ''}."
    drawn = "" if finding.wkb is not None else " Rien n'est dessiné sur la carte."
    head = _heading(above) if isinstance(above, PrescriptionRow) else f"<h3>{_text(str(above))}</h3>"
    parts = [head, *(f"<p>{_text(line)}</p>" for line in finding.texte.splitlines() if line.strip())]
    parts.append(f"<p><i>{_text(signed + drawn)}</i></p>")
    return "".join(parts + (_texts(above) if isinstance(above, PrescriptionRow) else []))


def _objective(node: Node) -> str:
    rows = [
        f"{_icon(child.etat)} <b>{_text(child.item.id)}</b> {_text(child.item.intitule)} : {_text(child.etat.label)}"
        for child in node.children
    ]
    return f"<h3>{_text(str(node.item))}</h3>{_list(rows)}"


def _prescription_of(results: Results, constat: ConstatRow) -> PrescriptionRow:
    return next(one for one in results.prescriptions if one.id == constat.prescription)


def _heading(prescription: PrescriptionRow) -> str:
    page = f"p. {prescription.page}" if prescription.page else ""
    facts = [prescription.nature, prescription.article, page]
    said = ", ".join(fact for fact in facts if fact and fact != prescription.id)
    link = f' <a href="{escape(prescription.url, quote=True)}">ouvrir le DOO</a>' if prescription.url else ""
    head = f"<h3>{_text(prescription.id)} · {_text(prescription.intitule)}</h3>"
    return head + (f"<p>{_text(said)}{link}</p>" if said or link else "")


def _state(etat: Etat, place: str) -> str:
    return f"<p>{_icon(etat)} <b>{_text(etat.label)}</b>{' · ' + _text(place) if place else ''}</p>"


def _objects(ecarts: Tuple[EcartRow, ...], current: Optional[EcartRow]) -> List[str]:
    if not ecarts:
        return []
    rows = []
    for place, ecart in enumerate(ecarts[:_LISTED]):
        said = _text(wording.conflict(ecart))
        chosen = current is not None and ecart.cle == current.cle
        link = f'<a href="{ECART}:{place}">{f"<b>{said}</b>" if chosen else said}</a>'
        rows.append(f"{link}{' (contribue)' if ecart.role == 'contribue' else ''}")
    if len(ecarts) > _LISTED:
        rows.append(f"et {plural(len(ecarts) - _LISTED, 'autre')}")
    return ["<h4>Objets en cause</h4>", _list(rows)]


def _texts(prescription: PrescriptionRow) -> List[str]:
    return [
        *_prose("Texte de la prescription", prescription.texte),
        *_prose("À savoir", prescription.a_savoir),
        *_lines("Questions", prescription.questions),
        *_lines("Pièces à lire", prescription.pieces),
        *_lines("Règle appliquée", prescription.lecture),
    ]


def _prose(heading: str, text: str) -> List[str]:
    """A text cut into lines for the width of its file: a new line only for a paragraph or an entry of a list."""
    said: List[str] = []
    opens = True
    for line in map(str.strip, text.splitlines()):
        if line and not opens and not line.startswith(_ENTRIES):
            said[-1] += f" {line}"
        elif line:
            said.append(line)
        opens = not line
    return [f"<h4>{heading}</h4>", *(f"<p>{_text(one)}</p>" for one in said)] if said else []


def _lines(heading: str, text: str) -> List[str]:
    lines = [line for line in text.splitlines() if line.strip()]
    if not lines:
        return []
    said = f"<p>{_text(lines[0])}</p>" if len(lines) == 1 else _list(_text(line) for line in lines)
    return [f"<h4>{heading}</h4>", said]


def _list(rows: Iterable[str]) -> str:
    return "<ul>" + "".join(f"<li>{row}</li>" for row in rows) + "</ul>"


def _icon(etat: Etat) -> str:
    return f'<img src="{LOOKS[etat].icon.as_uri()}" width="14" height="14">'


def _text(text: str) -> str:
    """The text of the dossier: no line of the sheet begins with a colon or ends with an opening quotation mark."""
    return escape(_GLUED.sub("\u00a0", wording.cut(text)))
