"""What Shapely before 2.2 asks for, whichever version runs the tests: the systems that ship QGIS have 2.0 or 2.1."""

from __future__ import annotations

import numpy as np
import pytest
import shapely


@pytest.mark.parametrize("function", ["get_parts", "get_rings"])
def test_no_read_only_array_is_exploded(process, demo, tmp_path, monkeypatch, function):
    """Shapely 2.0 and 2.1 raise « buffer source array is read-only »; results kept by `Overlays` are read-only."""
    real, refused = getattr(shapely, function), []

    def before_2_2(geometry, *given, **named):
        if isinstance(geometry, np.ndarray) and not geometry.flags.writeable:
            refused.append(geometry.shape)
        return real(geometry, *given, **named)

    monkeypatch.setattr(shapely, function, before_2_2)
    plu = demo / "plu" / "200000098_PLUi_20250918.zip"
    run = process("controler_plu", PLU=plu, REGLES=demo / "regles.yaml", DOSSIER=tmp_path / "d.gpkg")
    assert not run.failure
    assert not refused
