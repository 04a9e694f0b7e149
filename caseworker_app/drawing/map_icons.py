"""Signs as outlines: house, friends, school, helpers, leisure, kin, paw, place. One stroke, round ends, 24 units square.

Drawn here and not taken from a set, so that they are vectors on paper and screen alike and nobody's licence.
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import Final

from caseworker_app.drawing.display_list import (
    Circle,
    ClosePath,
    CurveTo,
    Item,
    LineTo,
    MoveTo,
    Path,
    PathStep,
    Point,
    Polyline,
    Rect,
    Stroke,
)

BOX: Final = 24.0
_PEN: Final = 1.9
_QUARTER: Final = 0.5523


@lru_cache(maxsize=256)
def icon(name: str, size: float, color: str, *, fill: str | None = None) -> tuple[Item, ...]:
    """Return a sign ``size`` mm square around (0, 0). An unknown name gives a ring, so that nothing is missing.

    ``fill`` is the inside of what has one.
    """
    pen = _Pen(size / BOX, Stroke(color, _PEN * size / BOX, round_ends=True), fill)
    drawn = _SIGNS.get(name, _ring)
    return tuple(drawn(pen))


class _Pen:
    """Draws in units of the box, around its middle."""

    def __init__(self, unit: float, stroke: Stroke, fill: str | None) -> None:
        self.unit, self.stroke, self.fill = unit, stroke, fill

    def at(self, x: float, y: float) -> Point:
        return (x - BOX / 2) * self.unit, (y - BOX / 2) * self.unit

    def circle(self, x: float, y: float, radius: float, *, solid: bool = False) -> Circle:
        fill = self.stroke.color if solid else self.fill
        return Circle(self.at(x, y), radius * self.unit, None if solid else self.stroke, fill)

    def line(self, *points: Point) -> Polyline:
        return Polyline(tuple(self.at(*point) for point in points), self.stroke)

    def rect(self, x: float, y: float, width: float, height: float, radius: float) -> Rect:
        left, top = self.at(x, y)
        unit = self.unit
        return Rect(left, top, width * unit, height * unit, self.stroke, self.fill, radius * unit)

    def path(self, text: str, *, solid: bool = False) -> Path:
        """Return a path written as M, L, C, Z with absolute numbers."""
        steps: list[PathStep] = []
        words = text.split()
        at = 0
        while at < len(words):
            count = {"M": 1, "L": 1, "C": 3, "Z": 0}[words[at]]
            numbers = [float(word) for word in words[at + 1 : at + 1 + 2 * count]]
            points = [self.at(numbers[n], numbers[n + 1]) for n in range(0, 2 * count, 2)]
            match words[at]:
                case "M":
                    steps.append(MoveTo(points[0]))
                case "L":
                    steps.append(LineTo(points[0]))
                case "C":
                    steps.append(CurveTo(points[0], points[1], points[2]))
                case _:
                    steps.append(ClosePath())
            at += 1 + 2 * count
        fill = self.stroke.color if solid else self.fill
        return Path(tuple(steps), None if solid else self.stroke, fill)


def _house(pen: _Pen) -> list[Item]:
    return [
        pen.path("M 4.5 11 L 4.5 20 C 4.5 20.6 4.9 21 5.5 21 L 18.5 21 C 19.1 21 19.5 20.6 19.5 20 L 19.5 11"),
        pen.line((2.2, 12.2), (12, 3.2), (21.8, 12.2)),
        pen.path("M 9.5 21 L 9.5 15.5 C 9.5 14.9 9.9 14.5 10.5 14.5 L 13.5 14.5 C 14.1 14.5 14.5 14.9 14.5 15.5 L 14.5 21"),
    ]  # fmt: skip


def _friends(pen: _Pen) -> list[Item]:
    return [
        pen.circle(8, 7.6, 3.6),
        pen.circle(17, 9, 2.9),
        pen.path("M 1.8 20.5 C 1.8 16.6 4.4 14 8 14 C 11.6 14 14.2 16.6 14.2 20.5"),
        pen.path("M 16 14.9 C 19.6 14.4 22.3 16.8 22.3 20.5"),
    ]


def _school(pen: _Pen) -> list[Item]:
    return [
        pen.path("M 12 7 C 9.6 5 6.4 4.4 2.5 4.6 L 2.5 18.4 C 6.4 18.2 9.6 18.8 12 20.8 "
                 "C 14.4 18.8 17.6 18.2 21.5 18.4 L 21.5 4.6 C 17.6 4.4 14.4 5 12 7 Z"),
        pen.line((12, 7), (12, 20.8)),
        pen.line((5.6, 9), (9, 9.8)),
        pen.line((5.6, 12.8), (9, 13.6)),
        pen.line((18.4, 9), (15, 9.8)),
        pen.line((18.4, 12.8), (15, 13.6)),
    ]  # fmt: skip


def _helpers(pen: _Pen) -> list[Item]:
    return [
        pen.path("M 12 13.6 C 8 10.9 6.2 8.9 6.2 6.5 C 6.2 4.6 7.6 3.2 9.3 3.2 C 10.5 3.2 11.5 3.9 12 4.9 "
                 "C 12.5 3.9 13.5 3.2 14.7 3.2 C 16.4 3.2 17.8 4.6 17.8 6.5 C 17.8 8.9 16 10.9 12 13.6 Z"),
        pen.path("M 2.2 13.5 C 3.2 18.6 7 21.4 12 21.4 C 17 21.4 20.8 18.6 21.8 13.5"),
        pen.path("M 2.2 13.5 C 4.4 13.2 5.8 14.4 6.6 16.6"),
        pen.path("M 21.8 13.5 C 19.6 13.2 18.2 14.4 17.4 16.6"),
    ]  # fmt: skip


def _leisure(pen: _Pen) -> list[Item]:
    corners = [
        (12 + 3.6 * math.sin(n * math.tau / 5), 12 - 3.6 * math.cos(n * math.tau / 5)) for n in range(5)
    ]
    edges = [(12 + 9.6 * math.sin(n * math.tau / 5), 12 - 9.6 * math.cos(n * math.tau / 5)) for n in range(5)]
    pentagon = " L ".join(f"{x:.3f} {y:.3f}" for x, y in corners)
    rays = [pen.line(a, b) for a, b in zip(corners, edges, strict=True)]
    return [pen.circle(12, 12, 9.6), pen.path(f"M {pentagon} Z", solid=True), *rays]


def _kin(pen: _Pen) -> list[Item]:
    return [
        pen.circle(12, 5, 2.8),
        pen.circle(4.6, 18.8, 2.8),
        pen.circle(12, 18.8, 2.8),
        pen.circle(19.4, 18.8, 2.8),
        pen.line((12, 7.8), (12, 16)),
        pen.line((4.6, 16), (4.6, 12), (19.4, 12), (19.4, 16)),
    ]


def _paw(pen: _Pen) -> list[Item]:
    pad = (
        "M 12 11.6 C 9.2 11.6 6.4 15 6.4 17.8 C 6.4 19.7 7.8 20.7 9.4 20.7 C 10.6 20.7 11 20.1 12 20.1 "
        "C 13 20.1 13.4 20.7 14.6 20.7 C 16.2 20.7 17.6 19.7 17.6 17.8 C 17.6 15 14.8 11.6 12 11.6 Z"
    )
    toes = ((4.8, 11.4), (9.2, 6.4), (14.8, 6.4), (19.2, 11.4))
    return [pen.path(pad, solid=True), *(pen.circle(x, y, 2.1, solid=True) for x, y in toes)]


def _place(pen: _Pen) -> list[Item]:
    return [
        pen.path("M 12 21.6 C 7.2 16.4 5 12.9 5 9.6 C 5 5.6 8.1 2.6 12 2.6 C 15.9 2.6 19 5.6 19 9.6 "
                 "C 19 12.9 16.8 16.4 12 21.6 Z"),
        pen.circle(12, 9.6, 2.5),
    ]  # fmt: skip


def _homes(pen: _Pen) -> list[Item]:
    return [
        pen.path("M 3 20.5 L 3 11 L 8.5 5 L 14 11 L 14 20.5 Z"),
        pen.line((14, 6.4), (16.4, 4), (21.5, 9.6), (21.5, 20.5), (17, 20.5)),
    ]


def _ring(pen: _Pen) -> list[Item]:
    return [pen.circle(12, 12, 9)]


_SIGNS: Final = {
    "house": _house,
    "friends": _friends,
    "school": _school,
    "helpers": _helpers,
    "leisure": _leisure,
    "kin": _kin,
    "paw": _paw,
    "place": _place,
    "homes": _homes,
}
NAMES: Final = frozenset(_SIGNS)
"""The signs there are."""


def arc(center: Point, radius: float, start: float, end: float) -> list[PathStep]:
    """Return the curves of an arc clockwise from ``start`` to ``end`` degrees (0 upwards), without the move to it."""
    count = max(1, math.ceil((end - start) / 90 - 1e-9))
    step = math.radians(end - start) / count
    handle = 4 / 3 * math.tan(step / 4) * radius
    x, y = center
    found: list[PathStep] = []
    angle = math.radians(start)
    for _ in range(count):
        sin, cos = math.sin(angle), math.cos(angle)
        angle += step
        then_sin, then_cos = math.sin(angle), math.cos(angle)
        begin, stop = (x + radius * sin, y - radius * cos), (x + radius * then_sin, y - radius * then_cos)
        first = (begin[0] + handle * cos, begin[1] + handle * sin)
        second = (stop[0] - handle * then_cos, stop[1] - handle * then_sin)
        found.append(CurveTo(first, second, stop))
    return found
