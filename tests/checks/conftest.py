"""How a test asks the product: a prescription in YAML, a little PLU in boxes, then what its constats must say."""

from __future__ import annotations

import re
import textwrap

import pytest
import shapely
from shapely.geometry import box

DEBUT = """\
format: 1
scot:
  nom: SCoT d'essai
  etat: executoire
"""


@pytest.fixture
def executer():
    """`executer(texte, exemple, lues={}, **options) -> base.Result` of a whole rule file, without its first lines.

    `exemple` is an entry of `exemples:` whose rows may give `box` (xmin, ymin, xmax, ymax) instead of `wkt`.
    `lues`: layers as read from a source, where `filtre` applies, by name: rows with a `box`.
    """

    def run(texte, exemple, lues=None, **options):
        from scot_compat.checks import engine, exemples
        from scot_compat.checks.layers import from_rows
        from scot_compat.checks.registry import KINDS
        from scot_compat.rules.loader import loads

        rules = loads(DEBUT + textwrap.dedent(texte), KINDS)
        plu, layers, tables = exemples.build(as_read(exemple), rules)
        read = {
            nom: from_rows(nom, [{**row, "geometrie": box(*row["box"])} for row in rows])
            for nom, rows in (lues or {}).items()
        }
        options.setdefault("horizon", exemples.horizon(exemple))
        return engine.run(rules, plu, {**layers, **read}, tables, **options)

    return run


@pytest.fixture
def repondre(executer):
    """`repondre(prescription, exemple, entete="") -> base.Answer` to one prescription.

    `prescription` is the YAML of its body, `nature: norme` unless given; `entete` holds `couches:`, `tables:`…
    """

    def run(prescription, exemple, entete="", **options):
        body = textwrap.dedent(prescription).strip("\n")
        if not re.search(r"^nature:", body, re.MULTILINE):
            body = "nature: norme\n" + body
        head = "id: P1\nintitule: Prescription d'essai\nobjectif: 1. Essai\n"
        item = textwrap.indent(head + body, "    ").replace("    id:", "  - id:", 1)
        texte = textwrap.dedent(entete).strip("\n") + "\nprescriptions:\n" + item + "\n"
        (answer,) = executer(texte, exemple, **options).answers
        return answer

    return run


@pytest.fixture
def constater(repondre):
    """`constater(prescription, exemple, entete="") -> base.Constat`, the only one of the prescription."""

    def run(prescription, exemple, entete="", **options):
        constats = repondre(prescription, exemple, entete, **options).constats
        assert len(constats) == 1, [(c.territoire, str(c.etat), c.message) for c in constats]
        return constats[0]

    return run


@pytest.fixture
def par_unite(repondre):
    """`par_unite(prescription, exemple, entete="") -> {territoire: base.Constat}`."""

    def run(prescription, exemple, entete="", **options):
        constats = repondre(prescription, exemple, entete, **options).constats
        units = {c.territoire: c for c in constats}
        assert len(units) == len(constats), "two constats for one unit"
        return units

    return run


@pytest.fixture
def verifier():
    """`verifier(constat, etat, mesure=…, unite=…, ecart=…, relatif=…, dit=[…], ecarts=[…])`.

    `dit`: regular expressions sought in the message and the limits (spaces made plain, case ignored).
    `limites`: the same, in the limits alone; `[]` asks that there be none. `ecarts`: one dict per écart expected,
    with any of `forme` (box or WKT of the conflict), `surface`, `longueur`, `part`, `etat`, `libelle`, `objet`, `role`.
    A key not given is not looked at; `mesure=None` asks for NULL.
    """

    def check(constat, etat, **attendu):
        said = constat.message + " | " + " | ".join(constat.limites)
        assert str(constat.etat) == etat, said
        for key, actual in (
            ("mesure", constat.mesure),
            ("ecart", constat.ecart),
            ("relatif", constat.ecart_relatif),
        ):
            if key in attendu:
                expected = attendu[key]
                assert actual == (None if expected is None else pytest.approx(expected, rel=1e-6, abs=1e-6)), key
        if "unite" in attendu:
            assert constat.unite == attendu["unite"]
        for pattern in attendu.get("dit", ()):
            assert re.search(pattern, plain(said), re.IGNORECASE), (pattern, plain(said))
        if "limites" in attendu:
            limits = plain(" | ".join(constat.limites))
            assert attendu["limites"] or not limits, limits
            for pattern in attendu["limites"]:
                assert re.search(pattern, limits, re.IGNORECASE), (pattern, limits, constat.message)
        if "ecarts" in attendu:
            check_ecarts(list(constat.ecarts), attendu["ecarts"])

    return check


def check_ecarts(ecarts, attendus):
    seen = [
        (e.libelle, e.objet_id, str(e.etat), e.surface_m2, e.longueur_m, e.part_objet, str(e.geometrie)) for e in ecarts
    ]
    assert len(ecarts) == len(attendus), seen
    for attendu in attendus:
        found = next((e for e in ecarts if is_expected(e, attendu)), None)
        assert found is not None, (attendu, seen)
        ecarts.remove(found)


def is_expected(ecart, attendu):
    numbers = {"surface": ecart.surface_m2, "longueur": ecart.longueur_m, "part": ecart.part_objet}
    words = {"etat": str(ecart.etat), "libelle": ecart.libelle, "objet": ecart.objet, "role": ecart.role}
    return (
        ("forme" not in attendu or same_shape(ecart.geometrie, shape(attendu["forme"])))
        and all(numbers[key] == pytest.approx(attendu[key], rel=1e-6, abs=1e-6) for key in numbers if key in attendu)
        and all(words[key] == attendu[key] for key in words if key in attendu)
    )


def shape(forme):
    return shapely.from_wkt(forme) if isinstance(forme, str) else box(*forme)


def same_shape(actual, expected):
    """Equal to the millimetre, whatever the vertices."""
    return actual is not None and not actual.is_empty and shapely.hausdorff_distance(actual, expected) < 1e-3


def plain(text):
    """`text` with plain spaces and none between the digits of a number (`1 000,5 m²` -> `1000,5 m2`)."""
    text = re.sub(r"[\u00a0\u202f\u2009\s]+", " ", text).replace("²", "2")
    return re.sub(r"(?<=\d) (?=\d{3}(?!\d))", "", text)


def as_read(value):
    """An example written in Python as the loader would read it: text scalars, `box` turned into `wkt`."""
    if isinstance(value, dict):
        out = {key: as_read(item) for key, item in value.items() if key != "box"}
        if "box" in value:
            out["wkt"] = box(*value["box"]).wkt
        return out
    if isinstance(value, (list, tuple)):
        return [as_read(item) for item in value]
    if isinstance(value, bool):
        return "oui" if value else "non"
    return str(value)
