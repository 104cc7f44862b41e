"""Which document it is, its state, its communes."""

from __future__ import annotations

import datetime

import pytest
import shapely
from scot_compat.checks.layers import from_rows

DOC = """IDURBA|TYPEDOC|DATAPPRO|DATEFIN|ETAT
4411820150219|PLU|20150219|-|03
4411820080101|POS|20080101|20150219|05
4400120120223|PLU|20120223|-|07
"""
DOC_COM = "IDURBA|INSEE\n4411820150219|44118\n4411820080101|44118\n4400120120223|44001"


def test_document_found_among_those_of_a_department(read, limits, table, z2014):
    plu = read(z2014, DOC_URBA=DOC, DOC_URBA_COM=DOC_COM)
    assert (plu.idurba, plu.etat, plu.communes) == ("4411820150219", "opposable", ("44118",))
    assert plu.zones.codes["insee"].tolist() == ["44118", "44118"]
    assert "La table décrit 3 documents : seul 4411820150219 est retenu." in limits(plu, "DOC_URBA")
    assert "3 lignes pour 3 documents" in limits(plu, "DOC_URBA_COM")


def test_document_found_by_the_name_of_the_archive(read):
    plu = read("LIBELLE|TYPEZONE\nUA|U", nom="depot 44118_PLU_20150219", DOC_URBA=DOC, DOC_URBA_COM=DOC_COM)
    assert (plu.idurba, plu.communes) == ("4411820150219", ("44118",))


def test_document_not_found_among_several_is_said_not_guessed(read, limits):
    plu = read("LIBELLE|TYPEZONE\nUA|U", DOC_URBA=DOC, DOC_URBA_COM=DOC_COM)
    assert (plu.idurba, plu.etat, plu.communes) == ("", "", ())
    assert "3 documents et rien dans les couches ne dit lequel" in limits(plu, "DOC_URBA")


@pytest.mark.parametrize(
    "idurba, communes",
    [
        ("44118_PLU_20150219", ("44118",)),
        ("44118_PLU_20150219_A", ("44118",)),
        ("4411820150219", ("44118",)),
        ("2A004_PLU_20150219", ("2A004",)),
        ("200011781_PLUi_20180101", ()),
        ("20001178120180101", ()),
        ("rien", ()),
    ],
)
def test_commune_that_idurba_holds(read, idurba, communes):
    assert read(f"LIBELLE|TYPEZONE|IDURBA\nUA|U|{idurba}").communes == communes


def test_insee_read_as_a_number_gets_its_zero_back(read, limits):
    rows = [
        {"LIBELLE": "UA", "TYPEZONE": "U", "INSEE": value, "geometrie": shapely.box(0, 0, 1, 1)}
        for value in (1004, 1004.0, "1004", "2a004", "?", None)
    ]
    plu = read(from_rows("ZONE_URBA", rows))
    assert plu.zones.codes["insee"].tolist() == ["01004", "01004", "01004", "2A004", None, None]
    assert plu.communes == ("01004", "2A004")
    assert "Codes INSEE illisibles (?)" in limits(plu) and "1 objet sans code INSEE" in limits(plu)


PLUI = "LIBELLE|TYPEZONE|DESTDOMI|INSEE\nUA|U|01|18007\nUB|U|01|18007\nN|N|08|18007"
PLUI_DOC = "IDURBA|TYPEDOC|DATAPPRO|ETAT\n20001178120180101|PLU|20180101|03"


def test_one_insee_for_all_the_zones_of_several_communes_is_not_believed(read, limits):
    plu = read(PLUI, DOC_URBA=PLUI_DOC, DOC_URBA_COM="IDURBA|INSEE\n20001178120180101|18007\n20001178120180101|18048")
    assert plu.communes == ("18007", "18048")
    assert "insee" not in plu.zones.codes and plu.zones.manques["insee"] == "champ INSEE fiable"
    assert "INSEE vaut 18007 sur les 3 objets, mais le document couvre 2 communes" in limits(plu)
    assert "TYPEDOC vaut PLU pour un document intercommunal (SIREN 200011781)" in limits(plu, "DOC_URBA")


def test_insee_that_varies_is_believed(read):
    plu = read(
        PLUI.replace("N|N|08|18007", "N|N|08|18048"),
        DOC_URBA=PLUI_DOC,
        DOC_URBA_COM="IDURBA|INSEE\n20001178120180101|18007\n20001178120180101|18048",
    )
    assert plu.zones.codes["insee"].tolist() == ["18007", "18007", "18048"]


def test_one_commune_for_too_large_a_ground_is_not_believed(read, limits):
    side = 10_000.0  # 3 zones of 100 km2
    plu = read(PLUI, side=side, DOC_URBA=PLUI_DOC, DOC_URBA_COM="IDURBA|INSEE\n20001178120180101|18007")
    assert plu.communes == () and "insee" not in plu.zones.codes
    assert "Une seule commune (18007) pour un document intercommunal de 300 km²" in limits(plu, "DOC_URBA_COM")
    assert read(PLUI, side=side).communes == ("18007",)  # a commune may have 300 km2, no SIREN says that they are many
    assert "insee" not in read(PLUI, side=20_000.0).zones.codes  # 1 200 km2: no commune of metropolitan France
    assert "insee" in read(PLUI, side=20_000.0, crs="EPSG:2972").zones.codes  # Guyane has such communes


def test_layer_of_another_commune_is_said(read, limits):
    plu = read(
        "LIBELLE|TYPEZONE|DESTDOMI|INSEE|DATAPPRO\nUA|U|01|41003|20130903",
        PRESCRIPTION_PCT="LIBELLE|TYPEPSC|INSEE|DATAPPRO\nx|07|41269|20130926",
    )
    assert plu.idurba == "4100320130903"
    said = limits(plu, "PRESCRIPTION_PCT")
    assert "1 objet sur 1 d'INSEE 41269, hors des communes du document (41003)" in said
    assert "DATAPPRO (20130926) n'est pas la date du document" in said


def test_dates_may_be_true_dates(read):
    rows = [
        {
            "LIBELLE": "UA",
            "TYPEZONE": "U",
            "DESTDOMI": "01",
            "INSEE": "41003",
            "DATAPPRO": datetime.date(2013, 9, 3),
            "geometrie": shapely.box(0, 0, 1, 1),
        }
    ]
    assert read(from_rows("ZONE_URBA", rows)).idurba == "4100320130903"
    rows[0]["DATAPPRO"] = "2013/09/03"
    assert read(from_rows("ZONE_URBA", rows)).idurba == "4100320130903"


def test_idurba_that_differs_between_layers_is_said(read, limits, z2017):
    plu = read(
        z2017,
        INFO_SURF="LIBELLE|TYPEINF|STYPEINF|IDURBA\nx|04|00|30014_PLU_20141013",
        PRESCRIPTION_SURF="LIBELLE|TYPEPSC|STYPEPSC|IDURBA\nx|07|00|30014_plu_20171013",
    )
    assert "1 objet sur 1 porte l'IDURBA 30014_PLU_20141013 au lieu de 30014_PLU_20171013." in limits(plu, "INFO_SURF")
    assert limits(plu, "PRESCRIPTION_SURF") == ""


def test_plui_is_written_in_two_ways_in_idurba(read, limits):
    plu = read(
        "LIBELLE|TYPEZONE|IDURBA\nUA|U|241800432_PLUi_20200128",
        DOC_URBA="IDURBA|TYPEDOC|DATAPPRO|ETAT\n241800432_PLUI_20200128|PLUI|20200128|07",
    )
    assert plu.etat == "approuvé"
    assert "Le document est dit « approuvé » (ETAT 07), non opposable." in limits(plu, "DOC_URBA")


def test_two_rows_for_one_document_and_a_date_of_end_that_is_not_later(read, limits, z2017):
    rows = "IDURBA|TYPEDOC|DATAPPRO|DATEFIN|ETAT\n" + "30014_PLU_20171013|PLU|20171013|20171013|3\n" * 2
    plu = read(z2017, DOC_URBA=rows)
    assert plu.etat == "opposable"
    assert "2 lignes pour le même document" in limits(plu, "DOC_URBA")
    assert "DATEFIN (20171013) n'est pas postérieure à DATAPPRO (20171013)" in limits(plu, "DOC_URBA")
