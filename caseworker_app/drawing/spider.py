"""The spider web of one instrument: an axis a scale, a shape a measurement. Citizens read it without being told how.

Shapes are told apart by dash and mark and named at the right with their day; they are not filled, so that one never hides
another. A value that is missing leaves a gap.
"""

from __future__ import annotations

import math
from typing import Final

from caseworker_app.domain.measure_facts import Spider, SpiderAxis, SpiderShape
from caseworker_app.domain.typed_numbers import figure_words
from caseworker_app.drawing.display_list import (
    Anchor,
    DisplayList,
    Item,
    Line,
    Point,
    Polygon,
    Polyline,
    Stroke,
    Text,
)
from caseworker_app.drawing.goal_chart import PAPER, ChartColours
from caseworker_app.drawing.measure_signs import MM, colour_of, sign, stroke_of, wide, wrapped

_SIZE: Final = 8.5
_RINGS: Final = 4
_ROW: Final = 3.5
_LEAST_AXES: Final = 3
_WIDEST: Final = 190.0
"""On a wide screen the names stay near the web, mm."""


def spider_web(
    spider: Spider, width: float = 165.0, height: float = 84.0, colours: ChartColours = PAPER
) -> DisplayList:
    """Return the drawing, ``width`` × ``height`` mm (at least 90 × 50). Raises ``ValueError`` below three axes."""
    if len(spider.axes) < _LEAST_AXES:
        raise ValueError("a spider web has at least three axes")
    frame = _Web(spider, max(90.0, width), max(50.0, height), colours)
    return DisplayList(frame.width, frame.height, tuple(frame.items()))


def spider_words(spider: Spider) -> str:
    """Return in words what the web shows: its alternative text, and what a screen reader says."""
    said = []
    for shape in spider.shapes:
        values = ", ".join(
            f"{axis.name} {figure_words(value)}"
            for axis, value in zip(spider.axes, shape.values, strict=True)
            if value is not None
        )
        said.append(f"{shape.name}: {values}")
    return f"{spider.about}. {'. '.join(said)}."


class _Web:
    """One drawing: the web at the left, the names of its shapes at the right."""

    def __init__(self, spider: Spider, width: float, height: float, colours: ChartColours) -> None:
        self.spider, self.height, self.colours = spider, height, colours
        self.width = width = min(width, _WIDEST)
        names = max((wide(one.name, _SIZE, bold=True) for one in spider.shapes), default=0.0)
        self.legend = min(names + 12.0, width * 0.42)
        self.names = min(36.0, (width - self.legend) * 0.27)
        room = min((width - self.legend) / 2 - self.names, (height - 4.5 * _ROW) / 2 - 2.0)
        self.radius = max(12.0, room)
        self.middle: Point = ((width - self.legend) / 2, height / 2 + 0.5)

    def items(self) -> list[Item]:
        return [*self._net(), *self._axes(), *self._shapes(), *self._named()]

    def _at(self, number: int, share: float) -> Point:
        angle = 2 * math.pi * number / len(self.spider.axes) - math.pi / 2
        x, y = self.middle
        return x + math.cos(angle) * self.radius * share, y + math.sin(angle) * self.radius * share

    def _net(self) -> list[Item]:
        found: list[Item] = []
        for ring in range(1, _RINGS + 1):
            corners = tuple(self._at(n, ring / _RINGS) for n in range(len(self.spider.axes)))
            dash = () if ring == _RINGS else (0.5, 0.9)
            found.append(Polygon(corners, Stroke(self.colours.grid, 0.2, dash)))
        return found

    def _axes(self) -> list[Item]:
        found: list[Item] = []
        for number, axis in enumerate(self.spider.axes):
            found.append(Line(self.middle, self._at(number, 1.0), Stroke(self.colours.grid, 0.2)))
            found += self._name(number, axis)
        return found

    def _name(self, number: int, axis: SpiderAxis) -> list[Item]:
        """Return the name of an axis outside its end, with its range and which way is better."""
        x, y = self._at(number, 1.0 + 2.6 / self.radius)
        across = x - self.middle[0]
        anchor: Anchor = "middle" if abs(across) < self.radius * 0.3 else "start" if across > 0 else "end"
        room = self.names + (self.radius if anchor == "middle" else 0.0)
        lines = wrapped(axis.name, room, _SIZE, 2)
        range_ = f"{figure_words(axis.lowest)}-{figure_words(axis.highest)}"
        quiet = wrapped(f"{range_}, {axis.better}" if axis.better else range_, room, _SIZE - 1, 2)
        all_lines = [*((line, False) for line in lines), *((line, True) for line in quiet)]
        above = y < self.middle[1] - self.radius * 0.3
        below = y > self.middle[1] + self.radius * 0.3
        high = len(all_lines) * _ROW
        top = y - high + _ROW * 0.9 if above else y + _ROW * 0.8 if below else y - high / 2 + _ROW * 0.8
        found: list[Item] = []
        for line, (words, small) in enumerate(all_lines):
            size, colour = (_SIZE - 1, self.colours.muted) if small else (_SIZE, self.colours.ink)
            found.append(Text((x, top + line * _ROW), words, size, anchor, color=colour))
        return found

    def _shapes(self) -> list[Item]:
        found: list[Item] = []
        for number, shape in enumerate(self.spider.shapes):
            places = self._places(shape)
            whole = tuple(place for place in places if place is not None)
            stroke = stroke_of(number, self.colours)
            if len(whole) == len(places):
                found.append(Polygon(whole, stroke))
            else:
                found += [Polyline(run, stroke) for run in _runs(places)]
            found += [sign(number, place, self.colours) for place in whole]
        return found

    def _places(self, shape: SpiderShape) -> list[Point | None]:
        found: list[Point | None] = []
        for number, (axis, value) in enumerate(zip(self.spider.axes, shape.values, strict=True)):
            share = None if value is None else (value - axis.lowest) / (axis.highest - axis.lowest)
            found.append(None if share is None else self._at(number, share))
        return found

    def _named(self) -> list[Item]:
        """Return the shapes by name at the right, each with its mark and a piece of its line."""
        found: list[Item] = []
        left = self.width - self.legend + 2.0
        y = self.middle[1] - (len(self.spider.shapes) - 1) * 2.6
        for number, shape in enumerate(self.spider.shapes):
            place = (left + 2.5, y)
            found.append(Line((left, y), (left + 5.0, y), stroke_of(number, self.colours)))
            found.append(sign(number, place, self.colours))
            room = self.width - left - 7.0
            size = _SIZE if wide(shape.name, _SIZE, bold=True) <= room else _SIZE - 1.5
            colour = colour_of(number, self.colours)
            found.append(
                Text((left + 6.5, y + size * MM * 0.36), shape.name, size, bold=number == 0, color=colour)
            )
            y += 5.2
        return found


def _runs(places: list[Point | None]) -> list[tuple[Point, ...]]:
    """Return the unbroken runs of a round of places, two points at least each."""
    count = len(places)
    start = next((n for n, place in enumerate(places) if place is None), 0)
    runs: list[list[Point]] = [[]]
    for step in range(1, count + 1):
        place = places[(start + step) % count]
        if place is None:
            runs.append([])
        else:
            runs[-1].append(place)
    return [tuple(run) for run in runs if len(run) > 1]
