"""What changed between two versions, laid over the newer map: where somebody stood, and an arrow to where she stands.

Both maps have the same angles, so a ghost stands where the older map has its owner. Nothing is morphed and nothing says
better or worse. Places are those of the map's own layout; colour never says anything alone.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from caseworker_app.domain.network_map import Placement
from caseworker_app.drawing.display_list import (
    Circle,
    DisplayList,
    Group,
    Item,
    Line,
    Point,
    Polygon,
    Rect,
    Stroke,
    Text,
)
from caseworker_app.drawing.map_parts import CAP, MM, Box, Measures, spot
from caseworker_app.drawing.map_theme import MapTheme
from caseworker_app.drawing.metrics import text_width

_HEAD: Final = 3.4
"""Length of an arrow's head on A4, mm."""
_SHORTEST: Final = 3.0
"""Below so many mm between two discs there is no room for an arrow: the ghost says it alone."""


@dataclass(frozen=True, slots=True)
class Ghost:
    """Somebody who stood elsewhere, or stood there and does not any more (``now`` is ``None``)."""

    before: Placement
    now: Placement | None
    called: str


@dataclass(frozen=True, slots=True)
class GhostWords:
    """The words at what came and went, in the language of who looks at it."""

    new: str
    gone: str


def with_ghosts(
    drawing: DisplayList,
    m: Measures,
    theme: MapTheme,
    ghosts: Iterable[Ghost],
    fresh: Iterable[Placement],
    words: GhostWords,
    stand: Collection[Placement] = (),
) -> DisplayList:
    """Return a map's drawing with ghosts and arrows, and tags at the ``fresh`` ones. ``m`` is what it was drawn with.

    Ghosts go under those who ``stand`` on the map, so that no name is covered; over everything when nobody is given.
    """
    under = tuple(item for ghost in ghosts for item in ghost_items(ghost, m, theme, words))
    over = tuple(item for one in fresh for item in _tag(spot(one, m), words.new, m, theme))
    spots = {spot(one, m) for one in stand}
    items = tuple(_slipped_in(item, under, spots) for item in drawing.items)
    middle = (drawing.width / 2, drawing.height / 2)
    return DisplayList(drawing.width, drawing.height, (*items, Group(over, middle)))


def ghost_room(
    ghosts: Iterable[Ghost], fresh: Iterable[Placement], m: Measures, words: GhostWords
) -> tuple[Box, ...]:
    """Return the room that ghosts, their arrows and the tags of the ``fresh`` ones take: no name should stand there."""
    found: list[Box] = []
    for ghost in ghosts:
        x, y = spot(ghost.before, m)
        found.append((x - m.disc, y - m.disc, x + m.disc, y + m.disc))
        if ghost.now is None:
            half, tall = _widest((ghost.called, words.gone), m), 2 * m.role * MM * 1.14
            foot = y + m.disc + 0.7 * m.unit
            found.append((x - half, foot, x + half, foot + tall))
        else:
            found += _on_the_way((x, y), spot(ghost.now, m), m)
    for one in fresh:
        x, y = spot(one, m)
        size = 7.2 * m.unit
        wide, tall = text_width(words.new, size, bold=True) * MM + 2.4 * m.unit, size * MM * 1.5
        left, foot = x + m.disc * 0.55, y - m.disc * 0.75
        found.append((left, foot - tall, left + wide, foot))
    return tuple(found)


def _widest(texts: Iterable[str], m: Measures) -> float:
    return max(text_width(text, m.role, italic=True) for text in texts) * MM / 2 + 0.5


def _on_the_way(start: Point, end: Point, m: Measures) -> Iterator[Box]:
    """Yield small boxes along an arrow."""
    half, whole = 1.4 * m.unit, math.dist(start, end)
    parts = max(1, int(whole / (2 * half)))
    for n in range(parts + 1):
        x, y = (a + (b - a) * n / parts for a, b in zip(start, end, strict=True))
        yield x - half, y - half, x + half, y + half


def _slipped_in(item: Item, ghosts: tuple[Item, ...], spots: Collection[Point]) -> Item:
    """Return the map's group with ghosts under its people, so that no name is covered."""
    if not isinstance(item, Group):
        return item
    for at, one in enumerate(item.items):
        if isinstance(one, Group) and one.offset in spots:
            return Group((*item.items[:at], *ghosts, *item.items[at:]), item.offset)
    return Group((*item.items, *ghosts), item.offset)


def ghost_items(ghost: Ghost, m: Measures, theme: MapTheme, words: GhostWords) -> tuple[Item, ...]:
    """Return one ghost, with an arrow to where its owner stands now or, when she is gone, her name."""
    before = spot(ghost.before, m)
    dashes = Stroke(theme.muted, 0.55 * m.unit, (1.3 * m.unit, 1.1 * m.unit))
    disc = Circle(before, m.disc * 0.94, dashes)
    if ghost.now is None:
        return (disc, *_name(before, ghost.called, words.gone, m, theme))
    return (disc, *_arrow(before, spot(ghost.now, m), m, theme))


def _arrow(start: Point, end: Point, m: Measures, theme: MapTheme) -> tuple[Item, ...]:
    """Return an arrow from the ghost's edge to the disc's, with a strip of ground beneath so that it is seen on lines."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    whole = math.hypot(dx, dy)
    first, last = m.disc * 0.94, whole - m.disc - 0.8 * m.unit
    if last - first < _SHORTEST * m.unit:
        first = 0.0  # the two overlap: from the ghost's middle
    if last - first < _SHORTEST * m.unit:
        return ()
    ux, uy = dx / whole, dy / whole
    head = min(_HEAD * m.unit, (last - first) * 0.7)
    tail = (start[0] + ux * first, start[1] + uy * first)
    neck = (start[0] + ux * (last - head), start[1] + uy * (last - head))
    tip = (start[0] + ux * last, start[1] + uy * last)
    wide = head * 0.42
    points = (tip, (neck[0] - uy * wide, neck[1] + ux * wide), (neck[0] + uy * wide, neck[1] - ux * wide))
    return (
        Line(tail, neck, Stroke(theme.ground, 2.0 * m.unit)),
        Polygon(points, Stroke(theme.ground, 1.2 * m.unit), theme.ground),
        Line(tail, neck, Stroke(theme.accent, 0.9 * m.unit)),
        Polygon(points, None, theme.accent),
    )


def _name(at: Point, called: str, gone: str, m: Measures, theme: MapTheme) -> tuple[Item, ...]:
    """Return the name of somebody who is gone under her ghost, and the word that says so."""
    found: list[Item] = []
    size, y = m.role, at[1] + m.disc + 0.7 * m.unit
    for text in (called, gone):
        half = text_width(text, size, italic=True) * MM / 2
        tall = size * MM * 1.14
        found.append(Rect(at[0] - half - 0.5, y, 2 * half + 1.0, tall, None, theme.ground, 0.8 * m.unit))
        found.append(
            Text((at[0], y + size * MM * 0.88), text, size, "middle", italic=True, color=theme.muted)
        )
        y += tall
    return tuple(found)


def _tag(at: Point, word: str, m: Measures, theme: MapTheme) -> tuple[Item, ...]:
    """Return a small tag above and to the right of somebody new."""
    size = 7.2 * m.unit
    wide, tall = text_width(word, size, bold=True) * MM + 2.4 * m.unit, size * MM * 1.5
    x, y = at[0] + m.disc * 0.55, at[1] - m.disc * 0.75 - tall
    return (
        Rect(x, y, wide, tall, Stroke(theme.ground, 0.4 * m.unit), theme.accent, tall / 2),
        Text(
            (x + wide / 2, y + tall / 2 + size * MM * CAP),
            word,
            size,
            "middle",
            bold=True,
            color=theme.on_accent,
        ),
    )
