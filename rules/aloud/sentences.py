"""`Say`: typed values in French, for the sentence that a control means.

A kind writes the heart of its sentence (objects, layers, threshold, dwellings, questions) in
`sentence(controle, say)`; `read_aloud` then adds what is common to all kinds: scale, tolerance, marked limit,
ignored slivers, share of the PLU, exceptions, bearing, force and nature. A kind must not say those itself.

    @classmethod
    def sentence(cls, controle, say):
        values = controle.parametres
        return f"{say.objets(values['objets'])} ne recouvrent pas {say.couches(values['couches'])}"

The first letter and the final point are put by `read_aloud`.
"""

from __future__ import annotations

from typing import Any, List, Mapping, Optional, Sequence, Union

from ..model import (
    UNITS,
    ACompleter,
    Chiffre,
    Classement,
    Couche,
    HorizonLu,
    Jalon,
    Logements,
    LongueurDue,
    Prorata,
    Quantity,
    ReadInField,
    RefCouche,
    RefTable,
    Selection,
    SelonChamp,
    SelonClassement,
    Seuil,
    Table,
)
from ..types.lengths import say_length
from ..types.scalars import say_quantity
from ..units import format_number
from ..words import enumerate_words
from .selection import say_selection


class Say:
    """Turns typed values into French pieces. `couches`, `tables` and `classements` give the names to say."""

    def __init__(
        self,
        couches: Mapping[str, Couche],
        tables: Mapping[str, Table],
        classements: Mapping[str, Classement],
        horizon: Optional[HorizonLu] = None,
    ) -> None:
        self._couches, self._tables, self._classements, self._horizon = couches, tables, classements, horizon

    def number(self, value: float) -> str:
        """`12.5` -> `12,5`."""
        return format_number(value)

    def quantity(self, quantity: Quantity) -> str:
        """`35 logements par hectare`, `12,5 m`, `95 %`."""
        return say_quantity(quantity)

    def distance(self, distance: LongueurDue) -> str:
        """`15 m (à vol d'oiseau)`, `la distance du champ RECUL (à vol d'oiseau)`."""
        return f"{say_length(distance)} (à vol d'oiseau)"

    def liste(self, words: Sequence[str], liaison: str = "et") -> str:
        """`a, b et c`."""
        return enumerate_words(words, liaison)

    def objets(self, selection: Selection, liaison: str = "et") -> str:
        """`les zones AUc d'habitat ou mixtes`; several selectors are joined by `liaison` ("ou" for tools)."""
        return say_selection(selection, self, liaison)

    def couches(self, refs: Sequence[RefCouche], preposition: str = "", liaison: str = "et") -> str:
        """`la couche « Corridors »`, `les couches « A » et « B »`; with `preposition` "de" or "à",
        `de la couche…`, `des couches…`, `à la couche…`, `aux couches…`."""
        names = enumerate_words([self.couche(ref) for ref in refs], liaison)
        article = {"": ("la", "les"), "de": ("de la", "des"), "à": ("à la", "aux")}[preposition]
        return f"{article[1]} couches {names}" if len(refs) > 1 else f"{article[0]} couche {names}"

    def couche(self, ref: RefCouche) -> str:
        """`« Corridors » (25 m de chaque côté, précision 1:25000)`, `« ZACOM » (NIVEAU : 1 ou 2)`."""
        couche = self._couches.get(ref.nom)
        only = [f"{field} : {enumerate_words(values, 'ou')}" for field, values in ref.ou.items()]
        if couche is not None and (couche.tampon is not None or couche.precision is not None):
            only.append(", ".join(_extent(couche)))
        return f"« {couche.libelle if couche else ref.nom} »" + (f" ({' ; '.join(only)})" if only else "")

    def table(self, nom: str) -> str:
        """`la table « Programme de logements »`."""
        table = self._tables.get(nom)
        return f"la table « {table.libelle if table else nom} »"

    def logements(self, logements: Logements) -> str:
        """`les logements lus dans la table « Programme », champ LOGEMENTS`."""
        ref = self.couches([RefCouche(logements.nom)])
        return {
            "table": f"les logements lus dans {self.table(logements.nom)}, champ {logements.champ}",
            "couche": f"les logements de {ref}, champ {logements.champ}, additionnés",
            "comptage": f"les objets comptés de {ref}",
            "champ": f"les logements lus dans le champ {logements.champ} du PLU",
        }[logements.mode]

    def valeur(self, valeur: Union[RefTable, ReadInField]) -> str:
        """`la valeur HAUTEUR lue dans la table « Règlement écrit »`, `la valeur LIB_VAL1 des objets`."""
        where = f"lue dans {self.table(valeur.table)}" if isinstance(valeur, RefTable) else "portée par l'objet"
        return f"la valeur {valeur.champ} {where}"

    def seuil(
        self, minimum: Optional[Seuil] = None, maximum: Optional[Seuil] = None, cible: Optional[Seuil] = None
    ) -> str:
        """`au moins, selon « Armature urbaine », 35 logements par hectare (Pôle urbain), 17 … (Village)`;
        "" when there is no threshold."""
        bounds = ((minimum, "au moins"), (maximum, "au plus"), (cible, "autour de"))
        pieces = [self._borne(value, word) for value, word in bounds if value is not None]
        return enumerate_words(pieces)

    def chiffre(self, chiffre: Chiffre) -> str:
        """`6 ha`, `la valeur lue dans la table « Suivi », champ CONSO, en ha`."""
        if isinstance(chiffre, Quantity):
            return say_quantity(chiffre)
        unite = f", en {UNITS[chiffre.unite][2]}" if chiffre.unite else ""
        return f"la valeur lue dans {self.table(chiffre.table)}, champ {chiffre.champ}{unite}"

    def horizon(self) -> str:
        """`horizon du PLU : … ou, s'il n'est pas indiqué au lancement, …`; "" when it is only given at the run."""
        read = self._horizon
        if read is None:
            return ""
        where = f"{self.table(read.table)} (champs {read.debut} et {read.fin}, à la ligne de son IDURBA)"
        return f"horizon du PLU indiqué au lancement, sinon lu dans {where}"

    def jalon(self, jalon: Jalon) -> str:
        """`jusqu'à 2031, au plus 30 ha`, with what is counted when it is not what the control counts."""
        counted = f" ({self.objets(jalon.objets)})" if jalon.objets else ""
        return f"jusqu'à {jalon.jusqu_a}, {self.seuil(jalon.minimum, jalon.maximum)}{counted}"

    def echelle(self, echelle: str) -> str:
        """`dans chaque commune`, `à l'échelle du PLU`, `dans chaque classe de « Armature urbaine »`."""
        known = {
            "objet": "pour chaque objet",
            "commune": "dans chaque commune",
            "plu": "à l'échelle du PLU",
            "scot": "à l'échelle du SCoT",
        }
        return known.get(echelle) or f"dans chaque classe de « {self.classement(echelle)} »"

    def classement(self, nom: str) -> str:
        """The label of a classement."""
        classement = self._classements.get(nom)
        return classement.libelle if classement else nom

    def classe(self, classement: str, nom: str) -> str:
        """The label of a class."""
        found = self._classements.get(classement)
        return next((classe.libelle for classe in found.classes if classe.nom == nom), nom) if found else nom

    def questions(self, questions: Sequence[str]) -> str:
        """`« Une OAP traite-t-elle… ? » et « … »`."""
        return enumerate_words([f"« {question} »" for question in questions])

    def part_du_plu(self, part: Any) -> str:
        """`part du PLU : 12 %`, `part du PLU au prorata de POPULATION (…)`."""
        if isinstance(part, Prorata):
            return f"part du PLU au prorata du champ {part.champ} de {self.table(part.table)}"
        return f"part du PLU : {say_quantity(part)}"

    def _borne(self, seuil: Seuil, word: str) -> str:
        if isinstance(seuil, Quantity):
            return f"{word} {say_quantity(seuil)}"
        if isinstance(seuil, ACompleter):
            return f"{word} une valeur du DOO qui reste à saisir"
        if isinstance(seuil, RefTable):
            return f"{word} la valeur lue dans {self.table(seuil.table)}, champ {seuil.champ}"
        if isinstance(seuil, SelonChamp):
            return self._by_field(seuil, word)
        by, names = "la commune", {code: code for code in seuil.valeurs}
        if isinstance(seuil, SelonClassement):
            by = f"« {self.classement(seuil.classement)} »"
            names = {nom: self.classe(seuil.classement, nom) for nom in seuil.valeurs}
        return f"{word}, selon {by}, {self._par_classe(seuil, names)}"

    def _by_field(self, seuil: SelonChamp, word: str) -> str:
        of = self.couches([seuil.couche], "de") if seuil.couche is not None else "de l'objet"
        if seuil.unite is None:
            lines = self._par_classe(seuil, {line: line for line in seuil.valeurs})
            return f"{word}, selon le champ {seuil.champ} {of}, {lines}"
        said = f"{word} la valeur du champ {seuil.champ} {of}"
        return f"{said}, {self._par_classe(seuil, {})}" if seuil.a_un_defaut else said

    def _par_classe(self, seuil: Any, names: Mapping[str, str]) -> str:
        """The unit is said once: `35 logements par hectare (Pôle), 25 (Bourg) et rien (Village)`."""
        lines = [(value, names[nom]) for nom, value in seuil.valeurs.items()]
        if seuil.a_un_defaut:
            lines.append((seuil.defaut, "ailleurs"))
        pieces, unit = [], None
        for value, name in lines:
            if value is None:
                pieces.append(f"rien ({name})")
            else:
                said = format_number(value.value) if value.unit == unit else say_quantity(value)
                pieces.append(f"{said} ({name})")
                unit = value.unit
        return enumerate_words(pieces)


def _extent(couche: Couche) -> List[str]:
    """`25 m de chaque côté`, `précision 1:25000`: what the layer declares of its width and precision."""
    words = []
    if couche.tampon is not None:
        around = "de chaque côté" if couche.geometrie == "ligne" else "autour"
        tampon = couche.tampon
        width = f"largeur du champ {tampon.champ}" if isinstance(tampon, ReadInField) else say_quantity(tampon)
        words.append(f"{width} {around}")
    if couche.precision is not None:
        words.append(f"précision {'du ' if isinstance(couche.precision, ReadInField) else ''}{couche.precision_lue}")
    return words
