"""The one palette: how each state and each kind of zone looks, in the dock, on the map, in the report.

Colours of the states stay apart for colour-blind people (Okabe and Ito, plus Tol's wine); the hatch and the icon
say the same thing without colour. Colours of the zones are those of the CNIG, paled so that hatches read above.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ..checks.base import Etat
from .comparison.statuts import Statut

ICONS = Path(__file__).resolve().parent.parent / "resources" / "icons"


@dataclass(frozen=True)
class Look:
    """How a state is shown. `trame` names the fill on the map, drawn in `resources/styles/generer.py`."""

    etat: Etat
    couleur: str  # #RRGGBB
    trame: str

    @property
    def label(self) -> str:
        return self.etat.label

    @property
    def icon(self) -> Path:
        """SVG file of the state."""
        return ICONS / f"{self.etat}.svg"


@dataclass(frozen=True)
class StatutLook:
    """How what became of a departure is shown; as for the states."""

    statut: Statut
    couleur: str
    trame: str

    @property
    def label(self) -> str:
        return self.statut.label

    @property
    def icon(self) -> Path:
        return ICONS / f"{self.statut.value}.svg"


LOOKS: Mapping[Etat, Look] = {
    look.etat: look
    for look in (
        Look(Etat.SENS_CONTRAIRE, "#882255", "croisee"),
        Look(Etat.ECART_MARQUE, "#D55E00", "serree"),
        Look(Etat.ECART_FAIBLE, "#E69F00", "espacee"),
        Look(Etat.ERREUR, "#000000", "contour"),
        Look(Etat.NON_EVALUE, "#7F7F7F", "tirets"),
        Look(Etat.A_APPRECIER, "#0072B2", "points"),
        Look(Etat.SANS_ECART, "#009E73", "contour"),
        Look(Etat.SANS_OBJET, "#BBBBBB", "contour"),
    )
}


#: what is new is told from what is gone without colour too; none of these is the colour of a state
STATUTS: Mapping[Statut, StatutLook] = {
    look.statut: look
    for look in (
        StatutLook(Statut.NOUVEAU, "#B8126B", "croisee"),
        StatutLook(Statut.DISPARU, "#117733", "tirets"),
        StatutLook(Statut.MODIFIE, "#5B3FB5", "serree"),
        StatutLook(Statut.MAINTENU, "#4D4D4D", "espacee"),
        StatutLook(Statut.NON_COMPARABLE, "#8A6D3B", "points"),
    )
}


@dataclass(frozen=True)
class ZoneLook:
    """How a kind of zone is shown: pale fill, stronger outline."""

    typezone: str
    label: str
    fond: str
    contour: str


ZONES = (
    ZoneLook("U", "U : urbaine", "#F2B5AE", "#B4453A"),
    ZoneLook("AUc", "AUc : à urbaniser", "#FAD3C0", "#C9643C"),
    ZoneLook("AUs", "AUs : à urbaniser, fermée", "#FCE8DC", "#C9643C"),
    ZoneLook("A", "A : agricole", "#FDF7C4", "#A89B2C"),
    ZoneLook("N", "N : naturelle et forestière", "#D3E8C3", "#5C8A45"),
)
ZONE_INCONNUE = ZoneLook("", "Type de zone non renseigné", "#EDEDED", "#777777")

#: colours of the copied SCoT layers, taken in turn: none is the colour of a state
COUCHES_SCOT = ("#1B7837", "#2B5C8A", "#6A51A3", "#7A5230", "#3F8F8F", "#5B6B2F")
#: drawings that help to read a constat: no colour of a state, of a zone or of a layer
REPERE = "#3D2B56"
#: outline of the conflicts of the row in hand: seen above every hatch and every zone, and in black and white
OUTLINE, OUTLINE_EDGE = "#FFE500", "#1A1A1A"
