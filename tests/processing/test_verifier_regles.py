"""`scotcompat:verifier_regles`: all the errors in the log and in the page, the rules read aloud when there are none."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest

#: a key (line 3), a kind of control (line 11) and a unit (line 21) are wrong
WRONG = """\
format: 1
scot:
  nim: SCoT du Pays d'Été
couches: {}
prescriptions:
  - id: P1
    intitule: Des « guillemets » & l'été <b>
    objectif: "1.1"
    nature: norme
    controle:
      zone_interdites:
        objets: {zones: {typezone: [AUc]}}
  - id: P2
    intitule: Densité
    objectif: "1.1"
    nature: norme
    controle:
      densite:
        objets: {zones: {typezone: [AUc]}}
        logements: {champ: LOGEMENTS}
        minimum: 20 m2
"""


@pytest.fixture
def wrong(tmp_path):
    path = tmp_path / "données de l'été" / "règles révisées n°2.yaml"
    path.parent.mkdir()
    path.write_text(WRONG, encoding="utf-8")
    return path


def words(page):
    """The text of a well-formed page."""
    said, opened = [], []

    class Reader(HTMLParser):
        def handle_starttag(self, tag, attrs):
            if tag not in ("meta", "br"):
                opened.append(tag)

        def handle_endtag(self, tag):
            assert opened.pop() == tag

        def handle_data(self, data):
            said.append(data)

    Reader().feed(page.read_text(encoding="utf-8"))
    assert not opened
    return " ".join(said)


def test_all_the_errors_and_the_exit_code(qgis_process, wrong):
    report = wrong.parent / "rapport d'été.html"
    outcome = qgis_process("verifier_regles", code=1, REGLES=wrong, RAPPORT=report)
    for place in (outcome.stderr, words(report)):
        assert "zones_interdites" in place and "zone_interdites" in place
        assert "nom" in place and "nim" in place
        assert "« m2 » ne convient pas" in place
    for line, column in ((3, 3), (11, 7), (21, 18)):
        assert f"{wrong}, ligne {line}, colonne {column}" in outcome.stderr
    assert "Traceback" not in outcome.text


def test_errors_without_failing(qgis_process, wrong):
    outcome = qgis_process("verifier_regles", REGLES=wrong, ECHOUER="false")
    assert outcome.results["NB_ERREURS"] == 3
    assert all(f"{wrong}, ligne {line}" in outcome.text for line in (3, 11, 21))
    assert "Traceback" not in outcome.text


def test_a_valid_file_is_read_aloud(qgis_process, demo):
    report = demo.parent / "relu à l'été.html"
    outcome = qgis_process("verifier_regles", REGLES=demo / "regles.yaml", RAPPORT=report)
    assert outcome.results == {"NB_ERREURS": 0, "RAPPORT": str(report)}
    said = words(report)
    assert "Fichier valide : SCoT du Pays d'Aubrelle (fictif), 44 prescriptions." in said
    assert said.count("(objectif, p. ") == 22 and "P31 Préserver les corridors" in said
    assert "1.1 Un commerce qui conforte les centralités (DAACL)" in said
    assert "Avertissements" in said  # the threshold still to be filled in


def test_an_expression_that_qgis_cannot_read_is_an_error(process, root, tmp_path):
    """`rules/` only knows what an expression may not use; QGIS knows what it means."""
    path = tmp_path / "été.yaml"
    text = (root / "rules" / "modeles" / "expression.yaml").read_text(encoding="utf-8")
    path.write_text(text.replace("pi() * area", "pi() area"), encoding="utf-8")
    line = next(number for number, one in enumerate(text.splitlines(), 1) if "expression: |" in one)
    run = process("verifier_regles", REGLES=path, ECHOUER=False, RAPPORT=tmp_path / "r.html")
    assert run.results["NB_ERREURS"] == 1
    assert f"{path}, ligne {line}, colonne 21, clé prescriptions[P1].expression.expression : L'expression" in run.said
    assert "n'est pas valide : syntaxe incorrecte, ligne 1, colonne" in words(tmp_path / "r.html")
    assert "n'est pas valide" in process("verifier_regles", REGLES=path).failure


def test_the_report_is_optional(process, demo):
    run = process("verifier_regles", REGLES=demo / "regles.yaml")
    assert run.results["NB_ERREURS"] == 0
    assert "P13 : " in run.said


@pytest.mark.parametrize("report, said", [
    ("/proc/rapport.html", "Le rapport « /proc/rapport.html » ne peut pas être écrit"),
    ("n'existe pas/rapport.html", "ne peut pas être écrit"),
])  # fmt: skip
def test_a_report_that_cannot_be_written(process, demo, tmp_path, report, said):
    run = process("verifier_regles", REGLES=demo / "regles.yaml", RAPPORT=tmp_path / report)
    assert said in run.failure
    assert "Traceback" not in run.failure and "Erreur interne" not in run.failure


def test_the_report_never_replaces_the_rules(process, wrong):
    run = process("verifier_regles", REGLES=wrong, RAPPORT=wrong, ECHOUER=False)
    assert "Le rapport remplacerait le fichier de règles" in run.failure
    assert wrong.read_text(encoding="utf-8") == WRONG


def test_what_is_not_a_rule_file(process, tmp_path):
    binary = tmp_path / "photo d'été.yaml"
    binary.write_bytes(bytes(range(256)) * 10)
    for path in (tmp_path / "rien.yaml", binary):
        run = process("verifier_regles", REGLES=path)
        assert "Le fichier de règles comporte 1 erreur" in run.failure
        assert "Traceback" not in run.failure and "Erreur interne" not in run.failure
