"""The gaps method: what stops a disc is a gap between two walls shorter than its diameter. Needs SciPy.

Walls are sampled and triangulated; going from one triangle to the next crosses a gap, as long as the exact distance
between the walls on both sides. The width between two doors is that of the narrowest gap on the widest way.
Near n log n, where the cost of the erosion grows with the obstacles times the width.
"""

from __future__ import annotations

from functools import cached_property
from typing import Any, Dict, List, Tuple

import numpy as np
import shapely

from ..layers import Array
from .erosion import across
from .scene import SLACK, Scene

#: a place wider than the narrowest one by this at most (m) is as narrow
TIE = 0.5
#: two places are one as long as the passage is not this many times wider in between
_WIDER = 1.5
#: two points of walls closer than this are one (m)
_SAME = 1e-6
#: points that keep the doors inside the triangulation lie this many times its extent away
_FAR = 20.0
#: points of a door whose triangles are looked for together
_AT_ONCE = 50
#: times that the place of a door where the disc is the largest is looked for ten times closer
_REFINED = 4


class Gaps:
    """The gaps of a scene, walls being sampled every `spacing` metres. Raises ImportError without SciPy."""

    def __init__(self, scene: Scene, spacing: float) -> None:
        from scipy.sparse import coo_matrix, csgraph
        from scipy.spatial import Delaunay

        self._scene, self._spacing = scene, spacing
        self._matrix, self._graph = coo_matrix, csgraph
        self._points, self._pieces = _sampled(scene.walls, spacing)
        self._triangles = Delaunay(np.concatenate([self._points, _far(self._points)]))

    @cached_property
    def widths(self) -> Array:
        """(k, k) width of the passage between two ends, 0 where there is none, infinite on the diagonal."""
        k = len(self._scene.doors)
        widths = np.full((k, k), np.inf)
        for (a, b), way in self._ways.items():
            widths[a, b] = widths[b, a] = self._links.weight[way].min() if len(way) else 0.0
        return widths

    @cached_property
    def pinches(self) -> Tuple[Any, ...]:
        """Segments across where the passage that joins all ends is the narrowest: the narrowest place first, then those
        on the same way that are hardly wider. None where nothing passes."""
        a, b = np.unravel_index(self.widths.argmin(), self.widths.shape)
        way = self._ways[min(a, b), max(a, b)]
        weight = self._links.weight[way]
        narrowest = weight.min(initial=np.inf)
        place = np.cumsum(weight > _WIDER * narrowest + TIE)  # it changes where the passage is wider in between
        tight = np.flatnonzero(weight <= narrowest + TIE)
        tight = tight[np.argsort(weight[tight], kind="stable")]
        first = np.sort(np.unique(place[tight], return_index=True)[1])
        return tuple(self._across(link) for link in way[tight[first]])

    def _across(self, link: int) -> Any:
        a, b = self._links.sides[link]
        if b >= 0:
            return shapely.shortest_line(self._stars[a], self._stars[b])
        return across(shapely.points(self._entrances[0][a]), self._scene.walls)

    @cached_property
    def _ways(self) -> Dict[Tuple[int, int], Array]:
        """Two ends -> the links of the widest way from one to the other, in order; none where they are not joined.

        Widest ways are those of the spanning tree of the widest links.
        """
        k, count = len(self._scene.doors), len(self._links.weight)
        size = k + len(self._triangles.simplices)
        low, high = self._links.nodes.min(axis=1), self._links.nodes.max(axis=1)
        _, widest = np.unique((low.astype(np.int64) * size + high)[::-1], return_index=True)
        widest = count - 1 - widest
        cost = (count - widest).astype(float)  # their order alone: the same tree whatever the ties
        tree = self._graph.minimum_spanning_tree(
            self._matrix((cost, (low[widest], high[widest])), shape=(size, size)).tocsr()
        ).tocoo()
        link = count - tree.data.astype(int)
        ways = {}
        for a in range(k - 1):
            before = self._graph.breadth_first_order(tree.tocsr(), a, directed=False)[1]
            entered = np.full(size, -1)  # node -> link by which it is entered from the door
            down = before[tree.col] == tree.row
            entered[tree.col[down]], entered[tree.row[~down]] = link[down], link[~down]
            for b in range(a + 1, k):
                ways[a, b] = _walk(b, before, entered)
        return ways

    @cached_property
    def _links(self) -> "_Links":
        nodes, sides, weight = (np.concatenate(both) for both in zip(self._crossings(), self._entering()))
        order = np.argsort(weight, kind="stable")
        return _Links(nodes[order], sides[order], weight[order])

    def _crossings(self) -> Tuple[Array, Array, Array]:
        """Links from triangle to triangle: across an edge that is no wall and lies in the free space or a reservoir."""
        simplices, count = self._triangles.simplices, len(self._points)
        triangle, corner = np.nonzero(self._triangles.neighbors > np.arange(len(simplices))[:, None])
        a, b = (np.take_along_axis(simplices[triangle], ((corner + turn) % 3)[:, None], 1)[:, 0] for turn in (1, 2))
        other = self._triangles.neighbors[triangle, corner]
        inside = (np.maximum(a, b) < count) & ~np.isin(_key(a, b), _key(*self._pieces.T))
        triangle, other, a, b = triangle[inside], other[inside], a[inside], b[inside]
        middle = shapely.points((self._points[a] + self._points[b]) / 2)
        open_ = self._is_open(middle)
        triangle, other, a, b = triangle[open_], other[open_], a[open_], b[open_]
        k = len(self._scene.doors)
        weight = shapely.distance(self._stars[a], self._stars[b])
        return np.stack([triangle + k, other + k], axis=1), np.stack([a, b], axis=1), weight

    def _entering(self) -> Tuple[Array, Array, Array]:
        """Links from a door to the triangles along it: as wide as the disc that is centred there."""
        place, door, weight = self._entrances
        k = len(self._scene.doors)
        triangle = np.concatenate([self._holding(place[door == one]) for one in range(k)]) + k
        point = np.arange(len(place))
        return np.stack([door, triangle], axis=1), np.stack([point, np.full(len(point), -1)], axis=1), weight

    def _holding(self, place: Array) -> Array:
        """(n,) the triangle that holds each point, the one it is the least out of where rounding leaves it in none.

        (SciPy's own search first inverts a matrix for each triangle of the corridor.)
        """
        corners = self._triangles.points[self._triangles.simplices]
        low, high = corners.min(axis=1), corners.max(axis=1)
        found = [np.empty(0, dtype=int)]
        for start in range(0, len(place), _AT_ONCE):  # consecutive along the door: few triangles are near
            some = place[start : start + _AT_ONCE]
            near = np.flatnonzero(((low <= some.max(axis=0) + 1.0) & (high >= some.min(axis=0) - 1.0)).all(axis=1))
            sides = np.roll(corners[near], -1, axis=1) - corners[near]  # (m, 3, 2), counterclockwise
            away = some[:, None, None, :] - corners[near]
            inside = (sides[..., 0] * away[..., 1] - sides[..., 1] * away[..., 0]) / np.linalg.norm(sides, axis=-1)
            found.append(near[inside.min(axis=2).argmax(axis=1)])
        return np.concatenate(found)

    @cached_property
    def _entrances(self) -> Tuple[Array, Array, Array]:
        """(n, 2) points of the doors, (n,) which door, (n,) diameter of the largest disc there."""
        found: List[Tuple[Array, Array, Array]] = [(np.empty((0, 2)), np.empty(0, dtype=int), np.empty(0))]
        for number, door in enumerate(self._scene.doors):
            for line in shapely.get_parts(door):
                place, weight = self._discs(line)
                found.append((place, np.full(len(place), number), weight))
        place, door, weight = (np.concatenate(some) for some in zip(*found))
        return place, door, weight

    def _discs(self, line: Any) -> Tuple[Array, Array]:
        """Points along a door and the diameter of the largest disc centred there: see `_widest`."""
        pieces, length = self._points[self._pieces], float(shapely.length(line))
        xmin, ymin, xmax, ymax = shapely.bounds(shapely.buffer(line, length))
        near = ((pieces.max(axis=1) >= (xmin, ymin)) & (pieces.min(axis=1) <= (xmax, ymax))).all(axis=1)
        if near.any():
            found = _widest(line, shapely.STRtree(shapely.linestrings(pieces[near])), self._spacing)
            if found[1].max() <= 2 * length:  # no wall further away can be the nearest
                return found
        return _widest(line, shapely.STRtree(shapely.linestrings(pieces)), self._spacing)

    def _is_open(self, points: Array) -> Array:
        """Whether each point lies in the free space, in a reservoir or on a door."""
        scene = self._scene
        ground = shapely.union_all([scene.free, scene.reservoirs])
        shapely.prepare(ground)
        inside = shapely.intersects(ground, points)
        doors = shapely.union_all(list(scene.doors))
        inside[~inside] = shapely.distance(doors, points[~inside]) <= SLACK
        return inside

    @cached_property
    def _stars(self) -> Array:
        """(n,) the pieces of wall around each point: all the wall that a gap seen from it could touch."""
        count = len(self._points)
        ends = np.concatenate([self._pieces, self._pieces[:, ::-1]])
        ends = ends[np.argsort(ends[:, 0], kind="stable")]
        first = np.searchsorted(ends[:, 0], np.arange(count + 1))
        degree = np.diff(first)
        stars = np.empty(count, dtype=object)
        passing = np.flatnonzero(degree == 2)
        before, after = ends[first[passing], 1], ends[first[passing] + 1, 1]
        stars[passing] = shapely.linestrings(self._points[np.stack([before, passing, after], axis=1)])
        for point in np.flatnonzero(degree != 2):
            stars[point] = shapely.multilinestrings(list(self._points[ends[first[point] : first[point + 1]]]))
        return stars


class _Links:
    """(n, 2) nodes joined, doors first, then triangles; (n, 2) wall points on both sides, or an entrance and -1; (n,)
    width, the narrowest first."""

    def __init__(self, nodes: Array, sides: Array, weight: Array) -> None:
        self.nodes, self.sides, self.weight = nodes, sides, weight


def _sampled(walls: Any, spacing: float) -> Tuple[Array, Array]:
    """((n, 2) points along the walls, (m, 2) the two points of each piece of wall)."""
    coordinates, line = shapely.get_coordinates(
        shapely.get_parts(shapely.segmentize(walls, spacing)), return_index=True
    )
    _, first, inverse = np.unique(np.round(coordinates / _SAME), axis=0, return_index=True, return_inverse=True)
    inverse = inverse.reshape(-1)
    pieces = np.stack([inverse[:-1], inverse[1:]], axis=1)[line[:-1] == line[1:]]
    return coordinates[first], pieces[pieces[:, 0] != pieces[:, 1]]


def _far(points: Array) -> Array:
    low, high = points.min(axis=0), points.max(axis=0)
    reach = _FAR * max(float((high - low).max()), 1.0)
    return (low + high) / 2 + reach * np.array([[-1.0, -1.03], [1.07, -1.0], [1.0, 1.11], [-1.13, 1.0]])


def _widest(line: Any, pieces: Any, spacing: float) -> Tuple[Array, Array]:
    """Points along a door and the diameter of the largest disc centred there, the largest ones among them."""
    length = float(shapely.length(line))
    at = np.linspace(0.0, length, max(int(np.ceil(2 * length / spacing)), 2) + 1)
    diameter = _diameter(line, at, pieces)
    step = at[1]
    best = at[diameter >= np.maximum(np.append(diameter[1:], 0.0), np.append(0.0, diameter[:-1]))]
    for _ in range(_REFINED):
        around = np.clip(best[:, None] + np.linspace(-step, step, 21), 0.0, length)
        best = around[np.arange(len(best)), _diameter(line, around, pieces).argmax(axis=1)]
        step /= 10
    at = np.concatenate([at, best])
    return shapely.get_coordinates(shapely.line_interpolate_point(line, at)), _diameter(line, at, pieces)


def _diameter(line: Any, at: Array, pieces: Any) -> Array:
    points = shapely.line_interpolate_point(line, at)
    (index, _), near = pieces.query_nearest(points.ravel(), all_matches=False, return_distance=True)
    out = np.zeros(points.size)
    out[index] = 2 * near
    return out.reshape(points.shape)


def _walk(node: int, before: Array, entered: Array) -> Array:
    """The links from a node back to where the search began."""
    found: List[int] = []
    previous, link = before.tolist(), entered.tolist()
    while previous[node] >= 0:
        found.append(link[node])
        node = previous[node]
    return np.array(found, dtype=int)


def _key(a: Array, b: Array) -> Array:
    """One number for the two ends of an edge, whichever comes first."""
    return np.minimum(a, b).astype(np.int64) * (1 << 32) + np.maximum(a, b)
