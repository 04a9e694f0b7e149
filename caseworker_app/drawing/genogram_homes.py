"""Who lives together in a genogram: an outline around them that leaves out everybody else, behind all lines.

Places of neighbours in a row become one box; boxes of the same home are joined by narrow ways through the room between
the rows. The outline of the whole is traced on the grid of all their edges and its corners are rounded.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from caseworker_app.domain.genogram_view import GenogramView, SeenHome
from caseworker_app.domain.ids import Id
from caseworker_app.drawing.display_list import (
    ClosePath,
    CurveTo,
    Item,
    LineTo,
    MoveTo,
    Path,
    PathStep,
    Point,
    Stroke,
    Text,
)
from caseworker_app.drawing.genogram_layout import Layout
from caseworker_app.drawing.genogram_signs import MM, GenogramColours
from caseworker_app.drawing.metrics import text_width

Box = tuple[float, float, float, float]
"""Left, top, right, foot."""
_SIZE: Final = 7.0
_PAD: Final = 1.1
_WAY: Final = 3.0
_NAME: Final = 2.6
"""Room for the name of a home at its foot, mm."""
_NEAR: Final = 26.0
"""Farther apart, from left to right, two boxes are not joined, mm."""
_ROUND: Final = 2.0
_DASHES: Final = ((1.4, 0.9), (3.0, 1.0), (0.6, 0.8), (2.2, 0.8, 0.6, 0.8))


def homes(
    view: GenogramView,
    layout: Layout,
    boxes: Mapping[Id, tuple[float, float, float, float]],
    colours: GenogramColours,
) -> list[Item]:
    """Return the outlines of all homes with at least two, each with its own dashes; its name stands in each part."""
    grounds: list[Item] = []
    found: list[Item] = []
    for number, home in enumerate(one for one in view.homes if len(one.members) > 1):
        pad = _PAD + 0.9 * (number % 3)
        groups = _groups(home, layout, boxes, pad)
        ways = _ways(groups)
        stroke = Stroke(colours.home_line, 0.3, _DASHES[number % len(_DASHES)])
        parts = [*(box for _row, box in groups), *(way for _low, way in ways)]
        steps = [step for ring in outline(parts) for step in _rounded(ring)]
        grounds.append(Path(tuple(steps), None, colours.home))
        found.append(Path(tuple(steps), stroke))
        joined = {low for low, _way in ways}
        for group, (_row, box) in enumerate(groups):
            if home.label and group not in joined:
                at = (box[0] + 1.2, box[3] - 0.9)
                found.append(Text(at, home.label, _SIZE, italic=True, color=colours.muted))
    return [*grounds, *found]


def _groups(
    home: SeenHome, layout: Layout, boxes: Mapping[Id, tuple[float, float, float, float]], pad: float
) -> list[tuple[int, Box]]:
    """Return row and box of those who live together, neighbours in one box."""
    groups: list[tuple[int, Box]] = []
    for row, people in enumerate(layout.rows):
        run: list[Id] = []
        for one in (*people, b""):
            if one in home.members:
                run.append(one)
            elif run:
                groups.append((row, _around([boxes[who] for who in run], pad, home.label)))
                run = []
    return groups


def _ways(groups: Sequence[tuple[int, Box]]) -> list[tuple[int, Box]]:
    """Return what joins boxes to one in the row above that is near, with the number of the lower box."""
    found: list[tuple[int, Box]] = []
    for number, (row, box) in enumerate(groups):
        above = [other for other_row, other in groups if other_row == row - 1]
        near = min(above, key=lambda other: _between(box, other), default=None)
        if near is not None and _between(box, near) <= _NEAR:
            found += [(number, way) for way in _way(near, box)]
    return found


def _between(one: Box, other: Box) -> float:
    """Return how far apart two boxes are from left to right; below 0 when one is over the other."""
    return max(one[0], other[0]) - min(one[2], other[2])


def _around(boxes: Sequence[tuple[float, float, float, float]], pad: float, name: str) -> Box:
    left = min(box[0] for box in boxes)
    top = min(box[1] for box in boxes)
    right = max(box[0] + box[2] for box in boxes)
    foot = max(box[1] + box[3] for box in boxes)
    missing = max(0.0, text_width(name, _SIZE, italic=True) * MM + 2.4 - (right - left) - 2 * pad) / 2
    return (left - pad - missing, top - pad, right + pad + missing, foot + pad + (_NAME if name else 0.0))


def _way(box: Box, other: Box) -> list[Box]:
    """Return what joins a box to one below it: straight down, or down, across and down again."""
    low, high = max(box[0], other[0]), min(box[2], other[2])
    if high - low >= _WAY:
        middle, half = (low + high) / 2, min((high - low) / 2, 6.0)
        return [(middle - half, box[3] - 1.0, middle + half, other[1] + 1.0)]
    turn = other[1] - 0.6
    rightwards = other[0] > box[0]
    near = box[2] - _WAY if rightwards else box[0]
    far = other[0] if rightwards else other[2] - _WAY
    return [
        (near, box[3] - 1.0, near + _WAY, turn),
        (min(near, far), turn - _WAY, max(near, far) + _WAY, turn),
        (far, turn - _WAY, far + _WAY, other[1] + 1.0),
    ]


def outline(parts: Sequence[Box]) -> list[list[Point]]:
    """Return the closed outlines around boxes together, each as corners with the inside at the right."""
    xs = sorted({x for left, _top, right, _foot in parts for x in (left, right)})
    ys = sorted({y for _left, top, _right, foot in parts for y in (top, foot)})

    def inside(column: int, row: int) -> bool:
        if not (0 <= column < len(xs) - 1 and 0 <= row < len(ys) - 1):
            return False
        x, y = (xs[column] + xs[column + 1]) / 2, (ys[row] + ys[row + 1]) / 2
        return any(left <= x <= right and top <= y <= foot for left, top, right, foot in parts)

    edges: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for column in range(len(xs) - 1):
        for row in range(len(ys) - 1):
            if inside(column, row):
                for out, start, end in (
                    ((column, row - 1), (column, row), (column + 1, row)),
                    ((column + 1, row), (column + 1, row), (column + 1, row + 1)),
                    ((column, row + 1), (column + 1, row + 1), (column, row + 1)),
                    ((column - 1, row), (column, row + 1), (column, row)),
                ):
                    if not inside(*out):
                        edges.setdefault(start, []).append(end)
    return [[(xs[c], ys[r]) for c, r in ring] for ring in _rings(edges)]


def _rings(edges: dict[tuple[int, int], list[tuple[int, int]]]) -> list[list[tuple[int, int]]]:
    """Return the closed ways along edges, without the corners that are none."""
    rings = []
    while edges:
        start = min(edges)
        ring, at = [start], edges[start].pop(0)
        while at != start:
            ring.append(at)
            ways = edges[at]
            before = (at[0] - ring[-2][0], at[1] - ring[-2][1])
            ways.sort(
                key=lambda way: before[0] * (way[1] - at[1]) - before[1] * (way[0] - at[0]), reverse=True
            )
            at = ways.pop(0)
        for corner in list(edges):
            if not edges[corner]:
                del edges[corner]
        count = len(ring)
        rings.append([p for n, p in enumerate(ring) if _turns(ring[n - 1], p, ring[(n + 1) % count])])
    return rings


def _turns(a: tuple[int, int], b: tuple[int, int], c: tuple[int, int]) -> bool:
    return (a[0] == b[0]) != (b[0] == c[0])


def _rounded(ring: Sequence[Point]) -> list[PathStep]:
    """Return an outline with its corners rounded as far as its sides allow."""
    steps: list[PathStep] = []
    count = len(ring)
    for number, corner in enumerate(ring):
        before, after = ring[number - 1], ring[(number + 1) % count]
        start, end = _towards(corner, before), _towards(corner, after)
        steps.append(LineTo(start) if steps else MoveTo(start))
        soft = 0.45
        steps.append(CurveTo(_mix(corner, start, soft), _mix(corner, end, soft), end))
    return [*steps, ClosePath()]


def _towards(a: Point, b: Point) -> Point:
    length = abs(a[0] - b[0]) + abs(a[1] - b[1])
    share = min(_ROUND, length / 2) / length if length else 0.0
    return (a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share)


def _mix(a: Point, b: Point, share: float) -> Point:
    return (a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share)
