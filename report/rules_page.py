"""The check of a rule file as a page: its errors, or each prescription as the sentence that it means."""

from __future__ import annotations

from html import escape
from itertools import groupby
from typing import Optional, Sequence

from ..rules.errors import RuleError
from ..rules.model import RuleSet

STYLE = """
body { font-family: sans-serif; max-width: 60em; margin: 2em auto; line-height: 1.45; color: #222; }
h2 { margin-top: 1.6em; border-bottom: 1px solid #bbb; }
dt { font-weight: bold; margin-top: .8em; } dd { margin: .2em 0 .2em 1.2em; }
.reference { color: #666; font-weight: normal; } .erreur { color: #b00020; }
table { border-collapse: collapse; } td, th { border: 1px solid #bbb; padding: .3em .6em; text-align: left; }
"""


def rules_page(name: str, rules: Optional[RuleSet], errors: Sequence[RuleError], warnings: Sequence[RuleError]) -> str:
    """HTML of the check of the file `name`; `rules` is None when it is not valid."""
    parts = [f"<h1>{escape(name)}</h1>", f"<p>{_verdict(rules, errors)}</p>"]
    parts += _remarks("Erreurs", errors, "erreur") + _remarks("Avertissements", warnings, "")
    if rules is not None:
        parts += _read_aloud(rules)
    body = "\n".join(parts)
    return (
        f'<!DOCTYPE html>\n<html lang="fr"><head><meta charset="utf-8"><title>{escape(name)}</title>'
        f"<style>{STYLE}</style></head>\n<body>\n{body}\n</body></html>\n"
    )


def _verdict(rules: Optional[RuleSet], errors: Sequence[RuleError]) -> str:
    if rules is None:
        count = f"{len(errors)} erreur{'s' if len(errors) > 1 else ''}"
        return f"Le fichier comporte {count} : rien n'est contrôlé avec lui."
    count = len(rules.prescriptions)
    return f"Fichier valide : {escape(rules.scot.nom)}, {count} prescription{'s' if count > 1 else ''}."


def _remarks(title: str, remarks: Sequence[RuleError], css: str) -> "list[str]":
    if not remarks:
        return []
    rows = [
        f"<tr><td>{escape(remark.file)}</td><td>{remark.line or ''}</td><td>{remark.column or ''}</td>"
        f'<td><code>{escape(remark.path)}</code></td><td class="{css}">{escape(remark.message)}</td></tr>'
        for remark in remarks
    ]
    head = "<tr><th>Fichier</th><th>Ligne</th><th>Colonne</th><th>Clé</th><th>Remarque</th></tr>"
    return [f"<h2>{title}</h2>", f"<table>{head}{''.join(rows)}</table>"]


def _read_aloud(rules: RuleSet) -> "list[str]":
    parts = []
    for objectif, group in groupby(rules.prescriptions, key=lambda prescription: prescription.objectif):
        parts.append(f"<h2>{escape(objectif)}</h2><dl>")
        for prescription in group:
            page = f", p. {prescription.page}" if prescription.page else ""
            reference = escape(f"({prescription.nature}{page})")
            parts.append(
                f"<dt>{escape(prescription.id)} {escape(prescription.intitule)} "
                f'<span class="reference">{reference}</span></dt>'
            )
            parts += [f"<dd>{escape(sentence)}</dd>" for sentence in prescription.lecture]
        parts.append("</dl>")
    return parts
