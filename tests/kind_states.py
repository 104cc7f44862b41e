"""What each kind must be able to answer: a file of examples per kind, `checks/states/<kind>.yaml`, in the rules' words.

The name of an example begins with one of CASES, then « : » and what it shows; figures are small enough to be done by
hand, and the comment above an example does them. A case that a kind cannot have is in CANNOT, with the reason.
"""

from __future__ import annotations

import datetime
from pathlib import Path

STATES = Path(__file__).resolve().parent / "checks" / "states"
#: what an example shows -> the state it announces, None when it may be any of those that the kind has
CASES = {
    "conforme": "sans_ecart",
    "toléré": "sans_ecart",
    "écart faible": "ecart_faible",
    "écart marqué": "ecart_marque",
    "sans objet": "sans_objet",
    "donnée absente": "non_evalue",  # one example for each input that can be missing
    "bornes d'accord": None,  # something unknown, the same state at its lowest and at its highest
    "bornes en désaccord": "non_evalue",
    "exception": None,  # beside the same plan without it, which is the case « écart marqué »
    "orientation": "a_apprecier",
    "recommandation": "a_apprecier",
    "précision": "sans_ecart",  # a departure smaller than what the data or the threshold can tell
}
#: (kind, case) -> why that kind cannot have it
CANNOT: dict[tuple[str, str], str] = {
    ("expression", "toléré"): "true or false: there is no threshold to depart from, so no tolerance",
    ("zones_interdites", "toléré"): "no threshold, so no tolerance: what is too small to count is « précision »",
    ("destination", "toléré"): "no threshold, so no tolerance: what is too small to count is « précision »",
    **{
        ("lecture", case): "nothing is measured, so nothing complies, departs or is known by halves: a person answers"
        for case in (
            "conforme",
            "toléré",
            "écart faible",
            "écart marqué",
            "bornes d'accord",
            "bornes en désaccord",
            "précision",
        )
    },
}


def played(kind: str, **options):
    """The outcomes of the file of a kind, by case."""
    from scot_compat.checks.exemples import play
    from scot_compat.checks.registry import KINDS
    from scot_compat.rules.loader import load

    found: dict[str, list] = {}
    for outcome in play(load(STATES / f"{kind}.yaml", KINDS), date=datetime.date(2026, 1, 1), **options):
        found.setdefault(outcome.exemple.partition(" : ")[0], []).append(outcome)
    return found


def complain(kind: str, found: dict[str, list]) -> list[str]:
    """What is wrong with the answers of a kind: a case without an example, a name that is no case, another state."""
    wanted = {case for case in CASES if (kind, case) not in CANNOT}
    wrong = [f"{case} : aucun exemple" for case in sorted(wanted - set(found))]
    wrong += [f"{case} : n'est pas un cas" for case in sorted(set(found) - wanted)]
    for case, outcomes in found.items():
        for one in outcomes:
            announced = CASES.get(case)
            if announced and one.attendu != announced:
                wrong.append(f"{one.exemple} : annonce {one.attendu}, le cas est {announced}")
            if not one.passed:
                wrong.append(
                    f"{one.exemple} : {one.prescription} {one.trouve} au lieu de {one.attendu} ({one.message})"
                )
    return wrong
