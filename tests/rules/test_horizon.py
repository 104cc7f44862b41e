"""`horizon:`, the table where the years of each PLU are read: what is refused, where, and what is only said."""

from __future__ import annotations

import pytest


@pytest.fixture(scope="session")
def kinds():
    from scot_compat.checks.registry import KINDS

    return KINDS


def regles(horizon, cle="IDURBA"):
    return f"""\
format: 1
scot: {{nom: S}}
tables:
  documents: {{libelle: D, cle: {cle}}}
{horizon}
prescriptions:
  - id: P1
    intitule: I
    nature: norme
    controle: {{surface: {{objets: {{zones: {{typezone: [AUc]}}}}, maximum: 1 ha/an}}}}
"""


def test_it_is_read(lire):
    rules = lire(regles("horizon: {table: documents, debut: DEBUT, fin: FIN}"))
    assert (rules.horizon.table, rules.horizon.debut, rules.horizon.fin) == ("documents", "DEBUT", "FIN")
    assert not rules.warnings


def test_without_it_the_horizon_is_a_parameter_of_the_run(lire):
    assert lire(regles("")).horizon is None


@pytest.mark.parametrize(
    "horizon, cle, ligne, said",
    [
        ("horizon: {table: document, debut: A, fin: B}", "IDURBA", 5, "table « document » non déclarée"),
        ("horizon:\n  table: documents\n  debut: A", "IDURBA", 5, "« fin » manque"),
        ("horizon:\n  table: documents\n  début: A\n  fn: B", "IDURBA", 8, "vouliez-vous « fin »"),
        ("horizon: 2024-2034", "IDURBA", 5, "où lire l'horizon de chaque PLU"),
        ("horizon:\n  table: documents\n  debut: A\n  fin: a", "IDURBA", 8, "deux champs différents"),
        ("horizon: {table: documents, debut: A, fin: B}", "INSEE", 4, "cle: IDURBA attendu"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(lire, horizon, cle, ligne, said):
    from scot_compat.rules.errors import InvalidRules

    with pytest.raises(InvalidRules) as refusal:
        lire(regles(horizon, cle))
    assert [(error.line, said in error.message) for error in refusal.value.errors] == [(ligne, True)], refusal.value
