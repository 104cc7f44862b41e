"""A shipped rule file with a few accidents: it is refused with its reasons, or it runs and gives states."""

from __future__ import annotations

import copy
import datetime
import os
import re
from pathlib import Path

import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

RULES = Path(__file__).resolve().parents[2] / "rules"
FILES = {
    path.name: yaml.load(path.read_text("utf-8"), Loader=yaml.BaseLoader)
    for path in sorted([*RULES.glob("modeles/*.yaml"), *RULES.glob("exemples/*.yaml")])
}
TODAY = datetime.date(2026, 1, 1)
#: accidents by file and run; more with FUZZ=5000 in the environment
MANY = settings(
    max_examples=int(os.environ.get("FUZZ", "120")),
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
NASTY = [
    "", "0", "-1", "1e9", "NaN", "oui", "non", "x" * 300, "é*?", "[", "#", "- a", "a: b", "a_completer", "aucun",
    "plu", "scot", "commune", "objet", "0 ha", "1.000 ha", "999999999999 ha", "3 ha/an", "12 m", "0 m", "0 %", "100 %",
    "101 %", "2/3", "1/0", "5 points", "1 logt", "7 logt/an", "2 logt/an/1000hab", "1 %/an", "1 logt/ha", "10 m2/logt",
    "-25 % de la situation passée", "62119", "00000", "2024", "2024-2034", "2034-2024", "2024-13-45", "2020-01-01",
    "POLYGON EMPTY", "POINT(0 0)", "LINESTRING(0 0,0 0)", "LINESTRING(0 0,100 100)", "POLYGON((0 0,9 9,0 9,9 0,0 0))",
    "POLYGON((0 0,50 0,50 50,0 50,0 0))", "AUc", "U", "recommandation", "orientation", "vise", "vraie", "fausse",
    "defaut", "moyenne_simple", "nombre", "logements", "surface", "ligne", "point",
    [], {}, ["a"], {"a": "b"}, ["62119", "62119"], ["2044", "2024"], {"valeur": "1 ha"}, {"table": "t", "champ": "c"},
    {"champ": "C"}, {"selon": "commune", "62119": "1 ha"}, {"zones": {"typezone": ["U", "AUc", "AUs", "A", "N"]}},
    {"couche": "communes"}, {"couche": "communes", "ou": {"INSEE": ["62119"]}},
]  # fmt: skip


def places(node, above=()):
    """(what holds it, its key or its rank) of every value of a tree, the root aside."""
    items = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, value in list(items):
        yield node, key
        yield from places(value)


def accident(data, tree):
    rules = {section: value for section, value in tree.items() if section != "exemples"}
    among = data.draw(st.sampled_from([rules, rules, tree]), label="where")  # rows of examples are many
    holder, key = data.draw(st.sampled_from(list(places(among)) or list(places(tree))), label="place")
    holder = tree if holder is rules else holder
    kind = data.draw(st.sampled_from(["delete", "replace", "replace", "move", "double", "rename"]), label="accident")
    if kind == "delete":
        del holder[key]
    elif kind == "replace":
        holder[key] = copy.deepcopy(data.draw(st.sampled_from(NASTY), label="value"))
    elif kind == "move":
        other, place = data.draw(st.sampled_from(list(places(tree))), label="taken from")
        holder[key] = copy.deepcopy(other[place])
    elif isinstance(holder, list):
        holder.insert(key, copy.deepcopy(holder[key]))
    elif kind == "double":
        holder[f"{key}_bis"] = copy.deepcopy(holder[key])
    else:
        others = sorted({str(name) for one, name in places(tree) if isinstance(one, dict)})
        holder[data.draw(st.sampled_from(others), label="name")] = holder.pop(key)


@MANY
@given(st.data())
def test_a_shipped_file_with_accidents_is_refused_or_runs(data):
    from scot_compat.checks import engine, exemples, needs
    from scot_compat.checks.base import Etat
    from scot_compat.checks.plu import PluError
    from scot_compat.checks.registry import KINDS
    from scot_compat.rules.errors import InvalidRules
    from scot_compat.rules.loader import loads

    tree = copy.deepcopy(FILES[data.draw(st.sampled_from(sorted(FILES)), label="file")])
    for _ in range(data.draw(st.integers(1, 3), label="accidents")):
        if tree:
            accident(data, tree)
    text = yaml.safe_dump(tree, allow_unicode=True, sort_keys=False, width=1000)
    try:
        rules = loads(text, KINDS, "règles.yaml", today=TODAY)
    except InvalidRules as refusal:
        assert refusal.errors
        for error in refusal.errors:
            assert error.file == "règles.yaml" and 1 <= error.line <= text.count("\n") + 1, error
            assert not re.search(r"Traceback|Error\b|\bis not\b|\brequired\b|None|\{\}", error.message), error
        return
    assert all(sentence for prescription in rules.prescriptions for sentence in prescription.lecture)
    needs.of_rules(rules), needs.users(rules), needs.of_plu(rules), needs.horizon_table(rules)
    for exemple in rules.exemples:
        try:
            plu, layers, tables = exemples.build(exemple, rules)
        except (PluError, ValueError) as refusal:
            assert str(refusal)
            continue
        result = engine.run(rules, plu, layers, tables, date=TODAY, horizon=exemples.horizon(exemple))
        assert [answer.prescription for answer in result.answers] == list(rules.prescriptions)
        for constat in [constat for answer in result.answers for constat in answer.constats]:
            assert constat.etat is not Etat.ERREUR and constat.message, constat.message
