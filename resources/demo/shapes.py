"""Natural-looking lines and outlines, from control points and a seed. Metres in Lambert-93."""

from __future__ import annotations

import math
import random
from typing import List, Sequence, Tuple

import numpy as np
import shapely
from places import ORIGIN
from shapely import LineString, Polygon


def metres(points: Sequence[Tuple[float, float]]) -> np.ndarray:
    """Kilometres from the origin -> Lambert-93 metres, shape (n, 2)."""
    return np.asarray(points, dtype=float) * 1000.0 + np.asarray(ORIGIN)


def course(
    points: Sequence[Tuple[float, float]], amplitude: float, wavelength: float, seed: str, step: float = 25.0
) -> LineString:
    """A smooth line through `points` (km) that swings by about `amplitude` metres on each side.

    Meanders fade out at both ends, so that a stream still meets its river and a road its town.
    """
    axis = LineString(_spline(metres(points)))
    count = max(int(axis.length / step), 8)
    at = np.linspace(0.0, axis.length, count + 1)
    xy = shapely.get_coordinates(shapely.line_interpolate_point(axis, at))
    tangent = np.gradient(xy, axis=0)
    normal = np.column_stack([-tangent[:, 1], tangent[:, 0]]) / np.hypot(*tangent.T)[:, None]
    fade = np.clip(np.minimum(at, axis.length - at) / (wavelength * 0.6), 0.0, 1.0)
    return LineString(xy + normal * (fade * amplitude * _swing(at / wavelength, seed))[:, None])


def blob(
    centre: Tuple[float, float],
    axes: Tuple[float, float],
    angle: float,
    seed: str,
    roughness: float = 0.22,
    count: int = 72,
) -> Polygon:
    """An irregular closed outline around `centre` (km): a wood, a pond, the lobes of a town."""
    draw = random.Random(seed)
    theta = np.linspace(0.0, 2 * math.pi, count, endpoint=False)
    radius = np.ones(count)
    for order in range(2, 10):
        radius += (
            roughness * 1.6 / order * draw.uniform(0.35, 1.0) * np.cos(order * theta + draw.uniform(0, 2 * math.pi))
        )
    radius = np.maximum(radius, 0.35)
    x, y = axes[0] * 1000 * radius * np.cos(theta), axes[1] * 1000 * radius * np.sin(theta)
    turn = math.radians(angle)
    cx, cy = metres([centre])[0]
    return Polygon(
        np.column_stack([cx + x * math.cos(turn) - y * math.sin(turn), cy + x * math.sin(turn) + y * math.cos(turn)])
    )


def lighten(geometry: shapely.Geometry, tolerance: float) -> shapely.Geometry:
    """Douglas-Peucker from a start that does not depend on the version of GEOS."""
    return shapely.simplify(shapely.normalize(geometry), tolerance)


class Noise:
    """A smooth field over the plane, in about [-1, 1], the same for the same seed on every machine."""

    def __init__(self, seed: str, wavelength: float, waves: int = 7) -> None:
        draw = random.Random(seed)
        self._waves: List[Tuple[float, float, float, float]] = []
        for _ in range(waves):
            turn, scale = draw.uniform(0, 2 * math.pi), draw.uniform(0.6, 1.7)
            k = 2 * math.pi / (wavelength * scale)
            self._waves.append((k * math.cos(turn), k * math.sin(turn), draw.uniform(0, 2 * math.pi), scale))

    def __call__(self, xy: np.ndarray) -> np.ndarray:
        total = sum(scale * np.sin(kx * xy[:, 0] + ky * xy[:, 1] + phase) for kx, ky, phase, scale in self._waves)
        return total / sum(scale for *_, scale in self._waves) * 2.2


def _spline(points: np.ndarray, per_span: int = 12) -> np.ndarray:
    """Catmull-Rom through the points, ends doubled."""
    padded = np.vstack([2 * points[0] - points[1], points, 2 * points[-1] - points[-2]])
    t = np.linspace(0.0, 1.0, per_span, endpoint=False)[:, None]
    spans = []
    for p0, p1, p2, p3 in zip(padded, padded[1:], padded[2:], padded[3:]):
        spans.append(
            0.5 * (2 * p1 + (p2 - p0) * t + (2 * p0 - 5 * p1 + 4 * p2 - p3) * t**2 + (3 * p1 - p0 - 3 * p2 + p3) * t**3)
        )
    return np.vstack(spans + [points[-1:]])


def _swing(phase: np.ndarray, seed: str) -> np.ndarray:
    """A wandering oscillation: one regular wave whose pace drifts, and two smaller ones."""
    draw = random.Random(seed)
    a, b, c = (draw.uniform(0, 2 * math.pi) for _ in range(3))
    drift = 0.9 * np.sin(2 * math.pi * phase / 4.3 + a)
    return (
        np.sin(2 * math.pi * phase + drift + b) * (0.75 + 0.25 * np.sin(2 * math.pi * phase / 3.1 + c))
        + 0.22 * np.sin(2 * math.pi * phase * 2.7 + a)
        + 0.10 * np.sin(2 * math.pi * phase * 5.3 + c)
    )
