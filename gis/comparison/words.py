"""A comparison in French: what differs in one departure, and the summary of them all."""

from __future__ import annotations

from html import escape
from typing import Iterator, List, Optional, Tuple

from ...checks.wording import amount, apart, plural
from ...rules.model import UNITS
from .appraisals import Plan, ToReview, dated
from .changes import Change, Comparison
from .side import Item
from .statuts import Lien, Statut

_ROLES = {"en_cause": "en cause", "contribue": "contribue"}


def differences(change: Change) -> str:
    """`Objet redessiné ; surface en cause : 10 000 m² → 7 000 m²`, why it is not comparable, "" when all is alike."""
    return " ; ".join(_differences(change))


def _differences(change: Change) -> Iterator[str]:
    if change.cause:
        yield change.cause.rstrip(".")
    before, after = change.before, change.after
    if before is None or after is None:
        return
    if change.lien is not Lien.MEME:
        yield change.lien.label
    if before.libelle != after.libelle:
        yield f"renommé : {before.libelle or 'sans libellé'} → {after.libelle or 'sans libellé'}"
    if before.etat is not after.etat:
        yield f"état : {before.etat.label} → {after.etat.label}"
    for name, one, other in _figures(before, after):
        if one != other:
            yield f"{name} : {one} → {other}"


def _figures(before: Item, after: Item) -> Iterator[Tuple[str, str, str]]:
    if not before.ecarts or not after.ecarts:
        one, other = before.constat, after.constat
        yield "mesure", *_both((one.mesure, one.unite), (other.mesure, other.unite))
        yield "seuil minimal", *_both((one.seuil_min, one.unite), (other.seuil_min, other.unite), "aucun")
        yield "seuil maximal", *_both((one.seuil_max, one.unite), (other.seuil_max, other.unite), "aucun")
        return
    first, second = before.ecarts[0], after.ecarts[0]
    if not (_is_its_size(before) and _is_its_size(after)):
        yield "mesure", *_both((first.mesure, first.unite), (second.mesure, second.unite))
    yield "seuil", *_both((first.seuil, first.unite), (second.seuil, second.unite), "aucun")
    yield "surface en cause", *_both((before.surface, "m2"), (after.surface, "m2"))
    yield "longueur en cause", *_both((before.longueur, "m"), (after.longueur, "m"))
    yield "points en cause", str(before.points), str(after.points)
    yield "rôle", _ROLES.get(first.role, first.role), _ROLES.get(second.role, second.role)


def _is_its_size(item: Item) -> bool:
    """Whether what is measured on the object is what is in conflict, told anyway."""
    return item.ecarts[0].unite in ("m2", "m") and item.ecarts[0].mesure in (item.surface, item.longueur)


def _both(one: Tuple[Optional[float], str], other: Tuple[Optional[float], str], nothing: str = "aucune") -> List[str]:
    """Two figures that read as different when they are."""
    return [_figure(*one, other[0]) or nothing, _figure(*other, one[0]) or nothing]


def _figure(value: Optional[float], unit: str, against: Optional[float]) -> str:
    if value is None:
        return ""
    return amount(value, unit, against) if unit in UNITS else f"{apart(value, against)} {unit}"


def lines(comparison: Comparison, plan: Plan) -> List[Tuple[str, List[str]]]:
    """The summary: (title, lines), in the order in which one reads them."""
    sides = (("Avant", comparison.before), ("Après", comparison.after))
    head = [f"{when} : {side.name} ({dated(side.results.controle)})" for when, side in sides]
    counts = [f"{statut.several} : {comparison.count(statut)}" for statut in Statut]
    blind = [f"{named(change)} : {change.cause}" for change in comparison.departures if change.cause]
    review = [reviewed(row) for row in plan.review]
    return [
        ("Comparaison de deux contrôles", head),
        ("Ce qui rend la comparaison incertaine", list(comparison.doubts)),
        ("Écarts", counts),
        ("Non comparables", blind[:_LISTED] + _more(blind)),
        ("Appréciations", [f"À reprendre : {to_carry(plan)}", f"À revoir : {len(plan.review)}"]),
        ("À revoir", review[:_LISTED] + _more(review)),
    ]


def to_carry(plan: Plan) -> str:
    """`2 appréciations et 1 constat ajouté à la main`."""
    added = plural(len(plan.free), "constat ajouté", "constats ajoutés")
    return f"{plural(len(plan.carried), 'appréciation')} et {added} à la main"


#: rows written one by one in the summary; the table has them all
_LISTED = 50


def _more(rows: List[str]) -> List[str]:
    return [f"… et {len(rows) - _LISTED} de plus, dans la table."] if len(rows) > _LISTED else []


def reviewed(row: ToReview) -> str:
    what = named(row.change) if row.change is not None else "sujet inconnu"
    motif = row.appraisal.motif.rstrip(".")
    return f"{what} : {row.appraisal.decision.label.lower()}{f' ({motif})' if motif else ''}. {row.why}"


def named(change: Change) -> str:
    """`P31 · Lens · AU1 → AU1a`."""
    constat, before, after = change.item.constat, change.before, change.after
    labels = [item.libelle for item in (before, after) if item is not None and item.ecarts]
    territory = "" if constat.territoire in ("plu", "scot") else constat.territoire_nom or constat.territoire
    objet = " → ".join(dict.fromkeys(label or "sans libellé" for label in labels))
    return " · ".join(part for part in (constat.prescription, constat.volet, constat.jalon, territory, objet) if part)


def html(comparison: Comparison, plan: Plan) -> str:
    parts = []
    for title, rows in lines(comparison, plan):
        if rows:
            items = "".join(f"<li>{escape(row)}</li>" for row in rows)
            parts.append(f"<h4>{escape(title)}</h4><ul>{items}</ul>")
    return "".join(parts)
