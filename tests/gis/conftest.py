"""A small control, complete enough to fill every table of a dossier, made by hand."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field, replace
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import pytest
import shapely
from scot_compat.checks.base import Answer, Constat, Ecart, Etat, Exempted, Result
from scot_compat.checks.layers import Layer, Source, from_rows, objects
from scot_compat.checks.plu import Plu
from scot_compat.rules.model import Controle, Couche, Prescription, RuleSet, Scot, Territoires

#: two fields of Lambert-93 ground, 100 m wide
LEFT = shapely.box(700000, 6600000, 700100, 6600100)
RIGHT = shapely.box(700100, 6600000, 700200, 6600100)


def prescription(id: str, **given: Any) -> Prescription:
    return Prescription(
        id, given.pop("intitule", f"Prescription {id}"), "1.1 Objectif", "norme", given.pop("controles", ()), **given
    )


def constat(prescription: str, etat: Etat, *ecarts: Ecart, **given: Any) -> Constat:
    return Constat(
        prescription,
        given.pop("volet", ""),
        "zones_interdites",
        "plu",
        "plu",
        "PLU",
        etat,
        given.pop("message", "Une phrase."),
        ecarts=ecarts,
        **given,
    )


@dataclass
class Control:
    """What `dossier.write` takes; a test changes what it looks at."""

    answers: list[Answer]
    plu: Plu
    layers: dict[str, Layer] = field(default_factory=dict)
    tables: dict[str, Layer] = field(default_factory=dict)
    couches: dict[str, Couche] = field(default_factory=dict)
    scot: Scot = Scot("SCoT du Val d'Exemple", "executoire", url="https://exemple.fr/doo.pdf")
    sources: tuple[Source, ...] = ()

    def add(self, id: str, etat: Etat, *ecarts: Ecart, **given: Any) -> None:
        """One more prescription, with one constat."""
        self.answers.append(Answer(prescription(id), (constat(id, etat, *ecarts, **given),)))

    def write(self, path: Any, progress: Any = None) -> None:
        from scot_compat.gis import dossier

        rules = RuleSet(
            "/ailleurs/règles d'été.yaml",
            "ab" * 32,
            self.scot,
            Territoires(),
            self.couches,
            {},
            {},
            tuple(answer.prescription for answer in self.answers),
        )
        dossier.write(
            path,
            Result(tuple(self.answers), 1.5),
            rules,
            self.plu,
            self.layers,
            self.tables,
            parametres={"plu": "/données/PLU d'été", "horizon": "2024-2035"},
            date=datetime(2026, 3, 1, 12, 30, 5, tzinfo=timezone.utc),
            sources=self.sources,
            progress=progress,
        )


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "dossier.gpkg"


@pytest.fixture
def control() -> Control:
    zones = from_rows("ZONE_URBA", [{"geometrie": LEFT, "LIBELLE": "1AU"}, {"geometrie": RIGHT, "LIBELLE": "N"}])
    zones = replace(
        zones,
        codes={
            "libelle": objects(["1AU", "N"]),
            "typezone": objects(["AUc", "N"]),
            "typezone_brut": objects(["1AU", "Nh"]),
            "insee": objects(["18001", None]),
        },
    )
    read = Source(
        "ZONE_URBA",
        "ZONE_URBA.shp",
        "/données/ZONE_URBA.shp",
        "cd" * 32,
        "2025",
        "",
        2,
        "EPSG:2154",
        "UTF-8",
        1,
        0,
        ("Une limite.", "Une autre."),
    )
    plu = Plu("PLUi de l'Exemple", zones, idurba="200000000_PLUi_20250612", etat="opposable", sources=(read,))
    hit = shapely.box(700050, 6600000, 700100, 6600100)
    mixed = shapely.GeometryCollection([hit, shapely.LineString([(700000, 6600000), (700030, 6600040)])])
    p31 = prescription(
        "P31",
        page="p. 78-79",
        article="P31",
        base_legale=("L141-7", "L141-10"),
        texte="Préserver.",
        a_savoir="Voir carte.",
        pilier="transitions",
        theme="tvb",
        force="vise",
        lecture=("Une phrase.", "Deux phrases."),
        controles=(Controle("zones_interdites", {}),),
    )
    questions = ("Une OAP traite-t-elle l'entrée ?", "Et l'autre ?")
    p60 = prescription("P60", controles=(Controle("lecture", {"questions": questions, "pieces": ("oap", "rapport")}),))
    departure = constat(
        "P31",
        Etat.ECART_MARQUE,
        Ecart(
            "ZONE_URBA",
            "7",
            Etat.ECART_MARQUE,
            hit,
            LEFT,
            "1AU",
            "AUc",
            "18001",
            5000.0,
            None,
            0.5,
            "en_cause",
            50.0,
            20.0,
            "%",
            "La moitié de la zone.",
        ),
        Ecart("ZONE_URBA", "8", Etat.ECART_FAIBLE, mixed, RIGHT, "N", "N", message="Surface et ligne."),
        Ecart("reservoirs", "3", Etat.ECART_MARQUE, None, None, message="Rien à dessiner."),
        volet="urbanisation",
        mesure=50.0,
        unite="%",
        seuil_max=20.0,
        ecart=30.0,
        ecart_relatif=1.5,
        nb_objets=2,
        limites=("Une limite.", "Une autre."),
    )
    missing = constat("P31", Etat.NON_EVALUE, volet="protection", message="Couche absente.")
    return Control(
        [
            Answer(p31, (departure, missing), (Exempted("P31", "9", "1AUx", "18001", "Zone de bruit", "DOO p. 46"),)),
            Answer(p60, (constat("P60", Etat.A_APPRECIER),)),
        ],
        plu,
    )


# -- the demonstration ----------------------------------------------------------------------------


@pytest.fixture
def demo(root: Path, tmp_path: Path) -> Path:
    """A copy of the demonstration, where every path is awkward."""
    place = tmp_path / "données de l'été" / "démo n°1"
    shutil.copytree(root / "resources" / "demo", place, ignore=shutil.ignore_patterns("__pycache__", "*.py"))
    return place


@pytest.fixture(scope="session")
def controlled(root: Path, tmp_path_factory: Any) -> Path:
    """The dossier of the demonstration, made once: copy it to change it."""
    from scot_compat.gis.control import Request, control

    place = tmp_path_factory.mktemp("démonstration d'été")
    shutil.copytree(root / "resources" / "demo", place / "demo", ignore=shutil.ignore_patterns("__pycache__", "*.py"))
    (archive,) = (place / "demo" / "plu").glob("*.zip")
    control(Request(archive, place / "demo" / "regles.yaml", place / "Écarts de l'été.gpkg"))
    return place / "Écarts de l'été.gpkg"
