"""What the fictitious PLUi decides, placed by hand: guides that parcels follow, and the kinds of zones."""

from __future__ import annotations

from typing import Dict, NamedTuple, Optional, Tuple

from places import Point


class Site(NamedTuple):
    """Parcels of `insee` whose inner point lies in the outline take the zone `libelle`."""

    libelle: str
    insee: str
    centre: Point  # km
    axes: Tuple[float, float]  # half-axes, km
    angle: float = 0.0
    nom: str = ""


SITES: Tuple[Site, ...] = (
    # Saint-Éloy-sur-Aubrelle: the business park of the RD 900, the shops at its gate, schools, a riverside park
    Site("UXc", "00101", (7.36, 6.33), (0.17, 0.10), 17, "Les Portes de l'Aubrelle"),
    Site("UX", "00101", (7.74, 6.50), (0.24, 0.15), 17, "Parc d'activités de la Plaine"),
    Site("1AUx-01", "00101", (8.14, 6.68), (0.19, 0.15), 20, "Extension du parc de la Plaine"),
    Site("UR", "00101", (5.28, 5.70), (0.16, 0.10), 5, "Ancienne sucrerie"),
    Site("UE", "00101", (6.24, 6.24), (0.17, 0.11), 40, "Lycée et complexe sportif"),
    Site("UE", "00101", (7.12, 5.42), (0.12, 0.09), 0, "Hôpital"),
    Site("Nl", "00101", (6.95, 5.30), (0.17, 0.08), 25, "Parc des Berges"),
    Site("1AUh-01", "00101", (7.02, 6.66), (0.20, 0.14), 10, "Le Clos Saint-Éloy"),
    Site("1AUh-02", "00101", (6.26, 6.56), (0.15, 0.13), 0, "Les Hauts du Sormel"),
    Site("1AUh-03", "00101", (7.20, 5.84), (0.17, 0.11), 20, "La Croix-Rouge"),
    Site("2AUh", "00101", (6.32, 4.72), (0.20, 0.12), 0, "Les Vignes"),
    # Vaux-Fontenelle
    Site("UX", "00102", (3.34, 8.22), (0.15, 0.10), 35, "Zone artisanale des Marlières"),
    Site("UXc", "00102", (3.98, 9.74), (0.14, 0.10), 80, "Carrefour de La Neuville"),
    Site("UR", "00102", (4.02, 8.92), (0.10, 0.08), 0, "Îlot du Collège"),
    Site("1AUh-04", "00102", (3.36, 8.72), (0.14, 0.11), 0, "Le Champ-Dolent"),
    Site("1AUh-05", "00102", (3.98, 8.00), (0.12, 0.10), 0, "Derrière les Jardins"),
    Site("2AUh", "00102", (3.30, 9.02), (0.12, 0.08), 0, "Les Longues-Raies"),
    # Neuvirelle
    Site("UX", "00103", (10.32, 7.40), (0.19, 0.11), 38, "Zone d'activités du Vert-Galant"),
    Site("1AUx-02", "00103", (10.52, 7.62), (0.15, 0.11), 38, "Extension du Vert-Galant"),
    Site("UE", "00103", (9.50, 7.18), (0.10, 0.08), 0, "Groupe scolaire"),
    Site("1AUh-06", "00103", (9.40, 7.42), (0.14, 0.10), 0, "Les Trois-Tilleuls"),
    Site("1AUh-07", "00103", (10.12, 6.66), (0.15, 0.10), 0, "Le Rivage"),
    Site("2AUx", "00103", (10.28, 7.64), (0.16, 0.09), 38, "Réserve du Vert-Galant"),
    # villages
    Site("1AUh-08", "00104", (3.52, 4.02), (0.12, 0.09), 0, "La Ruelle aux Moines"),
    Site("1AUh-09", "00105", (9.12, 3.98), (0.11, 0.09), 0, "Le Clos des Saules"),
    Site("1AUh-10", "00105", (9.60, 3.72), (0.12, 0.09), 0, "Les Prés de l'Étang"),
    Site("1AUh-11", "00106", (6.98, 9.34), (0.10, 0.08), 0, "La Lisière"),
    Site("1AUh-12", "00107", (6.56, 2.20), (0.10, 0.08), 0, "Le Verger"),
    Site("1AUh-13", "00108", (1.82, 6.14), (0.09, 0.08), 0, "Le Bout-d'en-Haut"),
    Site("1AUh-14", "00109", (9.02, 9.50), (0.11, 0.08), 0, "Le Chemin de Gorgon"),
    # limited buildability in A and N (STECAL), quarry, solar park
    Site("Nt", "00105", (8.98, 2.62), (0.10, 0.08), 0, "Camping des Étangs"),
    Site("Nt", "00107", (7.95, 1.72), (0.08, 0.07), 0, "Gîtes de l'Ermite"),
    Site("Ae", "00108", (3.05, 6.22), (0.11, 0.08), 0, "Coopérative de Bellevue"),
    Site("Ae", "00104", (2.95, 2.92), (0.08, 0.07), 0, "Négoce agricole"),
    Site("Nc", "00104", (1.35, 4.10), (0.22, 0.16), 0, "Carrière de la Vallée"),
    Site("At", "00102", (2.55, 8.55), (0.08, 0.06), 0, "Ferme-auberge"),
    Site("At", "00109", (9.95, 8.75), (0.07, 0.06), 0, "Gîte des Marlettes"),
    Site("Ae", "00103", (8.95, 7.55), (0.08, 0.06), 0, "Atelier de mécanique agricole"),
    Site("Ae", "00106", (5.95, 8.45), (0.08, 0.06), 0, "Scierie"),
    Site("Ae", "00107", (7.25, 3.35), (0.07, 0.06), 0, "Entreprise de travaux agricoles"),
    Site("Ae", "00105", (10.35, 4.15), (0.07, 0.06), 0, "Pépinière"),
    Site("Nl", "00102", (4.45, 8.95), (0.09, 0.07), 0, "Plaine de jeux"),
    Site("Nl", "00103", (9.40, 6.50), (0.10, 0.06), 0, "Base nautique"),
    # a school, a cemetery, a sports ground in each village
    Site("UE", "00104", (3.20, 3.92), (0.07, 0.05), 0, "École de Cours"),
    Site("UE", "00104", (3.62, 3.70), (0.07, 0.05), 0, "Terrain de sports de Cours"),
    Site("UE", "00105", (9.22, 3.55), (0.07, 0.05), 0, "École de La Chapelle"),
    Site("UE", "00106", (6.62, 9.30), (0.06, 0.05), 0, "Salle des fêtes d'Écœuvres"),
    Site("UE", "00107", (6.22, 2.48), (0.06, 0.05), 0, "École de L'Orme"),
    Site("UE", "00108", (1.48, 5.82), (0.06, 0.05), 0, "Cimetière du Fay"),
    Site("UE", "00109", (9.40, 9.80), (0.07, 0.05), 0, "École de Tilloy"),
    Site("UE", "00109", (9.12, 9.82), (0.06, 0.05), 0, "Cimetière de Tilloy"),
    Site("UE", "00101", (6.72, 4.92), (0.10, 0.07), 0, "Collège des Vignes"),
    Site("UE", "00101", (5.70, 5.62), (0.09, 0.06), 0, "Station d'épuration"),
    Site("UE", "00102", (3.62, 8.36), (0.07, 0.05), 0, "Stade de Vaux"),
    Site("Npv", "00109", (10.05, 10.62), (0.22, 0.14), 0, "Centrale solaire de la Décharge"),
)

#: dwellings planned per hectare by the OAP of each area; None: the PLU's table forgets the figure, on purpose
DENSITES: Dict[str, Optional[float]] = {
    "1AUh-01": 37.0,
    "1AUh-02": 35.0,
    "1AUh-03": 42.0,
    "1AUh-04": 24.8,
    "1AUh-05": 24.4,
    "1AUh-06": 22.2,
    "1AUh-07": 20.5,
    "1AUh-08": 18.0,
    "1AUh-09": 17.5,
    "1AUh-10": 19.0,
    "1AUh-11": 12.0,
    "1AUh-12": None,
    "1AUh-13": 9.0,
    "1AUh-14": 16.0,
}

#: share (%) of each plot that the règlement keeps in open ground, by LIBELLE
OPEN_GROUND = {
    "UX": 10,
    "UXc": 10,
    "1AUh-01": 20,
    "1AUh-02": 25,
    "1AUh-03": 20,
    "1AUh-04": 30,
    "1AUh-05": 35,
    "1AUh-06": 25,
    "1AUh-07": 30,
    "1AUh-08": 40,
    "1AUh-09": 40,
    "1AUh-10": 45,
    "1AUh-11": 40,
    "1AUh-12": 50,
    "1AUh-13": 40,
    "1AUh-14": 45,
}
#: largest sales area (m2) that the règlement admits for a shop, by LIBELLE
SALES_AREA = {"UXc": 2800}

#: inhabitants in 2036; None: the PLU's table forgets the figure, on purpose
PROJECTED: Dict[str, Optional[int]] = {
    "00101": 7400,
    "00102": 2290,
    "00103": 1925,
    "00104": 645,
    "00105": 800,
    "00106": 430,
    "00107": None,
    "00108": 300,
    "00109": 508,
}

#: secteurs of renewal in U: name of the OAP -> (commune, kind of zone, dwellings planned per hectare)
RENEWAL = {
    "OAP R1 - Ancienne sucrerie": ("00101", "UR", 38.0),
    "OAP R2 - Îlot du Collège": ("00102", "UR", 24.0),
}
#: open areas that the previous local plans of the communes already made buildable (AUc), or kept for later (AUs)
ALREADY_OPEN = ("1AUh-01", "1AUh-04", "1AUh-09", "1AUx-01")
ALREADY_LATER = ("1AUh-07", "2AUh")


class Kind(NamedTuple):
    """A kind of zone: its long name, TYPEZONE, FORMDOMI, then DESTOUI, DESTCDT, DESTNON of the CNIG standard."""

    libelong: str
    typezone: str
    formdomi: str
    destoui: str = ""
    destcdt: str = ""
    destnon: str = ""


_HOUSING = ("20-41-43-46-47", "31-32-34-36-37-53", "10-33-35-51-52-54-55")
_FARM = ("11", "12-21-42-46", "22-30-41-43-44-45-47-50")
_NATURE = ("", "12-42-46", "11-20-30-41-43-44-45-47-50")

KINDS: Dict[str, Kind] = {
    "UA": Kind("Zone urbaine de centre-ville", "U", "0101", "20-31-32-34-35-36-37-40-53", "55", "10-33-51-52-54"),
    "UAv": Kind(
        "Zone urbaine de centre villageois", "U", "0102", "20-31-32-34-36-37-40-53", "11", "12-33-35-51-52-54-55"
    ),
    "UB": Kind("Zone urbaine de faubourg", "U", "0103", *_HOUSING),
    "UC": Kind("Zone urbaine pavillonnaire dense", "U", "0107", *_HOUSING),
    "UD": Kind(
        "Zone urbaine pavillonnaire peu dense",
        "U",
        "0108",
        "20",
        "34-37-53-46",
        "10-31-32-33-35-36-41-43-44-45-47-51-52-54-55",
    ),
    "UH": Kind("Zone urbaine de hameau", "U", "0104", "20", "11-37-53", "12-30-40-51-52-54-55"),
    "UE": Kind("Zone urbaine d'équipements", "U", "0501", "40", "22", "10-21-30-50"),
    "UR": Kind(
        "Zone urbaine mixte de renouvellement", "U", "0300", "20-31-34-40-53", "32-36-37", "10-33-35-51-52-54-55"
    ),
    "UX": Kind("Zone urbaine d'activités", "U", "0201", "33-51-52-53", "34-42", "10-20-31-32-35-36-37-43-44-45-47-54"),
    "UXc": Kind(
        "Zone urbaine d'activités commerciales", "U", "0202", "31-32-33-34-35-36", "52-53", "10-20-37-43-44-45-47-51-54"
    ),
    "1AUh": Kind(
        "Zone à urbaniser à vocation d'habitat", "AUc", "0107", "20", "31-34-41-43-53", "10-32-33-35-36-37-51-52-54-55"
    ),
    "1AUx": Kind(
        "Zone à urbaniser à vocation d'activités",
        "AUc",
        "0201",
        "33-51-52-53",
        "34-42",
        "10-20-31-32-35-36-37-43-44-45-47-54",
    ),
    "2AUh": Kind("Zone à urbaniser à long terme à vocation d'habitat", "AUs", "0100"),
    "2AUx": Kind("Zone à urbaniser à long terme à vocation d'activités", "AUs", "0200"),
    "A": Kind("Zone agricole", "A", "0700", *_FARM),
    "Ap": Kind("Zone agricole protégée pour son paysage", "A", "0701", "", "11-42", "12-20-30-41-43-44-45-46-47-50"),
    "Ae": Kind(
        "Secteur de taille et de capacité d'accueil limitées à vocation économique en zone agricole",
        "A",
        "0705",
        "11",
        "33-52",
        "12-20-31-32-34-35-36-37-40-51-53-54-55",
    ),
    "At": Kind(
        "Secteur de taille et de capacité d'accueil limitées à vocation touristique en zone agricole",
        "A",
        "0705",
        "11-37",
        "32",
        "12-20-31-33-34-35-36-40-51-52-53-54-55",
    ),
    "Ace": Kind(
        "Zone agricole à enjeu de continuité écologique", "A", "0701", "", "11-42", "12-20-30-41-43-44-45-46-47-50"
    ),
    "N": Kind("Zone naturelle", "N", "0800", *_NATURE),
    "Nf": Kind("Zone naturelle forestière", "N", "0800", "12", "42", "11-20-30-41-43-44-45-46-47-50"),
    "Nzh": Kind("Zone naturelle humide", "N", "0801", "", "", "10-20-30-40-50"),
    "Nj": Kind(
        "Zone naturelle de jardins et de fonds de parcelle", "N", "0401", "", "21-46", "10-22-30-41-43-44-45-47-50"
    ),
    "Nl": Kind("Zone naturelle de loisirs", "N", "0405", "45", "32-46", "10-20-31-33-34-35-36-37-41-43-44-47-50"),
    "Nt": Kind(
        "Secteur de taille et de capacité d'accueil limitées à vocation touristique",
        "N",
        "0407",
        "37",
        "32-46",
        "10-20-31-33-34-35-36-41-43-44-45-47-50",
    ),
    "Nc": Kind("Secteur naturel de carrière", "N", "0901", "", "51", "10-20-30-40-52-53-54-55"),
    "Npv": Kind("Secteur naturel de parc photovoltaïque", "N", "0903", "", "42", "10-20-30-41-43-44-45-46-47-50"),
}


def kind(libelle: str) -> Kind:
    """`1AUh-01` is an area of the kind `1AUh`, with its own OAP."""
    return KINDS[libelle.split("-")[0]]
