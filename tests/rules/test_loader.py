"""The whole file of section 2 of the language, with the real kinds: typed as it reads."""

from __future__ import annotations

from datetime import date

import pytest

EXEMPLE = """\
format: 1
scot:
  nom: SCoT du Val d'Exemple
  siren: 200099999
  etat: executoire            # projet | arrete | approuve | executoire | en_revision | annule
  approuve_le: 2024-03-12
  periode: [2024, 2044]
  document: {nom: DOO, url: "https://exemple.fr/doo.pdf"}

reprend: []                   # other rule files (relative paths): a common base, then local changes by prescription id

territoires:
  communes: {couche: communes, code: INSEE, nom: NOM}
  classements:
    armature:
      libelle: Armature urbaine
      date: 2024-03-12
      classes:
        pole:    {libelle: Pôle urbain, communes: [62119, 62048]}
        bourg:   {libelle: Bourg relais, communes: [62051, 62117]}
        village: {libelle: Village, defaut: oui}
    # a classement may also be read:  lu_dans: {couche: communes, champ: EPCI}, or a table

couches:                      # geodata the rules need besides the PLU
  communes: {libelle: Communes, geometrie: surface, source: communes.gpkg}
  corridors:
    libelle: Corridors écologiques (carte 4 du DOO)
    geometrie: ligne          # surface | ligne | point
    tampon: 25 m              # on each side, flat caps (50 m in all); or {champ: LARGEUR, unite: m}
    precision: "1:25000"      # 0.5 mm on the map = 12.5 m, a full width; or a length, or {champ: …}
    source: tvb.gpkg|layername=corridors     # default, relative to this file; the user can choose another
    filtre: {TYPE: [terrestre, aquatique]}
    millesime: 2023
  reservoirs: {libelle: Réservoirs de biodiversité, geometrie: surface, precision: "1:25000"}
  sip: {libelle: Secteurs d'implantation périphérique (DAACL), geometrie: surface, precision: 10 m}
  centralites: {libelle: Centralités commerciales, geometrie: surface}
tables:
  programme: {libelle: Programme de logements, fourni_par: plu, source: p.csv, cle: OAP, jointure: LIBELLE}

selections:                   # named once, used by many
  extension: {zones: {typezone: [AUc, AUs]}}
  extension_habitat: {zones: {typezone: [AUc], vocation: [habitat, mixte]}}

prescriptions:
  - id: P12
    intitule: Densité minimale des opérations en extension
    objectif: 2.1 Un habitat économe en foncier     # the DOO's objective: groups the synthesis
    pilier: besoins           # economie | besoins | transitions | transversal
    theme: densite
    nature: objectif          # norme | objectif | orientation | recommandation
    reference: {page: 45, article: P12}             # the link is scot.document.url#page=45
    base_legale: [L141-7]
    texte: |
      Les opérations en extension atteignent en moyenne la densité de leur niveau d'armature.
    controle:
      densite:
        objets: extension_habitat
        logements: {table: programme, champ: LOGEMENTS}
        minimum:
          selon: armature
          pole: 35 logt/ha
          bourg: 25 logt/ha
          village: 17 logt/ha
        echelle: commune
        tolerance: 10 %
    sauf:
      - {communes: [62051], motif: Zone de bruit de l'aérodrome, reference: DOO p. 46, jusqu_au: 2030-12-31}
    a_savoir: |
      Le DOO vise une moyenne ; l'effort de renouvellement compte aussi.

  - id: P31
    intitule: Préserver les corridors et les réservoirs
    objectif: 3.2 Trame verte et bleue
    pilier: transitions
    theme: tvb
    nature: norme
    reference: {page: 78}
    controles:                # several answers to one prescription; its state is the worst of them
      - volet: urbanisation
        zones_interdites: {objets: extension, couches: [corridors, reservoirs]}
      - volet: protection
        protection_requise:
          couches: [reservoirs]
          outils:
            - zones: {typezone: [A, N]}
            - prescriptions_plu: {typepsc: [01, 07, 25]}
          part_minimale: 95 %

  - id: P47
    intitule: Localisation préférentielle du commerce
    objectif: 1.4 Aménagement commercial (DAACL)
    pilier: economie
    theme: commerce
    nature: norme
    reference: {page: 31}
    controle:
      localisation:
        objets: {zones: {typezone: [U, AUc, AUs], admet: [commerce_detail], vocation: [commerce, activite]}}
        couches: [sip, centralites]
        part_minimale: 95 %

  - id: P60
    intitule: Qualité paysagère des entrées de ville
    objectif: 1.5 Paysage
    pilier: transitions
    nature: orientation
    controle:
      lecture: {questions: ["Une OAP traite-t-elle chaque entrée de ville citée p. 88 ?"], pieces: [oap, rapport]}

exemples:                     # tests beside the rules; `source` and `filtre` do not apply to them
  - nom: une zone AUc à cheval sur un corridor
    zones:
      - {LIBELLE: 1AU, TYPEZONE: AUc, INSEE: 62119, wkt: "POLYGON((0 0,100 0,100 100,0 100,0 0))"}
    couches:
      corridors: [{wkt: "LINESTRING(50 -50, 50 150)"}]
    attendu: {P31: ecart_marque, P12: non_evalue}
"""


@pytest.fixture(scope="module")
def rules():
    from scot_compat.checks.registry import KINDS
    from scot_compat.rules.loader import loads

    return loads(EXEMPLE, KINDS, "regles.yaml", today=date(2026, 1, 1))


@pytest.fixture
def prescriptions(rules):
    return {prescription.id: prescription for prescription in rules.prescriptions}


def test_the_scot(rules):
    scot = rules.scot
    assert (scot.nom, scot.siren, scot.etat) == ("SCoT du Val d'Exemple", "200099999", "executoire")
    assert (scot.approuve_le, scot.periode) == ("2024-03-12", (2024, 2044))
    assert (scot.document, scot.url) == ("DOO", "https://exemple.fr/doo.pdf")


def test_the_territories(rules):
    territoires = rules.territoires
    assert (territoires.couche, territoires.code, territoires.nom) == ("communes", "INSEE", "NOM")
    pole, bourg, village = territoires.classements["armature"].classes
    assert (pole.nom, pole.libelle, pole.communes, pole.defaut) == ("pole", "Pôle urbain", ("62119", "62048"), False)
    assert bourg.communes == ("62051", "62117")
    assert village.defaut and village.communes == ()


def test_the_layers(rules):
    corridors = rules.couches["corridors"]
    assert (corridors.geometrie, corridors.tampon.value, corridors.tampon.unit) == ("ligne", 25, "m")
    assert (corridors.precision.value, corridors.precision.unit, corridors.precision_lue) == (12.5, "m", "1:25000")
    assert corridors.filtre == {"TYPE": ("terrestre", "aquatique")}
    assert (corridors.source, corridors.millesime) == ("tvb.gpkg|layername=corridors", "2023")
    assert rules.couches["sip"].precision.value == 10
    assert rules.couches["centralites"].precision is None


def test_the_tables(rules):
    programme = rules.tables["programme"]
    assert (programme.fourni_par, programme.cle, programme.jointure) == ("plu", "OAP", "LIBELLE")


def test_a_quantity(prescriptions):
    p12 = prescriptions["P12"]
    assert (p12.nature, p12.page, p12.article, p12.base_legale) == ("objectif", "45", "P12", ("L141-7",))
    assert p12.texte.startswith("Les opérations en extension")
    (controle,) = p12.controles
    values = controle.parametres
    assert (controle.genre, values["echelle"], values["tolerance"].value) == ("densite", "commune", 10)
    assert {nom: value.value for nom, value in values["minimum"].valeurs.items()} == {
        "pole": 35,
        "bourg": 25,
        "village": 17,
    }
    assert (values["logements"].nom, values["logements"].champ) == ("programme", "LOGEMENTS")
    assert values["objets"] == prescriptions["P12"].controles[0].parametres["objets"]
    assert values["objets"][0].vocation == ("habitat", "mixte")
    assert (p12.sauf[0].communes, p12.sauf[0].jusqu_au) == (("62051",), "2030-12-31")


def test_several_controls(prescriptions):
    urbanisation, protection = prescriptions["P31"].controles
    assert (urbanisation.volet, urbanisation.genre) == ("urbanisation", "zones_interdites")
    assert [ref.nom for ref in urbanisation.parametres["couches"]] == ["corridors", "reservoirs"]
    assert [s.source for s in protection.parametres["outils"]] == ["zones", "prescriptions_plu"]
    assert protection.parametres["outils"][1].typepsc == ("01", "07", "25")
    assert protection.parametres["part_minimale"].value == 95


def test_the_sentences_say_what_the_doo_says(prescriptions):
    (densite,) = prescriptions["P12"].lecture
    assert densite.startswith("Les zones AUc d'habitat ou mixtes atteignent au moins, selon « Armature urbaine », ")
    assert "35\u00a0logements par hectare (Pôle urbain), 25 (Bourg relais) et 17 (Village)" in densite
    assert "dans chaque commune" in densite
    assert "Zone de bruit de l'aérodrome" in densite
    assert len(prescriptions["P31"].lecture) == 2


def test_the_examples_stay_as_text(rules):
    (exemple,) = rules.exemples
    assert exemple["zones"][0]["INSEE"] == "62119"
    assert exemple["attendu"] == {"P31": "ecart_marque", "P12": "non_evalue"}


def test_only_the_layer_without_precision_is_remarked(rules):
    (warning,) = rules.warnings
    assert (warning.path, warning.severity) == ("couches.centralites", "avertissement")


def test_lines_are_those_of_the_file(prescriptions):
    lines = EXEMPLE.split("\n")
    for prescription in prescriptions.values():
        assert lines[prescription.ligne - 1].strip() == f"- id: {prescription.id}"
        for controle in prescription.controles:
            assert controle.genre in lines[controle.ligne - 1]


def test_warnings_do_not_stop(regles):
    rules = regles("""
        controle: {mesure: {objets: {zones: {}}, echelle: scot, minimum: 3 logt/ha}}
        sauf: [{motif: x, communes: [62051], jusqu_au: 2025-12-31}]
    """)
    said = " / ".join(warning.message for warning in rules.warnings)
    assert "échue le 2025-12-31" in said
    assert "part_du_plu" in said
    for unused in ("couche « corridors »", "couche « zacom »", "table « programme »", "sélection « extension »"):
        assert f"{unused} déclarée mais jamais utilisée" in said
    assert "couche « communes »" not in said
    assert all(warning.line for warning in rules.warnings)


def test_the_last_day_of_an_exception_still_counts(regles):
    corps = "controle: {questions: {questions: [a]}}\nsauf: [{motif: x, communes: [62051], jusqu_au: 2026-01-01}]"
    assert not any("échue" in warning.message for warning in regles(corps).warnings)


def test_seulement_nouveau_wants_the_previous_plan(regles):
    corps = "controle: {interdit: {objets: extension, couches: corridors, seulement_nouveau: oui}}"
    assert any("plu_anterieur" in warning.message for warning in regles(corps).warnings)


@pytest.mark.parametrize(
    "avant, apres",
    [("format: 1\n", "format: {}\n"), ("  - id: P1\n", "  - id: {}\n"), ("  - id: P1\n", "  - id: [P1]\n")],
)
def test_what_is_no_text_is_not_quoted_as_python_writes_it(erreurs, debut, avant, apres):
    text = debut + (
        "prescriptions:\n  - id: P1\n    intitule: I\n    nature: norme\n    controle: {mesure: {objets: extension}}\n"
        "exemples:\n  - {nom: E, attendu: {P1: sans_ecart}}\n"
    )
    assert avant in text
    found = erreurs(text.replace(avant, apres))
    assert found and not [error.message for error in found if "{}" in error.message or "['" in error.message]
