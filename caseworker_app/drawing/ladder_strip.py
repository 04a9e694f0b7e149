"""A child's ladder over time: what ran on which step, the days of decision, and what is planned, dashed.

What put the child on her step is filled, what ran beside it is an outline; a breakdown ends in a cross. The days of
decision are triangles under the strip. Nothing is said by colour alone.
"""

from __future__ import annotations

import datetime as dt
from itertools import pairwise
from typing import Final

from caseworker_app.domain.dates import MONTHS, short_date
from caseworker_app.domain.numbers.chart_facts import LadderBar, LadderStrip
from caseworker_app.drawing.display_list import (
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
from caseworker_app.drawing.goal_chart import PAPER, ChartColours
from caseworker_app.drawing.ladder import STEPS
from caseworker_app.drawing.metrics import text_width

_MM: Final = 25.4 / 72
_SIZE: Final = 8.5
_NAMES, _EDGE, _HEAD, _FOOT = 52.0, 3.0, 5.5, 14.5
_BAR: Final = 0.62
"""How much of a step's row a bar takes."""
_LEAST: Final = (110.0, 62.0)
_LEAST_DAYS: Final = 180
_DASH: Final = (1.3, 0.8)


def ladder_strip(
    strip: LadderStrip, width: float = 165.0, height: float = 78.0, colours: ChartColours = PAPER
) -> DisplayList:
    """Return the strip, ``width`` × ``height`` mm (at least 110 × 62). Where nothing ran it says so."""
    frame = _Frame(strip, max(_LEAST[0], width), max(_LEAST[1], height), colours)
    return DisplayList(frame.width, frame.height, tuple(frame.items()))


def ladder_words(strip: LadderStrip) -> str:
    """Return in words what the strip shows: its alternative text, and what a screen reader says."""
    words = strip.words
    said = []
    for bar in strip.bars:
        last = "" if bar.open else short_date(bar.last, words.language)
        days = f"{short_date(bar.first, words.language)} – {last}".rstrip()
        more = [note for note, yes in ((words.planned, bar.planned), (words.broken, bar.broken)) if yes]
        said.append(", ".join([f"{bar.step} {bar.name}", days, *more]))
    return f"{words.about}. {'; '.join(said) or words.nothing}."


class _Frame:
    """One drawing: where a day and a step are in it."""

    def __init__(self, strip: LadderStrip, width: float, height: float, colours: ChartColours) -> None:
        self.strip, self.width, self.height, self.colours = strip, width, height, colours
        self.foot = height - _FOOT
        self.row = (self.foot - _HEAD) / STEPS
        self.first, self.last = strip.first, strip.last
        if (self.last - self.first).days < _LEAST_DAYS:
            self.first = self.last - dt.timedelta(days=_LEAST_DAYS)
        self.left, self.right = _NAMES, width - _EDGE

    def x(self, day: dt.date, *, end: bool = False) -> float:
        """Return where a day begins, or ends."""
        whole = (self.last - self.first).days + 1
        share = ((day - self.first).days + end) / whole
        return self.left + min(1.0, max(0.0, share)) * (self.right - self.left)

    def top(self, step: int) -> float:
        """Return the upper edge of a step's row; the sixth step stands at the top."""
        return _HEAD + (STEPS - step) * self.row

    def middle(self, step: int) -> float:
        return self.top(step) + self.row / 2

    def items(self) -> list[Item]:
        found = [*self._steps(), *self._months(), *self._connections()]
        for bar in self.strip.bars:
            found += self._bar(bar)
        found += [*self._decisions(), *self._today(), *self._key()]
        if not self.strip.bars and not self.strip.top:
            at = ((self.left + self.right) / 2, (_HEAD + self.foot) / 2)
            words = self.strip.words.nothing
            found.append(Text(at, words, _SIZE + 0.5, "middle", italic=True, color=self.colours.muted))
        return found

    # the ground

    def _steps(self) -> list[Item]:
        found: list[Item] = []
        grid = Stroke(self.colours.grid, 0.15)
        for step in range(1, STEPS + 1):
            level = self.top(step)
            found.append(Line((_EDGE, level), (self.right, level), grid))
            middle = self.middle(step)
            found.append(Text((_EDGE, middle + 1.1), str(step), _SIZE, bold=True, color=self.colours.ink))
            rows = _rows(self.strip.words.steps[step], _NAMES - _EDGE - 6.5)
            for n, row in enumerate(rows):
                baseline = middle + 1.1 + (n - (len(rows) - 1) / 2) * 3.3
                found.append(Text((_EDGE + 4.2, baseline), row, _SIZE - 0.5, color=self.colours.muted))
        found.append(Line((_EDGE, self.foot), (self.right, self.foot), Stroke(self.colours.muted, 0.3)))
        return found

    def _months(self) -> list[Item]:
        language, found = self.strip.words.language, list[Item]()
        months = (self.last.year - self.first.year) * 12 + self.last.month - self.first.month
        room = max(2, int((self.right - self.left) / 19))
        step = next(n for n in (1, 2, 3, 4, 6, 12, 24, 60, 120, 600, 2400) if months / n < room)
        index = self.first.year * 12 + self.first.month - 1
        while True:
            year, month = divmod(index, 12)
            day = dt.date(year, month + 1, 1)
            if day > self.last:
                return found
            if day >= self.first and index % step == 0:
                words = str(year) if step >= 12 else f"{MONTHS[language][month][:3]} {year}"
                x = self.x(day)
                found.append(
                    Line((x, _HEAD), (x, self.foot + 1.2), Stroke(self.colours.grid, 0.15, (0.5, 0.9)))
                )
                if x + text_width(words, _SIZE) * _MM / 2 < self.right:
                    at = (max(x, self.left + 6), self.foot + 4.6)
                    found.append(Text(at, words, _SIZE, "middle", color=self.colours.muted))
            index += 1

    # what happened

    def _connections(self) -> list[Item]:
        """Join one step to the next, so that a move is seen as a move."""
        found: list[Item] = []
        pen = Stroke(self.colours.ink, 0.4)
        for (step, first, last), (after, begun, _until) in pairwise(self.strip.top):
            if step == after or (begun - last).days > 32 or begun < first:
                continue
            x = self.x(begun)
            found.append(Polyline(((self.x(last, end=True), self.middle(step)), (x, self.middle(step))), pen))
            found.append(Line((x, self.middle(step)), (x, self.middle(after)), pen))
        for step, first, last in self.strip.top:
            across = ((self.x(first), self.middle(step)), (self.x(last, end=True), self.middle(step)))
            found.append(Line(across[0], across[1], pen))
        return found

    def _bar(self, bar: LadderBar) -> list[Item]:
        left, right = self.x(bar.first), self.x(bar.last, end=True)
        lane, lanes = self._lane(bar)
        height = self.row * _BAR / lanes
        top = self.middle(bar.step) - self.row * _BAR / 2 + lane * height
        colours = self.colours
        found: list[Item] = []
        wide = max(0.8, right - left)
        if bar.planned:
            found.append(Rect(left, top, wide, height, Stroke(colours.ink, 0.3, _DASH), colours.ground, 0.6))
        else:
            fill = colours.accent if bar.top else colours.ground
            found.append(Rect(left, top, wide, height, Stroke(colours.accent, 0.35), fill, 0.6))
        if bar.open and bar.planned_last is not None and bar.planned_last > self.strip.today:
            until = self.x(bar.planned_last, end=True)
            if until - right > 0.6:
                pen = Stroke(colours.ink, 0.3, _DASH)
                found.append(Rect(right, top, until - right, height, pen, None, 0.6))
        if bar.broken:
            found += self._cross((right, top + height / 2), 1.3)
        return [
            *found,
            *self._name(bar, left, wide, top + height / 2 + 1.05, filled=bar.top and not bar.planned),
        ]

    def _lane(self, bar: LadderBar) -> tuple[int, int]:
        """Return which of how many lanes a bar has on its step: what runs at once stands one over the other."""
        same = [
            one
            for one in self.strip.bars
            if one.step == bar.step and one.first <= bar.last and bar.first <= one.last
        ]
        return same.index(bar), len(same)

    def _name(self, bar: LadderBar, left: float, wide: float, baseline: float, *, filled: bool) -> list[Item]:
        """Write the name in the bar where it has room; the list under the drawing has them all."""
        room = wide - 1.6
        if self._lane(bar)[1] > 2 or text_width(bar.name, _SIZE - 0.5) * _MM > room:
            return []
        colour = self.colours.ground if filled else self.colours.ink
        return [Text((left + 0.8, baseline), bar.name, _SIZE - 0.5, color=colour)]

    def _cross(self, at: Point, reach: float) -> list[Item]:
        x, y = at
        ends = (
            ((x - reach, y - reach), (x + reach, y + reach)),
            ((x - reach, y + reach), (x + reach, y - reach)),
        )
        pens = (
            Stroke(self.colours.ground, 1.5),
            Stroke(self.colours.ink, 0.55),
        )  # kept clear of the bar it ends
        return [Line(one, other, pen) for pen in pens for one, other in ends]

    def _decisions(self) -> list[Item]:
        return [
            self._triangle(self.x(day), self.foot)
            for day in sorted(set(self.strip.decisions))
            if self.first <= day <= self.last
        ]

    def _triangle(self, x: float, tip: float) -> Item:
        low = tip - 2.1
        pen = Stroke(self.colours.ink, 0.25)
        return Polygon(((x, low), (x - 1.2, tip), (x + 1.2, tip)), pen, self.colours.ink)

    def _today(self) -> list[Item]:
        today = self.strip.today
        if not self.first <= today <= self.last:
            return []
        x = self.x(today, end=True)
        pen = Stroke(self.colours.ink, 0.3, (0.6, 0.6))
        words = f"{self.strip.words.today} {short_date(today, self.strip.words.language)}"
        wide = text_width(words, _SIZE) * _MM / 2
        at = (min(max(x, self.left + wide), self.right - wide), 3.4)
        return [
            Line((x, 4.4), (x, self.foot), pen),
            Text(at, words, _SIZE, "middle", color=self.colours.ink),
        ]

    def _key(self) -> list[Item]:
        """Say what the signs mean, those that are there."""
        words, level = self.strip.words, self.height - 1.8
        colours, x, found = self.colours, _EDGE, list[Item]()
        parts: list[tuple[str, bool]] = [
            (words.decision, bool(self.strip.decisions)),
            (words.beside, any(not bar.planned and not bar.top for bar in self.strip.bars)),
            (words.planned, any(bar.planned or bar.planned_last is not None for bar in self.strip.bars)),
            (words.broken, any(bar.broken for bar in self.strip.bars)),
        ]
        for text, shown in parts:
            if not shown:
                continue
            if text == words.decision:
                found.append(self._triangle(x + 1.2, level))
            elif text == words.broken:
                found += self._cross((x + 1.6, level - 1.1), 1.0)
            else:
                dash = _DASH if text == words.planned else ()
                colour = colours.ink if dash else colours.accent
                found.append(Rect(x, level - 2.4, 5.6, 2.4, Stroke(colour, 0.35, dash), None, 0.4))
            x += 4.0 if text in (words.decision, words.broken) else 7.0
            found.append(Text((x, level), text, _SIZE, color=colours.muted))
            x += text_width(text, _SIZE) * _MM + 6.0
        return found


def _rows(words: str, room: float) -> list[str]:
    rows: list[str] = []
    for word in words.split(" "):
        wider = f"{rows[-1]} {word}" if rows else word
        if rows and text_width(wider, _SIZE - 0.5) * _MM <= room:
            rows[-1] = wider
        else:
            rows.append(word)
    return rows[:2]
