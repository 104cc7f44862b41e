"""A selection in French: `les zones AUc d'habitat ou mixtes`."""

from __future__ import annotations

from typing import TYPE_CHECKING, List, Sequence

from ..codes import destinations
from ..model import Selecteur, Selection
from ..units import format_number
from ..words import enumerate_words

if TYPE_CHECKING:
    from .sentences import Say

_VOCATIONS = {
    "habitat": "d'habitat",
    "mixte": "mixtes",
    "activite": "d'activité",
    "commerce": "de commerce",
    "tourisme_loisirs": "de tourisme ou de loisirs",
    "equipement": "d'équipement",
    "transport": "de transport",
    "agricole": "agricoles",
    "naturel": "naturelles",
    "carriere_energie": "de carrière ou d'énergie",
    "autre": "d'une autre vocation",
    "non_defini": "de vocation non définie",
}


def say_selection(selection: Selection, say: "Say", liaison: str = "et") -> str:
    return enumerate_words([_selector(selecteur, say) for selecteur in selection], liaison)


def _selector(selecteur: Selecteur, say: "Say") -> str:
    words = [_head(selecteur, say)]
    if selecteur.vocation:
        words.append(enumerate_words([_VOCATIONS.get(v, f"de vocation « {v} »") for v in selecteur.vocation], "ou"))
    if selecteur.stecal is not None:
        words.append("en STECAL" if selecteur.stecal else "hors STECAL")
    words += _codes_and_sizes(selecteur)
    clauses = _clauses(selecteur)
    if clauses:
        words.append(enumerate_words(clauses))
    words += _places(selecteur, say)
    return " ".join(words)


def _head(selecteur: Selecteur, say: "Say") -> str:
    if selecteur.source == "couche" and selecteur.couche is not None:
        return f"les objets de {say.couches([selecteur.couche])}"
    head = {
        "zones": "les zones",
        "prescriptions_plu": "les prescriptions du PLU",
        "informations_plu": "les informations du PLU",
    }[selecteur.source]
    return f"{head} {enumerate_words(selecteur.typezone)}" if selecteur.typezone else head


def _codes_and_sizes(selecteur: Selecteur) -> List[str]:
    words, kinds = [], []
    if selecteur.typepsc:
        kinds.append(f"de type {enumerate_words(selecteur.typepsc, 'ou')}")
    if selecteur.stypepsc:
        kinds.append(f"de sous-type {enumerate_words(selecteur.stypepsc, 'ou')}")
    words += [enumerate_words(kinds)] if kinds else []
    sizes = [("d'au moins", selecteur.surface_min), ("d'au plus", selecteur.surface_max)]
    pieces = [f"{word} {_area(value)}" for word, value in sizes if value is not None]
    return words + ([enumerate_words(pieces)] if pieces else [])


def _clauses(selecteur: Selecteur) -> List[str]:
    clauses = []
    if selecteur.libelle:
        clauses.append(f"dont le libellé est de la forme {_quoted(selecteur.libelle)}")
    if selecteur.sauf_libelle:
        clauses.append(f"dont le libellé n'est pas de la forme {_quoted(selecteur.sauf_libelle)}")
    names = destinations()
    for verb, slugs in (
        ("admettent", selecteur.admet),
        ("admettent sans condition", selecteur.admet_sans_condition),
        ("interdisent", selecteur.interdit),
    ):
        if slugs:
            clauses.append(f"qui {verb} {_quoted([names.get(slug, slug) for slug in slugs])}")
    for field, values in selecteur.champs.items():
        clauses.append(f"dont le champ {field} vaut {_quoted(values)}")
    return clauses


def _places(selecteur: Selecteur, say: "Say") -> List[str]:
    feminine = "e" if selecteur.source != "couche" else ""
    words = []
    if selecteur.dans:
        words.append(f"situé{feminine}s dans {say.couches(selecteur.dans, liaison='ou')}")
    if selecteur.hors:
        words.append(f"hors {say.couches(selecteur.hors, 'de', 'ou')}")
    if selecteur.a_moins_de is not None:
        near = selecteur.a_moins_de
        words.append(f"à moins de {say.distance(near.distance)} {say.couches([near.couche], 'de')}")
    if selecteur.entierement:
        words.append("(objets pris entiers)")
    return words


def _quoted(values: Sequence[str]) -> str:
    return enumerate_words([f"« {value} »" for value in values], "ou")


def _area(m2: float) -> str:
    return f"{format_number(m2 / 1e4)}\u00a0ha" if m2 >= 1e4 else f"{format_number(m2)}\u00a0m²"
