"""A scale to draw a ring on: big circles from the lowest to the highest, each with its word where it has one."""

from __future__ import annotations

from typing import Final

from caseworker_app.drawing.display_list import Circle, DisplayList, Item, Stroke, Text
from caseworker_app.drawing.goal_chart import PAPER, ChartColours
from caseworker_app.drawing.measure_signs import wrapped

_LARGEST: Final = 7.0
_ROW: Final = 3.8


def ring_scale(
    points: tuple[tuple[str, str], ...], width: float = 150.0, colours: ChartColours = PAPER
) -> DisplayList:
    """Return the scale; ``points`` are figure and word. The radius follows from how many there are, at most 7 mm."""
    step = width / len(points)
    radius = min(_LARGEST, step / 2 * 0.86)
    words = [wrapped(word, step - 1.5, 9.0, 3) for _figure, word in points]
    found: list[Item] = []
    for number, (figure, _word) in enumerate(points):
        x, y = step * (number + 0.5), radius + 0.5
        found.append(Circle((x, y), radius, Stroke(colours.accent, 0.5), colours.ground))
        found.append(Text((x, y + 1.75), figure, 14.0 if radius > 4 else 10.0, "middle", color=colours.ink))
        for line, word in enumerate(words[number]):
            at = (x, 2 * radius + 4.8 + line * _ROW)
            found.append(Text(at, word, 9.0, "middle", color=colours.ink))
    most = max(len(lines) for lines in words)
    return DisplayList(width, 2 * radius + 1.0 + (most * _ROW + 2.0 if most else 0.0), tuple(found))


def ring_words(question: str, points: tuple[tuple[str, str], ...]) -> str:
    """Return in words what is to be answered."""
    said = ", ".join(f"{figure} {word}".strip() for figure, word in points)
    return f"{question} {said}".strip()
