"""Who lives where: the hand-placed facts of the fictitious Pays d'Aubrelle.

Everything is invented: no commune of France bears these names, no département bears the number 00, and the
SIREN numbers fail their own checksum. Coordinates are kilometres from `ORIGIN` (Lambert-93).
"""

from __future__ import annotations

from typing import Dict, NamedTuple, Tuple

ORIGIN = (650_000.0, 7_000_000.0)

SCOT = "SCoT du Pays d'Aubrelle"
SIREN = "200000098"
DATE = "20250918"
IDURBA = f"{SIREN}_PLUI_{DATE}"
ARCHIVE = f"{SIREN}_PLUi_{DATE}"
CC_AUBRELLE = "CC du Val d'Aubrelle"
CC_HAYES = "CC des Hautes Hayes"

Point = Tuple[float, float]


class Commune(NamedTuple):
    nom: str
    epci: str
    niveau: str  # pole | bourg | village
    population: int
    centre: Point
    rayon: float  # km, of the built-up lobes
    poids: float = 0.0  # km2, widens the commune in the power diagram


COMMUNES: Dict[str, Commune] = {
    "00101": Commune("Saint-Éloy-sur-Aubrelle", CC_AUBRELLE, "pole", 6842, (6.55, 5.70), 0.98, 1.6),
    "00102": Commune("Vaux-Fontenelle", CC_AUBRELLE, "bourg", 2154, (3.85, 8.55), 0.58, 0.6),
    "00103": Commune("Neuvirelle", CC_AUBRELLE, "bourg", 1787, (9.75, 6.95), 0.52, 0.3),
    "00104": Commune("Cours-lès-Moutiers", CC_AUBRELLE, "village", 623, (3.35, 3.75), 0.33),
    "00105": Commune("La Chapelle-aux-Étangs", CC_AUBRELLE, "village", 741, (9.35, 3.75), 0.36, 0.2),
    "00106": Commune("Écœuvres-la-Forêt", CC_AUBRELLE, "village", 412, (6.75, 9.15), 0.29),
    "00107": Commune("L'Orme-aux-Dames", CC_AUBRELLE, "village", 356, (6.35, 2.35), 0.27),
    "00108": Commune("Le Fay-d'Aubrelle", CC_AUBRELLE, "village", 298, (1.65, 5.95), 0.26),
    "00109": Commune("Tilloy-Saint-Gorgon", CC_AUBRELLE, "village", 484, (9.25, 9.65), 0.30),
    "00201": Commune("Les Grandes-Hayes", CC_HAYES, "bourg", 2407, (12.15, 5.35), 0.60, 0.5),
    "00202": Commune("Épinoy-le-Haut", CC_HAYES, "village", 331, (12.05, 8.65), 0.28),
    "00203": Commune("Montigny-l'Ancre", CC_HAYES, "village", 512, (11.95, 2.35), 0.33),
}

#: the communes of the PLUi; the three others are in the SCoT alone
PLUI = tuple(code for code, commune in COMMUNES.items() if commune.epci == CC_AUBRELLE)

#: the limit of the SCoT, walked round once
OUTLINE: Tuple[Point, ...] = (
    (0.0, 3.3),
    (0.5, 1.9),
    (2.2, 0.9),
    (4.6, 0.5),
    (7.3, 0.0),
    (9.6, 0.5),
    (12.2, 0.8),
    (13.6, 2.6),
    (13.9, 5.2),
    (13.6, 7.6),
    (13.0, 9.8),
    (11.3, 10.9),
    (9.0, 11.5),
    (6.6, 11.5),
    (4.3, 11.6),
    (2.0, 11.1),
    (0.9, 9.4),
    (0.1, 7.6),
    (-0.2, 5.4),
)

#: streams, downstream: name -> course (km), meander (amplitude and wavelength, m), half-width of the valley floor (m)
STREAMS = {
    "L'Aubrelle": (
        (
            (-0.6, 3.1),
            (1.2, 3.6),
            (2.6, 4.45),
            (4.3, 4.75),
            (5.6, 5.25),
            (6.5, 5.35),
            (7.6, 5.75),
            (8.6, 6.55),
            (9.7, 6.55),
            (11.0, 7.25),
            (12.6, 7.3),
            (14.6, 8.1),
        ),
        75.0,
        620.0,
        75.0,
    ),
    "Le Sormel": (
        ((4.6, 12.4), (4.9, 11.0), (4.35, 9.7), (4.15, 8.75), (4.55, 7.7), (5.35, 6.9), (5.75, 6.1), (5.9, 5.32)),
        40.0,
        420.0,
        40.0,
    ),
    "La Fontenelle": (((1.0, 10.0), (1.9, 9.35), (2.9, 9.0), (4.18, 8.95)), 30.0, 330.0, 30.0),
    "Le ru des Étangs": (
        ((8.2, 0.2), (8.55, 1.4), (9.2, 2.3), (9.75, 3.2), (9.6, 4.2), (9.1, 5.3), (8.75, 6.62)),
        35.0,
        380.0,
        38.0,
    ),
    "Le ru de la Haye": (((13.6, 3.6), (12.6, 4.3), (12.3, 5.1), (11.7, 6.0), (11.15, 7.25)), 30.0, 350.0, 30.0),
}

#: roads: name -> (main road?, course in km; a commune code stands for its centre)
ROADS = {
    "RD 900": (
        True,
        (
            (-0.6, 6.35),
            "00108",
            (3.2, 6.0),
            (5.0, 5.85),
            "00101",
            (8.1, 6.45),
            "00103",
            (10.9, 7.9),
            "00202",
            (14.6, 9.6),
        ),
    ),
    "RD 47": (
        True,
        (
            (3.3, 12.6),
            (3.75, 10.2),
            "00102",
            (4.5, 7.3),
            "00101",
            (7.5, 4.9),
            "00105",
            (10.7, 3.1),
            "00203",
            (13.9, 1.2),
        ),
    ),
    "RD 12": (False, ((1.9, 1.4), (2.6, 2.8), "00104", (4.4, 4.4), (5.5, 5.1), "00101")),
    "RD 31": (False, ((6.1, -0.2), "00107", (6.5, 3.9), "00101", (6.75, 7.3), "00106", (6.9, 10.4), (7.6, 12.4))),
    "RD 56": (False, ("00102", (5.2, 9.1), "00106", (8.0, 9.2), "00109", (10.7, 9.3), "00202")),
    "RD 57": (False, ("00109", (9.5, 8.2), "00103")),
    "RD 58": (False, ("00103", (10.8, 6.1), "00201", (12.2, 3.9), "00203")),
    "RD 60": (False, ("00105", (10.7, 4.5), "00201", (12.3, 7.0), "00202")),
    "RD 61": (False, ("00104", (4.8, 2.9), "00107", (7.9, 3.0), "00105")),
    "RD 62": (False, ("00108", (2.3, 4.8), "00104")),
    "RD 63": (False, ("00108", (2.3, 7.4), "00102")),
    "VC 4": (False, ((2.3, 7.4), (1.5, 8.4), (0.7, 8.9))),
    "VC 7": (False, ((9.25, 9.65), (9.0, 10.6), (8.6, 11.9))),
    "VC 9": (False, ((7.9, 3.0), (7.75, 1.9), (8.0, 0.6))),
}

#: woods: name -> (centre km, half-axes km, angle degrees, large enough to be a reservoir of the SCoT?)
WOODS = {
    "Forêt d'Écœuvres": ((7.95, 10.45), (1.25, 0.62), 18, True),
    "Bois de la Queue-du-Loup": ((5.75, 10.75), (0.42, 0.55), 10, True),
    "Bois des Moutiers": ((2.05, 2.55), (0.70, 0.42), 35, True),
    "Bois du Fay": ((1.15, 7.35), (0.62, 0.38), -30, True),
    "Bois Madame": ((4.75, 3.65), (0.40, 0.26), 20, False),
    "Bois de l'Ermite": ((7.75, 1.20), (0.55, 0.40), -15, True),
    "Bois Brûlé": ((7.95, 7.95), (0.50, 0.30), 30, True),
    "Bois de Vaux": ((2.55, 10.35), (0.48, 0.30), -20, True),
    "Bosquet des Dames": ((5.35, 1.45), (0.22, 0.16), 0, False),
    "Bosquet Saint-Gorgon": ((10.55, 10.25), (0.30, 0.18), 50, False),
    "Bois du Chêne-aux-Loups": ((3.30, 5.20), (0.26, 0.17), 15, False),
    "Les Remises": ((8.15, 4.75), (0.24, 0.14), -40, False),
    "Bois des Hayes": ((13.0, 6.35), (0.45, 0.50), 0, True),
    "Bois de l'Ancre": ((10.95, 1.45), (0.50, 0.35), 25, True),
}

#: ponds and their marsh: centre km, half-axes km, angle
PONDS = {
    "Étang Neuf": ((9.62, 2.92), (0.16, 0.09), 60),
    "Étang des Dames": ((9.18, 2.38), (0.20, 0.11), 50),
    "Étang Noir": ((8.72, 1.78), (0.15, 0.09), 70),
    "Marais de Cours": ((3.75, 4.62), (0.36, 0.13), 12),
}

#: hamlets on the roads: name -> (centre km, radius km)
HAMLETS = {
    "Le Petit-Vaux": ((4.45, 7.35), 0.12),
    "La Neuville": ((3.75, 10.15), 0.13),
    "Les Marlières": ((2.75, 9.4), 0.09),
    "Saint-Fuscien": ((5.2, 9.12), 0.10),
    "Le Transloy-Bas": ((5.0, 5.87), 0.11),
    "Bellevue": ((3.2, 6.0), 0.12),
    "L'Abbaye": ((2.55, 2.85), 0.10),
    "Le Moulin-d'En-Bas": ((2.35, 4.78), 0.09),
    "Grigny": ((4.85, 2.9), 0.11),
    "La Tuilerie": ((6.5, 3.85), 0.12),
    "Les Quatre-Vents": ((7.9, 3.02), 0.11),
    "Le Gué": ((7.5, 4.92), 0.10),
    "Happegarbes": ((7.75, 1.95), 0.09),
    "L'Épinette": ((10.6, 3.2), 0.10),
    "Malassise": ((8.1, 6.45), 0.11),
    "Le Mesnil": ((10.75, 6.15), 0.10),
    "La Verrerie": ((6.85, 10.15), 0.10),
    "Courcelette": ((6.75, 7.35), 0.13),
    "Le Petit-Tilloy": ((9.48, 8.25), 0.11),
    "Haut-Fossé": ((8.1, 9.2), 0.09),
    "La Censé": ((10.55, 9.33), 0.09),
    "Champ-Rouge": ((1.55, 8.32), 0.09),
    "Le Quesnoy": ((2.3, 7.38), 0.10),
    "Beauséjour": ((0.75, 6.1), 0.08),
    "La Folie": ((6.2, 1.1), 0.09),
    "Rougemont": ((8.95, 10.75), 0.08),
    "Les Baraques": ((5.6, 6.75), 0.08),
    "Vert-Galant": ((10.85, 7.85), 0.09),
    "Le Bout-de-Là": ((8.55, 3.35), 0.08),
    "La Motte": ((2.0, 1.75), 0.08),
}

#: ecological corridors on land, from wood to wood (km)
CORRIDORS = {
    "De la forêt d'Écœuvres à l'Aubrelle": (
        (7.75, 10.1),
        (7.85, 9.1),
        (7.95, 8.05),
        (8.38, 7.3),
        (8.29, 6.80),
        (8.48, 6.45),
        (8.35, 5.7),
        (8.15, 4.8),
    ),
    "De l'Aubrelle aux étangs": ((8.15, 4.8), (8.45, 4.1), (8.6, 3.0), (9.15, 2.4), (8.5, 1.6), (7.8, 1.25)),
    "De la Queue-du-Loup à la forêt": ((5.75, 10.75), (6.4, 10.75), (7.4, 10.3)),
    "De Vaux au Fay": ((2.5, 10.3), (1.75, 9.2), (1.75, 8.2), (1.15, 7.4)),
    "Du Fay à Bois Madame": ((1.15, 7.4), (2.5, 6.55), (2.95, 5.75), (3.3, 5.2), (4.1, 4.35), (4.75, 3.65)),
    "De Bois Madame à l'Ermite": ((4.75, 3.65), (5.05, 2.4), (5.35, 1.45), (6.4, 1.6), (7.7, 1.2)),
    "Des Moutiers au marais": ((2.05, 2.6), (2.6, 3.6), (3.75, 4.62)),
    "De la forêt à Saint-Gorgon": ((8.6, 10.6), (9.6, 10.35), (10.55, 10.25)),
    "De Saint-Gorgon aux Hayes": ((10.55, 10.25), (11.3, 8.9), (12.1, 7.4), (13.0, 6.35)),
    "De l'Ancre aux étangs": ((10.95, 1.45), (10.4, 2.2), (9.62, 2.92)),
}
