"""A row of bars with a mark beside each: follow-ups beside the rule, a period beside the one before.

The value stands over its bar in figures, the mark is a broken line across it with its own figure in the words of the
drawing: it reads without colour and survives two photocopies.
"""

from __future__ import annotations

from typing import Final

from caseworker_app.domain.numbers.chart_facts import BarChart, ChartBar
from caseworker_app.drawing.display_list import DisplayList, Item, Line, Rect, Stroke, Text
from caseworker_app.drawing.goal_chart import PAPER, ChartColours
from caseworker_app.drawing.metrics import text_width

_MM: Final = 25.4 / 72
_SIZE: Final = 8.5
_EDGE, _HEAD, _FOOT = 2.0, 10.5, 9.0
_ROW: Final = 3.5
_MOST_BAR: Final = 16.0
_LEAST: Final = (50.0, 34.0)


def bar_chart(
    chart: BarChart, width: float = 120.0, height: float = 46.0, colours: ChartColours = PAPER
) -> DisplayList:
    """Return the chart, ``width`` × ``height`` mm (at least 50 × 34). Without bars it says so."""
    frame = _Frame(chart, max(_LEAST[0], width), max(_LEAST[1], height), colours)
    return DisplayList(frame.width, frame.height, tuple(frame.items()))


def bar_words(chart: BarChart) -> str:
    """Return in words what the chart shows: its alternative text, and what a screen reader says."""
    said = [
        f"{bar.label}: {bar.said}" + (f" ({chart.mark_name}: {bar.mark_said})" if bar.mark_said else "")
        for bar in chart.bars
    ]
    return f"{chart.title}. {'; '.join(said) or chart.nothing}."


class _Frame:
    """One drawing: where a value and a bar are in it."""

    def __init__(self, chart: BarChart, width: float, height: float, colours: ChartColours) -> None:
        self.chart, self.width, self.height, self.colours = chart, width, height, colours
        self.foot = height - _FOOT
        marks = [bar.mark for bar in chart.bars if bar.mark is not None]
        values = [bar.value for bar in chart.bars if bar.value is not None]
        self.most = max([*marks, *values, 0.0]) or 1.0
        self.room = (width - 2 * _EDGE) / max(1, len(chart.bars))

    def y(self, value: float) -> float:
        return self.foot - value / self.most * (self.foot - _HEAD)

    def items(self) -> list[Item]:
        found = [*self._heading()]
        right = self.width - _EDGE
        if not self.chart.bars:
            middle = (self.width / 2, (self.foot + _HEAD) / 2)
            words = self.chart.nothing
            return [*found, Text(middle, words, _SIZE, "middle", italic=True, color=self.colours.muted)]
        for number, bar in enumerate(self.chart.bars):
            found += self._bar(number, bar)
        found.append(Line((_EDGE, self.foot), (right, self.foot), Stroke(self.colours.muted, 0.3)))
        return found

    def _heading(self) -> list[Item]:
        title = Text((_EDGE, 3.4), self.chart.title, _SIZE, bold=True, color=self.colours.ink)
        if not self.chart.mark_name:
            return [title]
        start = _EDGE + text_width(self.chart.title, _SIZE, bold=True) * _MM + 5
        mark = Stroke(self.colours.ink, 0.45, (1.1, 0.7))
        name = Text((start + 8, 3.4), self.chart.mark_name, _SIZE, color=self.colours.muted)
        return [title, Line((start, 2.2), (start + 6.6, 2.2), mark), name]

    def _bar(self, number: int, bar: ChartBar) -> list[Item]:
        middle = _EDGE + (number + 0.5) * self.room
        wide = min(_MOST_BAR, self.room * 0.56)
        found: list[Item] = []
        top = self.foot
        if bar.value is not None:
            top = self.y(bar.value)
            pen = Stroke(self.colours.accent, 0.3)
            if bar.value > 0:
                found.append(
                    Rect(middle - wide / 2, top, wide, self.foot - top, pen, self.colours.accent, 0.4)
                )
        if bar.mark is not None:
            level = self.y(bar.mark)
            found += self._mark(bar, middle, wide, level)
            if top - 3.8 < level <= top + 0.4:  # the words would stand on the mark
                top = level
        if self._fits(bar.said):
            found.append(
                Text((middle, top - 1.1), bar.said, _SIZE, "middle", bold=True, color=self.colours.ink)
            )
        return [*found, *self._label(number, bar, middle)]

    def _mark(self, bar: ChartBar, middle: float, wide: float, level: float) -> list[Item]:
        """Return the broken line across a bar, with its figure where it has room beside it."""
        reach = min(self.room * 0.46, wide / 2 + 2.4)
        line = Line(
            (middle - reach, level), (middle + reach, level), Stroke(self.colours.ink, 0.45, (1.1, 0.7))
        )
        if reach + 0.8 + text_width(bar.mark_said, _SIZE) * _MM > self.room / 2:
            return [line]
        at = (middle + reach + 0.8, level + 1.05)
        return [line, Text(at, bar.mark_said, _SIZE, color=self.colours.muted)]

    def _fits(self, words: str) -> bool:
        return text_width(words, _SIZE, bold=True) * _MM <= self.room

    def _label(self, number: int, bar: ChartBar, middle: float) -> list[Item]:
        """Return the label under a bar in at most two rows; of many bars only some have one."""
        every = 1
        while every * self.room < 9:
            every += 1
        if number % every:
            return []
        rows = _rows(bar.label, self.room * every)
        return [
            Text((middle, self.foot + 3.6 + n * _ROW), row, _SIZE, "middle", color=self.colours.muted)
            for n, row in enumerate(rows)
        ]


def _rows(words: str, room: float) -> list[str]:
    """Return words in at most two rows of a width in mm; what does not fit ends in an ellipsis."""
    rows: list[str] = []
    for word in words.split(" "):
        wider = f"{rows[-1]} {word}" if rows else word
        if rows and text_width(wider, _SIZE) * _MM <= room:
            rows[-1] = wider
        else:
            rows.append(word)
    if len(rows) > 2:
        rows = [rows[0], " ".join(rows[1:])]
    return [_cut(row, room) for row in rows]


def _cut(words: str, room: float) -> str:
    if text_width(words, _SIZE) * _MM <= room:
        return words
    while words and text_width(words + "…", _SIZE) * _MM > room:
        words = words[:-1]
    return words.rstrip() + "…"
