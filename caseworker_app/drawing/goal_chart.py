"""How far a goal has come: a step line for each who says it, over time, with the day it is expected to be reached.

A mark holds until the next one, so the lines go in steps. Who says it is told by dash, by the shape of the marks and
by a name at the line's end, never by colour alone: the drawing survives two photocopies.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final

from caseworker_app.domain.dates import MONTHS, long_date
from caseworker_app.domain.plan import SCALE, MarkSource
from caseworker_app.domain.plan_facts import GoalProgress
from caseworker_app.drawing.display_list import (
    INK,
    Circle,
    DisplayList,
    Item,
    Line,
    Point,
    Polygon,
    Polyline,
    Rect,
    Stroke,
    Text,
)
from caseworker_app.drawing.labels import apart, in_the_middle
from caseworker_app.drawing.metrics import text_width

_MM: Final = 25.4 / 72
_SIZE: Final = 8.5
_LEFT, _BOTTOM, _GAP = 7.0, 7.0, 5.0
_ROW, _FIRST_ROW = 3.6, 3.4
"""Distance of the rows of words above, and the baseline of the first, mm."""
_LINE: Final = 3.9
"""Least distance between two names at the right, mm."""
_DASHES: Final[dict[MarkSource, tuple[float, ...]]] = {
    MarkSource.CHILD: (),
    MarkSource.PARENT: (2.2, 0.9),
    MarkSource.SCHOOL: (0.7, 0.8),
    MarkSource.WORKER: (3.0, 0.8, 0.7, 0.8),
    MarkSource.INTERVENTION: (1.2, 0.5),
}
_SHIFT: Final = 0.28
"""Lines that say the same stand this far apart, mm."""


@dataclass(frozen=True, slots=True)
class ChartColours:
    """The colours of the ground it is drawn on; paper by default."""

    ink: str = INK
    muted: str = "#57606A"
    accent: str = "#0B6B6B"
    ground: str = "#FFFFFF"
    grid: str = "#B9BFC4"


PAPER: Final = ChartColours()


def goal_chart(
    progress: GoalProgress, width: float = 165.0, height: float = 52.0, colours: ChartColours = PAPER
) -> DisplayList:
    """Return a goal's chart, ``width`` × ``height`` mm (at least 60 × 28). Without marks it says so."""
    frame = _Frame(progress, max(60.0, width), max(28.0, height), colours)
    return DisplayList(frame.width, frame.height, tuple(frame.items()))


def chart_words(progress: GoalProgress) -> str:
    """Return in words what the chart shows: its alternative text, and what a screen reader says."""
    words = progress.words
    said = []
    for line in progress.lines:
        points = ", ".join(f"{value} ({long_date(day, words.language)})" for day, value in line.points)
        said.append(f"{line.name}: {points}")
    if not said:
        said.append(words.nothing)
    if progress.expected is not None:
        said.append(f"{words.expected} {long_date(progress.expected, words.language)}")
    return f"{words.about} {words.status} {progress.status}. {'. '.join(part.rstrip('.') for part in said)}."


class _Frame:
    """One drawing: the room between the axes, and where a day and a value are in it."""

    def __init__(self, progress: GoalProgress, width: float, height: float, colours: ChartColours) -> None:
        self.progress, self.width, self.height, self.colours = progress, width, height, colours
        names = [_wide(line.name) for line in progress.lines]
        self.right = width - (max(names) + 7.0 if names else 2.0)
        self.foot = height - _BOTTOM
        self._above: list[list[tuple[float, float]]] = []
        days = [day for line in progress.lines for day, _value in line.points]
        days += [day for day in (progress.start, progress.expected, progress.today) if day is not None]
        self.first, self.last = min(days), max(days)
        if (self.last - self.first).days < 28:
            self.last = self.first + dt.timedelta(days=28)
        self._heads = self._place_heads()
        self.top = _FIRST_ROW + _ROW * (len(self._above) - 1) + 1.6

    def x(self, day: dt.date) -> float:
        share = (day - self.first).days / (self.last - self.first).days
        return _LEFT + _GAP / 2 + share * (self.right - _LEFT - _GAP)

    def y(self, value: float) -> float:
        return self.foot - value / SCALE * (self.foot - self.top)

    def items(self) -> list[Item]:
        return [*self._axes(), *self._days(), *self._lines(), *self._names()]

    # what stands around

    def _axes(self) -> list[Item]:
        colours, found = self.colours, list[Item]()
        for value in range(SCALE + 1):
            whole = value % 5 == 0
            stroke = Stroke(colours.grid, 0.22 if whole else 0.12, () if value == 0 else (0.5, 0.9))
            if whole or value % 2 == 0:
                found.append(Line((_LEFT, self.y(value)), (self.right, self.y(value)), stroke))
            if whole:
                at = (_LEFT - 1.4, self.y(value) + _SIZE * _MM * 0.36)
                found.append(Text(at, str(value), _SIZE, "end", color=colours.muted))
        found.append(Line((_LEFT, self.foot), (self.right, self.foot), Stroke(colours.muted, 0.3)))
        if not self.progress.lines:
            middle = ((_LEFT + self.right) / 2, (self.foot + self.top) / 2)
            nothing, room = self.progress.words.nothing, self.right - _LEFT - 4
            found += in_the_middle(nothing, middle, room, _SIZE + 0.5, colours.muted)
        return found

    def _days(self) -> list[Item]:
        colours = self.colours
        found: list[Item] = []
        for x, label in apart([(self.x(day), label) for day, label in self._ticks()], _SIZE):
            found.append(Line((x, self.foot), (x, self.foot + 1.2), Stroke(colours.muted, 0.25)))
            found.append(Text((x, self.foot + 4.6), label, _SIZE, "middle", color=colours.muted))
        return [*found, *self._heads_drawn()]

    def _place_heads(self) -> list[tuple[dt.date | None, str, float, int]]:
        """Return what stands above: its day, its words, their middle and their row, where they meet no others."""
        progress, words = self.progress, self.progress.words
        said: list[tuple[dt.date | None, str]] = [(None, f"{words.status} {progress.status}")]
        if progress.expected is not None:
            said.append(
                (progress.expected, f"{words.expected} {long_date(progress.expected, words.language)}")
            )
        said.append((progress.today, words.today))
        found = []
        for day, text in said:
            half = _wide(text) / 2
            x = 0.0 if day is None else self.x(day)
            middle = min(max(x, _LEFT + half), self.width - half - 0.5)
            found.append((day, text, middle, self._free_row(middle - half - 1.5, middle + half + 1.5)))
        return found

    def _free_row(self, left: float, right: float) -> int:
        for number, taken in enumerate(self._above):
            if all(right <= start or end <= left for start, end in taken):
                taken.append((left, right))
                return number
        self._above.append([(left, right)])
        return len(self._above) - 1

    def _heads_drawn(self) -> list[Item]:
        """Return the status, and an upright line through each day with its words above it."""
        found: list[Item] = []
        for day, text, middle, number in self._heads:
            y, quiet = _FIRST_ROW + _ROW * number, text == self.progress.words.today
            color = self.colours.muted if quiet else self.colours.ink
            if day is not None:
                dash = (0.3, 0.9) if quiet else (1.6, 1.0)
                stroke = Stroke(color, 0.25 if quiet else 0.35, dash)
                found.append(Line((self.x(day), y + 0.9), (self.x(day), self.foot), stroke))
            found.append(Text((middle, y), text, _SIZE, "middle", bold=not quiet, color=color))
        return found

    def _ticks(self) -> list[tuple[dt.date, str]]:
        """Return days to name below, so far apart that their words do not meet."""
        language = self.progress.words.language
        months = (self.last.year - self.first.year) * 12 + self.last.month - self.first.month
        room = max(2, int((self.right - _LEFT) / 18))
        step = next(step for step in (1, 2, 3, 4, 6, 12, 24, 60, 120, 600) if months / step < room)
        found: list[tuple[dt.date, str]] = []
        index = self.first.year * 12 + self.first.month - 1
        while True:
            year, month = divmod(index, 12)
            day = dt.date(year, month + 1, 1)
            if day > self.last:
                return found
            if day >= self.first and index % step == 0:
                named = MONTHS[language][month][:3]
                found.append((day, named if found and month >= step else f"{named} {year}"))
            index += 1

    # what was said

    def _lines(self) -> list[Item]:
        found: list[Item] = []
        for number, line in enumerate(self.progress.lines):
            shift = (number - (len(self.progress.lines) - 1) / 2) * _SHIFT * 2
            stroke = Stroke(self._colour(line.source), self._width(line.source), _DASHES[line.source])
            places = [(self.x(day), self.y(value) + shift) for day, value in line.points]
            steps = [places[0]]
            for x, y in places[1:]:
                steps += [(x, steps[-1][1]), (x, y)]
            if len(steps) > 1:
                found.append(Polyline(tuple(steps), stroke))
            for place in places:
                found.append(self._sign(line.source, place))
        return found

    def _names(self) -> list[Item]:
        """Return the name of each line at the right, as near its last mark as the others leave room."""
        found: list[Item] = []
        lines = sorted(self.progress.lines, key=lambda line: -line.points[-1][1])
        wanted = [self.y(line.points[-1][1]) for line in lines]
        for line, y in zip(lines, _apart(wanted, self.top + 0.4, self.foot), strict=True):
            last = line.points[-1]
            start = (self.x(last[0]) + 1.6, self.y(last[1]))
            if self.right + 1.5 - start[0] > 1.0:
                leader = Stroke(self.colours.muted, 0.15, (0.3, 0.7))
                found.append(Polyline((start, (self.right - 1.0, start[1]), (self.right + 1.5, y)), leader))
            found.append(self._sign(line.source, (self.right + 3.0, y)))
            at = (self.right + 5.2, y + _SIZE * _MM * 0.36)
            bold = line.source is MarkSource.CHILD
            found.append(Text(at, line.name, _SIZE, bold=bold, color=self._colour(line.source)))
        return found

    def _colour(self, source: MarkSource) -> str:
        return self.colours.accent if source is MarkSource.CHILD else self.colours.ink

    @staticmethod
    def _width(source: MarkSource) -> float:
        return 0.6 if source is MarkSource.CHILD else 0.4

    def _sign(self, source: MarkSource, at: Point) -> Item:
        """Return the mark of one who says it: filled circle, square, triangle, diamond, ring."""
        x, y = at
        colour, ground = self._colour(source), self.colours.ground
        pen, r = Stroke(colour, 0.35), 1.15
        match source:
            case MarkSource.CHILD:
                return Circle(at, r, pen, colour)
            case MarkSource.PARENT:
                return Rect(x - r * 0.9, y - r * 0.9, r * 1.8, r * 1.8, pen, colour)
            case MarkSource.SCHOOL:
                return Polygon(
                    ((x, y - r * 1.2), (x + r * 1.15, y + r * 0.9), (x - r * 1.15, y + r * 0.9)), pen, ground
                )
            case MarkSource.WORKER:
                return Polygon(
                    ((x, y - r * 1.3), (x + r * 1.3, y), (x, y + r * 1.3), (x - r * 1.3, y)), pen, colour
                )
            case MarkSource.INTERVENTION:
                return Circle(at, r, pen, ground)


def _wide(text: str) -> float:
    return text_width(text, _SIZE, bold=True) * _MM


def _apart(wanted: list[float], top: float, foot: float) -> list[float]:
    """Return places in the order of ``wanted``, at least a line apart and within the frame as far as there is room."""
    places: list[float] = []
    for y in wanted:
        places.append(max(y, places[-1] + _LINE) if places else max(y, top))
    over = places[-1] - foot if places else 0.0
    if over > 0:
        limit = foot
        for number in range(len(places) - 1, -1, -1):
            places[number] = min(places[number], limit)
            limit = places[number] - _LINE
    return places


def child_scale(value: int | None, width: float = 150.0, colours: ChartColours = PAPER) -> DisplayList:
    """Return a scale from 0 to 10 to draw a ring on, in big circles; the one the child said last is filled."""
    radius = width / (SCALE + 1) / 2 * 0.86
    step = width / (SCALE + 1)
    found: list[Item] = []
    for number in range(SCALE + 1):
        x, y, here = step * (number + 0.5), radius + 0.5, number == value
        found.append(
            Circle((x, y), radius, Stroke(colours.accent, 0.5), colours.accent if here else colours.ground)
        )
        ink = colours.ground if here else colours.ink
        found.append(Text((x, y + 1.75), str(number), 14.0, "middle", bold=here, color=ink))
    return DisplayList(width, 2 * radius + 1.0, tuple(found))
