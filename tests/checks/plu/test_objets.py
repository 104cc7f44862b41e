"""Codes of prescriptions and informations in every version."""

from __future__ import annotations

import shapely
from scot_compat.checks.layers import from_rows


def test_prescriptions_of_2014_go_through_the_transfer_table(read, limits, z2014):
    plu = read(
        z2014,
        PRESCRIPTION_SURF="LIBELLE|TYPEPSC|INSEE|DATAPPRO\n"
        + "\n".join(f"x|{code}|44118|20150219" for code in ("01", "7", "09", "10", "11", "12", "21", "06", "25")),
    )
    layer = plu.prescriptions["SURF"]
    assert layer.codes["typepsc"].tolist() == ["01", "07", "05", "05", "15", "05", "05", "06", "25"]
    assert layer.codes["typepsc_brut"].tolist() == ["01", "07", "09", "10", "11", "12", "21", "06", "25"]
    assert "stypepsc" not in layer.codes
    assert layer.manques["stypepsc"] == "champ STYPEPSC (absent avant le standard 2017)"  # vector OR5
    assert "5 objets d'un ancien code TYPEPSC" in limits(plu, "PRESCRIPTION_SURF")
    assert "09 lu 05-05 (1), 10 lu 05-06 (1), 11 lu 15 (1)" in limits(plu, "PRESCRIPTION_SURF")


def test_prescriptions_of_2017_keep_their_codes(read, limits, z2017):
    plu = read(z2017, PRESCRIPTION_LIN="LIBELLE|TYPEPSC|STYPEPSC\nx|7|4\ny|16|03\nz|11|00\nw|07|42\nv|88|00\nu|-|-")
    layer = plu.prescriptions["LIN"]
    assert layer.codes["typepsc"].tolist() == ["07", "16", "11", "07", "88", None]
    assert layer.codes["stypepsc"].tolist() == ["04", "03", "00", "42", "00", None]
    said = limits(plu, "PRESCRIPTION_LIN")
    assert "1 objet de TYPEPSC inconnu du CNIG (88)" in said
    assert "2 objets de STYPEPSC inconnu du CNIG (07-42, 11-00)" in said
    assert "1 objet sans TYPEPSC" in said


def test_subcodes_glued_to_the_code_also_read_as_numbers(read, limits, z2014):
    rows = [
        {"LIBELLE": "x", "TYPEPSC": code, "TYPEPSC2": both, "geometrie": shapely.Point(0, 0)}
        for code, both in ((7, 7003), (11, 11001), (16, None), (None, 22002))
    ]
    plu = read(z2014, PRESCRIPTION_PCT=from_rows("PRESCRIPTION_PCT", rows))
    layer = plu.prescriptions["PCT"]
    assert layer.codes["typepsc"].tolist() == ["07", "15", "16", "22"]
    assert layer.codes["stypepsc"].tolist() == ["03", None, None, "02"]
    assert "Sous-codes lus dans TYPEPSC2" in limits(plu, "PRESCRIPTION_PCT")
    text = read(z2014, INFO_PCT="LIBELLE|TYPEINF|TYPEINF2\nx|16|16001").informations["PCT"]
    assert (text.codes["typepsc"].tolist(), text.codes["stypepsc"].tolist()) == (["16"], ["01"])


def test_informations_have_the_same_codes(read, limits, z2014):
    plu = read(z2014, INFO_SURF="LIBELLE|TYPEINF\nx|04\ny|18")
    assert plu.informations["SURF"].codes["typepsc"].tolist() == ["04", "18"]
    assert plu.informations["SURF"].manques["stypepsc"] == "champ STYPEINF (absent avant le standard 2017)"
    assert "1 information de TYPEINF 18" in limits(plu, "INFO_SURF")
    assert "depuis 2017 une prescription 31" in limits(plu, "INFO_SURF")


def test_absent_layers_confirmed_by_the_user_are_recorded(read, limits, z2017):
    plu = read(z2017, complet=True, PRESCRIPTION_SURF="LIBELLE|TYPEPSC|STYPEPSC\nx|07|04")
    assert plu.complet and "confirmé" not in limits(plu, "PRESCRIPTION_SURF")
    assert "l'utilisateur a confirmé" in limits(plu, "PRESCRIPTION_LIN")
    assert limits(read(z2017), "PRESCRIPTION_LIN") == ""
