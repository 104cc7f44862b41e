"""`expression`: what is made of the values that QGIS gives. Here a stand-in gives them; tests/gis has the real one.

Three zones in a row, 1 ha each: UA is 9 m high, UB 12 m, UC is not told.
"""

from __future__ import annotations

import pytest


class Lent:
    """Evaluates by a Python function of (fields, geometry) per text of expression; an exception is an error."""

    def __init__(self, **by_text):
        self.by_text, self.seen = by_text, []

    def evaluate(self, expression, rows, progress):
        from scot_compat.checks.expressions import Value

        found = []
        for i, geometry in enumerate(rows.geometrie):
            row = {nom: values[i] for nom, values in {**rows.champs, **rows.variables}.items()}
            self.seen.append((expression.texte, row))
            try:
                found.append(Value(self.by_text[expression.texte](row, geometry)))
            except ArithmeticError as error:
                found.append(Value(erreur=str(error)))
        return found


def at_most(limit, champ="HAUT"):
    return lambda row, geometry: None if row[champ] is None else row[champ] <= limit


HAUT = "HAUT <= 9"
COMMUNES = """
couches:
  communes: {libelle: Communes, geometrie: surface}
  bati: {libelle: Bâti, geometrie: surface}
  sans: {libelle: Sans hauteur, geometrie: surface}
territoires:
  communes: {couche: communes, code: INSEE, nom: NOM}
"""


def zones(*hauteurs):
    return [
        {
            "LIBELLE": f"U{'ABC'[i]}",
            "TYPEZONE": "U",
            "box": (100 * i, 0, 100 * i + 100, 100),
            **({} if h is None else {"HAUT": h}),
        }
        for i, h in enumerate(hauteurs)
    ]


def regle(reste="", expression=HAUT, objets="{zones: {typezone: [U]}}", nature="norme", fin=""):
    return (
        f"nature: {nature}\nreference: {{page: 40, article: P9}}\n"
        f"controle: {{expression: {{objets: {objets}, expression: '{expression}'{reste}}}}}\n{fin}"
    )


@pytest.fixture
def juger(constater):
    def run(hauteurs, corps=None, lent=None, **exemple):
        lent = lent or Lent(**{HAUT: at_most(9)})
        return constater(corps or regle(), {"zones": zones(*hauteurs), **exemple}, COMMUNES, expressions=lent)

    return run


def test_true_for_every_object(juger, verifier):
    """9 <= 9 is true: equality."""
    constat = juger([9, 3])
    verifier(constat, "sans_ecart", mesure=0, unite="", ecarts=[], limites=[])
    assert constat.nb_objets == 2
    assert constat.message == (
        "L'expression « HAUT <= 9 » n'est fausse pour aucun objet : 2 objets examinés (P9, p. 40)."
    )


def test_false_for_one_is_marked_and_whole(juger, verifier):
    constat = juger([9, 12])
    verifier(
        constat,
        "ecart_marque",
        mesure=1,
        ecarts=[{"libelle": "UB", "etat": "ecart_marque", "forme": (100, 0, 200, 100), "surface": 10000, "part": 1.0}],
        limites=[],
    )
    assert constat.message == ("L'expression « HAUT <= 9 » est fausse pour 1 objet sur 2 examinés : UB (P9, p. 40).")
    assert constat.ecarts[0].message == "UB : l'expression « HAUT <= 9 » est fausse."


def test_null_leaves_the_state_open(juger, verifier):
    """True for UA; UC true: sans_ecart, UC false: marked."""
    constat = juger([9, None])
    verifier(
        constat, "non_evalue", mesure=None, ecarts=[], dit=[r"1 objet sans réponse \(UB\).*ne donne rien \(NULL\)"]
    )


def test_null_changes_nothing_beside_a_departure(juger, verifier):
    """UB is false: marked whatever UC is; and UC has no écart."""
    constat = juger([9, 12, None])
    verifier(constat, "ecart_marque", mesure=1, ecarts=[{"libelle": "UB"}], limites=[r"1 objet sans réponse \(UC\)"])


def test_unknown_for_all(juger, verifier):
    lent = Lent(**{HAUT: lambda row, geometry: None})
    verifier(juger([9, 12], lent=lent), "non_evalue", mesure=None, dit=[r"2 objets sans réponse \(UA et UB\)"])


def test_an_error_is_unknown_and_said(juger, verifier):
    def fails(row, geometry):
        raise ArithmeticError("division par zéro")

    constat = juger([9, 12], lent=Lent(**{HAUT: fails}))
    verifier(constat, "non_evalue", dit=[r"2 objets sans réponse .* l'évaluation échoue \(division par zéro\)"])


@pytest.mark.parametrize(
    "valeur, etat",
    [(True, "sans_ecart"), (1, "sans_ecart"), (2.5, "sans_ecart"), (False, "ecart_marque"), (0, "ecart_marque")]
    + [(0.0, "ecart_marque"), ("faux", "non_evalue"), ("1", "non_evalue"), (float("nan"), "non_evalue")],
)
def test_what_is_true(juger, verifier, valeur, etat):
    verifier(juger([9], lent=Lent(**{HAUT: lambda row, geometry: valeur})), etat)


def test_without_qgis(constater, verifier):
    constat = constater(regle(), {"zones": zones(9)}, COMMUNES)
    verifier(constat, "non_evalue", mesure=None, dit=["n'est évaluée que par QGIS"])


def test_no_object_needs_no_qgis(constater, verifier):
    constat = constater(regle(objets="{zones: {typezone: [AUc]}}"), {"zones": zones(9)}, COMMUNES)
    verifier(constat, "sans_objet", mesure=None, ecarts=[])


def test_a_field_that_does_not_exist(juger, verifier):
    constat = juger([9], regle(expression="HAUTEUR <= 9"), Lent(**{"HAUTEUR <= 9": at_most(9, "HAUTEUR")}))
    verifier(constat, "non_evalue", dit=["la couche ZONE_URBA n'a pas de champ HAUTEUR", "vouliez-vous « HAUT »"])


@pytest.mark.parametrize(
    "ecrit, etat",
    [("9", "sans_ecart"), ("8,5", "sans_ecart"), ("12,5", "ecart_marque"), ("R+2", "non_evalue"), (" ", "non_evalue")],
)
def test_a_text_compared_with_a_number_is_read_as_one(juger, verifier, ecrit, etat):
    """As text, 12,5 would come before 9."""
    constat = juger([ecrit])
    verifier(constat, etat, dit=["vaut « R\\+2 », qui n'est pas un nombre"] if ecrit == "R+2" else [])


def test_a_text_compared_with_a_text_stays_one(juger):
    lent = Lent(**{"HAUT = LIBELLE": lambda row, geometry: True})
    juger(["09"], regle(expression="HAUT = LIBELLE"), lent)
    assert lent.seen == [("HAUT = LIBELLE", {"HAUT": "09", "LIBELLE": "UA"})]


def test_normalised_codes(juger, verifier):
    lent = Lent(**{"@typezone = @libelle": lambda row, geometry: (row["typezone"], row["libelle"]) == ("U", "UA")})
    verifier(juger([9], regle(expression="@typezone = @libelle"), lent), "sans_ecart")


def test_a_code_that_this_plu_lacks(juger, verifier):
    lent = Lent(**{"@vocation = 1": lambda row, geometry: True})
    constat = juger([9], regle(expression="@vocation = 1"), lent)
    verifier(constat, "non_evalue", dit=["@vocation n'est pas connu de la couche ZONE_URBA .*FORMDOMI ou DESTDOMI"])
    assert lent.seen == []


def test_the_sentence_of_an_ecart_is_the_rule_s(juger):
    lent = Lent(**{HAUT: at_most(9), "@libelle": lambda row, geometry: f"  {row['libelle']}\n trop haut "})
    assert juger([12], regle(", message: '@libelle'"), lent).ecarts[0].message == "UA trop haut"
    assert [text for text, _ in lent.seen] == [HAUT, "@libelle"]


@pytest.mark.parametrize("rien", [None, "", "erreur"])
def test_the_sentence_of_an_ecart_without_an_answer(juger, rien):
    def message(row, geometry):
        if rien == "erreur":
            raise ArithmeticError("non")
        return rien

    lent = Lent(**{HAUT: at_most(9), "@libelle": message})
    constat = juger([12, 3], regle(", message: '@libelle'"), lent)
    assert constat.ecarts[0].message == "UA : l'expression « HAUT <= 9 » est fausse."


def test_a_clipped_object_is_judged_as_clipped(juger, verifier):
    """50 m of UA are inside bati: 5 000 m2."""
    lent = Lent(**{"area($geometry) > 5000": lambda row, geometry: geometry.area > 5000})
    corps = regle(expression="area($geometry) > 5000", objets="{zones: {typezone: [U], dans: [bati]}}")
    constat = juger([9], corps, lent, couches={"bati": [{"box": (50, -50, 100, 200)}]})
    verifier(constat, "ecart_marque", mesure=1, ecarts=[{"forme": (50, 0, 100, 100), "surface": 5000}])


def test_objects_of_a_layer_of_the_rules(juger, verifier):
    corps = regle(objets="{couche: bati}")
    bati = [
        {"NOM": "Halle", "HAUT": "14", "box": (0, 0, 10, 10)},
        {"NOM": "Grange", "HAUT": "9", "box": (20, 0, 30, 10)},
    ]
    verifier(juger([3], corps, couches={"bati": bati}), "ecart_marque", ecarts=[{"libelle": "Halle", "objet": "bati"}])


@pytest.mark.parametrize("hauteur, etat", [(9, "non_evalue"), (14, "ecart_marque")])
def test_one_of_two_layers_lacks_the_field(juger, verifier, hauteur, etat):
    couches = {"bati": [{"HAUT": hauteur, "box": (0, 0, 10, 10)}], "sans": [{"NOM": "Abri", "box": (20, 0, 30, 10)}]}
    constat = juger([3], regle(objets="[{couche: bati}, {couche: sans}]"), couches=couches)
    verifier(constat, etat, dit=[r"1 objet sans réponse \(Abri\) : la couche sans n'a pas de champ HAUT"])


@pytest.mark.parametrize("hauteur, etat", [(9, "non_evalue"), (14, "ecart_marque")])
def test_one_of_two_layers_is_missing(juger, verifier, hauteur, etat):
    couches = {"bati": [{"HAUT": hauteur, "box": (0, 0, 10, 10)}]}
    constat = juger([3], regle(objets="[{couche: bati}, {couche: sans}]"), couches=couches)
    verifier(constat, etat, dit=["sans"])


def test_an_object_that_may_not_be_concerned(juger, verifier):
    """UB, of unknown vocation, is false: marked if it is concerned, else not."""
    places = [dict(zone, FORMDOMI=code) for zone, code in zip(zones(9, 12), ("0100", "9999"))]
    corps = regle(objets="{zones: {typezone: [U], vocation: [habitat]}}")
    constat = juger([], corps, zones=places)
    verifier(constat, "non_evalue", mesure=None, ecarts=[])


def test_by_commune_the_piece_in_each(repondre, verifier):
    """UB lies half in each commune; UC, which is not told, in the second only."""
    exemple = {
        "zones": zones(9, 12, None),
        "communes": [
            {"INSEE": "62001", "NOM": "Arras", "box": (0, 0, 150, 100)},
            {"INSEE": "62002", "NOM": "Bac", "box": (150, 0, 400, 100)},
        ],
    }
    lent = Lent(**{HAUT: at_most(9)})
    answer = repondre(regle(", echelle: commune"), exemple, COMMUNES, expressions=lent)
    units = {c.territoire: c for c in answer.constats}
    verifier(units["62001"], "ecart_marque", mesure=1, limites=[], ecarts=[{"forme": (100, 0, 150, 100), "part": 0.5}])
    verifier(units["62002"], "ecart_marque", ecarts=[{"libelle": "UB", "part": 0.5}], limites=["UC"])
    assert set(units) == {"62001", "62002"}


def test_by_object(par_unite, verifier):
    units = par_unite(
        regle(", echelle: objet"), {"zones": zones(9, 12, None)}, COMMUNES, expressions=Lent(**{HAUT: at_most(9)})
    )
    assert {unit.territoire_nom: str(unit.etat) for unit in units.values()} == {
        "UA": "sans_ecart",
        "UB": "ecart_marque",
        "UC": "non_evalue",
    }


def test_exceptions_leave_before(repondre, verifier):
    lent = Lent(**{HAUT: at_most(9)})
    corps = regle(fin="sauf:\n  - {zones: {libelle: UB}, motif: Silo existant}\n")
    answer = repondre(corps, {"zones": zones(9, 12)}, COMMUNES, expressions=lent)
    verifier(answer.constats[0], "sans_ecart", mesure=0)
    assert [row.motif for row in answer.exceptions] == ["Silo existant"]


@pytest.mark.parametrize(
    "nature, fin, etat, ecarts",
    [
        ("orientation", "", "a_apprecier", [{"etat": "a_apprecier"}]),
        ("recommandation", "", "a_apprecier", []),
        ("objectif", "force: vise", "ecart_faible", [{"etat": "ecart_faible"}]),
    ],
)
def test_nature_and_force(juger, verifier, nature, fin, etat, ecarts):
    verifier(juger([12], regle(nature=nature, fin=fin)), etat, mesure=1, ecarts=ecarts)


def test_overlapping_objects_are_counted_one_by_one(juger, verifier):
    places = [dict(zone, box=(0, 0, 100, 100)) for zone in zones(12, 12)]
    verifier(juger([], zones=places), "ecart_marque", mesure=2, limites=[])


def test_the_fields_are_asked_of_the_layer():
    from scot_compat.checks import needs
    from scot_compat.checks.registry import KINDS
    from scot_compat.rules.loader import loads

    text = (
        f"format: 1\nscot: {{nom: S}}\n{COMMUNES}prescriptions:\n  - id: P1\n    intitule: E\n    nature: norme\n"
        "    controle:\n      expression: {objets: {couche: bati}, expression: HAUT < 9, message: '\"Nom d''usage\"'}\n"
    )
    assert {"HAUT", "Nom d'usage"} <= set(needs.of_rules(loads(text, KINDS)).couches["bati"])
