"""One scale over time: a line a person, the phase beside each mark, the whole range of the scale always in sight.

Between two marks nothing is known: the line there is straight and thin. Who answered is told by dash, mark and name.
"""

from __future__ import annotations

import datetime as dt
import itertools
from typing import Final

from caseworker_app.domain.dates import MONTHS, long_date
from caseworker_app.domain.measure_facts import OverTime, TimeLine
from caseworker_app.domain.typed_numbers import figure_words
from caseworker_app.drawing.display_list import DisplayList, Item, Line, Point, Polyline, Stroke, Text
from caseworker_app.drawing.goal_chart import PAPER, ChartColours
from caseworker_app.drawing.labels import Box, apart, box_of, cut, in_the_middle, meets_any, rows
from caseworker_app.drawing.measure_signs import MM, colour_of, sign, stroke_of, wide

_SIZE: Final = 8.5
_LEFT, _BOTTOM, _GAP, _TOP = 9.0, 7.0, 6.0, 8.0
_LINE: Final = 3.9
_STEPS: Final = (1, 2, 3, 4, 6, 12, 24, 60, 120, 600)
_LEAST_DAYS: Final = 28
_NAMES: Final = 0.45
"""How much of the width the names at the right may take; longer ones stand in two rows."""
_OVER: Final = 1.2
"""How far words may stand over the right edge of the axes."""
_BESIDE: Final = 8.0
"""Room of the mark beside a name."""


def measure_chart(
    over_time: OverTime, width: float = 165.0, height: float = 52.0, colours: ChartColours = PAPER
) -> DisplayList:
    """Return the chart, ``width`` × ``height`` mm (at least 60 × 30). Without marks it says so."""
    frame = _Frame(over_time, max(60.0, width), max(30.0, height), colours)
    return DisplayList(frame.width, frame.height, tuple(frame.items()))


def measure_words(over_time: OverTime) -> str:
    """Return in words what the chart shows: its alternative text, and what a screen reader says."""
    said = []
    for line in over_time.lines:
        points = ", ".join(
            f"{figure_words(p.value)} ({', '.join(w for w in (p.phase, long_date(p.day, over_time.language)) if w)})"
            for p in line.points
        )
        said.append(f"{line.name}: {points}")
    return ". ".join(
        part for part in (over_time.about, over_time.better, *(said or [over_time.nothing])) if part
    )


class _Frame:
    """One drawing: the room between the axes, and where a day and a value are in it."""

    def __init__(self, over_time: OverTime, width: float, height: float, colours: ChartColours) -> None:
        self.facts, self.width, self.height, self.colours = over_time, width, height, colours
        room = width * _NAMES - _BESIDE
        self.names = [rows(line.name, room, _SIZE, bold=True) for line in over_time.lines]
        names = [wide(row, _SIZE, bold=True) for name in self.names for row in name]
        self.right = width - (max(names) + _BESIDE if names else 2.0)
        self.foot = height - _BOTTOM
        days = [point.day for line in over_time.lines for point in line.points]
        self.first = min(days, default=dt.date(2000, 1, 1))
        self.last = max(days, default=self.first)
        if (self.last - self.first).days < _LEAST_DAYS:
            self.last = self.first + dt.timedelta(days=_LEAST_DAYS)

    def x(self, day: dt.date) -> float:
        share = (day - self.first).days / (self.last - self.first).days
        return _LEFT + _GAP + share * (self.right - _LEFT - 2 * _GAP)

    def y(self, value: int) -> float:
        share = (value - self.facts.lowest) / (self.facts.highest - self.facts.lowest)
        return self.foot - share * (self.foot - _TOP)

    def items(self) -> list[Item]:
        return [*self._axes(), *self._days(), *self._lines(), *self._names()]

    def _axes(self) -> list[Item]:
        colours, found = self.colours, list[Item]()
        for value in self._values():
            stroke = Stroke(colours.grid, 0.2, () if value == self.facts.lowest else (0.5, 0.9))
            found.append(Line((_LEFT, self.y(value)), (self.right, self.y(value)), stroke))
            at = (_LEFT - 1.4, self.y(value) + _SIZE * MM * 0.36)
            found.append(Text(at, figure_words(value), _SIZE, "end", color=colours.muted))
        if self.facts.better:
            found.append(self._better())
        if not self.facts.lines:
            middle = ((_LEFT + self.right) / 2, (self.foot + _TOP) / 2)
            found += in_the_middle(
                self.facts.nothing, middle, self.right - _LEFT - 4, _SIZE + 0.5, colours.muted
            )
        return found

    def _better(self) -> Text:
        words = cut(self.facts.better, self.width - _LEFT, _SIZE)
        return Text((_LEFT, 3.2), words, _SIZE, italic=True, color=self.colours.muted)

    def _values(self) -> list[int]:
        """Return the values with a line: the ends and, where they are whole, quarters or the middle between."""
        low, high = self.facts.lowest, self.facts.highest
        for parts in (5, 4, 3, 2):
            if (high - low) % (parts * 100) == 0:
                return [low + (high - low) * n // parts for n in range(parts + 1)]
        return [low, high]

    def _days(self) -> list[Item]:
        if not self.facts.lines:
            return []
        found: list[Item] = []
        months = (self.last.year - self.first.year) * 12 + self.last.month - self.first.month
        room = max(2, int((self.right - _LEFT) / 18))
        step = next(step for step in _STEPS if months / step < room)
        index = self.first.year * 12 + self.first.month - 1
        named: list[tuple[dt.date, str]] = []
        while True:
            year, month = divmod(index, 12)
            day = dt.date(year, month + 1, 1)
            if day > self.last:
                break
            if day >= self.first and index % step == 0:
                word = MONTHS[self.facts.language][month][:3]
                named.append((day, word if named and month >= step else f"{word} {year}"))
            index += 1
        first = f"{MONTHS[self.facts.language][self.first.month - 1][:3]} {self.first.year}"
        labels = [(self.x(day), label) for day, label in named or [(self.first, first)]]
        for x, label in apart(labels, _SIZE):
            found.append(Line((x, self.foot), (x, self.foot + 1.2), Stroke(self.colours.muted, 0.25)))
            found.append(Text((x, self.foot + 4.6), label, _SIZE, "middle", color=self.colours.muted))
        return found

    def _lines(self) -> list[Item]:
        found: list[Item] = []
        marks = [[(self.x(p.day), self.y(p.value)) for p in line.points] for line in self.facts.lines]
        taken = [_around(place) for places in marks for place in places]
        if self.facts.better:
            taken.append(box_of(self._better()))
        drawn = [pair for places in marks for pair in itertools.pairwise(places)]
        for number, (line, places) in enumerate(zip(self.facts.lines, marks, strict=True)):
            if len(places) > 1:
                found.append(Polyline(tuple(places), stroke_of(number, self.colours)))
            for point, place in zip(line.points, places, strict=True):
                found.append(sign(number, place, self.colours))
                words = f"{figure_words(point.value)} {point.phase}".strip()
                found += self._said(words, place, taken, drawn)
        return found

    def _said(
        self, words: str, place: Point, taken: list[Box], drawn: list[tuple[Point, Point]]
    ) -> list[Item]:
        """Return value and phase above their mark, below or beside it: where no line, no mark and no other words are, else
        above or below where at least no mark and no words are; else nothing."""
        half, (x, y) = wide(words, _SIZE - 0.5) / 2, place
        over = min(max(x, _LEFT + half), self.right + _OVER - half)
        right, left = x + half + 2.0, x - half - 2.0
        places = [(over, y - 2.4), (over, y + 4.6), (right, y + 1.0), (left, y + 1.0)]
        free = [
            text
            for at in places
            if at[0] - half >= _LEFT and at[0] + half <= self.right + _OVER and at[1] < self.foot - 0.4
            for text in [Text(at, words, _SIZE - 0.5, "middle", color=self.colours.ink)]
            if not meets_any(box_of(text), taken, 0.6)
        ]
        clear = [one for one in free if not any(_meets(line, *_middle(one), half) for line in drawn)]
        chosen = next(iter(clear or [one for one in free if one.at[0] == over]), None)
        if chosen is None:
            return []
        taken.append(box_of(chosen))
        return [chosen]

    def _names(self) -> list[Item]:
        """Return the name of each line at the right, as near its last mark as the others leave room."""
        found: list[Item] = []
        lines = sorted(enumerate(self.facts.lines), key=lambda pair: -pair[1].points[-1].value)
        wanted = [self.y(line.points[-1].value) for _number, line in lines]
        heights = [_LINE * len(self.names[number]) for number, _line in lines]
        for (number, line), y in zip(lines, self._below_each_other(wanted, heights), strict=True):
            found += self._named(number, line, y)
        return found

    def _below_each_other(self, wanted: list[float], heights: list[float]) -> list[float]:
        """Return where names stand, as near as they want to, each under the one before and the last within the drawing."""
        places, free = list[float](), _TOP
        for y, high in zip(wanted, heights, strict=True):
            places.append(max(y, free))
            free = places[-1] + high
        limit = self.height - 0.4 + _LINE - _SIZE * MM * 0.6
        for number in reversed(range(len(places))):
            places[number] = limit = min(places[number], limit - heights[number])
        return places

    def _named(self, number: int, line: TimeLine, y: float) -> list[Item]:
        last, found = line.points[-1], list[Item]()
        start = (self.x(last.day) + 1.6, self.y(last.value))
        if self.right + 1.5 - start[0] > 1.0:
            leader = Stroke(self.colours.muted, 0.15, (0.3, 0.7))
            found.append(Polyline((start, (self.right - 1.0, start[1]), (self.right + 1.5, y)), leader))
        found.append(sign(number, (self.right + 3.2, y), self.colours))
        for row, words in enumerate(self.names[number]):
            at = (self.right + 5.6, y + _SIZE * MM * 0.36 + row * _LINE)
            found.append(Text(at, words, _SIZE, bold=number == 0, color=colour_of(number, self.colours)))
        return found


def _around(place: Point) -> Box:
    """Return the room a mark takes."""
    return Box(place[0] - 1.3, place[1] - 1.3, place[0] + 1.3, place[1] + 1.3)


def _middle(text: Text) -> Point:
    return text.at[0], text.at[1] - 1.0


def _meets(line: tuple[Point, Point], x: float, y: float, half: float) -> bool:
    """Whether a line goes through words ``half`` wide to each side of a place."""
    (x1, y1), (x2, y2) = line
    left, right = max(x - half, x1), min(x + half, x2)
    if left > right or x1 == x2:
        return False
    ends = [y1 + (at - x1) / (x2 - x1) * (y2 - y1) for at in (left, right)]
    return min(ends) - 1.4 < y < max(ends) + 1.4
