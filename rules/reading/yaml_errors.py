"""Syntax errors of YAML, said in French with their usual cause."""

from __future__ import annotations

from typing import List

import yaml

from ..errors import RuleError

COLON = "deux-points (« : ») au milieu d'un texte : mettre ce texte entre guillemets"
QUESTION = "point d'interrogation entre crochets ou accolades : mettre le texte entre guillemets"
STAR = 'un motif qui commence par * se met entre guillemets : "*AU" (les alias de YAML ne sont pas acceptés)'
ANCHOR = "les ancres de YAML (&nom) ne sont pas acceptées ; un texte qui commence par & se met entre guillemets"
TAG = "les étiquettes de YAML (!nom) ne sont pas acceptées ; un texte qui commence par ! se met entre guillemets"
INDENT = (
    "alignement ou guillemets : la ligne ne s'aligne pas avec les clés voisines, "
    "ou un texte continue après son guillemet fermant (doubler l'apostrophe dans '…', ou employer \"…\")"
)


def french(error: yaml.MarkedYAMLError, lines: List[str], file: str) -> RuleError:
    """The error with its line, its column, its cause and its remedy."""
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line, mark.column) if mark else (0, 0)
    message = _message(error, lines, line, column)
    context = error.context_mark
    if context and (error.context or "").endswith(("flow mapping", "flow sequence", "quoted scalar", "block scalar")):
        unclosed = "stream end" in (error.problem or "") or "end of stream" in (error.problem or "")
        if unclosed or context.line != line:
            line, column = (context.line, context.column) if unclosed else (line, column)
    return RuleError(message, file, line + 1, column + 1)


def _message(error: yaml.MarkedYAMLError, lines: List[str], line: int, column: int) -> str:
    context, problem = error.context or "", error.problem or ""
    text = lines[line] if line < len(lines) else ""
    if "alias" in context:
        return STAR
    if "anchor" in context:
        return ANCHOR
    if "tag" in context or "tag handle" in problem:
        return TAG
    if "flow" in context:
        return _in_brackets(context, problem)
    if problem.startswith("mapping values"):
        return COLON if ":" in text[:column].strip(" -") else INDENT
    if problem.startswith("mapping keys"):
        return "« ? » au début d'une valeur : mettre le texte entre guillemets"
    if "sequence entries" in problem:
        return "tiret mal placé : chaque « - » d'une liste se met à la ligne"
    if "quoted" in context and "end of stream" in problem:
        return "guillemet ou apostrophe ouvrant jamais refermé"
    if "escape" in problem or "expected escape" in problem:
        return "barre oblique inverse dans un texte entre \"…\" : employer des apostrophes '…' ou la doubler"
    if "could not find expected ':'" in problem:
        return "« clé: valeur » attendu : il manque les deux-points, ou l'espace qui les suit"
    if "cannot start any token" in problem:
        return f"un texte ne peut pas commencer par « {text[column : column + 1]} » : le mettre entre guillemets"
    if "block scalar" in context:
        return "texte sur plusieurs lignes : rien ne suit « | » ou « > » sur la ligne, le texte est en dessous, décalé"
    if "document start" in problem or "YAML document" in problem or "directive" in context + problem:
        return "un fichier de règles tient en un seul document YAML, sans directive"
    if "block end" in problem:
        return "crochet ou accolade fermant de trop" if text[column : column + 1] in ("]", "}") else INDENT
    return f"YAML illisible ici ({problem or context})"


def _in_brackets(context: str, problem: str) -> str:
    pair = "accolade { }" if "mapping" in context else "crochet [ ]"
    if "stream end" in problem or "document" in problem:
        return f"{pair} jamais refermé{'e' if 'mapping' in context else ''}"
    if "got ':'" in problem:
        return COLON
    if "'?'" in problem:
        return QUESTION
    if "found ','" in problem:
        return "virgule en trop, ou valeur manquante entre deux virgules"
    return f"{pair} : une virgule manque, ou un texte est à mettre entre guillemets"
