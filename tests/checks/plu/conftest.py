"""Little PLU tables written as text, whose columns are those of published ones."""

from __future__ import annotations

import pytest
import shapely
from scot_compat.checks.layers import from_rows
from scot_compat.checks.plu import normalise

Z2014 = """LIBELLE|LIBELONG|TYPEZONE|DESTDOMI|NOMFIC|URLFIC|INSEE|DATAPPRO|DATVALID
UA|Centre|U|01|reg.pdf|-|44118|20150219|-
1Ah|Hameau|Ah|01|reg.pdf|-|44118|20150219|-
"""
Z2017 = """LIBELLE|LIBELONG|TYPEZONE|NOMFIC|URLFIC|IDURBA|DATVALID
UA|Centre|U|reg.pdf|-|30014_PLU_20171013|20171013
2AU|Plus tard|AUs|reg.pdf|-|30014_PLU_20171013|20171013
"""
Z2022 = """LIBELLE|LIBELONG|TYPEZONE|FORMDOMI|DESTOUI|DESTCDT|DESTNON|NOMFIC|URLFIC|IDURBA|DATVALID|SYMBOLE
UA|Centre|U|0101|21-31|-|50|reg.pdf|-|30014_PLU_20231013|-|-
1AU|Quartier|AUc|0100|20|31|-|reg.pdf|-|30014_PLU_20231013|-|-
"""


def as_layer(name, text, side=100.0):
    """A layer from a text table with `|`; one square of `side` metres per row. `-` is NULL, the rest is text."""
    lines = [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()]
    rows = [
        {
            **{key: None if cell == "-" else cell for key, cell in zip(lines[0], line)},
            "geometrie": shapely.box(i * side, 0, (i + 1) * side, side),
        }
        for i, line in enumerate(lines[1:])
    ]
    return from_rows(name, rows)


def normalised(zones, nom="essai", crs="EPSG:2154", side=100.0, complet=False, mapping=None, **others):
    tables = {name: as_layer(name, text) if isinstance(text, str) else text for name, text in others.items()}
    tables["ZONE_URBA"] = as_layer("ZONE_URBA", zones, side) if isinstance(zones, str) else zones
    return normalise(tables, nom=nom, crs=crs, complet=complet, mapping=mapping)


def said(plu, couche="ZONE_URBA"):
    """The data limits of one source, narrow no-break spaces of numbers made plain."""
    limites = [limite for source in plu.sources if source.couche == couche for limite in source.limites]
    return " / ".join(limites).replace("\u202f", " ")


@pytest.fixture
def table():
    return as_layer


@pytest.fixture
def read():
    return normalised


@pytest.fixture
def limits():
    return said


@pytest.fixture
def z2014():
    return Z2014


@pytest.fixture
def z2017():
    return Z2017


@pytest.fixture
def z2022():
    return Z2022
