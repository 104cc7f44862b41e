"""The version of the standard, told by the columns."""

from __future__ import annotations

import pytest


def test_version_2014_is_told_by_its_columns_and_by_ah(read, z2014):
    assert read(z2014).version == "2014"


def test_version_2013_or_2014_when_nothing_tells_which(read, z2014):
    assert read(z2014.replace("|Ah|", "|Nh|")).version == "2013 ou 2014"


def test_version_2013_by_its_typepsc2(read, z2014):
    plu = read(z2014.replace("|Ah|", "|Nh|"), PRESCRIPTION_LIN="TYPEPSC|TYPEPSC2|LIBELLE\n07|07003|Haie")
    assert plu.version == "2013"


@pytest.mark.parametrize(
    "columns, expected",
    [
        ("IDZONE|LIBELLE|TYPEZONE|DESTDOMI|INSEE\nz1|UA|U|01|44118", "2014"),
        ("LIBELLE|TYPEZONE|IDURBA\nUA|U|30014_PLU_20171013", "2017"),
        ("LIBELLE|TYPEZONE|IDURBA|DESTDOMI\nUA|U|30014_PLU_20171013|01", "2017"),
        ("LIBELLE|TYPEZONE|FORMDOMI|DESTOUI|IDURBA\nUA|U|0101|21|30014_PLU_20231013", "2022 ou plus"),
        ("LIBELLE|TYPEZONE|FORMDOMI|DESTOUI|IDURBA\nUA|U|0101|47|30014_PLU_20241013", "2024 ou plus"),
        ("LIBELLE|TYPEZONE|FORMDOMI|DESTOUI|IDURBA\nUA|U|0110|21|30014_PLU_20251013", "2025"),
        ("LIBELLE\nUA", ""),
    ],
)
def test_version_by_columns(read, columns, expected):
    assert read(columns).version == expected


def test_version_2024_needs_a_doc_urba_without_the_columns_of_2025(read, z2022):
    doc = "IDURBA|TYPEDOC|ETAT|NOMPROC|DATAPPRO\n30014_PLU_20231013|PLU|03|MEC1|20231013"
    assert read(z2022, DOC_URBA=doc).version == "2024"
    assert read(z2022, DOC_URBA=doc.replace("NOMPROC", "NOMRAPP")).version == "2025"


def test_version_2025_by_a_prescription_code(read, z2022):
    plu = read(z2022, PRESCRIPTION_SURF="LIBELLE|TYPEPSC|STYPEPSC|IDURBA\nx|56|00|30014_PLU_20231013")
    assert plu.version == "2025"


def test_columns_of_any_case(read):
    plu = read("libelle|TypeZone|idurba\nUA|u|30014_PLU_20171013")
    assert plu.zones.codes["typezone"].tolist() == ["U"]
    assert plu.communes == ("30014",)
