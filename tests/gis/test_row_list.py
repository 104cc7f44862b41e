"""Rows kept as SQLite gave them, and the écarts that a place of the map holds."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest
import shapely
from qgis.core import QgsGeometry
from scot_compat.checks.base import Ecart, Etat
from scot_compat.gis.dossier import DossierError
from scot_compat.gis.dossier_results import DossierResults
from scot_compat.gis.results import ConstatRow, EcartRow
from scot_compat.gis.row_list import Grouped, RowList, column

#: an L: the square 0-100 without its upper right quarter
CORNER = shapely.Polygon([(0, 0), (100, 0), (100, 50), (50, 50), (50, 100), (0, 100)])


def raw(number, cle, etat="sans_ecart", **given):
    """The fields of a constat, in their order."""
    row = ConstatRow(number, cle, "P1", etat, "Une phrase.", **given)
    return tuple(row.__dict__.values())


def test_a_row_is_the_object_that_its_constructor_makes():
    rows = RowList(ConstatRow, [raw(1, "a", "ecart_faible", mesure=2.5), raw(2, "b")])
    assert list(rows) == [
        ConstatRow(1, "a", "P1", Etat.ECART_FAIBLE, "Une phrase.", mesure=2.5),
        ConstatRow(2, "b", "P1", Etat.SANS_ECART, "Une phrase."),
    ]
    assert rows[1].cle == "b" and rows[-1] == rows[1] and rows[0:1] == (rows[0],) and len(rows) == 2
    assert hash(rows[0]) == hash(rows[0])
    assert column(rows, "mesure") == [2.5, None] == column(list(rows), "mesure")


def test_a_state_of_another_version_and_what_is_missing_are_refused():
    with pytest.raises(ValueError, match="état « inconnu »"):
        RowList(ConstatRow, [raw(1, "a", "inconnu")])
    with pytest.raises(ValueError, match="rien dans cle"):
        RowList(ConstatRow, [raw(1, None)])


def test_rows_by_number():
    ecarts = [EcartRow("ecarts", fid, f"k{fid}", constat, "sans_ecart") for fid, constat in ((1, 3), (2, 3), (3, 8))]
    grouped = Grouped(RowList(EcartRow, [tuple(one.__dict__.values()) for one in ecarts]), "constat")
    assert {number: [one.cle for one in rows] for number, rows in grouped.items()} == {3: ["k1", "k2"], 8: ["k3"]}
    assert grouped.get(4, ()) == () and len(grouped) == 2
    assert dict(Grouped(RowList(EcartRow, []), "constat")) == {}


@pytest.fixture
def written(control, path):
    """Constat 4: an L at the origin; constat 5: a line 200 m east."""
    control.add("P70", Etat.ECART_FAIBLE, Ecart("Z", "1", Etat.ECART_FAIBLE, CORNER, CORNER))
    way = shapely.LineString([(200, 0), (300, 100)])
    control.add("P71", Etat.ECART_FAIBLE, Ecart("Z", "2", Etat.ECART_FAIBLE, way, way))
    control.write(path)
    return path


def meeting(path, *bounds):
    return DossierResults(path).meeting(QgsGeometry.fromWkt(shapely.box(*bounds).wkt))


def test_what_meets_a_place_by_its_shape_and_not_by_its_envelope(written):
    assert meeting(written, 10, 10, 20, 20) == {4}
    assert meeting(written, 60, 60, 90, 90) == set()  # in the envelope of the L, where the L is not
    assert meeting(written, 210, 60, 240, 90) == set()  # above the line
    assert meeting(written, -1000, -1000, 1000, 1000) == {4, 5}
    assert meeting(written, 100, 0, 150, 10) == {4}  # its edge


def test_without_its_spatial_index_a_dossier_answers_the_same(written):
    with closing(sqlite3.connect(str(written))) as connection, connection:
        connection.execute("DROP TABLE rtree_ecarts_geom")
    assert meeting(written, 10, 10, 20, 20) == {4}
    assert meeting(written, 1000, 10, 1020, 20) == set()


def test_a_dossier_that_left_is_told(written):
    results = DossierResults(written)
    written.unlink()
    with pytest.raises(DossierError):
        results.meeting(QgsGeometry.fromWkt("Polygon((0 0, 1 0, 1 1, 0 0))"))


def test_the_tables_that_hold_an_ecart(written):
    """The sample of the control has a surface, a mixed conflict and one without geometry."""
    assert DossierResults(written).tables == {"ecarts", "ecarts_lignes"}
