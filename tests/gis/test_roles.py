"""The layers chosen for a run, by their names in the rules."""

from __future__ import annotations

from types import SimpleNamespace

import pytest


@pytest.mark.parametrize(
    ("line", "end"),
    [
        ("corridor=x.gpkg", "ni couche ni table « corridor » : vouliez-vous « corridors » ?"),
        ("zzz=x.gpkg", "ni couche ni table « zzz » (connus : corridors)."),
    ],
)
def test_a_name_that_the_rules_do_not_declare_ends_in_one_mark(line, end):
    from scot_compat.gis.reader import SourceError
    from scot_compat.gis.roles import parse_sources

    with pytest.raises(SourceError) as caught:
        parse_sources(line, SimpleNamespace(couches={"corridors": None}, tables={}))
    assert str(caught.value).endswith(end)
