"""The code lists carried in resources/cnig agree with the standards."""

from __future__ import annotations

import csv

import pytest
from scot_compat.checks.plu import codes as cnig_codes


# number of codes printed in each version of the standard: prescriptions, informations
@pytest.mark.parametrize(
    "version, prescriptions, informations",
    [
        ("2013", 28, 36),
        ("2014", 30, 36),
        ("2017", 156, 40),
        ("2022", 161, 45),
        ("2024", 165, 45),
        ("2025", 170, 46),
    ],
)
def test_number_of_codes_by_version(root, version, prescriptions, informations):
    def count(name):
        with open(root / "resources" / "cnig" / f"{name}.csv", encoding="utf-8", newline="") as rows:
            return sum(version in row["versions"].split() for row in csv.DictReader(rows))

    assert (count("typepsc"), count("typeinf")) == (prescriptions, informations)


def test_labels_and_couples():
    assert cnig_codes.libelles("TYPEPSC")["18", "15"] == "OAP trames vertes et bleues"
    assert ("25", "00") in cnig_codes.couples("TYPEPSC")
    assert ("04", "00") in cnig_codes.couples("TYPEINF")


def test_codes_that_date_a_document():
    assert {"18-15", "18-16", "03-03", "53-00", "56-00"} <= cnig_codes.nouveaux("typepsc", "2024")
    assert cnig_codes.nouveaux("typepsc", "2025") == {"54-01", "54-02", "55-01", "55-02", "56-00"}
    assert cnig_codes.nouveaux("destinations", "2024") == {"47", "55"}
    assert cnig_codes.nouveaux("vocations", "2025") == {"0110", "0111"}


def test_transfers_states_projections_attributes():
    assert cnig_codes.transferts("TYPEPSC")["12"][:3] == ("TYPEPSC", "05", "07")
    assert cnig_codes.transferts("TYPEPSC")["06"].code == ""
    assert cnig_codes.etats()["03"] == "opposable"
    assert cnig_codes.projections()["EPSG:5490"] == "Guadeloupe, Martinique"
    assert cnig_codes.attributs()["39-02"][0] == "HAUTEUR_METRES_MAX"


def test_every_slug_has_one_code_and_every_list_is_filled():
    assert len(set(cnig_codes.destinations().values())) == len(cnig_codes.destinations()) == 29
    assert set(cnig_codes.vocations("DESTDOMI").values()) >= {"habitat", "mixte", "activite", None}
