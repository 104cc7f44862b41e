"""A comparison as a GeoPackage: each departure drawn where it is, or where it was, styled by what became of it."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import Any, Dict, List, Optional, Tuple

from ...checks.layers import objects
from ...checks.progress import Progress
from .. import outputs, styles
from ..geopackages.dossier_schema import ECARTS, ECARTS_BY_DIMENSION, Table, columns
from ..geopackages.geopackage import GeoPackage
from ..instruction.decisions import Appraisal
from . import words
from .appraisals import Plan, ToReview
from .changes import Change, Comparison
from .side import Item
from .statuts import Statut

_APPRAISED = (
    ("appreciation", "Décision"),
    ("motif", "Motif"),
    ("suite", "Suite"),
    ("auteur", "Auteur"),
    ("date", "Date"),
    ("origine", "Origine"),
    ("a_revoir", "À revoir"),
)
_COMPARED = columns(
    ("statut", "Statut"),
    ("prescription", "Prescription"),
    ("intitule", "Intitulé"),
    ("volet", "Volet"),
    ("jalon", "Jalon"),
    ("territoire", "Territoire"),
    ("territoire_nom", "Nom du territoire"),
    ("objet", "Couche de l'objet"),
    ("libelle_avant", "Libellé avant"),
    ("libelle_apres", "Libellé après"),
    ("lien", "Lien"),
    ("etat_avant", "État avant"),
    ("etat_apres", "État après"),
    ("mesure_avant", "Mesure avant"),
    ("mesure_apres", "Mesure après"),
    ("unite", "Unité"),
    ("surface_avant_m2", "Surface en cause avant (m²)"),
    ("surface_apres_m2", "Surface en cause après (m²)"),
    ("longueur_avant_m", "Longueur en cause avant (m)"),
    ("longueur_apres_m", "Longueur en cause après (m)"),
    ("differences", "Ce qui diffère"),
    *_APPRAISED,
    ("message", "Explication"),
    ("cle_avant", "Clé avant"),
    ("cle_apres", "Clé après"),
    real="mesure_avant mesure_apres surface_avant_m2 surface_apres_m2 longueur_avant_m longueur_apres_m",
)
#: by table of écarts: where its conflicts go. What is drawn nowhere is in the first
ECARTS_COMPARES = {
    table.name: Table(
        table.name.replace("ecarts", "ecarts_compares"),
        table.libelle.replace("Écarts", "Écarts comparés"),
        _COMPARED,
        table.geometry,
    )
    for table in ECARTS_BY_DIMENSION.values()
}
CONSTATS_COMPARES = Table("constats_compares", "Constats comparés", _COMPARED)
COMPARAISON = Table(
    "comparaison",
    "Comparaison",
    columns(
        ("avant", "Dossier d'avant"),
        ("date_avant", "Date du contrôle d'avant (UTC)"),
        ("plu_avant", "PLU(i) avant"),
        ("apres", "Dossier d'après"),
        ("date_apres", "Date du contrôle d'après (UTC)"),
        ("plu_apres", "PLU(i) après"),
        *((f"nb_{statut.value}", f"Écarts, {statut.several.lower()}") for statut in Statut),
        ("doutes", "Ce qui rend la comparaison incertaine"),
        integer=" ".join(f"nb_{statut.value}" for statut in Statut),
    ),
)
A_REVOIR = Table(
    "appreciations_a_revoir",
    "Appréciations à revoir",
    columns(
        ("statut", "Statut"),
        ("sujet", "Sujet"),
        ("pourquoi", "Pourquoi la revoir"),
        *_APPRAISED[:-1],
        ("cle", "Clé"),
    ),
)
TABLES = (*ECARTS_COMPARES.values(), CONSTATS_COMPARES, A_REVOIR, COMPARAISON)


def check_target(path: Path) -> None:
    """Raises DossierError."""
    outputs.check_target(path, (COMPARAISON.name, CONSTATS_COMPARES.name), "une comparaison écrite")


def write(path: Path, comparison: Comparison, plan: Plan, progress: Optional[Progress] = None) -> None:
    """Raises DossierError, Cancelled."""
    check_target(path)
    outputs.write(path, comparison.after.results.controle.crs, lambda gpkg: _fill(gpkg, comparison, plan), progress)


def _fill(gpkg: GeoPackage, comparison: Comparison, plan: Plan) -> None:
    row = _Rows(comparison, plan)
    placed: Dict[str, List[Tuple[Change, Any]]] = defaultdict(list)
    for change in comparison.departures:
        for table, shape in row.places(change):
            placed[table].append((change, shape))
    for name, table in ECARTS_COMPARES.items():
        own = placed[name]
        gpkg.add(table, [row.of(change) for change, _ in own], objects([shape for _, shape in own]))
    gpkg.add(CONSTATS_COMPARES, [row.of(change) for change in comparison.constats])
    gpkg.add(A_REVOIR, [_reviewed(one) for one in plan.review])
    gpkg.add(COMPARAISON, [_summary(comparison)])
    gpkg.add(styles.LAYER_STYLES, styles.rows((), TABLES), fid="id")


class _Rows:
    """Changes as rows of their tables."""

    def __init__(self, comparison: Comparison, plan: Plan) -> None:
        self._comparison, self._plan = comparison, plan
        sides = (comparison.before, comparison.after)
        self._titles = {one.id: one.intitule for side in sides for one in side.results.prescriptions}
        self._why = {one.appraisal: one.why for one in plan.review}

    def places(self, change: Change) -> List[Tuple[str, Any]]:
        """(table of écarts, shape) of the conflict as it is now, else as it was."""
        side = self._comparison.after if change.after is not None else self._comparison.before
        found = [(e.table, side.drawn[e.table, e.fid]) for e in change.item.ecarts if (e.table, e.fid) in side.drawn]
        return found or [(ECARTS.name, None)]

    def of(self, change: Change) -> Tuple[Any, ...]:
        item, constat = change.item, change.item.constat
        row = self._plan.of(change)
        values = {
            "statut": change.statut.value,
            "prescription": constat.prescription,
            "intitule": self._titles.get(constat.prescription, ""),
            "volet": constat.volet,
            "jalon": constat.jalon,
            "territoire": constat.territoire,
            "territoire_nom": constat.territoire_nom,
            "objet": item.ecarts[0].objet if item.ecarts else "",
            "lien": change.lien.value,
            "unite": item.measure[1],
            "differences": words.differences(change),
            **_appraised(row),
            "a_revoir": self._why.get(row, "") if row is not None else "",
            "message": (item.ecarts[0].message if item.ecarts else "") or constat.message,
            **_of_side("avant", change.before),
            **_of_side("apres", change.after),
        }
        return tuple(values[column.name] for column in _COMPARED)


def _of_side(when: str, item: Optional[Item]) -> Dict[str, Any]:
    return {
        f"libelle_{when}": item.libelle if item is not None else None,
        f"etat_{when}": str(item.etat) if item is not None else None,
        f"mesure_{when}": item.measure[0] if item is not None else None,
        f"surface_{when}_m2": item.surface if item is not None else None,
        f"longueur_{when}_m": item.longueur if item is not None else None,
        f"cle_{when}": item.cle if item is not None else None,
    }


def _appraised(row: Optional[Appraisal]) -> Dict[str, Any]:
    if row is None:
        return dict.fromkeys(("appreciation", "motif", "suite", "auteur", "date", "origine"))
    told = {name: getattr(row, name) for name in ("motif", "auteur", "date", "origine")}
    return {"appreciation": row.decision.value, "suite": row.suite.value, **told}


def _reviewed(one: ToReview) -> Tuple[Any, ...]:
    values = {
        "statut": one.change.statut.value if one.change is not None else "",
        "sujet": words.named(one.change) if one.change is not None else "",
        "pourquoi": one.why,
        "cle": one.appraisal.cle,
        **_appraised(one.appraisal),
    }
    return tuple(values[column.name] for column in A_REVOIR.columns)


def _summary(comparison: Comparison) -> Tuple[Any, ...]:
    values: Dict[str, Any] = {"doutes": "\n".join(comparison.doubts)}
    for when, side in (("avant", comparison.before), ("apres", comparison.after)):
        controle = side.results.controle
        values.update({when: side.name, f"date_{when}": controle.date, f"plu_{when}": controle.plu})
    values.update((f"nb_{statut.value}", comparison.count(statut)) for statut in Statut)
    return tuple(values[column.name] for column in COMPARAISON.columns)
