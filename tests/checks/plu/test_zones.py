"""Codes of ZONE_URBA in every version: type, labels, vocation, destinations, identifiers."""

from __future__ import annotations

import pytest
import shapely
from scot_compat.checks.layers import from_rows
from scot_compat.checks.plu import PluError


@pytest.mark.parametrize(
    "raw, libelle, expected",
    [
        ("U", "UA", "U"),
        ("u ", "UA", "U"),
        ("Ux", "UX", "U"),
        ("UA", "UA", "U"),
        ("AUc", "1AU", "AUc"),
        ("AUC", "1AU", "AUc"),
        ("auS", "2AU", "AUs"),
        (" AU s", "2AU", "AUs"),
        ("A", "A", "A"),
        ("N", "N", "N"),
        ("Ah", "Ah", "A"),
        ("NH", "Nh", "N"),
        ("Nd", "Nd", "N"),
        ("AU", "1AU", "AUc"),
        ("AU", "AUh1", "AUc"),
        ("AU", "IAU", "AUc"),
        ("AU", "-", "AUc"),
        ("AU", "2AU", "AUs"),
        ("AU", "2AUh", "AUs"),
        ("AU", "3AU", "AUs"),
        ("AU", "IIAU", "AUs"),
        ("AU", "AU2", "AUs"),
        ("AU", "AUs", "AUs"),
        ("AU", "AUf", "AUs"),
        ("AU", "2 AU", "AUs"),
        ("AU", "AUspo", "AUc"),
        ("1AU", "AUz", "AUc"),
        ("2AU", "AUz", "AUs"),
        ("zone urbaine", "UA", None),
        ("NA", "1NA", None),
        ("Z", "Z", None),
    ],
)
def test_typezone(read, raw, libelle, expected):
    plu = read(f"LIBELLE|TYPEZONE|IDURBA\n{libelle}|{raw}|30014_PLU_20171013")
    assert plu.zones.codes["typezone"].tolist() == [expected]
    assert plu.zones.codes["typezone_brut"].tolist() == [" ".join(raw.split())]


def test_stecal_are_the_buildable_ah_and_nh(read, limits):
    plu = read("LIBELLE|TYPEZONE|DESTDOMI|INSEE\n" + "\n".join(f"z|{t}|01|44118" for t in ("Ah", "Nh", "Nd", "A", "-")))
    assert plu.zones.codes["stecal"].tolist() == [True, True, False, False, None]
    assert "3 zones de TYPEZONE Ah, Nd et Nh (codes de 2013-2014), lues A ou N" in limits(plu)


def test_deduced_au_is_said_with_its_count(read, limits):
    plu = read(
        "LIBELLE|TYPEZONE|IDURBA\n1AU|AU|30014_PLU_20171013\n1AUe|AU|30014_PLU_20171013\n2AU|AU|30014_PLU_20171013"
    )
    assert plu.zones.codes["typezone"].tolist() == ["AUc", "AUc", "AUs"]
    assert "3 zones de TYPEZONE AU, sans distinction entre AUc et AUs" in limits(plu)
    assert "2 lues AUc et 1 lue AUs" in limits(plu)


def test_unlisted_unknown_and_missing_typezones_are_said(read, limits):
    plu = read("LIBELLE|TYPEZONE|IDURBA\nUx|Ux|a\nZz|Zone|a\nUB|-|a\nUC|U|a")
    assert plu.zones.codes["typezone"].tolist() == ["U", None, None, "U"]
    assert "1 zone d'un TYPEZONE hors liste (Ux)" in limits(plu)
    assert "1 zone d'un TYPEZONE inconnu (Zone)" in limits(plu)
    assert "1 zone sans TYPEZONE (UB)" in limits(plu)


@pytest.mark.parametrize(
    "libelle, typezone",
    [
        ("UA", "N"),
        ("UX", "A"),
        ("U1", "AUc"),
        ("1AU", "U"),
        ("2AUh", "N"),
        ("IAU", "U"),
        ("A", "N"),
        ("Azh", "N"),
        ("2Ah1", "Nh"),
        ("Np", "A"),
        ("N", "U"),
    ],
)
def test_typezone_that_contradicts_libelle_is_said(read, limits, libelle, typezone):
    said = limits(read(f"LIBELLE|TYPEZONE|IDURBA\n{libelle}|{typezone}|30014_PLU_20171013"))
    assert f"se contredisent ({libelle} typée {typezone})" in said


@pytest.mark.parametrize(
    "libelle, typezone",
    [
        ("UX", "U"),
        ("Uca", "U"),
        ("U", "U"),
        ("ZURNU", "U"),
        ("1AU", "AUc"),
        ("1AU", "AUs"),
        ("IIAU", "AUc"),
        ("AUz", "AUc"),
        ("A", "A"),
        ("Ah", "Ah"),
        ("Ap", "A"),
        ("N", "N"),
        ("N-st", "N"),
        ("NL", "N"),
        ("Ne", "Nh"),
        ("1NA", "AUc"),
        ("NC", "A"),
        ("Urbain", "N"),
        ("Zone naturelle", "A"),
        ("-", "N"),
        ("Naturelle", "A"),
        ("Agricole", "N"),
    ],
)
def test_no_contradiction_seen_where_there_is_none(read, limits, libelle, typezone):
    said = limits(read(f"LIBELLE|TYPEZONE|IDURBA\n{libelle}|{typezone}|30014_PLU_20171013"))
    assert "contredisent" not in said


@pytest.mark.parametrize(
    "zones, state", [("LIBELLE|LIBELONG\nUA|Centre", "absent"), ("LIBELLE|TYPEZONE\nUA|-", "présent mais vide")]
)
def test_no_typezone_is_a_lack_with_its_remedy(read, limits, zones, state):
    plu = read(zones)
    assert "typezone" not in plu.zones.codes and "stecal" not in plu.zones.codes
    assert f"champ TYPEZONE ({state}" in plu.zones.manques["typezone"]
    assert "« libelle »" in plu.zones.manques["typezone"]
    assert f"Champ TYPEZONE {state}" in limits(plu)


def test_mapping_gives_a_field_its_cnig_name(read, limits):
    plu = read("etiq|type_z\nUA|U\n2AU|AUs", mapping={"LIBELLE": "ETIQ", "typezone": "TYPE_Z"})
    assert plu.zones.codes["typezone"].tolist() == ["U", "AUs"]
    assert plu.zones.codes["libelle"].tolist() == ["UA", "2AU"]
    assert set(plu.zones.colonnes) == {"etiq", "type_z"}
    assert "TYPEZONE lu dans le champ « TYPE_Z »" in limits(plu)
    with pytest.raises(PluError, match="« ZZZ », indiqué pour TYPEZONE"):
        read("LIBELLE\nUA", mapping={"TYPEZONE": "ZZZ"})


def test_labels_lose_line_breaks_and_no_break_spaces_but_columns_keep_them(read, limits):
    zones = from_rows(
        "ZONE_URBA",
        [
            {
                "LIBELLE": "1\u00a0AU ",
                "LIBELONG": "Secteur\ntouristique",
                "TYPEZONE": "AUc",
                "geometrie": shapely.box(0, 0, 1, 1),
            }
        ],
    )
    plu = read(zones)
    assert plu.zones.codes["libelle"].tolist() == ["1 AU"]
    assert plu.zones.codes["libelong"].tolist() == ["Secteur touristique"]
    assert plu.zones.colonne("LIBELLE").tolist() == ["1\u00a0AU "]
    assert "1 objet avec une espace insécable dans LIBELLE" in limits(plu)
    assert "1 objet avec un retour à la ligne dans LIBELONG" in limits(plu)


def test_empty_fields_of_the_standard_are_said(read, limits, z2014):
    assert "Champs présents mais vides sur toutes les zones : URLFIC et DATVALID." in limits(read(z2014))
    assert "LIBELONG répète LIBELLE" in limits(read("LIBELLE|LIBELONG|TYPEZONE\nUA|UA|U\nN|N|N"))


@pytest.mark.parametrize(
    "champ, value, expected",
    [
        ("FORMDOMI", "0101", "habitat"),
        ("FORMDOMI", "101", "habitat"),
        ("FORMDOMI", "01", "habitat"),
        ("FORMDOMI", "1", "habitat"),
        ("FORMDOMI", "0202", "commerce"),
        ("FORMDOMI", "0201", "activite"),
        ("FORMDOMI", "0600", "transport"),
        ("FORMDOMI", "0903", "carriere_energie"),
        ("FORMDOMI", "9900", "autre"),
        ("FORMDOMI", "0300.0", "mixte"),
        ("FORMDOMI", "0000", None),
        ("FORMDOMI", "-", None),
        ("FORMDOMI", "0777", None),
        ("DESTDOMI", "01", "habitat"),
        ("DESTDOMI", "1", "habitat"),
        ("DESTDOMI", "1.0", "habitat"),
        ("DESTDOMI", "10", "carriere_energie"),
        ("DESTDOMI", "09", "naturel"),
        ("DESTDOMI", "00", None),
        ("DESTDOMI", "06", None),
        ("DESTDOMI", "03 - mixte", "mixte"),
    ],
)
def test_vocation(read, champ, value, expected):
    plu = read(f"LIBELLE|TYPEZONE|{champ}\nUA|U|{value}\nUB|U|02")
    assert plu.zones.codes["vocation"].tolist() == [expected, "activite"]


def test_vocation_of_numbers(read):
    rows = [
        {"LIBELLE": "UA", "TYPEZONE": "U", "FORMDOMI": value, "geometrie": shapely.box(0, 0, 1, 1)}
        for value in (100, 100.0, None, float("nan"), 9900)
    ]
    assert read(from_rows("ZONE_URBA", rows)).zones.codes["vocation"].tolist() == [
        "habitat",
        "habitat",
        None,
        None,
        "autre",
    ]


def test_vocation_of_2017_survives_as_optional_attribute(read):
    plu = read(
        "LIBELLE|TYPEZONE|IDURBA|LIB_ATTR1|LIB_VAL1|LIB_ATTR2|LIB_VAL2\n"
        "UA|U|a|DESTDOMI|01|-|-\nUX|U|a|AUTRE|9|DestDomi|2\nN|N|a|-|-|-|-"
    )
    assert plu.zones.codes["vocation"].tolist() == ["habitat", "activite", None]
    assert plu.version == "2017"


def test_vocation_is_completed_zone_by_zone(read):
    plu = read("LIBELLE|TYPEZONE|FORMDOMI|DESTDOMI\nUA|U|0101|05\nUE|U|-|05\nUX|U|0000|02")
    assert plu.zones.codes["vocation"].tolist() == ["habitat", "equipement", "activite"]


def test_vocation_lacking_or_unlisted_is_said(read, limits, z2017, z2022):
    assert read(z2017).zones.manques["vocation"] == "champ FORMDOMI ou DESTDOMI"  # vector D17
    assert "vocation" not in read(z2017).zones.codes
    empty = read("LIBELLE|TYPEZONE|FORMDOMI\nUA|U|-")
    assert empty.zones.manques["vocation"] == "champ FORMDOMI ou DESTDOMI (FORMDOMI est présent mais vide)"
    plu = read("LIBELLE|TYPEZONE|FORMDOMI\nUA|U|0777\nUB|U|-\nUC|U|0100")
    assert "1 zone de FORMDOMI hors liste (0777)" in limits(plu)
    assert "2 zones sur 3 sans vocation connue" in limits(plu)


def test_destinations_are_sets_of_codes(read, z2022):
    plu = read(z2022)
    assert plu.zones.codes["destoui"].tolist() == [frozenset({"21", "31"}), frozenset({"20"})]
    assert plu.zones.codes["destcdt"].tolist() == [None, frozenset({"31"})]
    assert plu.zones.codes["destnon"].tolist() == [frozenset({"50"}), None]


@pytest.mark.parametrize("value", ["21-31", "21,31", "21; 31", "21 31", "21 - 31", "21-31-"])
def test_destinations_separators(read, value):
    plu = read(f"LIBELLE|TYPEZONE|DESTOUI|DESTCDT|DESTNON\nUA|U|{value}|-|-")
    assert plu.zones.codes["destoui"].tolist() == [frozenset({"21", "31"})]


def test_destinations_unknown_codes_and_missing_fields_are_said(read, limits):
    plu = read("LIBELLE|TYPEZONE|DESTOUI\nUA|U|21-77\nUB|U|tout")
    assert plu.zones.codes["destoui"].tolist() == [frozenset({"21"}), None]
    assert plu.zones.codes["destnon"].tolist() == [None, None]
    assert "2 zones avec, dans DESTOUI, un code de destination inconnu (77, tout)" in limits(plu)
    assert "Champs DESTCDT et DESTNON absents" in limits(plu)


def test_destinations_lacking(read, limits, z2017):
    assert (
        read(z2017).zones.manques["destinations"]
        == "champs DESTOUI, DESTCDT et DESTNON (absents avant le standard 2022)"
    )
    empty = read("LIBELLE|TYPEZONE|DESTOUI|DESTCDT|DESTNON\nUA|U|-|-|-")
    assert "présents mais vides" in empty.zones.manques["destoui"]


def test_own_identifiers_only_when_filled_and_unique(read, limits, z2017):
    assert read("LIB_IDZONE|LIBELLE|TYPEZONE\nz7|UA|U\nz8|UB|U").zones.ids.tolist() == ["z7", "z8"]
    twice = read("LIB_IDZONE|LIBELLE|TYPEZONE\nz7|UA|U\nz7|UB|U")
    assert twice.zones.ids.tolist() == ["1", "2"]
    assert "LIB_IDZONE n'est pas rempli et unique" in limits(twice)
    empty = read("LIB_IDZONE|LIBELLE|TYPEZONE\n-|UA|U\n-|UB|U")
    assert empty.zones.ids.tolist() == ["1", "2"] and "LIB_IDZONE" not in limits(empty)
    plu = read(z2017, PRESCRIPTION_PCT="LIB_IDPSC|LIBELLE|TYPEPSC|STYPEPSC\np1|x|07|01")
    assert plu.prescriptions["PCT"].ids.tolist() == ["p1"]
