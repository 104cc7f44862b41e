"""Which object of a control is which object of the other: by key, else by the ground they share.

Two objects share enough when what they have in common is at least half of the smaller one: true of a zone redrawn, and
of each piece of a zone split or merged, whatever their sizes. The rule is the same both ways. Pairs that coincide best
come first (common ground over the ground of both), each object in one of them; what is left, and shares enough with an
object already paired, is a piece of it.

Lines and points have no ground: they are those of one place when they are `THICK` metres wide.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any, Callable, Dict, Hashable, Iterator, List, Sequence, Set, Tuple

import numpy as np
import shapely

from ...checks.chunks import chunks
from ...checks.layers import objects
from ...checks.progress import Progress
from .side import Item

#: least common ground, as a share of the smaller of the two
SHARED = 0.5
#: metres on each side of a line, around a point
THICK = 5.0
#: common ground over the ground of both, above which they are one shape written twice
_SAME = 1 - 1e-6
_LEAST = 1e-12


@dataclass(frozen=True)
class Link:
    """Positions in the two lists. `same`: one key or one shape; `main`: not the piece of an object paired already."""

    before: int
    after: int
    same: bool
    main: bool = True


def match(
    before: Sequence[Item],
    after: Sequence[Item],
    group: Callable[[Item], Hashable],
    keyed: Callable[[Item], bool],
    progress: Progress,
) -> List[Link]:
    """Every link there is; an object without any has no counterpart. Raises Cancelled.

    `group`: only objects of one group may be the same; `keyed`: whether the key of an object is enough to know it.
    """
    links = _by_key(before, after, keyed)
    gone = _grouped(before, group, {link.before for link in links})
    new = _grouped(after, group, {link.after for link in links})
    for name in gone.keys() & new.keys():
        progress.step(0.0)
        links += _by_ground(before, after, gone[name], new[name], progress)
    # the number of an object that is drawn nowhere is all that is known of it
    done = {link.before for link in links}, {link.after for link in links}
    links += [
        link
        for link in _by_key(before, after, lambda item: not keyed(item))
        if link.before not in done[0]
        and link.after not in done[1]
        and None in (before[link.before].shape, after[link.after].shape)
    ]
    return links


def _by_key(before: Sequence[Item], after: Sequence[Item], kept: Callable[[Item], bool]) -> List[Link]:
    rows = {item.cle: row for row, item in enumerate(before) if kept(item)}
    found = ((rows.get(item.cle), row) for row, item in enumerate(after) if kept(item))
    return [Link(mate, row, True) for mate, row in found if mate is not None]


def _grouped(items: Sequence[Item], group: Callable[[Item], Hashable], done: Set[int]) -> Dict[Hashable, List[int]]:
    out: Dict[Hashable, List[int]] = defaultdict(list)
    for row, item in enumerate(items):
        if row not in done and item.shape is not None:
            out[group(item)].append(row)
    return out


def _by_ground(
    before: Sequence[Item], after: Sequence[Item], gone: List[int], new: List[int], progress: Progress
) -> List[Link]:
    candidates = [
        (
            -round(both, 9),
            before[gone[i]].libelle != after[new[j]].libelle,
            *_names(before[gone[i]], after[new[j]]),
            i,
            j,
        )
        for i, j, both in _overlaps(_thick(before, gone), _thick(after, new), progress)
    ]
    candidates.sort()
    links: List[Link] = []
    paired: Tuple[Set[int], Set[int]] = (set(), set())
    left = []
    for candidate in candidates:
        i, j = candidate[-2:]
        if i in paired[0] or j in paired[1]:
            left.append(candidate)
            continue
        paired[0].add(i)
        paired[1].add(j)
        links.append(Link(gone[i], new[j], -candidate[0] >= _SAME))
    pieces: Tuple[Set[int], Set[int]] = (set(paired[0]), set(paired[1]))
    for candidate in left:
        i, j = candidate[-2:]
        if i not in pieces[0] or j not in pieces[1]:
            pieces[0].add(i)
            pieces[1].add(j)
            links.append(Link(gone[i], new[j], False, False))
    return links


def _names(one: Item, other: Item) -> Tuple[str, str]:
    """So that ties are settled alike whichever control is the older."""
    return min(one.cle, other.cle), max(one.cle, other.cle)


def _overlaps(before: Any, after: Any, progress: Progress) -> Iterator[Tuple[int, int, float]]:
    """Positions of those that share enough, with their common ground over the ground of both."""
    rows, mates = shapely.STRtree(after).query(before, predicate="intersects")
    sizes = shapely.area(before), shapely.area(after)
    vertices = shapely.get_num_coordinates(before)[rows] + shapely.get_num_coordinates(after)[mates]
    for part in chunks(vertices):
        progress.step(0.0)
        i, j = rows[part], mates[part]
        common = shapely.area(shapely.intersection(before[i], after[j]))
        smaller = np.minimum(sizes[0][i], sizes[1][j])
        both = common / np.maximum(sizes[0][i] + sizes[1][j] - common, _LEAST)
        for place in np.flatnonzero(common >= SHARED * np.maximum(smaller, _LEAST)):
            yield int(i[place]), int(j[place]), float(both[place])


def _thick(items: Sequence[Item], rows: Sequence[int]) -> Any:
    """Their shapes as valid surfaces."""
    shapes = objects([items[row].shape for row in rows])
    thin = shapely.get_dimensions(shapes) < 2
    shapes[thin] = shapely.buffer(shapes[thin], THICK, quad_segs=4)
    broken = ~shapely.is_valid(shapes)
    shapes[broken] = shapely.make_valid(shapes[broken])
    return shapes
