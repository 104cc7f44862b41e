"""Whatever the text, it loads or it is refused with its reasons: nothing else ever comes out."""

from __future__ import annotations

import yaml
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

SLOW = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
KEYS = [
    "format", "scot", "nom", "reprend", "territoires", "communes", "classements", "armature", "classes", "lu_dans",
    "couches", "corridors", "libelle", "geometrie", "precision", "tampon", "filtre", "tables", "programme", "cle",
    "selections", "extension", "zones", "typezone", "prescriptions_plu", "couche", "ou", "champ", "table",
    "prescriptions", "id", "intitule", "nature", "controle", "controles", "volet", "mesure", "interdit",
    "situation", "objets", "hors",
    "minimum", "maximum", "cible", "selon", "defaut", "echelle", "tolerance", "part_minimale", "part_du_plu", "prorata",
    "logements", "sauf", "motif", "s_applique_a", "exemples", "attendu", "P1", "jalons", "si", "a_moins_de", "champs",
]  # fmt: skip
WORDS = ["1", "oui", "armature", "pole", "35 logt/ha", "2/3", "95 %", "commune", "scot", "a_completer", "aucun",
         "62119", "corridors", "extension", "programme", "AUc", "norme", "P1", "1:25000", "-3 m", "",
         "ecart_marque"]  # fmt: skip
TREES = st.recursive(
    st.sampled_from(WORDS) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=5),
    max_leaves=25,
)


def loads_or_refuses(lire, text):
    from scot_compat.rules.errors import InvalidRules

    try:
        rules = lire(text)
    except InvalidRules as refusal:
        assert refusal.errors
        for error in refusal.errors:
            assert error.message and error.severity == "erreur"
    else:
        assert rules.prescriptions


@SLOW
@given(st.text(max_size=300))
def test_any_text(lire, text):
    loads_or_refuses(lire, text)


@SLOW
@given(st.text(alphabet=" \n:-{}[],&*!|>'\"%@`#?<=~a1é\t", max_size=120))
def test_any_punctuation(lire, text):
    loads_or_refuses(lire, text)


@SLOW
@given(st.binary(max_size=300))
def test_any_bytes(kinds, tmp_path, data):
    from scot_compat.rules.errors import InvalidRules
    from scot_compat.rules.loader import load

    file = tmp_path / "f.yaml"
    file.write_bytes(data)
    try:
        load(file, kinds)
    except InvalidRules as refusal:
        assert refusal.errors


@SLOW
@given(st.dictionaries(st.sampled_from(KEYS), TREES, max_size=8))
def test_any_tree_of_known_words(lire, tree):
    loads_or_refuses(lire, yaml.safe_dump({"format": "1", "scot": {"nom": "S"}, **tree}, allow_unicode=True))


@SLOW
@given(
    st.dictionaries(st.sampled_from(KEYS), TREES, max_size=6), st.dictionaries(st.sampled_from(KEYS), TREES, max_size=6)
)
@example({"format": {"prescriptions_plu": [], "zones": [], "a_moins_de": []}}, {})
def test_any_prescription(lire, debut, values, outer):
    prescription = {
        "id": "P1",
        "intitule": "E",
        "nature": "norme",
        "controle": {"mesure": {"objets": "extension", **values}},
        **outer,
    }
    text = yaml.safe_dump({"prescriptions": [prescription]}, allow_unicode=True)
    loads_or_refuses(lire, debut + text)


@SLOW
@given(st.data())
def test_a_right_file_with_one_accident(lire, debut, data):
    text = debut + (
        "prescriptions:\n  - id: P1\n    intitule: E\n    nature: norme\n    controle:\n      mesure:\n"
        "        objets: [extension, {prescriptions_plu: {typepsc: [07]}}]\n"
        "        minimum: {selon: armature, pole: 3 logt/ha}\n"
        "        echelle: commune\n        tolerance: 10 %\n    sauf: [{communes: [62051], motif: a}]\n"
    )
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(len(text), start + 12)))
    loads_or_refuses(lire, text[:start] + data.draw(st.text(max_size=4)) + text[end:])
