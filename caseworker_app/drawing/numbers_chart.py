"""A row of bars with a mark beside each: follow-ups beside the rule, a period beside the one before.

The value stands over its bar in figures, the mark is a broken line across it with its own figure in the words of the
drawing: it reads without colour and survives two photocopies.
"""

from __future__ import annotations

from typing import Final

from caseworker_app.domain.numbers.chart_facts import BarChart, ChartBar
from caseworker_app.drawing.display_list import DisplayList, Item, Line, Rect, Stroke, Text
from caseworker_app.drawing.goal_chart import PAPER, ChartColours
from caseworker_app.drawing.labels import GAP, box_of, cut, in_the_middle, rows, width_of

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
        self.every = self._every()

    def y(self, value: float) -> float:
        return self.foot - value / self.most * (self.foot - _HEAD)

    def items(self) -> list[Item]:
        found = [*self._heading()]
        right = self.width - _EDGE
        if not self.chart.bars:
            middle = (self.width / 2, (self.foot + _HEAD) / 2)
            room = self.width - 2 * _EDGE
            return [*found, *in_the_middle(self.chart.nothing, middle, room, _SIZE, self.colours.muted)]
        for number, bar in enumerate(self.chart.bars):
            found += self._bar(number, bar)
        found += self._labels()
        found.append(Line((_EDGE, self.foot), (right, self.foot), Stroke(self.colours.muted, 0.3)))
        return found

    def _heading(self) -> list[Item]:
        words = cut(self.chart.title, self.width - 2 * _EDGE, _SIZE, bold=True)
        title = Text((_EDGE, 3.4), words, _SIZE, bold=True, color=self.colours.ink)
        if not self.chart.mark_name:
            return [title]
        start = _EDGE + width_of(words, _SIZE, bold=True) + 5
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
        figure: list[Item] = []
        if bar.mark is not None:
            level = self.y(bar.mark)
            if top - 3.8 < level <= top + 0.4:  # the words would stand on the mark
                top = level
        said = Text((middle, top - 1.1), bar.said, _SIZE, "middle", bold=True, color=self.colours.ink)
        if width_of(bar.said, _SIZE, bold=True) <= self.room - GAP:
            figure.append(said)
        if bar.mark is not None:
            found += self._mark(bar, middle, wide, said if figure else None)
        return [*found, *figure]

    def _mark(self, bar: ChartBar, middle: float, wide: float, said: Text | None) -> list[Item]:
        """Return the broken line across a bar, with its figure where it has room beside it."""
        level, reach = self.y(bar.mark or 0.0), min(self.room * 0.46, wide / 2 + 2.4)
        line = Line(
            (middle - reach, level), (middle + reach, level), Stroke(self.colours.ink, 0.45, (1.1, 0.7))
        )
        at = (middle + reach + 0.8, min(level + 1.05, self.foot - 0.4))
        name = Text(at, bar.mark_said, _SIZE, color=self.colours.muted)
        if box_of(name).right > middle + (self.room - GAP) / 2:
            return [line]
        if said is not None and box_of(name).meets(box_of(said), GAP / 2):
            return [line]
        return [line, name]

    def _every(self) -> int:
        """Return how many bars share a label: as few as leave each label that stands there its words, in two rows."""
        for every in range(1, len(self.chart.bars)):
            room = self.room * every - GAP
            shown = self.chart.bars[::every]
            if all(width_of(row, _SIZE) <= room for one in shown for row in _uncut(one.label, room)):
                return every
        return max(1, len(self.chart.bars))

    def _labels(self) -> list[Item]:
        """Return the labels under the bars in at most two rows; of many bars only some have one."""
        room, found, until = min(self.room * self.every, self.width) - GAP, list[Item](), 0.0
        for number, bar in list(enumerate(self.chart.bars))[:: self.every]:
            lines = rows(bar.label, room, _SIZE)
            half = max((width_of(line, _SIZE) for line in lines), default=0.0) / 2
            middle = _EDGE + (number + 0.5) * self.room
            middle = min(
                max(middle, half), self.width - half
            )  # the first and the last keep within the drawing
            if middle - half < until:
                continue
            until = middle + half + GAP / 2
            for row, line in enumerate(lines):
                at = (middle, self.foot + 3.6 + row * _ROW)
                found.append(Text(at, line, _SIZE, "middle", color=self.colours.muted))
        return found


def _uncut(words: str, room: float) -> list[str]:
    """Return the two rows of words as they would stand with nothing cut."""
    first = rows(words, room, _SIZE, most=len(words.split()))
    return [first[0], " ".join(words.split()[len(first[0].split()) :])] if first else []
