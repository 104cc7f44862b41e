"""The bar under the sheet: which figures, which words, what it warns of; hidden where there is nothing to compare."""

from __future__ import annotations

from dataclasses import replace

import pytest
from qgis.PyQt.QtWidgets import QFileDialog
from scot_compat.checks.base import Etat
from scot_compat.gis.results import ConstatRow
from scot_compat.ui.results.gauge import GaugeView, of_constat

LENS = ConstatRow(
    1, "c1", "P12", Etat.ECART_MARQUE, "", territoire="62498", territoire_nom="Lens", unite="logt/ha",
    mesure=18.23456, seuil_min=35.0, ecart=16.76544, ecart_relatif=0.479,
)  # fmt: skip


@pytest.fixture
def view(qtbot):
    made = GaugeView()
    qtbot.addWidget(made)
    made.resize(360, 200)
    return made


def test_the_figures_are_those_of_the_sheet():
    gauge = of_constat(LENS)
    assert (gauge.measure, gauge.measured) == (18.23456, "18,23 logt/ha")
    assert (gauge.minimum, gauge.at_least, gauge.maximum, gauge.at_most) == (35.0, "au moins 35 logt/ha", None, "")
    assert gauge.notes == ()


def test_both_ends_of_a_range():
    gauge = of_constat(replace(LENS, unite="%", mesure=98.0, seuil_min=95.0, seuil_max=105.0, ecart=-3.0))
    assert (gauge.at_least, gauge.at_most) == ("au moins 95\u202f%", "au plus 105\u202f%")


def test_a_threshold_does_not_read_as_a_measure_that_it_differs_from():
    gauge = of_constat(replace(LENS, mesure=34.9999))
    assert gauge.measured == "34,9999 logt/ha" and gauge.at_least == "au moins 35 logt/ha"


@pytest.mark.parametrize(
    ("changed", "note"),
    [
        # 19 of 95 % for the worst object, while the whole, 98 %, is above the floor
        (
            {"unite": "%", "mesure": 98.0, "seuil_min": 95.0, "ecart": 19.0, "ecart_relatif": 0.2},
            "La barre est l'ensemble ; l'objet le plus en cause s'écarte du seuil de −20 %.",
        ),
        ({"etat": Etat.SANS_ECART, "mesure": 34.0, "ecart": 1.0, "ecart_relatif": 0.029}, "dans la tolérance"),
        ({"etat": Etat.NON_EVALUE}, "Non évalué : cette mesure ne suffit pas à conclure."),
        ({"etat": Etat.A_APPRECIER}, "À apprécier : cette mesure seule ne conclut pas."),
    ],
)
def test_what_one_would_read_wrong_is_said(changed, note):
    assert note in " ".join(of_constat(replace(LENS, **changed)).notes)


def test_it_is_shown_for_a_constat_with_figures_only(view):
    assert view.isHidden()
    view.show_constat(LENS)
    assert not view.isHidden() and view.height() > 0
    view.show_constat(replace(LENS, mesure=None, seuil_min=None))
    assert view.isHidden()
    view.show_constat(replace(LENS, mesure=None))
    assert not view.isHidden()
    view.show_constat(None)
    assert view.isHidden()


def test_the_tooltip_and_the_description_have_the_exact_figures(view):
    view.show_constat(LENS)
    assert view.accessibleDescription().splitlines() == [
        "Écart marqué : Lens",
        "Mesure : 18,23 logt/ha (18,23456 logements par hectare)",
        "Seuil minimal : 35 logt/ha",
        "Écart : −47,9 %",
    ]
    assert view.toolTip().split("<br>") == view.accessibleDescription().splitlines()
    view.show_constat(replace(LENS, unite="m2", mesure=121952.3456, seuil_min=None, seuil_max=0.0, ecart=121952.3456))
    assert "Mesure : 12,2 ha (121 952,3456 m²)" in view.accessibleDescription().replace("\u202f", " ")


def test_it_is_painted_in_each_state(view, qtbot):
    view.show()
    for etat in Etat:
        view.show_constat(replace(LENS, etat=etat))
        assert not view.grab().isNull()


def test_an_image_says_whose_figures_it_shows(view, tmp_path, monkeypatch):
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "x.svg"), ""))
    view.show_constat(LENS)
    view.save()
    said = (tmp_path / "x.svg").read_text(encoding="utf-8")
    assert "P12 · Lens · Écart marqué" in said and "18,23 logt/ha" in said and "au moins 35 logt/ha" in said
