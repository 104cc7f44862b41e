"""The tables of the dossier, column for column. A contract: models, scripts and map styles rely on these names."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

TEXT, REAL, INTEGER = "text", "real", "integer"


@dataclass(frozen=True)
class Column:
    name: str
    type: str  # TEXT | REAL | INTEGER
    alias: str  # what the user reads above the column


@dataclass(frozen=True)
class Table:
    """`geometry` is "" for a table without any, else the OGC name of its type."""

    name: str
    libelle: str
    columns: tuple[Column, ...]
    geometry: str = ""

    @cached_property
    def names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)


def columns(*declared: tuple[str, str], real: str = "", integer: str = "") -> tuple[Column, ...]:
    """Columns from (name, alias); TEXT unless named in `real` or `integer`."""
    reals, integers = real.split(), integer.split()
    return tuple(
        Column(name, REAL if name in reals else INTEGER if name in integers else TEXT, alias)
        for name, alias in declared
    )


CONTROLE = Table(
    "controle",
    "Contrôle",
    columns(
        ("id", "Identifiant"),
        ("date", "Date (UTC)"),
        ("parametres", "Paramètres (JSON)"),
        ("version", "Version de l'extension"),
        ("qgis", "QGIS"),
        ("geos", "GEOS"),
        ("shapely", "Shapely"),
        ("regles", "Fichier de règles"),
        ("regles_sha256", "Empreinte des règles"),
        ("scot", "SCoT"),
        ("scot_etat", "État du SCoT"),
        ("plu", "PLU(i)"),
        ("plu_etat", "État du PLU(i)"),
        ("crs", "Projection"),
        ("duree_s", "Durée (s)"),
        real="duree_s",
    ),
)

SOURCES = Table(
    "sources",
    "Données lues",
    columns(
        ("couche", "Couche"),
        ("nom", "Nom"),
        ("chemin", "Chemin"),
        ("sha256", "Empreinte"),
        ("millesime", "Millésime"),
        ("precision", "Précision"),
        ("objets", "Objets"),
        ("crs", "Projection"),
        ("encodage", "Encodage"),
        ("repares", "Objets réparés"),
        ("ignores", "Objets ignorés"),
        ("limites", "Limites"),
        integer="objets repares ignores",
    ),
)

PRESCRIPTIONS = Table(
    "prescriptions",
    "Prescriptions",
    columns(
        ("id", "Prescription"),
        ("intitule", "Intitulé"),
        ("objectif", "Objectif du DOO"),
        ("pilier", "Pilier"),
        ("theme", "Thème"),
        ("nature", "Nature"),
        ("force", "Force"),
        ("article", "Article"),
        ("page", "Page"),
        ("url", "Lien"),
        ("base_legale", "Base légale"),
        ("texte", "Texte"),
        ("a_savoir", "À savoir"),
        ("questions", "Questions"),
        ("pieces", "Pièces à lire"),
        ("lecture", "Lecture de la règle"),
        ("etat", "État"),
        ("nb_constats", "Constats"),
        ("nb_ecarts", "Écarts"),
        ("nb_non_evalues", "Constats non évalués"),
        ("cause", "Cause"),
        integer="nb_constats nb_ecarts nb_non_evalues",
    ),
)

CONSTATS = Table(
    "constats",
    "Constats",
    columns(
        ("id", "Numéro"),
        ("cle", "Clé"),
        ("prescription", "Prescription"),
        ("volet", "Volet"),
        ("jalon", "Jalon"),
        ("controle", "Contrôle"),
        ("echelle", "Échelle"),
        ("territoire", "Territoire"),
        ("territoire_nom", "Nom du territoire"),
        ("mesure", "Mesure"),
        ("unite", "Unité"),
        ("seuil_min", "Seuil minimal"),
        ("seuil_max", "Seuil maximal"),
        ("ecart", "Écart"),
        ("ecart_relatif", "Écart relatif"),
        ("etat", "État"),
        ("message", "Constat"),
        ("nb_objets", "Objets mesurés"),
        ("limites", "Limites"),
        real="mesure seuil_min seuil_max ecart ecart_relatif",
        integer="id nb_objets",
    ),
)

_ECART = columns(
    ("cle", "Clé"),
    ("constat", "Constat n°"),
    ("prescription", "Prescription"),
    ("etat", "État"),
    ("objet", "Couche de l'objet"),
    ("objet_id", "Objet"),
    ("libelle", "Libellé"),
    ("typezone", "Type de zone"),
    ("insee", "Code INSEE"),
    ("surface_m2", "Surface en cause (m²)"),
    ("part_objet", "Part de l'objet (0 à 1)"),
    ("role", "Rôle"),
    ("mesure", "Mesure"),
    ("seuil", "Seuil"),
    ("unite", "Unité"),
    ("message", "Explication"),
    real="surface_m2 part_objet mesure seuil",
    integer="constat",
)
_LONGUEUR = Column("longueur_m", REAL, "Longueur en cause (m)")
_AFTER_SURFACE = [column.name for column in _ECART].index("surface_m2") + 1

ECARTS = Table("ecarts", "Écarts (surfaces)", _ECART, "MULTIPOLYGON")
ECARTS_LIGNES = Table(
    "ecarts_lignes",
    "Écarts (lignes)",
    _ECART[:_AFTER_SURFACE] + (_LONGUEUR,) + _ECART[_AFTER_SURFACE:],
    "MULTILINESTRING",
)
ECARTS_POINTS = Table("ecarts_points", "Écarts (points)", _ECART, "MULTIPOINT")

_REPERE = columns(
    ("constat", "Constat n°"),
    ("prescription", "Prescription"),
    ("nature", "Nature"),
    ("libelle", "Libellé"),
    ("mesure", "Mesure"),
    ("unite", "Unité"),
    real="mesure",
    integer="constat",
)
REPERES = Table("reperes", "Repères (surfaces)", _REPERE, "MULTIPOLYGON")
REPERES_LIGNES = Table("reperes_lignes", "Repères (lignes)", _REPERE, "MULTILINESTRING")

ZONES = Table(
    "zones",
    "Zonage du PLU(i)",
    columns(
        ("objet_id", "Objet"),
        ("libelle", "Libellé"),
        ("libelong", "Libellé long"),
        ("typezone", "Type de zone"),
        ("typezone_brut", "Type de zone, valeur d'origine"),
        ("insee", "Code INSEE"),
        ("nomfic", "Fichier du règlement"),
        ("urlfic", "Lien du règlement"),
    ),
    "MULTIPOLYGON",
)

CONSTATS_LIBRES = Table(
    "constats_libres",
    "Constats ajoutés à la main",
    columns(
        ("cle", "Clé"),
        ("prescription", "Prescription"),
        ("texte", "Constat"),
        ("auteur", "Auteur"),
        ("date", "Date"),
    ),
    "GEOMETRY",
)

EXCEPTIONS = Table(
    "exceptions",
    "Objets écartés par une exception",
    columns(
        ("prescription", "Prescription"),
        ("objet_id", "Objet"),
        ("libelle", "Libellé"),
        ("insee", "Code INSEE"),
        ("motif", "Motif"),
        ("reference", "Référence"),
    ),
)

APPRECIATIONS = Table(
    "appreciations",
    "Appréciations",
    columns(
        ("cle", "Clé de l'écart ou du constat"),
        ("decision", "Décision"),
        ("motif", "Motif"),
        ("suite", "Suite"),
        ("auteur", "Auteur"),
        ("date", "Date"),
        ("origine", "Origine"),
        ("etat", "État au moment de la décision"),
        ("mesure", "Mesure au moment de la décision"),
        ("unite", "Unité"),
        real="mesure",
    ),
)

#: in the order in which they are written; all of them are in every dossier, also when empty
TABLES = (
    CONTROLE,
    SOURCES,
    PRESCRIPTIONS,
    CONSTATS,
    ECARTS,
    ECARTS_LIGNES,
    ECARTS_POINTS,
    REPERES,
    REPERES_LIGNES,
    ZONES,
    CONSTATS_LIBRES,
    EXCEPTIONS,
    APPRECIATIONS,
)
#: those that the first dossiers lack: one is opened for years
LATER = (REPERES, REPERES_LIGNES)
#: the same of columns, by table
LATER_COLUMNS = {APPRECIATIONS.name: ("etat", "mesure", "unite")}
#: what a human wrote: carried into the new dossier, never overwritten
CARRIED = (CONSTATS_LIBRES, APPRECIATIONS)
#: écarts by dimension of their geometry
ECARTS_BY_DIMENSION = {2: ECARTS, 1: ECARTS_LIGNES, 0: ECARTS_POINTS}
#: drawings that help to read a constat, by dimension
REPERES_BY_DIMENSION = {2: REPERES, 1: REPERES_LIGNES}


def is_dossier(present: Iterable[str]) -> bool:
    """Whether a file that has these tables is a dossier, of this version or of a former one."""
    return {table.name for table in TABLES if table not in LATER} <= set(present)
