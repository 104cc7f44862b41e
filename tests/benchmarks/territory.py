"""A made-up territory of the size asked by `make bench`, in Lambert-93: zones that share their edges, a network."""

from __future__ import annotations

from typing import Any

import numpy as np
import shapely

Array = Any
ORIGIN = (650_000.0, 6_860_000.0)


def zones(columns: int = 160, rows: int = 125, cell: float = 250.0, edge: int = 22, seed: int = 1) -> Array:
    """(columns * rows,) polygons, a partition: a grid whose corners are moved and whose edges wiggle.

    Each edge has `edge` segments and the same points for both neighbours: a zone has 4 * edge + 1 vertices.
    """
    random = np.random.default_rng(seed)
    x, y = np.meshgrid(np.arange(columns + 1) * cell, np.arange(rows + 1) * cell)
    corners = np.stack([x, y], axis=-1) + random.uniform(-0.2, 0.2, (rows + 1, columns + 1, 2)) * cell
    across = _wiggly(corners[:, :-1], corners[:, 1:], edge, random)  # (rows + 1, columns, edge + 1, 2)
    along = _wiggly(corners[:-1], corners[1:], edge, random)  # (rows, columns + 1, edge + 1, 2)
    rings = np.concatenate([across[:-1, :, :-1], along[:, 1:, :-1], across[1:, :, :0:-1], along[:, :-1, ::-1]], axis=2)
    return shapely.polygons(rings.reshape(rows * columns, -1, 2) + ORIGIN)


def network(
    vertices: int = 230_000, lines: int = 30, half_width: float = 60.0, size: Any = (40_000.0, 31_250.0), seed: int = 2
) -> Any:
    """One polygon of about `vertices` vertices: `lines` corridors from side to side (0.8 km per km2), dissolved.

    Their banks meander and are drawn point by point, every ten metres, as one digitised from an aerial picture.
    """
    random = np.random.default_rng(seed)
    steps = int(vertices * 1.09) // lines // 2  # one vertex in twelve is lost where two corridors cross
    t = np.linspace(0.0, 1.0, steps)
    banks = []
    for number in range(lines):
        start, end = random.uniform(0.0, 1.0, 2)
        across = start + (end - start) * t + 0.02 * np.sin(2 * np.pi * (t * random.uniform(3, 8) + random.uniform()))
        for _ in range(3):  # meanders, wide to narrow
            across += 0.004 * np.sin(2 * np.pi * (t * random.uniform(20, 60) + random.uniform()))
        width = half_width + random.normal(0.0, 0.5, (2, steps))
        ring = (
            np.concatenate(
                [
                    np.stack([t * size[0], across * size[1] - width[0]], axis=-1),
                    np.stack([t * size[0], across * size[1] + width[1]], axis=-1)[::-1],
                ]
            )
            if number % 2
            else np.concatenate(
                [
                    np.stack([across * size[0] - width[0], t * size[1]], axis=-1),
                    np.stack([across * size[0] + width[1], t * size[1]], axis=-1)[::-1],
                ]
            )
        )
        banks.append(ring + ORIGIN)
    return shapely.union_all(shapely.polygons(banks))


def corridors(count: int, size: Any = (40_000.0, 31_250.0), seed: int = 3) -> Array:
    """(count,) meandering lines two kilometres long, of 80 vertices."""
    random = np.random.default_rng(seed)
    t = np.linspace(0.0, 1.0, 80)
    middle = random.uniform((1_200, 1_200), np.array(size) - 1_200, (count, 2))
    turn, bend = random.uniform(0, np.pi, count), random.uniform(-150, 150, (count, 1))
    along = (t - 0.5) * 2_000
    across = bend * np.sin(2 * np.pi * t)
    x, y = np.stack([along] * count), across
    cos, sin = np.cos(turn)[:, None], np.sin(turn)[:, None]
    return shapely.linestrings(np.stack([x * cos - y * sin, x * sin + y * cos], axis=-1) + middle[:, None] + ORIGIN)


def _wiggly(start: Array, end: Array, segments: int, random: Any) -> Array:
    """(..., segments + 1, 2) points from `start` to `end`, moved by up to a third of a segment between the two."""
    t = np.linspace(0.0, 1.0, segments + 1)[:, None]
    line = start[..., None, :] + (end - start)[..., None, :] * t
    length = np.linalg.norm(end - start, axis=-1)[..., None, None]
    moves = random.uniform(-1.0, 1.0, line.shape) * length / segments * 0.3
    moves[..., [0, -1], :] = 0.0
    return line + moves
