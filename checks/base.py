"""What a control gives: `Constat`, `Ecart`, `Repere`, in the words of the product; and `Check`, the base of a kind."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any, ClassVar, List, Mapping, Optional, Sequence, Set, Tuple

from ..rules.model import Controle, Couche, Prescription
from ..rules.params import HasParams
from .wording import de, names, plural

if TYPE_CHECKING:
    from .context import Context
    from .territory import Unit


class Etat(str, Enum):
    """State of a constat, from the worst to the mildest for a prescription."""

    SENS_CONTRAIRE = "sens_contraire"
    ECART_MARQUE = "ecart_marque"
    ECART_FAIBLE = "ecart_faible"
    ERREUR = "erreur"
    NON_EVALUE = "non_evalue"
    A_APPRECIER = "a_apprecier"
    SANS_ECART = "sans_ecart"
    SANS_OBJET = "sans_objet"

    def __str__(self) -> str:
        return self.value

    @property
    def rank(self) -> int:
        return _ORDER[self]

    @property
    def is_departure(self) -> bool:
        return self.rank <= Etat.ECART_FAIBLE.rank

    @property
    def label(self) -> str:
        return _LABELS[self]


#: messages that the cause of a prescription repeats; one answer per commune gives as many
_CAUSES = 3
_ORDER = {etat: rank for rank, etat in enumerate(Etat)}
_LABELS = {
    Etat.SENS_CONTRAIRE: "Sens contraire à l'objectif",
    Etat.ECART_MARQUE: "Écart marqué",
    Etat.ECART_FAIBLE: "Écart faible",
    Etat.ERREUR: "Erreur interne",
    Etat.NON_EVALUE: "Non évalué",
    Etat.A_APPRECIER: "À apprécier",
    Etat.SANS_ECART: "Sans écart relevé",
    Etat.SANS_OBJET: "Sans objet",
}


def worst(etats: Sequence[Etat], default: Etat = Etat.SANS_OBJET) -> Etat:
    return min(etats, key=lambda etat: etat.rank, default=default)


@dataclass(frozen=True)
class Ecart:
    """An object at fault in one constat. `geometrie` is the conflict itself, None where there is none to draw."""

    objet: str  # layer of the object (ZONE_URBA, reservoirs…)
    objet_id: str
    etat: Etat
    geometrie: Any = None
    geometrie_objet: Any = None  # the whole object: enters the stable key
    libelle: str = ""
    typezone: str = ""
    insee: str = ""
    surface_m2: Optional[float] = None
    longueur_m: Optional[float] = None
    part_objet: Optional[float] = None
    role: str = "en_cause"  # en_cause | contribue
    mesure: Optional[float] = None
    seuil: Optional[float] = None
    unite: str = ""
    message: str = ""


@dataclass(frozen=True)
class Repere:
    """A drawing that helps to read a constat and puts nothing at fault: where a corridor is the narrowest…"""

    nature: str  # passage | inutilisable
    libelle: str  # what the map says beside it
    geometrie: Any
    mesure: Optional[float] = None
    unite: str = ""


@dataclass(frozen=True)
class Exempted:
    """An object spared by `sauf`: one row of the table `exceptions`."""

    prescription: str
    objet_id: str
    libelle: str
    insee: str
    motif: str
    reference: str = ""


@dataclass(frozen=True)
class Constat:
    """The answer of one control for one territorial unit, compliant ones too."""

    prescription: str
    volet: str
    controle: str  # kind
    echelle: str
    territoire: str  # code of the unit: INSEE, class, "plu", "hors_commune", id of an object
    territoire_nom: str
    etat: Etat
    message: str  # one French sentence: what, where, measured, expected, source
    mesure: Optional[float] = None
    unite: str = ""
    seuil_min: Optional[float] = None
    seuil_max: Optional[float] = None
    ecart: Optional[float] = None  # in `unite`; > 0 is beyond the threshold
    ecart_relatif: Optional[float] = None  # share of the threshold, 0.2 is 20 %
    nb_objets: int = 0
    limites: Tuple[str, ...] = ()
    jalon: str = ""
    ecarts: Tuple[Ecart, ...] = ()
    reperes: Tuple[Repere, ...] = ()


class Check(HasParams):
    """Base of a kind of control: one file in `kinds/`, whose name, class attribute `genre` and YAML key agree.

    The first line of the class docstring is the requirement, in French: it becomes the help.
    """

    genre: ClassVar[str] = ""
    #: units a threshold of this kind may carry, empty when the kind has none
    unites: ClassVar[Tuple[str, ...]] = ()
    #: scales at which a threshold may follow a field of the object or its site: "" none, "objet" alone, "tous"
    selon_champ: ClassVar[str] = ""

    def __init__(self, prescription: Prescription, controle: Controle) -> None:
        self.prescription, self.controle = prescription, controle
        self.valeurs: Mapping[str, Any] = controle.parametres
        #: objects spared by `sauf`, filled while the check runs
        self.exempted: List[Exempted] = []
        #: communes that `s_applique_a` bears on, None for all of them
        self.bearing: Optional[Set[str]] = None

    @classmethod
    def sentence(cls, controle: Controle, say: Any) -> str:
        """The control read aloud, one French sentence; `say` turns a typed value into words."""
        raise NotImplementedError

    @classmethod
    def implied(cls, controle: Controle) -> Mapping[str, Sequence[str]]:
        """Layers that the control uses without naming them in its parameters, with their fields."""
        return {}

    @classmethod
    def least_dimension(cls, controle: Controle, couches: Mapping[str, Couche]) -> int:
        """Dimension (2 surface, 1 line, 0 point) under which layers of the PLU are of no use to this control."""
        return 0

    def run(self, context: "Context") -> Sequence[Constat]:
        """Measure and judge. Raises `context.NotEvaluable` when something needed is missing."""
        raise NotImplementedError

    @property
    def scale(self) -> str:
        """The scale of this control; the whole PLU when its kind has none."""
        return str(self.valeurs.get("echelle") or "plu")

    @property
    def source(self) -> str:
        """Where the DOO says it, for the end of a sentence: ` (P31, p. 78)`."""
        page = f", p. {self.prescription.page}" if self.prescription.page else ""
        return f" ({self.prescription.article or self.prescription.id}{page})"

    def constat(self, unit: "Unit", etat: Etat, message: str, **values: Any) -> Constat:
        """A constat of this control for one territorial unit."""
        return Constat(
            prescription=self.prescription.id,
            volet=self.controle.volet,
            controle=self.genre,
            echelle=self.scale,
            territoire=unit.code,
            territoire_nom=unit.nom,
            etat=etat,
            message=message,
            **values,
        )

    def everywhere(self, context: "Context", etat: Etat, message: str, **values: Any) -> List[Constat]:
        """The same constat for every unit of the scale; one for the PLU when units are objects."""
        scale = "plu" if self.scale == "objet" else self.scale
        return [self.constat(unit, etat, message, **values) for unit in context.territory.units(scale)]

    def unread(self, context: "Context", causes: Sequence[str], **values: Any) -> List[Constat]:
        """Where each object is a unit, what could not be read has one constat of its own; none without causes."""
        message = f"Non évalué pour ce qui n'a pas pu être lu : {' '.join(causes)}"
        units = context.territory.units("plu") if causes else []
        return [self.constat(unit, Etat.NON_EVALUE, message, **values) for unit in units]

    def outside(self, unit: "Unit", libelles: Sequence[str], **values: Any) -> Constat:
        """What lies outside every commune is known by nobody: never reassigned, never dropped."""
        message = (
            f"{plural(len(libelles), 'objet')} hors de toute commune, en tout ou en partie ({names(libelles)}) : le "
            "territoire n'est pas connu ; vérifiez la couche des communes."
        )
        return self.constat(unit, Etat.NON_EVALUE, message, nb_objets=len(libelles), **values)

    def out_of_scope(self, unit: "Unit") -> str:
        """Why the prescription does not bear on a unit, "" when it does."""
        if self.bearing is None or (self.bearing & set(unit.communes) if unit.communes else self.bearing):
            return ""
        where = f"la commune {de(unit.nom)}" if self.scale == "commune" else f"« {unit.nom} »"
        return f"La prescription ne porte pas sur {where if unit.communes else 'ce PLU'}."

    def all_spared(self, unit: "Unit") -> str:
        """Which objects of a unit `sauf` spared, "" when it spared none."""
        spared = [row for row in self.exempted if not unit.communes or row.insee in unit.communes]
        if not spared:
            return ""
        count = plural(len(spared), "objet écarté", "objets écartés")
        why = names([row.motif for row in spared])
        return f"{count} par exception{self.where(unit)} ({names([row.libelle for row in spared])}) : {why}."

    def nothing(self, unit: "Unit") -> str:
        """Why there is no object in a unit: the prescription does not bear on it, `sauf` spared them, or none is."""
        return self.out_of_scope(unit) or self.all_spared(unit) or f"Aucun objet concerné{self.where(unit)}."

    def where(self, unit: "Unit") -> str:
        """` sur la commune de Lens`, ` pour « Pôle urbain »`, nothing for the whole PLU."""
        if self.scale in ("plu", "scot") or unit.code == "plu":
            return ""
        return f" sur la commune {de(unit.nom)}" if self.scale == "commune" else f" pour « {unit.nom} »"

    def of_a_part(self, unit: "Unit", measured: str) -> str:
        """Why a unit wider than this PLU is not decided: `measured` is what this PLU alone says."""
        scale = "du SCoT" if self.scale == "scot" else f"de « {unit.nom} »"
        return (
            f"{measured} dans ce PLU ; le seuil du DOO porte sur l'ensemble {scale}, dont ce PLU n'est qu'une partie"
            f"{self.source}."
        )


@dataclass(frozen=True)
class Answer:
    """What the engine says of one prescription: its constats, the objects spared, its worst state."""

    prescription: Prescription
    constats: Tuple[Constat, ...]
    exceptions: Tuple[Exempted, ...] = ()

    @property
    def etat(self) -> Etat:
        return worst([constat.etat for constat in self.constats])

    @property
    def cause(self) -> str:
        """Why it could not be evaluated (its non_evalue and erreur messages), "" when it could."""
        messages = [c.message for c in self.constats if c.etat in (Etat.NON_EVALUE, Etat.ERREUR)]
        said = list(dict.fromkeys(messages))
        others = len(said) - _CAUSES
        if others < 2:  # a line that stands for one message is no shorter than it
            return " ".join(said)
        return " ".join([*said[:_CAUSES], f"{others} autres constats ne sont pas évalués : chacun dit sa cause."])


@dataclass(frozen=True)
class Result:
    """A whole run, in the order of the rule file."""

    answers: Tuple[Answer, ...]
    duree_s: float = 0.0
    horizon: str = ""  # the years that yearly figures were asked over, and where they come from; "" when there is none
    insee: Any = None  # (n,) commune of each zone of the PLU, "" where it is not known
