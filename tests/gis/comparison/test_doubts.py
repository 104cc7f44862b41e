"""What makes the comparison of two controls doubtful is said, and nothing when there is no doubt."""

from __future__ import annotations

import json

import pytest
from scot_compat.gis.comparison.doubts import doubts
from scot_compat.gis.results import SourceRow

CONTROL = {
    "plu": "76648_PLU_20240101",
    "scot": "SCoT d'essai",
    "scot_etat": "projet",
    "regles": "doo.yaml",
    "regles_sha256": "aa",
    "crs": "EPSG:2154",
    "version": "0.4.0",
    "id": "1",
    "parametres": json.dumps({"HORIZON": "2024-2035"}),
}


def test_two_versions_of_one_plu_make_no_doubt(made):
    """The date that ends an IDURBA is that of the version."""
    later = {**CONTROL, "id": "2", "plu": "76648_PLU_20250101", "date": "2025-06-12T10:00:00+00:00"}
    assert doubts(made(**CONTROL), made(**later)) == ()


@pytest.mark.parametrize(("changed", "said"), [
    ({"plu": "76540_PLU_20250101"}, "Les deux PLU n'ont pas le même nom : « 76648_PLU_20240101 » avant"),
    ({"scot": "SCoT du Bray"}, "Les deux SCoT n'ont pas le même nom : « SCoT d'essai » avant, « SCoT du Bray » après"),
    ({"scot_etat": "executoire"}, "L'état du SCoT n'est pas le même (projet avant, executoire après)"),
    ({"regles_sha256": "bb"}, "Le fichier de règles n'est pas le même (« doo.yaml »)"),
    ({"regles_sha256": "bb", "regles": "doo 2.yaml"}, "(« doo.yaml » avant, « doo 2.yaml » après)"),
    ({"crs": "EPSG:3949"}, "Les projections diffèrent (EPSG:2154 avant, EPSG:3949 après)"),
    ({"parametres": "{}"}, "L'horizon n'est pas le même (2024-2035 avant, non donné après)"),
    ({"version": "0.5.0"}, "la même version de l'extension (0.4.0 avant, 0.5.0 après)"),
    ({"date": "2023-01-01T00:00:00+00:00"}, "Le contrôle donné comme le premier est le plus récent"),
    ({"id": "1"}, "Les deux dossiers sont ceux d'un même contrôle."),
])  # fmt: skip
def test_each_doubt_has_its_sentence(made, changed, said):
    (doubt,) = doubts(made(**CONTROL), made(**{**CONTROL, "id": "2", **changed}))
    assert said in doubt


def test_another_layer_of_the_scot_is_a_doubt_another_zoning_is_what_one_compares(made):
    before, after = made(**CONTROL), made(**{**CONTROL, "id": "2"})
    for side, digests in ((before, "abc"), (after, "xyc")):
        side._sources += [
            SourceRow(name, sha256=one) for name, one in zip(("ZONE_URBA", "corridors", "communes"), digests)
        ]
    (doubt,) = doubts(before, after)
    assert "(corridors)" in doubt


@pytest.mark.parametrize("date", ["", "hier", "-5--"])
def test_a_control_without_a_date_may_be_the_other_one(made, date):
    said = "Un des deux contrôles n'a pas de date : vérifiez lequel est celui d'avant."
    assert said in doubts(made(date=date), made())
    assert said not in doubts(made(), made())
