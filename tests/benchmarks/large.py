"""A dossier of 100 000 constats and 50 000 écarts on disk: what the dock is measured on."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import shapely
from scot_compat.checks.base import Etat
from scot_compat.gis.geopackages.dossier_schema import (
    APPRECIATIONS,
    CONSTATS,
    CONTROLE,
    ECARTS,
    PRESCRIPTIONS,
    TABLES,
    ZONES,
    Table,
)
from scot_compat.gis.geopackages.geopackage import GeoPackage

OBJECTIVES, PRESCRIPTIONS_COUNT, CONSTATS_COUNT, ECARTS_COUNT, COMMUNES = 50, 500, 100_000, 50_000, 150
#: all the écarts of that prescription, a fifth of the whole: what choosing it costs
CROWDED = 0
EAST, NORTH, SIDE, PER_LINE = 700_000, 6_600_000, 100, 250
_ETATS = list(Etat)


def write(path: Path) -> Path:
    """Write the dossier; the écarts are squares side by side, one commune in 150 each in its turn."""
    file = GeoPackage(path, "EPSG:2154")
    geometries = _squares()
    rows: dict[str, list[tuple[Any, ...]]] = {table.name: [] for table in TABLES}
    rows[CONTROLE.name] = [_row(CONTROLE, id="banc", plu="PLUi du banc d'essai", scot="SCoT du banc", crs="EPSG:2154")]
    rows[PRESCRIPTIONS.name] = [_prescription(n) for n in range(PRESCRIPTIONS_COUNT)]
    rows[CONSTATS.name] = [_constat(n) for n in range(CONSTATS_COUNT)]
    rows[ECARTS.name] = [_ecart(n) for n in range(ECARTS_COUNT)]
    rows[ZONES.name] = [_row(ZONES, objet_id=f"z{n}", libelle=f"1AUh-{n}", typezone="AUc") for n in range(1000)]
    rows[APPRECIATIONS.name] = [
        _row(APPRECIATIONS, cle=f"e{n}", decision="retenu", motif="Une raison.") for n in range(0, ECARTS_COUNT, 25)
    ]
    for table in TABLES:
        own = rows[table.name]
        shapes = None
        if table.geometry:
            shapes = geometries[: len(own)]
        file.add(table, own, shapes)
    file.close()
    return path


def _squares() -> Any:
    n = np.arange(ECARTS_COUNT)
    x, y = EAST + SIDE * (n % PER_LINE), NORTH + SIDE * (n // PER_LINE)
    return shapely.multipolygons(shapely.box(x, y, x + SIDE - 5, y + SIDE - 5)[:, None])


def _of_constat(n: int) -> int:
    """Its prescription: a fifth of them are those of one."""
    return CROWDED if n < CONSTATS_COUNT // 5 else n % PRESCRIPTIONS_COUNT


def _row(table: Table, **values: Any) -> tuple[Any, ...]:
    return tuple(values.get(name) for name in table.names)


def _prescription(n: int) -> tuple[Any, ...]:
    return _row(
        PRESCRIPTIONS,
        id=f"P{n}",
        intitule=f"Densité des extensions, secteur n° {n}",
        objectif=f"{n % OBJECTIVES}. Objectif du DOO",
        theme=("densite", "tvb", "logement")[n % 3],
        nature=("norme", "objectif", "orientation")[n % 3],
        etat=_ETATS[n % 8].value,
    )


def _constat(n: int) -> tuple[Any, ...]:
    insee = f"62{n % COMMUNES:03d}"
    return _row(
        CONSTATS,
        id=n,
        cle=f"c{n}",
        prescription=f"P{_of_constat(n)}",
        controle="densite",
        echelle="commune",
        territoire=insee,
        territoire_nom=f"Commune de l'Écœuvre n° {n % COMMUNES}",
        mesure=n / 7,
        unite="logt/ha",
        seuil_min=35.0,
        ecart=3.0,
        ecart_relatif=0.1,
        etat=_ETATS[n % 8].value,
        message=f"La densité prévue à Écœuvre est de {n / 7:.1f} logements par hectare ; le DOO en demande 35.",
        nb_objets=1,
    )


def _ecart(n: int) -> tuple[Any, ...]:
    return _row(
        ECARTS,
        cle=f"e{n}",
        constat=2 * n,
        prescription=f"P{_of_constat(2 * n)}",
        etat=_ETATS[2 * n % 8].value,
        objet="ZONE_URBA",
        objet_id=f"z{n}",
        libelle=f"1AUh-{n}",
        typezone="AUc",
        insee=f"62{2 * n % COMMUNES:03d}",
        surface_m2=9025.0,
        part_objet=0.5,
        role="en_cause",
        message="Trop peu dense.",
    )
