"""Small kinds of control, declared for the tests: the language is checked without the real ones."""

from __future__ import annotations

import textwrap
from datetime import date

import pytest

DEBUT = """\
format: 1
scot: {nom: SCoT d'essai}
territoires:
  communes: {couche: communes, code: INSEE, nom: NOM}
  classements:
    armature:
      libelle: Armature urbaine
      classes:
        pole: {libelle: Pôle urbain, communes: [62119, 62048]}
        bourg: {libelle: Bourg relais, communes: [62051]}
        village: {libelle: Village, defaut: oui}
    secteurs:
      classes:
        nord: {communes: [62119, 62048]}
        sud: {communes: [62051]}
    epci: {lu_dans: {couche: communes, champ: EPCI}}
couches:
  communes: {libelle: Communes, geometrie: surface}
  corridors: {libelle: Corridors écologiques, geometrie: ligne, tampon: 25 m, precision: "1:25000"}
  zacom: {libelle: Zones commerciales, geometrie: surface, precision: 10 m}
tables:
  programme: {libelle: Programme des OAP, cle: OAP, jointure: LIBELLE}
selections:
  extension: {zones: {typezone: [AUc, AUs]}}
"""


def fake_kinds():
    from scot_compat.rules import types as t
    from scot_compat.rules.params import HasParams, Param

    class Mesure(HasParams):
        """Les objets atteignent un seuil."""

        genre = "mesure"
        unites = ("logt/ha", "m2/logt")
        objets = Param(t.Objets(), "Objets mesurés")
        logements = Param(t.LogementsType(), "Où lire les logements", default=None)
        sans_compter = Param(t.Couches(), "Couches à retirer", default=())
        calcul = Param(t.Choice("rapport_des_totaux", "moyenne_simple"), "Calcul", default="rapport_des_totaux")
        minimum = Param(t.SeuilType(), "Plancher", default=None)
        maximum = Param(t.SeuilType(), "Plafond", default=None)
        cible = Param(t.SeuilType(), "Cible", default=None)
        echelle = Param(t.Echelle(), "Unité", default="plu")
        tolerance = Param(t.Tolerance(), "Écart admis", default=None)
        ecart_marque_au_dela_de = Param(t.Tolerance(), "Limite", default=None)
        part_du_plu = Param(t.PartDuPluType(), "Part", default=None)
        vide_admis = Param(t.Bool(), "Vide admis", default=False)

        @classmethod
        def sentence(cls, controle, say):
            values = controle.parametres
            seuil = say.seuil(values.get("minimum"), values.get("maximum"), values.get("cible"))
            return f"{say.objets(values['objets'])} atteignent {seuil}"

    class Interdit(HasParams):
        """Les objets ne recouvrent pas les couches."""

        genre = "interdit"
        unites = ()
        objets = Param(t.Objets(), "Objets")
        couches = Param(t.Couches(), "Couches")
        largeur_ignoree = Param(t.Amount("longueur"), "Largeur", default=None)
        surface_ignoree = Param(t.Amount("surface"), "Surface", default=None)
        part_ignoree = Param(t.Amount("part"), "Part", default=None)
        ecart_marque_au_dela_de = Param(t.Tolerance(), "Limite", default=None)
        seulement_nouveau = Param(t.Bool(), "Nouveau", default=False)

        @classmethod
        def sentence(cls, controle, say):
            values = controle.parametres
            return f"{say.objets(values['objets'])} ne recouvrent pas {say.couches(values['couches'])}"

    class Situation(HasParams):
        """Les objets sont dans les couches."""

        genre = "situation"
        unites = ("%",)
        objets = Param(t.Objets(), "Objets")
        couches = Param(t.Couches(), "Couches", default=())
        hors = Param(t.Couches(), "Hors", default=())
        part_minimale = Param(t.SeuilType(units=("%",)), "Part", default=None)
        tolerance = Param(t.Tolerance(), "Écart admis", default=None)
        ecart_marque_au_dela_de = Param(t.Tolerance(), "Limite", default=None)

        @classmethod
        def sentence(cls, controle, say):
            return f"{say.objets(controle.parametres['objets'])} sont à leur place"

    class Questions(HasParams):
        """Une personne répond."""

        genre = "questions"
        unites = ()
        questions = Param(t.Questions(), "Questions")

        @classmethod
        def sentence(cls, controle, say):
            return f"répondre à {say.questions(controle.parametres['questions'])}"

    return {kind.genre: kind for kind in (Mesure, Interdit, Situation, Questions)}


@pytest.fixture(scope="session")
def kinds():
    return fake_kinds()


@pytest.fixture
def lire(kinds):
    """`lire(texte) -> RuleSet` of a whole file."""

    def read(texte, chemin="regles.yaml", today=date(2026, 1, 1)):
        from scot_compat.rules.loader import loads

        return loads(texte, kinds, chemin, today=today)

    return read


@pytest.fixture
def regles(lire):
    """`regles(prescription) -> RuleSet`: the usual declarations and the YAML of the body of one prescription P1."""
    return lambda corps, **options: lire(whole(corps), **options)


@pytest.fixture
def controle(regles):
    """`controle(texte) -> Controle` of one control."""

    def read(texte):
        (prescription,) = regles("controle:\n" + textwrap.indent(textwrap.dedent(texte), "  ")).prescriptions
        return prescription.controles[0]

    return read


@pytest.fixture
def erreurs(lire):
    """`erreurs(texte) -> list of RuleError` of a whole file that must be refused."""

    def read(texte, **options):
        from scot_compat.rules.errors import InvalidRules

        with pytest.raises(InvalidRules) as caught:
            lire(texte, **options)
        assert caught.value.errors
        return list(caught.value.errors)

    return read


@pytest.fixture
def refus(erreurs):
    """`refus(prescription) -> list of messages` that a body of prescription gives."""
    return lambda corps: [error.message for error in erreurs(whole(corps))]


@pytest.fixture
def refus_controle(refus):
    """`refus_controle(texte) -> list of messages` that a control gives."""
    return lambda texte: refus("controle:\n" + textwrap.indent(textwrap.dedent(texte), "  "))


@pytest.fixture
def debut():
    return DEBUT


def whole(corps):
    corps = textwrap.dedent(corps)
    nature = "" if "nature:" in corps else "nature: norme\n"
    lines = textwrap.indent(f"id: P1\nintitule: Essai\n{nature}{corps}", "    ")
    return DEBUT + "prescriptions:\n" + lines.replace("    id:", "  - id:", 1) + "\n"
