"""What a rule file says, typed: frozen dataclasses, filled by `loader`, read by `checks`.

Field names are the keywords of the language (`docs/regles.md`), so that one word means one thing
from the DOO to the code. Areas are in m2 and lengths in m unless a `Quantity` carries its unit.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from typing import Any, Mapping, Optional, Tuple, Union

# -- quantities -----------------------------------------------------------------------------------

#: unit -> (dimension, factor to the base unit of the dimension, French wording)
UNITS: Mapping[str, Tuple[str, float, str]] = {
    "m2": ("surface", 1.0, "m²"),
    "ha": ("surface", 1e4, "ha"),
    "km2": ("surface", 1e6, "km²"),
    "m": ("longueur", 1.0, "m"),
    "km": ("longueur", 1e3, "km"),
    "logt/ha": ("densite", 1.0, "logements par hectare"),
    "m2/logt": ("surface_par_logement", 1.0, "m² par logement"),
    "logt": ("logements", 1.0, "logements"),
    "logt/an": ("logements_par_an", 1.0, "logements par an"),
    "logt/an/1000hab": ("logements_par_an_pour_1000_hab", 1.0, "logements par an pour 1 000 habitants"),
    "hab": ("population", 1.0, "habitants"),
    "%": ("part", 1.0, "%"),
    "points": ("points", 1.0, "points"),
    "%/an": ("part_par_an", 1.0, "% par an"),
    "ha/an": ("surface_par_an", 1.0, "ha par an"),
    "% de la situation passée": ("part_du_passe", 1.0, "% de la situation passée"),
    "": ("nombre", 1.0, ""),
}
#: unit of a threshold that is relative to `situation_passee`: "-25 %…" is read as 75
PASSEE = "% de la situation passée"
#: unit of a yearly figure -> unit of what it makes over some years
TOTALS: Mapping[str, str] = {"ha/an": "ha", "logt/an": "logt", "logt/an/1000hab": "logt"}
#: unit of a total -> its yearly twin
YEARLY: Mapping[str, str] = {"ha": "ha/an", "logt": "logt/an"}


@dataclass(frozen=True)
class Quantity:
    """A number and its unit, as written in the DOO (`35 logt/ha`, `12,5 m`, `2/3` = 66,67 %)."""

    value: float
    unit: str

    @property
    def dimension(self) -> str:
        return UNITS[self.unit][0]

    def to(self, unit: str) -> float:
        """The value in `unit`, of the same dimension. Raises ValueError on another dimension."""
        if UNITS[unit][0] != self.dimension:
            raise ValueError(f"{self.unit} ne se convertit pas en {unit}")
        return self.value * UNITS[self.unit][1] / UNITS[unit][1]


@dataclass(frozen=True)
class ReadInField:
    """A figure read object by object in a field of its layer (`{champ: LARGEUR, unite: m}`)."""

    champ: str
    unite: str = "m"


Longueur = Union[Quantity, ReadInField]


@dataclass(frozen=True)
class ACompleter:
    """The DOO has a figure, not entered yet: the control is `non_evalue`."""


LongueurDue = Union[Quantity, ReadInField, ACompleter]  # one that the DOO asks for


# -- references to data ---------------------------------------------------------------------------


@dataclass(frozen=True)
class RefCouche:
    """A declared layer, or some of its objects (`{couche: zacom, ou: {NIVEAU: [1]}}`)."""

    nom: str
    ou: Mapping[str, Tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class ADistance:
    """What lies within a straight-line distance of a layer (`{couche: gares, distance: 500 m}`)."""

    couche: RefCouche
    distance: LongueurDue


@dataclass(frozen=True)
class RefTable:
    """A figure of a declared table (`{table: programme, champ: LOGEMENTS}`)."""

    table: str
    champ: str
    unite: Optional[str] = None


@dataclass(frozen=True)
class Couche:
    """A layer the rules need besides the PLU. `source` is relative to the rule file."""

    nom: str
    libelle: str
    geometrie: str  # surface | ligne | point
    source: Optional[str] = None
    fourni_par: str = "scot"  # scot | plu
    tampon: Optional[Longueur] = None  # half-width, flat caps
    precision: Optional[Longueur] = None  # a full width; "1:25000" is read as 12.5 m
    precision_lue: str = ""  # as written, for the dossier
    filtre: Mapping[str, Tuple[str, ...]] = field(default_factory=dict)
    millesime: str = ""
    vide_admis: bool = False


@dataclass(frozen=True)
class Table:
    """A table of figures: `cle` is its column, `jointure` the PLU's (none when `cle` is INSEE)."""

    nom: str
    libelle: str
    source: Optional[str] = None
    fourni_par: str = "scot"
    cle: str = ""
    jointure: Optional[str] = None
    millesime: str = ""


# -- territory ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Classe:
    nom: str
    libelle: str
    communes: Tuple[str, ...] = ()
    defaut: bool = False
    tranche: Optional["Tranche"] = None  # of a number, instead of communes


@dataclass(frozen=True)
class Tranche:
    """Numbers from `debut`, included, to `fin`, excluded; without `fin`, all those above."""

    debut: float
    fin: Optional[float] = None

    def holds(self, number: float) -> bool:
        return self.debut <= number and (self.fin is None or number < self.fin)


@dataclass(frozen=True)
class Classement:
    """Communes in classes: listed (`classes`), or read in a field of a layer or a table (`lu_dans`).

    Read, its classes are the values of the field; those that have a `tranche` are ranges of the number it holds.
    """

    nom: str
    libelle: str
    date: str = ""
    classes: Tuple[Classe, ...] = ()
    lu_dans: Union[RefTable, "RefChamp", None] = None


@dataclass(frozen=True)
class RefChamp:
    """A field of a declared layer (`{couche: communes, champ: EPCI}`)."""

    couche: str
    champ: str


@dataclass(frozen=True)
class Territoires:
    """Where the communes are (`couche` None: no communes layer) and how the DOO groups them."""

    couche: Optional[str] = None
    code: str = "INSEE"
    nom: str = "NOM"
    classements: Mapping[str, Classement] = field(default_factory=dict)


# -- selecting ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Selecteur:
    """Criteria joined by AND, the values of one criterion by OR. `()` and None: no criterion."""

    source: str  # zones | prescriptions_plu | informations_plu | couche
    nom: str = ""
    couche: Optional[RefCouche] = None  # for source == "couche"
    typezone: Tuple[str, ...] = ()
    stecal: Optional[bool] = None
    libelle: Tuple[str, ...] = ()
    sauf_libelle: Tuple[str, ...] = ()
    vocation: Tuple[str, ...] = ()
    admet: Tuple[str, ...] = ()  # slugs of destinations.csv
    admet_sans_condition: Tuple[str, ...] = ()
    interdit: Tuple[str, ...] = ()
    typepsc: Tuple[str, ...] = ()  # also TYPEINF for informations_plu
    stypepsc: Tuple[str, ...] = ()
    surface_min: Optional[float] = None  # m2
    surface_max: Optional[float] = None
    dans: Tuple[RefCouche, ...] = ()
    hors: Tuple[RefCouche, ...] = ()
    a_moins_de: Optional[ADistance] = None
    entierement: bool = False
    champs: Mapping[str, Tuple[str, ...]] = field(default_factory=dict)


Selection = Tuple[Selecteur, ...]  # a union: the ground counts once, dwellings are added


@dataclass(frozen=True)
class ChaqueCommune:
    """`pour_chaque: commune`: each commune that the PLU covers."""


PourChaque = Union[Selection, ChaqueCommune]


# -- thresholds -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class SelonClassement:
    """One value per class; None is `aucun` (the class is not concerned)."""

    classement: str
    valeurs: Mapping[str, Optional[Quantity]]
    defaut: Optional[Quantity] = None
    a_un_defaut: bool = False


@dataclass(frozen=True)
class SelonCommune:
    """One value per INSEE code; None is `aucun`."""

    valeurs: Mapping[str, Optional[Quantity]]
    defaut: Optional[Quantity] = None
    a_un_defaut: bool = False


@dataclass(frozen=True)
class SelonChamp:
    """One value per value of a field, of the object itself or of the site of `couche` that holds most of it.

    With `unite`, the field holds the threshold itself and there are no lines. None is `aucun`.
    """

    champ: str
    valeurs: Mapping[str, Optional[Quantity]]
    couche: Optional[RefCouche] = None
    unite: Optional[str] = None
    defaut: Optional[Quantity] = None
    a_un_defaut: bool = False


Seuil = Union[Quantity, SelonClassement, SelonCommune, SelonChamp, RefTable, ACompleter]


@dataclass(frozen=True)
class Prorata:
    """Share of the PLU: sum of `champ` over its communes / sum over the table's territory."""

    table: str
    champ: str


PartDuPlu = Union[Quantity, Prorata]  # Quantity: a share (%) or an amount in the unit of the threshold


# -- quantities in time -----------------------------------------------------------------------------

Periode = Tuple[int, int]  # first and last year: (2024, 2035) is 11 years
Chiffre = Union[Quantity, RefTable]  # a figure as written, or read in a table (with its `unite`)


@dataclass(frozen=True)
class SituationPassee:
    """What was measured before. A total (`ha`, `logt`) over a `periode` stands for its yearly mean."""

    chiffre: Chiffre
    periode: Optional[Periode] = None

    @property
    def unite(self) -> str:
        """The unit that it is compared in: `ha/an` for hectares over a period."""
        written = self.chiffre.unit if isinstance(self.chiffre, Quantity) else str(self.chiffre.unite)
        base = next((unit for unit in YEARLY if UNITS[unit][0] == UNITS[written][0]), written)
        return YEARLY[base] if self.periode is not None and base in YEARLY else base


@dataclass(frozen=True)
class Population:
    """Inhabitants at one date; `source` says where a figure entered by hand comes from."""

    chiffre: Chiffre
    source: str = ""


@dataclass(frozen=True)
class Jalon:
    """A milestone, cumulative from the start of the period; `objets` is () when they are those of the control."""

    jusqu_a: int
    minimum: Optional[Seuil] = None
    maximum: Optional[Seuil] = None
    objets: Selection = ()


# -- sources of dwellings (densite, part, production_logements) ------------------------------------


@dataclass(frozen=True)
class Logements:
    """Where dwellings are read: a table, a field of a layer summed inside the object, a count of
    the objects of a layer, or a field of the PLU object itself."""

    mode: str  # table | couche | comptage | champ
    nom: str = ""  # table or layer
    champ: str = ""


# -- expressions ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Expression:
    """A QGIS expression, evaluated by QGIS alone, and where it was written."""

    texte: str
    ligne: int = 0
    champs: Tuple[str, ...] = ()  # fields that it reads
    variables: Tuple[str, ...] = ()  # variables that it reads, without their @
    nombres: Tuple[str, ...] = ()  # fields that it compares with a number
    fichier: str = ""
    colonne: int = 0

    @property
    def courte(self) -> str:
        """On one line, for a sentence."""
        return " ".join(self.texte.split())


@dataclass(frozen=True)
class Terme:
    """One side of a `part`: objects and what is measured of them; `logements` when it has its own."""

    objets: Selection
    mesure: str  # surface | logements | nombre
    logements: Optional[Logements] = None


# -- prescriptions --------------------------------------------------------------------------------


@dataclass(frozen=True)
class Sauf:
    """Objects spared, always with a reason. Empty criteria do not restrict."""

    motif: str
    reference: str = ""
    communes: Tuple[str, ...] = ()
    selection: Selection = ()
    couches: Tuple[RefCouche, ...] = ()
    jusqu_au: str = ""  # ISO date; void when before the date of the run

    def holds(self, date: datetime.date) -> bool:
        """Whether the exception has not expired at that date."""
        return not self.jusqu_au or self.jusqu_au >= date.isoformat()

    @property
    def spares_communes(self) -> bool:
        """Whether it spares communes whole, whatever they draw."""
        return bool(self.communes) and not self.selection and not self.couches


@dataclass(frozen=True)
class Portee:
    """`s_applique_a`: the communes or classes that a prescription bears on."""

    communes: Tuple[str, ...] = ()
    classement: Optional[str] = None
    classes: Tuple[str, ...] = ()


@dataclass(frozen=True)
class Si:
    """An outside condition, whose state a person writes by hand; "" where nobody has yet."""

    condition: str
    etat: str = ""  # vraie | fausse | ""
    source: str = ""
    date: str = ""  # ISO date of what the source says


@dataclass(frozen=True)
class Controle:
    """One control: `genre` is the kind (key in YAML, file in `checks/kinds`), `parametres` its typed values."""

    genre: str
    parametres: Mapping[str, Any]
    volet: str = ""
    ligne: int = 0


@dataclass(frozen=True)
class Prescription:
    id: str
    intitule: str
    objectif: str
    nature: str  # norme | objectif | orientation | recommandation
    controles: Tuple[Controle, ...]
    pilier: str = "transversal"
    theme: str = ""
    force: str = ""  # "" | vise
    article: str = ""
    page: str = ""
    base_legale: Tuple[str, ...] = ()
    texte: str = ""
    a_savoir: str = ""
    s_applique_a: Optional[Portee] = None
    sauf: Tuple[Sauf, ...] = ()
    si: Optional[Si] = None
    periode: Optional[Periode] = None
    ligne: int = 0
    lecture: Tuple[str, ...] = ()  # the sentences read aloud, one per control

    def sparing_communes(self, date: datetime.date) -> Tuple[Sauf, ...]:
        """The exceptions that spare communes whole at that date: their figures do not count."""
        return tuple(sauf for sauf in self.sauf if sauf.spares_communes and sauf.holds(date))

    @property
    def suspended(self) -> bool:
        """Whether its condition is false or not known: nothing is measured."""
        return self.si is not None and self.si.etat != "vraie"


# -- the whole file -------------------------------------------------------------------------------


@dataclass(frozen=True)
class Scot:
    nom: str
    etat: str = ""
    siren: str = ""
    approuve_le: str = ""
    periode: Optional[Periode] = None
    document: str = ""  # name of the DOO
    url: str = ""


@dataclass(frozen=True)
class HorizonLu:
    """Where the horizon of each PLU is read: a table with one row per IDURBA, its first and last year."""

    table: str
    debut: str
    fin: str


@dataclass(frozen=True)
class RuleSet:
    """A valid rule file. `warnings` are `rules.errors.RuleError` that do not stop."""

    chemin: str
    sha256: str
    scot: Scot
    territoires: Territoires
    couches: Mapping[str, Couche]
    tables: Mapping[str, Table]
    selections: Mapping[str, Selection]
    prescriptions: Tuple[Prescription, ...]
    horizon: Optional[HorizonLu] = None  # None: a parameter of the run only
    exemples: Tuple[Mapping[str, Any], ...] = ()  # text trees, read by `checks.exemples`
    warnings: Tuple[Any, ...] = ()

    @property
    def measured(self) -> Tuple[Prescription, ...]:
        """The prescriptions that no condition suspends: the others need no data."""
        return tuple(prescription for prescription in self.prescriptions if not prescription.suspended)
