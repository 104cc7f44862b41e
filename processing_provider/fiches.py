"""How the algorithms are announced in the toolbox and in the menu, known without importing them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

ICON = Path(__file__).resolve().parent.parent / "resources" / "icons" / "scot_compat.svg"


@dataclass(frozen=True)
class Fiche:
    titre: str
    resume: str


ALGORITHMS = {
    "controler_plu": Fiche("Contrôler un PLU", "Confronte un PLU(i) aux prescriptions du DOO et écrit le dossier."),
    "controler_couches": Fiche("Contrôler des couches", "Le même contrôle, à partir des couches du projet."),
    "verifier_regles": Fiche("Vérifier un fichier de règles", "Toutes les erreurs, et chaque règle lue à voix haute."),
    "tester_regles": Fiche("Tester un fichier de règles", "Joue ses exemples, dont on connaît la réponse."),
    "comparer_dossiers": Fiche(
        "Comparer deux dossiers", "Écarts nouveaux, disparus, modifiés, maintenus ; appréciations reprises."
    ),
    "lire_plu": Fiche("Lire un PLU", "Un PLU(i) publié devient un GeoPackage normalisé, avec ses limites."),
}
