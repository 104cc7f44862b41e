"""Control the demonstration territory through qgis_process and say in French what came out (make demo)."""

from __future__ import annotations

import re
import sqlite3
import subprocess
import sys
import textwrap
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DEMO = ROOT / "resources" / "demo"
RULES = DEMO / "regles.yaml"
HORIZON = "2024-2036"  # what the fictitious PLUi plans for
DOSSIER = ROOT / "build" / "demo" / "dossier.gpkg"
ETATS = {
    "sens_contraire": "Sens contraire à l'objectif",
    "ecart_marque": "Écart marqué",
    "ecart_faible": "Écart faible",
    "erreur": "Erreur interne",
    "non_evalue": "Non évalué",
    "a_apprecier": "À apprécier",
    "sans_ecart": "Sans écart relevé",
    "sans_objet": "Sans objet",
}


def main() -> None:
    plu = sorted(DEMO.rglob("*.zip"))[0]
    print(f"Contrôle de « {plu.name} » avec « {RULES.name} »…", flush=True)
    control(plu)
    with sqlite3.connect(f"file:{DOSSIER}?mode=ro", uri=True) as dossier:
        print_summary(dossier)
    print(f"\nDossier : {DOSSIER}\nOuvrez-le dans QGIS : ses couches sont déjà mises en forme.")


def control(plu: Path) -> None:
    DOSSIER.parent.mkdir(parents=True, exist_ok=True)
    command = [
        ROOT / ".ci" / "qgis_process.sh",
        "run",
        "scotcompat:controler_plu",
        f"--PLU={plu}",
        f"--REGLES={RULES}",
        f"--HORIZON={HORIZON}",
        f"--DOSSIER={DOSSIER}",
    ]
    outcome = subprocess.run([str(part) for part in command], capture_output=True, encoding="utf-8")
    if outcome.returncode != 0:
        sys.exit(f"Le contrôle a échoué :\n{outcome.stderr}\n{outcome.stdout}")


def print_summary(dossier: sqlite3.Connection) -> None:
    [(scot, name, duration)] = dossier.execute("SELECT scot, plu, duree_s FROM controle")
    seconds = f"{duration:.1f}".replace(".", ",")
    print(f"\n{name}, au regard de : {scot} ({seconds} s)\n")
    rows = dossier.execute("SELECT id, intitule, etat, nb_ecarts, cause FROM prescriptions ORDER BY fid").fetchall()
    for identifier, title, etat, departures, cause in rows:
        detail = f" ({departures} écart{'s' if departures > 1 else ''})" if departures else ""
        print(f"  {ETATS[etat] + detail:<40} {identifier:<8} {title}")
        if cause:
            unbroken = re.sub(r"(?<=«) | (?=[»:;?!])", "\u00a0", cause)  # as French typography wants it
            print(textwrap.fill(unbroken, 110, initial_indent=" " * 8, subsequent_indent=" " * 8))
    counts = {label: sum(row[2] == etat for row in rows) for etat, label in ETATS.items()}
    print("\n" + ", ".join(f"{label} : {count}" for label, count in counts.items() if count))


if __name__ == "__main__":
    main()
