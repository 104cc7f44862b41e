"""Thresholds by attribute (`selon: {champ: F}`) and by site (`selon: {couche: C, champ: F}`): section 4.

| # | inputs | state |
|---|---|---|
| SC1 | sites 1 (s 50 logt/ha) and 2 (s 25); 1AU1 in the first at 40, 1AU2 in the second at 25 | faible (20 %); sans |
| SC2 | a zone 60 % in site 1, 40 % in site 2 | the threshold of site 1 (largest share) |
| SC3 | a zone 40 % in site 1, 30 % in each of two sites 2 | that of 2 (60 % together) |
| SC4 | a zone 40 % in site 1, the rest in none; `defaut` 10 / `aucun` / nothing | 10 / sans_objet / non_evalue |
| SC5 | the site's field is NULL; its value is in another case than the line | non_evalue, even with a `defaut` |
| SC6 | the field holds the figure (`unite`), 30,5 | s 30,5 |
| SC7 | a share by class of the protected object: 1 95 %, 2 50 %; both covered at 60 % | marque / sans |
"""

from __future__ import annotations

import pytest

ENTETE = """
couches:
  sites: {libelle: Sites, geometrie: surface}
  gares: {libelle: Gares, geometrie: point}
  reservoirs: {libelle: Réservoirs, geometrie: surface}
tables:
  reglement: {libelle: Règlement écrit, cle: ZONE, jointure: LIBELLE}
"""
LIGNES = ('"1": 50 logt/ha', '"2": 25 logt/ha')


def densite(*lignes, selon="{couche: sites, champ: NIVEAU}", echelle="objet"):
    return "\n".join(
        [
            "controle:",
            "  densite:",
            "    objets: {zones: {typezone: [AUc]}}",
            "    logements: {champ: NBLOGT}",
            *([f"    echelle: {echelle}"] if echelle else []),
            "    minimum:",
            f"      selon: {selon}",
            *(f"      {ligne}" for ligne in lignes),
        ]
    )


def plu(*logements, sites=(), **champs):
    """1AU1, 1AU2…: zones of 1 ha side by side from x = 0, with their dwellings; sites `(niveau, xmin, xmax)`."""
    zones = [
        {"LIBELLE": f"1AU{n + 1}", "TYPEZONE": "AUc", "NBLOGT": nb, "box": (100 * n, 0, 100 * n + 100, 100), **champs}
        for n, nb in enumerate(logements)
    ]
    rows = [{"NIVEAU": niveau, "box": (xmin, 0, xmax, 100)} for niveau, xmin, xmax in sites]
    for row in rows:
        if row["NIVEAU"] is None:  # a key missing on one row is NULL
            del row["NIVEAU"]
    return {"zones": zones, "couches": {"sites": rows}}


def test_sc1_each_zone_by_its_site(par_unite, verifier):
    unites = par_unite(densite(*LIGNES), plu(40, 25, sites=[(1, 0, 100), (2, 100, 200)]), ENTETE)
    verifier(unites["1"], "ecart_faible", mesure=40.0, relatif=0.2)
    verifier(unites["2"], "sans_ecart", mesure=25.0, relatif=0.0)
    assert (unites["1"].seuil_min, unites["2"].seuil_min) == (50, 25)


@pytest.mark.parametrize(
    "sites, seuil",
    [
        pytest.param([(1, 0, 60), (2, 60, 100)], 50, id="SC2"),
        pytest.param([(1, 0, 40), (2, 40, 70), (2, 70, 100)], 25, id="SC3"),
        pytest.param([(1, 0, 51)], 50, id="SC4-most-of-it"),
        pytest.param([("1.0", 0, 100)], 50, id="a-number-written-as-a-real"),
    ],
)
def test_the_largest_share_decides(constater, verifier, sites, seuil):
    constat = constater(densite(*LIGNES), plu(60, sites=sites), ENTETE)
    verifier(constat, "sans_ecart", mesure=60.0)
    assert constat.seuil_min == seuil


@pytest.mark.parametrize(
    "defaut, etat, dit",
    [
        pytest.param(["defaut: 10 logt/ha"], "sans_ecart", [], id="SC4-default"),
        pytest.param(["defaut: aucun"], "sans_objet", ["hors de la couche « sites »"], id="SC4-none"),
        pytest.param([], "non_evalue", ["pas de seuil pour ce qui est hors de la couche « sites »"], id="SC4-nothing"),
    ],
)
def test_sc4_most_of_a_zone_is_in_no_site(constater, verifier, defaut, etat, dit):
    verifier(constater(densite(*LIGNES, *defaut), plu(12, sites=[(1, 0, 40)]), ENTETE), etat, dit=dit)


@pytest.mark.parametrize(
    "niveau, lignes, dit",
    [
        pytest.param(None, LIGNES, "NIVEAU non renseigné", id="SC5-null"),
        pytest.param("Fort", ("fort: 50 logt/ha",), "s'écrit autrement que « fort »", id="SC5-case"),
        pytest.param("Élevé", ("eleve: 50 logt/ha",), "s'écrit autrement que « eleve »", id="SC5-accents"),
    ],
)
def test_sc5_it_is_not_for_a_default_to_decide(constater, verifier, niveau, lignes, dit):
    exemple = plu(30, sites=[(niveau, 0, 100), ("9", 500, 600)])
    verifier(constater(densite(*lignes, "defaut: 10 logt/ha"), exemple, ENTETE), "non_evalue", dit=[dit], ecarts=[])


def test_a_value_without_a_line(constater, verifier):
    exemple = plu(30, sites=[("3", 0, 100)])
    verifier(constater(densite(*LIGNES), exemple, ENTETE), "non_evalue", dit=["NIVEAU « 3 »"], ecarts=[])
    verifier(constater(densite(*LIGNES, "defaut: 30 logt/ha"), exemple, ENTETE), "sans_ecart")


@pytest.mark.parametrize(
    "figure, etat", [("30,5", "sans_ecart"), ("31", "ecart_faible"), ("fort", "non_evalue"), (None, "non_evalue")]
)
def test_sc6_the_field_holds_the_figure(constater, verifier, figure, etat):
    regle = densite(selon="{couche: sites, champ: NIVEAU, unite: logt/ha}")
    exemple = plu("30,5", sites=[(figure, 0, 100), ("9", 500, 600)])
    verifier(constater(regle, exemple, ENTETE), etat)


def test_by_an_attribute_of_the_zone(par_unite, verifier):
    exemple = plu(40, 40)
    exemple["zones"][0]["FORME"], exemple["zones"][1]["FORME"] = "collectif", "individuel"
    regle = densite("collectif: 50 logt/ha", "individuel: 15 logt/ha", selon="{champ: FORME}")
    unites = par_unite(regle, exemple, ENTETE)
    verifier(unites["1"], "ecart_faible", relatif=0.2)
    verifier(unites["2"], "sans_ecart")


def test_the_field_or_the_layer_is_missing(constater, verifier):
    par_champ = densite("a: 50 logt/ha", selon="{champ: FORME}")
    verifier(constater(par_champ, plu(40), ENTETE), "non_evalue", dit=["champ FORME"])
    sans = {**plu(40), "couches": {}}
    verifier(constater(densite(*LIGNES), sans, ENTETE), "non_evalue", dit=["couche « sites »"])
    autre = {**plu(40), "couches": {"sites": [{"CLASSE": "1", "box": (0, 0, 100, 100)}]}}
    verifier(
        constater(densite(*LIGNES), autre, ENTETE), "non_evalue", dit=["champ NIVEAU, que la couche « sites » n'a pas"]
    )
    points = {**plu(40), "couches": {"gares": [{"NIVEAU": "1", "wkt": "POINT (50 50)"}]}}
    regle = densite(*LIGNES, selon="{couche: gares, champ: NIVEAU}")
    verifier(constater(regle, points, ENTETE), "non_evalue", dit=["tampon"])


# -- kinds that judge each object -----------------------------------------------------------------


def protection(*lignes, selon="{champ: CLASSE}"):
    return "\n".join(
        [
            "controle:",
            "  protection_requise:",
            "    couches: [reservoirs]",
            "    outils: [{zones: {typezone: [N]}}]",
            "    part_minimale:",
            f"      selon: {selon}",
            *(f"      {ligne}" for ligne in lignes),
        ]
    )


def test_sc7_a_share_by_the_attribute_of_the_object(constater, verifier):
    """Two reservoirs of 100 m x 100 m, N zone up to y = 60: 60 % of each; the first owes 95 %, the second 50 %."""
    exemple = {
        "zones": [
            {"LIBELLE": "N", "TYPEZONE": "N", "box": (0, 0, 200, 60)},
            {"LIBELLE": "U", "TYPEZONE": "U", "box": (0, 60, 200, 100)},
        ],
        "couches": {
            "reservoirs": [
                {"NOM": "R1", "CLASSE": 1, "box": (0, 0, 100, 100)},
                {"NOM": "R2", "CLASSE": 2, "box": (100, 0, 200, 100)},
            ]
        },
    }
    constat = constater(protection('"1": 95 %', '"2": 50 %'), exemple, ENTETE)
    verifier(constat, "ecart_marque", mesure=60.0, ecarts=[{"libelle": "R1", "forme": (0, 60, 100, 100)}])
    verifier(constater(protection('"1": aucun', '"2": 50 %'), exemple, ENTETE), "sans_ecart", ecarts=[])
    del exemple["couches"]["reservoirs"][1]["CLASSE"]
    verifier(
        constater(protection('"1": 50 %', '"2": 50 %'), exemple, ENTETE), "non_evalue", dit=["CLASSE non renseigné"]
    )


def reglement(*lignes, selon="{couche: sites, champ: NIVEAU}"):
    return "\n".join(
        [
            "controle:",
            "  seuil_reglement:",
            "    objets: {zones: {typezone: [AUc]}}",
            "    valeur: {table: reglement, champ: VENTE, unite: m2}",
            "    maximum:",
            f"      selon: {selon}",
            *(f"      {ligne}" for ligne in lignes),
        ]
    )


def test_a_number_of_the_reglement_by_site(constater, verifier):
    exemple = plu(0, 0, sites=[(1, 0, 100), (2, 100, 200)])
    exemple["tables"] = {"reglement": [{"ZONE": "1AU1", "VENTE": "900"}, {"ZONE": "1AU2", "VENTE": "900"}]}
    constat = constater(reglement('"1": 1 000 m2', '"2": 300 m2'), exemple, ENTETE)
    verifier(constat, "ecart_marque", mesure=900.0, relatif=2.0, ecarts=[{"libelle": "1AU2"}])
    verifier(constater(reglement('"1": 1 000 m2'), exemple, ENTETE), "non_evalue", dit=["NIVEAU « 2 »"], ecarts=[])


def test_a_number_of_the_reglement_within_that_of_the_zone(constater, verifier):
    """The threshold itself is a field of the zone: a table is not the only place for it."""
    exemple = plu(0, SEUIL="800")
    exemple["tables"] = {"reglement": [{"ZONE": "1AU1", "VENTE": "900"}]}
    regle = reglement(selon="{champ: SEUIL, unite: m2}")
    verifier(constater(regle, exemple, ENTETE), "ecart_faible", mesure=900.0, relatif=0.125)


def surface(*lignes, selon="{couche: sites, champ: NIVEAU}", echelle="objet", reste=()):
    return "\n".join(
        [
            "controle:",
            "  surface:",
            "    objets: {zones: {typezone: [AUc]}}",
            f"    echelle: {echelle}",
            *(f"    {ligne}" for ligne in reste),
            "    maximum:",
            f"      selon: {selon}",
            *(f"      {ligne}" for ligne in lignes),
        ]
    )


def test_hectares_of_each_zone_by_site(par_unite, verifier):
    """Zones of 1 ha each: 2 ha allowed in sites 1, half a hectare in sites 2."""
    exemple = plu(0, 0, sites=[(1, 0, 100), (2, 100, 200)])
    unites = par_unite(surface('"1": 2 ha', '"2": 0,5 ha'), exemple, ENTETE)
    verifier(unites["1"], "sans_ecart", mesure=1.0)
    verifier(unites["2"], "ecart_marque", mesure=1.0, relatif=1.0)


def corridor(*lignes, selon="{champ: RANG}", reste=()):
    return "\n".join(
        [
            "controle:",
            "  continuite_corridor:",
            "    couches: [corridors]",
            *(f"    {ligne}" for ligne in reste),
            "    largeur_minimale:",
            f"      selon: {selon}",
            *(f"      {ligne}" for ligne in lignes),
        ]
    )


CORRIDORS = ENTETE.replace(
    "  gares:", "  corridors: {libelle: Corridors, geometrie: ligne, tampon: 25 m, precision: 0 m}\n  gares:"
)


def test_the_passage_asked_of_a_corridor_by_its_rank(repondre, verifier):
    """Two corridors of 50 m, 30 m left in each: 25 m is asked of the local one, 50 m of the regional one."""
    exemple = {
        "zones": [
            {"LIBELLE": "N", "TYPEZONE": "N", "box": (-200, -500, 1200, 1500)},
            {"LIBELLE": "1AU1", "TYPEZONE": "AUc", "box": (400, 5, 600, 60)},
            {"LIBELLE": "1AU2", "TYPEZONE": "AUc", "box": (400, 1005, 600, 1060)},
        ],
        "couches": {
            "corridors": [
                {"NOM": "A", "RANG": "local", "wkt": "LINESTRING(0 0, 1000 0)"},
                {"NOM": "B", "RANG": "regional", "wkt": "LINESTRING(0 1000, 1000 1000)"},
            ]
        },
    }
    local, regional = repondre(corridor("local: 25 m", "regional: 50 m"), exemple, CORRIDORS).constats
    verifier(local, "sans_ecart", mesure=30)
    verifier(regional, "ecart_marque", mesure=30, relatif=0.4)
    assert (local.seuil_min, regional.seuil_min) == (25, 50)


# -- as written -----------------------------------------------------------------------------------


@pytest.fixture
def lire():
    from scot_compat.checks.registry import KINDS
    from scot_compat.rules.loader import loads

    def run(controle):
        head = "format: 1\nscot: {nom: S, etat: executoire}\n"
        body = "prescriptions:\n  - id: P1\n    intitule: i\n    objectif: o\n    nature: norme\n    "
        return loads(head + CORRIDORS + body + controle.replace("\n", "\n    "), KINDS)

    return run


@pytest.mark.parametrize(
    "controle, dit",
    [
        (
            densite(*LIGNES, "defaut: aucun"),
            "au moins, selon le champ NIVEAU de la couche « Sites », 50 logements par hectare (1), 25 (2) et rien "
            "(ailleurs)",
        ),
        (
            densite("a: 5 logt/ha", selon="{champ: F}"),
            "au moins, selon le champ F de l'objet, 5 logements par hectare (a)",
        ),
        (
            densite("defaut: 5 logt/ha", selon="{couche: sites, champ: D, unite: logt/ha}"),
            "au moins la valeur du champ D de la couche « Sites », 5 logements par hectare (ailleurs)",
        ),
    ],
)
def test_read_aloud(lire, controle, dit):
    (sentence,) = lire(controle).prescriptions[0].lecture
    assert dit in sentence.replace("\u00a0", " ")


@pytest.mark.parametrize(
    "controle, dit",
    [
        (densite(*LIGNES, echelle=None), "se juge objet par objet dans ce contrôle : écrire echelle: objet"),
        (densite(*LIGNES, echelle="plu"), "se juge objet par objet dans ce contrôle : écrire echelle: objet"),
        (densite(*LIGNES, selon="{couche: site, champ: N}"), "vouliez-vous « sites »"),
        (densite(*LIGNES, selon="{couche: sites}"), "champ"),
        (densite(), "aucune valeur : une ligne par valeur du champ"),
        (densite(*LIGNES, selon="{champ: D, unite: logt/ha}"), "le champ donne le seuil lui-même"),
        (densite(selon="{champ: D, unite: ha}"), "unité « ha » inadaptée"),
        (densite('"1": 50 ha'), "ne convient pas ici"),
        (reglement(selon="{champ: D, unite: '%'}"), "la valeur comparée est en m2"),
        (protection('"1": 120 %'), "une part minimale ne dépasse pas 100 %"),
        (surface('"1": 2 ha', echelle="plu"), "se juge objet par objet dans ce contrôle : écrire echelle: objet"),
        (
            surface(
                '"1": 2 ha',
                echelle="plu",
                reste=("jalons: [{jusqu_a: 2031, maximum: {selon: {champ: N}, a: 2 ha}}]", "periode: [2021, 2031]"),
            ),
            "se juge objet par objet dans ce contrôle : écrire echelle: objet",
        ),
        (corridor("a: 25 m", reste=("regrouper: NOM",)), "les objets d'un même corridor peuvent avoir plusieurs RANG"),
    ],
)
def test_errors_of_the_file(lire, controle, dit):
    from scot_compat.rules.errors import InvalidRules

    with pytest.raises(InvalidRules) as refus:
        lire(controle)
    assert dit in str(refus.value)


def test_what_it_needs(lire):
    from scot_compat.checks import needs

    assert needs.users(lire(densite(*LIGNES))) == {"sites": ("P1",)}
    assert "NIVEAU" in needs.of_rules(lire(densite(*LIGNES))).couches["sites"]
    assert "CLASSE" in needs.of_rules(lire(protection('"1": 95 %'))).couches["reservoirs"]
