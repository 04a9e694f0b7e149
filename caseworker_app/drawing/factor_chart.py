"""A risk or protective factor over time: a step line of strength from 0 to 4, with a mark for each time it was seen.

Risk is drawn with filled squares and a whole line, protection with rings and a broken one: the drawing survives two
photocopies.
"""

from __future__ import annotations

import datetime as dt
from typing import Final

from caseworker_app.domain.dates import MONTHS, long_date
from caseworker_app.domain.factors import STRONGEST, Direction, FactorCourse
from caseworker_app.drawing.display_list import (
    Circle,
    DisplayList,
    Item,
    Line,
    Polyline,
    Rect,
    Stroke,
    Text,
)
from caseworker_app.drawing.goal_chart import PAPER, ChartColours
from caseworker_app.drawing.labels import apart, in_the_middle

_MM: Final = 25.4 / 72
_SIZE: Final = 8.5
_LEFT, _TOP, _FOOT, _EDGE = 7.0, 3.0, 7.0, 4.0
_R: Final = 1.15
_LEAST_DAYS: Final = 84


def factor_chart(
    course: FactorCourse, width: float = 120.0, height: float = 34.0, colours: ChartColours = PAPER
) -> DisplayList:
    """Return a factor's chart, ``width`` × ``height`` mm (at least 60 × 24). Without marks it says so."""
    frame = _Frame(course, max(60.0, width), max(24.0, height), colours)
    return DisplayList(frame.width, frame.height, tuple(frame.items()))


def factor_words(course: FactorCourse) -> str:
    """Return in words what the chart shows: its alternative text, and what a screen reader says."""
    language = course.words.language
    said = [f"{long_date(day, language)}: {strength}" for day, strength in course.points]
    return f"{course.words.about}. {', '.join(said) or course.words.nothing}."


class _Frame:
    """One drawing: where a day and a strength are in it."""

    def __init__(self, course: FactorCourse, width: float, height: float, colours: ChartColours) -> None:
        self.course, self.width, self.height, self.colours = course, width, height, colours
        self.foot = height - _FOOT
        days = [day for day, _strength in course.points] + [course.today]
        self.first, self.last = min(days), max(days)
        if (self.last - self.first).days < _LEAST_DAYS:
            self.first = self.last - dt.timedelta(days=_LEAST_DAYS)

    def x(self, day: dt.date) -> float:
        share = (day - self.first).days / (self.last - self.first).days
        return _LEFT + 2 + share * (self.width - _LEFT - _EDGE - 2)

    def y(self, strength: int) -> float:
        return self.foot - strength / STRONGEST * (self.foot - _TOP)

    def items(self) -> list[Item]:
        return [*self._axes(), *self._months(), *self._course()]

    def _axes(self) -> list[Item]:
        colours, found = self.colours, list[Item]()
        right = self.width - _EDGE
        for strength in range(STRONGEST + 1):
            stroke = Stroke(colours.grid, 0.15, () if strength == 0 else (0.5, 0.9))
            found.append(Line((_LEFT, self.y(strength)), (right, self.y(strength)), stroke))
            at = (_LEFT - 1.4, self.y(strength) + _SIZE * _MM * 0.36)
            found.append(Text(at, str(strength), _SIZE, "end", color=colours.muted))
        found.append(Line((_LEFT, self.foot), (right, self.foot), Stroke(colours.muted, 0.3)))
        if not self.course.points:
            middle = ((_LEFT + right) / 2, (self.foot + _TOP) / 2)
            words, room = self.course.words.nothing, right - _LEFT - 4
            found += in_the_middle(words, middle, room, _SIZE + 0.5, colours.muted)
        return found

    def _months(self) -> list[Item]:
        language, colours = self.course.words.language, self.colours
        months = (self.last.year - self.first.year) * 12 + self.last.month - self.first.month
        room = max(2, int((self.width - _LEFT - _EDGE) / 18))
        step = next(step for step in (1, 2, 3, 4, 6, 12, 24, 60, 120, 600, 2400) if months / step < room)
        named: list[tuple[float, str]] = []
        index = self.first.year * 12 + self.first.month - 1
        while True:
            year, month = divmod(index, 12)
            day = dt.date(year, month + 1, 1)
            if day > self.last:
                break
            if day >= self.first and index % step == 0:
                words = MONTHS[language][month][:3]
                named.append((self.x(day), words if named and month >= step else f"{words} {year}"))
            index += 1
        found: list[Item] = []
        for x, label in apart(named, _SIZE):
            found.append(Line((x, self.foot), (x, self.foot + 1.2), Stroke(colours.muted, 0.25)))
            found.append(Text((x, self.foot + 4.6), label, _SIZE, "middle", color=colours.muted))
        return found

    def _course(self) -> list[Item]:
        points = [(self.x(day), self.y(strength)) for day, strength in self.course.points]
        if not points:
            return []
        risk = self.course.direction is Direction.RISK
        colour = self.colours.ink if risk else self.colours.accent
        steps = [points[0]]
        for x, y in points[1:]:
            steps += [(x, steps[-1][1]), (x, y)]
        steps.append((self.x(self.course.today), steps[-1][1]))
        found: list[Item] = [Polyline(tuple(steps), Stroke(colour, 0.5, () if risk else (2.2, 0.9)))]
        pen = Stroke(colour, 0.4)
        for x, y in points:
            if risk:
                found.append(Rect(x - _R * 0.9, y - _R * 0.9, _R * 1.8, _R * 1.8, pen, colour))
            else:
                found.append(Circle((x, y), _R, pen, self.colours.ground))
        return found
