"""How measurements are told apart without colour: a dash and a mark each, the first one in the accent."""

from __future__ import annotations

from typing import Final

from caseworker_app.drawing.display_list import Circle, Item, Point, Polygon, Rect, Stroke
from caseworker_app.drawing.goal_chart import ChartColours
from caseworker_app.drawing.metrics import text_width

MM: Final = 25.4 / 72
DASHES: Final[tuple[tuple[float, ...], ...]] = ((), (2.2, 0.9), (0.7, 0.8), (3.0, 0.8, 0.7, 0.8), (1.2, 0.5))
_KINDS: Final = 5


def colour_of(number: int, colours: ChartColours) -> str:
    """Return the colour of a line or shape by its number."""
    return colours.accent if number == 0 else colours.ink


def stroke_of(number: int, colours: ChartColours) -> Stroke:
    """Return the pen of a line or shape by its number."""
    return Stroke(colour_of(number, colours), 0.6 if number == 0 else 0.4, DASHES[number % len(DASHES)])


def sign(number: int, at: Point, colours: ChartColours) -> Item:
    """Return the mark of a number: filled circle, square, triangle, diamond, ring."""
    (x, y), r = at, 1.15
    colour = colour_of(number, colours)
    pen = Stroke(colour, 0.35)
    match number % _KINDS:
        case 0:
            return Circle(at, r, pen, colour)
        case 1:
            return Rect(x - r * 0.9, y - r * 0.9, r * 1.8, r * 1.8, pen, colours.ground)
        case 2:
            points = ((x, y - r * 1.2), (x + r * 1.15, y + r * 0.9), (x - r * 1.15, y + r * 0.9))
            return Polygon(points, pen, colour)
        case 3:
            points4 = ((x, y - r * 1.3), (x + r * 1.3, y), (x, y + r * 1.3), (x - r * 1.3, y))
            return Polygon(points4, pen, colours.ground)
        case _:
            return Circle(at, r, pen, colours.ground)


def wide(text: str, size: float, *, bold: bool = False) -> float:
    """Return how wide a text is, mm."""
    return text_width(text, size, bold=bold) * MM


def wrapped(text: str, room: float, size: float, most: int = 3) -> tuple[str, ...]:
    """Return a text in lines no wider than ``room`` mm, at most ``most`` of them; what is left over is cut off."""
    lines: list[str] = []
    for word in text.split():
        if lines and wide(f"{lines[-1]} {word}", size) <= room:
            lines[-1] = f"{lines[-1]} {word}"
        else:
            lines.append(word)
    if len(lines) > most:
        lines = [*lines[: most - 1], f"{lines[most - 1]} …"]
    return tuple(lines)
