"""The words of a comparison."""

from __future__ import annotations

from enum import Enum


class Statut(Enum):
    """What became of a departure, in the order in which they are read."""

    NOUVEAU = "nouveau"
    DISPARU = "disparu"
    MODIFIE = "modifie"
    MAINTENU = "maintenu"
    #: one of the two controls did not look: neither new nor gone
    NON_COMPARABLE = "non_comparable"

    @property
    def label(self) -> str:
        return _STATUTS[self][0]

    @property
    def several(self) -> str:
        return _STATUTS[self][1]


class Lien(Enum):
    """How the object of the newer control is that of the older one."""

    MEME = ""
    REDESSINE = "redessine"
    PARTAGE = "partage"  # several objects where there was one
    REUNION = "reunion"  # one object where there were several

    @property
    def label(self) -> str:
        return _LIENS[self]


_STATUTS = {
    Statut.NOUVEAU: ("Nouveau", "Nouveaux"),
    Statut.DISPARU: ("Disparu", "Disparus"),
    Statut.MODIFIE: ("Modifié", "Modifiés"),
    Statut.MAINTENU: ("Maintenu", "Maintenus"),
    Statut.NON_COMPARABLE: ("Non comparable", "Non comparables"),
}
_LIENS = {
    Lien.MEME: "",
    Lien.REDESSINE: "Objet redessiné",
    Lien.PARTAGE: "Partage d'un objet",
    Lien.REUNION: "Réunion d'objets",
}
