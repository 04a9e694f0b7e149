"""Where words of a drawing stand: no two of them touch. What has no room is left out or cut, never written over another.

Lengths are mm, sizes are points.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from caseworker_app.drawing.display_list import Anchor, Item, Point, Text
from caseworker_app.drawing.metrics import text_width

MM: Final = 25.4 / 72
GAP: Final = 1.4
"""What is left free between two words side by side."""
_ASCENT, _DESCENT = 0.74, 0.22
"""How far letters reach over and under their line, in their size."""
_SHARE: Final[dict[Anchor, float]] = {"start": 0.0, "middle": 0.5, "end": 1.0}


class Box(NamedTuple):
    """Left, top, right and bottom of words."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box, gap: float = 0.0) -> bool:
        """Tell whether two boxes overlap or are nearer than ``gap`` side by side."""
        across = self.left < other.right + gap and other.left < self.right + gap
        return across and self.top < other.bottom and other.top < self.bottom


def width_of(words: str, size: float, *, bold: bool = False) -> float:
    """Return how wide words are."""
    return text_width(words, size, bold=bold) * MM


def box_of(text: Text) -> Box:
    """Return the room a text takes."""
    (x, y), wide = text.at, width_of(text.text, text.size, bold=text.bold)
    left = x - wide * _SHARE[text.anchor]
    return Box(left, y - text.size * MM * _ASCENT, left + wide, y + text.size * MM * _DESCENT)


def apart(labels: Sequence[tuple[float, str]], size: float, gap: float = GAP) -> list[tuple[float, str]]:
    """Return the labels of an axis (their middle and words, from left to right) that do not touch one before them."""
    kept: list[tuple[float, str]] = []
    until = float("-inf")
    for middle, words in labels:
        half = width_of(words, size) / 2
        if middle - half >= until:
            kept.append((middle, words))
            until = middle + half + gap
    return kept


def meets_any(box: Box, others: Iterable[Box], gap: float = GAP) -> bool:
    """Tell whether a box meets any of others."""
    return any(box.meets(other, gap) for other in others)


def cut(words: str, room: float, size: float, *, bold: bool = False) -> str:
    """Return words no wider than a room; what does not fit ends in an ellipsis."""
    if width_of(words, size, bold=bold) <= room:
        return words
    while words and width_of(words + "…", size, bold=bold) > room:
        words = words[:-1]
    return words.rstrip() + "…"


def rows(words: str, room: float, size: float, most: int = 2, *, bold: bool = False) -> list[str]:
    """Return words in at most so many rows of a width; a row that does not fit ends in an ellipsis."""
    found: list[str] = []
    for word in words.split():
        wider = f"{found[-1]} {word}" if found else word
        if found and width_of(wider, size, bold=bold) <= room:
            found[-1] = wider
        else:
            found.append(word)
    if len(found) > most:
        found = [*found[: most - 1], " ".join(found[most - 1 :])]
    return [cut(row, room, size, bold=bold) for row in found]


def in_the_middle(words: str, at: Point, room: float, size: float, color: str) -> list[Item]:
    """Return words that stand where nothing is drawn, in italics, in as many rows as they need, three at most."""
    found = rows(words, room, size, 3)
    high = size * MM * 1.25
    top = at[1] - high * (len(found) - 1) / 2
    return [
        Text((at[0], top + high * number), row, size, "middle", italic=True, color=color)
        for number, row in enumerate(found)
    ]
