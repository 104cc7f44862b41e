"""A QGIS expression as text: its tokens, the fields that it reads, and what it may not do. No QGIS here.

A rule file comes from anybody: its expressions are computed with the functions listed here and no other. What reads
files, layers, the network, the environment or the project, what evaluates a text, what changes from one run to the
next, and what other extensions add, is not in the list. `gis.expression` asks again of QGIS's own reading of the text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Dict, Iterator, List, Optional, Tuple

from .words import nearest

_CONDITIONS = "if coalesce nullif try regexp_match"
_MATHS = """
abs acos asin atan atan2 ceil clamp cos degrees exp floor ln log log10 max min pi radians round scale_exp
scale_linear sin sqrt tan
"""
_CONVERSIONS = "to_date to_datetime to_int to_interval to_real to_string to_time"
_DATES = """
age datetime_from_epoch day day_of_week epoch hour make_date make_datetime make_interval make_time minute month second
week year
"""
_TEXTS = """
ascii char concat format format_date format_number left length lower ltrim regexp_replace regexp_substr replace right
rtrim strpos substr substr_count title trim unaccent upper wordwrap
hamming_distance levenshtein longest_common_substring soundex
"""
_ARRAYS = """
array array_all array_append array_cat array_contains array_count array_distinct array_filter array_find array_first
array_foreach array_get array_insert array_intersect array_last array_length array_majority array_max array_mean
array_median array_min array_minority array_prepend array_prioritize array_remove_all array_remove_at array_replace
array_reverse array_slice array_sort array_sum array_to_string geometries_to_array regexp_matches string_to_array
"""
_GEOMETRY = """
$area $geometry $length $perimeter $x $x_at $y $y_at
affine_transform angle_at_vertex area azimuth boundary bounds bounds_height bounds_width buffer centroid close_line
closest_point collect_geometries combine concave_hull contains convex_hull crosses difference disjoint distance
distance_to_vertex end_point extend exterior_ring flip_coordinates force_polygon_ccw force_polygon_cw force_rhr
geom_from_wkt geom_to_wkt geometry_n geometry_type hausdorff_distance inclination interior_ring_n intersection
intersects intersects_bbox is_closed is_empty is_empty_or_null is_multipart is_valid line_interpolate_angle
line_interpolate_point line_locate_point line_merge line_substring main_angle make_circle make_ellipse make_line
make_point make_polygon make_rectangle_3points make_regular_polygon make_square make_triangle make_valid
minimal_circle nodes_to_points num_geometries num_interior_rings num_points num_rings offset_curve oriented_bbox
overlaps perimeter point_n point_on_surface pole_of_inaccessibility project relate reverse rotate roundness
segments_to_lines shared_paths shortest_line simplify simplify_vw single_sided_buffer sinuosity smooth start_point
straight_distance_2d sym_difference touches translate union within x x_max x_min y y_max y_min
"""

FUNCTIONS = frozenset(" ".join([_CONDITIONS, _MATHS, _CONVERSIONS, _DATES, _TEXTS, _ARRAYS, _GEOMETRY]).split())
#: variable -> what it holds, in French
VARIABLES: Dict[str, str] = {
    "geometry": "la géométrie de l'objet, telle que la règle le retient",
    "element": "l'élément courant d'une liste",
    "index": "son rang",
    "counter": "son rang",
    "libelle": "le libellé",
    "typezone": "le type de zone normalisé (U, AUc, AUs, A, N)",
    "vocation": "la vocation normalisée",
    "stecal": "vrai en STECAL (zones Ah, Nh…)",
    "insee": "le code INSEE écrit dans le PLU",
    "typepsc": "le type de prescription ou d'information",
    "stypepsc": "son sous-type",
}
#: those that are codes of the object, normalised as `checks.plu` does
CODES = ("libelle", "typezone", "vocation", "stecal", "insee", "typepsc", "stypepsc")
_KEYWORDS = frozenset(
    ["and", "or", "not", "in", "is", "like", "ilike", "between"]
    + ["case", "when", "then", "else", "end", "null", "true", "false"]
)
_COMPARISONS = frozenset(("<", ">", "<=", ">=", "=", "!=", "<>"))
_OPENING, _CLOSING = {"(": ")", "[": "]"}, (")", "]")

# As QGIS reads (qgsexpressionlexer.ll): all that is not ASCII belongs to names.
_NAME = r"[A-Za-z_\x80-\U0010ffff][A-Za-z0-9_\x80-\U0010ffff]*"
_TOKEN = re.compile(
    rf"""
    (?P<space>[ \t\r\n]+)
    | (?P<comment>--|/\*)
    | (?P<text>'(?:''|\\[^\r\n]|[^'\\])*')
    | (?P<field>"(?:""|[^"])*")
    | (?P<variable>@{_NAME})
    | (?P<special>\${_NAME})
    | (?P<exponent>[eE](?:[+-]\d+|\d+(?![A-Za-z0-9_\x80-\U0010ffff])))
    | (?P<argument>{_NAME}[ \t\r\n]*:=)
    | (?P<name>{_NAME})
    | (?P<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)
    | (?P<sign>\|\||//|<=|>=|!=|<>|[-+*/^%=<>~(),\[\]])
    """,
    re.VERBOSE,
)
#: problems said of one expression: the rest follows from them, or from bad faith
_ENOUGH = 10
_OPEN = {"'": "apostrophe ouvrante", '"': "guillemet ouvrant"}


@dataclass(frozen=True)
class Token:
    kind: str  # text | field | variable | special | exponent | argument | name | keyword | number | sign
    text: str
    start: int

    @property
    def word(self) -> str:
        """As names are compared: case set aside."""
        return self.text.lower()


@dataclass
class Reading:
    """What an expression holds. `problems`: (French message, position in the text)."""

    champs: List[str] = field(default_factory=list)
    variables: List[str] = field(default_factory=list)
    nombres: List[str] = field(default_factory=list)  # fields compared with a number
    problems: List[Tuple[str, int]] = field(default_factory=list)


def read(text: str) -> Reading:
    """The fields and variables of an expression, and all that makes it refused."""
    reading = Reading()
    tokens = list(_tokens(text, reading))
    _check_brackets(tokens, reading)
    for place, token in enumerate(tokens):
        if len(reading.problems) >= _ENOUGH:
            break
        called = place + 1 < len(tokens) and tokens[place + 1].text == "("
        if token.kind == "special" or (called and token.kind in ("name", "field", "variable")):
            _check_function(token, reading)
        elif token.kind == "variable":
            _check_variable(token, reading)
        elif token.kind in ("name", "field"):
            _add(reading.champs, _field_name(token))
    for champ in _compared_with_numbers(tokens):
        _add(reading.nombres, champ)
    reading.problems.sort(key=lambda problem: problem[1])
    return reading


def _tokens(text: str, reading: Reading) -> Iterator[Token]:
    """The tokens down to the first character that cannot be read, which is a problem."""
    place = 0
    while place < len(text):
        found = _TOKEN.match(text, place)
        kind = found.lastgroup if found is not None else None
        if found is None or kind is None or kind == "comment":
            reading.problems.append((_unreadable(text[place], kind), place))
            return
        if kind == "exponent":  # QGIS takes E5 for a number, which is 0
            message = f"« {found[0]} » se lit comme un nombre : écrire le nom du champ entre guillemets"
            reading.problems.append((message, place))
        if kind == "name" and found[0].lower() in _KEYWORDS:
            kind = "keyword"
        if kind != "space":
            yield Token(kind, found[0], place)
        place = found.end()


def _unreadable(character: str, kind: Optional[str]) -> str:
    if kind == "comment":
        return "pas de commentaire dans une expression : l'écrire après # dans le fichier de règles"
    if character in _OPEN:
        return f"{_OPEN[character]} jamais refermé{'e' if character == chr(39) else ''}"
    return f"caractère « {character} » inattendu dans une expression"


def _check_brackets(tokens: List[Token], reading: Reading) -> None:
    opened: List[Token] = []
    for token in tokens:
        if token.text in _OPENING:
            opened.append(token)
        elif token.text in _CLOSING:
            if not opened or _OPENING[opened[-1].text] != token.text:
                reading.problems.append((f"« {token.text} » de trop", token.start))
                return
            opened.pop()
    if opened and not reading.problems:
        reading.problems.append((f"« {opened[-1].text} » jamais refermé", opened[-1].start))


def _check_function(token: Token, reading: Reading) -> None:
    """A name before a bracket is a call, quoted or not: QGIS could not read the quoted one, which is no reason."""
    name = token.word.strip('"')
    if name not in FUNCTIONS:
        near = nearest(name, FUNCTIONS)
        hint = f" : vouliez-vous « {near} » ?" if near else ""
        reading.problems.append((f"fonction « {name} » inconnue, ou non admise dans une règle{hint}", token.start))
    elif token.kind == "field":
        reading.problems.append((f"« {name} » est une fonction : l'écrire sans guillemets", token.start))


def _check_variable(token: Token, reading: Reading) -> None:
    name = token.text[1:]  # their case counts, unlike that of functions
    if name in VARIABLES:
        _add(reading.variables, name)
        return
    near = nearest(name, VARIABLES)
    hint = f" : vouliez-vous « @{near} » ?" if near else f" (admises : {', '.join(f'@{one}' for one in VARIABLES)})"
    reading.problems.append((f"variable « @{name} » non admise{hint}", token.start))


def _field_name(token: Token) -> str:
    return token.text[1:-1].replace('""', '"') if token.kind == "field" else token.text


def _compared_with_numbers(tokens: List[Token]) -> Iterator[str]:
    """`"HAUTEUR" <= 9`, `9 >= HAUTEUR`: QGIS would compare a text such as `12,5` letter by letter."""
    for place, token in enumerate(tokens):
        if token.text not in _COMPARISONS or place == 0:
            continue
        left, right = tokens[place - 1], tokens[place + 1 : place + 3]
        if right and right[0].text in ("-", "+"):
            right = right[1:]
        if not right:
            continue
        for one, other in ((left, right[0]), (right[0], left)):
            if one.kind in ("name", "field") and other.kind == "number":
                yield _field_name(one)


def _add(names: List[str], name: str) -> None:
    if name not in names:
        names.append(name)
