"""Two controls made by hand: a few objects at fault, drawn with boxes, and what the rules answered."""

from __future__ import annotations

from dataclasses import replace

import pytest
import shapely
from scot_compat.checks.base import Etat
from scot_compat.gis.comparison.side import Side, Zone
from scot_compat.gis.instruction.notebook import Notebook
from scot_compat.gis.results import ConstatRow, ControlRow, EcartRow, PrescriptionRow, Results

MARQUE, FAIBLE = Etat.ECART_MARQUE, Etat.ECART_FAIBLE


class Made(Results):
    """A control in memory. `add` gives it one more constat with its objects: (label, shape, other columns)."""

    def __init__(self, **controle):
        self._controle = replace(ControlRow("76648_PLU_20240101", date="2024-03-01T10:00:00+00:00"), **controle)
        self._prescriptions, self._constats, self._ecarts, self._notebook = [], [], {}, Notebook()
        self.drawn, self.zones, self._sources = {}, {}, []

    controle = property(lambda self: self._controle)
    prescriptions = property(lambda self: tuple(self._prescriptions))
    constats = property(lambda self: tuple(self._constats))
    ecarts = property(lambda self: self._ecarts)
    sources = property(lambda self: tuple(self._sources))
    notebook = property(lambda self: self._notebook)

    def geometries(self, ecarts):
        raise NotImplementedError

    def add(self, prescription, *objets, etat=MARQUE, territoire="plu", **columns):
        if prescription not in {one.id for one in self._prescriptions}:
            self._prescriptions.append(PrescriptionRow(prescription, "", "", etat))
        number = len(self._constats) + 1
        row = {"cle": f"{prescription} {columns.get('volet', '')} {territoire}", "message": "Une phrase.", **columns}
        self._constats.append(ConstatRow(number, prescription=prescription, etat=etat, territoire=territoire, **row))
        self._ecarts[number] = tuple(self._ecart(number, prescription, territoire, etat, *objet) for objet in objets)
        return self

    def _ecart(self, constat, prescription, territoire, etat, libelle, shape, columns=None):
        dimension = -1 if shape is None else shapely.get_dimensions(shape)
        table = {1: "ecarts_lignes", 0: "ecarts_points"}.get(int(dimension), "ecarts")
        fid = len(self.drawn) + 1
        if shape is not None:
            self.drawn[table, fid] = shape
        given = {
            "cle": f"{prescription} {territoire} {libelle if shape is None else shape.normalize().wkt}",
            "etat": etat,
            "surface_m2": float(shapely.area(shape)) if table == "ecarts" and shape is not None else None,
            "longueur_m": float(shapely.length(shape)) if table == "ecarts_lignes" else None,
            "objet": "ZONE_URBA",
            "objet_id": f"z{fid}",
            **(columns or {}),
        }
        return EcartRow(table, fid, constat=constat, libelle=libelle, **given)

    def zone(self, objet_id, libelle, shape):
        self.zones[objet_id] = Zone(libelle, shape)
        return self

    @property
    def side(self):
        return Side.of_rows(self, self.drawn, self.zones)


def box(west, south, width=100, height=100):
    return shapely.box(700000 + west, 6600000 + south, 700000 + west + width, 6600000 + south + height)


def line(west, south, length=100):
    return shapely.LineString([(700000 + west, 6600000 + south), (700000 + west + length, 6600000 + south)])


@pytest.fixture(scope="session")
def made():
    """`Made(**columns of the control)`."""
    return Made


@pytest.fixture
def drawn():
    """`(box, line)`: boxes are 100 m wide unless told, lines go east."""
    return box, line


@pytest.fixture
def told():
    """Function `(comparison) -> {statut: [(before label or None, after label or None)]}`."""

    def say(comparison):
        out = {}
        for change in comparison.departures:
            pair = tuple(item.libelle if item is not None else None for item in (change.before, change.after))
            out.setdefault(change.statut.value, []).append(pair)
        return {statut: sorted(pairs, key=str) for statut, pairs in out.items()}

    return say
