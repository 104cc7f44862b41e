"""The passage that is left in a corridor: measured by the gaps, re-checked by the erosion, which stands in for them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, partial
from importlib.util import find_spec
from typing import Any, Callable, Optional, Tuple

import numpy as np

from ..layers import Array
from .erosion import Erosion
from .gaps import Gaps
from .scene import Corridor, Scene, build
from .widths import groups

#: walls are sampled this closely (m), then more closely when both methods disagree
SPACINGS = (10.0, 2.5)
#: how far both methods may be from one another (m)
AGREEMENT = 0.5
#: a width that is met within this is met (m)
EPSILON = 0.05
#: what is narrower (m) is a slit between two outlines that ought to touch, and no passage
SLIT = 1.0
GAPS, EROSION = "gaps", "erosion"


@dataclass(frozen=True)
class Passage:
    """`widths`: (k, k) between two ends (m), infinite on the diagonal, 0 where only a slit is left."""

    widths: Array
    methode: str
    scene: Scene
    found: Callable[[], Tuple[Any, ...]]  # the pinches, in the coordinates of the scene

    @cached_property
    def pinches(self) -> Tuple[Any, ...]:
        """Segments across the narrowest place, then across those that are hardly wider; none where nothing passes."""
        return tuple(self.scene.back(one) for one in self.found()) if self.width > 0 else ()

    @property
    def pinch(self) -> Optional[Any]:
        """The narrowest place, None where nothing passes."""
        return self.pinches[0] if self.pinches else None

    @property
    def width(self) -> float:
        """All ends stay joined by a passage of this width."""
        return float(self.widths.min())

    def of_ends(self) -> Array:
        """(k,) the widest passage from each end to another one."""
        return np.where(np.isinf(self.widths), 0.0, self.widths).max(axis=1)

    def groups(self, width: float) -> Array:
        """(k,) the first end that each end is still joined to at that width."""
        return groups(self.widths >= width - EPSILON)


def barrier(passage: Passage) -> Optional[Any]:
    """The shortest way through what closes the corridor, None where it is open."""
    line = Erosion(passage.scene).barrier(SLIT - EPSILON)
    return None if line is None else passage.scene.back(line)


def unused(passage: Passage, width: float) -> Any:
    """The free space that is too narrow for a passage of that width."""
    return passage.scene.back(Erosion(passage.scene).unused(width))


def measure(corridor: Corridor, obstacles: Array, methode: str = "") -> Passage:
    """The passage left by the obstacles. `methode`: one of the two, the gaps where SciPy is there if not given."""
    return measure_scene(build(corridor, obstacles), methode)


def measure_scene(scene: Scene, methode: str = "") -> Passage:
    erosion = Erosion(scene)
    joined = erosion.joined(SLIT - EPSILON)
    if not joined[np.triu_indices(len(joined), 1)].any():
        return _passage(np.zeros(joined.shape), methode or best_method(), scene, tuple)
    if (methode or best_method()) == GAPS:
        for spacing in SPACINGS:
            gaps = Gaps(scene, spacing)
            if _agree(gaps.widths, erosion):
                return _passage(gaps.widths, GAPS, scene, partial(getattr, gaps, "pinches"))
    widths = erosion.widths()
    least = float(widths[np.triu_indices(len(widths), 1)].min())
    return _passage(widths, EROSION, scene, lambda: erosion.pinches(least))


def best_method() -> str:
    return GAPS if find_spec("scipy") is not None else EROSION


def is_open(corridor: Corridor, obstacles: Array, width: float) -> bool:
    """Whether all ends stay joined at that width: the erosion asked once."""
    return bool(Erosion(build(corridor, obstacles)).joined(width).all())


def _agree(widths: Array, erosion: Erosion) -> bool:
    """Whether the erosion finds each width of the gaps too: joined a little below, no more a little above."""
    pairs = np.triu_indices(len(widths), 1)
    for width in np.unique(widths[pairs]):
        if width > AGREEMENT and not erosion.joined(width - AGREEMENT)[pairs][widths[pairs] >= width].all():
            return False
        if erosion.joined(width + AGREEMENT)[pairs][widths[pairs] <= width].any():
            return False
    return True


def _passage(widths: Array, methode: str, scene: Scene, found: Callable[[], Tuple[Any, ...]]) -> Passage:
    widths = np.where(widths < SLIT - EPSILON, 0.0, widths)
    np.fill_diagonal(widths, np.inf)
    return Passage(widths, methode, scene, found)
