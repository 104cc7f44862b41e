"""Where each layer of the rules would be read, before a control: found, matched by name, or missing with its cost."""

from __future__ import annotations

import pytest
from qgis.core import QgsVectorLayer
from scot_compat.checks.registry import KINDS
from scot_compat.gis.files.snapshots import chemin
from scot_compat.gis.proposals import CHOSEN, DECLARED, MATCHED, MISSING, Offered, propose
from scot_compat.rules.loader import load

RULES = """\
format: 1
scot: {nom: SCoT d'essai, etat: executoire}
couches:
  reservoirs: {libelle: Réservoirs de biodiversité, geometrie: surface%s}
  jamais: {libelle: Jamais employée, geometrie: surface}
tables:
  programme: {libelle: Programme de logements, fourni_par: plu, cle: OAP, jointure: LIBELLE}
prescriptions:
  - id: P1
    intitule: Essai
    objectif: 1. Essai
    nature: norme
    controle: {zones_interdites: {objets: {zones: {typezone: [AUc]}}, couches: [reservoirs]}}
  - id: P2
    intitule: Essai
    objectif: 1. Essai
    nature: norme
    controle:
      densite:
        objets: {zones: {typezone: [AUc]}}
        logements: {table: programme, champ: LOGEMENTS}
        minimum: 20 logt/ha
  - id: P3
    intitule: Essai
    objectif: 1. Essai
    nature: norme
    controle: {zones_interdites: {objets: {zones: {typezone: [AUs]}}, couches: [reservoirs]}}
"""


@pytest.fixture
def rules(tmp_path):
    """Function `(source="") -> RuleSet`, its file in a folder of awkward name."""

    def make(source=""):
        folder = tmp_path / "règles d'été"
        folder.mkdir(exist_ok=True)
        path = folder / "règles.yaml"
        path.write_text(RULES % (f", source: {source}" if source else ""), encoding="utf-8")
        return load(path, KINDS)

    return make


def by_name(roles):
    return {role.nom: role for role in roles}


def reservoirs(rules, chosen="", offered=()):
    return by_name(propose(rules, None, {"reservoirs": chosen} if chosen else {}, offered))["reservoirs"]


@pytest.fixture
def scot(demo):
    return demo / "scot.gpkg"


# -- the demonstration ----------------------------------------------------------------------------


def test_the_demonstration_finds_all_but_what_was_never_delivered(demo):
    roles = by_name(propose(load(demo / "regles.yaml", KINDS), demo / "plu" / "complements", {}, ()))
    missing = [nom for nom, role in roles.items() if not role.found]
    assert missing == ["terres_agricoles"]
    lost = roles["terres_agricoles"]
    assert (lost.prescriptions, lost.origine, lost.source) == (("P14",), MISSING, "")
    assert "terres_agricoles.gpkg" in lost.cause
    assert roles["corridors"].source == f"{demo / 'scot.gpkg'}|layername=corridors"
    assert (roles["corridors"].origine, roles["corridors"].geometrie) == (DECLARED, "ligne")
    assert roles["programme"].source == str(demo / "plu" / "complements" / "programme_logements.csv")
    assert (roles["programme"].geometrie, roles["programme"].libelle) == ("", "Programme de logements des OAP")


def test_roles_come_in_the_order_of_the_rules_layers_before_tables_and_none_that_no_rule_needs(rules):
    roles = propose(rules(), None, {}, ())
    assert [role.nom for role in roles] == ["reservoirs", "programme"]
    assert [role.prescriptions for role in roles] == [("P1", "P3"), ("P2",)]
    assert [role.found for role in roles] == [False, False]


def test_a_plu_of_layers_has_no_complements(rules):
    role = by_name(propose(rules(), None, {}, ()))["programme"]
    assert not role.found and "fichiers" in role.cause


# -- declared by the rules ------------------------------------------------------------------------


def test_declared_source_beside_the_rules_whatever_the_case_of_its_layer(rules, scot, demo):
    """QGIS opens `Reservoirs` where the file says `reservoirs`."""
    folder = f"{demo}/scot.gpkg"
    for layer in ("reservoirs", "Reservoirs", "RESERVOIRS"):
        source = f"'{folder.replace(chr(39), chr(39) * 2)}|layername={layer}'"
        role = reservoirs(rules(source))
        assert role.origine == DECLARED, layer
        assert QgsVectorLayer(role.source, "essai", "ogr").featureCount() > 0


def test_a_layer_that_the_file_does_not_have(rules, scot):
    role = reservoirs(rules(f'"{scot}|layername=étangs"'))
    assert (role.found, role.origine) == (False, MISSING)
    assert "étangs" in role.cause and "scot.gpkg" in role.cause


def test_a_file_that_is_not_there_or_that_is_none(rules, tmp_path):
    assert "perdu.gpkg" in reservoirs(rules("perdu.gpkg")).cause
    (tmp_path / "règles d'été" / "faux.gpkg").write_text("du texte", encoding="utf-8")
    role = reservoirs(rules('"faux.gpkg|layername=a"'))
    assert not role.found and "faux.gpkg" in role.cause


def test_an_address_of_database_is_seen_at_the_run(rules):
    source = 'postgres://service=\'scot\' table="public"."réservoirs"'
    role = reservoirs(rules("'" + source.replace("'", "''") + "'"))
    assert (role.source, role.origine) == (source, DECLARED)


# -- matched by name ------------------------------------------------------------------------------


@pytest.mark.parametrize("nom", ["reservoirs", "Réservoirs", "RÉSERVOIRS", "réservoirs de BIODIVERSITE"])
def test_a_layer_of_the_project_by_its_name_accents_and_case_aside(rules, nom):
    role = reservoirs(rules(), offered=[Offered("autre", "/a.shp"), Offered(nom, "/données/b.shp")])
    assert (role.source, role.origine, role.found) == ("/données/b.shp", MATCHED, True)


@pytest.mark.parametrize("nom", ["reservoir", "reservoirs 2", "mes reservoirs", ""])
def test_a_name_that_only_looks_alike_is_not_taken(rules, nom):
    assert not reservoirs(rules(), offered=[Offered(nom, "/b.shp")]).found


def test_a_table_is_not_taken_for_a_layer_nor_a_layer_for_a_table(rules):
    offered = [Offered("reservoirs", "/t.csv", table=True), Offered("programme", "/p.shp")]
    assert not any(role.found for role in propose(rules(), None, {}, offered))
    offered = [Offered("reservoirs", "/r.shp"), Offered("Programme", "/p.csv", table=True)]
    assert [role.source for role in propose(rules(), None, {}, offered)] == ["/r.shp", "/p.csv"]


def test_what_the_rules_declare_prevails_over_a_name(rules, scot):
    role = reservoirs(rules(f'"{scot}|layername=reservoirs"'), offered=[Offered("reservoirs", "/b.shp")])
    assert role.origine == DECLARED


def test_a_name_serves_where_what_the_rules_declare_is_missing(rules):
    role = reservoirs(rules("perdu.gpkg"), offered=[Offered("reservoirs", "/b.shp"), Offered("reservoirs", "/c.shp")])
    assert (role.source, role.origine) == ("/b.shp", MATCHED)


# -- chosen by hand -------------------------------------------------------------------------------


def test_a_choice_prevails_over_everything(rules, scot, tmp_path):
    chosen = f"{scot}|layername=zones_humides"
    role = reservoirs(rules(f'"{scot}|layername=reservoirs"'), chosen, [Offered("reservoirs", "/b.shp")])
    assert (role.source, role.origine, role.cause) == (chosen, CHOSEN, "")


@pytest.mark.parametrize(
    "choose, word",
    [
        (lambda scot: f"{scot.parent / 'perdu.gpkg'}", "perdu.gpkg"),
        (lambda scot: f"{scot}|layername=étangs", "étangs"),
        (lambda scot: "memory://Polygon?crs=EPSG:2154&uid={0}", "temporaire"),
    ],
)
def test_a_choice_that_is_gone_is_told_and_nothing_else_is_taken(rules, scot, choose, word):
    """Another layer read in its place would give other figures without a word."""
    role = reservoirs(rules(f'"{scot}|layername=reservoirs"'), choose(scot), [Offered("reservoirs", "/b.shp")])
    assert (role.found, role.source, role.origine) == (False, "", MISSING)
    assert word in role.cause


def test_a_layer_of_the_project_may_be_chosen_whatever_its_source(rules, qgis_new_project, scot):
    memory = QgsVectorLayer("Polygon?crs=EPSG:2154", "dessin", "memory")
    inside_zip = "/vsizip//a.zip/b.shp"
    filtered = QgsVectorLayer(f"{scot}|layername=reservoirs|subset=1 = 1", "filtrée", "ogr")
    offered = [Offered("dessin", chemin(memory)), Offered("b", inside_zip), Offered("filtrée", chemin(filtered))]
    for one in offered:
        assert reservoirs(rules(), one.source, offered).origine == CHOSEN


def test_a_choice_for_a_layer_that_no_rule_uses_is_left_aside(rules):
    assert [role.nom for role in propose(rules(), None, {"jamais": "/x.shp", "autre": "/y.shp"}, ())] == [
        "reservoirs",
        "programme",
    ]
