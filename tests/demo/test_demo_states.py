"""The answer that each prescription of the demonstration must get.

`TestByHand` measures the committed files with Shapely alone and shows that each expected state follows, with a margin;
`TestByThePlugin` reads the same files as a user would and finds the same.
"""

from __future__ import annotations

import csv
import datetime

import numpy as np
import pytest
import shapely
from demo_states import STATES as EXPECTED

#: expected state of P21 in each commune, with its density (dwellings per hectare)
DENSITIES = {
    "00101": ("sans_ecart", 38.1),
    "00102": ("sans_ecart", 24.6),
    "00103": ("ecart_faible", 21.5),
    "00104": ("sans_ecart", 17.9),
    "00105": ("sans_ecart", 18.1),
    "00106": ("ecart_marque", 11.9),
    "00107": ("non_evalue", None),
    "00108": ("sans_objet", None),
    "00109": ("sans_ecart", 15.9),
}
FLOORS = {"00101": 35.0, "00102": 25.0, "00103": 25.0}  # villages: 17
#: the years of the fictitious PLUi
HORIZON = (2024, 2036)
#: expected state of P41 in each commune, with the hectares that it consumed from 2011 to 2021
CONSUMPTION = {
    "00101": ("ecart_marque", 45.0),
    "00102": ("ecart_marque", 14.5),
    "00103": ("sens_contraire", 11.8),
    "00104": ("ecart_faible", 5.2),
    "00105": ("ecart_faible", 9.6),
    "00106": ("ecart_faible", 3.9),
    "00107": ("sans_ecart", 4.6),
    "00108": ("sans_ecart", 4.8),
    "00109": ("ecart_faible", 4.4),
}
#: expected state of P40 in each commune, with its growth by year (%) and its ceiling
GROWTH = {
    "00101": ("sans_ecart", 0.562, 0.6),
    "00102": ("sans_ecart", 0.438, 0.5),
    "00103": ("sans_ecart", 0.533, 0.5),
    "00104": ("sans_ecart", 0.248, 0.3),
    "00105": ("sans_ecart", 0.549, 0.6),
    "00106": ("sans_ecart", 0.306, 0.3),
    "00107": ("non_evalue", None, 0.3),
    "00108": ("sans_ecart", 0.048, 0.3),
    "00109": ("ecart_faible", 0.346, 0.3),
}
#: expected state of P38 in each corridor on land
CORRIDORS = {
    "De la forêt d'Écœuvres à l'Aubrelle": "sans_ecart",
    "De l'Aubrelle aux étangs": "ecart_marque",
    "De la Queue-du-Loup à la forêt": "sans_ecart",
    "De Vaux au Fay": "sans_ecart",
    "Du Fay à Bois Madame": "sans_ecart",
    "De Bois Madame à l'Ermite": "ecart_marque",
    "Des Moutiers au marais": "sans_ecart",
    "De la forêt à Saint-Gorgon": "sans_ecart",
    "De Saint-Gorgon aux Hayes": "non_evalue",
    "De l'Ancre aux étangs": "non_evalue",
}
_HOUSING = {f"1AUh-{number:02d}" for number in range(1, 15)}
OBJECTS_AT_FAULT = {
    "P11": {"UXc"},
    "P12": {"1AUx-02"},
    "P17": {"UXc"},
    "P20": {"1AUh-02", "1AUh-03"},
    "P28": _HOUSING,  # each open zone is wholly out of the reserve
    "O22": {"1AUh-06"},
    "P30": {"ZH07"},
    "P37": {"1AUh-07", "1AUh-10"},
    "P38": {"UH"},
    "P39": {"1AUh-06"},
    "P40": {"Tilloy-Saint-Gorgon"},
    "P41": _HOUSING - {"1AUh-12", "1AUh-13"} | {"1AUx-01", "1AUx-02", "2AUh", "2AUx"},
    "P43": _HOUSING | {"1AUx-01", "1AUx-02"},
    "P44": {"1AUh-09", "1AUh-10"},
    "P46": {"1AUh-07"},
    "P21": {"1AUh-06", "1AUh-07", "1AUh-11"},
    "P26": {"1AUh-01"},
    "P31": {"1AUx-01", "Bois Brûlé"},
    "P32": {"1AUh-10"},
    "P33": {"Haie 17"},
    "P34": {"1AUh-07"},
}


def union(rows):
    return shapely.union_all([row["geometrie"] for row in rows])


def share(shape, ground):
    return shapely.area(shapely.intersection(shape, ground)) / shapely.area(shape)


def wider_than(shape, width):
    """Whether some part of the conflict survives the erosion that drops slivers (half the precision and 1 mm)."""
    return not shapely.is_empty(shapely.buffer(shape, -width / 2 - 0.001))


def hectares(rows):
    return sum(row["geometrie"].area for row in rows) / 1e4


@pytest.fixture(scope="module")
def communes(scot_layer):
    """Geometry of each commune of the SCoT, by its code."""
    return {row["INSEE"]: row["geometrie"] for row in scot_layer("communes")}


@pytest.fixture(scope="module")
def rows_of_csv(demo):
    """Rows of a table of figures of the demonstration, by its path."""

    def read(path):
        with open(demo / path, encoding="utf-8", newline="") as source:
            return list(csv.DictReader(source, delimiter=";"))

    return read


@pytest.fixture(scope="module")
def opened_in(open_zones, communes):
    """AUc and AUs zones of each commune."""
    return {
        code: [zone for zone in open_zones if shapely.contains(shape, shapely.point_on_surface(zone["geometrie"]))]
        for code, shape in communes.items()
    }


@pytest.fixture(scope="module")
def open_zones(zones):
    """The AUc and AUs zones."""
    return [zone for zone in zones if zone["TYPEZONE"] in ("AUc", "AUs")]


@pytest.fixture(scope="module")
def housing(demo, open_zones):
    """1AUh zones by commune: (label, hectares, dwellings or None)."""
    with open(demo / "plu" / "complements" / "programme_logements.csv", encoding="utf-8", newline="") as source:
        programme = {row["OAP"]: row for row in csv.DictReader(source, delimiter=";")}
    found = {}
    for zone in open_zones:
        if zone["LIBELLE"] in programme:
            row = programme[zone["LIBELLE"]]
            found.setdefault(row["INSEE"], []).append(
                (zone["LIBELLE"], zone["geometrie"].area / 1e4, float(row["LOGEMENTS"]) if row["LOGEMENTS"] else None)
            )
    return found


class TestByHand:
    def test_p11_one_shop_zone_lies_outside(self, zones, scot_layer):
        ground = shapely.union(union(scot_layer("sip")), union(scot_layer("centralites")))
        shops = [zone for zone in zones if zone["FORMDOMI"] == "0202" and "31" in zone["DESTOUI"].split("-")]
        assert sorted(round(share(zone["geometrie"], ground), 3) for zone in shops) == [0.0, 1.0]
        (unknown,) = (
            zone for zone in zones if zone["FORMDOMI"] == "0201" and zone["TYPEZONE"] == "U" and not zone["DESTOUI"]
        )
        assert share(unknown["geometrie"], ground) == pytest.approx(1.0)  # so the answer does not hang on it

    def test_p12_the_extension_overruns_its_park(self, open_zones, scot_layer):
        ground = union([row for row in scot_layer("sites_economiques") if row["NIVEAU"] == 1])
        shares = {
            zone["LIBELLE"]: share(zone["geometrie"], ground) for zone in open_zones if zone["LIBELLE"][:4] == "1AUx"
        }
        assert shares == {"1AUx-01": pytest.approx(1.0), "1AUx-02": pytest.approx(0.88, abs=0.001)}
        assert 0.95 * 0.8 < shares["1AUx-02"] < 0.95
        (extension,) = (zone["geometrie"] for zone in open_zones if zone["LIBELLE"] == "1AUx-02")
        assert wider_than(shapely.difference(extension, ground), 10.0)

    def test_p13_no_extension_in_a_break(self, open_zones, scot_layer):
        breaks = union(scot_layer("coupures"))
        assert not any(shapely.intersects(zone["geometrie"], breaks) for zone in open_zones)

    def test_p14_the_layer_is_not_delivered(self, demo):
        assert not (demo / "terres_agricoles.gpkg").exists()

    def test_p21_densities_by_commune(self, housing):
        for insee, (state, density) in DENSITIES.items():
            known = [(area, dwellings) for _, area, dwellings in housing[insee]]
            floor = FLOORS.get(insee, 17.0)
            if state == "non_evalue":
                assert any(dwellings is None for _, dwellings in known)
                continue
            measured = sum(dwellings for _, dwellings in known) / sum(area for area, _ in known)
            if state == "sans_objet":  # spared by name; it would be marked
                assert measured < 0.8 * floor
                continue
            assert measured == pytest.approx(density, abs=0.1)
            # tolerance 10 %, marked beyond 20 %: at least 0.1 dwelling per hectare away from either limit
            low, high = {"sans_ecart": (0.9, 9), "ecart_faible": (0.8, 0.9), "ecart_marque": (0.0, 0.8)}[state]
            assert low * floor + 0.1 < measured < high * floor - 0.1

    def test_p22_tolerated_whatever_the_missing_figure(self, housing):
        rows = [row for commune in housing.values() for row in commune]
        lowest = sum(dwellings or 0.0 for *_, dwellings in rows) / sum(area for _, area, _ in rows)
        assert 27 * 0.9 + 0.5 < lowest < 27 - 0.5

    def test_p26_one_extension_far_from_a_stop(self, open_zones, scot_layer):
        served = union(scot_layer("desserte"))
        shares = {
            zone["LIBELLE"]: share(zone["geometrie"], served) for zone in open_zones if zone["LIBELLE"][:4] == "1AUh"
        }
        assert {label for label, part in shares.items() if part < 0.80} == {"1AUh-01"}
        assert shares["1AUh-01"] < 0.80 * 0.8 - 0.1  # marked by the figures, weak by `force: vise`
        assert min(part for label, part in shares.items() if label != "1AUh-01") > 0.82

    def test_p31_a_weak_conflict_with_a_corridor(self, open_zones, scot_layer):
        bands = union(
            [
                {"geometrie": shapely.buffer(row["geometrie"], row["LARGEUR"], cap_style="flat")}
                for row in scot_layer("corridors")
            ]
        )
        protected = shapely.union(bands, union(scot_layer("reservoirs")))
        shares = {zone["LIBELLE"]: share(zone["geometrie"], protected) for zone in open_zones}
        assert {label for label, part in shares.items() if part > 1e-6} == {"1AUx-01"}
        assert 0.03 < shares["1AUx-01"] < 0.15
        (zone,) = (zone["geometrie"] for zone in open_zones if zone["LIBELLE"] == "1AUx-01")
        assert wider_than(shapely.intersection(zone, protected), 12.5)

    def test_p31_one_reservoir_is_not_covered_enough(self, zones, plu_table, scot_layer):
        tools = union(
            [zone for zone in zones if zone["TYPEZONE"] == "N"]
            + [row for row in plu_table("PRESCRIPTION_SURF") if row["TYPEPSC"] in ("01", "07", "25")]
        )
        plui = union(zones)
        shares = {}
        for row in scot_layer("reservoirs"):
            inside = shapely.intersection(row["geometrie"], plui)
            if inside.area > 1.0:
                shares[row["NOM"]] = share(inside, tools)
        assert {name for name, part in shares.items() if part < 0.95} == {"Bois Brûlé"}
        assert 0.95 * 0.8 + 0.05 < shares["Bois Brûlé"] < 0.95 - 0.02
        assert min(part for name, part in shares.items() if name != "Bois Brûlé") > 0.97

    def test_p32_a_third_of_a_new_area_is_wet(self, demo, zones, scot_layer, rows_of):
        before = rows_of(str(demo / "plu" / "complements" / "plu_anterieur.gpkg"))
        open_before = union([row for row in before if row["TYPEZONE"] in ("U", "AUc")])
        wet, conflicts = union(scot_layer("zones_humides")), {}
        for zone in zones:
            if zone["TYPEZONE"] in ("U", "AUc", "AUs"):
                new = shapely.difference(zone["geometrie"], open_before)
                if new.area > 1.0 and wider_than(shapely.intersection(new, wet), 10.0):
                    conflicts[zone["LIBELLE"]] = share(new, wet)
        assert conflicts == {"1AUh-10": pytest.approx(0.325, abs=0.01)}

    def test_p33_one_hedge_is_cut_short(self, plu_table, scot_layer):
        kept = union([row for row in plu_table("PRESCRIPTION_LIN") if row["TYPEPSC"] == "07"])
        shares = {
            row["NOM"]: shapely.intersection(row["geometrie"], shapely.buffer(kept, 0.02)).length
            / row["geometrie"].length
            for row in scot_layer("haies")
        }
        assert shares.pop("Haie 17") == pytest.approx(0.88, abs=0.001)
        assert min(shares.values()) == pytest.approx(1.0)

    def test_p34_one_extension_is_partly_floodable(self, open_zones, scot_layer):
        flood = union(scot_layer("zones_inondables"))
        shares = {
            zone["LIBELLE"]: share(zone["geometrie"], flood)
            for zone in open_zones
            if wider_than(shapely.intersection(zone["geometrie"], flood), 10.0)
        }
        assert shares == {"1AUh-07": pytest.approx(0.21, abs=0.01)}

    def test_p35_the_wells_are_next_door(self, zones, scot_layer):
        plui, wells = union(zones), union(scot_layer("captages"))
        assert shapely.distance(plui, wells) > 100.0
        assert shapely.intersects(shapely.box(*wells.bounds), plui)  # not a layer of another country


class TestByHandOnEconomy:
    def test_p10_a_shop_front_in_each_centre_of_pole_and_bourgs(self, plu_table, scot_layer, zones):
        fronts = union([row for row in plu_table("PRESCRIPTION_LIN") if row["TYPEPSC"] == "22"])
        plui, lengths = union(zones), {}
        for centre in scot_layer("centralites"):
            if centre["NIVEAU"] in ("pole", "bourg") and shapely.intersects(centre["geometrie"], plui):
                lengths[centre["NOM"]] = shapely.intersection(centre["geometrie"], fronts).length
        assert len(lengths) == 3 and min(lengths.values()) > 500.0

    def test_p16_a_little_over_the_yearly_envelope(self, open_zones):
        business = hectares([zone for zone in open_zones if zone["FORMDOMI"][:2] == "02"])
        envelope = 1.4 * (HORIZON[1] - HORIZON[0])
        assert envelope + 0.5 < business < 1.1 * envelope - 0.5

    def test_p17_the_shops_of_the_gate_may_be_too_large(self, zones, scot_layer, rows_of_csv):
        (area,) = (
            float(row["SURFACE_VENTE"]) for row in rows_of_csv("plu/complements/reglement.csv") if row["ZONE"] == "UXc"
        )
        assert 2500 < area < 1.2 * 2500
        (major,) = (row["geometrie"] for row in scot_layer("sip") if row["NIVEAU"] == "majeur")
        shops = [zone["geometrie"] for zone in zones if zone["FORMDOMI"] == "0202"]
        assert sorted(share(shop, major) for shop in shops) == pytest.approx([0.0, 1.0])

    def test_p18_one_park_is_silent_and_the_others_forbid_housing(self, zones, scot_layer):
        parks = union(scot_layer("sites_economiques"))
        inside = [
            zone
            for zone in zones
            if zone["FORMDOMI"][:2] == "02"
            and zone["TYPEZONE"] in ("U", "AUc")
            and shapely.intersects(zone["geometrie"], parks)
        ]
        silent = [zone["LIBELLE"] for zone in inside if not zone["DESTNON"]]
        assert silent == ["UX"] and len(inside) == 6
        assert all("20" in zone["DESTNON"].split("-") for zone in inside if zone["DESTNON"])

    def test_p19_centres_admit_shops(self, zones):
        centres = [zone for zone in zones if zone["LIBELLE"] in ("UA", "UAv")]
        assert len(centres) == 9 and all("31" in zone["DESTOUI"].split("-") for zone in centres)

    def test_o13_farmland_is_short_in_two_villages(self, zones, communes):
        farm = union([zone for zone in zones if zone["TYPEZONE"] == "A"])
        shares = {code: share(shape, farm) for code, shape in communes.items() if code < "00200"}
        short = {code for code, part in shares.items() if part < (0.70 if code == "00101" else 0.80)}
        assert short == {"00106", "00109"}
        assert shares["00101"] == pytest.approx(0.736, abs=0.001)


class TestByHandOnNeeds:
    def test_p20_social_housing_in_one_extension_of_three(self, plu_table, housing, open_zones):
        mixed = union([row for row in plu_table("PRESCRIPTION_SURF") if row["TYPEPSC"] == "17"])
        pole = {label for label, *_ in housing["00101"]}
        shares = {zone["LIBELLE"]: share(zone["geometrie"], mixed) for zone in open_zones if zone["LIBELLE"] in pole}
        assert shares == {"1AUh-01": pytest.approx(1.0), "1AUh-02": 0.0, "1AUh-03": 0.0}

    def test_p27_two_thirds_near_a_stop_whatever_the_missing_figure(self, housing, open_zones, scot_layer):
        served = union(scot_layer("desserte"))
        shape = {zone["LIBELLE"]: zone["geometrie"] for zone in open_zones}
        rows = [row for commune in housing.values() for row in commune]
        near = sum((dwellings or 0.0) * share(shape[label], served) for label, _, dwellings in rows)
        assert near / sum(dwellings or 0.0 for *_, dwellings in rows) == pytest.approx(0.846, abs=0.001)
        assert share(shape["1AUh-12"], served) == pytest.approx(1.0)  # its dwellings can only raise the share

    def test_p28_the_reserve_is_a_little_short(self, open_zones):
        homes = [zone for zone in open_zones if zone["FORMDOMI"][:2] == "01"]
        kept = hectares([zone for zone in homes if zone["TYPEZONE"] == "AUs"]) / hectares(homes)
        assert 0.8 / 6 + 0.01 < kept < 1 / 6 - 0.01

    def test_p29_each_open_zone_has_its_oap(self, open_zones, plu_table):
        oap = union([row for row in plu_table("PRESCRIPTION_SURF") if row["TYPEPSC"] == "18"])
        shares = [share(zone["geometrie"], oap) for zone in open_zones if zone["TYPEZONE"] == "AUc"]
        assert len(shares) == 16 and min(shares) == pytest.approx(1.0)

    def test_p210_enough_dwellings_whatever_the_missing_figure(self, housing, rows_of_csv):
        people = sum(int(row["POP_2022"]) for row in rows_of_csv("chiffres_communes.csv") if row["INSEE"] < "00200")
        known = sum(dwellings or 0.0 for rows in housing.values() for *_, dwellings in rows)
        assert (people, known) == (13_697, 1439)
        assert known > 1.05 * 8 * 12 * people / 1000

    def test_o22_one_extension_is_not_compact(self, open_zones):
        round_as = {
            zone["LIBELLE"]: 4 * np.pi * zone["geometrie"].area / zone["geometrie"].length ** 2
            for zone in open_zones
            if zone["LIBELLE"] in _HOUSING
        }
        assert {label for label, value in round_as.items() if value < 0.45} == {"1AUh-06"}
        assert round_as["1AUh-06"] < 0.44 and min(v for k, v in round_as.items() if k != "1AUh-06") > 0.455

    def test_r5_farm_buildings_in_each_commune(self, plu_table, communes):
        points = [
            row["geometrie"]
            for row in plu_table("PRESCRIPTION_PCT")
            if (row["TYPEPSC"], row["STYPEPSC"]) == ("16", "01")
        ]
        found = {code: shapely.contains(shape, points).sum() for code, shape in communes.items() if code < "00200"}
        assert len(found) == 9 and min(found.values()) >= 1


class TestByHandOnTransitions:
    def test_p30_one_wetland_is_not_covered_enough(self, zones, plu_table, scot_layer):
        tools = union(
            [zone for zone in zones if zone["TYPEZONE"] in ("A", "N")]
            + [row for row in plu_table("PRESCRIPTION_SURF") if (row["TYPEPSC"], row["STYPEPSC"]) == ("07", "04")]
        )
        plui, shares = union(zones), {}
        for row in scot_layer("zones_humides"):
            inside = shapely.intersection(row["geometrie"], plui)
            if inside.area > 1.0:
                shares[row["NOM"]] = share(inside, tools)
        assert shares.pop("ZH07") == pytest.approx(0.809, abs=0.001)  # weak: between 0.76 and 0.95
        assert min(shares.values()) > 0.99

    def test_p37_two_extensions_near_a_stream(self, open_zones, scot_layer):
        bands = union(
            [
                {"geometrie": shapely.buffer(row["geometrie"], row["LARGEUR"] + 50.0)}
                for row in scot_layer("corridors")
                if row["TYPE"] == "aquatique"
            ]
        )
        near = {}
        for zone in (zone for zone in open_zones if zone["TYPEZONE"] == "AUc"):
            conflict = shapely.intersection(zone["geometrie"], bands)
            if conflict.area > 1.0:
                assert wider_than(conflict, 12.5)
                near[zone["LIBELLE"]] = share(zone["geometrie"], bands)
        assert near == {"1AUh-07": pytest.approx(0.088, abs=0.002), "1AUh-10": pytest.approx(0.143, abs=0.002)}

    def test_p38_what_is_left_of_each_corridor(self, zones, scot_layer):
        """40 m are asked, 12.5 m less are tolerated: by erosion, whether a disc still goes from end to end."""
        plui = union(zones)
        obstacles = union([zone for zone in zones if zone["TYPEZONE"] in ("U", "AUc", "AUs")])
        for row in (row for row in scot_layer("corridors") if row["TYPE"] == "terrestre"):
            line, state = row["geometrie"], CORRIDORS[row["NOM"]]
            if state == "non_evalue":
                assert shapely.intersection(line, plui).length < 0.5 * line.length
            else:
                assert shapely.covers(plui, line)
            surface = shapely.buffer(line, row["LARGEUR"], cap_style="flat")
            width = 2.0 if state == "ecart_marque" else 42.0
            free = shapely.buffer(shapely.difference(surface, obstacles), -width / 2)
            ends = [shapely.Point(line.coords[0]), shapely.Point(line.coords[-1])]
            open_way = any(
                all(shapely.distance(part, end) < row["LARGEUR"] + width for end in ends)
                for part in shapely.get_parts(free)
            )
            assert open_way == (state != "ecart_marque"), row["NOM"]

    def test_p39_one_extension_keeps_too_little_open_ground(self, housing, rows_of_csv):
        written = {row["ZONE"]: float(row["PLEINE_TERRE"]) for row in rows_of_csv("plu/complements/reglement.csv")}
        asked = {"00101": 20.0, "00102": 30.0, "00103": 30.0}
        short = {
            label: written[label] / asked.get(insee, 40.0)
            for insee, rows in housing.items()
            for label, *_ in rows
            if written[label] < asked.get(insee, 40.0)
        }
        assert short == {"1AUh-06": pytest.approx(25 / 30)}  # 17 % below: weak

    def test_o35_no_isolated_sector_in_a_break(self, plu_table, scot_layer):
        breaks = union(scot_layer("coupures"))
        sectors = [
            row["geometrie"]
            for row in plu_table("PRESCRIPTION_SURF")
            if (row["TYPEPSC"], row["STYPEPSC"]) == ("16", "03")
        ]
        inside = shapely.area(shapely.intersection(sectors, breaks))
        assert len(sectors) == 9 and inside.max() < 0.01  # one touches a limit, on a few square centimetres

    def test_o36_isolated_sectors_forbid_housing(self, zones):
        sectors = [zone["DESTNON"].split("-") for zone in zones if zone["LIBELLE"] in ("Ae", "At", "Nt")]
        assert len(sectors) == 9 and all("20" in codes for codes in sectors)


class TestByHandOnLand:
    def test_p40_growth_by_year(self, rows_of_csv):
        start = {row["INSEE"]: int(row["POP_2022"]) for row in rows_of_csv("chiffres_communes.csv")}
        end = {row["INSEE"]: row["POP_2036"] for row in rows_of_csv("plu/complements/projection.csv")}
        assert set(end) == set(GROWTH)
        for insee, (state, growth, ceiling) in GROWTH.items():
            if state == "non_evalue":
                assert end[insee] == ""
                continue
            assert start[insee] * (1 + growth / 100) ** 14 == pytest.approx(int(end[insee]), abs=0.6)
            low, high = {"sans_ecart": (0.0, 1.1), "ecart_faible": (1.1, 1.2)}[state]  # tolerance 10 %, marked at 20 %
            assert low * ceiling < growth < (high - 0.02) * ceiling

    def test_p41_yearly_openings_against_the_past(self, opened_in, rows_of_csv):
        figures = {
            row["INSEE"]: float(row["CONSO_2011_2021"].replace(",", "."))
            for row in rows_of_csv("chiffres_communes.csv")
        }
        for insee, (state, past) in CONSUMPTION.items():
            assert figures[insee] == past
            ceiling, yearly = past / 10 / 2, hectares(opened_in[insee]) / 12
            if state == "sens_contraire":
                assert yearly > 1.1 * past / 10
                continue
            assert yearly < 0.95 * past / 10
            low, high = {"sans_ecart": (0, 1), "ecart_faible": (1, 1.2), "ecart_marque": (1.2, 9)}[state]
            assert (low + 0.02) * ceiling < yearly < (high - 0.02) * ceiling

    def test_p42_new_openings_are_under_the_half(self, demo, open_zones, rows_of):
        before = rows_of(str(demo / "plu" / "complements" / "plu_anterieur.gpkg"))
        already = union([row for row in before if row["TYPEZONE"] in ("U", "AUc")])
        new = sum(shapely.difference(zone["geometrie"], already).area for zone in open_zones) / 1e4
        ceiling = sum(past for _, past in CONSUMPTION.values()) / 10 / 2
        assert ceiling == pytest.approx(5.19) and new / 12 == pytest.approx(4.96, abs=0.01)

    def test_p43_too_much_by_2031_not_by_2044(self, open_zones, scot_layer):
        town = union(scot_layer("enveloppe_urbaine"))

        def consumed(*kinds):
            ground = union([zone for zone in open_zones if zone["TYPEZONE"] in kinds])
            return 4.0 + shapely.difference(ground, town).area / 1e4

        assert 1.1 * 65 < consumed("AUc") < 1.2 * 65
        assert consumed("AUc", "AUs") == pytest.approx(87.3, abs=0.1)  # 90 are admitted

    def test_p44_one_small_commune_opens_too_much(self, opened_in, rows_of_csv):
        people = {row["INSEE"]: int(row["POP_2022"]) for row in rows_of_csv("chiffres_communes.csv")}
        ratios = {
            code: hectares(rows) / (3.0 if people[code] < 500 else 4.0)
            for code, rows in opened_in.items()
            if people[code] < 1000 and rows
        }
        assert {code for code, ratio in ratios.items() if ratio > 1.05} == {"00105"} and ratios["00105"] > 1.5
        assert 1.01 < ratios["00109"] < 1.04  # tolerated
        assert max(ratio for code, ratio in ratios.items() if code not in ("00105", "00109")) < 0.95

    def test_p46_one_extension_stands_apart(self, open_zones, scot_layer):
        town = union(scot_layer("enveloppe_urbaine"))
        away = {
            zone["LIBELLE"]: shapely.distance(zone["geometrie"], town)
            for zone in open_zones
            if zone["LIBELLE"] in _HOUSING
        }
        far = {label: distance for label, distance in away.items() if distance > 1.0}
        assert far == {"1AUh-07": pytest.approx(122.0, abs=0.5), "1AUh-11": pytest.approx(39.2, abs=0.5)}

    def test_p45_the_share_of_this_plan(self, open_zones, rows_of_csv):
        people = {row["INSEE"]: int(row["POP_2022"]) for row in rows_of_csv("chiffres_communes.csv")}
        here = sum(count for code, count in people.items() if code < "00200")
        assert (here, sum(people.values())) == (13_697, 16_947)
        assert hectares(open_zones) < 110 * here / 16_947 - 3


@pytest.fixture(scope="module")
def control(demo):
    """The rules and their result, read and run as the plugin does."""
    from scot_compat.checks import engine, registry
    from scot_compat.gis.cnig import read_plu
    from scot_compat.gis.expression import QgisEvaluator
    from scot_compat.gis.reader import read_source
    from scot_compat.rules.loader import load

    rules = load(str(demo / "regles.yaml"), registry.KINDS)
    plu = read_plu(demo / "plu" / "200000098_PLUi_20250918.zip")
    found = {}
    for name, declared in {**rules.couches, **rules.tables}.items():
        folder = demo / "plu" / "complements" if declared.fourni_par == "plu" else demo
        if (folder / declared.source.split("|")[0]).exists():
            found[name] = read_source(f"{folder}/{declared.source}", name, crs="EPSG:2154")
    layers = {name: layer for name, layer in found.items() if name in rules.couches}
    tables = {name: layer for name, layer in found.items() if name in rules.tables}
    return rules, engine.run(
        rules,
        plu,
        layers,
        tables,
        date=datetime.date(2026, 1, 15),
        horizon=HORIZON,
        expressions=QgisEvaluator(),
    )


@pytest.fixture(scope="module")
def answers(control):
    return {answer.prescription.id: answer for answer in control[1].answers}


@pytest.mark.usefixtures("qgis_app")
class TestByThePlugin:
    def test_only_the_wanted_warnings(self, control):
        said = [str(warning) for warning in control[0].warnings]
        assert len(said) == 2 and "P24" in said[0] and "P25" in said[1]

    def test_every_prescription_is_expected(self, answers):
        assert list(answers) == list(EXPECTED)

    @pytest.mark.parametrize("prescription", EXPECTED)
    def test_state(self, answers, prescription):
        answer = answers[prescription]
        assert answer.etat.value == EXPECTED[prescription], [constat.message for constat in answer.constats]

    def test_every_reachable_state_is_shown(self):
        assert set(EXPECTED.values()) == {
            "sans_ecart",
            "ecart_faible",
            "ecart_marque",
            "sens_contraire",
            "a_apprecier",
            "sans_objet",
            "non_evalue",
        }

    @pytest.mark.parametrize("insee", DENSITIES)
    def test_density_of_the_commune(self, answers, insee):
        (constat,) = (one for one in answers["P21"].constats if one.territoire == insee)
        state, density = DENSITIES[insee]
        assert constat.etat.value == state, constat.message
        if density is not None:
            assert constat.mesure == pytest.approx(density, abs=0.1)

    @pytest.mark.parametrize("insee", CONSUMPTION)
    def test_consumption_of_the_commune(self, answers, insee):
        (constat,) = (one for one in answers["P41"].constats if one.territoire == insee)
        assert constat.etat.value == CONSUMPTION[insee][0], constat.message

    @pytest.mark.parametrize("insee", GROWTH)
    def test_growth_of_the_commune(self, answers, insee):
        (constat,) = (one for one in answers["P40"].constats if one.territoire == insee)
        state, growth, ceiling = GROWTH[insee]
        assert constat.etat.value == state, constat.message
        if growth is not None:
            assert (constat.mesure, constat.seuil_max) == pytest.approx((growth, ceiling), abs=0.001)

    def test_each_corridor(self, answers):
        assert {one.territoire_nom: one.etat.value for one in answers["P38"].constats} == CORRIDORS

    def test_milestones(self, answers):
        assert {one.jalon: one.etat.value for one in answers["P43"].constats} == {
            "2031": "ecart_faible",
            "2044": "sans_ecart",
        }

    def test_the_spared_area_is_listed(self, answers):
        (spared,) = answers["P21"].exceptions
        assert spared.libelle == "1AUh-13" and "aérodrome" in spared.motif

    @pytest.mark.parametrize("prescription", OBJECTS_AT_FAULT)
    def test_objects_at_fault(self, answers, prescription):
        ecarts = [ecart for constat in answers[prescription].constats for ecart in constat.ecarts]
        named = {ecart.libelle or ecart.objet_id for ecart in ecarts}
        assert named == OBJECTS_AT_FAULT[prescription]

    def test_nothing_drawn_where_there_is_no_departure(self, answers):
        drawn = {key for key, answer in answers.items() if any(constat.ecarts for constat in answer.constats)}
        assert drawn == set(OBJECTS_AT_FAULT)

    def test_conflict_of_p31_is_the_plain_intersection(self, answers, open_zones, scot_layer):
        (zone,) = (zone["geometrie"] for zone in open_zones if zone["LIBELLE"] == "1AUx-01")
        corridors = union(
            [
                {"geometrie": shapely.buffer(row["geometrie"], row["LARGEUR"], cap_style="flat")}
                for row in scot_layer("corridors")
            ]
        )
        (ecart,) = (
            ecart for constat in answers["P31"].constats for ecart in constat.ecarts if ecart.libelle == "1AUx-01"
        )
        assert ecart.surface_m2 == pytest.approx(shapely.intersection(zone, corridors).area, rel=0.01)
        assert shapely.area(shapely.difference(ecart.geometrie, zone)) < 0.01

    def test_cause_of_what_could_not_be_evaluated(self, answers):
        assert "terres_agricoles" in answers["P14"].cause
        assert "seuil" in answers["P24"].cause
        assert "1AUh-12" in answers["P21"].cause
        assert "UX" in answers["P18"].cause and "Habitation" in answers["P18"].cause
        assert "De Saint-Gorgon aux Hayes" in answers["P38"].cause

    def test_examples_of_the_rule_file(self, control):
        from scot_compat.checks.exemples import play

        outcomes = play(control[0])
        assert len({outcome.exemple for outcome in outcomes}) == 7
        assert [outcome for outcome in outcomes if not outcome.passed] == []


def test_expected_states_are_written_beside_the_rules(demo):
    """Each prescription of the rule file announces its state in the comment above it, in words."""
    words = {
        "sans_ecart": "sans écart",
        "ecart_faible": "écart faible",
        "ecart_marque": "écart marqué",
        "sens_contraire": "sens contraire",
        "a_apprecier": "à apprécier",
        "sans_objet": "sans objet",
        "non_evalue": "non évalué",
    }
    text = (demo / "regles.yaml").read_text("utf-8")
    announced, last = {}, ""
    for line in text.splitlines():
        if line.startswith("  # attendu : "):
            last = line[len("  # attendu : ") :]
        if line.startswith("  - id: "):
            announced[line.split()[-1]] = last
    assert set(announced) == set(EXPECTED)
    assert all(announced[key].startswith(words[state]) for key, state in EXPECTED.items())


def test_coordinates_are_plain(zones):
    assert not shapely.has_z(np.array([zone["geometrie"] for zone in zones])).any()
